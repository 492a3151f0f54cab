//! Reasons and duties: texts with their values filled in, and arguments.

use super::read::{Facts, Got, Item};
use super::says::Scope;
use super::scalar::Scalar;
use super::truth::{Notes, Truth};
use onlyif::Value;
use onlyif::machinery::program::{
    Duty, Formula, FormulaNode, Program, Quantified, Quantifier, Root, Rule, Step, Task, Term, TermNode, Text, TextPart, VariableId,
};
use onlyif::machinery::vocabulary::Type;

/// Why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A text of the policy, filled in.
    Text(String),
    /// The rule's own words; by its id.
    OwnWords(String),
    /// A sentence that no rule allows the act, or that there is no such act.
    NothingGrants,
}

/// A duty: its name or sentence, and its arguments in a form in which the same values are the same text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub what: String,
    pub with: Vec<(String, String)>,
}

/// The reasons of a rule that decides: its text, for each element that decided where it speaks of one, or its own words.
pub fn reasons(facts: &Facts<'_>, rule: &Rule, text: Option<&Text>) -> Vec<Reason> {
    let own = || vec![Reason::OwnWords(rule.id.clone())];
    let Some(text) = text else { return own() };
    let Some(variable) = text.over else { return vec![Reason::Text(print(facts, text, &Scope::default()))] };
    let deciding = deciding(facts, rule, variable);
    if deciding.is_empty() {
        return own();
    }
    let one = |element: &Got| Reason::Text(print(facts, text, &Scope::default().with(variable, element)));
    deciding.iter().map(one).collect()
}

/// The elements that made the quantifier hold (`any`, `at least`), or fail (`every`, `no`).
fn deciding(facts: &Facts<'_>, rule: &Rule, variable: VariableId) -> Vec<Got> {
    let quantified = [&rule.condition, &rule.when].into_iter().flatten().find_map(|formula| alone(formula, variable));
    let Some(Ok((judged, _))) = quantified.map(|quantified| (facts.judged(quantified, &Scope::default()), quantified)).map(|(all, of)| {
        let wanted = if matches!(of.quantifier, Quantifier::Every) { Truth::No } else { Truth::Yes };
        all.map(|(judged, open)| (judged.into_iter().filter(|(_, truth)| *truth == wanted).collect::<Vec<_>>(), open))
    }) else {
        return Vec::new();
    };
    judged.into_iter().map(|(element, _)| element).collect()
}

/// The quantifier of a variable that is a conjunct of a condition.
fn alone(formula: &Formula, variable: VariableId) -> Option<&Quantified> {
    match &formula.node {
        FormulaNode::Quantified(quantified) if quantified.variable == variable => Some(quantified),
        FormulaNode::And(parts) => parts.iter().find_map(|part| alone(part, variable)),
        _ => None,
    }
}

/// The terms of a duty that are its arguments.
fn arguments(task: &Task) -> &[(String, Term)] {
    if let Task::Named(_, arguments) = task { arguments } else { &[] }
}

/// What is unknown of the arguments of a duty, elements of lists included.
pub fn unknown_arguments(facts: &Facts<'_>, duty: &Duty) -> Notes {
    arguments(&duty.task).iter().map(|(_, term)| unknown(facts, term)).fold(Notes::default(), Notes::and)
}

fn unknown(facts: &Facts<'_>, term: &Term) -> Notes {
    let got = facts.term(term, &Scope::default());
    match &got {
        Got::Written(_) | Got::Known(Item { value: Value::List(_), .. }) => {
            facts.elements(&got).unwrap_or_default().iter().map(Got::notes).fold(Notes::default(), Notes::and)
        }
        _ => got.notes(),
    }
}

