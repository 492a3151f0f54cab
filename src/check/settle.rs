//! The end of checking: every type that uses demanded becomes final.

use super::{Checker, messages};
use crate::act::ThingPattern;
use crate::program::Program;
use crate::vocabulary::{Field, Type};
use alloc::vec::Vec;

/// Puts final types into the vocabulary and the variables.
pub(super) fn settle(checker: &mut Checker<'_>) {
    for ty in core::mem::take(&mut checker.compared) {
        if let Type::Kind(kind) = checker.types.resolve(&ty) {
            checker.is_entity(kind);
        }
    }
    let acted_on: Vec<_> = checker
        .program
        .rules
        .iter()
        .flat_map(|rule| &rule.acts)
        .filter_map(|act| match &act.thing {
            ThingPattern::Named(thing) => checker.names.kinds.get(thing).copied(),
            ThingPattern::Any | ThingPattern::Nothing => None,
        })
        .collect();
    for kind in acted_on {
        checker.is_entity(kind);
    }
    let Checker { types, program: Program { vocabulary, variables, .. }, .. } = checker;
    let mut too_deep = Vec::new();
    let mut final_type = |ty: &mut Type, span| match types.settle(ty) {
        Some(settled) => *ty = settled,
        None => {
            *ty = Type::Any;
            too_deep.push(span);
        }
    };
    for kind in &mut vocabulary.kinds {
        kind.entity |= kind.fields.iter().any(|field| field.name == "id");
    }
    let fields = vocabulary.kinds.iter_mut().flat_map(|kind| &mut kind.fields);
    for Field { ty, span, .. } in fields.chain(&mut vocabulary.facts).chain(&mut vocabulary.settings) {
        final_type(ty, *span);
    }
    for variable in variables {
        variable.ty = types.settle(&variable.ty).unwrap_or(Type::Any);
    }
    for span in too_deep {
        checker.report(messages::lists_too_deep(span));
    }
}
