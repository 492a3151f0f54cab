//! `onlyif why` on a terminal and `onlyif ask`: drawings of odd texts, and that nothing private comes out by any way.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop

mod run;

use run::{Answer, onlyif, with_input};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

const SECRET: &str = "sesame";

/// Rules with everything that has ever upset a drawing: CRLF, tabs, wide and combining characters, long and broken lines.
const RULES: &str = "a user has\r\n  name: text\r\n  pin: private text\r\n\tis trusted: yes/no\r\n\r\nrule odd:\r\n  allow read file if (\r\n    user is trusted and user.name is \"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字\" and\r\n\tuser.name is not \"e\u{301}e\u{301}\" and user.pin is \"4711\"\r\n    and user.name is not one of [\"aaaaaaaaaaaaaaaaaaaa\", \"bbbbbbbbbbbbbbbbbbbb\", \"cccccccccccccccccccc\", \"dddddddd\"]\r\n  )\r\n";

fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("why-{test}"));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn rules(test: &str) -> String {
    let file = folder(test).join("odd.onlyif");
    fs::write(&file, RULES).unwrap();
    file.to_str().unwrap().to_owned()
}

/// Columns of a line: an ideograph takes two, a combining mark none.
fn columns(line: &str) -> usize {
    let width = |c: char| if ('\u{300}'..='\u{36f}').contains(&c) { 0 } else { 1 + usize::from(('\u{3000}'..='\u{9fff}').contains(&c)) };
    line.chars().map(width).sum()
}

fn is_sound(answer: &Answer, what: &str) {
    for text in [&answer.out, &answer.err] {
        let raw = text.chars().find(|c| *c != '\n' && onlyif::escape(&c.to_string()) != c.to_string());
        assert_eq!(raw, None, "{what} let a character through: {}", onlyif::escape(text));
        assert!(!text.contains(SECRET), "{what} tells what is private:\n{text}");
    }
}

/// Requests as they come: on one line or several, minified, very long, with terminal escapes.
fn requests() -> Vec<String> {
    let padding = "x".repeat(5_000);
    let user = format!(r#"{{"pin": "{SECRET}", "trusted": false, "name": "\u001b[31mred\u202e漢字漢字e\u0301"}}"#);
    vec![
        format!(r#"{{"action":"read","resource":"file","padding":"{padding}","user":{user},"more":"{padding}"}}"#),
        format!("{{\r\n\t\"action\": \"read\",\r\n\t\"resource\": \"file\",\r\n\t\"user\": {user}\r\n}}\r\n"),
        format!("{{\"action\": \"read\", \"resource\": \"file\", \"漢字漢字漢字漢字漢字漢字\": \"{SECRET}\",\n \"user\": {user}}}"),
        format!(r#"{{"action": "read", "resource": "file", "user": {{"trusted": true, "name": "x", "pin": ["{SECRET}"]}}}}"#),
        format!(r#"{{"action": "read", "resource": "file", "usr": {{"trusted": true, "pin": "{SECRET}"}}}}"#),
    ]
}

#[test]
fn frames_keep_to_eighty_columns_and_to_what_is_cited() {
    let rules = rules("frames");
    for request in requests() {
        let answer = with_input(&["why", &rules, "--request", "-", "--format", "frames"], request.as_bytes());
        is_sound(&answer, "frames");
        // A path has no place where it could be broken.
        let long = answer.out.lines().find(|line| columns(line) > 80 && !line.contains(rules.as_str()));
        assert_eq!(long, None, "{}", answer.out);
        assert!(answer.out.contains("╭─[") && answer.out.lines().count() < 60, "{}", answer.out);
        let colored = with_input(&["why", &rules, "--request", "-", "--format", "frames", "--color", "always"], request.as_bytes());
        assert!(!colored.out.contains("\u{1b}[31mred") && !colored.out.contains(SECRET), "{}", onlyif::escape(&colored.out));
    }
}

#[test]
fn no_format_tells_what_is_private() {
    let rules = rules("private");
    for request in requests() {
        for format in ["text", "json", "markdown", "frames"] {
            for more in [&[][..], &["--to", "allowed"], &["--to", "denied"]] {
                let arguments = [&["why", &rules, "--request", "-", "--format", format], more].concat();
                is_sound(&with_input(&arguments, request.as_bytes()), format);
            }
        }
        is_sound(&with_input(&["why", &rules, "--request", "-", "--all"], request.as_bytes()), "--all");
        is_sound(&with_input(&["decide", &rules, "--request", "-"], request.as_bytes()), "decide");
    }
}

/// What is asked, and what is said of an answer that cannot be used, does not repeat it; the file that is kept is its owner's alone.
#[test]
fn asking_keeps_what_is_private() {
    let rules = rules("ask");
    let saved = folder("ask").join("saved.json");
    let _ = fs::remove_file(&saved);
    let path = saved.to_str().unwrap();
    let asked = ["ask", &rules, "--action", "read", "--resource", "file", "--save", path];
    let answers = format!("{}\n{SECRET}\nyes\n{SECRET}\n", "漢字".repeat(12));
    let answer = with_input(&asked, answers.as_bytes());
    is_sound(&answer, "ask");
    assert!(answer.err.contains("That cannot be used: wanted is yes or no."), "{}", answer.err);
    assert_eq!(fs::metadata(&saved).unwrap().permissions().mode() & 0o777, 0o600);
    let again = onlyif(&["decide", &rules, "--request", path]);
    assert_eq!((again.status, again.out), (answer.status, answer.out));
    // Written over, and not beside.
    let once_more = with_input(&asked, b"no\n");
    assert_eq!(once_more.status, 1, "{}", once_more.err);
    assert!(fs::read_to_string(&saved).unwrap().contains("\"no\""));
    let beside = fs::read_dir(folder("ask")).unwrap().count();
    assert_eq!(beside, 2);
    let unwritable = with_input(&["ask", &rules, "--action", "read", "--resource", "file", "--save", "/no/such/folder/r.json"], b"");
    assert_eq!(unwritable.status, 74, "{}", unwritable.err);
}
