//! Rule text becomes a syntax tree.
//!
//! In: a text. Out: the statements that could be read, and a diagnostic with its place for everything that could not; never
//! a panic, never a stop at the first mistake. The text is cut into statements (`split`), each is scanned for what the
//! grammar must not see (`prescan`), read by the grammar (`grammar`, the only file that knows pest), and built (`build`); where
//! the grammar stops, `understand` finds the words for it. What names mean is deliberately not known here.

#[expect(clippy::wildcard_enum_match_arm, reason = "the parts of the grammar are generated, and each place knows only a few")]
mod build;
mod grammar;
mod mistakes;
mod nesting;
mod prescan;
mod site;
mod split;
mod tokens;
#[expect(clippy::wildcard_enum_match_arm, reason = "most parts of the grammar say nothing to a writer")]
mod understand;

#[cfg(feature = "unstable-machinery")]
pub mod probe;

use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::source::{Source, SourceId};
use crate::tree::{Broken, Statement, SyntaxTree};
use alloc::string::String;
use alloc::vec::Vec;
use build::Builder;
use core::ops::Range;
use grammar::Part;
use site::Site;
use split::{Chunk, Shape};

/// Reads a text, and records in it where its statements start.
pub(crate) fn parse(id: SourceId, source: &mut Source, limits: &Limits) -> (SyntaxTree, Vec<Diagnostic>) {
    let mut reader = Reader { limits, tree: SyntaxTree { source: id, ..SyntaxTree::default() }, found: Vec::new() };
    let starts = reader.text(id, source.text());
    source.set_statements(starts);
    (reader.tree, reader.found)
}

/// What has been read of a text so far.
struct Reader<'l> {
    limits: &'l Limits,
    tree: SyntaxTree,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads all of a text; where its statements start.
    fn text(&mut self, id: SourceId, text: &str) -> Vec<u32> {
        let start = Site { source: id, statement: 0, code: text, lead: 0 };
        if text.len() > self.limits.source_bytes {
            self.found.push(mistakes::text_too_large(start.span(0..0), text.len(), self.limits.source_bytes));
            return Vec::new();
        }
        let (chunks, comments_at_end) = split::split(text);
        let mut last = start;
        let mut last_start = 0;
        for (number, chunk) in chunks.iter().take(self.limits.statements).enumerate() {
            let code = text.get(chunk.code.clone()).unwrap_or("");
            let lead = chunk.code.start.saturating_sub(chunk.start);
            last = Site { source: id, statement: u32::try_from(number).unwrap_or(u32::MAX), code, lead };
            last_start = chunk.start;
            self.comments(last, text, chunk.start, &chunk.comments);
            self.chunk(last, chunk);
        }
        if let Some(chunk) = chunks.get(self.limits.statements) {
            let at = last.span_in_file(last_start, &chunk.code);
            self.found.push(mistakes::too_many_statements(at, chunks.len(), self.limits.statements));
            // What is cut off may declare and use any of these words.
            let rest = Site { code: text.get(chunk.start..).unwrap_or(""), lead: 0, ..last };
            self.tree.broken.push(Broken { span: at, declares: true, ..broken(rest) });
        }
        self.comments(last, text, last_start, &comments_at_end);
        if chunks.is_empty() {
            self.found.push(mistakes::empty_file(start.span(0..0)));
        }
        chunks.iter().map(|chunk| u32::try_from(chunk.start).unwrap_or(u32::MAX)).collect()
    }

    /// Keeps comments that stand on lines of their own, and looks for what cannot be seen in them.
    fn comments(&mut self, site: Site<'_>, text: &str, start: usize, comments: &[Range<usize>]) {
        for comment in comments {
            let span = site.span_in_file(start, comment);
            let own = Site { code: text.get(comment.clone()).unwrap_or(""), lead: span.start as usize, ..site };
            prescan::check_characters(own, 0..own.code.len(), &mut self.found);
            self.tree.comments.push(span);
        }
    }

    fn chunk(&mut self, site: Site<'_>, chunk: &Chunk) {
        let before = self.found.len();
        prescan::scan(site, self.limits, &mut self.found, &mut self.tree.comments);
        let statement = if self.found.len() > before {
            None
        } else {
            match chunk.shape {
                Shape::Whole if !chunk.unindented.is_empty() => {
                    let starts = chunk.unindented.iter().map(|start| site.span_in_file(chunk.start, &(*start..*start))).collect();
                    self.found.push(mistakes::not_indented(starts));
                    None
                }
                Shape::Whole => self.statement(site),
                Shape::Indented => {
                    let indent = site.span_in_file(chunk.start, &chunk.indent());
                    self.found.push(mistakes::indented_start(site.first_line(), indent));
                    None
                }
                Shape::NothingFollows => {
                    self.found.push(mistakes::nothing_follows(site.whole()));
                    None
                }
            }
        };
        match statement.filter(|_| self.found.len() == before) {
            Some(statement) => self.tree.statements.push(statement),
            None => self.tree.broken.push(broken(site)),
        }
    }

    fn statement(&mut self, site: Site<'_>) -> Option<Statement> {
        let before = self.found.len();
        let stop = match grammar::read(Part::one, site.code) {
            Ok(mut pairs) => {
                let statement = Builder::new(site, self.limits, &mut self.found).statement(&mut pairs);
                if statement.is_some() || self.found.len() > before {
                    return statement;
                }
                grammar::Stop { at: 0, wanted: Vec::new() }
            }
            Err(stop) => stop,
        };
        self.found.push(understand::diagnose(site, &stop));
        None
    }
}

/// What the rest of the bundle should know of a statement that could not be read.
fn broken(site: Site<'_>) -> Broken {
    let words = site.code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(String::from).collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let declares = matches!(word(0), "a" | "an" | "fact" | "setting" | "act" | "use") || matches!(word(1), "is" | "has" | "means");
    Broken { span: site.whole(), words, declares }
}
