//! Attacks that worked once. Each is a policy, a request, and what must come of it.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::{Engine, Policy, Request, Severity, Sources};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// `tests/attacks/cases.txt`: a policy (lines until `---`), then pairs of a request and its summary.
#[test]
fn attacks_are_held() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks/cases.txt")).unwrap();
    let mut wrong = Vec::new();
    for case in text.split("\n===\n").skip(1) {
        let (policy, requests) = case.split_once("\n---\n").unwrap();
        let policy = Policy::new(policy).unwrap_or_else(|error| panic!("{error}\n{policy}"));
        let mut lines = requests.lines().filter(|line| !line.is_empty());
        while let (Some(request), Some(expected)) = (lines.next(), lines.next()) {
            let summary = policy.decide(&Request::from_json(request).unwrap()).summary();
            if !summary.starts_with(expected) {
                wrong.push(format!("{request}\n  gives   {summary}\n  expects {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A definition that reads another twice, over and over: neither deciding nor naming what is missing grows without bound.
#[test]
fn doubling_definitions_cost_nothing() {
    let mut text = String::from("a user is d0 if user.n is 1\nallow read it if user is d55\n");
    for at in 1..56 {
        text.push_str(&format!("a user is d{at} if user is d{} or user is not d{}\n", at - 1, at - 1));
    }
    let policy = Policy::new(&text).unwrap();
    let started = Instant::now();
    let decision = policy.decide(&Request::new("read", "it")).into_owned();
    assert_eq!(decision.needs(), ["user.n"]);
    assert!(started.elapsed() < Duration::from_secs(20), "a hang, not a measurement");
}

/// A text that is joined with itself over and over ends in a problem, not in an abort.
#[test]
fn doubling_texts_end_in_a_problem() {
    let mut text = String::from("a document has\n  t: text\nc0 means document.t\nallow read document if c8 is \"x\"\n");
    for at in 1..9 {
        text.push_str(&format!("c{at} means c{} + c{}\n", at - 1, at - 1));
    }
    let policy = Policy::new(&text).unwrap();
    let long = format!(r#"{{"action":"read","resource":"document","document":{{"t":"{}"}}}}"#, "a".repeat(500_000));
    let request = Request::from_json(long).unwrap();
    assert!(policy.decide(&request).summary().starts_with("undetermined"));
}

#[test]
fn comparing_long_lists_counts_as_visits() {
    let policy = Policy::new("allow read document if document.a1 is document.b1").unwrap();
    let list = |count: usize| format!("[{}0]", "1,".repeat(count));
    let request = format!(r#"{{"action":"read","resource":"document","document":{{"a1":{},"b1":{}}}}}"#, list(20_000), list(20_000));
    let request = Request::from_json(request).unwrap();
    let decision = policy.decide(&request);
    assert_eq!(decision.problems()[0].code().as_str(), "D07");
}

#[test]
fn many_different_names_are_checked_in_time() {
    let text: String = (0..20_000).map(|at| format!("allow read thing{at} if user is ok{at}\n")).collect();
    let mut sources = Sources::new();
    sources.add("many.onlyif", text);
    let started = Instant::now();
    assert!(Engine::new().check(sources).iter().all(|diagnostic| diagnostic.severity() == Severity::Warning));
    assert!(started.elapsed() < Duration::from_secs(60), "a hang, not a measurement");
}

/// What moves a request to another act leaves the other thing's facts behind.
#[test]
fn another_thing_does_not_inherit_facts() {
    let policy = Policy::new("allow read anything if salary is public").unwrap();
    let mut request = Request::from_json(r#"{"action":"read","resource":{"type":"document","public":true}}"#).unwrap();
    request.set_act("read", Some("salary".into()));
    assert_eq!(policy.decide(&request).summary(), "undetermined, needs salary.public");
}
