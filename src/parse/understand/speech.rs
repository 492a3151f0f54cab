//! Whole sentences that are said in another order: who may do what, what is allowed, the condition first.
//!
//! Each is put into the order of a rule, and offered if it can be read then. Who somebody is becomes a condition.

use super::Around;
use super::mistakes;
use super::trial::Leads;
use super::word::is_reserved;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::{Sort, Token};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What a sentence says of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    May,
    MayNot,
    MayOnly,
}
use Says::{May, MayNot, MayOnly};

/// The words between who and what. The longer one of two that begin alike stands first.
const MODALS: &[(&str, Says)] = &[
    ("shall not be permitted to", MayNot),
    ("shall not be allowed to", MayNot),
    ("shall be permitted to", May),
    ("shall be allowed to", May),
    ("shall be entitled to", May),
    ("is entitled to", May),
    ("are entitled to", May),
    ("is not allowed to", MayNot),
    ("are not allowed to", MayNot),
    ("is not permitted to", MayNot),
    ("are not permitted to", MayNot),
    ("is forbidden to", MayNot),
    ("are forbidden to", MayNot),
    ("is only allowed to", MayOnly),
    ("are only allowed to", MayOnly),
    ("is allowed to", May),
    ("are allowed to", May),
    ("is permitted to", May),
    ("are permitted to", May),
    ("is able to", May),
    ("are able to", May),
    ("has the right to", May),
    ("have the right to", May),
    ("has permission to", May),
    ("have permission to", May),
    ("may not", MayNot),
    ("may never", MayNot),
    ("can not", MayNot),
    ("can never", MayNot),
    ("can ' t", MayNot),
    ("cannot", MayNot),
    ("must not", MayNot),
    ("must never", MayNot),
    ("mustn ' t", MayNot),
    ("should not", MayNot),
    ("shall not", MayNot),
    ("will not", MayNot),
    ("may only", MayOnly),
    ("can only", MayOnly),
    ("must only", MayOnly),
    ("should only", MayOnly),
    ("may", May),
    ("can", May),
    ("could", May),
    ("might", May),
    ("will", May),
    ("shall", May),
];

/// Words before somebody that say nothing of him.
const DETERMINERS: [&str; 10] = ["a", "an", "the", "any", "every", "each", "all", "our", "some", "registered-as"];

/// Words for somebody of whom nothing is said.
const ANYBODY: [&str; 11] = ["everyone", "everybody", "anyone", "anybody", "user", "person", "people", "somebody", "someone", "they", "it"];

/// Words for nobody.
const NOBODY: [&str; 4] = ["nobody", "no-one", "noone", "none"];

/// Words that begin a condition.
const CONDITIONS: [&str; 6] = ["if", "when", "where", "whenever", "provided", "while"];

/// `users may read document if …`, `only admins can edit document`, `nobody may …`
pub(super) fn who_may(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening()?;
    let (at, length, says) = modal(around, opening)?;
    let subject = Somebody::of(around.tokens.get(opening..at)?)?;
    let rest = around.tokens.get(at.saturating_add(length))?;
    let rest = around.site.code.get(rest.start..).filter(|rest| !rest.starts_with("be "))?;
    let sentence = subject.sentence(rest, says)?;
    offer(around, opening, &sentence, (at, at.saturating_add(length).saturating_sub(1)), mistakes::other_order)
}

