//! Every example of `README.md` and `docs/*.md`: what the manual shows is what happens.
//!
//! | block | what is done with it |
//! |---|---|
//! | `onlyif` | a policy, which must have no errors, and whose scenarios must hold |
//! | `onlyif refused E21` | a policy that must have this error |
//! | `json` after a policy | a request to it, decided |
//! | `text` after a request | the decision in a few words, `Decision::summary` |
//! | `json decision` after a request | members that the decision has as JSON, and their values |
//! | `sh` | run in the folder of the project, where `onlyif` is the command |
//! | `text` after `sh` | what it writes |
//! | `rust` | nothing here: those of the README are documentation tests |
//!
//! A policy holds for the requests after it, up to the next policy. A block without a word is for people only.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::{Engine, Policy, Request, Sources};
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lines of `sh` blocks that are for readers: they would build or install, or run these very tests.
const NOT_RUN: [&str; 4] = ["cargo test", "cargo add onlyif", "cargo install --path crates/onlyif-cli", ".ci/run"];

struct Block {
    line: usize,
    info: String,
    text: String,
}

#[test]
fn every_block_does_what_it_says() {
    let mut wrong = Vec::new();
    for page in pages() {
        let name = page.strip_prefix(root()).unwrap().display().to_string();
        let mut reader = Reader::default();
        for block in blocks(&fs::read_to_string(&page).unwrap(), &name) {
            if let Err(trouble) = reader.read(&block) {
                wrong.push(format!("{name}:{}: {trouble}", block.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{} blocks are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README and the pages of `docs/`, sorted; the pages about single diagnostics have a test of their own.
fn pages() -> Vec<PathBuf> {
    let files = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.push(root().join("README.md"));
    pages.sort();
    pages
}

/// The fenced blocks of a page.
fn blocks(page: &str, name: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some(Block { line: at + 1, info: info.trim().into(), text: String::new() }),
            (Some(""), Some(_)) => blocks.extend(open.take()),
            (_, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{name}: a block is never closed");
    blocks
}

/// What the blocks so far have brought about.
#[derive(Default)]
struct Reader {
    policy: Option<Policy>,
    said: Option<String>,
    decision: Option<Json>,
}

impl Reader {
    fn read(&mut self, block: &Block) -> Result<(), String> {
        let words: Vec<&str> = block.info.split_whitespace().collect();
        match words.as_slice() {
            ["onlyif"] => {
                *self = Self::default();
                self.policy = Some(Policy::new(&block.text).map_err(|error| error.to_string())?);
                scenarios(&block.text)?;
            }
            ["onlyif", "refused", code] => {
                *self = Self::default();
                refused(&block.text, code)?;
            }
            ["json"] => self.decide(&block.text)?,
            ["json", "decision"] => {
                let decision = self.decision.as_ref().ok_or("there is no request before this decision")?;
                let wanted: Json = serde_json::from_str(&block.text).map_err(|error| error.to_string())?;
                for (member, value) in wanted.as_object().ok_or("a decision is an object")? {
                    if decision[member] != *value {
                        return Err(format!("`{member}` is {}, the page says {value}", decision[member]));
                    }
                }
            }
            ["sh"] => {
                let run = block.text.lines().filter(|line| !NOT_RUN.contains(line)).collect::<Vec<_>>().join("\n");
                self.said = if run.is_empty() { None } else { Some(shell(&run)?) };
            }
            ["text"] => {
                let said = self.said.take().ok_or("there is nothing before this text that says it")?;
                if said.trim() != block.text.trim() {
                    return Err(format!("it says\n{}\nthe page says\n{}", said.trim(), block.text.trim()));
                }
            }
            ["rust"] | [] => {}
            other => return Err(format!("nobody knows what `{}` is", other.join(" "))),
        }
        Ok(())
    }

    fn decide(&mut self, request: &str) -> Result<(), String> {
        let policy = self.policy.as_ref().ok_or("there is no policy before this request")?;
        let request = Request::from_json(request).map_err(|error| error.to_string())?;
        let decision = policy.decide(&request);
        self.said = Some(decision.summary());
        self.decision = Some(serde_json::from_str(&decision.to_json()).map_err(|error| error.to_string())?);
        Ok(())
    }
}

fn scenarios(text: &str) -> Result<(), String> {
    let mut sources = Sources::new();
    sources.add("policy", text);
    let report = Engine::new().test(sources).map_err(|error| error.to_string())?;
    if report.passed() { Ok(()) } else { Err(report.to_string()) }
}

fn refused(text: &str, code: &str) -> Result<(), String> {
    match Policy::new(text) {
        Ok(_) => Err(format!("this is not refused, the page says {code}")),
        Err(error) => {
            let codes: Vec<&str> = error.diagnostics().iter().map(|diagnostic| diagnostic.code().as_str()).collect();
            if codes.contains(&code) { Ok(()) } else { Err(format!("this is refused with {codes:?}, the page says {code}: {error}")) }
        }
    }
}

/// Runs a script where `onlyif` is the command of this project; gives back what it writes.
fn shell(script: &str) -> Result<String, String> {
    let script = format!("onlyif() {{ \"$CARGO\" run -q -- \"$@\"; }}\n{script}\n");
    let output = Command::new("sh").arg("-c").arg(script).env("CARGO", env!("CARGO")).env("NO_COLOR", "1").current_dir(root()).output();
    let output = output.map_err(|error| error.to_string())?;
    // 0, 1 and 2 are answers.
    match output.status.code() {
        Some(0..=2) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        _ => Err(format!("{}: {}{}", output.status, String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))),
    }
}
