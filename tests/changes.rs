//! Whatever a message offers mends: each change, safe or to be chosen, removes what it is offered for and brings nothing else.
//!
//! All of `tests/cases/check/`. `cargo test --test changes -- --nocapture` says how many changes were made.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may stop

use onlyif::{Diagnostic, Edit, Engine, Severity, Sources};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn cases() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "onlyif"));
    files.sort();
    files.iter().map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(file).unwrap())).collect()
}

fn check(text: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::new();
    sources.add("case.onlyif", text);
    Engine::new().check(sources)
}

fn changed(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.place.start);
    edits.iter().rev().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.place.start as usize..edit.place.end as usize, &edit.text);
        text
    })
}

/// How often each error is raised in each line; lines before `from` count from the top, others from the end.
fn tally(found: &[Diagnostic]) -> BTreeMap<&'static str, usize> {
    let mut tally = BTreeMap::new();
    for error in found.iter().filter(|found| found.severity() == Severity::Error) {
        *tally.entry(error.code().as_str()).or_default() += 1;
    }
    tally
}

/// A sentence that cannot be read hides what is wrong with its names; these cases have such a second mistake on purpose.
const TWO_MISTAKES: [&str; 5] = ["e24_a_3", "e38_closing_2", "e86_import", "e86_permit", "e90_sheet_max"];

#[test]
fn every_change_that_is_offered_mends() {
    let (mut made, mut wrong) = ((0, 0), Vec::new());
    for (name, text) in cases() {
        let found = check(&text);
        let before = tally(&found);
        for diagnostic in &found {
            for (fix, edits) in diagnostic.fixes() {
                let (safe, judged) = &mut made;
                *(if fix.is_safe() { safe } else { judged }) += 1;
                let mended = changed(&text, edits);
                let after = check(&mended);
                let mut expected = before.clone();
                if let Some(count) = expected.get_mut(diagnostic.code().as_str()) {
                    *count -= 1;
                }
                let is_gone = tally(&after).iter().all(|(code, count)| expected.get(code).is_some_and(|before| count <= before));
                if !is_gone && !TWO_MISTAKES.contains(&name.as_str()) {
                    let told: Vec<String> = after.iter().map(ToString::to_string).collect();
                    wrong.push(format!("{name} {} `{}`: {mended:?} is told {told:#?}", diagnostic.code(), fix.title()));
                }
            }
        }
    }
    println!("{} safe changes and {} that are a matter of judgement were made", made.0, made.1);
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}
