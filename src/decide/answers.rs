//! What can be asked of a decision. All but the outcome is worked out here, over the cold half, when first asked for.

use super::details::details;
use crate::decision::{DecidingRule, Decision, Details, Duty, Pending, Problem, Reason};
use alloc::boxed::Box;
use alloc::string::String;

impl Decision<'_> {
    /// Everything that can be said about it.
    pub(crate) fn details(&self) -> &Details {
        let (plan, request, kept) = self.parts();
        kept.get_or_init(|| Box::new(details(plan, request, self.outcome())))
    }

    /// Why, in words: what an audit log stores. One for each rule that decided, in the order of the rules, or one that says that no
    /// rule allows the act; at most [`Limits::reasons`](crate::Limits::reasons). Empty if undetermined.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("allow read file if user is trusted because \"You may, {user.name}.\"")?;
    /// let ann = onlyif::value::Record::new().with("trusted", true).with("name", "Ann");
    /// let request = onlyif::Request::new("read", "file").with("user", ann);
    /// assert_eq!(policy.decide(&request).reasons()[0].text(), "You may, Ann.");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.details().reasons
    }

    /// What the caller has to do. Who does not know one of them has to refuse.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in\nsign-in must log", onlyif::Request::without_thing("sign-in"))?;
    /// let known = ["log", "notify"];
    /// assert!(decision.must().iter().all(|duty| duty.name().is_some_and(|name| known.contains(&name))));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn must(&self) -> &[Duty] {
        &self.details().must
    }

    /// What the caller is asked to do. Who does not know one of them leaves it aside.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in\nsign-in should greet", onlyif::Request::without_thing("sign-in"))?;
    /// assert_eq!(decision.should()[0].to_string(), "greet");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn should(&self) -> &[Duty] {
        &self.details().should
    }

    /// Duties of which it is not known whether they bind, or with what arguments.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("allow sign-in\nsign-in should greet if user is new", onlyif::Request::without_thing("sign-in"))?;
    /// assert!(decision.should().is_empty());
    /// assert_eq!(decision.pending()[0].duty.name(), Some("greet"));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn pending(&self) -> &[Pending] {
        &self.details().pending
    }

    /// Paths of the facts that the request does not bring and that keep it undetermined, sorted; at most
    /// [`Limits::needs`](crate::Limits::needs). Empty if it is allowed or denied. With these facts, ask again.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("share expertise only if requester committed")?;
    /// let mut request = onlyif::Request::new("share", "expertise");
    /// assert_eq!(policy.decide(&request).needs(), ["requester.committed"]);
    /// request.set_path(["requester", "committed"], true);
    /// assert!(policy.decide(&request).is_allowed());
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn needs(&self) -> &[String] {
        &self.details().needs
    }

    /// Values that the request brings, that cannot be used and that keep it undetermined, sorted by path; at most
    /// [`Limits::needs`](crate::Limits::needs). Empty if it is allowed or denied.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let request = onlyif::Request::without_thing("sign-in").with("age", "forty");
    /// let decision = onlyif::decide("allow sign-in if the age is at least 18", request)?;
    /// assert_eq!(decision.problems()[0].path, "age");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.details().problems
    }

    /// The rules that decided, in the order of the rules, at most [`Limits::reasons`](crate::Limits::reasons); empty if no rule allows
    /// the act.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let text = "rule members:\n  allow sign-in if user is trusted";
    /// let decision = onlyif::decide(text, onlyif::Request::without_thing("sign-in"))?;
    /// assert_eq!((decision.rules()[0].rule.as_str(), decision.rules()[0].value), ("policy/members", None));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn rules(&self) -> &[DecidingRule] {
        &self.details().rules
    }
}
