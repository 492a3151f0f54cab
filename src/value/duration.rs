//! Lengths of time: exact ones, and those that only a calendar can measure.

mod text;

use core::cmp::Ordering;
use core::fmt;

pub use text::DurationError;

use super::{CalendarError, Decimal};

/// Nanoseconds of a second.
const SECOND: i128 = 1_000_000_000;

/// Nanoseconds of a day of 24 hours.
const DAY: i128 = 86_400 * SECOND;

/// The longest duration in months: 30,000 years.
const MAX_MONTHS: i64 = 30_000 * 12;

/// The longest exact duration in nanoseconds: 30,000 years of 365.25 days.
const MAX_NANOSECONDS: i128 = 30_000 * (365 * DAY + DAY / 4);

/// A length of time, possibly negative: either exact, or in months.
///
/// * Exact: seconds, minutes, hours, days of 24 hours and weeks of 7 days, down to nanoseconds.
/// * In months: months and years of 12 months. How long they are depends on the calendar.
///
/// One duration is never both, and the two are never equal and have no order between them, zero
/// included: see [`Duration::compare`]. At most 30,000 years, a year being 365.25 days where it
/// must be exact.
///
/// ```
/// use onlyif::value::Duration;
///
/// assert_eq!(Duration::parse("24 hours")?, Duration::parse("P1D")?);
/// assert_eq!(Duration::parse("PT90M")?.to_string(), "90 minutes");
/// assert!(Duration::parse("1 month")?.compare(Duration::parse("30 days")?).is_err());
/// # Ok::<(), onlyif::value::DurationError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration(Length);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Length {
    /// Within `MAX_NANOSECONDS`.
    Exact { nanoseconds: i128 },
    /// Within `MAX_MONTHS`.
    Months(i64),
}

impl Duration {
    /// The exact duration of this many nanoseconds, or `None` beyond 30,000 years.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::from_nanoseconds(1_500_000_000), Some(Duration::parse("1.5 seconds")?));
    /// assert_eq!(Duration::from_nanoseconds(i128::MAX), None);
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub fn from_nanoseconds(nanoseconds: i128) -> Option<Self> {
        if nanoseconds.unsigned_abs() > MAX_NANOSECONDS.unsigned_abs() {
            return None;
        }
        Some(Self(Length::Exact { nanoseconds }))
    }

    /// The exact duration of this many days of 24 hours, or `None` beyond 30,000 years.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::from_days(14), Some(Duration::parse("2 weeks")?));
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub fn from_days(days: i64) -> Option<Self> {
        Self::from_nanoseconds(i128::from(days).checked_mul(DAY)?)
    }

    /// The duration of this many calendar months, or `None` beyond 30,000 years.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::from_months(18), Some(Duration::parse("P1Y6M")?));
    /// assert_eq!(Duration::from_months(360_001), None);
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub fn from_months(months: i64) -> Option<Self> {
        if months.unsigned_abs() > MAX_MONTHS.unsigned_abs() {
            return None;
        }
        Some(Self(Length::Months(months)))
    }

    /// The exact duration between two instants, in nanoseconds. They are less than 10,000 years
    /// apart, so it is always within the limit.
    pub(super) const fn between(from: i128, to: i128) -> Self {
        Self(Length::Exact { nanoseconds: to.wrapping_sub(from) })
    }

    /// The length in nanoseconds, or `None` for a duration in months.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::parse("2 seconds")?.nanoseconds(), Some(2_000_000_000));
    /// assert_eq!(Duration::parse("2 months")?.nanoseconds(), None);
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub const fn nanoseconds(self) -> Option<i128> {
        match self.0 {
            Length::Exact { nanoseconds } => Some(nanoseconds),
            Length::Months(_) => None,
        }
    }

    /// The length in months, or `None` for an exact duration.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::parse("2 years")?.months(), Some(24));
    /// assert_eq!(Duration::parse("2 days")?.months(), None);
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub const fn months(self) -> Option<i64> {
        match self.0 {
            Length::Months(months) => Some(months),
            Length::Exact { .. } => None,
        }
    }

    /// The length in days of 24 hours, or `None` when it is in months or not a whole number.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::parse("48 hours")?.days(), Some(2));
    /// assert_eq!(Duration::parse("49 hours")?.days(), None);
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub fn days(self) -> Option<i64> {
        match self.0 {
            Length::Exact { nanoseconds } if nanoseconds % DAY == 0 => i64::try_from(nanoseconds / DAY).ok(),
            Length::Exact { .. } | Length::Months(_) => None,
        }
    }

    /// Whether the duration is exact and a whole number of days of 24 hours.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert!(Duration::parse("1 week")?.is_whole_days() && !Duration::parse("1 month")?.is_whole_days());
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub fn is_whole_days(self) -> bool {
        self.days().is_some()
    }

    /// Whether the duration is below zero.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert!(Duration::parse("-1 day")?.is_negative() && !Duration::parse("0 days")?.is_negative());
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub const fn is_negative(self) -> bool {
        match self.0 {
            Length::Exact { nanoseconds } => nanoseconds < 0,
            Length::Months(months) => months < 0,
        }
    }

