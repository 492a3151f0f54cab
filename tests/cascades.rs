//! One mistake, one message: mending one of many removes exactly its own.
//!
//! `cargo test --release --test cascades -- --nocapture` says how long the check of a thousand lines takes.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may stop

use onlyif::{Engine, Sources};
use std::fmt::Write;
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
