//! Every size that is held, in one place.
//!
//! A limit can be raised, never switched off: beyond it a text is refused with a place, a request is refused, and a decision
//! is undetermined. What a decision lists besides its outcome is cut at `reasons` and `needs`; the outcome hangs on all of it.

/// The sizes that are held, with defaults that are far above what people write and far below what hurts.
///
/// ```
/// use onlyif::Limits;
/// let limits = Limits { statements: 1_000, ..Limits::default() };
/// assert_eq!(limits.nesting, 32);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one rule text. Default: 16 MiB. Beyond it the text is refused (`L01`).
    pub source_bytes: usize,
    /// Bytes of all rule texts together, vocabulary included. Default: 64 MiB. Beyond it all are refused (`L08`).
    pub bundle_bytes: usize,
    /// How many rule texts are loaded together. Default: 4,096. Beyond it all are refused (`L08`).
    pub files: usize,
    /// Bytes of one line of a rule text. Default: 64 KiB. Beyond it the text is refused (`L02`).
    pub line_bytes: usize,
    /// Bytes of one statement. Default: 256 KiB. Beyond it the text is refused (`L02`).
    pub statement_bytes: usize,
    /// Statements of one rule text. Default: 250,000. Beyond it the text is refused (`L03`).
    pub statements: usize,
    /// Brackets in brackets, and words such as `not` and `of` and operators in a row. Default: 32. Beyond it the text is refused
    /// (`L04`).
    ///
    /// A thread with a small stack wants the default, or less.
    pub nesting: u32,
    /// Quantifiers in quantifiers. Default: 3. Beyond it the text is refused (`L07`).
    pub quantifier_nesting: usize,
    /// Definitions through definitions. Default: 64. Beyond it the text is refused (`L07`).
    pub definition_nesting: usize,
    /// Bytes of a name. Default: 128. Beyond it the text is refused (`L05`).
    pub name_bytes: usize,
    /// Names in a path. Default: 32. Beyond it the text is refused (`L05`).
    pub path_steps: usize,
    /// Items of a list that is written out. Default: 10,000. Beyond it the text is refused (`L05`).
    pub list_items: usize,
    /// Acts that one head stands for. Default: 10,000. Beyond it the text is refused (`L05`).
    pub head_acts: usize,
    /// Nodes of a plan, those that are shared counted once. Default: 4,000,000. Beyond it the policy is refused (`L06`).
    pub plan_nodes: usize,
    /// Bytes of a request. Default: 1 MiB. Beyond it the request is refused (`R05`).
    pub request_bytes: usize,
    /// Objects and lists in each other in a request. Default: 64; more than 256 counts as 256. Beyond it the request is refused
    /// (`R05`).
    pub request_nesting: u32,
    /// Values of a request, members and elements counted one by one. Default: 100,000. Beyond it the request is refused (`R05`).
    pub request_values: usize,
    /// Elements that one decision looks at, in lists and on walks upwards. Default: 1,000,000. Where more would be needed the decision
    /// is undetermined, with a problem (`D07`). Nor does a list become longer than this while it decides: one that would is unknown,
    /// with a problem (`D04`).
    pub visits: u64,
    /// Reasons written out with one decision, and deciding rules as many. Default: 1,000. Those beyond it are left out; the outcome
    /// stays the same.
    pub reasons: usize,
    /// Needs written out with one decision, and problems as many. Default: 1,000. Those beyond it are left out; the outcome stays
    /// the same.
    pub needs: usize,
    /// Conditions written out with one explanation. Default: 1,000. Of those beyond it, it is told how many there are.
    pub findings: usize,
    /// Rules judged while looking for what would change a decision, or for what to ask next, all that is tried counted together; two
    /// that are looked at closely, or fifty of which only the answer is wanted, count as one. Default: 10,000. Beyond it the search stops,
    /// and says so.
    pub tries: u64,
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
            findings: 1_000,
            tries: 10_000,
        }
    }
}
