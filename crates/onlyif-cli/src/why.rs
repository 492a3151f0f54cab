//! `onlyif why`: why was it decided so, and what would change it?

use crate::args::{Explained, Wanted, WhyArgs};
use crate::console::{self, Console};
use crate::decide;
use crate::exit::{Exit, Failure};
use crate::frames;
use crate::request::{self, Changes};
use onlyif::{Explanation, Limits, Outcome, Request, Sources};
use std::io::IsTerminal;

pub(crate) fn run(args: &WhyArgs, console: &mut Console) -> Result<Exit, Failure> {
    let limits = Limits::default();
    decide::stdin_once(&args.asked, None)?;
    let (policy, sources) = decide::load(&args.asked, &limits)?;
    let changes = Changes::read(&args.asked, &policy)?;
    let request = request::one(&args.asked, &changes, &limits)?;
    let decision = policy.decide(&request);
    let why = match args.to {
        None => decision.why(),
        Some(Wanted::Allowed) => decision.why_not(&[Outcome::Allowed]),
        Some(Wanted::Denied) => decision.why_not(&[Outcome::Denied]),
    };
    let text = match args.format {
        Some(Explained::Json) => why.to_json(),
        Some(Explained::Markdown) => console::escaped_lines(&why.to_markdown()),
        Some(Explained::Text) => plain(&why),
        Some(Explained::Frames) => framed(args, &why, &sources, &request, console),
        None if args.all => console::escaped_lines(&why.in_full()),
        None if std::io::stdout().is_terminal() => framed(args, &why, &sources, &request, console),
        None => plain(&why),
    };
    console.write(&format!("{}\n", text.trim_end()))?;
    Ok(decide::exit(decision.outcome()))
}

fn framed(args: &WhyArgs, why: &Explanation, sources: &Sources, request: &Request, console: &Console) -> String {
    let file = args.asked.request.as_deref().filter(|path| !crate::files::is_stdin(path));
    let name = file.map_or("request".into(), |path| path.to_string_lossy());
    frames::draw(why, sources, (&name, request.text().unwrap_or_default()), console.colors_out())
}

/// A screen of text, and how to see the rest where there is more.
fn plain(why: &Explanation) -> String {
    let (screen, full) = (why.to_string(), why.in_full());
    let rest = if screen == full { "" } else { "\n\n(`--all` tells the rest.)" };
    console::escaped_lines(&format!("{screen}{rest}"))
}
