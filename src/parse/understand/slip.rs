//! Slips of typing: letters, blanks, lines and marks that are missing or too many.

use super::Around;
use super::mistakes;
use super::trial::Leads;
use super::word::is_reserved;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::{Sort, Token};
use crate::source::Span;
use crate::tree::RESERVED;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Words of the language that a slip can spoil, besides those that are reserved.
const MORE: [&str; 58] = [
    "than",
    "more",
    "less",
    "least",
    "most",
    "at",
    "between",
    "before",
    "after",
    "within",
    "last",
    "next",
    "one",
    "of",
    "with",
    "from",
    "to",
    "by",
    "for",
    "means",
    "anything",
    "do",
    "except",
    "inside",
    "under",
    "involves",
    "assumed",
    "optional",
    "private",
    "fixed",
    "list",
    "map",
    "reference",
    "act",
    "fact",
    "setting",
    "use",
    "policy",
    "rule",
    "scenario",
    "background",
    "given",
    "needing",
    "count",
    "exactly",
    "contain",
    "start",
    "end",
    "match",
    "a",
    "an",
    "the",
    "empty",
    "domain",
    "case",
    "allowed",
    "denied",
    "undetermined",
];

/// Reserved words that are looked for last, among [`MORE`], or never: `are` and `have` are written for `is` and `has`.
const LAST: [&str; 5] = ["a", "an", "the", "are", "have"];

/// The words of the language, reserved or not, that a slip can spoil.
fn words() -> impl Iterator<Item = &'static str> {
    RESERVED.iter().filter(|word| !LAST.contains(word)).chain(&MORE).copied()
}

fn is_word(word: &str) -> bool {
    words().any(|known| known == word)
}

/// Words of English that are near a word of the language, and no slip.
const COMMON: [&str; 14] = ["then", "them", "they", "this", "that", "there", "on", "all", "out", "its", "as", "so", "be", "up"];

/// Words that follow what a sentence is about.
pub(super) const PREDICATES: [&str; 16] =
    ["is", "are", "has", "have", "contains", "starts", "ends", "matches", "=", "<", ">", "<=", ">=", "==", "!=", "≥"];

/// Words that are no names of things.
const PRONOUNS: [&str; 12] = ["his", "her", "its", "their", "my", "your", "our", "he", "she", "it", "they", "who"];

/// Words that begin a statement wherever they stand.
const OPENERS: [&str; 2] = ["allow", "never"];

/// `nevr`, `fi`, `contians`
pub(super) fn misspelt(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening()?;
    let mut found: Option<(usize, Diagnostic)> = None;
    for at in around.window(4, 1).chain([opening]) {
        let Some(token) = around.tokens.get(at).filter(|token| token.sort == Sort::Word) else { continue };
        let small = token.text.to_ascii_lowercase();
        let shouts = token.text.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        if shouts || COMMON.contains(&small.as_str()) || is_reserved(&small) || is_word(&small) {
            continue;
        }
        for word in words() {
            let distance = strsim::osa_distance(word, &small);
            let is_near = distance > 0 && distance <= reach(word) && found.as_ref().is_none_or(|found| distance < found.0);
            if is_near && let Some(diagnostic) = around.said(around.span(*token), word, Leads::ToTheEnd) {
                found = Some((distance, diagnostic));
            }
        }
    }
    found.map(|found| found.1)
}

/// How many letters of a word may be wrong: none of `a`, one of `if` and `allow`, two of `requires`.
fn reach(word: &str) -> usize {
    match word.len() {
        0 | 1 => 0,
        2..=6 => 1,
        _ => 2,
    }
}

/// `ifuser`, `oneof`, `least18`
pub(super) fn run_together(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening()?;
    around.window(3, 1).chain([opening]).find_map(|at| {
        let token = around.tokens.get(at).filter(|token| token.sort == Sort::Word && !is_reserved(token.text))?;
        words().filter(|word| word.len().saturating_add(1) < token.text.len()).find_map(|word| {
            let parts = [token.text.strip_prefix(word).map(|rest| (word, rest)), token.text.strip_suffix(word).map(|rest| (rest, word))];
            // Short words begin many names: what is left has to be a word of the language or a number then.
            let is_sure = |rest: &str| word.len() > 3 || word == "if" || is_word(rest) || rest.bytes().all(|byte| byte.is_ascii_digit());
            let mut parts = parts.into_iter().flatten().filter(|(first, rest)| {
                let other = if *first == word { rest } else { first };
                !other.is_empty() && is_sure(other)
            });
            parts.find_map(|(first, rest)| around.said(around.span(*token), &format!("{first} {rest}"), Leads::ToTheEnd))
        })
    })
}

