//! Messages about scenarios: what cannot be given, asked or expected.

use super::did_you_mean;
use crate::check::similar::listed;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::vocabulary::Type;
use alloc::string::String;

/// `what` follows from `facts`, and a given fixes facts only.
pub(in crate::check) fn given_follows(words: &str, what: &str, facts: &[String], span: Span) -> Diagnostic {
    let help = match facts {
        [] => String::from("give the facts that it follows from"),
        [one] => alloc::format!("give what it follows from: `{one} is …`"),
        facts => alloc::format!("give what it follows from: {}", listed(facts, "and")),
    };
    not_one_fact(span, alloc::format!("`{words}` is {what}, and only facts can be given")).label("this is worked out from facts").help(help)
}

pub(in crate::check) fn given_leaves_open(subject: &str, span: Span) -> Diagnostic {
    not_one_fact(span, alloc::format!("this leaves open what `{subject}` is"))
        .label("a given says it exactly")
        .help(alloc::format!("write `{subject} is …` with one value"))
}

pub(in crate::check) fn given_says_nothing(span: Span) -> Diagnostic {
    not_one_fact(span, String::from("this gives no fact"))
        .label("nothing is said of a fact here")
        .help("write `requester has paid`, `requester.name is \"Ann\"` or `today is 2026-03-02`")
}

pub(in crate::check) fn given_with_or(span: Span) -> Diagnostic {
    not_one_fact(span, String::from("a given is one fact, not a choice of several"))
        .label("`or` leaves open which")
        .help("write a scenario for each")
}

pub(in crate::check) fn given_in_parentheses(span: Span) -> Diagnostic {
    not_one_fact(span, String::from("each given stands by itself")).label("several in parentheses").help("leave the parentheses out")
}

pub(in crate::check) fn given_value(words: &str, span: Span) -> Diagnostic {
    not_one_fact(span, alloc::format!("`{words}` is no literal, and a given says the value itself"))
        .label("a literal is wanted here")
        .help("write the value: `yes`, `5`, `\"Ann\"`, `18 EUR`, `2026-03-02`, `[\"a\", \"b\"]`, `record { name: \"Ann\" }` or `none`")
}

pub(in crate::check) fn given_member(subject: &str, list: &str, span: Span) -> Diagnostic {
    not_one_fact(span, alloc::format!("this leaves open what else is in `{list}`"))
        .label("a given says the whole list")
        .help(alloc::format!("write `{list} is [ … ]`; that something lies in a thing is written `{subject} is in group \"friends\"`"))
}

fn not_one_fact(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::GivenNotOneFact, span, message)
}

pub(in crate::check) fn given_twice(words: &str, span: Span, first: Span) -> Diagnostic {
    twice(alloc::format!("`{words}` is given twice"), span, first).help("keep one of them")
}

pub(in crate::check) fn given_whole_and_part(span: Span, first: Span) -> Diagnostic {
    twice(String::from("the whole is given, and a part of it too"), span, first)
        .help("give the parts one by one, `user.id is \"ann\"` too, or put all of them into `record { … }`")
}

fn twice(message: String, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::GivenTwice, span, message).label("given again here").related(first, "given here already")
}

pub(in crate::check) fn given_not_read(words: &str, name: Span, near: &[String]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::GivenNotRead, name, alloc::format!("no rule reads `{words}`")).label("giving this changes nothing");
    did_you_mean(diagnostic, name, near, "leave it out, or correct the name")
}

pub(in crate::check) fn given_setting(name: &str, span: Span, declared: Span) -> Diagnostic {
    cannot_be_given(span, alloc::format!("`{name}` is a setting, and no request brings one"))
        .related(declared, "declared here")
        .help("give it a value where the policy is loaded: `--settings FILE`, or `assumed` in its declaration")
}

pub(in crate::check) fn given_envelope(name: &str, span: Span) -> Diagnostic {
    cannot_be_given(span, alloc::format!("`{name}` is a name of the request itself")).help(match name {
        "entities" => "write `user \"ann\" is in group \"friends\"`, and `user \"ann\" has paid`",
        _ => "name the fact by its kind, `document.owner is …`; the act stands after `when`",
    })
}

fn cannot_be_given(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::CannotBeGiven, span, message).label("this cannot be given")
}

pub(in crate::check) fn one_act_wanted(words: &str, first: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::OneActWanted, span, alloc::format!("`{words}` is more than one act, and a scenario asks about one at a time"))
        .label("one act is wanted here")
        .help(alloc::format!("write `when {first} expect …`, and `when … expect …` for each other act"))
}

pub(in crate::check) fn nearly_equal_act(act: &str, near: &[String], span: Span) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::NearlyEqualAct, span, alloc::format!("no rule is about `{act}`")).label("so it is denied in any case");
    did_you_mean(diagnostic, span, near, "")
}

pub(in crate::check) fn needing_unless_undetermined(outcome: &str, span: Span) -> Diagnostic {
    never_expected(span, alloc::format!("a decision that is `{outcome}` needs nothing more"))
        .label("`needing` goes with `undetermined`")
        .help("write `expect undetermined needing …`, or leave `needing` out")
}

pub(in crate::check) fn two_outcomes(span: Span) -> Diagnostic {
    never_expected(span, String::from("one act has one outcome"))
        .label("another outcome is expected already")
        .help("keep one of them, or write a scenario for each")
}

pub(in crate::check) fn printed_text(span: Span) -> Diagnostic {
    never_expected(span, String::from("an expected text stands as it will be printed"))
        .label("no value is put in here")
        .help("write the value itself instead of the braces")
}

fn never_expected(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::NeverExpected, span, message)
}

pub(in crate::check) fn none_given(words: &str, ty: &str, span: Span) -> Diagnostic {
    super::wants_another_type(&alloc::format!("`{words}` is never none"), ty, span)
        .help("leave the given out for what is not known, or declare it `optional`")
}

pub(in crate::check) fn literal_of_another_type(words: &str, is: &str, wanted: &str, ty: &Type, span: Span) -> Diagnostic {
    let diagnostic = super::wants_another_type(&alloc::format!("`{words}` is {is}"), wanted, span);
    let example = match ty {
        Type::YesNo => "`yes` or `no`",
        Type::Text | Type::Reference(_) => "`\"Ann\"`",
        Type::Number => "`5`",
        Type::Money => "`18.50 EUR`",
        Type::Date => "`2026-03-02`",
        Type::Time => "`17:30`",
        Type::DateTime => "`2026-03-02T17:30:00Z`",
        Type::Duration => "`90 minutes`",
        Type::IpAddress => "`10.0.0.1`",
        Type::Network => "`10.0.0.0/8`",
        Type::List(_) => "`[ … ]`",
        Type::Map(_) | Type::Kind(_) => "`record { … }`",
        Type::Any | Type::Inferred(_) | Type::Choice(_) => return diagnostic,
    };
    diagnostic.help(alloc::format!("write it like {example}, or correct its declaration"))
}
