//! What a person can ask of the replication of a NAS server: the same as of any asynchronous one, without
//! failover tests and what belongs to them.

pub use crate::lifecycle::replication::{
    FAILOVER_PLANNED, FAILOVER_UNPLANNED, PAUSE, REPROTECT, RESUME, START_FAILOVER_TEST, STOP_FAILOVER_TEST, SYNC,
};

use crate::lifecycle::replication::ACTIONS as OF_FILE_SYSTEM;
use crate::lifecycle::{Action, Basis, Circumstance, Danger, Flag, Refusal, Release, Said, Source};

/// The first release that replicates NAS servers.
const NAS: Release = Release([3, 0, 0, 0]);

/// Failover tests are for volumes and volume groups.
const NO_TESTS: Refusal = Refusal {
    sentence: "There are no failover tests for NAS servers.",
    basis: Basis::Documented(Source::ApiDescription),
};

pub(super) static ACTIONS: [Action; 8] = [
    Action {
        since: NAS,
        elsewhere: Refusal {
            sentence: "It is synchronized when it is OK, Partial OK or System Paused.",
            ..OF_FILE_SYSTEM[0].elsewhere
        },
        ..OF_FILE_SYSTEM[0]
    },
    Action { since: NAS, ..OF_FILE_SYSTEM[1] },
    Action { since: NAS, ..OF_FILE_SYSTEM[2] },
    Action { since: NAS, ..OF_FILE_SYSTEM[3] },
    Action {
        since: NAS,
        says: &[Said::Switch("is_planned", false)],
        flags: &[Flag {
            name: "force",
            label: "Force: although it has failed over already",
            meaning: "Takes the failover back from this end; what was written since then is given up.",
            danger: Danger::Irreversible,
            makes: Some(Circumstance::Forced),
            since: Release::OLDEST,
        }],
        ..OF_FILE_SYSTEM[4]
    },
    Action {
        since: NAS,
        flags: &[Flag {
            name: "discard_changes_after_failover",
            label: "Discard what was written since the failover",
            meaning: "The original source is the source again, in the original direction: what was written at this \
                      end since the failover is lost.",
            danger: Danger::Irreversible,
            makes: Some(Circumstance::Discarding),
            since: Release([4, 0, 0, 0]),
        }],
        ..OF_FILE_SYSTEM[5]
    },
    Action { elsewhere: NO_TESTS, ..OF_FILE_SYSTEM[6] },
    Action { elsewhere: NO_TESTS, ..OF_FILE_SYSTEM[7] },
];
