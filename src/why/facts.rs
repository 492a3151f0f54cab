//! Facts that conditions read, with their places in the request.

use super::Why;
use super::near::nearest;
use crate::decision::trace::{From, PlaceStep, Reading, State};
use crate::explanation::{Cited, Known};
use crate::request::Brought;
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
        Cited {
            path: reading.path.clone(),
            setting: reading.from == From::Setting,
            calculated: reading.from == From::Calculated,
            near: if absent { self.near(&reading.place) } else { None },
            span: if absent { None } else { self.place(reading) },
            known,
        }
    }

    /// A key that the request sends in place of one that is absent, and that is nearly it: a slip of the pen.
    fn near(&self, place: &[PlaceStep]) -> Option<String> {
        let (PlaceStep::Key(first), rest) = place.split_first()? else { return None };
        let is_declared = |key: &str| self.plan.vocabulary.facts.iter().any(|fact| fact.key == key);
        let Brought::Value(mut value) = self.request.brought(first) else {
            let keys = self.request.facts().iter().map(|(key, _)| key).filter(|key| !is_declared(key));
            return nearest(first, keys).map(String::from);
        };
        for step in rest {
            value = match (step, value) {
                (PlaceStep::Key(key), Value::Record(record)) => match record.get(key) {
                    Some(below) => below,
                    None => return self.near_in(record, key),
                },
                (PlaceStep::Index(at), Value::List(items)) => items.get(*at)?,
                (PlaceStep::Key(_) | PlaceStep::Index(_), _) => return None,
            };
        }
        None
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
