//! What is declared: kinds with their fields, and the types of facts and settings.
//!
//! A bundle without declarations has a vocabulary too: the checker writes into it what the uses of each name demand. Such
//! a kind is *open*: a request may send more than the rules read. A declared kind is closed, so that a typo in a rule is an
//! error.

mod form;

pub(crate) use form::Misread;

use crate::source::Span;
use crate::value::Value;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Which kind of a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub(crate) u32);

/// Which type variable of the checker; none is left in a finished program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InferId(pub(crate) u32);

/// What values a fact or field has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// Nothing is demanded of it: compared by its JSON type.
    Any,
    /// yes or no.
    YesNo,
    /// A text.
    Text,
    /// An exact number.
    Number,
    /// An amount in a currency.
    Money,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// An instant with its offset.
    DateTime,
    /// A span of time.
    Duration,
    /// An IP address.
    IpAddress,
    /// A range of IP addresses.
    Network,
    /// A list.
    List(Arc<Type>),
    /// Members with open keys.
    Map(Arc<Type>),
    /// One of the listed texts.
    Choice(Arc<Choice>),
    /// The id of an entity of one of these kinds.
    Reference(Arc<[KindId]>),
    /// A record, or an entity, of this kind.
    Kind(KindId),
    /// Not settled yet; the checker replaces it.
    Inferred(InferId),
}

impl Type {
    /// The kinds that things of this type may be of; none where they have no identity and no fields.
    #[must_use]
    pub fn kinds(&self) -> &[KindId] {
        match self {
            Type::Kind(kind) => core::slice::from_ref(kind),
            Type::Reference(kinds) => kinds,
            Type::Any
            | Type::YesNo
            | Type::Text
            | Type::Number
            | Type::Money
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Duration
            | Type::IpAddress
            | Type::Network
            | Type::List(_)
            | Type::Map(_)
            | Type::Choice(_)
            | Type::Inferred(_) => &[],
        }
    }

    /// The type of the elements, if it is a list.
    #[must_use]
    pub fn element(&self) -> Option<&Type> {
        if let Type::List(element) = self { Some(element) } else { None }
    }

    /// Does nothing say what it is?
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Type::Any | Type::Inferred(_))
    }
}

/// The listed texts of a choice, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    /// The texts.
    pub values: Vec<String>,
    /// Does the order rank them?
    pub ranked: bool,
}

impl Choice {
    /// Where a text stands in the list.
    #[must_use]
    pub fn rank(&self, text: &str) -> Option<usize> {
        self.values.iter().position(|value| value == text)
    }
}

/// How a word is joined to its subject in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glue {
    /// `requester committed`
    Bare,
    /// `requester is committed`
    Is,
    /// `requester is a director`
    IsA,
    /// `requester has paid`
    Has,
}

/// What it means that a fact or field is not there, in a record that is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It is unknown, and a null is a problem.
    Required,
    /// It is unknown; nobody declared it, so a null is none where a sentence asks for none, and a problem elsewhere.
    Open,
    /// It is none.
    Optional,
    /// It is this value.
    Assumed(Value),
}

/// A member of a kind, or a fact or setting by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in rules.
    pub name: String,
    /// Its name in JSON.
    pub key: String,
    /// Its type.
    pub ty: Type,
    /// What its absence means.
    pub presence: Presence,
    /// Its value is shown nowhere.
    pub private: bool,
    /// No suggestion proposes to change it.
    pub fixed: bool,
    /// How sentences about it are printed; none where nobody declared it.
    pub glue: Option<Glue>,
    /// Where it is declared, or first used.
    pub span: Span,
}

/// What a record or entity is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its name in rules.
    pub name: String,
    /// Its name in requests.
    pub key: String,
    /// Is it declared, and so closed?
    pub declared: bool,
    /// With any key that is not listed, nothing is allowed.
    pub only: bool,
    /// Has it an identity: declares `id`, is referred to, acts, is acted on, stands in a hierarchy?
    pub entity: bool,
    /// Is it known by its name, so that `kind:id` and a request's `type` can mean it?
    pub named: bool,
    /// Does it stand for whichever of several kinds a thing turns out to be?
    pub any_of: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What it may lie in.
    pub parents: Vec<KindId>,
    /// Where it is declared, or first used.
    pub span: Span,
}

impl Kind {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Has it a field that requests call so?
    #[must_use]
    pub fn has_key(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key == key)
    }
}

/// Everything that has a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Kinds, declared and inferred.
    pub kinds: Vec<Kind>,
    /// Facts that rules read or that are declared.
    pub facts: Vec<Field>,
    /// Settings.
    pub settings: Vec<Field>,
}

impl Vocabulary {
    /// Every kind with its id.
    pub fn ids(&self) -> impl Iterator<Item = (KindId, &Kind)> {
        self.kinds.iter().enumerate().map(|(at, kind)| (KindId(u32::try_from(at).unwrap_or(u32::MAX)), kind))
    }

    /// The kind with this id.
    #[must_use]
    pub fn kind(&self, id: KindId) -> Option<&Kind> {
        self.kinds.get(id.0 as usize)
    }

    /// Have things of this kind an identity?
    pub(crate) fn is_entity(&self, id: KindId) -> bool {
        self.kind(id).is_some_and(|kind| kind.entity)
    }

