//! What a path gives.

use super::scalar::{address, is_date, is_time, moment, money, network, span};
use super::truth::Notes;
use onlyif::machinery::program::{Path, Program, Root, Step};
use onlyif::machinery::vocabulary::{Field, KindId, Presence, Type};
use onlyif::value::Decimal;
use onlyif::{Brought, Request, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A value with its type and the path that leads to it; a literal has no path.
#[derive(Debug, Clone)]
pub struct Item {
    pub path: String,
    pub ty: Type,
    pub value: Value,
}

/// What a term gives.
#[derive(Debug, Clone)]
pub enum Got {
    Known(Item),
    /// The total of an empty list: nothing, in every currency.
    Zero,
    /// A list that is written out or worked out, whose elements may each be unknown.
    Written(Vec<Got>),
    /// The word `none`, written in a rule.
    Word,
    /// There is nothing.
    None(String),
    /// A `null` of which nobody has declared what it means.
    Null(String),
    /// The fact is missing; with the type that it would have.
    Missing(String, Type),
    /// What is there cannot be used.
    Bad(String, &'static str),
    /// Worked out of something that is unknown.
    Open(Notes),
}

impl Got {
    /// What keeps the term unknown, where nothing special is made of an undeclared null.
    pub fn notes(&self) -> Notes {
        match self {
            Got::Known(_) | Got::Zero | Got::Word | Got::None(_) | Got::Written(_) => Notes::default(),
            Got::Null(path) => Notes::problem(path, "D03"),
            Got::Missing(path, _) => Notes::need(path),
            Got::Bad(path, code) => Notes::problem(path, code),
            Got::Open(notes) => notes.clone(),
        }
    }
}

/// A policy's facts in one request.
pub struct Facts<'a> {
    pub program: &'a Program,
    pub request: &'a Request,
    /// What the installation says: the values of settings by name.
    pub settings: &'a BTreeMap<String, Value>,
    /// The kinds whose things have an identity.
    pub entities: BTreeSet<KindId>,
}

impl Facts<'_> {
    /// The value of a path; `bound` gives variables and parameters.
    pub fn follow(&self, path: &Path, bound: impl Fn(&Root) -> Got) -> Got {
        let vocabulary = &self.program.vocabulary;
        let (mut at, mut steps) = match &path.root {
            Root::Fact(fact) => (self.fact(&vocabulary.facts[*fact as usize]), &path.steps[..]),
            Root::Setting(setting) => (self.setting(&vocabulary.settings[*setting as usize]), &path.steps[..]),
            Root::Variable(_) | Root::Parameter(_) => (bound(&path.root), &path.steps[..]),
            Root::Resource | Root::Subject => match path.steps.split_first() {
                Some((Step::Field(kind, field), rest)) => {
                    (self.field_of_part(&path.root, self.program.field(*kind, *field).unwrap()), rest)
                }
                _ => (self.part(&path.root).whole, &path.steps[..]),
            },
        };
        while let Some((step, rest)) = steps.split_first() {
            at = match step {
                Step::Field(kind, field) => self.field(at, self.program.field(*kind, *field).unwrap()),
                Step::Key(key) => self.key(at, key),
            };
            steps = rest;
        }
        at
    }

    pub fn fact(&self, fact: &Field) -> Got {
        if self.is_both(fact) {
            return Got::Bad(fact.name.clone(), "D09");
        }
        match self.request.brought(&fact.key) {
            Brought::Value(value) => self.member(fact, Some(value), fact.name.clone()),
            Brought::Both => Got::Bad(fact.name.clone(), "D09"),
            Brought::Nothing if fact.name == "today" => self.today(fact),
            Brought::Nothing => self.member(fact, None, fact.name.clone()),
        }
    }

    fn setting(&self, setting: &Field) -> Got {
        self.member(setting, self.settings.get(&setting.name), setting.name.clone())
    }

    /// The date of `now` in its own offset, which is how it begins.
    fn today(&self, today: &Field) -> Got {
        match self.request.brought("now") {
            Brought::Value(Value::Text(now)) if moment(now).is_some() => {
                Got::Known(Item { path: "now".into(), ty: today.ty.clone(), value: Value::from(&now[..10]) })
            }
            Brought::Value(Value::None) => Got::Null("now".into()),
            Brought::Value(_) => Got::Bad("now".into(), "D01"),
            Brought::Nothing | Brought::Both => Got::Missing("now".into(), Type::DateTime),
        }
    }

    /// A member of a record that is there.
    pub fn member(&self, field: &Field, value: Option<&Value>, path: String) -> Got {
        match (value, &field.presence) {
            (None, Presence::Required | Presence::Open) => Got::Missing(path, field.ty.clone()),
            (None, Presence::Assumed(value)) => Got::Known(Item { path, ty: field.ty.clone(), value: value.clone() }),
            (None | Some(Value::None), Presence::Optional) => Got::None(path),
            (Some(Value::None), Presence::Open) => Got::Null(path),
            (Some(Value::None), Presence::Required | Presence::Assumed(_)) => Got::Bad(path, "D01"),
            (Some(value), _) => self.read(&field.ty, value, path),
        }
    }

    pub fn field(&self, at: Got, field: &Field) -> Got {
        let below = |path: &str| format!("{path}.{}", field.name);
        match at {
            Got::Known(item) if self.is_thing(&item.ty) => self.field_of_thing(&item, field),
            Got::Known(Item { path, value: Value::Record(record), .. }) => self.member(field, record.get(&field.key), below(&path)),
            Got::Known(item) => Got::Bad(below(&item.path), "D01"),
            Got::None(path) | Got::Null(path) => Got::None(below(&path)),
            Got::Missing(path, _) => Got::Missing(below(&path), field.ty.clone()),
            Got::Bad(path, code) => Got::Bad(below(&path), if code == "D09" { code } else { "D01" }),
            Got::Zero | Got::Written(_) | Got::Word => Got::Bad(field.name.clone(), "D01"),
            Got::Open(notes) => Got::Open(notes),
        }
    }

    fn key(&self, at: Got, key: &str) -> Got {
        let below = |path: &str| format!("{path}.{key}");
        match at {
            Got::Known(Item { path, ty: Type::Map(element), value: Value::Record(record) }) => match record.get(key) {
                None | Some(Value::None) => Got::None(below(&path)),
                Some(value) => self.read(&element, value, below(&path)),
            },
            Got::None(path) | Got::Null(path) => Got::None(below(&path)),
            Got::Missing(path, ty) => Got::Missing(below(&path), if let Type::Map(element) = ty { (*element).clone() } else { Type::Any }),
            Got::Bad(path, "D09") => Got::Bad(below(&path), "D09"),
            Got::Known(Item { path, .. }) | Got::Bad(path, _) => Got::Bad(below(&path), "D01"),
            Got::Zero | Got::Written(_) | Got::Word => Got::Bad(key.into(), "D01"),
            Got::Open(notes) => Got::Open(notes),
        }
    }

    /// An id with a type that may not stand here.
    fn is_of_another_kind(&self, ty: &Type, value: &Value) -> bool {
        let kinds = match ty {
            Type::Kind(kind) if self.entities.contains(kind) => vec![*kind],
            Type::Reference(kinds) => kinds.to_vec(),
            _ => return false,
        };
        let Value::Record(record) = value else { return false };
        let bare = record.iter().all(|(key, _)| ["id", "type"].contains(&key));
        match record.get("type") {
            Some(Value::Text(told)) if bare => {
                kinds.iter().all(|kind| self.program.vocabulary.kind(*kind).is_some_and(|kind| kind.key != *told))
            }
            _ => false,
        }
    }

    /// Does the type stand for things with an identity?
    pub fn is_thing(&self, ty: &Type) -> bool {
        match ty {
            Type::Reference(_) => true,
            Type::Kind(kind) => self.entities.contains(kind),
            _ => false,
        }
    }

    /// A value that is there, by its type; of lists, maps and records the members are read when they are looked at.
    pub fn read(&self, ty: &Type, value: &Value, path: String) -> Got {
        if self.is_of_another_kind(ty, value) {
            return Got::Bad(path, "D01");
        }
        let fits = match (ty, value) {
            (_, Value::None) => return Got::None(path),
            (Type::Choice(choice), Value::Text(text)) if !choice.values.contains(text) => return Got::Bad(path, "D02"),
            (Type::Any, _) | (Type::YesNo, Value::YesNo(_)) | (Type::Text | Type::Choice(_), Value::Text(_)) => true,
            (Type::Number, Value::Number(_)) | (Type::List(_), Value::List(_)) | (Type::Map(_) | Type::Kind(_), Value::Record(_)) => true,
            (Type::Reference(_), Value::Record(_)) => true,
            (Type::Reference(_) | Type::Kind(_), Value::Text(_)) => self.is_thing(ty),
            (Type::Reference(_) | Type::Kind(_), Value::Number(number)) => self.is_thing(ty) && number.is_integer(),
            (Type::Money, value) => money(value).is_some(),
            (Type::Date, Value::Date(_)) | (Type::Time, Value::Time(_)) | (Type::DateTime, Value::DateTime(_)) => true,
            (Type::Duration, Value::Duration(_)) | (Type::IpAddress, Value::IpAddress(_)) | (Type::Network, Value::Network(_)) => true,
            (Type::Date, Value::Text(text)) => is_date(text),
            (Type::Time, Value::Text(text)) => is_time(text),
            (Type::DateTime, Value::Text(text)) => moment(text).is_some(),
            (Type::Duration, Value::Text(text)) => span(text).is_some(),
            (Type::IpAddress, Value::Text(text)) => address(text).is_some(),
            (Type::Network, Value::Text(text)) => network(text).is_some(),
            _ => false,
        };
        if fits { Got::Known(Item { path, ty: ty.clone(), value: value.clone() }) } else { Got::Bad(path, "D01") }
    }

    /// The elements of a list, or what keeps it unknown. None and an undeclared null are empty.
    pub fn elements(&self, list: &Got) -> Result<Vec<Got>, Notes> {
        match list {
            Got::Written(items) => Ok(items.clone()),
            Got::None(_) | Got::Null(_) | Got::Word => Ok(Vec::new()),
            Got::Known(Item { path, ty, value: Value::List(items) }) => {
                let element = if let Type::List(element) = ty { element } else { &Type::Any };
                let name = |at| if path.is_empty() { String::new() } else { format!("{path}[{at}]") };
                Ok(items.iter().enumerate().map(|(at, item)| self.read(element, item, name(at))).collect())
            }
            Got::Known(Item { path, .. }) => Err(Notes::problem(path, "D01")),
            Got::Zero => Err(Notes::problem("", "D01")),
            Got::Missing(..) | Got::Bad(..) | Got::Open(_) => Err(list.notes()),
        }
    }
}

/// An id as a text: a whole number is read as its digits.
pub fn digits(id: &Value) -> Value {
    match id {
        Value::Number(number) if Decimal::is_integer(*number) => Value::Text(number.to_string()),
        other => other.clone(),
    }
}
