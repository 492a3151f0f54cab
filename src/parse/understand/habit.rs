//! Entries about the habits of other languages: Cedar, Rego, SQL, Python, and plain English.

use super::Around;
use super::mistakes;
use super::word::is_reserved;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::Sort;
use alloc::format;
use alloc::vec::Vec;

/// First words of statements of other languages, what is meant, and whether that can stand in their place.
const OPENINGS: [(&str, &str, bool); 20] = [
    ("permit", "allow", true),
    ("grant", "allow", true),
    ("let", "allow", false),
    ("accept", "allow", true),
    ("enable", "allow", true),
    ("deny", "never", true),
    ("forbid", "never", true),
    ("disallow", "never", true),
    ("prohibit", "never", true),
    ("block", "never", true),
    ("reject", "never", true),
    ("refuse", "never", true),
    ("import", "use", true),
    ("include", "use", true),
    ("package", "policy", true),
    ("module", "policy", true),
    ("test", "scenario", true),
    ("define", "NAME means", false),
    ("default", "never", false),
    ("const", "NAME means", false),
];

/// The entry for a first word of another language.
pub(in crate::parse) fn opening_word(word: &str) -> Option<(&'static str, bool)> {
    let small = word.to_ascii_lowercase();
    OPENINGS.iter().find(|entry| entry.0 == small).map(|entry| (entry.1, entry.2))
}

/// `permit (…)`, `import "…"`
pub(super) fn other_opening(around: &Around<'_>) -> Option<Diagnostic> {
    let (_, token) = around.opening()?;
    let (meant, in_place) = opening_word(token.text)?;
    let at = around.span(token);
    if !matches!(meant, "allow" | "never") {
        let change = in_place.then(|| (at, meant.into())).into_iter().collect();
        return Some(mistakes::other_phrase(at, token.text, Some(meant), &format!("write `{meant} …`"), change));
    }
    let help = match token.text {
        "default" => "write nothing: what no rule allows is denied".into(),
        _ => format!("write `{meant} …`"),
    };
    Some(mistakes::other_verb(at, token.text, &help, in_place.then_some((at, meant))))
}

/// `rule x allow read document`
pub(super) fn rule_without_colon(around: &Around<'_>) -> Option<Diagnostic> {
    let (at, token) = around.opening()?;
    let name = around.tokens.get(at.saturating_add(1)).filter(|name| name.sort != Sort::Sign)?;
    let next = around.tokens.get(at.saturating_add(2));
    if token.text != "rule" || !next.is_none_or(|next| next.text != ":" && (next.begins_line || matches!(next.text, "allow" | "never"))) {
        return None;
    }
    Some(mistakes::colon_missing(around.span(*name), "write a colon after the name of a rule"))
}

/// `if user is admin then …`
pub(super) fn condition_first(around: &Around<'_>) -> Option<Diagnostic> {
    let (at, token) = around.opening()?;
    if token.text.eq_ignore_ascii_case("given") {
        let help = "`given`, `when` and `expect` belong to a `scenario \"…\"` before them, and are indented";
        return Some(mistakes::other_phrase(around.span(token), token.text, None, help, Vec::new()));
    }
    if at != around.at || !matches!(token.text, "if" | "when" | "unless" | "where") {
        return None;
    }
    let help = "begin with the verb, and put the condition after it: `allow read document if …`";
    Some(mistakes::other_phrase(around.span(token), token.text, None, help, Vec::new()))
}

/// `is less than or equal to 5`
pub(super) fn or_equal(around: &Around<'_>) -> Option<Diagnostic> {
    let or = [0, 1, -1].into_iter().find(|&steps| around.text(steps) == "or" && around.text(steps + 1) == "equal")?;
    let (first, than) = (around.token(or - 2)?, around.text(or - 1));
    let meant = match (first.text, than) {
        ("less" | "fewer", "than") => "at most",
        ("more" | "greater", "than") => "at least",
        _ => return None,
    };
    let last = if around.text(or + 2) == "to" { around.token(or + 2)? } else { around.token(or + 1)? };
    let at = around.site.span(first.start..last.end());
    Some(mistakes::phrase(at, around.site.words(at), meant))
}

