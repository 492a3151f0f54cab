//! Every size that is held, in one place.
//!
//! A limit can be raised, never switched off: beyond it a text is refused with a place, a request is refused, and a decision
//! is undetermined. Nothing is cut silently.

/// The sizes that are held, with defaults that are far above what people write and far below what hurts.
///
/// ```
/// use onlyif::Limits;
/// let limits = Limits { statements: 1_000, ..Limits::default() };
/// assert_eq!(limits.nesting, 32);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one rule text.
    pub source_bytes: usize,
    /// Bytes of all rule texts together.
    pub bundle_bytes: usize,
    /// How many rule texts are loaded together.
    pub files: usize,
    /// Bytes of one line of a rule text.
    pub line_bytes: usize,
    /// Bytes of one statement.
    pub statement_bytes: usize,
    /// Statements of one rule text.
    pub statements: usize,
    /// Brackets in brackets, and words such as `not` and `of` and operators in a row.
    ///
    /// A thread with a small stack wants the default, or less.
    pub nesting: u32,
    /// Quantifiers in quantifiers.
    pub quantifier_nesting: usize,
    /// Definitions through definitions.
    pub definition_nesting: usize,
    /// Bytes of a name.
    pub name_bytes: usize,
    /// Names in a path.
    pub path_steps: usize,
    /// Items of a list that is written out.
    pub list_items: usize,
    /// Acts that one head stands for.
    pub head_acts: usize,
    /// Nodes of a plan, those that are shared counted once.
    pub plan_nodes: usize,
    /// Bytes of a request.
    pub request_bytes: usize,
    /// Objects and lists in each other in a request.
    pub request_nesting: u32,
    /// Values of a request, members and elements counted one by one.
    pub request_values: usize,
    /// Elements that one decision looks at, in lists and on walks upwards.
    pub visits: u64,
    /// Reasons written out with one decision.
    pub reasons: usize,
    /// Needs written out with one decision.
    pub needs: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source_bytes: 16 << 20,
            bundle_bytes: 64 << 20,
            files: 4_096,
            line_bytes: 64 << 10,
            statement_bytes: 256 << 10,
            statements: 250_000,
            nesting: 32,
            quantifier_nesting: 3,
            definition_nesting: 64,
            name_bytes: 128,
            path_steps: 32,
            list_items: 10_000,
            head_acts: 10_000,
            plan_nodes: 4_000_000,
            request_bytes: 1 << 20,
            request_nesting: 64,
            request_values: 100_000,
            visits: 1_000_000,
            reasons: 1_000,
            needs: 1_000,
        }
    }
}
