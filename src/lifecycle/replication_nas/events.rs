//! What happens to the replication of a NAS server by itself, in the vocabulary of the control door. Most
//! of it follows from its file systems.

use crate::lifecycle::{Event, EventId};

events! {
    POLICY_ASSIGNED "policy_assigned" "a policy with a replication rule is assigned",
    CREATED "created" "the sessions of all file systems are created",
    CYCLE_STARTS "cycle_starts" "a file system is synchronized",
    CYCLES_DONE "cycles_done" "every file system is synchronized",
    SOME_STUCK "some_stuck" "a file system does not replicate",
    ALL_STUCK "all_stuck" "the array stopped every file system",
    SOME_REPLICATE "some_replicate" "some file systems replicate again",
    ALL_REPLICATE "all_replicate" "every file system replicates again",
    PAUSE_DONE "pause_done" "every file system is paused",
    SOME_NOT_PAUSED "some_not_paused" "a file system cannot be paused",
    SOME_NOT_RESUMED "some_not_resumed" "a file system cannot be resumed",
    UPGRADE_STARTS "upgrade_starts" "a software upgrade starts",
    UPGRADE_ENDS "upgrade_ends" "the upgrade ends",
    MIGRATION_STARTS "migration_starts" "a migration inside the cluster starts",
    MIGRATION_ENDS "migration_ends" "the migration ends",
    FAILOVER_DONE "failover_done" "every file system is failed over",
    SOME_NOT_FAILED_OVER "some_not_failed_over" "a file system cannot be failed over",
    FAILED_OVER_ELSEWHERE "failed_over_elsewhere" "every file system hears of an unplanned failover of the other end",
    REVERSAL_BEGINS "reversal_begins" "it is reprotected at once, as the failover was asked to",
    REPROTECTED "reprotected" "every file system is reprotected",
    SOME_NOT_REPROTECTED "some_not_reprotected" "a file system cannot be reprotected",
    FAILURE "failure" "another failure",
    FAULT_MENDED "fault_mended" "the failure is mended",
    POLICY_REMOVED "policy_removed" "the protection policy is removed",
    REMOVED "removed" "the session is removed",
    REMOVAL_FAILS "removal_fails" "the removal fails",
}
