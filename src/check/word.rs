//! `requester committed`: what a word says of a subject.
//!
//! After a subject a word is exactly one of: a listed value of a choice, a definition for its kind, a yes/no field of its
//! kind, a constant or a variable. Two of these are an error that shows both; none is an error where the kind is declared,
//! and a yes/no field where it is not. All ways to say it (`requester committed`, `is`, `has`) give the same formula.

use super::condition::{below, is_fact};
use super::{Checker, messages};
use crate::program::{DefinitionId, Formula, FormulaNode, Path, Subject, Term, TermNode};
use crate::source::Span;
use crate::tree::{self, Expr, Glue, Name};
use crate::value::Value;
use crate::vocabulary::{KindId, Type};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// What a word may stand for.
enum Candidate {
    Listed,
    Defined,
    Field,
    Constant,
    Variable,
}

impl Candidate {
    fn describe(&self) -> &'static str {
        match self {
            Candidate::Listed => "a listed value",
            Candidate::Defined => "a definition",
            Candidate::Field => "a yes/no field",
            Candidate::Constant => "a constant",
            Candidate::Variable => "a variable",
        }
    }
}

impl<'t> Checker<'t> {
    /// `X W`, `X is W`, `X is a W`, each perhaps with `the Y` after it.
    pub(super) fn word(
        &mut self,
        subject: &'t Expr,
        glue: Glue,
        word: &'t Name,
        object: Option<&'t tree::Path>,
        span: Span,
    ) -> Option<Formula> {
        let subject = self.subject(subject)?;
        if let Some(object) = object {
            let object = self.path(object, true)?;
            return self.relation(subject, word, object, span);
        }
        if let Some(&kind) = self.names.kinds.get(&word.text).filter(|_| glue == Glue::IsA)
            && self.program.vocabulary.kind(kind).is_some_and(|kind| kind.declared)
            && !self.is_defined(&subject, word, None)
        {
            return self.kind_test(subject, kind, word, span);
        }
        if glue == Glue::Is && matches!(word.text.as_str(), "now" | "today") {
            let at = self.fact_named(&word.text, word.span);
            let clock = Term { node: TermNode::Path(Path { root: crate::program::Root::Fact(at), steps: Vec::new() }), span: word.span };
            self.same_type(&clock, &self.raw_type_of(&subject))?;
            return Some(Formula { node: FormulaNode::Equal(subject, clock, crate::program::Letters::Exact), span });
        }
        let mut candidates = self.candidates(&subject, glue, word);
        if candidates.len() > 1 {
            let ways: Vec<&str> = candidates.iter().map(Candidate::describe).collect();
            self.report(messages::two_meanings(word, &ways.join(" and ")));
            return None;
        }
        match candidates.pop() {
            Some(Candidate::Listed) => {
                let listed = Term { node: TermNode::Literal(Value::Text(word.text.clone())), span: word.span };
                Some(Formula { node: FormulaNode::Equal(subject, listed, crate::program::Letters::Exact), span })
            }
            Some(Candidate::Defined) => self.defined(&subject, word, None, span),
            Some(Candidate::Field) => self.field_holds(&subject, word, span),
            Some(Candidate::Constant | Candidate::Variable) => self.equals_name(subject, word, span),
            None if super::path::is_pronoun(&word.text) => {
                self.report(messages::pronoun(word));
                None
            }
            None => self.no_candidate(&subject, word, span),
        }
    }

    /// That a definition says something of a subject. Where subject or object may be of several kinds, it is the definition for
    /// the kinds that they turn out to be; each has to have one.
    fn defined(&mut self, subject: &Term, word: &Name, object: Option<&Term>, span: Span) -> Option<Formula> {
        if let Some(id) = self.definition_for(word, self.single_kind(subject), subject, object.map(|object| self.single_kind(object))) {
            self.used.definitions.insert(id);
            return Some(Formula { node: FormulaNode::Defined(id, subject.clone(), object.cloned()), span });
        }
        let subject_kinds = self.possible(subject);
        let object_kinds: Vec<Option<KindId>> =
            object.map_or_else(|| alloc::vec![None], |object| self.possible(object).into_iter().map(Some).collect());
        let mut ways = Vec::new();
        for &kind in &subject_kinds {
            for &other in &object_kinds {
                let Some(id) = self.definition_for(word, Some(kind), subject, object.map(|_| other)) else {
                    let of = self.described(Subject::Kind(kind));
                    let other = other.map(|other| self.described(Subject::Kind(other)));
                    // Which kinds it may be stands in lines that begin with `act`.
                    if !self.lost.may_declare("act") {
                        let diagnostic = messages::not_defined_for(word, &of, other.as_deref(), self.sources.words(subject.span));
                        self.report_unknown(&word.text, diagnostic);
                    }
                    return None;
                };
                self.used.definitions.insert(id);
                let mut parts = Vec::new();
                let both = [(subject_kinds.len() > 1).then_some((subject, kind)), object.zip(other).filter(|_| object_kinds.len() > 1)];
                for (term, kind) in both.into_iter().flatten() {
                    parts.push(Formula { node: FormulaNode::IsKind(term.clone(), kind), span });
                }
                parts.push(Formula { node: FormulaNode::Defined(id, subject.clone(), object.cloned()), span });
                ways.push(Formula { node: FormulaNode::And(parts), span });
            }
        }
        Some(Formula { node: FormulaNode::Or(ways), span })
    }

