//! `docs/diagnostics/`: every code has one page, and what a page shows is what happens.
//!
//! | block | what is done with it |
//! |---|---|
//! | `onlyif raises E05` | checked: it is told E05, and nothing else |
//! | `json raises R03` | read as a request, which is refused with R03 and nothing else |
//! | `json raises D01` | decided with the policy before it: undetermined, with the problem D01 and no other |
//! | `onlyif` | as it should be written: it has neither errors nor warnings |
//! | `json` | as it should be sent: it is read, and decided without a problem where a policy stands before it |
//! | `onlyif file shared/x.onlyif` | a second file of the text before it |
//! | `text example`, `sh example` | for people: what cannot be shown by a small text |
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::{Code, Diagnostic, Engine, Limits, Outcome, Policy, Request, Sources};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The most lines of a page: it is read by somebody who wants to go on.
const LONGEST: usize = 20;

struct Block<'p> {
    tag: Vec<&'p str>,
    text: String,
}

/// The fenced blocks of a page.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut is_open = false;
    for line in page.split('\n') {
        match line.strip_prefix("```") {
            Some(tag) if !is_open => {
                blocks.push(Block { tag: tag.split_whitespace().collect(), text: String::new() });
                is_open = true;
            }
            Some(_) => is_open = false,
            None if is_open => {
                let text = &mut blocks.last_mut().unwrap().text;
                *text += line;
                *text += "\n";
            }
            None => {}
        }
    }
    assert!(!is_open, "a block is never closed: {page}");
    blocks
}

/// A text with the second files that stand after it.
fn bundle(blocks: &[Block<'_>], at: usize) -> Sources {
    let mut sources = Sources::new();
    sources.add("policy.onlyif", blocks[at].text.as_str());
    for block in &blocks[at + 1..] {
        let ["onlyif", "file", path] = block.tag.as_slice() else { break };
        sources.add(*path, block.text.as_str());
    }
    sources
}

/// What is said of a bundle when it is checked, and where that is nothing, when it is compiled.
fn said(sources: Sources) -> Vec<Diagnostic> {
    let found = Engine::new().check(sources.clone());
    match Engine::new().compile_all(sources) {
        Err(error) if found.is_empty() => error.diagnostics().to_vec(),
        _ => found,
    }
}

fn told<'d>(found: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<String> {
    found.into_iter().map(|diagnostic| format!("{} at {:?}: {}", diagnostic.code(), diagnostic.words(), diagnostic.message())).collect()
}

/// Is it one thing that is said, and has it this code?
fn is_only(found: &[Diagnostic], code: &str) -> bool {
    matches!(found, [one] if one.code().as_str() == code)
}

/// What is wrong with a block, in words.
fn trouble(code: Code, blocks: &[Block<'_>], at: usize, policy: &mut Option<Policy>) -> Option<String> {
    let text = blocks[at].text.as_str();
    match blocks[at].tag.as_slice() {
        ["onlyif" | "json", "raises", other] if *other != code.as_str() => Some(format!("it is the page of {code}, not of {other}")),
        ["onlyif", "raises", code] => {
            let found = said(bundle(blocks, at));
            (!is_only(&found, code)).then(|| format!("{text}is told {:#?}", told(&found)))
        }
        ["json", "raises", code] if code.starts_with('D') => match (policy, Request::from_json(text)) {
            (Some(policy), Ok(request)) => {
                let decision = policy.decide(&request);
                let problems: Vec<&str> = decision.problems().iter().map(|problem| problem.code.as_str()).collect();
                let is_shown = decision.outcome() == Outcome::Undetermined && problems == [*code];
                (!is_shown).then(|| format!("{text}is decided: {}, with {problems:?}", decision.summary()))
            }
            (None, _) => Some("there is no policy before this request".into()),
            (_, Err(error)) => Some(error.to_string()),
        },
        ["json", "raises", code] => match Request::from_json(text) {
            Ok(_) => Some(format!("{text}is read")),
            Err(error) => (!is_only(error.diagnostics(), code)).then(|| format!("{text}is told {:#?}", told(error.diagnostics()))),
        },
        ["onlyif"] => {
            let found = said(bundle(blocks, at));
            *policy = Engine::new().compile_all(bundle(blocks, at)).ok();
            (!found.is_empty()).then(|| format!("{text}is told {:#?}", told(&found)))
        }
        ["json"] => match (policy, Request::from_json(text)) {
            (Some(policy), Ok(request)) => {
                let decision = policy.decide(&request);
                (decision.outcome() == Outcome::Undetermined).then(|| format!("{text}is decided: {}", decision.summary()))
            }
            (None, Ok(_)) => None,
            (_, Err(error)) => Some(error.to_string()),
        },
        ["onlyif", "file", _] | ["text" | "sh", "example"] => None,
        other => Some(format!("nobody knows what `{}` is", other.join(" "))),
    }
}

#[test]
fn every_block_does_what_it_says() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let blocks = blocks(code.page());
        let mut policy = None;
        for at in 0..blocks.len() {
            wrong.extend(trouble(code, &blocks, at, &mut policy).map(|trouble| format!("{code}: {trouble}")));
        }
    }
    assert!(wrong.is_empty(), "{} blocks are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_code_has_one_page_and_every_page_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let pages: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.md")).collect();
    assert_eq!(pages, codes);
    for code in Code::ALL {
        assert_eq!(code.page(), fs::read_to_string(folder.join(format!("{code}.md"))).unwrap(), "{code}");
    }
}

