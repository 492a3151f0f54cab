//! Entries about sentences that end too early, or lack what their beginning promises.

use super::Around;
use super::mistakes;
use super::place;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::Sort;

/// `share expertise`
pub(super) fn no_verb(around: &Around<'_>) -> Option<Diagnostic> {
    let (at, opening) = around.opening()?;
    let named = around.tokens.iter().skip(at).all(|token| {
        matches!(token.sort, Sort::Word | Sort::Quoted) && !super::word::is_reserved(token.text)
            || matches!(token.text, "or" | "," | "a" | "an" | "the")
    });
    let furniture = ["act", "use", "policy", "fact", "setting", "rule", "scenario", "background", "a", "an", "the"].contains(&opening.text);
    if around.at < around.tokens.len() || !named || furniture || around.has_before(&["means"]) {
        return None;
    }
    let last = around.tokens.last()?;
    let span = around.site.span(opening.start..last.end());
    let help = "write `allow …` or `never …` before it, or `only if …`, `requires …` or `must …` after it";
    Some(place::incomplete(span, "this names an act and says nothing about it", "an act alone is no rule", help))
}

/// `a user is an editor`
pub(super) fn definition_without_if(around: &Around<'_>) -> Option<Diagnostic> {
    let (_, opening) = around.opening()?;
    let is = around.tokens.iter().find(|token| matches!(token.text, "is" | "are"))?;
    let last = around.tokens.last()?;
    if around.at < around.tokens.len()
        || !matches!(opening.text, "a" | "an" | "the")
        || around.has_before(&["if"])
        || is.end() >= last.end()
    {
        return None;
    }
    let help = "say when: `a user is editor if user.roles contains \"editor\"`";
    Some(place::incomplete(
        around.site.span(last.end()..last.end()),
        "this definition does not say when it holds",
        "`if …` goes here",
        help,
    ))
}

/// `because` without a text, `otherwise deny`
pub(super) fn clause_without_text(around: &Around<'_>) -> Option<Diagnostic> {
    let clause = around.token(-1).filter(|token| matches!(token.text, "because" | "otherwise"))?;
    let next = around.token(0);
    if next.is_some_and(|token| token.sort == Sort::Quoted) {
        return None;
    }
    let at = around.span(clause);
    if clause.text == "otherwise" {
        return Some(mistakes::otherwise_empty(at));
    }
    let span = next.map_or(around.site.span(clause.end()..clause.end()), |token| around.span(token));
    Some(place::incomplete(span, "a reason is a text", "a text in double quotes goes here", "write `because \"…\"`"))
}

/// The beginning of a declaration whose rest is missing.
pub(super) fn form(around: &Around<'_>) -> Option<Diagnostic> {
    let (at, opening) = around.opening()?;
    let early = around.at >= around.tokens.len() || around.at <= at.saturating_add(2);
    let form = match opening.text {
        "use" => "`use \"shared/identity.onlyif\"`",
        "policy" => "`policy documents \"All about documents\"`",
        "fact" => "`fact approver is a user`",
        "setting" => "`setting limit is a number`",
        "scenario" => "`scenario \"title\"`, then the indented lines `given …`, `when …`, `expect …`",
        "background" => "`background`, then the indented line `given …`",
        "a" | "an" | "the" => "`a user has` with a line `name: text` for each field, or `a user is editor if …`",
        _ => return None,
    };
    if !early || around.has_before(&["only", "requires", "must", "should", "if"]) {
        return None;
    }
    let (span, message) = match around.token(0) {
        Some(token) => (around.span(token), alloc::format!("the sentence cannot be read from `{}` on", token.text)),
        None => {
            let end = around.tokens.last().map_or(0, |token| token.end());
            (around.site.span(end..end), "the sentence ends too early".into())
        }
    };
    Some(place::incomplete(span, &message, "another form is wanted", &alloc::format!("write it as in {form}")))
}
