//! Random policies as text and random requests as JSON, the same for the same seed.

mod census;
mod claims;
mod request;
mod rules;
mod sentences;
mod shrink;
mod table;
mod terms;
mod world;

#[allow(unused_imports)] // each of the tests uses a part of its own
pub use {
    census::{forms, forms_of_policy, forms_of_request},
    request::{Odds, completions, request, text, value},
    rules::Policy,
    shrink::shrink,
    table::{authzen, parents, row},
    world::{Field, Ty, World},
};

/// A small xorshift: what it gives depends on its seed alone.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        // Neighbouring seeds give unlike rows; zero would give zeros for ever.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 8
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'t, T: ?Sized>(&mut self, items: &[&'t T]) -> &'t T {
        items[self.below(items.len())]
    }

    pub fn choose<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at + 1);
            items.swap(at, other);
        }
    }
}

/// `ONLYIF_CASES=N` asks for more than the ordinary number.
pub fn cases(ordinary: usize) -> usize {
    std::env::var("ONLYIF_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(ordinary)
}

/// `ONLYIF_SEED=N` begins elsewhere.
pub fn first_seed() -> u64 {
    std::env::var("ONLYIF_SEED").ok().and_then(|number| number.parse().ok()).unwrap_or(1)
}
