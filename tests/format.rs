//! The canonical form: it says the same, says it once and for all, and loses no comment.
//!
//! Held for random texts in odd layouts (`ONLYIF_LAWS=N` sets how many), for everything that is shown or tested in this repository,
//! and for the cases of `tests/cases/format/`, each beside what becomes of it.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop
#![allow(clippy::print_stdout)] // and say how much it has tried

#[path = "format/odd.rs"]
mod odd;
#[path = "format/sentences.rs"]
mod sentences;

use onlyif::Limits;
use onlyif::machinery::probe::tree_of;
use std::fs;
use std::path::{Path, PathBuf};

/// A generator that gives the same numbers everywhere.
pub(crate) struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    pub(crate) fn one_in(&mut self, chance: usize) -> bool {
        self.below(chance) == 0
    }
}

/// How many random texts.
fn laws() -> usize {
    std::env::var("ONLYIF_LAWS").map_or(1_000, |number| number.parse().expect("ONLYIF_LAWS is a number"))
}

/// What a text says: its tree without places, and without the `the` that means nothing before a subject. Nothing for a text that
/// has mistakes.
fn says(text: &str) -> Option<String> {
    let (tree, found) = tree_of(text, &Limits::default());
    if !found.is_empty() {
        return None;
    }
    let mut told = String::new();
    let shown = format!("{:?}", tree.statements);
    let mut rest = shown.as_str();
    while let Some(at) = rest.find("Span {") {
        told.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('}').unwrap() + 1..];
    }
    told.push_str(rest);
    Some(told.replace("subject: Expr { node: Path { the: true", "subject: Expr { node: Path { the: false"))
}

/// The comments of a text, found without the parser.
fn comments(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '#' => {
                let line = text[at..].lines().next().unwrap();
                found.push(line.trim_end().to_owned());
                chars.by_ref().find(|&(_, c)| c == '\n');
            }
            '"' | '`' | '“' => {
                let close = if c == '“' { '”' } else { c };
                let mut escaped = false;
                chars.by_ref().find(|&(_, c)| {
                    let ends = c == close && !escaped;
                    escaped = c == '\\' && !escaped && close != '`';
                    ends
                });
            }
            _ => {}
        }
    }
    found
}

/// What a text means as a policy.
fn policy(text: &str) -> Result<String, onlyif::Error> {
    let mut sources = onlyif::Sources::new();
    sources.add("policy", text);
    onlyif::Engine::new().say(sources).map(|reading| reading.to_json())
}

/// Holds all laws for a text without mistakes; gives its canonical form.
fn holds(text: &str) -> Result<String, String> {
    let before = says(text).ok_or_else(|| {
        format!("this has mistakes: {}\n{text}", onlyif::format(text).err().map(|error| error.to_string()).unwrap_or_default())
    })?;
    let formatted = onlyif::format(text).map_err(|error| format!("{error}\n{text}"))?;
    let told = |what: &str| format!("{what}\n--- before\n{text}\n--- after\n{formatted}");
    let after = says(&formatted).ok_or_else(|| told(&format!("it cannot be read any more: {:?}", onlyif::format(&formatted).err())))?;
    if before != after {
        return Err(format!("{}\n{before}\n{after}", told("it says something else")));
    }
    if comments(text) != comments(&formatted) {
        return Err(told("the comments are others"));
    }
    // Where it is a policy: the ids of its rules, and what is read back, are the same.
    if let (Ok(before), Ok(after)) = (policy(text), policy(&formatted))
        && before != after
    {
        return Err(format!("{}\n{before}\n{after}", told("its rules are others")));
    }
    let again = onlyif::format(&formatted).map_err(|error| error.to_string())?;
    if again != formatted {
        return Err(format!("{}\n--- again\n{again}", told("it is not settled")));
    }
    let wrong = |line: &str| line.ends_with([' ', '\t', '\r']) || line.trim_start().starts_with('\t');
    if formatted.lines().any(wrong) || formatted.contains("\n\n\n") || !formatted.ends_with('\n') || formatted.ends_with("\n\n") {
        return Err(told("its lines are not clean"));
    }
    Ok(formatted)
}

#[test]
fn random_texts_say_the_same_in_the_canonical_form() {
    let (mut cases, mut strewn) = (0, 0);
    for seed in 0..u64::try_from(laws()).unwrap() {
        let mut rng = Rng(seed);
        let plain = sentences::Author { rng: &mut rng }.file();
        let text = odd::layout(&plain, &mut rng);
        match holds(&text) {
            Ok(_) => cases += 1,
            Err(trouble) => panic!("seed {seed}: {trouble}\n--- plain\n{plain}"),
        }
        strewn += comments(&text).len();
    }
    // Every text counts: the generator writes none that cannot be read.
    assert_eq!(cases, laws());
    assert!(strewn > cases, "only {strewn} comments in {cases} texts");
    println!("{cases} texts with {strewn} comments");
}

