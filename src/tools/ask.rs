#![deny(clippy::arithmetic_side_effects)]
//! `Decision::next_question`: which fact to ask for.
//!
//! In: an undetermined decision. Out: the fact with which the fewest questions are to be expected. The model: each condition
//! that is not known is yes or no with equal chance, and none hangs on another. While they are few, every order of asking is
//! worked out and the best one taken; else the fact that is most likely to settle it, or else to settle the most. A fact that
//! can make no difference is never asked for.

use crate::act::{Outcome, Verb};
use crate::decision::Decision;
use crate::decision::trace::{Parts, Reading, State, Trace};
use crate::explanation::Question;
use crate::plan::{Plan, Quantifier};
use crate::source::one_line;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// With at most so many open conditions every order is worked out.
const FEW: usize = 9;

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
        let mut asking = Asking::new(plan, &trace, not_known);
        let fact = asking.best()?;
        asking.question(fact)
    }
}

/// A condition that is not known.
struct Atom {
    /// The facts that are missing for it, by number.
    facts: BTreeSet<usize>,
}

/// What the answers so far say of each atom.
type Answers = Vec<Option<bool>>;

struct Asking<'t> {
    plan: &'t Plan,
    trace: &'t Trace,
    /// The facts that are missing: what they are called, and where they stand.
    facts: Vec<&'t Reading>,
    atoms: Vec<Atom>,
    atom_of: BTreeMap<usize, usize>,
    /// How many questions are to be expected, by what is known of the atoms and which facts were asked for.
    known: BTreeMap<(Answers, BTreeSet<usize>), (u64, Option<usize>)>,
    /// Facts that nobody can tell.
    not_known: &'t [String],
    left: u64,
}

/// Expected questions are counted in these parts, so that no fraction is lost: halves of halves, as deep as atoms go.
const WHOLE: u64 = 1 << 40;

