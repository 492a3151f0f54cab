//! Givens together: each fact once, and the scenario's own before the background's.

use super::Reader;
use crate::check::messages;
use crate::scenario::{Fixed, Given, Thing};
use crate::source::Span;
use crate::value::Value;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// What a given is about: sorts apart, and of facts and fields the whole before its parts.
type Key = (u8, Vec<String>);

fn key(fixed: &Fixed) -> Key {
    match fixed {
        // There is one clock.
        Fixed::Fact { path, .. } if matches!(path.as_slice(), [only] if only == "today") => (0, alloc::vec![String::from("now")]),
        Fixed::Fact { path, .. } => (0, path.clone()),
        Fixed::Entity { entity, path, .. } => (1, core::iter::once(entity).chain(path).cloned().collect()),
        Fixed::Lies { what: Thing::Named(what), within, .. } => (2, alloc::vec![what.clone(), within.clone()]),
        Fixed::Lies { what: Thing::Fact(path, _), within, .. } => (3, path.iter().chain([within]).cloned().collect()),
        Fixed::Bucket { of, salt, .. } => (4, alloc::vec![of.clone(), salt.clone()]),
    }
}

/// The given that is about the same, or about a whole that holds it, or about a part of it.
enum Meets {
    Same(Span),
    Whole(Span),
    Part(Span),
}

fn meets(known: &BTreeMap<Key, Span>, key: &Key) -> Option<Meets> {
    if let Some(&span) = known.get(key) {
        return Some(Meets::Same(span));
    }
    let (sort, path) = key;
    let whole = (1..path.len()).find_map(|length| known.get(&(*sort, path.get(..length)?.to_vec())));
    if let Some(&span) = whole {
        return Some(Meets::Whole(span));
    }
    let (after, &span) = known.range(key.clone()..).next()?;
    (after.0 == *sort && after.1.starts_with(path)).then_some(Meets::Part(span))
}

impl Reader<'_, '_> {
    /// Reports givens of one block that speak of the same fact.
    pub(super) fn each_once(&mut self, givens: &[Given]) -> Option<()> {
        let mut known: BTreeMap<Key, Span> = BTreeMap::new();
        let mut fine = Some(());
        for given in givens {
            let key = key(&given.fixed);
            match meets(&known, &key) {
                None => {
                    known.insert(key, given.span);
                    continue;
                }
                Some(Meets::Same(first)) => self.report(messages::given_twice(self.checker.sources.words(given.span), given.span, first)),
                Some(Meets::Whole(first) | Meets::Part(first)) => self.report(messages::given_whole_and_part(given.span, first)),
            }
            fine = None;
        }
        fine
    }

    /// The background's givens that the scenario says nothing else about, then its own. What changes a part of a record
    /// that the background gives comes after it; a part of what is no record cannot be given.
    pub(super) fn merge(&mut self, background: &[Given], own: Vec<Given>) -> Option<Vec<Given>> {
        let known: BTreeMap<Key, Span> = own.iter().map(|given| (key(&given.fixed), given.span)).collect();
        let mut merged = Vec::new();
        let mut fine = true;
        for given in background {
            match meets(&known, &key(&given.fixed)) {
                None => merged.push(given.clone()),
                Some(Meets::Same(_) | Meets::Whole(_)) => {}
                Some(Meets::Part(part)) => {
                    let is_record =
                        matches!(&given.fixed, Fixed::Fact { value: Value::Record(_), .. } | Fixed::Entity { value: Value::Record(_), .. });
                    if is_record {
                        merged.push(given.clone());
                    } else {
                        self.report(messages::given_whole_and_part(part, given.span));
                        fine = false;
                    }
                }
            }
        }
        merged.extend(own);
        fine.then_some(merged)
    }
}
