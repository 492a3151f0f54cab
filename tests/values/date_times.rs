use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use onlyif::value::{CalendarError, DateError, DateTime, DateTimeError, Duration, Time, TimeError};
use proptest::prelude::*;

use super::dates::day;

fn instant(text: &str) -> DateTime {
    DateTime::parse(text).unwrap()
}

#[test]
fn only_strict_date_times_are_read() {
    for (text, problem) in [
        ("2026-01-31", DateTimeError::NoT),
        ("2026-01-31 17:30:00Z", DateTimeError::NoT),
        ("2026-01-31t17:30:00Z", DateTimeError::NoT),
        ("20260131T173000Z", DateTimeError::Date(DateError::NotADate)),
        ("+002026-01-31T17:30:00Z", DateTimeError::Date(DateError::NotADate)),
        ("2026-01-31T17:30:00", DateTimeError::NoOffset),
        ("2026-01-31T17:30:00z", DateTimeError::NoOffset),
        ("2026-01-31T17:30:00,5Z", DateTimeError::NoOffset),
        ("2026-01-31T17:30:00+01", DateTimeError::NoOffset),
        ("2026-01-31T17:30:00+0100", DateTimeError::NoOffset),
        ("2026-01-31T17:30:00+01:60", DateTimeError::OffsetMinutes(60)),
        ("2026-01-31T17:30:00+18:01", DateTimeError::OffsetTooWide),
        ("2026-01-31T17:30:00-25:00", DateTimeError::OffsetTooWide),
        ("2026-01-31T17:30:00-99:59", DateTimeError::OffsetTooWide),
        ("2026-01-31T17:30:00Z[UTC]", DateTimeError::Trailing),
        ("2026-01-31T17:30:00+01:00 ", DateTimeError::Trailing),
        ("2026-01-31T17:30Z", DateTimeError::Time(TimeError::NoSeconds)),
        ("2026-01-31T17Z", DateTimeError::Time(TimeError::NotATime)),
        ("2026-01-31T17:30:60Z", DateTimeError::Time(TimeError::NoSuchSecond(60))),
        ("2016-12-31T23:59:60Z", DateTimeError::Time(TimeError::NoSuchSecond(60))),
        ("2026-01-31T24:00:00Z", DateTimeError::Time(TimeError::NoSuchHour(24))),
        ("2026-01-31T17:30:00.Z", DateTimeError::Time(TimeError::NotATime)),
        ("2026-01-31T17:30:00.1234567890Z", DateTimeError::Time(TimeError::TooFine)),
        ("0001-01-01T00:00:00+00:01", DateTimeError::OutOfRange),
        ("9999-12-31T23:59:59-00:01", DateTimeError::OutOfRange),
        ("", DateTimeError::Date(DateError::NotADate)),
    ] {
        assert_eq!(DateTime::parse(text), Err(problem), "{text}");
    }
    assert_eq!(DateTime::parse("2026-02-30T00:00:00Z").unwrap_err().to_string(), "there is no day `30`, February 2026 has 28 days");
}

#[test]
fn an_instant_is_compared_and_its_offset_kept() {
    let berlin = instant("2026-01-31T00:30:00.25+01:00");
    let utc = instant("2026-01-30T23:30:00.25Z");
    assert_eq!(berlin, utc);
    let hash = |value: DateTime| {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    };
    assert_eq!(hash(berlin), hash(utc));
    assert_ne!(berlin.date(), utc.date());
    assert_eq!(berlin.time().to_string(), "00:30:00.25");
    assert_eq!(berlin.offset_minutes(), 60);
    assert_eq!(berlin.to_string(), "2026-01-31T00:30:00.25+01:00");
    assert_eq!(utc.to_string(), "2026-01-30T23:30:00.25Z");
    assert_eq!(instant("2026-01-31T00:00:00-00:00").to_string(), "2026-01-31T00:00:00Z");
    assert_eq!(instant("2026-01-31T00:00:00-09:30").to_string(), "2026-01-31T00:00:00-09:30");
    assert!(instant("2026-01-31T00:00:00.000000001Z") > instant("2026-01-31T00:00:00Z"));
    assert_eq!(instant("1970-01-01T00:00:00Z").utc_seconds(), 0);
    assert_eq!(instant("1969-12-31T23:59:59.5Z").utc_seconds(), -1);
    instant("0001-01-01T00:00:00Z");
    instant("9999-12-31T23:59:59.999999999+18:00");
}

