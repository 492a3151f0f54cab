//! Declarations in the form of other languages: types, lists, defaults, and the line that begins a kind.

use super::Around;
use super::mistakes;
use super::trial::Leads;
use super::word::is_reserved;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::{Sort, Token};
use crate::vocabulary::with_article;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const YES_NO: &str = "yes/no";

const TYPES: [&str; 10] = ["text", "number", "money", "date", "time", "date-time", "duration", "ip-address", "network", "yes/no"];

/// `text?`, `[admin, editor]`, `list<text>`, `admin | editor`, `number = 5`, `"Ann"`
pub(super) fn type_otherwise(around: &Around<'_>) -> Option<Diagnostic> {
    let at = around.at.min(around.tokens.len().checked_sub(1)?);
    let line = around.tokens.iter().take(at.saturating_add(1)).rposition(|token| token.begins_line && token.sort == Sort::Word)?;
    let colon = around.tokens.iter().skip(line).position(|token| token.text == ":")?.saturating_add(line);
    let first = around.tokens.get(colon.saturating_add(1))?;
    // The type goes on to the next line that begins a field.
    let begins_field = |at: usize| {
        around.tokens.get(at).is_some_and(|token| token.begins_line && token.sort == Sort::Word)
            && around.tokens.get(at.saturating_add(1)).is_some_and(|token| token.text == ":")
    };
    let next = (colon.saturating_add(2)..around.tokens.len()).find(|&at| begins_field(at));
    let last = around.tokens.get(next.unwrap_or(around.tokens.len()).checked_sub(1)?)?;
    let declares = around.tokens.iter().take(colon).any(|token| matches!(token.text, "has" | "have"));
    let span = around.site.span(first.start..last.end());
    let words: Vec<&str> = around.site.words(span).split_ascii_whitespace().collect();
    let written = words.join(" ");
    // What stands at the margin is another statement.
    if around.site.words(span).lines().skip(1).any(|line| !line.starts_with([' ', '\t'])) {
        return None;
    }
    let (meant, is_sure) = type_meant(&written).filter(|_| declares)?;
    let change = Vec::from([(span, meant.clone())]);
    (around.leads(&change) > Leads::Nowhere).then(|| mistakes::written_as(span, &written, &meant, is_sure))
}

/// The type that is meant, and whether that is sure.
fn type_meant(written: &str) -> Option<(String, bool)> {
    const MANY: [&str; 7] = ["many ", "several ", "multiple ", "array of ", "set of ", "lists of ", "collection of "];
    const MAYBE: [&str; 5] = ["maybe ", "nullable ", "possibly ", "an optional ", "sometimes "];
    const OPTIONAL: [&str; 8] = ["?", " (optional)", ", optional", " optional", " or none", " or null", " | null", " | none"];
    let written = written.trim_end_matches([',', ';']).trim();
    if let Some(inner) = OPTIONAL.iter().find_map(|end| written.strip_suffix(end)).or_else(|| after_one_of(written, &MAYBE)) {
        return Some((format!("optional {}", inner.trim()), true));
    }
    let of_list = after_one_of(written, &MANY).or_else(|| written.strip_suffix("[]")).or_else(|| {
        let small = written.to_ascii_lowercase();
        ["list", "array", "set"].iter().filter(|name| small.starts_with(**name)).find_map(|name| {
            let rest = written.get(name.len()..)?.trim();
            rest.strip_prefix(['[', '<', '('])?.strip_suffix([']', '>', ')'])
        })
    });
    if let Some(of) = of_list.map(str::trim).filter(|of| !of.is_empty()) {
        return Some((format!("list of {}", known(of)), true));
    }
    if let Some(of) = [" list", " array", " set"].iter().find_map(|end| written.strip_suffix(end)).filter(|of| !of.contains(' ')) {
        return Some((format!("list of {}", known(of)), true));
    }
    if let Some(kind) = written.strip_suffix(" id").or_else(|| after_one_of(written, &["id of a ", "id of an ", "id of "])) {
        return Some((format!("reference to {}", with_article(kind.trim())), true));
    }
    if let Some(of) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|of| TYPES.contains(&of.trim())) {
        return Some((format!("list of {}", of.trim()), true));
    }
    if let Some(choices) = choices(written) {
        return Some((if choices == YES_NO { choices } else { format!("one of [{choices}]") }, true));
    }
    if let Some((ty, value)) = written.split_once('=') {
        return Some((format!("{}, assumed {}", ty.trim().trim_end_matches(','), value.trim()), true));
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if written.split_once("..").is_some_and(|(low, high)| digits(low) && digits(high)) {
        return Some((String::from("number"), false));
    }
    if let Some(kind) = after_one_of(written, &["another ", "a different ", "other "]) {
        return Some((format!("reference to a {kind}"), true));
    }
    if let Some(ty) = TYPES.iter().find(|ty| written.strip_prefix(**ty).is_some_and(|rest| rest.starts_with([' ', '(', '<', '/']))) {
        // A unit or a range, which types do not have.
        return Some(((*ty).into(), false));
    }
    of_example(written).map(|ty| (ty.into(), true))
}

