//! An explanation for a terminal: the rules and the request in frames, with the conditions marked where they stand.
//!
//! In: an explanation and the texts that its places are in. Out: frames for the rules that decided, then the rest as plain
//! text. miette draws them, from excerpts in which nothing is left to escape, and of the request nothing but what is cited.

use crate::console;
use crate::excerpt::{Excerpt, Mark, WIDTH};
use crate::mask::{Cited, Masked};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use onlyif::{Condition, Explanation, Finding, Known, Place, Sources, Value};
use std::fmt;

/// More rules are not drawn.
const MOST_RULES: usize = 2;

/// Another rule is drawn where this many lines are not full: frames take about as many again.
const HALF: usize = 18;

/// The most marks in one frame.
const MOST_MARKS: usize = 5;

/// The lines of a screen with frames, and the least that is left of it for what is not drawn.
const SCREEN: usize = 48;
const LEAST: usize = 14;

/// Draws an explanation. `request` is what the request is called, and its text.
pub(crate) fn draw(why: &Explanation, sources: &Sources, request: (&str, &str), colors: bool) -> String {
    let theme = if colors { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDTH).with_links(false);
    let mut text = String::new();
    let mut drawn = 0;
    for rule in why.rules.iter().take(MOST_RULES) {
        if drawn > 0 && text.lines().count() > HALF {
            break;
        }
        drawn += 1;
        let source = sources.iter().find(|source| source.name() == rule.span.file).map_or("", |source| source.text());
        let mut frames = vec![Frame::of_rule(rule, source)];
        frames.extend(Frame::of_request(rule, request));
        for frame in frames {
            // A frame that cannot be drawn is left out: `--format text` says the same.
            let before = text.len();
            if handler.render_report(&mut text, &frame).is_err() {
                text.truncate(before);
            }
        }
    }
    let mut rest = why.clone();
    rest.more_rules += rest.rules.len() - drawn;
    rest.rules.clear();
    let left = SCREEN.saturating_sub(text.lines().count()).max(LEAST);
    let plain = console::escaped_lines(&rest.in_lines(left));
    // Its first sentence stands above the frames.
    let rest = plain.split_once("\n\n").map_or("", |(_, rest)| rest);
    let sentence = textwrap::fill(&format!("{}.", why.sentence()), textwrap::Options::new(WIDTH).subsequent_indent("    "));
    format!("{sentence}\n\n{text}\n{rest}")
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
        let mut title = onlyif::escape(&format!("{} {}", rule.rule, rule.said));
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
        let mut facts = Vec::new();
        rule.conditions.iter().for_each(|condition| of_facts(condition, &mut facts));
        let cited: Vec<Cited<'_>> =
            facts.iter().map(|(place, known, _)| (place.start as usize..place.end as usize, value(known))).collect();
        let masked = Masked::of(text, &cited);
        let moved = |place: &Place| {
            let mut moved = place.clone();
            moved.start = u32::try_from(masked.at(place.start as usize)).unwrap_or(u32::MAX);
            moved.end = u32::try_from(masked.at(place.end as usize)).unwrap_or(u32::MAX);
            moved
        };
        let marks: Vec<(Place, String)> =
            facts.iter().take(MOST_MARKS).map(|(place, _, path)| (moved(place), (*path).to_owned())).collect();
        (!marks.is_empty()).then(|| Self::new("the request".into(), name, &masked.text, &marks))
    }

    fn new(title: String, name: &str, text: &str, marks: &[(Place, String)]) -> Self {
        let marks: Vec<Mark> = marks.iter().map(|(place, label)| Mark::new(place, label)).collect();
        let excerpt = Excerpt::of(name, text, &marks);
        let labels = marks.iter().filter_map(|mark| excerpt.label(mark));
        Self { title, labels: labels.collect(), excerpt }
    }
}

/// A condition in the rule's own file, and what it was worth.
fn of_condition(condition: &Condition, file: &str, marks: &mut Vec<(Place, String)>) {
    let value = match condition.value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    };
    if marks.len() >= MOST_MARKS {
        return;
    }
    let mut label = value.to_owned();
    for fact in condition.facts.iter().filter(|fact| fact.span.is_none()).take(2) {
        label.push_str(&format!(": {fact}"));
    }
    // What holds the words of its parts is told by them.
    let holds = |part: &Condition| condition.span.start <= part.span.start && part.span.end <= condition.span.end;
    let is_heading = condition.parts.iter().any(|part| part.span.file == condition.span.file && part.element.is_none() && holds(part));
    if !is_heading && condition.span.file == file && marks.iter().all(|(place, _)| *place != condition.span) {
        marks.push((condition.span.clone(), label));
    }
    // What is said of the elements of a list stands in the words that say it of all.
    let parts = condition.parts.iter().filter(|part| part.element.is_none());
    parts.take(3).for_each(|part| of_condition(part, file, marks));
}

/// The facts of a condition that stand in the request, each once: where, what is known, and what it is called.
fn of_facts<'c>(condition: &'c Condition, found: &mut Vec<(&'c Place, &'c Known, &'c str)>) {
    for fact in &condition.facts {
        if let Some(span) = &fact.span
            && found.iter().all(|(place, ..)| *place != span)
        {
            found.push((span, &fact.known, &fact.path));
        }
    }
    condition.parts.iter().for_each(|part| of_facts(part, found));
}

/// What may be shown of a fact.
fn value(known: &Known) -> Option<&Value> {
    if let Known::Value(value) = known { Some(value) } else { None }
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
