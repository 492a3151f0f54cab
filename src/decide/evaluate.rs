//! Working out conditions and terms.

use super::datum::Datum;
use super::notes::Notes;
use super::place::{Place, walk};
use super::read;
use super::truth::Truth;
use crate::plan::{NodeId, Nodes, Op, Plan, Run, TermId, TermOp};
use crate::request::{Brought, Request};
use crate::value::{DateTime, Scalar, Value};
use crate::vocabulary::Type;
use alloc::string::String;
use alloc::vec::Vec;

/// Works out conditions of one half of a plan for one request.
pub(super) struct Evaluator<'a, N> {
    pub(super) plan: &'a Plan,
    pub(super) nodes: &'a Nodes,
    pub(super) request: &'a Request,
    pub(super) notes: N,
    /// What slots are worth, once worked out.
    slots: Vec<Option<Datum<'a>>>,
    /// Results that are kept, each with the binding it holds for.
    cells: Vec<Option<(u64, Truth)>>,
    /// What variables are bound to, by level.
    pub(super) bindings: Vec<Option<Binding<'a>>>,
    /// Numbers the bindings; 0 stands for none.
    epoch: u64,
}

/// What a variable is bound to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding<'a> {
    pub(super) element: Element<'a>,
    /// The list it comes from, and its place there: for the paths of needs.
    list: TermId,
    index: usize,
    pub(super) epoch: u64,
}

/// An element of a list of the request, or of the rules.
#[derive(Debug, Clone, Copy)]
pub(super) enum Element<'a> {
    Value(&'a Value, &'a Type),
    Term(TermId),
}

impl<'a, N: Notes> Evaluator<'a, N> {
    pub(super) fn new(plan: &'a Plan, nodes: &'a Nodes, request: &'a Request, notes: N) -> Self {
        Self {
            plan,
            nodes,
            request,
            notes,
            slots: alloc::vec![None; plan.slots.len()],
            cells: alloc::vec![None; nodes.cells as usize],
            bindings: Vec::new(),
            epoch: 0,
        }
    }

    /// Is the condition yes, no or unknown? Where it is unknown, the causes are noted.
    pub(super) fn truth(&mut self, id: NodeId) -> Truth {
        match self.nodes.op(id) {
            None => Truth::Unknown,
            Some(Op::Always(yes)) => yes.into(),
            Some(Op::Not(inner)) => self.truth(inner).not(),
            Some(Op::And(run)) => self.all(run, Truth::No),
            Some(Op::Or(run)) => self.all(run, Truth::Yes),
            Some(Op::Once { cell, level, body }) => self.once(cell, level, body),
            Some(Op::Holds(term)) => self.holds(term),
            Some(Op::Equal(left, right, letters)) => {
                let (left_value, right_value) = (self.datum(left), self.datum(right));
                self.equal(left, left_value, right, right_value, letters)
            }
            Some(Op::Less { left, right, or_equal }) => self.less(left, right, or_equal),
            Some(Op::In(element, list, letters)) => self.is_in(element, list, letters),
            Some(Op::Texts(test, left, right, letters)) => self.texts(test, left, right, letters),
            Some(Op::IsNone(term)) => self.is_none(term),
            Some(Op::IsEmpty(term)) => self.is_empty(term),
            Some(Op::Quantified { quantifier, list, level, body }) => self.quantified(quantifier, list, level, body),
        }
    }

    /// `and` (decided by the first no) or `or` (decided by the first yes).
    fn all(&mut self, run: Run, decisive: Truth) -> Truth {
        let nodes = self.nodes;
        let mark = self.notes.mark();
        let mut result = decisive.not();
        for &child in nodes.children(run) {
            let truth = self.truth(child);
            if truth == decisive {
                self.notes.forget(mark);
                return decisive;
            }
            if truth == Truth::Unknown {
                result = Truth::Unknown;
            }
        }
        result
    }

    fn once(&mut self, cell: u32, level: Option<u16>, body: NodeId) -> Truth {
        let epoch = self.epoch_of(level);
        let at = cell as usize;
        if let Some(&Some((known, truth))) = self.cells.get(at) {
            if known == epoch {
                if truth == Truth::Unknown {
                    self.notes.recall(at);
                }
                return truth;
            }
        }
        let mark = self.notes.mark();
        let truth = self.truth(body);
        if truth == Truth::Unknown {
            self.notes.keep(at, mark);
        }
        if let Some(place) = self.cells.get_mut(at) {
            *place = Some((epoch, truth));
        }
        truth
    }

