//! The values to try for a fact: one for each side of every bound, and every value that a rule lists.

use crate::value::{Date, DateTime, Decimal, Duration, IpAddress, Money, Scalar, Time, Value};
use crate::vocabulary::Type;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// How many elements of a list are tried to be left out.
const MOST_LEFT_OUT: usize = 20;

/// How many bounds of one fact are looked at: those nearest to what it is now, else the first of them.
pub(super) const MOST_BOUNDS: usize = 64;

/// A value to try.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) value: Value,
    /// Does it stand for any value that no rule names?
    pub(super) any_other: bool,
    /// Has it an order, and is it smaller (or greater) than the value that the fact has now?
    pub(super) side: Option<Ordering>,
}

/// The values to try for a fact of a type, the nearest to what it is now first.
pub(super) fn candidates(ty: &Type, now: Option<&Value>, bounds: &[Value], elements: &[Value]) -> Vec<Candidate> {
    let plain = |values: Vec<Value>| values.into_iter().map(|value| Candidate { value, any_other: false, side: None }).collect();
    let mut found: Vec<Candidate> = match ty {
        Type::YesNo => plain([true, false].map(Value::from).into()),
        Type::Choice(choice) => plain(choice.values.iter().map(|text| Value::from(text.as_str())).collect()),
        Type::Number | Type::Money | Type::Date | Type::Time | Type::DateTime | Type::Duration => ordered(ty, now, bounds),
        Type::Text => texts(now, bounds),
        Type::Reference(_) => plain(bounds.to_vec()),
        Type::IpAddress => plain(bounds.iter().filter_map(address).collect()),
        Type::List(_) => plain(lists(now, elements)),
        Type::Any | Type::Inferred(_) if bounds.iter().all(|bound| matches!(bound, Value::Text(_))) => texts(now, bounds),
        Type::Any | Type::Inferred(_) => plain(bounds.to_vec()),
        Type::Network | Type::Map(_) | Type::Kind(_) => Vec::new(),
    };
    found.retain(|candidate| now.is_none_or(|now| !same(ty, now, &candidate.value)));
    let mut unique: Vec<Candidate> = Vec::new();
    for candidate in found {
        if unique.iter().all(|known| known.value != candidate.value) {
            unique.push(candidate);
        }
    }
    unique
}

fn same(ty: &Type, one: &Value, other: &Value) -> bool {
    one == other || typed(ty, one).is_some_and(|one| one == *other)
}

/// A value as one of its type: texts of JSON stand for amounts and dates.
fn typed(ty: &Type, value: &Value) -> Option<Value> {
    let Value::Text(text) = value else { return Some(value.clone()) };
    match ty {
        Type::Money => Money::parse(text).ok().map(Value::Money),
        Type::Date => Date::parse(text).ok().map(Value::Date),
        Type::Time => Time::parse(text).ok().map(Value::Time),
        Type::DateTime => DateTime::parse(text).ok().map(Value::DateTime),
        Type::Duration => Duration::parse(text).ok().map(Value::Duration),
        Type::IpAddress => IpAddress::parse(text).ok().map(Value::IpAddress),
        Type::Any
        | Type::YesNo
        | Type::Text
        | Type::Number
        | Type::Network
        | Type::List(_)
        | Type::Map(_)
        | Type::Choice(_)
        | Type::Reference(_)
        | Type::Kind(_)
        | Type::Inferred(_) => Some(value.clone()),
    }
}

fn order(one: &Value, other: &Value) -> Option<Ordering> {
    one.as_scalar()?.order(other.as_scalar()?).ok()
}

