//! What lies in what: declarations, `is in` a group, entities written out, kinds.

use super::{Checker, messages};
use crate::program::{Formula, FormulaNode, Range, Term, TermNode};
use crate::source::Span;
use crate::tree::{InsideDecl, Name, TextLiteral};
use crate::value::{AddressError, Network, Value};
use crate::vocabulary::{KindId, Type};
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

impl<'t> Checker<'t> {
    /// `a folder is inside a folder or a drive`.
    pub(super) fn declare_inside(&mut self, written: &InsideDecl) {
        let kind = self.kind_named(&written.name);
        let parents: Vec<KindId> = written.parents.iter().map(|parent| self.kind_named(parent)).collect();
        for &entity in parents.iter().chain([&kind]) {
            self.is_entity(entity);
        }
        if let Some(kind) = self.program.vocabulary.kinds.get_mut(kind.0 as usize) {
            kind.parents.extend(parents);
        }
    }

    /// The kinds that a term may be, where it is something with an identity.
    pub(super) fn kinds_of(&self, term: &Term) -> Vec<KindId> {
        self.type_of(term).kinds().to_vec()
    }

    /// `X is in Y` where both are things with an identity.
    pub(super) fn inside(&mut self, inner: Term, outer: Term, span: Span) -> Option<Formula> {
        let from = self.possible(&inner);
        let to = self.kinds_of(&outer);
        if [&inner, &outer].iter().any(|term| self.types.is_lost(&self.raw_type_of(term))) {
            return None;
        }
        if from.is_empty() {
            let what = alloc::format!("`{}` is {}", self.sources.words(inner.span), self.a_type(&self.type_of(&inner)));
            self.report(messages::wants_another_type(&what, "something that can lie in it", inner.span));
            return None;
        }
        let reaches = from.iter().any(|&kind| self.reaches(kind, &to));
        if !reaches {
            let names = (self.a_type(&self.type_of(&inner)), self.a_type(&self.type_of(&outer)));
            self.report_unknown("inside", messages::never_inside(&names.0, &names.1, span));
            return None;
        }
        Some(Formula { node: FormulaNode::Inside(inner, outer), span })
    }

    /// Can a thing of this kind lie in, or be, one of those?
    pub(super) fn reaches(&self, kind: KindId, goals: &[KindId]) -> bool {
        let mut seen = Vec::new();
        let mut waiting = alloc::vec![kind];
        while let Some(kind) = waiting.pop() {
            if goals.contains(&kind) {
                return true;
            }
            if !seen.contains(&kind) {
                seen.push(kind);
                waiting.extend(self.program.vocabulary.kind(kind).into_iter().flat_map(|kind| kind.parents.iter().copied()));
            }
        }
        false
    }

    /// What `any folder above document` runs over: the variable is named like the kind.
    pub(super) fn above(&mut self, variable: &Name, of: Term, itself: bool, span: Span) -> Option<(Range, Type)> {
        let Some(&kind) = self.names.kinds.get(&variable.text) else {
            let diagnostic = messages::unknown_kind_above(variable, self.names.kinds.keys().map(alloc::string::String::as_str));
            self.report_unknown(&variable.text, diagnostic);
            return None;
        };
        let from = self.possible(&of);
        if !from.iter().any(|&from| self.reaches(from, &[kind])) {
            let names = (self.a_type(&self.type_of(&of)), self.a_type(&Type::Kind(kind)));
            self.report_unknown("inside", messages::never_inside(&names.0, &names.1, span));
            return None;
        }
        Some((Range::Above { of, itself, kind }, Type::Kind(kind)))
    }

