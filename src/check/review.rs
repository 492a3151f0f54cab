//! All rules together: what one rule alone cannot show.

use super::{Checker, messages};
use crate::program::{ActPattern, Rule, ThingPattern, Verb};
use crate::source::Span;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

type Acts = BTreeMap<(String, Option<String>), Span>;

/// The guard rules. They hold over the whole bundle, because a rule elsewhere can break them.
pub(super) fn review(checker: &mut Checker<'_>) {
    let mut found = Vec::new();
    let mut conditions = Acts::new();
    for rule in checker.program.rules.iter().filter(|rule| rule.verb == Verb::OnlyIf) {
        for pattern in &rule.acts {
            if pattern.is_wildcard() {
                found.push(messages::wildcard_only_if(checker.sources.words(rule.words), rule.words));
                break;
            }
            let thing = match &pattern.thing {
                ThingPattern::Named(thing) => Some(thing.clone()),
                ThingPattern::Any | ThingPattern::Nothing => None,
            };
            conditions.entry((pattern.action.clone().unwrap_or_default(), thing)).or_insert(rule.words);
        }
    }
    for rule in checker.program.rules.iter().filter(|rule| rule.verb == Verb::Allow) {
        if let Some((act, condition)) = covered(rule, &conditions) {
            found.push(messages::allow_beside_only_if(&act, rule.words, condition, checker.sources.place(condition).line));
        }
    }
    checker.diagnostics.extend(found);
}

/// The first act with an `only if` that an `allow` covers too.
fn covered(rule: &Rule, conditions: &Acts) -> Option<(String, Span)> {
    rule.acts.iter().find_map(|pattern| first_covered(pattern, conditions))
}

fn first_covered(pattern: &ActPattern, conditions: &Acts) -> Option<(String, Span)> {
    let shown = |(action, thing): &(String, Option<String>)| match thing {
        Some(thing) => alloc::format!("{action} {thing}"),
        None => action.clone(),
    };
    if let (Some(action), ThingPattern::Named(thing)) = (&pattern.action, &pattern.thing) {
        let act = (action.clone(), Some(thing.clone()));
        return conditions.get(&act).map(|&span| (shown(&act), span));
    }
    conditions.iter().find(|((action, thing), _)| pattern.covers(action, thing.as_deref())).map(|(act, &span)| (shown(act), span))
}
