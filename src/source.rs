//! Source texts and places in them.
//!
//! A [`Span`] is relative to the *statement* it lies in, so that editing one statement moves no span of another.
//! [`Sources`] knows where each statement starts and turns a span into a [`Place`]: file, byte offsets, line and column.
//! Nothing here knows what a statement means; the splitter in `parse` records where they start.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

/// Which text of a [`Sources`]: what [`Sources::add`] gives and [`Sources::get`] takes.
///
/// ```
/// let mut sources = onlyif::Sources::new();
/// let (first, second) = (sources.add("a.onlyif", "allow sign-in"), sources.add("b.onlyif", "allow sign-out"));
/// assert!(first < second);
/// assert_eq!(sources.get(second).map(|source| source.name()), Some("b.onlyif"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SourceId(pub(crate) u32);

/// A stretch of source text: a statement of a file and byte offsets within that statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub(crate) source: SourceId,
    pub(crate) statement: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// The span of the bytes `range` of the statement numbered `statement`.
    #[must_use]
    pub fn new(source: SourceId, statement: u32, range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { source, statement, start: offset(range.start), end: offset(range.end) }
    }

    /// The smallest span that holds both; `other` must be of the same statement, else `self` is the answer.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if (self.source, self.statement) != (other.source, other.statement) {
            return self;
        }
        Span { start: self.start.min(other.start), end: self.end.max(other.end), ..self }
    }

    /// Does it lie in this one?
    #[must_use]
    pub fn holds(self, other: Span) -> bool {
        (self.source, self.statement) == (other.source, other.statement) && self.start <= other.start && other.end <= self.end
    }

    /// A part of it: a range of its words.
    pub(crate) fn part(self, range: Range<usize>) -> Span {
        let offset = |at: usize| self.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)).min(self.end);
        Span { start: offset(range.start), end: offset(range.end), ..self }
    }

    /// The empty span just before this one.
    #[must_use]
    pub fn before(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The empty span just after this one.
    #[must_use]
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// Which statement of which text it lies in.
    pub(crate) fn statement(self) -> (SourceId, u32) {
        (self.source, self.statement)
    }

    /// Which text it lies in.
    #[must_use]
    pub fn source(self) -> SourceId {
        self.source
    }
}

/// A named text: a rule file, a vocabulary, a request.
///
/// ```
/// let mut sources = onlyif::Sources::new();
/// let id = sources.add("sharing.onlyif", "share expertise only if requester committed");
/// let source = sources.get(id).expect("it was just added");
/// assert_eq!(source.name(), "sharing.onlyif");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    name: String,
    /// Its path below the bundle's root, by which `use` names it; the name, where nobody said otherwise.
    path: String,
    /// Was it brought by `use`, and not named by whoever loads the bundle?
    used: bool,
    text: String,
    /// Where each line starts; the first is 0.
    lines: Vec<u32>,
    /// Where each statement starts. Empty until the splitter has read the text: then one statement begins at 0.
    statements: Vec<u32>,
}

impl Source {
    /// A text under a name; the name is what messages show, usually a path as the user wrote it.
    #[must_use]
    pub(crate) fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let after_breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| offset(at.saturating_add(1)));
        let lines = core::iter::once(0).chain(after_breaks).collect();
        let name = name.into();
        Self { path: name.clone(), used: false, name, text, lines, statements: Vec::new() }
    }

    /// The name that messages show, usually a path as its user wrote it.
    ///
    /// ```
    /// let mut sources = onlyif::Sources::new();
    /// sources.add("rules/doors.onlyif", "allow open door");
    /// assert_eq!(sources.iter().next().map(|source| source.name()), Some("rules/doors.onlyif"));
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, as it was given: nothing is trimmed, and line ends stay what they are.
    ///
    /// ```
    /// let mut sources = onlyif::Sources::new();
    /// sources.add("doors.onlyif", "allow open door\r\n");
    /// assert_eq!(sources.iter().next().map(|source| source.text()), Some("allow open door\r\n"));
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Was it brought by `use`?
    #[must_use]
    pub(crate) fn is_used(&self) -> bool {
        self.used
    }

    /// Its path below the bundle's root, by which `use` names it.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Records where the statements start; the splitter's answer.
    pub(crate) fn set_statements(&mut self, starts: Vec<u32>) {
        self.statements = starts;
    }

    fn statement_start(&self, statement: u32) -> u32 {
        usize::try_from(statement).ok().and_then(|at| self.statements.get(at)).copied().unwrap_or(0)
    }

    /// Line and column, from 1, of a byte offset; columns count characters.
    fn line_column(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.partition_point(|&start| start <= offset).max(1);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start as usize..offset as usize).unwrap_or("");
        let column = before.chars().filter(|&c| c != '\u{feff}').count().saturating_add(1);
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }
}

