//! The trace of a decision: every condition in full, with the facts that it read.

use super::datum::Datum;
use super::details::covering;
use super::evaluate::{Element, Evaluator};
use super::notes::{Cause, Causes, Notes};
use super::outcome::{is_known, is_known_act, too_many_visits};
use super::quantify::decided;
use super::reads::counted;
use super::truth::Truth;
use crate::decision::Decision;
use crate::decision::trace::{Each, From, Parts, PlaceStep, Reading, State, Trace, TraceStep, TracedRule};
use crate::plan::{NodeId, Op, PlanRule, PlanTask, Quantifier, Run, SlotRoot, TermId, TermOp};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// How many elements of a list are taken apart.
const MOST_ELEMENTS: usize = 20;

impl Decision<'_> {
    /// What every condition of the rules on the act was worth, and which facts made it so.
    pub(crate) fn trace(&self) -> Trace {
        let (plan, request, _) = self.parts();
        if !is_known_act(plan, request) || too_many_visits(plan, request) {
            return Trace::default();
        }
        let evaluator = Evaluator::new(plan, &plan.cold, request, Causes::default());
        let mut tracer = Tracer { evaluator, trace: Trace::default(), opened: BTreeMap::new() };
        for number in covering(plan, request) {
            if let Some(rule) = plan.rules.get(number as usize) {
                tracer.rule(number, rule);
            }
        }
        tracer.trace
    }
}

struct Tracer<'a> {
    evaluator: Evaluator<'a, Causes>,
    trace: Trace,
    /// Definitions that were taken apart, by where their result is kept and for which binding.
    opened: BTreeMap<(u32, u64), usize>,
}

impl<'a> Tracer<'a> {
    fn rule(&mut self, number: u32, rule: &PlanRule) {
        let Some((_, cold)) = rule.holds.or(rule.closes) else { return };
        let root = self.step(cold);
        let (mut arguments, mut passed) = (Vec::new(), Vec::new());
        for duty in rule.duties.iter().filter(|duty| duty.must) {
            let PlanTask::Named(_, terms) = &duty.task else { continue };
            for &(_, _, term) in terms {
                let mark = self.evaluator.notes.mark();
                let known = is_known(&mut self.evaluator, term);
                self.evaluator.notes.forget(mark);
                let readings = self.readings(&[term]);
                if !known {
                    arguments.extend(readings.iter().cloned());
                }
                passed.extend(readings);
            }
        }
        self.trace.rules.push(TracedRule { rule: number, root, arguments, passed });
    }

    fn push(&mut self, node: NodeId, truth: Truth, parts: Parts) -> usize {
        self.trace.steps.push(TraceStep { node, truth: truth.known(), parts });
        self.trace.steps.len().saturating_sub(1)
    }

    /// What a condition is worth; nobody wants to know why twice.
    fn truth(&mut self, node: NodeId) -> Truth {
        let mark = self.evaluator.notes.mark();
        let truth = self.evaluator.truth(node);
        self.evaluator.notes.forget(mark);
        truth
    }

    /// Takes a condition apart; gives its step. It recurses as deep as the plan is.
    fn step(&mut self, node: NodeId) -> usize {
        match self.evaluator.nodes.op(node) {
            Some(Op::Not(inner)) => {
                let inner = self.step(inner);
                let truth = self.worth(inner).not();
                self.push(node, truth, Parts::Not(inner))
            }
            Some(Op::And(run)) => self.all(node, run, Truth::No),
            Some(Op::Or(run)) => self.all(node, run, Truth::Yes),
            Some(Op::Once { cell, level, body }) => {
                let key = (cell, self.evaluator.epoch_of(level));
                if let Some(&known) = self.opened.get(&key) {
                    return known;
                }
                let body = self.step(body);
                let truth = self.worth(body);
                let step = self.push(node, truth, Parts::Opened(body));
                self.opened.insert(key, step);
                step
            }
            Some(Op::Quantified { quantifier, list, level, body }) => self.each(node, quantifier, list, level, body),
            Some(Op::Always(_)) | None => {
                let truth = self.truth(node);
                self.push(node, truth, Parts::Always)
            }
            Some(Op::Holds(term) | Op::IsNone(term) | Op::IsEmpty(term) | Op::IsKind(term, _)) => self.test(node, &[term]),
            Some(
                Op::Equal(left, right, _)
                | Op::Less { left, right, .. }
                | Op::In(left, right, _)
                | Op::Texts(_, left, right, _)
                | Op::Inside(left, right),
            ) => self.test(node, &[left, right]),
        }
    }

