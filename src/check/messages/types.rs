//! Messages about types: what goes together, and what does not.

use super::super::similar::similar;
use super::did_you_mean;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::tree::Name;
use alloc::string::String;

pub(in crate::check) fn no_fields(what: &str, field: &str, span: Span) -> Diagnostic {
    wants_another_type(what, &alloc::format!("a record with `{field}`"), span)
}

pub(in crate::check) fn network_compared(words: (&str, &str), span: Span) -> Diagnostic {
    let (subject, network) = words;
    wants_another_type(&alloc::format!("`{network}` is a network"), "a single value", span)
        .help(alloc::format!("ask what lies in it: `{subject} is in {network}`"))
}

pub(in crate::check) fn wants_another_type(what: &str, wanted: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::WantsAnotherType, span, alloc::format!("{what}, where {wanted} is wanted"))
        .label(alloc::format!("{wanted} is wanted here"))
        .help("compare it with a value of its own type, or correct its declaration")
}

/// The value in the form of the type that is wanted.
pub(in crate::check) fn in_another_form(diagnostic: Diagnostic, span: Span, meant: &str) -> Diagnostic {
    diagnostic
        .help(alloc::format!("write `{meant}`, or correct the declaration"))
        .suggestion(alloc::format!("write `{meant}`"), alloc::vec![(span, String::from(meant))])
}

pub(in crate::check) fn uses_disagree(is: &str, wanted: &str, span: Span, earlier: Span) -> Diagnostic {
    disagree(alloc::format!("{is} by one use and {wanted} by another"), span)
        .label(alloc::format!("this use makes it {wanted}"))
        .related(earlier, "this use says otherwise")
}

/// A literal beside something that another use has given a type.
pub(in crate::check) fn literal_disagrees(is: &str, wanted: &str, span: Span, earlier: Span) -> Diagnostic {
    disagree(alloc::format!("{is}, and another use says that {wanted} belongs here"), span)
        .label("it does not go with the other use")
        .related(earlier, "this is the other use")
}

fn disagree(message: String, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UsesDisagree, span, message)
        .help("change one of the two, or declare what it is: `a user has`, and below it, indented, a line such as `age: number`")
}

pub(in crate::check) fn not_listed(text: &str, values: &[String], span: Span) -> Diagnostic {
    let near = similar(text, values.iter().map(String::as_str));
    let diagnostic = types_differ(span, alloc::format!("`{text}` is not one of the listed choices")).label("not in the list");
    did_you_mean(diagnostic, span, &near, &alloc::format!("the choices are {}", values.join(", ")))
}

/// Two things that can never be equal.
pub(in crate::check) fn types_differ(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::TypesDiffer, span, message)
}

/// `user.role is "admin" or "editor"`: what stands behind `or` says nothing of itself.
pub(in crate::check) fn second_value(what: &str, span: Span, sentence: &str, list: Option<(Span, String)>) -> Diagnostic {
    let diagnostic = not_a_condition(what, span).label("of what is this said?");
    match list {
        Some((place, meant)) => {
            let help = alloc::format!("write `{meant}`");
            diagnostic.help(help.clone()).suggestion(help, alloc::vec![(place, meant)])
        }
        None => diagnostic.help(alloc::format!("say the subject again, as in `{sentence}`")),
    }
}

pub(in crate::check) fn not_a_condition(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotACondition, span, alloc::format!("{what}, which is neither yes nor no"))
        .label("a condition is wanted here")
        .help("say something of it: `is …`, `contains …`, `is empty`")
}

pub(in crate::check) fn field_is_not_yes_no(what: &str, subject: &str, word: &Name) -> Diagnostic {
    not_a_condition(what, word.span)
        .help(alloc::format!("to ask whether it is there write `{subject} has {0}`; to compare it write `{subject}.{0} is …`", word.text))
}

pub(in crate::check) fn not_addable(to_date: bool, words: &str, span: Span) -> Diagnostic {
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

pub(in crate::check) fn type_not_known(words: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::TypeNotKnown, span, alloc::format!("nothing tells what `{words}` is"))
        .label("its type decides what this means")
        .help("declare it: `a KIND has` and on the next line `  NAME: TYPE`")
}

pub(in crate::check) fn no_arithmetic(operator: crate::value::Operator, left: (&str, Span), right: (&str, Span)) -> Diagnostic {
    types_differ(left.1, alloc::format!("`{}` cannot be used with {} and {}", operator.sign(), left.0, right.0))
        .label(alloc::format!("{} here", left.0))
        .related(right.1, alloc::format!("{} here", right.0))
        .help("numbers, money and spans go with their own kind; dates take a span; texts and lists can be joined with `+`")
}

