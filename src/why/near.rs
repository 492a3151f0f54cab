//! Did you mean: a name that is nearly another. The core has no dependencies, so it measures by itself what the compiler asks a crate
//! for.

use alloc::vec::Vec;

/// Names longer than this are compared with nothing.
const LONGEST: usize = 64;

/// The name that is nearest to a word, within a third of its length in edits; of several, the first.
pub(super) fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let reach = word.chars().count().div_ceil(3).min(3);
    let near = names.filter(|name| *name != word).map(|name| (distance(word, name), name)).filter(|&(distance, _)| distance <= reach);
    near.min_by_key(|&(distance, _)| distance).map(|(_, name)| name)
}

/// How many letters have to be added, left out, replaced or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().take(LONGEST.saturating_add(1)).collect();
    let other: Vec<char> = other.chars().take(LONGEST.saturating_add(1)).collect();
    if one.len().max(other.len()) > LONGEST {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &a) in one.iter().enumerate() {
        let mut this = alloc::vec![row.saturating_add(1)];
        for (column, &b) in other.iter().enumerate() {
            let cost = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX);
            let replaced = cost(&last, column).saturating_add(usize::from(a != b));
            let left_out = cost(&last, column.saturating_add(1)).saturating_add(1);
            let added = cost(&this, column).saturating_add(1);
            let mut best = replaced.min(left_out).min(added);
            let previous = |list: &[char], at: usize| at.checked_sub(1).and_then(|at| list.get(at)).copied();
            if previous(&one, row) == Some(b) && previous(&other, column) == Some(a) && a != b {
                best = best.min(cost(&before, column.saturating_sub(1)).saturating_add(1));
            }
            this.push(best);
        }
        before = core::mem::replace(&mut last, this);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found() {
        let names = ["commited", "age", "name"];
        assert_eq!(nearest("committed", names.into_iter()), Some("commited"));
        assert_eq!(nearest("nmae", names.into_iter()), Some("name"));
        assert_eq!(nearest("birthday", names.into_iter()), None);
        assert_eq!(distance("abcd", "abdc"), 1);
        assert_eq!(distance("", "ab"), 2);
    }
}
