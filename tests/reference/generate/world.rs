//! What a policy speaks of: kinds, fields and their types, declared or not.

use super::Rng;

/// The types that are generated; several are texts of a certain look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ty {
    YesNo,
    Text,
    FilePath,
    Host,
    Number,
    Money,
    Date,
    Time,
    Moment,
    Span,
    Address,
    Level,
    Role,
    Texts,
    Numbers,
    Labels,
    Limits,
    Amounts,
    Spans,
    Dates,
    Levels,
    Net,
    Nets,
    /// A reference to a user or a robot, and a list of these.
    Holder,
    Holders,
    /// A record or entity of the kind with this number, a reference to one, or a list of these.
    Thing(usize),
    Things(usize),
    Reference(usize),
    References(usize),
}

impl Ty {
    /// The kind of the things that it stands for, or lists.
    pub fn kind(self) -> Option<usize> {
        match self {
            Ty::Thing(kind) | Ty::Things(kind) | Ty::Reference(kind) | Ty::References(kind) => Some(kind),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    Required,
    Optional,
    Assumed(&'static str),
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: &'static str,
    pub key: String,
    pub ty: Ty,
    pub presence: Presence,
    pub private: bool,
}

#[derive(Debug, Clone)]
pub struct Kind {
    pub name: &'static str,
    pub only: bool,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone)]
pub struct World {
    pub declared: bool,
    pub kinds: Vec<Kind>,
    pub facts: Vec<Field>,
}

/// A path as a rule writes it, and its type.
#[derive(Debug, Clone)]
pub struct Path {
    pub text: String,
    pub ty: Ty,
    pub private: bool,
    /// What has to be there, of the path itself and on the way to it.
    pub optional: Vec<String>,
}

pub const USER: usize = 0;
pub const DOCUMENT: usize = 1;
pub const OFFICE: usize = 2;
pub const LINE: usize = 3;
pub const FOLDER: usize = 4;
pub const GROUP: usize = 5;
pub const ROBOT: usize = 6;

pub const NAMES: [&str; 7] = ["user", "document", "office", "line", "folder", "group", "robot"];

const FIELDS: [&[(&str, Ty)]; 7] = [
    &[
        ("name", Ty::Text),
        ("admin", Ty::YesNo),
        ("active", Ty::YesNo),
        ("age", Ty::Number),
        ("level", Ty::Level),
        ("role", Ty::Role),
        ("joined", Ty::Date),
        ("roles", Ty::Texts),
        ("limit", Ty::Money),
        ("home", Ty::Thing(OFFICE)),
        ("labels", Ty::Labels),
        ("manager", Ty::Reference(USER)),
        ("site", Ty::Host),
        ("address", Ty::Address),
    ],
    &[
        ("owner", Ty::Reference(USER)),
        ("title", Ty::Text),
        ("open", Ty::YesNo),
        ("price", Ty::Money),
        ("size", Ty::Number),
        ("created", Ty::Moment),
        ("due", Ty::Date),
        ("lasts", Ty::Span),
        ("readers", Ty::References(USER)),
        ("lines", Ty::Things(LINE)),
        ("tags", Ty::Texts),
        ("marks", Ty::Numbers),
        ("reviewers", Ty::Things(USER)),
        ("path", Ty::FilePath),
        ("author", Ty::Thing(USER)),
    ],
    &[("country", Ty::Text), ("floor", Ty::Number), ("opens", Ty::Time), ("staffed", Ty::YesNo)],
    &[
        ("amount", Ty::Number),
        ("cost", Ty::Money),
        ("receipt", Ty::YesNo),
        ("note", Ty::Text),
        ("marks", Ty::Numbers),
        ("by", Ty::Reference(USER)),
    ],
    &[],
    &[],
    &[],
];

/// Fields whose types only a declaration can tell.
const DECLARED: [&[(&str, Ty)]; 7] = [
    &[("seen", Ty::Moment), ("tenant", Ty::Text), ("team", Ty::Reference(GROUP))],
    &[
        ("tenant", Ty::Text),
        ("limits", Ty::Limits),
        ("fees", Ty::Amounts),
        ("delays", Ty::Spans),
        ("days", Ty::Dates),
        ("levels", Ty::Levels),
        ("nets", Ty::Nets),
        ("holder", Ty::Holder),
        ("holders", Ty::Holders),
        ("folder", Ty::Reference(FOLDER)),
        ("groups", Ty::References(GROUP)),
    ],
    &[("net", Ty::Net)],
    &[],
    &[("locked", Ty::YesNo), ("size", Ty::Number), ("tenant", Ty::Text), ("readers", Ty::References(GROUP))],
    &[("trusted", Ty::YesNo), ("level", Ty::Level)],
    &[("tenant", Ty::Text), ("trusted", Ty::YesNo), ("owner", Ty::Reference(USER))],
];

impl World {
    pub fn new(rng: &mut Rng) -> Self {
        let declared = rng.chance(80);
        let kind = |at: usize, rng: &mut Rng| Kind {
            name: NAMES[at],
            only: declared && rng.chance(5),
            fields: FIELDS[at]
                .iter()
                .chain(if declared { DECLARED[at] } else { &[] })
                .map(|&(name, ty)| field(name, ty, declared, rng))
                .collect(),
        };
        let kinds = (0..NAMES.len()).map(|at| kind(at, rng)).collect();
        let fact = |name, ty| Field { name, key: name.into(), ty, presence: Presence::Required, private: false };
        let mut facts = vec![fact("user", Ty::Thing(USER)), fact("document", Ty::Thing(DOCUMENT)), fact("office", Ty::Thing(OFFICE))];
        if declared {
            let mut approver = fact("approver", Ty::Thing(USER));
            approver.presence = if rng.chance(50) { Presence::Optional } else { Presence::Required };
            facts.push(approver);
            facts.push(fact("robot", Ty::Thing(ROBOT)));
        }
        Self { declared, kinds, facts }
    }

    /// The paths below a path, two steps deep at most; without vocabulary references are the things themselves.
    pub fn below(&self, above: &Path, kind: usize, depth: usize, found: &mut Vec<Path>) {
        for field in &self.kinds[kind].fields {
            let text = format!("{}.{}", above.text, field.name);
            let mut optional = above.optional.clone();
            if field.presence == Presence::Optional {
                optional.push(text.clone());
            }
            let path = Path { text, ty: field.ty, private: above.private || field.private, optional };
            // Without vocabulary a fact that is compared with the user is a user and is not looked into.
            let looked_into = self.declared || field.ty == Ty::Thing(OFFICE);
            if let (Ty::Thing(kind) | Ty::Reference(kind), 1.., true) = (field.ty, depth, looked_into) {
                self.below(&path, kind, depth - 1, found);
            }
            found.push(path);
        }
    }

    pub fn paths(&self) -> Vec<Path> {
        let mut found = Vec::new();
        for fact in &self.facts {
            if let Ty::Thing(kind) = fact.ty {
                let optional = if fact.presence == Presence::Optional { vec![fact.name.to_owned()] } else { Vec::new() };
                let path = Path { text: fact.name.into(), ty: fact.ty, private: false, optional };
                self.below(&path, kind, 1, &mut found);
                found.push(path);
            }
        }
        found
    }

    /// A field of a kind that is always there, or has a value where it is not.
    pub fn sure(&self, kind: usize, ty: Ty, rng: &mut Rng) -> Option<&'static str> {
        let fits = |field: &&Field| field.ty == ty && field.presence != Presence::Optional;
        let fields: Vec<&Field> = self.kinds[kind].fields.iter().filter(fits).collect();
        if fields.is_empty() { None } else { Some(rng.choose(&fields).name) }
    }

    /// The declarations, a statement each; none without vocabulary.
    pub fn declarations(&self, rng: &mut Rng) -> Vec<String> {
        if !self.declared {
            return Vec::new();
        }
        let mut found: Vec<String> = self.kinds.iter().map(|kind| self.declaration(kind, rng)).collect();
        for fact in &self.facts {
            if fact.name == "approver" {
                let optional = if fact.presence == Presence::Optional { "an optional" } else { "a" };
                found.push(format!("fact approver is {optional} user"));
            }
        }
        let inside = [
            "a user is inside a group",
            "a group is inside a group",
            "a document is inside a folder",
            "a folder is inside a folder or a group",
            "a robot is inside a group",
        ];
        found.extend(inside.map(str::to_owned));
        found.push("setting cap is a number, assumed 3".into());
        found.push("setting home-net is a network, assumed 10.0.0.0/8".into());
        found
    }

    fn declaration(&self, kind: &Kind, rng: &mut Rng) -> String {
        let article = if kind.name.starts_with('o') { "an" } else { "a" };
        let mut text = format!("{article} {} has{}", kind.name, if kind.only { " only" } else { "" });
        for field in &kind.fields {
            let glue = if field.ty == Ty::YesNo { rng.pick(&["is ", "has ", ""]) } else { "" };
            let private = if field.private { "private " } else { rng.pick(&["", "", "", "", "", "", "", "", "fixed "]) };
            let optional = if field.presence == Presence::Optional { "optional " } else { "" };
            let from = if field.key == field.name { String::new() } else { format!(" from \"{}\"", field.key) };
            let assumed = if let Presence::Assumed(value) = field.presence { format!(", assumed {value}") } else { String::new() };
            text += &format!("\n  {glue}{}: {private}{optional}{}{from}{assumed}", field.name, self.type_text(field.ty));
        }
        text
    }

    fn type_text(&self, ty: Ty) -> String {
        let fixed = match ty {
            Ty::YesNo => "yes/no",
            Ty::Text | Ty::FilePath | Ty::Host => "text",
            Ty::Number => "number",
            Ty::Money => "money",
            Ty::Date => "date",
            Ty::Time => "time",
            Ty::Moment => "date-time",
            Ty::Span => "duration",
            Ty::Address => "ip-address",
            Ty::Level => "one of [guest < member < expert]",
            Ty::Role => "one of [clerk, boss, \"on leave\"]",
            Ty::Texts => "list of text",
            Ty::Numbers => "list of number",
            Ty::Labels => "map of text",
            Ty::Limits => "map of number",
            Ty::Amounts => "list of money",
            Ty::Spans => "list of duration",
            Ty::Dates => "list of date",
            Ty::Levels => "list of one of [guest < member < expert]",
            Ty::Net => "network",
            Ty::Nets => "list of network",
            Ty::Holder => "reference to a user or robot",
            Ty::Holders => "list of reference to a user or robot",
            Ty::Thing(kind) => self.kinds[kind].name,
            Ty::Things(kind) => return format!("list of {}", self.kinds[kind].name),
            Ty::Reference(kind) => return format!("reference to a {}", self.kinds[kind].name),
            Ty::References(kind) => return format!("list of reference to a {}", self.kinds[kind].name),
        };
        fixed.into()
    }
}

fn field(name: &'static str, ty: Ty, declared: bool, rng: &mut Rng) -> Field {
    let assumed = match ty {
        Ty::YesNo => "no",
        Ty::Text => "\"a\"",
        Ty::Number => "2",
        Ty::Money => "20 EUR",
        Ty::Date => "2026-01-31",
        Ty::Level => "member",
        _ => "",
    };
    let presence = match rng.below(10) {
        0 | 1 if declared && ty != Ty::YesNo => Presence::Optional,
        2 if declared && !assumed.is_empty() => Presence::Assumed(assumed),
        _ => Presence::Required,
    };
    let key = if declared && rng.chance(6) { format!("{name}In") } else { name.into() };
    Field { name, key, ty, presence, private: declared && rng.chance(6) }
}
