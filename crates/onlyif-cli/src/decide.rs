//! `onlyif decide`: may this be done?
//!
//! Rules that cannot be used, and a request that cannot, end before anything is written to standard output: there is no
//! half decision.

use crate::args::{DecideArgs, Format};
use crate::bundle::Root;
use crate::console::{self, Console};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::request::{self, Changes};
use crate::stream;
use onlyif::{Engine, Limits, Outcome, Policy, Sources, Value};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &DecideArgs, console: &mut Console) -> Result<Exit, Failure> {
    stdin_once(args)?;
    let limits = Limits::default();
    let policy = load(args, &limits)?;
    let changes = Changes::read(args, &policy)?;
    if let Some(path) = &args.requests {
        if args.format == Some(Format::Text) {
            return Err(Failure::usage("`--requests` has no text form", "leave `--format text` out: the answers are JSON, one a line"));
        }
        return stream::run(path, &policy, &changes, &limits, console);
    }
    let request = request::one(args, &changes, &limits)?;
    let decision = policy.decide(&request);
    let text = match args.format {
        Some(Format::Json) => decision.to_json(),
        Some(Format::Text) | None => console::escaped_lines(&decision.to_string()),
    };
    console.write(&format!("{}\n", text.trim_end()))?;
    Ok(match decision.outcome() {
        Outcome::Allowed => Exit::Yes,
        Outcome::Denied => Exit::No,
        Outcome::Undetermined => Exit::NotKnown,
    })
}

/// Standard input can be read once.
fn stdin_once(args: &DecideArgs) -> Result<(), Failure> {
    let others = args.request.iter().chain(&args.requests).chain(&args.settings);
    if args.policy.iter().chain(others).filter(|path| files::is_stdin(path)).count() > 1 {
        return Err(Failure::usage("`-` stands more than once", "standard input is read once: name a file for the other"));
    }
    Ok(())
}

fn load(args: &DecideArgs, limits: &Limits) -> Result<Policy, Failure> {
    let mut sources = Sources::new();
    let root = Root::of(args.root.as_deref(), args.policy.first().map_or(Path::new("."), PathBuf::as_path));
    for file in files::rule_files(&args.policy, limits)? {
        root.add(&mut sources, &file, limits)?;
    }
    let engine = with_settings(Engine::new().limits(limits.clone()), args.settings.as_deref(), limits)?;
    let policy = engine.compile_with(sources, |path| root.load(path, limits))?;
    known_settings(args, &policy, limits)?;
    Ok(policy)
}

/// A setting that the policy does not declare is a slip: the value that was meant would be the assumed one.
fn known_settings(args: &DecideArgs, policy: &Policy, limits: &Limits) -> Result<(), Failure> {
    let Some(path) = &args.settings else { return Ok(()) };
    if files::is_stdin(path) {
        return Ok(());
    }
    let Value::Record(given) = Value::from_json_named(&path.to_string_lossy(), files::read(path, limits.request_bytes)?, limits)? else {
        return Ok(());
    };
    let declared = policy.settings();
    match given.iter().map(|(name, _)| name).find(|name| !declared.contains(name)) {
        None => Ok(()),
        Some(name) => {
            let help = match declared.as_slice() {
                [] => "the policy declares no settings".into(),
                known => format!("the policy declares {}", known.join(", ")),
            };
            Err(Failure::value(format!("there is no setting `{}`", onlyif::escape(name)), help))
        }
    }
}

/// The engine with the settings of a file.
pub(crate) fn with_settings(mut engine: Engine, file: Option<&Path>, limits: &Limits) -> Result<Engine, Failure> {
    if let Some(path) = file {
        let bytes = files::read(path, limits.request_bytes)?;
        let Value::Record(settings) = Value::from_json_named(&path.to_string_lossy(), bytes, limits)? else {
            let message = format!("`{}` is no JSON object", files::shown(path));
            return Err(Failure::value(message, "write the settings like `{\"allowed-repos\": [\"a\", \"b\"]}`"));
        };
        for (name, value) in settings.iter() {
            engine = engine.setting(name, value.clone());
        }
    }
    Ok(engine)
}
