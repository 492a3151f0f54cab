//! Messages about names: what they stand for, and what was probably meant.

use super::super::similar::{listed, similar};
use super::{did_you_mean, wants_another_type};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::tree::Name;
use crate::vocabulary::{Kind, Type};
use alloc::string::String;
use alloc::vec::Vec;

pub(in crate::check) fn unknown_field(kind: &Kind, of: &str, field: &Name) -> Diagnostic {
    let near = similar(&field.text, kind.fields.iter().map(|known| known.name.as_str()));
    let known: Vec<&str> = kind.fields.iter().take(12).map(|known| known.name.as_str()).collect();
    let diagnostic = Diagnostic::new(Code::UnknownField, field.span, alloc::format!("a {} has no `{}`", kind.name, field.text))
        .label(alloc::format!("`{of}` is a {}", kind.name))
        .related(kind.span, "declared here");
    did_you_mean(diagnostic, field.span, &near, &alloc::format!("a {} has: {}", kind.name, known.join(", ")))
}

pub(in crate::check) fn unknown_word(word: &Name, kind: &str, known: &[String]) -> Diagnostic {
    let near = similar(&word.text, known.iter().map(String::as_str));
    let help = match known {
        [] => alloc::format!("declare it: in `a {kind} has` add `{}: yes/no`, or define it: `a {kind} is {} if …`", word.text, word.text),
        known => {
            alloc::format!("what can be said of a {kind}: {}", known.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", "))
        }
    };
    let diagnostic = Diagnostic::new(Code::UnknownWord, word.span, alloc::format!("`{}` is nothing that a {kind} can be", word.text))
        .label("no definition and no yes/no field of this name");
    did_you_mean(diagnostic, word.span, &near, &help)
}

fn by_itself(word: &Name, message: String) -> Diagnostic {
    Diagnostic::new(Code::BareWord, word.span, message)
}

/// `alone` says that it is a whole condition, else it is compared with something.
pub(in crate::check) fn bare_word(name: &Name, known: Vec<&str>, alone: bool) -> Diagnostic {
    let near = similar(&name.text, known);
    let word = name.text.as_str();
    let diagnostic = by_itself(name, alloc::format!("`{word}` is no fact, constant or definition"));
    let (diagnostic, help) = if alone {
        let help = alloc::format!("say of what it is true, as in `user is {word}`; for a yes/no fact of its own write `the {word}`");
        let edits = alloc::vec![(name.span.before(), String::from("the "))];
        (diagnostic.label("nothing says what this is about").suggestion(alloc::format!("write `the {word}`"), edits), help)
    } else if let Some(value) = value_in_words(word) {
        let written = by_itself(name, alloc::format!("`{word}` is written `{value}`"));
        return written
            .label("rules write the value itself")
            .help(alloc::format!("write `{value}`"))
            .fix(alloc::format!("write `{value}`"), alloc::vec![(name.span, String::from(value))]);
    } else {
        let help = alloc::format!("write `\"{word}\"` if the text is meant; a fact is written with its owner, as in `user.{word}`");
        let edits = alloc::vec![(name.span, alloc::format!("\"{word}\""))];
        (diagnostic.label("a text would stand in double quotes").suggestion("write it as a text", edits), help)
    };
    match near.as_slice() {
        [] => diagnostic.help(help),
        near => diagnostic.help(alloc::format!("did you mean {}? {help}", listed(near, "or"))),
    }
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// `if it is public`, `if his age is …`
pub(in crate::check) fn pronoun(word: &Name) -> Diagnostic {
    by_itself(word, alloc::format!("`{}` does not say who or what is meant", word.text))
        .label("rules name what they speak of")
        .help("write the name of the fact, as in `user is active` or `document is public`")
}

/// A value that is written as a word in other languages, or in English.
fn value_in_words(word: &str) -> Option<&'static str> {
    const NUMBERS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const DIGITS: [&str; 21] =
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"];
    let small = word.to_ascii_lowercase();
    match small.as_str() {
        "true" | "on" => Some("yes"),
        "false" | "off" => Some("no"),
        "null" | "nil" | "nothing" => Some("none"),
        "thirty" => Some("30"),
        "hundred" => Some("100"),
        "thousand" => Some("1000"),
        _ => NUMBERS.iter().position(|number| *number == small).and_then(|at| DIGITS.get(at)).copied(),
    }
}

