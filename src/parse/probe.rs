//! What tests and tools may ask of the parser.
//!
//! In: a text. Out: trees and diagnostics that know their text, or the names of the grammar's parts that matched it.

use super::grammar::{self, Pair, Part};
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::source::{SourceId, Sources};
use crate::tree::SyntaxTree;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// The tree of a text and what is wrong with it.
#[must_use]
pub fn tree_of(text: &str, limits: &Limits) -> (SyntaxTree, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let id: SourceId = sources.add("rules.onlyif", text);
    let Some(source) = sources.get_mut(id) else { return Default::default() };
    let (tree, found) = super::parse(id, source, limits);
    let sources = Arc::new(sources);
    (tree, found.into_iter().map(|diagnostic| diagnostic.attach(&sources)).collect())
}

/// The names of all parts of the grammar that a statement is made of, or where the grammar stops.
///
/// # Errors
/// The byte offset that the grammar reached.
pub fn node_names(text: &str) -> Result<Vec<String>, usize> {
    let mut names = Vec::new();
    for pair in grammar::read(Part::one, text).map_err(|stop| stop.at)? {
        gather(pair, &mut names);
    }
    Ok(names)
}

/// How many bytes at the start of `text` the named part of the grammar matches, if it does and exists.
#[must_use]
pub fn part_length(name: &str, text: &str) -> Option<usize> {
    let part = Part::all_rules().iter().find(|part| alloc::format!("{part:?}") == name)?;
    grammar::length(*part, text)
}

fn gather(pair: Pair<'_>, names: &mut Vec<String>) {
    names.push(alloc::format!("{:?}", pair.as_rule()));
    for inner in pair.into_inner() {
        gather(inner, names);
    }
}

/// Where the statements of a text stand, each from its first word to its last.
#[must_use]
pub fn statement_ranges(text: &str) -> Vec<core::ops::Range<usize>> {
    super::split::split(text).0.into_iter().map(|chunk| chunk.code).collect()
}
