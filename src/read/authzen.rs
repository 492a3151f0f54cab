//! The evaluation form of OpenID AuthZEN 1.0: `subject`, `action`, `resource`, `context`.
//!
//! In: the root object. Out: a request with the subject and the resource as objects of their kinds, and the members of
//! `context` as facts; faults are noted beside it. Nothing in it may replace the subject or the resource: a caller that
//! fills `context` from a stranger's request would else let the stranger choose who he is.
//! Members that the standard does not know are ignored, as it asks.

use super::envelope::{self, a_kind, add_facts, take, taken};
use super::fault::{Faults, shown_path};
use super::locate::Step;
use crate::request::{ENVELOPE, Request};
use crate::value::{Record, Value};
use alloc::format;
use alloc::string::String;

const EXAMPLE: &str = "write it like `{\"subject\": {\"type\": \"user\", \"id\": \"ann\"}, \"action\": {\"name\": \"read\"}, \"resource\": {\"type\": \"document\", \"id\": \"d1\"}}`";

pub(super) fn read(mut root: Record, faults: &mut Faults<'_>) -> Request {
    let (action, properties) = action(&mut root, faults);
    let (subject_kind, subject) = entity(&mut root, "subject", faults);
    let (resource_kind, resource) = entity(&mut root, "resource", faults);
    let context = object(take(&mut root, "context"), &[Step::Key("context")], faults);
    if let Some(context) = &context {
        envelope::clocks(context, &[Step::Key("context")], faults);
        replaces(context, &subject_kind, &resource_kind, faults);
    }
    let mut request = Request::new(action, resource_kind).with_resource(resource).with_subject(subject_kind, subject);
    if let Some(properties) = properties {
        request = request.with_action_properties(properties);
    }
    if let Some(table) = take(&mut root, "entities") {
        request = request.with_entities(envelope::entities(table, faults));
    }
    add_facts(&mut request, context.map_or_else(Default::default, |context| taken(context, |_| true)));
    request
}

fn action(root: &mut Record, faults: &mut Faults<'_>) -> (String, Option<Record>) {
    let path = [Step::Key("action")];
    match take(root, "action") {
        Some(Value::Record(mut action)) => {
            let name = envelope::name(action.get("name"), &[Step::Key("action"), Step::Key("name")], EXAMPLE, faults);
            let properties = object(take(&mut action, "properties"), &[Step::Key("action"), Step::Key("properties")], faults);
            return (name, properties);
        }
        Some(other) => faults.shape(&path, format!("`action` is {}, expected an object with `name`", a_kind(&other)), EXAMPLE),
        None => faults.shape(&path, "`action` is missing", EXAMPLE),
    }
    (String::new(), None)
}

/// The subject or the resource: its kind, and its id and properties as one record.
fn entity(root: &mut Record, member: &str, faults: &mut Faults<'_>) -> (String, Record) {
    let path = [Step::Key(member)];
    let mut given = match take(root, member) {
        Some(Value::Record(given)) => given,
        Some(other) => {
            faults.shape(&path, format!("`{member}` is {}, expected an object with `type` and `id`", a_kind(&other)), EXAMPLE);
            return Default::default();
        }
        None => {
            faults.shape(&path, format!("`{member}` is missing"), EXAMPLE);
            return Default::default();
        }
    };
    let kind = envelope::kind(&given, member, faults);
    let id = id(given.get("id"), member, faults);
    let properties = object(take(&mut given, "properties"), &[Step::Key(member), Step::Key("properties")], faults);
    let is_bare = properties.is_none();
    let mut fields = properties.unwrap_or_default();
    for key in ["id", "type"] {
        if fields.get(key).is_some() {
            let path = [Step::Key(member), Step::Key("properties"), Step::Key(key)];
            let message = format!("`{}` would replace `{member}.{key}`", shown_path(&path));
            faults.conflict(&path, Some(&[Step::Key(member), Step::Key(key)]), message, "give this property another name");
        }
    }
    fields.set("id", id);
    if is_bare {
        // It says which thing is meant, and nothing about it.
        fields.set("type", kind.clone());
    }
    (kind, fields)
}

fn id(value: Option<&Value>, member: &str, faults: &mut Faults<'_>) -> String {
    let path = [Step::Key(member), Step::Key("id")];
    match value {
        Some(Value::Text(id)) if !id.is_empty() => return id.clone(),
        Some(Value::Text(_)) => faults.shape(&path, format!("`{member}.id` is empty"), EXAMPLE),
        Some(other) => faults.shape(&path, format!("`{member}.id` is {}, expected a text", a_kind(other)), EXAMPLE),
        None => faults.shape(&path, format!("`{member}.id` is missing"), EXAMPLE),
    }
    String::new()
}

fn object(value: Option<Value>, path: &[Step<'_>], faults: &mut Faults<'_>) -> Option<Record> {
    match value {
        None => None,
        Some(Value::Record(record)) => Some(record),
        Some(other) => {
            let message = format!("`{}` is {}, expected an object", shown_path(path), a_kind(&other));
            faults.shape(path, message, "write `{}` or leave it out where there is nothing to say");
            None
        }
    }
}

/// Members of the context that would take the name of the subject, of the resource, or of the envelope.
fn replaces(context: &Record, subject_kind: &str, resource_kind: &str, faults: &mut Faults<'_>) {
    for (key, _) in context.iter() {
        let what = if ENVELOPE.contains(&key) {
            format!("the request's `{key}`")
        } else if key == subject_kind {
            "the subject".into()
        } else if key == resource_kind {
            "the resource".into()
        } else {
            continue;
        };
        let path = [Step::Key("context"), Step::Key(key)];
        let message = format!("`{}` would replace {what}", shown_path(&path));
        let help = match key {
            "entities" => "put the table of entities beside `context`, at the top of the request",
            _ => "give it another name in `context`, and in the rules that read it",
        };
        faults.conflict(&path, None, message, help);
    }
}