    /// The fact of this name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Field> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    /// A type in the words of the language: `list of text`, `one of [draft, final]`, `user`.
    #[must_use]
    pub fn type_name(&self, ty: &Type) -> String {
        match ty {
            Type::Any | Type::Inferred(_) => "any value".into(),
            Type::YesNo => "yes/no".into(),
            Type::Text => "text".into(),
            Type::Number => "number".into(),
            Type::Money => "money".into(),
            Type::Date => "date".into(),
            Type::Time => "time".into(),
            Type::DateTime => "date-time".into(),
            Type::Duration => "duration".into(),
            Type::IpAddress => "ip-address".into(),
            Type::Network => "network".into(),
            Type::List(element) => alloc::format!("list of {}", self.type_name(element)),
            Type::Map(element) => alloc::format!("map of {}", self.type_name(element)),
            Type::Choice(choice) => {
                let between = if choice.ranked { " < " } else { ", " };
                alloc::format!("one of [{}]", choice.values.join(between))
            }
            Type::Reference(kinds) => {
                let names: Vec<&str> = kinds.iter().map(|&id| self.kind_name(id)).collect();
                alloc::format!("reference to {}", names.join(" or "))
            }
            Type::Kind(id) => self.kind_name(*id).into(),
        }
    }

    /// What requests call the kind of this name; the name itself where there is none.
    #[must_use]
    pub fn key_of_kind<'n>(&'n self, name: &'n str) -> &'n str {
        self.kinds.iter().find(|kind| kind.name == name && (kind.declared || kind.named)).map_or(name, |kind| kind.key.as_str())
    }

    /// What requests call the names of a path, one by one; a name that nothing declares stays as it is.
    #[must_use]
    pub fn keys_of_path<'n>(&'n self, names: &[&'n str]) -> Vec<&'n str> {
        let mut ty: Option<&Type> = None;
        let mut keys = Vec::new();
        for (at, &name) in names.iter().enumerate() {
            let field = match ty {
                None if at == 0 => self.fact(name),
                Some(Type::Kind(id)) => self.kind(*id).and_then(|kind| kind.field(name)),
                Some(Type::Reference(kinds)) => kinds.iter().find_map(|&id| self.kind(id)?.field(name)),
                None | Some(_) => None,
            };
            let own = if at == 0 { self.key_of_kind(name) } else { name };
            keys.push(field.map_or(own, |field| field.key.as_str()));
            ty = match (field, ty) {
                (Some(field), _) => Some(&field.ty),
                (None, Some(Type::Map(element))) => Some(element),
                (None, _) => None,
            };
        }
        keys
    }

    /// The one kind that things of a type are of.
    fn only_kind(&self, ty: &Type) -> Option<&Kind> {
        if let [only] = ty.kinds() { self.kind(*only) } else { None }
    }

    /// The first name of a path that its declared kind does not have, and that kind.
    #[must_use]
    pub fn unknown_field<'n>(&'n self, path: &[&'n str]) -> Option<(&'n Kind, &'n str)> {
        let (root, names) = path.split_first()?;
        let kind = |name: &str| self.kinds.iter().find(|kind| kind.name == name && kind.declared);
        let mut at = match self.fact(root) {
            Some(fact) => self.only_kind(&fact.ty),
            None => kind(root),
        };
        for name in names {
            let kind = at.filter(|kind| kind.declared)?;
            let Some(field) = kind.field(name) else {
                return (*name != "id").then_some((kind, *name));
            };
            at = self.only_kind(&field.ty);
        }
        None
    }

    /// The name of a kind.
    #[must_use]
    pub fn kind_name(&self, id: KindId) -> &str {
        self.kind(id).map_or("record", |kind| kind.name.as_str())
    }

    /// The type of the fact or field that a path names, as far as it is declared or inferred.
    #[must_use]
    pub fn type_of_path<'p>(&self, path: impl IntoIterator<Item = &'p str>) -> Option<&Type> {
        let mut names = path.into_iter();
        let mut ty = &self.fact(names.next()?)?.ty;
        for name in names {
            ty = match ty {
                Type::Kind(id) => &self.kind(*id)?.field(name)?.ty,
                Type::Map(element) => element,
                Type::Any
                | Type::YesNo
                | Type::Text
                | Type::Number
                | Type::Money
                | Type::Date
                | Type::Time
                | Type::DateTime
                | Type::Duration
                | Type::IpAddress
                | Type::Network
                | Type::List(_)
                | Type::Choice(_)
                | Type::Reference(_)
                | Type::Inferred(_) => return None,
            };
        }
        Some(ty)
    }
}

/// `a` or `an`, as the name of a kind is spoken: a user, a unit, an `order`.
pub(crate) fn article_of(name: &str) -> &'static str {
    let small = name.trim_start_matches('`').to_ascii_lowercase();
    // What begins like "you" or like "won" sounds.
    let is_consonant = ["use", "uni", "eu", "one", "usu"].iter().any(|start| small.starts_with(start));
    if small.starts_with(['a', 'e', 'i', 'o', 'u']) && !is_consonant { "an" } else { "a" }
}

/// The name of a kind with its article.
pub(crate) fn with_article(name: &str) -> String {
    alloc::format!("{} {name}", article_of(name))
}
