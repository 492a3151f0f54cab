//! A statement as it would be with some of its mistakes mended.
//!
//! In: code, and changes of it. Out: the code with the changes made, and for each place of it where that stands in the code as it
//! was written. So a statement can be read on behind a mistake that has one correction, and what is found there is told of the
//! author's own words.

use super::site::Site;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// What a byte was.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    was: Range<usize>,
    /// Is it the author's own byte?
    is_written: bool,
}

/// Code with changes made in it.
pub(super) struct Draft {
    code: String,
    /// For each byte, and the end, what it was in the code as written: itself, or all that a change has replaced.
    origins: Vec<Origin>,
}

impl Draft {
    /// The code as it was written.
    pub(super) fn new(code: &str) -> Self {
        Self { code: code.into(), origins: (0..=code.len()).map(|at| Origin { was: at..at.saturating_add(1), is_written: true }).collect() }
    }

    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// With what has one correction mended; nothing where something has none, or where two of them touch each other.
    pub(super) fn mended(&self, site: Site<'_>, found: &[Diagnostic]) -> Option<Draft> {
        let mut changes = Vec::new();
        for diagnostic in found {
            changes.extend(ranges(site, diagnostic.safe_edits()?));
        }
        self.changed(changes)
    }

    /// With changes made, each of a range of the code as it is now; nothing where two of them touch each other.
    fn changed(&self, mut changes: Vec<(Range<usize>, &str)>) -> Option<Draft> {
        changes.sort_by_key(|change| (change.0.start, change.0.end));
        let (mut code, mut origins, mut from) = (String::with_capacity(self.code.len()), Vec::new(), 0);
        for (range, with) in changes {
            let (kept, kept_origins) = (self.code.get(from..range.start)?, self.origins.get(from..range.start)?);
            code.push_str(kept);
            origins.extend_from_slice(kept_origins);
            code.push_str(with);
            match self.origins.get(range.clone()) {
                // Byte for byte, as when capitals become small: each stands where the old one stood.
                Some(replaced) if replaced.len() == with.len() => origins.extend_from_slice(replaced),
                replaced => {
                    let start = self.origins.get(range.start).map_or(0, |origin| origin.was.start);
                    let end = replaced.and_then(<[Origin]>::last).map_or(start, |last| last.was.end);
                    origins.extend(with.bytes().map(|_| Origin { was: start..end, is_written: false }));
                }
            }
            from = range.end;
        }
        code.push_str(self.code.get(from..).unwrap_or(""));
        origins.extend_from_slice(self.origins.get(from..).unwrap_or_default());
        Some(Draft { code, origins })
    }

    /// Where a range stands in the code as written: with all of what was replaced, where it holds some of what a change has put in.
    fn origin(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let first = self.origins.get(range.start)?;
        if range.is_empty() {
            return Some(first.was.start..first.was.start);
        }
        let last = self.origins.get(range.end.checked_sub(1)?)?;
        Some(first.was.start..last.was.end)
    }

    /// Can the range be changed in the code as written, without what a change has put in beside it?
    fn is_whole(&self, range: &Range<usize>) -> bool {
        let made = |at: Option<usize>| at.and_then(|at| self.origins.get(at)).filter(|origin| !origin.is_written);
        // A cut between two bytes that were put in together would leave half of what was replaced.
        let cuts = |at: usize| made(at.checked_sub(1)).is_some_and(|before| made(Some(at)) == Some(before));
        !cuts(range.start) && !cuts(range.end)
    }

    /// What was found in this code, told of the code as written, with the changes that can be made there.
    pub(super) fn told_of(&self, written: Site<'_>, found: Diagnostic) -> Option<Diagnostic> {
        let found = found.keep_fixes(|edits| edits.iter().all(|(span, _)| self.is_whole(&written.range(*span))));
        found.moved(|span| self.origin(&written.range(span)).map(|range| written.span(range)))
    }
}

/// A change that diagnostics offer, as ranges of the code that they were found in.
pub(super) fn ranges<'e>(site: Site<'_>, edits: impl IntoIterator<Item = &'e (Span, String)>) -> Vec<(Range<usize>, &'e str)> {
    edits.into_iter().map(|(span, with)| (site.range(*span), with.as_str())).collect()
}
