//! Rule text becomes a syntax tree.
//!
//! In: a text. Out: the statements that could be read, and a diagnostic with its place for everything that could not; never
//! a panic, never a stop at the first mistake. The text is cut into statements (`split`), each is scanned for what the
//! grammar must not see (`prescan`), read by the grammar (`grammar`, the only file that knows pest), and built (`build`); where
//! the grammar stops, `understand` finds the words for it. What names mean is deliberately not known here.

mod attempt;
#[expect(clippy::wildcard_enum_match_arm, reason = "the parts of the grammar are generated, and each place knows only a few")]
mod build;
mod draft;
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
use attempt::Attempt;
use core::ops::Range;
use draft::Draft;
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
        let mut fences = Vec::new();
        for (number, chunk) in chunks.iter().take(self.limits.statements).enumerate() {
            let code = text.get(chunk.code.clone()).unwrap_or("");
            let lead = chunk.code.start.saturating_sub(chunk.start);
            last = Site { source: id, statement: u32::try_from(number).unwrap_or(u32::MAX), code, lead };
            last_start = chunk.start;
            self.comments(last, text, chunk.start, &chunk.comments);
            match chunk.shape {
                Shape::Fence => fences.push(last.whole()),
                Shape::Whole | Shape::Indented | Shape::NothingFollows => self.chunk(last, chunk),
            }
        }
        self.found.extend(fences.first().map(|first| mistakes::fences(*first, &fences)));
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
        let mut comments = Vec::new();
        prescan::scan(site, self.limits, &mut self.found, &mut comments);
        self.tree.comments.append(&mut comments);
        let is_sound = self.found.len() == before;
        let statement = match chunk.shape {
            Shape::Whole => {
                if is_sound && !chunk.unindented.is_empty() {
                    let starts = chunk.unindented.iter().map(|start| site.span_in_file(chunk.start, &(*start..*start))).collect();
                    self.found.push(mistakes::not_indented(starts));
                }
                self.statement(site, before)
            }
            Shape::Indented if is_sound => {
                let indent = site.span_in_file(chunk.start, &chunk.indent());
                self.found.push(mistakes::indented_start(site.first_line(), indent));
                None
            }
            Shape::NothingFollows if is_sound => {
                self.found.push(mistakes::nothing_follows(site.whole()));
                None
            }
            Shape::Indented | Shape::NothingFollows | Shape::Fence => None,
        };
        match statement.filter(|_| self.found.len() == before) {
            Some(statement) => self.tree.statements.push(statement),
            None => self.tree.broken.push(broken(site)),
        }
    }

    /// Reads a statement of which what follows `before` was found so far. Behind mistakes that have one correction each, it is read
    /// on as if those were made: so all mistakes are told at once.
    fn statement(&mut self, site: Site<'_>, before: usize) -> Option<Statement> {
        let mut found = self.found.split_off(before);
        if found.is_empty() {
            match self.read(site) {
                Ok(statement) => return Some(statement),
                Err(refused) => found = refused,
            }
        }
        let mut draft = Draft::new(site.code);
        for _ in 0..ROUNDS {
            let mended = draft.mended(Site { code: draft.code(), ..site }, &found);
            let count = found.len();
            let told: Vec<Diagnostic> = found.into_iter().filter_map(|found| draft.told_of(site, found)).collect();
            let all_told = told.len() == count;
            self.found.extend(told);
            draft = mended.filter(|draft| all_told && split::is_one_statement(draft.code()))?;
            found = self.look_at(Site { code: draft.code(), ..site });
            if found.is_empty() {
                break;
            }
        }
        None
    }

    /// What is wrong with the code of a statement.
    fn look_at(&self, site: Site<'_>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        prescan::scan(site, self.limits, &mut found, &mut Vec::new());
        if found.is_empty() { self.read(site).err().unwrap_or_default() } else { found }
    }

    fn read(&self, site: Site<'_>) -> Result<Statement, Vec<Diagnostic>> {
        match attempt::attempt(site, self.limits) {
            Attempt::Read(statement) => Ok(*statement),
            Attempt::Refused(found) => Err(understand::refused(site, self.limits, found)),
            Attempt::Stopped(stop) => Err(Vec::from([understand::diagnose(site, self.limits, &stop)])),
        }
    }
}

/// How often a statement is read on behind what was mended in it.
const ROUNDS: usize = 8;

/// The parts of a line outside of texts, where no name stands; all of it where a quote is left over, and nobody knows which.
fn outside_texts(line: &str) -> impl Iterator<Item = &str> {
    let is_paired = line.matches('"').count().is_multiple_of(2);
    line.split('"').enumerate().filter(move |(at, _)| !is_paired || at.is_multiple_of(2)).map(|(_, part)| part)
}

/// What the rest of the bundle should know of a statement that could not be read.
fn broken(site: Site<'_>) -> Broken {
    let is_between = |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-';
    let words = site.code.lines().flat_map(outside_texts).flat_map(|part| part.split(is_between)).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(String::from).collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let declares = matches!(word(0), "a" | "an" | "fact" | "setting" | "act" | "use") || matches!(word(1), "is" | "has" | "means");
    Broken { span: site.whole(), words, declares }
}
