//! Random statements of every sort, in every accepted wording.

use super::Rng;

const FACTS: [&str; 8] = ["user", "document", "requester", "expense", "meeting", "emergency", "at", "`odd fact`"];
const FIELDS: [&str; 9] = ["name", "owner", "if", "only", "is", "amount", "status", "`app.io/x`", "from"];
const WORDS: [&str; 7] = ["committed", "editor", "verified", "attacked-in-public", "open", "`odd word!`", "manager-of"];
const ACTIONS: [&str; 6] = ["read", "edit", "delete", "share", "hand-in", "`only`"];
const THINGS: [&str; 6] = ["expertise", "document", "folder", "audit-log", "`weird thing!`", "billing"];
const TEXTS: [&str; 7] = [
    "\"a\"",
    "\"two words\"",
    "\"A\\\"n\\u{41}\\t\"",
    "“curly”",
    "\"# no comment\"",
    "\"it's (here, and {user.name})\"",
    "\"A rather long text, so that the line is too long with almost anything before it, and has to be broken.\"",
];
const LITERALS: [&str; 16] = [
    "5",
    "-3",
    "0.85",
    "5_000",
    "20%",
    "50 EUR",
    "1_000.50  USD",
    "90 minutes",
    "3 days",
    "2026-01-31",
    "17:30",
    "2026-01-31T17:30:00+01:00",
    "10.0.0.0/8",
    "ip \"2001:db8::/32\"",
    "yes",
    "none",
];

/// Writes random sentences.
pub(crate) struct Author<'r> {
    pub(crate) rng: &'r mut Rng,
}

