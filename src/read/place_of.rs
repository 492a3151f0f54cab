//! Where a value of a request stands in the text that it was read from.

use super::decode::decode;
use super::locate::{Step, locate};
use crate::decision::trace::PlaceStep;
use crate::limits::Limits;
use crate::request::Request;
use crate::source::{Place, Sources, Span};
use alloc::vec::Vec;

/// The name that places in a request bear.
const REQUEST: &str = "request";

/// Larger texts are not searched: every place is found by reading from the start.
const LONGEST: usize = 64 << 10;

impl Request {
    /// Where a value stands; none where the request has no text, or the text says something else than the request does now.
    pub(crate) fn place_of(&self, path: &[PlaceStep]) -> Option<Place> {
        let text = self.text().filter(|text| text.len() <= LONGEST)?;
        let value = self.at(path)?;
        let (PlaceStep::Key(first), rest) = path.split_first()? else { return None };
        // In the AuthZEN form the fields of a part, and the facts, are members of a member.
        let roots: [&[&str]; 2] = match first.as_str() {
            "resource" | "subject" | "action" => [&[first], &[first, "properties"]],
            _ => [&[first], &["context", first]],
        };
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
