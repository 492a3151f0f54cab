//! Working out conditions and terms.

use super::datum::{Datum, Entity, Id, Item};
use super::entities::World;
use super::notes::Notes;
use super::place::Place;
use super::read;
use super::truth::Truth;
use crate::plan::{NodeId, Nodes, Op, Plan, Run, SlotRoot, TermId, TermOp};
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
    /// What the rules call the act that is asked about.
    pub(super) act: (&'a str, Option<&'a str>),
    pub(super) notes: N,
    /// What slots are worth, once worked out.
    slots: Vec<Option<Datum<'a>>>,
    /// Results that are kept, each with the binding it holds for.
    cells: Vec<Option<(u64, Truth)>>,
    /// What constants are worth, once worked out.
    constants: Vec<Option<Datum<'a>>>,
    /// What variables are bound to, by level.
    pub(super) bindings: Vec<Option<Binding<'a>>>,
    /// Numbers the bindings; 0 stands for none.
    epoch: u64,
}

/// What a variable is bound to.
#[derive(Debug, Clone)]
pub(super) struct Binding<'a> {
    pub(super) element: Element<'a>,
    /// The list it comes from, and its place there: for the paths of needs.
    pub(super) list: TermId,
    pub(super) index: usize,
    pub(super) epoch: u64,
}

/// An element of a list of the request, of the rules, or of one that was worked out.
#[derive(Debug, Clone)]
pub(super) enum Element<'a> {
    Value(&'a Value, &'a Type),
    Term(TermId),
    Item(Item<'a>),
}

impl<'a> Element<'a> {
    /// The thing that it is, where it was worked out.
    pub(super) fn thing(&self) -> Option<Entity<'a>> {
        match self {
            Element::Item(Item { datum: Datum::Entity(entity), .. }) => Some(*entity),
            Element::Item(_) | Element::Value(..) | Element::Term(_) => None,
        }
    }
}

impl<'a, N: Notes> Evaluator<'a, N> {
    pub(super) fn new(plan: &'a Plan, nodes: &'a Nodes, request: &'a Request, notes: N) -> Self {
        Self {
            plan,
            nodes,
            request,
            act: plan.named(request.action(), request.thing()),
            notes,
            slots: alloc::vec![None; plan.slots.len()],
            cells: alloc::vec![None; nodes.cells as usize],
            constants: Vec::new(),
            bindings: Vec::new(),
            epoch: 0,
        }
    }

    /// Is the condition yes, no or unknown? Where it is unknown, the causes are noted; where it is known, nothing is: what was
    /// unknown on the way did not matter.
    pub(super) fn truth(&mut self, id: NodeId) -> Truth {
        let mark = self.notes.mark();
        let truth = self.judge(id);
        if truth != Truth::Unknown {
            self.notes.forget(mark);
        }
        truth
    }

