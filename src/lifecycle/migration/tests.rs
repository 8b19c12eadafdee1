//! Verdicts on well-known cases of a migration.

use super::*;
use crate::lifecycle::Circumstance::{CauseMended, Forced, RescanDone};
use crate::lifecycle::{ActionId, Circumstances, Doubt, NodeId, Release, Verdict, verdict};

fn ask(node: NodeId, action: ActionId, circumstances: Circumstances) -> Verdict {
    verdict(&MIGRATION, Some(node), action, circumstances, Release::parse("4.1.0.0"))
}

const UNFORCED: Circumstances = Circumstances::UNKNOWN.with(Forced, Some(false));

#[test]
fn after_a_rescan_notice_the_copy_wants_its_switch() {
    let told = |told| Circumstances::UNKNOWN.with(RescanDone, Some(told));
    assert!(matches!(ask(MANUAL_RESCAN_REQUIRED, SYNC, told(false)), Verdict::Refused(_)));
    assert_eq!(ask(MANUAL_RESCAN_REQUIRED, SYNC, told(true)), Verdict::Allowed);
}

#[test]
fn whether_an_error_is_mended_is_for_the_array_to_know() {
    assert_eq!(ask(SYSTEM_PAUSED, RESUME, UNFORCED), Verdict::Uncertain(Doubt::Unknown(CauseMended)));
    assert!(matches!(ask(FAILED, RESUME, UNFORCED), Verdict::Refused(_)));
}

#[test]
fn by_force_everything_is_deleted_but_what_is_being_deleted() {
    let forced = Circumstances::UNKNOWN.with(Forced, Some(true));
    assert_eq!(ask(SYNCHRONIZING, DELETE, forced), Verdict::Allowed);
    assert!(matches!(ask(SYNCHRONIZING, DELETE, UNFORCED), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
    assert_eq!(ask(COMPLETED, DELETE, UNFORCED), Verdict::Allowed);
    assert!(matches!(ask(DELETING, DELETE, forced), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
}