/// `user is active and not suspended`: what is said again of the same subject.
pub(in crate::check) fn subject_again(word: &Name, at: Span, sentence: &str) -> Diagnostic {
    by_itself(word, alloc::format!("`{}` does not say of whom", word.text))
        .label("each condition names its subject")
        .help(alloc::format!("write `{sentence}`"))
        .fix(alloc::format!("write `{sentence}`"), alloc::vec![(at, String::from(sentence))])
}

/// `user.role is admin or editor`, `user.age is 18 or older`: one sentence says both.
pub(in crate::check) fn one_sentence(word: &Name, all: Span, sentence: &str) -> Diagnostic {
    by_itself(word, alloc::format!("`{}` does not say of what", word.text))
        .label("each condition names its subject")
        .help(alloc::format!("write `{sentence}`"))
        .suggestion(alloc::format!("write `{sentence}`"), alloc::vec![(all, String::from(sentence))])
}

/// `user is an admin`, where a field of the user may be `admin`; `change` asks that field.
pub(in crate::check) fn choice_of_field(diagnostic: Diagnostic, sentence: &str, change: (Span, String)) -> Diagnostic {
    diagnostic.help(alloc::format!("write `{sentence}`")).suggestion(alloc::format!("write `{sentence}`"), alloc::vec![change])
}

/// `user.name is given`: whether something is there.
pub(in crate::check) fn presence(diagnostic: Diagnostic, sentence: &str, at: Span) -> Diagnostic {
    diagnostic
        .help(alloc::format!("to ask whether it is there, write `{sentence}`"))
        .suggestion(alloc::format!("write `{sentence}`"), alloc::vec![(at, String::from(sentence))])
}

/// `fits` says that the fact could be compared with what stands before.
pub(in crate::check) fn fact_as_word(word: &Name, fits: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::FactAsWord, word.span, alloc::format!("`{}` is a fact, not a description", word.text))
        .label("this names a fact of the request");
    if !fits {
        return diagnostic.help(alloc::format!("say what it is, or define the word: `a KIND is {} if …`", word.text));
    }
    diagnostic
        .help(alloc::format!("write `is the {}`", word.text))
        .suggestion("compare with the fact", alloc::vec![(word.span.before(), String::from("the "))])
}

pub(in crate::check) fn two_meanings(word: &Name, ways: &str) -> Diagnostic {
    Diagnostic::new(Code::TwoMeanings, word.span, alloc::format!("`{}` could mean {ways} here", word.text))
        .label("two meanings")
        .help("rename one of them")
}

pub(in crate::check) fn definition_of_another(word: &Name, of: &str, subject: &str, is: &str, defined: Span) -> Diagnostic {
    let but =
        if is.contains("any type") { alloc::format!("nothing says what `{subject}` is") } else { alloc::format!("`{subject}` is {is}") };
    other_kind(word, alloc::format!("`{}` is defined for {of}, but {but}", word.text))
        .label(alloc::format!("nothing says that `{subject}` is {of}"))
        .related(defined, "defined here")
        .help(match subject.rsplit_once('.') {
            Some((owner, field)) if !owner.contains('.') => {
                alloc::format!("declare it: `a {owner} has`, and below it, indented, `{field}: reference to {}`", of.replace('`', ""))
            }
            _ => alloc::format!("define the word for it: `a {subject} is {} if …`", word.text),
        })
}

fn other_kind(word: &Name, message: String) -> Diagnostic {
    Diagnostic::new(Code::DefinitionOtherKind, word.span, message)
}

/// Of something that may be of several kinds, one of them (and another one) has no such definition.
pub(in crate::check) fn not_defined_for(word: &Name, kind: &str, other: Option<&str>, subject: &str) -> Diagnostic {
    let what = other.map_or_else(|| String::from(kind), |other| alloc::format!("{kind} and {other}"));
    other_kind(word, alloc::format!("`{}` is not defined for {what}", word.text))
        .label(alloc::format!("`{subject}` may be {kind}"))
        .help(alloc::format!("define it for each kind that `{subject}` may be: `{} is {} if …`", kind.replace('`', ""), word.text))
}

pub(in crate::check) fn word_as_value(word: &Name, what: &str, ty: &Type) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::BareWordAfterEquals,
        word.span,
        alloc::format!("{what}, and `{}` is neither a constant nor a description of it", word.text),
    )
    .label("a bare word never means a text");
    if *ty == Type::Text {
        return diagnostic
            .help(alloc::format!("for the text write `\"{}\"`", word.text))
            .suggestion("write it as a text", alloc::vec![(word.span, alloc::format!("\"{}\"", word.text))]);
    }
    if *ty == Type::Date && WEEKDAYS.contains(&word.text.to_ascii_lowercase().as_str()) {
        let subject = what.split('`').nth(1).unwrap_or_default();
        return diagnostic.help(alloc::format!("write `weekday of {subject} is {}`", word.text.to_ascii_lowercase()));
    }
    diagnostic.help(alloc::format!("for a fact of this name write `the {}`", word.text))
}

