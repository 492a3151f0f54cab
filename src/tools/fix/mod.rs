//! `Engine::fix`: texts with their safe fixes applied.
//!
//! In: the texts of a bundle. Out: the same texts, changed where a mistake has one sensible correction, and what is left to be
//! said. A statement without a mistake is never touched. After each change everything is checked again: a change that brings
//! up an error that was not there before is taken back, so that a fix never makes anything worse.

mod attempt;
mod edits;
mod report;
mod texts;

pub use report::{FixReport, FixedText};

use crate::engine::{Engine, Loaded};
use crate::source::Sources;
use attempt::Fixer;
use texts::Texts;

/// How often all texts are gone through: a fix may make room for another.
const PASSES: usize = 16;

impl Engine {
    /// Applies the safe fixes to the texts of a bundle.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", "Allow share expertise if requester.stage == 'buying'");
    /// let report = Engine::new().fix(sources);
    /// assert_eq!(report.texts()[0].after(), r#"allow share expertise if requester.stage is "buying""#);
    /// assert_eq!(report.fixed(), 3);
    /// assert!(report.left().is_empty());
    /// ```
    #[must_use]
    pub fn fix(&self, sources: Sources) -> FixReport {
        self.fix_with(sources, |_| Err("it is not among the texts that were loaded".into()))
    }

    /// As [`Engine::fix`], with the texts that the bundle's texts `use`, which are fixed too; `load` is that of
    /// [`Engine::compile_with`].
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", "use \"identity.onlyif\"\nallow share expertise if requester is trusted");
    /// let identity = "a requester is trusted if requester.age >= 18 && requester has id";
    /// let report = Engine::new().fix_with(sources, |path| Ok((path.into(), identity.into())));
    /// assert_eq!(report.texts()[1].name(), "identity.onlyif");
    /// assert_eq!(report.texts()[1].after(), "a requester is trusted if requester.age >= 18 and requester has id");
    /// assert!(report.left().is_empty());
    /// ```
    #[must_use]
    pub fn fix_with(&self, sources: Sources, load: impl FnMut(&str) -> Loaded) -> FixReport {
        let mut fixer = Fixer::new(Texts::new(self, sources, load));
        for _ in 0..PASSES {
            if !fixer.pass() {
                break;
            }
        }
        fixer.report()
    }
}