/// `read document must not …`, `has to`
pub(super) fn prohibited_duty(around: &Around<'_>) -> Option<Diagnostic> {
    let not = [0, 1]
        .into_iter()
        .find(|&steps| around.text(steps) == "not" && matches!(around.text(steps - 1), "must" | "should" | "may" | "can"));
    if let Some(not) = not {
        let (first, last) = (around.token(not - 1)?, around.token(not)?);
        let at = around.site.span(first.start..last.end());
        let (_, opening) = around.opening()?;
        let head = around.site.code.get(opening.start..first.start).unwrap_or("").trim();
        return Some(mistakes::other_verb(at, around.site.words(at), &format!("write `never {head} if …`"), None));
    }
    let to = [0, 1].into_iter().find(|&steps| around.text(steps) == "to" && matches!(around.text(steps - 1), "has" | "have"))?;
    let (first, last) = (around.token(to - 1)?, around.token(to)?);
    let at = around.site.span(first.start..last.end());
    Some(mistakes::other_verb(at, around.site.words(at), "write `must …` and the duty, or `requires …` and the condition", None))
}

/// `and then`, `but`, `as well as`
pub(super) fn connective(around: &Around<'_>) -> Option<Diagnostic> {
    let doubled = |&steps: &isize| around.text(steps - 1) == "and" && matches!(around.text(steps), "then" | "also");
    if let Some(token) = [0, -1, -2].iter().find(|steps| doubled(steps)).and_then(|&steps| around.token(steps)) {
        let at = around.span(token);
        let change = Vec::from([(around.with_blanks(token), "".into())]);
        return Some(mistakes::other_phrase(at, token.text, None, &format!("drop `{}`", token.text), change));
    }
    let token = [0, -1]
        .into_iter()
        .filter_map(|steps| around.token(steps))
        .find(|token| matches!(token.text, "but" | "also" | "plus" | "except" | "excepting"))?;
    let at = around.span(token);
    let meant = match token.text {
        "but" | "also" | "plus" => "and",
        _ => "unless",
    };
    Some(mistakes::phrase(at, token.text, meant))
}

/// `allow read document when …`
pub(super) fn condition_word(around: &Around<'_>) -> Option<Diagnostic> {
    let token = around.token(0).filter(|token| matches!(token.text, "when" | "where" | "while" | "provided" | "whenever" | "assuming"))?;
    let (_, opening) = around.opening()?;
    if matches!(opening.text, "scenario" | "background") || around.has_before(&["if", "unless", "requires"]) {
        return None;
    }
    let that = around.token(1).filter(|next| next.text == "that");
    let at = that.map_or(around.span(token), |that| around.site.span(token.start..that.end()));
    Some(mistakes::phrase(at, around.site.words(at), "if"))
}

/// `then log`, `else …`
pub(super) fn then_or_else(around: &Around<'_>) -> Option<Diagnostic> {
    let token = around.token(0)?;
    let rest = around.site.code.get(token.end()..).unwrap_or("").lines().next().unwrap_or("").trim();
    match token.text {
        "then" => Some(mistakes::then(around.span(token), rest)),
        "else" | "elif" | "elsif" => Some(mistakes::else_(around.span(token))),
        _ => None,
    }
}

/// `user is no editor`
pub(super) fn is_no(around: &Around<'_>) -> Option<Diagnostic> {
    let no = [0, -1].into_iter().find(|&steps| around.text(steps) == "no" && around.text(steps - 1) == "is")?;
    around.token(no + 1).filter(|next| next.sort == Sort::Word && !is_reserved(next.text))?;
    let token = around.token(no)?;
    Some(mistakes::phrase(around.span(token), "no", "not"))
}

/// `1 < level < 5`
pub(super) fn chained(around: &Around<'_>) -> Option<Diagnostic> {
    let order = |text: &str| matches!(text, "<" | ">" | "<=" | ">=" | "≤" | "≥");
    let token = around.token(0).filter(|token| order(token.text))?;
    if !order(around.text(-2)) {
        return None;
    }
    let help = "say it once: `level is between 1 and 5`, or join two comparisons with `and`";
    Some(mistakes::other_phrase(around.span(token), token.text, None, help, Vec::new()))
}

/// `is in "a", "b"`
pub(super) fn list_without_brackets(around: &Around<'_>) -> Option<Diagnostic> {
    let steps = [0, -1].into_iter().find(|&steps| around.text(steps) == ",")?;
    let (before, comma, after) = (around.token(steps - 1)?, around.token(steps)?, around.token(steps + 1)?);
    if before.sort != Sort::Quoted || after.sort != Sort::Quoted || !around.has_before(&["in", "of", "is"]) {
        return None;
    }
    let help = "write a list in square brackets: `is one of [\"a\", \"b\"]`";
    Some(mistakes::punctuation(around.span(comma), ",", help, Vec::new()))
}

