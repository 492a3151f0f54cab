//! File paths below other file paths.

use core::fmt;

/// Whether a path is the base itself or lies below it, by whole segments.
///
/// Segments are separated by `/` and compared exactly, and one `/` at the end is ignored; `/` is the
/// root, above every absolute path. Nothing is resolved, unescaped or normalised, and nothing is
/// looked up: a path that different readers may take for different files is refused.
///
/// # Errors
///
/// When one of the two is empty, has an empty, `.` or `..` segment, or contains `\`, `%` or NUL, or
/// when one is absolute (begins with `/`) and the other is not.
///
/// ```
/// use onlyif::value::{PathProblem, is_under};
///
/// assert_eq!(is_under("/home/me/notes.txt", "/home/me/"), Ok(true));
/// assert_eq!(is_under("/home/mercy", "/home/me"), Ok(false));
/// assert_eq!(is_under("/home/me/../you", "/home/me"), Err(PathProblem::DotSegment));
/// ```
pub fn is_under(path: &str, base: &str) -> Result<bool, PathProblem> {
    let (path_is_absolute, path) = checked(path)?;
    let (base_is_absolute, base) = checked(base)?;
    if path_is_absolute != base_is_absolute {
        return Err(PathProblem::AbsoluteWithRelative);
    }
    // Only the root has no segments. Both are clean, so what follows the base decides.
    let below = path.strip_prefix(base);
    Ok(base.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Whether a path is absolute, and its segments without the slashes around them.
fn checked(path: &str) -> Result<(bool, &str), PathProblem> {
    if path.is_empty() {
        return Err(PathProblem::Empty);
    }
    for (sign, problem) in [('\\', PathProblem::Backslash), ('%', PathProblem::Percent), ('\0', PathProblem::Nul)] {
        if path.contains(sign) {
            return Err(problem);
        }
    }
    if path == "/" {
        return Ok((true, ""));
    }
    let (is_absolute, rest) = match path.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, path),
    };
    let segments = rest.strip_suffix('/').unwrap_or(rest);
    for segment in segments.split('/') {
        match segment {
            "" => return Err(PathProblem::EmptySegment),
            "." | ".." => return Err(PathProblem::DotSegment),
            _ => {}
        }
    }
    Ok((is_absolute, segments))
}

/// Why a path cannot be placed with certainty.
///
/// ```
/// use onlyif::value::{PathProblem, is_under};
///
/// assert_eq!(is_under("/home//notes.txt", "/home"), Err(PathProblem::EmptySegment));
/// assert_eq!(is_under("notes.txt", "/home"), Err(PathProblem::AbsoluteWithRelative));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathProblem {
    /// A path without any character.
    Empty,
    /// Two slashes in a row.
    EmptySegment,
    /// A segment `.` or `..`.
    DotSegment,
    /// A `\`, which some systems read as a separator.
    Backslash,
    /// A `%`, which some readers decode.
    Percent,
    /// A NUL, at which some readers stop.
    Nul,
    /// An absolute path with a relative one.
    AbsoluteWithRelative,
}

impl fmt::Display for PathProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a path is empty, it must name at least one segment or be `/`",
            Self::EmptySegment => "a path has an empty segment (`//`), write a single `/`",
            Self::DotSegment => "a path has a segment `.` or `..`, it must be given resolved",
            Self::Backslash => "a path contains `\\`, segments are separated by `/`",
            Self::Percent => "a path contains `%`, it must be given decoded and without `%`",
            Self::Nul => "a path contains a NUL character, no file name has one",
            Self::AbsoluteWithRelative => "an absolute path is compared with a relative one, both must begin with `/` or neither",
        })
    }
}

impl core::error::Error for PathProblem {}
