//! What would change a decision, and what to ask next.

use crate::act::Outcome;
use crate::value::Value;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// The smallest sets of changes that lead to an outcome.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request};
/// let policy = Policy::new("allow sign-in if the age is at least 18")?;
/// let found = policy.decide(&Request::without_thing("sign-in").with("age", 12)).suggestions(Outcome::Allowed);
/// assert_eq!((found.wanted, found.complete), (Outcome::Allowed, true));
/// assert_eq!(found.list[0].to_string(), "age: 18 instead of 12");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Suggestions {
    /// The outcome that is wanted.
    pub wanted: Outcome,
    /// The sets, the easiest first: unknown facts supplied before known ones changed, then fewer changes, then smaller ones. Each
    /// was decided again, and none holds another.
    pub list: Vec<Suggestion>,
    /// Was everything tried, or did the search stop at a limit, or meet a condition for which it knows no values to try?
    pub complete: bool,
    /// Why the list stopped or is empty, in words; none where there is nothing to say.
    pub note: Option<String>,
    /// The ids of the rules that stand in the way whatever is changed, where nothing was found.
    pub blocked_by: Vec<String>,
}

/// Changes that together lead to the wanted outcome, and none of which can be left out.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request};
/// let policy = Policy::new("share expertise only if requester committed")?;
/// let found = policy.decide(&Request::new("share", "expertise")).suggestions(Outcome::Allowed);
/// assert_eq!(found.list[0].changes[0].path, "requester.committed");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The changes, in the order of the rules that read the facts.
    pub changes: Vec<Change>,
}

/// A fact, and the value to give it.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request, Value};
/// let policy = Policy::new("never post if the length is more than 280\nallow post")?;
/// let found = policy.decide(&Request::without_thing("post").with("length", 300)).suggestions(Outcome::Allowed);
/// let change = &found.list[0].changes[0];
/// assert_eq!((&change.from, &change.to), (&Some(Value::from(300)), &Value::from(280)));
/// assert_eq!(change.keys, ["length"]);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The fact, as rules write it.
    pub path: String,
    /// The keys that lead to it in a request: what [`Request::set_path`](crate::Request::set_path) takes.
    pub keys: Vec<String>,
    /// What it is now; none where the request does not say.
    pub from: Option<Value>,
    /// What to make of it.
    pub to: Value,
    /// Is any other value that no rule names as good as this one?
    pub any_other: bool,
}

/// Which answers to what is not known lead where.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request};
/// let policy = Policy::new("share expertise only if requester committed")?;
/// let leads = policy.decide(&Request::new("share", "expertise")).leads();
/// assert_eq!(leads[1].to_string(), "requester.committed: no");
/// assert_eq!(leads[1].outcome, Outcome::Denied);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lead {
    /// The answers.
    pub answers: Suggestion,
    /// What they decide.
    pub outcome: Outcome,
}

/// A fact to ask for.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let policy = onlyif::Policy::new("share expertise only if requester committed")?;
/// let question = policy.decide(&onlyif::Request::new("share", "expertise")).next_question().expect("it is not known yet");
/// assert_eq!((question.path.as_str(), question.fact_type.as_str()), ("requester.committed", "yes/no"));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// The fact, as rules write it.
    pub path: String,
    /// The keys that lead to it in a request: what [`Request::set_path`](crate::Request::set_path) takes.
    pub keys: Vec<String>,
    /// Its type, in the words of the language.
    pub fact_type: String,
    /// The sentences that hang on it, as their author wrote them.
    pub conditions: Vec<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = crate::diagnostic::escape(&self.path);
        if let (Some(Value::List(from)), Value::List(to)) = (&self.from, &self.to) {
            let (added, left_out) = (to.iter().find(|item| !from.contains(item)), from.iter().find(|item| !to.contains(item)));
            match (added, left_out) {
                (Some(added), None) => return write!(f, "{path}: with {added}"),
                (None, Some(left_out)) => return write!(f, "{path}: without {left_out}"),
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        match (&self.from, self.any_other) {
            (Some(Value::None), true) => write!(f, "{path}: any value that no rule names"),
            (Some(from), true) => write!(f, "{path}: something other than {from}"),
            (None, true) => write!(f, "{path}: any value that no rule names"),
            (Some(from), false) => write!(f, "{path}: {} instead of {from}", self.to),
            (None, false) => write!(f, "{path}: {}", self.to),
        }
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, change) in self.changes.iter().enumerate() {
            let between = match at {
                0 => "",
                at if at.saturating_add(1) == self.changes.len() => " and ",
                _ => ", ",
            };
            write!(f, "{between}{change}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.answers.fmt(f)
    }
}
