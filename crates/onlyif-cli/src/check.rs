//! `onlyif check`: are there errors or warnings in these rules?
//!
//! Files that are named make one bundle; in a folder each file that no other uses is a bundle of its own. A file that cannot be read does not
//! keep the others from being checked, but the answer is then 66 whatever they say.

use crate::args::{CheckArgs, Report};
use crate::bundle::{self, Root};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::fix::{self, Mended, Mode};
use crate::{github, json, render, sarif};
use onlyif::{Diagnostic, Engine, Limits, Severity, Sources};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &CheckArgs, console: &mut Console) -> Result<Exit, Failure> {
    let limits = Limits::default();
    let mode = mode(args)?;
    let mut mended = Mended::default();
    let mut unreadable = None;
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut checked = 0_usize;
    for bundle in bundles(&args.paths, args.root.as_deref(), &limits, &mut unreadable, console) {
        let mut sources = Sources::new();
        for file in &bundle.files {
            match bundle.root.add(&mut sources, file, &limits) {
                Ok(()) => checked += 1,
                Err(failure) => note(failure, &mut unreadable, console),
            }
        }
        if !sources.is_empty() {
            diagnostics.extend(match mode {
                None => Engine::new().check_with(sources, |path| bundle.root.load(path, &limits)),
                Some(mode) => fix::bundle(&bundle, sources, mode, &mut mended, &mut unreadable, console),
            });
        }
    }
    match (args.format, mode) {
        (Report::Text, Some(Mode::Show)) => mended.diffs.values().try_for_each(|diff| console.write(diff))?,
        (Report::Text, _) if diagnostics.is_empty() => {}
        (Report::Text, _) => console.write(&render::all(&diagnostics, console.colors_out()))?,
        (Report::Json, None) => console.write(&json::report(&diagnostics))?,
        (Report::Json, Some(_)) => console.write(&json::report_of_fix(&diagnostics, mended.count))?,
        (Report::Github, _) => console.write(&github::all(&diagnostics))?,
        (Report::Sarif, _) => console.write(&sarif::log(&diagnostics))?,
    }
    if matches!(args.format, Report::Text | Report::Github) {
        console.finish()?;
        let fixes = mode.map_or_else(|| fix::hint(&diagnostics), |mode| fix::summary(&mended, mode));
        match checked {
            0 => {} // what could not be read has been told
            _ => console.complain(&format!("{}{fixes}", summary(&diagnostics, checked))),
        }
    }
    let is_finding = |diagnostic: &Diagnostic| diagnostic.severity() == Severity::Error || args.deny.is_some();
    match unreadable {
        Some(exit) => Ok(exit),
        None if diagnostics.iter().any(is_finding) => Ok(Exit::No),
        None => Ok(Exit::Yes),
    }
}

/// What is done with the fixes; none where nobody asked for them.
fn mode(args: &CheckArgs) -> Result<Option<Mode>, Failure> {
    let mode = match (args.diff, args.fix) {
        (true, _) => Mode::Show,
        (false, true) => Mode::Write,
        (false, false) => return Ok(None),
    };
    if mode == Mode::Show && args.format != Report::Text {
        return Err(Failure::usage("`--diff` is text", "leave out `--format`; as JSON, `check` tells the edits of every fix"));
    }
    fix::possible(&args.paths, mode)?;
    Ok(Some(mode))
}

/// What is loaded together.
pub(crate) struct Bundle {
    pub(crate) root: Root,
    pub(crate) files: Vec<PathBuf>,
}

/// Files that are named are one bundle; a folder holds one for each file that no other uses.
pub(crate) fn bundles(
    paths: &[PathBuf],
    given: Option<&Path>,
    limits: &Limits,
    unreadable: &mut Option<Exit>,
    console: &mut Console,
) -> Vec<Bundle> {
    let mut named: Vec<PathBuf> = Vec::new();
    let mut bundles = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        if files::is_stdin(path) || !path.is_dir() {
            if !named.contains(path) {
                named.push(path.clone());
            }
            continue;
        }
        match bundle::of_folder(path, given, limits) {
            Ok(files) => {
                let alone = files.into_iter().filter(|file| seen.insert(file.clone()));
                bundles.extend(alone.map(|file| Bundle { root: Root::of(given, path), files: vec![file] }));
            }
            Err(failure) => note(failure, unreadable, console),
        }
    }
    let together = named.first().map(|first| Root::of(given, first)).map(|root| Bundle { root, files: named.clone() });
    together.into_iter().chain(bundles).collect()
}

/// Tells of what cannot be read, and remembers it for the exit status.
pub(crate) fn note(failure: Failure, unreadable: &mut Option<Exit>, console: &mut Console) {
    *unreadable = Some(failure.exit());
    if let Failure::Told(told) = failure {
        console.complain(&told.to_string());
    }
}

fn summary(diagnostics: &[Diagnostic], checked: usize) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    format!("{} checked: {}, {}", counted(checked, "file"), counted(errors, "error"), counted(warnings, "warning"))
}

/// `no files`, `1 file`, `2 files`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
