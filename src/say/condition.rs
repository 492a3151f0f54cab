//! Conditions in words, such that a rule that is written so means the same.

use super::names::name;
use super::words::Words;
use crate::program::{Formula, FormulaNode, Letters, Operator, Quantified, Quantifier, Range, Term, TermNode, TextTest};
use crate::source::Span;
use crate::value::{Decimal, Value};
use crate::vocabulary::{Glue, Presence, Type, with_article};
use alloc::string::String;
use alloc::vec::Vec;

/// A sentence: what it is about, and what is said of it.
pub(super) struct Said {
    subject: String,
    tail: String,
}

impl Said {
    fn whole(self) -> String {
        alloc::format!("{} {}", self.subject, self.tail)
    }
}

impl Words<'_> {
    /// A condition in the words of the language.
    pub(super) fn condition(&self, formula: &Formula) -> String {
        if let Some(said) = self.said(formula, false) {
            return said.whole();
        }
        match &formula.node {
            FormulaNode::Always(yes) => String::from(if *yes { "yes" } else { "no" }),
            FormulaNode::Not(inner) => self.not(inner),
            FormulaNode::And(parts) => self.joined(parts, " and "),
            FormulaNode::Or(parts) => self.joined(parts, " or "),
            FormulaNode::Holds(term) => self.term(term),
            FormulaNode::Constant(id) => self.program.constant(*id).map_or_else(String::new, |constant| name(&constant.name)),
            FormulaNode::Quantified(quantified) => self.quantified(quantified),
            FormulaNode::Equal(..)
            | FormulaNode::Less { .. }
            | FormulaNode::In(..)
            | FormulaNode::Texts(..)
            | FormulaNode::IsNone(_)
            | FormulaNode::IsEmpty(_)
            | FormulaNode::Inside(..)
            | FormulaNode::IsKind(..)
            | FormulaNode::Defined(..) => String::new(),
        }
    }

    fn not(&self, inner: &Formula) -> String {
        if let Some(said) = self.said(inner, true) {
            return said.whole();
        }
        let is_name = matches!(inner.node, FormulaNode::Constant(_) | FormulaNode::Holds(_));
        let written = self.condition(inner);
        if is_name { alloc::format!("not {written}") } else { alloc::format!("not ({written})") }
    }

    /// Parts that are joined by the same word. What is joined by the other one stands in parentheses.
    fn joined(&self, parts: &[Formula], word: &str) -> String {
        let part = |part: &Formula| {
            let written = self.condition(part);
            let is_joined = matches!(part.node, FormulaNode::And(_) | FormulaNode::Or(_)) && self.said(part, false).is_none();
            if is_joined { alloc::format!("({written})") } else { written }
        };
        let parts: Vec<String> = parts.iter().map(part).collect();
        parts.join(word)
    }

    /// A condition, or its opposite, as a sentence; none where it is none.
    fn said(&self, formula: &Formula, negated: bool) -> Option<Said> {
        let is = if negated { "is not" } else { "is" };
        let said = |subject: &Term, tail: String| Some(Said { subject: self.subject(subject), tail: alloc::format!("{is} {tail}") });
        match &formula.node {
            FormulaNode::Not(inner) => self.said_not(inner, negated),
            FormulaNode::Holds(term) => self.holds(term, formula.span, negated),
            FormulaNode::Equal(left, right, letters) => said(left, self.equal_to(right, left) + ignoring(*letters)),
            FormulaNode::Less { left, right, or_equal } => {
                let (subject, other, word) = self.ordered(left, right, *or_equal);
                said(subject, alloc::format!("{word} {}", self.against(other, subject)))
            }
            FormulaNode::In(of, list, letters) => Some(self.is_in(of, list, *letters, negated)),
            FormulaNode::Texts(test, left, right, letters) => Some(self.texts(*test, left, right, *letters, negated)),
            FormulaNode::IsNone(term) => said(term, "none".into()),
            FormulaNode::IsEmpty(term) => Some(self.is_empty(term, negated)),
            FormulaNode::Inside(inner, outer) => said(inner, alloc::format!("in {}", self.term(outer))),
            FormulaNode::IsKind(term, kind) => said(term, with_article(&self.kind(*kind))),
            FormulaNode::Defined(id, subject, object) => {
                let definition = self.program.definition(*id)?;
                let object = object.as_ref().map(|object| alloc::format!(" the {}", self.subject(object))).unwrap_or_default();
                let word = name(&definition.word) + &object;
                Some(Said { subject: self.subject(subject), tail: tail(definition.glue, &word, negated) })
            }
            FormulaNode::And(parts) => self.range(parts, negated),
            FormulaNode::Or(parts) => self.by_kind(parts, formula.span, negated),
            FormulaNode::Always(_) | FormulaNode::Quantified(_) | FormulaNode::Constant(_) => None,
        }
    }

    /// What is not so; `has no F` was made of two negations.
    fn said_not(&self, inner: &Formula, negated: bool) -> Option<Said> {
        let FormulaNode::Not(twice) = &inner.node else {
            return if negated { None } else { self.said(inner, true) };
        };
        if matches!(twice.node, FormulaNode::IsEmpty(_)) { self.said(twice, negated) } else { None }
    }

    /// That a yes/no is yes. A path whose last word would be taken for something else stays a path.
    fn holds(&self, term: &Term, span: Span, negated: bool) -> Option<Said> {
        let TermNode::Path(path) = &term.node else { return None };
        let (before, field) = self.last_field(path)?;
        let glue = self.glue(field, span);
        let is_kind = glue == Glue::IsA && self.program.vocabulary.kinds.iter().any(|kind| kind.name == field.name);
        if self.is_said(&field.name) || is_kind {
            return None;
        }
        Some(Said { subject: self.path(&before), tail: tail(glue, &name(&field.name), negated) })
    }

    /// Which side is the subject, as the author has it, and the words of the order.
    fn ordered<'t>(&self, left: &'t Term, right: &'t Term, or_equal: bool) -> (&'t Term, &'t Term, &'static str) {
        let is_day = |term: &Term| {
            let of_literal = if let TermNode::Literal(value) = &term.node { value.kind_name() } else { "" };
            let of_path = matches!(self.type_of(term), Some(Type::Date | Type::DateTime | Type::Time));
            of_path || matches!(of_literal, "date" | "date-time" | "time")
        };
        let is_day = is_day(left) || is_day(right);
        let swapped = right.span.start < left.span.start;
        let word = match (swapped, or_equal, is_day) {
            (false, false, false) => "less than",
            (false, false, true) => "before",
            (false, true, false) => "at most",
            (false, true, true) => "on or before",
            (true, false, false) => "more than",
            (true, false, true) => "after",
            (true, true, false) => "at least",
            (true, true, true) => "on or after",
        };
        if swapped { (right, left, word) } else { (left, right, word) }
    }

    fn is_in(&self, of: &Term, list: &Term, letters: Letters, negated: bool) -> Said {
        let ignoring = ignoring(letters);
        let is = if negated { "is not" } else { "is" };
        if let TermNode::List(items) = &list.node {
            // A network by itself was made a list of one.
            if items.len() == 1 && items.iter().all(|item| item.span == list.span) {
                let network: String = items.iter().map(|item| self.term(item)).collect();
                return Said { subject: self.subject(of), tail: alloc::format!("{is} in {network}") };
            }
            return Said { subject: self.subject(of), tail: alloc::format!("{is} one of {}{ignoring}", self.list(items, of)) };
        }
        if list.span.start < of.span.start {
            let contains = if negated { "does not contain" } else { "contains" };
            return Said { subject: self.subject(list), tail: alloc::format!("{contains} {}{ignoring}", self.against(of, list)) };
        }
        Said { subject: self.subject(of), tail: alloc::format!("{is} in {}{ignoring}", self.term(list)) }
    }

    fn texts(&self, test: TextTest, left: &Term, right: &Term, letters: Letters, negated: bool) -> Said {
        let (yes, no) = match test {
            TextTest::Contains => ("contains", "does not contain"),
            TextTest::StartsWith => ("starts with", "does not start with"),
            TextTest::EndsWith => ("ends with", "does not end with"),
            TextTest::Matches => ("matches", "does not match"),
            TextTest::Under => ("is under", "is not under"),
            TextTest::UnderDomain => ("is under domain", "is not under domain"),
        };
        let verb = if negated { no } else { yes };
        Said { subject: self.subject(left), tail: alloc::format!("{verb} {}{}", self.term(right), ignoring(letters)) }
    }

    /// `has F` and `has no F` where F is a field with a declared type other than yes/no.
    fn is_empty(&self, term: &Term, negated: bool) -> Said {
        if let TermNode::Path(path) = &term.node
            && let Some((before, field)) = self.last_field(path)
            && field.presence != Presence::Open
            && !matches!(field.ty, Type::YesNo | Type::Any | Type::Inferred(_))
            && !self.is_said(&field.name)
        {
            let has = if negated { "has" } else { "has no" };
            return Said { subject: self.path(&before), tail: alloc::format!("{has} {}", name(&field.name)) };
        }
        Said { subject: self.subject(term), tail: String::from(if negated { "is not empty" } else { "is empty" }) }
    }

    /// `between` and `within`, which were taken apart: their subject stands in the text once.
    fn range(&self, parts: &[Formula], negated: bool) -> Option<Said> {
        let [Formula { node: FormulaNode::Less { left: low, right: subject, or_equal: true }, .. }, second] = parts else { return None };
        let FormulaNode::Less { left: again, right: high, or_equal: true } = &second.node else { return None };
        if subject != again {
            return None;
        }
        let span = |edge: &Term, now: &Term, wanted: Operator| {
            let TermNode::Arithmetic(operator, from, span) = &edge.node else { return None };
            let is_from_now = matches!(&now.node, TermNode::Path(path) if self.is_clock(path)) && **from == *now;
            (*operator == wanted && is_from_now).then(|| self.term(span))
        };
        let is = if negated { "is not" } else { "is" };
        let tail = match (span(low, high, Operator::Minus), span(high, low, Operator::Plus)) {
            (Some(last), _) => alloc::format!("{is} within the last {last}"),
            (None, Some(next)) => alloc::format!("{is} within the next {next}"),
            (None, None) => alloc::format!("{is} between {} and {}", self.against(low, subject), self.against(high, subject)),
        };
        Some(Said { subject: self.subject(subject), tail })
    }

    /// A word that several kinds define, said of something that may be any of them: one sentence.
    fn by_kind(&self, parts: &[Formula], span: Span, negated: bool) -> Option<Said> {
        let of = |part: &Formula| {
            let FormulaNode::And(all) = &part.node else { return None };
            let last = all.last().filter(|last| part.span == span && last.span == span)?;
            if matches!(last.node, FormulaNode::Defined(..)) { self.said(last, negated) } else { None }
        };
        let ways: Option<Vec<Said>> = parts.iter().map(of).collect();
        ways?.into_iter().next()
    }

    /// What is said of the elements of a list, without `satisfies` where one sentence about each says it.
    fn quantified(&self, quantified: &Quantified) -> String {
        let count = |word: &str, count: &Term| alloc::format!("{word} {}", self.factor(count));
        let quantifier = match &quantified.quantifier {
            Quantifier::Any => "any".into(),
            Quantifier::Every => "every".into(),
            Quantifier::No => "no".into(),
            Quantifier::AtLeast(number) => count("at least", number),
            Quantifier::AtMost(number) => count("at most", number),
            Quantifier::Exactly(number) => count("exactly", number),
        };
        let variable = name(self.variable(quantified.variable));
        let range = match &quantified.range {
            Range::List(list) => alloc::format!("in {}", self.subject(list)),
            Range::Above { of, itself: false, .. } => alloc::format!("above {}", self.subject(of)),
            Range::Above { of, itself: true, .. } => alloc::format!("at or above {}", self.subject(of)),
        };
        let body = match self.said(&quantified.body, false) {
            Some(said) if said.subject == variable => in_number(said.tail, &quantified.quantifier),
            _ => alloc::format!("satisfies ({})", self.condition(&quantified.body)),
        };
        alloc::format!("{quantifier} {variable} {range} {body}")
    }
}