    /// The kinds that a term may turn out to be.
    pub(super) fn possible(&self, term: &Term) -> Vec<KindId> {
        let kinds = self.kinds_of(term);
        match kinds.as_slice() {
            [kind] if self.is_part(*kind) => self.kinds_behind(*kind, &self.scope.acts),
            _ => kinds,
        }
    }

    /// Can this word be said of this subject?
    pub(super) fn can_be_said(&self, subject: &Term, word: &Name) -> bool {
        !self.candidates(subject, Glue::Is, word).is_empty()
    }

    fn candidates(&self, subject: &Term, glue: Glue, word: &Name) -> Vec<Candidate> {
        let ty = self.type_of(subject);
        let text = word.text.as_str();
        let mut found = Vec::new();
        if matches!(&ty, Type::Choice(choice) if choice.rank(text).is_some()) {
            found.push(Candidate::Listed);
        }
        if self.is_defined(subject, word, None) {
            found.push(Candidate::Defined);
        }
        if self.single_kind(subject).is_some_and(|kind| self.field_named(kind, text).is_some()) {
            found.push(Candidate::Field);
        }
        if glue == Glue::Is && self.names.constants.contains_key(text) {
            found.push(Candidate::Constant);
        }
        if glue == Glue::Is && self.scope.variables.iter().any(|(known, _)| known == text) {
            found.push(Candidate::Variable);
        }
        found
    }

    fn single_kind(&self, term: &Term) -> Option<KindId> {
        match self.kinds_of(term).as_slice() {
            [kind] => Some(*kind),
            _ => None,
        }
    }

    /// Is a word defined for this subject and this object, or for some kind that they may be?
    fn is_defined(&self, subject: &Term, word: &Name, object: Option<&Term>) -> bool {
        let mut subject_kinds: Vec<Option<KindId>> = self.possible(subject).into_iter().map(Some).collect();
        subject_kinds.push(None);
        let object_kinds: Vec<Option<Option<KindId>>> =
            object.map_or_else(|| alloc::vec![None], |object| self.possible(object).into_iter().map(|kind| Some(Some(kind))).collect());
        subject_kinds
            .iter()
            .any(|&kind| object_kinds.iter().any(|&object_kind| self.definition_for(word, kind, subject, object_kind).is_some()))
    }

    /// The definition of a word for a subject of this kind (or this fact), and an object of this kind, if there is an object.
    fn definition_for(
        &self,
        word: &Name,
        kind: Option<KindId>,
        subject: &Term,
        object_kind: Option<Option<KindId>>,
    ) -> Option<DefinitionId> {
        let fits = |id: &&DefinitionId| {
            self.program.definitions.get(id.0 as usize).is_some_and(|definition| {
                let subject_fits = match definition.subject {
                    Subject::Kind(described) => kind == Some(described),
                    Subject::Fact(at) => is_fact(subject, at),
                };
                let object_fits = match (definition.object, object_kind) {
                    (None, None) => true,
                    (Some(wanted), Some(kind)) => kind == Some(wanted),
                    (None, Some(_)) | (Some(_), None) => false,
                };
                subject_fits && object_fits
            })
        };
        self.names.definitions.get(&word.text)?.iter().find(fits).copied()
    }

    /// That a yes/no field of the subject is yes.
    fn field_holds(&mut self, subject: &Term, word: &Name, span: Span) -> Option<Formula> {
        let term = self.field_of(subject, word, span)?;
        let ty = self.type_of(&term);
        if !matches!(ty, Type::YesNo | Type::Inferred(_)) && self.types.said_by(&self.raw_type_of(&term)).is_none() {
            let what = alloc::format!("`{}` is {}", word.text, self.a_type(&ty));
            self.report(messages::field_is_not_yes_no(&what, self.sources.words(subject.span), word));
            return None;
        }
        self.holds(term)
    }