pub(in crate::check) fn no_salt(name: &Name, span: Span) -> Diagnostic {
    case_of_function(span, alloc::format!("`{} of` takes no `for \"…\"`", name.text)).help("only `bucket of` is salted: leave this out")
}

pub(in crate::check) fn no_comprehension(function: &str, span: Span) -> Diagnostic {
    case_of_function(span, alloc::format!("`{function} of` takes one value, not a list"))
        .help("`for … in …` goes with count, total, highest, lowest and distinct")
}

pub(in crate::check) fn bucket_without_salt(words: &str, span: Span, all: Span) -> Diagnostic {
    case_of_function(span, String::from("a bucket needs a salt, so that two roll-outs pick different people"))
        .help(alloc::format!("write `{words} for \"name-of-the-roll-out\"`"))
        .suggestion("add a salt", alloc::vec![(all.after(), String::from(" for \"name-of-the-roll-out\""))])
}

/// A function with a part that it does not take, or without one that it needs.
pub(in crate::check) fn case_of_function(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::FunctionForm, span, message).label("this function is written otherwise")
}

pub(in crate::check) fn never_inside(inner: &str, outer: &str, span: Span) -> Diagnostic {
    never(span, alloc::format!("{inner} never lies in {outer}")).help("declare the hierarchy: `a folder is inside a drive`")
}

pub(in crate::check) fn never_of_kind(what: &str, word: &Name) -> Diagnostic {
    never(word.span, alloc::format!("{what}, never a {}", word.text))
        .help("only `subject`, `resource` and references to several kinds can be asked what they are")
}

/// A condition that no request can change.
pub(in crate::check) fn never(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::AlwaysOrNever, span, message).label("this is never true")
}

pub(in crate::check) fn no_network(trouble: &str, span: Span, fix: Option<String>) -> Diagnostic {
    let diagnostic = types_differ(span, String::from(trouble)).label("no address and no network");
    match fix {
        Some(network) => diagnostic
            .help(alloc::format!("write {network} if that is meant"))
            .suggestion("write the network", alloc::vec![(span, network)]),
        None => diagnostic.help("write an address or a network such as `10.0.0.0/8` or `ip \"2001:db8::/32\"`"),
    }
}

pub(in crate::check) fn bucket_range(literal: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::BucketRange, span, alloc::format!("a bucket lies between 0% and 100%, so it is always below `{literal}`"))
        .label("this is never reached")
        .help(alloc::format!("write `{literal}%`"))
        .fix("write a percentage", alloc::vec![(span, alloc::format!("{literal}%"))])
}

pub(in crate::check) fn count_with_duration(unit: &str, literal: &str, span: Span) -> Diagnostic {
    let number = literal.split_whitespace().next().unwrap_or(literal);
    let same = literal.split_whitespace().nth(1).is_some_and(|written| written.trim_end_matches('s') == unit.trim_end_matches('s'));
    Diagnostic::new(Code::CountWithDuration, span, alloc::format!("`{unit} from … to …` is a number, and `{literal}` is a span of time"))
        .label(alloc::format!("both sides count {unit}"))
        .help(if same { alloc::format!("write `{number}`") } else { alloc::format!("write how many {unit} that is, without the unit") })
        .change(same, "write the number", alloc::vec![(span, String::from(number))])
}

/// Of times of day, `of` is what is asked about: a span over midnight is two sentences.
pub(in crate::check) fn empty_range(low: &str, high: &str, at: Span, other: Span, of: Option<&str>) -> Diagnostic {
    let message = alloc::format!("nothing lies between `{low}` and `{high}`");
    let made = Diagnostic::new(Code::EmptyRange, at.to(other), message).label("the smaller one comes first");
    if let Some(of) = of {
        return made.help(alloc::format!("over midnight, write `({of} is on or after {low} or {of} is on or before {high})`"));
    }
    made.help(alloc::format!("write `between {high} and {low}`"))
        .suggestion("swap the bounds", alloc::vec![(at, String::from(high)), (other, String::from(low))])
}

pub(in crate::check) fn private_argument(words: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::PrivateArgument, span, alloc::format!("`{words}` is private, and a duty's argument leaves the engine"))
        .label("a private value would be shown")
        .help("leave the argument out, or pass an id instead")
}

pub(in crate::check) fn two_variables(words: &str, span: Span) -> Diagnostic {
    unprintable(&alloc::format!("`{words}` is of another quantifier than the variable before it"), span)
        .help("one text speaks of the elements of one list")
}

pub(in crate::check) fn unprintable(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnprintableInReason, span, alloc::format!("{what}, which a text cannot show"))
        .label("a single value is wanted here")
        .help("name a field that is a text, a number, a date or the like")
}
