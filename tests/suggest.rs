//! What would change a decision, against trying everything, and against chance.
//!
//! `ONLYIF_CASES=N` sets how many, `ONLYIF_SEED=N` where to begin.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::arithmetic_side_effects,
    clippy::print_stdout
)] // a test may stop

use onlyif::value::Decimal;
use onlyif::{Decision, Engine, Limits, Outcome, Policy, Request, Suggestion, Value};
use reference::generate::{self, Odds, Policy as Rich, Rng as RichRng, Ty, World};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

mod reference;
mod small;

use small::cells::{Change, Edit, Small, now};
use small::force::by_force;
use small::tables::{Move, Tables, graph, now_admin};
use small::{Rng, number, policy, request};

/// Can both be made, or are they two values for one fact, or two ways with the same element?
fn is_together(one: &Change, other: &Change) -> bool {
    one.place != other.place
        || match (&one.edit, &other.edit) {
            (Edit::Set(_), Edit::Set(_)) | (Edit::Clear(_), Edit::Clear(_)) => false,
            (Edit::Without(one, _), Edit::Without(other, _)) => one != other,
            _ => true,
        }
}

fn changed(request: &Request, changes: &[Change]) -> Request {
    let mut made = request.clone();
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_key(|change| change.rank());
    changes.into_iter().for_each(|change| change.make(&mut made));
    made
}

