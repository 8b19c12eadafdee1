//! What the papers say of one end of an asynchronous replication.

use array_console::lifecycle::replication::REPLICATION;
use array_console::lifecycle::{Circumstance, Circumstances};

use crate::papers::{Papers, Refused, Taken};

pub const PAPERS: Papers = Papers {
    table: &REPLICATION,
    given,
    states: STATES,
    taken: TAKEN,
    refused_but_in: REFUSED_BUT_IN,
    refused: REFUSED,
    create: None,
    derived: &[],
    handed_on: &[],
    mutants: 1_000,
};

/// `S` the source, `D` the destination; `F` behind it for a file system, which follows its NAS server.
/// The link is up, nothing is forced, no test runs, it was at work before the pause, unless the line says
/// otherwise.
pub fn given(end: &str, line: &str) -> Circumstances {
    let said = |words| Some(line.contains(words));
    Circumstances::UNKNOWN
        .with(Circumstance::SourceSide, Some(end.starts_with('S') || line.contains("at the source")))
        .with(Circumstance::Member, Some(end.ends_with('F')))
        .with(Circumstance::LinkUp, Some(!line.contains("with the link down")))
        .with(Circumstance::PausedLocally, said("paused locally"))
        .with(Circumstance::TestRunning, said("during a test"))
        .with(Circumstance::IdleBefore, said("idle before"))
        .with(Circumstance::Reversing, said("reversing"))
        .with(Circumstance::FromSnapshot, said("from a snapshot"))
        .with(Circumstance::OnTestCopy, said("on the test copy"))
        .with(Circumstance::Forced, said("by force"))
        .with(Circumstance::Discarding, said("discarding"))
}

const BOTH: &[&str] = &["S", "D"];
const SOURCE: &[&str] = &["S"];
const DESTINATION: &[&str] = &["D"];

/// States that an asynchronous session can show, copied from the description's enumeration.
pub const STATES: &[&str] = &[
    "Initializing",
    "OK",
    "Synchronizing",
    "Pausing",
    "Paused",
    "Resuming",
    "System_Paused",
    "Paused_For_NDU",
    "Paused_For_Migration",
    "Failing_Over",
    "Failing_Over_For_DR",
    "Failed_Over",
    "Reprotecting",
    "Deleting",
    "Error",
];

/// States in which a test can run: it does not change the state.
const TESTABLE: &[&str] = &[
    "Initializing",
    "OK",
    "Synchronizing",
    "Pausing",
    "Paused",
    "Resuming",
    "System_Paused",
    "Paused_For_NDU",
    "Paused_For_Migration",
    "Failing_Over",
    "Failing_Over_For_DR",
    "Failed_Over",
    "Reprotecting",
];

