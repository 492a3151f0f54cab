//! What conditions say of what terms give.

use super::read::{Facts, Got, Item, digits};
use super::scalar::Scalar;
use super::truth::{Notes, Truth};
use onlyif::Value;
use onlyif::machinery::program::{
    Constant, Definition, Formula, FormulaNode, Letters, Meaning, Quantified, Quantifier, Range, Root, Subject, Term, TermNode, TextTest,
    VariableId,
};
use onlyif::machinery::vocabulary::Type;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Where a condition is read: what its variables and parameters stand for.
#[derive(Clone, Default)]
pub struct Scope {
    variables: BTreeMap<VariableId, Got>,
    parameters: Vec<Got>,
}

impl Facts<'_> {
    pub fn says(&self, formula: &Formula, scope: &Scope) -> Truth {
        let term = |term: &Term| self.term(term, scope);
        match &formula.node {
            FormulaNode::Always(yes) => Truth::of(*yes),
            FormulaNode::Not(part) => self.says(part, scope).not(),
            FormulaNode::And(parts) => Truth::all(parts.iter().map(|part| self.says(part, scope))),
            FormulaNode::Or(parts) => Truth::any(parts.iter().map(|part| self.says(part, scope))),
            FormulaNode::Holds(of) => holds(&term(of)),
            FormulaNode::Equal(left, right, letters) => self.equal(&term(left), &term(right), *letters),
            FormulaNode::Less { left, right, or_equal } => self.less(&term(left), &term(right), *or_equal),
            FormulaNode::In(of, list, letters) => self.is_in(&term(of), &term(list), *letters),
            FormulaNode::Texts(test, left, right, letters) => texts(*test, &term(left), &term(right), *letters),
            FormulaNode::IsNone(of) => is_none(&term(of)),
            FormulaNode::IsEmpty(of) => self.is_empty(&term(of)),
            FormulaNode::Quantified(quantified) => self.quantified(quantified, scope),
            FormulaNode::Inside(..) | FormulaNode::IsKind(..) => unwritten(&formula.node),
            FormulaNode::Defined(id, subject, object) => {
                let parameters = [Some(subject), object.as_ref()].into_iter().flatten().map(term).collect();
                self.defined(self.program.definition(*id).unwrap(), Scope { parameters, ..Scope::default() })
            }
            FormulaNode::Constant(id) => match &self.program.constant(*id).unwrap().meaning {
                Meaning::Condition(condition) => self.says(condition, &Scope::default()),
                Meaning::Value(_) | Meaning::Cases(..) => holds(&self.constant(self.program.constant(*id).unwrap())),
            },
        }
    }

    fn defined(&self, definition: &Definition, scope: Scope) -> Truth {
        debug_assert!(matches!(definition.subject, Subject::Fact(_)) || !scope.parameters.is_empty());
        Truth::any(definition.alternatives.iter().map(|alternative| self.says(alternative, &scope)))
    }

    pub fn term(&self, term: &Term, scope: &Scope) -> Got {
        match &term.node {
            TermNode::Literal(value) => literal(value),
            TermNode::List(items) => Got::Written(items.iter().map(|item| self.term(item, scope)).collect()),
            TermNode::Constant(id) => self.constant(self.program.constant(*id).unwrap()),
            TermNode::Path(path) => self.follow(path, |root| match root {
                Root::Variable(id) => scope.variables[id].clone(),
                Root::Parameter(at) => scope.parameters[usize::from(*at)].clone(),
                Root::Fact(_) | Root::Setting(_) | Root::Resource | Root::Subject => unwritten(root),
            }),
            TermNode::Arithmetic(..)
            | TermNode::Function(..)
            | TermNode::Bucket(..)
            | TermNode::Span(..)
            | TermNode::Each(_)
            | TermNode::Entity(..) => unwritten(&term.node),
        }
    }

    fn constant(&self, constant: &Constant) -> Got {
        let scope = Scope::default();
        match &constant.meaning {
            Meaning::Value(term) => self.term(term, &scope),
            Meaning::Condition(condition) => match self.says(condition, &scope) {
                Truth::Unknown(notes) => Got::Open(notes),
                known => literal(&Value::YesNo(known == Truth::Yes)),
            },
            Meaning::Cases(cases, last) => {
                for (condition, term) in cases {
                    match self.says(condition, &scope) {
                        Truth::Yes => return self.term(term, &scope),
                        Truth::No => {}
                        Truth::Unknown(notes) => return Got::Open(notes),
                    }
                }
                self.term(last, &scope)
            }
        }
    }

    fn equal(&self, left: &Got, right: &Got, letters: Letters) -> Truth {
        let word = |got: &Got| matches!(got, Got::None(path) if path.is_empty());
        if word(left) || word(right) {
            return is_none(if word(left) { right } else { left });
        }
        let open = self.whole(left).and(self.whole(right));
        if !open.is_empty() {
            return Truth::Unknown(open);
        }
        match (left, right) {
            (Got::None(left), Got::None(_)) => Truth::Unknown(Notes::problem(left, "D03")),
            (Got::None(_), _) | (_, Got::None(_)) => Truth::No,
            (Got::Known(left), Got::Known(right)) if !is_list(left) && !is_list(right) => self.same(left, right, letters),
            _ => match (self.elements(left), self.elements(right)) {
                (Ok(lefts), Ok(rights)) => {
                    let there = lefts.iter().map(|item| self.is_in(item, right, letters));
                    let back = rights.iter().map(|item| self.is_in(item, left, letters));
                    Truth::all(there.chain(back).collect::<Vec<_>>())
                }
                _ => incomparable(left, right),
            },
        }
    }

    /// What keeps a term unknown that is compared as a whole: an entity that is missing is named by its id.
    fn whole(&self, got: &Got) -> Notes {
        match got {
            Got::Missing(path, Type::Kind(_)) => Notes::need(format!("{path}.id")),
            other => other.notes(),
        }
    }

    fn same(&self, left: &Item, right: &Item, letters: Letters) -> Truth {
        let records = matches!((&left.value, &right.value), (Value::Record(_), Value::Record(_)));
        let things = self.is_thing(&left.ty) || self.is_thing(&right.ty);
        if things || (records && left.ty == Type::Any) {
            return match (self.id(left), self.id(right)) {
                (Ok((left, of)), Ok((right, kind))) => Truth::of(left == right && (of.is_none() || kind.is_none() || of == kind)),
                (left, right) => Truth::Unknown(left.err().unwrap_or_default().and(right.err().unwrap_or_default())),
            };
        }
        match (Scalar::of(left), Scalar::of(right)) {
            (Some(Scalar::Text(left)), Some(Scalar::Text(right))) if letters == Letters::IgnoringCase => {
                Truth::of(fold(&left) == fold(&right))
            }
            (Some(one), Some(other)) => match one.same(&other) {
                Some(same) => Truth::of(same),
                None => clash(left, right),
            },
            _ => clash(left, right),
        }
    }

    /// The id of a thing, and its kind where that is known.
    fn id(&self, item: &Item) -> Result<(String, Option<String>), Notes> {
        let names = |kinds: &[_]| if let [kind] = kinds { Some(self.program.vocabulary.kind_name(*kind).to_owned()) } else { None };
        let kind = match &item.ty {
            Type::Kind(kind) => names(&[*kind]),
            Type::Reference(kinds) => names(kinds),
            _ => None,
        };
        let (id, path) = match &item.value {
            Value::Record(record) => {
                let field = if let Type::Kind(kind) = &item.ty {
                    self.program.vocabulary.kind(*kind).and_then(|kind| kind.field("id"))
                } else {
                    None
                };
                (record.get(field.map_or("id", |field| &field.key)).cloned(), format!("{}.id", item.path))
            }
            other => (Some(other.clone()), item.path.clone()),
        };
        let kind = match (&item.ty, &item.value) {
            (Type::Reference(_), Value::Record(record)) => match record.get("type") {
                Some(Value::Text(name)) => Some(name.clone()),
                _ => kind,
            },
            _ => kind,
        };
        match id.as_ref().map(digits) {
            Some(Value::Text(id)) => Ok((id, kind)),
            None | Some(Value::None) => Err(Notes::need(path)),
            Some(_) => Err(Notes::problem(path, "D01")),
        }
    }

    fn less(&self, left: &Got, right: &Got, or_equal: bool) -> Truth {
        let notes = nothing(self.whole(left).and(self.whole(right)), [left, right]);
        let (Got::Known(one), Got::Known(other)) = (left, right) else {
            return if notes.is_empty() { incomparable(left, right) } else { Truth::Unknown(notes) };
        };
        let order = match (rank(one, other), rank(other, one)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => Scalar::of(one).and_then(|one| one.order(&Scalar::of(other)?)),
        };
        match order {
            Some(order) => Truth::of(order == Ordering::Less || (or_equal && order == Ordering::Equal)),
            None => clash(one, other),
        }
    }

    fn is_in(&self, of: &Got, list: &Got, letters: Letters) -> Truth {
        match self.elements(list) {
            Err(notes) => Truth::Unknown(notes),
            Ok(items) => Truth::any(items.iter().map(|item| self.equal(of, item, letters)).collect::<Vec<_>>()),
        }
    }

    fn is_empty(&self, of: &Got) -> Truth {
        match of {
            Got::None(_) | Got::Null(_) => Truth::Yes,
            Got::Written(items) => Truth::of(items.is_empty()),
            Got::Known(item) => Truth::of(match &item.value {
                Value::Text(text) => text.is_empty() && !self.is_thing(&item.ty),
                Value::List(items) => items.is_empty(),
                Value::Record(record) => record.is_empty() && !self.is_thing(&item.ty),
                _ => false,
            }),
            Got::Missing(..) | Got::Bad(..) | Got::Open(_) => Truth::Unknown(of.notes()),
        }
    }

    fn quantified(&self, quantified: &Quantified, scope: &Scope) -> Truth {
        let list = match &quantified.range {
            Range::List(list) => self.elements(&self.term(list, scope)),
            Range::Above { .. } => unwritten(&quantified.range),
        };
        let (number, count) = match &quantified.quantifier {
            Quantifier::Any | Quantifier::Every | Quantifier::No => (Ok(Decimal::ONE), false),
            Quantifier::AtLeast(number) => (number_of(&self.term(number, scope), true), true),
            Quantifier::AtMost(number) | Quantifier::Exactly(number) => (number_of(&self.term(number, scope), false), true),
        };
        let items = match list {
            Ok(items) => items,
            Err(notes) => return Truth::Unknown(notes),
        };
        let n = match number {
            Ok(number) => number,
            Err(notes) => return Truth::Unknown(notes),
        };
        let mut open = Notes::default();
        let says = |item: &Got| {
            let mut inner = scope.clone();
            inner.variables.insert(quantified.variable, item.clone());
            self.says(&quantified.body, &inner)
        };
        let mut truths: Vec<Truth> = items.iter().map(says).collect();
        if count {
            let (once, doubts) = self.once(&items, truths);
            truths = once;
            open = doubts;
        }
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

    /// Each thing once, whatever stands twice; with what makes the whole count doubtful.
    fn once(&self, items: &[Got], truths: Vec<Truth>) -> (Vec<Truth>, Notes) {
        let mut doubts = Notes::default();
        let mut things: BTreeMap<_, Vec<(String, Truth)>> = BTreeMap::new();
        let mut once = Vec::new();
        for (item, truth) in items.iter().zip(truths) {
            match item {
                Got::Known(item) if self.is_thing(&item.ty) => match self.id(item) {
                    Ok(id) => things.entry(id).or_default().push((item.path.clone(), truth)),
                    Err(notes) => doubts = doubts.and(notes).and(truth.notes()),
                },
                Got::Known(_) | Got::None(_) | Got::Written(_) => once.push(truth),
                Got::Missing(..) | Got::Open(_) | Got::Null(_) => once.push(truth),
                Got::Bad(..) => doubts = doubts.and(item.notes()).and(truth.notes()),
            }
        }
        for copies in things.into_values() {
            let open = copies.iter().map(|(_, truth)| truth.notes()).fold(Notes::default(), Notes::and);
            let other = copies.iter().find(|(_, truth)| *truth == copies[0].1.clone().not() && !truth.is_unknown());
            once.push(match other {
                Some((path, _)) => Truth::Unknown(open.and(Notes::problem(path.rsplit_once('[').map_or("", |(list, _)| list), "D05"))),
                None if copies.iter().any(|(_, truth)| truth.is_unknown()) => Truth::Unknown(open),
                None => copies[0].1.clone(),
            });
        }
        (once, doubts)
    }
}

