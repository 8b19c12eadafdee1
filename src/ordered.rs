//! Ordered maps, sets and lists for all rooms, small in the browser's program.
//!
//! A tree brings ten kilobytes of code for each kind of key, a sorted vector a few hundred bytes. Putting
//! one thing into a long vector is slow: what is long here arrives in batches.

use std::borrow::Borrow;
use std::cmp::Ordering;

/// The places `0..count` as `compare` orders them; those between which it sees no difference stay in turn.
/// The program holds one sorting routine, however many kinds of things are sorted.
pub fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    reorder((0..count).collect(), &|a, b| compare(a, b).then(a.cmp(&b)))
}

/// These places as `compare` orders them, by merging the stretches that are in order already: what was
/// sorted before and has hardly changed takes hardly longer than looking at it.
pub fn reorder(mut places: Vec<usize>, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    // Where each stretch ends.
    let mut ends: Vec<usize> = Vec::new();
    for (end, pair) in (1..).zip(places.windows(2)) {
        if let [a, b] = pair
            && compare(*a, *b) == Ordering::Greater
        {
            ends.push(end);
        }
    }
    ends.push(places.len());
    while ends.len() > 1 {
        let mut merged: Vec<usize> = Vec::with_capacity(places.len());
        let mut merged_ends: Vec<usize> = Vec::with_capacity(ends.len() / 2 + 1);
        let mut start = 0;
        for pair in ends.chunks(2) {
            let (middle, end) = match pair {
                [middle, end] => (*middle, *end),
                [end] => (*end, *end),
                _ => continue,
            };
            let mut left = places.get(start..middle).unwrap_or_default().iter().copied().peekable();
            let mut right = places.get(middle..end).unwrap_or_default().iter().copied().peekable();
            while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
                let next = if compare(*a, *b) == Ordering::Greater { right.next() } else { left.next() };
                merged.extend(next);
            }
            merged.extend(left);
            merged.extend(right);
            merged_ends.push(end);
            start = end;
        }
        places = merged;
        ends = merged_ends;
    }
    places
}

/// The items ordered by their keys; of those with the same key the last one stays.
pub fn latest<T>(items: Vec<T>, key: impl Fn(&T) -> &str) -> Vec<T> {
    let keys: Vec<&str> = items.iter().map(&key).collect();
    let places = order(keys.len(), &|a, b| keys.get(a).cmp(&keys.get(b)));
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let mut latest: Vec<T> = Vec::with_capacity(items.len());
    for item in places.into_iter().filter_map(|place| items.get_mut(place)?.take()) {
        match latest.last_mut() {
            Some(last) if key(last) == key(&item) => *last = item,
            _ => latest.push(item),
        }
    }
    latest
}

/// Values by key, in the order of the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderedMap<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for OrderedMap<K, V> {
    fn default() -> OrderedMap<K, V> {
        OrderedMap { entries: Vec::new() }
    }
}

impl<K: Ord, V> OrderedMap<K, V> {
    /// An empty map.
    pub fn new() -> OrderedMap<K, V> {
        OrderedMap::default()
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|(held, _)| held.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// True when the key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Puts a value in; the one that it replaces comes back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => self.entries.get_mut(place).map(|(_, held)| std::mem::replace(held, value)),
            Err(place) => {
                self.entries.insert(place, (key, value));
                None
            }
        }
    }

    /// Takes a key out and answers with its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        Some(self.entries.remove(place).1)
    }

    /// Takes all of `later` in, its values in place of those held; as long as both together, not as their
    /// product.
    pub fn append(&mut self, later: OrderedMap<K, V>) {
        if later.entries.is_empty() {
            return;
        }
        let mut held = std::mem::take(&mut self.entries).into_iter().peekable();
        for entry in later.entries {
            while let Some(before) = held.next_if(|before| before.0 < entry.0) {
                self.entries.push(before);
            }
            held.next_if(|same| same.0 == entry.0);
            self.entries.push(entry);
        }
        self.entries.extend(held);
    }

    /// Takes those out of which `keep` does not say that they stay, in one pass.
    pub fn retain(&mut self, mut keep: impl FnMut(&K) -> bool) {
        self.entries.retain(|(key, _)| keep(key));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }
}

impl<K: Ord, V: Default> OrderedMap<K, V> {
    /// The value of a key, to be changed; put in as the default when there is none.
    pub fn get_or_default(&mut self, key: K) -> Option<&mut V> {
        let place = match self.place(&key) {
            Ok(place) => place,
            Err(place) => {
                self.entries.insert(place, (key, V::default()));
                place
            }
        };
        self.entries.get_mut(place).map(|(_, value)| value)
    }
}

/// Things without duplicates, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderedSet<T> {
    items: OrderedMap<T, ()>,
}

impl<T> Default for OrderedSet<T> {
    fn default() -> OrderedSet<T> {
        OrderedSet { items: OrderedMap::default() }
    }
}

impl<T: Ord> OrderedSet<T> {
    /// An empty set.
    pub fn new() -> OrderedSet<T> {
        OrderedSet::default()
    }

