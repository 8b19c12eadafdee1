//! Verdicts on well-known cases of a volume's import.

use super::*;
use crate::lifecycle::Circumstance::{Agentless, AutomaticCutover, Member};
use crate::lifecycle::{ActionId, Circumstances, Doubt, Lifecycle, NodeId, Origin, Outcome, Release, Verdict, verdict};

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
