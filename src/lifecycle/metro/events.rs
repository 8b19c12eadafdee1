//! What happens to a metro or synchronous replication by itself, in the vocabulary of the control door.

use crate::lifecycle::{Event, EventId};

events! {
    METRO_CONFIGURED "metro_configured" "metro is configured on the resource",
    POLICY_ASSIGNED "policy_assigned" "a policy with a synchronous rule is assigned",
    CREATED "created" "the session is created",
    CREATION_FAILS "creation_fails" "the creation fails",
    COPY_CAUGHT_UP "copy_caught_up" "the copy has caught up",
    SWITCHED "switched" "every write reaches both arrays",
    COPY_FAILS "copy_fails" "the copy fails",
    SYSTEM_RECOVERS "system_recovers" "what stopped it is over",
    LINK_OR_PEER_FAULT "link_or_peer_fault" "the arrays lose each other",
    WITNESS_DECIDES "witness_decides" "the witness decides for this end",
    FAULT_GONE "fault_gone" "the arrays find each other",
    FAULT_GONE_BEHIND "fault_gone_behind" "the arrays find each other, and this end is behind",
    PAUSE_DONE "pause_done" "the pause is done",
    PAUSE_FAILS "pause_fails" "the pause fails",
    RESUMED "resumed" "it is resumed",
    RESUME_FAILS "resume_fails" "the resume fails",
    ROLE_CHANGED "role_changed" "the roles are changed",
    ROLE_CHANGE_FAILS "role_change_fails" "the change of roles fails",
    UPGRADE_STARTS "upgrade_starts" "a software upgrade starts",
    UPGRADE_ENDS "upgrade_ends" "the upgrade ends",
    MIGRATION_STARTS "migration_starts" "a migration inside the cluster starts",
    MIGRATION_ENDS "migration_ends" "the migration ends",
    FAILURE "failure" "another failure",
    FAULT_MENDED "fault_mended" "the failure is mended",
    POLICY_REMOVED "policy_removed" "the protection policy is removed",
    REMOVED "removed" "the session is removed",
    REMOVAL_FAILS "removal_fails" "the removal fails",
}
