//! Reading requests: every file of `tests/cases/read/` beside what becomes of it, serde_json as an oracle, and limits.
//!
//! `y_` must be accepted, `n_` refused, `i_` is for the implementation to say (RFC 8259 leaves it open); these are read
//! as values. `request_` and `authzen_` are read as requests; with `n_` after it they must be refused.
#![cfg(feature = "json")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use onlyif::Brought;
use onlyif::{Code, Error, Limits, Request, Value};
use proptest::prelude::*;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/read");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    assert!(files.len() >= 150, "only {} cases were found", files.len());
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let bytes = fs::read(&file).unwrap();
        let (answer, accepted) = if stem.starts_with("request_") || stem.starts_with("authzen_") {
            outcome(Request::from_json(bytes), shown_request)
        } else {
            outcome(Value::from_json(bytes), |value| value.to_json())
        };
        if let Some(wanted) = wanted(stem) {
            assert_eq!(accepted, wanted, "{stem}: {answer}");
        }
        settings.bind(|| insta::assert_snapshot!(stem, answer));
    }
}

fn wanted(stem: &str) -> Option<bool> {
    let (kind, rest) = stem.split_once('_')?;
    match kind {
        "y" => Some(true),
        "n" => Some(false),
        "i" => None,
        _ => Some(!rest.starts_with("n_")),
    }
}

fn outcome<T>(read: Result<T, Error>, shown: impl FnOnce(&T) -> String) -> (String, bool) {
    match read {
        Ok(it) => (shown(&it), true),
        Err(error) => {
            let mut text = String::new();
            for diagnostic in error.diagnostics() {
                let words = diagnostic.words().chars().take(40).collect::<String>();
                writeln!(text, "{diagnostic}\n    at {}: {}", diagnostic.place().start, onlyif::escape(&words)).unwrap();
                for (place, label) in diagnostic.related_places() {
                    writeln!(text, "    {label}: {}:{}", place.line, place.column).unwrap();
                }
            }
            (text, false)
        }
    }
}

fn shown_request(request: &Request) -> String {
    let mut text = format!("{}\n", request.act());
    for name in ["action", "subject", "resource"].into_iter().chain(request.thing()).chain(request.subject_kind()) {
        match request.brought(name) {
            Brought::Value(value) => writeln!(text, "{name}: {}", value.to_json()).unwrap(),
            Brought::Both => writeln!(text, "{name}: both").unwrap(),
            Brought::Nothing => {}
        }
    }
    for (name, value) in request.facts().iter() {
        writeln!(text, "fact {name}: {}", value.to_json()).unwrap();
    }
    if let Some(entities) = request.entities() {
        writeln!(text, "entities: {}", Value::from(entities.clone()).to_json()).unwrap();
    }
    text
}

/// The code of the first fault.
fn code<T>(read: Result<T, Error>) -> Option<Code> {
    read.err().map(|error| error.diagnostics().first().expect("an error says something").code())
}

