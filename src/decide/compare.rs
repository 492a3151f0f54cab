//! Comparing terms: sameness, order, membership, presence.

use super::datum::{Datum, Entity};
use super::evaluate::{Element, Evaluator};
use super::notes::{Cause, Notes};
use super::read::{id_of, read_value, same_id};
use super::truth::Truth;
use crate::code::Code;
use crate::plan::TermId;
use crate::value::Letters;
use crate::value::{Incomparable, Scalar, Value, eq_ignoring_case};
use alloc::string::ToString;
use core::cmp::Ordering;

impl<'a, N: Notes> Evaluator<'a, N> {
    /// Notes a problem with a term; the answer is unknown.
    pub(super) fn problem(&mut self, term: TermId, code: Code, message: &str) -> Truth {
        if N::LISTENS {
            let path = self.path(term);
            let message = alloc::format!("{path} {message}");
            self.notes.note(|| Cause::Problem { code, path, message });
        }
        Truth::Unknown
    }

    /// That a yes/no is yes.
    pub(super) fn holds(&mut self, term: TermId) -> Truth {
        match self.datum(term) {
            Datum::Unknown => Truth::Unknown,
            Datum::Scalar(Scalar::YesNo(yes)) => yes.into(),
            Datum::None | Datum::Null => self.problem(term, Code::NoneHere, "is none, where yes or no is wanted"),
            Datum::Scalar(_) | Datum::Choice(..) | Datum::Entity(_) | Datum::List(..) | Datum::Written(_) | Datum::Record(_) => {
                self.problem(term, Code::WrongType, "is neither yes nor no")
            }
        }
    }

    /// That a term is none.
    pub(super) fn is_none(&mut self, term: TermId) -> Truth {
        match self.datum(term) {
            Datum::Unknown => Truth::Unknown,
            Datum::None | Datum::Null => Truth::Yes,
            Datum::Scalar(_) | Datum::Choice(..) | Datum::Entity(_) | Datum::List(..) | Datum::Written(_) | Datum::Record(_) => Truth::No,
        }
    }

    /// That a term is none, "" or [].
    pub(super) fn is_empty(&mut self, term: TermId) -> Truth {
        match self.datum(term) {
            Datum::Unknown => Truth::Unknown,
            Datum::None | Datum::Null => Truth::Yes,
            Datum::Scalar(Scalar::Text(text)) | Datum::Choice(text, _) => text.is_empty().into(),
            Datum::List(items, _) => items.is_empty().into(),
            Datum::Written(run) => (run.len == 0).into(),
            Datum::Record(record) => record.is_empty().into(),
            Datum::Scalar(_) | Datum::Entity(_) => Truth::No,
        }
    }

    /// That two terms are the same.
    pub(super) fn equal(&mut self, left: TermId, left_value: Datum<'a>, right: TermId, right_value: Datum<'a>, letters: Letters) -> Truth {
        match (left_value, right_value) {
            (Datum::Unknown, _) | (_, Datum::Unknown) => Truth::Unknown,
            (Datum::Null, _) => self.problem(left, Code::NoneHere, "is none, and nothing says what that means here"),
            (_, Datum::Null) => self.problem(right, Code::NoneHere, "is none, and nothing says what that means here"),
            (Datum::None, Datum::None) => self.problem(left, Code::NoneHere, "is none like what it is compared with: two missing values are not the same"),
            (Datum::None, _) | (_, Datum::None) => Truth::No,
            (Datum::Scalar(one), Datum::Scalar(other)) => self.same_scalar(left, one, other, letters),
            (Datum::List(..) | Datum::Written(_), Datum::List(..) | Datum::Written(_)) => self.same_lists(left, left_value, right, right_value, letters),
            _ => match (entity(left_value), entity(right_value), left_value.text(), right_value.text()) {
                (_, _, Some(one), Some(other)) => same_text(one, other, letters).into(),
                (Some(one), Some(other), ..) => self.same_entity(left, one, right, other),
                (Some(_) | None, Some(_) | None, ..) => self.problem(left, Code::NotComparable, "cannot be compared with a value of another type"),
            },
        }
    }

