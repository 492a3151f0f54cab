//! Mistakes of characters, quotes, brackets, lines and sizes: what is seen before the grammar.

use super::edit;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

#[cold]
pub(in crate::parse) fn indented_start(at: Span, indent: Span) -> Diagnostic {
    Diagnostic::new(Code::IndentedStart, at, "the first line of a statement starts at the margin")
        .label("there is nothing before it that this could continue")
        .help("drop the blanks before it")
        .fix("drop the blanks", edit(indent, ""))
}

/// A rule that is indented below another statement.
#[cold]
pub(in crate::parse) fn indented_rule(at: Span, indent: Span) -> Diagnostic {
    indented_start(at, indent).label("a rule of its own begins here")
}

/// `starts` are the empty spans before the lines.
#[cold]
pub(in crate::parse) fn not_indented(starts: Vec<Span>) -> Diagnostic {
    let at = starts.first().copied().unwrap_or_default();
    Diagnostic::new(Code::NotIndented, at, "a line that continues a statement is indented")
        .label("this word begins no statement")
        .help("begin the line with blanks")
        .fix("indent what continues the statement", starts.into_iter().map(|start| (start, String::from("  "))).collect())
}

#[cold]
pub(in crate::parse) fn empty_file(at: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyFile, at, "there is no statement here")
        .label("a text without a rule could be a copy that was cut off")
        .help("write a rule, or leave this text out")
}

#[cold]
pub(in crate::parse) fn nothing_follows(at: Span) -> Diagnostic {
    Diagnostic::new(Code::NothingFollows, at, "nothing follows this")
        .label("it belongs to the statement after it, and there is none")
        .help("write the statement on the next line, or drop this")
}

#[cold]
pub(in crate::parse) fn text_too_large(at: Span, size: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(Code::TextTooLarge, at, format!("a rule text may have {limit} bytes, this has {size}"))
        .label("nothing of it is read")
        .help("divide it into several files, or raise the limit")
}

#[cold]
pub(in crate::parse) fn statement_too_long(at: Span, what: &str, size: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(Code::StatementTooLong, at, format!("{what} may have {limit} bytes, this has {size}"))
        .label("it starts here")
        .help("divide it, or raise the limit")
}

#[cold]
pub(in crate::parse) fn too_many_statements(at: Span, count: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(Code::TooManyStatements, at, format!("a rule text may have {limit} statements, this has {count}"))
        .label("the first one too many")
        .help("divide it into several files, or raise the limit")
}

#[cold]
pub(in crate::parse) fn nested_too_deep(at: Span, limit: u32) -> Diagnostic {
    Diagnostic::new(Code::NestedTooDeep, at, format!("this nests deeper than {limit} levels"))
        .label("brackets, operators in a row, and words such as `not` and `of` count")
        .help("give a part of it a name: `NAME means …` or `a user is NAME if …`")
}

#[cold]
pub(in crate::parse) fn quotes_differ(at: Span, open: char, close: char, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::QuotesDiffer, at, format!("this text opens with {} and closes with {}", quote(open), quote(close)))
        .label("two sorts of quotation marks")
        .help(format!("write straight ones on both sides: `{meant}`"))
        .fix("write straight quotes", edit(at, meant))
}

/// A quotation mark in words, because they look so much alike.
fn quote(mark: char) -> String {
    match mark {
        '"' => "a straight `\"`".into(),
        mark => format!("a curly `{mark}`"),
    }
}

/// Lines of backticks around rules that were copied from a page; `all` are they.
#[cold]
pub(in crate::parse) fn fences(at: Span, all: &[Span]) -> Diagnostic {
    let help = "drop the lines of backticks: a file holds rules and nothing around them";
    let change = all.iter().map(|fence| (*fence, String::new())).collect();
    super::signs(at, "a file of rules has no lines of backticks".into())
        .label("this stands around code on a page")
        .help(help)
        .suggestion("drop them", change)
}

