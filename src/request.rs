//! What is asked: an act, and the facts that are known.
//!
//! A request names one action and at most one thing. Every other name in it is a fact. What is not there is unknown, never
//! false. A request read from JSON keeps its text, so that messages can point into it.

use crate::value::{Decimal, Record, Value};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

/// Names of the envelope; no fact can bear one.
pub const ENVELOPE: [&str; 4] = ["action", "resource", "subject", "entities"];

/// A question to a policy: may this be done, given these facts?
///
/// ```
/// use onlyif::{Request, value::Record};
/// let request = Request::new("share", "expertise").with("requester", Record::new().with("committed", true));
/// assert_eq!(request.act(), "share expertise");
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Request {
    action: String,
    thing: Option<String>,
    /// The thing itself, where the request brings it as `resource` and not as a fact of its name.
    resource: Option<Value>,
    /// Who acts, where the request brings it as `subject` with a type: the AuthZEN form.
    subject: Option<(String, Value)>,
    /// `action.properties` of the AuthZEN form.
    action_properties: Option<Value>,
    facts: Record,
    entities: Option<Record>,
    text: Option<Arc<str>>,
    /// The share that the bucket of a path has for a salt: set by scenarios, and by nothing that comes from outside.
    buckets: Vec<(String, String, Decimal)>,
}

/// What a request says about a name.
///
/// ```
/// use onlyif::{Brought, Request, Value};
/// let request = Request::without_thing("sign-in").with("age", 40);
/// assert_eq!(request.brought("age"), Brought::Value(&Value::from(40)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Brought<'r> {
    /// This value.
    Value(&'r Value),
    /// Nothing.
    Nothing,
    /// Subject and resource both go by this name, so it means neither.
    Both,
}

impl Request {
    /// May `action` be done to `thing`? Both are names as rules write them.
    ///
    /// ```
    /// let request = onlyif::Request::new("share", "expertise");
    /// assert_eq!((request.action(), request.thing()), ("share", Some("expertise")));
    /// ```
    #[must_use]
    pub fn new(action: impl Into<String>, thing: impl Into<String>) -> Self {
        Self { action: action.into(), thing: Some(thing.into()), ..Self::default() }
    }

    /// May `action` be done, an act without a thing such as `sign-in`?
    ///
    /// ```
    /// let request = onlyif::Request::without_thing("sign-in");
    /// assert_eq!((request.act().as_str(), request.thing()), ("sign-in", None));
    /// ```
    #[must_use]
    pub fn without_thing(action: impl Into<String>) -> Self {
        Self { action: action.into(), ..Self::default() }
    }

