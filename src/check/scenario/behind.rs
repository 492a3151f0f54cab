//! The facts behind a word: what a definition, a relation or a constant is worked out from.

use super::walk::{self, Seen};
use crate::program::{ConstantId, DefinitionId, Meaning, Path, Program, Root, Step, Term, TermNode};
use crate::vocabulary::Type;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

/// How many facts are named.
const MOST: usize = 6;

/// How far definitions are followed: what builds on more is refused, but is still there while everything is checked.
const DEEPEST: usize = 64;

/// What the parameters of a definition stand for, in words.
type Sides = [Option<String>; 2];

/// The facts that a definition is worked out from, for a subject and an object in words.
pub(super) fn of_definitions(program: &Program, ids: &[DefinitionId], sides: &Sides) -> Vec<String> {
    let mut behind = Behind::new(program);
    ids.iter().for_each(|&id| behind.definition(id, sides));
    behind.found
}

/// The facts that a constant is worked out from.
pub(super) fn of_constant(program: &Program, id: ConstantId) -> Vec<String> {
    let mut behind = Behind::new(program);
    behind.constant(id);
    behind.found
}

struct Behind<'p> {
    program: &'p Program,
    found: Vec<String>,
    /// What was looked into already: definitions may stand in a circle, which is reported elsewhere.
    definitions: BTreeSet<(DefinitionId, Sides)>,
    constants: BTreeSet<ConstantId>,
    depth: usize,
}

impl<'p> Behind<'p> {
    fn new(program: &'p Program) -> Self {
        Self { program, found: Vec::new(), definitions: BTreeSet::new(), constants: BTreeSet::new(), depth: 0 }
    }

    fn definition(&mut self, id: DefinitionId, sides: &Sides) {
        if self.is_full() || !self.definitions.insert((id, sides.clone())) {
            return;
        }
        let Some(definition) = self.program.definition(id) else { return };
        let mut seen = Vec::new();
        definition.alternatives.iter().for_each(|formula| walk::formula(formula, &mut |one| seen.push(one)));
        self.all(&seen, sides);
    }

    fn constant(&mut self, id: ConstantId) {
        if self.is_full() || !self.constants.insert(id) {
            return;
        }
        let Some(constant) = self.program.constant(id) else { return };
        let mut seen = Vec::new();
        let mut see = |one| seen.push(one);
        match &constant.meaning {
            Meaning::Condition(formula) => walk::formula(formula, &mut see),
            Meaning::Value(term) => walk::term(term, &mut see),
            Meaning::Cases(cases, otherwise) => {
                for (formula, term) in cases {
                    walk::formula(formula, &mut see);
                    walk::term(term, &mut see);
                }
                walk::term(otherwise, &mut see);
            }
        }
        self.all(&seen, &[None, None]);
    }

    fn is_full(&self) -> bool {
        self.found.len() >= MOST || self.depth >= DEEPEST
    }

    fn all(&mut self, seen: &[Seen<'p>], sides: &Sides) {
        self.depth = self.depth.saturating_add(1);
        for one in seen {
            match one {
                // The subject of a definition is looked at through it: `user` alone says nothing.
                Seen::Path(path) if self.is_whole(path) => {}
                Seen::Path(path) => {
                    let words = self.words(path, sides);
                    if let Some(words) = words.filter(|words| self.found.len() < MOST && !self.found.contains(words)) {
                        self.found.push(words);
                    }
                }
                Seen::Defined(id, subject, object) => {
                    let inner = [self.term_words(subject, sides), object.and_then(|object| self.term_words(object, sides))];
                    self.definition(*id, &inner);
                }
                Seen::Constant(id) => self.constant(*id),
                Seen::Bucket(_) | Seen::Hierarchy => {}
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn is_whole(&self, path: &Path) -> bool {
        let is_record = |at: u32| self.program.vocabulary.facts.get(at as usize).is_some_and(|fact| matches!(fact.ty, Type::Kind(_)));
        path.steps.is_empty()
            && match path.root {
                Root::Parameter(_) => true,
                Root::Fact(at) => is_record(at),
                Root::Setting(_) | Root::Variable(_) | Root::Resource | Root::Subject => false,
            }
    }

    fn term_words(&self, term: &Term, sides: &Sides) -> Option<String> {
        if let TermNode::Path(path) = &term.node { self.words(path, sides) } else { None }
    }

    /// A path as it is written; none for what has no name outside its sentence.
    fn words(&self, path: &Path, sides: &Sides) -> Option<String> {
        let vocabulary = &self.program.vocabulary;
        let mut words = match &path.root {
            Root::Fact(at) => vocabulary.facts.get(*at as usize)?.name.clone(),
            Root::Parameter(number) => sides.get(usize::from(*number))?.clone()?,
            Root::Resource => String::from("resource"),
            Root::Subject => String::from("subject"),
            Root::Setting(_) | Root::Variable(_) => return None,
        };
        for step in &path.steps {
            words.push('.');
            words.push_str(match step {
                Step::Field(kind, at) => &self.program.field(*kind, *at)?.name,
                Step::Key(key) => key,
            });
        }
        Some(words)
    }
}
