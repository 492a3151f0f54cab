//! Mistakes in values and names: literals, operators, lists, declarations.

use super::{edit, quoted};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::vocabulary::article_of;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

fn comma_in_number(at: Span) -> Diagnostic {
    Diagnostic::new(Code::NumberComma, at, "numbers have no comma")
}

#[cold]
pub(in crate::parse) fn number_comma(at: Span, digits: &str) -> Diagnostic {
    comma_in_number(at)
        .label("a comma separates the items of a list")
        .help(format!("write `{}` or `{}`", digits.replace(',', ""), digits.replace(',', "_")))
        .fix("drop the comma", edit(at, digits.replace(',', "")))
}

fn day_or_time(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::DateForm, at, message)
}

/// `why` is empty where the form is wrong, else why it is no day or time.
#[cold]
pub(in crate::parse) fn date_form(at: Span, words: &str, why: &str, meant: Option<&str>) -> Diagnostic {
    let (message, label) = if why.is_empty() {
        (String::from("dates are written year-month-day"), "four digits, two, two")
    } else {
        (format!("{} is no date or time: {why}", quoted(words)), "not in the calendar")
    };
    let made = day_or_time(at, message).label(label);
    match meant {
        Some(meant) => made.help(format!("write `{meant}`")).fix(format!("write `{meant}`"), edit(at, meant)),
        None => made.help("write it as in `2026-01-31`, `17:30` or `2026-01-31T17:30:00+01:00`"),
    }
}

#[cold]
pub(in crate::parse) fn time_form(at: Span, meant: &str) -> Diagnostic {
    day_or_time(at, "times are written hours:minutes".into())
        .label("two digits, a colon, two digits")
        .help(format!("write `{meant}`"))
        .fix(format!("write `{meant}`"), edit(at, meant))
}

/// A comma before the part of a number that is less than one.
#[cold]
pub(in crate::parse) fn number_decimal_comma(at: Span, meant: &str) -> Diagnostic {
    comma_in_number(at)
        .label("a point stands before the part that is less than one")
        .help(format!("write `{meant}`"))
        .fix(format!("write `{meant}`"), edit(at, meant))
}

#[cold]
pub(in crate::parse) fn money_form(at: Span, meant: &str) -> Diagnostic {
    money(at, format!("money is written `{meant}`"))
        .label("the amount, a blank, the code of the currency")
        .help(format!("write `{meant}`"))
        .fix(format!("write `{meant}`"), edit(at, meant))
}

fn money(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::MoneyForm, at, message)
}

/// `10.000 EUR`: ten in some countries, ten thousand in others.
#[cold]
pub(in crate::parse) fn thousands_point(at: Span, words: &str, small: &str, large: &str) -> Diagnostic {
    money(at, format!("{} can be read as {} and as {}", quoted(words), quoted(small), quoted(large)))
        .label("thousands, or three places behind the point?")
        .help(format!("write `{large}` or `{small}`"))
        .suggestion(format!("write `{large}`"), edit(at, large))
        .suggestion(format!("write `{small}`"), edit(at, small))
}

#[cold]
pub(in crate::parse) fn literal_range(at: Span, words: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::LiteralRange, at, format!("{} cannot be used: {why}", quoted(words)))
        .label("this cannot be held exactly")
        .help("numbers are exact: at most 28 digits, 18 of them behind the point")
}

/// `meant` is one way to read it; another may have been meant.
#[cold]
pub(in crate::parse) fn address_range(at: Span, words: &str, why: &str, meant: Option<&str>) -> Diagnostic {
    let made = literal_range(at, words, why).label("this is no address and no network");
    match meant {
        Some(meant) => made.help(format!("write `{meant}` if that is meant")).suggestion(format!("write `{meant}`"), edit(at, meant)),
        None => made.help("write an address or a network such as `10.1.2.3`, `10.0.0.0/8` or `ip \"2001:db8::/32\"`"),
    }
}

#[cold]
pub(in crate::parse) fn blanks_wanted(at: Span, words: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::BlanksWanted, at, "an operator has blanks on both sides")
        .label("`a-b` is one name, `a - b` a difference")
        .help(format!("write `{}`: blanks before and after it", meant.trim()))
        .fix(format!("write `{}` with blanks", words.trim()), edit(at, meant))
}

#[cold]
pub(in crate::parse) fn no_index(at: Span, list: &str, key: Option<&str>) -> Diagnostic {
    let (message, label) = match key {
        Some(_) => ("the key of a map follows a dot", "a dot and the key belong here"),
        None => ("elements of a list have no number", "a list is asked as a whole"),
    };
    let made = Diagnostic::new(Code::NoIndex, at, message).label(label);
    match key {
        Some(key) => made.help(format!("write `` {list}{key} ``")).fix("write a dot", edit(at, key)),
        None => made.help(format!("write `any x in {list} is …` or `every x in {list} is …`")),
    }
}

#[cold]
pub(in crate::parse) fn call_form(at: Span, name: &str, meant: Option<&str>) -> Diagnostic {
    let label = match meant {
        Some(meant) if !meant.contains(" of ") => "this is said without parentheses",
        _ => "functions are written with `of`",
    };
    let made = Diagnostic::new(Code::CallForm, at, format!("`{name}` is not called with parentheses")).label(label);
    match meant {
        Some(meant) => made.help(format!("write {}", quoted(meant))).fix(format!("write {}", quoted(meant)), edit(at, meant)),
        None => made.help("write it as a sentence: `count of X`, `X contains Y`, `days from A to B`"),
    }
}

