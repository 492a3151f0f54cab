//! Paths: what a name stands for, and the fields below it.

use super::name::undeclared;
use super::types::Clash;
use super::{Checker, messages};
use crate::program::{Path, Root, Step, Term, TermNode};
use crate::source::Span;
use crate::tree::{self, Name};
use crate::value::Unit;
use crate::vocabulary::{KindId, Presence, Type};
use alloc::string::String;
use alloc::vec::Vec;

impl<'t> Checker<'t> {
    /// The term that a path names. `the` was written before it, or its place allows a fact of one word.
    pub(super) fn path(&mut self, written: &'t tree::Path, the: bool) -> Option<Term> {
        let alone = written.fields.is_empty();
        if let Some(id) = self.names.constants.get(&written.root.text).copied().filter(|_| !self.in_scope(&written.root.text)) {
            if let Some(field) = written.fields.first() {
                self.report(messages::no_fields(&alloc::format!("`{}` is a constant", written.root.text), &field.text, field.span));
                return None;
            }
            self.used.constants.insert(id);
            self.constant(id)?;
            return Some(Term { node: TermNode::Constant(id), span: written.span });
        }
        let (root, ty) = self.root(&written.root, alone, the)?;
        let mut path = Path { root, steps: Vec::with_capacity(written.fields.len()) };
        let mut ty = ty;
        let mut name = &written.root;
        for field in &written.fields {
            let (step, below) = self.step(&ty, name, field)?;
            path.steps.push(step);
            ty = below;
            name = field;
        }
        Some(Term { node: TermNode::Path(path), span: written.span })
    }

    /// Does what could not be read perhaps declare this fact, which nothing else does? Then nothing is known of it.
    pub(super) fn is_lost(&self, fact: &str) -> bool {
        let vocabulary = &self.program.vocabulary;
        let kind = self.names.kinds.get(fact).and_then(|&kind| vocabulary.kind(kind));
        let known = self.names.facts.get(fact).and_then(|&at| vocabulary.facts.get(at as usize));
        let is_declared = kind.is_some_and(|kind| kind.declared) || known.is_some_and(|known| known.presence != Presence::Open);
        !is_declared && !matches!(fact, "now" | "today") && self.lost.may_type(fact)
    }

    pub(super) fn in_scope(&self, name: &str) -> bool {
        self.scope.variables.iter().any(|(known, _)| known == name) || self.scope.parameters.iter().any(|parameter| parameter.name == name)
    }

    fn root(&mut self, name: &Name, alone: bool, the: bool) -> Option<(Root, Type)> {
        let word = name.text.as_str();
        if let Some(&(_, id)) = self.scope.variables.iter().rev().find(|(known, _)| known == word) {
            return Some((Root::Variable(id), self.program.variables.get(id.0 as usize)?.ty.clone()));
        }
        if let Some(parameter) = self.scope.parameters.iter().find(|parameter| parameter.name == word) {
            return Some((Root::Parameter(parameter.number), parameter.ty.clone()));
        }
        if let Some(&at) = self.names.settings.get(word) {
            return Some((Root::Setting(at), self.program.vocabulary.settings.get(at as usize)?.ty.clone()));
        }
        if let Some(root) = self.part(word) {
            return Some(root);
        }
        let known = self.names.facts.contains_key(word) || self.names.kinds.contains_key(word) || matches!(word, "now" | "today");
        if alone && !the && !known {
            self.bare_word(name);
            return None;
        }
        if !known && is_pronoun(word) {
            self.report(messages::pronoun(name));
            return None;
        }
        self.sentence.facts.push((name.text.clone(), name.span));
        self.count_use(None, name);
        if self.is_lost(word) {
            return None;
        }
        let at = self.fact_named(word, name.span);
        Some((Root::Fact(at), self.program.vocabulary.facts.get(at as usize)?.ty.clone()))
    }

    /// A word by itself that names nothing: a bare word never means a text.
    pub(super) fn bare_word(&mut self, name: &Name) {
        let known: Vec<&str> =
            self.names.facts.keys().chain(self.names.constants.keys()).chain(self.names.kinds.keys()).map(String::as_str).collect();
        let diagnostic = messages::bare_word(name, known, self.is_condition(name.span));
        self.report_unknown(&name.text, diagnostic);
    }

    /// Does a condition begin here, to tell by the word before it?
    fn is_condition(&self, at: Span) -> bool {
        let statement = self.sources.statement_range(at);
        let text = self.sources.get(at.source()).and_then(|source| source.text().get(statement.start..self.sources.range(at).start));
        let before = text.unwrap_or("").trim_end().rsplit([' ', '\t', '\r', '\n', '(']).next().unwrap_or("");
        text.is_some_and(|text| text.ends_with('(')) || matches!(before, "if" | "unless" | "requires" | "and" | "or" | "not")
    }

