//! Why a request was decided as it was, and what would change it: for people, and for programs.

mod json;
mod markdown;
mod page;
mod suggestion;
mod text;

pub use suggestion::{Change, Lead, Question, Suggestion, Suggestions};

use crate::act::{Outcome, Verb};
use crate::source::Place;
use crate::value::Value;
use alloc::string::String;
use alloc::vec::Vec;

/// Why a request was decided as it was: the rules that decided, in their author's words, with the facts that made them so.
///
/// It is printed as plain text of a screen, and [`Explanation::in_full`] is all of it; [`Explanation::to_json`] and
/// [`Explanation::to_markdown`] are its other forms. The value of a
/// private fact is in none of them.
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Because, Policy, Request, value::Record};
/// let policy = Policy::new("share expertise only if requester committed")?;
/// let request = Request::new("share", "expertise").with("requester", Record::new().with("committed", false));
/// let why = policy.decide(&request).why();
/// assert_eq!(why.because, Because::Forbidden);
/// assert_eq!(why.rules[0].conditions[0].facts[0].path, "requester.committed");
/// assert_eq!(why.suggestions[0].list[0].to_string(), "requester.committed: yes instead of no");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The act that was asked about, as rules write it.
    pub act: String,
    /// What the request calls it, where that is another name.
    pub asked_as: Option<String>,
    /// What was decided.
    pub outcome: Outcome,
    /// Which sort of answer it is.
    pub because: Because,
    /// The rules that decided, in the author's order; where nothing allows the act, the rules that could have.
    pub rules: Vec<Finding>,
    /// How many more rules decided than are listed.
    pub more_rules: usize,
    /// The other rules on the act. Of an allowed act, those that might have forbidden it have their conditions, too: it hangs on them.
    pub others: Vec<Finding>,
    /// How many more there are than are listed.
    pub more_others: usize,
    /// What keeps it undetermined besides the conditions of rules, in words.
    pub problems: Vec<String>,
    /// What would change it. For an undetermined decision, towards both sides.
    pub suggestions: Vec<Suggestions>,
}

/// Which sort of answer a decision is. *Nothing allows it* and *something forbids it* are two things, although both are denied.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Because, Policy, Request};
/// let policy = Policy::new("allow read file if user is trusted\nnever print file")?;
/// let because = |action: &str| policy.decide(&Request::new(action, "file")).why().because;
/// assert_eq!((because("print"), because("delete"), because("read")), (Because::Forbidden, Because::NothingAllows, Because::NotKnown));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// Some rule allows it, and none forbids it.
    Allowed,
    /// A rule forbids it: a `never`, or a limit that is not met.
    Forbidden,
    /// No rule allows it.
    NothingAllows,
    /// The policy lists its acts, and this is none of them.
    NoSuchAct,
    /// Something that decides is not known.
    NotKnown,
}

impl Because {
    /// As it is written in JSON: `nothing-allows` for [`Because::NothingAllows`].
    ///
    /// ```
    /// assert_eq!(onlyif::Because::NothingAllows.as_str(), "nothing-allows");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Because::Allowed => "allowed",
            Because::Forbidden => "forbidden",
            Because::NothingAllows => "nothing-allows",
            Because::NoSuchAct => "no-such-act",
            Because::NotKnown => "not-known",
        }
    }
}

/// A rule, and what came of it.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let policy = onlyif::Policy::new("rule quiet:\n  never ring bell if the hour is more than 21\nallow ring bell")?;
/// let request = onlyif::Request::new("ring", "bell").with("hour", 23);
/// let why = policy.decide(&request).why();
/// assert_eq!((why.rules[0].rule.as_str(), why.rules[0].said.as_str()), ("policy/quiet", "forbids it"));
/// assert_eq!(why.rules[0].text, "never ring bell if the hour is more than 21");
/// assert_eq!(why.others[0].said, "would allow it, but what forbids it has the last word");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// Its id: `POLICY/NAME`, or `POLICY/ACT/NUMBER` where it has no name.
    pub rule: String,
    /// Its verb.
    pub verb: Verb,
    /// What came of it, in a few words that follow its name: `forbids it`.
    pub said: String,
    /// Its own words on one line, without its clauses.
    pub text: String,
    /// The reasons that it gave for this decision.
    pub reasons: Vec<String>,
    /// Where it stands.
    pub span: Place,
    /// The conditions that made it so: every one that failed, or every one that had to hold.
    pub conditions: Vec<Condition>,
    /// How many more conditions there are than are listed.
    pub more: usize,
}

/// A condition in the author's words, what it was worth, and what made it so.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let policy = onlyif::Policy::new("allow post if any tag in message.tags satisfies (tag is \"calm\")")?;
/// let message = onlyif::value::Record::new().with("tags", vec!["new", "calm"]);
/// let why = policy.decide(&onlyif::Request::without_thing("post").with("message", message)).why();
/// let any = &why.rules[0].conditions[0];
/// assert_eq!((any.value, any.parts[0].element.as_deref()), (Some(true), Some("message.tags[1]")));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Condition {
    /// Its words on one line.
    pub text: String,
    /// Where they stand.
    pub span: Place,
    /// Yes, no, or none where it is not known.
    pub value: Option<bool>,
    /// The element of a list that it is said of, where it is said of one.
    pub element: Option<String>,
    /// The facts that it read.
    pub facts: Vec<Cited>,
    /// What made it so: the parts of a definition, the elements of a list, the sides of an `or`.
    pub parts: Vec<Condition>,
    /// How many more parts there are than are listed.
    pub more: usize,
}

/// A fact that a condition read.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Known, Policy, Request, value::Record};
/// let policy = Policy::new("share expertise only if requester committed")?;
/// let request = Request::new("share", "expertise").with("requester", Record::new().with("commited", true));
/// let why = policy.decide(&request).why();
/// let fact = &why.rules[0].conditions[0].facts[0];
/// assert_eq!((&fact.known, fact.near.as_deref()), (&Known::Missing, Some("commited")));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cited {
    /// What it is called, as rules write it.
    pub path: String,
    /// What is known of it.
    pub known: Known,
    /// Is it a setting of the installation, and no fact of the request?
    pub setting: bool,
    /// Was it worked out from facts that are listed too?
    pub calculated: bool,
    /// A key of the request that is nearly its own, where it is absent.
    pub near: Option<String>,
    /// Where it stands in the request's text, which is called `request`.
    pub span: Option<Place>,
}

/// What is known of a fact.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Known, Policy, Request, Value};
/// let policy = Policy::new("allow sign-in if the age is at least 18")?;
/// let why = policy.decide(&Request::without_thing("sign-in").with("age", 40)).why();
/// assert_eq!(why.rules[0].conditions[0].facts[0].known, Known::Value(Value::from(40)));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Known {
    /// It is this.
    Value(Value),
    /// It is known, and shown nowhere.
    Private,
    /// It is known to be absent.
    None,
    /// The request does not say.
    Missing,
    /// It cannot be used: why, in words.
    Unusable(String),
}
