//! Tests of two texts: parts, patterns, file paths, host names.

use super::compare::clash;
use super::read::{Got, Item};
use super::says::nothing;
use super::truth::{Notes, Truth};
use onlyif::Value;
use onlyif::machinery::program::{Letters, TextTest};

pub fn texts(test: TextTest, left: &Got, right: &Got, letters: Letters) -> Truth {
    let notes = nothing(left.notes().and(right.notes()), [left, right]);
    let (Got::Known(one), Got::Known(other)) = (left, right) else { return Truth::Unknown(notes) };
    let (Value::Text(text), Value::Text(part)) = (&one.value, &other.value) else { return clash(one, other) };
    let chars = |text: &str| if letters == Letters::IgnoringCase { fold(text) } else { text.chars().collect() };
    let (long, short) = (chars(text), chars(part));
    match test {
        TextTest::Contains => Truth::of(short.is_empty() || long.windows(short.len()).any(|window| window == short)),
        TextTest::StartsWith => Truth::of(long.starts_with(&short)),
        TextTest::EndsWith => Truth::of(long.ends_with(&short)),
        TextTest::Matches => Truth::of(matches(&short, &long)),
        TextTest::Under => under(one, other, text, part),
        TextTest::UnderDomain => under_domain(one, other, text, part),
    }
}

fn matches(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|from| matches(rest, &text[from..])),
        Some((wanted, rest)) => {
            text.split_first().is_some_and(|(first, others)| (*wanted == '?' || wanted == first) && matches(rest, others))
        }
    }
}

fn under(one: &Item, other: &Item, path: &str, base: &str) -> Truth {
    let segments = |path: &str| -> Option<Vec<String>> {
        let below = path.strip_prefix('/').unwrap_or(path);
        if path == "/" {
            return Some(Vec::new());
        }
        let parts: Vec<String> = below.strip_suffix('/').unwrap_or(below).split('/').map(str::to_owned).collect();
        let clear = |part: &String| !["", ".", ".."].contains(&part.as_str()) && !part.contains(['\\', '%', '\0']);
        if parts.iter().all(clear) { Some(parts) } else { None }
    };
    let bad = |item: &Item, parts: &Option<Vec<String>>| if parts.is_none() { Notes::problem(&item.path, "D11") } else { Notes::default() };
    let (parts, bases) = (segments(path), segments(base));
    match (&parts, &bases) {
        (Some(_), Some(_)) if path.starts_with('/') != base.starts_with('/') => Truth::Unknown(Notes::problem(&one.path, "D11")),
        (Some(parts), Some(bases)) => Truth::of(parts.starts_with(bases)),
        _ => Truth::Unknown(bad(one, &parts).and(bad(other, &bases))),
    }
}

fn under_domain(one: &Item, other: &Item, host: &str, domain: &str) -> Truth {
    let is_host = |name: &str| {
        let label = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        name.split('.').all(label) && name.parse::<std::net::IpAddr>().is_err()
    };
    let bad = |item: &Item, name: &str| if is_host(name) { Notes::default() } else { Notes::problem(&item.path, "D11") };
    let notes = bad(one, host).and(bad(other, domain));
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    if notes.is_empty() { Truth::of(host == domain || host.ends_with(&format!(".{domain}"))) } else { Truth::Unknown(notes) }
}

pub fn fold(text: &str) -> Vec<char> {
    text.chars().map(onlyif::value::fold).collect()
}
