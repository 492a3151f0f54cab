//! A second evaluator, written from `docs/language.md` and from nothing else.
//!
//! It walks the program for every request: no plan, no index, nothing shared, nothing remembered. It is slow and short, and
//! it is compared with the engine on random policies and requests.
#![allow(dead_code)] // each of the tests uses a part of its own

mod entities;
pub mod generate;
mod read;
mod says;
mod scalar;
mod truth;

use entities::{arguments, entities, is_private};
use onlyif::machinery::program::{ActPattern, Duty, Program, Rule, Task, Term, Text, TextPart, ThingPattern, Verb};
use onlyif::machinery::vocabulary::Type;
use onlyif::{Outcome, Request, Value};
use read::{Facts, Got, Item};
use says::Scope;
use scalar::Scalar;
use std::collections::BTreeSet;
pub use truth::{Notes, Truth};

/// Everything that follows from a policy and a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub outcome: Outcome,
    pub notes: Notes,
    pub rules: Vec<String>,
    pub reasons: Vec<Reason>,
    pub must: Vec<Told>,
    pub should: Vec<Told>,
    pub pending: Vec<(Told, BTreeSet<String>)>,
}

/// Why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A text of the policy, filled in.
    Text(String),
    /// The rule's own words; by its id.
    OwnWords(String),
    /// A sentence that no rule allows the act, or that there is no such act.
    NothingGrants,
}

/// A duty: its name or sentence, and its arguments in a form in which the same values are the same text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub what: String,
    pub with: Vec<(String, String)>,
}

/// A rule that covers the act, and what its parts are worth.
struct Weighed<'p> {
    rule: &'p Rule,
    grant: Truth,
    ban: Truth,
    /// Of a `must` or `should` rule.
    binds: Truth,
}

pub fn answer(program: &Program, request: &Request) -> Answer {
    let facts = Facts { program, request, entities: entities(program) };
    let act = program.acts.iter().find(|act| act.action == request.action() && act.thing.as_deref() == request.thing());
    if act.is_none() && !program.acts.is_empty() {
        return Answer { reasons: [Reason::NothingGrants].into(), ..plain(Outcome::Denied) };
    }
    let covering = program.rules.iter().filter(|rule| rule.acts.iter().any(|pattern| covers(pattern, request)));
    let weighed: Vec<Weighed<'_>> = covering.map(|rule| weigh(&facts, rule)).collect();
    let grant = Truth::any(weighed.iter().map(|weighed| weighed.grant.clone()));
    let ban = Truth::any(weighed.iter().map(|weighed| weighed.ban.clone()));
    match Truth::all([grant.clone(), ban.clone().not()]) {
        Truth::Yes => allowed(&facts, &weighed),
        Truth::No if ban == Truth::Yes => denied(&facts, &weighed),
        Truth::No => {
            let own = act.and_then(|act| act.otherwise.as_ref()).map(|text| Reason::Text(print(&facts, text)));
            Answer { reasons: [own.unwrap_or(Reason::NothingGrants)].into(), ..plain(Outcome::Denied) }
        }
        Truth::Unknown(_) => {
            let decides = |weighed: &&Weighed<'_>| (grant.is_unknown() && weighed.grant.is_unknown()) || weighed.ban.is_unknown();
            let deciding: Vec<&Weighed<'_>> = weighed.iter().filter(decides).collect();
            let of = |weighed: &&Weighed<'_>| {
                let grant = if grant.is_unknown() { weighed.grant.notes() } else { Notes::default() };
                grant.and(weighed.ban.notes())
            };
            undetermined(deciding.iter().map(of).fold(Notes::default(), Notes::and), deciding.iter().map(|weighed| weighed.rule))
        }
    }
}

fn plain(outcome: Outcome) -> Answer {
    let (rules, reasons, must, should, pending) = Default::default();
    Answer { outcome, notes: Notes::default(), rules, reasons, must, should, pending }
}

fn undetermined<'p>(notes: Notes, rules: impl Iterator<Item = &'p Rule>) -> Answer {
    Answer { notes, rules: rules.map(|rule| rule.id.clone()).collect(), ..plain(Outcome::Undetermined) }
}

fn covers(pattern: &ActPattern, request: &Request) -> bool {
    let (action, thing) = (request.action(), request.thing());
    let of_thing = match &pattern.thing {
        ThingPattern::Any => true,
        ThingPattern::Nothing => thing.is_none(),
        ThingPattern::Named(name) => thing.is_some_and(|thing| thing == name),
    };
    let of_action = pattern.action.is_none() || pattern.action.as_deref() == Some(action);
    let excepted = pattern.except.iter().any(|(verb, of)| {
        let verb = verb.as_ref().is_none_or(|verb| verb == action);
        verb && of.as_ref().is_none_or(|of| thing.is_some_and(|thing| thing == of))
    });
    of_thing && of_action && !excepted
}

fn weigh<'p>(facts: &Facts<'_>, rule: &'p Rule) -> Weighed<'p> {
    let scope = Scope::default();
    let says = |formula: &Option<_>, default| formula.as_ref().map_or(Truth::of(default), |formula| facts.says(formula, &scope));
    let condition = says(&rule.condition, true);
    let applies = Truth::all([says(&rule.when, true), says(&rule.unless, false).not()]);
    let none = || Truth::No;
    let (grant, ban, binds) = match rule.verb {
        Verb::Allow => (applies, none(), none()),
        Verb::OnlyIf => (condition.clone(), condition.not(), none()),
        Verb::Requires => (none(), Truth::all([applies, condition.not()]), none()),
        Verb::Never => (none(), applies, none()),
        Verb::Must | Verb::Should => (none(), none(), applies),
    };
    Weighed { rule, grant, ban, binds }
}

