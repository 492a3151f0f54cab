//! Givens: a sentence that fixes one fact.
//!
//! `path is literal`, a yes/no field said or denied, `has no F` and `is none`, `user "ann" is in group "g"`, and
//! `bucket of path for "salt" is 12%`. Whatever follows from facts, or leaves open what one of them is, is refused: a
//! scenario whose facts nobody can read off its text would test nothing.

use super::spot::Spot;
use super::{Reader, behind};
use crate::check::messages;
use crate::program::{DefinitionId, Subject};
use crate::scenario::{Fixed, Given, Thing};
use crate::source::Span;
use crate::tree::{Expr, Form, Function, Glue, Name, Node, Of, Path, Range, Sentence};
use crate::value::{Decimal, Value};
use crate::vocabulary::{KindId, Type};
use alloc::string::String;
use alloc::vec::Vec;

impl Reader<'_, '_> {
    /// What a sentence gives; none after reporting why it gives nothing.
    pub(super) fn given(&mut self, written: &Expr) -> Option<Given> {
        self.fixed(written, true).map(|fixed| Given { fixed, span: written.span })
    }

    /// `yes` says that the sentence is not negated from outside.
    fn fixed(&mut self, written: &Expr, yes: bool) -> Option<Fixed> {
        let span = written.span;
        let refusal = match &written.node {
            Node::Paren(inner) => return self.fixed(inner, yes),
            Node::Not(inner) => return self.fixed(inner, !yes),
            Node::Sentence(sentence) => return self.sentence(sentence, yes, span),
            Node::Path { path, .. } => {
                let spot = self.spot(path)?;
                return self.yes_no(spot, path.fields.last().unwrap_or(&path.root), yes);
            }
            Node::Entity(entity) if !entity.fields.is_empty() => {
                let spot = self.entity_spot(entity, span)?;
                return self.yes_no(spot, entity.fields.last().unwrap_or(&entity.kind), yes);
            }
            Node::Quantified(quantified) => {
                let (Range::In(over) | Range::Above(over) | Range::AtOrAbove(over)) = &quantified.range;
                let list = String::from(self.checker.sources.words(over.span));
                messages::given_follows(self.checker.sources.words(span), "about the elements of a list", &[list], span)
            }
            Node::Or(_) => messages::given_with_or(span),
            Node::And(_) => messages::given_in_parentheses(span),
            Node::Literal { .. }
            | Node::Entity(_)
            | Node::Record(_)
            | Node::List(_)
            | Node::Arithmetic { .. }
            | Node::Of(_)
            | Node::Between { .. } => messages::given_says_nothing(span),
        };
        self.report(refusal);
        None
    }

    fn sentence(&mut self, written: &Sentence, yes: bool, span: Span) -> Option<Fixed> {
        let yes = yes != written.negated;
        if let Node::Of(of) = &written.subject.node {
            return self.bucket(of, written, yes, span);
        }
        let subject = match &written.subject.node {
            Node::Path { path, .. } => self.spot(path)?,
            Node::Entity(entity) => self.entity_spot(entity, written.subject.span)?,
            Node::Literal { .. }
            | Node::Record(_)
            | Node::List(_)
            | Node::Arithmetic { .. }
            | Node::Of(_)
            | Node::Between { .. }
            | Node::Paren(_)
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::Quantified(_)
            | Node::Sentence(_) => {
                self.report(messages::given_says_nothing(span));
                return None;
            }
        };
        match &written.form {
            Form::Word { glue, word, object } => self.word(subject, *glue, word, object.as_deref(), yes, span),
            Form::Has { path, object, .. } => self.has(subject, path, object.as_deref(), yes, span),
            Form::Equal(right) if !written.ignoring_case => self.equal(subject, right, yes, span),
            Form::In(right) => self.lies(subject, right, yes, span),
            Form::Equal(_)
            | Form::Order(..)
            | Form::Between(..)
            | Form::OneOf(_)
            | Form::WithinLast(_)
            | Form::WithinNext(_)
            | Form::Under(_)
            | Form::UnderDomain(_)
            | Form::Empty
            | Form::Contains(_)
            | Form::StartsWith(_)
            | Form::EndsWith(_)
            | Form::Matches(_) => self.leaves_open(&subject.words, span),
        }
    }

    fn leaves_open(&mut self, subject: &str, span: Span) -> Option<Fixed> {
        self.report(messages::given_leaves_open(subject, span));
        None
    }