/// `his age is …`, `their name`
pub(super) fn whose(around: &Around<'_>) -> Option<Diagnostic> {
    let at = around.window(3, 0).find(|&at| {
        around.tokens.get(at).is_some_and(|token| matches!(token.text, "his" | "her" | "its" | "their" | "my" | "your" | "our"))
    })?;
    let (word, field) = (around.tokens.get(at)?, around.tokens.get(at.saturating_add(1)).filter(|field| field.sort == Sort::Word)?);
    let help = format!("name the owner: `user.{0}`, `document.{0}`", field.text);
    let message = format!("`{}` does not say whose", word.text);
    Some(mistakes::not_understood(around.span(*word), message, "rules name what they speak of", &help))
}

/// `un less`, `on ly if`
pub(super) fn torn(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(3, 1).find_map(|first| {
        let (one, two) = (around.tokens.get(first)?, around.tokens.get(first.saturating_add(1))?);
        let joined = format!("{}{}", one.text, two.text);
        is_word(&joined).then(|| around.said(around.span_of(first, first.saturating_add(1))?, &joined, Leads::ToTheEnd))?
    })
}

/// `user age is 3`, `the document owner is …`, `user. age`
pub(super) fn dot_missing(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(3, 1).find_map(|at| {
        let owner = around.tokens.get(at).filter(|token| token.sort == Sort::Word && !is_reserved(token.text))?;
        let dots = usize::from(around.tokens.get(at.saturating_add(1))?.text == ".");
        let field = around.tokens.get(at.saturating_add(1).saturating_add(dots))?;
        let before = at.checked_sub(1).and_then(|at| around.tokens.get(at)).map_or("", |token| token.text);
        let is_name = |word: &str| {
            !is_word(word) && word.bytes().any(|byte| byte.is_ascii_lowercase()) && !is_reserved(word) && !PRONOUNS.contains(&word)
        };
        let is_plain = field.sort == Sort::Word && !field.text.contains('.') && !owner.text.contains('.');
        let is_subject = around.tokens.get(at.saturating_add(2).saturating_add(dots)).is_some_and(|next| PREDICATES.contains(&next.text));
        let is_object = matches!(before, "is" | "than" | "least" | "most" | "the");
        if !is_plain || !is_name(field.text) || !is_name(owner.text) || !is_subject && !is_object {
            return None;
        }
        let article = at.checked_sub(1).and_then(|at| around.tokens.get(at)).filter(|token| token.text == "the");
        let start = article.map_or(owner.start, |article| article.start);
        let span = around.site.span(start..field.end());
        let meant = format!("{}.{}", owner.text, field.text);
        let change = Vec::from([(span, meant.clone())]);
        (around.leads(&change) == Leads::ToTheEnd)
            .then(|| mistakes::dot_missing(around.site.span(owner.start..field.end()), around.site.words(span), &meant, change))
    })
}

/// Two rules on a line, or a rule that is indented below another sentence.
pub(super) fn another_statement(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening()?;
    let at = around.window(1, 1).find(|&at| {
        at > opening
            && around.tokens.get(at).is_some_and(|token| {
                // After a full stop a sentence begins with a capital.
                OPENERS.contains(&token.text.to_ascii_lowercase().as_str())
            })
    })?;
    let token = around.tokens.get(at)?;
    let before = around.site.code.get(..token.start)?;
    if !around.is_statement(before.trim_end()) {
        return None;
    }
    let from = before.trim_end_matches([' ', '\t']).len();
    let is_capital = !OPENERS.contains(&token.text);
    if is_capital && token.begins_line {
        return None;
    }
    let gap = around.site.span(from..token.start);
    if is_capital {
        let all = gap.to(around.span(*token));
        return Some(mistakes::another_rule(around.span(*token), token.text, all, &token.text.to_ascii_lowercase()));
    }
    if token.begins_line {
        return Some(mistakes::indented_rule(around.span(*token), gap));
    }
    Some(mistakes::another_rule(around.span(*token), token.text, gap, ""))
}

/// `1. allow read document`, `* allow …`, `a) …`, and a whole rule in quotes
pub(super) fn mark_before(around: &Around<'_>) -> Option<Diagnostic> {
    const MOST: usize = 5;
    let first = around.tokens.first()?;
    let before =
        around.tokens.iter().take(MOST).position(|token| OPENERS.contains(&token.text) || token.text == "rule").filter(|&at| at > 0);
    let start = around.tokens.get(before?)?.start;
    let marks = around.site.code.get(first.start..start).unwrap_or("");
    // A word would say something.
    if !marks.trim_end().ends_with(')') && marks.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 1) {
        return None;
    }
    let change = Vec::from([(around.site.span(first.start..start), String::new())]);
    if around.leads(&change) != Leads::ToTheEnd {
        return None;
    }
    let at = around.site.span(first.start..first.start.saturating_add(marks.trim_end().len()));
    Some(mistakes::punctuation(at, marks.trim(), "a statement has no mark before it", change))
}