    /// What a term is worth; where it is unknown, the causes are noted.
    pub(super) fn datum(&mut self, id: TermId) -> Datum<'a> {
        match self.nodes.term(id) {
            None => Datum::Unknown,
            Some(TermOp::Value(at)) => match self.plan.values.get(at as usize) {
                Some(Value::None) => Datum::None,
                Some(value) => read::read_value(self.plan, value, &Type::Any).unwrap_or(Datum::Unknown),
                None => Datum::Unknown,
            },
            Some(TermOp::Slot(at)) => self.slot(at),
            Some(TermOp::Element { level, steps }) => self.element(id, level, steps),
            Some(TermOp::List(run)) => Datum::Written(run),
            Some(TermOp::Cases(run, otherwise)) => self.cases(run, otherwise),
        }
    }

    fn slot(&mut self, at: u32) -> Datum<'a> {
        let known = self.slots.get(at as usize).copied().flatten();
        if let Some(known) = known.filter(|known| !N::LISTENS || !matches!(known, Datum::Unknown)) {
            return known;
        }
        let datum = self.work_out_slot(at);
        if let Some(place) = self.slots.get_mut(at as usize) {
            *place = Some(datum);
        }
        datum
    }

    fn work_out_slot(&mut self, at: u32) -> Datum<'a> {
        let plan = self.plan;
        let Some(slot) = plan.slots.get(at as usize) else { return Datum::Unknown };
        let place = self.slot_place(slot.root, &slot.steps);
        if matches!(place, Place::Missing) && slot.path == "today" {
            return self.today();
        }
        self.read(place, || slot.path.clone())
    }

    /// The day of `now`, in the offset that it is written with.
    fn today(&mut self) -> Datum<'a> {
        let now = match self.request.brought("now") {
            Brought::Value(value @ Value::DateTime(_)) => Place::Value(value, &Type::DateTime),
            Brought::Value(value) if *value != Value::None => Place::Value(value, &Type::DateTime),
            Brought::Value(_) | Brought::Nothing | Brought::Both => Place::Missing,
        };
        match self.read(now, || String::from("now")) {
            Datum::Scalar(Scalar::DateTime(now)) => Datum::Scalar(Scalar::Date(DateTime::date(now))),
            _ => Datum::Unknown,
        }
    }

    fn element(&mut self, id: TermId, level: u16, steps: u32) -> Datum<'a> {
        let plan = self.plan;
        let Some(binding) = self.bindings.get(usize::from(level)).copied().flatten() else { return Datum::Unknown };
        let steps = plan.steps.get(steps as usize).map_or(&[][..], Vec::as_slice);
        let from = match binding.element {
            Element::Value(Value::None, _) => Place::None,
            Element::Value(value, ty) => Place::Value(value, ty),
            Element::Term(term) if steps.is_empty() => return self.datum(term),
            Element::Term(term) => self.term_place(term),
        };
        let place = walk(plan, from, steps);
        let path = N::LISTENS.then(|| self.path(id)).unwrap_or_default();
        self.read(place, || path)
    }

    /// Where the path of a term leads; only paths lead anywhere.
    fn term_place(&self, id: TermId) -> Place<'a> {
        let plan = self.plan;
        match self.nodes.term(id) {
            Some(TermOp::Slot(at)) => plan.slots.get(at as usize).map_or(Place::Missing, |slot| self.slot_place(slot.root, &slot.steps)),
            Some(TermOp::Element { level, steps }) => {
                let steps = plan.steps.get(steps as usize).map_or(&[][..], Vec::as_slice);
                match self.bindings.get(usize::from(level)).copied().flatten().map(|binding| binding.element) {
                    Some(Element::Value(value, ty)) => walk(plan, Place::Value(value, ty), steps),
                    Some(Element::Term(_)) | None => Place::Missing,
                }
            }
            Some(TermOp::Value(_) | TermOp::List(_) | TermOp::Cases(..)) | None => Place::Missing,
        }
    }

    /// What stands at a place; what is unknown there is noted under a path.
    fn read(&mut self, place: Place<'a>, path: impl FnOnce() -> String) -> Datum<'a> {
        match read::read(self.plan, place) {
            Ok(Some(datum)) => datum,
            Ok(None) => {
                self.notes.note(|| super::notes::Cause::Need(path()));
                Datum::Unknown
            }
            Err(fault) => {
                let plan = self.plan;
                self.notes.note(|| fault.cause(plan, &path()));
                Datum::Unknown
            }
        }
    }

    fn cases(&mut self, run: Run, otherwise: TermId) -> Datum<'a> {
        let nodes = self.nodes;
        for &(condition, value) in nodes.cases(run) {
            match self.truth(condition) {
                Truth::Yes => return self.datum(value),
                Truth::No => {}
                Truth::Unknown => return Datum::Unknown,
            }
        }
        self.datum(otherwise)
    }

    /// A term in the words of needs: `requester.committed`, `expense.approvers[0].manager`.
    pub(super) fn path(&self, id: TermId) -> String {
        let plan = self.plan;
        match self.nodes.term(id) {
            Some(TermOp::Slot(at)) => plan.slots.get(at as usize).map_or_else(String::new, |slot| slot.path.clone()),
            Some(TermOp::Element { level, steps }) => {
                let Some(binding) = self.bindings.get(usize::from(level)).copied().flatten() else { return String::new() };
                let from = match binding.element {
                    Element::Value(..) => alloc::format!("{}[{}]", self.path(binding.list), binding.index),
                    Element::Term(term) => self.path(term),
                };
                let steps = plan.steps.get(steps as usize).map_or(&[][..], Vec::as_slice);
                steps.iter().fold(from, |path, step| alloc::format!("{path}.{}", step.name))
            }
            Some(TermOp::Value(at)) => plan.values.get(at as usize).map_or_else(String::new, alloc::string::ToString::to_string),
            Some(TermOp::List(_)) => String::from("list"),
            Some(TermOp::Cases(..)) => String::from("value"),
            None => String::new(),
        }
    }

    /// Binds the variable of a level; gives back what it was bound to, to be restored.
    pub(super) fn bind(&mut self, level: u16, element: Element<'a>, list: TermId, index: usize) -> Option<Binding<'a>> {
        self.epoch = self.epoch.saturating_add(1);
        let at = usize::from(level);
        if self.bindings.len() <= at {
            self.bindings.resize(at.saturating_add(1), None);
        }
        let binding = Binding { element, list, index, epoch: self.epoch };
        self.bindings.get_mut(at).and_then(|place| place.replace(binding))
    }

    /// Binds a level to what it was bound to before.
    pub(super) fn restore(&mut self, level: u16, before: Option<Binding<'a>>) {
        if let Some(place) = self.bindings.get_mut(usize::from(level)) {
            *place = before;
        }
    }
}
