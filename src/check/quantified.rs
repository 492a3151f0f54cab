//! Quantifiers: `any tag in document.tags is "x"`.

use super::{Checker, messages};
use crate::program::{self, Formula, FormulaNode, Quantifier, Term, Variable, VariableId};
use crate::source::Span;
use crate::tree::{self, Name, Range};
use crate::vocabulary::Type;
use alloc::boxed::Box;
use alloc::sync::Arc;

impl<'t> Checker<'t> {
    /// What is said of the elements of a list.
    pub(super) fn quantified(&mut self, written: &'t tree::Quantified, span: Span) -> Option<Formula> {
        let range = match &written.range {
            Range::In(list) => list,
            Range::Above(of) | Range::AtOrAbove(of) => return self.later("a hierarchy", of.span),
        };
        if self.scope.variables.len() >= self.limits.quantifier_nesting {
            self.report(messages::quantifiers_too_deep(span, self.limits.quantifier_nesting));
            return None;
        }
        let quantifier = self.quantifier(&written.quantifier)?;
        let element = self.types.fresh();
        let list = self.term(range, &Type::List(Arc::new(element.clone())));
        let list = list.and_then(|list| self.is_list(&list, &element).map(|()| list));
        self.shadowing(&written.variable);
        let private = list.as_ref().is_some_and(|list| self.is_private(list));
        let id = VariableId(u32::try_from(self.variables.len()).unwrap_or(u32::MAX));
        self.variables.push(Variable { name: written.variable.text.clone(), ty: element, private });
        self.scope.variables.push((written.variable.text.clone(), id));
        let body = self.formula(&written.body);
        self.scope.variables.pop();
        let quantified = program::Quantified { quantifier, variable: id, list: list?, body: body? };
        Some(Formula { node: FormulaNode::Quantified(Box::new(quantified)), span })
    }

    fn quantifier(&mut self, written: &'t tree::Quantifier) -> Option<Quantifier> {
        Some(match written {
            tree::Quantifier::Any => Quantifier::Any,
            tree::Quantifier::Every => Quantifier::Every,
            tree::Quantifier::No => Quantifier::No,
            tree::Quantifier::AtLeast(count) => Quantifier::AtLeast(self.count(count)?),
            tree::Quantifier::AtMost(count) => Quantifier::AtMost(self.count(count)?),
            tree::Quantifier::Exactly(count) => Quantifier::Exactly(self.count(count)?),
        })
    }

    fn count(&mut self, written: &'t tree::Expr) -> Option<Term> {
        let term = self.term(written, &Type::Number)?;
        self.want(&term, &Type::Number)?;
        Some(term)
    }

    /// Demands that a term is a list, and learns what its elements are.
    pub(super) fn is_list(&mut self, list: &Term, element: &Type) -> Option<()> {
        self.want(list, &Type::List(Arc::new(element.clone())))
    }

    /// A variable may not take a name that means something else in the same rule.
    fn shadowing(&mut self, variable: &Name) {
        let word = variable.text.as_str();
        let fact = self.names.facts.get(word).and_then(|&at| self.vocabulary.facts.get(at as usize));
        let declared_fact = fact.filter(|fact| !matches!(self.types.resolve(&fact.ty), Type::Kind(kind) if self.names.kinds.get(word) == Some(&kind)));
        let what = if self.scope.variables.iter().any(|(known, _)| known == word) {
            "another variable"
        } else if self.scope.parameters.iter().any(|parameter| parameter.name == word) {
            "what the definition describes"
        } else if self.names.constants.contains_key(word) {
            "a constant"
        } else if self.names.settings.contains_key(word) {
            "a setting"
        } else if declared_fact.is_some() {
            "a fact"
        } else {
            return;
        };
        self.report(messages::shadowing(variable, what));
    }

    /// Does a term read a private value?
    pub(super) fn is_private(&self, term: &Term) -> bool {
        use crate::program::{Meaning, Root, Step, TermNode};
        match &term.node {
            TermNode::Literal(_) => false,
            TermNode::List(items) => items.iter().any(|item| self.is_private(item)),
            TermNode::Constant(id) => match self.constants.get(id.0 as usize).and_then(|slot| slot.done.as_ref()).map(|constant| &constant.meaning) {
                Some(Meaning::Value(term)) => self.is_private(term),
                Some(Meaning::Cases(cases, otherwise)) => self.is_private(otherwise) || cases.iter().any(|(_, value)| self.is_private(value)),
                Some(Meaning::Condition(_)) | None => false,
            },
            TermNode::Path(path) => {
                let root = match &path.root {
                    Root::Fact(at) => self.vocabulary.facts.get(*at as usize).is_some_and(|fact| fact.private),
                    Root::Setting(at) => self.vocabulary.settings.get(*at as usize).is_some_and(|setting| setting.private),
                    Root::Variable(id) => self.variables.get(id.0 as usize).is_some_and(|variable| variable.private),
                    Root::Parameter(_) => false,
                };
                let steps = path.steps.iter().any(|step| match step {
                    Step::Field(kind, at) => self.vocabulary.kind(*kind).and_then(|kind| kind.fields.get(*at as usize)).is_some_and(|field| field.private),
                    Step::Key(_) => false,
                });
                root || steps
            }
        }
    }
}
