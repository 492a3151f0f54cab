//! What to ask next, against the best fixed order of asking, on random small policies.
//!
//! `ONLYIF_CASES=N` sets how many are compared, in each of two families. In the first, each fact is yes/no and read once: there the
//! model of the engine, in which each open condition is yes or no with equal chance and none hangs on another, is how it is. In the
//! second, facts are read in several places, numbers have several bounds, choices several values: each value that the bounds tell
//! apart is as likely as the others, and the model only comes near. How long asking takes is worked out over all answers.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout
)] // a test may stop

mod small;

use onlyif::{Outcome, Policy, Request, Value};
use small::{Rng, number};
use std::collections::BTreeSet;

/// A fact, and its values.
type Fact = (&'static str, Vec<Value>);

fn yes_no(name: &'static str) -> Fact {
    (name, vec![true.into(), false.into()])
}

/// Each is read once, as long as there are any.
fn read_once(rng: &mut Rng) -> (String, Vec<Fact>) {
    let mut left = vec!["fa", "fb", "fc", "fd", "fe"];
    for at in (1..left.len()).rev() {
        left.swap(at, rng.below(at + 1));
    }
    let text = policy(rng, &mut |_| left.pop().map_or("x.fz is yes".into(), |fact| format!("x is {fact}")));
    (text, ["fa", "fb", "fc", "fd", "fe", "fz"].map(yes_no).to_vec())
}

/// Conditions that hang on each other, each of which is yes for half of the values.
fn read_often(rng: &mut Rng) -> (String, Vec<Fact>) {
    of_atoms(
        rng,
        &[
            "x is fa",
            "x is fb",
            "x is not fb",
            "x is fc",
            "x.n is at least 20",
            "x.n is less than 20",
            "x.n is between 10 and 29",
            "x.n is one of [5, 25]",
            "x.level is at least good",
            "x.level is one of [poor, good]",
            "x.level is one of [fair, good]",
        ],
    )
}

/// As before, and some conditions are yes more often than no, or less.
fn uneven(rng: &mut Rng) -> (String, Vec<Fact>) {
    of_atoms(rng, &["x is fa", "x is not fb", "x.n is 25", "x.n is at least 10", "x.level is fine", "x.level is at least fair", "x is odd"])
}

fn of_atoms(rng: &mut Rng, atoms: &[&str]) -> (String, Vec<Fact>) {
    let text = policy(rng, &mut |rng| rng.pick(atoms).into());
    let declared =
        "an x has\n  is fa: yes/no\n  is fb: yes/no\n  is fc: yes/no\n  n: number\n  level: one of [poor < fair < good < fine]\n\n";
    let defined = "an x is odd if x is fa and x.n is less than 20\n\n";
    let facts = vec![
        yes_no("fa"),
        yes_no("fb"),
        yes_no("fc"),
        ("n", [5, 15, 25, 35].map(Value::from).to_vec()),
        ("level", ["poor", "fair", "good", "fine"].map(Value::from).to_vec()),
    ];
    (format!("{declared}{defined}{text}"), facts)
}

fn policy(rng: &mut Rng, atom: &mut dyn FnMut(&mut Rng) -> String) -> String {
    let mut text = format!("allow open if {}", condition(rng, 2, atom));
    for _ in 0..rng.below(3) {
        let condition = condition(rng, 1, atom);
        text += &match rng.below(3) {
            0 => format!("\nnever open if {condition}"),
            1 => format!("\nopen requires {condition}"),
            _ => format!("\nallow open if {condition}"),
        };
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

/// What has been answered: for each fact none, or which of its values, as digits of one number.
type Answers = usize;

/// A policy, its facts, and what was found out of each set of answers.
struct Game<'p> {
    policy: &'p Policy,
    text: &'p str,
    facts: Vec<Fact>,
    /// What one more is worth in the digit of each fact.
    units: Vec<usize>,
    open: Vec<Option<bool>>,
    asked: Vec<Option<usize>>,
    least: Vec<Option<f64>>,
}

impl<'p> Game<'p> {
    fn new(policy: &'p Policy, text: &'p str, facts: Vec<Fact>) -> Self {
        let mut units = Vec::new();
        let mut all = 1;
        for (_, values) in &facts {
            units.push(all);
            all *= values.len() + 1;
        }
        Self { policy, text, facts, units, open: vec![None; all], asked: vec![None; all], least: vec![None; all] }
    }

    fn digit(&self, answers: Answers, fact: usize) -> usize {
        answers / self.units[fact] % (self.facts[fact].1.len() + 1)
    }

    fn request(&self, answers: Answers) -> Request {
        let mut request = Request::without_thing("open");
        for (fact, (name, values)) in self.facts.iter().enumerate() {
            if let Some(value) = self.digit(answers, fact).checked_sub(1) {
                request.set_path(["x", name], values[value].clone());
            }
        }
        request
    }

    fn is_open(&mut self, answers: Answers) -> bool {
        if self.open[answers].is_none() {
            let decision = self.policy.decide(&self.request(answers)).outcome();
            self.open[answers] = Some(decision == Outcome::Undetermined);
        }
        self.open[answers] == Some(true)
    }

    /// The fact that the engine asks for.
    fn next(&mut self, answers: Answers) -> usize {
        if self.asked[answers].is_none() {
            let request = self.request(answers);
            let question = self.policy.decide(&request).next_question().unwrap_or_else(|| {
                panic!("nothing is asked: {}\n{}", self.text, request.facts().get("x").map_or(String::new(), Value::to_json))
            });
            self.asked[answers] = self.facts.iter().position(|(name, _)| question.keys == ["x", name]);
        }
        self.asked[answers].expect("it is a fact of this policy")
    }

    /// How many questions are to be expected with a way of asking.
    fn expected(&mut self, answers: Answers, next: &mut dyn FnMut(&mut Self, Answers) -> usize) -> f64 {
        if !self.is_open(answers) {
            return 0.0;
        }
        let fact = next(self, answers);
        1.0 + self.after(answers, fact, &mut |game, then| game.expected(then, next))
    }

    /// What is to be expected after an answer, over all answers.
    fn after(&mut self, answers: Answers, fact: usize, then: &mut dyn FnMut(&mut Self, Answers) -> f64) -> f64 {
        let count = self.facts[fact].1.len();
        let total: f64 = (1..=count).map(|value| then(self, answers + value * self.units[fact])).sum();
        #[allow(clippy::cast_precision_loss)] // a handful
        let count = count as f64;
        total / count
    }

    /// The least that is to be expected, if each question may hang on the answers before it.
    fn least(&mut self, answers: Answers) -> f64 {
        if !self.is_open(answers) {
            return 0.0;
        }
        if let Some(known) = self.least[answers] {
            return known;
        }
        let mut best = f64::INFINITY;
        for fact in (0..self.facts.len()).filter(|&fact| self.digit(answers, fact) == 0).collect::<Vec<_>>() {
            best = best.min(1.0 + self.after(answers, fact, &mut |game, then| game.least(then)));
        }
        self.least[answers] = Some(best);
        best
    }
}

fn orders(items: &[usize]) -> Vec<Vec<usize>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for at in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(at);
        found.extend(orders(&rest).into_iter().map(|order| [vec![first], order].concat()));
    }
    found
}

