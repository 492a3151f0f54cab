//! The lines of a text that a diagnostic is about, made safe to draw.
//!
//! In: a text and places in it. Out: those lines with a line around them, escaped, long ones cut to a window around the
//! place, and where each place has gone. Only these lines are copied, so that a hundred messages about a large text cost
//! little. The header's column counts characters of the original line.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use onlyif::Place;
use std::collections::BTreeMap;
use std::ops::Range;

/// The columns of a drawing: narrow enough for any terminal, and the same everywhere, so that drawings can be compared.
pub(crate) const WIDTH: usize = 80;

/// From the middle of the marked words to the text of their label: `╰── `.
const LEAD: usize = 4;

/// A label is not wrapped to fewer columns: rather the line is cut further on its left.
const NARROWEST: usize = 14;

/// What of a cut line is shown before the marked words, at the least.
const BEFORE: usize = 8;

/// A place that runs over more lines is shown by its first line.
const MOST_LINES: u32 = 6;

/// A place in the original text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    range: Range<usize>,
    line: u32,
    last_line: u32,
    column: u32,
}

impl Spot {
    fn of(place: &Place) -> Self {
        let is_long = place.end_line.saturating_sub(place.line) >= MOST_LINES;
        let (end, last_line) = if is_long { (usize::MAX, place.line) } else { (place.end as usize, place.end_line) };
        Self { range: place.start as usize..end, line: place.line, last_line, column: place.column }
    }
}

/// Words of a text, with what is to be said of them: escaped, without a label where it is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    spot: Spot,
    label: String,
}

impl Mark {
    pub(crate) fn new(place: &Place, label: &str) -> Self {
        Self { spot: Spot::of(place), label: onlyif::escape(label) }
    }
}

/// Lines that follow each other.
#[derive(Debug)]
struct Stretch {
    /// Its bytes in the excerpt's text.
    range: Range<usize>,
    first_line: u32,
}

/// Where a character of the original stands in the excerpt.
#[derive(Debug, Clone, Copy)]
struct Moved {
    from: usize,
    to: usize,
}

#[derive(Debug)]
pub(crate) struct Excerpt {
    name: String,
    text: String,
    stretches: Vec<Stretch>,
    /// By line, the characters that are shown, in order, and the end of the line or window.
    moved: BTreeMap<u32, Vec<Moved>>,
    /// Where each spot begins in the excerpt, for the header.
    heads: Vec<(usize, u32, u32)>,
    /// The columns that a line may take.
    room: usize,
}

impl Excerpt {
    /// The lines of some marks; the first of them is what the drawing is about.
    pub(crate) fn of(name: &str, text: &str, marks: &[Mark]) -> Self {
        let mut lines = BTreeMap::new();
        for mark in marks {
            lines_around(text, &mark.spot, &mut lines);
        }
        let room = room(marks, lines.last_key_value().map_or(0, |(&number, _)| number));
        let mut excerpt = Self {
            name: onlyif::escape(name),
            text: String::new(),
            stretches: Vec::new(),
            moved: BTreeMap::new(),
            heads: Vec::new(),
            room,
        };
        for (number, range) in lines {
            let line = text.get(range.clone()).unwrap_or("");
            let skipped = skipped(line, range.start, marks.iter().filter(|mark| mark.spot.line == number), room);
            excerpt.add_line(number, line, range.start, skipped);
        }
        excerpt.heads = marks.iter().filter_map(|mark| Some((excerpt.find(&mark.spot)?.0, mark.spot.line, mark.spot.column))).collect();
        excerpt
    }

    /// A mark as miette draws it; none where its words are too far along the line.
    pub(crate) fn label(&self, mark: &Mark) -> Option<LabeledSpan> {
        let (start, length) = self.find(&mark.spot)?;
        let line_start = self.text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
        let before = width(self.text.get(line_start..start)?);
        let marked = self.text.get(start..start + length)?;
        // What runs over several lines has its label at the left.
        let middle = if marked.contains('\n') { 0 } else { before + width(marked) / 2 };
        let columns = self.room.saturating_sub(middle + LEAD).max(NARROWEST);
        let label = (!mark.label.is_empty()).then(|| textwrap::fill(&mark.label, columns));
        let is_first = self.heads.first().is_some_and(|(offset, ..)| *offset == start);
        Some(if is_first { LabeledSpan::new_primary_with_span(label, (start, length)) } else { LabeledSpan::new(label, start, length) })
    }

