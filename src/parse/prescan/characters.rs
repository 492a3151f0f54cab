//! Characters that cannot be seen, or that look like others: refused wherever they could deceive a reader.

use super::names;
use crate::diagnostic::{Diagnostic, is_hidden};
use crate::parse::mistakes;
use crate::parse::site::Site;
use crate::parse::split;
use crate::source::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// What is wrong with a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// A line end other than LF and CRLF.
    LineEnd,
    /// It cannot be seen, or changes how others are shown.
    Hidden,
    /// A blank other than space and tab.
    Blank,
    /// A mark of another alphabet, with the one that is meant.
    Mark(&'static str),
    /// A letter that names do not have.
    Letter,
}

/// Where a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Code,
    Text(char),
    Backticks,
    Comment,
}

/// Reports every character of `range` that may not stand where it stands: one diagnostic for each sort of trouble.
pub(in crate::parse) fn check(site: Site<'_>, range: Range<usize>, found: &mut Vec<Diagnostic>) {
    let text = site.code.get(range.clone()).unwrap_or("");
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return;
    }
    let mut troubles: Vec<(Trouble, Vec<(Span, String)>)> = Vec::new();
    let mut within = Within::Code;
    let mut characters = text.char_indices().peekable();
    let mut after_letter = false;
    while let Some((at, c)) = characters.next() {
        let ends_line = c == '\r' && characters.peek().is_some_and(|next| next.1 == '\n');
        let apostrophe = matches!(c, '‘' | '’' | '‚' | '＇' | '´') && within == Within::Code;
        // `user’s role` is a possessive, whatever its apostrophe looks like.
        let is_possessive = c == '’' && after_letter && text.get(at..).is_some_and(|rest| rest.starts_with("’s "));
        let found = if apostrophe { Some(Trouble::Mark(if after_letter { "'" } else { "\"" })) } else { trouble(c, within) };
        after_letter = c.is_ascii_alphanumeric() && characters.peek().is_some_and(|next| next.1 == '’') && {
            let mut ahead = characters.clone().skip(1).map(|next| next.1);
            matches!(ahead.next(), Some('s' | 't')) && !ahead.next().is_some_and(|c| c.is_ascii_alphanumeric())
        };
        if let Some(trouble) = found.filter(|_| !ends_line && !is_possessive) {
            let start = range.start.saturating_add(at);
            let rest = text.get(at.saturating_add(c.len_utf8())..).unwrap_or("");
            let change = (site.span(start..start.saturating_add(c.len_utf8())), replacement(trouble, c, within, rest));
            match troubles.iter_mut().find(|seen| seen.0 == trouble) {
                Some(seen) => seen.1.push(change),
                None => troubles.push((trouble, Vec::from([change]))),
            }
        }
        let escaped = within == Within::Text('"') && c == '\\';
        within = after(within, c);
        if escaped {
            characters.next_if(|next| next.1 == '"' || next.1 == '\\');
        }
    }
    join_brackets(&mut troubles);
    for (trouble, changes) in troubles {
        found.extend(report(trouble, changes, site));
    }
}

/// Brackets of another alphabet are mended together: one of them alone would close nothing.
fn join_brackets(troubles: &mut Vec<(Trouble, Vec<(Span, String)>)>) {
    for (open, close) in [("(", ")"), ("[", "]")] {
        let place = |troubles: &[(Trouble, Vec<_>)], mark| troubles.iter().position(|seen| seen.0 == Trouble::Mark(mark));
        if let (Some(_), Some(closing)) = (place(troubles, open), place(troubles, close)) {
            let (_, changes) = troubles.remove(closing);
            if let Some(opening) = place(troubles, open).and_then(|at| troubles.get_mut(at)) {
                opening.1.extend(changes);
            }
        }
    }
}

fn after(within: Within, c: char) -> Within {
    match (within, c) {
        (_, '\n') => Within::Code,
        (Within::Code, '#') => Within::Comment,
        (Within::Code, '"') => Within::Text('"'),
        (Within::Code, '“') => Within::Text('”'),
        (Within::Code, '`') => Within::Backticks,
        (Within::Text(close), c) if c == close => Within::Code,
        (Within::Backticks, '`') => Within::Code,
        (within, _) => within,
    }
}

