//! What the conditions on an act ask of its facts: the values on whose sides an answer may differ.
//!
//! The other side of a comparison is worked out from the request as it is. A value that is private, or that was worked out
//! from a private one, is left out: whoever reads bounds shows them.

mod facts;
mod fields;
mod solve;
mod walks;

use super::details::covering;
use super::evaluate::Evaluator;
use super::notes::Silent;
use super::outcome::is_known_act;
use super::reads::counted;
use crate::decision::Decision;
use crate::decision::asked::{Asked, Bounds};
use crate::plan::{NodeId, Op, PlanRule, PlanTask, Quantifier, TermId, TermOp};
use crate::value::{Function, Letters, TextTest, Value};
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use fields::Fields;
use walks::Walks;

/// How many conditions and terms are looked at, elements of lists counted each.
const MOST_LOOKS: usize = 200_000;
/// How many elements of a list are looked at one by one.
pub(crate) const MOST_ELEMENTS: usize = 20;

impl Decision<'_> {
    /// What the rules on the act ask of facts, in the author's order.
    pub(crate) fn bounds(&self) -> Bounds {
        let (plan, request, _) = self.parts();
        if !is_known_act(plan, request) {
            return Bounds { whole: true, ..Bounds::default() };
        }
        let rules = covering(plan, request);
        let evaluator = Evaluator::new(plan, &plan.cold, request, Silent);
        let mut finder = Finder {
            evaluator,
            fields: Fields::of(plan),
            found: Bounds { rules: rules.len(), whole: true, ..Bounds::default() },
            by_keys: BTreeMap::new(),
            by_slot: BTreeMap::new(),
            by_leaf: BTreeMap::new(),
            known: BTreeSet::new(),
            nodes: BTreeSet::new(),
            terms: BTreeSet::new(),
            scope: Scope::default(),
            scopes: 0,
            lists: Vec::new(),
            solved: BTreeMap::new(),
            walks: Walks::default(),
            left: MOST_LOOKS,
        };
        for rule in rules.into_iter().filter_map(|at| plan.rules.get(at as usize)) {
            finder.rule(rule);
        }
        finder.walks_behind();
        finder.climb();
        finder.found.slots = finder.by_slot.iter().filter_map(|(&slot, &fact)| Some((slot, fact?))).collect();
        finder.found
    }
}

struct Finder<'a> {
    evaluator: Evaluator<'a, Silent>,
    fields: Fields<'a>,
    found: Bounds,
    by_keys: BTreeMap<Vec<String>, usize>,
    /// The facts of slots; none for a setting.
    by_slot: BTreeMap<u32, Option<usize>>,
    /// The facts of rows of the table of entities to which paths of elements led.
    by_leaf: BTreeMap<TermId, BTreeSet<usize>>,
    /// What was asked of which fact.
    known: BTreeSet<(usize, String)>,
    /// The conditions and the terms that were looked at, in which scope.
    nodes: BTreeSet<(NodeId, usize)>,
    terms: BTreeSet<(TermId, usize)>,
    scope: Scope,
    scopes: usize,
    /// What each variable runs over, by level.
    lists: Vec<Option<Over>>,
    /// How many comparisons with something worked out were looked at, by fact.
    solved: BTreeMap<usize, usize>,
    walks: Walks<'a>,
    left: usize,
}

/// Which elements variables are bound to.
#[derive(Clone, Copy, Default)]
struct Scope {
    /// Its number; 0 is outside of every list.
    number: usize,
    /// Is a variable unbound, standing for an element that might be added? Then only what is asked of it is noted.
    any: bool,
}

/// The list that a variable runs over.
#[derive(Clone, Copy)]
struct Over {
    /// The fact that it is, if it is one.
    list: Option<usize>,
    /// Does the variable stand for an element that might be added?
    any: bool,
}

