//! Between year, month and day, and the number of a day.

/// How many days a month has; 0 for one that does not exist.
pub(super) const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The number of a day that exists. The year is counted from March, so that the leap day is its
/// last day and the months before it have a regular length: 153 days for every five.
#[allow(clippy::arithmetic_side_effects, reason = "year, month and day are those of a real day")]
pub(super) fn day_number(year: u16, month: u8, day: u8) -> u32 {
    let (year, month, day) = (u32::from(year), u32::from(month), u32::from(day));
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let before_year = year * 365 + year / 4 - year / 100 + year / 400;
    let before_month = (153 * month + 2) / 5;
    // The 306 days from 1 March of the year 0 to its end are numbered 0 and below. They are
    // subtracted last: for 1 January of the year 1 the sum is 307.
    before_year + before_month + day - 306
}

/// Year, month and day of a day number: the inverse of `day_number`.
#[allow(clippy::arithmetic_side_effects, reason = "a day number is below four million")]
#[allow(clippy::cast_possible_truncation, reason = "a year is below 10,000, the rest below 32")]
pub(super) fn civil(day_number: u32) -> (u16, u8, u8) {
    /// Days of 400, 100, 4 years and 1 year.
    const CYCLE: u32 = 146_097;
    const CENTURY: u32 = 36_524;
    const FOUR_YEARS: u32 = 1_461;
    const YEAR: u32 = 365;

    let since_march = day_number + 305;
    let (cycles, rest) = (since_march / CYCLE, since_march % CYCLE);
    // The last day of the last century, and of the last year, is the leap day: no fifth one starts.
    let centuries = (rest / CENTURY).min(3);
    let rest = rest - centuries * CENTURY;
    let (fours, rest) = (rest / FOUR_YEARS, rest % FOUR_YEARS);
    let years = (rest / YEAR).min(3);
    let rest = rest - years * YEAR;
    let month = (5 * rest + 2) / 153;
    let day = rest - (153 * month + 2) / 5 + 1;
    let year = cycles * 400 + centuries * 100 + fours * 4 + years;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    (year as u16, month as u8, day as u8)
}

/// The English name of a month, 1 to 12.
pub(super) const fn month_name(month: u8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}
