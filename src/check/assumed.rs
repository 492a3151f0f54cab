//! `assumed V`: the value that an absent field has.

use super::{Checker, messages};
use crate::tree::{Expr, Node};
use crate::value::Value;
use crate::vocabulary::Type;
use alloc::vec::Vec;

impl Checker<'_> {
    /// The value that a declaration assumes; none after reporting that the type does not have it.
    pub(super) fn assumed_value(&mut self, written: &Expr, ty: &Type) -> Option<Value> {
        let value = self.literal(written, ty).filter(|value| *value != Value::None && self.program.vocabulary.has(ty, value));
        if value.is_none() {
            let wanted = self.a_type(ty);
            self.report(messages::assumed_value(self.sources.words(written.span), &wanted, written.span));
        }
        value
    }

    fn literal(&self, written: &Expr, ty: &Type) -> Option<Value> {
        match (&written.node, ty) {
            (Node::Literal { value, .. }, _) => Some(value.clone()),
            (Node::Path { the: false, path }, Type::Choice(_)) if path.fields.is_empty() => Some(Value::Text(path.root.text.clone())),
            (Node::List(items), Type::List(element)) => {
                let items: Option<Vec<Value>> = items.iter().map(|item| self.literal(item, element)).collect();
                Some(Value::List(items?))
            }
            (Node::Entity(entity), Type::Reference(_)) if entity.fields.is_empty() => Some(Value::Text(entity.id.text.clone())),
            _ => None,
        }
    }
}
