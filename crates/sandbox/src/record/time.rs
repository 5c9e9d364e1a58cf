//! Points in time, in seconds since 1970 (BEHAVIOUR.md 4.1, 5.2).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// The Gregorian calendar repeats after 400 years.
const CYCLE_YEARS: i64 = 400;
const CYCLE_SECONDS: i64 = 146_097 * 86_400;

pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}

/// `YYYY-MM-DDThh:mm:ssZ`; empty for a time outside the calendar.
pub(super) fn format(seconds: i64) -> String {
    Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default()
}

/// An ISO date, with or without time and offset. Digits alone are a year, cut to 32 bits of seconds: "86400"
/// becomes 2016-09-12T19:54:40Z.
pub(super) fn parse(text: &str) -> Option<i64> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return year(text.parse().ok()?);
    }
    let in_utc = |local: DateTime| local.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    let time = text.parse::<Timestamp>().ok();
    let time = time.or_else(|| in_utc(text.parse::<DateTime>().ok()?));
    time.map(|time| time.as_second())
}

fn year(year: i64) -> Option<i64> {
    let cycles = year.checked_sub(2000)?.div_euclid(CYCLE_YEARS);
    let within = i16::try_from(2000 + (year - 2000).rem_euclid(CYCLE_YEARS)).ok()?;
    let start = Date::new(within, 1, 1).ok()?.to_zoned(TimeZone::UTC).ok()?;
    let seconds = start.timestamp().as_second().checked_add(cycles.checked_mul(CYCLE_SECONDS)?)?;
    // The server keeps seconds in 32 bits.
    #[allow(clippy::cast_possible_truncation)]
    Some(i64::from(seconds as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_date() {
        for (text, expected) in [
            ("2030-01-02T03:04:05Z", "2030-01-02T03:04:05Z"),
            ("2030-01-02T03:04:05.678Z", "2030-01-02T03:04:05Z"),
            ("2030-01-02T03:04:05+02:00", "2030-01-02T01:04:05Z"),
            ("1999-01-01T00:00:00Z", "1999-01-01T00:00:00Z"),
            ("86400", "2016-09-12T19:54:40Z"),
            ("2024", "2024-01-01T00:00:00Z"),
        ] {
            assert_eq!(parse(text).map(format).as_deref(), Some(expected), "{text}");
        }
        for text in ["yesterday", "", "-"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
