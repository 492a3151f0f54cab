//! The plan: a policy made ready for deciding.
//!
//! It has two halves over the same operations. *Hot* is what an outcome needs: nodes shared, constants folded, rules sorted
//! by act. *Cold* is the program flattened in the author's order, nothing shared but definitions, every node with its words
//! and a stable atom id: what explains a decision. A plan is plain data, indexed by numbers; running it needs no recursion
//! deeper than [`crate::Limits`] let a policy nest.

mod acts;

pub use acts::{ActIndex, Bucket, Entry};

use crate::act::{ActPattern, Verb};
use crate::source::{Sources, Span};
use crate::value::{Function, Letters, Operator, TextTest, Unit, Value};
use crate::vocabulary::{KindId, Presence, Type, Vocabulary};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// A policy made ready for deciding.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Shared and folded.
    pub hot: Nodes,
    /// In the author's order.
    pub cold: Nodes,
    /// For each cold node, where it comes from.
    pub origins: Vec<Origin>,
    /// The paths that rules read.
    pub slots: Vec<Slot>,
    /// The literals.
    pub values: Vec<Value>,
    /// What follows the name of a variable.
    pub steps: Vec<Vec<Step>>,
    /// The rules, in the author's order.
    pub rules: Vec<PlanRule>,
    /// Which rules cover an act.
    pub index: ActIndex,
    /// The declared acts, sorted by what requests call them; with any, the list is closed.
    pub acts: Vec<PlanAct>,
    /// Kinds, facts and settings.
    pub vocabulary: Vocabulary,
    /// The values of the settings, in the order of the vocabulary.
    pub settings: Vec<Value>,
    /// How many quantifiers and functions of lists there are inside 0, 1, … others, definitions opened: bounds what a decision
    /// may visit.
    pub quantifiers: Vec<u64>,
    /// How often lists may be joined.
    pub joins: u64,
    /// How many items the lists of the rules have.
    pub written: u64,
    /// Element visits that one decision may make.
    pub visits: u64,
    /// Reasons, and rules, that one decision writes out.
    pub reasons: usize,
    /// Needs, and problems, that one decision writes out.
    pub needs: usize,
    /// Conditions that one explanation writes out.
    pub findings: usize,
    /// Rules that are judged while looking for what would change a decision.
    pub tries: u64,
    /// The kinds by their names in requests, the longest first, so that `kind:id` is read rightly.
    pub kind_keys: Vec<(String, Type)>,
    /// The kinds that requests call by foreign names, sorted by these, and their own names.
    pub foreign_kinds: Vec<(String, String)>,
    /// The texts that the spans are of.
    pub sources: Arc<Sources>,
}

/// A declared act.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanAct {
    /// The action.
    pub action: String,
    /// The thing it is done to.
    pub thing: Option<String>,
    /// What requests call the action and the thing.
    pub asked: (String, Option<String>),
    /// Who may act: kinds, by their names in requests.
    pub by: Vec<String>,
    /// The reason when no rule gives one, with terms of the cold half.
    pub otherwise: Option<PlanText>,
}

/// Where a cold node comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The words that say it.
    pub span: Span,
    /// Which atom it is.
    pub atom: Atom,
}

/// The stable id of a condition: the rule or definition it is in, and the path to it there. Layout, order of files and
/// inlining do not change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom {
    /// The rule or definition: rules first, then definitions, then constants.
    pub owner: u32,
    /// The node's number within its owner, in the order in which it is written.
    pub place: u32,
}

/// Which node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Which term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// A run of [`Nodes::children`] or [`Nodes::items`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// The first.
    pub start: u32,
    /// How many.
    pub len: u32,
}

/// Operations, flat.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nodes {
    /// Conditions.
    pub ops: Vec<Op>,
    /// The operands of `And` and `Or`.
    pub children: Vec<NodeId>,
    /// Terms.
    pub terms: Vec<TermOp>,
    /// The items of written lists.
    pub items: Vec<TermId>,
    /// The cases of constants.
    pub cases: Vec<(NodeId, TermId)>,
    /// How many results are kept while one decision is made.
    pub cells: u32,
}

