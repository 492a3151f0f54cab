//! Which facts a condition or a term reads, and whether one of them is private.

use super::evaluate::Evaluator;
use super::notes::Notes;
use crate::plan::{NodeId, Op, Quantifier, TermId, TermOp};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// The leaves found so far, and what was looked at: a constant or definition that is read twice is looked at once.
#[derive(Default)]
pub(super) struct Reads {
    /// Terms that are paths.
    pub(super) leaves: Vec<TermId>,
    /// Terms that walk upwards.
    pub(super) climbs: Vec<TermId>,
    /// Conditions that do.
    pub(super) insides: Vec<NodeId>,
    terms: BTreeSet<TermId>,
    nodes: BTreeSet<NodeId>,
}

impl<N: Notes> Evaluator<'_, N> {
    /// The paths that a term reads.
    pub(super) fn leaves_of_term(&self, term: TermId) -> Vec<TermId> {
        let mut reads = Reads::default();
        self.term_reads(term, &mut reads);
        reads.leaves
    }

    /// The terms that walk upwards in a term, itself among them.
    pub(super) fn climbs_of_term(&self, term: TermId) -> Vec<TermId> {
        let mut reads = Reads::default();
        self.term_reads(term, &mut reads);
        reads.climbs
    }

    /// What a condition reads.
    pub(super) fn reads_of_node(&self, node: NodeId) -> Reads {
        let mut reads = Reads::default();
        self.node_reads(node, &mut reads);
        reads
    }

    /// The paths that a condition reads.
    pub(super) fn leaves_of_node(&self, node: NodeId) -> Vec<TermId> {
        self.reads_of_node(node).leaves
    }

    /// The slots among these paths, sorted.
    pub(super) fn slots_of(&self, leaves: &[TermId]) -> Vec<u32> {
        let slots = leaves.iter().filter_map(|&leaf| match self.nodes.term(leaf) {
            Some(TermOp::Slot(at)) => Some(at),
            _ => None,
        });
        slots.collect::<BTreeSet<u32>>().into_iter().collect()
    }

    /// Does a term read something private? Then its value is shown nowhere.
    pub(super) fn is_private(&self, term: TermId) -> bool {
        self.leaves_of_term(term).into_iter().any(|leaf| self.is_private_leaf(leaf))
    }

    fn is_private_leaf(&self, leaf: TermId) -> bool {
        match self.nodes.term(leaf) {
            Some(TermOp::Slot(at)) => self.plan.slots.get(at as usize).is_none_or(|slot| slot.private),
            Some(TermOp::Element { level, steps }) => {
                let steps = self.plan.steps.get(steps as usize).map_or(&[][..], Vec::as_slice);
                // Lists lie in each other no deeper than quantifiers do.
                steps.iter().any(|step| step.private) || self.binding(level).is_some_and(|binding| self.is_private(binding.list))
            }
            _ => false,
        }
    }

    fn term_reads(&self, term: TermId, reads: &mut Reads) {
        if !reads.terms.insert(term) {
            return;
        }
        match self.nodes.term(term) {
            Some(TermOp::Slot(_) | TermOp::Element { .. }) => reads.leaves.push(term),
            Some(TermOp::Value(_) | TermOp::Entity(..)) | None => {}
            Some(TermOp::Once { body, .. }) => self.term_reads(body, reads),
            Some(TermOp::List(run)) => self.nodes.items(run).iter().for_each(|&item| self.term_reads(item, reads)),
            Some(TermOp::Cases(run, otherwise)) => {
                for &(condition, value) in self.nodes.cases(run) {
                    self.node_reads(condition, reads);
                    self.term_reads(value, reads);
                }
                self.term_reads(otherwise, reads);
            }
            Some(TermOp::Arithmetic(_, left, right) | TermOp::Span(_, left, right)) => {
                self.term_reads(left, reads);
                self.term_reads(right, reads);
            }
            Some(TermOp::Function(_, of) | TermOp::Bucket(of, _)) => self.term_reads(of, reads),
            Some(TermOp::Above { of, .. }) => {
                reads.climbs.push(term);
                self.term_reads(of, reads);
            }
            Some(TermOp::Each { list, filter, element, .. }) => {
                self.term_reads(list, reads);
                if let Some(filter) = filter {
                    self.node_reads(filter, reads);
                }
                self.term_reads(element, reads);
            }
        }
    }

    fn node_reads(&self, node: NodeId, reads: &mut Reads) {
        if !reads.nodes.insert(node) {
            return;
        }
        if let Some(Op::Inside(..)) = self.nodes.op(node) {
            reads.insides.push(node);
        }
        match self.nodes.op(node) {
            Some(Op::Always(_)) | None => {}
            Some(Op::Not(inner) | Op::Once { body: inner, .. }) => self.node_reads(inner, reads),
            Some(Op::And(run) | Op::Or(run)) => self.nodes.children(run).iter().for_each(|&child| self.node_reads(child, reads)),
            Some(Op::Holds(term) | Op::IsNone(term) | Op::IsEmpty(term) | Op::IsKind(term, _)) => self.term_reads(term, reads),
            Some(
                Op::Equal(left, right, _)
                | Op::Less { left, right, .. }
                | Op::In(left, right, _)
                | Op::Texts(_, left, right, _)
                | Op::Inside(left, right),
            ) => {
                self.term_reads(left, reads);
                self.term_reads(right, reads);
            }
            Some(Op::Quantified { quantifier, list, body, .. }) => {
                if let Some(count) = counted(quantifier) {
                    self.term_reads(count, reads);
                }
                self.term_reads(list, reads);
                self.node_reads(body, reads);
            }
        }
    }
}

/// The term that says how many are wanted.
pub(super) fn counted(quantifier: Quantifier) -> Option<TermId> {
    match quantifier {
        Quantifier::Any | Quantifier::Every | Quantifier::No => None,
        Quantifier::AtLeast(count) | Quantifier::AtMost(count) | Quantifier::Exactly(count) => Some(count),
    }
}
