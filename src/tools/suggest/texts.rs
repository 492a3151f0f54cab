//! The texts to try: those that rules name, for each test a text that passes it, and one that passes none.

use super::values::{Candidate, MOST_BOUNDS, Subject, Tried};
use crate::decision::asked::Asked;
use crate::value::{Letters, TextTest, Value, eq_ignoring_case};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Texts that stand for any that no rule names.
const OTHERS: [&str; 8] = ["other", "another", "a-third", "x", "-", "/other", "other.example", "\u{2022}"];

/// A test that rules make with a text; without one it is sameness, capital letters or small.
struct Test<'f> {
    test: Option<TextTest>,
    letters: Letters,
    part: &'f str,
}

impl Test<'_> {
    /// Does a text pass it? None where that cannot be judged.
    fn passes(&self, text: &str) -> Option<bool> {
        match self.test {
            Some(test) => test.judge(self.letters, text, self.part).ok(),
            None => Some(eq_ignoring_case(text, self.part)),
        }
    }

    /// Texts that should pass it, the plainest first.
    fn examples(&self) -> Vec<String> {
        let part = self.part;
        match self.test {
            Some(TextTest::Contains) => alloc::vec![part.into(), format!("{part}x"), format!("x{part}")],
            Some(TextTest::StartsWith) => alloc::vec![part.into(), format!("{part}x")],
            Some(TextTest::EndsWith) => alloc::vec![part.into(), format!("x{part}")],
            Some(TextTest::Matches) => {
                let one = part.replace('?', "x");
                alloc::vec![one.replace('*', "x"), one.replace('*', "")]
            }
            Some(TextTest::Under) => alloc::vec![part.into(), format!("{}/x", part.trim_end_matches('/'))],
            Some(TextTest::UnderDomain) => alloc::vec![part.into(), format!("x.{part}")],
            None => alloc::vec![part.into(), part.to_lowercase(), part.to_uppercase()],
        }
    }
}

/// The texts to try for a fact.
pub(super) fn texts(fact: &Subject<'_>) -> Tried {
    let mut named: Vec<&str> = fact.asked.iter().filter_map(named).collect();
    let tests: Vec<Test<'_>> = fact.asked.iter().filter_map(test).collect();
    let mut whole = named.len() <= MOST_BOUNDS && tests.len() <= MOST_BOUNDS;
    named.truncate(MOST_BOUNDS);
    let judged = |text: &str| -> Option<Vec<bool>> { tests.iter().map(|test| test.passes(text)).collect() };
    let now = match fact.now {
        Some(Value::Text(now)) if !named.contains(&now.as_str()) => judged(now),
        Some(_) | None => None,
    };
    let mut seen: BTreeSet<Vec<bool>> = now.iter().cloned().collect();
    let mut candidates: Vec<Candidate> = named.iter().map(|text| Candidate::set(Value::from(*text))).collect();
    for text in examples(&tests).iter().filter(|text| !named.contains(&text.as_str())) {
        if let Some(passed) = judged(text)
            && passed.contains(&true)
            && seen.insert(passed)
        {
            candidates.push(Candidate::set(Value::from(text.as_str())));
        }
    }
    let is_other = |text: &&str| !named.contains(text) && judged(text).is_some_and(|passed| !passed.contains(&true));
    let needed = fact.crowd.max(1).saturating_sub(usize::from(now.is_some_and(|now| !now.contains(&true))));
    let others: Vec<&str> =
        OTHERS.into_iter().filter(is_other).filter(|other| fact.now != Some(&Value::from(*other))).take(needed).collect();
    whole &= others.len() == needed;
    seen.insert(alloc::vec![false; tests.len()]);
    // Where texts are tested, not any other will do.
    let other = if tests.is_empty() { Candidate::any_other } else { Candidate::set };
    candidates.extend(others.into_iter().map(|text| other(text.into())));
    // Every way in which the tests may come out, or else some may have been missed.
    whole &= u32::try_from(tests.len()).is_ok_and(|tests| 2_usize.checked_pow(tests).is_some_and(|ways| seen.len() >= ways));
    if fact.asked.contains(&Asked::Presence) {
        candidates.push(Candidate::set(Value::from("")));
    }
    Tried { candidates, whole }
}

fn named(asked: &Asked) -> Option<&str> {
    if let Asked::Value(Value::Text(text)) = asked { Some(text) } else { None }
}

fn test(asked: &Asked) -> Option<Test<'_>> {
    if let Asked::Text(test, letters, part) = asked { Some(Test { test: *test, letters: *letters, part }) } else { None }
}

/// Texts that pass one test, and texts made of two of these.
fn examples(tests: &[Test<'_>]) -> Vec<String> {
    let mut found: Vec<String> = tests.iter().flat_map(Test::examples).collect();
    for one in tests {
        for other in tests.iter().filter(|other| other.part != one.part) {
            let Some(text) = other.examples().into_iter().next() else { continue };
            if one.test == Some(TextTest::Under) {
                // In the folder, and outside of it.
                let outside = if one.part.starts_with('/') { format!("/{text}") } else { text.clone() };
                found.extend([format!("{}/{text}", one.part.trim_end_matches('/')), outside]);
            }
            let first = one.examples().into_iter().next().unwrap_or_default();
            found.extend([format!("{first}{text}"), format!("{first}x{text}")]);
        }
    }
    found
}