/// A condition. Each is yes, no or unknown; with an unknown operand that matters it is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `always`
    Always(bool),
    /// `¬ a`
    Not(NodeId),
    /// `a ∧ b ∧ …`
    And(Run),
    /// `a ∨ b ∨ …`
    Or(Run),
    /// `t = yes`
    Holds(TermId),
    /// `s = t`
    Equal(TermId, TermId, Letters),
    /// `s < t`, or `s ≤ t`
    Less {
        /// The smaller.
        left: TermId,
        /// The greater.
        right: TermId,
        /// `≤`
        or_equal: bool,
    },
    /// `⋁ s = e` for the elements `e` of `t`
    In(TermId, TermId, Letters),
    /// a test of two texts
    Texts(TextTest, TermId, TermId, Letters),
    /// `t is none`
    IsNone(TermId),
    /// `t is none ∨ t = "" ∨ t = []`
    IsEmpty(TermId),
    /// `s` is `t`, or lies in it at some height
    Inside(TermId, TermId),
    /// `t` is of a kind
    IsKind(TermId, KindId),
    /// `⋁`, `⋀`, or a count, of the body over the elements of a list
    Quantified {
        /// Of how many.
        quantifier: Quantifier,
        /// The list.
        list: TermId,
        /// Which variable is bound: how many quantifiers are around this one.
        level: u16,
        /// What is said of each element.
        body: NodeId,
    },
    /// `a`, worked out once for each binding of the innermost variable it reads
    Once {
        /// Where the result is kept.
        cell: u32,
        /// The innermost variable that it reads.
        level: Option<u16>,
        /// What is worked out.
        body: NodeId,
    },
}

/// Of how many elements something must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantifier {
    /// `⋁`
    Any,
    /// `⋀`
    Every,
    /// `¬⋁`
    No,
    /// `# ≥ n`
    AtLeast(TermId),
    /// `# ≤ n`
    AtMost(TermId),
    /// `# = n`
    Exactly(TermId),
}

/// A value, none or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermOp {
    /// A literal: [`Plan::values`].
    Value(u32),
    /// A path: [`Plan::slots`].
    Slot(u32),
    /// The element that a variable is bound to, and what [`Plan::steps`] lead to from there.
    Element {
        /// Which variable.
        level: u16,
        /// Which steps.
        steps: u32,
    },
    /// `s`, worked out once: what a constant stands for. Its name is in [`Plan::values`].
    Once {
        /// Where the result is kept.
        cell: u32,
        /// What is worked out.
        body: TermId,
        /// The constant's name.
        name: u32,
    },
    /// A list written out.
    List(Run),
    /// The value of the first case that holds, else the last.
    Cases(Run, TermId),
    /// `s + t`, `s - t`, `s * t`
    Arithmetic(Operator, TermId, TermId),
    /// A function of one value.
    Function(Function, TermId),
    /// `bucket of t for SALT`: the salt is in [`Plan::values`].
    Bucket(TermId, u32),
    /// What lies between `s` and `t`.
    Span(Unit, TermId, TermId),
    /// The list of what `element` is for the elements of a list of which `filter` holds.
    Each {
        /// The list.
        list: TermId,
        /// Which variable is bound.
        level: u16,
        /// Which elements.
        filter: Option<NodeId>,
        /// What each becomes.
        element: TermId,
    },
    /// An entity by kind and id: the id is in [`Plan::values`].
    Entity(KindId, u32),
    /// The things of a kind that an entity lies in, itself among them or not.
    Above {
        /// What lies in them.
        of: TermId,
        /// Itself too.
        itself: bool,
        /// The kind.
        kind: KindId,
    },
}

/// A path that rules read.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Where it starts.
    pub root: SlotRoot,
    /// The steps from there.
    pub steps: Vec<Step>,
    /// As the rules write it: `requester.committed`.
    pub path: String,
    /// Is its value shown nowhere?
    pub private: bool,
}

/// Where a path starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlotRoot {
    /// A fact of the vocabulary.
    Fact(u32),
    /// A setting of the vocabulary.
    Setting(u32),
    /// What is acted on, whatever its kind.
    Resource,
    /// Who acts, whatever its kind.
    Subject,
}

/// One dot of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The name in rules.
    pub name: String,
    /// The name in JSON.
    pub key: String,
    /// What its absence means.
    pub presence: Presence,
    /// The type of what it leads to.
    pub ty: Type,
    /// The kind it is a field of; none for a key of a map.
    pub of: Option<KindId>,
    /// Is its value shown nowhere?
    pub private: bool,
}

