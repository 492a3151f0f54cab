//! What the checker says, each code in one place.
//!
//! Lower case, no full stop, the author's words in backticks, the label on the exact words, help that can be pasted.

use super::similar::{listed, similar};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::tree::Name;
use crate::vocabulary::{Kind, Type};
use alloc::string::String;
use alloc::vec::Vec;

/// Adds "did you mean", and a fix where there is one near name only.
fn did_you_mean(diagnostic: Diagnostic, span: Span, near: &[String], known: &str) -> Diagnostic {
    match near {
        [] if known.is_empty() => diagnostic,
        [] => diagnostic.help(String::from(known)),
        [one] => diagnostic
            .help(alloc::format!("did you mean `{one}`?"))
            .suggestion(alloc::format!("write `{one}`"), alloc::vec![(span, one.clone())]),
        several => diagnostic.help(alloc::format!("did you mean {}?", listed(several, "or"))),
    }
}

pub(super) fn not_yet(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotAvailableYet, span, alloc::format!("{what} is part of the language, but not available yet"))
        .label("this version reads it and cannot decide with it")
        .help("say it without this form for now, or let the request bring the answer as a yes/no fact")
}

pub(super) fn declared_twice(what: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DeclaredTwice, span, alloc::format!("{what} is declared twice"))
        .label("declared again here")
        .related(first, "first declared here")
        .help("keep one of them, or give this one another name")
}

pub(super) fn key_twice(key: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::KeyTwice, span, alloc::format!("two fields read the key `{key}`"))
        .label("the same key again")
        .related(first, "this field reads it already")
        .help("give one of them another key with `from \"key\"`")
}

pub(super) fn reserved_kind_name(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::ReservedKindName, span, alloc::format!("`{name}` is a name of the request itself"))
        .label("this cannot be declared")
        .help(match name {
            "now" | "today" => String::from("it needs no declaration: `now` is a date-time and `today` a date"),
            _ => alloc::format!("choose another name, such as `the-{name}`"),
        })
}

pub(super) fn unknown_type<'n>(name: &Name, kinds: impl Iterator<Item = &'n str>) -> Diagnostic {
    let built_in = ["yes/no", "text", "number", "money", "date", "time", "date-time", "duration", "ip-address", "network"];
    let meant = match name.text.to_ascii_lowercase().as_str() {
        "string" | "str" | "char" | "varchar" => Some("text"),
        "bool" | "boolean" | "flag" => Some("yes/no"),
        "int" | "integer" | "float" | "double" | "decimal" | "long" | "numeric" => Some("number"),
        "datetime" | "timestamp" | "instant" => Some("date-time"),
        "ip" | "ipaddress" | "ipaddr" => Some("ip-address"),
        "currency" | "amount" | "price" => Some("money"),
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

pub(super) fn optional_and_assumed(optional: Span, assumed: Span) -> Diagnostic {
    clash(optional, "`optional` and `assumed` say two things about a missing value")
        .label("`optional`: a missing one is none")
        .related(assumed, "`assumed`: a missing one is this value")
        .help("keep one of them")
}

pub(super) fn optional_yes_no(field: &str, optional: Span, all: Span) -> Diagnostic {
    clash(optional, "a yes/no cannot be optional: a missing one would be neither yes nor no")
        .label("drop this word")
        .help(alloc::format!("write `{field}: yes/no, assumed no`, or list what it may be: `{field}: one of [given, refused, open]`"))
        .suggestion("assume no", alloc::vec![(all, String::from("yes/no, assumed no"))])
}

pub(super) fn modifier_inside(word: &str, span: Span) -> Diagnostic {
    clash(span, &alloc::format!("`{word}` cannot stand inside a list or a map"))
        .label("an element is there or it is not")
        .help(alloc::format!("write `{word}` before `list` or `map`, or drop it"))
}

/// Modifiers that exclude each other, or the place they stand in.
fn clash(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ModifiersClash, span, message)
}

pub(super) fn assumed_value(value: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::AssumedValue, span, alloc::format!("`{value}` cannot be assumed: the type is {wanted}"))
        .label("not a value of this type")
        .help("assume a literal of the declared type, or drop `assumed`")
}

