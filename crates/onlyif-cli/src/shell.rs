//! `onlyif completions` and `onlyif man`: what shells and readers of manual pages want, made from the arguments themselves.

use crate::args::{Args, CompletionsArgs};
use crate::console::Console;
use crate::exit::{Exit, Failure};
use clap::CommandFactory;

pub(crate) fn completions(args: &CompletionsArgs, console: &mut Console) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "onlyif", &mut script);
    console.write(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Yes)
}

/// The manual page, with a section for each command.
pub(crate) fn man(console: &mut Console) -> Result<Exit, Failure> {
    let mut command = Args::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(Failure::NotWritable)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let man = clap_mangen::Man::new(sub.clone());
        man.render_description_section(&mut page)
            .and_then(|()| man.render_synopsis_section(&mut page))
            .and_then(|()| man.render_options_section(&mut page))
            .map_err(Failure::NotWritable)?;
    }
    console.write(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Yes)
}
