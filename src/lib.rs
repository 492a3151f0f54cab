#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(feature = "compile", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "compile"), doc = "An embedded-friendly rules engine: the deciding core.")]
// Without a verb, what only that verb calls is not called; the nouns stay whole.
#![cfg_attr(not(all(feature = "compile", feature = "json")), allow(dead_code))]

extern crate alloc;

// Nouns, in the order of the data.
mod act;
mod code;
mod decision;
mod diagnostic;
mod explanation;
mod limits;
mod plan;
#[cfg(feature = "compile")]
mod program;
#[cfg(feature = "compile")]
mod reading;
mod request;
#[cfg(feature = "compile")]
mod scenario;
mod source;
#[cfg(feature = "compile")]
mod tree;
pub mod value;
mod vocabulary;

// Verbs.
#[cfg(feature = "compile")]
mod check;
#[cfg(feature = "compile")]
mod compile;
mod decide;
#[cfg(feature = "compile")]
mod format;
#[cfg(feature = "compile")]
mod parse;
#[cfg(feature = "json")]
mod read;
#[cfg(feature = "compile")]
mod say;
mod why;

// Tools.
mod tools;

// Doors.
#[cfg(feature = "compile")]
mod engine;
#[cfg(feature = "compile")]
mod explain;
mod policy;

pub use act::{Outcome, Verb};
pub use code::{Code, Severity};
pub use decision::{DecidingRule, Decision, Duty, Pending, Problem, Reason};
pub use diagnostic::{Diagnostic, Edit, Error, Fix, escape, is_hidden};
#[cfg(feature = "compile")]
pub use engine::{Engine, Loaded, decide, format};
pub use explanation::{Because, Change, Cited, Condition, Explanation, Finding, Known, Lead, Question, Suggestion, Suggestions};
pub use limits::Limits;
pub use policy::Policy;
#[cfg(feature = "compile")]
pub use reading::{ActReading, Phrase, Phrasebook, Phrases, Reading, Scope, Stated, StatedDuty, WordReading};
pub use request::{Brought, Request};
pub use source::{Place, Source, SourceId, Sources};
#[cfg(feature = "compile")]
pub use tools::{CheckReport, Difference, FixReport, FixedText, ScenarioReport, TestReport};
pub use value::Value;

/// The rooms behind the doors, for our own tests and tools: no stability promise.
#[cfg(feature = "unstable-machinery")]
#[doc(hidden)]
pub mod machinery {
    macro_rules! rooms {
        ($($(#[$feature:meta])* $room:ident)*) => {
            $($(#[$feature])* pub mod $room { pub use crate::$room::*; })*
        };
    }
    rooms! { act plan vocabulary #[cfg(feature = "compile")] program #[cfg(feature = "compile")] tree }
    #[cfg(feature = "compile")]
    pub use crate::parse::probe;
    pub use crate::value::calculation;
}
