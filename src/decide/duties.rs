//! Duties and reasons of a decision, written out.

use super::datum::{Datum, Entity, Id};
use super::details::Judged;
use super::evaluate::Evaluator;
use super::notes::{Cause, Causes, Notes};
use super::outcome::is_known;
use super::shown;
use super::truth::Truth;
use crate::act::Verb;
use crate::decision::{Details, Duty, Pending};
use crate::plan::{NodeId, Op, PlanDuty, PlanRule, PlanTask, PlanText, PlanTextPart, Quantifier, TermId};
use crate::value::{Scalar, Value};
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// How many elements of a list give a reason each.
const MOST_ELEMENTS: usize = 20;

impl Evaluator<'_, Causes> {
    /// The duties of an allowed act. What keeps a `must` from being known is a cause; an unknown `should` is pending.
    pub(super) fn allowed_duties(&mut self, judged: &[Judged<'_>], details: &mut Details, causes: &mut Vec<Cause>) {
        let bind = |one: &&Judged<'_>| !matches!(one.rule.verb, Verb::Never | Verb::Requires) && !one.rule.duties.is_empty();
        for one in judged.iter().filter(bind) {
            let mut keeps_open = false;
            for duty in &one.rule.duties {
                if one.truth == Truth::No {
                    continue;
                }
                let (written, mut unknown) = self.write_duty(one.rule, duty, one.rule.because.as_ref());
                unknown.extend_from_slice(&one.causes);
                match (duty.must, one.truth == Truth::Unknown || !unknown.is_empty()) {
                    (true, false) => push_once(&mut details.must, written),
                    (false, false) => push_once(&mut details.should, written),
                    (true, true) => {
                        causes.append(&mut unknown);
                        keeps_open = true;
                    }
                    (false, true) => details.pending.push(Pending { duty: written, needs: needs(&unknown) }),
                }
            }
            if keeps_open {
                let value = (one.truth == Truth::Yes).then_some(true);
                let span = self.plan.sources.place(one.rule.span);
                details.rules.push(crate::decision::DecidingRule { rule: one.rule.id.clone(), verb: one.rule.verb, value, span });
            }
        }
        if causes.is_empty() {
            details.rules.clear();
        }
    }

    /// The duties of a denial: after `never … and must` and `otherwise … and must` of the rules that deny.
    pub(super) fn denied_duties(&mut self, judged: &[Judged<'_>], details: &mut Details) {
        for one in judged.iter().filter(|one| one.closes() == Truth::Yes) {
            let (duties, because) = match one.rule.verb {
                Verb::Never => (&one.rule.duties, one.rule.because.as_ref()),
                Verb::Allow | Verb::OnlyIf | Verb::Requires | Verb::Must | Verb::Should => {
                    (&one.rule.otherwise_duties, one.rule.otherwise.as_ref())
                }
            };
            for duty in duties {
                let (written, unknown) = self.write_duty(one.rule, duty, because);
                if !unknown.is_empty() {
                    details.pending.push(Pending { duty: written.clone(), needs: needs(&unknown) });
                }
                push_once(if duty.must { &mut details.must } else { &mut details.should }, written);
            }
        }
    }

    /// A duty with its arguments, and what is not known of them.
    fn write_duty(&mut self, rule: &PlanRule, duty: &PlanDuty, because: Option<&PlanText>) -> (Duty, Vec<Cause>) {
        let mark = self.notes.mark();
        let because = because.map(|text| self.write(text));
        self.notes.forget(mark);
        let (name, text, with) = match &duty.task {
            PlanTask::Named(name, arguments) => {
                let with = arguments.iter().map(|(key, _, cold)| (key.clone(), self.argument(*cold))).collect();
                (Some(name.clone()), None, with)
            }
            PlanTask::Told(text) => {
                let text = self.write(text);
                self.notes.forget(mark);
                (None, Some(text), Vec::new())
            }
        };
        let unknown = self.notes.list.split_off(mark);
        (Duty { name, text, with, because, rule: rule.id.clone() }, unknown)
    }

    /// The value of an argument; none where it is not known.
    fn argument(&mut self, term: TermId) -> Value {
        if !is_known(self, term) {
            return Value::None;
        }
        let datum = self.datum(term);
        self.value(&datum)
    }

    /// The reasons that a rule gives, or its own words: where a variable stands in its text, one for each element that made
    /// it hold (or not), as far as people want to read them.
    pub(super) fn reasons(&mut self, rule: &PlanRule, given: Option<&PlanText>, held: bool) -> Vec<String> {
        let Some(text) = given else { return alloc::vec![self.own_words(rule)] };
        let mark = self.notes.mark();
        let written = match text.over.and_then(|node| self.nodes.op(node)) {
            Some(Op::Quantified { quantifier, list, level, body }) => {
                self.reason_for_each(rule, text, (quantifier, list, level, body), held)
            }
            _ => alloc::vec![self.write(text)],
        };
        self.notes.forget(mark);
        written
    }

    fn own_words(&self, rule: &PlanRule) -> String {
        crate::source::one_line(self.plan.sources.words(rule.words))
    }

    fn reason_for_each(
        &mut self,
        rule: &PlanRule,
        text: &PlanText,
        (quantifier, list, level, body): (Quantifier, TermId, u16, NodeId),
        held: bool,
    ) -> Vec<String> {
        // `every` fails by the elements that say no, everything else holds or fails by those that say yes.
        let decisive = if matches!(quantifier, Quantifier::Every) && !held { Truth::No } else { Truth::Yes };
        let elements = self.datum(list);
        let mut written = Vec::new();
        let mut more = 0usize;
        for at in 0..self.length(&elements) {
            let Some(element) = self.at(&elements, at) else { continue };
            if self.truth_of(element.clone(), list, level, at, body) != decisive {
                continue;
            }
            if written.len() >= MOST_ELEMENTS {
                more = more.saturating_add(1);
                continue;
            }
            let before = self.bind(level, element, list, at);
            written.push(self.write(text));
            self.restore(level, before);
        }
        if more > 0 {
            written.push(alloc::format!("and {more} more like these"));
        }
        // Another part of the condition decided: no element is to be named.
        if written.is_empty() { alloc::vec![self.own_words(rule)] } else { written }
    }

    /// Why an act is denied that nothing forbids.
    pub(super) fn nothing_grants(&mut self) -> String {
        let (plan, request) = (self.plan, self.request);
        match plan.act(request.action(), request.thing()).and_then(|act| act.otherwise.as_ref()) {
            Some(text) => self.write(text),
            None => match plan.named(request.action(), request.thing()) {
                (action, Some(thing)) => alloc::format!("no rule allows `{action} {thing}`"),
                (action, None) => alloc::format!("no rule allows `{action}`"),
            },
        }
    }

    /// A text with its values: texts bare, others as the language writes them, private and unknown ones by name only.
    fn write(&mut self, text: &PlanText) -> String {
        let mut written = String::new();
        for part in &text.parts {
            match part {
                PlanTextPart::Literal(literal) => written.push_str(literal),
                PlanTextPart::Term(_, _, true) => written.push_str("(private)"),
                PlanTextPart::Term(term, name, false) => {
                    let datum = self.datum(*term);
                    match (&datum, datum.text()) {
                        (Datum::Unknown | Datum::Null, _) => written.push_str(&alloc::format!("(unknown {name})")),
                        (_, Some(text)) => written.push_str(text),
                        (Datum::Entity(Entity { id: Some(id), .. }), _) => written.push_str(&id.text()),
                        (datum, None) => written.push_str(&self.value(datum).to_string()),
                    }
                }
            }
        }
        written
    }
}

impl<N: Notes> Evaluator<'_, N> {
    /// A datum as a value that may leave the engine: things with an identity by their id, and no private member.
    pub(super) fn value(&mut self, datum: &Datum<'_>) -> Value {
        match datum {
            Datum::Unknown | Datum::None | Datum::Null => Value::None,
            Datum::Scalar(scalar) => of_scalar(*scalar),
            Datum::Text(text) => Value::Text(text.as_ref().into()),
            Datum::Choice(text, _) => Value::Text((*text).into()),
            Datum::Entity(entity) => entity.id.map_or(Value::None, of_id),
            Datum::Record(record, ty) => shown::record(self.plan, record, ty),
            Datum::List(items, ty) => Value::List(items.iter().map(|item| shown::value(self.plan, item, ty)).collect()),
            Datum::Items(items) => Value::List(items.iter().map(|item| self.value(&item.datum)).collect()),
            Datum::Written(run) => {
                let nodes = self.nodes;
                let mut values = Vec::new();
                for &item in nodes.items(*run) {
                    let datum = self.datum(item);
                    values.push(self.value(&datum));
                }
                Value::List(values)
            }
        }
    }
}

