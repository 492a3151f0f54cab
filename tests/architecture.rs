//! The house rules, held: who may import whom, one place for each code, what each ring may depend on, how long files are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)] // a test may stop

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// In the order of the data: a noun imports only nouns before it.
const NOUNS: [&str; 16] = [
    "act",
    "code",
    "source",
    "diagnostic",
    "limits",
    "value",
    "vocabulary",
    "tree",
    "scenario",
    "program",
    "plan",
    "request",
    "decision",
    "explanation",
    "reading",
    "machinery",
];
const VERBS: [&str; 9] = ["parse", "check", "compile", "read", "decide", "why", "format", "say", "tools"];
const DOORS: [&str; 4] = ["policy", "engine", "explain", "lib"];

fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    walk(Path::new("src"), &mut found);
    found
}

/// The room of a file: the first name below `src`.
fn room(path: &Path) -> String {
    let first = path.components().nth(1).unwrap();
    Path::new(first.as_os_str()).file_stem().unwrap().to_string_lossy().into_owned()
}

/// The rooms that a text names as `crate::ROOM`, outside comments.
fn imported(text: &str) -> Vec<String> {
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    let mut rooms = Vec::new();
    for part in code.split("crate::").skip(1) {
        if let Some(group) = part.strip_prefix('{') {
            let inside = group.split("};").next().unwrap_or("");
            rooms.extend(inside.split(',').map(|name| name.trim().split("::").next().unwrap_or("").to_owned()));
        } else {
            rooms.push(part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_owned());
        }
    }
    rooms
}

/// What breaks the import rule in a file, in words.
fn broken(room: &str, text: &str) -> Vec<String> {
    let place = |name: &str| NOUNS.iter().position(|noun| *noun == name);
    let mut found = Vec::new();
    for other in imported(text) {
        let (verb, door) = (VERBS.contains(&other.as_str()), DOORS.contains(&other.as_str()));
        let fine = if other == room || DOORS.contains(&room) {
            // Only the engine knows the order of the verbs; a policy may decide, and say why.
            room != "policy" || !verb || other == "decide" || other == "why"
        } else if let Some(own) = place(room) {
            place(&other).is_some_and(|place| place < own)
        } else {
            // A tool calls verbs through a door.
            !verb && (!door || room == "tools")
        };
        if !fine {
            found.push(format!("`{room}` imports `{other}`"));
        }
    }
    found
}

