//! A smaller case that is still wrong in the same way.

use super::Policy;
use serde_json::Value as Json;

/// Drops statements, parts of conditions and members of the request while `fails` says that it still fails.
pub fn shrink(mut policy: Policy, mut request: Json, fails: impl Fn(&Policy, &Json) -> bool) -> (Policy, Json) {
    loop {
        let smaller = policies(&policy).into_iter().find(|smaller| fails(smaller, &request));
        if let Some(smaller) = smaller {
            policy = smaller;
            continue;
        }
        match requests(&request).into_iter().find(|smaller| fails(&policy, smaller)) {
            Some(smaller) => request = smaller,
            None => return (policy, request),
        }
    }
}

fn policies(policy: &Policy) -> Vec<Policy> {
    let mut found = Vec::new();
    for at in 0..policy.statements.len() {
        let mut smaller = policy.clone();
        smaller.statements.remove(at);
        found.push(smaller);
        for statement in statements(&policy.statements[at]) {
            let mut smaller = policy.clone();
            smaller.statements[at] = statement;
            found.push(smaller);
        }
    }
    found
}

/// With one operand in the place of `(A and B)`, without a line or a clause.
fn statements(statement: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (open, _) in statement.match_indices('(') {
        let Some(close) = closing(statement, open) else { continue };
        let (before, inner, after) = (&statement[..open], &statement[open + 1..close], &statement[close + 1..]);
        found.extend(operands(inner).into_iter().map(|operand| format!("{before}({operand}){after}")));
        found.push(format!("{before}{inner}{after}"));
    }
    for word in [" because ", " unless ", " otherwise ", " and must ", " and should ", " if ", "\n", "not "] {
        for (at, _) in statement.match_indices(word) {
            let rest = &statement[at + word.len()..];
            let next = [" because ", " unless ", " otherwise ", " and must ", " and should ", "\n"]
                .iter()
                .filter_map(|word| rest.find(word))
                .min();
            found.push(format!("{}{}", &statement[..at], next.map_or("", |next| &rest[next..])));
            if word == "not " {
                found.push(format!("{}{rest}", &statement[..at]));
            }
        }
    }
    found
}

fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The parts of a condition at its top level; none where it is one sentence.
fn operands(inner: &str) -> Vec<&str> {
    for word in [" and ", " or "] {
        let outside = |at: usize| inner[..at].matches('(').count() == inner[..at].matches(')').count();
        let cuts: Vec<usize> = inner.match_indices(word).map(|(at, _)| at).filter(|at| outside(*at)).collect();
        if let Some(first) = cuts.first() {
            let mut parts = vec![&inner[..*first]];
            parts.extend(
                cuts.iter().enumerate().map(|(at, cut)| &inner[cut + word.len()..cuts.get(at + 1).copied().unwrap_or(inner.len())]),
            );
            return parts;
        }
    }
    Vec::new()
}

/// Without a member or an element, at any depth.
fn requests(request: &Json) -> Vec<Json> {
    let mut found = Vec::new();
    match request {
        Json::Object(members) => {
            for (key, value) in members {
                let mut smaller = members.clone();
                smaller.remove(key);
                found.push(Json::Object(smaller));
                for inner in requests(value) {
                    let mut smaller = members.clone();
                    smaller.insert(key.clone(), inner);
                    found.push(Json::Object(smaller));
                }
            }
        }
        Json::Array(items) => {
            for at in 0..items.len() {
                let mut smaller = items.clone();
                smaller.remove(at);
                found.push(Json::Array(smaller));
                for inner in requests(&items[at]) {
                    let mut smaller = items.clone();
                    smaller[at] = inner;
                    found.push(Json::Array(smaller));
                }
            }
        }
        _ => {}
    }
    found
}
