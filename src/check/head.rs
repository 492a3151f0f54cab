//! Heads: which acts a rule covers.

use super::{Checker, messages};
use crate::program::{Act, ActPattern, ThingPattern};
use crate::tree::{self, Head, Name, Things, Verbs};
use alloc::string::String;
use alloc::vec::Vec;

/// Adds the acts that a declaration lists.
pub(super) fn declare_act<'t>(checker: &mut Checker<'t>, written: &'t tree::ActDecl) {
    let (verbs, things) = match (&written.head.verbs, &written.head.things) {
        (Verbs::Named(verbs), Things::Unnamed) => (verbs, alloc::vec![None]),
        (Verbs::Named(verbs), Things::Named(things)) => (verbs, things.iter().map(|thing| Some(thing.text.clone())).collect()),
        (Verbs::Anything(_), _) | (_, Things::Anything(_)) => {
            checker.report(messages::act_is_a_wildcard(written.head.span));
            return;
        }
    };
    if let (Some(from), [_, second, ..]) = (&written.from, verbs.as_slice()) {
        checker.report(messages::foreign_name_of_several(&from.text, from.span, second.span));
        return;
    }
    let otherwise = written.otherwise.as_ref().and_then(|text| checker.text(text));
    let by: Vec<String> = written.by.iter().map(|name| name.text.clone()).collect();
    for verb in verbs {
        for thing in &things {
            let act = (verb.text.clone(), thing.clone());
            if !checker.names.acts.insert(act.clone()) {
                let first = checker
                    .program
                    .acts
                    .iter()
                    .find(|known| known.action == act.0 && known.thing == act.1)
                    .map_or(verb.span, |known| known.span);
                checker.report(messages::declared_twice(&alloc::format!("act `{}`", shown(&act)), verb.span, first));
                continue;
            }
            let key = written.from.as_ref().map_or_else(|| act.0.clone(), |from| from.text.clone());
            let span = written.from.as_ref().map_or(verb.span, |from| from.span);
            if let Some(&first) = checker.names.act_keys.get(&(key.clone(), act.1.clone())) {
                checker.report(messages::key_twice("acts", &key, span, first));
                continue;
            }
            checker.names.act_keys.insert((key.clone(), act.1.clone()), written.head.span);
            checker.program.acts.push(Act {
                action: act.0,
                thing: act.1,
                key,
                by: by.clone(),
                involves: written.involves.iter().map(|name| name.text.clone()).collect(),
                otherwise: otherwise.clone(),
                span: written.head.span,
            });
        }
    }
}

/// A head as rules are named after it: in one form, however it is written, so that formatting a file renames nothing.
pub(super) fn named(head: &Head) -> String {
    let verbs = match &head.verbs {
        Verbs::Named(verbs) => either(verbs),
        Verbs::Anything(None) => "do anything".into(),
        Verbs::Anything(Some(exception)) => {
            alloc::format!("do anything except {}", with_things(either(&exception.verbs), " ", &exception.things))
        }
    };
    with_things(verbs, if matches!(head.verbs, Verbs::Anything(_)) { " to " } else { " " }, &head.things)
}

fn with_things(verbs: String, between: &str, things: &Things) -> String {
    match things {
        Things::Unnamed => verbs,
        Things::Named(things) => alloc::format!("{verbs}{between}{}", either(things)),
        Things::Anything(except) if except.is_empty() => alloc::format!("{verbs}{between}anything"),
        Things::Anything(except) => alloc::format!("{verbs}{between}anything except {}", either(except)),
    }
}

/// `read, edit or delete`.
fn either(names: &[Name]) -> String {
    let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    match names.split_last() {
        Some((last, before @ [_, ..])) => alloc::format!("{} or {last}", before.join(", ")),
        Some((only, [])) => String::from(*only),
        None => String::new(),
    }
}

