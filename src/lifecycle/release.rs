//! The release of an array's software: every field and action knows since when it exists.

use std::fmt;

/// A release such as 1.0.2 or 4.1.0.0; missing places count as 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(pub [u16; 4]);

impl Release {
    /// The first release that had the API at all: what an unknown release is asked by.
    pub const OLDEST: Release = Release([1, 0, 0, 0]);

    /// Reads the leading digits and dots of `text`; a build suffix such as `-1234567` is left out.
    /// `None` when it does not begin with a number or a place does not fit 16 bits.
    pub fn parse(text: &str) -> Option<Release> {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let mut places = [0u16; 4];
        let mut read = text.get(..end)?.split('.');
        for (index, place) in places.iter_mut().enumerate() {
            match read.next() {
                Some(digits) if !digits.is_empty() => *place = digits.parse().ok()?,
                _ if index == 0 => return None,
                _ => break,
            }
        }
        Some(Release(places))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.0;
        write!(f, "{a}.{b}.{c}.{d}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_arrays_report() {
        assert_eq!(Release::parse("4.1.0.0"), Some(Release([4, 1, 0, 0])));
        assert_eq!(Release::parse("1.0.2"), Some(Release([1, 0, 2, 0])));
        assert_eq!(Release::parse("3.6.0.1-2145637"), Some(Release([3, 6, 0, 1])));
        assert_eq!(Release::parse("2.0.1.3.1487206"), Some(Release([2, 0, 1, 3])));
        assert_eq!(Release::parse("unknown"), None);
        assert_eq!(Release::parse("999999.0"), None);
        assert_eq!(Release::parse(""), None);
    }

    #[test]
    fn orders_by_place_and_not_by_text() {
        assert!(Release([1, 0, 2, 0]) > Release::OLDEST);
        assert!(Release([3, 10, 0, 0]) > Release([3, 9, 9, 9]));
    }
}
