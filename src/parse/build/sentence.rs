//! What is said of a subject: `is …`, `has …`, `contains …`, a bare word.

use super::{Builder, next_is};
use crate::parse::grammar::{Pair, Pairs, Part, next_part, take};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{Expr, Form, Glue, Node, Order, Path, Sentence};
use crate::value::Value;
use alloc::boxed::Box;

/// The parts that can be said of a subject.
const TAILS: [Part; 7] =
    [Part::is_tail, Part::has_tail, Part::verb_tail, Part::sym_tail, Part::bad_missing_is, Part::bare_tail, Part::bad_bare];

/// A form with what negates or loosens it.
struct Said {
    negated: bool,
    form: Form,
}

impl<'t> Builder<'_, 't> {
    /// The subject alone, or the sentence that the next pair makes of it. `counted` says that it is the many of a count.
    #[inline(never)]
    pub(super) fn said_of(&mut self, pairs: &mut Pairs<'t>, subject: Expr, counted: bool) -> Option<Expr> {
        let Some(pair) = pairs.next_if(|pair| TAILS.contains(&pair.as_rule())) else {
            return Some(subject);
        };
        let tail = self.span(&pair);
        self.check_number(&pair, counted);
        let part = pair.as_rule();
        let mut inner = pair.into_inner().peekable();
        let said = self.said(part, &mut inner, &subject, tail)?;
        let ignoring_case = take(&mut inner, Part::ignoring_case).is_some();
        let span = subject.span.to(tail);
        let sentence = Sentence { subject, negated: said.negated, form: said.form, ignoring_case, tail };
        Some(Expr { node: Node::Sentence(Box::new(sentence)), span })
    }

    #[inline(never)]
    fn said(&mut self, part: Part, inner: &mut Pairs<'t>, subject: &Expr, tail: Span) -> Option<Said> {
        match part {
            Part::is_tail => self.is(inner, subject, tail),
            Part::has_tail => self.has(inner),
            Part::verb_tail => self.verb(inner, subject),
            Part::sym_tail => self.symbol(inner),
            Part::bare_tail => self.bare(inner),
            Part::bad_missing_is => self.missing_is(inner, tail),
            _ => self.refuse_phrase(inner, subject, tail, true).map(|form| Said { negated: false, form }),
        }
    }

    /// `role in L`: read as if `is` stood there.
    #[inline(never)]
    fn missing_is(&mut self, inner: &mut Pairs<'t>, tail: Span) -> Option<Said> {
        let before = self.found.len();
        self.refuse_missing_is(tail);
        let negated = take(inner, Part::not).is_some();
        let pair = inner.peek().cloned()?;
        let form = self.operation(inner)?;
        if pair.as_rule() == Part::under && matches!(form, Form::Order(..)) {
            // `under 18` lacks `is` and has another word for it: one mistake.
            self.found.truncate(before);
            let at = tail.before().to(self.span(&pair));
            self.report(mistakes::phrase(at, self.site.words(at), if negated { "is not less than" } else { "is less than" }));
        }
        Some(Said { negated, form })
    }

    #[inline(never)]
    fn is(&mut self, inner: &mut Pairs<'t>, subject: &Expr, tail: Span) -> Option<Said> {
        let negated = take(inner, Part::not).is_some();
        let form = match next_part(inner)? {
            Part::an => {
                inner.next();
                self.word(inner, Glue::IsA)?
            }
            Part::word => self.word(inner, Glue::Is)?,
            Part::bad_pred => {
                let pair = inner.next()?;
                self.refuse_phrase(&mut pair.into_inner().peekable(), subject, tail, false)?
            }
            part if is_operation(part) => self.operation(inner)?,
            _ => Form::Equal(self.sum(inner)?),
        };
        Some(Said { negated, form })
    }

    #[inline(never)]
    fn word(&mut self, inner: &mut Pairs<'t>, glue: Glue) -> Option<Form> {
        let pair = inner.next()?;
        let word = self.name(&pair);
        let object = self.object(inner)?;
        Some(Form::Word { glue, word, object })
    }

    /// `the Y`, the other side of a relation. The outer layer says whether its pairs could be read.
    #[inline(never)]
    fn object(&mut self, inner: &mut Pairs<'t>) -> Option<Option<Box<Path>>> {
        if !next_is(inner, &[Part::object, Part::bad_object]) {
            return Some(None);
        }
        let pair = inner.next()?;
        let part = pair.as_rule();
        let path = self.path(&take(&mut pair.into_inner().peekable(), Part::path)?)?;
        if part == Part::bad_object {
            self.refuse_object(&path);
        }
        Some(Some(Box::new(path)))
    }

    #[inline(never)]
    fn operation(&mut self, inner: &mut Pairs<'t>) -> Option<Form> {
        let pair = inner.next()?;
        let part = pair.as_rule();
        match part {
            Part::empty => return Some(Form::Empty),
            Part::between => return self.between(inner),
            Part::one_of => return self.items(take(inner, Part::list)?).map(Form::OneOf),
            Part::bad_one_of => return self.one_of_name(pair),
            Part::bad_within => self.refuse_within(&pair),
            _ => {}
        }
        let value = self.sum(inner)?;
        Some(match part {
            Part::in_ | Part::inside => Form::In(value),
            Part::within_last | Part::bad_within => Form::WithinLast(value),
            Part::within_next => Form::WithinNext(value),
            Part::under if is_amount(&value) => {
                let at = self.span(&pair);
                self.report(mistakes::phrase(at, pair.as_str(), "less than"));
                Form::Order(Order::LessThan, value)
            }
            Part::under => Form::Under(value),
            Part::under_domain => Form::UnderDomain(value),
            _ => Form::Order(order(part)?, value),
        })
    }

    #[inline(never)]
    fn between(&mut self, inner: &mut Pairs<'t>) -> Option<Form> {
        let low = self.sum(inner)?;
        Some(Form::Between(Box::new(low), Box::new(self.sum(inner)?)))
    }

    /// `is one of NAME`: read as `is in NAME`.
    #[inline(never)]
    fn one_of_name(&mut self, pair: Pair<'t>) -> Option<Form> {
        let mut parts = pair.into_inner().peekable();
        let words = take(&mut parts, Part::one_of)?;
        let value = self.sum(&mut parts)?;
        self.refuse_one_of(&words, value.span);
        Some(Form::In(value))
    }

    #[inline(never)]
    fn has(&mut self, inner: &mut Pairs<'t>) -> Option<Said> {
        let not = inner.next_if(|pair| matches!(pair.as_rule(), Part::not | Part::no)).map(|pair| pair.as_rule());
        let path = take(inner, Part::path)?;
        let path = self.path(&path)?;
        let object = self.object(inner)?;
        Some(Said { negated: not.is_some(), form: Form::Has { path, object, no: not == Some(Part::no) } })
    }

    #[inline(never)]
    fn verb(&mut self, inner: &mut Pairs<'t>, subject: &Expr) -> Option<Said> {
        if let Some(pair) = take(inner, Part::bad_does) {
            let form = self.refuse_does(pair, subject)?;
            return Some(Said { negated: true, form });
        }
        let negated = take(inner, Part::does_not).is_some();
        let verb = inner.next()?;
        if let Some(pair) = take(inner, Part::bad_any_of) {
            let form = self.refuse_any_of(&verb, pair, subject)?;
            return Some(Said { negated, form });
        }
        let value = self.sum(inner)?;
        let form = match verb.as_rule() {
            Part::contains => Form::Contains(value),
            Part::starts_with => Form::StartsWith(value),
            Part::ends_with => Form::EndsWith(value),
            _ => Form::Matches(value),
        };
        Some(Said { negated, form })
    }

    #[inline(never)]
    fn symbol(&mut self, inner: &mut Pairs<'t>) -> Option<Said> {
        let pair = inner.next()?;
        let is_bad = pair.as_rule() == Part::bad_eq;
        let before = self.found.len();
        let symbol = if is_bad { self.refuse_equals(&pair) } else { pair.as_str() };
        let value = self.sum(inner)?;
        if is_bad && is_bare_word(&value) {
            // After `is` a bare word is a description, and a text was meant as likely as not.
            self.found.truncate(before);
            self.refuse_equals_word(&pair, value.span);
        }
        let form = match symbol {
            "<" => Form::Order(Order::LessThan, value),
            "<=" | "≤" => Form::Order(Order::AtMost, value),
            ">" => Form::Order(Order::MoreThan, value),
            ">=" | "≥" => Form::Order(Order::AtLeast, value),
            _ => Form::Equal(value),
        };
        Some(Said { negated: symbol == "≠", form })
    }

    #[inline(never)]
    fn bare(&mut self, inner: &mut Pairs<'t>) -> Option<Said> {
        let negated = take(inner, Part::not).is_some();
        Some(Said { negated, form: self.word(inner, Glue::Bare)? })
    }

    /// `are`, `have`, `contain` are the words of a count; one subject `is`, `has`, `contains`.
    #[inline(never)]
    fn check_number(&mut self, pair: &Pair<'t>, counted: bool) {
        let written = pair.as_str();
        let word = written.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        let singular = match word {
            "are" => "is",
            "have" => "has",
            "contain" => "contains",
            "start" => "starts",
            "end" => "ends",
            "match" => "matches",
            "do" => "does",
            _ => return,
        };
        let plain = matches!(pair.as_rule(), Part::is_tail | Part::has_tail | Part::verb_tail);
        if plain && !counted {
            let at = self.keyword(pair, word.len());
            self.refuse_plural(at, word, singular);
        }
    }
}

