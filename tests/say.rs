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
use std::fs;
use std::path::Path;

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
fn rules_again(declarations: &[String], reading: &Reading, ids: &[&str], asked: (&str, Option<&str>)) -> String {
    let is_declaration = |statement: &&String| {
        ["act ", "fact ", "setting "].iter().any(|word| statement.starts_with(word))
            || [" has\n", " has only\n", " is inside "].iter().any(|word| statement.contains(word))
    };
    let mut again: String = declarations.iter().filter(is_declaration).map(|one| format!("{one}\n")).collect();
    for word in &reading.words {
        let joined = if word.is_definition { "if" } else { "means" };
        word.means.iter().for_each(|meaning| writeln!(again, "{} {joined} {meaning}", word.head).unwrap());
    }
    let mut asks_other = !reading.closed;
    let mut rules = Vec::new();
    for act in &reading.acts {
        let head = match &act.scope {
            Scope::Act(action, thing) => (action.as_str(), thing.as_deref()),
            Scope::Action(action) => (action.as_str(), Some(OTHER)),
            Scope::Thing(thing) => (OTHER, Some(thing.as_str())),
            Scope::Rest => (OTHER, Some(OTHER)),
        };
        asks_other &= head != asked;
        rules.extend(rules_of(act, head));
    }
    if let (true, Some(act)) = (asks_other, reading.of(asked.0, asked.1)) {
        rules.extend(rules_of(act, asked));
    }
    // What nobody declared has the type that the first rule about it gives it, so the rules stand in their order.
    rules.sort_by_key(|(id, _)| ids.iter().position(|known| known == id));
    rules.into_iter().for_each(|(_, rule)| writeln!(again, "{rule}").unwrap());
    again
}

/// The rules about an act, with their ids.
fn rules_of<'r>(act: &'r ActReading, head: (&str, Option<&str>)) -> Vec<(&'r str, String)> {
    let head = [Some(head.0), head.1].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let all = act.ways.iter().chain(&act.limits).chain(&act.prohibitions).chain(&act.duties);
    all.map(|stated| (stated.rule.as_str(), rule(stated, &head))).collect()
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
        let shown = |duty: &onlyif::Duty| format!("{:?} {:?} {:?} {:?}", duty.name(), duty.text(), duty.with, duty.because);
        let duties = decision.must().iter().map(|duty| "must ".to_owned() + &shown(duty));
        let duties = duties.chain(decision.should().iter().map(|duty| "should ".to_owned() + &shown(duty)));
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
        self.conditions +=
            stated.map(|stated| [&stated.condition, &stated.when, &stated.unless].into_iter().flatten().count()).sum::<usize>();
        let mut again: BTreeMap<(String, Option<String>), Policy> = BTreeMap::new();
        for _ in 0..REQUESTS {
            let json = generate::text(&generate::request(&text.world, &mut rng), &mut None);
            let request = Request::from_json(json.as_str()).unwrap();
            let asked = (request.action().to_owned(), request.thing().map(str::to_owned));
            if !again.contains_key(&asked) {
                let words = rules_again(&text.statements[..text.declarations], &reading, &policy.rules(), (&asked.0, asked.1.as_deref()));
                match engine.compile(words.as_str()) {
                    Ok(policy) => _ = again.insert(asked.clone(), policy),
                    Err(error) => {
                        let is_error = |found: &&onlyif::Diagnostic| found.severity() == onlyif::Severity::Error;
                        let first = error.diagnostics().iter().find(is_error).unwrap();
                        self.refused.push(format!("seed {seed}: {first} at `{}`\n{}\n---\n{words}", first.words(), text.text()));
                        return;
                    }
                }
            }
            let (one, other) = (Decided::of(&policy.decide(&request)), Decided::of(&again[&asked].decide(&request)));
            self.decided += 1;
            *self.outcomes.entry(one.outcome).or_default() += 1;
            if one != other {
                let words = rules_again(&text.statements[..text.declarations], &reading, &policy.rules(), (&asked.0, asked.1.as_deref()));
                self.wrong.push(format!("seed {seed}: {one:?}\nby its words: {other:?}\n{}\n---\n{words}\n{json}", text.text()));
                return;
            }
        }
    }
}

