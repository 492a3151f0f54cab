//! An explanation as plain text, for eighty columns and one screen.

use super::{Because, Cited, Condition, Explanation, Finding, Known, Suggestions};
use crate::act::Outcome;
use crate::diagnostic::escape;
use crate::value::Value;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// The most characters of a line.
const WIDTH: usize = 80;
/// How many lines of one sort are told before "… and N more". Together they make a screen.
const RULES: usize = 3;
const CONDITIONS: usize = 5;
const PARTS: usize = 4;
const FACTS: usize = 4;
const OTHERS: usize = 5;
const SUGGESTIONS: usize = 4;
/// Where a page has so many lines, the other rules are kept short.
const FULL: usize = 28;
const FEW: usize = 2;
/// How deep definitions are opened in text; JSON has all of them.
const DEEPEST: usize = 6;
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
        let act = escape(&self.act);
        let first = self.rules.first().map_or(String::new(), |rule| escape(&rule.rule));
        let count = self.rules.len().saturating_add(self.more_rules);
        let by = if count == 1 { first } else { format!("{count} rules") };
        match self.because {
            Because::Allowed => format!("allowed: {by} {} `{act}`, and nothing forbids it", if count == 1 { "allows" } else { "allow" }),
            Because::Forbidden => format!("denied: `{act}` is forbidden by {by}"),
            Because::NothingAllows if count == 0 => format!("denied: no rule allows `{act}`"),
            Because::NothingAllows if count == 1 => {
                format!("denied: nothing allows `{act}`: the one rule that could does not hold")
            }
            Because::NothingAllows => format!("denied: nothing allows `{act}`: none of the {count} rules that could holds"),
            Because::NoSuchAct => format!("denied: there is no act `{act}`"),
            Because::NotKnown => format!("undetermined: it is not known yet whether `{act}` is allowed"),
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
        let of = self.element.as_ref().map_or(String::new(), |element| format!(", of {element}"));
        let value = if self.value.is_none() { "not known" } else { word(self.value) };
        escape(&format!("{value}{of}: {}", self.text))
    }
}

/// `requester.committed is no (request:1:18)`
impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = escape(&self.path);
        match &self.known {
            Known::Value(Value::List(items)) if items.iter().any(|item| matches!(item, Value::Record(_))) => {
                write!(f, "{path} is a list of {}", items.len())?;
            }
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

/// A text of at most so many characters, a dot of three among them where it was longer.
fn cut(text: &str, most: usize) -> String {
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

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    /// The rule file that was named last: of its other rules the line is enough.
    file: String,
}

impl Page {
    /// Adds a paragraph, its first line indented so far and the others further.
    fn add(&mut self, indent: usize, text: &str) {
        let mut line = " ".repeat(indent);
        let mut is_empty = true;
        for word in text.split(' ') {
            let length = line.chars().count().saturating_add(word.chars().count()).saturating_add(1);
            if !is_empty && length > WIDTH {
                self.lines.push(core::mem::replace(&mut line, " ".repeat(indent.saturating_add(4))));
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        self.lines.push(line);
    }

    fn sentence(&mut self, rule: &Finding) -> String {
        if self.file == rule.span.file {
            return escape(&format!("{} {} (line {})", rule.rule, rule.said, rule.span.line));
        }
        self.file.clone_from(&rule.span.file);
        rule.sentence()
    }

    fn more(&mut self, indent: usize, count: usize) {
        if count > 0 {
            self.add(indent, &format!("… and {count} more"));
        }
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    /// Adds what fits of a list, and how many are left.
    fn each<T>(&mut self, indent: usize, items: &[T], most: usize, more: usize, mut add: impl FnMut(&mut Self, &T)) {
        let shown = if items.len() == most.saturating_add(1) && more == 0 { items.len() } else { most };
        items.iter().take(shown).for_each(|item| add(self, item));
        self.more(indent, items.len().saturating_sub(shown).saturating_add(more));
    }

    fn rule(&mut self, rule: &Finding) {
        self.blank();
        let sentence = self.sentence(rule);
        self.add(0, &sentence);
        self.add(2, &format!("| {}", escape(&rule.text)));
        for reason in rule.reasons.iter().filter(|reason| **reason != rule.text) {
            self.add(2, &format!("\u{201c}{}\u{201d}", escape(reason)));
        }
        self.each(2, &rule.conditions, CONDITIONS, rule.more, |page, condition| page.condition(2, 1, condition));
    }

    fn condition(&mut self, indent: usize, depth: usize, condition: &Condition) {
        // What is only made of parts is told by them: its own words are a heading.
        let is_heading = !condition.parts.is_empty() && condition.facts.is_empty();
        let sentence = condition.sentence();
        self.add(indent, &if is_heading { cut(&sentence, WIDTH.saturating_sub(indent)) } else { sentence });
        let inside = indent.saturating_add(4);
        self.each(inside, &condition.facts, FACTS, 0, |page, fact| page.add(inside, &fact.to_string()));
        if depth >= DEEPEST {
            return self.more(inside, condition.parts.len());
        }
        let deeper = depth.saturating_add(1);
        self.each(inside, &condition.parts, PARTS, condition.more, |page, part| page.condition(inside, deeper, part));
    }

    fn suggestions(&mut self, found: &Suggestions) {
        let remark = remark(found);
        if found.list.is_empty() && remark.is_none() {
            return;
        }
        self.blank();
        if found.list.is_empty() {
            return self.add(0, &format!("{}.", remark.unwrap_or_default()));
        }
        self.add(0, &format!("{}:", heading(found)));
        let mut number = 0_usize;
        self.each(2, &found.list, SUGGESTIONS, 0, |page, one| {
            number = number.saturating_add(1);
            page.add(2, &format!("{number}. {one}"));
        });
        if let Some(remark) = remark {
            self.add(2, &format!("({remark}.)"));
        }
    }
}

/// Plain text: one screen of at most eighty columns, where the author's words allow it.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut page = Page::default();
        page.add(0, &format!("{}.", self.sentence()));
        self.problems.iter().for_each(|problem| page.add(2, &format!("{}.", escape(problem))));
        let shown = self.rules.len().min(RULES);
        self.rules.iter().take(shown).for_each(|rule| page.rule(rule));
        let more = self.rules.len().saturating_sub(shown).saturating_add(self.more_rules);
        if more > 0 {
            page.blank();
            page.more(0, more);
        }
        self.suggestions.iter().for_each(|found| page.suggestions(found));
        if !self.others.is_empty() {
            page.blank();
            page.add(0, &format!("Other rules on `{}`:", escape(&self.act)));
            let most = if page.lines.len() > FULL { FEW } else { OTHERS };
            page.each(2, &self.others, most, self.more_others, |page, rule| {
                let sentence = page.sentence(rule);
                page.add(2, &sentence);
            });
        }
        f.write_str(&page.lines.join("\n"))
    }
}
