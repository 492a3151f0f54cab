//! Messages about texts: what is wrong, where, and what to do.
//!
//! Verbs make a [`Diagnostic`] from spans; a door attaches the [`Sources`] before it leaves, so that it can tell files and
//! lines by itself. This is the only file that knows miette.

use crate::code::{Code, Severity};
use crate::source::{Place, Sources, Span};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

/// A place with a word about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub(crate) span: Span,
    pub(crate) text: String,
}

/// A change of the text that would mend it.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let error = onlyif::Policy::new("allow read document if user.role == \"admin\"").unwrap_err();
/// let (fix, edits) = error.diagnostics()[0].fixes().next().expect("there is one sensible change");
/// assert!(fix.is_safe());
/// assert_eq!(edits[0].text, "is");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub(crate) title: String,
    pub(crate) edits: Vec<(Span, String)>,
    pub(crate) safe: bool,
}

/// One replacement of a [`Fix`].
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let text = "share expertise if requester committed";
/// let error = onlyif::Policy::new(text).unwrap_err();
/// let (_, edits) = error.diagnostics()[0].fixes().next().expect("it can be mended");
/// let mut mended = text.to_owned();
/// mended.replace_range(edits[0].place.start as usize..edits[0].place.end as usize, &edits[0].text);
/// assert_eq!(mended, "allow share expertise if requester committed");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// What is replaced; empty where something is inserted.
    pub place: Place,
    /// What comes in its place; empty where something is taken out.
    pub text: String,
}

/// One message about a text, with its place.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let error = onlyif::Policy::new("share expertise if requester committed").unwrap_err();
/// let diagnostic = &error.diagnostics()[0];
/// assert_eq!(diagnostic.code(), onlyif::Code::PlainIf);
/// assert_eq!(diagnostic.words(), "if");
/// assert_eq!(diagnostic.place().column, 17);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Diagnostic {
    code: Code,
    message: String,
    span: Span,
    label: String,
    help: Option<String>,
    related: Vec<Label>,
    fixes: Vec<Fix>,
    sources: Arc<Sources>,
}

