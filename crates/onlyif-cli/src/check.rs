//! `onlyif check`: are there errors or warnings in these rules?
//!
//! Files that are named make one bundle; in a folder each file is a bundle of its own. A file that cannot be read does not
//! keep the others from being checked, but the answer is then 66 whatever they say.

use crate::args::{CheckArgs, Format};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::files::{self, Wanted};
use crate::{json, render};
use onlyif::{Diagnostic, Engine, Limits, Severity, Sources};
use std::collections::BTreeSet;
use std::path::PathBuf;

pub(crate) fn run(args: &CheckArgs, console: &mut Console) -> Result<Exit, Failure> {
    let limits = Limits::default();
    let mut unreadable = None;
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut checked = 0_usize;
    for bundle in bundles(&args.paths, &limits, &mut unreadable, console) {
        let mut sources = Sources::new();
        for file in &bundle {
            match files::add(&mut sources, file, &limits) {
                Ok(()) => checked += 1,
                Err(failure) => note(failure, &mut unreadable, console),
            }
        }
        if !sources.is_empty() {
            diagnostics.extend(Engine::new().check(sources));
        }
    }
    match args.format {
        Format::Text if diagnostics.is_empty() => {}
        Format::Text => console.write(&render::all(&diagnostics, console.colors_out()))?,
        Format::Json => console.write(&json::report(&diagnostics))?,
    }
    if args.format == Format::Text {
        console.finish()?;
        console.complain(&summary(&diagnostics, checked));
    }
    let is_finding = |diagnostic: &Diagnostic| diagnostic.severity() == Severity::Error || args.deny.is_some();
    match unreadable {
        Some(exit) => Ok(exit),
        None if diagnostics.iter().any(is_finding) => Ok(Exit::No),
        None => Ok(Exit::Yes),
    }
}

/// What is loaded together, as lists of files.
fn bundles(paths: &[PathBuf], limits: &Limits, unreadable: &mut Option<Exit>, console: &mut Console) -> Vec<Vec<PathBuf>> {
    let mut named = Vec::new();
    let mut alone = BTreeSet::new();
    for path in paths {
        if files::is_stdin(path) || !path.is_dir() {
            if !named.contains(path) {
                named.push(path.clone());
            }
            continue;
        }
        match files::walk(path, Wanted::All, limits) {
            Ok(files) => alone.extend(files),
            Err(failure) => note(failure, unreadable, console),
        }
    }
    let named = (!named.is_empty()).then_some(named);
    named.into_iter().chain(alone.into_iter().map(|file| vec![file])).collect()
}

fn note(failure: Failure, unreadable: &mut Option<Exit>, console: &mut Console) {
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

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
