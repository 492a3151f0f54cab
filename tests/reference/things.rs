//! Things with an identity: the table of entities, what lies in what, who acts and what is acted on.

use super::read::{Facts, Got, Item, digits};
use super::says::nothing;
use super::truth::{Notes, Truth};
use onlyif::machinery::program::Root;
use onlyif::machinery::vocabulary::{Field, Kind, KindId, Presence, Type};
use onlyif::value::Record;
use onlyif::{Brought, Value};
use std::collections::BTreeSet;

/// A thing as the table names it; the kind is not always known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    pub kind: Option<String>,
    pub id: String,
}

impl Thing {
    /// What it is called in needs: `entities["user:ann"]`.
    pub fn path(&self) -> String {
        match &self.kind {
            Some(kind) => format!("entities[\"{kind}:{}\"]", self.id),
            None => format!("entities[\"{}\"]", self.id),
        }
    }
}

/// `subject` or `resource` of a request: its kind, as far as it is known, and what is sent of it.
pub struct Part {
    pub kind: Option<String>,
    pub whole: Got,
}

/// Things above something, and what is not known on the way up.
pub struct Above {
    pub things: Vec<Thing>,
    pub open: Vec<Notes>,
}

impl Facts<'_> {
    fn kind_of_key(&self, key: &str) -> Option<(KindId, &Kind)> {
        self.program.vocabulary.ids().find(|(_, kind)| kind.key == key && (kind.declared || kind.named))
    }

    fn entry(&self, thing: &Thing) -> Option<&Record> {
        self.row(&format!("{}:{}", thing.kind.as_ref()?, thing.id))
    }

    /// The entry that counts for what nobody lists.
    fn others(&self) -> Option<&Record> {
        self.row("*")
    }

    fn row(&self, key: &str) -> Option<&Record> {
        match self.request.entities()?.get(key) {
            Some(Value::Record(entry)) => Some(entry),
            _ => None,
        }
    }

    /// A field of an entity, in the order of the page.
    pub fn field_of_thing(&self, item: &Item, field: &Field) -> Got {
        let path = format!("{}.{}", item.path, field.name);
        let object = if let (Value::Record(record), false) = (&item.value, is_bare(item)) { Some(record) } else { None };
        if let Some(own) = object.and_then(|object| object.get(&field.key)) {
            return self.member(field, Some(own), path);
        }
        let thing = self.thing(item).ok();
        if let (None, "id") = (object, field.name.as_str()) {
            return match thing {
                Some(thing) => self.read(&field.ty, &Value::Text(thing.id), path),
                None => self.thing(item).err().map_or(Got::Missing(path, field.ty.clone()), Got::Open),
            };
        }
        let entry = thing.as_ref().and_then(|thing| self.entry(thing));
        if let Some(told) = entry.and_then(|entry| entry.get(&field.key)) {
            return self.member(field, Some(told), path);
        }
        if object.is_some() {
            return self.member(field, None, path);
        }
        match self.others().filter(|_| entry.is_none()).and_then(|others| others.get(&field.key)) {
            Some(told) => self.member(field, Some(told), path),
            None => Got::Missing(path, field.ty.clone()),
        }
    }

    /// Which thing it is, by its id, and by its kind where that is known.
    pub fn thing(&self, item: &Item) -> Result<Thing, Notes> {
        let key = |kind: KindId| self.program.vocabulary.kind(kind).map(|kind| kind.key.clone());
        let kind = match (&item.ty, &item.value) {
            (Type::Reference(kinds), Value::Record(record)) => match (record.get("type"), &**kinds) {
                (Some(Value::Text(told)), _) => Some(told.clone()),
                (_, [kind]) => key(*kind),
                _ => None,
            },
            (Type::Reference(kinds), _) if kinds.len() == 1 => key(kinds[0]),
            (Type::Kind(kind), _) => key(*kind),
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
        match id.as_ref().map(digits) {
            Some(Value::Text(id)) => Ok(Thing { kind, id }),
            None | Some(Value::None) => Err(Notes::need(path)),
            Some(_) => Err(Notes::problem(path, "D01")),
        }
    }

    /// A thing of which can be said where it lies: for that its kind has to be known.
    pub fn placed(&self, item: &Item) -> Result<Thing, Notes> {
        self.thing(item).and_then(|thing| if thing.kind.is_some() { Ok(thing) } else { Err(Notes::problem(&item.path, "D05")) })
    }

    /// What a text `kind:id` names: the longest declared kind before a colon, or else what stands before the first.
    fn named(&self, text: &str) -> Option<Thing> {
        let declared = self.program.vocabulary.kinds.iter().filter(|kind| kind.declared || kind.named);
        let longest = declared
            .filter_map(|kind| text.strip_prefix(&kind.key)?.strip_prefix(':').map(|id| (kind.key.clone(), id.to_owned())))
            .max_by_key(|(kind, _)| kind.len());
        let split = || text.split_once(':').map(|(kind, id)| (kind.to_owned(), id.to_owned()));
        longest.or_else(split).map(|(kind, id)| Thing { kind: Some(kind), id })
    }

    /// What a thing lies in directly; `own` is the object that was sent of it.
    fn parents(&self, thing: &Thing, own: Option<&Record>) -> Result<Vec<Thing>, Notes> {
        let entry = self.entry(thing);
        let told = own.and_then(|own| own.get("in")).or_else(|| match entry {
            Some(entry) => entry.get("in"),
            None => self.others()?.get("in"),
        });
        let known =
            self.program.vocabulary.kinds.iter().find(|kind| (kind.declared || kind.named) && Some(&kind.key) == thing.kind.as_ref());
        if told.is_none() && known.is_some_and(|kind| kind.parents.is_empty()) {
            return Ok(Vec::new());
        }
        let read = |value: &Value| if let Value::Text(text) = value { self.named(text) } else { None };
        match told {
            Some(Value::List(items)) => items.iter().map(read).collect::<Option<_>>(),
            _ => None,
        }
        .ok_or_else(|| Notes::need(format!("{}.in", thing.path())))
    }

    /// Does a path read something private? Then what the table calls things would tell its value.
    pub fn is_hidden(&self, path: &str) -> bool {
        let vocabulary = &self.program.vocabulary;
        let mut names = path.split('.').map(|name| name.split('[').next().unwrap_or_default());
        let root = names.next().unwrap_or_default();
        let fact = vocabulary.facts.iter().find(|fact| fact.name == root);
        let mut ty = fact.map(|fact| fact.ty.clone()).or(self.kind_of_key(root).map(|(id, _)| Type::Kind(id)));
        let mut hidden = fact.is_some_and(|fact| fact.private);
        for name in names {
            while let Some(Type::List(element) | Type::Map(element)) = &ty {
                ty = Some((**element).clone());
            }
            let kind = match &ty {
                Some(Type::Kind(kind)) => Some(*kind),
                Some(Type::Reference(kinds)) if kinds.len() == 1 => Some(kinds[0]),
                _ => None,
            };
            let field = kind.and_then(|kind| vocabulary.kind(kind)).and_then(|kind| kind.field(name));
            hidden |= field.is_some_and(|field| field.private);
            ty = field.map(|field| field.ty.clone());
        }
        hidden
    }

    /// Everything that a thing lies in, at any height.
    pub fn above(&self, item: &Item, thing: &Thing) -> Above {
        let hidden = self.is_hidden(&item.path);
        let own = if let Value::Record(record) = &item.value { Some(record) } else { None };
        let mut found = Above { things: Vec::new(), open: Vec::new() };
        let mut waiting = vec![(thing.clone(), own)];
        let mut seen = BTreeSet::from([thing.clone()]);
        while let Some((at, own)) = waiting.pop() {
            match self.parents(&at, own) {
                Err(_) if hidden => found.open.push(Notes::need(format!("{}.in", item.path))),
                Err(notes) => found.open.push(notes),
                Ok(parents) => {
                    for parent in parents {
                        if seen.insert(parent.clone()) {
                            found.things.push(parent.clone());
                            waiting.push((parent, None));
                        }
                    }
                }
            }
        }
        found
    }

    /// `X is in Y`: X is Y, or something that X lies in is Y.
    pub fn inside(&self, inner: &Got, outer: &Got) -> Truth {
        let (one, other) = match (inner, outer) {
            (Got::Known(inner), Got::Known(outer)) => match (self.placed(inner), self.placed(outer)) {
                (Ok(one), Ok(other)) => ((inner, one), other),
                (one, other) => return Truth::Unknown(one.err().unwrap_or_default().and(other.err().unwrap_or_default())),
            },
            _ => {
                let identity = |got: &Got| match got {
                    Got::Known(item) => self.placed(item).err().unwrap_or_default(),
                    _ => nothing(self.whole(got), [got]),
                };
                return Truth::Unknown(identity(inner).and(identity(outer)));
            }
        };
        let above = self.above(one.0, &one.1);
        if one.1 == other || above.things.contains(&other) {
            return Truth::Yes;
        }
        let open: Vec<Notes> = above.open;
        if open.is_empty() { Truth::No } else { Truth::Unknown(open.into_iter().fold(Notes::default(), Notes::and)) }
    }

    /// The one who acts, or what is acted on.
    pub fn part(&self, root: &Root) -> Part {
        let by = self.program.acts.iter().find(|act| act.action == self.request.action() && act.thing.as_deref() == self.request.thing());
        let by: Vec<String> = by.iter().flat_map(|act| &act.by).map(|name| self.key_of(name)).collect();
        let flat = self.request.subject_kind().is_none() && !self.resource_is_sent();
        let both = flat && self.request.thing().is_some_and(|thing| by.iter().any(|key| key == thing));
        let word = if *root == Root::Resource { "resource" } else { "subject" };
        let sent = match self.request.brought(word) {
            Brought::Value(value) => Some(value),
            Brought::Nothing | Brought::Both => None,
        };
        // In the flat form the fact of a kind that acts may be who acts; of two, nothing tells which.
        let actors: Vec<&String> = by.iter().filter(|key| self.request.facts().get(key).is_some()).collect();
        let several = *root == Root::Subject && sent.is_none() && actors.len() > 1;
        let kind = match (root, sent) {
            (Root::Resource, _) => self.request.thing().map(str::to_owned),
            (_, Some(_)) => self.request.subject_kind().map(str::to_owned),
            (_, None) => actors.first().map(|key| (**key).clone()),
        };
        let called = kind.clone().or(by.first().filter(|_| word == "subject").cloned());
        let path = called.as_ref().map_or(word.to_owned(), |key| self.kind_of_key(key).map_or(key.clone(), |(_, kind)| kind.name.clone()));
        let value = sent.or_else(|| kind.as_ref().and_then(|key| self.request.facts().get(key)));
        let known = kind.as_ref().and_then(|key| self.kind_of_key(key));
        let of_any = self.program.vocabulary.ids().find(|(_, kind)| kind.name == word && !kind.declared);
        let ty = known.map_or(Type::Any, |(id, _)| Type::Kind(id));
        if both || several {
            return Part { kind: kind.filter(|_| !several), whole: Got::Bad(path, "D09") };
        }
        let whole = match (value, self.program.vocabulary.facts.iter().find(|fact| Some(&fact.key) == kind.as_ref())) {
            (value, Some(fact)) => self.member(fact, value, path),
            (None, None) => Got::Missing(path, known.or(of_any).map_or(Type::Any, |(id, _)| Type::Kind(id))),
            (Some(Value::None), None) => Got::Null(path),
            (Some(value), None) => self.read(&ty, value, path),
        };
        Part { kind, whole }
    }

    /// Does the request bring what is acted on as `resource`, and not as a fact?
    pub fn resource_is_sent(&self) -> bool {
        let fact = self.request.thing().and_then(|thing| self.request.facts().get(thing));
        match self.request.brought("resource") {
            Brought::Value(sent) => fact.is_none_or(|fact| !std::ptr::eq(fact, sent)),
            Brought::Nothing | Brought::Both => false,
        }
    }

    /// Is a fact both who acts and what is acted on?
    pub fn is_both(&self, fact: &Field) -> bool {
        self.request.thing() == Some(&fact.key) && matches!(self.part(&Root::Resource).whole, Got::Bad(_, "D09"))
    }

    fn key_of(&self, name: &str) -> String {
        self.program.vocabulary.kinds.iter().find(|kind| kind.name == name && kind.declared).map_or(name, |kind| &kind.key).to_owned()
    }

    /// A field of one of the two, as the kind has it that they turn out to be.
    pub fn field_of_part(&self, root: &Root, field: &Field) -> Got {
        let part = self.part(root);
        let known = part.kind.as_ref().and_then(|key| self.kind_of_key(key));
        match known.map(|(_, kind)| (kind, kind.field(&field.name))) {
            Some((_, Some(own))) => self.field(part.whole, own),
            Some((kind, None)) if kind.declared && field.name != "id" && !matches!(part.whole, Got::Bad(_, "D09")) => {
                Got::None(format!("{}.{}", kind.name, field.name))
            }
            _ => self.field(part.whole, &Field { key: field.name.clone(), presence: Presence::Open, ..field.clone() }),
        }
    }

    /// `X is a K`.
    pub fn is_kind(&self, got: &Got, kind: KindId) -> Truth {
        let wanted = &self.program.vocabulary.kind(kind).unwrap().key;
        match got {
            Got::None(_) | Got::Word => Truth::No,
            Got::Known(item) => match (&item.ty, &item.value) {
                (Type::Kind(kind), _) => Truth::of(self.program.vocabulary.kind(*kind).is_some_and(|kind| kind.key == *wanted)),
                (Type::Reference(kinds), value) => match (value, &**kinds) {
                    (Value::Record(record), _) if matches!(record.get("type"), Some(Value::Text(_))) => {
                        Truth::of(record.get("type") == Some(&Value::Text(wanted.clone())))
                    }
                    (_, [single]) => Truth::of(*single == kind),
                    _ => Truth::Unknown(Notes::problem(&item.path, "D01")),
                },
                _ => Truth::Unknown(Notes::problem(&item.path, "D01")),
            },
            other => Truth::Unknown(other.notes()),
        }
    }

    /// `subject is a K`, `resource is a K`: the request tells the kind even where it tells nothing else.
    pub fn part_is_kind(&self, root: &Root, kind: KindId) -> Truth {
        let part = self.part(root);
        match part.kind {
            Some(key) => Truth::of(self.program.vocabulary.kind(kind).is_some_and(|kind| kind.key == key)),
            None => Truth::Unknown(part.whole.notes()),
        }
    }
}

/// An id with its type says as little about the fields as the id alone.
fn is_bare(item: &Item) -> bool {
    let Value::Record(record) = &item.value else { return false };
    record.get("type").is_some() && record.iter().all(|(key, _)| ["id", "type"].contains(&key))
}