pub(super) fn no_fields(what: &str, field: &str, span: Span) -> Diagnostic {
    wants_another_type(what, &alloc::format!("a record with `{field}`"), span)
}

pub(super) fn wants_another_type(what: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::WantsAnotherType, span, alloc::format!("{what}, where {wanted} is wanted"))
        .label(alloc::format!("{wanted} is wanted here"))
        .help("compare it with a value of its own type, or correct its declaration")
}

pub(super) fn uses_disagree(is: &str, wanted: &str, span: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(Code::UsesDisagree, span, alloc::format!("{is} in one place and {wanted} in another"))
        .label(alloc::format!("{wanted} here"))
        .related(earlier, "this use says otherwise")
        .help("declare it, so that one type is meant: `a KIND has` and on the next line `  NAME: TYPE`")
}

pub(super) fn unknown_field(kind: &Kind, of: &str, field: &Name) -> Diagnostic {
    let near = similar(&field.text, kind.fields.iter().map(|known| known.name.as_str()));
    let known: Vec<&str> = kind.fields.iter().take(12).map(|known| known.name.as_str()).collect();
    let diagnostic = Diagnostic::new(Code::UnknownField, field.span, alloc::format!("a {} has no `{}`", kind.name, field.text))
        .label(alloc::format!("`{of}` is a {}", kind.name))
        .related(kind.span, "declared here");
    did_you_mean(diagnostic, field.span, &near, &alloc::format!("a {} has: {}", kind.name, known.join(", ")))
}

pub(super) fn unknown_word(word: &Name, kind: &str, known: &[String]) -> Diagnostic {
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

pub(super) fn bare_word(name: &Name, known: Vec<&str>) -> Diagnostic {
    let near = similar(&name.text, known);
    let help = alloc::format!("for the text write `\"{0}\"`; for a fact of this name write `the {0}`", name.text);
    let diagnostic = Diagnostic::new(Code::BareWord, name.span, alloc::format!("`{}` is no fact, constant or definition", name.text))
        .label("a bare word here names a fact or a constant");
    match near.as_slice() {
        [] => diagnostic.help(help),
        near => diagnostic.help(alloc::format!("did you mean {}? {help}", listed(near, "or"))),
    }
}

pub(super) fn fact_as_word(word: &Name) -> Diagnostic {
    Diagnostic::new(Code::FactAsWord, word.span, alloc::format!("`{}` is a fact, not a description", word.text))
        .label("this names a fact of the request")
        .help(alloc::format!("write `is the {}`", word.text))
        .suggestion("compare with the fact", alloc::vec![(word.span.before(), String::from("the "))])
}

pub(super) fn two_meanings(word: &Name, ways: &str) -> Diagnostic {
    Diagnostic::new(Code::TwoMeanings, word.span, alloc::format!("`{}` could mean {ways} here", word.text))
        .label("two meanings")
        .help("rename one of them")
}

pub(super) fn definition_of_another(word: &Name, of: &str, subject: &str, is: &str, defined: Span) -> Diagnostic {
    Diagnostic::new(Code::DefinitionOtherKind, word.span, alloc::format!("`{}` is defined for {of}, but `{subject}` is {is}", word.text))
        .label(alloc::format!("nothing says that `{subject}` is {of}"))
        .related(defined, "defined here")
        .help(alloc::format!("declare what `{subject}` is, or define `{}` for it too", word.text))
}

pub(super) fn word_as_value(word: &Name, what: &str, ty: &Type) -> Diagnostic {
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
    diagnostic.help(alloc::format!("for a fact of this name write `the {}`", word.text))
}

pub(super) fn not_listed(text: &str, values: &[String], span: Span) -> Diagnostic {
    let near = similar(text, values.iter().map(String::as_str));
    let diagnostic = types_differ(span, alloc::format!("`{text}` is not one of the listed choices")).label("not in the list");
    did_you_mean(diagnostic, span, &near, &alloc::format!("the choices are {}", values.join(", ")))
}

/// Two things that can never be equal.
fn types_differ(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::TypesDiffer, span, message)
}

