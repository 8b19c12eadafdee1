//! What must hold of the table, whatever it says; and verdicts on well-known cases.

use super::*;
use crate::lifecycle::Circumstance::{Agentless, AutomaticCutover, Member};
use crate::lifecycle::{
    ActionId, Circumstances, Doubt, Lifecycle, NodeId, Origin, Outcome, Release, Trigger, Verb, Verdict, verdict,
};

const TABLE: &Lifecycle = &IMPORT_VOLUME;

fn single(agentless: bool) -> Circumstances {
    Circumstances::UNKNOWN
        .with(Agentless, Some(agentless))
        .with(Member, Some(false))
        .with(AutomaticCutover, Some(false))
}

fn ask(node: NodeId, action: ActionId, circumstances: Circumstances) -> Verdict {
    verdict(TABLE, Some(node), action, circumstances, Release::parse("4.1.0.0"))
}

fn targets(outcome: Outcome) -> Vec<NodeId> {
    match outcome {
        Outcome::Node(node) => vec![node],
        Outcome::OneOf(nodes) => nodes.to_vec(),
        _ => Vec::new(),
    }
}

#[test]
fn names_are_unique_and_found_again() {
    for (id, node) in TABLE.nodes_with_ids() {
        assert_eq!(TABLE.node_named(node.name), Some(id));
    }
    for (id, action) in TABLE.actions_with_ids() {
        assert_eq!(TABLE.action_named(action.name), Some(id));
    }
    for (index, event) in TABLE.events.iter().enumerate() {
        assert_eq!(TABLE.event_named(event.name).map(|id| usize::from(id.0)), Some(index));
    }
}

#[test]
fn every_state_can_be_reached_and_left() {
    let mut reached: Vec<NodeId> = Vec::new();
    let starts = TABLE.transitions.iter().filter(|row| row.from == Origin::Nothing);
    let mut fresh: Vec<NodeId> = starts.flat_map(|row| targets(row.outcome)).collect();
    while let Some(node) = fresh.pop() {
        if !reached.contains(&node) {
            reached.push(node);
            let rows = TABLE.transitions.iter().filter(|row| row.from.contains(Some(node)));
            fresh.extend(rows.flat_map(|row| targets(row.outcome)));
        }
    }
    for (id, node) in TABLE.nodes_with_ids() {
        assert!(reached.contains(&id), "{} cannot be reached", node.name);
        let leaves = |row: &&crate::lifecycle::Transition| {
            row.from.contains(Some(id))
                && (matches!(row.outcome, Outcome::Gone | Outcome::NodeBefore)
                    || targets(row.outcome).iter().any(|to| *to != id))
        };
        assert!(TABLE.transitions.iter().any(|row| leaves(&row)), "{} is a dead end", node.name);
    }
}

#[test]
fn nothing_but_a_deletion_leads_out_of_an_end() {
    for row in TABLE.transitions {
        let Origin::Nodes(from) = row.from else { continue };
        let ends = from.iter().filter(|id| TABLE.node(**id).unwrap().is_final());
        if ends.count() > 0 {
            assert!(matches!(row.outcome, Outcome::Gone | Outcome::Refused(_)), "{row:?}");
        }
    }
}

#[test]
fn every_event_and_every_action_has_a_row() {
    for index in 0..TABLE.events.len() {
        let trigger = Trigger::Event(crate::lifecycle::EventId(u8::try_from(index).unwrap()));
        assert!(TABLE.transitions.iter().any(|row| row.trigger == trigger), "{}", TABLE.events[index].name);
    }
    for (id, action) in TABLE.actions_with_ids() {
        assert!(TABLE.transitions.iter().any(|row| row.trigger == Trigger::Action(id)), "{}", action.name);
    }
}

#[test]
fn actions_say_everything_that_a_dialog_needs() {
    for action in TABLE.actions {
        for text in [action.label, action.changes, action.host_access, action.written_meanwhile, action.afterwards] {
            assert!(!text.is_empty(), "{}", action.name);
        }
        let irreversible = action.danger == crate::lifecycle::Danger::Irreversible;
        assert!(!irreversible || action.cannot_be_undone.is_some(), "{} must say what cannot be undone", action.name);
        assert!(action.short.split(' ').all(|line| line.len() <= 12));
        assert!(action.verb != Verb::Act || action.elsewhere.sentence.ends_with('.'));
    }
}

#[test]
fn a_documented_step_is_allowed_and_a_documented_no_is_refused() {
    assert_eq!(ask(READY_FOR_CUTOVER, CUTOVER, single(true)), Verdict::Allowed);
    assert_eq!(ask(MIRROR_ENABLED, ENABLE_DESTINATION_VOLUME, single(true)), Verdict::Allowed);
    assert!(matches!(ask(QUEUED, PAUSE, single(true)), Verdict::Refused(_)));
    assert!(matches!(ask(CUTOVER_IN_PROGRESS, CANCEL, single(true)), Verdict::Refused(_)));
}

#[test]
fn a_guess_of_ours_never_locks_a_person_out() {
    assert!(matches!(ask(IN_PROGRESS, CANCEL, single(true)), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
    assert!(matches!(ask(CLEANUP_FAILED, DELETE, single(true)), Verdict::Uncertain(Doubt::ProbablyAccepted(_))));
    let member = single(true).with(Member, Some(true));
    assert!(matches!(ask(READY_FOR_CUTOVER, CUTOVER, member), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
}

#[test]
fn what_is_not_known_makes_an_action_uncertain_only_where_it_decides() {
    let unknown = Circumstances::UNKNOWN;
    assert_eq!(ask(MIRROR_ENABLED, ENABLE_DESTINATION_VOLUME, unknown), Verdict::Uncertain(Doubt::Unknown(Agentless)));
    assert_eq!(ask(READY_FOR_CUTOVER, CUTOVER, unknown), Verdict::Uncertain(Doubt::Unknown(Member)));
    assert_eq!(ask(COPY_IN_PROGRESS, PAUSE, unknown), Verdict::Allowed);
    assert_eq!(verdict(TABLE, None, PAUSE, unknown, Release::parse("4.1")), Verdict::Uncertain(Doubt::UnknownState));
}

#[test]
fn an_action_that_the_release_lacks_is_refused_and_an_unknown_release_leaves_doubt() {
    let on = |release: &str| {
        verdict(TABLE, Some(MIRROR_ENABLED), ENABLE_DESTINATION_VOLUME, single(true), Release::parse(release))
    };
    assert!(matches!(on("1.0.0.0"), Verdict::Refused(_)));
    assert_eq!(on("1.0.2"), Verdict::Allowed);
    assert_eq!(on("?"), Verdict::Uncertain(Doubt::UnknownRelease));
    let pause = verdict(TABLE, Some(COPY_IN_PROGRESS), PAUSE, single(true), None);
    assert_eq!(pause, Verdict::Allowed);
}
