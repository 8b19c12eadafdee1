//! The rows of all arrays, and what a refresh changes in them.
//!
//! A refresh brings whole rows; the store keeps those that are equal to what it holds, so that only
//! what changed is drawn again. Names of other things arrive later than the rows that mention them,
//! and are remembered, so that the next refresh does not lose them.

use std::ops::Range;
use std::sync::Arc;

use super::row::{ArrayIndex, ImportKind, Key, Reference, Row, State};
use crate::ordered::{OrderedMap, OrderedSet, latest};
use crate::wire::powerstore::Resource;

/// What a row mentions by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// The array that holds the source.
    RemoteSystem,
    /// What is imported.
    Source,
    /// What it becomes.
    Destination,
}

impl Thing {
    /// Every thing, in the order in which names are best asked for.
    pub const ALL: [Thing; 3] = [Thing::RemoteSystem, Thing::Source, Thing::Destination];

    fn of(self, row: &Row) -> &Reference {
        match self {
            Thing::RemoteSystem => &row.remote_system,
            Thing::Source => &row.source,
            Thing::Destination => &row.destination,
        }
    }

    fn of_mut(self, row: &mut Row) -> &mut Reference {
        match self {
            Thing::RemoteSystem => &mut row.remote_system,
            Thing::Source => &mut row.source,
            Thing::Destination => &mut row.destination,
        }
    }
}

/// What became different, each list ordered by key and without duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Rows that were not there.
    pub added: Vec<Key>,
    /// Rows of which at least one field is different.
    pub changed: Vec<Key>,
    /// Rows that are gone.
    pub removed: Vec<Key>,
}

impl Difference {
    /// True when nothing is different.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// The names of one kind of thing on one array; `None` for an id that the array gives no name for.
type Names = OrderedMap<Arc<str>, Option<Arc<str>>>;

/// All rows, ordered by key.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// In the order of their keys.
    rows: Vec<Row>,
    names: OrderedMap<(ArrayIndex, Thing), Names>,
    /// Words that many rows repeat, held once.
    words: OrderedSet<Arc<str>>,
}

impl Store {
    fn place(&self, key: &Key) -> Option<usize> {
        self.rows.binary_search_by(|row| row.key.cmp(key)).ok()
    }

    /// Where the rows of one array are.
    fn span(&self, array: ArrayIndex) -> Range<usize> {
        let start = self.rows.partition_point(|row| row.key.array < array);
        start..self.rows.partition_point(|row| row.key.array <= array)
    }

    /// The row with this key.
    pub fn get(&self, key: &Key) -> Option<&Row> {
        self.rows.get(self.place(key)?)
    }

    /// Every row, ordered by key.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// The rows of one array, ordered by id.
    pub fn rows_of(&self, array: ArrayIndex) -> impl Iterator<Item = &Row> {
        self.rows.get(self.span(array)).unwrap_or_default().iter()
    }