    /// With a fact, in place of one of that name.
    ///
    /// ```
    /// use onlyif::{Request, Value};
    /// let request = Request::without_thing("sign-in").with("age", 17).with("age", 18);
    /// assert_eq!(request.facts().get("age"), Some(&Value::from(18)));
    /// ```
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a fact, in place of one of that name.
    ///
    /// ```
    /// use onlyif::{Request, Value};
    /// let mut request = Request::without_thing("sign-in");
    /// request.set("channel", "private");
    /// assert_eq!(request.facts().get("channel"), Some(&Value::from("private")));
    /// ```
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.facts.set(name, value);
    }

    /// Sets what a path names, `["requester", "committed"]`, making the records on the way. An id on the way, a text
    /// or a number, becomes the `id` of a record; any other value on the way is replaced by a record. In a list, the place of an
    /// element counts as its name, from 0, and the place after the last adds one. Where the first name is the thing that came as
    /// `resource`, that object is changed; behind `entities`, the row of the table that the second names.
    ///
    /// ```
    /// let mut request = onlyif::Request::new("share", "expertise");
    /// request.set_path(["requester", "address", "city"], "Bonn");
    /// let requester = request.facts().get("requester").expect("it was made on the way");
    /// assert_eq!(requester.to_string(), r#"record { address: record { city: "Bonn" } }"#);
    ///
    /// request.set("tags", ["a", "b"]);
    /// request.set_path(["tags", "1"], "c");
    /// assert_eq!(request.facts().get("tags").map(ToString::to_string), Some(r#"["a", "c"]"#.into()));
    /// ```
    pub fn set_path<'p>(&mut self, path: impl IntoIterator<Item = &'p str>, value: impl Into<Value>) {
        let mut names = path.into_iter();
        let Some(first) = names.next() else { return };
        if first == "entities" {
            let Some(row) = names.next() else { return };
            if let Some(row) = member(self.entities.get_or_insert_with(Record::new), row) {
                set_below(row, names, value.into());
            }
            return;
        }
        let is_resource = self.resource.is_some() && (first == "resource" || self.thing.as_deref() == Some(first));
        let is_subject = self.subject.as_ref().is_some_and(|(kind, _)| first == "subject" || kind == first);
        let root = match (&mut self.resource, &mut self.subject) {
            (Some(resource), _) if is_resource => Some(resource),
            (_, Some((_, subject))) if is_subject => Some(subject),
            _ => member(&mut self.facts, first),
        };
        if let Some(root) = root {
            set_below(root, names, value.into());
        }
    }

    /// What stands at the end of keys, as [`Request::set_path`] takes them; none where nothing does.
    pub(crate) fn at_keys(&self, keys: &[String]) -> Option<&Value> {
        let (first, rest) = keys.split_first()?;
        let (value, rest) = match rest.split_first() {
            Some((row, rest)) if first == "entities" => (self.entities.as_ref()?.get(row)?, rest),
            _ => (if let Brought::Value(value) = self.brought(first) { value } else { return None }, rest),
        };
        rest.iter().try_fold(value, |value, key| {
            if let Value::List(items) = value {
                return items.get(key.parse::<usize>().ok()?);
            }
            if let Value::Record(record) = value { record.get(key) } else { None }
        })
    }

    /// What the row `*` of the table of entities says of the thing whose row keys lead into: nothing where it has a row of its own.
    pub(crate) fn of_others(&self, keys: &[String]) -> Option<&Record> {
        let [first, row, ..] = keys else { return None };
        let table = self.entities.as_ref().filter(|table| first == "entities" && table.get(row).is_none())?;
        if let Some(Value::Record(others)) = table.get("*") { Some(others) } else { None }
    }

    /// Asks about another act; the facts stay. With another thing, the object that came as `resource` goes, because it was that of the
    /// first.
    ///
    /// ```
    /// let mut request = onlyif::Request::new("read", "file").with("user", "ann");
    /// request.set_act("sign-out", None);
    /// assert_eq!((request.act().as_str(), request.facts().len()), ("sign-out", 1));
    /// ```
    pub fn set_act(&mut self, action: impl Into<String>, thing: Option<String>) {
        self.action = action.into();
        if self.thing != thing {
            // The object was another thing: its facts are not those of this one.
            self.resource = None;
        }
        self.thing = thing;
    }

    /// With the thing itself, as the object that `resource` is. Rules read it by its kind or as `resource`.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Policy, Request, value::Record};
    /// let policy = Policy::new("allow read file if file is public")?;
    /// let request = Request::new("read", "file").with_resource(Record::new().with("public", true));
    /// assert!(policy.decide(&request).is_allowed());
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn with_resource(mut self, object: impl Into<Value>) -> Self {
        self.resource = Some(object.into());
        self
    }

    /// With the one who acts, as an object of a kind: the `subject` of the AuthZEN form. Rules read it by its kind or as `subject`.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Policy, Request, value::Record};
    /// let policy = Policy::new("allow sign-in if user is trusted")?;
    /// let request = Request::without_thing("sign-in").with_subject("user", Record::new().with("trusted", true));
    /// assert!(policy.decide(&request).is_allowed());
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn with_subject(mut self, kind: impl Into<String>, object: impl Into<Value>) -> Self {
        self.subject = Some((kind.into(), object.into()));
        self
    }

    /// With properties of the action, which rules read as `action.NAME`.
    ///
    /// ```
    /// # #[cfg(feature = "compile")] {
    /// use onlyif::{Policy, Request, value::Record};
    /// let policy = Policy::new("allow delete file if action.dry-run is yes")?;
    /// let request = Request::new("delete", "file").with_action_properties(Record::new().with("dry-run", true));
    /// assert!(policy.decide(&request).is_allowed());
    /// # }
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn with_action_properties(mut self, properties: Record) -> Self {
        self.action_properties = Some(Value::Record(properties));
        self
    }

    /// With the table of entities: a record with a member `kind:id` for each, which brings its fields, and as `in` the list of the
    /// entities that it lies in.
    ///
    /// ```
    /// use onlyif::{Request, value::Record};
    /// let ann = Record::new().with("in", ["group:staff"]);
    /// let request = Request::without_thing("sign-in").with_entities(Record::new().with("user:ann", ann));
    /// assert_eq!(request.entities().map(Record::len), Some(1));
    /// ```
    #[must_use]
    pub fn with_entities(mut self, entities: Record) -> Self {
        self.entities = Some(entities);
        self
    }

    /// With the JSON text that it was read from, for messages.
    #[must_use]
    pub(crate) fn with_text(mut self, text: impl Into<Arc<str>>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Fixes the share that the bucket of a path has for a salt, whatever stands at the path.
    pub(crate) fn set_bucket(&mut self, path: String, salt: String, share: Decimal) {
        self.buckets.push((path, salt, share));
    }

    /// The share that was fixed for a bucket. Its path is asked for only where some share is fixed.
    pub(crate) fn bucket(&self, path: impl FnOnce() -> String, salt: &str) -> Option<Decimal> {
        if self.buckets.is_empty() {
            return None;
        }
        let path = path();
        self.buckets.iter().find(|(of, for_salt, _)| *of == path && for_salt == salt).map(|(_, _, share)| *share)
    }

    /// The name of the action.
    ///
    /// ```
    /// assert_eq!(onlyif::Request::new("share", "expertise").action(), "share");
    /// ```
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The kind of thing that it is done to; none for an act without a thing.
    ///
    /// ```
    /// assert_eq!(onlyif::Request::new("share", "expertise").thing(), Some("expertise"));
    /// ```
    #[must_use]
    pub fn thing(&self) -> Option<&str> {
        self.thing.as_deref()
    }

    /// The act, as rules write it: `share expertise`.
    ///
    /// ```
    /// assert_eq!(onlyif::Request::new("share", "expertise").act(), "share expertise");
    /// assert_eq!(onlyif::Request::without_thing("sign-in").act(), "sign-in");
    /// ```
    #[must_use]
    pub fn act(&self) -> String {
        match &self.thing {
            Some(thing) => alloc::format!("{} {thing}", self.action),
            None => self.action.clone(),
        }
    }

    /// The facts by name, without subject and resource. Some may be private: they are not for a log.
    ///
    /// ```
    /// let request = onlyif::Request::without_thing("sign-in").with("age", 40).with("city", "Bonn");
    /// let names: Vec<&str> = request.facts().iter().map(|(name, _)| name).collect();
    /// assert_eq!(names, ["age", "city"]);
    /// ```
    #[must_use]
    pub fn facts(&self) -> &Record {
        &self.facts
    }

    /// The table of entities, by `kind:id`; none where the request brings none.
    ///
    /// ```
    /// assert_eq!(onlyif::Request::without_thing("sign-in").entities(), None);
    /// ```
    #[must_use]
    pub fn entities(&self) -> Option<&Record> {
        self.entities.as_ref()
    }

    /// The JSON text that it was read from; none where a program built it. It is what it was: facts that are set later are not in it.
    ///
    /// ```
    /// assert_eq!(onlyif::Request::without_thing("sign-in").text(), None);
    /// # #[cfg(feature = "json")]
    /// assert!(onlyif::Request::from_json(r#"{"action": "sign-in"}"#)?.text().is_some());
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The kind of the one who acts, where the request brings a subject with its kind.
    ///
    /// ```
    /// use onlyif::{Request, value::Record};
    /// let request = Request::without_thing("sign-in").with_subject("user", Record::new().with("id", "ann"));
    /// assert_eq!(request.subject_kind(), Some("user"));
    /// ```
    #[must_use]
    pub fn subject_kind(&self) -> Option<&str> {
        self.subject.as_ref().map(|(kind, _)| kind.as_str())
    }

    /// The kinds under which the request brings a subject or a resource of its own, apart from its facts.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        let resource = self.thing.as_deref().filter(|_| self.resource.is_some());
        self.subject_kind().into_iter().chain(resource)
    }

    /// What the request brings under a name that rules read: a fact, `subject`, `resource`, `action`, or the subject's or
    /// the resource's kind.
    ///
    /// ```
    /// use onlyif::{Brought, Request, value::Record};
    /// let request = Request::new("read", "file").with_resource(Record::new().with("public", true));
    /// assert!(matches!(request.brought("file"), Brought::Value(_)));
    /// assert_eq!(request.brought("user"), Brought::Nothing);
    /// ```
    #[must_use]
    pub fn brought(&self, name: &str) -> Brought<'_> {
        let found = match name {
            "resource" => self.resource.as_ref().or_else(|| self.facts.get(self.thing.as_deref()?)),
            "subject" => self.subject.as_ref().map(|(_, object)| object),
            "action" => self.action_properties.as_ref(),
            name => {
                let resource = self.resource.as_ref().filter(|_| self.thing.as_deref() == Some(name));
                let subject = self.subject.as_ref().filter(|(kind, _)| kind == name).map(|(_, object)| object);
                if resource.is_some() && subject.is_some() {
                    return Brought::Both;
                }
                self.facts.get(name).or(resource).or(subject)
            }
        };
        found.map_or(Brought::Nothing, Brought::Value)
    }
}

