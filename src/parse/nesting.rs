//! How deep a statement nests, counted before anything recurses into it.
//!
//! In: brackets, words and operators in the order of the text. Out: whether the limit is passed, and brackets that do not
//! match. Two things are held: how deep the grammar would go down (brackets, and words that take what follows them), and
//! how high the tree would become (operators in a row lean to the left, so each adds a level).

use alloc::vec::Vec;

/// The brackets that are open, and what each level holds so far.
pub(super) struct Nesting {
    limit: u32,
    levels: Vec<Level>,
}

/// Between an opening bracket and its end, or the statement itself.
#[derive(Default)]
struct Level {
    /// The opening bracket and where it stands; none for the statement.
    opened: Option<(u8, usize)>,
    /// Words that take a whole sentence or sum after them.
    wide: u32,
    /// Words that take one operand after them.
    narrow: u32,
    /// The height of the operands so far, each operator one more.
    operands: u32,
    /// The greatest height of the sentences before this one.
    before: u32,
}

/// A closing bracket that closes nothing, or another one than is open.
pub(super) struct Mismatch {
    /// The bracket that is open, if one is.
    pub(super) opened: Option<(u8, usize)>,
}

impl Level {
    fn height(&self) -> u32 {
        self.before.max(self.wide.saturating_add(self.operands.max(self.narrow)))
    }

    fn sentence_ends(&mut self) {
        self.before = self.height();
        (self.wide, self.narrow, self.operands) = (0, 0, 0);
    }
}

impl Nesting {
    pub(super) fn new(limit: u32) -> Self {
        Self { limit, levels: Vec::from([Level::default()]) }
    }

    /// Is it deeper or higher than the limit here?
    pub(super) fn is_too_deep(&self) -> bool {
        let words: u32 = self.levels.iter().map(|level| level.wide.saturating_add(level.narrow)).sum();
        let brackets = u32::try_from(self.levels.len().saturating_sub(1)).unwrap_or(u32::MAX);
        words.saturating_add(brackets) > self.limit || self.levels.last().is_some_and(|level| level.height() > self.limit)
    }

    /// Are only parentheses open?
    pub(super) fn is_in_sentence(&self) -> bool {
        self.levels.iter().all(|level| level.opened.is_none_or(|(bracket, _)| bracket == b'('))
    }

    pub(super) fn open(&mut self, bracket: u8, at: usize) {
        self.levels.push(Level { opened: Some((bracket, at)), ..Level::default() });
    }

    pub(super) fn close(&mut self, bracket: u8) -> Result<(), Mismatch> {
        let opened = self.levels.last().and_then(|level| level.opened);
        let fits = opened.is_some_and(|(open, _)| matches!((open, bracket), (b'(', b')') | (b'[', b']') | (b'{', b'}')));
        if !fits {
            return Err(Mismatch { opened });
        }
        let inner = self.levels.pop().map_or(0, |level| level.height());
        if let Some(level) = self.levels.last_mut() {
            level.operands = level.operands.max(level.narrow.saturating_add(inner).saturating_add(1));
        }
        Ok(())
    }

    /// The innermost bracket that was never closed.
    pub(super) fn never_closed(&self) -> Option<(u8, usize)> {
        self.levels.last().and_then(|level| level.opened)
    }

    pub(super) fn operator(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.operands = level.operands.max(level.narrow).saturating_add(1);
            level.narrow = 0;
        }
    }

    /// A sign or word after which nothing of what stood before goes on.
    pub(super) fn sentence_ends(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.sentence_ends();
        }
    }

    pub(super) fn word(&mut self, word: &str) {
        let Some(level) = self.levels.last_mut() else { return };
        match word {
            "not" | "NOT" | "Not" | "satisfies" | "where" | "from" | "for" => level.wide = level.wide.saturating_add(1),
            "of" | "distinct" | "optional" => level.narrow = level.narrow.saturating_add(1),
            "and" | "or" | "if" | "unless" | "is" | "are" | "has" | "have" | "because" | "otherwise" | "when" | "expect" | "given"
            | "must" | "should" | "requires" | "only" | "contains" | "contain" | "starts" | "start" | "ends" | "end" | "matches"
            | "match" | "AND" | "OR" | "And" | "Or" => level.sentence_ends(),
            _ => {}
        }
    }
}