impl Author<'_> {
    fn pick<'c>(&mut self, list: &[&'c str]) -> &'c str {
        list[self.rng.below(list.len())]
    }

    fn or(&mut self, chance: usize, text: &str) -> String {
        if self.rng.one_in(chance) { text.into() } else { String::new() }
    }

    /// A few statements.
    pub(crate) fn file(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.rng.below(4) {
            if self.rng.one_in(5) {
                text.push_str(self.pick(&["@anyone\n", "@owner \"Legal\"\n", "@accept E47 “why”\n", "@note 5 EUR\n"]));
            }
            let statement = match self.rng.below(20) {
                0..=9 => self.rule(),
                10 | 11 => self.kind(),
                12 | 13 => self.definition(),
                14 | 15 => self.constant(),
                16 | 17 => self.scenario(),
                _ => self.declaration(),
            };
            text.push_str(&statement);
            text.push('\n');
        }
        text
    }

    // -------------------------------------------------------------- rules

    fn rule(&mut self) -> String {
        let label = self.or(4, "rule my-rule:\n");
        let comma = self.or(4, ",");
        let head = self.head();
        let mut rule = match self.rng.below(6) {
            0 => format!("allow {head}{}", self.guards()),
            1 => format!("never {head}{}", self.guards()),
            2 => format!("{head}{comma} only if {}", self.condition(3)),
            3 => format!("{head}{comma} requires {}{}", self.condition(3), self.guards()),
            4 => format!("{head} must {}{}", self.duty(), self.guards()),
            _ => format!("{head} should {}{}", self.duty(), self.guards()),
        };
        let is_duty = rule.starts_with(&format!("{head} must")) || rule.starts_with(&format!("{head} should"));
        let is_limit = rule.starts_with(&format!("{head}{comma} requires"));
        let is_only = rule.starts_with(&format!("{head}{comma} only"));
        if self.rng.one_in(2) {
            rule.push_str(&format!("{} because {}", self.or(3, ","), self.texts()));
        }
        if !is_duty && !is_limit {
            for _ in 0..self.rng.below(3) {
                rule.push_str(&format!("{} and {} {}", self.or(5, ","), self.pick(&["must", "should"]), self.duty()));
            }
        }
        if (is_limit || is_only) && self.rng.one_in(2) {
            rule.push_str(&format!("{} otherwise", self.or(3, ",")));
            let text = self.rng.one_in(2);
            if text {
                rule.push_str(&format!(" {}", self.texts()));
            }
            for _ in 0..self.rng.below(3).max(usize::from(!text)) {
                rule.push_str(&format!(" and must {}", self.duty()));
            }
        }
        format!("{label}{rule}")
    }

    fn guards(&mut self) -> String {
        let mut guards = String::new();
        if !self.rng.one_in(4) {
            guards.push_str(&format!("{} if {}", self.or(4, ","), self.condition(3)));
        }
        if self.rng.one_in(4) {
            guards.push_str(&format!("{} unless {}", self.or(4, ","), self.condition(2)));
        }
        guards
    }

    fn several(&mut self, names: &[&str], article: bool) -> String {
        let mut text = String::new();
        let count = 1 + self.rng.below(3) * self.rng.below(2);
        for at in 0..count {
            if at > 0 {
                text.push_str(self.pick(&[", ", " or ", ", or "]));
            }
            if article && self.rng.one_in(4) {
                text.push_str(self.pick(&["a ", "the ", "an "]));
            }
            text.push_str(self.pick(names));
        }
        text
    }

    fn head(&mut self) -> String {
        match self.rng.below(8) {
            0 => "do anything".into(),
            1 => format!("do anything to {}", self.several(&THINGS, true)),
            2 => format!("do anything except {} to {}", self.several(&ACTIONS, false), self.several(&THINGS, true)),
            3 => format!("do anything except {} {}", self.several(&ACTIONS, false), self.several(&THINGS, true)),
            4 => format!("{} anything except {}", self.several(&ACTIONS, false), self.several(&THINGS, true)),
            5 => self.pick(&["sign-in", "read the anything", "do the anything", "read anything"]).into(),
            _ => format!("{} {}", self.several(&ACTIONS, false), self.several(&THINGS, true)),
        }
    }

    fn duty(&mut self) -> String {
        if self.rng.one_in(4) {
            return self.texts();
        }
        let arguments: Vec<String> =
            (0..self.rng.below(5)).map(|_| format!("{}: {}", self.pick(&["who", "if", "amount", "because"]), self.sum(2))).collect();
        let name = self.pick(&["log-access", "record-engagement", "`odd duty`"]);
        if arguments.is_empty() { name.into() } else { format!("{name} with {}", arguments.join(", ")) }
    }

    fn texts(&mut self) -> String {
        (0..1 + self.rng.below(3) * self.rng.below(2)).map(|_| self.pick(&TEXTS)).collect::<Vec<_>>().join(" ")
    }

    // -------------------------------------------------------------- conditions

    fn condition(&mut self, depth: usize) -> String {
        let word = self.pick(&["and", "or"]);
        let count = if self.rng.one_in(2) { 1 } else { 2 + self.rng.below(3) };
        let mut text = self.term(depth);
        for _ in 1..count {
            text.push_str(&format!("{} {word} {}", self.or(5, ","), self.term(depth)));
        }
        text
    }

    fn term(&mut self, depth: usize) -> String {
        let not = self.or(8, "not ");
        let deeper = depth.saturating_sub(1);
        let term = match self.rng.below(if depth == 0 { 5 } else { 9 }) {
            0..=3 => self.sentence(depth),
            4 => self.path(),
            5 => format!("({})", self.condition(deeper)),
            6 => format!("{} tag in {} {}", self.pick(&["any", "every", "no"]), self.sum(0), self.tail(deeper, false)),
            7 => {
                let count = self.pick(&["at least 2", "at most user.limit", "exactly 1", "at least 2 * 3"]);
                let range = self.pick(&["in", "above", "at or above"]);
                format!("{count} folder {range} {} {}", self.path(), self.tail(deeper, true))
            }
            _ => {
                let quantifier = self.pick(&["any", "every", "no", "at least 2", "exactly user.limit"]);
                format!("{quantifier} line in {} satisfies ({})", self.sum(0), self.condition(deeper))
            }
        };
        format!("{not}{term}")
    }

    fn sentence(&mut self, depth: usize) -> String {
        let subject = match self.rng.below(4) {
            0 => format!("the {}", self.path()),
            1 => self.sum(depth.min(1)),
            _ => self.path(),
        };
        format!("{subject} {}", self.tail(depth, false))
    }

    fn tail(&mut self, depth: usize, counted: bool) -> String {
        let depth = depth.min(2);
        let plural = counted && self.rng.one_in(2);
        let is = if plural { "are" } else { "is" };
        let not = self.or(4, "not ");
        let ignoring = self.or(5, " ignoring case");
        match self.rng.below(16) {
            0 => format!(
                "{is} {not}{}{ignoring}",
                self.pick(&["\"a\"", "[1, 2]", "5 EUR", "yes", "none", "user.name", "the user", "the user.owner"])
            ),
            1 => format!("{} {}", self.pick(&["=", "≠", "<", "<=", ">", ">=", "≤", "≥"]), self.sum(depth)),
            2 => format!(
                "{} {}",
                self.pick(&["=", "≠"]),
                self.pick(&["limit", "the limit", "limit + 1", "under.x", "before.x + 1", "unknown + 1", "one of [1]", "now"])
            ),
            3 => format!("{is} {not}{}{}", self.pick(&WORDS), self.pick(&["", "", " the patient", " the document.owner"])),
            4 => format!("{is} {not}{} {}", self.pick(&["a", "an"]), self.pick(&WORDS)),
            5 => format!("{not}{}{}", self.pick(&WORDS), self.pick(&["", "", " the patient"])),
            6 => format!(
                "{} {}{}{}",
                if plural { "have" } else { "has" },
                self.pick(&["", "not ", "no "]),
                self.pick(&["", "", "a ", "the "]),
                self.path()
            ),
            7 => {
                let word = self.pick(&["at least", "at most", "more than", "less than", "before", "after", "on or before", "on or after"]);
                format!("{is} {not}{word} {}", self.sum(depth))
            }
            8 => format!("{is} {not}between {} and {}", self.sum(depth), self.sum(depth)),
            9 => format!("{is} {not}one of {}{ignoring}", self.list(depth)),
            10 => format!("{is} {not}{} {}", self.pick(&["in", "inside"]), self.sum(depth)),
            11 => format!(
                "{is} {}",
                self.pick(&["within the last 3 days", "within last 3 days", "within the next user.span", "empty", "not empty"])
            ),
            12 => format!("{is} {not}{} \"/home/me\"", self.pick(&["under", "under domain"])),
            13 => {
                let (one, many) = [("contains", "contain"), ("starts with", "start with"), ("ends with", "end with"), ("matches", "match")]
                    [self.rng.below(4)];
                let verb = match (plural, self.rng.one_in(3)) {
                    (true, true) => format!("do not {many}"),
                    (true, false) => many.into(),
                    (false, true) => format!("does not {many}"),
                    (false, false) => one.into(),
                };
                format!("{verb} {}{ignoring}", self.sum(depth))
            }
            _ => format!("{is} {not}at least {}", self.pick(&LITERALS)),
        }
    }

    // -------------------------------------------------------------- values

    fn path(&mut self) -> String {
        let mut path = self.pick(&FACTS).to_owned();
        for _ in 0..self.rng.below(3) {
            path.push_str(&format!(".{}", self.pick(&FIELDS)));
        }
        path
    }

    fn sum(&mut self, depth: usize) -> String {
        let mut sum = self.factor(depth);
        for _ in 0..self.rng.below(3) * self.rng.below(2) {
            sum.push_str(&format!(" {} {}", self.pick(&["+", "-", "*"]), self.factor(depth)));
        }
        sum
    }

    fn factor(&mut self, depth: usize) -> String {
        let deeper = depth.saturating_sub(1);
        match self.rng.below(if depth == 0 { 4 } else { 14 }) {
            0 | 1 => self.path(),
            2 => format!("the {}", self.path()),
            3 => self.pick(&LITERALS).into(),
            4 => self.pick(&TEXTS).into(),
            5 => format!("({})", self.sum(deeper)),
            6 => self.list(deeper),
            7 => format!("{} of {}", self.pick(&["count", "total", "keys", "lowercase", "20%"]), self.path()),
            8 => {
                let filter = if self.rng.one_in(2) { format!(" where ({})", self.condition(deeper)) } else { String::new() };
                let function = self.pick(&["count of", "total of", "distinct", "count of distinct"]);
                format!("{function} line.price for line in {}{filter}", self.path())
            }
            9 => format!("bucket of {} for \"salt\"", self.path()),
            10 => format!("{} from {} to {}", self.pick(&["days", "duration"]), self.path(), self.sum(0)),
            11 => format!("group {}", self.pick(&["\"friends\"", "“friends”"])),
            12 => format!("record {{ name: \"x\", if: {}{} }}", self.sum(deeper), self.or(4, ",")),
            _ => "record { }".into(),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        let items: Vec<String> = (0..self.rng.below(6)).map(|_| self.sum(depth.min(1))).collect();
        let comma = if items.is_empty() { String::new() } else { self.or(4, ",") };
        format!("[{}{comma}]", items.join(", "))
    }

    // -------------------------------------------------------------- the rest

    fn kind(&mut self) -> String {
        let mut kind = format!("{} {}", self.pick(&["a", "an"]), self.pick(&["requester", "item", "`odd kind`"]));
        kind.push_str(self.pick(&["", "", " from \"Tax::Document\""]));
        kind.push_str(self.pick(&[" has", " has", " has:", " has only"]));
        for _ in 0..1 + self.rng.below(4) {
            let glue = self.pick(&["", "is ", "is a ", "has ", "is an "]);
            kind.push_str(&format!("\n  {glue}{}: {}", self.pick(&["name", "committed", "`odd field`", "if"]), self.declared()));
        }
        kind
    }

    fn declared(&mut self) -> String {
        let article = self.pick(&["", "", "a ", "an "]);
        let modifiers = self.pick(&["", "", "private ", "optional ", "fixed ", "optional private "]);
        let inner = self.pick(&["", "", "a "]);
        let base = self.pick(&[
            "text",
            "yes/no",
            "number",
            "list of text",
            "list of a user",
            "map of number",
            "one of [draft, review, \"on hold\",]",
            "one of [public < internal < secret]",
            "reference to a user or team or an application",
            "list of optional text",
            "date-time",
            "one of [a-rather-long-word, another-rather-long-word, a-third-rather-long-word, “and a last one”]",
        ]);
        let from = self.pick(&["", "", " from \"key\"", ", from “key”"]);
        let assumed = self.pick(&["", "", ", assumed 5 EUR", " assumed no", ", assumed [1, 2]", ", assumed draft", ", assumed ip \"::1\""]);
        let options = if self.rng.one_in(2) { format!("{from}{assumed}") } else { format!("{assumed}{from}") };
        format!("{article}{modifiers}{inner}{base}{options}")
    }

    fn definition(&mut self) -> String {
        let subject = self.pick(&["a user", "the user", "user", "a user, employee or an application", "token"]);
        let said = self.pick(&["is editor", "is an editor", "has access", "is treating a patient", "is manager-of another user or a team"]);
        format!("{subject} {said}{} if {}", self.or(4, ","), self.condition(3))
    }

    fn constant(&mut self) -> String {
        match self.rng.below(3) {
            0 => format!("my-limit means {}", self.condition(3)),
            1 => format!("my-limit means {}", self.sum(2)),
            _ => {
                let cases: Vec<String> = (0..1 + self.rng.below(3)).map(|_| format!("{} if {}", self.sum(1), self.condition(1))).collect();
                format!("my-limit means {}{} otherwise {}", cases.join(", "), self.or(2, ","), self.sum(1))
            }
        }
    }

    fn scenario(&mut self) -> String {
        let mut text = if self.rng.one_in(5) {
            return format!("background\n  given {}", self.givens());
        } else {
            format!("scenario {}", self.pick(&TEXTS))
        };
        if !self.rng.one_in(4) {
            text.push_str(&format!("\n  given {}", self.givens()));
        }
        for _ in 0..1 + self.rng.below(2) {
            text.push_str(&format!("\n  when {}", self.head()));
            for _ in 0..1 + self.rng.below(2) {
                text.push_str(&format!("{}\n  expect {}", self.or(5, ","), self.pick(&["allowed", "denied", "undetermined"])));
                if self.rng.one_in(3) {
                    text.push_str(&format!(" because {}", self.texts()));
                }
                if self.rng.one_in(3) {
                    text.push_str(self.pick(&[" needing user.id", ", needing user.id, list[0].x and entities[\"user:ann\"].in"]));
                }
                if self.rng.one_in(3) {
                    text.push_str(&format!(" and must {}", self.duty()));
                }
            }
        }
        text
    }

    fn givens(&mut self) -> String {
        let mut text = self.term(1);
        for _ in 0..self.rng.below(4) {
            text.push_str(self.pick(&[" and ", ", ", ", and ", "\n  given "]));
            text.push_str(&self.term(1));
        }
        text
    }

    fn declaration(&mut self) -> String {
        match self.rng.below(7) {
            0 => format!("act editing means {}", self.head()),
            1 => format!("fact approver is {}", self.declared()),
            2 => format!("setting limit is {}", self.declared()),
            3 => self.pick(&["use \"shared/identity.onlyif\"", "policy documents “All about it”", "policy documents"]).into(),
            4 => self.pick(&["a folder is inside a folder or the drive, or box", "the `odd kind` is inside folder"]).into(),
            _ => {
                let mut act = format!("act {}", self.head());
                let mut parts =
                    vec![" by a user or an application", " involves session, meeting and now", " otherwise “Ask.”", " from \"x\""];
                for _ in 0..self.rng.below(4) {
                    let part = parts.remove(self.rng.below(parts.len()));
                    act.push_str(part);
                }
                act
            }
        }
    }
}
