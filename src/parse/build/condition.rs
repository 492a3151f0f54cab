//! Conditions: terms joined by `and` or `or`, `not`, quantifiers.

use super::{Builder, end_of, next_is};
use crate::parse::grammar::{Pair, Pairs, Part, next_part, take};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{Expr, Node, Path, Quantified, Quantifier, Range};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// Terms with the word that joins them, gathered before it is known whether the words agree.
struct Joined {
    terms: Vec<Expr>,
    /// Of each joining word: whether it is `and`, and where it stands.
    words: Vec<(bool, Span)>,
}

impl<'t> Builder<'_, 't> {
    /// As many terms as are joined here.
    pub(super) fn expr(&mut self, pairs: &mut Pairs<'t>) -> Option<Expr> {
        let first = self.term(pairs)?;
        if !next_is(pairs, &[Part::and, Part::or, Part::bad_conn]) {
            return Some(first);
        }
        // Most conditions have two parts, and room for more would double a large policy.
        let mut joined = Joined { terms: Vec::with_capacity(2), words: Vec::new() };
        joined.terms.push(first);
        while next_is(pairs, &[Part::and, Part::or, Part::bad_conn]) {
            let pair = pairs.next()?;
            let and = match pair.as_rule() {
                Part::and => true,
                Part::or => false,
                _ => self.refuse_connective(&pair),
            };
            joined.words.push((and, self.span(&pair)));
            joined.terms.push(self.term(pairs)?);
        }
        self.join(joined)
    }

    #[inline(never)]
    fn join(&mut self, joined: Joined) -> Option<Expr> {
        let Joined { terms, words } = joined;
        let and = words.first()?.0;
        if let Some(at) = words.iter().position(|word| word.0 != and) {
            let spans: Vec<Span> = terms.iter().map(|term| term.span).collect();
            self.refuse_mixed(&spans, &words, at);
        }
        for (pair, word) in terms.windows(2).zip(&words) {
            if let [before, fact] = pair {
                self.check_readings(before, word, fact);
            }
        }
        let span = terms.first()?.span.to(terms.last()?.span);
        Some(Expr { node: if and { Node::And(terms) } else { Node::Or(terms) }, span })
    }

    /// `not`s, then a quantifier or a value of which something may be said.
    pub(super) fn term(&mut self, pairs: &mut Pairs<'t>) -> Option<Expr> {
        let mut nots = Vec::new();
        while next_is(pairs, &[Part::not, Part::bad_not]) {
            let pair = pairs.next()?;
            nots.push(self.span(&pair));
            if pair.as_rule() == Part::bad_not {
                self.refuse_not(&pair);
            }
        }
        let mut term = match take(pairs, Part::quantified) {
            Some(pair) => self.quantified(pair)?,
            None => {
                let subject = self.sum(pairs)?;
                self.said_of(pairs, subject, false)?
            }
        };
        for not in nots.into_iter().rev() {
            let span = not.to(term.span);
            term = Expr { node: Node::Not(Box::new(term)), span };
        }
        Some(term)
    }

    #[inline(never)]
    fn quantified(&mut self, pair: Pair<'t>) -> Option<Expr> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner().peekable();
        let quantifier = self.quantifier(&mut inner)?;
        let counted = matches!(quantifier, Quantifier::AtLeast(_) | Quantifier::AtMost(_) | Quantifier::Exactly(_));
        let name = take(&mut inner, Part::name)?;
        let variable = self.name(&name);
        let range = match next_part(&mut inner)? {
            Part::above => {
                inner.next();
                Range::Above(self.sum(&mut inner)?)
            }
            Part::at_or_above => {
                inner.next();
                Range::AtOrAbove(self.sum(&mut inner)?)
            }
            _ => Range::In(self.sum(&mut inner)?),
        };
        let (body, satisfies) = match next_part(&mut inner)? {
            Part::paren | Part::bad_where | Part::bad_unparen => (self.body_in_parentheses(&mut inner)?, true),
            _ => {
                let path = Path { root: variable.clone(), fields: Vec::new(), span: variable.span };
                let subject = Expr { node: Node::Path { the: false, path }, span: variable.span };
                (self.said_of(&mut inner, subject, counted)?, false)
            }
        };
        let quantified = Quantified { quantifier, variable, range, body, satisfies };
        Some(Expr { node: Node::Quantified(Box::new(quantified)), span })
    }

    #[inline(never)]
    fn quantifier(&mut self, pairs: &mut Pairs<'t>) -> Option<Quantifier> {
        let pair = pairs.next()?;
        Some(match pair.as_rule() {
            Part::q_any => Quantifier::Any,
            Part::q_every => Quantifier::Every,
            Part::q_no => Quantifier::No,
            Part::q_at_least => Quantifier::AtLeast(self.sum(pairs)?),
            Part::q_at_most => Quantifier::AtMost(self.sum(pairs)?),
            Part::q_exactly => Quantifier::Exactly(self.sum(pairs)?),
            Part::bad_count => {
                let number = self.sum(pairs)?;
                self.refuse_count(&pair, number)
            }
            _ => self.refuse_quantifier(&pair),
        })
    }

    /// The condition in parentheses after `satisfies` or `where`; without them it is reported.
    #[inline(never)]
    pub(super) fn body_in_parentheses(&mut self, pairs: &mut Pairs<'t>) -> Option<Expr> {
        let pair = pairs.next()?;
        match pair.as_rule() {
            Part::bad_where => {
                let at = self.keyword(&pair, "where".len());
                self.report(mistakes::phrase(at, "where", "satisfies"));
                self.body_in_parentheses(&mut pair.into_inner().peekable())
            }
            Part::bad_unparen => {
                let at = self.span(&pair);
                let rest = self.site.code.get(end_of(&pair)..).unwrap_or("").trim_start_matches([' ', '\t', '\r', '\n', ',']);
                let goes_on = ["and", "or", "&", "|", "AND", "OR"].iter().any(|word| rest.starts_with(word));
                self.report(mistakes::parentheses_wanted(at, self.site.words(at), !goes_on));
                self.term(&mut pair.into_inner().peekable())
            }
            _ => match self.paren(pair)?.node {
                Node::Paren(inner) => Some(*inner),
                _ => None,
            },
        }
    }
}
