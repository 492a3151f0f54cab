//! Checking: syntax trees to a program.
//!
//! In: the trees of a bundle. Out: a [`Program`] in which every name is resolved and every fact has a type, and all that
//! is wrong or doubtful. It never stops at the first error: a sentence that cannot be understood is left out, the others are
//! checked around it, and a name that such a sentence may have declared is not reported as unknown.
//!
//! The order: declarations first, since a rule may stand before what it uses; then constants, definitions and rules; then
//! `review`, which looks at all rules together (the guard rules, what can never matter); last, types that only uses tell are
//! settled, and scenarios are held against them. Nothing is decided here, and nothing is read from a file.

mod again;
mod anyone;
mod assumed;
mod calculation;
mod circular;
mod condition;
mod declare;
mod duty;
mod exclude;
mod guards;
mod head;
mod hierarchy;
mod involved;
mod meaning;
mod messages;
mod name;
mod part;
mod path;
mod quantified;
mod review;
mod rule;
mod rules_by_act;
mod scenario;
mod sentence;
mod settle;
mod similar;
mod spare;
mod surplus;
mod term;
mod types;
mod word;

use crate::code::Severity;
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::program::{ActPattern, ConstantId, DefinitionId, Program, VariableId};
use crate::source::{Sources, Span};
use crate::tree::{self, SyntaxTree};
use crate::vocabulary::{KindId, Type, with_article};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use types::Types;

/// Checks the trees of a bundle. The program is whole only if no diagnostic is an error.
pub(crate) fn check(trees: Vec<SyntaxTree>, sources: &Sources, limits: &Limits) -> (Program, Vec<Diagnostic>) {
    let mut checker = Checker::new(sources, limits, &trees);
    declare::declare(&mut checker, &trees);
    rule::bodies(&mut checker, &trees);
    let is_bounded = circular::find(&mut checker);
    review::review(&mut checker);
    if is_bounded {
        guards::guards(&mut checker);
    }
    settle::settle(&mut checker);
    // What does nothing is told only where all is understood: a mistake elsewhere may be the reason.
    let is_understood = checker.lost.is_nothing() && errors(&checker.diagnostics).next().is_none();
    if is_understood {
        anyone::anyone(&mut checker);
        spare::spare(&mut checker);
        involved::involved(&mut checker);
    }
    scenario::scenarios(&mut checker, &trees);
    let Checker { program, mut diagnostics, accepted, .. } = checker;
    // What compares the rules of a large policy needs room itself, and no tree any more.
    drop(trees);
    if is_understood {
        diagnostics.extend(surplus::surplus(&program, sources));
        diagnostics.extend(exclude::exclude(&program, sources));
    }
    let refused: BTreeSet<_> = errors(&diagnostics).map(|error| error.order().0.statement()).collect();
    let mut told = BTreeSet::new();
    // What is read in two ways is told once.
    diagnostics.retain(|diagnostic| told.insert((diagnostic.order().0, diagnostic.code(), String::from(diagnostic.message()))));
    diagnostics.retain(|diagnostic| {
        // A warning about what is refused anyway may follow from the mistake.
        let follows = diagnostic.severity() == Severity::Warning && refused.contains(&diagnostic.order().0.statement());
        !follows && !is_accepted(&accepted, diagnostic)
    });
    (program, diagnostics)
}

fn errors(diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// Is it a warning that the author of its statement has accepted?
fn is_accepted(accepted: &[(Span, String)], diagnostic: &Diagnostic) -> bool {
    let (span, code) = diagnostic.order();
    diagnostic.severity() == Severity::Warning
        && accepted.iter().any(|(statement, accepted)| statement.holds(span) && accepted == code.as_str())
}

/// What is known while a bundle is checked.
struct Checker<'t> {
    sources: &'t Sources,
    limits: &'t Limits,
    diagnostics: Vec<Diagnostic>,
    /// The program as far as it is made. A constant stands in it from its declaration on, and means none until it is worked
    /// out.
    program: Program,
    /// For each kind, its fields by name.
    fields: Vec<BTreeMap<String, u32>>,
    types: Types,
    /// For each constant of the program, how far it is.
    constants: Vec<ConstantSlot<'t>>,
    names: Names<'t>,
    scope: Scope,
    /// What could not be read: no unknown name is reported that may be declared there.
    lost: Lost<'t>,
    /// The kinds that stand for `subject` and `resource`, whatever those are.
    parts: BTreeMap<String, KindId>,
    /// The kinds that stand for what a reference to several kinds refers to, by these kinds.
    unions: BTreeMap<Vec<KindId>, KindId>,
    /// In the sentence that is being checked: its variables, and the facts that it names first in a path.
    sentence: SentenceNames,
    /// Types of what is compared as a whole: kinds among them have an identity.
    compared: Vec<Type>,
    /// Statements with `@accept CODE`: that warning is not wanted here.
    accepted: Vec<(Span, String)>,
    /// Definitions and constants that something uses.
    used: Used,
    /// How many constants are being worked out inside each other.
    constant_depth: usize,
}

/// What a bundle says that could not be read. Whatever it declares is not missed: one mistake is one message.
struct Lost<'t> {
    /// Words of sentences that could not be read.
    words: BTreeSet<&'t str>,
    /// Those of declarations and definitions.
    declared: BTreeSet<&'t str>,
    /// A text that is used could not be brought, and nobody knows what it says.
    texts: bool,
}

