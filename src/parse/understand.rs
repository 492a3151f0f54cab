//! Why a sentence could not be read: the table of what people write.
//!
//! In: a statement that the grammar stopped in, and where. Out: one diagnostic, in the words of the language. Each entry looks
//! at the words around that place; the first that knows them answers. What no entry knows is said in general, with what
//! could stand there; the names of the grammar's parts never reach a user.

mod ending;
mod field;
mod foreign;
mod habit;
mod listed;
mod literal;
mod place;
mod said;
mod slip;
mod speech;
mod trial;
mod word;

use super::attempt::{Reach, is_doubtful, is_loose};
use super::grammar::Stop;
use super::mistakes;
use super::site::Site;
use super::tokens::{Sort, Token, tokens};
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::source::Span;
use alloc::vec::Vec;
use trial::Leads;

pub(super) use foreign::signs_in_words;
pub(super) use habit::opening_word;

/// The words around the place where the grammar stopped.
struct Around<'t> {
    site: Site<'t>,
    limits: &'t Limits,
    /// How far the grammar came.
    reach: Reach,
    tokens: Vec<Token<'t>>,
    /// The first token that could not be read; as many as there are where the sentence ends too early.
    at: usize,
}

/// One entry of the table.
type Entry = for<'t> fn(&Around<'t>) -> Option<Diagnostic>;

/// In the order in which they are asked: the surest signs first.
const TABLE: &[Entry] = &[
    word::comment,
    foreign::cedar,
    foreign::no_act,
    foreign::casbin,
    foreign::query,
    foreign::sheet,
    foreign::table,
    foreign::steps,
    word::twice,
    habit::title_without_quotes,
    said::neither,
    speech::who_may,
    speech::allow_somebody,
    speech::act_is_allowed,
    speech::must_be,
    speech::only_first,
    speech::condition_first,
    speech::if_and_only_if,
    speech::only_for,
    word::only_without_if,
    word::joined,
    word::number_with_comma,
    word::contraction,
    literal::decimal_comma,
    slip::another_statement,
    slip::mark_before,
    field::type_otherwise,
    field::kind_opening,
    field::constant_opening,
    foreign::data,
    field::name_of_words,
    habit::field_without_colon,
    field::fields_in_a_row,
    literal::date_in_words,
    literal::time_of_day,
    literal::ago,
    literal::range,
    literal::there_is,
    literal::counted,
    literal::of_a_list,
    literal::number_word,
    literal::time_alone,
    literal::amount,
    speech::relative,
    said::otherwise,
    slip::misspelt,
    slip::run_together,
    slip::torn,
    habit::other_opening,
    habit::rule_without_colon,
    habit::condition_first,
    habit::prohibited_duty,
    habit::connective,
    habit::then_or_else,
    habit::is_no,
    habit::chained,
    listed::listed_descriptions,
    listed::bare_list,
    habit::list_without_brackets,
    habit::comparative,
    habit::currency_first,
    habit::subject_missing,
    slip::whose,
    said::left_out,
    habit::has_with_value,
    habit::like,
    listed::comma_missing,
    slip::mark_behind,
    slip::brackets,
    slip::needless_quotes,
    word::logic_call,
    listed::dashes,
    slip::and_before_duty,
    slip::lines_without_and,
    slip::sign,
    habit::sign,
    word::capital,
    word::article,
    ending::no_verb,
    ending::definition_without_if,
    ending::clause_without_text,
    habit::constant_with_is,
    habit::condition_alone,
    slip::dot_missing,
    ending::form,
];

/// What is also asked where every word could be read, but some only as names that make no sense: those that lead to the end.
const INSTEAD: &[Entry] = &[
    speech::who_may,
    speech::allow_somebody,
    speech::act_is_allowed,
    speech::must_be,
    speech::relative,
    speech::for_whom,
    foreign::no_act,
    foreign::query,
    literal::of_a_list,
    literal::amount,
    said::otherwise,
    said::left_out,
    slip::misspelt,
    slip::run_together,
    slip::torn,
    slip::mark_before,
    listed::bare_list,
    slip::sign,
];

/// The one diagnostic for a statement that the grammar could not read. What it offers has been tried: where it leads nowhere, the next
/// entry that knows the words is asked, and the first one answers without its change if none leads on.
pub(super) fn diagnose(site: Site<'_>, limits: &Limits, stop: &Stop) -> Diagnostic {
    let around = Around::new(site, limits, Reach::Stop(stop.at), stop.at);
    let mut first = None;
    for found in TABLE.iter().filter_map(|entry| entry(&around)) {
        if found.is_without_fix() {
            return first.unwrap_or(found);
        }
        let led = found.clone().keep_fixes(|change| around.leads(change) > Leads::Nowhere);
        if !led.is_without_fix() {
            return led;
        }
        first.get_or_insert(led);
    }
    first.unwrap_or_else(|| place::in_general(&around, &stop.wanted))
}

/// What is said of a statement in which the builder refused something. Words that could be read only as names too many may be a
/// slip, or a phrase that is said otherwise.
pub(super) fn refused(site: Site<'_>, limits: &Limits, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let Some(at) = found.iter().find(|found| is_doubtful(found)).map(|found| site.range(found.order().0).start) else { return found };
    let loose = found.iter().filter(|found| is_loose(found)).count();
    let around = Around::new(site, limits, Reach::End { refused: found.len(), loose }, at);
    let Some(instead) = INSTEAD.iter().find_map(|entry| entry(&around)) else {
        let leads = |change: &[(Span, alloc::string::String)]| around.leads(change) > Leads::Nowhere;
        return found.into_iter().map(|found| if is_doubtful(&found) { found.keep_fixes(leads) } else { found }).collect();
    };
    let others = found.into_iter().filter(|found| !is_doubtful(found));
    [instead].into_iter().chain(others).collect()
}

impl<'t> Around<'t> {
    /// The words around the byte `at`.
    fn new(site: Site<'t>, limits: &'t Limits, reach: Reach, at: usize) -> Self {
        let tokens = tokens(site.code);
        let at = tokens.iter().position(|token| token.end() > at).unwrap_or(tokens.len());
        Self { site, limits, reach, tokens, at }
    }

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
