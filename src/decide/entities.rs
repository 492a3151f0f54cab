//! Things with an identity: what the request's table of entities says about them.
//!
//! An entity is its kind and id. Its fields are its own members where it was sent as an object, else those of its entry; an
//! entity without an entry has what the entry `*` names, and nothing else is known of it.

use super::datum::{Entity, Id};
use super::place::Place;
use super::stands::row_of;
use crate::decision::trace::PlaceStep;
use crate::plan::{Plan, SlotRoot};
use crate::request::Request;
use crate::value::{Record, Value};
use crate::vocabulary::{Kind, KindId, Type};
use alloc::string::String;
use alloc::vec::Vec;

/// The plan's kinds and the request's table.
#[derive(Debug, Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) plan: &'a Plan,
    pub(super) request: &'a Request,
}

impl<'a> World<'a> {
    /// The name in requests of a kind.
    pub(super) fn key(self, kind: KindId) -> Option<&'a str> {
        self.plan.vocabulary.kind(kind).map(|kind| kind.key.as_str())
    }

    /// The entity that a value of a kind is: an id, or an object.
    pub(super) fn entity(self, value: &'a Value, kind: Option<KindId>) -> Option<Entity<'a>> {
        let key = kind.and_then(|kind| self.key(kind));
        let Value::Record(record) = value else {
            return id(value).map(|id| Entity { kind: key, id: Some(id), object: None, record: None });
        };
        let told = self.told(record, kind);
        if told.is_some() && key.is_some() && told != key {
            // It says that it is something else than may stand here.
            return None;
        }
        Some(Entity {
            kind: told.or(key),
            id: record.get("id").and_then(id),
            object: told.is_none().then_some(record),
            record: Some(record),
        })
    }

    /// The entity that a reference to one of these kinds refers to. Where there are several, only an object that tells its
    /// kind says which it is of.
    pub(super) fn referred(self, value: &'a Value, kinds: &[KindId]) -> Option<Entity<'a>> {
        let kind = if let [only] = kinds { Some(*only) } else { None };
        let mut entity = self.entity(value, kind)?;
        let is_field = |key| kinds.iter().any(|&kind| self.plan.vocabulary.kind(kind).is_some_and(|kind| kind.has_key(key)));
        if let (Some(object), None) = (entity.object, entity.kind)
            && let (Some(Value::Text(told)), false) = (object.get("type"), is_field("type"))
        {
            entity.kind = Some(told);
        }
        let fits = entity.kind.is_none_or(|told| kinds.iter().any(|&kind| self.key(kind) == Some(told)));
        fits.then_some(entity)
    }

    /// The kind that `{"type": …, "id": …}` tells. Such an object says which thing is meant and nothing about it, also where
    /// the id is missing; unless things of this kind have a field of that name themselves.
    fn told(self, record: &'a Record, kind: Option<KindId>) -> Option<&'a str> {
        only_says_which(record, kind.and_then(|kind| self.plan.vocabulary.kind(kind)))
    }

    /// The entity that an object is.
    pub(super) fn object(self, record: &'a Record) -> Entity<'a> {
        Entity { kind: self.told(record, None), id: record.get("id").and_then(id), object: Some(record), record: Some(record) }
    }

    /// The entry of an entity, or `*` where it has none: and whether it is its own.
    fn entry(self, entity: Entity<'a>) -> Option<(&'a Record, bool)> {
        let table = self.request.entities()?;
        match (entity.row().and_then(|row| table.get(&row)), table.get("*")) {
            (Some(Value::Record(own)), _) => Some((own, true)),
            (None, Some(Value::Record(others))) => Some((others, false)),
            _ => None,
        }
    }

    /// A field of an entity; none where nothing says what it is.
    pub(super) fn member(self, entity: Entity<'a>, key: &str) -> Option<&'a Value> {
        if let Some(own) = entity.object.and_then(|object| object.get(key)) {
            return Some(own);
        }
        let (entry, is_own) = self.entry(entity)?;
        // An object is complete: what holds for entities that are not listed says nothing about it.
        if entity.object.is_some() && !is_own { None } else { entry.get(key) }
    }

    /// Does a field of an entity stand in its row, and not in the object as which it was sent?
    pub(super) fn is_told_by_row(self, entity: Entity<'a>, key: &str) -> bool {
        entity
            .object
            .is_none_or(|object| object.get(key).is_none() && matches!(self.entry(entity), Some((entry, true)) if entry.get(key).is_some()))
    }

    /// What an entity lies in directly; the path of the need where that is not known.
    pub(super) fn parents(self, entity: Entity<'a>) -> Result<Vec<Entity<'a>>, String> {
        match self.told_parents(entity) {
            Some(Value::List(items)) => items.iter().map(|item| self.named(item).ok_or_else(|| self.need(entity))).collect(),
            None if self.lies_in_nothing(entity) => Ok(Vec::new()),
            _ => Err(self.need(entity)),
        }
    }

    /// What the request says that an entity lies in.
    pub(super) fn told_parents(self, entity: Entity<'a>) -> Option<&'a Value> {
        let own = entity.object.and_then(|object| object.get("in"));
        own.or_else(|| self.entry(entity).and_then(|(entry, _)| entry.get("in")))
    }

    /// Is it of a kind that no `is inside` line lets lie in anything?
    fn lies_in_nothing(self, entity: Entity<'a>) -> bool {
        let Some(Type::Kind(kind)) = entity.kind.and_then(|kind| self.plan.kind_type(kind)) else { return false };
        self.plan.vocabulary.kind(*kind).is_some_and(|kind| kind.parents.is_empty())
    }

    /// The thing that a root is, where it has an identity.
    pub(super) fn thing_of(self, root: SlotRoot) -> Option<Entity<'a>> {
        match self.root(root) {
            Place::Value(value, Type::Kind(kind)) => self.entity(value, Some(*kind)),
            Place::Entity(entity) => Some(entity),
            Place::Value(..) | Place::None | Place::Null | Place::Missing | Place::Broken(_) => None,
        }
    }

    /// May a thing lie in another directly, as far as anybody declared?
    pub(super) fn may_lie_in(self, inner: Entity<'a>, outer: Entity<'a>) -> bool {
        let kind = |thing: Entity<'a>| match thing.kind.and_then(|kind| self.plan.kind_type(kind)) {
            Some(Type::Kind(kind)) => Some(*kind),
            Some(_) | None => None,
        };
        let (Some(inner), Some(outer)) = (kind(inner), kind(outer)) else { return true };
        self.plan.vocabulary.kind(inner).is_some_and(|kind| kind.parents.contains(&outer))
    }

    /// The ids of the things of some kinds that have rows in the table.
    pub(super) fn ids_of(self, kinds: &[&str]) -> impl Iterator<Item = String> {
        let rows = self.request.entities().into_iter().flat_map(Record::iter).filter_map(move |(row, _)| self.named_row(row));
        rows.filter(|thing| thing.kind.is_some_and(|kind| kinds.contains(&kind))).filter_map(|thing| thing.id).map(Id::text)
    }

    /// The rows of the table in which a thing may lie directly, and that lie in another directly.
    pub(super) fn between(self, inner: Entity<'a>, outer: Entity<'a>) -> Vec<String> {
        let lies_in = |item: &'a Value| self.named(item).is_some_and(|parent| parent.row() == outer.row());
        let mut found = Vec::new();
        for (row, entry) in self.request.entities().into_iter().flat_map(Record::iter) {
            let Value::Record(entry) = entry else { continue };
            let Some(Value::List(parents)) = entry.get("in") else { continue };
            if parents.iter().any(lies_in) && self.named_row(row).is_some_and(|between| self.may_lie_in(inner, between)) {
                found.push(String::from(row));
            }
        }
        found
    }

    pub(super) fn need(self, entity: Entity<'a>) -> String {
        match (entity.row(), entity.kind) {
            (Some(row), _) => alloc::format!("entities[\"{row}\"].in"),
            (None, Some(kind)) => alloc::format!("{kind}.id"),
            (None, None) => "entities".into(),
        }
    }

    /// Where the list of what an entity lies in stands, or would; `sent` is where it was sent as an object.
    pub(super) fn home_of_parents(self, entity: Entity<'a>, sent: impl FnOnce() -> Option<Vec<PlaceStep>>) -> Option<Vec<PlaceStep>> {
        let mut home = if entity.object.is_some_and(|object| object.get("in").is_some()) { sent()? } else { row_of(entity)? };
        home.push(PlaceStep::Key("in".into()));
        Some(home)
    }

    /// The entity of a `kind:id`: the longest declared kind before a colon, else up to the first colon.
    pub(super) fn named(self, value: &'a Value) -> Option<Entity<'a>> {
        if let Value::Text(text) = value { self.named_row(text) } else { None }
    }

    fn named_row(self, text: &'a str) -> Option<Entity<'a>> {
        let declared =
            self.plan.kind_keys.iter().find_map(|(key, _)| text.strip_prefix(key.as_str())?.strip_prefix(':').map(|id| (key.as_str(), id)));
        let (kind, id) = declared.or_else(|| text.split_once(':'))?;
        Some(Entity { kind: Some(kind), id: Some(Id::Text(id)), object: None, record: None })
    }
}

/// The type that an object tells which only says which thing is meant: `{"type": …, "id": …}`. Where its kind has a field of that
/// name, it tells about the thing.
pub(super) fn only_says_which<'a>(record: &'a Record, kind: Option<&Kind>) -> Option<&'a str> {
    let Some(Value::Text(told)) = record.get("type") else { return None };
    (record.says_only_which() && !kind.is_some_and(|kind| kind.has_key("type"))).then_some(told)
}

/// An id is a text, or a whole number, which is read as its digits.
pub(super) fn id(value: &Value) -> Option<Id<'_>> {
    if let Value::Text(text) = value {
        return Some(Id::Text(text));
    }
    let Value::Number(number) = value else { return None };
    number.is_integer().then_some(Id::Number(*number))
}

/// The same entity, by id, and by kind where both are known.
pub(super) fn same(left: Entity<'_>, right: Entity<'_>) -> Option<bool> {
    let ids = left.id? == right.id?;
    let kinds = match (left.kind, right.kind) {
        (Some(left), Some(right)) => left == right,
        (Some(_) | None, _) => true,
    };
    Some(ids && kinds)
}
