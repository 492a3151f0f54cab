//! Dates, times, numbers and amounts as they are spoken.

use super::Around;
use super::mistakes;
use super::trial::Leads;
use crate::diagnostic::Diagnostic;
use crate::parse::tokens::{Sort, Token};
use crate::source::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const UNITS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

/// Words for a currency, and its code.
const CURRENCIES: [(&str, &str); 10] = [
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("eur", "EUR"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("usd", "USD"),
    ("bucks", "USD"),
    ("pounds", "GBP"),
    ("francs", "CHF"),
    ("yen", "JPY"),
];

/// `3 May 2024`, `May 3, 2024`, `3rd of May 2024`
pub(super) fn date_in_words(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(3, 2).find_map(|at| {
        let tokens = around.tokens.get(at..)?;
        let month = |token: &Token<'_>| {
            let small = token.text.to_ascii_lowercase();
            MONTHS.iter().position(|name| *name == small || small.len() == 3 && name.starts_with(&small)).map(|at| at.saturating_add(1))
        };
        // Words that say nothing of the day are left out.
        let mut parts = tokens.iter().take(6).filter(|token| !matches!(token.text, "of" | "," | "the" | "."));
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        let (month, day) = match (month(first), month(second)) {
            (Some(month), _) => (month, day_of(second)?),
            (None, Some(month)) => (month, day_of(first)?),
            (None, None) => return None,
        };
        let year = third.text.parse::<u32>().ok().filter(|year| (1000..10_000).contains(year))?;
        let the = at.checked_sub(1).and_then(|at| around.tokens.get(at)).filter(|the| the.text == "the");
        let span = around.site.span(the.unwrap_or(first).start..third.end());
        let meant = format!("{year}-{month:02}-{day:02}");
        let leads = around.leads(&[(span, meant.clone())]) > Leads::Nowhere;
        leads.then(|| mistakes::date_form(span, around.site.words(span), "", Some(&meant)))
    })
}

fn day_of(token: &Token<'_>) -> Option<u32> {
    let digits = token.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// `5pm`, `5 pm`, `9:00`, `17h`
pub(super) fn time_of_day(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(2, 2).find_map(|at| {
        let number = around.tokens.get(at).filter(|token| token.sort == Sort::Number)?;
        let digits = number.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let own = number.text.get(digits.len()..)?.to_ascii_lowercase();
        let next = around.tokens.get(at.saturating_add(1));
        let after = next.map(|token| token.text.to_ascii_lowercase()).filter(|text| matches!(text.as_str(), "am" | "pm" | "uhr" | "h"));
        let (suffix, end) = match (own.as_str(), after) {
            ("am" | "pm" | "h", _) => (own, number.end()),
            ("", Some(after)) => (after, next?.end()),
            ("", None) if digits.contains(':') => (String::new(), number.end()),
            _ => return None,
        };
        let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "00"));
        let hours: u32 = hours.parse().ok().filter(|&hours| hours < 24)?;
        let hours = match (suffix.as_str(), hours) {
            ("pm", 1..=11) => hours.saturating_add(12),
            ("am", 12) => 0,
            _ => hours,
        };
        let span = around.site.span(number.start..end);
        let meant = format!("{hours:02}:{minutes}");
        let is_new = minutes.len() == 2 && minutes < "60" && around.site.words(span) != meant;
        (is_new && around.leads(&[(span, meant.clone())]) > Leads::Nowhere).then(|| mistakes::time_form(span, &meant))
    })
}

/// `10k`, `50 percent`, `10 euros`, `18+`, `18 or older`, `18 years old`
pub(super) fn amount(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(4, 1).find_map(|at| {
        let number = around.tokens.get(at).filter(|token| token.sort == Sort::Number)?;
        let text = |steps: usize| around.tokens.get(at.saturating_add(steps)).map_or("", |token| token.text);
        let (digits, unit) = number.text.split_at(number.text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len());
        let next = text(1).to_ascii_lowercase();
        let more = ["older", "more", "over", "above", "higher", "greater", "up", "later", "longer", "larger"];
        let less = ["younger", "less", "under", "below", "lower", "fewer", "earlier", "shorter", "smaller"];
        let currency = CURRENCIES.iter().find(|entry| entry.0 == next);
        let (steps, meant, is_sure) = match (unit, next.as_str()) {
            ("k" | "K", _) => (0, format!("{digits}_000"), !digits.contains('.')),
            ("", "thousand") => (1, format!("{digits}_000"), !digits.contains('.')),
            ("", "million" | "mio") if !digits.contains('.') => (1, format!("{digits}_000_000"), true),
            (code, _) if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => (0, format!("{digits} {code}"), true),
            ("", "percent" | "pct") => (1, format!("{digits}%"), true),
            ("", "per") if text(2) == "cent" => (2, format!("{digits}%"), true),
            ("", "%") => (1, format!("{digits}%"), true),
            ("", "+") => (1, format!("at least {digits}"), true),
            ("", "or" | "and") if more.contains(&text(2)) => (2, format!("at least {digits}"), true),
            ("", "or" | "and") if less.contains(&text(2)) => (2, format!("at most {digits}"), true),
            ("", "years" | "year") if text(2) == "old" || text(2) == "of" => (2, digits.to_string(), false),
            ("", _) if currency.is_some() => (1, format!("{digits} {}", currency?.1), true),
            ("", _) => return None,
            _ => (0, digits.to_string(), false),
        };
        let last = around.tokens.get(at.saturating_add(steps))?;
        let span = around.site.span(number.start..last.end());
        changed(around, span, &meant, is_sure)
    })
}

