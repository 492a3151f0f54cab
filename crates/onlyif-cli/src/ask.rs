//! `onlyif ask`: asks a person for the facts that decide, one sentence at a time.
//!
//! In: a policy, an act, what is known already, and a line of standard input for each answer. Out: questions on standard
//! error, the decision on standard output. It works with a pipe as with a person: where the input ends, it stops asking.

use crate::args::AskArgs;
use crate::console::{self, Console};
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::replace;
use crate::request::{self, Changes};
use crate::save;
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
        replace::put(path, &save::written(&request))?;
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
        let Some(line) = lines.next() else {
            console.complain("There are no more answers: it is decided by what is known.");
            return Ok(());
        };
        let line = line.map_err(|error| Failure::unreadable(format!("the answers cannot be read: {error}"), None))?;
        if line.trim().is_empty() {
            not_known.push(question.path);
            continue;
        }
        match answered(policy, request, &question, line.trim()) {
            Ok(more) => *request = more,
            // Asked again: the next question is the same one.
            Err(why) => console.complain(&format!("That cannot be used: {why}.")),
        }
    }
    Ok(())
}

/// The request with an answer, or why it cannot be used. The answer itself is not repeated: it may be private.
fn answered(policy: &Policy, request: &Request, question: &Question, text: &str) -> Result<Request, String> {
    let value =
        set::value(&question.path, text, Some(&question.fact_type)).map_err(|_| format!("wanted is {}", wanted(&question.fact_type)))?;
    let mut more = request.clone();
    more.set_path(question.keys.iter().map(String::as_str), value);
    match policy.decide(&more).problems().iter().find(|problem| problem.path == question.path) {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(more),
    }
}

/// `What is requester.committed? Yes or no.  (requester committed)`
fn sentence(question: &Question) -> String {
    let hangs = question.conditions.first().map_or(String::new(), |words| format!("  (for: {words})"));
    format!("What is {}? Wanted is {}.{hangs}", question.path, wanted(&question.fact_type))
}

/// What may be answered, with an example where the form is not plain.
fn wanted(fact_type: &str) -> String {
    let (named, or_none) = match fact_type.strip_prefix("optional ") {
        Some(named) => (named, ", or none"),
        None => (fact_type, ""),
    };
    let words = match named {
        "yes/no" => "yes or no".into(),
        "text" => "a text".into(),
        "number" => "a number".into(),
        "money" => "an amount such as 18.00 EUR".into(),
        "date" => "a date such as 2026-01-31".into(),
        "time" => "a time such as 17:30".into(),
        "date-time" => "a date and time such as 2026-01-31T17:30:00+01:00".into(),
        "duration" => "a duration such as 90 minutes".into(),
        "ip-address" => "an address such as 10.0.0.1".into(),
        "network" => "a network such as 10.0.0.0/8".into(),
        "any value" => "a value".into(),
        "list of text" => "a list such as [\"a\", \"b\"]".into(),
        ids if ids.starts_with("list of reference to ") => "a list of ids such as [\"a\", \"b\"]".into(),
        json if json.starts_with("list of ") || json.starts_with("map of ") => format!("a {json}, as JSON"),
        choice if choice.starts_with("one of ") => choice.replace(" < ", ", "),
        kind => format!("the id of {}", with_article(kind.strip_prefix("reference to ").unwrap_or(kind))),
    };
    format!("{words}{or_none}")
}

fn with_article(kind: &str) -> String {
    format!("{} {kind}", if kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" })
}
