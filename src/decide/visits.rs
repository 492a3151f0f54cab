//! How many elements one decision would visit.
//!
//! It is counted from the rules and the lengths of the lists alone, whatever the order, the sharing or the first sure
//! answer, so that it is the same everywhere. Most requests are so small that they cannot reach the limit; only the others
//! are counted exactly.

use super::evaluate::Evaluator;
use super::notes::{Notes, Silent};
use crate::plan::{NodeId, Op, Plan};
use crate::request::Request;
use crate::value::Value;
use alloc::vec::Vec;

/// Would the rules of this act visit more elements than the plan allows?
pub(super) fn too_many(plan: &Plan, request: &Request, roots: impl Iterator<Item = NodeId>) -> bool {
    if plan.quantifiers.is_empty() || at_most(plan, elements(request)) <= plan.visits {
        return false;
    }
    let mut counter = Counter { evaluator: Evaluator::new(plan, &plan.cold, request, Silent), kept: alloc::vec![None; plan.cold.cells as usize], limit: plan.visits };
    let mut total = 0u64;
    for root in roots {
        total = total.saturating_add(counter.visits(root));
        if total > plan.visits {
            return true;
        }
    }
    false
}

/// No decision of this plan visits more than this, given so many list elements in the request.
fn at_most(plan: &Plan, elements: u64) -> u64 {
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
    let mut waiting: Vec<&Value> = facts.chain(parts).collect();
    let mut total = 0u64;
    while let Some(value) = waiting.pop() {
        match value {
            Value::List(items) => {
                total = total.saturating_add(items.len() as u64);
                waiting.extend(items);
            }
            Value::Record(record) => waiting.extend(record.iter().map(|(_, value)| value)),
            Value::None | Value::YesNo(_) | Value::Number(_) | Value::Text(_) | Value::Money(_) | Value::Date(_) | Value::Time(_) | Value::DateTime(_)
            | Value::Duration(_) | Value::IpAddress(_) | Value::Network(_) | Value::OutOfRange(_) => {}
        }
    }
    total
}

struct Counter<'a> {
    evaluator: Evaluator<'a, Silent>,
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
                nodes.children(run).iter().fold(0, |total, &child| total.saturating_add(if total > self.limit { 0 } else { self.visits(child) }))
            }
            Some(Op::Once { cell, level, body }) => {
                let epoch = self.evaluator.epoch_of(level);
                if let Some(&Some((known, visits))) = self.kept.get(cell as usize) {
                    if known == epoch {
                        return visits;
                    }
                }
                let visits = self.visits(body);
                if let Some(place) = self.kept.get_mut(cell as usize) {
                    *place = Some((epoch, visits));
                }
                visits
            }
            Some(Op::Quantified { list, level, body, .. }) => {
                let elements = self.evaluator.datum(list);
                let length = self.evaluator.length(elements);
                let mut total = length as u64;
                for at in 0..length {
                    if total > self.limit {
                        break;
                    }
                    let Some(element) = self.evaluator.at(elements, at) else { continue };
                    let before = self.evaluator.bind(level, element, list, at);
                    total = total.saturating_add(self.visits(body));
                    self.evaluator.restore(level, before);
                }
                total
            }
            Some(
                Op::Always(_) | Op::Holds(_) | Op::Equal(..) | Op::Less { .. } | Op::In(..) | Op::Texts(..) | Op::IsNone(_) | Op::IsEmpty(_),
            )
            | None => 0,
        }
    }
}

impl<N: Notes> Evaluator<'_, N> {
    /// The binding of a level that results are kept for; 0 where there is none.
    pub(super) fn epoch_of(&self, level: Option<u16>) -> u64 {
        level.and_then(|level| self.bindings.get(usize::from(level)).copied().flatten()).map_or(0, |binding| binding.epoch)
    }
}
