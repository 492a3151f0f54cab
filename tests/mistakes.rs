//! What people write by habit of other languages, or by slip: the code, the exact words, and the mended text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::machinery::probe::tree_of;
use onlyif::{Diagnostic, Limits};

const CASES: &str = include_str!("mistakes/cases.txt");

struct Case<'c> {
    text: &'c str,
    found: Vec<&'c str>,
    mended: Option<&'c str>,
}

fn cases() -> Vec<Case<'static>> {
    let mut cases: Vec<Case<'static>> = Vec::new();
    for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let said = line.trim_start();
        match (cases.last_mut(), line.strip_prefix("  ")) {
            (Some(case), Some(said)) if said.starts_with('→') => case.mended = Some(said.trim_start_matches("→ ")),
            (Some(case), Some(said)) if said.starts_with(['E', 'L']) => case.found.push(said),
            _ if said.is_empty() => {}
            _ => cases.push(Case { text: line, found: Vec::new(), mended: None }),
        }
    }
    cases
}

fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n")
}

/// The text with the first fix of every diagnostic that a program may apply unasked.
fn mended(text: &str, found: &[Diagnostic]) -> Option<String> {
    let safe = |diagnostic: &Diagnostic| diagnostic.fixes().find(|(fix, _)| fix.is_safe()).map(|(_, edits)| edits);
    let mut edits: Vec<_> = found.iter().filter_map(safe).flatten().collect();
    edits.sort_by_key(|edit| (edit.place.start, edit.place.end));
    let mut mended = text.to_owned();
    for edit in edits.iter().rev() {
        mended.replace_range(edit.place.start as usize..edit.place.end as usize, &edit.text);
    }
    (!edits.is_empty()).then_some(mended)
}

#[test]
fn every_mistake_is_named_at_its_words() {
    let mut wrong = Vec::new();
    for Case { text, found: expected, .. } in cases() {
        let (_, found) = tree_of(&unescaped(text), &Limits::default());
        let found: Vec<String> = found.iter().map(|diagnostic| format!("{} {:?}", diagnostic.code(), diagnostic.words())).collect();
        if found != expected {
            wrong.push(format!("{text}\n  gives   {found:?}\n  expects {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fix_mends() {
    let mut wrong = Vec::new();
    for Case { text, mended: expected, .. } in cases() {
        let text = unescaped(text);
        let (_, found) = tree_of(&text, &Limits::default());
        let mended = mended(&text, &found);
        if mended != expected.map(unescaped) {
            wrong.push(format!("{text}\n  becomes {mended:?}\n  expects {expected:?}"));
        }
        let all_fixed = found.iter().all(|diagnostic| diagnostic.fixes().any(|(fix, _)| fix.is_safe()));
        let left = mended.map(|mended| tree_of(&mended, &Limits::default()).1).unwrap_or_default();
        if all_fixed && !left.is_empty() {
            wrong.push(format!("{text}\n  is not mended: {}", left[0]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_diagnostic_has_words_for_a_person() {
    for Case { text, .. } in cases() {
        for diagnostic in tree_of(&unescaped(text), &Limits::default()).1 {
            let message = diagnostic.message();
            let first = message.chars().next().expect("a message");
            assert!(!first.is_uppercase() || message.starts_with("U+"), "{message}: begins with a small letter");
            assert!(!message.ends_with('.') && !diagnostic.label_text().is_empty(), "{message}: no full stop, and a label");
            assert!(diagnostic.help_text().is_some(), "{message}: help");
            let all = format!("{message} {} {}", diagnostic.label_text(), diagnostic.help_text().unwrap_or_default());
            assert!(!all.contains("bad_") && !all.contains("w_") && !all.contains("k_"), "{all}: names of the grammar stay inside");
        }
    }
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
    let (tree, found) = tree_of(&text, &Limits::default());
    assert_eq!((tree.statements.len(), tree.broken.len(), found.len()), (broken.len() + 1, broken.len(), broken.len()), "{found:#?}");
}
