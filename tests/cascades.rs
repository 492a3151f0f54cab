//! One mistake, one message: mending one of many removes exactly its own.
//!
//! `cargo test --release --test cascades -- --nocapture` says how long the check of a thousand lines takes.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may stop

use onlyif::{Code, Engine, Severity, Sources};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// How many lines the policy has.
const LINES: usize = 1_000;

/// Mistakes, each with what is right in its place; all are of different codes. `#` stands for a number of its own.
const MISTAKES: [(&str, &str, &str); 50] = [
    ("E01", "open door-# if guest is welcome", "allow open door-# if guest is welcome"),
    ("E02", "allow open door-# only if guest is welcome", "open door-# only if guest is welcome"),
    ("E03", "allow open door-# guest is welcome", "allow open door-# if guest is welcome"),
    ("E04", "allow open door-# if guest is welcome or guest is tall and guest is old", "allow open door-# if guest is welcome"),
    ("E05", "allow open door-# if guest.age == 5", "allow open door-# if guest.age is 5"),
    ("E07", "allow open door-# if guest is welcome && guest is tall", "allow open door-# if guest is welcome and guest is tall"),
    ("E08", "allow open door-# if !guest.tall", "allow open door-# if not guest.tall"),
    ("E09", "allow open door-# if guest.name is “ann\"", "allow open door-# if guest.name is \"ann\""),
    ("E10", "allow open door-# if guest.name is \"ann", "allow open door-# if guest.name is \"ann\""),
    ("E11", "allow open door-# if guest.name is 'ann'", "allow open door-# if guest.name is \"ann\""),
    ("E12", "Allow open door-# if guest is welcome", "allow open door-# if guest is welcome"),
    ("E13", "open door-# onlyif guest is welcome", "open door-# only if guest is welcome"),
    ("E14", "open door-# only of guest is welcome", "open door-# only if guest is welcome"),
    ("E15", "allow open door-# if if guest is welcome", "allow open door-# if guest is welcome"),
    ("E16", "allow open and shut door-# if guest is welcome", "allow open or shut door-# if guest is welcome"),
    ("E17", "allow open door-# if guest.age is 1,000", "allow open door-# if guest.age is 1000"),
    ("E18", "allow open door-# if guest are welcome", "allow open door-# if guest is welcome"),
    ("E19", "allow open door-# if guest.age is more then 5", "allow open door-# if guest.age is more than 5"),
    ("E20", "allow open door-# unless guest is tall unless guest is old", "allow open door-# unless guest is tall"),
    ("E21", "open door-# only if guest is welcome unless guest is old", "open door-# only if guest is welcome"),
    ("E23", "allow open door-# with guest if guest is welcome", "allow open door-# if guest is welcome"),
    ("E24", "allow open door-# if a is in guest.friends", "allow open door-# if guest is welcome"),
    ("E25", "allow open door-# if guest is welcome then log", "allow open door-# if guest is welcome and must log"),
    ("E26", "allow open door-# if guest.born is 31/12/2025", "allow open door-# if guest.born is 2025-12-31"),
    ("E27", "allow open door-# if some pet in guest.pets is \"cat\"", "allow open door-# if any pet in guest.pets is \"cat\""),
    ("E28", "allow open door-# if guest's age is 5", "allow open door-# if guest.age is 5"),
    ("E29", "allow open door-# if guest is welcome otherwise \"no\"", "allow open door-# if guest is welcome"),
    ("E30", "allow open door-# if member.agee is 5", "allow open door-# if member.age is 5"),
    ("E34", "allow open door-# if guest is welcome // yes", "allow open door-# if guest is welcome"),
    ("E36", "allow open door-# if guest is welcome else log", "allow open door-# if guest is welcome"),
    ("E37", "allow open door-# if guest.money is $5", "allow open door-# if guest.money is 5 USD"),
    ("E38", "allow open door-# if (guest is welcome", "allow open door-# if (guest is welcome)"),
    ("E39", "allow open door-# if guest.name = zebra", "allow open door-# if guest.name is \"zebra\""),
    ("E40", "allow open door-# if bucket of guest.name for \"b\" is less than 25", "allow open door-# if guest is welcome"),
    ("E43", "permit open door-# if guest is welcome", "allow open door-# if guest is welcome"),
    ("E44", "allow open door-# if member is lofty", "allow open door-# if member is paying"),
    ("E46", "allow open door-# if member.height is at least 5", "allow open door-# if member has height and member.height is at least 5"),
    ("E51", "allow open door-# if days from guest.born to guest.left is 5 days", "allow open door-# if guest is welcome"),
    ("E53", "allow open door-# if", "allow open door-# if guest is welcome"),
    ("E60", "allow open door-# if guest.name is \"ann\" or \"bob\"", "allow open door-# if guest.name is one of [\"ann\", \"bob\"]"),
    ("E63", "allow open door-# unless guest is tall if guest is welcome", "allow open door-# if guest is welcome unless guest is tall"),
    ("E80", "allow open door-# if guest.name is \"a\\qb\"", "allow open door-# if guest.name is \"aqb\""),
    ("E82", "allow open door-# if guest is welcome;", "allow open door-# if guest is welcome"),
    ("E83", "allow open door-# if member.age is at least \"5\"", "allow open door-# if member.age is at least 5"),
    ("E85", "allow open door-# if guest.age between 1 and 5", "allow open door-# if guest.age is between 1 and 5"),
    ("E86", "allow open door-# when guest is welcome", "allow open door-# if guest is welcome"),
    ("E88", "allow open door-# if guest.age is 5-3", "allow open door-# if guest.age is 5 - 3"),
    ("E90", "allow open door-# if count(guest.pets) is 5", "allow open door-# if count of guest.pets is 5"),
    ("E91", "allow open door-# if guest.age is 6 / 2", "allow open door-# if guest.age is 3"),
    ("E98", "allow open door-# if guest.ágé is 5", "allow open door-# if guest.age is 5"),
];

