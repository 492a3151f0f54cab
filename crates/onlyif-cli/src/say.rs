//! `onlyif say` and `onlyif vocab`: what do these rules mean together, and what does their vocabulary allow to be said?
//!
//! Bundles are made as `check` makes them. One with errors is not said, because what is missing from it might be what matters; it
//! does not keep the others from being said.

use crate::args::{Page, SayArgs};
use crate::check::{self, Bundle, counted};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::{files, json, render};
use onlyif::{Diagnostic, Engine, Limits, Phrasebook, Reading, Sources};

/// What is said of a bundle, in each of the forms.
trait Said: ToString {
    fn json(&self) -> String;
    fn markdown(&self) -> String;
}

impl Said for Reading {
    fn json(&self) -> String {
        self.to_json()
    }

    fn markdown(&self) -> String {
        self.to_markdown()
    }
}

impl Said for Phrasebook {
    fn json(&self) -> String {
        self.to_json()
    }

    fn markdown(&self) -> String {
        self.to_markdown()
    }
}

pub(crate) fn say(args: &SayArgs, console: &mut Console) -> Result<Exit, Failure> {
    run(args, console, |bundle, sources, limits| Engine::new().say_with(sources, |path| bundle.root.load(path, limits)))
}

pub(crate) fn vocab(args: &SayArgs, console: &mut Console) -> Result<Exit, Failure> {
    run(args, console, |bundle, sources, limits| Engine::new().phrases_with(sources, |path| bundle.root.load(path, limits)))
}

fn run<S: Said>(
    args: &SayArgs,
    console: &mut Console,
    ask: impl Fn(&Bundle, Sources, &Limits) -> Result<S, onlyif::Error>,
) -> Result<Exit, Failure> {
    let limits = Limits::default();
    let mut unreadable = None;
    let mut said: Vec<(String, S)> = Vec::new();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut broken = 0;
    for bundle in check::bundles(&args.paths, args.root.as_deref(), &limits, &mut unreadable, console) {
        let mut sources = Sources::new();
        match bundle.files.iter().try_for_each(|file| bundle.root.add(&mut sources, file, &limits)) {
            Ok(()) => match ask(&bundle, sources, &limits) {
                Ok(answer) => said.push((bundle.files.iter().map(|file| files::shown(file)).collect::<Vec<_>>().join(", "), answer)),
                Err(error) => {
                    broken += 1;
                    diagnostics.extend_from_slice(error.diagnostics());
                }
            },
            Err(failure) => check::note(failure, &mut unreadable, console),
        }
    }
    console.write(&written(args.format, &said, &diagnostics))?;
    if args.format != Page::Json && !diagnostics.is_empty() {
        console.finish()?;
        console.complain_rendered(&render::all(&diagnostics, console.colors_err()));
        console.complain(&format!("{} with errors, of which nothing is said", counted(broken, "bundle")));
    }
    Ok(match unreadable {
        Some(exit) => exit,
        None if broken > 0 => Exit::BadInput,
        None => Exit::Yes,
    })
}

/// All answers; where there are several, each below its files.
fn written<S: Said>(format: Page, said: &[(String, S)], diagnostics: &[Diagnostic]) -> String {
    let several = said.len() > 1;
    let heading = |before: &str, files: &str| if several { format!("{before}{files}\n\n") } else { String::new() };
    match format {
        Page::Text => said.iter().map(|(files, said)| heading("== ", files) + &said.to_string()).collect::<Vec<_>>().join("\n"),
        Page::Markdown => {
            said.iter().map(|(files, said)| heading("# ", &format!("`{files}`")) + &said.markdown()).collect::<Vec<_>>().join("\n")
        }
        Page::Json => {
            let bundles = said.iter().map(|(files, said)| format!("{{\"files\":{},\"says\":{}}}", json::text(files), said.json()));
            format!("{{\"bundles\":{},\"diagnostics\":{}}}\n", json::list(bundles), json::all(diagnostics))
        }
    }
}
