//! What came of running scenarios, and the same in words.

use crate::act::Outcome;
use crate::decision::{Decision, Pending};
use crate::diagnostic::{Diagnostic, escape};
use crate::source::{Place, one_line};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What came of all scenarios of a bundle. Printed, it shows what failed, a paragraph each, and a last line that counts.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("sharing.onlyif", r#"
/// share expertise only if requester committed
///
/// scenario "a client asks"
///   given requester committed
///   when share expertise
///   expect denied
/// "#);
/// let report = Engine::new().test(sources)?;
/// assert!(!report.passed());
/// assert!(report.to_string().contains("expected: denied"));
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TestReport {
    pub(super) scenarios: Vec<ScenarioReport>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// What came of one scenario.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("sharing.onlyif", r#"
/// share expertise only if requester committed
///
/// scenario "a client asks"
///   given requester committed
///   when share expertise
///   expect allowed
/// "#);
/// let report = Engine::new().test(sources)?;
/// assert_eq!(report.scenarios()[0].title(), "a client asks");
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct ScenarioReport {
    pub(super) title: String,
    pub(super) place: Place,
    pub(super) checks: Vec<CheckReport>,
}

/// What came of one `expect`.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("sharing.onlyif", r#"
/// share expertise only if requester committed
///
/// scenario "a client asks"
///   given requester committed
///   when share expertise
///   expect denied
/// "#);
/// let report = Engine::new().test(sources)?;
/// let check = &report.scenarios()[0].checks()[0];
/// assert!(check.decision().is_allowed() && !check.passed());
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct CheckReport {
    pub(super) act: String,
    pub(super) place: Place,
    pub(super) expected: String,
    pub(super) decision: Decision<'static>,
    pub(super) differences: Vec<Difference>,
}

/// One thing that is not as it is expected.
///
/// ```
/// use onlyif::{Difference, Outcome};
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("sharing.onlyif", r#"
/// share expertise only if requester committed
///
/// scenario "a client asks"
///   given requester committed
///   when share expertise
///   expect denied
/// "#);
/// let report = Engine::new().test(sources)?;
/// let differences = report.scenarios()[0].checks()[0].differences();
/// assert_eq!(differences, [Difference::Outcome { expected: Outcome::Denied, got: Outcome::Allowed }]);
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// Another outcome.
    Outcome {
        /// What is expected.
        expected: Outcome,
        /// What came out.
        got: Outcome,
    },
    /// A reason that is not given.
    Reason {
        /// The text that is expected.
        missing: String,
        /// The reasons that are given.
        given: Vec<String>,
    },
    /// Other needs.
    Needs {
        /// What is expected and not needed.
        missing: Vec<String>,
        /// What is needed and not expected.
        unexpected: Vec<String>,
    },
    /// A duty that is not given.
    Duty {
        /// Is it a `must`? Otherwise it is a `should`.
        must: bool,
        /// The duty that is expected, in words.
        missing: String,
        /// The duties of that sort that are given, in words.
        given: Vec<String>,
    },
}

impl TestReport {
    /// Is everything as it is expected, in every scenario? Without scenarios it is.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert!(report.passed());
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn passed(&self) -> bool {
        self.scenarios.iter().all(ScenarioReport::passed)
    }

    /// The scenarios, in the order of the texts.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert_eq!(report.scenarios().len(), 1);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn scenarios(&self) -> &[ScenarioReport] {
        &self.scenarios
    }

    /// What the checker found doubtful in the scenarios: a given that no rule reads, above all.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   given the channel is "private"
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert_eq!(report.warnings()[0].code(), onlyif::Code::GivenNotRead);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }
}

impl ScenarioReport {
    /// Is everything as it is expected, in each of its checks?
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert!(report.scenarios()[0].passed());
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn passed(&self) -> bool {
        self.checks.iter().all(CheckReport::passed)
    }

