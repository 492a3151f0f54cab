//! The facts that conditions read, each with what it is and where it stands: for a trace.

use super::datum::Datum;
use super::evaluate::{Element, Evaluator};
use super::notes::{Cause, Notes};
use super::place::Place;
use super::stands::is_row;
use super::trace::Tracer;
use super::trails::Trails;
use crate::decision::trace::{From, PlaceStep, Reading, Readings, State};
use crate::plan::{SlotRoot, Step, TermId, TermOp};
use crate::request::Brought;
use crate::value::{Record, Value};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

impl<N: Notes> Evaluator<'_, N> {
    /// Where a path would stand if nothing stood in the table of entities: by its own names.
    pub(super) fn as_written(&self, term: TermId) -> Option<Vec<PlaceStep>> {
        let plan = self.plan;
        let keys = |steps: &[Step]| steps.iter().map(|step| PlaceStep::Key(step.key.clone())).collect::<Vec<_>>();
        match self.nodes.term(term) {
            Some(TermOp::Slot(at)) => {
                let slot = plan.slots.get(at as usize)?;
                let root = String::from(self.world().root_key(slot.root)?);
                Some(core::iter::once(PlaceStep::Key(root)).chain(keys(&slot.steps)).collect())
            }
            Some(TermOp::Element { level, steps }) => {
                let binding = self.binding(level)?;
                let mut place = match binding.element {
                    Element::Value(..) => {
                        let mut place = self.as_written(binding.list)?;
                        place.push(PlaceStep::Index(binding.index));
                        place
                    }
                    Element::Term(term) => self.as_written(term)?,
                    Element::Item(_) => return None,
                };
                place.extend(keys(plan.steps.get(steps as usize)?));
                Some(place)
            }
            _ => None,
        }
    }
}

impl<'a> Tracer<'a> {
    /// The facts that terms read, each once, and what was worked out from them.
    pub(super) fn readings(&mut self, terms: &[TermId]) -> Readings {
        let mut readings = Readings::new();
        for &term in terms {
            let is_leaf = matches!(self.evaluator.nodes.term(term), Some(TermOp::Slot(_) | TermOp::Element { .. }));
            for leaf in self.evaluator.leaves_of_term(term) {
                for reading in self.read_by(leaf) {
                    if readings.iter().all(|known| known.path != reading.path) {
                        readings.push(reading);
                    }
                }
            }
            let is_written = matches!(
                self.evaluator.nodes.term(term),
                Some(TermOp::Value(_) | TermOp::List(_) | TermOp::Entity(..) | TermOp::Above { .. }) | None
            );
            if !is_leaf && !is_written {
                readings.extend(self.calculated(term).map(Rc::new));
            }
        }
        // What the request says comes first.
        readings.sort_by_key(|reading| reading.from == From::Calculated);
        readings
    }

    /// One path, behind the references that led into the table of entities; nothing for the element of a list that is bound further
    /// inside.
    fn read_by(&mut self, leaf: TermId) -> Readings {
        let Some(TermOp::Slot(slot)) = self.evaluator.nodes.term(leaf) else { return self.looked_up(leaf) };
        if let Some(known) = self.read.get(&slot) {
            return known.clone();
        }
        let found = self.looked_up(leaf);
        self.read.insert(slot, found.clone());
        found
    }

    fn looked_up(&mut self, leaf: TermId) -> Readings {
        let (slot, from) = match self.evaluator.nodes.term(leaf) {
            Some(TermOp::Slot(at)) => match self.evaluator.plan.slots.get(at as usize).map(|slot| slot.root) {
                Some(SlotRoot::Setting(_)) => (Some(at), From::Setting),
                Some(SlotRoot::Fact(_) | SlotRoot::Resource | SlotRoot::Subject) => (Some(at), From::Request),
                None => return Readings::new(),
            },
            Some(TermOp::Element { level, .. }) if self.evaluator.binding(level).is_some() => (None, From::Request),
            _ => return Readings::new(),
        };
        let path = self.evaluator.path(leaf);
        let private = self.evaluator.is_private(leaf);
        let trail = self.trail(leaf).unwrap_or_default();
        let mut readings = Readings::new();
        for reference in trail.through {
            let mut reading = reference.reading(&path, private);
            reading.place = self.of_id(reading.place, &reading.state);
            readings.push(Rc::new(reading));
        }
        let state = self.state(leaf, private);
        // The row in which it stands would tell which thing a private reference means.
        let way = if private && is_row(&trail.way) { self.evaluator.as_written(leaf).unwrap_or_default() } else { trail.way };
        let place = self.of_id(way, &state);
        let written = self.evaluator.stands(leaf);
        readings.push(Rc::new(Reading { path, slot, place, written, from, private, state }));
        readings
    }

