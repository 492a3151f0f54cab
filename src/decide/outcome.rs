//! The outcome: allowed, denied or undetermined, from the hot half.

use super::entities::only_says_which;
use super::evaluate::Evaluator;
use super::notes::{Notes, Silent};
use super::truth::Truth;
use super::{datum::Datum, visits};
use crate::decision::Outcome;
use crate::plan::{Bucket, Entry, NodeId, Plan, PlanAct, PlanTask, TermId};
use crate::request::Request;
use crate::value::Value;
use crate::vocabulary::{KindId, Type};

/// One formula: some grant holds, and no prohibition holds. An allowed decision is complete: it carries every `must`.
pub(crate) fn outcome(plan: &Plan, request: &Request) -> Outcome {
    if !is_known_act(plan, request) {
        return Outcome::Denied;
    }
    if too_many_visits(plan, request) {
        return Outcome::Undetermined;
    }
    let mut evaluator = Evaluator::new(plan, &plan.hot, request, Silent);
    let closed = closed(&mut evaluator);
    if closed == Truth::Yes {
        return Outcome::Denied;
    }
    let open = open(&mut evaluator);
    match (open, closed) {
        (Truth::No, _) => Outcome::Denied,
        (Truth::Yes, Truth::No) if complete(&mut evaluator) && forbidden_by_form(plan, request).is_none() => Outcome::Allowed,
        (Truth::Yes | Truth::Unknown, _) => Outcome::Undetermined,
    }
}

/// Does one of these conditions of the cold half come out `yes` (or `no`), as is said for each?
pub(crate) fn any_turns(plan: &Plan, request: &Request, turns: &[(NodeId, bool)]) -> bool {
    let mut evaluator = Evaluator::new(plan, &plan.cold, request, Silent);
    turns.iter().any(|&(node, yes)| evaluator.truth(node) == yes.into())
}

/// With `act` lines the list of acts is closed, and so is that of those who act.
pub(super) fn is_known_act(plan: &Plan, request: &Request) -> bool {
    plan.acts.is_empty() || plan.act(request.action(), request.thing()).is_some_and(|act| !is_of_others(act, request))
}

/// Is the one who acts of a kind that `by` does not list? The request has to say of which kind that is.
pub(super) fn is_of_others(act: &PlanAct, request: &Request) -> bool {
    request.subject_kind().is_some_and(|kind| !act.by.is_empty() && act.by.iter().all(|by| by != kind))
}

/// Would the rules of this act visit more elements than one decision may?
pub(super) fn too_many_visits(plan: &Plan, request: &Request) -> bool {
    let roots = entries(plan, plan.named(request.action(), request.thing()), |bucket| {
        [&bucket.prohibitions, &bucket.conditions, &bucket.grants, &bucket.binds]
    })
    .filter_map(|entry| plan.rules.get(entry.rule as usize))
    .filter_map(|rule| rule.holds.or(rule.closes))
    .map(|(_, cold)| cold);
    visits::too_many(plan, request, roots)
}

/// The entries of the buckets that cover an act, as the rules call it.
pub(super) fn entries<'a, const L: usize>(
    plan: &'a Plan,
    (action, thing): (&'a str, Option<&'a str>),
    lists: impl Fn(&'a Bucket) -> [&'a alloc::vec::Vec<Entry>; L] + 'a,
) -> impl Iterator<Item = &'a Entry> {
    let buckets = plan.index.covering(action, thing);
    buckets.flat_map(lists).flatten().filter(move |entry| entry.covers(action, thing))
}

/// Does a prohibition hold? An `only if` that does not hold is judged in [`open`], where each is read once.
fn closed(evaluator: &mut Evaluator<'_, Silent>) -> Truth {
    any(evaluator, entries(evaluator.plan, evaluator.act, |bucket| [&bucket.prohibitions]).map(|entry| entry.node), Truth::Yes)
}

/// Does something grant? With `only if`s on the act: do all of them hold?
fn open(evaluator: &mut Evaluator<'_, Silent>) -> Truth {
    let conditions = || entries(evaluator.plan, evaluator.act, |bucket| [&bucket.conditions]).map(|entry| entry.node);
    if conditions().next().is_some() {
        let conditions = conditions();
        return any(evaluator, conditions, Truth::No);
    }
    let grants = entries(evaluator.plan, evaluator.act, |bucket| [&bucket.grants]).map(|entry| entry.node);
    any(evaluator, grants, Truth::Yes)
}

/// `⋁` of the nodes (decided by the first yes), or `⋀` (decided by the first no).
fn any<'a>(evaluator: &mut Evaluator<'a, Silent>, nodes: impl Iterator<Item = NodeId>, decisive: Truth) -> Truth {
    let mut result = decisive.not();
    for node in nodes {
        match evaluator.truth(node) {
            truth if truth == decisive => return decisive,
            Truth::Unknown => result = Truth::Unknown,
            Truth::Yes | Truth::No => {}
        }
    }
    result
}

