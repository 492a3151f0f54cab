//! Instants, with the offset that they were written in.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::scan::Scan;
use super::{CalendarError, Date, DateError, Duration, Time, TimeError};

/// The widest offset from UTC, in minutes: 18 hours.
const MAX_OFFSET: i16 = 18 * 60;

/// The day number of 1970-01-01.
const UNIX_DAY: i64 = 719_163;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// An instant, together with the offset from UTC that it was written in.
///
/// Two date-times are equal, ordered and hashed by their *instant*; the offset only says what date
/// and time of the day it is. Down to nanoseconds, years 0001 to 9999 both in UTC and in the
/// written offset, no leap seconds.
///
/// ```
/// use onlyif::value::{Date, DateTime};
///
/// let evening = DateTime::parse("2026-01-31T23:30:00-01:00")?;
/// assert_eq!(evening, DateTime::parse("2026-02-01T00:30:00Z")?);
/// assert_eq!(evening.date(), Date::new(2026, 1, 31)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct DateTime {
    /// The date in the written offset.
    date: Date,
    /// The time in the written offset.
    time: Time,
    /// Minutes east of UTC.
    offset: i16,
}

impl DateTime {
    /// The instant at which clocks this many minutes east of UTC show this date and time.
    ///
    /// # Errors
    ///
    /// An offset beyond 18 hours, or an instant that is not in the years 0001 to 9999 in UTC.
    ///
    /// ```
    /// use onlyif::value::{Date, DateTime, Time};
    ///
    /// let at = DateTime::new(Date::new(2026, 1, 31)?, Time::parse("17:30")?, 60)?;
    /// assert_eq!(at, DateTime::parse("2026-01-31T16:30:00Z")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(date: Date, time: Time, offset_minutes: i16) -> Result<Self, DateTimeError> {
        if !(MAX_OFFSET.wrapping_neg()..=MAX_OFFSET).contains(&offset_minutes) {
            return Err(DateTimeError::OffsetTooWide);
        }
        let instant = Self { date, time, offset: offset_minutes };
        match date_of(instant.utc_seconds()) {
            Some(_) => Ok(instant),
            None => Err(DateTimeError::OutOfRange),
        }
    }

    /// Reads an RFC 3339 date-time: `2026-01-31T17:30:00+01:00`.
    ///
    /// The seconds and the offset are required, `T` and `Z` are capitals, a fraction has one to nine
    /// digits. `-00:00` (the local offset is not known) is read as `Z`.
    ///
    /// # Errors
    ///
    /// When the text has another form, the calendar or the day has no such date or time, the offset
    /// goes beyond 18 hours, or the instant is not in the years 0001 to 9999 in UTC.
    ///
    /// ```
    /// use onlyif::value::{DateTime, DateTimeError};
    ///
    /// assert_eq!(DateTime::parse("2026-01-31T17:30:00.250+01:00")?.nanosecond(), 250_000_000);
    /// assert_eq!(DateTime::parse("2026-01-31T17:30:00"), Err(DateTimeError::NoOffset));
    /// # Ok::<(), onlyif::value::DateTimeError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateTimeError> {
        let mut scan = Scan::new(text);
        let date = Date::read(&mut scan).map_err(DateTimeError::Date)?;
        if !scan.take('T') {
            return Err(DateTimeError::NoT);
        }
        let time = Time::read_exact(&mut scan).map_err(DateTimeError::Time)?;
        let offset = read_offset(&mut scan)?;
        if scan.is_at_end() { Self::new(date, time, offset) } else { Err(DateTimeError::Trailing) }
    }

    /// The date in the written offset.
    ///
    /// ```
    /// use onlyif::value::{Date, DateTime};
    ///
    /// assert_eq!(DateTime::parse("2026-02-01T00:30:00+01:00")?.date(), Date::parse("2026-02-01")?); // in UTC it is still January
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn date(self) -> Date {
        self.date
    }

    /// The time of the day in the written offset.
    ///
    /// ```
    /// use onlyif::value::{DateTime, Time};
    ///
    /// assert_eq!(DateTime::parse("2026-01-31T17:30:00+01:00")?.time(), Time::parse("17:30")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn time(self) -> Time {
        self.time
    }

    /// The written offset, in minutes east of UTC: -1,080 to 1,080.
    ///
    /// ```
    /// use onlyif::value::DateTime;
    ///
    /// assert_eq!(DateTime::parse("2026-01-31T17:30:00-03:30")?.offset_minutes(), -210);
    /// # Ok::<(), onlyif::value::DateTimeError>(())
    /// ```
    #[must_use]
    pub const fn offset_minutes(self) -> i16 {
        self.offset
    }

    /// The whole seconds since 1970-01-01T00:00:00Z; negative before it.
    ///
    /// ```
    /// use onlyif::value::DateTime;
    ///
    /// assert_eq!(DateTime::parse("1970-01-01T01:00:00+01:00")?.utc_seconds(), 0);
    /// assert_eq!(DateTime::parse("1969-12-31T23:59:59Z")?.utc_seconds(), -1);
    /// # Ok::<(), onlyif::value::DateTimeError>(())
    /// ```
    #[must_use]
    pub fn utc_seconds(self) -> i64 {
        // All parts are bounded: the result is below 10^12 in size.
        i64::from(self.date.day_number())
            .wrapping_sub(UNIX_DAY)
            .wrapping_mul(DAY)
            .wrapping_add(i64::from(self.time.seconds()))
            .wrapping_sub(i64::from(self.offset).wrapping_mul(60))
    }

    /// The nanoseconds after [`DateTime::utc_seconds`], 0 to 999,999,999.
    ///
    /// ```
    /// use onlyif::value::DateTime;
    ///
    /// assert_eq!(DateTime::parse("2026-01-31T17:30:00.5Z")?.nanosecond(), 500_000_000);
    /// # Ok::<(), onlyif::value::DateTimeError>(())
    /// ```
    #[must_use]
    pub const fn nanosecond(self) -> u32 {
        self.time.nanosecond()
    }

    /// The instant this exact duration later (earlier, if negative), in the same offset.
    ///
    /// # Errors
    ///
    /// [`CalendarError::MonthsWithDateTime`] for a duration in months or years, and
    /// [`CalendarError::DateOutOfRange`] outside the years 0001 to 9999.
    ///
    /// ```
    /// use onlyif::value::{DateTime, Duration};
    ///
    /// let start = DateTime::parse("2026-03-01T00:30:00+01:00")?;
    /// let end = start.checked_sub(Duration::parse("1 hour")?)?;
    /// assert_eq!(end.to_string(), "2026-02-28T23:30:00+01:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_add(self, duration: Duration) -> Result<Self, CalendarError> {
        let exact = duration.nanoseconds().ok_or(CalendarError::MonthsWithDateTime)?;
        self.later(exact).ok_or(CalendarError::DateOutOfRange)
    }

    /// The instant this exact duration earlier (later, if negative), in the same offset.
    ///
    /// # Errors
    ///
    /// As [`DateTime::checked_add`].
    ///
    /// ```
    /// use onlyif::value::{CalendarError, DateTime, Duration};
    ///
    /// let at = DateTime::parse("2026-03-01T00:30:00Z")?;
    /// assert_eq!(at.checked_sub(Duration::parse("1 day")?)?, DateTime::parse("2026-02-28T00:30:00Z")?);
    /// assert_eq!(at.checked_sub(Duration::parse("1 month")?), Err(CalendarError::MonthsWithDateTime));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_sub(self, duration: Duration) -> Result<Self, CalendarError> {
        self.checked_add(duration.negated())
    }

    /// How much later the other instant is; negative when it is earlier. Always exact.
    ///
    /// ```
    /// use onlyif::value::{DateTime, Duration};
    ///
    /// let (start, end) = (DateTime::parse("2026-01-31T17:30:00+01:00")?, DateTime::parse("2026-01-31T18:00:00Z")?);
    /// assert_eq!(start.duration_until(end), Duration::parse("90 minutes")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn duration_until(self, other: Self) -> Duration {
        // Both are below 10^12 seconds in size, and less than 10,000 years apart.
        Duration::between(self.nanoseconds(), other.nanoseconds())
    }

    /// The nanoseconds since 1970-01-01T00:00:00Z.
    fn nanoseconds(self) -> i128 {
        i128::from(self.utc_seconds()).wrapping_mul(1_000_000_000).wrapping_add(i128::from(self.nanosecond()))
    }

    fn later(self, nanoseconds: i128) -> Option<Self> {
        let total = self.nanoseconds().checked_add(nanoseconds)?;
        let utc = i64::try_from(total.div_euclid(1_000_000_000)).ok()?;
        let nanosecond = u32::try_from(total.rem_euclid(1_000_000_000)).ok()?;
        let local = utc.checked_add(i64::from(self.offset).checked_mul(60)?)?;
        let time = Time::from_seconds(u32::try_from(local.rem_euclid(DAY)).ok()?, nanosecond)?;
        Self::new(date_of(local)?, time, self.offset).ok()
    }
}

