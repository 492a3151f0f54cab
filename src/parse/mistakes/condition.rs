//! Mistakes in conditions: connectives, comparisons, quantifiers.

use super::{edit, quoted};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// `readings` are the two ways to put parentheses, each with its edits.
#[cold]
pub(in crate::parse) fn mixed_and_or(
    first: (Span, &str),
    second: (Span, &str),
    readings: [(String, Vec<(Span, String)>); 2],
) -> Diagnostic {
    let [left, right] = readings;
    Diagnostic::new(Code::MixedAndOr, second.0, "`and` and `or` are mixed without parentheses")
        .label(format!("`{}` here", second.1))
        .related(first.0, format!("`{}` here", first.1))
        .help(format!("did you mean {} or {}?", quoted(&left.0), quoted(&right.0)))
        .suggestion(format!("read it as {}", quoted(&left.0)), left.1)
        .suggestion(format!("read it as {}", quoted(&right.0)), right.1)
}

/// `user is not editor or the admin`: `the admin` could be what the user is not, or a fact of its own.
#[cold]
pub(in crate::parse) fn two_readings(at: Span, word: &str, fact: (&str, Span), subject: &str, not: Span) -> Diagnostic {
    let (fact, span) = fact;
    let connective = if word == "or" { "and" } else { "or" };
    Diagnostic::new(Code::TwoReadings, at, format!("{} after `is not` can be read in two ways", quoted(&format!("{word} {fact}"))))
        .label("by itself, or after `is not`?")
        .related(not, "does this reach that far?")
        .help(format!(
            "write {} if this is a yes/no fact, or {} if it belongs to the subject",
            quoted(&format!("{word} {fact} is yes")),
            quoted(&format!("{connective} {subject} is not {fact}"))
        ))
        .suggestion("it is a yes/no fact", edit(span.after(), " is yes"))
}

#[cold]
pub(in crate::parse) fn equals_sign(at: Span, symbol: &str, meant: &str, spaced: String) -> Diagnostic {
    not_equals_sign(at, symbol, meant).help(format!("write `{meant}`")).fix(format!("write `{meant}`"), edit(at, spaced))
}

/// `==` before a bare word, which may be a text without its quotes.
#[cold]
pub(in crate::parse) fn equals_word(at: Span, symbol: &str, meant: (&str, String), word: (&str, Span)) -> Diagnostic {
    let ((text, span), (meant, spaced)) = (word, meant);
    not_equals_sign(at, symbol, meant)
        .help(format!("write `{meant} \"{text}\"` for the text, or `{meant} {text}` for a description or a choice"))
        .suggestion("it is a text", Vec::from([(at, spaced.clone()), (span, format!("\"{text}\""))]))
        .suggestion("it is a description or a choice", edit(at, spaced))
}

fn not_equals_sign(at: Span, symbol: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::EqualsSign, at, format!("`{symbol}` is written `{meant}` here")).label(format!("rules say `{meant}`"))
}

#[cold]
pub(in crate::parse) fn logic_symbol(at: Span, symbol: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::LogicSymbol, at, format!("`{symbol}` is written `{meant}`"))
        .label(format!("rules say `{meant}`"))
        .help(format!("write `{meant}`"))
        .fix(format!("write `{meant}`"), edit(at, meant))
}

#[cold]
pub(in crate::parse) fn not_symbol(at: Span, symbol: &str, glued: bool) -> Diagnostic {
    Diagnostic::new(Code::NotSymbol, at, format!("`{symbol}` is written `not`"))
        .label("rules say `not`")
        .help("write `not`, or say it in the sentence: `document is not archived`")
        .fix("write `not`", edit(at, if glued { "not " } else { "not" }))
}

#[cold]
pub(in crate::parse) fn are_for_is(at: Span, word: &str, singular: &str) -> Diagnostic {
    Diagnostic::new(Code::AreForIs, at, format!("`{word}` is written `{singular}`"))
        .label(format!("`{singular}` belongs here"))
        .help(format!("write `{singular}`; `{word}` follows only a count, as in `at least 2 reviews in document.reviews are approving`"))
        .fix(format!("write `{singular}`"), edit(at, singular))
}

#[cold]
pub(in crate::parse) fn then_for_than(at: Span) -> Diagnostic {
    Diagnostic::new(Code::ThenForThan, at, "`then` should be `than`")
        .label("the word of a comparison")
        .help("write `than`")
        .fix("write `than`", edit(at, "than"))
}

