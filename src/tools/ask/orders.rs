//! The order of asking with which the fewest questions are to be expected.

use super::atoms::Atoms;
use super::truths::{Truths, digit};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

/// Expected questions are counted in these parts, so that no fraction is lost: halves of halves, as deep as atoms go.
pub(super) const WHOLE: u64 = 1 << 40;

/// Every order, each part of one worked out once.
pub(super) struct Orders<'t> {
    atoms: &'t Atoms<'t>,
    outcomes: &'t Truths,
    /// For each set of answers, the atoms that matter still, as bits.
    live: Vec<u16>,
    /// How many questions are to be expected and which comes first, by the answers and by the facts that were asked for.
    known: BTreeMap<(usize, u64), (u64, Option<usize>)>,
}

impl<'t> Orders<'t> {
    /// The facts of a word of bits.
    pub(super) const MOST_FACTS: usize = 64;

    pub(super) fn new(atoms: &'t Atoms<'t>, outcomes: &'t Truths) -> Self {
        Self { atoms, outcomes, live: live(atoms.list.len(), outcomes), known: BTreeMap::new() }
    }

    /// The fact to begin with.
    pub(super) fn first(&mut self) -> Option<usize> {
        self.expected(0, 0).1
    }

    fn expected(&mut self, answers: usize, asked: u64) -> (u64, Option<usize>) {
        if !self.outcomes.is_open(answers) {
            return (0, None);
        }
        if let Some(&known) = self.known.get(&(answers, asked)) {
            return known;
        }
        let mut best: (u64, Option<usize>) = (u64::MAX, None);
        for fact in self.useful(answers, asked) {
            let then = asked | bit(fact);
            let settled = self.settled_by(then, answers);
            let ways = 1_u64.checked_shl(u32::try_from(settled.len()).unwrap_or(u32::MAX)).unwrap_or(u64::MAX);
            let mut total = 0_u64;
            for way in 0..ways {
                total = total.saturating_add(self.expected(with(answers, &settled, way), then).0.checked_div(ways).unwrap_or(0));
            }
            let cost = total.saturating_add(WHOLE);
            if cost < best.0 {
                best = (cost, Some(fact));
            }
        }
        // Where nothing is left to ask it stays open: that costs nothing more.
        let found = if best.1.is_none() { (0, None) } else { best };
        self.known.insert((answers, asked), found);
        found
    }

    /// The facts that are missing for an atom that still matters.
    fn useful(&self, answers: usize, asked: u64) -> BTreeSet<usize> {
        let live = self.live.get(answers).copied().unwrap_or(0);
        let atoms = self.atoms.list.iter().enumerate().filter(|(atom, _)| u64::from(live) & bit(*atom) != 0);
        atoms.flat_map(|(_, facts)| facts.iter().copied()).filter(|fact| asked & bit(*fact) == 0).collect()
    }

    /// The atoms for which everything has been asked, and that have no answer yet.
    fn settled_by(&self, asked: u64, answers: usize) -> Vec<usize> {
        let is_settled = |(atom, facts): &(usize, &BTreeSet<usize>)| {
            digit(answers, *atom) == 0 && !facts.is_empty() && facts.iter().all(|fact| asked & bit(*fact) != 0)
        };
        self.atoms.list.iter().enumerate().filter(is_settled).map(|(atom, _)| atom).collect()
    }
}

/// For each set of answers the atoms of which an answer settles it, in some way in which the others may come out.
fn live(atoms: usize, outcomes: &Truths) -> Vec<u16> {
    let mut live = alloc::vec![0_u16; Truths::sets(atoms)];
    // What is known of more atoms has a greater number.
    for set in (0..live.len()).rev().filter(|&set| outcomes.is_open(set)) {
        let open: Vec<usize> = (0..atoms).filter(|&atom| digit(set, atom) == 0).collect();
        let mut found = 0;
        for &atom in &open {
            for value in [1, 2] {
                let then = set.saturating_add(Truths::sets(atom).saturating_mul(value));
                let settles = if outcomes.is_open(then) { 0 } else { bit(atom) };
                found |= live.get(then).copied().unwrap_or(0) | u16::try_from(settles).unwrap_or(0);
            }
        }
        if let Some(place) = live.get_mut(set) {
            *place = found;
        }
    }
    live
}

fn bit(at: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(at).unwrap_or(u32::MAX)).unwrap_or(0)
}

/// The answers, with one of the ways in which some atoms may come out.
fn with(answers: usize, atoms: &[usize], way: u64) -> usize {
    let value = |place: usize| if way & bit(place) == 0 { 1 } else { 2 };
    atoms.iter().enumerate().fold(answers, |next, (place, &atom)| next.saturating_add(Truths::sets(atom).saturating_mul(value(place))))
}
