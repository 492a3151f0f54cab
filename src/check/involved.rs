//! `act … involves …`: which other facts the rules of an act may read.

use super::rules_by_act::RulesByAct;
use super::scenario::walk::{self, Seen};
use super::{Checker, messages};
use crate::program::{Act, Formula, Meaning, Program, Root, Rule};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// Warns of rules that read a fact which their act does not involve.
pub(super) fn involved(checker: &mut Checker<'_>) {
    let program = &checker.program;
    let mut found = BTreeSet::new();
    let rules = RulesByAct::of(program);
    for act in program.acts.iter().filter(|act| !act.involves.is_empty()) {
        for rule in rules.covering(act) {
            let facts = read_by(program, rule);
            let outside =
                facts.iter().filter_map(|at| program.vocabulary.facts.get(*at as usize)).find(|fact| !is_involved(act, &fact.name));
            found.extend(outside.map(|fact| (rule.words, fact.name.as_str(), act.span)));
        }
    }
    let told: Vec<_> = found.iter().map(|&(rule, fact, act)| messages::not_involved(fact, rule, act)).collect();
    checker.diagnostics.extend(told);
}

/// Who acts, what is acted on and the clock belong to every act.
fn is_involved(act: &Act, fact: &str) -> bool {
    let own = act.thing.as_deref() == Some(fact) || matches!(fact, "now" | "today");
    own || act.by.iter().chain(&act.involves).any(|name| name == fact)
}

/// The facts that a rule's conditions read, in what they build on too.
fn read_by(program: &Program, rule: &Rule) -> BTreeSet<u32> {
    let mut facts = BTreeSet::new();
    let (mut definitions, mut constants) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting: Vec<&Formula> = rule.condition.iter().chain(&rule.when).chain(&rule.unless).map(AsRef::as_ref).collect();
    let mut terms = Vec::new();
    loop {
        let mut met = Vec::new();
        if let Some(formula) = waiting.pop() {
            walk::formula(formula, &mut |seen| met.push(seen));
        } else if let Some(term) = terms.pop() {
            walk::term(term, &mut |seen| met.push(seen));
        } else {
            return facts;
        }
        for seen in met {
            match seen {
                Seen::Path(path) => {
                    if let Root::Fact(at) = path.root {
                        facts.insert(at);
                    }
                }
                Seen::Defined(id, ..) if definitions.insert(id) => {
                    waiting.extend(program.definition(id).into_iter().flat_map(|definition| &definition.alternatives));
                }
                Seen::Constant(id) if constants.insert(id) => match program.constant(id).map(|constant| &constant.meaning) {
                    Some(Meaning::Condition(formula)) => waiting.push(formula),
                    Some(Meaning::Value(term)) => terms.push(term),
                    Some(Meaning::Cases(cases, otherwise)) => {
                        waiting.extend(cases.iter().map(|(condition, _)| condition));
                        terms.extend(cases.iter().map(|(_, value)| value).chain([otherwise.as_ref()]));
                    }
                    None => {}
                },
                Seen::Defined(..) | Seen::Constant(_) | Seen::Bucket(_) | Seen::Hierarchy => {}
            }
        }
    }
}
