//! Declarations: kinds, facts, settings, acts, groups, and what definitions and constants are called.
//!
//! Names first, then what they are made of, because a declaration may stand before what it mentions, and in another file.

use super::{Checker, ConstantSlot, ConstantState, messages};
use crate::program::{Constant, ConstantId, Definition, DefinitionId, Meaning, Subject, Term, TermNode};
use crate::source::Span;
use crate::tree::{self, Body, DeclaredType, FactDecl, KindDecl, Name, SyntaxTree, TypeExpr, TypeNode};
use crate::value::Value;
use crate::vocabulary::{Choice, Field, Glue, Kind, KindId, Presence, Type};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Names that the request uses itself, or that the language gives a meaning.
const RESERVED_KINDS: [&str; 6] = ["action", "resource", "subject", "entities", "now", "today"];

/// Words that stand for something else behind `is`, so that no field can be said with them.
const NEVER_SAID: [&str; 35] = [
    "after",
    "before",
    "between",
    "above",
    "below",
    "over",
    "under",
    "within",
    "inside",
    "at",
    "on",
    "one",
    "empty",
    "exactly",
    "exists",
    "null",
    "nil",
    "undefined",
    "defined",
    "unknown",
    "known",
    "missing",
    "present",
    "true",
    "false",
    "equal",
    "greater",
    "less",
    "more",
    "than",
    "then",
    "to",
    "exist",
    "equals",
    "includes",
];

/// Collects what the bundle declares. Each step needs the names of the steps before it.
pub(super) fn declare<'t>(checker: &mut Checker<'t>, trees: &'t [SyntaxTree]) {
    checker.names.prefixes = trees.iter().map(|tree| prefix(checker, tree)).collect();
    for step in [names, kinds_by_use, types, acts, definitions] {
        for statement in trees.iter().flat_map(|tree| &tree.statements) {
            step(checker, &statement.body);
        }
    }
}

/// What kinds, constants and groups are called.
fn names<'t>(checker: &mut Checker<'t>, body: &'t Body) {
    if let Body::Kind(kind) = body {
        declare_kind(checker, &kind.name, kind);
    } else if let Body::Constant(constant) = body {
        declare_constant(checker, constant);
    } else if let Body::ActGroup(group) = body {
        declare_group(checker, group);
    }
}

/// Kinds that are named without a declaration: what lies in what, what a definition describes, who acts. They count as
/// declared, with open fields.
fn kinds_by_use<'t>(checker: &mut Checker<'t>, body: &'t Body) {
    if let Body::Inside(inside) = body {
        checker.declare_inside(inside);
    } else if let Body::Definition(definition) = body {
        let objects = definition.object.iter().flat_map(|object| &object.kinds);
        for kind in definition.subjects.iter().filter(|_| definition.of_kind).chain(objects) {
            checker.kind_named(kind);
        }
    } else if let Body::Act(act) = body {
        for name in &act.by {
            let kind = checker.kind_named(name);
            checker.is_entity(kind);
        }
    }
}

/// The fields of kinds, and the types of facts and settings.
fn types<'t>(checker: &mut Checker<'t>, body: &'t Body) {
    if let Body::Kind(kind) = body {
        kind_fields(checker, kind);
    } else if let Body::Fact(fact) = body {
        declare_fact(checker, fact, false);
    } else if let Body::Setting(setting) = body {
        declare_fact(checker, setting, true);
    }
}

/// The acts. Their reasons may name any fact, so they come after all of them.
fn acts<'t>(checker: &mut Checker<'t>, body: &'t Body) {
    if let Body::Act(act) = body {
        super::head::declare_act(checker, act);
    }
}

fn definitions<'t>(checker: &mut Checker<'t>, body: &'t Body) {
    if let Body::Definition(definition) = body {
        declare_definition(checker, definition);
    }
}

/// What rule ids of a file begin with: the policy's name, else the file's stem.
fn prefix(checker: &mut Checker<'_>, tree: &SyntaxTree) -> String {
    let mut named: Option<&Name> = None;
    for statement in &tree.statements {
        if let Body::Policy(policy) = &statement.body {
            match named {
                Some(first) => checker.report(messages::declared_twice("`policy`", policy.name.span, first.span)),
                None => named = Some(&policy.name),
            }
        }
    }
    if let Some(name) = named {
        return name.text.clone();
    }
    let file = checker.sources.get(tree.source).map_or("", |source| source.name());
    let last = file.rsplit(['/', '\\']).next().unwrap_or(file);
    last.strip_suffix(".onlyif").unwrap_or(last).into()
}

