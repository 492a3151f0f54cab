//! Facts that conditions read, with their places in the request.

use super::Why;
use super::near::nearest;
use crate::decision::trace::{From, PlaceStep, Reading, State};
use crate::explanation::{Cited, Known};
use crate::source::Place;
use crate::value::{Record, Value};
use alloc::string::String;

impl Why<'_> {
    /// A fact as it is shown.
    pub(super) fn cited(&self, reading: &Reading) -> Cited {
        let known = match &reading.state {
            State::Known(_) | State::Hidden if reading.private => Known::Private,
            State::Known(value) => Known::Value(value.clone()),
            State::Hidden => Known::Private,
            State::None => Known::None,
            State::Missing => Known::Missing,
            State::Unusable(message) => Known::Unusable(message.clone()),
        };
        let absent = matches!(known, Known::None | Known::Missing);
        // A key beside it may be one of a private map.
        Cited {
            path: reading.path.clone(),
            setting: reading.from == From::Setting,
            calculated: reading.from == From::Calculated,
            near: if absent && !reading.private { self.near(&reading.place) } else { None },
            span: if absent { None } else { self.place(reading) },
            known,
        }
    }

    /// A key that the request sends in place of one that is absent, and that is nearly it: a slip of the pen.
    fn near(&self, place: &[PlaceStep]) -> Option<String> {
        let is_declared = |key: &str| self.plan.vocabulary.facts.iter().any(|fact| fact.key == key);
        let is_there = |length: usize| place.get(..length).is_some_and(|place| self.request.at(place).is_some());
        // Of the table of entities, whole rows are no slips of each other.
        let first = if matches!(place.first(), Some(PlaceStep::Key(name)) if name == "entities") { 3 } else { 1 };
        let missing = (first..=place.len()).find(|&length| !is_there(length))?;
        let (above, rest) = place.split_at_checked(missing.saturating_sub(1))?;
        let Some(PlaceStep::Key(key)) = rest.first() else { return None };
        match (above, self.request.at(above)) {
            ([], _) => {
                let keys = self.request.facts().iter().map(|(key, _)| key).filter(|key| !is_declared(key));
                nearest(key, keys).map(String::from)
            }
            (_, Some(Value::Record(record))) => self.near_in(record, key),
            (_, Some(_) | None) => None,
        }
    }

    /// Keys that some kind lists are what they are, and no slips.
    fn near_in(&self, record: &Record, key: &str) -> Option<String> {
        let is_read = |sent: &str| self.plan.vocabulary.kinds.iter().any(|kind| kind.has_key(key) && kind.has_key(sent));
        let keys = record.iter().map(|(sent, _)| sent).filter(|sent| !is_read(sent));
        nearest(key, keys).map(String::from)
    }

    #[cfg(feature = "json")]
    fn place(&self, reading: &Reading) -> Option<Place> {
        self.request.place_of(&reading.place)
    }

    /// Without JSON a request has no text.
    #[cfg(not(feature = "json"))]
    fn place(&self, _: &Reading) -> Option<Place> {
        None
    }
}
