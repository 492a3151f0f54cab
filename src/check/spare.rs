//! What is there and does nothing: unused definitions and constants, acts that nothing opens, names that look mistyped.

use super::similar::similar;
use super::{Checker, messages};
use crate::program::{ActPattern, ThingPattern, Verb};
use crate::source::Span;
use crate::vocabulary::KindId;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// Kinds with more names than this are not searched for likenesses: comparing all with all would cost too much.
const MOST_NAMES: usize = 300;

/// Warns of what does nothing.
pub(super) fn spare(checker: &mut Checker<'_>) {
    unused(checker);
    nothing_grants(checker);
    nearly_equal(checker);
    nearly_equal_things(checker);
}

/// Without `act` lines a rule may be about anything; a thing that one rule names, and that nearly equals another, is a slip.
fn nearly_equal_things(checker: &mut Checker<'_>) {
    if !checker.names.acts.is_empty() {
        return;
    }
    let mut things: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    for rule in &checker.program.rules {
        for pattern in &rule.acts {
            let left_out = pattern.except.iter().filter_map(|(_, thing)| thing.as_deref());
            let named = if let ThingPattern::Named(thing) = &pattern.thing { Some(thing.as_str()) } else { None };
            for thing in left_out.chain(named) {
                let uses = things.entry(thing).or_insert_with(|| (0, place_of(checker, rule.words, thing)));
                uses.0 = uses.0.saturating_add(1);
            }
        }
    }
    if things.len() > MOST_NAMES {
        return;
    }
    let kinds = checker.program.vocabulary.kinds.iter().filter(|kind| kind.declared).map(|kind| kind.name.as_str());
    let known: BTreeSet<&str> = kinds.chain(things.keys().copied()).collect();
    let mut found = Vec::new();
    for (thing, &(uses, span)) in things.iter().filter(|(thing, _)| !declared_kind(checker, thing)) {
        let near = similar(thing, known.iter().copied().filter(|other| other != thing));
        let is_rarer = |near: &&String| things.get(near.as_str()).is_none_or(|&(others, _)| others > uses);
        if let Some(near) = near.first().filter(|near| is_slip(thing, near)).filter(is_rarer).filter(|_| uses == 1) {
            found.push(messages::nearly_equal(thing, near, span));
        }
    }
    checker.diagnostics.extend(found);
}

/// Where a name stands in the words of a rule.
fn place_of(checker: &Checker<'_>, words: Span, name: &str) -> Span {
    let text = checker.sources.words(words);
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let is_whole = |at: usize| {
        let (before, after) = (text.get(..at).unwrap_or(""), text.get(at.saturating_add(name.len())..).unwrap_or(""));
        !before.ends_with(in_name) && !after.starts_with(in_name)
    };
    text.match_indices(name).map(|found| found.0).find(|&at| is_whole(at)).map_or(words, |at| words.part(at..at.saturating_add(name.len())))
}

fn unused(checker: &mut Checker<'_>) {
    let mut found = Vec::new();
    let words: BTreeSet<&str> =
        checker.used.definitions.iter().filter_map(|id| checker.program.definition(*id)).map(|used| used.word.as_str()).collect();
    let mut told = BTreeSet::new();
    for definition in &checker.program.definitions {
        // A word that is defined for several kinds is used if one of them is.
        if !words.contains(definition.word.as_str()) && told.insert(definition.word.as_str()) {
            found.push(messages::unused("definition", &definition.word, definition.span));
        }
    }
    for (at, constant) in checker.program.constants.iter().enumerate() {
        let id = crate::program::ConstantId(u32::try_from(at).unwrap_or(u32::MAX));
        if !checker.used.constants.contains(&id) {
            found.push(messages::unused("constant", &constant.name, constant.span));
        }
    }
    // A file that is used by several bundles need not be used up by each.
    found.retain(|diagnostic| checker.sources.get(diagnostic.order().0.source()).is_some_and(|source| !source.is_used()));
    checker.diagnostics.extend(found);
}

