//! The engine: what an installation brings along, and the way from texts to a policy.
//!
//! This is the only file that knows the order of the verbs: parse, check, compile.

use crate::check;
use crate::code::{Code, Severity};
use crate::compile;
use crate::decision::Decision;
use crate::diagnostic::{Diagnostic, Error};
use crate::limits::Limits;
use crate::parse;
use crate::policy::Policy;
use crate::program::Program;
use crate::request::Request;
use crate::source::{Sources, Span};
use crate::tree::SyntaxTree;
use crate::value::Value;
use crate::vocabulary::{Presence, Vocabulary};
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
    /// With the default limits, and nothing else.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With other limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// With the value of a setting. A setting is what an installation decides; a request can never bring one.
    #[must_use]
    pub fn setting(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.settings.insert(name.into(), value.into());
        self
    }

    /// With declarations that hold for every policy that this engine compiles.
    #[must_use]
    pub fn vocabulary(mut self, text: impl Into<String>) -> Self {
        self.vocabulary.add("vocabulary", text);
        self
    }

    /// Compiles one text.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn compile(&self, text: impl Into<String>) -> Result<Policy, Error> {
        let mut sources = Sources::new();
        sources.add("policy", text);
        self.compile_all(sources)
    }

    /// Compiles the texts of a bundle together.
    ///
    /// # Errors
    /// Everything that is wrong with all of them, at once.
    pub fn compile_all(&self, sources: Sources) -> Result<Policy, Error> {
        let Checked { program, sources, mut found } = self.checked(sources);
        let settings = self.bind(&program.vocabulary, &mut found);
        if found.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
            return Err(Error::new(found, sources));
        }
        let sources = Arc::new(sources);
        match compile::compile(&program, settings, &sources, &self.limits) {
            Ok(plan) => Ok(Policy::from_plan(plan, attached(found, &sources))),
            Err(diagnostic) => Err(Error::new([*diagnostic].into(), Sources::clone(&sources))),
        }
    }

    /// Everything that is wrong or doubtful with the texts of a bundle, in their order. Settings need no values here.
    #[must_use]
    pub fn check(&self, sources: Sources) -> Vec<Diagnostic> {
        let Checked { sources, found, .. } = self.checked(sources);
        attached(found, &Arc::new(sources))
    }

    /// Parses and checks.
    fn checked(&self, sources: Sources) -> Checked {
        let mut all = self.vocabulary.clone();
        all.append(sources);
        let mut found = Vec::new();
        if let Some(diagnostic) = self.too_large(&all) {
            found.push(diagnostic);
            return Checked { program: Program::default(), sources: all, found };
        }
        let mut trees: Vec<SyntaxTree> = Vec::new();
        for id in all.ids() {
            if let Some(source) = all.get_mut(id) {
                let (tree, diagnostics) = parse::parse(id, source, &self.limits);
                trees.push(tree);
                found.extend(diagnostics);
            }
        }
        let (program, diagnostics) = check::check(&trees, &all, &self.limits);
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
        let Checked { program, sources, found } = self.checked(sources);
        (program, attached(found, &Arc::new(sources)))
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
    /// Compiles a text with the default engine.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
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
