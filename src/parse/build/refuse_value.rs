//! What is refused in values: operators, calls, dates and money of other languages.

use super::Builder;
use crate::parse::grammar::{Pair, Part};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{Expr, Node, Operator};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Functions of other languages, and the words before `of` that are meant.
const FUNCTIONS: [(&str, &str); 27] = [
    ("count", "count"),
    ("len", "count"),
    ("size", "count"),
    ("SUM", "total"),
    ("total", "total"),
    ("sum", "total"),
    ("highest", "highest"),
    ("max", "highest"),
    ("lowest", "lowest"),
    ("min", "lowest"),
    ("distinct", "count of distinct"),
    ("length", "length"),
    ("keys", "keys"),
    ("values", "values"),
    ("lowercase", "lowercase"),
    ("lower", "lowercase"),
    ("date", "date"),
    ("time", "time"),
    ("weekday", "weekday"),
    ("day", "day"),
    ("month", "month"),
    ("year", "year"),
    ("contains", "contains"),
    ("startsWith", "starts with"),
    ("endsWith", "ends with"),
    ("matches", "matches"),
    ("includes", "contains"),
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

    /// `count(x)`, `tags.contains("x")`
    #[cold]
    pub(super) fn refuse_call(&mut self, pair: &Pair<'t>, function: Span) {
        let at = function.to(self.span(pair));
        let name = self.site.words(function);
        let (owner, method) = name.rsplit_once('.').map_or((None, name), |(owner, method)| (Some(owner), method));
        let meant = FUNCTIONS.iter().find(|entry| entry.0 == method).map(|entry| entry.1);
        let argument = pair.as_str().strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map(str::trim);
        let one = pair.clone().into_inner().filter(|inner| !matches!(inner.as_rule(), Part::the)).count() == 1;
        let sentence = match (owner, meant, argument) {
            (Some(owner), Some(verb), Some(argument)) if one && !argument.is_empty() && is_text_verb(verb) => {
                Some(format!("{owner} {verb} {argument}"))
            }
            (None, None, Some("")) if matches!(method, "today" | "now") => Some(method.into()),
            (None, Some(word), Some(argument)) if one && !argument.is_empty() && !is_text_verb(word) => {
                let argument = if argument.contains([' ', '\t', '\n']) { format!("({argument})") } else { argument.into() };
                Some(format!("{word} of {argument}").replace("distinct of", "distinct"))
            }
            _ => None,
        };
        self.report(mistakes::call_form(at, name, sentence.as_deref()));
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

fn is_text_verb(word: &str) -> bool {
    matches!(word, "contains" | "starts with" | "ends with" | "matches")
}

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