/// `between 1 to 5`, `is from 1 to 5`
pub(super) fn range(around: &Around<'_>) -> Option<Diagnostic> {
    let to = around.window(3, 3).find(|&at| around.tokens.get(at).is_some_and(|token| matches!(token.text, "to" | "-" | "until")))?;
    let first = around.tokens.iter().take(to).rposition(|token| matches!(token.text, "between" | "from"))?;
    let (first, to) = (around.tokens.get(first)?, around.tokens.get(to)?);
    let change = Vec::from([(around.span(*first), String::from("between")), (around.span(*to), String::from("and"))]);
    let help = "write `between A and B`";
    (around.leads(&change) > Leads::Nowhere).then(|| mistakes::other_phrase(around.span(*to), to.text, Some("and"), help, change))
}

/// `there is a user.name`, `there is no user.name`
pub(super) fn there_is(around: &Around<'_>) -> Option<Diagnostic> {
    let at = around.window(4, 1).find(|&at| around.tokens.get(at).is_some_and(|token| token.text == "there"))?;
    let text = |steps: usize| around.tokens.get(at.saturating_add(steps)).map_or("", |token| token.text);
    let (steps, has) = match (text(1), text(2)) {
        ("is" | "are", "no") => (3, "has no"),
        ("is" | "are", "a" | "an") => (3, "has"),
        ("is" | "are", _) => (2, "has"),
        _ => return None,
    };
    let (first, fact) = (around.tokens.get(at)?, around.tokens.get(at.saturating_add(steps))?);
    let (owner, field) = fact.text.rsplit_once('.')?;
    changed(around, around.site.span(first.start..fact.end()), &format!("{owner} {has} {field}"), true)
}

/// `user has at least 2 tags`
pub(super) fn counted(around: &Around<'_>) -> Option<Diagnostic> {
    let has = around.window(4, 1).find(|&at| around.tokens.get(at).is_some_and(|token| token.text == "has"))?;
    let text = |steps: usize| around.tokens.get(has.saturating_add(steps)).map_or("", |token| token.text);
    let (how, steps) = match (text(1), text(2)) {
        ("at", "least" | "most") | ("more" | "less", "than") => (format!("{} {}", text(1), text(2)), 3),
        ("exactly", _) => (String::new(), 2),
        _ => return None,
    };
    let owner = around.tokens.get(has.checked_sub(1)?).filter(|owner| owner.sort == Sort::Word)?;
    let (number, field) = (around.tokens.get(has.saturating_add(steps))?, around.tokens.get(has.saturating_add(steps).saturating_add(1))?);
    if number.sort != Sort::Number || field.sort != Sort::Word {
        return None;
    }
    let meant = format!("count of {}.{} is {how} {}", owner.text, field.text, number.text).replace("  ", " ");
    changed(around, around.site.span(owner.start..field.end()), &meant, false)
}

/// Numbers in words, from two on.
const NUMBERS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

fn number_of(word: &str) -> Option<usize> {
    NUMBERS.iter().position(|name| word.eq_ignore_ascii_case(name)).map(|at| at.saturating_add(2))
}

/// `at least 2 of document.approvals are valid`, `all of user.tags are …`
pub(super) fn of_a_list(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(4, 1).find_map(|at| {
        let (of, list) = (around.tokens.get(at).filter(|of| of.text == "of")?, around.tokens.get(at.saturating_add(1))?);
        let (_, field) = list.text.rsplit_once('.').filter(|_| list.sort == Sort::Word)?;
        let before = around.tokens.get(at.checked_sub(1)?)?;
        let (first, how) = match (before.text, number_of(before.text)) {
            ("all" | "each", _) => (before, "every ".to_string()),
            ("none", _) => (before, "no ".to_string()),
            ("some", _) => (before, "any ".to_string()),
            (_, Some(number)) => (before, format!("at least {number} ")),
            _ if before.sort == Sort::Number => (of, String::new()),
            _ => return None,
        };
        let is_counted = before.sort == Sort::Number || how.starts_with("at");
        let name = if is_counted { field } else { field.strip_suffix('s').unwrap_or(field) };
        // Only a count speaks of many.
        let (last, verb) = match around.tokens.get(at.saturating_add(2)).filter(|_| !is_counted) {
            Some(verb) if verb.text == "are" => (verb, " is"),
            Some(verb) if verb.text == "have" => (verb, " has"),
            Some(_) | None => (list, ""),
        };
        let span = around.site.span(first.start..last.end());
        changed(around, span, &format!("{how}{name} in {}{verb}", list.text), number_of(before.text).is_none())
    })
}

