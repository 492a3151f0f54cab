//! Small random policies about what lies in what, and everything that a user of them might change of the table of entities.
//!
//! Nothing here asks the engine: which things a rule asks for is known to the test, which wrote it.

use super::Rng;
use onlyif::value::Record;
use onlyif::{Request, Value};
use std::collections::{BTreeMap, BTreeSet};

pub const DECLARED: &str = "a team has
  name: text
a folder has
  name: text
a user has
  is admin: yes/no
a document has
  name: text
  readers: fixed list of reference to a team

a user is inside a team
a team is inside a team
a document is inside a folder
a folder is inside a folder
";

pub const USER: &str = "user:ann";
pub const DOCUMENT: &str = "document:d1";
const TEAMS: [&str; 3] = ["team:a", "team:b", "team:c"];
const FOLDERS: [&str; 2] = ["folder:f", "folder:g"];

/// How many ways in which things may lie in each other are tried.
const MOST_WAYS: usize = 128;

/// A policy, and in what its rules ask whether something is.
#[derive(Debug, Default)]
pub struct Tables {
    pub text: String,
    pub goals: BTreeMap<&'static str, BTreeSet<&'static str>>,
    reads_readers: bool,
    reads_admin: bool,
}

/// One change of the request.
#[derive(Debug, Clone, PartialEq)]
pub enum Move {
    Admin(bool),
    /// A thing is put into another.
    Join(String, String),
    /// It is taken out.
    Leave(String, String),
    /// It lies in nothing, where nobody says in what it lies.
    Empty(String),
}

/// What lies in what, by rows; those of which nothing is known are left out.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

fn id(row: &str) -> &str {
    row.split_once(':').unwrap().1
}

impl Tables {
    pub fn random(rng: &mut Rng) -> Self {
        let mut made = Self::default();
        let rules = super::rules("open document", rng, &mut |rng| made.atom(rng));
        made.text = format!("{DECLARED}{rules}");
        made
    }

    fn atom(&mut self, rng: &mut Rng) -> String {
        match rng.below(8) {
            0 => {
                self.reads_admin = true;
                "user is admin".into()
            }
            1 | 2 => {
                let folder = rng.pick(&FOLDERS);
                self.goals.entry(DOCUMENT).or_default().insert(FOLDERS.into_iter().find(|known| *known == folder).unwrap());
                format!("document is in folder \"{}\"", id(folder))
            }
            3 => {
                self.reads_readers = true;
                let quantifier = rng.pick(&["any", "every", "no"]);
                format!("{quantifier} team in document.readers satisfies (user is in team)")
            }
            4 => {
                let (one, other) = (rng.below(3), rng.below(3));
                self.goals.entry(TEAMS[one]).or_default().insert(TEAMS[other]);
                format!("team \"{}\" is in team \"{}\"", id(TEAMS[one]), id(TEAMS[other]))
            }
            _ => {
                let team = TEAMS[rng.below(3)];
                self.goals.entry(USER).or_default().insert(team);
                format!("user is in team \"{}\"", id(team))
            }
        }
    }

    pub fn request(&mut self, rng: &mut Rng) -> Request {
        let mut table = Record::new();
        let missing = [0, 10, 30][rng.below(3)];
        for row in [USER, DOCUMENT].iter().chain(&TEAMS).chain(&FOLDERS) {
            if rng.below(100) < missing {
                continue;
            }
            let others: &[&str] = if row.starts_with("user") || row.starts_with("team") { &TEAMS } else { &FOLDERS };
            let mut items: Vec<&str> = others.iter().filter(|other| *other != row && rng.below(3) == 0).copied().collect();
            if row.starts_with("user") && rng.below(4) == 0 {
                items.push("team:d");
            }
            table.set(*row, Record::new().with("in", items));
        }
        if rng.below(2) == 0 {
            table.set("team:d", Record::new().with("in", [TEAMS[rng.below(3)]]));
        }
        if rng.below(3) == 0 {
            table.set("*", Record::new().with("in", Vec::<&str>::new()));
        }
        let readers: Vec<&str> = TEAMS.iter().filter(|_| rng.below(3) == 0).map(|row| id(row)).collect();
        if self.reads_readers {
            let goals = TEAMS.iter().filter(|row| readers.contains(&id(row)));
            self.goals.entry(USER).or_default().extend(goals);
        }
        let mut user = Record::new().with("id", "ann");
        if rng.below(5) > 0 {
            user.set("admin", rng.below(2) == 0);
        }
        let document = Record::new().with("id", "d1").with("readers", readers);
        Request::new("open", "document").with("user", user).with("document", document).with_entities(table)
    }