/// A policy in which the mistakes for which `is_made` stands are scattered.
fn policy(is_made: impl Fn(usize) -> bool) -> String {
    let mut text = String::from("a member has\n  age: number\n  height: optional number\n  is paying: yes/no\n\n");
    for (at, (_, wrong, right)) in MISTAKES.iter().enumerate() {
        for filler in 0..4 {
            let number = at * 4 + filler;
            writeln!(text, "# Room {number}.\nallow enter room-{number} if member.age is at least {number}\n  and member is paying\n")
                .unwrap();
        }
        writeln!(text, "{}\n", if is_made(at) { wrong } else { right }.replace('#', &at.to_string())).unwrap();
    }
    for line in text.lines().count()..LINES {
        writeln!(text, "# Line {line}.").unwrap();
    }
    text
}

fn codes(text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    sources.add("policy.onlyif", text);
    let mut codes: Vec<String> =
        Engine::new().check(sources).iter().map(|found| format!("{} {:?}", found.code(), found.place().line)).collect();
    codes.sort();
    codes
}

#[test]
fn mending_one_mistake_removes_its_own_message_and_no_other() {
    let text = policy(|_| true);
    assert!(text.lines().count() >= LINES);
    let started = Instant::now();
    let all = codes(&text);
    println!("{} lines with {} mistakes: checked in {:?}", text.lines().count(), all.len(), started.elapsed());
    let mut expected: Vec<&str> = MISTAKES.iter().map(|mistake| mistake.0).collect();
    expected.sort_unstable();
    let found: Vec<&str> = all.iter().map(|code| code.split(' ').next().unwrap()).collect();
    assert_eq!(found, expected, "{all:?}");
    assert_eq!(codes(&policy(|_| false)), Vec::<String>::new());
    let mut wrong = Vec::new();
    for (mended, mistake) in MISTAKES.iter().enumerate() {
        let left = codes(&policy(|at| at != mended));
        let gone: Vec<&String> = all.iter().filter(|code| !left.contains(code)).collect();
        let new: Vec<&String> = left.iter().filter(|code| !all.contains(code)).collect();
        if gone.len() != 1 || !gone[0].starts_with(mistake.0) || !new.is_empty() {
            wrong.push(format!("{mistake:?}: gone {gone:?}, new {new:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A mistake that others could follow from is told alone.
#[test]
fn what_follows_from_a_mistake_is_not_told() {
    let alone = |text: &str, code: &str| {
        let found = codes(text);
        assert!(found.len() == 1 && found[0].starts_with(code), "{text}: {found:?}");
    };
    alone("allow read document if every tag in document.tags is \"x\" and tag is \"y\"", "E64");
    alone("a user has\n  tags: list of private text\nallow read document if user.tags contains \"x\"", "E70");
    alone("a user has\n  name: txt\nallow read document if user.name starts with \"x\"", "E55");
}

/// The words of the language, of its types, functions and values: those that no text may have by another name.
fn own_words() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut words: BTreeSet<String> =
        ["weekday", "month", "year", "day", "length", "lowercase", "bucket", "values", "keys", "id", "now", "today"]
            .into_iter()
            .chain(["action", "subject", "resource", "weeks", "days", "months", "years", "anyone", "accept", "language", "source"])
            .chain(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "one", "two"])
            .map(str::to_owned)
            .collect();
    // What the program and its grammar spell out: keywords, types, and what people say in their place.
    let mut files = vec![root.join("grammar/onlyif.pest")];
    for folder in ["src/parse/understand", "src/parse/build", "src/value/function.rs"] {
        let path = root.join(folder);
        if path.is_dir() {
            files.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
        } else {
            files.push(path);
        }
    }
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for quoted in text.split('"').skip(1).step_by(2) {
            if quoted.len() < 40 {
                words.extend(quoted.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase));
            }
        }
    }
    for name in
        ["user", "users", "document", "documents", "editor", "read", "edit", "tags", "tag", "name", "age", "level", "public", "admin"]
    {
        words.remove(name);
    }
    for name in ["role", "roles", "active", "title", "d", "x", "x1", "share", "team", "owner", "status", "draft", "final", "adult", "pay"] {
        words.remove(name);
    }
    words
}

/// The text with other letters in its names, so that it shares none with the others. Which names are near each other stays the same.
fn renamed(text: &str, own: &BTreeSet<String>, letters: u8) -> String {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let mut made = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_letter) {
        made.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let shouts = word.len() < 4 && word.chars().all(|c| c.is_ascii_uppercase());
        if shouts || word.len() == 1 || own.contains(&word.to_lowercase()) {
            made.push_str(word);
        } else {
            made.extend(word.bytes().map(|byte| {
                let first = if byte.is_ascii_lowercase() { b'a' } else { b'A' };
                char::from(first + (byte - first + letters) % 26)
            }));
        }
        rest = &rest[end..];
    }
    made + rest
}

