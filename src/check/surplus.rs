//! Rules that change nothing, because another rule says it already.

use super::exclude::conjuncts;
use super::{meaning, messages};
use crate::diagnostic::Diagnostic;
use crate::program::{ActPattern, Program, Rule, Verb};
use crate::source::Sources;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// How many rules that begin with the same sentence are compared with one rule: what is told may be less, never wrong.
const MOST_COMPARED: usize = 16;

/// What decides whether a rule does something: the sentences that have to be true together.
struct Weighed {
    number: usize,
    /// Sorted, each once.
    parts: Vec<String>,
}

/// Warns of rules that change no outcome.
pub(super) fn surplus(program: &Program, sources: &Sources) -> Vec<Diagnostic> {
    // Grants are compared with grants, and what closes with what closes, for the same acts.
    let mut groups: BTreeMap<(bool, Vec<String>), Vec<Weighed>> = BTreeMap::new();
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    let mut found: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for (number, rule) in program.rules.iter().enumerate() {
        let written: Vec<&str> = sources.words(rule.span).split_whitespace().collect();
        match texts.get(&written.join(" ")) {
            Some(&first) => {
                found.insert(number, (first, true));
                continue;
            }
            None => texts.insert(written.join(" "), number),
        };
        let grants = match rule.verb {
            Verb::Allow => true,
            Verb::Never | Verb::Requires => false,
            Verb::OnlyIf | Verb::Must | Verb::Should => continue,
        };
        groups.entry((grants, acts(&rule.acts))).or_default().push(Weighed { number, parts: parts(rule) });
    }
    for rules in groups.values() {
        compare(&program.rules, rules, &mut found);
    }
    let told = |(number, (other, same)): (usize, (usize, bool))| {
        let (rule, other) = (program.rules.get(number)?, program.rules.get(other)?);
        Some(messages::said_already(rule.words, other.words, sources.place(other.words).line, same))
    };
    found.into_iter().filter_map(told).collect()
}

/// Finds rules whose sentences are among them all those of another: then the other does it already.
fn compare(rules: &[Rule], group: &[Weighed], found: &mut BTreeMap<usize, (usize, bool)>) {
    let mut by_first: BTreeMap<&str, Vec<&Weighed>> = BTreeMap::new();
    for weighed in group {
        let first = weighed.parts.first().map_or("", String::as_str);
        let alike = by_first.entry(first).or_default();
        if alike.len() < MOST_COMPARED {
            alike.push(weighed);
        }
    }
    for weighed in group.iter().filter(|weighed| rules.get(weighed.number).is_some_and(is_silent)) {
        let own: BTreeSet<&str> = weighed.parts.iter().map(String::as_str).collect();
        let firsts = own.iter().copied().chain([""]);
        let wider = firsts.filter_map(|first| by_first.get(first)).flatten().find(|other| {
            let same = other.parts.len() == own.len();
            // Of two that say the same, the later one is told.
            let before = !same || other.number < weighed.number;
            other.number != weighed.number && before && other.parts.iter().all(|part| own.contains(part.as_str()))
        });
        if let Some(wider) = wider {
            found.insert(weighed.number, (wider.number, wider.parts.len() == own.len()));
        }
    }
}

/// Has a rule no reason and no duty of its own? With one it matters, although it changes no outcome.
fn is_silent(rule: &Rule) -> bool {
    rule.because.is_none() && rule.otherwise.is_none() && rule.duties.is_empty() && rule.otherwise_duties.is_empty()
}

fn acts(patterns: &[ActPattern]) -> Vec<String> {
    let mut acts: Vec<String> = patterns.iter().map(|pattern| alloc::format!("{pattern:?}")).collect();
    acts.sort();
    acts
}

fn parts(rule: &Rule) -> Vec<String> {
    let mut all = Vec::new();
    conjuncts(rule, &mut all);
    let mut parts: Vec<String> =
        all.iter().map(|said| if said.yes { meaning::formula(said.formula) } else { meaning::opposite(said.formula) }).collect();
    parts.sort();
    parts.dedup();
    parts
}
