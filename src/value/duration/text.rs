//! Durations from text: literals of the language, and ISO 8601.

use core::fmt;

use super::super::scan::Scan;
use super::super::{Decimal, NumberError};
use super::{DAY, Duration, SECOND};

/// A unit's name in the singular, and how many of the smallest unit it is.
type Unit = (&'static str, i128);

/// The units of an exact duration, in nanoseconds, the largest first.
pub(super) const EXACT_UNITS: [Unit; 5] =
    [("week", 7 * DAY), ("day", DAY), ("hour", 3600 * SECOND), ("minute", 60 * SECOND), ("second", SECOND)];

/// The units of a duration in months, the largest first.
pub(super) const CALENDAR_UNITS: [Unit; 2] = [("year", 12), ("month", 1)];

impl Duration {
    /// Reads a literal of the language, `90 minutes`, or an ISO 8601 duration, `PT90M`.
    ///
    /// * A literal is a number, one or more spaces or tabs, and `second`, `minute`, `hour`, `day`,
    ///   `week`, `month` or `year`, with or without `s`.
    /// * ISO 8601 is read in capitals, as `P2W`, or as a selection of years, months, days and, after
    ///   `T`, hours, minutes and seconds in this order; its last part may have a fraction after a
    ///   point.
    ///
    /// `-` in front makes either negative. Fractions must come out as whole nanoseconds; months and
    /// years are whole.
    ///
    /// # Errors
    ///
    /// When the text has another form, mixes years or months with other parts (`P1M2D` has no
    /// length that could be compared), or breaks a limit.
    ///
    /// ```
    /// use onlyif::value::{Duration, DurationError};
    ///
    /// assert_eq!(Duration::parse("1.5 hours")?, Duration::parse("PT90M")?);
    /// assert_eq!(Duration::parse("P1Y6M")?.to_string(), "18 months");
    /// assert_eq!(Duration::parse("P1M2D"), Err(DurationError::Mixed));
    /// # Ok::<(), DurationError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        let mut scan = Scan::new(text);
        let negative = scan.take('-');
        if !scan.take('P') {
            return parse_literal(text);
        }
        let size = parse_iso(&mut scan)?;
        Ok(if negative { size.negated() } else { size })
    }
}

fn parse_literal(text: &str) -> Result<Duration, DurationError> {
    let mut scan = Scan::new(text);
    let number = scan.take_while(|next| next != ' ' && next != '\t' && !next.is_ascii_alphabetic());
    let amount = match Decimal::parse(number) {
        Ok(amount) => amount,
        Err(NumberError::Empty | NumberError::Unexpected(_)) => {
            return Err(DurationError::NotADuration);
        }
        Err(error) => return Err(DurationError::Amount(error)),
    };
    let blanks = scan.take_while(|next| next == ' ' || next == '\t');
    if scan.is_at_end() {
        return Err(DurationError::NoUnit);
    }
    if blanks.is_empty() {
        return Err(DurationError::NoBlank);
    }
    let name = scan.rest();
    let named = |unit: &&Unit| name == unit.0 || name.strip_suffix('s') == Some(unit.0);
    if let Some((_, size)) = EXACT_UNITS.iter().find(named) {
        exact(scaled(amount, *size)?)
    } else if let Some((_, size)) = CALENDAR_UNITS.iter().find(named) {
        calendar(scaled(amount, *size)?, amount)
    } else {
        Err(DurationError::UnknownUnit)
    }
}

