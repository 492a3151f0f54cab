//! Every public function, constant and type that a user reaches has an example that runs and asserts something.
//!
//! It reads the sources as text. What is public is computed: the names that `src/lib.rs` and the modules it makes public
//! `pub use`. That every public item has a word of documentation at all is held by the lint `missing_docs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test may stop

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The names that a module makes public, each with the folder or file below `folder` that it comes from. Only what begins
/// in the first column counts: what is indented is behind a feature that promises nothing.
fn exported(module: &Path, folder: &Path) -> BTreeSet<(PathBuf, String)> {
    let text = std::fs::read_to_string(module).unwrap();
    let mut names = BTreeSet::new();
    for part in text.split("\npub use ").skip(1) {
        let path = part.split(';').next().unwrap().replace(['{', '}', '\n'], " ");
        let (from, list) = path.split_once("::").expect("a name from a module of this crate");
        names.extend(list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(|name| (folder.join(from), name.to_owned())));
    }
    for name in
        text.split("\npub mod ").skip(1).filter_map(|part| part.split_once(';')).map(|(name, _)| name).filter(|name| word(name) == *name)
    {
        names.extend(exported(&folder.join(name).join("mod.rs"), &folder.join(name)));
    }
    names
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

/// The type of a line that opens its inherent `impl`.
fn implemented(line: &str) -> Option<&str> {
    let head = line.strip_prefix("impl")?.strip_suffix('{')?;
    let of = if head.starts_with('<') { head.split_once("> ")?.1 } else { head };
    (!head.contains(" for ")).then(|| word(of.trim()))
}

/// The name of a public item, if a line begins one that wants an example.
fn item(line: &str) -> Option<&str> {
    let mut rest = line.strip_prefix("pub ")?;
    let begin = rest;
    for kind in ["const ", "fn ", "struct ", "enum ", "type "] {
        rest = rest.strip_prefix(kind).unwrap_or(rest);
    }
    (rest.len() < begin.len()).then(|| word(rest))
}

/// The public items of a file without an example that runs. `is_public` is asked for the type of an `impl`, or for what stands
/// by itself.
fn undocumented(text: &str, is_public: impl Fn(&str, bool) -> bool) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut of: Option<(usize, &str)> = None;
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let (inside, indent) = (line.trim_start(), line.len() - line.trim_start().len());
        if let Some(name) = implemented(inside) {
            of = Some((indent, name));
        } else if inside == "}" && of.is_some_and(|(outer, _)| outer == indent) {
            of = None;
        }
        let Some(name) = item(inside) else { continue };
        let (public, shown) = match of {
            Some((_, owner)) => (is_public(owner, true), format!("{owner}::{name}")),
            None => (is_public(name, false), name.to_owned()),
        };
        let above: Vec<&str> =
            lines[..at].iter().rev().map(|line| line.trim_start()).take_while(|line| line.starts_with(['#', '/'])).collect();
        // An attribute on its own stands for items that nobody outside is meant to see.
        let hidden = above.contains(&"#[doc(hidden)]");
        let runs = above.contains(&"/// ```") && above.iter().any(|line| line.starts_with("/// ") && line.contains("assert"));
        if public && !hidden && !runs {
            found.push(format!("{}: {shown}", at + 1));
        }
    }
    found
}

#[test]
fn what_is_public_has_an_example_that_runs() {
    let names = exported(Path::new("src/lib.rs"), Path::new("src"));
    assert!(names.iter().any(|(_, name)| name == "Policy") && names.iter().any(|(_, name)| name == "Money"), "{names:?}");
    let mut files = Vec::new();
    walk(Path::new("src"), &mut files);
    let mut found = Vec::new();
    for (path, text) in files {
        // A type may get methods in any room; what stands by itself is known by where it is exported from as well.
        let is_public = |name: &str, is_type: bool| {
            names.iter().any(|(from, public)| public == name && (is_type || path.starts_with(from) || path == from.with_extension("rs")))
        };
        found.extend(undocumented(&text, is_public).into_iter().map(|what| format!("{}:{what}", path.display())));
    }
    assert!(found.is_empty(), "without an example that runs and asserts something:\n{}", found.join("\n"));
}

#[test]
fn the_rule_catches_what_breaks_it() {
    let all = |text: &str| undocumented(text, |_, _| true).len();
    let method =
        |docs: &str| format!("impl<'a> Policy<'a> {{\n{docs}    #[must_use]\n    pub const fn rules(&self) -> usize {{\n    }}\n}}\n");
    assert_eq!(all(&method("    /// The rules.\n")), 1, "no example");
    assert_eq!(all(&method("    /// ```ignore\n    /// assert!(true);\n    /// ```text\n")), 1, "one that does not run");
    assert_eq!(all(&method("    /// ```\n    /// policy.rules();\n    /// ```\n")), 1, "one that asserts nothing");
    assert_eq!(all(&method("    /// ```\n    /// assert_eq!(policy.rules(), 1);\n    /// ```\n")), 0);
    assert_eq!(all(&method("    #[doc(hidden)]\n")), 0);
    assert_eq!(all("pub enum Verb {\n}\npub(crate) fn hidden() {}\npub fn decide() {}\n"), 2, "what stands by itself");
    assert_eq!(undocumented("impl Display for Verb {\n}\nimpl Tree {\n    pub fn of() {}\n}\n", |name, _| name != "Tree").len(), 0);
}
