//! How a decision differs from what a scenario expects.

use super::Difference;
use crate::decision::{Decision, Duty};
use crate::scenario::{Check, ExpectedDuty};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Everything that is not as it is expected; nothing where all is.
pub(super) fn differences(check: &Check, decision: &Decision<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    if decision.outcome() != check.outcome {
        found.push(Difference::Outcome { expected: check.outcome, got: decision.outcome() });
    }
    let given: Vec<String> = decision.reasons().iter().map(|reason| reason.text().into()).collect();
    for text in check.because.iter().filter(|text| !given.contains(text)) {
        found.push(Difference::Reason { missing: text.clone(), given: given.clone() });
    }
    if let Some(expected) = &check.needing {
        let needs = decision.needs();
        let missing: Vec<String> = expected.iter().filter(|need| !needs.contains(need)).cloned().collect();
        let unexpected: Vec<String> = needs.iter().filter(|need| !expected.contains(need)).cloned().collect();
        if !missing.is_empty() || !unexpected.is_empty() {
            found.push(Difference::Needs { missing, unexpected });
        }
    }
    for expected in &check.duties {
        let duties = if expected.must { decision.must() } else { decision.should() };
        if !duties.iter().any(|duty| is(duty, expected)) {
            let given = duties.iter().map(ToString::to_string).collect();
            found.push(Difference::Duty { must: expected.must, missing: written(expected), given });
        }
    }
    found
}

/// Values are compared as JSON has them: an expected one has no type but that of its form.
fn is(duty: &Duty, expected: &ExpectedDuty) -> bool {
    let same = if expected.named { duty.name() } else { duty.text() };
    same == Some(expected.task.as_str())
        && expected.with.iter().all(|(key, value)| duty.argument(key).is_some_and(|found| found.to_json() == value.to_json()))
}

/// As duties are shown.
fn written(duty: &ExpectedDuty) -> String {
    let arguments: Vec<String> = duty.with.iter().map(|(key, value)| alloc::format!("{key}: {value}")).collect();
    if arguments.is_empty() { duty.task.clone() } else { alloc::format!("{} with {}", duty.task, arguments.join(", ")) }
}
