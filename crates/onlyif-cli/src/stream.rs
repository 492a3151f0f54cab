//! `onlyif decide --requests`: one request a line, one JSON line for each, in order.
//!
//! In: lines of any length, from a file or a pipe that may never end. Out: a decision or an error for each line, also for
//! blank ones, so that line n of the answers belongs to line n of the requests. Memory stays constant: a line beyond the
//! limit is passed over without being kept. A bad line does not stop the others.

use crate::console::Console;
use crate::exit::{Exit, Failure, OUTPUT};
use crate::request::Changes;
use crate::{files, json};
use onlyif::{Diagnostic, Limits, Outcome, Policy, Request};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

pub(crate) fn run(path: &Path, policy: &Policy, changes: &Changes, limits: &Limits, console: &mut Console) -> Result<Exit, Failure> {
    let unreadable = |error: io::Error| files::unreadable(path, &error.to_string());
    let mut reader = BufReader::new(files::open(path)?);
    let mut counts = Counts::default();
    let mut line = Vec::new();
    while next_line(&mut reader, &mut line, limits.request_bytes).map_err(unreadable)? {
        counts.lines += 1;
        let answer = answer(&line, policy, changes, limits, &mut counts);
        console.write(&answer)?;
        // Whoever waits for the answer before sending the next line must get it.
        if reader.buffer().is_empty() {
            console.finish()?;
        }
    }
    console.finish()?;
    let Counts { lines, allowed, denied, undetermined, bad } = counts;
    console.complain(&format!("{lines} read: {allowed} allowed, {denied} denied, {undetermined} undetermined, {bad} bad"));
    Ok(if bad == 0 { Exit::Yes } else { Exit::BadInput })
}

#[derive(Default)]
struct Counts {
    lines: u64,
    allowed: u64,
    denied: u64,
    undetermined: u64,
    bad: u64,
}

fn answer(line: &[u8], policy: &Policy, changes: &Changes, limits: &Limits, counts: &mut Counts) -> String {
    let name = format!("line {}", counts.lines);
    let request = Request::from_json_named(&name, line, limits).map_err(Failure::from).and_then(|request| changes.make(request));
    let request = match request {
        Ok(request) => request,
        Err(failure) => {
            counts.bad += 1;
            return error(counts.lines, &failure);
        }
    };
    let decision = policy.decide(&request);
    match decision.outcome() {
        Outcome::Allowed => counts.allowed += 1,
        Outcome::Denied => counts.denied += 1,
        Outcome::Undetermined => counts.undetermined += 1,
    }
    format!("{}\n", decision.to_json())
}

fn error(line: u64, failure: &Failure) -> String {
    let (code, message) = match failure {
        Failure::Rules(diagnostics) => diagnostics.first().map_or_else(Default::default, |first| (first.code().to_string(), told(first))),
        Failure::Told(told) => (told.code.to_owned(), told.message.clone()),
        Failure::NotWritable(error) => (OUTPUT.to_string(), error.to_string()),
    };
    format!("{{\"line\":{line},\"error\":{{\"code\":{},\"message\":{}}}}}\n", json::text(&code), json::text(&message))
}

/// The message with its column; the line is known.
fn told(diagnostic: &Diagnostic) -> String {
    format!("column {}: {}", diagnostic.place().column, diagnostic.message())
}

/// Reads a line without its end; of one that is too long only so much that this can be seen. False at the end.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<bool> {
    line.clear();
    // One byte more than the limit, and the two of a line end.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(3);
    if reader.by_ref().take(most).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    if line.pop_if(|last| *last == b'\n').is_some() {
        line.pop_if(|last| *last == b'\r');
    } else {
        reader.skip_until(b'\n')?;
    }
    Ok(true)
}
