//! What came of fixing.

use crate::diagnostic::Diagnostic;
use alloc::string::String;
use alloc::vec::Vec;

/// What [`Engine::fix`](crate::Engine::fix) did.
///
/// ```
/// # use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("a.onlyif", "allow read document if user.role == \"admin\"\nallow edit document if user.role is \"admin");
/// let report = Engine::new().fix(sources);
/// assert_eq!(report.fixed(), 1); // where a text ends that was never closed is for its author to say
/// assert_eq!(report.left().len(), 1);
/// ```
#[derive(Debug, Clone)]
pub struct FixReport {
    pub(super) texts: Vec<FixedText>,
    pub(super) left: Vec<Diagnostic>,
    pub(super) fixed: usize,
}

/// A text before and after.
///
/// ```
/// # use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("a.onlyif", "never read document");
/// let report = Engine::new().fix(sources);
/// assert!(!report.texts()[0].is_changed());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedText {
    pub(super) name: String,
    pub(super) before: String,
    pub(super) after: String,
}

impl FixReport {
    /// All texts, changed or not: those of the bundle in their order, then those that they use.
    ///
    /// ```
    /// # use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("a.onlyif", "never read document");
    /// let report = Engine::new().fix(sources);
    /// assert_eq!(report.texts().len(), 1);
    /// ```
    #[must_use]
    pub fn texts(&self) -> &[FixedText] {
        &self.texts
    }

    /// What is still to be said of the texts as they are now.
    ///
    /// ```
    /// # use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("a.onlyif", "allow read document if user.role = admin");
    /// let report = Engine::new().fix(sources);
    /// assert_eq!(report.left()[0].code().as_str(), "E39"); // is a text meant, or a fact?
    /// ```
    #[must_use]
    pub fn left(&self) -> &[Diagnostic] {
        &self.left
    }

    /// How many mistakes were mended.
    ///
    /// ```
    /// # use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("a.onlyif", "Allow read document if user.role == 'chief'");
    /// let report = Engine::new().fix(sources);
    /// assert_eq!(report.fixed(), 3);
    /// ```
    #[must_use]
    pub fn fixed(&self) -> usize {
        self.fixed
    }

    /// How many safe fixes were not applied, because they would bring up another error.
    ///
    /// ```
    /// # use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("a.onlyif", "import \"people.onlyif\"\nallow read document if user is editor");
    /// let report = Engine::new().fix(sources);
    /// assert_eq!(report.texts()[0].before(), report.texts()[0].after());
    /// assert_eq!(report.held_back(), 1); // with `use` the file would be wanted, and it is not there
    /// ```
    #[must_use]
    pub fn held_back(&self) -> usize {
        self.left.iter().filter(|diagnostic| diagnostic.fixes().any(|(fix, _)| fix.is_safe())).count()
    }
}

impl FixedText {
    /// The name that messages show.
    ///
    /// ```
    /// # use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("a.onlyif", "never read document");
    /// let report = Engine::new().fix(sources);
    /// assert_eq!(report.texts()[0].name(), "a.onlyif");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was.
    ///
    /// ```
    /// # use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("a.onlyif", "Allow read document if user.role == 'chief'");
    /// let report = Engine::new().fix(sources);
    /// assert_eq!(report.texts()[0].before(), "Allow read document if user.role == 'chief'");
    /// ```
    #[must_use]
    pub fn before(&self) -> &str {
        &self.before
    }

    /// The text with its fixes.
    ///
    /// ```
    /// # use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("a.onlyif", "Allow read document if user.role == 'chief'");
    /// let report = Engine::new().fix(sources);
    /// assert_eq!(report.texts()[0].after(), "allow read document if user.role is \"chief\"");
    /// ```
    #[must_use]
    pub fn after(&self) -> &str {
        &self.after
    }

    /// Was anything changed?
    ///
    /// ```
    /// # use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("a.onlyif", "Allow read document if user.role == 'chief'");
    /// let report = Engine::new().fix(sources);
    /// assert!(report.texts()[0].is_changed());
    /// ```
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }
}
