//! Heads: which acts a rule is about.

use super::{Builder, end_of};
use crate::parse::grammar::{Pair, Pairs, Part, take};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{Exception, Head, Things, Verbs};
use alloc::boxed::Box;
use alloc::vec::Vec;

impl<'t> Builder<'_, 't> {
    /// The head that the next pairs are.
    pub(super) fn head(&mut self, pairs: &mut Pairs<'t>) -> Option<Head> {
        let start = pairs.peek()?.as_span().start();
        let mut end = start;
        if let Some(pair) = take(pairs, Part::do_any) {
            end = end_of(&pair);
            let mut inner = pair.into_inner().peekable();
            take(&mut inner, Part::do_anything)?;
            let exception = match take(&mut inner, Part::except) {
                Some(pair) => Some(Box::new(self.exception(pair, &mut end)?)),
                None => None,
            };
            let things = self.things(&mut inner, &mut end)?;
            let span = self.site.span(start..end);
            return Some(Head { verbs: Verbs::Anything(exception), things, span });
        }
        let verbs = self.words(pairs, Part::verb, &mut end);
        let things = self.things(pairs, &mut end)?;
        let span = self.site.span(start..end);
        let count = match &things {
            Things::Named(names) => names.len(),
            Things::Unnamed | Things::Anything(_) => 1,
        };
        self.check_acts(verbs.len().saturating_mul(count), span);
        Some(Head { verbs: Verbs::Named(verbs), things, span })
    }

    fn check_acts(&mut self, acts: usize, span: Span) {
        if acts > self.limits.head_acts {
            self.report(mistakes::too_long(span, "a head", acts, self.limits.head_acts, "acts"));
        }
    }

    fn exception(&mut self, pair: Pair<'t>, end: &mut usize) -> Option<Exception> {
        let mut inner = pair.into_inner().peekable();
        let verbs = self.words(&mut inner, Part::verb, end);
        let things = self.things(&mut inner, end)?;
        Some(Exception { verbs, things })
    }

    fn things(&mut self, pairs: &mut Pairs<'t>, end: &mut usize) -> Option<Things> {
        if let Some(pair) = take(pairs, Part::any_thing) {
            *end = end_of(&pair);
            let mut inner = pair.into_inner().peekable();
            take(&mut inner, Part::anything)?;
            return Some(Things::Anything(self.words(&mut inner, Part::thing, end)));
        }
        let names = self.words(pairs, Part::thing, end);
        Some(if names.is_empty() { Things::Unnamed } else { Things::Named(names) })
    }

    /// Verbs or things in a row; an `and` between them is reported and read as `or`.
    fn words(&mut self, pairs: &mut Pairs<'t>, part: Part, end: &mut usize) -> Vec<crate::tree::Name> {
        let mut names = Vec::with_capacity(1);
        loop {
            if let Some(pair) = take(pairs, part) {
                *end = pair.as_span().end();
                names.push(self.name(&pair));
            } else if let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Part::bad_and && !names.is_empty()) {
                let at = self.span(&pair);
                self.report(mistakes::and_between_actions(at));
            } else {
                return names;
            }
        }
    }
}
