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

    /// Why, in words; what an audit log stores.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.details().reasons
    }

    /// What the caller has to do. Who does not know one of them has to refuse.
    #[must_use]
    pub fn must(&self) -> &[Duty] {
        &self.details().must
    }

    /// What the caller is asked to do.
    #[must_use]
    pub fn should(&self) -> &[Duty] {
        &self.details().should
    }

    /// Duties that hang on what is not known.
    #[must_use]
    pub fn pending(&self) -> &[Pending] {
        &self.details().pending
    }

    /// Paths of the facts that keep it undetermined, sorted.
    #[must_use]
    pub fn needs(&self) -> &[String] {
        &self.details().needs
    }

    /// Values that cannot be used and keep it undetermined.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.details().problems
    }

    /// The rules that decided.
    #[must_use]
    pub fn rules(&self) -> &[DecidingRule] {
        &self.details().rules
    }
}
