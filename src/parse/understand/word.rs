//! Entries about one word or literal that is written otherwise.

use super::Around;
use super::mistakes;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::{Sort, Token};
use crate::tree::RESERVED;
use alloc::format;
use alloc::vec::Vec;

pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(word))
}

/// `// comment`, `-- comment`
pub(super) fn comment(around: &Around<'_>) -> Option<Diagnostic> {
    if let (Some(first), Some(second)) = (around.token(-1), around.token(0))
        && (first.text, second.text) == ("-", "-")
        && first.end() == second.start
    {
        return Some(mistakes::comment_form(around.site.span(first.start..second.end()), "--"));
    }
    let token = around.token(0).filter(|token| matches!(token.text, "//" | "/*"))?;
    Some(mistakes::comment_form(around.span(token), token.text))
}

/// `if if`, `and and`
pub(super) fn twice(around: &Around<'_>) -> Option<Diagnostic> {
    let same = |steps: isize| -> Option<Token<'_>> {
        let token = around.token(steps)?;
        let before = around.token(steps.checked_sub(1)?)?;
        (token.sort == Sort::Word && token.text.eq_ignore_ascii_case(before.text) && is_reserved(token.text)).then_some(token)
    };
    let token = same(0).or_else(|| same(1))?;
    Some(mistakes::word_twice(around.span(token), token.text, Some(around.with_blanks(token))))
}

/// `only of`, `only when`
pub(super) fn only_without_if(around: &Around<'_>) -> Option<Diagnostic> {
    let steps = [0, 1].into_iter().find(|&steps| around.text(steps - 1) == "only" && around.text(steps) != "if")?;
    let Some(token) = around.token(steps) else {
        let end = around.site.code.len();
        return Some(mistakes::only_without_if(around.site.span(end..end), false));
    };
    if token.text == "," && around.text(steps + 1) == "if" {
        let change = Vec::from([(around.span(token), alloc::string::String::new())]);
        return Some(mistakes::punctuation(around.span(token), ",", "drop the comma: `only if` belongs together", change));
    }
    let before = Vec::from([(around.span(token).before(), alloc::string::String::from("if "))]);
    if around.leads(&before) == super::Leads::ToTheEnd {
        return Some(mistakes::if_after_only(around.span(token), before));
    }
    let fits = ["of", "when", "iff", "fi", "ig", "where"].contains(&token.text.to_ascii_lowercase().as_str());
    Some(mistakes::only_without_if(around.span(token), fits))
}

/// `onlyif`
pub(super) fn joined(around: &Around<'_>) -> Option<Diagnostic> {
    let steps =
        [0, -1].into_iter().find(|&steps| matches!(around.text(steps).to_ascii_lowercase().as_str(), "onlyif" | "only-if" | "only_if"))?;
    let token = around.token(steps)?;
    Some(mistakes::only_if_joined(around.span(token), token.text))
}

/// `1,000`
pub(super) fn number_with_comma(around: &Around<'_>) -> Option<Diagnostic> {
    let group = |token: Token<'_>| {
        token.sort == Sort::Number && token.text.get(..3).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let comma = [0, 1, -1].into_iter().find(|&steps| around.text(steps) == "," && around.token(steps + 1).is_some_and(group))?;
    let comma = (1..)
        .map(|back| comma - 2 * back)
        .take_while(|&steps| around.text(steps) == "," && around.token(steps + 1).is_some_and(group))
        .last()
        .unwrap_or(comma);
    let first =
        around.token(comma - 1).filter(|token| token.sort == Sort::Number && token.text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let mut last = around.token(comma + 1)?;
    let mut next = comma + 2;
    while around.text(next) == "," && around.token(next + 1).is_some_and(group) {
        last = around.token(next + 1)?;
        next += 2;
    }
    let digits = around.site.code.get(first.start..last.end())?;
    (!digits.contains(' ')).then(|| mistakes::number_comma(around.site.span(first.start..last.end()), digits))
}

/// `isn't`, `doesn't`
pub(super) fn contraction(around: &Around<'_>) -> Option<Diagnostic> {
    let mark = [0, 1, -1].into_iter().find(|&steps| matches!(around.text(steps), "'" | "’") && around.text(steps + 1) == "t")?;
    let (first, last) = (around.token(mark - 1)?, around.token(mark + 1)?);
    let meant = match first.text {
        "isn" | "aren" => "is not",
        "doesn" | "don" => "does not",
        "hasn" | "haven" => "has not",
        "can" | "mustn" => "never",
        _ => return None,
    };
    let at = around.site.span(first.start..last.end());
    let change = if meant == "never" { alloc::vec::Vec::new() } else { alloc::vec::Vec::from([(at, meant.into())]) };
    Some(mistakes::other_phrase(at, around.site.words(at), Some(meant), &format!("write `{meant}`"), change))
}

/// `AND(a; b)`, `OR(a, b)`
pub(super) fn logic_call(around: &Around<'_>) -> Option<Diagnostic> {
    // The grammar may stop at a comma far behind the word.
    let pairs = || around.tokens.windows(2).take(around.at.saturating_add(2));
    let is_call = |pair: &[Token<'_>]| matches!(pair, [word, open] if matches!(word.text, "AND" | "OR") && open.text == "(");
    let at = pairs().position(is_call)?;
    let word = around.tokens.get(at)?;
    let (mut depth, mut change) = (0_usize, Vec::from([(around.span(*word), alloc::string::String::new())]));
    let joint = word.text.to_ascii_lowercase();
    for token in around.tokens.iter().skip(at.saturating_add(1)) {
        match token.text {
            "(" | "[" => depth = depth.saturating_add(1),
            ")" | "]" => depth = depth.saturating_sub(1),
            "," | ";" if depth == 1 => change.push((around.span(*token), around.site.spaced(around.span(*token), &joint))),
            _ => {}
        }
        if depth == 0 {
            let span = around.site.span(word.start..token.end());
            let leads = around.leads(&change) > super::Leads::Nowhere;
            return leads.then(|| mistakes::logic_call(span, word.text, &joint, change));
        }
    }
    None
}

/// `user Is editor`, `age BETWEEN 1 AND 5`
pub(super) fn capital(around: &Around<'_>) -> Option<Diagnostic> {
    const OTHERS: [&str; 12] = ["between", "before", "after", "within", "of", "than", "at", "least", "most", "one", "more", "less"];
    let is_capital = |token: &Token<'_>| {
        let is_word = is_reserved(token.text) || OTHERS.iter().any(|word| word.eq_ignore_ascii_case(token.text));
        is_word && token.text.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    let at = around.window(3, 1).find(|&at| around.tokens.get(at).is_some_and(is_capital))?;
    let token = around.tokens.get(at)?;
    // Who writes one in capitals writes all so: they are one mistake.
    let all = around.tokens.iter().skip(at).filter(|token| is_capital(token));
    let change = all.map(|token| (around.span(*token), token.text.to_ascii_lowercase())).collect();
    Some(mistakes::capital_words(around.span(*token), token.text, change))
}

/// `a is in b`
pub(super) fn article(around: &Around<'_>) -> Option<Diagnostic> {
    let steps = [0, -1].into_iter().find(|&steps| {
        let root = around.text(steps).split('.').next().unwrap_or("");
        matches!(root, "a" | "an") && !around.token(steps + 1).is_some_and(|next| next.sort == Sort::Word && !is_reserved(next.text))
    })?;
    let token = around.token(steps)?;
    let root = token.text.split('.').next().unwrap_or("");
    let at = around.site.span(token.start..token.start.saturating_add(root.len()));
    Some(mistakes::article_as_name(at, root))
}
