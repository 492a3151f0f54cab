//! Random conditions.

use super::Rng;
use super::world::{LINE, Path, Ty, USER, World};

/// What a condition may speak of.
pub struct Speaker<'w> {
    pub world: &'w World,
    pub paths: Vec<Path>,
    /// Words that are defined for users, and for the office.
    pub words: Vec<&'static str>,
    pub related: bool,
    pub constants: bool,
    pub variables: usize,
    /// How many quantifiers stand around the condition.
    pub depth: usize,
    /// Is the list of acts closed?
    pub closed: bool,
    /// Is there a relation of users with users?
    pub other: bool,
}

const TEXTS: [&str; 8] = ["a", "ab", "B", "red", "Ann", "x", "a*", "ßx"];

impl Speaker<'_> {
    /// A condition; what is made of several parts stands in parentheses.
    pub fn condition(&mut self, rng: &mut Rng, size: usize) -> String {
        if size == 0 || rng.chance(35) {
            return self.sentence(rng);
        }
        match rng.below(8) {
            0..4 => self.joined(rng, size, " and "),
            4..7 => self.joined(rng, size, " or "),
            _ => format!("not ({})", self.condition(rng, size - 1)),
        }
    }

    fn joined(&mut self, rng: &mut Rng, size: usize, word: &str) -> String {
        let parts: Vec<String> = (0..2 + rng.below(2)).map(|_| self.condition(rng, size - 1)).collect();
        format!("({})", parts.join(word))
    }

    fn sentence(&mut self, rng: &mut Rng) -> String {
        if rng.chance(35) {
            let claim = self.claim(rng);
            return self.behind_guards(claim, rng);
        }
        if self.constants && rng.chance(4) {
            return "working".into();
        }
        if self.related && rng.chance(5) {
            let who: &[&str] = if self.world.declared { &["user", "document.owner", "document.author"] } else { &["user"] };
            return format!("{} is {}owner-of the document", rng.pick(who), rng.pick(&["", "not "]));
        }
        if self.other && rng.chance(5) {
            let sentence = format!("user is {}manager-of the document.owner", rng.pick(&["", "not "]));
            return self.behind_guards(sentence, rng);
        }
        if rng.chance(5) {
            let sentence = rng.pick(&[
                "now is after 2026-03-03T00:00:00Z",
                "today is on or before 2026-03-02",
                "office is ready",
                "document.due is before today",
            ]);
            return self.behind_guards(sentence.into(), rng);
        }
        let users: Vec<Path> =
            self.paths.iter().filter(|path| matches!(path.ty, Ty::References(USER) | Ty::Things(USER))).cloned().collect();
        if rng.chance(12) && !users.is_empty() {
            let path = rng.choose(&users).clone();
            return self.quantified(&path, rng);
        }
        let path = rng.choose(&self.paths).clone();
        self.guarded(&path, rng)
    }

    /// A sentence about a path, behind another that says that what it reads is there; rarely without one, since some
    /// sentences need none and the checker refuses the others.
    pub fn guarded(&mut self, path: &Path, rng: &mut Rng) -> String {
        let sentence = self.about(path, rng);
        self.behind_guards(sentence, rng)
    }

    pub fn behind_guards(&self, sentence: String, rng: &mut Rng) -> String {
        let outside = sentence.split(" satisfies ").next().unwrap_or_default();
        let told: Vec<&str> = outside.split([' ', ',', '[', ']', '(', ')']).collect();
        let mut guards: Vec<String> = Vec::new();
        for path in self.paths.iter().filter(|path| told.iter().any(|word| without_key(word) == path.text)) {
            guards.extend(
                path.optional
                    .iter()
                    .filter(|optional| !sentence.contains(&format!("{optional} is none")))
                    .map(|path| format!("{path} is not none")),
            );
        }
        let colors = told.iter().filter(|word| {
            without_key(word) != **word
                && self.world.declared
                && ![" is none", " is empty", " is not none", " is not empty"].iter().any(|end| sentence.ends_with(end))
        });
        guards.extend(colors.map(|path| format!("{path} is not none")));
        guards.sort();
        guards.dedup();
        // Two paths that may both be none are never the same, so that `is` needs no guard where it opens.
        let same = told.len() == 3 && told[1] == "is" && told[2].contains('.');
        if guards.is_empty() || rng.chance(if same { 70 } else { 3 }) {
            sentence
        } else {
            format!("({} and {sentence})", guards.join(" and "))
        }
    }

    /// Another path of the type that may stand on the right of a comparison.
    fn other(&self, rng: &mut Rng, path: &Path) -> Option<String> {
        let fits = |other: &&Path| other.ty == path.ty && other.text != path.text && other.text.contains('.');
        let others: Vec<&Path> = self.paths.iter().filter(fits).collect();
        if others.is_empty() { None } else { Some(others[rng.below(others.len())].text.clone()) }
    }

    fn about(&mut self, path: &Path, rng: &mut Rng) -> String {
        let p = &path.text;
        let not = rng.pick(&["", "", "not "]);
        if path.ty != Ty::YesNo && self.world.declared && rng.chance(8) {
            let can_be_empty = matches!(path.ty, Ty::Text | Ty::Texts | Ty::Numbers | Ty::References(_) | Ty::Things(_));
            return format!("{p} is {not}{}", if can_be_empty { rng.pick(&["none", "empty"]) } else { "none" });
        }
        if let (true, false, Some(other)) = (rng.chance(15), path.ty == Ty::Labels, self.other(rng, path)) {
            return format!("{p} is {not}{other}");
        }
        match path.ty {
            Ty::YesNo => yes_no(p, rng),
            Ty::Text => text(p, self.constants, self.world.declared, rng),
            Ty::FilePath => format!("{p} is {not}under {}", rng.pick(&["\"/srv\"", "\"/srv/public/\"", "\"home\""])),
            Ty::Host => format!("{p} is {not}under domain {}", rng.pick(&["\"example.com\"", "\"com\""])),
            Ty::Number => format!("{p} is {not}{}", self.number(path, rng)),
            Ty::Money => format!("{p} is {not}{}", ordered(&["5 EUR", "20 EUR", "50.5 EUR"], rng)),
            Ty::Date => format!("{p} is {not}{}", timed(&["2026-01-31", "2026-03-03", "today"], rng)),
            Ty::Time => format!("{p} is {not}{}", timed(&["08:00", "17:30"], rng)),
            Ty::Moment => format!("{p} is {not}{}", timed(&["2026-03-03T09:30:00+01:00", "2026-01-01T00:00:00Z", "now"], rng)),
            Ty::Span => format!("{p} is {not}{}", ordered(&["90 minutes", "3 days", "6 months"], rng)),
            Ty::Address => format!("{p} is {not}none"),
            Ty::Level if self.world.declared => format!("{p} is {not}{}", ordered(&["guest", "member", "expert"], rng)),
            Ty::Role if self.world.declared => {
                format!(
                    "{p} is {not}{}",
                    rng.pick(&["boss", "clerk", "one of [clerk, boss]", "\"on leave\"", "one of [\"on leave\", boss]"])
                )
            }
            Ty::Level | Ty::Role => format!("{p} is {not}{}", rng.pick(&["\"boss\"", "one of [\"guest\", \"clerk\"]"])),
            Ty::Limits => format!("{p}.cpu is {not}{}", rng.pick(&["2", "none", "one of [2, 3.5]"])),
            Ty::Net => format!("user.address is {not}in {p}"),
            Ty::Nets => format!("user.address is {not}in {p}"),
            Ty::Holder => format!("{p} is {not}{}", rng.pick(&["the user", "a user", "a robot", "the document.author", "user \"ann\""])),
            Ty::Holders => match rng.below(4) {
                0 => format!("user is {not}in {p}"),
                _ => self.quantified(path, rng),
            },
            Ty::Amounts | Ty::Spans | Ty::Dates | Ty::Levels => self.quantified(path, rng),
            Ty::Labels => format!("{p}.color is {not}{}", rng.pick(&["\"red\"", "none", "empty", "one of [\"red\", \"blue\"]"])),
            Ty::Texts => self.texts(path, rng),
            Ty::Numbers => self.numbers(path, rng),
            Ty::Thing(USER) | Ty::Reference(USER) => self.user(p, not, rng),
            Ty::Thing(_) | Ty::Reference(_) => format!("{p} is {not}none"),
            Ty::References(_) => self.references(path, rng),
            Ty::Things(_) => self.quantified(path, rng),
        }
    }

    fn number(&self, path: &Path, rng: &mut Rng) -> String {
        if self.constants && rng.chance(25) {
            return format!("{} {}", rng.pick(&["at most", "at least", "more than"]), rng.pick(&["limit", "window", "cost"]));
        }
        match self.other(rng, path) {
            Some(other) if rng.chance(25) => format!("{} {other}", rng.pick(&["less than", "at least"])),
            _ => ordered(&["0", "2", "3.5", "1_000"], rng),
        }
    }

    fn user(&self, p: &str, not: &str, rng: &mut Rng) -> String {
        let other = rng.pick(&["the user", "document.owner", "the document.author", "user.manager"]);
        if !self.words.is_empty() && (self.world.declared || p == "user") && rng.chance(50) {
            return format!("{p} is {not}{}", rng.choose(&self.words));
        }
        if other.trim_start_matches("the ") == p || rng.chance(20) {
            return if self.world.declared { format!("{p} is {not}in document.readers") } else { format!("{p} is {not}none") };
        }
        if rng.chance(20) {
            format!("{p} is {not}one of [{}, user.manager]", other.trim_start_matches("the "))
        } else {
            format!("{p} is {not}{other}")
        }
    }

    fn texts(&mut self, path: &Path, rng: &mut Rng) -> String {
        let p = &path.text;
        let literal = rng.choose(&TEXTS);
        match rng.below(6) {
            0 => format!("{p} {} \"{literal}\"{}", rng.pick(&["contains", "does not contain"]), rng.pick(&["", " ignoring case"])),
            1 => format!("user.name is {}in {p}", rng.pick(&["", "not "])),
            2 => format!("{p} is {}[\"a\", \"{literal}\"]", rng.pick(&["", "not "])),
            3 if self.constants => format!("any v{0} in {p} is in colors", self.fresh()),
            _ => self.quantified(path, rng),
        }
    }

    fn numbers(&mut self, path: &Path, rng: &mut Rng) -> String {
        match rng.below(3) {
            0 => format!("{} {} 3", path.text, rng.pick(&["contains", "does not contain"])),
            _ => self.quantified(path, rng),
        }
    }

    fn references(&mut self, path: &Path, rng: &mut Rng) -> String {
        match rng.below(4) {
            0 => format!("user is {}in {}", rng.pick(&["", "not "]), path.text),
            1 => format!("{} {} document.owner", path.text, rng.pick(&["contains", "does not contain"])),
            _ => self.quantified(path, rng),
        }
    }

    pub fn fresh(&mut self) -> usize {
        self.variables += 1;
        self.variables
    }

    pub fn quantified(&mut self, path: &Path, rng: &mut Rng) -> String {
        if self.depth == 2 {
            return format!("{} is not empty", path.text);
        }
        let variable = format!("v{}", self.fresh());
        let count = rng.below(4).to_string();
        let count = if self.constants && rng.chance(20) {
            "window"
        } else if rng.chance(10) {
            "office.floor"
        } else {
            &count
        };
        let quantifier = match rng.below(6) {
            0 => "any".to_owned(),
            1 => "every".to_owned(),
            2 => "no".to_owned(),
            3 => format!("at least {}", if count == "0" { "2" } else { count }),
            4 => format!("at most {count}"),
            _ => format!("exactly {count}"),
        };
        let before = self.paths.len();
        let element = match path.ty {
            Ty::Texts => Ty::Text,
            Ty::Numbers => Ty::Number,
            Ty::Amounts => Ty::Money,
            Ty::Spans => Ty::Span,
            Ty::Dates => Ty::Date,
            Ty::Levels => Ty::Level,
            Ty::Holders => Ty::Holder,
            Ty::References(kind) => Ty::Reference(kind),
            Ty::Things(kind) => Ty::Thing(kind),
            other => other,
        };
        if let Ty::Reference(kind) | Ty::Thing(kind) = element {
            let element = Path { text: variable.clone(), ty: element, private: path.private, optional: Vec::new() };
            self.world.below(&element, kind, 0, &mut self.paths);
        }
        if element != Ty::Thing(LINE) {
            self.paths.push(Path { text: variable.clone(), ty: element, private: path.private, optional: Vec::new() });
        }
        self.depth += 1;
        let own: Vec<Path> = self.paths[before..].to_vec();
        let first = rng.choose(&own).clone();
        let mut body = self.guarded(&first, rng);
        let is_user = matches!(path.ty, Ty::References(USER) | Ty::Things(USER)) && self.world.declared;
        if is_user && !self.words.is_empty() && rng.chance(50) {
            // What is said twice of one element may be remembered, but not for the next one.
            let (word, other) = (rng.choose(&self.words), rng.choose(&self.words));
            body = match rng.below(3) {
                0 => format!("{variable} is {word}"),
                1 => format!("(({variable} is {word} and {body}) or ({variable} is {other} and {variable} is not the user))"),
                _ => format!("({variable} is {word} or ({variable} is {other} and {body}))"),
            };
        } else if rng.chance(30) {
            body = format!("({body} {} {})", rng.pick(&["and", "or"]), self.condition(rng, 0));
        }
        self.depth -= 1;
        self.paths.truncate(before);
        format!("{quantifier} {variable} in {} satisfies ({body})", path.text)
    }
}