/// A rule with its roots in both halves.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRule {
    /// `POLICY/label`, or `POLICY/act-as-written/n`.
    pub id: String,
    /// Which verb.
    pub verb: Verb,
    /// Which acts.
    pub acts: Vec<ActPattern>,
    /// When it opens (`allow`, `only if`) or binds (`must`, `should`): hot and cold.
    pub holds: Option<(NodeId, NodeId)>,
    /// When it closes (`never`, `requires`): hot and cold. An `only if` closes when it does not hold.
    pub closes: Option<(NodeId, NodeId)>,
    /// `because`
    pub because: Option<PlanText>,
    /// `otherwise`
    pub otherwise: Option<PlanText>,
    /// Duties when it opens or binds; of a `never`, when it closes.
    pub duties: Vec<PlanDuty>,
    /// Duties when a limit closes.
    pub otherwise_duties: Vec<PlanDuty>,
    /// The whole sentence.
    pub span: Span,
    /// The sentence without its clauses.
    pub words: Span,
}

/// A duty with terms of both halves.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDuty {
    /// Has to, or is asked to.
    pub must: bool,
    /// What.
    pub task: PlanTask,
}

/// What a duty is about.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanTask {
    /// A name with arguments: hot and cold terms.
    Named(String, Vec<(String, TermId, TermId)>),
    /// A sentence for people.
    Told(PlanText),
}

/// A text with terms of the cold half in it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanText {
    /// The pieces in order.
    pub parts: Vec<PlanTextPart>,
    /// The cold quantifier whose variable stands in it: then it is written once for each element that decided.
    pub over: Option<NodeId>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanTextPart {
    /// As it is printed.
    Literal(String),
    /// A value: the term, the name it is called when it is not known, and whether it is private.
    Term(TermId, String, bool),
}

impl Plan {
    /// The type of what a slot leads to, in the words of the language.
    #[must_use]
    pub fn type_of_slot(&self, slot: u32) -> String {
        let Some(slot) = self.slots.get(slot as usize) else { return String::new() };
        let root = match slot.root {
            SlotRoot::Fact(at) => self.vocabulary.facts.get(at as usize).map(|fact| &fact.ty),
            SlotRoot::Setting(at) => self.vocabulary.settings.get(at as usize).map(|setting| &setting.ty),
            SlotRoot::Resource | SlotRoot::Subject => None,
        };
        self.vocabulary.type_name(slot.steps.last().map(|step| &step.ty).or(root).unwrap_or(&Type::Any))
    }

    /// The kind of this name in requests, as a type.
    #[must_use]
    pub fn kind_type(&self, key: &str) -> Option<&Type> {
        self.kind_keys.iter().find(|(known, _)| known == key).map(|(_, ty)| ty)
    }
}

impl Nodes {
    /// The operation of a node. A node that is not there is never yes: unknown is made of it.
    #[must_use]
    pub fn op(&self, id: NodeId) -> Option<Op> {
        self.ops.get(id.0 as usize).copied()
    }

    /// The operation of a term.
    #[must_use]
    pub fn term(&self, id: TermId) -> Option<TermOp> {
        self.terms.get(id.0 as usize).copied()
    }

    /// What a term is, behind the constants that name it.
    pub(crate) fn behind_names(&self, id: TermId) -> Option<TermOp> {
        let mut op = self.term(id)?;
        while let TermOp::Once { body, .. } = op {
            op = self.term(body)?;
        }
        Some(op)
    }

    /// Is it written out in the rules, by itself or as a constant?
    pub(crate) fn is_written(&self, id: TermId) -> bool {
        matches!(self.behind_names(id), Some(TermOp::Value(_) | TermOp::List(_) | TermOp::Entity(..)))
    }

    /// The operands in a run.
    #[must_use]
    pub fn children(&self, run: Run) -> &[NodeId] {
        slice(&self.children, run)
    }

    /// The items in a run.
    #[must_use]
    pub fn items(&self, run: Run) -> &[TermId] {
        slice(&self.items, run)
    }

    /// The cases in a run.
    #[must_use]
    pub fn cases(&self, run: Run) -> &[(NodeId, TermId)] {
        slice(&self.cases, run)
    }
}

fn slice<T>(all: &[T], run: Run) -> &[T] {
    let start = run.start as usize;
    all.get(start..start.saturating_add(run.len as usize)).unwrap_or(&[])
}