/// A form that the page does not describe yet.
fn unwritten<T>(form: &impl std::fmt::Debug) -> T {
    panic!("the second evaluator does not know {form:?}")
}

fn literal(value: &Value) -> Got {
    let ty = match value {
        Value::None => return Got::None(String::new()),
        Value::YesNo(_) => Type::YesNo,
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        _ => Type::Any,
    };
    Got::Known(Item { path: String::new(), ty, value: value.clone() })
}

/// What is unknown, or else the first term that is none where a value is wanted.
fn nothing<'g>(open: Notes, of: impl IntoIterator<Item = &'g Got>) -> Notes {
    let none = |got: &Got| if let Got::None(path) = got { Notes::problem(path, "D03") } else { Notes::default() };
    if open.is_empty() { of.into_iter().map(none).find(|notes| !notes.is_empty()).unwrap_or_default() } else { open }
}

fn holds(of: &Got) -> Truth {
    match of {
        Got::Known(Item { value: Value::YesNo(yes), .. }) => Truth::of(*yes),
        Got::Known(item) => Truth::Unknown(Notes::problem(&item.path, "D01")),
        other => Truth::Unknown(nothing(other.notes(), [other])),
    }
}

fn is_none(of: &Got) -> Truth {
    match of {
        Got::None(_) | Got::Null(_) => Truth::Yes,
        Got::Known(_) | Got::Written(_) => Truth::No,
        Got::Missing(..) | Got::Bad(..) | Got::Open(_) => Truth::Unknown(of.notes()),
    }
}

