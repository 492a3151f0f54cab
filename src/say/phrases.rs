//! What a vocabulary allows to be said: for each kind and fact, sentences that a rule can use as they stand.

use super::acts;
use super::condition::tail;
use super::names::{member, name};
use super::words::{Words, quoted};
use crate::program::{Definition, Meaning, Subject};
use crate::reading::{Phrase, Phrasebook, Phrases};
use crate::vocabulary::{Field, Glue, Kind, KindId, Presence, Type};
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn phrases(words: &Words<'_>) -> Phrasebook {
    let vocabulary = &words.program.vocabulary;
    let kinds = vocabulary.ids().filter(|(_, kind)| !kind.any_of).filter_map(|(id, kind)| of_kind(words, id, kind));
    let facts = vocabulary.facts.iter().enumerate().filter_map(|(at, fact)| of_fact(words, at, fact));
    let things = kinds.chain(facts).filter(|thing| !thing.phrases.is_empty()).collect();
    let constants = words.program.constants.iter().map(|constant| {
        let is_condition = matches!(constant.meaning, Meaning::Condition(_));
        Phrase { says: name(&constant.name), note: String::from(if is_condition { "constant, a condition" } else { "constant" }) }
    });
    Phrasebook { things, values: settings(words, "setting").chain(constants).collect(), acts: all_acts(words) }
}

/// The settings; their notes begin with a word where it is not clear from the place what they are.
pub(super) fn settings<'w>(words: &'w Words<'_>, first: &'w str) -> impl Iterator<Item = Phrase> + 'w {
    let vocabulary = &words.program.vocabulary;
    let note = move |setting: &Field| noted(first, &vocabulary.type_name(&setting.ty), setting);
    vocabulary.settings.iter().map(move |setting| Phrase { says: name(&setting.name), note: note(setting) })
}

fn all_acts(words: &Words<'_>) -> Vec<Phrase> {
    let act = |action: &str, thing: Option<&str>| match thing {
        Some(thing) => alloc::format!("{} {}", name(action), name(thing)),
        None => name(action),
    };
    if words.program.acts.is_empty() {
        let named = acts::named(words).into_iter();
        return named.map(|(action, thing)| Phrase { says: act(&action, thing.as_deref()), note: String::new() }).collect();
    }
    let declared = words.program.acts.iter();
    declared
        .map(|declared| {
            let by = if declared.by.is_empty() { String::new() } else { alloc::format!("by {}", declared.by.join(" or ")) };
            Phrase { says: act(&declared.action, declared.thing.as_deref()), note: by }
        })
        .collect()
}

/// What can be said of a kind; none of one that stands for `subject` or `resource`.
fn of_kind(words: &Words<'_>, id: KindId, kind: &Kind) -> Option<Phrases> {
    if matches!(kind.name.as_str(), "subject" | "resource") && !kind.declared {
        return None;
    }
    let of = name(&kind.name);
    let mut phrases: Vec<Phrase> = kind.fields.iter().flat_map(|field| of_field(words, &of, field)).collect();
    phrases.extend(words.program.definitions.iter().filter(|known| known.subject == Subject::Kind(id)).filter_map(|known| {
        let says = defined(words, &of, known)?;
        Some(Phrase { says, note: "defined".into() })
    }));
    phrases.extend(kind.parents.iter().map(|&parent| {
        let says = alloc::format!("{of} is in {} {}", words.kind(parent), quoted("…"));
        Phrase { says, note: String::new() }
    }));
    Some(Phrases { of: kind.name.clone(), phrases })
}

/// What can be said of a fact that is called otherwise than its kind.
fn of_fact(words: &Words<'_>, at: usize, fact: &Field) -> Option<Phrases> {
    let vocabulary = &words.program.vocabulary;
    let is_of_its_kind = matches!(&fact.ty, Type::Kind(kind) if vocabulary.kind_name(*kind) == fact.name);
    let of = name(&fact.name);
    let mut phrases = Vec::new();
    if !is_of_its_kind {
        let note = noted("", &vocabulary.type_name(&fact.ty), fact);
        phrases.extend(words.samples(&of, &fact.ty).into_iter().map(|says| Phrase { says, note: note.clone() }));
    }
    let described = |known: &&Definition| matches!(known.subject, Subject::Fact(fact) if fact as usize == at);
    phrases.extend(words.program.definitions.iter().filter(described).filter_map(|known| {
        let says = defined(words, &of, known)?;
        Some(Phrase { says, note: "defined".into() })
    }));
    Some(Phrases { of: fact.name.clone(), phrases })
}

fn of_field(words: &Words<'_>, of: &str, field: &Field) -> Vec<Phrase> {
    let path = alloc::format!("{of}.{}", member(&field.name));
    let is_yes_no = field.ty == Type::YesNo;
    let mut says = if is_yes_no { alloc::vec![words.yes(of, field)] } else { words.samples(&path, &field.ty) };
    if field.presence == Presence::Optional && !words.is_said(&field.name) {
        says.push(alloc::format!("{of} has {}", name(&field.name)));
    }
    let note = noted("", "", field);
    says.into_iter().map(|says| Phrase { says, note: note.clone() }).collect()
}

/// What is declared of a field besides its type. A value that is assumed for a private one stays private.
fn noted(first: &str, ty: &str, field: &Field) -> String {
    let presence = match &field.presence {
        Presence::Optional => "optional".into(),
        Presence::Assumed(_) if field.private => "assumed".into(),
        Presence::Assumed(value) => alloc::format!("assumed {value}"),
        Presence::Required | Presence::Open => String::new(),
    };
    let private = if field.private { "private" } else { "" };
    let parts: Vec<&str> = [first, ty, private, &presence].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// `user is editor-of the document`; none where there is nothing that could be the other side.
fn defined(words: &Words<'_>, of: &str, definition: &Definition) -> Option<String> {
    let object = match definition.object {
        None => String::new(),
        Some(kind) => alloc::format!(" the {}", other_side(words, of, kind)?),
    };
    Some(alloc::format!("{of} {}", tail(definition.glue, &(name(&definition.word) + &object), false)))
}

/// Something of a kind: the fact that is called so, or, where that is the subject, a field that refers to one.
fn other_side(words: &Words<'_>, of: &str, kind: KindId) -> Option<String> {
    let own = words.kind(kind);
    if own != of {
        return Some(own);
    }
    let is_one = |ty: &Type| ty.kinds().contains(&kind);
    let vocabulary = &words.program.vocabulary;
    let fields = vocabulary.kinds.iter().filter(|kind| kind.declared).flat_map(|kind| kind.fields.iter().map(move |field| (kind, field)));
    let field =
        fields.filter(|(_, field)| is_one(&field.ty)).map(|(kind, field)| alloc::format!("{}.{}", name(&kind.name), member(&field.name)));
    let facts = vocabulary.facts.iter().filter(|fact| is_one(&fact.ty) && name(&fact.name) != of).map(|fact| name(&fact.name));
    facts.chain(field).next()
}

impl Words<'_> {
    /// That a yes/no of something is yes.
    pub(super) fn yes(&self, of: &str, field: &Field) -> String {
        if self.is_said(&field.name) {
            return alloc::format!("{of}.{}", member(&field.name));
        }
        alloc::format!("{of} {}", tail(field.glue.unwrap_or(Glue::Is), &name(&field.name), false))
    }
}
