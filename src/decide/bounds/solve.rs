//! Where a comparison with something that is worked out turns: the value of a fact at which both sides meet.
//!
//! It is found by trying: two values of the fact, a step apart, say how fast the sides come together, and so where they meet
//! if they do so evenly. Sums, differences, shares, totals and spans of days do. Whether it is right is not relied upon:
//! whoever takes the value decides again.

use super::Finder;
use crate::decide::datum::Datum;
use crate::decide::evaluate::Evaluator;
use crate::decide::notes::Silent;
use crate::decide::read::read_value;
use crate::decision::asked::{Asked, Fact};
use crate::plan::TermId;
use crate::request::Request;
use crate::value::step::{Step, scale, stepped, steps};
use crate::value::{DateTime, Decimal, Operator, Scalar, Unit, Value, between, calculate};
use crate::vocabulary::Type;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// For how many comparisons it is found out where they turn for a fact.
const MOST_SOLVED: usize = 1_000;

impl Finder<'_> {
    /// Notes, for each fact that a term is worked out from, the values around which it comes to the other side.
    pub(super) fn solved(&mut self, term: TermId, other: TermId) {
        if self.scope.number != 0 || self.evaluator.is_private(term) || self.evaluator.is_private(other) {
            return;
        }
        let hint = self.value(other);
        for at in self.behind(term) {
            if !self.found.facts.get(at).is_some_and(Fact::may_change) || !self.may_solve(at) {
                continue;
            }
            let Some((keys, ty)) = self.found.facts.get(at).map(|fact| (fact.keys.clone(), fact.ty.clone())) else { continue };
            let Some(base) = self.base(&keys, &ty, hint.as_ref()) else { continue };
            let meeting = Meeting { finder: self, keys: &keys, term, other, base: &base };
            for value in meeting.found().unwrap_or_default() {
                self.insert(at, Asked::Value(value));
            }
        }
    }

    /// Counts another comparison of a fact; beyond the limit it is noted that not all were looked at.
    fn may_solve(&mut self, fact: usize) -> bool {
        let solved = self.solved.entry(fact).or_default();
        *solved = solved.saturating_add(1);
        let may = *solved <= MOST_SOLVED;
        if !may {
            self.insert(fact, Asked::Beyond);
        }
        may
    }

    /// The facts that a term is worked out from: those of its paths, and those of the elements of its lists.
    fn behind(&mut self, term: TermId) -> BTreeSet<usize> {
        let leaves = self.evaluator.leaves_of_term(term);
        let own: Vec<usize> = leaves.into_iter().filter_map(|leaf| self.fact_of(leaf)).collect();
        let mut behind = BTreeSet::new();
        for keys in own.into_iter().filter_map(|at| self.found.facts.get(at)).map(|fact| &fact.keys) {
            let below = self.by_keys.range::<Vec<String>, _>(keys..).take_while(|(below, _)| below.starts_with(keys));
            behind.extend(below.map(|(_, &at)| at));
        }
        behind
    }

    /// Where to begin: what the fact is, or else something of its type.
    fn base(&self, keys: &[String], ty: &Type, hint: Option<&Value>) -> Option<Value> {
        let scalar = |value: &Value| match read_value(self.evaluator.world(), value, ty) {
            Ok(Datum::Scalar(scalar)) => stepped(scalar, *steps(scalar, scale(scalar)).first()?, 0),
            Ok(_) | Err(_) => None,
        };
        match (self.evaluator.request.at_keys(keys), ty) {
            (Some(now), _) => scalar(now),
            (None, Type::Number) => Some(Value::from(0)),
            (None, Type::Date) => Some(Value::Date(self.some_moment()?.date())),
            (None, Type::DateTime) => Some(Value::DateTime(self.some_moment()?)),
            (None, _) => hint.and_then(scalar),
        }
    }
}

impl Finder<'_> {
    /// Where to begin with what stands in the calendar: the clock, or else any moment. From there it is found how far it is.
    fn some_moment(&self) -> Option<DateTime> {
        let now = self.evaluator.request.at_keys(&["now".into()]);
        let read = now.and_then(|now| Type::DateTime.scalar(now).ok());
        if let Some(Scalar::DateTime(now)) = read { Some(now) } else { DateTime::parse("2000-01-01T00:00:00Z").ok() }
    }
}