/// `allow the user to read document`, `do not allow …`, `always allow …`
pub(super) fn allow_somebody(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening()?;
    let allow = around.tokens.iter().skip(opening).take(5).position(|token| matches!(token.text, "allow" | "let" | "permit"))?;
    let allow = allow.saturating_add(opening);
    let before: Vec<&str> = around.tokens.get(opening..allow)?.iter().map(|token| token.text).collect();
    let says = match before.as_slice() {
        [] | ["always" | "please"] => May,
        ["never"] | ["do" | "does", "not" | "never"] | ["don", "'", "t"] | ["not"] => MayNot,
        ["only"] => MayOnly,
        _ => return None,
    };
    let rest = around.tokens.get(allow.saturating_add(1)..)?;
    let to = rest.iter().take(6).position(|token| token.text == "to").filter(|&to| to > 0);
    let (subject, act) = match to {
        Some(to) => {
            let act = rest.get(to.saturating_add(1)).filter(|act| !ANYBODY.contains(&act.text))?;
            let words = rest.get(..to)?;
            let is_named = words.len() > 1 || words.first().is_some_and(|noun| noun.text.ends_with('s') && !noun.text.ends_with("ss"));
            (Somebody::of(words).filter(|somebody| is_named || somebody.is_anybody())?, act)
        }
        None if before.is_empty() => (Somebody::of(rest.get(..1)?).filter(Somebody::is_anybody)?, rest.get(1)?),
        None => (Somebody::default(), rest.first()?),
    };
    let sentence = subject.sentence(around.site.code.get(act.start..)?, says)?;
    let last = to.map_or(allow.saturating_add(usize::from(before.is_empty())), |to| allow.saturating_add(1).saturating_add(to));
    if before.is_empty() {
        return offer(around, opening, &sentence, (allow.saturating_add(1), last), mistakes::too_much);
    }
    offer(around, opening, &sentence, (opening, last), mistakes::other_order)
}

/// `read document is allowed if …`, `… is forbidden unless …`, `… should only be possible when …`
pub(super) fn act_is_allowed(around: &Around<'_>) -> Option<Diagnostic> {
    const GIVEN: [&str; 18] = [
        "is",
        "are",
        "be",
        "should",
        "may",
        "can",
        "must",
        "will",
        "shall",
        "allowed",
        "permitted",
        "possible",
        "granted",
        "okay",
        "ok",
        "only",
        "acceptable",
        "fine",
    ];
    const REFUSED: [&str; 11] =
        ["not", "never", "forbidden", "prohibited", "denied", "disallowed", "refused", "rejected", "blocked", "banned", "impossible"];
    let (opening, _) = around.opening()?;
    let tokens = around.tokens.get(opening..)?;
    let is_said = |token: &Token<'_>| GIVEN.contains(&token.text) || REFUSED.contains(&token.text);
    let from = tokens.iter().position(is_said).filter(|&from| from > 0)?;
    let length = tokens.get(from..)?.iter().take_while(|token| is_said(token)).count();
    let said = tokens.get(from..from.saturating_add(length))?;
    let head = around.site.code.get(tokens.first()?.start..tokens.get(from)?.start)?.trim();
    let condition = tokens.get(from.saturating_add(length));
    let (word, rest) = match condition {
        Some(word) if CONDITIONS.contains(&word.text) => ("if", around.site.code.get(word.end()..)?),
        Some(word) if word.text == "unless" => ("unless", around.site.code.get(word.end()..)?),
        Some(_) => return None,
        None => ("", ""),
    };
    let has = |words: &[&str]| said.iter().any(|token| words.contains(&token.text));
    let sentence = match (has(&REFUSED), has(&["only"]), word) {
        // `only when` by itself is another mistake.
        (false, true, "if") if said.len() > 1 => format!("{head} only if{rest}"),
        (false, false, _) if said.len() > 1 => format!("allow {head} {word}{rest}"),
        (true, false, _) => format!("never {head} {word}{rest}"),
        _ => return None,
    };
    let first = opening.saturating_add(from);
    offer(around, opening, sentence.trim_end(), (first, first.saturating_add(length).saturating_sub(1)), mistakes::other_order)
}

/// `only edit document if user is active`
pub(super) fn only_first(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening().filter(|(_, first)| first.text.eq_ignore_ascii_case("only"))?;
    let act = around.tokens.get(opening.saturating_add(1)).filter(|act| !is_reserved(act.text))?;
    let (act, condition) = divided(around.site.code.get(act.start..)?);
    let (_, condition) = condition.filter(|(word, _)| *word == "if")?;
    offer(around, opening, &format!("{act} only if {condition}"), (opening, opening), mistakes::other_order)
}

