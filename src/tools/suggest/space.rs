//! What may be changed: the facts that the rules on the act read, each with the changes to try.

use super::lists::{lies_in, lists};
use super::values::{Candidate, Edit, Subject, candidates, typed};
use crate::decision::Decision;
use crate::decision::asked::{self, Asked, Bounds};
use crate::decision::trace::PlaceStep;
use crate::plan::{NodeId, Plan, SlotRoot};
use crate::request::{Brought, Request};
use crate::tools::formula::{Hangs, Touching};
use crate::value::{Record, Value};
use crate::vocabulary::{Field, Presence, Type};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// A fact that may be changed, or one way of changing a list.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) path: String,
    pub(super) keys: Vec<String>,
    /// What it is now, absence by what the vocabulary makes of it; none where it is not known.
    pub(super) now: Option<Value>,
    pub(super) tried: Vec<Candidate>,
    /// Do these not stand for all that it might be?
    pub(super) opaque: bool,
    /// It is `fixed`, and not known: it can be told, and not changed.
    pub(super) fixed: bool,
    /// Is it told of what is acted on, or of a thing that is only referred to? Who asks is nearer.
    pub(super) is_aside: bool,
    /// The facts with which it is compared have the same number.
    pub(super) crowd: Option<usize>,
}

/// What a path that rules read hangs on.
struct Standing {
    /// From how many of its keys on all that is below matters: it lies in a record that the request does not bring, or in a
    /// thing of which it brings the id.
    from: usize,
    /// Can it be something else by what is not tried?
    beyond: bool,
    /// Is it a thing of which the request says which it is? Of what is below it only that matters.
    is_named: bool,
}

/// The facts that may be changed, and which of them each path hangs on.
pub(super) struct Space {
    pub(super) facts: Vec<Fact>,
    by_keys: BTreeMap<Vec<String>, Vec<usize>>,
    standing: BTreeMap<Vec<String>, Standing>,
    /// The keys of each slot that is no setting.
    slots: BTreeMap<u32, Vec<String>>,
    /// For conditions on elements of lists, the walks upwards that are made for them; and for these, the keys of what they may read.
    behind: BTreeMap<NodeId, BTreeSet<usize>>,
    walks: Vec<Vec<Vec<String>>>,
    aside: Aside,
    /// How many rules the act has.
    pub(super) rules: usize,
    /// Was everything looked at that the rules say?
    pub(super) whole: bool,
}

impl Space {
    pub(super) fn of(decision: &Decision<'_>) -> Self {
        let (plan, request, _) = decision.parts();
        let bounds = decision.bounds();
        let crowds = Crowds::of(&bounds, request);
        let all: BTreeSet<&[String]> = bounds.facts.iter().map(|fact| fact.keys.as_slice()).collect();
        let above: BTreeSet<&[String]> = all.iter().flat_map(|keys| (1..keys.len()).filter_map(|end| keys.get(..end))).collect();
        let keys = |at: &usize| bounds.facts.get(*at).map(|fact| fact.keys.clone());
        let mut space = Self {
            facts: Vec::new(),
            by_keys: BTreeMap::new(),
            standing: BTreeMap::new(),
            slots: bounds.slots.iter().filter_map(|(slot, at)| Some((*slot, keys(at)?))).collect(),
            behind: bounds.behind.clone(),
            walks: bounds.walks.iter().map(|walk| walk.iter().filter_map(keys).collect()).collect(),
            aside: Aside::of(request),
            rules: bounds.rules,
            whole: bounds.whole,
        };
        for fact in &bounds.facts {
            let is_above = above.contains(fact.keys.as_slice());
            let first = space.facts.len();
            let beyond = space.add(plan, request, fact, &crowds, is_above) || fact.asked.contains(&Asked::Elsewhere);
            space.facts.iter_mut().skip(first).for_each(|added| added.crowd = crowds.number(fact));
            space
                .standing
                .insert(fact.keys.clone(), Standing { from: hangs_from(fact, request), beyond, is_named: is_named(plan, fact, request) });
        }
        space
    }

