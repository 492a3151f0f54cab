//! A reading as text for a terminal: eighty columns, and nothing in it that cannot be seen.

use super::Reading;
use super::prose::{Line, Piece};
use crate::diagnostic::escape;
use alloc::string::String;
use core::fmt;

/// Columns of a line.
const WIDTH: usize = 80;

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, section) in self.sections().iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write_wrapped(f, &escape(&section.title()), 0, "")?;
            section.lines().iter().try_for_each(|line| line.fmt(f))?;
        }
        if let Some(closing) = self.closing() {
            writeln!(f, "\n{closing}")?;
        }
        let words = self.explained();
        if !words.is_empty() {
            f.write_str("\nwords\n")?;
        }
        words.iter().try_for_each(|line| line.fmt(f))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for piece in &self.pieces {
            let (Piece::Ours(words) | Piece::Rule(words) | Piece::Told(words)) = piece;
            text.push_str(&escape(words));
        }
        write_wrapped(f, &text, self.level.saturating_mul(2), if self.is_item { "- " } else { "" })
    }
}

/// Writes a paragraph; lines after the first are further in, so that the next paragraph is seen to begin.
pub(super) fn write_wrapped(f: &mut impl fmt::Write, text: &str, indent: usize, mark: &str) -> fmt::Result {
    write!(f, "{:indent$}{mark}", "")?;
    let further = indent.saturating_add(2);
    let mut column = indent.saturating_add(mark.len());
    let mut is_first = true;
    for word in text.split(' ') {
        let width = word.chars().count();
        if !is_first && column.saturating_add(1).saturating_add(width) > WIDTH {
            write!(f, "\n{:further$}", "")?;
            column = further;
        } else if !is_first {
            f.write_str(" ")?;
            column = column.saturating_add(1);
        }
        f.write_str(word)?;
        column = column.saturating_add(width);
        is_first = false;
    }
    f.write_str("\n")
}
