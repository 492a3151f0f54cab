//! The engine: what an installation brings along, and the way from texts to a policy.
//!
//! This is the only file that knows the order of the verbs: parse, check, compile; parse, check, say; parse, format.

use crate::check;
use crate::code::{Code, Severity};
use crate::compile;
use crate::decision::Decision;
use crate::diagnostic::{Diagnostic, Error};
use crate::limits::Limits;
use crate::parse;
use crate::policy::Policy;
use crate::program::Program;
use crate::reading::{Phrasebook, Reading};
use crate::request::Request;
use crate::scenario::Scenario;
use crate::source::{Sources, Span};
use crate::tree::{Body, SyntaxTree, TextLiteral};
use crate::value::Value;
use crate::vocabulary::{Presence, Vocabulary};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Compiles policies with the limits, settings and vocabulary of an installation.
///
/// ```
/// use onlyif::{Engine, Limits, Sources};
///
/// let engine = Engine::new().limits(Limits { visits: 10_000, ..Limits::default() }).setting("channel", "private");
/// let mut sources = Sources::new();
/// sources.add("sharing.onlyif", "setting channel is text\nshare expertise only if requester committed and the channel is \"private\"");
/// let policy = engine.compile_all(sources)?;
/// assert!(policy.warnings().is_empty());
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Engine {
    limits: Limits,
    settings: BTreeMap<String, Value>,
    vocabulary: Sources,
}

impl Engine {
    /// An engine with the default limits, and nothing else.
    ///
    /// ```
    /// let policy = onlyif::Engine::new().compile("allow sign-in if user is trusted")?;
    /// assert_eq!(policy.rules().len(), 1);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With other limits, in place of those it had.
    ///
    /// ```
    /// use onlyif::{Code, Engine, Limits};
    /// let engine = Engine::new().limits(Limits { statements: 1, ..Limits::default() });
    /// let error = engine.compile("allow sign-in\nallow sign-out").unwrap_err();
    /// assert!(error.diagnostics().iter().any(|diagnostic| diagnostic.code() == Code::TooManyStatements));
    /// ```
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With the value of a setting, in place of one it had. A setting is what an installation decides; a request can never bring one.
    /// Whether the value has the type that the rules declare is judged when a policy is compiled.
    ///
    /// ```
    /// use onlyif::{Engine, Request};
    /// let policy = Engine::new().setting("limit", 200).compile("setting limit is number\nallow post if the length is at most the limit")?;
    /// assert!(policy.decide(&Request::without_thing("post").with("length", 140)).is_allowed());
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn setting(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.settings.insert(name.into(), value.into());
        self
    }

    /// With declarations that hold for every policy that this engine compiles, after those it had. What is wrong with them is reported
    /// when a policy is compiled, under the name `vocabulary`.
    ///
    /// ```
    /// use onlyif::{Code, Engine};
    /// let engine = Engine::new().vocabulary("a user has\n  admin: yes/no");
    /// let error = engine.compile("allow sign-in if user is amdin").unwrap_err();
    /// assert_eq!(error.diagnostics()[0].code(), Code::UnknownWord);
    /// ```
    #[must_use]
    pub fn vocabulary(mut self, text: impl Into<String>) -> Self {
        self.vocabulary.add("vocabulary", text);
        self
    }

    /// Compiles one text. Messages call it `policy`.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    ///
    /// ```
    /// use onlyif::{Engine, Request};
    /// let policy = Engine::new().compile("share expertise only if requester committed")?;
    /// assert!(!policy.decide(&Request::new("share", "expertise")).is_allowed());
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn compile(&self, text: impl Into<String>) -> Result<Policy, Error> {
        let mut sources = Sources::new();
        sources.add("policy", text);
        self.compile_all(sources)
    }

