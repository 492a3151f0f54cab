//! Small random policies whose bounds are known to the test, and everything that a user of them might change.
//!
//! Nothing here asks the engine. What a rule can tell apart of a fact is a *cell*: a bound, or the open space between two of
//! them; a text that a rule names, or any other; an element of a list by the cells of its fields.
#![allow(clippy::wildcard_enum_match_arm)] // a test may stop

use super::Rng;
use onlyif::value::{Decimal, Record};
use onlyif::{Request, Value};
use std::collections::{BTreeMap, BTreeSet};

pub const DECLARED: &str = "an item has
  is paid: yes/no
  price: number
a user has
  is admin: yes/no
  is staff: yes/no
  held: fixed yes/no
  age: number
  score: number, assumed 3
  level: one of [guest < member < expert]
  city: text
  joined: optional date
  tags: list of text
  items: list of item
";

const LEVELS: [&str; 3] = ["guest", "member", "expert"];
const CITIES: [&str; 3] = ["Bonn", "Rome", "Oslo"];
const DAYS: [&str; 3] = ["2024-01-01", "2024-01-02", "2025-06-01"];
const TAGS: [&str; 3] = ["a", "b", "c"];

/// A policy, and the bounds that it names of each fact: numbers as they are, days and texts by their places above.
#[derive(Debug, Default)]
pub struct Small {
    pub text: String,
    pub bounds: BTreeMap<&'static str, BTreeSet<i64>>,
}

impl Small {
    pub fn random(rng: &mut Rng) -> Self {
        let mut small = Self::default();
        let rules = super::rules("open door", rng, &mut |rng| small.atom(rng));
        small.text = format!("{DECLARED}{rules}");
        small
    }

    fn bound(&mut self, fact: &'static str, value: usize) -> usize {
        self.bounds.entry(fact).or_default().insert(i64::try_from(value).unwrap());
        value
    }

