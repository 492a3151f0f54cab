//! The request as a frame may show it: what is not cited is left out.
//!
//! In: the text of a request, and the values that an explanation cites, with their places. Out: the same lines, in which every
//! other value is `…`, and where each place has gone. So nothing private is shown because it stands beside something that is not,
//! and what is shown is what is spoken of.

use onlyif::Value;
use std::ops::Range;

/// A value that is cited: where it stands, and what is shown of it; none where it is private.
pub(crate) type Cited<'v> = (Range<usize>, Option<&'v Value>);

pub(crate) struct Masked {
    pub(crate) text: String,
    /// Where values began and ended, and where they do now, in order.
    moved: Vec<(usize, usize)>,
}

impl Masked {
    pub(crate) fn of(text: &str, cited: &[Cited<'_>]) -> Self {
        let mut mask = Mask { text, cited, masked: Masked { text: String::new(), moved: Vec::new() } };
        let start = mask.blanks(0);
        let end = mask.value(start, None, false);
        mask.masked.text.push_str(text.get(end..).unwrap_or(""));
        mask.masked
    }

    /// Where a place has gone.
    pub(crate) fn at(&self, place: usize) -> usize {
        let at = self.moved.partition_point(|&(before, _)| before < place);
        self.moved.get(at).map_or(self.text.len(), |&(_, now)| now)
    }
}

struct Mask<'t> {
    text: &'t str,
    cited: &'t [Cited<'t>],
    masked: Masked,
}

impl Mask<'_> {
    /// Copies a value as far as it is cited; gives its end. It recurses as deep as the request nests, which is limited.
    fn value(&mut self, start: usize, shown: Option<&Value>, is_table: bool) -> usize {
        let end = end_of(self.text, start);
        let own = self.cited.iter().find(|(range, _)| *range == (start..end));
        let shown = own.map_or(shown, |(_, value)| *value);
        self.masked.moved.push((start, self.masked.text.len()));
        let has_cited = self.cited.iter().any(|(range, _)| start <= range.start && range.end <= end && *range != (start..end));
        match (self.text.as_bytes().get(start), shown) {
            (Some(b'{'), Some(Value::Record(_) | Value::Text(_) | Value::Number(_))) => self.members(start, end, shown, is_table),
            (Some(b'['), Some(Value::List(_))) => self.elements(start, end, shown),
            (Some(b'{'), _) if has_cited => self.members(start, end, None, is_table),
            (Some(b'['), _) if has_cited => self.elements(start, end, None),
            (Some(b'{' | b'['), _) => self.left_out(start, end),
            (_, Some(_)) => self.copy(start, end),
            (_, None) => self.masked.text.push('…'),
        }
        self.masked.moved.push((end, self.masked.text.len()));
        end
    }

    fn members(&mut self, start: usize, end: usize, shown: Option<&Value>, is_table: bool) {
        let is_legible = |(range, value): &Cited<'_>| value.is_some() && start <= range.start && range.end <= end;
        let names_are_shown = !is_table && (self.cited.iter().any(is_legible) || matches!(shown, Some(Value::Record(_))));
        let mut at = self.bracket(start);
        while self.text.as_bytes().get(at) == Some(&b'"') {
            let end_of_key = end_of(self.text, at);
            let key = self.text.get(at + 1..end_of_key - 1).unwrap_or("");
            let colon = end_of_key + self.text.get(end_of_key..).and_then(|rest| rest.find(':')).unwrap_or(0);
            let value = colon + 1 + blanks(self.text, colon + 1);
            let below = match shown {
                Some(Value::Record(record)) => record.get(key),
                // Of a thing its id is shown.
                Some(_) if key == "id" => shown,
                Some(_) | None => None,
            };
            let holds = self.cited.iter().any(|(range, _)| value <= range.start && range.end <= end_of(self.text, value));
            if names_are_shown || holds || below.is_some() {
                self.copy(at, end_of_key);
            } else {
                self.masked.text.push('…');
            }
            self.copy(end_of_key, value);
            let is_table = start == blanks(self.text, 0) && key == "entities";
            at = self.value(value, below, is_table);
            at = self.separator(at);
        }
        self.copy(at, end);
    }

    fn elements(&mut self, start: usize, end: usize, shown: Option<&Value>) {
        let mut at = self.bracket(start);
        let mut number = 0;
        while !matches!(self.text.as_bytes().get(at), Some(b']') | None) {
            let below = if let Some(Value::List(items)) = shown { items.get(number) } else { None };
            at = self.value(at, below, false);
            at = self.separator(at);
            number += 1;
        }
        self.copy(at, end);
    }

    /// What is in brackets, with its lines, so that those after it keep their numbers.
    fn left_out(&mut self, start: usize, end: usize) {
        let inside = self.text.get(start + 1..end - 1).unwrap_or("");
        self.copy(start, start + 1);
        if !inside.trim().is_empty() {
            self.masked.text.push('…');
        }
        self.masked.text.extend(inside.chars().filter(|c| *c == '\n'));
        self.copy(end - 1, end);
    }

    fn bracket(&mut self, at: usize) -> usize {
        self.copy(at, at + 1);
        self.blanks(at + 1)
    }

    /// A comma, if there is one, and the blanks around it.
    fn separator(&mut self, at: usize) -> usize {
        let at = self.blanks(at);
        if self.text.as_bytes().get(at) != Some(&b',') {
            return at;
        }
        self.bracket(at)
    }

    fn blanks(&mut self, at: usize) -> usize {
        let end = at + blanks(self.text, at);
        self.copy(at, end);
        end
    }

    fn copy(&mut self, start: usize, end: usize) {
        self.masked.text.push_str(self.text.get(start..end).unwrap_or(""));
    }
}