/// `allow read document!`
pub(super) fn mark_behind(around: &Around<'_>) -> Option<Diagnostic> {
    let last = around.tokens.iter().rposition(|token| token.sort != Sort::Sign)?;
    let (start, end) = (around.tokens.get(last)?.end(), around.tokens.last()?.end());
    let marks = around.site.code.get(start..end).unwrap_or("").trim();
    let change = Vec::from([(around.site.span(start..end), String::new())]);
    if marks.bytes().any(|byte| byte != b'!') || marks.is_empty() || around.at < last || around.leads(&change) != Leads::ToTheEnd {
        return None;
    }
    let at = around.site.span(around.tokens.get(last.saturating_add(1))?.start..end);
    Some(mistakes::punctuation(at, marks, "a statement ends with its last word, or with a full stop", change))
}

/// `must notify` behind a condition
pub(super) fn and_before_duty(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(1, 1).find_map(|at| {
        let token = around.tokens.get(at).filter(|token| matches!(token.text, "must" | "should"))?;
        let before = at.checked_sub(1).and_then(|at| around.tokens.get(at)).map_or("", |token| token.text);
        let is_joined = matches!(before, "and" | "then" | "also");
        (!is_joined).then(|| around.said(around.span(*token), &format!("and {}", token.text), Leads::ToTheEnd))?
    })
}

/// Conditions on lines of their own, with nothing between them.
pub(super) fn lines_without_and(around: &Around<'_>) -> Option<Diagnostic> {
    let start = around.tokens.iter().position(|token| matches!(token.text, "if" | "unless" | "requires"))?;
    let colon =
        around.tokens.get(start.saturating_add(1)).filter(|token| token.text == ":").map(|colon| (around.span(*colon), String::new()));
    let begins = |token: &&Token<'_>| token.begins_line && !is_reserved(token.text);
    let lines: Vec<&Token<'_>> = around.tokens.iter().skip(start.saturating_add(2)).filter(begins).collect();
    let first = lines.first().filter(|_| lines.len() < 12)?;
    let is_below = around.tokens.get(start.saturating_add(1 + usize::from(colon.is_some()))).is_some_and(|token| token.begins_line);
    let change = |word: &str| -> Vec<(Span, String)> {
        let skipped = usize::from(is_below && colon.is_some());
        let joints = lines.iter().skip(skipped).map(|line| (around.span(**line).before(), format!("{word} ")));
        colon.iter().cloned().chain(joints).collect()
    };
    let (and, or) = (change("and"), change("or"));
    (around.leads(&and) == Leads::ToTheEnd).then(|| mistakes::joint_missing(around.span(**first), and, or))
}

