//! Did you mean: the known names that a mistyped one is close to.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// At most three known names within a third of the word's length in edits, the nearest first, then by name.
pub(super) fn similar<'n>(word: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let reach = word.chars().count().div_ceil(3);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|name| *name != word && name.len().abs_diff(word.len()) <= reach.saturating_mul(4))
        .map(|name| (strsim::osa_distance(word, name), name))
        .filter(|&(distance, _)| distance <= reach)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name.to_string()).collect()
}

/// Names in backticks, joined for a sentence: "`a`, `b` or `c`".
pub(super) fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => alloc::format!("`{one}`"),
        [front @ .., end] => {
            let front: Vec<String> = front.iter().map(|name| alloc::format!("`{name}`")).collect();
            alloc::format!("{} {last} `{end}`", front.join(", "))
        }
    }
}