/// A type by its name here.
fn known(written: &str) -> String {
    let small = written.trim().to_ascii_lowercase();
    String::from(match small.as_str() {
        "string" | "str" | "texts" | "strings" => "text",
        "int" | "integer" | "float" | "decimal" | "numbers" => "number",
        "bool" | "boolean" => YES_NO,
        _ => written.trim(),
    })
}

/// The choices of `[a, b]`, `enum(a, b)`, `one of a, b`, `either a or b`, `a | b`, and of a list with a dash before each.
fn choices(written: &str) -> Option<String> {
    const BEFORE: [&str; 9] = ["one of:", "one of", "oneof", "enum", "choice of", "choices", "choice", "either", "any of"];
    let (rest, is_named) = match BEFORE.iter().find_map(|before| written.strip_prefix(before)) {
        Some(rest) => (rest, true),
        None => (written, false),
    };
    let rest = rest.trim().trim_start_matches(['[', '(', '{']).trim_end_matches([']', ')', '}']).trim();
    let is_listed = is_named || written.starts_with(['[', '{']);
    let parts = match rest {
        rest if rest.contains('|') => rest.replace('|', ","),
        rest if rest.starts_with("- ") => rest.trim_start_matches("- ").replace(" - ", ","),
        rest if !rest.starts_with("yes/no,") && rest.contains('/') && rest != "yes/no" => rest.replace('/', ","),
        rest => rest.replace(" or ", ","),
    };
    let choices: Vec<&str> = parts.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_choice = |part: &&str| {
        part.len() > 1 && part.starts_with('"') && part.ends_with('"')
            || part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                && part.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let mut small: Vec<String> = choices.iter().map(|part| part.to_ascii_lowercase()).collect();
    small.sort_unstable();
    if matches!(small.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), ["no", "yes"] | ["false", "true"]) {
        return Some(String::from(YES_NO));
    }
    let several = choices.len() > 1 && (is_listed || parts != rest || rest.contains(','));
    let quoted = |part: &&str| if is_reserved(part) { format!("\"{part}\"") } else { String::from(*part) };
    (several && choices.iter().all(is_choice) && !choices.iter().any(|part| TYPES.contains(part)))
        .then(|| choices.iter().map(quoted).collect::<Vec<_>>().join(", "))
}

/// The type of a value that stands in the place of its type.
fn of_example(written: &str) -> Option<&'static str> {
    let first = written.chars().next()?;
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match written {
        _ if first == '"' => Some("text"),
        "true" | "false" | "yes" | "no" => Some("yes/no"),
        _ if number(written) => Some("number"),
        _ if written.len() == 10 && written.split('-').all(number) => Some("date"),
        _ => None,
    }
}

fn after_one_of<'w>(written: &'w str, beginnings: &[&str]) -> Option<&'w str> {
    beginnings.iter().find_map(|beginning| written.strip_prefix(beginning)).map(str::trim)
}

/// `user:` with fields below it, `define user`, `class User:`, `every user has`, `a user is` with fields
pub(super) fn kind_opening(around: &Around<'_>) -> Option<Diagnostic> {
    const BEFORE: [&str; 13] = ["define", "type", "class", "entity", "struct", "record", "kind", "every", "each", "all", "the", "a", "an"];
    const AFTER: [&str; 15] =
        ["has", "have", "is", "are", "=", "with", ":", "{", "means", "the", "following", "fields", "properties", "attributes", "these"];
    let (opening, first) = around.opening()?;
    let tokens = around.tokens.get(opening..)?;
    let skipped = tokens.iter().take_while(|token| BEFORE.contains(&token.text.to_ascii_lowercase().as_str())).count();
    let name = tokens.get(skipped).filter(|token| token.sort == Sort::Word && !is_reserved(token.text))?;
    let after = tokens.get(skipped.saturating_add(1)..)?;
    let length = after.iter().take_while(|token| AFTER.contains(&token.text)).count();
    let is_field = |field: &Token<'_>, colon: &Token<'_>| field.sort == Sort::Word && colon.text == ":";
    let (field, colon) = (after.get(length)?, after.get(length.saturating_add(1))?);
    if !is_field(field, colon) || length == 0 && !field.begins_line {
        return None;
    }
    let last = length.checked_sub(1).and_then(|at| after.get(at)).unwrap_or(name);
    let span = around.site.span(first.start..last.end());
    let small = name.text.to_ascii_lowercase();
    let small = small.strip_suffix('s').filter(|small| small.len() > 2 && !small.ends_with('s')).unwrap_or(&small);
    let meant = format!("{} has", with_article(small));
    if around.site.words(span).starts_with(&meant) {
        return None;
    }
    let mut change = Vec::from([(span, meant.clone())]);
    let closing = around.tokens.iter().rev().take_while(|token| matches!(token.text, "}" | ";"));
    change.extend(closing.map(|token| (around.span(*token), String::new())));
    (around.leads(&change) == Leads::ToTheEnd).then(|| mistakes::kind_opening(span, around.site.words(span), &meant, change))
}