/// How many policies were compared, and in how many asking was as good as the best fixed order, and as the best way at all.
fn compare(random: Family, first: u64, wanted: u64) -> (u64, u64, u64) {
    let (mut compared, mut as_good, mut best) = (0, 0, 0);
    let mut seed = first;
    let mut seen = BTreeSet::new();
    while compared < wanted {
        seed += 1;
        let (text, facts) = random(&mut Rng::seeded(seed));
        let policy = Policy::new(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let mut game = Game::new(&policy, &text, facts);
        // Some are drawn again and again, such as those of one condition.
        if !game.is_open(0) || !seen.insert(text.clone()) {
            continue;
        }
        let read: Vec<usize> = (0..game.facts.len()).filter(|&fact| is_read(&text, game.facts[fact].0)).collect();
        let mut fixed = f64::INFINITY;
        for order in orders(&read) {
            let next = &mut |game: &mut Game<'_>, answers| {
                order.iter().copied().find(|&fact| game.digit(answers, fact) == 0).expect("it is decided")
            };
            fixed = fixed.min(game.expected(0, next));
        }
        let asked = game.expected(0, &mut |game, answers| game.next(answers));
        compared += 1;
        as_good += u64::from(asked <= fixed + 1e-9);
        best += u64::from(asked <= game.least(0) + 1e-9);
        if asked > fixed + 1e-9 && std::env::var_os("ONLYIF_SHOW").is_some() {
            println!("{asked} and not {fixed}:\n{text}\n");
        }
    }
    (compared, as_good, best)
}