/// The date of a number of seconds since 1970, or `None` outside the years 0001 to 9999.
fn date_of(seconds: i64) -> Option<Date> {
    Date::from_day_number(u32::try_from(seconds.div_euclid(DAY).checked_add(UNIX_DAY)?).ok()?)
}

/// Reads `Z`, or an offset such as `+01:00` in minutes.
fn read_offset(scan: &mut Scan<'_>) -> Result<i16, DateTimeError> {
    if scan.take('Z') {
        return Ok(0);
    }
    let east = scan.take('+');
    if !east && !scan.take('-') {
        return Err(DateTimeError::NoOffset);
    }
    let hours = scan.two_digits().ok_or(DateTimeError::NoOffset)?;
    if !scan.take(':') {
        return Err(DateTimeError::NoOffset);
    }
    let minutes = scan.two_digits().ok_or(DateTimeError::NoOffset)?;
    if minutes > 59 {
        return Err(DateTimeError::OffsetMinutes(minutes));
    }
    // Two digits each: at most 99 × 60 + 59.
    let offset = i16::from(hours).wrapping_mul(60).wrapping_add(i16::from(minutes));
    Ok(if east { offset } else { offset.wrapping_neg() })
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for DateTime {}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = (self.utc_seconds(), self.nanosecond());
        left.cmp(&(other.utc_seconds(), other.nanosecond()))
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.utc_seconds(), self.nanosecond()).hash(state);
    }
}

