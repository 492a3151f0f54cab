//! What would change a decision, and what to ask next.

use crate::act::Outcome;
use crate::value::Value;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// The smallest sets of changes that lead to an outcome.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request};
/// let policy = Policy::new("allow sign-in if the age is at least 18")?;
/// let found = policy.decide(&Request::without_thing("sign-in").with("age", 12)).suggestions(Outcome::Allowed);
/// assert_eq!((found.wanted, found.complete), (Outcome::Allowed, true));
/// assert_eq!(found.list[0].to_string(), "age: 18 instead of 12");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Suggestions {
    /// The outcome that is wanted.
    pub wanted: Outcome,
    /// The sets, the easiest first: unknown facts supplied before known ones changed, then fewer changes, then smaller ones. Each
    /// was decided again, and none holds another.
    pub list: Vec<Suggestion>,
    /// Was everything tried, or did the search stop at a limit, or meet a condition for which it knows no values to try?
    pub complete: bool,
    /// Why the list stopped or is empty, in words; none where there is nothing to say.
    pub note: Option<String>,
    /// The ids of the rules that stand in the way whatever is changed, where nothing was found.
    pub blocked_by: Vec<String>,
}

/// Changes that together lead to the wanted outcome, and none of which can be left out.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request};
/// let policy = Policy::new("share expertise only if requester committed")?;
/// let found = policy.decide(&Request::new("share", "expertise")).suggestions(Outcome::Allowed);
/// assert_eq!(found.list[0].changes[0].path, "requester.committed");
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The changes, in the order of the rules that read the facts.
    pub changes: Vec<Change>,
}

/// A fact, and the value to give it.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request, Value};
/// let policy = Policy::new("never post if the length is more than 280\nallow post")?;
/// let found = policy.decide(&Request::without_thing("post").with("length", 300)).suggestions(Outcome::Allowed);
/// let change = &found.list[0].changes[0];
/// assert_eq!((&change.from, &change.to), (&Some(Value::from(300)), &Value::from(280)));
/// assert_eq!(change.keys, ["length"]);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// The fact, as rules write it.
    pub path: String,
    /// The keys that lead to it in a request: what [`Request::set_path`](crate::Request::set_path) takes.
    pub keys: Vec<String>,
    /// What it is now; none where the request does not say.
    pub from: Option<Value>,
    /// What to make of it.
    pub to: Value,
    /// Is any other value that no rule asks for as good as this one?
    pub any_other: bool,
}

/// Which answers to what is not known lead where.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// use onlyif::{Outcome, Policy, Request};
/// let policy = Policy::new("share expertise only if requester committed")?;
/// let leads = policy.decide(&Request::new("share", "expertise")).leads();
/// assert_eq!(leads[1].to_string(), "requester.committed: no");
/// assert_eq!(leads[1].outcome, Outcome::Denied);
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lead {
    /// The answers.
    pub answers: Suggestion,
    /// What they decide.
    pub outcome: Outcome,
}

/// A fact to ask for.
///
/// ```
/// # #[cfg(feature = "compile")] {
/// let policy = onlyif::Policy::new("share expertise only if requester committed")?;
/// let question = policy.decide(&onlyif::Request::new("share", "expertise")).next_question().expect("it is not known yet");
/// assert_eq!((question.path.as_str(), question.fact_type.as_str()), ("requester.committed", "yes/no"));
/// # }
/// # Ok::<(), onlyif::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// The fact, as rules write it.
    pub path: String,
    /// The keys that lead to it in a request: what [`Request::set_path`](crate::Request::set_path) takes.
    pub keys: Vec<String>,
    /// Its type, in the words of the language.
    pub fact_type: String,
    /// The sentences that hang on it, as their author wrote them.
    pub conditions: Vec<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(lies) = self.lies_in() {
            return f.write_str(&lies);
        }
        let path = crate::diagnostic::escape(&self.path);
        let from = match &self.from {
            Some(Value::List(from)) => Some(from.as_slice()),
            // Nothing is in it yet as far as anybody knows.
            Some(_) | None => self.any_other.then_some(&[][..]),
        };
        if let (Some(from), Value::List(to)) = (from, &self.to) {
            let mended = mended(&path, from, to);
            let kept: Vec<Value> = from
                .iter()
                .enumerate()
                .map(|(at, item)| if mended.is_empty() { item } else { to.get(at).unwrap_or(item) })
                .cloned()
                .collect();
            let rest = (mended.is_empty() || kept.as_slice() != to).then(|| format!("{path}: {}", of_list(&kept, to, self.any_other)));
            return f.write_str(&listed(&mended.into_iter().chain(rest).collect::<Vec<String>>()));
        }
        match (&self.from, self.any_other) {
            (Some(Value::None) | None, true) => write!(f, "{path}: any value that no rule asks for"),
            (Some(from), true) => write!(f, "{path}: any value that no rule asks for, instead of {from}"),
            (Some(from), false) => write!(f, "{path}: {} instead of {from}", self.to),
            (None, false) => write!(f, "{path}: {}", self.to),
        }
    }
}