fn is_list(item: &Item) -> bool {
    matches!(item.value, Value::List(_))
}

/// Where a value stands in the list of its own choice, or of the one it is compared with.
fn rank(of: &Item, with: &Item) -> Option<usize> {
    let choice = [of, with].into_iter().find_map(|item| if let Type::Choice(choice) = &item.ty { Some(choice) } else { None })?;
    let Value::Text(text) = &of.value else { return None };
    choice.values.iter().position(|value| value == text)
}

/// Two values that cannot be compared: the problem is the left one's, or that of the only one that has a path.
fn clash(left: &Item, right: &Item) -> Truth {
    Truth::Unknown(Notes::problem(if left.path.is_empty() { &right.path } else { &left.path }, "D05"))
}

fn incomparable(left: &Got, right: &Got) -> Truth {
    let path = [left, right].into_iter().find_map(|got| if let Got::Known(item) = got { Some(item.path.as_str()) } else { None });
    Truth::Unknown(Notes::problem(path.unwrap_or_default(), "D05"))
}

fn fold(text: &str) -> Vec<char> {
    text.chars().map(onlyif::value::fold).collect()
}

fn number_of(got: &Got, from_one: bool) -> Result<Decimal, Notes> {
    match got {
        Got::Known(item) => match Scalar::of(item) {
            Some(Scalar::Number(number)) if from_one && number < Decimal::ONE => Err(Notes::problem(&item.path, "D04")),
            Some(Scalar::Number(number)) => Ok(number),
            _ => Err(Notes::problem(&item.path, "D01")),
        },
        other => Err(nothing(other.notes(), [other])),
    }
}

