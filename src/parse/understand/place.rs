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
    let help = match around.text(-1) {
        "if" | "unless" | "requires" | "and" | "or" | "not" => CONDITION.into(),
        "allow" | "never" => ACT.into(),
        _ => wanted_here(wanted, around.token(0).is_none()),
    };
    match around.token(0) {
        Some(token) if is_reserved(token.text.split('.').next().unwrap_or("")) => {
            let word = token.text.split('.').next().unwrap_or("");
            let at = around.site.span(token.start..token.start.saturating_add(word.len()));
            // Nobody calls a thing `if`; a field may well be called `when`.
            let never_a_name =
                ["if", "unless", "and", "or", "not", "is", "are", "has", "have", "allow", "never", "only", "because", "otherwise"];
            let help = if never_a_name.contains(&word) {
                help
            } else {
                format!("{help}; if `{word}` is a name, put it in backticks: `` `{word}` ``")
            };
            mistakes::not_understood(at, format!("`{word}` cannot stand here"), "a word of the language, not a name", &help)
        }
        Some(token) => {
            let message = format!("the sentence cannot be read from `{}` on", crate::diagnostic::escape(shortened(token.text)));
            mistakes::not_understood(around.span(token), message, "this does not fit here", &help)
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

/// What could stand in a place, with an example: the most telling of it, since nobody reads a long list.
fn wanted_here(wanted: &[Part], at_end: bool) -> String {
    let mut words: Vec<&str> = Vec::new();
    for part in wanted {
        for word in said(*part) {
            if !words.contains(word) {
                words.push(word);
            }
        }
    }
    let has = |word: &str| words.contains(&word);
    if has("a condition") {
        return CONDITION.into();
    }
    if has("a value") || has("a text") && has("a type") {
        return VALUE.into();
    }
    if has("`only if`") {
        return "say what the rule does: begin it with `allow` or `never`, or go on with `only if …`, `requires …` or `must …`".into();
    }
    if has("`and`") && !at_end {
        return "the sentence could end before this word: drop the rest, or join it with `and` or `or`".into();
    }
    match words.split_last() {
        None => "look at how a similar sentence is written, and write it like that".into(),
        Some((last, [])) => format!("{last} is wanted here"),
        Some((last, others)) => format!("{} or {last} is wanted here", others.iter().take(3).copied().collect::<Vec<_>>().join(", ")),
    }
}

const CONDITION: &str = "a condition is wanted here, such as `user is editor` or `user.age is at least 18`";
const VALUE: &str = "a value is wanted here: a number, a date, a text in double quotes, or a path such as `user.name`";
const ACT: &str = "an act is wanted here: what is done, and to what, as in `read document`";

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
