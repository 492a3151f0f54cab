//! What people say in many ways, and what onlyif says: words that are exchanged, and words that are left out.
//!
//! The tables are the place to add to. None of their entries says where in a sentence it belongs: an entry holds wherever the
//! sentence can be read on with what is meant in its place, and nowhere else (`trial`).

use super::Around;
use super::mistakes;
use super::trial::Leads;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::Token;
use alloc::format;
use alloc::vec::Vec;

/// What is said, and what is meant. The longer one of two that begin alike stands first.
const SAID: &[(&str, &str)] = &[
    // How much, and when.
    ("greater than or equal to", "at least"),
    ("greater than or equal", "at least"),
    ("less than or equal to", "at most"),
    ("less than or equal", "at most"),
    ("greater or equal to", "at least"),
    ("less or equal to", "at most"),
    ("no later than", "on or before"),
    ("not later than", "on or before"),
    ("no earlier than", "on or after"),
    ("not earlier than", "on or after"),
    ("no sooner than", "on or after"),
    ("no more than", "at most"),
    ("no greater than", "at most"),
    ("no higher than", "at most"),
    ("no larger than", "at most"),
    ("no longer than", "at most"),
    ("no less than", "at least"),
    ("no fewer than", "at least"),
    ("no lower than", "at least"),
    ("no smaller than", "at least"),
    ("a maximum of", "at most"),
    ("a minimum of", "at least"),
    ("at last", "at least"),
    ("at the most", "at most"),
    ("at the least", "at least"),
    ("at maximum", "at most"),
    ("at minimum", "at least"),
    ("up to", "at most"),
    ("max .", "at most"),
    ("min .", "at least"),
    ("max", "at most"),
    ("min", "at least"),
    ("maximum", "at most"),
    ("minimum", "at least"),
    ("maximally", "at most"),
    ("minimally", "at least"),
    ("does not exceed", "is at most"),
    ("exceeds", "is more than"),
    ("exceed", "is more than"),
    ("prior to", "before"),
    ("earlier than", "before"),
    ("sooner than", "before"),
    ("later than", "after"),
    ("is as of", "is on or after"),
    ("is since", "is on or after"),
    ("is until", "is on or before"),
    ("is till", "is on or before"),
    ("is by", "is on or before"),
    ("lies between", "is between"),
    ("falls between", "is between"),
    // Whether it is the same.
    ("is not equal to", "is not"),
    ("is none of", "is not one of"),
    ("is called", "is"),
    ("is considered", "is"),
    ("counts as", "is"),
    ("is the same as", "is"),
    ("is same as", "is"),
    ("is identical to", "is"),
    ("is equal to", "is"),
    ("is different from", "is not"),
    ("is different than", "is not"),
    ("is different to", "is not"),
    ("is other than", "is not"),
    ("differs from", "is not"),
    ("was not", "is not"),
    ("were not", "is not"),
    ("has been", "is"),
    ("have been", "is"),
    ("will be", "is"),
    ("was", "is"),
    ("were", "is"),
    ("had", "has"),
    ("not is", "is not"),
    ("not has", "has no"),
    ("does not have", "has no"),
    ("does not be", "is not"),
    // Whether it is one of several.
    ("any one of", "one of"),
    ("any of", "one of"),
    ("either of", "one of"),
    ("among", "in"),
    ("amongst", "in"),
    ("contained in", "in"),
    ("included in", "in"),
    ("listed in", "in"),
    ("found in", "in"),
    ("part of", "in"),
    ("a member of", "in"),
    ("member of", "in"),
    ("appears in", "is in"),
    // Of texts.
    ("begins with", "starts with"),
    ("begin with", "start with"),
    ("beginning with", "starts with"),
    ("starting with", "starts with"),
    ("ending with", "ends with"),
    ("ending in", "ends with"),
    ("ends in", "ends with"),
    ("containing", "contains"),
    ("including", "contains"),
    ("includes", "contains"),
    ("matches with", "is"),
    ("logged in", "logged-in"),
    ("logged on", "logged-on"),
    ("signed in", "signed-in"),
    ("signed up", "signed-up"),
    ("checked in", "checked-in"),
    // What joins conditions.
    ("and / or", "or"),
    ("and or", "or"),
    ("or else", "otherwise"),
    ("or else", "or"),
    ("or if", "or"),
    ("or when", "or"),
    ("and if", "and"),
    ("as well as", "and"),
    ("along with", "and"),
    ("together with", "and"),
    // What begins a condition.
    ("if and only if", "only if"),
    ("only in case", "only if"),
    ("in the event that", "if"),
    ("in the case that", "if"),
    ("in case that", "if"),
    ("in case", "if"),
    ("on the condition that", "if"),
    ("on condition that", "if"),
    ("under the condition that", "if"),
    ("provided that", "if"),
    ("providing that", "if"),
    ("assuming that", "if"),
    ("given that", "if"),
    ("as long as", "if"),
    ("so long as", "if"),
    ("subject to", "if"),
    ("provided", "if"),
    ("providing", "if"),
    ("assuming", "if"),
    ("supposing", "if"),
    ("whenever", "if"),
    ("while", "if"),
    ("iff", "if"),
    ("when", "if"),
    ("where", "if"),
    ("except in case", "unless"),
    ("except when", "unless"),
    ("except where", "unless"),
    ("except if", "unless"),
    ("unless when", "unless"),
    ("unless if", "unless"),
    ("but not when", "unless"),
    ("but not if", "unless"),
    ("not when", "unless"),
    ("not if", "unless"),
    ("save if", "unless"),
    ("except", "unless"),
    ("excepting", "unless"),
    // German words between English ones.
    ("nur wenn", "only if"),
    ("nur falls", "only if"),
    ("wenn", "if"),
    ("falls", "if"),
    ("sofern", "if"),
    ("ist nicht", "is not"),
    ("ist mindestens", "is at least"),
    ("mindestens", "at least"),
    ("maximal", "at most"),
    ("oder", "or"),
    ("nicht", "not"),
    ("hat", "has"),
    // Any act.
    ("allow anything to", "allow do anything to"),
    ("never anything to", "never do anything to"),
    ("allow everything to", "allow do anything to"),
    // Reasons and outcomes.
    ("for the reason", "because"),
    ("reason :", "because"),
    ("message :", "because"),
    ("because :", "because"),
    ("otherwise :", "otherwise"),
    ("reason", "because"),
    ("message", "because"),
    ("explanation", "because"),
    ("expect that it is", "expect"),
    ("expect it to be", "expect"),
    ("expect it is", "expect"),
    ("expect to be", "expect"),
    ("expect not allowed", "expect denied"),
    ("expect not denied", "expect allowed"),
    ("expected", "expect"),
    ("and expect", "expect"),
    ("and when", "when"),
    ("and when", "and"),
    ("when and only when", "only if"),
    // Declarations.
    ("actions", "act"),
    ("action", "act"),
    ("acts", "act"),
    ("a setting", "setting"),
    ("every", "a"),
    ("each", "a"),
    ("is defined as", "means"),
    ("stands for", "means"),
    ("mean", "means"),
    ("by default", "assumed"),
    ("defaults to", "assumed"),
    ("default :", "assumed"),
    ("default =", "assumed"),
    ("default is", "assumed"),
    ("default", "assumed"),
    ("initially", "assumed"),
    ("ref to", "reference to"),
    ("a reference to", "reference to"),
];

