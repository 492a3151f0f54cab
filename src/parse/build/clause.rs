//! Clauses of rules: reasons, duties, what happens otherwise.

use super::{Builder, next_is};
use crate::parse::grammar::{Pair, Pairs, Part, take};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{Duty, DutyClause, Otherwise, Rule, Template};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The parts that are clauses of a rule.
const CLAUSES: [Part; 5] = [Part::because, Part::duty, Part::otherwise, Part::bad_otherwise, Part::bad_then];

impl<'t> Builder<'_, 't> {
    /// The clauses of a rule, each where it belongs; a clause in another place, or of another verb, is reported.
    pub(super) fn clauses(&mut self, pairs: &mut Pairs<'t>, rule: &mut Rule) -> Option<()> {
        let mut order: Vec<(u8, Span)> = Vec::new();
        while next_is(pairs, &CLAUSES) {
            let pair = pairs.next()?;
            let span = self.span(&pair);
            match pair.as_rule() {
                Part::because => {
                    if rule.because.is_some() {
                        self.report(mistakes::word_twice(self.keyword(&pair, "because".len()), "because", None));
                    }
                    order.push((0, span));
                    rule.because = Some(self.template_of(pair));
                }
                Part::duty => {
                    order.push((1, span));
                    self.check_duty_clause(rule, span);
                    let duty = self.duty(pair)?;
                    rule.duties.push(duty);
                }
                Part::bad_then => self.refuse_then(&pair),
                part => {
                    order.push((2, span));
                    if part == Part::bad_otherwise {
                        self.refuse_otherwise(&pair, rule);
                    } else {
                        self.check_otherwise(&pair, rule);
                    }
                    rule.otherwise = Some(Box::new(self.otherwise(pair)?));
                }
            }
        }
        self.check_order(&order);
        Some(())
    }

    fn otherwise(&mut self, pair: Pair<'t>) -> Option<Otherwise> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner().peekable();
        let text = self.template(&mut inner);
        let duties = self.duties(&mut inner)?;
        Some(Otherwise { text, duties, span })
    }

    fn duties(&mut self, pairs: &mut Pairs<'t>) -> Option<Vec<DutyClause>> {
        let mut duties = Vec::new();
        while let Some(pair) = take(pairs, Part::duty) {
            duties.push(self.duty(pair)?);
        }
        Some(duties)
    }

    /// `and must DUTY`, `and should DUTY`
    pub(super) fn duty(&mut self, pair: Pair<'t>) -> Option<DutyClause> {
        let mut inner = pair.into_inner().peekable();
        let must = inner.next()?.as_rule() == Part::must;
        let duty = self.duty_body(&mut inner)?;
        Some(DutyClause { must, duty })
    }

    /// A duty's name with its arguments, or texts.
    pub(super) fn duty_body(&mut self, pairs: &mut Pairs<'t>) -> Option<Duty> {
        if let Some(template) = self.template(pairs) {
            return Some(Duty::Told(template));
        }
        let name = take(pairs, Part::duty_name)?;
        let name = self.name(&name);
        let mut arguments = Vec::new();
        while let Some(pair) = take(pairs, Part::arg) {
            let mut inner = pair.into_inner().peekable();
            let key = self.name(&inner.next()?);
            if let Some(colon) = take(&mut inner, Part::bad_colon) {
                let at = self.span(&colon);
                self.report(mistakes::punctuation(at, "=", "a key is followed by `:`", Vec::from([(at, ":".into())])));
            }
            arguments.push((key, self.sum(&mut inner)?));
        }
        Some(Duty::Named { name, arguments })
    }

    /// The texts of a pair that has nothing else.
    pub(super) fn template_of(&mut self, pair: Pair<'t>) -> Template {
        let span = self.span(&pair);
        self.template(&mut pair.into_inner().peekable()).unwrap_or(Template { parts: Vec::new(), span })
    }
}
