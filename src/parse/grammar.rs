//! The grammar, turned into a parser; the only file that names pest.
//!
//! In: the text of one statement. Out: the pairs that pest found, or where it stopped and which parts it wanted there.
//! pest's own messages and its process-wide switches are deliberately not used.

use alloc::vec::Vec;
use core::iter::Peekable;
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

#[derive(pest_derive::Parser)]
#[grammar = "grammar/onlyif.pest"]
struct Grammar;

/// A part of the grammar, by its name there.
pub(super) use self::Rule as Part;

/// A piece of the text that a part of the grammar matched.
pub(super) type Pair<'t> = pest::iterators::Pair<'t, Part>;

/// Pieces in a row.
pub(super) type Pairs<'t> = Peekable<pest::iterators::Pairs<'t, Part>>;

/// Where the grammar stopped.
pub(super) struct Stop {
    /// Byte offset of the furthest place that was reached.
    pub(super) at: usize,
    /// The parts that could have stood there.
    pub(super) wanted: Vec<Part>,
}

/// Reads `text` as the part `part`.
pub(super) fn read(part: Part, text: &str) -> Result<Pairs<'_>, Stop> {
    match Grammar::parse(part, text) {
        Ok(pairs) => Ok(pairs.peekable()),
        Err(error) => {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            let wanted = match error.variant {
                ErrorVariant::ParsingError { positives, .. } => positives,
                ErrorVariant::CustomError { .. } => Vec::new(),
            };
            Err(Stop { at, wanted })
        }
    }
}

/// How many bytes at the start of `text` the part `part` matches, blanks at its end left out.
#[cfg(feature = "unstable-machinery")]
pub(super) fn length(part: Part, text: &str) -> Option<usize> {
    let pairs = Grammar::parse(part, text).ok()?;
    Some(pairs.as_str().trim_end().len())
}

/// The part of the next pair.
pub(super) fn next_part(pairs: &mut Pairs<'_>) -> Option<Part> {
    pairs.peek().map(|pair| pair.as_rule())
}

/// The next pair, if it is of this part.
pub(super) fn take<'t>(pairs: &mut Pairs<'t>, part: Part) -> Option<Pair<'t>> {
    pairs.next_if(|pair| pair.as_rule() == part)
}