/// Acts that limits, prohibitions or duties name, and that no rule opens.
fn nothing_grants(checker: &mut Checker<'_>) {
    let opens = |verb: Verb| matches!(verb, Verb::Allow | Verb::OnlyIf);
    let mut opened: BTreeSet<(&str, &ThingPattern)> = BTreeSet::new();
    let mut wildcards: Vec<&ActPattern> = Vec::new();
    for pattern in checker.program.rules.iter().filter(|rule| opens(rule.verb)).flat_map(|rule| &rule.acts) {
        match &pattern.action {
            Some(action) if !pattern.is_wildcard() => {
                opened.insert((action, &pattern.thing));
            }
            Some(_) | None => wildcards.push(pattern),
        }
    }
    let mut told: BTreeSet<(String, ThingPattern)> = BTreeSet::new();
    let mut found = Vec::new();
    for rule in checker.program.rules.iter().filter(|rule| !opens(rule.verb)) {
        for pattern in rule.acts.iter().filter(|pattern| !pattern.is_wildcard()) {
            let Some(action) = &pattern.action else { continue };
            let thing = if let ThingPattern::Named(thing) = &pattern.thing { Some(thing.as_str()) } else { None };
            let is_open =
                opened.contains(&(action.as_str(), &pattern.thing)) || wildcards.iter().any(|wildcard| wildcard.covers(action, thing));
            if !is_open && told.insert((action.clone(), pattern.thing.clone())) {
                let act = thing.map_or_else(|| action.clone(), |thing| alloc::format!("{action} {thing}"));
                found.push(messages::nothing_grants(&act, rule.words));
            }
        }
    }
    checker.diagnostics.extend(found);
}

/// An undeclared name that is used once and nearly equals another one beside it.
fn nearly_equal(checker: &mut Checker<'_>) {
    let mut found = Vec::new();
    for ((kind, name), &(uses, span)) in &checker.used.names {
        if uses != 1 || count_beside(checker, *kind) > MOST_NAMES {
            continue;
        }
        let names = beside(checker, *kind);
        let is_declared = match kind {
            Some(kind) => checker.program.vocabulary.kind(*kind).is_some_and(|kind| kind.declared),
            None => checker.names.kinds.contains_key(name) && declared_kind(checker, name),
        };
        if is_declared {
            continue;
        }
        let near = similar(name, names.iter().map(String::as_str));
        if let Some(near) = near.first().filter(|near| is_slip(name, near)) {
            found.push(messages::nearly_equal(name, near, span));
        }
    }
    checker.diagnostics.extend(found);
}

fn declared_kind(checker: &Checker<'_>, name: &str) -> bool {
    checker.names.kinds.get(name).and_then(|&kind| checker.program.vocabulary.kind(kind)).is_some_and(|kind| kind.declared)
}

fn count_beside(checker: &Checker<'_>, kind: Option<KindId>) -> usize {
    match kind {
        Some(kind) => checker.program.vocabulary.kind(kind).map_or(0, |kind| kind.fields.len()),
        None => checker.program.vocabulary.facts.len(),
    }
}

/// The names that stand beside a name: the fields of its kind, or the facts.
fn beside(checker: &Checker<'_>, kind: Option<KindId>) -> Vec<String> {
    match kind {
        Some(kind) => {
            checker.program.vocabulary.kind(kind).into_iter().flat_map(|kind| &kind.fields).map(|field| field.name.clone()).collect()
        }
        None => checker.program.vocabulary.facts.iter().map(|fact| fact.name.clone()).collect(),
    }
}

/// Is it one slip of the keyboard away, in a word long enough that this is no chance? `read-at` and `read-by` are two names.
fn is_slip(name: &str, near: &str) -> bool {
    name.len() >= 5
        && strsim::osa_distance(name, near) == 1
        && name.trim_end_matches(|c: char| c.is_ascii_digit()) != near.trim_end_matches(|c: char| c.is_ascii_digit())
}
