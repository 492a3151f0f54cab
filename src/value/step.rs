//! Steps from one value to the next: a digit, a cent, a day, a minute, a second.

use super::{Decimal, Duration, Money, Scalar, Time, Value};
use alloc::vec::Vec;

const SECOND: i128 = 1_000_000_000;
const MINUTE: i128 = 60 * SECOND;
const DAY: i128 = 86_400 * SECOND;

/// How far one step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// One in the digit at this place after the point.
    Digit(u8),
    /// This many nanoseconds.
    Nanoseconds(i128),
    /// A month.
    Month,
}

/// The steps of a value's type, its own first, then finer ones: between two values that lie close together only these fit.
/// `finest` says how many digits after the point the values have that matter.
pub(crate) fn steps(value: Scalar<'_>, finest: u8) -> Vec<Step> {
    match value {
        Scalar::Number(_) => alloc::vec![Step::Digit(finest), Step::Digit(finest.saturating_add(1))],
        Scalar::Money(_) => {
            let cents = finest.max(2);
            alloc::vec![Step::Digit(cents), Step::Digit(cents.saturating_add(1))]
        }
        Scalar::Date(_) => alloc::vec![Step::Nanoseconds(DAY)],
        Scalar::Time(_) => alloc::vec![Step::Nanoseconds(MINUTE), Step::Nanoseconds(SECOND), Step::Nanoseconds(1)],
        Scalar::DateTime(_) => alloc::vec![Step::Nanoseconds(SECOND), Step::Nanoseconds(1)],
        Scalar::Duration(span) if span.months().is_some_and(|months| months != 0) => alloc::vec![Step::Month],
        Scalar::Duration(span) if span.is_whole_days() => {
            alloc::vec![Step::Nanoseconds(DAY), Step::Nanoseconds(SECOND), Step::Nanoseconds(1)]
        }
        Scalar::Duration(_) => alloc::vec![Step::Nanoseconds(SECOND), Step::Nanoseconds(1)],
        Scalar::YesNo(_) | Scalar::Text(_) | Scalar::IpAddress(_) | Scalar::Network(_) | Scalar::Zero => Vec::new(),
    }
}

/// How many digits after the point a number or amount has.
pub(crate) fn scale(value: Scalar<'_>) -> u8 {
    match value {
        Scalar::Number(number) => number.scale(),
        Scalar::Money(money) => money.amount.scale(),
        Scalar::YesNo(_)
        | Scalar::Text(_)
        | Scalar::Date(_)
        | Scalar::Time(_)
        | Scalar::DateTime(_)
        | Scalar::Duration(_)
        | Scalar::IpAddress(_)
        | Scalar::Network(_)
        | Scalar::Zero => 0,
    }
}

/// The value so many steps further on, or back; none where there is no such value.
pub(crate) fn stepped(value: Scalar<'_>, step: Step, count: i128) -> Option<Value> {
    match (value, step) {
        (Scalar::Number(number), Step::Digit(scale)) => number.checked_add(Decimal::new(count, scale)?).map(Value::Number),
        (Scalar::Money(money), Step::Digit(scale)) => {
            let amount = money.amount.checked_add(Decimal::new(count, scale)?)?;
            Some(Value::Money(Money { amount, currency: money.currency }))
        }
        (Scalar::Date(date), Step::Nanoseconds(size)) => {
            let days = size.checked_div(DAY)?.checked_mul(count)?;
            date.checked_add_days(i64::try_from(days).ok()?).map(Value::Date)
        }
        (Scalar::Time(time), Step::Nanoseconds(size)) => later(time, size.checked_mul(count)?).map(Value::Time),
        (Scalar::DateTime(moment), Step::Nanoseconds(size)) => {
            moment.checked_add(Duration::from_nanoseconds(size.checked_mul(count)?)?).ok().map(Value::DateTime)
        }
        (Scalar::Duration(span), Step::Nanoseconds(size)) => {
            span.checked_add(Duration::from_nanoseconds(size.checked_mul(count)?)?).ok().map(Value::Duration)
        }
        (Scalar::Duration(span), Step::Month) => {
            span.checked_add(Duration::from_months(i64::try_from(count).ok()?)?).ok().map(Value::Duration)
        }
        (
            Scalar::YesNo(_)
            | Scalar::Text(_)
            | Scalar::Number(_)
            | Scalar::Money(_)
            | Scalar::Date(_)
            | Scalar::Time(_)
            | Scalar::DateTime(_)
            | Scalar::Duration(_)
            | Scalar::IpAddress(_)
            | Scalar::Network(_)
            | Scalar::Zero,
            Step::Digit(_) | Step::Nanoseconds(_) | Step::Month,
        ) => None,
    }
}

/// The time of the same day so many nanoseconds later.
fn later(time: Time, nanoseconds: i128) -> Option<Time> {
    let seconds = u32::from(time.hour()).checked_mul(3600)?.checked_add(u32::from(time.minute()).checked_mul(60)?)?;
    let seconds = seconds.checked_add(u32::from(time.second()))?;
    let now = i128::from(seconds).checked_mul(SECOND)?.checked_add(i128::from(time.nanosecond()))?;
    let then = now.checked_add(nanoseconds).filter(|then| (0..DAY).contains(then))?;
    let of = |unit: i128, until: i128| then.checked_div(unit)?.checked_rem(until);
    let (hour, minute, second) = (of(MINUTE.checked_mul(60)?, 24)?, of(MINUTE, 60)?, of(SECOND, 60)?);
    let rest = u32::try_from(of(1, SECOND)?).ok()?;
    Time::new(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, u8::try_from(second).ok()?, rest).ok()
}
