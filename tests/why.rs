//! Explanations: those of the packs as people read them, their published form, and that what they cite is what decided.
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

use onlyif::{Because, Condition, Explanation, Known, Outcome, Policy, Request, Sources};
use serde_json::Value as Json;
use small::{Rng, number};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn packs() -> Vec<PathBuf> {
    let files = fs::read_dir(root().join("rules")).unwrap().map(|entry| entry.unwrap().path());
    let is_pack = |path: &Path| path.extension().is_some_and(|end| end == "onlyif") && !path.to_string_lossy().ends_with(".test.onlyif");
    let mut packs: Vec<_> = files.filter(|path| is_pack(path)).collect();
    packs.sort();
    packs
}

fn pack(path: &Path) -> (Policy, Vec<Json>) {
    let mut sources = Sources::new();
    sources.add(format!("rules/{}", path.file_name().unwrap().to_str().unwrap()), fs::read_to_string(path).unwrap());
    let cases: Json = serde_json::from_str(&fs::read_to_string(path.with_extension("requests.json")).unwrap()).unwrap();
    // Few tries are enough here, and these tests are not built for speed.
    let limits = onlyif::Limits { tries: 1_000, ..onlyif::Limits::default() };
    let used = |file: &str| {
        let text = fs::read_to_string(root().join("rules").join(file)).map_err(|error| error.to_string())?;
        Ok((format!("rules/{file}"), text))
    };
    (onlyif::Engine::new().limits(limits).compile_with(sources, used).unwrap(), cases.as_array().unwrap().clone())
}

/// For each pack, the first request that is allowed, denied and undetermined. Each is to be read aloud before it is accepted.
#[test]
fn the_packs_are_explained() {
    for path in packs() {
        let (policy, cases) = pack(&path);
        let mut told = String::new();
        for outcome in ["allowed", "denied", "undetermined"] {
            let case = cases.iter().find(|case| case["expect"]["outcome"] == outcome).unwrap();
            let request = Request::from_json(serde_json::to_string_pretty(&case["request"]).unwrap()).unwrap();
            told += &format!("# {}\n\n{}\n\n\n", case["name"].as_str().unwrap(), policy.decide(&request).why());
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/cases/why"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), told.trim_end()));
    }
}

#[test]
fn explanations_have_the_published_form_and_fit_a_screen() {
    let text = fs::read_to_string(root().join("docs/explanation.schema.json")).unwrap();
    let schema = jsonschema::draft202012::new(&serde_json::from_str(&text).unwrap()).unwrap();
    let mut seen = BTreeSet::new();
    for path in packs() {
        let (policy, cases) = pack(&path);
        for case in cases {
            let request = Request::from_json(case["request"].to_string()).unwrap();
            let why = policy.decide(&request).why();
            let json: Json = serde_json::from_str(&why.to_json()).unwrap();
            let valid = schema.is_valid(&json);
            let wrong: Vec<String> = schema
                .iter_errors(&json)
                .take(if valid { 0 } else { 5 })
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "{}: {}\n{json}", case["name"], wrong.join("\n"));
            seen.insert(why.because);
            let text = why.to_string();
            assert!(text.lines().count() <= 36, "{}", text);
            assert!(!why.to_markdown().is_empty());
        }
    }
    assert_eq!(seen.len(), 5, "every sort of answer is among them: {seen:?}");
}

/// Conditions of the rules that decided and, where it is allowed, of those that might have forbidden it.
fn cited(why: &Explanation) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rule in why.rules.iter().chain(&why.others) {
        rule.conditions.iter().for_each(|condition| paths(condition, &mut found));
    }
    found
}

fn paths(condition: &Condition, found: &mut BTreeSet<String>) {
    found.extend(condition.facts.iter().filter(|fact| !fact.setting && !fact.calculated).map(|fact| fact.path.clone()));
    condition.parts.iter().for_each(|part| paths(part, found));
}

/// The request without these facts of the user. What may be absent is left: without it, it would be known to be absent.
fn without(request: &Request, drop: impl Fn(&str) -> bool) -> Request {
    let mut request = request.clone();
    let Some(onlyif::Value::Record(user)) = request.facts().get("user").cloned() else { return request };
    let mut kept = onlyif::value::Record::new();
    for (name, value) in user.iter().filter(|(name, _)| matches!(*name, "joined" | "score") || !drop(name)) {
        kept.set(name, value.clone());
    }
    request.set("user", kept);
    request
}

