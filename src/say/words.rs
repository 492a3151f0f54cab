//! What the words of conditions and terms hang on: names, types, and how a word is joined to its subject.

use super::names::{member, name};
use crate::program::{Path, Program, Root, Step, Subject, Term, TermNode, VariableId};
use crate::source::{Sources, Span};
use crate::value::{Function, Weekday};
use crate::vocabulary::{Choice, Field, Glue, KindId, Presence, Type};
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::sync::Arc;

/// Puts parts of a program into words.
pub(super) struct Words<'p> {
    pub(super) program: &'p Program,
    pub(super) sources: &'p Sources,
    /// Words that mean something by themselves, so that after `is` they would not be a field.
    said: BTreeSet<&'p str>,
    /// The listed texts of all choices: where a choice is expected, such a word is that text.
    listed: BTreeSet<&'p str>,
    /// What a definition's parameters are called: its kinds.
    pub(super) parameters: [String; 2],
}

impl<'p> Words<'p> {
    pub(super) fn new(program: &'p Program, sources: &'p Sources) -> Self {
        let definitions = program.definitions.iter().map(|definition| definition.word.as_str());
        let constants = program.constants.iter().map(|constant| constant.name.as_str());
        let variables = program.variables.iter().map(|variable| variable.name.as_str());
        let said = definitions.chain(constants).chain(variables).chain(["now", "today"]).collect();
        let vocabulary = &program.vocabulary;
        let fields = vocabulary.kinds.iter().flat_map(|kind| &kind.fields).chain(&vocabulary.facts).chain(&vocabulary.settings);
        let mut listed: BTreeSet<&str> = Weekday::ALL.iter().map(|day| day.name()).collect();
        for field in fields {
            if let Some(choice) = choice_in(&field.ty) {
                listed.extend(choice.values.iter().map(String::as_str));
            }
        }
        Self { program, sources, said, listed, parameters: [String::new(), String::new()] }
    }

    /// The name of a kind.
    pub(super) fn kind(&self, kind: KindId) -> String {
        name(self.program.vocabulary.kind_name(kind))
    }

    /// Would this word after `is` mean something else than a field?
    pub(super) fn is_said(&self, word: &str) -> bool {
        self.said.contains(word)
    }

    /// The name of a constant or variable where a value stands: `the` keeps it from being a listed text.
    pub(super) fn named(&self, word: &str) -> String {
        if self.listed.contains(word) { alloc::format!("the {}", name(word)) } else { name(word) }
    }

