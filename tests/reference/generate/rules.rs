//! Random policies.

use super::Rng;
use super::sentences::Speaker;
use super::world::{Path, Ty, World};

/// A policy, a statement each, and what it speaks of.
#[derive(Debug, Clone)]
pub struct Policy {
    pub world: World,
    pub statements: Vec<String>,
    /// How many of the statements, at the beginning, are declarations, definitions and constants.
    pub declarations: usize,
}

const ACTIONS: [&str; 3] = ["read", "edit", "share"];
const THINGS: [&str; 2] = ["document", "folder"];

impl Policy {
    pub fn random(rng: &mut Rng) -> Self {
        let world = World::new(rng);
        let mut statements = world.declarations(rng);
        let closed = rng.chance(25);
        if closed {
            let by = if world.declared { "user or robot" } else { "user" };
            statements.push(format!("act read, edit or share document by {by}\n  otherwise \"Ask {{user.name}} first.\""));
            statements.push(format!("act read folder by {by}"));
            statements.push(format!("act sign-in by {by}"));
            statements.push("act share user by user".into());
            statements.push("act changing means edit or share document".into());
        }
        let mut speaker = Speaker {
            world: &world,
            paths: world.paths(),
            words: Vec::new(),
            related: false,
            constants: false,
            variables: 0,
            depth: 0,
            closed,
            other: false,
        };
        let words = ["editor", "trusted", "senior"];
        for word in words.into_iter().take(rng.below(4)) {
            for _ in 0..1 + rng.below(2) {
                statements.push(format!("a user is {word} if {}", speaker.condition(rng, 1)));
            }
            speaker.words.push(word);
        }
        let ready = rng.pick(&["office.staffed", "office.floor is more than 1", "document.owner is the user"]);
        statements.push(format!("office is ready if {}", speaker.behind_guards(ready.into(), rng)));
        if rng.chance(50) {
            let owner = speaker.behind_guards("document.owner is the user".into(), rng);
            statements.push(format!("a user is owner-of a document if ({owner} or user.admin)"));
            speaker.related = true;
        }
        if world.declared {
            speaker.another(&mut statements, rng);
        }
        if rng.chance(50) {
            let condition = speaker.condition(rng, 1);
            let case = speaker.condition(rng, 0);
            statements.push(format!("working means ({condition} or document is open)"));
            statements.push("limit means 3".into());
            let cost = if world.declared { speaker.term(Ty::Number, 2, rng) } else { "(document.size * 2)".into() };
            statements.push(format!("cost means {cost}"));
            statements.push("colors means [\"red\", \"ab\"]".into());
            statements.push(format!("window means 3 if {case}, otherwise office.floor"));
            speaker.constants = true;
        }
        let declarations = statements.len();
        let only_if = [rng.chance(45), rng.chance(30)];
        // What is asked most often is granted by something.
        for (at, act) in ["read document", "edit document"].into_iter().enumerate() {
            let parts: Vec<String> = (0..4).map(|_| speaker.condition(rng, 0)).collect();
            let either = parts.join(" or ");
            statements.push(match only_if[at] {
                true => format!("{act} only if ({either})"),
                false => format!("allow {act} if ({either})"),
            });
        }
        for _ in 0..1 + rng.below(5) {
            statements.push(rule(&mut speaker, only_if, closed, rng));
        }
        let world = world.clone();
        Self { world, statements, declarations }
    }

    pub fn text(&self) -> String {
        self.statements.join("\n") + "\n"
    }
}

/// Which acts; `read document` and `edit document` may be acts of `only if`, which suffer no `allow` beside them.
fn head(only_if: [bool; 2], wide: bool, closed: bool, rng: &mut Rng) -> &'static str {
    let narrow: &[&str] = match only_if {
        [true, true] => &["share document", "read folder", "sign-in"],
        [true, false] => &["edit document", "share document", "edit or share document", "read folder", "sign-in"],
        [false, true] => {
            &["read document", "share document", "read or share document", "read anything", "read anything except folder", "sign-in"]
        }
        [false, false] => &[
            "read document",
            "read, edit or share document",
            "edit document",
            "read anything",
            "do anything to document",
            "do anything",
            "do anything except edit to document",
            "do anything except share document",
            "do anything except read",
        ],
    };
    if !wide {
        return rng.pick(narrow);
    }
    let group = if closed { "changing" } else { "share document or folder" };
    rng.pick(&[
        "read document",
        "edit document",
        "do anything",
        "do anything to document",
        "read anything",
        "do anything except edit or share to document",
        "do anything except share",
        "read anything except folder",
        group,
    ])
}

