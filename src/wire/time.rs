//! Timestamps of the arrays, as milliseconds since 1970-01-01T00:00:00Z.

const DAY: i64 = 86_400_000;

/// Reads an RFC 3339 timestamp with any number of fraction digits and any offset, such as
/// `2022-01-06T06:55:01.870946+00:00`; digits past the millisecond are dropped. `None` when it is not one.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let mut parts = date.split('-');
    let (year, month, day) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let clock = rest.get(..8)?;
    let mut parts = clock.split(':');
    let (hour, minute, second) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let rest = rest.get(8..)?;
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let digits = rest.get(..end)?;
            if digits.is_empty() {
                return None;
            }
            (digits, rest.get(end..)?)
        }
        None => ("", rest),
    };
    let millis = fraction
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(3)
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let offset = zone_minutes(zone)?;
    let seconds = ((hour * 60 + minute - offset) * 60) + second;
    Some(days_before(year, month, day) * DAY + seconds * 1000 + millis)
}

/// Writes the form that arrays use: `2026-11-21T12:04:00.000+00:00`.
pub fn format(millis: i64) -> String {
    let (year, month, day) = date(millis);
    let (hour, minute, second, milli) = clock(millis);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}+00:00")
}

/// Reads the `Date` header of HTTP, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn parse_http_date(text: &str) -> Option<i64> {
    let mut words = text.split_once(", ")?.1.split(' ');
    let day = number(words.next()?, 2)?;
    let name = words.next()?;
    let month = i64::try_from(MONTHS.iter().position(|month| *month == name)?).ok()? + 1;
    let year = words.next()?;
    let clock = words.next()?;
    parse(&format!("{year}-{month:02}-{day:02}T{clock}Z"))
}

/// Writes the `Date` header of HTTP.
pub fn format_http_date(millis: i64) -> String {
    let (year, month, day) = date(millis);
    let (hour, minute, second, _) = clock(millis);
    let named = |names: &'static [&'static str], index: i64| {
        usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
    };
    let weekday = named(&WEEKDAYS, (millis.div_euclid(DAY) + 4).rem_euclid(7));
    let month = named(&MONTHS, month - 1);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn number(digits: &str, length: usize) -> Option<i64> {
    (digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn zone_minutes(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = match (zone.strip_prefix('+'), zone.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    Some(sign * (number(hours, 2)? * 60 + number(minutes, 2)?))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to this date of the Gregorian calendar (the year counted from March).
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date(millis: i64) -> (i64, i64, i64) {
    let days = millis.div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn clock(millis: i64) -> (i64, i64, i64, i64) {
    let rest = millis.rem_euclid(DAY);
    (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_forms_that_arrays_send() {
        assert_eq!(parse("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse("2022-01-06T06:55:01.870946+00:00"), Some(1_641_452_101_870));
        assert_eq!(parse("2017-09-01T08:15:30-05:00"), parse("2017-09-01T13:15:30Z"));
        assert_eq!(parse("2024-02-29T00:00:00.1+00:00"), Some(1_709_164_800_100));
    }

    #[test]
    fn takes_nothing_else_for_a_time() {
        for text in [
            "",
            "soon",
            "2023-02-29T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-01-01",
            "2024-01-01T25:00:00Z",
            "2024-01-01T00:00:00",
            "2024-01-01T00:00:00.Z",
            "äöü4-01-01T00:00:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn reads_and_writes_the_date_header() {
        let text = "Sun, 06 Nov 1994 08:49:37 GMT";
        let millis = parse_http_date(text).unwrap();
        assert_eq!(millis, 784_111_777_000);
        assert_eq!(format_http_date(millis), text);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(millis in -60_000_000_000_000i64..250_000_000_000_000) {
            prop_assert_eq!(parse(&format(millis)), Some(millis));
            prop_assert_eq!(parse_http_date(&format_http_date(millis)), Some(millis - millis.rem_euclid(1000)));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = parse(&text);
            let _ = parse_http_date(&text);
        }
    }
}