impl Diagnostic {
    /// A message about the words of `span`: lower case, no full stop, the user's words in backticks.
    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            label: String::new(),
            help: None,
            related: Vec::new(),
            fixes: Vec::new(),
            sources: Arc::default(),
        }
    }

    /// What stands under the words themselves.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// What to do, as a sentence.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Another place that belongs to it.
    pub(crate) fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// The only sensible change: a program may apply it unasked.
    pub(crate) fn fix(mut self, title: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        self.fixes.push(Fix { title: title.into(), edits, safe: true });
        self
    }

    /// A change that is a matter of judgement: shown, never applied unasked.
    pub(crate) fn suggestion(mut self, title: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        self.fixes.push(Fix { title: title.into(), edits, safe: false });
        self
    }

    /// A fix where `safe` says that it is the only sensible change, else a suggestion.
    pub(crate) fn change(self, safe: bool, title: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        if safe { self.fix(title, edits) } else { self.suggestion(title, edits) }
    }

    /// With every place moved to where `place` says; nothing where one of them has no place there.
    pub(crate) fn moved(mut self, place: impl Fn(Span) -> Option<Span>) -> Option<Self> {
        let edits = self.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.0);
        let labels = self.related.iter_mut().map(|label| &mut label.span);
        for span in edits.chain(labels).chain([&mut self.span]) {
            *span = place(*span)?;
        }
        Some(self)
    }

    /// Without the changes that `keep` is not for.
    pub(crate) fn keep_fixes(mut self, keep: impl Fn(&[(Span, String)]) -> bool) -> Self {
        self.fixes.retain(|fix| keep(&fix.edits));
        self
    }

    /// Does it offer no change?
    pub(crate) fn is_without_fix(&self) -> bool {
        self.fixes.is_empty()
    }

    /// Lets it tell files and lines.
    pub(crate) fn attach(mut self, sources: &Arc<Sources>) -> Self {
        self.sources = Arc::clone(sources);
        self
    }

    /// Its stable code: what a program matches on.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("share expertise if requester committed").unwrap_err();
    /// assert_eq!(error.diagnostics()[0].code(), onlyif::Code::PlainIf);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Error or warning, as its code says.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let policy = onlyif::Policy::new("adult means 18\nallow sign-in if user is trusted")?; // nothing uses `adult`
    /// assert_eq!(policy.warnings()[0].severity(), onlyif::Severity::Warning);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What is wrong: one sentence, lower case, without a full stop, the author's words in backticks. It is not escaped, and its words
    /// may change: match on [`Diagnostic::code`].
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("allow read file if user.role == \"admin\"").unwrap_err();
    /// assert_eq!(error.diagnostics()[0].message(), "`==` is written `is` here");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// A few words about the place itself, to be shown under its words; empty where the message says all.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("allow read file if user.role == \"admin\"").unwrap_err();
    /// assert_eq!(error.diagnostics()[0].label_text(), "rules say `is`");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn label_text(&self) -> &str {
        &self.label
    }

    /// What to do, as an instruction; none where the message says it.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("share expertise if requester committed").unwrap_err();
    /// assert!(error.diagnostics()[0].help_text().is_some_and(|help| help.contains("only if")));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Where it is: the words that are wrong, not the whole line.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("allow sign-in\nallow read file if colour == shade").unwrap_err();
    /// let place = error.diagnostics()[0].place();
    /// assert_eq!((place.file.as_str(), place.line, place.column), ("policy", 2, 27));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn place(&self) -> Place {
        self.sources.place(self.span)
    }

    /// The author's words that it is about, as they stand in the text. They are not escaped.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("share expertise if requester committed").unwrap_err();
    /// assert_eq!(error.diagnostics()[0].words(), "if");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn words(&self) -> &str {
        self.sources.words(self.span)
    }

    /// Other places that belong to it, each with a few words about it.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let text = "a user has\n  name: text\n  name: text\nallow sign-in if user.name is \"Ann\"";
    /// let error = onlyif::Policy::new(text).unwrap_err();
    /// let (place, words) = error.diagnostics()[0].related_places().next().expect("there are two declarations");
    /// assert_eq!((place.line, words), (2, "first declared here"));
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn related_places(&self) -> impl Iterator<Item = (Place, &str)> {
        self.related.iter().map(|label| (self.sources.place(label.span), label.text.as_str()))
    }

    /// Changes that would mend it, each with its replacements. All replacements of one fix are made together, or none.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("share expertise if requester committed").unwrap_err();
    /// let titles: Vec<&str> = error.diagnostics()[0].fixes().map(|(fix, _)| fix.title()).collect();
    /// assert_eq!(titles, ["write `allow`: to grant", "write `only if`: to grant and limit"]);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn fixes(&self) -> impl Iterator<Item = (&Fix, Vec<Edit>)> {
        self.fixes.iter().map(|fix| {
            let edit = |(span, text): &(Span, String)| Edit { place: self.sources.place(*span), text: text.clone() };
            (fix, fix.edits.iter().map(edit).collect())
        })
    }

    /// The edits of the first fix that a program may apply unasked.
    pub(crate) fn safe_edits(&self) -> Option<&[(Span, String)]> {
        self.fixes.iter().find(|fix| fix.safe).map(|fix| fix.edits.as_slice())
    }

    /// The texts that its places are in: what a program reads to show the lines around them.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("share expertise if requester committed").unwrap_err();
    /// let source = error.diagnostics()[0].sources().iter().next().expect("there is one text");
    /// assert_eq!(source.text(), "share expertise if requester committed");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Where it stands in the texts, for sorting.
    pub(crate) fn order(&self) -> (Span, Code) {
        (self.span, self.code)
    }
}

impl Fix {
    /// What it does, in a few words for a person.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("allow read file if user.role == \"admin\"").unwrap_err();
    /// let (fix, _) = error.diagnostics()[0].fixes().next().expect("there is one sensible change");
    /// assert_eq!(fix.title(), "write `is`");
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Is it the only sensible change? Then a program may make it unasked. Any other is a matter of judgement: it is shown, and never
    /// made unasked.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("share expertise if requester committed").unwrap_err();
    /// let (fix, _) = error.diagnostics()[0].fixes().next().expect("it can be mended");
    /// assert!(!fix.is_safe()); // `allow … if` or `… only if`: the author has to say
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.safe
    }
}

/// One line: place, code, message, help.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, line, column, .. } = self.place();
        let line = alloc::format!("{file}:{line}:{column}: {}[{}]: {}", self.severity(), self.code, self.message);
        f.write_str(&escape(&line))?;
        match &self.help {
            Some(help) => write!(f, " ({})", escape(help)),
            None => Ok(()),
        }
    }
}