impl Finder<'_> {
    fn rule(&mut self, rule: &PlanRule) {
        if let Some((_, cold)) = rule.holds.or(rule.closes) {
            self.node(cold);
        }
        for duty in rule.duties.iter().filter(|duty| duty.must) {
            if let PlanTask::Named(_, arguments) = &duty.task {
                // Whatever is known will do.
                for &(_, _, term) in arguments {
                    if self.is_leaf(term) { self.ask(term, Asked::Read) } else { self.term(term) }
                }
            }
        }
    }

    /// Is there anything left of what may be looked at?
    fn look(&mut self) -> bool {
        self.found.whole &= self.left > 0;
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }

    fn node(&mut self, id: NodeId) {
        if !self.nodes.insert((id, self.scope.number)) || !self.look() {
            return;
        }
        match self.evaluator.nodes.op(id) {
            Some(Op::Always(_)) | None => {}
            Some(Op::Not(inner) | Op::Once { body: inner, .. }) => self.node(inner),
            Some(Op::And(run) | Op::Or(run)) => {
                let nodes = self.evaluator.nodes;
                nodes.children(run).iter().for_each(|&child| self.node(child));
            }
            Some(Op::Holds(term)) => self.read(term, Asked::Read),
            Some(Op::IsNone(term) | Op::IsEmpty(term)) => self.read(term, Asked::Presence),
            Some(Op::IsKind(term, _)) => {
                // What the request says of the kind of what is acted on, and of who asks, does not change.
                let is_told = self.evaluator.kind_of_part(term).is_some();
                self.read(term, if is_told { Asked::Read } else { Asked::Elsewhere });
            }
            Some(Op::Equal(left, right, letters)) => {
                self.compared(left, right, None, letters);
                self.compared(right, left, None, letters);
            }
            Some(Op::Less { left, right, .. }) => {
                self.compared(left, right, None, Letters::Exact);
                self.compared(right, left, None, Letters::Exact);
            }
            Some(Op::Texts(test, left, right, letters)) => {
                self.compared(left, right, Some(test), letters);
                // What would make another text of it is not known.
                self.read(right, Asked::Beyond);
            }
            Some(Op::Inside(inner, outer)) => self.inside(id, inner, outer),
            Some(Op::In(element, list, letters)) => self.is_in(element, list, letters),
            Some(Op::Quantified { quantifier, list, level, body }) => {
                self.counts(quantifier, list);
                self.over(list, level, &mut |finder| finder.node(body));
            }
        }
    }

    /// Notes what is asked of a term, or of what it is worked out from.
    fn read(&mut self, term: TermId, asked: Asked) {
        if self.is_leaf(term) {
            self.ask(term, asked);
            return;
        }
        self.term(term);
        if asked == Asked::Elsewhere {
            self.evaluator.leaves_of_term(term).into_iter().for_each(|leaf| self.ask(leaf, Asked::Elsewhere));
        }
    }

    /// A term that is worked out: nothing is known to try of what it reads.
    fn term(&mut self, id: TermId) {
        if !self.terms.insert((id, self.scope.number)) || !self.look() {
            return;
        }
        let nodes = self.evaluator.nodes;
        match nodes.term(id) {
            Some(TermOp::Value(_) | TermOp::Entity(..)) | None => {}
            Some(TermOp::Slot(_) | TermOp::Element { .. }) => self.ask(id, Asked::Beyond),
            Some(TermOp::Once { body, .. }) => self.term(body),
            Some(TermOp::List(run)) => nodes.items(run).iter().for_each(|&item| self.term(item)),
            Some(TermOp::Cases(run, otherwise)) => {
                for &(condition, value) in nodes.cases(run) {
                    self.node(condition);
                    self.term(value);
                }
                self.term(otherwise);
            }
            Some(TermOp::Arithmetic(_, left, right) | TermOp::Span(_, left, right)) => {
                self.term(left);
                self.term(right);
            }
            Some(TermOp::Function(_, of) | TermOp::Bucket(of, _)) => self.term(of),
            Some(TermOp::Above { of, kind, .. }) => self.above(id, of, kind),
            Some(TermOp::Each { list, level, filter, element }) => {
                self.read(list, Asked::Beyond);
                self.each(list, level, filter, element);
            }
        }
    }

    fn each(&mut self, list: TermId, level: u16, filter: Option<NodeId>, element: TermId) {
        self.over(list, level, &mut |finder| {
            if let Some(filter) = filter {
                finder.node(filter);
            }
            // The element itself says nothing of its own.
            if !matches!(finder.evaluator.nodes.term(element), Some(TermOp::Element { level: of, steps }) if of == level && finder.is_whole(steps)) {
                finder.term(element);
            }
        });
    }

    fn is_whole(&self, steps: u32) -> bool {
        self.evaluator.plan.steps.get(steps as usize).is_none_or(Vec::is_empty)
    }

    /// Says that something is asked of each element of a list, with the variable bound to one after another, and then with the
    /// variable unbound, for an element that might be added.
    fn over(&mut self, list: TermId, level: u16, body: &mut dyn FnMut(&mut Self)) {
        self.read(list, Asked::Presence);
        let read = self.is_leaf(list).then(|| self.fact_of(list)).flatten();
        let elements = self.evaluator.datum(list);
        let length = self.evaluator.length(&elements);
        if let (Some(read), true) = (read, length > MOST_ELEMENTS) {
            self.insert(read, Asked::Beyond);
        }
        for at in 0..length.min(MOST_ELEMENTS) {
            let Some(element) = self.evaluator.at(&elements, at) else { continue };
            let before = self.evaluator.bind(level, element, list, at);
            self.within(level, Over { list: read, any: false }, body);
            self.evaluator.restore(level, before);
        }
        if read.is_some() && !self.scope.any {
            self.within(level, Over { list: read, any: true }, body);
        }
    }

    fn within(&mut self, level: u16, over: Over, body: &mut dyn FnMut(&mut Self)) {
        let at = usize::from(level);
        if self.lists.len() <= at {
            self.lists.resize(at.saturating_add(1), None);
        }
        let before = self.lists.get_mut(at).and_then(|place| place.replace(over));
        self.scopes = self.scopes.saturating_add(1);
        let scope = self.scope;
        self.scope = Scope { number: self.scopes, any: scope.any || over.any };
        body(self);
        self.scope = scope;
        if let Some(place) = self.lists.get_mut(at) {
            *place = before;
        }
    }

    /// How many elements are wanted.
    fn counts(&mut self, quantifier: Quantifier, list: TermId) {
        let Some(count) = counted(quantifier) else { return };
        self.read(count, Asked::Beyond);
        self.counted(list, count);
    }

    /// A list, and the number that its elements are counted against.
    fn counted(&mut self, list: TermId, count: TermId) {
        match self.value(count) {
            Some(count) => self.ask(list, Asked::Count(count)),
            None => self.ask(list, Asked::Beyond),
        }
        if self.is_open(count) {
            self.ask(list, Asked::Beyond);
        }
    }

    /// One side of a comparison, with the other as its bound.
    fn compared(&mut self, term: TermId, other: TermId, test: Option<TextTest>, letters: Letters) {
        if self.is_leaf(term) {
            let asked = self.against(other, test, letters);
            asked.into_iter().for_each(|asked| self.ask(term, asked));
            return;
        }
        if let Some((list, each)) = self.is_count(term) {
            self.counted(list, other);
            match each {
                Some((level, filter, element)) => self.each(list, level, filter, element),
                None => self.read(list, Asked::Read),
            }
            return;
        }
        self.term(term);
        self.solved(term, other);
    }

    /// What is asked of a fact that is compared with a term.
    fn against(&mut self, other: TermId, test: Option<TextTest>, letters: Letters) -> Vec<Asked> {
        let mut found = alloc::vec![Asked::Read];
        match (self.value(other), test, letters) {
            (Some(Value::Text(text)), Some(test), _) => found.push(Asked::Text(Some(test), letters, text)),
            (Some(Value::Text(text)), None, Letters::IgnoringCase) => found.push(Asked::Text(None, letters, text)),
            (Some(value), ..) => found.push(Asked::Value(value)),
            (None, ..) if self.evaluator.is_private(other) => found.push(Asked::Beyond),
            (None, ..) => {}
        }
        if self.is_open(other) {
            let with = self.is_leaf(other).then(|| self.fact_of(other)).flatten();
            let with = with.filter(|_| !self.scope.any).and_then(|at| self.found.facts.get(at));
            found.push(with.map_or(Asked::Beyond, |fact| Asked::With(fact.keys.clone())));
        }
        found
    }

    /// The list of which a term is the number of elements, and how its elements are chosen.
    #[allow(clippy::type_complexity)] // a variable's level, its filter and its element
    fn is_count(&self, term: TermId) -> Option<(TermId, Option<(u16, Option<NodeId>, TermId)>)> {
        let Some(TermOp::Function(Function::Count, of)) = self.evaluator.nodes.term(term) else { return None };
        if self.is_leaf(of) {
            return Some((of, None));
        }
        let Some(TermOp::Each { list, level, filter, element }) = self.evaluator.nodes.term(of) else { return None };
        self.is_leaf(list).then_some((list, Some((level, filter, element))))
    }

    fn is_in(&mut self, element: TermId, list: TermId, letters: Letters) {
        if let Some(TermOp::List(run)) = self.evaluator.nodes.behind_names(list) {
            let nodes = self.evaluator.nodes;
            for &item in nodes.items(run) {
                self.compared(element, item, None, letters);
                self.compared(item, element, None, letters);
            }
            return;
        }
        if self.is_leaf(element) {
            let open = if self.is_open(list) { Some(Asked::Beyond) } else { None };
            let known = match self.value(list) {
                Some(Value::List(items)) => items.into_iter().map(Asked::Value).collect(),
                Some(other) => alloc::vec![Asked::Value(other)],
                None => Vec::new(),
            };
            let asked = core::iter::once(Asked::Read).chain(known).chain(open);
            asked.collect::<Vec<_>>().into_iter().for_each(|asked| self.ask(element, asked));
        } else {
            self.term(element);
        }
        if self.is_leaf(list) {
            self.ask(list, Asked::Presence);
            for asked in self.against(element, None, letters) {
                self.ask(list, Asked::Element(Vec::new(), Box::new(asked)));
            }
        } else {
            self.term(list);
        }
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
}