    /// One dot: the field `field` of something of type `ty`, which was called `of`.
    pub(super) fn step(&mut self, ty: &Type, of: &Name, field: &Name) -> Option<(Step, Type)> {
        match self.types.resolve(ty) {
            Type::Kind(kind) => self.field_step(kind, of, field),
            Type::Reference(kinds) => {
                let kind = self.one_of_kinds(&kinds);
                self.field_step(kind, of, field)
            }
            Type::Map(element) => Some((Step::Key(field.text.clone()), (*element).clone())),
            open @ Type::Inferred(_) if self.types.is_lost(&open) => None,
            open @ Type::Inferred(_) => {
                let kind = self.open_kind(&of.text, of.span);
                if self.types.unify(&open, &Type::Kind(kind), of.span).is_err() {
                    return None;
                }
                self.field_step(kind, of, field)
            }
            Type::Any => None,
            other @ (Type::YesNo
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
            | Type::Choice(_)) => {
                let what = alloc::format!("`{}` is {}", of.text, self.a_type(&other));
                let diagnostic = match self.types.said_by(ty) {
                    Some(earlier) => messages::uses_disagree(&what, &alloc::format!("a record with `{}`", field.text), field.span, earlier),
                    None => messages::no_fields(&what, &field.text, field.span),
                };
                self.report(diagnostic);
                None
            }
        }
    }

    /// Counts a use of a name.
    fn count_use(&mut self, kind: Option<KindId>, name: &Name) {
        let uses = self.used.names.entry((kind, name.text.clone())).or_insert((0, name.span));
        uses.0 = uses.0.saturating_add(1);
    }

    fn field_step(&mut self, kind: KindId, of: &Name, field: &Name) -> Option<(Step, Type)> {
        self.count_use(Some(kind), field);
        if let Some(at) = self.field_named(kind, &field.text) {
            return Some((Step::Field(kind, at), self.program.vocabulary.kind(kind)?.fields.get(at as usize)?.ty.clone()));
        }
        if self.is_part(kind) {
            return self.part_step(kind, of, field);
        }
        let known = self.program.vocabulary.kind(kind)?;
        if !known.declared && self.lost.may_type(&known.name) {
            return None;
        }
        let ty = if field.text == "id" {
            Type::Text
        } else if known.declared {
            self.unknown_field(kind, of, field);
            return None;
        } else {
            self.types.fresh()
        };
        let at = self.new_field(kind, undeclared(&field.text, ty.clone(), field.span));
        Some((Step::Field(kind, at), ty))
    }

    /// Reports a field that a declared kind does not have, unless the declaration itself could not be read.
    pub(super) fn unknown_field(&mut self, kind: KindId, of: &Name, field: &Name) {
        if self.lost.may_add_field(field.text.as_str()) {
            return;
        }
        if let Some(known) = self.program.vocabulary.kind(kind) {
            let diagnostic = messages::unknown_field(known, &of.text, field);
            self.report(diagnostic);
        }
    }

    /// The type of a term.
    pub(super) fn type_of(&self, term: &Term) -> Type {
        let ty = match &term.node {
            TermNode::Literal(value) => literal_type(value),
            TermNode::List(items) => Type::List(alloc::sync::Arc::new(items.first().map_or(Type::Any, |item| self.type_of(item)))),
            TermNode::Path(path) => self.type_of_path(path),
            TermNode::Constant(id) => self.constant_type(*id),
            TermNode::Arithmetic(operator, left, right) => self.type_of_arithmetic(*operator, left, right),
            TermNode::Function(function, of) => self.type_of_function(*function, of),
            TermNode::Bucket(..) => Type::Number,
            TermNode::Span(Unit::Duration, ..) => Type::Duration,
            TermNode::Span(..) => Type::Number,
            TermNode::Each(each) => Type::List(alloc::sync::Arc::new(self.raw_type_of(&each.element))),
            TermNode::Entity(kind, _) => Type::Kind(*kind),
        };
        self.types.resolve(&ty)
    }

    fn type_of_path(&self, path: &Path) -> Type {
        let mut ty = match &path.root {
            Root::Fact(at) => self.program.vocabulary.facts.get(*at as usize).map(|fact| fact.ty.clone()),
            Root::Setting(at) => self.program.vocabulary.settings.get(*at as usize).map(|setting| setting.ty.clone()),
            Root::Variable(id) => self.program.variables.get(id.0 as usize).map(|variable| variable.ty.clone()),
            Root::Resource => Some(Type::Kind(self.part_kind("resource"))),
            Root::Subject => Some(Type::Kind(self.part_kind("subject"))),
            Root::Parameter(number) => self.scope.parameters.iter().find(|known| known.number == *number).map(|known| known.ty.clone()),
        }
        .unwrap_or(Type::Any);
        for step in &path.steps {
            ty = match (step, self.types.resolve(&ty)) {
                (Step::Field(kind, at), _) => {
                    let field = self.program.vocabulary.kind(*kind).and_then(|kind| kind.fields.get(*at as usize));
                    field.map_or(Type::Any, |field| field.ty.clone())
                }
                (Step::Key(_), Type::Map(element)) => (*element).clone(),
                (Step::Key(_), _) => Type::Any,
            };
        }
        ty
    }

