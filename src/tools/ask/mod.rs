#![deny(clippy::arithmetic_side_effects)]
//! `Decision::next_question`: which fact to ask for.
//!
//! In: an undetermined decision. Out: the fact with which the fewest questions are to be expected. The model: each condition
//! that is not known is yes or no with equal chance, and none hangs on another. While they are few, every order of asking is
//! worked out and the best one taken; else the fact that is most likely to settle it, or else to settle the most. A fact that
//! can make no difference is never asked for.

mod atoms;
mod orders;
mod truths;

use crate::act::{Outcome, Verb};
use crate::decision::Decision;
use crate::decision::trace::{Parts, PlaceStep, Reading, Trace};
use crate::explanation::Question;
use crate::plan::{Plan, Quantifier, SlotRoot};
use crate::source::one_line;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use atoms::Atoms;
use orders::Orders;
use truths::{Kleene, Truths};

/// With at most so many open conditions every order is worked out.
const FEW: usize = 9;
/// Of more, so many that one fact settles are looked at together.
const TOGETHER: usize = 9;

impl Decision<'_> {
    /// The fact to ask for, so that few questions settle it; none where it is decided, or where no answer could settle it.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Policy, Request};
    /// let policy = Policy::new("allow enter if user is member and user is trusted\nallow enter if user is owner and user is trusted")?;
    /// let question = policy.decide(&Request::without_thing("enter")).next_question().expect("nothing is known yet");
    /// assert_eq!(question.path, "user.trusted"); // without trust nothing opens
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn next_question(&self) -> Option<Question> {
        self.next_question_but(&[])
    }

    /// As [`Decision::next_question`], of the facts that are not among these: those that nobody can tell.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Policy, Request};
    /// let policy = Policy::new("allow enter if user is member\nallow enter if user is owner")?;
    /// let decision = policy.decide(&Request::without_thing("enter")).into_owned();
    /// let question = decision.next_question_but(&["user.member".into()]).expect("the other rule may allow it");
    /// assert_eq!(question.path, "user.owner");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn next_question_but(&self, not_known: &[String]) -> Option<Question> {
        if self.outcome() != Outcome::Undetermined {
            return None;
        }
        let (plan, _, _) = self.parts();
        let trace = self.trace();
        let atoms = Atoms::of(plan, &trace, not_known);
        let fact = Asking { plan, trace: &trace, atoms: &atoms, left: plan.tries }.best()?;
        question(plan, &trace, &atoms, fact)
    }
}

struct Asking<'t> {
    plan: &'t Plan,
    trace: &'t Trace,
    atoms: &'t Atoms<'t>,
    /// How many rules may still be judged.
    left: u64,
}

