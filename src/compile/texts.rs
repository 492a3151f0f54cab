//! Reasons and duties told to people: texts with terms in them.

use super::lower::Lower;
use crate::plan::{PlanText, PlanTextPart, TermId, TermOp};
use crate::program::{Text, TextPart};
use crate::value::Value;

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
                PlanTextPart::Term(id, self.name(id), private)
            }
        }
    }

    /// What a term is called where its value is not known.
    fn name(&self, term: TermId) -> alloc::string::String {
        match self.nodes.term(term) {
            Some(TermOp::Slot(at)) => self.slots.get(at as usize).map_or_else(Default::default, |slot| slot.path.clone()),
            Some(TermOp::Once { name, .. }) => match self.values.get(name as usize) {
                Some(Value::Text(name)) => name.clone(),
                Some(_) | None => "value".into(),
            },
            Some(
                TermOp::Value(_)
                | TermOp::Element { .. }
                | TermOp::List(_)
                | TermOp::Cases(..)
                | TermOp::Arithmetic(..)
                | TermOp::Function(..)
                | TermOp::Bucket(..)
                | TermOp::Span(..)
                | TermOp::Each { .. }
                | TermOp::Entity(..)
                | TermOp::Above { .. },
            )
            | None => "value".into(),
        }
    }
}
