//! What must hold after every step, checked by what was seen before. The words are at the head of the walks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::sight::{ARRAYS, End, Sight, World};

/// How long the arrays have, milliseconds, to tell each other what happened while they did not reach each other.
const HEARS: i64 = 60_000;

/// The states in which something is under way that ends by itself.
pub const AT_WORK: [&str; 8] = [
    "Initializing",
    "Pausing",
    "Resuming",
    "Failing_Over",
    "Failing_Over_For_DR",
    "Reprotecting",
    "Deleting",
    "Modify_Role_In_Progress",
];
const COPIES: [&str; 5] =
    ["Synchronizing", "Switching_To_Metro_Sync", "Switching_To_Synchronous", "Failing_Over", "Reprotecting"];

/// What the control door told of a session.
#[derive(Clone)]
struct Told {
    losses: usize,
    /// When the last of them was.
    lost_at: Option<String>,
}

#[derive(Default)]
pub struct Promises {
    last: Sight,
    looked: i64,
    /// Sessions that an end has taken over unplanned, by the array that did.
    pub taken_over: BTreeMap<String, usize>,
    /// The array that took it over last, even if that is over.
    took_over: BTreeMap<String, usize>,
    /// Since when both ends are sources though they reach each other.
    two_sources: BTreeMap<String, i64>,
    /// Whose end somebody has asked for.
    pub removed: BTreeSet<String>,
    gone: BTreeSet<(String, usize)>,
    /// Since when one end is gone and the other is not, though they reach each other.
    half_gone: BTreeMap<String, i64>,
    told: BTreeMap<String, Told>,
    /// Bytes that hosts write in a second.
    rates: BTreeMap<String, u64>,
    /// Bytes that are replicated.
    sizes: BTreeMap<String, u64>,
    pub losses: u64,
    pub met: BTreeMap<(&'static str, String), u64>,
}

impl Promises {
    /// An end was told to take over, unplanned.
    pub fn takes_over(&mut self, id: &str, array: usize) {
        self.taken_over.insert(id.to_owned(), array);
        self.took_over.insert(id.to_owned(), array);
    }

    /// Holds what both arrays tell against what they told before.
    pub fn look(&mut self, world: &World, sight: Sight) -> &Sight {
        for (id, ends) in &sight {
            let before = self.last.get(id);
            for (array, end) in ends.iter().enumerate() {
                let Some(end) = end else { continue };
                assert!(!self.gone.contains(&(id.clone(), array)), "{id} was gone from {} and is back", ARRAYS[array]);
                *self.met.entry((end.sort(), end.state.clone())).or_default() += 1;
                let told = before.and_then(|ends| ends[array].as_ref());
                lag_is_honest(id, end, told, self.looked, world.now);
                one_end_is_sound(id, end);
            }
            if let [Some(first), Some(second)] = ends {
                both_mirror_each_other(id, first, second);
                self.one_is_the_source(world, id, first, second);
            }
        }
        for (id, ends) in &self.last {
            for array in 0..2 {
                let is = sight.get(id).is_some_and(|ends| ends[array].is_some());
                if ends[array].is_some() && !is {
                    assert!(
                        self.removed.contains(id),
                        "{id} is lost: nobody has removed it, and {} has it no more",
                        ARRAYS[array]
                    );
                    self.gone.insert((id.clone(), array));
                }
            }
        }
        for (id, ends) in &sight {
            if ends.iter().all(Option::is_some) || !world.link_up {
                self.half_gone.remove(id);
                continue;
            }
            let since = *self.half_gone.entry(id.clone()).or_insert(world.now);
            assert!(world.now - since <= HEARS, "{id} is gone at one end and not at the other: {ends:#?}");
        }
        for (id, ends) in &sight {
            nas_server_follows(id, ends, &sight);
        }
        self.looked = world.now;
        self.last = sight;
        &self.last
    }

    fn one_is_the_source(&mut self, world: &World, id: &str, first: &End, second: &End) {
        let leading = usize::from(first.leads()) + usize::from(second.leads());
        assert!(leading > 0, "{id} has no source: {first:#?} {second:#?}");
        let failing = [first, second].into_iter().any(|end| end.state == "Failing_Over_For_DR");
        if leading == 1 {
            self.two_sources.remove(id);
            if world.link_up && !failing {
                self.taken_over.remove(id);
            }
            return;
        }
        assert!(
            self.taken_over.contains_key(id),
            "{id} has two sources, and nobody took it over: {first:#?} {second:#?}"
        );
        let since = *self.two_sources.entry(id.to_owned()).or_insert(world.now);
        let since = since.max(world.link_since);
        assert!(
            !world.link_up || world.now - since <= HEARS,
            "{id}: the old source has not turned though the link is up: {first:#?} {second:#?}"
        );
    }

