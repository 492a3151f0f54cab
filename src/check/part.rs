//! What is of one kind or another: `subject` and `resource`, and what a reference to several kinds refers to.
//!
//! A field of it is the field that the declared kinds have; they must agree on its type. A declared kind that lacks it has
//! none of it. Where nobody declared the kinds, whatever is sent is read.

use super::name::undeclared;
use super::{Checker, messages};
use crate::program::{Act, ActPattern, Root, Step, Term};
use crate::source::Span;
use crate::tree::Name;
use crate::vocabulary::{Field, KindId, Type};
use alloc::vec::Vec;

impl Checker<'_> {
    /// The root that a word stands for, if it is one of the two.
    pub(super) fn part(&mut self, word: &str) -> Option<(Root, Type)> {
        let root = match word {
            "resource" => Root::Resource,
            "subject" => Root::Subject,
            _ => return None,
        };
        let kind = match self.parts.get(word) {
            Some(&kind) => kind,
            None => {
                let kind = self.open_kind(word, Span::default());
                self.parts.insert(word.into(), kind);
                kind
            }
        };
        Some((root, Type::Kind(kind)))
    }

    /// The kind that stands for one of the two.
    pub(super) fn part_kind(&self, word: &str) -> KindId {
        self.parts.get(word).copied().unwrap_or(KindId(u32::MAX))
    }

    /// The kind that stands for whichever of these kinds it is; the kind itself, where it is one.
    pub(super) fn one_of_kinds(&mut self, kinds: &[KindId]) -> KindId {
        if let [only] = kinds {
            return *only;
        }
        let mut sorted = kinds.to_vec();
        sorted.sort_unstable();
        if let Some(&known) = self.unions.get(&sorted) {
            return known;
        }
        let names: Vec<&str> = kinds.iter().map(|&kind| self.program.vocabulary.kind_name(kind)).collect();
        let name = names.join(" or ");
        let made = self.open_kind(&name, Span::default());
        self.is_entity(made);
        if let Some(kind) = self.program.vocabulary.kinds.get_mut(made.0 as usize) {
            kind.any_of = true;
        }
        self.unions.insert(sorted, made);
        made
    }

    /// Does it stand for something that may be of several kinds?
    pub(super) fn is_part(&self, kind: KindId) -> bool {
        self.parts.values().chain(self.unions.values()).any(|&part| part == kind)
    }

    /// The kinds that such a thing may be; `acts` are those that are asked about, none for all.
    pub(super) fn kinds_behind(&self, part: KindId, acts: &[ActPattern]) -> Vec<KindId> {
        let union = self.unions.iter().find(|(_, union)| **union == part).map(|(kinds, _)| kinds.clone());
        let word = || self.parts.iter().find(|(_, known)| **known == part).map(|(word, _)| self.possible_kinds(word, acts));
        union.or_else(word).unwrap_or_default()
    }

    /// Where one of the two terms is `subject` or `resource` as a whole: can they be compared? By their ids, if the other is
    /// something with an identity too.
    pub(super) fn with_part(&mut self, left: &Term, right: &Term) -> Option<Option<()>> {
        let part_of = |checker: &Self, term: &Term| {
            let Type::Kind(kind) = checker.type_of(term) else { return None };
            checker.parts.iter().find(|(_, part)| **part == kind).map(|(word, _)| word.clone())
        };
        let (word, other) = match (part_of(self, left), part_of(self, right)) {
            (Some(word), _) => (word, right),
            (None, Some(word)) => (word, left),
            (None, None) => return None,
        };
        let kinds = self.possible_kinds(&word, &[]);
        for &kind in &kinds {
            self.is_entity(kind);
        }
        let ty = self.type_of(other);
        if matches!(ty, Type::Inferred(_)) && !kinds.is_empty() {
            return Some(self.want(other, &Type::Reference(kinds.into())));
        }
        if matches!(ty, Type::Kind(_) | Type::Reference(_) | Type::Inferred(_)) {
            return Some(Some(()));
        }
        let what = alloc::format!("`{}` is {}", self.sources.words(other.span), self.a_type(&ty));
        self.report(messages::wants_another_type(&what, "something with an identity", other.span));
        Some(None)
    }

    /// A field of such a thing, named for the first time.
    pub(super) fn part_step(&mut self, part: KindId, of: &Name, field: &Name) -> Option<(Step, Type)> {
        // A field is the same in all rules, so all acts are asked.
        let kinds: Vec<KindId> = self.kinds_behind(part, &[]);
        let known: Vec<Field> = kinds.iter().filter_map(|&kind| self.program.vocabulary.kind(kind)?.field(&field.text)).cloned().collect();
        let all_declared =
            !kinds.is_empty() && kinds.iter().all(|&kind| self.program.vocabulary.kind(kind).is_some_and(|kind| kind.declared));
        if known.is_empty() && all_declared && field.text != "id" {
            if !self.lost.may_add_field(field.text.as_str()) {
                let names: Vec<&str> = kinds.iter().map(|&kind| self.program.vocabulary.kind_name(kind)).collect();
                self.report(messages::no_kind_has(&of.text, field, &names));
            }
            return None;
        }
        let ty = if field.text == "id" { Type::Text } else { self.types.fresh() };
        for other in &known {
            if self.types.unify(&ty, &other.ty, field.span).is_err() {
                self.report(messages::kinds_disagree(&of.text, field, other.span));
                return None;
            }
        }
        // Where nothing tells the kind, the key that all of them read can still be read.
        let key = known.first().filter(|first| known.iter().all(|other| other.key == first.key)).map(|field| field.key.clone());
        let made = Field {
            private: known.iter().any(|field| field.private),
            key: key.unwrap_or_else(|| field.text.clone()),
            ..undeclared(&field.text, ty.clone(), field.span)
        };
        let at = self.new_field(part, made);
        Some((Step::Field(part, at), ty))
    }

    /// The kinds that `subject` or `resource` may be: those that the acts name which the rule is about, where the list of acts is
    /// closed.
    fn possible_kinds(&self, word: &str, about: &[ActPattern]) -> Vec<KindId> {
        let is_meant = |act: &&Act| about.is_empty() || about.iter().any(|pattern| pattern.covers(&act.action, act.thing.as_deref()));
        let acts = self.program.acts.iter().filter(is_meant);
        let names: Vec<&str> = match word {
            "subject" => acts.flat_map(|act| &act.by).map(|name| name.as_str()).collect(),
            _ => acts.filter_map(|act| act.thing.as_deref()).collect(),
        };
        let mut kinds: Vec<KindId> = names.iter().filter_map(|name| self.names.kinds.get(*name)).copied().collect();
        if names.is_empty() {
            kinds.extend(
                self.names.kinds.values().copied().filter(|&kind| self.program.vocabulary.kind(kind).is_some_and(|kind| kind.declared)),
            );
        }
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}
