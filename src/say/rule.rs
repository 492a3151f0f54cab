//! Rules in words: their conditions, reasons and duties.

use super::names::{member, name};
use super::words::{Words, quoted};
use crate::program::{Duty, Rule, Task, Term, TermNode, Text, TextPart};
use crate::reading::{Stated, StatedDuty};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

impl Words<'_> {
    pub(super) fn rule(&self, rule: &Rule) -> Stated {
        let condition = |formula: &Option<Box<_>>| formula.as_ref().map(|formula| self.condition(formula));
        let text = |text: &Option<Text>| text.as_ref().map(|text| self.text(text));
        let duties = |duties: &[Duty]| duties.iter().map(|duty| self.duty(duty)).collect();
        Stated {
            rule: rule.id.clone(),
            verb: rule.verb,
            condition: condition(&rule.condition),
            when: condition(&rule.when),
            unless: condition(&rule.unless),
            because: text(&rule.because),
            duties: duties(&rule.duties),
            otherwise: text(&rule.otherwise),
            otherwise_duties: duties(&rule.otherwise_duties),
        }
    }

    fn duty(&self, duty: &Duty) -> StatedDuty {
        let task = match &duty.task {
            Task::Told(text) => self.text(text),
            Task::Named(task, arguments) if arguments.is_empty() => name(task),
            Task::Named(task, arguments) => {
                let with: Vec<String> =
                    arguments.iter().map(|(key, value)| alloc::format!("{}: {}", member(key), self.argument(value))).collect();
                alloc::format!("{} with {}", name(task), with.join(", "))
            }
        };
        StatedDuty { must: duty.must, task }
    }

    /// A fact of one word needs no `the` here.
    fn argument(&self, value: &Term) -> String {
        if let TermNode::Path(_) = value.node { self.subject(value) } else { self.term(value) }
    }

    /// A text in quotes, with the facts that it names in braces.
    pub(super) fn text(&self, text: &Text) -> String {
        let mut inside = String::new();
        for part in &text.parts {
            match part {
                TextPart::Literal(literal) => {
                    let written = quoted(literal);
                    let written = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or("");
                    push_doubling_braces(&mut inside, written);
                }
                TextPart::Term(term) => {
                    inside.push('{');
                    inside.push_str(&self.subject(term));
                    inside.push('}');
                }
            }
        }
        alloc::format!("\"{inside}\"")
    }
}

/// Braces are doubled, but for those of `\u{…}`.
fn push_doubling_braces(out: &mut String, written: &str) {
    let mut in_escape = false;
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\\u{") {
            out.push_str("\\u{");
            in_escape = true;
            rest = after;
            continue;
        }
        if rest.starts_with("\\\\") {
            out.push_str("\\\\");
            rest = rest.get(2..).unwrap_or("");
            continue;
        }
        out.push(c);
        if matches!(c, '{' | '}') && !in_escape {
            out.push(c);
        }
        in_escape &= c != '}';
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
}
