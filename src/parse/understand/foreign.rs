//! Whole statements as other tools have them: Cedar, Rego, Casbin, SQL, JSON, YAML, and tables.
//!
//! Whoever knows such a tool wants to read the sentence that says the same here. It is put together from the words that stand there,
//! and shown where it can be read; else the sentence is shown with `…` in the place of what has to be thought about.

use super::Around;
use super::mistakes;
use super::opening_word;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::{Sort, Token, tokens};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What other languages write in conditions, and what rules say.
const WORDS: [(&str, &str); 10] = [
    ("==", "is"),
    ("===", "is"),
    ("=", "is"),
    ("!=", "is not"),
    ("<>", "is not"),
    ("&&", "and"),
    ("||", "or"),
    ("true", "yes"),
    ("false", "no"),
    ("AND", "and"),
];

/// `permit(principal, action == Action::"view", resource) when { principal.role == "admin" };`
pub(super) fn cedar(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, verb) = around.opening().filter(|(_, verb)| matches!(verb.text, "permit" | "forbid"))?;
    around.tokens.get(opening.saturating_add(1)).filter(|open| open.text == "(")?;
    let scope = inside(around.tokens.get(opening..)?, "(", ")")?;
    let meant = if verb.text == "permit" { "allow" } else { "never" };
    let (mut actions, mut kind, mut conditions, mut is_all_said) = (Vec::new(), None, Vec::new(), true);
    for part in scope.split(|token| token.text == ",") {
        let says = |word: &str| part.iter().any(|token| token.text == word);
        let quoted = part.iter().filter(|token| token.sort == Sort::Quoted).map(|token| token.text);
        match part.first().map(|first| first.text) {
            Some("action") => actions.extend(quoted.map(|text| text.trim_matches('"'))),
            Some(who @ ("principal" | "resource")) => {
                if who == "resource" {
                    kind = part.iter().skip(2).find(|token| token.sort == Sort::Word).map(|token| token.text.to_ascii_lowercase());
                }
                let who = if who == "resource" { "resource" } else { "subject" };
                conditions.extend(quoted.map(|id| format!("{who}.id is {id}")).filter(|_| says("==")));
                is_all_said &= !says("in") && (who == "resource" || !says("is"));
            }
            Some(_) | None => {}
        }
    }
    let head = match (actions.as_slice(), kind) {
        ([], None) => "do anything".to_string(),
        ([], Some(kind)) => format!("do anything to {kind}"),
        (some, kind) => format!("{} {}", some.join(" or "), kind.as_deref().unwrap_or("anything")),
    };
    let clause = |word: &str| braced(around, word).map(|code| in_our_words(&code));
    conditions.extend(clause("when"));
    let when = if conditions.is_empty() { String::new() } else { format!(" if {}", conditions.join(" and ")) };
    let unless = clause("unless").map_or_else(String::new, |code| format!(" unless {code}"));
    let sentence = Some(format!("{meant} {head}{when}{unless}")).filter(|_| is_all_said);
    Some(told(around, opening, "Cedar", sentence, &format!("{meant} {head} if …")))
}

