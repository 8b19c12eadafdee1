//! The rows that are shown, in their order, found by place and by key.

use super::row::Key;

/// Rows in order. Finding the place of a key takes as many steps as the count has binary digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    rows: Vec<Key>,
    /// The places of the rows, ordered by their keys.
    by_key: Vec<u32>,
}

impl Order {
    /// The order that puts the `places[n]`-th of `sorted` at the n-th place; `sorted` is ordered by key, and
    /// `places` names each of its places once.
    pub(super) fn new(sorted: &[Key], places: &[usize]) -> Order {
        let rows: Vec<Key> = places.iter().filter_map(|place| sorted.get(*place)).cloned().collect();
        let mut by_key = vec![0; sorted.len()];
        for (at, place) in (0u32..).zip(places) {
            if let Some(held) = by_key.get_mut(*place) {
                *held = at;
            }
        }
        Order { rows, by_key }
    }

    /// The places of `sorted` keys, first those that stand here, in the order in which they do, then the others.
    pub(super) fn places_of(&self, sorted: &[Key]) -> Vec<usize> {
        let mut held: Vec<Option<usize>> = vec![None; self.rows.len()];
        let mut others: Vec<usize> = Vec::new();
        let mut own = self.by_key.iter().filter_map(|at| usize::try_from(*at).ok()).peekable();
        for (place, key) in sorted.iter().enumerate() {
            while own.next_if(|at| self.rows.get(*at).is_some_and(|row| row < key)).is_some() {}
            match own.next_if(|at| self.rows.get(*at) == Some(key)).and_then(|at| held.get_mut(at)) {
                Some(held) => *held = Some(place),
                None => others.push(place),
            }
        }
        held.into_iter().flatten().chain(others).collect()
    }

    /// The rows from first to last.
    pub fn rows(&self) -> &[Key] {
        &self.rows
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The place of a row; `None` when it is not among them.
    pub fn index_of(&self, key: &Key) -> Option<usize> {
        let place = |at: &u32| usize::try_from(*at).ok();
        let found = self.by_key.binary_search_by(|at| place(at).and_then(|at| self.rows.get(at)).cmp(&Some(key)));
        self.by_key.get(found.ok()?).and_then(place)
    }

    /// True when the row is among them.
    pub fn contains(&self, key: &Key) -> bool {
        self.index_of(key).is_some()
    }

    /// The rows, ordered by their keys.
    pub fn by_key(&self) -> impl Iterator<Item = &Key> {
        self.by_key.iter().filter_map(|at| self.rows.get(usize::try_from(*at).ok()?))
    }
}

/// What an order that is held back differs in from the one that it should be by now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Rows that are not shown yet.
    pub new: usize,
    /// Rows that are shown still.
    pub gone: usize,
    /// The same rows stand in another order.
    pub moved: bool,
}

impl Waiting {
    /// What `fresh` would change in `shown`.
    pub fn between(shown: &Order, fresh: &Order) -> Waiting {
        let mut waiting = Waiting::default();
        // Mostly nothing is held back.
        if std::ptr::eq(shown, fresh) {
            return waiting;
        }
        let mut held = shown.by_key().peekable();
        for key in fresh.by_key() {
            while held.next_if(|old| *old < key).is_some() {
                waiting.gone += 1;
            }
            if held.next_if(|old| *old == key).is_none() {
                waiting.new += 1;
            }
        }
        waiting.gone += held.count();
        waiting.moved = waiting.new + waiting.gone == 0 && shown.rows != fresh.rows;
        waiting
    }

    /// In words; `None` when nothing is different.
    pub fn sentence(self) -> Option<String> {
        let Waiting { new, gone, moved } = self;
        match (new, gone) {
            (0, 0) if !moved => None,
            (0, 0) => Some("Some have another place by now".to_owned()),
            (new, 0) => Some(format!("{new} new")),
            (0, gone) => Some(format!("{gone} gone or not fitting any more")),
            (new, gone) => Some(format!("{new} new, {gone} gone or not fitting any more")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::ArrayIndex;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn order(rows: &[u8]) -> Order {
        let keys: Vec<Key> = rows.iter().map(|id| Key { array: ArrayIndex(0), id: id.to_string().into() }).collect();
        let sorted: BTreeSet<&Key> = keys.iter().collect();
        let sorted: Vec<Key> = sorted.into_iter().cloned().collect();
        let places: Vec<usize> = keys.iter().map(|key| sorted.binary_search(key).unwrap()).collect();
        Order::new(&sorted, &places)
    }

    #[test]
    fn what_waits_is_counted() {
        let waiting = |shown: &[u8], fresh: &[u8]| Waiting::between(&order(shown), &order(fresh)).sentence();
        assert_eq!(waiting(&[3, 1, 2], &[3, 1, 2]), None);
        assert_eq!(waiting(&[3, 1, 2], &[1, 2, 3]).as_deref(), Some("Some have another place by now"));
        assert_eq!(waiting(&[3, 1], &[9, 3, 1, 2]).as_deref(), Some("2 new"));
        assert_eq!(waiting(&[3, 1, 4], &[4]).as_deref(), Some("2 gone or not fitting any more"));
        assert_eq!(waiting(&[3, 1], &[7, 8]).as_deref(), Some("2 new, 2 gone or not fitting any more"));
    }

    proptest! {
        #[test]
        fn every_row_is_found_where_it_stands(
            rows in proptest::collection::btree_set(0u8..60, 0..40).prop_map(|set| set.into_iter().collect::<Vec<_>>()).prop_shuffle(),
            other in 0u8..60,
        ) {
            let order = order(&rows);
            prop_assert_eq!(order.len(), rows.len());
            for (at, key) in order.rows().iter().enumerate() {
                prop_assert_eq!(&*key.id, &rows[at].to_string());
                prop_assert_eq!(order.index_of(key), Some(at));
            }
            prop_assert!(order.by_key().is_sorted());
            let sorted: Vec<Key> = order.by_key().cloned().collect();
            let fewer: Vec<Key> = sorted.iter().filter(|key| &*key.id != "7").cloned().collect();
            let same = Order::new(&sorted, &order.places_of(&sorted));
            prop_assert_eq!(&same, &order);
            let kept = Order::new(&fewer, &order.places_of(&fewer));
            prop_assert!(kept.rows().iter().eq(order.rows().iter().filter(|key| &*key.id != "7")));
            let back = Order::new(&sorted, &kept.places_of(&sorted));
            prop_assert!(back.rows().starts_with(kept.rows()) && back.len() == order.len());
            let stranger = Key { array: ArrayIndex(0), id: other.to_string().into() };
            prop_assert_eq!(order.contains(&stranger), rows.contains(&other));
        }
    }
}