fn shown(act: &(String, Option<String>)) -> String {
    act.1.as_ref().map_or_else(|| act.0.clone(), |thing| alloc::format!("{} {thing}", act.0))
}

impl Checker<'_> {
    /// The patterns of a head. A word that names a group stands for the group's acts.
    pub(super) fn head(&mut self, head: &Head) -> Option<Vec<ActPattern>> {
        let words = if let Verbs::Named(verbs) = &head.verbs { verbs.as_slice() } else { &[] };
        let of = if let Things::Named(named) = &head.things { named.as_slice() } else { &[] };
        // `all` and `any` say the same, where they are no act of their own.
        let is_all = |word: &&Name| word.text == "all" && self.names.acts.is_empty();
        if let Some(word) = words.iter().chain(of).find(|word| matches!(word.text.as_str(), "anything" | "everything") || is_all(word)) {
            self.report(messages::not_everything(word, !of.is_empty()));
            return None;
        }
        if let (Verbs::Named(verbs), Things::Unnamed) = (&head.verbs, &head.things) {
            for verb in verbs {
                let is_act = self.names.acts.contains(&(verb.text.clone(), None));
                if self.is_declared_kind(&verb.text) && !is_act && !self.names.groups.contains_key(&verb.text) {
                    self.report(messages::verb_missing(&verb.text, verb.span));
                    return None;
                }
            }
        }
        if let (Verbs::Named(verbs), Things::Named(things)) = (&head.verbs, &head.things)
            && let ([verb], [thing]) = (verbs.as_slice(), things.as_slice())
            && self.names.acts.is_empty()
            && self.is_declared_kind(&verb.text)
            && !self.is_declared_kind(&thing.text)
        {
            self.report(messages::thing_before_action(verb, thing));
            return None;
        }
        let patterns = self.patterns(head, true)?;
        self.known_acts(head, patterns)
    }

    fn is_declared_kind(&self, name: &str) -> bool {
        self.names.kinds.get(name).and_then(|&kind| self.program.vocabulary.kind(kind)).is_some_and(|kind| kind.declared)
    }

    fn patterns(&mut self, head: &Head, groups: bool) -> Option<Vec<ActPattern>> {
        let named = match &head.verbs {
            Verbs::Named(named) => named,
            Verbs::Anything(Some(exception)) => &exception.verbs,
            Verbs::Anything(None) => return Some(anything(head, &[])),
        };
        if let Some(group) = named.iter().find_map(|verb| self.names.groups.get(&verb.text).map(|_| verb)) {
            let alone = matches!(&head.verbs, Verbs::Named(verbs) if verbs.len() == 1) && head.things == Things::Unnamed && groups;
            if !alone {
                self.report(messages::group_in_head(&group.text, group.span));
                return None;
            }
            let written = self.names.groups.get(&group.text).copied()?;
            return self.patterns(&written.head, false);
        }
        if let Verbs::Anything(Some(exception)) = &head.verbs {
            return Some(anything(head, &pairs(&exception.verbs, &exception.things)));
        }
        let of = if head.things == Things::Unnamed { alloc::vec![(ThingPattern::Nothing, Vec::new())] } else { things(&head.things) };
        let each = |verb: &Name| {
            let of = of.clone();
            let action = verb.text.clone();
            of.into_iter().map(move |(thing, left_out)| pattern(Some(action.clone()), thing, left_out, &[]))
        };
        let mut acts = Vec::with_capacity(named.len().saturating_mul(of.len()));
        acts.extend(named.iter().flat_map(each));
        Some(acts)
    }

    /// With `act` lines, keeps the pairs that exist; each word must be part of one.
    fn known_acts(&mut self, head: &Head, patterns: Vec<ActPattern>) -> Option<Vec<ActPattern>> {
        if self.names.acts.is_empty() {
            return Some(patterns);
        }
        let is_known = |pattern: &ActPattern| match (&pattern.action, &pattern.thing) {
            (Some(action), ThingPattern::Named(thing)) => self.names.acts.contains(&(action.clone(), Some(thing.clone()))),
            (Some(action), ThingPattern::Nothing) => self.names.acts.contains(&(action.clone(), None)),
            (None, _) | (_, ThingPattern::Any) => self.names.acts.iter().any(|(action, thing)| pattern.covers(action, thing.as_deref())),
        };
        let known: Vec<ActPattern> = patterns.iter().filter(|pattern| is_known(pattern)).cloned().collect();
        let verbs = match &head.verbs {
            Verbs::Named(verbs) => verbs.as_slice(),
            Verbs::Anything(_) => &[],
        };
        let named = match &head.things {
            Things::Named(named) => named.as_slice(),
            Things::Unnamed | Things::Anything(_) => &[],
        };
        // A word that is in no act at all is the mistake; else it is the pair that does not exist.
        let acts = &self.names.acts;
        // The acts are sorted by action, and an act without a thing comes first.
        let first_of = |word: &Name| acts.range((word.text.clone(), None)..).next();
        let is_action =
            |word: &Name| self.names.groups.contains_key(&word.text) || first_of(word).is_some_and(|(action, _)| *action == word.text);
        let is_thing = |word: &Name| acts.iter().any(|(_, thing)| thing.as_ref() == Some(&word.text));
        let unknown = verbs.iter().find(|verb| !is_action(verb)).or_else(|| named.iter().find(|thing| !is_thing(thing)));
        let has_pair = |verb: &Name| known.iter().any(|pattern| pattern.action.as_deref() == Some(verb.text.as_str()));
        let pairless_verb = verbs.iter().find(|verb| !self.names.groups.contains_key(&verb.text) && !has_pair(verb));
        let pairless_thing =
            named.iter().find(|thing| !known.iter().any(|pattern| pattern.thing == ThingPattern::Named(thing.text.clone())));
        if let Some(word) = unknown.or(pairless_verb).or(pairless_thing) {
            let acts: Vec<String> = self.names.acts.iter().map(shown).collect();
            let diagnostic = messages::unknown_act(word, self.sources.words(head.span), head.span, &acts);
            self.report_unknown(&word.text, diagnostic);
            return None;
        }
        Some(known)
    }
}

