//! The facts behind paths: where each stands, of what type it is, and whether it may be changed.

use super::Finder;
use crate::decide::datum::Datum;
use crate::decide::place::{Fault, Place};
use crate::decide::stands::is_row;
use crate::decision::asked::{Asked, Fact};
use crate::decision::trace::PlaceStep;
use crate::plan::{SlotRoot, Step, TermId, TermOp};
use crate::value::Value;
use crate::vocabulary::{Field, Presence, Type};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// The clock is nobody's to change.
const CLOCK: [&str; 2] = ["now", "today"];

impl<'a> Finder<'a> {
    /// Is it a path, and not worked out?
    pub(super) fn is_leaf(&self, term: TermId) -> bool {
        matches!(self.evaluator.nodes.term(term), Some(TermOp::Slot(_) | TermOp::Element { .. }))
    }

    /// Notes what is asked of what a path leads to.
    pub(super) fn ask(&mut self, term: TermId, asked: Asked) {
        if let Some(TermOp::Element { level, steps }) = self.evaluator.nodes.term(term)
            && let Some(over) = self.lists.get(usize::from(level)).copied().flatten()
            && let Some(list) = over.list
        {
            // What is asked of an element as a whole is asked of each that might be in the list, too.
            if over.any || self.is_whole(steps) {
                let steps = self.evaluator.plan.steps.get(steps as usize).cloned().unwrap_or_default();
                self.insert(list, Asked::Element(steps, Box::new(asked.clone())));
            }
            if over.any {
                return;
            }
        }
        if !self.scope.any
            && let Some(at) = self.fact_of(term)
        {
            self.insert(at, asked);
        }
    }

    pub(super) fn insert(&mut self, at: usize, asked: Asked) {
        if !self.known.insert((at, asked.name())) {
            return;
        }
        if let Some(fact) = self.found.facts.get_mut(at) {
            fact.asked.push(asked);
        }
    }

    /// May anything that a term reads be changed?
    pub(super) fn is_open(&mut self, term: TermId) -> bool {
        self.evaluator.leaves_of_term(term).into_iter().any(|leaf| match self.fact_of(leaf) {
            Some(at) => self.found.facts.get(at).is_none_or(|fact| fact.may_change() || fact.asked.contains(&Asked::Elsewhere)),
            None => !self.is_of_nobody(leaf),
        })
    }

    /// Is it a setting, or an item of a list that the rules write?
    pub(super) fn is_of_nobody(&self, leaf: TermId) -> bool {
        match self.evaluator.nodes.term(leaf) {
            Some(TermOp::Slot(at)) => {
                self.evaluator.plan.slots.get(at as usize).is_some_and(|slot| matches!(slot.root, SlotRoot::Setting(_)))
            }
            Some(TermOp::Element { level, .. }) => self.evaluator.binding(level).is_some_and(|binding| {
                let is_written = matches!(self.evaluator.nodes.behind_names(binding.list), Some(TermOp::List(_)));
                is_written && self.evaluator.leaves_of_term(binding.list).is_empty()
            }),
            _ => false,
        }
    }

    /// The fact that a path leads to; none for a setting, and for what stands nowhere in the request.
    pub(super) fn fact_of(&mut self, leaf: TermId) -> Option<usize> {
        let Some(TermOp::Slot(at)) = self.evaluator.nodes.term(leaf) else { return self.found_at(leaf) };
        if let Some(&known) = self.by_slot.get(&at) {
            return known;
        }
        let found = self.found_at(leaf);
        self.by_slot.insert(at, found);
        found
    }

    fn found_at(&mut self, leaf: TermId) -> Option<usize> {
        let mut stretches = self.stretches(leaf)?;
        let last = stretches.pop()?;
        let (mut on_the_way, mut may_be_another) = (Vec::new(), false);
        for stretch in stretches {
            let at = self.add(leaf, stretch)?;
            may_be_another |= self.offer_others(at);
            on_the_way.push(at);
        }
        let at = self.add(leaf, last)?;
        if may_be_another {
            // It would be told of another thing.
            self.insert(at, Asked::Elsewhere);
        }
        let is_row = self.found.facts.get(at).is_some_and(|fact| is_in_table(&fact.keys));
        if let (Some(TermOp::Element { .. }), true) = (self.evaluator.nodes.term(leaf), is_row || !on_the_way.is_empty()) {
            self.by_leaf.entry(leaf).or_default().extend(on_the_way.into_iter().chain([at]));
        }
        Some(at)
    }

