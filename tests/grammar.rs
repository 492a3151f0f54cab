//! The grammar: which sentences it reads, and with which of its parts.

use onlyif::Limits;
use onlyif::machinery::probe::{node_names, tree_of};

const CASES: &str = include_str!("grammar/cases.txt");

struct Case<'c> {
    line: usize,
    good: bool,
    parts: Vec<&'c str>,
    text: String,
}

fn cases() -> Vec<Case<'static>> {
    let lines = CASES.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let cases = lines.map(|(at, line)| {
        let (expected, text) = line.split_once(" | ").expect("`expected | text`");
        let (verdict, parts) = expected.split_once(' ').unwrap_or((expected, ""));
        let parts = parts.split('+').filter(|part| !part.is_empty()).collect();
        Case { line: at + 1, good: verdict == "ok", parts, text: text.replace("\\n", "\n") }
    });
    cases.collect()
}

#[test]
fn every_case_is_read_as_it_says() {
    let mut wrong = Vec::new();
    for Case { line, good, parts, text } in cases() {
        let names = node_names(&text);
        let bad = names.as_ref().is_ok_and(|names| names.iter().any(|name| name.starts_with("bad_")));
        let there = |part: &&str| names.as_ref().is_ok_and(|names| names.iter().any(|name| name == part));
        let fits = if good { names.is_ok() && !bad } else { names.is_err() || bad };
        if !fits || !parts.iter().all(there) {
            wrong.push(format!("line {line}: {text:?} gives {names:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_cases_become_statements_and_bad_ones_diagnostics() {
    let mut wrong = Vec::new();
    for Case { line, good, text, .. } in cases() {
        let (tree, found) = tree_of(&text, &Limits::default());
        if good != found.is_empty() || good != (tree.statements.len() == 1) || (!good && found.len() != 1) {
            let found: Vec<String> = found.iter().map(|d| format!("{d} at {:?}", d.words())).collect();
            wrong.push(format!("line {line}: {text:?}: {} statements, {found:#?}", tree.statements.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
