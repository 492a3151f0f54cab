//! Arithmetic and the closed set of functions, as far as they are about single values.

use super::{CalendarError, Date, DateTime, Decimal, Duration, Money, Scalar};
use core::fmt;

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operator {
    /// `+`
    Plus,
    /// `+` between lists.
    Join,
    /// `-`
    Minus,
    /// `*`
    Times,
}

impl Operator {
    /// As it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Plus | Operator::Join => "+",
            Operator::Minus => "-",
            Operator::Times => "*",
        }
    }
}

/// The functions that take one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Function {
    /// How many elements a list has; things with an identity count once.
    Count,
    /// The sum of a list.
    Total,
    /// The greatest element of a list; none of an empty one.
    Highest,
    /// The smallest element of a list; none of an empty one.
    Lowest,
    /// A list without repetitions.
    Distinct,
    /// The keys of a map.
    Keys,
    /// The values of a map.
    Values,
    /// How many code points a text has.
    Length,
    /// The day of a date-time, in its own offset.
    Date,
    /// The time of day of a date-time, in its own offset.
    Time,
    /// `monday` to `sunday`, of a date or date-time.
    Weekday,
    /// The day of the month, 1 to 31.
    Day,
    /// The month, 1 to 12.
    Month,
    /// The year.
    Year,
    /// A text in small letters.
    Lowercase,
}

impl Function {
    /// Every function, in the order of the documentation.
    pub const ALL: [Function; 15] = [
        Function::Count,
        Function::Total,
        Function::Highest,
        Function::Lowest,
        Function::Distinct,
        Function::Keys,
        Function::Values,
        Function::Length,
        Function::Date,
        Function::Time,
        Function::Weekday,
        Function::Day,
        Function::Month,
        Function::Year,
        Function::Lowercase,
    ];

    /// The word before `of`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Function::Count => "count",
            Function::Total => "total",
            Function::Highest => "highest",
            Function::Lowest => "lowest",
            Function::Distinct => "distinct",
            Function::Keys => "keys",
            Function::Values => "values",
            Function::Length => "length",
            Function::Date => "date",
            Function::Time => "time",
            Function::Weekday => "weekday",
            Function::Day => "day",
            Function::Month => "month",
            Function::Year => "year",
            Function::Lowercase => "lowercase",
        }
    }

    /// Does it look at the elements of a list?
    #[must_use]
    pub fn is_of_list(self) -> bool {
        matches!(self, Function::Count | Function::Total | Function::Highest | Function::Lowest | Function::Distinct)
    }
}

/// What `… from A to B` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Whole days between dates.
    Days,
    /// Whole weeks between dates.
    Weeks,
    /// Whole months between dates.
    Months,
    /// Whole years between dates.
    Years,
    /// The exact time between date-times.
    Duration,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Unit; 5] = [Unit::Days, Unit::Weeks, Unit::Months, Unit::Years, Unit::Duration];

    /// The word before `from`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Unit::Days => "days",
            Unit::Weeks => "weeks",
            Unit::Months => "months",
            Unit::Years => "years",
            Unit::Duration => "duration",
        }
    }
}

/// Why a calculation has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoResult {
    /// Beyond the exact range.
    Overflow,
    /// What the calendar cannot do.
    Calendar(CalendarError),
    /// Amounts in two currencies.
    Currencies,
    /// Values that cannot be calculated with each other.
    Types,
}

impl fmt::Display for NoResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoResult::Overflow => f.write_str("the result is beyond the exact range of numbers"),
            NoResult::Calendar(trouble) => trouble.fmt(f),
            NoResult::Currencies => f.write_str("these are amounts in different currencies"),
            NoResult::Types => f.write_str("these values cannot be calculated with each other"),
        }
    }
}

/// A calculation with two single values, exact or without a result. [`Scalar::Zero`] is the zero of every currency and span.
///
/// # Errors
/// Beyond the range of the type, or values of types (currencies, months against days) that do not go together.
pub fn calculate<'v>(operator: Operator, left: Scalar<'_>, right: Scalar<'_>) -> Result<Scalar<'v>, NoResult> {
    match operator {
        Operator::Plus => add(left, right),
        Operator::Minus => subtract(left, right),
        Operator::Times => multiply(left, right),
        Operator::Join => Err(NoResult::Types),
    }
}

fn add<'v>(left: Scalar<'_>, right: Scalar<'_>) -> Result<Scalar<'v>, NoResult> {
    match (left, right) {
        (Scalar::Zero, other) | (other, Scalar::Zero) => number_like(other),
        (Scalar::Number(left), Scalar::Number(right)) => left.checked_add(right).map(Scalar::Number).ok_or(NoResult::Overflow),
        (Scalar::Money(left), Scalar::Money(right)) => left.checked_add(right).map(Scalar::Money).map_err(money),
        (Scalar::Duration(left), Scalar::Duration(right)) => left.checked_add(right).map(Scalar::Duration).map_err(calendar),
        (Scalar::Date(date), Scalar::Duration(span)) | (Scalar::Duration(span), Scalar::Date(date)) => {
            date.checked_add(span).map(Scalar::Date).map_err(calendar)
        }
        (Scalar::DateTime(at), Scalar::Duration(span)) | (Scalar::Duration(span), Scalar::DateTime(at)) => {
            at.checked_add(span).map(Scalar::DateTime).map_err(calendar)
        }
        (left, _) => no_arithmetic(left),
    }
}

