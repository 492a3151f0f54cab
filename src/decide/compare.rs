//! Comparing terms: sameness, order, membership, presence.

use super::datum::{Datum, Entity, Item};
use super::entities::{self, World};
use super::evaluate::{Element, Evaluator};
use super::notes::{Cause, Notes};
use super::place::{Fault, Place};
use super::truth::Truth;
use crate::code::Code;
use crate::plan::{SlotRoot, TermId, TermOp};
use crate::value::{Incomparable, Letters, Scalar, Value, eq_ignoring_case};
use crate::vocabulary::Type;
use alloc::string::String;
use core::cmp::Ordering;

/// What names something that is compared: a term, or an element of the list that the term is.
#[derive(Clone, Copy)]
struct Named<'n> {
    term: TermId,
    at: Option<usize>,
    /// The name that it brings along, out of a list that is worked out.
    called: Option<&'n str>,
}

impl Named<'_> {
    fn term(term: TermId) -> Self {
        Self { term, at: None, called: None }
    }

    fn item<'n>(list: TermId, item: &'n Item<'_>) -> Named<'n> {
        Named { term: list, at: None, called: Some(&item.path) }
    }
}

impl<'a, N: Notes> Evaluator<'a, N> {
    /// Notes a problem with a term; the answer is unknown.
    pub(super) fn problem(&mut self, term: TermId, code: Code, message: &str) -> Truth {
        if N::LISTENS {
            let term = self.chosen(term);
            let path = self.path(term);
            let message = alloc::format!("{path} {message}");
            self.notes.note(|| Cause::Problem { code, path, message });
        }
        Truth::Unknown
    }

    /// Notes a problem with a term or an element; the answer is unknown.
    fn problem_with(&mut self, name: Named<'_>, code: Code, message: &str) -> Truth {
        if name.at.is_none() && name.called.is_none() {
            return self.problem(name.term, code, message);
        }
        if N::LISTENS {
            let path = self.called(name);
            let message = alloc::format!("{path} {message}");
            self.notes.note(|| Cause::Problem { code, path, message });
        }
        Truth::Unknown
    }

    /// What a term or an element is called.
    fn called(&self, name: Named<'_>) -> String {
        match (name.called, name.at) {
            (Some(called), _) => String::from(called),
            (None, Some(at)) => self.path_at(name.term, at),
            (None, None) => self.path(name.term),
        }
    }

    /// Of a constant with cases, the value that it has here: that is what a message is about.
    fn chosen(&mut self, mut term: TermId) -> TermId {
        let nodes = self.nodes;
        let mark = self.notes.mark();
        loop {
            match nodes.term(term) {
                Some(TermOp::Once { body, .. }) if matches!(nodes.term(body), Some(TermOp::Cases(..))) => term = body,
                Some(TermOp::Cases(run, otherwise)) => {
                    let case = nodes.cases(run).iter().find(|(condition, _)| self.truth(*condition) != Truth::No);
                    term = case.map_or(otherwise, |&(_, value)| value);
                }
                _ => break,
            }
        }
        self.notes.forget(mark);
        term
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

    /// Is a term known? A null that nobody declared is not: nothing says what it means here.
    pub(super) fn is_given(&mut self, term: TermId, datum: &Datum<'a>) -> bool {
        match datum {
            Datum::Unknown => false,
            Datum::Null => {
                self.problem(term, Code::NoneHere, "is none, and nothing says what that means here");
                false
            }
            Datum::None
            | Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::Entity(_)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => true,
        }
    }

    /// Are both terms known? What keeps either from it is noted.
    pub(super) fn are_given(&mut self, left: TermId, one: &Datum<'a>, right: TermId, other: &Datum<'a>) -> bool {
        let (left, right) = (self.is_given(left, one), self.is_given(right, other));
        left && right
    }

    /// That two terms are the same.
    pub(super) fn equal(&mut self, left: TermId, one: &Datum<'a>, right: TermId, other: &Datum<'a>, letters: Letters) -> Truth {
        self.same(Named::term(left), one, Named::term(right), other, letters)
    }

    /// That two elements of a list that is worked out are the same.
    pub(super) fn same_items(&mut self, list: TermId, one: &Item<'a>, other: &Item<'a>) -> Truth {
        let (left, right) = (Named::item(list, one), Named::item(list, other));
        self.same(left, &one.datum, right, &other.datum, Letters::Exact)
    }

    /// That two terms, or elements of lists, are the same.
    fn same(&mut self, left_name: Named<'_>, one: &Datum<'a>, right_name: Named<'_>, other: &Datum<'a>, letters: Letters) -> Truth {
        let (left, right) = (left_name.term, right_name.term);
        if !self.are_given(left, one, right, other) {
            return Truth::Unknown;
        }
        match (one, other) {
            (Datum::None, Datum::None) => {
                self.problem_with(left_name, Code::NoneHere, "is none like what it is compared with: two missing values are not the same")
            }
            (Datum::None, _) | (_, Datum::None) => Truth::No,
            _ if is_list(one) && is_list(other) => self.same_lists(left, one, right, other, letters),
            _ => {
                if let (Some(one), Some(other)) = (one.text(), other.text()) {
                    return same_text(one, other, letters).into();
                }
                match (one.scalar(), other.scalar(), entity(self.world(), one), entity(self.world(), other)) {
                    (Some(one), Some(other), ..) => {
                        one.same(other).map_or_else(|trouble| self.incomparable(left_name, right_name, trouble), Truth::from)
                    }
                    (_, _, Some(one), Some(other)) => self.same_entity(left_name, one, right_name, other),
                    _ => self.incomparable(left_name, right_name, Incomparable::Types),
                }
            }
        }
    }

    /// What a term is worth where it is compared as a whole: of something with an identity that is missing, the id is needed.
    pub(super) fn whole(&mut self, term: TermId) -> Datum<'a> {
        if N::LISTENS && self.is_missing_entity(term) {
            self.needs_id(term, None);
            return Datum::Unknown;
        }
        self.datum(term)
    }

