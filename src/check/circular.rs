//! Definitions and constants may build on each other, but not in a circle, and not without end.

use super::{Checker, messages};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::program::{Formula, FormulaNode, Meaning, Quantifier, Range, Term, TermNode};
use crate::source::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// Which: definitions first, then constants.
type Node = usize;

/// Conditions in conditions, with all definitions opened: what every walk over a plan may recurse.
const DEEPEST: usize = 256;

/// Reports each circle once, and what builds too deep. Where it finds none, a walk through definitions may recurse.
pub(super) fn find(checker: &mut Checker<'_>) -> bool {
    let before = checker.diagnostics.len();
    let built: Vec<Found> = build(checker);
    let mut walk = Walk { state: alloc::vec![State::New; built.len()], depth: alloc::vec![Depth::default(); built.len()], built };
    for start in 0..walk.built.len() {
        walk.visit(checker, start);
    }
    let constants_from = checker.program.definitions.len();
    let mut too_deep = Vec::new();
    for rule in &checker.program.rules {
        let mut found = Found::new(constants_from);
        rule.condition.iter().chain(&rule.when).chain(&rule.unless).for_each(|formula| found.formula(formula));
        if walk.depth_of(&found).levels > DEEPEST {
            too_deep.push((rule.id.clone(), rule.words));
        }
    }
    for (id, span) in too_deep {
        checker.report(messages::built_too_deep(&id, span));
    }
    checker.diagnostics.len() == before
}

/// How deep something builds: definitions in a row, and conditions in conditions.
#[derive(Clone, Copy, Default)]
struct Depth {
    definitions: usize,
    levels: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk {
    built: Vec<Found>,
    state: Vec<State>,
    depth: Vec<Depth>,
}

impl Walk {
    /// A depth-first walk with its own stack: how deep definitions build on each other is the author's choice, not the
    /// stack's.
    fn visit(&mut self, checker: &mut Checker<'_>, start: Node) {
        if self.state.get(start) != Some(&State::New) {
            return;
        }
        let mut stack: Vec<(Node, usize)> = alloc::vec![(start, 0)];
        self.set(start, State::Open);
        while let Some(&mut (node, ref mut next)) = stack.last_mut() {
            let child = self.built.get(node).and_then(|found| found.nodes.get(*next)).map(|&(child, _)| child);
            *next = next.saturating_add(1);
            let Some(child) = child else {
                self.leave(checker, node);
                stack.pop();
                continue;
            };
            match self.state.get(child) {
                Some(State::New) => {
                    self.set(child, State::Open);
                    stack.push((child, 0));
                }
                Some(State::Open) => {
                    let from = stack.iter().position(|&(at, _)| at == child).unwrap_or(0);
                    let circle: Vec<Node> = stack.iter().skip(from).map(|&(at, _)| at).collect();
                    report(checker, &circle);
                }
                Some(State::Done) | None => {}
            }
        }
    }

    /// What a node builds on is known now, so its own depth is.
    fn leave(&mut self, checker: &mut Checker<'_>, node: Node) {
        self.set(node, State::Done);
        let Some(depth) = self.built.get(node).map(|found| self.depth_of(found)) else { return };
        let below = self.built.get(node).map_or(0, |found| {
            found.nodes.iter().filter_map(|&(child, _)| self.depth.get(child)).map(|child| child.definitions).max().unwrap_or(0)
        });
        let was_fine = below <= checker.limits.definition_nesting;
        if was_fine && (depth.definitions > checker.limits.definition_nesting || depth.levels > DEEPEST) {
            let (name, span) = describe(checker, node);
            checker.report(messages::built_too_deep(&name, span));
        }
        if let Some(place) = self.depth.get_mut(node) {
            *place = depth;
        }
    }

    fn depth_of(&self, found: &Found) -> Depth {
        let own = Depth { definitions: 0, levels: found.deepest };
        found.nodes.iter().fold(own, |deepest, &(child, at)| {
            let below = self.depth.get(child).copied().unwrap_or_default();
            Depth {
                definitions: deepest.definitions.max(below.definitions.saturating_add(1)),
                levels: deepest.levels.max(below.levels.saturating_add(at)),
            }
        })
    }

