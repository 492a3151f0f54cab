//! Where what a path leads to stands in a request, or would stand: there a change of it is made.
//!
//! A field of a thing that is sent by its id stands in the row of that thing. What the row `*` says of it stands in no place of
//! its own, so this is the row that it would have.

use super::datum::{Datum, Entity};
use super::evaluate::{Element, Evaluator};
use super::notes::Notes;
use super::place::Place;
use crate::decision::trace::PlaceStep;
use crate::plan::{Step, TermId, TermOp};
use alloc::string::String;
use alloc::vec::Vec;

/// A path: where it begins, the place of that, and the steps from there.
pub(super) type Way<'a> = (Place<'a>, Vec<PlaceStep>, &'a [Step]);

impl<'a, N: Notes> Evaluator<'a, N> {
    /// Where a path leads; none for a setting, and for what stands nowhere.
    pub(super) fn stands(&self, term: TermId) -> Option<Vec<PlaceStep>> {
        let (mut at, mut way, steps) = self.begin(term)?;
        let world = self.world();
        for step in steps {
            way = world.way_below(at, Some(way), step)?;
            at = world.walk(at, core::slice::from_ref(step));
        }
        Some(way)
    }

    /// Where a path begins.
    pub(super) fn begin(&self, term: TermId) -> Option<Way<'a>> {
        let plan = self.plan;
        match self.nodes.term(term) {
            Some(TermOp::Slot(at)) => {
                let slot = plan.slots.get(at as usize)?;
                let root = String::from(self.world().root_key(slot.root)?);
                Some((self.world().root(slot.root), alloc::vec![PlaceStep::Key(root)], &slot.steps))
            }
            Some(TermOp::Element { level, steps }) => {
                let binding = self.binding(level)?;
                let way = match &binding.element {
                    Element::Value(..) => {
                        let mut way = self.stands(binding.list)?;
                        way.push(PlaceStep::Index(binding.index));
                        way
                    }
                    Element::Term(term) => self.stands(*term)?,
                    Element::Item(item) => {
                        let Datum::Entity(thing) = item.datum else { return None };
                        row_of(thing).filter(|_| thing.object.is_none() && item.place.is_none())?
                    }
                };
                Some((self.element_place(&binding.element), way, plan.steps.get(steps as usize)?))
            }
            _ => None,
        }
    }
}

/// The row of a thing in the table of entities.
pub(super) fn row_of(thing: Entity<'_>) -> Option<Vec<PlaceStep>> {
    Some(alloc::vec![PlaceStep::Key("entities".into()), PlaceStep::Key(thing.row()?)])
}

/// Does a way lead into a row of the table of entities?
pub(super) fn is_row(way: &[PlaceStep]) -> bool {
    matches!(way.first(), Some(PlaceStep::Key(name)) if name == "entities")
}
