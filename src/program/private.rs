//! What would tell a private value. Private spreads through constants, definitions, functions and lists.

use super::{ConstantId, DefinitionId, Formula, FormulaNode, Meaning, Program, Range, Root, Step, Term, TermNode};
use alloc::collections::BTreeSet;

impl Program {
    /// Does a term read a private value?
    #[must_use]
    pub fn is_private(&self, term: &Term) -> bool {
        Private { program: self, constants: BTreeSet::new(), definitions: BTreeSet::new() }.term(term)
    }
}

/// A search for private values. What was looked at once and is not private is not looked at again.
struct Private<'p> {
    program: &'p Program,
    constants: BTreeSet<ConstantId>,
    definitions: BTreeSet<DefinitionId>,
}

impl<'p> Private<'p> {
    fn constant(&mut self, id: ConstantId) -> bool {
        if !self.constants.insert(id) {
            return false;
        }
        let program: &'p Program = self.program;
        match program.constant(id).map(|constant| &constant.meaning) {
            Some(Meaning::Condition(formula)) => self.formula(formula),
            Some(Meaning::Value(value)) => self.term(value),
            Some(Meaning::Cases(cases, otherwise)) => {
                self.term(otherwise) || cases.iter().any(|(condition, value)| self.formula(condition) || self.term(value))
            }
            None => false,
        }
    }

    fn definition(&mut self, id: DefinitionId) -> bool {
        let program: &'p Program = self.program;
        let bodies = program.definition(id).map_or(&[][..], |definition| definition.alternatives.as_slice());
        self.definitions.insert(id) && bodies.iter().any(|body| self.formula(body))
    }

    fn term(&mut self, term: &Term) -> bool {
        match &term.node {
            TermNode::Literal(_) | TermNode::Entity(..) => false,
            TermNode::List(items) => items.iter().any(|item| self.term(item)),
            TermNode::Constant(id) => self.constant(*id),
            TermNode::Arithmetic(_, left, right) | TermNode::Span(_, left, right) => self.term(left) || self.term(right),
            TermNode::Function(_, of) | TermNode::Bucket(of, _) => self.term(of),
            TermNode::Each(each) => {
                let filtered = each.filter.as_ref().is_some_and(|filter| self.formula(filter));
                filtered || self.term(&each.list) || self.term(&each.element)
            }
            TermNode::Path(path) => {
                let vocabulary = &self.program.vocabulary;
                let root = match &path.root {
                    Root::Fact(at) => vocabulary.facts.get(*at as usize).is_some_and(|fact| fact.private),
                    Root::Setting(at) => vocabulary.settings.get(*at as usize).is_some_and(|setting| setting.private),
                    Root::Variable(id) => self.program.variable(*id).is_some_and(|variable| variable.private),
                    Root::Parameter(_) | Root::Resource | Root::Subject => false,
                };
                let field = |step: &Step| match step {
                    Step::Field(kind, at) => self.program.field(*kind, *at).is_some_and(|field| field.private),
                    Step::Key(_) => false,
                };
                root || path.steps.iter().any(field)
            }
        }
    }

    fn formula(&mut self, formula: &Formula) -> bool {
        match &formula.node {
            FormulaNode::Always(_) => false,
            FormulaNode::Not(inner) => self.formula(inner),
            FormulaNode::And(all) | FormulaNode::Or(all) => all.iter().any(|part| self.formula(part)),
            FormulaNode::Holds(term) | FormulaNode::IsNone(term) | FormulaNode::IsEmpty(term) | FormulaNode::IsKind(term, _) => {
                self.term(term)
            }
            FormulaNode::Equal(left, right, _)
            | FormulaNode::Less { left, right, .. }
            | FormulaNode::In(left, right, _)
            | FormulaNode::Texts(_, left, right, _)
            | FormulaNode::Inside(left, right) => self.term(left) || self.term(right),
            FormulaNode::Quantified(quantified) => {
                let (Range::List(list) | Range::Above { of: list, .. }) = &quantified.range;
                self.term(list) || self.formula(&quantified.body)
            }
            FormulaNode::Defined(id, subject, object) => {
                let parts = self.term(subject) || object.as_ref().is_some_and(|object| self.term(object));
                parts || self.definition(*id)
            }
            FormulaNode::Constant(id) => self.constant(*id),
        }
    }
}
