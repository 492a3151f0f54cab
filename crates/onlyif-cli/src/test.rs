//! `onlyif test`: do these rules decide as their scenarios say?
//!
//! Bundles are made as `check` makes them. One that cannot be loaded runs no scenario, because the rule that is missing
//! might be the one that decides; it does not keep the others from being run.

use crate::args::{Format, TestArgs};
use crate::check::{self, Bundle, counted};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::{decide, files, json, render};
use onlyif::{Diagnostic, Engine, Limits, ScenarioReport, Sources, TestReport};

/// What came of all bundles.
#[derive(Default)]
struct Answers {
    scenarios: Vec<ScenarioReport>,
    /// Errors of rules, and doubts about scenarios.
    diagnostics: Vec<Diagnostic>,
    /// Bundles whose rules have errors.
    broken: usize,
    /// First files of bundles without scenarios.
    without: Vec<String>,
}

pub(crate) fn run(args: &TestArgs, console: &mut Console) -> Result<Exit, Failure> {
    let limits = Limits::default();
    let (engine, _) = decide::with_settings(Engine::new(), args.settings.as_deref(), &limits)?;
    let mut unreadable = None;
    let mut answers = Answers::default();
    for bundle in check::bundles(&args.paths, args.root.as_deref(), &limits, &mut unreadable, console) {
        match sources(&bundle, &limits) {
            Ok(sources) => answers.add(&bundle, engine.test_with(sources, |path| bundle.root.load(path, &limits))),
            Err(failure) => check::note(failure, &mut unreadable, console),
        }
    }
    match args.format {
        Format::Text => answers.tell(console)?,
        Format::Json => console.write(&answers.json())?,
    }
    Ok(match unreadable {
        Some(exit) => exit,
        None if answers.broken > 0 => Exit::BadInput,
        None if answers.failed() > 0 => Exit::No,
        None => Exit::Yes,
    })
}

fn sources(bundle: &Bundle, limits: &Limits) -> Result<Sources, Failure> {
    let mut sources = Sources::new();
    bundle.files.iter().try_for_each(|file| bundle.root.add(&mut sources, file, limits))?;
    Ok(sources)
}

impl Answers {
    fn add(&mut self, bundle: &Bundle, report: Result<TestReport, onlyif::Error>) {
        match report {
            Ok(report) => {
                if report.scenarios().is_empty() {
                    self.without.extend(bundle.files.first().map(|file| files::shown(file)));
                }
                self.diagnostics.extend_from_slice(report.warnings());
                self.scenarios.extend_from_slice(report.scenarios());
            }
            Err(error) => {
                self.broken += 1;
                self.diagnostics.extend_from_slice(error.diagnostics());
            }
        }
    }

    fn failed(&self) -> usize {
        self.scenarios.iter().filter(|scenario| !scenario.passed()).count()
    }

    /// What failed, and a last line that counts. What is wrong with the rules is no answer, so it is told elsewhere.
    fn tell(&self, console: &mut Console) -> Result<(), Failure> {
        for scenario in self.scenarios.iter().filter(|scenario| !scenario.passed()) {
            console.write(&format!("{scenario}\n"))?;
        }
        for file in &self.without {
            console.write(&format!("no scenarios in {file}\n"))?;
        }
        if !self.scenarios.is_empty() {
            let failed = self.failed();
            let all = counted(self.scenarios.len(), "scenario");
            console.write(&format!("{all}: {} passed, {failed} failed\n", self.scenarios.len() - failed))?;
        }
        console.finish()?;
        if !self.diagnostics.is_empty() {
            console.complain_rendered(&render::all(&self.diagnostics, console.colors_err()));
        }
        if self.broken > 0 {
            console.complain(&format!("{} with errors, whose scenarios were not run", counted(self.broken, "bundle")));
        }
        Ok(())
    }

    fn json(&self) -> String {
        let failed = self.failed();
        format!(
            "{{\"passed\":{},\"failed\":{failed},\"scenarios\":{},\"diagnostics\":{}}}\n",
            self.scenarios.len() - failed,
            json::list(self.scenarios.iter().map(ScenarioReport::to_json)),
            json::all(&self.diagnostics),
        )
    }
}
