//! What is refused in values: operators, calls, dates and money of other languages.

use super::Builder;
use crate::parse::grammar::{Pair, Part};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{Expr, Node, Operator};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// How a function of another language is said here.
#[derive(Clone, Copy)]
enum Said {
    /// `count of X`
    Of(&'static str),
    /// `X contains Y`, of two arguments or of an owner and one
    Between(&'static str),
    /// `today`
    Alone(&'static str),
    /// `X is empty`
    Behind(&'static str),
    /// `(A and B)`
    Joined(&'static str),
    /// `not (A)`
    Before(&'static str),
}
use Said::{Alone, Before, Behind, Between, Joined, Of};

/// Functions of other languages, in small letters and without `_`.
const FUNCTIONS: &[(&str, Said)] = &[
    ("count", Of("count")),
    ("counta", Of("count")),
    ("len", Of("count")),
    ("size", Of("count")),
    ("total", Of("total")),
    ("sum", Of("total")),
    ("highest", Of("highest")),
    ("max", Of("highest")),
    ("lowest", Of("lowest")),
    ("min", Of("lowest")),
    ("distinct", Of("count of distinct")),
    ("unique", Of("count of distinct")),
    ("length", Of("length")),
    ("strlen", Of("length")),
    ("keys", Of("keys")),
    ("values", Of("values")),
    ("lowercase", Of("lowercase")),
    ("lower", Of("lowercase")),
    ("tolowercase", Of("lowercase")),
    ("tolower", Of("lowercase")),
    ("date", Of("date")),
    ("time", Of("time")),
    ("weekday", Of("weekday")),
    ("day", Of("day")),
    ("month", Of("month")),
    ("year", Of("year")),
    ("contains", Between("contains")),
    ("includes", Between("contains")),
    ("startswith", Between("starts with")),
    ("hasprefix", Between("starts with")),
    ("endswith", Between("ends with")),
    ("hassuffix", Between("ends with")),
    ("matches", Between("matches")),
    ("equals", Between("=")),
    ("isinrange", Between("is in")),
    ("today", Alone("today")),
    ("now", Alone("now")),
    ("currentdate", Alone("today")),
    ("isblank", Behind("is empty")),
    ("isempty", Behind("is empty")),
    ("isnull", Behind("is none")),
    ("isnone", Behind("is none")),
    ("and", Joined("and")),
    ("or", Joined("or")),
    ("not", Before("not")),
    ("bool", Before("")),
    ("str", Before("")),
    ("int", Before("")),
];

impl<'t> Builder<'_, 't> {
    /// `/`, `^`, or an operator without a blank after it; what it is read as.
    #[cold]
    pub(super) fn refuse_operator(&mut self, pair: &Pair<'t>) -> Operator {
        let at = self.span(pair);
        let operator = match pair.as_str() {
            "+" => Operator::Plus,
            "-" => Operator::Minus,
            "*" => Operator::Times,
            other => {
                self.report(mistakes::no_such_operator(at, other));
                return Operator::Times;
            }
        };
        self.report(mistakes::blanks_wanted(at, pair.as_str(), &format!("{} ", pair.as_str())));
        operator
    }

    /// `total of x * y for x in L`: what is repeated wants parentheses.
    #[cold]
    pub(super) fn bracket_wanted(&mut self, pair: Pair<'t>, left: Expr) -> Option<Expr> {
        let mut first = &left;
        while let Node::Arithmetic { left, .. } = &first.node {
            first = left;
        }
        let start = if let Node::Of(of) = &first.node { of.argument.span } else { first.span };
        let at = start.to(left.span.after());
        self.report(mistakes::parentheses_wanted(at, self.site.words(at), true));
        self.for_in(pair)?;
        Some(left)
    }

    /// `x[0]`, `x["key"]`
    #[cold]
    pub(super) fn refuse_index(&mut self, pair: &Pair<'t>, owner: Span) {
        let at = self.span(pair);
        let key = pair.as_str().trim_start_matches('[').trim_end_matches(']').trim();
        let quoted =
            key.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|key| !key.is_empty() && !key.contains(['`', '\\', '"']));
        self.report(mistakes::no_index(at, self.site.words(owner), quoted.map(|key| format!(".`{key}`")).as_deref()));
    }

    /// `count(x)`, `tags.contains("x")`, `startswith(name, "x")`, `today()`
    #[cold]
    pub(super) fn refuse_call(&mut self, pair: &Pair<'t>, function: Span) {
        let at = function.to(self.span(pair));
        let name = self.site.words(function);
        let (owner, method) = name.rsplit_once('.').map_or((None, name), |(owner, method)| (Some(owner), method));
        let small = method.to_ascii_lowercase().replace('_', "");
        let meant = FUNCTIONS.iter().find(|entry| entry.0 == small).map(|entry| entry.1);
        let inside = pair.as_str().strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map(str::trim).unwrap_or_default();
        let arguments = arguments(inside);
        let sentence = meant.and_then(|meant| said_as(meant, owner, &arguments));
        self.report(mistakes::call_form(at, name, sentence.as_deref()));
    }

    /// `10.000 EUR`, `5.000`: in half of the world the point parts thousands.
    pub(super) fn refuse_thousands(&mut self, pair: &Pair<'t>) {
        if !matches!(pair.as_rule(), Part::money | Part::number) {
            return;
        }
        let written = pair.as_str();
        let amount = written.split([' ', '\t']).next().unwrap_or("");
        let unit = written.get(amount.len()..).unwrap_or("");
        let Some((whole, places)) = amount.split_once('.') else { return };
        let digits = whole.trim_start_matches('-');
        let is_group = places.len() == 3 && (1..=3).contains(&digits.len()) && !digits.starts_with('0');
        let has_three_places = THREE_PLACES.contains(&unit.trim());
        if is_group && !has_three_places && (!unit.is_empty() || places == "000") {
            let small = format!("{}{unit}", amount.trim_end_matches('0').trim_end_matches('.'));
            self.report(mistakes::thousands_point(self.span(pair), written, &small, &format!("{whole}_{places}{unit}")));
        }
    }

    /// A date, an amount or an operation in the form of another language.
    #[cold]
    pub(super) fn refuse_literal(&mut self, pair: &Pair<'t>) -> Option<()> {
        let at = self.span(pair);
        let written = pair.as_str();
        let diagnostic = match pair.as_rule() {
            Part::bad_date => mistakes::date_form(at, written, "", iso_date(written).as_deref()),
            Part::bad_money => mistakes::money_form(at, &money(written)),
            Part::bad_tight => mistakes::blanks_wanted(at, written, &spaced(written)),
            // The scan before has told of quotes that begin a word; this one stands behind one.
            Part::bad_text => {
                let inside = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
                let meant = format!("\"{inside}\"");
                mistakes::single_quotes(at, Some(meant.as_str()).filter(|_| written.starts_with('\'') && !inside.contains(['"', '\\'])))
            }
            _ => return None,
        };
        self.report(diagnostic);
        Some(())
    }
}

/// The arguments of a call, divided at the commas that stand in no bracket and in no text.
fn arguments(inside: &str) -> Vec<&str> {
    let (mut found, mut depth, mut in_text, mut from) = (Vec::new(), 0_usize, false, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '"' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth = depth.saturating_add(1),
            ')' | ']' | '}' if !in_text => depth = depth.saturating_sub(1),
            ',' if !in_text && depth == 0 => {
                found.push(inside.get(from..at).unwrap_or("").trim());
                from = at.saturating_add(1);
            }
            _ => {}
        }
    }
    let last = inside.get(from..).unwrap_or("").trim();
    found.extend((!last.is_empty()).then_some(last));
    found
}

/// A call as a sentence, where its arguments are those that the sentence has.
fn said_as(meant: Said, owner: Option<&str>, arguments: &[&str]) -> Option<String> {
    let grouped = |argument: &str| if argument.contains([' ', '\t', '\n']) { format!("({argument})") } else { argument.into() };
    Some(match (meant, owner, arguments) {
        (Of(word), None, [one]) => format!("{word} of {}", grouped(one)).replace("distinct of", "distinct"),
        (Of(word), Some(owner), []) => format!("{word} of {owner}"),
        (Between(verb), Some(owner), [one]) => format!("{owner} {verb} {}", address(one)),
        (Between(verb), None, [one, two]) => format!("{one} {verb} {}", address(two)),
        (Alone(word), None, []) => word.into(),
        (Behind(words), None, [one]) => format!("{one} {words}"),
        (Behind(words), Some(owner), []) => format!("{owner} {words}"),
        (Joined(word), None, [_, _, ..]) => format!("({})", arguments.join(&format!(" {word} "))),
        (Before(""), None, [one]) => (*one).into(),
        (Before(word), None, [one]) => format!("{word} ({one})"),
        (Of(_) | Between(_) | Alone(_) | Behind(_) | Joined(_) | Before(_), _, _) => return None,
    })
}

/// `10.0.0.0/8` for `ip("10.0.0.0/8")`
fn address(argument: &str) -> &str {
    let inside = argument.strip_prefix("ip(\"").and_then(|rest| rest.strip_suffix("\")"));
    inside.filter(|inside| inside.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'/'))).unwrap_or(argument)
}

/// Currencies of which a unit has a thousand parts (ISO 4217).
const THREE_PLACES: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Year-month-day, where the written date can be only one.
fn iso_date(written: &str) -> Option<String> {
    let separator = written.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = written.split(separator);
    let (first, middle, last) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let (year, month, day) = if first.len() == 4 {
        (first, middle, last)
    } else if last.len() == 4 && (separator == '.' || number(first) > 12) {
        (last, middle, first)
    } else if last.len() == 4 && number(middle) > 12 {
        (last, first, middle)
    } else {
        return None;
    };
    (number(month) <= 12 && day.len() <= 2).then(|| format!("{year}-{:02}-{:02}", number(month), number(day)))
}

/// `500 USD` for `$500` and the like.
fn money(written: &str) -> String {
    let amount: String = written.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '_' | '-')).collect();
    let unit = written.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-' | ' ' | '\t'));
    let code = match unit {
        "€" | "eur" | "euro" | "euros" => "EUR",
        "£" | "gbp" => "GBP",
        _ => "USD",
    };
    format!("{amount} {code}")
}

/// Blanks around every operator of `total+tax`.
fn spaced(written: &str) -> String {
    let mut text = String::with_capacity(written.len().saturating_add(8));
    for c in written.chars() {
        if matches!(c, '+' | '*' | '-') {
            text.push_str(&[' ', c, ' '].iter().collect::<String>());
        } else {
            text.push(c);
        }
    }
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ")
}
