//! Sentences: a subject and what is said of it.

use super::{Checker, messages};
use crate::program::{Formula, FormulaNode, Letters, Term, TermNode, TextTest};
use crate::source::Span;
use crate::tree::{Expr, Form, Node, Order, Sentence};
use crate::value::{Decimal, Unit, Value};
use crate::vocabulary::Type;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

impl<'t> Checker<'t> {
    /// The formula that a sentence is.
    pub(super) fn sentence(&mut self, written: &'t Sentence, span: Span) -> Option<Formula> {
        let letters = if written.ignoring_case { Letters::IgnoringCase } else { Letters::Exact };
        let formula = match &written.form {
            Form::Word { glue, word, object } => self.word(&written.subject, *glue, word, object.as_deref(), span)?,
            Form::Has { path, object, .. } => self.has(&written.subject, path, object.as_deref(), span)?,
            Form::Empty => {
                let subject = self.subject(&written.subject)?;
                self.can_be_empty(&subject)?;
                Formula { node: FormulaNode::IsEmpty(subject), span }
            }
            Form::Equal(right) => self.equal(&written.subject, right, letters, span)?,
            Form::Order(order, right) => self.order(&written.subject, *order, right, span)?,
            Form::Between(low, high) => self.between(&written.subject, low, high, span)?,
            Form::OneOf(items) => self.one_of(&written.subject, items, letters, span)?,
            Form::In(list) => self.is_in(&written.subject, list, letters, span)?,
            Form::Contains(right) => self.contains(&written.subject, right, letters, span)?,
            Form::StartsWith(right) => self.texts(TextTest::StartsWith, &written.subject, right, letters, span)?,
            Form::EndsWith(right) => self.texts(TextTest::EndsWith, &written.subject, right, letters, span)?,
            Form::Matches(right) => self.texts(TextTest::Matches, &written.subject, right, letters, span)?,
            Form::Under(right) => self.texts(TextTest::Under, &written.subject, right, letters, span)?,
            Form::UnderDomain(right) => self.texts(TextTest::UnderDomain, &written.subject, right, letters, span)?,
            Form::WithinLast(span_term) => self.is_within(&written.subject, span_term, true, span)?,
            Form::WithinNext(span_term) => self.is_within(&written.subject, span_term, false, span)?,
        };
        Some(if written.negated { Formula { node: FormulaNode::Not(Box::new(formula)), span } } else { formula })
    }

    /// What a sentence is about: a fact of one word may stand here.
    pub(super) fn subject(&mut self, written: &'t Expr) -> Option<Term> {
        if let Node::Path { path, .. } = &written.node {
            return self.path(path, true);
        }
        self.term(written, &Type::Any)
    }

    fn is_within(&mut self, subject: &'t Expr, span_term: &'t Expr, last: bool, span: Span) -> Option<Formula> {
        let (subject, span_term) = (self.subject(subject), self.subject(span_term));
        self.within(subject?, span_term?, last, span)
    }

    fn equal(&mut self, left: &'t Expr, right: &'t Expr, letters: Letters, span: Span) -> Option<Formula> {
        let subject = self.subject(left)?;
        if let Node::Literal { value: Value::None, .. } = right.node {
            return Some(Formula { node: FormulaNode::IsNone(subject), span });
        }
        let other = self.term(right, &self.type_of(&subject))?;
        if self.type_of(&other) == Type::Network {
            let words = (self.sources.words(subject.span), self.sources.words(other.span));
            self.report(messages::network_compared(words, other.span));
            return None;
        }
        self.comparable(&subject, &other)?;
        if letters == Letters::IgnoringCase {
            self.want(&subject, &Type::Text)?;
        }
        Some(Formula { node: FormulaNode::Equal(subject, other, letters), span })
    }

