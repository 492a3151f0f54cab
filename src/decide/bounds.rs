//! What the conditions on an act compare its facts with: the values on whose sides an answer may differ.
//!
//! The other side of a comparison is worked out from the request as it is. A value that is private, or that was worked out
//! from a private one, is left out: whoever reads bounds shows them.

use super::details::covering;
use super::evaluate::Evaluator;
use super::notes::Silent;
use super::outcome::is_known_act;
use super::reads::counted;
use crate::decision::Decision;
use crate::decision::trace::Bound;
use crate::plan::{NodeId, Op, PlanTask, SlotRoot, TermId, TermOp};
use crate::value::Value;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

impl Decision<'_> {
    /// What the rules on the act compare facts with, in the author's order, each once.
    pub(crate) fn bounds(&self) -> Vec<Bound> {
        let (plan, request, _) = self.parts();
        if !is_known_act(plan, request) {
            return Vec::new();
        }
        let evaluator = Evaluator::new(plan, &plan.cold, request, Silent);
        let mut finder = Finder { evaluator, found: Vec::new(), known: BTreeSet::new(), seen: BTreeSet::new(), lists: Vec::new() };
        for rule in covering(plan, request).into_iter().filter_map(|at| plan.rules.get(at as usize)) {
            if let Some((_, cold)) = rule.holds.or(rule.closes) {
                finder.node(cold);
            }
            for duty in rule.duties.iter().filter(|duty| duty.must) {
                if let PlanTask::Named(_, arguments) = &duty.task {
                    // Whatever is known will do.
                    arguments.iter().for_each(|&(_, _, term)| match finder.slot(term) {
                        Some(slot) => finder.insert(slot, false, None, false),
                        None => finder.reads(term),
                    });
                }
            }
        }
        finder.found
    }
}

struct Finder<'a> {
    evaluator: Evaluator<'a, Silent>,
    found: Vec<Bound>,
    known: BTreeSet<(u32, bool, Option<String>, bool)>,
    seen: BTreeSet<NodeId>,
    /// The list that each variable runs over, by level.
    lists: Vec<Option<TermId>>,
}

impl Finder<'_> {
    fn node(&mut self, id: NodeId) {
        if !self.seen.insert(id) {
            return;
        }
        match self.evaluator.nodes.op(id) {
            Some(Op::Always(_)) | None => {}
            Some(Op::Not(inner) | Op::Once { body: inner, .. }) => self.node(inner),
            Some(Op::And(run) | Op::Or(run)) => {
                let nodes = self.evaluator.nodes;
                nodes.children(run).iter().for_each(|&child| self.node(child));
            }
            Some(Op::Holds(term) | Op::IsKind(term, _) | Op::IsNone(term) | Op::IsEmpty(term)) => match self.slot(term) {
                Some(slot) => self.insert(slot, false, None, false),
                None => self.reads(term),
            },
            Some(Op::Equal(left, right, _) | Op::Less { left, right, .. } | Op::Texts(_, left, right, _) | Op::Inside(left, right)) => {
                self.compared(left, right);
                self.compared(right, left);
            }
            Some(Op::In(element, list, _)) => {
                self.compared_with_each(element, list);
                if let Some(slot) = self.slot(list) {
                    self.add(slot, true, element);
                }
                for term in [element, list] {
                    match self.slot(term) {
                        Some(slot) => self.insert(slot, false, None, false),
                        None => self.reads(term),
                    }
                }
            }
            Some(Op::Quantified { quantifier, list, level, body }) => {
                if let Some(count) = counted(quantifier) {
                    self.reads(count);
                }
                let slot = self.slot(list);
                match slot {
                    Some(slot) => self.insert(slot, false, None, false),
                    None => self.reads(list),
                }
                let level = usize::from(level);
                if self.lists.len() <= level {
                    self.lists.resize(level.saturating_add(1), None);
                }
                let before = self.lists.get_mut(level).map(|place| place.replace(list));
                self.node(body);
                if let (Some(place), Some(before)) = (self.lists.get_mut(level), before) {
                    *place = before;
                }
            }
        }
    }

    /// The slot of a term that is a fact of the request.
    fn slot(&self, term: TermId) -> Option<u32> {
        let Some(TermOp::Slot(at)) = self.evaluator.nodes.term(term) else { return None };
        let root = self.evaluator.plan.slots.get(at as usize)?.root;
        match root {
            SlotRoot::Setting(_) => None,
            SlotRoot::Fact(_) | SlotRoot::Resource | SlotRoot::Subject => Some(at),
        }
    }

    /// One side of a comparison, with the other as its bound. An element of a list is compared in the name of the list.
    fn compared(&mut self, term: TermId, other: TermId) {
        if let Some(slot) = self.slot(term) {
            self.add(slot, false, other);
        } else if let Some(TermOp::Element { level, steps }) = self.evaluator.nodes.term(term)
            && let Some(list) = self.lists.get(usize::from(level)).copied().flatten().and_then(|list| self.slot(list))
            && self.evaluator.plan.steps.get(steps as usize).is_none_or(Vec::is_empty)
        {
            self.add(list, true, other);
        } else {
            self.reads(term);
        }
    }

    fn compared_with_each(&mut self, element: TermId, list: TermId) {
        let nodes = self.evaluator.nodes;
        if let Some(TermOp::List(run)) = nodes.term(list) {
            nodes.items(run).iter().for_each(|&item| self.compared(element, item));
            return;
        }
        let Some(slot) = self.slot(element) else { return };
        match self.value(list) {
            Some(Value::List(items)) => items.into_iter().for_each(|item| self.insert(slot, false, Some(item), false)),
            Some(_) | None => self.insert(slot, false, None, true),
        }
    }

    /// Notes the facts that a term is worked out from: no values to try are known of them.
    fn reads(&mut self, term: TermId) {
        let leaves = self.evaluator.leaves_of_term(term);
        for leaf in leaves {
            if let Some(slot) = self.slot(leaf) {
                self.insert(slot, false, None, true);
            }
        }
    }

    fn add(&mut self, slot: u32, element: bool, other: TermId) {
        // A variable that runs over a list that the rules write stands for each of its elements.
        if let Some(TermOp::Element { level, steps }) = self.evaluator.nodes.term(other)
            && let Some(list) = self.lists.get(usize::from(level)).copied().flatten()
            && self.evaluator.plan.steps.get(steps as usize).is_none_or(Vec::is_empty)
            && let Some(Value::List(items)) = self.value(list)
        {
            return items.into_iter().for_each(|item| self.insert(slot, element, Some(item), false));
        }
        let value = self.value(other);
        let opaque = value.is_none();
        self.insert(slot, element, value, opaque);
    }

    /// What a term is worth, where that may be shown.
    fn value(&mut self, term: TermId) -> Option<Value> {
        if self.evaluator.is_private(term) {
            return None;
        }
        let datum = self.evaluator.datum(term);
        let value = self.evaluator.value(&datum);
        (!matches!(value, Value::None | Value::Record(_))).then_some(value)
    }

    fn insert(&mut self, slot: u32, element: bool, value: Option<Value>, opaque: bool) {
        if !self.known.insert((slot, element, value.as_ref().map(Value::to_json), opaque)) {
            return;
        }
        let Some(read) = self.evaluator.plan.slots.get(slot as usize) else { return };
        let Some(root) = self.evaluator.world().root_key(read.root) else { return };
        let keys = core::iter::once(root).chain(read.steps.iter().map(|step| step.key.as_str())).map(String::from).collect();
        let path = self.evaluator.slot_path(slot);
        self.found.push(Bound { slot, path, keys, element, value, opaque });
    }
}
