//! What is said of the elements of a list.

use super::compare::is_list;
use super::datum::Datum;
use super::evaluate::{Element, Evaluator};
use super::notes::{Cause, Notes};
use super::truth::Truth;
use crate::code::Code;
use crate::plan::{NodeId, Quantifier, TermId};
use crate::value::{Decimal, Scalar};
use alloc::collections::BTreeMap;
use alloc::string::String;

/// How many elements said yes, and how many may.
#[derive(Default)]
struct Tally {
    yes: u32,
    unknown: u32,
}

impl Tally {
    fn add(&mut self, truth: Truth) {
        match truth {
            Truth::Yes => self.yes = self.yes.saturating_add(1),
            Truth::Unknown => self.unknown = self.unknown.saturating_add(1),
            Truth::No => {}
        }
    }
}

impl<'a, N: Notes> Evaluator<'a, N> {
    /// Whether so many elements of a list say yes.
    pub(super) fn quantified(&mut self, quantifier: Quantifier, list: TermId, level: u16, body: NodeId) -> Truth {
        let mark = self.notes.mark();
        let elements = self.datum(list);
        if matches!(elements, Datum::Unknown) {
            return Truth::Unknown;
        }
        if !is_list(&elements) && !matches!(elements, Datum::None | Datum::Null) {
            return self.problem(list, Code::WrongType, "is no list");
        }
        // An element that cannot be used is noted where it is looked at.
        self.notes.forget(mark);
        match quantifier {
            Quantifier::Any => self.fold(&elements, list, level, body, Truth::Yes, mark),
            Quantifier::Every => self.fold(&elements, list, level, body, Truth::No, mark),
            Quantifier::No => self.fold(&elements, list, level, body, Truth::Yes, mark).not(),
            Quantifier::AtLeast(count) | Quantifier::AtMost(count) | Quantifier::Exactly(count) => {
                let Some(wanted) = self.wanted(count) else { return Truth::Unknown };
                if matches!(quantifier, Quantifier::AtLeast(_)) && wanted < Decimal::ONE {
                    return self.problem(count, Code::Overflow, "is below 1, which `at least` always reaches");
                }
                let Some(tally) = self.count(&elements, list, level, body) else { return Truth::Unknown };
                let truth = compare(quantifier, &tally, wanted);
                if truth != Truth::Unknown {
                    self.notes.forget(mark);
                }
                truth
            }
        }
    }

    fn wanted(&mut self, count: TermId) -> Option<Decimal> {
        match self.datum(count) {
            Datum::Unknown => None,
            Datum::Scalar(Scalar::Number(number)) => Some(number),
            Datum::None | Datum::Null => {
                self.problem(count, Code::NoneHere, "is none, where a number is wanted");
                None
            }
            Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::Entity(_)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => {
                self.problem(count, Code::WrongType, "is no number");
                None
            }
        }
    }

    /// `⋁` (decided by the first yes) or `⋀` (decided by the first no) of the body.
    fn fold(&mut self, elements: &Datum<'a>, list: TermId, level: u16, body: NodeId, decisive: Truth, mark: usize) -> Truth {
        let mut result = decisive.not();
        for at in 0..self.length(elements) {
            let Some(element) = self.at(elements, at) else { continue };
            let truth = self.truth_of(element, list, level, at, body);
            if truth == decisive {
                self.notes.forget(mark);
                return decisive;
            }
            if truth == Truth::Unknown {
                result = Truth::Unknown;
            }
        }
        result
    }

    /// What the body says of an element. Of one that stands nowhere, it says nothing.
    pub(super) fn truth_of(&mut self, element: Element<'a>, list: TermId, level: u16, at: usize, body: NodeId) -> Truth {
        if let Element::Item(item) = &element
            && matches!(item.datum, Datum::Unknown)
            && item.place.is_none()
        {
            if N::LISTENS {
                let path = item.path.clone();
                self.notes.note(|| Cause::Need(path));
            }
            return Truth::Unknown;
        }
        let before = self.bind(level, element, list, at);
        let truth = self.truth(body);
        self.restore(level, before);
        truth
    }