/// A member of a record, made where it is not there.
fn member<'r>(record: &'r mut Record, name: &str) -> Option<&'r mut Value> {
    if record.get(name).is_none() {
        record.set(name, Value::Record(Record::new()));
    }
    record.get_mut(name)
}

fn set_below<'p>(mut at: &mut Value, names: impl Iterator<Item = &'p str>, value: Value) {
    for name in names {
        let Some(next) = below(at, name) else { return };
        at = next;
    }
    *at = value;
}

/// What stands under a name, made where it is not there.
fn below<'v>(at: &'v mut Value, name: &str) -> Option<&'v mut Value> {
    let place: Option<usize> = if let Value::List(items) = at { name.parse().ok().filter(|place| *place <= items.len()) } else { None };
    if let (Some(place), true) = (place, matches!(at, Value::List(_))) {
        let Value::List(items) = at else { return None };
        if place == items.len() {
            items.push(Value::Record(Record::new()));
        }
        return items.get_mut(place);
    }
    if let Value::Text(_) | Value::Number(_) = at {
        // What stands here is the id of a thing; now more is told about it.
        let id = core::mem::replace(at, Value::None);
        *at = Value::Record(Record::new().with("id", id));
    } else if !matches!(at, Value::Record(_)) {
        *at = Value::Record(Record::new());
    }
    if let Value::Record(record) = at { member(record, name) } else { None }
}

/// The act only: facts may be private.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("act", &self.act()).finish_non_exhaustive()
    }
}