fn rule(speaker: &mut Speaker<'_>, only_if: [bool; 2], closed: bool, rng: &mut Rng) -> String {
    if let (true, Some(rule)) = (rng.chance(8), of_elements(speaker, only_if, closed, rng)) {
        return rule;
    }
    let form = rng.below(10);
    let narrow = head(only_if, false, closed, rng);
    let wide = head(only_if, true, closed, rng);
    let c = speaker.condition(rng, 2);
    let mut more = |word: &str, percent, rng: &mut Rng| {
        if rng.chance(percent) { format!(" {word} {}", speaker.condition(rng, 1)) } else { String::new() }
    };
    let (when, unless) = (more("if", 50, rng), more("unless", 25, rng));
    let paths = speaker.paths.clone();
    let because = if rng.chance(30) { format!(" because \"Since {{{}}}.\"", printable(&paths, rng)) } else { String::new() };
    let own = duties(&paths, rng);
    let otherwise =
        if rng.chance(40) { format!(" otherwise \"Not {{{}}}.\"{}", printable(&paths, rng), duties(&paths, rng)) } else { String::new() };
    let (of_only_if, any) = ([("read document", only_if[0]), ("edit document", only_if[1])], rng.below(2));
    match form {
        0..=4 if of_only_if[any].1 => format!("{} only if {c}{because}{own}{otherwise}", of_only_if[any].0),
        0..=4 => format!("allow {narrow} if {c}{unless}{because}{own}"),
        5 => format!("{wide} requires {c}{when}{unless}{because}{otherwise}"),
        6 => format!("never {wide} if {c}{unless}{because}{own}"),
        7 | 8 => format!("{wide} must {}{when}{unless}{because}", duty(&paths, rng)),
        _ => format!("{wide} should {} if {c}{because}", duty(&paths, rng)),
    }
}

fn duties(paths: &[Path], rng: &mut Rng) -> String {
    let mut text = String::new();
    while rng.chance(20) {
        text += &format!(" and {} {}", rng.pick(&["must", "should"]), duty(paths, rng));
    }
    text
}

fn duty(paths: &[Path], rng: &mut Rng) -> String {
    let path = argument(paths, rng);
    match rng.below(6) {
        5 => match paths.iter().find(|path| path.ty == Ty::Texts && !path.private) {
            Some(list) => format!("log with all: {}", list.text),
            None => "log".into(),
        },
        0 => "log".into(),
        1 => format!("\"Tell {{{}}}.\"", printable(paths, rng)),
        2 => format!("log with who: {path}, what: {}", rng.pick(&["\"x\"", "5", "20 EUR"])),
        _ => format!("{} with who: {path}", rng.pick(&["log", "tell"])),
    }
}

/// A rule whose reason speaks of the elements that decided.
fn of_elements(speaker: &mut Speaker<'_>, only_if: [bool; 2], closed: bool, rng: &mut Rng) -> Option<String> {
    let lists: Vec<Path> = speaker.paths.iter().filter(|path| !path.private && path.optional.is_empty()).cloned().collect();
    let lists: Vec<&Path> = lists.iter().filter(|path| matches!(path.ty, Ty::Texts | Ty::Numbers | Ty::Dates | Ty::Amounts)).collect();
    if lists.is_empty() {
        return None;
    }
    let list = *rng.choose(&lists);
    let head = head(only_if, true, closed, rng);
    let (quantified, holds) = (speaker.quantified(list, rng), rng.chance(50));
    let words: Vec<&str> = quantified.split(' ').collect();
    let variable = words[words.iter().position(|word| *word == "in")? - 1];
    let (_, body) = quantified.split_once(" in ")?;
    let also = if rng.chance(40) { format!(" and {}", speaker.condition(rng, 0)) } else { String::new() };
    Some(match holds {
        true => {
            let quantifier = rng.pick(&["any", "at least 2"]);
            format!("never {head} if ({quantifier} {variable} in {body}{also}) because \"Not with {{{variable}}}.\"")
        }
        false => {
            let quantifier = rng.pick(&["every", "no"]);
            format!("{head} requires ({quantifier} {variable} in {body}{also}) otherwise \"Without {{{variable}}}.\"")
        }
    })
}

fn single(ty: Ty) -> bool {
    matches!(ty, Ty::Text | Ty::Number | Ty::Money | Ty::Date | Ty::YesNo | Ty::Level | Ty::Role | Ty::Span | Ty::Time)
}

fn argument(paths: &[Path], rng: &mut Rng) -> String {
    let fits: Vec<&Path> = paths.iter().filter(|path| single(path.ty) && !path.private && path.text.contains('.')).collect();
    fits[rng.below(fits.len())].text.clone()
}

fn printable(paths: &[Path], rng: &mut Rng) -> String {
    let fits: Vec<&Path> = paths.iter().filter(|path| single(path.ty) && path.text.contains('.')).collect();
    fits[rng.below(fits.len())].text.clone()
}

/// An act that a request may ask about; some of them no policy knows.
pub fn act(rng: &mut Rng) -> (&'static str, Option<&'static str>) {
    match rng.below(20) {
        0 => ("sign-in", None),
        1 if rng.chance(60) => ("share", Some("user")),
        1 => (rng.pick(&["burn", "read"]), Some("paper")),
        2..5 => (rng.pick(&ACTIONS), Some(rng.pick(&THINGS))),
        5..12 => ("edit", Some("document")),
        _ => ("read", Some("document")),
    }
}
