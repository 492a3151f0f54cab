//! One pass over a statement before the grammar sees it.
//!
//! In: the statement's code. Out: diagnostics for what would make the grammar fail in a far place or recurse too deep
//! (quotes, brackets, nesting, sizes, characters that cannot be seen), and the comments. Linear, without recursion.

mod characters;
mod names;
mod quotes;

use super::mistakes;
use super::nesting::Nesting;
use super::site::Site;
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::source::Span;
use crate::tree::RESERVED;
use alloc::vec::Vec;

pub(super) use characters::check as check_characters;

/// Scans the statement at `site`; its comments go to `comments`.
pub(super) fn scan(site: Site<'_>, limits: &Limits, found: &mut Vec<Diagnostic>, comments: &mut Vec<Span>) {
    if site.code.len() > limits.statement_bytes {
        found.push(mistakes::statement_too_long(site.span(0..1), "a statement", site.code.len(), limits.statement_bytes));
        return;
    }
    let before = found.len();
    check_characters(site, 0..site.code.len(), found);
    let mut scan = Scan { site, limits, found, at: 0, line: 0, line_is_new: true, nesting: Nesting::new(limits.nesting), first: "" };
    scan.run(comments);
    if scan.found.len() == before {
        scan.check_closed();
    }
}

/// How many letters and digits stand before the bracket of `iii)`.
const LONGEST_BULLET: usize = 3;

/// Where the scan is.
struct Scan<'s, 't> {
    site: Site<'t>,
    limits: &'s Limits,
    found: &'s mut Vec<Diagnostic>,
    at: usize,
    /// Where the current line starts.
    line: usize,
    /// Has nothing of the current line been read yet?
    line_is_new: bool,
    nesting: Nesting,
    /// The first word of the statement.
    first: &'t str,
}