/// `user must be active to edit document`
pub(super) fn must_be(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening()?;
    let tokens = around.tokens.get(opening..)?;
    let must = tokens.iter().position(|token| matches!(token.text, "must" | "should" | "has" | "have" | "needs" | "need"))?;
    let be = must.saturating_add(tokens.get(must..)?.iter().take(3).position(|token| token.text == "be")?);
    let to = be.saturating_add(tokens.get(be..)?.iter().position(|token| token.text == "to")?);
    let somebody = Somebody::of(tokens.get(..must)?)?;
    let (first, last) = (tokens.get(be.saturating_add(1))?, tokens.get(to.checked_sub(1)?)?);
    let is = around.site.code.get(first.start..last.end())?;
    let act = around.site.code.get(tokens.get(to.saturating_add(1))?.start..)?.trim_end_matches('.');
    let sentence = format!("{act} requires {} is {is}", somebody.noun);
    offer(around, opening, &sentence, (opening.saturating_add(must), opening.saturating_add(be)), mistakes::other_order)
}

/// `if user is admin then allow read document`
pub(super) fn condition_first(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, first) = around.opening()?;
    let word = first.text.to_ascii_lowercase();
    if word != "unless" && !CONDITIONS.contains(&word.as_str()) {
        return None;
    }
    let verb = around.tokens.iter().skip(opening).position(|token| matches!(token.text, "allow" | "never"))?.saturating_add(opening);
    let (from, to) = (around.tokens.get(opening)?.end(), around.tokens.get(verb)?.start);
    let condition = around.site.code.get(from..to)?.trim().trim_end_matches([',', ':']).trim_end();
    let condition = condition.strip_suffix("then").unwrap_or(condition).trim_end().trim_end_matches(',');
    let rule = around.site.code.get(to..)?.trim_end_matches('.');
    let word = if word == "unless" { "unless" } else { "if" };
    let sentence = format!("{rule} {word} {condition}");
    if !around.is_statement(&sentence) {
        return None;
    }
    let change = Vec::from([(around.span_of(opening, around.tokens.len().saturating_sub(1))?, sentence.clone())]);
    let help = format!("begin with the verb, and put the condition after it: {}", mistakes::quoted(&sentence));
    Some(mistakes::out_of_order(around.span(first), first.text, &help, change))
}

/// `allow edit document that is public`, `… whose owner is the user`, `… for active users`
pub(super) fn relative(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening().filter(|(_, first)| !matches!(first.text, "a" | "an" | "the"))?;
    let is_relative = |token: &Token<'_>| matches!(token.text, "that" | "which" | "who" | "whose");
    let at = around.tokens.iter().skip(opening).position(is_relative)?.saturating_add(opening);
    let (thing, word) = (around.tokens.get(at.checked_sub(1)?)?, around.tokens.get(at)?);
    if thing.sort != Sort::Word || is_reserved(thing.text) || around.tokens.iter().take(at).any(|token| token.text == "if") {
        return None;
    }
    let owned = around.tokens.get(at.saturating_add(1)).filter(|_| word.text == "whose");
    let (last, meant) = match owned {
        Some(field) => (field, format!("if {}.{}", thing.text, field.text)),
        None => (word, format!("if {}", thing.text)),
    };
    let span = around.site.span(word.start..last.end());
    around.said(span, &meant, Leads::ToTheEnd)
}

/// `allow read document if and only if user is admin`
pub(super) fn if_and_only_if(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening().filter(|(_, first)| first.text == "allow")?;
    let at = around.tokens.iter().position(|token| token.text == "if").filter(|&at| at > opening)?;
    let words = ["if and only if", "if , and only if ,", "if , and only if"];
    let length = words.iter().find_map(|words| super::said::length_of(words, around.tokens.get(at..)?))?;
    let (act, condition) = (around.tokens.get(opening.saturating_add(1))?, around.tokens.get(at.saturating_add(length))?);
    let act = around.site.code.get(act.start..around.tokens.get(at)?.start)?.trim_end();
    let sentence = format!("{act} only if {}", around.site.code.get(condition.start..)?);
    let (span, all) =
        (around.span_of(at, at.saturating_add(length).saturating_sub(1))?, around.span_of(opening, around.tokens.len().saturating_sub(1))?);
    let title = format!("write {}", mistakes::quoted(&sentence));
    let found = mistakes::other_phrase(span, around.site.words(span), Some("only if"), &title, Vec::new());
    around.is_statement(&sentence).then(|| found.suggestion(title, Vec::from([(all, sentence)])))
}

