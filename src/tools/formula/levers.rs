//! Which single facts can turn an outcome, all others as they are: whatever is no lever need not be tried alone.

use super::{Hangs, Support, Touching};
use crate::act::{Outcome, Verb};
use crate::decision::trace::Parts;
use alloc::rc::Rc;

/// The facts of which one is enough.
#[derive(Debug, Clone)]
pub(in crate::tools) enum Levers {
    /// None is needed: it is so already, or may become so by what is none of the facts.
    Any,
    /// One of these.
    One(Rc<Hangs>),
}

impl Levers {
    fn none() -> Self {
        Self::One(Rc::default())
    }

    /// May the change of a fact be enough?
    pub(in crate::tools) fn holds(&self, fact: usize) -> bool {
        match self {
            Self::Any => true,
            Self::One(hangs) => hangs.facts.contains(&fact),
        }
    }

    /// Those that do both.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Any, levers) | (levers, Self::Any) => levers,
            (Self::One(one), Self::One(other)) if Rc::ptr_eq(&one, &other) => Self::One(one),
            (Self::One(one), Self::One(other)) => {
                let facts = one.facts.intersection(&other.facts).copied().collect();
                Self::One(Rc::new(Hangs { facts, beyond: false }))
            }
        }
    }

    /// Those that do either.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (Self::One(less), Self::One(more)) if less.facts.is_empty() => Self::One(more),
            (Self::One(mut one), Self::One(other)) => {
                Rc::make_mut(&mut one).facts.extend(&other.facts);
                Self::One(one)
            }
        }
    }
}

impl<T: Touching> Support<'_, T> {
    /// The facts of which one, changed alone, might lead to the outcome. Of no other fact a change alone does.
    pub(in crate::tools) fn levers(&mut self, wanted: Outcome) -> Levers {
        match wanted {
            Outcome::Allowed => self.levers_to_allowed(),
            Outcome::Denied | Outcome::Undetermined => self.levers_to_denied(),
        }
    }

    /// All that closes must not, and something must open.
    fn levers_to_allowed(&mut self) -> Levers {
        let rules = self.rules();
        let (mut levers, mut opening) = (Levers::Any, Levers::none());
        let mut is_limited = false;
        for (rule, traced) in &rules {
            match rule.verb {
                Verb::Never | Verb::Requires => levers = levers.and(self.levers_of(traced.root, false)),
                Verb::OnlyIf => {
                    is_limited = true;
                    levers = levers.and(self.levers_of(traced.root, true));
                }
                Verb::Allow => opening = opening.or(self.levers_of(traced.root, true)),
                Verb::Must | Verb::Should => {}
            }
        }
        if self.trace.whole && !is_limited { levers.and(opening) } else { levers }
    }

    /// Something must close, or nothing open.
    fn levers_to_denied(&mut self) -> Levers {
        if !self.trace.whole {
            return Levers::Any;
        }
        let rules = self.rules();
        let (mut closing, mut shut) = (Levers::none(), Levers::Any);
        let mut is_limited = false;
        for (rule, traced) in &rules {
            match rule.verb {
                Verb::Never | Verb::Requires => closing = closing.or(self.levers_of(traced.root, true)),
                Verb::OnlyIf => {
                    is_limited = true;
                    closing = closing.or(self.levers_of(traced.root, false));
                }
                Verb::Allow => shut = shut.and(self.levers_of(traced.root, false)),
                Verb::Must | Verb::Should => {}
            }
        }
        if is_limited { closing } else { closing.or(shut) }
    }

    /// The facts of which one might make a condition `yes` (or `no`).
    fn levers_of(&mut self, step: usize, yes: bool) -> Levers {
        if let Some(known) = self.levers.get(step, yes) {
            return known;
        }
        let trace = self.trace;
        let Some(traced) = trace.steps.get(step) else { return Levers::Any };
        if traced.truth == Some(yes) {
            return Levers::Any;
        }
        let found = match &traced.parts {
            Parts::Always => Levers::none(),
            Parts::Not(inner) => self.levers_of(*inner, !yes),
            Parts::Opened(body) => self.levers_of(*body, yes),
            Parts::And(all) if yes => all.iter().fold(Levers::Any, |levers, &part| levers.and(self.levers_of(part, yes))),
            Parts::Or(all) if !yes => all.iter().fold(Levers::Any, |levers, &part| levers.and(self.levers_of(part, yes))),
            Parts::And(all) | Parts::Or(all) => all.iter().fold(Levers::none(), |levers, &part| levers.or(self.levers_of(part, yes))),
            Parts::Each(_) | Parts::Test(_) => of_all(self.stays(step, yes)),
        };
        self.levers.insert(step, yes, found.clone());
        found
    }
}

/// Each of what it hangs on; what is beyond may do as well.
fn of_all(hangs: Rc<Hangs>) -> Levers {
    if hangs.beyond { Levers::Any } else { Levers::One(hangs) }
}
