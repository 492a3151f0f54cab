//! What can be wrong with a text, one function for each code.
//!
//! In: spans and the user's words. Out: the diagnostic with message, label, help, and a change where there is one sensible
//! change. Who finds a mistake decides nothing about its words, and each code is raised here and nowhere else.

mod condition;
mod layout;
mod rule;
mod value;

pub(super) use condition::*;
pub(super) use layout::*;
pub(super) use rule::*;
pub(super) use value::*;

use crate::source::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// Words in backticks, shortened where they would fill the screen.
pub(super) fn quoted(words: &str) -> String {
    const SHOWN: usize = 120;
    let line: Vec<&str> = words.split_ascii_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => alloc::format!("`{}…`", line.get(..at).unwrap_or("")),
        None => alloc::format!("`{line}`"),
    }
}

/// One replacement.
fn edit(span: Span, text: impl Into<String>) -> Vec<(Span, String)> {
    Vec::from([(span, text.into())])
}
