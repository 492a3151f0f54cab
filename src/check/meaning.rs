//! What conditions and terms mean, as texts: the same meaning in other words is, as far as form can show it, the same text.
//!
//! Order and repetition of operands do not show, nor places, nor the names of variables.

use crate::program::{Formula, FormulaNode, Path, Quantifier, Range, Root, Term, TermNode, VariableId};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

/// The meaning of a condition.
pub(super) fn formula(formula: &Formula) -> String {
    Meaning::default().formula(formula, true)
}

/// The meaning of a condition's opposite.
pub(super) fn opposite(formula: &Formula) -> String {
    Meaning::default().formula(formula, false)
}

/// The meaning of a term.
pub(super) fn term(term: &Term) -> String {
    Meaning::default().term(term)
}

#[derive(Default)]
struct Meaning {
    /// The variables around, from the outside in.
    variables: Vec<VariableId>,
}

impl Meaning {
    fn formula(&mut self, formula: &Formula, yes: bool) -> String {
        let positive = match &formula.node {
            FormulaNode::Not(inner) => return self.formula(inner, !yes),
            FormulaNode::And(parts) => return self.parts(if yes { "and" } else { "or" }, parts, yes),
            FormulaNode::Or(parts) => return self.parts(if yes { "or" } else { "and" }, parts, yes),
            FormulaNode::Always(says) => return String::from(if *says == yes { "always" } else { "never" }),
            // Not less is at least: an opposite that has a form of its own.
            FormulaNode::Less { left, right, or_equal } => {
                let (left, right) = (self.term(left), self.term(right));
                let (left, right, or_equal) = if yes { (left, right, *or_equal) } else { (right, left, !or_equal) };
                return alloc::format!("(less {or_equal} {left} {right})");
            }
            FormulaNode::Equal(left, right, letters) => {
                let mut sides = [self.term(left), self.term(right)];
                sides.sort();
                alloc::format!("(equal {letters:?} {})", sides.join(" "))
            }
            FormulaNode::Holds(term) => alloc::format!("(holds {})", self.term(term)),
            FormulaNode::In(left, right, letters) => alloc::format!("(in {letters:?} {} {})", self.term(left), self.term(right)),
            FormulaNode::Texts(test, left, right, letters) => {
                alloc::format!("({test:?} {letters:?} {} {})", self.term(left), self.term(right))
            }
            FormulaNode::IsNone(term) => alloc::format!("(none {})", self.term(term)),
            FormulaNode::IsEmpty(term) => alloc::format!("(empty {})", self.term(term)),
            FormulaNode::Inside(left, right) => alloc::format!("(inside {} {})", self.term(left), self.term(right)),
            FormulaNode::IsKind(term, kind) => alloc::format!("(kind {kind:?} {})", self.term(term)),
            FormulaNode::Defined(id, subject, object) => {
                let object = object.as_ref().map(|object| self.term(object)).unwrap_or_default();
                alloc::format!("(defined {id:?} {} {object})", self.term(subject))
            }
            FormulaNode::Constant(id) => alloc::format!("(constant {id:?})"),
            FormulaNode::Quantified(quantified) => {
                let range = match &quantified.range {
                    Range::List(list) => self.term(list),
                    Range::Above { of, itself, kind } => alloc::format!("(above {itself} {kind:?} {})", self.term(of)),
                };
                let quantifier = self.quantifier(&quantified.quantifier);
                self.variables.push(quantified.variable);
                let body = self.formula(&quantified.body, true);
                self.variables.pop();
                alloc::format!("({quantifier} {range} {body})")
            }
        };
        if yes { positive } else { alloc::format!("(not {positive})") }
    }

    fn quantifier(&mut self, quantifier: &Quantifier) -> String {
        match quantifier {
            Quantifier::Any => "any".into(),
            Quantifier::Every => "every".into(),
            Quantifier::No => "no".into(),
            Quantifier::AtLeast(count) => alloc::format!("at-least {}", self.term(count)),
            Quantifier::AtMost(count) => alloc::format!("at-most {}", self.term(count)),
            Quantifier::Exactly(count) => alloc::format!("exactly {}", self.term(count)),
        }
    }

    fn parts(&mut self, joined: &str, parts: &[Formula], yes: bool) -> String {
        let mut meanings: Vec<String> = parts.iter().map(|part| self.formula(part, yes)).collect();
        meanings.sort();
        meanings.dedup();
        match meanings.as_slice() {
            [one] => one.clone(),
            several => alloc::format!("({joined} {})", several.join(" ")),
        }
    }

    fn term(&mut self, term: &Term) -> String {
        match &term.node {
            TermNode::Literal(value) => alloc::format!("{value:?}"),
            TermNode::Path(path) => self.path(path),
            TermNode::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.term(item)).collect();
                alloc::format!("[{}]", items.join(" "))
            }
            TermNode::Constant(id) => alloc::format!("{id:?}"),
            TermNode::Arithmetic(operator, left, right) => {
                alloc::format!("({operator:?} {} {})", self.term(left), self.term(right))
            }
            TermNode::Function(function, of) => alloc::format!("({function:?} {})", self.term(of)),
            TermNode::Bucket(of, salt) => alloc::format!("(bucket {salt:?} {})", self.term(of)),
            TermNode::Span(unit, from, to) => alloc::format!("(span {unit:?} {} {})", self.term(from), self.term(to)),
            TermNode::Each(each) => {
                let list = self.term(&each.list);
                self.variables.push(each.variable);
                let filter = each.filter.as_ref().map(|filter| self.formula(filter, true)).unwrap_or_default();
                let element = self.term(&each.element);
                self.variables.pop();
                alloc::format!("(each {list} {filter} {element})")
            }
            TermNode::Entity(kind, id) => alloc::format!("(entity {kind:?} {id:?})"),
        }
    }

    fn path(&self, path: &Path) -> String {
        let mut written = match path.root {
            Root::Variable(id) => match self.variables.iter().rposition(|known| *known == id) {
                Some(depth) => alloc::format!("element {depth}"),
                None => alloc::format!("{id:?}"),
            },
            Root::Fact(_) | Root::Setting(_) | Root::Parameter(_) | Root::Resource | Root::Subject => alloc::format!("{:?}", path.root),
        };
        for step in &path.steps {
            // Writing into a text cannot fail.
            let _ = write!(written, ".{step:?}");
        }
        written
    }
}
