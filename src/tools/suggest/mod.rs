#![deny(clippy::arithmetic_side_effects)]
//! `Decision::suggestions`: what would change it?
//!
//! In: a decision and the outcome that is wanted. Out: the smallest sets of changes to facts that lead there, each decided
//! again by the policy itself. Deliberately absent: any change of a fact that is `fixed` or `private`, of the clock, of a
//! setting, of the act, or of who somebody is.

mod search;
mod space;
mod values;

use crate::act::Outcome;
use crate::decision::Decision;
use crate::explanation::{Change, Lead, Suggestion, Suggestions};
#[cfg(feature = "unstable-machinery")]
use crate::value::Value;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use search::{Changes, Found, MOST_CHANGES, search};
use space::Space;

impl Decision<'_> {
    /// What would lead to an outcome: the smallest sets of changes to the facts of the request. Facts that are `fixed` or `private`, the
    /// clock, settings, the act and the ids of things are left as they are. Each set was decided again by this policy, and holds no
    /// other.
    ///
    /// It tries one value for each side of every bound that the rules name, and every value that they list; at most four changes
    /// together, and no more than [`Limits::tries`](crate::Limits::tries) allows. [`Suggestions::complete`] says whether that was all.
    /// Of a decision that is as wanted already, and for [`Outcome::Undetermined`], there is nothing to suggest.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Outcome, Policy, Request, value::Record};
    /// let policy = Policy::new("share expertise only if requester committed\nnever share expertise if requester is rude")?;
    /// let request = Request::new("share", "expertise").with("requester", Record::new().with("rude", true));
    /// let found = policy.decide(&request).suggestions(Outcome::Allowed);
    /// assert_eq!(found.list[0].to_string(), "requester.committed: yes and requester.rude: no instead of yes");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn suggestions(&self, wanted: Outcome) -> Suggestions {
        self.suggested(wanted, &|_| true)
    }

    /// Which answers to what is not known lead where: towards allowed first, then towards denied. Empty unless undetermined.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Outcome, Policy, Request};
    /// let policy = Policy::new("allow enter if user is member and the age is at least 18")?;
    /// let leads = policy.decide(&Request::without_thing("enter")).leads();
    /// let table: Vec<String> = leads.iter().map(|lead| format!("{lead} -> {}", lead.outcome)).collect();
    /// assert_eq!(table, ["user.member: yes and age: 18 -> allowed", "user.member: no -> denied", "age: 17 -> denied"]);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn leads(&self) -> Vec<Lead> {
        if self.outcome() != Outcome::Undetermined {
            return Vec::new();
        }
        let unknown = |fact: &space::Fact| fact.now.is_none();
        let towards = |outcome: Outcome| {
            let found = self.suggested(outcome, &unknown);
            found.list.into_iter().map(move |answers| Lead { answers, outcome })
        };
        towards(Outcome::Allowed).chain(towards(Outcome::Denied)).collect()
    }

    fn suggested(&self, wanted: Outcome, may: &dyn Fn(&space::Fact) -> bool) -> Suggestions {
        let mut suggestions = Suggestions { wanted, list: Vec::new(), complete: true, note: None, blocked_by: Vec::new() };
        if wanted == self.outcome() || wanted == Outcome::Undetermined {
            return suggestions;
        }
        let space = Space::of(self);
        let found = search(self, &space, wanted, |fact| space.facts.get(fact).is_some_and(may));
        suggestions.complete = found.whole && !found.opaque;
        suggestions.list = listed(&space, &found);
        suggestions.note = note(&found, wanted, suggestions.list.is_empty());
        if suggestions.list.is_empty() {
            suggestions.blocked_by = found.blocked_by.into_iter().take(self.parts().0.reasons).collect();
        }
        suggestions
    }

    /// The facts that may be changed, by keys and with the values that are tried: for our own tests.
    #[cfg(feature = "unstable-machinery")]
    #[doc(hidden)]
    #[must_use]
    pub fn search_space(&self) -> Vec<(Vec<String>, Vec<Value>)> {
        let facts = Space::of(self).facts.into_iter();
        facts.map(|fact| (fact.keys, fact.values.into_iter().map(|candidate| candidate.value).collect())).collect()
    }

    /// Every set that the search finds, as it found them, and whether it ended by itself: for our own tests.
    #[cfg(feature = "unstable-machinery")]
    #[doc(hidden)]
    #[must_use]
    pub fn search_all(&self, wanted: Outcome) -> (Vec<Vec<(usize, usize)>>, bool) {
        let found = search(self, &Space::of(self), wanted, |_| true);
        (found.sets, found.whole)
    }
}

fn note(found: &Found, wanted: Outcome, is_empty: bool) -> Option<String> {
    let lead = match wanted {
        Outcome::Allowed => "allow",
        Outcome::Denied => "deny",
        Outcome::Undetermined => "change",
    };
    match (is_empty, found.whole, found.opaque) {
        (true, true, false) if found.blocked_by.is_empty() => Some(format!("Nothing that can be changed in the request would {lead} this")),
        (true, true, false) => Some(format!("Nothing that can be changed in the request would {lead} this, because of")),
        (true, true, true) => Some(format!("No value that the rules name would {lead} this; a calculated bound may hide others")),
        (true, false, _) => Some(format!("No set of up to {MOST_CHANGES} changes was found that would {lead} this; not all were tried")),
        (false, false, _) => Some(String::from("there may be more, with more changes: not all were tried")),
        (false, true, true) => Some(String::from("there may be more: a bound is worked out, and no values are known to try")),
        (false, true, false) => None,
    }
}

/// The sets in the order in which they are told, without those of which another is the same but nearer.
fn listed(space: &Space, found: &Found) -> Vec<Suggestion> {
    let mut sets: Vec<&Changes> = found.sets.iter().filter(|set| !found.sets.iter().any(|other| is_nearer(space, other, set))).collect();
    sets.sort_by_cached_key(|set| {
        let known = set.iter().filter(|(fact, _)| space.facts.get(*fact).is_some_and(|fact| fact.now.is_some())).count();
        let far: usize = set.iter().fold(0, |far, (_, value)| far.saturating_add(*value));
        (known, set.len(), far, (*set).clone())
    });
    sets.into_iter().map(|set| suggestion(space, set)).collect()
}

/// Do two sets change the same facts, in the same directions, and the first of them less?
fn is_nearer(space: &Space, one: &Changes, other: &Changes) -> bool {
    one.len() == other.len()
        && one != other
        && one.iter().zip(other).all(|(&(fact, value), &(same, further))| {
            fact == same
                && (value == further
                    || (value < further && side(space, fact, value) == side(space, fact, further) && side(space, fact, value).is_some()))
        })
}

fn side(space: &Space, fact: usize, value: usize) -> Option<Ordering> {
    space.facts.get(fact)?.values.get(value)?.side
}

fn suggestion(space: &Space, set: &Changes) -> Suggestion {
    let changes = set.iter().filter_map(|&(fact, value)| {
        let fact = space.facts.get(fact)?;
        let candidate = fact.values.get(value)?;
        Some(Change {
            path: fact.path.clone(),
            keys: fact.keys.clone(),
            from: fact.now.clone(),
            to: candidate.value.clone(),
            any_other: candidate.any_other,
        })
    });
    Suggestion { changes: changes.collect() }
}
