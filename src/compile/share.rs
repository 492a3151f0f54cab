//! The hot half: equal nodes become one, constants are folded, operands are put in the order in which they are cheapest.
//!
//! Every step keeps the meaning in three values: `and` and `or` are commutative, associative and idempotent in strong
//! Kleene logic, and `yes`, `no` are their units. It works node by node on the cold half, so a changed rule of the cold half
//! can be lowered again by itself.

use super::lower::number;
use crate::plan::{NodeId, Nodes, Op, Plan, PlanDuty, PlanTask, Quantifier, Run, TermId, TermOp};
use alloc::vec::Vec;
use std::collections::HashMap;

/// Makes the hot half of a plan from its cold half, and points the rules to it.
pub(super) fn share(plan: &mut Plan) {
    let cold = core::mem::take(&mut plan.cold);
    let mut sharing = Sharing::new(&cold);
    for rule in &mut plan.rules {
        for (hot, cold) in rule.holds.iter_mut().chain(&mut rule.closes) {
            *hot = sharing.node(*cold);
        }
        for duty in &mut rule.duties {
            arguments(duty, &mut sharing);
        }
    }
    plan.hot = sharing.hot;
    plan.cold = cold;
}

fn arguments(duty: &mut PlanDuty, sharing: &mut Sharing<'_>) {
    if let PlanTask::Named(_, arguments) = &mut duty.task {
        for (_, hot, cold) in arguments {
            *hot = sharing.term(*cold);
        }
    }
}

/// What an operation is, with its operands written out, so that equal ones are found.
#[derive(PartialEq, Eq, Hash)]
enum Shape {
    Op(Op),
    And(Vec<NodeId>),
    Or(Vec<NodeId>),
    Term(TermOp),
    List(Vec<TermId>),
    Cases(Vec<(NodeId, TermId)>, TermId),
}

struct Sharing<'c> {
    cold: &'c Nodes,
    hot: Nodes,
    nodes: HashMap<NodeId, NodeId>,
    terms: HashMap<TermId, TermId>,
    made: HashMap<Shape, u32>,
}

impl<'c> Sharing<'c> {
    fn new(cold: &'c Nodes) -> Self {
        Self { cold, hot: Nodes::default(), nodes: HashMap::new(), terms: HashMap::new(), made: HashMap::new() }
    }

    /// The hot node of a cold one. It recurses as deep as the plan is, which the checker bounds.
    fn node(&mut self, id: NodeId) -> NodeId {
        if let Some(&known) = self.nodes.get(&id) {
            return known;
        }
        let made = match self.cold.op(id) {
            Some(op) => self.op(op),
            None => self.intern(Shape::Op(Op::Always(false)), Op::Always(false)),
        };
        self.nodes.insert(id, made);
        made
    }

    fn op(&mut self, op: Op) -> NodeId {
        let op = match op {
            Op::Always(yes) => Op::Always(yes),
            Op::Not(inner) => return self.not(inner),
            Op::And(run) => return self.all(run, true),
            Op::Or(run) => return self.all(run, false),
            Op::Holds(term) => Op::Holds(self.term(term)),
            Op::Equal(left, right, letters) => Op::Equal(self.term(left), self.term(right), letters),
            Op::Less { left, right, or_equal } => Op::Less { left: self.term(left), right: self.term(right), or_equal },
            Op::In(element, list, letters) => Op::In(self.term(element), self.term(list), letters),
            Op::Texts(test, left, right, letters) => Op::Texts(test, self.term(left), self.term(right), letters),
            Op::IsNone(term) => Op::IsNone(self.term(term)),
            Op::IsEmpty(term) => Op::IsEmpty(self.term(term)),
            Op::Inside(inner, outer) => Op::Inside(self.term(inner), self.term(outer)),
            Op::IsKind(term, kind) => Op::IsKind(self.term(term), kind),
            Op::Quantified { quantifier, list, level, body } => {
                Op::Quantified { quantifier: self.quantifier(quantifier), list: self.term(list), level, body: self.node(body) }
            }
            Op::Once { level, body, .. } => return self.once(level, body),
        };
        self.intern(Shape::Op(op), op)
    }

    fn quantifier(&mut self, quantifier: Quantifier) -> Quantifier {
        match quantifier {
            Quantifier::Any => Quantifier::Any,
            Quantifier::Every => Quantifier::Every,
            Quantifier::No => Quantifier::No,
            Quantifier::AtLeast(count) => Quantifier::AtLeast(self.term(count)),
            Quantifier::AtMost(count) => Quantifier::AtMost(self.term(count)),
            Quantifier::Exactly(count) => Quantifier::Exactly(self.term(count)),
        }
    }

    fn not(&mut self, inner: NodeId) -> NodeId {
        let inner = self.node(inner);
        match self.hot.op(inner) {
            Some(Op::Always(yes)) => self.intern(Shape::Op(Op::Always(!yes)), Op::Always(!yes)),
            Some(Op::Not(double)) => double,
            _ => self.intern(Shape::Op(Op::Not(inner)), Op::Not(inner)),
        }
    }

    /// `and` (or `or`) of a run: flat, without units and repetitions, the cheapest first.
    fn all(&mut self, run: Run, and: bool) -> NodeId {
        let mut parts = Vec::new();
        for &child in self.cold.children(run) {
            let child = self.node(child);
            match self.hot.op(child) {
                Some(Op::Always(yes)) if yes == and => {}
                Some(Op::Always(_)) => return child,
                Some(Op::And(inner)) if and => parts.extend_from_slice(self.hot.children(inner)),
                Some(Op::Or(inner)) if !and => parts.extend_from_slice(self.hot.children(inner)),
                _ => parts.push(child),
            }
        }
        parts.sort_by_key(|&part| (self.cost(part), part));
        parts.dedup();
        match parts.as_slice() {
            [] => self.intern(Shape::Op(Op::Always(and)), Op::Always(and)),
            [one] => *one,
            _ => {
                let shape = if and { Shape::And(parts.clone()) } else { Shape::Or(parts.clone()) };
                if let Some(&known) = self.made.get(&shape) {
                    return NodeId(known);
                }
                let run = Run { start: number(self.hot.children.len()), len: number(parts.len()) };
                self.hot.children.extend(parts);
                self.intern(shape, if and { Op::And(run) } else { Op::Or(run) })
            }
        }
    }