/// `two persons in document.approvers are active`
pub(super) fn number_word(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(3, 1).find_map(|at| {
        let word = around.tokens.get(at)?;
        changed(around, around.span(*word), &format!("at least {}", number_of(word.text)?), false)
    })
}

/// `if between 9:00 and 17:00`, `if after 22:00`
pub(super) fn time_alone(around: &Around<'_>) -> Option<Diagnostic> {
    around.window(4, 1).find_map(|at| {
        let word = around.tokens.get(at).filter(|word| matches!(word.text, "between" | "before" | "after" | "from"))?;
        let before = around.tokens.get(at.checked_sub(1)?)?;
        let time = |steps: usize| {
            let token = around.tokens.get(at.saturating_add(steps))?;
            let (hours, minutes) = token.text.split_once(':')?;
            let hours = hours.parse::<u32>().ok().filter(|&hours| hours < 24)?;
            Some((token, format!("{hours:02}:{minutes}")))
        };
        let (first, from) = time(1)?;
        let (last, meant) = match word.text {
            "between" | "from" => {
                let (last, to) = time(3)?;
                (last, format!("between {from} and {to}"))
            }
            other => (first, format!("{other} {from}")),
        };
        let span = around.site.span(word.start..last.end());
        let meant = format!("time of now is {meant}");
        matches!(before.text, "if" | "and" | "or" | "unless" | "requires").then(|| changed(around, span, &meant, false))?
    })
}

/// `more than 3 months ago`, `older than 90 days`
pub(super) fn ago(around: &Around<'_>) -> Option<Diagnostic> {
    let than = around.window(2, 1).find(|&at| around.tokens.get(at).is_some_and(|token| token.text == "than"));
    if let Some(than) = than
        && let (Some(first), Some(number), Some(unit)) = (
            around.tokens.get(than.saturating_sub(1)),
            around.tokens.get(than.saturating_add(1)),
            around.tokens.get(than.saturating_add(2)),
        )
        && matches!(first.text, "older" | "younger")
        && UNITS.contains(&unit.text.trim_end_matches('s'))
    {
        let how = if first.text == "older" { "not within the last" } else { "within the last" };
        let span = around.site.span(first.start..unit.end());
        return changed(around, span, &format!("{how} {} {}", number.text, unit.text), false);
    }
    let at = around.window(1, 1).find(|&at| around.tokens.get(at).is_some_and(|token| token.text == "ago"))?;
    let first = around.tokens.get(at.checked_sub(4)?)?;
    let how = match (first.text, around.tokens.get(at.checked_sub(3)?)?.text) {
        ("more", "than") | ("at", "least") => "not within the last",
        ("less", "than") | ("at", "most") => "within the last",
        _ => return None,
    };
    let (number, unit) = (around.tokens.get(at.checked_sub(2)?)?, around.tokens.get(at.checked_sub(1)?)?);
    let span = around.site.span(first.start..around.tokens.get(at)?.end());
    changed(around, span, &format!("{how} {} {}", number.text, unit.text), false)
}

/// `1.000,50`, `10,5`
pub(super) fn decimal_comma(around: &Around<'_>) -> Option<Diagnostic> {
    let is_number = |at: usize| around.tokens.get(at).filter(|token| token.sort == Sort::Number);
    around.window(1, 1).find_map(|comma| {
        let (first, last) = (is_number(comma.checked_sub(1)?)?, is_number(comma.saturating_add(1))?);
        let at = around.tokens.get(comma).filter(|token| token.text == ",")?;
        if first.end() != at.start || at.end() != last.start {
            return None;
        }
        let span = around.site.span(first.start..last.end());
        let meant = format!("{}.{}", first.text.replace('.', ""), last.text);
        (around.leads(&[(span, meant.clone())]) > Leads::Nowhere).then(|| mistakes::number_decimal_comma(span, &meant))
    })
}

/// What is said otherwise, if it leads on: as a correction where it is sure, else to be chosen.
fn changed(around: &Around<'_>, span: Span, meant: &str, is_sure: bool) -> Option<Diagnostic> {
    let change = Vec::from([(span, meant.to_string())]);
    let words = around.site.words(span);
    (words != meant && around.leads(&change) > Leads::Nowhere).then(|| mistakes::written_as(span, words, meant, is_sure))
}
