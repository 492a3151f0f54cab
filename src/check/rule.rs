//! Bodies: rules, definitions and constants, once everything is declared.

use super::{Checker, Parameter, Scope, messages};
use crate::program::{Formula, FormulaNode, Quantifier, Rule, Subject, Text, VariableId, Verb};
use crate::source::Span;
use crate::tree::{self, Body, Definition, Statement, SyntaxTree};
use crate::value::Value;
use crate::vocabulary::Type;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Annotations that mean something.
const ANNOTATIONS: [&str; 6] = ["owner", "source", "note", "anyone", "accept", "language"];

/// Checks what the sentences say.
pub(super) fn bodies<'t>(checker: &mut Checker<'t>, trees: &'t [SyntaxTree]) {
    for (file, tree) in trees.iter().enumerate() {
        for statement in &tree.statements {
            annotations(checker, statement);
            match &statement.body {
                Body::Rule(rule) => checker.rule(statement, rule, file),
                Body::Definition(definition) => checker.definition(definition),
                Body::Constant(constant) => {
                    let id = checker.names.constants.get(&constant.name.text).copied();
                    let _reported = id.and_then(|id| checker.constant(id));
                }
                Body::Kind(_)
                | Body::Inside(_)
                | Body::Act(_)
                | Body::ActGroup(_)
                | Body::Fact(_)
                | Body::Setting(_)
                | Body::Use(_)
                | Body::Policy(_)
                | Body::Background(_)
                | Body::Scenario(_) => {}
            }
            checker.variables_outside();
        }
    }
}

fn annotations(checker: &mut Checker<'_>, statement: &Statement) {
    for annotation in &statement.annotations {
        if !ANNOTATIONS.contains(&annotation.name.text.as_str()) {
            let diagnostic = messages::unknown_annotation(&annotation.name, &ANNOTATIONS);
            checker.report(diagnostic);
        }
        if let Some(tree::Node::Literal { value, .. }) = annotation.value.as_ref().map(|value| &value.node)
            && annotation.name.text == "language"
            && *value != Value::from(1)
        {
            let diagnostic = messages::language_version(&value.to_string(), annotation.span);
            checker.report(diagnostic);
        }
        if let Some(code) = annotation.code.as_ref().filter(|_| annotation.name.text == "accept") {
            checker.accepted.push((statement.span, code.text.clone()));
        }
    }
}

impl<'t> Checker<'t> {
    /// Reports a variable that is used where its quantifier does not reach: it would silently be a fact.
    fn variables_outside(&mut self) {
        let names = core::mem::take(&mut self.sentence);
        for (name, span) in names.facts {
            if names.variables.contains(&name) && !names.refused.contains(&name) {
                self.report(messages::variable_outside(&name, span));
            }
        }
    }

    fn rule(&mut self, statement: &'t Statement, written: &'t tree::Rule, file: usize) {
        let acts = self.head(&written.head);
        self.scope.acts = acts.clone().unwrap_or_default();
        let part = |checker: &mut Self, expr: &'t Option<Box<tree::Expr>>| match expr {
            Some(expr) => checker.formula(expr).map(Some),
            None => Some(None),
        };
        // Every part is looked at before one of them stops the rule, so that all mistakes are said at once.
        let condition = part(self, &written.condition);
        let when = part(self, &written.when);
        let unless = part(self, &written.unless);
        let (for_because, for_otherwise) = speaking(written.verb, &condition, &when);
        let because = self.text_about(written.because.as_ref(), &for_because);
        let mut duties = Some(Vec::new());
        if let Some(duty) = &written.duty {
            let duty = self.duty(written.verb == Verb::Must, duty);
            duties = duty.map(|duty| alloc::vec![duty]);
        }
        for clause in &written.duties {
            let duty = self.duty(clause.must, &clause.duty);
            duties = duties.zip(duty).map(|(mut duties, duty)| {
                duties.push(duty);
                duties
            });
        }
        let otherwise = self.text_about(written.otherwise.as_ref().and_then(|otherwise| otherwise.text.as_ref()), &for_otherwise);
        let otherwise_duties: Vec<_> =
            written.otherwise.iter().flat_map(|otherwise| &otherwise.duties).map(|clause| self.duty(clause.must, &clause.duty)).collect();
        self.scope.acts.clear();
        let words = words(statement, written);
        let id = self.rule_id(statement, written, file);
        let made = (|| {
            Some(Rule {
                id,
                verb: written.verb,
                acts: acts?,
                condition: condition?.map(Box::new),
                when: when?.map(Box::new),
                unless: unless?.map(Box::new),
                because: because?,
                duties: duties?,
                otherwise: otherwise?,
                otherwise_duties: otherwise_duties.into_iter().collect::<Option<_>>()?,
                annotations: annotated(statement),
                span: statement.span,
                words,
            })
        })();
        self.program.rules.extend(made);
    }

    /// A reason, in which the variables of some quantifiers may stand.
    fn text_about(&mut self, written: Option<&'t tree::Template>, variables: &[VariableId]) -> Option<Option<Text>> {
        let Some(template) = written else { return Some(None) };
        let named = variables.iter().filter_map(|&id| self.program.variable(id).map(|variable| (variable.name.clone(), id)));
        self.scope.variables = named.collect();
        let text = self.text(template);
        self.scope.variables.clear();
        text.map(Some)
    }

    /// `POLICY/label`, or `POLICY/act-as-written/n`.
    fn rule_id(&mut self, statement: &Statement, written: &tree::Rule, file: usize) -> String {
        let prefix = self.names.prefixes.get(file).cloned().unwrap_or_default();
        if let Some(label) = &statement.label {
            let id = alloc::format!("{prefix}/{}", label.text);
            match self.names.labels.get(&id) {
                Some(&first) => self.report(messages::rule_name_twice(label, first)),
                None => {
                    self.names.labels.insert(id.clone(), label.span);
                }
            }
            return id;
        }
        let base = alloc::format!("{prefix}/{}", super::head::named(&written.head));
        let ordinal = self.names.ordinals.entry(base.clone()).or_insert(0);
        *ordinal = ordinal.saturating_add(1);
        alloc::format!("{base}/{ordinal}")
    }

    fn definition(&mut self, written: &'t Definition) {
        let objects: Vec<Option<&tree::Name>> = match &written.object {
            None => alloc::vec![None],
            Some(object) => object.kinds.iter().map(Some).collect(),
        };
        for subject in &written.subjects {
            for object in &objects {
                self.definition_of(written, subject, *object);
            }
        }
    }

    /// One meaning of the word: for this subject, and this object.
    fn definition_of(&mut self, written: &'t Definition, subject: &tree::Name, object: Option<&tree::Name>) {
        let mut parameters = Vec::new();
        let described = if written.of_kind {
            let kind = self.kind_named(subject);
            // Each of the kinds' names means the subject.
            parameters.extend(written.subjects.iter().map(|name| Parameter { name: name.text.clone(), number: 0, ty: Type::Kind(kind) }));
            Subject::Kind(kind)
        } else {
            Subject::Fact(self.fact_named(&subject.text, subject.span))
        };
        let object_kind = object.map(|name| self.kind_named(name));
        if let (Some(clause), Some(kind)) = (&written.object, object_kind) {
            let names = clause.kinds.iter().map(|name| if clause.another { "other".into() } else { name.text.clone() });
            let known: Vec<String> = parameters.iter().map(|parameter| parameter.name.clone()).collect();
            if let Some(same) = clause.kinds.iter().find(|name| !clause.another && known.contains(&name.text)) {
                self.report(messages::relation_with_itself(same));
                return;
            }
            parameters.extend(names.map(|name| Parameter { name, number: 1, ty: Type::Kind(kind) }));
        }
        self.scope = Scope { parameters, ..Scope::default() };
        let formula = self.formula(&written.condition);
        self.scope = Scope::default();
        let ids = self.names.definitions.get(&written.word.text).cloned().unwrap_or_default();
        for id in ids {
            if let Some(definition) = self.program.definitions.get_mut(id.0 as usize)
                && (definition.subject, definition.object) == (described, object_kind)
            {
                definition.alternatives.extend(formula);
                return;
            }
        }
    }
}