fn declare_kind(checker: &mut Checker<'_>, name: &Name, declaration: &KindDecl) {
    if RESERVED_KINDS.contains(&name.text.as_str()) {
        checker.report(messages::reserved_kind_name(&name.text, name.span));
        return;
    }
    if checker.taken(name) {
        return;
    }
    let key = declaration.from.as_ref().map_or_else(|| name.text.clone(), |from| from.text.clone());
    if !checker.new_key(&key, declaration.from.as_ref().map_or(name.span, |from| from.span)) {
        return;
    }
    checker.new_kind(Kind {
        name: name.text.clone(),
        key,
        declared: true,
        only: declaration.only,
        entity: false,
        named: false,
        any_of: false,
        fields: Vec::new(),
        parents: Vec::new(),
        span: name.span,
    });
}

fn declare_constant<'t>(checker: &mut Checker<'t>, written: &'t tree::Constant) {
    if checker.taken(&written.name) {
        return;
    }
    let id = ConstantId(u32::try_from(checker.constants.len()).unwrap_or(u32::MAX));
    checker.names.constants.insert(written.name.text.clone(), id);
    checker.constants.push(ConstantSlot { written, state: ConstantState::Declared, ty: Type::Any });
    let nothing = Term { node: TermNode::Literal(Value::None), span: written.name.span };
    checker.program.constants.push(Constant { name: written.name.text.clone(), meaning: Meaning::Value(nothing), span: written.name.span });
}

fn declare_group<'t>(checker: &mut Checker<'t>, group: &'t tree::ActGroup) {
    if let Some(first) = checker.names.groups.get(&group.name.text) {
        let first = first.name.span;
        checker.report(messages::declared_twice(&alloc::format!("`{}`", group.name.text), group.name.span, first));
        return;
    }
    checker.names.groups.insert(group.name.text.clone(), group);
}

fn kind_fields<'t>(checker: &mut Checker<'t>, declaration: &'t KindDecl) {
    let Some(&kind) = checker.names.kinds.get(&declaration.name.text) else { return };
    if checker.program.vocabulary.kind(kind).is_none_or(|known| known.span != declaration.name.span) {
        return;
    }
    let mut keys: BTreeMap<String, Span> = BTreeMap::new();
    for field in &declaration.fields {
        let Some(made) = checker.declared(&field.name, &field.declared) else {
            // Its declaration is reported; that it is missing then is the same mistake.
            checker.lost.add(&field.name.text);
            continue;
        };
        let made = Field { glue: Some(field.glue), ..made };
        if let Some(private) = field.declared.private.filter(|_| [&made.name, &made.key].into_iter().any(|name| name == "id")) {
            checker.report(messages::private_id(private));
        }
        if made.ty == Type::YesNo && matches!(field.glue, Glue::Is | Glue::IsA) && NEVER_SAID.contains(&made.name.as_str()) {
            checker.report(messages::never_said(&made.name, field.name.span));
            checker.lost.add(&field.name.text);
            continue;
        }
        let key_span = field.declared.from.as_ref().map_or(field.name.span, |from| from.span);
        let earlier = checker.fields.get(kind.0 as usize).and_then(|fields| fields.get(&made.name)).copied();
        let earlier = earlier.and_then(|at| checker.program.vocabulary.kind(kind)?.fields.get(at as usize)).map(|field| field.span);
        if let Some(first) = earlier {
            checker.report(messages::declared_twice(&alloc::format!("`{}`", made.name), field.name.span, first));
        } else if let Some(&first) = keys.get(&made.key) {
            checker.report(messages::key_twice("fields", &made.key, key_span, first));
            checker.lost.add(&field.name.text);
        } else {
            keys.insert(made.key.clone(), key_span);
            checker.new_field(kind, made);
        }
    }
}

fn declare_fact<'t>(checker: &mut Checker<'t>, fact: &'t FactDecl, setting: bool) {
    if RESERVED_KINDS.contains(&fact.name.text.as_str()) {
        checker.report(messages::reserved_kind_name(&fact.name.text, fact.name.span));
        return;
    }
    if checker.taken(&fact.name) {
        return;
    }
    let Some(field) = checker.declared(&fact.name, &fact.declared) else {
        checker.lost.add(&fact.name.text);
        return;
    };
    let key_span = fact.declared.from.as_ref().map_or(fact.name.span, |from| from.span);
    if !checker.new_key(&field.key, key_span) {
        checker.lost.add(&fact.name.text);
    } else if setting {
        checker.new_setting(field);
    } else {
        checker.new_fact(field);
    }
}

/// Makes the definition's name known, once for each kind that it describes.
fn declare_definition(checker: &mut Checker<'_>, written: &tree::Definition) {
    let objects: Vec<Option<KindId>> = match &written.object {
        None => alloc::vec![None],
        Some(object) => object.kinds.iter().map(|kind| Some(checker.kind_named(kind))).collect(),
    };
    for subject in &written.subjects {
        let described = if written.of_kind {
            Subject::Kind(checker.kind_named(subject))
        } else {
            Subject::Fact(checker.fact_named(&subject.text, subject.span))
        };
        for &object in &objects {
            add_definition(checker, written, described, object);
        }
    }
}