impl<'t> Asking<'t> {
    fn new(plan: &'t Plan, trace: &'t Trace, not_known: &'t [String]) -> Self {
        let mut asking = Self {
            plan,
            trace,
            facts: Vec::new(),
            atoms: Vec::new(),
            atom_of: BTreeMap::new(),
            known: BTreeMap::new(),
            not_known,
            left: plan.tries,
        };
        for (at, step) in trace.steps.iter().enumerate() {
            let readings: &'t [Reading] = match &step.parts {
                Parts::Test(readings) if step.truth.is_none() => readings,
                Parts::Each(each) if step.truth.is_none() && !is_open(each.quantifier, each.elements.len(), each.more) => &each.list,
                Parts::Always | Parts::Not(_) | Parts::And(_) | Parts::Or(_) | Parts::Opened(_) | Parts::Each(_) | Parts::Test(_) => {
                    continue;
                }
            };
            let facts = asking.missing(readings);
            asking.atom_of.insert(at, asking.atoms.len());
            asking.atoms.push(Atom { facts });
        }
        for rule in &trace.rules {
            asking.missing(&rule.arguments);
        }
        asking
    }

    /// The numbers of the facts that are missing and can be told.
    fn missing(&mut self, readings: &'t [Reading]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        if readings.iter().any(|reading| reading.state == State::Missing && self.not_known.contains(&reading.path)) {
            // It stays open, whatever else is told.
            return found;
        }
        for reading in readings.iter().filter(|reading| reading.state == State::Missing && !reading.place.is_empty()) {
            let at = self.facts.iter().position(|known| known.place == reading.place).unwrap_or_else(|| {
                self.facts.push(reading);
                self.facts.len().saturating_sub(1)
            });
            found.insert(at);
        }
        found
    }

    fn best(&mut self) -> Option<usize> {
        let answers = alloc::vec![None; self.atoms.len()];
        let asked = BTreeSet::new();
        if self.atoms.len() <= FEW {
            return self.expected(&answers, &asked).1.or_else(|| self.for_duties(&answers));
        }
        self.most_telling(&answers).or_else(|| self.for_duties(&answers))
    }

    /// How many questions are to be expected, and the fact to begin with.
    fn expected(&mut self, answers: &Answers, asked: &BTreeSet<usize>) -> (u64, Option<usize>) {
        if self.formula(answers).is_some() {
            return (0, None);
        }
        let key = (answers.clone(), asked.clone());
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let mut best: (u64, Option<usize>) = (u64::MAX, None);
        for fact in self.useful(answers, asked) {
            let mut then = asked.clone();
            then.insert(fact);
            let settled = self.settled_by(&then, answers);
            let ways = 1_u64.checked_shl(u32::try_from(settled.len()).unwrap_or(u32::MAX)).unwrap_or(u64::MAX);
            let mut total = 0_u64;
            for way in 0..ways {
                let next = with(answers, &settled, way);
                total = total.saturating_add(self.expected(&next, &then).0.checked_div(ways).unwrap_or(0));
            }
            let cost = total.saturating_add(WHOLE);
            if cost < best.0 {
                best = (cost, Some(fact));
            }
        }
        // Where nothing is left to ask it stays open: that costs nothing more.
        let found = if best.1.is_none() { (0, None) } else { best };
        self.known.insert(key, found);
        found
    }

    /// The facts that are missing for an atom that still matters.
    fn useful(&self, answers: &Answers, asked: &BTreeSet<usize>) -> BTreeSet<usize> {
        let matters = |atom: usize| answers.get(atom).is_some_and(Option::is_none) && self.is_live(atom, answers);
        let atoms = (0..self.atoms.len()).filter(|&atom| matters(atom));
        let facts: BTreeSet<usize> = atoms.filter_map(|atom| self.atoms.get(atom)).flat_map(|atom| atom.facts.iter().copied()).collect();
        facts.difference(asked).copied().collect()
    }

    /// Is it open because of this atom, in some way in which the others may come out? Of very many it is taken to be.
    fn is_live(&self, atom: usize, answers: &Answers) -> bool {
        let is_other = |other: &usize| *other != atom && answers.get(*other).is_some_and(Option::is_none);
        let others: Vec<usize> = (0..self.atoms.len()).filter(is_other).collect();
        if others.len() > FEW {
            return true;
        }
        let ways = 1_u64.checked_shl(u32::try_from(others.len()).unwrap_or(0)).unwrap_or(1);
        (0..ways).any(|way| self.formula(&with(answers, &others, way)).is_none())
    }

    /// The atoms for which everything has been asked, and that have no answer yet.
    fn settled_by(&self, asked: &BTreeSet<usize>, answers: &Answers) -> Vec<usize> {
        let is_settled = |(at, atom): &(usize, &Atom)| {
            answers.get(*at).is_some_and(Option::is_none) && !atom.facts.is_empty() && atom.facts.is_subset(asked)
        };
        self.atoms.iter().enumerate().filter(is_settled).map(|(at, _)| at).collect()
    }

    /// Of many: the fact whose answers most often settle it, and then settle the most conditions.
    fn most_telling(&mut self, answers: &Answers) -> Option<usize> {
        let mut best: Option<(u64, u64, usize)> = None;
        let matter = self.open_steps();
        for fact in 0..self.facts.len() {
            let counts = |atom: &usize| self.atoms.get(*atom).is_some_and(|atom| atom.facts.contains(&fact));
            let settled: Vec<usize> = (0..self.atoms.len()).filter(counts).take(FEW).collect();
            if !settled.iter().any(|atom| matter.contains(atom)) {
                continue;
            }
            let ways = 1_u64.checked_shl(u32::try_from(settled.len()).unwrap_or(0)).unwrap_or(1);
            let cost = ways.saturating_mul(self.trace.rules.len() as u64);
            let Some(left) = self.left.checked_sub(cost) else { break };
            self.left = left;
            let deciding = (0..ways).filter(|way| self.formula(&with(answers, &settled, *way)).is_some()).count() as u64;
            let share = deciding.saturating_mul(WHOLE).checked_div(ways).unwrap_or(0);
            let live = settled.iter().filter(|atom| matter.contains(atom)).count() as u64;
            if best.is_none_or(|(known, number, _)| (share, live) > (known, number)) {
                best = Some((share, live, fact));
            }
        }
        best.map(|(_, _, fact)| fact)
    }

    /// The atoms of rules that are open themselves: those of rules that are decided make no difference.
    fn open_steps(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<usize> = self.trace.rules.iter().map(|rule| rule.root).collect();
        while let Some(at) = waiting.pop() {
            let Some(step) = self.trace.steps.get(at).filter(|step| step.truth.is_none()) else { continue };
            if !seen.insert(at) {
                continue;
            }
            found.extend(self.atom_of.get(&at));
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
    fn for_duties(&self, answers: &Answers) -> Option<usize> {
        let opens = self.formula(answers) != Some(false);
        let missing = |reading: &Reading| self.facts.iter().position(|known| known.place == reading.place);
        self.trace.rules.iter().filter(|_| opens).flat_map(|rule| &rule.arguments).find_map(missing)
    }

    /// Yes, no, or open: some grant holds, no prohibition does, and whether duties bind is known.
    fn formula(&self, answers: &Answers) -> Option<bool> {
        let mut kept = BTreeMap::new();
        let mut worth = |step: usize| self.worth(step, answers, &mut kept);
        let (mut conditions, mut grants, mut closed, mut bound) = (None, Some(false), Some(false), Some(true));
        for traced in &self.trace.rules {
            let Some(rule) = self.plan.rules.get(traced.rule as usize) else { continue };
            let truth = worth(traced.root);
            match rule.verb {
                Verb::Allow => grants = or(grants, truth),
                Verb::OnlyIf => conditions = Some(conditions.map_or(truth, |known| and(known, truth))),
                Verb::Never | Verb::Requires => closed = or(closed, truth),
                Verb::Must | Verb::Should => {}
            }
            if rule.duties.iter().any(|duty| duty.must) && matches!(rule.verb, Verb::Allow | Verb::OnlyIf | Verb::Must) && truth.is_none() {
                bound = None;
            }
        }
        let open = conditions.unwrap_or(grants);
        match and(open, closed.map(|yes| !yes)) {
            Some(true) => bound,
            other => other,
        }
    }

    fn worth(&self, at: usize, answers: &Answers, kept: &mut BTreeMap<usize, Option<bool>>) -> Option<bool> {
        let step = self.trace.steps.get(at)?;
        if step.truth.is_some() {
            return step.truth;
        }
        if let Some(&atom) = self.atom_of.get(&at) {
            return answers.get(atom).copied().flatten();
        }
        if let Some(&known) = kept.get(&at) {
            return known;
        }
        let truth = match &step.parts {
            Parts::Always | Parts::Test(_) => None,
            Parts::Not(inner) => self.worth(*inner, answers, kept).map(|yes| !yes),
            Parts::Opened(body) => self.worth(*body, answers, kept),
            Parts::And(all) => self.joined(all.iter().copied(), true, answers, kept),
            Parts::Or(all) => self.joined(all.iter().copied(), false, answers, kept),
            Parts::Each(each) => {
                let every = matches!(each.quantifier, Quantifier::Every);
                let all = self.joined(each.elements.iter().map(|(_, step)| *step), every, answers, kept);
                if matches!(each.quantifier, Quantifier::No) { all.map(|yes| !yes) } else { all }
            }
        };
        kept.insert(at, truth);
        truth
    }

    /// All of them, or one of them.
    fn joined(
        &self,
        steps: impl Iterator<Item = usize>,
        every: bool,
        answers: &Answers,
        kept: &mut BTreeMap<usize, Option<bool>>,
    ) -> Option<bool> {
        let mut known = Some(every);
        for step in steps {
            let truth = self.worth(step, answers, kept);
            known = if every { and(known, truth) } else { or(known, truth) };
        }
        known
    }

    fn question(&self, fact: usize) -> Option<Question> {
        let reading = self.facts.get(fact)?;
        let hangs = |step: &(usize, usize)| self.atoms.get(step.1).is_some_and(|atom| atom.facts.contains(&fact));
        let mut conditions: Vec<String> = Vec::new();
        for (step, _) in self.atom_of.iter().map(|(step, atom)| (*step, *atom)).filter(hangs) {
            let node = self.trace.steps.get(step)?.node.0 as usize;
            let words = self.plan.origins.get(node).map(|origin| one_line(self.plan.sources.words(origin.span)));
            conditions.extend(words.filter(|words| !conditions.contains(words)));
        }
        let keys = reading.place.iter().filter_map(|step| match step {
            crate::decision::trace::PlaceStep::Key(key) => Some(key.clone()),
            crate::decision::trace::PlaceStep::Index(_) => None,
        });
        let fact_type = reading.slot.map_or("any value".into(), |slot| self.plan.type_of_slot(slot));
        Some(Question { path: reading.path.clone(), keys: keys.collect(), fact_type, conditions })
    }
}

/// Is a list known, and open because of its elements, each of which is written down?
fn is_open(quantifier: Quantifier, elements: usize, more: usize) -> bool {
    let by_elements = matches!(quantifier, Quantifier::Any | Quantifier::Every | Quantifier::No);
    by_elements && elements > 0 && more == 0
}

fn and(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        (None, _) | (_, None) => None,
    }
}

fn or(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    and(one.map(|yes| !yes), other.map(|yes| !yes)).map(|no| !no)
}

/// The answers, with one of the ways in which some atoms may come out.
fn with(answers: &Answers, atoms: &[usize], way: u64) -> Answers {
    let mut next = answers.clone();
    for (bit, &atom) in atoms.iter().enumerate() {
        if let Some(place) = next.get_mut(atom) {
            let shifted = way.checked_shr(u32::try_from(bit).unwrap_or(u32::MAX)).unwrap_or(0);
            *place = Some(shifted & 1 == 1);
        }
    }
    next
}
