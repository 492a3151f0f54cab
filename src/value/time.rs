//! Times of the day.

use core::fmt;

use super::scan::Scan;

/// A time of the day, from 00:00 to before 24:00, without a date or a zone.
///
/// Written `17:30` or `17:30:00`. A fraction of a second, down to nanoseconds, comes only from a
/// date-time. There are no leap seconds.
///
/// ```
/// use onlyif::value::Time;
///
/// let closing = Time::parse("17:30")?;
/// assert!(Time::parse("17:29:59")? < closing);
/// assert_eq!(closing.seconds(), 63_000);
/// # Ok::<(), onlyif::value::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Seconds since midnight, below 86,400.
    seconds: u32,
    /// Below 10^9.
    nanosecond: u32,
}

impl Time {
    /// The time of this hour, minute, second and nanosecond.
    ///
    /// # Errors
    ///
    /// The first of them that a day does not have.
    ///
    /// ```
    /// use onlyif::value::{Time, TimeError};
    ///
    /// assert_eq!(Time::new(17, 30, 0, 0)?, Time::parse("17:30")?);
    /// assert_eq!(Time::new(24, 0, 0, 0), Err(TimeError::NoSuchHour(24)));
    /// # Ok::<(), onlyif::value::TimeError>(())
    /// ```
    pub const fn new(hour: u8, minute: u8, second: u8, nanosecond: u32) -> Result<Self, TimeError> {
        if hour > 23 {
            return Err(TimeError::NoSuchHour(hour));
        }
        if minute > 59 {
            return Err(TimeError::NoSuchMinute(minute));
        }
        if second > 59 {
            return Err(TimeError::NoSuchSecond(second));
        }
        if nanosecond > 999_999_999 {
            return Err(TimeError::NoSuchNanosecond(nanosecond));
        }
        // At most 86,399. (`u32::from` cannot be used in a constant.)
        let seconds = (hour as u32).wrapping_mul(3600).wrapping_add((minute as u32).wrapping_mul(60)).wrapping_add(second as u32);
        Ok(Self { seconds, nanosecond })
    }

    /// Reads `17:30` or `17:30:00`, every part with two digits.
    ///
    /// # Errors
    ///
    /// When the text has another form, or a day has no such time: neither `24:00` nor a second 60.
    ///
    /// ```
    /// use onlyif::value::{Time, TimeError};
    ///
    /// assert_eq!(Time::parse("17:30:15")?.second(), 15);
    /// assert_eq!(Time::parse("5:30 pm"), Err(TimeError::NotATime));
    /// # Ok::<(), onlyif::value::TimeError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let mut scan = Scan::new(text);
        let (hour, minute) = read_hour_and_minute(&mut scan)?;
        let second = if scan.take(':') { scan.two_digits().ok_or(TimeError::NotATime)? } else { 0 };
        let time = Self::new(hour, minute, second, 0)?;
        match scan.rest().chars().next() {
            None => Ok(time),
            Some('.' | ',') => Err(TimeError::Fraction),
            Some(_) => Err(TimeError::NotATime),
        }
    }

    /// Reads the time of a date-time (RFC 3339, `partial-time`): with seconds, and a fraction of
    /// one to nine digits if wished.
    pub(super) fn read_exact(scan: &mut Scan<'_>) -> Result<Self, TimeError> {
        let (hour, minute) = read_hour_and_minute(scan)?;
        if !scan.take(':') {
            return Err(TimeError::NoSeconds);
        }
        let second = scan.two_digits().ok_or(TimeError::NotATime)?;
        let nanosecond = if scan.take('.') { read_nanosecond(scan)? } else { 0 };
        Self::new(hour, minute, second, nanosecond)
    }

    /// The time this many seconds, below 86,400, and nanoseconds after midnight.
    pub(super) const fn from_seconds(seconds: u32, nanosecond: u32) -> Option<Self> {
        if seconds < 86_400 && nanosecond < 1_000_000_000 { Some(Self { seconds, nanosecond }) } else { None }
    }

    /// The seconds since midnight, below 86,400.
    ///
    /// ```
    /// use onlyif::value::Time;
    ///
    /// assert_eq!(Time::parse("01:00:01")?.seconds(), 3_601);
    /// # Ok::<(), onlyif::value::TimeError>(())
    /// ```
    #[must_use]
    pub const fn seconds(self) -> u32 {
        self.seconds
    }

    /// The hour, 0 to 23.
    ///
    /// ```
    /// use onlyif::value::Time;
    ///
    /// assert_eq!(Time::parse("17:30:15")?.hour(), 17);
    /// # Ok::<(), onlyif::value::TimeError>(())
    /// ```
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "there are fewer than 86,400 seconds")]
    pub const fn hour(self) -> u8 {
        (self.seconds / 3600) as u8
    }

    /// The minute, 0 to 59.
    ///
    /// ```
    /// use onlyif::value::Time;
    ///
    /// assert_eq!(Time::parse("17:30:15")?.minute(), 30);
    /// # Ok::<(), onlyif::value::TimeError>(())
    /// ```
    #[must_use]
    pub const fn minute(self) -> u8 {
        (self.seconds / 60 % 60) as u8
    }

    /// The second, 0 to 59.
    ///
    /// ```
    /// use onlyif::value::Time;
    ///
    /// assert_eq!(Time::parse("17:30:15")?.second(), 15);
    /// # Ok::<(), onlyif::value::TimeError>(())
    /// ```
    #[must_use]
    pub const fn second(self) -> u8 {
        (self.seconds % 60) as u8
    }

    /// The nanoseconds after the second, 0 to 999,999,999.
    ///
    /// ```
    /// use onlyif::value::Time;
    ///
    /// assert_eq!(Time::new(17, 30, 15, 250)?.nanosecond(), 250);
    /// # Ok::<(), onlyif::value::TimeError>(())
    /// ```
    #[must_use]
    pub const fn nanosecond(self) -> u32 {
        self.nanosecond
    }

    /// Writes hour, minute, second and the fraction without superfluous zeros.
    pub(super) fn write_exact(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour(), self.minute(), self.second())?;
        if self.nanosecond > 0 {
            let (mut fraction, mut width) = (self.nanosecond, 9_usize);
            while fraction.is_multiple_of(10) {
                fraction /= 10;
                width = width.saturating_sub(1);
            }
            write!(f, ".{fraction:0width$}")?;
        }
        Ok(())
    }
}

