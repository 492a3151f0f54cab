//! Writing a file anew: whole or not at all.
//!
//! The new text goes to a file beside the old one, which then takes its name. So nobody ever sees half of a policy, and a full
//! disk costs nothing. The permissions stay; of a link, the file that it leads to is written, and the link stays.

use crate::exit::Failure;
use crate::files::shown;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many names are tried for the file beside.
const TRIES: u32 = 100;

/// Puts a text in the place of a file's.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    told(path, written(path, text))
}

/// Puts a text into a file, in the place of what is there, or as a new one that nobody else may read.
pub(crate) fn put(path: &Path, text: &str) -> Result<(), Failure> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => told(path, created(path, text)),
        Ok(_) | Err(_) => replace(path, text),
    }
}

fn told(path: &Path, done: io::Result<()>) -> Result<(), Failure> {
    done.map_err(|error| Failure::unwritable(format!("`{}` cannot be written: {}", shown(path), reason(&error))))
}

fn created(path: &Path, text: &str) -> io::Result<()> {
    let (beside, file) = beside(path)?;
    filled(file, &beside, path, text)
}

fn written(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    // A file that may not be written is not replaced either, although its folder would let us.
    OpenOptions::new().write(true).open(&target)?;
    let (beside, file) = beside(&target)?;
    // Before there is anything to read in it.
    let done = file.set_permissions(metadata.permissions());
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done.and_then(|()| filled(file, &beside, &target, text))
}

/// Writes a new file, which then takes the name of the target.
fn filled(mut file: File, beside: &Path, target: &Path, text: &str) -> io::Result<()> {
    let done = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| fs::rename(beside, target));
    if done.is_err() {
        // What cannot be removed either is left lying; the error says enough.
        let _ = fs::remove_file(beside);
    }
    done
}

/// A new file in the folder of another.
fn beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for attempt in 0..TRIES {
        // Hidden, and without the ending of a rule file: no folder of rules ever loads it.
        let path = target.with_file_name(format!(".{name}.{}-{attempt}.new", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // It may hold what is private: until it has the rights of another file, it is its owner's alone.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn reason(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::PermissionDenied { "you may not write it".into() } else { error.to_string() }
}
