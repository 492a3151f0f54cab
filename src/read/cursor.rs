//! The small parts of JSON (RFC 8259): blanks, texts, numbers and the three words.
//!
//! In: a text and a place in it. Out: what stands there, and the place after it. Nothing is repaired: a lone surrogate, a
//! control character in a text or a number that cannot be held exactly is refused. What texts and numbers build
//! together is the decoder's business.

use super::fault::{Fault, cut};
use crate::code::Code;
use crate::value::{Decimal, NumberError, Value};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::ops::Range;

/// A place in a text.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The start of a text, after a byte order mark.
    pub(super) fn start_of(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at }
    }

    pub(super) fn at(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// The byte that stands here, after blanks.
    pub(super) fn next_byte(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Goes past one byte, which must be ASCII.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// The bytes of the character that stands here; empty at the end.
    pub(super) fn here(&self) -> Range<usize> {
        let length = self.slice(self.at..self.text.len()).chars().next().map_or(0, char::len_utf8);
        self.at..self.at + length
    }

    /// The word that stands here: letters, digits and what numbers are made of.
    fn word(&self) -> Range<usize> {
        let rest = self.slice(self.at..self.text.len());
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.');
        let length = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        self.at..self.at + length
    }

    /// Reads `true`, `false` or `null`.
    pub(super) fn literal(&mut self) -> Result<Value, Fault> {
        let word = self.word();
        let value = match self.slice(word.clone()) {
            "true" => Value::YesNo(true),
            "false" => Value::YesNo(false),
            "null" => Value::None,
            other => return Err(other_word(word, other)),
        };
        self.at = word.end;
        Ok(value)
    }

    /// Reads a number, exactly.
    pub(super) fn number(&mut self) -> Result<Value, Fault> {
        let word = self.word();
        let number = Decimal::parse_json(self.slice(word.clone())).map_err(|error| match error {
            NumberError::TooManyDigits | NumberError::TooFine | NumberError::TooLarge => {
                Fault::new(Code::NumberRange, word.clone(), format!("{error}"))
            }
            NumberError::Empty
            | NumberError::Unexpected(_)
            | NumberError::MissingWholePart
            | NumberError::MissingFraction
            | NumberError::MissingExponent
            | NumberError::MisplacedUnderscore
            | NumberError::LeadingZero => Fault::not_json(word.clone(), format!("{error}")),
        })?;
        self.at = word.end;
        Ok(Value::Number(number))
    }

    /// Reads a text whose opening quote stands here. It is borrowed where it has no escape.
    pub(super) fn text(&mut self) -> Result<Cow<'t, str>, Fault> {
        let open = self.at;
        self.at += 1;
        let mut from = self.at;
        let mut decoded: Option<String> = None;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
            let ends_piece = |&byte: &u8| byte < b' ' || byte == b'"' || byte == b'\\';
            let length = rest.iter().position(ends_piece).unwrap_or(rest.len());
            self.at += length;
            let piece = self.slice(from..self.at);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(match decoded {
                        Some(start) => Cow::Owned(start + piece),
                        None => Cow::Borrowed(piece),
                    });
                }
                Some(b'\\') => {
                    let decoded = decoded.get_or_insert_default();
                    decoded.push_str(piece);
                    decoded.push(self.escape()?);
                    from = self.at;
                }
                Some(control) => return Err(control_character(self.here(), control)),
                None => return Err(Fault::not_json(open..open + 1, "this text is never closed: a `\"` is missing")),
            }
        }
    }

    /// Reads the escape that stands here.
    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        self.at += 1;
        let c = match self.byte() {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            Some(_) => {
                let range = start..self.here().end;
                let message = format!("JSON has no escape `{}`", cut(self.slice(range.clone())));
                return Err(Fault::not_json(range, message).help("write `\\\\` for a backslash"));
            }
            None => return Err(Fault::not_json(start..self.at, "the text ends within an escape")),
        };
        self.at += 1;
        Ok(c)
    }

    /// Reads the rest of `\u…`, whose `u` stands here: one unit, or a pair of surrogates.
    fn unicode_escape(&mut self, start: usize) -> Result<char, Fault> {
        self.at += 1;
        let first = self.four_digits(start)?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        let lone = |end: usize| {
            let message = format!("`\\u{first:04x}` is half of a pair of surrogates");
            Fault::not_json(start..end, message).help("write both halves, or the character itself")
        };
        if first >= 0xdc00 || !self.slice(self.at..self.text.len()).starts_with("\\u") {
            return Err(lone(self.at));
        }
        let second_start = self.at;
        self.at += 2;
        let second = self.four_digits(second_start)?;
        if !(0xdc00..=0xdfff).contains(&second) {
            return Err(lone(second_start));
        }
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or_else(|| lone(self.at))
    }

    fn four_digits(&mut self, start: usize) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(Fault::not_json(start..self.at, "four hexadecimal digits follow `\\u`, as in `\\u00e9`"));
        };
        self.at += 4;
        Ok(unit)
    }
}

fn control_character(range: Range<usize>, control: u8) -> Fault {
    let message = format!("a text cannot hold the control character U+{control:04X} as it is");
    let help = match control {
        b'\n' => "close the text on its own line, or write `\\n` for a line break".into(),
        b'\t' => "write `\\t`".into(),
        _ => format!("write `\\u{control:04x}`"),
    };
    Fault::not_json(range, message).help(help)
}

/// A word that is no value, often one of another notation.
fn other_word(range: Range<usize>, word: &str) -> Fault {
    let shown = cut(word);
    let written = match word.to_lowercase().as_str() {
        "true" | "yes" | "on" => "true",
        "false" | "no" | "off" => "false",
        "null" | "none" | "nil" | "undefined" => "null",
        "nan" | "infinity" | "inf" => {
            return Fault::not_json(range, format!("`{shown}` is no number")).help("leave the key out where the value is not known");
        }
        _ => {
            return Fault::not_json(range, format!("`{shown}` is no JSON value"))
                .help(format!("a text stands in double quotes: `\"{shown}\"`"));
        }
    };
    Fault::not_json(range, format!("`{shown}` is written `{written}` in JSON"))
}
