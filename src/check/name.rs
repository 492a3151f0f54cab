//! Names: making them known, and finding them.

use super::{Checker, messages};
use crate::source::Span;
use crate::tree::Name;
use crate::vocabulary::{Field, Kind, KindId, Presence, Type};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

impl Checker<'_> {
    /// Is the name declared already? Then it is reported. A kind's name is also a fact, so `fact user is …` clashes with it.
    pub(super) fn taken(&mut self, name: &Name) -> bool {
        let word = name.text.as_str();
        let kind = self.names.kinds.get(word).and_then(|&id| self.program.vocabulary.kind(id)).map(|kind| kind.span);
        let fact = self.names.facts.get(word).and_then(|&at| self.program.vocabulary.facts.get(at as usize)).map(|fact| fact.span);
        let setting =
            self.names.settings.get(word).and_then(|&at| self.program.vocabulary.settings.get(at as usize)).map(|setting| setting.span);
        let constant = self.names.constants.get(word).and_then(|id| self.constants.get(id.0 as usize)).map(|slot| slot.written.name.span);
        match kind.or(fact).or(setting).or(constant) {
            Some(first) => {
                self.report(messages::declared_twice(&alloc::format!("`{word}`"), name.span, first));
                true
            }
            None => false,
        }
    }

    /// Adds a kind; its name is known from now on.
    pub(super) fn new_kind(&mut self, kind: Kind) -> KindId {
        let id = KindId(u32::try_from(self.program.vocabulary.kinds.len()).unwrap_or(u32::MAX));
        self.names.kinds.entry(kind.name.clone()).or_insert(id);
        self.program.vocabulary.kinds.push(kind);
        self.fields.push(BTreeMap::new());
        id
    }

    /// Adds an open kind for what nobody declared. It has no name of its own: two of them may look alike.
    pub(super) fn open_kind(&mut self, name: &str, span: Span) -> KindId {
        let id = KindId(u32::try_from(self.program.vocabulary.kinds.len()).unwrap_or(u32::MAX));
        self.program.vocabulary.kinds.push(Kind {
            name: name.into(),
            key: name.into(),
            declared: false,
            only: false,
            entity: false,
            named: false,
            any_of: false,
            fields: Vec::new(),
            parents: Vec::new(),
            span,
        });
        self.fields.push(BTreeMap::new());
        id
    }

    /// The kind of this name; an open one is made where nobody declared it.
    pub(super) fn kind_named(&mut self, name: &Name) -> KindId {
        if let Some(&id) = self.names.kinds.get(&name.text) {
            return id;
        }
        let id = self.open_kind(&name.text, name.span);
        self.names.kinds.insert(name.text.clone(), id);
        if let Some(kind) = self.program.vocabulary.kinds.get_mut(id.0 as usize) {
            kind.named = true;
        }
        id
    }

    /// Adds a field to a kind.
    pub(super) fn new_field(&mut self, kind: KindId, field: Field) -> u32 {
        let Some(place) = self.program.vocabulary.kinds.get_mut(kind.0 as usize) else { return 0 };
        let at = u32::try_from(place.fields.len()).unwrap_or(u32::MAX);
        if let Some(index) = self.fields.get_mut(kind.0 as usize) {
            index.insert(field.name.clone(), at);
        }
        place.fields.push(field);
        at
    }

    /// The place of a kind's field of this name.
    pub(super) fn field_named(&self, kind: KindId, name: &str) -> Option<u32> {
        self.fields.get(kind.0 as usize)?.get(name).copied()
    }

    /// Adds a fact.
    pub(super) fn new_fact(&mut self, field: Field) -> u32 {
        let at = u32::try_from(self.program.vocabulary.facts.len()).unwrap_or(u32::MAX);
        self.names.facts.insert(field.name.clone(), at);
        self.program.vocabulary.facts.push(field);
        at
    }

    /// Adds a setting.
    pub(super) fn new_setting(&mut self, field: Field) -> u32 {
        let at = u32::try_from(self.program.vocabulary.settings.len()).unwrap_or(u32::MAX);
        self.names.settings.insert(field.name.clone(), at);
        self.program.vocabulary.settings.push(field);
        at
    }

    /// The fact of this name. A kind's name is also a fact of that kind; what nobody declared has the type that its uses
    /// demand.
    pub(super) fn fact_named(&mut self, name: &str, span: Span) -> u32 {
        if let Some(&at) = self.names.facts.get(name) {
            return at;
        }
        let ty = match (name, self.names.kinds.get(name)) {
            (_, Some(&kind)) => Type::Kind(kind),
            ("now", None) => Type::DateTime,
            ("today", None) => Type::Date,
            (_, None) => self.types.fresh(),
        };
        // Requests call it by the foreign name of its kind.
        let kind = if let Type::Kind(kind) = &ty { self.program.vocabulary.kind(*kind) } else { None };
        let key = kind.map_or_else(|| String::from(name), |kind| kind.key.clone());
        self.new_fact(Field { key, ..undeclared(name, ty, span) })
    }

    /// Records that things of this kind have an identity.
    pub(super) fn is_entity(&mut self, kind: KindId) {
        if let Some(kind) = self.program.vocabulary.kinds.get_mut(kind.0 as usize) {
            kind.entity = true;
        }
    }
}

/// A fact or field that nobody declared.
pub(super) fn undeclared(name: &str, ty: Type, span: Span) -> Field {
    Field {
        name: String::from(name),
        key: String::from(name),
        ty,
        presence: Presence::Open,
        private: false,
        fixed: false,
        glue: None,
        span,
    }
}
