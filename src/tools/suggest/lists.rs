//! What may be done to a list: elements added that rules name or that have the fields they ask for, elements taken out.

use super::values::{Candidate, Edit, Subject, candidates, is_beyond};
use crate::decision::asked::{Asked, Fact};
use crate::plan::{Plan, Step};
use crate::value::{Record, Value};
use crate::vocabulary::{KindId, Presence, Type};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// How many elements are looked at one by one.
const MOST_ELEMENTS: usize = 20;
/// How many elements to add are tried.
const MOST_ADDED: usize = 48;
/// How often the same element is added.
const MOST_COPIES: usize = 12;

/// The changes to a list: each of the groups is one choice, and choices of several groups go together.
pub(super) fn lists(plan: &Plan, fact: &Fact, now: Option<&Value>) -> (Vec<Vec<Candidate>>, bool) {
    let known = if let Some(Value::List(items)) = now { Some(items.as_slice()) } else { None };
    let items = known.unwrap_or(&[]);
    let element = fact.ty.element().unwrap_or(&Type::Any);
    let counts: Vec<usize> = fact.asked.iter().filter_map(count).collect();
    let is_named = |asked: &Asked| matches!(asked, Asked::Value(_) | Asked::With(_) | Asked::Text(..));
    let mut whole = !fact.asked.iter().any(|asked| is_beyond(asked) || is_named(asked)) && items.len() <= MOST_ELEMENTS;
    let mut groups = alloc::vec![as_a_whole(fact, now)];
    groups.extend(removals(items));
    groups.push(shorter(items.len(), &counts));
    let more = counts.iter().map(|count| count.saturating_add(1).saturating_sub(items.len())).max();
    whole &= more.is_none_or(|more| more <= MOST_COPIES);
    let (added, all) = elements(plan, element, &fact.asked);
    whole &= all;
    for one in added {
        if more.is_none() && items.contains(&one.value) {
            continue;
        }
        groups.push(one.copies(more.unwrap_or(1).clamp(1, MOST_COPIES)));
    }
    groups.retain(|group| !group.is_empty());
    (groups, whole)
}

/// What a thing lies in: the things that it is put into or taken out of; and nothing, where nobody says what it lies in.
pub(super) fn lies_in(fact: &Fact, now: Option<&Value>) -> (Vec<Vec<Candidate>>, bool) {
    let known: Option<&[Value]> = if let Some(Value::List(items)) = now { Some(items) } else { None };
    let items = known.unwrap_or(&[]);
    let mut groups = Vec::new();
    if known.is_none() {
        groups.push(alloc::vec![Candidate::set(Value::List(Vec::new()))]);
    }
    for asked in &fact.asked {
        if let Asked::Joins(outer) = asked
            && !items.contains(outer)
        {
            let edit = Edit::Add(alloc::vec![outer.clone()]);
            groups.push(alloc::vec![Candidate { edit, any_other: false, side: Some(Ordering::Greater) }]);
        }
        if let Asked::Leaves(outer) = asked {
            // It is listed once or more often; it lies in it until all are gone.
            let edit = Edit::Remove(outer.clone(), items.iter().filter(|item| *item == outer).count());
            groups.push(alloc::vec![Candidate { edit, any_other: false, side: Some(Ordering::Less) }]);
        }
    }
    (groups, !fact.asked.iter().any(is_beyond))
}

/// How many elements are asked for.
fn count(asked: &Asked) -> Option<usize> {
    let Asked::Count(Value::Number(number)) = asked else { return None };
    // Of a number with a fraction the whole one below it says enough: one more and one less are tried.
    let whole = number.mantissa().checked_div_euclid(10_i128.checked_pow(u32::from(number.scale()))?)?;
    Some(usize::try_from(whole.max(0)).unwrap_or(usize::MAX))
}

/// The list given anew: empty, none, or one that it is compared with.
fn as_a_whole(fact: &Fact, now: Option<&Value>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for asked in &fact.asked {
        if let Asked::Value(list @ Value::List(_)) = asked {
            found.push(Candidate::set(list.clone()));
        }
    }
    if !matches!(now, Some(Value::List(_))) {
        found.push(Candidate::set(Value::List(Vec::new())));
    }
    let may_be_none = match fact.presence {
        Presence::Optional => true,
        Presence::Open => fact.asked.contains(&Asked::Presence),
        Presence::Required | Presence::Assumed(_) => false,
    };
    if may_be_none {
        found.push(Candidate::set(Value::None));
    }
    found.retain(|candidate| candidate.value() != now);
    found
}

/// Each element taken out; of several that are the same, one or more of them.
fn removals(items: &[Value]) -> Vec<Vec<Candidate>> {
    let mut known: Vec<&Value> = Vec::new();
    let mut found = Vec::new();
    for item in items.iter().take(MOST_ELEMENTS) {
        if known.contains(&item) {
            continue;
        }
        known.push(item);
        let times = items.iter().filter(|other| *other == item).count();
        let out = |times| Candidate { edit: Edit::Remove(item.clone(), times), any_other: false, side: Some(Ordering::Less) };
        found.push((1..=times).map(out).collect());
    }
    found
}

/// The list cut off, where that takes more than one element: to as many as are asked for, to one less, or to none.
fn shorter(length: usize, counts: &[usize]) -> Vec<Candidate> {
    let wanted = counts.iter().flat_map(|count| [*count, count.saturating_sub(1)]).chain([0]);
    let mut kept: Vec<usize> = wanted.filter(|kept| kept.saturating_add(2) <= length).collect();
    kept.sort_unstable_by(|one, other| other.cmp(one));
    kept.dedup();
    kept.into_iter().map(|kept| Candidate { edit: Edit::Keep(kept), any_other: false, side: Some(Ordering::Less) }).collect()
}

