//! The cold half: the program flattened, in the author's order.
//!
//! Nothing is shared but definitions and constants: the body of each is written once for each subject that it is used for,
//! with the subject's path in place of the parameter, so that a need names what the request lacks
//! (`document.owner.roles`, not `user.roles`).

use super::opened::Opened;
use crate::limits::Limits;
use crate::plan::{
    Atom, NodeId, Nodes, Op, Origin, Plan, PlanDuty, PlanRule, PlanTask, Quantifier, Run, Slot, SlotRoot, Step, TermId, TermOp,
};
use crate::program::{self, Duty, Formula, FormulaNode, Path, Program, Range, Root, Rule, Task, Term, TermNode, Verb};
use crate::source::{Sources, Span};
use crate::value::{Function, Operator, Value};
use crate::vocabulary::{Field, Presence, Type};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::collections::HashMap;

/// The cold half while it is written.
pub(super) struct Lower<'p> {
    pub(super) program: &'p Program,
    limit: usize,
    pub(super) nodes: Nodes,
    origins: Vec<Origin>,
    pub(super) slots: Vec<Slot>,
    slot_of: BTreeMap<Path, u32>,
    values: Vec<Value>,
    value_of: HashMap<(Value, i16), u32>,
    steps: Vec<Vec<Step>>,
    steps_of: HashMap<(Type, Vec<program::Step>), u32>,
    pub(super) rules: Vec<PlanRule>,
    pub(super) opened: Opened,
    /// The node of each quantifier that stands in a rule itself.
    pub(super) quantifier_of: HashMap<program::VariableId, NodeId>,
    pub(super) quantifiers: Vec<u64>,
    pub(super) owner: u32,
    place: u32,
    span: Span,
    /// The variables in scope: which quantifier each is of.
    pub(super) levels: Vec<program::VariableId>,
    /// What the parameters of the definition being opened stand for.
    pub(super) parameters: Vec<Path>,
}

