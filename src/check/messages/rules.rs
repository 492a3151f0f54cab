//! Messages about rules together, and about what does nothing or opens unseen.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use alloc::string::String;

pub(in crate::check) fn built_too_deep(name: &str, span: Span) -> Diagnostic {
    too_deep(span, alloc::format!("`{name}` builds on too many definitions and constants in a row"))
        .help("say several of them in one sentence")
}

pub(in crate::check) fn quantifiers_too_deep(span: Span, limit: usize) -> Diagnostic {
    too_deep(span, alloc::format!("a quantifier lies in {limit} others"))
        .help("define a word for the inner one: `a container is privileged if …`")
}

pub(in crate::check) fn lists_too_deep(span: Span) -> Diagnostic {
    too_deep(span, String::from("lists of lists of lists without end are demanded of this")).help("declare what it is")
}

pub(in crate::check) fn too_deep(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::BuiltTooDeep, span, message).label("too deep")
}

pub(in crate::check) fn wildcard_only_if(words: &str, span: Span) -> Diagnostic {
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

pub(in crate::check) fn allow_beside_only_if(act: &str, span: Span, condition: Span, line: u32) -> Diagnostic {
    Diagnostic::new(
        Code::AllowBesideOnlyIf,
        span,
        alloc::format!("this `allow` can never matter: `only if` on line {line} already decides `{act}`"),
    )
    .label("it opens nothing")
    .related(condition, "the complete condition")
    .help(alloc::format!("delete it, or write `requires` instead of `only if` on line {line} if that was meant as a limit"))
}

/// Two sentences, and whether one of them always holds or they are never both true.
pub(in crate::check) fn decided_by_form(always: bool, words: (&str, &str), first: Span, second: Span) -> Diagnostic {
    let (message, label, help) = if always {
        let message = alloc::format!("one of `{}` and `{}` always holds", words.0, words.1);
        (message, "with `or` between them they exclude nothing", "write `and` if both are meant, or leave them out")
    } else {
        let message = alloc::format!("`{}` and `{}` can never both be true", words.0, words.1);
        (message, "together with the other this never holds", "write `or` if one of them is enough, or correct one of them")
    };
    Diagnostic::new(Code::DecidedByForm, second, message).label(label).related(first, "the other one").help(help)
}

pub(in crate::check) fn not_involved(fact: &str, rule: Span, act: Span) -> Diagnostic {
    Diagnostic::new(Code::NotInvolved, rule, alloc::format!("this rule reads `{fact}`, which its act does not involve"))
        .label("it needs a fact that is not listed")
        .related(act, "what it involves stands here")
        .help(alloc::format!("add `{fact}` to `involves`, or leave it out of the rule"))
}

pub(in crate::check) fn said_already(rule: Span, other: Span, line: u32, same: bool) -> Diagnostic {
    let message = if same {
        alloc::format!("this rule says the same as the one on line {line}")
    } else {
        alloc::format!("this rule changes nothing: the one on line {line} covers all its cases")
    };
    Diagnostic::new(Code::SaidAlready, rule, message)
        .label(if same { "the same again" } else { "a part of what the other rule says" })
        .related(other, if same { "it stands here already" } else { "this rule says more" })
        .help("delete it, or correct the one that is not meant so")
}

/// `guarded` is the sentence with its guard, `strict` the one that holds without a value too, where that may be wanted.
pub(in crate::check) fn unguarded(words: &str, why: &str, guarded: &str, strict: Option<&str>, span: Span) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::Unguarded, span, alloc::format!("`{words}` may be none, and {why}")).label("what if there is none?");
    let guard = alloc::vec![(span, String::from(guarded))];
    match strict {
        None => diagnostic
            .help(alloc::format!("write `{guarded}`, or declare what a missing one means with `assumed`"))
            .suggestion("add the guard", guard),
        Some(strict) => diagnostic
            .help(alloc::format!(
                "write `{strict}` if a missing one counts too, `{guarded}` if it does not, or declare what it means with `assumed`"
            ))
            .suggestion("a missing one counts too", alloc::vec![(span, String::from(strict))])
            .suggestion("a missing one does not count", guard),
    }
}

/// `guarded` is the sentence with its guard.
pub(in crate::check) fn opens_by_absence(list: &str, guarded: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::OpensByAbsence, span, alloc::format!("this also holds when `{list}` is empty"))
        .label("an empty list opens this")
        .help(alloc::format!("write `{guarded}`, or say before the rule that this is meant: `@accept E47 \"why\"`"))
        .suggestion("demand one element", alloc::vec![(span, String::from(guarded))])
}

pub(in crate::check) fn unused(sort: &str, name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::Unused, span, alloc::format!("nothing uses the {sort} `{name}`"))
        .label("never used")
        .help("use it in a rule, or delete it")
}

pub(in crate::check) fn nothing_grants(act: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NothingGrants, span, alloc::format!("no rule ever allows `{act}`, so it is denied in any case"))
        .label("this changes nothing")
        .help(alloc::format!("add `allow {act} if …`, or delete this rule"))
}

pub(in crate::check) fn nearly_equal(name: &str, near: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NearlyEqualName, span, alloc::format!("`{name}` is used once and nearly equals `{near}`"))
        .label("is this the same name?")
        .help(alloc::format!("write `{near}`, or declare both names in a vocabulary"))
        .suggestion(alloc::format!("write `{near}`"), alloc::vec![(span, String::from(near))])
}

pub(in crate::check) fn anyone_may(act: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::AnyoneMay, span, alloc::format!("anyone may `{act}`: nothing here looks at who acts"))
        .label("it reads nothing about who acts")
        .help("say something about who may, or write `@anyone` on the line before the rule if everybody is meant")
        .suggestion("everybody is meant", alloc::vec![(span.before(), String::from("@anyone\n"))])
}

/// `folder` is the sentence with its folder, where the pattern is a folder and everything in it.
fn glob_looks_like(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::GlobLikePath, span, message)
}

pub(in crate::check) fn glob_like_expression(words: &str, span: Span) -> Diagnostic {
    glob_looks_like(span, alloc::format!("`{words}` looks like a regular expression, and is read as a pattern with `*` and `?` only"))
        .label("every other character stands for itself")
        .help("write `*` for any characters and `?` for one, or use `starts with`, `ends with` and `is one of [..]`")
}

pub(in crate::check) fn glob_like_path(words: &str, span: Span, folder: Option<(Span, String)>) -> Diagnostic {
    let diagnostic = glob_looks_like(span, alloc::format!("`{words}` looks like a path or address, and `*` also stands for `/` and `..`"))
        .label("a pattern of characters, not of segments")
        .help("for files below a folder write `is under \"/folder\"`, for hosts `is under domain \"example.com\"`");
    folder.into_iter().fold(diagnostic, |diagnostic, edit| diagnostic.suggestion("say that it lies below the folder", alloc::vec![edit]))
}
