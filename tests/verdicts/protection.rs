//! Scenes of data-protection jobs: what the DFM server answers to every action in every state.

use std::collections::BTreeSet;

use array_console::lifecycle::protection_job::{ABORT, PROTECTION_JOB};
use array_console::lifecycle::{ActionId, Circumstance, Circumstances, Doubt, Verdict, verdict};

use crate::conditions::{RELEASE, answers};
use crate::document::asked;
use crate::door::Door;

/// A way to a state: the type of the job, what happens to it, the state, and what is true of it then.
struct Scene {
    kind: &'static str,
    steps: &'static [&'static str],
    state: &'static str,
    stoppable: bool,
    with_error: bool,
}

const fn scene(kind: &'static str, steps: &'static [&'static str], state: &'static str) -> Scene {
    Scene { kind, steps, state, stoppable: true, with_error: false }
}

const SCENES: [Scene; 9] = [
    scene("remote_backup", &[], "queued"),
    scene("remote_backup", &["worker_takes_it"], "running"),
    Scene { stoppable: false, ..scene("configuration", &[], "queued") },
    Scene { stoppable: false, ..scene("configuration", &["worker_takes_it"], "running") },
    scene("remote_backup", &["worker_takes_it", "dataset_fails_over"], "aborting"),
    scene("remote_backup", &["worker_takes_it", "subtasks_ended"], "completed"),
    Scene { with_error: true, ..scene("remote_backup", &["worker_takes_it", "service_restarted"], "completed") },
    Scene {
        with_error: true,
        ..scene("remote_backup", &["worker_takes_it", "dataset_fails_over", "subtasks_stopped"], "aborted")
    },
    Scene {
        with_error: true,
        ..scene("mirror", &["worker_takes_it", "transfer_fails", "subtasks_ended"], "completed")
    },
];

impl Scene {
    fn reach(&self) -> (Door, String) {
        let mut door = Door::new(1, 0, 0, [5, 2, 0, 0]);
        let dataset = if self.kind == "mirror" { "Home directories" } else { "ERP database" };
        let born = door.happen(dataset, self.kind).expect("a job");
        let id = born["session"].as_str().unwrap().to_owned();
        for step in self.steps {
            door.happen(&id, step).unwrap_or_else(|| panic!("{step} on {}", self.kind));
        }
        let row = door.jobs(&[("job-id", &id)]).remove(0);
        assert_eq!(row.text_of("job-state"), Some(self.state), "{} {:?}", self.kind, self.steps);
        (door, id)
    }

    fn known(&self, purging_errors: bool) -> Circumstances {
        Circumstances::UNKNOWN
            .with(Circumstance::Stoppable, Some(self.stoppable))
            .with(Circumstance::EndedWithError, Some(self.with_error))
            .with(Circumstance::PurgingErrors, Some(purging_errors))
    }
}

/// Asks for it; the number and the words of a refusal.
fn send(action: ActionId, purging_errors: bool, door: &mut Door, id: &str) -> Option<(u32, String)> {
    let name = PROTECTION_JOB.action(action).unwrap().name;
    let flag = if purging_errors { "true" } else { "false" };
    let inputs = [("job-id", id), ("purge-jobs-completed-with-error", flag)];
    let inputs = if action == ABORT { &inputs[..1] } else { &inputs[..] };
    door.make("admin", &crate::door::call(name, inputs)).err()
}

/// Holds every answer of the table against that of the server.
pub fn hold() {
    let mut held = BTreeSet::new();
    for scene in &SCENES {
        let node = PROTECTION_JOB.node_named(scene.state).unwrap();
        for (id, action) in asked(&PROTECTION_JOB) {
            for purging_errors in [false, true] {
                let (mut door, job) = scene.reach();
                let known = scene.known(purging_errors);
                let what = format!("{} on {} {:?}", action.name, scene.kind, scene.steps);
                let expected = verdict(&PROTECTION_JOB, Some(node), id, known, Some(RELEASE));
                let answer = send(id, purging_errors, &mut door, &job);
                match expected {
                    Verdict::Allowed | Verdict::Uncertain(Doubt::ProbablyAccepted(_)) => {
                        assert_eq!(answer, None, "{what}");
                    }
                    Verdict::Refused(sentence) | Verdict::Uncertain(Doubt::ProbablyRefused(sentence)) => {
                        let (errno, reason) = answer.unwrap_or_else(|| panic!("{what} is refused"));
                        // The sentence names the number, which the wire has beside the words.
                        assert!(sentence.contains(&format!("({errno}, E")), "{what}: {errno} {sentence}");
                        assert!(sentence.starts_with(reason.trim_end_matches('.')), "{what}: {reason}");
                    }
                    Verdict::Uncertain(doubt) => panic!("{what}: the scene leaves open {doubt:?}"),
                }
                let given = answers(&PROTECTION_JOB, node, id);
                let index = given.iter().position(|answer| answer.fits(known)).expect("an answer for everything");
                assert_eq!(given[index].verdict, expected, "{what}: the document says the same");
                held.insert((node, action.name, index));
            }
        }
    }
    for (node, state) in PROTECTION_JOB.nodes_with_ids() {
        for (id, action) in asked(&PROTECTION_JOB) {
            for index in 0..answers(&PROTECTION_JOB, node, id).len() {
                assert!(held.contains(&(node, action.name, index)), "{} {}: {index} is held", state.name, action.name);
            }
        }
    }
}
