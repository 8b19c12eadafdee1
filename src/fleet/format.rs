//! Sizes, rates and times as people on storage read them. What is not known is a dash.
//!
//! Times of day depend on the reader's zone and language and are the page's business.

/// What stands for a value that is not known.
pub const NOT_KNOWN: &str = "—";

const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

const SECOND: i64 = 1000;

/// A size in binary units: `512 B`, `1.5 TiB`, `183 MiB`. One decimal below ten, none above; a
/// decimal of zero is left out.
pub fn bytes(value: Option<u64>) -> String {
    let Some(value) = value else { return NOT_KNOWN.to_owned() };
    let mut size: u64 = 1;
    for (index, unit) in UNITS.iter().enumerate() {
        // Apart from the full units, so that nothing grows beyond 64 bits.
        let (full, rest) = (value / size, value % size);
        let tenths = full.saturating_mul(10).saturating_add((rest * 10 + size / 2) / size);
        let whole = full + (rest + size / 2) / size;
        let is_last = index + 1 == UNITS.len();
        if whole < 1024 || is_last {
            return if tenths < 100 && !tenths.is_multiple_of(10) {
                format!("{}.{} {unit}", tenths / 10, tenths % 10)
            } else {
                format!("{whole} {unit}")
            };
        }
        size *= 1024;
    }
    NOT_KNOWN.to_owned()
}

/// A rate in bytes per second: `183 MiB/s`.
pub fn rate(bytes_per_second: Option<u64>) -> String {
    match bytes_per_second {
        Some(_) => format!("{}/s", bytes(bytes_per_second)),
        None => NOT_KNOWN.to_owned(),
    }
}

/// `42 %`.
pub fn percent(value: Option<u8>) -> String {
    value.map_or_else(|| NOT_KNOWN.to_owned(), |value| format!("{value} %"))
}

/// A length of time in its two greatest units: `35 s`, `14 min 20 s`, `2 h 14 min`, `3 d 4 h`; a second
/// unit of zero is left out. Negative lengths count as none.
pub fn duration(millis: Option<i64>) -> String {
    let Some(millis) = millis else { return NOT_KNOWN.to_owned() };
    let parts = parts(millis);
    let Some(first) = parts.iter().position(|(count, _)| *count > 0) else { return "0 s".to_owned() };
    let shown: Vec<String> = parts
        .iter()
        .skip(first)
        .take(2)
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    shown.join(" ")
}

/// How long ago something was, in its greatest unit: `12 s ago`, `5 min ago`; `just now` for less than
/// a second and, as clocks differ, for the future.
pub fn age(then: Option<i64>, now: i64) -> String {
    let Some(then) = then else { return NOT_KNOWN.to_owned() };
    match parts(now.saturating_sub(then)).into_iter().find(|(count, _)| *count > 0) {
        Some((count, unit)) => format!("{count} {unit} ago"),
        None => "just now".to_owned(),
    }
}

/// How long it is until an estimated end; what has passed its estimate says so.
pub fn time_left(estimated_end: Option<i64>, now: i64) -> String {
    match estimated_end {
        None => NOT_KNOWN.to_owned(),
        Some(end) if end <= now => "past its estimate".to_owned(),
        Some(end) => duration(Some(end.saturating_sub(now).max(SECOND))),
    }
}

/// Whole days, hours, minutes and seconds.
fn parts(millis: i64) -> [(i64, &'static str); 4] {
    let seconds = millis.max(0) / SECOND;
    [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")]
}

/// An instant in UTC to the second: `2026-11-22 06:00:00 UTC`.
pub fn utc(at: i64) -> String {
    let text = crate::wire::time::format(at);
    format!("{} {} UTC", text.get(..10).unwrap_or_default(), text.get(11..19).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_read_as_storage_people_say_them() {
        for (value, text) in [
            (0, "0 B"),
            (1, "1 B"),
            (1023, "1023 B"),
            (1024, "1 KiB"),
            (1536, "1.5 KiB"),
            (183 << 20, "183 MiB"),
            ((1 << 40) + (1 << 39), "1.5 TiB"),
            (10_995_116_277_760, "10 TiB"),
            ((1 << 30) - 1, "1 GiB"),
            (u64::MAX, "16 EiB"),
        ] {
            assert_eq!(bytes(Some(value)), text, "{value}");
        }
        assert_eq!(rate(Some(201_326_592)), "192 MiB/s");
    }

    #[test]
    fn lengths_of_time_have_two_units_at_most() {
        for (millis, text) in [
            (0, "0 s"),
            (-5, "0 s"),
            (999, "0 s"),
            (35_000, "35 s"),
            (860_000, "14 min 20 s"),
            (7_200_000, "2 h"),
            (8_040_000, "2 h 14 min"),
            (7_205_000, "2 h"),
            (273_600_000, "3 d 4 h"),
        ] {
            assert_eq!(duration(Some(millis)), text, "{millis}");
        }
    }

    #[test]
    fn ages_have_one_unit() {
        let now = 1_000_000_000;
        assert_eq!(age(Some(now - 12_345), now), "12 s ago");
        assert_eq!(age(Some(now - 301_000), now), "5 min ago");
        assert_eq!(age(Some(now - 999), now), "just now");
        assert_eq!(age(Some(now + 60_000), now), "just now");
        assert_eq!(age(Some(i64::MIN), i64::MAX), format!("{} d ago", i64::MAX / 86_400_000));
    }

    #[test]
    fn what_is_left_ends_with_the_estimate() {
        assert_eq!(time_left(Some(8_041_000), 1000), "2 h 14 min");
        assert_eq!(time_left(Some(1001), 1000), "1 s");
        assert_eq!(time_left(Some(1000), 1000), "past its estimate");
    }

    #[test]
    fn an_instant_reads_in_utc() {
        assert_eq!(utc(1_641_452_101_870), "2022-01-06 06:55:01 UTC");
    }

    #[test]
    fn what_is_not_known_is_a_dash() {
        let all = [bytes(None), rate(None), percent(None), duration(None), age(None, 0), time_left(None, 0)];
        assert!(all.iter().all(|text| text == NOT_KNOWN));
        assert_eq!(percent(Some(42)), "42 %");
    }

    proptest! {
        #[test]
        fn a_size_is_never_far_from_its_text(value: u64) {
            let text = bytes(Some(value));
            let (number, unit) = text.split_once(' ').unwrap();
            let power = UNITS.iter().position(|known| *known == unit).unwrap();
            let number: f64 = number.parse().unwrap();
            let told = number * 1024f64.powi(i32::try_from(power).unwrap());
            prop_assert!(number < 1024.0);
            prop_assert!((told - value as f64).abs() <= value as f64 * 0.051 + 0.5, "{value} {text}");
        }
    }
}