    /// Literals that show what was meant: a bucket is a share, and `days from … to …` is a number.
    fn slips(&mut self, left: &Term, right: &Term) -> Option<()> {
        for (this, other) in [(left, right), (right, left)] {
            let TermNode::Literal(literal) = &other.node else { continue };
            let words = self.sources.words(other.span);
            let diagnostic = match (&this.node, literal) {
                (TermNode::Bucket(..), Value::Number(number)) if *number > Decimal::ONE => messages::bucket_range(words, other.span),
                (TermNode::Span(unit, ..), Value::Duration(_)) if *unit != Unit::Duration => {
                    messages::count_with_duration(unit.name(), words, other.span)
                }
                _ => continue,
            };
            self.report(diagnostic);
            return None;
        }
        Some(())
    }

    /// Demands that two terms can be compared. A fact is compared with an entity by its id.
    fn comparable(&mut self, left: &Term, right: &Term) -> Option<()> {
        self.slips(left, right)?;
        // What turns out to be a record later, by other uses, has been compared as a whole here.
        self.compared.extend([self.raw_type_of(left), self.raw_type_of(right)]);
        if let Some(fits) = self.with_part(left, right) {
            return fits;
        }
        for term in [left, right] {
            let ty = self.type_of(term);
            if matches!(ty, Type::Map(_)) {
                let what = alloc::format!("`{}` is {}", self.sources.words(term.span), self.a_type(&ty));
                self.report(messages::wants_another_type(&what, "a value that can be compared", term.span));
                return None;
            }
        }
        for (this, other) in [(left, right), (right, left)] {
            if let (Type::Kind(kind), ty) = (self.type_of(this), self.type_of(other)) {
                self.is_entity(kind);
                if matches!(ty, Type::Inferred(_)) {
                    return self.want(other, &Type::Reference(Arc::from([kind])));
                }
            }
        }
        match &left.node {
            TermNode::Literal(_) => self.same_type(left, &self.raw_type_of(right)),
            TermNode::Path(_)
            | TermNode::List(_)
            | TermNode::Constant(_)
            | TermNode::Arithmetic(..)
            | TermNode::Function(..)
            | TermNode::Bucket(..)
            | TermNode::Span(..)
            | TermNode::Each(_)
            | TermNode::Entity(..) => self.same_type(right, &self.raw_type_of(left)),
        }
    }

    fn order(&mut self, left: &'t Expr, order: Order, right: &'t Expr, span: Span) -> Option<Formula> {
        let subject = self.subject(left)?;
        let other = self.term(right, &self.type_of(&subject))?;
        self.ordered(&subject, &other)?;
        let (swap, or_equal) = match order {
            Order::LessThan | Order::Before => (false, false),
            Order::AtMost | Order::OnOrBefore => (false, true),
            Order::MoreThan | Order::After => (true, false),
            Order::AtLeast | Order::OnOrAfter => (true, true),
        };
        let (left, right) = if swap { (other, subject) } else { (subject, other) };
        Some(Formula { node: FormulaNode::Less { left, right, or_equal }, span })
    }

    /// Demands that two terms have an order, and the same one.
    fn ordered(&mut self, left: &Term, right: &Term) -> Option<()> {
        self.comparable(left, right)?;
        for term in [left, right] {
            let ty = self.type_of(term);
            let ranked = matches!(&ty, Type::Choice(choice) if choice.ranked);
            let has_order = matches!(
                ty,
                Type::Number | Type::Money | Type::Date | Type::Time | Type::DateTime | Type::Duration | Type::Inferred(_) | Type::Any
            );
            let listed =
                matches!((&term.node, self.type_of(left)), (TermNode::Literal(Value::Text(_)), Type::Choice(choice)) if choice.ranked);
            if !ranked && !has_order && !listed {
                let what = alloc::format!("`{}` is {}", self.sources.words(term.span), self.a_type(&ty));
                self.report(messages::wants_another_type(
                    &what,
                    "something with an order: a number, money, a date, a ranked choice",
                    term.span,
                ));
                return None;
            }
        }
        Some(())
    }

