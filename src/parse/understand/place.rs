//! What is said where no entry knows the words: what could stand there.

use super::Around;
use super::word::is_reserved;
use crate::diagnostic::Diagnostic;
use crate::parse::grammar::Part;
use crate::parse::mistakes;
use crate::source::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A sentence that lacks something.
pub(super) fn incomplete(at: Span, message: &str, label: &str, help: &str) -> Diagnostic {
    mistakes::not_understood(at, message.into(), label, help)
}

/// The general answer.
pub(super) fn in_general(around: &Around<'_>, wanted: &[Part]) -> Diagnostic {
    let could = match around.text(-1) {
        "if" | "unless" | "requires" | "and" | "or" | "not" => "a condition".into(),
        _ => choices(wanted),
    };
    let help = format!("here can stand {could}");
    match around.token(0) {
        Some(token) if is_reserved(token.text.split('.').next().unwrap_or("")) => {
            let word = token.text.split('.').next().unwrap_or("");
            let at = around.site.span(token.start..token.start.saturating_add(word.len()));
            let help = format!("{help}; a name that is a word of the language is written in backticks: `` `{word}` ``");
            mistakes::not_understood(at, format!("`{word}` cannot stand here"), "a word of the language", &help)
        }
        Some(token) => {
            let message = format!("the sentence cannot be read from `{}` on", crate::diagnostic::escape(shortened(token.text)));
            mistakes::not_understood(around.span(token), message, "not understood", &help)
        }
        None => {
            let end = around.tokens.last().map_or(0, |token| token.end());
            mistakes::not_understood(around.site.span(end..end), "the sentence ends too early".into(), "something is missing here", &help)
        }
    }
}

fn shortened(text: &str) -> &str {
    text.char_indices().nth(40).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// What could stand in a place, in the words of the language, each once.
fn choices(wanted: &[Part]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for part in wanted {
        for word in said(*part) {
            if !words.contains(word) {
                words.push(word);
            }
        }
    }
    match words.split_last() {
        None => "another word: look at how a similar sentence is written".into(),
        Some((last, [])) => (*last).into(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// The words for a part of the grammar; none for those that would tell a writer nothing.
fn said(part: Part) -> &'static [&'static str] {
    match part {
        Part::and | Part::or | Part::bad_conn => &["`and`", "`or`"],
        Part::k_if | Part::if_c | Part::bad_if => &["`if`"],
        Part::k_unless | Part::unless_c => &["`unless`"],
        Part::only_if | Part::only_if_words => &["`only if`"],
        Part::requires | Part::k_requires => &["`requires`"],
        Part::must | Part::should => &["`must`", "`should`"],
        Part::because | Part::k_because => &["`because`"],
        Part::otherwise | Part::k_otherwise => &["`otherwise`"],
        Part::is_tail | Part::k_is => &["`is`"],
        Part::has_tail | Part::k_has => &["`has`"],
        Part::verb_tail => &["`contains`"],
        Part::verb | Part::do_any => &["an action"],
        Part::thing | Part::any_thing => &["a thing"],
        Part::text | Part::ent_id => &["a text"],
        Part::path | Part::paren | Part::list | Part::the => &["a value"],
        Part::quantified => &["a condition"],
        Part::name | Part::attr | Part::subject | Part::def_word | Part::need => &["a name"],
        Part::field => &["a field: its name, `:` and its type"],
        Part::t_name | Part::t_list | Part::t_choice | Part::t_yes_no => &["a type"],
        Part::duty_name => &["the name of a duty"],
        Part::check | Part::k_when => &["`when`"],
        Part::expect | Part::k_expect => &["`expect`"],
        Part::outcome => &["`allowed`, `denied` or `undetermined`"],
        Part::setting => &["a sentence about a fact"],
        Part::k_given => &["`given`"],
        Part::allow_rule | Part::never_rule => &["a rule"],
        _ => &[],
    }
}
