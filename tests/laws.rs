//! Laws that hold for every policy and every request; random ones show it.
//!
//! `ONLYIF_CASES=N` sets the number of policies, `ONLYIF_SEED=N` where to begin.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::wildcard_enum_match_arm)] // a test may stop

mod reference;

use onlyif::{Decision, Engine, Limits, Outcome, Policy, Request, Sources};
use reference::generate::{self, Policy as Text, Rng};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// How many policies each law looks at, and how many requests for each.
const POLICIES: usize = 60;
const REQUESTS: usize = 8;

/// Policies without error, each with its text and what makes more of it.
fn policies(law: u64) -> impl Iterator<Item = (Text, Policy, Rng)> {
    let first = generate::first_seed().wrapping_add(law << 32);
    let one = |seed| {
        let mut rng = Rng::new(seed);
        let text = Text::random(&mut rng);
        Policy::new(&text.text()).ok().map(|policy| (text, policy, rng))
    };
    (first..).filter_map(one).take(generate::cases(POLICIES))
}

fn read(json: &Json) -> Request {
    Request::from_json(generate::text(json, &mut None)).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn told(text: &Text, request: &Json, decision: &Decision<'_>) -> String {
    format!("{}\n{request}\n{}", text.text(), decision.to_json())
}

/// What does not depend on the places of rules in their file.
fn gist(decision: &Decision<'_>) -> (Outcome, Vec<String>, Vec<String>, BTreeSet<String>, BTreeSet<String>) {
    let problems = decision.problems().iter().map(|problem| format!("{} {}", problem.path, problem.code().as_str())).collect();
    let duties = |duties: &[onlyif::Duty]| duties.iter().map(|duty| format!("{:?} {:?} {:?}", duty.name, duty.text, duty.with)).collect();
    (decision.outcome(), decision.needs().to_vec(), problems, duties(decision.must()), duties(decision.should()))
}

/// What has to be done. The values in a sentence may become known: then it is the same sentence still, of the same rule.
fn musts(decision: &Decision<'_>) -> BTreeSet<String> {
    let one = |duty: &onlyif::Duty| match &duty.name {
        Some(name) => format!("{name} {:?}", duty.with),
        None => format!("a sentence of {}", duty.rule),
    };
    decision.must().iter().map(one).collect()
}

/// Everything that can be asked of a decision.
fn look_at(decision: &Decision<'_>) -> String {
    format!("{} {decision} {decision:?} {} {:?}", decision.summary(), decision.to_json(), decision.rules().len())
}

#[test]
fn no_panic() {
    for (text, policy, mut rng) in policies(1) {
        for _ in 0..REQUESTS {
            let json = generate::text(&generate::request(&text.world, &mut rng), &mut None);
            let spoiled = mutated(&json, &mut rng);
            for json in [json, spoiled] {
                if let Ok(request) = Request::from_json(json) {
                    look_at(&policy.decide(&request));
                }
            }
        }
        let mutated_policy = mutated(&text.text(), &mut rng);
        match Policy::new(&mutated_policy) {
            Ok(policy) => _ = look_at(&policy.decide(&read(&generate::request(&text.world, &mut rng)))),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        let bytes: Vec<u8> = (0..rng.below(200)).map(|_| u8::try_from(rng.below(256)).unwrap()).collect();
        let noise = String::from_utf8_lossy(&bytes);
        assert!(Policy::new(&noise).is_err(), "{noise:?} is a policy");
        assert!(Request::from_json(bytes.as_slice()).is_err(), "{noise:?} is a request");
    }
}

/// The text with a few of its characters dropped, doubled, replaced or moved.
fn mutated(text: &str, rng: &mut Rng) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..1 + rng.below(4) {
        let (at, other) = (rng.below(characters.len()), rng.below(characters.len()));
        match rng.below(5) {
            0 => _ = characters.remove(at),
            1 => characters.insert(at, characters[other]),
            2 => characters[at] = *rng.choose(&['(', ')', '"', '\n', '{', '}', '\u{0}', 'ß', '\u{202e}', '.', '`', '#', ' ']),
            3 => characters.swap(at, other),
            _ => characters.truncate(at.max(1)),
        }
        if characters.is_empty() {
            characters.push('x');
        }
    }
    characters.into_iter().collect()
}

#[test]
fn deterministic() {
    for (text, policy, mut rng) in policies(2) {
        let again = Policy::new(&text.text()).unwrap();
        for _ in 0..REQUESTS {
            let json = generate::request(&text.world, &mut rng);
            let (one, other) = (read(&json), read(&json));
            let (first, second) = (policy.decide(&one), again.decide(&other));
            assert_eq!(look_at(&first), look_at(&second), "{}", text.text());
            assert_eq!(first.clone().into_owned().to_json(), policy.decide(&one).to_json(), "{}", text.text());
        }
    }
}

/// The paths of the members that the request does not bring, for which the decision asks; a list's elements come with it.
fn missing(decision: &Decision<'_>) -> Vec<String> {
    decision.needs().iter().filter(|need| !need.contains('[')).cloned().collect()
}

/// The request with a value where a path leads; none where something else is in the way.
fn completed(world: &generate::World, request: &Json, path: &str, value: &Json) -> Option<Json> {
    let mut request = request.clone();
    let mut at = &mut request;
    for name in world.keys(path) {
        let members = at.as_object_mut()?;
        // The thing of the act may be the resource itself.
        let name =
            if members.contains_key("resource") && members["resource"]["type"] == json!(name) { "resource".to_owned() } else { name };
        at = members.entry(name).or_insert_with(|| json!({}));
    }
    if at.as_object().is_some_and(serde_json::Map::is_empty) {
        *at = value.clone();
        Some(request)
    } else {
        None
    }
}

#[test]
fn monotone() {
    let mut moved = 0;
    // A key that a closed kind does not list may come with a required record, and is a reason of its own to refuse.
    for (text, policy, mut rng) in policies(3).filter(|(text, ..)| !text.text().contains(" has only")) {
        for _ in 0..REQUESTS {
            let whole = generate::request(&text.world, &mut rng);
            let partial = text.world.without_required(&whole, &mut rng);
            let (before, after) = (read(&partial), read(&whole));
            let (before, after) = (policy.decide(&before), policy.decide(&after));
            if before.outcome() == Outcome::Undetermined {
                moved += usize::from(after.outcome() != Outcome::Undetermined);
                continue;
            }
            let shown = format!("{}\n{whole}", told(&text, &partial, &before));
            assert_eq!(before.outcome(), after.outcome(), "{shown}");
            if before.is_allowed() {
                assert_eq!(musts(&before), musts(&after), "{shown}");
            }
        }
    }
    assert!(moved > 20, "only {moved} decisions moved: nothing was shown");
}

#[test]
fn supplied_needs_settle_or_ask_on() {
    for (text, policy, mut rng) in policies(4) {
        let values = generate::completions();
        for _ in 0..REQUESTS {
            let partial = generate::request(&text.world, &mut rng);
            let request = read(&partial);
            let decision = policy.decide(&request);
            let Some(path) = missing(&decision).into_iter().next() else { continue };
            for value in &values {
                let Some(more) = completed(&text.world, &partial, &path, value) else { continue };
                // A thing that is made up has no type, where it would need one.
                let Ok(after) = Request::from_json(generate::text(&more, &mut None)) else { continue };
                let after = policy.decide(&after);
                assert!(!after.needs().contains(&path), "{path} is brought and asked for\n{}", told(&text, &more, &after));
            }
        }
    }
}

#[test]
fn order_free() {
    for (text, policy, mut rng) in policies(5) {
        let mut shuffled = text.clone();
        rng.shuffle(&mut shuffled.statements);
        let other = Policy::new(&shuffled.text()).unwrap_or_else(|error| panic!("{error}\n{}", shuffled.text()));
        for _ in 0..REQUESTS {
            let json = generate::request(&text.world, &mut rng);
            let one = read(&json);
            let turned = Request::from_json(generate::text(&json, &mut Some(rng.clone()))).unwrap();
            let (first, second) = (policy.decide(&one), other.decide(&turned));
            assert_eq!(gist(&first), gist(&second), "{}\n{}", told(&text, &json, &first), shuffled.text());
        }
    }
}

#[test]
fn duplicate_free() {
    for (text, policy, mut rng) in policies(6) {
        let mut twice = text.clone();
        twice.statements.extend_from_within(text.declarations..);
        let other = Policy::new(&twice.text()).unwrap_or_else(|error| panic!("{error}\n{}", twice.text()));
        for _ in 0..REQUESTS {
            let json = generate::request(&text.world, &mut rng);
            let request = read(&json);
            let (first, second) = (policy.decide(&request), other.decide(&request));
            assert_eq!(gist(&first), gist(&second), "{}", told(&text, &json, &first));
            assert_eq!(first.must(), second.must(), "{}", told(&text, &json, &first));
        }
    }
}

/// Where a required fact is taken away, what was not allowed is not allowed, and what still is allowed was so before.
#[test]
fn unknown_never_allows() {
    for (text, policy, mut rng) in policies(7).filter(|(text, ..)| !text.text().contains(" has only")) {
        for _ in 0..REQUESTS {
            let whole = generate::request(&text.world, &mut rng);
            let before = read(&whole);
            let before = policy.decide(&before);
            for partial in text.world.each_without_required(&whole) {
                let after = read(&partial);
                let after = policy.decide(&after);
                let kept = after.outcome() == before.outcome() || after.outcome() == Outcome::Undetermined;
                assert!(kept, "{}\n{partial}\n{}", told(&text, &whole, &before), after.to_json());
            }
        }
    }
}

#[test]
fn default_deny() {
    for (mut text, _, mut rng) in policies(8) {
        let grants = |statement: &String| statement.starts_with("allow ") || statement.contains(" only if ");
        text.statements.retain(|statement| !grants(statement));
        // Enough is left: a policy of declarations alone denies everything, too.
        let Ok(policy) = Policy::new(&text.text()) else { continue };
        for _ in 0..REQUESTS {
            let json = generate::request(&text.world, &mut rng);
            let request = read(&json);
            let decision = policy.decide(&request);
            assert_eq!(decision.outcome(), Outcome::Denied, "{}", told(&text, &json, &decision));
        }
    }
}

#[test]
fn details_say_the_outcome() {
    for (text, policy, mut rng) in policies(9) {
        for _ in 0..REQUESTS {
            let json = generate::request(&text.world, &mut rng);
            let request = read(&json);
            let decision = policy.decide(&request);
            let shown = told(&text, &json, &decision);
            let verbs =
                |wanted: &[&str], value| decision.rules().iter().any(|rule| wanted.contains(&rule.verb.as_str()) && rule.value == value);
            let open = decision.needs().len() + decision.problems().len();
            // A rule whose reason speaks of elements gives one for each.
            let reasons = decision.reasons().iter().map(|reason| &reason.rule).collect::<BTreeSet<_>>().len();
            match decision.outcome() {
                Outcome::Allowed => {
                    assert!(verbs(&["allow", "only if"], Some(true)) && open == 0, "{shown}");
                    assert_eq!(reasons, decision.rules().len(), "{shown}");
                }
                Outcome::Denied => {
                    let closed = verbs(&["never", "requires"], Some(true)) || verbs(&["only if"], Some(false));
                    assert!((closed || decision.rules().is_empty()) && open == 0, "{shown}");
                    assert_eq!(reasons, decision.rules().len().max(1), "{shown}");
                }
                Outcome::Undetermined => {
                    assert!(open > 0 && decision.reasons().is_empty(), "{shown}");
                    assert!(decision.must().is_empty() && decision.should().is_empty(), "{shown}");
                }
            }
            let needs = decision.needs();
            assert!(needs.is_sorted() && needs.windows(2).all(|pair| pair[0] != pair[1]), "{shown}");
        }
    }
}

/// Every value of two grants, two prohibitions and two limits against the formula, by Kleene's tables.
#[test]
fn only_if_formula() {
    let values = [Some(true), Some(false), None];
    let names = ["ga", "gb", "xa", "xb", "la", "lb"];
    let mut cases = 0;
    for counts in 0..27_usize {
        let (grants, bans, limits) = (counts % 3, counts / 3 % 3, counts / 9);
        if grants > 0 && limits > 0 {
            continue; // an `allow` beside an `only if` is an error; see below
        }
        cases += formula(&names, &values, grants, bans, limits, "only if");
    }
    for counts in 0..27_usize {
        cases += formula(&names, &values, counts % 3, counts / 3 % 3, counts / 9, "requires");
    }
    assert_eq!(cases, 25 * 13 + 13 * 13 * 13);
    assert!(Policy::new("read it only if f.la\nallow read it if f.ga").is_err());
}

/// All requests to a policy with so many rules of each sort; how many there are.
fn formula(names: &[&str; 6], values: &[Option<bool>; 3], grants: usize, bans: usize, limits: usize, verb: &str) -> usize {
    let used: Vec<usize> = (0..grants).chain(2..2 + bans).chain(4..4 + limits).collect();
    if used.is_empty() {
        return 1;
    }
    let rule = |at: &usize| match at {
        0 | 1 => format!("allow read it if f.{}", names[*at]),
        2 | 3 => format!("never read it if f.{}", names[*at]),
        _ => format!("read it {verb} f.{}", names[*at]),
    };
    let text = used.iter().map(rule).collect::<Vec<_>>().join("\n");
    let policy = Policy::new(&text).unwrap();
    let all = 3_usize.pow(u32::try_from(used.len()).unwrap());
    for case in 0..all {
        let value =
            |at: usize| used.iter().position(|used| *used == at).map(|digit| values[case / 3_usize.pow(u32::try_from(digit).unwrap()) % 3]);
        let mut facts = serde_json::Map::new();
        for at in &used {
            if let Some(Some(yes)) = value(*at) {
                facts.insert(names[*at].into(), json!(yes));
            }
        }
        let limit: Vec<Option<bool>> = [4, 5].into_iter().filter_map(value).collect();
        let opens = if verb == "only if" { limit.clone() } else { Vec::new() };
        let grant = any([0, 1].into_iter().filter_map(value).chain(opens));
        let ban = any([2, 3].into_iter().filter_map(value).chain(limit.iter().map(|value| value.map(|yes| !yes))));
        let expected = match (grant, ban) {
            (Some(false), _) | (_, Some(true)) => Outcome::Denied,
            (Some(true), Some(false)) => Outcome::Allowed,
            _ => Outcome::Undetermined,
        };
        let request = read(&json!({"action": "read", "resource": "it", "f": facts}));
        assert_eq!(policy.decide(&request).outcome(), expected, "{text}\n{facts:?}");
    }
    all
}

fn any(values: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let values: Vec<Option<bool>> = values.collect();
    if values.contains(&Some(true)) {
        Some(true)
    } else if values.contains(&None) {
        None
    } else {
        Some(false)
    }
}

const MARK: &str = "zq-marked-zq";

/// Everything that is told of a decision, and of the request and the policy that were used.
fn everything(policy: &Policy, request: &Request) -> String {
    let decision = policy.decide(request);
    format!(
        "{} {:?} {:?} {:?} {:?} {request:?} {policy:?}",
        look_at(&decision),
        decision.problems(),
        decision.reasons(),
        decision.must(),
        decision.pending()
    )
}

#[test]
fn private() {
    let mut marked = 0;
    for (text, policy, mut rng) in policies(10) {
        for _ in 0..REQUESTS {
            let mut json = generate::request(&text.world, &mut rng);
            marked += text.world.mark_private(&mut json, MARK);
            let shown = everything(&policy, &read(&json));
            assert!(!shown.contains(MARK), "{}\n{json}\n{shown}", text.text());
        }
    }
    assert!(marked > 50, "only {marked} private facts were marked");
}

/// Ways on which a private value could get out, each in a policy of its own.
#[test]
fn private_stays_private_on_every_way() {
    let vocabulary = "a user has\n  secret: private text\n  names: private list of text\n  home: private office\n  keys: private map of text\n\
                      an office has\n  city: text\n  tags: list of text\n";
    let facts = json!({"action": "read", "resource": "it", "user": {"secret": MARK, "names": [MARK], "home": {"city": MARK, "tags": [MARK]}, "keys": {"a": MARK}}});
    let paths = ["user.secret", "user.home.city", "user.keys.a"];
    let mut rules = vec![
        "code means user.secret\nnever read it if user.secret is not \"x\" because \"It is {code}.\"".to_owned(),
        "code means user.secret if user.secret is not \"y\", otherwise \"b\"\nnever read it if user.secret is not \"x\" because \"It is {code}.\"".to_owned(),
        "code means user.secret\nread it must tell with what: code\nallow read it".to_owned(),
        "read it must tell with what: user.names\nallow read it".to_owned(),
        "read it must tell with what: user.home\nallow read it".to_owned(),
        "read it must tell with who: user\nallow read it".to_owned(),
        "allow read it if any n in user.names is under \"/a\"".to_owned(),
        "allow read it if any n in user.home.tags is under domain \"a.b\"".to_owned(),
        "allow read it if user.names is user.home.tags".to_owned(),
        "a user is odd if user.secret is under \"/a\"\nallow read it if user is odd".to_owned(),
    ];
    for path in paths {
        rules.push(format!("never read it if {path} is not \"x\" because \"It is {{{path}}}.\""));
        rules.push(format!("read it only if {path} is \"x\" otherwise \"It is {{{path}}}.\""));
        rules.push(format!("read it must tell with what: {path}\nallow read it"));
        rules.push(format!("read it must \"Tell {{{path}}}.\"\nallow read it"));
        rules.push(format!("allow read it if {path} is under \"/a\" and {path} is under domain \"a.b\""));
    }
    let mut kept = 0;
    for rule in rules {
        let Ok(policy) = Policy::new(&format!("{vocabulary}{rule}")) else { continue };
        kept += 1;
        let mut wrong = facts.clone();
        wrong["user"]["secret"] = json!([MARK]);
        wrong["user"]["names"] = json!(MARK);
        wrong["user"]["home"] = json!({"city": {"a": MARK}, "tags": MARK});
        for facts in [&facts, &wrong] {
            let shown = everything(&policy, &read(facts));
            assert!(!shown.contains(MARK), "{rule}\n{shown}");
        }
    }
    assert!(kept >= 15, "only {kept} of the policies are without error");
}

#[test]
fn limits_hold_for_visits() {
    let policies = [
        ("allow read it if any x in f.l is \"a\"", 12_u64),
        ("allow read it if any x in f.l satisfies (every y in f.m is \"b\")", 12 + 12 * 7),
        ("allow read it if any x in f.l is \"a\" and f.ok\nnever read it if at least 2 y in f.m are \"z\"", 12 + 7),
        ("allow read it if any x in f.l is \"a\"\nallow read other if every y in f.m is \"c\"", 12),
    ];
    let list = |length: usize| vec!["k"; length];
    let request = read(&json!({"action": "read", "resource": "it", "f": {"ok": true, "l": list(12), "m": list(7)}}));
    for (text, visits) in policies {
        let decided = |visits| {
            let mut sources = Sources::new();
            sources.add("policy", text);
            let policy = Engine::new().limits(Limits { visits, ..Limits::default() }).compile_all(sources).unwrap();
            let decision = policy.decide(&request);
            let codes: Vec<&str> = decision.problems().iter().map(|problem| problem.code().as_str()).collect();
            (decision.outcome(), codes.contains(&"D07"))
        };
        let (outcome, beyond) = decided(visits);
        assert!(outcome != Outcome::Undetermined && !beyond, "{text} is {outcome} at {visits}");
        assert_eq!(decided(visits - 1), (Outcome::Undetermined, true), "{text}");
    }
}