/// Is it known of every `must` of the act whether it binds, and with what arguments?
fn complete(evaluator: &mut Evaluator<'_, Silent>) -> bool {
    let plan = evaluator.plan;
    entries(plan, evaluator.act, |bucket| [&bucket.binds]).all(|entry| {
        let duties = plan.rules.get(entry.rule as usize).map_or(&[][..], |rule| rule.duties.as_slice());
        let mut musts = duties.iter().filter(|duty| duty.must).peekable();
        if musts.peek().is_none() {
            return true;
        }
        match evaluator.truth(entry.node) {
            Truth::No => true,
            Truth::Unknown => false,
            Truth::Yes => musts.all(|duty| match &duty.task {
                PlanTask::Named(_, arguments) => arguments.iter().all(|&(_, hot, _)| is_known(evaluator, hot)),
                PlanTask::Told(_) => true,
            }),
        }
    })
}

/// Is an argument known? A null that nobody declared says nothing that a duty could carry.
pub(super) fn is_known<N: Notes>(evaluator: &mut Evaluator<'_, N>, term: TermId) -> bool {
    let datum = evaluator.whole(term);
    if !evaluator.is_given(term, &datum) {
        return false;
    }
    match datum {
        Datum::Entity(entity) if entity.id.is_none() => {
            evaluator.needs_id(term, Some(entity));
            false
        }
        Datum::Written(run) => {
            // Each is asked, so that all that is missing is noted.
            let nodes = evaluator.nodes;
            let unknown = nodes.items(run).iter().filter(|&&item| !is_known(evaluator, item)).count();
            unknown == 0
        }
        Datum::List(..) | Datum::Items(_) => {
            let unknown =
                (0..evaluator.length(&datum)).filter(|&at| matches!(evaluator.element_at(term, &datum, at), Datum::Unknown)).count();
            unknown == 0
        }
        Datum::Unknown
        | Datum::Null
        | Datum::None
        | Datum::Scalar(_)
        | Datum::Text(_)
        | Datum::Choice(..)
        | Datum::Entity(_)
        | Datum::Record(..) => true,
    }
}

/// What about the request's form keeps anything from being allowed, however the rules decide.
pub(super) enum Form<'a> {
    /// It carries the name of a setting.
    Setting(&'a str),
    /// Its subject or resource is of a type that is no kind but a fact of another sort.
    NoKind(&'a str),
    /// A record brings a key that its kind does not list: the fact, and the key.
    Unlisted(&'a str, &'a str),
}

/// What only the policy can know to be wrong with a request.
pub(super) fn forbidden_by_form<'a>(plan: &'a Plan, request: &'a Request) -> Option<Form<'a>> {
    let is_brought = |name: &str| !matches!(request.brought(name), crate::request::Brought::Nothing);
    let setting = plan.vocabulary.settings.iter().find(|setting| is_brought(&setting.key));
    if let Some(setting) = setting {
        return Some(Form::Setting(&setting.name));
    }
    // The request's own things have to be things: a fact of another sort is not replaced by one.
    let part = request.parts().find(|name| plan.vocabulary.facts.iter().any(|fact| fact.key == *name && !may_be_a_thing(&fact.ty)));
    if let Some(name) = part {
        return Some(Form::NoKind(name));
    }
    if !plan.vocabulary.kinds.iter().any(|kind| kind.only) {
        return None;
    }
    plan.vocabulary.facts.iter().find_map(|fact| match request.brought(&fact.key) {
        crate::request::Brought::Value(value) => unlisted(plan, value, &fact.ty).map(|key| Form::Unlisted(&fact.name, key)),
        crate::request::Brought::Nothing | crate::request::Brought::Both => None,
    })
}

/// Can a fact of this type be what acts, or what is acted on?
fn may_be_a_thing(ty: &Type) -> bool {
    matches!(ty, Type::Kind(_) | Type::Reference(_) | Type::Any)
}

/// A key that a `has only` kind does not list, in a value of a type. Requests nest no deeper than their limit.
fn unlisted<'a>(plan: &'a Plan, value: &'a Value, ty: &Type) -> Option<&'a str> {
    if let (Type::Reference(kinds), Value::Record(record)) = (ty, value) {
        // What is sent as an object is judged as one of the kind that it tells, or of each that it may be.
        let told = |kind: &&KindId| {
            let key = plan.vocabulary.kind(**kind).map(|kind| kind.key.as_str());
            kinds.len() == 1 || !matches!(record.get("type"), Some(Value::Text(told)) if Some(told.as_str()) != key)
        };
        return kinds.iter().filter(told).find_map(|kind| unlisted(plan, value, &Type::Kind(*kind)));
    }
    match (ty, value) {
        (Type::Kind(id), Value::Record(record)) => {
            let kind = plan.vocabulary.kind(*id)?;
            if kind.entity && only_says_which(record, Some(kind)).is_some() {
                return None;
            }
            record.iter().find_map(|(key, value)| match kind.fields.iter().find(|field| field.key == key) {
                Some(field) => unlisted(plan, value, &field.ty),
                None => (kind.only && key != "id" && !(key == "type" && kind.entity)).then_some(key),
            })
        }
        (Type::List(element), Value::List(items)) => items.iter().find_map(|item| unlisted(plan, item, element)),
        (Type::Map(element), Value::Record(record)) => record.iter().find_map(|(_, value)| unlisted(plan, value, element)),
        _ => None,
    }
}
