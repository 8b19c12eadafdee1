//! How fast a copy runs, and how far it is at any moment.
//!
//! A session copies at rates that vary from slice to slice. They repeat after [`SLICES`] slices, so
//! that the bytes copied at any moment have a closed form: what is shown depends on the session and
//! the time, never on who asked how often.

use super::seed::Seed;

/// The length of a slice of constant rate, in milliseconds.
pub const SLICE_MS: i64 = 10_000;
const SLICES: usize = 32;
const BYTES_PER_MEGABYTE: u64 = 1_000_000;

/// The rates of one run of a copy: from its start to a pause, or to its end.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// Bytes per second in each slice.
    rates: [u64; SLICES],
}

impl Course {
    /// The course that belongs to `seed`: a pace of the session's own, and 35 percent up or down.
    pub fn of(mut seed: Seed) -> Self {
        let pace = seed.within(80, 400) * BYTES_PER_MEGABYTE;
        let mut rates = [0; SLICES];
        for rate in &mut rates {
            *rate = pace * seed.within(65, 135) / 100;
        }
        Course { rates }
    }

    /// The rate `elapsed` milliseconds after the start, in bytes per second.
    pub fn rate(&self, elapsed: i64) -> u64 {
        let slice = usize::try_from(elapsed.max(0) / SLICE_MS).unwrap_or(0) % SLICES;
        self.rates.get(slice).copied().unwrap_or(0)
    }

    /// Bytes copied within `elapsed` milliseconds from the start.
    pub fn copied(&self, elapsed: i64) -> u64 {
        let elapsed = u64::try_from(elapsed).unwrap_or(0);
        let slice_ms = SLICE_MS.unsigned_abs();
        let (whole, rest) = (elapsed / slice_ms, elapsed % slice_ms);
        let rounds = whole / SLICES as u64;
        let begun = usize::try_from(whole % SLICES as u64).unwrap_or(0);
        let seconds = slice_ms / 1000;
        let round: u64 = self.rates.iter().sum();
        let part: u64 = self.rates.iter().take(begun).sum();
        let last = self.rates.get(begun).copied().unwrap_or(0);
        (round * rounds + part) * seconds + last * rest / 1000
    }

    /// Milliseconds until `bytes` are copied, rounded up.
    pub fn time_for(&self, bytes: u64) -> i64 {
        let seconds = SLICE_MS.unsigned_abs() / 1000;
        let round = self.rates.iter().sum::<u64>().max(1) * seconds;
        let mut elapsed = (bytes / round) * SLICES as u64 * seconds * 1000;
        let mut left = bytes % round;
        for rate in self.rates {
            if left <= rate * seconds {
                elapsed += (left * 1000).div_ceil(rate.max(1));
                break;
            }
            left -= rate * seconds;
            elapsed += seconds * 1000;
        }
        i64::try_from(elapsed).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_for_an_amount_is_when_that_amount_is_copied() {
        for number in 0..50 {
            let course = Course::of(Seed::new(number));
            for bytes in [1, 50_000_000_000, 777_777_777_777, 8_000_000_000_000] {
                let time = course.time_for(bytes);
                assert!(course.copied(time) >= bytes, "{number} {bytes}");
                assert!(course.copied(time - 2) < bytes, "{number} {bytes}");
            }
        }
    }

    #[test]
    fn what_is_copied_never_shrinks_and_the_rate_varies() {
        let course = Course::of(Seed::new(9));
        let mut before = 0;
        for elapsed in (0..2_000_000).step_by(777) {
            let copied = course.copied(elapsed);
            assert!(copied >= before);
            before = copied;
        }
        assert_ne!(course.rate(0), course.rate(SLICE_MS));
        assert_eq!(course.copied(0), 0);
        assert_eq!(course.copied(-5), 0);
    }
}
