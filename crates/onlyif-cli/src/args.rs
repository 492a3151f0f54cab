//! The arguments, and the help with an example for each command.

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Decides requests by rules that read like English.
#[derive(Parser)]
#[command(name = "onlyif", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Examples:
  onlyif check rules/
  onlyif decide sharing.onlyif --request request.json
  onlyif decide sharing.onlyif --action share --resource expertise --set requester.committed=yes
  onlyif why sharing.onlyif --request request.json
  onlyif format rules/
  onlyif test rules/
  onlyif say sharing.onlyif

Exit status: 0 yes, 1 no, 2 not known; 64 wrong usage, 65 bad input, 66 unreadable, 70 a bug, 74 not writable.")]
pub(crate) struct Args {
    /// Colours: `auto` has them on a terminal and obeys NO_COLOR
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Check(CheckArgs),
    Decide(DecideArgs),
    Why(WhyArgs),
    Ask(AskArgs),
    #[command(visible_alias = "fmt")]
    Format(FormatArgs),
    Test(TestArgs),
    Say(SayArgs),
    Vocab(VocabArgs),
    Explain(ExplainArgs),
    Completions(CompletionsArgs),
    /// Writes the manual page: `onlyif man > onlyif.1`
    Man,
}

/// Reports errors and warnings in rules
///
/// Files that are named together are one bundle. In a folder every `*.onlyif` file that no other uses is a bundle of its own; hidden
/// files are left out. `-` is standard input.
///
/// `--fix` mends what has one sensible correction, and reports what is left. What is a matter of judgement stays as it is.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif check sharing.onlyif
  onlyif check rules/ --deny warnings
  onlyif check rules/ --diff
  onlyif check rules/ --fix
  onlyif check rules/ --format json
  onlyif check rules/ --format sarif > onlyif.sarif

Exit status: 0 no errors, 1 errors (or warnings, with --deny warnings), 66 a file cannot be read, 74 cannot be written.")]
pub(crate) struct CheckArgs {
    /// Rule files or folders
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How the findings are written
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Report,

    /// The folder that `use` counts from; without it the folder that is named, or that of the first file
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,

    /// Writes the files with their safe fixes
    #[arg(long)]
    pub(crate) fix: bool,

    /// Shows what --fix would change, and changes nothing
    #[arg(long)]
    pub(crate) diff: bool,

    /// Makes warnings count as findings too
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,
}

/// Decides a request, or a stream of them
///
/// The rule files are loaded together; of a folder, every `*.onlyif` file that is neither hidden nor a `*.test.onlyif`.
/// A request is flat JSON or in the AuthZEN form; or it is made of --action, --resource and --set alone.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif decide sharing.onlyif --request request.json
  onlyif decide sharing.onlyif --request request.json --set requester.committed=yes --format json
  onlyif decide rules/ --action share --resource expertise --set 'requester.tags=[\"gold\"]' --now now
  onlyif decide rules/ --requests requests.jsonl > decisions.jsonl

Exit status: 0 allowed, 1 denied, 2 undetermined, 65 rules or request cannot be used, 66 a file cannot be read.
With --requests: 0 every line was decided, 65 some line was not.")]
pub(crate) struct DecideArgs {
    #[command(flatten)]
    pub(crate) asked: Asked,

    /// Requests, one JSON object a line; answers come as JSON, one line each
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    pub(crate) requests: Option<PathBuf>,

    /// How the decision is written [default: text]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// A policy, and what is asked of it.
#[derive(clap::Args)]
pub(crate) struct Asked {
    /// Rule files or folders
    #[arg(required = true, value_name = "POLICY")]
    pub(crate) policy: Vec<PathBuf>,

    /// The folder that `use` counts from; without it the folder that is named, or that of the first file
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,

    /// The request as JSON; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,

    /// What is to be done; replaces that of the request
    #[arg(long, value_name = "ACTION")]
    pub(crate) action: Option<String>,

    /// The kind of thing that it is done to; replaces that of the request
    #[arg(long, value_name = "KIND")]
    pub(crate) resource: Option<String>,

    /// Sets a fact; may stand more than once. Values are yes, no, none, numbers, "quoted" or bare text, JSON lists and objects
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(crate) sets: Vec<String>,

    /// The time of the request: `now` reads the clock, which nothing else does
    #[arg(long, value_name = "now|DATE-TIME")]
    pub(crate) now: Option<String>,

    /// Values for the policy's settings, as a JSON object
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
}

/// Says why a request is decided as it is, and what would change it
///
/// The rules that decide are quoted, each with the conditions and facts that made it so; then the smallest changes to the request
/// that would turn the outcome, each of them decided again. The values of private facts are never shown.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif why sharing.onlyif --request request.json
  onlyif why rules/ --request request.json --set requester.committed=no --to allowed
  onlyif why rules/ --request request.json --format markdown >> ticket.md

Exit status: 0 allowed, 1 denied, 2 undetermined, 65 rules or request cannot be used, 66 a file cannot be read.")]
pub(crate) struct WhyArgs {
    #[command(flatten)]
    pub(crate) asked: Asked,