fn is_read(text: &str, fact: &str) -> bool {
    let rules = text.split("\n\n").last().unwrap_or(text);
    [format!("is {fact}"), format!("is not {fact}"), format!("x.{fact}")].iter().any(|words| rules.contains(words.as_str()))
        || (rules.contains("x is odd") && matches!(fact, "fa" | "n"))
}

/// Makes policies that are alike, each with the facts that it may read.
type Family = fn(&mut Rng) -> (String, Vec<Fact>);

/// Where it is as good in fewer of a hundred than this, the way of asking has become worse.
#[test]
fn asking_is_as_good_as_the_best_order() {
    let families: [(&str, Family, u64); 3] = [("read once", read_once, 100), ("read often", read_often, 97), ("uneven", uneven, 65)];
    for (name, random, hundredths) in families {
        let (compared, as_good, best) = compare(random, number("ONLYIF_SEED", 1), number("ONLYIF_CASES", 50));
        println!("{name}: {compared} policies, as good as the best fixed order in {as_good}, as the best way at all in {best}");
        assert!(as_good * 100 >= compared * hundredths, "{name}: {as_good} of {compared}");
    }
}

/// No fact is asked for that can make no difference, and asking ends.
#[test]
fn asking_ends() {
    for seed in 1..=number("ONLYIF_CASES", 300) {
        let mut rng = Rng::seeded(seed);
        let text = small::policy(&mut rng);
        let Ok(policy) = Policy::new(&text) else { continue };
        let mut request = small::request(&mut rng);
        for _ in 0..10 {
            let decision = policy.decide(&request);
            let Some(question) = decision.next_question() else { break };
            assert!(
                decision.needs().contains(&question.path),
                "seed {seed}: {} is asked for\n{text}\n{:?}",
                question.path,
                decision.needs()
            );
            let value = match question.fact_type.as_str() {
                "yes/no" => Value::from(rng.below(2) == 0),
                "number" => Value::from(30),
                "list of text" => Value::from(vec!["fa"]),
                "date" => Value::from("2024-05-05"),
                _ => Value::from("member"),
            };
            let keys = question.keys.clone();
            request.set_path(keys.iter().map(String::as_str), value);
        }
        let decision = policy.decide(&request);
        let settled = decision.outcome() != Outcome::Undetermined || !decision.problems().is_empty();
        assert!(settled, "seed {seed}: {}\n{text}", decision.summary());
    }
}

/// What a thing lies in is asked for as it stands in the table of entities, and further up where that is not enough.
#[test]
fn what_a_thing_lies_in_is_asked() {
    let rules = "a user has\n  name: text\na team has\n  name: text\na user is inside a team\na team is inside a team\nallow write page if user is in team \"core\"";
    let policy = Policy::new(rules).unwrap();
    let mut request = Request::from_json(r#"{"action": "write", "resource": "page", "user": {"id": "ann"}}"#).unwrap();
    for (path, answer) in [(r#"entities["user:ann"].in"#, "team:web"), (r#"entities["team:web"].in"#, "team:core")] {
        let question = policy.decide(&request).next_question().unwrap();
        assert_eq!((question.path.as_str(), question.fact_type.as_str()), (path, "list of text"));
        request.set_path(question.keys.iter().map(String::as_str), vec![answer]);
    }
    assert!(policy.decide(&request).is_allowed());
}
