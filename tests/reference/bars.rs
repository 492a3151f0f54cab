//! What keeps every request from being allowed.

use super::read::Facts;
use super::truth::Notes;
use onlyif::Value;
use onlyif::machinery::vocabulary::Type;

/// What keeps every request from being allowed, the first that there is: keys that a closed kind does not list, and names of
/// settings.
pub fn bars(facts: &Facts<'_>) -> Notes {
    let vocabulary = &facts.program.vocabulary;
    for fact in &vocabulary.facts {
        if let onlyif::Brought::Value(value) = facts.request.brought(&fact.key) {
            let mut found = Notes::default();
            unlisted(facts, &fact.ty, value, &fact.name, &mut found);
            if !found.is_empty() {
                return Notes::problem(&fact.name, "D06");
            }
        }
    }
    for setting in &vocabulary.settings {
        if facts.request.facts().get(&setting.key).is_some() {
            return Notes::problem(&setting.name, "D08");
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
            if let [kind] = **kinds {
                unlisted(facts, &Type::Kind(kind), value, path, notes);
            }
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