    /// The field `word` of a subject; `span` is the whole sentence that says so.
    fn field_of(&mut self, subject: &Term, word: &Name, span: Span) -> Option<Term> {
        let TermNode::Path(path) = &subject.node else {
            let what = alloc::format!("`{}` is {}", self.sources.words(subject.span), self.a_type(&self.type_of(subject)));
            self.report(messages::no_fields(&what, &word.text, word.span));
            return None;
        };
        let of = Name { text: last_name(self.sources.words(subject.span)), span: subject.span };
        let (step, _) = self.step(&self.raw_type_of(subject), &of, word)?;
        Some(Term { node: TermNode::Path(below(path, step)), span })
    }

    fn equals_name(&mut self, subject: Term, word: &'t Name, span: Span) -> Option<Formula> {
        let other = if let Some(&id) = self.names.constants.get(&word.text) {
            self.used.constants.insert(id);
            self.constant(id)?;
            Term { node: TermNode::Constant(id), span: word.span }
        } else {
            let &(_, id) = self.scope.variables.iter().rev().find(|(known, _)| *known == word.text)?;
            Term { node: TermNode::Path(Path { root: crate::program::Root::Variable(id), steps: Vec::new() }), span: word.span }
        };
        self.same_type(&other, &self.raw_type_of(&subject))?;
        Some(Formula { node: FormulaNode::Equal(subject, other, crate::program::Letters::Exact), span })
    }

    /// No word of this kind of thing: an error, or for an open kind a field that nobody has named yet.
    fn no_candidate(&mut self, subject: &Term, word: &Name, span: Span) -> Option<Formula> {
        let ty = self.type_of(subject);
        let is_fact = self.names.facts.contains_key(&word.text) || self.names.kinds.contains_key(&word.text);
        if is_fact && !matches!(ty, Type::Inferred(_)) && !self.is_open(subject) {
            let fits = match (&ty, self.names.kinds.get(&word.text)) {
                (Type::Kind(of), Some(kind)) => of == kind,
                (Type::Reference(of), Some(kind)) => of.contains(kind),
                (_, Some(_)) => false,
                (_, None) => true,
            };
            self.report_unknown(&word.text, messages::fact_as_word(word, fits));
            return None;
        }
        if let Some(&first) = self.names.definitions.get(&word.text).and_then(|ids| ids.first()) {
            let (of, span_of) = self.program.definitions.get(first.0 as usize).map(|known| (self.described(known.subject), known.span))?;
            let of = messages::definition_of_another(word, &of, self.sources.words(subject.span), &self.a_type(&ty), span_of);
            self.report_unknown(&word.text, of);
            return None;
        }
        match ty {
            Type::Choice(choice) => {
                self.report(messages::not_listed(&word.text, &choice.values, word.span));
                None
            }
            Type::Kind(kind) if self.program.vocabulary.kind(kind).is_some_and(|kind| kind.declared) => {
                let diagnostic = messages::unknown_word(word, self.program.vocabulary.kind_name(kind), &self.words_for(kind));
                let diagnostic = match self.choice_among_fields(kind, subject, word) {
                    Some((sentence, change)) => messages::choice_of_field(diagnostic, &sentence, change),
                    None => diagnostic,
                };
                self.report_unknown(&word.text, diagnostic);
                None
            }
            Type::Kind(_) | Type::Inferred(_) | Type::Reference(_) => self.field_holds(subject, word, span),
            Type::Any
            | Type::YesNo
            | Type::Text
            | Type::Number
            | Type::Money
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Duration
            | Type::IpAddress
            | Type::Network
            | Type::List(_)
            | Type::Map(_) => {
                let what = alloc::format!("`{}` is {}", self.sources.words(subject.span), self.a_type(&ty));
                let diagnostic = match self.types.said_by(&self.raw_type_of(subject)) {
                    Some(earlier) => {
                        messages::uses_disagree(&what, &alloc::format!("something that can be `{}`", word.text), word.span, earlier)
                    }
                    None => messages::word_as_value(word, &what, &ty),
                };
                let diagnostic = match self.presence(subject, word, span) {
                    Some(sentence) => messages::presence(diagnostic, &sentence, span),
                    None => diagnostic,
                };
                self.report_unknown(&word.text, diagnostic);
                None
            }
        }
    }

