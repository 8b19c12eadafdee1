//! What the vendor's papers say of a volume's import, kept by hand and apart from the tables, and the
//! proof that the list is sharp: every documented row of the table, deleted or led elsewhere, is noticed.
//!
//! Sources: the REST API description 4.1 (texts of operations and states), the import guide.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use array_console::lifecycle::import_volume::IMPORT_VOLUME;
use array_console::lifecycle::{
    Circumstance, Circumstances, Lifecycle, NodeId, Origin, Outcome, Release, Transition, Trigger, Verdict, verdict,
};

/// Which imports a line speaks of: `S` alone, `M` member of a group; `A` agentless, `N` with a host agent.
const ALL: &[&str] = &["SA", "SN", "MA", "MN"];
const AGENTLESS: &[&str] = &["SA", "MA"];
const BY_AGENT: &[&str] = &["SN", "MN"];
const SINGLE: &[&str] = &["SA", "SN"];
const MEMBER: &[&str] = &["MA", "MN"];

/// States that a volume can show, copied from the description's enumeration.
const STATES: &[&str] = &[
    "Scheduled",
    "Queued",
    "In_Progress",
    "Mirror_Enabled",
    "Ready_To_Start_Copy",
    "Copy_In_Progress",
    "Paused",
    "Ready_For_Cutover",
    "Cutover_In_Progress",
    "Import_Completed",
    "Cancel_Required",
    "Cancel_In_Progress",
    "Cancelled",
    "Cancel_Failed",
    "Cleanup_Required",
    "Cleanup_In_Progress",
    "Cleanup_Failed",
    "Failed",
    "Invalid",
];

/// Operation or event, imports, states before, state after.
const TAKEN: &[(&str, &[&str], &[&str], &str)] = &[
    // Operations.
    ("create", SINGLE, &["-"], "Scheduled"),
    ("enable_destination_volume", AGENTLESS, &["Mirror_Enabled"], "Ready_To_Start_Copy"),
    ("start_copy", AGENTLESS, &["Ready_To_Start_Copy"], "Copy_In_Progress"),
    ("pause", ALL, &["Copy_In_Progress"], "Paused"),
    ("resume", ALL, &["Paused"], "Copy_In_Progress"),
    ("cutover", SINGLE, &["Ready_For_Cutover"], "Cutover_In_Progress"),
    ("cancel", ALL, &["Scheduled", "Queued", "Copy_In_Progress", "Ready_For_Cutover", "Paused"], "Cancel_In_Progress"),
    ("cancel", AGENTLESS, &["Cancel_Required"], "Cancel_In_Progress"),
    ("cancel", &["SA"], &["Mirror_Enabled", "Ready_To_Start_Copy"], "Cancel_In_Progress"),
    ("cleanup", ALL, &["Cleanup_Required"], "Cleanup_In_Progress"),
    ("delete", SINGLE, &["Import_Completed", "Failed", "Cancelled"], "gone"),
    // What the array does by itself.
    ("schedule_expires", ALL, &["Scheduled"], "Queued"),
    ("slot_free", ALL, &["Queued"], "In_Progress"),
    ("policy_check_fails", ALL, &["In_Progress"], "Failed"),
    ("set_up_done", AGENTLESS, &["In_Progress"], "Mirror_Enabled"),
    ("all_data_copied", ALL, &["Copy_In_Progress"], "Ready_For_Cutover"),
    ("io_or_network_failure", AGENTLESS, &["Copy_In_Progress"], "Cancel_Required"),
    ("failure_undone", BY_AGENT, &["Copy_In_Progress", "Paused", "Ready_For_Cutover"], "Failed"),
    ("failure_not_undone", BY_AGENT, &["Copy_In_Progress", "Paused", "Ready_For_Cutover"], "Cleanup_Required"),
    ("failure_not_undone", ALL, &["In_Progress"], "Cleanup_Required"),
    ("failure_not_undone", AGENTLESS, &["Mirror_Enabled", "Ready_To_Start_Copy"], "Cleanup_Required"),
    ("commit_done", ALL, &["Cutover_In_Progress"], "Import_Completed"),
    ("mirror_failed", MEMBER, &["Cutover_In_Progress"], "Cancel_In_Progress"),
    (
        "group_roll_back",
        MEMBER,
        &[
            "Scheduled",
            "Queued",
            "In_Progress",
            "Mirror_Enabled",
            "Ready_To_Start_Copy",
            "Copy_In_Progress",
            "Paused",
            "Ready_For_Cutover",
            "Cancel_Required",
            "Cancel_Failed",
        ],
        "Cancel_In_Progress",
    ),
    ("roll_back_done", ALL, &["Cancel_In_Progress"], "Cancelled"),
    ("roll_back_fails by force", ALL, &["Cancel_In_Progress"], "Cancelled"),
    ("roll_back_fails", SINGLE, &["Cancel_In_Progress"], "Cleanup_Required"),
    ("roll_back_fails", MEMBER, &["Cancel_In_Progress"], "Cancel_Failed"),
    ("clean_up_fails", MEMBER, &["Cleanup_In_Progress"], "Cleanup_Failed"),
    (
        "record_inconsistent",
        ALL,
        &[
            "Scheduled",
            "Queued",
            "In_Progress",
            "Mirror_Enabled",
            "Ready_To_Start_Copy",
            "Copy_In_Progress",
            "Paused",
            "Ready_For_Cutover",
            "Cutover_In_Progress",
            "Cancel_Required",
            "Cancel_In_Progress",
            "Cancel_Failed",
            "Cleanup_Required",
            "Cleanup_In_Progress",
        ],
        "Invalid",
    ),
];

