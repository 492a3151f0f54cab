//! `onlyif decide`: may this be done?
//!
//! Rules that cannot be used, and a request that cannot, end before anything is written to standard output: there is no
//! half decision.

use crate::args::{Asked, DecideArgs, Format};
use crate::bundle::Root;
use crate::console::{self, Console};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::request::{self, Changes};
use crate::stream;
use onlyif::{Engine, Limits, Outcome, Policy, Sources, Value};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &DecideArgs, console: &mut Console) -> Result<Exit, Failure> {
    stdin_once(&args.asked, args.requests.as_deref())?;
    let limits = Limits::default();
    let (policy, _) = load(&args.asked, &limits)?;
    let changes = Changes::read(&args.asked, &policy)?;
    if let Some(path) = &args.requests {
        if args.format == Some(Format::Text) {
            return Err(Failure::usage("`--requests` has no text form", "leave `--format text` out: the answers are JSON, one a line"));
        }
        return stream::run(path, &policy, &changes, &limits, console);
    }
    let request = request::one(&args.asked, &changes, &limits)?;
    let decision = policy.decide(&request);
    let text = match args.format {
        Some(Format::Json) => decision.to_json(),
        Some(Format::Text) | None => console::escaped_lines(&decision.to_string()),
    };
    console.write(&format!("{}\n", text.trim_end()))?;
    Ok(exit(decision.outcome()))
}

/// The status that says what was decided.
pub(crate) fn exit(outcome: Outcome) -> Exit {
    match outcome {
        Outcome::Allowed => Exit::Yes,
        Outcome::Denied => Exit::No,
        Outcome::Undetermined => Exit::NotKnown,
    }
}

/// Standard input can be read once.
pub(crate) fn stdin_once(asked: &Asked, requests: Option<&Path>) -> Result<(), Failure> {
    let others = asked.request.iter().chain(&asked.settings).map(PathBuf::as_path).chain(requests);
    if asked.policy.iter().map(PathBuf::as_path).chain(others).filter(|path| files::is_stdin(path)).count() > 1 {
        return Err(Failure::usage("`-` stands more than once", "standard input is read once: name a file for the other"));
    }
    Ok(())
}

/// The policy, and the texts that it is made of, those that are used among them.
pub(crate) fn load(asked: &Asked, limits: &Limits) -> Result<(Policy, Sources), Failure> {
    let mut sources = Sources::new();
    let root = Root::of(asked.root.as_deref(), asked.policy.first().map_or(Path::new("."), PathBuf::as_path));
    for file in files::rule_files(&asked.policy, limits)? {
        root.add(&mut sources, &file, limits)?;
    }
    let mut texts = sources.clone();
    let (engine, given) = with_settings(Engine::new().limits(limits.clone()), asked.settings.as_deref(), limits)?;
    let policy = engine.compile_with(sources, |path| {
        let loaded = root.load(path, limits);
        if let Ok((name, text)) = &loaded {
            texts.add(name, text);
        }
        loaded
    })?;
    known_settings(&given, &policy)?;
    Ok((policy, texts))
}

/// A setting that the policy does not declare is a slip: the value that was meant would be the assumed one.
fn known_settings(given: &[String], policy: &Policy) -> Result<(), Failure> {
    let declared = policy.settings();
    let Some(name) = given.iter().find(|name| !declared.contains(&name.as_str())) else { return Ok(()) };
    let help = match declared.as_slice() {
        [] => "the policy declares no settings".into(),
        known => format!("the policy declares {}", known.join(", ")),
    };
    Err(Failure::value(format!("there is no setting `{}`", onlyif::escape(name)), help))
}

/// The engine with the settings of a file, and their names.
pub(crate) fn with_settings(mut engine: Engine, file: Option<&Path>, limits: &Limits) -> Result<(Engine, Vec<String>), Failure> {
    let mut names = Vec::new();
    if let Some(path) = file {
        let bytes = files::read(path, limits.request_bytes)?;
        let Value::Record(settings) = Value::from_json_named(&path.to_string_lossy(), bytes, limits)? else {
            let message = format!("`{}` is no JSON object", files::shown(path));
            return Err(Failure::value(message, "write the settings like `{\"allowed-repos\": [\"a\", \"b\"]}`"));
        };
        for (name, value) in settings.iter() {
            engine = engine.setting(name, value.clone());
            names.push(name.to_owned());
        }
    }
    Ok((engine, names))
}
