//! Equality, order, and what is in a list.

use super::read::{Facts, Got, Item};
use super::says::{is_none, nothing};
use super::scalar::Scalar;
use super::texts::fold;
use super::truth::{Notes, Truth};
use onlyif::Value;
use onlyif::machinery::program::Letters;
use onlyif::machinery::vocabulary::Type;
use std::cmp::Ordering;

impl Facts<'_> {
    pub fn equal(&self, left: &Got, right: &Got, letters: Letters) -> Truth {
        match (left, right) {
            (Got::Word, other) | (other, Got::Word) => return is_none(other),
            _ => {}
        }
        let open = self.whole(left).and(self.whole(right));
        if !open.is_empty() {
            return Truth::Unknown(open);
        }
        match (left, right) {
            (Got::None(left), Got::None(_)) => Truth::Unknown(Notes::problem(left, "D03")),
            (Got::None(_), _) | (_, Got::None(_)) => Truth::No,
            _ if is_list(left) || is_list(right) => match (self.elements(left), self.elements(right)) {
                (Ok(lefts), Ok(rights)) => {
                    let there = lefts.iter().map(|item| self.is_in(item, right, letters));
                    let back = rights.iter().map(|item| self.is_in(item, left, letters));
                    Truth::all(there.chain(back).collect::<Vec<_>>())
                }
                _ => incomparable(left, right),
            },
            (Got::Known(left), Got::Known(right)) => self.same(left, right, letters),
            _ => match (Scalar::of_got(left), Scalar::of_got(right)) {
                (Some(one), Some(other)) => one.same(&other).map_or_else(|| incomparable(left, right), Truth::of),
                _ => incomparable(left, right),
            },
        }
    }

    /// What keeps a term unknown that is compared as a whole: an entity that is missing is named by its id.
    pub fn whole(&self, got: &Got) -> Notes {
        match got {
            Got::Missing(path, Type::Kind(_)) => Notes::need(format!("{path}.id")),
            other => other.notes(),
        }
    }

    fn same(&self, left: &Item, right: &Item, letters: Letters) -> Truth {
        let records = matches!((&left.value, &right.value), (Value::Record(_), Value::Record(_)));
        let things = self.is_thing(&left.ty) || self.is_thing(&right.ty);
        if things || (records && left.ty == Type::Any) {
            return match (self.thing(left), self.thing(right)) {
                (Ok(one), Ok(other)) => {
                    Truth::of(one.id == other.id && (one.kind.is_none() || other.kind.is_none() || one.kind == other.kind))
                }
                (one, other) => Truth::Unknown(one.err().unwrap_or_default().and(other.err().unwrap_or_default())),
            };
        }
        match (Scalar::of(left), Scalar::of(right)) {
            (Some(Scalar::Text(left)), Some(Scalar::Text(right))) if letters == Letters::IgnoringCase => {
                Truth::of(fold(&left) == fold(&right))
            }
            (Some(one), Some(other)) => one.same(&other).map_or_else(|| clash(left, right), Truth::of),
            _ => clash(left, right),
        }
    }

    pub fn less(&self, left: &Got, right: &Got, or_equal: bool) -> Truth {
        let notes = nothing(self.whole(left).and(self.whole(right)), [left, right]);
        if !notes.is_empty() {
            return Truth::Unknown(notes);
        }
        match order(left, right) {
            Some(order) => Truth::of(order == Ordering::Less || (or_equal && order == Ordering::Equal)),
            None => incomparable(left, right),
        }
    }

    pub fn is_in(&self, of: &Got, list: &Got, letters: Letters) -> Truth {
        match self.elements(list) {
            Err(notes) => Truth::Unknown(notes),
            Ok(items) => Truth::any(items.iter().map(|item| self.equal(of, item, letters)).collect::<Vec<_>>()),
        }
    }

    pub fn is_empty(&self, of: &Got) -> Truth {
        match of {
            Got::None(_) | Got::Null(_) | Got::Word => Truth::Yes,
            Got::Written(items) => Truth::of(items.is_empty()),
            Got::Zero => Truth::No,
            Got::Known(item) => Truth::of(match &item.value {
                Value::Text(text) => text.is_empty() && !self.is_thing(&item.ty),
                Value::List(items) => items.is_empty(),
                Value::Record(record) => record.is_empty() && !self.is_thing(&item.ty),
                _ => false,
            }),
            Got::Missing(..) | Got::Bad(..) | Got::Open(_) => Truth::Unknown(of.notes()),
        }
    }
}

/// The order of two values; none where they have none.
pub fn order(left: &Got, right: &Got) -> Option<Ordering> {
    if let (Got::Known(one), Got::Known(other)) = (left, right)
        && let (Some(one), Some(other)) = (rank(one, other), rank(other, one))
    {
        return Some(one.cmp(&other));
    }
    Scalar::of_got(left)?.order(&Scalar::of_got(right)?)
}

fn is_list(got: &Got) -> bool {
    matches!(got, Got::Written(_) | Got::Known(Item { value: Value::List(_), .. }))
}

/// Where a value stands in the list of its own choice, or of the one it is compared with.
fn rank(of: &Item, with: &Item) -> Option<usize> {
    let choice = [of, with].into_iter().find_map(|item| if let Type::Choice(choice) = &item.ty { Some(choice) } else { None })?;
    let Value::Text(text) = &of.value else { return None };
    choice.values.iter().position(|value| value == text)
}

/// Two values that cannot be compared: the problem is the left one's, or that of the only one that has a path.
pub fn clash(left: &Item, right: &Item) -> Truth {
    Truth::Unknown(Notes::problem(if left.path.is_empty() { &right.path } else { &left.path }, "D05"))
}

pub fn incomparable(left: &Got, right: &Got) -> Truth {
    let path = |got: &Got| if let Got::Known(item) = got { item.path.clone() } else { String::new() };
    let path = Some(path(left)).filter(|path| !path.is_empty()).unwrap_or_else(|| path(right));
    Truth::Unknown(Notes::problem(path, "D05"))
}