    fn judge(&mut self, id: NodeId) -> Truth {
        match self.nodes.op(id) {
            None => Truth::Unknown,
            Some(Op::Always(yes)) => yes.into(),
            Some(Op::Not(inner)) => self.truth(inner).not(),
            Some(Op::And(run)) => self.all(run, Truth::No),
            Some(Op::Or(run)) => self.all(run, Truth::Yes),
            Some(Op::Once { cell, level, body }) => self.once(cell, level, body),
            Some(Op::Holds(term)) => self.holds(term),
            Some(Op::Equal(left, right, letters)) => {
                let (left_value, right_value) = (self.whole(left), self.whole(right));
                self.equal(left, &left_value, right, &right_value, letters)
            }
            Some(Op::Less { left, right, or_equal }) => self.less(left, right, or_equal),
            Some(Op::In(element, list, letters)) => self.is_in(element, list, letters),
            Some(Op::Texts(test, left, right, letters)) => self.texts(test, left, right, letters),
            Some(Op::IsNone(term)) => self.is_none(term),
            Some(Op::IsEmpty(term)) => self.is_empty(term),
            Some(Op::Inside(inner, outer)) => self.inside(inner, outer),
            Some(Op::IsKind(term, kind)) => self.is_kind(term, kind),
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
        if let Some(&Some((known, truth))) = self.cells.get(at)
            && known == epoch
        {
            if truth == Truth::Unknown {
                self.notes.recall(at);
            }
            return truth;
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

    fn constant(&mut self, cell: u32, body: TermId) -> Datum<'a> {
        let at = cell as usize;
        if let Some(Some(known)) = self.constants.get(at) {
            if matches!(known, Datum::Unknown) {
                self.notes.recall(at);
            }
            return known.clone();
        }
        let mark = self.notes.mark();
        let datum = self.datum(body);
        if matches!(datum, Datum::Unknown) {
            self.notes.keep(at, mark);
        }
        if self.constants.is_empty() {
            self.constants = alloc::vec![None; self.nodes.cells as usize];
        }
        if let Some(place) = self.constants.get_mut(at) {
            *place = Some(datum.clone());
        }
        datum
    }

    pub(super) fn world(&self) -> World<'a> {
        World { plan: self.plan, request: self.request }
    }

    /// What a term is worth; where it is unknown, the causes are noted.
    pub(super) fn datum(&mut self, id: TermId) -> Datum<'a> {
        let plan = self.plan;
        match self.nodes.term(id) {
            None => Datum::Unknown,
            Some(TermOp::Value(at)) => match plan.values.get(at as usize) {
                Some(Value::None) => Datum::None,
                Some(value) => read::read_value(self.world(), value, &Type::Any).unwrap_or(Datum::Unknown),
                None => Datum::Unknown,
            },
            Some(TermOp::Slot(at)) => self.slot(at),
            Some(TermOp::Element { level, steps }) => self.element(id, level, steps),
            Some(TermOp::Once { cell, body, .. }) => self.constant(cell, body),
            Some(TermOp::List(run)) => Datum::Written(run),
            Some(TermOp::Cases(run, otherwise)) => self.cases(run, otherwise),
            Some(TermOp::Arithmetic(operator, left, right)) => self.arithmetic(id, operator, left, right),
            Some(TermOp::Function(function, of)) => self.function(function, of),
            Some(TermOp::Bucket(of, salt)) => self.bucket(of, salt),
            Some(TermOp::Span(unit, from, to)) => self.span(unit, from, to),
            Some(TermOp::Each { list, level, filter, element }) => self.each(list, level, filter, element),
            Some(TermOp::Entity(kind, at)) => match plan.values.get(at as usize) {
                Some(Value::Text(id)) => {
                    Datum::Entity(Entity { kind: self.world().key(kind), id: Some(Id::Text(id)), object: None, record: None })
                }
                Some(_) | None => Datum::Unknown,
            },
            Some(TermOp::Above { of, itself, kind }) => self.above(of, itself, kind),
        }
    }