    /// Adds the facts that may be changed for one that is read; may it be changed in ways that are not tried?
    fn add(&mut self, plan: &Plan, request: &Request, fact: &asked::Fact, crowds: &Crowds, is_above: bool) -> bool {
        let is_ambiguous = fact.keys.first().is_some_and(|first| request.brought(first) == Brought::Both);
        if is_ambiguous || fact.held {
            // What is private, or the clock, is told by others; as long as nobody does, it may still be anything.
            return is_ambiguous || !fact.known;
        }
        if !fact.may_change() {
            return lies_in_another(fact, request);
        }
        if request.of_others(&fact.keys).is_some_and(|others| record_holds_private(plan, others)) {
            // A row of its own would have to show what is private in the row `*`.
            return true;
        }
        // A row that takes over what `*` says may say it of an object, too, of which `*` says nothing.
        let is_exact = !takes_over(request, &fact.keys);
        let at = request.at_keys(&fact.keys);
        // What a thing is, is not changed; it may be told where the request does not say.
        if fact.keys.len() > 1 && (at.is_some() || fact.known) && fact.keys.last().is_some_and(|last| last == "id" || last == "type") {
            return false;
        }
        let now = now(fact, request);
        if let Type::List(_) = &fact.ty {
            if now.as_ref().is_some_and(|now| holds_private(plan, now)) {
                // To show the list would show what is private in it; its elements are changed one by one.
                return true;
            }
            let is_climbed = fact.asked.contains(&Asked::Climbed);
            let (groups, whole) = if is_climbed { lies_in(fact, now.as_ref()) } else { lists(plan, fact, now.as_ref()) };
            let is_bare = groups.is_empty();
            for tried in groups {
                self.push(fact, fact.keys.clone(), now.clone(), (tried, whole && is_exact));
            }
            return is_bare && !whole;
        }
        let is_thing = matches!(fact.ty, Type::Kind(kind) if plan.vocabulary.is_entity(kind));
        let may_be_thing = matches!(fact.ty, Type::Reference(_) | Type::Any | Type::Inferred(_));
        let lacks_id = may_be_thing && matches!(at, Some(Value::Record(record)) if record.get("id").is_none());
        if (is_thing && fact.presence != Presence::Optional) || lacks_id {
            return self.add_id(fact, at);
        }
        let is_scalar = !matches!(fact.ty, Type::Kind(_) | Type::Map(_) | Type::Any | Type::Inferred(_));
        if is_above && !is_scalar {
            // A record, of which parts are read: these are changed. To change it as a whole is not tried.
            return fact.asked.iter().any(|asked| *asked != Asked::Read);
        }
        let is_element = fact.root.is_none() && fact.steps.is_empty();
        let has_steps = matches!(fact.ty, Type::Number | Type::Money | Type::Date | Type::Time | Type::DateTime | Type::Duration);
        if is_element && !has_steps {
            // An element is taken out or added rather than made another one.
            return false;
        }
        let (asked, crowd) = crowds.asked(fact);
        let tried = candidates(&Subject { ty: &fact.ty, presence: &fact.presence, now: now.as_ref(), asked: &asked, crowd });
        let whole = tried.whole && !(may_lie_in_none(fact) && asked.contains(&Asked::Presence));
        if tried.candidates.is_empty() {
            return !whole;
        }
        self.push(fact, fact.keys.clone(), now, (tried.candidates, whole && is_exact));
        false
    }

    /// Who somebody is, where the request does not say.
    fn add_id(&mut self, fact: &asked::Fact, at: Option<&Value>) -> bool {
        let is_compared = fact.asked.iter().any(|asked| !matches!(asked, Asked::Read));
        if tells_id(at) || !is_compared {
            // It is who it is.
            return fact.asked.contains(&Asked::Presence);
        }
        let keys: Vec<String> = fact.keys.iter().cloned().chain([String::from("id")]).collect();
        let ty = Type::Reference([].into());
        let presence = Presence::Required;
        let tried = candidates(&Subject { ty: &ty, presence: &presence, now: None, asked: &fact.asked, crowd: 2 });
        let named = asked::Fact { path: alloc::format!("{}.id", fact.path), ..fact.clone() };
        self.push(&named, keys, None, (tried.candidates, false));
        false
    }

    fn push(&mut self, fact: &asked::Fact, keys: Vec<String>, now: Option<Value>, (tried, whole): (Vec<Candidate>, bool)) {
        self.by_keys.entry(keys.clone()).or_default().push(self.facts.len());
        let is_aside = self.aside.holds(&keys);
        self.facts.push(Fact { path: fact.path.clone(), keys, now, tried, opaque: !whole, fixed: fact.fixed, is_aside, crowd: None });
    }

