//! Saying: a program to what its rules mean together.
//!
//! In: a program without errors, and its texts. Out: for each act that is named anywhere, and for what wildcards cover besides, the
//! rules about it in words; and the words that the program defines. Groups are expanded and exceptions are resolved, because each
//! act is read by itself. Nothing is worked out beyond form: two conditions that exclude each other are said one after the other.
//! The words are canonical sentences of the language, made from the program and not copied from the text: what is said is what was
//! understood.

mod acts;
mod condition;
mod names;
mod phrases;
mod rule;
mod samples;
mod term;
mod words;

use crate::program::{Constant, Definition, Meaning, Program};
use crate::reading::{Phrasebook, Reading, WordReading};
use crate::source::Sources;
use crate::vocabulary::{Glue, with_article};
use alloc::string::String;
use alloc::vec::Vec;
use names::name;
use words::Words;

/// What the rules of a program mean together.
pub(crate) fn say(program: &Program, sources: &Sources) -> Reading {
    let words = Words::new(program, sources);
    let definitions = program.definitions.iter().map(|definition| defined(program, sources, definition));
    let constants = program.constants.iter().map(|constant| named(&words, constant));
    Reading {
        acts: acts::acts(&words),
        closed: !program.acts.is_empty(),
        words: definitions.chain(constants).collect(),
        settings: phrases::settings(&words, "").collect(),
    }
}

/// What the vocabulary of a program allows to be said.
pub(crate) fn phrases(program: &Program, sources: &Sources) -> Phrasebook {
    phrases::phrases(&Words::new(program, sources))
}

/// `a user is editor-of a document`, and the conditions under which it is.
fn defined(program: &Program, sources: &Sources, definition: &Definition) -> WordReading {
    let mut words = Words::new(program, sources);
    let subject = words.described(definition.subject);
    let object = definition.object.map(|object| words.kind(object));
    // Two of one kind: the second is called `other`.
    let is_another = object.as_ref() == Some(&subject);
    let word = name(&definition.word);
    let said = match definition.glue {
        Glue::Has => alloc::format!("has {word}"),
        Glue::IsA => alloc::format!("is {}", with_article(&word)),
        Glue::Is | Glue::Bare => alloc::format!("is {word}"),
    };
    let of = match &object {
        Some(_) if is_another => alloc::format!(" another {subject}"),
        Some(object) => alloc::format!(" {}", with_article(object)),
        None => String::new(),
    };
    let begin = match definition.subject {
        crate::program::Subject::Kind(_) => with_article(&subject),
        crate::program::Subject::Fact(_) => subject.clone(),
    };
    words.parameters = [subject, if is_another { "other".into() } else { object.unwrap_or_default() }];
    WordReading {
        word: definition.word.clone(),
        is_definition: true,
        head: alloc::format!("{begin} {said}{of}"),
        means: definition.alternatives.iter().map(|condition| words.condition(condition)).collect(),
    }
}

/// A constant, and what it means.
fn named(words: &Words<'_>, constant: &Constant) -> WordReading {
    let means = match &constant.meaning {
        Meaning::Condition(condition) => words.condition(condition),
        Meaning::Value(value) => words.term(value),
        Meaning::Cases(cases, otherwise) => {
            let cases: Vec<String> =
                cases.iter().map(|(when, value)| alloc::format!("{} if {}", words.term(value), words.condition(when))).collect();
            alloc::format!("{}, otherwise {}", cases.join(", "), words.term(otherwise))
        }
    };
    WordReading { word: constant.name.clone(), is_definition: false, head: name(&constant.name), means: alloc::vec![means] }
}
