//! What `say` says is what the policy means: its words, read as rules again, decide the same.
//!
//! Random policies are said, and a new policy is made of nothing but the words: the conditions as they stand, the definitions and
//! constants as they are explained, each act by itself, so that no group, wildcard or exception is left. Both decide random
//! requests. `ONLYIF_CASES=N` sets the number of requests, `ONLYIF_SEED=N` where to begin.
//!
//! The packs of `rules/` are said and lie as snapshots in `tests/cases/say/`.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may stop
#![allow(clippy::wildcard_enum_match_arm)]

mod reference;

use onlyif::{ActReading, Decision, Engine, Outcome, Policy, Reading, Request, Scope, Sources, Stated, StatedDuty, Verb};
use reference::generate::{self, Policy as Text, Rng};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How many requests each policy gets.
const REQUESTS: usize = 25;
/// What stands for whatever no rule names.
const OTHER: &str = "unheard-of";

fn bundle(text: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add("policy", text);
    sources
}

/// The words of a reading as a policy, with an act more: one that only wildcards cover.
fn rules_again(text: &Text, reading: &Reading, asked: (&str, Option<&str>)) -> String {
    let is_declaration = |statement: &&String| {
        ["act ", "fact ", "setting "].iter().any(|word| statement.starts_with(word))
            || [" has\n", " has only\n", " is inside "].iter().any(|word| statement.contains(word))
    };
    let mut again: String = text.statements[..text.declarations].iter().filter(is_declaration).map(|one| format!("{one}\n")).collect();
    for word in &reading.words {
        let joined = if word.is_definition { "if" } else { "means" };
        word.means.iter().for_each(|meaning| writeln!(again, "{} {joined} {meaning}", word.head).unwrap());
    }
    let mut asks_other = !reading.closed;
    for act in &reading.acts {
        let head = match &act.scope {
            Scope::Act(action, thing) => (action.as_str(), thing.as_deref()),
            Scope::Action(action) => (action.as_str(), Some(OTHER)),
            Scope::Thing(thing) => (OTHER, Some(thing.as_str())),
            Scope::Rest => (OTHER, Some(OTHER)),
        };
        asks_other &= head != asked;
        again += &rules_of(act, head);
    }
    if let (true, Some(act)) = (asks_other, reading.of(asked.0, asked.1)) {
        again += &rules_of(act, asked);
    }
    again
}

fn rules_of(act: &ActReading, head: (&str, Option<&str>)) -> String {
    let head = [Some(head.0), head.1].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let all = act.ways.iter().chain(&act.limits).chain(&act.prohibitions).chain(&act.duties);
    all.map(|stated| rule(stated, &head) + "\n").collect()
}

fn rule(stated: &Stated, head: &str) -> String {
    let word = |word: &str, of: &Option<String>| of.as_ref().map(|of| format!(" {word} {of}")).unwrap_or_default();
    let condition = stated.condition.as_deref().unwrap_or_default();
    let cases = word("if", &stated.when) + &word("unless", &stated.unless);
    let because = word("because", &stated.because);
    let duty = |duty: &StatedDuty| format!("{} {}", if duty.must { "must" } else { "should" }, duty.task);
    let duties = |duties: &[StatedDuty]| duties.iter().map(|one| format!(" and {}", duty(one))).collect::<String>();
    let otherwise = match (&stated.otherwise, duties(&stated.otherwise_duties)) {
        (Some(text), duties) => format!(" otherwise {text}{duties}"),
        (None, duties) if duties.is_empty() => duties,
        (None, duties) => format!(" otherwise{}", duties.strip_prefix(" and").unwrap()),
    };
    match stated.verb {
        Verb::Allow => format!("allow {head}{cases}{because}{}", duties(&stated.duties)),
        Verb::OnlyIf => format!("{head} only if {condition}{because}{}{otherwise}", duties(&stated.duties)),
        Verb::Requires => format!("{head} requires {condition}{cases}{because}{otherwise}"),
        Verb::Never => format!("never {head}{cases}{because}{}", duties(&stated.duties)),
        Verb::Must | Verb::Should => format!("{head} {}{cases}{because}", duty(&stated.duties[0])),
    }
}

