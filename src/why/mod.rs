#![deny(clippy::arithmetic_side_effects)]
//! Explaining: a decision, its plan and its request to an explanation.
//!
//! In: a decision, and the trace of its conditions. Out: the rules that decided, in the words of their author, with the facts
//! that made them so. Nothing is worked out again here: what a condition was worth comes from the trace, which the same
//! evaluator wrote that decided. Deciding pays nothing for it.

mod conditions;
mod facts;
mod near;
mod rules;

use crate::act::{Outcome, Verb};
use crate::decision::Decision;
use crate::decision::trace::{Trace, TracedRule};
use crate::explanation::{Because, Explanation};
use crate::plan::{Plan, PlanRule};
use crate::request::Request;
use alloc::string::String;
use alloc::vec::Vec;

/// Explains a decision; what would change it is added by whoever knows.
pub(crate) fn explain(decision: &Decision<'_>) -> Explanation {
    let (plan, request, _) = decision.parts();
    let trace = decision.trace();
    let mut why = Why { plan, request, trace: &trace, left: plan.findings };
    let judged: Vec<Judged<'_>> = trace.rules.iter().filter_map(|traced| why.judge(traced)).collect();
    let because = because(decision, plan, &judged);
    let (deciding, others): (Vec<_>, Vec<_>) = judged.into_iter().partition(|one| decides(one, because, decision));
    let rules: Vec<_> = deciding.iter().take(plan.reasons).map(|one| why.deciding(one, because, decision)).collect();
    let told: Vec<_> = others.iter().take(plan.reasons).map(|one| why.other(one, because)).collect();
    let act = act(plan, request);
    Explanation {
        asked_as: Some(request.act()).filter(|asked| *asked != act),
        act,
        outcome: decision.outcome(),
        because,
        more_rules: deciding.len().saturating_sub(rules.len()),
        more_others: others.len().saturating_sub(told.len()),
        rules,
        others: told,
        problems: whole_problems(decision),
        suggestions: Vec::new(),
    }
}

/// The act as rules write it.
fn act(plan: &Plan, request: &Request) -> String {
    match plan.named(request.action(), request.thing()) {
        (action, Some(thing)) => alloc::format!("{action} {thing}"),
        (action, None) => action.into(),
    }
}

/// A rule, what its condition was worth, and what follows for the act.
struct Judged<'t> {
    rule: &'t PlanRule,
    traced: &'t TracedRule,
    truth: Option<bool>,
    opens: Option<bool>,
    closes: Option<bool>,
}

struct Why<'t> {
    plan: &'t Plan,
    request: &'t Request,
    trace: &'t Trace,
    /// How many conditions may still be written.
    left: usize,
}

impl<'t> Why<'t> {
    fn judge(&self, traced: &'t TracedRule) -> Option<Judged<'t>> {
        let plan: &'t Plan = self.plan;
        let rule = plan.rules.get(traced.rule as usize)?;
        let truth = self.trace.steps.get(traced.root)?.truth;
        let (opens, closes) = match rule.verb {
            Verb::Allow => (truth, Some(false)),
            Verb::OnlyIf => (truth, truth.map(|yes| !yes)),
            Verb::Never | Verb::Requires => (Some(false), truth),
            Verb::Must | Verb::Should => (Some(false), Some(false)),
        };
        Some(Judged { rule, traced, truth, opens, closes })
    }
}

fn because(decision: &Decision<'_>, plan: &Plan, judged: &[Judged<'_>]) -> Because {
    match decision.outcome() {
        Outcome::Allowed => Because::Allowed,
        Outcome::Undetermined => Because::NotKnown,
        Outcome::Denied if judged.iter().any(|one| one.closes == Some(true)) => Because::Forbidden,
        Outcome::Denied if plan.acts.is_empty() || plan.act(decision.request().action(), decision.request().thing()).is_some() => {
            Because::NothingAllows
        }
        Outcome::Denied => Because::NoSuchAct,
    }
}

/// Did a rule decide? Where nothing allows the act, every rule that could have is one that did.
fn decides(one: &Judged<'_>, because: Because, decision: &Decision<'_>) -> bool {
    match because {
        Because::Allowed => one.opens == Some(true),
        Because::Forbidden => one.closes == Some(true),
        Because::NothingAllows => one.rule.verb == Verb::Allow,
        Because::NoSuchAct => false,
        Because::NotKnown => {
            let listed = decision.rules().iter().any(|rule| rule.rule == one.rule.id);
            listed && (one.closes.is_none() || one.opens.is_none() || binds(one))
        }
    }
}

/// Does it hang on a duty that is not known?
fn binds(one: &Judged<'_>) -> bool {
    let is_must = one.rule.duties.iter().any(|duty| duty.must);
    is_must && (one.truth.is_none() || !one.traced.arguments.is_empty())
}

/// Problems that belong to no condition: too much to look at, a form that lets nothing pass.
fn whole_problems(decision: &Decision<'_>) -> Vec<String> {
    use crate::code::Code;
    let whole = [Code::TooManyVisits, Code::CarriesSetting, Code::ThingIsNoKind, Code::UnlistedKey];
    let problems = decision.problems().iter().filter(|problem| whole.contains(&problem.code));
    problems.map(|problem| problem.message.clone()).collect()
}
