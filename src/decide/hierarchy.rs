//! What lies in what.

use super::datum::{Datum, Entity, Item};
use super::entities;
use super::evaluate::Evaluator;
use super::notes::{Cause, Notes};
use super::truth::Truth;
use crate::code::Code;
use crate::plan::{SlotRoot, TermId, TermOp};
use crate::vocabulary::KindId;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

/// A walk upwards: what was found, and what is not known on the way.
struct Walk<'a> {
    found: Vec<Entity<'a>>,
    unknown: Vec<String>,
}

impl<'a, N: Notes> Evaluator<'a, N> {
    /// That the inner is the outer, or lies in it at some height. Circles in the request's table do no harm.
    pub(super) fn inside(&mut self, inner: TermId, outer: TermId) -> Truth {
        let (Some(start), Some(goal)) = (self.identified(inner), self.identified(outer)) else { return Truth::Unknown };
        let walk = self.upwards(inner, start);
        if walk.found.iter().any(|&entity| entities::same(entity, goal) == Some(true)) {
            return Truth::Yes;
        }
        self.unknown_parents(walk.unknown)
    }

    /// What a walk from a private term is called: the table's names would tell its value.
    fn called_privately(&self, term: TermId) -> Option<String> {
        (N::LISTENS && self.is_private(term)).then(|| self.path(term))
    }

    fn unknown_parents(&mut self, unknown: Vec<String>) -> Truth {
        if unknown.is_empty() {
            return Truth::No;
        }
        for path in unknown {
            self.notes.note(|| Cause::Need(path));
        }
        Truth::Unknown
    }

    /// A term as something with an id; what keeps it from being one is noted.
    fn identified(&mut self, term: TermId) -> Option<Entity<'a>> {
        match self.whole(term) {
            Datum::Unknown => None,
            Datum::Entity(entity) if entity.id.is_some() && entity.kind.is_some() => Some(entity),
            Datum::Entity(entity) if entity.id.is_some() => {
                self.problem(term, Code::NotComparable, "does not say what kind of thing it is");
                None
            }
            Datum::Entity(entity) => {
                self.needs_id(term, Some(entity));
                None
            }
            Datum::None | Datum::Null => {
                self.problem(term, Code::NoneHere, "is none, which lies nowhere");
                None
            }
            Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => {
                self.problem(term, Code::WrongType, "has no identity");
                None
            }
        }
    }

    /// The entity itself and everything that it is known to lie in, each once.
    pub(super) fn things_above(&self, from: TermId, start: Entity<'a>) -> Vec<Entity<'a>> {
        self.upwards(from, start).found
    }

    /// The entity itself and everything it lies in, each once.
    fn upwards(&self, from: TermId, start: Entity<'a>) -> Walk<'a> {
        let world = self.world();
        let private = self.called_privately(from);
        let mut walk = Walk { found: Vec::new(), unknown: Vec::new() };
        let mut seen = BTreeSet::new();
        let mut waiting = alloc::vec![start];
        while let Some(entity) = waiting.pop() {
            let key = (entity.kind, entity.id.map(super::datum::Id::text));
            if !seen.insert(key) {
                continue;
            }
            walk.found.push(entity);
            match world.parents(entity) {
                Ok(parents) => waiting.extend(parents),
                Err(path) => walk.unknown.push(private.as_ref().map_or(path, |term| alloc::format!("{term}.in"))),
            }
        }
        walk
    }

    /// The things of a kind that an entity lies in. What is not known on the way is an unknown element, so that a quantifier
    /// over it is decided only by what it knows.
    pub(super) fn above(&mut self, of: TermId, itself: bool, kind: KindId) -> Datum<'a> {
        let Some(start) = self.identified(of) else { return Datum::Unknown };
        let key = self.world().key(kind);
        let walk = self.upwards(of, start);
        let private = self.called_privately(of);
        let wanted = walk.found.into_iter().skip(usize::from(!itself)).filter(|entity| entity.kind == key);
        let mut items: Vec<Item<'a>> = wanted
            .map(|entity| {
                let id = entity.id.map_or_else(String::new, super::datum::Id::text);
                let path = match &private {
                    Some(term) => term.clone(),
                    None if N::LISTENS => alloc::format!("entities[\"{}:{id}\"]", entity.kind.unwrap_or_default()),
                    None => String::new(),
                };
                Item { datum: Datum::Entity(entity), place: None, path }
            })
            .collect();
        items.extend(walk.unknown.into_iter().map(|path| Item { datum: Datum::Unknown, place: None, path }));
        Datum::Items(items.into())
    }

    /// The kind of `resource` or `subject`, which the request tells even where it does not bring the thing itself.
    pub(super) fn kind_of_part(&self, term: TermId) -> Option<&'a str> {
        let Some(TermOp::Slot(at)) = self.nodes.term(term) else { return None };
        let slot = self.plan.slots.get(at as usize).filter(|slot| slot.steps.is_empty())?;
        match slot.root {
            SlotRoot::Resource => self.request.thing(),
            SlotRoot::Subject => self.request.subject_kind().or_else(|| self.world().the_actor()),
            SlotRoot::Fact(_) | SlotRoot::Setting(_) => None,
        }
    }

    /// That a term is of a kind. Where the request does not say what it is, that is unknown.
    pub(super) fn is_kind(&mut self, term: TermId, kind: KindId) -> Truth {
        let wanted = self.world().key(kind);
        if let Some(told) = self.kind_of_part(term) {
            return (Some(told) == wanted).into();
        }
        match self.datum(term) {
            Datum::Unknown => Truth::Unknown,
            Datum::Entity(Entity { kind: Some(told), .. }) => (Some(told) == wanted).into(),
            Datum::None | Datum::Null => Truth::No,
            Datum::Entity(_)
            | Datum::Scalar(_)
            | Datum::Text(_)
            | Datum::Choice(..)
            | Datum::List(..)
            | Datum::Written(_)
            | Datum::Items(_)
            | Datum::Record(..) => self.problem(term, Code::WrongType, "does not say what kind of thing it is"),
        }
    }
}
