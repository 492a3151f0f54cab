#![deny(clippy::arithmetic_side_effects)]
//! Deciding: a plan and a request to a decision.
//!
//! In: a [`Plan`] and a [`Request`]. Out: an outcome, and on demand everything that can be said about it. It is total and
//! deterministic: no clock, no network, no randomness, no panic, and no recursion deeper than the plan, which is bounded when
//! it is made.
//!
//! One evaluator serves both halves of a plan. Over the hot half it is [`Silent`](notes::Silent) and stops at the first sure
//! answer; over the cold half it collects the causes of what is unknown. What a comparison means is written once.

mod answers;
mod bounds;
mod calculate;
mod cite;
mod climbs;
mod compare;
mod datum;
mod details;
mod duties;
mod elements;
mod entities;
mod evaluate;
mod hierarchy;
mod notes;
mod outcome;
mod place;
mod quantify;
mod read;
mod reads;
mod shown;
mod stands;
mod texts;
mod trace;
mod trails;
mod truth;
mod visits;

pub(crate) use outcome::{any_turns, outcome};
pub(crate) use trace::trace_towards;
