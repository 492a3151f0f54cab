//! An explanation as JSON, on one line: the form that `docs/explanation.schema.json` describes.

use super::{Cited, Condition, Explanation, Finding, Known, Suggestion, Suggestions};
use crate::decision::write_place;
use crate::source::Place;
use crate::value::{Value, write_json, write_json_text};
use alloc::string::String;

impl Explanation {
    /// The explanation as JSON, on one line, with the members of `docs/explanation.schema.json`. What cannot be seen is written as an
    /// escape, so that the line is safe in a log.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in if user is trusted", onlyif::Request::without_thing("sign-out"))?;
    /// assert!(decision.why().to_json().starts_with(r#"{"act":"sign-out","asked_as":null,"outcome":"denied","because":"nothing-allows","#));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"act\":");
        write_json_text(&mut out, &self.act);
        text_or_null(&mut out, "asked_as", self.asked_as.as_deref());
        text(&mut out, "outcome", self.outcome.as_str());
        text(&mut out, "because", self.because.as_str());
        list(&mut out, "rules", &self.rules, finding);
        number(&mut out, "more_rules", self.more_rules);
        list(&mut out, "others", &self.others, finding);
        number(&mut out, "more_others", self.more_others);
        list(&mut out, "problems", &self.problems, |out, problem| write_json_text(out, problem));
        list(&mut out, "suggestions", &self.suggestions, suggestions);
        out.push('}');
        out
    }
}

fn member(out: &mut String, name: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    write_json_text(out, name);
    out.push(':');
}

fn text(out: &mut String, name: &str, value: &str) {
    member(out, name);
    write_json_text(out, value);
}

fn text_or_null(out: &mut String, name: &str, value: Option<&str>) {
    member(out, name);
    match value {
        Some(value) => write_json_text(out, value),
        None => out.push_str("null"),
    }
}

fn number(out: &mut String, name: &str, value: usize) {
    member(out, name);
    write_json(out, &Value::from(value as u64));
}

fn list<T>(out: &mut String, name: &str, items: &[T], write: impl Fn(&mut String, &T)) {
    member(out, name);
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

fn place(out: &mut String, span: Option<&Place>) {
    member(out, "span");
    match span {
        Some(span) => write_place(out, span),
        None => out.push_str("null"),
    }
}

fn finding(out: &mut String, finding: &Finding) {
    out.push('{');
    text(out, "rule", &finding.rule);
    text(out, "verb", finding.verb.as_str());
    text(out, "said", &finding.said);
    text(out, "text", &finding.text);
    list(out, "reasons", &finding.reasons, |out, reason| write_json_text(out, reason));
    place(out, Some(&finding.span));
    list(out, "conditions", &finding.conditions, condition);
    number(out, "more", finding.more);
    out.push('}');
}

fn condition(out: &mut String, one: &Condition) {
    out.push('{');
    text(out, "text", &one.text);
    place(out, Some(&one.span));
    text(out, "value", super::text::word(one.value));
    text_or_null(out, "element", one.element.as_deref());
    list(out, "facts", &one.facts, cited);
    list(out, "parts", &one.parts, condition);
    number(out, "more", one.more);
    out.push('}');
}

fn cited(out: &mut String, fact: &Cited) {
    out.push('{');
    text(out, "path", &fact.path);
    let (state, value, message) = match &fact.known {
        Known::Value(value) => ("known", Some(value), None),
        Known::Private => ("private", None, None),
        Known::None => ("none", None, None),
        Known::Missing => ("missing", None, None),
        Known::Unusable(message) => ("unusable", None, Some(message.as_str())),
    };
    text(out, "known", state);
    member(out, "value");
    write_json(out, value.unwrap_or(&Value::None));
    text_or_null(out, "message", message);
    for (name, yes) in [("setting", fact.setting), ("calculated", fact.calculated)] {
        member(out, name);
        write_json(out, &Value::YesNo(yes));
    }
    text_or_null(out, "near", fact.near.as_deref());
    place(out, fact.span.as_ref());
    out.push('}');
}

fn suggestions(out: &mut String, found: &Suggestions) {
    out.push('{');
    text(out, "wanted", found.wanted.as_str());
    list(out, "list", &found.list, suggestion);
    member(out, "complete");
    write_json(out, &Value::YesNo(found.complete));
    text_or_null(out, "note", found.note.as_deref());
    list(out, "blocked_by", &found.blocked_by, |out, rule| write_json_text(out, rule));
    out.push('}');
}

fn suggestion(out: &mut String, one: &Suggestion) {
    out.push('{');
    list(out, "changes", &one.changes, |out, change| {
        out.push('{');
        text(out, "path", &change.path);
        list(out, "keys", &change.keys, |out, key| write_json_text(out, key));
        member(out, "known");
        write_json(out, &Value::YesNo(change.from.is_some()));
        member(out, "from");
        write_json(out, change.from.as_ref().unwrap_or(&Value::None));
        member(out, "to");
        write_json(out, &change.to);
        member(out, "any_other");
        write_json(out, &Value::YesNo(change.any_other));
        out.push('}');
    });
    out.push('}');
}
