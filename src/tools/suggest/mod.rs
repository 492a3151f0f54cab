#![deny(clippy::arithmetic_side_effects)]
//! `Decision::suggestions`: what would change it?
//!
//! In: a decision and the outcome that is wanted. Out: the smallest sets of changes to facts that lead there, each decided
//! again by the policy itself. Deliberately absent: any change of a fact that is `fixed` or `private`, of
//! the clock, of a setting, of the act, or of who somebody is.

mod lists;
mod search;
mod space;
mod texts;
mod values;

use crate::act::Outcome;
use crate::decision::Decision;
use crate::explanation::{Change, Lead, Suggestion, Suggestions};
use crate::request::Request;
use crate::value::{Decimal, Scalar, Value};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use search::{Changes, Found, MOST_CHANGES, search};
use space::{Fact, Space, row_of, takes_over};
use values::{Candidate, Edit};

impl Decision<'_> {
    /// What would lead to an outcome: the smallest sets of changes to the facts of the request. Facts that are `fixed` or `private`, the
    /// clock, settings, the act and the ids of things are left as they are. Each set was decided again by this policy, and holds no
    /// other. Of an open decision, what is `fixed` and not known is among the answers; of others, where it hangs on such a fact,
    /// [`Suggestions::note`] names it.
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
        if wanted == self.outcome() || wanted == Outcome::Undetermined {
            return Suggestions { wanted, list: Vec::new(), complete: true, note: None, blocked_by: Vec::new() };
        }
        let space = Space::of(self);
        if self.outcome() == Outcome::Undetermined {
            // What is not known is to be found out, whether it is fixed or not.
            return self.suggested(&space, wanted, &|_| true);
        }
        let suggestions = self.suggested(&space, wanted, &|fact| !fact.fixed);
        if suggestions.list.is_empty() && space.facts.iter().any(|fact| fact.fixed) {
            let told = self.suggested(&space, wanted, &|_| true).list.into_iter().next();
            return match told {
                Some(told) => Suggestions { note: Some(hangs_on(&space, &told, wanted)), blocked_by: Vec::new(), ..suggestions },
                None => suggestions,
            };
        }
        suggestions
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
        let space = Space::of(self);
        let towards = |outcome: Outcome| {
            let found = self.suggested(&space, outcome, &|fact| fact.now.is_none());
            found.list.into_iter().map(move |answers| Lead { answers, outcome })
        };
        towards(Outcome::Allowed).chain(towards(Outcome::Denied)).collect()
    }

    fn suggested(&self, space: &Space, wanted: Outcome, may: &dyn Fn(&space::Fact) -> bool) -> Suggestions {
        let mut suggestions = Suggestions { wanted, list: Vec::new(), complete: true, note: None, blocked_by: Vec::new() };
        let found = search(self, space, wanted, |fact| space.facts.get(fact).is_some_and(may));
        suggestions.complete = found.whole && !found.opaque;
        suggestions.list = listed(self.parts().1, space, &found);
        suggestions.note = note(&found, wanted, suggestions.list.is_empty());
        if suggestions.list.is_empty() && found.whole {
            suggestions.blocked_by = found.blocked_by.into_iter().take(self.parts().0.reasons).collect();
        }
        suggestions
    }
}

fn lead_to(wanted: Outcome) -> &'static str {
    match wanted {
        Outcome::Allowed => "allow",
        Outcome::Denied => "deny",
        Outcome::Undetermined => "change",
    }
}

/// What is `fixed` is not suggested to be changed; where it is not known, it is no reason to give up either.
fn hangs_on(space: &Space, told: &Suggestion, wanted: Outcome) -> String {
    let is_fixed = |change: &&Change| space.facts.iter().any(|fact| fact.fixed && fact.keys == change.keys);
    let fixed: Vec<&str> = told.changes.iter().filter(is_fixed).map(|change| change.path.as_str()).collect();
    let lead = lead_to(wanted);
    format!(
        "Nothing that can be changed in the request would {lead} this: it hangs on what is fixed and not known, {}",
        fixed.join(" and ")
    )
}