    fn same_scalar(&mut self, term: TermId, left: Scalar<'a>, right: Scalar<'a>, letters: Letters) -> Truth {
        if let (Scalar::Text(one), Scalar::Text(other)) = (left, right) {
            return same_text(one, other, letters).into();
        }
        match left.same(right) {
            Ok(same) => same.into(),
            Err(trouble) => self.incomparable(term, trouble),
        }
    }

    fn incomparable(&mut self, term: TermId, trouble: Incomparable) -> Truth {
        self.problem(term, Code::NotComparable, &alloc::format!("cannot be compared: {}", trouble.to_string()))
    }

    /// By id; a side that brings none is unknown.
    fn same_entity(&mut self, left: TermId, one: Entity<'a>, right: TermId, other: Entity<'a>) -> Truth {
        let (left_id, right_id) = (id_of(one), id_of(other));
        for (term, id) in [(left, left_id), (right, right_id)] {
            if id.is_none() && N::LISTENS {
                let path = alloc::format!("{}.id", self.path(term));
                self.notes.note(|| Cause::Need(path));
            }
        }
        match (left_id, right_id) {
            (Some(left_id), Some(right_id)) => (same_id(left_id, right_id) && same_kind(one, other)).into(),
            (Some(_) | None, _) => Truth::Unknown,
        }
    }

    /// As sets: each element of one is in the other.
    fn same_lists(&mut self, left: TermId, one: Datum<'a>, right: TermId, other: Datum<'a>, letters: Letters) -> Truth {
        let mark = self.notes.mark();
        let mut result = Truth::Yes;
        for (of, elements, list, within) in [(left, one, right, other), (right, other, left, one)] {
            for at in 0..self.length(elements) {
                let element = self.element_at(of, elements, at);
                match self.is_element(of, element, list, within, letters) {
                    Truth::Yes => {}
                    Truth::Unknown => result = Truth::Unknown,
                    Truth::No => {
                        self.notes.forget(mark);
                        return Truth::No;
                    }
                }
            }
        }
        result
    }

    /// `⋁ element = e` for the elements of a list.
    pub(super) fn is_in(&mut self, element: TermId, list: TermId, letters: Letters) -> Truth {
        let mark = self.notes.mark();
        let within = self.datum(list);
        if matches!(within, Datum::Unknown) {
            return Truth::Unknown;
        }
        if self.length(within) == 0 && self.is_list(within) {
            self.notes.forget(mark);
            return Truth::No;
        }
        let value = self.datum(element);
        self.is_element(element, value, list, within, letters)
    }

    fn is_element(&mut self, term: TermId, value: Datum<'a>, list: TermId, within: Datum<'a>, letters: Letters) -> Truth {
        if !self.is_list(within) {
            return self.problem(list, Code::WrongType, "is no list");
        }
        let mark = self.notes.mark();
        let mut result = Truth::No;
        for at in 0..self.length(within) {
            let other = self.element_at(list, within, at);
            match self.equal(term, value, list, other, letters) {
                Truth::Yes => {
                    self.notes.forget(mark);
                    return Truth::Yes;
                }
                Truth::Unknown => result = Truth::Unknown,
                Truth::No => {}
            }
        }
        result
    }

    /// None stands for an empty list.
    pub(super) fn is_list(&self, datum: Datum<'a>) -> bool {
        matches!(datum, Datum::List(..) | Datum::Written(_) | Datum::None | Datum::Null)
    }

    /// How many elements a list has.
    pub(super) fn length(&self, datum: Datum<'a>) -> usize {
        match datum {
            Datum::List(items, _) => items.len(),
            Datum::Written(run) => run.len as usize,
            Datum::Unknown | Datum::None | Datum::Null | Datum::Scalar(_) | Datum::Choice(..) | Datum::Entity(_) | Datum::Record(_) => 0,
        }
    }

