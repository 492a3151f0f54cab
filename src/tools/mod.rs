//! Tools: larger questions, answered through the doors.

mod ask;
#[cfg(feature = "compile")]
mod fix;
mod formula;
mod suggest;
#[cfg(feature = "compile")]
mod test;

#[cfg(feature = "compile")]
pub use fix::{FixReport, FixedText};
#[cfg(feature = "compile")]
pub use test::{CheckReport, Difference, ScenarioReport, TestReport};
