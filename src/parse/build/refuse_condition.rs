//! What is refused in conditions: signs and phrases of other languages.

use super::{Builder, next_is};
use crate::parse::grammar::{Pair, Pairs, Part, take};
use crate::parse::mistakes;
use crate::parse::understand::signs_in_words;
use crate::source::Span;
use crate::tree::{Expr, Form, Node, Path, Quantifier};
use crate::value::Value;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl<'t> Builder<'_, 't> {
    /// Reports `&&` and the like; whether `and` is meant.
    #[cold]
    pub(super) fn refuse_connective(&mut self, pair: &Pair<'t>) -> bool {
        let and = matches!(pair.as_str(), "&&" | "&" | "AND" | "And");
        let at = self.span(pair);
        self.report(mistakes::logic_symbol(at, pair.as_str(), if and { "and" } else { "or" }));
        and
    }

    /// `and` beside `or`: both readings are shown, each with its parentheses.
    #[cold]
    pub(super) fn refuse_mixed(&mut self, terms: &[Span], words: &[(bool, Span)], other: usize) {
        let shown = |at: usize| words.get(at).map(|word| (word.1, if word.0 { "and" } else { "or" }));
        let (Some(first), Some(second)) = (shown(other.saturating_sub(1)), shown(other)) else { return };
        let readings = [self.grouped(terms, words, false), self.grouped(terms, words, true)];
        self.report(mistakes::mixed_and_or(first, second, readings));
    }

    /// The condition with parentheses around every run of terms that `and` (or `or`) joins, and the insertions that make it.
    fn grouped(&self, terms: &[Span], words: &[(bool, Span)], and: bool) -> (String, Vec<(Span, String)>) {
        let joins = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.0 == and);
        let mut text = String::new();
        let mut edits = Vec::new();
        for (at, term) in terms.iter().enumerate() {
            let (before, after) = (joins(at.checked_sub(1)), joins(Some(at)));
            if after && !before {
                text.push('(');
                edits.push((term.before(), "(".into()));
            }
            // What else is wrong in it has a message of its own.
            text.push_str(&signs_in_words(self.site.words(*term)));
            if before && !after {
                text.push(')');
                edits.push((term.after(), ")".into()));
            }
            if let Some(word) = words.get(at) {
                text.push_str(if word.0 { " and " } else { " or " });
            }
        }
        (text, edits)
    }

    /// `user is not editor or the admin`
    pub(super) fn check_readings(&mut self, before: &Expr, word: &(bool, Span), fact: &Expr) {
        let Node::Sentence(sentence) = &before.node else { return };
        let is_bare = matches!(&fact.node, Node::Path { the: true, path } if path.fields.is_empty());
        if !sentence.negated || !is_bare || !matches!(sentence.form, Form::Equal(_) | Form::Word { .. }) {
            return;
        }
        let shown = |span: Span| self.site.words(span);
        let not = sentence.subject.span.after().to(before.span.after());
        let joined = if word.0 { "and" } else { "or" };
        let at = word.1.to(fact.span);
        self.report(mistakes::two_readings(at, joined, (shown(fact.span), fact.span), shown(sentence.subject.span), not));
    }

    /// `!x`, `NOT x`
    #[cold]
    pub(super) fn refuse_not(&mut self, pair: &Pair<'t>) {
        let at = self.span(pair);
        let end = pair.as_span().end();
        let glued = self.site.code.get(end..).is_some_and(|rest| !rest.starts_with([' ', '\t', '\r', '\n']));
        self.report(mistakes::not_symbol(at, pair.as_str(), glued));
    }

    /// `more than 2 tags in …`
    #[cold]
    pub(super) fn refuse_count(&mut self, pair: &Pair<'t>, number: Expr) -> Quantifier {
        let at = self.span(pair);
        let more = pair.as_str().starts_with("more");
        let whole = if let Node::Literal { value: Value::Number(number), .. } = &number.node { number.to_i64() } else { None };
        let shifted = whole.and_then(|whole| if more { whole.checked_add(1) } else { whole.checked_sub(1) }).filter(|&count| count >= 0);
        let word = if more { "at least" } else { "at most" };
        let replaced = at.to(number.span);
        let diagnostic = match shifted {
            Some(count) => {
                let meant = format!("{word} {count}");
                mistakes::other_quantifier(at, self.site.words(replaced), &meant, Vec::from([(replaced, meant.clone())]))
            }
            None => mistakes::other_phrase(at, pair.as_str(), None, "count with `at least`, `at most` or `exactly`", Vec::new()),
        };
        self.report(diagnostic);
        if more { Quantifier::AtLeast(number) } else { Quantifier::AtMost(number) }
    }

    /// `some`, `all`, `for each`
    #[cold]
    pub(super) fn refuse_quantifier(&mut self, pair: &Pair<'t>) -> Quantifier {
        let at = self.span(pair);
        let any = pair.as_str().ends_with("some") || pair.as_str().ends_with("any");
        let meant = if any { "any" } else { "every" };
        self.report(mistakes::other_quantifier(at, pair.as_str(), meant, Vec::from([(at, meant.into())])));
        if any { Quantifier::Any } else { Quantifier::Every }
    }

    /// `role in L`, `age at least 5`
    #[cold]
    pub(super) fn refuse_missing_is(&mut self, tail: Span) {
        self.report(mistakes::is_missing(tail, self.site.words(tail)));
    }

    /// `doctor is treating patient`
    #[cold]
    pub(super) fn refuse_object(&mut self, path: &Path) {
        self.report(mistakes::the_missing(path.span, self.site.words(path.span)));
    }

    /// `is one of NAME`
    #[cold]
    pub(super) fn refuse_one_of(&mut self, pair: &Pair<'t>, value: Span) {
        let at = self.span(pair);
        let rest = self.site.code.get(self.site.range(value).end..).unwrap_or("").trim_start();
        if self.site.words(value).contains(',') {
            // A list in parentheses, which is told of by itself.
            return;
        }
        let is_listed = rest.starts_with("or ") || rest.starts_with(',');
        let help = "`one of` is followed by a list that is written out; write `in` for a list with a name";
        self.report(mistakes::other_phrase(
            at,
            self.site.words(at),
            Some("in"),
            help,
            if is_listed { Vec::new() } else { Vec::from([(at, "in".into())]) },
        ));
    }

    /// `is within 90 days`
    #[cold]
    pub(super) fn refuse_within(&mut self, pair: &Pair<'t>) {
        let at = self.span(pair);
        let help = "write `within the last …` or `within the next …`";
        let offered = ["within the last", "within the next"];
        let report = mistakes::other_phrase(at, "within", None, help, Vec::new());
        let offer = |report: crate::diagnostic::Diagnostic, meant: &str| {
            report.suggestion(format!("write `{meant}`"), Vec::from([(at, meant.into())]))
        };
        self.report(offered.into_iter().fold(report, offer));
    }

    /// `are` of one subject.
    #[cold]
    pub(super) fn refuse_plural(&mut self, at: Span, word: &str, singular: &str) {
        self.report(mistakes::are_for_is(at, word, singular));
    }

    /// `user.role == admin`
    #[cold]
    pub(super) fn refuse_equals_word(&mut self, pair: &Pair<'t>, word: Span) {
        let meant = if matches!(pair.as_str(), "!=" | "!==" | "<>") { "is not" } else { "is" };
        let at = self.span(pair);
        let spaced = self.site.spaced(at, meant);
        self.report(mistakes::equals_word(at, pair.as_str(), (meant, spaced), (self.site.words(word), word)));
    }

    /// Reports `==` and its kin; the sign of the language that is meant.
    #[cold]
    pub(super) fn refuse_equals(&mut self, pair: &Pair<'t>) -> &'static str {
        let (meant, sign) = match pair.as_str() {
            "!=" | "!==" | "<>" => ("is not", "≠"),
            "=>" => ("is at least", "≥"),
            "=<" => ("is at most", "≤"),
            _ => ("is", "="),
        };
        let at = self.span(pair);
        let spaced = self.site.spaced(at, meant);
        self.report(mistakes::equals_sign(at, pair.as_str(), meant, spaced));
        sign
    }

    /// `greater than 5`, `exists`, `null`: the phrase that the next pairs are, and the value after it.
    /// `bare` says that no `is` stands before it.
    #[cold]
    pub(super) fn refuse_phrase(&mut self, inner: &mut Pairs<'t>, subject: &Expr, tail: Span, bare: bool) -> Option<Form> {
        let stop = take(inner, Part::pred_stop)?;
        let mut at = self.span(&stop);
        let mut then = None;
        while let Some(glue) = take(inner, Part::bad_glue) {
            let span = self.span(&glue);
            at = at.to(span);
            if glue.as_str() == "then" {
                then = Some(span);
            }
        }
        let value = if inner.peek().is_some() && !next_is(inner, &[Part::ignoring_case]) { Some(self.sum(inner)?) } else { None };
        let words: Vec<&str> = self.site.words(at).split_ascii_whitespace().collect();
        let words = words.join(" ");
        let report = match then {
            Some(span) if matches!(words.as_str(), "more then" | "less then") => mistakes::then_for_than(span),
            _ => self.phrase_for(&words, at, subject, tail, value.as_ref().map(|value| value.span), bare),
        };
        self.report(report);
        Some(value.map_or(Form::Empty, Form::Equal))
    }

    /// The diagnostic for a phrase; `bare` says that the sentence has no `is` before it.
    fn phrase_for(
        &self,
        words: &str,
        at: Span,
        subject: &Expr,
        tail: Span,
        value: Option<Span>,
        bare: bool,
    ) -> crate::diagnostic::Diagnostic {
        let replaced = |meant: &str| Vec::from([(at, String::from(meant))]);
        let said = |meant: &str| {
            let full = if bare { format!("is {meant}") } else { meant.to_string() };
            mistakes::other_phrase(at, words, Some(&full), &format!("write `{full}`"), replaced(&full))
        };
        match (words, value) {
            ("greater than" | "greater then" | "greater" | "more" | "above" | "over" | "above than", Some(_)) => said("more than"),
            ("less" | "below", Some(_)) => said("less than"),
            ("greater than or equal to" | "greater than or equal" | "more than or equal to", Some(_)) => said("at least"),
            ("equal to" | "equal" | "equals" | "equals to" | "exactly", Some(value)) => {
                // After `is` a bare word would be a description.
                let change = if self.site.words(value).bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
                    && self.site.words(value).starts_with(|c: char| c.is_ascii_alphabetic())
                {
                    Vec::new()
                } else if bare {
                    replaced("is")
                } else {
                    Vec::from([(at.to(value.before()), String::new())])
                };
                mistakes::other_phrase(at, words, Some("is"), "write `is`, and the value after it", change)
            }
            ("includes", Some(_)) if bare => mistakes::other_phrase(at, words, Some("contains"), "write `contains`", replaced("contains")),
            ("null" | "Null" | "NULL" | "nil", None) => said("none"),
            ("undefined" | "missing", None) => {
                let help =
                    "write `is none` for what is known to be absent; what is merely missing makes the decision undetermined by itself";
                mistakes::other_phrase(at, words, None, help, Vec::new())
            }
            ("true" | "True" | "TRUE", None) => said("yes"),
            ("false" | "False" | "FALSE", None) => said("no"),
            // It may be the author's own word, so nothing is changed unasked.
            ("present" | "defined", None) => {
                let help = "write `user has boss` to ask whether there is one: the owner, `has`, and the field; a yes/no of your own needs another word";
                mistakes::other_phrase(at, words, None, help, Vec::new())
            }
            ("exists" | "exist", None) => {
                let change = self.presence(subject, tail, "has");
                mistakes::other_phrase(at, words, Some("has"), "write `user has boss`: the owner, `has`, and the field", change)
            }
            ("known" | "unknown", _) => {
                let help = "whether a fact is known cannot be asked: what is missing makes the decision undetermined; `is none` asks for known absence";
                mistakes::other_phrase(at, words, None, help, Vec::new())
            }
            _ => {
                let help = "say it with `is`, `is more than`, `is at least`, `is before`, `is one of [..]`, `is in`, `contains` or `has`";
                mistakes::other_phrase(at, words, None, help, Vec::new())
            }
        }
    }

    /// The edits that make `X has F` of a sentence about `X.F`.
    fn presence(&self, subject: &Expr, tail: Span, has: &str) -> Vec<(Span, String)> {
        let Node::Path { path, .. } = &subject.node else { return Vec::new() };
        let Some(last) = path.fields.last() else { return Vec::new() };
        let owner = path.fields.iter().rev().nth(1).unwrap_or(&path.root);
        let field = self.site.words(last.span);
        Vec::from([(owner.span.after().to(tail), format!(" {has} {field}"))])
    }

    /// `does not have F`, `does not equal V`
    #[cold]
    pub(super) fn refuse_does(&mut self, pair: Pair<'t>, subject: &Expr) -> Option<Form> {
        let whole = self.span(&pair);
        let mut inner = pair.into_inner().peekable();
        let does = take(&mut inner, Part::does_not)?;
        let verb = take(&mut inner, Part::attr)?;
        let at = self.span(&does).to(self.span(&verb));
        let value = if inner.peek().is_some() { Some(self.sum(&mut inner)?) } else { None };
        let words = self.site.words(at);
        let meant = match (verb.as_str(), value.is_some()) {
            ("have", true) => Some("has no"),
            ("equal" | "be", true) => Some("is not"),
            ("include" | "contains" | "have-value" | "includes", true) => Some("does not contain"),
            ("starts", true) => Some("does not start"),
            ("ends", true) => Some("does not end"),
            ("matches", true) => Some("does not match"),
            ("exist", false) => {
                let change = self.presence(subject, whole, "has no");
                self.report(mistakes::other_phrase(
                    at,
                    words,
                    Some("has no"),
                    "write `user has no boss`: the owner, `has no`, and the field",
                    change,
                ));
                return Some(Form::Empty);
            }
            _ => None,
        };
        let help =
            meant.map_or_else(|| "write `is not`, `has no`, `does not contain` or `not (…)`".into(), |meant| format!("write `{meant}`"));
        let change = meant.map(|meant| (at, meant.to_string())).into_iter().collect();
        self.report(mistakes::other_phrase(at, words, meant, &help, change));
        Some(value.map_or(Form::Empty, Form::Equal))
    }

    /// `contains any of [..]`
    #[cold]
    pub(super) fn refuse_any_of(&mut self, verb: &Pair<'t>, pair: Pair<'t>, subject: &Expr) -> Option<Form> {
        let verb = self.span(verb);
        let whole = self.span(&pair);
        let mut inner = pair.into_inner().peekable();
        let words = take(&mut inner, Part::k_any_of)?;
        let at = verb.to(self.span(&words));
        let value = self.sum(&mut inner)?;
        let list = self.site.words(value.span);
        let owner = self.site.words(subject.span);
        let element = element_name(owner);
        let quantifier = match words.as_str().split_ascii_whitespace().next() {
            Some("any" | "one" | "either") => "any",
            Some("none") => "no",
            _ => {
                let help = format!("write a sentence for each: `{owner} contains … and {owner} contains …`");
                self.report(mistakes::other_phrase(at, self.site.words(at), None, &help, Vec::new()));
                return Some(Form::Contains(value));
            }
        };
        let relation = if matches!(value.node, Node::List(_)) { "is one of" } else { "is in" };
        let meant = format!("{quantifier} {element} in {owner} {relation} {list}");
        let change = Vec::from([(subject.span.to(whole), meant.clone())]);
        self.report(mistakes::other_quantifier(at, self.site.words(at), &meant, change));
        Some(Form::Contains(value))
    }
}

/// A name for an element of a list: `tag` for `document.tags`.
fn element_name(list: &str) -> &str {
    let last = list.rsplit('.').next().unwrap_or(list);
    let singular = last.strip_suffix('s').unwrap_or("element");
    let plain = singular.len() > 2 && singular.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if plain { singular } else { "element" }
}
