//! What to ask next, against the best fixed order of asking, on random small policies.
//!
//! `ONLYIF_CASES=N` sets how many. The model is that of the engine: each open condition is yes or no with equal chance. Facts are
//! yes/no here, so that a condition is a fact.
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

use onlyif::{Outcome, Policy, Request};
use small::{Rng, number};

const FACTS: [&str; 5] = ["a", "b", "c", "d", "e"];

fn condition(rng: &mut Rng, depth: usize, left: &mut Vec<&'static str>) -> String {
    match rng.below(if depth == 0 || left.len() < 2 { 2 } else { 5 }) {
        2 => format!("({} and {})", condition(rng, depth - 1, left), condition(rng, depth - 1, left)),
        3 => format!("({} or {})", condition(rng, depth - 1, left), condition(rng, depth - 1, left)),
        4 => format!("not ({})", condition(rng, depth - 1, left)),
        // Each is read once, as long as there are any: else conditions hang on each other, which the model leaves aside.
        _ => left.pop().map_or("x.z is yes".into(), |fact| format!("x is {fact}")),
    }
}

fn policy(rng: &mut Rng) -> String {
    let mut left = FACTS.to_vec();
    for at in (1..left.len()).rev() {
        left.swap(at, rng.below(at + 1));
    }
    let mut text = format!("x opens\nallow open if {}", condition(rng, 2, &mut left)).replace("x opens\n", "");
    for _ in 0..rng.below(3) {
        let condition = condition(rng, 1, &mut left);
        text += &match rng.below(3) {
            0 => format!("\nnever open if {condition}"),
            1 => format!("\nopen requires {condition}"),
            _ => format!("\nallow open if {condition}"),
        };
    }
    text
}

/// What is asked next, given the answers so far.
type Next<'n> = &'n mut dyn FnMut(&Request, usize) -> Option<Vec<String>>;

/// How many questions are asked in all answers together, counted in halves of halves.
fn expected(policy: &Policy, request: &Request, depth: usize, next: Next<'_>) -> f64 {
    if policy.decide(request).outcome() != Outcome::Undetermined {
        return 0.0;
    }
    let Some(keys) = next(request, depth) else { return 1_000.0 };
    let mut told = 0.0;
    for answer in [true, false] {
        let mut then = request.clone();
        then.set_path(keys.iter().map(String::as_str), answer);
        told += expected(policy, &then, depth + 1, next) / 2.0;
    }
    told + 1.0
}

fn orders(items: &[String]) -> Vec<Vec<String>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for at in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(at);
        found.extend(orders(&rest).into_iter().map(|order| [vec![first.clone()], order].concat()));
    }
    found
}

#[test]
fn asking_is_as_good_as_the_best_order() {
    let (mut compared, mut as_good, mut better) = (0, 0, 0);
    for seed in 1..=number("ONLYIF_CASES", 300) {
        let mut rng = Rng::seeded(seed);
        let text = policy(&mut rng);
        let Ok(policy) = Policy::new(&text) else { continue };
        let request = Request::without_thing("open");
        if policy.decide(&request).outcome() != Outcome::Undetermined {
            continue;
        }
        let asked = expected(&policy, &request, 0, &mut |request, _| policy.decide(request).next_question().map(|question| question.keys));
        let facts: Vec<String> = FACTS
            .iter()
            .chain(&["z"])
            .filter(|fact| text.contains(&format!("is {fact}")) || text.contains(&format!("x.{fact}")))
            .map(|fact| (*fact).to_owned())
            .collect();
        let fixed = orders(&facts)
            .into_iter()
            .map(|order| expected(&policy, &request, 0, &mut |_, depth| order.get(depth).map(|fact| vec!["x".into(), fact.clone()])));
        let best = fixed.fold(f64::INFINITY, f64::min);
        compared += 1;
        as_good += usize::from(asked <= best + 1e-9);
        better += usize::from(asked < best - 1e-9);
    }
    println!("{compared} policies: as good as the best fixed order in {as_good}, better in {better}");
    assert!(compared > 100);
    assert!(as_good * 100 >= compared * 97, "{as_good} of {compared}");
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
                "yes/no" => onlyif::Value::from(rng.below(2) == 0),
                "number" => onlyif::Value::from(30),
                "list of text" => onlyif::Value::from(vec!["a"]),
                "date" => onlyif::Value::from("2024-05-05"),
                _ => onlyif::Value::from("member"),
            };
            let keys = question.keys.clone();
            request.set_path(keys.iter().map(String::as_str), value);
        }
        let decision = policy.decide(&request);
        let settled = decision.outcome() != Outcome::Undetermined || !decision.problems().is_empty();
        assert!(settled, "seed {seed}: {}\n{text}", decision.summary());
    }
}
