//! Values: operands, arithmetic, functions, lists, records.

use super::{Builder, next_is};
use crate::parse::grammar::{Pair, Pairs, Part, next_part, take};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{Comprehension, Entity, Expr, Function, Name, Node, Of, Operator, TextLiteral};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

const OPERATORS: [Part; 4] = [Part::plus, Part::minus, Part::times, Part::bad_op];

impl<'t> Builder<'_, 't> {
    /// Operands joined by operators; `*` binds before `+` and `-`, all from left to right.
    pub(super) fn sum(&mut self, pairs: &mut Pairs<'t>) -> Option<Expr> {
        let mut left = self.product(pairs)?;
        while next_is(pairs, &OPERATORS) {
            let operator = self.operator(pairs)?;
            let right = self.product(pairs)?;
            left = arithmetic(operator, left, right);
        }
        match take(pairs, Part::bad_for) {
            Some(pair) => self.bracket_wanted(pair, left),
            None => Some(left),
        }
    }

    fn product(&mut self, pairs: &mut Pairs<'t>) -> Option<Expr> {
        let mut left = self.factor(pairs)?;
        while next_part(pairs) == Some(Part::times) {
            let operator = self.operator(pairs)?;
            let right = self.factor(pairs)?;
            left = arithmetic(operator, left, right);
        }
        Some(left)
    }

    /// The next operator; one that does not exist, or has no blank before it, is reported and read as what it resembles.
    #[inline(never)]
    fn operator(&mut self, pairs: &mut Pairs<'t>) -> Option<Operator> {
        let pair = pairs.next()?;
        let start = pair.as_span().start();
        if pair.as_rule() == Part::bad_op {
            return Some(self.refuse_operator(&pair));
        }
        let before = self.site.code.get(..start).unwrap_or("");
        if !before.ends_with([' ', '\t', '\n', '\r']) {
            let at = self.span(&pair);
            self.report(mistakes::blanks_wanted(at, pair.as_str(), &alloc::format!(" {}", pair.as_str())));
        }
        Some(match pair.as_rule() {
            Part::plus => Operator::Plus,
            Part::minus => Operator::Minus,
            _ => Operator::Times,
        })
    }

    /// One operand with what belongs to it.
    pub(super) fn factor(&mut self, pairs: &mut Pairs<'t>) -> Option<Expr> {
        let pair = pairs.peek()?.clone();
        let span = self.span(&pair);
        match pair.as_rule() {
            Part::the => {
                pairs.next();
                let path = take(pairs, Part::path)?;
                self.path_operand(pairs, &path, Some(span))
            }
            Part::path => {
                pairs.next();
                self.path_operand(pairs, &pair, None)
            }
            Part::paren => {
                pairs.next();
                self.paren(pair)
            }
            Part::list => {
                pairs.next();
                self.list(pair)
            }
            Part::distinct => {
                pairs.next();
                self.distinct(pair)
            }
            Part::percent => self.percent(pairs, &pair),
            _ => self.literal(pairs),
        }
    }

    #[inline(never)]
    fn distinct(&mut self, pair: Pair<'t>) -> Option<Expr> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner().peekable();
        let argument = self.factor(&mut inner)?;
        let over = self.comprehension(&mut inner)?;
        Some(Expr { node: Node::Of(Box::new(Of { function: Function::Distinct, argument, over, salt: None })), span })
    }

    /// A percentage, alone or of something.
    #[inline(never)]
    fn percent(&mut self, pairs: &mut Pairs<'t>, pair: &Pair<'t>) -> Option<Expr> {
        let literal = self.literal(pairs)?;
        match take(pairs, Part::of_part) {
            Some(of) => {
                let function = Function::Percent(self.percentage(pair)?);
                self.of(literal.span, function, of)
            }
            None => Some(literal),
        }
    }

    /// A path, or the function, entity or record that it turns out to be.
    #[inline(never)]
    fn path_operand(&mut self, pairs: &mut Pairs<'t>, pair: &Pair<'t>, the: Option<Span>) -> Option<Expr> {
        let path = self.path(pair)?;
        let span = the.map_or(path.span, |the| the.to(path.span));
        let suffix = pairs.next_if(|pair| {
            matches!(pair.as_rule(), Part::of_part | Part::span_part | Part::ent_id | Part::rec_part | Part::bad_index | Part::bad_call)
        });
        let Some(suffix) = suffix else {
            return Some(Expr { node: Node::Path { the: the.is_some(), path }, span });
        };
        let whole = span.to(self.span(&suffix));
        let word = Name { text: self.site.words(path.span).into(), span: path.span };
        match suffix.as_rule() {
            Part::of_part => self.of(span, Function::Named(word), suffix),
            Part::span_part => {
                let mut inner = suffix.into_inner().peekable();
                let from = Box::new(self.sum(&mut inner)?);
                let to = Box::new(self.sum(&mut inner)?);
                Some(Expr { node: Node::Between { unit: word, from, to }, span: whole })
            }
            Part::ent_id if path.fields.is_empty() && path.root.text == "either" => {
                let at = path.span;
                self.report(mistakes::other_phrase(
                    at,
                    "either",
                    None,
                    "drop `either`",
                    Vec::from([(at.to(self.span(&suffix).before()), String::new())]),
                ));
                let TextLiteral { text, span } = self.text(&suffix);
                Some(Expr { node: Node::Literal { value: Value::Text(text), percent: false }, span })
            }
            Part::ent_id => {
                let id = self.text(&suffix);
                self.check_address(&word, &id);
                let below = take(pairs, Part::ent_path);
                let span = below.as_ref().map_or(whole, |below| whole.to(self.span(below)));
                let fields = below.and_then(|below| self.below(&below)).unwrap_or_default();
                Some(Expr { node: Node::Entity(Box::new(Entity { kind: path.root, id, fields })), span })
            }
            Part::rec_part => {
                if word.text != "record" {
                    self.report(mistakes::phrase(word.span, &word.text, "record"));
                }
                Some(Expr { node: Node::Record(self.members(suffix)?), span: whole })
            }
            part => {
                if part == Part::bad_index {
                    self.refuse_index(&suffix, path.span);
                } else {
                    self.refuse_call(&suffix, path.span);
                }
                Some(Expr { node: Node::Path { the: false, path }, span: whole })
            }
        }
    }

    /// The names of `.level.name`.
    fn below(&mut self, pair: &Pair<'t>) -> Option<Vec<Name>> {
        let written = pair.as_str().strip_prefix('.')?;
        let path = self.path_at(written, pair.as_span().start().saturating_add(1))?;
        Some(core::iter::once(path.root).chain(path.fields).collect())
    }

    #[inline(never)]
    fn of(&mut self, start: Span, function: Function, pair: Pair<'t>) -> Option<Expr> {
        let span = start.to(self.span(&pair));
        let mut inner = pair.into_inner().peekable();
        let argument = self.factor(&mut inner)?;
        let over = self.comprehension(&mut inner)?;
        let salt = take(&mut inner, Part::salt).and_then(|salt| salt.into_inner().next()).map(|text| self.text(&text));
        Some(Expr { node: Node::Of(Box::new(Of { function, argument, over, salt })), span })
    }

    /// `for x in L where (C)`, where it follows. The outer layer says whether its pairs could be read.
    fn comprehension(&mut self, pairs: &mut Pairs<'t>) -> Option<Option<Comprehension>> {
        match take(pairs, Part::for_part) {
            Some(pair) => self.for_in(pair).map(Some),
            None => Some(None),
        }
    }

    #[inline(never)]
    pub(super) fn for_in(&mut self, pair: Pair<'t>) -> Option<Comprehension> {
        let mut inner = pair.into_inner().peekable();
        let variable = take(&mut inner, Part::name)?;
        let variable = self.name(&variable);
        let list = self.sum(&mut inner)?;
        let filter = match inner.peek() {
            Some(_) => Some(self.body_in_parentheses(&mut inner)?),
            None => None,
        };
        Some(Comprehension { variable, list, filter })
    }

    #[inline(never)]
    fn members(&mut self, pair: Pair<'t>) -> Option<Vec<(Name, Expr)>> {
        let mut members = Vec::new();
        for member in pair.into_inner() {
            let mut inner = member.into_inner().peekable();
            let key = inner.next()?;
            members.push((self.name(&key), self.sum(&mut inner)?));
        }
        Some(members)
    }

    #[inline(never)]
    pub(super) fn paren(&mut self, pair: Pair<'t>) -> Option<Expr> {
        let span = self.span(&pair);
        let bounds = pair.as_span().start()..pair.as_span().end();
        let mut inner = pair.into_inner().peekable();
        let expr = self.expr(&mut inner)?;
        if inner.next_if(|pair| pair.as_rule() == Part::bad_tuple).is_some() {
            let (first, last) =
                (self.site.span(bounds.start..bounds.start.saturating_add(1)), self.site.span(bounds.end.saturating_sub(1)..bounds.end));
            let change = Vec::from([(first, "[".into()), (last, "]".into())]);
            self.report(mistakes::punctuation(span, self.site.words(span), "write a list in square brackets", change));
        }
        Some(Expr { node: Node::Paren(Box::new(expr)), span })
    }

    pub(super) fn list(&mut self, pair: Pair<'t>) -> Option<Expr> {
        let span = self.span(&pair);
        Some(Expr { node: Node::List(self.items(pair)?), span })
    }

    /// The items of a list.
    #[inline(never)]
    pub(super) fn items(&mut self, pair: Pair<'t>) -> Option<Vec<Expr>> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner().peekable();
        let mut items = Vec::new();
        while let Some(next) = next_part(&mut inner) {
            if next == Part::bad_word {
                let word = inner.next()?;
                let at = self.span(&word);
                self.report(mistakes::choice_reserved(at, word.as_str()));
            } else {
                items.push(self.sum(&mut inner)?);
            }
        }
        if items.len() > self.limits.list_items {
            self.report(mistakes::too_long(span, "a list", items.len(), self.limits.list_items, "items"));
        }
        Some(items)
    }
}

fn arithmetic(operator: Operator, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    Expr { node: Node::Arithmetic { operator, left: Box::new(left), right: Box::new(right) }, span }
}
