//! What keeps every request from being allowed.

use super::read::Facts;
use super::truth::Notes;
use onlyif::machinery::vocabulary::Type;
use onlyif::{Brought, Value};

/// The first thing that keeps a request from being allowed: the name of a setting, a thing under the name of a fact of another
/// sort, keys that a closed kind does not list.
pub fn bars(facts: &Facts<'_>) -> Notes {
    let vocabulary = &facts.program.vocabulary;
    let brought = |key: &str| facts.request.brought(key) != Brought::Nothing;
    if let Some(setting) = vocabulary.settings.iter().find(|setting| brought(&setting.key)) {
        return Notes::problem(&setting.name, "D08");
    }
    for fact in &vocabulary.facts {
        let is_thing = matches!(fact.ty, Type::Kind(_) | Type::Reference(_) | Type::Any);
        let is_sent =
            facts.request.subject_kind() == Some(&fact.key) || (facts.request.thing() == Some(&fact.key) && facts.resource_is_sent());
        if is_sent && !is_thing {
            return Notes::problem(&fact.key, "D10");
        }
    }
    for fact in &vocabulary.facts {
        if let Brought::Value(value) = facts.request.brought(&fact.key) {
            let mut found = Notes::default();
            unlisted(facts, &fact.ty, value, &fact.name, &mut found);
            if !found.is_empty() {
                return Notes::problem(&fact.name, "D06");
            }
        }
    }
    Notes::default()
}

fn unlisted(facts: &Facts<'_>, ty: &Type, value: &Value, path: &str, notes: &mut Notes) {
    match (ty, value) {
        (Type::List(element), Value::List(items)) => {
            items.iter().enumerate().for_each(|(at, item)| unlisted(facts, element, item, &format!("{path}[{at}]"), notes));
        }
        (Type::Map(element), Value::Record(record)) => {
            record.iter().for_each(|(key, member)| unlisted(facts, element, member, &format!("{path}.{key}"), notes));
        }
        (Type::Reference(kinds), Value::Record(_)) => {
            kinds.iter().for_each(|kind| unlisted(facts, &Type::Kind(*kind), value, path, notes));
        }
        (Type::Kind(id), Value::Record(record)) => {
            let kind = facts.program.vocabulary.kind(*id).unwrap();
            for (key, member) in record.iter() {
                match kind.fields.iter().find(|field| field.key == key) {
                    Some(field) => unlisted(facts, &field.ty, member, &format!("{path}.{}", field.name), notes),
                    None if kind.only && !["id", "type"].contains(&key) => {
                        *notes = std::mem::take(notes).and(Notes::problem(format!("{path}.{key}"), "D06"))
                    }
                    None => {}
                }
            }
        }
        _ => {}
    }
}
