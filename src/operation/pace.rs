//! How long to wait between two reads.

/// At rest the list is read this many times more seldom than while something moves.
const REST: i64 = 6;
/// The longest wait that failures lead to, milliseconds.
const LONGEST: i64 = 60_000;

/// Milliseconds until the next read: `refresh` while something `moves`, longer at rest, and doubled with
/// every failure in a row up to a minute (or `refresh`, if that is longer).
pub fn delay(refresh: i64, moves: bool, failures: u32) -> i64 {
    let calm = if moves { refresh } else { refresh * REST };
    if failures == 0 {
        return calm;
    }
    let doubled = refresh.saturating_mul(1 << failures.min(16));
    doubled.min(LONGEST.max(refresh))
}

/// The age, in milliseconds, from which on data is old: two reads at rest should have brought newer.
pub fn overdue(refresh: i64) -> i64 {
    2 * REST * refresh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_is_asked_more_often() {
        assert_eq!(delay(5_000, true, 0), 5_000);
        assert_eq!(delay(5_000, false, 0), 30_000);
    }

    #[test]
    fn failures_slow_it_down_to_a_minute_at_most() {
        let waits: Vec<i64> = (1..7).map(|failures| delay(5_000, true, failures)).collect();
        assert_eq!(waits, [10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
        assert_eq!(delay(300_000, true, 40), 300_000);
    }
}