    fn calculated(&mut self, term: TermId) -> Option<Reading> {
        let private = self.evaluator.is_private(term);
        let state = self.state(term, private);
        let path = self.evaluator.path(term);
        let worth_telling = matches!(state, State::Known(_)) && !path.is_empty();
        worth_telling.then_some(Reading { path, slot: None, place: Vec::new(), written: None, from: From::Calculated, private, state })
    }

    fn state(&mut self, term: TermId, private: bool) -> State {
        let mark = self.evaluator.notes.mark();
        let datum = self.evaluator.datum(term);
        let cause = self.evaluator.notes.list.split_off(mark).into_iter().next();
        match (datum, cause) {
            (Datum::Unknown, Some(Cause::Problem { message, .. })) => State::Unusable(message),
            (Datum::Unknown, Some(Cause::Need(_)) | None) => State::Missing,
            (Datum::None | Datum::Null, _) => State::None,
            (_, _) if private => State::Hidden,
            (datum, _) => {
                let value = self.evaluator.value(&datum);
                self.evaluator.notes.forget(mark);
                // A thing that brings no id is called nothing, and is there all the same.
                State::Known(if value == Value::None { Value::Record(Record::new()) } else { value })
            }
        }
    }

    /// Where a path stands in the request, or would.
    fn trail(&self, term: TermId) -> Option<Trail> {
        let plan = self.evaluator.plan;
        match self.evaluator.nodes.term(term) {
            Some(TermOp::Slot(at)) => {
                let slot = plan.slots.get(at as usize)?;
                let world = self.evaluator.world();
                let key = String::from(world.root_key(slot.root)?);
                let root = world.root(slot.root);
                if let (Place::Missing, "today", Brought::Value(now)) = (root, slot.path.as_str(), self.evaluator.request.brought("now")) {
                    return Some(Trail { way: self.trails().to(now)?, through: Vec::new() });
                }
                self.further(root, Some(alloc::vec![PlaceStep::Key(key)]), &slot.steps)
            }
            Some(TermOp::Element { level, steps }) => {
                let binding = self.evaluator.binding(level)?;
                let steps = plan.steps.get(steps as usize)?;
                let way = if let Element::Term(term) = binding.element { self.trail(term).map(|trail| trail.way) } else { None };
                self.further(self.evaluator.element_place(&binding.element), way, steps)
            }
            _ => None,
        }
    }

    /// The way on from a place. Whatever the request brings is where it was read; what it does not bring is where it would be.
    fn further(&self, from: Place<'a>, way: Option<Vec<PlaceStep>>, steps: &'a [Step]) -> Option<Trail> {
        let world = self.evaluator.world();
        let (mut home, mut through) = (way.clone(), Vec::new());
        let (mut at, mut way) = (from, self.read_at(from).or(way));
        for (taken, step) in steps.iter().enumerate() {
            let below = world.walk(at, core::slice::from_ref(step));
            let next = self.read_at(below).or_else(|| world.way_below(at, way.clone(), step));
            let next_home = world.way_below(at, home.clone(), step);
            if let (Some(place), Some(next), Some(id)) = (way, &next, world.thing_at(at, step).and_then(|thing| thing.id))
                && !next.starts_with(&place)
            {
                through.push(Reference { left: steps.len().saturating_sub(taken), id: id.text(), place, home });
            }
            (at, way, home) = (below, next, next_home);
        }
        Some(Trail { way: way?, through })
    }

    /// Of a thing that is sent as an object, what is told is its id: where that stands.
    fn of_id(&self, mut place: Vec<PlaceStep>, state: &State) -> Vec<PlaceStep> {
        let is_object = |value: &Value| matches!(value, Value::Record(record) if record.get("id").is_some());
        if matches!(state, State::Known(Value::Text(_) | Value::Number(_))) && self.evaluator.request.at(&place).is_some_and(is_object) {
            place.push(PlaceStep::Key("id".into()));
        }
        place
    }

    fn read_at(&self, place: Place<'a>) -> Option<Vec<PlaceStep>> {
        if let Place::Value(value, _) = place { self.trails().to(value) } else { None }
    }

    pub(super) fn trails(&self) -> &Trails<'a> {
        self.trails.get_or_init(|| Trails::of(self.evaluator.request))
    }
}

/// The way to a fact, and the references that led into the table of entities.
#[derive(Default)]
struct Trail {
    way: Vec<PlaceStep>,
    through: Vec<Reference>,
}

/// A reference on the way to a fact.
struct Reference {
    /// How many names of the fact's path come after it.
    left: usize,
    /// Whom it refers to.
    id: String,
    place: Vec<PlaceStep>,
    home: Option<Vec<PlaceStep>>,
}

impl Reference {
    fn reading(self, path: &str, private: bool) -> Reading {
        let mut path = path;
        for _ in 0..self.left {
            path = path.rsplit_once('.').map_or(path, |(above, _)| above);
        }
        let state = if private { State::Hidden } else { State::Known(Value::Text(self.id)) };
        Reading { path: path.into(), slot: None, place: self.place, written: self.home, from: From::Request, private, state }
    }
}
