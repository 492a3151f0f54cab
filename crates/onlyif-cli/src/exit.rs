//! How a command ends: the numbers that scripts see, and why a question could not be answered.

use onlyif::{Code, Diagnostic};
use std::fmt;
use std::io;
use std::process::ExitCode;

/// The exit status; the numbers from 64 on are those of `sysexits.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Yes: allowed, nothing to report.
    Yes = 0,
    /// No: denied, findings.
    No = 1,
    /// Not known: undetermined.
    NotKnown = 2,
    /// The command was called wrongly.
    Usage = 64,
    /// Rules or a request that cannot be used.
    BadInput = 65,
    /// A file that cannot be read.
    Unreadable = 66,
    /// A bug of ours.
    Bug = 70,
    /// The answer could not be written.
    NotWritable = 74,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// What is told where an answer cannot be written.
pub(crate) const OUTPUT: Code = Code::NotWritable;

/// Why a question could not be answered.
pub(crate) enum Failure {
    /// Rules or a request with errors, as diagnostics with places.
    Rules(Vec<Diagnostic>),
    /// Anything else that is told in a sentence or two.
    Told(Told),
    /// Standard output is closed or full.
    NotWritable(io::Error),
}

/// A message without a place in a text.
pub(crate) struct Told {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    exit: Exit,
}

impl Failure {
    /// What went wrong, without code and help: to stand inside another message.
    pub(crate) fn in_short(&self) -> String {
        match self {
            Failure::Rules(diagnostics) => diagnostics.first().map_or_else(String::new, |first| first.message().to_owned()),
            Failure::Told(told) => told.message.clone(),
            Failure::NotWritable(error) => error.to_string(),
        }
    }

    /// The command was called wrongly; the help says what would have worked.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::told(Code::Usage.as_str(), Exit::Usage, message, Some(help.into()))
    }

    /// A value on the command line that cannot be used.
    pub(crate) fn value(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::told(Code::RequestValue.as_str(), Exit::BadInput, message, Some(help.into()))
    }

    /// Arguments that contradict the request.
    pub(crate) fn conflict(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::told(Code::RequestConflict.as_str(), Exit::BadInput, message, Some(help.into()))
    }

    pub(crate) fn unreadable(message: impl Into<String>, help: Option<&str>) -> Self {
        Self::told(Code::FileUnreadable.as_str(), Exit::Unreadable, message, help.map(str::to_owned))
    }

    pub(crate) fn no_rule_file(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::told(Code::NoRuleFile.as_str(), Exit::Unreadable, message, Some(help.into()))
    }

    /// A file that a command was to write.
    pub(crate) fn unwritable(message: impl Into<String>) -> Self {
        Self::told(OUTPUT.as_str(), Exit::NotWritable, message, None)
    }

    fn told(code: &'static str, exit: Exit, message: impl Into<String>, help: Option<String>) -> Self {
        Failure::Told(Told { code, message: message.into(), help, exit })
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Failure::Rules(_) => Exit::BadInput,
            Failure::Told(told) => told.exit,
            Failure::NotWritable(_) => Exit::NotWritable,
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}", self.code, self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl From<onlyif::Error> for Failure {
    fn from(error: onlyif::Error) -> Self {
        Failure::Rules(error.diagnostics().to_vec())
    }
}
