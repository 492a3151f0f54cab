//! Findings as SARIF 2.1.0, the OASIS standard in which code scanners report.
//!
//! In: diagnostics. Out: one log with one run, complete: the codes with their pages, a fingerprint for each finding that stays the
//! same when lines above it come and go, and the fixes as replacements.

use onlyif::{Code, Diagnostic, Place, Severity};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::{Component, Path};

/// The log of all diagnostics.
pub(crate) fn log(diagnostics: &[Diagnostic]) -> String {
    let codes: BTreeMap<&str, Code> = diagnostics.iter().map(|diagnostic| (diagnostic.code().as_str(), diagnostic.code())).collect();
    let rules: Vec<Json> = codes.values().map(|&code| rule(code)).collect();
    let mut seen = BTreeMap::new();
    let results: Vec<Json> = diagnostics.iter().map(|diagnostic| result(diagnostic, &codes, &mut seen)).collect();
    let driver = json!({ "name": "onlyif", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log}\n")
}

fn rule(code: Code) -> Json {
    let page = code.page();
    let title = page.lines().next().unwrap_or_default().trim_start_matches("# ");
    let title = title.split_once(": ").map_or(title, |(_, title)| title);
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": title },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn level(severity: Severity) -> &'static str {
    if severity == Severity::Error { "error" } else { "warning" }
}

fn result(diagnostic: &Diagnostic, codes: &BTreeMap<&str, Code>, seen: &mut BTreeMap<String, usize>) -> Json {
    let code = diagnostic.code().as_str();
    let place = diagnostic.place();
    let help = diagnostic.help_text().map(|help| format!(" ({help})")).unwrap_or_default();
    let related: Vec<Json> = diagnostic
        .related_places()
        .map(|(place, label)| json!({ "message": { "text": label }, "physicalLocation": location(&place) }))
        .collect();
    let mut result = json!({
        "ruleId": code,
        "ruleIndex": codes.keys().position(|known| *known == code),
        "level": level(diagnostic.severity()),
        "message": { "text": format!("{}{help}", diagnostic.message()) },
        "locations": [{ "physicalLocation": location(&place) }],
        "partialFingerprints": { "onlyif/v1": fingerprint(diagnostic, &place, seen) },
    });
    if let Json::Object(members) = &mut result {
        if !related.is_empty() {
            members.insert("relatedLocations".into(), Json::Array(related));
        }
        let fixes: Vec<Json> = diagnostic.fixes().map(|(fix, edits)| self::fix(fix.title(), &edits)).collect();
        if !fixes.is_empty() {
            members.insert("fixes".into(), Json::Array(fixes));
        }
    }
    result
}

fn fix(title: &str, edits: &[onlyif::Edit]) -> Json {
    let mut files: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for edit in edits {
        let replacement = json!({ "deletedRegion": region(&edit.place), "insertedContent": { "text": edit.text } });
        files.entry(&edit.place.file).or_default().push(replacement);
    }
    let changes: Vec<Json> =
        files.iter().map(|(file, replacements)| json!({ "artifactLocation": artifact(file), "replacements": replacements })).collect();
    json!({ "description": { "text": title }, "artifactChanges": changes })
}

fn location(place: &Place) -> Json {
    json!({ "artifactLocation": artifact(&place.file), "region": region(place) })
}

fn region(place: &Place) -> Json {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "byteOffset": place.start,
        "byteLength": place.end.saturating_sub(place.start),
    })
}

/// A file below the folder in which the command runs is told relative to it, so that the log means the same elsewhere.
fn artifact(file: &str) -> Json {
    let path = Path::new(file);
    let below = std::env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    let path = below.as_deref().unwrap_or(path);
    if path.is_absolute() {
        return json!({ "uri": format!("file://{}", uri(path)) });
    }
    json!({ "uri": uri(path), "uriBaseId": "%SRCROOT%" })
}

/// A path as part of a URI (RFC 3986).
fn uri(path: &Path) -> String {
    let mut uri = String::new();
    for component in path.components() {
        match component {
            Component::CurDir | Component::Prefix(_) => continue,
            Component::RootDir => {
                uri.push('/');
                continue;
            }
            Component::ParentDir | Component::Normal(_) => {}
        }
        if !uri.is_empty() && !uri.ends_with('/') {
            uri.push('/');
        }
        for byte in component.as_os_str().to_string_lossy().bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                uri.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    uri
}

/// The same for the same finding, although lines before it come and go: of the code, the file, the line's text, and which of
/// several that are alike it is.
fn fingerprint(diagnostic: &Diagnostic, place: &Place, seen: &mut BTreeMap<String, usize>) -> String {
    let source = diagnostic.sources().iter().find(|source| source.name() == place.file);
    let line = source.and_then(|source| source.text().lines().nth(place.line.saturating_sub(1) as usize)).unwrap_or_default();
    let what = format!("{}\n{}\n{}\n{}", diagnostic.code(), place.file, diagnostic.words(), line.trim());
    let count = seen.entry(what.clone()).or_default();
    *count += 1;
    format!("{:016x}:{count}", fnv(what.as_bytes()))
}

/// The hash FNV-1a of 64 bits: it only has to be the same everywhere and for good.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri(Path::new("./rules/a b#c.onlyif")), "rules/a%20b%23c.onlyif");
        assert_eq!(uri(Path::new("/r/é.onlyif")), "/r/%C3%A9.onlyif");
        assert_eq!(uri(Path::new("../x.onlyif")), "../x.onlyif");
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"foobar"), 0x85944171f73967e8);
    }
}
