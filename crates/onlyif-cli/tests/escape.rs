//! Whatever is shown is escaped: nothing from a file, a name, a request or an argument talks to the terminal.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop

mod run;

use run::{Answer, onlyif, with_input};
use std::fs;
use std::path::PathBuf;

/// ESC and BEL, a bidirectional control, a zero-width space, a C1 control, a tag.
const HOSTILE: &str = "\u{1b}[31m\u{7}\u{202e}\u{200b}\u{9b}31m\u{e0041}";

/// A folder of this test's own, with a hostile name.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}{HOSTILE}"));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn is_clean(answer: &Answer, what: &str) {
    for text in [&answer.out, &answer.err] {
        let raw = text.chars().find(|c| *c != '\n' && onlyif::escape(&c.to_string()) != c.to_string());
        assert_eq!(raw, None, "{what} let a character through: {}", onlyif::escape(text));
    }
}

fn all_formats(arguments: &[&str], input: &[u8], what: &str) {
    is_clean(&with_input(arguments, input), what);
    is_clean(&with_input(&[arguments, &["--format", "json"]].concat(), input), what);
    let colored = with_input(&[arguments, &["--color", "always"]].concat(), input);
    // Only our own colours may follow an ESC, and the hostile text would be red without the leading attributes.
    assert!(!colored.out.contains("\u{1b}[31m\u{7}") && !colored.err.contains("\u{1b}[31m\u{7}"), "{what}");
}

#[test]
fn rule_files_and_their_names() {
    let folder = folder("rules");
    let file = folder.join(format!("r{HOSTILE}.onlyif"));
    let texts = [
        format!("# {HOSTILE}\nshare expertise only if a == b\n"),
        format!("share expertise only if a == \"{HOSTILE}\"\n"),
        format!("{HOSTILE}\n"),
        format!("share `{HOSTILE}` only iff x\n"),
    ];
    for text in texts {
        fs::write(&file, text).unwrap();
        for path in [&file, &folder] {
            let path = path.to_str().unwrap();
            all_formats(&["check", path], b"", "check");
            all_formats(&["test", path], b"", "test");
            all_formats(&["decide", path, "--request", "committed.json"], b"", "decide");
        }
    }
}

/// Titles, texts and names of scenarios may hold anything, too, by way of escapes and backticks.
#[test]
fn scenarios() {
    let folder = folder("scenarios");
    let file = folder.join(format!("s{HOSTILE}.onlyif"));
    let hostile = "\\u{1b}[31m\\u{7}\\u{202e}\\u{200b}";
    let rules = format!("read page only if user.name is \"{hostile}\"\n  otherwise \"{hostile}\"\n  and must \"{hostile}\"\n");
    let scenario = format!(
        "scenario \"{hostile}\"\n  given user.name is \"x{hostile}\" and `odd [name]` is \"{hostile}\"\n  when read page\n  expect allowed because \"x{hostile}\" and must \"{hostile}\" and should `odd name` with k: \"{hostile}\"\n"
    );
    fs::write(&file, rules + &scenario).unwrap();
    let path = file.to_str().unwrap();
    let answer = onlyif(&["test", path]);
    assert_eq!(answer.status, 1, "{}{}", answer.out, answer.err);
    all_formats(&["test", path], b"", "test");
    all_formats(&["test", folder.to_str().unwrap()], b"", "test");
}

#[test]
fn requests() {
    let values = [
        format!("{{\"action\":\"{HOSTILE}\"}}"),
        "{\"action\":\"a\\u001b[31m\\u0007\\u202e\\u200b\",\"resource\":\"\\u001b[31m\\u0007\"}".into(),
        "{\"action\":\"share\",\"\u{202e}\u{200b}\":1,\"\u{202e}\u{200b}\":2}".into(),
        format!("{{\"action\":\"share\" {HOSTILE}"),
        "{\"action\":\"share\",\"resource\":\"expertise\",\"requester\":{\"committed\":\"\\u001b[31m\\u0007\"}}".into(),
    ];
    for value in values {
        all_formats(&["decide", "seed.onlyif", "--request", "-"], value.as_bytes(), "request");
        is_clean(&with_input(&["decide", "seed.onlyif", "--requests", "-"], value.as_bytes()), "stream");
    }
}

#[test]
fn arguments() {
    let calls: [&[&str]; 8] = [
        &["check", HOSTILE],
        &[HOSTILE],
        &["check", "seed.onlyif", "--format", HOSTILE],
        &["decide", "seed.onlyif", "--request", HOSTILE],
        &["decide", "seed.onlyif", "--action", HOSTILE, "--resource", HOSTILE],
        &["decide", "seed.onlyif", "--action", "share", "--set", HOSTILE],
        &["decide", "sharing.onlyif", "--action", "share", "--resource", "expertise", "--set", "requester.committed=\u{1b}[31m\u{7}"],
        &["decide", "seed.onlyif", "--action", "share", "--now", HOSTILE],
    ];
    for arguments in calls {
        is_clean(&onlyif(arguments), &format!("{arguments:?}"));
    }
}

/// A label far beyond what the drawing library can place, on a line far longer than a screen.
#[test]
fn long_lines_are_cut_to_a_window() {
    let folder = folder("long");
    let file = folder.join("long.onlyif");
    fs::write(&file, format!("share expertise only if {}a == b{}\n", "é ".repeat(15_000), " c".repeat(5_000))).unwrap();
    let answer = onlyif(&["check", file.to_str().unwrap()]);
    is_clean(&answer, "long line");
    assert_eq!(answer.status, 1);
    assert!(answer.out.lines().all(|line| line.chars().count() < 1_000), "a line is too long");
}

#[test]
fn special_files_are_refused() {
    let folder = folder("special");
    let link = folder.join("outside.onlyif");
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(run::files().join("seed.onlyif"), &link).unwrap();
    let answer = onlyif(&["check", folder.to_str().unwrap()]);
    assert_eq!(answer.status, 66, "{}", answer.out);
    assert!(answer.err.contains("leads out of the folder"), "{}", answer.err);
    for special in ["/dev/zero", "/dev/null", "/"] {
        let answer = onlyif(&["decide", "seed.onlyif", "--request", special]);
        assert_eq!((answer.status, answer.out.as_str()), (66, ""), "{special}");
    }
}

#[test]
fn rules_that_are_not_utf8_are_unreadable() {
    let file = folder("latin1").join("r.onlyif");
    fs::write(&file, b"# ok\n# Andr\xe9\n").unwrap();
    let answer = onlyif(&["check", file.to_str().unwrap()]);
    assert_eq!(answer.status, 66);
    assert!(answer.err.contains("line 2"), "{}", answer.err);
    is_clean(&answer, "latin 1");
}
