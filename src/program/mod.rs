//! The program: rules resolved and typed, sugar gone.
//!
//! `only if` is still one rule here and a definition is still one definition; names are resolved, every word has become a
//! field, a definition, a constant or a listed value, and every term has its type. What the rules say together (which acts
//! a rule covers, what a limit denies) is computed from here by whoever needs it: the compiler, the reader-back.

mod private;

pub use crate::act::{ActPattern, ThingPattern, Verb};
use crate::scenario::Scenario;
use crate::source::Span;
use crate::value::Value;
pub use crate::value::function::{Function, Operator, Unit};
pub use crate::value::text_test::{Letters, TextTest};
use crate::vocabulary::{Field, Glue, KindId, Type, Vocabulary};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// A checked bundle.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Program {
    /// Kinds, facts and settings with their types, declared and inferred.
    pub vocabulary: Vocabulary,
    /// The declared acts; with any, the list is closed.
    pub acts: Vec<Act>,
    /// The rules, in the order of the files.
    pub rules: Vec<Rule>,
    /// The definitions, each word for each kind once.
    pub definitions: Vec<Definition>,
    /// The constants.
    pub constants: Vec<Constant>,
    /// The variables of all quantifiers.
    pub variables: Vec<Variable>,
    /// The scenarios, in the order of the files: no part of what the rules mean, and of no plan.
    pub scenarios: Vec<Scenario>,
}

/// A declared act.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// The action.
    pub action: String,
    /// The thing it is done to.
    pub thing: Option<String>,
    /// What requests call the action: its foreign name, or its own.
    pub key: String,
    /// Who may act: names of kinds.
    pub by: Vec<String>,
    /// Other facts that its rules may read: with any, reading one that is not listed is a warning.
    pub involves: Vec<String>,
    /// The reason when no rule gives one.
    pub otherwise: Option<Text>,
    /// Where it is declared.
    pub span: Span,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Unique in the bundle: `POLICY/label`, or `POLICY/act-as-written/n`.
    pub id: String,
    /// Which verb.
    pub verb: Verb,
    /// Which acts.
    pub acts: Vec<ActPattern>,
    /// What is said after `only if` or `requires`.
    pub condition: Option<Box<Formula>>,
    /// `if`
    pub when: Option<Box<Formula>>,
    /// `unless`
    pub unless: Option<Box<Formula>>,
    /// `because`
    pub because: Option<Text>,
    /// The duty of a `must` or `should` rule, or those of `and must` and `and should`.
    pub duties: Vec<Duty>,
    /// `otherwise "…"`
    pub otherwise: Option<Text>,
    /// Duties after `otherwise`: of the denial.
    pub otherwise_duties: Vec<Duty>,
    /// `@owner "Legal"` and the like: the name, and the text after it. Carried along, never evaluated.
    pub annotations: Vec<(String, Option<String>)>,
    /// The whole sentence.
    pub span: Span,
    /// The sentence without its clauses: its own words.
    pub words: Span,
}

/// What the caller must or should do.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Has to, or is asked to.
    pub must: bool,
    /// What.
    pub task: Task,
}

/// What a duty is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// A name that a program knows, with arguments.
    Named(String, Vec<(String, Term)>),
    /// A sentence for people.
    Told(Text),
}

/// A text with values in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The pieces in order.
    pub parts: Vec<TextPart>,
    /// The variable that stands in it: then it is written once for each element that decided.
    pub over: Option<VariableId>,
}

/// A piece of a [`Text`].
#[derive(Debug, Clone, PartialEq)]
pub enum TextPart {
    /// As it is printed.
    Literal(String),
    /// A value to print.
    Term(Term),
}

/// Which definition of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionId(pub u32);

/// Which constant of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConstantId(pub u32);

/// Which variable: unique over the whole program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub u32);

/// What a word means for a kind of thing: any of the alternatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The word.
    pub word: String,
    /// What it describes.
    pub subject: Subject,
    /// How the word is joined to it, where the definition first stands.
    pub glue: Glue,
    /// The kind of the other side of a relation.
    pub object: Option<KindId>,
    /// Its conditions, in which parameter 0 is the subject of a kind and 1 the object.
    pub alternatives: Vec<Formula>,
    /// Where it first stands.
    pub span: Span,
}

/// What a definition describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Anything of this kind: `a user is editor if …`.
    Kind(KindId),
    /// This one fact, by its place in [`Vocabulary::facts`]: `token is valid if …`.
    Fact(u32),
}

/// A name for a value or a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// Its name.
    pub name: String,
    /// What it is: a condition or a value.
    pub meaning: Meaning,
    /// Where it stands.
    pub span: Span,
}

/// What a constant stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A condition.
    Condition(Formula),
    /// A value.
    Value(Term),
    /// The value of the first case that holds, else the last; an unknown case makes it unknown.
    Cases(Vec<(Formula, Term)>, Box<Term>),
}

/// A condition: yes, no or unknown (strong Kleene logic).
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// What it says.
    pub node: FormulaNode,
    /// The words that say it.
    pub span: Span,
}

