//! Runs the built command.
#![allow(dead_code)] // each test file uses its own part of it

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) struct Answer {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The folder that the tests run in.
pub(crate) fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onlyif"));
    command.args(arguments).current_dir(files()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("TZ", "UTC");
    command
}

pub(crate) fn onlyif(arguments: &[&str]) -> Answer {
    with_input(arguments, b"")
}

/// Input is written from a thread of its own, so that neither side waits for the other.
pub(crate) fn with_input(arguments: &[&str], input: &[u8]) -> Answer {
    let mut child =
        command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("it has an input");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input); // it may have ended already
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the input was written");
    let text = |bytes| String::from_utf8(bytes).expect("what is written is UTF-8");
    Answer { status: output.status.code().expect("no signal ended it"), out: text(output.stdout), err: text(output.stderr) }
}
