//! Tools: larger questions, answered through the doors.

mod fix;
mod test;

pub use fix::{FixReport, FixedText};
pub use test::{CheckReport, Difference, ScenarioReport, TestReport};
