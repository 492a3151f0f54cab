//! A reading as JSON: the structure, with each condition in words.

use super::{ActReading, Reading, Scope, Stated, StatedDuty, WordReading};
use crate::value::write_json_text;
use alloc::string::String;

impl Reading {
    /// The reading as JSON, on one line: `{"acts":[…],"closed":false,"words":[…],"settings":[…]}`. What is not there is left out or is an empty list.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("git.onlyif", "allow push branch if branch is not protected");
    /// let json = Engine::new().say(sources)?.to_json();
    /// assert!(json.starts_with(r#"{"acts":[{"scope":"act","action":"push","resource":"branch","by":[],"ways":[{"rule":"git/push branch/1","#));
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"acts\":");
        list(&mut out, &self.acts, act);
        out.push_str(if self.closed { ",\"closed\":true,\"words\":" } else { ",\"closed\":false,\"words\":" });
        list(&mut out, &self.words, word);
        out.push_str(",\"settings\":");
        list(&mut out, &self.settings, super::phrasebook::json);
        out.push('}');
        out
    }
}

fn act(out: &mut String, act: &ActReading) {
    out.push('{');
    let (scope, action, thing) = match &act.scope {
        Scope::Act(action, thing) => ("act", Some(action), thing.as_ref()),
        Scope::Action(action) => ("other acts of the action", Some(action), None),
        Scope::Thing(thing) => ("other acts on the resource", None, Some(thing)),
        Scope::Rest => ("every other act", None, None),
    };
    member(out, "scope", Some(scope));
    member(out, "action", action.map(String::as_str));
    member(out, "resource", thing.map(String::as_str));
    out.push_str("\"by\":");
    list(out, &act.by, |out, kind| write_json_text(out, kind));
    for (name, all) in [("ways", &act.ways), ("limits", &act.limits), ("prohibitions", &act.prohibitions), ("duties", &act.duties)] {
        out.push_str(&alloc::format!(",\"{name}\":"));
        list(out, all, stated);
    }
    last_member(out, "otherwise", act.otherwise.as_deref());
    out.push('}');
}

fn stated(out: &mut String, stated: &Stated) {
    out.push('{');
    member(out, "rule", Some(&stated.rule));
    out.push_str("\"verb\":");
    write_json_text(out, stated.verb.as_str());
    for (name, words) in [
        ("condition", &stated.condition),
        ("when", &stated.when),
        ("unless", &stated.unless),
        ("because", &stated.because),
        ("otherwise", &stated.otherwise),
    ] {
        last_member(out, name, words.as_deref());
    }
    out.push_str(",\"duties\":");
    list(out, &stated.duties, duty);
    out.push_str(",\"otherwise_duties\":");
    list(out, &stated.otherwise_duties, duty);
    out.push('}');
}

fn duty(out: &mut String, duty: &StatedDuty) {
    out.push_str(if duty.must { "{\"must\":" } else { "{\"should\":" });
    write_json_text(out, &duty.task);
    out.push('}');
}

fn word(out: &mut String, word: &WordReading) {
    out.push('{');
    member(out, "word", Some(&word.word));
    out.push_str(if word.is_definition { "\"is\":\"definition\"," } else { "\"is\":\"constant\"," });
    member(out, "head", Some(&word.head));
    out.push_str("\"means\":");
    list(out, &word.means, |out, one| write_json_text(out, one));
    out.push('}');
}

/// A member with a comma behind it; nothing where there is no text.
fn member(out: &mut String, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        out.push_str(&alloc::format!("\"{name}\":"));
        write_json_text(out, text);
        out.push(',');
    }
}

/// A member with a comma before it; nothing where there is no text.
pub(super) fn last_member(out: &mut String, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        out.push_str(&alloc::format!(",\"{name}\":"));
        write_json_text(out, text);
    }
}

pub(super) fn list<T>(out: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}
