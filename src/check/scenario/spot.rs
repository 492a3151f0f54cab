//! Where a given points: a fact or field, with all that is known of it.

use super::Reader;
use super::behind;
use crate::check::messages;
use crate::check::similar::similar;
use crate::request::ENVELOPE;
use crate::scenario::{Fixed, Thing};
use crate::source::Span;
use crate::tree::{Entity, Name, Path};
use crate::value::Value;
use crate::vocabulary::{KindId, Presence, Type};
use alloc::string::String;
use alloc::vec::Vec;

/// A fact or field.
pub(super) struct Spot {
    /// The thing that it is a field of, `kind:id`, where that was named by its id.
    entity: Option<String>,
    /// The keys on the way in a request.
    path: Vec<String>,
    /// As it is written, names joined by dots.
    pub(super) words: String,
    /// What it is.
    pub(super) ty: Type,
    /// What it means that it is not there.
    presence: Presence,
    /// The fact, where it is one as a whole.
    pub(super) fact: Option<u32>,
    /// The first name on the way that no rule reads, where that can be told.
    unread: Option<Unread>,
    /// Where it stands.
    pub(super) span: Span,
}

struct Unread {
    name: Span,
    near: Vec<String>,
}

impl Spot {
    /// The given that it has a value.
    pub(super) fn is(self, value: Value) -> Fixed {
        match self.entity {
            Some(entity) => Fixed::Entity { entity, path: self.path, value },
            None => Fixed::Fact { path: self.path, value },
        }
    }

    /// It as something with an identity; none where it stands below a thing that was named by its id.
    pub(super) fn thing(self, kind: String) -> Thing {
        match self.entity {
            Some(entity) => Thing::Named(entity),
            None => Thing::Fact(self.path, kind),
        }
    }

    /// Is it a thing named by its id, and no field of it?
    pub(super) fn is_named_thing(&self) -> bool {
        self.entity.is_some() && self.path.is_empty()
    }

    /// May it be none?
    pub(super) fn may_be_none(&self) -> bool {
        match self.presence {
            Presence::Optional | Presence::Open => true,
            Presence::Required | Presence::Assumed(_) => false,
        }
    }

    /// Is it declared that it may be left out?
    pub(super) fn is_optional(&self) -> bool {
        self.presence == Presence::Optional
    }
}

impl Reader<'_, '_> {
    /// The fact or field that a path names.
    pub(super) fn spot(&mut self, written: &Path) -> Option<Spot> {
        let mut spot = self.root(&written.root)?;
        let mut of = &written.root;
        for field in &written.fields {
            self.step(&mut spot, of, field)?;
            of = field;
        }
        spot.span = written.span;
        Some(spot)
    }

    /// A thing that is named by its id, `user "ann"`, or a field of it.
    pub(super) fn entity_spot(&mut self, written: &Entity, span: Span) -> Option<Spot> {
        let Entity { kind, id, fields } = written;
        let known = self.kind(kind)?;
        let entity = alloc::format!("{}:{}", self.checker.program.vocabulary.kind(known)?.key, id.text);
        let mut spot = Spot {
            entity: Some(entity),
            path: Vec::new(),
            words: String::from(self.checker.sources.words(kind.span.to(id.span))),
            ty: Type::Kind(known),
            presence: Presence::Required,
            fact: None,
            unread: None,
            span,
        };
        let mut of = kind;
        for field in fields {
            self.step(&mut spot, of, field)?;
            of = field;
        }
        Some(spot)
    }

    /// A kind by its name; none after reporting that there is none.
    pub(super) fn kind(&mut self, name: &Name) -> Option<KindId> {
        let known = self.checker.names.kinds.get(&name.text).copied();
        if known.is_none() {
            let diagnostic = messages::unknown_type(name, self.checker.names.kinds.keys().map(String::as_str));
            self.checker.report_unknown(&name.text, diagnostic);
        }
        known
    }

