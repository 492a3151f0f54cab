//! `--set path=value`: a fact from the command line, typed as the rules want it.
//!
//! In: the argument, and the type that the policy gives the path. Out: names and a value as JSON would have brought it, so
//! that a fact means the same from either side. A value that its type does not have is refused here, where the operator
//! still looks, and not left to become a problem of the decision.

use crate::exit::Failure;
use onlyif::Value;
use onlyif::value::{Date, DateTime, Decimal, Duration, IpAddress, Money, Network, Time};

/// Splits `path=value` into names and the value's text. A name in backticks may hold anything.
pub(crate) fn split(argument: &str) -> Result<(Vec<String>, &str), Failure> {
    let usage = || {
        let message = format!("`--set {}` is not understood", onlyif::escape(argument));
        Failure::usage(message, "write it like `--set requester.committed=yes`; names that hold other characters in backticks")
    };
    let mut names = Vec::new();
    let mut rest = argument;
    loop {
        let (name, after) = match rest.strip_prefix('`') {
            Some(quoted) => quoted.split_once('`').ok_or_else(usage)?,
            None => rest.split_at(rest.find(['.', '=']).ok_or_else(usage)?),
        };
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        if name.is_empty() || (!rest.starts_with('`') && !name.chars().all(plain)) {
            return Err(usage());
        }
        names.push(name.to_owned());
        if let Some(value) = after.strip_prefix('=') {
            return Ok((names, value));
        }
        rest = after.strip_prefix('.').ok_or_else(usage)?;
    }
}

/// The path as the language writes it.
pub(crate) fn shown(names: &[String]) -> String {
    let plain = |name: &&String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let each = names.iter().map(|name| if plain(&name) { name.clone() } else { format!("`{name}`") });
    each.collect::<Vec<_>>().join(".")
}

/// Reads the value's text as a value of the type; without a type, as what it looks like.
pub(crate) fn value(path: &str, text: &str, fact_type: Option<&str>) -> Result<Value, Failure> {
    let wanted = fact_type.map(|name| name.strip_prefix("optional ").unwrap_or(name));
    if text == "none" {
        return Ok(Value::None);
    }
    let is_words = wanted.is_some_and(|name| name == "text" || name.starts_with("one of"));
    if text.starts_with(['{', '[']) && !is_words {
        return Ok(Value::from_json_named(&format!("--set {path}"), text, &onlyif::Limits::default())?);
    }
    let checked =
        |valid: bool, example: &str| if valid { Ok(Value::from(unquoted(path, text)?)) } else { Err(refused(path, text, wanted, example)) };
    match wanted {
        Some("yes/no") => yes_no(text).ok_or_else(|| refused(path, text, wanted, "yes` or `no")),
        Some("number") => number(text).ok_or_else(|| refused(path, text, wanted, "12` or `0.85")),
        Some("money") => checked(Money::parse(text).is_ok(), "18.00 EUR"),
        Some("date") => checked(Date::parse(text).is_ok(), "2026-01-31"),
        Some("time") => checked(Time::parse(text).is_ok(), "17:30"),
        Some("date-time") => checked(DateTime::parse(text).is_ok(), "2026-01-31T17:30:00+01:00"),
        Some("duration") => checked(Duration::parse(text).is_ok(), "90 minutes"),
        Some("ip-address") => checked(IpAddress::parse(text).is_ok(), "10.0.0.1"),
        Some("network") => checked(Network::parse(text).is_ok(), "10.0.0.0/8"),
        Some(list) if list.starts_with("list of") => Err(refused(path, text, wanted, "[\"a\", \"b\"]")),
        Some(map) if map.starts_with("map of") => Err(refused(path, text, wanted, "{\"key\": \"value\"}")),
        Some(_) => Ok(Value::from(unquoted(path, text)?)),
        None => match yes_no(text).or_else(|| number(text)) {
            Some(value) => Ok(value),
            None => Ok(Value::from(unquoted(path, text)?)),
        },
    }
}