    /// Offset and length of a spot in the excerpt; none where its start is not shown.
    fn find(&self, spot: &Spot) -> Option<(usize, usize)> {
        let first = self.moved.get(&spot.line)?;
        let start = first.get(first.partition_point(|moved| moved.from < spot.range.start))?.to;
        if first.first().is_some_and(|moved| moved.from > spot.range.start) {
            return None;
        }
        let last = self.moved.get(&spot.last_line).unwrap_or(first);
        let end = last.get(last.partition_point(|moved| moved.from < spot.range.end)).or(last.last())?.to;
        Some((start, end.saturating_sub(start)))
    }

    /// Adds a line, which begins at `from` in its text, without its first columns; what does not fit is left out.
    fn add_line(&mut self, number: u32, line: &str, from: usize, skipped: usize) {
        let start = self.text.len();
        let mut column = 0;
        let mut moved = Vec::new();
        let mut characters = line.char_indices().peekable();
        while let Some((_, c)) = characters.next_if(|_| column < skipped) {
            column += width(&shown(c));
        }
        let mut left = self.room;
        if skipped > 0 {
            self.text.push('…');
            left = left.saturating_sub(1);
        }
        let mut end = from + line.len();
        while let Some((at, c)) = characters.next() {
            let shown = shown(c);
            // The last column is kept for `…`, unless the line ends there.
            let needed = width(&shown) + usize::from(characters.peek().is_some());
            if needed > left {
                end = from + at;
                break;
            }
            left -= width(&shown);
            moved.push(Moved { from: from + at, to: self.text.len() });
            // A byte order mark is no part of the text.
            if from + at > 0 || c != '\u{feff}' {
                self.text.push_str(&shown);
            }
        }
        moved.push(Moved { from: end, to: self.text.len() });
        if end < from + line.len() {
            self.text.push('…');
        }
        self.text.push('\n');
        self.moved.insert(number, moved);
        match self.stretches.last_mut() {
            Some(stretch) if self.moved.contains_key(&number.saturating_sub(1)) => stretch.range.end = self.text.len(),
            Some(_) | None => self.stretches.push(Stretch { range: start..self.text.len(), first_line: number }),
        }
    }
}

/// A character as it is shown.
fn shown(c: char) -> String {
    if c == '\t' { "    ".into() } else { onlyif::escape(c.encode_utf8(&mut [0; 4])) }
}

fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// The columns of a text up to one of its bytes, as it is shown.
fn columns(line: &str, end: usize) -> usize {
    line.char_indices().take_while(|(at, _)| *at < end).map(|(_, c)| width(&shown(c))).sum()
}

/// The columns that are left for the lines themselves, beside their numbers and the bows of marks over several lines.
fn room(marks: &[Mark], last_line: u32) -> usize {
    let bows = marks.iter().filter(|mark| mark.spot.last_line > mark.spot.line).count();
    let bows = if bows > 0 { bows + 3 } else { 0 };
    WIDTH.saturating_sub(last_line.saturating_add(1).to_string().len() + 4 + bows)
}

/// How many columns of a line are left out on its left, so that the marked words and their labels have room. The first mark counts
/// most.
fn skipped<'m>(line: &str, from: usize, marks: impl Iterator<Item = &'m Mark>, room: usize) -> usize {
    // Where each mark begins, and how far it and its label reach.
    let reaches: Vec<(usize, usize)> = marks
        .map(|mark| {
            let start = columns(line, mark.spot.range.start.saturating_sub(from));
            if mark.spot.last_line > mark.spot.line {
                return (start, start + 1);
            }
            let end = columns(line, mark.spot.range.end.saturating_sub(from));
            let label = if mark.label.is_empty() { 0 } else { LEAD + width(&mark.label).min(NARROWEST) };
            (start, end.max(usize::midpoint(start, end) + label))
        })
        .collect();
    let Some(&(start, reach)) = reaches.first() else { return 0 };
    let first = reaches.iter().map(|(start, _)| *start).min().unwrap_or(start);
    let last = reaches.iter().map(|(_, reach)| *reach).max().unwrap_or(reach);
    // Room for `…` at both ends.
    let fits = |first: usize, last: usize| {
        let skipped = if last > room { last + 2 - room } else { 0 };
        (skipped == 0 || skipped + BEFORE <= first).then_some(skipped)
    };
    fits(first, last).or_else(|| fits(start, reach)).unwrap_or(start.saturating_sub(BEFORE))
}

