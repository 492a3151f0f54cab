//! Entries about the habits of other languages: Cedar, Rego, SQL, Python, and plain English.

use super::Around;
use super::mistakes;
use super::trial::Leads;
use super::word::is_reserved;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::{Sort, Token};
use crate::source::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// First words of statements of other languages, what is meant, and whether that can stand in their place.
const OPENINGS: [(&str, &str, bool); 31] = [
    ("erlaube", "allow", true),
    ("verbiete", "never", true),
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
    ("select", "allow", false),
    ("revoke", "never", false),
    ("everyone", "allow", false),
    ("everybody", "allow", false),
    ("anyone", "allow", false),
    ("nobody", "never", false),
    ("feature", "policy", false),
    ("def", "NAME means", false),
    ("type", "a NAME has", false),
];

/// The entry for a first word of another language.
pub(in crate::parse) fn opening_word(word: &str) -> Option<(&'static str, bool)> {
    let small = word.to_ascii_lowercase();
    OPENINGS.iter().find(|entry| entry.0 == small).map(|entry| (entry.1, entry.2))
}

/// `permit (…)`, `import "…"`
pub(super) fn other_opening(around: &Around<'_>) -> Option<Diagnostic> {
    let (opening, token) = around.opening()?;
    let (meant, in_place) = opening_word(token.text)?;
    let at = around.span(token);
    if !matches!(meant, "allow" | "never") {
        // What `use` names stands in quotes.
        let next = around.tokens.get(opening.saturating_add(1)).filter(|next| !next.begins_line);
        let named = next.filter(|next| meant == "use" && next.sort == Sort::Word);
        let help = named.map_or_else(|| format!("write `{meant} …`"), |named| format!("write `use \"{}.onlyif\"`", named.text));
        let change = in_place.then(|| (at, meant.into())).filter(|_| named.is_none()).into_iter().collect();
        return Some(mistakes::other_phrase(at, token.text, Some(meant), &help, change));
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
    if name.sort == Sort::Quoted {
        let words: Vec<&str> = name.text.trim_matches(['"', '“', '”', '`']).split_ascii_whitespace().collect();
        let meant = format!("{}:", words.join("-"));
        let change = Vec::from([(around.span(*name), meant.clone())]);
        return Some(mistakes::needless_quotes(around.span(*name), name.text, &meant, change));
    }
    Some(mistakes::colon_missing(around.span(*name), &format!("write `rule {}:`", name.text)))
}

/// `if user is admin then …`
pub(super) fn condition_first(around: &Around<'_>) -> Option<Diagnostic> {
    let (at, token) = around.opening()?;
    if at != around.at || !matches!(token.text, "if" | "when" | "unless" | "where") {
        return None;
    }
    let help = "begin with the verb, and put the condition after it: `allow read document if …`";
    Some(mistakes::other_phrase(around.span(token), token.text, None, help, Vec::new()))
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

/// `then log`, `else …`
pub(super) fn then_or_else(around: &Around<'_>) -> Option<Diagnostic> {
    if let Some(token) = around.token(-1).filter(|token| matches!(token.text, "elif" | "elsif" | "elseif")) {
        return Some(mistakes::else_(around.span(token)));
    }
    let token = around.token(0)?;
    if token.text.eq_ignore_ascii_case("then") && around.opening().is_some_and(|(_, opening)| opening.text == "scenario") {
        return Some(mistakes::phrase(around.span(token), token.text, "expect"));
    }
    let rest = around.site.code.get(token.end()..).unwrap_or("").lines().next().unwrap_or("").trim();
    let is_reason = around.token(1).is_some_and(|next| next.sort == Sort::Quoted);
    match token.text {
        "else" if is_reason => Some(mistakes::else_with_text(around.span(token))),
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
        ";" if around.token(1).is_none() => ("a statement ends with its line", Some("")),
        ";" => ("each statement stands on lines of its own", None),
        "{" | "}" => ("a condition follows `if`, without braces; a block is the lines that are indented", None),
        ":=" => ("a name is given to a value with `means`: `limit means 50 EUR`", Some("means")),
        "=" if around.has_before(&["has", "have"]) && around.token(-1).is_some_and(|name| name.begins_line) => {
            ("a colon stands between a field and its type: `name: text`", Some(":"))
        }
        "-" if around.at == 0 && around.text(1) != "-" => ("a statement has no mark before it", Some("")),
        "-" if around.at == 0 => ("nothing divides statements but the lines themselves", None),
        "=" if around.at == 1 && !is_reserved(around.text(-1)) => {
            ("a name is given to a value with `means`: `limit means 50 EUR`", Some("means"))
        }
        "->" | "=>" => ("a rule is its verb, the act and the condition: `allow read document if …`", None),
        ":" if around.text(1) == ":" || around.text(-1) == ":" => ("a thing is written with its kind and its id: `user \"ann\"`", None),
        ":" if around.at == 1 && matches!(around.text(-1), "scenario" | "background" | "use" | "policy" | "act" | "fact" | "setting") => {
            ("drop the colon: it stands after the name of a rule or field only", Some(""))
        }
        ":" => ("a condition follows `if`; a colon stands after the name of a rule or field only", None),
        "?" => ("there are no conditional values: write a constant with cases, `NAME means V if C, otherwise W`", None),
        "%" => ("there is no remainder; a percentage is written `20%`", None),
        "$" | "€" | "£" => ("money is written `50 EUR`: the amount, a blank, the code of the currency", None),
        "~" | "|" | "&" | "\\" | "'" => ("this sign has no meaning here; a text is written in double quotes", None),
        "(" => ("parentheses group conditions and values; there is nothing to group here", None),
        _ => return None,
    };
    let whole = if around.at == 0 { around.with_blanks(token) } else { at };
    let change = meant.map(|meant| (whole, meant.into())).into_iter().collect();
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

/// `user.age is older than 18`
pub(super) fn comparative(around: &Around<'_>) -> Option<Diagnostic> {
    let than = around.token(0).filter(|token| matches!(token.text, "than" | "then"))?;
    let word = around.token(-1)?;
    let at = around.site.span(word.start..than.end());
    let meant = match word.text {
        "older" if around.token(1).is_some_and(|token| token.sort == Sort::Number) => "more than",
        "younger" if around.token(1).is_some_and(|token| token.sort == Sort::Number) => "less than",
        "older" | "younger" => {
            let help = "write `is within the last 90 days` of a date, and `is more than` or `is less than` of a number";
            return Some(mistakes::other_phrase(at, around.site.words(at), None, help, Vec::new()));
        }
        "bigger" | "larger" | "higher" | "longer" | "taller" | "heavier" => "more than",
        "smaller" | "lower" | "shorter" | "lighter" => "less than",
        "later" | "newer" => "after",
        "earlier" | "sooner" => "before",
        _ => return None,
    };
    Some(mistakes::phrase(at, around.site.words(at), meant))
}

/// `EUR 50`
pub(super) fn currency_first(around: &Around<'_>) -> Option<Diagnostic> {
    let number = around.token(0).filter(|token| token.sort == Sort::Number)?;
    let code = around.token(-1).filter(|token| token.text.len() == 3 && token.text.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    Some(mistakes::money_form(around.site.span(code.start..number.end()), &format!("{} {}", number.text, code.text)))
}

/// `scenario an editor reads`, `Scenario: an editor reads`
pub(super) fn title_without_quotes(around: &Around<'_>) -> Option<Diagnostic> {
    let (at, opening) = around.opening().filter(|(_, opening)| opening.text.eq_ignore_ascii_case("scenario"))?;
    let behind = around.tokens.get(at.saturating_add(1)..)?;
    let colons = behind.iter().take_while(|token| token.text == ":" || token.text.eq_ignore_ascii_case("outline")).count();
    let first = behind.get(colons).filter(|token| token.sort != Sort::Sign && !token.begins_line)?;
    if first.sort == Sort::Quoted {
        let (colon, sign) = (behind.first().filter(|_| colons > 0)?, behind.get(colons.checked_sub(1)?)?);
        let at = around.site.span(colon.start..sign.end());
        let change = Vec::from([(around.site.span(opening.start..sign.end()), "scenario".into())]);
        return Some(mistakes::punctuation(at, around.site.words(at), "write `scenario` and the title, without a colon", change));
    }
    let rest = behind.iter().skip(colons.saturating_add(1));
    let last = rest.take_while(|token| !token.begins_line && !matches!(token.text, "given" | "when")).last().unwrap_or(first);
    let span = around.site.span(first.start..last.end());
    let title = around.site.words(span).replace(['"', '\\'], "");
    let meant = format!("scenario \"{title}\"");
    let change = Vec::from([(around.site.span(opening.start..last.end()), meant.clone())]);
    Some(mistakes::title_without_quotes(span, &meant, change))
}

/// `limit is 50 EUR`
pub(super) fn constant_with_is(around: &Around<'_>) -> Option<Diagnostic> {
    let (at, opening) = around.opening()?;
    let is = around.tokens.get(at.saturating_add(1)).filter(|token| token.text == "is")?;
    let value = around.tokens.get(at.saturating_add(2)).filter(|token| matches!(token.sort, Sort::Number | Sort::Quoted))?;
    let names_a_value = opening.sort == Sort::Word && !opening.text.contains('.') && !is_reserved(opening.text);
    let written = around.site.code.get(value.start..).and_then(|rest| rest.lines().next()).unwrap_or("").trim();
    let help = format!("write `{} means {written}`", opening.text);
    let change = Vec::from([(around.span(*is), "means".into())]);
    names_a_value.then(|| mistakes::other_phrase(around.span(*is), "is", Some("means"), &help, change))
}

/// `user is editor`
pub(super) fn condition_alone(around: &Around<'_>) -> Option<Diagnostic> {
    let (at, opening) = around.opening()?;
    let verb = around.tokens.get(at.saturating_add(1)).filter(|token| matches!(token.text, "is" | "are" | "has" | "have"))?;
    let last = around.tokens.last()?;
    if around.at < around.tokens.len() || is_reserved(opening.text) || verb.end() >= last.end() || around.has_before(&["if", "means"]) {
        return None;
    }
    let span = around.site.span(opening.start..last.end());
    let help = format!("say what may be done then: `allow read document if {}`", around.site.words(span));
    Some(mistakes::not_understood(span, "this is a condition, and no rule".into(), "of what is this the condition?", &help))
}

/// `name like "x%"`
pub(super) fn like(around: &Around<'_>) -> Option<Diagnostic> {
    around.token(0).filter(|token| token.sort == Sort::Quoted)?;
    let token = around.token(-1)?;
    let meant = match token.text {
        "like" | "LIKE" | "ilike" | "ILIKE" | "glob" | "regex" => "matches",
        "containing" | "has" => "contains",
        "startswith" | "startsWith" | "begins" => "starts with",
        "endswith" | "endsWith" => "ends with",
        _ => return None,
    };
    let help = format!("write `{meant}`; in a pattern `*` stands for any run of characters, `?` for one");
    let (at, value) = (around.span(token), around.token(0)?);
    let mut change = Vec::from([(at, meant.into())]);
    // What stands for any characters is another sign there.
    let is_pattern = meant == "matches" && value.text.contains('%');
    change.extend(is_pattern.then(|| (around.span(value), value.text.replace('%', "*").replace('_', "?"))));
    if token.text.eq_ignore_ascii_case("ilike") {
        change.push((around.site.span(value.end()..value.end()), " ignoring case".into()));
    }
    Some(mistakes::other_phrase(at, token.text, Some(meant), &help, change))
}

/// `user is an admin or an editor`
pub(super) fn subject_missing(around: &Around<'_>) -> Option<Diagnostic> {
    let token = match around.token(0) {
        Some(token) => token,
        // What stands behind was taken for names: `is 18 or more than 21`.
        None => return comparison_alone(around),
    };
    let begins = matches!(around.text(-1), "if" | "unless" | "requires");
    let joined = begins || matches!(around.text(-1), "and" | "or");
    if !joined || !matches!(token.text, "a" | "an" | "is" | "are" | "has" | "in" | "contains") || begins && matches!(token.text, "a" | "an")
    {
        return None;
    }
    Some(each_names_its_subject(around, token, begins))
}

/// `is 18 or more than 21`
fn comparison_alone(around: &Around<'_>) -> Option<Diagnostic> {
    let found = around.tokens.windows(2).rev().find(|pair| {
        matches!(pair, [joined, word] if matches!(joined.text, "and" | "or")
            && matches!(word.text, "at" | "more" | "less" | "greater" | "before" | "after" | "between"))
    })?;
    found.last().map(|token| each_names_its_subject(around, *token, false))
}

fn each_names_its_subject(around: &Around<'_>, token: Token<'_>, begins: bool) -> Diagnostic {
    let help = if begins {
        "say who or what is meant: `user is editor`, `document has owner`"
    } else {
        "say the subject again: `user is an admin or user is an editor`, or list values: `is one of [\"a\", \"b\"]`"
    };
    let made = mistakes::not_understood(around.span(token), "each condition names its subject".into(), "of whom is this said?", help);
    let again = subject_again(around, token).filter(|change| around.leads(change) == Leads::ToTheEnd);
    again.into_iter().fold(made, |made, change| made.suggestion("say the subject again", change))
}

/// The subject of the sentence before it, put before a word, with `is` where the word has none.
fn subject_again(around: &Around<'_>, token: Token<'_>) -> Option<Vec<(Span, String)>> {
    let before: Vec<&Token<'_>> = around.tokens.iter().filter(|other| other.end() <= token.start).collect();
    let is = before.iter().rposition(|other| matches!(other.text, "is" | "has" | "contains"))?;
    let subject = before.get(is.checked_sub(1)?).filter(|subject| subject.sort == Sort::Word && !is_reserved(subject.text))?;
    let has_verb = matches!(token.text, "is" | "are" | "has" | "contains");
    let meant = if has_verb { format!("{} ", subject.text) } else { format!("{} is ", subject.text) };
    Some(Vec::from([(around.span(token).before(), meant)]))
}
