//! A file becomes statements before the grammar sees any of it.
//!
//! In: the text of a file. Out: one chunk for each statement, as byte ranges of the file. A line with text at the margin starts
//! a statement; an indented line, or one that begins with a closing bracket, continues it; blank lines and comments never
//! matter; `rule NAME:` and annotations belong to the statement after them. So one broken statement spoils no other.
//! Nothing is copied or rewritten: an indent that all lines share moves the margin, not the text.

use alloc::vec::Vec;
use core::ops::Range;

/// One statement of a file, not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Where its part of the file starts: at the comments before it.
    pub(super) start: usize,
    /// From its first word to the end of its last line with text.
    pub(super) code: Range<usize>,
    /// How many blanks stand before its first word.
    indent: usize,
    /// How it begins and ends.
    pub(super) shape: Shape,
    /// Lines at the margin that can only continue it: they should have been indented.
    pub(super) unindented: Vec<usize>,
    /// The comments on lines of their own before it.
    pub(super) comments: Vec<Range<usize>>,
}

/// Whether a chunk can be a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// It starts at the margin and has a sentence.
    Whole,
    /// It starts with a line that continues nothing.
    Indented,
    /// It has annotations or a label, and no sentence.
    NothingFollows,
    /// It is a mark of a page that shows code.
    Fence,
}

/// The statements of a file, and the comments after the last one.
pub(super) fn split(text: &str) -> (Vec<Chunk>, Vec<Range<usize>>) {
    let margin = common_indent(text);
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut comments = Vec::new();
    let mut waits = false;
    for line in lines(text) {
        match line.sort(margin) {
            Sort::Blank => {}
            Sort::Comment => comments.push(line.content()),
            Sort::Text { continues } => {
                let prefix = is_prefix(line.text);
                let given = || chunks.last().is_some_and(|last: &Chunk| begins_scenario(text, last));
                let field = || is_field(line.text) && chunks.last().is_some_and(|last: &Chunk| lacks_fields(text, last));
                let declared = || chunks.last().is_some_and(|last: &Chunk| is_declaration(text, last));
                let can_only_continue = !continues && !waits && (can_only_continue(line.text, given) && !declared() || field());
                let goes_with = chunks.last().is_some_and(|last: &Chunk| goes_with(line.text, text.get(last.code.clone()).unwrap_or("")));
                if is_fence(line.text) {
                    chunks.push(Chunk { shape: Shape::Fence, ..line.chunk(false, false, core::mem::take(&mut comments)) });
                    waits = false;
                    continue;
                }
                match chunks.last_mut() {
                    Some(last) if goes_with => last.code.end = line.end(),
                    Some(last) if last.shape == Shape::Fence && continues => {
                        chunks.push(line.chunk(continues, prefix, core::mem::take(&mut comments)));
                    }
                    Some(last) if continues || waits || can_only_continue => {
                        last.code.end = line.end();
                        last.unindented.extend(can_only_continue.then_some(line.content().start));
                        comments.clear();
                        if waits && !prefix {
                            last.shape = Shape::Whole;
                        }
                        waits &= prefix;
                    }
                    _ => {
                        chunks.push(line.chunk(continues, prefix, core::mem::take(&mut comments)));
                        waits = prefix;
                    }
                }
            }
        }
    }
    (chunks, comments)
}

/// Is it one statement, as it stands? A change can make two of one, or leave only what belongs to the next.
pub(super) fn is_one_statement(code: &str) -> bool {
    let (chunks, _) = split(code);
    matches!(chunks.as_slice(), [one] if one.shape == Shape::Whole && one.unindented.is_empty())
}

/// The first statement of some code.
pub(super) fn first_statement(code: &str) -> &str {
    let (chunks, _) = split(code);
    let end = chunks.get(1).map_or(code.len(), |second| second.start);
    code.get(..end).unwrap_or(code)
}

/// A line without its break and the blanks around its text.
struct Line<'t> {
    start: usize,
    indent: usize,
    text: &'t str,
}

