//! What is said of texts: every file of `tests/cases/check/` beside its snapshot.
//!
//! `NAME.onlyif` is a file as somebody writes it. `NAME.snap` has one paragraph for each diagnostic: the code and the exact words,
//! the message, what stands under the words, and the help; and then, after `fixed:`, the text that `onlyif check --fix` makes of
//! it. A name begins with the code that the file is about, `clean_` with none. The fixed text has no error unless `left:` says so.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, clippy::unreachable)] // a test may stop

use onlyif::{Diagnostic, Engine, FixReport, Severity, Sources};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

struct Case {
    name: String,
    text: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check")
}

fn cases() -> Vec<Case> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "onlyif"));
    files.sort();
    let case =
        |file: &PathBuf| Case { name: file.file_stem().unwrap().to_str().unwrap().to_owned(), text: fs::read_to_string(file).unwrap() };
    files.iter().map(case).collect()
}

fn sources(text: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add("case.onlyif", text);
    sources
}

fn check(text: &str) -> Vec<Diagnostic> {
    Engine::new().check(sources(text))
}

fn fix(text: &str) -> FixReport {
    Engine::new().fix(sources(text))
}

fn has_safe_fix(diagnostic: &Diagnostic) -> bool {
    diagnostic.fixes().any(|(fix, _)| fix.is_safe())
}

fn told(diagnostic: &Diagnostic) -> String {
    let Some(help) = diagnostic.help_text() else { panic!("no help: {diagnostic}") };
    let mut text = format!("{} {:?}\n  {}\n  {}\n", diagnostic.code(), diagnostic.words(), diagnostic.message(), diagnostic.label_text());
    for (place, label) in diagnostic.related_places() {
        writeln!(text, "  {}:{} {label}", place.line, place.column).unwrap();
    }
    writeln!(text, "  help: {help}").unwrap();
    visible(&text)
}

/// What cannot be seen is made visible, so that a snapshot shows it.
fn visible(text: &str) -> String {
    text.split('\n').map(onlyif::escape).collect::<Vec<_>>().join("\n")
}

/// What a snapshot shows.
fn shown(text: &str) -> String {
    let found = check(text);
    let mut shown: Vec<String> = found.iter().map(told).collect();
    let report = fix(text);
    if report.texts()[0].is_changed() {
        shown.push(format!("fixed:\n{}", visible(report.texts()[0].after())));
    }
    let left: Vec<String> = report
        .left()
        .iter()
        .filter(|left| left.severity() == Severity::Error)
        .map(|left| format!("{} {:?}", left.code(), left.words()))
        .collect();
    if report.texts()[0].is_changed() && !left.is_empty() {
        shown.push(format!("left: {}\n", left.join(", ")));
    }
    if report.held_back() > 0 {
        shown.push(format!("held back: {}\n", report.held_back()));
    }
    if shown.is_empty() { "nothing to say\n".into() } else { shown.join("\n") }
}

#[test]
fn cases_are_told_what_they_deserve() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let cases = cases();
    assert!(cases.len() >= 500, "only {} cases were found", cases.len());
    for Case { name, text } in cases {
        settings.bind(|| insta::assert_snapshot!(name.as_str(), shown(&text)));
    }
}

#[test]
fn every_snapshot_has_its_case() {
    let names: Vec<String> = cases().into_iter().map(|case| case.name).collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        assert!(names.iter().any(|name| path.file_stem().is_some_and(|stem| stem == name.as_str())), "{} has no case", path.display());
    }
}

#[test]
fn a_name_says_what_a_case_is_about() {
    let mut wrong = Vec::new();
    for Case { name, text } in cases() {
        let codes: Vec<String> = check(&text).iter().map(|diagnostic| diagnostic.code().as_str().to_lowercase()).collect();
        let about = name.split('_').next().unwrap();
        if codes.is_empty() != (about == "clean") || !codes.is_empty() && !codes.iter().any(|code| code == about) {
            wrong.push(format!("{name}: {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `cargo test --test checks count -- --nocapture` says how many cases there are.
#[test]
fn count_of_cases() {
    let all = cases();
    let (mut with_fix, mut codes, mut clean) = (0, std::collections::BTreeSet::new(), 0);
    for Case { text, .. } in &all {
        let found = check(text);
        with_fix += usize::from(found.iter().any(has_safe_fix));
        clean += usize::from(found.is_empty());
        codes.extend(found.iter().map(Diagnostic::code));
    }
    println!("{} cases: {with_fix} with a safe fix, {clean} clean; {} codes", all.len(), codes.len());
    assert!(with_fix >= 150, "only {with_fix} cases have a fix");
}

#[test]
fn what_checks_compiles_and_what_does_not_does_not() {
    for Case { name, text } in cases() {
        let has_error = check(&text).iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
        assert_eq!(Engine::new().compile_all(sources(&text)).is_err(), has_error, "{name}");
    }
}

/// Where every mistake has a fix, nothing is left, unless another mistake stands behind one of them; and fixing twice is fixing once.
#[test]
fn every_fix_mends() {
    let (mut wrong, mut held_back) = (Vec::new(), 0);
    for Case { name, text } in cases() {
        let found = check(&text);
        let errors: Vec<&Diagnostic> = found.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).collect();
        let report = fix(&text);
        let left = report.left().iter().filter(|left| left.severity() == Severity::Error).count();
        held_back += report.held_back();
        if !errors.is_empty() && errors.iter().all(|error| has_safe_fix(error)) && left > report.held_back() {
            wrong.push(format!("{name} is not mended: {}", report.left()[0]));
        }
        let once = report.texts()[0].after();
        if fix(once).texts()[0].is_changed() {
            wrong.push(format!("{name}: fixing again goes on"));
        }
    }
    assert!(held_back <= 12, "{held_back} fixes are held back: are they of use?");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_follow_the_house_style() {
    let mut wrong = Vec::new();
    for Case { name, text } in cases() {
        for diagnostic in check(&text) {
            let (message, label) = (diagnostic.message(), diagnostic.label_text());
            let help = diagnostic.help_text().unwrap_or_default();
            if message.ends_with('.') || message.starts_with(char::is_uppercase) && !message.starts_with("U+") {
                wrong.push(format!("{name}: a small letter first, no full stop: {message}"));
            }
            if help.is_empty() || label.is_empty() {
                wrong.push(format!("{name}: help and label: {diagnostic}"));
            }
            if let Some(word) = word_of_programmers(&format!("{message} {label} {help}")) {
                wrong.push(format!("{name}: `{word}` is no word for a person: {diagnostic}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A word of the parser or of programmers.
fn word_of_programmers(text: &str) -> Option<&'static str> {
    ["bad_", "w_", "k_", "EOI", "SOI", "unexpected", "invalid", "illegal", "failed", "-->"].into_iter().find(|word| text.contains(word))
}

#[test]
fn broken_statements_spoil_no_others() {
    let broken = ["allow read x if user.role == \"a\"", "share expertise if requester committed", "allow read x if (", "allow"];
    let mut text = String::new();
    for line in broken {
        text += "allow read document if user is editor\n";
        text += line;
        text += "\n\n";
    }
    text += "never read document";
    let (tree, found) = onlyif::machinery::probe::tree_of(&text, &onlyif::Limits::default());
    assert_eq!((tree.statements.len(), tree.broken.len(), found.len()), (broken.len() + 1, broken.len(), broken.len()), "{found:#?}");
}