#[test]
fn from_authzen_refuses_the_flat_form() {
    assert_eq!(code(Request::from_authzen(r#"{"action": "share", "resource": "expertise"}"#)), Some(Code::RequestShape));
}

#[test]
fn a_request_keeps_its_text() {
    let text = r#"{"action": "sign-in"}"#;
    assert_eq!(Request::from_json(text).unwrap().text(), Some(text));
    assert_eq!(Request::try_from(text).unwrap(), Request::try_from(text.as_bytes()).unwrap());
}

#[test]
fn places_are_those_of_the_bytes() {
    let error = Request::from_json_named("r.json", "\u{feff}{\n  \"action\": \"é\",\n  \"é\": {\"b\": [1, 1e99]}\n}", &Limits::default())
        .unwrap_err();
    let diagnostic = error.diagnostics().first().unwrap();
    let place = diagnostic.place();
    assert_eq!((place.file.as_str(), place.line, place.column, place.end_column), ("r.json", 3, 18, 22));
    assert_eq!(diagnostic.words(), "1e99");
    assert!(diagnostic.message().ends_with(", at `[\"é\"].b[1]`"), "{}", diagnostic.message());
}

#[test]
fn limits_hold() {
    let read = |text: &str, limits: &Limits| code(Value::from_json_named("v", text, limits));
    let limits = Limits { request_bytes: 10, request_values: 4, request_nesting: 2, ..Limits::default() };
    assert_eq!(read("[1,2,3]   ", &limits), None);
    assert_eq!(read("[1,2,3]    ", &limits), Some(Code::RequestTooLarge), "11 bytes");
    assert_eq!(read("[1,2,3,4]", &limits), Some(Code::RequestTooLarge), "5 values");
    assert_eq!(read("[[]]", &limits), None);
    assert_eq!(read("[[[]]]", &limits), Some(Code::RequestTooLarge), "3 deep");
}

/// Raised without bound, the nesting still ends before the machine's stack does.
#[test]
fn nesting_is_bounded_whatever_the_limit() {
    let limits = Limits { request_nesting: u32::MAX, ..Limits::default() };
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(code(Value::from_json_named("v", nested(256), &limits)), None);
    assert_eq!(code(Value::from_json_named("v", nested(257), &limits)), Some(Code::RequestTooLarge));
    assert_eq!(code(Value::from_json_named("v", nested(400_000), &limits)), Some(Code::RequestTooLarge));
}

/// Eight times the keys must not take much more than eight times as long; quadratic work would take 64 times as long.
#[test]
fn large_objects_take_linear_time() {
    let limits = Limits { request_bytes: 64 << 20, request_values: 1 << 20, ..Limits::default() };
    let time = |keys: usize, twice: bool| {
        // In the reverse order of names, which is the worst for a sorted table that is filled one by one.
        let mut text = String::from("{\"action\":\"a\"");
        for key in (0..keys).rev() {
            write!(text, ",\"key-{key:09}\":{{\"{key}\":[{key}]}}").unwrap();
        }
        text.push_str(if twice { ",\"key-000000000\":0}" } else { "}" });
        let start = Instant::now();
        assert_eq!(Request::from_json_named("r", &text, &limits).is_err(), twice);
        start.elapsed()
    };
    for twice in [false, true] {
        let small = time(12_500, twice).max(Duration::from_millis(2));
        let large = time(100_000, twice);
        assert!(large < small * 30, "{small:?}, then {large:?}");
    }
}

#[test]
fn faults_without_end_are_told_quickly() {
    let entries: Vec<_> = (0..90_000).map(|at| format!("\"e:{at}\":1")).collect();
    let text = format!("{{\"action\":\"a\",\"entities\":{{{}}}}}", entries.join(","));
    let limits = Limits { request_bytes: 64 << 20, ..Limits::default() };
    let start = Instant::now();
    let error = Request::from_json_named("r", &text, &limits).unwrap_err();
    assert_eq!(error.diagnostics().len(), 20);
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn from_serde_json() {
    let json = serde_json::json!({"action": "share", "resource": {"type": "file", "size": 1.5}, "list": [null, true, "x", -3]});
    let request = Request::try_from(json.clone()).unwrap();
    assert_eq!(request, Request::from_json(json.to_string()).unwrap());
    assert_eq!(
        Value::from(serde_json::json!([1e300, 0.1])),
        Value::List(vec![Value::OutOfRange("1e+300".into()), Value::Number(onlyif::value::Decimal::parse("0.1").unwrap())])
    );
    assert_eq!(code(Request::try_from(serde_json::json!({"action": "a", "x": 1e300}))), Some(Code::NumberRange));
}

#[test]
fn written_json_shows_what_it_holds() {
    let value = Value::from_json(r#"["\u001b[31m\u202e\u200b\ud83d\ude00\udb40\udc41", 0.10, -5, {"b": 1, "a": "\"\\"}]"#).unwrap();
    let written = value.to_json();
    assert_eq!(written, r#"["\u001b[31m\u202e\u200b😀\udb40\udc41",0.1,-5,{"a":"\"\\","b":1}]"#);
    assert_eq!(Value::from_json(written).unwrap(), value);
}

/// serde_json's tree must equal ours, but for digits that it loses.
fn same(ours: &Value, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Value::Number(ours), serde_json::Value::Number(theirs)) => {
            let (ours, theirs): (f64, f64) = (ours.to_string().parse().unwrap(), theirs.as_f64().unwrap());
            (ours - theirs).abs() <= ours.abs() * 1e-15
        }
        (Value::List(ours), serde_json::Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Record(ours), serde_json::Value::Object(theirs)) => {
            ours.len() == theirs.len() && ours.iter().all(|(name, value)| theirs.get(name).is_some_and(|theirs| same(value, theirs)))
        }
        (ours, theirs) => *ours == Value::from(theirs.clone()),
    }
}

/// What we refuse though serde_json does not: equal keys, numbers beyond the exact range, too much. A byte order mark
/// at the start is the only thing that we accept and it does not.
fn agrees(bytes: &[u8]) -> Result<(), TestCaseError> {
    let without_mark = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match (Value::from_json(bytes), serde_json::from_slice::<serde_json::Value>(without_mark)) {
        (Ok(ours), Ok(theirs)) => prop_assert!(same(&ours, &theirs), "{ours} against {theirs}"),
        (Ok(ours), Err(error)) => prop_assert!(false, "accepted {ours}, serde_json says {error}"),
        (Err(error), Ok(theirs)) => {
            let code = error.diagnostics().first().map(onlyif::Diagnostic::code);
            let documented = matches!(code, Some(Code::DuplicateKey | Code::NumberRange | Code::RequestTooLarge));
            prop_assert!(documented, "refused {theirs}: {error}");
        }
        (Err(_), Err(_)) => {}
    }
    Ok(())
}

/// Pieces of which JSON, and what nearly is JSON, is made.
const PIECES: [&str; 46] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\"a\"",
    "\"b\"",
    "\"\\u0061\"",
    "\"a\":",
    "\"b\":",
    "1",
    "0",
    "-",
    "-0",
    ".",
    ".5",
    "1.5",
    "e",
    "E9",
    "e-3",
    "1e400",
    "00",
    "true",
    "false",
    "null",
    "nul",
    "\\u",
    "\\ud83d",
    "\\ude00",
    "\\n",
    "\\x",
    " ",
    "\n",
    "\t",
    "\r",
    "\u{1}",
    "é",
    "😀",
    "\u{feff}",
    "\u{a0}",
    "/",
    "'",
    "NaN",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_serde_json_on_pieces(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12)) {
        agrees(pieces.concat().as_bytes())?;
    }

    #[test]
    fn agrees_with_serde_json_on_numbers(text in "-?[0-9]{0,3}(\\.[0-9]{0,4})?([eE][+-]?[0-9]{0,2})?") {
        agrees(text.as_bytes())?;
    }

    #[test]
    fn agrees_with_serde_json_on_bytes(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        agrees(&bytes)?;
    }

    #[test]
    fn agrees_with_serde_json_on_texts(text in "\"([a\\\\\"/bfnrtu0-9dD8cCeE\u{1}\u{80}é😀]|\\\\u[dD][89abcdefAB][0-9a-f]{2}){0,8}\"") {
        agrees(text.as_bytes())?;
    }

    #[test]
    fn agrees_with_serde_json_on_damaged_json(json in tree(), at in any::<prop::sample::Index>(), byte in any::<u8>(), how in 0..3) {
        let mut bytes = json.to_string().into_bytes();
        agrees(&bytes)?;
        let at = at.index(bytes.len());
        match how {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, byte),
            _ => { bytes.remove(at); }
        }
        agrees(&bytes)?;
    }

    #[test]
    fn written_values_are_read_again(json in tree()) {
        let value = Value::from(json);
        prop_assert_eq!(Value::from_json(value.to_json()).unwrap(), value);
    }

    /// Any bytes make a request or an error with a place; nothing stops.
    #[test]
    fn requests_never_panic(json in tree(), name in prop::sample::select(&["action", "resource", "subject", "entities", "context", "now"][..])) {
        let mut object = serde_json::Map::new();
        object.insert("action".into(), serde_json::json!({"name": "read"}));
        object.insert("today".into(), serde_json::json!("2026-01-01"));
        object.insert(name.into(), json);
        let text = serde_json::Value::Object(object).to_string();
        for read in [Request::from_json(&text), Request::from_authzen(&text)] {
            if let Err(error) = read {
                prop_assert!(!error.diagnostics().is_empty());
                prop_assert!(error.diagnostics().iter().all(|diagnostic| diagnostic.place().end as usize <= text.len()));
            }
        }
    }
}

fn tree() -> impl Strategy<Value = serde_json::Value> {
    let key = prop::sample::select(&["type", "id", "name", "properties", "in", "user", "", "é", "a\"\\\n\u{1}"][..]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        (-1_000_000..1_000_000_i32).prop_map(|thousandths| serde_json::json!(f64::from(thousandths) / 1000.0)),
        ".{0,6}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::from),
            prop::collection::vec((key.clone(), inner), 0..5).prop_map(|members| members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}
