//! Tests of two texts.

use super::{contains_ignoring_case, ends_with_ignoring_case, fold, is_under, is_under_domain, matches, starts_with_ignoring_case};
use alloc::string::{String, ToString};

/// Do capital and small letters differ?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Letters {
    /// By code points.
    Exact,
    /// By simple case folding.
    IgnoringCase,
}

/// Tests of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextTest {
    /// The right stands somewhere in the left.
    Contains,
    /// The left begins with the right.
    StartsWith,
    /// The left ends with the right.
    EndsWith,
    /// The left fits the glob on the right.
    Matches,
    /// The left file path is the right one or below it.
    Under,
    /// The left host is the right domain or below it.
    UnderDomain,
}

impl TextTest {
    /// Does a text pass the test with another?
    ///
    /// # Errors
    /// That a path or host cannot be judged, and why.
    pub(crate) fn judge(self, letters: Letters, text: &str, part: &str) -> Result<bool, String> {
        let ignoring = letters == Letters::IgnoringCase;
        Ok(match self {
            TextTest::Contains if ignoring => contains_ignoring_case(text, part),
            TextTest::Contains => text.contains(part),
            TextTest::StartsWith if ignoring => starts_with_ignoring_case(text, part),
            TextTest::StartsWith => text.starts_with(part),
            TextTest::EndsWith if ignoring => ends_with_ignoring_case(text, part),
            TextTest::EndsWith => text.ends_with(part),
            TextTest::Matches if ignoring => matches(&folded(part), &folded(text)),
            TextTest::Matches => matches(part, text),
            TextTest::Under => is_under(text, part).map_err(|trouble| trouble.to_string())?,
            TextTest::UnderDomain => is_under_domain(text, part).map_err(|trouble| trouble.to_string())?,
        })
    }
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}
