//! Single values and their comparison.

use super::{Date, DateTime, Decimal, Duration, IpAddress, Money, Network, Time, Value};
use core::cmp::Ordering;
use core::fmt;

/// A single value, borrowed: what comparisons are made of. Lists, records and none are no scalars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scalar<'v> {
    /// yes or no.
    YesNo(bool),
    /// An exact number.
    Number(Decimal),
    /// A text.
    Text(&'v str),
    /// An amount in a currency.
    Money(Money),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// An instant.
    DateTime(DateTime),
    /// A span of time.
    Duration(Duration),
    /// An IP address.
    IpAddress(IpAddress),
    /// A range of IP addresses.
    Network(Network),
    /// The total of an empty list: nothing, in every currency.
    Zero,
}

/// Two values of which neither is the smaller nor are they the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incomparable {
    /// Values of two types, or of one that has no order.
    Types,
    /// Amounts in two currencies.
    Currencies,
    /// Months against days: a month has no fixed length.
    Spans,
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Incomparable::Types => "values of these types cannot be compared",
            Incomparable::Currencies => "amounts in different currencies cannot be compared",
            Incomparable::Spans => "months and days cannot be compared, a month has no fixed length",
        })
    }
}

impl Scalar<'_> {
    /// Is it the same value? Texts by code points, instants by the moment they name.
    ///
    /// # Errors
    /// Values of two types, amounts in two currencies, months against days: neither the same nor different.
    pub fn same(self, other: Scalar<'_>) -> Result<bool, Incomparable> {
        match (self, other) {
            (Scalar::YesNo(left), Scalar::YesNo(right)) => Ok(left == right),
            (Scalar::Text(left), Scalar::Text(right)) => Ok(left == right),
            (Scalar::IpAddress(left), Scalar::IpAddress(right)) => Ok(left == right),
            // An element of a list of networks "is" an address that lies in it.
            (Scalar::IpAddress(address), Scalar::Network(network)) | (Scalar::Network(network), Scalar::IpAddress(address)) => {
                Ok(network.contains(address))
            }
            (left, right) => left.order(right).map(|order| order == Ordering::Equal),
        }
    }

    /// Which is the smaller?
    ///
    /// # Errors
    /// As [`Scalar::same`]; and yes/no, texts and addresses have no order.
    pub fn order(self, other: Scalar<'_>) -> Result<Ordering, Incomparable> {
        match (self, other) {
            (Scalar::Number(left), Scalar::Number(right)) => Ok(left.cmp(&right)),
            (Scalar::Money(left), Scalar::Money(right)) => left.compare(right).map_err(|_| Incomparable::Currencies),
            (Scalar::Date(left), Scalar::Date(right)) => Ok(left.cmp(&right)),
            (Scalar::Time(left), Scalar::Time(right)) => Ok(left.cmp(&right)),
            (Scalar::DateTime(left), Scalar::DateTime(right)) => Ok(left.cmp(&right)),
            (Scalar::Duration(left), Scalar::Duration(right)) => left.compare(right).map_err(|_| Incomparable::Spans),
            (Scalar::Zero, Scalar::Zero) => Ok(Ordering::Equal),
            (Scalar::Zero, other) => other.sign().map(Ordering::reverse).ok_or(Incomparable::Types),
            (other, Scalar::Zero) => other.sign().ok_or(Incomparable::Types),
            (
                Scalar::YesNo(_)
                | Scalar::Number(_)
                | Scalar::Text(_)
                | Scalar::Money(_)
                | Scalar::Date(_)
                | Scalar::Time(_)
                | Scalar::DateTime(_)
                | Scalar::Duration(_)
                | Scalar::IpAddress(_)
                | Scalar::Network(_),
                _,
            ) => Err(Incomparable::Types),
        }
    }
}

impl Scalar<'_> {
    /// How it stands to nothing.
    fn sign(self) -> Option<Ordering> {
        let of = |number: Decimal| number.cmp(&Decimal::ZERO);
        match self {
            Scalar::Zero => Some(Ordering::Equal),
            Scalar::Number(number) => Some(of(number)),
            Scalar::Money(money) => Some(of(money.amount)),
            Scalar::Duration(span) => Some(match (span.nanoseconds(), span.months()) {
                (Some(exact), _) => exact.cmp(&0),
                (None, months) => months.unwrap_or(0).cmp(&0),
            }),
            Scalar::YesNo(_)
            | Scalar::Text(_)
            | Scalar::Date(_)
            | Scalar::Time(_)
            | Scalar::DateTime(_)
            | Scalar::IpAddress(_)
            | Scalar::Network(_) => None,
        }
    }
}

impl Value {
    /// Which is the smaller?
    ///
    /// # Errors
    /// As [`Scalar::order`]; lists, records and none have no order.
    pub(crate) fn order(&self, other: &Value) -> Result<Ordering, Incomparable> {
        match (self.as_scalar(), other.as_scalar()) {
            (Some(left), Some(right)) => left.order(right),
            (Some(_) | None, _) => Err(Incomparable::Types),
        }
    }

    /// The value as a scalar; none for lists, records, none and numbers out of range.
    #[must_use]
    pub(crate) fn as_scalar(&self) -> Option<Scalar<'_>> {
        Some(match self {
            Value::YesNo(yes) => Scalar::YesNo(*yes),
            Value::Number(number) => Scalar::Number(*number),
            Value::Text(text) => Scalar::Text(text),
            Value::Money(money) => Scalar::Money(*money),
            Value::Date(date) => Scalar::Date(*date),
            Value::Time(time) => Scalar::Time(*time),
            Value::DateTime(date_time) => Scalar::DateTime(*date_time),
            Value::Duration(duration) => Scalar::Duration(*duration),
            Value::IpAddress(address) => Scalar::IpAddress(*address),
            Value::Network(network) => Scalar::Network(*network),
            Value::None | Value::List(_) | Value::Record(_) | Value::OutOfRange(_) => return None,
        })
    }
}
