//! A NAS server and its file systems together.

use super::*;
use crate::lifecycle::Circumstance::{Discarding, Forced, LinkUp, PausedLocally, Reversing, SourceSide};
use crate::lifecycle::replication::{self as member, REPLICATION};
use crate::lifecycle::{Circumstances, EventId, NodeId, Outcome, Phase, Release, Trigger, Verdict, verdict};

/// One end with the link up and nothing said besides.
fn end(source: bool, discarding: bool) -> Circumstances {
    let no = [PausedLocally, Forced, Reversing];
    no.into_iter()
        .fold(Circumstances::UNKNOWN, |all, one| all.with(one, Some(false)))
        .with(SourceSide, Some(source))
        .with(Discarding, Some(discarding))
        .with(LinkUp, Some(true))
}

/// Every choice of up to three file systems, order aside.
fn choices() -> Vec<Vec<NodeId>> {
    let all: Vec<NodeId> = REPLICATION.nodes_with_ids().map(|(id, _)| id).collect();
    let mut found = Vec::new();
    for one in &all {
        found.push(vec![*one]);
        for two in all.iter().filter(|two| *two >= one) {
            found.push(vec![*one, *two]);
            found.extend(all.iter().filter(|three| *three >= two).map(|three| vec![*one, *two, *three]));
        }
    }
    found
}

fn row(node: NodeId, event: EventId, given: Circumstances) -> Option<NodeId> {
    match REPLICATION_NAS.follow(Some(node), Trigger::Event(event), given)?.outcome {
        Outcome::Node(to) => Some(to),
        _ => None,
    }
}

#[test]
fn it_names_its_actions_as_its_file_systems_do() {
    for (id, action) in REPLICATION.actions_with_ids() {
        let of_nas = REPLICATION_NAS.action(id).unwrap();
        assert_eq!((of_nas.name, of_nas.verb), (action.name, action.verb));
    }
    for (id, node) in REPLICATION.nodes_with_ids() {
        assert_eq!(REPLICATION_NAS.node(id).unwrap().name, node.name);
    }
}

#[test]
fn at_work_it_never_waits_for_file_systems_that_stand_still() {
    let moving = |node: &NodeId| REPLICATION.node(*node).unwrap().phase == Phase::Working;
    for node in [PAUSING, RESUMING, FAILING_OVER, FAILING_OVER_FOR_DR, REPROTECTING] {
        for members in choices().into_iter().filter(|members| !members.iter().any(moving)) {
            for bits in 0..4 {
                let given = end(bits & 1 != 0, bits & 2 != 0);
                assert!(REPLICATION_NAS.derived(node, &members, given).is_some(), "{members:?} in {node:?}");
            }
        }
    }
}

#[test]
fn what_follows_from_the_file_systems_comes_to_rest() {
    for (start, _) in REPLICATION_NAS.nodes_with_ids() {
        for members in choices() {
            for bits in 0..4 {
                let given = end(bits & 1 != 0, bits & 2 != 0);
                let (mut node, mut steps) = (start, 0);
                while let Some(event) = REPLICATION_NAS.derived(node, &members, given) {
                    node = row(node, event, given).unwrap();
                    steps += 1;
                    assert!(steps < 6, "{members:?} from {start:?} go round in circles");
                }
            }
        }
    }
}

#[test]
fn a_reprotect_that_is_left_half_done_tells_which_way_it_went_and_is_done_again() {
    for (discarding, partial) in [(false, PARTIAL_REPROTECTED), (true, PARTIAL_FAILED_BACK)] {
        let given = end(true, discarding);
        let members = [member::OK, member::SYSTEM_PAUSED];
        let event = REPLICATION_NAS.derived(REPROTECTING, &members, given).unwrap();
        assert_eq!(row(REPROTECTING, event, given), Some(partial));
        let again = REPLICATION_NAS.follow(Some(partial), Trigger::Action(REPROTECT), given).unwrap();
        assert_eq!(again.outcome, Outcome::Node(REPROTECTING));
    }
}

#[test]
fn there_are_no_failover_tests() {
    for (node, _) in REPLICATION_NAS.nodes_with_ids() {
        for action in [START_FAILOVER_TEST, STOP_FAILOVER_TEST] {
            let answer = verdict(&REPLICATION_NAS, Some(node), action, end(false, false), Release::parse("4.1.0.0"));
            assert!(matches!(answer, Verdict::Refused(_)), "{answer:?}");
        }
    }
}
