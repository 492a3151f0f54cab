//! Values as JSON text.
//!
//! In: a value. Out: one line of JSON. Money, dates and the like become their texts, numbers their exact digits. What
//! cannot be seen is written as an escape, so that the line is safe to look at on a terminal or in a log. Reading JSON
//! is deliberately not here.

use super::Value;
use alloc::string::{String, ToString};
use core::fmt::Write;

impl Value {
    /// As JSON, on one line.
    ///
    /// ```
    /// use onlyif::{Value, value::Record};
    /// let value = Value::from(Record::new().with("paid", true).with("name", "Ann \"A\""));
    /// assert_eq!(value.to_json(), r#"{"name":"Ann \"A\"","paid":true}"#);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write_json(&mut out, self);
        out
    }
}

/// Adds a value as JSON.
pub(crate) fn write_json(out: &mut String, value: &Value) {
    match value {
        Value::None => out.push_str("null"),
        Value::YesNo(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Text(text) => write_json_text(out, text),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_json(out, item);
            }
            out.push(']');
        }
        Value::Record(record) => {
            out.push('{');
            for (at, (name, member)) in record.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_json_text(out, name);
                out.push(':');
                write_json(out, member);
            }
            out.push('}');
        }
        Value::Money(money) => write_json_text(out, &money.to_string()),
        Value::Date(date) => write_json_text(out, &date.to_string()),
        Value::Time(time) => write_json_text(out, &time.to_string()),
        Value::DateTime(date_time) => write_json_text(out, &date_time.to_string()),
        Value::Duration(duration) => write_json_text(out, &duration.to_string()),
        Value::IpAddress(address) => write_json_text(out, &address.to_string()),
        Value::Network(network) => write_json_text(out, &network.to_string()),
        // A host may have put anything into it, so it is not trusted to be a number's text.
        Value::OutOfRange(text) => write_json_text(out, text),
    }
}

/// Adds a text as a JSON string, quotes included, with what cannot be seen as `\u` escapes.
pub(crate) fn write_json_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if crate::diagnostic::is_hidden(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a `String` cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