/// `allow if user is admin`, `deny { input.user.banned }`: a rule of one question, as in Rego, names no act.
pub(super) fn no_act(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, verb) = around.opening()?;
    let meant = if matches!(verb.text, "allow" | "never") { verb.text } else { opening_word(verb.text)?.0 };
    let next = around.tokens.get(opening.saturating_add(1))?;
    if !matches!(meant, "allow" | "never")
        || verb.text == "default"
        || !matches!(next.text, "if" | "when" | "unless" | "{" | "[" | "contains")
    {
        return None;
    }
    let word = if next.text == "unless" { "unless" } else { "if" };
    let from = match next.text {
        "if" | "when" | "unless" => next.end(),
        _ => around.tokens.iter().find(|token| token.text == "{")?.start,
    };
    let code = around.site.code.get(from..)?.trim();
    let code = code.strip_prefix('{').map_or(code, |code| code.trim_end_matches('}'));
    // Lines below each other are all demanded.
    let lines: Vec<String> = code.lines().map(|line| in_our_words(line.trim())).filter(|line| !line.is_empty()).collect();
    let condition = lines.join(" and ");
    let is_read = around.is_statement(&format!("{meant} do anything {word} {condition}"));
    let condition = if is_read { condition.as_str() } else { "…" };
    let sentence = format!("{meant} do anything {word} {condition}");
    let help = format!(
        "name the act, as in {}, or say {}",
        mistakes::quoted(&format!("{meant} read document {word} {condition}")),
        mistakes::quoted(&sentence)
    );
    let made = mistakes::not_understood(around.span(verb), "this rule names no act".into(), "the act stands behind this word", &help);
    // What opens every act is nothing to be offered.
    let change = Vec::from([(around.span_of(opening, around.tokens.len().saturating_sub(1))?, sentence)]);
    Some(if is_read && meant == "never" { made.suggestion("say it of every act", change) } else { made })
}

/// `=IF(user.age>=18,"allow","deny")`
pub(super) fn sheet(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, first) = around.opening()?;
    let at = opening.saturating_add(usize::from(first.text == "="));
    around.tokens.get(at).filter(|word| word.text.eq_ignore_ascii_case("if"))?;
    around.tokens.get(at.saturating_add(1)).filter(|open| open.text == "(")?;
    let condition = inside(around.tokens.get(at..)?, "(", ")")?.split(|token| matches!(token.text, "," | ";")).next()?;
    let condition = around.site.code.get(condition.first()?.start..condition.last()?.end()).map(in_our_words)?;
    let sentence = format!("allow read document if {condition}");
    let is_read = around.is_statement(&sentence) && inside(around.tokens.get(at..)?, "(", ")")?.iter().any(|token| token.text == ",");
    is_read.then(|| told(around, opening, "a spreadsheet", None, &sentence))
}

/// `p, alice, data1, read`, `g, alice, admin`
pub(super) fn casbin(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, first) = around.opening().filter(|(_, first)| matches!(first.text, "p" | "g"))?;
    around.tokens.get(opening.saturating_add(1)).filter(|comma| comma.text == ",")?;
    let words: Vec<&str> = around.site.code.get(first.start..)?.lines().next()?.split(',').map(str::trim).collect();
    match words.as_slice() {
        ["p", who, thing, action, effect @ ..] => {
            let meant = if effect.first() == Some(&"deny") { "never" } else { "allow" };
            let sentence = format!("{meant} {action} {thing} if subject.id is \"{}\"", who.trim_matches('"'));
            Some(told(around, opening, "Casbin", Some(sentence), &format!("{meant} {action} … if subject.id is …")))
        }
        ["g", _, role, ..] => {
            let condition = format!("subject.roles contains \"{}\"", role.trim_matches('"'));
            Some(told(around, opening, "Casbin", None, &format!("allow … if {condition}")))
        }
        _ => None,
    }
}

/// `SELECT * FROM documents WHERE owner = user.id`, and a query inside a condition.
pub(super) fn query(around: &Around<'_>) -> Option<Diagnostic> {
    let is = |token: &Token<'_>, word: &str| token.sort == Sort::Word && token.text.eq_ignore_ascii_case(word);
    let at = around.tokens.iter().position(|token| is(token, "select"))?;
    let behind = around.tokens.get(at..)?;
    let after = |word: &str| behind.iter().position(|token| is(token, word)).and_then(|from| behind.get(from.saturating_add(1)));
    let list = after("from").filter(|list| list.sort == Sort::Word)?;
    let (opening, _) = around.opening()?;
    if at == opening {
        let condition =
            after("where").and_then(|first| around.site.code.get(first.start..)).map(|code| in_our_words(code.trim_end_matches(';')));
        let is_joined = behind.iter().any(|token| is(token, "join"));
        let sentence = condition.filter(|_| !is_joined).map(|condition| format!("allow read {} if {condition}", list.text));
        return Some(told(around, opening, "SQL", sentence, &format!("allow read {} if …", list.text)));
    }
    // An act may be called `select`.
    around.tokens.get(at.checked_sub(1)?).filter(|open| open.text == "(")?;
    let last = behind.iter().take_while(|token| token.text != ")").count();
    let span = around.span_of(at, at.saturating_add(last).saturating_sub(1))?;
    let help =
        format!("rules look nothing up: let the request bring `{0}`, and write `… is in {0}`, or `any x in {0} satisfies (…)`", list.text);
    Some(mistakes::other_phrase(span, around.site.words(span), None, &help, Vec::new()))
}