    pub(super) fn variable(&self, id: VariableId) -> &'p str {
        self.program.variable(id).map_or("", |variable| variable.name.as_str())
    }

    /// Where a path begins.
    pub(super) fn root(&self, root: &Root) -> String {
        let vocabulary = &self.program.vocabulary;
        let of = |fields: &[Field], at: u32| fields.get(at as usize).map_or_else(String::new, |field| name(&field.name));
        match root {
            Root::Fact(at) => of(&vocabulary.facts, *at),
            Root::Setting(at) => of(&vocabulary.settings, *at),
            Root::Variable(id) => name(self.variable(*id)),
            Root::Parameter(at) => self.parameters.get(usize::from(*at)).cloned().unwrap_or_default(),
            Root::Resource => "resource".into(),
            Root::Subject => "subject".into(),
        }
    }

    /// A path as it is written, without `the`.
    pub(super) fn path(&self, path: &Path) -> String {
        let mut written = self.root(&path.root);
        for step in &path.steps {
            written.push('.');
            written.push_str(&self.step(step));
        }
        written
    }

    fn step(&self, step: &Step) -> String {
        match step {
            Step::Field(kind, at) => self.program.field(*kind, *at).map_or_else(String::new, |field| member(&field.name)),
            Step::Key(key) => member(key),
        }
    }

    /// The field that a path ends in, and the path before it.
    pub(super) fn last_field(&self, path: &Path) -> Option<(Path, &'p Field)> {
        let (last, steps) = path.steps.split_last()?;
        let Step::Field(kind, at) = last else { return None };
        Some((Path { root: path.root.clone(), steps: steps.to_vec() }, self.program.field(*kind, *at)?))
    }

    /// The type of a term, where its form tells it.
    pub(super) fn type_of(&self, term: &Term) -> Option<&'p Type> {
        let TermNode::Path(path) = &term.node else { return None };
        let vocabulary = &self.program.vocabulary;
        match path.steps.last() {
            Some(Step::Field(kind, at)) => self.program.field(*kind, *at).map(|field| &field.ty),
            Some(Step::Key(_)) => {
                let (_, steps) = path.steps.split_last()?;
                let before = Term { node: TermNode::Path(Path { root: path.root.clone(), steps: steps.to_vec() }), span: term.span };
                if let Some(Type::Map(element)) = self.type_of(&before) { Some(element) } else { None }
            }
            None => match &path.root {
                Root::Fact(at) => vocabulary.facts.get(*at as usize).map(|fact| &fact.ty),
                Root::Setting(at) => vocabulary.settings.get(*at as usize).map(|setting| &setting.ty),
                Root::Variable(id) => self.program.variable(*id).map(|variable| &variable.ty),
                Root::Parameter(_) | Root::Resource | Root::Subject => None,
            },
        }
    }

    /// Does the rule's reader know the type of a term from a declaration, whatever other rules say?
    pub(super) fn is_declared(&self, term: &Term) -> bool {
        let TermNode::Path(path) = &term.node else { return false };
        let is_element = path.steps.is_empty() && matches!(path.root, Root::Variable(_));
        is_element || self.last_field(path).is_some_and(|(_, field)| field.presence != Presence::Open)
    }

    /// May this text, compared with `other`, be written as a bare word?
    pub(super) fn is_listed_word(&self, text: &str, other: &Term) -> bool {
        let plain = name(text) == text && !self.is_said(text);
        let is_day = matches!(other.node, TermNode::Function(Function::Weekday, _));
        let choice = self.type_of(other).and_then(choice_in).filter(|_| self.is_declared(other));
        plain && (is_day || choice.is_some_and(|choice| choice.rank(text).is_some()))
    }

    /// How a word is joined to its subject: as declared, or else as the author joined it.
    pub(super) fn glue(&self, field: &Field, sentence: Span) -> Glue {
        field.glue.unwrap_or_else(|| glue_in(&crate::source::one_line(self.sources.words(sentence))))
    }

    /// What a definition describes.
    pub(super) fn described(&self, subject: Subject) -> String {
        match subject {
            Subject::Kind(kind) => self.kind(kind),
            Subject::Fact(at) => self.root(&Root::Fact(at)),
        }
    }
}

/// The choice that values or elements of a type are.
fn choice_in(ty: &Type) -> Option<&Arc<Choice>> {
    match ty {
        Type::Choice(choice) => Some(choice),
        Type::List(element) | Type::Map(element) => choice_in(element),
        Type::Any
        | Type::YesNo
        | Type::Text
        | Type::Number
        | Type::Money
        | Type::Date
        | Type::Time
        | Type::DateTime
        | Type::Duration
        | Type::IpAddress
        | Type::Network
        | Type::Reference(_)
        | Type::Kind(_)
        | Type::Inferred(_) => None,
    }
}

/// How the words of a sentence join its last word; a path alone is said with `is`.
fn glue_in(sentence: &str) -> Glue {
    let words = alloc::format!(" {sentence} ");
    let has = |word: &str| words.contains(word);
    if has(" has ") || has(" have ") {
        Glue::Has
    } else if has(" is a ") || has(" is an ") || has(" is not a ") || has(" is not an ") {
        Glue::IsA
    } else if has(" is ") || has(" are ") || !sentence.contains(' ') {
        Glue::Is
    } else {
        Glue::Bare
    }
}

/// A text as a rule writes it.
pub(super) fn quoted(text: &str) -> String {
    crate::value::Value::from(text).to_string()
}
