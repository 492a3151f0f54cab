//! The trace of a decision: every condition in full, with the facts that it read.

use super::compare::is_list;
use super::datum::Datum;
use super::details::covering;
use super::evaluate::{Element, Evaluator};
use super::notes::{Cause, Causes, Notes, Silent};
use super::outcome::{is_known, is_known_act, too_many_visits};
use super::quantify::{decided, suffices};
use super::reads::counted;
use super::trails::Trails;
use super::truth::Truth;
use crate::act::{Outcome, Verb};
use crate::decision::Decision;
use crate::decision::trace::{Each, From, Parts, Reading, Readings, State, Trace, TraceStep, TracedRule};
use crate::plan::{NodeId, Op, Plan, PlanRule, PlanTask, Quantifier, Run, TermId, TermOp};
use crate::request::Request;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::OnceCell;

/// With more rules than these on an act, those that close are looked at before those that open.
const MANY_RULES: usize = 200;
/// How many of those that close are looked at.
const FEW_RULES: usize = 8;

/// How many elements of a list are taken apart.
const MOST_ELEMENTS: usize = 20;

impl Decision<'_> {
    /// What every condition of the rules on the act was worth, and which facts made it so.
    pub(crate) fn trace(&self) -> Trace {
        let (plan, request, _) = self.parts();
        match rules_to_judge(plan, request) {
            Some(rules) => trace_of(plan, request, &rules, true),
            None => Trace::default(),
        }
    }
}

/// As [`Decision::trace`]; of very many rules on the act, some of those that keep it from an outcome by themselves are enough. None
/// where more rules than `most` would have to be looked at.
pub(crate) fn trace_towards(plan: &Plan, request: &Request, wanted: Outcome, most: u64) -> Option<Trace> {
    let Some(rules) = rules_to_judge(plan, request) else { return Some(Trace::default()) };
    let closing = if wanted == Outcome::Allowed && rules.len() > MANY_RULES { closing(plan, request, &rules) } else { Vec::new() };
    let whole = closing.is_empty();
    let rules = if whole { &rules } else { &closing };
    (rules.len() as u64 <= most).then(|| trace_of(plan, request, rules, whole))
}

/// The rules on the act, none for an act that nobody knows; and nothing where too much would have to be looked at.
fn rules_to_judge(plan: &Plan, request: &Request) -> Option<Vec<u32>> {
    if !is_known_act(plan, request) {
        return Some(Vec::new());
    }
    (!too_many_visits(plan, request)).then(|| covering(plan, request).into_iter().collect())
}

fn trace_of(plan: &Plan, request: &Request, rules: &[u32], whole: bool) -> Trace {
    let evaluator = Evaluator::new(plan, &plan.cold, request, Causes::default());
    let trace = Trace { whole, ..Trace::default() };
    let mut tracer = Tracer { evaluator, trace, opened: BTreeMap::new(), read: BTreeMap::new(), trails: OnceCell::new() };
    for &number in rules {
        if let Some(rule) = plan.rules.get(number as usize) {
            tracer.rule(number, rule);
        }
    }
    tracer.trace
}

/// The first of the rules that close, or may.
fn closing(plan: &Plan, request: &Request, rules: &[u32]) -> Vec<u32> {
    let mut evaluator = Evaluator::new(plan, &plan.cold, request, Silent);
    let mut closes = |number: &&u32| {
        let Some(rule) = plan.rules.get(**number as usize) else { return false };
        let passes = match rule.verb {
            Verb::Never | Verb::Requires => Truth::No,
            Verb::OnlyIf => Truth::Yes,
            Verb::Allow | Verb::Must | Verb::Should => return false,
        };
        rule.holds.or(rule.closes).is_some_and(|(_, cold)| evaluator.truth(cold) != passes)
    };
    rules.iter().filter(|number| closes(number)).take(FEW_RULES).copied().collect()
}

