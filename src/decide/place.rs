//! Where a path leads in a request.

use super::datum::Entity;
use super::entities::{World, only_says_which};
use super::notes::Cause;
use crate::code::Code;
use crate::decision::trace::PlaceStep;
use crate::plan::{Plan, SlotRoot, Step};
use crate::request::Brought;
use crate::value::Value;
use crate::vocabulary::{Field, KindId, Presence, Type};
use alloc::string::String;
use alloc::vec::Vec;

/// What stands at the end of a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// A value, and the type it should have.
    Value(&'a Value, &'a Type),
    /// Something with an identity that stands nowhere as a value.
    Entity(Entity<'a>),
    /// Known to be absent.
    None,
    /// A null where nobody declared what that means.
    Null,
    /// The request does not say.
    Missing,
    /// A value that cannot be used.
    Broken(Fault<'a>),
}

/// Why a value cannot be used. It never holds the value: that may be private.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault<'a> {
    /// It is `found`, and this type was expected.
    Type { found: &'static str, expected: &'a Type },
    /// It is `found`, and a record was expected.
    NoRecord { found: &'static str },
    /// A text that the choice does not list.
    NotListed(&'a Type),
    /// A text that is no value of its type: no date, no amount.
    Unreadable(&'a Type),
    /// A number beyond the exact range.
    OutOfRange,
    /// Subject and resource both go by this name.
    Both,
}

impl Fault<'_> {
    /// The problem that it is, at `path`.
    pub(super) fn cause(self, plan: &Plan, path: &str) -> Cause {
        let vocabulary = &plan.vocabulary;
        let (code, message) = match self {
            Fault::Type { found, expected } => {
                (Code::WrongType, alloc::format!("{path} is {found}, expected {}", vocabulary.type_name(expected)))
            }
            Fault::NoRecord { found } => {
                (Code::WrongType, alloc::format!("{path} cannot be read: what it is a part of is {found}, expected a record"))
            }
            Fault::NotListed(ty) => {
                (Code::NotAChoice, alloc::format!("{path} is a text that is not listed, expected {}", vocabulary.type_name(ty)))
            }
            Fault::Unreadable(ty) => (Code::WrongType, alloc::format!("{path} is a text that is no {}", vocabulary.type_name(ty))),
            Fault::OutOfRange => (Code::Overflow, alloc::format!("{path} is a number beyond the exact range")),
            Fault::Both => (
                Code::SameKind,
                alloc::format!("{path} could mean more than one thing of this request: who acts and what is acted on, or several who act"),
            ),
        };
        Cause::Problem { code, path: path.into(), message }
    }
}

impl<'a> World<'a> {
    /// Where a slot's path leads.
    pub(super) fn slot(self, root: SlotRoot, steps: &'a [Step]) -> Place<'a> {
        match (self.root(root), steps.split_first()) {
            (Place::Missing, Some((first, _))) if self.lacks(root, first) => Place::None,
            (from, _) => self.walk(from, steps),
        }
    }

    /// Is the kind of the subject or the resource known, and has it no such field? Then there is none, whatever else arrives.
    fn lacks(self, root: SlotRoot, step: &'a Step) -> bool {
        let kind = match root {
            SlotRoot::Resource => self.request.thing(),
            SlotRoot::Subject => self.request.subject_kind().or_else(|| self.the_actor()),
            SlotRoot::Fact(_) | SlotRoot::Setting(_) => None,
        };
        kind.and_then(|kind| self.plan.kind_type(kind)).is_some_and(|ty| self.reading(Some(ty), step).is_none())
    }

    /// What the request (or the installation) says about a root.
    pub(super) fn root(self, root: SlotRoot) -> Place<'a> {
        let vocabulary = &self.plan.vocabulary;
        if self.is_both(root) {
            return Place::Broken(Fault::Both);
        }
        match root {
            SlotRoot::Setting(at) => match (self.plan.settings.get(at as usize), vocabulary.settings.get(at as usize)) {
                (Some(value), Some(field)) => present(value, field),
                _ => Place::Missing,
            },
            SlotRoot::Fact(at) => match vocabulary.facts.get(at as usize) {
                None => Place::Missing,
                Some(field) => match self.request.brought(&field.key) {
                    Brought::Value(value) => present(value, field),
                    Brought::Nothing => absent(&field.presence, &field.ty),
                    Brought::Both => Place::Broken(Fault::Both),
                },
            },
            SlotRoot::Resource => self.part(self.request.brought("resource"), self.request.thing()),
            SlotRoot::Subject => self.subject(),
        }
    }

    /// Does a root mean who acts and what is acted on at once? In the flat form an act on its actor's own kind brings one fact
    /// for two things.
    fn is_both(self, root: SlotRoot) -> bool {
        let Some(thing) = self.request.thing() else { return false };
        let same = self.request.parts().next().is_none() && self.actors().any(|by| by == thing);
        same && match root {
            SlotRoot::Resource | SlotRoot::Subject => true,
            SlotRoot::Fact(at) => self.plan.vocabulary.facts.get(at as usize).is_some_and(|fact| fact.key == thing),
            SlotRoot::Setting(_) => false,
        }
    }

    /// Who acts: the request's `subject`, else the fact that the act's `by` names.
    fn subject(self) -> Place<'a> {
        if let Brought::Value(_) = self.request.brought("subject") {
            return self.part(self.request.brought("subject"), self.request.subject_kind());
        }
        if self.brought_actors().count() > 1 {
            return Place::Broken(Fault::Both);
        }
        let fact = |name: &'a str| self.request.facts().get(name).map_or(Brought::Nothing, Brought::Value);
        self.the_actor().map_or(Place::Missing, |name| self.part(fact(name), Some(name)))
    }

    /// The kind of the one who acts, where the request brings a fact of that name; none where it brings several.
    pub(super) fn the_actor(self) -> Option<&'a str> {
        let mut brought = self.brought_actors();
        brought.next().filter(|_| brought.next().is_none())
    }

    /// Of the kinds that may act here, those that the request has a fact of. What is acted on is no fact: it does not act.
    fn brought_actors(self) -> impl Iterator<Item = &'a str> {
        self.actors().filter(move |name| self.request.facts().get(name).is_some())
    }

    /// The kinds that may act here.
    pub(super) fn actors(self) -> impl Iterator<Item = &'a str> {
        self.plan.act(self.request.action(), self.request.thing()).into_iter().flat_map(|act| &act.by).map(String::as_str)
    }

    /// What the request calls the thing that a root means; none for a setting.
    pub(super) fn root_key(self, root: SlotRoot) -> Option<&'a str> {
        match root {
            SlotRoot::Setting(_) => None,
            SlotRoot::Fact(at) => self.plan.vocabulary.facts.get(at as usize).map(|fact| fact.key.as_str()),
            SlotRoot::Resource => self.request.thing(),
            SlotRoot::Subject => self.request.subject_kind().or_else(|| self.the_actor()).or_else(|| self.actors().next()),
        }
    }

    /// The subject or the resource as a value of the kind that it is.
    fn part(self, brought: Brought<'a>, kind: Option<&str>) -> Place<'a> {
        let ty = kind.and_then(|kind| self.plan.kind_type(kind)).unwrap_or(&Type::Any);
        match brought {
            Brought::Value(Value::None) => Place::Null,
            Brought::Value(value) => Place::Value(value, ty),
            Brought::Nothing => Place::Missing,
            Brought::Both => Place::Broken(Fault::Both),
        }
    }

    /// Follows the steps from a place.
    pub(super) fn walk(self, from: Place<'a>, steps: &'a [Step]) -> Place<'a> {
        let mut at = from;
        for step in steps {
            at = match at {
                Place::Value(value, ty) => self.below(value, ty, step),
                Place::Entity(entity) => self.field_of(entity, self.reading(entity.kind.and_then(|kind| self.plan.kind_type(kind)), step)),
                // A field of none is none.
                Place::None | Place::Null => Place::None,
                Place::Missing | Place::Broken(_) => return at,
            };
        }
        at
    }

    fn below(self, value: &'a Value, ty: &'a Type, step: &'a Step) -> Place<'a> {
        if let Some((entity, ty)) = self.thing(value, ty, step) {
            return entity.map_or_else(|| broken(value), |entity| self.below_entity(value, entity, ty, step));
        }
        let Value::Record(record) = value else { return broken(value) };
        let Some(reading) = self.reading(Some(ty), step) else { return Place::None };
        let kind = kind_above(ty, step).and_then(|kind| self.plan.vocabulary.kind(kind));
        let bare = only_says_which(record, kind).is_some() && record.get("id").is_some();
        if step.of.is_some() && bare && record.get(reading.key).is_none() {
            // Nothing is told about it, so nothing is known to be absent.
            return Place::Missing;
        }
        match (record.get(reading.key), step.of) {
            // In a map a null and an absent key say the same.
            (Some(Value::None) | None, None) => Place::None,
            (Some(Value::None), Some(_)) => null(reading.presence, reading.ty),
            (Some(value), _) => Place::Value(value, reading.ty),
            (None, Some(_)) => absent(reading.presence, reading.ty),
        }
    }

    /// The thing with an identity of which a step reads a field, and the type by which it is read; none where it is a plain record.
    /// The thing itself is none where the value cannot be one.
    fn thing(self, value: &'a Value, ty: &'a Type, step: &Step) -> Option<(Option<Entity<'a>>, Option<&'a Type>)> {
        if let Type::Reference(kinds) = ty {
            let entity = self.referred(value, kinds);
            return Some((entity, entity.and_then(|entity| entity.kind).and_then(|kind| self.plan.kind_type(kind))));
        }
        let kind = kind_above(ty, step).filter(|&kind| self.plan.vocabulary.is_entity(kind))?;
        Some((self.entity(value, Some(kind)), Some(ty)))
    }

    /// Where the field that a step reads stands in the request, or would, if what it is a field of stands at `way`: in the thing's row of
    /// the table of entities where nothing but an id says which thing is meant, or where only its row tells it.
    pub(super) fn way_below(self, from: Place<'a>, way: Option<Vec<PlaceStep>>, step: &'a Step) -> Option<Vec<PlaceStep>> {
        let (entity, ty) = self.thing_and_type(from, step);
        let key = self.reading(ty, step).map_or(step.key.as_str(), |reading| reading.key);
        let row = entity.filter(|&entity| key != "id" && self.is_told_by_row(entity, key)).and_then(Entity::row);
        let row = row.map(|row| alloc::vec![PlaceStep::Key("entities".into()), PlaceStep::Key(row)]);
        let mut way = row.or(way)?;
        way.push(PlaceStep::Key(key.into()));
        Some(way)
    }

    /// How a step is read at a place: the type and presence of what it leads to, and the field of the kind that really stands there.
    pub(super) fn read_as(self, from: Place<'a>, step: &'a Step) -> (&'a Type, &'a Presence, Option<&'a Field>) {
        let (_, ty) = self.thing_and_type(from, step);
        let kind = if let Some(Type::Kind(kind)) = ty { self.plan.vocabulary.kind(*kind) } else { None };
        let (ty, presence) = self.reading(ty, step).map_or((&step.ty, &step.presence), |reading| (reading.ty, reading.presence));
        (ty, presence, kind.and_then(|kind| kind.field(&step.name)))
    }

    /// The thing of which a step reads a field at a place; none where there is none with an identity.
    pub(super) fn thing_at(self, from: Place<'a>, step: &Step) -> Option<Entity<'a>> {
        self.thing_and_type(from, step).0
    }

    fn thing_and_type(self, from: Place<'a>, step: &Step) -> (Option<Entity<'a>>, Option<&'a Type>) {
        match from {
            Place::Value(value, ty) => self.thing(value, ty, step).unwrap_or((None, Some(ty))),
            Place::Entity(entity) => (Some(entity), entity.kind.and_then(|kind| self.plan.kind_type(kind))),
            Place::None | Place::Null | Place::Missing | Place::Broken(_) => (None, None),
        }
    }

    /// A field of an entity that stands as a value of a type.
    fn below_entity(self, value: &'a Value, entity: Entity<'a>, ty: Option<&'a Type>, step: &'a Step) -> Place<'a> {
        let reading = self.reading(ty, step);
        // Sent as an id: its own id is known without its entry.
        if entity.object.is_none() && reading.is_some_and(|reading| reading.key == "id") && entity.id.is_some() {
            return self.id_place(value, step);
        }
        self.field_of(entity, reading)
    }

    fn id_place(self, value: &'a Value, step: &'a Step) -> Place<'a> {
        let id = if let Value::Record(record) = value { record.get("id") } else { Some(value) };
        id.map_or(Place::Missing, |id| Place::Value(id, &step.ty))
    }

    fn field_of(self, entity: Entity<'a>, reading: Option<Reading<'a>>) -> Place<'a> {
        let Some(reading) = reading else { return Place::None };
        match self.member(entity, reading.key) {
            Some(Value::None) => null(reading.presence, reading.ty),
            Some(value) => Place::Value(value, reading.ty),
            // An object is complete as to what may be absent; of an id nothing is known.
            None if entity.object.is_some() => absent(reading.presence, reading.ty),
            None => Place::Missing,
        }
    }

    /// How a step is read in something of a type: by the field of the kind that it really is. None where that kind is
    /// declared and has no such field.
    fn reading(self, ty: Option<&'a Type>, step: &'a Step) -> Option<Reading<'a>> {
        let as_written = Reading { key: &step.key, presence: &step.presence, ty: &step.ty };
        let (Some(Type::Kind(real)), Some(of)) = (ty, step.of) else { return Some(as_written) };
        if *real == of {
            return Some(as_written);
        }
        match self.plan.vocabulary.kind(*real) {
            Some(kind) => match kind.field(&step.name) {
                Some(field) => Some(Reading { key: &field.key, presence: &field.presence, ty: &field.ty }),
                // An id is always a field.
                None if kind.declared && step.name != "id" => None,
                None => Some(as_written),
            },
            None => Some(as_written),
        }
    }
}

