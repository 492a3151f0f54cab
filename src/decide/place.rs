//! Where a path leads in a request.

use super::evaluate::Evaluator;
use super::notes::{Cause, Notes};
use crate::code::Code;
use crate::plan::{Plan, SlotRoot, Step};
use crate::request::{Brought, Request};
use crate::value::Value;
use crate::vocabulary::{Field, KindId, Presence, Type};

/// What stands at the end of a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// A value, and the type it should have.
    Value(&'a Value, &'a Type),
    /// Known to be absent.
    None,
    /// A null where nobody declared what that means.
    Null,
    /// The request does not say.
    Missing,
    /// A value that cannot be used.
    Broken(Fault<'a>),
}

/// Why a value cannot be used. It never holds the value: that may be private.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault<'a> {
    /// It is `found`, and this type was expected.
    Type { found: &'static str, expected: &'a Type },
    /// It is `found`, and a record was expected.
    NoRecord { found: &'static str },
    /// A text that the choice does not list.
    NotListed(&'a Type),
    /// A text that is no value of its type: no date, no amount.
    Unreadable(&'a Type),
    /// A number beyond the exact range.
    OutOfRange,
    /// Subject and resource both go by this name.
    Both,
}

impl Fault<'_> {
    /// The problem that it is, at `path`.
    pub(super) fn cause(self, plan: &Plan, path: &str) -> Cause {
        let vocabulary = &plan.vocabulary;
        let (code, message) = match self {
            Fault::Type { found, expected } => (Code::WrongType, alloc::format!("{path} is {found}, expected {}", vocabulary.type_name(expected))),
            Fault::NoRecord { found } => (Code::WrongType, alloc::format!("{path} cannot be read: what it is a part of is {found}, expected a record")),
            Fault::NotListed(ty) => (Code::NotAChoice, alloc::format!("{path} is a text that is not listed, expected {}", vocabulary.type_name(ty))),
            Fault::Unreadable(ty) => (Code::WrongType, alloc::format!("{path} is a text that is no {}", vocabulary.type_name(ty))),
            Fault::OutOfRange => (Code::Overflow, alloc::format!("{path} is a number beyond the exact range")),
            Fault::Both => (Code::SameKind, alloc::format!("{path} could be the subject or the resource, since both are of this kind")),
        };
        Cause::Problem { code, path: path.into(), message }
    }
}

impl<'a, N: Notes> Evaluator<'a, N> {
    /// Where a slot's path leads.
    pub(super) fn slot_place(&self, root: SlotRoot, steps: &'a [Step]) -> Place<'a> {
        walk(self.plan, root_place(self.plan, self.request, root), steps)
    }
}

/// What the request (or the installation) says about a root.
fn root_place<'a>(plan: &'a Plan, request: &'a Request, root: SlotRoot) -> Place<'a> {
    match root {
        SlotRoot::Setting(at) => match (plan.settings.get(at as usize), plan.vocabulary.settings.get(at as usize)) {
            (Some(value), Some(field)) => present(value, field),
            _ => Place::Missing,
        },
        SlotRoot::Fact(at) => match plan.vocabulary.facts.get(at as usize) {
            None => Place::Missing,
            Some(field) => match request.brought(&field.key) {
                Brought::Value(value) => present(value, field),
                Brought::Nothing => absent(&field.presence, &field.ty),
                Brought::Both => Place::Broken(Fault::Both),
            },
        },
    }
}

fn present<'a>(value: &'a Value, field: &'a Field) -> Place<'a> {
    if *value == Value::None { null(&field.presence, &field.ty) } else { Place::Value(value, &field.ty) }
}

/// A null says "known to be absent" only where that has a meaning.
fn null<'a>(presence: &Presence, ty: &'a Type) -> Place<'a> {
    match presence {
        Presence::Optional => Place::None,
        Presence::Open => Place::Null,
        Presence::Required | Presence::Assumed(_) => Place::Broken(Fault::Type { found: "none", expected: ty }),
    }
}

fn absent<'a>(presence: &'a Presence, ty: &'a Type) -> Place<'a> {
    match presence {
        Presence::Required | Presence::Open => Place::Missing,
        Presence::Optional => Place::None,
        Presence::Assumed(value) => Place::Value(value, ty),
    }
}

/// Follows the steps from a place.
pub(super) fn walk<'a>(plan: &'a Plan, from: Place<'a>, steps: &'a [Step]) -> Place<'a> {
    let mut at = from;
    for step in steps {
        at = match at {
            Place::Value(value, _) => below(plan, value, step),
            // A field of none is none.
            Place::None | Place::Null => Place::None,
            Place::Missing | Place::Broken(_) => return at,
        };
    }
    at
}

fn below<'a>(plan: &'a Plan, value: &'a Value, step: &'a Step) -> Place<'a> {
    if let Value::Record(record) = value {
        return match (record.get(&step.key), step.of) {
            // In a map a null and an absent key say the same.
            (Some(Value::None) | None, None) => Place::None,
            (Some(Value::None), Some(_)) => null(&step.presence, &step.ty),
            (Some(value), _) => Place::Value(value, &step.ty),
            (None, Some(_)) => absent(&step.presence, &step.ty),
        };
    }
    let is_id = matches!(value, Value::Text(_) | Value::Number(_));
    if is_id && step.of.is_some_and(|kind| is_entity(plan, kind)) {
        // Sent as an id: its own id is known, its other fields are not in this request.
        return if step.name == "id" { Place::Value(value, &step.ty) } else { Place::Missing };
    }
    Place::Broken(match value {
        Value::OutOfRange(_) => Fault::OutOfRange,
        other => Fault::NoRecord { found: other.kind_name() },
    })
}

/// Have things of this kind an identity?
pub(super) fn is_entity(plan: &Plan, kind: KindId) -> bool {
    plan.vocabulary.kind(kind).is_some_and(|kind| kind.entity)
}
