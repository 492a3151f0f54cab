//! What the rules of a policy mean together, act by act, in the words of the language: what `onlyif say` prints.
//!
//! Each condition in it can be written in a rule as it stands, and means there what it means here. No value of a fact is in it.

mod json;
mod lines;
mod markdown;
mod phrasebook;
mod prose;
mod sentences;

pub use phrasebook::{Phrase, Phrasebook, Phrases};

use crate::act::Verb;
use alloc::string::String;
use alloc::vec::Vec;

/// What the rules of a policy mean together. [`Engine::say`](crate::Engine::say) makes it; shown, it is text for people.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("git.onlyif", "allow push branch if branch is not protected");
/// let reading = Engine::new().say(sources)?;
/// assert!(reading.to_string().contains("Anyone may push branch when branch is not protected."));
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The acts: those that are named anywhere, in the order of the texts, and then whatever else wildcards cover.
    pub acts: Vec<ActReading>,
    /// Are these all the acts that there are? Then whatever else is asked is denied.
    pub closed: bool,
    /// The words that the policy defines, and its constants.
    pub words: Vec<WordReading>,
    /// What is set where the policy runs: each name with its type, and what is assumed.
    pub settings: Vec<Phrase>,
}

/// Which acts are read together.
///
/// ```
/// use onlyif::{Engine, Scope, Sources};
/// let mut sources = Sources::new();
/// sources.add("doors.onlyif", "allow do anything except open safe if user is staff");
/// sources.add("acts.onlyif", "never open safe");
/// let reading = Engine::new().say(sources)?;
/// assert_eq!(reading.acts[0].scope, Scope::Act("open".into(), Some("safe".into())));
/// assert_eq!(reading.acts[1].scope, Scope::Rest);
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// This act: an action, and a thing if it has one.
    Act(String, Option<String>),
    /// Every other act of this action.
    Action(String),
    /// Every other act on this thing.
    Thing(String),
    /// Every other act.
    Rest,
}

/// What the rules mean for an act.
///
/// It is allowed exactly when a way holds (or, with [`ActReading::needs_all`], all of them), every limit is met and no prohibition holds.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("lending.onlyif", "allow lend tool if member has paid\nnever lend tool if tool is broken");
/// let lend = &Engine::new().say(sources)?.acts[0];
/// assert_eq!(lend.ways[0].when.as_deref(), Some("member has paid"));
/// assert_eq!(lend.prohibitions[0].when.as_deref(), Some("tool is broken"));
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActReading {
    /// Which act, or which acts.
    pub scope: Scope,
    /// The kinds of those who may ask, where the act is declared with them.
    pub by: Vec<String>,
    /// What opens: the `allow` and the `only if` rules.
    pub ways: Vec<Stated>,
    /// What has to be true besides: the `requires` rules.
    pub limits: Vec<Stated>,
    /// What closes: the `never` rules.
    pub prohibitions: Vec<Stated>,
    /// What has to happen along the way: the `must` and `should` rules.
    pub duties: Vec<Stated>,
    /// The reason where no rule gives one, as the rule writes it.
    pub otherwise: Option<String>,
}

/// A rule in words, as far as an act is concerned.
///
/// ```
/// use onlyif::{Engine, Sources, Verb};
/// let mut sources = Sources::new();
/// sources.add("mail.onlyif", "rule paid: send mail requires user has paid if mail is long unless user is staff");
/// let limit = &Engine::new().say(sources)?.acts[0].limits[0];
/// assert_eq!((limit.rule.as_str(), limit.verb), ("mail/paid", Verb::Requires));
/// assert_eq!((limit.condition.as_deref(), limit.when.as_deref()), (Some("user has paid"), Some("mail is long")));
/// assert_eq!(limit.unless.as_deref(), Some("user is staff"));
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stated {
    /// The id of the rule.
    pub rule: String,
    /// What it does.
    pub verb: Verb,
    /// What is said after `only if` or `requires`.
    pub condition: Option<String>,
    /// What is said after `if`.
    pub when: Option<String>,
    /// What is said after `unless`.
    pub unless: Option<String>,
    /// The reason when it holds, as a rule writes it: in quotes, with facts in braces.
    pub because: Option<String>,
    /// The duties that come with it.
    pub duties: Vec<StatedDuty>,
    /// The reason when it does not hold.
    pub otherwise: Option<String>,
    /// The duties when it does not hold.
    pub otherwise_duties: Vec<StatedDuty>,
}

/// A duty in words.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("records.onlyif", "allow read record\nread record must log with who: user.id");
/// let reading = Engine::new().say(sources)?;
/// let duty = &reading.acts[0].duties[0].duties[0];
/// assert!(duty.must && duty.task == "log with who: user.id");
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatedDuty {
    /// Has to be done, or is asked for.
    pub must: bool,
    /// What: a name with its arguments, or a text in quotes.
    pub task: String,
}

/// A word that the policy defines, or a constant.
///
/// ```
/// use onlyif::{Engine, Sources};
/// let mut sources = Sources::new();
/// sources.add("wiki.onlyif", "a user is editor if user.roles contains \"editor\"\nallow edit page if user is editor");
/// let reading = Engine::new().say(sources)?;
/// assert_eq!(reading.words[0].head, "a user is editor");
/// assert_eq!(reading.words[0].means, ["user.roles contains \"editor\""]);
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WordReading {
    /// The word by itself.
    pub word: String,
    /// Is it said of something? Otherwise it is a constant.
    pub is_definition: bool,
    /// The sentence that is explained: `a user is editor`; of a constant its name.
    pub head: String,
    /// Any of these conditions; of a constant the one thing that it means.
    pub means: Vec<String>,
}

impl Reading {
    /// What the rules mean for one act: that of its own, or of the acts that it is among. None where the list of acts is closed and
    /// lacks it.
    ///
    /// ```
    /// use onlyif::{Engine, Scope, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("library.onlyif", "allow read anything except diary\nallow write book if user is author");
    /// let reading = Engine::new().say(sources)?;
    /// assert_eq!(reading.of("read", Some("letter")).map(|act| &act.scope), Some(&Scope::Action("read".into())));
    /// assert_eq!(reading.of("burn", Some("book")).map(|act| &act.scope), Some(&Scope::Rest));
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn of(&self, action: &str, thing: Option<&str>) -> Option<&ActReading> {
        let fits = |scope: &Scope| match scope {
            Scope::Act(own, of) => own == action && of.as_deref() == thing,
            Scope::Action(own) => own == action,
            Scope::Thing(of) => Some(of.as_str()) == thing,
            Scope::Rest => true,
        };
        // What is nearer to the act stands before what is wider.
        self.acts.iter().find(|act| fits(&act.scope))
    }
}

impl ActReading {
    /// Have all the ways to hold together? They have where they are `only if` rules.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("vote.onlyif", "vote only if user is member\nvote only if user is adult");
    /// assert!(Engine::new().say(sources)?.acts[0].needs_all());
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn needs_all(&self) -> bool {
        self.ways.iter().any(|way| way.verb == Verb::OnlyIf)
    }
}
