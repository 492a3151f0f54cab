//! Vocabulary: kinds with their fields, hierarchies, acts, facts and settings, and their types.

use super::{Builder, next_is};
use crate::parse::grammar::{Pair, Pairs, Part, next_part, take};
use crate::parse::mistakes;
use crate::source::Span;
use crate::tree::{
    ActDecl, ActGroup, DeclaredType, FactDecl, FieldDecl, Glue, InsideDecl, KindDecl, Name, TextLiteral, TypeExpr, TypeNode,
};
use alloc::boxed::Box;
use alloc::vec::Vec;

impl<'t> Builder<'_, 't> {
    pub(super) fn kind(&mut self, pair: Pair<'t>) -> Option<KindDecl> {
        let article_is_missing = pair.as_rule() == Part::bad_kind;
        let mut inner = pair.into_inner().peekable();
        let article = take(&mut inner, Part::art);
        let name = take(&mut inner, Part::name)?;
        let name = self.name(&name);
        match article {
            Some(article) if article.as_str() == "the" => {
                let at = self.span(&article);
                self.report(mistakes::kind_article(at, &name.text, false));
            }
            None if article_is_missing => self.report(mistakes::kind_article(name.span, &name.text, true)),
            _ => {}
        }
        let from = self.foreign_name(&mut inner);
        let only = take(&mut inner, Part::only).is_some();
        let mut fields = Vec::new();
        while let Some(field) = take(&mut inner, Part::field) {
            fields.push(self.field(field)?);
            if let Some(comma) = take(&mut inner, Part::bad_comma) {
                let at = self.span(&comma);
                self.report(mistakes::punctuation(at, ",", "each field stands on a line of its own", Vec::from([(at, "".into())])));
            }
        }
        Some(KindDecl { name, from, only, fields })
    }

    fn field(&mut self, pair: Pair<'t>) -> Option<FieldDecl> {
        let mut inner = pair.into_inner().peekable();
        let glue = take(&mut inner, Part::glue).map_or(Glue::Bare, |glue| {
            let words = glue.as_str().split_ascii_whitespace();
            match words.take_while(|word| !word.starts_with('#')).collect::<Vec<_>>().as_slice() {
                ["has" | "have", ..] => Glue::Has,
                [_] => Glue::Is,
                _ => Glue::IsA,
            }
        });
        let name = take(&mut inner, Part::attr)?;
        let name = self.name(&name);
        let declared = self.declared(&mut inner)?;
        Some(FieldDecl { glue, name, declared })
    }

    /// A type with its modifiers and options.
    fn declared(&mut self, pairs: &mut Pairs<'t>) -> Option<DeclaredType> {
        let start = self.keyword(pairs.peek()?, 0);
        let (mut private, mut fixed, mut optional) = (None, None, None);
        while let Some(pair) = take(pairs, Part::modifier) {
            let at = self.span(&pair);
            let slot: &mut Option<Span> = match pair.as_str() {
                "private" => &mut private,
                "fixed" => &mut fixed,
                _ => &mut optional,
            };
            if slot.replace(at).is_some() {
                self.report(mistakes::word_twice(at, pair.as_str(), Some(at)));
            }
        }
        let base = self.base_type(pairs)?;
        let mut declared = DeclaredType { span: start.to(base.span), base, private, fixed, optional, assumed: None, from: None };
        while next_is(pairs, &[Part::assumed, Part::from_key]) {
            let pair = pairs.next()?;
            let at = self.span(&pair);
            declared.span = declared.span.to(at);
            let twice = if pair.as_rule() == Part::assumed {
                let value = self.assumed(pair)?;
                declared.assumed.replace(value).is_some()
            } else {
                let key = pair.into_inner().next().map(|text| self.text(&text))?;
                declared.from.replace(key).is_some()
            };
            if twice {
                let word = self.site.words(at).split([' ', '\t', '"', '[']).next().unwrap_or("");
                self.report(mistakes::word_twice(at, word, None));
            }
        }
        Some(declared)
    }

    fn assumed(&mut self, pair: Pair<'t>) -> Option<crate::tree::Expr> {
        self.factor(&mut pair.into_inner().peekable())
    }

    fn base_type(&mut self, pairs: &mut Pairs<'t>) -> Option<TypeExpr> {
        let pair = pairs.next()?;
        let span = self.span(&pair);
        let node = match pair.as_rule() {
            Part::t_yes_no => TypeNode::YesNo,
            Part::t_name => TypeNode::Named(self.name(&pair)),
            Part::t_list => TypeNode::List(Box::new(self.declared(&mut pair.into_inner().peekable())?)),
            Part::t_map => TypeNode::Map(Box::new(self.declared(&mut pair.into_inner().peekable())?)),
            Part::t_ref => TypeNode::Reference(self.names(&mut pair.into_inner().peekable(), Part::name)),
            Part::t_choice => self.choice(pair)?,
            _ => {
                self.report(mistakes::phrase(span, pair.as_str(), "yes/no"));
                TypeNode::YesNo
            }
        };
        Some(TypeExpr { node, span })
    }

    fn choice(&mut self, pair: Pair<'t>) -> Option<TypeNode> {
        let whole = self.span(&pair);
        let mut values: Vec<Name> = Vec::new();
        let mut ranks = 0_usize;
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Part::rank => ranks = ranks.saturating_add(1),
                Part::text => {
                    let TextLiteral { text, span } = self.text(&pair);
                    values.push(Name { text, span });
                }
                Part::name => values.push(self.name(&pair)),
                _ => {
                    let at = self.span(&pair);
                    self.report(mistakes::choice_reserved(at, pair.as_str()));
                }
            }
        }
        if ranks > 0 && ranks.saturating_add(1) < values.len() {
            self.report(mistakes::ranked_and_listed(whole));
        }
        if values.len() > self.limits.list_items {
            self.report(mistakes::too_long(whole, "a list", values.len(), self.limits.list_items, "items"));
        }
        Some(TypeNode::Choice { values, ranked: ranks > 0 })
    }

    fn foreign_name(&mut self, pairs: &mut Pairs<'t>) -> Option<TextLiteral> {
        take(pairs, Part::from_key).and_then(|pair| pair.into_inner().next()).map(|text| self.text(&text))
    }

    pub(super) fn inside(&mut self, pair: Pair<'t>) -> Option<InsideDecl> {
        let mut inner = pair.into_inner().peekable();
        take(&mut inner, Part::art);
        let name = take(&mut inner, Part::name)?;
        let name = self.name(&name);
        Some(InsideDecl { name, parents: self.names(&mut inner, Part::name) })
    }

    pub(super) fn act_group(&mut self, pair: Pair<'t>) -> Option<ActGroup> {
        let mut inner = pair.into_inner().peekable();
        let name = take(&mut inner, Part::name)?;
        let name = self.name(&name);
        Some(ActGroup { name, head: self.head(&mut inner)? })
    }

    pub(super) fn act(&mut self, pair: Pair<'t>) -> Option<ActDecl> {
        let mut inner = pair.into_inner().peekable();
        let head = self.head(&mut inner)?;
        let mut act = ActDecl { head, by: Vec::new(), involves: Vec::new(), otherwise: None, from: None };
        while let Some(part) = next_part(&mut inner) {
            let pair = inner.next()?;
            let at = self.span(&pair);
            let mut parts = pair.into_inner().peekable();
            let twice = match part {
                Part::by_c => !core::mem::replace(&mut act.by, self.names(&mut parts, Part::name)).is_empty(),
                Part::involves_c => !core::mem::replace(&mut act.involves, self.names(&mut parts, Part::name)).is_empty(),
                Part::act_otherwise => core::mem::replace(&mut act.otherwise, self.template(&mut parts)).is_some(),
                _ => {
                    let key = parts.next().map(|text| self.text(&text));
                    core::mem::replace(&mut act.from, key).is_some()
                }
            };
            if twice {
                let word = self.site.words(at).split([' ', '\t']).next().unwrap_or("");
                self.report(mistakes::word_twice(at, word, None));
            }
        }
        Some(act)
    }

    pub(super) fn fact(&mut self, pair: Pair<'t>) -> Option<FactDecl> {
        let mut inner = pair.into_inner().peekable();
        let name = take(&mut inner, Part::name)?;
        let name = self.name(&name);
        Some(FactDecl { name, declared: self.declared(&mut inner)? })
    }
}
