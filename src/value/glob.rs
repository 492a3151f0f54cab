//! Texts against patterns with `*` and `?`.

/// Whether the whole text fits the pattern, by code points, exactly and with regard to case.
///
/// `*` stands for any run of characters, none included and `/` too; `?` for one character; every
/// other character for itself. There is no escape.
///
/// The time is linear in both lengths, unless `?` stands between two `*`: then it is at most the
/// length of the text times the length of the longest such part. Nothing is allocated.
///
/// ```
/// use onlyif::value::matches;
///
/// assert!(matches("*.pdf", "a/report.pdf"));
/// assert!(matches("v?.*", "v2.10"));
/// assert!(!matches("*.pdf", "report.PDF"));
/// ```
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return after(pattern, text) == Some("");
    };
    let Some(mut text) = after(head, text) else {
        return false;
    };
    // Between two stars the first place that fits is as good as any: it leaves the most text.
    let tail = match rest.rsplit_once('*') {
        Some((middle, tail)) => {
            for part in middle.split('*') {
                match after_first(part, text) {
                    Some(rest) => text = rest,
                    None => return false,
                }
            }
            tail
        }
        None => rest,
    };
    // What follows the last star must fit the very end.
    match tail.chars().count().checked_sub(1) {
        None => true,
        Some(last) => {
            text.char_indices().nth_back(last).and_then(|(start, _)| text.get(start..)).is_some_and(|end| after(tail, end) == Some(""))
        }
    }
}

/// What follows in a text that begins as a part without stars asks.
fn after<'a>(part: &str, text: &'a str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in part.chars() {
        let found = rest.next()?;
        if wanted != '?' && wanted != found {
            return None;
        }
    }
    Some(rest.as_str())
}

/// What follows the first place where a part without stars fits.
fn after_first<'a>(part: &str, text: &'a str) -> Option<&'a str> {
    if !part.contains('?') {
        // The search of the standard library is linear for any text.
        return text.split_once(part).map(|(_, rest)| rest);
    }
    let mut rest = text.chars();
    loop {
        if let Some(found) = after(part, rest.as_str()) {
            return Some(found);
        }
        rest.next()?;
    }
}
