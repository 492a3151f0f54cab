//! Yes, no and unknown, with what is not known.

use std::collections::BTreeSet;

/// The path of what is worked out: what the engine calls it is for people.
pub const CALCULATED: &str = "?";

/// What keeps a sentence unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Paths of missing facts.
    pub needs: BTreeSet<String>,
    /// Paths of facts that cannot be used, and the code of the problem.
    pub problems: BTreeSet<(String, &'static str)>,
}

impl Notes {
    pub fn need(path: impl Into<String>) -> Self {
        Self { needs: BTreeSet::from([path.into()]), ..Self::default() }
    }

    /// What is worked out has no name here.
    pub fn problem(path: impl Into<String>, code: &'static str) -> Self {
        let path = Some(path.into()).filter(|path| !path.starts_with(CALCULATED)).unwrap_or_default();
        Self { problems: BTreeSet::from([(path, code)]), ..Self::default() }
    }

    pub fn and(mut self, other: Self) -> Self {
        self.needs.extend(other.needs);
        self.problems.extend(other.problems);
        self
    }

    /// All paths, missing or useless: a pending duty tells them as one.
    pub fn paths(self) -> BTreeSet<String> {
        self.needs.into_iter().chain(self.problems.into_iter().map(|(path, _)| path)).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.needs.is_empty() && self.problems.is_empty()
    }
}

/// One of the three values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    Yes,
    No,
    Unknown(Notes),
}

impl Truth {
    pub fn of(yes: bool) -> Self {
        if yes { Truth::Yes } else { Truth::No }
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Truth::Unknown(_))
    }

    pub fn not(self) -> Self {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown(notes) => Truth::Unknown(notes),
        }
    }

    /// No settles it; else the unknown parts keep it open.
    pub fn all(parts: impl IntoIterator<Item = Truth>) -> Self {
        let parts: Vec<Truth> = parts.into_iter().collect();
        if parts.contains(&Truth::No) {
            return Truth::No;
        }
        let mut open = None;
        for part in parts {
            if let Truth::Unknown(notes) = part {
                open = Some(notes.and(open.unwrap_or_default()));
            }
        }
        open.map_or(Truth::Yes, Truth::Unknown)
    }

    pub fn any(parts: impl IntoIterator<Item = Truth>) -> Self {
        Self::all(parts.into_iter().map(Truth::not)).not()
    }

    /// The notes of an unknown; of the others there are none.
    pub fn notes(&self) -> Notes {
        if let Truth::Unknown(notes) = self { notes.clone() } else { Notes::default() }
    }
}
