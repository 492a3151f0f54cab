//! Values: literals, paths, lists, records, what is calculated.

use super::page::Item;
use super::writer::Writer;
use crate::source::Span;
use crate::tree::{Comprehension, Expr, Function, Node, Of, Operator};
use crate::value::Value;

impl<'t> Writer<'t> {
    /// Any condition or value.
    pub(super) fn expr(&mut self, expr: &'t Expr) {
        match &expr.node {
            Node::And(_) | Node::Or(_) => self.joined(expr),
            Node::Not(inner) => {
                self.word("not ");
                self.expr(inner);
            }
            Node::Paren(inner) => self.in_parentheses(inner, expr.span.end),
            Node::Quantified(quantified) => self.quantified(quantified, expr.span.end),
            Node::Sentence(sentence) => self.sentence(sentence),
            Node::Literal { value: Value::Text(_), .. } => self.texts(expr.span),
            Node::Literal { .. } => self.written(expr.span),
            Node::Path { the, path } => {
                if *the {
                    self.comments_before(expr.span.start);
                    self.word("the ");
                }
                self.written(path.span);
            }
            Node::Entity(entity) => {
                self.name(&entity.kind);
                self.word(" ");
                self.text(&entity.id);
                for field in &entity.fields {
                    self.word(".");
                    self.name(field);
                }
            }
            Node::Record(members) => self.record(members, expr.span.end),
            Node::List(items) => self.list(items, expr.span.end),
            Node::Arithmetic { operator, left, right } => {
                self.expr(left);
                self.hang(Item::Fill, right.span);
                self.word(match operator {
                    Operator::Plus | Operator::Join => "+ ",
                    Operator::Minus => "- ",
                    Operator::Times => "* ",
                });
                self.expr(right);
            }
            Node::Of(of) => self.of(of, expr.span),
            Node::Between { unit, from, to } => {
                self.put(Item::Open);
                self.name(unit);
                self.word(" from ");
                self.expr(from);
                self.hang(Item::Fill, to.span);
                self.word("to ");
                self.expr(to);
                self.put(Item::Close);
            }
        }
    }

    /// `[a, b]`: short items fill their lines, the others have one each. Comments up to `end` are within.
    pub(super) fn list(&mut self, items: &'t [Expr], end: u32) {
        let is_short = |item: &Expr| matches!(item.node, Node::Literal { .. } | Node::Path { .. } | Node::Entity(_));
        let fills = items.iter().all(is_short);
        self.put(Item::Open);
        self.word("[");
        self.put(Item::In);
        for (at, item) in items.iter().enumerate() {
            let place = match at {
                0 => Item::Soft,
                _ if fills => Item::Fill,
                _ => Item::Blank,
            };
            if at > 0 {
                self.word(",");
            }
            self.place(place, item.span);
            self.expr(item);
        }
        self.comments_before(end);
        self.put(Item::Out);
        self.put(Item::Soft);
        self.word("]");
        self.put(Item::Close);
    }

    fn record(&mut self, members: &'t [(crate::tree::Name, Expr)], end: u32) {
        self.put(Item::Open);
        self.word("record {");
        self.put(Item::In);
        for (at, (key, value)) in members.iter().enumerate() {
            if at > 0 {
                self.word(",");
            }
            self.place(Item::Blank, key.span);
            self.name(key);
            self.word(": ");
            self.expr(value);
        }
        self.comments_before(end);
        self.put(Item::Out);
        self.put(if members.is_empty() { Item::Soft } else { Item::Blank });
        self.word("}");
        self.put(Item::Close);
    }

    fn of(&mut self, of: &'t Of, span: Span) {
        self.put(Item::Open);
        match &of.function {
            Function::Named(name) => {
                self.name(name);
                self.word(" of ");
            }
            Function::Percent(_) => {
                self.comments_before(span.start);
                let written = self.words(span);
                self.word(written.split_inclusive('%').next().unwrap_or(written));
                self.word(" of ");
            }
            Function::Distinct => self.word("distinct "),
        }
        self.expr(&of.argument);
        if let Some(over) = &of.over {
            self.over(over, span.end);
        }
        if let Some(salt) = &of.salt {
            self.hang(Item::Fill, salt.span);
            self.word("for ");
            self.text(salt);
        }
        self.put(Item::Close);
    }

    fn over(&mut self, over: &'t Comprehension, end: u32) {
        self.hang(Item::Fill, over.variable.span);
        self.word("for ");
        self.name(&over.variable);
        self.word(" in ");
        self.expr(&over.list);
        if let Some(filter) = &over.filter {
            self.filter("where ", filter, end);
        }
    }
}
