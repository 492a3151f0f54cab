//! The fields behind paths, found by their names: a kind may have very many.

use crate::plan::{Plan, Slot, SlotRoot, Step};
use crate::vocabulary::{Field, KindId, Type};
use alloc::collections::BTreeMap;
use alloc::string::String;

/// The fields of one kind.
#[derive(Default)]
struct Index<'p> {
    by_name: BTreeMap<&'p str, &'p Field>,
    by_key: BTreeMap<&'p str, &'p Field>,
}

/// The fields of those kinds that were asked for.
pub(super) struct Fields<'p> {
    plan: &'p Plan,
    kinds: BTreeMap<KindId, Index<'p>>,
}

impl<'p> Fields<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        Self { plan, kinds: BTreeMap::new() }
    }

    fn index(&mut self, kind: KindId) -> &Index<'p> {
        let plan = self.plan;
        self.kinds.entry(kind).or_insert_with(|| {
            let mut index = Index::default();
            for field in plan.vocabulary.kind(kind).into_iter().flat_map(|kind| &kind.fields) {
                index.by_name.entry(&field.name).or_insert(field);
                index.by_key.entry(&field.key).or_insert(field);
            }
            index
        })
    }

    /// The field that the last key of a path names in the kind that stands there.
    pub(super) fn at(&mut self, slot: &Slot, keys: &[String]) -> Option<&'p Field> {
        let plan = self.plan;
        let (first, rest) = keys.split_first()?;
        match slot.root {
            SlotRoot::Fact(at) => self.below(plan.vocabulary.facts.get(at as usize)?, rest),
            SlotRoot::Resource | SlotRoot::Subject => {
                let Some(Type::Kind(kind)) = plan.kind_type(first) else { return None };
                let (key, rest) = rest.split_first()?;
                let field = self.index(*kind).by_key.get(key.as_str()).copied()?;
                self.below(field, rest)
            }
            SlotRoot::Setting(_) => None,
        }
    }

    fn below(&mut self, field: &'p Field, keys: &[String]) -> Option<&'p Field> {
        keys.iter().try_fold(field, |field, key| {
            let Type::Kind(kind) = field.ty else { return None };
            self.index(kind).by_key.get(key.as_str()).copied()
        })
    }

    /// Is it so of the field that a step names? What is so in one kind that it may be of is so.
    pub(super) fn any(&mut self, step: &Step, any_kind: bool, is: impl Fn(&Field) -> bool + Copy) -> bool {
        if any_kind {
            return self.plan.vocabulary.kinds.iter().any(|kind| kind.field(&step.name).is_some_and(is));
        }
        step.of.is_some_and(|kind| self.index(kind).by_name.get(step.name.as_str()).is_some_and(|field| is(field)))
    }
}
