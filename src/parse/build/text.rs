//! Texts: escapes undone, several in a row joined, paths in braces found.

use super::Builder;
use crate::parse::grammar::{Pair, Pairs, Part, take};
use crate::parse::{grammar, mistakes};
use crate::source::Span;
use crate::tree::{Path, Template, TemplatePart, TextLiteral};
use alloc::string::String;
use alloc::vec::Vec;

impl<'t> Builder<'_, 't> {
    /// A text without its quotes, escapes undone.
    pub(super) fn text(&mut self, pair: &Pair<'t>) -> TextLiteral {
        TextLiteral { text: unescape(between_quotes(pair.as_str())), span: self.span(pair) }
    }

    /// The texts that come next, joined by spaces; nothing where none comes.
    pub(super) fn texts(&mut self, pairs: &mut Pairs<'t>) -> Option<TextLiteral> {
        let mut joined: Option<TextLiteral> = None;
        while let Some(pair) = take(pairs, Part::text) {
            let next = self.text(&pair);
            joined = Some(match joined {
                None => next,
                Some(before) => TextLiteral { text: before.text + " " + &next.text, span: before.span.to(next.span) },
            });
        }
        joined
    }

    /// The texts that come next as one template; nothing where none comes.
    pub(super) fn template(&mut self, pairs: &mut Pairs<'t>) -> Option<Template> {
        let mut parts: Vec<TemplatePart> = Vec::new();
        let mut span: Option<Span> = None;
        while let Some(pair) = take(pairs, Part::text) {
            let own = self.span(&pair);
            if span.is_some() {
                push_text(&mut parts, " ");
            }
            self.pieces(&pair, &mut parts);
            span = Some(span.map_or(own, |before| before.to(own)));
        }
        span.map(|span| Template { parts, span })
    }

    /// Splits a text at `{path}`; `{{` and `}}` stand for braces.
    fn pieces(&mut self, pair: &Pair<'t>, parts: &mut Vec<TemplatePart>) {
        let inside = between_quotes(pair.as_str());
        let quote = pair.as_str().len().saturating_sub(inside.len()) / 2;
        let base = pair.as_span().start().saturating_add(quote);
        let mut rest = inside;
        while let Some(brace) = rest.find(['{', '}', '\\']) {
            push_text(parts, rest.get(..brace).unwrap_or(""));
            rest = rest.get(brace..).unwrap_or("");
            let at = base.saturating_add(inside.len().saturating_sub(rest.len()));
            let length = if rest.starts_with('\\') {
                let length = escape_length(rest);
                push_text(parts, &unescape(rest.get(..length).unwrap_or("")));
                length
            } else if rest.starts_with("{{") || rest.starts_with('}') {
                push_text(parts, rest.get(..1).unwrap_or(""));
                if rest.starts_with("}}") || rest.starts_with('{') { 2 } else { 1 }
            } else {
                self.braced(rest, at, parts)
            };
            rest = rest.get(length..).unwrap_or("");
        }
        push_text(parts, rest);
    }

    /// A path in braces at the start of `rest`; how many bytes it takes. Anything else in braces is reported.
    fn braced(&mut self, rest: &str, at: usize, parts: &mut Vec<TemplatePart>) -> usize {
        let length = rest.find('}').map_or(1, |end| end.saturating_add(1));
        let inside = rest.get(1..length.saturating_sub(1)).unwrap_or("");
        let before = inside.len().saturating_sub(inside.trim_start().len());
        match self.path_in_braces(inside.trim(), at.saturating_add(1).saturating_add(before)) {
            Some(path) => parts.push(TemplatePart::Path(path)),
            None => {
                let span = self.site.span(at..at.saturating_add(length));
                self.report(mistakes::braces(span));
            }
        }
        length
    }

    fn path_in_braces(&mut self, written: &str, at: usize) -> Option<Path> {
        let pair = grammar::read(Part::path, written).ok()?.next()?;
        if pair.as_str().len() == written.len() { self.path_at(written, at) } else { None }
    }
}

/// What stands between the quotes.
fn between_quotes(written: &str) -> &str {
    let inside = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.or_else(|| written.strip_prefix('“').and_then(|rest| rest.strip_suffix('”'))).unwrap_or(written)
}

fn push_text(parts: &mut Vec<TemplatePart>, text: &str) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(TemplatePart::Text(before)) => before.push_str(text),
        _ => parts.push(TemplatePart::Text(text.into())),
    }
}

/// How many bytes the escape at the start of `rest` takes.
fn escape_length(rest: &str) -> usize {
    if rest.starts_with("\\u{") {
        rest.find('}').map_or(rest.len(), |end| end.saturating_add(1))
    } else {
        let mut characters = rest.char_indices().skip(2);
        characters.next().map_or(rest.len(), |(at, _)| at)
    }
}

/// The text that an escaped text stands for. The scan before has refused every escape that is none.
fn unescape(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        text.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let length = escape_length(rest);
        let escape = rest.get(1..length).unwrap_or("");
        match escape {
            "n" => text.push('\n'),
            "t" => text.push('\t'),
            _ => match escape.strip_prefix("u{").and_then(|digits| digits.strip_suffix('}')) {
                Some(digits) => text.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)),
                None => text.push_str(escape),
            },
        }
        rest = rest.get(length..).unwrap_or("");
    }
    text.push_str(rest);
    text
}