    /// Counts the elements that say yes; none where one doubtful element spoils the count. Something with an identity counts
    /// once, however often it is listed, because one approver who is listed twice is one approver.
    fn count(&mut self, elements: &Datum<'a>, list: TermId, level: u16, body: NodeId) -> Option<Tally> {
        let mut tally = Tally::default();
        let mut entities: BTreeMap<Id, Truth> = BTreeMap::new();
        let mut spoilt = false;
        for at in 0..self.length(elements) {
            let Some(element) = self.at(elements, at) else { continue };
            let identity = self.identity(element.clone(), list, at);
            let truth = self.truth_of(element, list, level, at, body);
            match identity {
                Identity::None => tally.add(truth),
                Identity::Unknown => spoilt = true,
                Identity::Of(id) => match entities.get(&id).copied() {
                    None => {
                        entities.insert(id, truth);
                    }
                    Some(known) if known == truth => {}
                    Some(known) if known == Truth::Unknown || truth == Truth::Unknown => {
                        entities.insert(id, Truth::Unknown);
                    }
                    Some(_) => {
                        self.problem(list, Code::NotComparable, "lists one thing twice, and the copies disagree");
                        entities.insert(id, Truth::Unknown);
                    }
                },
            }
        }
        entities.into_values().for_each(|truth| tally.add(truth));
        (!spoilt).then_some(tally)
    }

    /// Who an element is, for counting.
    fn identity(&mut self, element: Element<'a>, list: TermId, at: usize) -> Identity {
        match self.worth(list, element.clone(), at) {
            Datum::Unknown => Identity::Unknown,
            Datum::Entity(entity) => match entity.id {
                Some(_) if entity.kind.is_none() => {
                    self.problem(list, Code::NotComparable, "has an element that does not say what kind of thing it is");
                    Identity::Unknown
                }
                Some(id) => Identity::Of((entity.kind.map(String::from), id.text())),
                None => {
                    if N::LISTENS {
                        let path = alloc::format!("{}.id", self.path_of(&element, list, at));
                        self.lacks_id(path, Some(entity));
                    }
                    Identity::Unknown
                }
            },
            Datum::None
            | Datum::Null
            | Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => Identity::None,
        }
    }
}

/// A kind, where the element says so, and an id.
type Id = (Option<String>, String);

/// Who an element is, for counting.
enum Identity {
    /// A value without identity: each counts.
    None,
    /// Its kind, where it says so, and its id.
    Of(Id),
    /// It brings no id.
    Unknown,
}

/// Did an element that says this decide the whole? Of a count every element did.
pub(super) fn decided(quantifier: Quantifier, whole: Truth, element: Truth) -> bool {
    match (quantifier, whole) {
        (Quantifier::Any, Truth::Yes) | (Quantifier::No, Truth::No) | (Quantifier::AtLeast(_), Truth::Yes) => element == Truth::Yes,
        (Quantifier::Every, Truth::No) => element == Truth::No,
        (Quantifier::Any | Quantifier::No | Quantifier::Every, Truth::Unknown) => element == Truth::Unknown,
        (Quantifier::Any, Truth::No) | (Quantifier::No | Quantifier::Every, Truth::Yes) => true,
        (Quantifier::AtLeast(_), Truth::No | Truth::Unknown) | (Quantifier::AtMost(_) | Quantifier::Exactly(_), _) => true,
    }
}

/// Do the elements that decided suffice, whatever the others say?
pub(super) fn suffices(quantifier: Quantifier, whole: Truth) -> bool {
    match quantifier {
        Quantifier::Any | Quantifier::AtLeast(_) => whole == Truth::Yes,
        Quantifier::Every | Quantifier::No => whole == Truth::No,
        Quantifier::AtMost(_) | Quantifier::Exactly(_) => false,
    }
}

fn compare(quantifier: Quantifier, tally: &Tally, wanted: Decimal) -> Truth {
    let sure = Decimal::from(tally.yes);
    let possible = Decimal::from(tally.yes.saturating_add(tally.unknown));
    match quantifier {
        Quantifier::AtLeast(_) if sure >= wanted => Truth::Yes,
        Quantifier::AtLeast(_) if possible < wanted => Truth::No,
        Quantifier::AtMost(_) if sure > wanted => Truth::No,
        Quantifier::AtMost(_) if possible <= wanted => Truth::Yes,
        Quantifier::Exactly(_) if sure > wanted || possible < wanted => Truth::No,
        Quantifier::Exactly(_) if sure == possible => (sure == wanted).into(),
        Quantifier::AtLeast(_) | Quantifier::AtMost(_) | Quantifier::Exactly(_) | Quantifier::Any | Quantifier::Every | Quantifier::No => {
            Truth::Unknown
        }
    }
}
