//! The one formula over a trace: which rules open and close, and which of them keep the outcome from being another.

use crate::act::{Outcome, Verb};
use crate::decision::trace::{Parts, Trace, TraceStep, TracedRule};
use crate::plan::{Plan, PlanRule};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

/// Facts, by number.
pub(super) type Facts = Rc<BTreeSet<usize>>;

/// What keeps an outcome from being the wanted one: as long as these facts stay as they are, it stays away. And the rules that say
/// so.
pub(super) struct Kept {
    pub(super) facts: BTreeSet<usize>,
    pub(super) rules: Vec<String>,
}

/// Finds the facts that conditions hang on.
pub(super) struct Support<'t, F> {
    plan: &'t Plan,
    trace: &'t Trace,
    /// The facts that a slot hangs on.
    touching: F,
    known: BTreeMap<(usize, bool), Facts>,
}

impl<'t, F: Fn(u32) -> BTreeSet<usize>> Support<'t, F> {
    pub(super) fn new(plan: &'t Plan, trace: &'t Trace, touching: F) -> Self {
        Self { plan, trace, touching, known: BTreeMap::new() }
    }

    /// What keeps the outcome from being allowed, or denied; as little as can be. Any other change leaves it as it is.
    pub(super) fn kept_from(&mut self, wanted: Outcome) -> Kept {
        match wanted {
            Outcome::Allowed => self.kept_from_allowed(),
            Outcome::Denied | Outcome::Undetermined => self.kept_from_denied(),
        }
    }

    fn rules(&self) -> Vec<(&'t PlanRule, &'t TracedRule)> {
        let trace: &'t Trace = self.trace;
        let plan: &'t Plan = self.plan;
        trace.rules.iter().filter_map(|traced| Some((plan.rules.get(traced.rule as usize)?, traced))).collect()
    }

    /// One thing that is not as it should be is enough: the one that hangs on the fewest facts.
    fn kept_from_allowed(&mut self) -> Kept {
        let rules = self.rules();
        let mut found: Option<Kept> = None;
        let mut better = |facts: BTreeSet<usize>, rules: Vec<String>| {
            if found.as_ref().is_none_or(|known| facts.len() < known.facts.len()) {
                found = Some(Kept { facts, rules });
            }
        };
        for (rule, traced) in &rules {
            let truth = self.truth(traced.root);
            let stays = match rule.verb {
                Verb::Never | Verb::Requires => (truth != Some(false)).then(|| self.stays(traced.root, false)),
                Verb::OnlyIf => (truth != Some(true)).then(|| self.stays(traced.root, true)),
                Verb::Allow | Verb::Must | Verb::Should => None,
            };
            if let Some(facts) = stays {
                better((*facts).clone(), alloc::vec![rule.id.clone()]);
            }
        }
        let opening = |verb: Verb| rules.iter().filter(move |(rule, _)| rule.verb == verb);
        let opened = opening(Verb::Allow).any(|(_, traced)| self.truth(traced.root) == Some(true));
        if opening(Verb::OnlyIf).next().is_none() && !opened {
            let mut facts = BTreeSet::new();
            for (_, traced) in opening(Verb::Allow) {
                facts.extend(self.stays(traced.root, true).iter().copied());
            }
            better(facts, opening(Verb::Allow).map(|(rule, _)| rule.id.clone()).collect());
        }
        found.unwrap_or_else(|| self.unknown_duties(&rules))
    }