#[test]
fn the_words_of_a_policy_decide_as_the_policy() {
    let wanted = generate::cases(2_500);
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

/// The statements of a text, without comments.
fn statements(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        match found.last_mut() {
            Some(before) if line.starts_with(' ') => *before += &format!("\n{line}"),
            _ => found.push(line.to_owned()),
        }
    }
    found
}

/// Says a text, and says what is said of it once more as rules.
fn twice(text: &str, asked: (&str, Option<&str>)) -> (Policy, Policy, String) {
    let reading = said(text);
    let policy = Engine::new().compile(text).unwrap();
    let words = rules_again(&statements(text), &reading, &policy.rules(), asked);
    let again = Engine::new().compile(words.as_str()).unwrap_or_else(|error| panic!("{error}\n{words}"));
    // What is canonical is said in the same words.
    let conditions = |reading: &Reading| -> Vec<String> {
        let all = reading.acts.iter().flat_map(|act| [&act.ways, &act.limits, &act.prohibitions, &act.duties]).flatten();
        let all = all.flat_map(|stated| [&stated.condition, &stated.when, &stated.unless]).flatten();
        all.chain(reading.words.iter().flat_map(|word| &word.means)).cloned().collect()
    };
    assert_eq!(conditions(&reading), conditions(&said(&words)), "{words}");
    (policy, again, words)
}

#[test]
fn packs_decide_by_their_words() {
    let mut decided = 0;
    for (name, text) in packs() {
        let requests = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("rules/{name}.requests.json"))).unwrap();
        let requests: serde_json::Value = serde_json::from_str(&requests).unwrap();
        let (policy, again, words) = twice(&text, (OTHER, Some(OTHER)));
        for entry in requests.as_array().unwrap() {
            let request = Request::from_json(entry["request"].to_string()).unwrap();
            assert_eq!(Decided::of(&policy.decide(&request)), Decided::of(&again.decide(&request)), "{name}: {}\n{words}", entry["name"]);
            decided += 1;
        }
    }
    assert!(decided >= 150, "only {decided} requests");
    println!("{decided} requests");
}

/// Names that the grammar would take for something else, and every form that has more than one way to be written.
#[test]
fn odd_names_and_rare_forms_are_said_so_that_they_can_be_read() {
    let vocabulary = "a user has\n  if: text\n  empty: yes/no\n  is a director: yes/no\n  admin: yes/no\n  rank: one of [low < high]\n  \
                      mood: one of [good, \"so so\", limit]\n  days: list of text\n  since: date\n  age: number\n  pay: money\n  \
                      boss: reference to a user\n  flags: map of yes/no\n  address: ip-address\n  seen: date-time\n  nick: optional text\n\
                      a group has\n  level: number\na user is inside a group\na director has\n  since: date\nfact more is number\n\
                      limit means 5\nadmin means user.age is 3\na user has badge if user.pay is more than 5 EUR\na user is a chief if user.age is 1\n\
                      a user is boss-of another user if other.boss is the user\nlate means now is after 2026-01-31T17:30:00+01:00\n";
    let rules = [
        "user.if is \"x\\\"\\\\ {y}\" and user.empty and not user.admin",
        "the more is at least -3 or (more + 2) * -1 < limit - (3 - 1)",
        "user.mood is \"limit\" and user.mood is not \"so so\"",
        "user.rank is at least high or user.rank is one of [low, high]",
        "user.director and user has not badge and user is a chief",
        "not (user.age is 1 and user.age is 2) and not admin and not (not user.empty)",
        "user.age is not between 1 and limit or 20% of user.age is 50% of (user.age + 1)",
        "user.address is in ip \"2001:db8::/32\" or user.address is one of [10.0.0.0/8, 192.168.0.1/32]",
        "user is in group \"a \\\"b\\\"\" and any group above user satisfies (group.level is 1)",
        "no day in user.days satisfies (day matches \"*x\" ignoring case and day is not \"y\")",
        "at least limit day in user.days is \"x\" and exactly 0 day in user.days contains \"z\"",
        "count of day for day in user.days where (day is \"x\") is at least count of distinct user.days",
        "weekday of user.since is one of [monday, friday] or user.since is today",
        "user.flags.on is not none and user.flags.on and any flag in values of user.flags satisfies (flag)",
        "user is boss-of the user.boss or user.boss is the user",
        "user has nick and user.nick is not empty or user has no nick",
        "user.seen is within the last 90 minutes and days from user.since to today + 1 day is 3",
        "bucket of (user.if + \"x\") for \"salt\" is less than 10% and late",
        "lowercase of user.if ends with \"a\" and user.days does not contain \"b\"",
        "yes and user.pay * 2 is not more than 1.50 EUR",
    ];
    for rule in rules {
        let rule = if rule.contains(" or ") && rule.contains(" and ") { rule.replace(" or user has no nick", "") } else { rule.to_owned() };
        let text = format!(
            "{vocabulary}never try if {rule} because \"{{user.if}} {{{{}}}} \\u{{202e}}\" and must log with if: user.if\nallow try\n"
        );
        if let Err(error) = Engine::new().compile(text.as_str()) {
            panic!("{rule}: {error}");
        }
        let (policy, again, words) = twice(&text, ("try", None));
        let request = Request::from_json(r#"{"action": "try", "user": {"if": "a", "age": 1, "rank": "low"}, "more": 4}"#).unwrap();
        assert_eq!(Decided::of(&policy.decide(&request)), Decided::of(&again.decide(&request)), "{rule}\n{words}");
    }
}

fn packs() -> Vec<(String, String)> {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).unwrap().map(|entry| entry.unwrap().path());
    let is_pack = |path: &Path| path.extension().is_some_and(|end| end == "onlyif") && !path.to_string_lossy().ends_with(".test.onlyif");
    let mut files: Vec<_> = files.filter(|path| is_pack(path)).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| (path.file_stem().unwrap().to_str().unwrap().to_owned(), whole(path));
    files.iter().map(read).collect()
}

