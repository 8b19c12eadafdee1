//! What `-iter-start` finds is kept until `-iter-end`, or until nobody has asked for it in an hour.

use super::model::Refusal;
use crate::simulator::seed::Seed;
use crate::simulator::tree::Tree;
use crate::wire::zapi::errno;

/// A store that nobody has used for so long is given up, in milliseconds.
const IDLE: i64 = 3_600_000;
/// So many stores are kept; beyond, the one that was used least recently is given up.
const KEPT: usize = 1000;
/// So many bytes of rows are kept in all of them together.
const BYTES: usize = 256 << 20;

/// The three sorts of lists; the tag of one leads nowhere in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Jobs,
    Events,
    Schedule,
}

impl Family {
    const fn word(self) -> &'static str {
        match self {
            Family::Jobs => "joblist",
            Family::Events => "eventlist",
            Family::Schedule => "schedule",
        }
    }
}

/// The rows that one start has found, as they were then.
#[derive(Debug)]
struct Store {
    family: Family,
    /// Written out: a row is a fifth of its tree.
    rows: Vec<String>,
    bytes: usize,
    /// The rows that were fetched.
    cursor: usize,
    used: i64,
    /// Which use that was, of all.
    turn: u64,
}

/// All stores, by tag.
#[derive(Debug)]
pub struct Iterators {
    stores: Tree<String, Store>,
    seed: Seed,
    turn: u64,
}

impl Iterators {
    /// None yet.
    pub fn new(seed: Seed) -> Iterators {
        Iterators { stores: Tree::new(), seed, turn: 0 }
    }

    /// Keeps the rows of a start; answers with their tag.
    ///
    /// # Errors
    /// The rows alone are more than all stores may hold.
    pub fn start(&mut self, family: Family, rows: Vec<String>, now: i64) -> Result<String, Refusal> {
        let bytes = rows.iter().map(String::len).sum();
        if bytes > BYTES {
            return Err(Refusal::new(errno::EAPIERROR, "The list is too long to be kept: narrow the request."));
        }
        self.expire(now);
        let held = |stores: &Tree<String, Store>| stores.values().map(|store| store.bytes).sum::<usize>();
        while self.stores.len() >= KEPT || held(&self.stores) + bytes > BYTES {
            let oldest = self.stores.iter().min_by_key(|(_, store)| store.turn).map(|(tag, _)| tag.clone());
            let Some(oldest) = oldest else { break };
            self.stores.remove(&oldest);
        }
        self.turn += 1;
        let salt = self.seed.derive(self.turn).draw() >> 32;
        let tag = format!("{}_{}_{salt:08x}", family.word(), self.turn);
        self.stores.insert(tag.clone(), Store { family, rows, bytes, cursor: 0, used: now, turn: self.turn });
        Ok(tag)
    }

    /// The next rows of a store: as many as `maximum`, or as are left.
    ///
    /// # Errors
    /// There is no such store (any more), or it is of another family.
    pub fn next(&mut self, family: Family, tag: &str, maximum: usize, now: i64) -> Result<&[String], Refusal> {
        self.expire(now);
        self.turn += 1;
        let store = self.stores.get_mut(tag).filter(|store| store.family == family).ok_or_else(|| no_store(tag))?;
        (store.used, store.turn) = (now, self.turn);
        let from = store.cursor;
        store.cursor = from.saturating_add(maximum).min(store.rows.len());
        Ok(store.rows.get(from..store.cursor).unwrap_or_default())
    }

    /// Gives a store up.
    ///
    /// # Errors
    /// There is no such store (any more), or it is of another family.
    pub fn end(&mut self, family: Family, tag: &str, now: i64) -> Result<(), Refusal> {
        self.expire(now);
        if self.stores.get(tag).is_none_or(|store| store.family != family) {
            return Err(no_store(tag));
        }
        self.stores.remove(tag);
        Ok(())
    }

    /// Gives all stores up, as a restart would.
    pub fn forget(&mut self) {
        self.stores.clear();
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.stores.len()
    }

    fn expire(&mut self, now: i64) {
        self.stores.retain(|_, store| now - store.used < IDLE);
    }
}

fn no_store(tag: &str) -> Refusal {
    Refusal::new(errno::EINVALIDTAG, format!("The tag {tag} does not identify an iterator."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize) -> Vec<String> {
        (0..count).map(|row| row.to_string()).collect()
    }

    #[test]
    fn the_cursor_goes_through_the_rows_and_stays_at_the_end() {
        let mut all = Iterators::new(Seed::new(1));
        let tag = all.start(Family::Jobs, rows(5), 0).unwrap();
        let mut next = |maximum| all.next(Family::Jobs, &tag, maximum, 0).unwrap().join(",");
        assert_eq!([next(2), next(0), next(2), next(usize::MAX), next(1)], ["0,1", "", "2,3", "4", ""]);
        assert!(tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
    }

    #[test]
    fn a_store_is_of_its_family_and_ends_once() {
        let mut all = Iterators::new(Seed::new(1));
        let tag = all.start(Family::Jobs, rows(1), 0).unwrap();
        for family in [Family::Events, Family::Schedule] {
            assert_eq!(all.next(family, &tag, 1, 0).unwrap_err().errno, errno::EINVALIDTAG);
            assert_eq!(all.end(family, &tag, 0).unwrap_err().errno, errno::EINVALIDTAG);
        }
        assert_eq!(all.end(Family::Jobs, &tag, 0), Ok(()));
        assert_eq!(all.end(Family::Jobs, &tag, 0).unwrap_err().errno, errno::EINVALIDTAG);
        assert_eq!(all.next(Family::Jobs, &tag, 1, 0).unwrap_err().errno, errno::EINVALIDTAG);
    }

    #[test]
    fn an_idle_store_is_given_up_and_a_used_one_lives_on() {
        let mut all = Iterators::new(Seed::new(1));
        let (idle, used) = (all.start(Family::Jobs, rows(1), 0).unwrap(), all.start(Family::Jobs, rows(1), 0).unwrap());
        assert!(all.next(Family::Jobs, &used, 1, IDLE - 1).is_ok());
        assert!(all.next(Family::Jobs, &used, 1, 2 * IDLE - 2).is_ok());
        assert_eq!((all.end(Family::Jobs, &idle, IDLE).is_ok(), all.len()), (false, 1));
    }

    #[test]
    fn the_one_used_least_recently_gives_way_beyond_the_limit() {
        let mut all = Iterators::new(Seed::new(1));
        let tags: Vec<String> = (0..KEPT).map(|_| all.start(Family::Events, rows(1), 0).unwrap()).collect();
        assert!(all.next(Family::Events, &tags[0], 1, 0).is_ok());
        all.start(Family::Events, rows(1), 0).unwrap();
        assert_eq!(all.len(), KEPT);
        assert!(all.end(Family::Events, &tags[0], 0).is_ok());
        assert!(all.end(Family::Events, &tags[1], 0).is_err());
        let huge = vec!["x".repeat(BYTES / 2 + 1)];
        all.start(Family::Events, huge.clone(), 0).unwrap();
        all.start(Family::Events, huge.clone(), 0).unwrap();
        assert_eq!(all.len(), 1, "the rows of both would be too many");
        assert_eq!(all.start(Family::Events, [huge.clone(), huge].concat(), 0).unwrap_err().errno, errno::EAPIERROR);
    }
}
