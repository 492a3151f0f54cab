//! Scenarios and backgrounds.

use super::page::Item;
use super::rule::duty_span;
use super::writer::Writer;
use crate::tree::{Expect, Expr, Scenario};

impl<'t> Writer<'t> {
    pub(super) fn background(&mut self, givens: &'t [Expr]) {
        self.word("background");
        self.put(Item::In);
        self.givens(givens);
        self.put(Item::Out);
    }

    pub(super) fn scenario(&mut self, scenario: &'t Scenario) {
        self.word("scenario ");
        self.text(&scenario.title);
        self.put(Item::In);
        self.givens(&scenario.givens);
        for check in &scenario.checks {
            self.line(check.head.span);
            self.keeps_blanks = true;
            self.word("when ");
            self.head(&check.head);
            for expect in &check.expects {
                self.place(Item::Line { blank: false }, expect.span);
                self.expect(expect);
            }
        }
        self.put(Item::Out);
    }

    fn givens(&mut self, givens: &'t [Expr]) {
        for (at, given) in givens.iter().enumerate() {
            if at == 0 {
                self.line(self.start(given));
                self.keeps_blanks = true;
                self.put(Item::Open);
                self.word("given ");
                self.put(Item::In);
            } else {
                self.place(Item::Blank, self.start(given));
                self.word("and ");
            }
            self.expr(given);
        }
        if !givens.is_empty() {
            self.put(Item::Out);
            self.put(Item::Close);
        }
    }

    fn expect(&mut self, expect: &'t Expect) {
        self.put(Item::Open);
        self.word("expect ");
        self.name(&expect.outcome);
        self.put(Item::In);
        for because in &expect.because {
            self.place(Item::Blank, because.span);
            self.word("because ");
            self.text(because);
        }
        if let Some((needing, first)) = expect.needing.as_ref().and_then(|needing| Some((needing, needing.first()?))) {
            self.place(Item::Blank, first.span);
            self.word("needing ");
            self.with_commas(needing);
        }
        for duty in &expect.duties {
            self.place(Item::Blank, duty_span(&duty.duty));
            self.duty_clause(duty);
        }
        self.put(Item::Out);
        self.put(Item::Close);
    }
}
