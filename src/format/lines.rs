//! Lines become the text of a file: indents, and comments at line ends in one column.

use alloc::string::String;
use alloc::vec::Vec;

/// Code beyond this width keeps its comment to itself.
const WIDEST_BESIDE_A_COLUMN: usize = 60;

/// A line of the file that is being written; without code and comment it is an empty one.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// How far in it starts.
    pub(super) level: usize,
    /// What stands on it.
    pub(super) code: String,
    /// The comment at its end, or all of it.
    pub(super) comment: Option<String>,
}

impl Line {
    /// Blanks for each level.
    pub(super) const STEP: usize = 2;

    /// Adds an empty line, unless there is one or nothing stands above it.
    pub(super) fn blank(lines: &mut Vec<Line>) {
        if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(Line::default());
        }
    }

    /// How wide its code is with its indent.
    pub(super) fn width(&self) -> usize {
        self.level.saturating_mul(Self::STEP).saturating_add(self.code.chars().count())
    }

    fn is_empty(&self) -> bool {
        self.code.is_empty() && self.comment.is_none()
    }
}

/// The text of the lines.
pub(super) fn text(lines: &[Line]) -> String {
    let mut text = String::new();
    for block in lines.chunk_by(|above, below| above.level == below.level && !above.code.is_empty() && !below.code.is_empty()) {
        let beside = |line: &&Line| line.comment.is_some() && !line.code.is_empty();
        let widths = block.iter().filter(beside).map(Line::width).filter(|&width| width <= WIDEST_BESIDE_A_COLUMN);
        let column = widths.max().unwrap_or(0);
        for line in block {
            write(line, column, &mut text);
        }
    }
    text
}

fn write(line: &Line, column: usize, text: &mut String) {
    if !line.is_empty() {
        text.extend(core::iter::repeat_n(' ', line.level.saturating_mul(Line::STEP)));
    }
    text.push_str(&line.code);
    if let Some(comment) = &line.comment {
        if !line.code.is_empty() {
            text.extend(core::iter::repeat_n(' ', column.saturating_sub(line.width()).saturating_add(2)));
        }
        text.push_str(comment);
    }
    text.push('\n');
}
