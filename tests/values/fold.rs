use icu_casemap::CaseMapper;
use onlyif::value::{contains_ignoring_case, ends_with_ignoring_case, eq_ignoring_case, fold, lower, starts_with_ignoring_case};
use proptest::prelude::*;

fn all() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// The letters that Unicode 18.0 added with a small form, which the crate has. In 17.0 they are not
/// assigned, so they stay as they are; no folding of an assigned letter ever changes.
const ADDED_LATER: [u32; 21] = [
    0xA7DD, 0xA7E2, 0xAB6C, 0xAB6D, 0x1DF40, 0x1DF48, 0x1DF4A, 0x1DF4D, 0x1DF51, 0x1DF68, 0x1DF6A, 0x1DF6C, 0x1DF6E, 0x1DF72, 0x1DF74,
    0x1DF76, 0x1DF78, 0x1DF7A, 0x1DF7C, 0x1DF7E, 0x1DF95,
];

#[test]
fn every_character_agrees_with_icu() {
    let icu = CaseMapper::new();
    for c in all() {
        if ADDED_LATER.contains(&u32::from(c)) {
            assert_eq!((fold(c), lower(c)), (c, c), "{c}");
        } else {
            assert_eq!(fold(c), icu.simple_fold(c), "{c}");
            assert_eq!(lower(c), icu.simple_lowercase(c), "{c}");
        }
    }
}

/// The standard library's Unicode is older or newer: then one of the two leaves a character alone.
#[test]
fn every_lowercase_agrees_with_the_standard_library() {
    for c in all().filter(|c| *c != 'İ') {
        let theirs: Vec<char> = c.to_lowercase().collect();
        let ours = lower(c);
        assert!(theirs == [ours] || theirs == [c] || ours == c, "{c} {ours} {theirs:?}");
        if char::UNICODE_VERSION == (17, 0, 0) {
            assert_eq!(theirs, [ours], "{c}");
        }
    }
    assert_eq!(lower('İ'), 'i');
}

#[test]
fn folding_twice_changes_nothing() {
    for c in all() {
        assert_eq!(fold(fold(c)), fold(c), "{c}");
        assert_eq!(lower(lower(c)), lower(c), "{c}");
    }
}

#[test]
fn texts_are_compared_but_for_case() {
    for (left, right, wanted) in [
        ("", "", true),
        ("Admin", "aDMIN", true),
        ("ΌΣΟΣ", "όσος", true),
        ("ẞ", "ß", true),
        ("ß", "ss", false),
        ("İ", "i", false),
        ("I", "ı", false),
        ("K", "k", true),
        ("é", "e\u{301}", false),
        ("a", "ab", false),
    ] {
        assert_eq!(eq_ignoring_case(left, right), wanted, "{left} {right}");
        assert_eq!(eq_ignoring_case(right, left), wanted, "{left} {right}");
    }
    assert!(starts_with_ignoring_case("Straße 5", "STRAẞE"));
    assert!(ends_with_ignoring_case("Report.PDF", ".pdf"));
    assert!(!ends_with_ignoring_case("pdf", ".pdf"));
    assert!(contains_ignoring_case("", "") && !contains_ignoring_case("", "a"));
    let long = "É".repeat(40);
    assert!(contains_ignoring_case(&format!("x{}y", long.to_lowercase()), &long));
    assert!(!contains_ignoring_case(&"é".repeat(39), &long));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Folding both first, then comparing exactly.
    #[test]
    fn parts_are_found_but_for_case(
        text in "[aAéÉσςΣ]{0,60}", part in prop_oneof!["[aAéÉσςΣ]{0,4}", "(aÉ){0,12}"],
    ) {
        let folded = |text: &str| text.chars().map(fold).collect::<String>();
        let (text_folded, part_folded) = (folded(&text), folded(&part));
        prop_assert_eq!(contains_ignoring_case(&text, &part), text_folded.contains(&part_folded));
        prop_assert_eq!(starts_with_ignoring_case(&text, &part), text_folded.starts_with(&part_folded));
        prop_assert_eq!(ends_with_ignoring_case(&text, &part), text_folded.ends_with(&part_folded));
    }
}
