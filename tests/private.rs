//! The value of a private fact is in nothing that is told of a decision, by whatever way it might get there.
//!
//! Random policies of every form of the language, with a mark in every private fact. `ONLYIF_CASES=N` sets the number of policies.
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

use onlyif::{Engine, Limits, Outcome, Policy, Request};
use reference::generate::{self, Policy as Text, Rng};
use serde_json::json;

const POLICIES: usize = 60;
const REQUESTS: usize = 6;
const MARK: &str = "zq-marked-zq";

/// Everything that can be asked of a decision.
fn everything(policy: &Policy, request: &Request) -> String {
    let decision = policy.decide(request);
    let why = decision.why_not(&[Outcome::Allowed, Outcome::Denied]);
    let needs = decision.needs().to_vec();
    let questions = (0..=needs.len().min(4)).map(|known| format!("{:?}", decision.next_question_but(&needs[..known])));
    [
        decision.to_json(),
        format!("{decision} {decision:?} {}", decision.summary()),
        format!("{:?} {:?} {:?} {:?}", decision.reasons(), decision.must(), decision.should(), decision.pending()),
        why.to_string(),
        why.in_full(),
        why.to_json(),
        why.to_markdown(),
        format!("{why:?} {:?}", decision.leads()),
    ]
    .into_iter()
    .chain(questions)
    .collect::<Vec<_>>()
    .join("\n")
}

/// Where the mark is told, with what stands around it.
fn told(shown: &str) -> Option<String> {
    let at = shown.find(MARK)?;
    let before: Vec<char> = shown[..at].chars().rev().take(200).collect();
    Some(before.into_iter().rev().chain(shown[at..].chars().take(60)).collect())
}

fn policy(text: &str) -> Option<Policy> {
    let mut sources = onlyif::Sources::new();
    sources.add("policy", text);
    // Few tries are enough: what is tried is not told otherwise.
    Engine::new().limits(Limits { tries: 300, ..Limits::default() }).compile_all(sources).ok()
}

#[test]
fn no_form_tells_a_private_value() {
    let (mut marked, mut cited) = (0, 0);
    let first = generate::first_seed().wrapping_add(30 << 32);
    let texts = (first..).filter_map(|seed| {
        let mut rng = Rng::new(seed);
        let text = Text::random(&mut rng);
        policy(&text.text()).map(|policy| (text, policy, rng))
    });
    for (text, policy, mut rng) in texts.filter(|(text, ..)| text.text().contains(": private")).take(generate::cases(POLICIES)) {
        for _ in 0..REQUESTS {
            let mut json = generate::request(&text.world, &mut rng);
            marked += text.world.mark_private(&mut json, MARK);
            let request = Request::from_json(generate::text(&json, &mut None)).unwrap();
            let shown = everything(&policy, &request);
            cited += usize::from(shown.contains("private"));
            assert!(told(&shown).is_none(), "{:?}\n{}\n{json}", told(&shown), text.text());
        }
    }
    println!("{marked} private facts were marked, and named in {cited} answers");
    assert!(marked > 100 && cited > 3, "{marked} were marked, {cited} cited");
}

/// What the generator does not make: references to the thing itself, private maps, keys and rows that tell a value by where they stand.
#[test]
fn nor_does_a_map_a_key_or_a_row() {
    let rules = "
a user has
  id: text
  keys: private map of text
  boss: private reference to a user
  level: number

a file has
  owner: reference to a user
  seen: private list of reference to a user

a user is inside a group
a group is inside a group

act read file by user

a user is expected if any one in file.seen satisfies (one is the user)
read file only if user is expected or user.keys.colour is \"red\" or user.boss is the file.owner or user is in group \"g\" or user.boss is in group \"g\"
  otherwise \"Not {user.level}.\"
never read file if user.boss.level is more than 3
read file must log with who: user.level
";
    let policy = policy(rules).unwrap_or_else(|| panic!("{:?}", Policy::new(rules).err()));
    let mark = |what: &str| format!("{MARK}-{what}");
    for left_out in ["", "id", "keys", "boss", "level", "entities", "owner", "seen"] {
        let mut user = json!({"id": "ann", "keys": {"color": mark("key"), format!("{MARK}olour"): "x"}, "boss": mark("boss"), "level": 2});
        let mut file = json!({"owner": "somebody", "seen": [mark("seen"), {"id": mark("other")}]});
        let mut entities = json!({format!("user:{}", mark("boss")): {"level": 5, "in": ["group:h"]}, "user:ann": {}});
        user.as_object_mut().unwrap().remove(left_out);
        file.as_object_mut().unwrap().remove(left_out);
        if left_out == "entities" {
            entities = json!({});
        }
        let request = json!({"action": "read", "resource": "file", "user": user, "file": file, "entities": entities});
        let shown = everything(&policy, &Request::from_json(request.to_string()).unwrap());
        assert!(told(&shown).is_none(), "without `{left_out}`: {:?}", told(&shown));
    }
}
