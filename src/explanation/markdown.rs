//! An explanation as Markdown, for a ticket or a pull request.

use super::text::{heading, only_part, remark};
use super::{Condition, Explanation, Finding, Suggestions};
use alloc::format;
use alloc::string::{String, ToString};

/// How deep lists lie in each other.
const DEEPEST: usize = 6;
/// How many rules, conditions and parts are written before "… and N more".
const MOST: usize = 20;

impl Explanation {
    /// The explanation as Markdown: the rules as quotations, the conditions as lists. Nothing in it is taken for Markdown that came
    /// from a rule or a request.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let decision = onlyif::decide("never ring bell", onlyif::Request::new("ring", "bell"))?;
    /// assert!(decision.why().to_markdown().starts_with("**denied: \\`ring bell\\` is forbidden by policy/ring bell/1.**\n"));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = format!("**{}.**\n", plain(&self.sentence()));
        for problem in &self.problems {
            out.push_str(&format!("\n{}.\n", plain(&crate::diagnostic::escape(problem))));
        }
        for rule in self.rules.iter().take(MOST) {
            self::rule(&mut out, rule);
        }
        let left = self.rules.len().saturating_sub(MOST).saturating_add(self.more_rules);
        if left > 0 {
            out.push_str(&format!("\n… and {left} more\n"));
        }
        for found in &self.suggestions {
            suggestions(&mut out, found);
        }
        if !self.others.is_empty() {
            out.push_str(&format!("\nOther rules on {}:\n\n", plain(&crate::diagnostic::escape(&self.act))));
            for rule in self.others.iter().take(MOST) {
                out.push_str(&format!("- {}\n", plain(&rule.sentence())));
            }
            more(&mut out, 0, self.others.len().saturating_sub(MOST).saturating_add(self.more_others));
        }
        out
    }
}

fn rule(out: &mut String, rule: &Finding) {
    out.push_str(&format!("\n{}\n\n> {}\n", plain(&rule.sentence()), plain(&crate::diagnostic::escape(&rule.text))));
    for reason in rule.reasons.iter().filter(|reason| **reason != rule.text) {
        out.push_str(&format!("\n\u{201c}{}\u{201d}\n", plain(&crate::diagnostic::escape(reason))));
    }
    if !rule.conditions.is_empty() {
        out.push('\n');
    }
    for one in rule.conditions.iter().take(MOST) {
        condition(out, 0, one);
    }
    more(out, 0, rule.conditions.len().saturating_sub(MOST).saturating_add(rule.more));
}

fn condition(out: &mut String, depth: usize, one: &Condition) {
    if let Some(part) = only_part(one) {
        return condition(out, depth, part);
    }
    let indent = "  ".repeat(depth);
    out.push_str(&format!("{indent}- {}\n", plain(&one.sentence())));
    let inside = depth.saturating_add(1);
    for fact in &one.facts {
        out.push_str(&format!("{indent}  - {}\n", plain(&fact.to_string())));
    }
    if inside >= DEEPEST {
        return more(out, inside, one.parts.len());
    }
    for part in one.parts.iter().take(MOST) {
        condition(out, inside, part);
    }
    more(out, inside, one.parts.len().saturating_sub(MOST).saturating_add(one.more));
}

fn more(out: &mut String, depth: usize, count: usize) {
    if count > 0 {
        out.push_str(&format!("{}- … and {count} more\n", "  ".repeat(depth)));
    }
}

fn suggestions(out: &mut String, found: &Suggestions) {
    let remark = remark(found);
    if found.list.is_empty() {
        if let Some(remark) = remark {
            out.push_str(&format!("\n{}.\n", plain(&remark)));
        }
        return;
    }
    out.push_str(&format!("\n{}:\n\n", heading(found)));
    for one in found.list.iter().take(MOST) {
        out.push_str(&format!("1. {}\n", plain(&one.to_string())));
    }
    more(out, 0, found.list.len().saturating_sub(MOST));
    if let Some(remark) = remark {
        out.push_str(&format!("\n({}.)\n", plain(&remark)));
    }
}

/// Text in which nothing is a sign of Markdown or HTML.
fn plain(text: &str) -> String {
    let mut written = String::new();
    for c in text.chars() {
        match c {
            '<' => written.push_str("&lt;"),
            '&' => written.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '@' => {
                written.push('\\');
                written.push(c);
            }
            c => written.push(c),
        }
    }
    written
}