fn add_definition(checker: &mut Checker<'_>, written: &tree::Definition, subject: Subject, object: Option<KindId>) {
    let known = checker.names.definitions.entry(written.word.text.clone()).or_default().clone();
    for id in known {
        let Some(definition) = checker.program.definitions.get(id.0 as usize) else { continue };
        if (definition.subject, definition.object) == (subject, object) {
            if definition.span.source() != written.word.span.source() {
                let first = definition.span;
                checker.report(messages::declared_twice(&alloc::format!("`{}`", written.word.text), written.word.span, first));
            }
            return;
        }
    }
    let id = DefinitionId(u32::try_from(checker.program.definitions.len()).unwrap_or(u32::MAX));
    checker.program.definitions.push(Definition {
        word: written.word.text.clone(),
        subject,
        glue: written.glue,
        object,
        alternatives: Vec::new(),
        span: written.word.span,
    });
    checker.names.definitions.entry(written.word.text.clone()).or_default().push(id);
}

impl Checker<'_> {
    /// Takes a name in requests for a fact, a kind or a setting; reports one that is taken or that the request itself uses.
    fn new_key(&mut self, key: &str, span: Span) -> bool {
        if RESERVED_KINDS.contains(&key) {
            self.report(messages::reserved_kind_name(key, span));
            return false;
        }
        match self.names.keys.get(key) {
            Some(&first) => {
                self.report(messages::key_twice("facts", key, span, first));
                false
            }
            None => {
                self.names.keys.insert(key.into(), span);
                true
            }
        }
    }

    /// The field that a declaration makes; none after reporting why not.
    fn declared(&mut self, name: &Name, written: &DeclaredType) -> Option<Field> {
        let ty = self.written_type(&written.base)?;
        let presence = match (&written.optional, &written.assumed) {
            (Some(optional), Some(assumed)) => {
                self.report(messages::optional_and_assumed(*optional, assumed.span));
                return None;
            }
            (Some(optional), None) if ty == Type::YesNo => {
                self.report(messages::optional_yes_no(&name.text, *optional, written.span));
                return None;
            }
            (Some(_), None) => Presence::Optional,
            (None, Some(assumed)) => Presence::Assumed(self.assumed_value(assumed, &ty)?),
            (None, None) => Presence::Required,
        };
        Some(Field {
            name: name.text.clone(),
            key: written.from.as_ref().map_or_else(|| name.text.clone(), |from| from.text.clone()),
            ty,
            presence,
            private: written.private.is_some(),
            fixed: written.fixed.is_some(),
            glue: None,
            span: name.span,
        })
    }

    fn written_type(&mut self, written: &TypeExpr) -> Option<Type> {
        Some(match &written.node {
            TypeNode::YesNo => Type::YesNo,
            TypeNode::Named(name) => self.named_type(name)?,
            TypeNode::List(element) => Type::List(Arc::new(self.inner_type(element)?)),
            TypeNode::Map(element) => Type::Map(Arc::new(self.inner_type(element)?)),
            TypeNode::Choice { values, ranked } => {
                for (at, value) in values.iter().enumerate() {
                    if let Some(first) = values.iter().take(at).find(|first| first.text == value.text) {
                        self.report(messages::declared_twice(&alloc::format!("`{}`", value.text), value.span, first.span));
                        return None;
                    }
                }
                Type::Choice(Arc::new(Choice { values: values.iter().map(|value| value.text.clone()).collect(), ranked: *ranked }))
            }
            TypeNode::Reference(names) => {
                let kinds: Vec<KindId> = names.iter().map(|name| self.known_kind(name)).collect::<Option<_>>()?;
                for &kind in &kinds {
                    self.is_entity(kind);
                }
                Type::Reference(kinds.into())
            }
        })
    }

    /// A type inside a list or map: it has no modifiers, because an element is there or it is not.
    fn inner_type(&mut self, written: &DeclaredType) -> Option<Type> {
        if let Some(modifier) = written.optional.or(written.private).or(written.fixed) {
            self.report(messages::modifier_inside(self.sources.words(modifier), modifier));
        }
        self.written_type(&written.base)
    }

    fn named_type(&mut self, name: &Name) -> Option<Type> {
        Some(match name.text.as_str() {
            "text" => Type::Text,
            "number" => Type::Number,
            "money" => Type::Money,
            "date" => Type::Date,
            "time" => Type::Time,
            "date-time" => Type::DateTime,
            "duration" => Type::Duration,
            "ip-address" => Type::IpAddress,
            "network" => Type::Network,
            _ => Type::Kind(self.known_kind(name)?),
        })
    }

    /// A declared kind; none after reporting that there is none of this name.
    fn known_kind(&mut self, name: &Name) -> Option<KindId> {
        if let Some(&kind) = self.names.kinds.get(&name.text) {
            return Some(kind);
        }
        let diagnostic = messages::unknown_type(name, self.names.kinds.keys().map(String::as_str));
        self.report_unknown(&name.text, diagnostic);
        None
    }
}
