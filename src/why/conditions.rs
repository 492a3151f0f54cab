//! The conditions of a rule, taken apart as far as they made it so.

use super::{Judged, Why};
use crate::decision::trace::{Each, Parts, TraceStep};
use crate::explanation::Condition;
use crate::source::{Span, one_line};
use alloc::string::String;
use alloc::vec::Vec;

/// How many characters of a condition stand in one phrase.
const SHORT: usize = 48;

impl Why<'_> {
    /// The steps that made the condition of a rule what it is worth. What the rule's form adds is taken away: that a limit closes
    /// where its condition fails, and that it has an `if` and an `unless`.
    pub(super) fn parts_of_rule(&self, one: &Judged<'_>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut waiting = alloc::vec![one.traced.root];
        while let Some(step) = waiting.pop() {
            let Some(TraceStep { parts, .. }) = self.trace.steps.get(step) else { continue };
            let is_form = self.span(step) == one.rule.words;
            match parts {
                Parts::And(all) => waiting.extend(self.relevant(step, all, false).into_iter().rev()),
                Parts::Not(inner) if is_form || self.is_unless(step, *inner) => waiting.push(*inner),
                // A rule without a condition has none to show.
                Parts::Always if is_form => {}
                Parts::Not(_) | Parts::Always | Parts::Or(_) | Parts::Opened(_) | Parts::Each(_) | Parts::Test(_) => found.push(step),
            }
        }
        found
    }

    fn span(&self, step: usize) -> Span {
        let node = self.trace.steps.get(step).map(|step| step.node.0 as usize);
        node.and_then(|node| self.plan.origins.get(node)).map(|origin| origin.span).unwrap_or_default()
    }

    /// Is it the `not` of an `unless`? The words are those of what follows it, which must not be shown turned round.
    fn is_unless(&self, step: usize, inner: usize) -> bool {
        let span = self.span(step);
        if span != self.span(inner) {
            return false;
        }
        let sources = &self.plan.sources;
        let start = sources.range(span).start;
        let before = sources.get(span.source()).and_then(|source| source.text().get(..start)).unwrap_or("");
        before.trim_end_matches(['(', ' ', '\n', '\t', '\r']).ends_with("unless")
    }

    /// Of the parts of an `and` (decided by no) or an `or` (decided by yes), those that made it what it is.
    fn relevant(&self, step: usize, parts: &[usize], decisive: bool) -> Vec<usize> {
        let truth = |step: usize| self.trace.steps.get(step).and_then(|step| step.truth);
        let whole = truth(step);
        let made_it_so = |part: &&usize| match whole {
            Some(yes) if yes == decisive => truth(**part) == Some(decisive),
            Some(_) => true,
            None => truth(**part).is_none(),
        };
        parts.iter().filter(made_it_so).copied().collect()
    }

    /// A step as a condition; none where too many were written already.
    pub(super) fn condition(&mut self, step: usize) -> Option<Condition> {
        self.left = self.left.checked_sub(1)?;
        let TraceStep { truth, parts, .. } = self.trace.steps.get(step)?;
        let mut condition = self.bare_condition(step, *truth);
        match parts {
            Parts::Always => {}
            Parts::Not(inner) => {
                let inner_condition = self.condition(*inner)?;
                if self.span(*inner) == self.span(step) && !self.is_unless(step, *inner) {
                    // The sentence holds its `not`: these are the same words.
                    return Some(Condition { value: *truth, ..inner_condition });
                }
                return Some(inner_condition);
            }
            Parts::And(all) => self.add_parts(&mut condition, &self.relevant(step, all, false)),
            Parts::Or(all) => self.add_parts(&mut condition, &self.relevant(step, all, true)),
            Parts::Opened(body) => {
                let inner = match self.trace.steps.get(*body).map(|step| &step.parts) {
                    Some(Parts::And(all)) => self.relevant(*body, all, false),
                    Some(Parts::Or(all)) => self.relevant(*body, all, true),
                    Some(Parts::Always | Parts::Not(_) | Parts::Opened(_) | Parts::Each(_) | Parts::Test(_)) | None => alloc::vec![*body],
                };
                condition.text = self.defined(step);
                self.add_parts(&mut condition, &inner);
            }
            Parts::Each(each) => self.add_elements(&mut condition, each),
            Parts::Test(readings) => condition.facts = readings.iter().map(|reading| self.cited(reading)).collect(),
        }
        Some(condition)
    }

    /// What a definition says of whom: its line up to its name.
    fn defined(&self, step: usize) -> String {
        let span = self.span(step);
        let sources = &self.plan.sources;
        let range = sources.range(span);
        let text = sources.get(span.source()).map_or("", |source| source.text());
        let start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at.saturating_add(1));
        one_line(text.get(start..range.end).unwrap_or_default().trim_start())
    }

    /// A step in one phrase: its words, and what they are worth.
    pub(super) fn in_a_word(&self, step: usize) -> Option<String> {
        let TraceStep { truth, parts, .. } = self.trace.steps.get(step)?;
        if let Parts::Not(inner) = parts
            && (self.span(*inner) != self.span(step) || self.is_unless(step, *inner))
        {
            return self.in_a_word(*inner);
        }
        let text = match parts {
            Parts::Opened(_) => self.defined(step),
            Parts::Always | Parts::Not(_) | Parts::And(_) | Parts::Or(_) | Parts::Each(_) | Parts::Test(_) => {
                one_line(self.plan.sources.words(self.span(step)))
            }
        };
        let short: String = text.chars().take(SHORT).collect();
        let end = if short.len() < text.len() { "…" } else { "" };
        let value = match truth {
            Some(true) => "yes",
            Some(false) => "no",
            None => "not known",
        };
        Some(alloc::format!("`{short}{end}` is {value}"))
    }

    fn bare_condition(&self, step: usize, value: Option<bool>) -> Condition {
        let span = self.span(step);
        Condition {
            text: one_line(self.plan.sources.words(span)),
            span: self.plan.sources.place(span),
            value,
            element: None,
            facts: Vec::new(),
            parts: Vec::new(),
            more: 0,
        }
    }

    fn add_parts(&mut self, condition: &mut Condition, parts: &[usize]) {
        for &part in parts {
            match self.condition(part) {
                // One sentence may be several tests, as `is between` is, or a choice by kind: they are told as one.
                Some(part) if part.span == condition.span && part.element.is_none() => join(condition, part),
                Some(part) => push(&mut condition.parts, part),
                None => condition.more = condition.more.saturating_add(1),
            }
        }
    }

    fn add_elements(&mut self, condition: &mut Condition, each: &Each) {
        condition.facts = each.list.iter().map(|reading| self.cited(reading)).collect();
        condition.more = each.more;
        for (element, step) in &each.elements {
            match self.condition(*step) {
                Some(part) => condition.parts.push(Condition { element: Some(element.clone()), ..part }),
                None => condition.more = condition.more.saturating_add(1),
            }
        }
    }
}

/// Adds what a part of the same words says.
fn join(condition: &mut Condition, part: Condition) {
    for fact in part.facts {
        if condition.facts.iter().all(|known| known.path != fact.path) {
            condition.facts.push(fact);
        }
    }
    part.parts.into_iter().for_each(|part| push(&mut condition.parts, part));
    condition.more = condition.more.saturating_add(part.more);
}

fn push(parts: &mut Vec<Condition>, part: Condition) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}
