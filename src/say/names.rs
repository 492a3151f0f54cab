//! Names as a rule can write them.

use crate::tree::RESERVED;
use alloc::string::String;

/// Words that the grammar takes for something else where a name may begin, or where a word is said of a thing.
const TAKEN: &str = "above after all another as at before below between by defined distinct each else empty equal equals exactly exist \
                     exists false fewer for from given greater includes inside known less missing more nil null of on one over present \
                     some than then to true undefined under unknown with within";

/// A name: in backticks where it would be taken for something else.
pub(super) fn name(name: &str) -> String {
    let small = name.to_ascii_lowercase();
    let taken = RESERVED.contains(&small.as_str()) || TAKEN.split(' ').any(|word| word == small);
    if taken { alloc::format!("`{name}`") } else { member(name) }
}

/// A name after a dot, where no word is reserved.
pub(super) fn member(name: &str) -> String {
    if is_plain(name) { name.into() } else { alloc::format!("`{name}`") }
}

/// Letters, digits, `_`, and `-` between them; the first is a letter.
fn is_plain(name: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let hyphens = name.split('-').skip(1).all(|part| part.starts_with(|c: char| c.is_ascii_alphanumeric()));
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(inside) && hyphens
}