    /// A result is kept only where working it out costs more than a comparison.
    fn once(&mut self, level: Option<u16>, body: NodeId) -> NodeId {
        let body = self.node(body);
        if self.cost(body) <= COMPARISON {
            return body;
        }
        let key = Shape::Op(Op::Once { cell: 0, level, body });
        if let Some(&known) = self.made.get(&key) {
            return NodeId(known);
        }
        let cell = self.hot.cells;
        self.hot.cells = cell.saturating_add(1);
        self.intern(key, Op::Once { cell, level, body })
    }

    fn intern(&mut self, shape: Shape, op: Op) -> NodeId {
        let next = number(self.hot.ops.len());
        let id = *self.made.entry(shape).or_insert(next);
        if id == next {
            self.hot.ops.push(op);
        }
        NodeId(id)
    }

    fn term(&mut self, id: TermId) -> TermId {
        if let Some(&known) = self.terms.get(&id) {
            return known;
        }
        let (shape, op) = match self.cold.term(id) {
            Some(TermOp::List(run)) => {
                let items: Vec<TermId> = self.cold.items(run).iter().map(|&item| self.term(item)).collect();
                let run = Run { start: number(self.hot.items.len()), len: number(items.len()) };
                (Shape::List(items), TermOp::List(run))
            }
            Some(TermOp::Cases(run, otherwise)) => {
                let cases: Vec<(NodeId, TermId)> =
                    self.cold.cases(run).iter().map(|&(node, term)| (self.node(node), self.term(term))).collect();
                let otherwise = self.term(otherwise);
                let run = Run { start: number(self.hot.cases.len()), len: number(cases.len()) };
                (Shape::Cases(cases, otherwise), TermOp::Cases(run, otherwise))
            }
            // What is written out costs no more than to look it up.
            Some(TermOp::Once { body, .. }) if self.cold.is_written(body) => return self.term(body),
            Some(TermOp::Once { body, name, .. }) => {
                let body = self.term(body);
                let shape = Shape::Term(TermOp::Once { cell: 0, body, name });
                if let Some(&known) = self.made.get(&shape) {
                    return TermId(known);
                }
                let cell = self.hot.cells;
                self.hot.cells = cell.saturating_add(1);
                (shape, TermOp::Once { cell, body, name })
            }
            Some(op) => {
                let op = self.simple_term(op);
                (Shape::Term(op), op)
            }
            None => (Shape::Term(TermOp::Value(u32::MAX)), TermOp::Value(u32::MAX)),
        };
        let made = self.intern_term(shape, op);
        self.terms.insert(id, made);
        made
    }

    /// A term whose operands are terms and nodes of a fixed number.
    fn simple_term(&mut self, op: TermOp) -> TermOp {
        match op {
            TermOp::Arithmetic(operator, left, right) => TermOp::Arithmetic(operator, self.term(left), self.term(right)),
            TermOp::Function(function, of) => TermOp::Function(function, self.term(of)),
            TermOp::Bucket(of, salt) => TermOp::Bucket(self.term(of), salt),
            TermOp::Span(unit, from, to) => TermOp::Span(unit, self.term(from), self.term(to)),
            TermOp::Each { list, level, filter, element } => {
                TermOp::Each { list: self.term(list), level, filter: filter.map(|filter| self.node(filter)), element: self.term(element) }
            }
            TermOp::Above { of, itself, kind } => TermOp::Above { of: self.term(of), itself, kind },
            TermOp::Value(_)
            | TermOp::Slot(_)
            | TermOp::Element { .. }
            | TermOp::Once { .. }
            | TermOp::List(_)
            | TermOp::Cases(..)
            | TermOp::Entity(..) => op,
        }
    }

    fn intern_term(&mut self, shape: Shape, op: TermOp) -> TermId {
        if let Some(&known) = self.made.get(&shape) {
            return TermId(known);
        }
        match &shape {
            Shape::List(items) => self.hot.items.extend_from_slice(items),
            Shape::Cases(cases, _) => self.hot.cases.extend_from_slice(cases),
            Shape::Op(_) | Shape::And(_) | Shape::Or(_) | Shape::Term(_) => {}
        }
        let id = number(self.hot.terms.len());
        self.hot.terms.push(op);
        self.made.insert(shape, id);
        TermId(id)
    }

    /// How dear a node is, roughly: bits and numbers before texts, texts before lists.
    fn cost(&self, id: NodeId) -> u32 {
        match self.hot.op(id) {
            Some(Op::Always(_)) | None => 0,
            Some(Op::Holds(_) | Op::IsNone(_) | Op::IsEmpty(_)) => 1,
            Some(Op::Equal(..) | Op::Less { .. }) => COMPARISON,
            Some(Op::Texts(..)) => 4,
            Some(Op::In(..) | Op::Inside(..)) => 8,
            Some(Op::IsKind(..)) => COMPARISON,
            Some(Op::Not(inner)) => self.cost(inner),
            Some(Op::Once { .. }) => 12,
            Some(Op::And(_) | Op::Or(_)) => 16,
            Some(Op::Quantified { .. }) => 64,
        }
    }
}

/// The cost of a comparison of two scalars.
const COMPARISON: u32 = 2;
