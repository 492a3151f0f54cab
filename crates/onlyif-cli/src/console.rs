//! The two streams, locked and buffered, and the one place where text is made safe to look at.
//!
//! In: text that may hold anything. Out: escaped text. A failure to write the answer is reported by its exit status; a
//! failure to write a complaint is not, because there is nowhere left to say so.

use crate::args::Color;
use crate::exit::Failure;
use anstream::ColorChoice;
use std::io::{self, BufWriter, StdoutLock, Write};

/// Where answers and complaints go.
pub(crate) struct Console {
    out: BufWriter<StdoutLock<'static>>,
    colors_out: bool,
    colors_err: bool,
}

impl Console {
    pub(crate) fn new(color: Color) -> Self {
        let colors = |auto: ColorChoice| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => auto != ColorChoice::Never,
        };
        Self {
            colors_out: colors(anstream::AutoStream::choice(&io::stdout())),
            colors_err: colors(anstream::AutoStream::choice(&io::stderr())),
            out: BufWriter::new(io::stdout().lock()),
        }
    }

    pub(crate) fn colors_out(&self) -> bool {
        self.colors_out
    }

    pub(crate) fn colors_err(&self) -> bool {
        self.colors_err
    }

    /// Writes a part of the answer, as it is: the caller has escaped what came from elsewhere.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(Failure::NotWritable)
    }

    /// Hands over what has been written so far.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(Failure::NotWritable)
    }

    /// Says something that is not the answer, on standard error, escaped.
    pub(crate) fn complain(&mut self, text: &str) {
        self.complain_rendered(&escaped_lines(text));
    }

    /// As [`Console::complain`] for text that has been escaped already, and may hold our own colours.
    pub(crate) fn complain_rendered(&mut self, text: &str) {
        let mut err = io::stderr().lock();
        // Nothing is left to be told where even this fails.
        let _ = writeln!(err, "{}", text.trim_end()).and_then(|()| err.flush());
    }
}

/// Text of several lines with everything else that cannot be seen made visible.
pub(crate) fn escaped_lines(text: &str) -> String {
    text.split('\n').map(onlyif::escape).collect::<Vec<_>>().join("\n")
}