/// What is said of several, `are` and `have`, as the language has it after a count.
fn in_number(tail: String, quantifier: &Quantifier) -> String {
    let count = match quantifier {
        Quantifier::Any | Quantifier::Every | Quantifier::No => return tail,
        Quantifier::AtLeast(count) | Quantifier::AtMost(count) | Quantifier::Exactly(count) => count,
    };
    if matches!(&count.node, TermNode::Literal(Value::Number(number)) if *number == Decimal::ONE) {
        return tail;
    }
    match tail.split_once(' ') {
        Some(("is", rest)) => alloc::format!("are {rest}"),
        Some(("has", rest)) => alloc::format!("have {rest}"),
        Some(_) | None => tail,
    }
}

fn ignoring(letters: Letters) -> &'static str {
    match letters {
        Letters::Exact => "",
        Letters::IgnoringCase => " ignoring case",
    }
}

/// A word with what joins it to its subject.
pub(super) fn tail(glue: Glue, word: &str, negated: bool) -> String {
    let before = match (glue, negated) {
        (Glue::Bare, false) => return word.into(),
        (Glue::Bare, true) => "not ",
        (Glue::Is, false) => "is ",
        (Glue::Is, true) => "is not ",
        (Glue::Has, false) => "has ",
        (Glue::Has, true) => "has not ",
        (Glue::IsA, false) => return alloc::format!("is {}", with_article(word)),
        (Glue::IsA, true) => return alloc::format!("is not {}", with_article(word)),
    };
    alloc::format!("{before}{word}")
}