#[cold]
pub(in crate::parse) fn article_as_name(at: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Code::ArticleAsName, at, format!("`{word}` is an article here, not a name"))
        .label("a name is wanted")
        .help(format!("choose a longer name, or write it in backticks: `` `{word}` ``"))
        .suggestion("write it in backticks", edit(at, format!("`{word}`")))
}

#[cold]
pub(in crate::parse) fn other_quantifier(at: Span, words: &str, meant: &str, change: Vec<(Span, String)>) -> Diagnostic {
    Diagnostic::new(Code::OtherQuantifier, at, format!("{} is written {}", quoted(words), quoted(meant)))
        .label(in_rules(meant))
        .help(format!("write {}", quoted(meant)))
        .fix(format!("write {}", quoted(meant)), change)
}

#[cold]
pub(in crate::parse) fn is_missing(at: Span, words: &str) -> Diagnostic {
    Diagnostic::new(Code::IsMissing, at, "`is` is missing")
        .label("a comparison begins with `is`")
        .help(format!("write {}", quoted(&format!("is {words}"))))
        .fix("write `is`", edit(at.before(), "is "))
}

/// A phrase that onlyif has its own words for; those can stand in its place.
#[cold]
pub(in crate::parse) fn phrase(at: Span, words: &str, meant: &str) -> Diagnostic {
    other_phrase(at, words, Some(meant), &format!("write {}", quoted(meant)), edit(at, meant))
}

/// A phrase of another language; `change` makes it what is meant, where that is clear.
#[cold]
pub(in crate::parse) fn other_phrase(at: Span, words: &str, meant: Option<&str>, help: &str, change: Vec<(Span, String)>) -> Diagnostic {
    let message = match meant {
        Some(meant) => format!("{} is written {}", quoted(words), quoted(meant)),
        None => format!("{} is not said here", quoted(words)),
    };
    let made = said_otherwise(at, message).help(help);
    let made = made.label(meant.map_or_else(|| "this cannot stand here".into(), in_rules));
    if change.is_empty() { made } else { made.fix(meant.map_or_else(|| help.into(), |meant| format!("write {}", quoted(meant))), change) }
}

/// Something about words that rules have others for.
fn said_otherwise(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::OtherPhrase, at, message)
}

/// Steps of a scenario that nothing stands before.
#[cold]
pub(in crate::parse) fn steps_alone(at: Span, word: &str, change: Vec<(Span, String)>) -> Diagnostic {
    let help = "write `scenario \"a title\"` on a line before it, and indent `given`, `when` and `expect`";
    let made = other_phrase(at, word, None, help, Vec::new()).label("this belongs to a scenario");
    if change.is_empty() { made } else { made.suggestion("write a scenario", change) }
}

/// A statement of another tool; `sentence` says the same as a rule, and takes its place where `all` is given.
#[cold]
pub(in crate::parse) fn foreign(at: Span, tool: &str, sentence: &str, all: Option<Span>) -> Diagnostic {
    let help = format!("a rule is a sentence: write {}", quoted(sentence));
    let made = said_otherwise(at, format!("this is written as in {tool}")).label("this begins no sentence").help(help);
    match all {
        Some(all) => made.suggestion(format!("write {}", quoted(sentence)), edit(all, sentence)),
        None => made,
    }
}

/// What rules say in the place of the words that stand here.
fn in_rules(meant: &str) -> String {
    const SHORT: usize = 24;
    if meant.len() > SHORT { "rules say this in other words".into() } else { format!("rules say {}", quoted(meant)) }
}

/// `sure` says that it can end in one place only.
#[cold]
pub(in crate::parse) fn parentheses_wanted(at: Span, words: &str, sure: bool) -> Diagnostic {
    Diagnostic::new(Code::ParenthesesWanted, at, "parentheses are wanted here")
        .label("where does this end?")
        .help(if sure {
            format!("write {}", quoted(&format!("({words})")))
        } else {
            format!("write {}, or put what follows into the parentheses too", quoted(&format!("({words})")))
        })
        .change(sure, "put it in parentheses", Vec::from([(at.before(), "(".into()), (at.after(), ")".into())]))
}

#[cold]
pub(in crate::parse) fn the_missing(at: Span, words: &str) -> Diagnostic {
    Diagnostic::new(Code::TheMissing, at, format!("`the` is missing before {}", quoted(words)))
        .label("the other side of a relation")
        .help(format!("write {}", quoted(&format!("the {words}"))))
        .fix("write `the`", edit(at.before(), "the "))
}
