//! `onlyif decide --requests`: a line for a line, whatever the lines are, in constant memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop

mod run;

use run::{command, with_input};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

const STREAM: [&str; 4] = ["decide", "seed.onlyif", "--requests", "-"];

fn request(committed: &str) -> String {
    format!(r#"{{"action":"share","resource":"expertise","requester":{{"committed":{committed}}}}}"#)
}

#[test]
fn each_line_has_its_answer() {
    let too_long = format!(r#"{{"action":"share","x":"{}"}}"#, "x".repeat(3 << 20));
    let lines = [
        &request("true"),
        "",
        &request("false"),
        "{",
        &too_long,
        "  ",
        "{\"action\":1}",
        "{}\r",
        &request("true"),
        "{\"action\":\"share\",\"resource\":\"expertise\"}",
    ];
    let wanted = ["allowed", "R01", "denied", "R01", "R05", "R01", "R06", "R06", "allowed", "undetermined"];
    // The last line has no end.
    let answer = with_input(&STREAM, lines.join("\n").as_bytes());
    assert_eq!(answer.status, 65);
    let found: Vec<String> = answer
        .out
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let line: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
            match line.get("error") {
                Some(error) => {
                    assert_eq!(line.get("line").unwrap(), at + 1);
                    assert!(error.get("message").unwrap().as_str().is_some_and(|message| !message.is_empty()));
                    error.get("code").unwrap().as_str().unwrap().to_owned()
                }
                None => line.get("outcome").unwrap().as_str().unwrap().to_owned(),
            }
        })
        .collect();
    assert_eq!(found, wanted);
    assert_eq!(answer.err.trim(), "10 read: 2 allowed, 1 denied, 1 undetermined, 6 bad");
}

#[test]
fn an_empty_stream_and_a_good_one() {
    let answer = with_input(&STREAM, b"");
    assert_eq!((answer.status, answer.out.as_str()), (0, ""));
    let answer = with_input(&STREAM, format!("{}\r\n{}\r\n", request("true"), request("false")).as_bytes());
    assert_eq!((answer.status, answer.out.lines().count()), (0, 2));
}

#[test]
fn arguments_change_every_line() {
    let input = format!("{}\n{}\n", request("true"), request("false"));
    let answer = with_input(&[&STREAM[..], &["--set", "requester.committed=no"]].concat(), input.as_bytes());
    assert!(answer.err.contains("2 denied"), "{}", answer.err);
    let clash = with_input(&[&STREAM[..], &["--now", "2026-03-03T09:30:00Z"]].concat(), br#"{"action":"share","today":"2026-03-03"}"#);
    assert!(clash.out.contains(r#""code":"R07""#), "{}", clash.out);
}

/// An answer comes before the next line is asked for.
#[test]
fn answers_do_not_wait_for_the_end() {
    let mut child = command(&STREAM).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for committed in ["true", "false", "true"] {
        writeln!(stdin, "{}", request(committed)).unwrap();
        assert!(answers.next().unwrap().unwrap().contains(if committed == "true" { "allowed" } else { "denied" }));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

/// 200 MB of lines, among them one of 100 MB, pass through a few megabytes.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_constant() {
    let mut child = command(&STREAM).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let (mut buffer, mut lines) = (vec![0; 1 << 16], 0);
        while let Ok(count @ 1..) = stdout.read(&mut buffer) {
            lines += buffer.iter().take(count).filter(|byte| **byte == b'\n').count();
        }
        lines
    });
    let line = format!("{{\"action\":\"share\",\"padding\":\"{}\"}}\n", "p".repeat(500_000));
    for _ in 0..100 {
        stdin.write_all(line.as_bytes()).unwrap();
        stdin.write_all(b"\n").unwrap();
    }
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..100 {
        stdin.write_all(&piece).unwrap();
    }
    stdin.write_all(b"\n").unwrap();
    stdin.write_all(format!("{}\n", request("true")).as_bytes()).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(65));
    assert_eq!(reader.join().unwrap(), 202);
    assert!(kilobytes < 40_000, "{kilobytes} kB at most");
}

/// Whoever closes the pipe has seen enough: no message, no panic, status 74.
#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = command(&STREAM).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let line = format!("{}\n", request("true"));
    while stdin.write_all(line.as_bytes()).is_ok() {}
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(74));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    for arguments in [&["decide", "seed.onlyif", "--request", "committed.json"][..], &["check", "equals.onlyif"], &["--help"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command(arguments).stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(74), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("W01"));
    }
}