pub fn tell(facts: &Facts<'_>, duty: &Duty) -> Told {
    let what = match &duty.task {
        Task::Named(name, _) => name.clone(),
        Task::Told(text) => print(facts, text, &Scope::default()),
    };
    let value = |term: &Term| {
        if unknown(facts, term).is_empty() { shown(facts, &facts.term(term, &Scope::default())) } else { "none".into() }
    };
    Told { what, with: arguments(&duty.task).iter().map(|(key, term)| (key.clone(), value(term))).collect() }
}

/// An argument in the form of `canonical`.
fn shown(facts: &Facts<'_>, got: &Got) -> String {
    match got {
        Got::Known(Item { value: Value::List(_), .. }) | Got::Written(_) => {
            let items: Vec<String> = facts.elements(got).unwrap_or_default().iter().map(|item| shown(facts, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Got::Known(item) => canonical(&item.ty, &item.value),
        Got::Zero => canonical(&Type::Any, &Value::from(0)),
        _ => "none".into(),
    }
}

/// A form in which the same values of a type are the same text.
pub fn canonical(ty: &Type, value: &Value) -> String {
    if let Value::List(items) = value {
        return format!("[{}]", items.iter().map(|item| canonical(&Type::Any, item)).collect::<Vec<_>>().join(", "));
    }
    let item = Item { path: String::new(), ty: ty.clone(), value: value.clone() };
    Scalar::of(&item).map_or_else(|| value.to_string(), |scalar| format!("{scalar:?}"))
}

/// A text with its values: texts bare, other values as the language writes them.
pub fn print(facts: &Facts<'_>, text: &Text, scope: &Scope) -> String {
    text.parts.iter().map(|part| printed(facts, facts.program, part, scope)).collect()
}

fn printed(facts: &Facts<'_>, program: &Program, part: &TextPart, scope: &Scope) -> String {
    let term = match part {
        TextPart::Literal(text) => return text.clone(),
        TextPart::Term(term) => term,
    };
    match facts.term(term, scope) {
        _ if program.is_private(term) => "(private)".into(),
        Got::Known(item) => written(&item),
        Got::Zero => "0".into(),
        Got::None(_) | Got::Word => "none".into(),
        Got::Null(_) | Got::Missing(..) | Got::Bad(..) | Got::Open(_) | Got::Written(_) => format!("(unknown {})", words(program, term)),
    }
}

/// A name as the text writes it.
fn words(program: &Program, term: &Term) -> String {
    let path = match &term.node {
        TermNode::Constant(id) => return program.constant(*id).unwrap().name.clone(),
        TermNode::Path(path) => path,
        _ => return String::new(),
    };
    let root = match &path.root {
        Root::Fact(at) => program.vocabulary.facts[*at as usize].name.clone(),
        Root::Setting(at) => program.vocabulary.settings[*at as usize].name.clone(),
        Root::Variable(id) => program.variable(*id).unwrap().name.clone(),
        Root::Parameter(_) => String::new(),
        Root::Resource => "resource".into(),
        Root::Subject => "subject".into(),
    };
    path.steps.iter().fold(root, |path, step| match step {
        Step::Field(kind, field) => format!("{path}.{}", program.field(*kind, *field).unwrap().name),
        Step::Key(key) => format!("{path}.{key}"),
    })
}

fn written(item: &Item) -> String {
    match (&item.ty, &item.value) {
        (Type::Money, _) => match Scalar::of(item) {
            Some(Scalar::Money(amount, currency)) => {
                let amount = amount.to_string();
                let places = amount.split_once('.').map_or(0, |(_, places)| places.len());
                format!("{amount}{} {currency}", if places == 1 { "0" } else { "" })
            }
            _ => item.value.to_string(),
        },
        // "is read as": these have one written form, which is that of the value that was read.
        (Type::Duration, Value::Text(text)) => onlyif::value::Duration::parse(text).map_or(text.clone(), |span| span.to_string()),
        (Type::Time, Value::Text(text)) => onlyif::value::Time::parse(text).map_or(text.clone(), |time| time.to_string()),
        (_, Value::Text(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}
