//! The same text, written as nobody would: random blanks, lines, comments, full stops.

use super::Rng;

/// After these a blank belongs to a phrase: no comment may stand there.
const IN_A_PHRASE: [&str; 24] = [
    "only",
    "at",
    "does",
    "do",
    "more",
    "less",
    "fewer",
    "on",
    "or",
    "within",
    "the",
    "under",
    "starts",
    "start",
    "ends",
    "end",
    "ignoring",
    "one",
    "list",
    "map",
    "reference",
    "for",
    "each",
    "least",
];

/// Words and texts of one line, or of a statement, in order.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let last = tokens.last_mut().unwrap();
        match c {
            '"' | '`' | '“' => {
                let close = if c == '“' { '”' } else { c };
                last.push(c);
                let mut escaped = false;
                for c in chars.by_ref() {
                    last.push(c);
                    if c == close && !escaped {
                        break;
                    }
                    escaped = c == '\\' && !escaped && close != '`';
                }
            }
            '#' => {
                chars.by_ref().find(|&c| c == '\n');
                tokens.push(String::new());
            }
            ' ' | '\t' | '\n' | '\r' => tokens.push(String::new()),
            '[' if !last.is_empty() => {
                // `entities["user:ann"]` is one name.
                last.push(c);
                for c in chars.by_ref() {
                    last.push(c);
                    if c == ']' {
                        break;
                    }
                }
            }
            '(' | ')' | '[' | ']' | ',' => tokens.extend([c.to_string(), String::new()]),
            c => last.push(c),
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// Statements as lists of tokens: a line at the margin begins one; prefixes stand by themselves.
fn statements(text: &str) -> Vec<Vec<String>> {
    let mut statements: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let inside = line.starts_with([' ', '\t', ')', ']', '}']);
        match statements.last_mut().filter(|last| inside && !is_prefix(last)) {
            Some(last) => {
                last.push('\n');
                last.push_str(line);
            }
            None => statements.push(line.into()),
        }
    }
    statements.iter().map(|statement| tokens(statement)).collect()
}

fn is_prefix(text: &str) -> bool {
    text.starts_with('@') || (text.starts_with("rule ") && text.trim_end().ends_with(':'))
}

/// The text in another layout, with comments strewn in.
pub(crate) fn layout(text: &str, rng: &mut Rng) -> String {
    let density = [0, 30, 8, 3][rng.below(4)];
    layout_with(text, density, rng)
}

/// With a comment at one place in so many; 0 for none.
pub(crate) fn layout_with(text: &str, density: usize, rng: &mut Rng) -> String {
    let mut odd = String::new();
    let mut comments = 0;
    let margin = if rng.one_in(5) { "    " } else { "" };
    for statement in statements(text) {
        above(&mut odd, rng, density, &mut comments);
        odd.push_str(margin);
        let prefix = is_prefix(&statement.join(" "));
        for (at, token) in statement.iter().enumerate() {
            if at > 0 {
                let before = statement[at - 1].as_str();
                gap(&mut odd, rng, before, token, prefix, margin, density, &mut comments);
            }
            odd.push_str(token);
        }
        let ends = statement.last().is_some_and(|last| !last.ends_with(['.', ':', ';']));
        if !prefix && ends && rng.one_in(6) {
            odd.push_str([".", " .", ". "][rng.below(3)]);
        }
        if density > 0 && rng.one_in(density) {
            odd.push_str(&format!("  {}", comment(rng, &mut comments)));
        }
        odd.push_str(["\n", "\n", "  \n"][rng.below(3)]);
        if prefix && statement[0] == "rule" && rng.one_in(2) {
            odd.push_str("  ");
        }
    }
    above(&mut odd, rng, density, &mut comments);
    if rng.one_in(4) {
        odd.truncate(odd.trim_end().len());
    }
    let odd = if rng.one_in(5) { odd.replace('\n', "\r\n") } else { odd };
    if rng.one_in(8) { format!("\u{feff}{odd}") } else { odd }
}

/// Empty lines and comments between statements.
fn above(odd: &mut String, rng: &mut Rng, density: usize, comments: &mut usize) {
    // The first line of a labelled rule has its indent already.
    if odd.ends_with("  ") && !odd.ends_with("\n") {
        return;
    }
    for _ in 0..rng.below(3) {
        if density > 0 && rng.one_in(density) {
            odd.push_str(["", "", "  ", "\t\t"][rng.below(4)]);
            odd.push_str(&comment(rng, comments));
        }
        odd.push('\n');
    }
}

fn comment(rng: &mut Rng, comments: &mut usize) -> String {
    *comments += 1;
    let ends = ["", " \"never closed", " it's (here", " # twice", " “", " and must log", "  "];
    format!("#{}{comments}{}", [" ", ""][rng.below(2)], ends[rng.below(ends.len())])
}

#[expect(clippy::too_many_arguments, reason = "all of it says where the gap is")]
fn gap(odd: &mut String, rng: &mut Rng, before: &str, after: &str, prefix: bool, margin: &str, density: usize, comments: &mut usize) {
    let blanks = [" ", " ", " ", "  ", "\t", " \t "];
    let close = matches!(after, "," | ")" | "]") || matches!(before, "(" | "[");
    let number = before.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if number && after.ends_with(':') {
        // A field, no unit.
        odd.push_str(&format!("\n{margin}  "));
        return;
    }
    if prefix || number {
        odd.push_str(blanks[rng.below(blanks.len())]);
        return;
    }
    if close && rng.one_in(2) {
        return;
    }
    let phrase = IN_A_PHRASE.contains(&before);
    if density > 0 && !phrase && rng.one_in(density * 2) {
        odd.push(' ');
        odd.push_str(&comment(rng, comments));
        odd.push('\n');
    } else if rng.one_in(4) {
        odd.push('\n');
    } else {
        odd.push_str(blanks[rng.below(blanks.len())]);
        return;
    }
    while rng.one_in(6) {
        if density > 0 {
            odd.push_str(["", "  ", "\t"][rng.below(3)]);
            odd.push_str(&comment(rng, comments));
        }
        odd.push('\n');
    }
    odd.push_str(margin);
    if !matches!(after, ")" | "]" | "}") || rng.one_in(2) {
        odd.push_str([" ", "  ", "\t", "      "][rng.below(4)]);
    }
}
