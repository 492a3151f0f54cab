//! A guard before the tools of an AI agent. A call that is denied is not the end: the agent reads from the explanation what would
//! allow it, brings that, and asks again.
//!
//! Run it with `cargo run --example agent_guard`.

use onlyif::{Decision, Outcome, Policy, Request, Value, value::Record};

/// The tool calls of the pack, and one rule more: a large purchase waits for an approval.
fn policy() -> Result<Policy, onlyif::Error> {
    let rules = concat!(
        include_str!("../rules/agent-tools.onlyif"),
        "\nan approval has\n  is given: yes/no\n",
        "\nrule wait-for-approval:\n  make purchase requires approval is given if purchase.price is more than pocket-money\n",
        "    otherwise \"Ask for an approval first.\"\n",
    );
    Policy::new(rules)
}

/// What the agent makes of a refusal: it can ask a person for an approval, and can change nothing else.
fn supply(decision: &Decision<'_>, request: &Request) -> Option<Request> {
    let why = decision.why_not(&[Outcome::Allowed]);
    let found = why.suggestions.first()?;
    let suggestion = found.list.iter().find(|one| one.changes.iter().all(|change| change.path == "approval.given"))?;
    let mut next = request.clone();
    for change in &suggestion.changes {
        next.set_path(change.keys.iter().map(String::as_str), change.to.clone());
    }
    Some(next)
}

/// The outcomes of the first call and of the second.
pub fn guarded() -> Result<Vec<Outcome>, onlyif::Error> {
    let policy = policy()?;
    let agent = Record::new().with("owner", "Ann").with("workspace", "/home/agent").with("running", true);
    let purchase = Record::new().with("item", "a keyboard").with("price", "80 EUR");
    let request = Request::new("make", "purchase")
        .with("agent", agent)
        .with("purchase", purchase)
        .with("approval", Record::new().with("given", Value::from(false)));
    let decision = policy.decide(&request);
    let mut outcomes = vec![decision.outcome()];
    if let Some(next) = supply(&decision, &request) {
        outcomes.push(policy.decide(&next).outcome());
    }
    Ok(outcomes)
}

#[allow(clippy::print_stdout)] // an example shows what it does
fn main() -> Result<(), onlyif::Error> {
    for outcome in guarded()? {
        println!("{outcome}");
    }
    Ok(())
}
