//! What the checker says, each code in one place.
//!
//! Lower case, no full stop, the author's words in backticks, the label on the exact words, help that can be pasted.

mod declarations;
mod names;
mod rules;
mod scenarios;
mod types;

pub(super) use declarations::*;
pub(super) use names::*;
pub(super) use rules::*;
pub(super) use scenarios::*;
pub(super) use types::*;

use super::similar::listed;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use alloc::string::String;

/// Adds "did you mean", and a fix where there is one near name only.
fn did_you_mean(diagnostic: Diagnostic, span: Span, near: &[String], known: &str) -> Diagnostic {
    match near {
        [] if known.is_empty() => diagnostic,
        [] => diagnostic.help(String::from(known)),
        [one] => diagnostic
            .help(alloc::format!("did you mean `{one}`?"))
            .suggestion(alloc::format!("write `{one}`"), alloc::vec![(span, one.clone())]),
        several => diagnostic.help(alloc::format!("did you mean {}?", listed(several, "or"))),
    }
}