/// Does the first change go the same way as the second, and less far? Of what has an order, the values between the present one and
/// the one that is given; where the fact is not known, the bounds come before the spaces between them, and the small ones first.
/// Fewer elements are taken out, and less is said of one that is added.
fn is_less(small: &Small, request: &Request, one: &Change, other: &Change) -> bool {
    if one.place != other.place {
        return false;
    }
    match (&one.edit, &other.edit) {
        (Edit::Set(one_value), Edit::Set(value)) => {
            let last = one.place.last().unwrap().as_str();
            let now = match one.place.as_slice() {
                [fact] => now(fact, request),
                [list, at, field] => match now(list, request) {
                    Some(Value::List(items)) => match &items[at.parse::<usize>().unwrap()] {
                        Value::Record(item) => item.get(field).cloned(),
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            };
            let fact = if one.place.len() > 1 { format!("items.{last}") } else { last.to_owned() };
            match (rank(&fact, one_value), rank(&fact, value), now.and_then(|now| rank(&fact, &now))) {
                (Some(less), Some(more), Some(now)) => (now < less && less < more) || (more < less && less < now),
                (Some(less), Some(more), None) if fact != "level" => {
                    let is_gap = |value: &Value| !small.cell(&fact, Some(value)).starts_with("at");
                    (is_gap(one_value), less) < (is_gap(value), more)
                }
                _ => false,
            }
        }
        (Edit::Without(item, times), Edit::Without(same, more)) => item == same && times < more,
        (Edit::Without(..), Edit::Clear(_)) => true,
        (Edit::With(Value::Record(less)), Edit::With(Value::Record(more))) => {
            less.len() < more.len() && less.iter().all(|(key, value)| more.get(key) == Some(value))
        }
        _ => false,
    }
}

/// Where a value stands among those of its fact; none where they have no order.
fn rank(fact: &str, value: &Value) -> Option<Decimal> {
    match (fact, value) {
        ("level", Value::Text(level)) => {
            ["guest", "member", "expert"].iter().position(|known| known == level).map(|at| Decimal::from(at as u64))
        }
        ("joined", Value::Text(_) | Value::Date(_)) => {
            let digits: String = value.to_string().chars().filter(char::is_ascii_digit).collect();
            Decimal::parse(&digits).ok()
        }
        (_, Value::Number(number)) => Some(*number),
        _ => None,
    }
}

fn is_nearer(small: &Small, request: &Request, one: &[Change], other: &[Change]) -> bool {
    let of = |these: &[Change], those: &[Change]| -> Vec<Change> { these.iter().filter(|one| !those.contains(one)).cloned().collect() };
    let (nearer, further) = (of(one, other), of(other, one));
    !nearer.is_empty()
        && nearer.len() == further.len()
        && nearer.iter().zip(&further).all(|(one, other)| is_less(small, request, one, other))
}

/// What comes of changes: the facts whose cell is another one, each with that cell.
fn comes_of(small: &Small, request: &Request, made: &Request) -> BTreeMap<&'static str, String> {
    let facts = small.bounds.keys().filter(|fact| !fact.contains('.'));
    let cells = facts.map(|&fact| (fact, small.cell(fact, now(fact, made).as_ref()), small.cell(fact, now(fact, request).as_ref())));
    cells.filter(|(_, cell, before)| cell != before).map(|(fact, cell, _)| (fact, cell)).collect()
}

/// The suggestions are those that trying everything finds: the test knows the bounds of the policies that it makes, has a value of
/// its own for each cell, and tries all sets of up to four changes. Compared is which facts come into which cells, after those
/// that go further than needed were left out, as `is_less` says.
#[test]
fn the_suggestions_are_those_that_trying_everything_finds() {
    let (mut compared, mut exact, mut sets) = (0_u64, 0_u64, 0_usize);
    let first = number("ONLYIF_SEED", 1);
    for seed in first..first + number("ONLYIF_CASES", 150) {
        let mut rng = Rng::seeded(seed);
        let small = Small::random(&mut rng);
        let engine = Engine::new().limits(Limits { tries: 100_000_000, ..Limits::default() });
        let Ok(policy) = engine.compile(&small.text) else { continue };
        let request = Small::request(&mut rng);
        let decision = policy.decide(&request);
        let changes = small.changes(&request, decision.outcome() == Outcome::Undetermined);
        let most = [4, 3, 2][usize::from(changes.len() > 14) + usize::from(changes.len() > 26)];
        for wanted in [Outcome::Allowed, Outcome::Denied].into_iter().filter(|wanted| *wanted != decision.outcome()) {
            let leads = |made: &[Change]| policy.decide(&changed(&request, made)).outcome() == wanted;
            let forced = by_force(&changes, most, leads, is_together);
            if forced.len() > 100 {
                continue;
            }
            let nearest = forced.iter().filter(|set| !forced.iter().any(|other| is_nearer(&small, &request, other, set)));
            let forced: BTreeSet<_> = nearest.map(|set| comes_of(&small, &request, &changed(&request, set))).collect();
            let found = decision.suggestions(wanted);
            let told: BTreeSet<_> = found.list.iter().map(|one| comes_of(&small, &request, &followed(&request, one))).collect();
            let missing: Vec<_> = forced.difference(&told).collect();
            let more: Vec<_> = told.difference(&forced).filter(|_| most == 4).collect();
            assert!(
                missing.is_empty() && more.is_empty(),
                "seed {seed}, {wanted}\n{}\n{:?}\nmissing: {missing:?}\nmore: {more:?}\ntold: {:#?}",
                small.text,
                request.facts(),
                found.list.iter().map(ToString::to_string).collect::<Vec<_>>()
            );
            // With at most four changes tried nothing else may be said than that this is all, or that more changes may do.
            assert!(
                found.complete || found.note.as_ref().is_some_and(|note| note.contains("not all were tried")),
                "seed {seed}: {found:?}"
            );
            compared += 1;
            exact += u64::from(most == 4);
            sets += told.len();
        }
    }
    println!("{compared} questions, {exact} of them with all sets of four, {sets} sets");
    assert!(sets > 100);
}

/// The same of what lies in what: the test puts things into what rules ask for and takes them out, and tries all sets of these. And
/// where it is said that nothing does, nothing does, of all ways in which the things may lie in each other.
#[test]
fn what_lies_in_what_is_changed_as_trying_everything_does() {
    let (mut compared, mut complete, mut sets) = (0_u64, 0_u64, 0_usize);
    let first = number("ONLYIF_SEED", 1);
    for seed in first..first + number("ONLYIF_CASES", 80) {
        let mut rng = Rng::seeded(seed);
        let mut tables = Tables::random(&mut rng);
        let engine = Engine::new().limits(Limits { tries: 100_000_000, ..Limits::default() });
        let policy = engine.compile(&tables.text).unwrap_or_else(|error| panic!("{}\n{error}", tables.text));
        let request = tables.request(&mut rng);
        let decision = policy.decide(&request);
        let moves = tables.moves(&request);
        let most = [4, 3, 2][usize::from(moves.len() > 12) + usize::from(moves.len() > 20)];
        for wanted in [Outcome::Allowed, Outcome::Denied].into_iter().filter(|wanted| *wanted != decision.outcome()) {
            let made = |moves: &[Move]| {
                let mut made = request.clone();
                moves.iter().for_each(|one| one.make(&mut made));
                made
            };
            let forced = by_force(&moves, most, |moves| policy.decide(&made(moves)).outcome() == wanted, |_, _| true);
            if forced.len() > 100 {
                continue;
            }
            let whole = |request: &Request| (graph(request), now_admin(request));
            let forced: BTreeSet<_> = forced.iter().map(|set| whole(&made(set))).collect();
            let found = decision.suggestions(wanted);
            let told: BTreeSet<_> =
                found.list.iter().filter(|one| one.changes.len() <= most).map(|one| whole(&followed(&request, one))).collect();
            let missing: Vec<_> = forced.difference(&told).collect();
            let more: Vec<_> = told.difference(&forced).filter(|_| most == 4).collect();
            let case = || format!("seed {seed}, {wanted}\n{}\n{:?}\n{:?}\n{found:#?}", tables.text, request.facts(), request.entities());
            assert!(missing.is_empty() && more.is_empty(), "{}\nmissing: {missing:?}\nmore: {more:?}", case());
            if found.complete {
                let is_wanted = |request: &Request| policy.decide(request).outcome() == wanted;
                let nothing = found.list.is_empty();
                assert!(!nothing || !tables.everything(&request, &mut rng).iter().any(is_wanted), "{}", case());
            }
            (compared, complete, sets) = (compared + 1, complete + u64::from(found.complete), sets + told.len());
        }
    }
    println!("{compared} questions, {complete} of them with nothing left open, {sets} sets");
    assert!(sets > 50 && complete > 50);
}

/// The request as a suggestion says.
fn followed(request: &Request, suggestion: &Suggestion) -> Request {
    let mut made = request.clone();
    for change in &suggestion.changes {
        made.set_path(change.keys.iter().map(String::as_str), change.to.clone());
    }
    made
}

/// What is told holds: each suggestion is decided as wanted, nothing of it can be left out, and nothing fixed is touched.
#[test]
fn what_is_suggested_is_so() {
    let first = number("ONLYIF_SEED", 1);
    let mut told = 0_usize;
    for seed in first..first + number("ONLYIF_CASES", 600) {
        let mut rng = Rng::seeded(seed);
        let text = policy(&mut rng);
        let Ok(policy) = Policy::new(&text) else { continue };
        let request = request(&mut rng);
        let decision = policy.decide(&request);
        for wanted in [Outcome::Allowed, Outcome::Denied] {
            for suggestion in decision.suggestions(wanted).list {
                told += 1;
                for left_out in 0..=suggestion.changes.len() {
                    let mut changed = request.clone();
                    for (at, change) in suggestion.changes.iter().enumerate() {
                        let is_answer = change.from.is_none() && decision.outcome() == Outcome::Undetermined;
                        assert!(change.path != "user.held" || is_answer);
                        if at != left_out {
                            changed.set_path(change.keys.iter().map(String::as_str), change.to.clone());
                        }
                    }
                    let all = left_out == suggestion.changes.len();
                    assert_eq!(policy.decide(&changed).outcome() == wanted, all, "seed {seed}: {suggestion}\n{text}");
                }
            }
        }
    }
    assert!(told > 100);
}

/// Every file of `tests/cases/suggest/`: a policy, with a request to each line that begins with `#?`. Its snapshot says what would
/// change each of the decisions. It is to be read as a person would who is refused.
#[test]
fn the_cases_are_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/suggest");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "onlyif"));
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let policy = Policy::new(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut told = String::new();
        for json in text.lines().filter_map(|line| line.strip_prefix("#? ")) {
            let request = Request::from_json(json).unwrap_or_else(|error| panic!("{}: {json}: {error}", file.display()));
            told += &answers(&policy.decide(&request), json);
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(file.file_stem().unwrap().to_str().unwrap(), told.trim_end()));
    }
}

