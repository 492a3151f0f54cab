//! The search: every set of changes that leads to an outcome and none of which can be left out.
//!
//! From a request that is not decided as wanted, only a change of what keeps it so can help; so each step changes one of these
//! facts, and no set is missed. What was found is never enlarged, and every set is decided by the policy itself.

use super::space::Space;
use crate::act::Outcome;
use crate::decision::Decision;
use crate::plan::Plan;
use crate::policy::Policy;
use crate::request::Request;
use crate::tools::formula::{Hope, Kept, Support};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// How many changes belong together at most.
pub(super) const MOST_CHANGES: usize = 4;
/// How many sets are looked for.
const MOST_SETS: usize = 200;

/// Changes: facts and which of their values, by number, sorted.
pub(super) type Changes = Vec<(usize, usize)>;

/// Sets to look at, and what is known of each before it is decided.
type Waiting = BTreeMap<Changes, Hope>;

/// What the search found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) sets: Vec<Changes>,
    /// Did it end by itself?
    pub(super) whole: bool,
    /// The rules that stood in the way where nothing more could be changed.
    pub(super) blocked_by: BTreeSet<String>,
    /// Did it meet a fact whose values to try do not stand for all?
    pub(super) opaque: bool,
}

/// So many rules that are looked at closely count as one that is judged.
const CLOSELY: u64 = 2;
/// So many rules that are only decided by count as one that is judged.
const DECIDED: u64 = 50;

/// Looks for the sets of changes that lead to an outcome. `may` says which facts may be changed.
pub(super) fn search(decision: &Decision<'_>, space: &Space, wanted: Outcome, may: impl Fn(usize) -> bool) -> Found {
    let (plan, request, _) = decision.parts();
    let found = Found { opaque: !space.whole, ..Found::default() };
    let mut search = Search { plan, policy: Policy::of_plan(plan), request, space, wanted, may, left: plan.tries, found };
    let mut waiting: Waiting = Waiting::from([(Changes::new(), Hope::Open)]);
    for _ in 0..=MOST_CHANGES {
        // All of a size are decided before any is looked at for what might be added, so that small sets are not missed.
        let Some(failed) = search.decide(waiting) else { return search.found };
        let Some(next) = search.enlarge(failed) else { return search.found };
        if next.keys().all(|changes| holds_one(changes, &search.found.sets)) {
            search.found.whole = true;
            return search.found;
        }
        waiting = next;
    }
    search.found
}

struct Search<'s, F> {
    plan: &'s Plan,
    policy: Policy,
    request: &'s Request,
    space: &'s Space,
    wanted: Outcome,
    may: F,
    /// How many rules may still be judged.
    left: u64,
    found: Found,
}

impl<F: Fn(usize) -> bool> Search<'_, F> {
    /// Takes what it costs to look at rules, of which so many count as one; none where not enough is left.
    fn pay_for(&mut self, rules: usize, as_one: u64) -> Option<()> {
        let cost = (rules as u64).checked_div(as_one).unwrap_or(0).max(1);
        self.left = self.left.checked_sub(cost)?;
        Some(())
    }

    /// Keeps the sets that lead to the outcome, and gives back those that do not; none where it has to stop.
    fn decide(&mut self, waiting: Waiting) -> Option<Vec<Changes>> {
        let mut failed = Vec::new();
        let mut waiting: Vec<(Changes, Hope)> = waiting.into_iter().collect();
        // The nearest values of all facts first: where it has to stop, each fact had its turn.
        waiting.sort_by_key(|(changes, _)| changes.iter().fold(0, |far: usize, (_, value)| far.saturating_add(*value)));
        for (changes, hope) in waiting {
            if holds_one(&changes, &self.found.sets) {
                continue;
            }
            match self.leads(&changes, &hope) {
                None => return None,
                Some(true) => self.found.sets.push(changes),
                Some(false) => failed.push(changes),
            }
            if self.found.sets.len() >= MOST_SETS {
                return None;
            }
        }
        Some(failed)
    }

    /// Does a set lead to the outcome? None where it has to stop.
    fn leads(&mut self, changes: &Changes, hope: &Hope) -> Option<bool> {
        let made = || self.space.made(self.request, changes);
        let changed = match hope {
            Hope::None => return Some(false),
            Hope::Open => made(),
            Hope::Through(turns) => {
                let changed = made();
                self.pay_for(turns.len(), DECIDED)?;
                if !self.policy.any_turns(&changed, turns) {
                    return Some(false);
                }
                changed
            }
        };
        self.pay_for(self.space.rules, DECIDED)?;
        Some(self.policy.decide(&changed).outcome() == self.wanted)
    }

    /// The sets with one change more, of what keeps each from leading there; none where it has to stop.
    fn enlarge(&mut self, failed: Vec<Changes>) -> Option<Waiting> {
        let mut next = Waiting::new();
        for changes in failed {
            self.pay_for(self.space.rules, DECIDED)?;
            let changed = self.space.made(self.request, &changes);
            let trace = self.policy.trace_towards(&changed, self.wanted, self.left.saturating_mul(CLOSELY))?;
            self.pay_for(trace.rules.len(), CLOSELY)?;
            let mut support = Support::new(self.plan, &trace, self.space);
            let Kept { hangs, rules } = support.kept_from(self.wanted);
            let levers = support.levers(self.wanted);
            self.found.opaque |= hangs.beyond;
            let is_free = |fact: &usize| (self.may)(*fact) && changes.iter().all(|(changed, _)| changed != fact);
            let mut goes_on = false;
            for fact in hangs.facts.into_iter().filter(is_free) {
                let Some(of) = self.space.facts.get(fact) else { continue };
                self.found.opaque |= of.opaque;
                goes_on |= !of.tried.is_empty();
                let hope = levers.hope(fact);
                for tried in 0..of.tried.len() {
                    // More than can still be decided are not kept: there it will stop.
                    if next.len() as u64 > self.left {
                        break;
                    }
                    // Whichever set it was made from: of each it is known for sure.
                    let known = next.entry(with(&changes, (fact, tried))).or_insert(Hope::Open);
                    *known = known.clone().and(hope.clone());
                }
            }
            if !goes_on {
                self.found.blocked_by.extend(rules);
            }
        }
        Some(next)
    }
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