fn texts(test: TextTest, left: &Got, right: &Got, letters: Letters) -> Truth {
    let notes = nothing(left.notes().and(right.notes()), [left, right]);
    let (Got::Known(one), Got::Known(other)) = (left, right) else { return Truth::Unknown(notes) };
    let (Value::Text(text), Value::Text(part)) = (&one.value, &other.value) else { return clash(one, other) };
    let chars = |text: &str| if letters == Letters::IgnoringCase { fold(text) } else { text.chars().collect() };
    let (long, short) = (chars(text), chars(part));
    match test {
        TextTest::Contains => Truth::of(short.is_empty() || long.windows(short.len()).any(|window| window == short)),
        TextTest::StartsWith => Truth::of(long.starts_with(&short)),
        TextTest::EndsWith => Truth::of(long.ends_with(&short)),
        TextTest::Matches => Truth::of(matches(&short, &long)),
        TextTest::Under => under(one, other, text, part),
        TextTest::UnderDomain => under_domain(one, other, text, part),
    }
}

fn matches(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|from| matches(rest, &text[from..])),
        Some((wanted, rest)) => {
            text.split_first().is_some_and(|(first, others)| (*wanted == '?' || wanted == first) && matches(rest, others))
        }
    }
}

fn under(one: &Item, other: &Item, path: &str, base: &str) -> Truth {
    let segments = |path: &str| -> Option<Vec<String>> {
        let below = path.strip_prefix('/').unwrap_or(path);
        if path == "/" {
            return Some(Vec::new());
        }
        let parts: Vec<String> = below.strip_suffix('/').unwrap_or(below).split('/').map(str::to_owned).collect();
        let clear = |part: &String| !["", ".", ".."].contains(&part.as_str()) && !part.contains(['\\', '%', '\0']);
        if parts.iter().all(clear) { Some(parts) } else { None }
    };
    let bad = |item: &Item, parts: &Option<Vec<String>>| if parts.is_none() { Notes::problem(&item.path, "D11") } else { Notes::default() };
    let (parts, bases) = (segments(path), segments(base));
    match (&parts, &bases) {
        (Some(_), Some(_)) if path.starts_with('/') != base.starts_with('/') => Truth::Unknown(Notes::problem(&one.path, "D11")),
        (Some(parts), Some(bases)) => Truth::of(parts.starts_with(bases)),
        _ => Truth::Unknown(bad(one, &parts).and(bad(other, &bases))),
    }
}

fn under_domain(one: &Item, other: &Item, host: &str, domain: &str) -> Truth {
    let is_host = |name: &str| {
        let label = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        name.split('.').all(label) && name.parse::<std::net::IpAddr>().is_err()
    };
    let bad = |item: &Item, name: &str| if is_host(name) { Notes::default() } else { Notes::problem(&item.path, "D11") };
    let notes = bad(one, host).and(bad(other, domain));
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    if notes.is_empty() { Truth::of(host == domain || host.ends_with(&format!(".{domain}"))) } else { Truth::Unknown(notes) }
}
