//! Mistakes in the shape of a rule: verbs, heads, clauses.

use super::{edit, quoted};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::tree::Verb;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

#[cold]
pub(in crate::parse) fn plain_if(at: Span, head: Span, head_words: &str) -> Diagnostic {
    Diagnostic::new(Code::PlainIf, at, "this rule does not say whether it allows or limits")
        .label("a rule with a plain `if` starts with `allow` or `never`")
        .help(format!("write `allow {head_words} if …` to grant, or `{head_words} only if …` to grant and limit"))
        .suggestion("write `allow`: to grant", edit(head.before(), "allow "))
        .suggestion("write `only if`: to grant and limit", edit(at.before(), "only "))
}

#[cold]
pub(in crate::parse) fn allow_only_if(verb: Verb, verb_span: Span, at: Span, head: Span) -> Diagnostic {
    let word = verb.as_str();
    let between = verb_span.after().to(head.before());
    Diagnostic::new(Code::AllowOnlyIf, at, format!("`{word}` and `only if` are two different rules"))
        .label("this makes another rule of it")
        .related(verb_span, format!("`{word}` with `if` is a rule of its own"))
        .help(format!("drop `{word}`, or write `if` in place of `only if`"))
        .suggestion(format!("drop `{word}`"), edit(verb_span.to(between), ""))
        .suggestion("write `if`", edit(at, "if"))
}

fn no_if(at: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::IfMissing, at, message).label("a condition seems to start here")
}

fn long_head(at: Span, words: &str) -> Diagnostic {
    Diagnostic::new(Code::HeadTooLong, at, "a rule head is an action and a thing")
        .label(format!("{} is too much for a head", quoted(words)))
}

#[cold]
pub(in crate::parse) fn if_missing(at: Span, words: &str) -> Diagnostic {
    no_if(at, "an `if` is missing")
        .help(format!("write `if` before it: {}", quoted(&format!("if {words}"))))
        .fix("write `if`", edit(at.before(), "if "))
}

/// Neither a verb nor an `if` stands between a head and what seems to be a condition.
#[cold]
pub(in crate::parse) fn verb_and_if_missing(at: Span, words: &str, head: Span, head_words: &str) -> Diagnostic {
    let (allow, only_if) = (format!("allow {head_words} if {words}"), format!("{head_words} only if {words}"));
    no_if(at, "an `if` is missing, and the verb of the rule")
        .help(format!("write {} to grant, or {} to grant and limit", quoted(&allow), quoted(&only_if)))
        .suggestion("write `allow … if`", Vec::from([(head.before(), "allow ".into()), (at.before(), "if ".into())]))
        .suggestion("write `only if`", edit(at.before(), "only if "))
}

#[cold]
pub(in crate::parse) fn head_too_long(at: Span, words: &str) -> Diagnostic {
    long_head(at, words).help("say the others in the condition: `allow share document if user is …`")
}

/// What a thing is like stands before it; `what` is that, the verb and the actions, and `all` is all of the rule so far.
#[cold]
pub(in crate::parse) fn described_in_head(at: Span, what: (String, &str, &str), thing: &str, all: Span) -> Diagnostic {
    let (is, verb, actions) = what;
    too_much(at, thing, all, &format!("{verb} {actions} {thing} if {thing} is {is}"))
}

/// Words that no head has; `sentence` says the same as a rule.
#[cold]
pub(in crate::parse) fn too_much(at: Span, words: &str, all: Span, sentence: &str) -> Diagnostic {
    long_head(at, words).help(format!("write {}", quoted(sentence))).suggestion(format!("write {}", quoted(sentence)), edit(all, sentence))
}

/// A sentence that says in another order who may do what; `sentence` says the same as a rule.
#[cold]
pub(in crate::parse) fn other_order(at: Span, words: &str, all: Span, sentence: &str) -> Diagnostic {
    other_verb(at, words, &format!("write {}", quoted(sentence)), Some((all, sentence)))
}

#[cold]
pub(in crate::parse) fn other_verb(at: Span, word: &str, help: &str, change: Option<(Span, &str)>) -> Diagnostic {
    let made = Diagnostic::new(Code::OtherVerb, at, format!("{} is no verb of a rule", quoted(word)))
        .label("the verbs are `allow`, `only if`, `requires`, `never`, `must` and `should`")
        .help(help);
    match change {
        Some((span, text)) => made.suggestion(format!("write `{}`", text.trim()), edit(span, text)),
        None => made,
    }
}

/// The condition stands before the verb.
#[cold]
pub(in crate::parse) fn out_of_order(at: Span, word: &str, help: &str, change: Vec<(Span, String)>) -> Diagnostic {
    super::other_phrase(at, word, None, help, Vec::new()).fix("put the verb first", change)
}

