//! The values to try for a fact: one for each side of every bound, and every value that a rule lists.

use super::texts::texts;
use crate::decision::asked::Asked;
use crate::value::step::{Step, scale, stepped, steps};
use crate::value::{Date, DateTime, Duration, IpAddress, Money, Network, Time, Value};
use crate::vocabulary::{Choice, Presence, Type};
use alloc::vec::Vec;
use core::cmp::Ordering;

/// How many bounds of one fact are looked at: those nearest to what it is now, else the first of them.
pub(super) const MOST_BOUNDS: usize = 64;

/// What to do with a fact.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Edit {
    /// Give it this value.
    Set(Value),
    /// Of a list, keep so many elements.
    Keep(usize),
    /// Take this element out of a list, so many times.
    Remove(Value, usize),
    /// Add these elements to a list.
    Add(Vec<Value>),
}

/// A change to try.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) edit: Edit,
    /// Does it stand for any value that no rule names?
    pub(super) any_other: bool,
    /// Has it an order, and is it smaller (or greater) than what the fact is now?
    pub(super) side: Option<Ordering>,
}

impl Candidate {
    pub(super) fn set(value: Value) -> Self {
        Self { edit: Edit::Set(value), any_other: false, side: None }
    }

    pub(super) fn any_other(value: Value) -> Self {
        Self { edit: Edit::Set(value), any_other: true, side: None }
    }

    /// The value that it sets.
    pub(super) fn value(&self) -> Option<&Value> {
        if let Edit::Set(value) = &self.edit { Some(value) } else { None }
    }
}

/// The changes to try for a fact, the nearest to what it is now first.
pub(super) struct Tried {
    pub(super) candidates: Vec<Candidate>,
    /// Do they stand for all that the fact might be?
    pub(super) whole: bool,
}

/// What a fact is, as far as the values to try hang on it.
pub(super) struct Subject<'f> {
    pub(super) ty: &'f Type,
    pub(super) presence: &'f Presence,
    pub(super) now: Option<&'f Value>,
    pub(super) asked: &'f [Asked],
    /// How many facts are compared with each other, it among them.
    pub(super) crowd: usize,
}

/// The values to try for a fact that is no list.
pub(super) fn candidates(fact: &Subject<'_>) -> Tried {
    let bounds: Vec<Value> = fact.asked.iter().filter_map(bound).cloned().collect();
    let is_text = |value: &Value| matches!(value, Value::Text(_));
    let all = |values: Vec<Value>| Tried { candidates: values.into_iter().map(Candidate::set).collect(), whole: true };
    let mut tried = match fact.ty {
        Type::YesNo => all([true, false].map(Value::from).into()),
        Type::Choice(choice) => Tried { candidates: listed(choice, fact.now), whole: true },
        Type::Number | Type::Money | Type::Date | Type::Time | Type::DateTime | Type::Duration => ordered(fact, &bounds),
        Type::Text => texts(fact),
        Type::Reference(kinds) => {
            let mut tried = named_or_other(fact.crowd, bounds);
            tried.whole = kinds.len() == 1;
            tried
        }
        Type::IpAddress => addresses(&bounds, fact.crowd),
        Type::Any | Type::Inferred(_) if bounds.iter().all(is_text) => {
            let mut tried = texts(fact);
            tried.whole &= fact.now.is_none_or(is_text);
            tried
        }
        Type::Any | Type::Inferred(_) => Tried { whole: false, ..all(bounds) },
        Type::Network | Type::Map(_) | Type::Kind(_) | Type::List(_) => Tried { candidates: Vec::new(), whole: false },
    };
    let may_be_none = match fact.presence {
        Presence::Optional => true,
        Presence::Open => fact.asked.contains(&Asked::Presence),
        Presence::Required | Presence::Assumed(_) => false,
    };
    if may_be_none {
        tried.candidates.push(Candidate::set(Value::None));
    }
    tried.whole &= !fact.asked.iter().any(is_beyond);
    tried.candidates.retain(|candidate| fact.now.is_none_or(|now| candidate.value().is_none_or(|value| !same(fact.ty, now, value))));
    let mut unique: Vec<Candidate> = Vec::new();
    for candidate in tried.candidates {
        if unique.iter().all(|known| known.edit != candidate.edit) {
            unique.push(candidate);
        }
    }
    Tried { candidates: unique, whole: tried.whole }
}

fn bound(asked: &Asked) -> Option<&Value> {
    if let Asked::Value(value) = asked { Some(value) } else { None }
}