    fn set(&mut self, node: Node, to: State) {
        if let Some(place) = self.state.get_mut(node) {
            *place = to;
        }
    }
}

fn describe(checker: &Checker<'_>, node: Node) -> (String, Span) {
    match checker.program.definitions.get(node) {
        Some(definition) => (definition.word.clone(), definition.span),
        None => {
            let constant = checker.constants.get(node.saturating_sub(checker.program.definitions.len()));
            constant.map_or_else(|| (String::new(), Span::default()), |slot| (slot.written.name.text.clone(), slot.written.name.span))
        }
    }
}

fn report(checker: &mut Checker<'_>, circle: &[Node]) {
    let named: Vec<(String, Span)> = circle.iter().map(|&node| describe(checker, node)).collect();
    let Some((first, span)) = named.first().cloned() else { return };
    let others = named.iter().skip(1).map(|(_, span)| *span).collect();
    let names: Vec<String> = named.iter().map(|(name, _)| name.clone()).collect();
    checker.report(circular(&first, span, &names, others));
}

/// What needs itself, with the way round.
pub(super) fn circular(first: &str, span: Span, names: &[String], others: Vec<Span>) -> Diagnostic {
    /// How many of a long circle are named.
    const NAMED: usize = 6;
    let way: Vec<String> = names.iter().skip(1).take(NAMED).map(|name| alloc::format!("`{name}`")).collect();
    let more = names.len().saturating_sub(1).saturating_sub(way.len());
    let message = if way.is_empty() {
        alloc::format!("`{first}` needs itself")
    } else if more > 0 {
        alloc::format!("`{first}` needs {}, and {more} more in a row, the last of which needs `{first}` again", way.join(", which needs "))
    } else {
        alloc::format!("`{first}` needs {}, which needs `{first}` again", way.join(", which needs "))
    };
    let diagnostic = Diagnostic::new(Code::Circular, span, message)
        .label("this can never be worked out")
        .help("take one of them out of the other's condition");
    others.into_iter().take(NAMED).fold(diagnostic, |diagnostic, span| diagnostic.related(span, "and this belongs to the circle"))
}

/// What each definition and constant is built of.
fn build(checker: &Checker<'_>) -> Vec<Found> {
    let constants_from = checker.program.definitions.len();
    let of_definitions = checker.program.definitions.iter().map(|definition| {
        let mut found = Found::new(constants_from);
        definition.alternatives.iter().for_each(|formula| found.formula(formula));
        found
    });
    let of_constants = checker.program.constants.iter().map(|constant| {
        let mut found = Found::new(constants_from);
        match &constant.meaning {
            Meaning::Condition(formula) => found.formula(formula),
            Meaning::Value(term) => found.term(term),
            Meaning::Cases(cases, otherwise) => {
                for (formula, term) in cases {
                    found.formula(formula);
                    found.term(term);
                }
                found.term(otherwise);
            }
        }
        found
    });
    of_definitions.chain(of_constants).collect()
}

/// What a condition builds on, and how deep it is by itself. It recurses as deep as the grammar lets a condition nest.
struct Found {
    constants_from: usize,
    nodes: Vec<(Node, usize)>,
    level: usize,
    deepest: usize,
}

impl Found {
    fn new(constants_from: usize) -> Self {
        Self { constants_from, nodes: Vec::new(), level: 1, deepest: 1 }
    }

    fn below(&mut self, walk: impl FnOnce(&mut Self)) {
        self.level = self.level.saturating_add(1);
        self.deepest = self.deepest.max(self.level);
        walk(self);
        self.level = self.level.saturating_sub(1);
    }

    fn formula(&mut self, formula: &Formula) {
        match &formula.node {
            FormulaNode::Always(_) => {}
            FormulaNode::Not(inner) => self.below(|found| found.formula(inner)),
            FormulaNode::And(all) | FormulaNode::Or(all) => self.below(|found| all.iter().for_each(|inner| found.formula(inner))),
            FormulaNode::Holds(term) | FormulaNode::IsNone(term) | FormulaNode::IsEmpty(term) | FormulaNode::IsKind(term, _) => {
                self.term(term)
            }
            FormulaNode::Equal(left, right, _)
            | FormulaNode::Less { left, right, .. }
            | FormulaNode::In(left, right, _)
            | FormulaNode::Texts(_, left, right, _)
            | FormulaNode::Inside(left, right) => {
                self.term(left);
                self.term(right);
            }
            FormulaNode::Quantified(quantified) => {
                match &quantified.range {
                    Range::List(list) => self.term(list),
                    Range::Above { of, .. } => self.term(of),
                }
                self.below(|found| found.formula(&quantified.body));
                match &quantified.quantifier {
                    Quantifier::AtLeast(count) | Quantifier::AtMost(count) | Quantifier::Exactly(count) => self.term(count),
                    Quantifier::Any | Quantifier::Every | Quantifier::No => {}
                }
            }
            FormulaNode::Defined(id, subject, object) => {
                self.nodes.push((id.0 as usize, self.level));
                self.term(subject);
                object.iter().for_each(|object| self.term(object));
            }
            FormulaNode::Constant(id) => self.nodes.push((self.constants_from.saturating_add(id.0 as usize), self.level)),
        }
    }

    fn term(&mut self, term: &Term) {
        match &term.node {
            TermNode::Literal(_) | TermNode::Path(_) | TermNode::Entity(..) => {}
            TermNode::List(items) => self.below(|found| items.iter().for_each(|item| found.term(item))),
            TermNode::Constant(id) => self.nodes.push((self.constants_from.saturating_add(id.0 as usize), self.level)),
            TermNode::Arithmetic(_, left, right) | TermNode::Span(_, left, right) => self.below(|found| {
                found.term(left);
                found.term(right);
            }),
            TermNode::Function(_, of) | TermNode::Bucket(of, _) => self.below(|found| found.term(of)),
            TermNode::Each(each) => self.below(|found| {
                found.term(&each.list);
                each.filter.iter().for_each(|filter| found.formula(filter));
                found.term(&each.element);
            }),
        }
    }
}