#[cold]
pub(in crate::parse) fn only_if_joined(at: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Code::OnlyIfJoined, at, format!("{} is two words here", quoted(word)))
        .label("not one word of the language")
        .help("write `only if`")
        .fix("write `only if`", edit(at, "only if"))
}

#[cold]
pub(in crate::parse) fn only_without_if(at: Span, fits: bool) -> Diagnostic {
    let made = Diagnostic::new(Code::OnlyWithoutIf, at, "`only` is followed by `if`").label("`if` goes here").help("write `only if`");
    made.change(fits, "write `if`", edit(at, "if"))
}

/// `only user is active`
#[cold]
pub(in crate::parse) fn if_after_only(at: Span, change: Vec<(Span, String)>) -> Diagnostic {
    only_without_if(at, false).keep_fixes(|_| false).fix("write `only if`", change)
}

/// `remove` is the second of the two, with a blank, where nothing else can have been meant.
#[cold]
pub(in crate::parse) fn word_twice(at: Span, word: &str, remove: Option<Span>) -> Diagnostic {
    let made = Diagnostic::new(Code::WordTwice, at, format!("`{word}` stands here twice")).label("the second one");
    match remove {
        Some(span) => made.help(format!("drop one `{word}`")).fix(format!("drop the second `{word}`"), edit(span, "")),
        None => made.help(format!("say it once: one `{word}` is all that can stand here")),
    }
}

/// `change` joins both conditions into one.
#[cold]
pub(in crate::parse) fn second_condition(at: Span, word: &str, first: Span, joined: &str, change: Vec<(Span, String)>) -> Diagnostic {
    Diagnostic::new(Code::SecondCondition, at, format!("a rule has one `{word}`"))
        .label("the second one")
        .related(first, "the first one")
        .help(format!("write {}", quoted(joined)))
        .suggestion("join them", change)
}

/// `joined` lets both in.
#[cold]
pub(in crate::parse) fn only_if_unless(at: Span, condition: &str, exception: &str, joined: Vec<(Span, String)>) -> Diagnostic {
    Diagnostic::new(Code::OnlyIfUnless, at, "`unless` after `only if` can be read two ways")
        .label("does it let more in, or keep some out?")
        .help(format!(
            "to let them in too: {}; to keep them out: a rule of its own, {}; to spare them a limit: {}",
            quoted(&format!("only if ({condition} or {exception})")),
            quoted(&format!("never … if {exception}")),
            quoted(&format!("requires {condition} unless {exception}")),
        ))
        .suggestion("let them in too", joined)
}

#[cold]
pub(in crate::parse) fn mixed_verbs(at: Span, verb: Verb, other: &str) -> Diagnostic {
    let word = verb.as_str();
    Diagnostic::new(Code::MixedVerbs, at, format!("`{word}` and `{other}` are two different rules"))
        .label(format!("this would be a second rule in one with `{word}`"))
        .help("write two rules, each with its own verb")
}

/// `meant` can stand in place of the clause's word.
#[cold]
pub(in crate::parse) fn clause_not_for_verb(at: Span, clause: &str, verb: &str, help: &str, meant: Option<&str>) -> Diagnostic {
    let made = Diagnostic::new(Code::ClauseNotForVerb, at, format!("{verb} has no `{clause}`")).label("this cannot stand here").help(help);
    match meant {
        Some(meant) => made.fix(format!("write `{meant}`"), edit(at, meant)),
        None => made,
    }
}

/// `word` begins what stands too late; `change` puts all in order.
#[cold]
pub(in crate::parse) fn clause_order(at: Span, word: &str, what: &str, change: Vec<(Span, String)>) -> Diagnostic {
    Diagnostic::new(Code::ClauseOrder, at, format!("`{word}` comes too late in this rule"))
        .label("this goes further to the front")
        .help(format!("a rule is said in this order: {what}"))
        .fix("put them in order", change)
}

#[cold]
pub(in crate::parse) fn otherwise_never_used(at: Span, verb: Verb) -> Diagnostic {
    let (message, help) = if verb == Verb::Never {
        ("`never` has its reason in `because`, so it has no `otherwise`", "write `because` in place of `otherwise`")
    } else {
        ("`allow` never refuses, so it has no `otherwise`", "put the reason on a `never … because \"…\"`, or use `only if`")
    };
    let made = Diagnostic::new(Code::OtherwiseNeverUsed, at, message).label("this would never be said").help(help);
    if verb == Verb::Never { made.suggestion("write `because`", edit(at, "because")) } else { made }
}