/// How many blanks stand at a place.
fn blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len()
}

/// Where the value or key that starts here ends. The text has been read: it is JSON.
fn end_of(text: &str, start: usize) -> usize {
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' if is_quoted => {
                is_quoted = false;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ if is_quoted => {}
            b'"' => is_quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str, cited: &[(&str, Option<Value>)]) -> String {
        let cited: Vec<Cited<'_>> = cited
            .iter()
            .filter_map(|(words, value)| {
                let start = text.find(words)?;
                Some((start..start + words.len(), value.as_ref()))
            })
            .collect();
        let masked = Masked::of(text, &cited);
        for (range, value) in &cited {
            let words = masked.text.get(masked.at(range.start)..masked.at(range.end));
            assert!(words.is_some_and(|words| value.is_none() || !words.is_empty()), "{}", masked.text);
        }
        masked.text
    }

    #[test]
    fn only_what_is_cited_is_legible() {
        let text = "{\"user\": {\"pin\": \"4711\", \"level\": 3, \"keys\": {\"a\": 1}},\r\n \"more\": [1,\n 2], \"last\": true }\n";
        let three = Some(Value::from(3));
        let wanted = "{\"user\": {\"pin\": …, \"level\": 3, \"keys\": {…}},\r\n \"more\": […\n], \"last\": … }\n";
        assert_eq!(masked(text, &[("3", three)]), wanted);
        assert_eq!(masked(text, &[("\"4711\"", None)]), "{\"user\": {\"pin\": …, …: …, …: {…}},\r\n …: […\n], …: … }\n");
        assert_eq!(masked("\u{feff}{\"a\":[]}", &[]), "\u{feff}{…}");
    }

    #[test]
    fn a_thing_is_shown_by_its_id() {
        let text = r#"{"user": {"id": "ann", "pin": "4\"7"}, "entities": {"user:bob": {"in": ["x"]}, "user:ann": {"in": []}}}"#;
        let ann = Some(Value::from("ann"));
        let found = masked(text, &[(r#"{"id": "ann", "pin": "4\"7"}"#, ann), (r#"["x"]"#, Some(Value::from(vec!["x"])))]);
        assert_eq!(found, r#"{"user": {"id": "ann", "pin": …}, "entities": {"user:bob": {"in": ["x"]}, …: {…}}}"#);
    }
}