/// `set limit to 18`, `let limit be 18`, `const limit = 18`
pub(super) fn constant_opening(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, first) = around.opening()?;
    let is_named = matches!(first.text, "set" | "let" | "const" | "var" | "define" | "constant" | "val");
    let name = around.tokens.get(opening.saturating_add(1)).filter(|name| is_named && name.sort == Sort::Word)?;
    let joint = around.tokens.get(opening.saturating_add(2))?;
    let is_joint = matches!(joint.text, "to" | "be" | "=" | ":=" | "as" | "is" | "means" | ":");
    let span = around.site.span(first.start..joint.end());
    let meant = format!("{} means", name.text);
    let change = Vec::from([(span, meant.clone())]);
    (is_joint && around.leads(&change) == Leads::ToTheEnd).then(|| mistakes::written_as(span, around.site.words(span), &meant, true))
}

/// `full name: text`, `rule Adults Only:`
pub(super) fn name_of_words(around: &Around<'_>) -> Option<Diagnostic> {
    let colon = around.window(3, 3).find(|&at| around.tokens.get(at).is_some_and(|token| token.text == ":"))?;
    let (_, opening) = around.opening()?;
    let first_of_line = around.tokens.iter().take(colon).rposition(|token| token.begins_line || token.text == "rule")?;
    let is_rule = around.tokens.get(first_of_line)?.text == "rule";
    let start = if is_rule { first_of_line.saturating_add(1) } else { first_of_line };
    let words = around.tokens.get(start..colon)?;
    let is_sound = words.iter().all(|token| is_rule || !is_reserved(token.text));
    let declares = is_rule || matches!(opening.text, "a" | "an" | "the");
    if !declares
        || !is_sound
        || words.is_empty()
        || words.len() < 2 && words.first().is_some_and(|word| word.sort == Sort::Word)
        || !words.iter().all(|token| matches!(token.sort, Sort::Word | Sort::Number))
    {
        return None;
    }
    let meant = words.iter().map(|token| token.text).collect::<Vec<_>>().join("-");
    let meant = if meant.starts_with(|c: char| c.is_ascii_digit()) { format!("rule-{meant}") } else { meant };
    let span = around.span_of(start, colon.checked_sub(1)?)?;
    let change = Vec::from([(span, meant.clone())]);
    (around.leads(&change) > Leads::Nowhere)
        .then(|| mistakes::name_of_words(span, around.site.words(span), &meant, (is_rule, words.len() > 1)))
}

/// `a user has name, age and role`, `a user has a name`
pub(super) fn fields_in_a_row(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening().filter(|(_, token)| matches!(token.text, "a" | "an" | "the"))?;
    let has = around.tokens.iter().skip(opening).take(4).position(|token| matches!(token.text, "has" | "have"))?.saturating_add(opening);
    let listed = around.tokens.get(has.saturating_add(1)..)?;
    let names = listed.iter().filter(|token| !matches!(token.text, "a" | "an" | "the" | "," | "and"));
    if !listed.iter().any(|token| matches!(token.text, "a" | "an" | "the" | "," | "and")) {
        return None;
    }
    let names: Vec<&str> =
        names.map(|token| (token.sort == Sort::Word && !is_reserved(token.text)).then_some(token.text)).collect::<Option<_>>()?;
    let (first, last) = (listed.first()?, listed.last()?);
    let lines: Vec<String> = names.iter().map(|name| format!("\n  {name}: text")).collect();
    let change = Vec::from([(around.site.span(around.tokens.get(has)?.end()..last.end()), lines.concat())]);
    (around.leads(&change) == Leads::ToTheEnd)
        .then(|| mistakes::fields_in_a_row(around.site.span(first.start..last.end()), names.first().copied().unwrap_or_default(), change))
}
