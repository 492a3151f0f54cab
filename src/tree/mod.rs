//! The syntax tree: sentences as they were written, every node with its span.
//!
//! Faithful to the text: `is not` stays `is not`, `the` is remembered, `has` and `is` are told apart. What a sentence
//! *means* is `program`'s business. Only what the grammar accepts and the builder refused nothing of is here, so every
//! statement in a tree is whole. Comments are kept beside the statements, by their spans.

mod declared;
mod definition;
mod expr;
mod rule;
mod scenario;

pub use declared::{ActDecl, ActGroup, DeclaredType, FactDecl, FieldDecl, InsideDecl, KindDecl, TypeExpr, TypeNode};
pub use definition::{Constant, Definition, DefinitionObject};
pub use expr::{Comprehension, Entity, Expr, Form, Function, Node, Of, Order, Path, Quantified, Quantifier, Range, Sentence};
pub use rule::{Duty, DutyClause, Exception, Head, Otherwise, Rule, Template, TemplatePart, Things, Verbs};
pub use scenario::{Check, Expect, Scenario};

pub use crate::act::Verb;
use crate::source::{SourceId, Span};
pub use crate::value::function::Operator;
pub use crate::vocabulary::Glue;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// The words that no name may be, in any capitalisation, unless it stands in backticks.
#[rustfmt::skip]
pub(crate) const RESERVED: [&str; 36] = [
    "allow", "never", "only", "requires", "if", "unless", "and", "or", "not", "is", "are", "has", "have",
    "does", "a", "an", "the", "any", "every", "no", "none", "yes", "in", "because", "otherwise", "must",
    "should", "satisfies", "where", "contains", "starts", "ends", "matches", "ignoring", "when", "expect",
];

/// One file: its whole statements (broken ones are diagnostics, not nodes) and its comments.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SyntaxTree {
    /// The text that it was read from.
    pub source: SourceId,
    /// The statements that could be read, in the order of the file.
    pub statements: Vec<Statement>,
    /// What broken statements would have declared, so that their names are not reported as unknown.
    pub broken: Vec<Broken>,
    /// Comments from `#` to the end of the line, each relative to the statement it lies in or before.
    pub comments: Vec<Span>,
}

/// A statement that could not be read: its span and the words in it that may be names.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    /// The whole statement.
    pub span: Span,
    /// Every word of it; the checker reports no unknown name that stands here, so one mistake stays one message.
    pub words: Vec<String>,
    /// It looks like a declaration or a definition: what its words are is not known, and not only that some are missing.
    pub declares: bool,
}

/// A sentence of a file with what stands before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// From the first word of the sentence (annotations and label left out) to its last.
    pub span: Span,
    /// `@owner "Legal"` and the like.
    pub annotations: Vec<Annotation>,
    /// `rule NAME:`
    pub label: Option<Name>,
    /// The sentence.
    pub body: Body,
}

/// A name as written, without its backticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The name itself.
    pub text: String,
    /// Where it stands, backticks included.
    pub span: Span,
}

/// `@name "value"`
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// Without the `@`.
    pub name: Name,
    /// The code of `@accept E47 "why"`.
    pub code: Option<Name>,
    /// The literal after it.
    pub value: Option<Expr>,
    /// All of it.
    pub span: Span,
}

/// The sorts of statement. Most statements of a large policy are rules, so none is larger than those.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A rule of any verb.
    Rule(Box<Rule>),
    /// `a user is editor if …`
    Definition(Box<Definition>),
    /// `limit means 50 EUR`
    Constant(Box<Constant>),
    /// `a requester has …`
    Kind(Box<KindDecl>),
    /// `a folder is inside a drive`
    Inside(Box<InsideDecl>),
    /// `act share expertise by requester`
    Act(Box<ActDecl>),
    /// `act editing means edit or rename document`
    ActGroup(Box<ActGroup>),
    /// `fact approver is a user`
    Fact(Box<FactDecl>),
    /// `setting limit is a number`
    Setting(Box<FactDecl>),
    /// `use "shared/identity.onlyif"`
    Use(TextLiteral),
    /// `policy documents "All about documents"`
    Policy(Box<PolicyDecl>),
    /// `background given …`
    Background(Vec<Expr>),
    /// `scenario "…" given … when … expect …`
    Scenario(Box<Scenario>),
}

/// A text literal, unescaped.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLiteral {
    /// The text that it stands for.
    pub text: String,
    /// With its quotes.
    pub span: Span,
}

/// `policy NAME "title"`
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyDecl {
    /// The prefix of rule ids.
    pub name: Name,
    /// For people.
    pub title: Option<TextLiteral>,
}
