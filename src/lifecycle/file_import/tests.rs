//! Verdicts on well-known cases of a file import.

use super::*;
use crate::lifecycle::{ActionId, Circumstances, Doubt, NodeId, Release, Verdict, verdict};

fn ask(node: NodeId, action: ActionId) -> Verdict {
    verdict(&FILE_IMPORT, Some(node), action, Circumstances::UNKNOWN, Release::parse("4.1.0.0"))
}

#[test]
fn a_node_is_a_pair_of_the_vendors_words() {
    for node in FILE_IMPORT.nodes {
        let alone = ["Scheduled", "Queued", "Completed", "Cancelled", "Cancelling"].contains(&node.name);
        assert_eq!(node.name.split_once('/').is_none(), alone, "{}", node.name);
    }
}

#[test]
fn a_failure_is_resumed_where_the_papers_say_so_and_cancelled_everywhere() {
    assert_eq!(ask(FAILED_IMPORTING_CONFIG, RESUME), Verdict::Allowed);
    assert!(matches!(ask(FAILED_CUTTING_OVER, RESUME), Verdict::Refused(_)));
    assert_eq!(ask(FAILED_CUTTING_OVER, CANCEL), Verdict::Allowed);
    assert!(matches!(ask(CANCELLING_INITIAL_COPY, CANCEL), Verdict::Refused(_)));
}

#[test]
fn where_the_papers_are_silent_a_person_is_not_locked_out() {
    assert!(matches!(ask(FAILED_COMMITTING, DELETE), Verdict::Uncertain(Doubt::ProbablyAccepted(_))));
    assert!(matches!(ask(INITIAL_COPY, DELETE), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
    assert!(matches!(ask(COMPLETED, MODIFY), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
}

#[test]
fn an_array_of_before_has_none_of_it() {
    let old = verdict(&FILE_IMPORT, Some(INITIAL_COPY), PAUSE, Circumstances::UNKNOWN, Release::parse("2.1.0.0"));
    assert!(matches!(old, Verdict::Refused(_)));
}
