//! Reasons and duties told to people: texts with terms in them.

use super::lower::Lower;
use crate::plan::{PlanText, PlanTextPart, TermId, TermOp};
use crate::program::{Text, TextPart};

impl<'p> Lower<'p> {
    /// A text with its terms written into the cold half.
    pub(super) fn text(&mut self, text: &'p Text) -> PlanText {
        let part = |part: &'p TextPart| match part {
            TextPart::Literal(text) => PlanTextPart::Literal(text.clone()),
            TextPart::Term(term) => {
                let private = self.program.is_private(term);
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