    /// The element at a place of a list, to be bound to a variable.
    pub(super) fn at(&self, datum: Datum<'a>, at: usize) -> Option<Element<'a>> {
        match datum {
            Datum::List(items, ty) => items.get(at).map(|item| Element::Value(item, ty)),
            Datum::Written(run) => self.nodes.items(run).get(at).map(|&item| Element::Term(item)),
            Datum::Unknown | Datum::None | Datum::Null | Datum::Scalar(_) | Datum::Choice(..) | Datum::Entity(_) | Datum::Record(_) => None,
        }
    }

    /// What the element at a place of a list is worth.
    pub(super) fn element_at(&mut self, list: TermId, datum: Datum<'a>, at: usize) -> Datum<'a> {
        let plan = self.plan;
        match self.at(datum, at) {
            None => Datum::Unknown,
            Some(Element::Term(term)) => self.datum(term),
            Some(Element::Value(Value::None, _)) => Datum::None,
            Some(Element::Value(value, ty)) => match read_value(plan, value, ty) {
                Ok(datum) => datum,
                Err(fault) => {
                    if N::LISTENS {
                        let path = alloc::format!("{}[{at}]", self.path(list));
                        self.notes.note(|| fault.cause(plan, &path));
                    }
                    Datum::Unknown
                }
            },
        }
    }

    /// That the left is less than the right, or also the same.
    pub(super) fn less(&mut self, left: TermId, right: TermId, or_equal: bool) -> Truth {
        let (one, other) = (self.datum(left), self.datum(right));
        let order = match (one, other) {
            (Datum::Unknown, _) | (_, Datum::Unknown) => return Truth::Unknown,
            (Datum::None | Datum::Null, _) => return self.problem(left, Code::NoneHere, "is none, which has no order"),
            (_, Datum::None | Datum::Null) => return self.problem(right, Code::NoneHere, "is none, which has no order"),
            (Datum::Scalar(one), Datum::Scalar(other)) => one.order(other),
            _ => ranks(one, other).ok_or(Incomparable::Types),
        };
        match order {
            Ok(Ordering::Less) => Truth::Yes,
            Ok(Ordering::Equal) => or_equal.into(),
            Ok(Ordering::Greater) => Truth::No,
            Err(trouble) => self.incomparable(left, trouble),
        }
    }
}

fn same_text(left: &str, right: &str, letters: Letters) -> bool {
    match letters {
        Letters::Exact => left == right,
        Letters::IgnoringCase => eq_ignoring_case(left, right),
    }
}

/// Records are compared like entities: by their ids.
fn entity(datum: Datum<'_>) -> Option<Entity<'_>> {
    match datum {
        Datum::Entity(entity) => Some(entity),
        Datum::Record(record) => Some(Entity::Object(record)),
        Datum::Unknown | Datum::None | Datum::Null | Datum::Scalar(_) | Datum::Choice(..) | Datum::List(..) | Datum::Written(_) => None,
    }
}

/// Where both sides say what they are, they have to agree.
fn same_kind(left: Entity<'_>, right: Entity<'_>) -> bool {
    let kind = |entity: Entity<'_>| match entity {
        Entity::Object(record) if record.len() == 2 => match record.get("type") {
            Some(Value::Text(kind)) => Some(kind.to_string()),
            _ => None,
        },
        Entity::Object(_) | Entity::Id(_) => None,
    };
    match (kind(left), kind(right)) {
        (Some(left), Some(right)) => left == right,
        (Some(_) | None, _) => true,
    }
}

/// The order of two listed texts of a ranked choice.
fn ranks(left: Datum<'_>, right: Datum<'_>) -> Option<Ordering> {
    let choice = match (left, right) {
        (Datum::Choice(_, choice), _) | (_, Datum::Choice(_, choice)) if choice.ranked => choice,
        _ => return None,
    };
    Some(choice.rank(left.text()?)?.cmp(&choice.rank(right.text()?)?))
}
