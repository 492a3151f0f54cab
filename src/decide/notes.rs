//! Why something is unknown.

use crate::code::Code;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

/// What keeps a condition unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// A fact that the request does not bring: its path.
    Need(String),
    /// A value that cannot be used.
    Problem {
        /// Which sort.
        code: Code,
        /// Where it is.
        path: String,
        /// What is wrong, in words.
        message: String,
    },
}

/// Who listens while conditions are worked out.
pub(super) trait Notes {
    /// Takes a cause, if anybody wants to know.
    fn note(&mut self, cause: impl FnOnce() -> Cause);
    /// How many causes there are.
    fn mark(&self) -> usize;
    /// Forgets the causes after a mark: what they kept unknown was decided otherwise.
    fn forget(&mut self, mark: usize);
    /// Keeps the causes after a mark together with a result.
    fn keep(&mut self, cell: usize, mark: usize);
    /// Notes again what was kept with a result.
    fn recall(&mut self, cell: usize);
    /// Does anybody listen?
    const LISTENS: bool;
}

/// Nobody listens: only the outcome is wanted.
pub(super) struct Silent;

impl Notes for Silent {
    fn note(&mut self, _: impl FnOnce() -> Cause) {}
    fn mark(&self) -> usize {
        0
    }
    fn forget(&mut self, _: usize) {}
    fn keep(&mut self, _: usize, _: usize) {}
    fn recall(&mut self, _: usize) {}
    const LISTENS: bool = false;
}

/// Every cause is written down.
#[derive(Default)]
pub(super) struct Causes {
    pub(super) list: Vec<Cause>,
    kept: Vec<Vec<Cause>>,
}

impl Notes for Causes {
    fn note(&mut self, cause: impl FnOnce() -> Cause) {
        self.list.push(cause());
    }

    fn mark(&self) -> usize {
        self.list.len()
    }

    fn forget(&mut self, mark: usize) {
        self.list.truncate(mark);
    }

    fn keep(&mut self, cell: usize, mark: usize) {
        if self.kept.len() <= cell {
            self.kept.resize(cell.saturating_add(1), Vec::new());
        }
        // Each once: a definition that reads another twice would else double what it hands on.
        let causes: BTreeSet<Cause> = self.list.drain(mark..).collect();
        let causes: Vec<Cause> = causes.into_iter().collect();
        self.list.extend_from_slice(&causes);
        if let Some(kept) = self.kept.get_mut(cell) {
            *kept = causes;
        }
    }

    fn recall(&mut self, cell: usize) {
        if let Some(kept) = self.kept.get(cell) {
            self.list.extend_from_slice(kept);
        }
    }

    const LISTENS: bool = true;
}
