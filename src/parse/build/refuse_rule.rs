//! What is refused in the shape of a rule: other verbs, words too many, conditions and clauses that cannot stand there.

use super::Builder;
use crate::parse::grammar::Pair;
use crate::parse::mistakes;
use crate::parse::understand::opening_word;
use crate::source::Span;
use crate::tree::{Expr, Rule, Things, Verb, Verbs};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Words after a head that are no verbs, what is meant, and whether it stands in the same place.
const FOLLOWING: [(&str, &str, bool); 17] = [
    ("needs", "requires", true),
    ("need", "requires", true),
    ("demands", "requires", true),
    ("require", "requires", true),
    ("required", "requires", true),
    ("wants", "requires", true),
    ("shall", "must", true),
    ("ought", "should", true),
    ("may", "allow", false),
    ("can", "allow", false),
    ("might", "allow", false),
    ("will", "allow", false),
    ("allowed", "allow", false),
    ("permitted", "allow", false),
    ("cannot", "never", false),
    ("can't", "never", false),
    ("forbidden", "never", false),
];

/// Words that begin what no head has.
const PREPOSITIONS: [&str; 20] = [
    "with", "to", "for", "from", "by", "of", "on", "at", "into", "as", "under", "within", "upon", "without", "during", "after", "before",
    "until", "via", "through",
];

/// Words that may follow a head, and are long enough that a slip shows.
const FOLLOWERS: [&str; 6] = ["unless", "requires", "because", "otherwise", "must", "should"];

/// The word that a mistyped one behind a head was meant to be.
fn mistyped(word: &str) -> Option<&'static str> {
    let near = |meant: &&&str| *meant != &word && strsim::osa_distance(meant, word) <= meant.len().div_ceil(5);
    FOLLOWERS.iter().find(near).copied()
}

