//! Duties and reasons: names with arguments, and texts with values in them.

use super::{Checker, messages};
use crate::program::{Duty, Path, Root, Task, Term, TermNode, Text, TextPart};
use crate::tree::{self, Template, TemplatePart};
use crate::vocabulary::Type;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

impl<'t> Checker<'t> {
    /// What the caller must or should do.
    pub(super) fn duty(&mut self, must: bool, written: &'t tree::Duty) -> Option<Duty> {
        let task = match written {
            tree::Duty::Told(template) => Task::Told(self.text(template)?),
            tree::Duty::Named { name, arguments } => {
                let mut keys = BTreeSet::new();
                let mut made = Vec::new();
                for (key, value) in arguments {
                    if !keys.insert(key.text.as_str()) {
                        let first = arguments.iter().find(|(known, _)| known.text == key.text).map_or(key.span, |(known, _)| known.span);
                        self.report(messages::declared_twice(&alloc::format!("`{}`", key.text), key.span, first));
                        return None;
                    }
                    made.push(self.argument(value).map(|term| (key.text.clone(), term)));
                }
                Task::Named(name.text.clone(), made.into_iter().collect::<Option<_>>()?)
            }
        };
        Some(Duty { must, task })
    }

    fn argument(&mut self, written: &'t tree::Expr) -> Option<Term> {
        let term = self.subject(written)?;
        if self.program.is_private(&term) {
            self.report(messages::private_argument(self.sources.words(term.span), term.span));
            return None;
        }
        Some(term)
    }

    /// A text with the values of facts in it.
    pub(super) fn text(&mut self, written: &'t Template) -> Option<Text> {
        let parts: Vec<Option<TextPart>> = written
            .parts
            .iter()
            .map(|part| match part {
                TemplatePart::Text(text) => Some(TextPart::Literal(text.clone())),
                TemplatePart::Path(path) => {
                    let term = self.path(path, true)?;
                    let ty = self.type_of(&term);
                    if matches!(ty, Type::List(_) | Type::Map(_) | Type::Kind(_)) {
                        let what = alloc::format!("`{}` is {}", self.sources.words(path.span), self.a_type(&ty));
                        self.report(messages::unprintable(&what, path.span));
                        return None;
                    }
                    Some(TextPart::Term(term))
                }
            })
            .collect();
        let parts: Vec<TextPart> = parts.into_iter().collect::<Option<_>>()?;
        let mut over = None;
        for part in &parts {
            let TextPart::Term(Term { node: TermNode::Path(Path { root: Root::Variable(id), .. }), span }) = part else { continue };
            if over.is_some_and(|over| over != *id) {
                self.report(messages::two_variables(self.sources.words(*span), *span));
                return None;
            }
            over = Some(*id);
        }
        Some(Text { parts, over })
    }
}
