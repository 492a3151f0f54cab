//! What is said of an act, and of a word: who may and when, what limits, what forbids, which duties come with it.

use super::prose::{Line, Piece};
use super::{ActReading, Phrase, Reading, Stated, StatedDuty, WordReading};
use crate::act::Verb;
use crate::vocabulary::with_article;
use alloc::string::String;
use alloc::vec::Vec;

impl ActReading {
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let opens = self.ways == other.ways && self.by == other.by && self.otherwise == other.otherwise;
        opens && self.limits == other.limits && self.prohibitions == other.prohibitions && self.duties == other.duties
    }

    /// The lines below the heading; `done` is what may be done.
    pub(super) fn lines(&self, done: &[Piece]) -> Vec<Line> {
        let mut lines = Vec::new();
        self.opening(done, &mut lines);
        self.limiting(&mut lines);
        self.closing(&mut lines);
        self.binding(&mut lines);
        if let Some(otherwise) = &self.otherwise {
            lines.push(Line::new(1, false).ours("Told where no rule gives a reason: ").told(otherwise));
        }
        lines
    }

    /// The prohibition that leaves nothing.
    fn closed_by(&self) -> Option<&Stated> {
        self.prohibitions.iter().find(|stated| stated.when.is_none() && stated.unless.is_none())
    }

    fn opening(&self, done: &[Piece], lines: &mut Vec<Line>) {
        let nobody = Line::new(1, false).ours("Nobody may ").either(done);
        let begin = match (self.closed_by(), self.ways.is_empty()) {
            (None, true) => {
                lines.push(nobody.ours(": no rule allows it."));
                return;
            }
            (Some(closed_by), no_way) => {
                lines.push(nobody.ours(if no_way {
                    ": it is always forbidden, and no rule allows it."
                } else {
                    ": it is always forbidden."
                }));
                closed_by.consequences(2, "Told then: ", lines);
                if no_way {
                    return;
                }
                Line::new(1, false).ours("But for that, ").ours(&self.who())
            }
            (None, false) => Line::new(1, false).ours(&capital(&self.who())),
        };
        let line = begin.ours(" may ").either(done);
        let all = self.needs_all();
        if let [way] = self.ways.as_slice() {
            let line = match &way.condition {
                Some(condition) => line.ours(" only when ").rule(condition),
                None if way.when.is_none() && way.unless.is_none() => line,
                None => line.ours(" ").cases(way, ""),
            };
            lines.push(line.ours("."));
            way.consequences(2, "Told then: ", lines);
            return;
        }
        lines.push(line.ours(if all { " only when all of these hold:" } else { " in any of these cases:" }));
        for way in &self.ways {
            let item = Line::new(2, true);
            lines.push(match &way.condition {
                Some(condition) => item.rule(condition),
                None => item.cases(way, "always"),
            });
            way.consequences(3, "Told then: ", lines);
        }
    }

    fn who(&self) -> String {
        match self.by.as_slice() {
            [] => "anyone".into(),
            [kinds @ .., last] if !kinds.is_empty() => {
                let kinds: Vec<String> = kinds.iter().map(|kind| with_article(kind)).collect();
                alloc::format!("{} or {}", kinds.join(", "), with_article(last))
            }
            kinds => kinds.iter().map(|kind| with_article(kind)).collect(),
        }
    }

    fn limiting(&self, lines: &mut Vec<Line>) {
        let condition = |limit: &Stated| limit.condition.clone().unwrap_or_default();
        let also = if self.ways.is_empty() { "it would also require" } else { "it also requires" };
        if let [limit] = self.limits.as_slice() {
            let line = Line::new(1, false);
            let line = if limit.when.is_some() {
                line.ours("When ").rule(limit.when.as_deref().unwrap_or_default()).ours(", ").ours(also)
            } else {
                line.ours(&capital(also))
            };
            let line = line.ours(" that ").rule(&condition(limit));
            let line = match &limit.unless {
                Some(unless) => line.ours(", except when ").rule(unless),
                None => line,
            };
            lines.push(line.ours("."));
            limit.consequences(2, "", lines);
        } else if !self.limits.is_empty() {
            lines.push(Line::new(1, false).ours(&capital(also)).ours(" all of these:"));
            for limit in &self.limits {
                let item = Line::new(2, true);
                let item = if limit.when.is_some() || limit.unless.is_some() { item.cases(limit, "").ours(": ") } else { item };
                lines.push(item.rule(&condition(limit)));
                limit.consequences(3, "", lines);
            }
        }
    }

    fn closing(&self, lines: &mut Vec<Line>) {
        // What always closes was told first.
        let told = self.closed_by();
        let others: Vec<&Stated> = self.prohibitions.iter().filter(|one| told.is_none_or(|told| !core::ptr::eq(told, *one))).collect();
        match others.as_slice() {
            [] => {}
            [one] => {
                lines.push(Line::new(1, false).ours("It is forbidden ").cases(one, "in any case").ours("."));
                one.consequences(2, "Told then: ", lines);
            }
            several => {
                lines.push(Line::new(1, false).ours("It is forbidden in any of these cases:"));
                for one in several {
                    lines.push(Line::new(2, true).cases(one, "always"));
                    one.consequences(3, "Told then: ", lines);
                }
            }
        }
    }

    /// Duties bind when the act is allowed; those of a way, when that way holds.
    fn binding(&self, lines: &mut Vec<Line>) {
        let is_only_way = self.ways.len() == 1 || self.needs_all();
        for (of, is_way) in self.ways.iter().map(|way| (way, true)).chain(self.duties.iter().map(|duty| (duty, false))) {
            let always = (of.when.is_none() && of.unless.is_none()) || (is_way && is_only_way);
            for duty in &of.duties {
                let line = Line::new(1, false);
                let line = if always {
                    line.ours("The caller ")
                } else if of.when.is_some() {
                    line.ours("When ")
                        .rule(of.when.as_deref().unwrap_or_default())
                        .ours(&exception(of))
                        .rules_unless(of)
                        .ours(", the caller ")
                } else {
                    line.ours("Except when ").rules_unless(of).ours(", the caller ")
                };
                lines.push(duty.to(line));
            }
            if let (false, Some(because)) = (is_way, &of.because) {
                lines.push(Line::new(2, false).ours("Told then: ").told(because));
            }
        }
    }
}

