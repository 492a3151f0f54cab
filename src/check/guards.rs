//! What may be none: where it would be a problem, or would open a door unseen.
//!
//! Rules are read by their polarity: does the condition's yes open, or does it close? A comparison with something that is
//! none is no; where *no* opens, or where the value is ordered or read as a text, the sentence needs its guard:
//! `X has F and …`, or `X has no F or …`. What opens by absence without being wrong is a warning.

use super::{Checker, messages};
use crate::diagnostic::Diagnostic;
use crate::program::{ConstantId, DefinitionId, Formula, FormulaNode, Path, Quantifier, Range, Root, Rule, Step, Term, TermNode, Verb};
use crate::value::{Decimal, Function, Operator, Value};
use crate::vocabulary::{Presence, Type};
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

/// Demands guards, and warns of what opens by absence.
pub(super) fn guards(checker: &mut Checker<'_>) {
    let mut walk = Walk {
        checker,
        guarded: Vec::new(),
        constants: Vec::new(),
        is_bound: false,
        opens: true,
        seen: BTreeSet::new(),
        found: Vec::new(),
    };
    for rule in &checker.program.rules {
        walk.rule(rule);
    }
    for at in 0..checker.program.definitions.len() {
        // What no rule uses is still read, as if it opened.
        walk.definition(DefinitionId(u32::try_from(at).unwrap_or(u32::MAX)), true);
    }
    let found = walk.found;
    checker.diagnostics.extend(found);
}

struct Walk<'c, 't> {
    checker: &'c Checker<'t>,
    /// Paths that are known not to be none here.
    guarded: Vec<Path>,
    /// Constants of which this is known: what they stand for is not looked into.
    constants: Vec<ConstantId>,
    /// What is read stands beside an `or`, or behind a `not`: more than one sentence in its place stands in parentheses.
    is_bound: bool,
    /// Does the yes of the sentence that is read open?
    opens: bool,
    /// Definitions that have been read, each by its polarity.
    seen: BTreeSet<(DefinitionId, bool)>,
    found: Vec<Diagnostic>,
}

impl Walk<'_, '_> {
    fn rule(&mut self, rule: &Rule) {
        let opens = matches!(rule.verb, Verb::Allow | Verb::OnlyIf);
        let before = (self.guarded.len(), self.constants.len());
        if let Some(when) = &rule.when {
            self.formula(when, opens);
            // What the `if` guards is guarded in the rest of the rule.
            self.guards_of(when);
        }
        if let Some(unless) = &rule.unless {
            self.formula(unless, !opens);
        }
        if let Some(condition) = &rule.condition {
            self.formula(condition, true);
        }
        self.guarded.truncate(before.0);
        self.constants.truncate(before.1);
    }

    fn definition(&mut self, id: DefinitionId, opens: bool) {
        let unread = !self.seen.contains(&(id, true)) && !self.seen.contains(&(id, false));
        if !unread && !self.seen.insert((id, opens)) {
            return;
        }
        self.seen.insert((id, opens));
        let outside = core::mem::take(&mut self.guarded);
        for formula in self.checker.program.definition(id).into_iter().flat_map(|definition| &definition.alternatives) {
            self.formula(formula, opens);
        }
        self.guarded = outside;
    }

    /// Reads a condition; `opens`: does its yes open?
    fn formula(&mut self, formula: &Formula, opens: bool) {
        self.opens = opens;
        self.part(formula, opens);
    }

    /// As [`Walk::formula`], of what belongs to the sentence that is being read.
    fn part(&mut self, formula: &Formula, opens: bool) {
        match &formula.node {
            FormulaNode::Always(_)
            | FormulaNode::IsNone(_)
            | FormulaNode::IsEmpty(_)
            | FormulaNode::IsKind(..)
            | FormulaNode::Constant(_) => {}
            FormulaNode::Not(inner) => {
                if formula.span.start < inner.span.start {
                    let outside = core::mem::replace(&mut self.is_bound, true);
                    self.formula(inner, !opens);
                    self.is_bound = outside;
                } else {
                    // `X is not …` is one sentence.
                    self.part(inner, !opens);
                }
            }
            FormulaNode::And(all) => self.all(all, opens, false, Self::guards_of),
            FormulaNode::Or(all) => self.all(all, opens, true, Self::guards_unless),
            FormulaNode::Holds(term) => self.wants_value(formula, term, "none is neither yes nor no"),
            FormulaNode::Less { left, right, .. } => {
                self.wants_value(formula, left, "none is neither more nor less than anything");
                self.wants_value(formula, right, "none is neither more nor less than anything");
            }
            FormulaNode::Texts(_, left, right, _) => {
                self.wants_value(formula, left, "none is no text");
                self.wants_value(formula, right, "none is no text");
            }
            FormulaNode::Equal(left, right, _) if !opens => {
                self.wants_value(formula, left, "a missing one would open this, because it equals nothing");
                self.wants_value(formula, right, "a missing one would open this, because it equals nothing");
            }
            FormulaNode::In(element, _, _) if !opens => {
                self.wants_value(formula, element, "a missing one would open this, because it is in no list")
            }
            FormulaNode::Equal(..) | FormulaNode::In(..) | FormulaNode::Inside(..) => {}
            FormulaNode::Quantified(quantified) => {
                self.absence(formula, &quantified.quantifier, &quantified.range, opens);
                let body_opens = match quantified.quantifier {
                    Quantifier::Any | Quantifier::Every | Quantifier::AtLeast(_) | Quantifier::Exactly(_) => opens,
                    Quantifier::No | Quantifier::AtMost(_) => !opens,
                };
                let outside = core::mem::replace(&mut self.is_bound, false);
                self.formula(&quantified.body, body_opens);
                self.is_bound = outside;
            }
            FormulaNode::Defined(id, ..) => self.definition(*id, opens),
        }
    }