/// How a step is read.
#[derive(Clone, Copy)]
struct Reading<'a> {
    key: &'a str,
    presence: &'a Presence,
    ty: &'a Type,
}

fn broken<'a>(value: &Value) -> Place<'a> {
    let fault = if let Value::OutOfRange(_) = value { Fault::OutOfRange } else { Fault::NoRecord { found: value.kind_name() } };
    Place::Broken(fault)
}

fn present<'a>(value: &'a Value, field: &'a Field) -> Place<'a> {
    if *value == Value::None { null(&field.presence, &field.ty) } else { Place::Value(value, &field.ty) }
}

/// A null says "known to be absent" only where that has a meaning.
fn null<'a>(presence: &Presence, ty: &'a Type) -> Place<'a> {
    match presence {
        Presence::Optional => Place::None,
        Presence::Open => Place::Null,
        Presence::Required | Presence::Assumed(_) => Place::Broken(Fault::Type { found: "none", expected: ty }),
    }
}

fn absent<'a>(presence: &'a Presence, ty: &'a Type) -> Place<'a> {
    match presence {
        Presence::Required | Presence::Open => Place::Missing,
        Presence::Optional => Place::None,
        Presence::Assumed(value) => Place::Value(value, ty),
    }
}

/// The kind of a value of which a step reads a field.
fn kind_above(ty: &Type, step: &Step) -> Option<KindId> {
    if let Type::Kind(kind) = ty { Some(*kind) } else { step.of }
}
