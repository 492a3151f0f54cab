//! What calculations give: exact, strict, and unknown where they have no result.
//!
//! Sums of two single values and the calendar are those of the library, which other tests hold against other libraries.

use super::compare::order;
use super::read::{Facts, Got, Item};
use super::says::{Scope, nothing};
use super::scalar::money;
use super::truth::{CALCULATED, Notes, Truth};
use onlyif::Value;
use onlyif::machinery::calculation::{NoResult, Scalar, as_scalar, between, calculate, part_of};
use onlyif::machinery::program::{Each, Function, Letters, Operator, Term, Unit};
use onlyif::machinery::vocabulary::Type;
use onlyif::value::{self, Date, DateTime, Duration, Money, Time};
use std::cmp::Ordering;
use std::collections::BTreeSet;

impl Facts<'_> {
    pub fn arithmetic(&self, operator: Operator, left: &Term, right: &Term, scope: &Scope) -> Got {
        let (one, other) = (self.term(left, scope), self.term(right, scope));
        if operator == Operator::Join {
            return match (self.elements(&one), self.elements(&other)) {
                (Ok(lefts), Ok(rights)) => Got::Written(lefts.into_iter().chain(rights).collect()),
                (one, other) => Got::Open(one.err().unwrap_or_default().and(other.err().unwrap_or_default())),
            };
        }
        if let Some(open) = strict(&[&one, &other]) {
            return open;
        }
        sum(operator, &one, &other)
    }

    pub fn span(&self, unit: Unit, from: &Term, to: &Term, scope: &Scope) -> Got {
        let (one, other) = (self.term(from, scope), self.term(to, scope));
        if let Some(open) = strict(&[&one, &other]) {
            return open;
        }
        let (from, to) = (typed(&one), typed(&other));
        let scalars = from.as_ref().and_then(as_scalar).zip(to.as_ref().and_then(as_scalar));
        scalars.map_or_else(|| problem("D01"), |(from, to)| made(between(unit, from, to)))
    }

    pub fn bucket(&self, of: &Term, salt: &str, scope: &Scope) -> Got {
        let got = self.term(of, scope);
        let text = |text: &str| known(Value::Number(value::bucket_of(text, salt)));
        of_one(&got, |item| if let Value::Text(of) = &item.value { text(of) } else { Got::Bad(item.path.clone(), "D01") })
    }

    pub fn each(&self, each: &Each, scope: &Scope) -> Got {
        let items = match self.elements(&self.term(&each.list, scope)) {
            Ok(items) => items,
            Err(notes) => return Got::Open(notes),
        };
        let (mut found, mut open) = (Vec::new(), Notes::default());
        for item in items {
            let inner = scope.with(each.variable, &item);
            let told = each.filter.as_ref().map_or(Truth::Yes, |filter| self.says(filter, &inner));
            open = open.and(told.notes());
            if told == Truth::Yes {
                let element = self.term(&each.element, &inner);
                open = open.and(element.notes());
                found.push(element);
            }
        }
        if open.is_empty() { Got::Written(found) } else { Got::Open(open) }
    }

    pub fn function(&self, function: Function, of: &Term, scope: &Scope) -> Got {
        let got = self.term(of, scope);
        match function {
            Function::Count | Function::Total | Function::Highest | Function::Lowest | Function::Distinct => {
                let items = match self.elements(&got) {
                    Ok(items) => items,
                    Err(notes) => return Got::Open(notes),
                };
                let open = items.iter().map(|item| self.whole(item)).fold(Notes::default(), Notes::and);
                if open.is_empty() { self.of_list(function, items) } else { Got::Open(open) }
            }
            Function::Keys | Function::Values => self.of_map(function, &got),
            Function::Length => of_one(&got, |item| match &item.value {
                Value::Text(text) => known(Value::from(u64::try_from(text.chars().count()).unwrap())),
                _ => Got::Bad(item.path.clone(), "D01"),
            }),
            Function::Lowercase => of_one(&got, |item| match &item.value {
                Value::Text(text) => known(Value::Text(text.chars().map(value::lower).collect())),
                _ => Got::Bad(item.path.clone(), "D01"),
            }),
            Function::Date | Function::Time | Function::Weekday | Function::Day | Function::Month | Function::Year => {
                of_one(&got, |item| match typed(&got).as_ref().and_then(as_scalar) {
                    Some(scalar) => made(part_of(function, scalar)),
                    None => Got::Bad(item.path.clone(), "D01"),
                })
            }
        }
    }

    /// A function of a list without a doubtful element.
    fn of_list(&self, function: Function, items: Vec<Got>) -> Got {
        match function {
            Function::Count => self.count(&items),
            Function::Distinct => self.distinct(items),
            Function::Total => items
                .iter()
                .try_fold(Got::Zero, |total, item| match strict(&[item]) {
                    Some(_) => Err(problem("D03")),
                    None => match sum(Operator::Plus, &total, item) {
                        open @ Got::Bad(..) => Err(open),
                        more => Ok(more),
                    },
                })
                .unwrap_or_else(|open| open),
            _ => extreme(function, items),
        }
    }

    fn count(&self, items: &[Got]) -> Got {
        let (mut things, mut others, mut open) = (BTreeSet::new(), 0, Notes::default());
        for item in items {
            match item {
                Got::Known(item) if self.is_thing(&item.ty) => match self.thing(item) {
                    Ok(thing) if thing.kind.is_none() => open = open.and(Notes::problem("", "D05")),
                    Ok(thing) => _ = things.insert(thing),
                    Err(notes) => open = open.and(notes),
                },
                _ => others += 1,
            }
        }
        if open.is_empty() { known(Value::from(u64::try_from(things.len() + others).unwrap())) } else { Got::Open(open) }
    }

    fn distinct(&self, items: Vec<Got>) -> Got {
        let mut open = Notes::default();
        let mut kept: Vec<Got> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let truths: Vec<Truth> = items[..at].iter().map(|earlier| self.equal(earlier, item, Letters::Exact)).collect();
            open = truths.iter().map(Truth::notes).fold(open, Notes::and);
            if !truths.contains(&Truth::Yes) {
                kept.push(item.clone());
            }
        }
        if open.is_empty() { Got::Written(kept) } else { Got::Open(open) }
    }

    fn of_map(&self, function: Function, got: &Got) -> Got {
        match got {
            Got::None(_) | Got::Null(_) | Got::Word => Got::Written(Vec::new()),
            Got::Known(Item { path, ty: Type::Map(element), value: Value::Record(record) }) => {
                let mut members: Vec<_> = record.iter().collect();
                members.sort_by_key(|(key, _)| *key);
                let items = members.into_iter().map(|(key, value)| match function {
                    Function::Keys => known(Value::from(key)),
                    _ => self.read(element, value, format!("{path}.{key}")),
                });
                Got::Written(items.collect())
            }
            Got::Known(item) => Got::Bad(item.path.clone(), "D01"),
            other => Got::Open(other.notes()),
        }
    }
}

