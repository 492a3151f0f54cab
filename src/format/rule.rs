//! Rules of every verb, with their heads, clauses and duties.

use super::page::Item;
use super::writer::{Writer, is_claimed};
use crate::source::Span;
use crate::tree::{Duty, DutyClause, Exception, Expr, Head, Name, Otherwise, Rule, Things, Verb, Verbs};

impl<'t> Writer<'t> {
    pub(super) fn rule(&mut self, rule: &'t Rule) {
        self.put(Item::Open);
        match rule.verb {
            Verb::Allow => self.word("allow "),
            Verb::Never => self.word("never "),
            Verb::OnlyIf | Verb::Requires | Verb::Must | Verb::Should => {}
        }
        self.head(&rule.head);
        match rule.verb {
            Verb::Allow | Verb::Never => {}
            Verb::OnlyIf => self.word(" only if"),
            Verb::Requires => self.word(" requires"),
            Verb::Must => self.word(" must "),
            Verb::Should => self.word(" should "),
        }
        if let Some(condition) = &rule.condition {
            self.put(Item::Open);
            self.below(condition);
            self.put(Item::Close);
        }
        if let Some(duty) = &rule.duty {
            self.put(Item::In);
            self.duty(duty);
            self.put(Item::Out);
        }
        for (word, condition) in [("if ", &rule.when), ("unless ", &rule.unless)] {
            if let Some(condition) = condition {
                self.guard(word, condition);
            }
        }
        self.put(Item::Close);
        self.clauses(rule);
    }

    /// `if C`, `unless C`: on a line of its own where the rule is broken, and each further part of C on another.
    pub(super) fn guard(&mut self, word: &'static str, condition: &'t Expr) {
        self.put(Item::In);
        self.place(Item::Blank, self.start(condition));
        self.word(word);
        self.joined_further_in(condition);
        self.put(Item::Out);
    }

    /// A condition that begins on the next line where it is broken.
    pub(super) fn below(&mut self, condition: &'t Expr) {
        self.put(Item::In);
        self.place(Item::Blank, self.start(condition));
        self.joined(condition);
        self.put(Item::Out);
    }

    fn clauses(&mut self, rule: &'t Rule) {
        self.put(Item::In);
        if let Some(because) = &rule.because {
            self.line(because.span);
            self.word("because ");
            self.texts(because.span);
        }
        for duty in &rule.duties {
            self.line(duty_span(&duty.duty));
            self.duty_clause(duty);
        }
        if let Some(otherwise) = &rule.otherwise {
            self.otherwise(otherwise);
        }
        self.put(Item::Out);
    }

    /// `otherwise`, its text, and its duties below it; the first duty goes on where there is no text.
    fn otherwise(&mut self, otherwise: &'t Otherwise) {
        self.line(otherwise.span);
        self.word("otherwise ");
        let mut duties = otherwise.duties.iter();
        match &otherwise.text {
            Some(text) => self.texts(text.span),
            None => duties.by_ref().take(1).for_each(|duty| self.duty_clause(duty)),
        }
        self.put(Item::In);
        for duty in duties {
            self.line(duty_span(&duty.duty));
            self.duty_clause(duty);
        }
        self.put(Item::Out);
    }

    pub(super) fn duty_clause(&mut self, clause: &'t DutyClause) {
        self.word(if clause.must { "and must " } else { "and should " });
        self.duty(&clause.duty);
    }

    fn duty(&mut self, duty: &'t Duty) {
        let (name, arguments) = match duty {
            Duty::Told(told) => return self.texts(told.span),
            Duty::Named { name, arguments } => (name, arguments),
        };
        self.put(Item::Open);
        self.name(name);
        self.put(Item::In);
        for (at, (key, value)) in arguments.iter().enumerate() {
            self.word(if at == 0 { " with" } else { "," });
            self.place(Item::Fill, key.span);
            self.name(key);
            self.word(": ");
            self.expr(value);
        }
        self.put(Item::Out);
        self.put(Item::Close);
    }

    // -------------------------------------------------------------- heads

    pub(super) fn head(&mut self, head: &'t Head) {
        // Further in than what follows the head.
        self.put(Item::In);
        self.comments_before(head.span.start);
        let to = match &head.verbs {
            Verbs::Named(verbs) => {
                self.either(verbs, false);
                false
            }
            Verbs::Anything(exception) => {
                self.word("do anything");
                if let Some(exception) = exception {
                    self.exception(exception);
                }
                true
            }
        };
        match &head.things {
            Things::Unnamed => {}
            Things::Named(_) | Things::Anything(_) => {
                self.word(if to { " to " } else { " " });
                self.things(&head.things);
            }
        }
        self.put(Item::Out);
    }

    fn exception(&mut self, exception: &'t Exception) {
        self.word(" except ");
        self.either(&exception.verbs, false);
        match &exception.things {
            Things::Unnamed => {}
            Things::Named(_) | Things::Anything(_) => {
                self.word(" ");
                self.things(&exception.things);
            }
        }
    }

    fn things(&mut self, things: &'t Things) {
        match things {
            Things::Unnamed => {}
            Things::Named(names) => {
                if let Some(first) = names.first().filter(|first| is_claimed(self.words(first.span))) {
                    self.article(first.span);
                }
                self.either(names, false);
            }
            Things::Anything(except) => {
                self.word("anything");
                if !except.is_empty() {
                    self.word(" except ");
                    self.either(except, false);
                }
            }
        }
    }

    /// Names with commas between them, as they follow `needing` and `involves`.
    pub(super) fn with_commas(&mut self, names: &'t [Name]) {
        self.put(Item::In);
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                self.word(",");
                self.place(Item::Fill, name.span);
            }
            self.name(name);
        }
        self.put(Item::Out);
    }
}

/// Where a duty begins.
pub(super) fn duty_span(duty: &Duty) -> Span {
    match duty {
        Duty::Named { name, .. } => name.span,
        Duty::Told(told) => told.span,
    }
}
