//! What the papers say of one end of the replication of a NAS server. The partial states are described,
//! the ways out of them are not.

use array_console::lifecycle::replication_nas::REPLICATION_NAS;

use crate::papers::{Derived, HandedOn, Papers, Refused, Taken};
use crate::replication::given;

pub const PAPERS: Papers = Papers {
    table: &REPLICATION_NAS,
    given,
    states: STATES,
    taken: TAKEN,
    refused_but_in: REFUSED_BUT_IN,
    refused: REFUSED,
    create: None,
    derived: DERIVED,
    handed_on: HANDED_ON,
    mutants: 1_000,
};

const BOTH: &[&str] = &["S", "D"];
const SOURCE: &[&str] = &["S"];
const DESTINATION: &[&str] = &["D"];

/// States that a NAS server can show, copied from the description's enumeration.
const STATES: &[&str] = &[
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
    "Partial_OK",
    "Partial_Paused",
    "Partial_Failed_Over",
    "Partial_Reprotected",
    "Partial_Failed_Back",
];

const UNBROKEN: &[&str] = &[
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
    "Partial_OK",
    "Partial_Paused",
    "Partial_Failed_Over",
    "Partial_Reprotected",
    "Partial_Failed_Back",
];

const TAKEN: &[Taken] = &[
    // Operations.
    ("sync at both ends", SOURCE, &["OK", "System_Paused"], "Synchronizing"),
    ("pause at both ends", BOTH, &["OK", "Synchronizing", "System_Paused"], "Pausing"),
    ("pause with the link down, at this end only", BOTH, &["OK", "Synchronizing", "System_Paused"], "Pausing"),
    ("pause while paused locally, at both ends", BOTH, &["Paused"], "Pausing"),
    ("resume at both ends", BOTH, &["Paused"], "Resuming"),
    ("failover_planned at both ends", SOURCE, &["OK", "Synchronizing"], "Failing_Over"),
    (
        "failover_unplanned at this end only",
        DESTINATION,
        &["OK", "Synchronizing", "Failing_Over"],
        "Failing_Over_For_DR",
    ),
    ("failover_unplanned while paused locally", DESTINATION, &["Paused"], "Failing_Over_For_DR"),
    ("failover_unplanned by force", DESTINATION, &["Failed_Over"], "Failing_Over_For_DR"),
    ("reprotect at both ends", SOURCE, &["Failed_Over"], "Reprotecting"),
    ("reprotect discarding", SOURCE, &["Failed_Over"], "Reprotecting"),
    // What the array does by itself.
    ("policy_assigned", BOTH, &["-"], "Initializing"),
    ("created", BOTH, &["Initializing"], "OK"),
    ("some_stuck", BOTH, &["OK", "Synchronizing"], "Partial_OK"),
    ("pause_done", BOTH, &["Pausing"], "Paused"),
    ("some_not_paused", BOTH, &["Pausing"], "Partial_Paused"),
    ("all_replicate", BOTH, &["Resuming"], "OK"),
    ("upgrade_starts", BOTH, &["OK", "Synchronizing"], "Paused_For_NDU"),
    ("upgrade_ends", BOTH, &["Paused_For_NDU"], "Resuming"),
    ("migration_starts", BOTH, &["OK", "Synchronizing"], "Paused_For_Migration"),
    ("migration_ends", BOTH, &["Paused_For_Migration"], "Resuming"),
    ("failover_done", BOTH, &["Failing_Over"], "Failed_Over"),
    ("failover_done", DESTINATION, &["Failing_Over_For_DR"], "Failed_Over"),
    ("some_not_failed_over", BOTH, &["Failing_Over", "Failing_Over_For_DR"], "Partial_Failed_Over"),
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
            "Partial_OK",
            "Partial_Paused",
            "Error",
        ],
        "Failed_Over",
    ),
    ("reversal_begins reversing", BOTH, &["Failed_Over"], "Reprotecting"),
    ("reprotected", BOTH, &["Reprotecting"], "OK"),
    ("reprotected discarding", BOTH, &["Reprotecting"], "OK"),
    ("some_not_reprotected", BOTH, &["Reprotecting"], "Partial_Reprotected"),
    ("failure", BOTH, UNBROKEN, "Error"),
    ("policy_removed", BOTH, UNBROKEN, "Deleting"),
    ("policy_removed", BOTH, &["Error"], "Deleting"),
    ("removed", BOTH, &["Deleting"], "gone"),
];