impl<'t> Builder<'_, 't> {
    /// Words after the head that no head has; `rule` is what could be read besides.
    #[cold]
    pub(super) fn refuse_head(&mut self, bad: &Pair<'t>, rule: &Rule) {
        let at = self.span(bad);
        let words = self.site.words(at);
        let first = words.split([' ', '\t', '\n', '\r']).next().unwrap_or("");
        let first_span = self.keyword(bad, first.len());
        if self.refuse_opening(rule) || self.refuse_modal(rule) || self.refuse_preposition(rule, at) {
            return;
        }
        let small = first.to_ascii_lowercase();
        if small == "onlyif" || small == "only-if" {
            self.report(mistakes::only_if_joined(first_span, first));
        } else if let Some(&(_, meant, in_place)) = FOLLOWING.iter().find(|entry| entry.0 == small) {
            self.refuse_following(first, first_span, meant, in_place, rule);
        } else if let Some(length) = condition_words(words) {
            let at = self.keyword(bad, length);
            self.report(mistakes::phrase(at, self.site.words(at), "if"));
        } else if let Some(meant) = mistyped(&small) {
            self.report(mistakes::phrase(first_span, first, meant));
        } else if PREPOSITIONS.contains(&first) {
            self.report(mistakes::head_too_long(at, words));
        } else if rule.verb_span == at {
            let head = self.site.words(rule.head.span);
            self.report(mistakes::verb_and_if_missing(at, words, rule.head.span, head));
        } else if let Some(what) = self.described(rule, words) {
            self.report(mistakes::described_in_head(at, what, words, rule.verb_span.to(at)));
        } else if rule.condition.is_none() && rule.when.is_none() && rule.unless.is_none() {
            self.report(mistakes::if_missing(at, words));
        } else {
            self.report(mistakes::head_too_long(at, words));
        }
    }

    /// `allow edit public document`: what the head says of the thing behind it.
    fn described(&self, rule: &Rule, words: &str) -> Option<(String, &'t str, &'t str)> {
        let Things::Named(things) = &rule.head.things else { return None };
        let Verbs::Named(verbs) = &rule.head.verbs else { return None };
        let is_plain = matches!(rule.verb, Verb::Allow | Verb::Never) && rule.when.is_none() && rule.unless.is_none();
        let is_name = words.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        match (verbs.as_slice(), things.as_slice()) {
            ([_, ..], [one]) if is_plain && is_name => {
                let verbs = verbs.first()?.span.to(verbs.last()?.span);
                Some((one.text.clone(), rule.verb.as_str(), self.site.words(verbs)))
            }
            _ => None,
        }
    }

    fn refuse_following(&mut self, word: &str, at: Span, meant: &str, in_place: bool, rule: &Rule) {
        let head = self.site.words(rule.head.span);
        let help = match meant {
            "requires" => format!("write `{head} requires …`"),
            "must" | "should" => format!("write `{head} {meant} …` and the duty"),
            _ => format!("write `{meant} {head} if …`"),
        };
        self.report(mistakes::other_verb(at, word, &help, in_place.then_some((at, meant))));
    }

    /// `permit read document …`: the first word is a verb of another language.
    fn refuse_opening(&mut self, rule: &Rule) -> bool {
        let Verbs::Named(verbs) = &rule.head.verbs else { return false };
        let Some(first) = verbs.first().filter(|_| rule.verb == Verb::OnlyIf) else { return false };
        let Some((meant @ ("allow" | "never"), _)) = opening_word(&first.text) else { return false };
        let help = format!("write `{meant}`");
        self.report(mistakes::other_verb(first.span, &first.text, &help, Some((first.span, meant))));
        true
    }

    /// `editors can read document`: the second word is a verb of another language.
    fn refuse_modal(&mut self, rule: &Rule) -> bool {
        let Things::Named(things) = &rule.head.things else { return false };
        let modal = things.iter().find_map(|thing| {
            FOLLOWING.iter().find(|entry| !entry.2 && entry.0 == thing.text).map(|entry| (thing.span, thing.text.clone(), entry.1))
        });
        let Some((at, word, meant)) = modal else { return false };
        let help = format!("write `{meant} read document if …`, and who in the condition");
        self.report(mistakes::other_verb(at, &word, &help, None));
        true
    }

    /// `allow users to read documents`: a word of a longer sentence in the place of the thing.
    fn refuse_preposition(&mut self, rule: &Rule, rest: Span) -> bool {
        let Things::Named(things) = &rule.head.things else { return false };
        let Some(found) = things.iter().find(|thing| PREPOSITIONS.contains(&thing.text.as_str())) else { return false };
        let at = found.span.to(rest);
        self.report(mistakes::head_too_long(at, self.site.words(at)));
        true
    }

    /// A head with a plain `if` and no verb.
    #[cold]
    pub(super) fn refuse_plain_if(&mut self, rule: &Rule) {
        if self.refuse_opening(rule) {
            return;
        }
        let head = self.site.words(rule.head.span);
        self.report(mistakes::plain_if(rule.verb_span, rule.head.span, head));
    }

    /// A condition that is one too many, of another verb, or in another order.
    #[cold]
    pub(super) fn refuse_condition(&mut self, pair: Pair<'t>, rule: &mut Rule) -> Option<()> {
        let whole = self.span(&pair);
        let word = self.site.words(whole).split([' ', '\t', '\n', '\r', '(']).next().unwrap_or("");
        let at = self.keyword(&pair, word.len());
        let after_only = pair.clone().into_inner().next().filter(|inner| inner.as_rule() == crate::parse::grammar::Part::only_if_words);
        let at = after_only.map_or(at, |words| self.span(&words));
        let condition = self.condition_of(pair)?;
        let own = match (word, rule.verb) {
            ("only", Verb::Allow | Verb::Never) => {
                self.report(mistakes::allow_only_if(rule.verb, rule.verb_span, at, rule.head.span));
                return Some(());
            }
            ("only" | "if" | "unless", Verb::OnlyIf) => rule.condition.as_ref(),
            ("if", _) => rule.when.as_ref(),
            ("unless", _) => rule.unless.as_ref(),
            _ => {
                let other = if word == "only" { "only if" } else { word };
                self.report(mistakes::mixed_verbs(at, rule.verb, other));
                return Some(());
            }
        };
        match (own.map(|own| own.span), rule.verb) {
            (Some(own), Verb::OnlyIf) if word == "unless" => {
                let shown = (self.site.words(own), self.site.words(condition.span));
                self.report(mistakes::only_if_unless(at, shown.0, shown.1, joined(own, "or", condition.span)));
            }
            (Some(own), Verb::OnlyIf) => self.refuse_second(at, "only if", own, condition.span),
            (Some(own), _) => self.refuse_second(at, word, own, condition.span),
            (None, _) => {
                self.refuse_late_if(at, &condition, rule);
                rule.when = Some(Box::new(condition));
            }
        }
        Some(())
    }

    /// `unless D if C`
    fn refuse_late_if(&mut self, at: Span, condition: &Expr, rule: &Rule) {
        let unless = rule.unless.as_ref().map(|unless| unless.span).unwrap_or_default();
        let words = format!("if {} ", self.site.words(condition.span));
        let whole = at.to(condition.span);
        let moved = Vec::from([(self.before_word(unless, "unless"), words), (whole, String::new())]);
        self.report(mistakes::clause_order(whole, "if", "first `if …`, then `unless …`", moved));
    }

    /// A second condition, with both joined into one.
    fn refuse_second(&mut self, at: Span, word: &str, first: Span, second: Span) {
        let joint = if word == "unless" { "or" } else { "and" };
        let joined = format!("{word} ({} {joint} {})", self.site.words(first), self.site.words(second));
        self.report(mistakes::second_condition(at, word, first, &joined, self::joined(first, joint, second)));
    }

    /// The empty span before the keyword that stands before `condition`.
    fn before_word(&self, condition: Span, word: &str) -> Span {
        let end = (condition.start as usize).saturating_sub(self.site.lead);
        let start = self.site.code.get(..end).and_then(|before| before.rfind(word)).unwrap_or(end);
        self.site.span(start..start)
    }

    /// A definition with something else than one `if`.
    #[cold]
    pub(super) fn refuse_definition_condition(&mut self, pair: &Pair<'t>) {
        let whole = self.span(pair);
        let word = self.site.words(whole).split([' ', '\t', '\n', '\r']).next().unwrap_or("");
        let length = if word == "only" { pair.as_str().find("if").map_or(4, |at| at.saturating_add(2)) } else { word.len() };
        let at = self.keyword(pair, length);
        let shown = if word == "only" { "only if" } else { word };
        let help =
            if word == "unless" { "write `if not (…)`" } else { "write `if`: the word holds when the condition does, and else not" };
        self.report(mistakes::clause_not_for_verb(at, shown, "a definition", help, (word == "only").then_some("if")));
    }

    /// `and must` where the verb cannot have it.
    pub(super) fn check_duty_clause(&mut self, rule: &Rule, at: Span) {
        let help = match rule.verb {
            Verb::Requires => "write a `must` rule of its own, or `otherwise … and must …`",
            Verb::Must | Verb::Should => "write a rule of its own for the second duty",
            Verb::Allow | Verb::OnlyIf | Verb::Never => return,
        };
        let clause = if self.site.words(at).contains("should") { "and should" } else { "and must" };
        let verb = format!("`{}`", rule.verb.as_str());
        self.report(mistakes::clause_not_for_verb(at, clause, &verb, help, None));
    }

    /// `otherwise` where the verb cannot have it.
    pub(super) fn check_otherwise(&mut self, pair: &Pair<'t>, rule: &Rule) {
        let at = self.keyword(pair, "otherwise".len());
        if rule.otherwise.is_some() {
            self.report(mistakes::word_twice(at, "otherwise", None));
        } else if matches!(rule.verb, Verb::Must | Verb::Should) {
            let verb = format!("`{}`", rule.verb.as_str());
            self.report(mistakes::clause_not_for_verb(
                at,
                "otherwise",
                &verb,
                "a duty refuses nothing, so nothing is said when it does not hold",
                None,
            ));
        }
    }

    /// `otherwise` of `allow` and `never`, or one with nothing behind it.
    #[cold]
    pub(super) fn refuse_otherwise(&mut self, pair: &Pair<'t>, rule: &Rule) {
        let at = self.keyword(pair, "otherwise".len());
        if matches!(rule.verb, Verb::Allow | Verb::Never) {
            self.report(mistakes::otherwise_never_used(at, rule.verb));
        } else {
            self.report(mistakes::otherwise_empty(at));
        }
    }

    /// `then …` or `else …` after a rule.
    #[cold]
    pub(super) fn refuse_then(&mut self, pair: &Pair<'t>) {
        let written = pair.as_str();
        let at = self.keyword(pair, "then".len());
        let rest = written.get("then".len()..).unwrap_or("").trim();
        self.report(match (written.starts_with("then"), rest.starts_with('"')) {
            (true, _) => mistakes::then(at, rest),
            (false, true) => mistakes::else_with_text(at),
            (false, false) => mistakes::else_(at),
        });
    }

    /// Clauses that stand in another order than because, duties, otherwise.
    pub(super) fn check_order(&mut self, order: &[(u8, Span)]) {
        let wrong = order.windows(2).find_map(|pair| match pair {
            [before, after] if after.0 < before.0 => Some(after.1),
            _ => None,
        });
        let Some(at) = wrong else { return };
        let mut sorted = order.to_vec();
        sorted.sort_by_key(|clause| clause.0);
        let change = order.iter().zip(&sorted).filter(|(old, new)| old.1 != new.1);
        let change = change.map(|(old, new)| (old.1, self.site.words(new.1).to_string())).collect();
        let word = match self.site.words(at).split([' ', '\t', '\n', '\r']).next() {
            Some("and") => "and must",
            Some("otherwise") => "otherwise",
            _ => "because",
        };
        self.report(mistakes::clause_order(at, word, "`because …`, then `and must …`, then `otherwise …`", change));
    }

    /// `expect allow`
    #[cold]
    pub(super) fn refuse_outcome(&mut self, pair: &Pair<'t>) {
        let at = self.span(pair);
        let meant = match pair.as_str().to_ascii_lowercase().as_str() {
            "allow" | "allowed" | "yes" | "true" | "permit" | "permitted" | "granted" | "ok" => Some("allowed"),
            "deny" | "denied" | "no" | "false" | "never" | "refused" | "forbidden" | "refuse" => Some("denied"),
            "unknown" | "undecided" | "undetermined" | "indeterminate" | "undefined" => Some("undetermined"),
            _ => None,
        };
        self.report(mistakes::outcome_word(at, pair.as_str(), meant));
    }
}

/// The edits that make one condition of two.
fn joined(first: Span, joint: &str, second: Span) -> Vec<(Span, String)> {
    let between = first.after().to(second.before());
    Vec::from([(first.before(), "(".into()), (between, format!(" {joint} ")), (second.after(), ")".into())])
}

/// How long the words are that stand where `if` belongs.
fn condition_words(words: &str) -> Option<usize> {
    const WORDS: [&str; 11] = [
        "provided that",
        "provided",
        "providing",
        "whenever",
        "while",
        "assuming that",
        "assuming",
        "as long as",
        "in case",
        "given that",
        "iff",
    ];
    WORDS
        .iter()
        .find(|said| words.strip_prefix(**said).is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n'])))
        .map(|said| said.len())
}
