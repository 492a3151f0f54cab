//! Values of a type, told by their form.
//!
//! No coercion ever: a value of another form, or a text that is no date, is not repaired and not guessed. Requests, settings and what
//! is typed are judged here and nowhere else.

use super::{Type, Vocabulary};
use crate::value::{Currency, Date, DateTime, Decimal, Duration, IpAddress, Money, Network, Scalar, Time, Value};

/// Why a value is not one of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misread {
    /// It has another form: a number where a text is wanted.
    Form,
    /// It is a text, and not one that stands for such a value: no date.
    Text,
}

impl Type {
    /// A value as one of this type. Types of lists, records, things and choices have no scalars.
    pub(crate) fn scalar<'v>(&self, value: &'v Value) -> Result<Scalar<'v>, Misread> {
        match (value.as_scalar(), self) {
            (Some(scalar), _) if self.is_of(scalar) => Ok(scalar),
            (Some(Scalar::Text(text)), _) => self.written(text),
            (None, Type::Money) => money(value).map(Scalar::Money).ok_or(Misread::Form),
            (Some(_) | None, _) => Err(Misread::Form),
        }
    }

    fn is_of(&self, scalar: Scalar<'_>) -> bool {
        matches!(
            (scalar, self),
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

    /// A text as a value for which JSON has no form of its own.
    fn written<'v>(&self, text: &str) -> Result<Scalar<'v>, Misread> {
        let read = match self {
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
            | Type::Inferred(_) => return Err(Misread::Form),
        };
        read.ok_or(Misread::Text)
    }
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
    let currency = Currency::parse(currency).ok()?;
    (record.len() == 2).then_some(Money { amount, currency })
}

impl Vocabulary {
    /// Is a value one of the type, by its form?
    #[must_use]
    pub fn has(&self, ty: &Type, value: &Value) -> bool {
        match (ty, value) {
            (_, Value::OutOfRange(_)) => false,
            (Type::Any | Type::Inferred(_), _) | (Type::Reference(_), Value::Text(_)) | (Type::Kind(_), Value::Record(_)) => true,
            (Type::Choice(choice), Value::Text(text)) => choice.rank(text).is_some(),
            (Type::List(element), Value::List(items)) => items.iter().all(|item| self.has(element, item)),
            (Type::Map(element), Value::Record(record)) => record.iter().all(|(_, value)| self.has(element, value)),
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
                | Type::Reference(_)
                | Type::Kind(_),
                _,
            ) => ty.scalar(value).is_ok(),
        }
    }
}
