//! Reading: bytes to a [`Request`], or to a [`Value`].
//!
//! In: bytes that nobody has looked at yet, from anyone. Out: a request whose every part has been checked, or an error
//! with all that is wrong, each with its place and key path; never half a request. It needs no plan: facts that no rule
//! reads are checked too, so that one request is refused or accepted by every policy alike.
//! Deliberately absent: repairs, rounding, and any reading of texts as dates or money, which is for the rule that reads them.

mod authzen;
mod convert;
mod cursor;
mod decode;
mod doors;
mod envelope;
mod fault;
mod flat;
pub(crate) mod locate;
mod place_of;

use crate::code::Code;
use crate::diagnostic::Error;
use crate::limits::Limits;
use crate::request::Request;
use crate::value::{Record, Value};
use alloc::format;
use alloc::string::String;
use fault::{Fault, Faults};

/// Reads a request: flat JSON, or the AuthZEN form, told by its `action` being an object.
pub(crate) fn request(name: &str, bytes: &[u8], limits: &Limits) -> Result<Request, Error> {
    let (text, root) = object(name, bytes, limits)?;
    let is_authzen = matches!(root.get("action"), Some(Value::Record(_)));
    finish(name, text, root, if is_authzen { authzen::read } else { flat::read })
}

/// Reads a request in the AuthZEN form only.
pub(crate) fn authzen(name: &str, bytes: &[u8], limits: &Limits) -> Result<Request, Error> {
    let (text, root) = object(name, bytes, limits)?;
    finish(name, text, root, authzen::read)
}

/// Reads any JSON value.
pub(crate) fn value(name: &str, bytes: &[u8], limits: &Limits) -> Result<Value, Error> {
    let text = checked_text(name, bytes, limits)?;
    decode::decode(text, limits).map_err(|fault| fault::into_error(name, text, [fault].into()))
}

fn finish(name: &str, text: &str, root: Record, read: fn(Record, &mut Faults<'_>) -> Request) -> Result<Request, Error> {
    let mut faults = Faults::of(text);
    let request = read(root, &mut faults);
    let faults = faults.into_list();
    if faults.is_empty() { Ok(request.with_text(text)) } else { Err(fault::into_error(name, text, faults)) }
}

fn object<'b>(name: &str, bytes: &'b [u8], limits: &Limits) -> Result<(&'b str, Record), Error> {
    let text = checked_text(name, bytes, limits)?;
    match decode::decode(text, limits) {
        Ok(Value::Record(root)) => Ok((text, root)),
        Ok(other) => {
            let mut faults = Faults::of(text);
            let message = format!("a request is a JSON object, this is {}", envelope::a_kind(&other));
            faults.shape(&[], message, envelope::EXAMPLE);
            Err(fault::into_error(name, text, faults.into_list()))
        }
        Err(fault) => Err(fault::into_error(name, text, [fault].into())),
    }
}

/// The bytes as text, if they are few enough and UTF-8.
fn checked_text<'b>(name: &str, bytes: &'b [u8], limits: &Limits) -> Result<&'b str, Error> {
    if bytes.len() > limits.request_bytes {
        let message = format!("this has {} bytes, more than {}", bytes.len(), limits.request_bytes);
        let help = "send only the facts that the rules read, or raise `Limits::request_bytes`";
        // Its text is left out: nobody reads that much of a message.
        return Err(fault::into_error(name, "", [Fault::too_large(0..0, message).help(help)].into()));
    }
    core::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or_default();
        let fault = Fault::new(Code::NotUtf8, at..at, format!("the byte 0x{byte:02x} at offset {at} is not UTF-8"))
            .help("save or send the text as UTF-8");
        // Up to the fault both texts have the same bytes, so the place is right.
        fault::into_error(name, &String::from_utf8_lossy(bytes), [fault].into())
    })
}
