//! What is said again of the subject before it: `user is active and not suspended`, `user.role is admin or editor`.

use super::{Checker, messages};
use crate::source::Span;
use crate::tree::{Expr, Form, Name, Node, Sentence};
use crate::value::Value;
use crate::vocabulary::Type;
use alloc::format;
use alloc::string::String;

impl<'t> Checker<'t> {
    /// Is `one` a word by itself that is meant to be said of the subject of `before`? Then that is reported.
    pub(super) fn said_again(&mut self, before: &'t Expr, one: &'t Expr, or: bool) -> bool {
        let (Node::Sentence(sentence), Some((word, negated))) = (&before.node, bare(one)) else { return false };
        if self.names_something(word) {
            return false;
        }
        let all = before.span.to(one.span);
        if let Some(meant) = self.in_one_sentence(sentence, word, or && !negated) {
            self.report(messages::one_sentence(word, all, &meant));
            return true;
        }
        let Some(subject) = self.subject(&sentence.subject) else { return false };
        if !self.can_be_said(&subject, word) {
            return false;
        }
        let meant = format!("{} is {}{}", self.sources.words(sentence.subject.span), if negated { "not " } else { "" }, word.text);
        self.report(messages::subject_again(word, one.span, &meant));
        true
    }

    /// One sentence for `user.age is 18 or older` and for `user.role is admin or editor`.
    fn in_one_sentence(&mut self, sentence: &'t Sentence, word: &Name, or: bool) -> Option<String> {
        let subject = self.sources.words(sentence.subject.span);
        let said: (Span, bool) = if let Form::Equal(value) = &sentence.form {
            (value.span, matches!(&value.node, Node::Literal { value: Value::Number(_) | Value::Money(_), .. }))
        } else if let Form::Word { word, object: None, .. } = &sentence.form {
            (word.span, false)
        } else {
            return None;
        };
        let value = self.sources.words(said.0);
        let bound = match word.text.as_str() {
            "older" | "more" | "over" | "above" | "higher" | "greater" | "up" | "longer" | "larger" => Some("at least"),
            "younger" | "less" | "under" | "below" | "lower" | "fewer" | "shorter" | "smaller" => Some("at most"),
            _ => None,
        };
        if let Some(bound) = bound.filter(|_| said.1 && !sentence.negated) {
            return Some(format!("{subject} is {bound} {value}"));
        }
        let owner = self.subject(&sentence.subject)?;
        let Type::Choice(choice) = self.type_of(&owner) else { return None };
        let listed = choice.rank(&word.text).is_some() && (or || sentence.negated);
        let not = if sentence.negated { "not " } else { "" };
        listed.then(|| format!("{subject} is {not}one of [{value}, {}]", word.text))
    }

    /// Is there a fact, a constant, a kind or a variable of this name?
    fn names_something(&self, word: &Name) -> bool {
        let text = word.text.as_str();
        self.names.facts.contains_key(text)
            || self.names.kinds.contains_key(text)
            || self.names.constants.contains_key(text)
            || self.names.settings.contains_key(text)
            || self.in_scope(text)
    }
}

/// The word that a condition consists of, and whether it is denied.
fn bare(one: &Expr) -> Option<(&Name, bool)> {
    if let Node::Not(inner) = &one.node {
        return bare(inner).map(|(word, negated)| (word, !negated));
    }
    let Node::Path { the: false, path } = &one.node else { return None };
    path.fields.is_empty().then_some((&path.root, false))
}