/// `AND(a; b)`
#[cold]
pub(in crate::parse) fn logic_call(at: Span, name: &str, meant: &str, change: Vec<(Span, String)>) -> Diagnostic {
    let help = format!("write `(… {meant} …)`");
    call_form(at, name, None).label(format!("`{meant}` stands between conditions")).help(help.clone()).fix(help, change)
}

#[cold]
pub(in crate::parse) fn no_such_operator(at: Span, operator: &str) -> Diagnostic {
    let help = if operator == "/" { "multiply instead: `total * 0.5`, or `50% of total`" } else { "write it as a product: `x * x`" };
    Diagnostic::new(Code::NoSuchOperator, at, format!("there is no `{operator}`")).label("the operators are `+`, `-` and `*`").help(help)
}

#[cold]
pub(in crate::parse) fn choice_reserved(at: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Code::ChoiceReserved, at, format!("`{word}` is a word of the language"))
        .label("it cannot stand here without quotes")
        .help(format!("write the choices in quotes: `\"{word}\"`"))
        .fix("put it in quotes", edit(at, format!("\"{word}\"")))
}

#[cold]
pub(in crate::parse) fn ranked_and_listed(at: Span) -> Diagnostic {
    Diagnostic::new(Code::RankedAndListed, at, "a choice is either ranked or not")
        .label("`<` and `,` are mixed")
        .help("write `one of [low < middle < high]` or `one of [low, middle, high]`")
}

fn declaration(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::ArticleMissing, at, message)
}

/// `at` is the name, or the wrong article before it.
#[cold]
pub(in crate::parse) fn kind_article(at: Span, name: &str, missing: bool) -> Diagnostic {
    let article = article_of(name);
    let made = declaration(at, format!("a kind is declared with `{article}`"))
        .label("this describes each of them, not a certain one")
        .help(format!("write `{article} {name} has …`"));
    let change = if missing { edit(at.before(), format!("{article} ")) } else { edit(at, article) };
    made.fix(format!("write `{article}`"), change)
}

/// The beginning of a declaration in the form of another language.
#[cold]
pub(in crate::parse) fn kind_opening(at: Span, words: &str, meant: &str, change: Vec<(Span, String)>) -> Diagnostic {
    declaration(at, format!("{} begins no declaration", quoted(words)))
        .label("a kind is declared with `a … has`")
        .help(format!("write `{meant}`, and each field on a line of its own"))
        .fix(format!("write `{meant}`"), change)
}

/// A name in several words; of a rule it is used nowhere else.
#[cold]
pub(in crate::parse) fn name_of_words(at: Span, words: &str, meant: &str, how: (bool, bool)) -> Diagnostic {
    let (is_sure, is_long) = how;
    let (what, label) =
        if is_long { ("is more than one word", "a name is one word") } else { ("is no name", "a name begins with a letter") };
    super::not_understood(at, format!("{} {what}", quoted(words)), label, &format!("write `{meant}`, here and wherever it is used")).change(
        is_sure,
        format!("write `{meant}`"),
        edit(at, meant),
    )
}

/// Fields without types, in one sentence.
#[cold]
pub(in crate::parse) fn fields_in_a_row(at: Span, first: &str, change: Vec<(Span, String)>) -> Diagnostic {
    super::not_understood(
        at,
        "each field stands on a line of its own, with its type".into(),
        "fields without types",
        &format!("write an indented line for each: `{first}: text`, `{first}: number`, `{first}: yes/no`, …"),
    )
    .suggestion("declare them as texts", change)
}

/// What is written in another form; `is_sure` says that nothing else can be meant.
#[cold]
pub(in crate::parse) fn written_as(at: Span, words: &str, meant: &str, is_sure: bool) -> Diagnostic {
    let help = format!("write {}{}", quoted(meant), if is_sure { "" } else { " if that is meant" });
    super::other_phrase(at, words, Some(meant), &help, Vec::new()).label("rules say this in another form").change(
        is_sure,
        format!("write {}", quoted(meant)),
        edit(at, meant),
    )
}

/// Something about a sign.
pub(super) fn signs(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::Punctuation, at, message)
}

/// A sign that stands where the language has none, or another; `change` mends it where that is clear.
#[cold]
pub(in crate::parse) fn punctuation(at: Span, sign: &str, help: &str, change: Vec<(Span, String)>) -> Diagnostic {
    let made = signs(at, format!("`{sign}` does not belong here")).label("rules have no such sign in this place").help(help);
    if change.is_empty() { made } else { made.fix(help, change) }
}

#[cold]
pub(in crate::parse) fn braces(at: Span) -> Diagnostic {
    Diagnostic::new(Code::BracesInText, at, "braces in a reason hold the name of a fact")
        .label("this is no name")
        .help("write `{requester.name}`, or `{{` for a brace")
        .suggestion("write `{{`", edit(at.before(), "{"))
}

#[cold]
pub(in crate::parse) fn too_long(at: Span, what: &str, size: usize, limit: usize, unit: &str) -> Diagnostic {
    Diagnostic::new(Code::TooLong, at, format!("{what} may have {limit} {unit}, this has {size}"))
        .label("too long")
        .help("shorten it, or raise the limit")
}
