//! Days of the calendar.

mod civil;
mod weekday;

use core::fmt;

use self::civil::{civil, day_number, days_in_month, month_name};
pub use self::weekday::Weekday;
use super::scan::Scan;
use super::{CalendarError, Duration};

/// The number of 9999-12-31, counted from 1 for 0001-01-01.
const LAST_DAY: u32 = 3_652_059;

/// A day of the proleptic Gregorian calendar, years 0001 to 9999, without a time or a zone.
///
/// ```
/// use onlyif::value::{Date, Weekday};
///
/// let date = Date::parse("2026-01-31")?;
/// assert_eq!(date.weekday(), Weekday::Saturday);
/// assert_eq!(date.checked_add_months(1), Some(Date::parse("2026-02-28")?));
/// # Ok::<(), onlyif::value::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1 for 0001-01-01, at most `LAST_DAY`.
    day_number: u32,
}

impl Date {
    /// The day of these year, month and day of the month.
    ///
    /// # Errors
    ///
    /// When the calendar has no such day, or the year is not one of 1 to 9999.
    ///
    /// ```
    /// use onlyif::value::{Date, DateError};
    ///
    /// assert_eq!(Date::new(2024, 2, 29)?.to_string(), "2024-02-29");
    /// assert_eq!(Date::new(2026, 2, 29), Err(DateError::NoSuchDay { year: 2026, month: 2, day: 29 }));
    /// # Ok::<(), DateError>(())
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        if year == 0 || year > 9999 {
            return Err(DateError::NoSuchYear(year));
        }
        if month == 0 || month > 12 {
            return Err(DateError::NoSuchMonth(month));
        }
        if day == 0 || day > days_in_month(year, month) {
            return Err(DateError::NoSuchDay { year, month, day });
        }
        Ok(Self { day_number: day_number(year, month, day) })
    }

    /// Reads `YYYY-MM-DD`: four, two and two digits, and nothing else (RFC 3339, `full-date`).
    ///
    /// # Errors
    ///
    /// When the text has another form, or the calendar has no such day.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// let problem = Date::parse("2026-02-30").unwrap_err();
    /// assert_eq!(problem.to_string(), "there is no day `30`, February 2026 has 28 days");
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let mut scan = Scan::new(text);
        let date = Self::read(&mut scan)?;
        if scan.is_at_end() { Ok(date) } else { Err(DateError::NotADate) }
    }

    /// Reads a date from the front of a text.
    pub(super) fn read(scan: &mut Scan<'_>) -> Result<Self, DateError> {
        let year = scan.number(4).and_then(|year| u16::try_from(year).ok());
        let first = scan.take('-');
        let month = scan.two_digits();
        let second = scan.take('-');
        match (year, month, scan.two_digits(), first && second) {
            (Some(year), Some(month), Some(day), true) => Self::new(year, month, day),
            _ => Err(DateError::NotADate),
        }
    }

    /// The day with this number, or `None` when it is not one of 1 to 3,652,059.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// assert_eq!(Date::from_day_number(719_163), Some(Date::parse("1970-01-01")?));
    /// assert_eq!(Date::from_day_number(0), None);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub const fn from_day_number(day_number: u32) -> Option<Self> {
        if day_number == 0 || day_number > LAST_DAY { None } else { Some(Self { day_number }) }
    }

    /// The number of the day, 1 for 0001-01-01. 1970-01-01 is 719,163.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// assert_eq!(Date::parse("0001-01-01")?.day_number(), 1);
    /// assert_eq!(Date::parse("9999-12-31")?.day_number(), 3_652_059);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub const fn day_number(self) -> u32 {
        self.day_number
    }

    /// The year, 1 to 9999.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// assert_eq!(Date::parse("2026-01-31")?.year(), 2026);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn year(self) -> u16 {
        civil(self.day_number).0
    }

    /// The month, 1 to 12.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// assert_eq!(Date::parse("2026-01-31")?.month(), 1);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn month(self) -> u8 {
        civil(self.day_number).1
    }

    /// The day of the month, 1 to 31.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// assert_eq!(Date::parse("2026-01-31")?.day(), 31);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn day(self) -> u8 {
        civil(self.day_number).2
    }

    /// The day of the week.
    ///
    /// ```
    /// use onlyif::value::{Date, Weekday};
    ///
    /// assert_eq!(Date::parse("1970-01-01")?.weekday(), Weekday::Thursday);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 0001-01-01 is a Monday.
        match self.day_number % 7 {
            1 => Weekday::Monday,
            2 => Weekday::Tuesday,
            3 => Weekday::Wednesday,
            4 => Weekday::Thursday,
            5 => Weekday::Friday,
            6 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// The day that comes this many days later (earlier, if negative), or `None` outside the years
    /// 0001 to 9999.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// assert_eq!(Date::parse("2026-01-31")?.checked_add_days(1), Some(Date::parse("2026-02-01")?));
    /// assert_eq!(Date::parse("9999-12-31")?.checked_add_days(1), None);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn checked_add_days(self, days: i64) -> Option<Self> {
        let number = i64::from(self.day_number).checked_add(days)?;
        Self::from_day_number(u32::try_from(number).ok()?)
    }

    /// The same day of the month this many months later (earlier, if negative), or the last day of
    /// that month when it is shorter; `None` outside the years 0001 to 9999.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// let leap_day = Date::parse("2024-02-29")?;
    /// assert_eq!(leap_day.checked_add_months(12), Some(Date::parse("2025-02-28")?));
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn checked_add_months(self, months: i64) -> Option<Self> {
        let total = self.month_number().checked_add(months)?;
        let year = u16::try_from(total.div_euclid(12)).ok()?;
        let month = u8::try_from(total.rem_euclid(12)).ok()?.checked_add(1)?;
        Self::new(year, month, self.day().min(days_in_month(year, month))).ok()
    }

    /// The date this duration later (earlier, if negative): months and years as in
    /// [`Date::checked_add_months`], or whole days.
    ///
    /// # Errors
    ///
    /// [`CalendarError::PartOfDay`] for an exact duration that is not a whole number of days, and
    /// [`CalendarError::DateOutOfRange`] outside the years 0001 to 9999.
    ///
    /// ```
    /// use onlyif::value::{Date, Duration};
    ///
    /// let day = Date::parse("2026-01-31")?;
    /// assert_eq!(day.checked_add(Duration::parse("1 month")?)?, Date::parse("2026-02-28")?);
    /// assert_eq!(day.checked_add(Duration::parse("48 hours")?)?, Date::parse("2026-02-02")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_add(self, duration: Duration) -> Result<Self, CalendarError> {
        let later = match (duration.months(), duration.days()) {
            (Some(months), _) => self.checked_add_months(months),
            (None, Some(days)) => self.checked_add_days(days),
            (None, None) => return Err(CalendarError::PartOfDay),
        };
        later.ok_or(CalendarError::DateOutOfRange)
    }

    /// The date this duration earlier (later, if negative).
    ///
    /// # Errors
    ///
    /// As [`Date::checked_add`].
    ///
    /// ```
    /// use onlyif::value::{Date, Duration};
    ///
    /// let day = Date::parse("2026-03-31")?;
    /// assert_eq!(day.checked_sub(Duration::parse("1 month")?)?, Date::parse("2026-02-28")?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_sub(self, duration: Duration) -> Result<Self, CalendarError> {
        self.checked_add(duration.negated())
    }

    /// How many days later the other date is; negative when it is earlier.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// let (first, last) = (Date::parse("2024-02-28")?, Date::parse("2024-03-01")?);
    /// assert_eq!((first.days_until(last), last.days_until(first)), (2, -2));
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        // Both numbers are below four million.
        i64::from(other.day_number).wrapping_sub(i64::from(self.day_number))
    }

    /// How many whole weeks later the other date is, counted towards zero.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// assert_eq!(Date::parse("2026-01-01")?.weeks_until(Date::parse("2026-01-14")?), 1);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn weeks_until(self, other: Self) -> i64 {
        self.days_until(other) / 7
    }

    /// How many whole months later the other date is, counted towards zero: a month is over when
    /// its day is reached, so it is 0 from 31 January to 28 February.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// let birth = Date::parse("2008-03-15")?;
    /// assert_eq!(birth.months_until(Date::parse("2026-03-14")?), 215);
    /// assert_eq!(birth.years_until(Date::parse("2026-03-14")?), 17);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn months_until(self, other: Self) -> i64 {
        // Month numbers are below 120,000, so nothing here can overflow.
        let months = other.month_number().wrapping_sub(self.month_number());
        if months > 0 && other.day() < self.day() {
            months.wrapping_sub(1)
        } else if months < 0 && other.day() > self.day() {
            months.wrapping_add(1)
        } else {
            months
        }
    }

    /// How many whole years later the other date is, counted towards zero as in
    /// [`Date::months_until`]: who is born on 29 February is a year older on 1 March.
    ///
    /// ```
    /// use onlyif::value::Date;
    ///
    /// let birth = Date::parse("2008-02-29")?;
    /// assert_eq!(birth.years_until(Date::parse("2026-02-28")?), 17);
    /// assert_eq!(birth.years_until(Date::parse("2026-03-01")?), 18);
    /// # Ok::<(), onlyif::value::DateError>(())
    /// ```
    #[must_use]
    pub fn years_until(self, other: Self) -> i64 {
        self.months_until(other) / 12
    }

    /// The months since the year 0, for counting.
    fn month_number(self) -> i64 {
        let (year, month, _) = civil(self.day_number);
        i64::from(year).wrapping_mul(12).wrapping_add(i64::from(month)).wrapping_sub(1)
    }
}