#[test]
fn every_page_has_the_same_shape() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let (page, id) = (code.page(), code.as_str());
        let title = page.lines().next().and_then(|line| line.strip_prefix("# ")?.strip_prefix(id)?.strip_prefix(": "));
        if !title.is_some_and(|title| title.starts_with(|c: char| !c.is_uppercase()) && !title.ends_with('.') && !title.is_empty()) {
            wrong.push(format!("{id}: the title is the code and a short sentence in lower case without a full stop"));
        }
        let blocks = blocks(page);
        let first = blocks.first().map_or("", |block| block.text.as_str());
        if first.trim_end_matches('\n') != code.example() || code.example().is_empty() {
            wrong.push(format!("{id}: `example` is not its first block"));
        }
        let is_shown = blocks.iter().any(|block| matches!(block.tag.as_slice(), [_, "raises", _] | [_, "example"]));
        if !page.starts_with(&format!("{}\n\n```", page.lines().next().unwrap_or_default())) || !is_shown {
            wrong.push(format!("{id}: the example comes first"));
        }
        let lines = page.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{id}: {lines} lines, more than {LONGEST}"));
        }
        if page.lines().any(|line| line.chars().count() > 140) || page.contains("\n\n\n") || !page.ends_with("\n") {
            wrong.push(format!("{id}: a line is too long, or there are two empty ones"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The pages of limits that a small text cannot reach are about what the engine says when the limit is low.
#[test]
fn limits_that_are_far_away_are_told_when_they_are_near() {
    let limits = Limits::default();
    let text = "allow read document if user is editor\nallow edit document if user is editor or user is chief";
    for (code, limits, pages) in [
        (Code::TextTooLarge, Limits { source_bytes: 10, ..limits.clone() }, 1),
        (Code::StatementTooLong, Limits { line_bytes: 40, ..limits.clone() }, 1),
        (Code::TooManyStatements, Limits { statements: 1, ..limits.clone() }, 1),
        (Code::PlanTooLarge, Limits { plan_nodes: 1, ..limits.clone() }, 1),
        (Code::BundleTooLarge, Limits { files: 1, ..limits.clone() }, 2),
    ] {
        let mut sources = Sources::new();
        for at in 0..pages {
            sources.add(format!("{at}.onlyif"), text);
        }
        let error = Engine::new().limits(limits).compile_all(sources).unwrap_err();
        assert!(is_only(error.diagnostics(), code.as_str()), "{code}: {:#?}", told(error.diagnostics()));
        // The message of the page is this one, with other numbers.
        let words = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        let message = format!("error[{code}]: {}", error.diagnostics()[0].message());
        assert_eq!(words(&message), words(code.example()));
    }
}
