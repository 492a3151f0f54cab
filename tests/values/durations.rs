use std::cmp::Ordering;

use onlyif::value::{CalendarError, Decimal, Duration, DurationError, NumberError};
use proptest::prelude::*;

fn duration(text: &str) -> Duration {
    Duration::parse(text).unwrap()
}

#[test]
fn durations_are_read_and_shown() {
    for (text, shown) in [
        ("90 minutes", "90 minutes"),
        ("1 hour", "1 hour"),
        ("1 hours", "1 hour"),
        ("3 days", "3 days"),
        ("24 hours", "1 day"),
        ("14 days", "2 weeks"),
        ("6 months", "6 months"),
        ("12 months", "1 year"),
        ("1_000\t seconds", "1000 seconds"),
        ("-3 days", "-3 days"),
        ("-1 day", "-1 day"),
        ("1.5 hours", "90 minutes"),
        ("0.5 seconds", "0.5 seconds"),
        ("0.000000001 seconds", "0.000000001 seconds"),
        ("1.5 weeks", "252 hours"),
        ("0 days", "0 seconds"),
        ("0 years", "0 months"),
        ("1.0 months", "1 month"),
        ("PT90M", "90 minutes"),
        ("P3D", "3 days"),
        ("P1Y6M", "18 months"),
        ("P2W", "2 weeks"),
        ("PT1.5S", "1.5 seconds"),
        ("PT0.5H", "30 minutes"),
        ("P1DT2H3M4.5S", "93784.5 seconds"),
        ("-P1D", "-1 day"),
        ("-PT0.25S", "-0.25 seconds"),
        ("P0D", "0 seconds"),
        ("P0M", "0 months"),
        ("PT1H1S", "3601 seconds"),
    ] {
        assert_eq!(duration(text).to_string(), shown, "{text}");
    }
}

#[test]
fn other_texts_are_no_durations() {
    for (text, problem) in [
        ("", DurationError::NotADuration),
        ("-", DurationError::NotADuration),
        ("P", DurationError::NotADuration),
        ("PT", DurationError::NotADuration),
        ("P1DT", DurationError::NotADuration),
        ("P1", DurationError::NotADuration),
        ("P1H", DurationError::NotADuration),
        ("PT1D", DurationError::NotADuration),
        ("P1D1D", DurationError::NotADuration),
        ("P1D2Y", DurationError::NotADuration),
        ("P1W2D", DurationError::NotADuration),
        ("P1D2W", DurationError::NotADuration),
        ("PT1S1M", DurationError::NotADuration),
        ("PT1.5H1M", DurationError::NotADuration),
        ("PT1,5S", DurationError::NotADuration),
        ("PTT1S", DurationError::NotADuration),
        ("P-1D", DurationError::NotADuration),
        ("+P1D", DurationError::NotADuration),
        ("--P1D", DurationError::NotADuration),
        ("p1d", DurationError::NotADuration),
        ("P1D ", DurationError::NotADuration),
        ("P1_0D", DurationError::NotADuration),
        ("P.5D", DurationError::Amount(NumberError::MissingWholePart)),
        ("P1.D", DurationError::Amount(NumberError::MissingFraction)),
        ("PT1.2.3S", DurationError::NotADuration),
        ("P1M2D", DurationError::Mixed),
        ("P1YT1H", DurationError::Mixed),
        ("P1Y0D", DurationError::Mixed),
        ("P0.5Y", DurationError::PartOfMonth),
        ("1.5 years", DurationError::PartOfMonth),
        ("0.5 months", DurationError::PartOfMonth),
        ("90", DurationError::NoUnit),
        ("90 ", DurationError::NoUnit),
        ("90minutes", DurationError::NoBlank),
        ("minutes", DurationError::NotADuration),
        ("ninety minutes", DurationError::NotADuration),
        ("90 min", DurationError::UnknownUnit),
        ("90 Minutes", DurationError::UnknownUnit),
        ("90 minutess", DurationError::UnknownUnit),
        ("90 minutes ", DurationError::UnknownUnit),
        ("90 decades", DurationError::UnknownUnit),
        (" 90 minutes", DurationError::NotADuration),
        ("5. days", DurationError::Amount(NumberError::MissingFraction)),
        ("0.0000000001 seconds", DurationError::TooFine),
        ("30001 years", DurationError::TooLong),
        ("11000000 days", DurationError::TooLong),
        ("9999999999999999999999999999 weeks", DurationError::TooLong),
        ("9999999999999999999999999999 years", DurationError::TooLong),
    ] {
        assert_eq!(Duration::parse(text), Err(problem), "{text}");
    }
}

