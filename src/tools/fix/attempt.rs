//! Changes are tried, and taken back where they make anything worse.

use super::edits::{Change, Changes, Region, Regions};
use super::report::FixReport;
use super::texts::{TextId, Texts};
use crate::code::{Code, Severity};
use crate::diagnostic::Diagnostic;
use crate::engine::Loaded;
use crate::source::Span;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// How often the statements of one attempt are gone through: a fix may show the mistake behind it, which has its own fix.
const ROUNDS: usize = 16;

/// How often a pass tries: where errors come up far from what is mended, only trying shows what brings them up.
const ATTEMPTS: usize = 256;

/// Goes through the texts, changing them.
pub(super) struct Fixer<'e, L> {
    texts: Texts<'e, L>,
    /// What is said of the texts as they are now.
    found: Vec<Diagnostic>,
    fixed: usize,
}

impl<'e, L: FnMut(&str) -> Loaded> Fixer<'e, L> {
    pub(super) fn new(mut texts: Texts<'e, L>) -> Self {
        Self { found: texts.check(), texts, fixed: 0 }
    }

    /// Mends every statement that can be mended; whether anything was changed.
    pub(super) fn pass(&mut self) -> bool {
        let regions = self.found.iter().filter(|diagnostic| safe_edits(diagnostic).is_some()).map(|diagnostic| {
            let span = diagnostic.order().0;
            Region { text: self.text_of(diagnostic, span), range: diagnostic.sources().statement_range(span) }
        });
        let regions = regions.filter(|region| self.texts.text(&region.text).is_some()).collect();
        let before = self.fixed;
        let mut attempts = ATTEMPTS;
        self.settle(Regions::new(regions), &mut attempts);
        self.fixed > before
    }

    pub(super) fn report(self) -> FixReport {
        FixReport { texts: self.texts.all(), left: self.found, fixed: self.fixed }
    }

    /// Mends all of these statements, or those of them that can be. Where it shows which of them get no better, the others are
    /// tried; else each half is, the later one first, so that the earlier one stays where it is.
    fn settle(&mut self, mut regions: Regions, attempts: &mut usize) {
        while !regions.as_slice().is_empty() && *attempts > 0 {
            *attempts = attempts.saturating_sub(1);
            let Err(worse) = self.attempt(&regions) else { return };
            let all = regions.as_slice();
            if worse.is_empty() {
                let (first, rest) = all.split_at(all.len() / 2);
                if !first.is_empty() {
                    self.settle(Regions::new(rest.to_vec()), attempts);
                    self.settle(Regions::new(first.to_vec()), attempts);
                }
                return;
            }
            let others = all.iter().enumerate().filter(|(at, _)| !worse.contains(at)).map(|(_, region)| region.clone());
            regions = Regions::new(others.collect());
        }
    }

    /// Mends these statements. If that makes anything worse, nothing is changed, and the answer is which of them got no better.
    fn attempt(&mut self, regions: &Regions) -> Result<(), BTreeSet<usize>> {
        let saved = self.texts.now.clone();
        let mut now = regions.clone();
        let mut found = self.found.clone();
        let mut mended = 0_usize;
        for _ in 0..ROUNDS {
            let (changes, count) = self.changes(&found, &now);
            if count == 0 {
                break;
            }
            mended = mended.saturating_add(count);
            for id in changes.texts() {
                if let Some(text) = self.texts.text(id).map(|text| changes.applied(id, text)) {
                    self.texts.set(id, text);
                }
            }
            now.apply(&changes);
            found = self.texts.check();
        }
        let answer = self.judge(&found, regions, &now);
        if answer.is_ok() {
            self.found = found;
            self.fixed = self.fixed.saturating_add(mended);
        } else {
            self.texts.now = saved;
        }
        answer
    }

    /// The safe fixes of what is said of these statements, without those that touch each other; and of how many diagnostics.
    fn changes(&self, found: &[Diagnostic], regions: &Regions) -> (Changes, usize) {
        let (mut made, mut count) = (Changes::default(), 0_usize);
        for diagnostic in found {
            let Some(fix) = safe_edits(diagnostic) else { continue };
            let change = |(span, with): &(Span, String)| Change {
                text: self.text_of(diagnostic, *span),
                range: diagnostic.sources().range(*span),
                with: with.clone(),
            };
            if made.add(fix.iter().map(change).collect(), regions) {
                count = count.saturating_add(1);
            }
        }
        (made, count)
    }

    /// Is there less to say of each statement that was changed, and nothing else new? If not, of which is there not less?
    fn judge(&self, found: &[Diagnostic], before: &Regions, now: &Regions) -> Result<(), BTreeSet<usize>> {
        let (old, new) = (self.tally(&self.found, before, before), self.tally(found, now, before));
        let total = |tally: &Tally| {
            let mut totals = alloc::vec![0_usize; before.as_slice().len()];
            for ((_, spot), count) in tally {
                if let Spot::Mended(at) = spot
                    && let Some(total) = totals.get_mut(*at)
                {
                    *total = total.saturating_add(*count);
                }
            }
            totals
        };
        let is_new = |key: &&(Code, Spot)| new.get(*key) > old.get(*key);
        let (mut worse, mut elsewhere) = (BTreeSet::new(), false);
        for (_, spot) in new.keys().filter(is_new) {
            match spot {
                Spot::Mended(at) => _ = worse.insert(*at),
                Spot::Elsewhere(..) => elsewhere = true,
            }
        }
        worse.extend(total(&new).iter().zip(total(&old)).enumerate().filter(|(_, (new, old))| *new >= old).map(|(at, _)| at));
        if worse.is_empty() && !elsewhere { Ok(()) } else { Err(worse) }
    }

    /// How often each error is raised in each statement that is mended, and at each other place; places are those of before.
    fn tally(&self, found: &[Diagnostic], regions: &Regions, before: &Regions) -> Tally {
        let shifts = regions.shifts(before);
        let mut tally = Tally::new();
        for diagnostic in found.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error) {
            let span = diagnostic.order().0;
            let (text, range) = (self.text_of(diagnostic, span), diagnostic.sources().range(span));
            let spot = match regions.holding(&text, &range) {
                Some(at) => Spot::Mended(at),
                None => {
                    let shift = regions.before(&text, range.start).and_then(|at| shifts.get(at)).copied().unwrap_or_default();
                    Spot::Elsewhere(text, shift.of(range.start), shift.of(range.end))
                }
            };
            let count: &mut usize = tally.entry((diagnostic.code(), spot)).or_default();
            *count = count.saturating_add(1);
        }
        tally
    }

    /// Which text a span of a diagnostic lies in.
    fn text_of(&self, diagnostic: &Diagnostic, span: Span) -> TextId {
        let at = span.source().0 as usize;
        diagnostic.sources().get(span.source()).map_or(TextId::Vocabulary(at), |source| self.texts.id(at, source))
    }
}

/// How often what is said where.
type Tally = BTreeMap<(Code, Spot), usize>;

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    /// In the statement with this number among those that are mended.
    Mended(usize),
    Elsewhere(TextId, usize, usize),
}

/// The edits of an error's safe fix.
fn safe_edits(diagnostic: &Diagnostic) -> Option<&[(Span, String)]> {
    diagnostic.safe_edits().filter(|_| diagnostic.severity() == Severity::Error)
}