/// What of a decision has to be the same. Reasons in a rule's own words are not: the words are others.
#[derive(Debug, PartialEq)]
struct Decided {
    outcome: Outcome,
    needs: BTreeSet<String>,
    duties: BTreeSet<String>,
}

impl Decided {
    fn of(decision: &Decision<'_>) -> Self {
        let duties = decision.must().iter().chain(decision.should()).map(|duty| format!("{duty:?}"));
        Self { outcome: decision.outcome(), needs: decision.needs().iter().cloned().collect(), duties: duties.collect() }
    }
}

#[derive(Default)]
struct Tally {
    policies: usize,
    decided: usize,
    acts: usize,
    conditions: usize,
    outcomes: BTreeMap<Outcome, usize>,
    refused: Vec<String>,
    wrong: Vec<String>,
}

impl Tally {
    fn policy(&mut self, seed: u64) {
        let mut rng = Rng::new(seed);
        let text = Text::random(&mut rng);
        let engine = if text.text().contains("setting cap") { Engine::new().setting("cap", 2) } else { Engine::new() };
        let Ok(policy) = engine.compile(text.text()) else { return };
        let reading = engine.say(bundle(&text.text())).unwrap();
        self.policies += 1;
        self.acts += reading.acts.len();
        let stated = reading.acts.iter().flat_map(|act| [&act.ways, &act.limits, &act.prohibitions, &act.duties]).flatten();
        self.conditions += stated.map(|stated| [&stated.condition, &stated.when, &stated.unless].into_iter().flatten().count()).sum::<usize>();
        let mut again: BTreeMap<(String, Option<String>), Policy> = BTreeMap::new();
        for _ in 0..REQUESTS {
            let json = generate::text(&generate::request(&text.world, &mut rng), &mut None);
            let request = Request::from_json(json.as_str()).unwrap();
            let asked = (request.action().to_owned(), request.thing().map(str::to_owned));
            if !again.contains_key(&asked) {
                let words = rules_again(&text, &reading, (&asked.0, asked.1.as_deref()));
                match engine.compile(words.as_str()) {
                    Ok(policy) => _ = again.insert(asked.clone(), policy),
                    Err(error) => {
                        let first = &error.diagnostics()[0];
                        self.refused.push(format!("seed {seed}: {first} at `{}`\n{}\n---\n{words}", first.words(), text.text()));
                        return;
                    }
                }
            }
            let (one, other) = (Decided::of(&policy.decide(&request)), Decided::of(&again[&asked].decide(&request)));
            self.decided += 1;
            *self.outcomes.entry(one.outcome).or_default() += 1;
            if one != other {
                let words = rules_again(&text, &reading, (&asked.0, asked.1.as_deref()));
                self.wrong.push(format!("seed {seed}: {one:?}\nby its words: {other:?}\n{}\n---\n{words}\n{json}", text.text()));
                return;
            }
        }
    }
}

#[test]
fn the_words_of_a_policy_decide_as_the_policy() {
    let wanted = generate::cases(5_000);
    let mut tally = Tally::default();
    let mut seed = generate::first_seed();
    while tally.decided < wanted && tally.wrong.len() + tally.refused.len() < 3 {
        seed += 1;
        tally.policy(seed);
    }
    println!(
        "{} requests to {} policies with {} acts and {} conditions: {:?}",
        tally.decided, tally.policies, tally.acts, tally.conditions, tally.outcomes
    );
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n\n"));
    assert!(tally.refused.is_empty(), "{}", tally.refused.join("\n\n"));
    assert!(tally.outcomes.len() == 3 && tally.outcomes.values().all(|times| times * 5 >= tally.decided), "{:?}", tally.outcomes);
}