impl<'t> Scan<'_, 't> {
    /// Reads to the end of the statement, or to what makes the rest unreadable.
    fn run(&mut self, comments: &mut Vec<Span>) {
        while let Some(&byte) = self.site.code.as_bytes().get(self.at) {
            let goes_on = match byte {
                b' ' | b'\t' | b'\r' => self.step(1),
                b'\n' => self.line_ends(),
                b'#' => {
                    let end = self.end_of_line();
                    comments.push(self.site.span(self.at..end));
                    self.at = end;
                    true
                }
                _ => {
                    let goes_on = self.token(byte);
                    self.line_is_new = false;
                    goes_on
                }
            };
            if !goes_on {
                return;
            }
        }
        self.line_ends();
    }

    fn token(&mut self, byte: u8) -> bool {
        match byte {
            b'"' | b'\'' | b'`' | 0xe2 => self.quote(byte),
            b'(' | b'[' | b'{' => {
                self.nesting.open(byte, self.at);
                self.step(1) && self.check_depth()
            }
            b')' | b']' | b'}' => self.close(byte),
            b'a'..=b'z' | b'A'..=b'Z' => self.word(),
            b'0'..=b'9' => {
                let length = self.rest().bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')).count();
                self.step(length)
            }
            b'+' | b'-' | b'*' | b'/' | b'^' => {
                self.nesting.operator();
                self.step(1) && self.check_depth()
            }
            b'!' => {
                self.nesting.word("not");
                self.step(1) && self.check_depth()
            }
            b',' | b':' | b';' | b'<' | b'>' | b'=' | b'&' | b'|' => {
                self.nesting.sentence_ends();
                self.step(1)
            }
            b'.' => {
                let length =
                    self.rest().bytes().skip(1).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
                self.step(length.saturating_add(1))
            }
            _ => self.step(self.rest().chars().next().map_or(1, char::len_utf8)),
        }
    }

    fn word(&mut self) -> bool {
        let rest = self.rest();
        let word = rest.get(..name_length(rest)).unwrap_or("");
        if self.first.is_empty() {
            self.first = word;
        }
        if self.line_is_new && word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.check_capitals(word);
        }
        self.nesting.word(word);
        self.step(word.len()) && self.check_depth()
    }

    /// A word of the language in capitals at the beginning of a line, as in `Allow read document`.
    fn check_capitals(&mut self, word: &str) {
        let after = self.rest().get(word.len()..).unwrap_or("").trim_start_matches([' ', '\t']);
        let small = word.to_ascii_lowercase();
        let opens = self.at == 0 || self.first.eq_ignore_ascii_case("rule");
        let claimed = match small.as_str() {
            "given" => self.first.eq_ignore_ascii_case("scenario") || self.first.eq_ignore_ascii_case("background"),
            "scenario" | "use" => opens && after.starts_with(['"', '“']),
            "rule" => opens && after.get(name_length(after)..).is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(':')),
            "background" => opens && (after.is_empty() || after.starts_with(['\n', '\r']) || after.starts_with("given")),
            // `AND`, `OR` and `NOT` are told of with what they join.
            _ if matches!(small.as_str(), "and" | "or" | "not") => false,
            // Steps without a scenario are one mistake.
            _ if self.first.eq_ignore_ascii_case("given") => false,
            _ => RESERVED.contains(&small.as_str()) && !after.starts_with(':') && self.nesting.is_in_sentence(),
        };
        if claimed {
            let at = self.site.span(self.at..self.at.saturating_add(word.len()));
            self.found.push(mistakes::capital_word(at, word));
        }
    }

    fn close(&mut self, bracket: u8) -> bool {
        let at = self.site.span(self.at..self.at.saturating_add(1));
        let before = self.site.code.get(..self.at).unwrap_or("");
        if bracket == b')' && (1..=LONGEST_BULLET).contains(&before.len()) && before.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            // `a)` numbers a rule, and `understand` knows what to say of that.
            return self.step(1);
        }
        match self.nesting.close(bracket) {
            Ok(()) => self.step(1) && self.check_depth(),
            Err(mismatch) => {
                let opened = mismatch.opened.map(|(open, start)| (char::from(open), self.site.span(start..start.saturating_add(1))));
                let words = |word: &str| matches!(word, "and" | "or" | "not" | "unless" | "AND" | "OR" | "&&" | "||");
                let sure = !before.split([' ', '\t', '\n', '\r']).any(words) && !before.contains('!');
                self.found.push(mistakes::bracket_not_closed(at, Some(char::from(bracket)), opened, sure, None));
                false
            }
        }
    }

    fn check_closed(&mut self) {
        if let Some((open, start)) = self.nesting.never_closed() {
            let at = self.site.span(start..start.saturating_add(1));
            let last_line = self.site.code.lines().last().unwrap_or("");
            let end = (!last_line.contains('#')).then(|| self.site.whole().after());
            self.found.push(mistakes::bracket_not_closed(at, None, Some((char::from(open), at)), false, end));
        }
    }

    fn check_depth(&mut self) -> bool {
        if !self.nesting.is_too_deep() {
            return true;
        }
        let at = self.site.span(self.at.saturating_sub(1)..self.at);
        self.found.push(mistakes::nested_too_deep(at, self.limits.nesting));
        false
    }

    fn line_ends(&mut self) -> bool {
        let length = self.at.saturating_sub(self.line);
        if length > self.limits.line_bytes {
            let at = self.site.span(self.line..self.line.saturating_add(1));
            self.found.push(mistakes::statement_too_long(at, "a line", length, self.limits.line_bytes));
            return false;
        }
        self.line = self.at.saturating_add(1);
        self.line_is_new = true;
        self.step(1)
    }

    fn step(&mut self, bytes: usize) -> bool {
        self.at = self.at.saturating_add(bytes);
        true
    }

    fn rest(&self) -> &'t str {
        self.site.code.get(self.at..).unwrap_or("")
    }

    fn end_of_line(&self) -> usize {
        self.rest().find('\n').map_or(self.site.code.len(), |length| self.at.saturating_add(length))
    }
}

/// How many bytes the name at the start of `rest` has.
fn name_length(rest: &str) -> usize {
    rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count()
}
