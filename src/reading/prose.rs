//! A reading as sentences that can be read aloud.
//!
//! In: the structure. Out: lines with their level, each made of our words and of the policy's, so that text and Markdown can show
//! them each in its own way.

use super::{ActReading, Reading, Scope, Stated};
use alloc::string::String;
use alloc::vec::Vec;

/// A piece of a line.
pub(super) enum Piece {
    /// Our words.
    Ours(String),
    /// Words of the policy that could stand in a rule.
    Rule(String),
    /// A text for people, in its quotes.
    Told(String),
}

/// A line: a sentence, or one of several things that a sentence announces.
pub(super) struct Line {
    /// How far in.
    pub(super) level: usize,
    /// Is it one of several?
    pub(super) is_item: bool,
    pub(super) pieces: Vec<Piece>,
}

impl Line {
    pub(super) fn new(level: usize, is_item: bool) -> Self {
        Self { level, is_item, pieces: Vec::new() }
    }

    pub(super) fn ours(mut self, words: &str) -> Self {
        if let Some(Piece::Ours(before)) = self.pieces.last_mut() {
            before.push_str(words);
        } else if !words.is_empty() {
            self.pieces.push(Piece::Ours(words.into()));
        }
        self
    }

    pub(super) fn rule(mut self, words: &str) -> Self {
        self.pieces.push(Piece::Rule(words.into()));
        self
    }

    pub(super) fn told(mut self, text: &str) -> Self {
        self.pieces.push(Piece::Told(text.into()));
        self
    }

    /// Pieces with `or` between them.
    pub(super) fn either(mut self, pieces: &[Piece]) -> Self {
        for (at, piece) in pieces.iter().enumerate() {
            self = self.ours(if at > 0 { " or " } else { "" });
            self = match piece {
                Piece::Ours(words) => self.ours(words),
                Piece::Rule(words) | Piece::Told(words) => self.rule(words),
            };
        }
        self
    }

    /// `when C, except when D`; `otherwise` where there is neither.
    pub(super) fn cases(mut self, stated: &Stated, otherwise: &str) -> Self {
        if stated.when.is_none() && stated.unless.is_none() {
            return self.ours(otherwise);
        }
        if let Some(when) = &stated.when {
            self = self.ours("when ").rule(when);
        }
        if let Some(unless) = &stated.unless {
            let before = if stated.when.is_some() { ", except when " } else { "except when " };
            self = self.ours(before).rule(unless);
        }
        self
    }
}

impl Reading {
    /// What is said after the acts, if they are all.
    pub(super) fn closing(&self) -> Option<&'static str> {
        self.closed.then_some("There is no other act: whatever else is asked is denied.")
    }
}

impl Scope {
    /// As a heading; `else`, where some acts that it could mean have sections of their own.
    fn title(&self, leaves_out: bool) -> String {
        let other = if leaves_out { " else" } else { "" };
        match self {
            Scope::Act(action, Some(thing)) => alloc::format!("{action} {thing}"),
            Scope::Act(action, None) => action.clone(),
            Scope::Action(action) => alloc::format!("{action} anything{other}"),
            Scope::Thing(thing) => alloc::format!("anything{other} to {thing}"),
            Scope::Rest => String::from(if leaves_out { "every other act" } else { "every act" }),
        }
    }

    /// After `may`.
    fn done(&self, leaves_out: bool) -> Piece {
        let other = if leaves_out { " else" } else { "" };
        match self {
            Scope::Act(..) => Piece::Rule(self.title(leaves_out)),
            Scope::Action(_) => Piece::Ours(self.title(leaves_out)),
            Scope::Thing(thing) => Piece::Ours(alloc::format!("do anything{other} to {thing}")),
            Scope::Rest => Piece::Ours(alloc::format!("do anything{other}")),
        }
    }
}

/// Acts that stand side by side and of which the same is said: they are read together.
pub(super) struct Section<'r> {
    acts: &'r [ActReading],
    /// Are there acts with sections of their own that this one leaves out?
    leaves_out: bool,
}

impl Reading {
    pub(super) fn sections(&self) -> Vec<Section<'_>> {
        let is_named = |act: &ActReading| matches!(act.scope, Scope::Act(..));
        let same = |one: &ActReading, other: &ActReading| is_named(one) && is_named(other) && one.says_the_same(other);
        let named = |scope: &Scope| {
            self.acts.iter().any(|act| match (&act.scope, scope) {
                (Scope::Act(action, _), Scope::Action(own)) => action == own,
                (Scope::Act(_, thing), Scope::Thing(own)) => thing.as_ref() == Some(own),
                (Scope::Act(..) | Scope::Action(_) | Scope::Thing(_), Scope::Rest) => true,
                (Scope::Act(..) | Scope::Action(_) | Scope::Thing(_) | Scope::Rest, _) => false,
            })
        };
        let leaves_out = |acts: &[ActReading]| acts.first().is_some_and(|act| named(&act.scope));
        self.acts.chunk_by(same).map(|acts| Section { acts, leaves_out: leaves_out(acts) }).collect()
    }
}

impl Section<'_> {
    /// The heading.
    pub(super) fn title(&self) -> String {
        self.acts.iter().map(|act| act.scope.title(self.leaves_out)).collect::<Vec<_>>().join(", ")
    }

    /// The lines below the heading.
    pub(super) fn lines(&self) -> Vec<Line> {
        let Some(act) = self.acts.first() else { return Vec::new() };
        let done: Vec<Piece> = self.acts.iter().map(|act| act.scope.done(self.leaves_out)).collect();
        act.lines(&done)
    }
}
