//! The one formula over a trace: which rules open and close, and which of them keep the outcome from being another.

mod levers;

use crate::act::{Outcome, Verb};
use crate::decision::trace::{From, Parts, PlaceStep, Reading, Trace, TraceStep, TracedRule};
use crate::plan::{NodeId, Plan, PlanRule, SlotRoot};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
pub(super) use levers::Hope;
use levers::Reach;

/// What a condition hangs on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hangs {
    /// Facts, by number.
    pub(super) facts: BTreeSet<usize>,
    /// And on something that can be changed, and that none of these facts is?
    pub(super) beyond: bool,
}

impl Hangs {
    fn add(&mut self, other: &Self) {
        self.facts.extend(&other.facts);
        self.beyond |= other.beyond;
    }

    /// Is less known to hang on it? What is beyond may be anything.
    fn is_less_than(&self, other: &Self) -> bool {
        (self.beyond, self.facts.len()) < (other.beyond, other.facts.len())
    }
}

/// What keeps an outcome from being the wanted one: as long as these facts stay as they are, it stays away. And the rules that say
/// so.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) hangs: Hangs,
    pub(super) rules: Vec<String>,
}

/// What stands at a place of the request, or in a slot, hangs on.
pub(super) trait Touching {
    /// By the slot of a path that is no setting.
    fn slot(&self, slot: u32) -> Hangs;
    /// By where it stands; empty where it stands nowhere.
    fn place(&self, place: &[PlaceStep]) -> Hangs;
    /// By a condition on the elements of lists, where these lead to what stands elsewhere.
    fn behind(&self, node: NodeId) -> Option<Hangs>;
}

/// What was found for each step of a trace, for `no` and for `yes`.
struct PerStep<V>(Vec<[Option<V>; 2]>);

impl<V: Clone> PerStep<V> {
    fn new(steps: usize) -> Self {
        Self(alloc::vec![[None, None]; steps])
    }

    fn get(&self, step: usize, yes: bool) -> Option<V> {
        self.0.get(step)?.get(usize::from(yes))?.clone()
    }

    fn insert(&mut self, step: usize, yes: bool, found: V) {
        if let Some(place) = self.0.get_mut(step).and_then(|both| both.get_mut(usize::from(yes))) {
            *place = Some(found);
        }
    }
}

/// Finds the facts that conditions hang on.
pub(super) struct Support<'t, T> {
    plan: &'t Plan,
    trace: &'t Trace,
    touching: &'t T,
    /// What each step hangs on: that it does not become `no`, and `yes`.
    known: PerStep<Rc<Hangs>>,
    slots: BTreeMap<u32, Rc<Hangs>>,
    levers: PerStep<Reach>,
}

