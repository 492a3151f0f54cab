//! Bundles: what is loaded together, and the folder that `use` counts from.
//!
//! In: paths as the operator wrote them. Out: rule files with what they use. A file is used by its path below the bundle's
//! root, and nothing outside the root is ever read: no `..`, no absolute path, no link that leads out.

use crate::exit::Failure;
use crate::files::{self, Wanted};
use onlyif::{Engine, Limits, Loaded, Sources};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The folder that `use` counts from.
pub(crate) struct Root {
    folder: PathBuf,
    /// Without links, to tell what lies below it; none where there is no such folder, and so nothing to use.
    real: Option<PathBuf>,
}

impl Root {
    /// The folder that was given, else the first path if it is a folder, else the folder that the first file lies in.
    pub(crate) fn of(given: Option<&Path>, first: &Path) -> Self {
        let folder = match given {
            Some(folder) => folder.to_path_buf(),
            None if first.is_dir() => first.to_path_buf(),
            None => first.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf(),
        };
        Self { real: fs::canonicalize(&folder).ok(), folder }
    }

    /// The path of a file below the root, as `use` writes it; none for a file elsewhere.
    fn path_of(&self, file: &Path) -> Option<String> {
        let real = fs::canonicalize(file).ok()?;
        let below = real.strip_prefix(self.real.as_ref()?).ok()?;
        let names: Option<Vec<&str>> =
            below.components().map(|part| if let Component::Normal(name) = part { name.to_str() } else { None }).collect();
        Some(names?.join("/"))
    }

    /// Where a file lies that a rule file uses.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Reads a file that a rule file uses.
    pub(crate) fn load(&self, path: &str, limits: &Limits) -> Loaded {
        let file = self.file(path);
        let real = fs::canonicalize(&file).map_err(|error| files::reason(&error))?;
        if !self.real.as_ref().is_some_and(|root| real.starts_with(root)) {
            return Err("it is a link that leads out of the bundle's folder".into());
        }
        let text = files::text(&file, limits).map_err(|failure| failure.in_short())?;
        Ok((file.to_string_lossy().into_owned(), text))
    }

    /// Adds a rule file, under the name that messages show and the path by which others use it.
    pub(crate) fn add(&self, sources: &mut Sources, file: &Path, limits: &Limits) -> Result<(), Failure> {
        let text = files::text(file, limits)?;
        let name = if files::is_stdin(file) { "stdin".into() } else { file.to_string_lossy().into_owned() };
        let path = self.path_of(file).unwrap_or_else(|| name.clone());
        sources.add_at(name, path, text);
        Ok(())
    }
}

/// The bundles that a folder holds: each file that no other uses, and what it uses comes with it.
pub(crate) fn of_folder(folder: &Path, given: Option<&Path>, limits: &Limits) -> Result<Vec<PathBuf>, Failure> {
    let root = Root::of(given, folder);
    let all = files::walk(folder, Wanted::All, limits)?;
    let engine = Engine::new().limits(limits.clone());
    let mut used = BTreeSet::new();
    for file in &all {
        // What cannot be read is told when its turn comes.
        if let Ok(text) = files::text(file, limits) {
            let own = root.path_of(file);
            used.extend(engine.uses(&text).into_iter().filter(|path| Some(path) != own.as_ref()));
        }
    }
    let alone: Vec<PathBuf> = all.iter().filter(|file| root.path_of(file).is_none_or(|path| !used.contains(&path))).cloned().collect();
    // Files that use each other in a circle are all used: then each stands for itself.
    Ok(if alone.is_empty() { all } else { alone })
}
