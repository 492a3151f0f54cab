//! Where in a file a statement is being read.

use crate::source::{SourceId, Span};
use alloc::string::String;
use core::ops::Range;

/// One statement of a text: turns byte offsets in its code into spans.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'t> {
    /// Which text.
    pub(super) source: SourceId,
    /// Its number in the text.
    pub(super) statement: u32,
    /// Its code, without the comments before it.
    pub(super) code: &'t str,
    /// How many bytes of comments stand before the code in the statement's part of the file.
    pub(super) lead: usize,
}

impl<'t> Site<'t> {
    /// The span of a range of the code.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.statement, range.start.saturating_add(self.lead)..range.end.saturating_add(self.lead))
    }

    /// The span of a range of the file in which this statement's part starts at `start`.
    pub(super) fn span_in_file(&self, start: usize, range: &Range<usize>) -> Span {
        Span::new(self.source, self.statement, range.start.saturating_sub(start)..range.end.saturating_sub(start))
    }

    /// The span of all of the code.
    pub(super) fn whole(&self) -> Span {
        self.span(0..self.code.len())
    }

    /// The span of the first line of the code.
    pub(super) fn first_line(&self) -> Span {
        let line = self.code.lines().next().unwrap_or("");
        self.span(0..line.len())
    }

    /// The range of the code that a span of this statement is.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let offset = |at: u32| (at as usize).saturating_sub(self.lead);
        offset(span.start)..offset(span.end)
    }

    /// The words of a span of this statement.
    pub(super) fn words(&self, span: Span) -> &'t str {
        self.code.get(self.range(span)).unwrap_or("")
    }

    /// What comes in the place of a span, with the blanks that words need beside other words.
    pub(super) fn spaced(&self, at: Span, meant: &str) -> String {
        let range = self.range(at);
        let wordy = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '"' | ')' | '(');
        let before = self.code.get(..range.start).is_some_and(|before| before.ends_with(wordy));
        let after = self.code.get(range.end..).is_some_and(|after| after.starts_with(wordy));
        let is_word = |edge: Option<char>| edge.is_some_and(|c| c.is_ascii_alphanumeric());
        let mut text = String::new();
        if before && is_word(meant.chars().next()) {
            text.push(' ');
        }
        text.push_str(meant);
        if after && is_word(meant.chars().last()) {
            text.push(' ');
        }
        text
    }
}