fn names(text: &str, own: &BTreeSet<String>) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty() && *word != "a" && !own.contains(&word.to_lowercase())).map(str::to_owned).collect()
}

/// What is said of texts of one bundle, each with the words that it is about. Warnings about rules together, such as of one that says
/// the same as another, wait until all of them can be read.
fn told(texts: &[&str]) -> Vec<String> {
    let mut sources = Sources::new();
    for (at, text) in texts.iter().enumerate() {
        sources.add(format!("policy-{at}.onlyif"), *text);
    }
    let found = Engine::new().check(sources);
    let has_error = found.iter().any(|found| found.severity() == Severity::Error);
    let found = found.iter().filter(|found| !has_error || found.severity() == Severity::Error);
    let mut told: Vec<String> = found.map(|found| format!("{} {:?}", found.code(), found.words())).collect();
    told.sort();
    told
}

fn code(told: &str) -> Code {
    let id = told.split(' ').next().unwrap();
    *Code::ALL.iter().find(|code| code.as_str() == id).unwrap()
}

/// A text that can stand beside others: with its own names, and with others that are of no other text.
struct Part {
    name: String,
    /// By which letters its names are written; the first has its own.
    texts: Vec<String>,
    told: Vec<Vec<String>>,
    names: Vec<BTreeSet<String>>,
}

/// The cases that can stand beside others. What is about a text as a whole, or of which each text has one, cannot; nor can a rule
/// about any act, since that is about the other text too.
fn parts(own: &BTreeSet<String>) -> (usize, Vec<Part>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "onlyif"));
    files.sort();
    let mut parts = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let texts: Vec<String> = [0, 13, 7].into_iter().map(|letters| renamed(&text, own, letters)).collect();
        let all: Vec<Vec<String>> = texts.iter().map(|text| told(&[text])).collect();
        let codes = |told: &[String]| told.iter().map(|told| code(told)).collect::<Vec<_>>();
        let is_same = all.iter().all(|told| codes(told) == codes(&all[0]));
        let is_whole = ["L0", "F0", "E59", "E71", "E74", "E78"].iter().any(|code| all[0].iter().any(|told| told.starts_with(code)));
        let starts = ["policy", "use", "@language", "act"];
        let is_single =
            text.lines().any(|line| starts.iter().any(|word| line.trim_start().starts_with(word)) || line.contains("do anything"));
        if is_same && !is_whole && !is_single && !text.starts_with([' ', '\t']) {
            let names = texts.iter().map(|text| names(text, own)).collect();
            parts.push(Part { name: file.file_stem().unwrap().to_string_lossy().into_owned(), texts, told: all, names });
        }
    }
    (files.len(), parts)
}