/// Each bound, and a step beyond it to both sides. Of what lies between two bounds, the value nearest to the present one.
fn ordered(ty: &Type, now: Option<&Value>, bounds: &[Value]) -> Vec<Candidate> {
    let now = now.and_then(|now| typed(ty, now));
    let mut sorted: Vec<Value> = bounds.iter().filter_map(|bound| typed(ty, bound)).collect();
    // What cannot be compared with the first, another currency say, is no side of it.
    let first = sorted.first().cloned();
    sorted.retain(|bound| first.as_ref().is_some_and(|first| order(first, bound).is_some()));
    sorted.sort_by(|one, other| order(one, other).unwrap_or(Ordering::Equal));
    sorted.dedup();
    near_to(&mut sorted, now.as_ref());
    let finest = bounds.iter().chain(now.as_ref()).filter_map(scale).max().unwrap_or(0);
    let mut values = Vec::new();
    for (at, bound) in sorted.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| sorted.get(at));
        if let Some(below) = beside(bound, -1, finest) {
            // Between two bounds the nearer end is taken, the lower one where nothing says which is nearer.
            let above_now = now.as_ref().is_some_and(|now| order(now, bound) == Some(Ordering::Greater));
            let is_region = before.is_none_or(|before| above_now && order(before, &below) == Some(Ordering::Less));
            values.extend(is_region.then_some(below));
        }
        values.push(bound.clone());
        if let Some(above) = beside(bound, 1, finest) {
            let next = sorted.get(at.saturating_add(1));
            let is_region = next.is_none_or(|next| {
                let beyond = now.as_ref().is_some_and(|now| order(now, next) == Some(Ordering::Greater));
                !beyond && order(&above, next) == Some(Ordering::Less)
            });
            values.extend(is_region.then_some(above));
        }
    }
    let within = |value: &Value| now.as_ref().is_some_and(|now| !sorted.contains(value) && !crosses(now, value, &sorted));
    values.retain(|value| !within(value));
    nearest_first(values, now.as_ref(), &sorted)
}

/// Keeps the bounds that are nearest to a value, to both sides.
fn near_to(sorted: &mut Vec<Value>, now: Option<&Value>) {
    let at = now.map_or(0, |now| sorted.partition_point(|bound| order(bound, now) == Some(Ordering::Less)));
    let start = at.saturating_sub(MOST_BOUNDS / 2).min(sorted.len().saturating_sub(MOST_BOUNDS));
    sorted.drain(..start);
    sorted.truncate(MOST_BOUNDS);
}

/// Does a bound lie between two values, or on one of them?
fn crosses(one: &Value, other: &Value, bounds: &[Value]) -> bool {
    bounds.iter().any(|bound| order(one, bound) != order(other, bound))
}

fn nearest_first(values: Vec<Value>, now: Option<&Value>, bounds: &[Value]) -> Vec<Candidate> {
    let Some(now) = now else {
        // Nothing is known: the bounds themselves first, they say what is wanted.
        let (named, beside): (Vec<Value>, Vec<Value>) = values.into_iter().partition(|value| bounds.contains(value));
        let side = Some(Ordering::Equal);
        return named.into_iter().chain(beside).map(|value| Candidate { value, any_other: false, side }).collect();
    };
    let side = |value: &Value| order(value, now);
    let mut below: Vec<Value> = values.iter().filter(|value| side(value) == Some(Ordering::Less)).cloned().collect();
    below.reverse();
    let above: Vec<Value> = values.iter().filter(|value| side(value) == Some(Ordering::Greater)).cloned().collect();
    let other: Vec<Value> = values.iter().filter(|value| side(value).is_none()).cloned().collect();
    let longest = below.len().max(above.len());
    let mut found = Vec::new();
    for at in 0..longest {
        found.extend(below.get(at).cloned());
        found.extend(above.get(at).cloned());
    }
    found.extend(other);
    found.into_iter().map(|value| Candidate { side: side(&value), value, any_other: false }).collect()
}

/// How many digits after the point a number or amount has; cents for any amount.
fn scale(value: &Value) -> Option<u8> {
    if let Value::Number(number) = value {
        return Some(number.scale());
    }
    if let Value::Money(money) = value {
        return Some(money.amount.scale().max(2));
    }
    None
}