const TAKEN: &[Taken] = &[
    // Operations.
    ("sync at both ends", SOURCE, &["OK", "System_Paused"], "Synchronizing"),
    ("pause at both ends", BOTH, &["OK", "Synchronizing", "System_Paused"], "Pausing"),
    ("pause with the link down, at this end only", BOTH, &["OK", "Synchronizing", "System_Paused"], "Pausing"),
    ("pause while paused locally, at both ends", BOTH, &["Paused"], "Pausing"),
    ("resume at both ends", BOTH, &["Paused"], "Resuming"),
    ("failover_planned at both ends", SOURCE, &["OK", "Synchronizing"], "Failing_Over"),
    ("failover_planned reversing, at both ends", SOURCE, &["OK", "Synchronizing"], "Failing_Over"),
    (
        "failover_unplanned at this end only",
        DESTINATION,
        &["OK", "Synchronizing", "Failing_Over"],
        "Failing_Over_For_DR",
    ),
    ("failover_unplanned with the link down", DESTINATION, &["OK", "Synchronizing"], "Failing_Over_For_DR"),
    ("failover_unplanned from a snapshot", DESTINATION, &["OK", "Synchronizing"], "Failing_Over_For_DR"),
    (
        "failover_unplanned on the test copy, during a test",
        DESTINATION,
        &["OK", "Synchronizing"],
        "Failing_Over_For_DR",
    ),
    ("failover_unplanned while paused locally", DESTINATION, &["Paused"], "Failing_Over_For_DR"),
    ("failover_unplanned by force", DESTINATION, &["Failed_Over"], "Failing_Over_For_DR"),
    ("reprotect at both ends", SOURCE, &["Failed_Over"], "Reprotecting"),
    ("start_failover_test", DESTINATION, &["OK", "Synchronizing", "Paused", "System_Paused"], "same"),
    ("stop_failover_test during a test", DESTINATION, TESTABLE, "same"),
    ("stop_failover_test during a test by force with the link down", DESTINATION, TESTABLE, "same"),
    // What the array does by itself.
    ("policy_assigned at both ends", BOTH, &["-"], "Initializing"),
    ("created", BOTH, &["Initializing"], "OK"),
    ("rpo_tick at both ends", SOURCE, &["OK"], "Synchronizing"),
    ("cycle_fails", BOTH, &["Synchronizing"], "System_Paused"),
    ("system_recovers", BOTH, &["System_Paused"], "Synchronizing"),
    ("pause_done at both ends", BOTH, &["Pausing"], "Paused"),
    ("pause_done while paused locally, at this end only", BOTH, &["Pausing"], "Paused"),
    ("pause_fails", BOTH, &["Pausing"], "System_Paused"),
    ("resumed when idle before", BOTH, &["Resuming"], "OK"),
    ("resumed", BOTH, &["Resuming"], "Synchronizing"),
    ("resume_fails", BOTH, &["Resuming"], "System_Paused"),
    ("upgrade_starts", BOTH, &["OK", "Synchronizing"], "Paused_For_NDU"),
    ("upgrade_ends", BOTH, &["Paused_For_NDU"], "Resuming"),
    ("migration_starts", BOTH, &["OK", "Synchronizing"], "Paused_For_Migration"),
    ("migration_ends", BOTH, &["Paused_For_Migration"], "Resuming"),
    ("failover_done at both ends", BOTH, &["Failing_Over"], "Failed_Over"),
    ("failover_done at this end only", BOTH, &["Failing_Over_For_DR"], "Failed_Over"),
    ("failover_fails", BOTH, &["Failing_Over", "Failing_Over_For_DR"], "System_Paused"),
    (
        "failed_over_elsewhere",
        SOURCE,
        &[
            "Initializing",
            "OK",
            "Synchronizing",
            "Pausing",
            "Paused",
            "Resuming",
            "System_Paused",
            "Paused_For_NDU",
            "Paused_For_Migration",
            "Failing_Over",
            "Failing_Over_For_DR",
            "Reprotecting",
            "Error",
        ],
        "Failed_Over",
    ),
    ("reversal_begins reversing, at both ends", BOTH, &["Failed_Over"], "Reprotecting"),
    ("reprotected", BOTH, &["Reprotecting"], "OK"),
    ("reprotected discarding", &["SF", "DF"], &["Reprotecting"], "OK"),
    ("reprotect_fails", BOTH, &["Reprotecting"], "System_Paused"),
    ("failure", BOTH, TESTABLE, "Error"),
    ("policy_removed", BOTH, TESTABLE, "Deleting"),
    ("policy_removed", BOTH, &["Error"], "Deleting"),
    ("removed", BOTH, &["Deleting"], "gone"),
];

const REFUSED_BUT_IN: &[Refused] = &[
    ("sync", BOTH, &["OK", "System_Paused"]),
    ("pause", BOTH, &["OK", "Synchronizing", "System_Paused", "Paused"]),
    // From System_Paused nobody knows.
    ("resume", BOTH, &["Paused", "System_Paused"]),
    ("resume while paused locally", BOTH, &["System_Paused"]),
    ("reprotect", BOTH, &["Failed_Over"]),
    ("reprotect", DESTINATION, &[]),
    ("start_failover_test", BOTH, &["OK", "Synchronizing", "Paused", "System_Paused"]),
    ("start_failover_test", SOURCE, &[]),
    ("start_failover_test during a test", BOTH, &[]),
];

const REFUSED: &[Refused] = &[
    ("failover_planned", DESTINATION, &["OK", "Synchronizing"]),
    ("failover_planned during a test", BOTH, &["OK", "Synchronizing"]),
    ("failover_planned while paused locally", BOTH, &["Paused"]),
    ("failover_unplanned", SOURCE, &["OK", "Synchronizing", "Paused", "System_Paused", "Failing_Over"]),
    ("failover_unplanned during a test", BOTH, &["OK", "Synchronizing", "Paused", "System_Paused", "Failing_Over"]),
    (
        "failover_unplanned from a snapshot, on the test copy, during a test",
        BOTH,
        &["OK", "Synchronizing", "Paused", "System_Paused", "Failing_Over"],
    ),
    ("stop_failover_test", BOTH, TESTABLE),
    ("stop_failover_test during a test", SOURCE, TESTABLE),
    ("stop_failover_test during a test with the link down", DESTINATION, TESTABLE),
];
