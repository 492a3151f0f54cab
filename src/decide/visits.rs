//! How many elements one decision would visit.
//!
//! It is counted from the rules and the lengths of the lists alone, whatever the order, the sharing or the first sure
//! answer, so that it is the same everywhere. Most requests are so small that they cannot reach the limit; only the others
//! are counted exactly.

use super::evaluate::Evaluator;
use super::notes::{Notes, Silent};
use crate::plan::{NodeId, Op, Plan, TermId, TermOp};
use crate::request::Request;
use crate::value::{Function, Value};
use alloc::vec::Vec;

/// Would the rules of this act visit more elements than the plan allows?
pub(super) fn too_many(plan: &Plan, request: &Request, roots: impl Iterator<Item = NodeId>) -> bool {
    if plan.quantifiers.is_empty() {
        return false;
    }
    let elements = elements(request);
    if at_most(plan, elements) <= plan.visits {
        return false;
    }
    let mut counter = Counter {
        evaluator: Evaluator::new(plan, &plan.cold, request, Silent),
        elements,
        kept: alloc::vec![None; plan.cold.cells as usize],
        limit: plan.visits,
    };
    let mut total = 0u64;
    for root in roots {
        total = total.saturating_add(counter.visits(root));
        if total > plan.visits {
            return true;
        }
    }
    false
}

/// No decision of this plan visits more than this, given so many elements in the request: a list may be any of its lists,
/// joined as often as the rules join lists, or one that the rules write out.
fn at_most(plan: &Plan, elements: u64) -> u64 {
    let elements = elements.saturating_add(plan.written).saturating_mul(plan.joins.saturating_add(1));
    let mut around = 1u64;
    let mut total = 0u64;
    for &quantifiers in &plan.quantifiers {
        around = around.saturating_mul(elements);
        total = total.saturating_add(quantifiers.saturating_mul(around));
    }
    total
}