    fn slot(&mut self, at: u32) -> Datum<'a> {
        let known = self.slots.get(at as usize).and_then(Option::as_ref);
        if let Some(known) = known.filter(|known| !N::LISTENS || !matches!(known, Datum::Unknown)) {
            return known.clone();
        }
        let datum = self.work_out_slot(at);
        if let Some(place) = self.slots.get_mut(at as usize) {
            *place = Some(datum.clone());
        }
        datum
    }

    fn work_out_slot(&mut self, at: u32) -> Datum<'a> {
        let plan = self.plan;
        let Some(slot) = plan.slots.get(at as usize) else { return Datum::Unknown };
        let place = self.world().slot(slot.root, &slot.steps);
        if matches!(place, Place::Missing) && slot.path == "today" {
            return self.today();
        }
        let path = if N::LISTENS { self.slot_path(at) } else { String::new() };
        self.read(place, || path)
    }

    /// A slot's path in the words of needs: `resource` and `subject` by the name of what they are.
    pub(super) fn slot_path(&self, at: u32) -> String {
        let plan = self.plan;
        let Some(slot) = plan.slots.get(at as usize) else { return String::new() };
        let name = match slot.root {
            SlotRoot::Fact(_) | SlotRoot::Setting(_) => return slot.path.clone(),
            SlotRoot::Resource => self.request.thing(),
            SlotRoot::Subject => {
                let world = self.world();
                self.request.subject_kind().or_else(|| world.the_actor()).or_else(|| world.actors().next())
            }
        };
        match (name, slot.path.split_once('.')) {
            (Some(name), Some((_, rest))) => alloc::format!("{}.{rest}", plan.kind_called(name)),
            (Some(name), None) => plan.kind_called(name).into(),
            (None, _) => slot.path.clone(),
        }
    }

    /// The day of `now`, in the offset that it is written with.
    fn today(&mut self) -> Datum<'a> {
        let now = match self.request.brought("now") {
            Brought::Value(value @ Value::DateTime(_)) => Place::Value(value, &Type::DateTime),
            Brought::Value(value) if *value != Value::None => Place::Value(value, &Type::DateTime),
            Brought::Value(_) | Brought::Nothing | Brought::Both => Place::Missing,
        };
        let Datum::Scalar(Scalar::DateTime(now)) = self.read(now, || String::from("now")) else { return Datum::Unknown };
        Datum::Scalar(Scalar::Date(DateTime::date(now)))
    }

    fn element(&mut self, id: TermId, level: u16, steps: u32) -> Datum<'a> {
        let plan = self.plan;
        let Some(binding) = self.binding(level) else { return Datum::Unknown };
        let steps = plan.steps.get(steps as usize).map_or(&[][..], Vec::as_slice);
        let from = match &binding.element {
            // One that cannot be used is read again where it stands, so that it is named.
            Element::Item(item) if steps.is_empty() && !(matches!(item.datum, Datum::Unknown) && item.place.is_some()) => {
                return item.datum.clone();
            }
            Element::Term(term) if steps.is_empty() => {
                let term = *term;
                return self.datum(term);
            }
            Element::Value(..) | Element::Item(_) | Element::Term(_) => self.element_place(&binding.element),
        };
        let place = self.world().walk(from, steps);
        let path = if N::LISTENS { self.path(id) } else { Default::default() };
        self.read(place, || path)
    }

    pub(super) fn binding(&self, level: u16) -> Option<&Binding<'a>> {
        self.bindings.get(usize::from(level)).and_then(Option::as_ref)
    }

    pub(super) fn element_place(&self, element: &Element<'a>) -> Place<'a> {
        match element {
            Element::Value(Value::None, _) => Place::None,
            Element::Value(value, ty) => Place::Value(value, ty),
            Element::Term(term) => self.term_place(*term),
            Element::Item(item) => match (item.place, &item.datum) {
                (Some((Value::None, _)), _) => Place::None,
                (Some((value, ty)), _) => Place::Value(value, ty),
                (None, Datum::Entity(entity)) => Place::Entity(*entity),
                (None, Datum::None | Datum::Null) => Place::None,
                (None, _) => Place::Missing,
            },
        }
    }

    /// Where the path of a term leads; only paths and entities lead anywhere.
    pub(super) fn term_place(&self, id: TermId) -> Place<'a> {
        let plan = self.plan;
        match self.nodes.term(id) {
            Some(TermOp::Slot(at)) => plan.slots.get(at as usize).map_or(Place::Missing, |slot| self.world().slot(slot.root, &slot.steps)),
            Some(TermOp::Element { level, steps }) => {
                let steps = plan.steps.get(steps as usize).map_or(&[][..], Vec::as_slice);
                self.binding(level).map_or(Place::Missing, |binding| self.world().walk(self.element_place(&binding.element), steps))
            }
            Some(
                TermOp::Value(_)
                | TermOp::Once { .. }
                | TermOp::List(_)
                | TermOp::Cases(..)
                | TermOp::Arithmetic(..)
                | TermOp::Function(..)
                | TermOp::Bucket(..)
                | TermOp::Span(..)
                | TermOp::Each { .. }
                | TermOp::Entity(..)
                | TermOp::Above { .. },
            )
            | None => Place::Missing,
        }
    }

    /// What stands at a place; what is unknown there is noted under a path.
    fn read(&mut self, place: Place<'a>, path: impl FnOnce() -> String) -> Datum<'a> {
        match read::read(self.world(), place) {
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
            Some(TermOp::Slot(at)) => self.slot_path(at),
            Some(TermOp::Element { level, steps }) => {
                let Some(binding) = self.binding(level) else { return String::new() };
                let from = match &binding.element {
                    Element::Value(..) => alloc::format!("{}[{}]", self.path(binding.list), binding.index),
                    Element::Term(term) => self.path(*term),
                    Element::Item(item) => item.path.clone(),
                };
                let steps = plan.steps.get(steps as usize).map_or(&[][..], Vec::as_slice);
                steps.iter().fold(from, |path, step| alloc::format!("{path}.{}", step.name))
            }
            Some(TermOp::Value(at)) => plan.values.get(at as usize).map_or_else(String::new, alloc::string::ToString::to_string),
            Some(TermOp::Entity(kind, at)) => {
                let id = plan.values.get(at as usize).map_or_else(String::new, alloc::string::ToString::to_string);
                alloc::format!("{} {id}", plan.vocabulary.kind_name(kind))
            }
            Some(TermOp::Function(function, of)) => alloc::format!("{} of {}", function.name(), self.path(of)),
            Some(TermOp::Bucket(of, _)) => alloc::format!("bucket of {}", self.path(of)),
            Some(TermOp::Span(unit, from, to)) => alloc::format!("{} from {} to {}", unit.name(), self.path(from), self.path(to)),
            Some(TermOp::Arithmetic(operator, left, right)) => {
                alloc::format!("{} {} {}", self.path(left), operator.sign(), self.path(right))
            }
            Some(TermOp::Each { list, .. } | TermOp::Above { of: list, .. }) => self.path(list),
            Some(TermOp::Once { name, .. }) => match plan.values.get(name as usize) {
                Some(Value::Text(name)) => name.clone(),
                Some(_) | None => String::new(),
            },
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
