//! Lists in other forms: dashes, commas that are missing or too many, values without brackets.

use super::Around;
use super::mistakes;
use super::slip::PREDICATES;
use super::trial::Leads;
use super::word::is_reserved;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::{Sort, Token};
use crate::source::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A list with a dash before each line: `- user is active`, `- name: text`
pub(super) fn dashes(around: &Around<'_>) -> Option<Diagnostic> {
    let is_dash = |token: &Token<'_>| token.begins_line && token.text == "-";
    let dashes: Vec<&Token<'_>> = around.tokens.iter().skip(1).filter(|token| is_dash(token)).collect();
    let first = dashes.first()?;
    let before = around.tokens.iter().rfind(|token| token.end() <= first.start && token.text == ":");
    let colon = before.map(|colon| (around.span(*colon), String::new()));
    ["", "and "].into_iter().find_map(|joint| {
        let lines =
            dashes.iter().enumerate().map(|(at, dash)| (around.with_blanks(**dash), String::from(if at == 0 { "" } else { joint })));
        let plain: Vec<(Span, String)> = lines.collect();
        let without_colon: Vec<(Span, String)> = colon.iter().chain(&plain).cloned().collect();
        let change = [plain, without_colon].into_iter().find(|change| around.leads(change) == Leads::ToTheEnd)?;
        let help = if joint.is_empty() {
            "drop the dashes: each line stands for itself"
        } else {
            "drop the dashes, and join the conditions with `and`"
        };
        Some(mistakes::punctuation(around.span(**first), "-", help, change))
    })
}

/// `one of [admin editor]`
pub(super) fn comma_missing(around: &Around<'_>) -> Option<Diagnostic> {
    let opened = around.tokens.iter().take(around.at.saturating_add(1)).rposition(|token| token.text == "[")?;
    let is_item = |token: &Token<'_>| matches!(token.sort, Sort::Word | Sort::Quoted | Sort::Number);
    let inside = around.tokens.iter().skip(opened).take_while(|token| token.text != "]");
    let inside: Vec<&Token<'_>> = inside.collect();
    let pairs = inside.windows(2).filter(|pair| pair.iter().all(|token| is_item(token)));
    let gaps: Vec<(Span, String)> =
        pairs.filter_map(|pair| pair.first().map(|first| (around.site.span(first.end()..first.end()), String::from(",")))).collect();
    let at = gaps.first()?.0;
    (around.leads(&gaps) > Leads::Nowhere).then(|| mistakes::comma_missing(at, gaps))
}

/// `user is admin, editor or owner`: what is said of one subject, in a row.
pub(super) fn listed_descriptions(around: &Around<'_>) -> Option<Diagnostic> {
    let comma = around.window(1, 1).find(|&at| around.tokens.get(at).is_some_and(|token| token.text == ","))?;
    let is = around.tokens.iter().take(comma).rposition(|token| token.text == "is")?;
    let subject = around.tokens.get(is.checked_sub(1)?).filter(|subject| subject.sort == Sort::Word && !subject.text.contains('.'))?;
    let described = around.tokens.get(comma.checked_sub(1)?)?;
    let said = around.site.code.get(subject.start..described.start)?.trim_end();
    let pairs = around.tokens.get(comma..)?.chunks(2).take_while(|pair| {
        matches!(pair, [between, item] if matches!(between.text, "," | "or" | "and") && item.sort == Sort::Word && !is_reserved(item.text))
    });
    let mut pairs: Vec<(&Token<'_>, &Token<'_>)> = pairs.filter_map(|pair| Some((pair.first()?, pair.get(1)?))).collect();
    let (word, last) = *pairs.last().filter(|(word, _)| word.text != ",")?;
    // The last one may be a sentence of its own.
    if around
        .tokens
        .iter()
        .any(|token| token.start > last.end() && PREDICATES.contains(&token.text) && token.start <= last.end().saturating_add(1))
    {
        pairs.pop();
    }
    let change: Vec<(Span, String)> = pairs
        .iter()
        .map(|(between, _)| (around.span(**between), around.site.spaced(around.span(**between), &format!("{} {said}", word.text))))
        .collect();
    let at = around.span(*around.tokens.get(comma)?);
    let help = format!("say it of each: write `{} {said} …` in its place", word.text);
    (around.leads(&change) == Leads::ToTheEnd).then(|| mistakes::punctuation(at, ",", &help, change))
}

/// `is one of admin, editor`, `is in "a", "b"`
pub(super) fn bare_list(around: &Around<'_>) -> Option<Diagnostic> {
    let at = around.window(6, 1).find(|&at| around.tokens.get(at).is_some_and(|token| matches!(token.text, "of" | "in" | "IN")))?;
    let items = around.tokens.get(at.saturating_add(1)..)?;
    let is_item = |token: &Token<'_>| matches!(token.sort, Sort::Word | Sort::Quoted | Sort::Number) && !is_reserved(token.text);
    let length = items.chunks(2).take_while(|pair| match pair {
        [item, between] => is_item(item) && matches!(between.text, "," | "or"),
        _ => false,
    });
    let last = length.count().saturating_mul(2);
    let (first, last_item) = (items.first()?, items.get(last).filter(|token| last > 0 && is_item(token))?);
    let listed: Vec<&str> = items.get(..=last)?.iter().filter(|token| is_item(token)).map(|token| token.text).collect();
    let span = around.site.span(first.start..last_item.end());
    let meant = format!("[{}]", listed.join(", "));
    let one_of = around.tokens.get(at).is_some_and(|token| token.text == "of");
    let change = Vec::from([(span, meant.clone())]);
    let help = format!("write `{} {meant}`", if one_of { "one of" } else { "in" });
    (around.leads(&change) > Leads::Nowhere).then(|| mistakes::brackets_missing(span, around.site.words(span), &help, change))
}