impl<'p> Lower<'p> {
    pub(super) fn new(program: &'p Program, limits: &Limits) -> Self {
        Self {
            program,
            limit: limits.plan_nodes,
            nodes: Nodes::default(),
            origins: Vec::new(),
            slots: Vec::new(),
            slot_of: BTreeMap::new(),
            values: Vec::new(),
            value_of: HashMap::new(),
            steps: Vec::new(),
            steps_of: HashMap::new(),
            rules: Vec::new(),
            opened: Opened::default(),
            quantifier_of: HashMap::new(),
            quantifiers: Vec::new(),
            owner: 0,
            place: 0,
            span: Span::default(),
            levels: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// From now on nodes belong to this rule.
    pub(super) fn begin(&mut self, owner: usize, span: Span) {
        self.owner = number(owner);
        self.place = 0;
        self.span = span;
    }

    /// Belongs to another owner for a while; gives back where it was.
    pub(super) fn switch(&mut self, owner: u32, place: u32) -> (u32, u32) {
        (core::mem::replace(&mut self.owner, owner), core::mem::replace(&mut self.place, place))
    }

    /// Has it outgrown the limit?
    pub(super) fn is_full(&self) -> bool {
        self.nodes.ops.len().saturating_add(self.nodes.terms.len()) > self.limit
    }

    pub(super) fn finish(self, program: &Program, settings: Vec<Value>, sources: &Arc<Sources>, limits: &Limits) -> Plan {
        let joins = self.nodes.terms.iter().filter(|term| matches!(term, TermOp::Arithmetic(Operator::Plus | Operator::Join, ..))).count();
        let mut kind_keys: Vec<(String, Type)> = Vec::new();
        for (id, kind) in program.vocabulary.ids().filter(|(_, kind)| kind.declared || kind.named) {
            kind_keys.push((kind.key.clone(), Type::Kind(id)));
        }
        kind_keys.sort_by(|left, right| right.0.len().cmp(&left.0.len()).then_with(|| left.0.cmp(&right.0)));
        let kinds = program.vocabulary.kinds.iter().filter(|kind| kind.key != kind.name);
        let mut foreign_kinds: Vec<(String, String)> = kinds.map(|kind| (kind.key.clone(), kind.name.clone())).collect();
        foreign_kinds.sort();
        Plan {
            foreign_kinds,
            joins: joins as u64,
            written: self.nodes.items.len() as u64,
            kind_keys,
            cold: self.nodes,
            origins: self.origins,
            slots: self.slots,
            values: self.values,
            steps: self.steps,
            rules: self.rules,
            vocabulary: program.vocabulary.clone(),
            settings,
            quantifiers: self.quantifiers,
            visits: limits.visits,
            reasons: limits.reasons,
            needs: limits.needs,
            findings: limits.findings,
            tries: limits.tries,
            sources: Arc::clone(sources),
            ..Plan::default()
        }
    }

    /// A rule as a grant, a limit, a prohibition or a bond. Until the hot half is made, both roots are the cold one.
    pub(super) fn rule(&mut self, rule: &'p Rule) -> PlanRule {
        let applies = self.applies(rule);
        let (holds, closes) = match rule.verb {
            Verb::Allow | Verb::Must | Verb::Should => (Some(applies), None),
            Verb::Never => (None, Some(applies)),
            Verb::OnlyIf => (Some(self.condition(rule)), None),
            Verb::Requires => {
                let condition = self.condition(rule);
                let fails = self.push(Op::Not(condition), rule.words);
                (None, Some(self.all(&[applies, fails], rule.words)))
            }
        };
        let both = |node: Option<NodeId>| node.map(|node| (node, node));
        PlanRule {
            id: rule.id.clone(),
            verb: rule.verb,
            acts: rule.acts.clone(),
            holds: both(holds),
            closes: both(closes),
            because: rule.because.as_ref().map(|text| self.text(text)),
            otherwise: rule.otherwise.as_ref().map(|text| self.text(text)),
            duties: rule.duties.iter().map(|duty| self.duty(duty)).collect(),
            otherwise_duties: rule.otherwise_duties.iter().map(|duty| self.duty(duty)).collect(),
            span: rule.span,
            words: rule.words,
        }
    }

    fn condition(&mut self, rule: &'p Rule) -> NodeId {
        match &rule.condition {
            Some(condition) => self.formula(condition),
            None => self.push(Op::Always(true), rule.words),
        }
    }

    /// `if` holds and `unless` does not.
    fn applies(&mut self, rule: &'p Rule) -> NodeId {
        let mut parts = Vec::new();
        if let Some(when) = &rule.when {
            parts.push(self.formula(when));
        }
        if let Some(unless) = &rule.unless {
            let unless_node = self.formula(unless);
            parts.push(self.push(Op::Not(unless_node), unless.span));
        }
        match parts.as_slice() {
            [] => self.push(Op::Always(true), rule.words),
            [one] => *one,
            several => self.all(several, rule.words),
        }
    }

    pub(super) fn all(&mut self, parts: &[NodeId], span: Span) -> NodeId {
        let run = self.run(parts);
        self.push(Op::And(run), span)
    }

    pub(super) fn run(&mut self, parts: &[NodeId]) -> Run {
        let run = Run { start: number(self.nodes.children.len()), len: number(parts.len()) };
        self.nodes.children.extend_from_slice(parts);
        run
    }

    pub(super) fn push(&mut self, op: Op, span: Span) -> NodeId {
        let id = NodeId(number(self.nodes.ops.len()));
        self.nodes.ops.push(op);
        self.origins.push(Origin { span, atom: Atom { owner: self.owner, place: self.place } });
        self.place = self.place.saturating_add(1);
        id
    }

    /// Writes a formula down, its parts first.
    pub(super) fn formula(&mut self, formula: &'p Formula) -> NodeId {
        if self.is_full() {
            // The plan is refused as soon as the rule is done; what stands here is never decided with.
            return self.push(Op::Always(false), formula.span);
        }
        let op = match &formula.node {
            FormulaNode::Always(yes) => Op::Always(*yes),
            FormulaNode::Not(inner) => Op::Not(self.formula(inner)),
            FormulaNode::And(all) => Op::And(self.formulas(all)),
            FormulaNode::Or(all) => Op::Or(self.formulas(all)),
            FormulaNode::Holds(term) => Op::Holds(self.term(term)),
            FormulaNode::Equal(left, right, letters) => {
                if self.may_be_list(left) && self.may_be_list(right) {
                    self.looks_at_elements(1);
                }
                Op::Equal(self.term(left), self.term(right), *letters)
            }
            FormulaNode::Less { left, right, or_equal } => Op::Less { left: self.term(left), right: self.term(right), or_equal: *or_equal },
            FormulaNode::In(element, list, letters) => {
                if !self.levels.is_empty() {
                    self.looks_at_elements(0);
                }
                Op::In(self.term(element), self.term(list), *letters)
            }
            FormulaNode::Texts(test, left, right, letters) => Op::Texts(*test, self.term(left), self.term(right), *letters),
            FormulaNode::IsNone(term) => Op::IsNone(self.term(term)),
            FormulaNode::IsEmpty(term) => Op::IsEmpty(self.term(term)),
            FormulaNode::Inside(inner, outer) => {
                self.looks_at_elements(0);
                Op::Inside(self.term(inner), self.term(outer))
            }
            FormulaNode::IsKind(term, kind) => Op::IsKind(self.term(term), *kind),
            FormulaNode::Quantified(quantified) => {
                let op = self.quantified(quantified);
                let node = self.push(op, formula.span);
                self.quantifier_of.insert(quantified.variable, node);
                return node;
            }
            FormulaNode::Defined(id, subject, object) => return self.defined(*id, subject, object.as_ref(), formula.span),
            FormulaNode::Constant(id) => return self.condition_constant(*id, formula.span),
        };
        self.push(op, formula.span)
    }

    fn formulas(&mut self, formulas: &'p [Formula]) -> Run {
        let nodes: Vec<NodeId> = formulas.iter().map(|formula| self.formula(formula)).collect();
        self.run(&nodes)
    }

    fn quantified(&mut self, quantified: &'p program::Quantified) -> Op {
        let quantifier = match &quantified.quantifier {
            program::Quantifier::Any => Quantifier::Any,
            program::Quantifier::Every => Quantifier::Every,
            program::Quantifier::No => Quantifier::No,
            program::Quantifier::AtLeast(count) => Quantifier::AtLeast(self.term(count)),
            program::Quantifier::AtMost(count) => Quantifier::AtMost(self.term(count)),
            program::Quantifier::Exactly(count) => Quantifier::Exactly(self.term(count)),
        };
        let list = match &quantified.range {
            Range::List(list) => self.term(list),
            Range::Above { of, itself, kind } => {
                let of = self.term(of);
                self.push_term(TermOp::Above { of, itself: *itself, kind: *kind })
            }
        };
        self.looks_at_elements(0);
        let level = self.level();
        self.levels.push(quantified.variable);
        let body = self.formula(&quantified.body);
        self.levels.pop();
        Op::Quantified { quantifier, list, level, body }
    }

    pub(super) fn term(&mut self, term: &'p Term) -> TermId {
        let op = match &term.node {
            TermNode::Literal(value) => self.value(value),
            TermNode::Path(path) => self.path(path),
            TermNode::List(items) => {
                let terms: Vec<TermId> = items.iter().map(|item| self.term(item)).collect();
                let run = Run { start: number(self.nodes.items.len()), len: number(terms.len()) };
                self.nodes.items.extend_from_slice(&terms);
                TermOp::List(run)
            }
            TermNode::Constant(id) => return self.value_constant(*id),
            TermNode::Arithmetic(operator, left, right) => TermOp::Arithmetic(*operator, self.term(left), self.term(right)),
            TermNode::Function(function, of) => {
                if function.is_of_list() {
                    self.looks_at_elements(usize::from(*function == Function::Distinct));
                }
                TermOp::Function(*function, self.term(of))
            }
            TermNode::Bucket(of, salt) => TermOp::Bucket(self.term(of), self.value_at(&Value::Text(salt.clone()))),
            TermNode::Span(unit, from, to) => TermOp::Span(*unit, self.term(from), self.term(to)),
            TermNode::Each(each) => self.each(each),
            TermNode::Entity(kind, id) => TermOp::Entity(*kind, self.value_at(&Value::Text(id.clone()))),
        };
        self.push_term(op)
    }

    fn each(&mut self, each: &'p program::Each) -> TermOp {
        let list = self.term(&each.list);
        self.looks_at_elements(0);
        let level = self.level();
        self.levels.push(each.variable);
        let filter = each.filter.as_ref().map(|filter| self.formula(filter));
        let element = self.term(&each.element);
        self.levels.pop();
        TermOp::Each { list, level, filter, element }
    }

    pub(super) fn push_term(&mut self, op: TermOp) -> TermId {
        let id = TermId(number(self.nodes.terms.len()));
        self.nodes.terms.push(op);
        id
    }

    pub(super) fn cases(&mut self, cases: &'p [(Formula, Term)], otherwise: &'p Term) -> TermOp {
        let made: Vec<(NodeId, TermId)> = cases.iter().map(|(condition, value)| (self.formula(condition), self.term(value))).collect();
        let otherwise = self.term(otherwise);
        let run = Run { start: number(self.nodes.cases.len()), len: number(made.len()) };
        self.nodes.cases.extend(made);
        TermOp::Cases(run, otherwise)
    }

    fn value(&mut self, value: &Value) -> TermOp {
        TermOp::Value(self.value_at(value))
    }

    pub(super) fn value_at(&mut self, value: &Value) -> u32 {
        // Two date-times that name one instant are equal, and have another time of day each.
        let offset = if let Value::DateTime(at) = value { at.offset_minutes() } else { 0 };
        let key = (value.clone(), offset);
        if let Some(&at) = self.value_of.get(&key) {
            return at;
        }
        let at = number(self.values.len());
        self.values.push(value.clone());
        self.value_of.insert(key, at);
        at
    }

    /// A path, with the subject's path in place of a parameter.
    fn path(&mut self, path: &Path) -> TermOp {
        let path = self.resolved(path);
        match &path.root {
            Root::Variable(id) => {
                let level = self.levels.iter().rposition(|known| known == id).unwrap_or(0);
                let ty = self.program.variable(*id).map_or(Type::Any, |variable| variable.ty.clone());
                TermOp::Element { level: u16::try_from(level).unwrap_or(u16::MAX), steps: self.steps_below(&ty, path.steps) }
            }
            Root::Fact(_) | Root::Setting(_) | Root::Parameter(_) | Root::Resource | Root::Subject => TermOp::Slot(self.slot(path)),
        }
    }

    fn steps_below(&mut self, ty: &Type, steps: Vec<program::Step>) -> u32 {
        let key = (ty.clone(), steps);
        if let Some(&at) = self.steps_of.get(&key) {
            return at;
        }
        let at = number(self.steps.len());
        self.steps.push(self.steps_from(ty, &key.1));
        self.steps_of.insert(key, at);
        at
    }

    /// The steps from something of a type.
    fn steps_from(&self, ty: &Type, steps: &[program::Step]) -> Vec<Step> {
        let mut ty = ty.clone();
        let mut made = Vec::with_capacity(steps.len());
        for step in steps {
            let step = self.step(&ty, step);
            ty = step.ty.clone();
            made.push(step);
        }
        made
    }

    /// The path without parameters.
    pub(super) fn resolved(&self, path: &Path) -> Path {
        match &path.root {
            Root::Parameter(at) => match self.parameters.get(usize::from(*at)) {
                Some(subject) => Path { root: subject.root.clone(), steps: subject.steps.iter().chain(&path.steps).cloned().collect() },
                None => path.clone(),
            },
            Root::Fact(_) | Root::Setting(_) | Root::Variable(_) | Root::Resource | Root::Subject => path.clone(),
        }
    }

    fn slot(&mut self, path: Path) -> u32 {
        if let Some(&at) = self.slot_of.get(&path) {
            return at;
        }
        let vocabulary = &self.program.vocabulary;
        let of = |field: Option<&Field>| {
            field.map_or((String::new(), Type::Any, false), |field| (field.name.clone(), field.ty.clone(), field.private))
        };
        let (root, (name, ty, private)) = match &path.root {
            Root::Setting(at) => (SlotRoot::Setting(*at), of(vocabulary.settings.get(*at as usize))),
            Root::Fact(at) => (SlotRoot::Fact(*at), of(vocabulary.facts.get(*at as usize))),
            Root::Resource => (SlotRoot::Resource, (String::from("resource"), Type::Any, false)),
            Root::Subject => (SlotRoot::Subject, (String::from("subject"), Type::Any, false)),
            Root::Variable(_) | Root::Parameter(_) => (SlotRoot::Fact(u32::MAX), of(None)),
        };
        let steps = self.steps_from(&ty, &path.steps);
        let written = steps.iter().fold(shown(&name), |written, step| alloc::format!("{written}.{}", shown(&step.name)));
        let private = private || steps.iter().any(|step| step.private);
        let at = number(self.slots.len());
        self.slots.push(Slot { root, steps, path: written, private });
        self.slot_of.insert(path, at);
        at
    }

    fn step(&self, of: &Type, step: &program::Step) -> Step {
        match step {
            program::Step::Field(kind, at) => match self.program.field(*kind, *at) {
                Some(Field { name, key, ty, presence, private, .. }) => Step {
                    name: name.clone(),
                    key: key.clone(),
                    presence: presence.clone(),
                    ty: ty.clone(),
                    of: Some(*kind),
                    private: *private,
                },
                None => Step {
                    name: String::new(),
                    key: String::new(),
                    presence: Presence::Required,
                    ty: Type::Any,
                    of: Some(*kind),
                    private: false,
                },
            },
            program::Step::Key(key) => {
                let ty = if let Type::Map(element) = of { (**element).clone() } else { Type::Any };
                Step { name: key.clone(), key: key.clone(), presence: Presence::Optional, ty, of: None, private: false }
            }
        }
    }

    fn duty(&mut self, duty: &'p Duty) -> PlanDuty {
        let task = match &duty.task {
            Task::Named(name, arguments) => {
                let arguments = arguments.iter().map(|(key, term)| {
                    let term = self.term(term);
                    (key.clone(), term, term)
                });
                PlanTask::Named(name.clone(), arguments.collect())
            }
            Task::Told(text) => PlanTask::Told(self.text(text)),
        };
        PlanDuty { must: duty.must, task }
    }
}

/// A name as the language writes it: in backticks where it is no word.
pub(super) fn shown(name: &str) -> String {
    let mut chars = name.chars();
    let word = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        && !name.ends_with('-');
    if word { name.into() } else { alloc::format!("`{name}`") }
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