    /// Which outcome is wanted [default: the opposite; of an undetermined decision, both]
    #[arg(long, value_enum, value_name = "OUTCOME")]
    pub(crate) to: Option<Wanted>,

    /// How the explanation is written [default: frames on a terminal, else text]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Explained>,

    /// Tells everything as text, where it is more than a screen
    #[arg(long, conflicts_with = "format")]
    pub(crate) all: bool,
}

/// Asks for the facts that decide, one at a time
///
/// Each line of standard input answers the question before it, as `--set` takes values; an empty line says that it is not known.
/// The questions go to standard error, the decision to standard output.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif ask sharing.onlyif --action share --resource expertise
  onlyif ask sharing.onlyif --action share --resource expertise --save request.json

Exit status: 0 allowed, 1 denied, 2 undetermined, 65 rules or request cannot be used, 66 a file cannot be read.")]
pub(crate) struct AskArgs {
    #[command(flatten)]
    pub(crate) asked: Asked,

    /// Writes the request with all answers to a file
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Wanted {
    Allowed,
    Denied,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Explained {
    /// The rules and the request, with marks in them
    Frames,
    Text,
    Json,
    Markdown,
}

/// Brings rule files into the canonical form
///
/// The same sentences and comments, with one layout and one word for each thing. Files are written in place; of a folder, every
/// `*.onlyif` file that is not hidden. `-` is standard input, which goes to standard output. A file with sentences that cannot be
/// read stays as it is.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif format sharing.onlyif
  onlyif format rules/ --check
  onlyif format rules/ --diff
  onlyif format - < sharing.onlyif

Exit status: 0 done, 1 something would change (with --check or --diff) or a file has sentences that cannot be read,
65 standard input has, 66 a file cannot be read, 74 a file cannot be written.")]
pub(crate) struct FormatArgs {
    /// Rule files or folders
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Changes nothing, and lists what would change
    #[arg(long)]
    pub(crate) check: bool,

    /// Changes nothing, and writes what would change as a unified diff
    #[arg(long)]
    pub(crate) diff: bool,
}

/// Runs the scenarios that stand in rules or beside them
///
/// Files that are named together are one bundle. In a folder every `*.onlyif` file that no other uses is a bundle of its own,
/// `*.test.onlyif` files too; hidden files are left out. `-` is standard input.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif test sharing.onlyif
  onlyif test rules/
  onlyif test rules/ --format json

Exit status: 0 all passed, 1 some failed, 65 the rules have errors, 66 a file cannot be read.")]
pub(crate) struct TestArgs {
    /// Rule files or folders
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How the answers are written
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,

    /// The folder that `use` counts from; without it the folder that is named, or that of the first file
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,

    /// Values for the policies' settings, as a JSON object
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
}

/// Says in plain words what rules mean together, act by act
///
/// For each act: who may and when, what limits, what forbids, which duties come with it, what happens otherwise. Files that are
/// named together are one bundle. In a folder every `*.onlyif` file that no other uses is a bundle of its own; hidden files are
/// left out. `-` is standard input.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif say sharing.onlyif
  onlyif say rules/ --format markdown > rules.md

Exit status: 0 said, 65 the rules have errors, 66 a file cannot be read.")]
pub(crate) struct SayArgs {
    /// Rule files or folders
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Page,

    /// The folder that `use` counts from; without it the folder that is named, or that of the first file
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,
}

/// Lists the sentences that the vocabulary of rules allows
///
/// For each kind and fact: what can be said of it, as a rule writes it; then settings, constants and acts. Bundles are made as for
/// `onlyif say`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif vocab sharing.onlyif
  onlyif vocab rules/documents.onlyif --format json

Exit status: 0 listed, 65 the rules have errors, 66 a file cannot be read.")]
pub(crate) struct VocabArgs {
    #[command(flatten)]
    pub(crate) args: SayArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Page {
    /// For people
    Text,
    /// One object, complete
    Json,
    /// For a page of documentation
    Markdown,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Report {
    /// For people
    Text,
    /// One object, complete
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// Explains a code that messages begin with
///
/// Without a code it lists all of them.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif explain E05
  onlyif explain | grep private

Exit status: 0 explained, 64 there is no such code.")]
pub(crate) struct ExplainArgs {
    /// The codes, as in `error[E05]`
    #[arg(value_name = "CODE")]
    pub(crate) codes: Vec<String>,
}

/// Writes the script with which a shell completes commands and options
#[derive(clap::Args)]
#[command(after_help = "Examples:
  onlyif completions bash > ~/.local/share/bash-completion/completions/onlyif
  onlyif completions fish > ~/.config/fish/completions/onlyif.fish")]
pub(crate) struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    Warnings,
}
