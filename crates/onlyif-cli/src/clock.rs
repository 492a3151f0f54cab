//! The clock, which is read for `--now now` and nowhere else.

use crate::exit::Failure;
use onlyif::value::DateTime;

/// The text of a date-time: of this moment in this machine's zone, or the one that was given.
pub(crate) fn read(given: &str) -> Result<String, Failure> {
    if given == "now" {
        let here = jiff::ZonedDateTime::now();
        return Ok(here.timestamp().display_with_offset(here.offset()).to_string());
    }
    match DateTime::parse(given) {
        Ok(_) => Ok(given.to_owned()),
        Err(error) => {
            let message = format!("`--now` wants a date-time: {error}");
            Err(Failure::value(message, "write `--now 2026-03-03T09:30:00+01:00`, or `--now now` for the clock"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_writes_what_requests_may_hold() {
        assert!(read("now").is_ok_and(|text| DateTime::parse(&text).is_ok()));
        assert!(read("2026-03-03T09:30:00+01:00").is_ok_and(|text| text == "2026-03-03T09:30:00+01:00"));
        assert!(read("2026-03-03").is_err());
    }
}
