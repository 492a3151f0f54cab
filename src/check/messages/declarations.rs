//! Messages about declarations, rule heads and what stands before a rule.

use super::super::similar::similar;
use super::did_you_mean;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::tree::Name;
use alloc::string::String;
use alloc::vec::Vec;

pub(in crate::check) fn declared_twice(what: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DeclaredTwice, span, alloc::format!("{what} is declared twice"))
        .label("declared again here")
        .related(first, "first declared here")
        .help("keep one of them, or give this one another name")
}

/// `things` are fields, facts, kinds or acts.
pub(in crate::check) fn key_twice(things: &str, key: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::KeyTwice, span, alloc::format!("two {things} are called `{key}` in requests"))
        .label("the same name again")
        .related(first, "this is called so already")
        .help("give one of them another name with `from \"name\"`")
}

pub(in crate::check) fn never_said(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NeverSaid, span, alloc::format!("`is {name}` means something else in conditions"))
        .label("no sentence could say this of a thing")
        .help("choose another word, such as `at-work` for `present`")
}

pub(in crate::check) fn private_id(span: Span) -> Diagnostic {
    Diagnostic::new(Code::PrivateId, span, "an id cannot be private")
        .label("needs and explanations call a thing by its id")
        .help("leave `private` out, or keep what is secret in another field")
}

pub(in crate::check) fn act_is_a_wildcard(span: Span) -> Diagnostic {
    act_not_named(span, "an `act` line lists acts one by one")
        .label("this stands for any number of acts")
        .help("name them, as in `act read or edit document`; rules may speak of `anything`")
}

pub(in crate::check) fn foreign_name_of_several(name: &str, span: Span, second: Span) -> Diagnostic {
    act_not_named(span, alloc::format!("`{name}` can be the name of one action only"))
        .label("requests could not tell which action is meant")
        .related(second, "this is another action")
        .help("write an `act` line for each action")
}

fn act_not_named(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::ActNotNamed, span, message)
}

pub(in crate::check) fn record_in_rule(span: Span) -> Diagnostic {
    in_scenarios_only(span, "a record is written out in scenarios only")
        .label("a rule reads the fields of a record")
        .help("compare its fields one by one, as in `place.city is \"Lyon\" and place.country is \"FR\"`")
}

pub(in crate::check) fn field_of_written(span: Span) -> Diagnostic {
    in_scenarios_only(span, "what one thing is like is written in scenarios only")
        .label("a rule would hang on this one thing")
        .help("let the rule read the field of a fact, or compare the fact with the thing, as in `user is user \"ann\"`")
}

fn in_scenarios_only(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::InScenariosOnly, span, message)
}

pub(in crate::check) fn reserved_kind_name(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::ReservedKindName, span, alloc::format!("`{name}` is a name of the request itself"))
        .label("this cannot be declared")
        .help(match name {
            "now" | "today" => String::from("it needs no declaration: `now` is a date-time and `today` a date"),
            _ => alloc::format!("choose another name, such as `the-{name}`"),
        })
}

pub(in crate::check) fn unknown_type<'n>(name: &Name, kinds: impl Iterator<Item = &'n str>) -> Diagnostic {
    let built_in = ["yes/no", "text", "number", "money", "date", "time", "date-time", "duration", "ip-address", "network"];
    let meant = match name.text.to_ascii_lowercase().as_str() {
        "string" | "str" | "char" | "varchar" => Some("text"),
        "bool" | "boolean" | "flag" | "yesno" | "yes-no" | "bit" | "logical" => Some("yes/no"),
        "int" | "integer" | "float" | "double" | "decimal" | "long" | "numeric" => Some("number"),
        "datetime" | "timestamp" | "instant" => Some("date-time"),
        "ip" | "ipaddress" | "ipaddr" => Some("ip-address"),
        "currency" | "amount" | "price" | "euro" | "euros" | "eur" | "dollar" | "dollars" | "usd" | "gbp" | "pound" | "pounds" | "cost" => {
            Some("money")
        }
        "percent" | "percentage" | "ratio" | "count" | "real" | "num" | "short" | "byte" | "bigint" | "whole" => Some("number"),
        "day" | "birthday" | "localdate" => Some("date"),
        "period" | "interval" | "timespan" | "timedelta" | "days" | "hours" | "minutes" | "seconds" | "weeks" | "months" | "years" => {
            Some("duration")
        }
        "hour" | "clock" | "timeofday" | "localtime" => Some("time"),
        "varchar2" | "nvarchar" | "character" | "words" | "letters" | "uuid" | "email" | "url" | "id" => Some("text"),
        _ => None,
    };
    let near = match meant {
        Some(meant) => alloc::vec![String::from(meant)],
        None => similar(&name.text, built_in.into_iter().chain(kinds)),
    };
    let diagnostic = Diagnostic::new(Code::UnknownType, name.span, alloc::format!("there is no type `{}`", name.text))
        .label("neither a built-in type nor a declared kind");
    let help = alloc::format!("declare it with `a {} has …`, or use one of: {}", name.text, built_in.join(", "));
    did_you_mean(diagnostic, name.span, &near, &help)
}

pub(in crate::check) fn optional_and_assumed(optional: Span, assumed: Span) -> Diagnostic {
    clash(optional, "`optional` and `assumed` say two things about a missing value")
        .label("`optional`: a missing one is none")
        .related(assumed, "`assumed`: a missing one is this value")
        .help("keep one of them")
}

