//! Tests of two texts.

use super::datum::Datum;
use super::evaluate::Evaluator;
use super::notes::Notes;
use super::truth::Truth;
use crate::code::Code;
use crate::plan::TermId;
use crate::value::{Letters, TextTest};
use alloc::string::String;

impl<'a, N: Notes> Evaluator<'a, N> {
    /// A test of two texts. None is no text: unknown, with a problem.
    pub(super) fn texts(&mut self, test: TextTest, left: TermId, right: TermId, letters: Letters) -> Truth {
        let (one, other) = (self.datum(left), self.datum(right));
        if !self.are_given(left, &one, right, &other) {
            return Truth::Unknown;
        }
        let (Some(text), Some(part)) = (one.text(), other.text()) else {
            let (term, datum) = if one.text().is_none() { (left, one) } else { (right, other) };
            let none = matches!(datum, Datum::None | Datum::Null);
            return if none {
                self.problem(term, Code::NoneHere, "is none, where a text is wanted")
            } else {
                self.problem(term, Code::WrongType, "is no text")
            };
        };
        self.judged(left, test.judge(letters, text, part))
    }

    /// The answer, or that the path or host cannot be judged.
    fn judged(&mut self, term: TermId, answer: Result<bool, String>) -> Truth {
        match answer {
            Ok(yes) => yes.into(),
            // A message with a piece of the value in it would show what may be private.
            Err(trouble) if trouble.contains('`') => {
                self.problem(term, Code::BadPath, "cannot be judged: it has a character that does not belong there")
            }
            Err(trouble) => self.problem(term, Code::BadPath, &alloc::format!("cannot be judged: {trouble}")),
        }
    }
}
