//! The request: from a file, from arguments, or from a file and changed by arguments.
//!
//! In: the options of `decide`, and the policy for the types of facts. Out: requests. The changes are read once and then
//! made to each request of a stream. The clock comes in only by `--now`.

use crate::args::Asked;
use crate::clock;
use crate::exit::Failure;
use crate::files;
use crate::set;
use onlyif::{Limits, Policy, Request, Value};
use std::path::Path;

/// What the arguments change in a request.
pub(crate) struct Changes {
    policy: Policy,
    action: Option<String>,
    resource: Option<String>,
    /// By the keys on the way.
    facts: Vec<(Vec<String>, Value)>,
}

impl Changes {
    pub(crate) fn read(args: &Asked, policy: &Policy) -> Result<Self, Failure> {
        for (option, given) in [("--action", &args.action), ("--resource", &args.resource)] {
            if given.as_ref().is_some_and(|name| name.is_empty() || name.len() > 256) {
                return Err(Failure::usage(
                    format!("`{option}` wants a name of 1 to 256 bytes"),
                    format!("name it as the rules do: `{option} …`"),
                ));
            }
        }
        let mut facts = Vec::new();
        for argument in &args.sets {
            let (names, text) = set::split(argument)?;
            reserved(&names)?;
            let path = set::shown(&names);
            known(&names, args, policy)?;
            let value = set::value(&path, text, fact_type(&names, args, policy).as_deref())?;
            facts.push((keys(&names, args, policy), value));
        }
        if let Some(given) = &args.now {
            facts.push((vec!["now".into()], Value::from(clock::read(given)?)));
        }
        Ok(Self { policy: policy.clone(), action: args.action.clone(), resource: args.resource.clone(), facts })
    }

    /// Makes the changes.
    pub(crate) fn make(&self, mut request: Request) -> Result<Request, Failure> {
        if self.action.is_some() || self.resource.is_some() {
            let action = self.action.clone().unwrap_or_else(|| request.action().to_owned());
            let thing = self.resource.clone().or_else(|| request.thing().map(str::to_owned));
            let (action, thing) = self.policy.asked(&action, thing.as_deref());
            request.set_act(action, thing.map(str::to_owned));
        }
        for (names, value) in &self.facts {
            let names = names.iter().map(String::as_str);
            match meant(&request, names.clone().next())? {
                Some(kind) => request.set_path([kind.as_str()].into_iter().chain(names.skip(1)), value.clone()),
                None => request.set_path(names, value.clone()),
            }
        }
        if request.facts().get("now").is_some() && request.facts().get("today").is_some() {
            return Err(Failure::conflict("`now` and `today` are both here, and could disagree", "give the request only one of them"));
        }
        Ok(request)
    }
}

/// A field that a declared kind does not have is a slip: nothing would ever read it.
fn known(names: &[String], args: &Asked, policy: &Policy) -> Result<(), Failure> {
    let of_thing = of_thing(names, args);
    let path: Vec<&str> = of_thing.as_deref().unwrap_or(names).iter().map(String::as_str).collect();
    let Some((kind, field, fields)) = policy.unknown_field(&path) else { return Ok(()) };
    let message = format!("`--set {}`: a {kind} has no `{}`", onlyif::escape(&set::shown(names)), onlyif::escape(field));
    let reach = field.chars().count().div_ceil(3);
    let near = fields.iter().map(|known| (strsim::osa_distance(known, field), *known)).filter(|&(distance, _)| distance <= reach).min();
    let help = match near {
        Some((_, near)) => format!("did you mean `{near}`?"),
        None => "name a field as the vocabulary does, or declare this one".into(),
    };
    Err(Failure::value(message, help))
}

/// The type that the policy gives a path.
fn fact_type(names: &[String], args: &Asked, policy: &Policy) -> Option<String> {
    policy.fact_type(&set::shown(names)).or_else(|| policy.fact_type(&set::shown(&of_thing(names, args)?)))
}

/// The path with the kind that was named in the place of `resource`.
fn of_thing(names: &[String], args: &Asked) -> Option<Vec<String>> {
    let (_, fields) = names.split_first().filter(|(first, _)| *first == "resource")?;
    Some(std::iter::once(args.resource.as_ref()?).chain(fields).cloned().collect())
}

/// The path as a request writes it. Its first name stays `resource` where it is that.
fn keys(names: &[String], args: &Asked, policy: &Policy) -> Vec<String> {
    let of_thing = of_thing(names, args);
    let path: Vec<&str> = of_thing.as_deref().unwrap_or(names).iter().map(String::as_str).collect();
    let mut keys: Vec<String> = policy.keys(&path).into_iter().map(str::to_owned).collect();
    if let (Some(_), Some(first)) = (of_thing, keys.first_mut()) {
        "resource".clone_into(first);
    }
    keys
}

/// Names that stand for no fact.
fn reserved(names: &[String]) -> Result<(), Failure> {
    match names.first().map(String::as_str) {
        Some("action") => Err(Failure::usage("`--set action` does not set the action", "write `--action read`")),
        Some("entities") => Err(Failure::usage("`--set` cannot change `entities`", "put them into the request's file")),
        Some("resource") if names.len() < 2 => {
            Err(Failure::usage("`--set resource` does not set the resource", "write `--resource document`"))
        }
        Some("subject") if names.len() < 2 => Err(Failure::usage("`--set subject` names no field", "write `--set subject.id=ann`")),
        Some(_) | None => Ok(()),
    }
}

/// The fact that `resource` or `subject` stands for where the request does not bring it as an object.
fn meant(request: &Request, first: Option<&str>) -> Result<Option<String>, Failure> {
    let is_brought = |name| matches!(request.brought(name), onlyif::Brought::Value(_));
    match first {
        Some("resource") if !is_brought("resource") => match request.thing() {
            Some(kind) => Ok(Some(kind.to_owned())),
            None => Err(Failure::usage("`--set resource.…` without a resource", "say what kind of thing it is: `--resource document`")),
        },
        Some("subject") if request.subject_kind().is_none() => Err(Failure::usage(
            "`--set subject.…` although the request has no `subject`",
            "name the one who acts as the rules do: `--set user.id=ann`",
        )),
        Some(_) | None => Ok(None),
    }
}

/// The one request that the arguments ask about.
pub(crate) fn one(args: &Asked, changes: &Changes, limits: &Limits) -> Result<Request, Failure> {
    let request = match (&args.request, &args.action) {
        (Some(path), _) => from_file(path, limits)?,
        (None, Some(action)) => Request::without_thing(action),
        (None, None) => {
            let help = "write `--request request.json`, or `--action share --resource expertise`";
            return Err(Failure::usage("there is no request", help));
        }
    };
    changes.make(request)
}

fn from_file(path: &Path, limits: &Limits) -> Result<Request, Failure> {
    let bytes = files::read(path, limits.request_bytes)?;
    let name = if files::is_stdin(path) { "stdin".into() } else { path.to_string_lossy() };
    Ok(Request::from_json_named(&name, bytes, limits)?)
}
