//! Members by name.

use super::Value;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Members by name, in the order of their names, so that nothing depends on the order in which they were given.
///
/// ```
/// use onlyif::value::Record;
/// let record = Record::new().with("name", "Ann").with("age", 40);
/// assert_eq!(record.to_string(), "record { age: 40, name: \"Ann\" }");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Record {
    members: Vec<(String, Value)>,
}

impl Record {
    /// A record without members.
    ///
    /// ```
    /// assert!(onlyif::value::Record::new().is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The record with these members, in any order.
    ///
    /// # Errors
    /// The first name, in the order of names, that stands twice: nothing says which of the two is meant.
    ///
    /// ```
    /// use onlyif::{Value, value::Record};
    /// let (paid, open) = (("paid".to_owned(), Value::from(true)), ("paid".to_owned(), Value::from(false)));
    /// assert_eq!(Record::from_members(vec![paid.clone()])?.get("paid"), Some(&Value::from(true)));
    /// assert_eq!(Record::from_members(vec![paid, open]), Err("paid".to_owned()));
    /// # Ok::<(), String>(())
    /// ```
    pub fn from_members(mut members: Vec<(String, Value)>) -> Result<Self, String> {
        members.sort_by(|left, right| left.0.cmp(&right.0));
        let twice = members.windows(2).find_map(|pair| match pair {
            [left, right] if left.0 == right.0 => Some(left.0.clone()),
            _ => None,
        });
        twice.map_or(Ok(Self { members }), Err)
    }

    /// With a member set, in place of one of that name.
    ///
    /// ```
    /// use onlyif::{Value, value::Record};
    /// let user = Record::new().with("role", "guest").with("role", "editor");
    /// assert_eq!(user.get("role"), Some(&Value::from("editor")));
    /// ```
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a member, in place of one of that name. It takes time in proportion to the number of members.
    ///
    /// ```
    /// use onlyif::{Value, value::Record};
    /// let mut user = Record::new();
    /// user.set("age", 40);
    /// assert_eq!(user.get("age"), Some(&Value::from(40)));
    /// ```
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let (name, value) = (name.into(), value.into());
        match self.members.binary_search_by(|member| member.0.as_str().cmp(&name)) {
            Ok(at) => {
                if let Some(member) = self.members.get_mut(at) {
                    member.1 = value;
                }
            }
            Err(at) => self.members.insert(at, (name, value)),
        }
    }

    /// Is it `{"type": …, "id": …}`, or that without an id? It says only which thing is meant; another member makes it the thing itself.
    pub(crate) fn says_only_which(&self) -> bool {
        self.get("type").is_some() && self.iter().all(|(key, _)| matches!(key, "type" | "id"))
    }

    /// The member of this name, found by binary search; none where there is none. That a member is there and is [`Value::None`] is
    /// another thing: then it is known to be absent.
    ///
    /// ```
    /// use onlyif::{Value, value::Record};
    /// let user = Record::new().with("manager", Value::None);
    /// assert_eq!(user.get("manager"), Some(&Value::None));
    /// assert_eq!(user.get("age"), None);
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let at = self.members.binary_search_by(|member| member.0.as_str().cmp(name)).ok()?;
        self.members.get(at).map(|member| &member.1)
    }

    /// The member of this name, to be changed.
    ///
    /// ```
    /// use onlyif::{Value, value::Record};
    /// let mut user = Record::new().with("age", 40);
    /// if let Some(age) = user.get_mut("age") {
    ///     *age = Value::from(41);
    /// }
    /// assert_eq!(user.get("age"), Some(&Value::from(41)));
    /// ```
    #[must_use]
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        let at = self.members.binary_search_by(|member| member.0.as_str().cmp(name)).ok()?;
        self.members.get_mut(at).map(|member| &mut member.1)
    }

    /// The members in the order of their names, by bytes.
    ///
    /// ```
    /// use onlyif::value::Record;
    /// let user = Record::new().with("name", "Ann").with("age", 40);
    /// assert_eq!(user.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["age", "name"]);
    /// ```
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.members.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many members there are.
    ///
    /// ```
    /// use onlyif::value::Record;
    /// assert_eq!(Record::new().with("name", "Ann").with("age", 40).len(), 2);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Are there no members?
    ///
    /// ```
    /// use onlyif::value::Record;
    /// assert!(!Record::new().with("age", 40).is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.members.is_empty() {
            return f.write_str("record {}");
        }
        f.write_str("record {")?;
        for (at, (name, value)) in self.iter().enumerate() {
            write!(f, "{} {name}: {value}", if at > 0 { "," } else { "" })?;
        }
        f.write_str(" }")
    }
}
