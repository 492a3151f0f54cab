//! An explanation as plain text, for eighty columns and one screen.
//!
//! What matters most stands first, and all is told as far as a screen holds it: where it does not, less is told of each sort, and
//! "… and N more" says how much is left.

use super::text::{cut, heading, only_part, remark};
use super::{Condition, Explanation, Finding, Suggestions};
use crate::diagnostic::escape;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// The most characters of a line.
const WIDTH: usize = 80;
/// The most lines that are told unless all is wanted.
const SCREEN: usize = 36;
/// Stands for a blank where no line may end. Escaped text never holds it.
const STUCK: char = '\u{1}';

/// How much is told of each sort.
#[derive(Clone, Copy)]
struct Most {
    rules: usize,
    conditions: usize,
    parts: usize,
    facts: usize,
    /// How deep definitions are opened.
    depth: usize,
    suggestions: usize,
    others: usize,
    /// Characters of a rule, and of a reason.
    words: usize,
}

const ALL: Most = Most {
    rules: usize::MAX,
    conditions: usize::MAX,
    parts: usize::MAX,
    facts: usize::MAX,
    depth: usize::MAX,
    suggestions: usize::MAX,
    others: usize::MAX,
    words: usize::MAX,
};

/// From much to little; the first that fits a screen is told.
const FITTING: [Most; 7] = [
    Most { rules: 3, conditions: 5, parts: 4, facts: 4, depth: 6, suggestions: 4, others: 5, words: 600 },
    Most { rules: 3, conditions: 5, parts: 4, facts: 4, depth: 6, suggestions: 4, others: 2, words: 600 },
    Most { rules: 3, conditions: 4, parts: 3, facts: 4, depth: 5, suggestions: 3, others: 2, words: 400 },
    Most { rules: 2, conditions: 3, parts: 3, facts: 3, depth: 4, suggestions: 3, others: 2, words: 400 },
    Most { rules: 2, conditions: 2, parts: 2, facts: 3, depth: 4, suggestions: 2, others: 1, words: 240 },
    Most { rules: 1, conditions: 2, parts: 2, facts: 2, depth: 3, suggestions: 2, others: 1, words: 240 },
    Most { rules: 1, conditions: 2, parts: 1, facts: 2, depth: 2, suggestions: 1, others: 0, words: 160 },
];

impl Explanation {
    /// All of it as plain text, of however many lines; printed with `{}`, an explanation is cut to a screen.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let rules: String = (0..50).map(|age| format!("allow sign-in if the age is {age}\n")).collect();
    /// let decision = onlyif::decide(&rules, onlyif::Request::without_thing("sign-in").with("age", 99))?;
    /// let why = decision.why();
    /// assert!(why.to_string().lines().count() < 40 && why.in_full().lines().count() > 150);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn in_full(&self) -> String {
        Page::of(self, ALL).text()
    }

    /// As plain text of at most so many lines: less is told of each sort, and how much is left.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let rules: String = (0..50).map(|age| format!("allow sign-in if the age is {age}\n")).collect();
    /// let decision = onlyif::decide(&rules, onlyif::Request::without_thing("sign-in").with("age", 99))?;
    /// let text = decision.why().in_lines(12);
    /// assert!(text.lines().count() <= 12 && text.contains("… and 49 more"));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn in_lines(&self, lines: usize) -> String {
        let mut page = Page::default();
        for most in FITTING {
            page = Page::of(self, most);
            if page.lines.len() <= lines {
                return page.text();
            }
        }
        // Even the least is too much, where names are very long.
        page.lines.truncate(lines.saturating_sub(1));
        page.lines.push("…".into());
        page.text()
    }
}

/// Plain text: one screen of at most eighty columns, where the author's words allow it.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_lines(SCREEN))
    }
}

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    /// The rule file that was named last: of its other rules the line is enough.
    file: String,
}

impl Page {
    fn of(why: &Explanation, most: Most) -> Self {
        let mut page = Self::default();
        page.add(0, &format!("{}.", why.sentence()));
        why.problems.iter().for_each(|problem| page.add(2, &format!("{}.", escape(problem))));
        let shown = why.rules.len().min(most.rules);
        why.rules.iter().take(shown).for_each(|rule| page.rule(rule, most));
        let more = why.rules.len().saturating_sub(shown).saturating_add(why.more_rules);
        if more > 0 {
            page.blank();
            page.more(0, more);
        }
        why.suggestions.iter().for_each(|found| page.suggestions(found, most.suggestions));
        if !why.others.is_empty() {
            page.blank();
            page.add(0, &format!("Other rules on `{}`:", escape(&why.act)));
            page.each(2, &why.others, most.others, why.more_others, |page, rule| {
                let sentence = page.sentence(rule);
                page.add(2, &sentence);
            });
        }
        page
    }

    fn text(&self) -> String {
        self.lines.join("\n").replace(STUCK, " ")
    }

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
            return format!("{} (line{STUCK}{})", escape(&format!("{} {}", rule.rule, rule.said)), rule.span.line);
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

    fn rule(&mut self, rule: &Finding, most: Most) {
        self.blank();
        let sentence = self.sentence(rule);
        self.add(0, &sentence);
        self.add(2, &format!("| {}", cut(&escape(&rule.text), most.words)));
        for reason in rule.reasons.iter().filter(|reason| **reason != rule.text).take(most.conditions) {
            self.add(2, &format!("\u{201c}{}\u{201d}", cut(&escape(reason), most.words)));
        }
        self.each(2, &rule.conditions, most.conditions, rule.more, |page, condition| page.condition(2, 1, condition, most));
    }

    fn condition(&mut self, indent: usize, depth: usize, condition: &Condition, most: Most) {
        if let Some(part) = only_part(condition) {
            return self.condition(indent, depth, part, most);
        }
        // What is only made of parts is told by them: its own words are a heading.
        let is_heading = !condition.parts.is_empty() && condition.facts.is_empty();
        let sentence = condition.sentence();
        self.add(indent, &cut(&sentence, if is_heading { WIDTH.saturating_sub(indent) } else { most.words }));
        let inside = indent.saturating_add(4);
        self.each(inside, &condition.facts, most.facts, 0, |page, fact| page.add(inside, &fact.to_string()));
        if depth >= most.depth {
            return self.more(inside, condition.parts.len());
        }
        let deeper = depth.saturating_add(1);
        self.each(inside, &condition.parts, most.parts, condition.more, |page, part| page.condition(inside, deeper, part, most));
    }

    fn suggestions(&mut self, found: &Suggestions, most: usize) {
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
        self.each(2, &found.list, most, 0, |page, one| {
            number = number.saturating_add(1);
            page.add(2, &format!("{number}. {one}"));
        });
        if let Some(remark) = remark {
            self.add(2, &format!("({remark}.)"));
        }
    }
}
