//! The engine and a second evaluator give the same answer to random requests under random policies.
//!
//! `ONLYIF_CASES=N` sets the number of requests, `ONLYIF_SEED=N` where to begin. A disagreement is made smaller before it is
//! shown.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::print_stdout
)] // a test may stop, and tells what it saw

mod reference;

use onlyif::machinery::program::Program;
use onlyif::machinery::vocabulary::Type;
use onlyif::{Decision, Engine, Outcome, Request, Severity, Sources, Value};
use reference::generate::{self, Policy as Text, Rng};
use reference::{Answer, Notes, Reason, Told, answer, canonical};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// How many requests each policy gets.
const REQUESTS: usize = 25;
/// What the installation says of the setting `cap`.
const CAP: i32 = 2;
/// How many sorts of disagreement are shown, each by its first case.
const SHOWN: usize = 8;

/// A policy in the hands of both.
struct Both {
    program: Program,
    settings: BTreeMap<String, Value>,
    policy: onlyif::Policy,
}

impl Both {
    /// `cap`: what the installation says that it is.
    fn new(text: &str, cap: i32) -> Result<Self, Vec<String>> {
        let mut sources = Sources::new();
        sources.add("policy", text);
        let mut engine = Engine::new();
        let mut settings = BTreeMap::new();
        if text.contains("setting cap") {
            engine = engine.setting("cap", cap);
            settings.insert("cap".to_owned(), Value::from(cap));
        }
        let (program, found) = engine.program(sources);
        let errors = found.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        let errors: Vec<String> = errors.map(|diagnostic| format!("{:?} {diagnostic}", diagnostic.code())).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self { program, settings, policy: engine.compile(text).map_err(|error| vec![error.to_string()])? })
    }

    /// Both answers where they differ.
    fn differ(&self, statements: &[String], json: &str) -> Option<(Answer, Answer)> {
        let request = Request::from_json(json).ok()?;
        let decision = self.policy.decide(&request);
        let (mut one, other) = (of_engine(&decision, statements), answer(&self.program, &self.settings, &request));
        one.without_names_of_calculations(&other);
        if one == other { None } else { Some((one, other)) }
    }
}

/// The engine's decision in the form of the second evaluator.
fn of_engine(decision: &Decision<'_>, statements: &[String]) -> Answer {
    let told = |duty: &onlyif::Duty| Told {
        what: duty.name().or(duty.text()).unwrap_or_default().to_owned(),
        with: duty.with.iter().map(|(key, value)| (key.clone(), canonical(&Type::Any, value))).collect(),
    };
    // A rule's own words are its statement up to its clauses.
    let own = |text: &str| {
        let is_end = |rest: &str| {
            rest.is_empty() || [" because ", " and must ", " and should ", " otherwise "].iter().any(|word| rest.starts_with(word))
        };
        statements.iter().any(|statement| statement.strip_prefix(text).is_some_and(is_end))
    };
    let reason = |reason: &onlyif::Reason| match &reason.rule {
        Some(rule) if own(reason.text()) => Reason::OwnWords(rule.clone()),
        None if reason.text().starts_with("no rule allows `") || reason.text().starts_with("there is no act `") => Reason::NothingGrants,
        _ => Reason::Text(reason.text().to_owned()),
    };
    let problems = decision.problems().iter().map(|problem| (problem.path.clone(), problem.code().as_str())).collect();
    Answer {
        outcome: decision.outcome(),
        notes: Notes { needs: decision.needs().iter().cloned().collect(), problems },
        rules: decision.rules().iter().map(|rule| rule.rule.clone()).collect(),
        reasons: decision.reasons().iter().map(reason).collect(),
        must: decision.must().iter().map(told).collect(),
        should: decision.should().iter().map(told).collect(),
        pending: decision.pending().iter().map(|pending| (told(&pending.duty), pending.needs.iter().cloned().collect())).collect(),
    }
}

/// Which members of two answers differ.
fn members(one: &Answer, other: &Answer) -> String {
    let mut found = BTreeSet::new();
    let mut see = |name: &'static str, same: bool| {
        if !same {
            found.insert(name);
        }
    };
    see("outcome", one.outcome == other.outcome);
    see("needs", one.notes.needs == other.notes.needs);
    see("problems", one.notes.problems == other.notes.problems);
    see("rules", one.rules == other.rules);
    see("reasons", one.reasons == other.reasons);
    see("must", one.must == other.must);
    see("should", one.should == other.should);
    see("pending", one.pending == other.pending);
    found.into_iter().collect::<Vec<_>>().join(", ")
}

