//! Jobs at any moment of their time.

use super::*;

const PAUSE: Resource<'static> = Resource { kind: "import_session", id: "7", name: "imp" };

fn opened() -> (Jobs, String) {
    let mut jobs = Jobs::new(Seed::new(1));
    let id = jobs.open(Some("pause"), PAUSE, "Pause.".to_owned(), "admin", 1000);
    (jobs, id)
}

fn no() -> SessionError {
    SessionError { code: "0xE0FF0", message: "No.".to_owned(), arguments: vec![] }
}

/// A job in three steps of a second each; the last one is open.
fn parted() -> (Jobs, String, Vec<String>) {
    let (mut jobs, id) = opened();
    let step = || Step {
        action: Some("modify"),
        resource_kind: "volume",
        resource_id: "1".to_owned(),
        resource_name: "one".to_owned(),
        description: "Step.".to_owned(),
        takes: Some(1000),
    };
    jobs.part(&id, vec![step(), Step { takes: None, ..step() }, step(), step()]);
    let children = jobs.all[&id].children.clone();
    (jobs, id, children)
}

fn phases(jobs: &Jobs, children: &[String], now: i64) -> Vec<&'static str> {
    children.iter().map(|id| JOB.node(jobs.all[id].phase(now)).unwrap().name).collect()
}

#[test]
fn a_job_waits_runs_and_completes() {
    let (mut jobs, id) = opened();
    assert_eq!(jobs.all[&id].phase(1000), table::PENDING);
    assert_eq!(jobs.all[&id].phase(900_000), table::IN_PROGRESS);
    jobs.end_soon(&id, Success::Done);
    let job = &jobs.all[&id];
    assert_eq!(job.phase(job.starts()), table::IN_PROGRESS);
    assert_eq!(job.status(job.starts()), None);
    assert_eq!(job.phase(4000), table::COMPLETED);
    assert_eq!((job.status(4000), jobs.progress(job, 4000)), (Some("204"), 100));
}

#[test]
fn a_failed_job_cleans_up_first_and_then_tells_why() {
    let (mut jobs, id) = opened();
    jobs.end(&id, Err(no()), 5000);
    let job = &jobs.all[&id];
    assert_eq!((job.phase(5000), job.body(5000)), (table::FAILING, None));
    assert_eq!((job.phase(7000), job.status(7000)), (table::FAILED, Some("422")));
    assert_eq!(job.body(7000).unwrap()["messages"][0]["message_l10n"], "No.");
}

#[test]
fn a_clean_up_that_fails_leaves_a_job_for_good_where_it_is() {
    let (mut jobs, id) = opened();
    jobs.end(&id, Err(no()), 5000);
    assert_eq!(
        jobs.happen(&id, table::CLEAN_UP_FAILS, 4000),
        Err(Refused::Because(
            "The table has no row for the event clean_up_fails of a job in the phase In_Progress.".to_owned()
        ))
    );
    jobs.happen(&id, table::CLEAN_UP_FAILS, 6000).unwrap();
    let job = &jobs.all[&id];
    assert_eq!((job.phase(90_000), job.status(6000)), (table::UNRECOVERABLE_FAILED, Some("422")));
}

#[test]
fn steps_run_one_after_the_other_and_end_with_their_job() {
    let (mut jobs, id, children) = parted();
    let start = jobs.all[&id].starts();
    assert_eq!(phases(&jobs, &children, 1000), ["Pending", "Skipped", "Pending", "Pending"]);
    assert_eq!(phases(&jobs, &children, start + 500), ["In_Progress", "Skipped", "Queued", "Queued"]);
    assert_eq!(jobs.progress(&jobs.all[&id], start + 500), 37);
    assert_eq!(phases(&jobs, &children, start + 90_000), ["Completed", "Skipped", "Completed", "In_Progress"]);
    jobs.end(&id, Ok(Success::Done), start + 90_000);
    assert_eq!(phases(&jobs, &children, start + 90_000), ["Completed", "Skipped", "Completed", "Completed"]);
    assert_eq!(jobs.all[&children[0]].root, id);
}

#[test]
fn a_step_that_fails_fails_its_job_and_those_after_it_never_begin() {
    let (mut jobs, id, children) = parted();
    let start = jobs.all[&id].starts();
    jobs.happen(&children[0], table::FAILS, start + 500).unwrap();
    assert_eq!(phases(&jobs, &children, start + 500), ["Failing", "Skipped", "Failed", "Failed"]);
    assert_eq!(jobs.all[&id].phase(start + 500), table::FAILING);
    assert_eq!(jobs.all[&children[2]].started(start + 500), None);
    jobs.happen(&children[0], table::CLEAN_UP_FAILS, start + 900).unwrap();
    assert_eq!(jobs.all[&id].phase(start + 900), table::UNRECOVERABLE_FAILED);
    assert_eq!(phases(&jobs, &children, start + 90_000)[0], "Unrecoverable_Failed");
}

#[test]
fn only_finished_jobs_are_forgotten_and_their_steps_with_them() {
    let (mut jobs, first, _) = parted();
    for _ in 0..KEPT + 5 {
        let id = jobs.open(None, PAUSE, String::new(), "admin", 2000);
        jobs.end_soon(&id, Success::Done);
    }
    assert!(jobs.all.contains_key(&first), "it still runs");
    jobs.end(&first, Ok(Success::Done), 3000);
    jobs.open(None, PAUSE, String::new(), "admin", 900_000);
    assert!(!jobs.all.contains_key(&first));
    assert_eq!(jobs.all.len(), KEPT);
}
