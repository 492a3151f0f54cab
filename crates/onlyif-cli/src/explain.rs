//! `onlyif explain`: what a code means, with the smallest file that raises it and what to write instead.

use crate::args::ExplainArgs;
use crate::console::Console;
use crate::exit::{Exit, Failure};
use onlyif::Code;

pub(crate) fn run(args: &ExplainArgs, console: &mut Console) -> Result<Exit, Failure> {
    if args.codes.is_empty() {
        let lines: Vec<String> = Code::ALL.iter().map(|code| title(*code)).collect();
        console.write(&format!("{}\n", lines.join("\n")))?;
        return Ok(Exit::Yes);
    }
    let codes = args.codes.iter().map(|name| find(name)).collect::<Result<Vec<Code>, Failure>>()?;
    let pages: Vec<&str> = codes.iter().map(|code| code.page()).collect();
    console.write(&pages.join("\n"))?;
    Ok(Exit::Yes)
}

/// The first line of a code's page.
fn title(code: Code) -> String {
    let first = code.page().lines().next().unwrap_or_default();
    first.trim_start_matches("# ").replacen(": ", "  ", 1)
}

/// Codes are found in small letters too, and with what stands around them in a message: `error[E05]`.
fn find(name: &str) -> Result<Code, Failure> {
    let inner = name.split_once('[').map_or(name, |(_, rest)| rest.trim_end_matches([']', ':']));
    let found = Code::ALL.iter().find(|code| code.as_str().eq_ignore_ascii_case(inner.trim()));
    found.copied().ok_or_else(|| {
        let message = format!("there is no code `{}`", onlyif::escape(name));
        Failure::usage(message, "a message begins with its code, as in `error[E05]`; `onlyif explain` lists all of them")
    })
}
