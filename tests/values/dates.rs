use jiff::ToSpan;
use onlyif::value::{CalendarError, Date, DateError, DateTime, Duration, Time, TimeError, Weekday};
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn jiff_date(date: Date) -> jiff::civil::Date {
    jiff::civil::date(i16::try_from(date.year()).unwrap(), i8::try_from(date.month()).unwrap(), i8::try_from(date.day()).unwrap())
}

#[test]
fn every_day_of_9999_years_agrees_with_jiff() {
    let mut theirs = jiff::civil::date(1, 1, 1);
    for number in 1..=3_652_059 {
        let ours = Date::from_day_number(number).unwrap();
        assert_eq!(jiff_date(ours), theirs);
        assert_eq!(Date::new(ours.year(), ours.month(), ours.day()), Ok(ours));
        let weekday = theirs.weekday().to_monday_zero_offset();
        assert_eq!(Weekday::ALL.iter().position(|day| *day == ours.weekday()), usize::try_from(weekday).ok());
        if number % 61 == 0 {
            assert_eq!(ours.to_string(), theirs.to_string());
            assert_eq!(Date::parse(&theirs.to_string()), Ok(ours));
        }
        if number < 3_652_059 {
            theirs = theirs.tomorrow().unwrap();
        }
    }
    assert_eq!(theirs, jiff::civil::date(9999, 12, 31));
    assert_eq!(Date::from_day_number(0), None);
    assert_eq!(Date::from_day_number(3_652_060), None);
}

#[test]
fn a_date_has_one_form() {
    for text in [
        "",
        "2026",
        "2026-01",
        "2026-1-5",
        "2026-01-5",
        "20260131",
        "+2026-01-31",
        "-2026-01-31",
        "02026-01-31",
        "2026-01-31 ",
        " 2026-01-31",
        "2026-01-31T00:00:00Z",
        "2026/01/31",
        "2026-01-+1",
        "2026-01-3١",
        "31-01-2026",
        "2026–01–31",
    ] {
        assert_eq!(Date::parse(text), Err(DateError::NotADate), "{text}");
    }
}

#[test]
fn days_that_do_not_exist_are_explained() {
    for (text, message) in [
        ("2026-02-30", "there is no day `30`, February 2026 has 28 days"),
        ("2024-02-30", "there is no day `30`, February 2024 has 29 days"),
        ("1900-02-29", "there is no day `29`, February 1900 has 28 days"),
        ("2026-04-31", "there is no day `31`, April 2026 has 30 days"),
        ("2026-12-00", "there is no day `00`, December 2026 has 31 days"),
        ("2026-13-01", "there is no month `13`, months run from 01 to 12"),
        ("2026-00-01", "there is no month `00`, months run from 01 to 12"),
        ("0000-01-01", "there is no year `0000`, years run from 0001 to 9999"),
    ] {
        assert_eq!(Date::parse(text).unwrap_err().to_string(), message);
    }
    assert_eq!(Date::parse("2000-02-29").map(Date::day), Ok(29));
}

#[test]
fn spans_count_whole_units_towards_zero() {
    for (from, to, days, weeks, months, years) in [
        ("2026-01-31", "2026-02-28", 28, 4, 0, 0),
        ("2026-02-28", "2026-01-31", -28, -4, 0, 0),
        ("2026-01-31", "2026-03-31", 59, 8, 2, 0),
        ("2026-01-31", "2026-03-30", 58, 8, 1, 0),
        ("2026-03-31", "2026-02-28", -31, -4, -1, 0),
        ("2024-02-29", "2025-02-28", 365, 52, 11, 0),
        ("2024-02-29", "2025-03-01", 366, 52, 12, 1),
        ("2024-02-29", "2028-02-29", 1461, 208, 48, 4),
        ("2026-01-01", "2026-01-01", 0, 0, 0, 0),
        ("0001-01-01", "9999-12-31", 3_652_058, 521_722, 119_987, 9998),
        ("2026-01-08", "2026-01-02", -6, 0, 0, 0),
    ] {
        let (from, to) = (date(from), date(to));
        assert_eq!(from.days_until(to), days, "{from} {to}");
        assert_eq!(from.weeks_until(to), weeks, "{from} {to}");
        assert_eq!(from.months_until(to), months, "{from} {to}");
        assert_eq!(from.years_until(to), years, "{from} {to}");
        assert_eq!(to.months_until(from), -months, "{to} {from}");
    }
}