fn yes_no(text: &str) -> Option<Value> {
    match text {
        "yes" | "true" => Some(Value::YesNo(true)),
        "no" | "false" => Some(Value::YesNo(false)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Value> {
    Decimal::parse(text).ok().map(Value::Number)
}

/// A text without its quotes, if it has any; inside quotes the escapes of JSON hold.
fn unquoted(path: &str, text: &str) -> Result<String, Failure> {
    if !text.starts_with('"') {
        return Ok(text.to_owned());
    }
    let value = Value::from_json_named(&format!("--set {path}"), text, &onlyif::Limits::default())?;
    if let Value::Text(text) = value { Ok(text) } else { Ok(text.to_owned()) }
}

fn refused(path: &str, text: &str, wanted: Option<&str>, example: &str) -> Failure {
    let message = format!("`{}` takes {}, not `{}`", onlyif::escape(path), wanted.unwrap_or("a value"), onlyif::escape(text));
    Failure::value(message, format!("write `{example}` after the `=`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, wanted: Option<&str>) -> Option<String> {
        value("path", text, wanted).ok().map(|value| value.to_json())
    }

    /// What is written, the type, and the value as JSON; none where it is refused.
    const VALUES: &[(&str, Option<&str>, Option<&str>)] = &[
        ("yes", Some("yes/no"), Some("true")),
        ("false", Some("yes/no"), Some("false")),
        ("1", Some("yes/no"), None),
        ("\"yes\"", Some("yes/no"), None),
        ("0.850", Some("number"), Some("0.85")),
        ("5_000", Some("number"), Some("5000")),
        ("1e3", Some("number"), None),
        ("12", Some("text"), Some("\"12\"")),
        ("yes", Some("text"), Some("\"yes\"")),
        ("[draft]", Some("text"), Some("\"[draft]\"")),
        ("\"none\"", Some("text"), Some("\"none\"")),
        ("none", Some("text"), Some("null")),
        ("a=b", Some("text"), Some("\"a=b\"")),
        ("", Some("text"), Some("\"\"")),
        ("draft", Some("one of [draft, final]"), Some("\"draft\"")),
        ("2026-01-31", Some("date"), Some("\"2026-01-31\"")),
        ("2026-02-30", Some("optional date"), None),
        ("17:30", Some("time"), Some("\"17:30\"")),
        ("2026-01-31T17:30:00Z", Some("date-time"), Some("\"2026-01-31T17:30:00Z\"")),
        ("2026-01-31", Some("date-time"), None),
        ("90 minutes", Some("duration"), Some("\"90 minutes\"")),
        ("18.00 EUR", Some("money"), Some("\"18.00 EUR\"")),
        ("18", Some("money"), None),
        ("{\"amount\": 18, \"currency\": \"EUR\"}", Some("money"), Some("{\"amount\":18,\"currency\":\"EUR\"}")),
        ("10.0.0.1", Some("ip-address"), Some("\"10.0.0.1\"")),
        ("10.0.0.0/8", Some("network"), Some("\"10.0.0.0/8\"")),
        ("[1, 2]", Some("list of number"), Some("[1,2]")),
        ("1", Some("list of number"), None),
        ("ann", Some("user"), Some("\"ann\"")),
        ("{\"id\": \"ann\"}", Some("user"), Some("{\"id\":\"ann\"}")),
        ("yes", None, Some("true")),
        ("-12", None, Some("-12")),
        ("draft", None, Some("\"draft\"")),
        ("\"12\"", None, Some("\"12\"")),
        ("{\"a\": 1, \"a\": 2}", None, None),
    ];

    #[test]
    fn values_have_the_type_that_is_wanted() {
        for (text, wanted, json) in VALUES {
            assert_eq!(read(text, *wanted).as_deref(), *json, "{text} as {wanted:?}");
        }
    }

    #[test]
    fn paths_are_split_at_dots_outside_backticks() {
        let names = |argument: &str| split(argument).ok().map(|(names, value)| (names.join("|"), value.to_owned()));
        let some = |names: &str, value: &str| Some((names.to_owned(), value.to_owned()));
        assert_eq!(names("a=b"), some("a", "b"));
        assert_eq!(names("a.b-c=d=e.f"), some("a|b-c", "d=e.f"));
        assert_eq!(names("labels.`app.io/a=b`=x"), some("labels|app.io/a=b", "x"));
        assert_eq!(names("`a b`=c"), some("a b", "c"));
        for wrong in ["", "a", "=b", ".a=b", "a.=b", "a b=c ", "`a=b", "`a`b=c", " a=b", "user \"ann\".name=b"] {
            assert_eq!(names(wrong), None, "{wrong}");
        }
    }
}
