//! Definitions and constants.

use super::Builder;
use crate::parse::grammar::{Pair, Part, take};
use crate::tree::{Constant, Definition, DefinitionObject, Glue};
use alloc::vec::Vec;

impl<'t> Builder<'_, 't> {
    pub(super) fn definition(&mut self, pair: Pair<'t>) -> Option<Definition> {
        let mut inner = pair.into_inner().peekable();
        let of_kind = take(&mut inner, Part::art).is_some_and(|article| article.as_str() != "the");
        let subjects = self.names(&mut inner, Part::subject);
        let glue = if take(&mut inner, Part::def_has).is_some() {
            Glue::Has
        } else if take(&mut inner, Part::an).is_some() {
            Glue::IsA
        } else {
            Glue::Is
        };
        let word = take(&mut inner, Part::def_word)?;
        let word = self.name(&word);
        let object = take(&mut inner, Part::def_object).map(|pair| {
            let mut parts = pair.into_inner().peekable();
            let another = take(&mut parts, Part::another).is_some();
            take(&mut parts, Part::art);
            DefinitionObject { another, kinds: self.names(&mut parts, Part::name) }
        });
        let pair = inner.next()?;
        if pair.as_rule() == Part::bad_cond {
            self.refuse_definition_condition(&pair);
        }
        let condition = self.condition_of(pair)?;
        Some(Definition { of_kind, subjects, glue, word, object, condition })
    }

    pub(super) fn constant(&mut self, pair: Pair<'t>) -> Option<Constant> {
        let mut inner = pair.into_inner().peekable();
        let name = take(&mut inner, Part::name)?;
        let name = self.name(&name);
        let mut cases = Vec::new();
        while let Some(case) = take(&mut inner, Part::case) {
            let mut parts = case.into_inner().peekable();
            let value = self.expr(&mut parts)?;
            let when = match take(&mut parts, Part::if_c) {
                Some(pair) => Some(self.condition_of(pair)?),
                None => None,
            };
            cases.push((value, when));
        }
        let otherwise = match take(&mut inner, Part::case_else) {
            Some(pair) => Some(self.condition_of(pair)?),
            None => None,
        };
        Some(Constant { name, cases, otherwise })
    }
}
