//! Everything about a decision, from the cold half: deciding rules, reasons, duties, needs, problems.

use super::evaluate::Evaluator;
use super::notes::{Cause, Causes, Notes};
use super::outcome::{Form, entries, forbidden_by_form, is_known_act, too_many_visits};
use super::truth::Truth;
use crate::act::Verb;
use crate::code::Code;
use crate::decision::{DecidingRule, Details, Outcome, Problem, Reason};
use crate::plan::{Plan, PlanRule};
use crate::request::Request;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

/// What a rule's condition was worth, and why it was unknown.
pub(super) struct Judged<'p> {
    pub(super) rule: &'p PlanRule,
    pub(super) truth: Truth,
    pub(super) causes: Vec<Cause>,
}

impl Judged<'_> {
    /// Does it close the act?
    pub(super) fn closes(&self) -> Truth {
        match self.rule.verb {
            Verb::Never | Verb::Requires => self.truth,
            Verb::OnlyIf => self.truth.not(),
            Verb::Allow | Verb::Must | Verb::Should => Truth::No,
        }
    }

    /// Does it open the act?
    pub(super) fn opens(&self) -> Truth {
        match self.rule.verb {
            Verb::Allow | Verb::OnlyIf => self.truth,
            Verb::Never | Verb::Requires | Verb::Must | Verb::Should => Truth::No,
        }
    }
}

/// Works out everything about a decision.
pub(super) fn details(plan: &Plan, request: &Request, outcome: Outcome) -> Details {
    let mut details = Details { outcome: Some(outcome), ..Details::default() };
    if !is_known_act(plan, request) {
        details.outcome = Some(Outcome::Denied);
        let by = match (plan.act(request.action(), request.thing()), request.subject_kind()) {
            (Some(_), Some(kind)) => alloc::format!(" by `{kind}`"),
            (Some(_) | None, _) => String::new(),
        };
        let text = alloc::format!("there is no act `{}`{by}", request.act());
        details.reasons.push(Reason { rule: None, verb: None, text, span: None });
        return details;
    }
    if too_many_visits(plan, request) {
        details.outcome = Some(Outcome::Undetermined);
        details.problems.push(problem(
            Code::TooManyVisits,
            "",
            &alloc::format!("more than {} list elements would have to be visited", plan.visits),
        ));
        return details;
    }
    let mut evaluator = Evaluator::new(plan, &plan.cold, request, Causes::default());
    let judged: Vec<Judged<'_>> =
        covering(plan, request).into_iter().filter_map(|at| plan.rules.get(at as usize)).map(|rule| judge(&mut evaluator, rule)).collect();
    let formula = formula(&judged);
    let mut causes = Vec::new();
    match formula {
        Truth::Yes => {
            evaluator.allowed_duties(&judged, &mut details, &mut causes);
            if causes.is_empty() {
                causes.extend(forbidden_by_form(plan, request).map(form_cause));
            }
            if causes.is_empty() {
                details.outcome = Some(Outcome::Allowed);
                opened_by(&mut evaluator, &judged, &mut details);
            } else {
                details.outcome = Some(Outcome::Undetermined);
                details.must.clear();
                details.should.clear();
            }
        }
        Truth::No => {
            details.outcome = Some(Outcome::Denied);
            closed_by(&mut evaluator, &judged, &mut details);
            evaluator.denied_duties(&judged, &mut details);
        }
        Truth::Unknown => {
            details.outcome = Some(Outcome::Undetermined);
            causes.extend(kept_open_by(plan, &judged, &mut details));
        }
    }
    write_causes(&mut details, causes, plan.needs);
    details.reasons.truncate(plan.reasons);
    details.rules.truncate(plan.reasons);
    details
}

/// The rules that cover the act, in the author's order.
pub(super) fn covering(plan: &Plan, request: &Request) -> BTreeSet<u32> {
    let act = plan.named(request.action(), request.thing());
    entries(plan, act, |bucket| [&bucket.prohibitions, &bucket.conditions, &bucket.grants, &bucket.binds]).map(|entry| entry.rule).collect()
}

fn judge<'p>(evaluator: &mut Evaluator<'p, Causes>, rule: &'p PlanRule) -> Judged<'p> {
    let mark = evaluator.notes.mark();
    let truth = match rule.holds.or(rule.closes) {
        Some((_, cold)) => evaluator.truth(cold),
        None => Truth::Unknown,
    };
    let causes = evaluator.notes.list.split_off(mark);
    Judged { rule, truth, causes: if truth == Truth::Unknown { causes } else { Vec::new() } }
}

