//! Verdicts on well-known cases of a metro or synchronous replication.

use super::*;
use crate::lifecycle::Circumstance::{LinkUp, Metro, PausedLocally, Preferred};
use crate::lifecycle::{ActionId, Circumstances, Doubt, Effect, NodeId, Outcome, Release, Trigger, Verdict, verdict};

fn metro(preferred: bool) -> Circumstances {
    Circumstances::UNKNOWN.with(Metro, Some(true)).with(Preferred, Some(preferred))
}

fn synchronous() -> Circumstances {
    Circumstances::UNKNOWN.with(Metro, Some(false))
}

fn ask(node: NodeId, action: ActionId, circumstances: Circumstances) -> Verdict {
    verdict(&METRO, Some(node), action, circumstances, Release::parse("4.1.0.0"))
}

#[test]
fn what_is_for_asynchronous_replication_is_refused_everywhere() {
    for (node, _) in METRO.nodes_with_ids() {
        for action in [SYNC, FAILOVER, REPROTECT, START_FAILOVER_TEST, STOP_FAILOVER_TEST] {
            for given in [metro(true), synchronous(), Circumstances::UNKNOWN] {
                assert!(matches!(ask(node, action, given), Verdict::Refused(_)));
            }
        }
    }
}

#[test]
fn an_end_is_promoted_only_where_the_arrays_have_parted_and_only_in_metro() {
    assert_eq!(ask(FRACTURED, PROMOTE, metro(false)), Verdict::Allowed);
    assert_eq!(ask(PAUSED, DEMOTE, metro(true)), Verdict::Allowed);
    assert!(matches!(ask(OK, PROMOTE, metro(false)), Verdict::Refused(_)));
    assert!(matches!(ask(PAUSED, PROMOTE, synchronous()), Verdict::Refused(_)));
    for (action, effect) in [(PROMOTE, Effect::Promotes), (DEMOTE, Effect::Demotes)] {
        let row = METRO.follow(Some(FRACTURED), Trigger::Action(action), metro(true)).unwrap();
        assert_eq!((row.outcome, row.effects), (Outcome::Unchanged, &[effect][..]));
    }
}

#[test]
fn who_serves_hosts_after_the_arrays_lost_each_other_is_the_preferred_end_or_whom_the_witness_picks() {
    let lost = |preferred| METRO.follow(Some(OK), Trigger::Event(LINK_OR_PEER_FAULT), metro(preferred)).unwrap();
    assert_eq!((lost(true).outcome, lost(true).effects), (Outcome::Node(FRACTURED), &[][..]));
    assert_eq!(lost(false).effects, [Effect::DemotesBySystem]);
    let witness = |preferred| METRO.follow(Some(FRACTURED), Trigger::Event(WITNESS_DECIDES), metro(preferred));
    assert_eq!(witness(false).unwrap().effects, [Effect::PromotesBySystem]);
    assert!(witness(true).is_none());
}

#[test]
fn a_pause_of_one_end_is_repeated_before_it_is_resumed() {
    let local = |link| metro(true).with(PausedLocally, Some(true)).with(LinkUp, Some(link));
    assert!(matches!(ask(PAUSED, RESUME, local(true)), Verdict::Refused(_)));
    assert_eq!(ask(PAUSED, PAUSE, local(true)), Verdict::Allowed);
    assert!(matches!(ask(PAUSED, PAUSE, local(false)), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
    assert_eq!(ask(PAUSED, RESUME, metro(true)), Verdict::Uncertain(Doubt::Unknown(PausedLocally)));
    assert_eq!(ask(PAUSED, RESUME, metro(true).with(PausedLocally, Some(false))), Verdict::Allowed);
}

#[test]
fn what_the_system_paused_only_the_system_resumes() {
    for node in [PAUSED_FOR_NDU, PAUSED_FOR_MIGRATION] {
        let answer = ask(node, RESUME, metro(true));
        assert!(matches!(answer, Verdict::Refused(sentence) if sentence.contains("by itself")));
    }
}

#[test]
fn the_preferred_end_has_nothing_to_ask_for_and_the_other_one_does_it_with_the_link() {
    assert!(matches!(ask(OK, MODIFY, metro(true)), Verdict::Refused(_)));
    assert!(matches!(ask(OK, MODIFY, metro(false)), Verdict::Uncertain(Doubt::ProbablyAccepted(_))));
    let lost = metro(false).with(LinkUp, Some(false));
    assert!(matches!(ask(FRACTURED, MODIFY, lost), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
}