/// The form that [`Date::parse`] reads.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.day_number);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

/// Why a text or three numbers are no [`Date`].
///
/// ```
/// use onlyif::value::{Date, DateError};
///
/// assert_eq!(Date::parse("31.1.2026"), Err(DateError::NotADate));
/// assert_eq!(Date::parse("2026-13-01"), Err(DateError::NoSuchMonth(13)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateError {
    /// The text is not of the form `YYYY-MM-DD`.
    NotADate,
    /// A year that is not one of 1 to 9999.
    NoSuchYear(u16),
    /// A month that is not one of 1 to 12.
    NoSuchMonth(u8),
    /// A day that this month does not have.
    NoSuchDay {
        /// The year, 1 to 9999.
        year: u16,
        /// The month, 1 to 12.
        month: u8,
        /// The day that was asked for.
        day: u8,
    },
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotADate => f.write_str("a date is written year-month-day, such as `2026-01-31`"),
            Self::NoSuchYear(year) => {
                write!(f, "there is no year `{year:04}`, years run from 0001 to 9999")
            }
            Self::NoSuchMonth(month) => {
                write!(f, "there is no month `{month:02}`, months run from 01 to 12")
            }
            Self::NoSuchDay { year, month, day } => {
                let name = month_name(month);
                let days = days_in_month(year, month);
                write!(f, "there is no day `{day:02}`, {name} {year} has {days} days")
            }
        }
    }
}

impl core::error::Error for DateError {}