    /// The title, as it is written between the quotes.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert_eq!(report.scenarios()[0].title(), "a client asks");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where the scenario stands.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert_eq!(report.scenarios()[0].place().line, 4);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Its checks, one for each `expect`, in their order.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert_eq!(report.scenarios()[0].checks().len(), 1);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn checks(&self) -> &[CheckReport] {
        &self.checks
    }
}

impl CheckReport {
    /// Is everything as it is expected?
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert!(report.scenarios()[0].checks()[0].passed());
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }

    /// Where the `expect` stands.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert_eq!(report.scenarios()[0].checks()[0].place().line, 7);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What is expected, as it is written and on one line.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert_eq!(report.scenarios()[0].checks()[0].expected(), "expect allowed");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn expected(&self) -> String {
        one_line(&self.expected)
    }

    /// What was decided: an ordinary decision, with its reasons and duties.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert!(report.scenarios()[0].checks()[0].decision().is_allowed());
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn decision(&self) -> &Decision<'static> {
        &self.decision
    }

    /// What is not as it is expected; empty where the check passed.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect denied
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert_eq!(report.scenarios()[0].checks()[0].differences().len(), 1);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }
}

/// What failed, a paragraph each, and a last line that counts.
impl fmt::Display for TestReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed: Vec<&ScenarioReport> = self.scenarios.iter().filter(|scenario| !scenario.passed()).collect();
        failed.iter().try_for_each(|scenario| writeln!(f, "{scenario}"))?;
        let counted = match self.scenarios.len() {
            0 => return f.write_str("no scenarios"),
            1 => String::from("1 scenario"),
            many => format!("{many} scenarios"),
        };
        write!(f, "{counted}: {} passed, {} failed", self.scenarios.len().saturating_sub(failed.len()), failed.len())
    }
}

/// The title, and below it each check that failed; only the title where all is as it is expected.
impl fmt::Display for ScenarioReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.passed() { "passed" } else { "failed" };
        writeln!(f, "{word}: \"{}\"", escape(&self.title))?;
        self.checks.iter().filter(|check| !check.passed()).try_for_each(|check| write!(f, "{check}"))
    }
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = self.expected();
        let expected = expected.strip_prefix("expect ").unwrap_or(&expected);
        writeln!(f, "  {}", escape(&format!("{}:{}: when {}", self.place.file, self.place.line, self.act)))?;
        writeln!(f, "    expected: {}", escape(expected))?;
        writeln!(f, "    got:      {}", self.decision.summary())?;
        for rule in self.decision.rules() {
            writeln!(f, "    by:       {}", escape(&format!("{} ({}:{})", rule.rule, rule.span.file, rule.span.line)))?;
        }
        for difference in &self.differences {
            write!(f, "{difference}")?;
        }
        for Pending { duty, needs, .. } in self.decision.pending() {
            writeln!(f, "    pending:  {duty}, needs {}", escape(&needs.join(", ")))?;
        }
        Ok(())
    }
}

/// A line or two; nothing for another outcome, which stands above already.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Outcome { .. } => Ok(()),
            Difference::Reason { missing, given } => {
                writeln!(f, "    missing:  the reason \"{}\"", escape(missing))?;
                given.iter().try_for_each(|text| writeln!(f, "    given:    the reason \"{}\"", escape(text)))
            }
            Difference::Needs { missing, unexpected } => {
                missing.iter().try_for_each(|need| writeln!(f, "    missing:  it does not need {}", escape(need)))?;
                unexpected.iter().try_for_each(|need| writeln!(f, "    too much: it also needs {}", escape(need)))
            }
            Difference::Duty { must, missing, given } => {
                let word = if *must { "must" } else { "should" };
                writeln!(f, "    missing:  {word} {}", escape(missing))?;
                given.iter().try_for_each(|duty| writeln!(f, "    given:    {word} {}", escape(duty)))
            }
        }
    }
}
