//! What an explanation cites is what decided: over random policies of every form of the language, and random requests.
//!
//! `ONLYIF_CASES=N` sets the number of policies, `ONLYIF_SEED=N` where to begin. A fact is made unknown by taking it out of the
//! request's text; what is optional or assumed cannot be, since left out it says something.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    clippy::print_stdout
)] // a test may stop, and tells what it saw

mod reference;

use onlyif::{Because, Condition, Explanation, Finding, Known, Outcome, Policy, Request, Value};
use reference::generate::{self, Policy as Text, Rng};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

const POLICIES: usize = 20;
const REQUESTS: usize = 6;
/// How many facts are taken out of a request.
const TAKEN: usize = 60;
/// How many of what is wrong are shown.
const SHOWN: usize = 3;

/// A request, where each of its values stands in its text, and why it was decided as it was.
struct Case {
    text: Text,
    policy: Policy,
    json: Json,
    places: BTreeMap<(usize, usize), String>,
    why: Explanation,
}

impl Case {
    fn new(text: &Text, policy: &Policy, json: Json) -> Self {
        let mut places = BTreeMap::new();
        let mut written = String::new();
        write(&json, "", &mut written, &mut places);
        let why = policy.decide(&Request::from_json(written).unwrap()).why_not(&[]);
        Self { text: text.clone(), policy: policy.clone(), json, places, why }
    }

    fn outcome(&self, json: &Json) -> Outcome {
        self.policy.decide(&read(json)).outcome()
    }

    /// What is taken away in each of the requests that lack one required fact: pointers into its JSON.
    fn required(&self, json: &Json) -> BTreeSet<String> {
        let fewer = self.text.world.each_without_required(json);
        // A setting that comes as a fact is no fact.
        fewer.iter().filter_map(|fewer| lacking(json, fewer, String::new())).filter(|pointer| pointer != "/cap").collect()
    }

    fn shown(&self) -> String {
        format!("{}\n{}\n{}", self.text.text(), generate::text(&self.json, &mut None), self.why)
    }
}

fn read(json: &Json) -> Request {
    Request::from_json(generate::text(json, &mut None)).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// The text of a request, and the place of each value by its pointer.
fn write(json: &Json, pointer: &str, text: &mut String, places: &mut BTreeMap<(usize, usize), String>) {
    let start = text.len();
    match json {
        Json::Object(members) => {
            text.push('{');
            for (at, (key, member)) in members.iter().enumerate() {
                text.push_str(&format!("{}{}: ", if at > 0 { ", " } else { "" }, Json::from(key.as_str())));
                write(member, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), text, places);
            }
            text.push('}');
        }
        Json::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { ", " } else { "" });
                write(item, &format!("{pointer}/{at}"), text, places);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
    places.insert((start, text.len()), pointer.to_owned());
}

/// The pointer of what one lacks of the other.
fn lacking(whole: &Json, fewer: &Json, pointer: String) -> Option<String> {
    match (whole, fewer) {
        (Json::Object(members), Json::Object(fewer)) => members.iter().find_map(|(key, member)| {
            let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            fewer.get(key).map_or(Some(pointer.clone()), |fewer| lacking(member, fewer, pointer))
        }),
        (Json::Array(items), Json::Array(fewer)) => {
            items.iter().zip(fewer).enumerate().find_map(|(at, (item, fewer))| lacking(item, fewer, format!("{pointer}/{at}")))
        }
        _ => None,
    }
}

fn remove(json: &mut Json, pointer: &str) {
    let (above, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    if let Some(Json::Object(members)) = json.pointer_mut(above) {
        members.remove(&key);
    }
}

/// A place that is cited, and whether all below it is, too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Cite {
    pointer: String,
    whole: bool,
}

impl Cite {
    /// What has to be taken away to make it unknown, of what may be; none where nothing does.
    fn holder<'r>(&self, required: &'r BTreeSet<String>) -> Option<&'r String> {
        required.iter().filter(|pointer| is_below(&self.pointer, pointer)).max_by_key(|pointer| pointer.len())
    }

    /// Does it hang on what is taken away?
    fn touches(&self, removed: &str) -> bool {
        // Of a thing its id tells which it is; so does that of an element which of them a quantifier looks at.
        let of_identity = removed.ends_with("/id") || removed.ends_with("/type");
        is_below(&self.pointer, removed) || (is_below(removed, &self.pointer) && (self.whole || of_identity))
    }
}

