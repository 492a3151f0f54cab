//! From `serde_json::Value`, for hosts that have one already.
//!
//! In: a tree that serde_json has read. Out: ours. What serde_json lost is lost: of two equal keys it kept the last, and
//! a number such as `9007199254740993.0` has passed through binary floating point. A request from a stranger is better
//! read from its bytes, with [`Request::from_json`].

use crate::diagnostic::Error;
use crate::request::Request;
use crate::value::{Decimal, Record, Value};
use alloc::string::ToString;
use serde_json::Value as Json;

/// Digits and equal keys may have been lost when serde_json read it. A number beyond the exact range is kept as its
/// text ([`Value::OutOfRange`]); whatever reads it is unknown.
impl From<Json> for Value {
    // It calls itself as deep as the tree is; dropping that tree does the same, so nothing is risked anew.
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Value::None,
            Json::Bool(yes) => Value::YesNo(yes),
            Json::Number(number) => {
                let text = number.to_string();
                Decimal::parse_json(&text).map_or(Value::OutOfRange(text), Value::Number)
            }
            Json::String(text) => Value::Text(text),
            Json::Array(items) => Value::List(items.into_iter().map(Value::from).collect()),
            Json::Object(members) => {
                let members = members.into_iter().map(|(key, value)| (key, Value::from(value))).collect();
                // A map has each key once, so this cannot fail.
                Value::Record(Record::from_members(members).unwrap_or_default())
            }
        }
    }
}

/// Digits and equal keys may have been lost when serde_json read it. It is written out and read again, so that it is
/// checked as any request is, and messages can point into it.
///
/// ```
/// use onlyif::Request;
/// use serde_json::json;
/// let request = Request::try_from(json!({"action": "share", "resource": "expertise"}))?;
/// assert_eq!(request.act(), "share expertise");
/// # Ok::<(), onlyif::Error>(())
/// ```
impl TryFrom<Json> for Request {
    type Error = Error;

    fn try_from(json: Json) -> Result<Self, Error> {
        Self::from_json(json.to_string())
    }
}
