//! Writing a file anew, so that it is always whole: the old text or the new one, never a part.
//!
//! In: the path as the operator wrote it, and the text. A link stays a link: what it leads to is written. Permissions stay.

use crate::exit::Failure;
use crate::files;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many names for the new file are tried.
const NAMES: u32 = 100;

/// Puts `text` in the place of what the file holds.
pub(crate) fn text(path: &Path, text: &str) -> Result<(), Failure> {
    replaced(path, text.as_bytes())
        .map_err(|error| Failure::not_written(format!("`{}` cannot be written: {}", files::shown(path), files::reason(&error))))
}

fn replaced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let real = fs::canonicalize(path)?;
    // Renaming would get round the protection of a file that nobody may write.
    let permissions = OpenOptions::new().write(true).open(&real)?.metadata()?.permissions();
    let (mut file, new) = fresh(&real)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.set_permissions(permissions))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&new, &real));
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = fs::remove_file(&new);
    }
    written
}

/// A new file in the same folder, since only within one file system a file can take the place of another at once.
fn fresh(beside: &Path) -> io::Result<(File, PathBuf)> {
    let name = beside.file_name().unwrap_or_default().to_string_lossy();
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 0..NAMES {
        let path = beside.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}