/// Some grant holds and no prohibition holds.
fn formula(judged: &[Judged<'_>]) -> Truth {
    match (any(judged.iter().map(Judged::opens)), any(judged.iter().map(Judged::closes))) {
        (Truth::No, _) | (_, Truth::Yes) => Truth::No,
        (Truth::Yes, Truth::No) => Truth::Yes,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
    }
}

fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::No, |all, one| match (all, one) {
        (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
        (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
        (Truth::No, Truth::No) => Truth::No,
    })
}

fn opened_by(evaluator: &mut Evaluator<'_, Causes>, judged: &[Judged<'_>], details: &mut Details) {
    for one in judged.iter().filter(|one| one.opens() == Truth::Yes) {
        let texts = evaluator.reasons(one.rule, one.rule.because.as_ref(), true);
        push(evaluator.plan, one, texts, details);
    }
}

fn closed_by(evaluator: &mut Evaluator<'_, Causes>, judged: &[Judged<'_>], details: &mut Details) {
    for one in judged.iter().filter(|one| one.closes() == Truth::Yes) {
        let given = if one.rule.verb == Verb::Never { one.rule.because.as_ref() } else { one.rule.otherwise.as_ref() };
        let texts = evaluator.reasons(one.rule, given, one.rule.verb == Verb::Never);
        push(evaluator.plan, one, texts, details);
    }
    if details.reasons.is_empty() {
        let text = evaluator.nothing_grants();
        details.reasons.push(Reason { rule: None, verb: None, text, span: None });
    }
}

fn push(plan: &Plan, one: &Judged<'_>, texts: Vec<String>, details: &mut Details) {
    let rule = deciding(plan, one);
    for text in texts {
        details.reasons.push(Reason { rule: Some(rule.rule.clone()), verb: Some(rule.verb), text, span: Some(rule.span.clone()) });
    }
    details.rules.push(rule);
}

fn deciding(plan: &Plan, one: &Judged<'_>) -> DecidingRule {
    let value = match one.truth {
        Truth::Yes => Some(true),
        Truth::No => Some(false),
        Truth::Unknown => None,
    };
    DecidingRule { rule: one.rule.id.clone(), verb: one.rule.verb, value, span: plan.sources.place(one.rule.span) }
}

/// The rules whose unknown keeps it undetermined. Where something opens for sure, only what may close matters.
fn kept_open_by(plan: &Plan, judged: &[Judged<'_>], details: &mut Details) -> Vec<Cause> {
    let opened = judged.iter().any(|one| one.opens() == Truth::Yes);
    let matters = |one: &&Judged<'_>| one.closes() == Truth::Unknown || (!opened && one.opens() == Truth::Unknown);
    let mut causes = Vec::new();
    for one in judged.iter().filter(matters) {
        details.rules.push(deciding(plan, one));
        causes.extend_from_slice(&one.causes);
    }
    causes
}

fn form_cause(form: Form<'_>) -> Cause {
    match form {
        Form::Setting(name) => Cause::Problem {
            code: Code::CarriesSetting,
            path: name.into(),
            message: alloc::format!("{name} is a setting of this installation, and the request brings it as a fact"),
        },
        Form::NoKind(name) => Cause::Problem {
            code: Code::ThingIsNoKind,
            path: name.into(),
            message: alloc::format!("{name} is a fact of another sort, and the request brings its subject or resource under this name"),
        },
        Form::Unlisted(fact, key) => Cause::Problem {
            code: Code::UnlistedKey,
            path: fact.into(),
            message: alloc::format!("{fact} brings the key `{}`, which its kind does not list", crate::diagnostic::escape(key)),
        },
    }
}

fn problem(code: Code, path: &str, message: &str) -> Problem {
    Problem { path: path.into(), code, message: message.into() }
}

/// Sorted and once each, so that the order of the rules changes nothing.
fn write_causes(details: &mut Details, causes: Vec<Cause>, most: usize) {
    let causes: BTreeSet<Cause> = causes.into_iter().collect();
    for cause in causes {
        match cause {
            Cause::Need(path) => details.needs.push(path),
            Cause::Problem { code, path, message } => details.problems.push(Problem { path, code, message }),
        }
    }
    details.needs.truncate(most);
    details.problems.truncate(most);
}
