//! What the rules of a bundle read, so that a given that changes nothing can be told.
//!
//! It is counted by fact and by field of a kind, not by whole path: of two facts of one kind, what is read of one counts as
//! read of the other. So a warning is always right, and some are not given.

use super::walk::{self, Seen};
use crate::program::{Meaning, Path, Program, Root, Step, Task, Text, TextPart};
use crate::vocabulary::KindId;
use alloc::collections::BTreeSet;
use alloc::string::String;

/// Facts, fields, salts.
#[derive(Default)]
pub(super) struct Reads {
    facts: BTreeSet<u32>,
    fields: BTreeSet<(KindId, u32)>,
    /// Fields that are read of whoever acts or whatever is acted on, so of any kind.
    of_any: BTreeSet<String>,
    salts: BTreeSet<String>,
    /// Whoever acts, or what is acted on, is read under no name of its own.
    pub(super) parts: bool,
    /// Something is asked about what lies in what.
    pub(super) hierarchy: bool,
}

impl Reads {
    /// What all rules, definitions and constants read.
    pub(super) fn of(program: &Program) -> Self {
        let mut reads = Self::default();
        let mut see = |seen: Seen<'_>| reads.see(program, &seen);
        for rule in &program.rules {
            rule.condition.iter().chain(&rule.when).chain(&rule.unless).for_each(|formula| walk::formula(formula, &mut see));
            rule.because.iter().chain(&rule.otherwise).for_each(|text| texts(text, &mut see));
            for duty in rule.duties.iter().chain(&rule.otherwise_duties) {
                match &duty.task {
                    Task::Named(_, arguments) => arguments.iter().for_each(|(_, term)| walk::term(term, &mut see)),
                    Task::Told(text) => texts(text, &mut see),
                }
            }
        }
        program.acts.iter().filter_map(|act| act.otherwise.as_ref()).for_each(|text| texts(text, &mut see));
        program.definitions.iter().flat_map(|definition| &definition.alternatives).for_each(|formula| walk::formula(formula, &mut see));
        for constant in &program.constants {
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
        }
        reads
    }

    fn see(&mut self, program: &Program, seen: &Seen<'_>) {
        match seen {
            Seen::Path(path) => self.path(program, path),
            Seen::Bucket(salt) => {
                self.salts.insert(String::from(*salt));
            }
            Seen::Hierarchy => self.hierarchy = true,
            // What they are made of is met in their own places.
            Seen::Defined(..) | Seen::Constant(_) => {}
        }
    }

    fn path(&mut self, program: &Program, path: &Path) {
        let of_any = match path.root {
            Root::Fact(at) => {
                self.facts.insert(at);
                false
            }
            Root::Resource | Root::Subject => {
                self.parts = true;
                true
            }
            Root::Setting(_) | Root::Variable(_) | Root::Parameter(_) => false,
        };
        for step in &path.steps {
            if let Step::Field(kind, at) = step {
                self.fields.insert((*kind, *at));
                if of_any || program.vocabulary.kind(*kind).is_some_and(|kind| kind.any_of) {
                    self.of_any.extend(program.field(*kind, *at).map(|field| field.name.clone()));
                }
            }
        }
    }

    /// Is a fact read, itself or something below it?
    pub(super) fn fact(&self, at: u32) -> bool {
        self.facts.contains(&at)
    }

    /// Is a field of a kind read?
    pub(super) fn field(&self, kind: KindId, at: u32, name: &str) -> bool {
        // Whatever is compared as a whole is compared by its id.
        name == "id" || self.fields.contains(&(kind, at)) || self.of_any.contains(name)
    }

    /// Does a bucket have this salt?
    pub(super) fn salt(&self, salt: &str) -> bool {
        self.salts.contains(salt)
    }
}

fn texts<'p>(text: &'p Text, see: &mut dyn FnMut(Seen<'p>)) {
    for part in &text.parts {
        if let TextPart::Term(term) = part {
            walk::term(term, see);
        }
    }
}
