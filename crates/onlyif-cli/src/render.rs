//! Diagnostics for people: the message, the lines it is about, what to do.
//!
//! In: diagnostics with their texts. Out: text that is safe to show. miette draws it, but prints whatever it is given and
//! counts columns in bytes, so it is given an [`Excerpt`] in which nothing is left to escape or to cut.

use crate::excerpt::{Excerpt, Mark, WIDTH};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use onlyif::Place;
use onlyif::{Diagnostic, Severity};
use std::fmt;

/// More are counted, not shown: nobody reads them, and JSON has them all.
const MOST_SHOWN: usize = 100;

/// All diagnostics, each with a blank line after it.
pub(crate) fn all(diagnostics: &[Diagnostic], colors: bool) -> String {
    let theme = if colors { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDTH).with_links(false);
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(MOST_SHOWN) {
        let shown = Shown::of(diagnostic);
        let before = text.len();
        if handler.render_report(&mut text, &shown).is_err() {
            text.truncate(before);
            text.push_str(&format!("{diagnostic}\n"));
        }
        for line in &shown.elsewhere {
            text.push_str(&format!("  {line}\n"));
        }
        text.push('\n');
    }
    if let Some(more @ 1..) = diagnostics.len().checked_sub(MOST_SHOWN) {
        text.push_str(&format!("and {more} more: `--format json` has them all\n"));
    }
    text
}

/// A diagnostic with every text escaped and every place moved into its excerpt.
#[derive(Debug)]
struct Shown {
    code: String,
    severity: miette::Severity,
    message: String,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    excerpt: Excerpt,
    /// Labels that the excerpt cannot hold: in another text, or too far along the line.
    elsewhere: Vec<String>,
}

impl Shown {
    fn of(diagnostic: &Diagnostic) -> Self {
        let place = diagnostic.place();
        let text = diagnostic.sources().iter().find(|source| source.name() == place.file).map_or("", |source| source.text());
        let (here, mut elsewhere): (Vec<_>, Vec<_>) = diagnostic.related_places().partition(|(related, _)| related.file == place.file);
        let marks: Vec<Mark> = std::iter::once(Mark::new(&place, diagnostic.label_text()))
            .chain(here.iter().map(|(related, label)| Mark::new(related, label)))
            .collect();
        let excerpt = Excerpt::of(&place.file, text, &marks);
        let drawn: Vec<Option<LabeledSpan>> = marks.iter().map(|mark| excerpt.label(mark)).collect();
        let is_shown = |at: usize| drawn.get(at + 1).is_some_and(Option::is_some);
        elsewhere.extend(here.into_iter().enumerate().filter(|(at, _)| !is_shown(*at)).map(|(_, related)| related));
        let title = diagnostic.fixes().next().map(|(fix, _)| fix.title());
        Self {
            code: diagnostic.code().to_string(),
            severity: if diagnostic.severity() == Severity::Warning { miette::Severity::Warning } else { miette::Severity::Error },
            message: onlyif::escape(diagnostic.message()),
            help: diagnostic.help_text().or(title).map(onlyif::escape),
            labels: drawn.into_iter().flatten().collect(),
            excerpt,
            elsewhere: elsewhere.into_iter().map(|(place, label)| onlyif::escape(&spoken(&place, label))).collect(),
        }
    }
}

fn spoken(place: &Place, label: &str) -> String {
    format!("{label}: {}:{}:{}", place.file, place.line, place.column)
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let severity = if self.severity == miette::Severity::Warning { "warning" } else { "error" };
        Some(Box::new(format!("{severity}[{}]", self.code)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display + 'a>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
