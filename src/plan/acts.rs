//! Which rules cover an act.
//!
//! A rule lies in a bucket for each pattern of its head: an action or any, a thing or any. A request looks into at most
//! four buckets, however many rules there are. Rules call acts by their own names; a request calls them by foreign names,
//! where they have such.

use super::{NodeId, Plan, PlanAct};
use crate::act::{ActPattern, ThingPattern, Verb};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// Rules by the acts they cover.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ActIndex {
    any_action: ByThing,
    by_action: BTreeMap<String, ByThing>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct ByThing {
    any: Bucket,
    nothing: Bucket,
    named: BTreeMap<String, Bucket>,
}

/// The rules of one pattern, by what they do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bucket {
    /// `never` and `requires`: they close when their node holds.
    pub prohibitions: Vec<Entry>,
    /// `only if`: they close when their node does not hold, and open together.
    pub conditions: Vec<Entry>,
    /// `allow`: they open when their node holds.
    pub grants: Vec<Entry>,
    /// Rules with duties for an allowed act: they bind when their node holds.
    pub binds: Vec<Entry>,
}

/// A rule in a bucket.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The rule's number.
    pub rule: u32,
    /// Its node in the hot half.
    pub node: NodeId,
    /// Acts of the bucket that it does not cover.
    pub except: Vec<(Option<String>, Option<String>)>,
}

impl Entry {
    /// Does it cover this act of its bucket?
    #[must_use]
    pub fn covers(&self, action: &str, thing: Option<&str>) -> bool {
        !self
            .except
            .iter()
            .any(|(verb, of)| verb.as_deref().is_none_or(|verb| verb == action) && of.as_deref().is_none_or(|of| thing == Some(of)))
    }
}

impl ActIndex {
    /// Adds a rule under each pattern of its head. `binds`: does it carry duties for an allowed act?
    pub fn add(&mut self, rule: u32, verb: Verb, acts: &[ActPattern], node: NodeId, binds: bool) {
        for pattern in acts {
            let entry = Entry { rule, node, except: pattern.except.clone() };
            let bucket = self.bucket(pattern);
            if binds && matches!(verb, Verb::Allow | Verb::OnlyIf) {
                bucket.binds.push(entry.clone());
            }
            match verb {
                Verb::Allow => bucket.grants.push(entry),
                Verb::OnlyIf => bucket.conditions.push(entry),
                Verb::Never | Verb::Requires => bucket.prohibitions.push(entry),
                Verb::Must | Verb::Should => bucket.binds.push(entry),
            }
        }
    }

    fn bucket(&mut self, pattern: &ActPattern) -> &mut Bucket {
        let by_thing = match &pattern.action {
            Some(action) => self.by_action.entry(action.clone()).or_default(),
            None => &mut self.any_action,
        };
        match &pattern.thing {
            ThingPattern::Any => &mut by_thing.any,
            ThingPattern::Nothing => &mut by_thing.nothing,
            ThingPattern::Named(name) => by_thing.named.entry(name.clone()).or_default(),
        }
    }

    /// The buckets whose patterns cover an act. A rule may lie in several.
    pub fn covering<'p>(&'p self, action: &str, thing: Option<&str>) -> impl Iterator<Item = &'p Bucket> + Clone {
        let exact = |by_thing: &'p ByThing| match thing {
            Some(thing) => by_thing.named.get(thing),
            None => Some(&by_thing.nothing),
        };
        let by_action = self.by_action.get(action);
        [by_action.and_then(exact), by_action.map(|by_thing| &by_thing.any), exact(&self.any_action), Some(&self.any_action.any)]
            .into_iter()
            .flatten()
    }
}

impl Plan {
    /// The declared act that a request asks about.
    #[must_use]
    pub fn act(&self, action: &str, thing: Option<&str>) -> Option<&PlanAct> {
        let at = self.acts.binary_search_by(|act| (act.asked.0.as_str(), act.asked.1.as_deref()).cmp(&(action, thing))).ok()?;
        self.acts.get(at)
    }

    /// What rules call the act that a request asks about.
    #[must_use]
    pub fn named<'n>(&'n self, action: &'n str, thing: Option<&'n str>) -> (&'n str, Option<&'n str>) {
        match self.act(action, thing) {
            Some(act) => (&act.action, act.thing.as_deref()),
            None => (action, thing.map(|thing| self.kind_called(thing))),
        }
    }

    /// What requests call an act of the rules. Either part may be told in the request's words already.
    #[must_use]
    pub fn asked<'n>(&'n self, action: &'n str, thing: Option<&'n str>) -> (&'n str, Option<&'n str>) {
        let exact = |act: &&PlanAct| act.action == action && act.thing.as_deref() == thing;
        let either = |act: &&PlanAct| {
            (act.action == action || act.asked.0 == action) && (act.thing.as_deref() == thing || act.asked.1.as_deref() == thing)
        };
        match self.acts.iter().find(exact).or_else(|| self.acts.iter().find(either)) {
            Some(act) => (&act.asked.0, act.asked.1.as_deref()),
            None => (action, thing.map(|thing| self.vocabulary.key_of_kind(thing))),
        }
    }

    /// What rules call a kind of the request.
    #[must_use]
    pub fn kind_called<'n>(&'n self, key: &'n str) -> &'n str {
        match self.foreign_kinds.binary_search_by(|(known, _)| known.as_str().cmp(key)) {
            Ok(at) => self.foreign_kinds.get(at).map_or(key, |(_, name)| name),
            Err(_) => key,
        }
    }
}
