//! Reasons and duties told to people: texts with terms in them.

use super::lower::Lower;
use crate::plan::{PlanText, PlanTextPart, TermId, TermOp};
use crate::program::{Meaning, Root, Step, Term, TermNode, Text, TextPart};

impl<'p> Lower<'p> {
    /// A text with its terms written into the cold half.
    pub(super) fn text(&mut self, text: &'p Text) -> PlanText {
        let part = |part: &'p TextPart| match part {
            TextPart::Literal(text) => PlanTextPart::Literal(text.clone()),
            TextPart::Term(term) => {
                let private = self.is_private(term);
                let id = self.term(term);
                PlanTextPart::Term(id, self.name(id), private)
            }
        };
        PlanText { parts: text.parts.iter().map(part).collect() }
    }

    /// What a term is called where its value is not known.
    fn name(&self, term: TermId) -> alloc::string::String {
        match self.nodes.term(term) {
            Some(TermOp::Slot(at)) => self.slots.get(at as usize).map_or_else(Default::default, |slot| slot.path.clone()),
            Some(TermOp::Value(_) | TermOp::Element { .. } | TermOp::List(_) | TermOp::Cases(..)) | None => "value".into(),
        }
    }

    /// Does a term read a private value?
    pub(super) fn is_private(&self, term: &Term) -> bool {
        match &term.node {
            TermNode::Literal(_) => false,
            TermNode::List(items) => items.iter().any(|item| self.is_private(item)),
            TermNode::Constant(id) => match self.program.constant(*id).map(|constant| &constant.meaning) {
                Some(Meaning::Value(value)) => self.is_private(value),
                Some(Meaning::Cases(cases, otherwise)) => self.is_private(otherwise) || cases.iter().any(|(_, value)| self.is_private(value)),
                Some(Meaning::Condition(_)) | None => false,
            },
            TermNode::Path(path) => {
                let vocabulary = &self.program.vocabulary;
                let root = match &path.root {
                    Root::Fact(at) => vocabulary.facts.get(*at as usize).is_some_and(|fact| fact.private),
                    Root::Setting(at) => vocabulary.settings.get(*at as usize).is_some_and(|setting| setting.private),
                    Root::Variable(id) => self.program.variable(*id).is_some_and(|variable| variable.private),
                    Root::Parameter(_) => false,
                };
                let field = |step: &Step| match step {
                    Step::Field(kind, at) => self.program.field(*kind, *at).is_some_and(|field| field.private),
                    Step::Key(_) => false,
                };
                root || path.steps.iter().any(field)
            }
        }
    }
}