pub(super) fn not_a_condition(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotACondition, span, alloc::format!("{what}, which is neither yes nor no"))
        .label("a condition is wanted here")
        .help("say something of it: `is …`, `contains …`, `is empty`")
}

pub(super) fn field_is_not_yes_no(what: &str, subject: &str, word: &Name) -> Diagnostic {
    not_a_condition(what, word.span)
        .help(alloc::format!("to ask whether it is there write `{subject} has {0}`; to compare it write `{subject}.{0} is …`", word.text))
}

pub(super) fn no_relation<'n>(word: &Name, subject: &str, object: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let near = similar(&word.text, known);
    let diagnostic = Diagnostic::new(
        Code::UnknownRelation,
        word.span,
        alloc::format!("nothing defines `{} the …` between `{subject}` and `{object}`", word.text),
    )
    .label("no relation of this name for these two");
    did_you_mean(diagnostic, word.span, &near, &alloc::format!("define it: `a {subject} is {} a {object} if …`", word.text))
}

pub(super) fn relation_with_itself(name: &Name) -> Diagnostic {
    shadows(name.span, alloc::format!("`{}` would name both sides", name.text))
        .help(alloc::format!("write `another {}`, and call the second one `other`", name.text))
}

pub(super) fn shadowing(variable: &Name, what: &str) -> Diagnostic {
    shadows(variable.span, alloc::format!("`{}` is the name of {what} already", variable.text)).help("choose another name for the variable")
}

pub(super) fn variable_outside(name: &str, span: Span) -> Diagnostic {
    shadows(span, alloc::format!("`{name}` is the variable of a quantifier, which does not reach this far"))
        .help(alloc::format!("put what is said of `{name}` into `satisfies (…)`, or rename the variable if a fact is meant"))
}

/// A name that would mean two things in one sentence.
fn shadows(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::Shadowing, span, message).label("this name is taken")
}

pub(super) fn private_argument(words: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::PrivateArgument, span, alloc::format!("`{words}` is private, and a duty's argument leaves the engine"))
        .label("a private value would be shown")
        .help("leave the argument out, or pass an id instead")
}

pub(super) fn unprintable(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnprintableInReason, span, alloc::format!("{what}, which a text cannot show"))
        .label("a single value is wanted here")
        .help("name a field that is a text, a number, a date or the like")
}

pub(super) fn rule_name_twice(label: &Name, first: Span) -> Diagnostic {
    Diagnostic::new(Code::RuleNameTwice, label.span, alloc::format!("two rules are called `{}`", label.text))
        .label("the same name again")
        .related(first, "the first one")
        .help("give one of them another name")
}

pub(super) fn unknown_annotation(name: &Name, known: &[&str]) -> Diagnostic {
    let near = similar(&name.text, known.iter().copied());
    let diagnostic = Diagnostic::new(Code::UnknownAnnotation, name.span, alloc::format!("there is no annotation `@{}`", name.text))
        .label("nothing reads this");
    did_you_mean(
        diagnostic,
        name.span,
        &near,
        "known are @owner, @source, @note, @anyone, @accept and @language; for a remark write a comment with `#`",
    )
}

pub(super) fn unknown_act(word: &Name, head: &str, span: Span, acts: &[String]) -> Diagnostic {
    let near = similar(head, acts.iter().map(String::as_str));
    let shown: Vec<&str> = acts.iter().take(12).map(String::as_str).collect();
    let diagnostic = Diagnostic::new(Code::UnknownAct, word.span, alloc::format!("no declared act has `{}` here", word.text))
        .label("the list of acts is closed by the `act` lines");
    did_you_mean(diagnostic, span, &near, &alloc::format!("add `act {head}`, or use one of: {}", shown.join(", ")))
}