    /// The name of something that rows of the array mention, once it is known.
    pub fn name_of(&self, array: ArrayIndex, id: &str) -> Option<&str> {
        let names = Thing::ALL.into_iter().filter_map(|thing| self.names.get(&(array, thing)));
        names.filter_map(|names| names.get(id)?.as_deref()).next()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Takes in what an array answered. Of rows with the same id the last one counts: pages that are
    /// read while sessions come and go may repeat one. When the answer is `complete`, what it does not
    /// hold is gone; otherwise nothing is removed. Rows that are equal to those held are not touched.
    pub fn merge(&mut self, array: ArrayIndex, rows: Vec<Row>, complete: Option<Resource>) -> Difference {
        let mut difference = Difference::default();
        let span = self.span(array);
        let mut held = self.rows.split_off(span.start);
        let after = held.split_off(span.len());
        let mut held = held.into_iter().peekable();
        // Both are in the order of their ids: what is held goes along up to each fresh row, then to its end.
        for fresh in latest(rows, |row| &row.key.id).into_iter().map(Some).chain([None]) {
            while let Some(old) = held.next_if(|old| fresh.as_ref().is_none_or(|fresh: &Row| old.key.id < fresh.key.id))
            {
                if complete == Some(old.resource) {
                    difference.removed.push(old.key);
                } else {
                    self.rows.push(old);
                }
            }
            let Some(mut row) = fresh else { break };
            row.key.array = array;
            self.fill_in(&mut row);
            match held.next_if(|old| old.key.id == row.key.id) {
                Some(old) if old == row => row = old,
                Some(old) => {
                    // The key that is already shared out stays in use.
                    row.key = old.key;
                    difference.changed.push(row.key.clone());
                }
                None => difference.added.push(row.key.clone()),
            }
            self.rows.push(row);
        }
        self.rows.extend(after);
        difference
    }

    /// Shares what many rows repeat, and writes the names in that are known.
    fn fill_in(&mut self, row: &mut Row) {
        self.share_words(row);
        for thing in Thing::ALL {
            let names = self.names.get(&(row.key.array, thing));
            let reference = thing.of_mut(row);
            reference.name = reference.id.as_ref().and_then(|id| names?.get(id)?.clone());
        }
        row.is_named();
    }

    /// Takes the rows of these sessions out, for they are known to be gone; in one pass, for they may be many.
    pub fn remove(&mut self, array: ArrayIndex, ids: &[String]) -> Difference {
        let gone: OrderedSet<&str> = ids.iter().map(String::as_str).collect();
        let mut difference = Difference::default();
        self.rows.retain(|row| {
            let goes = row.key.array == array && gone.contains(&*row.key.id);
            if goes {
                difference.removed.push(row.key.clone());
            }
            !goes
        });
        difference
    }

    /// Takes in names by id; `None` says that the array gives that id no name, so that it is not asked
    /// for again.
    pub fn name(
        &mut self,
        array: ArrayIndex,
        thing: Thing,
        names: impl IntoIterator<Item = (String, Option<String>)>,
    ) -> Difference {
        let mut fresh = Names::new();
        for (id, name) in names {
            fresh.insert(Arc::from(id), name.filter(|name| !name.is_empty()).map(Arc::from));
        }
        let mut difference = Difference::default();
        let span = self.span(array);
        for row in self.rows.get_mut(span).unwrap_or_default() {
            let reference = thing.of_mut(row);
            let Some(name) = reference.id.as_ref().and_then(|id| fresh.get(id)) else { continue };
            if reference.name != *name {
                reference.name.clone_from(name);
                row.is_named();
                difference.changed.push(row.key.clone());
            }
        }
        if let Some(names) = self.names.get_or_default((array, thing)) {
            names.append(fresh);
        }
        difference
    }

    /// At most `limit` ids of an array's rows of which nobody has asked the name yet.
    pub fn unnamed(&self, array: ArrayIndex, thing: Thing, limit: usize) -> Vec<Arc<str>> {
        let names = self.names.get(&(array, thing));
        let mut ids: OrderedSet<Arc<str>> = OrderedSet::new();
        for row in self.rows_of(array) {
            if ids.len() >= limit {
                break;
            }
            if let Some(id) = &thing.of(row).id
                && !names.is_some_and(|names| names.contains_key(id))
            {
                ids.insert(id.clone());
            }
        }
        ids.iter().cloned().collect()
    }

    fn share_words(&mut self, row: &mut Row) {
        if let Some(id) = &mut row.remote_system.id {
            self.share(id);
        }
        if let Some(id) = &mut row.group {
            self.share(id);
        }
        if let Some(role) = &mut row.role {
            self.share(role);
        }
        if row.resource == Resource::ProtectionJob {
            let nodes = [&mut row.source.id, &mut row.destination.id];
            let words = row.job.as_mut().map(|job| job.words());
            for word in words.into_iter().flatten().chain(nodes).flatten() {
                self.share(word);
            }
        }
        if let State::Unknown(word) = &mut row.state {
            self.share(word);
        }
        if let ImportKind::Other(word) = &mut row.kind {
            self.share(word);
        }
    }

    fn share(&mut self, word: &mut Arc<str>) {
        match self.words.get(word) {
            Some(held) => *word = held.clone(),
            None => _ = self.words.insert(word.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    const HERE: ArrayIndex = ArrayIndex(1);
    const THERE: ArrayIndex = ArrayIndex(2);

    fn row(id: &str, progress: u8) -> Row {
        let text = format!(
            r#"{{"id":"{id}","state":"Copy_In_Progress","progress_percentage":{progress},
                "remote_system_id":"r","source_resource_id":"s{id}"}}"#
        );
        Row::from_session(HERE, &serde_json::from_str(&text).unwrap())
    }

    fn ids(keys: &[Key]) -> Vec<&str> {
        keys.iter().map(|key| &*key.id).collect()
    }

    #[test]
    fn a_refresh_answers_with_the_difference_alone() {
        let mut store = Store::default();
        let first = store.merge(HERE, vec![row("b", 1), row("a", 1), row("c", 1)], Some(Resource::Import));
        assert_eq!(ids(&first.added), ["a", "b", "c"]);
        let second = store.merge(HERE, vec![row("a", 1), row("b", 2), row("d", 0)], Some(Resource::Import));
        assert_eq!((ids(&second.added), ids(&second.changed), ids(&second.removed)), (vec!["d"], vec!["b"], vec!["c"]));
        assert!(store.merge(HERE, vec![row("a", 1), row("b", 2), row("d", 0)], Some(Resource::Import)).is_empty());
    }

    #[test]
    fn a_partial_answer_removes_nothing() {
        let mut store = Store::default();
        store.merge(HERE, vec![row("a", 1), row("b", 1)], Some(Resource::Import));
        let difference = store.merge(HERE, vec![row("b", 2)], None);
        assert_eq!((ids(&difference.changed), difference.removed.len(), store.len()), (vec!["b"], 0, 2));
    }

    #[test]
    fn arrays_do_not_touch_each_other() {
        let mut store = Store::default();
        store.merge(HERE, vec![row("a", 1)], Some(Resource::Import));
        store.merge(THERE, vec![row("a", 7), row("b", 7)], Some(Resource::Import));
        assert_eq!(ids(&store.merge(HERE, Vec::new(), Some(Resource::Import)).removed), ["a"]);
        assert_eq!((store.rows_of(HERE).count(), store.rows_of(THERE).count()), (0, 2));
        store.name(HERE, Thing::RemoteSystem, [("r".to_owned(), Some("Unity".to_owned()))]);
        assert!(store.rows().all(|row| row.remote_system.name.is_none()));
    }

    #[test]
    fn of_repeated_rows_the_last_counts() {
        let mut store = Store::default();
        let difference = store.merge(HERE, vec![row("a", 1), row("a", 2)], Some(Resource::Import));
        assert_eq!(ids(&difference.added), ["a"]);
        assert_eq!(store.rows().next().unwrap().progress, Some(2));
    }

    #[test]
    fn names_patch_the_rows_and_survive_the_next_refresh() {
        let mut store = Store::default();
        store.merge(HERE, vec![row("a", 1), row("b", 1)], Some(Resource::Import));
        assert_eq!(store.unnamed(HERE, Thing::Source, 10), [Arc::from("sa"), Arc::from("sb")]);
        let difference = store.name(HERE, Thing::Source, [("sa".to_owned(), Some("lun".to_owned()))]);
        assert_eq!(ids(&difference.changed), ["a"]);
        assert!(store.merge(HERE, vec![row("a", 1), row("b", 1)], Some(Resource::Import)).is_empty());
        assert_eq!(store.rows().next().unwrap().source.shown(), Some("lun"));
        assert_eq!(store.unnamed(HERE, Thing::Source, 10), [Arc::from("sb")]);
        assert!(store.name(HERE, Thing::Source, [("sb".to_owned(), None)]).is_empty());
        assert!(store.unnamed(HERE, Thing::Source, 10).is_empty());
    }

    #[test]
    fn what_many_rows_repeat_is_held_once() {
        let mut store = Store::default();
        store.merge(HERE, vec![row("a", 1), row("b", 1)], Some(Resource::Import));
        let ids: Vec<_> = store.rows().filter_map(|row| row.remote_system.id.clone()).collect();
        assert!(Arc::ptr_eq(&ids[0], &ids[1]));
    }

    proptest! {
        #[test]
        fn applying_the_differences_keeps_a_copy_equal(
            refreshes in proptest::collection::vec(
                (proptest::collection::vec((0u8..12, 0u8..4), 0..12), any::<bool>(), any::<bool>()), 1..12),
        ) {
            let mut store = Store::default();
            let mut copy: BTreeMap<Key, Row> = BTreeMap::new();
            for (rows, complete, here) in refreshes {
                let array = if here { HERE } else { THERE };
                let rows: Vec<Row> = rows.into_iter().map(|(id, progress)| row(&id.to_string(), progress)).collect();
                let wanted: BTreeSet<Arc<str>> = rows.iter().map(|row| row.key.id.clone()).collect();
                let difference = store.merge(array, rows, complete.then_some(Resource::Import));
                prop_assert!(complete || difference.removed.is_empty());
                for key in &difference.removed {
                    prop_assert!(copy.remove(key).is_some());
                }
                for key in &difference.added {
                    prop_assert!(copy.insert(key.clone(), store.get(key).unwrap().clone()).is_none());
                }
                for key in &difference.changed {
                    let now = store.get(key).unwrap().clone();
                    prop_assert_ne!(copy.insert(key.clone(), now.clone()), Some(now));
                }
                prop_assert!(store.rows().eq(copy.values()));
                let held: BTreeSet<Arc<str>> = store.rows_of(array).map(|row| row.key.id.clone()).collect();
                let fits = if complete { held == wanted } else { held.is_superset(&wanted) };
                prop_assert!(fits);
            }
        }
    }
}