fn note(found: &Found, wanted: Outcome, is_empty: bool) -> Option<String> {
    let lead = lead_to(wanted);
    match (is_empty, found.whole, found.opaque) {
        (true, true, false) if found.blocked_by.is_empty() => Some(format!("Nothing that can be changed in the request would {lead} this")),
        (true, true, false) => Some(format!("Nothing that can be changed in the request would {lead} this, because of")),
        (true, true, true) if found.blocked_by.is_empty() => {
            Some(format!("No change that was tried would {lead} this, but not all could be tried"))
        }
        (true, true, true) => Some(format!("No change that was tried would {lead} this, but not all could be tried; in the way is")),
        (true, false, _) => Some(format!("No set of up to {MOST_CHANGES} changes was found that would {lead} this; not all were tried")),
        (false, false, _) => Some(String::from("there may be more, with more changes: not all were tried")),
        (false, true, true) => Some(String::from("there may be more: not every value that might matter could be tried")),
        (false, true, false) => None,
    }
}

/// The sets in the order in which they are told, without those of which another is the same but nearer.
fn listed(request: &Request, space: &Space, found: &Found) -> Vec<Suggestion> {
    let mut sets: Vec<&Changes> = found.sets.iter().filter(|set| !found.sets.iter().any(|other| is_nearer(space, other, set))).collect();
    sets.sort_by_cached_key(|set| {
        let changes = || set.iter().filter_map(|&change| space.candidate(change));
        let known = changes().filter(|(fact, _)| fact.now.is_some()).count();
        let many = changes().map(|change| elements(&change)).fold(0_usize, usize::saturating_add);
        let odd = changes().filter(is_odd).count();
        let far: usize = set.iter().fold(0, |far, (_, value)| far.saturating_add(*value));
        // Who asks is nearer than what is acted on.
        let aside = changes().filter(|(fact, _)| fact.is_aside).count();
        (known, many, odd, far, aside, (*set).clone())
    });
    let mut patterns = BTreeSet::new();
    sets.retain(|set| patterns.insert(pattern(space, set)));
    let mut told: Vec<Suggestion> = Vec::new();
    for one in sets.into_iter().map(|set| suggestion(request, space, set)) {
        // The same list may come of more than one way to change it.
        if !told.iter().any(|known| is_same(known, &one)) {
            told.push(one);
        }
    }
    told
}

/// What a set says, whichever of the values that no rule names it takes: only which of them are the same counts.
fn pattern(space: &Space, set: &Changes) -> Vec<(usize, usize, bool)> {
    let mut others: Vec<&Edit> = Vec::new();
    let mut number = |edit| {
        others.iter().position(|known| *known == edit).unwrap_or_else(|| {
            others.push(edit);
            others.len().saturating_sub(1)
        })
    };
    let named = |&(fact, tried): &(usize, usize)| match space.candidate((fact, tried)) {
        Some((of, candidate)) if candidate.any_other && of.crowd.is_some() => (fact, number(&candidate.edit), true),
        Some(_) | None => (fact, tried, false),
    };
    set.iter().map(named).collect()
}

/// How many changes it is: of a list, how many elements come or go.
fn elements((fact, candidate): &(&Fact, &Candidate)) -> usize {
    match (&candidate.edit, &fact.now) {
        (Edit::Set(_), _) => 1,
        (Edit::Add(more), _) => more.len(),
        (Edit::Remove(_, times), _) => *times,
        (Edit::Keep(kept), Some(Value::List(items))) => items.len().saturating_sub(*kept),
        (Edit::Keep(_), _) => 0,
    }
}

/// Do two suggestions lead to the same facts, in whatever order the elements of a list stand?
fn is_same(one: &Suggestion, other: &Suggestion) -> bool {
    let is_same_value = |one: &Value, other: &Value| match (one, other) {
        (Value::List(items), Value::List(others)) => {
            let mut rest: Vec<&Value> = others.iter().collect();
            items.len() == others.len()
                && items.iter().all(|item| rest.iter().position(|other| *other == item).map(|at| rest.swap_remove(at)).is_some())
        }
        (one, other) => one == other,
    };
    let mut pairs = one.changes.iter().zip(&other.changes);
    one.changes.len() == other.changes.len() && pairs.all(|(one, other)| one.keys == other.keys && is_same_value(&one.to, &other.to))
}