/// The form that [`DateTime::parse`] reads, in the written offset; the offset 0 is `Z`.
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T", self.date)?;
        self.time.write_exact(f)?;
        if self.offset == 0 {
            return f.write_str("Z");
        }
        let sign = if self.offset < 0 { '-' } else { '+' };
        let size = self.offset.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", size / 60, size % 60)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateTime({self})")
    }
}

/// Why a text is no [`DateTime`].
///
/// ```
/// use onlyif::value::{DateTime, DateTimeError};
///
/// assert_eq!(DateTime::parse("2026-01-31 17:30:00Z"), Err(DateTimeError::NoT));
/// assert_eq!(DateTime::parse("2026-01-31T17:30:00+19:00"), Err(DateTimeError::OffsetTooWide));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateTimeError {
    /// Its date is wrong.
    Date(DateError),
    /// No `T` follows the date.
    NoT,
    /// Its time is wrong.
    Time(TimeError),
    /// No `Z` and no offset such as `+01:00` follows the time.
    NoOffset,
    /// An offset with more than 59 minutes in its second part.
    OffsetMinutes(u8),
    /// An offset of more than 18 hours.
    OffsetTooWide,
    /// Something follows the offset.
    Trailing,
    /// The instant is not in the years 0001 to 9999, in UTC.
    OutOfRange,
}

impl fmt::Display for DateTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(DateError::NotADate) => f.write_str("a date-time is written `2026-01-31T17:30:00+01:00`"),
            Self::Date(error) => error.fmt(f),
            Self::NoT => f.write_str("a capital `T` is missing after the date, write `2026-01-31T17:30:00+01:00`"),
            Self::Time(error) => error.fmt(f),
            Self::NoOffset => f.write_str("the offset is missing, end the date-time with `Z` or as in `+01:00`"),
            Self::OffsetMinutes(found) => {
                write!(f, "there is no minute `{found:02}` in an offset, they run from 00 to 59")
            }
            Self::OffsetTooWide => f.write_str("the offset is too wide, it is at most 18 hours"),
            Self::Trailing => f.write_str("the date-time goes on after its offset"),
            Self::OutOfRange => f.write_str("the date-time lies outside the years 0001 to 9999 in UTC"),
        }
    }
}

impl core::error::Error for DateTimeError {}
