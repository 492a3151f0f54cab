//! One attempt at reading a statement.
//!
//! In: its code. Out: the statement; or what the builder refuses in it; or where the grammar stops. Whoever looks for what the
//! author meant reads the same way, so what is offered as a correction has been read before.

use super::build::Builder;
use super::grammar::{self, Part, Stop};
use super::site::Site;
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::tree::Statement;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// What came of it.
pub(super) enum Attempt {
    Read(Box<Statement>),
    /// Every word was read, and not all of them can stand where they stand.
    Refused(Vec<Diagnostic>),
    Stopped(Stop),
}

/// Reads the code of a statement that the scan has passed.
pub(super) fn attempt(site: Site<'_>, limits: &Limits) -> Attempt {
    let mut pairs = match grammar::read(Part::one, site.code) {
        Ok(pairs) => pairs,
        Err(stop) => return Attempt::Stopped(stop),
    };
    let mut found = Vec::new();
    match Builder::new(site, limits, &mut found).statement(&mut pairs) {
        Some(statement) if found.is_empty() => Attempt::Read(Box::new(statement)),
        _ if found.is_empty() => Attempt::Stopped(Stop { at: 0, wanted: Vec::new() }),
        _ => Attempt::Refused(found),
    }
}

/// How much of a text can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To its end, with so many words that cannot stand where they stand, and so many that only a loose reading takes in.
    End { refused: usize, loose: usize },
    /// To this place.
    Stop(usize),
}

impl Reach {
    pub(super) fn of(attempt: &Attempt) -> Self {
        match attempt {
            Attempt::Read(_) => Self::End { refused: 0, loose: 0 },
            Attempt::Refused(found) => {
                Self::End { refused: found.len(), loose: found.iter().filter(|diagnostic| is_loose(diagnostic)).count() }
            }
            Attempt::Stopped(stop) => Self::Stop(stop.at),
        }
    }
}

/// The codes of what the builder refuses in a loose reading: words too many, and words that are missing.
const LOOSE: [&str; 4] = ["E03", "E23", "E43", "E100"];

/// The codes of what may be a slip of something else, though every word has its place.
const DOUBTFUL: [&str; 3] = ["E01", "E18", "E88"];

/// May something else have been meant by the words that it is about?
pub(super) fn is_doubtful(diagnostic: &Diagnostic) -> bool {
    let is_unmended_phrase = diagnostic.code().as_str() == "E86" && diagnostic.is_without_fix();
    is_loose(diagnostic) || is_unmended_phrase || DOUBTFUL.contains(&diagnostic.code().as_str())
}

/// Is it about words that the grammar takes for names only so that it can go on?
pub(super) fn is_loose(diagnostic: &Diagnostic) -> bool {
    LOOSE.contains(&diagnostic.code().as_str())
}
