//! A decision as JSON, on one line: the form that `docs/decision.schema.json` describes.

use super::{DecidingRule, Decision, Duty, Pending, Problem, Reason};
use crate::source::Place;
use crate::value::{Value, write_json, write_json_text};
use alloc::string::String;

impl Decision<'_> {
    /// The decision as JSON, on one line, with the members of `docs/decision.schema.json`: `outcome`, `reasons`, `must`, `should`,
    /// `pending`, `problems`, `needs`, `rules`. What cannot be seen is written as an escape, so that the line is safe in a log.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in if user is trusted", onlyif::Request::without_thing("sign-in"))?;
    /// assert!(decision.to_json().starts_with(r#"{"outcome":"undetermined","reasons":[]"#));
    /// assert!(decision.to_json().contains(r#""needs":["user.trusted"]"#));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"outcome\":");
        write_json_text(&mut out, self.outcome().as_str());
        member(&mut out, "reasons");
        list(&mut out, self.reasons(), reason);
        member(&mut out, "must");
        list(&mut out, self.must(), duty);
        member(&mut out, "should");
        list(&mut out, self.should(), duty);
        member(&mut out, "pending");
        list(&mut out, self.pending(), pending);
        member(&mut out, "problems");
        list(&mut out, self.problems(), problem);
        member(&mut out, "needs");
        list(&mut out, self.needs(), |out, need| write_json_text(out, need));
        member(&mut out, "rules");
        list(&mut out, self.rules(), rule);
        out.push('}');
        out
    }
}

fn member(out: &mut String, name: &str) {
    out.push(',');
    write_json_text(out, name);
    out.push(':');
}

fn list<T>(out: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

fn text_or_null(out: &mut String, text: Option<&str>) {
    match text {
        Some(text) => write_json_text(out, text),
        None => out.push_str("null"),
    }
}

fn reason(out: &mut String, reason: &Reason) {
    out.push_str("{\"rule\":");
    text_or_null(out, reason.rule.as_deref());
    member(out, "verb");
    text_or_null(out, reason.verb.map(super::Verb::as_str));
    member(out, "text");
    write_json_text(out, &reason.text);
    member(out, "span");
    match &reason.span {
        Some(span) => place(out, span),
        None => out.push_str("null"),
    }
    out.push('}');
}

/// Without the closing bracket, so that a pending duty can go on.
fn open_duty(out: &mut String, duty: &Duty) {
    out.push('{');
    if let Some(name) = &duty.name {
        out.push_str("\"name\":");
        write_json_text(out, name);
    } else {
        out.push_str("\"text\":");
        write_json_text(out, duty.text.as_deref().unwrap_or_default());
    }
    member(out, "with");
    out.push('{');
    for (at, (key, value)) in duty.with.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_json_text(out, key);
        out.push(':');
        write_json(out, value);
    }
    out.push('}');
    member(out, "because");
    text_or_null(out, duty.because.as_deref());
    member(out, "rule");
    write_json_text(out, &duty.rule);
}

fn duty(out: &mut String, duty: &Duty) {
    open_duty(out, duty);
    out.push('}');
}

fn pending(out: &mut String, pending: &Pending) {
    open_duty(out, &pending.duty);
    member(out, "needs");
    list(out, &pending.needs, |out, need| write_json_text(out, need));
    out.push('}');
}

fn problem(out: &mut String, problem: &Problem) {
    out.push_str("{\"code\":");
    write_json_text(out, problem.code.as_str());
    member(out, "path");
    write_json_text(out, &problem.path);
    member(out, "message");
    write_json_text(out, &problem.message);
    out.push('}');
}

fn rule(out: &mut String, rule: &DecidingRule) {
    out.push_str("{\"rule\":");
    write_json_text(out, &rule.rule);
    member(out, "verb");
    write_json_text(out, rule.verb.as_str());
    member(out, "value");
    write_json_text(
        out,
        match rule.value {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        },
    );
    member(out, "span");
    place(out, &rule.span);
    out.push('}');
}

/// Adds a place as JSON: one shape wherever a place is named.
pub(crate) fn place(out: &mut String, place: &Place) {
    out.push_str("{\"file\":");
    write_json_text(out, &place.file);
    for (name, number) in [
        ("start", place.start),
        ("end", place.end),
        ("line", place.line),
        ("column", place.column),
        ("end_line", place.end_line),
        ("end_column", place.end_column),
    ] {
        member(out, name);
        write_json(out, &Value::from(number));
    }
    out.push('}');
}
