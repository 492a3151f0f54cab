//! The elements of lists, wherever they come from.

use super::datum::{Datum, Item};
use super::evaluate::{Element, Evaluator};
use super::notes::Notes;
use super::read::read_value;
use crate::plan::TermId;
use crate::value::Value;
use alloc::string::String;
use alloc::vec::Vec;

impl<'a, N: Notes> Evaluator<'a, N> {
    /// How many elements a list has.
    pub(super) fn length(&self, datum: &Datum<'a>) -> usize {
        match datum {
            Datum::List(items, _) => items.len(),
            Datum::Written(run) => run.len as usize,
            Datum::Items(items) => items.len(),
            Datum::Unknown
            | Datum::None
            | Datum::Null
            | Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::Entity(_)
            | Datum::Record(..) => 0,
        }
    }

    /// The element at a place of a list, to be bound to a variable.
    pub(super) fn at(&self, datum: &Datum<'a>, at: usize) -> Option<Element<'a>> {
        match datum {
            Datum::List(items, ty) => items.get(at).map(|item| Element::Value(item, ty)),
            Datum::Written(run) => self.nodes.items(*run).get(at).map(|&item| Element::Term(item)),
            Datum::Items(items) => items.get(at).cloned().map(Element::Item),
            Datum::Unknown
            | Datum::None
            | Datum::Null
            | Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::Entity(_)
            | Datum::Record(..) => None,
        }
    }

    /// What the element at a place of a list is worth.
    pub(super) fn element_at(&mut self, list: TermId, datum: &Datum<'a>, at: usize) -> Datum<'a> {
        match self.at(datum, at) {
            None => Datum::Unknown,
            Some(element) => self.worth(list, element, at),
        }
    }

    /// What an element is worth; the list and its place there name it in needs.
    pub(super) fn worth(&mut self, list: TermId, element: Element<'a>, at: usize) -> Datum<'a> {
        let plan = self.plan;
        match element {
            Element::Term(term) => self.whole(term),
            Element::Item(Item { datum: Datum::Unknown, place: Some((value, ty)), path }) => {
                // It is read again for what keeps it from being used.
                if let (true, Err(fault)) = (N::LISTENS, read_value(self.world(), value, ty)) {
                    self.notes.note(|| fault.cause(plan, &path));
                }
                Datum::Unknown
            }
            Element::Item(item) => item.datum,
            Element::Value(Value::None, _) => Datum::None,
            Element::Value(value, ty) => match read_value(self.world(), value, ty) {
                Ok(datum) => datum,
                Err(fault) => {
                    if N::LISTENS {
                        let path = self.path_at(list, at);
                        self.notes.note(|| fault.cause(plan, &path));
                    }
                    Datum::Unknown
                }
            },
        }
    }

    /// What an element is called in needs, wherever it comes from.
    pub(super) fn path_of(&self, element: &Element<'a>, list: TermId, at: usize) -> String {
        match element {
            Element::Term(term) => self.path(*term),
            Element::Item(item) => item.path.clone(),
            Element::Value(..) => self.path_at(list, at),
        }
    }

    /// What the element at a place of a list is called in needs.
    pub(super) fn path_at(&self, list: TermId, at: usize) -> String {
        alloc::format!("{}[{at}]", self.path(list))
    }

    /// The elements of a list as items of one that is worked out. Unknown elements stay unknown, their causes noted.
    pub(super) fn items(&mut self, list: TermId, datum: &Datum<'a>) -> Vec<Item<'a>> {
        (0..self.length(datum)).filter_map(|at| self.at(datum, at).map(|element| self.item(list, element, at))).collect()
    }

    fn item(&mut self, list: TermId, element: Element<'a>, at: usize) -> Item<'a> {
        match element {
            Element::Item(item) => item,
            Element::Value(value, ty) => {
                let datum = self.worth(list, Element::Value(value, ty), at);
                let path = if N::LISTENS { self.path_at(list, at) } else { String::new() };
                Item { datum, place: Some((value, ty)), path }
            }
            Element::Term(term) => self.item_of(term),
        }
    }

    /// A term as an item.
    pub(super) fn item_of(&mut self, term: TermId) -> Item<'a> {
        let datum = self.datum(term);
        let place = if let super::place::Place::Value(value, ty) = self.term_place(term) { Some((value, ty)) } else { None };
        let path = if N::LISTENS { self.path(term) } else { String::new() };
        Item { datum, place, path }
    }
}
