//! Which forms of the language a case has: what is never produced is never compared.

/// A form, and words of which one stands in the text of every policy that has it.
const OF_POLICIES: [(&str, &[&str]); 78] = [
    ("allow", &["\nallow "]),
    ("only if", &[" only if "]),
    ("requires", &[" requires "]),
    ("never", &["\nnever "]),
    ("must", &[" must "]),
    ("should", &[" should "]),
    ("because", &[" because "]),
    ("otherwise", &[" otherwise "]),
    ("do anything", &[" do anything", "\ndo anything"]),
    ("except", &[" except "]),
    ("group of acts", &[" changing "]),
    ("closed list of acts", &["\nact read"]),
    ("reason for each element", &["\"Not with {v", "\"Without {v"]),
    ("private", &[": private"]),
    ("fixed", &[": fixed"]),
    ("optional", &["optional "]),
    ("assumed", &[", assumed "]),
    ("has only", &[" has only\n"]),
    ("from key", &[" from \""]),
    ("setting", &[" cap", " home-net"]),
    ("definition", &["a user is "]),
    ("definition of a fact", &["office is ready if"]),
    ("relation", &["owner-of a"]),
    ("relation with another", &["manager-of another"]),
    ("constant", &["limit means"]),
    ("constant with cases", &["window means"]),
    ("calculated constant", &["cost means ("]),
    ("plus", &[" + "]),
    ("minus", &[" - "]),
    ("times", &[" * "]),
    ("percent of", &["% of "]),
    ("count of", &["count of "]),
    ("total of", &["total of "]),
    ("highest of", &["highest of "]),
    ("lowest of", &["lowest of "]),
    ("distinct", &["distinct "]),
    ("keys of", &["keys of "]),
    ("values of", &["values of "]),
    ("length of", &["length of "]),
    ("lowercase of", &["lowercase of "]),
    ("date of", &["(date of "]),
    ("time of", &["(time of "]),
    ("weekday of", &["weekday of "]),
    ("day, month, year of", &["(day of ", "(month of ", "(year of "]),
    ("days from", &["(days from ", "(weeks from "]),
    ("months from", &["(months from ", "(years from "]),
    ("duration from", &["(duration from "]),
    ("bucket of", &["bucket of "]),
    ("list from a list", &[" for v"]),
    ("where", &[" where ("]),
    ("within the last", &["within the last"]),
    ("within the next", &["within the next"]),
    ("before, after", &[" before ", " after "]),
    ("ranked choice", &[" at least member", " more than member", " at most member"]),
    ("between", &[" between "]),
    ("one of", &[" one of ["]),
    ("in a list", &["is in document.readers", "is not in document.readers"]),
    ("network", &["in 10.0.0.0/", "in [10.0.0", "in home-net", ".nets", ".net "]),
    ("is under", &["under \"/srv"]),
    ("under domain", &["under domain"]),
    ("matches", &[" matches ", " match "]),
    ("ignoring case", &["ignoring case"]),
    ("key of a map", &[".color is ", ".cpu is "]),
    ("any", &["any v"]),
    ("every", &["every v"]),
    ("no", &["no v"]),
    ("counts", &["at least 2 v", "at most 1 v", "exactly 1 v", "exactly 2 v"]),
    ("list written out", &["in [user", "in [document.owner"]),
    ("lists joined", &["document.readers + ", "document.tags + "]),
    ("is in, between things", &["in group \"", "in folder \"", "in the document.folder", "in the user.team"]),
    ("above", &["folder above", "group above"]),
    ("at or above", &["folder at or above", "group at or above"]),
    ("counts above", &["1 folder above", "2 folder above", "1 group above", "2 group above"]),
    ("thing written out", &["user \"ann\"", "group \"g", "folder \"f"]),
    ("reference to several kinds", &["document.holder "]),
    ("kind test", &["is a robot", "is not a robot", "is a user", "is not a user", "is a document", "is not a document"]),
    ("subject and resource", &["subject.", "resource."]),
    ("property of the action", &["action.mode", "action.urgent"]),
];

const OF_REQUESTS: [(&str, &[&str]); 8] = [
    ("table of entities", &["\"entities\": {\""]),
    ("table without rows", &["\"entities\": {}"]),
    ("row for all others", &["\"*\": {"]),
    ("own `in`", &["\"in\": [\""]),
    ("resource as an object", &["\"resource\": {"]),
    ("subject as an object", &["\"subject\": {"]),
    ("AuthZEN", &["\"context\": {"]),
    ("a null", &["null"]),
];

/// The forms of a policy.
pub fn forms_of_policy(text: &str) -> Vec<&'static str> {
    found(&OF_POLICIES, text)
}

/// The forms of a request.
pub fn forms_of_request(text: &str) -> Vec<&'static str> {
    found(&OF_REQUESTS, text)
}

/// Every form there is.
pub fn forms() -> impl Iterator<Item = &'static str> {
    OF_POLICIES.iter().chain(&OF_REQUESTS).map(|(name, _)| *name)
}

fn found(forms: &'static [(&'static str, &[&str])], text: &str) -> Vec<&'static str> {
    forms.iter().filter(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(name, _)| *name).collect()
}