impl Asking<'_> {
    fn best(&mut self) -> Option<usize> {
        let found = match self.outcomes() {
            Some(outcomes) => Orders::new(self.atoms, &outcomes).first(),
            None => self.most_telling(),
        };
        found.or_else(|| self.for_duties())
    }

    /// What is decided by every set of answers; none where there are too many to work out.
    fn outcomes(&mut self) -> Option<Truths> {
        let atoms = self.atoms.list.len();
        if atoms > FEW || self.atoms.facts.len() > Orders::MOST_FACTS {
            return None;
        }
        let open = self.trace.rules.iter().filter(|rule| self.trace.steps.get(rule.root).is_none_or(|step| step.truth.is_none()));
        let cost = (Truths::words(atoms) as u64).saturating_mul(open.count() as u64);
        self.left = self.left.checked_sub(cost)?;
        Some(self.formula(&|atom| Truths::of(atom, atoms)))
    }

    /// Of many: the fact whose answers most often settle it, and then settle the most conditions.
    fn most_telling(&mut self) -> Option<usize> {
        let mut best: Option<(u64, u64, usize)> = None;
        let matter = self.open_atoms();
        for fact in 0..self.atoms.facts.len() {
            let counts = |atom: &usize| self.atoms.list.get(*atom).is_some_and(|facts| facts.contains(&fact));
            let settled: Vec<usize> = (0..self.atoms.list.len()).filter(counts).take(TOGETHER).collect();
            if !settled.iter().any(|atom| matter.contains(atom)) {
                continue;
            }
            let ways = 1_u64.checked_shl(u32::try_from(settled.len()).unwrap_or(0)).unwrap_or(1);
            let cost = ways.saturating_mul(self.trace.rules.len() as u64);
            let Some(left) = self.left.checked_sub(cost) else { break };
            self.left = left;
            let deciding = (0..ways).filter(|way| self.formula(&|atom| answer(&settled, *way, atom)).is_some()).count() as u64;
            let share = deciding.saturating_mul(orders::WHOLE).checked_div(ways).unwrap_or(0);
            let live = settled.iter().filter(|atom| matter.contains(atom)).count() as u64;
            if best.is_none_or(|(known, number, _)| (share, live) > (known, number)) {
                best = Some((share, live, fact));
            }
        }
        best.map(|(_, _, fact)| fact)
    }

    /// The atoms of rules that are open themselves: those of rules that are decided make no difference.
    fn open_atoms(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<usize> = self.trace.rules.iter().map(|rule| rule.root).collect();
        while let Some(at) = waiting.pop() {
            let Some(step) = self.trace.steps.get(at).filter(|step| step.truth.is_none()) else { continue };
            if !seen.insert(at) {
                continue;
            }
            found.extend(self.atoms.of_step.get(&at).map(|atom| atom.number));
            match &step.parts {
                Parts::Always | Parts::Test(_) => {}
                Parts::Not(inner) | Parts::Opened(inner) => waiting.push(*inner),
                Parts::And(all) | Parts::Or(all) => waiting.extend(all),
                Parts::Each(each) => waiting.extend(each.elements.iter().map(|(_, step)| *step)),
            }
        }
        found
    }

    /// Where the rules are decided as far as they can be, what a duty passes on.
    fn for_duties(&self) -> Option<usize> {
        let opens = self.formula(&|_| None::<bool>) != Some(false);
        let missing = |reading: &Rc<Reading>| self.atoms.facts.iter().position(|known| known.place == reading.place);
        self.trace.rules.iter().filter(|_| opens).flat_map(|rule| &rule.arguments).find_map(missing)
    }

    /// Yes, no, or open: some grant holds, no prohibition does, and whether duties bind is known.
    fn formula<T: Kleene>(&self, atom: &dyn Fn(usize) -> T) -> T {
        let mut kept = BTreeMap::new();
        let mut conditions: Option<T> = None;
        let (mut grants, mut closed, mut bound) = (T::always(Some(false)), T::always(Some(false)), T::always(Some(true)));
        for traced in &self.trace.rules {
            let Some(rule) = self.plan.rules.get(traced.rule as usize) else { continue };
            let truth = self.worth(traced.root, atom, &mut kept);
            let has_must = rule.duties.iter().any(|duty| duty.must);
            if has_must && matches!(rule.verb, Verb::Allow | Verb::OnlyIf | Verb::Must) {
                // Yes where it is known, whichever it is.
                bound = bound.both(truth.clone().either(truth.clone().opposite()));
            }
            match rule.verb {
                Verb::Allow => grants = grants.either(truth),
                Verb::OnlyIf => {
                    conditions = Some(match conditions {
                        Some(known) => known.both(truth),
                        None => truth,
                    });
                }
                Verb::Never | Verb::Requires => closed = closed.either(truth),
                Verb::Must | Verb::Should => {}
            }
        }
        conditions.unwrap_or(grants).both(closed.opposite()).both(bound)
    }

    fn worth<T: Kleene>(&self, at: usize, atom: &dyn Fn(usize) -> T, kept: &mut BTreeMap<usize, T>) -> T {
        let Some(step) = self.trace.steps.get(at) else { return T::always(None) };
        if step.truth.is_some() {
            return T::always(step.truth);
        }
        if let Some(found) = self.atoms.of_step.get(&at) {
            let truth = atom(found.number);
            return if found.negated { truth.opposite() } else { truth };
        }
        if let Some(known) = kept.get(&at) {
            return known.clone();
        }
        let truth = match &step.parts {
            Parts::Always | Parts::Test(_) => T::always(None),
            Parts::Not(inner) => self.worth(*inner, atom, kept).opposite(),
            Parts::Opened(body) => self.worth(*body, atom, kept),
            Parts::And(all) => self.joined(all.iter().copied(), true, atom, kept),
            Parts::Or(all) => self.joined(all.iter().copied(), false, atom, kept),
            Parts::Each(each) => {
                let every = matches!(each.quantifier, Quantifier::Every);
                let all = self.joined(each.elements.iter().map(|(_, step)| *step), every, atom, kept);
                if matches!(each.quantifier, Quantifier::No) { all.opposite() } else { all }
            }
        };
        kept.insert(at, truth.clone());
        truth
    }

    /// All of them, or one of them.
    fn joined<T: Kleene>(
        &self,
        steps: impl Iterator<Item = usize>,
        every: bool,
        atom: &dyn Fn(usize) -> T,
        kept: &mut BTreeMap<usize, T>,
    ) -> T {
        let mut known = T::always(Some(every));
        for step in steps {
            let truth = self.worth(step, atom, kept);
            known = if every { known.both(truth) } else { known.either(truth) };
        }
        known
    }
}

/// One of the ways in which some atoms may come out.
fn answer(settled: &[usize], way: u64, atom: usize) -> Option<bool> {
    let bit = settled.iter().position(|one| *one == atom)?;
    Some(way.checked_shr(u32::try_from(bit).ok()?)? & 1 == 1)
}

fn question(plan: &Plan, trace: &Trace, atoms: &Atoms<'_>, fact: usize) -> Option<Question> {
    let reading = atoms.facts.get(fact)?;
    let mut conditions: Vec<String> = Vec::new();
    for (step, atom) in &atoms.of_step {
        if atoms.list.get(atom.number).is_some_and(|facts| facts.contains(&fact)) {
            let node = trace.steps.get(*step)?.node.0 as usize;
            let words = plan.origins.get(node).map(|origin| one_line(plan.sources.words(origin.span)));
            conditions.extend(words.filter(|words| !conditions.contains(words)));
        }
    }
    let keys = reading.place.iter().filter_map(|step| match step {
        PlaceStep::Key(key) => Some(key.clone()),
        PlaceStep::Index(_) => None,
    });
    let fact_type = match reading.slot {
        // Who acts and what is acted on are asked for by their kind, which is what they are called.
        Some(slot) if is_part(plan, slot) => reading.path.clone(),
        Some(slot) => plan.type_of_slot(slot),
        // What a thing lies in: texts `kind:id`.
        None if matches!(reading.place.as_slice(), [PlaceStep::Key(table), PlaceStep::Key(_), PlaceStep::Key(list)] if table == "entities" && list == "in") => {
            "list of text".into()
        }
        None => "any value".into(),
    };
    Some(Question { path: reading.path.clone(), keys: keys.collect(), fact_type, conditions })
}

/// Is it the subject or the resource itself?
fn is_part(plan: &Plan, slot: u32) -> bool {
    let slot = plan.slots.get(slot as usize);
    slot.is_some_and(|slot| slot.steps.is_empty() && matches!(slot.root, SlotRoot::Resource | SlotRoot::Subject))
}