pub(in crate::check) fn optional_yes_no(field: &str, optional: Span, all: Span) -> Diagnostic {
    clash(optional, "a yes/no cannot be optional: a missing one would be neither yes nor no")
        .label("drop this word")
        .help(alloc::format!("write `{field}: yes/no, assumed no`, or list what it may be: `{field}: one of [given, refused, open]`"))
        .suggestion("assume no", alloc::vec![(all, String::from("yes/no, assumed no"))])
}

pub(in crate::check) fn modifier_inside(word: &str, span: Span) -> Diagnostic {
    clash(span, &alloc::format!("`{word}` cannot stand inside a list or a map"))
        .label("an element is there or it is not")
        .help(alloc::format!("write `{word}` before `list` or `map`, or drop it"))
}

/// Modifiers that exclude each other, or the place they stand in.
pub(in crate::check) fn clash(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ModifiersClash, span, message)
}

pub(in crate::check) fn assumed_value(value: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::AssumedValue, span, alloc::format!("`{value}` cannot be assumed: the type is {wanted}"))
        .label("not a value of this type")
        .help("assume a literal of the declared type, or drop `assumed`")
}

pub(in crate::check) fn cases_without_otherwise(name: &Name) -> Diagnostic {
    case(name.span, alloc::format!("`{}` has cases, but nothing for when none holds", name.text))
        .label("what is it when none of the cases holds?")
        .help("end it with `, otherwise …` and the value for all other cases")
}

pub(in crate::check) fn case_without_if(span: Span) -> Diagnostic {
    case(span, String::from("this case has no `if`")).help("write `VALUE if CONDITION`, or put it last after `otherwise`")
}

pub(in crate::check) fn case(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::ConstantCases, span, message).label("which value, and when?")
}

pub(in crate::check) fn rule_name_twice(label: &Name, first: Span) -> Diagnostic {
    Diagnostic::new(Code::RuleNameTwice, label.span, alloc::format!("two rules are called `{}`", label.text))
        .label("the same name again")
        .related(first, "the first one")
        .help("give one of them another name")
}

pub(in crate::check) fn unknown_annotation(name: &Name, known: &[&str]) -> Diagnostic {
    let near = similar(&name.text, known.iter().copied());
    let diagnostic = Diagnostic::new(Code::UnknownAnnotation, name.span, alloc::format!("there is no annotation `@{}`", name.text))
        .label("nothing reads this");
    if let [one] = near.as_slice() {
        return diagnostic
            .help(alloc::format!("did you mean `@{one}`?"))
            .suggestion(alloc::format!("write `@{one}`"), alloc::vec![(name.span, one.clone())]);
    }
    let near: Vec<String> = near.iter().map(|name| alloc::format!("@{name}")).collect();
    did_you_mean(
        diagnostic,
        name.span,
        &near,
        "known are @owner, @source, @note, @anyone, @accept and @language; for a remark write a comment with `#`",
    )
}

pub(in crate::check) fn unknown_act(word: &Name, head: &str, span: Span, acts: &[String]) -> Diagnostic {
    let near = similar(head, acts.iter().map(String::as_str));
    let shown: Vec<&str> = acts.iter().take(12).map(String::as_str).collect();
    let diagnostic = Diagnostic::new(Code::UnknownAct, word.span, alloc::format!("no declared act has `{}` here", word.text))
        .label("the list of acts is closed by the `act` lines");
    did_you_mean(diagnostic, span, &near, &alloc::format!("add `act {head}`, or use one of: {}", shown.join(", ")))
}

pub(in crate::check) fn verb_missing(thing: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::VerbMissing, span, alloc::format!("`{thing}` is a thing, and an act begins with what is done to it"))
        .label("the action is missing")
        .help(alloc::format!("write an action before it, such as `use {thing}`"))
}

/// `allow document read`
pub(in crate::check) fn thing_before_action(thing: &Name, action: &Name) -> Diagnostic {
    let meant = alloc::format!("{} {}", action.text, thing.text);
    verb_missing(&thing.text, thing.span)
        .label("the action stands before the thing")
        .help(alloc::format!("write `{meant}`"))
        .suggestion(alloc::format!("write `{meant}`"), alloc::vec![(thing.span.to(action.span), meant)])
}

pub(in crate::check) fn not_everything(word: &Name, after_action: bool) -> Diagnostic {
    let mend = if after_action { "anything" } else { "do anything" };
    verb_missing(&word.text, word.span)
        .label("read like this, it would be an act of its own")
        .help(alloc::format!("write `{mend}`"))
        .fix(alloc::format!("write `{mend}`"), alloc::vec![(word.span, String::from(mend))])
}

pub(in crate::check) fn group_in_head(group: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::GroupInHead, span, alloc::format!("`{group}` is a group of acts, which stands alone in a rule"))
        .label("a group beside other words would mean an act of its own")
        .help(alloc::format!("write a rule of its own for `{group}`, or name its acts one by one"))
}

pub(in crate::check) fn language_version(written: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LanguageVersion,
        span,
        alloc::format!("this is written in version {written} of the language, and only version 1 is understood"),
    )
    .label("an unknown version")
    .help("use an onlyif that knows this version, or write `@language 1` if the text keeps to it")
}
