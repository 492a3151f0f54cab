//! Changes are tried, and taken back where they make anything worse.

use super::edits::{self, Change, Region};
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
        let mut regions: Vec<Region> = self
            .found
            .iter()
            .filter(|diagnostic| safe_edits(diagnostic).is_some())
            .map(|diagnostic| {
                let span = diagnostic.order().0;
                Region { text: self.text_of(diagnostic, span), range: diagnostic.sources().statement_range(span) }
            })
            .filter(|region| self.texts.text(&region.text).is_some())
            .collect();
        regions.sort_by(|one, other| (&one.text, one.range.start).cmp(&(&other.text, other.range.start)));
        regions.dedup();
        let before = self.fixed;
        self.settle(&regions);
        self.fixed > before
    }

    pub(super) fn report(self) -> FixReport {
        FixReport { texts: self.texts.all(), left: self.found, fixed: self.fixed }
    }

    /// Mends all of these statements, or those of them that can be. The later ones come first: so the earlier ones stay
    /// where they are.
    fn settle(&mut self, regions: &[Region]) {
        if regions.is_empty() || self.attempt(regions) || regions.len() == 1 {
            return;
        }
        let (first, rest) = regions.split_at(regions.len() / 2);
        self.settle(rest);
        self.settle(first);
    }

    /// Mends these statements; whether that made things better and nothing worse. If not, nothing is changed.
    fn attempt(&mut self, regions: &[Region]) -> bool {
        let saved = self.texts.now.clone();
        let mut now = regions.to_vec();
        let mut found = self.found.clone();
        let mut mended = 0_usize;
        for _ in 0..ROUNDS {
            let (changes, count) = self.changes(&found, &now);
            if count == 0 {
                break;
            }
            mended = mended.saturating_add(count);
            for id in changes.iter().map(|change| &change.text).collect::<BTreeSet<_>>() {
                if let Some(text) = self.texts.text(id).map(|text| edits::applied(text, id, &changes)) {
                    self.texts.set(id, text);
                }
            }
            edits::moved(&mut now, &changes);
            found = self.texts.check();
        }
        let better = mended > 0 && self.is_better(&found, regions, &now);
        if better {
            self.found = found;
            self.fixed = self.fixed.saturating_add(mended);
        } else {
            self.texts.now = saved;
        }
        better
    }

    /// The safe fixes of what is said of these statements, without those that touch each other; and of how many diagnostics.
    fn changes(&self, found: &[Diagnostic], regions: &[Region]) -> (Vec<Change>, usize) {
        let (mut made, mut count) = (Vec::new(), 0_usize);
        for diagnostic in found {
            let Some(fix) = safe_edits(diagnostic) else { continue };
            let change = |(span, with): &(Span, String)| Change {
                text: self.text_of(diagnostic, *span),
                range: diagnostic.sources().range(*span),
                with: with.clone(),
            };
            if edits::add(&mut made, fix.iter().map(change).collect(), regions) {
                count = count.saturating_add(1);
            }
        }
        (made, count)
    }

    /// Is there less to say of each statement that was changed, and nothing else new?
    fn is_better(&self, found: &[Diagnostic], before: &[Region], now: &[Region]) -> bool {
        let (old, new) = (self.tally(&self.found, before, before), self.tally(found, now, before));
        let total = |tally: &Tally, at: usize| {
            tally.iter().filter(|(key, _)| matches!(key.1, Spot::Mended(region) if region == at)).map(|(_, count)| count).sum::<usize>()
        };
        new.iter().all(|(key, count)| old.get(key).is_some_and(|old| count <= old))
            && (0..before.len()).all(|at| total(&new, at) < total(&old, at))
    }

    /// How often each error is raised in each statement that is mended, and at each other place; places are those of before.
    fn tally(&self, found: &[Diagnostic], regions: &[Region], before: &[Region]) -> Tally {
        let mut tally = Tally::new();
        for diagnostic in found.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error) {
            let span = diagnostic.order().0;
            let (text, range) = (self.text_of(diagnostic, span), diagnostic.sources().range(span));
            let spot = match regions.iter().position(|region| region.holds(&text, &range)) {
                Some(at) => Spot::Mended(at),
                None => {
                    let back = |at: usize| {
                        let before_it = |(now, _): &(&Region, &Region)| now.text == text && now.range.end <= range.start;
                        regions
                            .iter()
                            .zip(before)
                            .filter(before_it)
                            .fold(at, |at, (now, then)| at.saturating_add(then.range.len()).saturating_sub(now.range.len()))
                    };
                    let (start, end) = (back(range.start), back(range.end));
                    Spot::Elsewhere(text, start, end)
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