    /// Compiles the texts of a bundle together: what one declares, all know. A `use` finds what is in the bundle.
    ///
    /// # Errors
    /// Everything that is wrong with all of them, at once.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("words.onlyif", "a user has\n  admin: yes/no");
    /// sources.add("doors.onlyif", "allow open door if user is admin");
    /// assert_eq!(Engine::new().compile_all(sources)?.rules(), ["doors/open door/1"]);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn compile_all(&self, sources: Sources) -> Result<Policy, Error> {
        self.compile_with(sources, not_loaded)
    }

    /// Compiles the texts of a bundle with those that they `use`. `load` is asked for each once, by its path below the
    /// bundle's root, and gives the name that messages show and the text, or why there is none.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", "use \"identity.onlyif\"\nallow share expertise if requester is trusted");
    /// let identity = "a requester is trusted if requester has id";
    /// let policy = Engine::new().compile_with(sources, |path| match path {
    ///     "identity.onlyif" => Ok((path.into(), identity.into())),
    ///     _ => Err("there is no such text".into()),
    /// })?;
    /// assert_eq!(policy.rules(), ["sharing/share expertise/1"]);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with all of them, at once.
    pub fn compile_with(&self, sources: Sources, load: impl FnMut(&str) -> Loaded) -> Result<Policy, Error> {
        self.compile_scenarios(sources, load).map(|(policy, _, _)| policy)
    }

    /// As [`Engine::compile_with`], with the scenarios of the bundle, which are no part of its policy, and the texts that their
    /// places are in.
    pub(crate) fn compile_scenarios(
        &self,
        sources: Sources,
        load: impl FnMut(&str) -> Loaded,
    ) -> Result<(Policy, Vec<Scenario>, Arc<Sources>), Error> {
        let Checked { program, sources, mut found } = self.checked(sources, load);
        let settings = self.bind(&program.vocabulary, &mut found);
        if found.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
            return Err(Error::new(found, sources));
        }
        let sources = Arc::new(sources);
        match compile::compile(&program, settings, &sources, &self.limits) {
            Ok(plan) => Ok((Policy::from_plan(plan, attached(found, &sources)), program.scenarios, sources)),
            Err(diagnostic) => Err(Error::new([*diagnostic].into(), Sources::clone(&sources))),
        }
    }

    /// Everything that is wrong or doubtful with the texts of a bundle, in their order: what an editor shows. Settings need no values
    /// here.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("doors.onlyif", "setting night is yes/no\nallow open door if user is admin and not the night");
    /// assert!(Engine::new().check(sources).is_empty());
    /// ```
    #[must_use]
    pub fn check(&self, sources: Sources) -> Vec<Diagnostic> {
        self.check_with(sources, not_loaded)
    }

    /// As [`Engine::check`], with the texts that the bundle's texts `use`; `load` is that of [`Engine::compile_with`].
    ///
    /// ```
    /// use onlyif::{Code, Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("doors.onlyif", "use \"staff.onlyif\"\nallow open door if user is staff");
    /// let found = Engine::new().check_with(sources, |path| Err(format!("{path} is on another disk")));
    /// assert!(found.iter().any(|diagnostic| diagnostic.code() == Code::UseNotLoaded));
    /// ```
    #[must_use]
    pub fn check_with(&self, sources: Sources, load: impl FnMut(&str) -> Loaded) -> Vec<Diagnostic> {
        let Checked { program, sources, mut found } = self.checked(sources, load);
        let sources = Arc::new(sources);
        if found.iter().all(|diagnostic| diagnostic.severity() == Severity::Warning) {
            // What is too large when all definitions are opened shows itself only now.
            found.extend(compile::compile(&program, Vec::new(), &sources, &self.limits).err().map(|diagnostic| *diagnostic));
        }
        attached(found, &sources)
    }

    /// The paths that a text uses, in its order, as they are written. Nothing is loaded, and what is wrong with the text is not told.
    ///
    /// ```
    /// let paths = onlyif::Engine::new().uses("use \"shared/identity.onlyif\"\nallow sign-in if user is trusted");
    /// assert_eq!(paths, ["shared/identity.onlyif"]);
    /// ```
    #[must_use]
    pub fn uses(&self, text: &str) -> Vec<String> {
        let mut sources = Sources::new();
        let id = sources.add("", text);
        let tree = sources.get_mut(id).map(|source| parse::parse(id, source, &self.limits).0);
        tree.iter().flat_map(used).map(|file| file.text.clone()).collect()
    }

    /// How many texts of its own it puts before those of every bundle.
    pub(crate) fn own_texts(&self) -> usize {
        self.vocabulary.len()
    }

    /// A text in the canonical form: the same sentences and comments, with one layout and one word for each thing. It need not
    /// be right in any other way than that its sentences can be read; `name` is what messages call it.
    ///
    /// ```
    /// let engine = onlyif::Engine::new();
    /// let text = "allow enter club, if the guest.age >= 18 or the guest is invited.";
    /// assert_eq!(engine.format("club.onlyif", text)?, "allow enter club if guest.age is at least 18 or guest is invited\n");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// Every sentence that cannot be read, at once; nothing of the text is formatted then.
    pub fn format(&self, name: impl Into<String>, text: impl Into<String>) -> Result<String, Error> {
        let mut sources = Sources::new();
        let id = sources.add(name, text);
        let (tree, found) = sources.get_mut(id).map(|source| parse::parse(id, source, &self.limits)).unwrap_or_default();
        if found.is_empty() && tree.broken.is_empty() {
            Ok(crate::format::format(&tree, &sources))
        } else {
            Err(Error::new(found, sources))
        }
    }

    /// What the rules of a bundle mean together, act by act, in words: who may and when, what limits, what forbids, which duties come
    /// with it, and what happens otherwise.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", "share expertise only if requester committed");
    /// let reading = Engine::new().say(sources)?;
    /// assert!(reading.to_string().contains("Anyone may share expertise only when requester committed."));
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the texts, at once: what is not understood is not said.
    pub fn say(&self, sources: Sources) -> Result<Reading, Error> {
        self.say_with(sources, not_loaded)
    }

    /// As [`Engine::say`], with the texts that the bundle's texts `use`; `load` is that of [`Engine::compile_with`].
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("doors.onlyif", "use \"staff.onlyif\"\nallow open door if user is staff");
    /// let reading = Engine::new().say_with(sources, |path| Ok((path.into(), "a user is staff if user has badge".into())))?;
    /// assert_eq!(reading.words[0].means, ["user has badge"]);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::say`].
    pub fn say_with(&self, sources: Sources, load: impl FnMut(&str) -> Loaded) -> Result<Reading, Error> {
        self.without_errors(sources, load).map(|(program, sources)| crate::say::say(&program, &sources))
    }

    /// The sentences that the vocabulary of a bundle allows: for each kind and fact, what can be said of it; settings, constants and acts.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("words.onlyif", "a requester has\n  is committed: yes/no");
    /// assert_eq!(Engine::new().phrases(sources)?.to_string(), "requester\n  requester is committed\n");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::say`].
    pub fn phrases(&self, sources: Sources) -> Result<Phrasebook, Error> {
        self.phrases_with(sources, not_loaded)
    }

    /// As [`Engine::phrases`], with the texts that the bundle's texts `use`; `load` is that of [`Engine::compile_with`].
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("doors.onlyif", "use \"staff.onlyif\"");
    /// let book = Engine::new().phrases_with(sources, |path| Ok((path.into(), "a user has\n  has badge: yes/no".into())))?;
    /// assert_eq!(book.things[0].phrases[0].says, "user has badge");
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::say`].
    pub fn phrases_with(&self, sources: Sources, load: impl FnMut(&str) -> Loaded) -> Result<Phrasebook, Error> {
        self.without_errors(sources, load).map(|(program, sources)| crate::say::phrases(&program, &sources))
    }

    fn without_errors(&self, sources: Sources, load: impl FnMut(&str) -> Loaded) -> Result<(Program, Sources), Error> {
        let Checked { program, sources, found } = self.checked(sources, load);
        if found.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
            return Err(Error::new(found, sources));
        }
        Ok((program, sources))
    }

    /// Parses and checks. A work list: what a text uses comes after it, each once, so that circles do no harm.
    fn checked(&self, sources: Sources, mut load: impl FnMut(&str) -> Loaded) -> Checked {
        let mut all = self.vocabulary.clone();
        all.append(sources);
        let mut found = Vec::new();
        let mut trees: Vec<SyntaxTree> = Vec::new();
        while let Some(id) = all.nth(trees.len()) {
            if let Some(diagnostic) = self.too_large(&all) {
                found.push(diagnostic);
                return Checked { program: Program::default(), sources: all, found };
            }
            let Some(source) = all.get_mut(id) else { break };
            let (tree, diagnostics) = parse::parse(id, source, &self.limits);
            found.extend(diagnostics);
            for file in used(&tree) {
                if let Err(diagnostic) = bring(&mut all, file, &mut load) {
                    found.push(*diagnostic);
                }
            }
            trees.push(tree);
        }
        let (program, diagnostics) = check::check(trees, &all, &self.limits);
        found.extend(diagnostics);
        Checked { program, sources: all, found }
    }

    fn too_large(&self, sources: &Sources) -> Option<Diagnostic> {
        let bytes = sources.iter().fold(0usize, |total, source| total.saturating_add(source.text().len()));
        let what = if sources.len() > self.limits.files {
            alloc::format!("these are {} rule texts, more than {}", sources.len(), self.limits.files)
        } else if bytes > self.limits.bundle_bytes {
            alloc::format!("these rule texts have {bytes} bytes together, more than {}", self.limits.bundle_bytes)
        } else {
            return None;
        };
        Some(
            Diagnostic::new(Code::BundleTooLarge, Span::default(), what)
                .label("the bundle is too large")
                .help("load fewer rule texts together, or raise the limit"),
        )
    }

    /// The values of the settings, in the order of the vocabulary.
    fn bind(&self, vocabulary: &Vocabulary, found: &mut Vec<Diagnostic>) -> Vec<Value> {
        let mut values = Vec::new();
        for setting in &vocabulary.settings {
            let value = self.settings.get(&setting.name).or(match &setting.presence {
                Presence::Assumed(value) => Some(value),
                Presence::Optional => Some(&Value::None),
                Presence::Required | Presence::Open => None,
            });
            let trouble = match value {
                None => alloc::format!("the setting `{}` has no value", setting.name),
                Some(value) if !vocabulary.has(&setting.ty, value) => {
                    alloc::format!(
                        "the setting `{}` is {}, expected {}",
                        setting.name,
                        value.kind_name(),
                        vocabulary.type_name(&setting.ty)
                    )
                }
                Some(value) => {
                    values.push(value.clone());
                    continue;
                }
            };
            let diagnostic = Diagnostic::new(Code::SettingValue, setting.span, trouble)
                .label("declared here")
                .help("give it a value when the policy is loaded, or declare `assumed` with one");
            found.push(diagnostic);
        }
        values
    }

    /// The checked program of a bundle, for our own tests and tools.
    #[cfg(feature = "unstable-machinery")]
    #[doc(hidden)]
    #[must_use]
    pub fn program(&self, sources: Sources) -> (Program, Vec<Diagnostic>) {
        let Checked { program, sources, found } = self.checked(sources, not_loaded);
        (program, attached(found, &Arc::new(sources)))
    }
}

/// A text that was asked for: the name that messages show, and the text; or why there is none.
///
/// ```
/// use onlyif::{Engine, Loaded, Sources};
/// fn load(path: &str) -> Loaded {
///     match path {
///         "staff.onlyif" => Ok((path.into(), "a user is staff if user has badge".into())),
///         _ => Err("there is no such text".into()),
///     }
/// }
/// let mut sources = Sources::new();
/// sources.add("doors.onlyif", "use \"staff.onlyif\"\nallow open door if user is staff");
/// assert_eq!(Engine::new().compile_with(sources, load)?.fact_type("user.badge").as_deref(), Some("yes/no"));
/// # Ok::<(), onlyif::Error>(())
/// ```
pub type Loaded = Result<(String, String), String>;

