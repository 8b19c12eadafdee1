//! What the papers say of metro and synchronous replication.

use array_console::lifecycle::metro::METRO;
use array_console::lifecycle::{Circumstance, Circumstances};

use crate::papers::{Papers, Refused, Taken};

pub const PAPERS: Papers = Papers {
    table: &METRO,
    given,
    states: STATES,
    taken: TAKEN,
    refused_but_in: REFUSED_BUT_IN,
    refused: REFUSED,
    create: None,
    derived: &[],
    handed_on: &[],
    mutants: 900,
};

/// `P` and `N` are the preferred and the other end of a metro session, `S` is a synchronous one. The other
/// array is reached and nothing is paused at one end only, unless the line says so.
fn given(end: &str, line: &str) -> Circumstances {
    Circumstances::UNKNOWN
        .with(Circumstance::Metro, Some(end != "S"))
        .with(Circumstance::Preferred, Some(end == "P"))
        .with(Circumstance::LinkUp, Some(!line.ends_with("without link")))
        .with(Circumstance::PausedLocally, Some(line.ends_with("paused here alone")))
        .with(Circumstance::BothPromoted, Some(false))
        .with(Circumstance::Forced, Some(false))
}

const ALL: &[&str] = &["P", "N", "S"];
const METRO_ENDS: &[&str] = &["P", "N"];
const SYNCHRONOUS: &[&str] = &["S"];

/// States of the description's enumeration that its texts leave to these two types.
const STATES: &[&str] = &[
    "Initializing",
    "OK",
    "Synchronizing",
    "Pausing",
    "Paused",
    "System_Paused",
    "Paused_For_NDU",
    "Paused_For_Migration",
    "Resuming",
    "Modify_Role_In_Progress",
    "Switching_To_Metro_Sync",
    "Switching_To_Synchronous",
    "Fractured",
    "Deleting",
    "Error",
];

const ALL_BUT_DELETING: &[&str] = &[
    "Initializing",
    "OK",
    "Synchronizing",
    "Pausing",
    "Paused",
    "System_Paused",
    "Paused_For_NDU",
    "Paused_For_Migration",
    "Resuming",
    "Modify_Role_In_Progress",
    "Switching_To_Metro_Sync",
    "Switching_To_Synchronous",
    "Fractured",
    "Error",
];

/// The description's list for pause.
const PAUSABLE: &[&str] = &["OK", "Synchronizing", "System_Paused", "Fractured"];

const TAKEN: &[Taken] = &[
    // Operations.
    ("pause", ALL, PAUSABLE, "Pausing"),
    ("pause without link", ALL, PAUSABLE, "Pausing"),
    ("pause paused here alone", ALL, &["Paused"], "Pausing"),
    ("resume", ALL, &["Paused"], "Resuming"),
    ("promote", METRO_ENDS, &["Fractured", "Paused"], "same"),
    ("demote", METRO_ENDS, &["Fractured", "Paused"], "same"),
    ("end_metro", METRO_ENDS, ALL_BUT_DELETING, "Deleting"),
    ("modify perhaps", &["N"], &["OK", "Fractured", "Paused"], "Modify_Role_In_Progress"),
    // What the array does by itself.
    ("metro_configured", METRO_ENDS, &["-"], "Initializing"),
    ("policy_assigned", SYNCHRONOUS, &["-"], "Initializing"),
    ("copy_caught_up", METRO_ENDS, &["Synchronizing"], "Switching_To_Metro_Sync"),
    ("copy_caught_up", SYNCHRONOUS, &["Synchronizing"], "Switching_To_Synchronous"),
    ("copy_fails", ALL, &["Synchronizing", "Switching_To_Metro_Sync", "Switching_To_Synchronous"], "System_Paused"),
    ("link_or_peer_fault", METRO_ENDS, &["OK"], "Fractured"),
    ("pause_done", ALL, &["Pausing"], "Paused"),
    ("resumed", ALL, &["Resuming"], "Synchronizing"),
    ("upgrade_starts", ALL, &["OK", "Synchronizing"], "Paused_For_NDU"),
    ("migration_starts", ALL, &["OK", "Synchronizing"], "Paused_For_Migration"),
    ("policy_removed", SYNCHRONOUS, ALL_BUT_DELETING, "Deleting"),
    ("removed", ALL, &["Deleting"], "gone"),
];

const REFUSED_BUT_IN: &[Refused] = &[
    ("pause", ALL, &["OK", "Synchronizing", "System_Paused", "Fractured", "Paused"]),
    ("promote", METRO_ENDS, &["Fractured", "Paused"]),
    ("demote", METRO_ENDS, &["Fractured", "Paused"]),
    ("promote", SYNCHRONOUS, &[]),
    ("demote", SYNCHRONOUS, &[]),
    ("modify", SYNCHRONOUS, &["Deleting"]),
    ("end_metro", SYNCHRONOUS, &["Deleting"]),
    // For asynchronous replication.
    ("sync", ALL, &[]),
    ("failover", ALL, &[]),
    ("reprotect", ALL, &[]),
    ("start_failover_test", ALL, &[]),
    ("stop_failover_test", ALL, &[]),
];

const REFUSED: &[Refused] = &[
    ("resume", ALL, &["Paused_For_NDU", "Paused_For_Migration"]),
    ("resume paused here alone", ALL, &["Paused"]),
    ("modify", &["P"], &["OK", "Fractured", "Paused"]),
];
