//! Arithmetic, functions, spans, lists from lists: what they take and what they give.

use super::similar::similar;
use super::{Checker, messages};
use crate::program::{self, Term, TermNode, Variable, VariableId};
use crate::source::Span;
use crate::tree::{self, Comprehension, Expr, Name, Of};
use crate::value::{Decimal, Duration, Function, Operator, Unit, Value, can_be_added};
use crate::vocabulary::{Choice, Type};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

impl<'t> Checker<'t> {
    /// `A + B`, `A - B`, `A * B`.
    pub(super) fn arithmetic(&mut self, operator: Operator, left: &'t Expr, right: &'t Expr, span: Span) -> Option<Term> {
        let (left, right) = (self.operand(left), self.operand(right));
        let (left, right) = (left?, right?);
        self.operands(operator, &left, &right)?;
        let lists = [&left, &right].into_iter().any(|term| matches!(self.type_of(term), Type::List(_)));
        let operator = if lists { Operator::Join } else { operator };
        Some(Term { node: TermNode::Arithmetic(operator, Box::new(left), Box::new(right)), span })
    }

    /// An operand: a fact of one word may stand here.
    pub(super) fn operand(&mut self, written: &'t Expr) -> Option<Term> {
        self.term(written, &Type::Any)
    }

    /// Demands that two operands go together. What nobody declared takes the type of the other side, except beside a
    /// duration, where it might be a date, a date-time or a duration.
    fn operands(&mut self, operator: Operator, left: &Term, right: &Term) -> Option<()> {
        let (one, other) = (self.type_of(left), self.type_of(right));
        match (operator, &one, &other) {
            (Operator::Plus | Operator::Minus, Type::Date, Type::Duration) => self.addable(true, right),
            (Operator::Plus | Operator::Minus, Type::DateTime, Type::Duration) => self.addable(false, right),
            (Operator::Plus, Type::Duration, Type::Date) => self.addable(true, left),
            (Operator::Plus, Type::Duration, Type::DateTime) => self.addable(false, left),
            (Operator::Plus, Type::Text | Type::Choice(_), Type::Text | Type::Choice(_)) => Some(()),
            (Operator::Plus, Type::List(_), _) | (Operator::Plus, _, Type::List(_)) => {
                let element = self.types.fresh();
                let list = Type::List(Arc::new(element));
                self.want(left, &list)?;
                self.want(right, &list)
            }
            (
                Operator::Plus | Operator::Minus,
                Type::Number | Type::Money | Type::Duration,
                Type::Number | Type::Money | Type::Duration,
            ) => {
                if one == other {
                    Some(())
                } else {
                    self.do_not_go_together(operator, left, right)
                }
            }
            (Operator::Times, Type::Number, Type::Number | Type::Money | Type::Duration)
            | (Operator::Times, Type::Money | Type::Duration, Type::Number) => Some(()),
            (Operator::Times, Type::Inferred(_), Type::Money | Type::Duration) => self.want(left, &Type::Number),
            (Operator::Times, Type::Money | Type::Duration, Type::Inferred(_)) => self.want(right, &Type::Number),
            (_, Type::Inferred(_), Type::Number) => self.want(left, &Type::Number),
            (_, Type::Number, Type::Inferred(_)) => self.want(right, &Type::Number),
            (Operator::Plus | Operator::Minus, Type::Inferred(_), Type::Money | Type::Text) => self.want(left, &other),
            (Operator::Plus | Operator::Minus, Type::Money | Type::Text, Type::Inferred(_)) => self.want(right, &one),
            (Operator::Plus | Operator::Minus, Type::Date | Type::DateTime | Type::Duration, Type::Inferred(_)) => {
                self.want(right, &Type::Duration)
            }
            (_, Type::Inferred(_), _) => self.type_unknown(left),
            (_, _, Type::Inferred(_)) => self.type_unknown(right),
            _ => self.do_not_go_together(operator, left, right),
        }
    }

    fn addable(&mut self, to_date: bool, span: &Term) -> Option<()> {
        if let TermNode::Literal(Value::Duration(duration)) = &span.node
            && !can_be_added(to_date, *duration)
        {
            self.report(messages::not_addable(to_date, self.sources.words(span.span), span.span));
            return None;
        }
        Some(())
    }

    pub(super) fn type_unknown<T>(&mut self, term: &Term) -> Option<T> {
        if !self.types.is_lost(&self.raw_type_of(term)) {
            self.report(messages::type_not_known(self.sources.words(term.span), term.span));
        }
        None
    }

    fn do_not_go_together<T>(&mut self, operator: Operator, left: &Term, right: &Term) -> Option<T> {
        let (one, other) = (self.a_type(&self.type_of(left)), self.a_type(&self.type_of(right)));
        self.report(messages::no_arithmetic(operator, (&one, left.span), (&other, right.span)));
        None
    }

