//! The grammar: which sentences it reads, and with which of its parts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::Limits;
use onlyif::machinery::probe::{node_names, part_length, tree_of};
use std::collections::BTreeSet;

const CASES: &str = include_str!("grammar/cases.txt");

struct Case<'c> {
    line: usize,
    /// The grammar reads it without a part named bad_….
    good: bool,
    /// The builder refuses it all the same.
    refused: bool,
    parts: Vec<&'c str>,
    text: String,
}

fn cases() -> Vec<Case<'static>> {
    let lines = CASES.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let cases = lines.map(|(at, line)| {
        let (expected, text) = line.split_once(" | ").expect("`expected | text`");
        let (verdict, parts) = expected.split_once(' ').unwrap_or((expected, ""));
        let parts = parts.split('+').filter(|part| !part.is_empty()).collect();
        Case { line: at + 1, good: verdict != "bad", refused: verdict == "read", parts, text: text.replace("\\n", "\n") }
    });
    cases.collect()
}

#[test]
fn every_case_is_read_as_it_says() {
    let mut wrong = Vec::new();
    for Case { line, good, parts, text, .. } in cases() {
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
    for Case { line, good, refused, text, .. } in cases() {
        let good = good && !refused;
        let (tree, found) = tree_of(&text, &Limits::default());
        if good != found.is_empty() || good != (tree.statements.len() == 1) || tree.broken.len() != usize::from(!good) {
            let found: Vec<String> = found.iter().map(|d| format!("{d} at {:?}", d.words())).collect();
            wrong.push(format!("line {line}: {text:?}: {} statements, {found:#?}", tree.statements.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words that begin with one another: the shorter must not win, nor the longer.
#[test]
fn a_keyword_that_begins_another_word_is_no_keyword() {
    for word in RESERVED.into_iter().chain(CONTEXTUAL) {
        for name in [format!("{word}x"), format!("{word}-x"), format!("{word}_x"), format!("{word}1")] {
            for text in [
                format!("allow read {name}"),
                format!("allow {name} document"),
                format!("allow read document if {name} is 5"),
                format!("allow read document if user is {name}"),
                format!("allow read document if user {name}"),
                format!("a user is {name} if user.{name} is 5"),
                format!("allow read document if any {name} in user.{name} is 5"),
            ] {
                let (_, found) = tree_of(&text, &Limits::default());
                assert!(found.is_empty(), "{text:?}: {}", found[0]);
            }
        }
    }
}

/// A reserved word is no name anywhere, in any capitalisation; behind a dot and as a key nothing is reserved.
#[test]
fn reserved_words_are_names_only_behind_a_dot() {
    for word in RESERVED {
        let capital: String = word[..1].to_ascii_uppercase() + &word[1..];
        for word in [word.to_owned(), word.to_ascii_uppercase(), capital] {
            for text in [
                format!("allow read document or {word}"),
                format!("allow {word} document"),
                format!("allow read document if {word}.x is 5"),
                format!("allow read document if any {word} in user.list is 5"),
                format!("{word} means 5"),
                format!("fact {word} is a user"),
                format!("rule {word}: allow read document"),
                format!("read document must {word}"),
            ] {
                let names = node_names(&text);
                assert!(names.is_err() || names.is_ok_and(|names| names.iter().any(|name| name.starts_with("bad_"))), "{text:?} is read");
            }
            for text in [
                format!("allow read document if user.{word} is 5"),
                format!("read document must log with {word}: 5"),
                format!("a user has\n  {word}: text"),
                format!("allow read document if `{word}` is 5"),
            ] {
                let (_, found) = tree_of(&text, &Limits::default());
                assert!(found.is_empty(), "{text:?}: {}", found[0]);
            }
        }
    }
}

const RESERVED: [&str; 36] = [
    "allow",
    "never",
    "only",
    "requires",
    "if",
    "unless",
    "and",
    "or",
    "not",
    "is",
    "are",
    "has",
    "have",
    "does",
    "a",
    "an",
    "the",
    "any",
    "every",
    "no",
    "none",
    "yes",
    "in",
    "because",
    "otherwise",
    "must",
    "should",
    "satisfies",
    "where",
    "contains",
    "starts",
    "ends",
    "matches",
    "ignoring",
    "when",
    "expect",
];

const CONTEXTUAL: [&str; 44] = [
    "of",
    "at",
    "one",
    "with",
    "by",
    "to",
    "use",
    "policy",
    "act",
    "fact",
    "setting",
    "rule",
    "scenario",
    "background",
    "given",
    "means",
    "inside",
    "involves",
    "assumed",
    "list",
    "map",
    "reference",
    "needing",
    "do",
    "anything",
    "except",
    "distinct",
    "for",
    "from",
    "another",
    "optional",
    "private",
    "fixed",
    "exactly",
    "above",
    "below",
    "before",
    "after",
    "between",
    "within",
    "under",
    "empty",
    "record",
    "ip",
];

/// Each example above a part of the grammar is read as that part, to its end.
#[test]
fn the_examples_of_the_grammar_are_read() {
    let grammar = include_str!("../grammar/onlyif.pest");
    let mut examples: Vec<&str> = Vec::new();
    let mut count = 0;
    for line in grammar.lines() {
        if let Some(example) = line.strip_prefix("// ex: ") {
            examples.push(example);
        } else if let Some((name, _)) = line.split_once(" = ") {
            let name = name.trim();
            for example in examples.drain(..) {
                let text = example.replace("\\n", "\n");
                assert_eq!(part_length(name, &text), Some(text.trim_end().len()), "{name}: {example}");
                count += 1;
            }
        } else {
            assert!(examples.is_empty() || line.starts_with("//"), "an example stands above a part: {line}");
        }
    }
    assert!(count > 80, "{count} examples");
}

/// As deep as the limit allows, one deeper, and far deeper, whole and broken inside: a small stack is enough and no time is lost.
#[test]
fn deep_texts_neither_overflow_nor_hang() {
    let openings = [
        "(",
        "not ",
        "!",
        "(not ",
        "count of ",
        "count of (",
        "distinct ",
        "20% of (",
        "x is (",
        "x is in (",
        "x is between 1 and (",
        "x = (",
        "[",
        "f(",
        "record { k: ",
        "days from (",
        "any x1 in (",
        "any x1 in l1 satisfies (",
        "any x1 in l1 satisfies ",
        "at least (",
        "more than (",
        "exactly (",
        "count of x for y1 in (",
        "x1 for y1 in ",
        "x * y for z1 in (",
        "x + ",
        "x * (",
        "x does not have (",
        "x is greater than (",
        "(1, ",
    ];
    let run = move || {
        for opening in openings {
            for depth in [8, 16, 31, 32, 33, 5_000] {
                for inside in ["x", "", "x is 5 is", "1 2", "x y1 z1 w1"] {
                    let closing: String = opening
                        .chars()
                        .rev()
                        .filter_map(|c| match c {
                            '(' => Some(')'),
                            '[' => Some(']'),
                            '{' => Some('}'),
                            _ => None,
                        })
                        .collect();
                    let text = format!("allow read x if {}{inside}{}", opening.repeat(depth), closing.repeat(depth));
                    let (tree, found) = tree_of(&text, &Limits::default());
                    assert!(format!("{tree:?}").len() > 10 && tree.statements.len() + tree.broken.len() == 1);
                    assert!(depth < 5_000 || found[0].code().as_str() == "L04", "{opening}: {}", found[0]);
                }
            }
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).expect("a thread").join().expect("no overflow, no panic");
}

/// Between them the packs of `rules/` use every form of the language; what they leave out is named here.
#[test]
fn the_packs_use_every_form() {
    let mut used = BTreeSet::new();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for folder in [folder.clone(), folder.join("shared")] {
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|end| end == "onlyif") {
                let text = std::fs::read_to_string(file).unwrap();
                for range in onlyif::machinery::probe::statement_ranges(&text) {
                    used.extend(node_names(&text[range]).unwrap());
                }
            }
        }
    }
    let good = cases().into_iter().filter(|case| case.good && !case.refused);
    let formed: BTreeSet<String> = good.flat_map(|case| node_names(&case.text).unwrap()).collect();
    // Signs of mathematics and `is inside` are read, and written in words in the canonical form.
    let reprinted = ["inside", "sym", "sym_tail"];
    let missing: Vec<&String> = formed.difference(&used).filter(|part| !reprinted.contains(&part.as_str())).collect();
    assert!(missing.is_empty(), "no pack uses {missing:?}");
}

/// What the grammar never reads as said of a thing cannot be declared as a yes/no either.
#[test]
fn words_that_are_never_said_are_never_declared() {
    let grammar = include_str!("../grammar/onlyif.pest");
    let rule = grammar.lines().skip_while(|line| !line.starts_with("pred_stop")).take_while(|line| !line.starts_with("ctx_stop"));
    let words: Vec<&str> =
        rule.flat_map(|line| line.split('"').skip(1).step_by(2)).filter(|word| !word.contains(char::is_uppercase)).collect();
    assert!(words.len() > 30, "{words:?}");
    for word in words {
        let mut sources = onlyif::Sources::new();
        sources.add("x", format!("a user has\n  is {word}: yes/no\nallow enter building if user.{word}\n"));
        let codes: Vec<_> = onlyif::Engine::new().check(sources).iter().map(|found| found.code().as_str()).collect();
        assert_eq!(codes, ["E141"], "{word}");
    }
}
