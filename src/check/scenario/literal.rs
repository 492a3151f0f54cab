//! Values that are given: literals, of the type that the rules demand.
//!
//! A value becomes what a request would bring. Where no rule demands a type, an amount or a date becomes its text, since
//! that is all that JSON has for it.

use super::Reader;
use crate::check::messages;
use crate::source::Span;
use crate::tree::{Expr, Name, Node, Path, TextLiteral};
use crate::value::{IpAddress, Network, Record, Value};
use crate::vocabulary::{KindId, Presence, Type};
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl Reader<'_, '_> {
    /// The value that an expression writes, of a type; none after reporting why it is none.
    pub(super) fn literal(&mut self, written: &Expr, ty: &Type) -> Option<Value> {
        match &written.node {
            Node::Literal { value, .. } => self.of_type(value, ty, written.span),
            Node::Paren(inner) => self.literal(inner, ty),
            Node::Path { the: false, path } if path.fields.is_empty() => self.bare_word(path, ty),
            Node::List(items) => self.list(items, ty, written.span),
            Node::Record(members) => self.record(members, ty, written.span),
            Node::Entity(entity) => self.entity(&entity.kind, &entity.id, ty, written.span),
            Node::Path { .. }
            | Node::Arithmetic { .. }
            | Node::Of(_)
            | Node::Between { .. }
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::Quantified(_)
            | Node::Sentence(_) => {
                self.report(messages::given_value(self.checker.sources.words(written.span), written.span));
                None
            }
        }
    }

    /// One of the listed words of a choice, or a word that means nothing here.
    fn bare_word(&mut self, path: &Path, ty: &Type) -> Option<Value> {
        let name = &path.root;
        if let Type::Choice(choice) = ty {
            if choice.rank(&name.text).is_some() {
                return Some(Value::Text(name.text.clone()));
            }
            self.report(messages::not_listed(&name.text, &choice.values, name.span));
            return None;
        }
        let is_text = *ty == Type::Text && !self.checker.names.constants.contains_key(&name.text);
        let what = alloc::format!("this is {}", self.checker.a_type(ty));
        self.report(if is_text { messages::word_as_value(name, &what, ty) } else { messages::given_value(&name.text, name.span) });
        None
    }

    fn of_type(&mut self, value: &Value, ty: &Type, span: Span) -> Option<Value> {
        match (ty, value) {
            (Type::Any | Type::Inferred(_), _) => return Some(as_json_has_it(value)),
            // An element that is none; a given by itself was looked at already.
            (_, Value::None)
            | (Type::YesNo, Value::YesNo(_))
            | (Type::Text | Type::Reference(_), Value::Text(_))
            | (Type::Number, Value::Number(_))
            | (Type::Money, Value::Money(_))
            | (Type::Date, Value::Date(_))
            | (Type::Time, Value::Time(_))
            | (Type::DateTime, Value::DateTime(_))
            | (Type::Duration, Value::Duration(_))
            | (Type::IpAddress, Value::IpAddress(_))
            | (Type::Network, Value::Network(_)) => return Some(value.clone()),
            // Of an address alone, the network of that one: its text is read so.
            (Type::Network, Value::IpAddress(_)) => return Some(as_json_has_it(value)),
            (Type::Choice(choice), Value::Text(text)) => {
                if choice.rank(text).is_some() {
                    return Some(value.clone());
                }
                self.report(messages::not_listed(text, &choice.values, span));
                return None;
            }
            (Type::Kind(kind), Value::Text(_)) if self.is_entity(*kind) => return Some(value.clone()),
            (
                Type::YesNo
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
                | Type::Map(_)
                | Type::Choice(_)
                | Type::Reference(_)
                | Type::Kind(_),
                _,
            ) => {}
        }
        self.another_type(value.kind_name(), ty, span)
    }

    /// Reports the ordinary type error.
    fn another_type(&mut self, is: &str, ty: &Type, span: Span) -> Option<Value> {
        let words = self.checker.sources.words(span);
        let is = if matches!(is, "money" | "yes/no" | "none") { String::from(is) } else { alloc::format!("a {is}") };
        let diagnostic = messages::literal_of_another_type(words, &is, &self.checker.a_type(ty), ty, span);
        self.report(diagnostic);
        None
    }

    fn is_entity(&self, kind: KindId) -> bool {
        self.checker.program.vocabulary.is_entity(kind)
    }

    fn list(&mut self, items: &[Expr], ty: &Type, span: Span) -> Option<Value> {
        let element = match ty.element() {
            Some(element) => element,
            None if ty.is_open() => &Type::Any,
            None => return self.another_type("list", ty, span),
        };
        // Every item is looked at, so that all that is wrong in a list is said at once.
        let values: Vec<Option<Value>> = items.iter().map(|item| self.literal(item, element)).collect();
        values.into_iter().collect::<Option<Vec<Value>>>().map(Value::List)
    }

    fn record(&mut self, members: &[(Name, Expr)], ty: &Type, span: Span) -> Option<Value> {
        let of = match ty.kinds() {
            [kind] => Some(*kind),
            [] if !ty.is_open() && !matches!(ty, Type::Map(_)) => return self.another_type("record", ty, span),
            [] | [_, ..] => None,
        };
        let mut names: BTreeMap<&str, Span> = BTreeMap::new();
        let mut made = Some(Record::new());
        for (name, written) in members {
            if let Some(first) = names.insert(&name.text, name.span) {
                self.report(messages::declared_twice(&alloc::format!("`{}`", name.text), name.span, first));
                made = None;
            }
            let member = match of {
                Some(kind) => self.member(kind, name, written, span),
                None => {
                    let element = if let Type::Map(element) = ty { element } else { &Type::Any };
                    self.literal(written, element).map(|value| (name.text.clone(), value))
                }
            };
            made = made.zip(member).map(|(record, (key, value))| record.with(key, value));
        }
        made.map(Value::Record)
    }

    /// A member of a record of a kind: its key in requests, and its value.
    fn member(&mut self, kind: KindId, name: &Name, written: &Expr, record: Span) -> Option<(String, Value)> {
        let place = self.checker.field_named(kind, &name.text);
        let known = self.checker.program.vocabulary.kind(kind)?;
        let (key, ty, optional) = match place.and_then(|at| known.fields.get(at as usize)) {
            Some(field) => (field.key.clone(), field.ty.clone(), matches!(field.presence, Presence::Optional | Presence::Open)),
            None if name.text == "id" => (name.text.clone(), Type::Text, false),
            None if known.declared => {
                let of = Name { text: String::from("this"), span: record };
                self.checker.unknown_field(kind, &of, name);
                return None;
            }
            None => (name.text.clone(), Type::Any, true),
        };
        if let Node::Literal { value: Value::None, .. } = written.node
            && !optional
        {
            self.report(messages::none_given(&name.text, &self.checker.a_type(&ty), written.span));
            return None;
        }
        self.literal(written, &ty).map(|value| (key, value))
    }

    /// `user "ann"` as a value, or `ip "2001:db8::1"`.
    fn entity(&mut self, kind: &Name, id: &TextLiteral, ty: &Type, span: Span) -> Option<Value> {
        if kind.text == "ip" && !self.checker.names.kinds.contains_key("ip") {
            // The parser let nothing pass that is neither.
            let address = IpAddress::parse(&id.text).map(Value::IpAddress);
            let value = address.or_else(|_| Network::parse(&id.text).map(Value::Network)).ok()?;
            return self.of_type(&value, ty, span);
        }
        let known = self.kind(kind)?;
        let named = Record::new().with("type", self.checker.program.vocabulary.kind(known)?.key.clone()).with("id", id.text.clone());
        match ty.kinds() {
            [only] if *only == known => Some(Value::Text(id.text.clone())),
            several if several.contains(&known) || ty.is_open() => Some(Value::Record(named)),
            _ => self.another_type(&kind.text, ty, span),
        }
    }
}

/// A value as a request would bring it.
fn as_json_has_it(value: &Value) -> Value {
    match value {
        Value::None | Value::YesNo(_) | Value::Number(_) | Value::Text(_) | Value::OutOfRange(_) => value.clone(),
        Value::Money(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::DateTime(_)
        | Value::Duration(_)
        | Value::IpAddress(_)
        | Value::Network(_) => Value::Text(value.to_string()),
        Value::List(items) => Value::List(items.iter().map(as_json_has_it).collect()),
        Value::Record(record) => {
            Value::Record(record.iter().fold(Record::new(), |made, (name, value)| made.with(name, as_json_has_it(value))))
        }
    }
}
