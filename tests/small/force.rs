//! Trying everything.

/// Sets of changes that lead where it is wanted and of which none holds another, all of up to so many changes.
pub fn by_force<C: Clone>(changes: &[C], most: usize, leads: impl Fn(&[C]) -> bool, is_together: impl Fn(&C, &C) -> bool) -> Vec<Vec<C>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..=most {
        let mut next = Vec::new();
        for set in waiting {
            if found.iter().any(|found| found.iter().all(|one| set.contains(one))) {
                continue;
            }
            let made: Vec<C> = set.iter().map(|&at| changes[at].clone()).collect();
            if leads(&made) {
                found.push(set);
                continue;
            }
            let first = set.last().map_or(0, |last| last + 1);
            let goes_with = |at: &usize| set.iter().all(|&one| is_together(&changes[one], &changes[*at]));
            next.extend((first..changes.len()).filter(goes_with).map(|at| [set.as_slice(), &[at]].concat()));
        }
        waiting = next;
    }
    found.into_iter().map(|set| set.into_iter().map(|at| changes[at].clone()).collect()).collect()
}