/// A policy of its own for each seed, and a request.
fn each(ordinary: u64, mut test: impl FnMut(u64, &str, &Policy, &Request)) {
    let first = number("ONLYIF_SEED", 1);
    for seed in first..first + number("ONLYIF_CASES", ordinary) {
        let mut rng = Rng::seeded(seed);
        let text = small::policy(&mut rng);
        if let Ok(policy) = Policy::new(&text) {
            test(seed, &text, &policy, &small::request(&mut rng));
        }
    }
}

#[test]
fn what_is_not_cited_makes_no_difference() {
    let mut dropped = 0;
    each(1_000, |seed, text, policy, request| {
        let decision = policy.decide(request);
        let cited = cited(&decision.why());
        let less = without(request, |name| !cited.iter().any(|path| path.strip_prefix("user.").is_some_and(|rest| rest.starts_with(name))));
        dropped += usize::from(less != *request);
        assert_eq!(policy.decide(&less).outcome(), decision.outcome(), "seed {seed}: {cited:?}\n{text}\n{:?}", request.facts());
    });
    assert!(dropped > 100);
}

#[test]
fn without_what_a_reason_cites_it_is_none() {
    let mut tried = 0;
    each(1_000, |seed, text, policy, request| {
        let decision = policy.decide(request);
        let why = decision.why();
        for rule in &why.rules {
            let mut cited = BTreeSet::new();
            rule.conditions.iter().for_each(|condition| paths(condition, &mut cited));
            let may_be_absent = cited.iter().any(|path| matches!(path.as_str(), "user.joined" | "user.score"));
            if cited.is_empty() || may_be_absent || decision.outcome() == Outcome::Undetermined || why.because == Because::NothingAllows {
                continue;
            }
            tried += 1;
            let less = without(request, |name| cited.contains(&format!("user.{name}")));
            let again = policy.decide(&less);
            let still = again.rules().iter().any(|one| one.rule == rule.rule) && again.outcome() == decision.outcome();
            assert!(!still, "seed {seed}: {} cites {cited:?}\n{text}\n{:?}", rule.rule, request.facts());
        }
    });
    assert!(tried > 100);
}

/// Every fact that is cited is one of a set that decides alone, and no smaller set does. Rules that say the same twice are left
/// out: there one saying may swallow the other.
#[test]
fn every_cited_fact_is_needed_somewhere() {
    const FIELDS: [&str; 6] = ["admin", "staff", "age", "level", "city", "tags"];
    let mut tried = 0;
    each(4_000, |seed, text, policy, request| {
        let rules = text.strip_prefix(small::DECLARED).unwrap();
        let once = |name: &str| rules.matches(&format!("user.{name}")).count() + rules.matches(&format!("is {name}")).count() <= 1;
        let plain = !["trusted", "joined", "score", "held", "not admin", "must"].iter().any(|word| rules.contains(word));
        let decision = policy.decide(request);
        if !plain || !FIELDS.into_iter().all(once) || decision.outcome() == Outcome::Undetermined {
            return;
        }
        let keeps = |set: usize| {
            let less = without(request, |name| FIELDS.iter().position(|field| *field == name).is_some_and(|at| set >> at & 1 == 0));
            policy.decide(&less).outcome() == decision.outcome()
        };
        let sets: Vec<usize> = (0..1 << FIELDS.len()).filter(|&set| keeps(set)).collect();
        if keeps(0) {
            return;
        }
        let minimal = |set: &usize| !sets.iter().any(|other| other != set && other & set == *other);
        let needed = sets.iter().filter(|set| minimal(set)).fold(0, |all, set| all | set);
        for path in cited(&decision.why()) {
            let at = FIELDS.iter().position(|field| path == format!("user.{field}") || path.starts_with(&format!("user.{field}[")));
            tried += 1;
            assert!(at.is_some_and(|at| needed >> at & 1 == 1), "seed {seed}: {path} is cited\n{rules}\n{:?}", request.facts());
        }
    });
    assert!(tried > 100, "{tried}");
}

