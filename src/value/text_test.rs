//! Tests of two texts.

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