    /// Demands that a term has a type; reports it where it has another.
    pub(super) fn want(&mut self, term: &Term, wanted: &Type) -> Option<()> {
        let ty = self.raw_type_of(term);
        match self.types.unify(&ty, wanted, term.span) {
            Ok(()) => Some(()),
            Err(clash) => {
                self.clash(term, clash);
                None
            }
        }
    }

    /// The type of a term, with the variable left in it, so that what is learned of it is kept.
    pub(super) fn raw_type_of(&self, term: &Term) -> Type {
        match &term.node {
            TermNode::Path(path) => self.type_of_path(path),
            TermNode::List(items) => Type::List(alloc::sync::Arc::new(items.first().map_or(Type::Any, |item| self.raw_type_of(item)))),
            TermNode::Literal(_)
            | TermNode::Constant(_)
            | TermNode::Arithmetic(..)
            | TermNode::Function(..)
            | TermNode::Bucket(..)
            | TermNode::Span(..)
            | TermNode::Each(_)
            | TermNode::Entity(..) => self.type_of(term),
        }
    }

    /// A literal in the form of the type that is wanted: `18` for `"18"` and for `18 years`.
    fn in_its_form(&self, term: &Term, wanted: &Type) -> Option<String> {
        use crate::value::Value;
        let TermNode::Literal(value) = &term.node else { return None };
        let words = self.sources.words(term.span);
        let inside = words.trim_matches(['"', '“', '”']);
        let is_number = |text: &str| crate::value::Decimal::parse(text).is_ok();
        let fits = match (value, wanted) {
            (Value::Text(_), Type::Number) => is_number(inside),
            (Value::Text(_), Type::Date) => crate::value::Date::parse(inside).is_ok(),
            (Value::Text(_), Type::YesNo) => matches!(inside, "yes" | "no"),
            (Value::Duration(_), Type::Number) => return words.split([' ', '\t']).next().map(String::from),
            (Value::Number(_), Type::Text) => return Some(alloc::format!("\"{words}\"")),
            _ => false,
        };
        fits.then(|| String::from(inside))
    }

    /// A type in words; a kind that nobody declared is only called after the fact, and what is known of it are its fields.
    fn as_used(&self, ty: &Type) -> String {
        if let Type::Kind(kind) = self.types.resolve(ty)
            && self.program.vocabulary.kind(kind).is_some_and(|kind| !kind.declared)
        {
            return "a thing with fields".into();
        }
        self.a_type(ty)
    }

    fn clash(&mut self, term: &Term, clash: Clash) {
        let name = alloc::format!("`{}`", self.sources.words(term.span));
        let is = alloc::format!("{name} is {}", self.as_used(&clash.was));
        let wanted = self.as_used(&clash.wanted);
        self.report(match clash.earlier {
            Some(earlier) if matches!(term.node, TermNode::Literal(_)) => messages::literal_disagrees(&is, &wanted, term.span, earlier),
            Some(earlier) => messages::uses_disagree(&is, &wanted, term.span, earlier),
            None => {
                let diagnostic = messages::wants_another_type(&is, &wanted, term.span);
                match self.in_its_form(term, &clash.wanted) {
                    Some(meant) => messages::in_another_form(diagnostic, term.span, &meant),
                    None => diagnostic,
                }
            }
        });
    }
}

/// Does the word stand for somebody or something that was named before, or for nobody in particular? No fact is called so unless it is
/// declared.
pub(super) fn is_pronoun(word: &str) -> bool {
    const PRONOUNS: [&str; 20] = [
        "it",
        "he",
        "she",
        "they",
        "we",
        "him",
        "her",
        "them",
        "his",
        "its",
        "their",
        "this",
        "that",
        "there",
        "nobody",
        "everybody",
        "everyone",
        "somebody",
        "someone",
        "anybody",
    ];
    PRONOUNS.contains(&word)
}

/// The type that a literal shows by its form.
pub(super) fn literal_type(value: &crate::value::Value) -> Type {
    use crate::value::Value;
    match value {
        Value::None | Value::OutOfRange(_) | Value::Record(_) => Type::Any,
        Value::YesNo(_) => Type::YesNo,
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        Value::List(items) => Type::List(alloc::sync::Arc::new(items.first().map_or(Type::Any, literal_type))),
        Value::Money(_) => Type::Money,
        Value::Date(_) => Type::Date,
        Value::Time(_) => Type::Time,
        Value::DateTime(_) => Type::DateTime,
        Value::Duration(_) => Type::Duration,
        Value::IpAddress(_) => Type::IpAddress,
        Value::Network(_) => Type::Network,
    }
}
