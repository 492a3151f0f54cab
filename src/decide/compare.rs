//! Comparing terms: sameness, order, membership, presence.

use super::datum::{Datum, Entity};
use super::entities::{self, World};
use super::evaluate::Evaluator;
use super::notes::{Cause, Notes};
use super::place::{self, Place};
use super::truth::Truth;
use crate::code::Code;
use crate::plan::{SlotRoot, TermId, TermOp};
use crate::value::{Incomparable, Letters, Scalar, eq_ignoring_case};
use crate::vocabulary::Type;
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
            Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::Entity(_)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => self.problem(term, Code::WrongType, "is neither yes nor no"),
        }
    }

    /// That a term is none.
    pub(super) fn is_none(&mut self, term: TermId) -> Truth {
        match self.datum(term) {
            Datum::Unknown => Truth::Unknown,
            Datum::None | Datum::Null => Truth::Yes,
            Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::Entity(_)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => Truth::No,
        }
    }

    /// That a term is none, "" or [].
    pub(super) fn is_empty(&mut self, term: TermId) -> Truth {
        let datum = self.datum(term);
        if let Some(text) = datum.text() {
            return text.is_empty().into();
        }
        match datum {
            Datum::Unknown => Truth::Unknown,
            Datum::None | Datum::Null => Truth::Yes,
            Datum::List(..) | Datum::Written(_) | Datum::Items(_) => (self.length(&datum) == 0).into(),
            Datum::Record(record, _) => record.is_empty().into(),
            Datum::Scalar(_) | Datum::Text(_) | Datum::Choice(..) | Datum::Entity(_) => Truth::No,
        }
    }

    /// That two terms are the same.
    pub(super) fn equal(&mut self, left: TermId, one: &Datum<'a>, right: TermId, other: &Datum<'a>, letters: Letters) -> Truth {
        match (one, other) {
            (Datum::Unknown, _) | (_, Datum::Unknown) => Truth::Unknown,
            (Datum::Null, _) => self.problem(left, Code::NoneHere, "is none, and nothing says what that means here"),
            (_, Datum::Null) => self.problem(right, Code::NoneHere, "is none, and nothing says what that means here"),
            (Datum::None, Datum::None) => {
                self.problem(left, Code::NoneHere, "is none like what it is compared with: two missing values are not the same")
            }
            (Datum::None, _) | (_, Datum::None) => Truth::No,
            _ if is_list(one) && is_list(other) => self.same_lists(left, one, right, other, letters),
            _ => {
                if let (Some(one), Some(other)) = (one.text(), other.text()) {
                    return same_text(one, other, letters).into();
                }
                match (one.scalar(), other.scalar(), entity(self.world(), one), entity(self.world(), other)) {
                    (Some(one), Some(other), ..) => {
                        one.same(other).map_or_else(|trouble| self.incomparable(left, right, trouble), Truth::from)
                    }
                    (_, _, Some(one), Some(other)) => self.same_entity(left, one, right, other),
                    _ => self.incomparable(left, right, Incomparable::Types),
                }
            }
        }
    }

    /// What a term is worth where it is compared as a whole: of something with an identity that is missing, the id is needed.
    pub(super) fn whole(&mut self, term: TermId) -> Datum<'a> {
        if let Some(TermOp::Slot(at)) = self.nodes.term(term)
            && N::LISTENS
            && self.is_missing_entity(at)
        {
            self.needs_id(term);
            return Datum::Unknown;
        }
        self.datum(term)
    }

    fn is_missing_entity(&self, at: u32) -> bool {
        let plan = self.plan;
        let Some(slot) = plan.slots.get(at as usize) else { return false };
        let ty = match (slot.steps.last(), slot.root) {
            (Some(step), _) => Some(&step.ty),
            (None, SlotRoot::Fact(at)) => plan.vocabulary.facts.get(at as usize).map(|fact| &fact.ty),
            (None, SlotRoot::Setting(_)) => None,
            (None, SlotRoot::Resource | SlotRoot::Subject) => return matches!(self.world().slot(slot.root, &slot.steps), Place::Missing),
        };
        let is_entity = matches!(ty, Some(Type::Kind(kind)) if place::is_entity(plan, *kind));
        is_entity && matches!(self.world().slot(slot.root, &slot.steps), Place::Missing)
    }

    /// Which of two terms a message is about: not a literal, which no request can change.
    fn of_two(&self, left: TermId, right: TermId) -> TermId {
        if matches!(self.nodes.term(left), Some(TermOp::Value(_) | TermOp::Entity(..))) { right } else { left }
    }

    fn incomparable(&mut self, left: TermId, right: TermId, trouble: Incomparable) -> Truth {
        let term = self.of_two(left, right);
        self.problem(term, Code::NotComparable, &alloc::format!("cannot be compared: {trouble}"))
    }

    /// By id, and by kind where both are known; a side that brings no id is unknown.
    fn same_entity(&mut self, left: TermId, one: Entity<'a>, right: TermId, other: Entity<'a>) -> Truth {
        for (term, entity) in [(left, one), (right, other)] {
            if entity.id.is_none() {
                self.needs_id(term);
            }
        }
        entities::same(one, other).map_or(Truth::Unknown, Truth::from)
    }

    /// Notes that the id of a term is needed.
    pub(super) fn needs_id(&mut self, term: TermId) {
        if N::LISTENS {
            let path = alloc::format!("{}.id", self.path(term));
            self.notes.note(|| Cause::Need(path));
        }
    }

    /// As sets: each element of one is in the other.
    fn same_lists(&mut self, left: TermId, one: &Datum<'a>, right: TermId, other: &Datum<'a>, letters: Letters) -> Truth {
        let mark = self.notes.mark();
        let mut result = Truth::Yes;
        for (of, elements, list, within) in [(left, one, right, other), (right, other, left, one)] {
            for at in 0..self.length(elements) {
                let element = self.element_at(of, elements, at);
                match self.is_element(of, &element, list, within, letters) {
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

    /// `⋁ element = e` for the elements of a list; no of an empty one, whatever the element.
    pub(super) fn is_in(&mut self, element: TermId, list: TermId, letters: Letters) -> Truth {
        let within = self.datum(list);
        if matches!(within, Datum::Unknown) {
            return Truth::Unknown;
        }
        if matches!(within, Datum::None | Datum::Null) || (is_list(&within) && self.length(&within) == 0) {
            return Truth::No;
        }
        let value = self.whole(element);
        self.is_element(element, &value, list, &within, letters)
    }

    fn is_element(&mut self, term: TermId, value: &Datum<'a>, list: TermId, within: &Datum<'a>, letters: Letters) -> Truth {
        if !is_list(within) {
            // A network by itself is a list of one.
            return self.equal(term, value, list, within, letters);
        }
        let mark = self.notes.mark();
        let mut result = Truth::No;
        for at in 0..self.length(within) {
            let other = self.element_at(list, within, at);
            match self.equal(term, value, list, &other, letters) {
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

    /// That the left is less than the right, or also the same.
    pub(super) fn less(&mut self, left: TermId, right: TermId, or_equal: bool) -> Truth {
        let (one, other) = (self.datum(left), self.datum(right));
        let order = match (&one, &other) {
            (Datum::Unknown, _) | (_, Datum::Unknown) => return Truth::Unknown,
            (Datum::None | Datum::Null, _) => return self.problem(left, Code::NoneHere, "is none, which has no order"),
            (_, Datum::None | Datum::Null) => return self.problem(right, Code::NoneHere, "is none, which has no order"),
            _ => match ranks(&one, &other) {
                Some(order) => Ok(order),
                None => order(&one, &other),
            },
        };
        match order {
            Ok(Ordering::Less) => Truth::Yes,
            Ok(Ordering::Equal) => or_equal.into(),
            Ok(Ordering::Greater) => Truth::No,
            Err(trouble) => self.incomparable(left, right, trouble),
        }
    }
}

/// The order of two single values.
pub(super) fn order(left: &Datum<'_>, right: &Datum<'_>) -> Result<Ordering, Incomparable> {
    match (left.scalar(), right.scalar()) {
        (Some(left), Some(right)) => left.order(right),
        (Some(_) | None, _) => Err(Incomparable::Types),
    }
}

/// Has it elements?
pub(super) fn is_list(datum: &Datum<'_>) -> bool {
    matches!(datum, Datum::List(..) | Datum::Written(_) | Datum::Items(_))
}

fn same_text(left: &str, right: &str, letters: Letters) -> bool {
    match letters {
        Letters::Exact => left == right,
        Letters::IgnoringCase => eq_ignoring_case(left, right),
    }
}

/// Records are compared like entities: by their ids.
fn entity<'a>(world: World<'a>, datum: &Datum<'a>) -> Option<Entity<'a>> {
    match datum {
        Datum::Entity(entity) => Some(*entity),
        Datum::Record(record, _) => world.object(record),
        Datum::Unknown
        | Datum::None
        | Datum::Null
        | Datum::Scalar(_)
        | Datum::Text(_)
        | Datum::Choice(..)
        | Datum::List(..)
        | Datum::Written(_)
        | Datum::Items(_) => None,
    }
}

/// The order of two listed texts of a ranked choice.
pub(super) fn ranks(left: &Datum<'_>, right: &Datum<'_>) -> Option<Ordering> {
    let choice = match (left, right) {
        (Datum::Choice(_, choice), _) | (_, Datum::Choice(_, choice)) if choice.ranked => choice,
        _ => return None,
    };
    Some(choice.rank(left.text()?)?.cmp(&choice.rank(right.text()?)?))
}
