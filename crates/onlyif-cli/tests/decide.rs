//! `onlyif decide`: a table of calls with their status and outcome.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop

mod run;

use run::{onlyif, with_input};

const SHARE: [&str; 4] = ["--action", "share", "--resource", "expertise"];

/// Arguments after `decide`, and the status; the outcome follows from it.
const CALLS: &[(&[&str], i32)] = &[
    (&["seed.onlyif", "--request", "committed.json"], 0),
    (&["seed.onlyif", "--request", "not-committed.json"], 1),
    (&["seed.onlyif", "--request", "nothing-known.json"], 2),
    (&["sharing.onlyif", "--request", "committed.json"], 0),
    (&["folder", "--request", "committed.json"], 0),
    (&["folder", "--request", "committed.json", "--resource", "notes"], 0),
    // `b.test.onlyif` and `.hidden/` are not loaded.
    (&["folder", "--request", "committed.json", "--resource", "tests"], 1),
    (&["seed.onlyif", "seed.onlyif", "--request", "committed.json"], 0),
    (&["seed.onlyif", "--request", "nothing-known.json", "--set", "requester.committed=yes"], 0),
    (&["seed.onlyif", "--request", "committed.json", "--set", "requester.committed=no"], 1),
    (&["seed.onlyif", "--request", "committed.json", "--set", "requester.committed=no", "--set", "requester.committed=true"], 0),
    (&["seed.onlyif", "--request", "committed.json", "--set", "`requester`.`committed`=false"], 1),
    (&["seed.onlyif", "--request", "committed.json", "--set", "requester={\"committed\": false}"], 1),
    (&["seed.onlyif", "--request", "committed.json", "--action", "sell"], 1),
    (&["seed.onlyif", "--request", "committed.json", "--now", "now"], 0),
    (&["seed.onlyif", "--request", "committed.json", "--now", "2026-03-03T09:30:00+01:00"], 0),
    (
        &[
            "sharing.onlyif",
            "--request",
            "committed.json",
            "--set",
            "requester.name=yes",
            "--set",
            "requester.tags=[\"a\"]",
            "--set",
            "requester.joined=2026-01-31",
        ],
        0,
    ),
];

#[test]
fn calls() {
    for (arguments, status) in CALLS {
        let answer = onlyif(&[&["decide", "--format", "json"], *arguments].concat());
        assert_eq!(answer.status, *status, "{arguments:?}: {}{}", answer.out, answer.err);
        let decision: serde_json::Value = serde_json::from_str(&answer.out).expect("the answer is JSON");
        let outcome = ["allowed", "denied", "undetermined"].get(usize::try_from(*status).unwrap()).unwrap();
        assert_eq!(decision.get("outcome").unwrap(), outcome, "{arguments:?}");
        assert_eq!(answer.out.lines().count(), 1);
        let text = onlyif(&[&["decide"], *arguments].concat());
        assert_eq!(text.status, *status);
        assert!(!text.out.trim().is_empty() && !text.out.contains('\u{1b}'));
    }
}

#[test]
fn arguments_alone_make_a_request() {
    let call = |facts: &[&str]| onlyif(&[&["decide", "seed.onlyif"], &SHARE[..], facts].concat()).status;
    assert_eq!(call(&[]), 2);
    assert_eq!(call(&["--set", "requester.committed=yes"]), 0);
    assert_eq!(call(&["--set", "requester.committed=no"]), 1);
}

#[test]
fn rules_and_requests_from_standard_input() {
    let rules = std::fs::read(run::files().join("seed.onlyif")).unwrap();
    assert_eq!(with_input(&["decide", "-", "--request", "committed.json"], &rules).status, 0);
    let request = std::fs::read(run::files().join("not-committed.json")).unwrap();
    assert_eq!(with_input(&["decide", "seed.onlyif", "--request", "-"], &request).status, 1);
    let authzen = br#"{"subject":{"type":"requester","id":"r1","properties":{"committed":true}},"action":{"name":"share"},"resource":{"type":"expertise","id":"e1"}}"#;
    assert_eq!(with_input(&["decide", "seed.onlyif", "--request", "-"], authzen).status, 0);
}

#[test]
fn a_request_that_is_too_large_is_refused() {
    let request =
        format!(r#"{{"action":"share","resource":"expertise","requester":{{"committed":true,"name":"{}"}}}}"#, "n".repeat(1 << 20));
    let answer = with_input(&["decide", "seed.onlyif", "--request", "-"], request.as_bytes());
    assert_eq!((answer.status, answer.out.as_str()), (65, ""));
    assert!(answer.err.contains("R05"), "{}", answer.err);
}

#[test]
fn help_has_examples() {
    for (arguments, example) in [
        (&["--help"][..], "onlyif check rules/"),
        (&["check", "--help"], "--deny warnings"),
        (&["decide", "--help"], "--requests requests.jsonl"),
    ] {
        let answer = onlyif(arguments);
        assert_eq!((answer.status, answer.err.as_str()), (0, ""));
        assert!(answer.out.contains("Examples:") && answer.out.contains(example), "{}", answer.out);
    }
    assert!(onlyif(&["--version"]).out.starts_with("onlyif "));
}

#[test]
fn colours_only_when_wanted() {
    let colored = |arguments: &[&str]| onlyif(&[&["check", "equals.onlyif"], arguments].concat()).out.contains('\u{1b}');
    assert!(!colored(&[]), "a pipe is no terminal");
    assert!(!colored(&["--color", "never"]));
    assert!(colored(&["--color", "always"]));
}
