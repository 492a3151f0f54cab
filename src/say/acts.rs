//! Which acts are read, and which rules each of them has.
//!
//! Where the list of acts is closed, these are its acts. Else they are those that a rule names, and for the others the fewest
//! sections in which each act has exactly its rules: by its action, by its thing, and the rest. An act that an exception sets apart
//! has a section of its own.

use super::words::Words;
use crate::program::{ActPattern, Rule, ThingPattern, Verb};
use crate::reading::{ActReading, Scope};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

type Act = (String, Option<String>);

/// A name that no rule can write: what covers it covers whatever is not named.
const ANOTHER: &str = "\0";

/// The readings of all acts, what is nearest to an act before what is wider.
pub(super) fn acts(words: &Words<'_>) -> Vec<ActReading> {
    let index = Index::new(words);
    if !words.program.acts.is_empty() {
        let declared = words.program.acts.iter().map(|act| (act.action.clone(), act.thing.clone()));
        return declared.map(|act| index.read(Scope::Act(act.0.clone(), act.1.clone()), &index.rules(&act.0, act.1.as_deref()))).collect();
    }
    let rest = index.rules(ANOTHER, Some(ANOTHER));
    let own = |rules: &Vec<usize>| *rules != rest;
    let by_action: BTreeMap<&str, Vec<usize>> =
        index.actions.iter().map(|action| (*action, index.rules(action, Some(ANOTHER)))).filter(|(_, rules)| own(rules)).collect();
    let by_thing: BTreeMap<&str, Vec<usize>> =
        index.things.iter().map(|thing| (*thing, index.rules(ANOTHER, Some(thing)))).filter(|(_, rules)| own(rules)).collect();
    let mut named = index.named.clone();
    // A pair that no rule names is set apart where the sections that it falls into would say something else of it.
    for action in &index.actions {
        for thing in &index.things {
            let wider = match (by_action.get(action), by_thing.get(thing)) {
                (Some(of_action), None) => Some(of_action),
                (None, Some(of_thing)) => Some(of_thing),
                (None, None) => Some(&rest),
                (Some(_), Some(_)) => None,
            };
            let act: Act = ((*action).into(), Some((*thing).into()));
            if !named.contains(&act) && wider != Some(&index.rules(action, Some(thing))) {
                named.push(act);
            }
        }
    }
    let read = |scope: Scope, rules: &[usize]| index.read(scope, rules);
    let own = named.iter().map(|(action, thing)| read(Scope::Act(action.clone(), thing.clone()), &index.rules(action, thing.as_deref())));
    let of_actions = by_action.iter().map(|(action, rules)| read(Scope::Action((*action).into()), rules));
    let of_things = by_thing.iter().map(|(thing, rules)| read(Scope::Thing((*thing).into()), rules));
    own.chain(of_actions).chain(of_things).chain([read(Scope::Rest, &rest)]).collect()
}

/// The acts that rules name in full, in the order of the texts.
pub(super) fn named(words: &Words<'_>) -> Vec<Act> {
    Index::new(words).named
}

/// The rules by the acts that they name.
struct Index<'w, 'p> {
    words: &'w Words<'p>,
    /// Acts that some pattern names in full, in the order of the texts.
    named: Vec<Act>,
    by_act: BTreeMap<(&'p str, Option<&'p str>), Vec<usize>>,
    /// Rules with a wildcard.
    wide: Vec<usize>,
    /// Actions and things that a wildcard names, or leaves out.
    actions: BTreeSet<&'p str>,
    things: BTreeSet<&'p str>,
}

impl<'w, 'p> Index<'w, 'p> {
    fn new(words: &'w Words<'p>) -> Self {
        let (named, by_act, wide, actions, things) = Default::default();
        let mut index = Self { words, named, by_act, wide, actions, things };
        let mut known: BTreeSet<(&'p str, Option<&'p str>)> = BTreeSet::new();
        for (at, rule) in words.program.rules.iter().enumerate() {
            let mut is_wide = false;
            for pattern in &rule.acts {
                let act = match (&pattern.action, &pattern.thing) {
                    (Some(action), ThingPattern::Named(thing)) => (action.as_str(), Some(thing.as_str())),
                    (Some(action), ThingPattern::Nothing) => (action.as_str(), None),
                    (None, _) | (_, ThingPattern::Any) => {
                        is_wide = true;
                        index.widen(pattern);
                        continue;
                    }
                };
                index.by_act.entry(act).or_default().push(at);
                if known.insert(act) {
                    index.named.push((act.0.into(), act.1.map(String::from)));
                }
            }
            if is_wide {
                index.wide.push(at);
            }
        }
        index
    }

    fn widen(&mut self, pattern: &'p ActPattern) {
        self.actions.extend(pattern.action.as_deref());
        if let ThingPattern::Named(thing) = &pattern.thing {
            self.things.insert(thing);
        }
        for (action, thing) in &pattern.except {
            self.actions.extend(action.as_deref());
            self.things.extend(thing.as_deref());
        }
    }

    /// The rules that cover an act, in the order of the texts.
    fn rules(&self, action: &str, thing: Option<&str>) -> Vec<usize> {
        let covers = |at: &usize| self.rule(*at).is_some_and(|rule| rule.acts.iter().any(|pattern| pattern.covers(action, thing)));
        let wide = self.wide.iter().copied().filter(covers);
        let named = self.by_act.get(&(action, thing)).into_iter().flatten().copied();
        let all: BTreeSet<usize> = wide.chain(named).collect();
        all.into_iter().collect()
    }

    fn rule(&self, at: usize) -> Option<&'p Rule> {
        self.words.program.rules.get(at)
    }

    fn read(&self, scope: Scope, rules: &[usize]) -> ActReading {
        let of = |wanted: &[Verb]| {
            let rules = rules.iter().filter_map(|at| self.rule(*at)).filter(|rule| wanted.contains(&rule.verb));
            rules.map(|rule| self.words.rule(rule)).collect()
        };
        let declared = match &scope {
            Scope::Act(action, thing) => self.words.program.acts.iter().find(|act| act.action == *action && act.thing == *thing),
            Scope::Action(_) | Scope::Thing(_) | Scope::Rest => None,
        };
        ActReading {
            by: declared.map(|act| act.by.clone()).unwrap_or_default(),
            ways: of(&[Verb::Allow, Verb::OnlyIf]),
            limits: of(&[Verb::Requires]),
            prohibitions: of(&[Verb::Never]),
            duties: of(&[Verb::Must, Verb::Should]),
            otherwise: declared.and_then(|act| act.otherwise.as_ref()).map(|text| self.words.text(text)),
            scope,
        }
    }
}
