//! Words that rules define, and names for values.

use super::{Expr, Name};
use crate::vocabulary::Glue;
use alloc::vec::Vec;

/// `a user is editor if C`, `token is valid if C`, `a doctor is treating a patient if C`
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// `a` or `an` stood before the subject: any of the kind. Else it is about that one fact.
    pub of_kind: bool,
    /// One kind, or several.
    pub subjects: Vec<Name>,
    /// How the word is joined.
    pub glue: Glue,
    /// The word that is defined.
    pub word: Name,
    /// The other side of a relation.
    pub object: Option<DefinitionObject>,
    /// When it holds.
    pub condition: Expr,
}

/// The other side of a relation.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionObject {
    /// `another user`: the second is called `other`.
    pub another: bool,
    /// One kind, or several.
    pub kinds: Vec<Name>,
}

/// `limit means 50 EUR`, or cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// The name.
    pub name: Name,
    /// `VALUE if C`; the only one without `if` stands alone.
    pub cases: Vec<(Expr, Option<Expr>)>,
    /// `otherwise VALUE`
    pub otherwise: Option<Expr>,
}