/// Is it the same place, or one inside of it?
fn is_below(one: &str, other: &str) -> bool {
    one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What a rule cites.
fn cited(case: &Case, rule: &Finding) -> BTreeSet<Cite> {
    let mut found = BTreeSet::new();
    rule.conditions.iter().for_each(|condition| add(case, condition, &mut found));
    found
}

fn add(case: &Case, condition: &Condition, found: &mut BTreeSet<Cite>) {
    of_condition(case, condition, found);
    condition.parts.iter().for_each(|part| add(case, part, found));
}

/// What a condition itself cites.
fn of_condition(case: &Case, condition: &Condition, found: &mut BTreeSet<Cite>) {
    let quantified = condition.parts.iter().any(|part| part.element.is_some());
    for fact in &condition.facts {
        if fact.known == Known::None {
            found.insert(Cite { pointer: pointer_of(case, &fact.path), whole: true });
        }
        let Some(span) = &fact.span else { continue };
        let Range { start, end } = span.start as usize..span.end as usize;
        let pointer = case.places.get(&(start, end)).unwrap_or_else(|| panic!("{} stands nowhere\n{}", fact.path, case.shown()));
        let is_thing = case.json.pointer(pointer).is_some_and(|value| value.get("id").is_some());
        let is_text = !matches!(fact.known, Known::Value(Value::Record(_) | Value::List(_)));
        found.insert(Cite { pointer: pointer.clone(), whole: !(quantified || is_thing && is_text) });
    }
}

/// Where what is absent would stand.
fn pointer_of(case: &Case, path: &str) -> String {
    let names: Vec<&str> = path.split('.').map(|name| name.split('[').next().unwrap()).collect();
    let mut keys = case.text.world.keys(&names.join("."));
    for (key, name) in keys.iter_mut().zip(path.split('.')) {
        // The element of a list: `readers[0]`.
        if let Some((_, index)) = name.split_once('[') {
            *key = format!("{key}/{}", index.trim_end_matches(']'));
        }
    }
    for part in ["resource", "subject"] {
        if case.json.pointer(&format!("/{part}/type")).is_some_and(|kind| kind == keys[0].as_str()) {
            keys[0] = part.into();
        }
    }
    format!("/{}", keys.join("/"))
}

fn all_cited(case: &Case) -> BTreeSet<Cite> {
    case.why.rules.iter().chain(&case.why.others).flat_map(|rule| cited(case, rule)).collect()
}

/// Cases of policies without error.
fn each(law: u64, mut test: impl FnMut(&Case, &mut Rng)) {
    let first = generate::first_seed().wrapping_add(law << 32);
    let one = |seed| {
        let mut rng = Rng::new(seed);
        let text = Text::random(&mut rng);
        Policy::new(&text.text()).ok().map(|policy| (text, policy, rng))
    };
    // A key that a closed kind does not list is a reason of its own, and may go with a record.
    let policies = (first..).filter_map(one).filter(|(text, ..)| !text.text().contains(" has only"));
    for (text, policy, mut rng) in policies.take(generate::cases(POLICIES)) {
        for _ in 0..REQUESTS {
            let json = generate::request(&text.world, &mut rng);
            test(&Case::new(&text, &policy, json), &mut rng);
        }
    }
}

#[test]
fn what_is_not_cited_makes_no_difference() {
    let (mut taken, mut wrong) = (0, Vec::new());
    each(20, |case, rng| {
        let cites = all_cited(case);
        let mut free: Vec<String> = case.required(&case.json).into_iter().collect();
        free.retain(|pointer| !cites.iter().any(|cite| cite.touches(pointer)));
        rng.shuffle(&mut free);
        let mut left = case.json.clone();
        for pointer in free.iter().take(TAKEN) {
            // It may have gone with a whole of which it was a part.
            taken += usize::from(left.pointer(pointer).is_some());
            remove(&mut left, pointer);
            if case.outcome(&left) != case.why.outcome {
                wrong.push(format!("without {pointer} it is {}\n{}\n{cites:?}", case.outcome(&left), case.shown()));
                break;
            }
        }
    });
    println!("{taken} facts were taken away, {} mattered", wrong.len());
    assert!(wrong.is_empty(), "{} of {taken}\n{}", wrong.len(), wrong.into_iter().min_by_key(String::len).unwrap());
    assert!(taken > 500, "{taken}");
}

/// Without all that it cites a rule no longer decides.
#[test]
fn without_what_a_reason_cites_it_is_none() {
    let (mut tried, mut wrong) = (0, Vec::new());
    each(21, |case, _| {
        if !matches!(case.why.because, Because::Allowed | Because::Forbidden) {
            return;
        }
        let required = case.required(&case.json);
        for rule in &case.why.rules {
            let cites = cited(case, rule);
            let left = without(case, &cites, &required);
            // What may be absent, and what is none, decides without being there.
            let Some(left) = left.filter(|_| !cites.is_empty() && !rule.conditions.iter().any(hangs_on_nothing)) else { continue };
            tried += 1;
            let request = read(&left);
            let again = case.policy.decide(&request);
            if again.outcome() == case.why.outcome && again.rules().iter().any(|one| one.rule == rule.rule) {
                wrong.push(format!("{} decides still\n{}\n{cites:?}\n{left}", rule.rule, case.shown()));
            }
        }
    });
    println!("{tried} reasons lost what they cite, {} stood", wrong.len());
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.into_iter().min_by_key(String::len).unwrap());
    assert!(tried > 20, "{tried}");
}

