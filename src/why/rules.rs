//! A rule, and what came of it.

use super::{Judged, Why};
use crate::act::Verb;
use crate::decision::Decision;
use crate::decision::trace::{Parts, TraceStep};
use crate::explanation::{Because, Cited, Condition, Finding};
use crate::source::one_line;
use alloc::string::String;
use alloc::vec::Vec;

impl Why<'_> {
    /// A rule that decided, with what made it so.
    pub(super) fn deciding(&mut self, one: &Judged<'_>, because: Because, decision: &Decision<'_>) -> Finding {
        let reasons = decision.reasons().iter().filter(|reason| reason.rule.as_ref() == Some(&one.rule.id));
        let reasons = reasons.map(|reason| reason.text.clone()).collect();
        let (conditions, more) = self.conditions(one, because);
        Finding { reasons, conditions, more, ..self.bare(one, deciding_words(one, because)) }
    }

    fn conditions(&mut self, one: &Judged<'_>, because: Because) -> (Vec<Condition>, usize) {
        let mut conditions = Vec::new();
        let mut more = 0_usize;
        for step in self.parts_of_rule(one) {
            match self.condition(step) {
                Some(condition) if conditions.contains(&condition) => {}
                Some(condition) => conditions.push(condition),
                None => more = more.saturating_add(1),
            }
        }
        // An allowed decision is complete: it hangs on all that its duties pass on, too.
        let passed = match because {
            Because::NotKnown => &one.traced.arguments,
            Because::Allowed if one.truth == Some(true) => &one.traced.passed,
            Because::Allowed | Because::Forbidden | Because::NothingAllows | Because::NoSuchAct => &Vec::new(),
        };
        if !passed.is_empty() {
            let facts = passed.iter().map(|reading| self.cited(reading)).collect();
            conditions.push(self.passed_on(one, (because != Because::NotKnown).then_some(true), facts));
        }
        (conditions, more)
    }

    /// What the duties of a rule pass on.
    fn passed_on(&self, one: &Judged<'_>, value: Option<bool>, facts: Vec<Cited>) -> Condition {
        Condition {
            text: String::from(if value.is_none() { "what its duties have to tell" } else { "what its duties have to tell is known" }),
            span: self.plan.sources.place(one.rule.span),
            value,
            element: None,
            facts,
            parts: Vec::new(),
            more: 0,
        }
    }

    /// A rule that did not decide, in one line: what came of it, and the first condition that made it so.
    pub(super) fn other(&mut self, one: &Judged<'_>, because: Because) -> Finding {
        let steps = self.parts_of_rule(one);
        let said = other_words(one, because, self.is_met(one));
        let condition = steps.first().and_then(|&step| self.in_a_word(step));
        let about_duty = matches!(one.rule.verb, Verb::Must | Verb::Should) && because != Because::Allowed;
        let finding = match condition.filter(|_| !about_duty) {
            Some(condition) => self.bare(one, &alloc::format!("{said}: {condition}")),
            None => self.bare(one, said),
        };
        // It is allowed because of these, too: nothing forbids it, and which duties it has is known.
        let matters = match one.rule.verb {
            Verb::OnlyIf | Verb::Requires | Verb::Never => true,
            Verb::Allow | Verb::Must | Verb::Should => one.rule.duties.iter().any(|duty| duty.must),
        };
        if because != Because::Allowed || !matters {
            return finding;
        }
        let (conditions, more) = self.conditions(one, because);
        Finding { conditions, more, ..finding }
    }

    /// Of a limit that does not close: is its condition met, or does it not apply?
    fn is_met(&self, one: &Judged<'_>) -> bool {
        let Some(TraceStep { parts: Parts::And(parts), .. }) = self.trace.steps.get(one.traced.root) else { return true };
        let truth = |step: &usize| self.trace.steps.get(*step).and_then(|step| step.truth);
        parts.last().and_then(truth) == Some(false)
    }

    fn bare(&self, one: &Judged<'_>, said: &str) -> Finding {
        Finding {
            rule: one.rule.id.clone(),
            verb: one.rule.verb,
            said: said.into(),
            text: one_line(self.plan.sources.words(one.rule.words)),
            reasons: Vec::new(),
            span: self.plan.sources.place(one.rule.span),
            conditions: Vec::new(),
            more: 0,
        }
    }
}

fn deciding_words(one: &Judged<'_>, because: Because) -> &'static str {
    match (because, one.rule.verb) {
        (Because::Allowed, _) => "allows it",
        (Because::Forbidden, Verb::OnlyIf | Verb::Requires) => "is not met, and so forbids it",
        (Because::Forbidden, _) => "forbids it",
        (Because::NothingAllows, _) => "does not allow it",
        (Because::NoSuchAct, _) => "is about other acts",
        (Because::NotKnown, Verb::Allow) => "may allow it",
        (Because::NotKnown, Verb::OnlyIf) => "may allow it, or forbid it",
        (Because::NotKnown, Verb::Never | Verb::Requires) => "may forbid it",
        (Because::NotKnown, Verb::Must | Verb::Should) => "has a duty that may bind",
    }
}

fn other_words(one: &Judged<'_>, because: Because, is_met: bool) -> &'static str {
    let forbidden = because == Because::Forbidden;
    match (one.rule.verb, one.truth) {
        (Verb::Allow | Verb::OnlyIf, Some(true)) if forbidden => "would allow it, but what forbids it has the last word",
        (Verb::Allow, Some(true)) => "would allow it",
        (Verb::Allow, Some(false)) if forbidden => "does not allow it either",
        (Verb::Allow, Some(false)) => "does not allow it, and need not",
        (Verb::OnlyIf, Some(true)) => "is met",
        (Verb::OnlyIf, Some(false)) => "is not met",
        (Verb::Never, Some(false)) => "does not forbid it",
        (Verb::Requires, Some(false)) if is_met => "is met",
        (Verb::Requires, Some(false)) => "does not apply",
        (Verb::Never | Verb::Requires, Some(true)) => "forbids it",
        (Verb::Must | Verb::Should, Some(true)) if because == Because::Allowed => "adds a duty",
        (Verb::Must | Verb::Should, Some(false)) if because == Because::Allowed => "adds no duty",
        (Verb::Must | Verb::Should, _) => "is about a duty, and does not decide",
        (Verb::Allow | Verb::OnlyIf | Verb::Never | Verb::Requires, None) => "is not known, and makes no difference",
    }
}
