//! The conditions that are not known, and the facts that are missing for them.

use crate::decision::trace::{Parts, Reading, State, Trace};
use crate::plan::{NodeId, Op, Plan, Quantifier, TermId, TermOp};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::vec::Vec;

/// The open conditions of a trace.
pub(super) struct Atoms<'t> {
    /// The facts that are missing: what they are called, and where they would stand.
    pub(super) facts: Vec<&'t Reading>,
    /// For each atom the facts that are missing for it.
    pub(super) list: Vec<BTreeSet<usize>>,
    /// Which atom a step is.
    pub(super) of_step: BTreeMap<usize, Atom>,
}

/// What a step says of an atom.
#[derive(Clone, Copy)]
pub(super) struct Atom {
    pub(super) number: usize,
    /// Is it the opposite?
    pub(super) negated: bool,
}

impl<'t> Atoms<'t> {
    pub(super) fn of(plan: &Plan, trace: &'t Trace, not_known: &[alloc::string::String]) -> Self {
        let mut atoms = Self { facts: Vec::new(), list: Vec::new(), of_step: BTreeMap::new() };
        // The atoms so far by the facts that they read: what says the same twice is one.
        let mut alike: BTreeMap<Vec<&'t str>, Vec<(NodeId, usize)>> = BTreeMap::new();
        for (at, step) in trace.steps.iter().enumerate() {
            let readings: &'t [Rc<Reading>] = match &step.parts {
                Parts::Test(readings) if step.truth.is_none() => readings,
                Parts::Each(each) if step.truth.is_none() && !is_open(each.quantifier, each.elements.len(), each.more) => &each.list,
                Parts::Always | Parts::Not(_) | Parts::And(_) | Parts::Or(_) | Parts::Opened(_) | Parts::Each(_) | Parts::Test(_) => {
                    continue;
                }
            };
            let others = alike.entry(readings.iter().map(|reading| reading.path.as_str()).collect()).or_default();
            let known = others.iter().find_map(|&(node, number)| Some(Atom { number, negated: compare(plan, step.node, node)? }));
            let atom = known.unwrap_or(Atom { number: atoms.list.len(), negated: false });
            if known.is_none() {
                others.push((step.node, atom.number));
                let facts = atoms.missing(readings, not_known);
                atoms.list.push(facts);
            }
            atoms.of_step.insert(at, atom);
        }
        for rule in &trace.rules {
            atoms.missing(&rule.arguments, not_known);
        }
        atoms
    }

    /// The numbers of the facts that are missing and can be told.
    fn missing(&mut self, readings: &'t [Rc<Reading>], not_known: &[alloc::string::String]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        if readings.iter().any(|reading| reading.state == State::Missing && not_known.contains(&reading.path)) {
            // It stays open, whatever else is told.
            return found;
        }
        for reading in readings.iter().filter(|reading| reading.state == State::Missing && !reading.place.is_empty()) {
            let at = self.facts.iter().position(|known| known.place == reading.place).unwrap_or_else(|| {
                self.facts.push(reading);
                self.facts.len().saturating_sub(1)
            });
            found.insert(at);
        }
        found
    }
}

/// Is a list known, and open because of its elements, each of which is written down?
fn is_open(quantifier: Quantifier, elements: usize, more: usize) -> bool {
    let by_elements = matches!(quantifier, Quantifier::Any | Quantifier::Every | Quantifier::No);
    by_elements && elements > 0 && more == 0
}

/// Do two tests of the same facts say the same (no), or the opposite (yes)? None where neither is sure.
fn compare(plan: &Plan, one: NodeId, other: NodeId) -> Option<bool> {
    let same = |one: TermId, other: TermId| is_same(plan, one, other);
    match (plan.cold.op(one)?, plan.cold.op(other)?) {
        (Op::Less { left, right, or_equal }, Op::Less { left: a, right: b, or_equal: equal }) => {
            if same(left, a) && same(right, b) && or_equal == equal {
                return Some(false);
            }
            (same(left, b) && same(right, a) && or_equal != equal).then_some(true)
        }
        (Op::Holds(one), Op::Holds(other)) | (Op::IsNone(one), Op::IsNone(other)) | (Op::IsEmpty(one), Op::IsEmpty(other)) => {
            same(one, other).then_some(false)
        }
        (Op::Equal(left, right, letters), Op::Equal(a, b, other)) | (Op::In(left, right, letters), Op::In(a, b, other)) => {
            (same(left, a) && same(right, b) && letters == other).then_some(false)
        }
        (one, other) => (one == other).then_some(false),
    }
}

fn is_same(plan: &Plan, one: TermId, other: TermId) -> bool {
    match (plan.cold.behind_names(one), plan.cold.behind_names(other)) {
        (Some(TermOp::Slot(one)), Some(TermOp::Slot(other))) => one == other,
        (Some(TermOp::Value(one)), Some(TermOp::Value(other))) => plan.values.get(one as usize) == plan.values.get(other as usize),
        _ => one == other,
    }
}
