//! What is wrong with a JSON text, before it becomes an [`Error`].
//!
//! In: byte ranges and words, from the decoder or from the checks of the shape. Out: an `Error` that carries the text, so
//! that it can tell line and column. Places are found here by key path, only once something is wrong: a text that is in
//! order pays nothing for them.

use super::locate::{self, Step};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Error};
use crate::source::{Sources, Span};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// Each fault searches its place through the whole text, so a text made of faults must not have them all shown.
const MOST_FAULTS: usize = 20;

/// The longest key that a message repeats, in characters.
const MOST_SHOWN: usize = 40;

/// The most steps of a key path that a message repeats.
const MOST_STEPS: usize = 12;

/// One thing that is wrong, with its bytes.
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) earlier: Option<Range<usize>>,
}

impl Fault {
    /// Not JSON: the one place where this is said.
    pub(super) fn not_json(range: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(Code::NotJson, range, message)
    }

    /// Too large, too deep or too many: the one place where this is said.
    pub(super) fn too_large(range: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(Code::RequestTooLarge, range, message)
    }

    pub(super) fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, range, message: message.into(), help: None, earlier: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With the key path at which it was met; at the root there is nothing to add.
    pub(super) fn at(mut self, path: &[Step<'_>]) -> Self {
        if !path.is_empty() {
            self.message = format!("{}, at `{}`", self.message, shown_path(path));
        }
        self
    }
}

/// The faults of a text, as what the callers get.
pub(super) fn into_error(name: &str, text: &str, faults: Vec<Fault>) -> Error {
    let mut sources = Sources::new();
    let id = sources.add(name, text);
    let diagnostics = faults.into_iter().map(|fault| {
        let diagnostic = Diagnostic::new(fault.code, Span::new(id, 0, fault.range), fault.message);
        let diagnostic = match fault.earlier {
            Some(range) => diagnostic.label("and here").related(Span::new(id, 0, range), "it stands here"),
            None => diagnostic,
        };
        match fault.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    });
    Error::new(diagnostics.collect(), sources)
}

/// The faults of the shape of one text: all that are independent, so that a caller mends them in one go.
pub(super) struct Faults<'t> {
    text: &'t str,
    list: Vec<Fault>,
}

impl<'t> Faults<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, list: Vec::new() }
    }

    pub(super) fn into_list(self) -> Vec<Fault> {
        self.list
    }

    /// Are there so many that no more will be noted?
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= MOST_FAULTS
    }

    /// A member that has the wrong shape, shown at its value. An empty path, or one to a member that is missing, is
    /// shown at the innermost object that is there.
    pub(super) fn shape(&mut self, path: &[Step<'_>], message: impl Into<String>, help: impl Into<String>) {
        let there = (0..=path.len()).rev().find_map(|length| locate::locate(self.text, path.get(..length)?));
        self.note(Fault::new(Code::RequestShape, there.unwrap_or(0..0), message).help(help));
    }

    /// A member that says what another says, or that would replace another; shown at its key.
    pub(super) fn conflict(
        &mut self,
        path: &[Step<'_>],
        earlier: Option<&[Step<'_>]>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let range = locate::locate_key(self.text, path).unwrap_or(0..0);
        let mut fault = Fault::new(Code::RequestConflict, range, message).help(help);
        fault.earlier = earlier.and_then(|path| locate::locate_key(self.text, path));
        self.note(fault);
    }

    fn note(&mut self, fault: Fault) {
        if !self.is_full() {
            self.list.push(fault);
        }
    }
}

/// A key path as messages write it: `a.b[0]`, and `entities["user:ann"].in` where a key is no name.
pub(super) fn shown_path(path: &[Step<'_>]) -> String {
    let mut shown = String::new();
    for step in path.iter().take(MOST_STEPS) {
        match *step {
            Step::Index(at) => shown.push_str(&format!("[{at}]")),
            Step::Key(key) if is_name(key) => {
                if !shown.is_empty() {
                    shown.push('.');
                }
                shown.push_str(&cut(key));
            }
            Step::Key(key) => shown.push_str(&format!("[\"{}\"]", cut(key))),
        }
    }
    if path.len() > MOST_STEPS {
        shown.push('…');
    }
    shown
}

fn is_name(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    key.bytes().next().is_some_and(|first| first.is_ascii_alphabetic()) && key.bytes().all(plain)
}

/// A word of the text, escaped, and cut where it is long: it comes from a stranger.
pub(super) fn cut(word: &str) -> String {
    match word.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", crate::diagnostic::escape(word.get(..end).unwrap_or(""))),
        None => crate::diagnostic::escape(word),
    }
}
