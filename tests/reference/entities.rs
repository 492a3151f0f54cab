//! Which kinds have an identity.

use onlyif::machinery::program::{Formula, FormulaNode, Meaning, Path, Program, Root, Step, Subject, Task, Term, TermNode};
use onlyif::machinery::vocabulary::{KindId, Type};
use std::collections::BTreeSet;

/// The kinds that are entities by their declarations, and those that are compared as a whole anywhere.
pub fn entities(program: &Program) -> BTreeSet<KindId> {
    let mut found = BTreeSet::new();
    for ty in program.vocabulary.facts.iter().map(|fact| &fact.ty).chain(fields(program)) {
        declared(program, ty, &mut found);
    }
    for rule in &program.rules {
        for formula in [&rule.condition, &rule.when, &rule.unless].into_iter().flatten() {
            compared(program, formula, None, &mut found);
        }
    }
    for definition in &program.definitions {
        let of = (if let Subject::Kind(kind) = definition.subject { Some(kind) } else { None }, definition.object);
        definition.alternatives.iter().for_each(|formula| compared(program, formula, Some(of), &mut found));
    }
    for constant in &program.constants {
        match &constant.meaning {
            Meaning::Condition(formula) => compared(program, formula, None, &mut found),
            Meaning::Cases(cases, _) => cases.iter().for_each(|(formula, _)| compared(program, formula, None, &mut found)),
            Meaning::Value(_) => {}
        }
    }
    found
}

fn fields(program: &Program) -> impl Iterator<Item = &Type> {
    program.vocabulary.kinds.iter().flat_map(|kind| kind.fields.iter().map(|field| &field.ty))
}

fn declared(program: &Program, ty: &Type, found: &mut BTreeSet<KindId>) {
    match ty {
        Type::List(element) | Type::Map(element) => declared(program, element, found),
        Type::Reference(kinds) => found.extend(kinds.iter()),
        Type::Kind(kind) if program.vocabulary.kind(*kind).unwrap().entity => _ = found.insert(*kind),
        _ => {}
    }
}

/// The kinds of the subject and the object, inside a definition.
type Parameters = Option<(Option<KindId>, Option<KindId>)>;

fn compared(program: &Program, formula: &Formula, of: Parameters, found: &mut BTreeSet<KindId>) {
    let mut whole = |term: &Term| kinds(&type_of(program, term, of), found);
    match &formula.node {
        FormulaNode::Not(part) => compared(program, part, of, found),
        FormulaNode::And(parts) | FormulaNode::Or(parts) => parts.iter().for_each(|part| compared(program, part, of, found)),
        FormulaNode::Quantified(quantified) => compared(program, &quantified.body, of, found),
        FormulaNode::Equal(left, right, _) | FormulaNode::In(left, right, _) => [left, right].into_iter().for_each(&mut whole),
        _ => {}
    }
}

fn kinds(ty: &Type, found: &mut BTreeSet<KindId>) {
    match ty {
        Type::Kind(kind) => _ = found.insert(*kind),
        Type::List(element) => kinds(element, found),
        _ => {}
    }
}

fn type_of(program: &Program, term: &Term, of: Parameters) -> Type {
    match &term.node {
        TermNode::Path(path) => type_of_path(program, path, of),
        TermNode::List(items) => items.first().map_or(Type::Any, |item| type_of(program, item, of)),
        TermNode::Constant(id) => match &program.constant(*id).unwrap().meaning {
            Meaning::Value(term) => type_of(program, term, None),
            Meaning::Cases(_, last) => type_of(program, last, None),
            Meaning::Condition(_) => Type::YesNo,
        },
        _ => Type::Any,
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

/// May a term's value be shown? Not where any field on its way is private, nor through a constant.
pub fn is_private(program: &Program, term: &Term) -> bool {
    let of_path = |path: &Path| {
        let root = match path.root {
            Root::Fact(fact) => program.vocabulary.facts[fact as usize].private,
            Root::Setting(setting) => program.vocabulary.settings[setting as usize].private,
            Root::Variable(variable) => program.variable(variable).unwrap().private,
            Root::Parameter(_) | Root::Resource | Root::Subject => false,
        };
        let below = |step: &Step| if let Step::Field(kind, field) = step { program.field(*kind, *field).unwrap().private } else { false };
        root || path.steps.iter().any(below)
    };
    match &term.node {
        TermNode::Path(path) => of_path(path),
        TermNode::List(items) => items.iter().any(|item| is_private(program, item)),
        TermNode::Constant(id) => match &program.constant(*id).unwrap().meaning {
            Meaning::Value(term) => is_private(program, term),
            Meaning::Cases(cases, last) => is_private(program, last) || cases.iter().any(|(_, term)| is_private(program, term)),
            Meaning::Condition(_) => false,
        },
        _ => false,
    }
}

/// The terms of a duty that are its arguments.
pub fn arguments(task: &Task) -> &[(String, Term)] {
    if let Task::Named(_, arguments) = task { arguments } else { &[] }
}