/// Reads what follows the `P`.
fn parse_iso(scan: &mut Scan<'_>) -> Result<Duration, DurationError> {
    /// Designator, whether it stands after the `T`, whether it counts months, and its size.
    const PARTS: [(char, bool, bool, i128); 7] = [
        ('Y', false, true, 12),
        ('M', false, true, 1),
        ('W', false, false, 7 * DAY),
        ('D', false, false, DAY),
        ('H', true, false, 3600 * SECOND),
        ('M', true, false, 60 * SECOND),
        ('S', true, false, SECOND),
    ];
    let mut parts = PARTS.iter();
    let (mut total, mut in_months) = (Decimal::ZERO, None);
    let (mut after_t, mut fraction, mut count) = (false, false, 0_u32);
    let mut weeks = false;
    loop {
        if !after_t && scan.take('T') {
            after_t = true;
        } else if scan.is_at_end() && count > 0 {
            break;
        }
        if fraction || weeks {
            return Err(DurationError::NotADuration);
        }
        let number = scan.take_while(|next| next == '.' || next.is_ascii_digit());
        let amount = match Decimal::parse(number) {
            Ok(amount) => amount,
            Err(NumberError::Empty | NumberError::Unexpected(_)) => {
                return Err(DurationError::NotADuration);
            }
            Err(error) => return Err(DurationError::Amount(error)),
        };
        // The parts come in this order, so the search goes on where it stopped.
        let wanted = scan.rest().chars().next();
        let found = parts.find(|part| Some(part.0) == wanted && part.1 == after_t);
        let (designator, _, months, size) = found.ok_or(DurationError::NotADuration)?;
        scan.take(*designator);
        if in_months.is_some_and(|before| before != *months) {
            return Err(DurationError::Mixed);
        }
        in_months = Some(*months);
        if *months && !amount.is_integer() {
            return Err(DurationError::PartOfMonth);
        }
        weeks = *designator == 'W';
        if weeks && count > 0 {
            return Err(DurationError::NotADuration);
        }
        fraction = number.contains('.');
        count = count.saturating_add(1);
        total = total.checked_add(scaled(amount, *size)?).ok_or(DurationError::TooLong)?;
    }
    if in_months == Some(true) { calendar(total, total) } else { exact(total) }
}

/// An amount of a unit, in the smallest unit.
fn scaled(amount: Decimal, size: i128) -> Result<Decimal, DurationError> {
    // A product that has too many digits is too long if the amount is whole, else too fine.
    let refused = if amount.is_integer() { DurationError::TooLong } else { DurationError::TooFine };
    Decimal::new(size, 0).and_then(|size| amount.checked_mul(size)).ok_or(refused)
}

fn exact(nanoseconds: Decimal) -> Result<Duration, DurationError> {
    if !nanoseconds.is_integer() {
        return Err(DurationError::TooFine);
    }
    Duration::from_nanoseconds(nanoseconds.mantissa()).ok_or(DurationError::TooLong)
}

fn calendar(months: Decimal, amount: Decimal) -> Result<Duration, DurationError> {
    if !amount.is_integer() {
        return Err(DurationError::PartOfMonth);
    }
    months.to_i64().and_then(Duration::from_months).ok_or(DurationError::TooLong)
}

/// An amount of the smallest unit, in the largest unit in which it is whole, or else in the last.
pub(super) fn largest_unit(amount: i128, units: &[Unit]) -> (Decimal, &'static str) {
    let mut last = (Decimal::ZERO, "second");
    for (name, size) in units {
        let whole = amount.checked_div(*size).unwrap_or(0);
        let is_whole = amount.checked_rem(*size) == Some(0);
        last = (Decimal::new(whole, 0).unwrap_or(Decimal::ZERO), *name);
        if is_whole && amount != 0 {
            return last;
        }
    }
    if amount != 0 {
        // Only an exact duration can get here: months are whole. Nine digits are nanoseconds.
        last.0 = Decimal::new(amount, 9).unwrap_or(Decimal::ZERO);
    }
    last
}

/// Why a text is no [`Duration`].
///
/// ```
/// use onlyif::value::{Duration, DurationError};
///
/// assert_eq!(Duration::parse("90"), Err(DurationError::NoUnit));
/// assert_eq!(Duration::parse("1.5 years"), Err(DurationError::PartOfMonth));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DurationError {
    /// The text is neither a literal of the language nor an ISO 8601 duration.
    NotADuration,
    /// The number is not one, or cannot be held exactly.
    Amount(NumberError),
    /// No unit follows the number.
    NoUnit,
    /// No blank stands between the number and the unit.
    NoBlank,
    /// What follows the number is no unit.
    UnknownUnit,
    /// Months or years together with exact parts.
    Mixed,
    /// A fraction of a month or year.
    PartOfMonth,
    /// A fraction of a nanosecond.
    TooFine,
    /// More than 30,000 years.
    TooLong,
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotADuration => "a duration is written `90 minutes`, or `PT90M` as in ISO 8601",
            Self::Amount(error) => return error.fmt(f),
            Self::NoUnit => "the unit is missing, a duration is written `90 minutes`",
            Self::NoBlank => "a blank is missing before the unit, write `90 minutes`",
            Self::UnknownUnit => "there is no such unit, use seconds, minutes, hours, days, weeks, months or years",
            Self::Mixed => "months or years are mixed with days or hours, a duration has one or the other",
            Self::PartOfMonth => "months and years must be whole, write `18 months` for `1.5 years`",
            Self::TooFine => "the duration is finer than a nanosecond",
            Self::TooLong => "the duration is too long, it is at most 30000 years",
        })
    }
}

impl core::error::Error for DurationError {}
