//! Days of the week.

use core::fmt;

/// A day of the week. The week starts on Monday (ISO 8601), and so does the order.
///
/// ```
/// use onlyif::value::{Date, Weekday};
///
/// assert_eq!(Date::parse("2026-02-01")?.weekday(), Weekday::Sunday);
/// assert!(Weekday::Monday < Weekday::Sunday);
/// # Ok::<(), onlyif::value::DateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// `monday`
    Monday,
    /// `tuesday`
    Tuesday,
    /// `wednesday`
    Wednesday,
    /// `thursday`
    Thursday,
    /// `friday`
    Friday,
    /// `saturday`
    Saturday,
    /// `sunday`
    Sunday,
}

impl Weekday {
    /// All seven, in the order of the week: the values of the choice `weekday of`.
    ///
    /// ```
    /// use onlyif::value::Weekday;
    ///
    /// assert_eq!(Weekday::ALL.first(), Some(&Weekday::Monday));
    /// ```
    pub const ALL: [Self; 7] = [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// The name, in small letters.
    ///
    /// ```
    /// use onlyif::value::Weekday;
    ///
    /// assert_eq!(Weekday::ALL.map(Weekday::name).first(), Some(&"monday"));
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