    fn worth(&self, step: usize) -> Truth {
        match self.trace.steps.get(step).and_then(|step| step.truth) {
            Some(yes) => yes.into(),
            None => Truth::Unknown,
        }
    }

    fn all(&mut self, node: NodeId, run: Run, decisive: Truth) -> usize {
        let nodes = self.evaluator.nodes;
        let parts: Vec<usize> = nodes.children(run).iter().map(|&child| self.step(child)).collect();
        let mut truth = decisive.not();
        for &part in &parts {
            match self.worth(part) {
                worth if worth == decisive => {
                    truth = decisive;
                    break;
                }
                Truth::Unknown => truth = Truth::Unknown,
                Truth::Yes | Truth::No => {}
            }
        }
        self.push(node, truth, if decisive == Truth::No { Parts::And(parts) } else { Parts::Or(parts) })
    }

    fn test(&mut self, node: NodeId, terms: &[TermId]) -> usize {
        let mark = self.evaluator.notes.mark();
        let truth = self.evaluator.truth(node);
        let causes = self.evaluator.notes.list.split_off(mark);
        let mut readings = self.readings(terms);
        if truth == Truth::Unknown {
            self.add_problems(&mut readings, causes);
        }
        self.push(node, truth, Parts::Test(readings))
    }

    /// What is wrong with a test as a whole, such as two currencies, belongs to the fact that it names, or stands by itself.
    fn add_problems(&self, readings: &mut Vec<Reading>, causes: Vec<Cause>) {
        let private = readings.iter().any(|reading| reading.private);
        for cause in causes {
            let (path, state) = match cause {
                Cause::Need(path) => (path, State::Missing),
                Cause::Problem { path, message, .. } => (path, State::Unusable(message)),
            };
            let unknown = |reading: &Reading| matches!(reading.state, State::Missing | State::Unusable(_));
            match readings.iter_mut().find(|reading| reading.path == path) {
                Some(reading) if unknown(reading) => {}
                Some(reading) => reading.state = state,
                // Its path may tell the id of a private thing.
                None if private => {}
                None => {
                    readings.push(Reading { path, slot: None, place: Vec::new(), from: From::Request, private: false, state });
                }
            }
        }
    }

    /// The facts that terms read, each once, and what was worked out from them.
    fn readings(&mut self, terms: &[TermId]) -> Vec<Reading> {
        let mut readings: Vec<Reading> = Vec::new();
        for &term in terms {
            let is_leaf = matches!(self.evaluator.nodes.term(term), Some(TermOp::Slot(_) | TermOp::Element { .. }));
            for leaf in self.evaluator.leaves_of_term(term) {
                if let Some(reading) = self.reading(leaf)
                    && readings.iter().all(|known| known.path != reading.path)
                {
                    readings.push(reading);
                }
            }
            let is_written = matches!(
                self.evaluator.nodes.term(term),
                Some(TermOp::Value(_) | TermOp::List(_) | TermOp::Entity(..) | TermOp::Above { .. }) | None
            );
            if !is_leaf && !is_written {
                readings.extend(self.calculated(term));
            }
        }
        readings
    }

    /// One path; none for the element of a list that is bound further inside.
    fn reading(&mut self, leaf: TermId) -> Option<Reading> {
        let (slot, from) = match self.evaluator.nodes.term(leaf) {
            Some(TermOp::Slot(at)) => match self.evaluator.plan.slots.get(at as usize)?.root {
                SlotRoot::Setting(_) => (Some(at), From::Setting),
                SlotRoot::Fact(_) | SlotRoot::Resource | SlotRoot::Subject => (Some(at), From::Request),
            },
            Some(TermOp::Element { level, .. }) => {
                self.evaluator.binding(level)?;
                (None, From::Request)
            }
            _ => return None,
        };
        let path = self.evaluator.path(leaf);
        let place = self.place(leaf).unwrap_or_default();
        let private = self.evaluator.is_private(leaf);
        let state = self.state(leaf, private);
        Some(Reading { path, slot, place, from, private, state })
    }

