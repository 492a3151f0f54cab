//! The first 52 codes, each with the words that it is about and what mends it.
//!
//! `cargo test --test table -- --nocapture` prints the table. A fix is applied by `onlyif check --fix`; a suggestion is one of
//! several ways and is chosen by a person; where neither is there, the help says in words what to do. Each fixed text, and each
//! text with its first suggestion, has nothing left to say.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may stop

use onlyif::{Diagnostic, Engine, Sources};

/// The code, the words, how it is mended, and the text.
const TABLE: &[(&str, &str, How, &str)] = &[
    ("E01", "if", Suggestion, "share expertise if requester committed"),
    ("E02", "only if", Suggestion, "allow share expertise only if requester committed"),
    ("E03", "requester committed", Fix, "allow share expertise requester committed"),
    ("E04", "and", Suggestion, "allow read document if user is editor or document is public and document is final"),
    ("E05", "==", Fix, "allow read document if user.role == \"admin\""),
    ("E06", "ann", Suggestion, "a user has\n  name: text\nallow read document if user.name is ann"),
    ("E07", "&&", Fix, "allow read document if user is editor && document is public"),
    ("E08", "!", Fix, "allow read document if !document.archived"),
    ("E09", "“admin\"", Fix, "allow read document if user.role is “admin\""),
    ("E10", "\"Ann", Suggestion, "allow read document if user.name is \"Ann"),
    ("E11", "'Ann'", Fix, "allow read document if user.name is 'Ann'"),
    ("E12", "Allow", Fix, "Allow read document if user is editor"),
    ("E13", "onlyif", Fix, "share expertise onlyif requester committed"),
    ("E14", "of", Fix, "share expertise only of requester committed"),
    ("E15", "if", Fix, "allow read document if if user is editor"),
    ("E16", "and", Fix, "allow read and edit document if user is editor"),
    ("E17", "1,000", Fix, "pay bill only if bill.total is at most 1,000"),
    ("E18", "are", Fix, "allow read document if user are editor"),
    ("E19", "then", Fix, "allow read document if user.age is more then 5"),
    ("E20", "unless", Suggestion, "allow read document unless user is banned, unless user is gone"),
    ("E21", "unless", Suggestion, "share expertise only if requester committed unless requester is student"),
    ("E22", "do anything only if user is signed-in", Suggestion, "do anything only if user is signed-in"),
    ("E23", "with user", Words, "allow share document with user if user is editor"),
    ("E24", "a", Suggestion, "allow read document if a is in b"),
    ("E25", "then", Suggestion, "allow read document if user is editor then log"),
    ("E26", "31/12/2025", Fix, "allow read document if document.due is after 31/12/2025"),
    ("E27", "some", Fix, "allow read document if some tag in document.tags is \"x\""),
    ("E28", "'s", Fix, "allow read document if user's role is \"admin\""),
    ("E29", "otherwise", Words, "allow read document if user is editor otherwise \"no\""),
    ("E30", "commited", Suggestion, "a requester has\n  committed: yes/no\nshare expertise only if requester.commited"),
    ("E31", "allow read document if user is editor", Words, "read document only if user is admin\nallow read document if user is editor"),
    ("E32", "\"finl\"", Suggestion, "a document has\n  status: one of [draft, final]\nallow read document if document.status is \"finl\""),
    (
        "E33",
        "user",
        Suggestion,
        "a document has\n  owner: reference to a user\na user has\n  id: text\nallow read document if document.owner is user",
    ),
    ("E34", "//", Fix, "allow read document if user is editor // editors"),
    ("E35", "allow read document if user is editor", Fix, "  allow read document if user is editor\nallow edit document if user is editor"),
    ("E36", "else", Words, "allow read document if user is editor else log"),
    ("E37", "$500", Fix, "pay bill only if bill.total is at most $500"),
    ("E38", "[", Suggestion, "allow read document if user.role is one of [“a”, \"b\""),
    ("E39", "admin", Suggestion, "allow read document if user.role = admin"),
    ("E40", "25", Fix, "allow read document if bucket of user.id for \"beta\" is less than 25"),
    ("E41", "branch", Words, "a branch has\n  name: text\nbranch only if branch.name is \"main\""),
    ("E42", "otherwise", Words, "read document requires user is editor otherwise"),
    ("E43", "permit", Suggestion, "permit read document if user is editor"),
    ("E44", "commited", Suggestion, "a requester has\n  committed: yes/no\nshare expertise only if requester commited"),
    ("E45", "\"/home/*\"", Suggestion, "allow read document if document.path matches \"/home/*\""),
    ("E46", "user.age is at least 18", Suggestion, "a user has\n  age: optional number\nallow read document if user.age is at least 18"),
    ("E47", "every tag in document.tags is \"x\"", Suggestion, "allow read document if every tag in document.tags is \"x\""),
    (
        "E48",
        "allow read document if document is public",
        Suggestion,
        "act read document by user\nallow read document if document is public",
    ),
    ("E49", "NO", Fix, "a user has\n  country: one of [SE, NO]\nallow read document if user.country is SE"),
    ("E50", "editor", Words, "a user is editor if user.roles contains \"x\"\nallow read document if document.owner is editor"),
    ("E51", "14 days", Fix, "allow read document if days from user.start to user.end is less than 14 days"),
    ("E52", "only if", Words, "read document must log only if user is admin"),
];

/// How a mistake is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// There is one sensible change.
    Fix,
    /// A person chooses.
    Suggestion,
    /// The help says it; several statements, or words that only the author knows, are needed.
    Words,
}
use How::{Fix, Suggestion, Words};

fn sources(text: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add("case.onlyif", text);
    sources
}

fn check(text: &str) -> Vec<Diagnostic> {
    Engine::new().check(sources(text))
}

/// The text with the first change that a diagnostic offers.
fn changed(text: &str, diagnostic: &Diagnostic) -> String {
    let (_, mut edits) = diagnostic.fixes().next().unwrap();
    edits.sort_by_key(|edit| edit.place.start);
    edits.iter().rev().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.place.start as usize..edit.place.end as usize, &edit.text);
        text
    })
}

#[test]
fn the_first_codes_are_told_and_mended() {
    let mut wrong = Vec::new();
    println!("{:4} {:10} {:34} becomes", "code", "mended by", "words");
    for &(code, words, how, text) in TABLE {
        let found = check(text);
        let [diagnostic] = found.as_slice() else {
            wrong.push(format!("{code}: {found:#?}"));
            continue;
        };
        let (safe, any) = (diagnostic.fixes().any(|(fix, _)| fix.is_safe()), diagnostic.fixes().next().is_some());
        let is = if safe {
            Fix
        } else if any {
            Suggestion
        } else {
            Words
        };
        if (diagnostic.code().as_str(), diagnostic.words(), is) != (code, words, how) {
            wrong.push(format!("{code} {words:?} {how:?}: is {} {:?} {is:?}", diagnostic.code(), diagnostic.words()));
            continue;
        }
        let mended = match how {
            Fix => Engine::new().fix(sources(text)).texts()[0].after().to_owned(),
            Suggestion => changed(text, diagnostic),
            Words => String::new(),
        };
        let left = if how == Words { Vec::new() } else { check(&mended) };
        if !left.is_empty() {
            wrong.push(format!("{code}: {mended:?} is told {left:#?}"));
        }
        let shown = if how == Words { diagnostic.help_text().unwrap().into() } else { mended.lines().last().unwrap_or("").to_owned() };
        println!("{code:4} {:10} {:34} {shown}", format!("{how:?}").to_lowercase(), words);
    }
    assert_eq!(TABLE.len(), 52);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
