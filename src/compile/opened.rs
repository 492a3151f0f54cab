//! Definitions and constants, opened once for each subject they are used for.

use super::lower::{Lower, number};
use crate::plan::{NodeId, Op, TermId, TermOp};
use crate::program::{ConstantId, DefinitionId, Formula, Meaning, Path, Root, Term, TermNode};
use crate::source::Span;
use crate::value::Value;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// What has been opened: a definition for a subject and an object, under so many quantifiers.
#[derive(Debug, Default)]
pub(super) struct Opened {
    definitions: BTreeMap<(DefinitionId, Vec<Path>, Vec<u32>), NodeId>,
    constants: BTreeMap<ConstantId, NodeId>,
    values: BTreeMap<ConstantId, TermId>,
}

impl<'p> Lower<'p> {
    /// What a definition says of a subject.
    pub(super) fn defined(&mut self, id: DefinitionId, subject: &Term, object: Option<&Term>, span: Span) -> NodeId {
        let arguments: Vec<Path> = core::iter::once(subject).chain(object).map(|term| self.argument(term)).collect();
        let levels: Vec<u32> = self.levels.iter().map(|variable| variable.0).collect();
        let binds = arguments.iter().any(|path| matches!(path.root, Root::Variable(_)));
        let key = (id, arguments.clone(), if binds { levels } else { Vec::new() });
        if let Some(&node) = self.opened.definitions.get(&key) {
            return node;
        }
        let Some(definition) = self.program.definition(id) else { return self.push(Op::Always(false), span) };
        let parameters = core::mem::replace(&mut self.parameters, arguments);
        let levels = if binds { None } else { Some(core::mem::take(&mut self.levels)) };
        let owner = number(self.program.rules.len()).saturating_add(id.0);
        let outer = self.switch(owner, 0);
        let node = self.once(&definition.alternatives, definition.span);
        self.switch(outer.0, outer.1);
        if let Some(levels) = levels {
            self.levels = levels;
        }
        self.parameters = parameters;
        self.opened.definitions.insert(key, node);
        node
    }

    /// A constant that is a condition.
    pub(super) fn condition_constant(&mut self, id: ConstantId, span: Span) -> NodeId {
        if let Some(&node) = self.opened.constants.get(&id) {
            return node;
        }
        let Some(Meaning::Condition(formula)) = self.program.constant(id).map(|constant| &constant.meaning) else {
            return self.push(Op::Always(false), span);
        };
        let parameters = core::mem::take(&mut self.parameters);
        let levels = core::mem::take(&mut self.levels);
        let owner = number(self.program.rules.len()).saturating_add(number(self.program.definitions.len())).saturating_add(id.0);
        let outer = self.switch(owner, 0);
        let node = self.once(core::slice::from_ref(formula), formula.span);
        self.switch(outer.0, outer.1);
        self.levels = levels;
        self.parameters = parameters;
        self.opened.constants.insert(id, node);
        node
    }

    /// A constant that is a value. It means the request's facts, whatever is in scope where it is used; so it is written once, and
    /// worked out once. An explanation tells what it is by its name.
    pub(super) fn value_constant(&mut self, id: ConstantId) -> TermId {
        if let Some(&term) = self.opened.values.get(&id) {
            return term;
        }
        let parameters = core::mem::take(&mut self.parameters);
        let levels = core::mem::take(&mut self.levels);
        let constant = self.program.constant(id);
        let made = match constant.map(|constant| &constant.meaning) {
            Some(Meaning::Value(value)) => self.term(value),
            Some(Meaning::Cases(cases, otherwise)) => {
                let cases = self.cases(cases, otherwise);
                self.push_term(cases)
            }
            Some(Meaning::Condition(_)) | None => {
                let none = TermOp::Value(self.value_at(&Value::None));
                self.push_term(none)
            }
        };
        self.levels = levels;
        self.parameters = parameters;
        let term = if !self.is_fact(made) {
            let cell = self.nodes.cells;
            self.nodes.cells = cell.saturating_add(1);
            let name = self.value_at(&Value::Text(constant.map(|constant| constant.name.clone()).unwrap_or_default()));
            self.push_term(TermOp::Once { cell, body: made, name })
        } else {
            made
        };
        self.opened.values.insert(id, term);
        term
    }

    /// Is a term a fact, of which a constant is but another name?
    fn is_fact(&self, term: TermId) -> bool {
        matches!(self.nodes.term(term), Some(TermOp::Slot(_) | TermOp::Element { .. } | TermOp::Once { .. }) | None)
    }

    /// Any of the alternatives, worked out once for each binding of the innermost variable.
    fn once(&mut self, alternatives: &'p [Formula], span: Span) -> NodeId {
        let nodes: Vec<NodeId> = alternatives.iter().map(|formula| self.formula(formula)).collect();
        let body = match nodes.as_slice() {
            [one] => *one,
            several => {
                let run = self.run(several);
                self.push(Op::Or(run), span)
            }
        };
        let cell = self.nodes.cells;
        self.nodes.cells = cell.saturating_add(1);
        let level = self.levels.len().checked_sub(1).map(|level| u16::try_from(level).unwrap_or(u16::MAX));
        self.push(Op::Once { cell, level, body }, span)
    }

    /// The path of a subject. A constant that names a fact stands for that fact.
    fn argument(&self, term: &Term) -> Path {
        let mut at = term;
        let mut inside_constant = false;
        loop {
            match &at.node {
                TermNode::Path(path) if inside_constant => return path.clone(),
                TermNode::Path(path) => return self.resolved(path),
                TermNode::Constant(id) => match self.program.constant(*id).map(|constant| &constant.meaning) {
                    Some(Meaning::Value(value)) => {
                        inside_constant = true;
                        at = value;
                    }
                    Some(Meaning::Cases(..) | Meaning::Condition(_)) | None => break,
                },
                TermNode::Literal(_)
                | TermNode::List(_)
                | TermNode::Arithmetic(..)
                | TermNode::Function(..)
                | TermNode::Bucket(..)
                | TermNode::Span(..)
                | TermNode::Each(_)
                | TermNode::Entity(..) => break,
            }
        }
        Path { root: Root::Fact(u32::MAX), steps: Vec::new() }
    }
}
