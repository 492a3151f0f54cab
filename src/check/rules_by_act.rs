//! Which rules cover an act: the index of plans, over the rules of a program.

use crate::plan::{ActIndex, NodeId};
use crate::program::{Act, Program, Rule};
use alloc::collections::BTreeSet;

/// The rules of a program by the acts that they cover.
pub(super) struct RulesByAct<'p> {
    program: &'p Program,
    index: ActIndex,
}

impl<'p> RulesByAct<'p> {
    pub(super) fn of(program: &'p Program) -> Self {
        let mut index = ActIndex::default();
        for (rule, number) in program.rules.iter().zip(0..) {
            index.add(number, rule.verb, &rule.acts, NodeId(0), false);
        }
        Self { program, index }
    }

    /// The rules that cover an act, in the order of the files.
    pub(super) fn covering(&self, act: &Act) -> impl Iterator<Item = &'p Rule> + use<'p> {
        let thing = act.thing.as_deref();
        let buckets = self.index.covering(&act.action, thing);
        let entries = buckets.flat_map(|bucket| [&bucket.prohibitions, &bucket.conditions, &bucket.grants, &bucket.binds]).flatten();
        let numbers: BTreeSet<u32> = entries.filter(|entry| entry.covers(&act.action, thing)).map(|entry| entry.rule).collect();
        let program = self.program;
        numbers.into_iter().filter_map(|number| program.rules.get(number as usize))
    }
}
