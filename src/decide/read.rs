//! From a place to a value of its type.
//!
//! No coercion ever: a value of another JSON type, a text that is no date, an unlisted choice is a fault, never yes and
//! never silently no.

use super::datum::{Datum, Entity};
use super::place::{Fault, Place, is_entity};
use crate::plan::Plan;
use crate::value::{Date, DateTime, Decimal, Duration, IpAddress, Money, Network, Record, Scalar, Time, Value};
use crate::vocabulary::Type;

/// What stands at a place, as a value of its type. None where the request does not say.
pub(super) fn read<'a>(plan: &'a Plan, place: Place<'a>) -> Result<Option<Datum<'a>>, Fault<'a>> {
    match place {
        Place::Value(value, ty) => read_value(plan, value, ty).map(Some),
        Place::None => Ok(Some(Datum::None)),
        Place::Null => Ok(Some(Datum::Null)),
        Place::Missing => Ok(None),
        Place::Broken(fault) => Err(fault),
    }
}

/// A value as one of its type.
pub(super) fn read_value<'a>(plan: &'a Plan, value: &'a Value, ty: &'a Type) -> Result<Datum<'a>, Fault<'a>> {
    if let Value::OutOfRange(_) = value {
        return Err(Fault::OutOfRange);
    }
    let wrong = Fault::Type { found: value.kind_name(), expected: ty };
    match (ty, value) {
        (Type::Any | Type::Inferred(_), _) => Ok(any(value)),
        (Type::List(element), Value::List(items)) => Ok(Datum::List(items, element)),
        (Type::Map(_), Value::Record(record)) => Ok(Datum::Record(record)),
        (Type::Kind(kind), Value::Record(record)) if is_entity(plan, *kind) => Ok(Datum::Entity(Entity::Object(record))),
        (Type::Kind(_), Value::Record(record)) => Ok(Datum::Record(record)),
        (Type::Kind(kind), Value::Text(_) | Value::Number(_)) if is_entity(plan, *kind) => id(value, wrong),
        (Type::Reference(_), Value::Record(record)) => Ok(Datum::Entity(Entity::Object(record))),
        (Type::Reference(_), Value::Text(_) | Value::Number(_)) => id(value, wrong),
        (Type::Choice(choice), Value::Text(text)) if choice.rank(text).is_some() => Ok(Datum::Choice(text, choice)),
        (Type::Choice(_), Value::Text(_)) => Err(Fault::NotListed(ty)),
        _ => match (value.as_scalar(), ty) {
            (Some(Scalar::Text(text)), Type::Money | Type::Date | Type::Time | Type::DateTime | Type::Duration | Type::IpAddress | Type::Network) => {
                text_of(text, ty).map(Datum::Scalar).ok_or(Fault::Unreadable(ty))
            }
            (None, Type::Money) => money(value).map(|money| Datum::Scalar(Scalar::Money(money))).ok_or(wrong),
            (Some(scalar), ty) if fits(scalar, ty) => Ok(Datum::Scalar(scalar)),
            (Some(_) | None, _) => Err(wrong),
        },
    }
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
        Type::Any | Type::YesNo | Type::Text | Type::Number | Type::List(_) | Type::Map(_) | Type::Choice(_) | Type::Reference(_) | Type::Kind(_)
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
    let amount = match record.get("amount")? {
        Value::Number(number) => *number,
        Value::Text(text) => Decimal::parse_json(text).ok()?,
        _ => return None,
    };
    let Value::Text(currency) = record.get("currency")? else { return None };
    let currency = crate::value::Currency::parse(currency).ok()?;
    (record.len() == 2).then_some(Money { amount, currency })
}

/// An id is a text, or a whole number, which is read as its digits.
fn id<'a>(value: &'a Value, wrong: Fault<'a>) -> Result<Datum<'a>, Fault<'a>> {
    match value {
        Value::Number(number) if !number.is_integer() => Err(wrong),
        _ => Ok(Datum::Entity(Entity::Id(value))),
    }
}

/// What nobody demands a type of: by its own form.
fn any(value: &Value) -> Datum<'_> {
    match value {
        Value::None => Datum::Null,
        Value::List(items) => Datum::List(items, &Type::Any),
        Value::Record(record) => Datum::Record(record),
        other => other.as_scalar().map_or(Datum::Unknown, Datum::Scalar),
    }
}

/// The id of something with an identity: none where it brings none.
pub(super) fn id_of<'a>(entity: Entity<'a>) -> Option<&'a Value> {
    match entity {
        Entity::Id(value) => Some(value),
        Entity::Object(record) => id_member(record),
    }
}

fn id_member(record: &Record) -> Option<&Value> {
    record.get("id").filter(|id| match id {
        Value::Text(_) => true,
        Value::Number(number) => number.is_integer(),
        _ => false,
    })
}

/// Are two ids the same? A whole number is read as its digits.
pub(super) fn same_id(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(number), Value::Text(text)) | (Value::Text(text), Value::Number(number)) => {
            Decimal::parse_json(text).is_ok_and(|read| read == *number) && is_plain_digits(text)
        }
        _ => left == right,
    }
}

/// Written as a whole number is printed: `1.0`, `1e0` and `-0` are other texts.
fn is_plain_digits(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit()) && text != "-0"
}