/// A sign that is too many, or stands for a word: `allow:`, `if { … }`, `limit: 5`, `admin | editor`
pub(super) fn sign(around: &Around<'_>) -> Option<Diagnostic> {
    const MEANT: &[(&str, &[&str], &str)] = &[
        (":", &[" means"], "a name is given to a value with `means`: `limit means 50 EUR`"),
        (":", &[" is"], "a declaration says `is`: `setting limit is number`"),
        (":", &[""], "drop the colon: it stands after the name of a rule or field only"),
        ("=", &["means"], "a name is given to a value with `means`: `limit means 50 EUR`"),
        (":=", &["means"], "a name is given to a value with `means`: `limit means 50 EUR`"),
        (":", &[" if"], "write `if` before a condition"),
        ("=", &[" if"], "write `if` before a condition"),
        ("=", &[":"], "a colon stands between a field and its type: `name: text`"),
        ("-", &[":"], "a colon stands between a field and its type: `name: text`"),
        ("->", &["."], "write a dot"),
        (":", &["."], "write a dot"),
        ("$", &[""], "names have no sign before them"),
        ("@", &[""], "names have no sign before them"),
        (";", &[","], "write a comma"),
        (";", &[""], "a line needs no mark at its end"),
        (";", &["and"], "write `and`"),
        ("|", &["or"], "write `or`"),
        ("/", &["or", ","], "write `or`"),
        (",", &[""], "drop the comma"),
        (",", &["and"], "write `and`"),
        ("*", &["do anything to"], "write `do anything to`"),
        ("*", &["do anything"], "write `do anything`"),
        ("*", &["anything"], "write `anything`"),
        ("-", &[""], "a condition has no mark before it"),
        ("-", &["and"], "write `and`: a condition has no mark before it"),
    ];
    let (opening, first) = around.opening()?;
    around.window(1, 1).find_map(|at| {
        let token = around.tokens.get(at).filter(|token| token.sort == Sort::Sign)?;
        let touches = |text: Option<char>| text.is_some_and(|c| c.is_ascii_alphanumeric());
        let (before, after) =
            (around.site.code.get(..token.start)?.chars().next_back(), around.site.code.get(token.end()..)?.chars().next());
        let is_inside = touches(before) && touches(after);
        let before = at.checked_sub(1).and_then(|at| around.tokens.get(at)).map_or("", |token| token.text);
        let value = around.tokens.get(at.saturating_add(1)).is_some_and(|next| matches!(next.sort, Sort::Number | Sort::Quoted));
        let has_predicate = around.tokens.iter().skip(at.saturating_add(1)).any(|token| PREDICATES.contains(&token.text));
        let is_possible = |meant: &str| match (token.text, meant.trim()) {
            // A constant gets a value, a declaration its type.
            (":" | "=", "means") => at == opening.saturating_add(1) && (value || has_predicate),
            (";", ",") => around.tokens.iter().take(at).any(|token| matches!(token.text, "(" | "[")),
            (";", "") => around.tokens.get(at.saturating_add(1)).is_some_and(|next| next.begins_line),
            (":" | "=", "if") => matches!(first.text, "a" | "an") && has_predicate,
            ("=" | "-", ":") => matches!(first.text, "a" | "an"),
            (":" | "->", ".") => is_inside && !around.tokens.iter().take(at).any(|token| token.text == "("),
            (":" | "=", "is") => matches!(first.text, "setting" | "fact"),
            ("-", _) => token.begins_line,
            ("*", _) => at <= opening.saturating_add(2),
            (_, "") => !is_inside,
            (_, _) => before != "(",
        };
        let meant =
            MEANT.iter().filter(|entry| entry.0 == token.text).flat_map(|(_, meant, help)| meant.iter().map(move |meant| (*meant, *help)));
        meant.filter(|(meant, _)| is_possible(meant)).find_map(|(meant, help)| {
            let span = around.span(*token);
            let change = Vec::from([(span, around.site.spaced(span, meant))]);
            // A colon behind a word of the language is dropped wherever it stands.
            let least =
                if token.text == ":" && meant.is_empty() && (is_reserved(before) || is_word(before)) { Leads::On } else { Leads::ToTheEnd };
            (around.leads(&change) >= least).then(|| mistakes::punctuation(span, token.text, help, change))
        })
    })
}

/// `allow "read document"`, `rule "adults":`: a text in the place of names.
pub(super) fn needless_quotes(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(1, 1).find_map(|at| {
        let token = around.tokens.get(at).filter(|token| token.sort == Sort::Quoted)?;
        let inside = token.text.trim_matches(['"', '“', '”', '`']).trim();
        if token.text.starts_with('`') && !inside.contains(' ') {
            return None;
        }
        let joined = inside.split_ascii_whitespace().collect::<Vec<_>>().join("-");
        [inside, &joined].into_iter().filter(|inside| !inside.is_empty()).find_map(|inside| {
            let change = Vec::from([(around.span(*token), String::from(inside))]);
            (around.leads(&change) == Leads::ToTheEnd).then(|| mistakes::needless_quotes(around.span(*token), token.text, inside, change))
        })
    })
}

/// `if { … }`, `when (…)`: brackets around what stands without any.
pub(super) fn brackets(around: &Around<'_>) -> Option<Diagnostic> {
    let (opened, open) =
        around.tokens.iter().enumerate().find(|(at, token)| matches!(token.text, "{" | "[") && at.saturating_add(1) >= around.at)?;
    let close = if open.text == "{" { "}" } else { "]" };
    let (closed_at, closed) = around.tokens.iter().enumerate().skip(opened).rfind(|(_, token)| token.text == close)?;
    let before = closed_at.checked_sub(1).and_then(|at| around.tokens.get(at)).map_or(closed.start, |before| before.end());
    let goes_on = around.tokens.get(closed_at.saturating_add(1)).is_some_and(|next| next.start == closed.end());
    let end = around.site.span(before..closed.end());
    let change = Vec::from([(around.with_blanks(*open), String::new()), (end, String::from(if goes_on { " " } else { "" }))]);
    let is_read = around.leads(&change) == Leads::ToTheEnd;
    let square = Vec::from([(around.span(*open), String::from("[")), (around.span(*closed), String::from("]"))]);
    if open.text == "{" && !is_read && around.leads(&square) == Leads::ToTheEnd {
        return Some(mistakes::punctuation(around.span(*open), open.text, "a list stands in square brackets", square));
    }
    let help = if open.text == "{" { "drop the braces: a block is the lines that are indented" } else { "drop the brackets" };
    is_read.then(|| mistakes::punctuation(around.span(*open), open.text, help, change))
}
