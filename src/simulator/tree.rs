//! A map in the order of its keys, for all kinds of values.
//!
//! The tree itself holds places only, so that its code is there once for each kind of key and not for each kind
//! of value, of which a world has some forty: that is a fifth of a simulated fleet in a page.

use std::borrow::Borrow;
use std::collections::{BTreeMap, btree_map};

use serde::{Serialize, Serializer};

/// Values by key, in the order of the keys.
#[derive(Clone, Debug)]
pub struct Tree<K, V> {
    places: BTreeMap<K, usize>,
    values: Vec<Option<V>>,
    free: Vec<usize>,
}

impl<K, V> Default for Tree<K, V> {
    fn default() -> Self {
        Tree { places: BTreeMap::new(), values: Vec::new(), free: Vec::new() }
    }
}

impl<K: Ord, V> Tree<K, V> {
    /// One without values.
    pub fn new() -> Self {
        Tree::default()
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.values.get(*self.places.get(key)?)?.as_ref()
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.values.get_mut(*self.places.get(key)?)?.as_mut()
    }

    /// The value of a key, to be changed; put in when there is none. Never `None`.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> Option<&mut V>
    where
        K: Clone,
    {
        if !self.places.contains_key(&key) {
            self.insert(key.clone(), make());
        }
        self.get_mut(&key)
    }

    /// True when the key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.places.contains_key(key)
    }

    /// Puts a value in; the one that it replaces comes back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let next = self.free.last().copied().unwrap_or(self.values.len());
        let place = *self.places.entry(key).or_insert(next);
        if place == self.values.len() {
            self.values.push(Some(value));
            return None;
        }
        if place == next {
            self.free.pop();
        }
        self.values.get_mut(place)?.replace(value)
    }

    /// Takes a key out and answers with its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.places.remove(key)?;
        self.free.push(place);
        self.values.get_mut(place)?.take()
    }

    /// Takes those out of which `keep` does not say that they stay.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        let Tree { places, values, free } = self;
        places.retain(|key, place| {
            let Some(held) = values.get_mut(*place) else { return false };
            let stays = held.as_mut().is_some_and(|value| keep(key, value));
            if !stays {
                *held = None;
                free.push(*place);
            }
            stays
        });
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        *self = Tree::default();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { places: self.places.iter(), values: &self.values }
    }

    /// The keys, in order.
    pub fn keys(&self) -> btree_map::Keys<'_, K, usize> {
        self.places.keys()
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// Keys and values, in order, the values to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        let mut values: Vec<Option<&mut V>> = self.values.iter_mut().map(Option::as_mut).collect();
        self.places.iter().filter_map(move |(key, place)| Some((key, values.get_mut(*place)?.take()?)))
    }

    /// The values, in the order of their keys, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.iter_mut().map(|(_, value)| value)
    }
}

/// Keys and values, in order.
#[derive(Debug)]
pub struct Iter<'a, K, V> {
    places: btree_map::Iter<'a, K, usize>,
    values: &'a [Option<V>],
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { places: self.places.clone(), values: self.values }
    }
}

impl<'a, K, V> Iter<'a, K, V> {
    fn of(&self, (key, place): (&'a K, &'a usize)) -> Option<(&'a K, &'a V)> {
        Some((key, self.values.get(*place)?.as_ref()?))
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.places.next()?;
        self.of(next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl<K, V> DoubleEndedIterator for Iter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let next = self.places.next_back()?;
        self.of(next)
    }
}

impl<'a, K: Ord, V> IntoIterator for &'a Tree<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<K: Ord + Serialize, V: Serialize> Serialize for Tree<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<K: Ord, V: PartialEq> PartialEq for Tree<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Ord, V> Extend<(K, V)> for Tree<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Tree<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut tree = Tree::default();
        tree.extend(entries);
        tree
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Tree<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

#[cfg(test)]
impl<Q: Ord + ?Sized, K: Ord + Borrow<Q>, V> std::ops::Index<&Q> for Tree<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.get(key).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_holds_what_a_map_of_the_library_holds(steps in prop::collection::vec((0u8..6, 0u8..20, 0u16..), 0..200)) {
            let mut tree = Tree::new();
            let mut map = BTreeMap::new();
            for (what, key, value) in steps {
                match what {
                    0..=2 => prop_assert_eq!(tree.insert(key, value), map.insert(key, value)),
                    3 => prop_assert_eq!(tree.remove(&key), map.remove(&key)),
                    4 => {
                        tree.retain(|held, value| *held != key && *value % 3 != 0);
                        map.retain(|held, value| *held != key && *value % 3 != 0);
                    }
                    _ => {
                        *tree.get_or_insert_with(key, || value).unwrap() += 0;
                        map.entry(key).or_insert(value);
                        tree.values_mut().for_each(|value| *value = value.wrapping_add(1));
                        map.values_mut().for_each(|value| *value = value.wrapping_add(1));
                    }
                }
                prop_assert_eq!(tree.get(&key), map.get(&key));
                prop_assert_eq!(tree.len(), map.len());
            }
            prop_assert!(tree.iter().eq(map.iter()));
            prop_assert!(tree.values().rev().eq(map.values().rev()));
            prop_assert!(tree.keys().eq(map.keys()));
        }
    }
}
