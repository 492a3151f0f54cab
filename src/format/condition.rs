//! Conditions: what is joined by `and` or `or`, parentheses, quantifiers, and what is said of a subject.

use super::page::Item;
use super::writer::Writer;
use crate::source::Span;
use crate::tree::{Expr, Form, Glue, Node, Order, Path, Quantified, Quantifier, Range, Sentence};

/// Words that mean something else where a subject begins with them, so that it keeps its `the`.
const OPENING: [&str; 11] = ["at", "exactly", "more", "less", "fewer", "some", "all", "each", "for", "distinct", "not"];

/// Words that mean something else after `is`, so that `=` stays.
const AFTER_IS: &str = "above after at before below between defined distinct empty equals equal exactly exists exist false greater \
                        includes inside known less missing more nil null one on over present than then to true undefined under \
                        unknown within";

impl<'t> Writer<'t> {
    /// The parts of a condition, with a place for a line end before each `and` and `or`.
    pub(super) fn joined(&mut self, expr: &'t Expr) {
        let (word, parts) = parts(expr);
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.place(Item::Blank, self.start(part));
                self.word(word);
            }
            self.expr(part);
        }
    }

    /// As [`Writer::joined`], with each `and` and `or` one level further in than the first part.
    pub(super) fn joined_further_in(&mut self, expr: &'t Expr) {
        let (word, parts) = parts(expr);
        let Some((first, others)) = parts.split_first() else { return };
        // Only the brackets of a first part come back to where it begins.
        let flush = others.is_empty() || matches!(first.node, Node::Paren(_));
        if flush {
            self.expr(first);
        }
        self.put(Item::In);
        if !flush {
            self.expr(first);
        }
        for part in others {
            self.place(Item::Blank, self.start(part));
            self.word(word);
            self.expr(part);
        }
        self.put(Item::Out);
    }

    /// `( C )`; comments up to `end` are within.
    pub(super) fn in_parentheses(&mut self, inner: &'t Expr, end: u32) {
        self.put(Item::Open);
        self.word("(");
        self.put(Item::In);
        self.place(Item::Soft, self.start(inner));
        self.joined(inner);
        self.comments_before(end);
        self.put(Item::Out);
        self.put(Item::Soft);
        self.word(")");
        self.put(Item::Close);
    }

    pub(super) fn quantified(&mut self, quantified: &'t Quantified, end: u32) {
        self.put(Item::Open);
        let (word, number) = match &quantified.quantifier {
            Quantifier::Any => ("any ", None),
            Quantifier::Every => ("every ", None),
            Quantifier::No => ("no ", None),
            Quantifier::AtLeast(number) => ("at least ", Some(number)),
            Quantifier::AtMost(number) => ("at most ", Some(number)),
            Quantifier::Exactly(number) => ("exactly ", Some(number)),
        };
        self.word(word);
        if let Some(number) = number {
            self.expr(number);
            self.word(" ");
        }
        self.name(&quantified.variable);
        let (word, range) = match &quantified.range {
            Range::In(range) => (" in ", range),
            Range::Above(range) => (" above ", range),
            Range::AtOrAbove(range) => (" at or above ", range),
        };
        self.word(word);
        self.expr(range);
        if let (Node::Sentence(sentence), false) = (&quantified.body.node, quantified.satisfies) {
            self.hang(Item::Fill, tail_start(sentence));
            self.tail(sentence);
        } else {
            self.filter("satisfies ", &quantified.body, end);
        }
        self.put(Item::Close);
    }

    /// `satisfies (C)`, `where (C)`; comments up to `end` are within.
    pub(super) fn filter(&mut self, word: &'static str, condition: &'t Expr, end: u32) {
        self.hang(Item::Whole, self.start(condition));
        self.word(word);
        self.in_parentheses(condition, end);
    }

    pub(super) fn sentence(&mut self, sentence: &'t Sentence) {
        self.put(Item::Open);
        match self.without_article(&sentence.subject) {
            Some(path) => self.written(path.span),
            None => self.expr(&sentence.subject),
        }
        self.hang(Item::Fill, tail_start(sentence));
        self.tail(sentence);
        self.put(Item::Close);
    }

    /// A subject that loses its `the`.
    fn without_article(&self, subject: &'t Expr) -> Option<&'t Path> {
        match &subject.node {
            Node::Path { the: true, path } if !OPENING.contains(&self.words(path.root.span)) => Some(path),
            Node::Path { .. }
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::Paren(_)
            | Node::Quantified(_)
            | Node::Sentence(_)
            | Node::Literal { .. }
            | Node::Entity(_)
            | Node::Record(_)
            | Node::List(_)
            | Node::Arithmetic { .. }
            | Node::Of(_)
            | Node::Between { .. } => None,
        }
    }

    /// Where a condition begins as it is printed.
    pub(super) fn start(&self, expr: &'t Expr) -> Span {
        let first = parts(expr).1.first().unwrap_or(expr);
        let Node::Sentence(sentence) = &first.node else { return first.span };
        self.without_article(&sentence.subject).map_or(first.span, |path| path.span)
    }

    /// What is said, from the copula or verb on.
    fn tail(&mut self, sentence: &'t Sentence) {
        match &sentence.form {
            Form::Equal(value) => self.equal(sentence, value),
            Form::Word { glue, word, object } => self.said(sentence, *glue, word.span, object.as_deref()),
            Form::Has { path, object, no } => {
                self.word(if self.is_plural(sentence.tail) { "have " } else { "has " });
                self.negation(sentence, if *no { "no " } else { "not " });
                self.article(path.span);
                self.written(path.span);
                self.object(object.as_deref());
            }
            Form::Order(order, value) => self.compared(sentence, order_words(*order), value),
            Form::Between(low, high) => {
                self.compared(sentence, "between ", low);
                self.hang(Item::Fill, high.span);
                self.word("and ");
                self.expr(high);
            }
            Form::OneOf(items) => {
                self.copula(sentence);
                self.word("one of ");
                self.list(items, sentence.tail.end);
            }
            Form::In(value) => self.compared(sentence, "in ", value),
            Form::WithinLast(value) => self.compared(sentence, "within the last ", value),
            Form::WithinNext(value) => self.compared(sentence, "within the next ", value),
            Form::Under(value) => self.compared(sentence, "under ", value),
            Form::UnderDomain(value) => self.compared(sentence, "under domain ", value),
            Form::Empty => {
                self.copula(sentence);
                self.word("empty");
            }
            Form::Contains(value) => self.verb(sentence, "contains ", "contain ", value),
            Form::StartsWith(value) => self.verb(sentence, "starts with ", "start with ", value),
            Form::EndsWith(value) => self.verb(sentence, "ends with ", "end with ", value),
            Form::Matches(value) => self.verb(sentence, "matches ", "match ", value),
        }
        if sentence.ignoring_case {
            self.comments_before(sentence.tail.end);
            self.word(" ignoring case");
        }
    }

    /// `is V`; the signs stay where `is` would take V for something else.
    fn equal(&mut self, sentence: &'t Sentence, value: &'t Expr) {
        let is_sign = self.words(sentence.tail).starts_with(['=', '≠']);
        if is_sign && self.is_taken_after_is(value) {
            self.word(if sentence.negated { "≠ " } else { "= " });
        } else {
            self.copula(sentence);
        }
        self.expr(value);
    }

    /// Would `is` take this value, or its first word, for something else?
    fn is_taken_after_is(&self, value: &Expr) -> bool {
        let is_word = matches!(&value.node, Node::Path { the: false, path } if path.fields.is_empty());
        let first = self.words(value.span).split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').next();
        is_word || first.is_some_and(|first| AFTER_IS.split(' ').any(|word| word == first))
    }

    fn said(&mut self, sentence: &'t Sentence, glue: Glue, word: Span, object: Option<&'t Path>) {
        match glue {
            Glue::Bare => self.negation(sentence, "not "),
            Glue::Is => self.copula(sentence),
            Glue::IsA => {
                self.copula(sentence);
                self.article(word);
            }
            Glue::Has => {
                self.word("has ");
                self.negation(sentence, "not ");
            }
        }
        self.written(word);
        self.object(object);
    }

    fn object(&mut self, object: Option<&'t Path>) {
        if let Some(object) = object {
            self.word(" the ");
            self.written(object.span);
        }
    }

    fn compared(&mut self, sentence: &'t Sentence, words: &'static str, value: &'t Expr) {
        self.copula(sentence);
        self.word(words);
        self.expr(value);
    }

    fn verb(&mut self, sentence: &'t Sentence, one: &'static str, many: &'static str, value: &'t Expr) {
        let plural = self.is_plural(sentence.tail);
        match (sentence.negated, plural) {
            (true, false) => self.word("does not "),
            (true, true) => self.word("do not "),
            (false, _) => {}
        }
        self.word(if sentence.negated || plural { many } else { one });
        self.expr(value);
    }

    fn copula(&mut self, sentence: &'t Sentence) {
        self.word(if self.is_plural(sentence.tail) { "are " } else { "is " });
        self.negation(sentence, "not ");
    }

    fn negation(&mut self, sentence: &'t Sentence, word: &'static str) {
        if sentence.negated {
            self.word(word);
        }
    }

    /// Did the author write the words of many, as one may after a count?
    fn is_plural(&self, tail: Span) -> bool {
        let tail = self.words(tail);
        let word = tail.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        matches!(word, "are" | "have" | "do" | "contain" | "start" | "end" | "match")
    }
}

