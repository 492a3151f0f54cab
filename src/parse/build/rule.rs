//! Rules of every verb.

use super::{Builder, next_is};
use crate::parse::grammar::{Pair, Pairs, Part, next_part, take};
use crate::source::Span;
use crate::tree::{Expr, Head, Rule, Verb};
use alloc::boxed::Box;
use alloc::vec::Vec;

impl<'t> Builder<'_, 't> {
    pub(super) fn rule(&mut self, pair: Pair<'t>) -> Option<Rule> {
        let verb = match pair.as_rule() {
            Part::allow_rule => Some((Verb::Allow, self.keyword(&pair, "allow".len()))),
            Part::never_rule => Some((Verb::Never, self.keyword(&pair, "never".len()))),
            _ => None,
        };
        let mut inner = pair.into_inner().peekable();
        let head = self.head(&mut inner)?;
        let bad_head = take(&mut inner, Part::bad_head);
        let mut rule = match verb {
            Some((verb, verb_span)) => blank(verb, verb_span, head),
            None => self.after_head(&mut inner, head, bad_head.as_ref())?,
        };
        self.conditions(&mut inner, &mut rule)?;
        if let Some(bad) = bad_head {
            self.refuse_head(&bad, &rule);
        }
        self.clauses(&mut inner, &mut rule)?;
        Some(rule)
    }

    /// What follows a head that no `allow` or `never` stands before.
    fn after_head(&mut self, inner: &mut Pairs<'t>, head: Head, bad_head: Option<&Pair<'t>>) -> Option<Rule> {
        let Some(pair) =
            inner.next_if(|pair| matches!(pair.as_rule(), Part::only_if | Part::requires | Part::must | Part::should | Part::bad_if))
        else {
            let verb_span = bad_head.map(|bad| self.span(bad))?;
            return Some(blank(Verb::OnlyIf, verb_span, head));
        };
        let part = pair.as_rule();
        match part {
            Part::only_if => {
                let mut parts = pair.into_inner().peekable();
                let verb_span = take(&mut parts, Part::only_if_words).map(|words| self.span(&words))?;
                let mut rule = blank(Verb::OnlyIf, verb_span, head);
                rule.condition = Some(Box::new(self.expr(&mut parts)?));
                Some(rule)
            }
            Part::requires => {
                let mut rule = blank(Verb::Requires, self.keyword(&pair, "requires".len()), head);
                rule.condition = Some(Box::new(self.expr(&mut pair.into_inner().peekable())?));
                Some(rule)
            }
            Part::bad_if => {
                let mut rule = blank(Verb::OnlyIf, self.keyword(&pair, "if".len()), head);
                rule.condition = Some(Box::new(self.expr(&mut pair.into_inner().peekable())?));
                if bad_head.is_none() {
                    self.refuse_plain_if(&rule);
                }
                Some(rule)
            }
            _ => {
                let verb = if part == Part::must { Verb::Must } else { Verb::Should };
                let mut rule = blank(verb, self.span(&pair), head);
                rule.duty = Some(Box::new(self.duty_body(inner)?));
                Some(rule)
            }
        }
    }

    /// `if`, `unless`, and those that are too many.
    fn conditions(&mut self, inner: &mut Pairs<'t>, rule: &mut Rule) -> Option<()> {
        while next_is(inner, &[Part::if_c, Part::unless_c, Part::bad_cond]) {
            let part = next_part(inner)?;
            let pair = inner.next()?;
            match part {
                Part::if_c => rule.when = Some(Box::new(self.condition_of(pair)?)),
                Part::unless_c => rule.unless = Some(Box::new(self.condition_of(pair)?)),
                _ => self.refuse_condition(pair, rule)?,
            }
        }
        Some(())
    }

    /// The condition of a pair that is a keyword and a condition.
    pub(super) fn condition_of(&mut self, pair: Pair<'t>) -> Option<Expr> {
        let mut inner = pair.into_inner().peekable();
        take(&mut inner, Part::only_if_words);
        self.expr(&mut inner)
    }
}

fn blank(verb: Verb, verb_span: Span, head: Head) -> Rule {
    Rule {
        verb,
        verb_span,
        head,
        condition: None,
        when: None,
        unless: None,
        duty: None,
        because: None,
        duties: Vec::new(),
        otherwise: None,
    }
}