    /// What arithmetic gives.
    pub(super) fn type_of_arithmetic(&self, operator: Operator, left: &Term, right: &Term) -> Type {
        match (operator, self.type_of(left), self.type_of(right)) {
            (Operator::Plus | Operator::Minus, day @ (Type::Date | Type::DateTime), _) => day,
            (Operator::Plus, _, day @ (Type::Date | Type::DateTime)) => day,
            (Operator::Times, Type::Number | Type::Inferred(_) | Type::Any, other) => other,
            (_, Type::Choice(_), _) => Type::Text,
            (_, Type::Any | Type::Inferred(_), other) => other,
            (_, one, _) => one,
        }
    }

    /// A function of the closed set, or a share.
    pub(super) fn of(&mut self, written: &'t Of, span: Span) -> Option<Term> {
        match &written.function {
            tree::Function::Percent(share) => self.percent_of(*share, &written.argument, span),
            tree::Function::Distinct => {
                let argument = self.argument_of(written, Function::Distinct, span)?;
                self.apply(Function::Distinct, argument, span)
            }
            tree::Function::Named(name) if name.text == "bucket" => self.bucket(written, name, span),
            tree::Function::Named(name) => {
                let Some(function) = Function::ALL.into_iter().find(|function| function.name() == name.text) else {
                    let near = similar(&name.text, Function::ALL.iter().map(|function| function.name()).chain(["bucket"]));
                    let diagnostic = messages::unknown_function(name, &near);
                    let field = self.field_of_argument(name, &written.argument);
                    self.report(match field {
                        Some(field) => messages::field_with_of(diagnostic, span, &field),
                        None => diagnostic,
                    });
                    return None;
                };
                if let Some(salt) = &written.salt {
                    self.report(messages::no_salt(name, salt.span));
                    return None;
                }
                let argument = self.argument_of(written, function, span)?;
                self.apply(function, argument, span)
            }
        }
    }

    /// `document.owner` for `owner of document`, where a document has an owner, or nobody says what it has.
    fn field_of_argument(&mut self, name: &Name, argument: &'t Expr) -> Option<String> {
        let tree::Node::Path { path, .. } = &argument.node else { return None };
        let is_bare_function = Function::ALL.into_iter().any(|function| strsim::osa_distance(function.name(), &name.text) < 2);
        let owner = self.subject(argument).filter(|_| !is_bare_function)?;
        let kinds = self.kinds_of(&owner);
        if kinds.is_empty() {
            return None;
        }
        let has = |kind: &crate::vocabulary::KindId| {
            self.field_named(*kind, &name.text).is_some() || self.program.vocabulary.kind(*kind).is_some_and(|kind| !kind.declared)
        };
        kinds.iter().all(has).then(|| alloc::format!("{}.{}", self.sources.words(path.span), name.text))
    }

    fn percent_of(&mut self, share: Decimal, of: &'t Expr, span: Span) -> Option<Term> {
        let share = Term { node: TermNode::Literal(Value::Number(share)), span };
        let of = self.subject(of)?;
        self.operands(Operator::Times, &share, &of)?;
        Some(Term { node: TermNode::Arithmetic(Operator::Times, Box::new(share), Box::new(of)), span })
    }

    /// The argument of a function: `X`, or the list `E for x in L where (C)`.
    fn argument_of(&mut self, written: &'t Of, function: Function, span: Span) -> Option<Term> {
        match &written.over {
            None => self.subject(&written.argument),
            Some(over) if function.is_of_list() => self.each(&written.argument, over, span),
            Some(over) => {
                self.report(messages::no_comprehension(function.name(), over.variable.span));
                None
            }
        }
    }

    fn apply(&mut self, function: Function, of: Term, span: Span) -> Option<Term> {
        self.check_argument(function, &of)?;
        Some(Term { node: TermNode::Function(function, Box::new(of)), span })
    }

    fn check_argument(&mut self, function: Function, of: &Term) -> Option<()> {
        match function {
            Function::Count | Function::Distinct => {
                let element = self.types.fresh();
                self.is_list(of, &element)
            }
            Function::Total | Function::Highest | Function::Lowest => self.has_ordered_elements(function, of),
            Function::Keys | Function::Values => {
                let element = self.types.fresh();
                self.want(of, &Type::Map(Arc::new(element)))
            }
            Function::Length | Function::Lowercase if matches!(self.type_of(of), Type::Choice(_)) => Some(()),
            Function::Length | Function::Lowercase => self.want(of, &Type::Text),
            Function::Date | Function::Time => self.want(of, &Type::DateTime),
            Function::Weekday | Function::Day | Function::Month | Function::Year => {
                let ty = self.type_of(of);
                if ty == Type::DateTime {
                    return Some(());
                }
                if matches!(ty, Type::Inferred(_)) { self.type_unknown(of) } else { self.want(of, &Type::Date) }
            }
        }
    }

