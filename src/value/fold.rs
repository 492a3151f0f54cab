//! Texts without regard to case: Unicode simple case folding and simple lowercase, version 17.0.0.
//!
//! The table is part of the language: whatever Unicode version the compiler knows, a rule decides
//! the same. Simple mappings turn one character into one, so `ß` is not `ss`; no language has an
//! exception of its own, so `I` is `i` in Turkish texts too.

use alloc::string::String;

use super::fold_table::{FOLD_EXCEPTIONS, LOWER, Run};

/// Parts up to this many bytes are searched for place by place, without allocating.
const SHORT: usize = 32;

/// The character that stands for all that differ from it only by case: Unicode 17.0.0,
/// `CaseFolding.txt`, status C and S.
///
/// ```
/// use onlyif::value::fold;
///
/// assert_eq!(fold('Σ'), 'σ');
/// assert_eq!(fold('ς'), 'σ');
/// assert_eq!(fold('ẞ'), 'ß');
/// ```
#[must_use]
pub fn fold(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    moved(&FOLD_EXCEPTIONS, character).or_else(|| moved(&LOWER, character)).unwrap_or(character)
}

/// The small letter of a capital: Unicode 17.0.0, the simple lowercase mapping of `UnicodeData.txt`.
/// Any other character stays as it is.
///
/// ```
/// use onlyif::value::lower;
///
/// assert_eq!(lower('É'), 'é');
/// assert_eq!(lower('İ'), 'i');
/// assert_eq!(lower('ς'), 'ς');
/// ```
#[must_use]
pub fn lower(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    moved(&LOWER, character).unwrap_or(character)
}

/// Whether two texts are equal but for case, by [`fold`].
///
/// ```
/// use onlyif::value::eq_ignoring_case;
///
/// assert!(eq_ignoring_case("ΟΔΟΣ", "οδος"));
/// assert!(!eq_ignoring_case("Straße", "STRASSE"));
/// ```
#[must_use]
pub fn eq_ignoring_case(left: &str, right: &str) -> bool {
    left.chars().map(fold).eq(right.chars().map(fold))
}

/// Whether a text starts with another but for case, by [`fold`].
///
/// ```
/// use onlyif::value::starts_with_ignoring_case;
///
/// assert!(starts_with_ignoring_case("Invoice No. 7", "INVOICE"));
/// assert!(starts_with_ignoring_case("anything", ""));
/// ```
#[must_use]
pub fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    begins(text.chars(), start.chars())
}

/// Whether a text ends with another but for case, by [`fold`].
///
/// ```
/// use onlyif::value::ends_with_ignoring_case;
///
/// assert!(ends_with_ignoring_case("report.PDF", ".pdf"));
/// ```
#[must_use]
pub fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    begins(text.chars().rev(), end.chars().rev())
}

/// Whether a text contains another but for case, by [`fold`].
///
/// The time is linear in both lengths. Only a part of more than 32 bytes makes it allocate, about as
/// much as the two texts are long.
///
/// ```
/// use onlyif::value::contains_ignoring_case;
///
/// assert!(contains_ignoring_case("Invoice No. 7", "invoice"));
/// ```
#[must_use]
pub fn contains_ignoring_case(text: &str, part: &str) -> bool {
    if part.len() > SHORT {
        let text: String = text.chars().map(fold).collect();
        let part: String = part.chars().map(fold).collect();
        // The search of the standard library is linear for any text.
        return text.contains(&part);
    }
    let mut rest = text.chars();
    loop {
        if begins(rest.clone(), part.chars()) {
            return true;
        }
        if rest.next().is_none() {
            return false;
        }
    }
}

/// Whether the first characters are the same as some others but for case.
fn begins(mut text: impl Iterator<Item = char>, mut start: impl Iterator<Item = char>) -> bool {
    start.all(|wanted| text.next().is_some_and(|found| fold(found) == fold(wanted)))
}

/// What a table makes of a character, or `None` when it is in no run.
fn moved(table: &[Run], character: char) -> Option<char> {
    let code = u32::from(character);
    let at = table.partition_point(|&(_, last, _, _)| last < code);
    let &(first, _, step, distance) = table.get(at)?;
    if code.checked_sub(first)?.checked_rem(step)? != 0 {
        return None;
    }
    char::from_u32(code.checked_add_signed(distance)?)
}
