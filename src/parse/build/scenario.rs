//! Scenarios and backgrounds.

use super::{Builder, next_is};
use crate::parse::grammar::{Pair, Pairs, Part, take};
use crate::tree::{Check, Expect, Expr, Name, Scenario};
use alloc::vec::Vec;

impl<'t> Builder<'_, 't> {
    pub(super) fn scenario(&mut self, pair: Pair<'t>) -> Option<Scenario> {
        let mut inner = pair.into_inner().peekable();
        let title = take(&mut inner, Part::text)?;
        let title = self.text(&title);
        let givens = self.settings(&mut inner)?;
        let mut checks = Vec::new();
        while let Some(check) = take(&mut inner, Part::check) {
            checks.push(self.check(check)?);
        }
        Some(Scenario { title, givens, checks })
    }

    /// The sentences after `given`.
    pub(super) fn settings(&mut self, pairs: &mut Pairs<'t>) -> Option<Vec<Expr>> {
        let mut settings = Vec::new();
        while let Some(pair) = take(pairs, Part::setting) {
            settings.push(self.term(&mut pair.into_inner().peekable())?);
        }
        Some(settings)
    }

    fn check(&mut self, pair: Pair<'t>) -> Option<Check> {
        let mut inner = pair.into_inner().peekable();
        let head = self.head(&mut inner)?;
        let mut expects = Vec::new();
        while let Some(expect) = take(&mut inner, Part::expect) {
            expects.push(self.expect(expect)?);
        }
        Some(Check { head, expects })
    }

    fn expect(&mut self, pair: Pair<'t>) -> Option<Expect> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner().peekable();
        let word = inner.next()?;
        if word.as_rule() == Part::bad_outcome {
            self.refuse_outcome(&word);
        }
        let mut expect = Expect { outcome: self.name(&word), because: Vec::new(), needing: None, duties: Vec::new(), span };
        while next_is(&mut inner, &[Part::because, Part::needing, Part::duty]) {
            let part = inner.next()?;
            match part.as_rule() {
                Part::because => expect.because.extend(self.texts(&mut part.into_inner().peekable())),
                Part::duty => expect.duties.push(self.duty(part)?),
                _ => expect
                    .needing
                    .get_or_insert_default()
                    .extend(part.into_inner().map(|need| Name { text: need.as_str().into(), span: self.span(&need) })),
            }
        }
        Some(expect)
    }
}
