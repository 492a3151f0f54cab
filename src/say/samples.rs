//! A sentence for each type: what can be said of a value.

use super::names::name;
use super::words::Words;
use crate::vocabulary::{Choice, KindId, Type};
use alloc::string::String;
use alloc::vec::Vec;

/// How far samples look into records in records.
const DEPTH: usize = 3;

impl Words<'_> {
    /// Sentences about a value of a type, the usual one first.
    pub(super) fn samples(&self, path: &str, ty: &Type) -> Vec<String> {
        self.samples_within(path, ty, DEPTH)
    }

    fn samples_within(&self, path: &str, ty: &Type, depth: usize) -> Vec<String> {
        let tails: &[&str] = match ty {
            Type::YesNo => return alloc::vec![String::from(path)],
            Type::Text => &["is \"…\""],
            Type::Number => &["is at least 5"],
            Type::Money => &["is more than 50 EUR"],
            Type::Date => &["is before 2026-01-31", "is within the last 30 days"],
            Type::Time => &["is after 17:30"],
            Type::DateTime => &["is within the last 24 hours"],
            Type::Duration => &["is at most 90 minutes"],
            Type::IpAddress => &["is in 10.0.0.0/8"],
            // A network is no value to compare: it is asked what lies in it.
            Type::Network => return alloc::vec![alloc::format!("192.0.2.1 is in {path}")],
            Type::Any | Type::Inferred(_) => &["is none"],
            Type::Choice(choice) => return self.of_choice(path, choice),
            Type::Reference(kinds) => {
                return kinds.iter().filter_map(|kind| Some(alloc::format!("{path} is the {}", self.fact_of(*kind)?))).collect();
            }
            Type::Map(_) => return alloc::vec![alloc::format!("keys of {path} contains \"…\"")],
            Type::List(element) => return self.of_list(path, element, depth).into_iter().collect(),
            Type::Kind(kind) => return self.of_record(path, *kind, depth).into_iter().collect(),
        };
        tails.iter().map(|tail| alloc::format!("{path} {tail}")).collect()
    }

    fn of_choice(&self, path: &str, choice: &Choice) -> Vec<String> {
        let listed: Vec<String> = choice.values.iter().map(|value| self.listed(value)).collect();
        let one_of = alloc::format!("{path} is one of [{}]", listed.join(", "));
        match listed.get(1) {
            Some(second) if choice.ranked => alloc::vec![alloc::format!("{path} is at least {second}"), one_of],
            Some(_) | None => alloc::vec![one_of],
        }
    }

    /// A listed text: a word, or in quotes where it is none.
    fn listed(&self, text: &str) -> String {
        if name(text) == text && !self.is_said(text) { text.into() } else { super::words::quoted(text) }
    }

    fn of_list(&self, path: &str, element: &Type, depth: usize) -> Option<String> {
        Some(match element {
            Type::Text => alloc::format!("{path} contains \"…\""),
            Type::Number => alloc::format!("{path} contains 5"),
            Type::Network => alloc::format!("192.0.2.1 is in {path}"),
            Type::Choice(choice) => alloc::format!("{path} contains {}", self.listed(choice.values.first()?)),
            Type::Reference(kinds) => alloc::format!("{} is in {path}", self.fact_of(*kinds.first()?)?),
            Type::Kind(kind) => {
                let variable = self.kind(*kind);
                let body = self.of_record(&variable, *kind, depth.checked_sub(1)?)?;
                alloc::format!("any {variable} in {path} satisfies ({body})")
            }
            Type::Any
            | Type::YesNo
            | Type::Money
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Duration
            | Type::IpAddress
            | Type::List(_)
            | Type::Map(_)
            | Type::Inferred(_) => {
                let body = self.samples_within("element", element, depth.checked_sub(1)?).into_iter().next()?;
                alloc::format!("any element in {path} satisfies ({body})")
            }
        })
    }

    /// The first thing that can be said of a record.
    fn of_record(&self, path: &str, kind: KindId, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let kind = self.program.vocabulary.kind(kind)?;
        kind.fields.iter().find_map(|field| {
            if field.ty == Type::YesNo {
                return Some(self.yes(path, field));
            }
            self.samples_within(&alloc::format!("{path}.{}", super::names::member(&field.name)), &field.ty, depth).into_iter().next()
        })
    }

    /// The fact that is called after a kind.
    fn fact_of(&self, kind: KindId) -> Option<String> {
        let kind = self.program.vocabulary.kind(kind)?;
        (kind.declared || kind.named).then(|| name(&kind.name))
    }
}
