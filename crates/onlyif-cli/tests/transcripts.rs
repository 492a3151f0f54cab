//! Every file of `tests/transcripts/`: a command, its status and what it writes.
//!
//! `$ onlyif …` is the command, `< …` a line of its input, `= …` the status, `| …` and `! …` lines of standard output and
//! of standard error. Other lines are for the reader. With `BLESS=1` the files are written anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop

mod run;

use std::fmt::Write;
use std::fs;
use std::path::Path;

#[test]
fn transcripts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut different = Vec::new();
    for file in files {
        let wanted = fs::read_to_string(&file).unwrap();
        let found = rerun(&wanted);
        if found == wanted {
            continue;
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &found).unwrap();
        } else {
            different.push(format!("{}\n--- wanted\n{wanted}\n--- found\n{found}", file.display()));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// The transcript with the answers that the commands give now.
fn rerun(transcript: &str) -> String {
    let mut found = String::new();
    let mut lines = transcript.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.is_empty() && line.starts_with(['=', '|', '!']) {
            continue;
        }
        writeln!(found, "{line}").unwrap();
        let Some(call) = line.strip_prefix("$ onlyif") else { continue };
        let mut input = String::new();
        while let Some(line) = lines.next_if(|line| line.starts_with('<')) {
            writeln!(found, "{line}").unwrap();
            writeln!(input, "{}", line.strip_prefix("< ").unwrap_or("")).unwrap();
        }
        let arguments = words(call);
        let answer = run::with_input(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), input.as_bytes());
        writeln!(found, "= {}", answer.status).unwrap();
        for (mark, text) in [('|', &answer.out), ('!', &answer.err)] {
            for line in text.lines() {
                writeln!(found, "{}", format!("{mark} {line}").trim_end()).unwrap();
            }
        }
    }
    found
}

/// Words as a shell splits them; single quotes hold a word together.
fn words(call: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = None::<String>;
    let mut quoted = false;
    for c in call.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