/// Why a text could not be used: all of its diagnostics, never an empty list.
///
/// It is opaque on purpose: match on [`Diagnostic::code`], never on words. With the feature `compile` it is also a
/// `miette::Diagnostic` that brings its texts along.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let error = onlyif::Policy::new("allow read file if size == 1\nallow edit file if size == 2").unwrap_err();
/// assert_eq!(error.diagnostics().len(), 2); // everything at once
/// assert!(error.to_string().starts_with("policy:1:25: error[E05]: "));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Clone)]
pub struct Error {
    diagnostics: Vec<Diagnostic>,
}

impl Error {
    /// `first` and the others, in the order of their texts.
    pub(crate) fn new(mut diagnostics: Vec<Diagnostic>, sources: Sources) -> Self {
        let sources = Arc::new(sources);
        diagnostics.sort_by_key(Diagnostic::order);
        Self { diagnostics: diagnostics.into_iter().map(|diagnostic| diagnostic.attach(&sources)).collect() }
    }

    /// Every diagnostic, errors and warnings, in the order of the texts. There is at least one.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// let error = onlyif::Policy::new("").unwrap_err();
    /// assert_eq!(error.diagnostics()[0].code(), onlyif::Code::EmptyFile);
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// Every diagnostic on a line of its own.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, diagnostic) in self.diagnostics.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

/// As `Display`, because errors are so often just unwrapped.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Error {}

/// What cannot fail brings no error.
impl From<core::convert::Infallible> for Error {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}

/// Makes visible what could talk to a terminal or lie on a screen: control characters, bidirectional controls,
/// zero-width characters, as `\u{…}`. Line breaks and tabs become `\n` and `\t`.
///
/// ```
/// assert_eq!(onlyif::escape("a\u{1b}[31m"), "a\\u{1b}[31m");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    if !text.chars().any(is_hidden) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\t' => shown.push_str("\\t"),
            '\r' => shown.push_str("\\r"),
            c if is_hidden(c) => shown.push_str(&alloc::format!("\\u{{{:x}}}", u32::from(c))),
            c => shown.push(c),
        }
    }
    shown
}

/// Is it a character that cannot be seen, or that changes how others are shown? Controls of C0 and C1, bidirectional
/// controls (UAX #9), zero-width and other default-ignorable characters, tags, line and paragraph separators.
///
/// ```
/// assert!(onlyif::is_hidden('\u{202e}') && !onlyif::is_hidden('a'));
/// ```
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(feature = "compile")]
mod report {
    use super::{Diagnostic, Error, Severity};
    use alloc::boxed::Box;
    use alloc::vec::Vec;
    use core::fmt;
    use miette::{LabeledSpan, SourceCode, SourceSpan};

    impl miette::Diagnostic for Diagnostic {
        fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
            Some(Box::new(self.code))
        }

        fn severity(&self) -> Option<miette::Severity> {
            Some(match Diagnostic::severity(self) {
                Severity::Warning => miette::Severity::Warning,
                Severity::Error => miette::Severity::Error,
            })
        }

        fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
            self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display + 'a>)
        }

        fn source_code(&self) -> Option<&dyn SourceCode> {
            self.sources.get(self.span.source()).map(|source| source as &dyn SourceCode)
        }

        fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
            let own = LabeledSpan::new_primary_with_span(
                (!self.label.is_empty()).then(|| self.label.clone()),
                SourceSpan::from(self.sources.range(self.span)),
            );
            let same_text = self.related.iter().filter(|label| label.span.source() == self.span.source());
            let others = same_text
                .map(|label| LabeledSpan::new_with_span(Some(label.text.clone()), SourceSpan::from(self.sources.range(label.span))));
            Some(Box::new(core::iter::once(own).chain(others)))
        }
    }

    impl core::error::Error for Diagnostic {}

    impl SourceCode for crate::source::Source {
        fn read_span<'a>(
            &'a self,
            span: &SourceSpan,
            before: usize,
            after: usize,
        ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
            let contents = self.text().read_span(span, before, after)?;
            Ok(Box::new(miette::MietteSpanContents::new_named(
                self.name().into(),
                contents.data(),
                *contents.span(),
                contents.line(),
                contents.column(),
                contents.line_count(),
            )))
        }
    }

    impl miette::Diagnostic for Error {
        fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
            self.diagnostics.first().and_then(miette::Diagnostic::code)
        }

        fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
            let each: Vec<&dyn miette::Diagnostic> =
                self.diagnostics.iter().map(|diagnostic| diagnostic as &dyn miette::Diagnostic).collect();
            Some(Box::new(each.into_iter()))
        }
    }
}
