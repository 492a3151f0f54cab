//! How a host reads: constructors of [`Request`] and [`Value`] from JSON.

use crate::diagnostic::Error;
use crate::limits::Limits;
use crate::request::Request;
use crate::value::Value;

/// The name of a text that came without one.
const REQUEST: &str = "request";

impl Request {
    /// Reads a request from JSON: flat, or in the OpenID AuthZEN 1.0 form, which is told by its `action` being an object.
    ///
    /// ```
    /// use onlyif::Request;
    /// let request = Request::from_json(r#"{"action": "share", "resource": "expertise", "requester": {"committed": true}}"#)?;
    /// assert_eq!(request.act(), "share expertise");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// Whatever is wrong with it, with places: no JSON, a key that stands twice, a number that cannot be held exactly,
    /// a shape that is not that of a request, a limit of [`Limits::default`].
    pub fn from_json(bytes: impl AsRef<[u8]>) -> Result<Self, Error> {
        super::request(REQUEST, bytes.as_ref(), &Limits::default())
    }

    /// As [`Request::from_json`], with the name that messages show and with other limits.
    ///
    /// # Errors
    /// As [`Request::from_json`].
    ///
    /// ```
    /// use onlyif::{Code, Limits, Request};
    /// let limits = Limits { request_bytes: 8, ..Limits::default() };
    /// let error = Request::from_json_named("ann.json", r#"{"action": "sign-in"}"#, &limits).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].code(), Code::RequestTooLarge);
    /// assert_eq!(error.diagnostics()[0].place().file, "ann.json");
    /// ```
    pub fn from_json_named(name: &str, bytes: impl AsRef<[u8]>, limits: &Limits) -> Result<Self, Error> {
        super::request(name, bytes.as_ref(), limits)
    }

    /// Reads a request in the OpenID AuthZEN 1.0 form and in no other.
    ///
    /// ```
    /// use onlyif::Request;
    /// let request = Request::from_authzen(
    ///     r#"{"subject": {"type": "user", "id": "ann"}, "action": {"name": "read"}, "resource": {"type": "document", "id": "d1"}}"#,
    /// )?;
    /// assert_eq!(request.act(), "read document");
    /// assert_eq!(request.subject_kind(), Some("user"));
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Request::from_json`].
    pub fn from_authzen(bytes: impl AsRef<[u8]>) -> Result<Self, Error> {
        super::authzen(REQUEST, bytes.as_ref(), &Limits::default())
    }

    /// As [`Request::from_authzen`], with the name that messages show and with other limits.
    ///
    /// # Errors
    /// As [`Request::from_json`].
    ///
    /// ```
    /// use onlyif::{Code, Limits, Request};
    /// let flat = r#"{"action": "sign-in"}"#;
    /// let error = Request::from_authzen_named("ann.json", flat, &Limits::default()).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].code(), Code::RequestShape);
    /// ```
    pub fn from_authzen_named(name: &str, bytes: impl AsRef<[u8]>, limits: &Limits) -> Result<Self, Error> {
        super::authzen(name, bytes.as_ref(), limits)
    }
}

impl TryFrom<&str> for Request {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        Self::from_json(text)
    }
}

impl TryFrom<&[u8]> for Request {
    type Error = Error;

    fn try_from(bytes: &[u8]) -> Result<Self, Error> {
        Self::from_json(bytes)
    }
}

impl Value {
    /// Reads any JSON value, as strictly as a request.
    ///
    /// ```
    /// use onlyif::Value;
    /// assert_eq!(Value::from_json("[1.10, null]")?.to_string(), "[1.1, none]");
    /// assert!(Value::from_json(r#"{"a": 1, "\u0061": 2}"#).is_err()); // one key, twice
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first thing that is wrong with it, with its place.
    pub fn from_json(bytes: impl AsRef<[u8]>) -> Result<Self, Error> {
        super::value("value", bytes.as_ref(), &Limits::default())
    }

    /// As [`Value::from_json`], with the name that messages show and with other limits: a settings file.
    ///
    /// # Errors
    /// As [`Value::from_json`].
    ///
    /// ```
    /// use onlyif::{Limits, Value};
    /// let error = Value::from_json_named("settings.json", "{\"office\": }", &Limits::default()).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].place().file, "settings.json");
    /// ```
    pub fn from_json_named(name: &str, bytes: impl AsRef<[u8]>, limits: &Limits) -> Result<Self, Error> {
        super::value(name, bytes.as_ref(), limits)
    }
}
