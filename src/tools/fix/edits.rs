//! Which changes are made together, and what they do to places.

use super::texts::TextId;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A statement that is being mended: where it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) text: TextId,
    pub(super) range: Range<usize>,
}

/// Statements in the order of their texts and places; two of a text have something between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Regions(Vec<Region>);

/// One replacement in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) text: TextId,
    pub(super) range: Range<usize>,
    pub(super) with: String,
}

/// Changes that are made at once, none of which touches another: by text and place.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<TextId, BTreeMap<(usize, usize), String>>);

impl Regions {
    pub(super) fn new(mut regions: Vec<Region>) -> Self {
        regions.sort_by(|one, other| (&one.text, one.range.start).cmp(&(&other.text, other.range.start)));
        regions.dedup();
        Self(regions)
    }

    pub(super) fn as_slice(&self) -> &[Region] {
        &self.0
    }

    /// The one that holds a place.
    pub(super) fn holding(&self, text: &TextId, range: &Range<usize>) -> Option<usize> {
        let after = self.0.partition_point(|region| (&region.text, region.range.start) <= (text, range.start));
        let at = after.checked_sub(1)?;
        self.0.get(at).filter(|region| region.text == *text && range.end <= region.range.end).map(|_| at)
    }

    /// Moves them to where the changes have put them; every change lies in one of them.
    pub(super) fn apply(&mut self, changes: &Changes) {
        let mut shift = Shift::default();
        let mut text: Option<TextId> = None;
        for region in &mut self.0 {
            if text.as_ref() != Some(&region.text) {
                (text, shift) = (Some(region.text.clone()), Shift::default());
            }
            let Range { start, end } = region.range;
            let from = shift.of(start);
            for (place, with) in changes.0.get(&region.text).into_iter().flat_map(|own| own.range((start, 0)..(end.saturating_add(1), 0))) {
                shift.add(with.len(), place.1.saturating_sub(place.0));
            }
            region.range = from..shift.of(end);
        }
    }

    /// How far what stands behind each of them in its text has to be moved to stand where it stood when they were as `before`.
    pub(super) fn shifts(&self, before: &Regions) -> Vec<Shift> {
        let mut shift = Shift::default();
        let mut text = None;
        let back = |(now, then): (&'_ Region, &Region)| {
            if text.as_ref() != Some(&now.text) {
                (text, shift) = (Some(now.text.clone()), Shift::default());
            }
            shift.add(then.range.len(), now.range.len());
            shift
        };
        self.0.iter().zip(&before.0).map(back).collect()
    }

    /// The last one that ends before a place of a text.
    pub(super) fn before(&self, text: &TextId, place: usize) -> Option<usize> {
        let after = self.0.partition_point(|region| (&region.text, region.range.end) <= (text, place));
        after.checked_sub(1).filter(|&at| self.0.get(at).is_some_and(|region| region.text == *text))
    }
}

/// By how much a place moves.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shift {
    added: usize,
    removed: usize,
}

impl Shift {
    fn add(&mut self, added: usize, removed: usize) {
        self.added = self.added.saturating_add(added);
        self.removed = self.removed.saturating_add(removed);
    }

    /// Where the place is then.
    pub(super) fn of(self, place: usize) -> usize {
        place.saturating_add(self.added).saturating_sub(self.removed)
    }
}

impl Changes {
    /// Adds the changes of one fix, unless one of them touches a change that is made already, or reaches out of all regions.
    pub(super) fn add(&mut self, fix: Vec<Change>, regions: &Regions) -> bool {
        let fits = fix.iter().all(|change| regions.holding(&change.text, &change.range).is_some() && self.is_free(change));
        if fits {
            for Change { text, range, with } in fix {
                self.0.entry(text).or_default().insert((range.start, range.end), with);
            }
        }
        fits
    }

    fn is_free(&self, change: &Change) -> bool {
        let Some(own) = self.0.get(&change.text) else { return true };
        let Range { start, end } = change.range;
        let before = own.range(..(start, end)).next_back();
        let after = own.range((start, end)..).next();
        before.is_none_or(|(place, _)| place.1 <= start) && after.is_none_or(|(place, _)| end <= place.0 && *place != (start, end))
    }

    /// The texts that are changed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &TextId> {
        self.0.keys()
    }

    /// The text with its changes.
    pub(super) fn applied(&self, id: &TextId, text: &str) -> String {
        let mut result = String::with_capacity(text.len());
        let mut from = 0;
        for (&(start, end), with) in self.0.get(id).into_iter().flatten() {
            result.push_str(text.get(from..start).unwrap_or(""));
            result.push_str(with);
            from = end;
        }
        result.push_str(text.get(from..).unwrap_or(""));
        result
    }
}
