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
    /// No members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The members sorted by name; of two with one name it is none: the name comes back.
    ///
    /// # Errors
    /// The first name, in the order of names, that stands twice.
    pub fn from_members(mut members: Vec<(String, Value)>) -> Result<Self, String> {
        members.sort_by(|left, right| left.0.cmp(&right.0));
        let twice = members.windows(2).find_map(|pair| match pair {
            [left, right] if left.0 == right.0 => Some(left.0.clone()),
            _ => None,
        });
        twice.map_or(Ok(Self { members }), Err)
    }

    /// With a member set, in place of one of that name.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a member, in place of one of that name.
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

    /// The member of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let at = self.members.binary_search_by(|member| member.0.as_str().cmp(name)).ok()?;
        self.members.get(at).map(|member| &member.1)
    }

    /// The member of this name, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        let at = self.members.binary_search_by(|member| member.0.as_str().cmp(name)).ok()?;
        self.members.get_mut(at).map(|member| &mut member.1)
    }

    /// The members in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.members.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Are there none?
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