/// The form does not depend on the layout, where that holds no comments.
#[test]
fn one_text_has_one_form() {
    let packed = |text: &str| onlyif::format(text).unwrap().lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let mut cases = 0;
    for text in corpus() {
        if comments(&text).is_empty() && says(&text).is_some() {
            let odd = odd::layout_with(&text, 0, &mut Rng(cases));
            assert_eq!(packed(&odd), packed(&text), "{odd}");
            cases += 1;
        }
    }
    assert!(cases >= 400, "only {cases} texts");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, end: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, end, found);
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    found.sort();
}

/// The policies of a page, each with what the page says about it.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some((info.trim().into(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take().filter(|(info, _)| info.starts_with("onlyif"))),
            (None, Some((_, text))) => text.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    blocks
}

/// Every rule text of this repository: files, blocks of pages, and the lines of tests that are texts.
fn corpus() -> Vec<String> {
    let mut paths = Vec::new();
    for folder in ["rules", "tests", "crates/onlyif-cli/tests"] {
        files(&root().join(folder), ".onlyif", &mut paths);
    }
    let mut texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(texts.len() >= 40, "only {} files", texts.len());
    let mut pages = vec![root().join("README.md")];
    files(&root().join("docs"), ".md", &mut pages);
    texts.extend(pages.iter().flat_map(|page| blocks(&fs::read_to_string(page).unwrap())).map(|(_, text)| text));
    let lines = |name: &str| fs::read_to_string(root().join("tests").join(name)).unwrap();
    texts.extend(lines("grammar/cases.txt").lines().filter_map(|line| line.split_once(" | ")).map(|(_, text)| text.replace("\\n", "\n")));
    let attacks = lines("attacks/cases.txt");
    texts.extend(attacks.lines().filter(|line| !line.starts_with([' ', '#'])).map(|line| line.replace("\\n", "\n")));
    texts
}

#[test]
fn every_text_of_the_repository_says_the_same_in_the_canonical_form() {
    let (mut whole, mut broken) = (0, 0);
    let mut wrong = Vec::new();
    for (seed, text) in corpus().into_iter().enumerate() {
        if says(&text).is_none() {
            broken += 1;
            assert!(onlyif::format(&text).is_err(), "{text}");
            continue;
        }
        whole += 1;
        wrong.extend(holds(&text).err());
        if let Ok(formatted) = onlyif::format(&text) {
            wrong.extend(holds(&odd::layout(&formatted, &mut Rng(u64::try_from(seed).unwrap()))).err());
        }
    }
    assert!(wrong.is_empty(), "{} of {whole}:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n\n"));
    assert!(whole >= 550 && broken >= 100, "{whole} texts without mistakes, {broken} with");
    println!("{whole} texts without mistakes, {broken} with");
}

/// What people copy is in the canonical form.
#[test]
fn packs_and_pages_are_formatted() {
    let mut paths = Vec::new();
    files(&root().join("rules"), ".onlyif", &mut paths);
    let mut texts: Vec<(String, String)> =
        paths.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect();
    let mut pages = vec![root().join("README.md")];
    files(&root().join("docs"), ".md", &mut pages);
    for page in pages {
        let policies = blocks(&fs::read_to_string(&page).unwrap()).into_iter().filter(|(info, _)| info == "onlyif");
        texts.extend(policies.map(|(_, text)| (page.display().to_string(), text)));
    }
    let wrong: Vec<String> = texts
        .iter()
        .filter(|(_, text)| !is_to_show_a_layout(text))
        .filter_map(|(name, text)| {
            onlyif::format(text).ok().filter(|formatted| formatted != text).map(|formatted| format!("{name}\n{formatted}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Examples that show how freely one may write say so in a comment.
fn is_to_show_a_layout(text: &str) -> bool {
    text.contains("# However one likes.")
}

#[test]
fn cases() {
    let folder = root().join("tests/cases/format");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut paths = Vec::new();
    files(&folder, ".onlyif", &mut paths);
    assert!(paths.len() >= 10, "only {} cases were found", paths.len());
    for path in paths {
        let formatted = holds(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|trouble| panic!("{}: {trouble}", path.display()));
        settings.bind(|| insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), formatted));
    }
}

/// Twice the text takes about twice the time.
#[test]
fn time_grows_with_the_text() {
    let text = |rules: usize| -> String {
        (0..rules)
            .map(|n| format!("# {n}\nallow read document-{n} if user is editor and document.size >= {n} # note\n  because \"x\"\n"))
            .collect()
    };
    let time = |text: &str| {
        let start = std::time::Instant::now();
        onlyif::format(text).unwrap();
        start.elapsed()
    };
    let (small, large) = (text(500), text(4_000));
    let (few, many) = ((0..3).map(|_| time(&small)).min().unwrap(), (0..3).map(|_| time(&large)).min().unwrap());
    assert!(many < few * 24, "500 rules take {few:?}, 4,000 take {many:?}");
}
