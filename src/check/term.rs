//! Values: expressions to terms.

use super::{Checker, ConstantState, messages};
use crate::program::{ConstantId, Meaning, Term, TermNode};
use crate::source::Span;
use crate::tree::{Expr, Node};
use crate::value::Value;
use crate::vocabulary::{Choice, Type};
use alloc::boxed::Box;
use alloc::vec::Vec;

impl<'t> Checker<'t> {
    /// The term that an expression is. `expected` is what it will be compared with: where that is a choice, a bare word is
    /// one of its listed values.
    pub(super) fn term(&mut self, written: &'t Expr, expected: &Type) -> Option<Term> {
        let span = written.span;
        match &written.node {
            Node::Literal { value, .. } => Some(Term { node: TermNode::Literal(value.clone()), span }),
            Node::Paren(inner) => self.term(inner, expected),
            Node::Path { the, path } => match self.listed_word(written, expected) {
                Some(word) => Some(word),
                None => self.path(path, *the),
            },
            Node::List(items) => self.list(items, expected, span),
            Node::Entity(entity) if entity.fields.is_empty() => self.entity(&entity.kind, &entity.id, span),
            Node::Entity(_) => {
                self.report(messages::field_of_written(span));
                None
            }
            Node::Record(_) => {
                self.report(messages::record_in_rule(span));
                None
            }
            Node::Arithmetic { operator, left, right } => self.arithmetic(*operator, left, right, span),
            Node::Between { unit, from, to } => self.span_between(unit, from, to, span),
            Node::Of(of) => self.of(of, span),
            Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Quantified(_) | Node::Sentence(_) => {
                self.report(messages::wants_another_type("this is a condition", "a value", span));
                None
            }
        }
    }

    /// A bare word that is one of the listed values of the choice it is compared with.
    fn listed_word(&mut self, written: &Expr, expected: &Type) -> Option<Term> {
        let Node::Path { the: false, path } = &written.node else { return None };
        let Type::Choice(choice) = self.types.resolve(expected) else { return None };
        let listed = path.fields.is_empty() && choice.rank(&path.root.text).is_some();
        listed.then(|| Term { node: TermNode::Literal(Value::Text(path.root.text.clone())), span: written.span })
    }

    fn list(&mut self, items: &'t [Expr], expected: &Type, span: Span) -> Option<Term> {
        let element = self.types.resolve(expected).element().cloned().unwrap_or_else(|| self.types.fresh());
        // Every item is looked at, so that all that is wrong in a list is said at once.
        let terms: Vec<Option<Term>> = items.iter().map(|item| self.item(item, &element)).collect();
        let terms = terms.into_iter().collect::<Option<Vec<Term>>>()?;
        Some(Term { node: TermNode::List(terms), span })
    }

    /// An element of a list written out: all have one type.
    pub(super) fn item(&mut self, written: &'t Expr, element: &Type) -> Option<Term> {
        let term = self.term(written, element)?;
        self.same_type(&term, element)?;
        Some(term)
    }

    /// Demands that a term can be compared with `other`. A choice is compared with the texts it lists, and no others.
    pub(super) fn same_type(&mut self, term: &Term, other: &Type) -> Option<()> {
        if let (Type::Choice(choice), TermNode::Literal(Value::Text(text))) = (self.types.resolve(other), &term.node) {
            return self.is_listed(&choice, text, term.span);
        }
        self.want(term, other)
    }

    fn is_listed(&mut self, choice: &Choice, text: &str, span: Span) -> Option<()> {
        if choice.rank(text).is_some() {
            return Some(());
        }
        self.report(messages::not_listed(text, &choice.values, span));
        None
    }

    /// What a constant stands for, worked out at its first use.
    pub(super) fn constant(&mut self, id: ConstantId) -> Option<()> {
        let slot = self.constants.get_mut(id.0 as usize)?;
        let written = slot.written;
        match slot.state {
            ConstantState::Done => return Some(()),
            ConstantState::Failed => return None,
            ConstantState::Busy => {
                slot.state = ConstantState::Failed;
                let name = &written.name;
                self.report(super::circular::circular(&name.text, name.span, core::slice::from_ref(&name.text), Vec::new()));
                return None;
            }
            ConstantState::Declared => slot.state = ConstantState::Busy,
        }
        if self.constant_depth >= self.limits.definition_nesting {
            self.report(messages::built_too_deep(&written.name.text, written.name.span));
            return self.settled(id, None);
        }
        self.constant_depth = self.constant_depth.saturating_add(1);
        let scope = core::mem::take(&mut self.scope);
        let meaning = self.meaning(written);
        self.scope = scope;
        self.constant_depth = self.constant_depth.saturating_sub(1);
        self.settled(id, meaning)
    }

    fn settled(&mut self, id: ConstantId, meaning: Option<Meaning>) -> Option<()> {
        let slot = self.constants.get_mut(id.0 as usize)?;
        slot.state = if meaning.is_some() { ConstantState::Done } else { ConstantState::Failed };
        let meaning = meaning?;
        let ty = match &meaning {
            Meaning::Value(term) => self.raw_type_of(term),
            Meaning::Cases(_, otherwise) => self.raw_type_of(otherwise),
            Meaning::Condition(_) => Type::YesNo,
        };
        self.constants.get_mut(id.0 as usize)?.ty = ty;
        self.program.constants.get_mut(id.0 as usize)?.meaning = meaning;
        Some(())
    }

    fn meaning(&mut self, written: &'t crate::tree::Constant) -> Option<Meaning> {
        if let ([(only, None)], None) = (written.cases.as_slice(), &written.otherwise) {
            return if is_condition(only) {
                self.formula(only).map(Meaning::Condition)
            } else {
                self.term(only, &Type::Any).map(Meaning::Value)
            };
        }
        let Some(otherwise) = &written.otherwise else {
            self.report(messages::cases_without_otherwise(&written.name));
            return None;
        };
        let mut cases = Vec::new();
        let ty = self.types.fresh();
        for (value, condition) in &written.cases {
            let Some(condition) = condition else {
                self.report(messages::case_without_if(value.span));
                return None;
            };
            let (condition, value) = (self.formula(condition), self.item(value, &ty));
            cases.push((condition?, value?));
        }
        let otherwise = self.item(otherwise, &ty)?;
        Some(Meaning::Cases(cases, Box::new(otherwise)))
    }

    /// The type of a constant that is worked out.
    pub(super) fn constant_type(&self, id: ConstantId) -> Type {
        self.constants.get(id.0 as usize).map_or(Type::Any, |slot| slot.ty.clone())
    }
}

/// Does the form of an expression say that it is a condition?
pub(super) fn is_condition(written: &Expr) -> bool {
    match &written.node {
        Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Quantified(_) | Node::Sentence(_) => true,
        Node::Paren(inner) => is_condition(inner),
        Node::Literal { .. }
        | Node::Path { .. }
        | Node::Entity(_)
        | Node::Record(_)
        | Node::List(_)
        | Node::Arithmetic { .. }
        | Node::Of(_)
        | Node::Between { .. } => false,
    }
}