impl Change {
    /// In words, what a thing is put into and taken out of; none where something else is changed.
    fn lies_in(&self) -> Option<String> {
        let whose = self.path.strip_suffix(".in")?;
        let Value::List(to) = &self.to else { return None };
        let whose = match self.keys.as_slice() {
            [table, row, _] if table == "entities" => thing(&Value::from(row.as_str())),
            _ => crate::diagnostic::escape(whose),
        };
        let things = |items: &[&Value]| listed(&items.iter().map(|item| thing(item)).collect::<Vec<String>>());
        let Some(Value::List(from)) = &self.from else {
            let all: Vec<&Value> = to.iter().collect();
            return Some(if all.is_empty() { format!("{whose} lies in nothing") } else { format!("{whose} lies in {}", things(&all)) });
        };
        let (joined, left) = (beyond(to, from), beyond(from, to));
        let joins = (!joined.is_empty()).then(|| format!("put into {}", things(&joined)));
        let leaves = (!left.is_empty()).then(|| format!("taken out of {}", things(&left)));
        Some(format!("{whose} {}", listed(&joins.into_iter().chain(leaves).collect::<Vec<String>>())))
    }
}

/// `kind:id` in words: `team "core"`.
fn thing(row: &Value) -> String {
    if let Value::Text(text) = row
        && let Some((kind, id)) = text.split_once(':')
    {
        return format!("{} {}", crate::diagnostic::escape(kind), Value::from(id));
    }
    row.to_string()
}

/// `a`, `b` and `c`.
fn listed(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// How many elements are named; of more, how many there are.
const NAMED: usize = 3;

/// What of a list becomes another one, in words.
fn of_list(from: &[Value], to: &[Value], any_other: bool) -> String {
    let (added, left_out) = (beyond(to, from), beyond(from, to));
    match (added.is_empty(), left_out.is_empty()) {
        (true, true) => String::from("the same elements"),
        (false, true) if any_other => format!("with {}", others(&added)),
        (false, true) => format!("with {}", elements(&added, "more")),
        (true, false) if to.is_empty() && from.len() > 1 => String::from("without any element"),
        (true, false) => format!("without {}", elements(&left_out, "of its elements")),
        (false, false) => format!("with {}, without {}", elements(&added, "more"), elements(&left_out, "of its elements")),
    }
}

/// The fields that are changed in elements that stay where they are; none where elements are taken out.
fn mended(path: &str, from: &[Value], to: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, pair) in from.iter().zip(to).enumerate().filter(|(_, (one, other))| one != other) {
        let (Value::Record(one), Value::Record(other)) = pair else { return Vec::new() };
        if from.len() > to.len() || one.get("id") != other.get("id") {
            return Vec::new();
        }
        for (key, value) in other.iter().filter(|(key, value)| one.get(key) != Some(value)) {
            let before = one.get(key).map_or_else(String::new, |before| format!(" instead of {before}"));
            found.push(format!("{path}[{at}].{}: {value}{before}", crate::diagnostic::escape(key)));
        }
    }
    found
}

/// The elements of a list that another has not, each as often as it has it more.
fn beyond<'v>(list: &'v [Value], other: &[Value]) -> Vec<&'v Value> {
    let mut rest: Vec<&Value> = other.iter().collect();
    let is_more = |item: &&Value| match rest.iter().position(|other| other == item) {
        Some(at) => {
            rest.remove(at);
            false
        }
        None => true,
    };
    list.iter().filter(is_more).collect()
}

/// Elements of which it does not matter which they are, by what has to be so of them.
fn others(items: &[&Value]) -> String {
    let how_many = if items.len() == 1 { String::from("one more") } else { format!("{} more", items.len()) };
    let Some(Value::Record(one)) = items.first() else { return how_many };
    let members: Vec<String> = one.iter().filter(|(key, _)| *key != "id").map(|(key, value)| format!("{key}: {value}")).collect();
    if members.is_empty() { how_many } else { format!("{how_many} ({})", members.join(", ")) }
}

/// Elements by their values, the same ones once; of many the number.
fn elements(items: &[&Value], more: &str) -> String {
    let mut known: Vec<(&Value, usize)> = Vec::new();
    for item in items {
        match known.iter_mut().find(|(other, _)| other == item) {
            Some((_, times)) => *times = times.saturating_add(1),
            None => known.push((item, 1)),
        }
    }
    if known.len() > NAMED {
        return format!("{} {more}", items.len());
    }
    let named: Vec<String> =
        known.iter().map(|(item, times)| if *times > 1 { format!("{times} times {item}") } else { item.to_string() }).collect();
    listed(&named)
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes: Vec<String> = self.changes.iter().map(ToString::to_string).collect();
        f.write_str(&listed(&changes))
    }
}

impl fmt::Display for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.answers.fmt(f)
    }
}
