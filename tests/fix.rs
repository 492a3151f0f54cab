//! Laws of `onlyif check --fix`, for texts that were damaged at random.
//!
//! `ONLYIF_LAWS=N` sets the number of texts, `ONLYIF_SEED=N` where to begin; `just laws` looks at many.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may stop

use onlyif::machinery::probe::statement_ranges;
use onlyif::{Code, Diagnostic, Engine, Severity, Sources};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How many texts are damaged where nobody says otherwise.
const TEXTS: u64 = 1_000;

/// Longer texts are cut, so that many can be looked at.
const LONGEST: usize = 3_000;

/// What is put into a text.
const BITS: [&str; 34] = [
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "`",
    "“",
    "”",
    ",",
    ":",
    ";",
    ".",
    " ",
    "\n",
    "\n  ",
    "==",
    "&&",
    "!",
    " if ",
    " and ",
    " or ",
    " not ",
    " is ",
    " the ",
    " allow ",
    " only if ",
    " unless ",
    "1,000",
    "'s ",
    "\u{a0}",
    "–",
];

struct Rng(u64);

impl Rng {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().unwrap_or_else(|_| panic!("{name}={value} is no number")))
}

/// The rules, the examples of the manual, and the cases of mistakes.
fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["rules", "tests/cases/check", "docs", "docs/diagnostics"] {
        let mut files: Vec<_> = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let Ok(text) = fs::read_to_string(&file) else { continue };
            match file.extension().and_then(|end| end.to_str()) {
                Some("onlyif") => texts.push(text),
                Some("md") => texts.extend(text.split("\n```onlyif").skip(1).filter_map(blocks)),
                _ => {}
            }
        }
    }
    texts
}

fn blocks(rest: &str) -> Option<String> {
    let (_, rest) = rest.split_once('\n')?;
    rest.split("\n```").next().map(str::to_owned)
}

/// A part of a text with a few words, characters, quotes or brackets dropped, put in or exchanged.
fn damaged(text: &str, rng: &mut Rng) -> String {
    let starts: Vec<usize> = statement_ranges(text).iter().map(|range| range.start).collect();
    let from = if text.len() > LONGEST { starts[rng.below(starts.len())] } else { 0 };
    let mut text: String = text[from..].chars().take(LONGEST).collect();
    for _ in 0..1 + rng.below(4) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let words: Vec<(usize, usize)> = text
            .split_ascii_whitespace()
            .map(|word| word.as_ptr() as usize - text.as_ptr() as usize)
            .zip(text.split_ascii_whitespace().map(str::len))
            .collect();
        if places.is_empty() || words.is_empty() {
            break;
        }
        let (at, word, other) = (places[rng.below(places.len())], words[rng.below(words.len())], words[rng.below(words.len())]);
        let (range, another) = (word.0..word.0 + word.1, text[other.0..other.0 + other.1].to_owned());
        match rng.below(8) {
            0 => text.replace_range(range, ""),
            1 => text.insert_str(word.0, &format!("{another} ")),
            2 => text.replace_range(range, &another),
            3 => text.replace_range(range.clone(), &text[range].to_uppercase()),
            4 => _ = text.remove(at),
            5 => text.truncate(at),
            _ => text.insert_str(at, BITS[rng.below(BITS.len())]),
        }
    }
    text
}

fn check(text: &str) -> Vec<Diagnostic> {
    Engine::new().check(sources(text))
}

fn sources(text: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add("damaged.onlyif", text);
    sources
}

fn errors(found: &[Diagnostic]) -> BTreeMap<Code, usize> {
    let mut count = BTreeMap::new();
    for error in found.iter().filter(|found| found.severity() == Severity::Error) {
        *count.entry(error.code()).or_default() += 1;
    }
    count
}

/// The statements in which nothing is wrong.
fn sound<'t>(text: &'t str, found: &[Diagnostic]) -> Vec<&'t str> {
    let ranges = statement_ranges(text);
    let ends = ranges.iter().skip(1).map(|next| next.start).chain([text.len()]);
    let parts = ranges.iter().zip(ends);
    let wrong = |range: &std::ops::Range<usize>, end: usize| {
        found.iter().any(|error| error.severity() == Severity::Error && (range.start..=end).contains(&(error.place().start as usize)))
    };
    parts.filter(|(range, end)| !wrong(range, *end)).map(|(range, _)| &text[range.clone()]).collect()
}

/// What breaks a law, in words.
fn broken(text: &str, mended: &mut usize) -> Option<String> {
    let before = check(text);
    let report = Engine::new().fix(sources(text));
    let fixed = report.texts()[0].after();
    let after = check(fixed);
    *mended += report.fixed();
    let told = |found: &[Diagnostic]| found.iter().map(ToString::to_string).collect::<Vec<_>>();
    if let Some(message) = told(&before).iter().find(|message| ["expected", "-->", "bad_", "EOI"].iter().any(|word| message.contains(word)))
    {
        return Some(format!("a word of the parser: {message}"));
    }
    if told(&after) != told(report.left()) {
        return Some("what is left is not what is said of the text".into());
    }
    let (old, new) = (errors(&before), errors(&after));
    if new.iter().any(|(code, count)| old.get(code).is_none_or(|old| count > old)) {
        return Some(format!("a new error: {:?}", told(&after)));
    }
    if report.fixed() > 0 && new.values().sum::<usize>() >= old.values().sum() {
        return Some("nothing is better".into());
    }
    if Engine::new().fix(sources(fixed)).texts()[0].is_changed() {
        return Some(format!("fixing again goes on from {fixed:?}"));
    }
    // A label or an annotation that was mended stands before the statement that it belongs to.
    let is_prefixed = |other: &str| other.starts_with("rule") || other.starts_with('@');
    let is_same = |other: &str, statement: &str| other == statement || is_prefixed(other) && other.ends_with(statement);
    let mut rest = statement_ranges(fixed).into_iter().map(|range| &fixed[range]);
    let touched = sound(text, &before).into_iter().find(|statement| !rest.any(|other| is_same(other, statement)));
    touched.map(|statement| format!("a sound statement was changed: {statement:?}\nnow {fixed:?}"))
}

#[test]
fn fixing_makes_nothing_worse() {
    let (texts, count) = (texts(), number("ONLYIF_LAWS", TEXTS));
    assert!(texts.len() > 600, "only {} texts were found", texts.len());
    let mut rng = Rng(number("ONLYIF_SEED", 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut mended, mut changed) = (0, 0);
    for at in 0..count {
        let text = damaged(&texts[rng.below(texts.len())], &mut rng);
        let before = mended;
        if let Some(trouble) = broken(&text, &mut mended) {
            panic!("text {at}: {trouble}\n{text:?}\nis told {:#?}", check(&text).iter().map(ToString::to_string).collect::<Vec<_>>());
        }
        changed += usize::from(mended > before);
    }
    println!("{count} damaged texts: {mended} mistakes mended in {changed} of them");
    assert!(mended > 0);
}