/// The formula says yes: it is allowed unless a `must` is not known or the request brings what it may not.
fn allowed(facts: &Facts<'_>, weighed: &[Weighed<'_>]) -> Answer {
    let mut found = plain(Outcome::Allowed);
    let mut held_up: Vec<&Rule> = Vec::new();
    let mut notes = Notes::default();
    for weighed in weighed {
        let binds = if matches!(weighed.rule.verb, Verb::Must | Verb::Should) { &weighed.binds } else { &weighed.grant };
        if matches!(weighed.rule.verb, Verb::Never | Verb::Requires) || *binds == Truth::No {
            continue;
        }
        if weighed.grant == Truth::Yes {
            found.rules.push(weighed.rule.id.clone());
            found.reasons.push(reason(facts, weighed.rule, weighed.rule.because.as_ref()));
        }
        for duty in &weighed.rule.duties {
            let open = binds.notes().and(unknown_arguments(facts, duty));
            let told = tell(facts, duty);
            match (open.is_empty(), duty.must) {
                (true, must) => list(if must { &mut found.must } else { &mut found.should }, told),
                (false, false) => found.pending.push((told, open.paths())),
                (false, true) => {
                    notes = notes.and(open);
                    held_up.push(weighed.rule);
                }
            }
        }
    }
    held_up.dedup_by_key(|rule| &rule.id);
    let barred = if held_up.is_empty() { bars(facts) } else { Notes::default() };
    if held_up.is_empty() && barred.is_empty() {
        return found;
    }
    Answer { pending: found.pending, ..undetermined(notes.and(barred), held_up.into_iter()) }
}

/// Some prohibition holds.
fn denied(facts: &Facts<'_>, weighed: &[Weighed<'_>]) -> Answer {
    let mut found = plain(Outcome::Denied);
    for Weighed { rule, ban, .. } in weighed {
        if *ban != Truth::Yes {
            continue;
        }
        found.rules.push(rule.id.clone());
        let (text, duties) =
            if rule.verb == Verb::Never { (&rule.because, &rule.duties) } else { (&rule.otherwise, &rule.otherwise_duties) };
        found.reasons.push(reason(facts, rule, text.as_ref()));
        for duty in duties {
            let open = unknown_arguments(facts, duty);
            if !open.is_empty() {
                found.pending.push((tell(facts, duty), open.paths()));
            }
            list(if duty.must { &mut found.must } else { &mut found.should }, tell(facts, duty));
        }
    }
    found
}

/// Adds a duty that is not listed yet.
fn list(duties: &mut Vec<Told>, duty: Told) {
    if !duties.contains(&duty) {
        duties.push(duty);
    }
}

fn reason(facts: &Facts<'_>, rule: &Rule, text: Option<&Text>) -> Reason {
    text.map_or_else(|| Reason::OwnWords(rule.id.clone()), |text| Reason::Text(print(facts, text)))
}

fn unknown_arguments(facts: &Facts<'_>, duty: &Duty) -> Notes {
    arguments(&duty.task).iter().map(|(_, term)| facts.term(term, &Scope::default()).notes()).fold(Notes::default(), Notes::and)
}

fn tell(facts: &Facts<'_>, duty: &Duty) -> Told {
    let what = match &duty.task {
        Task::Named(name, _) => name.clone(),
        Task::Told(text) => print(facts, text),
    };
    let value = |term: &Term| match facts.term(term, &Scope::default()) {
        Got::Known(item) => canonical(&item.ty, &item.value),
        Got::Written(items) => format!("{} items", items.len()),
        _ => "none".into(),
    };
    Told { what, with: arguments(&duty.task).iter().map(|(key, term)| (key.clone(), value(term))).collect() }
}

/// A form in which the same values of a type are the same text.
pub fn canonical(ty: &Type, value: &Value) -> String {
    let item = Item { path: String::new(), ty: ty.clone(), value: value.clone() };
    Scalar::of(&item).map_or_else(|| value.to_string(), |scalar| format!("{scalar:?}"))
}

/// What keeps every request from being allowed, the first that there is: keys that a closed kind does not list, and names of
/// settings.
fn bars(facts: &Facts<'_>) -> Notes {
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

/// A text with its values: texts bare, other values as the language writes them.
fn print(facts: &Facts<'_>, text: &Text) -> String {
    let value = |term: &Term| match facts.term(term, &Scope::default()) {
        _ if is_private(facts.program, term) => "(private)".into(),
        Got::Known(item) => written(&item),
        Got::None(_) => "none".into(),
        Got::Null(path) | Got::Missing(path, _) | Got::Bad(path, _) => format!("(unknown {path})"),
        Got::Open(_) | Got::Written(_) => "(unknown)".into(),
    };
    let part = |part: &TextPart| match part {
        TextPart::Literal(text) => text.clone(),
        TextPart::Term(term) => value(term),
    };
    text.parts.iter().map(part).collect()
}

fn written(item: &Item) -> String {
    match (&item.ty, &item.value) {
        (Type::Money, _) => match Scalar::of(item) {
            Some(Scalar::Money(amount, currency)) => format!("{amount} {currency}"),
            _ => item.value.to_string(),
        },
        // "is read as": these have one written form, which is that of the value that was read.
        (Type::Duration, Value::Text(text)) => onlyif::value::Duration::parse(text).map_or(text.clone(), |span| span.to_string()),
        (Type::Time, Value::Text(text)) => onlyif::value::Time::parse(text).map_or(text.clone(), |time| time.to_string()),
        (_, Value::Text(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}
