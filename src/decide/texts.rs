//! Tests of two texts.

use super::datum::Datum;
use super::evaluate::Evaluator;
use super::notes::Notes;
use super::truth::Truth;
use crate::code::Code;
use crate::plan::TermId;
use crate::value::{self, contains_ignoring_case, ends_with_ignoring_case, fold, is_under, is_under_domain, starts_with_ignoring_case};
use crate::value::{Letters, TextTest};
use alloc::string::{String, ToString};

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
        let ignoring = letters == Letters::IgnoringCase;
        match test {
            TextTest::Contains if ignoring => contains_ignoring_case(text, part).into(),
            TextTest::Contains => text.contains(part).into(),
            TextTest::StartsWith if ignoring => starts_with_ignoring_case(text, part).into(),
            TextTest::StartsWith => text.starts_with(part).into(),
            TextTest::EndsWith if ignoring => ends_with_ignoring_case(text, part).into(),
            TextTest::EndsWith => text.ends_with(part).into(),
            TextTest::Matches if ignoring => value::matches(&folded(part), &folded(text)).into(),
            TextTest::Matches => value::matches(part, text).into(),
            TextTest::Under => self.judged(left, is_under(text, part).map_err(|trouble| trouble.to_string())),
            TextTest::UnderDomain => self.judged(left, is_under_domain(text, part).map_err(|trouble| trouble.to_string())),
        }
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

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}
