//! Host names below domains.

use core::fmt;

/// The most bytes of a host name, written without a dot at the end (RFC 1035, section 2.3.4).
const MAX_NAME: usize = 253;

/// The most bytes of a label (RFC 1035, section 2.3.4).
const MAX_LABEL: usize = 63;

/// Whether a host is the domain itself or below it, by labels and without regard to ASCII case.
///
/// Both must be host names: labels of ASCII letters, digits and inner hyphens, separated by dots
/// (RFC 952, RFC 1123). Names in other scripts are written in their ASCII form, `xn--…`.
///
/// # Errors
///
/// When one of the two is no host name: an IP address in any notation, a port, a dot at the end, an
/// empty label, any other character, or more than 63 bytes in a label or 253 in all.
///
/// ```
/// use onlyif::value::{HostProblem, is_under_domain};
///
/// assert_eq!(is_under_domain("api.Example.com", "example.com"), Ok(true));
/// assert_eq!(is_under_domain("evil-example.com", "example.com"), Ok(false));
/// assert_eq!(is_under_domain("example.com:80", "example.com"), Err(HostProblem::Port));
/// ```
pub fn is_under_domain(host: &str, domain: &str) -> Result<bool, HostProblem> {
    check(host)?;
    check(domain)?;
    // Both are ASCII, so every place is a boundary.
    let Some(start) = host.len().checked_sub(domain.len()) else {
        return Ok(false);
    };
    let Some((above, end)) = host.split_at_checked(start) else {
        return Ok(false);
    };
    Ok(end.eq_ignore_ascii_case(domain) && (above.is_empty() || above.ends_with('.')))
}

/// Whether a text is a host name.
fn check(name: &str) -> Result<(), HostProblem> {
    if name.is_empty() {
        return Err(HostProblem::Empty);
    }
    if name.starts_with('[') || name.bytes().filter(|&byte| byte == b':').nth(1).is_some() {
        return Err(HostProblem::Address);
    }
    for label in name.split('.') {
        if let Some(odd) = label.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
            return Err(if odd == ':' { HostProblem::Port } else { HostProblem::Character(odd) });
        }
    }
    if name.ends_with('.') {
        return Err(HostProblem::TrailingDot);
    }
    if name.len() > MAX_NAME {
        return Err(HostProblem::TooLong);
    }
    for label in name.split('.') {
        if label.is_empty() {
            return Err(HostProblem::EmptyLabel);
        }
        if label.len() > MAX_LABEL {
            return Err(HostProblem::LabelTooLong);
        }
        if label.starts_with('-') || label.ends_with('-') {
            return Err(HostProblem::Hyphen);
        }
    }
    if name.rsplit('.').next().is_some_and(is_numeric) {
        return Err(HostProblem::Address);
    }
    Ok(())
}

/// Whether a last label makes readers take the name for an IPv4 address: digits, or `0x` with
/// hexadecimal digits, as in `0x7f.1` (WHATWG URL, "ends in a number").
fn is_numeric(label: &str) -> bool {
    let hexadecimal = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
    label.bytes().all(|byte| byte.is_ascii_digit()) || hexadecimal.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Why a text is no host name.
///
/// ```
/// use onlyif::value::{HostProblem, is_under_domain};
///
/// assert_eq!(is_under_domain("127.0.0.1", "example.com"), Err(HostProblem::Address));
/// assert_eq!(is_under_domain("a_b.example.com", "example.com"), Err(HostProblem::Character('_')));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HostProblem {
    /// A name without any character.
    Empty,
    /// An IP address, in any notation.
    Address,
    /// A port after the name.
    Port,
    /// A dot at the end.
    TrailingDot,
    /// Two dots in a row, or one at the start.
    EmptyLabel,
    /// A label that begins or ends with a hyphen.
    Hyphen,
    /// A character that no host name has.
    Character(char),
    /// A label of more than 63 bytes.
    LabelTooLong,
    /// A name of more than 253 bytes.
    TooLong,
}

impl fmt::Display for HostProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a host name is empty, it must have at least one label",
            Self::Address => "an address was found where a host name belongs",
            Self::Port => "a host name is followed by a `:`, it must come without a port",
            Self::TrailingDot => "a host name ends with a dot, write it without",
            Self::EmptyLabel => "a host name has an empty label, one dot separates two labels",
            Self::Hyphen => "a label of a host name begins or ends with `-`, only inside it may",
            Self::Character(found) => {
                return write!(f, "`{found}` is not part of a host name, only letters, digits, `-` and `.` are");
            }
            Self::LabelTooLong => "a label of a host name is too long, it has at most 63 bytes",
            Self::TooLong => "a host name is too long, it has at most 253 bytes",
        })
    }
}

impl core::error::Error for HostProblem {}