#[test]
fn instants_take_exact_durations() {
    let start = instant("2026-03-01T00:00:00.5+01:00");
    let add = |text: &str| start.checked_add(Duration::parse(text).unwrap());
    assert_eq!(add("-0.75 seconds").unwrap().to_string(), "2026-02-28T23:59:59.75+01:00");
    assert_eq!(add("2 days").unwrap().to_string(), "2026-03-03T00:00:00.5+01:00");
    assert_eq!(add("1 month"), Err(CalendarError::MonthsWithDateTime));
    assert_eq!(add("4000000 days"), Err(CalendarError::DateOutOfRange));
    // In UTC still in the year 9999, in the written offset no longer.
    let late = instant("9999-12-31T23:59:59+18:00");
    assert_eq!(late.checked_add(Duration::parse("1 hour").unwrap()), Err(CalendarError::DateOutOfRange));
    let widest = instant("0001-01-01T00:00:00Z").duration_until(instant("9999-12-31T23:59:59Z"));
    assert_eq!(Duration::from_nanoseconds(widest.nanoseconds().unwrap()), Some(widest));
    assert_eq!(start.duration_until(add("90 minutes").unwrap()).to_string(), "90 minutes");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn date_times_are_read_as_jiff_does(
        day in day(), second in 0_u32..86_400, nanosecond in 0_u32..1_000_000_000,
        digits in 0_usize..=9, offset in -1080_i16..=1080,
    ) {
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let fraction = format!(".{nanosecond:09}");
        let fraction = if digits == 0 { "" } else { fraction.get(..=digits).unwrap() };
        let sign = if offset < 0 { '-' } else { '+' };
        let size = offset.abs();
        let text = format!(
            "{day}T{hour:02}:{minute:02}:{second:02}{fraction}{sign}{:02}:{:02}", size / 60, size % 60,
        );
        let theirs: jiff::Timestamp = text.parse().unwrap();
        match DateTime::parse(&text) {
            Ok(ours) => {
                prop_assert_eq!(
                    i128::from(ours.utc_seconds()) * 1_000_000_000 + i128::from(ours.nanosecond()),
                    theirs.as_nanosecond()
                );
                prop_assert_eq!(ours.date(), day);
                prop_assert_eq!(ours.offset_minutes(), offset);
                let again = DateTime::parse(&ours.to_string()).unwrap();
                prop_assert_eq!((again, again.date(), again.offset_minutes()), (ours, day, offset));
            }
            Err(problem) => {
                prop_assert_eq!(problem, DateTimeError::OutOfRange);
                let year = jiff::tz::Offset::UTC.to_datetime(theirs).year();
                prop_assert!(!(1..=9999).contains(&year));
            }
        }
    }

    #[test]
    fn what_is_added_can_be_measured(
        day in day(), second in 0_u8..60, offset in -1080_i16..=1080, nanoseconds in any::<i64>(),
    ) {
        let start = DateTime::new(day, Time::new(12, 0, second, 7).unwrap(), offset);
        let length = Duration::from_nanoseconds(i128::from(nanoseconds)).unwrap();
        if let Ok(start) = start && let Ok(end) = start.checked_add(length) {
            prop_assert_eq!(start.duration_until(end), length);
            prop_assert_eq!(end.checked_sub(length), Ok(start));
            prop_assert_eq!(end > start, nanoseconds > 0);
        }
    }
}