/// `{"Effect": "Allow", "Action": "read"}`, and `roles:` with lists below
pub(super) fn data(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, first) = around.opening()?;
    let behind = around.tokens.get(opening..)?;
    let is_json = matches!(first.text, "{" | "[") && behind.iter().any(|token| token.text == ":");
    let key = if first.text == "-" { behind.get(1)? } else { behind.first()? };
    let colon = behind.iter().take(3).position(|token| token.text == ":")?;
    let is_key = key.sort == Sort::Word && !crate::tree::RESERVED.contains(&key.text) && !OURS.contains(&key.text);
    let is_nested = behind.iter().skip(colon.saturating_add(1)).any(|token| token.begins_line && token.text == "-")
        || first.text == "-" && behind.iter().skip(1).any(|token| token.begins_line)
        || behind.iter().filter(|token| token.text == ":").count() > 1;
    if !(is_json || is_key && is_nested) {
        return None;
    }
    let value = |keys: &[&str]| {
        let is_key = |token: &Token<'_>| keys.contains(&token.text.trim_matches('"').to_ascii_lowercase().as_str());
        let at = behind.windows(2).position(|pair| matches!(pair, [key, colon] if is_key(key) && colon.text == ":"))?;
        let word = behind.get(at.saturating_add(2)..)?.iter().find(|token| token.sort != Sort::Sign)?.text.trim_matches('"');
        let is_name = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        is_name.then(|| word.to_ascii_lowercase())
    };
    let is_denied = value(&["effect"]).is_some_and(|effect| effect == "deny");
    let (action, thing) = (value(&["action", "actions"]), value(&["resource", "resources"]));
    let condition = value(&["role", "roles"]).filter(|_| !is_json).map_or_else(|| "…".into(), |role| format!("user.role is \"{role}\""));
    let sentence = format!(
        "{} {} {} if {condition}",
        if is_denied { "never" } else { "allow" },
        action.as_deref().unwrap_or("read"),
        thing.as_deref().unwrap_or("document"),
    );
    Some(told(around, opening, if is_json { "JSON" } else { "YAML" }, None, &sentence))
}

/// Words before a colon that begin a statement of ours.
const OURS: [&str; 12] =
    ["rule", "scenario", "background", "use", "policy", "act", "fact", "setting", "feature", "examples", "Feature", "Scenario"];

/// `| role | may |`: a row of a table.
pub(super) fn table(around: &Around<'_>) -> Option<Diagnostic> {
    let first = around.tokens.iter().position(|token| token.begins_line && token.text == "|")?;
    let row = around.tokens.iter().skip(first).skip(1).take_while(|token| !token.begins_line).count();
    let last = first.saturating_add(row);
    around.tokens.get(last).filter(|token| row > 0 && token.text == "|")?;
    let span = around.span_of(first, last)?;
    let is_scenario = around.opening().is_some_and(|(_, opening)| opening.text.eq_ignore_ascii_case("scenario"));
    let help = if is_scenario {
        "write the cases one after the other: for each row a scenario of its own, with `given`, `when` and `expect`"
    } else {
        "write a rule for each row: `allow read document if user.role is \"admin\"`"
    };
    Some(mistakes::not_understood(span, "there are no tables".into(), "a row of a table", help))
}

