//! Yes, no and open, for one set of answers or for all of them at once.

use alloc::vec::Vec;

/// What conditions are worth in three values, and how they are joined.
pub(super) trait Kleene: Clone {
    /// The same for all answers.
    fn always(truth: Option<bool>) -> Self;
    fn both(self, other: Self) -> Self;
    fn opposite(self) -> Self;
    fn either(self, other: Self) -> Self {
        self.opposite().both(other.opposite()).opposite()
    }
}

impl Kleene for Option<bool> {
    fn always(truth: Option<bool>) -> Self {
        truth
    }

    fn both(self, other: Self) -> Self {
        match (self, other) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            (None, _) | (_, None) => None,
        }
    }

    fn opposite(self) -> Self {
        self.map(|yes| !yes)
    }
}

/// What a condition is worth for every set of answers to a few atoms. A set of answers is a number whose digits, to the base of
/// three, say of each atom that it is open (0), no (1) or yes (2).
#[derive(Clone)]
pub(super) enum Truths {
    /// For all the same.
    Same(Option<bool>),
    /// A bit for each set: where it is yes, and where it is no.
    Each { yes: Vec<u64>, no: Vec<u64> },
}

const BITS: usize = 64;

impl Truths {
    /// How many sets of answers there are.
    pub(super) fn sets(atoms: usize) -> usize {
        3_usize.saturating_pow(u32::try_from(atoms).unwrap_or(u32::MAX))
    }

    /// How many words of memory they take.
    pub(super) fn words(atoms: usize) -> usize {
        Self::sets(atoms).div_ceil(BITS)
    }

    /// What an atom is worth.
    pub(super) fn of(atom: usize, atoms: usize) -> Self {
        let words = Self::words(atoms);
        let (mut yes, mut no) = (alloc::vec![0; words], alloc::vec![0; words]);
        for set in 0..Self::sets(atoms) {
            match digit(set, atom) {
                1 => put(&mut no, set),
                2 => put(&mut yes, set),
                _ => {}
            }
        }
        Truths::Each { yes, no }
    }

    /// Is it open for a set of answers?
    pub(super) fn is_open(&self, set: usize) -> bool {
        match self {
            Truths::Same(truth) => truth.is_none(),
            Truths::Each { yes, no } => !is_put(yes, set) && !is_put(no, set),
        }
    }
}

/// What a set of answers says of an atom.
pub(super) fn digit(set: usize, atom: usize) -> usize {
    set.checked_div(Truths::sets(atom)).unwrap_or(0) % 3
}

fn put(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / BITS) {
        *word |= 1 << (at % BITS);
    }
}

fn is_put(bits: &[u64], at: usize) -> bool {
    bits.get(at / BITS).is_some_and(|word| word >> (at % BITS) & 1 == 1)
}

fn joined(one: Vec<u64>, other: &[u64], join: fn(u64, u64) -> u64) -> Vec<u64> {
    one.into_iter().zip(other).map(|(one, other)| join(one, *other)).collect()
}

impl Kleene for Truths {
    fn always(truth: Option<bool>) -> Self {
        Truths::Same(truth)
    }

    fn both(self, other: Self) -> Self {
        match (self, other) {
            (Truths::Same(one), Truths::Same(other)) => Truths::Same(one.both(other)),
            (Truths::Same(Some(false)), _) | (_, Truths::Same(Some(false))) => Truths::Same(Some(false)),
            (Truths::Same(Some(true)), each) | (each, Truths::Same(Some(true))) => each,
            (Truths::Same(None), Truths::Each { yes, no }) | (Truths::Each { yes, no }, Truths::Same(None)) => {
                Truths::Each { yes: alloc::vec![0; yes.len()], no }
            }
            (Truths::Each { yes, no }, Truths::Each { yes: also_yes, no: also_no }) => {
                Truths::Each { yes: joined(yes, &also_yes, |one, other| one & other), no: joined(no, &also_no, |one, other| one | other) }
            }
        }
    }

    fn opposite(self) -> Self {
        match self {
            Truths::Same(truth) => Truths::Same(truth.opposite()),
            Truths::Each { yes, no } => Truths::Each { yes: no, no: yes },
        }
    }
}
