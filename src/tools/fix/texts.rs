//! The texts while they are being changed.

use super::report::FixedText;
use crate::diagnostic::Diagnostic;
use crate::engine::{Engine, Loaded};
use crate::source::{Source, Sources};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// Which text: it keeps its name while others come and go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TextId {
    /// Brought by the engine; never changed.
    Vocabulary(usize),
    /// Named by the caller.
    Named(usize),
    /// Brought by `use`, with its path.
    Used(String),
}

/// The texts of a bundle, and how to check them.
pub(super) struct Texts<'e, L> {
    engine: &'e Engine,
    load: L,
    first: Sources,
    pub(super) now: Now,
    /// The texts that were loaded, as they were.
    used: BTreeMap<String, Loaded>,
}

/// What can be put back.
#[derive(Clone)]
pub(super) struct Now {
    named: Sources,
    /// The texts that were loaded and changed.
    used: BTreeMap<String, String>,
}

impl<'e, L: FnMut(&str) -> Loaded> Texts<'e, L> {
    pub(super) fn new(engine: &'e Engine, named: Sources, load: L) -> Self {
        let now = Now { named: named.clone(), used: BTreeMap::new() };
        Self { engine, load, first: named, now, used: BTreeMap::new() }
    }

    /// What is said of the texts as they are now.
    pub(super) fn check(&mut self) -> Vec<Diagnostic> {
        let Self { engine, load, now, used, .. } = self;
        engine.check_with(now.named.clone(), |path| {
            let (name, text) = used.entry(path.to_owned()).or_insert_with(|| load(path)).clone()?;
            Ok((name, now.used.get(path).cloned().unwrap_or(text)))
        })
    }

    /// Which text the one at a place of a diagnostic's texts is.
    pub(super) fn id(&self, at: usize, source: &Source) -> TextId {
        let own = self.engine.own_texts();
        match at.checked_sub(own) {
            None => TextId::Vocabulary(at),
            Some(at) if at < self.now.named.len() => TextId::Named(at),
            Some(_) => TextId::Used(source.path().to_owned()),
        }
    }

    /// The text as it is now; none where it cannot be changed.
    pub(super) fn text(&self, id: &TextId) -> Option<&str> {
        match id {
            TextId::Vocabulary(_) => None,
            TextId::Named(at) => self.now.named.iter().nth(*at).map(Source::text),
            TextId::Used(path) => match (self.now.used.get(path), self.used.get(path)) {
                (Some(text), _) | (None, Some(Ok((_, text)))) => Some(text),
                (None, _) => None,
            },
        }
    }

    pub(super) fn set(&mut self, id: &TextId, text: String) {
        match id {
            TextId::Vocabulary(_) => {}
            TextId::Named(at) => self.now.named.set_text(*at, text),
            TextId::Used(path) => _ = self.now.used.insert(path.clone(), text),
        }
    }

    /// All texts before and after.
    pub(super) fn all(&self) -> Vec<FixedText> {
        let named = self.first.iter().zip(self.now.named.iter()).map(|(before, after)| FixedText {
            name: before.name().to_owned(),
            before: before.text().to_owned(),
            after: after.text().to_owned(),
        });
        let used = self.used.iter().filter_map(|(path, loaded)| {
            let (name, before) = loaded.clone().ok()?;
            let after = self.now.used.get(path).unwrap_or(&before).clone();
            Some(FixedText { name, before, after })
        });
        named.chain(used).collect()
    }
}
