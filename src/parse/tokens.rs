//! The words and signs of a statement, for finding out why it could not be read.
//!
//! In: code that the scan has passed. Out: tokens in order, without blanks and comments. The grammar does not use them.

use alloc::vec::Vec;
use core::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A word or a name, with the fields after it.
    Word,
    /// A number, date or other literal that begins with a digit.
    Number,
    /// A text or a name in backticks.
    Quoted,
    /// Anything else.
    Sign,
}

/// A word or sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) sort: Sort,
    pub(super) text: &'t str,
    pub(super) start: usize,
    /// Does it begin a line?
    pub(super) begins_line: bool,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start.saturating_add(self.text.len())
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end()
    }
}

/// All tokens of a statement.
pub(super) fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut begins_line = true;
    while let Some(rest) = code.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let (sort, length) = match first {
            '\n' => {
                begins_line = true;
                at = at.saturating_add(1);
                continue;
            }
            ' ' | '\t' | '\r' => {
                at = at.saturating_add(1);
                continue;
            }
            '#' => {
                at = at.saturating_add(rest.find('\n').unwrap_or(rest.len()));
                continue;
            }
            '"' => (Sort::Quoted, text_length(rest)),
            '“' | '`' => {
                let close = if first == '`' { '`' } else { '”' };
                let length = rest.char_indices().skip(1).find(|&(_, c)| c == close);
                (Sort::Quoted, length.map_or(rest.len(), |(end, c)| end.saturating_add(c.len_utf8())))
            }
            '0'..='9' => {
                (Sort::Number, length_while(rest, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b':' | b'/')))
            }
            'a'..='z' | 'A'..='Z' => {
                (Sort::Word, length_while(rest, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')))
            }
            other => (Sort::Sign, sign_length(rest, other)),
        };
        let text = rest.get(..length).unwrap_or(rest);
        let text = if sort == Sort::Word || sort == Sort::Number { text.trim_end_matches(['.', '-', ':', '/']) } else { text };
        tokens.push(Token { sort, text, start: at, begins_line });
        begins_line = false;
        at = at.saturating_add(text.len().max(1));
    }
    tokens
}

fn length_while(rest: &str, goes_on: impl Fn(u8) -> bool) -> usize {
    rest.bytes().take_while(|&byte| goes_on(byte)).count()
}

fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.bytes().enumerate().skip(1).find(|&(_, byte)| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(at, _)| at.saturating_add(1))
}

/// Signs that are written with two or three characters are one token.
fn sign_length(rest: &str, first: char) -> usize {
    const LONG: [&str; 14] = ["===", "!==", "//", "/*", "*/", ":=", "->", "=>", "==", "!=", "<=", ">=", "&&", "||"];
    LONG.iter().find(|sign| rest.starts_with(**sign)).map_or(first.len_utf8(), |sign| sign.len())
}
