//! The flat form: `action` and `resource` name the act, `entities` is the table, every other key is a fact.
//!
//! In: the root object. Out: a request; faults are noted beside it. `resource` and `subject` may be objects with a `type`,
//! which names the kind and is no field of them.

use super::envelope::{self, EXAMPLE, a_kind, add_facts, take, taken};
use super::fault::Faults;
use super::locate::Step;
use crate::request::{ENVELOPE, Request};
use crate::value::{Record, Value};
use alloc::format;
use alloc::string::String;

pub(super) fn read(mut root: Record, faults: &mut Faults<'_>) -> Request {
    let action = action(&root, faults);
    envelope::clocks(&root, &[], faults);
    let mut request = match take(&mut root, "resource") {
        None => Request::without_thing(action),
        Some(Value::Record(object)) => {
            let (kind, object) = typed(object, "resource", &root, faults);
            Request::new(action, kind).with_resource(object)
        }
        Some(value @ Value::Text(_)) => Request::new(action, envelope::name(Some(&value), &[Step::Key("resource")], EXAMPLE, faults)),
        Some(other) => {
            let message = format!("`resource` is {}, expected a text or an object with `type`", a_kind(&other));
            faults.shape(&[Step::Key("resource")], message, "name the kind of thing, or leave `resource` out for an act without a thing");
            Request::without_thing(action)
        }
    };
    match take(&mut root, "subject") {
        None => {}
        Some(Value::Record(object)) => {
            let (kind, object) = typed(object, "subject", &root, faults);
            request = request.with_subject(kind, object);
        }
        Some(other) => {
            let message = format!("`subject` is {}, expected an object with `type`", a_kind(&other));
            faults.shape(
                &[Step::Key("subject")],
                message,
                "write it like `\"subject\": {\"type\": \"user\", \"id\": \"ann\"}`, or name the fact by its kind",
            );
        }
    }
    if let Some(table) = take(&mut root, "entities") {
        request = request.with_entities(envelope::entities(table, faults));
    }
    add_facts(&mut request, taken(root, |name| !ENVELOPE.contains(&name)));
    request
}

fn action(root: &Record, faults: &mut Faults<'_>) -> String {
    let path = [Step::Key("action")];
    match root.get("action") {
        // Only a caller that wants flat JSON comes here with an object: it is the sign of the AuthZEN form.
        Some(Value::Text(_)) => envelope::name(root.get("action"), &path, EXAMPLE, faults),
        Some(other) => {
            faults.shape(&path, format!("`action` is {}, expected a text or an object with `name`", a_kind(other)), EXAMPLE);
            String::new()
        }
        None => {
            let near =
                root.iter().map(|(name, _)| name).find(|name| name.eq_ignore_ascii_case("action") || matches!(*name, "act" | "verb"));
            match near {
                Some(near) => faults.shape(&path, "`action` is missing", format!("is `{near}` meant? the key is `action`")),
                None => faults.shape(&path, "`action` is missing", EXAMPLE),
            }
            String::new()
        }
    }
}

/// An object of the envelope: its kind and its fields. The fact of its kind would be a second one of the same name.
fn typed(object: Record, member: &str, root: &Record, faults: &mut Faults<'_>) -> (String, Record) {
    let kind = envelope::kind(&object, member, faults);
    if !kind.is_empty() && !ENVELOPE.contains(&kind.as_str()) && root.get(&kind).is_some() {
        let message = format!("`{kind}` is here twice: as a fact, and as the type of `{member}`");
        let help = "keep one of them, with all that is known about it";
        faults.conflict(&[Step::Key(&kind)], Some(&[Step::Key(member)]), message, help);
    }
    // With nothing but an id it says which thing is meant, and nothing about it; its type then stays with it.
    let is_bare = object.iter().all(|(name, _)| matches!(name, "type" | "id"));
    let fields = taken(object, |name| is_bare || name != "type");
    (kind, Record::from_members(fields).unwrap_or_default())
}
