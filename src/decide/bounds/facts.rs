//! The facts behind paths: where each stands, of what type it is, and whether it may be changed.

use super::Finder;
use crate::decide::datum::Datum;
use crate::decide::place::{Fault, Place};
use crate::decision::asked::{Asked, Fact};
use crate::decision::trace::PlaceStep;
use crate::plan::{SlotRoot, TermId, TermOp};
use crate::vocabulary::{Presence, Type};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// The clock is nobody's to change.
const CLOCK: [&str; 2] = ["now", "today"];

impl Finder<'_> {
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
            Some(at) => self.found.facts.get(at).is_none_or(Fact::may_change),
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
        let keys: Vec<String> = self.evaluator.as_written(leaf)?.iter().map(PlaceStep::key).collect();
        if let Some(&known) = self.by_keys.get(&keys) {
            return Some(known);
        }
        let fact = self.fact(leaf, keys.clone())?;
        let elsewhere = self.means_several(&fact);
        self.found.facts.push(fact);
        let at = self.found.facts.len().saturating_sub(1);
        self.by_keys.insert(keys, at);
        if elsewhere {
            self.insert(at, Asked::Elsewhere);
        }
        Some(at)
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

    fn fact(&mut self, leaf: TermId, keys: Vec<String>) -> Option<Fact> {
        let plan = self.evaluator.plan;
        let path = self.evaluator.path(leaf);
        let datum = self.evaluator.datum(leaf);
        let known = self.evaluator.request.at_keys(&keys).is_some() || !matches!(datum, Datum::Unknown);
        let absent = matches!(datum, Datum::None | Datum::Null);
        if let TermOp::Slot(at) = self.evaluator.nodes.term(leaf)? {
            let slot = plan.slots.get(at as usize)?;
            let (ty, presence) = match (self.fields.at(slot, &keys), slot.steps.last()) {
                (Some(field), _) => (field.ty.clone(), field.presence.clone()),
                (None, Some(step)) => (step.ty.clone(), step.presence.clone()),
                (None, None) => (plan.kind_type(keys.first()?).cloned().unwrap_or(Type::Any), Presence::Open),
            };
            let is_private = slot.private || self.fields.any_on_the_way(slot, |field| field.private);
            let held = is_private || keys.first().is_some_and(|first| CLOCK.contains(&first.as_str()));
            let fixed = self.fields.any_on_the_way(slot, |field| field.fixed);
            let (root, steps) = (Some(slot.root), slot.steps.clone());
            return Some(Fact { path, keys, root, steps, ty, presence, held, fixed, known, absent, asked: Vec::new() });
        }
        let TermOp::Element { level, steps } = self.evaluator.nodes.term(leaf)? else { return None };
        let binding = self.evaluator.binding(level)?.list;
        let list = self.fact_of(binding)?;
        let list = self.found.facts.get(list)?;
        let steps = plan.steps.get(steps as usize).cloned().unwrap_or_default();
        let element = list.ty.element().cloned().unwrap_or(Type::Any);
        let (ty, presence) = steps.last().map_or((element, Presence::Required), |step| (step.ty.clone(), step.presence.clone()));
        let held = list.held || steps.iter().any(|step| step.private || self.fields.any(step, false, |field| field.private));
        let fixed = list.fixed || steps.iter().any(|step| self.fields.any(step, false, |field| field.fixed));
        Some(Fact { path, keys, root: None, steps, ty, presence, held, fixed, known, absent, asked: Vec::new() })
    }
}
