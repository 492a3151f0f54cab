//! An explanation for a terminal: the rules and the request in frames, with the conditions marked where they stand.
//!
//! In: an explanation and the texts that its places are in. Out: frames for the rules that decided, then the rest as plain
//! text. miette draws them, from excerpts in which nothing is left to escape.

use crate::console;
use crate::excerpt::{Excerpt, Mark, WIDTH};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use onlyif::{Condition, Explanation, Finding, Place, Sources};
use std::fmt;

/// More rules are told in text alone: two frames fill a screen.
const MOST_FRAMES: usize = 2;

/// Draws an explanation. `request` is what the request is called, and its text.
pub(crate) fn draw(why: &Explanation, sources: &Sources, request: (&str, &str), colors: bool) -> String {
    let theme = if colors { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDTH).with_links(false);
    let mut text = format!("{}.\n\n", console::escaped_lines(&why.sentence()));
    for rule in why.rules.iter().take(MOST_FRAMES) {
        let source = sources.iter().find(|source| source.name() == rule.span.file).map_or("", |source| source.text());
        let mut frames = vec![Frame::of_rule(rule, source)];
        frames.extend(Frame::of_request(rule, request));
        for frame in frames {
            // A frame that cannot be drawn is left out: the text below says the same.
            let before = text.len();
            if handler.render_report(&mut text, &frame).is_err() {
                text.truncate(before);
            }
        }
    }
    let mut rest = why.clone();
    rest.rules.drain(..rest.rules.len().min(MOST_FRAMES));
    let plain = console::escaped_lines(&rest.to_string());
    // Its first sentence stands above the frames.
    text.push_str(plain.split_once("\n\n").map_or("", |(_, rest)| rest));
    text
}

/// One text with marks in it.
#[derive(Debug)]
struct Frame {
    title: String,
    labels: Vec<LabeledSpan>,
    excerpt: Excerpt,
}

impl Frame {
    fn of_rule(rule: &Finding, text: &str) -> Self {
        let mut marks = Vec::new();
        rule.conditions.iter().for_each(|condition| of_condition(condition, &rule.span.file, &mut marks));
        let mut title = rule.sentence();
        for reason in rule.reasons.iter().filter(|reason| **reason != rule.text) {
            title.push_str(&format!("\n\u{201c}{}\u{201d}", onlyif::escape(reason)));
        }
        if marks.is_empty() {
            marks.push((rule.span.clone(), "this rule".into()));
        }
        Self::new(title, &rule.span.file, text, &marks)
    }

    /// The facts of a rule where they stand; none where no place is known.
    fn of_request(rule: &Finding, (name, text): (&str, &str)) -> Option<Self> {
        let mut marks = Vec::new();
        rule.conditions.iter().for_each(|condition| of_facts(condition, &mut marks));
        (!marks.is_empty()).then(|| Self::new("the request".into(), name, text, &marks))
    }

    fn new(title: String, name: &str, text: &str, marks: &[(Place, String)]) -> Self {
        let marks: Vec<Mark> = marks.iter().map(|(place, label)| Mark::new(place, label)).collect();
        let excerpt = Excerpt::of(name, text, &marks);
        let labels = marks.iter().filter_map(|mark| excerpt.label(mark));
        Self { title, labels: labels.collect(), excerpt }
    }
}

/// A condition of the rule's own file, and what it was worth; of definitions, the outermost in this file.
fn of_condition(condition: &Condition, file: &str, marks: &mut Vec<(Place, String)>) {
    let value = match condition.value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    };
    let mut label = value.to_owned();
    for fact in condition.facts.iter().filter(|fact| fact.span.is_none()).take(2) {
        label.push_str(&format!(": {fact}"));
    }
    if condition.span.file == file && marks.iter().all(|(place, _)| *place != condition.span) {
        marks.push((condition.span.clone(), label));
    }
    condition.parts.iter().take(3).for_each(|part| of_condition(part, file, marks));
}

fn of_facts(condition: &Condition, marks: &mut Vec<(Place, String)>) {
    for fact in &condition.facts {
        if let Some(span) = &fact.span
            && marks.iter().all(|(place, _)| place != span)
        {
            marks.push((span.clone(), fact.path.clone()));
        }
    }
    condition.parts.iter().take(3).for_each(|part| of_facts(part, marks));
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Frame {}

impl miette::Diagnostic for Frame {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
