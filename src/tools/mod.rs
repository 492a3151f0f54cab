//! Tools: larger questions, answered through the doors.

mod test;

pub use test::{CheckReport, Difference, ScenarioReport, TestReport};
