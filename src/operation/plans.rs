//! What a DFM means to start: a window of its schedule, read again when the server says that it has changed.

use super::desk::{Desk, Purpose};
use super::heard::Heard;
use crate::array::{ArrayError, dfm};
use crate::wire::zapi::{self, ScheduledJob};

/// The window that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Milliseconds since 1970, by the server's clock.
    pub from: i64,
    /// The same; the entry of this very second is in it.
    pub to: i64,
    /// Of this dataset, by its name or id; of all.
    pub dataset: Option<String>,
}

/// What is known of the window.
#[derive(Clone, Debug)]
pub struct Plans {
    /// The window.
    pub window: Window,
    /// The entries in the order of their times; those that came due since the page was opened among them.
    pub entries: Vec<ScheduledJob>,
    /// When the server was asked last, by the browser's clock.
    pub read_at: Option<i64>,
    /// When the plans were changed last, by the server's clock.
    pub changed_at: Option<i64>,
    /// Why the last reading failed.
    pub trouble: Option<ArrayError>,
    next_at: Option<i64>,
    awaited: bool,
    /// The entries are to be read, whatever the server says of changes.
    wanted: bool,
}

impl Desk {
    /// The window of the schedule that is looked at.
    pub fn plans(&self) -> Option<&Plans> {
        self.plans.as_ref()
    }

    pub(super) fn look_at_plans(&mut self, window: Option<Window>) {
        if self.plans.as_ref().map(|plans| &plans.window) == window.as_ref() {
            return;
        }
        self.stop_plans();
        self.plans = window.map(|window| Plans {
            window,
            entries: Vec::new(),
            read_at: None,
            changed_at: None,
            trouble: None,
            next_at: None,
            awaited: false,
            wanted: true,
        });
    }

    /// Nothing of it is out any more.
    pub(super) fn stop_plans(&mut self) {
        self.abandon(&|purpose| matches!(purpose, Purpose::Plans | Purpose::PlansChanged));
        if let Some(plans) = &mut self.plans {
            plans.awaited = false;
            plans.wanted = true;
        }
    }

    pub(super) fn plans_wake(&self) -> Option<i64> {
        self.plans.as_ref().filter(|plans| !plans.awaited)?.next_at
    }

    pub(super) fn read_plans(&mut self, now: i64) {
        let scheduled = !self.health.paused;
        let Some(plans) = &mut self.plans else { return };
        if plans.awaited || !(plans.wanted || scheduled && plans.next_at.is_some_and(|at| at <= now)) {
            return;
        }
        plans.awaited = true;
        plans.next_at = None;
        self.send(Purpose::PlansChanged, self.api.schedule_changed(), now);
    }

    /// The cheap question comes first: whether anything is to be read at all.
    pub(super) fn plans_changed(&mut self, heard: Heard, now: i64) {
        let rest = self.at_rest(now);
        let Some(plans) = &mut self.plans else { return };
        match heard.told().map(|answer| dfm::changed_at(&answer)) {
            Ok(changed) if changed.is_some() && changed == plans.changed_at && !plans.wanted => {
                plans.awaited = false;
                plans.read_at = Some(now);
                plans.trouble = None;
                plans.next_at = Some(rest);
            }
            Err(ArrayError::LoginWanted) => plans.awaited = false,
            // A server that cannot tell it is read.
            changed => {
                plans.changed_at = changed.ok().flatten();
                let Window { from, to, dataset } = plans.window.clone();
                self.send(Purpose::Plans, self.api.schedule(from, to, dataset.as_deref()), now);
            }
        }
    }

    pub(super) fn plans_answered(&mut self, heard: Heard, now: i64) {
        let (rest, clock) = (self.at_rest(now), self.array_time(now));
        let Some(plans) = &mut self.plans else { return };
        plans.awaited = false;
        plans.next_at = Some(rest);
        match heard.told() {
            Ok(told) => {
                let rows = zapi::scheduled_jobs(told);
                // What came due is no entry any more, but still what a job came of.
                plans.entries.retain(|entry| entry.start <= clock && !rows.rows.contains(entry));
                plans.entries.extend(rows.rows);
                plans.read_at = Some(now);
                plans.wanted = false;
                plans.trouble = None;
            }
            Err(ArrayError::LoginWanted) => {}
            Err(error) => {
                plans.wanted = false;
                plans.changed_at = None;
                plans.trouble = Some(error);
            }
        }
    }
}
