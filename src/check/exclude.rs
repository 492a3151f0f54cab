//! Conditions that form alone decides: sentences that exclude each other, joined by `and`, and sentences of which one always
//! holds, joined by `or`.
//!
//! Most of these are slips of English: "is not a draft or is not final" is true of everything.

use super::{meaning, messages};
use crate::diagnostic::Diagnostic;
use crate::program::{Formula, FormulaNode, Meaning, Program, Rule, Term, TermNode, Verb};
use crate::source::{Sources, Span};
use crate::value::{Letters, Value};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Conjunctions of more sentences than this are not compared each with each.
const MOST_PARTS: usize = 64;

/// A sentence, or the opposite of one.
pub(super) struct Said<'p> {
    pub(super) formula: &'p Formula,
    /// It has to be true; else its opposite.
    pub(super) yes: bool,
    /// Where it is written, with a `not` that belongs to it.
    span: Span,
    /// It is meant as it is written there: no `not` and no `unless` around it.
    meant: bool,
}

/// Warns of what is decided by form.
pub(super) fn exclude(program: &Program, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in &program.rules {
        let mut all = Vec::new();
        conjuncts(rule, &mut all);
        find(&all, &mut found);
        rule.condition.iter().chain(&rule.when).chain(&rule.unless).for_each(|part| within(part, &mut found));
    }
    program.definitions.iter().flat_map(|definition| &definition.alternatives).for_each(|body| joined(body, &mut found));
    for constant in &program.constants {
        match &constant.meaning {
            Meaning::Condition(condition) => joined(condition, &mut found),
            Meaning::Cases(cases, _) => cases.iter().for_each(|(condition, _)| joined(condition, &mut found)),
            Meaning::Value(_) => {}
        }
    }
    found.sort();
    found.dedup();
    let words = |(span, is): (Span, bool)| {
        let words = sources.words(span);
        if !is { alloc::format!("not ({words})") } else { String::from(words) }
    };
    let told = |pair: Pair| messages::decided_by_form(pair.yes, (&words(pair.first), &words(pair.second)), pair.first.0, pair.second.0);
    found.into_iter().map(told).collect()
}

/// Two sentences that decide what they stand in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    /// One of them always holds; else they are never both true.
    yes: bool,
    /// Where it stands, and whether it is meant as it stands there.
    first: (Span, bool),
    second: (Span, bool),
}

/// What has to be true together for a rule to do something.
pub(super) fn conjuncts<'p>(rule: &'p Rule, all: &mut Vec<Said<'p>>) {
    let limits = rule.verb != Verb::OnlyIf;
    rule.when.iter().for_each(|when| flatten(when, true, true, all));
    rule.unless.iter().for_each(|unless| flatten(unless, false, false, all));
    rule.condition.iter().for_each(|condition| flatten(condition, !limits, !limits, all));
}

/// The parts of a conjunction.
fn flatten<'p>(formula: &'p Formula, yes: bool, meant: bool, into: &mut Vec<Said<'p>>) {
    match (&formula.node, yes) {
        (FormulaNode::Not(inner), _) => {
            let before = into.len();
            flatten(inner, !yes, !meant, into);
            if let Some([only]) = into.get_mut(before..) {
                (only.span, only.meant) = (formula.span, meant);
            }
        }
        (FormulaNode::And(parts), true) | (FormulaNode::Or(parts), false) => {
            parts.iter().for_each(|part| flatten(part, yes, meant, into));
        }
        _ => into.push(Said { formula, yes, span: formula.span, meant }),
    }
}

/// Looks at all conjunctions and disjunctions in a formula, itself among them.
fn joined(formula: &Formula, found: &mut Vec<Pair>) {
    let mut all = Vec::new();
    flatten(formula, true, true, &mut all);
    find(&all, found);
    within(formula, found);
}

/// Looks at what stands in a formula, but not at it as a conjunction.
fn within(formula: &Formula, found: &mut Vec<Pair>) {
    match &formula.node {
        FormulaNode::Not(inner) => within(inner, found),
        FormulaNode::And(parts) => parts.iter().for_each(|part| within(part, found)),
        FormulaNode::Or(parts) => {
            let mut opposites = Vec::new();
            flatten(formula, false, true, &mut opposites);
            find_pairs(&opposites, true, found);
            parts.iter().for_each(|part| joined(part, found));
        }
        FormulaNode::Quantified(quantified) => joined(&quantified.body, found),
        FormulaNode::Always(_)
        | FormulaNode::Holds(_)
        | FormulaNode::Equal(..)
        | FormulaNode::Less { .. }
        | FormulaNode::In(..)
        | FormulaNode::Texts(..)
        | FormulaNode::IsNone(_)
        | FormulaNode::IsEmpty(_)
        | FormulaNode::Inside(..)
        | FormulaNode::IsKind(..)
        | FormulaNode::Defined(..)
        | FormulaNode::Constant(_) => {}
    }
}

