//! What came of running scenarios, as JSON: the form that `docs/testing.md` describes.

use super::{CheckReport, Difference, ScenarioReport, TestReport};
use crate::decision::write_place;
use crate::value::write_json_text;
use alloc::string::String;

impl TestReport {
    /// The scenarios as JSON, on one line: `{"passed":2,"failed":0,"scenarios":[…]}`, as `docs/testing.md` describes it.
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert!(report.to_json().starts_with(r#"{"passed":1,"failed":0,"scenarios":[{"title":"a client asks""#));
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let passed = self.scenarios.iter().filter(|scenario| scenario.passed()).count();
        let failed = self.scenarios.len().saturating_sub(passed);
        let mut out = alloc::format!("{{\"passed\":{passed},\"failed\":{failed},\"scenarios\":");
        list(&mut out, &self.scenarios, |out, scenario| out.push_str(&scenario.to_json()));
        out.push('}');
        out
    }
}

impl ScenarioReport {
    /// The scenario as JSON, on one line: a member of `scenarios` of [`TestReport::to_json`].
    ///
    /// ```
    /// use onlyif::{Engine, Sources};
    /// let mut sources = Sources::new();
    /// sources.add("sharing.onlyif", r#"
    /// share expertise only if requester committed
    ///
    /// scenario "a client asks"
    ///   given requester committed
    ///   when share expertise
    ///   expect allowed
    /// "#);
    /// let report = Engine::new().test(sources)?;
    /// assert!(report.scenarios()[0].to_json().starts_with(r#"{"title":"a client asks","passed":true,"#));
    /// # Ok::<(), onlyif::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"title\":");
        write_json_text(&mut out, &self.title);
        out.push_str(&alloc::format!(",\"passed\":{},\"span\":", self.passed()));
        write_place(&mut out, &self.place);
        out.push_str(",\"checks\":");
        list(&mut out, &self.checks, check);
        out.push('}');
        out
    }
}

fn check(out: &mut String, check: &CheckReport) {
    out.push_str("{\"act\":");
    write_json_text(out, &check.act);
    out.push_str(&alloc::format!(",\"passed\":{},\"span\":", check.passed()));
    write_place(out, &check.place);
    out.push_str(",\"expected\":");
    write_json_text(out, &check.expected());
    out.push_str(",\"differences\":");
    list(out, &check.differences, difference);
    out.push_str(",\"decision\":");
    out.push_str(&check.decision.to_json());
    out.push('}');
}

fn difference(out: &mut String, difference: &Difference) {
    match difference {
        Difference::Outcome { expected, got } => {
            out.push_str(&alloc::format!("{{\"what\":\"outcome\",\"expected\":\"{expected}\",\"got\":\"{got}\"}}"));
        }
        Difference::Reason { missing, given } => without(out, "reason", missing, given),
        Difference::Needs { missing, unexpected } => {
            out.push_str("{\"what\":\"needs\",\"missing\":");
            list(out, missing, |out, need| write_json_text(out, need));
            out.push_str(",\"unexpected\":");
            list(out, unexpected, |out, need| write_json_text(out, need));
            out.push('}');
        }
        Difference::Duty { must, missing, given } => without(out, if *must { "must" } else { "should" }, missing, given),
    }
}

fn without(out: &mut String, what: &str, missing: &str, given: &[String]) {
    out.push_str(&alloc::format!("{{\"what\":\"{what}\",\"missing\":"));
    write_json_text(out, missing);
    out.push_str(",\"given\":");
    list(out, given, |out, text| write_json_text(out, text));
    out.push('}');
}

fn list<T>(out: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}
