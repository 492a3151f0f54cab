//! What conditions say, and what terms give.

use super::read::{Facts, Got, Item};
use super::texts::texts;
use super::truth::{Notes, Truth};
use onlyif::Value;
use onlyif::machinery::program::{Constant, Definition, Formula, FormulaNode, Meaning, Path, Root, Subject, Term, TermNode, VariableId};
use onlyif::machinery::vocabulary::Type;
use std::collections::BTreeMap;

/// Where a condition is read: what its variables and parameters stand for.
#[derive(Clone, Default)]
pub struct Scope {
    variables: BTreeMap<VariableId, Got>,
    parameters: Vec<Got>,
}

impl Scope {
    /// The same with an element of a list.
    pub fn with(&self, variable: VariableId, element: &Got) -> Self {
        let mut inner = self.clone();
        inner.variables.insert(variable, element.clone());
        inner
    }
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
            FormulaNode::Inside(inner, outer) => self.inside(&term(inner), &term(outer)),
            FormulaNode::IsKind(of, kind) => match &of.node {
                TermNode::Path(Path { root: root @ (Root::Resource | Root::Subject), steps }) if steps.is_empty() => {
                    self.part_is_kind(root, *kind)
                }
                _ => self.is_kind(&term(of), *kind),
            },
            FormulaNode::Defined(id, subject, object) => {
                let parameters = [Some(subject), object.as_ref()].into_iter().flatten().map(term).collect();
                self.defined(self.program.definition(*id).unwrap(), &Scope { parameters, ..Scope::default() })
            }
            FormulaNode::Constant(id) => match &self.program.constant(*id).unwrap().meaning {
                Meaning::Condition(condition) => self.says(condition, &Scope::default()),
                Meaning::Value(_) | Meaning::Cases(..) => holds(&self.constant(self.program.constant(*id).unwrap())),
            },
        }
    }

    fn defined(&self, definition: &Definition, scope: &Scope) -> Truth {
        debug_assert!(matches!(definition.subject, Subject::Fact(_)) || !scope.parameters.is_empty());
        Truth::any(definition.alternatives.iter().map(|alternative| self.says(alternative, scope)))
    }

    pub fn term(&self, term: &Term, scope: &Scope) -> Got {
        match &term.node {
            TermNode::Literal(value) => literal(value),
            TermNode::List(items) => Got::Written(items.iter().map(|item| self.term(item, scope)).collect()),
            TermNode::Constant(id) => self.constant(self.program.constant(*id).unwrap()),
            TermNode::Path(path) => self.follow(path, |root| match root {
                Root::Parameter(at) => scope.parameters[usize::from(*at)].clone(),
                Root::Variable(id) => scope.variables[id].clone(),
                Root::Fact(_) | Root::Setting(_) | Root::Resource | Root::Subject => Got::Word,
            }),
            TermNode::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, scope),
            TermNode::Function(function, of) => self.function(*function, of, scope),
            TermNode::Bucket(of, salt) => self.bucket(of, salt, scope),
            TermNode::Span(unit, from, to) => self.span(*unit, from, to, scope),
            TermNode::Each(each) => self.each(each, scope),
            TermNode::Entity(kind, id) => Got::Known(Item { path: String::new(), ty: Type::Kind(*kind), value: Value::Text(id.clone()) }),
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
}

fn literal(value: &Value) -> Got {
    let ty = match value {
        Value::None => return Got::Word,
        Value::YesNo(_) => Type::YesNo,
        Value::Number(_) => Type::Number,
        Value::Text(_) => Type::Text,
        _ => Type::Any,
    };
    Got::Known(Item { path: String::new(), ty, value: value.clone() })
}

/// What is unknown, or else the first term that is none where a value is wanted.
pub fn nothing<'g>(open: Notes, of: impl IntoIterator<Item = &'g Got>) -> Notes {
    let none = |got: &Got| match got {
        Got::None(path) => Notes::problem(path, "D03"),
        Got::Word => Notes::problem("", "D03"),
        _ => Notes::default(),
    };
    if open.is_empty() { of.into_iter().map(none).find(|notes| !notes.is_empty()).unwrap_or_default() } else { open }
}

fn holds(of: &Got) -> Truth {
    match of {
        Got::Known(Item { value: Value::YesNo(yes), .. }) => Truth::of(*yes),
        Got::Known(item) => Truth::Unknown(Notes::problem(&item.path, "D01")),
        other => Truth::Unknown(nothing(other.notes(), [other])),
    }
}

pub fn is_none(of: &Got) -> Truth {
    match of {
        Got::None(_) | Got::Null(_) | Got::Word => Truth::Yes,
        Got::Known(_) | Got::Zero | Got::Written(_) => Truth::No,
        Got::Missing(..) | Got::Bad(..) | Got::Open(_) => Truth::Unknown(of.notes()),
    }
}
