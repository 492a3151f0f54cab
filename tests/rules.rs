//! The packs of `rules/`: `NAME.onlyif` beside `NAME.requests.json`, a list of requests and what is expected of each, and
//! `NAME.test.onlyif`, its scenarios.
//!
//! An entry is `{"name", "request", "expect": {"outcome", "reasons", "must", "should", "needs", "problems"}}`. `outcome` is
//! wanted; `reasons` have to be among those given; `must` and `should` are the duties in their order, by name or sentence;
//! `needs` (paths) and `problems` (codes, each once) are all there are, none where nothing is said.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::{Decision, Duty, Engine, Loaded, Policy, Request, Sources};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// How many requests a pack has at least.
const FEWEST: usize = 12;

#[test]
fn every_pack_decides_as_it_says() {
    let mut wrong = Vec::new();
    let packs = packs();
    assert!(!packs.is_empty(), "there are no packs");
    for pack in packs {
        let name = pack.file_stem().unwrap().to_str().unwrap().to_owned();
        let policy = match policy(&pack) {
            Ok(policy) => policy,
            Err(trouble) => {
                wrong.push(trouble);
                continue;
            }
        };
        let entries = entries(&pack);
        if entries.len() < FEWEST {
            wrong.push(format!("{name}: {} requests, expected {FEWEST} or more", entries.len()));
        }
        let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &entries {
            let request =
                Request::from_json(entry["request"].to_string()).unwrap_or_else(|error| panic!("{name}: {}: {error}", entry["name"]));
            let decision = policy.decide(&request);
            *outcomes.entry(decision.outcome().as_str()).or_default() += 1;
            let found = differences(&decision, &entry["expect"]);
            if !found.is_empty() {
                wrong.push(format!("{name}: {}\n  {}\n  {decision}", entry["name"], found.join("\n  ")));
            }
        }
        if outcomes.len() < 3 {
            wrong.push(format!("{name}: only the outcomes {:?} are shown", outcomes.keys()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rule files of `rules/`, sorted.
fn packs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_test = |path: &Path| path.to_string_lossy().ends_with(".test.onlyif");
    let mut packs: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "onlyif") && !is_test(path)).collect();
    packs.sort();
    packs
}

/// The policy of a pack; a pack has neither errors nor warnings.
fn policy(pack: &Path) -> Result<Policy, String> {
    let name = format!("rules/{}", pack.file_name().unwrap().to_str().unwrap());
    let mut sources = Sources::new();
    sources.add(name, fs::read_to_string(pack).unwrap());
    let policy = Engine::new().compile_with(sources, used).map_err(|error| error.to_string())?;
    let warnings: Vec<String> = policy.warnings().iter().map(ToString::to_string).collect();
    if warnings.is_empty() { Ok(policy) } else { Err(warnings.join("\n")) }
}

/// A text that a pack uses.
fn used(path: &str) -> Loaded {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(path);
    fs::read_to_string(file).map(|text| (format!("rules/{path}"), text)).map_err(|error| error.to_string())
}

#[test]
fn every_scenario_of_a_pack_holds() {
    for pack in packs() {
        let file = pack.with_extension("test.onlyif");
        let mut sources = Sources::new();
        sources.add(format!("rules/{}", file.file_name().unwrap().to_str().unwrap()), fs::read_to_string(&file).unwrap());
        let report = Engine::new().test_with(sources, used).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert!(report.passed(), "{report}");
        assert!(report.scenarios().len() >= 3, "{}: {} scenarios", file.display(), report.scenarios().len());
        assert!(report.warnings().is_empty(), "{report}");
    }
}

fn entries(pack: &Path) -> Vec<Json> {
    let file = pack.with_extension("requests.json");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// What is not as expected, a line each.
fn differences(decision: &Decision<'_>, expect: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let known = ["outcome", "reasons", "must", "should", "needs", "problems"];
    let members = expect.as_object().expect("`expect` is an object");
    found.extend(members.keys().filter(|key| !known.contains(&key.as_str())).map(|key| format!("`{key}` is not known in `expect`")));
    let mut same = |what: &str, actual: Vec<&str>, wanted: Vec<&str>| {
        if actual != wanted {
            found.push(format!("{what}: {actual:?}, expected {wanted:?}"));
        }
    };
    same("outcome", vec![decision.outcome().as_str()], vec![expect["outcome"].as_str().expect("`outcome` is a text")]);
    for (what, duties) in [("must", decision.must()), ("should", decision.should())] {
        if expect.get(what).is_some() {
            same(what, duties.iter().filter_map(told).collect(), texts(&expect[what]));
        }
    }
    same("needs", decision.needs().iter().map(AsRef::as_ref).collect(), texts(&expect["needs"]));
    let codes: BTreeSet<&str> = decision.problems().iter().map(|problem| problem.code().as_str()).collect();
    same("problems", codes.into_iter().collect(), texts(&expect["problems"]));
    let reasons: Vec<&str> = decision.reasons().iter().map(|reason| reason.text()).collect();
    for wanted in texts(&expect["reasons"]) {
        if !reasons.contains(&wanted) {
            found.push(format!("reasons: {reasons:?}, expected {wanted:?} among them"));
        }
    }
    found
}

/// A duty by its name, or else its sentence.
fn told(duty: &Duty) -> Option<&str> {
    duty.name().or(duty.text())
}

fn texts(list: &Json) -> Vec<&str> {
    list.as_array().into_iter().flatten().map(|text| text.as_str().expect("a list of texts")).collect()
}
