use onlyif::value::matches;
use proptest::prelude::*;

#[test]
fn patterns_match_whole_texts() {
    for (pattern, text, wanted) in [
        ("", "", true),
        ("", "a", false),
        ("*", "", true),
        ("**", "", true),
        ("*", "a/b/c", true),
        ("?", "", false),
        ("?", "é", true),
        ("?", "漢", true),
        ("??", "é", false),
        ("?*", "", false),
        ("*?", "x", true),
        ("a", "a", true),
        ("a", "A", false),
        ("a*", "a", true),
        ("*a", "ba", true),
        ("*a", "ab", false),
        ("a*a", "a", false),
        ("a*a", "aa", true),
        ("*.pdf", "x.pdf.exe", false),
        ("*.pdf", ".pdf", true),
        ("a*b*c", "a1b2b3c", true),
        ("a*b*c", "acb", false),
        ("*ab?*", "aab", false),
        ("*ab?*", "aabab!", true),
        ("*?é", "éé", true),
        ("\\*", "\\anything", true),
        ("[a-z]", "b", false),
    ] {
        assert_eq!(matches(pattern, text), wanted, "{pattern} {text}");
    }
}

/// Patterns that take other matchers exponential time.
#[test]
fn evil_patterns_are_quick() {
    let text = "a".repeat(100_000);
    assert!(!matches(&format!("{}b", "*a".repeat(5000)), &text));
    assert!(!matches(&format!("*{}b*", "a".repeat(50_000)), &text));
    assert!(matches(&"*a?".repeat(2000), &text));
}

/// The definition, by a table of every end of the pattern and of the text.
fn by_table(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut fits = vec![false; text.len() + 1];
    *fits.first_mut().unwrap() = true;
    for sign in pattern.chars() {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            let here = fits.get(at) == Some(&true);
            let before = at.checked_sub(1);
            let value = if sign == '*' {
                here || before.is_some_and(|at| next.get(at) == Some(&true))
            } else {
                before.is_some_and(|at| fits.get(at) == Some(&true) && (sign == '?' || text.get(at) == Some(&sign)))
            };
            *next.get_mut(at).unwrap() = value;
        }
        fits = next;
    }
    fits.last() == Some(&true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_definition_holds(pattern in "[abé*?]{0,10}", text in "[abé]{0,14}") {
        prop_assert_eq!(matches(&pattern, &text), by_table(&pattern, &text));
    }
}