/// `allow read document only for admins`
pub(super) fn only_for(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, first) = around.opening()?;
    let only = around
        .tokens
        .windows(2)
        .position(|pair| matches!(pair, [only, of] if only.text == "only" && matches!(of.text, "for" | "by" | "to")))?;
    let words = around.tokens.get(only.saturating_add(2)..)?;
    let length = words.iter().take_while(|token| token.sort == Sort::Word && !CONDITIONS.contains(&token.text)).count();
    let condition = Somebody::of(words.get(..length)?).filter(|_| length == words.len())?.condition()?;
    let act = around.tokens.get(opening.saturating_add(usize::from(first.text == "allow")))?;
    let act = around.site.code.get(act.start..around.tokens.get(only)?.start)?.trim_end();
    offer(around, opening, &format!("{act} only if {condition}"), (only, only.saturating_add(1).saturating_add(length)), mistakes::too_much)
}

/// `allow edit document for active users`
pub(super) fn for_whom(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, _) = around.opening()?;
    let at =
        around.tokens.iter().position(|token| matches!(token.text, "for" | "by" | "to")).filter(|&at| at > opening.saturating_add(1))?;
    let words = around.tokens.get(at.saturating_add(1)..)?;
    let length = words.iter().take_while(|token| token.sort == Sort::Word && !CONDITIONS.contains(&token.text)).count();
    let somebody = Somebody::of(words.get(..length)?).filter(|_| length == words.len())?;
    let before = around.site.code.get(..around.tokens.get(at)?.start)?.trim_end();
    let change = match somebody.condition() {
        Some(condition) => format!("{before} if {condition}"),
        None => before.to_string(),
    };
    let sentence = change.get(around.tokens.get(opening)?.start..)?;
    offer(around, opening, sentence, (at, at.saturating_add(length)), mistakes::too_much)
}

/// The sentence in the place of the statement, behind its annotations and label; `at` are the first and last word that are no words of
/// a rule.
fn offer(around: &Around<'_>, opening: usize, sentence: &str, at: (usize, usize), told: Told) -> Option<Diagnostic> {
    let before = around.site.code.get(..around.tokens.get(opening)?.start)?;
    if !around.is_statement(&format!("{before}{sentence}")) {
        return None;
    }
    let span = around.span_of(at.0, at.1)?;
    let all = around.span_of(opening, around.tokens.len().saturating_sub(1))?;
    Some(told(span, around.site.words(span), all, sentence))
}

/// The message about words in another order: where they stand, the words, all of the sentence, and the sentence as a rule.
type Told = fn(crate::source::Span, &str, crate::source::Span, &str) -> Diagnostic;

/// The words between who and what: where they stand, how many they are, and what they say.
fn modal(around: &Around<'_>, opening: usize) -> Option<(usize, usize, Says)> {
    let ends = |token: &Token<'_>| CONDITIONS.contains(&token.text) || matches!(token.text, "unless" | "because" | "allow" | "never");
    let end = around.tokens.iter().skip(opening).position(ends).map_or(around.tokens.len(), |at| at.saturating_add(opening));
    (opening.saturating_add(1)..end).find_map(|at| {
        MODALS.iter().find_map(|(said, says)| {
            let length = super::said::length_of(said, around.tokens.get(at..)?)?;
            Some((at, length, *says))
        })
    })
}

/// Of whom a sentence speaks.
#[derive(Debug, Default)]
struct Somebody {
    /// `user` for `active users`.
    noun: String,
    /// `active`
    is: Vec<String>,
    is_nobody: bool,
    /// `only`
    is_alone: bool,
}

