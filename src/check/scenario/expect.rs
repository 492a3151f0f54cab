//! What is asked, and what is expected of the decision.

use super::Reader;
use crate::act::{Outcome, ThingPattern};
use crate::check::messages;
use crate::check::similar::similar;
use crate::scenario::{Check, ExpectedDuty};
use crate::tree::{self, Duty, DutyClause, Expect, Name, TemplatePart, Things, Verbs};
use crate::vocabulary::Type;
use alloc::string::String;
use alloc::vec::Vec;

/// An act: its action and its thing.
type Act = (String, Option<String>);

impl Reader<'_, '_> {
    /// A `when` with its `expect`s, each a check of its own.
    pub(super) fn check(&mut self, written: &tree::Check) -> Option<Vec<Check>> {
        let act = self.act(written);
        let outcomes: Vec<Option<Outcome>> = written.expects.iter().map(|expect| outcome(&expect.outcome)).collect();
        let other = written.expects.iter().zip(&outcomes).find(|(_, one)| outcomes.first() != Some(*one));
        if let Some((expect, _)) = other {
            self.report(messages::two_outcomes(expect.outcome.span));
        }
        let expects: Vec<Option<Check>> = written.expects.iter().map(|expect| self.expect(expect)).collect();
        if other.is_some() {
            return None;
        }
        let (action, thing) = act?;
        let named = |check: Check| Check { action: action.clone(), thing: thing.clone(), ..check };
        expects.into_iter().map(|check| check.map(named)).collect()
    }

    /// The one act that is asked about.
    fn act(&mut self, written: &tree::Check) -> Option<Act> {
        let span = written.head.span;
        let patterns = self.checker.head(&written.head)?;
        let is_one = match (&written.head.verbs, &written.head.things) {
            (Verbs::Named(verbs), Things::Unnamed) => verbs.len() == 1,
            (Verbs::Named(verbs), Things::Named(things)) => verbs.len() == 1 && things.len() == 1,
            (Verbs::Anything(_), _) | (_, Things::Anything(_)) => false,
        };
        let pattern = patterns.first()?;
        let act = pattern.action.clone().filter(|_| is_one && patterns.len() == 1 && !pattern.is_wildcard());
        let thing = match &pattern.thing {
            ThingPattern::Named(thing) => Some(thing.clone()),
            ThingPattern::Nothing | ThingPattern::Any => None,
        };
        let Some(action) = act else {
            let known = self.checker.names.acts.first();
            let act =
                pattern.action.as_ref().map(|action| (action, thing.as_ref())).or(known.map(|(action, thing)| (action, thing.as_ref())));
            let first = act.map_or_else(|| String::from("share expertise"), |(action, thing)| shown(action, thing.map(String::as_str)));
            self.report(messages::one_act_wanted(self.checker.sources.words(span), &first, span));
            return None;
        };
        self.warn_of_slip(&action, thing.as_deref(), span);
        Some((action, thing))
    }

    /// Warns of an act that no rule covers and that is spelled almost like one of a rule: it would be denied, and a test that
    /// expects so would pass for the wrong reason.
    fn warn_of_slip(&mut self, action: &str, thing: Option<&str>, span: crate::source::Span) {
        let patterns = || self.checker.program.rules.iter().flat_map(|rule| &rule.acts);
        if !self.sound || patterns().any(|pattern| pattern.covers(action, thing)) {
            return;
        }
        let acts: Vec<String> = patterns()
            .filter_map(|pattern| match (&pattern.action, &pattern.thing) {
                (Some(action), ThingPattern::Named(thing)) => Some(shown(action, Some(thing))),
                (Some(action), ThingPattern::Nothing) => Some(action.clone()),
                (None, _) | (_, ThingPattern::Any) => None,
            })
            .collect();
        let act = shown(action, thing);
        let near = similar(&act, acts.iter().map(String::as_str));
        if !near.is_empty() {
            self.report(messages::nearly_equal_act(&act, &near, span));
        }
    }

    /// What is expected, as a check of no act yet.
    fn expect(&mut self, written: &Expect) -> Option<Check> {
        let duties: Vec<Option<ExpectedDuty>> = written.duties.iter().map(|duty| self.expected_duty(duty)).collect();
        let outcome = outcome(&written.outcome)?;
        if let Some(first) = written.needing.as_ref().and_then(|needs| needs.first()).filter(|_| outcome != Outcome::Undetermined) {
            self.report(messages::needing_unless_undetermined(outcome.as_str(), first.span));
            return None;
        }
        Some(Check {
            action: String::new(),
            thing: None,
            outcome,
            because: written.because.iter().map(|text| text.text.clone()).collect(),
            needing: written.needing.as_ref().map(|needs| needs.iter().map(|need| need.text.clone()).collect()),
            duties: duties.into_iter().collect::<Option<_>>()?,
            span: written.span,
        })
    }

    fn expected_duty(&mut self, written: &DutyClause) -> Option<ExpectedDuty> {
        let must = written.must;
        match &written.duty {
            Duty::Named { name, arguments } => {
                let with: Vec<_> =
                    arguments.iter().map(|(key, value)| self.literal(value, &Type::Any).map(|value| (key.text.clone(), value))).collect();
                Some(ExpectedDuty { must, task: name.text.clone(), named: true, with: with.into_iter().collect::<Option<_>>()? })
            }
            Duty::Told(template) => {
                let mut task = String::new();
                for part in &template.parts {
                    match part {
                        TemplatePart::Text(text) => task.push_str(text),
                        TemplatePart::Path(path) => {
                            self.report(messages::printed_text(path.span));
                            return None;
                        }
                    }
                }
                Some(ExpectedDuty { must, task, named: false, with: Vec::new() })
            }
        }
    }
}

fn shown(action: &str, thing: Option<&str>) -> String {
    thing.map_or_else(|| String::from(action), |thing| alloc::format!("{action} {thing}"))
}

/// The outcome that a word names. Another word was refused when it was read.
fn outcome(word: &Name) -> Option<Outcome> {
    [Outcome::Allowed, Outcome::Denied, Outcome::Undetermined].into_iter().find(|outcome| outcome.as_str() == word.text)
}
