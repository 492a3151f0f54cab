//! The lines of a text that a diagnostic is about, made safe to draw.
//!
//! In: a text and places in it. Out: those lines with a line around them, escaped, long ones cut to a window around the
//! place, and where each place has gone. Only these lines are copied, so that a hundred messages about a large text cost
//! little. The header's column counts characters of the original line.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use onlyif::Place;
use std::collections::BTreeMap;
use std::ops::Range;

/// The most characters of a line that are shown.
const WIDEST: usize = 160;

/// How many of them stand before the place that the line is shown for.
const BEFORE: usize = 60;

/// A place that runs over more lines is shown by its first line.
const MOST_LINES: u32 = 6;

/// A place in the original text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    range: Range<usize>,
    line: u32,
    last_line: u32,
    column: u32,
}

impl Spot {
    pub(crate) fn of(place: &Place) -> Self {
        let is_long = place.end_line.saturating_sub(place.line) >= MOST_LINES;
        let (end, last_line) = if is_long { (usize::MAX, place.line) } else { (place.end as usize, place.end_line) };
        Self { range: place.start as usize..end, line: place.line, last_line, column: place.column }
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
}

impl Excerpt {
    pub(crate) fn of(name: &str, text: &str, spots: &[Spot]) -> Self {
        let mut lines = BTreeMap::new();
        for spot in spots {
            lines_around(text, spot, &mut lines);
        }
        let mut excerpt =
            Self { name: onlyif::escape(name), text: String::new(), stretches: Vec::new(), moved: BTreeMap::new(), heads: Vec::new() };
        for (number, range) in lines {
            let focus = spots.iter().find(|spot| spot.line == number).map_or(range.start, |spot| spot.range.start);
            excerpt.add_line(number, text, range, focus);
        }
        excerpt.heads = spots.iter().filter_map(|spot| Some((excerpt.find(spot)?.0, spot.line, spot.column))).collect();
        excerpt
    }

    /// Offset and length of a spot in the excerpt; none where its start is not shown.
    pub(crate) fn find(&self, spot: &Spot) -> Option<(usize, usize)> {
        let first = self.moved.get(&spot.line)?;
        let start = first.get(first.partition_point(|moved| moved.from < spot.range.start))?.to;
        if first.first().is_some_and(|moved| moved.from > spot.range.start) {
            return None;
        }
        let last = self.moved.get(&spot.last_line).unwrap_or(first);
        let end = last.get(last.partition_point(|moved| moved.from < spot.range.end)).or(last.last())?.to;
        Some((start, end.saturating_sub(start)))
    }

    fn add_line(&mut self, number: u32, text: &str, range: Range<usize>, focus: usize) {
        let start = self.text.len();
        let line = text.get(range.clone()).unwrap_or("");
        let is_long = line.chars().nth(WIDEST).is_some();
        let before = line.get(..focus.saturating_sub(range.start)).map_or(0, |before| before.chars().count());
        let skipped = if is_long { before.saturating_sub(BEFORE) } else { 0 };
        if skipped > 0 {
            self.text.push('…');
        }
        let mut moved = Vec::new();
        let mut characters = line.char_indices().skip(skipped);
        for (at, c) in characters.by_ref().take(WIDEST) {
            moved.push(Moved { from: range.start + at, to: self.text.len() });
            match c {
                '\t' => self.text.push_str("    "),
                // A byte order mark is no part of the text.
                '\u{feff}' if range.start + at == 0 => {}
                c => self.text.push_str(&onlyif::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        let end = characters.next().map_or(range.end, |(at, _)| range.start + at);
        moved.push(Moved { from: end, to: self.text.len() });
        if end < range.end {
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

    fn spot(text: &str, range: Range<usize>) -> Spot {
        let line = |at: usize| u32::try_from(text.get(..at).unwrap_or("").matches('\n').count() + 1).unwrap_or(1);
        Spot { line: line(range.start), last_line: line(range.end), column: 1, range }
    }

    fn draw(text: &str, spots: &[Spot]) -> String {
        let excerpt = Excerpt::of("f", text, spots);
        let labels =
            spots.iter().filter_map(|spot| excerpt.find(spot)).map(|(start, length)| LabeledSpan::new(Some("label".into()), start, length));
        let labels = labels.collect();
        let mut drawn = String::new();
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
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
                    let drawn = draw(text, &[spot(text, *start..*end), spot(text, 0..0)]);
                    assert!(drawn.chars().all(|c| c == '\n' || onlyif::escape(&c.to_string()) == c.to_string()), "{drawn}");
                    assert!(!drawn.contains("Failed"), "{drawn}");
                    assert!(drawn.lines().all(|line| line.chars().count() < 700), "{drawn}");
                }
            }
        }
    }

    #[test]
    fn a_window_shows_its_place() {
        let text = format!("{} == {}", "é".repeat(80_000), "b".repeat(300));
        let drawn = draw(&text, &[spot(&text, 160_001..160_003)]);
        assert!(drawn.contains("…é") && drawn.contains(" == b") && drawn.contains("b…"), "{drawn}");
    }
}
