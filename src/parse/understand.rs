//! Why a sentence could not be read: the table of what people write.
//!
//! In: a statement that the grammar stopped in, and where. Out: one diagnostic, in the words of the language. Each entry looks
//! at the words around that place; the first that knows them answers. What no entry knows is said in general, with what
//! could stand there; the names of the grammar's parts never reach a user.

mod ending;
mod habit;
mod place;
mod word;

use super::grammar::Stop;
use super::mistakes;
use super::site::Site;
use super::tokens::{Sort, Token, tokens};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use alloc::vec::Vec;

pub(super) use habit::opening_word;

/// The words around the place where the grammar stopped.
struct Around<'t> {
    site: Site<'t>,
    tokens: Vec<Token<'t>>,
    /// The first token that could not be read; as many as there are where the sentence ends too early.
    at: usize,
}

/// One entry of the table.
type Entry = for<'t> fn(&Around<'t>) -> Option<Diagnostic>;

/// In the order in which they are asked: the surest signs first.
const TABLE: &[Entry] = &[
    word::comment,
    word::twice,
    word::only_without_if,
    word::joined,
    word::number_with_comma,
    word::contraction,
    habit::other_opening,
    habit::rule_without_colon,
    habit::condition_first,
    habit::or_equal,
    habit::prohibited_duty,
    habit::connective,
    habit::condition_word,
    habit::then_or_else,
    habit::is_no,
    habit::chained,
    habit::list_without_brackets,
    habit::title_without_quotes,
    habit::comparative,
    habit::currency_first,
    habit::sign,
    word::capital,
    word::article,
    ending::no_verb,
    ending::definition_without_if,
    ending::clause_without_text,
    habit::field_without_colon,
    habit::has_with_value,
    habit::constant_with_is,
    habit::condition_alone,
    habit::like,
    habit::subject_missing,
    ending::form,
];

/// The one diagnostic for a statement that the grammar could not read.
pub(super) fn diagnose(site: Site<'_>, stop: &Stop) -> Diagnostic {
    let tokens = tokens(site.code);
    let at = tokens.iter().position(|token| token.end() > stop.at).unwrap_or(tokens.len());
    let around = Around { site, tokens, at };
    TABLE.iter().find_map(|entry| entry(&around)).unwrap_or_else(|| place::in_general(&around, &stop.wanted))
}

impl<'t> Around<'t> {
    /// The token `steps` after the one that could not be read.
    fn token(&self, steps: isize) -> Option<Token<'t>> {
        self.at.checked_add_signed(steps).and_then(|at| self.tokens.get(at)).copied()
    }

    /// Its text; empty where there is none.
    fn text(&self, steps: isize) -> &'t str {
        self.token(steps).map_or("", |token| token.text)
    }

    fn span(&self, token: Token<'_>) -> Span {
        self.site.span(token.range())
    }

    /// A token with the blanks after it, up to the next.
    fn with_blanks(&self, token: Token<'_>) -> Span {
        let rest = self.site.code.get(token.end()..).unwrap_or("");
        let blanks = rest.len().saturating_sub(rest.trim_start_matches([' ', '\t']).len());
        self.site.span(token.start..token.end().saturating_add(blanks))
    }

    /// The first word of the sentence, behind annotations and label.
    fn opening(&self) -> Option<(usize, Token<'t>)> {
        let mut at = 0;
        while self.tokens.get(at).is_some_and(|token| token.text == "@") {
            let line_ends = self.tokens.iter().skip(at.saturating_add(1)).position(|token| token.begins_line)?;
            at = at.saturating_add(line_ends).saturating_add(1);
        }
        let text = |steps: usize| self.tokens.get(at.saturating_add(steps)).map_or("", |token| token.text);
        if text(0) == "rule" && text(2) == ":" {
            at = at.saturating_add(3);
        }
        self.tokens.get(at).map(|token| (at, *token))
    }

    /// Does this word stand somewhere before the place?
    fn has_before(&self, words: &[&str]) -> bool {
        self.tokens.iter().take(self.at).any(|token| token.sort == Sort::Word && words.contains(&token.text))
    }
}
