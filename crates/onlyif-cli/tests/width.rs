//! Every message is drawn in 80 columns: whatever the line, and wherever on it the words are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may stop

mod run;

use run::onlyif;
use std::fs;
use std::path::Path;
use textwrap::core::display_width;

fn is_narrow(arguments: &[&str]) {
    let answer = onlyif(arguments);
    for line in answer.out.lines().chain(answer.err.lines()) {
        assert!(display_width(line) <= 80, "{arguments:?}: {line}");
    }
}

#[test]
fn every_case_is_drawn_in_80_columns() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/check");
    let mut drawn = 0;
    for entry in fs::read_dir(&cases).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "onlyif") {
            // Named from its folder: a long path would be shown as it is.
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let output = run::command(&["check", &name]).current_dir(&cases).output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            for line in text.lines() {
                assert!(display_width(line) <= 80, "{name}: {line}");
            }
            drawn += 1;
        }
    }
    assert!(drawn > 500);
}

/// A mistake at each place of a long line, one that has two places, and wide characters.
#[test]
fn a_mistake_anywhere_on_a_line() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("width");
    fs::create_dir_all(&folder).unwrap();
    for at in (0..200).step_by(7) {
        for filler in ["x", "漢"] {
            let file = folder.join("w.onlyif");
            let text =
                format!("allow read document if user.name is \"{0}\" and user.age == 5 and user.name is \"{0}\"\n", filler.repeat(at));
            fs::write(&file, text).unwrap();
            let output = run::command(&["check", "w.onlyif"]).current_dir(&folder).output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(text.contains("E05") && text.lines().all(|line| display_width(line) <= 80), "{text}");
            assert!(text.contains("rules say") && text.contains("=="), "{text}");
        }
    }
    is_narrow(&["check", "equals.onlyif"]);
}
