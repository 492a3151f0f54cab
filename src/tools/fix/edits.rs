//! Which changes are made together, and what they do to places.

use super::texts::TextId;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A statement that is being mended: where it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) text: TextId,
    pub(super) range: Range<usize>,
}

/// One replacement in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) text: TextId,
    pub(super) range: Range<usize>,
    pub(super) with: String,
}

impl Region {
    /// Does it hold this place of a text?
    pub(super) fn holds(&self, text: &TextId, range: &Range<usize>) -> bool {
        self.text == *text && self.range.start <= range.start && range.end <= self.range.end
    }
}

/// May both be made, in any order?
fn are_apart(one: &Change, other: &Change) -> bool {
    let (a, b) = (&one.range, &other.range);
    one.text != other.text || (a.end <= b.start || b.end <= a.start) && a != b
}

/// Adds the changes of one fix, unless one of them touches a change that is made already, or reaches out of all regions.
pub(super) fn add(made: &mut Vec<Change>, fix: Vec<Change>, regions: &[Region]) -> bool {
    let stays = |change: &Change| regions.iter().any(|region| region.holds(&change.text, &change.range));
    let fits = fix.iter().all(|change| stays(change) && made.iter().all(|other| are_apart(change, other)));
    if fits {
        made.extend(fix);
    }
    fits
}

/// The text with the changes that belong to it.
pub(super) fn applied(text: &str, id: &TextId, changes: &[Change]) -> String {
    let mut own: Vec<&Change> = changes.iter().filter(|change| change.text == *id).collect();
    own.sort_by_key(|change| (change.range.start, change.range.end));
    let mut result = String::with_capacity(text.len());
    let mut from = 0;
    for change in own {
        result.push_str(text.get(from..change.range.start).unwrap_or(""));
        result.push_str(&change.with);
        from = change.range.end;
    }
    result.push_str(text.get(from..).unwrap_or(""));
    result
}

/// Moves the regions to where the changes have put them.
pub(super) fn moved(regions: &mut [Region], changes: &[Change]) {
    for region in regions {
        let old = region.range.clone();
        for Change { range, with, .. } in changes.iter().filter(|change| change.text == region.text) {
            let inside = old.start <= range.start && range.end <= old.end;
            let shift = |at: usize| at.saturating_add(with.len()).saturating_sub(range.len());
            if inside {
                region.range.end = shift(region.range.end);
            } else if range.end <= old.start {
                region.range = shift(region.range.start)..shift(region.range.end);
            }
        }
    }
}
