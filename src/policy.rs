//! A compiled policy: what decides.

use crate::act::Outcome;
use crate::decide;
use crate::decision::Decision;
use crate::decision::trace::Trace;
use crate::diagnostic::Diagnostic;
use crate::explanation::Explanation;
use crate::plan::{NodeId, Plan};
use crate::request::Request;
use crate::why;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

/// A compiled policy. Making one can fail; deciding cannot.
///
/// It is cheap to clone and can be shared between threads: put it into a `static` or into a server's state.
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request, value::Record};
///
/// let policy = Policy::new("share expertise only if requester committed")?;
/// let client = Request::new("share", "expertise").with("requester", Record::new().with("committed", true));
/// assert!(policy.decide(&client).is_allowed());
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Clone)]
pub struct Policy {
    plan: Arc<Plan>,
    warnings: Arc<[Diagnostic]>,
}

impl Policy {
    /// Made by the engine, from a plan and what the checker found doubtful.
    #[cfg(feature = "compile")]
    pub(crate) fn from_plan(plan: Plan, warnings: Vec<Diagnostic>) -> Self {
        Self { plan: Arc::new(plan), warnings: warnings.into() }
    }

    /// A policy of this plan, for tools that decide again.
    pub(crate) fn of_plan(plan: &Arc<Plan>) -> Self {
        Self { plan: Arc::clone(plan), warnings: Arc::from([]) }
    }