/// A pack with the texts that it uses in the place of each `use`.
fn whole(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let used =
        |line: &str| line.strip_prefix("use \"").map(|file| fs::read_to_string(path.with_file_name(file.trim_end_matches('"'))).unwrap());
    text.lines().map(|line| used(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

fn snapshots(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn said(text: &str) -> Reading {
    Engine::new().say(bundle(text)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_pack_is_said() {
    for (name, text) in packs() {
        let reading = said(&text).to_string();
        let wide: Vec<&str> = reading.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(wide.is_empty(), "{name}: {wide:?}");
        snapshots("say").bind(|| insta::assert_snapshot!(name.as_str(), reading));
    }
}

#[test]
fn what_the_vocabulary_allows_can_be_said() {
    let mut tried = 0;
    for (name, text) in packs() {
        let book = Engine::new().phrases(bundle(&text)).unwrap();
        if ["documents", "share-expertise"].contains(&name.as_str()) {
            snapshots("vocab").bind(|| insta::assert_snapshot!(name.as_str(), book.to_string()));
        }
        let closed = text.lines().any(|line| line.starts_with("act "));
        for phrase in book.things.iter().flat_map(|thing| &thing.phrases) {
            let act = if closed { "act try-out" } else { "" };
            // What may be none wants to be asked for that first.
            let with = |guard: &str| Engine::new().compile(format!("{text}\n{act}\nnever try-out if {guard}{}\n", phrase.says));
            let path = phrase.says.split([' ', ')']).find(|word| word.contains('.'));
            let path = path.unwrap_or(phrase.says.split(' ').next().unwrap());
            let root = path.split('.').next().unwrap();
            let guards = [String::new(), format!("{path} is not none and "), format!("{root} is not none and ")];
            let found: Vec<_> = guards.iter().filter_map(|guard| with(guard).err()).collect();
            assert!(found.len() < guards.len(), "{name}: `{}`: {}", phrase.says, found[0]);
            tried += 1;
        }
    }
    assert!(tried >= 150, "only {tried} sentences");
    println!("{tried} sentences");
}

#[test]
fn wildcards_and_exceptions_are_resolved_act_by_act() {
    let reading = said(
        "allow do anything except delete to document if user is editor\n\
         never read anything except notice if user is banned\n\
         open window requires wind is calm",
    );
    let scopes: Vec<String> = reading.acts.iter().map(|act| format!("{:?}", act.scope)).collect();
    let act = |action: &str, thing: &str| {
        let act = reading.of(action, Some(thing)).unwrap();
        (act.ways.len(), act.prohibitions.len(), act.limits.len())
    };
    assert_eq!(act("open", "window"), (0, 0, 1), "{scopes:?}");
    assert_eq!(act("delete", "document"), (0, 0, 0));
    assert_eq!(act("edit", "document"), (1, 0, 0));
    assert_eq!(act("read", "document"), (1, 1, 0));
    assert_eq!(act("read", "notice"), (0, 0, 0));
    assert_eq!(act("read", "letter"), (0, 1, 0));
    assert_eq!(act("burn", "letter"), (0, 0, 0));
    let text = reading.to_string();
    assert!(text.contains("Nobody may delete document: no rule allows it."), "{text}");
    assert!(text.contains("Anyone may do anything else to document when user is editor."), "{text}");
    assert!(text.ends_with("every other act\n  Nobody may do anything else: no rule allows it.\n"), "{text}");
}

/// Whatever is in the structure is told, however it is put.
#[test]
fn the_text_leaves_nothing_out() {
    let mut told = 0;
    for seed in 1..80 {
        let text = Text::random(&mut Rng::new(seed));
        let Ok(reading) = Engine::new().say(bundle(&text.text())) else { continue };
        let shown = reading.to_string();
        let flat: String = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let stated = reading.acts.iter().flat_map(|act| [&act.ways, &act.limits, &act.prohibitions, &act.duties]).flatten();
        for one in stated {
            let words = [&one.condition, &one.when, &one.unless, &one.because, &one.otherwise].into_iter().flatten();
            let duties = one.duties.iter().chain(&one.otherwise_duties).map(|duty| &duty.task);
            for words in words.chain(duties) {
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(flat.contains(&words), "seed {seed}: `{words}` is not told\n{shown}");
                told += 1;
            }
        }
    }
    assert!(told >= 500, "only {told}");
}

#[test]
fn what_is_always_forbidden_is_told_first() {
    let text = said("never burn letter because \"No.\"\nallow burn letter if user is admin\nnever burn note").to_string();
    let wanted = "burn letter\n  Nobody may burn letter: it is always forbidden.\n    Told then: \"No.\"\n  \
                  But for that, anyone may burn letter when user is admin.\n\nburn note\n  \
                  Nobody may burn note: it is always forbidden, and no rule allows it.\n";
    assert!(text.starts_with(wanted), "{text}");
}

#[test]
fn a_word_has_the_article_that_is_spoken() {
    let text = said("a user is an adult if user.age is at least 18\nallow read page if user is an adult").to_string();
    assert!(text.contains("a user is an adult when user.age is at least 18"), "{text}");
}

#[test]
fn forms_of_json_and_markdown() {
    for (name, text) in packs() {
        let reading = said(&text);
        let json: serde_json::Value = serde_json::from_str(&reading.to_json()).unwrap();
        assert_eq!(json["acts"].as_array().unwrap().len(), reading.acts.len(), "{name}");
        let book = Engine::new().phrases(bundle(&text)).unwrap();
        let json: serde_json::Value = serde_json::from_str(&book.to_json()).unwrap();
        assert_eq!(json["things"].as_array().unwrap().len(), book.things.len(), "{name}");
    }
    let page = said("allow read page if (page.owner is \"<b>*x*</b>\" or user.`a-is` is 5) because \"<i> & {user.name}\"").to_markdown();
    assert!(page.contains("`page.owner is \"<b>*x*</b>\" or user.a-is is 5`"), "{page}");
    assert!(page.contains("- Told then: \"\\<i\\> \\& {user.name}\""), "{page}");
    let page = said("allow read page if user.`odd name` is 5").to_markdown();
    assert!(page.contains("`` user.`odd name` is 5 ``"), "{page}");
}

#[test]
fn nothing_private_and_nothing_hidden_is_shown() {
    let text =
        "a user has\n  pin: private text, assumed \"4711\"\n  name: text\nallow open safe if user.pin is user.name because \"\\u{202e}x\"";
    let (reading, book) = (said(text), Engine::new().phrases(bundle(text)).unwrap());
    for shown in [reading.to_string(), reading.to_json(), reading.to_markdown(), book.to_string(), book.to_json(), book.to_markdown()] {
        assert!(!shown.contains("4711"), "{shown}");
        assert!(!shown.chars().any(|c| onlyif::is_hidden(c) && c != '\n'), "{shown}");
        assert!(shown.contains("user.pin is "), "{shown}");
    }
}