pub(super) fn built_too_deep(name: &str, span: Span) -> Diagnostic {
    too_deep(span, alloc::format!("`{name}` builds on too many definitions and constants in a row"))
        .help("say several of them in one sentence")
}

pub(super) fn quantifiers_too_deep(span: Span, limit: usize) -> Diagnostic {
    too_deep(span, alloc::format!("a quantifier lies in {limit} others"))
        .help("define a word for the inner one: `a container is privileged if …`")
}

pub(super) fn lists_too_deep(span: Span) -> Diagnostic {
    too_deep(span, String::from("lists of lists of lists without end are demanded of this")).help("declare what it is")
}

fn too_deep(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::BuiltTooDeep, span, message).label("too deep")
}

pub(super) fn empty_range(low: &str, high: &str, at: Span, other: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyRange, at.to(other), alloc::format!("nothing lies between `{low}` and `{high}`"))
        .label("the smaller one comes first")
        .help(alloc::format!("write `between {high} and {low}`"))
        .fix("swap the bounds", alloc::vec![(at, String::from(high)), (other, String::from(low))])
}

pub(super) fn cases_without_otherwise(name: &Name) -> Diagnostic {
    case(name.span, alloc::format!("`{}` has cases, but nothing for when none holds", name.text)).help("end it with `, otherwise VALUE`")
}

pub(super) fn case_without_if(span: Span) -> Diagnostic {
    case(span, String::from("this case has no `if`")).help("write `VALUE if CONDITION`, or put it last after `otherwise`")
}

fn case(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::ConstantCases, span, message).label("cases of a constant")
}

pub(super) fn wildcard_only_if(words: &str, span: Span) -> Diagnostic {
    let written = words.replacen("only if", "requires", 1);
    Diagnostic::new(
        Code::WildcardOnlyIf,
        span,
        "`only if` also grants: with a wildcard it would allow everything to everyone whom its condition fits",
    )
    .label("a limit on many acts is written with `requires`")
    .help(alloc::format!("write `{written}`, and grant single acts with `allow`"))
    .suggestion("limit only", alloc::vec![(span, written)])
}

pub(super) fn allow_beside_only_if(act: &str, span: Span, condition: Span, line: u32) -> Diagnostic {
    Diagnostic::new(
        Code::AllowBesideOnlyIf,
        span,
        alloc::format!("this `allow` can never matter: `only if` on line {line} already decides `{act}`"),
    )
    .label("it opens nothing")
    .related(condition, "the complete condition")
    .help(alloc::format!("delete it, or write `requires` instead of `only if` on line {line} if that was meant as a limit"))
}

pub(super) fn not_addable(to_date: bool, words: &str, span: Span) -> Diagnostic {
    let (what, help) = if to_date {
        ("only whole days, weeks, months and years can be added to a date", "write whole days, or compare date-times")
    } else {
        (
            "months and years have no fixed length, so they cannot be added to a date-time",
            "write the span in days or hours, or use `date of` the date-time",
        )
    };
    wants_another_type(&alloc::format!("`{words}` does not fit"), what, span).help(help)
}

pub(super) fn type_not_known(words: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::TypeNotKnown, span, alloc::format!("nothing tells what `{words}` is"))
        .label("its type decides what this means")
        .help("declare it: `a KIND has` and on the next line `  NAME: TYPE`")
}

pub(super) fn no_arithmetic(operator: crate::value::Operator, left: (&str, Span), right: (&str, Span)) -> Diagnostic {
    types_differ(left.1, alloc::format!("`{}` cannot be used with {} and {}", operator.sign(), left.0, right.0))
        .label(alloc::format!("{} here", left.0))
        .related(right.1, alloc::format!("{} here", right.0))
        .help("numbers, money and spans go with their own kind; dates take a span; texts and lists can be joined with `+`")
}

