//! From a place to a value of its type.
//!
//! No coercion ever: a value of another JSON type, a text that is no date, an unlisted choice is a fault, never yes and
//! never silently no.

use super::datum::Datum;
use super::entities::World;
use super::place::{Fault, Place, is_entity};
use crate::value::{Date, DateTime, Decimal, Duration, IpAddress, Money, Network, Scalar, Time, Value};
use crate::vocabulary::{KindId, Type};

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
        (Type::Kind(kind), _) if is_entity(world.plan, *kind) => entity(world, value, Some(*kind)).ok_or(wrong),
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
        ) => match (value.as_scalar(), ty) {
            (
                Some(Scalar::Text(text)),
                Type::Money | Type::Date | Type::Time | Type::DateTime | Type::Duration | Type::IpAddress | Type::Network,
            ) => text_of(text, ty).map(Datum::Scalar).ok_or(Fault::Unreadable(ty)),
            (None, Type::Money) => money(value).map(|money| Datum::Scalar(Scalar::Money(money))).ok_or(wrong),
            (Some(scalar), ty) if fits(scalar, ty) => Ok(Datum::Scalar(scalar)),
            (Some(_) | None, _) => Err(wrong),
        },
    }
}

fn entity<'a>(world: World<'a>, value: &'a Value, kind: Option<KindId>) -> Option<Datum<'a>> {
    world.entity(value, kind).map(Datum::Entity)
}

/// A text as a value of a type that JSON has no form for.
fn text_of<'a>(text: &'a str, ty: &Type) -> Option<Scalar<'a>> {
    match ty {
        Type::Money => Money::parse(text).ok().map(Scalar::Money),
        Type::Date => Date::parse(text).ok().map(Scalar::Date),
        Type::Time => Time::parse(text).ok().map(Scalar::Time),
        Type::DateTime => DateTime::parse(text).ok().map(Scalar::DateTime),
        Type::Duration => Duration::parse(text).ok().map(Scalar::Duration),
        Type::IpAddress => IpAddress::parse(text).ok().map(Scalar::IpAddress),
        Type::Network => Network::parse(text).ok().map(Scalar::Network),
        Type::Any
        | Type::YesNo
        | Type::Text
        | Type::Number
        | Type::List(_)
        | Type::Map(_)
        | Type::Choice(_)
        | Type::Reference(_)
        | Type::Kind(_)
        | Type::Inferred(_) => None,
    }
}

fn fits(scalar: Scalar<'_>, ty: &Type) -> bool {
    matches!(
        (scalar, ty),
        (Scalar::YesNo(_), Type::YesNo)
            | (Scalar::Text(_), Type::Text)
            | (Scalar::Number(_), Type::Number)
            | (Scalar::Money(_), Type::Money)
            | (Scalar::Date(_), Type::Date)
            | (Scalar::Time(_), Type::Time)
            | (Scalar::DateTime(_), Type::DateTime)
            | (Scalar::Duration(_), Type::Duration)
            | (Scalar::IpAddress(_), Type::IpAddress)
            | (Scalar::Network(_), Type::Network)
    )
}

/// `{"amount": 18.00 or "18.00", "currency": "EUR"}`, and no other key.
fn money(value: &Value) -> Option<Money> {
    let Value::Record(record) = value else { return None };
    let amount = if let Value::Number(number) = record.get("amount")? {
        *number
    } else if let Value::Text(text) = record.get("amount")? {
        Decimal::parse_json(text).ok()?
    } else {
        return None;
    };
    let Value::Text(currency) = record.get("currency")? else { return None };
    let currency = crate::value::Currency::parse(currency).ok()?;
    (record.len() == 2).then_some(Money { amount, currency })
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