impl Line {
    fn rules_unless(self, of: &Stated) -> Self {
        match &of.unless {
            Some(unless) => self.rule(unless),
            None => self,
        }
    }
}

fn exception(of: &Stated) -> String {
    String::from(if of.unless.is_some() { ", except when " } else { "" })
}

impl StatedDuty {
    /// `must log with who: user.id.`; a text for people ends its sentence itself.
    fn to(&self, line: Line) -> Line {
        let line = line.ours(if self.must { "must " } else { "should " });
        if self.task.starts_with('"') { line.ours("see to this: ").told(&self.task) } else { line.rule(&self.task).ours(".") }
    }
}

impl Stated {
    /// What is told, and what has to be done, when it holds and when it does not. The duties of a way are told elsewhere.
    fn consequences(&self, level: usize, then: &str, lines: &mut Vec<Line>) {
        if let Some(because) = &self.because {
            let when = if self.verb == Verb::Requires { "Told where it is met: " } else { then };
            lines.push(Line::new(level, false).ours(when).told(because));
        }
        if self.verb == Verb::Never {
            for duty in &self.duties {
                lines.push(duty.to(Line::new(level, false).ours("Then the caller ")));
            }
        }
        if let Some(otherwise) = &self.otherwise {
            lines.push(Line::new(level, false).ours("Otherwise: ").told(otherwise));
        }
        for duty in &self.otherwise_duties {
            lines.push(duty.to(Line::new(level, false).ours("Otherwise the caller ")));
        }
    }
}

impl Reading {
    /// What the words mean that conditions use.
    pub(super) fn explained(&self) -> Vec<Line> {
        let setting = |setting: &Phrase| {
            Line::new(1, false).rule(&setting.says).ours(" is set where the policy runs (").ours(&setting.note).ours(").")
        };
        self.words.iter().flat_map(WordReading::lines).chain(self.settings.iter().map(setting)).collect()
    }
}

impl WordReading {
    fn lines(&self) -> Vec<Line> {
        let head = Line::new(1, false).rule(&self.head);
        match self.means.as_slice() {
            [only] => alloc::vec![head.ours(if self.is_definition { " when " } else { " means " }).rule(only).ours(".")],
            several => {
                let items = several.iter().map(|one| Line::new(2, true).ours("when ").rule(one));
                core::iter::once(head.ours(" in any of these cases:")).chain(items).collect()
            }
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
