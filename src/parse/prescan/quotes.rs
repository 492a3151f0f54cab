//! Texts, names in backticks, and the marks that look like quotes.

use super::Scan;
use crate::parse::mistakes;
use alloc::format;
use alloc::string::String;

impl<'t> Scan<'_, 't> {
    /// What the quote at this place opens. Nothing after a quote that is never closed can be trusted.
    pub(super) fn quote(&mut self, byte: u8) -> bool {
        let rest = self.rest();
        let line = rest.get(..self.end_of_line().saturating_sub(self.at)).unwrap_or("").trim_end_matches('\r');
        match byte {
            b'"' => self.text(line),
            b'`' => self.backticks(line),
            b'\'' => self.apostrophe(line, '\''),
            _ if line.starts_with("’s ") => self.apostrophe(line, '’'),
            _ if line.starts_with(['“', '”']) => self.curly(line),
            _ => self.step(rest.chars().next().map_or(1, char::len_utf8)),
        }
    }

    fn text(&mut self, line: &'t str) -> bool {
        let mut characters = line.char_indices().skip(1).peekable();
        let (mut curly, mut inner) = (None, false);
        while let Some((at, c)) = characters.next() {
            match c {
                '"' => return self.step(at.saturating_add(1)),
                '“' => inner = true,
                '”' if !inner => curly = curly.or(Some(at)),
                '\\' => {
                    let length = escape_length(line.get(at..).unwrap_or(""));
                    if length == 0 {
                        self.refuse_escape(at, line);
                    }
                    while characters.next_if(|next| next.0 < at.saturating_add(length.max(2))).is_some() {}
                }
                _ => {}
            }
        }
        match curly {
            Some(at) => self.refuse_pair(line, at, '”'),
            None => self.refuse_open(line, "\""),
        }
    }

    fn curly(&mut self, line: &'t str) -> bool {
        let opens = line.starts_with('“');
        let start = '“'.len_utf8();
        let inside = line.get(start..).unwrap_or("");
        let Some(close) = inside.find(['“', '”', '"']) else { return self.refuse_open(line, "”") };
        let mark = inside.get(close..).and_then(|rest| rest.chars().next()).unwrap_or('”');
        let end = start.saturating_add(close);
        if !opens || mark != '”' {
            return self.refuse_pair(line, end, mark);
        }
        for (at, _) in inside.get(..close).unwrap_or("").match_indices('\\') {
            let at = start.saturating_add(at);
            if escape_length(line.get(at..end).unwrap_or("")) == 0 {
                self.refuse_escape(at, line);
            }
        }
        self.step(end.saturating_add(mark.len_utf8()))
    }

    /// A text between two quotes that do not belong together.
    fn refuse_pair(&mut self, line: &str, close: usize, mark: char) -> bool {
        let open = line.chars().next().unwrap_or('"');
        let end = close.saturating_add(mark.len_utf8());
        let inside = line.get(open.len_utf8()..close).unwrap_or("");
        let at = self.site.span(self.at..self.at.saturating_add(end));
        self.found.push(mistakes::quotes_differ(at, open, mark, &format!("\"{inside}\"")));
        self.step(end)
    }

    fn refuse_open(&mut self, line: &str, close: &str) -> bool {
        let at = self.site.span(self.at..self.at.saturating_add(line.len()));
        self.found.push(mistakes::text_not_closed(at, close));
        self.step(line.len())
    }

    fn refuse_escape(&mut self, at: usize, line: &str) {
        let rest = line.get(at..).unwrap_or("");
        let length = rest.chars().take(2).map(char::len_utf8).sum::<usize>();
        let start = self.at.saturating_add(at);
        let span = self.site.span(start..start.saturating_add(length));
        self.found.push(mistakes::unknown_escape(span, rest.get(..length).unwrap_or("")));
    }

    fn backticks(&mut self, line: &str) -> bool {
        match line.get(1..).and_then(|inside| inside.find('`')) {
            Some(length) => self.step(length.saturating_add(2)),
            None => self.refuse_open(line, "`"),
        }
    }

    /// `'text'` or `user's`.
    fn apostrophe(&mut self, line: &str, mark: char) -> bool {
        let before = self.site.code.get(..self.at).unwrap_or("");
        let word = before.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')).count();
        let owner = before.get(before.len().saturating_sub(word)..).unwrap_or("");
        let after = line
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_prefix('s'))
            .map(|rest| rest.len().saturating_sub(rest.trim_start_matches([' ', '\t']).len()));
        if let Some(blanks) = after.filter(|&blanks| blanks > 0 && !owner.is_empty()) {
            let end = self.at.saturating_add(mark.len_utf8()).saturating_add(1);
            let replaced = self.site.span(self.at..end.saturating_add(blanks));
            let what = line.get(mark.len_utf8().saturating_add(1)..).unwrap_or("").trim_start_matches([' ', '\t']);
            let what = what.get(..super::name_length(what)).unwrap_or("");
            self.found.push(mistakes::possessive(self.site.span(self.at..end), replaced, owner, what));
            return self.step(mark.len_utf8().saturating_add(1));
        }
        if !owner.is_empty() {
            return self.step(mark.len_utf8());
        }
        let inside = line.get(1..).and_then(|rest| rest.find('\'').and_then(|close| rest.get(..close)));
        let length = inside.map_or(line.len(), |inside| inside.len().saturating_add(2));
        let meant = inside.filter(|inside| !inside.contains(['"', '\\'])).map(|inside| format!("\"{inside}\""));
        let at = self.site.span(self.at..self.at.saturating_add(length));
        self.found.push(mistakes::single_quotes(at, meant.as_deref()));
        self.step(length)
    }
}

/// How many bytes the escape at the start of `rest` has; 0 where it is none of a text.
fn escape_length(rest: &str) -> usize {
    let mut characters = rest.chars().skip(1);
    match characters.next() {
        Some('"' | '\\' | 'n' | 't') => 2,
        Some('u') => {
            let digits: Option<String> =
                rest.get(3..).filter(|_| rest.starts_with("\\u{")).and_then(|digits| digits.split_once('}')).map(|split| split.0.into());
            let scalar = digits.as_deref().filter(|digits| digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let known = scalar.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
            known.and(digits.as_deref()).map_or(0, |digits| digits.len().saturating_add(4))
        }
        _ => 0,
    }
}