    fn has_ordered_elements(&mut self, function: Function, of: &Term) -> Option<()> {
        let element = self.types.fresh();
        self.is_list(of, &element)?;
        let fits = match self.types.resolve(&element) {
            Type::Number | Type::Money | Type::Duration => true,
            Type::Date | Type::Time | Type::DateTime => function != Function::Total,
            Type::Choice(choice) => function != Function::Total && choice.ranked,
            // What is not known yet is learned from what it is compared with.
            Type::Any | Type::Inferred(_) => true,
            Type::YesNo
            | Type::Text
            | Type::IpAddress
            | Type::Network
            | Type::List(_)
            | Type::Map(_)
            | Type::Reference(_)
            | Type::Kind(_) => false,
        };
        if fits {
            return Some(());
        }
        let what = alloc::format!("`{}` has elements that are {}", self.sources.words(of.span), self.a_type(&element));
        let wanted = if function == Function::Total { "a list of numbers, money or durations" } else { "a list of things with an order" };
        self.report(messages::wants_another_type(&what, wanted, of.span));
        None
    }

    /// What a function gives.
    pub(super) fn type_of_function(&self, function: Function, of: &Term) -> Type {
        let element = || {
            if let Type::List(element) | Type::Map(element) = self.type_of(of) { self.types.resolve(&element) } else { Type::Any }
        };
        match function {
            Function::Count | Function::Length | Function::Day | Function::Month | Function::Year => Type::Number,
            Function::Total | Function::Highest | Function::Lowest => element(),
            Function::Distinct => self.type_of(of),
            Function::Keys => Type::List(Arc::new(Type::Text)),
            Function::Values => Type::List(Arc::new(element())),
            Function::Date => Type::Date,
            Function::Time => Type::Time,
            Function::Lowercase => Type::Text,
            Function::Weekday => {
                let days: Vec<String> = crate::value::Weekday::ALL.iter().map(|day| day.name().into()).collect();
                Type::Choice(Arc::new(Choice { values: days, ranked: false }))
            }
        }
    }

    fn bucket(&mut self, written: &'t Of, name: &Name, span: Span) -> Option<Term> {
        let Some(salt) = &written.salt else {
            self.report(messages::bucket_without_salt(self.sources.words(span), name.span, span));
            return None;
        };
        let of = self.subject(&written.argument)?;
        self.want(&of, &Type::Text)?;
        Some(Term { node: TermNode::Bucket(Box::new(of), salt.text.clone()), span })
    }

    /// `days from A to B`.
    pub(super) fn span_between(&mut self, unit: &Name, from: &'t Expr, to: &'t Expr, span: Span) -> Option<Term> {
        let Some(known) = Unit::ALL.into_iter().find(|known| known.name() == unit.text) else {
            let near = similar(&unit.text, Unit::ALL.iter().map(|unit| unit.name()));
            self.report(messages::unknown_function(unit, &near));
            return None;
        };
        let (from, to) = (self.subject(from), self.subject(to));
        let (from, to) = (from?, to?);
        let wanted = if known == Unit::Duration { Type::DateTime } else { Type::Date };
        self.want(&from, &wanted)?;
        self.want(&to, &wanted)?;
        Some(Term { node: TermNode::Span(known, Box::new(from), Box::new(to)), span })
    }

    /// `E for x in L where (C)`.
    fn each(&mut self, element: &'t Expr, over: &'t Comprehension, span: Span) -> Option<Term> {
        let mut inside = self.types.fresh();
        let list = self.list_of(&over.list, &inside);
        if list.is_none() {
            inside = self.types.lost();
        }
        let variable = self.variable(&over.variable, inside, list.as_ref(), span)?;
        let filter = match &over.filter {
            Some(filter) => self.formula(filter).map(Some),
            None => Some(None),
        };
        let element = self.subject(element);
        self.scope.variables.pop();
        let each = program::Each { variable, list: list?, filter: filter?, element: element? };
        Some(Term { node: TermNode::Each(Box::new(each)), span })
    }

    /// The list that a variable runs over.
    pub(super) fn list_of(&mut self, written: &'t Expr, element: &Type) -> Option<Term> {
        let list = self.subject(written)?;
        self.is_list(&list, element).map(|()| list)
    }

    /// A new variable, in scope until the caller takes it out; none after reporting that there are too many around it.
    pub(super) fn variable(&mut self, name: &Name, ty: Type, list: Option<&Term>, span: Span) -> Option<VariableId> {
        if self.scope.variables.len() >= self.limits.quantifier_nesting {
            self.report(messages::quantifiers_too_deep(span, self.limits.quantifier_nesting));
            return None;
        }
        self.shadowing(name);
        let private = list.is_some_and(|list| self.program.is_private(list));
        let id = VariableId(u32::try_from(self.program.variables.len()).unwrap_or(u32::MAX));
        self.program.variables.push(Variable { name: name.text.clone(), ty, private });
        self.scope.variables.push((name.text.clone(), id));
        self.sentence.variables.insert(name.text.clone());
        Some(id)
    }

    /// Is a term a duration written out in months?
    pub(super) fn is_calendar(term: &Term) -> Option<Duration> {
        let TermNode::Literal(Value::Duration(duration)) = &term.node else { return None };
        duration.months().map(|_| *duration)
    }
}
