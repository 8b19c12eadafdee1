//! Numbers that look random and are a function of the seed alone (SplitMix64).

/// A stream of numbers, and the root of further independent streams.
#[derive(Clone, Copy, Debug)]
pub struct Seed(u64);

impl Seed {
    /// The stream that belongs to `number`.
    pub const fn new(number: u64) -> Self {
        Seed(number)
    }

    /// An independent stream for what `salt` stands for; this one is not moved.
    pub fn derive(self, salt: u64) -> Self {
        let mut derived = Seed(self.0 ^ salt.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        Seed(derived.draw())
    }

    /// An independent stream for a word.
    pub fn named(self, word: &str) -> Self {
        word.bytes().fold(self, |seed, byte| seed.derive(u64::from(byte) + 1))
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The next number, from `low` to `high`, both included.
    pub fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.draw() % (high.saturating_sub(low) + 1)
    }

    /// True in `per_mille` of a thousand cases.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.within(0, 999) < u64::from(per_mille)
    }

    /// One of `choices`; `None` only when there are none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let last = u64::try_from(choices.len()).ok()?.checked_sub(1)?;
        choices.get(usize::try_from(self.within(0, last)).ok()?)
    }

    /// An identifier in the form of a random UUID.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.draw(), self.draw());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xFFFF,
            high & 0xFFF,
            0x8000 | ((low >> 48) & 0x3FFF),
            low & 0xFFFF_FFFF_FFFF
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_stream_and_salts_part_it() {
        let (mut one, mut same, mut other) = (Seed::new(7).derive(1), Seed::new(7).derive(1), Seed::new(7).derive(2));
        let drawn: Vec<u64> = (0..4).map(|_| one.draw()).collect();
        assert_eq!(drawn, (0..4).map(|_| same.draw()).collect::<Vec<_>>());
        assert_ne!(drawn, (0..4).map(|_| other.draw()).collect::<Vec<_>>());
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut seed = Seed::new(1);
        for _ in 0..1000 {
            assert!((20..=60).contains(&seed.within(20, 60)));
        }
        assert_eq!(seed.within(5, 5), 5);
        assert!(!seed.chance(0));
        assert!(seed.chance(1000));
        assert_eq!(seed.pick::<u8>(&[]), None);
    }

    #[test]
    fn identifiers_have_the_usual_form() {
        let id = Seed::new(3).uuid();
        assert_eq!(id.len(), 36);
        assert_eq!(id.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    }
}
