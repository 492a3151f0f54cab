//! How long it takes to explain a denied request under ten thousand rules on one act, and to suggest what would allow it.
//!
//! `cargo bench --bench explain`, or with the names of some shapes: `cargo bench --bench explain -- allow lists`. It fails where suggestions take a second, or an explanation 400 ms with rules of the plain shapes.
#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a measurement may stop

use onlyif::{Outcome, Policy, Request};
use std::time::{Duration, Instant};

/// Shapes of rules; `#` stands for a number of its own, and `plain` ones are held to less.
const SHAPES: [(&str, bool, &str); 9] = [
    ("allow", true, "allow read page if user.role is \"r#\" and user.level is more than #"),
    ("requires", true, "read page requires user.role is \"r#\" or user.level is more than #"),
    ("never", true, "never read page if user.role is not \"r#\" and user.level is less than 1#"),
    ("limits", false, "read page requires user.level is at least # or user.role is \"r#\""),
    ("lists", false, "allow read page if any tag in user.tags satisfies (tag is \"t#\") and user.level is #"),
    ("calculations", false, "allow read page if 1 + user.level + user.bonus is more than # and user.role is \"r#\""),
    ("facts", false, "allow read page if user.f# and user.g# is at least #"),
    ("teams", false, "allow read page if user is in team \"t#\" and user.level is at least #"),
    ("rows", false, "allow read page if page.owner.level is #"),
];

const DECLARED: &str = "a page has
  owner: fixed reference to a user
a user is inside a team
a team is inside a team
";

const REQUEST: &str = r#"{"action": "read", "resource": "page",
    "page": {"owner": "bob"}, "entities": {"user:ann": {"in": ["team:a"]}, "team:a": {"in": []}, "user:bob": {"level": 0}},
    "user": {"id": "ann", "role": "x", "level": 1, "bonus": 0, "tags": ["a"], "banned": false, "staff": false}}"#;

/// The best of five: these machines are busy with other things.
fn best(work: impl Fn()) -> Duration {
    let took = |_| {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    (0..5).map(took).min().unwrap_or_default()
}

fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    for (name, is_plain, rule) in SHAPES.into_iter().filter(|(name, ..)| named.is_empty() || named.iter().any(|one| one == name)) {
        let rules: String = (1..=10_000).map(|number| rule.replace('#', &number.to_string()) + "\n").collect();
        let policy = Policy::new(&format!("{DECLARED}{rules}never read page if user is banned\nallow read page if user is staff")).unwrap();
        let mut request = Request::from_json(REQUEST).unwrap();
        // Of the others, some read what the request lacks: there the prohibition denies.
        request.set_path(["user", "banned"], !is_plain);
        let decision = policy.decide(&request);
        assert_eq!(decision.outcome(), Outcome::Denied);
        let found = decision.suggestions(Outcome::Allowed);
        let text = decision.why().to_string();
        let suggested = best(|| drop(decision.suggestions(Outcome::Allowed)));
        let explained = best(|| drop(decision.why().to_string()));
        let (sets, lines) = (found.list.len(), text.lines().count());
        println!("{name}: explained in {explained:?}, of which suggestions {suggested:?}; {sets} sets, {lines} lines");
        assert!(suggested.as_millis() < 1_000, "{name}: {suggested:?}");
        assert!(!is_plain || explained.as_millis() < 400, "{name}: {explained:?}");
    }
}
