//! A walk over conditions and terms: everything that names a fact.

use crate::program::{ConstantId, DefinitionId, Formula, FormulaNode, Path, Quantifier, Range, Term, TermNode};

/// What a walk meets.
pub(in crate::check) enum Seen<'p> {
    /// A fact, a field, a setting, a variable or a parameter.
    Path(&'p Path),
    /// The use of a definition, with its subject and its object; their paths are met too.
    Defined(DefinitionId, &'p Term, Option<&'p Term>),
    /// The use of a constant.
    Constant(ConstantId),
    /// `bucket of X for "salt"`; X is met too.
    Bucket(&'p str),
    /// Something is asked about what lies in what.
    Hierarchy,
}

/// Meets everything in a condition, the author's order kept.
pub(in crate::check) fn formula<'p>(at: &'p Formula, see: &mut dyn FnMut(Seen<'p>)) {
    match &at.node {
        FormulaNode::Always(_) => {}
        FormulaNode::Not(inner) => formula(inner, see),
        FormulaNode::And(all) | FormulaNode::Or(all) => all.iter().for_each(|one| formula(one, see)),
        FormulaNode::Holds(one) | FormulaNode::IsNone(one) | FormulaNode::IsEmpty(one) | FormulaNode::IsKind(one, _) => term(one, see),
        FormulaNode::Equal(left, right, _)
        | FormulaNode::Less { left, right, .. }
        | FormulaNode::In(left, right, _)
        | FormulaNode::Texts(_, left, right, _) => {
            term(left, see);
            term(right, see);
        }
        FormulaNode::Inside(inner, outer) => {
            see(Seen::Hierarchy);
            term(inner, see);
            term(outer, see);
        }
        FormulaNode::Quantified(quantified) => {
            match &quantified.quantifier {
                Quantifier::Any | Quantifier::Every | Quantifier::No => {}
                Quantifier::AtLeast(count) | Quantifier::AtMost(count) | Quantifier::Exactly(count) => term(count, see),
            }
            match &quantified.range {
                Range::List(list) => term(list, see),
                Range::Above { of, .. } => {
                    see(Seen::Hierarchy);
                    term(of, see);
                }
            }
            formula(&quantified.body, see);
        }
        FormulaNode::Defined(id, subject, object) => {
            see(Seen::Defined(*id, subject, object.as_ref()));
            term(subject, see);
            if let Some(object) = object {
                term(object, see);
            }
        }
        FormulaNode::Constant(id) => see(Seen::Constant(*id)),
    }
}

/// Meets everything in a term.
pub(in crate::check) fn term<'p>(at: &'p Term, see: &mut dyn FnMut(Seen<'p>)) {
    match &at.node {
        TermNode::Literal(_) | TermNode::Entity(..) => {}
        TermNode::Path(path) => see(Seen::Path(path)),
        TermNode::List(items) => items.iter().for_each(|item| term(item, see)),
        TermNode::Constant(id) => see(Seen::Constant(*id)),
        TermNode::Arithmetic(_, left, right) | TermNode::Span(_, left, right) => {
            term(left, see);
            term(right, see);
        }
        TermNode::Function(_, of) => term(of, see),
        TermNode::Bucket(of, salt) => {
            see(Seen::Bucket(salt));
            term(of, see);
        }
        TermNode::Each(each) => {
            term(&each.list, see);
            if let Some(filter) = &each.filter {
                formula(filter, see);
            }
            term(&each.element, see);
        }
    }
}
