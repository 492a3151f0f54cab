//! Finds where a value stands in a JSON text, by its key path.
//!
//! In: a text that the decoder has accepted (or the accepted object of one), and the keys and indices that lead to the
//! value. Out: byte ranges. It is asked only by messages, so it reads the text again instead of having the decoder
//! remember places that almost nobody wants.

use super::cursor::Cursor;
use alloc::borrow::Cow;
use core::ops::Range;

/// One step of a key path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step<'p> {
    /// Into the member of this name, after its escapes are read.
    Key(&'p str),
    /// Into the element of this index, from 0.
    Index(usize),
}

/// The bytes of the value at a key path; of an empty path, of the whole value.
pub(crate) fn locate(text: &str, path: &[Step<'_>]) -> Option<Range<usize>> {
    let mut cursor = Cursor::start_of(text);
    cursor.next_byte()?;
    let mut at = cursor.place();
    for step in path {
        at = match *step {
            Step::Key(key) => members(text, at).find(|member| member.key == key)?.value_start,
            Step::Index(index) => elements(text, at).nth(index)?,
        };
    }
    Some(at..end_of_value(text, at)?)
}

/// The bytes of the key, quotes included, of the member at a key path.
pub(super) fn locate_key(text: &str, path: &[Step<'_>]) -> Option<Range<usize>> {
    let (Step::Key(key), before) = path.split_last()? else { return None };
    let object = locate(text, before)?;
    members(text, object.start).find(|member| member.key == *key).map(|member| member.key_range)
}

/// A member of an object.
pub(super) struct Member<'t> {
    pub(super) key: Cow<'t, str>,
    pub(super) key_range: Range<usize>,
    value_start: usize,
}

/// The members of the object that starts at `start`; none where no object starts there.
pub(super) fn members(text: &str, start: usize) -> impl Iterator<Item = Member<'_>> {
    let mut next = after_bracket(text, start, b'{');
    core::iter::from_fn(move || {
        let mut cursor = Cursor::at(text, next?);
        if cursor.next_byte()? != b'"' {
            return None;
        }
        let key_start = cursor.place();
        let key = cursor.text().ok()?;
        let key_range = key_start..cursor.place();
        if cursor.next_byte()? != b':' {
            return None;
        }
        cursor.step();
        cursor.next_byte()?;
        let value_start = cursor.place();
        next = after_comma(text, end_of_value(text, value_start)?);
        Some(Member { key, key_range, value_start })
    })
}

/// Where the elements of the list that starts at `start` begin.
fn elements(text: &str, start: usize) -> impl Iterator<Item = usize> {
    let mut next = after_bracket(text, start, b'[');
    core::iter::from_fn(move || {
        let mut cursor = Cursor::at(text, next?);
        if cursor.next_byte()? == b']' {
            return None;
        }
        let element = cursor.place();
        next = after_comma(text, end_of_value(text, element)?);
        Some(element)
    })
}

fn after_bracket(text: &str, start: usize, bracket: u8) -> Option<usize> {
    let mut cursor = Cursor::at(text, start);
    (cursor.next_byte()? == bracket).then(|| cursor.place() + 1)
}

fn after_comma(text: &str, end: usize) -> Option<usize> {
    let mut cursor = Cursor::at(text, end);
    (cursor.next_byte()? == b',').then(|| cursor.place() + 1)
}

/// Where the value that starts at `start` ends. Brackets are counted, not matched: the text has been accepted.
fn end_of_value(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut depth = 0_usize;
    loop {
        match *bytes.get(at)? {
            b'"' => at = end_of_text(bytes, at)?,
            b'[' | b'{' => {
                depth += 1;
                at += 1;
            }
            b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => {
                at += 1;
                continue;
            }
            _ => {
                let rest = bytes.get(at..)?;
                let ends = |&byte: &u8| matches!(byte, b',' | b':' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
                at += rest.iter().position(ends).unwrap_or(rest.len());
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

fn end_of_text(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        match *bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::read::decode::decode;
    use crate::value::Value;
    use alloc::vec::Vec;

    /// Every value below `at` is found again by its path, and its bytes are that value.
    fn all_found<'v>(text: &str, at: &'v Value, path: &mut Vec<Step<'v>>) -> usize {
        let range = locate(text, path);
        let words = range.and_then(|range| text.get(range)).unwrap_or("");
        assert_eq!(decode(words, &Limits::default()).ok().as_ref(), Some(at), "{path:?}");
        let mut below = |step, value| {
            path.push(step);
            let found = all_found(text, value, path);
            path.pop();
            found
        };
        let found = if let Value::List(items) = at {
            items.iter().enumerate().map(|(index, item)| below(Step::Index(index), item)).sum()
        } else if let Value::Record(record) = at {
            record.iter().map(|(key, value)| below(Step::Key(key), value)).sum()
        } else {
            0
        };
        found + 1
    }

    #[test]
    fn every_value_is_found() {
        let text = "\u{feff} { \"a\" : [ 1 , [ ] , \"]\\\"}\" , { } ] ,\n\"\\u0062\\\\\":{\"c\":null,\"\":[[true]]} , \"é\":-1.5e2 }\n";
        let Ok(whole) = decode(text, &Limits::default()) else { return assert_eq!(text, "accepted") };
        assert_eq!(all_found(text, &whole, &mut Vec::new()), 12);
        assert_eq!(locate(text, &[Step::Key("b")]), None);
        assert_eq!(locate(text, &[Step::Key("a"), Step::Index(4)]), None);
        assert_eq!(locate(text, &[Step::Key("a"), Step::Key("a")]), None);
        assert_eq!(locate_key(text, &[Step::Key("b\\")]).and_then(|range| text.get(range)), Some("\"\\u0062\\\\\""));
        assert_eq!(locate("", &[]), None);
    }
}