fn report(text: &Text, request: &Json, seed: u64) -> String {
    let sort = |text: &Text, request: &Json| {
        let both = Both::new(&text.text(), CAP).ok()?;
        both.differ(&text.statements, &generate::text(request, &mut None)).map(|(one, other)| members(&one, &other))
    };
    let wanted = sort(text, request);
    let (text, request) = generate::shrink(text.clone(), request.clone(), |text, request| sort(text, request) == wanted);
    let json = generate::text(&request, &mut None);
    let differ = Both::new(&text.text(), CAP).ok().and_then(|both| both.differ(&text.statements, &json));
    let Some((one, other)) = differ else { return format!("seed {seed}: it is gone after shrinking") };
    format!("seed {seed}: {} differ\n{}\n{json}\nengine:    {one:?}\nreference: {other:?}\n", members(&one, &other), text.text())
}

/// What was made and what came of it.
#[derive(Default)]
struct Tally {
    made: usize,
    kept: usize,
    decided: usize,
    outcomes: BTreeMap<Outcome, usize>,
    refused: BTreeMap<String, usize>,
    forms: BTreeMap<&'static str, usize>,
    wrong: BTreeMap<String, (String, usize)>,
}

impl Tally {
    fn policy(&mut self, seed: u64) {
        self.made += 1;
        let mut rng = Rng::new(seed);
        let text = Text::random(&mut rng);
        let both = match Both::new(&text.text(), CAP) {
            Ok(both) => both,
            Err(errors) => {
                errors.into_iter().for_each(|error| *self.refused.entry(error).or_default() += 1);
                return;
            }
        };
        self.kept += 1;
        let forms = generate::forms_of_policy(&text.text());
        for _ in 0..REQUESTS {
            let mut request = generate::request(&text.world, &mut rng);
            if rng.chance(12) {
                request = generate::authzen(&request, &mut rng).unwrap_or(request);
            }
            let json = generate::text(&request, &mut None);
            let Ok(read) = Request::from_json(json.as_str()) else { panic!("seed {seed}: the request is refused: {json}") };
            *self.outcomes.entry(both.policy.decide(&read).outcome()).or_default() += 1;
            self.decided += 1;
            for form in forms.iter().copied().chain(generate::forms_of_request(&json)) {
                *self.forms.entry(form).or_default() += 1;
            }
            if let Some((one, other)) = both.differ(&text.statements, &json) {
                self.wrong.entry(members(&one, &other)).or_insert_with(|| (report(&text, &request, seed), 0)).1 += 1;
            }
        }
    }

    /// How often each form was there, and each outcome.
    fn census(&self) -> String {
        let forms: Vec<String> =
            generate::forms().map(|form| format!("{form}: {}", self.forms.get(form).copied().unwrap_or_default())).collect();
        format!("{} requests to {} policies, {:?}\n{}", self.decided, self.kept, self.outcomes, forms.join("\n"))
    }
}

#[test]
fn the_engine_and_the_reference_agree() {
    let wanted = generate::cases(20_000);
    let mut tally = Tally::default();
    let mut seed = generate::first_seed();
    while tally.decided < wanted && tally.wrong.len() < SHOWN {
        seed += 1;
        tally.policy(seed);
    }
    println!("{}", tally.census());
    let shown = tally.wrong.iter().map(|(sort, (report, times))| format!("{times} of the sort `{sort}`, the first:\n{report}"));
    assert!(tally.wrong.is_empty(), "of {} requests\n{}", tally.decided, shown.collect::<Vec<_>>().join("\n"));
    let most: Vec<String> = tally.refused.iter().map(|(error, times)| format!("{times} times {error}")).collect();
    assert!(tally.kept * 10 >= tally.made * 6, "only {} of {} policies are without error:\n{}", tally.kept, tally.made, most.join("\n"));
    for form in generate::forms() {
        let times = tally.forms.get(form).copied().unwrap_or_default();
        assert!(times * 200 >= tally.decided, "`{form}` was there {times} times only\n{}", tally.census());
    }
    for (outcome, times) in &tally.outcomes {
        assert!(times * 4 >= tally.decided, "only {times} of {} are {outcome}: {:?}", tally.decided, tally.outcomes);
    }
    assert_eq!(tally.outcomes.len(), 3, "{:?}", tally.outcomes);
}
