//! Where the values of a request stand in it: the way to each from the request's first names.
//!
//! A value is known by its place in memory, so that what is told of a fact is where it was read, whatever led there: a
//! reference, a row of the table of entities, a list that was joined from two.

use crate::decision::trace::PlaceStep;
use crate::request::{Brought, Request};
use crate::value::Value;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// The last steps to a value.
#[derive(Clone, Copy)]
enum Way<'a> {
    Name(&'a str),
    Row(&'a str),
    Member(*const Value, &'a str),
    Element(*const Value, usize),
}

/// The values of a request, each with the last steps to it.
pub(super) struct Trails<'a> {
    ways: BTreeMap<*const Value, Way<'a>>,
}

impl<'a> Trails<'a> {
    pub(super) fn of(request: &'a Request) -> Self {
        let mut trails = Self { ways: BTreeMap::new() };
        let mut waiting: Vec<(&'a Value, Way<'a>)> = request.facts().iter().map(|(name, value)| (value, Way::Name(name))).collect();
        for name in ["resource", "subject", "action"] {
            // What is acted on may be a fact, which stands under its own name.
            if let Brought::Value(value) = request.brought(name)
                && waiting.iter().all(|(fact, _)| !core::ptr::eq(*fact, value))
            {
                waiting.push((value, Way::Name(name)));
            }
        }
        waiting.extend(request.entities().into_iter().flat_map(|table| table.iter()).map(|(row, value)| (value, Way::Row(row))));
        while let Some((value, way)) = waiting.pop() {
            let at = core::ptr::from_ref(value);
            trails.ways.insert(at, way);
            if let Value::Record(record) = value {
                waiting.extend(record.iter().map(|(key, member)| (member, Way::Member(at, key))));
            } else if let Value::List(items) = value {
                waiting.extend(items.iter().enumerate().map(|(index, item)| (item, Way::Element(at, index))));
            }
        }
        trails
    }

    /// The way to a value; none where it is none of the request's.
    pub(super) fn to(&self, value: &Value) -> Option<Vec<PlaceStep>> {
        let mut steps = Vec::new();
        let mut way = *self.ways.get(&core::ptr::from_ref(value))?;
        loop {
            let above = match way {
                Way::Name(name) => {
                    steps.push(PlaceStep::Key(name.into()));
                    break;
                }
                Way::Row(row) => {
                    steps.extend([PlaceStep::Key(row.into()), PlaceStep::Key(String::from("entities"))]);
                    break;
                }
                Way::Member(above, key) => {
                    steps.push(PlaceStep::Key(key.into()));
                    above
                }
                Way::Element(above, index) => {
                    steps.push(PlaceStep::Index(index));
                    above
                }
            };
            way = *self.ways.get(&above)?;
        }
        steps.reverse();
        Some(steps)
    }
}