    fn named<'t>(&mut self, fact: &'static str, texts: &[&'t str], rng: &mut Rng) -> &'t str {
        let at = rng.below(texts.len());
        texts[self.bound(fact, at)]
    }

    fn read(&mut self, fact: &'static str) -> &'static str {
        self.bounds.entry(fact).or_default();
        fact
    }

    fn order(rng: &mut Rng) -> &'static str {
        rng.pick(&["is at least", "is at most", "is more than", "is less than", "is"])
    }

    fn atom(&mut self, rng: &mut Rng) -> String {
        match rng.below(13) {
            0 => format!("user is {}", self.read("admin")),
            1 => format!("user is {}", self.read("staff")),
            2 => format!("user {}", self.read("held")),
            3 | 4 => format!("user.age {} {}", Self::order(rng), self.bound("age", 1 + rng.below(6))),
            5 => format!("user.score {} {}", Self::order(rng), self.bound("score", 1 + rng.below(6))),
            6 => format!("user.level {} {}", Self::order(rng), self.named("level", &LEVELS, rng)),
            7 => format!("user.city is \"{}\"", self.named("city", &CITIES, rng)),
            8 => format!("user has {}", self.read("joined")),
            9 => {
                let day = self.named("joined", &DAYS, rng);
                format!("(user has joined and user.joined is {} {day})", rng.pick(&["before", "on or after"]))
            }
            10 if rng.below(3) == 0 => format!("user.{} is empty", self.read("tags")),
            10 => format!("user.tags contains \"{}\"", self.named("tags", &TAGS, rng)),
            11 => {
                let tag = self.named("tags", &TAGS, rng);
                let (quantifier, not) = (rng.pick(&["any", "every", "no"]), rng.pick(&["", "not "]));
                format!("{quantifier} tag in user.tags satisfies (tag is {not}\"{tag}\")")
            }
            _ => self.items(rng),
        }
    }

    fn items(&mut self, rng: &mut Rng) -> String {
        let quantifier = rng.pick(&["any", "every", "no"]);
        self.read("items");
        let mut parts = Vec::new();
        if rng.below(3) > 0 {
            self.read("items.paid");
            parts.push(rng.pick(&["item is paid", "item is not paid"]).to_owned());
        }
        if parts.is_empty() || rng.below(2) == 0 {
            parts.push(format!("item.price {} {}", Self::order(rng), self.bound("items.price", 2 + rng.below(4))));
        }
        format!("{quantifier} item in user.items satisfies ({})", parts.join(rng.pick(&[" and ", " or "])))
    }

    pub fn request(rng: &mut Rng) -> Request {
        let mut request = Request::new("open", "door");
        let mut user = Record::new();
        let missing = [0, 10, 40][rng.below(3)];
        for name in ["admin", "staff", "held", "age", "score", "level", "city", "joined", "tags", "items"] {
            let optional = matches!(name, "joined" | "score");
            if rng.below(100) < if optional { 50 } else { missing } {
                continue;
            }
            let value: Value = match name {
                "age" | "score" => Value::from([0, 2, 3, 5, 9][rng.below(5)]),
                "level" => Value::from(rng.pick(&LEVELS)),
                "city" => Value::from(rng.pick(&["Bonn", "Rome", "Oslo", "Kiel"])),
                "joined" => Value::from(rng.pick(&["2023-05-05", "2024-01-01", "2024-07-01"])),
                "tags" => Value::from([vec![], vec!["a"], vec!["b", "c"], vec!["d"], vec!["a", "a"]][rng.below(5)].clone()),
                "items" => Value::List((0..rng.below(3)).map(|_| item(rng)).collect()),
                _ => Value::from(rng.below(2) == 0),
            };
            user = user.with(name, value);
        }
        request.set("user", user);
        request
    }

    /// The changes that there are to try, one for each cell but the one in which a fact is.
    pub fn changes(&self, request: &Request, is_open: bool) -> Vec<Change> {
        let mut found = Vec::new();
        for (&fact, bounds) in &self.bounds {
            if !fact.contains('.') {
                self.of_fact(fact, bounds, request, is_open, &mut found);
            }
        }
        found
    }

    fn of_fact(&self, fact: &'static str, bounds: &BTreeSet<i64>, request: &Request, is_open: bool, found: &mut Vec<Change>) {
        let now = now(fact, request);
        let own = self.cell(fact, now.as_ref());
        let set = |value: Value| Change { place: vec![fact.into()], edit: Edit::Set(value) };
        match fact {
            "tags" | "items" => self.of_list(fact, bounds, now.as_ref(), found),
            // What is fixed is never changed; that it is not known is asked of an open decision only.
            "held" if now.is_some() || !is_open => {}
            "admin" | "staff" | "held" => found.extend([true, false].map(|yes| set(yes.into()))),
            "level" => found.extend(LEVELS.map(|level| set(level.into()))),
            "city" => {
                let others = bounds.iter().map(|at| CITIES[usize::try_from(*at).unwrap()]).chain(["elsewhere"]);
                found.extend(others.map(|city| set(city.into())));
            }
            "joined" => found.extend(days(bounds).into_iter().map(Value::from).chain([Value::None]).map(set)),
            _ => found.extend(numbers(bounds).into_iter().map(Value::from).map(set)),
        }
        found.retain(|change| match &change.edit {
            Edit::Set(value) if change.place == [fact] => now.is_none() || self.cell(fact, Some(value)) != own,
            _ => true,
        });
    }

    fn of_list(&self, fact: &'static str, bounds: &BTreeSet<i64>, now: Option<&Value>, found: &mut Vec<Change>) {
        let change = |edit| Change { place: vec![fact.into()], edit };
        let items: &[Value] = if let Some(Value::List(items)) = now { items } else { &[] };
        if now.is_none() {
            found.push(change(Edit::Set(Value::List(Vec::new()))));
        }
        for (at, item) in items.iter().enumerate() {
            if fact == "items" {
                self.of_item(at, item, found);
            }
            if !items[..at].contains(item) {
                let times = items.iter().filter(|other| *other == item).count();
                found.extend((1..=times).map(|times| change(Edit::Without(item.clone(), times))));
            }
        }
        if items.len() > 1 {
            found.push(change(Edit::Clear(items.len())));
        }
        let tag = |at: &i64| Value::from(TAGS[usize::try_from(*at).unwrap()]);
        let new: Vec<Value> =
            if fact == "tags" { bounds.iter().map(tag).chain([Value::from("elsewhere")]).collect() } else { self.new_items() };
        found.extend(new.into_iter().filter(|new| !items.contains(new)).map(|new| change(Edit::With(new))));
    }

    fn of_item(&self, at: usize, item: &Value, found: &mut Vec<Change>) {
        let Value::Record(item) = item else { panic!("an item is a record") };
        for (name, value) in self.fields().into_iter().flat_map(|(name, values)| values.into_iter().map(move |value| (name, value))) {
            let now = item.get(name);
            let key = if name == "price" { "items.price" } else { "items.paid" };
            if now.is_none() || self.cell(key, now) != self.cell(key, Some(&value)) {
                found.push(Change { place: vec!["items".into(), at.to_string(), name.into()], edit: Edit::Set(value) });
            }
        }
    }

    /// The fields that rules read of an item, with a value of each cell.
    fn fields(&self) -> Vec<(&'static str, Vec<Value>)> {
        let mut fields = Vec::new();
        if self.bounds.contains_key("items.paid") {
            fields.push(("paid", vec![true.into(), false.into()]));
        }
        if let Some(bounds) = self.bounds.get("items.price") {
            fields.push(("price", numbers(bounds).into_iter().map(Value::from).collect()));
        }
        fields
    }

    fn new_items(&self) -> Vec<Value> {
        let mut found = vec![Record::new()];
        for (name, values) in self.fields() {
            let more: Vec<Record> =
                found.iter().flat_map(|item| values.iter().map(|value| item.clone().with(name, value.clone()))).collect();
            found.extend(more);
        }
        found.into_iter().map(Value::Record).collect()
    }

    /// The cell of a value, in a text that is the same for all of the cell.
    pub fn cell(&self, fact: &str, value: Option<&Value>) -> String {
        let bounds = self.bounds.get(fact).cloned().unwrap_or_default();
        match (fact, value) {
            (_, None) => "nothing".into(),
            (_, Some(Value::None)) => "none".into(),
            ("tags", Some(Value::List(items))) => sorted(items.iter().map(|item| self.cell("tag", Some(item)))),
            ("tag", Some(Value::Text(tag))) if !tag.is_empty() && TAGS.iter().chain(&["d"]).any(|known| known == tag) => tag.clone(),
            ("items", Some(Value::List(items))) => sorted(items.iter().map(|item| {
                let Value::Record(item) = item else { panic!("an item is a record") };
                format!("{} {}", self.cell("items.paid", item.get("paid")), self.cell("items.price", item.get("price")))
            })),
            ("age" | "score" | "items.price", Some(Value::Number(number))) => {
                let below = bounds.iter().filter(|bound| Decimal::from(**bound) < *number).count();
                if bounds.iter().any(|bound| Decimal::from(*bound) == *number) { format!("at {below}") } else { format!("after {below}") }
            }
            ("joined", Some(day)) => {
                let day = day.to_string().trim_matches('"').to_owned();
                let bounds: Vec<&str> = bounds.iter().map(|at| DAYS[usize::try_from(*at).unwrap()]).collect();
                let below = bounds.iter().filter(|bound| **bound < day.as_str()).count();
                if bounds.contains(&day.as_str()) { format!("at {below}") } else { format!("after {below}") }
            }
            ("city", Some(Value::Text(city))) => {
                let is_named = bounds.iter().any(|at| CITIES[usize::try_from(*at).unwrap()] == city);
                if is_named { city.clone() } else { "another".into() }
            }
            ("tag", Some(_)) => "another".into(),
            (_, Some(value)) => value.to_string(),
        }
    }
}

fn item(rng: &mut Rng) -> Value {
    let mut item = Record::new();
    if rng.below(8) > 0 {
        item.set("paid", rng.below(2) == 0);
    }
    if rng.below(8) > 0 {
        item.set("price", [1, 3, 4, 8][rng.below(4)]);
    }
    Value::Record(item)
}

fn sorted(cells: impl Iterator<Item = String>) -> String {
    let mut cells: Vec<String> = cells.collect();
    cells.sort();
    cells.join(", ")
}

/// What a fact is in a request, where it says.
pub fn now(fact: &str, request: &Request) -> Option<Value> {
    let Some(Value::Record(user)) = request.facts().get("user") else { return None };
    match (user.get(fact), fact) {
        (Some(value), _) => Some(value.clone()),
        (None, "score") => Some(Value::from(3)),
        (None, "joined") => Some(Value::None),
        (None, _) => None,
    }
}

/// A number of each cell: the bounds, what lies between two of them, and beyond both ends.
fn numbers(bounds: &BTreeSet<i64>) -> Vec<Decimal> {
    let bounds: Vec<i64> = bounds.iter().copied().collect();
    let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else { return Vec::new() };
    let between = bounds.windows(2).map(|pair| Decimal::new(i128::from((pair[0] + pair[1]) * 5), 1).unwrap());
    let at = bounds.iter().map(|bound| Decimal::from(*bound));
    at.chain(between).chain([Decimal::from(first - 7), Decimal::from(last + 7)]).collect()
}

/// A day of each cell; none lies between the first two days.
fn days(bounds: &BTreeSet<i64>) -> Vec<&'static str> {
    let named = bounds.iter().map(|at| DAYS[usize::try_from(*at).unwrap()]);
    let between = if bounds.contains(&2) && bounds.len() > 1 { vec!["2024-09-09"] } else { Vec::new() };
    let ends = if bounds.is_empty() { ["2020-02-02"].to_vec() } else { ["2020-02-02", "2030-03-03"].to_vec() };
    named.chain(between).chain(ends).collect()
}

/// One change that the test tries.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Of the user: a fact, or a field of an element.
    pub place: Vec<String>,
    pub edit: Edit,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    Set(Value),
    With(Value),
    Without(Value, usize),
    Clear(usize),
}

impl Change {
    /// Values first, then what is taken out, then what is added.
    pub fn rank(&self) -> usize {
        match self.edit {
            Edit::Set(_) => 0,
            Edit::Clear(_) => 1,
            Edit::Without(..) => 2,
            Edit::With(_) => 3,
        }
    }

    pub fn make(&self, request: &mut Request) {
        let keys = || std::iter::once("user").chain(self.place.iter().map(String::as_str));
        let items = if let Some(Value::List(items)) = now(&self.place[0], request) { items } else { Vec::new() };
        let made = match &self.edit {
            Edit::Set(value) => value.clone(),
            Edit::Clear(_) => Value::List(Vec::new()),
            Edit::With(item) => Value::List(items.into_iter().chain([item.clone()]).collect()),
            Edit::Without(item, times) => {
                let mut rest = items;
                for _ in 0..*times {
                    rest.iter().position(|other| other == item).map(|at| rest.remove(at));
                }
                Value::List(rest)
            }
        };
        request.set_path(keys(), made);
    }
}
