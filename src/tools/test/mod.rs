//! `Engine::test`: does a policy decide as its scenarios say?
//!
//! In: the texts of a bundle. Out: for each scenario, what was decided and how that differs from what is expected. Each
//! check is one ordinary decision of the compiled policy, so a scenario tests what will run; the one thing that it can give
//! and no request can is the share of a bucket.

mod differ;
mod json;
mod report;
mod request;

pub use report::{CheckReport, Difference, ScenarioReport, TestReport};

use crate::diagnostic::{Diagnostic, Error};
use crate::engine::{Engine, Loaded};
use crate::policy::Policy;
use crate::scenario::Scenario;
use crate::source::{Sources, Span};
use alloc::collections::BTreeSet;

impl Engine {
    /// Compiles the texts of a bundle and runs its scenarios.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert!(report.passed(), "{report}");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the texts, at once; no scenario is run then.
    pub fn test(&self, sources: Sources) -> Result<TestReport, Error> {
        self.test_with(sources, |_| Err("it is not among the texts that were loaded".into()))
    }

    /// As [`Engine::test`], with the texts that the bundle's texts `use`; `load` is that of [`Engine::compile_with`].
    ///
    /// # Errors
    /// As [`Engine::test`].
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("tests.onlyif", r#"
    /// use "doors.onlyif"
    ///
    /// scenario "a stranger"
    ///   given user is not staff
    ///   when open door
    ///   expect denied
    /// "#);
    /// let report = Engine::new().test_with(sources, |path| Ok((path.into(), "allow open door if user is staff".into())))?;
    /// assert!(report.passed(), "{report}");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn test_with(&self, sources: Sources, load: impl FnMut(&str) -> Loaded) -> Result<TestReport, Error> {
        let (policy, scenarios, sources) = self.compile_scenarios(sources, load)?;
        let givens = scenarios.iter().flat_map(|scenario| &scenario.givens).map(|given| given.span);
        let statements: BTreeSet<_> = scenarios.iter().map(|scenario| scenario.span).chain(givens).map(Span::statement).collect();
        let about_scenarios = |warning: &&Diagnostic| statements.contains(&warning.order().0.statement());
        Ok(TestReport {
            warnings: policy.warnings().iter().filter(about_scenarios).cloned().collect(),
            scenarios: scenarios.iter().map(|scenario| run(&policy, scenario, &sources)).collect(),
        })
    }
}

fn run(policy: &Policy, scenario: &Scenario, sources: &Sources) -> ScenarioReport {
    let facts = request::of(scenario);
    let checks = scenario.checks.iter().map(|check| {
        let mut request = facts.clone();
        let (action, thing) = policy.asked(&check.action, check.thing.as_deref());
        request.set_act(action, thing.map(alloc::borrow::ToOwned::to_owned));
        let decision = policy.decide(&request).into_owned();
        let differences = differ::differences(check, &decision);
        let act = check.thing.as_ref().map_or_else(|| check.action.clone(), |thing| alloc::format!("{} {thing}", check.action));
        CheckReport { act, place: sources.place(check.span), expected: sources.words(check.span).into(), decision, differences }
    });
    ScenarioReport { title: scenario.title.clone(), place: sources.place(scenario.span), checks: checks.collect() }
}
