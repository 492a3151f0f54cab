//! What a walk upwards read: which thing lies in which, as far as it made the difference.

use super::datum::{Datum, Entity, Id};
use super::notes::Notes;
use super::trace::Tracer;
use crate::decision::trace::{From, PlaceStep, Reading, Readings, State};
use crate::plan::{TermId, TermOp};
use crate::value::Value;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

impl<'a> Tracer<'a> {
    /// The thing that a term is.
    pub(super) fn named(&mut self, term: TermId) -> Vec<Entity<'a>> {
        let mark = self.evaluator.notes.mark();
        let datum = self.evaluator.whole(term);
        self.evaluator.notes.forget(mark);
        if let Datum::Entity(entity) = datum { alloc::vec![entity] } else { Vec::new() }
    }

    /// Adds what every walk upwards in these terms read.
    pub(super) fn add_climbs(&mut self, readings: &mut Readings, terms: &[TermId]) {
        for &term in terms {
            for walk in self.evaluator.climbs_of_term(term) {
                if let Some(TermOp::Above { of, .. }) = self.evaluator.nodes.term(walk) {
                    self.add_climb(readings, of, None);
                }
            }
        }
    }

    /// Adds what a walk upwards read on all ways to these goals; without goals, all of it.
    pub(super) fn add_climb(&mut self, readings: &mut Readings, from: TermId, goals: Option<&[Entity<'a>]>) {
        let Some(start) = self.named(from).pop() else { return };
        let world = self.evaluator.world();
        let found = self.evaluator.things_above(from, start);
        let leading = goals.map(|goals| self.leading(&found, goals));
        let private = self.evaluator.is_private(from);
        for entity in found {
            let told = world.told_parents(entity);
            if told.is_none() && world.parents(entity).is_ok() {
                // Nothing can be said to lie in anything here.
                continue;
            }
            let counts = leading.as_ref().is_none_or(|leading| leading.contains(&key(entity)));
            let path = match entity.object {
                _ if private => alloc::format!("{}.in", self.evaluator.path(from)),
                Some(object) if object.get("in").is_some() => alloc::format!("{}.in", self.evaluator.path(from)),
                Some(_) | None => world.need(entity),
            };
            if counts && readings.iter().all(|known| known.path != path) {
                let home = if private { None } else { world.home_of_parents(entity, || self.evaluator.stands(from)) };
                readings.push(Rc::new(self.parents(path, told, home, private)));
            }
        }
    }

    fn parents(&self, path: String, told: Option<&Value>, home: Option<Vec<PlaceStep>>, private: bool) -> Reading {
        // Its row would tell which thing a private reference means.
        let place = if private { None } else { told.and_then(|told| self.trails().to(told)).or_else(|| home.clone()) };
        let state = match told {
            Some(_) if private => State::Hidden,
            Some(told) => State::Known(told.clone()),
            None => State::Missing,
        };
        Reading { path, slot: None, place: place.unwrap_or_default(), written: home, from: From::Request, private, state }
    }

    /// Of the things on a walk, those from which a goal is reached by at least one step.
    fn leading(&self, found: &[Entity<'a>], goals: &[Entity<'a>]) -> BTreeSet<Key> {
        let world = self.evaluator.world();
        let mut below: BTreeMap<Key, Vec<Key>> = BTreeMap::new();
        for &entity in found {
            for parent in world.parents(entity).unwrap_or_default() {
                below.entry(key(parent)).or_default().push(key(entity));
            }
        }
        let mut leading = BTreeSet::new();
        let mut waiting: Vec<Key> = goals.iter().map(|&goal| key(goal)).collect();
        while let Some(reached) = waiting.pop() {
            for one in below.remove(&reached).into_iter().flatten() {
                leading.insert(one.clone());
                waiting.push(one);
            }
        }
        leading
    }
}

/// A thing by its kind and id.
type Key = (Option<String>, Option<String>);

fn key(entity: Entity<'_>) -> Key {
    (entity.kind.map(String::from), entity.id.map(Id::text))
}