    /// The parts of an `and` or `or`, each guarded by the others.
    fn all(&mut self, parts: &[Formula], opens: bool, by_or: bool, guards: fn(&mut Self, &Formula)) {
        let before = (self.guarded.len(), self.constants.len());
        let outside = core::mem::replace(&mut self.is_bound, by_or);
        parts.iter().for_each(|part| guards(self, part));
        parts.iter().for_each(|part| self.formula(part, opens));
        self.is_bound = outside;
        self.guarded.truncate(before.0);
        self.constants.truncate(before.1);
    }

    /// What is not none where a condition holds.
    fn guards_of(&mut self, formula: &Formula) {
        if let FormulaNode::Not(inner) = &formula.node {
            self.guards_unless(inner);
        } else if let FormulaNode::And(parts) = &formula.node {
            parts.iter().for_each(|part| self.guards_of(part));
        }
    }

    /// What is not none where a condition does not hold.
    fn guards_unless(&mut self, formula: &Formula) {
        if let FormulaNode::IsEmpty(term) | FormulaNode::IsNone(term) = &formula.node {
            self.guard(term);
        } else if let FormulaNode::Not(inner) = &formula.node {
            self.guards_of(inner);
        } else if let FormulaNode::Or(parts) = &formula.node {
            // Where an `or` does not hold, none of its parts does.
            parts.iter().for_each(|part| self.guards_unless(part));
        }
    }

    fn guard(&mut self, term: &Term) {
        if let TermNode::Path(path) = &term.node {
            self.guarded.push(path.clone());
        } else if let TermNode::Constant(id) = &term.node {
            self.constants.push(*id);
        }
    }

    /// Reports a term that may be none without a guard.
    fn wants_value(&mut self, formula: &Formula, term: &Term, why: &str) {
        if let TermNode::Function(Function::Highest | Function::Lowest, of) = &term.node {
            if !self.is_guarded(of) {
                let list = self.checker.sources.words(of.span);
                self.unguarded(formula, term, why, [&alloc::format!("{list} is not empty"), &alloc::format!("{list} is empty")]);
            }
            return;
        }
        match &term.node {
            TermNode::Arithmetic(operator, left, right) if *operator != Operator::Join => {
                self.wants_value(formula, left, "is calculated with");
                self.wants_value(formula, right, "is calculated with");
            }
            TermNode::Span(_, left, right) => {
                self.wants_value(formula, left, "is calculated with");
                self.wants_value(formula, right, "is calculated with");
            }
            // Where a list or a map is wanted, none is the empty one.
            TermNode::Function(Function::Keys | Function::Values, _) => {}
            TermNode::Function(function, of) if !function.is_of_list() => self.wants_value(formula, of, "is calculated with"),
            TermNode::Bucket(of, _) => self.wants_value(formula, of, "is calculated with"),
            TermNode::Path(path) => self.wants_path(formula, term, path, why),
            TermNode::Arithmetic(..)
            | TermNode::Function(..)
            | TermNode::Literal(_)
            | TermNode::List(_)
            | TermNode::Constant(_)
            | TermNode::Each(_)
            | TermNode::Entity(..) => {}
        }
    }

    fn wants_path(&mut self, formula: &Formula, term: &Term, path: &Path, why: &str) {
        let Some(at) = self.optional_step(path) else { return };
        let (of, field) = self.written(path, at);
        // Of a yes/no, `has` would ask whether it is yes.
        let is_yes_no = at.saturating_add(1) > path.steps.len() && self.checker.type_of(term) == Type::YesNo;
        let (there, missing) = match (of.as_str(), is_yes_no) {
            ("", _) => (alloc::format!("the {field} is not none"), alloc::format!("the {field} is none")),
            (of, true) => (alloc::format!("{of}.{field} is not none"), alloc::format!("{of}.{field} is none")),
            (of, false) => (alloc::format!("{of} has {field}"), alloc::format!("{of} has no {field}")),
        };
        self.unguarded(formula, term, why, [&there, &missing]);
    }

