//! The search: every set of changes that leads to an outcome and none of which can be left out.
//!
//! From a request that is not decided as wanted, only a change of what keeps it so can help; so each step changes one of these
//! facts, and no set is missed. What was found is never enlarged, and every set is decided by the policy itself.

use super::space::Space;
use crate::act::Outcome;
use crate::decision::Decision;
use crate::policy::Policy;
use crate::request::Request;
use crate::tools::formula::Support;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

/// How many changes belong together at most.
pub(super) const MOST_CHANGES: usize = 4;
/// How many sets are looked for.
const MOST_SETS: usize = 200;

/// Changes: facts and which of their values, by number, sorted.
pub(super) type Changes = Vec<(usize, usize)>;

/// What the search found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) sets: Vec<Changes>,
    /// Did it end by itself?
    pub(super) whole: bool,
    /// The rules that stood in the way where nothing could be changed.
    pub(super) blocked_by: BTreeSet<String>,
    /// Did it meet a fact whose values to try do not stand for all?
    pub(super) opaque: bool,
}

/// Looks for the sets of changes that lead to an outcome. `may` says which facts may be changed.
pub(super) fn search(decision: &Decision<'_>, space: &Space, wanted: Outcome, may: impl Fn(usize) -> bool) -> Found {
    let (plan, request, _) = decision.parts();
    let policy = Policy::of_plan(plan);
    let mut found = Found::default();
    let mut left = plan.tries;
    let mut waiting: BTreeSet<Changes> = BTreeSet::from([Changes::new()]);
    for size in 0..=MOST_CHANGES {
        let mut next: BTreeSet<Changes> = BTreeSet::new();
        for changes in &waiting {
            if found.sets.len() >= MOST_SETS {
                return found;
            }
            if holds_one(changes, &found.sets) {
                continue;
            }
            let changed = made(request, space, changes);
            let decided = policy.decide(&changed);
            if decided.outcome() == wanted {
                found.sets.push(changes.clone());
                continue;
            }
            let trace = decided.trace();
            let cost = (trace.rules.len() as u64).max(1);
            let Some(rest) = left.checked_sub(cost) else { return found };
            left = rest;
            let kept = Support::new(plan, &trace, |slot| space.touching(slot)).kept_from(wanted);
            if size == 0 || !kept.facts.iter().any(|&fact| may(fact)) {
                found.blocked_by.extend(kept.rules);
            }
            let free = |fact: &&usize| may(**fact) && changes.iter().all(|(changed, _)| changed != *fact);
            for &fact in kept.facts.iter().filter(free) {
                let Some(of) = space.facts.get(fact) else { continue };
                found.opaque |= of.opaque;
                // More than can still be decided are not kept.
                for value in 0..of.values.len() {
                    if next.len() as u64 > left {
                        break;
                    }
                    next.insert(with(changes, (fact, value)));
                }
            }
        }
        if next.iter().all(|changes| holds_one(changes, &found.sets)) {
            found.whole = true;
            return found;
        }
        if size < MOST_CHANGES {
            waiting = next;
        }
    }
    found
}

/// Does it hold a set that was found already?
fn holds_one(changes: &Changes, sets: &[Changes]) -> bool {
    sets.iter().any(|set| set.iter().all(|one| changes.contains(one)))
}

fn with(changes: &Changes, one: (usize, usize)) -> Changes {
    let mut more = changes.clone();
    let at = more.partition_point(|known| *known < one);
    more.insert(at, one);
    more
}

/// The request with changes made.
pub(super) fn made(request: &Request, space: &Space, changes: &Changes) -> Request {
    let mut changed = request.clone();
    for &(fact, value) in changes {
        if let Some(fact) = space.facts.get(fact)
            && let Some(candidate) = fact.values.get(value)
        {
            changed.set_path(fact.keys.iter().map(String::as_str), candidate.value.clone());
        }
    }
    changed
}