    /// Which of two durations is longer.
    ///
    /// # Errors
    ///
    /// [`CalendarError::MonthsWithExact`] when one is exact and the other in months.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::parse("25 hours")?.compare(Duration::parse("1 day")?), Ok(core::cmp::Ordering::Greater));
    /// assert!(Duration::parse("1 month")?.compare(Duration::parse("1 day")?).is_err());
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    pub fn compare(self, other: Self) -> Result<Ordering, CalendarError> {
        match (self.0, other.0) {
            (Length::Exact { nanoseconds: left }, Length::Exact { nanoseconds: right }) => Ok(left.cmp(&right)),
            (Length::Months(left), Length::Months(right)) => Ok(left.cmp(&right)),
            (Length::Exact { .. }, Length::Months(_)) | (Length::Months(_), Length::Exact { .. }) => Err(CalendarError::MonthsWithExact),
        }
    }

    /// The duration with the other sign. The limits are the same on both sides of zero.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::parse("1 day")?.negated(), Duration::parse("-1 day")?);
    /// # Ok::<(), onlyif::value::DurationError>(())
    /// ```
    #[must_use]
    pub const fn negated(self) -> Self {
        match self.0 {
            Length::Exact { nanoseconds } => Self(Length::Exact { nanoseconds: nanoseconds.wrapping_neg() }),
            Length::Months(months) => Self(Length::Months(months.wrapping_neg())),
        }
    }

    /// The sum of two exact durations, or of two in months.
    ///
    /// # Errors
    ///
    /// [`CalendarError::MonthsWithExact`] when one is exact and the other in months,
    /// [`CalendarError::DurationTooLong`] beyond 30,000 years.
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::parse("1 hour")?.checked_add(Duration::parse("30 minutes")?)?.to_string(), "90 minutes");
    /// assert!(Duration::parse("1 hour")?.checked_add(Duration::parse("1 month")?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_add(self, other: Self) -> Result<Self, CalendarError> {
        let sum = match (self.0, other.0) {
            (Length::Exact { nanoseconds: left }, Length::Exact { nanoseconds: right }) => {
                left.checked_add(right).and_then(Self::from_nanoseconds)
            }
            (Length::Months(left), Length::Months(right)) => left.checked_add(right).and_then(Self::from_months),
            (Length::Exact { .. }, Length::Months(_)) | (Length::Months(_), Length::Exact { .. }) => {
                return Err(CalendarError::MonthsWithExact);
            }
        };
        sum.ok_or(CalendarError::DurationTooLong)
    }

    /// The difference of two exact durations, or of two in months.
    ///
    /// # Errors
    ///
    /// As [`Duration::checked_add`].
    ///
    /// ```
    /// use onlyif::value::Duration;
    ///
    /// assert_eq!(Duration::parse("1 hour")?.checked_sub(Duration::parse("90 minutes")?)?, Duration::parse("-30 minutes")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_sub(self, other: Self) -> Result<Self, CalendarError> {
        self.checked_add(other.negated())
    }

    /// The duration so many times.
    ///
    /// # Errors
    ///
    /// [`CalendarError::NotExact`] when the result would have a part of a month or of a nanosecond,
    /// [`CalendarError::DurationTooLong`] beyond 30,000 years.
    ///
    /// ```
    /// use onlyif::value::{CalendarError, Decimal, Duration};
    ///
    /// let half = Decimal::parse("0.5")?;
    /// assert_eq!(Duration::parse("1 hour")?.checked_mul(half), Ok(Duration::parse("PT30M")?));
    /// let month = Duration::parse("1 month")?;
    /// assert_eq!(month.checked_mul(half), Err(CalendarError::NotExact));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_mul(self, factor: Decimal) -> Result<Self, CalendarError> {
        match self.0 {
            Length::Exact { nanoseconds } => {
                times(nanoseconds, factor).and_then(|n| Self::from_nanoseconds(n).ok_or(CalendarError::DurationTooLong))
            }
            Length::Months(months) => times(i128::from(months), factor)
                .and_then(|n| i64::try_from(n).ok().and_then(Self::from_months).ok_or(CalendarError::DurationTooLong)),
        }
    }
}

/// A whole number times a decimal, if that is a whole number again.
fn times(units: i128, factor: Decimal) -> Result<i128, CalendarError> {
    if units == 0 {
        return Ok(0);
    }
    match Decimal::new(units, 0).and_then(|units| units.checked_mul(factor)) {
        Some(product) if product.is_integer() => Ok(product.mantissa()),
        // 28 digits were not enough, and a whole product has no more than a long duration.
        None if factor.is_integer() => Err(CalendarError::DurationTooLong),
        Some(_) | None => Err(CalendarError::NotExact),
    }
}

/// The literal of the language in the largest unit in which it is a whole number: `90 minutes`,
/// `1 day`, `2 weeks`, `6 months`. Parts of a second are a fraction: `0.5 seconds`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (amount, unit) = match self.0 {
            Length::Exact { nanoseconds } => text::largest_unit(nanoseconds, &text::EXACT_UNITS),
            Length::Months(months) => text::largest_unit(i128::from(months), &text::CALENDAR_UNITS),
        };
        let plural = if amount.negated() == Decimal::ONE || amount == Decimal::ONE { "" } else { "s" };
        write!(f, "{amount} {unit}{plural}")
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Duration({self})")
    }
}