/// Two or three texts, in one file or in several of one bundle, are told what each is told alone: nothing more, and nothing less. So
/// mending all of one of them takes away its own messages, and no others.
/// `ONLYIF_PAIRS=N` sets how many are looked at.
#[test]
fn texts_are_told_together_what_each_is_told_alone() {
    let own = own_words();
    let (all, parts) = parts(&own);
    let wanted: usize = std::env::var("ONLYIF_PAIRS").map_or(1_500, |number| number.parse().unwrap());
    let pairs = parts.len() * parts.len();
    let step = (pairs / wanted.max(1)).max(1) | 1;
    let (mut looked, mut triples, mut clash, mut wrong) = (0, 0, 0, Vec::new());
    for (number, pair) in (0..pairs).step_by(step).enumerate() {
        let mut together = vec![&parts[pair / parts.len()], &parts[pair % parts.len()]];
        if number % 3 == 2 {
            together.push(&parts[number * 7 % parts.len()]);
        }
        let texts: Vec<&str> = together.iter().enumerate().map(|(at, part)| part.texts[at].trim_end()).collect();
        let names: Vec<&BTreeSet<String>> = together.iter().enumerate().map(|(at, part)| &part.names[at]).collect();
        if (1..names.len()).any(|at| names[..at].iter().any(|other| other.intersection(names[at]).next().is_some())) {
            clash += 1;
            continue;
        }
        looked += 1;
        triples += usize::from(texts.len() == 3);
        let mut expected: Vec<String> = together.iter().enumerate().flat_map(|(at, part)| part.told[at].iter().cloned()).collect();
        // Beside an error of another text, the warnings wait.
        let is_error = |told: &String| code(told).severity() == Severity::Error;
        if expected.iter().any(is_error) {
            expected.retain(is_error);
        }
        expected.sort();
        let joined = if number % 2 == 0 { told(&[&texts.join("\n\n")]) } else { told(&texts) };
        if joined != expected {
            let names: Vec<&str> = together.iter().map(|part| part.name.as_str()).collect();
            wrong.push(format!("{}: {joined:?} instead of {expected:?}", names.join(" + ")));
        }
    }
    println!("{} of {all} texts can be joined; {looked} looked at together, {triples} of them three; {clash} share a name", parts.len());
    assert!(looked > wanted / 2, "only {looked}");
    assert!(wrong.is_empty(), "{} of {looked}:\n{}", wrong.len(), wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}

/// What is cut off by a limit may use what stands before it.
#[test]
fn what_a_limit_cuts_off_is_not_missed() {
    let mut sources = Sources::new();
    sources.add("policy.onlyif", "limit means 5\nallow read document if user is editor\nallow edit document if user.age is limit");
    let limits = onlyif::Limits { statements: 2, ..onlyif::Limits::default() };
    let found = Engine::new().limits(limits).check(sources);
    let codes: Vec<&str> = found.iter().map(|found| found.code().as_str()).collect();
    assert_eq!(codes, ["L03"]);
}

/// A long circle is told in a few lines.
#[test]
fn a_long_circle_is_told_in_short() {
    let mut text = String::from("allow read document if user is d0\n");
    for at in 0..3_000 {
        writeln!(text, "a user is d{at} if user is d{}", (at + 1) % 3_000).unwrap();
    }
    let mut sources = Sources::new();
    sources.add("policy.onlyif", text);
    let found = Engine::new().check(sources);
    let told: usize = found.iter().map(|found| found.to_string().len() + found.related_places().count() * 80).sum();
    assert!(!found.is_empty() && told < 4_000, "{} diagnostics, {told} characters", found.len());
}