#[test]
fn months_and_days_do_not_meet() {
    let (month, day) = (duration("1 month"), duration("30 days"));
    assert_eq!(month.compare(day), Err(CalendarError::MonthsWithExact));
    assert_eq!(day.compare(month), Err(CalendarError::MonthsWithExact));
    assert_eq!(month.checked_add(day), Err(CalendarError::MonthsWithExact));
    assert_ne!(duration("0 months"), duration("0 days"));
    assert_eq!(duration("1 year").compare(duration("12 months")), Ok(Ordering::Equal));
    assert_eq!(duration("25 hours").compare(duration("1 day")), Ok(Ordering::Greater));
    assert_eq!((month.months(), month.days()), (Some(1), None));
    assert_eq!((day.months(), day.days()), (None, Some(30)));
    assert!(day.is_whole_days() && !month.is_whole_days() && !duration("36 hours").is_whole_days());
}

#[test]
fn durations_are_reckoned_exactly() {
    let half = Decimal::parse("0.5").unwrap();
    let times = |text: &str, factor: Decimal| duration(text).checked_mul(factor);
    assert_eq!(times("1 day", half), Ok(duration("12 hours")));
    assert_eq!(times("1 year", half), Ok(duration("6 months")));
    assert_eq!(times("1 month", half), Err(CalendarError::NotExact));
    assert_eq!(times("0.000000001 seconds", half), Err(CalendarError::NotExact));
    assert_eq!(times("3 days", Decimal::from(-2)), Ok(duration("-6 days")));
    let huge = Decimal::parse("9999999999999999999999999999").unwrap();
    assert_eq!(times("1 year", huge), Err(CalendarError::DurationTooLong));
    assert_eq!(times("30000 years", Decimal::from(2)), Err(CalendarError::DurationTooLong));
    assert_eq!(times("0 days", huge), Ok(duration("0 days")));
    let most = duration("30000 years");
    assert_eq!(most.checked_add(duration("1 month")), Err(CalendarError::DurationTooLong));
    assert_eq!(most.checked_sub(most), Ok(duration("0 months")));
    assert_eq!(duration("1 hour").checked_sub(duration("90 minutes")), Ok(duration("-30 minutes")));
    assert_eq!(duration("1 hour").negated(), duration("-1 hour"));
    assert_eq!(Duration::from_nanoseconds(i128::MIN), None);
    assert_eq!(Duration::from_months(i64::MIN), None);
    assert_eq!(Duration::from_days(i64::MAX), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_text_reads_back(nanoseconds in any::<i64>(), unit in 0_u32..12, months in -360_000_i64..=360_000) {
        let exact = i128::from(nanoseconds) / 10_i128.pow(unit) * 10_i128.pow(unit);
        for value in [Duration::from_nanoseconds(exact).unwrap(), Duration::from_months(months).unwrap()] {
            prop_assert_eq!(Duration::parse(&value.to_string()), Ok(value));
        }
    }

    #[test]
    fn iso_is_read_as_jiff_does(
        d in 0_i64..5000, h in 0_i64..100, m in 0_i64..100, s in 0_i64..100, n in 0_u32..1_000_000_000,
    ) {
        let text = format!("P{d}DT{h}H{m}M{s}.{n:09}S");
        let span: jiff::Span = text.parse().unwrap();
        let whole = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).unwrap();
        prop_assert_eq!(Duration::parse(&text).unwrap().nanoseconds(), Some(whole.as_nanos()));
    }

    #[test]
    fn no_text_panics(text in "-?P?[0-9YMWDTHS.]{0,14}|[-0-9._]{0,40} [a-z]{0,8}|\\PC{0,12}") {
        let _ = Duration::parse(&text).is_ok();
    }
}
