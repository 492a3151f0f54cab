//! Types that uses demand: type variables and what is known of them.
//!
//! A fact or field that nobody declared gets a variable. Each use demands something of it; uses that disagree are an error.
//! What nothing is demanded of stays [`Type::Any`].

use crate::source::Span;
use crate::vocabulary::{InferId, Type};
use alloc::sync::Arc;
use alloc::vec::Vec;

/// What is known of each variable, and which use said it first.
#[derive(Debug, Default)]
pub(super) struct Types {
    variables: Vec<Variable>,
}

#[derive(Debug)]
enum Variable {
    Free,
    Same(InferId),
    Is(Type, Span),
    /// What has it was not understood: it goes with everything.
    Lost,
}

/// Two demands that cannot both hold.
#[derive(Debug)]
pub(super) struct Clash {
    /// What was there.
    pub(super) was: Type,
    /// What was demanded.
    pub(super) wanted: Type,
    /// The use that said `was`, where it was a use and no declaration.
    pub(super) earlier: Option<Span>,
}

impl Types {
    /// A type of which nothing is known yet.
    pub(super) fn fresh(&mut self) -> Type {
        let id = InferId(u32::try_from(self.variables.len()).unwrap_or(u32::MAX));
        self.variables.push(Variable::Free);
        Type::Inferred(id)
    }

    /// The type of what was not understood, which was told: every demand is met, and none is learned from.
    pub(super) fn lost(&mut self) -> Type {
        let ty = self.fresh();
        if let Type::Inferred(id) = ty {
            self.set(id, Variable::Lost);
        }
        ty
    }

    /// Is it the type of what was not understood?
    pub(super) fn is_lost(&self, ty: &Type) -> bool {
        matches!(self.resolve(ty), Type::Inferred(id) if matches!(self.variables.get(id.0 as usize), Some(Variable::Lost)))
    }

    fn root(&self, mut id: InferId) -> InferId {
        while let Some(Variable::Same(next)) = self.variables.get(id.0 as usize) {
            id = *next;
        }
        id
    }

    /// The type as far as it is known; what is inside a list may still be a variable.
    pub(super) fn resolve(&self, ty: &Type) -> Type {
        let Type::Inferred(id) = ty else { return ty.clone() };
        let root = self.root(*id);
        match self.variables.get(root.0 as usize) {
            Some(Variable::Is(known, _)) => self.resolve(known),
            Some(Variable::Free | Variable::Same(_) | Variable::Lost) | None => Type::Inferred(root),
        }
    }

    /// The type with nothing left open: what is not known is [`Type::Any`]. None where lists lie in lists too deep, which
    /// only a chain of demands over undeclared facts can bring about.
    pub(super) fn settle(&self, ty: &Type) -> Option<Type> {
        let mut at = self.resolve(ty);
        let mut wraps: Vec<Wrap> = Vec::new();
        while let Some((wrap, element)) = element_of(&at) {
            if wraps.len() >= DEEPEST {
                return None;
            }
            wraps.push(wrap);
            at = self.resolve(&element);
        }
        let core = if matches!(at, Type::Inferred(_)) { Type::Any } else { at };
        Some(wraps.into_iter().rev().fold(core, |inner, wrap| wrap(Arc::new(inner))))
    }

    /// Which use said what a variable is.
    pub(super) fn said_by(&self, ty: &Type) -> Option<Span> {
        let Type::Inferred(id) = ty else { return None };
        match self.variables.get(self.root(*id).0 as usize) {
            Some(Variable::Is(_, span)) => Some(*span),
            Some(Variable::Free | Variable::Same(_) | Variable::Lost) | None => None,
        }
    }

    /// Makes two types the same, because of the use at `span`.
    pub(super) fn unify(&mut self, was: &Type, wanted: &Type, span: Span) -> Result<(), Clash> {
        let (mut left, mut right) = (self.resolve(was), self.resolve(wanted));
        loop {
            if left == right || self.is_lost(&left) || self.is_lost(&right) {
                return Ok(());
            }
            match (&left, &right) {
                // Nothing is demanded of it: an empty list, the word none.
                (Type::Any, _) | (_, Type::Any) => return Ok(()),
                (Type::Inferred(id), Type::Inferred(other)) => {
                    self.set(*id, Variable::Same(*other));
                    return Ok(());
                }
                (Type::Inferred(id), known) | (known, Type::Inferred(id)) if !self.occurs(*id, known) => {
                    let known = known.clone();
                    self.set(*id, Variable::Is(known, span));
                    return Ok(());
                }
                (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => {
                    (left, right) = (self.resolve(a), self.resolve(b));
                }
                // A reference is the id of the entity itself.
                (Type::Reference(kinds), Type::Kind(kind)) | (Type::Kind(kind), Type::Reference(kinds)) if kinds.contains(kind) => {
                    return Ok(());
                }
                (Type::Reference(a), Type::Reference(b)) if a.iter().any(|kind| b.contains(kind)) => return Ok(()),
                _ => {
                    let earlier = self.said_by(was).or_else(|| self.said_by(wanted));
                    return Err(Clash { was: self.resolve(was), wanted: self.resolve(wanted), earlier });
                }
            }
        }
    }

    fn set(&mut self, id: InferId, variable: Variable) {
        if let Some(place) = self.variables.get_mut(id.0 as usize) {
            *place = variable;
        }
    }

    /// Does the variable stand in the type, or is the type so deep that it must not be followed?
    fn occurs(&self, id: InferId, ty: &Type) -> bool {
        let mut at = self.resolve(ty);
        for _ in 0..DEEPEST {
            match element_of(&at) {
                Some((_, element)) => at = self.resolve(&element),
                None => return at == Type::Inferred(id),
            }
        }
        true
    }
}

/// Lists in lists that a type may have.
const DEEPEST: usize = 32;

/// How a list or map is made of its elements.
type Wrap = fn(Arc<Type>) -> Type;

/// How a list or map is made of its elements, and their type.
fn element_of(ty: &Type) -> Option<(Wrap, Arc<Type>)> {
    match ty {
        Type::List(element) => Some((Type::List, Arc::clone(element))),
        Type::Map(element) => Some((Type::Map, Arc::clone(element))),
        Type::Any
        | Type::YesNo
        | Type::Text
        | Type::Number
        | Type::Money
        | Type::Date
        | Type::Time
        | Type::DateTime
        | Type::Duration
        | Type::IpAddress
        | Type::Network
        | Type::Choice(_)
        | Type::Reference(_)
        | Type::Kind(_)
        | Type::Inferred(_) => None,
    }
}
