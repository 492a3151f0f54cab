//! What may be changed: the facts that the rules on the act read, each with the values to try.

use super::values::{Candidate, MOST_BOUNDS, candidates};
use crate::decision::Decision;
use crate::decision::trace::Bound;
use crate::plan::{Plan, Slot, SlotRoot};
use crate::request::{Brought, Request};
use crate::value::{Record, Value};
use crate::vocabulary::{Field, Presence, Type};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// The clock is nobody's to change.
const CLOCK: [&str; 2] = ["now", "today"];

/// A fact that may be changed.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) path: String,
    pub(super) keys: Vec<String>,
    /// What it is now, absence by what the vocabulary makes of it; none where it is not known.
    pub(super) now: Option<Value>,
    pub(super) values: Vec<Candidate>,
    /// Do the values not stand for all that it might be?
    pub(super) opaque: bool,
}

/// The facts that may be changed, and which of them each slot hangs on.
pub(super) struct Space {
    pub(super) facts: Vec<Fact>,
    by_keys: BTreeMap<Vec<String>, usize>,
    /// The keys of each slot, and whether what it is hangs on a record that the request does not bring.
    slots: BTreeMap<u32, (Vec<String>, bool)>,
}

impl Space {
    pub(super) fn of(decision: &Decision<'_>) -> Self {
        let (plan, request, _) = decision.parts();
        let bounds = decision.bounds();
        let mut by_keys: BTreeMap<&[String], Vec<&Bound>> = BTreeMap::new();
        let mut order: Vec<&[String]> = Vec::new();
        let mut slots = BTreeMap::new();
        for bound in &bounds {
            let known = by_keys.entry(&bound.keys).or_default();
            if known.is_empty() {
                order.push(&bound.keys);
            }
            known.push(bound);
            slots.entry(bound.slot).or_insert_with(|| {
                let hangs = plan.slots.get(bound.slot as usize).is_some_and(|slot| hangs_on_record(slot, request, &bound.keys));
                (bound.keys.clone(), hangs)
            });
        }
        let mut space = Space { facts: Vec::new(), by_keys: BTreeMap::new(), slots };
        let prefixes: BTreeSet<&[String]> = by_keys.keys().flat_map(|keys| (1..keys.len()).filter_map(|end| keys.get(..end))).collect();
        for keys in order {
            let found = by_keys.get(keys).map_or(&[][..], Vec::as_slice);
            if prefixes.contains(keys) {
                continue;
            }
            if let Some(fact) = fact(plan, request, found) {
                space.by_keys.insert(keys.to_vec(), space.facts.len());
                space.facts.push(fact);
            }
        }
        space
    }

    /// The facts that what stands in a slot hangs on: itself, what is below it and above it, and where it lies in a record that
    /// is not there, all that would make that record.
    pub(super) fn touching(&self, slot: u32) -> BTreeSet<usize> {
        let Some((keys, hangs)) = self.slots.get(&slot) else { return BTreeSet::new() };
        let above = (1..=keys.len()).filter_map(|end| self.by_keys.get(keys.get(..end)?).copied());
        let mut found: BTreeSet<usize> = above.collect();
        let from: Vec<String> = if *hangs { keys.iter().take(1).cloned().collect() } else { keys.clone() };
        let below = self.by_keys.range(from.clone()..).take_while(|(key, _)| key.starts_with(&from));
        found.extend(below.map(|(_, &at)| at));
        found
    }
}

/// Is a slot worth something else as soon as a record on the way is there?
fn hangs_on_record(slot: &Slot, request: &Request, keys: &[String]) -> bool {
    let last = slot.steps.last().map(|step| &step.presence);
    let may_be_absent = matches!(last, Some(Presence::Optional | Presence::Assumed(_)));
    let passes_optional = slot.steps.iter().any(|step| !matches!(step.presence, Presence::Required | Presence::Open));
    (may_be_absent || passes_optional || matches!(slot.root, SlotRoot::Subject)) && !record_is_there(request, keys)
}

fn record_is_there(request: &Request, keys: &[String]) -> bool {
    let Some((_, above)) = keys.split_last() else { return true };
    above.is_empty() || matches!(at(request, above), Some(Value::Record(_)))
}

fn at<'r>(request: &'r Request, keys: &[String]) -> Option<&'r Value> {
    let (first, rest) = keys.split_first()?;
    let Brought::Value(value) = request.brought(first) else { return None };
    rest.iter().try_fold(value, |value, key| if let Value::Record(record) = value { record.get(key) } else { None })
}