    /// That a yes/no is yes, or no. Of what no rule says a type, a word says that it is one.
    fn yes_no(&mut self, spot: Spot, word: &Name, yes: bool) -> Option<Fixed> {
        if !matches!(spot.ty, Type::YesNo | Type::Any) {
            let what = alloc::format!("`{}` is {}", spot.words, self.checker.a_type(&spot.ty));
            let subject = spot.words.strip_suffix(&alloc::format!(".{}", word.text)).unwrap_or(&spot.words);
            self.report(messages::field_is_not_yes_no(&what, subject, word));
            return None;
        }
        self.warn_unread(&spot);
        Some(spot.is(Value::YesNo(yes)))
    }

    fn equal(&mut self, spot: Spot, right: &Expr, yes: bool, span: Span) -> Option<Fixed> {
        if spot.is_named_thing() && !(yes && matches!(right.node, Node::Record(_))) {
            // Its id says already which thing it is.
            self.report(messages::given_says_nothing(span));
            return None;
        }
        if let Node::Literal { value: Value::None, .. } = right.node {
            return if yes { self.none(spot, right.span) } else { self.leaves_open(&spot.words, span) };
        }
        let value = self.literal(right, &spot.ty)?;
        let value = if let Value::YesNo(said) = value {
            Value::YesNo(said == yes)
        } else if yes {
            value
        } else {
            return self.leaves_open(&spot.words, span);
        };
        self.warn_unread(&spot);
        Some(spot.is(value))
    }

    fn none(&mut self, spot: Spot, span: Span) -> Option<Fixed> {
        if !spot.may_be_none() {
            self.report(messages::none_given(&spot.words, &self.checker.a_type(&spot.ty), span));
            return None;
        }
        self.warn_unread(&spot);
        Some(spot.is(Value::None))
    }

    fn word(&mut self, subject: Spot, glue: Glue, word: &Name, object: Option<&Path>, yes: bool, span: Span) -> Option<Fixed> {
        self.is_no_definition(&subject, word, object, span)?;
        let is_kind = self.checker.names.kinds.get(&word.text).and_then(|&kind| self.checker.program.vocabulary.kind(kind));
        if glue == Glue::IsA && is_kind.is_some_and(|kind| kind.declared) {
            self.report(messages::given_follows(self.checker.sources.words(span), "about the kind of a thing", &[], span));
            return None;
        }
        if let Type::Choice(choice) = &subject.ty {
            if choice.rank(&word.text).is_none() {
                self.report(messages::not_listed(&word.text, &choice.values, word.span));
                return None;
            }
            if !yes {
                return self.leaves_open(&subject.words, span);
            }
            self.warn_unread(&subject);
            return Some(subject.is(Value::Text(word.text.clone())));
        }
        if self.is_value(&subject.ty) {
            // Only things with fields can be something; of anything else a bare word would be its value.
            let what = alloc::format!("`{}` is {}", subject.words, self.checker.a_type(&subject.ty));
            let diagnostic = if self.checker.names.constants.contains_key(&word.text) {
                messages::given_value(&word.text, word.span)
            } else {
                messages::word_as_value(word, &what, &subject.ty)
            };
            self.report(diagnostic);
            return None;
        }
        let spot = self.below(subject, word)?;
        self.yes_no(spot, word, yes)
    }

    /// Has nothing of this type a field?
    fn is_value(&self, ty: &Type) -> bool {
        match ty {
            Type::Kind(_) | Type::Reference(_) | Type::Map(_) | Type::Any | Type::Inferred(_) => false,
            Type::YesNo
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
            | Type::Choice(_) => true,
        }
    }

    fn has(&mut self, subject: Spot, path: &Path, object: Option<&Path>, yes: bool, span: Span) -> Option<Fixed> {
        if path.fields.is_empty() || object.is_some() {
            self.is_no_definition(&subject, &path.root, object, span)?;
        }
        let mut spot = self.below(subject, &path.root)?;
        for field in &path.fields {
            spot = self.below(spot, field)?;
        }
        if matches!(spot.ty, Type::YesNo | Type::Any) {
            return self.yes_no(spot, path.fields.last().unwrap_or(&path.root), yes);
        }
        if yes {
            return self.leaves_open(&spot.words, span);
        }
        if matches!(spot.ty, Type::List(_)) && !spot.is_optional() {
            // A list that must be there has nothing in it; whatever else has to be there cannot be lacking.
            self.warn_unread(&spot);
            return Some(spot.is(Value::List(Vec::new())));
        }
        self.none(spot, span)
    }