pub(super) struct Tracer<'a> {
    pub(super) evaluator: Evaluator<'a, Causes>,
    trace: Trace,
    /// Definitions that were taken apart, by where their result is kept and for which binding.
    opened: BTreeMap<(u32, u64), usize>,
    /// What was read in slots.
    pub(super) read: BTreeMap<u32, Readings>,
    /// Where the values of the request stand, once somebody asks.
    pub(super) trails: OnceCell<Trails<'a>>,
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
            // Nothing is in a list of nothing, whatever it is.
            Some(Op::In(_, list, _)) if self.is_bare(list) => self.test(node, &[list]),
            Some(
                Op::Equal(left, right, _)
                | Op::Less { left, right, .. }
                | Op::In(left, right, _)
                | Op::Texts(_, left, right, _)
                | Op::Inside(left, right),
            ) => self.test(node, &[left, right]),
        }
    }

    /// Is it known that a list has no element?
    fn is_bare(&mut self, list: TermId) -> bool {
        let mark = self.evaluator.notes.mark();
        let datum = self.evaluator.datum(list);
        self.evaluator.notes.forget(mark);
        matches!(datum, Datum::None | Datum::Null) || (is_list(&datum) && self.evaluator.length(&datum) == 0)
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
        match (self.evaluator.nodes.op(node), truth) {
            (Some(Op::Inside(inner, outer)), Truth::Yes) => {
                let goals = self.named(outer);
                self.add_climb(&mut readings, inner, Some(&goals));
            }
            (Some(Op::Inside(inner, _)), Truth::No | Truth::Unknown) => self.add_climb(&mut readings, inner, None),
            _ => self.add_climbs(&mut readings, terms),
        }
        if truth == Truth::Unknown {
            self.add_problems(&mut readings, causes);
        }
        self.push(node, truth, Parts::Test(readings))
    }

    /// What is wrong with a test as a whole, such as two currencies, belongs to the fact that it names, or stands by itself.
    fn add_problems(&self, readings: &mut Readings, causes: Vec<Cause>) {
        let private = readings.iter().any(|reading| reading.private);
        for cause in causes {
            let (path, state) = match cause {
                Cause::Need(path) => (path, State::Missing),
                Cause::Problem { path, message, .. } => (path, State::Unusable(message)),
            };
            let unknown = |reading: &Rc<Reading>| matches!(reading.state, State::Missing | State::Unusable(_));
            match readings.iter_mut().find(|reading| reading.path == path) {
                Some(reading) if unknown(reading) => {}
                Some(reading) => Rc::make_mut(reading).state = state,
                // Its path may tell the id of a private thing.
                None if private => {}
                None => {
                    let place = Vec::new();
                    readings.push(Rc::new(Reading { path, slot: None, place, written: None, from: From::Request, private: false, state }));
                }
            }
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
        let mut goals = Vec::new();
        for at in 0..each.length {
            let Some(element) = self.evaluator.at(&elements, at) else { continue };
            let path = match &element {
                _ if private => alloc::format!("{}[{at}]", each.list.first().map_or("list", |reading| reading.path.as_str())),
                Element::Item(item) => item.path.clone(),
                Element::Term(term) => self.evaluator.path(*term),
                Element::Value(..) => self.evaluator.path_at(list, at),
            };
            let thing = element.thing();
            let before = self.evaluator.bind(level, element, list, at);
            if decided(quantifier, truth, self.truth(body)) {
                goals.extend(thing);
                if each.elements.len() < MOST_ELEMENTS {
                    let step = self.step(body);
                    each.elements.push((path, step));
                } else {
                    each.more = each.more.saturating_add(1);
                }
            }
            self.evaluator.restore(level, before);
        }
        match (self.evaluator.nodes.term(list), truth) {
            (_, Truth::Unknown) => {}
            // Some elements are enough: what led to these.
            (Some(TermOp::Above { of, .. }), _) if suffices(quantifier, truth) => self.add_climb(&mut each.list, of, Some(&goals)),
            (_, Truth::Yes | Truth::No) => self.add_climbs(&mut each.list, &[list]),
        }
        self.push(node, truth, Parts::Each(each))
    }
}
