//! From a place to a value of its type.
//!
//! No coercion ever: a value of another JSON type, a text that is no date, an unlisted choice is a fault, never yes and
//! never silently no.

use super::datum::Datum;
use super::entities::World;
use super::place::{Fault, Place};
use crate::value::Value;
use crate::vocabulary::{KindId, Misread, Type};

/// What stands at a place, as a value of its type. None where the request does not say.
pub(super) fn read<'a>(world: World<'a>, place: Place<'a>) -> Result<Option<Datum<'a>>, Fault<'a>> {
    match place {
        Place::Value(value, ty) => read_value(world, value, ty).map(Some),
        Place::Entity(entity) => Ok(Some(Datum::Entity(entity))),
        Place::None => Ok(Some(Datum::None)),
        Place::Null => Ok(Some(Datum::Null)),
        Place::Missing => Ok(None),
        Place::Broken(fault) => Err(fault),
    }
}

/// A value as one of its type.
pub(super) fn read_value<'a>(world: World<'a>, value: &'a Value, ty: &'a Type) -> Result<Datum<'a>, Fault<'a>> {
    if let Value::OutOfRange(_) = value {
        return Err(Fault::OutOfRange);
    }
    let wrong = Fault::Type { found: value.kind_name(), expected: ty };
    match (ty, value) {
        (Type::Any | Type::Inferred(_), _) => Ok(any(value)),
        (Type::List(element), Value::List(items)) => Ok(Datum::List(items, element)),
        (Type::Map(_), Value::Record(record)) => Ok(Datum::Record(record, ty)),
        (Type::Kind(kind), _) if world.plan.vocabulary.is_entity(*kind) => entity(world, value, Some(*kind)).ok_or(wrong),
        (Type::Kind(_), Value::Record(record)) => Ok(Datum::Record(record, ty)),
        (Type::Reference(kinds), _) => world.referred(value, kinds).map(Datum::Entity).ok_or(wrong),
        (Type::Choice(choice), Value::Text(text)) if choice.rank(text).is_some() => Ok(Datum::Choice(text, choice)),
        (Type::Choice(_), Value::Text(_)) => Err(Fault::NotListed(ty)),
        (
            Type::YesNo
            | Type::Text
            | Type::Number
            | Type::Money
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Duration
            | Type::IpAddress
            | Type::Network
            | Type::List(_)
            | Type::Map(_)
            | Type::Choice(_)
            | Type::Kind(_),
            _,
        ) => ty.scalar(value).map(Datum::Scalar).map_err(|misread| match misread {
            Misread::Form => wrong,
            Misread::Text => Fault::Unreadable(ty),
        }),
    }
}

fn entity<'a>(world: World<'a>, value: &'a Value, kind: Option<KindId>) -> Option<Datum<'a>> {
    world.entity(value, kind).map(Datum::Entity)
}

/// What nobody demands a type of: by its own form.
fn any(value: &Value) -> Datum<'_> {
    if let Value::List(items) = value {
        Datum::List(items, &Type::Any)
    } else if let Value::Record(record) = value {
        Datum::Record(record, &Type::Any)
    } else if *value == Value::None {
        Datum::Null
    } else {
        value.as_scalar().map_or(Datum::Unknown, Datum::Scalar)
    }
}
