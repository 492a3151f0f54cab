//! Terms that are worked out: arithmetic, functions, lists from lists.

use super::compare::{is_list, order, ranks};
use super::datum::{Datum, Item};
use super::evaluate::Evaluator;
use super::notes::Notes;
use super::read;
use super::truth::Truth;
use crate::code::Code;
use crate::plan::{NodeId, TermId};
use crate::value::{self, Decimal, Function, NoResult, Operator, Scalar, Unit, Value};
use crate::vocabulary::Type;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Bytes of a text that is worked out: no longer than a request may be by itself.
const LONGEST_TEXT: usize = 1 << 20;

impl<'a, N: Notes> Evaluator<'a, N> {
    /// `s + t`, `s - t`, `s * t`; `+` also joins texts and lists.
    pub(super) fn arithmetic(&mut self, whole: TermId, operator: Operator, left: TermId, right: TermId) -> Datum<'a> {
        let (one, other) = (self.datum(left), self.datum(right));
        if operator == Operator::Join {
            let known = !matches!(one, Datum::Unknown) && !matches!(other, Datum::Unknown);
            return if known { self.join(left, &one, right, &other) } else { Datum::Unknown };
        }
        if !self.are_given(left, &one, right, &other) {
            return Datum::Unknown;
        }
        if let (Operator::Plus, Some(one), Some(other)) = (operator, one.text(), other.text()) {
            if one.len().saturating_add(other.len()) > LONGEST_TEXT {
                self.problem(whole, Code::Overflow, "would be longer than a text may become");
                return Datum::Unknown;
            }
            return Datum::Text(alloc::format!("{one}{other}").into());
        }
        for (term, datum) in [(left, &one), (right, &other)] {
            if matches!(datum, Datum::None | Datum::Null) {
                self.problem(term, Code::NoneHere, "is none, and nothing can be calculated with it");
                return Datum::Unknown;
            }
        }
        let result = match (one.scalar(), other.scalar()) {
            (Some(one), Some(other)) => value::calculate(operator, one, other),
            (Some(_) | None, _) => Err(NoResult::Types),
        };
        self.result(whole, result)
    }

    /// A result, or the problem that there is none.
    fn result(&mut self, term: TermId, result: Result<Scalar<'a>, NoResult>) -> Datum<'a> {
        match result {
            Ok(scalar) => Datum::Scalar(scalar),
            Err(trouble) => {
                let code = if trouble == NoResult::Types { Code::WrongType } else { Code::Overflow };
                self.problem(term, code, &alloc::format!("has no result: {trouble}"));
                Datum::Unknown
            }
        }
    }

    /// Two lists as one; none counts as empty.
    fn join(&mut self, left: TermId, one: &Datum<'a>, right: TermId, other: &Datum<'a>) -> Datum<'a> {
        for (term, datum) in [(left, one), (right, other)] {
            if !is_list(datum) && !matches!(datum, Datum::None | Datum::Null) {
                return self.no_value(term, datum, "is no list");
            }
        }
        if self.length(one).saturating_add(self.length(other)) as u64 > self.plan.visits {
            self.problem(left, Code::Overflow, "would be longer than a list may become");
            return Datum::Unknown;
        }
        let mut items = self.items(left, one);
        items.extend(self.items(right, other));
        Datum::Items(items.into())
    }

    /// A function of one value.
    pub(super) fn function(&mut self, function: Function, of: TermId) -> Datum<'a> {
        let datum = self.datum(of);
        if matches!(datum, Datum::Unknown) {
            return Datum::Unknown;
        }
        match function {
            Function::Count | Function::Total | Function::Highest | Function::Lowest | Function::Distinct => {
                self.of_list(function, of, &datum)
            }
            Function::Keys | Function::Values => self.of_map(function, of, &datum),
            Function::Length | Function::Lowercase => match datum.text() {
                Some(text) if function == Function::Length => Datum::Scalar(Scalar::Number(Decimal::from(text.chars().count() as u64))),
                Some(text) => Datum::Text(text.chars().map(value::lower).collect::<String>().into()),
                None => self.no_value(of, &datum, "is no text"),
            },
            Function::Date | Function::Time | Function::Weekday | Function::Day | Function::Month | Function::Year => {
                match datum.scalar() {
                    Some(scalar) => {
                        let result = value::part_of(function, scalar);
                        self.result(of, result)
                    }
                    None => self.no_value(of, &datum, "is no date"),
                }
            }
        }
    }

    fn no_value(&mut self, term: TermId, datum: &Datum<'a>, otherwise: &str) -> Datum<'a> {
        if matches!(datum, Datum::None | Datum::Null) {
            self.problem(term, Code::NoneHere, "is none, where a value is wanted");
        } else {
            self.problem(term, Code::WrongType, otherwise);
        }
        Datum::Unknown
    }

    fn of_map(&mut self, function: Function, of: TermId, datum: &Datum<'a>) -> Datum<'a> {
        let Datum::Record(record, ty) = datum else {
            return if matches!(datum, Datum::None | Datum::Null) {
                Datum::Items(Rc::from([]))
            } else {
                self.no_value(of, datum, "is no map")
            };
        };
        let ty: &Type = if let Type::Map(element) = ty { element } else { &Type::Any };
        let path = if N::LISTENS { self.path(of) } else { String::new() };
        let mut items = Vec::with_capacity(record.len());
        for (key, member) in record.iter() {
            let path = if N::LISTENS { alloc::format!("{path}.{key}") } else { String::new() };
            if function == Function::Keys {
                items.push(Item { datum: Datum::Scalar(Scalar::Text(key)), place: None, path });
                continue;
            }
            let datum = match read::read_value(self.world(), member, ty) {
                _ if *member == Value::None => Datum::None,
                Ok(datum) => datum,
                Err(fault) => {
                    let plan = self.plan;
                    self.notes.note(|| fault.cause(plan, &path));
                    Datum::Unknown
                }
            };
            items.push(Item { datum, place: Some((member, ty)), path });
        }
        Datum::Items(items.into())
    }

    fn of_list(&mut self, function: Function, of: TermId, datum: &Datum<'a>) -> Datum<'a> {
        if !is_list(datum) && !matches!(datum, Datum::None | Datum::Null) {
            return self.no_value(of, datum, "is no list");
        }
        let mark = self.notes.mark();
        let items = self.items(of, datum);
        if items.iter().any(|item| matches!(item.datum, Datum::Unknown)) {
            return Datum::Unknown;
        }
        self.notes.forget(mark);
        if function == Function::Total {
            self.total(of, &items)
        } else if function == Function::Highest {
            self.extreme(of, items, Ordering::Greater)
        } else if function == Function::Lowest {
            self.extreme(of, items, Ordering::Less)
        } else if function == Function::Distinct {
            self.distinct(of, &items).map_or(Datum::Unknown, |items| Datum::Items(items.into()))
        } else {
            self.count_of(of, &items)
        }
    }

    fn total(&mut self, of: TermId, items: &[Item<'a>]) -> Datum<'a> {
        let mut total = Scalar::Zero;
        for item in items {
            let Some(scalar) = item.datum.scalar() else { return self.no_value(of, &item.datum, "has an element that is no number") };
            match value::calculate(Operator::Plus, total, scalar) {
                Ok(sum) => total = sum,
                Err(trouble) => return self.result(of, Err(trouble)),
            }
        }
        Datum::Scalar(total)
    }

    fn extreme(&mut self, of: TermId, items: Vec<Item<'a>>, wanted: Ordering) -> Datum<'a> {
        let is_none = |item: &Item<'a>| matches!(item.datum, Datum::None | Datum::Null);
        if items.len() > 1 && items.iter().any(is_none) {
            self.problem(of, Code::NoneHere, "has an element that is none, which has no order");
            return Datum::Unknown;
        }
        let mut best: Option<Datum<'a>> = None;
        for item in items {
            let Some(known) = &best else {
                best = Some(item.datum);
                continue;
            };
            match ranks(&item.datum, known).map_or_else(|| order(&item.datum, known), Ok) {
                Ok(order) if order == wanted => best = Some(item.datum),
                Ok(_) => {}
                Err(trouble) => {
                    self.problem(of, Code::NotComparable, &alloc::format!("cannot be compared: {trouble}"));
                    return Datum::Unknown;
                }
            }
        }
        best.unwrap_or(Datum::None)
    }

    /// Each value once. Comparing all with all is bounded by the limit on visits.
    fn distinct(&mut self, of: TermId, items: &[Item<'a>]) -> Option<Vec<Item<'a>>> {
        let mut kept: Vec<Item<'a>> = Vec::new();
        let mut known = true;
        for (at, item) in items.iter().enumerate() {
            let mut is_new = true;
            for earlier in items.iter().take(at) {
                match self.same_items(of, earlier, item) {
                    Truth::No => {}
                    Truth::Yes => is_new = false,
                    Truth::Unknown => known = false,
                }
            }
            if is_new {
                kept.push(item.clone());
            }
        }
        known.then_some(kept)
    }

    /// How many there are. Something with an identity counts once; without an id nobody can tell.
    fn count_of(&mut self, of: TermId, items: &[Item<'a>]) -> Datum<'a> {
        let mut seen = alloc::collections::BTreeSet::new();
        let mut count = 0u64;
        let mut known = true;
        for item in items {
            let Datum::Entity(entity) = &item.datum else {
                count = count.saturating_add(1);
                continue;
            };
            match entity.id {
                Some(_) if entity.kind.is_none() => {
                    known = false;
                    self.problem(of, Code::NotComparable, "has an element that does not say what kind of thing it is");
                }
                Some(id) => count = count.saturating_add(u64::from(seen.insert((entity.kind, id.text())))),
                None => {
                    known = false;
                    let path = if N::LISTENS { alloc::format!("{}.id", item.path) } else { String::new() };
                    self.lacks_id(path, Some(*entity));
                }
            }
        }
        if known { Datum::Scalar(Scalar::Number(Decimal::from(count))) } else { Datum::Unknown }
    }

    /// The share of a text: `bucket of X for "salt"`.
    pub(super) fn bucket(&mut self, of: TermId, salt: u32) -> Datum<'a> {
        if let Some(Value::Text(salt)) = self.plan.values.get(salt as usize)
            && let Some(share) = self.request.bucket(|| self.path(of), salt)
        {
            return Datum::Scalar(Scalar::Number(share));
        }
        let datum = self.datum(of);
        if matches!(datum, Datum::Unknown) {
            return Datum::Unknown;
        }
        match (datum.text(), self.plan.values.get(salt as usize)) {
            (Some(text), Some(Value::Text(salt))) => Datum::Scalar(Scalar::Number(value::bucket_of(text, salt))),
            (Some(_) | None, _) => self.no_value(of, &datum, "is no text"),
        }
    }

    /// What lies between two dates or date-times.
    pub(super) fn span(&mut self, unit: Unit, from: TermId, to: TermId) -> Datum<'a> {
        let (one, other) = (self.datum(from), self.datum(to));
        if !self.are_given(from, &one, to, &other) {
            return Datum::Unknown;
        }
        match (one.scalar(), other.scalar()) {
            (Some(one), Some(other)) => {
                let result = value::between(unit, one, other);
                self.result(from, result)
            }
            (None, _) => self.no_value(from, &one, "is no date"),
            (_, None) => self.no_value(to, &other, "is no date"),
        }
    }

    /// The list of what `element` is for the elements of a list of which `filter` holds. A doubtful element makes the whole
    /// list unknown.
    pub(super) fn each(&mut self, list: TermId, level: u16, filter: Option<NodeId>, element: TermId) -> Datum<'a> {
        let datum = self.datum(list);
        if matches!(datum, Datum::Unknown) {
            return Datum::Unknown;
        }
        if !is_list(&datum) && !matches!(datum, Datum::None | Datum::Null) {
            return self.no_value(list, &datum, "is no list");
        }
        let mut items = Vec::new();
        let mut known = true;
        for at in 0..self.length(&datum) {
            let Some(bound) = self.at(&datum, at) else { continue };
            let before = self.bind(level, bound, list, at);
            match filter.map_or(Truth::Yes, |filter| self.truth(filter)) {
                Truth::Yes => {
                    let item = self.item_of(element);
                    known &= self.is_given(element, &item.datum);
                    items.push(item);
                }
                Truth::Unknown => known = false,
                Truth::No => {}
            }
            self.restore(level, before);
        }
        if known { Datum::Items(items.into()) } else { Datum::Unknown }
    }
}
