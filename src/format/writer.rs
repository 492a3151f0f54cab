//! What the parts of a statement have in common: its words, its comments, the places where lines may end.

use super::page::{Comment, Item};
use crate::source::Span;
use crate::tree::{Annotation, Body, Name, Statement, TextLiteral};
use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

/// Words that a name keeps its article before, for without it the grammar would read something else.
pub(super) const CLAIMED: [&str; 6] = ["anything", "to", "by", "involves", "from", "except"];

/// Writes the items of one statement.
pub(super) struct Writer<'t> {
    /// The file from the statement's part on; spans are offsets in it.
    text: &'t str,
    items: Vec<Item<'t>>,
    comments: Vec<(Span, Comment<'t>)>,
    /// How many comments are written.
    written: usize,
    /// Do empty lines between the author's lines stay?
    pub(super) keeps_blanks: bool,
}

impl<'t> Writer<'t> {
    /// A writer for the statement at the beginning of `text`, with the comments in it.
    pub(super) fn new(text: &'t str, comments: Vec<(Span, Comment<'t>)>) -> Self {
        Self { text, items: Vec::new(), comments, written: 0, keeps_blanks: false }
    }

    /// What has been written.
    pub(super) fn finish(mut self) -> Vec<Item<'t>> {
        // What is left stands below the statement, where it is further in.
        self.put(Item::In);
        self.comments_before(u32::MAX);
        self.items
    }

    pub(super) fn statement(&mut self, statement: &'t Statement) {
        for annotation in &statement.annotations {
            self.line(annotation.span);
            self.annotation(annotation);
        }
        if let Some(label) = &statement.label {
            self.line(label.span);
            self.word("rule ");
            self.name(label);
            self.word(":");
            self.put(Item::In);
        }
        self.line(statement.span);
        self.body(statement);
    }

    fn annotation(&mut self, annotation: &'t Annotation) {
        self.word("@");
        self.name(&annotation.name);
        if let Some(code) = &annotation.code {
            self.word(" ");
            self.name(code);
        }
        if let Some(value) = &annotation.value {
            self.word(" ");
            self.expr(value);
        }
    }

    fn body(&mut self, statement: &'t Statement) {
        match &statement.body {
            Body::Rule(rule) => self.rule(rule),
            Body::Definition(definition) => self.definition(definition),
            Body::Constant(constant) => self.constant(constant),
            Body::Kind(kind) => self.kind(kind),
            Body::Inside(inside) => self.inside(inside),
            Body::Act(act) => self.act(act),
            Body::ActGroup(group) => {
                self.word("act ");
                self.name(&group.name);
                self.word(" means ");
                self.head(&group.head);
            }
            Body::Fact(fact) => self.fact("fact ", fact),
            Body::Setting(setting) => self.fact("setting ", setting),
            Body::Use(file) => {
                self.word("use ");
                self.text(file);
            }
            Body::Policy(policy) => {
                self.word("policy ");
                self.name(&policy.name);
                if let Some(title) = &policy.title {
                    self.word(" ");
                    self.text(title);
                }
            }
            Body::Background(givens) => self.background(givens),
            Body::Scenario(scenario) => self.scenario(scenario),
        }
    }

    pub(super) fn put(&mut self, item: Item<'t>) {
        self.items.push(item);
    }

    /// Words of the language.
    pub(super) fn word(&mut self, word: impl Into<Cow<'t, str>>) {
        let word = word.into();
        let width = word.chars().count();
        self.put(Item::Word(word, width));
    }

    /// The author's words, as they are, with one blank where there are several.
    pub(super) fn written(&mut self, span: Span) {
        self.comments_before(span.start);
        let written = self.words(span);
        if written.contains("  ") || written.contains('\t') {
            self.word(written.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
        } else {
            self.word(written);
        }
    }

    pub(super) fn name(&mut self, name: &'t Name) {
        self.comments_before(name.span.start);
        self.word(self.words(name.span));
    }

    /// A text in straight quotes.
    pub(super) fn text(&mut self, text: &'t TextLiteral) {
        self.texts(text.span);
    }

    /// One or more texts in a row.
    pub(super) fn texts(&mut self, span: Span) {
        let mut at = span.start;
        let mut is_first = true;
        self.put(Item::In);
        while let Some(literal) = next_text(self.text, at, span.end) {
            self.comments_before(literal.start);
            if !is_first {
                self.put(Item::Fill);
            }
            is_first = false;
            let written = self.words(Span { start: literal.start, end: literal.end, ..span });
            match written.strip_prefix('“').and_then(|inside| inside.strip_suffix('”')) {
                Some(inside) => self.word(format!("\"{inside}\"")),
                None => self.word(written),
            }
            at = literal.end;
        }
        self.put(Item::Out);
    }

    /// Names with commas between them and `or` before the last.
    pub(super) fn either(&mut self, names: &'t [Name], articles: bool) {
        self.put(Item::In);
        for (at, name) in names.iter().enumerate() {
            let is_last = at.saturating_add(1) == names.len();
            if at > 0 {
                if !is_last {
                    self.word(",");
                }
                self.place(Item::Fill, name.span);
                if is_last {
                    self.word("or ");
                }
            }
            if articles {
                self.article(name.span);
            }
            self.name(name);
        }
        self.put(Item::Out);
    }

    /// The author's article before a word, where there is one.
    pub(super) fn article(&mut self, span: Span) {
        let article = self.word_before(span.start);
        if matches!(article, "a" | "an" | "the") {
            self.word(article);
            self.word(" ");
        }
    }

    /// A place where a line may end; comments before what comes next stand before it.
    pub(super) fn place(&mut self, item: Item<'t>, next: Span) {
        self.comments_before(next.start);
        self.put(item);
    }

    /// A place whose line end is one level further in, for this line only.
    pub(super) fn hang(&mut self, item: Item<'t>, next: Span) {
        self.put(Item::In);
        self.place(item, next);
        self.put(Item::Out);
    }

    /// A line end before what comes next.
    pub(super) fn line(&mut self, next: Span) {
        let blank = self.keeps_blanks && self.is_after_blank(next.start);
        self.place(Item::Line { blank }, next);
    }

    /// Comments that stand before a place and are not written yet.
    pub(super) fn comments_before(&mut self, at: u32) {
        while let Some((_, comment)) = self.comments.get(self.written).filter(|(span, _)| span.start < at) {
            let comment = Comment { blank: comment.blank && self.keeps_blanks, ..*comment };
            self.written = self.written.saturating_add(1);
            self.put(Item::Comment(comment));
        }
    }

    pub(super) fn words(&self, span: Span) -> &'t str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The word that stands before a place, comments and blanks left out; nothing where a mark stands there.
    pub(super) fn word_before(&self, at: u32) -> &'t str {
        let mut end = at as usize;
        loop {
            end = self.text.get(..end).unwrap_or("").trim_end().len();
            let next = self.comments.partition_point(|(span, _)| (span.start as usize) < end);
            match next.checked_sub(1).and_then(|last| self.comments.get(last)) {
                Some((span, _)) if (span.end as usize) >= end => end = span.start as usize,
                _ => break,
            }
        }
        let before = self.text.get(..end).unwrap_or("");
        let length = before.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'`')).count();
        before.get(end.saturating_sub(length)..).unwrap_or("")
    }

    fn is_after_blank(&self, at: u32) -> bool {
        let before = self.text.get(..at as usize).unwrap_or("");
        let above = before.rfind('\n').and_then(|end| before.get(..end)).unwrap_or("x");
        above.rsplit('\n').next().unwrap_or("").trim().is_empty()
    }
}

/// The next text in a stretch that holds texts, blanks and comments only.
fn next_text(text: &str, from: u32, to: u32) -> Option<core::ops::Range<u32>> {
    let mut at = from as usize;
    loop {
        let rest = text.get(at..to as usize)?;
        let blanks = rest.len().saturating_sub(rest.trim_start().len());
        at = at.saturating_add(blanks);
        let rest = text.get(at..to as usize).filter(|rest| !rest.is_empty())?;
        if rest.starts_with('#') {
            at = at.saturating_add(rest.find('\n').unwrap_or(rest.len()));
            continue;
        }
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        return Some(offset(at)..offset(at.saturating_add(length_of_text(rest))));
    }
}

/// How many bytes the text at the start of `rest` has, quotes included.
fn length_of_text(rest: &str) -> usize {
    let close = if rest.starts_with('“') { '”' } else { '"' };
    let mut escaped = false;
    let mut inside = rest.char_indices().skip(1);
    let end = inside.find(|&(_, c)| {
        let ends = c == close && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(at, c)| at.saturating_add(c.len_utf8()))
}

/// A name that has to keep its article.
pub(super) fn is_claimed(written: &str) -> bool {
    CLAIMED.contains(&written)
}