const REFUSED_BUT_IN: &[Refused] = &[
    ("sync", BOTH, &["OK", "System_Paused", "Partial_OK"]),
    ("pause", BOTH, &["OK", "Synchronizing", "System_Paused", "Paused", "Partial_OK", "Partial_Paused"]),
    ("resume", BOTH, &["Paused", "System_Paused", "Partial_Paused"]),
    ("resume while paused locally", BOTH, &["System_Paused", "Partial_Paused"]),
    ("reprotect", BOTH, &["Failed_Over", "Partial_Reprotected", "Partial_Failed_Back"]),
    ("reprotect", DESTINATION, &["Partial_Reprotected", "Partial_Failed_Back"]),
    ("start_failover_test", BOTH, &[]),
    ("stop_failover_test during a test", BOTH, &[]),
];

const REFUSED: &[Refused] = &[
    ("failover_planned", DESTINATION, &["OK", "Synchronizing"]),
    ("failover_planned while paused locally", BOTH, &["Paused"]),
    (
        "failover_unplanned",
        SOURCE,
        &[
            "OK",
            "Synchronizing",
            "Paused",
            "System_Paused",
            "Failing_Over",
            "Partial_OK",
            "Partial_Paused",
            "Partial_Failed_Over",
        ],
    ),
];

const DERIVED: &[Derived] = &[
    ("Initializing", &["OK", "Initializing"], "-"),
    ("Initializing", &["OK", "OK"], "created"),
    // Some that do not replicate are told, once nothing moves.
    ("OK", &["OK", "OK"], "-"),
    ("OK", &["OK", "System_Paused"], "some_stuck"),
    ("Synchronizing", &["Synchronizing", "Error"], "some_stuck"),
    ("OK", &["System_Paused", "Initializing"], "-"),
    // Pausing and resuming.
    ("Pausing", &["Paused", "Pausing"], "-"),
    ("Pausing", &["Paused", "Paused"], "pause_done"),
    ("Pausing", &["Paused", "System_Paused"], "some_not_paused"),
    ("Resuming", &["OK", "Resuming"], "-"),
    ("Resuming", &["OK", "Synchronizing"], "all_replicate"),
    // Failover and reprotect.
    ("Failing_Over", &["Failed_Over", "Failing_Over"], "-"),
    ("Failing_Over", &["Failed_Over", "Failed_Over"], "failover_done"),
    ("Failing_Over", &["Failed_Over", "System_Paused"], "some_not_failed_over"),
    ("Failing_Over_For_DR", &["Failed_Over", "Failed_Over"], "failover_done"),
    ("Failing_Over_For_DR", &["Failed_Over", "System_Paused"], "some_not_failed_over"),
    ("OK", &["Failed_Over", "Failed_Over"], "failed_over_elsewhere"),
    ("Reprotecting", &["OK", "Reprotecting"], "-"),
    ("Reprotecting", &["OK", "OK"], "reprotected"),
    ("Reprotecting", &["OK", "System_Paused"], "some_not_reprotected"),
];

const HANDED_ON: &[HandedOn] = &[
    ("sync at the source", &["OK", "System_Paused"], &["nas_server_syncs"]),
    ("pause", &["OK", "Synchronizing", "System_Paused"], &["nas_server_pauses"]),
    ("pause with the link down", &["OK", "Synchronizing", "System_Paused"], &["nas_server_pauses"]),
    ("pause while paused locally", &["Paused"], &["nas_server_pauses"]),
    ("resume", &["Paused"], &["nas_server_resumes"]),
    ("upgrade_starts", &["OK", "Synchronizing"], &["upgrade_starts"]),
    ("upgrade_ends", &["Paused_For_NDU"], &["upgrade_ends"]),
    ("migration_starts", &["OK", "Synchronizing"], &["migration_starts"]),
    ("migration_ends", &["Paused_For_Migration"], &["migration_ends"]),
    ("failover_planned at the source", &["OK", "Synchronizing"], &["nas_server_fails_over"]),
    ("failover_unplanned", &["OK", "Synchronizing", "Failing_Over"], &["nas_server_fails_over_for_dr"]),
    ("failover_unplanned while paused locally", &["Paused"], &["nas_server_fails_over_for_dr"]),
    ("failover_unplanned by force", &["Failed_Over"], &["nas_server_fails_over_for_dr"]),
    ("reprotect at the source", &["Failed_Over"], &["nas_server_reprotects"]),
    ("reversal_begins reversing", &["Failed_Over"], &["nas_server_reprotects"]),
    ("policy_removed", UNBROKEN, &["policy_removed"]),
    ("policy_removed", &["Error"], &["policy_removed"]),
];