/// The greatest or smallest element, the first of several; none of an empty list.
fn extreme(function: Function, items: Vec<Got>) -> Got {
    if let [] | [Got::None(_)] = items[..] {
        return Got::None(CALCULATED.into());
    }
    if items.iter().any(|item| strict(&[item]).is_some()) {
        return problem("D03");
    }
    let wanted = if function == Function::Highest { Ordering::Greater } else { Ordering::Less };
    let mut best: Option<Got> = None;
    for item in items {
        match &best {
            None => best = Some(item),
            Some(known) => match order(&item, known) {
                Some(order) if order == wanted => best = Some(item),
                Some(_) => {}
                None => return problem("D05"),
            },
        }
    }
    match best.unwrap() {
        Got::Known(item) => Got::Known(Item { path: CALCULATED.into(), ..item }),
        other => other,
    }
}

/// What keeps a calculation unknown: a part that is, or none as a part.
fn strict(parts: &[&Got]) -> Option<Got> {
    let open = parts.iter().map(|part| part.notes()).fold(Notes::default(), Notes::and);
    let open = nothing(open, parts.iter().copied());
    if open.is_empty() { None } else { Some(Got::Open(open)) }
}

fn of_one(got: &Got, f: impl Fn(&Item) -> Got) -> Got {
    match got {
        Got::Known(item) => f(item),
        Got::Zero | Got::Written(_) => Got::Bad(String::new(), "D01"),
        _ => strict(&[got]).unwrap(),
    }
}

