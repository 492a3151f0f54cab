//! "Anyone may": an act that is opened without a look at who acts.
//!
//! Only where an `act` line says who acts (`by user`) can it be told that a rule reads nothing about them. `@anyone` before
//! the rule says that this is meant.

use super::rules_by_act::RulesByAct;
use super::{Checker, messages};
use crate::program::{DefinitionId, Formula, FormulaNode, Meaning, Quantifier, Range, Root, Rule, Term, TermNode, Verb};
use crate::source::Span;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// Warns of acts that anyone may do.
pub(super) fn anyone(checker: &mut Checker<'_>) {
    let program = &checker.program;
    let mut together: BTreeMap<String, (Vec<&Rule>, &[String])> = BTreeMap::new();
    let mut found = Vec::new();
    let rules = RulesByAct::of(program);
    for act in program.acts.iter().filter(|act| !act.by.is_empty()) {
        let name = act.thing.as_ref().map_or_else(|| act.action.clone(), |thing| alloc::format!("{} {thing}", act.action));
        for rule in rules.covering(act) {
            match rule.verb {
                Verb::Allow if !reads_actor(checker, &[rule], &act.by) => found.push((name.clone(), rule.words)),
                Verb::OnlyIf => together.entry(name.clone()).or_insert_with(|| (Vec::new(), &act.by)).0.push(rule),
                Verb::Allow | Verb::Requires | Verb::Never | Verb::Must | Verb::Should => {}
            }
        }
    }
    for (name, (rules, by)) in together {
        if let (Some(first), false) = (rules.first(), reads_actor(checker, &rules, by)) {
            found.push((name, first.words));
        }
    }
    let mut told: BTreeSet<Span> = BTreeSet::new();
    for (act, span) in found {
        if told.insert(span) {
            checker.report(messages::anyone_may(&act, span));
        }
    }
}

/// Does one of the rules read something about who acts, or say that this is meant?
fn reads_actor(checker: &Checker<'_>, rules: &[&Rule], by: &[String]) -> bool {
    let mut reading = Reading { checker, by, seen: BTreeSet::new(), constants: BTreeSet::new() };
    rules.iter().any(|rule| {
        let meant = rule.annotations.iter().any(|(name, _)| name == "anyone");
        meant || [&rule.condition, &rule.when, &rule.unless].into_iter().flatten().any(|formula| reading.formula(formula))
    })
}

struct Reading<'c, 't> {
    checker: &'c Checker<'t>,
    by: &'c [String],
    seen: BTreeSet<DefinitionId>,
    constants: BTreeSet<crate::program::ConstantId>,
}

impl Reading<'_, '_> {
    fn formula(&mut self, formula: &Formula) -> bool {
        match &formula.node {
            FormulaNode::Always(_) => false,
            FormulaNode::Not(inner) => self.formula(inner),
            FormulaNode::And(all) | FormulaNode::Or(all) => all.iter().any(|part| self.formula(part)),
            FormulaNode::Holds(term) | FormulaNode::IsNone(term) | FormulaNode::IsEmpty(term) | FormulaNode::IsKind(term, _) => {
                self.term(term)
            }
            FormulaNode::Equal(left, right, _)
            | FormulaNode::Less { left, right, .. }
            | FormulaNode::In(left, right, _)
            | FormulaNode::Texts(_, left, right, _)
            | FormulaNode::Inside(left, right) => self.term(left) || self.term(right),
            FormulaNode::Quantified(quantified) => {
                let (Range::List(list) | Range::Above { of: list, .. }) = &quantified.range;
                let count = match &quantified.quantifier {
                    Quantifier::AtLeast(count) | Quantifier::AtMost(count) | Quantifier::Exactly(count) => self.term(count),
                    Quantifier::Any | Quantifier::Every | Quantifier::No => false,
                };
                count || self.term(list) || self.formula(&quantified.body)
            }
            FormulaNode::Defined(id, subject, object) => {
                let parts = self.term(subject) || object.as_ref().is_some_and(|object| self.term(object));
                let checker = self.checker;
                let bodies = checker.program.definition(*id).map_or(&[][..], |definition| definition.alternatives.as_slice());
                parts || (self.seen.insert(*id) && bodies.iter().any(|body| self.formula(body)))
            }
            FormulaNode::Constant(id) => self.constant(*id),
        }
    }

    fn constant(&mut self, id: crate::program::ConstantId) -> bool {
        if !self.constants.insert(id) {
            return false;
        }
        let checker = self.checker;
        match checker.program.constant(id).map(|constant| &constant.meaning) {
            Some(Meaning::Condition(formula)) => self.formula(formula),
            Some(Meaning::Value(term)) => self.term(term),
            Some(Meaning::Cases(cases, otherwise)) => {
                cases.iter().any(|(condition, value)| self.formula(condition) || self.term(value)) || self.term(otherwise)
            }
            None => false,
        }
    }

    fn term(&mut self, term: &Term) -> bool {
        match &term.node {
            TermNode::Literal(_) | TermNode::Entity(..) => false,
            TermNode::Path(path) => match &path.root {
                Root::Subject => true,
                Root::Fact(at) => self.checker.program.vocabulary.facts.get(*at as usize).is_some_and(|fact| self.by.contains(&fact.name)),
                Root::Setting(_) | Root::Variable(_) | Root::Parameter(_) | Root::Resource => false,
            },
            TermNode::List(items) => items.iter().any(|item| self.term(item)),
            TermNode::Constant(id) => self.constant(*id),
            TermNode::Arithmetic(_, left, right) | TermNode::Span(_, left, right) => self.term(left) || self.term(right),
            TermNode::Function(_, of) | TermNode::Bucket(of, _) => self.term(of),
            TermNode::Each(each) => {
                self.term(&each.list) || self.term(&each.element) || each.filter.as_ref().is_some_and(|filter| self.formula(filter))
            }
        }
    }
}
