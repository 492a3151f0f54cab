//! What would be read if the author had written something else.
//!
//! Every change that is offered for a sentence is tried before: it has to lead on, past the words that could not be read. What
//! people say in many ways is so found without knowing the place of each: the words are exchanged, and where the sentence can then be
//! read, that was meant.

use super::Around;
use super::mistakes;
use crate::diagnostic::Diagnostic;
use crate::parse::attempt::{Reach, attempt};
use crate::parse::draft::ranges;
use crate::parse::site::Site;
use crate::parse::split;
use crate::source::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// Longer statements are not tried in other words: it would take too long.
const LONGEST: usize = 4_000;

/// How far a change leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Leads {
    /// Not past the words that could not be read.
    Nowhere,
    /// To the same words as before; these stand behind what is changed.
    Again,
    /// Past them, to others that cannot be read.
    On,
    /// To the end, with less to say than before.
    ToTheEnd,
}

impl<'t> Around<'t> {
    /// How far a change of the sentence leads.
    pub(super) fn leads(&self, change: &[(Span, String)]) -> Leads {
        let mut changes = ranges(self.site, change);
        changes.sort_by_key(|change| change.0.start);
        // Behind the last word that is changed, and behind the one that could not be read.
        let stopped = self.token(0).map_or(self.site.code.len(), |token| token.end());
        let past = changes.last().map_or(stopped, |change| change.0.end.max(stopped));
        // Some words stand between what is changed and the one that could not be read: they can be read either way.
        let is_before = changes.last().is_some_and(|change| self.token(-1).is_some_and(|token| change.0.end <= token.start));
        let (mut code, mut from, mut new_past) = (String::new(), 0, past);
        for (range, with) in changes {
            let Some(kept) = self.site.code.get(from..range.start) else { return Leads::Nowhere };
            code.push_str(kept);
            code.push_str(with);
            new_past = new_past.saturating_add(with.len()).saturating_sub(range.len());
            from = range.end;
        }
        code.push_str(self.site.code.get(from..).unwrap_or(""));
        match self.reach(&code) {
            Reach::End { refused, loose } if self.is_better(refused, loose) => Leads::ToTheEnd,
            Reach::Stop(at) if at >= new_past && matches!(self.reach, Reach::Stop(_)) => Leads::On,
            Reach::Stop(at) if self.token(0).is_some_and(|token| is_before && at.saturating_add(token.text.len()) >= new_past) => {
                Leads::Again
            }
            Reach::End { .. } | Reach::Stop(_) => Leads::Nowhere,
        }
    }

    /// How far a text can be read in place of the statement.
    pub(super) fn reach(&self, code: &str) -> Reach {
        if code.len() > LONGEST {
            return Reach::Stop(0);
        }
        // A change may make two statements of one: then the first of them has to be read.
        let code = split::first_statement(code);
        Reach::of(&attempt(Site { code, ..self.site }, self.limits))
    }

    /// Is a text a statement by itself, with nothing to be said against it?
    pub(super) fn is_statement(&self, code: &str) -> bool {
        self.reach(code) == Reach::End { refused: 0, loose: 0 }
    }

    fn is_better(&self, refused: usize, loose: usize) -> bool {
        match self.reach {
            Reach::Stop(_) => loose == 0,
            Reach::End { refused: before, loose: loose_before } => refused < before && loose < loose_before.max(1),
        }
    }

    /// The diagnostic for words that are said otherwise, if that leads as far as it has to.
    pub(super) fn said(&self, at: Span, meant: &str, how_far: Leads) -> Option<Diagnostic> {
        let change = Vec::from([(at, self.site.spaced(at, meant))]);
        (self.leads(&change) >= how_far).then(|| mistakes::other_phrase(at, self.site.words(at), Some(meant), &help(meant), change))
    }

    /// The diagnostic for a word that can be left out, if that leads as far as it has to.
    pub(super) fn left_out(&self, first: usize, last: usize, how_far: Leads) -> Option<Diagnostic> {
        let (first, last) = (self.tokens.get(first)?, self.tokens.get(last)?);
        let at = self.site.span(first.start..last.end());
        let change = Vec::from([(at.to(self.with_blanks(*last)), String::new())]);
        let words = self.site.words(at);
        let help = alloc::format!("drop {}", mistakes::quoted(words));
        (self.leads(&change) >= how_far).then(|| mistakes::other_phrase(at, words, None, &help, change))
    }

    /// The span of some tokens in a row.
    pub(super) fn span_of(&self, first: usize, last: usize) -> Option<Span> {
        Some(self.site.span(self.tokens.get(first)?.start..self.tokens.get(last)?.end()))
    }

    /// The places of the tokens around the one that could not be read.
    pub(super) fn window(&self, before: usize, after: usize) -> core::ops::RangeInclusive<usize> {
        self.at.saturating_sub(before)..=self.at.saturating_add(after).min(self.tokens.len().saturating_sub(1))
    }
}

fn help(meant: &str) -> String {
    alloc::format!("write {}", mistakes::quoted(meant))
}