    /// Holds the truth against what the arrays tell now, and what was lost against what was promised.
    pub fn hold_against(&mut self, truth: &Value, now: i64) {
        let last = std::mem::take(&mut self.last);
        for (id, ends) in &last {
            let told = &truth[id.as_str()];
            for (array, end) in ends.iter().enumerate() {
                let state = told["ends"][ARRAYS[array]]["state"].as_str();
                assert_eq!(end.as_ref().map(|end| end.state.as_str()), state, "{id} on {}", ARRAYS[array]);
            }
            who_may_write(id, ends, told);
            self.what_waits(id, told, now);
        }
        self.last = last;
        let ids: Vec<String> = self.last.keys().cloned().collect();
        for id in ids {
            self.what_was_lost(&id, &truth[id.as_str()]);
        }
    }

    /// Bytes that wait for a copy grow with the time since the other end was as this one, and with nothing else.
    fn what_waits(&mut self, id: &str, told: &Value, now: i64) {
        let unsynced = told["unsynced"].as_u64().unwrap();
        let Some(based) = told["based"].as_str() else {
            if told["resource_type"] != "nas_server" {
                assert_eq!(*self.sizes.entry(id.to_owned()).or_insert(unsynced), unsynced, "{id} has another size");
            }
            return;
        };
        let seconds = u64::try_from((now - at(based)).max(0)).unwrap() / 1000;
        if told["type"] != "Asynchronous" || told["resource_type"] == "nas_server" || seconds == 0 {
            return;
        }
        // Hosts write whole megabytes in a second, and sizes are whole gigabytes: what is one may be all there is.
        let known = self.rates.get(id).copied();
        let Some(rate) = known.or_else(|| (!unsynced.is_multiple_of(1 << 30)).then_some(unsynced / seconds)) else {
            return;
        };
        self.rates.insert(id.to_owned(), rate);
        if unsynced != rate * seconds {
            assert!(unsynced < rate * seconds, "{id}: {unsynced} bytes wait after {seconds} s, {rate} in each");
            assert_eq!(*self.sizes.entry(id.to_owned()).or_insert(unsynced), unsynced, "{id} has another size");
        }
    }

