//! A decision as a readable paragraph.

use super::{Decision, Duty, Outcome};
use crate::diagnostic::escape;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// How many reasons, needs or duties are told before "and N more".
const TOLD: usize = 6;

impl Decision<'_> {
    /// The decision in a few words: `allowed`, `denied: REASON`, `undetermined, needs FACT`. It is one line, and escaped. Of more than
    /// six needs or problems, six are told, and how many more there are.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("share expertise only if requester committed")?;
    /// let request = onlyif::Request::new("share", "expertise");
    /// assert_eq!(policy.decide(&request).summary(), "undetermined, needs requester.committed");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn summary(&self) -> String {
        let outcome = self.outcome();
        match outcome {
            Outcome::Allowed => outcome.as_str().into(),
            Outcome::Denied => match self.reasons().first() {
                Some(reason) => format!("{outcome}: {}", escape(reason.text())),
                None => outcome.as_str().into(),
            },
            Outcome::Undetermined => {
                let needs: Vec<&str> = self.needs().iter().map(String::as_str).collect();
                let problems: Vec<&str> = self.problems().iter().map(|problem| problem.message.as_str()).collect();
                let mut told = String::from(outcome.as_str());
                if !needs.is_empty() {
                    told.push_str(", needs ");
                    told.push_str(&escape(&joined(&needs)));
                }
                if !problems.is_empty() {
                    told.push_str(if needs.is_empty() { ": " } else { "; " });
                    told.push_str(&escape(&joined(&problems)));
                }
                told
            }
        }
    }
}

/// `a, b and c`, or `a, b, … and 4 more`.
fn joined(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => String::from(*one),
        [front @ .., last] if words.len() <= TOLD => format!("{} and {last}", front.join(", ")),
        many => format!("{} and {} more", many.get(..TOLD).unwrap_or(many).join(", "), many.len().saturating_sub(TOLD)),
    }
}

/// One paragraph: the summary, the other reasons, the rules that decided, the duties.
impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sentences = alloc::vec![self.summary()];
        if self.outcome() == Outcome::Denied && self.reasons().len() > 1 {
            let others: Vec<String> = self.reasons().iter().skip(1).map(|reason| escape(reason.text())).collect();
            let others: Vec<&str> = others.iter().map(|reason| reason.trim_end_matches('.')).collect();
            sentences.push(format!("Also: {}", joined(&others)));
        }
        if !self.rules().is_empty() {
            let rules: Vec<String> =
                self.rules().iter().map(|rule| escape(&format!("{} ({}:{})", rule.rule, rule.span.file, rule.span.line))).collect();
            let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
            sentences.push(format!("Decided by {}", joined(&rules)));
        }
        for (word, duties) in [("Must", self.must()), ("Should", self.should())] {
            if !duties.is_empty() {
                let duties: Vec<String> = duties.iter().map(told).collect();
                let duties: Vec<&str> = duties.iter().map(|duty| duty.trim_end_matches('.')).collect();
                sentences.push(format!("{word}: {}", joined(&duties)));
            }
        }
        for (at, sentence) in sentences.iter().enumerate() {
            let stop = if sentence.ends_with(['.', '!', '?']) { "" } else { "." };
            write!(f, "{}{sentence}{stop}", if at > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

/// In words: `record-engagement with who: "r1"`, or its sentence.
impl fmt::Display for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&told(self))
    }
}

fn told(duty: &Duty) -> String {
    let Some(name) = duty.name() else { return escape(duty.text().unwrap_or_default()) };
    let arguments: Vec<String> = duty.with.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    if arguments.is_empty() { escape(name) } else { escape(&format!("{name} with {}", arguments.join(", "))) }
}

/// The act and the outcome only: facts may be private.
impl fmt::Debug for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision").field("act", &self.request().act()).field("outcome", &self.outcome()).finish_non_exhaustive()
    }
}
