//! What the checker says of whole bundles: the code and the exact words, nothing more and nothing less.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::{Engine, Severity, Sources};

const CASES: &str = include_str!("checks/cases.txt");

struct Case<'c> {
    text: &'c str,
    expected: Vec<&'c str>,
}

fn cases() -> Vec<Case<'static>> {
    let mut cases: Vec<Case<'static>> = Vec::new();
    for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match (cases.last_mut(), line.strip_prefix("  ")) {
            (Some(case), Some(said)) => case.expected.push(said),
            _ => cases.push(Case { text: line, expected: Vec::new() }),
        }
    }
    cases
}

fn sources(text: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add("case.onlyif", text.replace("\\n", "\n"));
    sources
}

#[test]
fn every_bundle_gets_what_it_deserves() {
    let mut wrong = Vec::new();
    for Case { text, expected } in cases() {
        let found: Vec<String> =
            Engine::new().check(sources(text)).iter().map(|diagnostic| format!("{} {:?}", diagnostic.code(), diagnostic.words())).collect();
        if found != expected {
            wrong.push(format!("{text}\n  gives   {found:?}\n  expects {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_checks_compiles_and_what_does_not_does_not() {
    for Case { text, .. } in cases() {
        let has_error = Engine::new().check(sources(text)).iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
        assert_eq!(Engine::new().compile_all(sources(text)).is_err(), has_error, "{text}");
    }
}

#[test]
fn messages_follow_the_house_style() {
    for Case { text, .. } in cases() {
        for diagnostic in Engine::new().check(sources(text)) {
            let message = diagnostic.message();
            assert!(!message.ends_with('.'), "a full stop: {message}");
            assert!(message.starts_with(|c: char| !c.is_uppercase()), "a capital: {message}");
            assert!(diagnostic.help_text().is_some_and(|help| !help.is_empty()), "no help: {message}");
            assert!(!diagnostic.label_text().is_empty(), "no label: {message}");
        }
    }
}
