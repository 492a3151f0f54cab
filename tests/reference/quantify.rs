//! What is said of the elements of a list, or of what lies above something.

use super::read::{Facts, Got, Item};
use super::says::{Scope, nothing};
use super::scalar::Scalar;
use super::things::Thing;
use super::truth::{Notes, Truth};
use onlyif::Value;
use onlyif::machinery::program::{Quantified, Quantifier, Range, Term};
use onlyif::machinery::vocabulary::{KindId, Type};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// An element, and what is said of it.
pub type Judged = (Got, Truth);

impl Facts<'_> {
    pub fn quantified(&self, quantified: &Quantified, scope: &Scope) -> Truth {
        let (number, count) = match &quantified.quantifier {
            Quantifier::Any | Quantifier::Every | Quantifier::No => (Ok(Decimal::ONE), false),
            Quantifier::AtLeast(number) => (number_of(&self.term(number, scope), true), true),
            Quantifier::AtMost(number) | Quantifier::Exactly(number) => (number_of(&self.term(number, scope), false), true),
        };
        let (judged, mut open) = match self.judged(quantified, scope) {
            Ok(judged) => judged,
            Err(notes) => return Truth::Unknown(notes),
        };
        let n = match number {
            Ok(number) => number,
            Err(notes) => return Truth::Unknown(notes),
        };
        let truths = if count {
            let (once, doubts) = self.once(judged);
            open = open.and(doubts);
            once
        } else {
            let beyond = if open.is_empty() { None } else { Some(Truth::Unknown(std::mem::take(&mut open))) };
            judged.into_iter().map(|(_, truth)| truth).chain(beyond).collect()
        };
        let sum = |wanted: fn(&Truth) -> bool| Decimal::from(truths.iter().filter(|truth| wanted(truth)).count());
        let (yes, unknown, no) = (sum(|truth| *truth == Truth::Yes), sum(Truth::is_unknown), sum(|truth| *truth == Truth::No));
        let zero = Decimal::ZERO;
        let (holds, fails) = match quantified.quantifier {
            Quantifier::Any => (yes >= Decimal::ONE, yes + unknown == zero),
            Quantifier::Every => (no == zero && unknown == zero, no >= Decimal::ONE),
            Quantifier::No => (yes + unknown == zero, yes >= Decimal::ONE),
            Quantifier::AtLeast(_) => (yes >= n, yes + unknown < n),
            Quantifier::AtMost(_) => (yes + unknown <= n, yes > n),
            Quantifier::Exactly(_) => (yes == n && unknown == zero, yes > n || yes + unknown < n),
        };
        match (open.is_empty(), holds, fails) {
            (true, true, _) => Truth::Yes,
            (true, _, true) => Truth::No,
            _ => Truth::Unknown(truths.iter().map(Truth::notes).fold(open, Notes::and)),
        }
    }

    /// Each element with what is said of it, and what may lie beyond those that are known; or what keeps all unknown.
    pub fn judged(&self, quantified: &Quantified, scope: &Scope) -> Result<(Vec<Judged>, Notes), Notes> {
        let (items, beyond) = match &quantified.range {
            Range::List(list) => (self.elements(&self.term(list, scope))?, Notes::default()),
            Range::Above { of, itself, kind } => self.things_above(of, *itself, *kind, scope)?,
        };
        let says = |item: Got| {
            let truth = self.says(&quantified.body, &scope.with(quantified.variable, &item));
            (item, truth)
        };
        Ok((items.into_iter().map(says).collect(), beyond))
    }

    /// The things of a kind that something lies in, and the needs of those of which nothing is known.
    fn things_above(&self, of: &Term, itself: bool, kind: KindId, scope: &Scope) -> Result<(Vec<Got>, Notes), Notes> {
        let got = self.term(of, scope);
        let Got::Known(item) = &got else { return Err(nothing(self.whole(&got), [&got])) };
        let thing = self.placed(item)?;
        let above = self.above(item, &thing);
        let key = &self.program.vocabulary.kind(kind).unwrap().key;
        let hidden = self.is_hidden(&item.path);
        let called = |thing: &Thing| if hidden { item.path.clone() } else { thing.path() };
        let mut found = Vec::new();
        if itself && thing.kind.as_ref() == Some(key) {
            found.push(Got::Known(Item { path: called(&thing), ..item.clone() }));
        }
        for above in above.things.iter().filter(|above| above.kind.as_ref() == Some(key)) {
            found.push(Got::Known(Item { path: called(above), ty: Type::Kind(kind), value: Value::Text(above.id.clone()) }));
        }
        Ok((found, above.open.into_iter().fold(Notes::default(), Notes::and)))
    }

    /// Each thing once, whatever stands twice; with what makes the whole count doubtful.
    fn once(&self, judged: Vec<Judged>) -> (Vec<Truth>, Notes) {
        let mut doubts = Notes::default();
        let mut things: BTreeMap<_, Vec<(String, Truth)>> = BTreeMap::new();
        let mut once = Vec::new();
        for (item, truth) in judged {
            match &item {
                Got::Known(item) if self.is_thing(&item.ty) => match self.thing(item) {
                    Ok(thing) if thing.kind.is_none() => doubts = doubts.and(Notes::problem("", "D05")).and(truth.notes()),
                    Ok(thing) => things.entry(thing).or_default().push((item.path.clone(), truth)),
                    Err(notes) => doubts = doubts.and(notes).and(truth.notes()),
                },
                Got::Known(_) | Got::Zero | Got::None(_) | Got::Null(_) | Got::Word | Got::Written(_) => once.push(truth),
                Got::Missing(..) | Got::Open(_) | Got::Bad(..) => doubts = doubts.and(self.whole(&item)).and(truth.notes()),
            }
        }
        for copies in things.into_values() {
            let open = copies.iter().map(|(_, truth)| truth.notes()).fold(Notes::default(), Notes::and);
            let other = copies.iter().find(|(_, truth)| *truth == copies[0].1.clone().not() && !truth.is_unknown());
            once.push(match other {
                Some(_) => Truth::Unknown(open.and(Notes::problem("", "D05"))),
                None if copies.iter().any(|(_, truth)| truth.is_unknown()) => Truth::Unknown(open),
                None => copies[0].1.clone(),
            });
        }
        (once, doubts)
    }
}

fn number_of(got: &Got, from_one: bool) -> Result<Decimal, Notes> {
    match got {
        Got::Known(item) => match Scalar::of(item) {
            Some(Scalar::Number(number)) if from_one && number < Decimal::ONE => Err(Notes::problem(&item.path, "D04")),
            Some(Scalar::Number(number)) => Ok(number),
            _ => Err(Notes::problem(&item.path, "D01")),
        },
        Got::Zero if from_one => Err(Notes::problem("", "D04")),
        Got::Zero => Ok(Decimal::ZERO),
        other => Err(nothing(other.notes(), [other])),
    }
}