#[cold]
pub(in crate::parse) fn text_not_closed(at: Span, close: &str) -> Diagnostic {
    let (what, help) = if close == "`" {
        ("this name in backticks is never closed", "write a backtick where the name ends".into())
    } else {
        ("this text is never closed", format!("write `{close}` where the text ends; a text stays on one line"))
    };
    Diagnostic::new(Code::TextNotClosed, at, what)
        .label("it is open from here to the end of the line")
        .help(help)
        .suggestion("close it at the end of the line", edit(at.after(), close))
}

#[cold]
pub(in crate::parse) fn single_quotes(at: Span, meant: Option<&str>) -> Diagnostic {
    let made = Diagnostic::new(Code::SingleQuotes, at, "texts are written in double quotes").label("single quotes have no meaning");
    match meant {
        Some(meant) => made.help(format!("write `{meant}`")).fix("write double quotes", edit(at, meant)),
        None => made.help("write `\"…\"`"),
    }
}

fn belongs(at: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::Possessive, at, message)
}

/// `replaced` is `'s` with the blanks after it, `what` the word that follows.
#[cold]
pub(in crate::parse) fn possessive(at: Span, replaced: Span, owner: &str, what: &str) -> Diagnostic {
    belongs(at, "possessives are written with a dot".into())
        .label("a dot belongs here")
        .help(format!("write `{owner}.{}`", if what.is_empty() { "…" } else { what }))
        .fix("write a dot", edit(replaced, "."))
}

#[cold]
pub(in crate::parse) fn comma_missing(at: Span, change: Vec<(Span, String)>) -> Diagnostic {
    super::value::signs(at, "a comma is missing".into())
        .label("behind this item")
        .help("write `,` between the items of a list")
        .fix("write the comma", change)
}

#[cold]
pub(in crate::parse) fn brackets_missing(at: Span, words: &str, help: &str, change: Vec<(Span, String)>) -> Diagnostic {
    super::value::signs(at, format!("{} is a list, and stands in square brackets", super::quoted(words)))
        .label("brackets belong around this")
        .help(help)
        .fix("write the brackets", change)
}

/// A text where names are wanted.
#[cold]
pub(in crate::parse) fn needless_quotes(at: Span, written: &str, meant: &str, change: Vec<(Span, String)>) -> Diagnostic {
    super::value::signs(at, format!("{} needs no quotes", super::quoted(written)))
        .label("a name is wanted here, and this is a text")
        .help(format!("write `{meant}`"))
        .fix(format!("write `{meant}`"), change)
}

/// `words` are two names beside each other, `change` joins them.
#[cold]
pub(in crate::parse) fn dot_missing(at: Span, words: &str, meant: &str, change: Vec<(Span, String)>) -> Diagnostic {
    belongs(at, format!("{} is written with a dot", super::quoted(words)))
        .label("a dot belongs between the owner and what it has")
        .help(format!("write `{meant}`"))
        .suggestion(format!("write `{meant}`"), change)
}

#[cold]
pub(in crate::parse) fn unknown_escape(at: Span, written: &str) -> Diagnostic {
    let made = Diagnostic::new(Code::UnknownEscape, at, format!("`{written}` stands for nothing in a text"))
        .label("the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`")
        .help("write `\\\\` for a backslash");
    made.suggestion("write a backslash", edit(at.before(), "\\"))
}