    fn what_was_lost(&mut self, id: &str, told: &Value) {
        let losses = told["losses"].as_array().unwrap();
        let time = |loss: &Value| loss["time"].as_str().unwrap().to_owned();
        let last = Told { losses: losses.len(), lost_at: losses.last().map(time) };
        let Some(before) = self.told.insert(id.to_owned(), last) else { return };
        assert!(losses.len() >= before.losses && losses.len() <= before.losses + 1, "{id}: {losses:#?}");
        if losses.len() == before.losses {
            return;
        }
        self.losses += 1;
        let loss = losses.last().unwrap();
        let (lost_at, since) = (at(loss["time"].as_str().unwrap()), at(loss["since"].as_str().unwrap()));
        let bytes = loss["bytes"].as_u64().unwrap();
        let array = *self.took_over.get(id).unwrap_or_else(|| panic!("{id} lost data, and nobody took it over"));
        let end = self.last[id][array].as_ref().unwrap();
        // An old source that takes the role back has its data as it was when it lost it.
        let again = before.lost_at.is_some_and(|text| at(&text) == since);
        match end.last_sync {
            _ if again => {}
            None => {
                assert_eq!(since, lost_at, "{id} had no copy, so it has no data of an earlier time");
                assert_eq!(Some(&bytes), self.sizes.get(id), "{id} had no copy, so all of it is lost");
                return;
            }
            Some(last_sync) => {
                let promised = [last_sync - end.took.unwrap(), last_sync];
                let words = format!("{id} promised the data of {promised:?}, and took up that of {since}");
                // Snapshots are of full hours, and of what was there by then.
                let of_snapshot = since % 3_600_000 == 0 && since <= last_sync;
                assert!(promised.contains(&since) || of_snapshot, "{words}: {}", brief(told));
            }
        }
        if let Some(rate) = self.rates.get(id) {
            let written = rate * (u64::try_from(lost_at - since).unwrap() / 1000);
            let all = if bytes < written { *self.sizes.entry(id.to_owned()).or_insert(bytes) } else { written };
            assert_eq!(bytes, all, "{id}: {rate} bytes a second were written from {since} to {lost_at}");
        }
    }
}

/// The last steps of both ends, for whoever looks for what went wrong.
pub fn brief(told: &Value) -> String {
    let steps = |end: &Value| {
        let history = end["history"].as_array().cloned().unwrap_or_default();
        let last = history.iter().rev().take(14).rev();
        let words = |step: &Value| {
            let why = step["trigger"]["action"].as_str().or(step["trigger"]["event"].as_str());
            format!("\n    {} {} -> {}", step["time"], why.unwrap_or_default(), step["to"])
        };
        last.map(words).collect::<String>()
    };
    let ends = ARRAYS.map(|array| format!("\n  {array}{}", steps(&told["ends"][array])));
    format!("{}{}based {} losses {}", ends[0], ends[1], told["based"], told["losses"])
}

fn at(text: &str) -> i64 {
    array_console::wire::time::parse(text).expect("a time")
}

/// The last good synchronization never goes back, and it goes on only when one has ended since the last look.
fn lag_is_honest(id: &str, end: &End, before: Option<&End>, looked: i64, now: i64) {
    if end.resource_type == "nas_server" {
        assert_eq!(end.last_sync, None, "{id}: a NAS server is synchronized by its file systems");
        return;
    }
    assert!(end.last_sync.is_none_or(|at| at <= now), "{id} was synchronized in the future");
    let Some(before) = before else { return };
    if end.last_sync != before.last_sync {
        let at = end.last_sync.unwrap_or_else(|| panic!("{id} has forgotten its last synchronization"));
        assert!(at >= looked && Some(at) > before.last_sync, "{id}: {before:#?} {end:#?}, looked at {looked}");
    }
}

fn one_end_is_sound(id: &str, end: &End) {
    if let Some(progress) = end.progress {
        assert!((0..=100).contains(&progress), "{id} {end:#?}");
        assert!(end.leads(), "{id} tells a progress, and copies nothing: {end:#?}");
        assert!(COPIES.contains(&end.state.as_str()), "{id} tells a progress: {end:#?}");
    }
    assert!(
        !end.test || end.role == "Destination" && end.is_asynchronous(),
        "{id} is tested where it is in use: {end:#?}"
    );
    if end.kind != "Metro_Active_Active" {
        assert_eq!(end.serves, "System_Defined", "{id} is no metro session: {end:#?}");
    } else if end.state == "OK" {
        assert_eq!(end.serves, "System_Defined", "{id} is OK, so both serve: {end:#?}");
    }
}

fn both_mirror_each_other(id: &str, first: &End, second: &End) {
    assert_eq!((&first.local, &first.remote), (&second.remote, &second.local), "{id}");
    assert_eq!(
        (&first.kind, &first.resource_type, &first.parent),
        (&second.kind, &second.resource_type, &second.parent),
        "{id}"
    );
    assert!(first.progress.is_none() || second.progress.is_none(), "{id}: both copy {first:#?} {second:#?}");
    assert!(!first.test || !second.test, "{id} is tested at both ends");
}

/// Who can be written to, as the truth has it.
fn who_may_write(id: &str, ends: &[Option<End>; 2], told: &Value) {
    let [Some(first), Some(second)] = ends else { return };
    let writable = ARRAYS.map(|array| told["ends"][array]["writable"].as_bool().unwrap());
    match first.kind.as_str() {
        "Metro_Active_Active" => {
            let demoted = |end: &End| end.serves.ends_with("Demoted");
            for (end, writable) in [(first, writable[0]), (second, writable[1])] {
                assert!(!(demoted(end) && writable), "{id} serves hosts at an end that is not to: {end:#?}");
            }
            let promoted = [first, second].into_iter().any(|end| end.serves.ends_with("Promoted"));
            let equal = |end: &End| matches!(end.state.as_str(), "OK" | "Modify_Role_In_Progress");
            assert!(
                writable != [true, true] || promoted || equal(first) && equal(second),
                "{id} serves hosts at both ends, which are not equal, and nobody decided so: {first:#?} {second:#?} {}",
                brief(told)
            );
        }
        _ => {
            for (end, writable) in [(first, writable[0]), (second, writable[1])] {
                assert_eq!(end.leads() || end.test, writable, "{id} {end:#?}");
            }
        }
    }
}

/// A NAS server tells of its file systems as a whole.
fn nas_server_follows(id: &str, ends: &[Option<End>; 2], sight: &Sight) {
    for (array, end) in ends.iter().enumerate() {
        let Some(end) = end.as_ref().filter(|end| end.sort() == "nas") else { continue };
        let members = sight.values().filter_map(|ends| ends[array].as_ref());
        let members: Vec<&str> =
            members.filter(|member| member.parent.as_deref() == Some(id)).map(|member| member.state.as_str()).collect();
        let every = |states: &[&str]| members.iter().all(|state| states.contains(state));
        let any = |states: &[&str]| members.iter().any(|state| states.contains(state));
        let works = any(&AT_WORK);
        let holds = match end.state.as_str() {
            _ if members.is_empty() => true,
            // What stands still while it says that it runs would never be seen.
            "OK" | "Synchronizing" => works || every(&["OK", "Synchronizing"]),
            "Partial_OK" => !every(&["OK", "Synchronizing"]),
            "Partial_Paused" => !every(&["Paused"]),
            "Partial_Failed_Over" => !every(&["Failed_Over"]),
            // Nobody else would ever end it.
            "Pausing" | "Resuming" | "Failing_Over" | "Failing_Over_For_DR" | "Reprotecting" => works,
            _ => true,
        };
        assert!(holds, "{id} on {} is {}, and its file systems are {members:?}", ARRAYS[array], end.state);
    }
}
