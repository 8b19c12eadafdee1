//! The arrays together, under one clock.

use http::{Request, Response, StatusCode};

use super::answer::{self, Answer};
use super::clock::Clock;
use super::dfm::{self, Dfm};
use super::replication::{self, Replications, Seen};
use super::seed::Seed;
use super::world::Array;
use super::{control, populate, powerstore, scenario};
use crate::lifecycle::Release;
use crate::simulator::json::json;
use crate::simulator::tree::Tree;

/// The ids of the PowerStores, in their order.
pub const ARRAYS: [&str; 2] = ["frankfurt", "dublin"];

/// The id of the NetApp DFM server.
pub const DFM: &str = "dfm";

/// The release of a DFM server that is not given another.
const DFM_RELEASE: Release = Release([5, 2, 0, 0]);

/// What a fleet begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Every chance comes from it.
    pub seed: u64,
    /// Import sessions of all arrays together.
    pub imports: usize,
    /// Pairs that are replicated between the arrays; the file systems of a NAS server come on top.
    pub replications: usize,
    /// File imports of all arrays together; `None` for a few where there are imports.
    pub file_imports: Option<usize>,
    /// Migrations of all arrays together; `None` for a few where there are imports.
    pub migrations: Option<usize>,
    /// Jobs of the past of all arrays together, besides those of the sessions and without their steps;
    /// `None` for a few where there are imports.
    pub jobs: Option<usize>,
    /// Data-protection jobs that the DFM server has at its first moment; `None` for some where there are
    /// imports. Without any it has no schedule either.
    pub protection_jobs: Option<usize>,
    /// Chance of a failure at each stage of an import, in thousandths; 0 for a quiet fleet.
    pub failures: u32,
    /// How many imports an array works on at once.
    pub active_limit: usize,
    /// Seconds after which an idle login dies.
    pub idle_timeout: i64,
    /// Its first moment, in milliseconds since 1970, by the caller's clock and by its own.
    pub start: i64,
    /// Its seconds per second of the caller.
    pub speed: f64,
    /// Releases of arrays, by id; 4.1.0.0 for those that are not named, of a DFM server 5.2.
    pub releases: Tree<String, Release>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            seed: 1,
            imports: 24,
            replications: 8,
            file_imports: None,
            migrations: None,
            jobs: None,
            protection_jobs: None,
            failures: 5,
            active_limit: 4,
            idle_timeout: 3600,
            // 2026-11-21T08:00:00Z
            start: 1_795_248_000_000,
            speed: 1.0,
            releases: Tree::new(),
        }
    }
}

impl Options {
    /// What `asked` says, or a few where there are imports.
    pub(super) fn a_few(&self, asked: Option<usize>) -> usize {
        asked.unwrap_or_else(|| (self.imports / 4).min(6))
    }

    /// How many data-protection jobs there are at the first moment: about two days of them where nobody says
    /// otherwise.
    pub fn protection_jobs(&self) -> usize {
        self.protection_jobs.unwrap_or_else(|| self.a_few(None) * 10)
    }
}

/// A simulated fleet. The same options and the same requests at the same times give the same answers.
#[derive(Debug)]
pub struct Fleet {
    pub(super) options: Options,
    pub(super) clock: Clock,
    pub(super) arrays: Tree<String, Array>,
    pub(super) replications: Replications,
    pub(super) dfm: Dfm,
    /// The story that is told of it, if there is one.
    pub(super) play: Option<scenario::Play>,
}

impl Fleet {
    /// A fleet at its first moment.
    pub fn new(options: Options) -> Self {
        let clock = Clock::showing(options.start, options.start, options.speed);
        let mut arrays: Tree<String, Array> =
            (0..).zip(ARRAYS).map(|(index, id)| (id.to_owned(), populate::array(index, id, &options))).collect();
        let seed = Seed::new(options.seed).named("replication");
        // A cycle comes every few minutes: one of a thousand is enough to fail.
        let mut replications = Replications::new(seed, options.failures.div_ceil(5));
        replication::populate(&mut replications, &mut arrays, options.replications, options.start);
        let dfm = Dfm::new(dfm::Server::new(&dfm::populate::Options {
            seed: Seed::new(options.seed).named(DFM),
            jobs: options.protection_jobs(),
            failures: options.failures.saturating_mul(3),
            start: options.start,
            release: options.releases.get(DFM).copied().unwrap_or(DFM_RELEASE),
        }));
        let mut fleet = Fleet { options, clock, arrays, replications, dfm, play: None };
        fleet.settle(fleet.options.start);
        fleet
    }

    /// What it began with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The fleet's time when the caller's clock shows `now`, in milliseconds since 1970.
    pub fn time(&self, now: i64) -> i64 {
        self.clock.at(now)
    }

    /// Lets everything happen that is due by then, in its order.
    pub fn advance_to(&mut self, now: i64) {
        let until = self.clock.at(now);
        self.happen_until(until);
    }

