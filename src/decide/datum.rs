//! What a term is worth while deciding.

use crate::plan::Run;
use crate::value::{Decimal, Record, Scalar, Value};
use crate::vocabulary::{Choice, Type};
use alloc::rc::Rc;
use alloc::string::String;

/// The value of a term: borrowed from the request or the plan where it stands there, counted where it was worked out.
#[derive(Debug, Clone)]
pub(super) enum Datum<'a> {
    /// Not known; the causes were noted.
    Unknown,
    /// Known to be absent.
    None,
    /// A null where nobody declared what that means.
    Null,
    /// A single value.
    Scalar(Scalar<'a>),
    /// A text that was worked out.
    Text(Rc<str>),
    /// A listed text.
    Choice(&'a str, &'a Choice),
    /// Something with an identity.
    Entity(Entity<'a>),
    /// A list of the request, and the type of its elements.
    List(&'a [Value], &'a Type),
    /// A list of the rules.
    Written(Run),
    /// A list that was worked out.
    Items(Rc<[Item<'a>]>),
    /// Members without an identity: of a kind, of a map, or of any type.
    Record(&'a Record, &'a Type),
}

/// An element of a list that was worked out.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    /// What it is worth.
    pub(super) datum: Datum<'a>,
    /// Where it stands, so that its fields can be read.
    pub(super) place: Option<(&'a Value, &'a Type)>,
    /// What it is called in needs; empty where nobody listens.
    pub(super) path: String,
}

/// Something with an identity: its kind and id, as far as they are known, and the object that it was sent as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entity<'a> {
    /// The kind's name in requests.
    pub(super) kind: Option<&'a str>,
    /// Its id.
    pub(super) id: Option<Id<'a>>,
    /// Its own members, where it was sent as an object that says what it is.
    pub(super) object: Option<&'a Record>,
    /// The members of whatever object it was sent as.
    pub(super) record: Option<&'a Record>,
}

impl Entity<'_> {
    /// What its row in the table of entities is called; none where its kind or id is not known.
    pub(super) fn row(self) -> Option<String> {
        Some(alloc::format!("{}:{}", self.kind?, self.id?.text()))
    }
}

/// An id: a text, or a whole number, which is read as its digits.
#[derive(Debug, Clone, Copy)]
pub(super) enum Id<'a> {
    Text(&'a str),
    Number(Decimal),
}

impl PartialEq for Id<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Id::Text(left), Id::Text(right)) => left == right,
            (Id::Number(left), Id::Number(right)) => left == right,
            (Id::Number(number), Id::Text(text)) | (Id::Text(text), Id::Number(number)) => {
                Decimal::parse_json(text).is_ok_and(|read| read == *number) && is_plain_digits(text)
            }
        }
    }
}

/// Written as a whole number is printed: `1.0`, `1e0` and `-0` are other texts.
fn is_plain_digits(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit()) && text != "-0"
}

impl Id<'_> {
    /// As text.
    pub(super) fn text(self) -> String {
        match self {
            Id::Text(text) => text.into(),
            Id::Number(number) => alloc::format!("{number}"),
        }
    }
}

impl Datum<'_> {
    /// The text of a text or a choice.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Datum::Scalar(Scalar::Text(text)) | Datum::Choice(text, _) => Some(text),
            Datum::Text(text) => Some(text),
            Datum::Unknown
            | Datum::None
            | Datum::Null
            | Datum::Scalar(_)
            | Datum::Entity(_)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => None,
        }
    }

    /// A single value: a worked-out text is one too.
    pub(super) fn scalar(&self) -> Option<Scalar<'_>> {
        match self {
            Datum::Scalar(scalar) => Some(*scalar),
            Datum::Text(text) => Some(Scalar::Text(text)),
            Datum::Unknown
            | Datum::None
            | Datum::Null
            | Datum::Choice(..)
            | Datum::Entity(_)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => None,
        }
    }
}