fn read_hour_and_minute(scan: &mut Scan<'_>) -> Result<(u8, u8), TimeError> {
    let hour = scan.two_digits().ok_or(TimeError::NotATime)?;
    if !scan.take(':') {
        return Err(TimeError::NotATime);
    }
    Ok((hour, scan.two_digits().ok_or(TimeError::NotATime)?))
}

/// Reads the digits after the point of a second.
fn read_nanosecond(scan: &mut Scan<'_>) -> Result<u32, TimeError> {
    let digits = scan.take_while(|next| next.is_ascii_digit());
    let missing = 9_usize.checked_sub(digits.len()).ok_or(TimeError::TooFine)?;
    let shift = u32::try_from(missing).map_err(|_| TimeError::TooFine)?;
    let number: u32 = digits.parse().map_err(|_| TimeError::NotATime)?;
    10_u32.checked_pow(shift).and_then(|unit| number.checked_mul(unit)).ok_or(TimeError::TooFine)
}

/// `17:30`, or `17:30:15`, or `17:30:15.25`: no more than the time needs.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.second() == 0 && self.nanosecond == 0 { write!(f, "{:02}:{:02}", self.hour(), self.minute()) } else { self.write_exact(f) }
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Time({self})")
    }
}

/// Why a text or some numbers are no [`Time`].
///
/// ```
/// use onlyif::value::{Time, TimeError};
///
/// assert_eq!(Time::parse("23:59:60"), Err(TimeError::NoSuchSecond(60)));
/// assert_eq!(Time::parse("17:30:00.5"), Err(TimeError::Fraction));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeError {
    /// The text is not of the form `17:30` or `17:30:00`.
    NotATime,
    /// The seconds are missing where a date-time demands them.
    NoSeconds,
    /// A fraction of a second, where there is none.
    Fraction,
    /// A fraction of a second with more than nine digits.
    TooFine,
    /// An hour above 23.
    NoSuchHour(u8),
    /// A minute above 59.
    NoSuchMinute(u8),
    /// A second above 59.
    NoSuchSecond(u8),
    /// A nanosecond above 999,999,999.
    NoSuchNanosecond(u32),
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotATime => f.write_str("a time is written `17:30` or `17:30:00`"),
            Self::NoSeconds => f.write_str("the seconds are missing, write `17:30:00` for `17:30`"),
            Self::Fraction => f.write_str("a time has no fraction of a second, write `17:30:00`"),
            Self::TooFine => f.write_str("a fraction of a second has at most 9 digits"),
            Self::NoSuchHour(24) => f.write_str("there is no hour `24`, midnight is `00:00` of the next day"),
            Self::NoSuchHour(hour) => {
                write!(f, "there is no hour `{hour:02}`, hours run from 00 to 23")
            }
            Self::NoSuchMinute(minute) => {
                write!(f, "there is no minute `{minute:02}`, minutes run from 00 to 59")
            }
            Self::NoSuchSecond(second) => {
                write!(f, "there is no second `{second:02}`, seconds run from 00 to 59")
            }
            Self::NoSuchNanosecond(found) => {
                write!(f, "there is no nanosecond `{found}`, they run from 0 to 999999999")
            }
        }
    }
}

impl core::error::Error for TimeError {}
