//! Everything that nests, at its limit and far beyond it, in a thread with a small stack.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop

use onlyif::{Engine, Limits, Policy, Request};
use std::thread;

/// Less than any thread of a server has; without optimising, frames are several times as large.
const STACK: usize = if cfg!(debug_assertions) { 1 << 20 } else { 256 << 10 };

/// Runs it where an overflow ends the whole test.
fn small(work: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
}

/// Parses, checks, compiles, decides, explains and drops; whether the policy is accepted.
fn all_the_way(text: &str, request: &str) -> bool {
    let Ok(policy) = Policy::new(text).map_err(|error| error.to_string()) else { return false };
    if let Ok(request) = Request::from_json(request) {
        let decision = policy.decide(&request);
        let told = format!("{decision} {decision:?} {} {}", decision.summary(), decision.to_json());
        assert!(!told.is_empty());
        drop(decision.into_owned());
    }
    true
}

const REQUEST: &str = r#"{"action": "read", "resource": "it", "f": {"a": true, "l": [["x"]], "m": ["x"]}}"#;
const EMPTY: &str = r#"{"action": "read", "resource": "it"}"#;

/// The depths from one to the limit are accepted, and those beyond are refused, however far.
fn nests(limit: usize, text: impl Fn(usize) -> String + Send + 'static) {
    small(move || {
        let deepest = (1..=limit.saturating_mul(2)).take_while(|depth| all_the_way(&text(*depth), EMPTY)).last().unwrap_or(0);
        assert!(deepest > 0 && deepest <= limit, "{deepest} levels are accepted, the limit is {limit}");
        assert!(all_the_way(&text(deepest), REQUEST));
        for depth in [deepest + 1, limit * 3, limit * 50, 20_000] {
            assert!(!all_the_way(&text(depth), REQUEST), "{depth} levels are accepted");
        }
    });
}

fn nesting() -> usize {
    usize::try_from(Limits::default().nesting).unwrap()
}

#[test]
fn parentheses() {
    nests(nesting(), |depth| format!("allow read it if {}f.a{}", "(".repeat(depth), ")".repeat(depth)));
}

#[test]
fn parentheses_never_closed() {
    small(|| assert!(!all_the_way(&format!("allow read it if {}f.a", "(".repeat(50_000)), REQUEST)));
}

#[test]
fn nots() {
    nests(nesting(), |depth| format!("allow read it if {}f.a", "not ".repeat(depth)));
}

#[test]
fn nots_in_parentheses() {
    nests(nesting(), |depth| format!("allow read it if {}f.a{}", "not (".repeat(depth), ")".repeat(depth)));
}

#[test]
fn joined_to_and_fro() {
    let text = |depth: usize| {
        let open: String = (0..depth).map(|at| if at % 2 == 0 { "(f.a and " } else { "(f.b or " }).collect();
        format!("allow read it if {open}f.c{}", ")".repeat(depth))
    };
    nests(nesting(), text);
}

#[test]
fn lists() {
    nests(nesting(), |depth| format!("allow read it if f.x is in {}\"a\"{}", "[".repeat(depth), "]".repeat(depth)));
}

#[test]
fn definitions() {
    let text = |depth: usize| {
        let word = |at: usize| format!("a user is w{at} if user is not w{}\n", at + 1);
        let chain: String = (0..depth - 1).map(word).collect();
        format!("{chain}a user is w{} if user.a\nallow read it if user is w0", depth - 1)
    };
    nests(Limits::default().definition_nesting + 1, text); // so many through the first
}

#[test]
fn definitions_of_a_nested_condition() {
    small(|| {
        let deepest = Limits::default().definition_nesting;
        let inner = nesting() / 2;
        let (open, close) = ("not (user.b and ".repeat(inner), ")".repeat(inner));
        let word = |at: usize| format!("a user is w{at} if {open}user is w{}{close}\n", at + 1);
        let chain: String = (0..deepest).map(word).collect();
        let text = format!("{chain}a user is w{deepest} if user.a\nallow read it if user is w0");
        all_the_way(&text, EMPTY);
        all_the_way(&text, r#"{"action": "read", "resource": "it", "user": {"b": true, "a": true}}"#);
    });
}

#[test]
fn constants() {
    let text = |depth: usize| {
        let chain: String = (0..depth - 1).map(|at| format!("c{at} means not c{}\n", at + 1)).collect();
        format!("{chain}c{} means f.a\nallow read it if c0", depth - 1)
    };
    nests(Limits::default().definition_nesting + 1, text); // so many through the first
}

#[test]
fn quantifiers() {
    let text = |depth: usize| {
        let open: String = (0..depth).map(|at| format!("any v{at} in f.l{at} satisfies (")).collect();
        format!("allow read it if {open}v0.a{}", ")".repeat(depth))
    };
    nests(Limits::default().quantifier_nesting, text);
}

#[test]
fn requests() {
    small(|| {
        let policy = Policy::new("allow read it if any x in f.l is \"a\"").unwrap();
        let decide = |depth: usize, open: &str, close: &str| {
            let json = format!(r#"{{"action": "read", "resource": "it", "f": {{"l": {}1{}}}}}"#, open.repeat(depth), close.repeat(depth));
            Request::from_json(json).map(|request| policy.decide(&request).to_json().len()).is_ok()
        };
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            assert!(decide(10, open, close));
            for depth in [100, 1_000, 100_000] {
                assert!(!decide(depth, open, close), "{depth} levels are accepted");
            }
        }
    });
}

#[test]
fn many_things_side_by_side() {
    small(|| {
        let sentences = |word: &str| (0..2_000).map(|at| format!("f.a{at}")).collect::<Vec<_>>().join(word);
        for word in [" and ", " or "] {
            all_the_way(&format!("allow read it if {}", sentences(word)), REQUEST);
        }
        let rules: String = (0..2_000).map(|at| format!("never read it if f.a{at}\n")).collect();
        assert!(all_the_way(&format!("{rules}allow read it"), REQUEST));
    });
}

#[test]
fn raised_limits_still_refuse_what_is_too_deep() {
    small(|| {
        let engine = Engine::new().limits(Limits { nesting: 40, ..Limits::default() });
        let text = |depth: usize| format!("allow read it if {}f.a{}", "(".repeat(depth), ")".repeat(depth));
        assert!(engine.compile(text(36)).is_ok());
        assert!(engine.compile(text(100)).is_err());
    });
}