#[test]
fn nouns_and_verbs_import_as_the_house_says() {
    let found: Vec<String> = sources()
        .iter()
        .flat_map(|(path, text)| broken(&room(path), text).into_iter().map(move |what| format!("{}: {what}", path.display())))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_import_rule_catches_what_breaks_it() {
    assert!(broken("value", "use crate::plan::Plan;").len() == 1, "a noun that imports a later noun");
    assert!(broken("check", "use crate::parse::parse;").len() == 1, "a verb that imports a verb");
    assert!(broken("decide", "let x = crate::engine::Engine::new();").len() == 1, "a verb that imports a door");
    assert!(broken("check", "use crate::{tree, compile::compile};").len() == 1, "a verb in a group");
    assert!(broken("policy", "use crate::check;").len() == 1, "a door other than the engine that checks");
    assert!(broken("tools", "use crate::decide;").len() == 1, "a tool that calls a verb itself");
    assert!(broken("check", "use crate::tools::test;").len() == 1, "a verb that imports a tool");
    assert!(broken("tools", "use crate::engine::Engine;").is_empty());
    assert!(broken("plan", "use crate::value::Value; // crate::parse").is_empty());
    assert!(broken("engine", "use crate::parse;").is_empty());
}

#[test]
fn every_room_is_known() {
    for (path, _) in sources() {
        let room = room(&path);
        let known = NOUNS.contains(&room.as_str()) || VERBS.contains(&room.as_str()) || DOORS.contains(&room.as_str());
        assert!(known, "{} is in no room that the house knows", path.display());
    }
}

#[test]
fn each_code_is_raised_in_one_place() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut files = sources();
    // What only the command line can meet is raised there.
    walk(Path::new("crates/onlyif-cli/src"), &mut files);
    for (path, text) in files.iter().filter(|(path, _)| room(path) != "code") {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for part in code.split("Code::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric()).collect();
            if name.starts_with(char::is_uppercase) {
                places.entry(name).or_default().push(path.display().to_string());
            }
        }
    }
    // The command line may refuse for a reason that the library knows too, but in one place of its own.
    let by_command = |place: &&String| place.starts_with("crates");
    let raised_once = |name: &str| {
        let (command, library): (Vec<&String>, Vec<&String>) = places.get(name).into_iter().flatten().partition(by_command);
        command.len().max(library.len()) == 1
    };
    let list: Vec<String> = onlyif::Code::ALL.iter().map(|code| format!("{code:?}")).collect();
    // Problems met while deciding may show themselves in several sentences; each has one word for it all the same.
    let wrong: Vec<String> = list
        .iter()
        .zip(onlyif::Code::ALL)
        .filter(|(name, code)| !code.as_str().starts_with('D') && !raised_once(name))
        .map(|(name, code)| format!("{code} {name}: {:?}", places.get(name)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn code_ids_are_unique() {
    let mut ids: Vec<&str> = onlyif::Code::ALL.iter().map(|code| code.as_str()).collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

/// The packages that the library links, apart from those only used while it is built.
fn packages(features: &[&str]) -> Vec<String> {
    let mut arguments = vec!["tree", "-p", "onlyif", "-e", "normal", "--prefix", "none", "--no-default-features", "--offline"];
    let joined = features.join(",");
    if !features.is_empty() {
        arguments.extend(["--features", joined.as_str()]);
    }
    let output = Command::new(env!("CARGO")).args(arguments).output().expect("cargo tree runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut names: Vec<String> = text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn the_deciding_core_depends_on_nothing() {
    assert_eq!(packages(&[]), ["onlyif"]);
    assert_eq!(packages(&["std"]), ["onlyif"]);
}

#[test]
fn each_ring_links_only_what_it_may() {
    let json = ["itoa", "memchr", "onlyif", "serde", "serde_core", "serde_json", "zmij"];
    let new: Vec<String> = packages(&["json"]).into_iter().filter(|name| !json.contains(&name.as_str())).collect();
    assert!(new.is_empty(), "new in the ring `json`: {new:?}");
    let compile = packages(&["compile"]);
    for never in ["clap", "tokio", "textwrap", "supports-color", "owo-colors", "serde", "serde_json"] {
        assert!(!compile.iter().any(|name| name == never), "`{never}` in the ring `compile`");
    }
    let direct = ["miette", "onlyif", "pest", "pest_derive", "strsim"];
    for name in direct {
        assert!(compile.iter().any(|known| known == name), "`{name}` is missing in the ring `compile`");
    }
}

#[test]
fn files_stay_small() {
    let lengths: Vec<(usize, PathBuf)> = sources()
        .into_iter()
        .filter(|(path, _)| !path.ends_with("fold_table.rs"))
        .map(|(path, text)| (text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count(), path))
        .collect();
    let longest: Vec<String> =
        lengths.iter().filter(|(length, _)| *length > 420).map(|(length, path)| format!("{}: {length}", path.display())).collect();
    assert!(longest.is_empty(), "lines of code, without comments and blanks: {longest:?}");
    let mut sorted: Vec<usize> = lengths.iter().map(|(length, _)| *length).collect();
    sorted.sort_unstable();
    assert!(sorted[sorted.len() / 2] <= 150, "the median file has {} lines of code", sorted[sorted.len() / 2]);
}

/// A policy goes into a `static`, into a server's state, into a thread.
#[test]
fn a_policy_can_be_shared() {
    fn shared<T: Clone + Send + Sync + std::str::FromStr>() {}
    shared::<onlyif::Policy>();
    fn sent<T: Send>() {}
    sent::<onlyif::Decision<'static>>();
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<onlyif::Error>();
}