pub(in crate::check) fn no_relation<'n>(word: &Name, subject: &str, object: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let near = similar(&word.text, known);
    let diagnostic = Diagnostic::new(
        Code::UnknownRelation,
        word.span,
        alloc::format!("nothing defines `{} the …` between `{subject}` and `{object}`", word.text),
    )
    .label("no relation of this name for these two");
    did_you_mean(diagnostic, word.span, &near, &alloc::format!("define it: `a {subject} is {} a {object} if …`", word.text))
}

pub(in crate::check) fn relation_with_itself(name: &Name) -> Diagnostic {
    shadows(name.span, alloc::format!("`{}` would name both sides", name.text))
        .help(alloc::format!("write `another {}`, and call the second one `other`", name.text))
}

pub(in crate::check) fn shadowing(variable: &Name, what: &str) -> Diagnostic {
    shadows(variable.span, alloc::format!("`{}` is the name of {what} already", variable.text)).help("choose another name for the variable")
}

pub(in crate::check) fn variable_outside(name: &str, span: Span) -> Diagnostic {
    shadows(span, alloc::format!("`{name}` is the variable of a quantifier, which does not reach this far"))
        .label("outside of it, this would be a fact of the request")
        .help(alloc::format!("put what is said of `{name}` into `satisfies (…)`, or rename the variable if a fact is meant"))
}

/// A name that would mean two things in one sentence.
pub(in crate::check) fn shadows(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::Shadowing, span, message).label("this name is taken")
}

pub(in crate::check) fn unknown_function(name: &Name, near: &[String]) -> Diagnostic {
    let meant = match name.text.to_ascii_lowercase().as_str() {
        "sum" => Some("total"),
        "max" | "maximum" | "latest" | "greatest" | "largest" => Some("highest"),
        "min" | "minimum" | "earliest" | "smallest" => Some("lowest"),
        "number" | "amount" | "size" | "quantity" => Some("count"),
        _ => None,
    };
    let meant = meant.map(|meant| alloc::vec![String::from(meant)]);
    let near = meant.as_deref().unwrap_or(near);
    let known = "there are count, total, highest, lowest, distinct, keys, values, length, lowercase, bucket, date, time, weekday, day, month and year `of`, and days, weeks, months, years and duration `from … to …`";
    let diagnostic = Diagnostic::new(Code::UnknownFunction, name.span, alloc::format!("there is no function `{}`", name.text))
        .label("not one of the closed set");
    did_you_mean(diagnostic, name.span, near, known)
}

/// `owner of document`: what belongs to something follows its dot.
pub(in crate::check) fn field_with_of(diagnostic: Diagnostic, span: Span, field: &str) -> Diagnostic {
    diagnostic
        .label("what something has follows a dot")
        .help(alloc::format!("write `{field}`"))
        .suggestion(alloc::format!("write `{field}`"), alloc::vec![(span, String::from(field))])
}

pub(in crate::check) fn unknown_kind_above<'n>(variable: &Name, kinds: impl Iterator<Item = &'n str>) -> Diagnostic {
    let near = similar(&variable.text, kinds);
    let diagnostic = no_such_kind(variable);
    did_you_mean(diagnostic, variable.span, &near, "name the variable like the kind: `any folder above document is shared`")
}

pub(in crate::check) fn no_such_kind(name: &Name) -> Diagnostic {
    wants_another_type(&alloc::format!("`{}` is no kind", name.text), "the name of a kind", name.span)
}

pub(in crate::check) fn no_kind_has(of: &str, field: &Name, kinds: &[&str]) -> Diagnostic {
    wants_another_type(
        &alloc::format!("none of {} has `{}`", kinds.join(", "), field.text),
        &alloc::format!("a field that some `{of}` has"),
        field.span,
    )
    .help("declare the field in the kinds that have it")
}

pub(in crate::check) fn kinds_disagree(of: &str, field: &Name, other: Span) -> Diagnostic {
    wants_another_type(&alloc::format!("the kinds that `{of}` may be have different types of `{}`", field.text), "one type", field.span)
        .related(other, "one of them")
        .help(alloc::format!("name the kind instead of `{of}`"))
}
