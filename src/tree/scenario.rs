//! Scenarios: what is given, asked and expected.

use super::{DutyClause, Expr, Head, Name, TextLiteral};
use crate::source::Span;
use alloc::vec::Vec;

/// Facts, acts and expectations.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its title.
    pub title: TextLiteral,
    /// `given` sentences.
    pub givens: Vec<Expr>,
    /// `when … expect …`, at least one.
    pub checks: Vec<Check>,
}

/// `when ACT` with its `expect`s.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The act.
    pub head: Head,
    /// What is expected, at least one.
    pub expects: Vec<Expect>,
}

/// `expect OUTCOME because … needing … and must …`
#[derive(Debug, Clone, PartialEq)]
pub struct Expect {
    /// `allowed`, `denied` or `undetermined`, checked by the builder.
    pub outcome: Name,
    /// Reasons that must be among those given.
    pub because: Vec<TextLiteral>,
    /// Exactly these needs, as written; `None` where nothing was said.
    pub needing: Option<Vec<Name>>,
    /// Duties that must be among those given.
    pub duties: Vec<DutyClause>,
    /// All of it.
    pub span: Span,
}
