//! Vocabulary, definitions and constants.

use super::page::Item;
use super::writer::Writer;
use crate::tree::{
    ActDecl, Constant, DeclaredType, Definition, Expr, FactDecl, FieldDecl, Glue, InsideDecl, KindDecl, Name, Node, TypeNode,
};

impl<'t> Writer<'t> {
    pub(super) fn kind(&mut self, kind: &'t KindDecl) {
        self.article(kind.name.span);
        self.name(&kind.name);
        if let Some(from) = &kind.from {
            self.word(" from ");
            self.text(from);
        }
        self.word(if kind.only { " has only" } else { " has" });
        self.put(Item::In);
        for field in &kind.fields {
            self.line(field.name.span);
            self.keeps_blanks = true;
            self.field(field);
        }
        self.put(Item::Out);
    }

    fn field(&mut self, field: &'t FieldDecl) {
        match field.glue {
            Glue::Bare => {}
            Glue::Has => self.word("has "),
            Glue::Is => self.word("is "),
            Glue::IsA => {
                self.word("is ");
                self.article(field.name.span);
            }
        }
        self.name(&field.name);
        self.word(": ");
        self.declared(&field.declared);
    }

    /// A type with its modifiers, then `from`, then `assumed`.
    fn declared(&mut self, declared: &'t DeclaredType) {
        let mut modifiers = [("private ", declared.private), ("fixed ", declared.fixed), ("optional ", declared.optional)];
        let first = modifiers.iter().filter_map(|(_, span)| *span).min();
        if let Some(first) = first {
            self.article(first);
        }
        for (word, span) in &mut modifiers {
            if let Some(span) = span {
                self.comments_before(span.start);
                self.word(*word);
            }
        }
        self.article(declared.base.span);
        self.comments_before(declared.base.span.start);
        match &declared.base.node {
            TypeNode::YesNo => self.word("yes/no"),
            TypeNode::Named(name) => self.name(name),
            TypeNode::List(inner) => {
                self.word("list of ");
                self.declared(inner);
            }
            TypeNode::Map(inner) => {
                self.word("map of ");
                self.declared(inner);
            }
            TypeNode::Choice { values, ranked } => self.choice(values, *ranked, declared.base.span.end),
            TypeNode::Reference(kinds) => {
                self.word("reference to ");
                for (at, kind) in kinds.iter().enumerate() {
                    self.word(if at > 0 { " or " } else { "" });
                    self.article(kind.span);
                    self.name(kind);
                }
            }
        }
        if let Some(from) = &declared.from {
            self.word(" from ");
            self.text(from);
        }
        if let Some(assumed) = &declared.assumed {
            self.word(", assumed ");
            self.expr(assumed);
        }
    }

    fn choice(&mut self, values: &'t [Name], ranked: bool, end: u32) {
        self.put(Item::Open);
        self.word("one of [");
        self.put(Item::In);
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.word(if ranked { " <" } else { "," });
            }
            self.place(if at > 0 { Item::Fill } else { Item::Soft }, value.span);
            if self.words(value.span).starts_with(['"', '“']) { self.texts(value.span) } else { self.name(value) }
        }
        self.comments_before(end);
        self.put(Item::Out);
        self.put(Item::Soft);
        self.word("]");
        self.put(Item::Close);
    }

    pub(super) fn inside(&mut self, inside: &'t InsideDecl) {
        self.article(inside.name.span);
        self.name(&inside.name);
        self.word(" is inside ");
        self.either(&inside.parents, true);
    }

    pub(super) fn act(&mut self, act: &'t ActDecl) {
        self.word("act ");
        self.head(&act.head);
        self.put(Item::In);
        if let Some(from) = &act.from {
            self.place(Item::Fill, from.span);
            self.word("from ");
            self.text(from);
        }
        for (at, by) in act.by.iter().enumerate() {
            self.place(Item::Fill, by.span);
            self.word(if at == 0 { "by " } else { "or " });
            self.article(by.span);
            self.name(by);
        }
        if let Some(first) = act.involves.first() {
            self.place(Item::Fill, first.span);
            self.word("involves ");
            self.with_commas(&act.involves);
        }
        if let Some(otherwise) = &act.otherwise {
            self.line(otherwise.span);
            self.word("otherwise ");
            self.texts(otherwise.span);
        }
        self.put(Item::Out);
    }

    pub(super) fn fact(&mut self, word: &'static str, fact: &'t FactDecl) {
        self.word(word);
        self.name(&fact.name);
        self.word(" is ");
        self.declared(&fact.declared);
    }

    pub(super) fn definition(&mut self, definition: &'t Definition) {
        let first = definition.subjects.first().map(|first| first.span);
        if let Some(first) = first.filter(|_| !definition.of_kind) {
            // A comment behind the `the` that is left out stands above.
            self.comments_before(first.start);
        }
        self.put(Item::Open);
        if let Some(first) = first.filter(|_| definition.of_kind) {
            self.article(first);
        }
        self.either(&definition.subjects, false);
        match definition.glue {
            Glue::Has => self.word(" has "),
            Glue::Bare | Glue::Is => self.word(" is "),
            Glue::IsA => {
                self.word(" is ");
                self.article(definition.word.span);
            }
        }
        self.name(&definition.word);
        if let Some(object) = &definition.object {
            self.word(if object.another { " another " } else { " " });
            self.either(&object.kinds, true);
        }
        self.word(" if");
        self.below(&definition.condition);
        self.put(Item::Close);
    }

    /// `NAME means V`, or its cases, one below the other where they do not fit on a line.
    pub(super) fn constant(&mut self, constant: &'t Constant) {
        self.put(Item::Open);
        self.name(&constant.name);
        self.word(" means");
        match constant.cases.as_slice() {
            [(value, None)] if constant.otherwise.is_none() => {
                // The brackets of a list are line ends enough.
                if matches!(value.node, Node::List(_)) {
                    self.word(" ");
                    self.expr(value);
                } else {
                    self.below(value);
                }
            }
            cases => {
                self.put(Item::In);
                for (at, (value, when)) in cases.iter().enumerate() {
                    self.case(at == 0, "", value, when.as_ref());
                }
                if let Some(otherwise) = &constant.otherwise {
                    self.case(false, "otherwise ", otherwise, None);
                }
                self.put(Item::Out);
            }
        }
        self.put(Item::Close);
    }

    fn case(&mut self, is_first: bool, word: &'static str, value: &'t Expr, when: Option<&'t Expr>) {
        self.word(if is_first { "" } else { "," });
        self.place(Item::Blank, self.start(value));
        self.put(Item::Open);
        self.word(word);
        self.expr(value);
        if let Some(when) = when {
            self.guard("if ", when);
        }
        self.put(Item::Close);
    }
}