/// Where what is said begins. `under domain` and its value are read as one phrase, so that no comment may stand in it.
fn tail_start(sentence: &Sentence) -> Span {
    if let Form::UnderDomain(value) = &sentence.form { value.span } else { sentence.tail }
}

/// What a condition is joined of, and by which word; one that is not joined is its only part.
fn parts(expr: &Expr) -> (&'static str, &[Expr]) {
    match &expr.node {
        Node::And(parts) => ("and ", parts),
        Node::Or(parts) => ("or ", parts),
        Node::Not(_)
        | Node::Paren(_)
        | Node::Quantified(_)
        | Node::Sentence(_)
        | Node::Literal { .. }
        | Node::Path { .. }
        | Node::Entity(_)
        | Node::Record(_)
        | Node::List(_)
        | Node::Arithmetic { .. }
        | Node::Of(_)
        | Node::Between { .. } => ("", core::slice::from_ref(expr)),
    }
}

fn order_words(order: Order) -> &'static str {
    match order {
        Order::LessThan => "less than ",
        Order::AtMost => "at most ",
        Order::MoreThan => "more than ",
        Order::AtLeast => "at least ",
        Order::Before => "before ",
        Order::OnOrBefore => "on or before ",
        Order::After => "after ",
        Order::OnOrAfter => "on or after ",
    }
}