    fn between(&mut self, left: &'t Expr, low: &'t Expr, high: &'t Expr, span: Span) -> Option<Formula> {
        let subject = self.subject(left)?;
        let ty = self.type_of(&subject);
        let (low, high) = (self.term(low, &ty)?, self.term(high, &ty)?);
        self.ordered(&subject, &low)?;
        self.ordered(&subject, &high)?;
        if let (TermNode::Literal(from), TermNode::Literal(to)) = (&low.node, &high.node)
            && from.order(to) == Ok(core::cmp::Ordering::Greater)
        {
            let of = matches!(from, Value::Time(_)).then(|| self.sources.words(subject.span));
            self.report(messages::empty_range(self.sources.words(low.span), self.sources.words(high.span), low.span, high.span, of));
            return None;
        }
        let at_least = Formula { node: FormulaNode::Less { left: low, right: subject.clone(), or_equal: true }, span };
        let at_most = Formula { node: FormulaNode::Less { left: subject, right: high, or_equal: true }, span };
        Some(Formula { node: FormulaNode::And(alloc::vec![at_least, at_most]), span })
    }

    fn one_of(&mut self, left: &'t Expr, items: &'t [Expr], letters: Letters, span: Span) -> Option<Formula> {
        let subject = self.subject(left)?;
        if letters == Letters::IgnoringCase {
            self.want(&subject, &Type::Text)?;
        }
        if items.iter().any(is_network) {
            self.want(&subject, &Type::IpAddress)?;
        }
        let ty = self.raw_type_of(&subject);
        let is_address = self.types.resolve(&ty) == Type::IpAddress;
        let terms: Vec<Option<Term>> = items
            .iter()
            .map(|item| {
                let term = self.term(item, &ty)?;
                let is_network = is_address && self.type_of(&term) == Type::Network;
                if is_network { Some(term) } else { self.comparable(&subject, &term).map(|()| term) }
            })
            .collect();
        let terms = terms.into_iter().collect::<Option<Vec<Term>>>()?;
        let list = Term { node: TermNode::List(terms), span };
        Some(Formula { node: FormulaNode::In(subject, list, letters), span })
    }

    fn is_in(&mut self, left: &'t Expr, right: &'t Expr, letters: Letters, span: Span) -> Option<Formula> {
        let subject = self.subject(left)?;
        let element = self.raw_type_of(&subject);
        let list = if let Node::Path { path, .. } = &right.node {
            self.path(path, true)?
        } else {
            // What an address lies in are networks; an address among them is the network of that one.
            let lies_in_networks = self.types.resolve(&element) == Type::IpAddress || lists_networks(right);
            let wanted = if lies_in_networks { self.types.fresh() } else { element.clone() };
            self.term(right, &Type::List(Arc::new(wanted)))?
        };
        let ty = self.type_of(&list);
        let networks = matches!(&ty, Type::List(inside) if matches!(self.types.resolve(inside), Type::Network));
        if networks || ty == Type::Network || self.types.resolve(&element) == Type::IpAddress {
            return self.in_network(subject, list, span);
        }
        if matches!(ty, Type::Kind(_) | Type::Reference(_)) {
            return self.inside(subject, list, span);
        }
        self.element_of(&subject, &list)?;
        Some(Formula { node: FormulaNode::In(subject, list, letters), span })
    }

