//! Words, and the places where a line may end, become lines.
//!
//! In: what one statement says, as items. Out: lines with their indents and comments. A group is laid out on one line where
//! it fits and holds no comment; else it is broken, and the places in it become line ends. Every look ahead stops at the
//! margin, so the work is linear in the items.

use super::lines::Line;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// Where lines should end.
const MARGIN: usize = 88;

/// A piece of a statement.
#[derive(Debug)]
pub(super) enum Item<'t> {
    /// Words as they are printed, and how wide they are.
    Word(Cow<'t, str>, usize),
    /// A blank; a line end where the group around it is broken.
    Blank,
    /// Nothing; a line end where the group around it is broken.
    Soft,
    /// A blank; a line end where the group around it is broken and what comes next does not fit on the line.
    Fill,
    /// A blank; a line end where the group around it is broken and its rest fits on a line of its own.
    Whole,
    /// A line end, after it an empty line where the author left one.
    Line { blank: bool },
    /// A group starts.
    Open,
    /// The group ends.
    Close,
    /// From here on lines start one level further in.
    In,
    /// And from here on no more.
    Out,
    /// A comment.
    Comment(Comment<'t>),
}

/// A comment of the author's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comment<'t> {
    /// From `#` to its last letter.
    pub(super) text: &'t str,
    /// Nothing but blanks stands before it on its line.
    pub(super) alone: bool,
    /// An empty line above it is to be kept.
    pub(super) blank: bool,
}

/// Appends the lines of a statement.
pub(super) fn lay_out(items: &[Item<'_>], lines: &mut Vec<Line>) {
    let mut page = Page { items, lines, level: 0, line: Line::default(), broken: Vec::new() };
    for at in 0..items.len() {
        page.place(at);
    }
    page.end_line();
}

struct Page<'p, 't> {
    items: &'p [Item<'t>],
    lines: &'p mut Vec<Line>,
    /// How far in lines start.
    level: usize,
    /// The line that is being written.
    line: Line,
    /// Of each group around this place: whether it is broken.
    broken: Vec<bool>,
}

impl Page<'_, '_> {
    fn place(&mut self, at: usize) {
        match self.items.get(at) {
            None => {}
            Some(Item::Word(word, _)) => self.word(word),
            Some(Item::Blank) => self.line_or(self.is_broken(), " "),
            Some(Item::Soft) => self.line_or(self.is_broken(), ""),
            Some(Item::Fill) => self.line_or(self.is_broken() && !self.next_fits(at.saturating_add(1)), " "),
            Some(Item::Whole) => {
                let start = self.level.saturating_mul(Line::STEP);
                self.line_or(self.is_broken() && self.fits(at.saturating_add(1), start), " ");
            }
            Some(Item::Line { blank }) => {
                self.new_line();
                if *blank {
                    Line::blank(self.lines);
                }
            }
            Some(Item::Open) => {
                let broken = self.is_broken() && !self.fits(at.saturating_add(1), self.line.width());
                self.broken.push(broken);
            }
            Some(Item::Close) => {
                self.broken.pop();
            }
            Some(Item::In) => self.level = self.level.saturating_add(1),
            Some(Item::Out) => self.level = self.level.saturating_sub(1),
            Some(Item::Comment(comment)) => self.comment(*comment, at),
        }
    }

    /// Outside all groups every place may be a line end.
    fn is_broken(&self) -> bool {
        self.broken.last().copied().unwrap_or(true)
    }

    fn word(&mut self, word: &str) {
        if self.line.comment.is_some() {
            // A comment between two words of a phrase.
            self.end_line();
            self.line.level = self.level.saturating_add(1);
        }
        let word = if self.line.code.is_empty() { word.trim_start() } else { word };
        self.line.code.push_str(word);
    }

    fn line_or(&mut self, line_ends: bool, otherwise: &str) {
        if line_ends || self.line.comment.is_some() || self.line.code.is_empty() {
            self.new_line();
        } else {
            self.line.code.push_str(otherwise);
        }
    }

    fn new_line(&mut self) {
        self.end_line();
        self.line.level = self.level;
    }

    fn end_line(&mut self) {
        let mut line = core::mem::take(&mut self.line);
        line.code.truncate(line.code.trim_end().len());
        if !line.code.is_empty() || line.comment.is_some() {
            self.lines.push(line);
        }
    }

    fn comment(&mut self, comment: Comment<'_>, at: usize) {
        let is_first = self.line.code.is_empty();
        if comment.alone || is_first || self.line.comment.is_some() {
            let level = if is_first { self.line.level } else { self.level.saturating_add(usize::from(self.goes_on(at))) };
            self.end_line();
            if comment.blank {
                Line::blank(self.lines);
            }
            self.lines.push(Line { level, code: String::new(), comment: Some(comment.text.into()) });
            self.line.level = level;
        } else {
            self.line.comment = Some(comment.text.into());
        }
    }

    /// Does the phrase go on after the comments here, where no line end was foreseen?
    fn goes_on(&self, at: usize) -> bool {
        let rest = self.items.get(at..).unwrap_or(&[]);
        let is_mark = |item: &&Item<'_>| matches!(item, Item::Comment(_) | Item::Open | Item::Close | Item::In | Item::Out);
        matches!(rest.iter().find(|item| !is_mark(item)), Some(Item::Word(..)))
    }

    /// Does the rest of a group that starts at `at`, and what cannot be parted from it, fit on a line from `column` on?
    fn fits(&self, at: usize, column: usize) -> bool {
        let mut width = column;
        let mut depth = 1_usize;
        for item in self.items.get(at..).unwrap_or(&[]) {
            match item {
                Item::Word(_, own) => width = width.saturating_add(*own),
                Item::Blank | Item::Fill | Item::Whole if depth > 0 => width = width.saturating_add(1),
                Item::Soft if depth > 0 => {}
                Item::Line { .. } | Item::Comment(_) if depth > 0 => return false,
                Item::Blank | Item::Fill | Item::Whole | Item::Soft | Item::Line { .. } | Item::Comment(_) => return true,
                Item::Open if depth > 0 => depth = depth.saturating_add(1),
                Item::Close => depth = depth.saturating_sub(1),
                Item::Open | Item::In | Item::Out => {}
            }
            if width > MARGIN {
                return false;
            }
        }
        true
    }

    /// Does what stands up to the next place fit on this line?
    fn next_fits(&self, at: usize) -> bool {
        let mut width = self.line.width().saturating_add(1);
        for item in self.items.get(at..).unwrap_or(&[]) {
            match item {
                Item::Word(_, own) => width = width.saturating_add(*own),
                Item::Blank | Item::Fill | Item::Whole | Item::Soft | Item::Line { .. } | Item::Comment(_) => return true,
                Item::Open | Item::Close | Item::In | Item::Out => {}
            }
            if width > MARGIN {
                return false;
            }
        }
        true
    }
}