    /// The facts that what stands at the end of keys hangs on: itself, what is below it and above it, and where it lies in a record
    /// that is not there, all that would make that record.
    fn touching(&self, keys: &[String]) -> Hangs {
        let mut facts: BTreeSet<usize> = BTreeSet::new();
        for end in 1..=keys.len() {
            facts.extend(keys.get(..end).and_then(|keys| self.by_keys.get(keys)).into_iter().flatten());
        }
        let standing = self.standing.get(keys);
        let from = keys.get(..standing.map_or(keys.len(), |standing| standing.from)).unwrap_or(keys).to_vec();
        let below = self.by_keys.range(from.clone()..).take_while(|(key, _)| key.starts_with(&from));
        let matters =
            |key: &[String]| !standing.is_some_and(|standing| standing.is_named) || key.get(keys.len()).is_none_or(|key| tells_which(key));
        facts.extend(below.filter(|(key, _)| matters(key)).flat_map(|(_, facts)| facts));
        // What nobody looked at is an element that was added: its list says what may be done.
        let beyond = standing.map_or(facts.is_empty(), |standing| standing.beyond);
        Hangs { facts, beyond }
    }

    pub(super) fn candidate(&self, (fact, tried): (usize, usize)) -> Option<(&Fact, &Candidate)> {
        let fact = self.facts.get(fact)?;
        Some((fact, fact.tried.get(tried)?))
    }

    /// The request with changes made: values first, those of whole things before those of their parts, then elements.
    pub(super) fn made(&self, request: &Request, changes: &[(usize, usize)]) -> Request {
        let mut changed = request.clone();
        for (fact, _) in changes.iter().filter_map(|&change| self.candidate(change)) {
            // A row of its own takes the place of what the row `*` says: that stays so.
            if let (Some(others), Some(row)) = (changed.of_others(&fact.keys).cloned(), row_of(&fact.keys)) {
                changed.set_path(row.iter().map(String::as_str), others);
            }
        }
        let mut edits: Vec<(&Fact, &Edit)> =
            changes.iter().filter_map(|&change| self.candidate(change)).map(|(fact, candidate)| (fact, &candidate.edit)).collect();
        edits.sort_by_key(|(fact, edit)| (rank(edit), fact.keys.len()));
        for (fact, edit) in edits {
            let value = match edit {
                Edit::Set(value) => value.clone(),
                Edit::Keep(_) | Edit::Remove(..) | Edit::Add(_) => edited(changed.at_keys(&fact.keys).or(fact.now.as_ref()), edit),
            };
            changed.set_path(fact.keys.iter().map(String::as_str), value);
        }
        changed
    }
}

impl Touching for Space {
    fn slot(&self, slot: u32) -> Hangs {
        match self.slots.get(&slot) {
            Some(keys) => self.touching(keys),
            // It has no place in the request, or nobody looked at it.
            None => Hangs { facts: BTreeSet::new(), beyond: true },
        }
    }

    fn behind(&self, node: NodeId) -> Option<Hangs> {
        let mut hangs = Hangs::default();
        for fact in self.behind.get(&node)?.iter().filter_map(|walk| self.walks.get(*walk)).flatten() {
            let own = self.touching(fact);
            hangs.facts.extend(own.facts);
            hangs.beyond |= own.beyond;
        }
        Some(hangs)
    }

    fn place(&self, place: &[PlaceStep]) -> Hangs {
        self.touching(&place.iter().map(PlaceStep::key).collect::<Vec<String>>())
    }
}

/// What the request tells of things: of what is acted on, and in rows of the table of others than those it brings by themselves.
struct Aside {
    /// What is acted on, as it was sent and its row.
    resource: Vec<Vec<String>>,
    /// The rows of who asks, and of all else that it brings.
    near: Vec<Vec<String>>,
}

impl Aside {
    fn of(request: &Request) -> Self {
        let thing = request.thing();
        let resource = thing.into_iter().flat_map(|thing| {
            let row = if let Brought::Value(value) = request.brought("resource") { row_of_thing(thing, value) } else { None };
            core::iter::once(alloc::vec![thing.into()]).chain(row)
        });
        let subject = match (request.subject_kind(), request.brought("subject")) {
            (Some(kind), Brought::Value(value)) => row_of_thing(kind, value),
            _ => None,
        };
        let facts = request.facts().iter().filter(|(name, _)| Some(*name) != thing);
        let near = facts.filter_map(|(name, value)| row_of_thing(name, value)).chain(subject).collect();
        Self { resource: resource.collect(), near }
    }

    fn holds(&self, keys: &[String]) -> bool {
        let starts = |places: &[Vec<String>]| places.iter().any(|place| keys.starts_with(place));
        starts(&self.resource) || (row_of(keys).is_some() && !starts(&self.near))
    }
}

/// The row of a thing that is sent by its id, or as an object that tells it.
fn row_of_thing(kind: &str, value: &Value) -> Option<Vec<String>> {
    let id = if let Value::Record(record) = value { record.get("id")? } else { value };
    let Value::Text(id) = id else { return None };
    Some(alloc::vec!["entities".into(), alloc::format!("{kind}:{id}")])
}

