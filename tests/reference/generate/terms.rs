//! Random terms of a type: facts, literals, and what is worked out of them.

use super::Rng;
use super::sentences::Speaker;
use super::world::{LINE, Path, Ty, USER};

impl Speaker<'_> {
    /// A term that may stand beside an operator or after `of`: compound ones stand in parentheses.
    pub fn term(&mut self, ty: Ty, size: usize, rng: &mut Rng) -> String {
        if size == 0 || rng.chance(30) {
            return self.plain(ty, rng);
        }
        match ty {
            Ty::Number => self.number_term(size - 1, rng),
            Ty::Money => self.money_term(size - 1, rng),
            Ty::Date => self.date_term(size - 1, rng),
            Ty::Moment => match rng.below(3) {
                0 => format!("(now {} {})", rng.pick(&["-", "+"]), rng.pick(&["2 hours", "90 minutes", "3 days"])),
                1 => format!("({} {} {})", self.plain(ty, rng), rng.pick(&["-", "+"]), self.term(Ty::Span, size - 1, rng)),
                _ => format!("({} + {})", self.plain(Ty::Span, rng), self.plain(ty, rng)),
            },
            Ty::Span => match rng.below(4) {
                0 => format!("(duration from {} to {})", self.term(Ty::Moment, 0, rng), self.term(Ty::Moment, 0, rng)),
                1 => format!("({} {} {})", self.plain(ty, rng), rng.pick(&["+", "-"]), self.plain(ty, rng)),
                2 => format!("({} * {})", self.plain(ty, rng), self.term(Ty::Number, size - 1, rng)),
                _ => self.of_list("total", Ty::Spans, rng).unwrap_or_else(|| "90 minutes".into()),
            },
            Ty::Time => format!("(time of {})", self.term(Ty::Moment, 0, rng)),
            Ty::Text => match rng.below(3) {
                0 => format!("(lowercase of {})", self.plain(ty, rng)),
                1 => format!("({} + {})", self.plain(ty, rng), self.plain(ty, rng)),
                _ => format!("({} + {})", self.plain(Ty::Role, rng), self.plain(ty, rng)),
            },
            _ => self.plain(ty, rng),
        }
    }

    /// A fact or a literal.
    pub fn plain(&mut self, ty: Ty, rng: &mut Rng) -> String {
        let facts: Vec<&Path> = self.paths.iter().filter(|path| path.ty == ty).collect();
        let literal = match ty {
            Ty::Number => rng.pick(&["0", "2", "3.5", "7", "20%", "cap", "9_000_000_000_000_000_000_000_000_000"]),
            Ty::Money => rng.pick(&["5 EUR", "20 EUR", "0.5 EUR"]),
            Ty::Date => rng.pick(&["2026-03-03", "2026-01-31", "today"]),
            Ty::Moment => rng.pick(&["2026-03-03T08:30:00Z", "now"]),
            Ty::Span => rng.pick(&["90 minutes", "3 days", "2 days", "1 hour"]),
            Ty::Time => rng.pick(&["08:00", "17:30"]),
            Ty::Level => "member",
            _ => rng.pick(&["\"a\"", "\"ab\"", "\"red\""]),
        };
        if facts.is_empty() || (ty != Ty::Role && rng.chance(30)) { literal.into() } else { rng.choose(&facts).text.clone() }
    }

    fn number_term(&mut self, size: usize, rng: &mut Rng) -> String {
        let sign = rng.pick(&["+", "-", "*"]);
        match rng.below(14) {
            0..3 => format!("({} {sign} {})", self.term(Ty::Number, size, rng), self.term(Ty::Number, size, rng)),
            3 => self.counted(rng),
            4 => {
                let ty = *rng.choose(&[Ty::Texts, Ty::Numbers, Ty::References(USER), Ty::Holders, Ty::Things(USER)]);
                let distinct = if ty != Ty::Things(USER) && rng.chance(30) { "distinct " } else { "" };
                self.one_of(ty, rng).map_or("2".into(), |list| format!("(count of {distinct}{list})"))
            }
            5 => self.of_list("total", Ty::Numbers, rng).unwrap_or("3".into()),
            6 => format!("(length of {})", self.term(Ty::Text, size, rng)),
            7 => {
                let unit = rng.pick(&["days", "weeks", "months", "years"]);
                format!("({unit} from {} to {})", self.term(Ty::Date, size, rng), self.term(Ty::Date, 0, rng))
            }
            8 => format!("({} of {})", rng.pick(&["day", "month", "year"]), self.term(Ty::Date, size, rng)),
            9 => format!("(day of {})", rng.pick(&["now", "today"])),
            10 => format!("({}% of {})", rng.pick(&["10", "50", "150", "0.1"]), self.term(Ty::Number, size, rng)),
            11 => format!("(bucket of {} for \"beta\" * 10)", self.plain(Ty::Text, rng)),
            12 => self.lines("total", Ty::Number, rng).unwrap_or("4".into()),
            _ => self.plain(Ty::Number, rng),
        }
    }

    fn money_term(&mut self, size: usize, rng: &mut Rng) -> String {
        match rng.below(6) {
            0 | 1 => format!("({} {} {})", self.term(Ty::Money, size, rng), rng.pick(&["+", "-"]), self.term(Ty::Money, size, rng)),
            2 => format!("({} * {})", self.term(Ty::Money, size, rng), self.term(Ty::Number, size, rng)),
            3 => format!("({}% of {})", rng.pick(&["10", "50"]), self.term(Ty::Money, size, rng)),
            4 => self.of_list("total", Ty::Amounts, rng).unwrap_or("5 EUR".into()),
            _ => self.lines("total", Ty::Money, rng).unwrap_or("5 EUR".into()),
        }
    }

    fn date_term(&mut self, size: usize, rng: &mut Rng) -> String {
        let span = rng.pick(&["3 days", "1 month", "2 weeks", "1 year", "24 hours"]);
        match rng.below(4) {
            0 => format!("({} {} {span})", self.term(Ty::Date, size, rng), rng.pick(&["+", "-"])),
            1 => format!("({span} + {})", self.plain(Ty::Date, rng)),
            2 => {
                let span = self.one_of(Ty::Span, rng).unwrap_or("2 days".into());
                format!("({} {} {span})", self.plain(Ty::Date, rng), rng.pick(&["+", "-"]))
            }
            _ => format!("(date of {})", self.term(Ty::Moment, size, rng)),
        }
    }

    /// The path of a fact of a type, if there is one.
    pub fn one_of(&self, ty: Ty, rng: &mut Rng) -> Option<String> {
        let facts: Vec<&Path> = self.paths.iter().filter(|path| path.ty == ty).collect();
        if facts.is_empty() { None } else { Some(rng.choose(&facts).text.clone()) }
    }

    fn of_list(&mut self, function: &str, ty: Ty, rng: &mut Rng) -> Option<String> {
        let list = self.one_of(ty, rng)?;
        Some(match rng.below(4) {
            0 => format!("({function} of ({list} + {list}))"),
            1 => format!("({function} of distinct {list})"),
            _ => format!("({function} of {list})"),
        })
    }

    /// `total of (line.cost * 2) for line in document.lines where (…)`.
    pub fn lines(&mut self, function: &str, ty: Ty, rng: &mut Rng) -> Option<String> {
        let list = self.one_of(Ty::Things(LINE), rng)?;
        let field = self.world.sure(LINE, ty, rng)?;
        let variable = format!("v{}", self.fresh());
        let element = match ty {
            Ty::Number | Ty::Money if rng.chance(30) => format!("({variable}.{field} * 2)"),
            _ => format!("{variable}.{field}"),
        };
        let filter = self.filter(&variable, LINE, rng);
        Some(format!("({function} of {element} for {variable} in {list}{filter})"))
    }

    /// How many things or values a list has, those of which something holds.
    fn counted(&mut self, rng: &mut Rng) -> String {
        let variable = format!("v{}", self.fresh());
        let users = *rng.choose(&[Ty::References(USER), Ty::Things(USER)]);
        let distinct = rng.pick(&["count of", "count of", "count of distinct"]);
        match (rng.below(3), self.one_of(users, rng), self.one_of(Ty::Things(LINE), rng)) {
            (0, _, Some(list)) => {
                let filter = self.filter(&variable, LINE, rng);
                let field = if self.world.sure(LINE, Ty::Reference(USER), rng).is_some() { "by" } else { "receipt" };
                format!("({distinct} {variable}.{field} for {variable} in {list}{filter})")
            }
            (1, Some(list), _) => {
                let filter = self.filter(&variable, USER, rng);
                match self.world.sure(USER, *rng.choose(&[Ty::Text, Ty::Level, Ty::Date]), rng) {
                    Some(field) => format!("({distinct} {variable}.{field} for {variable} in {list}{filter})"),
                    None => format!("({distinct} {variable} for {variable} in {list}{filter})"),
                }
            }
            _ => self.lines("count", Ty::Number, rng).unwrap_or("1".into()),
        }
    }

    fn filter(&mut self, variable: &str, kind: usize, rng: &mut Rng) -> String {
        let not = rng.pick(&["", "not "]);
        match (rng.below(4), self.world.sure(kind, Ty::YesNo, rng), self.world.sure(kind, Ty::Number, rng)) {
            (0, Some(field), _) => format!(" where ({variable} is {not}{field})"),
            (1, _, Some(field)) => format!(" where ({variable}.{field} is {not}more than {})", self.plain(Ty::Number, rng)),
            (2, Some(field), _) if kind == USER => format!(" where ({variable} is {field} and {variable} is not the user)"),
            _ => String::new(),
        }
    }
}
