//! What a term is worth while deciding.

use crate::plan::Run;
use crate::value::{Record, Scalar, Value};
use crate::vocabulary::{Choice, Type};

/// The value of a term, borrowed from the request or the plan.
#[derive(Debug, Clone, Copy)]
pub(super) enum Datum<'a> {
    /// Not known; the causes were noted.
    Unknown,
    /// Known to be absent.
    None,
    /// A null where nobody declared what that means.
    Null,
    /// A single value.
    Scalar(Scalar<'a>),
    /// A listed text.
    Choice(&'a str, &'a Choice),
    /// Something with an identity.
    Entity(Entity<'a>),
    /// A list of the request, and the type of its elements.
    List(&'a [Value], &'a Type),
    /// A list of the rules.
    Written(Run),
    /// Members without an identity.
    Record(&'a Record),
}

/// Something with an identity: its id, or the object that it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entity<'a> {
    /// A text or a whole number.
    Id(&'a Value),
    /// Its own members, `id` among them.
    Object(&'a Record),
}

impl<'a> Datum<'a> {
    /// The text of a text or a choice.
    pub(super) fn text(self) -> Option<&'a str> {
        match self {
            Datum::Scalar(Scalar::Text(text)) | Datum::Choice(text, _) => Some(text),
            Datum::Unknown | Datum::None | Datum::Null | Datum::Scalar(_) | Datum::Entity(_) | Datum::List(..) | Datum::Written(_) | Datum::Record(_) => None,
        }
    }
}
