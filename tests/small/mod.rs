//! Small random policies about one user, and requests for them: every fact has few values, so that all can be tried.
#![allow(dead_code)] // each of the tests uses a part of its own

pub mod cells;
pub mod force;
pub mod tables;

use onlyif::{Request, Value};

/// The same for the same seed.
#[derive(Debug)]
pub struct Rng(pub u64);

impl Rng {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % (bound as u64)).unwrap()
    }

    pub fn pick<'t>(&mut self, items: &[&'t str]) -> &'t str {
        items[self.below(items.len())]
    }
}

/// Some rules on an act, with conditions that are put together from atoms.
pub fn rules(act: &str, rng: &mut Rng, atom: &mut dyn FnMut(&mut Rng) -> String) -> String {
    let mut text = String::new();
    let limited = rng.below(2) == 0;
    for _ in 0..1 + rng.below(3) {
        let condition = condition(rng, 2, atom);
        let rule = match rng.below(4) {
            0 => format!("never {act} if {condition}"),
            1 => format!("{act} requires {condition}"),
            _ if limited => format!("{act} only if {condition}"),
            _ => format!("allow {act} if {condition}"),
        };
        text += &format!("\n{rule}\n");
    }
    text
}

fn condition(rng: &mut Rng, depth: usize, atom: &mut dyn FnMut(&mut Rng) -> String) -> String {
    match rng.below(if depth == 0 { 2 } else { 5 }) {
        2 => format!("({} and {})", condition(rng, depth - 1, atom), condition(rng, depth - 1, atom)),
        3 => format!("({} or {})", condition(rng, depth - 1, atom), condition(rng, depth - 1, atom)),
        4 => format!("not ({})", condition(rng, depth - 1, atom)),
        _ => atom(rng),
    }
}

pub fn number(name: &str, ordinary: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(ordinary)
}

pub const DECLARED: &str = "a user has
  is admin: yes/no
  is staff: yes/no
  age: number
  level: one of [guest < member < expert]
  city: text
  held: fixed yes/no
  tags: list of text
  joined: optional date
  score: number, assumed 3

a user is trusted if user is admin or user.age is at least 40
";

pub const ATOMS: [&str; 20] = [
    "user is admin",
    "user is not admin",
    "user is staff",
    "user held",
    "user.age is at least 18",
    "user.age is less than 65",
    "user.age is 30",
    "user.level is at least member",
    "user.level is guest",
    "user.city is \"Bonn\"",
    "user.city is one of [\"Bonn\", \"Rome\"]",
    "user.city starts with \"Bo\"",
    "user.tags contains \"a\"",
    "user.tags is empty",
    "any tag in user.tags satisfies tag is \"b\"",
    "user has joined",
    "user.score is more than 5",
    "user is trusted",
    "every tag in user.tags satisfies (tag is not \"c\")",
    "(user has joined and user.joined is before 2024-01-01)",
];

pub fn policy(rng: &mut Rng) -> String {
    let mut text = String::from(DECLARED);
    let limited = rng.below(2) == 0;
    for _ in 0..1 + rng.below(3) {
        let condition = condition(rng, 2, &mut |rng| rng.pick(&ATOMS).into());
        let rule = match rng.below(4) {
            0 => format!("never open door if {condition}"),
            1 => format!("open door requires {condition}"),
            2 if rng.below(3) == 0 => format!("open door must log with who: user.city if {condition}"),
            _ if limited => format!("open door only if {condition}"),
            _ => format!("allow open door if {condition}"),
        };
        text += &format!("\n{rule}\n");
    }
    text
}

pub fn request(rng: &mut Rng) -> Request {
    let mut request = Request::new("open", "door");
    if rng.below(12) == 0 {
        return request;
    }
    let mut user = onlyif::value::Record::new();
    let missing = [0, 15, 50][rng.below(3)];
    for name in ["admin", "staff", "age", "level", "city", "held", "tags", "joined", "score"] {
        let optional = matches!(name, "joined" | "score");
        if rng.below(100) < if optional { 50 } else { missing } {
            continue;
        }
        let value: Value = match name {
            "age" => Value::from([10, 18, 30, 50, 70][rng.below(5)]),
            "level" => Value::from(rng.pick(&["guest", "member", "expert"])),
            "city" => Value::from(rng.pick(&["Bonn", "Rome", "Bochum", "Oslo"])),
            "tags" => Value::from([vec![], vec!["a"], vec!["b", "c"], vec!["d"]][rng.below(4)].clone()),
            "joined" => Value::from(rng.pick(&["2023-05-05", "2024-01-01", "2025-05-05"])),
            "score" => Value::from([3, 5, 9][rng.below(3)]),
            _ => Value::from(rng.below(2) == 0),
        };
        user = user.with(name, value);
    }
    request.set("user", user);
    request
}

impl Rng {
    pub fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
}
