//! Conditions: expressions to formulas.

use super::{Checker, messages};
use crate::program::{Formula, FormulaNode, Meaning, Path, Root, Term, TermNode};
use crate::tree::{Expr, Form, Node};
use crate::value::Value;
use crate::vocabulary::Type;
use alloc::boxed::Box;
use alloc::vec::Vec;

impl<'t> Checker<'t> {
    /// The formula that an expression is; none after reporting why it is none.
    pub(super) fn formula(&mut self, written: &'t Expr) -> Option<Formula> {
        let span = written.span;
        let node = match &written.node {
            Node::And(all) => FormulaNode::And(self.formulas(all, false)?),
            Node::Or(all) => FormulaNode::Or(self.formulas(all, true)?),
            Node::Not(inner) => FormulaNode::Not(Box::new(self.formula(inner)?)),
            Node::Paren(inner) => return self.formula(inner),
            Node::Quantified(quantified) => return self.quantified(quantified, span),
            Node::Sentence(sentence) => return self.sentence(sentence, span),
            Node::Literal { value: Value::YesNo(yes), .. } => FormulaNode::Always(*yes),
            Node::Path { .. } => {
                let term = self.term(written, &Type::YesNo)?;
                return self.holds(term);
            }
            Node::Literal { .. }
            | Node::Entity(_)
            | Node::Record(_)
            | Node::List(_)
            | Node::Arithmetic { .. }
            | Node::Of(_)
            | Node::Between { .. } => {
                let term = self.term(written, &Type::Any)?;
                let what = alloc::format!("`{}` is {}", self.sources.words(span), self.a_type(&self.type_of(&term)));
                self.report(messages::not_a_condition(&what, span));
                return None;
            }
        };
        Some(Formula { node, span })
    }

    /// All of them, each reported by itself.
    fn formulas(&mut self, written: &'t [Expr], or: bool) -> Option<Vec<Formula>> {
        let mut formulas = Vec::with_capacity(written.len());
        let mut rest = written;
        let mut before: Option<&'t Expr> = None;
        while let Some((one, others)) = rest.split_first() {
            let values = before.map_or(0, |before| {
                let values = self.without_subject(before, rest, or);
                if values == 0 { usize::from(self.said_again(before, one, or)) } else { values }
            });
            if values == 0 {
                formulas.push(self.formula(one));
                (before, rest) = (Some(one), others);
            } else {
                formulas.push(None);
                rest = rest.get(values..).unwrap_or_default();
            }
        }
        formulas.into_iter().collect()
    }

    /// `user.role is "admin" or "editor"`: how many values follow of which nothing is said; they are reported together.
    fn without_subject(&mut self, before: &'t Expr, values: &'t [Expr], or: bool) -> usize {
        let Node::Sentence(sentence) = &before.node else { return 0 };
        let is_value = |value: &&Expr| matches!(&value.node, Node::Literal { value, .. } if !matches!(value, Value::YesNo(_)));
        let count = values.iter().take_while(is_value).count();
        let values = values.get(..count).unwrap_or_default();
        let [first, ..] = values else { return 0 };
        let Node::Literal { value, .. } = &first.node else { return 0 };
        let words: Vec<&str> = values.iter().map(|value| self.sources.words(value.span)).collect();
        let subject = self.sources.words(sentence.subject.span);
        let equal = if let Form::Equal(equal) = &sentence.form { Some(equal) } else { None };
        let list = equal.filter(|equal| matches!(equal.node, Node::Literal { .. }) && (or || sentence.negated)).map(|equal| {
            let not = if sentence.negated { "not " } else { "" };
            let meant = alloc::format!("{subject} is {not}one of [{}, {}]", self.sources.words(equal.span), words.join(", "));
            (before.span.to(values.last().map_or(first.span, |last| last.span)), meant)
        });
        let word = words.first().copied().unwrap_or_default();
        let what = alloc::format!("`{word}` is {}", self.a_type(&super::path::literal_type(value)));
        let diagnostic = messages::second_value(&what, first.span, &alloc::format!("{subject} is {word}"), list);
        self.report(diagnostic);
        count
    }

    /// That a term is yes. A constant may be a condition itself.
    pub(super) fn holds(&mut self, term: Term) -> Option<Formula> {
        let span = term.span;
        if let TermNode::Constant(id) = term.node
            && matches!(self.program.constant(id)?.meaning, Meaning::Condition(_))
        {
            return Some(Formula { node: FormulaNode::Constant(id), span });
        }
        let ty = self.type_of(&term);
        let open = matches!(ty, Type::Inferred(_) | Type::YesNo | Type::Any);
        if !open && self.types.said_by(&self.raw_type_of(&term)).is_none() {
            let what = alloc::format!("`{}` is {}", self.sources.words(span), self.a_type(&ty));
            self.report(messages::not_a_condition(&what, span));
            return None;
        }
        self.want(&term, &Type::YesNo)?;
        Some(Formula { node: FormulaNode::Holds(term), span })
    }
}

/// The path with one more step.
pub(super) fn below(of: &Path, step: crate::program::Step) -> Path {
    let steps = of.steps.iter().cloned().chain(core::iter::once(step)).collect();
    Path { root: of.root.clone(), steps }
}

/// Is it a fact by itself?
pub(super) fn is_fact(term: &Term, fact: u32) -> bool {
    matches!(&term.node, TermNode::Path(Path { root: Root::Fact(at), steps }) if *at == fact && steps.is_empty())
}