/// The patterns of `do anything`, without what is left out.
fn anything(head: &Head, except: &[(Option<String>, Option<String>)]) -> Vec<ActPattern> {
    things(&head.things).into_iter().map(|(thing, left_out)| pattern(None, thing, left_out, except)).collect()
}

fn pattern(action: Option<String>, thing: ThingPattern, left_out: Vec<String>, except: &[(Option<String>, Option<String>)]) -> ActPattern {
    let things = left_out.into_iter().map(|thing| (None, Some(thing)));
    ActPattern { action, thing, except: except.iter().cloned().chain(things).collect() }
}

/// The things of a head, each with what is left out of it.
fn things(written: &Things) -> Vec<(ThingPattern, Vec<String>)> {
    match written {
        Things::Unnamed => alloc::vec![(ThingPattern::Any, Vec::new())],
        Things::Anything(except) => alloc::vec![(ThingPattern::Any, except.iter().map(|name| name.text.clone()).collect())],
        Things::Named(names) => names.iter().map(|name| (ThingPattern::Named(name.text.clone()), Vec::new())).collect(),
    }
}

/// The acts that an exception leaves out.
fn pairs(verbs: &[Name], things: &Things) -> Vec<(Option<String>, Option<String>)> {
    let things: Vec<Option<String>> = match things {
        Things::Unnamed | Things::Anything(_) => alloc::vec![None],
        Things::Named(names) => names.iter().map(|name| Some(name.text.clone())).collect(),
    };
    verbs.iter().flat_map(|verb| things.iter().map(move |thing| (Some(verb.text.clone()), thing.clone()))).collect()
}