/// The row of the table of entities into which keys lead.
pub(super) fn row_of(keys: &[String]) -> Option<&[String]> {
    keys.get(..2).filter(|row| row.first().is_some_and(|first| first == "entities"))
}

/// Does a change take over more of the row `*` than what it changes?
pub(super) fn takes_over(request: &Request, keys: &[String]) -> bool {
    request.of_others(keys).is_some_and(|others| others.iter().any(|(key, _)| keys.last().is_none_or(|last| last != key)))
}

/// What stands at the end of keys, or what the row `*` says there.
fn told_at<'r>(request: &'r Request, keys: &[String]) -> Option<&'r Value> {
    let others =
        || {
            let (member, below) = keys.get(2..)?.split_first()?;
            below.iter().try_fold(request.of_others(keys)?.get(member)?, |value, key| {
                if let Value::Record(record) = value { record.get(key) } else { None }
            })
        };
    request.at_keys(keys).or_else(others)
}

fn rank(edit: &Edit) -> u8 {
    match edit {
        Edit::Set(_) => 0,
        Edit::Keep(_) => 1,
        Edit::Remove(..) => 2,
        Edit::Add(_) => 3,
    }
}

/// A list with a change made.
fn edited(now: Option<&Value>, edit: &Edit) -> Value {
    let mut items = if let Some(Value::List(items)) = now { items.clone() } else { Vec::new() };
    match edit {
        Edit::Set(_) => {}
        Edit::Keep(length) => items.truncate(*length),
        Edit::Remove(item, times) => {
            for _ in 0..*times {
                if let Some(at) = items.iter().rposition(|other| other == item) {
                    items.remove(at);
                }
            }
        }
        Edit::Add(more) => items.extend(more.iter().cloned()),
    }
    Value::List(items)
}

/// What a fact is now, absence by what the vocabulary makes of it.
fn now(fact: &asked::Fact, request: &Request) -> Option<Value> {
    if let (Some(Value::Record(record)), false) = (told_at(request, &fact.keys), fact.ty.kinds().is_empty()) {
        // A thing is called by its id: what else is told of it may be private.
        return Some(record.get("id").cloned().unwrap_or(Value::None));
    }
    if let Some(value) = told_at(request, &fact.keys) {
        return Some(typed(&fact.ty, value).unwrap_or_else(|| value.clone()));
    }
    if fact.absent {
        return Some(Value::None);
    }
    // Of what its own row does not say nothing is known: a row is not complete.
    let is_of_row = row_of(&fact.keys).is_some() && fact.keys.len() == 3;
    if fact.keys.len() < 2 || is_of_row || !record_is_there(request, &fact.keys) {
        return None;
    }
    match &fact.presence {
        Presence::Optional => Some(Value::None),
        Presence::Assumed(value) => Some(value.clone()),
        Presence::Required | Presence::Open => None,
    }
}

/// Does it belong to a thing of which the request brings the id, and in the place of which there may be another? What is fixed of the
/// one is something else of the other.
fn lies_in_another(fact: &asked::Fact, request: &Request) -> bool {
    (2..fact.keys.len()).any(|end| is_only_meant(request, fact.keys.get(..end).unwrap_or(&[])))
}

/// Does the request say no more of something than which it is?
fn is_only_meant(request: &Request, keys: &[String]) -> bool {
    match request.at_keys(keys) {
        Some(Value::Record(record)) => record.says_only_which(),
        Some(Value::List(_)) | None => false,
        Some(_) => true,
    }
}

/// Is it a thing with an identity, of which the request says which it is?
fn is_named(plan: &Plan, fact: &asked::Fact, request: &Request) -> bool {
    let is_thing = matches!(fact.ty, Type::Reference(_)) || matches!(fact.ty, Type::Kind(kind) if plan.vocabulary.is_entity(kind));
    is_thing && tells_id(request.at_keys(&fact.keys))
}

/// Does what the request says of a thing tell its id?
fn tells_id(told: Option<&Value>) -> bool {
    match told {
        Some(Value::Record(record)) => record.get("id").is_some(),
        Some(_) => true,
        None => false,
    }
}

/// Is it a key that tells which thing something is, or where it lies?
fn tells_which(key: &str) -> bool {
    matches!(key, "id" | "type" | "in")
}

/// Has it a member that some kind holds private, at any depth? It recurses as deep as the request nests, which is limited.
fn holds_private(plan: &Plan, value: &Value) -> bool {
    if let Value::List(items) = value {
        return items.iter().any(|item| holds_private(plan, item));
    }
    if let Value::Record(record) = value { record_holds_private(plan, record) } else { false }
}