/// The values of a choice; where they have ranks, the nearest first, to both sides.
fn listed(choice: &Choice, now: Option<&Value>) -> Vec<Candidate> {
    let values = choice.values.iter().map(|text| Candidate::set(Value::from(text.as_str())));
    let now = if let Some(Value::Text(now)) = now { choice.rank(now) } else { None };
    let Some(now) = now.filter(|_| choice.ranked) else { return values.collect() };
    let ranked = values.enumerate().map(|(rank, value)| Candidate { side: Some(rank.cmp(&now)), ..value });
    let mut found: Vec<(usize, Candidate)> = ranked.enumerate().map(|(rank, value)| (rank.abs_diff(now), value)).collect();
    found.sort_by_key(|(far, _)| *far);
    found.into_iter().map(|(_, value)| value).collect()
}

/// Is it something of which not all values to try are known?
pub(super) fn is_beyond(asked: &Asked) -> bool {
    matches!(asked, Asked::Beyond | Asked::Elsewhere)
}

fn same(ty: &Type, one: &Value, other: &Value) -> bool {
    one == other || typed(ty, one).is_some_and(|one| one == *other)
}

/// A value as one of its type: texts of JSON stand for amounts and dates.
pub(super) fn typed(ty: &Type, value: &Value) -> Option<Value> {
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

/// Each bound, and for each gap between two of them, and beyond the first and the last, the value nearest to the present one.
fn ordered(fact: &Subject<'_>, bounds: &[Value]) -> Tried {
    let now = fact.now.and_then(|now| typed(fact.ty, now)).filter(|now| now.as_scalar().is_some());
    let mut groups: Vec<Vec<Value>> = Vec::new();
    for bound in bounds.iter().filter_map(|bound| typed(fact.ty, bound)) {
        // What cannot be compared, another currency say, is no side of the others.
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| order(first, &bound).is_some())) {
            Some(group) => group.push(bound),
            None => groups.push(alloc::vec![bound]),
        }
    }
    if let (true, None) = (groups.is_empty(), &now) {
        let any = sample(fact.ty).map(Candidate::any_other);
        return Tried { candidates: any.into_iter().collect(), whole: true };
    }
    // Of several that are compared with each other each might need a place of its own in a gap.
    let mut tried = Tried { candidates: Vec::new(), whole: fact.crowd <= 1 };
    let now_in = |group: &[Value]| now.as_ref().filter(|now| group.first().is_some_and(|first| order(first, now).is_some()));
    groups.sort_by_key(|group| now_in(group).is_none());
    for mut group in groups {
        let now = now_in(&group).cloned();
        group.sort_by(|one, other| order(one, other).unwrap_or(Ordering::Equal));
        group.dedup();
        tried.whole &= group.len() <= MOST_BOUNDS;
        near_to(&mut group, now.as_ref());
        tried.candidates.extend(nearest_first(with_gaps(&group, now.as_ref()), now.as_ref(), &group));
    }
    tried
}

/// Some value of a type with an order: whatever is known will do.
fn sample(ty: &Type) -> Option<Value> {
    match ty {
        Type::Number => Some(Value::from(1)),
        Type::Money => Money::parse("1 EUR").ok().map(Value::Money),
        Type::Date => Date::parse("2026-01-01").ok().map(Value::Date),
        Type::Time => Time::parse("12:00").ok().map(Value::Time),
        Type::DateTime => DateTime::parse("2026-01-01T12:00:00Z").ok().map(Value::DateTime),
        Type::Duration => Duration::parse("1 day").ok().map(Value::Duration),
        Type::Any
        | Type::YesNo
        | Type::Text
        | Type::IpAddress
        | Type::Network
        | Type::List(_)
        | Type::Map(_)
        | Type::Choice(_)
        | Type::Reference(_)
        | Type::Kind(_)
        | Type::Inferred(_) => None,
    }
}

/// Keeps the bounds that are nearest to a value, to both sides.
fn near_to(sorted: &mut Vec<Value>, now: Option<&Value>) {
    let at = now.map_or(0, |now| sorted.partition_point(|bound| order(bound, now) == Some(Ordering::Less)));
    let start = at.saturating_sub(MOST_BOUNDS / 2).min(sorted.len().saturating_sub(MOST_BOUNDS));
    sorted.drain(..start);
    sorted.truncate(MOST_BOUNDS);
}