/// The sorts of condition. Each is strict in unknown terms: with one, it is unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum FormulaNode {
    /// Always yes, or always no.
    Always(bool),
    /// Yes becomes no and no yes.
    Not(Box<Formula>),
    /// All of them.
    And(Vec<Formula>),
    /// Any of them.
    Or(Vec<Formula>),
    /// A yes/no term is yes; none is unknown with a problem.
    Holds(Term),
    /// Two values are the same. None equals the word none only; lists are the same as sets; two nones are a problem.
    Equal(Term, Term, Letters),
    /// The left is less than the right, or also the same.
    Less {
        /// The smaller.
        left: Term,
        /// The greater.
        right: Term,
        /// The same counts too.
        or_equal: bool,
    },
    /// The left equals any element of the right.
    In(Term, Term, Letters),
    /// A test of two texts.
    Texts(TextTest, Term, Term, Letters),
    /// The term is none.
    IsNone(Term),
    /// The term is none, "" or [].
    IsEmpty(Term),
    /// Something holds of elements of a list, or of what lies above something.
    Quantified(Box<Quantified>),
    /// The left lies in the right, or is it: a hierarchy.
    Inside(Term, Term),
    /// The term is of this kind.
    IsKind(Term, KindId),
    /// What a definition says of a subject (and an object).
    Defined(DefinitionId, Term, Option<Term>),
    /// A constant that is a condition.
    Constant(ConstantId),
}

/// Something said of the elements of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantified {
    /// Of how many.
    pub quantifier: Quantifier,
    /// The name of each element.
    pub variable: VariableId,
    /// What it runs over.
    pub range: Range,
    /// What is said.
    pub body: Formula,
}

/// What a quantifier runs over.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// The elements of a list.
    List(Term),
    /// Things of a kind that something lies in, itself among them or not.
    Above {
        /// What lies in them.
        of: Term,
        /// Itself too, if it is of the kind.
        itself: bool,
        /// The kind.
        kind: KindId,
    },
}

/// Of how many elements something must hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantifier {
    /// One or more.
    Any,
    /// All.
    Every,
    /// None.
    No,
    /// That many or more.
    AtLeast(Term),
    /// That many or fewer.
    AtMost(Term),
    /// That many.
    Exactly(Term),
}

/// A value, none or unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What it is.
    pub node: TermNode,
    /// The words that name it.
    pub span: Span,
}

/// The sorts of term.
#[derive(Debug, Clone, PartialEq)]
pub enum TermNode {
    /// A literal.
    Literal(Value),
    /// A fact, setting, variable or parameter, and fields below it.
    Path(Path),
    /// A list written out.
    List(Vec<Term>),
    /// A constant.
    Constant(ConstantId),
    /// `A + B` and its kin.
    Arithmetic(Operator, Box<Term>, Box<Term>),
    /// A function of the closed set, applied.
    Function(Function, Box<Term>),
    /// `bucket of X for "salt"`
    Bucket(Box<Term>, String),
    /// `days from A to B`
    Span(Unit, Box<Term>, Box<Term>),
    /// `E for x in L where (C)`
    Each(Box<Each>),
    /// `group "friends"`
    Entity(KindId, String),
}

/// `E for x in L where (C)`: the list of what E is for the elements of which C holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Each {
    /// The name of each element.
    pub variable: VariableId,
    /// The list.
    pub list: Term,
    /// C.
    pub filter: Option<Formula>,
    /// E.
    pub element: Term,
}

/// A root and what is below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path {
    /// Where it starts.
    pub root: Root,
    /// What follows the dots.
    pub steps: Vec<Step>,
}

/// Where a path starts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Root {
    /// A fact: its place in [`Vocabulary::facts`].
    Fact(u32),
    /// A setting: its place in [`Vocabulary::settings`].
    Setting(u32),
    /// An element of a list.
    Variable(VariableId),
    /// The subject (0) or the object (1) of a definition.
    Parameter(u8),
    /// What is acted on, whatever its kind: the request's `resource`.
    Resource,
    /// Who acts, whatever its kind: the request's `subject`, or the fact that the act's `by` names.
    Subject,
}

/// One dot of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// A field of a kind: its place in [`crate::vocabulary::Kind::fields`].
    Field(KindId, u32),
    /// A key of a map.
    Key(String),
}

/// An element of a list, by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Its name in the rule.
    pub name: String,
    /// The type of the elements.
    pub ty: Type,
    /// Is the list private?
    pub private: bool,
}

impl Program {
    /// The field that a step leads to.
    #[must_use]
    pub fn field(&self, kind: KindId, field: u32) -> Option<&Field> {
        self.vocabulary.kind(kind)?.fields.get(field as usize)
    }

    /// The definition with this id.
    #[must_use]
    pub fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(id.0 as usize)
    }

    /// The constant with this id.
    #[must_use]
    pub fn constant(&self, id: ConstantId) -> Option<&Constant> {
        self.constants.get(id.0 as usize)
    }

    /// The variable with this id.
    #[must_use]
    pub fn variable(&self, id: VariableId) -> Option<&Variable> {
        self.variables.get(id.0 as usize)
    }
}