/// Which variables may stand in the texts after `because` and `otherwise`: those of quantifiers that stand alone in the
/// rule's own condition, so that an element by itself made it hold, or fail.
fn speaking(verb: Verb, condition: &Option<Option<Formula>>, when: &Option<Option<Formula>>) -> (Vec<VariableId>, Vec<VariableId>) {
    let holds = |quantifier: &Quantifier| matches!(quantifier, Quantifier::Any | Quantifier::AtLeast(_));
    let fails = |quantifier: &Quantifier| matches!(quantifier, Quantifier::Every | Quantifier::No);
    let formula = |part: &Option<Option<Formula>>, which: &dyn Fn(&Quantifier) -> bool| {
        part.iter().flatten().flat_map(|formula| alone(formula, which)).collect()
    };
    match verb {
        Verb::OnlyIf => (formula(condition, &holds), formula(condition, &fails)),
        Verb::Requires => (Vec::new(), formula(condition, &fails)),
        Verb::Allow | Verb::Never | Verb::Must | Verb::Should => (formula(when, &holds), Vec::new()),
    }
}

/// The variables of the quantifiers that are conjuncts of a condition.
fn alone(formula: &Formula, which: &dyn Fn(&Quantifier) -> bool) -> Vec<VariableId> {
    let of = |formula: &Formula| {
        let FormulaNode::Quantified(quantified) = &formula.node else { return None };
        which(&quantified.quantifier).then_some(quantified.variable)
    };
    if let FormulaNode::And(parts) = &formula.node { parts.iter().filter_map(of).collect() } else { of(formula).into_iter().collect() }
}

/// The annotations of a statement: their names, and the code or text after each.
fn annotated(statement: &Statement) -> Vec<(String, Option<String>)> {
    let text = |annotation: &tree::Annotation| match annotation.value.as_ref().map(|value| &value.node) {
        Some(tree::Node::Literal { value: Value::Text(text), .. }) => Some(text.clone()),
        Some(tree::Node::Literal { value, .. }) => Some(value.to_string()),
        Some(_) | None => None,
    };
    statement.annotations.iter().map(|annotation| (annotation.name.text.clone(), text(annotation))).collect()
}

/// The sentence without its clauses.
fn words(statement: &Statement, written: &tree::Rule) -> Span {
    let conditions: [Option<&tree::Expr>; 3] = [written.condition.as_deref(), written.when.as_deref(), written.unless.as_deref()];
    let last: Option<Span> = conditions.iter().flatten().map(|expr: &&tree::Expr| expr.span).max_by_key(|span| span.end);
    let end = last.unwrap_or_else(|| written.head.span.to(written.verb_span));
    let start = Span { end: statement.span.start, ..statement.span };
    if written.duty.is_some() && last.is_none() { statement.span } else { start.to(end) }
}