#[test]
fn dates_take_months_and_whole_days() {
    let day = date("2026-01-31");
    let add = |text: &str| day.checked_add(Duration::parse(text).unwrap());
    assert_eq!(add("1 month"), Ok(date("2026-02-28")));
    assert_eq!(add("24 hours"), Ok(date("2026-02-01")));
    assert_eq!(add("-1 week"), Ok(date("2026-01-24")));
    assert_eq!(add("36 hours"), Err(CalendarError::PartOfDay));
    assert_eq!(add("10000 years"), Err(CalendarError::DateOutOfRange));
    assert_eq!(add("-2026 years"), Err(CalendarError::DateOutOfRange));
    let back = day.checked_sub(Duration::parse("2 months").unwrap());
    assert_eq!(back, Ok(date("2025-11-30")));
    assert_eq!(day.checked_add_days(i64::MAX), None);
    assert_eq!(day.checked_add_months(i64::MAX), None);
    assert_eq!(day.checked_add_months(i64::MIN), None);
}

#[test]
fn times_are_read() {
    assert_eq!(Time::parse("17:30"), Time::parse("17:30:00"));
    assert_eq!(Time::parse("00:00").map(Time::seconds), Ok(0));
    assert_eq!(Time::parse("23:59:59").map(Time::seconds), Ok(86_399));
    assert_eq!(Time::parse("17:30:00").unwrap().to_string(), "17:30");
    assert_eq!(Time::parse("07:05:09").unwrap().to_string(), "07:05:09");
    assert_eq!(Time::new(1, 2, 3, 40_000_000).unwrap().to_string(), "01:02:03.04");
    assert_eq!(Time::new(1, 2, 0, 1).unwrap().to_string(), "01:02:00.000000001");
    for (text, problem) in [
        ("24:00", TimeError::NoSuchHour(24)),
        ("24:00:00", TimeError::NoSuchHour(24)),
        ("17:60", TimeError::NoSuchMinute(60)),
        ("17:30:60", TimeError::NoSuchSecond(60)),
        ("17:30:00.5", TimeError::Fraction),
        ("17:30:00,5", TimeError::Fraction),
        ("17", TimeError::NotATime),
        ("7:30", TimeError::NotATime),
        ("17:3", TimeError::NotATime),
        ("17:30:", TimeError::NotATime),
        ("17:30:0", TimeError::NotATime),
        ("17:30Z", TimeError::NotATime),
        ("17:30 ", TimeError::NotATime),
        ("+7:30", TimeError::NotATime),
        ("T17:30", TimeError::NotATime),
        ("5:30 pm", TimeError::NotATime),
        ("", TimeError::NotATime),
    ] {
        assert_eq!(Time::parse(text), Err(problem), "{text}");
    }
}

pub(super) fn day() -> impl Strategy<Value = Date> {
    (1_u32..=3_652_059).prop_map(|number| Date::from_day_number(number).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn months_are_added_as_jiff_does(day in day(), months in -130_000_i64..130_000) {
        let theirs = jiff_date(day).checked_add(months.months());
        let ours = day.checked_add_months(months);
        // jiff goes back beyond the year 1.
        let theirs = theirs.ok().filter(|date| date.year() >= 1);
        prop_assert_eq!(ours.map(jiff_date), theirs);
    }

    /// By the definition: no more months than leave year, month and day in order.
    #[test]
    fn months_are_counted_as_defined(day in day(), later in 0_i64..4000) {
        let Some(end) = day.checked_add_days(later) else { return Ok(()) };
        let months = day.months_until(end);
        let at = |n: i64| (i64::from(day.year()) * 12 + i64::from(day.month()) + n, day.day());
        let goal = (i64::from(end.year()) * 12 + i64::from(end.month()), end.day());
        prop_assert!(at(months) <= goal && goal < at(months + 1));
        prop_assert_eq!(end.months_until(day), -months);
        prop_assert_eq!(day.days_until(end), later);
    }

    #[test]
    fn no_text_panics(text in "[0-9TZ:.+-]{0,30}|\\PC{0,12}") {
        let _ = (Date::parse(&text).is_ok(), Time::parse(&text).is_ok(), DateTime::parse(&text).is_ok());
    }
}
