//! Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.
//!
//! In: diagnostics. Out: one `::error` or `::warning` a line. Source: "Workflow commands for GitHub Actions". Whatever comes from
//! a file is escaped twice: for people, and so that it cannot be a command of its own.

use onlyif::{Diagnostic, Severity};

/// All diagnostics, one line each.
pub(crate) fn all(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(line).collect()
}

fn line(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place();
    let command = if diagnostic.severity() == Severity::Error { "error" } else { "warning" };
    // The end column of a place is exclusive, and that of an annotation belongs to it.
    let end_column = if place.end_line == place.line { place.end_column.saturating_sub(1).max(place.column) } else { place.end_column };
    let help = diagnostic.help_text().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    format!(
        "::{command} file={},line={},endLine={},col={},endColumn={end_column},title={}::{}\n",
        property(&place.file),
        place.line,
        place.end_line,
        place.column,
        property(diagnostic.code().as_str()),
        data(&format!("{}{help}", diagnostic.message())),
    )
}

fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| onlyif::escape(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_begin_a_command_of_its_own() {
        assert_eq!(data("100% ::set-output\nname=x"), "100%25 ::set-output%0Aname=x");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