    fn is_missing_entity(&self, term: TermId) -> bool {
        let plan = self.plan;
        let ty = match self.nodes.term(term) {
            Some(TermOp::Slot(at)) => plan.slots.get(at as usize).and_then(|slot| match (slot.steps.last(), slot.root) {
                (Some(step), _) => Some(&step.ty),
                (None, SlotRoot::Fact(at)) => plan.vocabulary.facts.get(at as usize).map(|fact| &fact.ty),
                (None, SlotRoot::Setting(_)) => None,
                (None, SlotRoot::Resource | SlotRoot::Subject) => Some(&Type::Any),
            }),
            Some(TermOp::Element { steps, .. }) => plan.steps.get(steps as usize).and_then(|steps| steps.last()).map(|step| &step.ty),
            Some(_) | None => None,
        };
        let is_entity = self.is_part(term) || matches!(ty, Some(Type::Kind(kind)) if plan.vocabulary.is_entity(*kind));
        is_entity && matches!(self.term_place(term), Place::Missing)
    }

    /// Is it `resource` or `subject` as a whole?
    fn is_part(&self, term: TermId) -> bool {
        let Some(TermOp::Slot(at)) = self.nodes.term(term) else { return false };
        let slot = self.plan.slots.get(at as usize);
        slot.is_some_and(|slot| slot.steps.is_empty() && matches!(slot.root, SlotRoot::Resource | SlotRoot::Subject))
    }

    /// Which of two terms a message is about: not a literal, which no request can change.
    fn of_two<'n>(&self, left: Named<'n>, right: Named<'n>) -> Named<'n> {
        if matches!(self.nodes.behind_names(left.term), Some(TermOp::Value(_) | TermOp::Entity(..))) { right } else { left }
    }

    fn incomparable(&mut self, left: Named<'_>, right: Named<'_>, trouble: Incomparable) -> Truth {
        let name = self.of_two(left, right);
        self.problem_with(name, Code::NotComparable, &alloc::format!("cannot be compared: {trouble}"))
    }

    /// By id, and by kind where both are known; a side that brings no id is unknown.
    fn same_entity(&mut self, left: Named<'_>, one: Entity<'a>, right: Named<'_>, other: Entity<'a>) -> Truth {
        for (name, entity) in [(left, one), (right, other)] {
            if !N::LISTENS || entity.id.is_some() {
                continue;
            }
            let path = alloc::format!("{}.id", self.called(name));
            self.lacks_id(path, Some(entity));
        }
        entities::same(one, other).map_or(Truth::Unknown, Truth::from)
    }

    /// Notes that the id of a term is needed.
    pub(super) fn needs_id(&mut self, term: TermId, entity: Option<Entity<'a>>) {
        if N::LISTENS {
            let path = alloc::format!("{}.id", self.path(term));
            self.lacks_id(path, entity);
        }
    }

    /// Notes that something lacks an id: it brings none, or one that cannot be used.
    pub(super) fn lacks_id(&mut self, path: String, entity: Option<Entity<'a>>) {
        let brought = entity.and_then(|entity| entity.record).and_then(|object| object.get("id"));
        let plan = self.plan;
        self.notes.note(|| match brought {
            Some(id) if *id != Value::None => Fault::Type { found: id.kind_name(), expected: &Type::Text }.cause(plan, &path),
            Some(_) | None => Cause::Need(path),
        });
    }

    /// As sets: each element of one is in the other.
    fn same_lists(&mut self, left: TermId, one: &Datum<'a>, right: TermId, other: &Datum<'a>, letters: Letters) -> Truth {
        let mark = self.notes.mark();
        let mut result = Truth::Yes;
        for (of, elements, list, within) in [(left, one, right, other), (right, other, left, one)] {
            for at in 0..self.length(elements) {
                let (term, element) = (self.named(of, elements, at), self.element_at(of, elements, at));
                match self.is_element(term, &element, list, within, letters) {
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

    /// What names an element of a list: its own term where the rules write it, else its place in the list.
    fn named<'n>(&self, list: TermId, elements: &'n Datum<'a>, at: usize) -> Named<'n> {
        let called = if let Datum::Items(items) = elements { items.get(at).map(|item| item.path.as_str()) } else { None };
        match self.at(elements, at) {
            Some(Element::Term(term)) => Named::term(term),
            Some(Element::Value(..) | Element::Item(_)) | None => Named { term: list, at: Some(at), called },
        }
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
        self.is_element(Named::term(element), &value, list, &within, letters)
    }

    fn is_element(&mut self, term: Named<'_>, value: &Datum<'a>, list: TermId, within: &Datum<'a>, letters: Letters) -> Truth {
        if !is_list(within) {
            // A network by itself is a list of one.
            return self.same(term, value, Named::term(list), within, letters);
        }
        let mark = self.notes.mark();
        let mut result = Truth::No;
        for at in 0..self.length(within) {
            let element = self.named(list, within, at);
            let other = self.element_at(list, within, at);
            match self.same(term, value, element, &other, letters) {
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
        if !self.are_given(left, &one, right, &other) {
            return Truth::Unknown;
        }
        let order = match (&one, &other) {
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
            Err(trouble) => self.incomparable(Named::term(left), Named::term(right), trouble),
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
        Datum::Record(record, _) => Some(world.object(record)),
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
