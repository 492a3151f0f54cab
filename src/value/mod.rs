//! Values, and what they mean: exact numbers, money, dates, texts, lists, records.
//!
//! Everything is exact or refused: no binary floating point, no rounding, no time zone database, no regular expression.
//! What a comparison or a sum of two values *is* lives here, so that checking, deciding and explaining share one meaning.

mod bucket;
mod calendar;
mod date;
mod date_time;
mod decimal;
mod duration;
mod file_path;
mod fold;
mod fold_table;
pub(crate) mod function;
mod glob;
mod host;
mod ip;
mod json;
mod money;
mod record;
mod scalar;
mod scan;
pub(crate) mod step;
pub(crate) mod text_test;
mod time;

pub use bucket::bucket_of;
pub use calendar::CalendarError;
pub use date::{Date, DateError, Weekday};
pub use date_time::{DateTime, DateTimeError};
pub use decimal::{Decimal, NumberError};
pub use duration::{Duration, DurationError};
pub use file_path::{PathProblem, is_under};
pub use fold::{contains_ignoring_case, ends_with_ignoring_case, eq_ignoring_case, fold, lower, starts_with_ignoring_case};
#[cfg(feature = "compile")]
pub(crate) use function::can_be_added;
pub(crate) use function::{Function, NoResult, Operator, Unit, between, calculate, part_of};
pub use glob::matches;
pub use host::{HostProblem, is_under_domain};
pub use ip::{AddressError, IpAddress, Network};
pub(crate) use json::{write_json, write_json_text};
pub use money::{Currency, CurrencyMismatch, Money, MoneyArithmeticError, MoneyError};
pub use record::Record;
pub(crate) use scalar::{Incomparable, Scalar};
pub(crate) use text_test::{Letters, TextTest};
pub use time::{Time, TimeError};

#[doc(hidden)]
/// What rules calculate with, for a second evaluator in our tests.
#[cfg(feature = "unstable-machinery")]
pub mod calculation {
    pub use super::function::{NoResult, between, calculate, part_of};
    pub use super::scalar::Scalar;

    /// A value as a single one, if it is one.
    #[must_use]
    pub fn as_scalar(value: &super::Value) -> Option<Scalar<'_>> {
        value.as_scalar()
    }
}

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A value of a request, a setting or a literal.
///
/// JSON has only the first six; money, dates and the like arrive as texts and are read when a rule's type says so. A host
/// that has them already may give them as they are.
///
/// ```
/// use onlyif::Value;
/// assert_eq!(Value::from("draft").to_string(), "\"draft\"");
/// assert_eq!(Value::from(vec![1, 2]).to_string(), "[1, 2]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value {
    /// Known to be absent: JSON null.
    None,
    /// true or false.
    YesNo(bool),
    /// An exact number.
    Number(Decimal),
    /// A text, compared by code points.
    Text(String),
    /// A list; `is` and `contains` compare it as a set.
    List(Vec<Value>),
    /// Members by name.
    Record(Record),
    /// An amount in a currency.
    Money(Money),
    /// A day of the calendar.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// An instant, with the offset it was written in.
    DateTime(DateTime),
    /// A span of time.
    Duration(Duration),
    /// An IP address.
    IpAddress(IpAddress),
    /// A range of IP addresses.
    Network(Network),
    /// A number beyond the exact range, as it was written. It can be held but not used: whatever reads it is unknown.
    OutOfRange(String),
}

impl Value {
    /// What it is, in one of the words that the language has for types: `text`, `yes/no`, `none`. For a message; two values of one word
    /// may be of different types to a rule, as a text and one of listed choices are.
    ///
    /// ```
    /// use onlyif::Value;
    /// assert_eq!(Value::from(true).kind_name(), "yes/no");
    /// assert_eq!(Value::from("draft").kind_name(), "text");
    /// ```
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self {
            Value::None => "none",
            Value::YesNo(_) => "yes/no",
            Value::Number(_) => "number",
            Value::Text(_) => "text",
            Value::List(_) => "list",
            Value::Record(_) => "record",
            Value::Money(_) => "money",
            Value::Date(_) => "date",
            Value::Time(_) => "time",
            Value::DateTime(_) => "date-time",
            Value::Duration(_) => "duration",
            Value::IpAddress(_) => "ip-address",
            Value::Network(_) => "network",
            Value::OutOfRange(_) => "a number beyond the exact range",
        }
    }
}

/// As the language writes it: texts in quotes, `yes` and `no`, `none`, lists in brackets.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::None => f.write_str("none"),
            Value::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Value::Number(number) => number.fmt(f),
            Value::Text(text) => write_text(f, text),
            Value::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
            Value::Record(record) => record.fmt(f),
            Value::Money(money) => money.fmt(f),
            Value::Date(date) => date.fmt(f),
            Value::Time(time) => time.fmt(f),
            Value::DateTime(date_time) => date_time.fmt(f),
            Value::Duration(duration) => duration.fmt(f),
            Value::IpAddress(address) => address.fmt(f),
            Value::Network(network) => network.fmt(f),
            Value::OutOfRange(text) => f.write_str(&crate::diagnostic::escape(text)),
        }
    }
}

/// A text as the language writes it: in double quotes, with `\" \\ \n \t`, and what cannot be seen as `\u{…}`.
fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\t' => f.write_str("\\t")?,
            c if crate::diagnostic::is_hidden(c) => write!(f, "\\u{{{:x}}}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

macro_rules! from {
    ($($source:ty => |$value:ident| $made:expr;)*) => {
        $(impl From<$source> for Value {
            fn from($value: $source) -> Self {
                $made
            }
        })*
    };
}

from! {
    bool => |yes| Value::YesNo(yes);
    i32 => |number| Value::Number(Decimal::from(number));
    i64 => |number| Value::Number(Decimal::from(number));
    u32 => |number| Value::Number(Decimal::from(number));
    u64 => |number| Value::Number(Decimal::from(number));
    Decimal => |number| Value::Number(number);
    &str => |text| Value::Text(text.into());
    String => |text| Value::Text(text);
    Record => |record| Value::Record(record);
    Money => |money| Value::Money(money);
    Date => |date| Value::Date(date);
    Time => |time| Value::Time(time);
    DateTime => |date_time| Value::DateTime(date_time);
    Duration => |duration| Value::Duration(duration);
    IpAddress => |address| Value::IpAddress(address);
    Network => |network| Value::Network(network);
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::None, Into::into)
    }
}
