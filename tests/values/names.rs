//! File paths and host names.

use onlyif::value::{HostProblem, PathProblem, is_under, is_under_domain};
use proptest::prelude::*;

#[test]
fn paths_are_compared_by_whole_segments() {
    for (path, base, wanted) in [
        ("/home/me", "/home/me", true),
        ("/home/me/", "/home/me", true),
        ("/home/me", "/home/me/", true),
        ("/home/me/a/b", "/home/me", true),
        ("/home/mercy", "/home/me", false),
        ("/home", "/home/me", false),
        ("/HOME/me/a", "/home/me", false),
        ("/", "/", true),
        ("/etc", "/", true),
        ("/", "/etc", false),
        ("a/b", "a", true),
        ("a", "a/", true),
        ("ab", "a", false),
        ("/a/...", "/a", true),
        ("/a/.hidden", "/a", true),
        ("/a/..b", "/a", true),
        ("/é/x", "/é", true),
        ("/éx", "/é", false),
    ] {
        assert_eq!(is_under(path, base), Ok(wanted), "{path} {base}");
    }
}

#[test]
fn doubtful_paths_are_problems_on_either_side() {
    for (odd, problem) in [
        ("", PathProblem::Empty),
        ("//", PathProblem::EmptySegment),
        ("//etc", PathProblem::EmptySegment),
        ("/home//me", PathProblem::EmptySegment),
        ("/home/me//", PathProblem::EmptySegment),
        ("/.", PathProblem::DotSegment),
        ("/..", PathProblem::DotSegment),
        ("/home/./me", PathProblem::DotSegment),
        ("/home/me/../you", PathProblem::DotSegment),
        ("/home/me/..", PathProblem::DotSegment),
        ("/home/me/../", PathProblem::DotSegment),
        ("/home\\me", PathProblem::Backslash),
        ("/home/%2e%2e/you", PathProblem::Percent),
        ("/home/me%2Fx", PathProblem::Percent),
        ("/home/me\0/x", PathProblem::Nul),
        ("home/me", PathProblem::AbsoluteWithRelative),
    ] {
        assert_eq!(is_under(odd, "/home/me"), Err(problem), "{odd}");
        assert_eq!(is_under("/home/me", odd), Err(problem), "{odd}");
    }
    assert_eq!(is_under("..", "a"), Err(PathProblem::DotSegment));
    assert_eq!(is_under("a", "/"), Err(PathProblem::AbsoluteWithRelative));
}

#[test]
fn hosts_are_compared_by_labels() {
    for (host, domain, wanted) in [
        ("example.com", "example.com", true),
        ("EXAMPLE.com", "example.COM", true),
        ("a.b.example.com", "example.com", true),
        ("evil-example.com", "example.com", false),
        ("evilexample.com", "example.com", false),
        ("example.com.evil.net", "example.com", false),
        ("com", "example.com", false),
        ("localhost", "localhost", true),
        ("xn--bcher-kva.example", "example", true),
        ("3com.com", "com", true),
        ("1.2.3.4.example.com", "example.com", true),
        ("0x.example", "example", true),
        ("a--b.example", "example", true),
    ] {
        assert_eq!(is_under_domain(host, domain), Ok(wanted), "{host} {domain}");
    }
    let label = "a".repeat(63);
    let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
    assert_eq!(longest.len(), 253);
    assert_eq!(is_under_domain(&longest, &"a".repeat(61)), Ok(true));
}

#[test]
fn what_is_no_host_name_is_a_problem_on_either_side() {
    for (odd, problem) in [
        ("", HostProblem::Empty),
        ("10.0.0.1", HostProblem::Address),
        ("127.1", HostProblem::Address),
        ("2130706433", HostProblem::Address),
        ("0x7f.0.0.1", HostProblem::Address),
        ("0x7f000001", HostProblem::Address),
        ("1.0X7F", HostProblem::Address),
        ("example.1", HostProblem::Address),
        ("[::1]", HostProblem::Address),
        ("[::1]:80", HostProblem::Address),
        ("2001:db8::1", HostProblem::Address),
        ("::ffff:10.0.0.1", HostProblem::Address),
        ("example.com:443", HostProblem::Port),
        ("10.0.0.1:80", HostProblem::Port),
        ("example.com.", HostProblem::TrailingDot),
        (".", HostProblem::TrailingDot),
        (".example.com", HostProblem::EmptyLabel),
        ("a..example.com", HostProblem::EmptyLabel),
        ("-a.example.com", HostProblem::Hyphen),
        ("a-.example.com", HostProblem::Hyphen),
        ("a_b.example.com", HostProblem::Character('_')),
        ("*.example.com", HostProblem::Character('*')),
        ("user@example.com", HostProblem::Character('@')),
        ("example.com/", HostProblem::Character('/')),
        ("example.com ", HostProblem::Character(' ')),
        ("example.com\0", HostProblem::Character('\0')),
        ("exämple.com", HostProblem::Character('ä')),
        ("example。com", HostProblem::Character('。')),
        ("example.com%00", HostProblem::Character('%')),
    ] {
        assert_eq!(is_under_domain(odd, "example.com"), Err(problem), "{odd}");
        assert_eq!(is_under_domain("example.com", odd), Err(problem), "{odd}");
    }
    let long = format!("{}.com", "a".repeat(64));
    assert_eq!(is_under_domain(&long, "com"), Err(HostProblem::LabelTooLong));
    let label = "a".repeat(63);
    let long = format!("{label}.{label}.{label}.{}", "a".repeat(62));
    assert_eq!(is_under_domain(&long, "com"), Err(HostProblem::TooLong));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The definition: the segments of the base are the first segments of the path.
    #[test]
    fn paths_are_lists_of_segments(path in "/?[ab/.]{0,9}", base in "/?[ab/.]{0,5}") {
        if let Ok(under) = is_under(&path, &base) {
            let segments = |text: &str| -> Vec<String> {
                text.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
            };
            prop_assert_eq!(under, segments(&path).starts_with(&segments(&base)));
        }
    }

    /// The definition: the labels of the domain are the last labels of the host.
    #[test]
    fn hosts_are_lists_of_labels(host in "[aAb.-]{0,9}", domain in "[ab.-]{0,5}") {
        if let Ok(under) = is_under_domain(&host, &domain) {
            let labels = |text: &str| -> Vec<String> {
                text.split('.').map(str::to_ascii_lowercase).collect()
            };
            prop_assert_eq!(under, labels(&host).ends_with(&labels(&domain)));
        }
    }

    #[test]
    fn no_text_panics(left in "\\PC{0,12}", right in "\\PC{0,12}") {
        let _ = (is_under(&left, &right).is_ok(), is_under_domain(&left, &right).is_ok());
    }
}