/// The same duty with the same arguments is listed once.
fn push_once(duties: &mut Vec<Duty>, duty: Duty) {
    let same = |known: &Duty| known.name == duty.name && known.text == duty.text && known.with == duty.with;
    if !duties.iter().any(same) {
        duties.push(duty);
    }
}

fn needs(causes: &[Cause]) -> Vec<String> {
    let paths: BTreeSet<&str> = causes
        .iter()
        .map(|cause| match cause {
            Cause::Need(path) | Cause::Problem { path, .. } => path.as_str(),
        })
        .collect();
    paths.into_iter().map(String::from).collect()
}

fn of_id(id: Id<'_>) -> Value {
    match id {
        Id::Number(number) => Value::Number(number),
        Id::Text(id) => Value::Text(id.into()),
    }
}

fn of_scalar(scalar: Scalar<'_>) -> Value {
    match scalar {
        Scalar::YesNo(yes) => Value::YesNo(yes),
        Scalar::Number(number) => Value::Number(number),
        Scalar::Text(text) => Value::Text(text.into()),
        Scalar::Money(money) => Value::Money(money),
        Scalar::Date(date) => Value::Date(date),
        Scalar::Time(time) => Value::Time(time),
        Scalar::DateTime(date_time) => Value::DateTime(date_time),
        Scalar::Duration(duration) => Value::Duration(duration),
        Scalar::IpAddress(address) => Value::IpAddress(address),
        Scalar::Network(network) => Value::Network(network),
        Scalar::Zero => Value::Number(crate::value::Decimal::ZERO),
    }
}
