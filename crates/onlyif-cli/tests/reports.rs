//! What other programs read: SARIF by its own schema, annotations that cannot be forged, pages, scripts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may stop

mod run;

use run::{onlyif, with_input};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The schema that OASIS publishes with the standard.
fn schema() -> jsonschema::Validator {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sarif-schema-2.1.0.json")).unwrap();
    let mut schema: Json = serde_json::from_str(&text).unwrap();
    // The published pattern for languages has a bracket too many, and is no regular expression by the strict reading.
    for part in ["/definitions/run/properties/language", "/definitions/toolComponent/properties/language"] {
        schema.pointer_mut(part).unwrap().as_object_mut().unwrap().remove("pattern");
    }
    jsonschema::draft7::new(&schema).unwrap()
}

fn sarif(text: &str) -> Json {
    let answer = with_input(&["check", "-", "--format", "sarif"], text.as_bytes());
    let log: Json = serde_json::from_str(&answer.out).unwrap();
    let errors: Vec<String> = schema().iter_errors(&log).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    log
}

#[test]
fn every_sort_of_finding_is_sarif() {
    let clean = sarif("allow read document if user is reader\n");
    assert_eq!(clean["runs"][0]["results"], Json::Array(vec![]));
    // The smallest text of each code: errors, warnings, fixes, related places, all of them.
    let mut met = BTreeSet::new();
    for code in onlyif::Code::ALL.iter().filter(|code| code.as_str().starts_with('E')) {
        let log = sarif(code.example());
        for result in log["runs"][0]["results"].as_array().unwrap() {
            met.extend(result.as_object().unwrap().keys().cloned());
            let rule = &log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
        }
    }
    for member in ["fixes", "relatedLocations", "partialFingerprints"] {
        assert!(met.contains(member), "no finding has {member}");
    }
}

#[test]
fn a_fingerprint_does_not_move_with_the_lines_above() {
    let prints = |text: &str| -> Vec<String> {
        let log = sarif(text);
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.iter().map(|result| result["partialFingerprints"]["onlyif/v1"].to_string()).collect()
    };
    let two = "allow read document if user.role == \"a\"\nallow read document if user.role == \"a\"\n";
    let first = prints(two);
    assert_eq!(first.len(), 2);
    assert_ne!(first[0], first[1], "two findings that are alike are told apart");
    assert_eq!(first, prints(&format!("# a remark\n\nallow sign-in if user is trusted\n{two}")));
}

#[test]
fn columns_count_characters_and_bytes_count_bytes() {
    let log = sarif("allow read document if user.name is \"é\" and user.role == \"a\"\n");
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startColumn"].as_u64(), region["byteOffset"].as_u64()), (Some(55), Some(55)));
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
}

#[test]
fn a_text_cannot_write_annotations_of_its_own() {
    let answer = with_input(&["check", "-", "--format", "github"], "allow read document if `x\n::error::forged` is 1\n".as_bytes());
    assert!(answer.out.lines().all(|line| line.starts_with("::error file=stdin,line=")), "{}", answer.out);
    assert_eq!(answer.status, 1);
}

#[test]
fn each_code_is_explained() {
    for code in onlyif::Code::ALL {
        let answer = onlyif(&["explain", &code.as_str().to_lowercase()]);
        assert_eq!((answer.status, answer.out.as_str()), (0, code.page()));
    }
    let list = onlyif(&["explain"]);
    assert_eq!(list.out.lines().count(), onlyif::Code::ALL.len());
    assert_eq!(onlyif(&["explain", "error[E05]"]).status, 0);
    assert_eq!(onlyif(&["explain", "E999"]).status, 64);
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let commands = ["check", "decide", "test", "format", "explain"];
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = onlyif(&["completions", shell]).out;
        assert!(commands.iter().all(|command| script.contains(command)), "{shell}");
    }
    let page = onlyif(&["man"]).out;
    assert!(page.starts_with(".ie"), "it is a manual page");
    assert!(commands.iter().all(|command| page.contains(command)));
}
