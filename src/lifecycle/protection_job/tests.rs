//! Verdicts on well-known cases of a data-protection job.

use super::*;
use crate::lifecycle::Circumstance::{EndedWithError, Stoppable};
use crate::lifecycle::{ActionId, Circumstances, Doubt, Release, Verdict, offered, verdict};

fn ask(node: NodeId, action: ActionId, circumstances: Circumstances) -> Verdict {
    verdict(&PROTECTION_JOB, Some(node), action, circumstances, Release::parse("5.2"))
}

#[test]
fn a_running_job_is_stopped_unless_its_type_forbids_it_which_is_our_conclusion() {
    let stoppable = |value| Circumstances::UNKNOWN.with(Stoppable, value);
    assert_eq!(ask(RUNNING, ABORT, stoppable(Some(true))), Verdict::Allowed);
    assert!(matches!(ask(RUNNING, ABORT, stoppable(Some(false))), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
    assert_eq!(ask(RUNNING, ABORT, stoppable(None)), Verdict::Uncertain(Doubt::Unknown(Stoppable)));
    assert!(matches!(ask(QUEUED, ABORT, stoppable(Some(true))), Verdict::Uncertain(Doubt::ProbablyAccepted(_))));
}

#[test]
fn a_job_that_has_ended_is_not_stopped_and_the_number_is_named() {
    for (node, number) in [(COMPLETED, "22218"), (ABORTED, "22219")] {
        let Verdict::Refused(sentence) = ask(node, ABORT, Circumstances::UNKNOWN) else { panic!("refused") };
        assert!(sentence.contains(number), "{sentence}");
    }
}

#[test]
fn a_failed_job_is_purged_with_the_switch() {
    let ended = |with_error| Circumstances::UNKNOWN.with(EndedWithError, Some(with_error));
    let offered = |node, with_error| offered(&PROTECTION_JOB, Some(node), PURGE, ended(with_error), None);
    assert_eq!(ask(COMPLETED, PURGE, ended(false)), Verdict::Allowed);
    assert!(!matches!(offered(COMPLETED, true), Verdict::Refused(_)));
    assert!(!matches!(offered(ABORTED, true), Verdict::Refused(_)));
    assert!(matches!(offered(RUNNING, false), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
}

#[test]
fn the_times_of_a_job_give_its_state() {
    let name = |times: (bool, bool, bool)| PROTECTION_JOB.node(state_of(times.0, times.1, times.2)).unwrap().name;
    assert_eq!(name((false, false, false)), "queued");
    assert_eq!(name((true, false, false)), "running");
    assert_eq!(name((true, true, false)), "aborting");
    assert_eq!(name((false, true, false)), "aborting");
    assert_eq!(name((true, false, true)), "completed");
    assert_eq!(name((false, false, true)), "completed");
    assert_eq!(name((true, true, true)), "aborted");
    assert_eq!(name((false, true, true)), "aborted");
}
