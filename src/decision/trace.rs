//! What every condition of the rules on an act was worth, and which facts made it so.
//!
//! It is worked out over the cold half, each condition in full and not only up to the first sure answer. Steps are numbered,
//! so that a definition that is read in many places is one step.

use crate::plan::{NodeId, Quantifier};
use crate::request::{Brought, Request};
use crate::value::Value;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

/// The rules that cover the act of a request, each with its condition taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// In the author's order. None where no rule was read: there is no such act, or too much would have to be looked at.
    pub rules: Vec<TracedRule>,
    /// The conditions.
    pub steps: Vec<TraceStep>,
    /// Are these all rules that cover the act? Else they are some that close it, or too much would have to be looked at.
    pub whole: bool,
}

/// A rule that covers the act.
#[derive(Debug, Clone, PartialEq)]
pub struct TracedRule {
    /// Its number.
    pub rule: u32,
    /// The step of its condition: that it opens, closes or binds.
    pub root: usize,
    /// What the arguments of its `must` duties read and is not known.
    pub arguments: Readings,
    /// What the arguments of its `must` duties read.
    pub passed: Readings,
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceStep {
    /// The cold node.
    pub node: NodeId,
    /// Yes, no, or none where it is unknown.
    pub truth: Option<bool>,
    /// What it is made of.
    pub parts: Parts,
}

/// What a condition is made of. The numbers are those of steps.
#[derive(Debug, Clone, PartialEq)]
pub enum Parts {
    /// Yes or no, whatever the facts.
    Always,
    /// It is not so.
    Not(usize),
    /// All of them.
    And(Vec<usize>),
    /// One of them.
    Or(Vec<usize>),
    /// A definition, or a constant, that is a condition.
    Opened(usize),
    /// So many elements of a list.
    Each(Each),
    /// A test of facts.
    Test(Readings),
}

/// What is said of the elements of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Each {
    /// Of how many.
    pub quantifier: Quantifier,
    /// The list, and how many are wanted where that is a fact.
    pub list: Readings,
    /// How long the list is.
    pub length: usize,
    /// The elements that decided, the first of them: what each is called, and its step.
    pub elements: Vec<(String, usize)>,
    /// How many more decided.
    pub more: usize,
    /// Every slot that is read of any element.
    pub reads: Vec<u32>,
}

/// Facts that were read. Many conditions read the same, which is looked up once.
pub type Readings = Vec<Rc<Reading>>;

/// A fact that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it is called, as needs write it.
    pub path: String,
    /// Its slot; none for what belongs to the element of a list, and for what was worked out.
    pub slot: Option<u32>,
    /// Where it stands in the request, from the first name; empty where it stands nowhere.
    pub place: Vec<PlaceStep>,
    /// Where a change of it is made: in the row of the thing of which it is told, also where `*` tells it; none for what has no path of its
    /// own.
    pub written: Option<Vec<PlaceStep>>,
    /// Where it comes from.
    pub from: From,
    /// Is its value shown nowhere?
    pub private: bool,
    /// What it is.
    pub state: State,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The request.
    Request,
    /// The installation.
    Setting,
    /// It was worked out from facts that are listed too.
    Calculated,
}

/// One step to a place in a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceStep {
    /// To the member of this name.
    Key(String),
    /// To the element of this index, from 0.
    Index(usize),
}

impl Request {
    /// What stands at a place; none where nothing does.
    pub(crate) fn at(&self, place: &[PlaceStep]) -> Option<&Value> {
        let (mut value, rest) = match place {
            [PlaceStep::Key(first), PlaceStep::Key(row), rest @ ..] if first == "entities" => (self.entities()?.get(row)?, rest),
            [PlaceStep::Key(first), rest @ ..] => match self.brought(first) {
                Brought::Value(value) => (value, rest),
                Brought::Nothing | Brought::Both => return None,
            },
            [PlaceStep::Index(_), ..] | [] => return None,
        };
        for step in rest {
            value = match (step, value) {
                (PlaceStep::Key(key), Value::Record(record)) => record.get(key)?,
                (PlaceStep::Index(at), Value::List(items)) => items.get(*at)?,
                (PlaceStep::Key(_) | PlaceStep::Index(_), _) => return None,
            };
        }
        Some(value)
    }
}

/// What is known of a fact. A private one is never more than known.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// It is this.
    Known(Value),
    /// It is known, and shown nowhere.
    Hidden,
    /// It is known to be absent.
    None,
    /// The request does not say.
    Missing,
    /// It cannot be used: why.
    Unusable(String),
}

impl PlaceStep {
    /// The key that [`Request::set_path`](crate::request::Request::set_path) takes for it.
    pub(crate) fn key(&self) -> String {
        match self {
            PlaceStep::Key(key) => key.clone(),
            PlaceStep::Index(at) => alloc::string::ToString::to_string(at),
        }
    }
}
