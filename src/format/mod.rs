//! A syntax tree becomes text in the canonical form.
//!
//! In: the tree of a file without mistakes, and its text. Out: the same sentences, one layout and one word for each thing.
//! Statements and comments stay in their order; empty lines between them stay, one at most. What the tree does not hold
//! because it means nothing (articles, how a text or a number is written) is taken from the text, so that it stays the
//! author's. Each statement is laid out by itself: nothing that stands elsewhere changes how it is printed.

mod condition;
mod declare;
mod lines;
mod page;
mod rule;
mod scenario;
mod value;
mod writer;

use crate::source::{Sources, Span};
use crate::tree::{Statement, SyntaxTree};
use alloc::string::String;
use alloc::vec::Vec;
use lines::Line;
use page::Comment;
use writer::Writer;

/// The canonical text of a tree that nothing is missing from.
pub(crate) fn format(tree: &SyntaxTree, sources: &Sources) -> String {
    let text = sources.get(tree.source).map_or("", |source| source.text());
    let mut file = File { text, lines: Vec::new(), inner: None };
    let mut comments = tree.comments.as_slice();
    for statement in &tree.statements {
        let number = statement.span.statement;
        let own = comments.iter().take_while(|comment| comment.statement <= number).count();
        let (mine, rest) = comments.split_at(own);
        comments = rest;
        file.statement(statement, mine, sources);
    }
    lines::text(&file.lines)
}

/// A file that is being written anew.
struct File<'t> {
    text: &'t str,
    lines: Vec<Line>,
    /// Behind a statement: the column that a comment has to stand beyond to belong to it still, and its level then.
    inner: Option<(usize, usize)>,
}

impl<'t> File<'t> {
    fn statement(&mut self, statement: &'t Statement, comments: &[Span], sources: &Sources) {
        let part = sources.range(Span { start: 0, end: 0, ..statement.span }).start;
        let code = self.code_start(part);
        let range = sources.range(statement.span);
        let place = |comment: &Span| sources.range(*comment);
        let is_above = |comment: &&Span| place(comment).start < code;
        let is_below = |comment: &&Span| place(comment).start >= range.end && self.is_alone(place(comment).start);
        let (above, rest): (Vec<&Span>, Vec<&Span>) = comments.iter().partition(is_above);
        let (below, within): (Vec<&Span>, Vec<&Span>) = rest.into_iter().partition(is_below);
        for comment in above {
            self.comment(place(comment));
        }
        if self.is_after_blank(code) {
            Line::blank(&mut self.lines);
        }
        let within = within.into_iter().map(|comment| self.piece(*comment, place(comment))).collect();
        let mut writer = Writer::new(self.text.get(part..).unwrap_or(""), within);
        writer.statement(statement);
        page::lay_out(&writer.finish(), &mut self.lines);
        self.inner = Some((self.column(code), 1 + usize::from(statement.label.is_some())));
        for comment in below {
            self.comment(place(comment));
        }
    }

    fn piece(&self, span: Span, range: core::ops::Range<usize>) -> (Span, Comment<'t>) {
        let text = self.text.get(range.clone()).unwrap_or("").trim_end();
        (span, Comment { text, alone: self.is_alone(range.start), blank: self.is_after_blank(range.start) })
    }

    /// A comment on a line of its own between statements. One that goes on below a statement, further in than that, stays so.
    fn comment(&mut self, range: core::ops::Range<usize>) {
        let blank = self.is_after_blank(range.start);
        self.inner = self.inner.filter(|&(column, _)| !blank && self.column(range.start) > column);
        if blank {
            Line::blank(&mut self.lines);
        }
        let level = self.inner.map_or(0, |(_, level)| level);
        let text = self.text.get(range).unwrap_or("").trim_end();
        self.lines.push(Line { level, code: String::new(), comment: Some(text.into()) });
    }

    /// Where the first word of a statement stands, after the blanks and comments at the beginning of its part of the file.
    fn code_start(&self, part: usize) -> usize {
        let mut at = part;
        loop {
            let rest = self.text.get(at..).unwrap_or("");
            let blanks = rest.len().saturating_sub(rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len());
            at = at.saturating_add(blanks);
            match self.text.get(at..).filter(|rest| rest.starts_with('#')) {
                Some(rest) => at = at.saturating_add(rest.find('\n').unwrap_or(rest.len())),
                None => return at,
            }
        }
    }

    /// What stands on its line before a place.
    fn before_on_line(&self, at: usize) -> &'t str {
        let before = self.text.get(..at).unwrap_or("");
        let line = before.rfind('\n').map_or(before, |end| before.get(end.saturating_add(1)..).unwrap_or(""));
        line.trim_start_matches('\u{feff}')
    }

    fn column(&self, at: usize) -> usize {
        self.before_on_line(at).len()
    }

    fn is_alone(&self, at: usize) -> bool {
        self.before_on_line(at).trim().is_empty()
    }

    /// Is the line above the line of this place empty?
    fn is_after_blank(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or("");
        let above = before.rfind('\n').and_then(|end| before.get(..end)).unwrap_or("x");
        above.rsplit('\n').next().unwrap_or("").trim().is_empty()
    }
}
