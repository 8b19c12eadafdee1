//! The rows that a person has ticked: by key, so that no refresh, filter or order loses them.

use super::order::Order;
use super::row::Key;
use crate::ordered::OrderedSet;

/// What is ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    keys: OrderedSet<Key>,
    /// The row from which a range reaches: the last one that was ticked or unticked by itself.
    anchor: Option<Key>,
    /// How many ticked sessions have ceased to exist since a person last ticked something.
    gone: usize,
}

impl Selection {
    /// True when the row is ticked.
    pub fn contains(&self, key: &Key) -> bool {
        self.keys.contains(key)
    }

    /// The ticked rows, ordered by key.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter()
    }

    /// How many rows are ticked.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// True when none is ticked.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Ticks the row, or takes its tick away.
    pub fn toggle(&mut self, key: &Key) {
        self.gone = 0;
        if !self.keys.remove(key) {
            self.keys.insert(key.clone());
        }
        self.anchor = Some(key.clone());
    }

    /// Gives all rows from the last one touched to this one what this one is to be; the row alone when the
    /// last one is not shown (any more).
    pub fn reach(&mut self, order: &Order, key: &Key) {
        let ends = self.anchor.as_ref().and_then(|anchor| Some((order.index_of(anchor)?, order.index_of(key)?)));
        let Some((from, to)) = ends else { return self.toggle(key) };
        let tick = !self.keys.contains(key);
        self.gone = 0;
        let reached = from.min(to)..=from.max(to);
        let is_reached = |key: &&Key| order.index_of(key).is_some_and(|at| reached.contains(&at));
        if tick {
            self.keys.append(order.by_key().filter(is_reached).cloned().collect());
        } else {
            self.keep(|key| !is_reached(&key));
        }
        self.anchor = Some(key.clone());
    }

    /// Ticks everything that is shown besides what is ticked already.
    pub fn add_all(&mut self, order: &Order) {
        self.gone = 0;
        self.keys.append(order.by_key().cloned().collect());
    }

    /// Takes the ticks of all rows that are shown away, and leaves the others.
    pub fn remove_all(&mut self, order: &Order) {
        self.gone = 0;
        self.keep(|key| !order.contains(key));
    }

    fn keep(&mut self, which: impl Fn(&Key) -> bool) {
        self.keys = self.keys.iter().filter(|key| which(key)).cloned().collect();
    }

    /// Takes all ticks away.
    pub fn clear(&mut self) {
        *self = Selection::default();
    }

    /// These sessions do not exist any more; true when one of them was ticked.
    pub fn forget(&mut self, removed: &[Key]) -> bool {
        let removed: OrderedSet<&Key> = removed.iter().collect();
        let before = self.len();
        self.keep(|key| !removed.contains(&key));
        let ticked = before - self.len();
        self.gone += ticked;
        ticked > 0
    }

    /// How many of the ticked rows are not shown.
    pub fn not_shown(&self, order: &Order) -> usize {
        self.keys.iter().filter(|key| !order.contains(key)).count()
    }

    /// True when everything that is shown is ticked.
    pub fn has_all(&self, order: &Order) -> bool {
        !order.is_empty() && self.len() >= order.len() && self.len() - self.not_shown(order) == order.len()
    }

    /// What is ticked, in words; `None` when nothing is and nothing was lost.
    pub fn sentence(&self, order: &Order) -> Option<String> {
        if self.is_empty() && self.gone == 0 {
            return None;
        }
        let mut words = format!("{} selected", self.len());
        match self.not_shown(order) {
            0 => {}
            hidden => words.push_str(&format!(", {hidden} of them not shown")),
        }
        match self.gone {
            0 => {}
            1 => words.push_str(". 1 that was selected is gone from its array"),
            gone => words.push_str(&format!(". {gone} that were selected are gone from their arrays")),
        }
        Some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::ArrayIndex;

    fn key(id: usize) -> Key {
        Key { array: ArrayIndex(0), id: id.to_string().into() }
    }

    /// Nine rows at most, so that ids order as they count.
    fn order(ids: &[usize]) -> Order {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        let keys: Vec<Key> = sorted.iter().map(|id| key(*id)).collect();
        let places: Vec<usize> = ids.iter().map(|id| sorted.binary_search(id).unwrap()).collect();
        Order::new(&keys, &places)
    }

    fn ids(selection: &Selection) -> Vec<&str> {
        selection.keys().map(|key| &*key.id).collect()
    }

    #[test]
    fn a_range_reaches_in_the_order_that_is_shown() {
        let order = order(&[5, 1, 4, 2, 3]);
        let mut selection = Selection::default();
        selection.toggle(&key(1));
        selection.reach(&order, &key(2));
        assert_eq!(ids(&selection), ["1", "2", "4"]);
        selection.reach(&order, &key(5));
        assert_eq!(ids(&selection), ["1", "2", "4", "5"]);
        selection.reach(&order, &key(4));
        assert_eq!(ids(&selection), ["2"]);
    }

    #[test]
    fn a_range_from_a_row_that_is_not_shown_is_the_row_alone() {
        let mut selection = Selection::default();
        selection.toggle(&key(7));
        selection.reach(&order(&[1, 2, 3]), &key(3));
        assert_eq!(ids(&selection), ["3", "7"]);
    }

    #[test]
    fn what_is_not_shown_stays_selected_and_is_told() {
        let mut selection = Selection::default();
        selection.add_all(&order(&[1, 2, 3]));
        let fewer = order(&[2, 5]);
        assert_eq!(selection.sentence(&fewer).as_deref(), Some("3 selected, 2 of them not shown"));
        assert!(!selection.has_all(&fewer));
        selection.add_all(&fewer);
        assert!(selection.has_all(&fewer));
        selection.remove_all(&fewer);
        assert_eq!(ids(&selection), ["1", "3"]);
        selection.clear();
        assert_eq!(selection.sentence(&fewer), None);
    }

    #[test]
    fn what_is_gone_leaves_and_is_told() {
        let order = order(&[1, 2, 3]);
        let mut selection = Selection::default();
        selection.add_all(&order);
        assert!(!selection.forget(&[key(8)]));
        assert!(selection.forget(&[key(1), key(8), key(2)]));
        let words = selection.sentence(&order).unwrap();
        assert_eq!(words, "1 selected. 2 that were selected are gone from their arrays");
        assert!(selection.forget(&[key(3)]));
        assert_eq!(
            selection.sentence(&order).as_deref(),
            Some("0 selected. 3 that were selected are gone from their arrays")
        );
        selection.toggle(&key(3));
        assert_eq!(selection.sentence(&order).as_deref(), Some("1 selected"));
    }
}
