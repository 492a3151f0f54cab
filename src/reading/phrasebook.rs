//! What a vocabulary allows to be said: what `onlyif vocab` prints.

use super::json::{last_member, list};
use super::markdown::{code, plain};
use crate::diagnostic::escape;
use crate::value::write_json_text;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// The sentences that a vocabulary allows. [`Engine::phrases`](crate::Engine::phrases) makes it; shown, it is text for people.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("words.onlyif", "a document has\n  status: one of [draft, final]\n  is confidential: yes/no");
/// let book = Engine::new().phrases(sources)?;
/// let said: Vec<&str> = book.things[0].phrases.iter().map(|phrase| phrase.says.as_str()).collect();
/// assert_eq!(said, ["document.status is one of [draft, final]", "document is confidential"]);
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Phrasebook {
    /// What can be said of each kind of thing, and of facts that are called otherwise than their kind.
    pub things: Vec<Phrases>,
    /// Settings and constants: what values are compared with.
    pub values: Vec<Phrase>,
    /// The acts: those that are declared, or else those that rules name.
    pub acts: Vec<Phrase>,
}

/// What can be said of one thing.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("words.onlyif", "a member has\n  has paid: yes/no");
/// assert_eq!(Engine::new().phrases(sources)?.things[0].of, "member");
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Phrases {
    /// The name of the thing.
    pub of: String,
    /// Sentences that can stand in a rule as they are, with other values where there are values.
    pub phrases: Vec<Phrase>,
}

/// A sentence, or a name.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("words.onlyif", "a user is editor if user.roles contains \"editor\"");
/// let book = Engine::new().phrases(sources)?;
/// let phrase = book.things[0].phrases.last().expect("a phrase");
/// assert_eq!((phrase.says.as_str(), phrase.note.as_str()), ("user is editor", "defined"));
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Phrase {
    /// As a rule writes it.
    pub says: String,
    /// What else is to be known of it; often nothing.
    pub note: String,
}

impl Phrasebook {
    /// The sections with their headings.
    fn sections(&self) -> impl Iterator<Item = (&str, &[Phrase])> {
        let things = self.things.iter().map(|thing| (thing.of.as_str(), thing.phrases.as_slice()));
        let others = [("settings and constants", self.values.as_slice()), ("acts", self.acts.as_slice())];
        things.chain(others).filter(|(_, phrases)| !phrases.is_empty())
    }

    /// The sentences as JSON, on one line: `{"things":[{"of":"user","phrases":[{"says":…,"note":…}]}],"values":[…],"acts":[…]}`.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("words.onlyif", "a member has\n  has paid: yes/no");
    /// let json = Engine::new().phrases(sources)?.to_json();
    /// assert_eq!(json, r#"{"things":[{"of":"member","phrases":[{"says":"member has paid"}]}],"values":[],"acts":[]}"#);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"things\":");
        list(&mut out, &self.things, |out, thing| {
            out.push_str("{\"of\":");
            write_json_text(out, &thing.of);
            out.push_str(",\"phrases\":");
            list(out, &thing.phrases, json);
            out.push('}');
        });
        out.push_str(",\"values\":");
        list(&mut out, &self.values, json);
        out.push_str(",\"acts\":");
        list(&mut out, &self.acts, json);
        out.push('}');
        out
    }

    /// The sentences as Markdown, a list for each thing.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("words.onlyif", "a member has\n  has paid: yes/no");
    /// assert_eq!(Engine::new().phrases(sources)?.to_markdown(), "## member\n\n- `member has paid`\n");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let of = |phrase: &Phrase| {
            let note = if phrase.note.is_empty() { String::new() } else { alloc::format!(" ({})", plain(&phrase.note)) };
            alloc::format!("- {}{note}\n", code(&escape(&phrase.says)))
        };
        let section = |(heading, phrases): (&str, &[Phrase])| {
            alloc::format!("## {}\n\n{}", plain(heading), phrases.iter().map(of).collect::<String>())
        };
        self.sections().map(section).collect::<Vec<_>>().join("\n")
    }
}

pub(super) fn json(out: &mut String, phrase: &Phrase) {
    out.push_str("{\"says\":");
    write_json_text(out, &phrase.says);
    last_member(out, "note", Some(phrase.note.as_str()).filter(|note| !note.is_empty()));
    out.push('}');
}

impl fmt::Display for Phrasebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (heading, phrases)) in self.sections().enumerate() {
            writeln!(f, "{}{}", if at > 0 { "\n" } else { "" }, escape(heading))?;
            for phrase in phrases {
                let note = if phrase.note.is_empty() { String::new() } else { alloc::format!(" ({})", escape(&phrase.note)) };
                super::lines::write_wrapped(f, &alloc::format!("{}{note}", escape(&phrase.says)), 2, "")?;
            }
        }
        Ok(())
    }
}