/// Operation, imports, and the only states in which it is not refused (also those where nobody knows).
const REFUSED_BUT_IN: &[(&str, &[&str], &[&str])] = &[
    ("pause", ALL, &["Copy_In_Progress"]),
    ("resume", ALL, &["Paused"]),
    ("enable_destination_volume", AGENTLESS, &["Mirror_Enabled"]),
    ("enable_destination_volume", BY_AGENT, &[]),
    ("start_copy", AGENTLESS, &["Ready_To_Start_Copy"]),
    ("start_copy", BY_AGENT, &[]),
    ("cutover", ALL, &["Ready_For_Cutover"]),
    ("cleanup", ALL, &["Cleanup_Required"]),
    ("delete", ALL, &["Import_Completed", "Failed", "Cancelled", "Cleanup_Failed"]),
];

/// Operation, imports, states in which the papers say no.
const REFUSED: &[(&str, &[&str], &[&str])] = &[(
    "cancel",
    ALL,
    &["Cutover_In_Progress", "Cancel_In_Progress", "Cleanup_In_Progress", "Import_Completed", "Cleanup_Required"],
)];

fn circumstances(import: &str, line: &str) -> Circumstances {
    Circumstances::UNKNOWN
        .with(Circumstance::Agentless, Some(import.ends_with('A')))
        .with(Circumstance::Member, Some(import.starts_with('M')))
        .with(Circumstance::ScheduleAhead, Some(true))
        .with(Circumstance::SourceReady, Some(true))
        .with(Circumstance::HeadOfQueue, Some(true))
        .with(Circumstance::SlotFree, Some(true))
        .with(Circumstance::AutomaticCutover, Some(true))
        .with(Circumstance::ReplicatingPolicy, Some(true))
        .with(Circumstance::Forced, Some(line.ends_with("by force")))
        .with(Circumstance::CameFromCancel, Some(false))
        .with(Circumstance::RecordMatches, Some(true))
        .with(Circumstance::MembersLeft, Some(false))
        .with(Circumstance::SourceWithheld, Some(true))
}

fn trigger(table: &Lifecycle, line: &str) -> Trigger {
    let name = line.split(' ').next().unwrap();
    let action = table.action_named(name).map(Trigger::Action);
    action.or_else(|| table.event_named(name).map(Trigger::Event)).unwrap_or_else(|| panic!("no {name}"))
}

fn state(table: &Lifecycle, name: &str) -> Option<NodeId> {
    if name == "-" { None } else { Some(table.node_named(name).unwrap_or_else(|| panic!("no state {name}"))) }
}

