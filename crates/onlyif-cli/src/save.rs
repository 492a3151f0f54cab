//! A request as JSON that `--request` reads again, to the same request.
//!
//! In: a request. Out: the form in which it came, as far as it matters: with a subject and a resource that tell their ids, the
//! AuthZEN form, which alone has properties of the action; else the flat form.

use onlyif::value::Record;
use onlyif::{Brought, Request, Value};

/// The request as JSON, a line for each member.
pub(crate) fn written(request: &Request) -> String {
    let members = authzen(request).unwrap_or_else(|| flat(request));
    let lines: Vec<String> =
        members.iter().map(|(name, value)| format!("{}: {}", Value::from(name.as_str()).to_json(), value.to_json())).collect();
    format!("{{\n  {}\n}}\n", lines.join(",\n  "))
}

type Members = Vec<(String, Value)>;

fn flat(request: &Request) -> Members {
    let mut members = vec![("action".to_owned(), Value::from(request.action()))];
    match (own(request, "resource"), request.thing()) {
        (Some(object), Some(kind)) => members.push(("resource".into(), with_type(object, kind))),
        (_, Some(kind)) => members.push(("resource".into(), Value::from(kind))),
        (_, None) => {}
    }
    if let (Some(object), Some(kind)) = (own(request, "subject"), request.subject_kind()) {
        members.push(("subject".into(), with_type(object, kind)));
    }
    members.extend(request.entities().map(|table| ("entities".to_owned(), Value::Record(table.clone()))));
    members.extend(request.facts().iter().map(|(name, value)| (name.to_owned(), value.clone())));
    members
}

fn authzen(request: &Request) -> Option<Members> {
    let resource = part(own(request, "resource")?, request.thing()?)?;
    let subject = part(own(request, "subject")?, request.subject_kind()?)?;
    let mut action = Record::new().with("name", request.action());
    if let Brought::Value(properties) = request.brought("action") {
        action.set("properties", properties.clone());
    }
    let mut members = vec![("subject".into(), subject), ("action".into(), Value::Record(action)), ("resource".into(), resource)];
    members.push(("context".into(), Value::Record(request.facts().clone())));
    members.extend(request.entities().map(|table| ("entities".to_owned(), Value::Record(table.clone()))));
    Some(members)
}

/// The object that a request brings as this part, and not as a fact.
fn own<'r>(request: &'r Request, name: &str) -> Option<&'r Record> {
    let Brought::Value(Value::Record(object)) = request.brought(name) else { return None };
    let is_fact = name == "resource" && request.thing().is_some_and(|thing| request.facts().get(thing).is_some());
    (!is_fact).then_some(object)
}

fn with_type(object: &Record, kind: &str) -> Value {
    Value::Record(object.clone().with("type", kind))
}

/// A part of the AuthZEN form; none where it has no id. What only says which thing is meant has no properties.
fn part(object: &Record, kind: &str) -> Option<Value> {
    let Some(Value::Text(id)) = object.get("id") else { return None };
    let mut properties = Record::new();
    object.iter().filter(|(name, _)| !matches!(*name, "id" | "type")).for_each(|(name, value)| properties.set(name, value.clone()));
    let part = Record::new().with("type", kind).with("id", id.as_str());
    let is_bare = properties.is_empty() && object.get("type").is_some();
    Some(Value::Record(if is_bare { part } else { part.with("properties", properties) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_the_same_request() {
        for text in [
            r#"{"action": "sign-in"}"#,
            r#"{"action": "read", "resource": "file", "file": {"id": "f", "é\"": [1, 2.50, null]}, "now": "2026-03-03T09:30:00Z"}"#,
            r#"{"action": "read", "resource": {"type": "file", "id": "f"}, "user": "ann", "entities": {"user:ann": {"in": []}}}"#,
            r#"{"action": "read", "resource": {"type": "file", "size": 3}, "subject": {"type": "user", "id": "ann", "old": true}}"#,
            r#"{"subject": {"type": "user", "id": "ann", "properties": {}}, "action": {"name": "read", "properties": {"dry": true}},
                "resource": {"type": "file", "id": "f"}, "context": {"hour": 3}}"#,
        ] {
            let Ok(request) = Request::from_json(text) else { return assert_eq!(text, "read") };
            let again = Request::from_json(written(&request));
            let gist = |request: &Request| written(request);
            assert_eq!(again.map(|again| gist(&again)).ok(), Some(gist(&request)), "{text}");
        }
    }
}
