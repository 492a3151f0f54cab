//! Two texts as a unified diff.
//!
//! In: a text before and after. Out: lines that a person and `patch` can read; what cannot be seen is escaped.

use std::fmt::Write;

/// Lines around a change.
const AROUND: usize = 3;

/// Changes beyond this many lines are shown as one: the way between two such texts is nothing that anybody reads.
const MOST: usize = 2_000;

/// One line of a diff.
#[derive(Clone, Copy)]
enum Line<'t> {
    Same(&'t str),
    Gone(&'t str),
    New(&'t str),
}

/// The diff of a file; empty where nothing changed.
pub(crate) fn unified(name: &str, before: &str, after: &str) -> String {
    let lines = lines(&before.split_inclusive('\n').collect::<Vec<_>>(), &after.split_inclusive('\n').collect::<Vec<_>>());
    let changed: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| !matches!(line, Line::Same(_))).map(|(at, _)| at).collect();
    let name = onlyif::escape(name);
    let mut text = if changed.is_empty() { String::new() } else { format!("--- {name}\n+++ {name}\n") };
    let mut rest = changed.as_slice();
    while let Some((&first, _)) = rest.split_first() {
        let near = rest.windows(2).take_while(|pair| matches!(pair, [one, next] if next - one <= 2 * AROUND + 1)).count();
        let last = rest.get(near).copied().unwrap_or(first);
        hunk(&mut text, &lines, first.saturating_sub(AROUND), (last + AROUND + 1).min(lines.len()));
        rest = rest.get(near + 1..).unwrap_or_default();
    }
    text
}

/// One part of the diff, with the numbers of its lines.
fn hunk(text: &mut String, lines: &[Line<'_>], from: usize, to: usize) {
    let count = |lines: &[Line<'_>], old: bool| {
        let counts = |line: &&Line<'_>| match line {
            Line::Same(_) => true,
            Line::Gone(_) => old,
            Line::New(_) => !old,
        };
        lines.iter().filter(counts).count()
    };
    let (before, shown) = (lines.get(..from).unwrap_or_default(), lines.get(from..to).unwrap_or_default());
    let range = |old: bool| {
        let length = count(shown, old);
        format!("{},{length}", count(before, old) + usize::from(length > 0))
    };
    let _ = writeln!(text, "@@ -{} +{} @@", range(true), range(false));
    for line in shown {
        let (mark, line) = match *line {
            Line::Same(line) => (' ', line),
            Line::Gone(line) => ('-', line),
            Line::New(line) => ('+', line),
        };
        let (content, end) = match line.strip_suffix('\n') {
            Some(content) => (content, "\n"),
            None => (line, "\n\\ No newline at end of file\n"),
        };
        let (content, end) = content.strip_suffix('\r').map_or((content, end.to_owned()), |content| (content, format!("\r{end}")));
        let content: Vec<String> = content.split('\t').map(onlyif::escape).collect();
        let _ = write!(text, "{mark}{}{end}", content.join("\t"));
    }
}

/// The lines of both texts, those that are the same once.
fn lines<'t>(before: &[&'t str], after: &[&'t str]) -> Vec<Line<'t>> {
    let start = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let (old, new) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, tail) = old.split_at(old.len() - end);
    let (new, _) = new.split_at(new.len() - end);
    let same = |lines: &[&'t str]| lines.iter().map(|line| Line::Same(line)).collect::<Vec<_>>();
    let mut all = same(before.get(..start).unwrap_or_default());
    all.extend(middle(old, new));
    all.extend(same(tail));
    all
}

/// The shortest way from one to the other, by the greedy method of Myers: `reach[k]` is how far diagonal `k` has come.
fn middle<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Line<'t>> {
    let width = old.len() + new.len() + 1;
    let mut reach = vec![0_usize; 2 * width + 1];
    let mut trace = Vec::new();
    let at = |reach: &[usize], k: usize| reach.get(k).copied().unwrap_or(0);
    for steps in 0..=MOST.min(width) {
        trace.push(reach.get(width - steps.min(width)..=width + steps).unwrap_or_default().to_vec());
        for k in (width - steps..=width + steps).step_by(2) {
            let down = k == width - steps || k != width + steps && at(&reach, k - 1) < at(&reach, k + 1);
            let mut x = if down { at(&reach, k + 1) } else { at(&reach, k - 1) + 1 };
            while (x + width).checked_sub(k).is_some_and(|y| old.get(x).is_some_and(|line| new.get(y) == Some(line))) {
                x += 1;
            }
            if let Some(place) = reach.get_mut(k) {
                *place = x;
            }
            if x >= old.len() && x + width >= k + new.len() {
                return way(old, new, &trace, width);
            }
        }
    }
    old.iter().map(|line| Line::Gone(line)).chain(new.iter().map(|line| Line::New(line))).collect()
}

/// The way back through what each step had reached.
fn way<'t>(old: &[&'t str], new: &[&'t str], trace: &[Vec<usize>], width: usize) -> Vec<Line<'t>> {
    let (mut x, mut y) = (old.len(), new.len());
    let mut lines = Vec::new();
    for (steps, reach) in trace.iter().enumerate().rev() {
        let at = |k: usize| (k + steps).checked_sub(width).and_then(|k| reach.get(k)).copied().unwrap_or(0);
        let k = x + width - y;
        let down = steps > 0 && (k == width - steps || k != width + steps && at(k - 1) < at(k + 1));
        let back = if steps == 0 {
            0
        } else if down {
            at(k + 1)
        } else {
            at(k - 1)
        };
        let (start_x, k) = if steps == 0 { (0, width) } else { (back, if down { k + 1 } else { k - 1 }) };
        let start_y = (start_x + width).saturating_sub(k);
        while x > start_x && y > start_y {
            (x, y) = (x - 1, y - 1);
            lines.extend(old.get(x).map(|line| Line::Same(line)));
        }
        if steps > 0 && down {
            y = y.saturating_sub(1);
            lines.extend(new.get(y).map(|line| Line::New(line)));
        } else if steps > 0 {
            x = x.saturating_sub(1);
            lines.extend(old.get(x).map(|line| Line::Gone(line)));
        }
    }
    lines.reverse();
    lines
}
