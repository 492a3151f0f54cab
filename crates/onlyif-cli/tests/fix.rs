//! `onlyif check --fix` and `--diff`, on files that may be written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop

mod run;

use std::fs;
use std::path::PathBuf;

const WRONG: &str = "# Who lends what.\nAllow lend tool if member.role == 'chief'\n\nallow lend saw if member.age is \"5\n";
const RIGHT: &str = "# Who lends what.\nallow lend tool if member.role is \"chief\"\n\nallow lend saw if member.age is \"5\n";

/// A folder of its own, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("onlyif-fix-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_file_is_mended_and_what_is_left_is_told() {
    let folder = Folder::new("mended");
    let file = folder.write("a.onlyif", WRONG);
    let answer = run::with_input(&["check", "--fix", &file], b"");
    assert_eq!((answer.status, fs::read_to_string(&file).unwrap().as_str()), (1, RIGHT));
    assert!(answer.out.contains("error[E10]") && !answer.out.contains("E05"), "{}", answer.out);
    assert_eq!(answer.err.trim_end(), "1 file checked: 1 error, no warnings; 3 mistakes fixed");
    assert_eq!(folder.names(), ["a.onlyif"]);
    let again = run::with_input(&["check", "--fix", &file, "--format", "json"], b"");
    assert!(again.out.ends_with("\"fixed\":0}\n"), "{}", again.out);
}

#[test]
fn a_diff_shows_and_changes_nothing() {
    let folder = Folder::new("diff");
    let file = folder.write("a.onlyif", WRONG);
    for arguments in [vec!["check", "--diff", &file], vec!["check", "--fix", "--diff", &file]] {
        let answer = run::with_input(&arguments, b"");
        let expected = format!(
            "--- {file}\n+++ {file}\n@@ -1,4 +1,4 @@\n # Who lends what.\n-Allow lend tool if member.role == 'chief'\n+allow lend tool if member.role is \"chief\"\n \n allow lend saw if member.age is \"5\n"
        );
        assert_eq!((answer.status, answer.out), (1, expected));
        assert_eq!(fs::read_to_string(&file).unwrap(), WRONG);
    }
}

#[test]
fn clean_files_are_left_alone() {
    let folder = Folder::new("clean");
    let file = folder.write("a.onlyif", "allow lend tool if member has paid\n");
    let before = fs::metadata(&file).unwrap().modified().unwrap();
    let answer = run::with_input(&["check", "--fix", &file], b"");
    assert_eq!((answer.status, answer.out.as_str()), (0, ""));
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
    assert_eq!(run::with_input(&["check", "--diff", &file], b"").out, "");
}

#[test]
fn what_is_used_is_mended_too() {
    let folder = Folder::new("used");
    let main = folder.write("main.onlyif", "use \"shared/people.onlyif\"\nallow lend tool if member is trusted\n");
    let used = folder.write("shared/people.onlyif", "a member is trusted if member.age >= 18 && member.name == 'Ann'\n");
    let answer = run::with_input(&["check", "--fix", folder.0.to_str().unwrap()], b"");
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
    assert_eq!(fs::read_to_string(used).unwrap(), "a member is trusted if member.age >= 18 and member.name is \"Ann\"\n");
    assert!(fs::read_to_string(main).unwrap().starts_with("use"));
}

#[test]
fn standard_input_has_nowhere_to_go() {
    let answer = run::with_input(&["check", "--fix", "-"], b"allow lend tool if member.role == 5\n");
    assert_eq!(answer.status, 64, "{}", answer.err);
    let shown = run::with_input(&["check", "--diff", "-"], b"allow lend tool if member.role == 5");
    assert!(shown.out.contains("+allow lend tool if member.role is 5\n\\ No newline at end of file\n"), "{}", shown.out);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("link");
    let file = folder.write("real.onlyif", WRONG);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.0.join("link.onlyif");
    symlink("real.onlyif", &link).unwrap();
    run::with_input(&["check", "--fix", link.to_str().unwrap()], b"");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&file).unwrap(), RIGHT);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(folder.names(), ["link.onlyif", "real.onlyif"]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_told_and_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("protected");
    let file = folder.write("a.onlyif", WRONG);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    if fs::OpenOptions::new().write(true).open(&file).is_ok() {
        return; // whoever may write everything cannot see this
    }
    let answer = run::with_input(&["check", "--fix", &file], b"");
    assert_eq!((answer.status, fs::read_to_string(&file).unwrap().as_str()), (74, WRONG));
    assert!(answer.err.contains("error[W01]") && answer.out.contains("E12"), "{}{}", answer.out, answer.err);
}
