//! Where in a file a statement is being read.

use crate::source::{SourceId, Span};
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

    /// The words of a span of this statement.
    pub(super) fn words(&self, span: Span) -> &'t str {
        let offset = |at: u32| (at as usize).saturating_sub(self.lead);
        self.code.get(offset(span.start)..offset(span.end)).unwrap_or("")
    }
}
