//! Quantifiers: `any tag in document.tags is "x"`.

use super::{Checker, messages};
use crate::program::{self, Formula, FormulaNode, Quantifier, Term};
use crate::source::Span;
use crate::tree::{self, Name, Range};
use crate::vocabulary::Type;
use alloc::boxed::Box;
use alloc::sync::Arc;

impl<'t> Checker<'t> {
    /// What is said of the elements of a list.
    pub(super) fn quantified(&mut self, written: &'t tree::Quantified, span: Span) -> Option<Formula> {
        let quantifier = self.quantifier(&written.quantifier);
        let (range, element) = match self.range(written, span) {
            Some((range, element)) => (Some(range), element),
            // The body is looked at all the same: what is wrong in it is said at once.
            None => (None, self.types.lost()),
        };
        let list = match &range {
            Some(program::Range::List(list)) => Some(list),
            Some(program::Range::Above { .. }) | None => None,
        };
        let variable = self.variable(&written.variable, element, list, span)?;
        let body = self.formula(&written.body);
        self.scope.variables.pop();
        let quantified = program::Quantified { quantifier: quantifier?, variable, range: range?, body: body? };
        Some(Formula { node: FormulaNode::Quantified(Box::new(quantified)), span })
    }

    /// What a quantifier runs over, and the type of its variable.
    fn range(&mut self, written: &'t tree::Quantified, span: Span) -> Option<(program::Range, Type)> {
        let (of, itself) = match &written.range {
            Range::In(list) => {
                let element = self.types.fresh();
                return self.list_of(list, &element).map(|list| (program::Range::List(list), element));
            }
            Range::Above(of) => (of, false),
            Range::AtOrAbove(of) => (of, true),
        };
        // `any folder above folder`: what lies above is another folder, and the one it lies above is the fact.
        let before = self.sentence.facts.len();
        let of = self.subject(of)?;
        let named = self.sentence.facts.split_off(before);
        self.sentence.facts.extend(named.into_iter().filter(|(name, _)| *name != written.variable.text));
        self.above(&written.variable, of, itself, span)
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
    pub(super) fn shadowing(&mut self, variable: &Name) {
        let word = variable.text.as_str();
        let fact = self.names.facts.get(word).and_then(|&at| self.program.vocabulary.facts.get(at as usize));
        let declared_fact =
            fact.filter(|fact| !matches!(self.types.resolve(&fact.ty), Type::Kind(kind) if self.names.kinds.get(word) == Some(&kind)));
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
        self.sentence.refused.insert(variable.text.clone());
        self.report(messages::shadowing(variable, what));
    }
}
