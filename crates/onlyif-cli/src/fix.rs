//! `onlyif check --fix`: mends what has one sensible correction, or shows with `--diff` what it would do.
//!
//! In: a bundle. Out: what is left to be said of it, and how much was mended. Files are written one after the other, each as a
//! whole; whatever cannot be written is told, and the others are written all the same.

use crate::check::{Bundle, counted, note};
use crate::console::Console;
use crate::diff;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::replace;
use onlyif::{Diagnostic, Engine, Limits, Sources};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is done with the fixes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The files are written.
    Write,
    /// The changes are shown.
    Show,
}

/// What came of all bundles.
#[derive(Default)]
pub(crate) struct Mended {
    /// How many mistakes were mended, or would be.
    pub(crate) count: usize,
    /// How many safe fixes were left out.
    pub(crate) held_back: usize,
    /// The diffs of files by their names: a file that several bundles use is shown once.
    pub(crate) diffs: BTreeMap<String, String>,
}

/// Refuses what has no file to write to.
pub(crate) fn possible(paths: &[PathBuf], mode: Mode) -> Result<(), Failure> {
    if mode == Mode::Write && paths.iter().any(|path| files::is_stdin(path)) {
        return Err(Failure::usage("standard input cannot be written", "name a file, or use `--diff` to see the changes"));
    }
    Ok(())
}

/// What stands after the count of findings where nobody asked for fixes.
pub(crate) fn hint(diagnostics: &[Diagnostic]) -> String {
    let is_safe = |diagnostic: &&Diagnostic| diagnostic.fixes().any(|(fix, _)| fix.is_safe());
    match diagnostics.iter().filter(is_safe).count() {
        0 => String::new(),
        count => format!("; --fix can mend {count}"),
    }
}

/// What stands after the count of findings.
pub(crate) fn summary(mended: &Mended, mode: Mode) -> String {
    let what = if mode == Mode::Show { "would be fixed" } else { "fixed" };
    let held_back = match mended.held_back {
        0 => String::new(),
        count => format!(", {count} left because mending them alone would bring up another error"),
    };
    format!("; {} {what}{held_back}", counted(mended.count, "mistake"))
}

/// Fixes a bundle whose texts have been read; what is to be said of it now.
pub(crate) fn bundle(
    bundle: &Bundle,
    sources: Sources,
    mode: Mode,
    mended: &mut Mended,
    failed: &mut Option<Exit>,
    console: &mut Console,
) -> Vec<Diagnostic> {
    let limits = Limits::default();
    let mut files: BTreeMap<String, PathBuf> =
        bundle.files.iter().map(|file| (file.to_string_lossy().into_owned(), file.clone())).collect();
    let as_it_is = sources.clone();
    let report = Engine::new().fix_with(sources, |path| {
        let loaded = bundle.root.load(path, &limits)?;
        files.insert(loaded.0.clone(), bundle.root.file(path));
        Ok(loaded)
    });
    mended.held_back += report.held_back();
    let mut is_written = mode == Mode::Write;
    for text in report.texts().iter().filter(|text| text.is_changed()) {
        match (mode, files.get(text.name())) {
            (Mode::Write, Some(file)) => {
                if let Err(failure) = replace::replace(file, text.after()) {
                    is_written = false;
                    note(failure, failed, console);
                }
            }
            (Mode::Write, None) | (Mode::Show, _) => {
                mended.diffs.entry(text.name().to_owned()).or_insert_with(|| diff::unified(text.name(), text.before(), text.after()));
            }
        }
    }
    if is_written || mode == Mode::Show {
        mended.count += report.fixed();
    }
    // What is said is said of the files as they stand there now.
    if is_written { report.left().to_vec() } else { Engine::new().check_with(as_it_is, |path| bundle.root.load(path, &limits)) }
}