/// A path without the key of a map.
fn without_key(word: &str) -> &str {
    word.strip_suffix(".color").or(word.strip_suffix(".cpu")).unwrap_or(word)
}

fn yes_no(p: &str, rng: &mut Rng) -> String {
    let Some((subject, word)) = p.rsplit_once('.') else { return p.into() };
    match rng.below(7) {
        0 => format!("{subject} {word}"),
        1 => format!("{subject} is not {word}"),
        2 => format!("{subject} has {word}"),
        3 => format!("{subject} has no {word}"),
        4 => format!("{p} is {}", rng.pick(&["yes", "no"])),
        5 => format!("not {p}"),
        _ => format!("{subject} is {word}"),
    }
}

fn text(p: &str, constants: bool, vocabulary: bool, rng: &mut Rng) -> String {
    let (one, other) = (rng.choose(&TEXTS), rng.choose(&TEXTS));
    let case = rng.pick(&["", "", " ignoring case"]);
    let not = rng.pick(&["", "not "]);
    let does = rng.pick(&["contains", "starts with", "ends with", "matches", "does not contain", "does not match", "does not start with"]);
    match rng.below(5) {
        0 => format!("{p} is {not}\"{one}\"{case}"),
        1 => format!("{p} is {not}one of [\"{one}\", \"{other}\"]{case}"),
        2 if constants => format!("{p} is {not}in colors"),
        3 if vocabulary && p.contains('.') => {
            let (subject, field) = p.rsplit_once('.').unwrap_or((p, p));
            if subject.starts_with('v') { format!("{p} is {not}empty") } else { format!("{subject} has {}{field}", rng.pick(&["", "no "])) }
        }
        _ => format!("{p} {does} \"{one}\"{case}"),
    }
}

fn ordered(literals: &[&str], rng: &mut Rng) -> String {
    let at = rng.below(literals.len());
    match rng.below(7) {
        0 => literals[at].into(),
        1 => format!("between {} and {}", literals[0], literals[literals.len() - 1]).replace("6 months", "4 days"),
        2 => format!("one of [{}, {}]", literals[0], literals[1]),
        _ => format!("{} {}", rng.pick(&["more than", "less than", "at least", "at most"]), literals[at]),
    }
}

fn timed(literals: &[&str], rng: &mut Rng) -> String {
    let literal = literals[rng.below(literals.len())];
    match rng.below(6) {
        0 if literal.starts_with('2') || literal.contains(':') => literal.into(),
        0 => format!("the {literal}"),
        1 => format!("between {} and {}", literals[0], literals[1]).replace("+01:00 and 2026-01-01", "+01:00 and 2027-01-01"),
        _ => format!("{} {literal}", rng.pick(&["before", "after", "on or before", "on or after"])),
    }
}