    /// Demands that `element` can be an element of `list`.
    fn element_of(&mut self, element: &Term, list: &Term) -> Option<()> {
        let inside = self.types.fresh();
        self.is_list(list, &inside)?;
        // Elements are compared as a whole, whatever they turn out to be.
        self.compared.extend([self.raw_type_of(element), inside.clone()]);
        let inside = self.types.resolve(&inside);
        match (&element.node, self.type_of(element), &inside) {
            (TermNode::Literal(_), _, _) => self.same_type(element, &inside),
            (_, Type::Kind(kind), Type::Inferred(_)) => {
                self.is_entity(kind);
                let reference = Type::Reference(Arc::from([kind]));
                self.types.unify(&inside, &reference, list.span).ok()
            }
            // The elements of a literal list are texts that the choice lists.
            (_, Type::Choice(choice), Type::Text) => match &list.node {
                TermNode::List(items) => items.iter().try_for_each(|item| self.same_type(item, &Type::Choice(Arc::clone(&choice)))),
                TermNode::Literal(_)
                | TermNode::Path(_)
                | TermNode::Constant(_)
                | TermNode::Arithmetic(..)
                | TermNode::Function(..)
                | TermNode::Bucket(..)
                | TermNode::Span(..)
                | TermNode::Each(_)
                | TermNode::Entity(..) => self.want(element, &inside),
            },
            _ => self.want(element, &inside),
        }
    }

    fn contains(&mut self, left: &'t Expr, right: &'t Expr, letters: Letters, span: Span) -> Option<Formula> {
        let subject = self.subject(left)?;
        if self.type_of(&subject) == Type::Text {
            return self.texts(TextTest::Contains, left, right, letters, span);
        }
        let element = self.types.fresh();
        self.is_list(&subject, &element)?;
        let other = self.term(right, &element)?;
        self.element_of(&other, &subject)?;
        Some(Formula { node: FormulaNode::In(other, subject, letters), span })
    }

    fn texts(&mut self, test: TextTest, left: &'t Expr, right: &'t Expr, letters: Letters, span: Span) -> Option<Formula> {
        let subject = self.subject(left)?;
        let other = self.term(right, &Type::Text)?;
        self.want(&subject, &Type::Text)?;
        self.want(&other, &Type::Text)?;
        let expression = |pattern: &str| {
            let signs = [".*", ".+", "|", "[", "\\"];
            pattern.starts_with('^') || pattern.ends_with('$') || signs.iter().any(|sign| pattern.contains(sign))
        };
        if let (TextTest::Matches, TermNode::Literal(Value::Text(pattern))) = (test, &other.node)
            && expression(pattern)
        {
            self.report(messages::glob_like_expression(self.sources.words(other.span), other.span));
        } else if let (TextTest::Matches, TermNode::Literal(Value::Text(pattern))) = (test, &other.node)
            && (pattern.starts_with('/') || pattern.contains("://"))
        {
            let verb = subject.span.after().to(other.span);
            let is_plain = self.sources.words(subject.span.after().to(other.span.before())).trim() == "matches";
            let folder =
                pattern.strip_suffix("/*").filter(|path| is_plain && path.starts_with('/') && !path.contains(['*', '?', '\\', '"']));
            let folder = folder.map(|path| (verb, alloc::format!(" is under \"{path}\"")));
            self.report(messages::glob_like_path(self.sources.words(other.span), other.span, folder));
        }
        Some(Formula { node: FormulaNode::Texts(test, subject, other, letters), span })
    }

    /// Demands that a term is a text, a list or a record, or that its type is open: only those can be empty.
    fn can_be_empty(&mut self, subject: &Term) -> Option<()> {
        let ty = self.type_of(subject);
        if matches!(ty, Type::Text | Type::List(_) | Type::Map(_) | Type::Inferred(_) | Type::Any | Type::Choice(_)) {
            return Some(());
        }
        let what = alloc::format!("`{}` is {}", self.sources.words(subject.span), self.a_type(&ty));
        self.report(messages::wants_another_type(&what, "a text or a list, which can be empty", subject.span));
        None
    }
}

/// Is it a network, written out?
fn is_network(written: &Expr) -> bool {
    match &written.node {
        Node::Literal { value: Value::Network(_), .. } => true,
        Node::Entity(entity) => entity.kind.text == "ip",
        Node::Literal { .. }
        | Node::Path { .. }
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
        | Node::Sentence(_) => false,
    }
}

/// Is it a list of networks, written out?
fn lists_networks(written: &Expr) -> bool {
    if let Node::List(items) = &written.node { items.iter().any(is_network) } else { false }
}