fn trouble(c: char, within: Within) -> Option<Trouble> {
    match c {
        '\n' | '\t' | ' '..='~' => None,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Trouble::LineEnd),
        c if is_hidden(c) => Some(Trouble::Hidden),
        _ if matches!(within, Within::Text(_) | Within::Comment) => None,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(Trouble::Blank),
        _ if within == Within::Backticks => None,
        '“' | '”' | '≤' | '≥' | '≠' | '€' | '£' => None,
        c => Some(mark(c).map_or(Trouble::Letter, Trouble::Mark)),
    }
}

/// The mark of the language that a mark of another alphabet stands for.
fn mark(c: char) -> Option<&'static str> {
    Some(match c {
        '（' => "(",
        '）' => ")",
        '［' | '【' | '「' => "[",
        '］' | '】' | '」' => "]",
        '，' | '、' | '،' => ",",
        '．' | '。' => ".",
        '：' => ":",
        '＝' => "=",
        '＜' | '‹' => "<",
        '＞' | '›' => ">",
        '＂' | '„' | '«' | '»' | '‟' => "\"",
        '–' | '—' | '−' | '‐' | '‑' => "-",
        '×' | '·' | '∗' => "*",
        '∧' => "and",
        '∨' => "or",
        '¬' => "not",
        '∈' => "is in",
        _ => return None,
    })
}

fn replacement(trouble: Trouble, c: char, within: Within, rest: &str) -> String {
    match trouble {
        Trouble::LineEnd if !matches!(within, Within::Text(_)) => {
            let continues = split::can_only_continue(rest.lines().next().unwrap_or(""), || true);
            if continues { "\n  ".into() } else { "\n".into() }
        }
        Trouble::LineEnd | Trouble::Hidden if matches!(within, Within::Text(_)) => format!("\\u{{{:x}}}", u32::from(c)),
        Trouble::LineEnd | Trouble::Hidden => String::new(),
        Trouble::Blank => " ".into(),
        Trouble::Mark(meant) => meant.into(),
        Trouble::Letter => c.into(),
    }
}

fn report(trouble: Trouble, changes: Vec<(Span, String)>, site: Site<'_>) -> Option<Diagnostic> {
    let at = changes.first()?.0;
    let character = site.words(at).chars().next()?;
    let name = names::name(character);
    Some(match trouble {
        Trouble::LineEnd => mistakes::line_end(at, &name, changes),
        Trouble::Hidden => mistakes::invisible_character(at, &name, changes),
        Trouble::Blank => mistakes::other_blank(at, &name, changes),
        Trouble::Mark(meant) => {
            // Between two letters a dash may join a name or be a minus.
            let safe = meant != "-" || changes.iter().all(|change| stands_free(site, change.0));
            mistakes::other_character(at, (site.words(at), names::sort(character)), Some(meant), "", (safe, changes))
        }
        Trouble::Letter => mistakes::other_character(at, (site.words(at), ""), None, word_at(site, at), (false, Vec::new())),
    })
}

/// Is there a blank on both sides?
fn stands_free(site: Site<'_>, at: Span) -> bool {
    let (before, after) = around(site, at);
    before.ends_with([' ', '\t', '\n']) && after.starts_with([' ', '\t', '\n', '\r'])
}

/// The code before and behind a place.
fn around(site: Site<'_>, at: Span) -> (&str, &str) {
    let offset = |at: u32| (at as usize).saturating_sub(site.lead);
    (site.code.get(..offset(at.start)).unwrap_or(""), site.code.get(offset(at.end)..).unwrap_or(""))
}

/// The word that a letter stands in.
fn word_at(site: Site<'_>, at: Span) -> &str {
    let (before, after) = around(site, at);
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let start = before.trim_end_matches(in_word).len();
    let end = site.code.len().saturating_sub(after.trim_start_matches(in_word).len());
    site.code.get(start..end).unwrap_or("")
}
