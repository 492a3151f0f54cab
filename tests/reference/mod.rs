//! A second evaluator, written from `docs/language.md` and from nothing else.
//!
//! It walks the program for every request: no plan, no index, nothing shared, nothing remembered. It is slow and short, and
//! it is compared with the engine on random policies and requests.
#![allow(dead_code)] // each of the tests uses a part of its own

mod bars;
mod calculate;
mod compare;
mod entities;
pub mod generate;
mod quantify;
mod read;
mod says;
mod scalar;
mod texts;
mod things;
mod told;
mod truth;

use bars::bars;
use entities::entities;
use onlyif::machinery::program::{ActPattern, Program, Rule, ThingPattern, Verb};
use onlyif::{Outcome, Request, Value};
use read::Facts;
use says::Scope;
use std::collections::{BTreeMap, BTreeSet};
#[allow(unused_imports)] // each of the tests uses a part of its own
pub use told::{Reason, Told, canonical};
use told::{print, reasons, tell, unknown_arguments};
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

impl Answer {
    /// The problem of a calculation has no name here: whatever `other` calls it is taken, if it is of the same code.
    pub fn without_names_of_calculations(&mut self, other: &Self) {
        let nameless = other.notes.problems.iter().filter(|(path, _)| path.is_empty());
        for (_, code) in nameless {
            let named: Vec<_> = self
                .notes
                .problems
                .iter()
                .filter(|problem| problem.1 == *code && !other.notes.problems.contains(problem))
                .cloned()
                .collect();
            named.iter().for_each(|problem| _ = self.notes.problems.remove(problem));
            if !named.is_empty() || self.notes.problems.iter().any(|(_, known)| known == code) {
                self.notes.problems.insert((String::new(), code));
            }
        }
        for ((_, open), (_, others)) in self.pending.iter_mut().zip(&other.pending) {
            if others.contains("") {
                open.retain(|path| others.contains(path));
                open.insert(String::new());
            }
        }
    }
}

/// A rule that covers the act, and what its parts are worth.
struct Weighed<'p> {
    rule: &'p Rule,
    grant: Truth,
    ban: Truth,
    /// Of a `must` or `should` rule.
    binds: Truth,
}

pub fn answer(program: &Program, settings: &BTreeMap<String, Value>, request: &Request) -> Answer {
    let facts = Facts { program, request, settings, entities: entities(program) };
    let act = program.acts.iter().find(|act| act.action == request.action() && act.thing.as_deref() == request.thing());
    let others = |act: &&onlyif::machinery::program::Act| {
        let key = |by: &String| program.vocabulary.key_of_kind(by).to_owned();
        act.by.is_empty() || request.subject_kind().is_none_or(|kind| act.by.iter().any(|by| key(by) == kind))
    };
    if act.as_ref().is_none_or(|act| !others(act)) && !program.acts.is_empty() {
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
            let own = act.and_then(|act| act.otherwise.as_ref()).map(|text| Reason::Text(print(&facts, text, &Scope::default())));
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
    let says = |formula: &Option<Box<_>>, default| formula.as_ref().map_or(Truth::of(default), |formula| facts.says(formula, &scope));
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
            found.reasons.extend(reasons(facts, weighed.rule, weighed.rule.because.as_ref()));
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
        found.reasons.extend(reasons(facts, rule, text.as_ref()));
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
