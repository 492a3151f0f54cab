//! Which kinds have an identity, and what type a term has.

use onlyif::machinery::program::{
    Formula, FormulaNode, Function, Meaning, Operator, Path, Program, Quantified, Quantifier, Range, Root, Step, Subject, Task, Term,
    TermNode, TextPart,
};
use onlyif::machinery::vocabulary::{KindId, Type};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The kinds of the subject and the object, inside a definition.
type Parameters = Option<(Option<KindId>, Option<KindId>)>;

/// The kinds that are entities by their declarations, and those that are compared as a whole anywhere.
pub fn entities(program: &Program) -> BTreeSet<KindId> {
    let declared = program.vocabulary.ids().filter(|(_, kind)| kind.entity).map(|(id, _)| id).collect();
    let mut walk = Walk { program, of: None, found: declared };
    let facts = program.vocabulary.facts.iter();
    let fields = program.vocabulary.kinds.iter().flat_map(|kind| &kind.fields);
    facts.chain(fields).for_each(|field| walk.referred(&field.ty));
    for rule in &program.rules {
        [&rule.condition, &rule.when, &rule.unless].into_iter().flatten().for_each(|formula| walk.formula(formula));
        rule.duties.iter().chain(&rule.otherwise_duties).for_each(|duty| walk.task(&duty.task));
    }
    for constant in &program.constants {
        match &constant.meaning {
            Meaning::Condition(formula) => walk.formula(formula),
            Meaning::Value(term) => walk.term(term),
            Meaning::Cases(cases, last) => {
                cases.iter().for_each(|(formula, term)| {
                    walk.formula(formula);
                    walk.term(term);
                });
                walk.term(last);
            }
        }
    }
    for definition in &program.definitions {
        walk.of = Some((if let Subject::Kind(kind) = definition.subject { Some(kind) } else { None }, definition.object));
        definition.alternatives.iter().for_each(|formula| walk.formula(formula));
    }
    walk.found
}

/// A walk over everything that is compared as a whole.
struct Walk<'p> {
    program: &'p Program,
    of: Parameters,
    found: BTreeSet<KindId>,
}

impl Walk<'_> {
    fn referred(&mut self, ty: &Type) {
        match ty {
            Type::List(element) | Type::Map(element) => self.referred(element),
            Type::Reference(kinds) => self.found.extend(kinds.iter()),
            _ => {}
        }
    }

    fn whole(&mut self, term: &Term) {
        let mut ty = type_of(self.program, term, self.of);
        while let Type::List(element) = &ty {
            ty = (**element).clone();
        }
        if let Type::Kind(kind) = ty {
            self.found.insert(kind);
        }
        self.term(term);
    }

    fn formula(&mut self, formula: &Formula) {
        match &formula.node {
            FormulaNode::Not(part) => self.formula(part),
            FormulaNode::And(parts) | FormulaNode::Or(parts) => parts.iter().for_each(|part| self.formula(part)),
            FormulaNode::Quantified(quantified) => self.quantified(quantified),
            FormulaNode::Equal(left, right, _) | FormulaNode::In(left, right, _) | FormulaNode::Inside(left, right) => {
                self.whole(left);
                self.whole(right);
            }
            FormulaNode::Less { left, right, .. } | FormulaNode::Texts(_, left, right, _) => {
                self.term(left);
                self.term(right);
            }
            FormulaNode::Holds(term) | FormulaNode::IsNone(term) | FormulaNode::IsEmpty(term) | FormulaNode::IsKind(term, _) => {
                self.term(term);
            }
            FormulaNode::Defined(_, subject, object) => [Some(subject), object.as_ref()].into_iter().flatten().for_each(|of| self.term(of)),
            FormulaNode::Always(_) | FormulaNode::Constant(_) => {}
        }
    }

    fn quantified(&mut self, quantified: &Quantified) {
        match &quantified.range {
            Range::List(list) => self.term(list),
            Range::Above { of, .. } => self.whole(of),
        }
        match &quantified.quantifier {
            Quantifier::AtLeast(number) | Quantifier::AtMost(number) | Quantifier::Exactly(number) => self.term(number),
            Quantifier::Any | Quantifier::Every | Quantifier::No => {}
        }
        self.formula(&quantified.body);
    }

    fn term(&mut self, term: &Term) {
        match &term.node {
            TermNode::Entity(kind, _) => _ = self.found.insert(*kind),
            TermNode::List(items) => items.iter().for_each(|item| self.term(item)),
            TermNode::Arithmetic(_, left, right) | TermNode::Span(_, left, right) => {
                self.term(left);
                self.term(right);
            }
            TermNode::Function(_, of) | TermNode::Bucket(of, _) => self.term(of),
            TermNode::Each(each) => {
                self.term(&each.list);
                each.filter.iter().for_each(|filter| self.formula(filter));
                self.term(&each.element);
            }
            TermNode::Literal(_) | TermNode::Constant(_) | TermNode::Path(_) => {}
        }
    }

    fn task(&mut self, task: &Task) {
        match task {
            Task::Named(_, arguments) => arguments.iter().for_each(|(_, term)| self.term(term)),
            Task::Told(text) => text.parts.iter().for_each(|part| {
                if let TextPart::Term(term) = part {
                    self.term(term);
                }
            }),
        }
    }
}

pub fn type_of(program: &Program, term: &Term, of: Parameters) -> Type {
    match &term.node {
        TermNode::Path(path) => type_of_path(program, path, of),
        TermNode::List(items) => Type::List(Arc::new(items.first().map_or(Type::Any, |item| type_of(program, item, of)))),
        TermNode::Constant(id) => match &program.constant(*id).unwrap().meaning {
            Meaning::Value(term) => type_of(program, term, None),
            Meaning::Cases(_, last) => type_of(program, last, None),
            Meaning::Condition(_) => Type::YesNo,
        },
        TermNode::Entity(kind, _) => Type::Kind(*kind),
        TermNode::Each(each) => Type::List(Arc::new(type_of(program, &each.element, of))),
        TermNode::Function(Function::Distinct, list) => type_of(program, list, of),
        TermNode::Function(Function::Keys, _) => Type::List(Arc::new(Type::Text)),
        TermNode::Function(Function::Values, map) => match type_of(program, map, of) {
            Type::Map(element) => Type::List(element),
            _ => Type::List(Arc::new(Type::Any)),
        },
        TermNode::Arithmetic(Operator::Join, left, right) => match type_of(program, left, of) {
            list @ Type::List(_) => list,
            _ => type_of(program, right, of),
        },
        TermNode::Literal(_) | TermNode::Function(..) | TermNode::Bucket(..) | TermNode::Span(..) | TermNode::Arithmetic(..) => Type::Any,
    }
}

fn type_of_path(program: &Program, path: &Path, of: Parameters) -> Type {
    let parameter = |at: u8| of.and_then(|(subject, object)| if at == 0 { subject } else { object }).map_or(Type::Any, Type::Kind);
    let root = match path.root {
        Root::Fact(fact) => program.vocabulary.facts[fact as usize].ty.clone(),
        Root::Setting(setting) => program.vocabulary.settings[setting as usize].ty.clone(),
        Root::Variable(variable) => program.variable(variable).unwrap().ty.clone(),
        Root::Parameter(at) => parameter(at),
        Root::Resource | Root::Subject => Type::Any,
    };
    path.steps.iter().fold(root, |at, step| match (step, at) {
        (Step::Field(kind, field), _) => program.field(*kind, *field).unwrap().ty.clone(),
        (Step::Key(_), Type::Map(element)) => (*element).clone(),
        (Step::Key(_), _) => Type::Any,
    })
}