fn not_loaded(_: &str) -> Loaded {
    Err("it is not among the texts that were loaded".into())
}

/// The files that a text uses.
fn used(tree: &SyntaxTree) -> impl Iterator<Item = &TextLiteral> {
    tree.statements.iter().filter_map(|statement| if let Body::Use(file) = &statement.body { Some(file) } else { None })
}

/// Adds the text that a `use` names, unless it is there.
fn bring(all: &mut Sources, file: &TextLiteral, load: &mut impl FnMut(&str) -> Loaded) -> Result<(), Box<Diagnostic>> {
    let path = file.text.as_str();
    let is_plain = |segment: &str| !segment.is_empty() && segment != "." && segment != ".." && !segment.contains(['\\', ':', '\0']);
    if !path.split('/').all(is_plain) {
        let diagnostic = Diagnostic::new(Code::UsePath, file.span, alloc::format!("`{path}` is no path below the bundle's folder"))
            .label("names joined by `/`, without `.` and `..`")
            .help("write the path from the bundle's folder, such as `use \"shared/identity.onlyif\"`");
        return Err(Box::new(diagnostic));
    }
    if all.has_path(path) {
        return Ok(());
    }
    match load(path) {
        Ok((name, text)) => {
            all.add_used(name, path.into(), text);
            Ok(())
        }
        Err(why) => {
            let diagnostic = Diagnostic::new(Code::UseNotLoaded, file.span, alloc::format!("`{path}` cannot be used: {why}"))
                .label("this file is wanted here")
                .help("the path is counted from the folder that was named, or that of the first file, or `--root`");
            Err(Box::new(diagnostic))
        }
    }
}