    /// The item that is equal to `item`, as it is held.
    pub fn get<Q: Ord + ?Sized>(&self, item: &Q) -> Option<&T>
    where
        T: Borrow<Q>,
    {
        let place = self.items.place(item).ok()?;
        self.items.entries.get(place).map(|(held, ())| held)
    }

    /// True when it is there.
    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.items.contains_key(item)
    }

    /// Puts an item in; true when it was not there.
    pub fn insert(&mut self, item: T) -> bool {
        self.items.insert(item, ()).is_none()
    }

    /// Takes an item out; true when it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.items.remove(item).is_some()
    }

    /// Takes all of `later` in; as long as both together, not as their product.
    pub fn append(&mut self, later: OrderedSet<T>) {
        self.items.append(later.items);
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.items.entries.clear();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.entries.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.items.entries.is_empty()
    }

    /// The items, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.keys()
    }
}

impl<T: Ord> Extend<T> for OrderedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<T: Ord> FromIterator<T> for OrderedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> OrderedSet<T> {
        let mut set = OrderedSet::new();
        set.extend(items);
        set
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for OrderedSet<T> {
    fn from(items: [T; N]) -> OrderedSet<T> {
        items.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn same(map: &OrderedMap<u8, u8>, tree: &BTreeMap<u8, u8>) -> bool {
        map.iter().eq(tree.iter())
    }

    proptest! {
        #[test]
        fn a_map_does_what_a_tree_does(steps in vec((0u8..12, any::<u8>(), 0u8..4), 0..60), batch in vec((0u8..12, any::<u8>()), 0..12)) {
            let (mut map, mut tree) = (OrderedMap::new(), BTreeMap::new());
            for (key, value, step) in steps {
                match step {
                    0 => prop_assert_eq!(map.remove(&key), tree.remove(&key)),
                    1 => {
                        *map.get_or_default(key).unwrap() = value;
                        *tree.entry(key).or_default() = value;
                    }
                    _ => prop_assert_eq!(map.insert(key, value), tree.insert(key, value)),
                }
                prop_assert!(same(&map, &tree));
                prop_assert_eq!((map.get(&key), map.contains_key(&key)), (tree.get(&key), tree.contains_key(&key)));
            }
            let mut later = OrderedMap::new();
            for (key, value) in batch {
                later.insert(key, value);
                tree.insert(key, value);
            }
            map.append(later);
            prop_assert!(same(&map, &tree));
        }

        #[test]
        fn a_set_does_what_a_tree_does(steps in vec((0u8..12, any::<bool>()), 0..60)) {
            let (mut set, mut tree) = (OrderedSet::new(), BTreeSet::new());
            for (item, put) in steps {
                let (ours, theirs) =
                    if put { (set.insert(item), tree.insert(item)) } else { (set.remove(&item), tree.remove(&item)) };
                prop_assert_eq!(ours, theirs);
                prop_assert!(set.iter().eq(tree.iter()));
                prop_assert_eq!((set.len(), set.contains(&item)), (tree.len(), tree.contains(&item)));
            }
        }

        #[test]
        fn of_equal_keys_the_last_stays(items in vec(("[a-c]{0,2}", any::<u8>()), 0..30)) {
            let tree: BTreeMap<String, u8> = items.iter().cloned().collect();
            let kept = latest(items, |(key, _)| key);
            prop_assert!(kept.into_iter().eq(tree));
        }
    }

    proptest! {
        #[test]
        fn what_is_in_order_in_parts_is_put_in_order(values in vec(any::<u8>(), 0..60), first in vec(any::<u8>(), 60)) {
            let mut places: Vec<usize> = (0..values.len()).collect();
            places.sort_by_key(|place| first[*place]);
            let ordered = reorder(places.clone(), &|a, b| values[a].cmp(&values[b]));
            places.sort_by_key(|place| values[*place]);
            prop_assert_eq!(ordered, places);
        }
    }

    #[test]
    fn what_compares_equal_stays_in_turn() {
        let words = ["b", "a", "b", "a"];
        assert_eq!(order(words.len(), &|a, b| words[a].cmp(words[b])), [1, 3, 0, 2]);
    }

    #[test]
    fn what_is_taken_in_and_out_at_once_leaves_what_a_tree_would_hold() {
        let held: Vec<u8> = vec![9, 1, 5, 3];
        let later: Vec<u8> = vec![4, 5, 0, 12];
        let mut set: OrderedSet<u8> = held.iter().copied().collect();
        set.append(later.iter().copied().collect());
        set.append(OrderedSet::new());
        let tree: BTreeSet<u8> = held.into_iter().chain(later).collect();
        assert!(set.iter().eq(tree.iter()));

        let mut map: OrderedMap<u8, u8> = OrderedMap::new();
        for key in tree.iter().rev() {
            map.insert(*key, key * 2);
        }
        map.retain(|key| key % 3 != 0);
        let kept: Vec<(u8, u8)> = map.iter().map(|(key, value)| (*key, *value)).collect();
        assert_eq!(kept, [(1, 2), (4, 8), (5, 10)]);
    }
}
