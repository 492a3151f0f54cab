//! The examples do what they say.
#![cfg(all(feature = "compile", feature = "json"))]
#![allow(dead_code)] // each has a `main` of its own

#[path = "../examples/agent_guard.rs"]
mod agent_guard;

#[test]
fn an_agent_that_is_refused_brings_the_approval_and_passes() {
    assert_eq!(agent_guard::guarded().ok(), Some(vec![onlyif::Outcome::Denied, onlyif::Outcome::Allowed]));
}