/// `closed` is a bracket that closes nothing or another one; without it the opening one is never closed. `sure` says that nothing
/// before it could have been meant to stand in parentheses; `end` is where the statement ends.
#[cold]
pub(in crate::parse) fn bracket_not_closed(
    at: Span,
    closed: Option<char>,
    opened: Option<(char, Span)>,
    sure: bool,
    end: Option<Span>,
) -> Diagnostic {
    let close = match opened {
        Some(('[', _)) => ']',
        Some(('{', _)) => '}',
        _ => ')',
    };
    let message = match (closed, opened) {
        (Some(found), Some((open, _))) => format!("`{found}` does not close `{open}`"),
        (Some(found), None) => format!("`{found}` closes nothing"),
        (None, _) if close == ']' => "this list is never closed".into(),
        (None, _) => "this bracket is never closed".into(),
    };
    let made = Diagnostic::new(Code::BracketNotClosed, at, message);
    match (closed, opened) {
        (Some(_), Some((open, start))) => made
            .label(format!("`{close}` is wanted"))
            .related(start, "this one is open")
            .help(format!("write `{close}`, or close `{open}` before it"))
            .suggestion(format!("write `{close}`"), edit(at, close)),
        (Some(found), None) => made
            .label("nothing is open here")
            .help(format!("drop `{found}`, or write the bracket that it closes"))
            .change(sure, format!("drop `{found}`"), edit(at, "")),
        (None, _) => {
            let made = made.label(format!("no `{close}` follows")).help(format!("add `{close}` where it ends"));
            end.into_iter().fold(made, |made, end| made.suggestion(format!("write `{close}` at the end"), edit(end, close)))
        }
    }
}

#[cold]
pub(in crate::parse) fn comment_form(at: Span, written: &str) -> Diagnostic {
    let made = Diagnostic::new(Code::CommentForm, at, "comments start with `#`")
        .label("this begins no comment")
        .help("write `# …`, to the end of the line");
    if written == "/*" { made } else { made.fix("write `#`", edit(at, "#")) }
}

#[cold]
pub(in crate::parse) fn invisible_character(at: Span, name: &str, changes: Vec<(Span, String)>) -> Diagnostic {
    let in_text = changes.first().is_some_and(|change| !change.1.is_empty());
    let help = if in_text {
        "in a text write it as `\\u{…}`, so that a reader sees it"
    } else {
        "drop it: what a reader cannot see must not be in a rule"
    };
    Diagnostic::new(Code::InvisibleCharacter, at, format!("{name} stands here and cannot be seen"))
        .label(if in_text { "in this text" } else { "between these characters" })
        .help(help)
        .suggestion("make it seen, or drop it", changes)
}

#[cold]
pub(in crate::parse) fn line_end(at: Span, name: &str, changes: Vec<(Span, String)>) -> Diagnostic {
    Diagnostic::new(Code::LineEnd, at, format!("{name} does not end a line of a rule file"))
        .label("some programs see a new line here, and others none")
        .help("save the file with the line ends of Unix (LF) or Windows (CRLF)")
        .suggestion("end the lines with LF", changes)
}

#[cold]
pub(in crate::parse) fn other_blank(at: Span, name: &str, changes: Vec<(Span, String)>) -> Diagnostic {
    Diagnostic::new(Code::OtherBlank, at, format!("{name} looks like a space and is none"))
        .label("a space belongs here")
        .help("write an ordinary space; such characters come along when text is copied")
        .fix("write spaces", changes)
}

#[cold]
pub(in crate::parse) fn other_character(
    at: Span,
    written: (&str, &str),
    meant: Option<&str>,
    word: &str,
    (safe, changes): (bool, Vec<(Span, String)>),
) -> Diagnostic {
    let (written, name) = written;
    let made = |message: String| Diagnostic::new(Code::OtherCharacter, at, message);
    match meant {
        Some(meant) => made(format!("`{written}` ({name}) is not the sign `{meant}`"))
            .label(format!("`{meant}` belongs here"))
            .help(format!("write `{meant}`; such signs come along when text is copied"))
            .change(safe, format!("write `{meant}`"), changes),
        None => made(format!("`{written}` cannot stand in a name"))
            .label("names are made of a to z, digits, `_` and `-`")
            .help(format!("put the name in backticks: `` `{word}` ``; if it is a text, in double quotes")),
    }
}
