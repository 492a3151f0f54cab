#![deny(clippy::arithmetic_side_effects)]
//! Compiling: a program to a plan.
//!
//! In: a program without errors. Out: a [`Plan`]. It can fail by size only: definitions are opened where they are used
//! (each once for each subject), so a short text can ask for a large plan. First `lower` writes the cold half in the author's
//! order; then `share` makes the hot half of it: equal nodes become one, constants are folded.
//! Deliberately absent: any judgement of what the rules mean. That is `check`'s business.

mod lower;
mod opened;
mod share;
mod texts;
mod visits;

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::plan::{Plan, PlanAct, PlanRule};
use crate::program::{Program, Rule, Verb};
use crate::source::{Sources, Span};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use lower::Lower;

/// Makes a plan. `settings` are the values of the vocabulary's settings, in its order.
pub(crate) fn compile(program: &Program, settings: Vec<Value>, sources: &Arc<Sources>, limits: &Limits) -> Result<Plan, Box<Diagnostic>> {
    let mut lower = Lower::new(program, limits);
    for (number, rule) in program.rules.iter().enumerate() {
        lower.begin(number, rule.span);
        let made = lower.rule(rule);
        lower.rules.push(made);
        if lower.is_full() {
            return Err(too_large(rule, sources, limits.plan_nodes));
        }
    }
    let acts = program
        .acts
        .iter()
        .map(|act| PlanAct {
            action: act.action.clone(),
            thing: act.thing.clone(),
            asked: (act.key.clone(), act.thing.as_deref().map(|thing| program.vocabulary.key_of_kind(thing).into())),
            by: act.by.iter().map(|kind| program.vocabulary.key_of_kind(kind).into()).collect(),
            otherwise: act.otherwise.as_ref().map(|text| lower.text(text)),
        })
        .collect();
    let mut plan = lower.finish(program, settings, sources, limits);
    plan.acts = sorted(acts);
    share::share(&mut plan);
    let Plan { rules, index, .. } = &mut plan;
    for (number, rule) in rules.iter().enumerate() {
        add_to_index(index, number, rule);
    }
    Ok(plan)
}

fn sorted(mut acts: Vec<PlanAct>) -> Vec<PlanAct> {
    acts.sort_by(|left, right| left.asked.cmp(&right.asked));
    acts
}

fn add_to_index(index: &mut crate::plan::ActIndex, number: usize, rule: &PlanRule) {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let node = match rule.verb {
        Verb::Never | Verb::Requires => rule.closes,
        Verb::Allow | Verb::OnlyIf | Verb::Must | Verb::Should => rule.holds,
    };
    if let Some((hot, _)) = node {
        index.add(number, rule.verb, &rule.acts, hot, !rule.duties.is_empty());
    }
}

fn too_large(rule: &Rule, sources: &Sources, limit: usize) -> Box<Diagnostic> {
    let words: Span = rule.words;
    let diagnostic =
        Diagnostic::new(Code::PlanTooLarge, words, alloc::format!("these rules need more than {limit} nodes with all definitions opened"))
            .label(alloc::format!("the limit was reached at `{}`", sources.words(words).lines().next().unwrap_or_default()))
            .help("say less in definitions that are used for many different subjects, or load fewer rules together");
    Box::new(diagnostic)
}
