//! The syntax tree: sentences as they were written, every node with its span.
//!
//! Faithful to the text: `is not` stays `is not`, `the` is remembered, `has` and `is` are told apart. What a sentence
//! *means* is `program`'s business. Only what the grammar accepts and the builder refused nothing of is here, so every
//! statement in a tree is whole. Comments are kept beside the statements, by their spans.

pub use crate::act::Verb;
use crate::source::{SourceId, Span};
pub use crate::value::function::Operator;
use crate::value::{Decimal, Value};
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

/// The sorts of statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A rule of any verb.
    Rule(Box<Rule>),
    /// `a user is editor if …`
    Definition(Box<Definition>),
    /// `limit means 50 EUR`
    Constant(Constant),
    /// `a requester has …`
    Kind(KindDecl),
    /// `a folder is inside a drive`
    Inside(InsideDecl),
    /// `act share expertise by requester`
    Act(ActDecl),
    /// `act editing means edit or rename document`
    ActGroup(ActGroup),
    /// `fact approver is a user`
    Fact(FactDecl),
    /// `setting limit is a number`
    Setting(FactDecl),
    /// `use "shared/identity.onlyif"`
    Use(TextLiteral),
    /// `policy documents "All about documents"`
    Policy(PolicyDecl),
    /// `background given …`
    Background(Vec<Expr>),
    /// `scenario "…" given … when … expect …`
    Scenario(Scenario),
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

// ------------------------------------------------------------------ rules

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
    pub condition: Option<Expr>,
    /// `if C`
    pub when: Option<Expr>,
    /// `unless D`
    pub unless: Option<Expr>,
    /// The duty of a `must` or `should` rule.
    pub duty: Option<Duty>,
    /// `because "…"`
    pub because: Option<Template>,
    /// `and must DUTY`, `and should DUTY`
    pub duties: Vec<DutyClause>,
    /// `otherwise …`
    pub otherwise: Option<Otherwise>,
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
    Anything(Option<Exception>),
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

// ------------------------------------------------------------------ definitions, constants

/// `a user is editor if C`, `token is valid if C`, `a doctor is treating a patient if C`
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// `a` or `an` stood before the subject: any of the kind. Else it is about that one fact.
    pub of_kind: bool,
    /// One kind, or several.
    pub subjects: Vec<Name>,
    /// How the word is joined.
    pub glue: Glue,
    /// The word that is defined.
    pub word: Name,
    /// The other side of a relation.
    pub object: Option<DefinitionObject>,
    /// When it holds.
    pub condition: Expr,
}

/// The other side of a relation.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionObject {
    /// `another user`: the second is called `other`.
    pub another: bool,
    /// One kind, or several.
    pub kinds: Vec<Name>,
}

/// `limit means 50 EUR`, or cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// The name.
    pub name: Name,
    /// `VALUE if C`; the only one without `if` stands alone.
    pub cases: Vec<(Expr, Option<Expr>)>,
    /// `otherwise VALUE`
    pub otherwise: Option<Expr>,
}

// ------------------------------------------------------------------ vocabulary

/// `a requester from "Key" has only …`
#[derive(Debug, Clone, PartialEq)]
pub struct KindDecl {
    /// The kind's name.
    pub name: Name,
    /// Its foreign name.
    pub from: Option<TextLiteral>,
    /// With any other key nothing is allowed.
    pub only: bool,
    /// Its fields.
    pub fields: Vec<FieldDecl>,
}

/// `is verified: optional text from "key", assumed "x"`
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDecl {
    /// How sentences about it are printed.
    pub glue: Glue,
    /// The field's name.
    pub name: Name,
    /// Type, modifiers and options.
    pub declared: DeclaredType,
}

/// A type with its modifiers and options.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredType {
    /// The type.
    pub base: TypeExpr,
    /// `private`
    pub private: Option<Span>,
    /// `fixed`
    pub fixed: Option<Span>,
    /// `optional`
    pub optional: Option<Span>,
    /// `, assumed V`
    pub assumed: Option<Expr>,
    /// `from "key"`
    pub from: Option<TextLiteral>,
    /// All of it.
    pub span: Span,
}

/// A type as written.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeExpr {
    /// Which.
    pub node: TypeNode,
    /// Where.
    pub span: Span,
}

/// The sorts of type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeNode {
    /// `yes/no`
    YesNo,
    /// A built-in name (`text`, `number`, …) or a kind.
    Named(Name),
    /// `list of T`; modifiers inside are kept so that the checker can refuse them.
    List(Box<DeclaredType>),
    /// `map of T`
    Map(Box<DeclaredType>),
    /// `one of [a, b]`, or ranked with `<`
    Choice {
        /// The listed words.
        values: Vec<Name>,
        /// Written with `<`.
        ranked: bool,
    },
    /// `reference to a user or team`
    Reference(Vec<Name>),
}

/// `a folder is inside a folder or a drive`
#[derive(Debug, Clone, PartialEq)]
pub struct InsideDecl {
    /// The kind that lies inside.
    pub name: Name,
    /// What it may lie in.
    pub parents: Vec<Name>,
}

/// `act read, edit or delete document by user involves session otherwise "…" from "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct ActDecl {
    /// Which acts.
    pub head: Head,
    /// Who acts.
    pub by: Vec<Name>,
    /// Other facts that its rules may read.
    pub involves: Vec<Name>,
    /// The reason when no rule gives one.
    pub otherwise: Option<Template>,
    /// The foreign name.
    pub from: Option<TextLiteral>,
}

/// `act editing means edit, rename or delete document`
#[derive(Debug, Clone, PartialEq)]
pub struct ActGroup {
    /// The group's name.
    pub name: Name,
    /// The acts it stands for.
    pub head: Head,
}

/// `fact approver is a user`; `setting limit is a number`
#[derive(Debug, Clone, PartialEq)]
pub struct FactDecl {
    /// The name.
    pub name: Name,
    /// Its type.
    pub declared: DeclaredType,
}

// ------------------------------------------------------------------ scenarios

/// Facts, acts and expectations.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its title.
    pub title: TextLiteral,
    /// `given` sentences.
    pub givens: Vec<Expr>,
    /// `when … expect …`, at least one.
    pub checks: Vec<Check>,
}

/// `when ACT` with its `expect`s.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The act.
    pub head: Head,
    /// What is expected, at least one.
    pub expects: Vec<Expect>,
}

/// `expect OUTCOME because … needing … and must …`
#[derive(Debug, Clone, PartialEq)]
pub struct Expect {
    /// `allowed`, `denied` or `undetermined`, checked by the builder.
    pub outcome: Name,
    /// Reasons that must be among those given.
    pub because: Vec<TextLiteral>,
    /// Exactly these needs, as written; `None` where nothing was said.
    pub needing: Option<Vec<Name>>,
    /// Duties that must be among those given.
    pub duties: Vec<DutyClause>,
    /// All of it.
    pub span: Span,
}

// ------------------------------------------------------------------ conditions and values

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
    Entity {
        /// The word before the text.
        kind: Name,
        /// The text.
        id: TextLiteral,
        /// What follows the dots.
        fields: Vec<Name>,
    },
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
        object: Option<Path>,
    },
    /// `has F`, `has no F`, `has F the Y`
    Has {
        /// The field, or fields below it.
        path: Path,
        /// The other side of a relation.
        object: Option<Path>,
        /// `no` was written (`has no F`), not `not`.
        no: bool,
    },
    /// `is more than V`, `is before V`, `> V`
    Order(Order, Expr),
    /// `is between A and B`
    Between(Expr, Expr),
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