impl<'t> Lost<'t> {
    fn of(trees: &'t [SyntaxTree], sources: &Sources) -> Self {
        let is_lost = |statement: &tree::Statement| matches!(&statement.body, tree::Body::Use(file) if !sources.has_path(&file.text));
        let broken = || trees.iter().flat_map(|tree| &tree.broken);
        Self {
            words: broken().flat_map(|broken| &broken.words).map(String::as_str).collect(),
            declared: broken().filter(|broken| broken.declares).flat_map(|broken| &broken.words).map(String::as_str).collect(),
            texts: trees.iter().flat_map(|tree| &tree.statements).any(is_lost)
                || broken().any(|broken| broken.words.first().is_some_and(|first| first == "use")),
        }
    }

    fn is_nothing(&self) -> bool {
        self.words.is_empty() && !self.texts
    }

    /// May it declare this name, or define this word?
    fn may_declare(&self, word: &str) -> bool {
        self.texts || self.words.contains(word)
    }

    /// May it say of what type this is, if nothing else does?
    fn may_type(&self, word: &str) -> bool {
        self.texts || self.declared.contains(word)
    }

    /// May it declare this field of a kind whose declaration was read? That stands in one place, so another text adds nothing.
    fn may_add_field(&self, field: &str) -> bool {
        self.words.contains(field)
    }

    /// A declaration that could be read, and still tells too little of this name.
    fn add(&mut self, word: &'t str) {
        self.words.insert(word);
    }
}

/// What each name stands for.
#[derive(Default)]
struct Names<'t> {
    kinds: BTreeMap<String, KindId>,
    facts: BTreeMap<String, u32>,
    settings: BTreeMap<String, u32>,
    /// What requests call declared facts, kinds and settings.
    keys: BTreeMap<String, Span>,
    constants: BTreeMap<String, ConstantId>,
    groups: BTreeMap<String, &'t tree::ActGroup>,
    /// By word: every definition of it, whatever the kind.
    definitions: BTreeMap<String, Vec<DefinitionId>>,
    /// By label: the rule that has it.
    labels: BTreeMap<String, Span>,
    /// By file: the prefix of rule ids.
    prefixes: Vec<String>,
    /// How many unlabelled rules there are under a prefix and an act.
    ordinals: BTreeMap<String, usize>,
    /// The declared acts.
    acts: BTreeSet<(String, Option<String>)>,
    /// What requests call them.
    act_keys: BTreeMap<(String, Option<String>), Span>,
}

/// A constant, before and after it is worked out.
struct ConstantSlot<'t> {
    written: &'t tree::Constant,
    state: ConstantState,
    /// What it is, once worked out.
    ty: Type,
}

/// How far a constant is worked out.
#[derive(Clone, Copy, PartialEq)]
enum ConstantState {
    Declared,
    Busy,
    Done,
    Failed,
}

/// The names that only a part of a sentence knows.
#[derive(Default)]
struct Scope {
    variables: Vec<(String, VariableId)>,
    parameters: Vec<Parameter>,
    /// The acts that the rule is about; none in what all rules share.
    acts: Vec<ActPattern>,
}

/// What something uses, to find what nothing uses.
#[derive(Default)]
struct Used {
    definitions: BTreeSet<DefinitionId>,
    constants: BTreeSet<ConstantId>,
    /// How often a path names an undeclared fact or field: the kind (none for a fact) and the name.
    names: BTreeMap<(Option<KindId>, String), (usize, Span)>,
}

/// Names of one sentence, to find a variable that is used outside its quantifier.
#[derive(Default)]
struct SentenceNames {
    variables: BTreeSet<String>,
    /// Variables that were refused already, for their names.
    refused: BTreeSet<String>,
    facts: Vec<(String, Span)>,
}

/// The subject or the object of a definition.
struct Parameter {
    name: String,
    number: u8,
    ty: Type,
}

impl<'t> Checker<'t> {
    fn new(sources: &'t Sources, limits: &'t Limits, trees: &'t [SyntaxTree]) -> Self {
        Self {
            sources,
            limits,
            diagnostics: Vec::new(),
            program: Program::default(),
            fields: Vec::new(),
            types: Types::default(),
            constants: Vec::new(),
            names: Names::default(),
            scope: Scope::default(),
            lost: Lost::of(trees, sources),
            parts: BTreeMap::new(),
            unions: BTreeMap::new(),
            sentence: SentenceNames::default(),
            compared: Vec::new(),
            accepted: Vec::new(),
            used: Used::default(),
            constant_depth: 0,
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports that a name means nothing where it stands, unless what could not be read may say what it means.
    fn report_unknown(&mut self, name: &str, diagnostic: Diagnostic) {
        if !self.lost.may_declare(name) {
            self.report(diagnostic);
        }
    }

    /// A type in words, with its article: "a text", "yes/no", "a list of text".
    fn a_type(&self, ty: &Type) -> String {
        let name = match self.types.resolve(ty) {
            Type::Inferred(_) | Type::Any => return "a value of any type".into(),
            Type::YesNo => return "yes/no".into(),
            Type::Choice(_) => return "a choice".into(),
            Type::List(_) => return "a list".into(),
            Type::Map(_) => return "a map".into(),
            Type::Money => return "money".into(),
            known @ (Type::Text
            | Type::Number
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Duration
            | Type::IpAddress
            | Type::Network
            | Type::Reference(_)
            | Type::Kind(_)) => self.program.vocabulary.type_name(&known),
        };
        with_article(&name)
    }
}
