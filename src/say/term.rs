//! Terms in words, such that a rule that is written so means the same.

use super::names::name;
use super::words::{Words, quoted};
use crate::program::{Each, Operator, Path, Root, Term, TermNode};
use crate::value::{Decimal, Function, Value};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl Words<'_> {
    /// What a sentence is about: a fact of one word needs no `the` here.
    pub(super) fn subject(&self, term: &Term) -> String {
        match &term.node {
            TermNode::Path(path) => self.path(path),
            TermNode::Literal(_)
            | TermNode::List(_)
            | TermNode::Constant(_)
            | TermNode::Arithmetic(..)
            | TermNode::Function(..)
            | TermNode::Bucket(..)
            | TermNode::Span(..)
            | TermNode::Each(_)
            | TermNode::Entity(..) => self.term(term),
        }
    }

    /// A value.
    pub(super) fn term(&self, term: &Term) -> String {
        match &term.node {
            TermNode::Literal(value) => literal(value),
            TermNode::Path(path) if path.steps.is_empty() => self.alone(path),
            TermNode::Path(path) => self.path(path),
            TermNode::List(items) => self.list(items, term),
            TermNode::Constant(id) => self.program.constant(*id).map_or_else(String::new, |constant| self.named(&constant.name)),
            TermNode::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, term),
            TermNode::Function(function, of) => self.function(*function, of),
            TermNode::Bucket(of, salt) => alloc::format!("bucket of {} for {}", self.factor(of), quoted(salt)),
            TermNode::Span(unit, from, to) => alloc::format!("{} from {} to {}", unit.name(), self.factor(from), self.factor(to)),
            TermNode::Each(each) => self.each(each),
            TermNode::Entity(kind, id) => alloc::format!("{} {}", self.kind(*kind), quoted(id)),
        }
    }

    /// A root by itself: a fact has `the`.
    fn alone(&self, path: &Path) -> String {
        match &path.root {
            Root::Variable(id) => self.named(self.variable(*id)),
            Root::Setting(at) => {
                self.program.vocabulary.settings.get(*at as usize).map_or_else(String::new, |setting| self.named(&setting.name))
            }
            Root::Fact(_) if self.is_clock(path) => self.root(&path.root),
            Root::Fact(_) | Root::Parameter(_) | Root::Resource | Root::Subject => alloc::format!("the {}", self.root(&path.root)),
        }
    }

    /// Is it `now` or `today`?
    pub(super) fn is_clock(&self, path: &Path) -> bool {
        let Root::Fact(at) = path.root else { return false };
        let fact = self.program.vocabulary.facts.get(at as usize);
        path.steps.is_empty() && fact.is_some_and(|fact| matches!(fact.name.as_str(), "now" | "today"))
    }

    /// What is compared with `other`: a listed text is a bare word, and after `is` a name alone has `the`.
    pub(super) fn against(&self, term: &Term, other: &Term) -> String {
        if let TermNode::Literal(Value::Text(text)) = &term.node
            && self.is_listed_word(text, other)
        {
            return name(text);
        }
        self.term(term)
    }

    /// What stands after `is`, where a name by itself would be a word said of the subject.
    pub(super) fn equal_to(&self, term: &Term, other: &Term) -> String {
        let written = self.against(term, other);
        let is_name = match &term.node {
            TermNode::Constant(_) => true,
            TermNode::Path(path) => path.steps.is_empty() && !self.is_clock(path),
            TermNode::Function(Function::Distinct, _) => return alloc::format!("({written})"),
            TermNode::Literal(_)
            | TermNode::List(_)
            | TermNode::Arithmetic(..)
            | TermNode::Function(..)
            | TermNode::Bucket(..)
            | TermNode::Span(..)
            | TermNode::Each(_)
            | TermNode::Entity(..) => false,
        };
        if is_name && !written.starts_with("the ") { alloc::format!("the {written}") } else { written }
    }

    /// A list written out; its elements are compared with `other`.
    pub(super) fn list(&self, items: &[Term], other: &Term) -> String {
        let items: Vec<String> = items.iter().map(|item| self.against(item, other)).collect();
        alloc::format!("[{}]", items.join(", "))
    }

    /// What an operator or a function takes: in parentheses where it consists of parts.
    pub(super) fn factor(&self, term: &Term) -> String {
        let written = self.term(term);
        let is_whole = match &term.node {
            TermNode::Literal(_) => !written.starts_with('-'),
            TermNode::Path(_) | TermNode::List(_) | TermNode::Constant(_) | TermNode::Entity(..) => true,
            TermNode::Arithmetic(..) | TermNode::Function(..) | TermNode::Bucket(..) | TermNode::Span(..) | TermNode::Each(_) => false,
        };
        if is_whole { written } else { alloc::format!("({written})") }
    }

    fn arithmetic(&self, operator: Operator, left: &Term, right: &Term, whole: &Term) -> String {
        if let Some(percent) = share(left, whole) {
            return alloc::format!("{percent}% of {}", self.factor(right));
        }
        // Sums go from left to right; whatever else is in them stands in parentheses.
        let is_sum = |operator: &Operator| matches!(operator, Operator::Plus | Operator::Minus | Operator::Join);
        let goes_on = match &left.node {
            TermNode::Arithmetic(inner, first, _) => is_sum(inner) && is_sum(&operator) && share(first, left).is_none(),
            TermNode::Literal(_)
            | TermNode::Path(_)
            | TermNode::List(_)
            | TermNode::Constant(_)
            | TermNode::Function(..)
            | TermNode::Bucket(..)
            | TermNode::Span(..)
            | TermNode::Each(_)
            | TermNode::Entity(..) => false,
        };
        let left = if goes_on { self.term(left) } else { self.factor(left) };
        alloc::format!("{left} {} {}", operator.sign(), self.factor(right))
    }

    fn function(&self, function: Function, of: &Term) -> String {
        let word = if function == Function::Distinct { "distinct".into() } else { alloc::format!("{} of", function.name()) };
        if let TermNode::Each(each) = &of.node {
            return alloc::format!("{word} {}", self.each(each));
        }
        alloc::format!("{word} {}", self.factor(of))
    }

    fn each(&self, each: &Each) -> String {
        let filter = each.filter.as_ref().map(|filter| alloc::format!(" where ({})", self.condition(filter))).unwrap_or_default();
        let variable = name(self.variable(each.variable));
        alloc::format!("{} for {variable} in {}{filter}", self.factor(&each.element), self.subject(&each.list))
    }
}

/// How many percent a share is that was written as such: then it stands where the whole stands.
fn share(left: &Term, whole: &Term) -> Option<Decimal> {
    let TermNode::Literal(Value::Number(share)) = &left.node else { return None };
    if left.span == whole.span { share.checked_mul(Decimal::from(100)) } else { None }
}

fn literal(value: &Value) -> String {
    let written = value.to_string();
    let is_address = matches!(value, Value::IpAddress(_) | Value::Network(_));
    if is_address && written.contains(':') { alloc::format!("ip {}", quoted(&written)) } else { written }
}