/// The bounds, and one value of each gap in which the present one does not lie, ascending.
fn with_gaps(sorted: &[Value], now: Option<&Value>) -> Vec<Value> {
    let finest = sorted.iter().chain(now).filter_map(Value::as_scalar).map(scale).max().unwrap_or(0);
    let is = |value: &Value, side: Ordering| now.is_some_and(|now| order(now, value) == Some(side));
    let mut found = Vec::new();
    for at in 0..=sorted.len() {
        let (low, high) = (at.checked_sub(1).and_then(|at| sorted.get(at)), sorted.get(at));
        let is_above_low = low.is_none_or(|low| is(low, Ordering::Greater));
        let is_below_high = high.is_none_or(|high| is(high, Ordering::Less));
        let from_above = high.is_some_and(|high| is(high, Ordering::Greater) || is(high, Ordering::Equal));
        let lies_here = now.is_some() && is_above_low && is_below_high;
        if !lies_here {
            found.extend(match (low, high) {
                (Some(low), high) if !from_above || high.is_none() => beside(low, 1, finest, high),
                (low, Some(high)) => beside(high, -1, finest, low),
                (Some(_) | None, None) => None,
            });
        }
        found.extend(high.cloned());
    }
    found
}

/// The value one step above (or below) another, in its type's own step, or in a finer one where the next bound is nearer.
fn beside(value: &Value, direction: i128, finest: u8, next: Option<&Value>) -> Option<Value> {
    let scalar = value.as_scalar()?;
    let towards = if direction > 0 { Ordering::Less } else { Ordering::Greater };
    let fits = |found: &Value| next.is_none_or(|next| order(found, next) == Some(towards));
    steps(scalar, finest).into_iter().find_map(|step: Step| stepped(scalar, step, direction).filter(fits))
}

fn nearest_first(values: Vec<Value>, now: Option<&Value>, bounds: &[Value]) -> Vec<Candidate> {
    let Some(now) = now else {
        // Nothing is known: the bounds themselves first, they say what is wanted.
        let (named, beside): (Vec<Value>, Vec<Value>) = values.into_iter().partition(|value| bounds.contains(value));
        let side = Some(Ordering::Equal);
        return named.into_iter().chain(beside).map(|value| Candidate { side, ..Candidate::set(value) }).collect();
    };
    let side = |value: &Value| order(value, now);
    let mut below: Vec<Value> = values.iter().filter(|value| side(value) == Some(Ordering::Less)).cloned().collect();
    below.reverse();
    let above: Vec<Value> = values.iter().filter(|value| side(value) == Some(Ordering::Greater)).cloned().collect();
    let longest = below.len().max(above.len());
    let mut found = Vec::new();
    for at in 0..longest {
        found.extend(below.get(at).cloned());
        found.extend(above.get(at).cloned());
    }
    found.into_iter().map(|value| Candidate { side: side(&value), ..Candidate::set(value) }).collect()
}

/// Ids that stand for any that no rule names.
const OTHERS: [&str; 3] = ["other", "another", "a-third"];

/// The values that rules name, and as many that they do not as facts are compared with each other.
fn named_or_other(crowd: usize, bounds: Vec<Value>) -> Tried {
    let is_free = |other: &&str| !bounds.contains(&Value::from(*other));
    let others: Vec<Candidate> =
        OTHERS.into_iter().filter(is_free).take(crowd.max(1)).map(|other| Candidate::any_other(other.into())).collect();
    let whole = others.len() >= crowd;
    Tried { candidates: bounds.into_iter().map(Candidate::set).chain(others).collect(), whole }
}

/// Addresses that are kept for documentation.
const OUTSIDE: [&str; 4] = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"];

/// The first address of each network and the one behind each, as far as some network holds it, and one that is in none. Networks lie in
/// each other whole or not at all; so whatever some of them hold and others do not begins with one of these.
fn addresses(bounds: &[Value], crowd: usize) -> Tried {
    let mut networks: Vec<Network> = bounds.iter().filter_map(network).collect();
    let whole = networks.len() <= MOST_BOUNDS && crowd <= 1;
    networks.truncate(MOST_BOUNDS);
    let is_in = |address: &IpAddress| networks.iter().any(|network| network.contains(*address));
    let outside = OUTSIDE.into_iter().filter_map(|text| IpAddress::parse(text).ok()).find(|address| !is_in(address));
    let first = networks.iter().map(|network| network.address());
    let behind = networks.iter().filter_map(|network| network.next()).filter(is_in);
    let mut candidates: Vec<Candidate> = first.chain(behind).map(|address| Candidate::set(Value::IpAddress(address))).collect();
    candidates.extend(outside.map(|address| Candidate::set(Value::IpAddress(address))));
    Tried { whole: whole && outside.is_some(), candidates }
}

/// The network that a bound is; an address is one of its own.
fn network(bound: &Value) -> Option<Network> {
    if let Value::Network(network) = bound {
        return Some(*network);
    }
    if let Some(Value::IpAddress(address)) = typed(&Type::IpAddress, bound) { Some(Network::from(address)) } else { None }
}
