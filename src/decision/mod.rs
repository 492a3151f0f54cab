//! What is answered.

pub(crate) mod asked;
mod json;
pub mod trace;
mod words;

pub(crate) use json::place as write_place;

pub use crate::act::Outcome;
use crate::act::Verb;
use crate::code::Code;
use crate::plan::Plan;
use crate::request::Request;
use crate::source::Place;
use crate::value::Value;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::OnceCell;

/// The answer to a request: an outcome, and on demand why.
///
/// The outcome is there at once; everything else is worked out when it is first asked for.
/// ```
/// # #[cfg(feature = "compile")] {
/// let policy = onlyif::Policy::new("share expertise only if requester committed")?;
/// let request = onlyif::Request::new("share", "expertise");
/// let decision = policy.decide(&request);
/// assert_eq!(decision.outcome(), onlyif::Outcome::Undetermined);
/// assert_eq!(decision.needs(), ["requester.committed"]);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[must_use = "a decision that nobody looks at protects nothing"]
#[derive(Clone)]
pub struct Decision<'a> {
    plan: Cow<'a, Arc<Plan>>,
    request: Cow<'a, Request>,
    outcome: Outcome,
    details: OnceCell<Box<Details>>,
}

/// Everything that can be said about a decision.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    /// Why, in words.
    pub reasons: Vec<Reason>,
    /// What the caller has to do.
    pub must: Vec<Duty>,
    /// What the caller is asked to do.
    pub should: Vec<Duty>,
    /// Duties that hang on what is not known.
    pub pending: Vec<Pending>,
    /// Paths of facts that the request does not bring and that keep it undetermined, sorted.
    pub needs: Vec<String>,
    /// Values that cannot be used and that keep it undetermined, sorted by path.
    pub problems: Vec<Problem>,
    /// The rules that decided.
    pub rules: Vec<DecidingRule>,
    /// What the cold half of the plan says; a law holds it equal to the outcome.
    pub outcome: Option<Outcome>,
}

/// Why, in words: of a rule, or because no rule allows the act.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let decision = onlyif::decide("allow read document if user is editor", onlyif::Request::new("edit", "document"))?;
/// assert_eq!(decision.reasons()[0].text(), "no rule allows `edit document`");
/// assert_eq!(decision.reasons()[0].rule, None);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// The id of the rule; none where no rule allows the act.
    pub rule: Option<String>,
    /// The verb of the rule; none where there is no rule.
    pub verb: Option<Verb>,
    /// What the rule gives as its reason, with the facts that it inserts; its own words on one line where it gives none.
    pub text: String,
    /// Where the rule stands; none where there is no rule.
    pub span: Option<Place>,
}

/// What the caller must or should do.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let decision = onlyif::decide("allow sign-in\nsign-in must log with level: 3", onlyif::Request::without_thing("sign-in"))?;
/// let duty = &decision.must()[0];
/// assert_eq!(duty.name(), Some("log"));
/// assert_eq!(duty.argument("level"), Some(&onlyif::Value::from(3)));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Duty {
    /// The name of a duty that a program knows; none where it is a sentence.
    pub name: Option<String>,
    /// A sentence for people; none where it has a name.
    pub text: Option<String>,
    /// Its arguments by name, in the order of the rule.
    pub with: Vec<(String, Value)>,
    /// The reason that the rule gives for it, if it gives one.
    pub because: Option<String>,
    /// The id of the rule that gives it.
    pub rule: String,
}

/// A duty of which it is not known whether it binds, or with what arguments.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let decision = onlyif::decide("allow sign-in\nsign-in should greet if user is new", onlyif::Request::without_thing("sign-in"))?;
/// assert!(decision.is_allowed());
/// assert_eq!(decision.pending()[0].needs, ["user.new"]);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pending {
    /// The duty; an argument that is not known is [`Value::None`].
    pub duty: Duty,
    /// Paths of the facts that are not known, as rules write them.
    pub needs: Vec<String>,
}

/// A value that cannot be used.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let request = onlyif::Request::without_thing("sign-in").with("age", "forty");
/// let decision = onlyif::decide("allow sign-in if the age is at least 18", request)?;
/// assert_eq!(decision.problems()[0].code(), onlyif::Code::WrongType);
/// assert_eq!(decision.problems()[0].message, "age is text, expected number");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Problem {
    /// The path of the value, as rules write it; elements of lists are counted from 0. Empty where it is about no single value.
    pub path: String,
    /// Which sort of problem: a code that begins with `D`.
    pub code: Code,
    /// What is wrong, in words; it never shows the value of a private fact.
    pub message: String,
}