/// `Given … When … Then …` without a scenario.
pub(super) fn steps(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, given) = around.opening().filter(|(_, first)| first.text.eq_ignore_ascii_case("given"))?;
    let steps: Vec<String> = around.site.code.get(given.start..)?.lines().map(step).collect();
    let scenario = format!("scenario \"a title\"{}", steps.concat());
    let all = around.span_of(opening, around.tokens.len().saturating_sub(1))?;
    let change = around.is_statement(&scenario).then_some((all, scenario));
    Some(mistakes::steps_alone(around.span(given), given.text, change.into_iter().collect()))
}

/// A step of a scenario, on a line of its own.
fn step(line: &str) -> String {
    let line = line.trim();
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let word = match word.to_ascii_lowercase().as_str() {
        "then" => "expect",
        "but" => "and",
        "given" => "given",
        "when" => "when",
        "and" => "and",
        _ => word,
    };
    format!("\n  {word} {rest}")
}

/// The message about a statement of another tool: what it is in our words, whole if that can be read.
fn told(around: &Around<'_>, opening: usize, tool: &str, sentence: Option<String>, in_part: &str) -> Diagnostic {
    let sentence = sentence.filter(|sentence| around.is_statement(sentence));
    let at = around.opening().map_or_else(|| around.site.first_line(), |(_, first)| around.span(first));
    let all = around.span_of(opening, around.tokens.len().saturating_sub(1));
    mistakes::foreign(at, tool, sentence.as_deref().unwrap_or(in_part), all.filter(|_| sentence.is_some()))
}

/// What stands in braces behind a word.
fn braced(around: &Around<'_>, word: &str) -> Option<String> {
    let at = around.tokens.iter().position(|token| token.text == word)?;
    let inside = inside(around.tokens.get(at..)?, "{", "}")?;
    Some(around.site.code.get(inside.first()?.start..inside.last()?.end())?.to_string())
}

/// The tokens between the first bracket and the one that closes it.
fn inside<'a, 't>(tokens: &'a [Token<'t>], open: &str, close: &str) -> Option<&'a [Token<'t>]> {
    let from = tokens.iter().position(|token| token.text == open)?.saturating_add(1);
    let mut depth = 1_usize;
    let length = tokens.get(from..)?.iter().position(|token| {
        depth = if token.text == open { depth.saturating_add(1) } else { depth.saturating_sub(usize::from(token.text == close)) };
        depth == 0
    })?;
    tokens.get(from..from.saturating_add(length))
}

/// A condition with the words that rules have for signs of other languages, on one line.
pub(in crate::parse) fn signs_in_words(code: &str) -> String {
    exchanged(code, |root, fields| (String::from(root), String::from(fields)))
}

/// The same of a condition of Cedar or Rego, which call by other names who acts and what is known.
fn in_our_words(code: &str) -> String {
    exchanged(code, |root, fields| match root {
        "principal" => (String::from("subject"), String::from(fields)),
        "input" if !fields.is_empty() => {
            let (root, fields) = fields.split_once('.').unwrap_or((fields, ""));
            (String::from(root), String::from(fields))
        }
        _ => (String::from(root), String::from(fields)),
    })
}

/// Code with its signs in words, and its names exchanged: each a root and what follows its first dot.
fn exchanged(code: &str, name: impl Fn(&str, &str) -> (String, String)) -> String {
    let mut words = String::new();
    let mut end = 0;
    for token in tokens(code) {
        if token.start > end && !words.is_empty() {
            words.push(' ');
        }
        end = token.end();
        if let Some((_, meant)) = WORDS.iter().find(|(said, _)| *said == token.text) {
            words.push_str(meant);
        } else if token.sort == Sort::Word {
            let (root, fields) = token.text.split_once('.').unwrap_or((token.text, ""));
            let (root, fields) = name(root, fields);
            words.push_str(&if fields.is_empty() { root } else { format!("{root}.{fields}") });
        } else {
            words.push_str(token.text);
        }
    }
    words
}
