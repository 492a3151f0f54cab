//! The sentences of an explanation, each on one line and escaped.

use super::{Because, Cited, Condition, Explanation, Finding, Known, Suggestions};
use crate::act::Outcome;
use crate::diagnostic::escape;
use crate::value::Value;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

/// The most characters of a value.
const LONGEST: usize = 60;

impl Explanation {
    /// The outcome in one sentence, without a full stop; it is escaped.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("never ring bell", onlyif::Request::new("ring", "bell"))?;
    /// assert_eq!(decision.why().sentence(), "denied: `ring bell` is forbidden by policy/ring bell/1");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn sentence(&self) -> String {
        let act = match &self.asked_as {
            Some(asked) => format!("`{}` (asked as `{}`)", escape(&self.act), escape(asked)),
            None => format!("`{}`", escape(&self.act)),
        };
        let first = self.rules.first().map_or(String::new(), |rule| escape(&rule.rule));
        let count = self.rules.len().saturating_add(self.more_rules);
        let by = if count == 1 { first } else { format!("{count} rules") };
        match self.because {
            Because::Allowed => format!("allowed: {by} {} {act}, and nothing forbids it", if count == 1 { "allows" } else { "allow" }),
            Because::Forbidden => format!("denied: {act} is forbidden by {by}"),
            Because::NothingAllows if count == 0 => format!("denied: no rule allows {act}"),
            Because::NothingAllows if count == 1 => {
                format!("denied: nothing allows {act}: the one rule that could does not hold")
            }
            Because::NothingAllows => format!("denied: nothing allows {act}: none of the {count} rules that could holds"),
            Because::NoSuchAct => format!("denied: there is no act {act}"),
            Because::NotKnown => format!("undetermined: it is not known yet whether {act} is allowed"),
        }
    }
}

impl Finding {
    /// Its name and what came of it, in one sentence without a full stop; it is escaped.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("never ring bell", onlyif::Request::new("ring", "bell"))?;
    /// assert_eq!(decision.why().rules[0].sentence(), "policy/ring bell/1 forbids it (policy:1)");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn sentence(&self) -> String {
        escape(&format!("{} {} ({}:{})", self.rule, self.said, self.span.file, self.span.line))
    }
}

impl Condition {
    /// What it was worth, and its words, in one sentence without a full stop; it is escaped.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let request = onlyif::Request::new("ring", "bell").with("hour", 23);
    /// let decision = onlyif::decide("never ring bell if the hour is more than 21", request)?;
    /// assert_eq!(decision.why().rules[0].conditions[0].sentence(), "yes: the hour is more than 21");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn sentence(&self) -> String {
        let of = self.element.as_ref().map_or(String::new(), |element| format!(", for {element}"));
        let value = if self.value.is_none() { "not known" } else { word(self.value) };
        escape(&format!("{value}{of}: {}", self.text))
    }
}

/// `requester.committed is no (request:1:18)`
impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = escape(&self.path);
        match &self.known {
            // A thing without an id is called nothing.
            Known::Value(Value::List(items)) if items.iter().any(|item| matches!(item, Value::Record(_) | Value::None)) => {
                write!(f, "{path} has {} element{}", items.len(), if items.len() == 1 { "" } else { "s" })?;
            }
            Known::Value(Value::Record(_)) => write!(f, "{path} is there")?,
            Known::Value(value) => write!(f, "{path} is {}", shortened(&value.to_string()))?,
            Known::Private => write!(f, "{path} is known, and private")?,
            Known::None => write!(f, "{path} is absent")?,
            Known::Missing => write!(f, "{path} is not in the request")?,
            Known::Unusable(message) => f.write_str(&escape(message))?,
        }
        if let Some(near) = &self.near {
            write!(f, "; the request has `{}`", escape(near))?;
        }
        if self.setting {
            f.write_str(", a setting")?;
        }
        match &self.span {
            Some(span) => write!(f, " ({}:{}:{})", escape(&span.file), span.line, span.column),
            None => Ok(()),
        }
    }
}

/// In a word that JSON has too.
pub(super) fn word(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

fn shortened(text: &str) -> String {
    cut(text, LONGEST)
}

/// A text of at most so many characters, the last of them `…` where it was longer.
pub(super) fn cut(text: &str, most: usize) -> String {
    match (text.char_indices().nth(most), text.char_indices().nth(most.saturating_sub(1))) {
        (Some(_), Some((end, _))) => format!("{}…", text.get(..end).unwrap_or(text)),
        (_, _) => text.into(),
    }
}

/// What is said above suggestions.
pub(super) fn heading(found: &Suggestions) -> String {
    match found.wanted {
        Outcome::Allowed => "What would allow it".into(),
        Outcome::Denied => "What would deny it".into(),
        Outcome::Undetermined => "What would leave it open".into(),
    }
}

/// What is said below suggestions, or in place of them.
pub(super) fn remark(found: &Suggestions) -> Option<String> {
    let note = found.note.as_ref().map(|note| escape(note));
    if found.blocked_by.is_empty() {
        return note;
    }
    Some(format!("{}: {}", note.unwrap_or_default(), escape(&found.blocked_by.join(", "))))
}

/// The one part of a condition that says all that it says: a side of an `or`, of which its words hold those of the part.
pub(super) fn only_part(condition: &Condition) -> Option<&Condition> {
    let [part] = condition.parts.as_slice() else { return None };
    let (whole, words) = (&condition.span, &part.span);
    let holds = whole.file == words.file && whole.start <= words.start && words.end <= whole.end;
    let is_bare = condition.facts.is_empty() && condition.element.is_none() && part.element.is_none() && condition.more == 0;
    (holds && is_bare && part.value == condition.value).then_some(part)
}