fn subtract<'v>(left: Scalar<'_>, right: Scalar<'_>) -> Result<Scalar<'v>, NoResult> {
    match (left, right) {
        (other, Scalar::Zero) => number_like(other),
        (Scalar::Zero, Scalar::Number(right)) => Ok(Scalar::Number(right.negated())),
        (Scalar::Zero, Scalar::Money(right)) => Ok(Scalar::Money(Money { amount: right.amount.negated(), currency: right.currency })),
        (Scalar::Zero, Scalar::Duration(right)) => Ok(Scalar::Duration(right.negated())),
        (Scalar::Number(left), Scalar::Number(right)) => left.checked_sub(right).map(Scalar::Number).ok_or(NoResult::Overflow),
        (Scalar::Money(left), Scalar::Money(right)) => left.checked_sub(right).map(Scalar::Money).map_err(money),
        (Scalar::Duration(left), Scalar::Duration(right)) => left.checked_sub(right).map(Scalar::Duration).map_err(calendar),
        (Scalar::Date(date), Scalar::Duration(span)) => date.checked_sub(span).map(Scalar::Date).map_err(calendar),
        (Scalar::DateTime(at), Scalar::Duration(span)) => at.checked_sub(span).map(Scalar::DateTime).map_err(calendar),
        (left, _) => no_arithmetic(left),
    }
}

fn multiply<'v>(left: Scalar<'_>, right: Scalar<'_>) -> Result<Scalar<'v>, NoResult> {
    match (left, right) {
        (Scalar::Zero, Scalar::Number(_)) | (Scalar::Number(_), Scalar::Zero) => Ok(Scalar::Zero),
        (Scalar::Number(left), Scalar::Number(right)) => left.checked_mul(right).map(Scalar::Number).ok_or(NoResult::Overflow),
        (Scalar::Money(money), Scalar::Number(by)) | (Scalar::Number(by), Scalar::Money(money)) => {
            money.checked_mul(by).map(Scalar::Money).ok_or(NoResult::Overflow)
        }
        (Scalar::Duration(span), Scalar::Number(by)) | (Scalar::Number(by), Scalar::Duration(span)) => {
            span.checked_mul(by).map(Scalar::Duration).map_err(calendar)
        }
        (left, _) => no_arithmetic(left),
    }
}

/// What can be added to a zero.
fn number_like<'v>(value: Scalar<'_>) -> Result<Scalar<'v>, NoResult> {
    match value {
        Scalar::Zero => Ok(Scalar::Zero),
        Scalar::Number(number) => Ok(Scalar::Number(number)),
        Scalar::Money(money) => Ok(Scalar::Money(money)),
        Scalar::Duration(span) => Ok(Scalar::Duration(span)),
        Scalar::YesNo(_)
        | Scalar::Text(_)
        | Scalar::Date(_)
        | Scalar::Time(_)
        | Scalar::DateTime(_)
        | Scalar::IpAddress(_)
        | Scalar::Network(_) => Err(NoResult::Types),
    }
}

fn no_arithmetic<'v>(_: Scalar<'_>) -> Result<Scalar<'v>, NoResult> {
    Err(NoResult::Types)
}

fn money(trouble: super::MoneyArithmeticError) -> NoResult {
    match trouble {
        super::MoneyArithmeticError::CurrencyMismatch(_) => NoResult::Currencies,
        super::MoneyArithmeticError::Overflow => NoResult::Overflow,
    }
}

fn calendar(trouble: CalendarError) -> NoResult {
    NoResult::Calendar(trouble)
}

/// What lies between two dates or date-times, counted in a unit, whole and towards zero.
///
/// # Errors
/// Values that are neither two dates nor, for [`Unit::Duration`], two date-times.
pub fn between<'v>(unit: Unit, from: Scalar<'_>, to: Scalar<'_>) -> Result<Scalar<'v>, NoResult> {
    let count = |of: fn(Date, Date) -> i64| match (from, to) {
        (Scalar::Date(from), Scalar::Date(to)) => Ok(Scalar::Number(Decimal::from(of(from, to)))),
        _ => Err(NoResult::Types),
    };
    match unit {
        Unit::Days => count(Date::days_until),
        Unit::Weeks => count(Date::weeks_until),
        Unit::Months => count(Date::months_until),
        Unit::Years => count(Date::years_until),
        Unit::Duration => match (from, to) {
            (Scalar::DateTime(from), Scalar::DateTime(to)) => Ok(Scalar::Duration(DateTime::duration_until(from, to))),
            _ => Err(NoResult::Types),
        },
    }
}

/// A part of a date or date-time.
///
/// # Errors
/// A function of something else, or a value of another type.
pub fn part_of<'v>(function: Function, value: Scalar<'_>) -> Result<Scalar<'v>, NoResult> {
    let day = if let Scalar::Date(date) = value {
        Some(date)
    } else if let Scalar::DateTime(at) = value {
        Some(at.date())
    } else {
        None
    };
    match (function, day, value) {
        (Function::Date, _, Scalar::DateTime(at)) => Ok(Scalar::Date(at.date())),
        (Function::Time, _, Scalar::DateTime(at)) => Ok(Scalar::Time(at.time())),
        (Function::Weekday, Some(day), _) => Ok(Scalar::Text(day.weekday().name())),
        (Function::Day, Some(day), _) => Ok(Scalar::Number(Decimal::from(u32::from(day.day())))),
        (Function::Month, Some(day), _) => Ok(Scalar::Number(Decimal::from(u32::from(day.month())))),
        (Function::Year, Some(day), _) => Ok(Scalar::Number(Decimal::from(u32::from(day.year())))),
        _ => Err(NoResult::Types),
    }
}

/// A duration that is added to a date-time has to be exact, and one that is added to a date has to be whole days.
#[must_use]
pub fn can_be_added(to_date: bool, span: Duration) -> bool {
    if to_date { span.months().is_some() || span.is_whole_days() } else { span.nanoseconds().is_some() }
}