fn answers(decision: &Decision<'_>, json: &str) -> String {
    let mut told = format!("{json}\n{}\n", decision.outcome());
    for wanted in [Outcome::Allowed, Outcome::Denied].into_iter().filter(|wanted| *wanted != decision.outcome()) {
        let found = decision.suggestions(wanted);
        told += &format!("{wanted} with:\n");
        found.list.iter().for_each(|one| told += &format!("  {one}\n"));
        let blocked = if found.blocked_by.is_empty() { String::new() } else { format!(": {}", found.blocked_by.join(", ")) };
        found.note.iter().for_each(|note| told += &format!("  ({note}{blocked})\n"));
    }
    told + "\n"
}

/// Does it say that nothing would?
fn says_nothing(decision: &Decision<'_>, wanted: Outcome) -> bool {
    let found = decision.suggestions(wanted);
    found.list.is_empty() && found.complete
}

/// A policy with every form of the language, in which nothing is private, and the names of its fixed facts by kind.
fn rich(seed: u64) -> Option<(Rich, Policy, BTreeSet<String>, RichRng)> {
    let mut rng = RichRng::new(seed);
    let mut text = Rich::random(&mut rng);
    text.statements.iter_mut().for_each(|statement| *statement = statement.replace(": private ", ": "));
    let mut fixed = BTreeSet::new();
    for statement in &text.statements[..text.declarations] {
        let Some((head, fields)) = statement.split_once(" has").filter(|(head, _)| head.split(' ').count() == 2) else { continue };
        let kind = head.split(' ').nth(1).unwrap();
        for field in fields.lines().filter(|line| line.contains(": fixed ")) {
            let name = field.split(':').next().unwrap().trim().trim_start_matches("is ").trim_start_matches("has ");
            fixed.insert(format!("{kind}.{name}"));
        }
    }
    // What is searched for long is not searched to its end, and says nothing.
    let engine = Engine::new().limits(Limits { tries: number("ONLYIF_TRIES", 400), ..Limits::default() });
    let policy = engine.compile(text.text()).ok()?;
    Some((text, policy, fixed, rng))
}