/// Signs that the language does not have.
pub(super) fn sign(around: &Around<'_>) -> Option<Diagnostic> {
    let token = around.token(0).filter(|token| token.sort == Sort::Sign)?;
    let at = around.span(token);
    let (help, meant) = match token.text {
        ";" => ("a statement ends with its line", Some("")),
        "{" | "}" => ("a condition follows `if`, without braces; a block is the lines that are indented", None),
        ":=" => ("a name is given to a value with `means`: `limit means 50 EUR`", Some("means")),
        "=" if around.at == 1 => ("a name is given to a value with `means`: `limit means 50 EUR`", Some("means")),
        "->" | "=>" => ("a rule is its verb, the act and the condition: `allow read document if …`", None),
        "?" => ("there are no conditional values: write a constant with cases, `NAME means V if C, otherwise W`", None),
        "%" => ("there is no remainder; a percentage is written `20%`", None),
        "$" | "€" | "£" => ("money is written `50 EUR`: the amount, a blank, the code of the currency", None),
        "~" | "|" | "&" | "\\" | "'" => ("this sign has no meaning here; a text is written in double quotes", None),
        "(" => ("parentheses group conditions and values; there is nothing to group here", None),
        _ => return None,
    };
    let change = meant.map(|meant| (at, meant.into())).into_iter().collect();
    Some(mistakes::punctuation(at, token.text, help, change))
}

/// `a user has` … `name text`
pub(super) fn field_without_colon(around: &Around<'_>) -> Option<Diagnostic> {
    const TYPES: [&str; 15] = [
        "text",
        "number",
        "yes/no",
        "money",
        "date",
        "time",
        "date-time",
        "duration",
        "list",
        "map",
        "one",
        "reference",
        "optional",
        "private",
        "yes",
    ];
    let (at, opening) = around.opening()?;
    let declares = matches!(opening.text, "a" | "an" | "the")
        && around.tokens.iter().skip(at).take(6).any(|token| matches!(token.text, "has" | "have"));
    let steps = [0, 1, -1]
        .into_iter()
        .find(|&steps| TYPES.contains(&around.text(steps)) && around.token(steps - 1).is_some_and(|name| name.sort == Sort::Word))?;
    let name = around.token(steps - 1).filter(|_| declares)?;
    Some(mistakes::colon_missing(around.span(name), &format!("write `{}: {}`", name.text, around.text(steps))))
}

/// `user has role "admin"`
pub(super) fn has_with_value(around: &Around<'_>) -> Option<Diagnostic> {
    let value = around.token(0).filter(|token| matches!(token.sort, Sort::Quoted | Sort::Number))?;
    let (owner, has, field) = (around.token(-3)?, around.token(-2)?, around.token(-1)?);
    if has.text != "has" || field.sort != Sort::Word {
        return None;
    }
    let meant = format!("{}.{} is {}", owner.text, field.text, value.text);
    let at = around.site.span(owner.start..value.end());
    Some(mistakes::phrase(at, around.site.words(at), &meant))
}

/// `name like "x%"`
pub(super) fn like(around: &Around<'_>) -> Option<Diagnostic> {
    around.token(0).filter(|token| token.sort == Sort::Quoted)?;
    let token = around.token(-1)?;
    let meant = match token.text {
        "like" | "LIKE" | "ilike" | "glob" | "regex" => "matches",
        "containing" | "has" => "contains",
        "startswith" | "startsWith" | "begins" => "starts with",
        "endswith" | "endsWith" => "ends with",
        _ => return None,
    };
    let help = format!("write `{meant}`; in a pattern `*` stands for any run of characters, `?` for one");
    let at = around.span(token);
    Some(mistakes::other_phrase(at, token.text, Some(meant), &help, Vec::from([(at, meant.into())])))
}

/// `user is an admin or an editor`
pub(super) fn subject_missing(around: &Around<'_>) -> Option<Diagnostic> {
    let token = around.token(0)?;
    let joined = matches!(around.text(-1), "and" | "or");
    if !joined || !matches!(token.text, "a" | "an" | "is" | "has" | "in" | "contains") {
        return None;
    }
    let help = "say the subject again: `user is an admin or user is an editor`, or list values: `is one of [..]`";
    Some(mistakes::not_understood(around.span(token), "each condition names its subject".into(), "of whom is this said?", help))
}