/// Notes the lines of a spot, and one before and after, by number.
fn lines_around(text: &str, spot: &Spot, lines: &mut BTreeMap<u32, Range<usize>>) {
    let at = spot.range.start.min(text.len());
    let start_of_line = |at: usize| text.as_bytes().iter().take(at).rposition(|&byte| byte == b'\n').map_or(0, |found| found + 1);
    let mut start = start_of_line(at);
    let mut number = spot.line;
    if number > 1 && start > 0 {
        start = start_of_line(start - 1);
        number -= 1;
    }
    while number <= spot.last_line.saturating_add(1) {
        let Some(rest) = text.get(start..) else { return };
        if rest.is_empty() && number > spot.last_line {
            return;
        }
        let length = rest.find('\n').unwrap_or(rest.len());
        let end = start + length;
        let is_cr = rest.get(..length).is_some_and(|line| line.ends_with('\r'));
        lines.insert(number, start..if is_cr { end - 1 } else { end });
        if length == rest.len() {
            return;
        }
        start = end + 1;
        number += 1;
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let holds = |stretch: &&Stretch| stretch.range.start <= span.offset() && span.offset() + span.len() <= stretch.range.end;
        let stretch = self.stretches.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        let text = self.text.get(stretch.range.clone()).ok_or(MietteError::OutOfBounds)?;
        let contents = text.read_span(&(span.offset() - stretch.range.start, span.len()).into(), before, after)?;
        let first_line = stretch.first_line.saturating_sub(1) as usize;
        let (mut line, mut column) = (contents.line() + first_line, contents.column());
        // This is how the header asks.
        if before == 0
            && after == 0
            && let Some((_, own_line, own_column)) = self.heads.iter().find(|(offset, ..)| *offset == span.offset())
        {
            (line, column) = (own_line.saturating_sub(1) as usize, own_column.saturating_sub(1) as usize);
        }
        let shifted = SourceSpan::from((contents.span().offset() + stretch.range.start, contents.span().len()));
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), contents.data(), shifted, line, column, contents.line_count())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan};

    #[derive(Debug)]
    struct Drawn(Excerpt, Vec<LabeledSpan>);

    impl std::fmt::Display for Drawn {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("message")
        }
    }

    impl std::error::Error for Drawn {}

    impl miette::Diagnostic for Drawn {
        fn source_code(&self) -> Option<&dyn SourceCode> {
            Some(&self.0)
        }

        fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
            Some(Box::new(self.1.iter().cloned()))
        }
    }

    fn mark(text: &str, range: Range<usize>, label: &str) -> Mark {
        let line = |at: usize| u32::try_from(text.get(..at).unwrap_or("").matches('\n').count() + 1).unwrap_or(1);
        Mark { spot: Spot { line: line(range.start), last_line: line(range.end), column: 1, range }, label: label.into() }
    }

    fn draw(text: &str, marks: &[Mark]) -> String {
        let excerpt = Excerpt::of("f", text, marks);
        let labels = marks.iter().filter_map(|mark| excerpt.label(mark)).collect();
        let mut drawn = String::new();
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(WIDTH);
        assert!(handler.render_report(&mut drawn, &Drawn(excerpt, labels)).is_ok());
        drawn
    }

    /// Every pair of places in texts with all that has ever upset a drawing.
    #[test]
    fn every_place_can_be_drawn() {
        let long = format!("a\n{}\tz\r\n", "é漢".repeat(200));
        for text in ["", "\n", "\u{feff}ab\r\n\r\n\tc", "\u{1b}\u{202e}x\n\u{200b}", "é漢字\n\n\n\n\n\n\n\n\n\nend", long.as_str()] {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).step_by(text.len() / 40 + 1).collect();
            for (at, start) in places.iter().enumerate() {
                for end in places.iter().skip(at) {
                    let drawn = draw(text, &[mark(text, *start..*end, "label"), mark(text, 0..0, "")]);
                    assert!(drawn.chars().all(|c| c == '\n' || onlyif::escape(&c.to_string()) == c.to_string()), "{drawn}");
                    assert!(!drawn.contains("Failed"), "{drawn}");
                    assert!(drawn.lines().all(|line| width(line) <= WIDTH), "{drawn}");
                }
            }
        }
    }

    #[test]
    fn a_window_shows_its_place() {
        let text = format!("{} == {}", "é".repeat(80_000), "b".repeat(300));
        let drawn = draw(&text, &[mark(&text, 160_001..160_003, "label")]);
        assert!(drawn.contains("…é") && drawn.contains(" == b") && drawn.contains("b…"), "{drawn}");
    }
}
