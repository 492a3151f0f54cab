//! `onlyif ask`: asks a person for the facts that decide, one sentence at a time.
//!
//! In: a policy, an act, what is known already, and a line of standard input for each answer. Out: questions on standard
//! error, the decision on standard output. It works with a pipe as with a person: where the input ends, it stops asking.

use crate::args::AskArgs;
use crate::console::{self, Console};
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::request::{self, Changes};
use crate::set;
use onlyif::{Limits, Policy, Question, Request};
use std::io::BufRead;

/// A policy that needs more is not asked about in one sitting.
const MOST_QUESTIONS: usize = 1_000;

pub(crate) fn run(args: &AskArgs, console: &mut Console) -> Result<Exit, Failure> {
    let limits = Limits::default();
    if args.asked.request.iter().chain(&args.asked.policy).chain(&args.asked.settings).any(|path| crate::files::is_stdin(path)) {
        return Err(Failure::usage("`-` cannot be read here", "standard input is for the answers: name a file"));
    }
    let (policy, _) = decide::load(&args.asked, &limits)?;
    let changes = Changes::read(&args.asked, &policy)?;
    let mut request = request::one(&args.asked, &changes, &limits)?;
    put_questions(&policy, &mut request, console)?;
    let decision = policy.decide(&request);
    console.write(&format!("{}\n", console::escaped_lines(&decision.to_string())))?;
    if let Some(path) = &args.save {
        let unwritable = |error| Failure::unwritable(format!("`{}` cannot be written: {error}", crate::files::shown(path)));
        std::fs::write(path, written(&request)).map_err(unwritable)?;
    }
    Ok(decide::exit(decision.outcome()))
}

/// Asks until it is decided, nobody answers any more, or nothing is left to ask.
fn put_questions(policy: &Policy, request: &mut Request, console: &mut Console) -> Result<(), Failure> {
    let mut lines = std::io::stdin().lock().lines();
    let mut not_known: Vec<String> = Vec::new();
    for _ in 0..MOST_QUESTIONS {
        let Some(question) = policy.decide(request).next_question_but(&not_known) else { return Ok(()) };
        console.complain(&sentence(&question));
        let Some(line) = lines.next() else { return Ok(()) };
        let line = line.map_err(|error| Failure::unreadable(format!("the answers cannot be read: {error}"), None))?;
        if line.trim().is_empty() {
            not_known.push(question.path);
            continue;
        }
        match set::value(&question.path, line.trim(), Some(&question.fact_type)) {
            Ok(value) => request.set_path(question.keys.iter().map(String::as_str), value),
            // Asked again: the next question is the same one.
            Err(failure) => console.complain(&failure.in_short()),
        }
    }
    Ok(())
}

/// `requester.committed, yes/no? (requester committed)`
fn sentence(question: &Question) -> String {
    let hangs = question.conditions.first().map_or(String::new(), |words| format!("  ({words})"));
    format!("{}, {}?{hangs}", question.path, question.fact_type)
}

/// The request as JSON, as `--request` reads it.
fn written(request: &Request) -> String {
    let text = |text: &str| onlyif::Value::from(text).to_json();
    let mut members = vec![format!("\"action\": {}", text(request.action()))];
    if let onlyif::Brought::Value(resource) = request.brought("resource")
        && request.thing().is_some_and(|thing| request.facts().get(thing).is_none())
    {
        let mut object = resource.clone();
        if let (onlyif::Value::Record(record), Some(thing)) = (&mut object, request.thing()) {
            record.set("type", thing);
        }
        members.push(format!("\"resource\": {}", object.to_json()));
    } else if let Some(thing) = request.thing() {
        members.push(format!("\"resource\": {}", text(thing)));
    }
    if let Some(entities) = request.entities() {
        members.push(format!("\"entities\": {}", onlyif::Value::Record(entities.clone()).to_json()));
    }
    members.extend(request.facts().iter().map(|(name, value)| format!("{}: {}", text(name), value.to_json())));
    format!("{{\n  {}\n}}\n", members.join(",\n  "))
}