    /// Some grant holds and nothing forbids: a duty that is not known keeps it open, or the form of the request.
    fn unknown_duties(&mut self, rules: &[(&'t PlanRule, &'t TracedRule)]) -> Kept {
        for (rule, traced) in rules {
            let is_must = rule.duties.iter().any(|duty| duty.must);
            let truth = self.truth(traced.root);
            let open = truth.is_none() || (truth == Some(true) && !traced.arguments.is_empty());
            if is_must && open && rule.verb != Verb::Never {
                // It is settled when the condition fails, or when it holds and all that the duty passes on is known.
                let mut facts: BTreeSet<usize> = self.stays(traced.root, false).iter().copied().collect();
                if traced.arguments.is_empty() {
                    facts.extend(self.stays(traced.root, true).iter().copied());
                }
                let slots = traced.arguments.iter().filter_map(|reading| reading.slot);
                facts.extend(slots.flat_map(&self.touching));
                return Kept { facts, rules: alloc::vec![rule.id.clone()] };
            }
        }
        Kept { facts: BTreeSet::new(), rules: Vec::new() }
    }

    /// Something opens, and nothing closes for sure: all of it has to stay so.
    fn kept_from_denied(&mut self) -> Kept {
        let rules = self.rules();
        let mut facts = BTreeSet::new();
        let mut ids = Vec::new();
        let mut opening: Option<(Facts, String)> = None;
        for (rule, traced) in &rules {
            match rule.verb {
                Verb::Never | Verb::Requires => facts.extend(self.stays(traced.root, true).iter().copied()),
                Verb::OnlyIf => {
                    facts.extend(self.stays(traced.root, false).iter().copied());
                    ids.push(rule.id.clone());
                }
                Verb::Allow if self.truth(traced.root) != Some(false) => {
                    let stays = self.stays(traced.root, false);
                    if opening.as_ref().is_none_or(|(known, _)| stays.len() < known.len()) {
                        opening = Some((stays, rule.id.clone()));
                    }
                }
                Verb::Allow | Verb::Must | Verb::Should => {}
            }
        }
        if let Some((stays, id)) = opening {
            facts.extend(stays.iter().copied());
            ids.push(id);
        }
        Kept { facts, rules: ids }
    }

    fn truth(&self, step: usize) -> Option<bool> {
        self.trace.steps.get(step).and_then(|step| step.truth)
    }

    /// The facts on which it hangs that a condition does not become `yes` (or `no`), as few as can be.
    fn stays(&mut self, step: usize, yes: bool) -> Facts {
        if let Some(known) = self.known.get(&(step, yes)) {
            return Rc::clone(known);
        }
        let trace: &'t Trace = self.trace;
        let found = match trace.steps.get(step).map(|step: &TraceStep| &step.parts) {
            None | Some(Parts::Always) => Facts::default(),
            Some(Parts::Not(inner)) => self.stays(*inner, !yes),
            Some(Parts::Opened(body)) => self.stays(*body, yes),
            // All have to become `yes` for the whole to: one that does not is enough.
            Some(Parts::And(all)) if yes => self.fewest(all, yes),
            Some(Parts::Or(all)) if !yes => self.fewest(all, yes),
            Some(Parts::And(all) | Parts::Or(all)) => {
                let mut facts = BTreeSet::new();
                for &part in all {
                    facts.extend(self.stays(part, yes).iter().copied());
                }
                Rc::new(facts)
            }
            Some(Parts::Each(each)) => {
                let slots = each.list.iter().filter_map(|reading| reading.slot).chain(each.reads.iter().copied());
                Rc::new(slots.flat_map(&self.touching).collect())
            }
            Some(Parts::Test(readings)) => Rc::new(readings.iter().filter_map(|reading| reading.slot).flat_map(&self.touching).collect()),
        };
        self.known.insert((step, yes), Rc::clone(&found));
        found
    }

    fn fewest(&mut self, parts: &[usize], yes: bool) -> Facts {
        let mut best: Option<Facts> = None;
        for &part in parts.iter().filter(|part| self.trace.steps.get(**part).is_none_or(|step| step.truth != Some(yes))) {
            let facts = self.stays(part, yes);
            if best.as_ref().is_none_or(|best| facts.len() < best.len()) {
                best = Some(facts);
            }
        }
        best.unwrap_or_default()
    }
}
