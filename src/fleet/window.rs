//! The arithmetic of a list of which only the visible part is in the page.
//!
//! All rows are equally high. The page holds those in the window and a few around them; empty space
//! stands for the rest, so that the scroll bar tells the truth. One row outside may be kept, the one
//! with the focus: removing it would throw a person who uses the keyboard out of the list.

use std::ops::Range;

/// What the page measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scroll {
    /// The height of a row in pixels; 0 counts as 1.
    pub row_height: u32,
    /// How far the list is scrolled, in pixels; browsers report values outside the list for a moment.
    pub top: i64,
    /// The height of the visible part in pixels.
    pub viewport: u32,
    /// How many rows the list has.
    pub total: usize,
    /// How many rows are held ready on each side of the visible ones.
    pub overscan: usize,
    /// The row that must stay in the page wherever it is.
    pub kept: Option<usize>,
}

/// What the page holds, from top to bottom: `before`, the kept row with `between` when it is above,
/// the rows, `between` with the kept row when it is below, `after`. All spaces are in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The rows in and around the visible part.
    pub rows: Range<usize>,
    /// The kept row when it is not among them.
    pub kept: Option<usize>,
    /// Space above everything.
    pub before: u64,
    /// Space between the kept row and the others.
    pub between: u64,
    /// Space below everything.
    pub after: u64,
}

impl Window {
    /// True when the kept row stands above the others.
    pub fn kept_is_above(&self) -> bool {
        self.kept.is_some_and(|kept| kept < self.rows.start)
    }
}

/// What the page has to hold.
pub fn window(scroll: &Scroll) -> Window {
    let height = u64::from(scroll.row_height.max(1));
    let total = scroll.total;
    let top = clamped_top(scroll);
    let bottom = top.saturating_add(u64::from(scroll.viewport));
    let start = index(top / height).saturating_sub(scroll.overscan).min(total);
    let end = index(bottom.div_ceil(height)).saturating_add(scroll.overscan).min(total);
    let rows = start..end.max(start);
    let space = |rows: usize| pixels(rows).saturating_mul(height);
    let (above, below) = (rows.start, total.saturating_sub(rows.end));
    let kept = scroll.kept.filter(|kept| *kept < total && !rows.contains(kept));
    let (before, between, after) = match kept {
        None => (space(above), 0, space(below)),
        Some(kept) if kept < rows.start => (space(kept), space((above - kept).saturating_sub(1)), space(below)),
        Some(kept) => (space(above), space(kept - rows.end), space((total - kept).saturating_sub(1))),
    };
    Window { rows, kept, before, between, after }
}

/// Where to scroll so that row `target` is wholly visible; `None` when it already is, or when there is
/// no such row. Scrolls no further than needed.
pub fn reveal(scroll: &Scroll, target: usize) -> Option<u64> {
    if target >= scroll.total {
        return None;
    }
    let height = u64::from(scroll.row_height.max(1));
    let top = clamped_top(scroll);
    let viewport = u64::from(scroll.viewport);
    let row = pixels(target).saturating_mul(height);
    if row < top || height > viewport {
        (row != top).then_some(row)
    } else if row + height > top + viewport {
        Some(row + height - viewport)
    } else {
        None
    }
}

/// Within the list, whatever the browser reports.
fn clamped_top(scroll: &Scroll) -> u64 {
    let all = pixels(scroll.total).saturating_mul(u64::from(scroll.row_height.max(1)));
    u64::try_from(scroll.top).unwrap_or(0).min(all.saturating_sub(u64::from(scroll.viewport)))
}

fn pixels(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

fn index(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIST: Scroll = Scroll { row_height: 40, top: 0, viewport: 400, total: 1000, overscan: 3, kept: None };

    #[test]
    fn holds_what_is_visible_and_a_few_more() {
        assert_eq!(window(&LIST).rows, 0..13);
        assert_eq!(window(&Scroll { top: 4000, ..LIST }).rows, 97..113);
        assert_eq!(window(&Scroll { top: 4001, ..LIST }).rows, 97..114);
        assert_eq!(window(&Scroll { top: 1_000_000, ..LIST }).rows, 987..1000);
        assert_eq!(window(&Scroll { top: -50, ..LIST }).rows, 0..13);
    }

    #[test]
    fn a_short_list_is_held_whole_and_an_empty_one_is_nothing() {
        assert_eq!(window(&Scroll { total: 4, ..LIST }).rows, 0..4);
        let none = window(&Scroll { total: 0, kept: Some(0), ..LIST });
        assert_eq!((none.rows, none.kept, none.before, none.after), (0..0, None, 0, 0));
    }

    #[test]
    fn the_kept_row_stays_above_and_below() {
        let above = window(&Scroll { top: 4000, kept: Some(2), ..LIST });
        assert!(above.kept_is_above());
        assert_eq!((above.before, above.between), (2 * 40, 94 * 40));
        let below = window(&Scroll { top: 4000, kept: Some(500), ..LIST });
        assert!(!below.kept_is_above());
        assert_eq!((below.between, below.after), (387 * 40, 499 * 40));
        assert_eq!(window(&Scroll { top: 4000, kept: Some(100), ..LIST }).kept, None);
    }

    #[test]
    fn revealing_scrolls_no_further_than_needed() {
        assert_eq!(reveal(&LIST, 9), None);
        assert_eq!(reveal(&LIST, 10), Some(40));
        assert_eq!(reveal(&Scroll { top: 4000, ..LIST }, 99), Some(3960));
        assert_eq!(reveal(&LIST, 1000), None);
    }

    proptest! {
        #[test]
        fn space_and_rows_make_up_the_whole_list(
            row_height in 0u32..100, top in -1000i64..10_000_000, viewport in 0u32..3000, total in 0usize..100_000,
            overscan in 0usize..20, kept in proptest::option::of(0usize..110_000),
        ) {
            let scroll = Scroll { row_height, top, viewport, total, overscan, kept };
            let window = window(&scroll);
            let height = u64::from(row_height.max(1));
            let held = window.rows.len() + usize::from(window.kept.is_some());
            prop_assert_eq!(
                window.before + window.between + window.after + pixels(held) * height,
                pixels(total) * height
            );
            prop_assert!(held <= index(u64::from(viewport) / height) + 2 * overscan + 3);
            if let Some(kept) = kept.filter(|kept| *kept < total) {
                prop_assert!(window.kept == Some(kept) || window.rows.contains(&kept));
            }
        }

        #[test]
        fn every_visible_row_is_held(top in 0i64..100_000, viewport in 1u32..3000, pixel in 0u32..3000) {
            let scroll = Scroll { top, viewport, total: 2500, ..LIST };
            let row = (clamped_top(&scroll) + u64::from(pixel % viewport)) / 40;
            prop_assert!(row >= 2500 || window(&scroll).rows.contains(&index(row)));
        }

        #[test]
        fn a_revealed_row_is_wholly_visible(top in 0i64..40_000, viewport in 40u32..900, target in 0usize..1000) {
            let scroll = Scroll { top, viewport, ..LIST };
            let top = reveal(&scroll, target).unwrap_or(clamped_top(&scroll));
            let row = pixels(target) * 40;
            prop_assert!(top <= row && row + 40 <= top + u64::from(viewport));
        }
    }
}