    /// The changes that there are to try: each thing that a rule looks upwards from is put directly into what is asked for, or what
    /// lies above it and nothing is known of; everything may be taken out of everything.
    pub fn moves(&self, request: &Request) -> Vec<Move> {
        let mut found = Vec::new();
        let graph = graph(request);
        if self.reads_admin {
            found.extend([true, false].into_iter().filter(|yes| now_admin(request) != Some(*yes)).map(Move::Admin));
        }
        for (&start, goals) in &self.goals {
            for reached in reached(&graph, start) {
                if reached == start || !graph.contains_key(&reached) {
                    let new = goals.iter().filter(|goal| **goal != reached && **goal != start);
                    let joins = new.map(|goal| Move::Join(reached.clone(), (*goal).into()));
                    found.extend(joins.filter(|join| !is_in(&graph, join)));
                }
            }
        }
        for (row, items) in &graph {
            found.extend(items.iter().map(|item| Move::Leave(row.clone(), item.clone())));
        }
        let all = [USER, DOCUMENT, "team:d"].into_iter().chain(TEAMS).chain(FOLDERS);
        found.extend(all.filter(|row| !graph.contains_key(*row)).map(|row| Move::Empty(row.into())));
        let mut unique: Vec<Move> = Vec::new();
        found.into_iter().for_each(|one| {
            if !unique.contains(&one) {
                unique.push(one)
            }
        });
        unique
    }

    /// Ways in which the things may lie in each other, with the other facts each way: all, or of very many some by chance.
    pub fn everything(&self, request: &Request, rng: &mut Rng) -> Vec<Request> {
        let mut found = vec![request.clone()];
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        if self.goals.contains_key(USER) {
            pairs.extend(TEAMS.map(|team| (USER, team)));
        }
        if self.goals.contains_key(DOCUMENT) {
            pairs.extend(FOLDERS.map(|folder| (DOCUMENT, folder)));
            pairs.extend([("folder:f", "folder:g"), ("folder:g", "folder:f")]);
        }
        pairs.extend((0..3).map(|at| (TEAMS[at], TEAMS[(at + 1) % 3])));
        if self.goals.keys().any(|start| start.starts_with("team")) {
            pairs.extend((0..3).map(|at| (TEAMS[at], TEAMS[(at + 2) % 3])));
        }
        let mut bare = request.clone();
        for row in [USER, DOCUMENT, "team:d"].into_iter().chain(TEAMS).chain(FOLDERS) {
            bare.set_path(["entities", row, "in"], Value::List(Vec::new()));
        }
        let all = 1_usize << pairs.len();
        for way in 0..all.min(MOST_WAYS) {
            let way = if all > MOST_WAYS { rng.below(all) } else { way };
            let mut made = bare.clone();
            for (at, (inner, outer)) in pairs.iter().enumerate() {
                if way >> at & 1 == 1 {
                    Move::Join((*inner).into(), (*outer).into()).make(&mut made);
                }
            }
            for admin in [true, false] {
                let mut made = made.clone();
                made.set_path(["user", "admin"], admin);
                found.push(made);
            }
        }
        found
    }
}

pub fn now_admin(request: &Request) -> Option<bool> {
    let Some(Value::Record(user)) = request.facts().get("user") else { return None };
    if let Some(Value::YesNo(yes)) = user.get("admin") { Some(*yes) } else { None }
}

fn is_in(graph: &Graph, join: &Move) -> bool {
    let Move::Join(row, outer) = join else { return false };
    graph.get(row).is_some_and(|items| items.contains(outer))
}

fn reached(graph: &Graph, start: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![start.to_owned()];
    while let Some(row) = waiting.pop() {
        if found.insert(row.clone()) {
            waiting.extend(graph.get(&row).into_iter().flatten().cloned());
        }
    }
    found
}

/// What lies in what; what `*` says of things without a row is written out.
pub fn graph(request: &Request) -> Graph {
    let table = request.entities().unwrap();
    let list = |row: &str| match table.get(row).or(table.get("*")) {
        Some(Value::Record(row)) => match row.get("in") {
            Some(Value::List(items)) => Some(items.iter().map(|item| item.to_string().trim_matches('"').to_owned()).collect()),
            _ => None,
        },
        _ => None,
    };
    let rows = [USER, DOCUMENT, "team:d"].into_iter().chain(TEAMS).chain(FOLDERS);
    rows.filter_map(|row| Some((row.to_owned(), list(row)?))).collect()
}

impl Move {
    pub fn make(&self, request: &mut Request) {
        let change = |request: &mut Request, row: &str, change: &dyn Fn(&mut BTreeSet<String>)| {
            let mut items = graph(request).remove(row).unwrap_or_default();
            change(&mut items);
            let items: Vec<Value> = items.into_iter().map(Value::from).collect();
            request.set_path(["entities", row, "in"], Value::List(items));
        };
        match self {
            Move::Admin(yes) => request.set_path(["user", "admin"], *yes),
            Move::Join(row, outer) => change(request, row, &|items| {
                items.insert(outer.clone());
            }),
            Move::Leave(row, outer) => change(request, row, &|items| {
                items.remove(outer);
            }),
            Move::Empty(row) => change(request, row, &|_| {}),
        }
    }
}