struct Meeting<'f, 'a> {
    finder: &'f Finder<'a>,
    keys: &'f [String],
    term: TermId,
    other: TermId,
    base: &'f Value,
}

impl Meeting<'_, '_> {
    /// The two values next to where the sides meet.
    fn found(&self) -> Option<Vec<Value>> {
        let base = self.base.as_scalar()?;
        let here = self.difference(self.base)?;
        // The step is as fine as what is compared.
        let step = *steps(base, scale(base).max(here.scale())).first()?;
        let one = stepped(base, step, 1)?;
        let slope = self.difference(&one)?.checked_sub(here)?;
        if slope == Decimal::ZERO {
            return Some(self.turns(base, step));
        }
        let count = quotient(here.negated(), slope)?;
        let at = |more: i128| stepped(base, step, count.checked_add(more)?);
        Some([at(0), at(1)].into_iter().flatten().collect())
    }

    /// Where the difference changes by leaps, as that of whole years does: found by going further and further, then by halving.
    fn turns(&self, base: Scalar<'_>, step: Step) -> Vec<Value> {
        let sign = |count: i128| Some(self.difference(&stepped(base, step, count)?)?.cmp(&Decimal::ZERO));
        let mut turns = Vec::new();
        for direction in [1, -1] {
            let Some(first) = next_turn(&sign, 0, direction) else { continue };
            turns.push(first);
            // From less it may come to the same first, and then to more.
            turns.extend((sign(first) == Some(Ordering::Equal)).then(|| next_turn(&sign, first, direction)).flatten());
        }
        turns.into_iter().filter_map(|count| stepped(base, step, count)).collect()
    }

    /// By how much the term is more than the other side, if the fact has a value.
    fn difference(&self, value: &Value) -> Option<Decimal> {
        let evaluator = &self.finder.evaluator;
        let mut changed: Request = evaluator.request.clone();
        changed.set_path(self.keys.iter().map(String::as_str), value.clone());
        let mut evaluator = Evaluator::new(evaluator.plan, evaluator.nodes, &changed, Silent);
        let (one, other) = (evaluator.datum(self.term), evaluator.datum(self.other));
        amount(one.scalar()?, other.scalar()?)
    }
}

/// The first count in a direction at which the sign is another one than at `from`.
fn next_turn(sign: &impl Fn(i128) -> Option<Ordering>, from: i128, direction: i128) -> Option<i128> {
    let start = sign(from)?;
    let mut near = from;
    let mut far = None;
    for exponent in 0..FURTHEST {
        let next = from.checked_add(direction.checked_mul(1_i128.checked_shl(exponent)?)?)?;
        if sign(next)? != start {
            far = Some(next);
            break;
        }
        near = next;
    }
    let mut far = far?;
    while far.abs_diff(near) > 1 {
        let middle = i128::midpoint(near, far);
        if sign(middle)? == start {
            near = middle;
        } else {
            far = middle;
        }
    }
    Some(far)
}

/// How often the way is doubled: seconds reach further than any date.
const FURTHEST: u32 = 42;

/// The difference of two values, as a number.
fn amount(one: Scalar<'_>, other: Scalar<'_>) -> Option<Decimal> {
    let found = calculate(Operator::Minus, one, other)
        .or_else(|_| between(Unit::Days, other, one))
        .or_else(|_| between(Unit::Duration, other, one))
        .ok()?;
    match found {
        Scalar::Number(number) => Some(number),
        Scalar::Money(money) => Some(money.amount),
        Scalar::Duration(span) => span.nanoseconds().or(span.months().map(i128::from)).and_then(|length| Decimal::new(length, 0)),
        Scalar::Zero => Some(Decimal::ZERO),
        Scalar::YesNo(_)
        | Scalar::Text(_)
        | Scalar::Date(_)
        | Scalar::Time(_)
        | Scalar::DateTime(_)
        | Scalar::IpAddress(_)
        | Scalar::Network(_) => None,
    }
}

/// How often one number goes into another, as a whole number below or at it.
fn quotient(of: Decimal, by: Decimal) -> Option<i128> {
    let finest = of.scale().max(by.scale());
    let whole = |number: Decimal| {
        let more = u32::from(finest.saturating_sub(number.scale()));
        number.mantissa().checked_mul(10_i128.checked_pow(more)?)
    };
    whole(of)?.checked_div_euclid(whole(by)?)
}
