//! What cannot be reckoned with dates and durations.

use core::fmt;

/// Why dates, date-times and durations cannot be added or compared.
///
/// ```
/// use onlyif::value::{CalendarError, Date, Duration};
/// let day = Date::parse("2026-01-31")?;
/// assert_eq!(day.checked_add(Duration::parse("90 minutes")?), Err(CalendarError::PartOfDay));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarError {
    /// A duration in months with an exact one: how long a month is depends on the calendar.
    MonthsWithExact,
    /// A duration in months with a date-time, which takes only exact durations.
    MonthsWithDateTime,
    /// A duration that is not whole days with a date.
    PartOfDay,
    /// A product with part of a month or of a nanosecond.
    NotExact,
    /// A date or instant outside the years 0001 to 9999.
    DateOutOfRange,
    /// A duration beyond 30,000 years.
    DurationTooLong,
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MonthsWithExact => {
                "a duration in months or years meets one in days or hours, \
                 but a month has no fixed number of days"
            }
            Self::MonthsWithDateTime => "months or years meet a date-time, they can only be added to a date",
            Self::PartOfDay => "hours meet a date, only whole days can be added to it",
            Self::NotExact => "the resulting duration has part of a month or of a nanosecond",
            Self::DateOutOfRange => "the resulting date lies outside the years 0001 to 9999",
            Self::DurationTooLong => "the resulting duration is longer than 30000 years",
        })
    }
}

impl core::error::Error for CalendarError {}
