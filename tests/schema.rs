//! Every decision that the packs bring about has the published form.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::{Engine, Request, Sources};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn schema() -> jsonschema::Validator {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/decision.schema.json")).unwrap();
    jsonschema::draft202012::new(&serde_json::from_str(&text).unwrap()).unwrap()
}

/// The request, and the same with each of its facts left out, and with each made something else.
fn variants(request: &Json) -> Vec<Json> {
    let mut all = vec![request.clone()];
    for key in request.as_object().unwrap().keys().filter(|key| !["action", "resource"].contains(&key.as_str())) {
        let mut without = request.clone();
        without.as_object_mut().unwrap().remove(key);
        all.push(without);
        for wrong in [Json::Null, Json::from(5), Json::from("x"), Json::from(Vec::<Json>::new()), serde_json::json!({})] {
            let mut other = request.clone();
            other[key] = wrong;
            all.push(other);
        }
    }
    all
}

#[test]
fn decisions_have_the_published_form() {
    let schema = schema();
    let mut outcomes = BTreeSet::new();
    let mut members = BTreeSet::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "onlyif") || path.to_string_lossy().ends_with(".test.onlyif") {
            continue;
        }
        let mut sources = Sources::new();
        sources.add("policy.onlyif", fs::read_to_string(&path).unwrap());
        let used =
            |used: &str| fs::read_to_string(path.with_file_name(used)).map(|text| (used.into(), text)).map_err(|error| error.to_string());
        let policy = Engine::new().compile_with(sources, used).unwrap();
        let cases: Json = serde_json::from_str(&fs::read_to_string(path.with_extension("requests.json")).unwrap()).unwrap();
        for case in cases.as_array().unwrap() {
            for json in variants(&case["request"]) {
                let Ok(request) = Request::from_json(json.to_string()) else { continue };
                let decision: Json = serde_json::from_str(&policy.decide(&request).to_json()).unwrap();
                let wrong: Vec<String> = schema.iter_errors(&decision).map(|error| format!("{}: {error}", error.instance_path())).collect();
                assert!(wrong.is_empty(), "{json}\n{decision}\n{}", wrong.join("\n"));
                outcomes.insert(decision["outcome"].as_str().unwrap().to_owned());
                members.extend(
                    decision
                        .as_object()
                        .unwrap()
                        .iter()
                        .filter(|(_, value)| value.as_array().is_some_and(|list| !list.is_empty()))
                        .map(|(key, _)| key.clone()),
                );
            }
        }
    }
    assert_eq!(outcomes.len(), 3, "each outcome is among them");
    let seen: Vec<&str> = members.iter().map(String::as_str).collect();
    for member in ["reasons", "must", "should", "problems", "needs", "rules"] {
        assert!(seen.contains(&member), "no decision has {member}: {seen:?}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_decision() {
    let schema = schema();
    for wrong in [
        r#"{"outcome":"maybe"}"#,
        r#"{"outcome":"allowed"}"#,
        r#"{"outcome":"allowed","reasons":[],"must":[],"should":[],"pending":[],"problems":[],"needs":[5],"rules":[]}"#,
    ] {
        assert!(!schema.is_valid(&serde_json::from_str(wrong).unwrap()), "{wrong}");
    }
}
