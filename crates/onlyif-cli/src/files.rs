//! Reading files: rules, requests, settings.
//!
//! In: paths as the operator wrote them. Out: texts under those names, or why not. Only regular files are read, judged by
//! the open handle and never past the limit. A folder is walked in the order of names; what cannot be read in it is an
//! error and never skipped, because the rule that was missed might be a prohibition.

use crate::exit::Failure;
use onlyif::Limits;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The path that means standard input.
const STDIN: &str = "-";

/// Which files of a folder are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Every rule file.
    All,
    /// Not those that only hold scenarios.
    Rules,
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// A path for a message.
pub(crate) fn shown(path: &Path) -> String {
    if is_stdin(path) { "standard input".into() } else { onlyif::escape(&path.to_string_lossy()) }
}

/// Reads at most one byte more than the limit, so that whoever judges the size sees that it is too large.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: io::Error| unreadable(path, &reason(&error));
    let mut bytes = Vec::new();
    open(path)?.take(u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Opens a regular file, or standard input.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if is_stdin(path) {
        return Ok(Box::new(io::stdin().lock()));
    }
    let unreadable_by = |error: io::Error| unreadable(path, &reason(&error));
    // Asked before opening because opening a pipe would wait for its other end; asked again because names can be swapped.
    regular(path, &fs::metadata(path).map_err(unreadable_by)?)?;
    let file = File::open(path).map_err(unreadable_by)?;
    regular(path, &file.metadata().map_err(unreadable_by)?)?;
    Ok(Box::new(file))
}

fn regular(path: &Path, metadata: &fs::Metadata) -> Result<(), Failure> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(unreadable(path, if metadata.is_dir() { "it is a folder" } else { "it is no regular file" }))
}

pub(crate) fn reason(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        "there is no such file".into()
    } else if error.kind() == io::ErrorKind::PermissionDenied {
        "you may not read it".into()
    } else {
        error.to_string()
    }
}

pub(crate) fn unreadable(path: &Path, why: &str) -> Failure {
    Failure::unreadable(format!("`{}` cannot be read: {why}", shown(path)), None)
}

fn refused(path: &Path, why: &str, help: &str) -> Failure {
    Failure::unreadable(format!("`{}` cannot be read: {why}", shown(path)), Some(help))
}

/// The text of a rule file.
pub(crate) fn text(path: &Path, limits: &Limits) -> Result<String, Failure> {
    let bytes = read(path, limits.source_bytes)?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
        refused(path, &format!("it is not UTF-8, line {line} has other bytes"), "save it as UTF-8")
    })
}

/// The rule files below a folder, in the order of their names.
pub(crate) fn walk(folder: &Path, wanted: Wanted, limits: &Limits) -> Result<Vec<PathBuf>, Failure> {
    let root = fs::canonicalize(folder).map_err(|error| unreadable(folder, &reason(&error)))?;
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &reason(&error)))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&folder, &reason(&error)))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            let path = entry.path();
            let kind = entry.file_type().map_err(|error| unreadable(&path, &reason(&error)))?;
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_symlink() && path.is_dir() {
                return Err(refused(&path, "a link to a folder is not followed", "name that folder itself"));
            } else if name.ends_with(".onlyif") && (wanted == Wanted::All || !name.ends_with(".test.onlyif")) {
                stays_below(&root, &path)?;
                found.insert(path);
            }
            if found.len().max(waiting.len()) > limits.files {
                return Err(refused(&folder, &format!("it holds more than {} files", limits.files), "name a smaller folder"));
            }
        }
    }
    if found.is_empty() {
        return Err(Failure::no_rule_file(format!("there is no rule file in `{}`", shown(folder)), "rule files end in `.onlyif`"));
    }
    Ok(found.into_iter().collect())
}

/// A link may lead elsewhere below the folder, as mounted configuration does, and nowhere else.
fn stays_below(root: &Path, path: &Path) -> Result<(), Failure> {
    let target = fs::canonicalize(path).map_err(|error| unreadable(path, &reason(&error)))?;
    if target.starts_with(root) { Ok(()) } else { Err(refused(path, "it is a link that leads out of the folder", "name the file itself")) }
}

/// The rule files that paths stand for: files as named, folders walked; each once.
pub(crate) fn rule_files(paths: &[PathBuf], limits: &Limits) -> Result<Vec<PathBuf>, Failure> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let named = if !is_stdin(path) && path.is_dir() { walk(path, Wanted::Rules, limits)? } else { vec![path.clone()] };
        files.extend(named.into_iter().filter(|file| seen.insert(file.clone())));
    }
    Ok(files)
}