/// Of two single values that are known.
fn sum(operator: Operator, left: &Got, right: &Got) -> Got {
    let (one, other) = (typed(left), typed(right));
    if let (Operator::Plus, Some(Value::Text(one)), Some(Value::Text(other))) = (operator, &one, &other) {
        return known(Value::Text(format!("{one}{other}")));
    }
    let scalar = |got: &Got, value: &Option<Value>| match got {
        Got::Zero => Some(Scalar::Zero),
        _ => value.as_ref().and_then(as_scalar).map(detached),
    };
    match (scalar(left, &one), scalar(right, &other)) {
        (Some(one), Some(other)) => made(calculate(operator, one, other)),
        _ => problem("D01"),
    }
}

/// A problem of the calculation itself: the page does not say what it is called.
fn problem(code: &'static str) -> Got {
    Got::Bad(CALCULATED.into(), code)
}

/// The same value, without a text that it would borrow.
fn detached(scalar: Scalar<'_>) -> Scalar<'static> {
    match scalar {
        Scalar::Number(number) => Scalar::Number(number),
        Scalar::Money(money) => Scalar::Money(money),
        Scalar::Date(date) => Scalar::Date(date),
        Scalar::DateTime(at) => Scalar::DateTime(at),
        Scalar::Duration(span) => Scalar::Duration(span),
        _ => Scalar::YesNo(false),
    }
}

fn made(result: Result<Scalar<'_>, NoResult>) -> Got {
    match result {
        Ok(Scalar::Zero) => Got::Zero,
        Ok(Scalar::Number(number)) => known(Value::Number(number)),
        Ok(Scalar::Text(text)) => known(Value::from(text)),
        Ok(Scalar::Money(money)) => known(Value::Money(money)),
        Ok(Scalar::Date(date)) => known(Value::Date(date)),
        Ok(Scalar::Time(time)) => known(Value::Time(time)),
        Ok(Scalar::DateTime(at)) => known(Value::DateTime(at)),
        Ok(Scalar::Duration(span)) => known(Value::Duration(span)),
        Ok(Scalar::YesNo(_) | Scalar::IpAddress(_) | Scalar::Network(_)) | Ok(_) => problem("D01"),
        Err(NoResult::Types) => problem("D01"),
        Err(_) => problem("D04"),
    }
}

fn known(value: Value) -> Got {
    let ty = match &value {
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::Money(_) => Type::Money,
        Value::Date(_) => Type::Date,
        Value::Time(_) => Type::Time,
        Value::DateTime(_) => Type::DateTime,
        Value::Duration(_) => Type::Duration,
        _ => Type::Any,
    };
    Got::Known(Item { path: CALCULATED.into(), ty, value })
}

/// The value that a text stands for by its type.
fn typed(got: &Got) -> Option<Value> {
    let Got::Known(item) = got else { return None };
    match (&item.ty, &item.value) {
        (Type::Money, value @ (Value::Text(_) | Value::Record(_))) => {
            let (amount, currency) = money(value)?;
            Money::parse(&format!("{amount} {currency}")).ok().map(Value::Money)
        }
        (Type::Date, Value::Text(text)) => Date::parse(text).ok().map(Value::Date),
        (Type::Time, Value::Text(text)) => Time::parse(text).ok().map(Value::Time),
        (Type::DateTime, Value::Text(text)) => DateTime::parse(text).ok().map(Value::DateTime),
        (Type::Duration, Value::Text(text)) => Duration::parse(text).ok().map(Value::Duration),
        (_, value) => Some(value.clone()),
    }
}
