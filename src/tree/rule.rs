//! The rules of a file: their heads, conditions and clauses.

use super::{Expr, Name, Path};
use crate::act::Verb;
use crate::source::Span;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// A rule of any verb. Which parts it may have is settled by the verb; the builder refuses the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Which verb.
    pub verb: Verb,
    /// Where the verb stands (`only if` and `requires` after the head).
    pub verb_span: Span,
    /// Which acts.
    pub head: Head,
    /// The condition after `only if` or `requires`.
    pub condition: Option<Box<Expr>>,
    /// `if C`
    pub when: Option<Box<Expr>>,
    /// `unless D`
    pub unless: Option<Box<Expr>>,
    /// The duty of a `must` or `should` rule.
    pub duty: Option<Box<Duty>>,
    /// `because "…"`
    pub because: Option<Template>,
    /// `and must DUTY`, `and should DUTY`
    pub duties: Vec<DutyClause>,
    /// `otherwise …`
    pub otherwise: Option<Box<Otherwise>>,
}

/// ACTION THING of a rule, with groups, wildcards and exceptions.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The actions.
    pub verbs: Verbs,
    /// The things they are done to.
    pub things: Things,
    /// The whole head.
    pub span: Span,
}

/// Actions of a head.
#[derive(Debug, Clone, PartialEq)]
pub enum Verbs {
    /// `read, edit or delete`; one word may be a named group.
    Named(Vec<Name>),
    /// `do anything [except VERBS [THINGS]]`
    Anything(Option<Box<Exception>>),
}

/// What `do anything except …` leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// The actions left out.
    pub verbs: Vec<Name>,
    /// The things for which they are left out; `Unnamed` for all.
    pub things: Things,
}

/// Things of a head.
#[derive(Debug, Clone, PartialEq)]
pub enum Things {
    /// None named: `sign-in` is an act without a thing; `do anything` covers all.
    Unnamed,
    /// `document or folder`
    Named(Vec<Name>),
    /// `anything [except billing]`
    Anything(Vec<Name>),
}

/// `and must DUTY` / `and should DUTY`
#[derive(Debug, Clone, PartialEq)]
pub struct DutyClause {
    /// Has to, or is asked to.
    pub must: bool,
    /// What.
    pub duty: Duty,
}

/// What the caller must or should do.
#[derive(Debug, Clone, PartialEq)]
pub enum Duty {
    /// A name that a program knows, with arguments.
    Named {
        /// The duty's name.
        name: Name,
        /// `with key: value, …`
        arguments: Vec<(Name, Expr)>,
    },
    /// A sentence for people.
    Told(Template),
}

/// `otherwise "…" and must …`
#[derive(Debug, Clone, PartialEq)]
pub struct Otherwise {
    /// The reason when the rule denies.
    pub text: Option<Template>,
    /// Duties of the denial.
    pub duties: Vec<DutyClause>,
    /// All of it.
    pub span: Span,
}

/// One or more texts in a row, joined by a space, in which `{path}` stands for a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The pieces in order.
    pub parts: Vec<TemplatePart>,
    /// All the texts.
    pub span: Span,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// As it will be printed.
    Text(String),
    /// A value to print.
    Path(Path),
}