/// The value one step above (or below) another, in its type's own step: a digit, a cent, a day, a minute, a second.
fn beside(value: &Value, direction: i8, finest: u8) -> Option<Value> {
    let step = Decimal::new(i128::from(direction), finest)?;
    match value.as_scalar()? {
        Scalar::Number(number) => number.checked_add(step).map(Value::Number),
        Scalar::Money(money) => {
            let amount = money.amount.checked_add(step)?;
            Some(Value::Money(Money { amount, currency: money.currency }))
        }
        Scalar::Date(date) => date.checked_add_days(i64::from(direction)).map(Value::Date),
        Scalar::Time(time) => beside_time(time, direction).map(Value::Time),
        Scalar::DateTime(moment) => {
            let second = Duration::from_nanoseconds(i128::from(direction).checked_mul(1_000_000_000)?)?;
            moment.checked_add(second).ok().map(Value::DateTime)
        }
        Scalar::Duration(span) => beside_span(span, direction).map(Value::Duration),
        Scalar::YesNo(_) | Scalar::Text(_) | Scalar::IpAddress(_) | Scalar::Network(_) | Scalar::Zero => None,
    }
}

fn beside_time(time: Time, direction: i8) -> Option<Time> {
    let minutes = i32::from(time.hour()).checked_mul(60)?.checked_add(i32::from(time.minute()))?.checked_add(i32::from(direction))?;
    let hour = u8::try_from(minutes.checked_div(60)?).ok()?;
    let minute = u8::try_from(minutes.checked_rem(60)?).ok()?;
    Time::new(hour, minute, time.second(), time.nanosecond()).ok()
}

fn beside_span(span: Duration, direction: i8) -> Option<Duration> {
    let nanoseconds = if span.is_whole_days() { 86_400_000_000_000 } else { 1_000_000_000 };
    let exact = Duration::from_nanoseconds(i128::from(direction).checked_mul(nanoseconds)?)?;
    let months = Duration::from_months(i64::from(direction))?;
    span.checked_add(exact).or_else(|_| span.checked_add(months)).ok()
}

/// Texts that stand for any that no rule names: the first that is akin to none is taken.
const OTHERS: [&str; 4] = ["other", "another", "x", "-"];

/// The texts that rules name, and one that they do not.
fn texts(now: Option<&Value>, bounds: &[Value]) -> Vec<Candidate> {
    let named: Vec<Candidate> = bounds.iter().map(|value| Candidate { value: value.clone(), any_other: false, side: None }).collect();
    let is_other = match now {
        Some(Value::Text(now)) => bounds.iter().all(|bound| !is_akin(bound, now)),
        Some(_) | None => false,
    };
    if is_other {
        return named;
    }
    let other = OTHERS.into_iter().find(|other| bounds.iter().all(|bound| !is_akin(bound, other)));
    let other = other.map(|other| Candidate { value: Value::from(other), any_other: true, side: None });
    named.into_iter().chain(other).collect()
}

/// May a test with this text tell another from any that no rule names?
fn is_akin(bound: &Value, text: &str) -> bool {
    let Value::Text(bound) = bound else { return false };
    bound.is_empty() || text.to_lowercase().contains(&bound.to_lowercase()) || bound.contains(['*', '?'])
}

/// An address, or the first one of a network.
fn address(bound: &Value) -> Option<Value> {
    if let Value::Network(network) = bound {
        let text = network.to_string();
        let first = text.trim_start_matches("ip ").trim_matches('"').split('/').next()?.to_string();
        return IpAddress::parse(&first).ok().map(Value::IpAddress);
    }
    typed(&Type::IpAddress, bound).filter(|value| matches!(value, Value::IpAddress(_)))
}

/// The list with one element more that a rule names, or with one less.
fn lists(now: Option<&Value>, elements: &[Value]) -> Vec<Value> {
    let items: &[Value] = if let Some(Value::List(items)) = now { items } else { &[] };
    let mut found = Vec::new();
    for element in elements.iter().filter(|element| !items.contains(element)) {
        found.push(Value::List(items.iter().chain([element]).cloned().collect()));
    }
    for left_out in 0..items.len().min(MOST_LEFT_OUT) {
        found.push(Value::List(items.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, item)| item.clone()).collect()));
    }
    if now.is_none() {
        found.push(Value::List(Vec::new()));
    }
    found
}