/// A fact that may be changed, from all that reads it; none where it must not, or where nothing is known to try.
fn fact(plan: &Plan, request: &Request, found: &[&Bound]) -> Option<Fact> {
    let first = found.first()?;
    let slot = plan.slots.get(first.slot as usize)?;
    if !may_be_changed(plan, slot, &first.keys) || !can_be_set(request, &first.keys) {
        return None;
    }
    // What a thing is, is not changed; it may be told where the request does not say.
    let is_identity = first.keys.len() > 1 && first.keys.last().is_some_and(|last| last == "id" || last == "type");
    if is_identity && at(request, &first.keys).is_some() {
        return None;
    }
    let field = real_field(plan, slot, &first.keys);
    let (ty, presence) = match (field, slot.steps.last()) {
        (Some(field), _) => (&field.ty, &field.presence),
        (None, Some(step)) => (&step.ty, &step.presence),
        (None, None) => return None,
    };
    let now = match (at(request, &first.keys), presence) {
        (Some(value), _) => Some(value.clone()),
        (None, Presence::Optional) if record_is_there(request, &first.keys) && first.keys.len() > 1 => Some(Value::None),
        (None, Presence::Assumed(value)) if record_is_there(request, &first.keys) && first.keys.len() > 1 => Some(value.clone()),
        (None, _) => None,
    };
    // It could not be told what it is.
    if now.as_ref().is_some_and(|now| holds_private(plan, now)) {
        return None;
    }
    let values = |element: bool| -> Vec<Value> {
        found.iter().filter(|bound| bound.element == element).filter_map(|bound| bound.value.clone()).collect()
    };
    let (bounds, elements) = (values(false), values(true));
    let too_many = bounds.len().max(elements.len()) > MOST_BOUNDS;
    let ordered = matches!(ty, Type::Number | Type::Money | Type::Date | Type::Time | Type::DateTime | Type::Duration);
    // The nearest of what has an order are found among all; of the rest the first are taken.
    let some = |values: &[Value]| values.get(..MOST_BOUNDS).unwrap_or(values).to_vec();
    let mut tried = candidates(ty, now.as_ref(), &if ordered { bounds } else { some(&bounds) }, &some(&elements));
    if matches!(presence, Presence::Optional) && now.as_ref() != Some(&Value::None) {
        tried.push(Candidate { value: Value::None, any_other: false, side: None });
    }
    let is_list_of_records =
        matches!(ty, Type::List(element) if !matches!(**element, Type::Text | Type::Number | Type::YesNo | Type::Choice(_)));
    let opaque = too_many || found.iter().any(|bound| bound.opaque) || is_list_of_records;
    (!tried.is_empty()).then(|| Fact { path: first.path.clone(), keys: first.keys.clone(), now, values: tried, opaque })
}

/// Has it a member that some kind holds private, at any depth? It recurses as deep as the request nests, which is limited.
fn holds_private(plan: &Plan, value: &Value) -> bool {
    match value {
        Value::Record(record) => record.iter().any(|(key, member)| {
            let is_private = |field: &Field| field.private && field.key == key;
            plan.vocabulary.kinds.iter().any(|kind| kind.fields.iter().any(is_private)) || holds_private(plan, member)
        }),
        Value::List(items) => items.iter().any(|item| holds_private(plan, item)),
        Value::None
        | Value::YesNo(_)
        | Value::Text(_)
        | Value::Number(_)
        | Value::OutOfRange(_)
        | Value::Money(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::DateTime(_)
        | Value::Duration(_)
        | Value::IpAddress(_)
        | Value::Network(_) => false,
    }
}

/// The field that the last key of a path names in the kind that stands there.
fn real_field<'p>(plan: &'p Plan, slot: &Slot, keys: &[String]) -> Option<&'p Field> {
    let vocabulary = &plan.vocabulary;
    let (first, rest) = keys.split_first()?;
    let mut field = match slot.root {
        SlotRoot::Fact(at) => vocabulary.facts.get(at as usize)?,
        SlotRoot::Resource | SlotRoot::Subject => {
            let Some(Type::Kind(kind)) = plan.kind_type(first) else { return None };
            let (key, _) = rest.split_first()?;
            let field = vocabulary.kind(*kind)?.fields.iter().find(|field| field.key == *key)?;
            return below(plan, field, rest.get(1..)?);
        }
        SlotRoot::Setting(_) => return None,
    };
    field = below(plan, field, rest)?;
    Some(field)
}

fn below<'p>(plan: &'p Plan, field: &'p Field, keys: &[String]) -> Option<&'p Field> {
    keys.iter().try_fold(field, |field, key| {
        let Type::Kind(kind) = field.ty else { return None };
        plan.vocabulary.kind(kind)?.fields.iter().find(|field| field.key == *key)
    })
}

/// Neither fixed nor private nor the clock.
fn may_be_changed(plan: &Plan, slot: &Slot, keys: &[String]) -> bool {
    let vocabulary = &plan.vocabulary;
    if slot.private || keys.first().is_some_and(|first| CLOCK.contains(&first.as_str())) {
        return false;
    }
    let is_held = |field: &Field| field.fixed || field.private;
    let root_is_held = match slot.root {
        SlotRoot::Fact(at) => vocabulary.facts.get(at as usize).is_none_or(is_held),
        SlotRoot::Setting(_) => true,
        SlotRoot::Resource | SlotRoot::Subject => false,
    };
    // What is held in one kind that it may be is held.
    let step_is_held = |name: &str, of: Option<crate::vocabulary::KindId>| {
        let any_kind = matches!(slot.root, SlotRoot::Resource | SlotRoot::Subject);
        let mut kinds = vocabulary.kinds.iter().enumerate().filter(|(at, _)| any_kind || of.is_some_and(|of| of.0 as usize == *at));
        kinds.any(|(_, kind)| kind.field(name).is_some_and(is_held))
    };
    !root_is_held && !slot.steps.iter().any(|step| step_is_held(&step.name, step.of))
}

/// Does every key lead into a record, one that is there or one that can be made?
fn can_be_set(request: &Request, keys: &[String]) -> bool {
    let Some((first, rest)) = keys.split_first() else { return false };
    let mut value = match request.brought(first) {
        Brought::Value(value) => value,
        Brought::Nothing => return true,
        Brought::Both => return false,
    };
    if rest.is_empty() {
        return true;
    }
    for (place, key) in rest.iter().enumerate() {
        let Value::Record(record) = value else { return false };
        if says_which(record) {
            return false;
        }
        match record.get(key) {
            Some(below) => value = below,
            None => return true,
        }
        if place.saturating_add(1) == rest.len() {
            return true;
        }
    }
    true
}

/// `{"type": …, "id": …}` says only which thing is meant: another member would make it the thing itself.
fn says_which(record: &Record) -> bool {
    record.get("type").is_some() && record.iter().all(|(key, _)| key == "type" || key == "id")
}