/// A bundle after checking.
struct Checked {
    program: Program,
    sources: Sources,
    found: Vec<Diagnostic>,
}

fn attached(mut found: Vec<Diagnostic>, sources: &Arc<Sources>) -> Vec<Diagnostic> {
    found.sort_by_key(Diagnostic::order);
    found.into_iter().map(|diagnostic| diagnostic.attach(sources)).collect()
}

impl Policy {
    /// Compiles a text with the default engine. It takes long compared with deciding: do it once.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    ///
    /// ```
    /// let policy = onlyif::Policy::new("share expertise only if requester committed")?;
    /// assert_eq!(policy.rules(), ["policy/share expertise/1"]);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn new(text: &str) -> Result<Self, Error> {
        Engine::new().compile(text)
    }
}

impl core::str::FromStr for Policy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Policy::new(text)
    }
}

/// A text in the canonical form, by the default engine.
///
/// ```
/// assert_eq!(onlyif::format("share the expertise, only if the requester committed.")?, "share expertise only if requester committed\n");
/// # Ok::<(), onlyif::Error>(())
/// ```
///
/// # Errors
/// Every sentence that cannot be read, at once.
pub fn format(text: &str) -> Result<String, Error> {
    Engine::new().format("policy", text)
}

/// Compiles a text and decides one request: the shortest way. A program that decides twice keeps a [`Policy`].
///
/// ```
/// let decision = onlyif::decide(
///     "share expertise only if requester committed",
///     onlyif::Request::new("share", "expertise"),
/// )?;
/// assert_eq!(decision.summary(), "undetermined, needs requester.committed");
/// # Ok::<(), onlyif::Error>(())
/// ```
///
/// # Errors
/// What is wrong with the text, or with the request where it is JSON.
pub fn decide<R>(text: &str, request: R) -> Result<Decision<'static>, Error>
where
    R: TryInto<Request>,
    Error: From<R::Error>,
{
    let policy = Policy::new(text)?;
    let request = request.try_into()?;
    Ok(policy.decide(&request).into_owned())
}