#[cold]
pub(in crate::parse) fn otherwise_empty(at: Span) -> Diagnostic {
    Diagnostic::new(Code::OtherwiseEmpty, at, "nothing follows `otherwise`")
        .label("a reason or a duty goes after this")
        .help("write the reason: `otherwise \"Pay first.\"`, or a duty: `otherwise and must escalate`")
}

#[cold]
pub(in crate::parse) fn then(at: Span, duty: &str) -> Diagnostic {
    let made = Diagnostic::new(Code::Then, at, "there is no `then`").label("a condition needs no word after it");
    if duty.is_empty() {
        made.help("duties are clauses: `and must log`")
    } else {
        made.help(format!("duties are clauses: {}", quoted(&format!("and must {duty}"))))
            .suggestion("write `and must`", edit(at, "and must"))
    }
}

#[cold]
pub(in crate::parse) fn else_with_text(at: Span) -> Diagnostic {
    else_(at).fix("write `otherwise`", edit(at, "otherwise"))
}

#[cold]
pub(in crate::parse) fn else_(at: Span) -> Diagnostic {
    Diagnostic::new(Code::Else, at, "there is no `else`")
        .label("a rule has one condition")
        .help("the reason for a no is `otherwise \"…\"`; another case is a rule of its own")
}

#[cold]
pub(in crate::parse) fn and_between_actions(at: Span) -> Diagnostic {
    Diagnostic::new(Code::AndBetweenActions, at, "`and` between actions would suggest doing both at once")
        .label("a rule covers each of them")
        .help("write `or`: the rule covers each")
        .fix("write `or`", edit(at, "or"))
}

#[cold]
pub(in crate::parse) fn capital_word(at: Span, word: &str) -> Diagnostic {
    capital_words(at, word, edit(at, word.to_ascii_lowercase()))
}

/// `change` writes this word, and others of the sentence, in small letters.
#[cold]
pub(in crate::parse) fn capital_words(at: Span, word: &str, change: Vec<(Span, String)>) -> Diagnostic {
    let small = word.to_ascii_lowercase();
    Diagnostic::new(Code::CapitalWord, at, format!("`{word}` is written in small letters"))
        .label("words of the language have no capitals")
        .help(format!("write `{small}`"))
        .fix(format!("write `{small}`"), change)
}

#[cold]
pub(in crate::parse) fn outcome_word(at: Span, word: &str, meant: Option<&str>) -> Diagnostic {
    let made = Diagnostic::new(Code::OutcomeWord, at, format!("`{word}` is no outcome")).label("`allowed`, `denied` or `undetermined`");
    match meant {
        Some(meant) => made.help(format!("write `expect {meant}`")).fix(format!("write `{meant}`"), edit(at, meant)),
        None => made.help("write `expect allowed`, `expect denied` or `expect undetermined`"),
    }
}

/// `at` is the name that a colon has to follow.
#[cold]
pub(in crate::parse) fn colon_missing(at: Span, help: &str) -> Diagnostic {
    Diagnostic::new(Code::ColonMissing, at, "a colon is missing")
        .label("after this name")
        .help(help)
        .fix("write a colon", edit(at.after(), ":"))
}

/// The title of a scenario without its quotes.
#[cold]
pub(in crate::parse) fn title_without_quotes(at: Span, meant: &str, change: Vec<(Span, String)>) -> Diagnostic {
    let help = format!("write `{meant}`");
    not_understood(at, "a scenario begins with a title in double quotes".into(), "this is the title", &help).fix(help.clone(), change)
}

/// Whatever no other function knows; `help` says what could stand there.
#[cold]
pub(in crate::parse) fn not_understood(at: Span, message: String, label: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::NotUnderstood, at, message).label(label).help(help)
}

/// Two conditions with nothing between them.
#[cold]
pub(in crate::parse) fn joint_missing(at: Span, and: Vec<(Span, String)>, or: Vec<(Span, String)>) -> Diagnostic {
    not_understood(at, "nothing joins these conditions".into(), "another condition begins here", "write `and` before it, or `or`")
        .suggestion("join them with `and`", and)
        .suggestion("join them with `or`", or)
}

/// A rule that begins behind another one on its line; `gap` are the blanks before it, and `small` the word where it has a capital.
#[cold]
pub(in crate::parse) fn another_rule(at: Span, word: &str, gap: Span, small: &str) -> Diagnostic {
    not_understood(at, format!("`{word}` begins another rule"), "a rule begins on a line of its own", "begin a new line before it")
        .fix("begin a new line", edit(gap, format!("\n{small}")))
}
