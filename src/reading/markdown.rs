//! A reading as Markdown: the words of rules as code, all else as text that cannot become markup.

use super::Reading;
use super::prose::{Line, Piece};
use crate::diagnostic::escape;
use alloc::string::String;
use alloc::vec::Vec;

impl Reading {
    /// The reading as Markdown: a heading for each act, for a page of documentation.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("git.onlyif", "allow push branch if branch is not protected");
    /// let page = Engine::new().say(sources)?.to_markdown();
    /// assert!(page.starts_with("## push branch\n\nAnyone may `push branch` when `branch is not protected`.\n"), "{page}");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut sections: Vec<String> = Vec::new();
        for section in self.sections() {
            sections.push(alloc::format!("## {}\n\n{}", plain(&section.title()), paragraphs(&section.lines())));
        }
        sections.extend(self.closing().map(|closing| alloc::format!("{closing}\n")));
        let words = self.explained();
        if !words.is_empty() {
            sections.push(alloc::format!("## Words\n\n{}", paragraphs(&words)));
        }
        sections.join("\n")
    }
}

/// Sentences are paragraphs, what they announce is a list, and what belongs to either is a list below it.
fn paragraphs(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut in_list = false;
    let mut items = false;
    for line in lines {
        let is_item = line.level > 1;
        if !text.is_empty() && (!is_item || !in_list) {
            text.push('\n');
        }
        items = is_item && (line.is_item || (items && in_list));
        // What is told about an item stands below it; what is told about a sentence stands in a list of its own.
        let depth = if items && !line.is_item { 1 } else { 0 };
        if is_item {
            text.push_str(if depth == 1 { "  - " } else { "- " });
        }
        line.pieces.iter().for_each(|piece| text.push_str(&shown(piece)));
        text.push('\n');
        in_list = is_item;
    }
    text
}

fn shown(piece: &Piece) -> String {
    match piece {
        Piece::Ours(words) | Piece::Told(words) => plain(words),
        Piece::Rule(words) => code(&escape(words)),
    }
}

/// Text in which no sign is markup.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::new();
    for c in escape(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' | '&' | '~' | '!' | '$') {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

/// A span of code, with more backticks around it than there are in it.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if longest == 0 {
        return alloc::format!("`{text}`");
    }
    let fence = "`".repeat(longest.saturating_add(1));
    alloc::format!("{fence} {text} {fence}")
}
