//! `onlyif format`: are these files in the canonical form? Without `--check` and `--diff` they are brought into it.
//!
//! Each file stands for itself. One that cannot be read as rules stays as it is, is told of as `check` does, and keeps no other
//! from being formatted. A file is written only where it changes, and then at once or not at all.

use crate::args::FormatArgs;
use crate::check::{counted, note};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::files::{self, Wanted};
use crate::{diff, render, replace};
use onlyif::{Diagnostic, Engine, Limits};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What came of the files so far.
#[derive(Default)]
struct Answers {
    /// They would change, or have changed.
    changed: usize,
    unchanged: usize,
    /// They hold sentences that cannot be read.
    broken: usize,
    diagnostics: Vec<Diagnostic>,
    /// What cannot be read or written, for the exit status.
    trouble: Option<Exit>,
}

pub(crate) fn run(args: &FormatArgs, console: &mut Console) -> Result<Exit, Failure> {
    let limits = Limits::default();
    if args.paths.iter().any(|path| files::is_stdin(path)) {
        if args.paths.len() > 1 {
            return Err(Failure::usage("`-` stands beside other paths", "format standard input by itself: `onlyif format -`"));
        }
        return stdin(args, &limits, console);
    }
    let mut answers = Answers::default();
    for file in rule_files(&args.paths, &limits, &mut answers.trouble, console) {
        let text = match files::text(&file, &limits) {
            Ok(text) => text,
            Err(failure) => {
                note(failure, &mut answers.trouble, console);
                continue;
            }
        };
        match Engine::new().format(file.to_string_lossy(), text.as_str()) {
            Ok(formatted) if formatted == text => answers.unchanged += 1,
            Ok(formatted) => answers.change(args, &file, &text, &formatted, console)?,
            Err(error) => {
                answers.broken += 1;
                answers.diagnostics.extend_from_slice(error.diagnostics());
            }
        }
    }
    answers.tell(args, console)
}

/// The files that are named, and those of the folders; each once.
fn rule_files(paths: &[PathBuf], limits: &Limits, trouble: &mut Option<Exit>, console: &mut Console) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let files = if path.is_dir() { files::walk(path, Wanted::All, limits) } else { Ok(vec![path.clone()]) };
        match files {
            Ok(files) => found.extend(files.into_iter().filter(|file| seen.insert(file.clone()))),
            Err(failure) => note(failure, trouble, console),
        }
    }
    found
}

/// Standard input goes to standard output, whether it changes or not; with `--check` it only gives the status.
fn stdin(args: &FormatArgs, limits: &Limits, console: &mut Console) -> Result<Exit, Failure> {
    let text = files::text(Path::new("-"), limits)?;
    let formatted = Engine::new().format("stdin", text.as_str())?;
    let changes = formatted != text;
    if args.diff {
        console.write(&diff::unified("stdin", &text, &formatted))?;
    } else if !args.check {
        console.write(&formatted)?;
    }
    Ok(if changes && (args.check || args.diff) { Exit::No } else { Exit::Yes })
}

impl Answers {
    fn change(&mut self, args: &FormatArgs, file: &Path, before: &str, after: &str, console: &mut Console) -> Result<(), Failure> {
        if args.diff {
            console.write(&diff::unified(&file.to_string_lossy(), before, after))?;
        }
        if args.check {
            console.complain(&format!("would format {}", files::shown(file)));
        } else if !args.diff {
            match replace::replace(file, after) {
                Ok(()) => console.complain(&format!("formatted {}", files::shown(file))),
                Err(failure) => {
                    note(failure, &mut self.trouble, console);
                    return Ok(());
                }
            }
        }
        self.changed += 1;
        Ok(())
    }

    fn tell(&self, args: &FormatArgs, console: &mut Console) -> Result<Exit, Failure> {
        console.finish()?;
        if !self.diagnostics.is_empty() {
            console.complain_rendered(&render::all(&self.diagnostics, console.colors_err()));
        }
        let would = args.check || args.diff;
        if self.changed + self.unchanged + self.broken > 0 {
            console.complain(&self.summary(would));
        }
        Ok(match self.trouble {
            Some(exit) => exit,
            None if self.broken > 0 || (would && self.changed > 0) => Exit::No,
            None => Exit::Yes,
        })
    }

    fn summary(&self, would: bool) -> String {
        let mut parts = Vec::new();
        if self.changed > 0 {
            parts.push(format!("{} {}", counted(self.changed, "file"), if would { "would be reformatted" } else { "reformatted" }));
        }
        if self.unchanged > 0 {
            parts.push(format!("{} {}", counted(self.unchanged, "file"), if would { "already formatted" } else { "left unchanged" }));
        }
        if self.broken > 0 {
            parts.push(format!("{} with errors", counted(self.broken, "file")));
        }
        parts.join(", ")
    }
}