/// Words that can be left out without changing what is said.
const LEFT_OUT: &[&str] = &[
    "that",
    "either",
    "both",
    "please",
    "yet",
    "already",
    "currently",
    "presently",
    "then",
    "always",
    "whether",
    "also",
    "there",
    "really",
    "actually",
    "still",
    "just",
    "simply",
    "ever",
    "being",
    "be",
    "to",
    "so",
    "it",
    "the",
    "a",
    "an",
    "of",
    "on",
    "say",
    "show",
    "tell",
];

/// `is no later than`, `except when`, `begins with`
pub(super) fn otherwise(around: &Around<'_>) -> Option<Diagnostic> {
    // In a scenario `when` asks about an act.
    let is_scenario = around.opening().is_some_and(|(_, opening)| matches!(opening.text, "scenario" | "background"));
    around.window(4, 1).find_map(|first| {
        SAID.iter().filter(|(_, meant)| !is_scenario || *meant != "if").find_map(|(said, meant)| {
            let length = length_of(said, around.tokens.get(first..)?)?;
            // The words that could not be read are among them, or stand right behind.
            let last = first.saturating_add(length).saturating_sub(1);
            let near = last.saturating_add(2) >= around.at && first <= around.at.saturating_add(1);
            near.then(|| around.said(around.span_of(first, last)?, meant, Leads::On)).flatten()
        })
    })
}

/// `either`, `that`, `already`
pub(super) fn left_out(around: &Around<'_>) -> Option<Diagnostic> {
    let is_about_nothing = around.tokens.iter().any(|token| token.text == "there");
    around.window(3, 1).find_map(|at| {
        let word = around.tokens.get(at).filter(|token| !is_about_nothing || token.text == "there")?.text.to_ascii_lowercase();
        let goes_on = around.tokens.get(at.saturating_add(1)).is_some_and(|next| !next.begins_line);
        (goes_on && LEFT_OUT.contains(&word.as_str())).then(|| around.left_out(at, at, Leads::ToTheEnd)).flatten()
    })
}

/// `neither A nor B`, `is neither "a" nor "b"`
pub(super) fn neither(around: &Around<'_>) -> Option<Diagnostic> {
    let place = |word: &str| around.tokens.iter().position(|token| token.text.eq_ignore_ascii_case(word));
    let (neither, nor) = (place("neither")?, place("nor")?);
    let (before, first, last) = (around.tokens.get(neither.checked_sub(1)?)?, around.tokens.get(neither)?, around.tokens.get(nor)?);
    let after = around.tokens.get(nor.saturating_add(1))?;
    let value = around.site.code.get(first.end()..last.start)?.trim();
    let change = if matches!(before.text, "is" | "are") {
        Vec::from([(around.site.span(first.start..after.end()), format!("not one of [{value}, {}]", after.text))])
    } else {
        Vec::from([(around.span(*first), "not".into()), (around.span(*last), "and not".into())])
    };
    let help = if change.len() == 1 { "write `is not one of [A, B]`" } else { "write `not A and not B`" };
    (around.leads(&change) > Leads::Nowhere).then(|| mistakes::other_phrase(around.span(*first), first.text, Some("not"), help, change))
}

/// How many tokens the words are, if the tokens begin with them. Capitals are no other words.
pub(super) fn length_of(words: &str, tokens: &[Token<'_>]) -> Option<usize> {
    let mut length = 0;
    for word in words.split(' ') {
        tokens.get(length).filter(|token| token.text.eq_ignore_ascii_case(word))?;
        length = length.saturating_add(1);
    }
    Some(length)
}