pub(super) fn unknown_function(name: &Name, near: &[String]) -> Diagnostic {
    let known = "there are count, total, highest, lowest, distinct, keys, values, length, lowercase, bucket, date, time, weekday, day, month and year `of`, and days, weeks, months, years and duration `from … to …`";
    let diagnostic = Diagnostic::new(Code::UnknownFunction, name.span, alloc::format!("there is no function `{}`", name.text))
        .label("not one of the closed set");
    did_you_mean(diagnostic, name.span, near, known)
}

pub(super) fn no_salt(name: &Name, span: Span) -> Diagnostic {
    case_of_function(span, alloc::format!("`{} of` takes no `for \"…\"`", name.text)).help("only `bucket of` is salted: leave this out")
}

pub(super) fn no_comprehension(function: &str, span: Span) -> Diagnostic {
    case_of_function(span, alloc::format!("`{function} of` takes one value, not a list"))
        .help("`for … in …` goes with count, total, highest, lowest and distinct")
}

pub(super) fn bucket_without_salt(words: &str, span: Span, all: Span) -> Diagnostic {
    case_of_function(span, String::from("a bucket needs a salt, so that two roll-outs pick different people"))
        .help(alloc::format!("write `{words} for \"name-of-the-roll-out\"`"))
        .suggestion("add a salt", alloc::vec![(all.after(), String::from(" for \"name-of-the-roll-out\""))])
}

/// A function with a part that it does not take, or without one that it needs.
fn case_of_function(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::FunctionForm, span, message).label("this function is written otherwise")
}

pub(super) fn never_inside(inner: &str, outer: &str, span: Span) -> Diagnostic {
    never(span, alloc::format!("{inner} never lies in {outer}")).help("declare the hierarchy: `a folder is inside a drive`")
}

pub(super) fn never_of_kind(what: &str, word: &Name) -> Diagnostic {
    never(word.span, alloc::format!("{what}, never a {}", word.text))
        .help("only `subject`, `resource` and references to several kinds can be asked what they are")
}

/// A condition that no request can change.
fn never(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::AlwaysOrNever, span, message).label("this is never true")
}

pub(super) fn unknown_kind_above<'n>(variable: &Name, kinds: impl Iterator<Item = &'n str>) -> Diagnostic {
    let near = similar(&variable.text, kinds);
    let diagnostic = no_such_kind(variable);
    did_you_mean(diagnostic, variable.span, &near, "name the variable like the kind: `any folder above document is shared`")
}

fn no_such_kind(name: &Name) -> Diagnostic {
    wants_another_type(&alloc::format!("`{}` is no kind", name.text), "the name of a kind", name.span)
}

pub(super) fn no_network(trouble: &str, span: Span, fix: Option<String>) -> Diagnostic {
    let diagnostic = types_differ(span, String::from(trouble)).label("no address and no network");
    match fix {
        Some(network) => diagnostic.help(alloc::format!("write {network}")).fix("write the network", alloc::vec![(span, network)]),
        None => diagnostic.help("write an address or a network such as `10.0.0.0/8` or `ip \"2001:db8::/32\"`"),
    }
}

pub(super) fn no_kind_has(of: &str, field: &Name, kinds: &[&str]) -> Diagnostic {
    wants_another_type(
        &alloc::format!("none of {} has `{}`", kinds.join(", "), field.text),
        &alloc::format!("a field that some `{of}` has"),
        field.span,
    )
    .help("declare the field in the kinds that have it")
}

pub(super) fn kinds_disagree(of: &str, field: &Name, other: Span) -> Diagnostic {
    wants_another_type(&alloc::format!("the kinds that `{of}` may be have different types of `{}`", field.text), "one type", field.span)
        .related(other, "one of them")
        .help(alloc::format!("name the kind instead of `{of}`"))
}