    fn root(&mut self, name: &Name) -> Option<Spot> {
        let word = name.text.as_str();
        let vocabulary = &self.checker.program.vocabulary;
        if let Some(setting) = self.checker.names.settings.get(word).and_then(|&at| vocabulary.settings.get(at as usize)) {
            let declared = setting.span;
            self.report(messages::given_setting(word, name.span, declared));
            return None;
        }
        if ENVELOPE.contains(&word) {
            self.report(messages::given_envelope(word, name.span));
            return None;
        }
        if let Some(&id) = self.checker.names.constants.get(word) {
            let facts = behind::of_constant(&self.checker.program, id);
            self.report(messages::given_follows(word, "a constant", &facts, name.span));
            return None;
        }
        if self.checker.is_lost(word) {
            return None;
        }
        let fact = self.checker.names.facts.get(word).copied();
        let (key, ty, presence) = match fact.and_then(|at| vocabulary.facts.get(at as usize)) {
            Some(known) if !matches!(word, "now" | "today") => (known.key.clone(), known.ty.clone(), known.presence.clone()),
            Some(_) | None => {
                let ty = match (word, self.checker.names.kinds.get(word)) {
                    (_, Some(&kind)) => Type::Kind(kind),
                    ("now", None) => Type::DateTime,
                    ("today", None) => Type::Date,
                    (_, None) => Type::Any,
                };
                let is_clock = matches!(ty, Type::DateTime | Type::Date);
                (vocabulary.key_of_kind(word).into(), ty, if is_clock { Presence::Required } else { Presence::Open })
            }
        };
        let unread = (self.sound && !self.reads_fact(word)).then(|| Unread { name: name.span, near: similar(word, self.read_facts()) });
        let words = name.text.clone();
        Some(Spot { entity: None, path: alloc::vec![key], words, ty, presence, fact, unread, span: name.span })
    }

    /// Is a fact read by its name, or by what stands for it?
    fn reads_fact(&self, name: &str) -> bool {
        let read = |name: &str| self.checker.names.facts.get(name).is_some_and(|&at| self.reads.fact(at));
        // `today` is the date of `now`, and `resource` is a fact of any name.
        read(name) || (name == "now" && read("today")) || (self.reads.parts && self.checker.names.kinds.contains_key(name))
    }

    fn read_facts(&self) -> impl Iterator<Item = &str> {
        self.checker.names.facts.iter().filter(|&(_, &at)| self.reads.fact(at)).map(|(name, _)| name.as_str())
    }

    /// One dot.
    pub(super) fn step(&mut self, spot: &mut Spot, of: &Name, field: &Name) -> Option<()> {
        spot.words = alloc::format!("{}.{}", spot.words, field.text);
        spot.fact = None;
        match spot.ty.clone() {
            Type::Kind(kind) => self.field(spot, kind, of, field),
            Type::Reference(kinds) => {
                let kind = self.checker.one_of_kinds(&kinds);
                self.field(spot, kind, of, field)
            }
            Type::Map(element) => {
                (spot.ty, spot.presence) = ((*element).clone(), Presence::Optional);
                spot.path.push(field.text.clone());
                Some(())
            }
            Type::Any | Type::Inferred(_) => {
                spot.path.push(field.text.clone());
                Some(())
            }
            other @ (Type::YesNo
            | Type::Text
            | Type::Number
            | Type::Money
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Duration
            | Type::IpAddress
            | Type::Network
            | Type::List(_)
            | Type::Choice(_)) => {
                let what = alloc::format!("`{}` is {}", of.text, self.checker.a_type(&other));
                self.report(messages::no_fields(&what, &field.text, field.span));
                None
            }
        }
    }

    fn field(&mut self, spot: &mut Spot, kind: KindId, of: &Name, field: &Name) -> Option<()> {
        let place = self.checker.field_named(kind, &field.text);
        let known = self.checker.program.vocabulary.kind(kind)?;
        let mut is_read = field.text == "id";
        match place.and_then(|at| Some((at, known.fields.get(at as usize)?))) {
            Some((at, found)) => {
                is_read = self.reads.field(kind, at, &found.name);
                (spot.ty, spot.presence) = (found.ty.clone(), found.presence.clone());
                spot.path.push(found.key.clone());
            }
            None if known.declared && !is_read => {
                self.checker.unknown_field(kind, of, field);
                return None;
            }
            None => {
                (spot.ty, spot.presence) = (if is_read { Type::Text } else { Type::Any }, Presence::Open);
                spot.path.push(field.text.clone());
            }
        }
        if self.sound && !is_read && spot.unread.is_none() {
            let fields = known.fields.iter().zip(0..).filter(|&(field, at)| self.reads.field(kind, at, &field.name) && field.name != "id");
            let near = similar(&field.text, fields.map(|(field, _)| field.name.as_str()));
            spot.unread = Some(Unread { name: field.span, near });
        }
        Some(())
    }

    /// Warns of a given that changes nothing.
    pub(super) fn warn_unread(&mut self, spot: &Spot) {
        if let Some(unread) = &spot.unread {
            self.report(messages::given_not_read(&spot.words, unread.name, &unread.near));
        }
    }
}
