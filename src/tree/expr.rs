//! Conditions and values, as they are written.

use super::{Name, TextLiteral};
use crate::source::Span;
use crate::value::function::Operator;
use crate::value::{Decimal, Value};
use crate::vocabulary::Glue;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// A path: a name and fields, `requester.committed`.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The first name.
    pub root: Name,
    /// What follows the dots.
    pub fields: Vec<Name>,
    /// All of it.
    pub span: Span,
}

/// A condition or a value; `( … )` may be either, so they are one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Where it stands.
    pub span: Span,
}

/// The sorts of expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `A and B and C`
    And(Vec<Expr>),
    /// `A or B or C`
    Or(Vec<Expr>),
    /// `not A`
    Not(Box<Expr>),
    /// `( A )`
    Paren(Box<Expr>),
    /// `any x in L is …`
    Quantified(Box<Quantified>),
    /// A subject and what is said of it.
    Sentence(Box<Sentence>),
    /// A text, number, percent (as a number), money, duration, date, time, date-time, network, yes, no or none.
    /// `percent` is remembered so that it can be printed as it was written.
    Literal {
        /// The value.
        value: Value,
        /// Written with `%`.
        percent: bool,
    },
    /// `path`, `the path`
    Path {
        /// `the` stood before it.
        the: bool,
        /// The path.
        path: Path,
    },
    /// `group "friends"`, `ip "2001:db8::/32"`, `user "ann".level`
    Entity(Box<Entity>),
    /// `record { k: v }`
    Record(Vec<(Name, Expr)>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `A + B`, `A - B`, `A * B`
    Arithmetic {
        /// Which.
        operator: Operator,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
    /// `count of X`, `bucket of X for "salt"`, `20% of X` (then `function` is none of the names but `%`)
    Of(Box<Of>),
    /// `days from A to B`
    Between {
        /// `days`, `weeks`, `months`, `years` or `duration`; the checker refuses others.
        unit: Name,
        /// From.
        from: Box<Expr>,
        /// To.
        to: Box<Expr>,
    },
}

/// A thing named by its id: `user "ann".level`.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The word before the text.
    pub kind: Name,
    /// The text.
    pub id: TextLiteral,
    /// What follows the dots.
    pub fields: Vec<Name>,
}

/// A function of the closed set, applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Of {
    /// Which.
    pub function: Function,
    /// The argument, or the element expression before `for`.
    pub argument: Expr,
    /// `for x in L where (C)`
    pub over: Option<Comprehension>,
    /// `for "salt"` of a bucket.
    pub salt: Option<TextLiteral>,
}

/// The word before `of`.
#[derive(Debug, Clone, PartialEq)]
pub enum Function {
    /// `count`, `total`, …; the checker knows the closed set.
    Named(Name),
    /// `20% of X`: the percentage as a number, 0.2.
    Percent(Decimal),
    /// `distinct X`
    Distinct,
}

/// `for x in L where (C)`
#[derive(Debug, Clone, PartialEq)]
pub struct Comprehension {
    /// The variable.
    pub variable: Name,
    /// The list.
    pub list: Expr,
    /// The condition.
    pub filter: Option<Expr>,
}

/// `any x in L is …` and its kin.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantified {
    /// Which quantifier.
    pub quantifier: Quantifier,
    /// The variable.
    pub variable: Name,
    /// What it runs over.
    pub range: Range,
    /// What is said of each: a condition in which the variable is a name. For the short form `any tag in L is "x"` it
    /// is a sentence whose subject is the variable.
    pub body: Expr,
    /// Written with `satisfies`.
    pub satisfies: bool,
}

/// The quantifiers.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantifier {
    /// `any`
    Any,
    /// `every`
    Every,
    /// `no`
    No,
    /// `at least N`
    AtLeast(Expr),
    /// `at most N`
    AtMost(Expr),
    /// `exactly N`
    Exactly(Expr),
}

/// What a quantifier runs over.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// `in L`
    In(Expr),
    /// `above X`
    Above(Expr),
    /// `at or above X`
    AtOrAbove(Expr),
}

/// A subject and what is said of it: `user.role is not "admin" ignoring case`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Of what.
    pub subject: Expr,
    /// `not` or `does not` or `no` stood in it.
    pub negated: bool,
    /// What.
    pub form: Form,
    /// `ignoring case`
    pub ignoring_case: bool,
    /// From the copula or verb to the end.
    pub tail: Span,
}

/// What can be said of a subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// `is V`, `= V` where V is written as a value: a literal, `the x`, a path with a dot, a list, arithmetic.
    Equal(Expr),
    /// `is WORD`, `is a WORD`, `WORD`, each perhaps with `the Y` after it.
    Word {
        /// How it is joined.
        glue: Glue,
        /// The word.
        word: Name,
        /// The other side of a relation.
        object: Option<Box<Path>>,
    },
    /// `has F`, `has no F`, `has F the Y`
    Has {
        /// The field, or fields below it.
        path: Path,
        /// The other side of a relation.
        object: Option<Box<Path>>,
        /// `no` was written (`has no F`), not `not`.
        no: bool,
    },
    /// `is more than V`, `is before V`, `> V`
    Order(Order, Expr),
    /// `is between A and B`
    Between(Box<Expr>, Box<Expr>),
    /// `is one of [..]`
    OneOf(Vec<Expr>),
    /// `is in X`, `is inside X`
    In(Expr),
    /// `is within the last D`
    WithinLast(Expr),
    /// `is within the next D`
    WithinNext(Expr),
    /// `is under "/home"`
    Under(Expr),
    /// `is under domain "example.com"`
    UnderDomain(Expr),
    /// `is empty`
    Empty,
    /// `contains V`
    Contains(Expr),
    /// `starts with V`
    StartsWith(Expr),
    /// `ends with V`
    EndsWith(Expr),
    /// `matches V`
    Matches(Expr),
}

/// Order comparisons; the time words are kept apart because they want times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `is less than`, `<`
    LessThan,
    /// `is at most`, `<=`
    AtMost,
    /// `is more than`, `>`
    MoreThan,
    /// `is at least`, `>=`
    AtLeast,
    /// `is before`
    Before,
    /// `is on or before`
    OnOrBefore,
    /// `is after`
    After,
    /// `is on or after`
    OnOrAfter,
}
