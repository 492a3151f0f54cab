//! Scenarios: facts that are given, acts that are asked about, and the decisions that are expected.
//!
//! A scenario stands beside the rules and never becomes a part of a plan. Names are resolved and values have their types:
//! what is here can be put into a request as it is. What a background gives is already among the facts of each scenario.

use crate::act::Outcome;
use crate::source::Span;
use crate::value::{Decimal, Value};
use alloc::string::String;
use alloc::vec::Vec;

/// A scenario, ready to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its title, for people.
    pub title: String,
    /// What is given, no two of which speak of the same fact. Those of the background come first.
    pub givens: Vec<Given>,
    /// What is asked, and what is expected.
    pub checks: Vec<Check>,
    /// The whole statement.
    pub span: Span,
}

/// One fact that is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Which, and what it is.
    pub fixed: Fixed,
    /// The sentence that gives it.
    pub span: Span,
}

/// What a given fixes.
#[derive(Debug, Clone, PartialEq)]
pub enum Fixed {
    /// A fact or a field, by its keys in a request.
    Fact {
        /// The keys on the way.
        path: Vec<String>,
        /// What stands there.
        value: Value,
    },
    /// A field of a thing that is named by its id.
    Entity {
        /// The thing, `kind:id`.
        entity: String,
        /// The keys on the way.
        path: Vec<String>,
        /// What stands there.
        value: Value,
    },
    /// That a thing lies directly in another one, or that it does not.
    Lies {
        /// What.
        what: Thing,
        /// In what: `kind:id`.
        within: String,
        /// It does.
        lies: bool,
    },
    /// Into which share of all a text falls: the one thing that no request can bring.
    Bucket {
        /// The path of the text, as needs show it.
        of: String,
        /// The salt.
        salt: String,
        /// The share: 0 to 0.9999.
        share: Decimal,
    },
}

/// Something with an identity.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    /// `user "ann"`: `kind:id`.
    Named(String),
    /// What a fact or field is: its keys in a request, and the name of its kind there.
    Fact(Vec<String>, String),
}

/// An act that is asked about, and what is expected of the decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The action.
    pub action: String,
    /// The thing it is done to.
    pub thing: Option<String>,
    /// What comes out.
    pub outcome: Outcome,
    /// Texts that are among the reasons.
    pub because: Vec<String>,
    /// All that is needed, as it is written; none where nothing is said about it.
    pub needing: Option<Vec<String>>,
    /// Duties that are among those given.
    pub duties: Vec<ExpectedDuty>,
    /// From `expect` to its end.
    pub span: Span,
}

/// A duty that is expected.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedDuty {
    /// The caller has to, or is asked to.
    pub must: bool,
    /// Its name, or its sentence.
    pub task: String,
    /// A name, and no sentence.
    pub named: bool,
    /// Arguments that are among its own.
    pub with: Vec<(String, Value)>,
}