    /// The field of a spot.
    fn below(&mut self, mut spot: Spot, field: &Name) -> Option<Spot> {
        let of = Name { text: spot.words.rsplit('.').next().unwrap_or(&spot.words).into(), span: spot.span };
        self.step(&mut spot, &of, field)?;
        Some(spot)
    }

    /// Reports a word that is defined for the subject, or a relation, with the facts behind it.
    fn is_no_definition(&mut self, subject: &Spot, word: &Name, object: Option<&Path>, span: Span) -> Option<()> {
        let kind = self.single_kind(&subject.ty);
        let ids = self.checker.names.definitions.get(&word.text).cloned().unwrap_or_default();
        let of_subject = |id: &DefinitionId| {
            self.checker.program.definition(*id).is_some_and(|known| {
                let fits = match known.subject {
                    Subject::Kind(described) => kind == Some(described),
                    Subject::Fact(at) => subject.fact == Some(at),
                };
                fits && known.object.is_some() == object.is_some()
            })
        };
        let ids: Vec<DefinitionId> = ids.into_iter().filter(of_subject).collect();
        if ids.is_empty() && object.is_none() {
            return Some(());
        }
        let other = object.map(|object| String::from(self.checker.sources.words(object.span)));
        let what = if object.is_some() { "a relation" } else { "a definition" };
        let facts = behind::of_definitions(&self.checker.program, &ids, &[Some(subject.words.clone()), other]);
        self.report(messages::given_follows(self.checker.sources.words(span), what, &facts, span));
        None
    }

    fn single_kind(&self, ty: &Type) -> Option<KindId> {
        if let [kind] = ty.kinds() { Some(*kind) } else { None }
    }

    /// `user "ann" is in group "friends"`, or of a fact: `user is in group "friends"`.
    fn lies(&mut self, subject: Spot, right: &Expr, yes: bool, span: Span) -> Option<Fixed> {
        let Node::Entity(written) = &right.node else {
            let list = self.checker.sources.words(right.span);
            self.report(messages::given_member(&subject.words, list, span));
            return None;
        };
        let outer = self.kind(&written.kind)?;
        let within = alloc::format!("{}:{}", self.checker.program.vocabulary.kind(outer)?.key, written.id.text);
        let inner = self.single_kind(&subject.ty);
        if !inner.is_some_and(|inner| self.checker.reaches(inner, &[outer])) {
            let names = (self.checker.a_type(&subject.ty), self.checker.a_type(&Type::Kind(outer)));
            self.checker.report_unknown("inside", messages::never_inside(&names.0, &names.1, span));
            return None;
        }
        if self.reads.hierarchy {
            self.warn_unread(&subject);
        } else if self.sound {
            self.report(messages::given_not_read(self.checker.sources.words(span), span, &[]));
        }
        let key = inner.and_then(|kind| self.checker.program.vocabulary.kind(kind)).map(|kind| kind.key.clone());
        let what: Thing = subject.thing(key.unwrap_or_default());
        Some(Fixed::Lies { what, within, lies: yes })
    }

    /// `bucket of user.id for "beta" is 12%`.
    fn bucket(&mut self, of: &Of, written: &Sentence, yes: bool, span: Span) -> Option<Fixed> {
        let (Function::Named(function), Node::Path { path, .. }, Some(salt)) = (&of.function, &of.argument.node, &of.salt) else {
            self.report(messages::given_follows(self.checker.sources.words(span), "worked out", &[], span));
            return None;
        };
        let subject = self.checker.sources.words(written.subject.span);
        let (Form::Equal(right), true, "bucket") = (&written.form, yes, function.text.as_str()) else {
            return self.leaves_open(subject, span);
        };
        let spot = self.spot(path)?;
        let Value::Number(share) = self.literal(right, &Type::Number)? else { return None };
        let literal = self.checker.sources.words(right.span);
        if share >= Decimal::ONE {
            self.report(messages::bucket_range(literal.trim_end_matches('%'), right.span));
            return None;
        }
        if share < Decimal::ZERO {
            self.report(messages::wants_another_type(
                &alloc::format!("`{literal}` is below nothing"),
                "a share of 0% to 99.99%",
                right.span,
            ));
            return None;
        }
        if self.sound && !self.reads.salt(&salt.text) {
            self.report(messages::given_not_read(subject, written.subject.span, &[]));
        }
        Some(Fixed::Bucket { of: spot.words, salt: salt.text.clone(), share })
    }
}