    /// `there` and `missing` ask for the value that is wanted.
    fn unguarded(&mut self, formula: &Formula, term: &Term, why: &str, [there, missing]: [&str; 2]) {
        let guarded = self.guarded_by(there, formula);
        let sources = self.checker.sources;
        // Where the yes closes, a guard lets through what is missing: both ways are told, and the author chooses.
        let strict = (!self.opens).then(|| alloc::format!("({missing} or {})", sources.words(formula.span)));
        self.found.push(messages::unguarded(sources.words(term.span), why, &guarded, strict.as_deref(), formula.span));
    }

    /// A condition with its guard before it, as it can stand in its place.
    fn guarded_by(&self, guard: &str, formula: &Formula) -> String {
        let both = alloc::format!("{guard} and {}", self.checker.sources.words(formula.span));
        if self.is_bound { alloc::format!("({both})") } else { both }
    }

    fn is_guarded(&self, term: &Term) -> bool {
        match &term.node {
            TermNode::Path(path) => self.guarded.contains(path),
            TermNode::Constant(id) => self.constants.contains(id),
            TermNode::Literal(_)
            | TermNode::List(_)
            | TermNode::Arithmetic(..)
            | TermNode::Function(..)
            | TermNode::Bucket(..)
            | TermNode::Span(..)
            | TermNode::Each(_)
            | TermNode::Entity(..) => false,
        }
    }

    /// The first step of a path that may be none and is not guarded: 0 is the root.
    fn optional_step(&self, path: &Path) -> Option<usize> {
        let vocabulary = &self.checker.program.vocabulary;
        let root = match &path.root {
            Root::Fact(at) => vocabulary.facts.get(*at as usize).map(|fact| &fact.presence),
            Root::Setting(at) => vocabulary.settings.get(*at as usize).map(|setting| &setting.presence),
            Root::Variable(_) | Root::Parameter(_) | Root::Resource | Root::Subject => None,
        };
        let steps = path.steps.iter().map(|step| match step {
            Step::Field(kind, at) => self.checker.program.field(*kind, *at).map(|field| &field.presence),
            Step::Key(_) => Some(&Presence::Optional),
        });
        core::iter::once(root).chain(steps).enumerate().find_map(|(at, presence)| {
            let prefix = Path { root: path.root.clone(), steps: path.steps.iter().take(at).cloned().collect() };
            (presence == Some(&Presence::Optional) && !self.guarded.contains(&prefix)).then_some(at)
        })
    }

    /// The path before a step and the step, as the rules write them.
    fn written(&self, path: &Path, at: usize) -> (String, String) {
        let program = &self.checker.program;
        let root = match &path.root {
            Root::Fact(fact) => program.vocabulary.facts.get(*fact as usize).map(|fact| fact.name.clone()),
            Root::Setting(setting) => program.vocabulary.settings.get(*setting as usize).map(|setting| setting.name.clone()),
            Root::Variable(id) => program.variable(*id).map(|variable| variable.name.clone()),
            Root::Parameter(_) | Root::Resource | Root::Subject => None,
        }
        .unwrap_or_else(|| "it".into());
        let name = |step: &Step| match step {
            Step::Field(kind, at) => program.field(*kind, *at).map_or_else(Default::default, |field| field.name.clone()),
            Step::Key(key) => key.clone(),
        };
        let names: Vec<String> = core::iter::once(root).chain(path.steps.iter().map(name)).collect();
        let of = names.get(..at).unwrap_or(&[]).join(".");
        (of, names.get(at).cloned().unwrap_or_default())
    }

    /// A list that may be empty lets `every`, `no`, `at most` and `exactly 0` hold.
    fn absence(&mut self, formula: &Formula, quantifier: &Quantifier, range: &Range, opens: bool) {
        let holds_of_nothing = match quantifier {
            Quantifier::Every | Quantifier::No | Quantifier::AtMost(_) => true,
            Quantifier::Exactly(count) => matches!(&count.node, TermNode::Literal(Value::Number(number)) if *number == Decimal::ZERO),
            Quantifier::Any | Quantifier::AtLeast(_) => false,
        };
        let Range::List(list) = range else { return };
        let written_out = matches!(&list.node, TermNode::List(items) if !items.is_empty());
        if opens && holds_of_nothing && !written_out && !self.is_guarded(list) {
            let words = self.checker.sources.words(list.span);
            let guarded = self.guarded_by(&alloc::format!("{words} is not empty"), formula);
            self.found.push(messages::opens_by_absence(words, &guarded, formula.span));
        }
    }
}