    /// `user.role is admin` for `user is an admin`, where one field of the kind lists this value.
    fn choice_among_fields(&self, kind: KindId, subject: &Term, word: &Name) -> Option<(String, (Span, String))> {
        let fields = &self.program.vocabulary.kind(kind)?.fields;
        let mut listing = fields.iter().filter(|field| matches!(&field.ty, Type::Choice(choice) if choice.rank(&word.text).is_some()));
        let field = listing.next().filter(|_| listing.next().is_none())?;
        let between = subject.span.after().to(word.span.before());
        let glue = self.sources.words(between);
        let glue = glue.strip_suffix("an ").or_else(|| glue.strip_suffix("a ")).unwrap_or(glue);
        let meant = alloc::format!(".{}{glue}", field.name);
        let sentence = alloc::format!("{}{meant}{}", self.sources.words(subject.span), word.text);
        Some((sentence, (between, meant)))
    }

    /// `user has name` for `user.name is given`.
    fn presence(&self, subject: &Term, word: &Name, span: Span) -> Option<String> {
        let there = match word.text.as_str() {
            "given" | "set" | "provided" | "filled" | "there" | "available" | "specified" | "stated" => true,
            "absent" | "blank" | "unset" | "gone" | "unspecified" => false,
            _ => return None,
        };
        let (owner, field) = self.sources.words(subject.span).rsplit_once('.')?;
        let negated = self.sources.words(span).contains(" not ");
        Some(alloc::format!("{owner} has {}{field}", if there == negated { "no " } else { "" }))
    }

    fn is_open(&self, subject: &Term) -> bool {
        self.single_kind(subject).and_then(|kind| self.program.vocabulary.kind(kind)).is_some_and(|kind| !kind.declared)
    }

    fn described(&self, subject: Subject) -> String {
        match subject {
            Subject::Kind(kind) => alloc::format!("a `{}`", self.program.vocabulary.kind_name(kind)),
            Subject::Fact(at) => {
                alloc::format!("`{}`", self.program.vocabulary.facts.get(at as usize).map_or("", |fact| fact.name.as_str()))
            }
        }
    }

    /// Every word that can be said of a kind.
    fn words_for(&self, kind: KindId) -> Vec<String> {
        let fields = self
            .program
            .vocabulary
            .kind(kind)
            .into_iter()
            .flat_map(|kind| &kind.fields)
            .filter(|field| field.ty == Type::YesNo)
            .map(|field| field.name.clone());
        let defined = self
            .program
            .definitions
            .iter()
            .filter(|known| known.subject == Subject::Kind(kind) && known.object.is_none())
            .map(|known| known.word.clone());
        fields.chain(defined).collect()
    }

    /// `doctor is treating the patient`.
    fn relation(&mut self, subject: Term, word: &Name, object: Term, span: Span) -> Option<Formula> {
        if self.is_defined(&subject, word, Some(&object)) {
            return self.defined(&subject, word, Some(&object), span);
        }
        let subject_words = self.sources.words(subject.span);
        let object_words = self.sources.words(object.span);
        let diagnostic = messages::no_relation(word, subject_words, object_words, self.names.definitions.keys().map(String::as_str));
        self.report_unknown(&word.text, diagnostic);
        None
    }

    /// `X has F`: a yes/no counts as itself, anything else is there and not empty.
    pub(super) fn has(&mut self, subject: &'t Expr, path: &'t tree::Path, object: Option<&'t tree::Path>, span: Span) -> Option<Formula> {
        let subject = self.subject(subject)?;
        if let Some(object) = object {
            let object = self.path(object, true)?;
            return self.relation(subject, &path.root, object, span);
        }
        if path.fields.is_empty() && self.is_defined(&subject, &path.root, None) {
            return self.defined(&subject, &path.root, None, span);
        }
        let is_field = self.single_kind(&subject).is_none_or(|kind| self.field_named(kind, &path.root.text).is_some());
        if !is_field && self.lost.may_declare(&path.root.text) {
            // What is not a field may be defined there.
            return None;
        }
        let mut term = self.field_of(&subject, &path.root, span)?;
        for field in &path.fields {
            term = self.field_of(&term, field, span)?;
        }
        if matches!(self.type_of(&term), Type::YesNo | Type::Inferred(_)) {
            return self.holds(term);
        }
        if self.types.said_by(&self.raw_type_of(&term)).is_some() {
            // Nobody declared it, and another rule reads it as something else: what `has` means would hang on that rule.
            self.want(&term, &Type::YesNo)?;
            return None;
        }
        let empty = Formula { node: FormulaNode::IsEmpty(term), span };
        Some(Formula { node: FormulaNode::Not(Box::new(empty)), span })
    }
}

/// The last name of a path as it was written.
fn last_name(words: &str) -> String {
    words.rsplit('.').next().unwrap_or(words).trim_matches('`').into()
}
