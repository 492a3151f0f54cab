//! `onlyif format` on files: what is written, what is left alone, and how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop

mod run;

use run::Answer;
use std::fs;
use std::path::{Path, PathBuf};

const ODD: &str = "# Who.\nallow read the document, if user.age >= 18.\n";
const TIDY: &str = "# Who.\nallow read document if user.age is at least 18\n";
const BROKEN: &str = "allow read document user is editor\n";

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("format-{name}"));
        let _ = fs::remove_dir_all(&path); // of a run that was stopped
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, arguments: &[&str]) -> Answer {
        let output = run::command(&[&["format"], arguments].concat()).current_dir(&self.0).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Answer { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn writes_what_changes_and_leaves_the_rest() {
    let folder = Folder::new("writes");
    let (odd, below) = (folder.file("odd.onlyif", ODD), folder.file("below/odd.test.onlyif", ODD));
    let (tidy, other, hidden) = (folder.file("tidy.onlyif", TIDY), folder.file("odd.txt", ODD), folder.file(".hidden.onlyif", ODD));
    let broken = folder.file("broken.onlyif", BROKEN);
    let before = fs::metadata(&tidy).unwrap().modified().unwrap();
    let answer = folder.run(&["."]);
    assert_eq!((answer.status, answer.out.as_str()), (1, ""), "{}", answer.err);
    assert!(answer.err.contains("formatted ./below/odd.test.onlyif\nformatted ./odd.onlyif\n"), "{}", answer.err);
    assert!(answer.err.contains("error[E03]") && answer.err.contains("broken.onlyif:1:21"), "{}", answer.err);
    assert!(answer.err.ends_with("2 files reformatted, 1 file left unchanged, 1 file with errors\n"), "{}", answer.err);
    assert_eq!((text(&odd), text(&below)), (TIDY.into(), TIDY.into()));
    assert_eq!((text(&broken), text(&other), text(&hidden)), (BROKEN.into(), ODD.into(), ODD.into()));
    assert_eq!(fs::metadata(&tidy).unwrap().modified().unwrap(), before, "an unchanged file was written");
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 6, "{left:?}");
    fs::remove_file(broken).unwrap();
    let again = folder.run(&["."]);
    assert_eq!((again.status, again.err.as_str()), (0, "3 files left unchanged\n"));
}

#[test]
fn check_and_diff_write_nothing() {
    let folder = Folder::new("check");
    let odd = folder.file("odd.onlyif", ODD);
    folder.file("tidy.onlyif", TIDY);
    let check = folder.run(&["--check", "."]);
    assert_eq!((check.status, check.out.as_str()), (1, ""));
    assert_eq!(check.err, "would format ./odd.onlyif\n1 file would be reformatted, 1 file already formatted\n");
    let diff = folder.run(&["--diff", "."]);
    let wanted = "--- ./odd.onlyif\n+++ ./odd.onlyif\n@@ -1,2 +1,2 @@\n # Who.\n-allow read the document, if user.age >= 18.\n+allow read document if user.age is at least 18\n";
    assert_eq!((diff.status, diff.out.as_str()), (1, wanted));
    assert_eq!(text(&odd), ODD);
    assert_eq!(folder.run(&["--check", "tidy.onlyif"]).status, 0);
    assert_eq!(folder.run(&["--diff", "tidy.onlyif"]).out, "");
}

#[test]
fn what_cannot_be_read_or_used() {
    let folder = Folder::new("unreadable");
    let odd = folder.file("odd.onlyif", ODD);
    let answer = folder.run(&["missing.onlyif", "odd.onlyif"]);
    assert_eq!(answer.status, 66, "{}", answer.err);
    assert_eq!(text(&odd), TIDY, "the others are formatted all the same");
    fs::write(folder.0.join("latin.onlyif"), b"allow read \xe4").unwrap();
    assert_eq!(folder.run(&["latin.onlyif"]).status, 66);
    assert_eq!(folder.run(&[]).status, 64);
    assert_eq!(folder.run(&["-", "odd.onlyif"]).status, 64);
    fs::create_dir(folder.0.join("empty")).unwrap();
    assert_eq!(folder.run(&["empty"]).status, 66);
}

#[test]
fn standard_input_goes_to_standard_output() {
    for (text, arguments, status, out) in [
        (ODD, &["format", "-"] as &[&str], 0, TIDY),
        (TIDY, &["fmt", "-"], 0, TIDY),
        (ODD, &["format", "-", "--check"], 1, ""),
        (TIDY, &["format", "-", "--check"], 0, ""),
        (BROKEN, &["format", "-"], 65, ""),
        ("", &["format", "-"], 65, ""),
    ] {
        let answer = run::with_input(arguments, text.as_bytes());
        assert_eq!((answer.status, answer.out.as_str()), (status, out), "{text:?}: {}", answer.err);
    }
    assert!(run::with_input(&["format", "--diff", "-"], ODD.as_bytes()).out.starts_with("--- stdin\n+++ stdin\n"));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = Folder::new("links");
    let odd = folder.file("real/odd.onlyif", ODD);
    fs::set_permissions(&odd, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.0.join("link.onlyif");
    symlink("real/odd.onlyif", &link).unwrap();
    assert_eq!(folder.run(&["link.onlyif"]).status, 0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(text(&odd), TIDY);
    assert_eq!(fs::metadata(&odd).unwrap().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_74_and_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("unwritable");
    let odd = folder.file("odd.onlyif", ODD);
    fs::set_permissions(&odd, fs::Permissions::from_mode(0o444)).unwrap();
    let answer = folder.run(&["odd.onlyif"]);
    // Who may do everything may write this, too.
    if answer.status != 0 {
        assert_eq!(answer.status, 74, "{}", answer.err);
        assert!(answer.err.starts_with("error[W01]: `odd.onlyif` cannot be written: you may not write it\n"), "{}", answer.err);
        assert_eq!(text(&odd), ODD);
    }
}
