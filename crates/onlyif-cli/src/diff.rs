//! Two texts as a diff, as `diff -u` writes and `patch` reads it.
//!
//! In: a text before and after. Out: the lines that changed, with some around them. What cannot be seen is escaped, but for tabs
//! and the ends of lines.

use similar::TextDiff;
use std::time::Duration;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// How long the smallest change is looked for. After that, in a very long file of which all is new, it is a larger one.
const PATIENCE: Duration = Duration::from_secs(2);

/// The diff of a file; empty where nothing changed.
pub(crate) fn unified(name: &str, before: &str, after: &str) -> String {
    let name = onlyif::escape(name);
    let changes = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    let diff = changes.unified_diff().context_radius(CONTEXT).header(&name, &name).to_string();
    diff.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn line(line: &str) -> String {
    let (text, end) = line.strip_suffix('\r').map_or((line, ""), |text| (text, "\r"));
    let parts: Vec<String> = text.split('\t').map(onlyif::escape).collect();
    parts.join("\t") + end
}
