//! From givens to the request that brings them.

use crate::request::Request;
use crate::scenario::{Fixed, Scenario, Thing};
use crate::value::{Record, Value};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// A request with all that a scenario gives, and no act yet.
pub(super) fn of(scenario: &Scenario) -> Request {
    let mut request = Request::default();
    // The table of entities is built like the facts of a request.
    let mut table = Request::default();
    for given in &scenario.givens {
        match &given.fixed {
            Fixed::Fact { path, value } => request.set_path(path.iter().map(String::as_str), value.clone()),
            Fixed::Entity { entity, path, value } => {
                let path = core::iter::once(entity).chain(path);
                table.set_path(path.map(String::as_str), value.clone());
            }
            Fixed::Bucket { of, salt, share } => request.set_bucket(of.clone(), salt.clone(), *share),
            Fixed::Lies { .. } => {}
        }
    }
    // What lies in what comes last, because the id of a thing may be given after it.
    let mut lists: BTreeMap<Where, Vec<Value>> = BTreeMap::new();
    for given in &scenario.givens {
        if let Fixed::Lies { what, within, lies } = &given.fixed {
            let list = lists.entry(place(what, &request)).or_default();
            if *lies {
                list.push(Value::Text(within.clone()));
            }
        }
    }
    for (place, list) in lists {
        match place {
            Where::Table(entity) => table.set_path([entity.as_str(), "in"], Value::List(list)),
            Where::Fact(path) => request.set_path(path.iter().map(String::as_str).chain(["in"]), Value::List(list)),
        }
    }
    let table = table.facts();
    if table.is_empty() { request } else { request.with_entities(table.clone()) }
}

/// Where it is said what a thing lies in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    /// In the entry of this `kind:id`.
    Table(String),
    /// In the object that stands at this path.
    Fact(Vec<String>),
}

/// A thing whose id is given has an entry, so that whatever else refers to it by its id finds the same.
fn place(what: &Thing, request: &Request) -> Where {
    match what {
        Thing::Named(entity) => Where::Table(entity.clone()),
        Thing::Fact(path, kind) => {
            let id = match at(request.facts(), path) {
                Some(Value::Text(id)) => Some(id),
                Some(Value::Record(record)) => match record.get("id") {
                    Some(Value::Text(id)) => Some(id),
                    Some(_) | None => None,
                },
                Some(_) | None => None,
            };
            id.map_or_else(|| Where::Fact(path.clone()), |id| Where::Table(alloc::format!("{kind}:{id}")))
        }
    }
}

fn at<'r>(facts: &'r Record, path: &[String]) -> Option<&'r Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(facts.get(first)?, |value, name| if let Value::Record(record) = value { record.get(name) } else { None })
}
