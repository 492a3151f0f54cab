//! Which single facts can turn an outcome, all others as they are, and by which conditions: whatever is no lever need not be tried
//! alone, and where none of these conditions comes out so, the outcome need not be worked out.

use super::{Hangs, Support, Touching};
use crate::act::{Outcome, Verb};
use crate::decision::trace::Parts;
use crate::plan::NodeId;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::vec::Vec;

/// A condition that has to come out `yes` (or `no`).
pub(in crate::tools) type Turn = (NodeId, bool);

/// What the change of a single fact can do.
pub(in crate::tools) struct Levers {
    /// The facts without which nothing is reached.
    needed: Reach,
    /// The facts that may do it without any of these turns.
    free: Reach,
    /// The conditions of which one has to turn, by the fact that may turn them.
    by_fact: BTreeMap<usize, Vec<Turn>>,
    /// Those that may be turned by what is none of the facts.
    by_any: Vec<Turn>,
}

/// What one more change to a set of changes may do.
#[derive(Clone)]
pub(in crate::tools) enum Hope {
    /// With it the set does not lead to the outcome; it may with more.
    None,
    /// It does only if one of these comes out so.
    Through(Rc<[Turn]>),
    /// It may.
    Open,
}

impl Hope {
    /// What two ways to the same set know together.
    pub(in crate::tools) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, _) | (_, Self::None) => Self::None,
            (Self::Open, hope) | (hope, Self::Open) => hope,
            (Self::Through(one), Self::Through(other)) => Self::Through(if one.len() <= other.len() { one } else { other }),
        }
    }
}

impl Levers {
    fn new(needed: Reach, free: Reach, turns: Vec<(Turn, Reach)>) -> Self {
        let mut levers = Self { needed, free, by_fact: BTreeMap::new(), by_any: Vec::new() };
        for (turn, reach) in turns {
            match reach {
                Reach::Any => levers.by_any.push(turn),
                Reach::One(hangs) => hangs.facts.iter().for_each(|&fact| levers.by_fact.entry(fact).or_default().push(turn)),
            }
        }
        levers
    }

    /// What the change of a fact may do.
    pub(in crate::tools) fn hope(&self, fact: usize) -> Hope {
        if !self.needed.holds(fact) {
            return Hope::None;
        }
        if self.free.holds(fact) {
            return Hope::Open;
        }
        let own = self.by_fact.get(&fact).into_iter().flatten();
        let turns: Vec<Turn> = own.chain(&self.by_any).copied().collect();
        if turns.is_empty() { Hope::None } else { Hope::Through(turns.into()) }
    }
}

/// The facts of which one is enough.
#[derive(Debug, Clone)]
pub(super) enum Reach {
    /// None is needed: it is so already, or may become so by what is none of the facts.
    Any,
    /// One of these.
    One(Rc<Hangs>),
}

impl Reach {
    fn none() -> Self {
        Self::One(Rc::default())
    }

    /// May the change of a fact be enough?
    fn holds(&self, fact: usize) -> bool {
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
    /// What the change of one fact, all others as they are, may do for the outcome.
    pub(in crate::tools) fn levers(&mut self, wanted: Outcome) -> Levers {
        match wanted {
            Outcome::Allowed => self.levers_to_allowed(),
            Outcome::Denied | Outcome::Undetermined => self.levers_to_denied(),
        }
    }

    /// All that closes must not, and something must open.
    fn levers_to_allowed(&mut self) -> Levers {
        let (mut needed, mut opening, mut closing) = (Reach::Any, Vec::new(), Vec::new());
        let mut is_limited = false;
        for (rule, traced) in self.rules() {
            let passes = matches!(rule.verb, Verb::OnlyIf | Verb::Allow);
            match rule.verb {
                Verb::Never | Verb::Requires | Verb::OnlyIf => {
                    is_limited |= passes;
                    let reach = self.levers_of(traced.root, passes);
                    needed = needed.and(reach.clone());
                    // One that closes is enough to look at: it has to turn.
                    if closing.is_empty() && self.truth(traced.root) != Some(passes) {
                        closing.extend(self.turn(traced.root, passes, reach));
                    }
                }
                Verb::Allow => {
                    let reach = self.levers_of(traced.root, passes);
                    opening.extend(self.turn(traced.root, passes, reach));
                }
                Verb::Must | Verb::Should => {}
            }
        }
        match (closing.is_empty(), self.trace.whole && !is_limited) {
            (false, _) => Levers::new(needed, Reach::none(), closing),
            (true, true) => Levers::new(needed, Reach::none(), opening),
            (true, false) => Levers::new(needed, Reach::Any, Vec::new()),
        }
    }

    /// Something must close, or nothing open.
    fn levers_to_denied(&mut self) -> Levers {
        if !self.trace.whole {
            return Levers::new(Reach::Any, Reach::Any, Vec::new());
        }
        let (mut shut, mut closing) = (Reach::Any, Vec::new());
        let mut is_limited = false;
        for (rule, traced) in self.rules() {
            let closes = matches!(rule.verb, Verb::Never | Verb::Requires);
            match rule.verb {
                Verb::Never | Verb::Requires | Verb::OnlyIf => {
                    is_limited |= !closes;
                    let reach = self.levers_of(traced.root, closes);
                    closing.extend(self.turn(traced.root, closes, reach));
                }
                Verb::Allow => shut = shut.and(self.levers_of(traced.root, closes)),
                Verb::Must | Verb::Should => {}
            }
        }
        Levers::new(Reach::Any, if is_limited { Reach::none() } else { shut }, closing)
    }

    fn turn(&self, step: usize, yes: bool, reach: Reach) -> Option<(Turn, Reach)> {
        Some(((self.trace.steps.get(step)?.node, yes), reach))
    }

    /// The facts of which one might make a condition `yes` (or `no`).
    fn levers_of(&mut self, step: usize, yes: bool) -> Reach {
        if let Some(known) = self.levers.get(step, yes) {
            return known;
        }
        let trace = self.trace;
        let Some(traced) = trace.steps.get(step) else { return Reach::Any };
        if traced.truth == Some(yes) {
            return Reach::Any;
        }
        let found = match &traced.parts {
            Parts::Always => Reach::none(),
            Parts::Not(inner) => self.levers_of(*inner, !yes),
            Parts::Opened(body) => self.levers_of(*body, yes),
            Parts::And(all) if yes => all.iter().fold(Reach::Any, |levers, &part| levers.and(self.levers_of(part, yes))),
            Parts::Or(all) if !yes => all.iter().fold(Reach::Any, |levers, &part| levers.and(self.levers_of(part, yes))),
            Parts::And(all) | Parts::Or(all) => all.iter().fold(Reach::none(), |levers, &part| levers.or(self.levers_of(part, yes))),
            Parts::Each(_) | Parts::Test(_) => of_all(self.stays(step, yes)),
        };
        self.levers.insert(step, yes, found.clone());
        found
    }
}

/// Each of what it hangs on; what is beyond may do as well.
fn of_all(hangs: Rc<Hangs>) -> Reach {
    if hangs.beyond { Reach::Any } else { Reach::One(hangs) }
}