enum Sort {
    Blank,
    Comment,
    Text { continues: bool },
}

impl Line<'_> {
    fn sort(&self, margin: usize) -> Sort {
        match self.text.bytes().next() {
            None => Sort::Blank,
            Some(b'#') => Sort::Comment,
            Some(first) => Sort::Text { continues: self.indent > margin || matches!(first, b')' | b']' | b'}') },
        }
    }

    fn content(&self) -> Range<usize> {
        self.start.saturating_add(self.indent)..self.end()
    }

    fn end(&self) -> usize {
        self.start.saturating_add(self.indent).saturating_add(self.text.len())
    }

    fn chunk(&self, continues: bool, prefix: bool, comments: Vec<Range<usize>>) -> Chunk {
        let code = self.content();
        let own = if continues { self.start } else { code.start };
        let start = comments.first().map_or(own, |comment| comment.start);
        let shape = match (continues, prefix) {
            (true, _) => Shape::Indented,
            (false, true) => Shape::NothingFollows,
            (false, false) => Shape::Whole,
        };
        Chunk { start, code, indent: self.indent, shape, unindented: Vec::new(), comments }
    }
}

impl Chunk {
    /// The blanks before its first word.
    pub(super) fn indent(&self) -> Range<usize> {
        self.code.start.saturating_sub(self.indent)..self.code.start
    }
}

/// The lines of a text; a byte order mark before the first is no part of it.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0_usize;
    text.split_inclusive('\n').map(move |whole| {
        let mark = if start == 0 && whole.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let line = whole.get(mark..).unwrap_or("");
        let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)).trim_end_matches([' ', '\t']);
        let text = line.trim_start_matches([' ', '\t']);
        let made = Line { start: start.saturating_add(mark), indent: line.len().saturating_sub(text.len()), text };
        start = start.saturating_add(whole.len());
        made
    })
}

/// How many blanks every line with a text begins with.
fn common_indent(text: &str) -> usize {
    let with_text = lines(text).filter(|line| !line.text.is_empty() && !line.text.starts_with('#'));
    let mut least = usize::MAX;
    for line in with_text {
        least = least.min(line.indent);
        if least == 0 {
            break;
        }
    }
    least
}

/// Does it begin with a word that begins no statement?
pub(super) fn can_only_continue(line: &str, scenario_before: impl Fn() -> bool) -> bool {
    const WORDS: [&str; 9] = ["and", "or", "if", "unless", "because", "otherwise", "when", "expect", "satisfies"];
    let word = line.split([' ', '\t', '(', '"', ':']).next().unwrap_or("");
    // `if … then allow …` is a rule of its own, said the other way round.
    let has_own_verb = || line.ends_with(':') || line.split([' ', '\t']).any(|word| matches!(word, "allow" | "never" | "then"));
    let is_condition = matches!(word, "if" | "unless" | "when");
    WORDS.contains(&word) && !(is_condition && has_own_verb()) || (word == "given" && scenario_before())
}

/// Does a line at the margin make one mistake with the line above it? So do the rows of a table, and the steps of a scenario whose title
/// is missing.
fn goes_with(line: &str, before: &str) -> bool {
    const STEPS: [&str; 6] = ["given", "when", "then", "and", "but", "expect"];
    let first = |line: &str| line.split([' ', '\t', ':']).next().unwrap_or("").to_ascii_lowercase();
    let is_row = |line: &str| line.starts_with('|');
    is_row(line) && before.lines().last().is_some_and(is_row) || first(before) == "given" && STEPS.contains(&first(line).as_str())
}

/// A line of backticks, as it stands around code on a page.
fn is_fence(line: &str) -> bool {
    line.starts_with("```") && !line.trim_start_matches('`').contains('`')
}

