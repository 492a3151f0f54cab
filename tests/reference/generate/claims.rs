//! Random sentences about what is calculated, what lies in what, who acts, addresses and maps.

use super::Rng;
use super::sentences::Speaker;
use super::world::{GROUP, Ty, USER};

impl Speaker<'_> {
    pub fn claim(&mut self, rng: &mut Rng) -> String {
        if !self.world.declared {
            return self.of_undeclared(rng).into();
        }
        match rng.below(20) {
            0..8 => self.calculation(rng),
            8 => self.close(rng),
            9 => self.highest(rng),
            10 => self.network(rng),
            11 | 12 => self.inside(rng),
            13 => self.above(rng),
            14 => self.part(rng),
            15 => self.map(rng),
            16 => self.written_list(rng),
            17 => self.holders(rng),
            18 => self.group(rng),
            _ => rng.pick(&["action.mode is \"x\"", "action.urgent", "document.owner is user \"ann\"", "user.team is group \"g1\""]).into(),
        }
    }

    /// What tells its types by itself.
    fn of_undeclared(&mut self, rng: &mut Rng) -> &'static str {
        rng.pick(&[
            "document.size + 2 is more than 3",
            "10% of document.size is less than 0.5",
            "count of document.tags is at least 1",
            "count of distinct document.tags is at least 2",
            "count of (document.tags + user.roles) is at most 2",
            "count of document.reviewers is at least 2",
            "length of user.name is less than 3",
            "lowercase of user.name is \"ab\"",
            "user.name + \"b\" is \"ab\"",
            "total of document.marks is more than 2",
            "total of v900.amount for v900 in document.lines where (v900 is receipt) is at least 3",
            "count of v901.note for v901 in document.lines is at least 1",
            "days from document.due to today is at most 30",
            "months from user.joined to 2026-03-03 is at least 1",
            "document.due is within the last 1 month",
            "document.created is within the next 3 days",
            "duration from document.created to now is less than 2 days",
            "weekday of now is tuesday",
            "document.due is before today + 3 days",
            "bucket of user.name for \"beta\" is less than 50%",
            "user.address is in 10.0.0.0/8",
            "document.size is more than document.size - 1",
            "(document.marks is not empty and highest of document.marks is more than 2)",
        ])
    }

    fn calculation(&mut self, rng: &mut Rng) -> String {
        let not = rng.pick(&["", "not "]);
        let compare = rng.pick(&["more than", "less than", "at least", "at most"]);
        let timed = rng.pick(&["before", "after", "on or before", "on or after"]);
        match rng.below(9) {
            0..3 => format!("{} is {not}{compare} {}", self.term(Ty::Number, 3, rng), self.term(Ty::Number, 1, rng)),
            3 => format!("{} is {not}{compare} {}", self.term(Ty::Money, 2, rng), self.term(Ty::Money, 1, rng)),
            4 => format!("{} is {not}{timed} {}", self.term(Ty::Date, 2, rng), self.term(Ty::Date, 1, rng)),
            5 => format!("{} is {not}{timed} {}", self.term(Ty::Moment, 2, rng), self.term(Ty::Moment, 0, rng)),
            6 => format!("{} is {not}{compare} {}", self.term(Ty::Span, 2, rng), rng.pick(&["90 minutes", "2 days", "0 days"])),
            7 if rng.chance(30) => {
                format!("bucket of {} for \"beta\" is {not}less than {}", self.plain(Ty::Text, rng), rng.pick(&["25%", "60%"]))
            }
            7 if rng.chance(50) => {
                let day = self.term(Ty::Date, 1, rng);
                format!("weekday of {day} is {not}{}", rng.pick(&["tuesday", "one of [monday, tuesday]"]))
            }
            7 => format!("{} is {not}{timed} {}", self.term(Ty::Time, 1, rng), rng.pick(&["08:00", "09:30", "17:30"])),
            _ => {
                let verb = rng.pick(&["is", "is not", "starts with", "ends with", "contains"]);
                let case = rng.pick(&["", "", " ignoring case"]);
                format!("{} {verb} {}{case}", self.term(Ty::Text, 2, rng), self.term(Ty::Text, 1, rng))
            }
        }
    }

    /// `is within the last 30 days`.
    fn close(&mut self, rng: &mut Rng) -> String {
        let not = rng.pick(&["", "not "]);
        let side = rng.pick(&["last", "next"]);
        match rng.below(2) {
            0 => {
                let span = rng.pick(&["30 days", "1 month", "3 days", "0 days"]);
                format!("{} is {not}within the {side} {span}", self.term(Ty::Date, 1, rng))
            }
            _ => {
                let span = rng.pick(&["90 minutes", "3 days", "1 hour"]);
                format!("{} is {not}within the {side} {span}", self.term(Ty::Moment, 1, rng))
            }
        }
    }

    /// Of an empty list there is none, so that a guard stands before it.
    fn highest(&mut self, rng: &mut Rng) -> String {
        let function = rng.pick(&["highest", "lowest"]);
        let (ty, than) = *rng.choose(&[
            (Ty::Numbers, "more than 2"),
            (Ty::Amounts, "at most 20 EUR"),
            (Ty::Spans, "less than 2 days"),
            (Ty::Dates, "on or before today"),
            (Ty::Levels, "at least member"),
        ]);
        let Some(list) = self.one_of(ty, rng) else { return "office is ready".into() };
        if rng.chance(20) {
            return format!("{function} of {list} is {}none", rng.pick(&["", "not "]));
        }
        format!("({list} is not empty and {function} of {list} is {than})")
    }

    fn network(&mut self, rng: &mut Rng) -> String {
        let Some(address) = self.one_of(Ty::Address, rng) else { return "office is ready".into() };
        let networks = match rng.below(6) {
            0 => "10.0.0.0/8".into(),
            1 => "[10.0.0.0/24, ip \"2001:db8::/32\"]".into(),
            2 => "home-net".into(),
            3 => "[10.0.0.1/32, ip \"::ffff:10.9.0.0/112\"]".into(),
            4 => self.one_of(Ty::Net, rng).unwrap_or("10.0.0.0/8".into()),
            _ => self.one_of(Ty::Nets, rng).unwrap_or("10.0.0.0/8".into()),
        };
        let not = rng.pick(&["", "not "]);
        match (networks.starts_with('['), rng.below(6)) {
            (true, 0..2) => format!("{address} is {not}one of {networks}"),
            (false, 0) => format!("10.0.0.1 is {not}in {networks}"),
            _ => format!("{address} is {not}in {networks}"),
        }
    }

    fn inside(&mut self, rng: &mut Rng) -> String {
        let not = rng.pick(&["", "not "]);
        match rng.below(7) {
            0 | 1 => format!("user is {not}in group \"{}\"", rng.pick(&["g1", "g2"])),
            2 => format!("document is {not}in folder \"{}\"", rng.pick(&["f1", "f2"])),
            3 => format!("document is {not}in the document.folder"),
            4 => format!("{} is {not}in the user.team", rng.pick(&["user", "document.owner", "document.author", "robot"])),
            5 => format!("{} is {not}in group \"g1\"", rng.pick(&["document.owner", "document.author", "user.team", "document.folder"])),
            _ => format!("document.holder is {not}in group \"{}\"", rng.pick(&["g1", "g3"])),
        }
    }

    /// `any folder above document is locked`.
    fn above(&mut self, rng: &mut Rng) -> String {
        let quantifier = rng.pick(&["any", "every", "no", "at least 1", "at least 2", "at most 1", "exactly 1"]);
        let above = rng.pick(&["above", "at or above"]);
        let (kind, of) = *rng.choose(&[
            ("folder", "document"),
            ("folder", "document.folder"),
            ("group", "user"),
            ("group", "user.team"),
            ("group", "document.owner"),
            ("group", "document.holder"),
        ]);
        let folder = |speaker: &Self, rng: &mut Rng| match speaker.world.sure(4, Ty::Number, rng) {
            Some(field) if rng.chance(30) => format!("folder.{field} is more than 2"),
            _ => rng.pick(&["folder is locked", "folder is not locked", "folder is folder \"f1\"", "folder is in group \"g1\""]).into(),
        };
        let body = match kind {
            "folder" => folder(self, rng),
            _ => rng.pick(&["group is trusted", "group is not trusted", "group is group \"g1\"", "group is in document.groups"]).into(),
        };
        let body = if rng.chance(25) { format!("({body} and {})", self.condition(rng, 0)) } else { body };
        format!("{quantifier} {kind} {above} {of} satisfies ({body})")
    }

    /// Who acts and what is acted on.
    fn part(&mut self, rng: &mut Rng) -> String {
        let not = rng.pick(&["", "not "]);
        match rng.below(7) {
            0 => format!("subject is {not}a {}", rng.pick(&["user", "robot"])),
            1 => format!("resource is {not}a {}", rng.pick(&["document", "folder"])),
            2 => format!("subject.tenant is {not}resource.tenant"),
            3 => format!("subject.tenant is {not}\"a\""),
            4 => format!("resource.size is {not}more than 2"),
            5 => rng
                .pick(&[
                    "subject.id is \"ann\"",
                    "subject is the document.holder",
                    "subject is not the document.owner",
                    "resource is document \"d1\"",
                ])
                .into(),
            _ => format!("resource.tenant is {not}one of [\"a\", \"ab\"]"),
        }
    }

    fn map(&mut self, rng: &mut Rng) -> String {
        let (limits, labels) = (self.one_of(Ty::Limits, rng), self.one_of(Ty::Labels, rng));
        let (Some(limits), Some(labels)) = (limits, labels) else { return "office is ready".into() };
        let variable = format!("v{}", self.fresh());
        match rng.below(5) {
            0 => format!("keys of {limits} {} \"cpu\"", rng.pick(&["contains", "does not contain"])),
            1 => format!("{} {variable} in values of {limits} is more than 2", rng.pick(&["any", "every", "at least 2", "no"])),
            2 => format!("total of values of {limits} is at most 3"),
            3 => format!("any {variable} in keys of {labels} satisfies ({variable} starts with \"c\")"),
            _ => format!("count of values of {labels} is more than 1"),
        }
    }

    /// Quantifiers over lists that are written out, joined or worked out.
    fn written_list(&mut self, rng: &mut Rng) -> String {
        let quantifier = rng.pick(&["any", "every", "no", "at least 2", "at most 1", "exactly 1"]);
        let variable = format!("v{}", self.fresh());
        let users = rng.pick(&[
            "[user, document.owner]",
            "[document.owner, document.author]",
            "document.readers + document.reviewers",
            "distinct document.readers",
            "[user.manager]",
        ]);
        let texts =
            rng.pick(&["document.tags + user.roles", "distinct document.tags", "[user.name, document.title]", "keys of document.labels"]);
        let texts = texts.replace("keys of document.labels", "user.roles + [\"a\"]");
        match rng.below(3) {
            0 => format!("{quantifier} {variable} in {users} satisfies ({variable} is admin)"),
            1 => format!("{quantifier} {variable} in {texts} satisfies ({variable} contains \"a\")"),
            _ => format!("\"a\" is {}in {texts}", rng.pick(&["", "not "])),
        }
    }

    /// References that may be to a user or to a robot.
    fn holders(&mut self, rng: &mut Rng) -> String {
        let variable = format!("v{}", self.fresh());
        let quantifier = rng.pick(&["any", "every", "no", "at least 2", "exactly 1"]);
        match rng.below(4) {
            0 => format!("count of document.holders is at least {}", rng.pick(&["1", "2"])),
            1 => format!("{quantifier} {variable} in document.holders satisfies ({variable} is a {})", rng.pick(&["user", "robot"])),
            2 => format!("document.holders {} document.owner", rng.pick(&["contains", "does not contain"])),
            _ => format!("{quantifier} {variable} in document.holders satisfies ({variable} is {}the user)", rng.pick(&["", "not "])),
        }
    }

    /// Groups out of a list that somebody lies in.
    fn group(&mut self, rng: &mut Rng) -> String {
        let list = self.one_of(Ty::References(GROUP), rng).unwrap_or("document.groups".into());
        let variable = format!("v{}", self.fresh());
        let who = rng.pick(&["user", "document.owner", "robot"]);
        let quantifier = rng.pick(&["any", "every", "no", "at least 1"]);
        format!("{quantifier} {variable} in {list} satisfies ({who} is in {variable})")
    }

    /// Relations of a kind with itself, and a word for two kinds.
    pub fn another(&mut self, statements: &mut Vec<String>, rng: &mut Rng) {
        if rng.chance(40) {
            let guard = if self.world.sure(USER, Ty::Reference(USER), rng).is_some() { "" } else { "other.manager is not none and " };
            statements.push(format!("a user is manager-of another user if ({guard}other.manager is the user)"));
            self.other = true;
        }
    }
}