impl<'t, T: Touching> Support<'t, T> {
    pub(super) fn new(plan: &'t Plan, trace: &'t Trace, touching: &'t T) -> Self {
        let steps = trace.steps.len();
        Self { plan, trace, touching, known: PerStep::new(steps), slots: BTreeMap::new(), levers: PerStep::new(steps) }
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
        let mut better = |hangs: Hangs, rules: Vec<String>| {
            if found.as_ref().is_none_or(|known| hangs.is_less_than(&known.hangs)) {
                found = Some(Kept { hangs, rules });
            }
        };
        for (rule, traced) in &rules {
            let truth = self.truth(traced.root);
            let stays = match rule.verb {
                Verb::Never | Verb::Requires => (truth != Some(false)).then(|| self.stays(traced.root, false)),
                Verb::OnlyIf => (truth != Some(true)).then(|| self.stays(traced.root, true)),
                Verb::Allow | Verb::Must | Verb::Should => None,
            };
            if let Some(hangs) = stays {
                better((*hangs).clone(), alloc::vec![rule.id.clone()]);
            }
        }
        let opening = |verb: Verb| rules.iter().filter(move |(rule, _)| rule.verb == verb);
        let opened = opening(Verb::Allow).any(|(_, traced)| self.truth(traced.root) == Some(true));
        if self.trace.whole && opening(Verb::OnlyIf).next().is_none() && !opened {
            let mut hangs = Hangs::default();
            for (_, traced) in opening(Verb::Allow) {
                hangs.add(&self.stays(traced.root, true));
            }
            better(hangs, opening(Verb::Allow).map(|(rule, _)| rule.id.clone()).collect());
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
                let mut hangs = (*self.stays(traced.root, false)).clone();
                if traced.arguments.is_empty() {
                    hangs.add(&self.stays(traced.root, true));
                }
                traced.arguments.iter().for_each(|reading| hangs.add(&self.read(reading)));
                return Kept { hangs, rules: alloc::vec![rule.id.clone()] };
            }
        }
        // It is the form of the request, or there is too much to look at.
        Kept { hangs: Hangs { facts: BTreeSet::new(), beyond: true }, rules: Vec::new() }
    }

    /// Something opens, and nothing closes for sure: all of it has to stay so.
    fn kept_from_denied(&mut self) -> Kept {
        let mut kept = Kept::default();
        kept.hangs.beyond = !self.trace.whole;
        let mut opening: Option<(Rc<Hangs>, String)> = None;
        for (rule, traced) in self.rules() {
            match rule.verb {
                Verb::Never | Verb::Requires => kept.hangs.add(&self.stays(traced.root, true)),
                Verb::OnlyIf => {
                    kept.hangs.add(&self.stays(traced.root, false));
                    kept.rules.push(rule.id.clone());
                }
                Verb::Allow if self.truth(traced.root) != Some(false) => {
                    let stays = self.stays(traced.root, false);
                    if opening.as_ref().is_none_or(|(known, _)| stays.is_less_than(known)) {
                        opening = Some((stays, rule.id.clone()));
                    }
                }
                Verb::Allow | Verb::Must | Verb::Should => {}
            }
        }
        if let Some((stays, id)) = opening {
            kept.hangs.add(&stays);
            kept.rules.push(id);
        }
        kept
    }

    fn truth(&self, step: usize) -> Option<bool> {
        self.trace.steps.get(step).and_then(|step| step.truth)
    }

    /// What it hangs on that a condition does not become `yes` (or `no`), as little as can be.
    fn stays(&mut self, step: usize, yes: bool) -> Rc<Hangs> {
        if let Some(known) = self.known.get(step, yes) {
            return known;
        }
        let trace: &'t Trace = self.trace;
        let found = match trace.steps.get(step).map(|step: &TraceStep| &step.parts) {
            None | Some(Parts::Always) => Rc::default(),
            Some(Parts::Not(inner)) => self.stays(*inner, !yes),
            Some(Parts::Opened(body)) => self.stays(*body, yes),
            // All have to become `yes` for the whole to: one that does not is enough.
            Some(Parts::And(all)) if yes => self.fewest(all, yes),
            Some(Parts::Or(all)) if !yes => self.fewest(all, yes),
            Some(Parts::And(all) | Parts::Or(all)) => {
                let mut hangs = Hangs::default();
                for &part in all {
                    hangs.add(&self.stays(part, yes));
                }
                Rc::new(hangs)
            }
            Some(Parts::Each(each)) => {
                let mut hangs = self.all_of(&each.list);
                each.reads.iter().for_each(|&slot| hangs.add(&self.slot(slot)));
                self.add_behind(step, hangs.into())
            }
            Some(Parts::Test(readings)) => {
                let own = match readings.as_slice() {
                    [only] => self.read(only),
                    several => Rc::new(self.all_of(several)),
                };
                self.add_behind(step, own)
            }
        };
        self.known.insert(step, yes, found.clone());
        found
    }

    /// With what a condition hangs on by what it says of the elements of lists.
    fn add_behind(&self, step: usize, own: Rc<Hangs>) -> Rc<Hangs> {
        let Some(behind) = self.trace.steps.get(step).and_then(|step| self.touching.behind(step.node)) else { return own };
        let mut hangs = Hangs::clone(&own);
        hangs.add(&behind);
        Rc::new(hangs)
    }

    fn all_of(&mut self, readings: &[Rc<Reading>]) -> Hangs {
        let mut hangs = Hangs::default();
        readings.iter().for_each(|reading| hangs.add(&self.read(reading)));
        hangs
    }

    /// What a fact that was read hangs on. What was worked out hangs on what was read for it, which is listed too.
    fn read(&mut self, reading: &Reading) -> Rc<Hangs> {
        match (reading.from, reading.slot, &reading.written) {
            (From::Setting | From::Calculated, ..) => Rc::default(),
            (From::Request, Some(slot), _) => self.slot(slot),
            (From::Request, None, Some(written)) => Rc::new(self.touching.place(written)),
            // What stands in the way of a whole condition may be anything.
            (From::Request, None, None) if reading.place.is_empty() => Rc::new(Hangs { facts: BTreeSet::new(), beyond: true }),
            // A row of the table, or a reference on the way: the fact that led there says what it hangs on.
            (From::Request, None, None) => Rc::default(),
        }
    }

    fn slot(&mut self, slot: u32) -> Rc<Hangs> {
        let (plan, touching) = (self.plan, self.touching);
        let is_setting = || plan.slots.get(slot as usize).is_some_and(|slot| matches!(slot.root, SlotRoot::Setting(_)));
        Rc::clone(self.slots.entry(slot).or_insert_with(|| if is_setting() { Rc::default() } else { Rc::new(touching.slot(slot)) }))
    }

    fn fewest(&mut self, parts: &[usize], yes: bool) -> Rc<Hangs> {
        let mut best: Option<Rc<Hangs>> = None;
        for &part in parts.iter().filter(|part| self.trace.steps.get(**part).is_none_or(|step| step.truth != Some(yes))) {
            let hangs = self.stays(part, yes);
            if best.as_ref().is_none_or(|best| hangs.is_less_than(best)) {
                best = Some(hangs);
            }
        }
        best.unwrap_or_default()
    }
}