fn find(all: &[Said<'_>], found: &mut Vec<Pair>) {
    find_pairs(all, false, found);
}

/// The first pair that excludes each other.
fn find_pairs(all: &[Said<'_>], yes: bool, found: &mut Vec<Pair>) {
    if all.len() < 2 || all.len() > MOST_PARTS {
        return;
    }
    let mut said: BTreeMap<String, (Span, bool)> = BTreeMap::new();
    for one in all {
        let mut meanings = (meaning::formula(one.formula), meaning::opposite(one.formula));
        if !one.yes {
            core::mem::swap(&mut meanings.0, &mut meanings.1);
        }
        if let Some(&first) = said.get(&meanings.1) {
            found.push(Pair { yes, first, second: (one.span, one.meant) });
            return;
        }
        said.insert(meanings.0, (one.span, one.meant));
    }
    let facts: Vec<(String, Claim<'_>, (Span, bool))> = all.iter().filter_map(claim).collect();
    for (at, (of, claim, span)) in facts.iter().enumerate() {
        let earlier = facts.iter().take(at).find(|(other, before, _)| other == of && before.excludes(claim));
        if let Some((_, _, first)) = earlier {
            found.push(Pair { yes, first: *first, second: *span });
            return;
        }
    }
}

/// What a sentence claims of a term, compared with what is written out.
enum Claim<'p> {
    Is(&'p Value),
    OneOf(Vec<&'p Value>),
    None,
    /// Above it, or also it.
    From(&'p Value, bool),
    /// Below it, or also it.
    To(&'p Value, bool),
}

impl Claim<'_> {
    /// Can the two never both be true?
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Claim::Is(left), Claim::Is(right)) => differ(left, right),
            (Claim::Is(value), Claim::OneOf(values)) | (Claim::OneOf(values), Claim::Is(value)) => {
                values.iter().all(|other| differ(value, other))
            }
            (Claim::OneOf(left), Claim::OneOf(right)) => left.iter().all(|value| right.iter().all(|other| differ(value, other))),
            (Claim::None, Claim::Is(_) | Claim::OneOf(_) | Claim::From(..) | Claim::To(..))
            | (Claim::Is(_) | Claim::OneOf(_) | Claim::From(..) | Claim::To(..), Claim::None) => true,
            (Claim::From(low, low_too), Claim::To(high, high_too)) | (Claim::To(high, high_too), Claim::From(low, low_too)) => {
                match low.order(high) {
                    Ok(Ordering::Greater) => true,
                    Ok(Ordering::Equal) => !(*low_too && *high_too),
                    Ok(Ordering::Less) | Err(_) => false,
                }
            }
            (Claim::Is(value), Claim::From(low, too)) | (Claim::From(low, too), Claim::Is(value)) => match value.order(low) {
                Ok(Ordering::Less) => true,
                Ok(Ordering::Equal) => !too,
                Ok(Ordering::Greater) | Err(_) => false,
            },
            (Claim::Is(value), Claim::To(high, too)) | (Claim::To(high, too), Claim::Is(value)) => match value.order(high) {
                Ok(Ordering::Greater) => true,
                Ok(Ordering::Equal) => !too,
                Ok(Ordering::Less) | Err(_) => false,
            },
            (Claim::None, Claim::None)
            | (Claim::From(..), Claim::From(..) | Claim::OneOf(_))
            | (Claim::To(..), Claim::To(..) | Claim::OneOf(_))
            | (Claim::OneOf(_), Claim::From(..) | Claim::To(..)) => false,
        }
    }
}

/// Are two written values surely not the same?
fn differ(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left != right,
        (Value::YesNo(left), Value::YesNo(right)) => left != right,
        _ => matches!(left.order(right), Ok(Ordering::Less | Ordering::Greater)),
    }
}

/// What a sentence claims, and of which term.
fn claim<'p>(said: &Said<'p>) -> Option<(String, Claim<'p>, (Span, bool))> {
    let (formula, yes) = (said.formula, said.yes);
    let (of, claim) = match (&formula.node, yes) {
        (FormulaNode::Equal(term, literal, Letters::Exact), true) | (FormulaNode::Equal(literal, term, Letters::Exact), true)
            if written(literal).is_some() && written(term).is_none() =>
        {
            (term, Claim::Is(written(literal)?))
        }
        (FormulaNode::In(term, list, Letters::Exact), true) => {
            let TermNode::List(items) = &list.node else { return None };
            (term, Claim::OneOf(items.iter().map(written).collect::<Option<_>>()?))
        }
        (FormulaNode::IsNone(term), true) => (term, Claim::None),
        (FormulaNode::Less { left, right, or_equal }, _) => {
            let (left, right, or_equal) = if yes { (left, right, *or_equal) } else { (right, left, !or_equal) };
            match (written(left), written(right)) {
                (Some(low), None) => (right, Claim::From(low, or_equal)),
                (None, Some(high)) => (left, Claim::To(high, or_equal)),
                (Some(_), Some(_)) | (None, None) => return None,
            }
        }
        _ => return None,
    };
    // A list is no single value: it may contain the one and the other.
    Some((meaning::term(of), claim, (said.span, said.meant)))
}

/// The value of a literal. None, the word, is no value.
fn written(term: &Term) -> Option<&Value> {
    match &term.node {
        TermNode::Literal(Value::None | Value::Network(_) | Value::List(_)) => None,
        TermNode::Literal(value) => Some(value),
        TermNode::Path(_)
        | TermNode::List(_)
        | TermNode::Constant(_)
        | TermNode::Arithmetic(..)
        | TermNode::Function(..)
        | TermNode::Bucket(..)
        | TermNode::Span(..)
        | TermNode::Each(_)
        | TermNode::Entity(..) => None,
    }
}