    pub(super) fn happen_until(&mut self, until: i64) {
        while let Some((due, id)) = self.next_due() {
            if due > until {
                return;
            }
            if id == DFM {
                self.dfm.server.happen_next();
            } else if id == scenario::ID {
                scenario::heed(self, due);
            } else if self.replications.next_due().is_some_and(|(first, _)| first <= due) {
                self.replications.happen();
                self.settle(due);
            } else if let Some(array) = self.arrays.get_mut(&id) {
                array.happen();
                self.settle(due);
            }
            scenario::heed(self, due);
        }
    }

    /// The time and the array of the next event.
    pub(super) fn next_due(&self) -> Option<(i64, String)> {
        let own = self.arrays.iter().filter_map(|(id, array)| Some((array.next_due()?, id.clone())));
        let dfm = self.dfm.server.next_due().map(|at| (at, DFM.to_owned()));
        let told = self.play.as_ref().and_then(scenario::Play::next_due).map(|at| (at, scenario::ID.to_owned()));
        own.chain(told).chain(self.replications.next_due().map(|(at, id)| (at, id.to_owned()))).chain(dfm).min()
    }

    /// Tells the arrays what has become of their replications, and begins those that were asked for.
    pub(super) fn settle(&mut self, now: i64) {
        for (name, array) in self.arrays.iter_mut() {
            for (id, copying) in std::mem::take(&mut array.errands.copying) {
                let event = if copying { "migration_starts" } else { "migration_ends" };
                if let Some(session) = array.replication_of(&id).map(|seen| seen.session.id.clone()) {
                    // One that is stopped for another reason stays as it is.
                    let _ = self.replications.happen_to(&session, name, event, now);
                }
            }
        }
        for birth in std::mem::take(&mut self.replications.births) {
            replication::born(&mut self.replications, &mut self.arrays, &birth, now);
        }
        for (array, job, result) in std::mem::take(&mut self.replications.finished) {
            if let Some(array) = self.arrays.get_mut(&array) {
                array.jobs.end(&job, result, now);
            }
        }
        let doomed = std::mem::take(&mut self.replications.doomed);
        for id in std::mem::take(&mut self.replications.changed) {
            let session = self.replications.sessions.get(&id);
            for (name, array) in self.arrays.iter_mut() {
                let here = session.and_then(|session| session.side_on(name));
                match (session, here) {
                    (Some(session), Some(here)) if session.end(here).node.is_some() => {
                        let link_up = self.replications.link_up;
                        array.show_replication(Seen { session: session.clone(), here, link_up });
                    }
                    _ => array.hide_replication(&id),
                }
            }
        }
        for (array, kind, id) in doomed {
            if let Some(array) = self.arrays.get_mut(&array) {
                array.delete_copy(kind, &id);
            }
        }
    }

    /// Lets the arrays reach each other, or not.
    pub(super) fn set_link(&mut self, up: bool, now: i64) {
        self.replications.set_link(up, now);
        self.tell_link(now);
    }

    /// Lets an array die, or live again.
    pub(super) fn set_down(&mut self, id: &str, down: bool, now: i64) {
        self.replications.set_down(id, down, now);
        self.tell_link(now);
    }

    fn tell_link(&mut self, now: i64) {
        let up = self.replications.link_up;
        for array in self.arrays.values_mut() {
            for remote in array.remote_systems.values_mut().filter(|remote| remote.family.is_none()) {
                remote.reachable = up;
            }
        }
        self.settle(now);
    }

    /// The answer of the array `id` to a request with its real root path (`/api/rest/…`, `/apis/XMLrequest`), when the
    /// caller's clock shows `now` (milliseconds since 1970).
    pub fn handle(&mut self, id: &str, now: i64, request: &Request<Vec<u8>>) -> Answer {
        self.advance_to(now);
        let time = self.clock.at(now);
        if id == DFM {
            let answer = self.dfm.answer(time, request);
            scenario::heed(self, time);
            return answer;
        }
        let answer = match self.arrays.get_mut(id) {
            Some(array) => {
                let moment = powerstore::Moment { time, callers: now };
                powerstore::answer(array, &mut self.replications, moment, request)
            }
            None => no_such_array(id).into(),
        };
        self.settle(time);
        scenario::heed(self, time);
        answer
    }

    /// The answer of the control door to a request under `/simulator/`.
    pub fn control(&mut self, now: i64, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        self.advance_to(now);
        let answer = control::answer(self, now, request);
        let time = self.clock.at(now);
        self.settle(time);
        scenario::heed(self, time);
        answer
    }

    /// Begins a story when the caller's clock shows `now`: a new fleet, at its first step. `seed` and `speed` go
    /// before those that the scenario names.
    ///
    /// # Errors
    /// What is set up does not fit the fleet.
    pub fn play(
        &mut self,
        now: i64,
        scenario: scenario::Scenario,
        seed: Option<u64>,
        speed: Option<f64>,
    ) -> Result<(), scenario::Broken> {
        scenario::begin(self, now, scenario, seed, speed)
    }
}

fn no_such_array(id: &str) -> Response<Vec<u8>> {
    answer::json(StatusCode::NOT_FOUND, &json!({ "error": format!("There is no array {id} in this fleet.") }))
}
