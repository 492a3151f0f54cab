//! Acts, what rules do to them, and what may come out.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What a rule does to the acts that its head names.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let decision = onlyif::decide("never share expertise", onlyif::Request::new("share", "expertise"))?;
/// assert_eq!(decision.rules()[0].verb, onlyif::Verb::Never);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    /// Opens.
    Allow,
    /// Opens and limits: the complete condition.
    OnlyIf,
    /// Limits.
    Requires,
    /// Closes, whatever opens.
    Never,
    /// Binds: the caller has to.
    Must,
    /// Binds: the caller is asked to.
    Should,
}

impl Verb {
    /// As it is written in a rule, in small letters: `only if` for [`Verb::OnlyIf`].
    ///
    /// ```
    /// assert_eq!(onlyif::Verb::OnlyIf.as_str(), "only if");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Allow => "allow",
            Verb::OnlyIf => "only if",
            Verb::Requires => "requires",
            Verb::Never => "never",
            Verb::Must => "must",
            Verb::Should => "should",
        }
    }
}

/// Which acts a rule covers; one of the patterns of its head.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ActPattern {
    /// The action; `None` for `do anything`.
    pub action: Option<String>,
    /// The thing.
    pub thing: ThingPattern,
    /// Acts left out: this action (to this thing, or to all).
    pub except: Vec<(Option<String>, Option<String>)>,
}

/// Which things a pattern covers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ThingPattern {
    /// Any thing, or none.
    Any,
    /// An act without a thing.
    Nothing,
    /// This one.
    Named(String),
}

impl ActPattern {
    /// Does it cover this act?
    #[must_use]
    pub fn covers(&self, action: &str, thing: Option<&str>) -> bool {
        let thing_fits = match &self.thing {
            ThingPattern::Any => true,
            ThingPattern::Nothing => thing.is_none(),
            ThingPattern::Named(name) => thing == Some(name),
        };
        let left_out = |(verb, of): &(Option<String>, Option<String>)| {
            verb.as_deref().is_none_or(|verb| verb == action) && of.as_deref().is_none_or(|of| thing == Some(of))
        };
        thing_fits && self.action.as_deref().is_none_or(|name| name == action) && !self.except.iter().any(left_out)
    }

    /// Does it stand for more acts than one?
    #[must_use]
    pub fn is_wildcard(&self) -> bool {
        self.action.is_none() || self.thing == ThingPattern::Any
    }
}

/// The three outcomes of a decision. There will never be a fourth, so that a `match` on them is whole.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Request};
/// let decision = onlyif::decide("allow sign-in", Request::without_thing("sign-in"))?;
/// let door_opens = match decision.outcome() {
///     Outcome::Allowed => true,
///     Outcome::Denied | Outcome::Undetermined => false,
/// };
/// assert!(door_opens);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// Some grant holds, no prohibition holds, and every `must` is known.
    Allowed,
    /// A prohibition holds, or nothing grants.
    Denied,
    /// It depends on what the request does not say. Whoever enforces treats it as no.
    Undetermined,
}

impl Outcome {
    /// As decisions are written, in text and in JSON: `allowed`, `denied`, `undetermined`.
    ///
    /// ```
    /// assert_eq!(onlyif::Outcome::Undetermined.as_str(), "undetermined");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Allowed => "allowed",
            Outcome::Denied => "denied",
            Outcome::Undetermined => "undetermined",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