/// The order that a part of the grammar names.
fn order(part: Part) -> Option<Order> {
    Some(match part {
        Part::at_least => Order::AtLeast,
        Part::at_most => Order::AtMost,
        Part::more_than => Order::MoreThan,
        Part::less_than => Order::LessThan,
        Part::before => Order::Before,
        Part::after => Order::After,
        Part::on_or_before => Order::OnOrBefore,
        Part::on_or_after => Order::OnOrAfter,
        _ => return None,
    })
}

fn is_operation(part: Part) -> bool {
    order(part).is_some()
        || matches!(
            part,
            Part::between
                | Part::one_of
                | Part::bad_one_of
                | Part::empty
                | Part::in_
                | Part::inside
                | Part::within_last
                | Part::within_next
                | Part::bad_within
                | Part::under
                | Part::under_domain
        )
}

/// Is it a number or an amount, which nothing lies under as in a folder?
fn is_amount(value: &Expr) -> bool {
    matches!(&value.node, Node::Literal { value: Value::Number(_) | Value::Money(_) | Value::Duration(_), .. })
}

/// Is it one word, which could be a description, a fact or a text without its quotes? What stands for yes, no or none elsewhere
/// is another mistake.
fn is_bare_word(value: &Expr) -> bool {
    let Node::Path { the: false, path } = &value.node else { return false };
    let small = path.root.text.to_ascii_lowercase();
    path.fields.is_empty() && !["true", "false", "null", "nil", "undefined"].contains(&small.as_str())
}