/// An element that may be added.
struct Added {
    value: Value,
    /// Does it stand for any that no rule names?
    any_other: bool,
}

impl Added {
    /// It once, twice and so on. Those that stand for any other are others each time.
    fn copies(&self, most: usize) -> Vec<Candidate> {
        let all: Vec<Value> = (1..=most).map(|number| self.copy(number)).collect();
        let some = |most: usize| all.iter().take(most).cloned().collect();
        let any_other = self.any_other;
        let times = |most| Candidate { edit: Edit::Add(some(most)), any_other, side: Some(Ordering::Greater) };
        (1..=most).map(times).collect()
    }

    fn copy(&self, number: usize) -> Value {
        let called = |text: &str| if number == 1 { Value::from(text) } else { Value::Text(format!("{text}-{number}")) };
        if !self.any_other {
            return self.value.clone();
        }
        if let Value::Text(text) = &self.value {
            return called(text);
        }
        let Value::Record(record) = &self.value else { return self.value.clone() };
        let Some(Value::Text(id)) = record.get("id") else { return self.value.clone() };
        Value::Record(record.clone().with("id", called(id)))
    }
}

/// The elements that may be added, those of which the least is said first; and whether they stand for all.
fn elements(plan: &Plan, element: &Type, asked: &[Asked]) -> (Vec<Added>, bool) {
    let mut fields: BTreeMap<Vec<String>, (Vec<Step>, Vec<Asked>)> = BTreeMap::new();
    let mut own: Vec<Asked> = Vec::new();
    for asked in asked {
        let Asked::Element(steps, inner) = asked else { continue };
        if steps.is_empty() {
            own.push((**inner).clone());
        } else {
            let keys = steps.iter().map(|step| step.key.clone()).collect();
            fields.entry(keys).or_insert_with(|| (steps.clone(), Vec::new())).1.push((**inner).clone());
        }
    }
    let is_entity = |kind: &KindId| plan.vocabulary.is_entity(*kind);
    let is_thing = matches!(element, Type::Reference(_)) || element.kinds().iter().all(is_entity) && !element.kinds().is_empty();
    let is_record = is_thing || matches!(element, Type::Kind(_)) || (matches!(element, Type::Any) && !fields.is_empty());
    // What an element shares with other facts is not tried with both changed.
    let mut whole = !own.iter().chain(fields.values().flat_map(|(_, asked)| asked)).any(|asked| matches!(asked, Asked::With(_)));
    if !is_record {
        let tried = candidates(&Subject { ty: element, presence: &Presence::Required, now: None, asked: &own, crowd: 1 });
        let added = |candidate: Candidate| {
            let any_other = candidate.any_other;
            if let Edit::Set(value) = candidate.edit { Some(Added { value, any_other }) } else { None }
        };
        return (tried.candidates.into_iter().filter_map(added).collect(), whole && tried.whole && fields.is_empty());
    }
    let mut found: Vec<Added> = Vec::new();
    if is_thing {
        let fresh = Value::Record(Record::new().with("id", "other"));
        found.push(Added { value: fresh, any_other: true });
        let named = own.iter().filter_map(|asked| if let Asked::Value(id) = asked { Some(id.clone()) } else { None });
        found.extend(named.map(|id| Added { value: Value::Record(Record::new().with("id", id)), any_other: false }));
        whole &= !own.iter().any(is_beyond) && !matches!(element, Type::Reference(kinds) if kinds.len() > 1);
    } else {
        found.push(Added { value: Value::Record(Record::new()), any_other: false });
        whole &= own.iter().all(|asked| matches!(asked, Asked::Read));
    }
    for (keys, (steps, asked)) in &fields {
        whole &= with_field(&mut found, keys, steps, asked);
    }
    found.sort_by_key(|one| if let Value::Record(record) = &one.value { record.len() } else { 0 });
    found.iter_mut().for_each(as_id);
    (found, whole)
}

/// Each of the elements also with each value of a field; were these all?
fn with_field(found: &mut Vec<Added>, keys: &[String], steps: &[Step], asked: &[Asked]) -> bool {
    let Some(last) = steps.last() else { return true };
    if steps.iter().any(|step| step.private) {
        // It is told by others.
        return false;
    }
    let tried = candidates(&Subject { ty: &last.ty, presence: &last.presence, now: None, asked, crowd: 1 });
    let before = found.len();
    for candidate in &tried.candidates {
        let Some(value) = candidate.value() else { continue };
        for at in 0..before {
            if found.len() >= MOST_ADDED {
                return false;
            }
            let Some(Added { value: Value::Record(record), any_other }) = found.get(at) else { continue };
            let mut request = crate::request::Request::default();
            request.set("element", record.clone());
            request.set_path(core::iter::once("element").chain(keys.iter().map(String::as_str)), value.clone());
            let Some(value) = request.facts().get("element").cloned() else { continue };
            let any_other = *any_other;
            found.push(Added { value, any_other });
        }
    }
    tried.whole && steps.len() == 1
}

/// A thing of which nothing but its id is said is called by its id.
fn as_id(added: &mut Added) {
    if let Value::Record(record) = &added.value
        && let (Some(id), 1) = (record.get("id").cloned(), record.len())
    {
        added.value = id;
    }
}