/// The first line of the papers that `table` contradicts.
fn contradiction(table: &Lifecycle) -> Option<String> {
    let release = Release::parse("4.1.0.0");
    for (line, imports, before, after) in TAKEN {
        for (import, from) in imports.iter().flat_map(|import| before.iter().map(move |from| (*import, *from))) {
            let (trigger, given) = (trigger(table, line), circumstances(import, line));
            let outcome = table.follow(state(table, from), trigger, given).map(|row| row.outcome);
            let wanted = if *after == "gone" { Outcome::Gone } else { Outcome::Node(state(table, after).unwrap()) };
            if outcome != Some(wanted) {
                return Some(format!("{line} on {import} in {from} leads to {after}, the table says {outcome:?}"));
            }
            if let (Trigger::Action(action), Some(node)) = (trigger, state(table, from))
                && verdict(table, Some(node), action, given, release) != Verdict::Allowed
            {
                return Some(format!("{line} on {import} in {from} is allowed"));
            }
        }
    }
    let refused = |line: &str, import: &str, name: &str| {
        let Trigger::Action(action) = trigger(table, line) else { panic!("{line} is no operation") };
        let answer = verdict(table, state(table, name), action, circumstances(import, line), release);
        (!matches!(answer, Verdict::Refused(_)))
            .then(|| format!("{line} on {import} in {name} is refused, the table says {answer:?}"))
    };
    for (line, imports, but) in REFUSED_BUT_IN {
        for import in *imports {
            for name in STATES.iter().filter(|name| !but.contains(name)) {
                if let Some(found) = refused(line, import, name) {
                    return Some(found);
                }
            }
        }
    }
    for (line, imports, names) in REFUSED {
        for (import, name) in imports.iter().flat_map(|import| names.iter().map(move |name| (import, name))) {
            if let Some(found) = refused(line, import, name) {
                return Some(found);
            }
        }
    }
    let not_ready = circumstances("SA", "create").with(Circumstance::SourceReady, Some(false));
    let created = table.follow(None, trigger(table, "create"), not_ready).map(|row| row.outcome);
    (!matches!(created, Some(Outcome::Refused(_)))).then(|| "a source that is not ready is refused".to_owned())
}

#[test]
fn the_table_says_what_the_papers_say() {
    assert_eq!(contradiction(&IMPORT_VOLUME), None);
}

#[test]
fn the_table_has_exactly_the_states_of_the_papers() {
    let names: Vec<&str> = IMPORT_VOLUME.nodes.iter().map(|node| node.name).collect();
    let mut wanted = STATES.to_vec();
    let mut found = names.clone();
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
}

fn with_rows(rows: Vec<Transition>) -> Lifecycle {
    Lifecycle { transitions: Vec::leak(rows), ..IMPORT_VOLUME }
}

/// The row without one of its states before; `None` when nothing is left of it.
fn without(row: &Transition, node: Option<NodeId>) -> Option<Transition> {
    match (row.from, node) {
        (Origin::Nodes(nodes), Some(node)) => {
            let rest: Vec<NodeId> = nodes.iter().copied().filter(|other| *other != node).collect();
            (!rest.is_empty()).then(|| Transition { from: Origin::Nodes(rest.leak()), ..*row })
        }
        _ => None,
    }
}

#[test]
fn every_documented_row_deleted_or_redirected_is_noticed() {
    let table = &IMPORT_VOLUME;
    let (mut tried, mut survivors) = (0, Vec::new());
    for (index, row) in table.transitions.iter().enumerate().filter(|(_, row)| row.evidence.touches_documents()) {
        let places: Vec<Option<NodeId>> = match row.from {
            Origin::Nothing => vec![None],
            Origin::Nodes(nodes) => nodes.iter().copied().map(Some).collect(),
        };
        for place in places {
            let mut rows = table.transitions.to_vec();
            let rest = without(row, place);
            rows.splice(index..=index, rest);
            let mut mutants = vec![("deleted".to_owned(), rows.clone())];
            for (to, node) in table.nodes_with_ids().filter(|(to, _)| row.outcome != Outcome::Node(*to)) {
                let from = place.map_or(Origin::Nothing, |node| Origin::Nodes(vec![node].leak()));
                let mut redirected = rows.clone();
                redirected.insert(index, Transition { from, outcome: Outcome::Node(to), ..*row });
                mutants.push((format!("led to {}", node.name), redirected));
            }
            for (how, rows) in mutants {
                tried += 1;
                if contradiction(&with_rows(rows)).is_none() {
                    survivors.push(format!("{:?} from {place:?} {how}", row.trigger));
                }
            }
        }
    }
    println!("mutants tried: {tried}, survivors: {}", survivors.len());
    assert!(tried > 1_000, "only {tried} mutants");
    assert_eq!(survivors, Vec::<String>::new());
}
