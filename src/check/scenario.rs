//! Scenarios: what is given, asked and expected.
//!
//! The rules decide what a fact is, and no scenario does: scenarios are checked last, against types that are settled, and
//! add no name, no type and no use to the program. So a scenario can be wrong, but it can make no rule mean something
//! else, and whoever deletes all scenarios of a bundle deletes no error of a rule with them. A fact that only givens
//! mention has no type, is taken as it is written, and earns a warning.

mod behind;
mod expect;
mod given;
mod literal;
mod merge;
mod reads;
mod spot;
pub(super) mod walk;

use super::Checker;
use crate::code::Severity;
use crate::diagnostic::Diagnostic;
use crate::scenario::{Given, Scenario};
use crate::tree::{self, Body, Expr, SyntaxTree};
use alloc::vec::Vec;
use reads::Reads;

/// Checks the scenarios of a bundle and puts them into the program.
pub(super) fn scenarios(checker: &mut Checker<'_>, trees: &[SyntaxTree]) {
    let has_error = checker.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
    let sound = checker.lost.is_nothing() && !has_error;
    let reads = Reads::of(&checker.program);
    let mut reader = Reader { checker, reads, sound };
    for tree in trees {
        let statements = || tree.statements.iter().map(|statement| (&statement.body, statement.span));
        let mut written: Vec<&Expr> = Vec::new();
        for (body, _) in statements() {
            if let Body::Background(givens) = body {
                written.extend(givens);
            }
        }
        let background = reader.block(&written);
        for (body, span) in statements() {
            if let Body::Scenario(scenario) = body {
                let made = reader.scenario(scenario, background.as_deref(), span);
                reader.checker.program.scenarios.extend(made);
            }
        }
    }
}

/// What is known while scenarios are checked.
struct Reader<'c, 't> {
    checker: &'c mut Checker<'t>,
    reads: Reads,
    /// All rules are understood, so what no rule reads can be told.
    sound: bool,
}

impl Reader<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.checker.report(diagnostic);
    }

    /// Every part is looked at before one of them stops the scenario, so that all mistakes are said at once.
    fn scenario(&mut self, written: &tree::Scenario, background: Option<&[Given]>, span: crate::source::Span) -> Option<Scenario> {
        let own = self.block(&written.givens.iter().collect::<Vec<_>>());
        let checks: Vec<_> = written.checks.iter().map(|check| self.check(check)).collect();
        let givens = self.merge(background?, own?)?;
        let checks: Vec<Vec<_>> = checks.into_iter().collect::<Option<_>>()?;
        Some(Scenario { title: written.title.text.clone(), givens, checks: checks.into_iter().flatten().collect(), span })
    }

    /// The givens of a scenario or a background; none after reporting what is wrong with them.
    fn block(&mut self, written: &[&Expr]) -> Option<Vec<Given>> {
        let givens: Vec<Option<Given>> = written.iter().map(|given| self.given(given)).collect();
        let givens = givens.into_iter().collect::<Option<Vec<Given>>>()?;
        self.each_once(&givens)?;
        Some(givens)
    }
}