/// A rule that decided, and what its condition was worth.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let decision = onlyif::decide("allow sign-in", onlyif::Request::without_thing("sign-in"))?;
/// let rule = &decision.rules()[0];
/// assert_eq!((rule.rule.as_str(), rule.value, rule.span.line), ("policy/sign-in/1", Some(true), 1));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecidingRule {
    /// The id of the rule: `POLICY/NAME`, or `POLICY/ACT/NUMBER` where it has no name.
    pub rule: String,
    /// The verb of the rule.
    pub verb: Verb,
    /// What its condition was worth: yes, no, or none where it is unknown.
    pub value: Option<bool>,
    /// Where the rule stands.
    pub span: Place,
}

impl Problem {
    /// Which sort of problem it is: what a program matches on, never the words.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let request = onlyif::Request::without_thing("sign-in").with("age", onlyif::Value::None);
    /// let decision = onlyif::decide("allow sign-in if the age is at least 18", request)?;
    /// assert_eq!(decision.problems()[0].code(), onlyif::Code::NoneHere);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }
}

impl Reason {
    /// The reason in words: what the rule says `because` of or `otherwise`, with the facts that it inserts, or the rule itself. It is
    /// not escaped: whoever shows it calls [`escape`](crate::escape).
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let text = "never read file if file is locked because \"Ann is writing.\"\nallow read file";
    /// let file = onlyif::value::Record::new().with("locked", true);
    /// let decision = onlyif::decide(text, onlyif::Request::new("read", "file").with("file", file))?;
    /// assert_eq!(decision.reasons()[0].text(), "Ann is writing.");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Duty {
    /// The name of a duty that a program knows; none where the duty is a sentence for people.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in\nsign-in must log", onlyif::Request::without_thing("sign-in"))?;
    /// assert_eq!(decision.must()[0].name(), Some("log"));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The sentence for people; none where the duty has a name.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in\nsign-in must \"wear a badge\"", onlyif::Request::without_thing("sign-in"))?;
    /// assert_eq!((decision.must()[0].text(), decision.must()[0].name()), (Some("wear a badge"), None));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The argument of this name; none where the rule gives it no such argument.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in\nsign-in must log with level: 3", onlyif::Request::without_thing("sign-in"))?;
    /// assert_eq!(decision.must()[0].argument("level"), Some(&onlyif::Value::from(3)));
    /// assert_eq!(decision.must()[0].argument("colour"), None);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&Value> {
        self.with.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

impl<'a> Decision<'a> {
    pub(crate) fn new(plan: &'a Arc<Plan>, request: &'a Request, outcome: Outcome) -> Self {
        Self { plan: Cow::Borrowed(plan), request: Cow::Borrowed(request), outcome, details: OnceCell::new() }
    }

    /// The same decision, which no longer borrows policy and request: to be sent or kept. It copies the request once.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("allow sign-in")?;
    /// let kept = {
    ///     let request = onlyif::Request::without_thing("sign-in");
    ///     policy.decide(&request).into_owned()
    /// };
    /// assert!(kept.is_allowed());
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn into_owned(self) -> Decision<'static> {
        Decision {
            plan: Cow::Owned(self.plan.into_owned()),
            request: Cow::Owned(self.request.into_owned()),
            outcome: self.outcome,
            details: self.details,
        }
    }

    /// Allowed, denied or undetermined. It is known already: asking costs nothing.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in", onlyif::Request::without_thing("sign-out"))?;
    /// assert_eq!(decision.outcome(), onlyif::Outcome::Denied);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// May it be done? Denied is no, and so is undetermined.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("share expertise only if requester committed")?;
    /// let nothing_known = onlyif::Request::new("share", "expertise");
    /// assert!(!policy.decide(&nothing_known).is_allowed());
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Allowed
    }

    /// The request that was decided.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in", onlyif::Request::without_thing("sign-in"))?;
    /// assert_eq!(decision.request().act(), "sign-in");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What it was decided from, and where its details are kept.
    pub(crate) fn parts(&self) -> (&Arc<Plan>, &Request, &OnceCell<Box<Details>>) {
        (&self.plan, &self.request, &self.details)
    }
}
