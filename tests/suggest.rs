//! What would change a decision, against trying everything: random small policies and requests.
//!
//! `ONLYIF_CASES=N` sets how many, `ONLYIF_SEED=N` where to begin. The values that are tried are those that the search itself
//! names: that they stand for all that a rule can tell apart is argued where they are made, and not shown here.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout
)] // a test may stop

use onlyif::{Outcome, Policy, Request, Value};
use std::collections::BTreeSet;

mod small;

use small::{Rng, number, policy, request};

type Changes = Vec<(usize, usize)>;

fn changed(request: &Request, space: &[(Vec<String>, Vec<Value>)], changes: &[(usize, usize)]) -> Request {
    let mut changed = request.clone();
    for &(fact, value) in changes {
        changed.set_path(space[fact].0.iter().map(String::as_str), space[fact].1[value].clone());
    }
    changed
}

/// Every set of changes of each size, the small ones first, that is as wanted and holds no smaller one that is.
fn by_force(policy: &Policy, request: &Request, space: &[(Vec<String>, Vec<Value>)], wanted: Outcome, most: usize) -> BTreeSet<Changes> {
    let mut found: Vec<Changes> = Vec::new();
    let mut waiting: Vec<Changes> = vec![Vec::new()];
    for _ in 0..=most {
        let mut next = Vec::new();
        for changes in waiting {
            if found.iter().any(|set| set.iter().all(|one| changes.contains(one))) {
                continue;
            }
            if policy.decide(&changed(request, space, &changes)).outcome() == wanted {
                found.push(changes);
                continue;
            }
            let first = changes.last().map_or(0, |(fact, _)| fact + 1);
            for (fact, (_, values)) in space.iter().enumerate().skip(first) {
                next.extend((0..values.len()).map(|value| [changes.as_slice(), &[(fact, value)]].concat()));
            }
        }
        waiting = next;
    }
    found.into_iter().collect()
}

#[test]
fn the_sets_are_those_that_trying_everything_finds() {
    let (mut compared, mut sets, mut whole) = (0_u64, 0_usize, 0_u64);
    let first = number("ONLYIF_SEED", 1);
    for seed in first..first + number("ONLYIF_CASES", 600) {
        let mut rng = Rng::seeded(seed);
        let text = policy(&mut rng);
        let Ok(policy) = Policy::new(&text) else { continue };
        let request = request(&mut rng);
        let decision = policy.decide(&request);
        let space = decision.search_space();
        let most = if space.iter().map(|(_, values)| values.len()).sum::<usize>() > 16 { 3 } else { 4 };
        for wanted in [Outcome::Allowed, Outcome::Denied].into_iter().filter(|wanted| *wanted != decision.outcome()) {
            let (found, ended) = decision.search_all(wanted);
            let found: BTreeSet<Changes> = found.into_iter().filter(|set| set.len() <= most).collect();
            let wanted_sets = by_force(&policy, &request, &space, wanted, most);
            assert_eq!(found, wanted_sets, "seed {seed}, {wanted}\n{text}\n{:?}\n{space:?}", request.facts());
            compared += 1;
            whole += u64::from(ended);
            sets += found.len();
        }
    }
    println!("{compared} questions, {sets} sets, {whole} searched to the end");
    assert!(sets > 100);
}

/// What is told holds: each suggestion is decided as wanted, nothing of it can be left out, and nothing fixed is touched.
#[test]
fn what_is_suggested_is_so() {
    let first = number("ONLYIF_SEED", 1);
    let mut told = 0_usize;
    for seed in first..first + number("ONLYIF_CASES", 600) {
        let mut rng = Rng::seeded(seed);
        let text = policy(&mut rng);
        let Ok(policy) = Policy::new(&text) else { continue };
        let request = request(&mut rng);
        let decision = policy.decide(&request);
        for wanted in [Outcome::Allowed, Outcome::Denied] {
            for suggestion in decision.suggestions(wanted).list {
                told += 1;
                for left_out in 0..=suggestion.changes.len() {
                    let mut changed = request.clone();
                    for (at, change) in suggestion.changes.iter().enumerate() {
                        assert_ne!(change.path, "user.held");
                        if at != left_out {
                            changed.set_path(change.keys.iter().map(String::as_str), change.to.clone());
                        }
                    }
                    let all = left_out == suggestion.changes.len();
                    assert_eq!(policy.decide(&changed).outcome() == wanted, all, "seed {seed}: {suggestion}\n{text}");
                }
            }
        }
    }
    assert!(told > 100);
}