/// The request with some of its facts otherwise: none that is fixed, nor the clock, nor who or what something is.
fn otherwise(world: &World, fixed: &BTreeSet<String>, request: &Json, rng: &mut RichRng) -> Json {
    let mut changed = request.clone();
    let odds = Odds { missing: 0, null: 2, wrong: 0, extra: 0 };
    let spots = spots(world, fixed, request);
    for _ in 0..*rng.choose(&[1, 1, 2, 3, 5, 40]) {
        if spots.is_empty() || rng.chance(40) {
            of_table(world, fixed, &mut changed, odds, rng);
            continue;
        }
        let (at, ty) = rng.choose(&spots).clone();
        let value = generate::value(world, ty, 2, odds, rng);
        if let Some(object) = changed.pointer_mut(&at[..at.rfind('/').unwrap()]).and_then(Json::as_object_mut) {
            object.insert(at[at.rfind('/').unwrap() + 1..].to_owned(), value);
        }
    }
    changed
}

/// Changes what the table of entities says of some thing: in what it lies, or a field. A row of its own begins with what `*` says.
fn of_table(world: &World, fixed: &BTreeSet<String>, request: &mut Json, odds: Odds, rng: &mut RichRng) {
    let (kind, row) = generate::row(rng);
    let Some(table) =
        request.as_object_mut().unwrap().entry("entities").or_insert_with(|| Json::Object(Default::default())).as_object_mut()
    else {
        return;
    };
    let mut others = table.get("*").and_then(Json::as_object).cloned().unwrap_or_default();
    // What is fixed is not told of an object by a row that it had not.
    let is_fixed = |field: &generate::Field| fixed.contains(&format!("{}.{}", world.kinds[kind].name, field.name));
    let fields = &world.kinds[kind].fields;
    others.retain(|key, _| !fields.iter().any(|field| field.key == *key && is_fixed(field)));
    let Some(row) = table.entry(row).or_insert(Json::Object(others)).as_object_mut() else { return };
    let fields: Vec<&generate::Field> = fields.iter().filter(|field| !is_fixed(field) && field.key != "id").collect();
    if fields.is_empty() || rng.chance(50) {
        row.insert("in".into(), generate::parents(odds, rng));
    } else {
        let field = *rng.choose(&fields);
        row.insert(field.key.to_owned(), generate::value(world, field.ty, 2, odds, rng));
    }
}