/// Does it declare something? No condition follows a declaration.
fn is_declaration(text: &str, chunk: &Chunk) -> bool {
    let code = text.get(chunk.code.clone()).unwrap_or("");
    let mut words = code.split([' ', '\t', '\n', '\r', ':']).filter(|word| !word.is_empty()).take(4);
    match words.next() {
        Some("use" | "policy" | "act" | "fact" | "setting") => true,
        Some("a" | "an" | "the") => words.any(|word| matches!(word, "has" | "have")),
        _ => false,
    }
}

/// `a user has`, and nothing behind it but lines that should have been indented.
fn lacks_fields(text: &str, chunk: &Chunk) -> bool {
    let code = text.get(chunk.code.clone()).unwrap_or("");
    let first = code.lines().next().unwrap_or("").trim_end_matches([' ', '\t', ':', '\r']);
    let is_alone = code.lines().nth(1).is_none() || !chunk.unindented.is_empty();
    is_alone && is_declaration(text, chunk) && (first.ends_with(" has") || first.ends_with(" have"))
}

/// `name: text`
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, ty)| {
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        is_name && !ty.trim().is_empty() && !matches!(name, "rule" | "scenario" | "background")
    })
}

fn begins_scenario(text: &str, chunk: &Chunk) -> bool {
    let code = text.get(chunk.code.clone()).unwrap_or("");
    code.starts_with("scenario") || code.starts_with("background")
}

/// Is it a line that belongs to the next statement: `rule NAME:` or annotations, with nothing else on it?
fn is_prefix(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix('@') {
        let word = rest.find([' ', '\t', '#']).unwrap_or(rest.len());
        let rest = rest.get(word..).unwrap_or("").trim_start_matches([' ', '\t']);
        return is_literal_or_nothing(without_code(rest));
    }
    let Some(rest) = line.get(.."rule".len()).filter(|word| word.eq_ignore_ascii_case("rule")).and_then(|word| line.get(word.len()..))
    else {
        return false;
    };
    let name = rest.trim_start_matches([' ', '\t']);
    if name.len() == rest.len() {
        return false;
    }
    let colon = match name.strip_prefix('`') {
        Some(quoted) => quoted.find('`').map(|end| end.saturating_add(2)),
        None => name.find([' ', '\t', ':', '#', '"']),
    };
    let after = colon.and_then(|at| name.get(at..)).unwrap_or("").trim_start_matches([' ', '\t']);
    after.strip_prefix(':').is_some_and(|rest| is_nothing(rest.trim_start_matches([' ', '\t'])))
}

fn is_nothing(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('#')
}

/// What follows the code of `@accept E47 "why"`, if there is one.
fn without_code(rest: &str) -> &str {
    let end = rest.find([' ', '\t', '#']).unwrap_or(rest.len());
    let (word, after) = (rest.get(..end).unwrap_or(""), rest.get(end..).unwrap_or(""));
    let digits = word.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or("");
    let is_code = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { after.trim_start_matches([' ', '\t']) } else { rest }
}

/// What may stand after an annotation's name: a text, a number with its unit, `yes`, `no`, `none`, or nothing.
fn is_literal_or_nothing(rest: &str) -> bool {
    let mut characters = rest.char_indices();
    let end = match characters.next() {
        None | Some((_, '#')) => return true,
        Some((_, open @ ('"' | '“'))) => {
            let close = if open == '"' { '"' } else { '”' };
            let mut escaped = false;
            let end = characters.find(|&(_, c)| {
                let ends = c == close && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |(at, c)| at.saturating_add(c.len_utf8()))
        }
        Some((_, '0'..='9' | '-')) => {
            let words = rest.split([' ', '\t']).filter(|word| !word.is_empty()).take_while(|word| !word.starts_with('#'));
            return words.count() <= 2;
        }
        Some(_) => rest.find([' ', '\t', '#']).unwrap_or(rest.len()),
    };
    let (value, after) = (rest.get(..end).unwrap_or(""), rest.get(end..).unwrap_or(""));
    let literal = value.starts_with(['"', '“']) || ["yes", "no", "none"].contains(&value);
    literal && is_nothing(after.trim_start_matches([' ', '\t']))
}
