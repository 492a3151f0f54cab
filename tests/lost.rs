//! What cannot be read is not missed: one mistake is one message.
//!
//! Of every policy of the repository, each sentence in turn is taken away: into a text that is used and cannot be brought, or behind
//! a mistake of its own. Whatever the sentence declared, the others are checked without complaining that it is not there.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may stop

use onlyif::{Engine, Severity, Sources};
use std::fs;
use std::path::{Path, PathBuf};

/// The sentences of a text: each from its first line, with the annotations before it, to the next.
fn sentences(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut is_annotated = false;
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let line = line.split("  #").next().unwrap().trim_end();
        let begins = !line.is_empty() && !line.starts_with([' ', '\t', ')', ']', '}']) && !is_annotated;
        is_annotated = line.starts_with('@');
        match found.last_mut() {
            Some(sentence) if !begins => {
                sentence.push('\n');
                sentence.push_str(line);
            }
            _ => found.push(line.to_owned()),
        }
    }
    found
}

fn policies() -> Vec<PathBuf> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "onlyif") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    collect(&root.join("rules"), &mut found);
    collect(&root.join("tests/cases/say"), &mut found);
    collect(&root.join("tests/cases/scenario"), &mut found);
    found.sort();
    found
}

/// The text with one sentence taken away, and whether what is used beside it can be brought.
fn errors(path: &Path, text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    sources.add("policy.onlyif", text);
    let load = |used: &str| {
        let found = if used == "lost.onlyif" { None } else { fs::read_to_string(root_of(path).join(used)).ok() };
        found.map(|text| (used.to_owned(), text)).ok_or_else(|| "there is no such file".to_owned())
    };
    let found = Engine::new().check_with(sources, load);
    let errors = found.iter().filter(|found| found.severity() == Severity::Error);
    errors.map(|found| format!("{} {}", found.code(), found.message())).collect()
}

fn root_of(path: &Path) -> PathBuf {
    path.parent().unwrap().to_path_buf()
}

/// Goes through all policies with each sentence in turn replaced.
fn each_sentence(replaced: impl Fn(&[String], usize) -> Vec<String>, expected: &str) -> usize {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for path in policies() {
        let text = fs::read_to_string(&path).unwrap();
        if !errors(&path, &text).is_empty() {
            continue;
        }
        let sentences = sentences(&text);
        for at in 0..sentences.len() {
            for changed in replaced(&sentences, at) {
                let found = errors(&path, &changed);
                compared += 1;
                if found.len() != 1 || !found[0].starts_with(expected) {
                    wrong.push(format!("{}: without `{}`\n    {}", path.display(), sentences[at].trim_end(), found.join("\n    ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n"));
    compared
}

#[test]
fn a_text_that_cannot_be_brought_is_one_message() {
    let compared = each_sentence(
        |sentences, at| {
            let rest: Vec<&str> = sentences.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, text)| text.as_str()).collect();
            // The version of the language stands first.
            let (first, rest) = rest.split_at(usize::from(rest.first().is_some_and(|first| first.starts_with("language"))));
            vec![format!("{}\nuse \"lost.onlyif\"\n{}\n", first.join("\n"), rest.join("\n"))]
        },
        "F03",
    );
    println!("{compared} sentences in a text that is not there");
    assert!(compared > 300);
}

#[test]
fn a_sentence_that_cannot_be_read_is_one_message() {
    let compared = each_sentence(
        |sentences, at| {
            let mut changed = sentences.to_vec();
            let broken = changed[at].trim_end().to_owned();
            changed[at] = format!("{broken} ]\n");
            vec![changed.join("\n")]
        },
        "E",
    );
    println!("{compared} sentences that cannot be read");
    assert!(compared > 300);
}

/// Every field of every declaration with a type that there is not, and with a line that cannot be read.
#[test]
fn a_field_that_cannot_be_read_is_one_message() {
    let compared = each_sentence(
        |sentences, at| {
            let lines: Vec<&str> = sentences[at].trim_end().lines().collect();
            if !lines.first().is_some_and(|line| line.starts_with('a') && (line.ends_with(" has") || line.ends_with(" has only"))) {
                return Vec::new();
            }
            let with = |line: usize, new: String| {
                let mut lines = lines.clone();
                lines[line] = &new;
                let mut changed = sentences.to_vec();
                changed[at] = lines.join("\n") + "\n";
                changed.join("\n")
            };
            let fields = (1..lines.len()).filter(|&line| lines[line].contains(": "));
            fields
                .flat_map(|line| {
                    let name = lines[line].split(": ").next().unwrap();
                    [with(line, format!("{name}: txxt")), with(line, format!("{name}: ] text"))]
                })
                .collect()
        },
        "E",
    );
    println!("{compared} fields that cannot be read");
    assert!(compared > 200);
}
