//! What looks at the elements of lists: it bounds what a decision may visit.

use super::lower::Lower;
use crate::program::{Root, Step, Term, TermNode};
use crate::vocabulary::Type;

impl Lower<'_> {
    /// May a term be a list of the request, or one that is worked out?
    pub(super) fn may_be_list(&self, term: &Term) -> bool {
        let vocabulary = &self.program.vocabulary;
        match &term.node {
            TermNode::Literal(_) | TermNode::List(_) | TermNode::Bucket(..) | TermNode::Span(..) | TermNode::Entity(..) => false,
            TermNode::Constant(_) | TermNode::Arithmetic(..) | TermNode::Function(..) | TermNode::Each(_) => true,
            TermNode::Path(path) => {
                let root = match &path.root {
                    Root::Fact(at) => vocabulary.facts.get(*at as usize).map(|fact| &fact.ty),
                    Root::Setting(at) => vocabulary.settings.get(*at as usize).map(|setting| &setting.ty),
                    Root::Variable(id) => self.program.variable(*id).map(|variable| &variable.ty),
                    Root::Parameter(_) | Root::Resource | Root::Subject => None,
                };
                let ty = match path.steps.last() {
                    Some(Step::Field(kind, at)) => self.program.field(*kind, *at).map(|field| &field.ty),
                    Some(Step::Key(_)) => None,
                    None => root,
                };
                matches!(ty, None | Some(Type::List(_) | Type::Any))
            }
        }
    }

    /// The level that a variable bound here has.
    pub(super) fn level(&self) -> u16 {
        u16::try_from(self.levels.len()).unwrap_or(u16::MAX)
    }

    /// Counts something that looks at the elements of a list, as if so many more quantifiers were around it.
    pub(super) fn looks_at_elements(&mut self, more: usize) {
        let level = self.levels.len().saturating_add(more);
        if self.quantifiers.len() <= level {
            self.quantifiers.resize(level.saturating_add(1), 0);
        }
        if let Some(count) = self.quantifiers.get_mut(level) {
            *count = count.saturating_add(1);
        }
    }
}