/// Where facts stand that may be changed, as JSON pointers, those that the request does not bring among them.
fn spots(world: &World, fixed: &BTreeSet<String>, request: &Json) -> Vec<(String, Ty)> {
    let mut found = Vec::new();
    let part = |part: &str| request.get(part).and_then(|object| object.get("type")).and_then(Json::as_str);
    for fact in &world.facts {
        let Some(kind) = fact.ty.kind() else { continue };
        let place = ["subject", "resource"].into_iter().find(|name| part(name) == Some(fact.name)).unwrap_or(fact.name);
        if request.get(place).is_some_and(Json::is_object) {
            below(world, fixed, kind, &format!("/{place}"), request, 2, &mut found);
        }
    }
    found
}

fn below(world: &World, fixed: &BTreeSet<String>, kind: usize, at: &str, request: &Json, depth: usize, found: &mut Vec<(String, Ty)>) {
    for field in &world.kinds[kind].fields {
        if fixed.contains(&format!("{}.{}", world.kinds[kind].name, field.name)) {
            continue;
        }
        let own = format!("{at}/{}", field.key);
        // A thing that is there stays the one that it is; what is told of it may be otherwise.
        if let (Some(kind), Some(Json::Object(_)), 1..) = (field.ty.kind(), request.pointer(&own), depth) {
            below(world, fixed, kind, &own, request, depth - 1, found);
        } else {
            found.push((own, field.ty));
        }
    }
}

/// The absolute law: where it is said that nothing would, no other request that differs only in what may be changed is decided so.
#[test]
fn nothing_is_said_only_where_nothing_does() {
    let first = number("ONLYIF_SEED", 1);
    let (mut reached, mut claims, mut wrong) = (0_u64, 0_u64, Vec::new());
    for seed in first..first + number("ONLYIF_CASES", 25) {
        let Some((text, policy, fixed, mut rng)) = rich(seed) else { continue };
        for _ in 0..5 {
            let json = generate::request(&text.world, &mut rng);
            let decision = policy.decide(&Request::from_json(json.to_string()).unwrap()).into_owned();
            let mut others: BTreeMap<Outcome, Json> = BTreeMap::new();
            for _ in 0..60 {
                let other = otherwise(&text.world, &fixed, &json, &mut rng);
                let outcome = policy.decide(&Request::from_json(other.to_string()).unwrap()).outcome();
                others.entry(outcome).or_insert(other);
            }
            for wanted in [Outcome::Allowed, Outcome::Denied].into_iter().filter(|wanted| *wanted != decision.outcome()) {
                let says = says_nothing(&decision, wanted);
                claims += u64::from(says);
                reached += u64::from(others.contains_key(&wanted));
                if let (true, Some(other)) = (says, others.get(&wanted)) {
                    wrong.push(format!("seed {seed}: {wanted}\n{}\n{json}\n{other}\n{:?}", text.text(), decision.suggestions(wanted)));
                }
            }
        }
    }
    println!("{claims} times nothing was said to do, {reached} times something did");
    assert!(wrong.is_empty(), "{} wrong, the first:\n{}", wrong.len(), wrong[0]);
    assert!(claims > 5 && reached > 5);
}

/// What is private is in no suggestion, whatever its form.
#[test]
fn nothing_private_is_suggested() {
    const MARK: &str = "SwordFish";
    let first = number("ONLYIF_SEED", 1);
    let (mut marked, mut told) = (0_usize, 0_usize);
    for seed in first..first + number("ONLYIF_CASES", 40) {
        let mut rng = RichRng::new(seed);
        let text = Rich::random(&mut rng);
        let engine = Engine::new().limits(Limits { tries: number("ONLYIF_TRIES", 200), ..Limits::default() });
        let Ok(policy) = engine.compile(text.text()) else { continue };
        for _ in 0..4 {
            let mut json = generate::request(&text.world, &mut rng);
            marked += text.world.mark_private(&mut json, MARK);
            let decision = policy.decide(&Request::from_json(json.to_string()).unwrap()).into_owned();
            for found in [Outcome::Allowed, Outcome::Denied].map(|wanted| decision.suggestions(wanted)) {
                told += found.list.len();
                let shown = format!("{found:?} {}", found.list.iter().map(ToString::to_string).collect::<String>());
                assert!(!shown.contains(MARK), "seed {seed}\n{}\n{json}\n{shown}", text.text());
            }
        }
    }
    assert!(marked > 30 && told > 30, "{marked} marked, {told} told");
}
