//! `onlyif`, the command.
//!
//! Every command answers one question, with its exit status too: 0 yes, 1 no, 2 not known; from 64 on the question could
//! not be answered. Results go to standard output, all else to standard error, and whatever came from a file, a request
//! or an argument is escaped before it is shown.

mod args;
mod ask;
mod bundle;
mod check;
mod clock;
mod console;
mod decide;
mod diff;
mod excerpt;
mod exit;
mod explain;
mod files;
mod fix;
mod format;
mod frames;
mod github;
mod json;
mod mask;
mod render;
mod replace;
mod request;
mod sarif;
mod save;
mod say;
mod set;
mod shell;
mod stream;
mod test;
mod why;

use args::{Args, Command, VocabArgs};
use clap::Parser;
use clap::error::ErrorKind;
use console::Console;
use exit::{Exit, Failure};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic message may quote a fact; ours must not.
    panic::set_hook(Box::new(|_| {}));
    let exit = panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        Console::new(args::Color::Auto).complain(
            &format!(
                "error[{}]: this is a bug in onlyif, nothing was decided\n  help: please report what you called, with the rules but without private facts",
                onlyif::Code::Bug
            ),
        );
        Exit::Bug
    });
    exit.into()
}

fn run() -> Exit {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return not_parsed(&error),
    };
    let mut console = Console::new(args.color);
    let answer = match &args.command {
        Command::Check(check) => check::run(check, &mut console),
        Command::Decide(decide) => decide::run(decide, &mut console),
        Command::Why(why) => why::run(why, &mut console),
        Command::Ask(ask) => ask::run(ask, &mut console),
        Command::Format(format) => format::run(format, &mut console),
        Command::Test(test) => test::run(test, &mut console),
        Command::Say(args) => say::say(args, &mut console),
        Command::Vocab(VocabArgs { args }) => say::vocab(args, &mut console),
        Command::Explain(explain) => explain::run(explain, &mut console),
        Command::Completions(completions) => shell::completions(completions, &mut console),
        Command::Man => shell::man(&mut console),
    };
    let answer = answer.and_then(|exit| console.finish().map(|()| exit));
    answer.unwrap_or_else(|failure| report(&failure, &mut console))
}

fn report(failure: &Failure, console: &mut Console) -> Exit {
    match failure {
        Failure::Rules(diagnostics) => console.complain_rendered(&render::all(diagnostics, console.colors_err())),
        Failure::Told(told) => console.complain(&told.to_string()),
        // Whoever closed the pipe has seen enough.
        Failure::NotWritable(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        Failure::NotWritable(error) => {
            console.complain(&format!("error[{}]: the output cannot be written: {error}", exit::OUTPUT));
        }
    }
    failure.exit()
}

/// Help and version are answers; everything else that clap says is wrong usage.
fn not_parsed(error: &clap::Error) -> Exit {
    let mut console = Console::new(args::Color::Auto);
    if !matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // It quotes the arguments, so it is shown without clap's own colours and escaped.
        console.complain(&error.render().to_string());
        return Exit::Usage;
    }
    let text = if console.colors_out() { error.render().ansi().to_string() } else { error.render().to_string() };
    match console.write(&format!("{}\n", text.trim_end())).and_then(|()| console.finish()) {
        Ok(()) => Exit::Yes,
        Err(failure) => report(&failure, &mut console),
    }
}