/// A place that a person or a program can find: file, byte offsets from 0, lines and columns from 1, ends exclusive.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let error = onlyif::Policy::new("share expertise if requester committed").unwrap_err();
/// let place = error.diagnostics()[0].place();
/// assert_eq!((place.start, place.end), (16, 18));
/// assert_eq!((place.line, place.column, place.end_line, place.end_column), (1, 17, 1, 19));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The name of the text.
    pub file: String,
    /// Byte offset of the first byte, from 0.
    pub start: u32,
    /// Byte offset after the last byte; the same as `start` where it is a point between two bytes.
    pub end: u32,
    /// Line of the first character, from 1.
    pub line: u32,
    /// Column of the first character, from 1; columns count characters, and a byte order mark is none.
    pub column: u32,
    /// Line of the end, from 1.
    pub end_line: u32,
    /// Column of the end, from 1, exclusive.
    pub end_column: u32,
}

/// The texts that are loaded together: a bundle of rule files.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let mut sources = onlyif::Sources::new();
/// sources.add("sharing.onlyif", "share expertise only if requester committed");
/// let policy = onlyif::Engine::new().compile_all(sources)?;
/// assert_eq!(policy.rules(), ["sharing/share expertise/1"]);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// No texts yet.
    ///
    /// ```
    /// assert!(onlyif::Sources::new().is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name that messages will show. Other texts can `use` it by that name. The file name without folder and
    /// ending is the policy that the ids of its rules begin with.
    ///
    /// ```
    /// let mut sources = onlyif::Sources::new();
    /// let id = sources.add("rules/doors.onlyif", "allow open door if user is staff");
    /// assert_eq!(sources.get(id).map(|source| source.name()), Some("rules/doors.onlyif"));
    /// # #[cfg(feature = "compile")]
    /// assert_eq!(onlyif::Engine::new().compile_all(sources)?.rules(), ["doors/open door/1"]);
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Source::new(name, text));
        id
    }

    /// Adds a text under the name that messages will show, and with the path below the bundle's root by which other texts can `use` it.
    ///
    /// ```
    /// let mut sources = onlyif::Sources::new();
    /// sources.add("/etc/doors/main.onlyif", "use \"staff.onlyif\"\nallow open door if user is staff");
    /// sources.add_at("/etc/doors/staff.onlyif", "staff.onlyif", "a user is staff if user has badge");
    /// # #[cfg(feature = "compile")]
    /// assert!(onlyif::Engine::new().compile_all(sources).is_ok());
    /// ```
    pub fn add_at(&mut self, name: impl Into<String>, path: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = self.add(name, text);
        if let Some(source) = self.get_mut(id) {
            source.path = path.into();
        }
        id
    }

    /// Adds a text that another one uses.
    pub(crate) fn add_used(&mut self, name: String, path: String, text: String) -> SourceId {
        let id = self.add_at(name, path, text);
        if let Some(source) = self.get_mut(id) {
            source.used = true;
        }
        id
    }

    /// Puts another text in the place of one, under the same name.
    pub(crate) fn set_text(&mut self, at: usize, text: String) {
        if let Some(source) = self.list.get_mut(at) {
            let Source { name, path, used, .. } = core::mem::take(source);
            *source = Source { path, used, ..Source::new(name, text) };
        }
    }

    /// The byte offsets of the statement that a span lies in, with the comments before it and without the blanks after it.
    pub(crate) fn statement_range(&self, span: Span) -> Range<usize> {
        let Some(source) = self.get(span.source) else { return 0..0 };
        let start = source.statement_start(span.statement) as usize;
        let next = (span.statement as usize).checked_add(1).and_then(|next| source.statements.get(next));
        let end = next.map_or(source.text.len(), |&next| next as usize);
        start..start.saturating_add(source.text.get(start..end).unwrap_or("").trim_end().len())
    }

    /// Is there a text with this path?
    pub(crate) fn has_path(&self, path: &str) -> bool {
        self.list.iter().any(|source| source.path == path)
    }

    /// Adds the texts of another bundle.
    pub(crate) fn append(&mut self, other: Sources) {
        self.list.extend(other.list);
    }

    /// The texts, in the order in which they were added.
    ///
    /// ```
    /// let mut sources = onlyif::Sources::new();
    /// sources.add("b.onlyif", "allow sign-in");
    /// sources.add("a.onlyif", "allow sign-out");
    /// assert_eq!(sources.iter().map(|source| source.name()).collect::<Vec<_>>(), ["b.onlyif", "a.onlyif"]);
    /// ```
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Source> {
        self.list.iter()
    }

    /// How many texts there are. One engine compiles at most [`Limits::files`](crate::Limits::files) together.
    ///
    /// ```
    /// let mut sources = onlyif::Sources::new();
    /// sources.add("a.onlyif", "allow sign-in");
    /// assert_eq!(sources.len(), 1);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Is there no text?
    ///
    /// ```
    /// let mut sources = onlyif::Sources::new();
    /// assert!(sources.is_empty());
    /// sources.add("a.onlyif", "allow sign-in");
    /// assert!(!sources.is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The id of the text at a place.
    pub(crate) fn nth(&self, at: usize) -> Option<SourceId> {
        (at < self.list.len()).then(|| SourceId(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// The text with this id; none where the id is of another [`Sources`] that has more texts.
    ///
    /// ```
    /// let mut sources = onlyif::Sources::new();
    /// let id = sources.add("a.onlyif", "allow sign-in");
    /// assert_eq!(sources.get(id).map(|source| source.text()), Some("allow sign-in"));
    /// assert_eq!(onlyif::Sources::new().get(id), None);
    /// ```
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.list.get(id.0 as usize)
    }

    pub(crate) fn get_mut(&mut self, id: SourceId) -> Option<&mut Source> {
        self.list.get_mut(id.0 as usize)
    }

    /// The byte offsets of a span in its whole text.
    #[must_use]
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        let start = self.get(span.source).map_or(0, |source| source.statement_start(span.statement));
        start.saturating_add(span.start) as usize..start.saturating_add(span.end) as usize
    }

    /// The words of a span; empty where the span is of no text here.
    #[must_use]
    pub(crate) fn words(&self, span: Span) -> &str {
        self.get(span.source).and_then(|source| source.text.get(self.range(span))).unwrap_or("")
    }

    /// Where a span lies, for a person or a program.
    #[must_use]
    pub(crate) fn place(&self, span: Span) -> Place {
        let range = self.range(span);
        let (start, end) = (u32::try_from(range.start).unwrap_or(u32::MAX), u32::try_from(range.end).unwrap_or(u32::MAX));
        let (line, column) = self.get(span.source).map_or((1, 1), |source| source.line_column(start));
        let (end_line, end_column) = self.get(span.source).map_or((1, 1), |source| source.line_column(end));
        let file = self.get(span.source).map_or_else(String::new, |source| source.name.to_string());
        Place { file, start, end, line, column, end_line, end_column }
    }
}

/// Words of a rule on one line: comments dropped, line breaks and runs of blanks as one blank. Texts stay as they are.
#[must_use]
pub fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    let mut quote: Option<char> = None;
    let mut escaped = false;
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        if let Some(open) = quote {
            line.push(c);
            if escaped {
                escaped = false;
            } else if c == '\\' && open == '"' {
                escaped = true;
            } else if c == open {
                quote = None;
            }
            continue;
        }
        match c {
            '#' => {
                let _end = chars.by_ref().find(|&c| c == '\n');
                push_blank(&mut line);
            }
            ' ' | '\t' | '\r' | '\n' => push_blank(&mut line),
            _ => {
                quote = match c {
                    '"' | '`' => Some(c),
                    '\u{201c}' => Some('\u{201d}'),
                    _ => None,
                };
                line.push(c);
            }
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn push_blank(line: &mut String) {
    if !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
}