    /// Decides a request. It never fails and never panics: what is wrong with a fact is a problem in the decision, and never
    /// a grant.
    ///
    /// It reads no clock and no file, and the same policy and request give the same decision on every machine. At most
    /// [`Limits::visits`](crate::Limits::visits) elements are looked at; where more would be needed the decision is undetermined.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Policy, Request};
    /// let policy = Policy::new("allow sign-in if the age is at least 18")?;
    /// let request = Request::without_thing("sign-in").with("age", "forty");
    /// assert_eq!(policy.decide(&request).summary(), "undetermined: age is text, expected number");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn decide<'a>(&'a self, request: &'a Request) -> Decision<'a> {
        Decision::new(&self.plan, request, decide::outcome(&self.plan, request))
    }

    /// Does one of these conditions come out `yes` (or `no`), as is said for each? Tools ask so where that is needed for an outcome.
    pub(crate) fn any_turns(&self, request: &Request, turns: &[(NodeId, bool)]) -> bool {
        decide::any_turns(&self.plan, request, turns)
    }

    /// What keeps a request from an outcome; none where more rules than `most` would have to be looked at.
    pub(crate) fn trace_towards(&self, request: &Request, wanted: Outcome, most: u64) -> Option<Trace> {
        decide::trace_towards(&self.plan, request, wanted, most)
    }

    /// What the checker found doubtful, in the order of the texts. The policy can be used all the same.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("adult means 18\nallow sign-in if user is trusted")?;
    /// assert_eq!(policy.warnings()[0].code(), onlyif::Code::Unused); // nothing says `adult`
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The declared or inferred type of a fact or field, in the words of the language; none where no rule reads it.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("share expertise only if requester committed")?;
    /// assert_eq!(policy.fact_type("requester.committed").as_deref(), Some("yes/no"));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn fact_type(&self, path: &str) -> Option<String> {
        let vocabulary = &self.plan.vocabulary;
        vocabulary.type_of_path(path.split('.')).map(|ty| vocabulary.type_name(ty))
    }

    /// The first name of a path that its declared kind does not have: the kind, the name, and the fields that it has. No rule can
    /// ever read what stands there.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("a user has\n  is admin: yes/no\nallow enter if user is admin")?;
    /// assert_eq!(policy.unknown_field(&["user", "admni"]), Some(("user", "admni", vec!["admin"])));
    /// assert_eq!(policy.unknown_field(&["user", "admin"]), None);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn unknown_field<'n>(&'n self, path: &[&'n str]) -> Option<(&'n str, &'n str, Vec<&'n str>)> {
        let (kind, name) = self.plan.vocabulary.unknown_field(path)?;
        Some((kind.name.as_str(), name, kind.fields.iter().map(|field| field.name.as_str()).collect()))
    }

    /// What requests call an act of the rules: its foreign name and that of its thing's kind, where the vocabulary gives them.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("act view photo from \"view:photo\"\nallow view photo")?;
    /// assert_eq!(policy.asked("view", Some("photo")), ("view:photo", Some("photo")));
    /// assert_eq!(policy.asked("print", None), ("print", None));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn asked<'n>(&'n self, action: &'n str, thing: Option<&'n str>) -> (&'n str, Option<&'n str>) {
        self.plan.asked(action, thing)
    }

    /// What requests call the names of a path: each field by its key, a kind by its foreign name.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("a user has\n  born-on: date from \"birthDate\"\nallow enter if user.born-on is before 2008-01-01")?;
    /// assert_eq!(policy.keys(&["user", "born-on"]), ["user", "birthDate"]);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn keys<'n>(&'n self, path: &[&'n str]) -> Vec<&'n str> {
        self.plan.vocabulary.keys_of_path(path)
    }

    /// The names of the settings that the policy declares.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("setting limit is number, assumed 5\nallow buy item if item.count is at most limit")?;
    /// assert_eq!(policy.settings(), ["limit"]);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn settings(&self) -> Vec<&str> {
        self.plan.vocabulary.settings.iter().map(|setting| setting.name.as_str()).collect()
    }

    /// The ids of the rules, in the order of the texts: `POLICY/NAME`, or `POLICY/ACT/NUMBER` where a rule has no name. Only names stay
    /// the same when rules are moved.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("allow sign-in if user is trusted\nrule closed:\n  never sign-in if the office is closed")?;
    /// assert_eq!(policy.rules(), ["policy/sign-in/1", "policy/closed"]);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn rules(&self) -> Vec<&str> {
        self.plan.rules.iter().map(|rule| rule.id.as_str()).collect()
    }

    /// The plan itself, for our own tests and tools.
    #[cfg(feature = "unstable-machinery")]
    #[doc(hidden)]
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl Decision<'_> {
    /// Why it was decided so, and what would change it: for people ([`Display`](fmt::Display), Markdown) and for programs (JSON).
    ///
    /// It is worked out when it is asked for, over the rules as they are written; deciding pays nothing for it. The values of private
    /// facts are not in it.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Policy, Request, value::Record};
    /// let policy = Policy::new("rule two-way:\n  share expertise only if requester committed")?;
    /// let request = Request::new("share", "expertise").with("requester", Record::new().with("committed", false));
    /// let told = "\
    /// denied: `share expertise` is forbidden by policy/two-way.
    ///
    /// policy/two-way is not met, and so forbids it (policy:2)
    ///   | share expertise only if requester committed
    ///   no: requester committed
    ///       requester.committed is no
    ///
    /// What would allow it:
    ///   1. requester.committed: yes instead of no";
    /// assert_eq!(policy.decide(&request).why().to_string(), told);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn why(&self) -> Explanation {
        match self.outcome() {
            Outcome::Allowed => self.why_not(&[Outcome::Denied]),
            Outcome::Denied => self.why_not(&[Outcome::Allowed]),
            Outcome::Undetermined => self.why_not(&[Outcome::Allowed, Outcome::Denied]),
        }
    }

    /// As [`Decision::why`], with what would lead to these outcomes; with none, nothing is tried.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in", onlyif::Request::without_thing("sign-in"))?;
    /// assert!(decision.why_not(&[]).suggestions.is_empty());
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn why_not(&self, wanted: &[Outcome]) -> Explanation {
        let suggestions = wanted.iter().map(|&wanted| self.suggestions(wanted)).collect();
        Explanation { suggestions, ..why::explain(self) }
    }
}

/// The number of rules only: a policy may be long.
impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").field("rules", &self.plan.rules.len()).finish_non_exhaustive()
    }
}