    fn calculated(&mut self, term: TermId) -> Option<Reading> {
        let private = self.evaluator.is_private(term);
        let state = self.state(term, private);
        let path = self.evaluator.path(term);
        let worth_telling = matches!(state, State::Known(_)) && !path.is_empty();
        worth_telling.then_some(Reading { path, slot: None, place: Vec::new(), from: From::Calculated, private, state })
    }

    fn state(&mut self, term: TermId, private: bool) -> State {
        let mark = self.evaluator.notes.mark();
        let datum = self.evaluator.datum(term);
        let cause = self.evaluator.notes.list.split_off(mark).into_iter().next();
        match (datum, cause) {
            (Datum::Unknown, Some(Cause::Problem { message, .. })) => State::Unusable(message),
            (Datum::Unknown, Some(Cause::Need(_)) | None) => State::Missing,
            (Datum::None | Datum::Null, _) => State::None,
            (_, _) if private => State::Hidden,
            (datum, _) => {
                let value = self.evaluator.value(&datum);
                self.evaluator.notes.forget(mark);
                State::Known(value)
            }
        }
    }

    /// Where a path stands in the request.
    fn place(&self, term: TermId) -> Option<Vec<PlaceStep>> {
        let plan = self.evaluator.plan;
        let keys = |steps: &[crate::plan::Step]| steps.iter().map(|step| PlaceStep::Key(step.key.clone())).collect::<Vec<_>>();
        match self.evaluator.nodes.term(term) {
            Some(TermOp::Slot(at)) => {
                let slot = plan.slots.get(at as usize)?;
                let root = String::from(self.evaluator.world().root_key(slot.root)?);
                let mut place = alloc::vec![PlaceStep::Key(root)];
                place.extend(keys(&slot.steps));
                Some(place)
            }
            Some(TermOp::Element { level, steps }) => {
                let binding = self.evaluator.binding(level)?;
                let Element::Value(..) = binding.element else { return None };
                let mut place = self.place(binding.list)?;
                place.push(PlaceStep::Index(binding.index));
                place.extend(keys(plan.steps.get(steps as usize)?));
                Some(place)
            }
            _ => None,
        }
    }

    fn each(&mut self, node: NodeId, quantifier: Quantifier, list: TermId, level: u16, body: NodeId) -> usize {
        let mark = self.evaluator.notes.mark();
        let truth = self.evaluator.truth(node);
        let elements = self.evaluator.datum(list);
        self.evaluator.notes.forget(mark);
        let terms: Vec<TermId> = core::iter::once(list).chain(counted(quantifier)).collect();
        let leaves = self.evaluator.leaves_of_node(body);
        let mut each = Each {
            quantifier,
            list: self.readings(&terms),
            length: self.evaluator.length(&elements),
            elements: Vec::new(),
            more: 0,
            reads: self.evaluator.slots_of(&leaves),
        };
        // What is worked out from a private list may be called by an id in it.
        let private = each.list.iter().any(|reading| reading.private);
        for at in 0..each.length {
            let Some(element) = self.evaluator.at(&elements, at) else { continue };
            let path = match &element {
                _ if private => alloc::format!("{}[{at}]", each.list.first().map_or("list", |reading| reading.path.as_str())),
                Element::Item(item) => item.path.clone(),
                Element::Term(term) => self.evaluator.path(*term),
                Element::Value(..) => self.evaluator.path_at(list, at),
            };
            let before = self.evaluator.bind(level, element, list, at);
            if decided(quantifier, truth, self.truth(body)) {
                if each.elements.len() < MOST_ELEMENTS {
                    let step = self.step(body);
                    each.elements.push((path, step));
                } else {
                    each.more = each.more.saturating_add(1);
                }
            }
            self.evaluator.restore(level, before);
        }
        self.push(node, truth, Parts::Each(each))
    }
}
