//! The fleet's own time, which runs at a speed beside the caller's.

/// Turns the caller's time into the fleet's. All times are milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    callers: i64,
    fleets: i64,
    speed: f64,
}

impl Clock {
    /// A clock that shows `shown` when the caller's shows `now`.
    pub const fn showing(shown: i64, now: i64, speed: f64) -> Self {
        Clock { callers: now, fleets: shown, speed }
    }

    /// The fleet's time at the caller's `now`; never before an earlier answer.
    pub fn at(&self, now: i64) -> i64 {
        let passed = now.saturating_sub(self.callers).max(0);
        if self.speed == 1.0 {
            return self.fleets.saturating_add(passed);
        }
        // Milliseconds of a few centuries fit the 53 bits of a float.
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        self.fleets.saturating_add((passed as f64 * self.speed) as i64)
    }

    /// From the caller's `now` on, runs at `speed` fleet seconds per caller's second.
    pub fn set_speed(&mut self, now: i64, speed: f64) {
        *self = Clock { callers: self.callers.max(now), fleets: self.at(now), speed };
    }

    /// At the caller's `now`, jumps ahead to the fleet's time `to`; never back.
    pub fn jump(&mut self, now: i64, to: i64) {
        *self = Clock { callers: self.callers.max(now), fleets: self.at(now).max(to), speed: self.speed };
    }

    /// The same as it is told: without a fraction where it has none.
    #[allow(clippy::cast_possible_truncation)]
    pub fn speed_told(&self) -> serde_json::Value {
        if self.speed.fract() == 0.0 { (self.speed as i64).into() } else { self.speed.into() }
    }

    /// Fleet seconds per caller's second.
    pub const fn speed(&self) -> f64 {
        self.speed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_with_the_caller_until_it_is_told_otherwise() {
        let mut clock = Clock::showing(1000, 1000, 1.0);
        assert_eq!(clock.at(1500), 1500);
        clock.set_speed(1500, 60.0);
        assert_eq!(clock.at(1600), 1500 + 6000);
        clock.set_speed(1600, 0.0);
        assert_eq!(clock.at(99_999), 7500);
        clock.jump(99_999, 8000);
        assert_eq!(clock.at(100_000), 8000);
    }

    #[test]
    fn never_runs_back() {
        let mut clock = Clock::showing(1000, 1000, 1.0);
        assert_eq!(clock.at(10), 1000);
        clock.jump(1000, 5);
        assert_eq!(clock.at(1000), 1000);
    }
}
