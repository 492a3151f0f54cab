//! What the grammar matched becomes nodes of the tree.
//!
//! In: the pairs of one statement. Out: the statement, or nothing where its pairs are not what this expects. The grammar
//! also accepts what people write by habit of other languages (`bad_*`): each is reported here, with its own code and its
//! exact words, and read as what was meant, so that every mistake of a statement is found in one run. A statement with a
//! report is thrown away by the caller. One file for each sort of sentence; recursion is bounded by the scan before. `inline(never)`
//! keeps the frames of that recursion small, so that the deepest statement fits a small stack: without it the optimiser makes
//! one frame of them all, ten times as large.

mod clause;
mod condition;
mod definition;
mod head;
mod kind;
mod literal;
mod refuse_condition;
mod refuse_rule;
mod refuse_value;
mod rule;
mod scenario;
mod sentence;
mod text;
mod value;

use super::grammar::{Pair, Pairs, Part, next_part, take};
use super::mistakes;
use super::site::Site;
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::source::Span;
use crate::tree::{Annotation, Body, Name, Path, PolicyDecl, Statement};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// Builds the nodes of one statement.
pub(super) struct Builder<'b, 't> {
    site: Site<'t>,
    limits: &'b Limits,
    found: &'b mut Vec<Diagnostic>,
}

impl<'b, 't> Builder<'b, 't> {
    /// A builder for the statement at `site`; what is wrong goes to `found`.
    pub(super) fn new(site: Site<'t>, limits: &'b Limits, found: &'b mut Vec<Diagnostic>) -> Self {
        Self { site, limits, found }
    }

    /// The statement with what stands before it.
    pub(super) fn statement(&mut self, pairs: &mut Pairs<'t>) -> Option<Statement> {
        let mut annotations = Vec::new();
        let mut label = None;
        loop {
            if let Some(pair) = take(pairs, Part::annotation) {
                annotations.push(self.annotation(pair)?);
            } else if let Some(pair) = take(pairs, Part::label) {
                let name = self.name(&pair.into_inner().next()?);
                if label.replace(name.clone()).is_some() {
                    self.report(mistakes::word_twice(name.span, "rule", None));
                }
            } else {
                break;
            }
        }
        let pair = pairs.next()?;
        let span = self.span(&pair);
        let body = self.body(pair)?;
        if let Some(semicolon) = take(pairs, Part::bad_semicolon) {
            let at = self.span(&semicolon);
            self.report(mistakes::punctuation(at, ";", "a statement ends with its line", Vec::from([(at, "".into())])));
        }
        Some(Statement { span, annotations, label, body })
    }

    fn annotation(&mut self, pair: Pair<'t>) -> Option<Annotation> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner().peekable();
        let name = self.name(&inner.next()?);
        let code = take(&mut inner, Part::code).map(|code| self.name(&code));
        let value = if inner.peek().is_some() { Some(self.literal(&mut inner)?) } else { None };
        Some(Annotation { name, code, value, span })
    }

    fn body(&mut self, pair: Pair<'t>) -> Option<Body> {
        let part = pair.as_rule();
        Some(match part {
            Part::allow_rule | Part::never_rule | Part::head_rule => Body::Rule(Box::new(self.rule(pair)?)),
            Part::definition => Body::Definition(Box::new(self.definition(pair)?)),
            Part::constant => Body::Constant(Box::new(self.constant(pair)?)),
            Part::kind_decl | Part::bad_kind => Body::Kind(Box::new(self.kind(pair)?)),
            Part::inside_decl => Body::Inside(Box::new(self.inside(pair)?)),
            Part::act_decl => Body::Act(Box::new(self.act(pair)?)),
            Part::act_group => Body::ActGroup(Box::new(self.act_group(pair)?)),
            Part::fact_decl => Body::Fact(Box::new(self.fact(pair)?)),
            Part::setting_decl => Body::Setting(Box::new(self.fact(pair)?)),
            Part::use_stmt => Body::Use(self.text(&pair.into_inner().next()?)),
            Part::policy_stmt => {
                let mut inner = pair.into_inner();
                let name = self.name(&inner.next()?);
                Body::Policy(Box::new(PolicyDecl { name, title: inner.next().map(|title| self.text(&title)) }))
            }
            Part::background => Body::Background(self.settings(&mut pair.into_inner().peekable())?),
            Part::scenario => Body::Scenario(Box::new(self.scenario(pair)?)),
            _ => return None,
        })
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// A name without its backticks.
    fn name(&mut self, pair: &Pair<'t>) -> Name {
        let span = self.span(pair);
        self.name_at(pair.as_str(), span)
    }

    #[inline(never)]
    fn name_at(&mut self, written: &str, span: Span) -> Name {
        let text: String = written.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).unwrap_or(written).into();
        if text.len() > self.limits.name_bytes {
            self.report(mistakes::too_long(span, "a name", text.len(), self.limits.name_bytes, "bytes"));
        }
        Name { text, span }
    }

    /// Names separated by silent words, as many as follow.
    fn names(&mut self, pairs: &mut Pairs<'t>, part: Part) -> Vec<Name> {
        let mut names = Vec::new();
        while let Some(pair) = take(pairs, part) {
            names.push(self.name(&pair));
        }
        names
    }

    /// A path, split at its dots outside backticks.
    fn path(&mut self, pair: &Pair<'t>) -> Option<Path> {
        self.path_at(pair.as_str(), pair.as_span().start())
    }

    #[inline(never)]
    pub(super) fn path_at(&mut self, written: &str, base: usize) -> Option<Path> {
        let mut root = None;
        let mut fields = Vec::with_capacity(written.matches('.').count());
        let mut start = 0_usize;
        let mut quoted = false;
        for (at, byte) in written.bytes().chain([b'.']).enumerate() {
            quoted ^= byte == b'`';
            if byte == b'.' && !quoted {
                let span = self.site.span(base.saturating_add(start)..base.saturating_add(at));
                let name = self.name_at(written.get(start..at)?, span);
                if root.is_none() {
                    root = Some(name);
                } else {
                    fields.push(name);
                }
                start = at.saturating_add(1);
            }
        }
        let span = self.site.span(base..base.saturating_add(written.len()));
        let names = fields.len().saturating_add(1);
        if names > self.limits.path_steps {
            self.report(mistakes::too_long(span, "a path", names, self.limits.path_steps, "names"));
        }
        Some(Path { root: root?, fields, span })
    }

    /// Where a pair stands, without the blanks and comments that pest leaves at its end.
    fn span(&self, pair: &Pair<'t>) -> Span {
        self.site.span(pair.as_span().start()..end_of(pair))
    }

    /// The span of the first `length` bytes of a pair: its keyword.
    fn keyword(&self, pair: &Pair<'t>, length: usize) -> Span {
        let start = pair.as_span().start();
        self.site.span(start..start.saturating_add(length))
    }
}

/// Where the text of a pair ends: after its closing bracket, or where its last piece ends.
fn end_of(pair: &Pair<'_>) -> usize {
    match pair.as_rule() {
        Part::paren | Part::list | Part::rec_part | Part::bad_call | Part::bad_index | Part::t_choice | Part::label | Part::bad_tuple => {
            pair.as_span().end()
        }
        _ => pair.clone().into_inner().next_back().map_or(pair.as_span().end(), |last| end_of(&last)),
    }
}

/// Is the next pair of one of these parts?
fn next_is(pairs: &mut Pairs<'_>, parts: &[Part]) -> bool {
    next_part(pairs).is_some_and(|part| parts.contains(&part))
}
