//! How a text is cut into statements, and what must not be in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::Limits;
use onlyif::machinery::probe::tree_of;

/// How many statements are whole and broken, and the codes of what is said.
fn read(text: &str) -> (usize, usize, Vec<&'static str>) {
    let (tree, found) = tree_of(text, &Limits::default());
    (tree.statements.len(), tree.broken.len(), found.iter().map(|diagnostic| diagnostic.code().as_str()).collect())
}

#[test]
fn lines_make_statements() {
    for (text, whole) in [
        ("allow read x\nallow read y", 2),
        ("allow read x\r\n\r\nallow read y\r\n", 2),
        ("\u{feff}allow read x", 1),
        ("  allow read x\n  allow read y", 2),
        ("    allow read x\n      if user is editor\n    never read y", 2),
        ("allow read x\n# note\n\n\tif user is editor\n# note\n  because \"x\"\nnever read y", 2),
        ("allow read x if user.id is in [\n  \"a\",\n]\nallow read y if (\n  user is editor\n)", 2),
        ("rule one:\nallow read x\nrule two:\n  allow read y\n@owner \"a \\\" b\"\n\n# note\n@anyone\nallow read z", 3),
        ("@anyone allow read x\nallow read y", 2),
        ("# only at the end\nallow read x # note\n# note", 1),
    ] {
        assert_eq!(read(text), (whole, 0, vec![]), "{text:?}");
    }
}

#[test]
fn what_is_no_statement_is_said() {
    for (text, whole, broken, code) in [
        ("", 0, 0, "E76"),
        ("# a comment\n\n", 0, 0, "E76"),
        ("  allow read x\nallow read y", 1, 1, "E35"),
        (")\nallow read y", 1, 1, "E38"),
        ("allow read x\n@owner \"a\"", 1, 1, "E74"),
        ("allow read x\nrule y:", 1, 1, "E74"),
        ("scenario \"s\"\ngiven x is 5\nwhen read x\nexpect allowed\nallow read x", 1, 1, "E103"),
        ("allow read x\rallow read y", 0, 1, "E78"),
        ("allow read x\u{2028}if user is editor", 0, 1, "E78"),
        ("allow read\u{a0}x", 0, 1, "E79"),
        ("allow read x if user.name is \"a\u{202e}b\"", 0, 1, "E77"),
        ("allow read x if `a\u{200b}b` is 5", 0, 1, "E77"),
        ("allow read x because \"\\u{d800}\"", 0, 1, "E80"),
    ] {
        assert_eq!(read(text), (whole, broken, vec![code]), "{text:?}");
    }
    let (tree, found) = tree_of("# a \u{202e} comment\nallow read x", &Limits::default());
    assert_eq!((tree.statements.len(), found.len(), found[0].words()), (1, 1, "\u{202e}"));
}

#[test]
fn comments_are_kept_with_their_places() {
    let text = "# one\nallow read x # two\n  # three\n  if user is editor\n\n# four\nnever read y\n# five";
    let (tree, _) = tree_of(text, &Limits::default());
    assert_eq!(tree.comments.len(), 5);
}

#[test]
fn sizes_are_held() {
    let limits = Limits {
        source_bytes: 400,
        line_bytes: 100,
        statement_bytes: 150,
        statements: 3,
        name_bytes: 20,
        path_steps: 4,
        list_items: 3,
        head_acts: 4,
        ..Limits::default()
    };
    let code = |text: &str| tree_of(text, &limits).1.first().map(|diagnostic| diagnostic.code().as_str());
    assert_eq!(code("allow read x"), None);
    assert_eq!(code(&"allow read x\n".repeat(100)), Some("L01"));
    assert_eq!(code(&format!("allow read x because \"{}\"", "a".repeat(90))), Some("L02"));
    assert_eq!(code(&format!("allow read x{}", "\n  because \"a\"".repeat(20))), Some("L02"));
    assert_eq!(code(&"allow read x\n".repeat(4)), Some("L03"));
    assert_eq!(code(&format!("allow read {}", "a".repeat(21))), Some("L05"));
    assert_eq!(code("allow read x if p.q.r.s.t is 5"), Some("L05"));
    assert_eq!(code("allow read x if y is one of [1, 2, 3, 4]"), Some("L05"));
    assert_eq!(code("allow p, q or r x or y"), Some("L05"));
}

/// Every prefix of a text, and the text with any one character lost or doubled, gives an answer and no panic.
#[test]
fn cut_and_damaged_texts_are_answered() {
    let text = "@owner \"L\"\nrule r1:\n  share, read expertise only if any x in list.a satisfies (x is in [1, 2] and not x \"b\")\n    otherwise \"p {user.name} {{\" and must log with k: 5 EUR * 2\na user has\n  is x: one of [p < q], assumed p\nscenario \"s\" given x is “é” when read x expect denied needing a1.b\n";
    let limits = Limits::default();
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        for damaged in [
            before.to_owned(),
            format!("{before}{after}"),
            format!("{before}{c}{c}{after}"),
            format!("{before}\u{301}{after}"),
            format!("{before}`{after}"),
        ] {
            let (tree, found) = tree_of(&damaged, &limits);
            assert!(tree.broken.len() <= found.len(), "{damaged:?}");
        }
    }
}