    /// `group "friends"`, or `ip "2001:db8::/32"`.
    pub(super) fn entity(&mut self, kind: &Name, id: &TextLiteral, span: Span) -> Option<Term> {
        if kind.text == "ip" && !self.names.kinds.contains_key("ip") {
            return match Network::parse(&id.text) {
                Ok(network) => Some(Term { node: TermNode::Literal(Value::Network(network)), span }),
                Err(trouble) => {
                    let fix = if let AddressError::HostBits(network) = trouble { Some(alloc::format!("\"{network}\"")) } else { None };
                    self.report(messages::no_network(&alloc::format!("{trouble}"), id.span, fix));
                    None
                }
            };
        }
        let Some(&known) = self.names.kinds.get(&kind.text) else {
            let diagnostic = messages::unknown_type(kind, self.names.kinds.keys().map(alloc::string::String::as_str));
            self.report_unknown(&kind.text, diagnostic);
            return None;
        };
        self.is_entity(known);
        Some(Term { node: TermNode::Entity(known, id.text.clone()), span })
    }

    /// `X is a K`, where K is a declared kind.
    pub(super) fn kind_test(&mut self, subject: Term, kind: KindId, word: &Name, span: Span) -> Option<Formula> {
        let kinds = self.kinds_of(&subject);
        let open = matches!(&subject.node, TermNode::Path(path) if path.steps.is_empty() && matches!(path.root, crate::program::Root::Resource | crate::program::Root::Subject));
        if !open && !kinds.contains(&kind) {
            let what = alloc::format!("`{}` is {}", self.sources.words(subject.span), self.a_type(&self.type_of(&subject)));
            self.report(messages::never_of_kind(&what, word));
            return None;
        }
        self.is_entity(kind);
        Some(Formula { node: FormulaNode::IsKind(subject, kind), span })
    }

    /// `X is within the last D`: not in the future, and not longer ago than D. Dates against `today`, date-times against `now`.
    pub(super) fn within(&mut self, subject: Term, span_term: Term, last: bool, span: Span) -> Option<Formula> {
        self.want(&span_term, &Type::Duration)?;
        let ty = self.type_of(&subject);
        if matches!(ty, Type::Inferred(_)) {
            self.want(&subject, &Type::DateTime)?;
        } else if !matches!(ty, Type::Date | Type::DateTime) {
            let what = alloc::format!("`{}` is {}", self.sources.words(subject.span), self.a_type(&ty));
            self.report(messages::wants_another_type(&what, "a date or a date-time", subject.span));
            return None;
        }
        let clock = if ty == Type::Date { "today" } else { "now" };
        if clock == "now" && Self::is_calendar(&span_term).is_some() {
            self.report(messages::not_addable(false, self.sources.words(span_term.span), span_term.span));
            return None;
        }
        let at = self.fact_named(clock, span);
        let now = Term { node: TermNode::Path(crate::program::Path { root: crate::program::Root::Fact(at), steps: Vec::new() }), span };
        let operator = if last { crate::value::Operator::Minus } else { crate::value::Operator::Plus };
        let edge = Term { node: TermNode::Arithmetic(operator, Box::new(now.clone()), Box::new(span_term)), span };
        let (low, high) = if last { (edge, now) } else { (now, edge) };
        let from = Formula { node: FormulaNode::Less { left: low, right: subject.clone(), or_equal: true }, span };
        let to = Formula { node: FormulaNode::Less { left: subject, right: high, or_equal: true }, span };
        Some(Formula { node: FormulaNode::And(alloc::vec![from, to]), span })
    }

    /// `X is in N`, where X is an address: a network, or a list of networks.
    pub(super) fn in_network(&mut self, address: Term, networks: Term, span: Span) -> Option<Formula> {
        self.want(&address, &Type::IpAddress)?;
        let ty = self.type_of(&networks);
        let is_list = matches!(&ty, Type::List(inside) if matches!(self.types.resolve(inside), Type::Network | Type::IpAddress));
        let list = if ty == Type::Network {
            Term { span: networks.span, node: TermNode::List(alloc::vec![networks]) }
        } else {
            if !is_list {
                self.want(&networks, &Type::List(Arc::new(Type::Network)))?;
            }
            networks
        };
        Some(Formula { node: FormulaNode::In(address, list, crate::value::Letters::Exact), span })
    }
}