/// A private value is in no form of an explanation, by whatever way it might get there.
#[test]
fn private_values_are_shown_nowhere() {
    let rules = r#"
a user has
  id: text
  pin: private text
  salary: private money
  badges: private list of text
  boss: private reference to a user
  is staff: yes/no
  born: private fixed date
  name: optional text

a document has
  id: text
  author: private reference to a user
  code: text
  price: money
  reader: text

an user is trusted if user.pin is "4711" or user.pin is document.code
wage means user.salary
read document only if user is trusted and (user.salary is more than 50 EUR or any badge in user.badges satisfies (badge is "door"))
never read document if document.code is user.pin
never read document if document.price is more than wage
never read document if document.reader is one of user.badges
read document requires document.reader is in user.badges
read document requires document.author is the user
allow print document if the user.boss is document.author and user.born is before 2000-01-01
allow print document if at least 2 badge in user.badges satisfies (badge starts with "s")
"#
    .replace("an user is", "a user is")
    .replace("is one of user.badges", "is in user.badges");
    let policy = Policy::new(&rules).unwrap_or_else(|error| panic!("{error}"));
    let secrets = ["sesame", "77.77", "swordfish", "shibboleth", "u-secret", "1971"];
    for action in ["read", "print"] {
        for staff in [true, false] {
            for left_out in ["", "pin", "salary", "badges", "boss", "author"] {
                let mut user = serde_json::json!({
                    "id": "ann", "pin": "sesame", "salary": "77.77 EUR", "badges": ["swordfish", "shibboleth"],
                    "boss": "u-secret", "born": "1971-02-03", "staff": staff, "nmae": 1
                });
                let mut document = serde_json::json!({"id": "d", "author": "u-secret", "code": "x", "price": "100 EUR", "reader": "z"});
                user.as_object_mut().unwrap().remove(left_out);
                document.as_object_mut().unwrap().remove(left_out);
                let request = serde_json::json!({"action": action, "resource": "document", "user": user, "document": document});
                let request = Request::from_json(request.to_string()).unwrap();
                let decision = policy.decide(&request);
                let why = decision.why_not(&[Outcome::Allowed, Outcome::Denied]);
                let question = format!("{:?} {:?}", decision.next_question(), decision.leads());
                for shown in [why.to_string(), why.to_json(), why.to_markdown(), format!("{why:?}"), question] {
                    for secret in secrets {
                        assert!(!shown.contains(secret), "{secret} of {action} without `{left_out}`:\n{shown}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_slip_of_the_pen_is_shown_with_the_need() {
    let policy = Policy::new(
        "a requester has\n  committed: yes/no\n  note: optional text\n\nshare only if requester committed and requester has note",
    )
    .unwrap();
    let request = Request::from_json(r#"{"action": "share", "requester": {"commited": true, "ntoe": "x"}}"#).unwrap();
    let why = policy.decide(&request).why();
    let facts: Vec<_> = why.rules[0].conditions.iter().flat_map(|condition| &condition.facts).collect();
    assert!(why.to_string().contains("requester.note is absent; the request has `ntoe`"), "{why}");
    assert!(facts.iter().all(|fact| fact.known != Known::Private));
    let only = Policy::new("share only if requester committed").unwrap();
    assert!(only.decide(&request).why().to_string().contains("requester.committed is not in the request; the request has `commited`"));
}

/// Ten thousand rules on one act, all of which allow it not, or forbid it: text of a screen, in no more time than a person notices.
/// How long it takes says `cargo bench --bench explain`.
#[test]
fn ten_thousand_rules_are_explained_at_once() {
    let rule = |verb: &str, number: usize| match verb {
        "allow" => format!("allow read page if user.role is \"r{number}\" and user.level is more than {number}\n"),
        "requires" => format!("read page requires user.role is \"r{number}\" or user.level is more than {number}\n"),
        _ => format!("never read page if user.role is not \"r{number}\" and user.level is less than {}\n", number + 2),
    };
    // Tests that are not built for speed have enough of fewer.
    let count = if cfg!(debug_assertions) { 2_500 } else { 10_000 };
    for verb in ["allow", "requires", "never"] {
        let rules: String = (0..count).map(|number| rule(verb, number)).collect();
        let policy = Policy::new(&format!("{rules}never read page if user is banned\nallow read page if user is staff")).unwrap();
        let request = r#"{"action": "read", "resource": "page", "user": {"role": "x", "level": 1, "banned": false, "staff": false}}"#;
        let request = Request::from_json(request).unwrap();
        let decision = policy.decide(&request);
        assert_eq!(decision.outcome(), Outcome::Denied);
        let why = decision.why();
        let text = why.to_string();
        assert!(text.lines().count() <= 36 && text.contains("… and "), "{text}");
        assert!(why.in_full().lines().count() > 1_000 && why.rules.len() == 1_000, "{}", why.rules.len());
    }
}