fn elements(request: &Request) -> u64 {
    let facts = request.facts().iter().map(|(_, value)| value);
    let parts = ["resource", "subject", "action"].into_iter().filter_map(|name| match request.brought(name) {
        crate::request::Brought::Value(value) => Some(value),
        crate::request::Brought::Nothing | crate::request::Brought::Both => None,
    });
    let table = request.entities().into_iter().flat_map(|table| table.iter().map(|(_, value)| value));
    let mut waiting: Vec<&Value> = facts.chain(parts).chain(table).collect();
    let mut total = request.entities().map_or(0, |table| table.len() as u64);
    while let Some(value) = waiting.pop() {
        match value {
            Value::List(items) => {
                total = total.saturating_add(items.len() as u64);
                waiting.extend(items);
            }
            Value::Record(record) => {
                total = total.saturating_add(record.len() as u64);
                waiting.extend(record.iter().map(|(_, value)| value));
            }
            Value::None
            | Value::YesNo(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Money(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::DateTime(_)
            | Value::Duration(_)
            | Value::IpAddress(_)
            | Value::Network(_)
            | Value::OutOfRange(_) => {}
        }
    }
    total
}

struct Counter<'a> {
    evaluator: Evaluator<'a, Silent>,
    /// How many elements the request has in all.
    elements: u64,
    kept: Vec<Option<(u64, u64)>>,
    limit: u64,
}

impl Counter<'_> {
    /// Element visits below a node, each written occurrence counted.
    fn visits(&mut self, node: NodeId) -> u64 {
        match self.evaluator.nodes.op(node) {
            Some(Op::Not(inner)) => self.visits(inner),
            Some(Op::And(run) | Op::Or(run)) => {
                let nodes = self.evaluator.nodes;
                self.sum(nodes.children(run), Counter::visits)
            }
            Some(Op::Once { cell, level, body }) => self.once(cell, level, body),
            Some(Op::Quantified { list, level, body, .. }) => {
                let inside = self.term(list);
                inside.saturating_add(self.each(list, level, |counter| counter.visits(body)))
            }
            Some(Op::Holds(term) | Op::IsNone(term) | Op::IsEmpty(term) | Op::IsKind(term, _)) => self.term(term),
            Some(Op::Equal(left, right, _)) => self.term(left).saturating_add(self.term(right)).saturating_add(self.pairs(left, right)),
            // Inside a quantifier, looking through a list is one more of them.
            Some(Op::In(element, list, _)) => {
                let inside = self.term(element).saturating_add(self.term(list));
                if self.evaluator.is_bound() { inside.saturating_add(self.length(list)) } else { inside }
            }
            Some(Op::Less { left, right, .. } | Op::Texts(_, left, right, _)) => self.term(left).saturating_add(self.term(right)),
            // A walk upwards visits what the table of entities lists, at most once each.
            Some(Op::Inside(..)) => self.table(),
            Some(Op::Always(_)) | None => 0,
        }
    }

    fn once(&mut self, cell: u32, level: Option<u16>, body: NodeId) -> u64 {
        let epoch = self.evaluator.epoch_of(level);
        if let Some(&Some((known, visits))) = self.kept.get(cell as usize)
            && known == epoch
        {
            return visits;
        }
        let visits = self.visits(body);
        if let Some(place) = self.kept.get_mut(cell as usize) {
            *place = Some((epoch, visits));
        }
        visits
    }

    /// Element visits of a term: functions of lists look at each element.
    fn term(&mut self, term: TermId) -> u64 {
        match self.evaluator.nodes.term(term) {
            Some(TermOp::Function(function, of)) => {
                let inside = self.term(of);
                if !function.is_of_list() {
                    return inside;
                }
                let elements = self.evaluator.datum(of);
                let length = self.evaluator.length(&elements) as u64;
                // `distinct` compares each with each.
                let own = if function == Function::Distinct { length.saturating_mul(length) } else { length };
                inside.saturating_add(own)
            }
            Some(TermOp::Arithmetic(_, left, right) | TermOp::Span(_, left, right)) => self.term(left).saturating_add(self.term(right)),
            Some(TermOp::Bucket(of, _)) => self.term(of),
            Some(TermOp::Each { list, level, filter, element }) => {
                let inside = self.term(list);
                inside.saturating_add(self.each(list, level, |counter| {
                    let filtered = filter.map_or(0, |filter| counter.visits(filter));
                    filtered.saturating_add(counter.term(element))
                }))
            }
            Some(TermOp::Once { cell, body, .. }) => {
                if let Some(&Some((_, visits))) = self.kept.get(cell as usize) {
                    return visits;
                }
                let visits = self.term(body);
                if let Some(place) = self.kept.get_mut(cell as usize) {
                    *place = Some((0, visits));
                }
                visits
            }
            Some(TermOp::List(run)) => {
                let nodes = self.evaluator.nodes;
                self.sum(nodes.items(run), Counter::term)
            }
            Some(TermOp::Cases(run, otherwise)) => {
                let nodes = self.evaluator.nodes;
                let cases =
                    self.sum(nodes.cases(run), |counter, (condition, value)| counter.visits(condition).saturating_add(counter.term(value)));
                cases.saturating_add(self.term(otherwise))
            }
            Some(TermOp::Above { .. }) => self.table(),
            Some(TermOp::Value(_) | TermOp::Slot(_) | TermOp::Element { .. } | TermOp::Entity(..)) | None => 0,
        }
    }

    fn sum<T: Copy>(&mut self, parts: &[T], visits: impl Fn(&mut Self, T) -> u64) -> u64 {
        parts.iter().fold(0, |total, &part| if total > self.limit { total } else { total.saturating_add(visits(self, part)) })
    }

    fn each(&mut self, list: TermId, level: u16, mut inside: impl FnMut(&mut Self) -> u64) -> u64 {
        let elements = self.evaluator.datum(list);
        let length = self.evaluator.length(&elements);
        let mut total = length as u64;
        for at in 0..length {
            if total > self.limit {
                break;
            }
            let Some(element) = self.evaluator.at(&elements, at) else { continue };
            let before = self.evaluator.bind(level, element, list, at);
            total = total.saturating_add(inside(self));
            self.evaluator.restore(level, before);
        }
        total
    }

    /// A walk upwards may follow whatever the table lists.
    fn table(&self) -> u64 {
        self.elements
    }

    fn length(&mut self, list: TermId) -> u64 {
        let elements = self.evaluator.datum(list);
        self.evaluator.length(&elements) as u64
    }

    /// Two lists are compared each with each.
    fn pairs(&mut self, left: TermId, right: TermId) -> u64 {
        self.length(left).saturating_mul(self.length(right))
    }
}

impl<N: Notes> Evaluator<'_, N> {
    /// Is a variable bound: is this inside a quantifier?
    pub(super) fn is_bound(&self) -> bool {
        self.bindings.iter().any(Option::is_some)
    }

    /// The binding of a level that results are kept for; 0 where there is none.
    pub(super) fn epoch_of(&self, level: Option<u16>) -> u64 {
        level.and_then(|level| self.bindings.get(usize::from(level))).and_then(Option::as_ref).map_or(0, |binding| binding.epoch)
    }
}
