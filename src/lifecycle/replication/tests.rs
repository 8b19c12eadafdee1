//! Verdicts and ways of well-known cases of an asynchronous replication.

use super::*;
use crate::lifecycle::Circumstance::{
    Forced, LinkUp, Member, OnTestCopy, PausedLocally, Reversing, SourceSide, TestRunning,
};
use crate::lifecycle::{
    ActionId, Circumstances, Doubt, Effect, NodeId, Outcome, Release, Said, Trigger, Verdict, verdict,
};

const TABLE: &Lifecycle = &REPLICATION;

/// One end that is no file system, with the link up, no test, nothing forced.
fn end(source: bool) -> Circumstances {
    let no = [Member, PausedLocally, TestRunning, Forced, OnTestCopy, Reversing];
    no.into_iter()
        .fold(Circumstances::UNKNOWN, |all, one| all.with(one, Some(false)))
        .with(SourceSide, Some(source))
        .with(LinkUp, Some(true))
}

fn ask(node: NodeId, action: ActionId, circumstances: Circumstances) -> Verdict {
    verdict(TABLE, Some(node), action, circumstances, Release::parse("4.1.0.0"))
}

#[test]
fn each_failover_is_asked_of_its_own_end() {
    for node in [OK, SYNCHRONIZING] {
        assert_eq!(ask(node, FAILOVER_PLANNED, end(true)), Verdict::Allowed);
        assert!(matches!(ask(node, FAILOVER_PLANNED, end(false)), Verdict::Refused(_)));
        assert_eq!(ask(node, FAILOVER_UNPLANNED, end(false)), Verdict::Allowed);
        assert!(matches!(ask(node, FAILOVER_UNPLANNED, end(true)), Verdict::Refused(_)));
    }
}

#[test]
fn both_failovers_are_one_word_of_the_api_and_say_which_they_are() {
    for (action, planned) in [(FAILOVER_PLANNED, true), (FAILOVER_UNPLANNED, false)] {
        let action = TABLE.action(action).unwrap();
        assert_eq!(action.verb, crate::lifecycle::Verb::ActAs("failover"));
        assert!(action.says.contains(&Said::Switch("is_planned", planned)));
    }
}

#[test]
fn a_failover_that_reverses_comes_to_ok_without_another_word() {
    let mut given = end(true).with(Reversing, Some(true));
    let mut node = OK;
    let way = [
        Trigger::Action(FAILOVER_PLANNED),
        Trigger::Event(FAILOVER_DONE),
        Trigger::Event(REVERSAL_BEGINS),
        Trigger::Event(REPROTECTED),
    ];
    for trigger in way {
        given = given.with(crate::lifecycle::Circumstance::Discarding, Some(false));
        let row = TABLE.follow(Some(node), trigger, given).unwrap();
        assert!(row.effects.contains(&Effect::BothEnds), "{trigger:?}");
        let Outcome::Node(to) = row.outcome else { panic!("{row:?}") };
        node = to;
    }
    assert_eq!(node, OK);
}

#[test]
fn nothing_that_an_unplanned_failover_does_needs_the_other_end() {
    for given in [end(false), end(false).with(LinkUp, Some(false))] {
        let starts = TABLE.follow(Some(OK), Trigger::Action(FAILOVER_UNPLANNED), given).unwrap();
        let ends = TABLE.follow(Some(FAILING_OVER_FOR_DR), Trigger::Event(FAILOVER_DONE), given).unwrap();
        assert!(starts.effects.is_empty());
        assert_eq!(ends.effects, [Effect::BecomesSource]);
    }
}

#[test]
fn a_pause_of_one_end_is_repeated_and_not_resumed() {
    let locally = end(true).with(PausedLocally, Some(true));
    assert!(matches!(ask(PAUSED, RESUME, locally), Verdict::Refused(_)));
    assert_eq!(ask(PAUSED, PAUSE, locally), Verdict::Allowed);
    assert_eq!(ask(PAUSED, RESUME, end(true)), Verdict::Allowed);
    assert!(matches!(ask(PAUSED, PAUSE, end(true)), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
    let unknown = end(true).with(PausedLocally, None);
    assert_eq!(ask(PAUSED, RESUME, unknown), Verdict::Uncertain(Doubt::Unknown(PausedLocally)));
}

#[test]
fn whether_the_link_is_up_does_not_decide_a_pause() {
    assert_eq!(ask(OK, PAUSE, end(true).with(LinkUp, None)), Verdict::Allowed);
}

#[test]
fn what_the_array_has_paused_a_person_does_not_resume() {
    for node in [PAUSED_FOR_NDU, PAUSED_FOR_MIGRATION] {
        assert!(matches!(ask(node, RESUME, end(true)), Verdict::Refused(_)));
    }
    assert!(matches!(ask(SYSTEM_PAUSED, RESUME, end(true)), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
}

#[test]
fn a_file_system_is_hardly_asked_by_itself() {
    let member = end(true).with(Member, Some(true));
    for (node, action) in [(OK, SYNC), (OK, PAUSE), (PAUSED, RESUME), (OK, FAILOVER_PLANNED), (FAILED_OVER, REPROTECT)]
    {
        assert!(matches!(ask(node, action, member), Verdict::Uncertain(Doubt::ProbablyRefused(_))), "{action:?}");
    }
}

#[test]
fn tests_of_failovers_need_a_release_that_has_them() {
    let old = verdict(TABLE, Some(OK), START_FAILOVER_TEST, end(false), Release::parse("1.0.4"));
    assert!(matches!(old, Verdict::Refused(_)));
}