/// Does it make less than nothing of something, which seldom anybody can, or take an element away rather than mend it?
fn is_odd((fact, candidate): &(&Fact, &Candidate)) -> bool {
    if let Edit::Keep(_) | Edit::Remove(..) = candidate.edit {
        return true;
    }
    let is_negative = |value: Option<&Value>| match value.and_then(Value::as_scalar) {
        Some(Scalar::Number(number)) => number < Decimal::ZERO,
        Some(Scalar::Money(money)) => money.amount < Decimal::ZERO,
        Some(Scalar::Duration(span)) => span.is_negative(),
        Some(
            Scalar::YesNo(_)
            | Scalar::Text(_)
            | Scalar::Date(_)
            | Scalar::Time(_)
            | Scalar::DateTime(_)
            | Scalar::IpAddress(_)
            | Scalar::Network(_)
            | Scalar::Zero,
        )
        | None => false,
    };
    is_negative(candidate.value()) && !is_negative(fact.now.as_ref())
}

/// Is one set like another, but for one change of which it makes less?
fn is_nearer(space: &Space, one: &Changes, other: &Changes) -> bool {
    let of = |these: &Changes, those: &Changes| -> Vec<(usize, usize)> {
        these.iter().filter(|change| !those.contains(change)).copied().collect()
    };
    let (nearer, further) = (of(one, other), of(other, one));
    nearer.len() == further.len() && !nearer.is_empty() && nearer.into_iter().zip(further).all(|(one, other)| is_less(space, one, other))
}

/// Does a change go the same way as another, and less far?
fn is_less(space: &Space, one: (usize, usize), other: (usize, usize)) -> bool {
    let (Some((fact, less)), Some((same, more))) = (space.candidate(one), space.candidate(other)) else { return false };
    if fact.keys != same.keys {
        return false;
    }
    match (&less.edit, &more.edit) {
        (Edit::Set(Value::None), Edit::Set(Value::Text(text))) => text.is_empty(),
        (Edit::Remove(..), Edit::Keep(_)) => true,
        (Edit::Add(some), Edit::Add(others)) if one.0 != other.0 => {
            // An element of which less is said.
            some.len() == others.len() && some.iter().zip(others).all(|(some, other)| is_part(some, other))
        }
        _ => {
            let goes_on = less.side.is_some() && less.side == more.side;
            one.0 == other.0 && one.1 < other.1 && (goes_on || (less.any_other && more.any_other))
        }
    }
}

fn is_part(some: &Value, of: &Value) -> bool {
    match (some, of) {
        (Value::Record(some), Value::Record(of)) => some.iter().all(|(key, value)| of.get(key) == Some(value)),
        (id, Value::Record(of)) => of.get("id") == Some(id),
        _ => false,
    }
}

fn row_path(row: &[String]) -> String {
    format!("entities[\"{}\"]", row.last().map_or("", String::as_str))
}

fn suggestion(request: &Request, space: &Space, set: &Changes) -> Suggestion {
    let made = space.made(request, set);
    let all: Vec<(&Fact, &Candidate)> = set.iter().filter_map(|&change| space.candidate(change)).collect();
    let is_set = |candidate: &Candidate| matches!(candidate.edit, Edit::Set(_));
    let lists: Vec<&Fact> = all.iter().filter(|(_, candidate)| !is_set(candidate)).map(|(fact, _)| *fact).collect();
    let mut changes: Vec<Change> = Vec::new();
    // Of two facts that are compared with each other it has to be said which value each has.
    let is_shared =
        |one: &Fact| all.iter().filter(|(fact, other)| other.any_other && fact.crowd.is_some() && fact.crowd == one.crowd).count() > 1;
    for (fact, candidate) in &all {
        // All that is done to a list, and to its elements, is one change.
        let list = lists.iter().find(|list| fact.keys.starts_with(&list.keys));
        let fact: &Fact = list.copied().unwrap_or(fact);
        // A row that takes over what holds for all others is told as a whole.
        let row = row_of(&fact.keys).filter(|_| takes_over(request, &fact.keys));
        let (path, keys, from) = match row {
            Some(row) => (row_path(row), row, None),
            None => (fact.path.clone(), fact.keys.as_slice(), fact.now.clone()),
        };
        if changes.iter().any(|known| known.keys == keys) {
            continue;
        }
        let to = made.at_keys(keys).cloned().unwrap_or(Value::None);
        changes.push(Change { path, keys: keys.to_vec(), from, to, any_other: candidate.any_other && !is_shared(fact) });
    }
    Suggestion { changes }
}