    /// The facts along a path: each reference that leads into another row of the table of entities, and what stands at the end.
    fn stretches(&self, leaf: TermId) -> Option<Vec<Stretch<'a>>> {
        let (mut at, mut way, steps) = self.evaluator.begin(leaf)?;
        let world = self.evaluator.world();
        let mut found = Vec::new();
        let (mut since, mut read) = (0, None);
        for (taken, step) in steps.iter().enumerate() {
            let below = world.way_below(at, Some(way.clone()), step)?;
            if !below.starts_with(&way) {
                found.push(Stretch { way: core::mem::take(&mut way), steps, taken, since, at, read });
                since = taken;
            }
            // Only of a row it is asked: a kind may have very many fields.
            read = is_row(&below).then(|| world.read_as(at, step));
            (at, way) = (world.walk(at, core::slice::from_ref(step)), below);
        }
        found.push(Stretch { way, steps, taken: steps.len(), since, at, read });
        Some(found)
    }

    /// Notes the fact at the end of a stretch; the same for whatever path leads there.
    fn add(&mut self, leaf: TermId, stretch: Stretch<'a>) -> Option<usize> {
        let keys: Vec<String> = stretch.way.iter().map(PlaceStep::key).collect();
        let fact = self.fact(leaf, &stretch, &keys)?;
        if let Some(&known) = self.by_keys.get(&keys) {
            if let Some(same) = self.found.facts.get_mut(known) {
                // A private path to it would tell by its row which thing is meant.
                same.held |= fact.held;
            }
            return Some(known);
        }
        let elsewhere = self.means_several(&fact);
        self.found.facts.push(fact);
        let at = self.found.facts.len().saturating_sub(1);
        self.by_keys.insert(keys, at);
        if elsewhere {
            self.insert(at, Asked::Elsewhere);
        }
        Some(at)
    }

    /// Asks a reference for the things of which the request brings rows; may it be another?
    fn offer_others(&mut self, at: usize) -> bool {
        let Some(fact) = self.found.facts.get(at) else { return false };
        // Who somebody is does not change, and of a list elements come and go.
        let is_element = fact.root.is_none() && fact.steps.is_empty();
        if !fact.may_change() || is_element || !matches!(fact.ty, Type::Reference(_)) {
            return false;
        }
        let world = self.evaluator.world();
        let kinds: Vec<&str> = fact.ty.kinds().iter().filter_map(|&kind| world.key(kind)).collect();
        let ids: Vec<String> = world.ids_of(&kinds).take(super::walks::MOST_OTHERS).collect();
        ids.into_iter().for_each(|id| self.insert(at, Asked::Value(Value::Text(id))));
        true
    }

    /// Could its root mean more than one thing, or one of several kinds? Then another thing that the request brings, or does not
    /// bring, matters.
    fn means_several(&self, fact: &Fact) -> bool {
        let Some(root) = fact.root else { return false };
        let world = self.evaluator.world();
        let is_subject = matches!(root, SlotRoot::Subject);
        let not_told = is_subject && self.evaluator.request.subject_kind().is_none() && world.the_actor().is_none();
        matches!(world.slot(root, &[]), Place::Broken(Fault::Both)) || (not_told && world.actors().count() > 1)
    }

    fn fact(&mut self, leaf: TermId, stretch: &Stretch<'a>, keys: &[String]) -> Option<Fact> {
        let left = stretch.steps.len().saturating_sub(stretch.taken);
        let way = stretch.steps.get(..stretch.taken)?;
        let own = stretch.steps.get(stretch.since..stretch.taken)?;
        let is_row = is_in_table(keys);
        let path = self.path_of(leaf, left, keys);
        let (is_known, absent) = if left == 0 { is_known(&self.evaluator.datum(leaf)) } else { is_there(stretch.at) };
        let known = self.evaluator.request.at_keys(keys).is_some() || is_known;
        let mut origin = self.origin(leaf, way, keys)?;
        let any_kind = matches!(origin.root, Some(SlotRoot::Resource | SlotRoot::Subject));
        let mut held = origin.held || self.evaluator.is_private(leaf) || keys.first().is_some_and(|first| CLOCK.contains(&first.as_str()));
        held |= way.iter().any(|step| step.private || self.fields.any(step, any_kind, |field| field.private));
        // What is fixed of the way to a row is not so of what stands there.
        let mut fixed = !is_row && origin.fixed;
        fixed |= own.iter().any(|step| self.fields.any(step, any_kind && !is_row, |field| field.fixed));
        if let (true, Some((ty, presence, field))) = (is_row, stretch.read) {
            origin = Origin { root: None, ty: ty.clone(), presence: presence.clone(), ..origin };
            held |= field.is_some_and(|field| field.private);
            fixed |= field.is_some_and(|field| field.fixed);
        }
        let Origin { root, ty, presence, .. } = origin;
        let (keys, steps) = (keys.to_vec(), own.to_vec());
        Some(Fact { path, keys, root, steps, ty, presence, held, fixed, known, absent, asked: Vec::new() })
    }

    /// What is to be said of a fact by where its path starts, and by its last step as it is written.
    fn origin(&mut self, leaf: TermId, way: &[Step], keys: &[String]) -> Option<Origin> {
        let plan = self.evaluator.plan;
        let by_step = way.last().map(|step| (step.ty.clone(), step.presence.clone()));
        if let TermOp::Slot(at) = self.evaluator.nodes.term(leaf)? {
            let slot = plan.slots.get(at as usize)?;
            let (ty, presence) = match (self.fields.at(slot, keys), by_step) {
                (Some(field), _) => (field.ty.clone(), field.presence.clone()),
                (None, Some(by_step)) => by_step,
                (None, None) => (plan.kind_type(keys.first()?).cloned().unwrap_or(Type::Any), Presence::Open),
            };
            let root = if let SlotRoot::Fact(at) = slot.root { plan.vocabulary.facts.get(at as usize) } else { None };
            let is_nowhere = root.is_none() && matches!(slot.root, SlotRoot::Fact(_) | SlotRoot::Setting(_));
            let held = is_nowhere || root.is_some_and(|fact| fact.private);
            let fixed = is_nowhere || root.is_some_and(|fact| fact.fixed);
            return Some(Origin { root: Some(slot.root), ty, presence, held, fixed });
        }
        let TermOp::Element { level, .. } = self.evaluator.nodes.term(leaf)? else { return None };
        let list = self.evaluator.binding(level)?.list;
        let list = if self.is_leaf(list) { self.fact_of(list).and_then(|list| self.found.facts.get(list)) } else { None };
        if list.is_none() && !is_in_table(keys) {
            return None;
        }
        let element = list.and_then(|list| list.ty.element()).cloned().unwrap_or(Type::Any);
        let (ty, presence) = by_step.unwrap_or((element, Presence::Required));
        let (held, fixed) = list.map_or((false, false), |list| (list.held, list.fixed));
        Some(Origin { root: None, ty, presence, held, fixed })
    }

    /// What a path is called without its last names; of a thing that was found on a walk upwards, by its row.
    fn path_of(&self, leaf: TermId, less: usize, keys: &[String]) -> String {
        let path = self.evaluator.path(leaf);
        let cut = (0..less).fold(path.as_str(), |path, _| path.rsplit_once('.').map_or(path, |(above, _)| above));
        match keys.get(1) {
            Some(row) if path.starts_with('.') || path.is_empty() => alloc::format!("entities[\"{row}\"]{cut}"),
            Some(_) | None => cut.into(),
        }
    }
}

/// A path up to where it is left for a row of the table of entities, or to its end.
struct Stretch<'a> {
    way: Vec<PlaceStep>,
    /// The steps of the whole path.
    steps: &'a [Step],
    /// How many steps it has, and how many of these there are before the row in which it stands.
    taken: usize,
    since: usize,
    at: Place<'a>,
    /// How its last step is read.
    read: Option<(&'a Type, &'a Presence, Option<&'a Field>)>,
}

/// What is said of a fact before its steps are looked at.
struct Origin {
    root: Option<SlotRoot>,
    ty: Type,
    presence: Presence,
    held: bool,
    fixed: bool,
}

/// Does a place lie in the table of entities?
pub(super) fn is_in_table(keys: &[String]) -> bool {
    keys.first().is_some_and(|first| first == "entities")
}

/// Is it known, and known to be absent?
fn is_known(datum: &Datum<'_>) -> (bool, bool) {
    (!matches!(datum, Datum::Unknown), matches!(datum, Datum::None | Datum::Null))
}

fn is_there(place: Place<'_>) -> (bool, bool) {
    (!matches!(place, Place::Missing | Place::Broken(_)), matches!(place, Place::None | Place::Null))
}