/// The request without these; none where one of them cannot be made unknown by taking it away.
fn without(case: &Case, cites: &BTreeSet<Cite>, required: &BTreeSet<String>) -> Option<Json> {
    let mut left = case.json.clone();
    for cite in cites {
        remove(&mut left, cite.holder(required)?);
    }
    Some(left)
}

/// Is something cited that is not there, or that says something by itself?
fn hangs_on_nothing(condition: &Condition) -> bool {
    let by_itself = |fact: &onlyif::Cited| {
        fact.setting || matches!(fact.known, Known::None | Known::Private) || (!fact.calculated && fact.span.is_none())
    };
    condition.facts.iter().any(by_itself)
        || (condition.facts.is_empty() && condition.parts.is_empty())
        || condition.parts.iter().any(hangs_on_nothing)
}

/// Every fact that is cited is one of a set that decides alone, and no smaller set does. A fact that two conditions read may be
/// swallowed, as the second in `a or (a and b)`; where each is cited once, all are needed.
#[test]
fn every_cited_fact_is_needed_somewhere() {
    let (mut tried, mut swallowed, mut strict, mut wrong) = (0, 0, 0, Vec::new());
    each(22, |case, _| {
        let required = case.required(&case.json);
        let mut places: BTreeMap<String, Vec<Vec<usize>>> = BTreeMap::new();
        for (at, rule) in case.why.rules.iter().chain(&case.why.others).enumerate() {
            rule.conditions
                .iter()
                .enumerate()
                .for_each(|(number, condition)| stand(case, condition, vec![at, number], &required, &mut places));
        }
        let facts: Vec<&String> = places.keys().collect();
        let apart = |fact: &&String| facts.iter().all(|other| other == fact || !is_below(fact, other));
        if case.why.outcome == Outcome::Undetermined || !facts.iter().all(apart) {
            return;
        }
        let cites = all_cited(case);
        let mut base = case.json.clone();
        required.iter().filter(|pointer| !cites.iter().any(|cite| cite.touches(pointer))).for_each(|pointer| remove(&mut base, pointer));
        // What nothing allows is denied, also where a rule forbids it besides.
        let mut nothing = base.clone();
        facts.iter().for_each(|fact| remove(&mut nothing, fact));
        if case.outcome(&nothing) == case.why.outcome {
            return;
        }
        let once = places.values().all(|places| places.len() == 1) && cites.iter().all(|cite| cite.holder(&required).is_some());
        for fact in facts.iter().take(8) {
            tried += 1;
            strict += usize::from(once);
            if !is_needed(case, &base, &places, fact) {
                swallowed += 1;
                if once {
                    wrong.push(format!("{fact}\n{}", case.shown()));
                }
            }
        }
    });
    println!(
        "{tried} facts were cited, {swallowed} of them in no smallest set; {strict} where each is cited once, {} of these",
        wrong.len()
    );
    wrong.sort_by_key(String::len);
    // One test cites all that it reads, also where a part of it decides: of a list that has it, of a constant with cases.
    let shown = wrong.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n\n");
    assert!(wrong.len() * 50 <= strict.max(50), "{} of {strict}: {shown}", wrong.len());
    assert!(tried > 50 && strict > 20, "{strict} of {tried}");
}

/// Where in the tree of conditions each fact is cited.
fn stand(case: &Case, condition: &Condition, at: Vec<usize>, required: &BTreeSet<String>, found: &mut BTreeMap<String, Vec<Vec<usize>>>) {
    let mut own = BTreeSet::new();
    of_condition(case, condition, &mut own);
    for holder in own.iter().filter_map(|cite| cite.holder(required)) {
        found.entry(holder.clone()).or_default().push(at.clone());
    }
    for (number, part) in condition.parts.iter().enumerate() {
        stand(case, part, [at.clone(), vec![number]].concat(), required, found);
    }
}

/// Is it in a smallest set? The others are left out as long as the outcome stays, those first that stand far from it in the tree of
/// conditions; then it must not be left out.
fn is_needed(case: &Case, base: &Json, places: &BTreeMap<String, Vec<Vec<usize>>>, fact: &str) -> bool {
    let shared = |one: &[usize], other: &[usize]| one.iter().zip(other).take_while(|(one, other)| one == other).count();
    places[fact].iter().any(|own| {
        let near = |other: &String| places[other].iter().map(|place| shared(own, place)).max();
        let mut others: Vec<&String> = places.keys().filter(|other| *other != fact).collect();
        others.sort_by_key(|other| near(other));
        let mut left = base.clone();
        for other in others {
            let mut fewer = left.clone();
            remove(&mut fewer, other);
            if case.outcome(&fewer) == case.why.outcome {
                left = fewer;
            }
        }
        remove(&mut left, fact);
        case.outcome(&left) != case.why.outcome
    })
}
