//! State and progress of a job in one word, as later releases show it.

use super::nodes::*;
use crate::lifecycle::protection_job::{ABORTED, ABORTING, COMPLETED, QUEUED, RUNNING};
use crate::lifecycle::{NodeId, Phase};

/// `dp-job-overall-status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overall {
    /// Not begun.
    Queued,
    /// Runs, and nothing has failed.
    Running,
    /// Runs, and something has failed.
    RunningWithFailures,
    /// Being stopped.
    Canceling,
    /// Stopped, or over without any transfer.
    Canceled,
    /// All of it succeeded.
    Succeeded,
    /// Some of it failed.
    PartiallyFailed,
    /// All of it failed.
    Failed,
}

/// Each with its word on the wire, its name for people and what it means for them.
static WORDS: [(Overall, &str, &str, Phase); 8] = [
    (Overall::Queued, "queued", "Queued", Phase::Waiting),
    (Overall::Running, "running", "Running", Phase::Working),
    (Overall::RunningWithFailures, "running_with_failures", "Running with failures", Phase::Trouble),
    (Overall::Canceling, "canceling", "Canceling", Phase::Working),
    (Overall::Canceled, "canceled", "Canceled", Phase::Ended),
    (Overall::Succeeded, "succeeded", "Succeeded", Phase::Done),
    (Overall::PartiallyFailed, "partially_failed", "Partially failed", Phase::Trouble),
    (Overall::Failed, "failed", "Failed", Phase::Trouble),
];

/// State, progress where it decides, and what the two come to.
static OVERALL: [(NodeId, &[NodeId], Overall); 9] = [
    (QUEUED, &[], Overall::Queued),
    (RUNNING, &[IN_PROGRESS, SUCCESS], Overall::Running),
    (RUNNING, &[PARTIAL_SUCCESS, FAILURE], Overall::RunningWithFailures),
    (ABORTING, &[], Overall::Canceling),
    (ABORTED, &[], Overall::Canceled),
    (COMPLETED, &[SUCCESS], Overall::Succeeded),
    (COMPLETED, &[PARTIAL_SUCCESS], Overall::PartiallyFailed),
    (COMPLETED, &[FAILURE], Overall::Failed),
    (COMPLETED, &[IN_PROGRESS], Overall::Canceled),
];

/// What a node of [`crate::lifecycle::protection_job`] and one of this table come to; queued for a node of
/// another table.
pub fn overall(state: NodeId, progress: NodeId) -> Overall {
    let fits =
        |(of, with, _): &&(NodeId, &[NodeId], Overall)| *of == state && (with.is_empty() || with.contains(&progress));
    OVERALL.iter().find(fits).map_or(Overall::Queued, |(.., overall)| *overall)
}

impl Overall {
    fn row(self) -> &'static (Overall, &'static str, &'static str, Phase) {
        let [first, ..] = &WORDS;
        WORDS.iter().find(|(overall, ..)| *overall == self).unwrap_or(first)
    }

    /// Its word on the wire.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// Its name for people.
    pub fn label(self) -> &'static str {
        self.row().2
    }

    /// What it means for the person.
    pub fn phase(self) -> Phase {
        self.row().3
    }

    /// The one with this word.
    pub fn named(word: &str) -> Option<Overall> {
        WORDS.iter().find(|(_, known, ..)| *known == word).map(|(overall, ..)| *overall)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::protection_job::PROTECTION_JOB;
    use crate::lifecycle::protection_progress::PROTECTION_PROGRESS;

    #[test]
    fn every_state_with_every_progress_has_its_one_word() {
        let any = ["in_progress", "success", "partial_success", "failure"];
        let wanted: [(&str, &[&str], &str); 9] = [
            ("queued", &any, "queued"),
            ("running", &["in_progress", "success"], "running"),
            ("running", &["partial_success", "failure"], "running_with_failures"),
            ("aborting", &any, "canceling"),
            ("aborted", &any, "canceled"),
            ("completed", &["success"], "succeeded"),
            ("completed", &["partial_success"], "partially_failed"),
            ("completed", &["failure"], "failed"),
            ("completed", &["in_progress"], "canceled"),
        ];
        let mut told = 0;
        for (state, progress, word) in wanted {
            for progress in progress {
                let state = PROTECTION_JOB.node_named(state).unwrap();
                let progress = PROTECTION_PROGRESS.node_named(progress).unwrap();
                let found = overall(state, progress);
                assert_eq!((found.word(), Overall::named(word)), (word, Some(found)));
                told += 1;
            }
        }
        assert_eq!(told, PROTECTION_JOB.nodes.len() * PROTECTION_PROGRESS.nodes.len());
    }
}
