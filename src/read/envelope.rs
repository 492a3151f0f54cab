//! What flat JSON and the AuthZEN form check alike: names of the act, objects with a `type`, the table of entities, clocks.
//!
//! In: members of the envelope. Out: their parts, with every fault noted; where a part is unusable an empty one stands in
//! for it, so that the other parts are still checked. A request with a fault is thrown away, so nothing sees the stand-in.

use super::fault::{Faults, shown_path};
use super::locate::Step;
use crate::request::{ENVELOPE, Request};
use crate::value::{Record, Value};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

/// What to do when the whole is not understood.
pub(super) const EXAMPLE: &str =
    "write it like `{\"action\": \"share\", \"resource\": \"expertise\", \"requester\": {\"committed\": true}}`";

/// The longest action, type or kind, in bytes.
const LONGEST_NAME: usize = 256;

/// A value's kind with its article, for a sentence; never the value, which may be private.
pub(super) fn a_kind(value: &Value) -> String {
    match value.kind_name() {
        "none" => "null".into(),
        "yes/no" => "true or false".into(),
        "record" => "an object".into(),
        other => format!("a {other}"),
    }
}

/// Takes a member out of its record.
pub(super) fn take(record: &mut Record, name: &str) -> Option<Value> {
    record.get_mut(name).map(|value| mem::replace(value, Value::None))
}

/// The members of a record that pass the test, in the order of their names.
pub(super) fn taken(mut record: Record, wanted: impl Fn(&str) -> bool) -> Vec<(String, Value)> {
    let names: Vec<String> = record.iter().map(|(name, _)| name).filter(|name| wanted(name)).map(ToOwned::to_owned).collect();
    names.into_iter().filter_map(|name| take(&mut record, &name).map(|value| (name, value))).collect()
}

/// A text of 1 to 256 bytes at a key path: the action, a type. `help` says how it is written.
pub(super) fn name(value: Option<&Value>, path: &[Step<'_>], help: &str, faults: &mut Faults<'_>) -> String {
    let shown = shown_path(path);
    match value {
        Some(Value::Text(text)) if (1..=LONGEST_NAME).contains(&text.len()) => return text.clone(),
        Some(Value::Text(text)) => {
            let message = format!("`{shown}` has {} bytes, expected 1 to {LONGEST_NAME}", text.len());
            faults.shape(path, message, "name it as the rules do");
        }
        Some(other) => faults.shape(path, format!("`{shown}` is {}, expected a text", a_kind(other)), help),
        None => faults.shape(path, format!("`{shown}` is missing"), help),
    }
    String::new()
}

/// The `type` of an object at a key path. It becomes a name that rules read, so it may not be one that has a meaning.
pub(super) fn kind(object: &Record, member: &str, faults: &mut Faults<'_>) -> String {
    let path = [Step::Key(member), Step::Key("type")];
    let help = format!("name its kind, as in `\"{member}\": {{\"type\": \"document\", \"id\": \"d1\"}}`");
    let kind = name(object.get("type"), &path, &help, faults);
    if ENVELOPE.contains(&kind.as_str()) || matches!(kind.as_str(), "now" | "today") {
        let message = format!("`{member}.type` is `{kind}`, a name that the request itself uses");
        faults.conflict(&path, None, message, "call this kind something else");
    }
    kind
}

/// The table of entities: parents and fields by `kind:id`.
pub(super) fn entities(value: Value, faults: &mut Faults<'_>) -> Record {
    let root = Step::Key("entities");
    let Value::Record(table) = value else {
        let help = "write it like `\"entities\": {\"user:ann\": {\"in\": [\"team:core\"]}}`";
        faults.shape(&[root], format!("`entities` is {}, expected an object", a_kind(&value)), help);
        return Record::new();
    };
    for (id, entry) in table.iter() {
        if let Value::Record(fields) = entry {
            parents(fields.get("in"), id, faults);
        } else {
            let path = [root, Step::Key(id)];
            let message = format!("`{}` is {}, expected an object", shown_path(&path), a_kind(entry));
            faults.shape(&path, message, "write its fields in an object: `{}` where it has none");
        }
        if faults.is_full() {
            break;
        }
    }
    table
}

fn parents(value: Option<&Value>, id: &str, faults: &mut Faults<'_>) {
    let path = [Step::Key("entities"), Step::Key(id), Step::Key("in")];
    let shown = shown_path(&path);
    let help = "list the ids of what it is in, as texts: `[\"team:core\"]`";
    match value {
        None => {}
        Some(Value::List(ids)) => {
            let wrong = ids.iter().enumerate().find(|(_, id)| !matches!(id, Value::Text(_)));
            if let Some((at, other)) = wrong {
                let [root, entry, parents] = path;
                faults.shape(
                    &[root, entry, parents, Step::Index(at)],
                    format!("`{shown}[{at}]` is {}, expected a text", a_kind(other)),
                    help,
                );
            }
        }
        Some(other) => faults.shape(&path, format!("`{shown}` is {}, expected a list of texts", a_kind(other)), help),
    }
}

/// `now` and `today` would be two clocks. `before` is the path of the object that both stand in.
pub(super) fn clocks(facts: &Record, before: &[Step<'_>], faults: &mut Faults<'_>) {
    if facts.get("now").is_some() && facts.get("today").is_some() {
        let path = |key| -> Vec<Step<'_>> { before.iter().copied().chain([Step::Key(key)]).collect() };
        let help = "send `now` alone: `today` is its date";
        faults.conflict(&path("today"), Some(&path("now")), "`now` and `today` are both here, and could disagree", help);
    }
}

/// Adds facts; in the order of their names each is put at the end.
pub(super) fn add_facts(request: &mut Request, facts: Vec<(String, Value)>) {
    for (name, value) in facts {
        request.set(name, value);
    }
}