impl Somebody {
    /// Of `only active users`, `nobody`, `the editor`; nothing where other words are among them.
    fn of(tokens: &[Token<'_>]) -> Option<Self> {
        let mut made = Self::default();
        let mut names = Vec::new();
        for token in tokens {
            let small = token.text.to_ascii_lowercase();
            match small.as_str() {
                "no" => made.is_nobody = true,
                "one" if made.is_nobody => names.push(String::from("user")),
                "only" => made.is_alone = true,
                // Nobody else: only those.
                "except" | "but" if made.is_nobody => {
                    made.is_nobody = false;
                    made.is_alone = true;
                    names.clear();
                }
                "except" | "but" => return None,
                // Things, not people.
                "anything" | "everything" | "nothing" => return None,
                // Of somebody, or in something: more is said of him than words beside each other say.
                "of" | "in" | "with" | "from" | "at" | "on" | "for" | "by" | "who" | "that" | "whose" => return None,
                _ if NOBODY.contains(&small.as_str()) => {
                    made.is_nobody = true;
                    names.push(String::from("user"));
                }
                _ if DETERMINERS.contains(&small.as_str()) => {}
                _ if token.sort == Sort::Word && !is_reserved(&small) && !small.contains('.') => names.push(small),
                _ => return None,
            }
        }
        let noun = names.pop()?;
        // Nobody says `active user may …` without an article: that is an act.
        let is_plural = noun.ends_with('s') && !noun.ends_with("ss") || ANYBODY.contains(&noun.as_str());
        if !names.is_empty() && !is_plural && !tokens.iter().any(|token| DETERMINERS.contains(&token.text)) {
            return None;
        }
        let singular = noun.strip_suffix('s').filter(|noun| noun.len() > 2).unwrap_or(&noun);
        made.is = names;
        if ANYBODY.contains(&singular) {
            made.noun = String::from("user");
        } else {
            made.is.push(singular.into());
            made.noun = String::from("user");
        }
        Some(made)
    }

    fn is_anybody(&self) -> bool {
        self.is.is_empty() && !self.is_nobody && !self.is_alone
    }

    /// What is said of him: `user is active`.
    fn condition(&self) -> Option<String> {
        let said: Vec<String> = self.is.iter().map(|is| format!("{} is {is}", self.noun)).collect();
        (!said.is_empty()).then(|| said.join(" and "))
    }

    /// A rule that says it of this act: `rest` is the act and what follows.
    fn sentence(&self, rest: &str, says: Says) -> Option<String> {
        let (act, condition) = divided(rest);
        let own = self.condition();
        // Who and what else: both have to hold.
        let both = |other: &str| match &own {
            Some(own) if own != other => format!("{own} and {other}"),
            Some(_) | None => other.to_string(),
        };
        let alternative = |other: &str| own.is_some() && (other.contains(" or ") || other.contains(" unless "));
        match (says, condition) {
            (MayOnly, Some(("if", other))) if !alternative(other) => Some(format!("{act} only if {}", both(other))),
            (May, Some(("if", other))) if self.is_alone && !alternative(other) => Some(format!("{act} only if {}", both(other))),
            (May, None) if self.is_alone => Some(format!("{act} only if {}", own?)),
            (May, Some(("unless", other))) if self.is_nobody => Some(format!("{act} only if {other}")),
            (May | MayNot, Some((word, other))) if !alternative(other) => {
                let verb = if self.is_nobody || says == MayNot { "never" } else { "allow" };
                match (word, own.as_ref()) {
                    ("unless", Some(own)) => Some(format!("{verb} {act} if {own} unless {other}")),
                    ("unless", None) => Some(format!("{verb} {act} unless {other}")),
                    (_, _) => Some(format!("{verb} {act} if {}", both(other))),
                }
            }
            (May | MayNot, None) => {
                let verb = if self.is_nobody || says == MayNot { "never" } else { "allow" };
                Some(own.map_or_else(|| format!("{verb} {act}"), |own| format!("{verb} {act} if {own}")))
            }
            (MayOnly, None | Some(_)) | (May | MayNot, Some(_)) => None,
        }
    }
}

/// An act, and the condition that follows it.
fn divided(rest: &str) -> (&str, Option<(&'static str, &str)>) {
    let rest = rest.trim_end().trim_end_matches('.');
    let words = CONDITIONS.iter().map(|word| (*word, "if")).chain([("provided that", "if"), ("unless", "unless")]);
    let found = words.filter_map(|(word, meant)| rest.find(&format!(" {word} ")).map(|at| (at, word.len(), meant)));
    // Of two that begin alike, the longer one is meant.
    let found = found.min_by_key(|(at, length, _)| (*at, core::cmp::Reverse(*length)));
    match found {
        Some((at, length, meant)) => {
            let condition = rest.get(at.saturating_add(length).saturating_add(2)..).unwrap_or("");
            (rest.get(..at).unwrap_or(rest), Some((meant, condition)))
        }
        None => (rest, None),
    }
}
