//! Reasons and duties told to people: texts with terms in them.

use super::lower::{Lower, shown};
use crate::plan::{PlanText, PlanTextPart};
use crate::program::{Path, Root, Step, Term, TermNode, Text, TextPart};
use alloc::string::String;

impl<'p> Lower<'p> {
    /// A text with its terms written into the cold half.
    pub(super) fn text(&mut self, text: &'p Text) -> PlanText {
        PlanText { over: text.over.and_then(|variable| self.quantifier_of.get(&variable).copied()), parts: self.parts(text) }
    }

    /// The pieces of a text. Where a variable stands in it, it is bound as in its quantifier, which is around everything.
    fn parts(&mut self, text: &'p Text) -> alloc::vec::Vec<PlanTextPart> {
        let outside = core::mem::replace(&mut self.levels, text.over.into_iter().collect());
        let parts = text.parts.iter().map(|part| self.part(part)).collect();
        self.levels = outside;
        parts
    }

    fn part(&mut self, part: &'p TextPart) -> PlanTextPart {
        match part {
            TextPart::Literal(text) => PlanTextPart::Literal(text.clone()),
            TextPart::Term(term) => {
                let private = self.program.is_private(term);
                let id = self.term(term);
                PlanTextPart::Term(id, self.name(term), private)
            }
        }
    }

    /// What a term is called where its value is not known: as the rule writes it.
    fn name(&self, term: &Term) -> String {
        match &term.node {
            TermNode::Constant(id) => self.program.constant(*id).map_or_else(String::new, |constant| constant.name.clone()),
            TermNode::Path(path) => self.words(path),
            TermNode::Literal(_)
            | TermNode::List(_)
            | TermNode::Arithmetic(..)
            | TermNode::Function(..)
            | TermNode::Bucket(..)
            | TermNode::Span(..)
            | TermNode::Each(_)
            | TermNode::Entity(..) => "value".into(),
        }
    }

    /// A path as it is written.
    fn words(&self, path: &Path) -> String {
        let vocabulary = &self.program.vocabulary;
        let root = match &path.root {
            Root::Fact(at) => vocabulary.facts.get(*at as usize).map(|fact| fact.name.as_str()),
            Root::Setting(at) => vocabulary.settings.get(*at as usize).map(|setting| setting.name.as_str()),
            Root::Variable(id) => self.program.variable(*id).map(|variable| variable.name.as_str()),
            Root::Resource => Some("resource"),
            Root::Subject => Some("subject"),
            Root::Parameter(_) => None,
        };
        path.steps.iter().fold(shown(root.unwrap_or_default()), |words, step| {
            let name = match step {
                Step::Field(kind, field) => self.program.field(*kind, *field).map_or("", |field| field.name.as_str()),
                Step::Key(key) => key,
            };
            alloc::format!("{words}.{}", shown(name))
        })
    }
}