fn record_holds_private(plan: &Plan, record: &Record) -> bool {
    record.iter().any(|(key, member)| {
        let is_private = |field: &Field| field.private && field.key == key;
        plan.vocabulary.kinds.iter().any(|kind| kind.fields.iter().any(is_private)) || holds_private(plan, member)
    })
}

/// Can it be none because a record on the way is, while it cannot be none itself?
fn may_lie_in_none(fact: &asked::Fact) -> bool {
    let own = matches!(fact.presence, Presence::Optional | Presence::Open);
    let on_the_way = fact.steps.split_last().map_or(&[][..], |(_, way)| way);
    !own && (on_the_way.iter().any(|step| matches!(step.presence, Presence::Optional | Presence::Open)) || fact.root.is_some())
}

/// From how many of its keys on all that is below matters for what a path leads to.
fn hangs_from(fact: &asked::Fact, request: &Request) -> usize {
    let passes_optional = fact.steps.iter().any(|step| !matches!(step.presence, Presence::Required | Presence::Open));
    let is_subject = matches!(fact.root, Some(SlotRoot::Subject));
    if (passes_optional || is_subject) && !record_is_there(request, &fact.keys) {
        // Of the table of entities, the row.
        return row_of(&fact.keys).map_or(1, <[String]>::len);
    }
    // A thing that is sent as its id, or as none, becomes a record as soon as anything of it is told.
    (1..fact.keys.len()).find(|end| is_only_meant(request, fact.keys.get(..*end).unwrap_or(&[]))).unwrap_or(fact.keys.len())
}

fn record_is_there(request: &Request, keys: &[String]) -> bool {
    let Some((_, above)) = keys.split_last() else { return true };
    above.is_empty() || matches!(request.at_keys(above), Some(Value::Record(record)) if !record.says_only_which())
}

/// Which facts are compared with each other, and what is asked of any of them.
struct Crowds {
    /// The first of the facts that each is compared with, by keys.
    of: BTreeMap<Vec<String>, usize>,
    /// What is asked of all of them, and how many may be changed.
    all: Vec<(Vec<Asked>, usize)>,
}

impl Crowds {
    fn of(bounds: &Bounds, request: &Request) -> Self {
        let mut crowd: Vec<usize> = (0..bounds.facts.len()).collect();
        let places: BTreeMap<&[String], usize> = bounds.facts.iter().enumerate().map(|(at, fact)| (fact.keys.as_slice(), at)).collect();
        for (at, fact) in bounds.facts.iter().enumerate() {
            for asked in &fact.asked {
                let Asked::With(keys) = asked else { continue };
                let (Some(&other), Some(&one)) = (places.get(keys.as_slice()).and_then(|other| crowd.get(*other)), crowd.get(at)) else {
                    continue;
                };
                crowd.iter_mut().filter(|of| **of == other).for_each(|of| *of = one);
            }
        }
        let mut found = Self { of: BTreeMap::new(), all: alloc::vec![(Vec::new(), 0); bounds.facts.len()] };
        for (fact, of) in bounds.facts.iter().zip(crowd) {
            found.of.insert(fact.keys.clone(), of);
            let Some((all, members)) = found.all.get_mut(of) else { continue };
            *members = members.saturating_add(usize::from(fact.may_change()));
            let compared = fact.asked.iter().filter(|asked| matches!(asked, Asked::Value(_) | Asked::Text(..))).cloned();
            let own = request.at_keys(&fact.keys).filter(|value| value.as_scalar().is_some()).filter(|_| fact.may_change());
            all.extend(compared.chain(own.cloned().map(Asked::Value)));
        }
        found
    }

    /// Which of the crowds a fact belongs to; none where it is compared with no other that may change.
    fn number(&self, fact: &asked::Fact) -> Option<usize> {
        let of = *self.of.get(&fact.keys)?;
        self.all.get(of).filter(|(_, members)| *members > 1).map(|_| of)
    }

    /// What is asked of a fact, and of those that it is compared with; how many these are.
    fn asked(&self, fact: &asked::Fact) -> (Vec<Asked>, usize) {
        let shared = self.of.get(&fact.keys).and_then(|of| self.all.get(*of));
        let Some((shared, members)) = shared.filter(|(_, members)| *members > 1) else { return (fact.asked.clone(), 1) };
        let mut asked = fact.asked.clone();
        for one in shared {
            if !asked.contains(one) {
                asked.push(one.clone());
            }
        }
        (asked, *members)
    }
}
