//! Where a value of a request stands in the text that it was read from.

use super::decode::decode;
use super::locate::{Step, locate};
use crate::decision::trace::PlaceStep;
use crate::limits::Limits;
use crate::request::{Brought, Request};
use crate::source::{Place, Sources, Span};
use crate::value::Value;
use alloc::vec::Vec;

/// The name that places in a request bear.
const REQUEST: &str = "request";

/// Larger texts are not searched: every place is found by reading from the start.
const LONGEST: usize = 64 << 10;

impl Request {
    /// Where a value stands; none where the request has no text, or the text says something else than the request does now.
    pub(crate) fn place_of(&self, path: &[PlaceStep]) -> Option<Place> {
        let text = self.text().filter(|text| text.len() <= LONGEST)?;
        let (PlaceStep::Key(first), rest) = path.split_first()? else { return None };
        let Brought::Value(mut value) = self.brought(first) else { return None };
        for step in rest {
            value = match (step, value) {
                (PlaceStep::Key(key), Value::Record(record)) => record.get(key)?,
                (PlaceStep::Index(at), Value::List(items)) => items.get(*at)?,
                (PlaceStep::Key(_) | PlaceStep::Index(_), _) => return None,
            };
        }
        // A thing stands under its own name, as `resource`, or in a part of the AuthZEN form.
        let roots: [&[&str]; 7] = [
            &[first],
            &["resource"],
            &["resource", "properties"],
            &["subject"],
            &["subject", "properties"],
            &["context", first],
            &["action", "properties"],
        ];
        roots.iter().find_map(|root| {
            let steps: Vec<Step<'_>> = root.iter().map(|key| Step::Key(key)).chain(rest.iter().map(step_of)).collect();
            let range = locate(text, &steps)?;
            let same = decode(text.get(range.clone())?, &Limits::default()).ok()? == *value;
            same.then(|| {
                let mut sources = Sources::new();
                let id = sources.add(REQUEST, text);
                sources.place(Span::new(id, 0, range))
            })
        })
    }
}

fn step_of(step: &PlaceStep) -> Step<'_> {
    match step {
        PlaceStep::Key(key) => Step::Key(key),
        PlaceStep::Index(at) => Step::Index(*at),
    }
}
