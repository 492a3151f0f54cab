//! Scenarios: every file of `tests/cases/scenario/` beside what becomes of it, errors and warnings or the report.
//!
//! `holds_` must pass without a warning, `fails_` must not pass, `warns_` must warn, `refused_` must have errors.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::{Decision, Diagnostic, Difference, Engine, Outcome, Request, Sources, TestReport};
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/scenario");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "onlyif"))
        .collect();
    files.sort();
    assert!(files.len() >= 20, "only {} cases were found", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let answer = run(&format!("{stem}.onlyif"), &fs::read_to_string(&file).unwrap());
        let (sort, _) = stem.split_once('_').expect("a name says what is expected");
        let fine = match (sort, &answer) {
            ("holds", Ok(report)) => report.passed() && report.warnings().is_empty() && !report.scenarios().is_empty(),
            ("fails", Ok(report)) => !report.passed(),
            ("warns", Ok(report)) => !report.warnings().is_empty(),
            ("refused", Err(_)) => true,
            _ => false,
        };
        let shown = shown(&answer);
        if !fine {
            wrong.push(format!("{stem}: {shown}"));
            continue;
        }
        settings.bind(|| insta::assert_snapshot!(stem, shown));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn run(name: &str, text: &str) -> Result<TestReport, onlyif::Error> {
    let mut sources = Sources::new();
    sources.add(name, text);
    Engine::new().setting("region", "EU").test(sources)
}

fn shown(answer: &Result<TestReport, onlyif::Error>) -> String {
    match answer {
        Ok(report) => format!("{}{report}\n", said(report.warnings())),
        Err(error) => said(error.diagnostics()),
    }
}

fn said(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        writeln!(text, "{diagnostic}\n    {}: {}", onlyif::escape(diagnostic.words()), diagnostic.label_text()).unwrap();
        for (place, label) in diagnostic.related_places() {
            writeln!(text, "    {label}: {}:{}", place.line, place.column).unwrap();
        }
    }
    text
}

/// The report tells programs the same as people.
#[test]
fn a_report_can_be_looked_into() {
    let text = "rule invited:\n  allow greet visitor if visitor is invited\nscenario \"a stranger\"\n  given visitor is not invited\n  when greet visitor\n  expect allowed\nscenario \"nobody\"\n  when greet visitor\n  expect undetermined needing visitor.invited";
    let report = run("door.onlyif", text).unwrap();
    assert!(!report.passed());
    let [stranger, nobody] = report.scenarios() else { panic!("{report}") };
    assert!(!stranger.passed() && nobody.passed());
    assert_eq!((stranger.title(), stranger.place().line), ("a stranger", 3));
    let [check] = stranger.checks() else { panic!("{report}") };
    assert_eq!((check.expected().as_str(), check.place().line), ("expect allowed", 6));
    assert_eq!(check.differences(), [Difference::Outcome { expected: Outcome::Allowed, got: Outcome::Denied }]);
    assert_eq!(check.decision().summary(), "denied: no rule allows `greet visitor`");
}

#[cfg(feature = "json")]
#[test]
fn a_report_is_json_too() {
    let text = "greet visitor only if visitor is invited\n  otherwise \"Who are you?\"\ngreet visitor must log with door: \"main\"\nscenario \"a \\\"guest\\\"\"\n  given visitor is invited\n  when greet visitor\n  expect undetermined because \"x\" needing visitor.id and must sing and should \"smile\"";
    let report = run("door.onlyif", text).unwrap();
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).expect("it is JSON");
    assert_eq!((json["passed"].as_u64(), json["failed"].as_u64()), (Some(0), Some(1)));
    let scenario = &json["scenarios"][0];
    assert_eq!((scenario["title"].as_str(), scenario["span"]["line"].as_u64()), (Some("a \"guest\""), Some(4)));
    let check = &scenario["checks"][0];
    assert_eq!((check["act"].as_str(), check["passed"].as_bool()), (Some("greet visitor"), Some(false)));
    assert_eq!(check["decision"]["outcome"], "allowed");
    let what: Vec<&str> = check["differences"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["outcome", "reason", "needs", "must", "should"]);
    assert_eq!(check["differences"][2]["missing"][0], "visitor.id");
    assert_eq!(check["differences"][3]["given"][0], "log with door: \"main\"");
}

/// Scenarios are no part of a policy: with them and without, it decides the same.
#[test]
fn a_policy_is_the_same_without_its_scenarios() {
    let rules = "allow greet visitor if visitor is invited and visitor.badge is visitor.owner";
    let scenarios = "\nbackground given visitor.badge is 5\nscenario \"s\"\n  given visitor is invited and visitor.owner is 5 and door.open is yes\n  when greet visitor\n  expect allowed";
    let with = onlyif::Policy::new(&format!("{rules}{scenarios}")).unwrap();
    let without = onlyif::Policy::new(rules).unwrap();
    // A type that a scenario had inferred would show here: nothing demands one of `badge` and `owner`.
    for path in ["visitor.invited", "visitor.badge", "visitor.owner", "door.open"] {
        assert_eq!(with.fact_type(path), without.fact_type(path), "{path}");
    }
    let visitor = onlyif::value::Record::new().with("known", true).with("badge", "a").with("owner", "a");
    let request = Request::new("greet", "visitor").with("visitor", visitor);
    let summary = |decision: Decision<'_>| decision.to_json().replace("\"policy/", "\"");
    assert_eq!(summary(with.decide(&request)), summary(without.decide(&request)));
}

/// A background holds in its own file, and files are tested together.
#[test]
fn backgrounds_hold_in_their_file() {
    let mut sources = Sources::new();
    sources.add("rules.onlyif", "background given visitor is invited\nallow greet visitor if visitor is invited");
    sources.add("rules.test.onlyif", "scenario \"s\"\n  when greet visitor\n  expect undetermined needing visitor.invited");
    let report = Engine::new().test(sources).unwrap();
    assert!(report.passed(), "{report}");
    assert_eq!(report.scenarios().len(), 1);
}

#[test]
fn rules_with_errors_run_no_scenario() {
    let error =
        run("r.onlyif", "allow greet visitor if visitor == 5\nscenario \"s\"\n  given visitr is 5\n  when greet visitor\n  expect allowed");
    let error = error.unwrap_err();
    let codes: Vec<&str> = error.diagnostics().iter().map(|diagnostic| diagnostic.code().as_str()).collect();
    assert_eq!(codes, ["E05"], "what no rule reads is not told where a rule could not be read");
}

/// What builds on too much is refused, and nobody follows it to its end.
#[test]
fn deep_definitions_and_values_end_in_a_small_stack() {
    let chain = (0..3_000).fold(String::new(), |text, at| text + &format!("a user is d{at} if user is d{}\n", at + 1));
    let deep = format!("{chain}allow read page if user is d0\nscenario \"s\"\n  given user is d0\n  when read page\n  expect allowed");
    let nested = |depth: usize| {
        format!(
            "allow read page if user.x is user.y\nscenario \"s\"\n  given user.x is {}1{}\n  when read page\n  expect undetermined",
            "[".repeat(depth),
            "]".repeat(depth)
        )
    };
    let work = move || {
        assert!(run("r.onlyif", &deep).is_err());
        assert!(run("r.onlyif", &nested(20)).unwrap().passed());
        assert!(run("r.onlyif", &nested(5_000)).is_err());
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn no_scenarios_pass() {
    let report = run("r.onlyif", "allow greet visitor if visitor is invited").unwrap();
    assert!(report.passed() && report.scenarios().is_empty());
    assert_eq!(report.to_string(), "no scenarios");
}
