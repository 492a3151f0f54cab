//! What the rules on an act ask of facts: the values on whose sides an answer may differ.

use crate::plan::{NodeId, SlotRoot, Step};
use crate::value::{Letters, TextTest, Value};
use crate::vocabulary::{Presence, Type};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// The facts that the rules on an act read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bounds {
    /// In the author's order.
    pub(crate) facts: Vec<Fact>,
    /// Which of these each slot leads to: several may lead to the same.
    pub(crate) slots: Vec<(u32, usize)>,
    /// For each condition that says something of the elements of a list, what is read for it elsewhere, by number.
    pub(crate) behind: BTreeMap<NodeId, BTreeSet<usize>>,
    /// The facts that may be read elsewhere: by a walk upwards, or in the rows of the elements of a list.
    pub(crate) walks: Vec<BTreeSet<usize>>,
    /// How many rules there are on the act.
    pub(crate) rules: usize,
    /// Was everything looked at?
    pub(crate) whole: bool,
}

/// A fact that conditions read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact {
    /// What it is called, as needs write it.
    pub(crate) path: String,
    /// The keys that lead to it in the request; that of an element is its place in the list.
    pub(crate) keys: Vec<String>,
    /// Where its path starts; none for what belongs to an element of a list.
    pub(crate) root: Option<SlotRoot>,
    /// The steps of its path.
    pub(crate) steps: Vec<Step>,
    /// Its type.
    pub(crate) ty: Type,
    /// What its absence means.
    pub(crate) presence: Presence,
    /// Is it private, or the clock? Then it is nothing to suggest.
    pub(crate) held: bool,
    /// Is it fixed? Then it is not changed; where it is not known it may be told.
    pub(crate) fixed: bool,
    /// Does the request bring it, or is it known from elsewhere?
    pub(crate) known: bool,
    /// Is it known to be absent?
    pub(crate) absent: bool,
    /// What is asked of it, each once.
    pub(crate) asked: Vec<Asked>,
}

impl Asked {
    /// The same for the same, and for nothing else.
    pub(crate) fn name(&self) -> String {
        match self {
            Asked::Read => String::new(),
            Asked::Presence => "?".into(),
            Asked::Beyond => "~".into(),
            Asked::Elsewhere => "^".into(),
            Asked::Value(value) => alloc::format!("={value}"),
            Asked::Count(value) => alloc::format!("#{value}"),
            Asked::Text(test, letters, part) => alloc::format!("{test:?} {letters:?} {part}"),
            Asked::With(keys) => alloc::format!("@{keys:?}"),
            Asked::Element(steps, asked) => {
                // The steps from a list are known by their keys.
                let keys = steps.iter().map(|step| alloc::format!("{:?}.", step.key));
                keys.chain([String::from(":"), asked.name()]).collect()
            }
            Asked::Climbed => "^^".into(),
            Asked::Joins(value) => alloc::format!("+{value}"),
            Asked::Leaves(value) => alloc::format!("-{value}"),
        }
    }
}

impl Fact {
    /// May it become something else?
    pub(crate) fn may_change(&self) -> bool {
        !(self.held || self.fixed && self.known)
    }
}

/// What a condition asks of a fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Asked {
    /// It is read: whether it holds, or what it is.
    Read,
    /// Whether it is there, or has anything in it.
    Presence,
    /// It is compared with this value.
    Value(Value),
    /// It is the same as this text, or passes a test with it.
    Text(Option<TextTest>, Letters, String),
    /// It is compared with the fact of these keys, which may be changed too.
    With(Vec<String>),
    /// This is asked of an element of the list that it is: of what these steps lead to from there.
    Element(Vec<Step>, alloc::boxed::Box<Asked>),
    /// How many elements it has, against this value.
    Count(Value),
    /// A walk upwards reads it: it lists what a thing lies in.
    Climbed,
    /// The thing whose list it is might be put into this one.
    Joins(Value),
    /// It matters that the thing whose list it is lies in this one.
    Leaves(Value),
    /// It takes part in something of which not all values to try are known.
    Beyond,
    /// What is known of it hangs on what is no fact of its own: the table of entities, or another thing that the request brings.
    Elsewhere,
}
