//! Tools: larger questions, answered through the doors.

mod ask;
mod formula;
mod suggest;
#[cfg(feature = "compile")]
mod test;

#[cfg(feature = "compile")]
pub use test::{CheckReport, Difference, ScenarioReport, TestReport};
