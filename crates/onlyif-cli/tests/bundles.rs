//! `use`: files below the bundle's root and no others, each once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn onlyif(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_onlyif")).args(arguments).current_dir(folder).output().unwrap()
}

fn bundle() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bundle")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_file_is_used_once_and_circles_do_no_harm() {
    let output =
        onlyif(&bundle(), &["decide", "main.onlyif", "--action", "share", "--resource", "expertise", "--set", "requester.level=3"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).starts_with("allowed."), "{}", said(&output));
}

#[test]
fn a_folder_holds_a_bundle_for_each_file_that_no_other_uses() {
    // Both files use each other, so each stands for itself; what is unused is told in the bundle's own file only.
    let output = onlyif(&bundle(), &["check", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let output = onlyif(&bundle(), &["check", "main.onlyif", "--deny", "warnings"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn the_root_can_be_given() {
    let arguments = ["decide", "tests/bundle/main.onlyif", "--root", "tests/bundle", "--action", "share", "--resource", "expertise"];
    let output = onlyif(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let output = onlyif(Path::new(env!("CARGO_MANIFEST_DIR")), &["check", "tests/bundle/main.onlyif", "--root", "src"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("F03"), "{}", said(&output));
}

#[test]
fn nothing_outside_the_root_is_read() {
    let folder = std::env::temp_dir().join(format!("onlyif-bundles-{}", std::process::id()));
    fs::create_dir_all(folder.join("rules")).unwrap();
    fs::write(folder.join("secret.onlyif"), "a requester is trusted if requester.secret is \"s\"\n").unwrap();
    for path in ["../secret.onlyif", "./x.onlyif", "/etc/hostname", "a//b.onlyif", "a\\\\b.onlyif", ""] {
        fs::write(folder.join("rules/main.onlyif"), format!("use \"{path}\"\nallow share expertise if requester is trusted\n")).unwrap();
        let output = onlyif(&folder, &["check", "rules/main.onlyif"]);
        assert_eq!(output.status.code(), Some(1), "{path}: {}", said(&output));
        assert!(said(&output).contains("E123"), "{path}: {}", said(&output));
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.onlyif", folder.join("rules/link.onlyif")).unwrap();
        fs::write(folder.join("rules/main.onlyif"), "use \"link.onlyif\"\nallow share expertise if requester is trusted\n").unwrap();
        let output = onlyif(&folder, &["check", "rules/main.onlyif"]);
        assert!(said(&output).contains("leads out of the bundle"), "{}", said(&output));
        assert!(!said(&output).contains("secret is"), "{}", said(&output));
    }
    fs::remove_dir_all(&folder).unwrap();
}
