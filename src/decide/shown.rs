//! Values of the request that leave the engine, in duties and reasons.
//!
//! A private member never does: a record is written with the members that its kind declares and that are not private, and a
//! thing with an identity by its id alone.

use super::entities::id;

use crate::plan::Plan;
use crate::value::{Record, Value};
use crate::vocabulary::{Kind, Type};

/// A value of a type. It recurses as deep as the request nests, which is limited.
pub(super) fn value(plan: &Plan, value: &Value, ty: &Type) -> Value {
    match (ty, value) {
        (Type::Kind(kind), Value::Record(record)) if plan.vocabulary.is_entity(*kind) => id_of(record),
        (Type::Reference(_), Value::Record(record)) => id_of(record),
        (Type::Kind(_) | Type::Map(_), Value::Record(members)) => record(plan, members, ty),
        (Type::List(element), Value::List(items)) => Value::List(items.iter().map(|item| self::value(plan, item, element)).collect()),
        _ => value.clone(),
    }
}

fn id_of(record: &Record) -> Value {
    record.get("id").filter(|value| id(value).is_some()).cloned().unwrap_or(Value::None)
}

/// A record of a kind, or a map.
pub(super) fn record(plan: &Plan, members: &Record, ty: &Type) -> Value {
    let kind = if let Type::Kind(kind) = ty { plan.vocabulary.kind(*kind) } else { None };
    let element = if let Type::Map(element) = ty { element } else { &Type::Any };
    let shown = members.iter().filter_map(|(key, member)| {
        let written = match kind {
            Some(kind) => of_kind(plan, kind, key, member)?,
            None => value(plan, member, element),
        };
        Some((alloc::string::String::from(key), written))
    });
    Record::from_members(shown.collect()).map_or(Value::None, Value::Record)
}

/// A member of a kind: none where it is private, or where the kind is declared and does not list it.
fn of_kind(plan: &Plan, kind: &Kind, key: &str, member: &Value) -> Option<Value> {
    match kind.fields.iter().find(|field| field.key == key) {
        Some(field) => (!field.private).then(|| value(plan, member, &field.ty)),
        None => (!kind.declared).then(|| member.clone()),
    }
}
