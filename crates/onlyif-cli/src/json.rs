//! Findings as JSON: one object, complete, with one shape for every place.

use onlyif::Place;
use onlyif::{Diagnostic, Value};

/// All diagnostics, on one line.
pub(crate) fn report(diagnostics: &[Diagnostic]) -> String {
    format!("{{\"diagnostics\":{}}}\n", all(diagnostics))
}

/// What is left after fixing, and how many mistakes were mended.
pub(crate) fn report_of_fix(left: &[Diagnostic], fixed: usize) -> String {
    format!("{{\"diagnostics\":{},\"fixed\":{fixed}}}\n", all(left))
}

/// A list of diagnostics.
pub(crate) fn all(diagnostics: &[Diagnostic]) -> String {
    list(diagnostics.iter().map(diagnostic))
}

fn diagnostic(diagnostic: &Diagnostic) -> String {
    let related = diagnostic.related_places().map(|(place, label)| format!("{{\"span\":{},\"label\":{}}}", span(&place), text(label)));
    let fixes = diagnostic.fixes().map(|(fix, edits)| {
        let edits = edits.iter().map(|edit| {
            let Place { file, start, end, .. } = &edit.place;
            format!("{{\"file\":{},\"start\":{start},\"end\":{end},\"text\":{}}}", text(file), text(&edit.text))
        });
        format!("{{\"title\":{},\"safe\":{},\"edits\":{}}}", text(fix.title()), fix.is_safe(), list(edits))
    });
    format!(
        "{{\"code\":\"{}\",\"severity\":\"{}\",\"message\":{},\"span\":{},\"label\":{},\"help\":{},\"related\":{},\"fixes\":{}}}",
        diagnostic.code(),
        diagnostic.severity(),
        text(diagnostic.message()),
        span(&diagnostic.place()),
        text(diagnostic.label_text()),
        diagnostic.help_text().map_or("null".into(), text),
        list(related),
        list(fixes),
    )
}

fn span(place: &Place) -> String {
    let Place { file, start, end, line, column, end_line, end_column, .. } = place;
    let file = text(file);
    format!(
        "{{\"file\":{file},\"start\":{start},\"end\":{end},\"line\":{line},\"column\":{column},\"end_line\":{end_line},\"end_column\":{end_column}}}"
    )
}

/// A JSON string; what cannot be seen is escaped in it.
pub(crate) fn text(text: &str) -> String {
    Value::from(text).to_json()
}

/// A JSON list of what is JSON already.
pub(crate) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}
