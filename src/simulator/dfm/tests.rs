//! What a DFM server does and answers, asked of its world.

use std::collections::BTreeSet;

use super::event::{EventType, Info, Severity};
use super::job::{Job, JobType, Retention};
use super::model::{BackUp, Object, Purge, Server};
use super::populate::Options;
use super::schedule::DAY;
use crate::lifecycle::Release;
use crate::lifecycle::protection_job::PROTECTION_JOB;
use crate::simulator::seed::Seed;
use crate::wire::zapi::errno;

mod walk;

/// 2026-11-21T08:00:00Z
const START: i64 = 1_795_248_000_000;
const MINUTE: i64 = 60_000;

fn options(jobs: usize) -> Options {
    Options { seed: Seed::new(1).named("dfm"), jobs, failures: 15, start: START, release: Release([5, 2, 0, 0]) }
}

fn server(jobs: usize) -> Server {
    Server::new(&options(jobs))
}

fn state(job: &Job) -> &'static str {
    PROTECTION_JOB.node(job.state()).unwrap().name
}

fn words(events: &[super::event::Event]) -> Vec<&'static str> {
    events.iter().map(|event| event.kind.word()).collect()
}

/// Lets a job run to its end.
fn to_the_end(server: &mut Server, id: u32) -> i64 {
    while server.jobs[&id].completed.is_none() {
        server.happen_next();
    }
    server.jobs[&id].completed.unwrap()
}

fn dataset(server: &Server, name: &str) -> u32 {
    server.dataset_named(name).unwrap()
}

#[test]
fn a_server_has_the_jobs_that_were_asked_for_and_every_type_and_state_but_queued_and_aborting() {
    for jobs in [0, 1, 5, 40, 200, 3000] {
        assert_eq!(server(jobs).jobs.len(), jobs);
    }
    let server = server(200);
    let kinds: BTreeSet<JobType> = server.jobs.values().map(|job| job.kind).collect();
    assert_eq!(kinds.len(), JobType::ALL.len(), "{kinds:?}");
    let states: BTreeSet<&str> = server.jobs.values().map(state).collect();
    assert_eq!(states, BTreeSet::from(["aborted", "completed", "running"]));
    let overall: BTreeSet<&str> = server.jobs.values().map(|job| job.overall().word()).collect();
    assert!(overall.is_superset(&BTreeSet::from(["succeeded", "failed", "partially_failed", "canceled", "running"])));
    let stored: Vec<i64> = server.jobs.values().map(|job| job.stored).collect();
    assert!(stored.is_sorted() && stored[0] < START - 5 * DAY, "ids by age, over days");
}

#[test]
fn a_server_without_jobs_does_nothing_by_itself_and_plans_nothing() {
    let server = server(0);
    assert_eq!(server.next_due(), None);
    assert!(server.entries(START, START + 30 * DAY, None, START).is_empty());
    assert!(!server.datasets.is_empty());
}

#[test]
fn the_failed_backup_of_last_night_tells_why() {
    let server = server(60);
    let buero = dataset(&server, "büro & <archiv>");
    let mut failed = server.jobs.values().rev().filter(|job| job.dataset == buero && job.overall().word() == "failed");
    let job = failed.next().unwrap();
    assert_eq!(job.kind, JobType::RemoteBackup);
    assert!(job.completed.unwrap() < START && job.started.unwrap() > START - 12 * 60 * MINUTE);
    let told = job.current_events().filter(|event| event.status == Severity::Error);
    let told: Vec<String> = told.filter_map(|event| server.error_message(job, event)).collect();
    assert!(told.iter().all(|reason| reason.starts_with("No space left in the aggregate of fas-dub-1")), "{told:?}");
    assert!(told.len() >= 2 && told[0].contains(":/buero_1_backup/"));
}

#[test]
fn one_job_has_copied_more_than_a_float_can_count() {
    let server = server(60);
    let most = server.jobs.values().map(|job| job.bytes(START)).max().unwrap();
    assert!(most > 9_007_199_254_740_992 && most % 2 == 1 || most > 9_007_199_254_740_993, "{most}");
}

#[test]
fn a_local_then_remote_backup_goes_through_its_parts_in_their_order() {
    let mut server = server(0);
    server.failures = 0;
    let erp = dataset(&server, "ERP database");
    let id = server.submit(JobType::LocalThenRemoteBackup, erp, "admin", START).unwrap();
    assert_eq!(state(&server.jobs[&id]), "queued");
    to_the_end(&mut server, id);
    let job = &server.jobs[&id];
    let told: Vec<&str> = words(&job.events);
    let place = |word: &str| told.iter().position(|other| *other == word).unwrap();
    assert!(place("job-start") < place("snapshot-create") && place("snapshot-create") < place("backup-create"));
    assert!(place("backup-create") < place("snapvault-start") && place("snapvault-start") < place("snapvault-end"));
    assert_eq!(told.last(), Some(&"job-end"));
    assert_eq!(told.iter().filter(|word| **word == "backup-create").count(), 2, "here and there");
    assert_eq!(job.overall().word(), "succeeded");
    let sizes: u64 = job.subtasks.iter().map(|part| part.size).sum();
    assert_eq!(job.bytes(i64::MAX), sizes);
    assert!(job.events.windows(2).all(|pair| pair[0].at <= pair[1].at && pair[0].id < pair[1].id));
}

#[test]
fn every_type_of_job_ends_and_its_events_carry_their_elements() {
    let mut server = server(0);
    server.failures = 0;
    let finance = dataset(&server, "Finance");
    for kind in JobType::ALL {
        let id = server.submit(kind, finance, "admin", START).unwrap();
        to_the_end(&mut server, id);
        let job = &server.jobs[&id];
        assert_eq!(job.overall().word(), "succeeded", "{kind:?}");
        for event in &job.events {
            let info = server.info(job, event);
            let fits = match event.kind {
                EventType::JobStart | EventType::JobEnd | EventType::JobProgress => info.is_none(),
                EventType::SnapshotCreate | EventType::SnapshotDelete => matches!(info, Some(Info::Snapshot { .. })),
                EventType::BackupCreate | EventType::BackupDelete => matches!(info, Some(Info::Backup { .. })),
                _ => match event.kind.family() {
                    "snapvault" => matches!(info, Some(Info::Snapvault { .. })),
                    "snapmirror" => matches!(info, Some(Info::Snapmirror { .. })),
                    "restore" => matches!(info, Some(Info::Restore { .. })),
                    "rel-create" | "rel-destroy" => matches!(info, Some(Info::Relationship { .. })),
                    family => panic!("{family}"),
                },
            };
            assert!(fits, "{kind:?} {event:?} {info:?}");
            assert!(!server.message(job, event).is_empty() && server.error_message(job, event).is_none());
        }
    }
}

#[test]
fn of_the_events_of_a_part_only_the_last_is_current_and_an_abort_stays() {
    let mut server = server(0);
    server.failures = 0;
    let erp = dataset(&server, "ERP database");
    let id = server.submit(JobType::RemoteBackup, erp, "admin", START).unwrap();
    server.happen(id, "worker_takes_it", START).unwrap();
    server.advance(START + 10_000);
    let current: Vec<&str> = server.jobs[&id].current_events().map(|event| event.kind.word()).collect();
    assert_eq!(current, ["job-start", "job-progress", "snapvault-start"]);
    let messages: Vec<String> =
        server.jobs[&id].events.iter().map(|event| server.message(&server.jobs[&id], event)).collect();
    assert_eq!(messages[1..3], ["Retrieving preferred interfaces", "Retrieved preferred interfaces"]);
    server.abort(id, "admin", START + 10_000).unwrap();
    to_the_end(&mut server, id);
    let current: Vec<&str> = server.jobs[&id].current_events().map(|event| event.kind.word()).collect();
    assert_eq!(current, ["job-progress", "job-abort", "snapvault-end", "job-end"]);
}

#[test]
fn an_abort_takes_its_time_and_is_refused_by_its_numbers() {
    let mut server = server(0);
    let erp = dataset(&server, "ERP database");
    let refused = |server: &mut Server, id| server.abort(id, "admin", START + MINUTE).unwrap_err().errno;
    assert_eq!(refused(&mut server, 7), errno::EJOBDOESNOTEXIST);
    let id = server.submit(JobType::CreateRelationship, erp, "admin", START).unwrap();
    server.advance(START + MINUTE);
    server.abort(id, "kschmidt", START + MINUTE).unwrap();
    assert_eq!(state(&server.jobs[&id]), "aborting");
    assert_eq!(server.abort(id, "admin", START + MINUTE), Ok(()), "what happens anyway");
    let copied = server.jobs[&id].bytes(START + MINUTE);
    let ended = to_the_end(&mut server, id);
    assert!(ended > START + MINUTE + 3000);
    let job = &server.jobs[&id];
    assert_eq!((state(job), job.overall().word()), ("aborted", "canceled"));
    assert!(job.bytes(ended) >= copied && job.aborted_by.as_deref() == Some("kschmidt"));
    assert_eq!(refused(&mut server, id), errno::EJOBALREADYABORTED);

    let id = server.submit(JobType::LocalBackup, erp, "admin", START).unwrap();
    to_the_end(&mut server, id);
    let no = server.abort(id, "admin", START).unwrap_err();
    assert_eq!(no.errno, errno::EJOBALREADYCOMPLETED);
    assert_eq!(no.reason, "The job has ended already.");

    let id = server.submit(JobType::Configuration, erp, "admin", START).unwrap();
    assert_eq!(refused(&mut server, id), errno::EJOBCANNOTBEABORTED, "by its type");
    let id = server.submit(JobType::DestroyRelationship, erp, "admin", START).unwrap();
    while server.jobs[&id].can_be_stopped() {
        server.happen_next();
    }
    assert_eq!(state(&server.jobs[&id]), "running");
    assert_eq!(refused(&mut server, id), errno::EJOBCANNOTBEABORTED, "by its phase");
}

#[test]
fn a_queued_job_is_aborted_without_having_begun() {
    let mut server = server(0);
    server.workers = 0;
    let erp = dataset(&server, "ERP database");
    let asked = BackUp {
        dataset: erp,
        description: Some("Before the <upgrade> & after".to_owned()),
        retention: Retention::Daily,
    };
    let id = server.back_up(asked, "admin", START).unwrap();
    server.advance(START + MINUTE);
    assert_eq!(state(&server.jobs[&id]), "queued");
    assert_eq!(server.description(&server.jobs[&id]), "Before the <upgrade> & after");
    server.abort(id, "admin", START + MINUTE).unwrap();
    server.advance(START + 2 * MINUTE);
    let job = &server.jobs[&id];
    assert_eq!((state(job), job.started, words(&job.events)), ("aborted", None, vec!["job-abort", "job-end"]));
}

#[test]
fn a_purge_takes_what_it_says_and_no_more() {
    let purge = |server: &mut Server, job, before, with_errors| {
        server.purge(Purge { job, before, with_errors }).map_err(|refusal| refusal.errno)
    };
    let mut server = server(1500);
    assert_eq!(purge(&mut server, None, None, true), Err(errno::EINVALIDINPUT));
    assert_eq!(purge(&mut server, Some(7), None, false), Err(errno::EJOBDOESNOTEXIST));
    let one = |server: &Server, word: &str| {
        server.jobs.values().find(|job| job.overall().word() == word).unwrap_or_else(|| panic!("{word}")).id
    };
    for word in ["running", "failed", "partially_failed", "canceled"] {
        let id = one(&server, word);
        assert_eq!(purge(&mut server, Some(id), Some(START), false), Err(errno::EINVALIDINPUT), "{word}");
    }
    let (failed, succeeded) = (one(&server, "failed"), one(&server, "succeeded"));
    assert_eq!(purge(&mut server, Some(failed), None, true), Ok(1));
    assert_eq!(purge(&mut server, Some(succeeded), Some(0), false), Ok(1), "the time does not count then");
    let day = START - DAY;
    let wanted = |server: &Server, errors: bool| {
        let old = server.jobs.values().filter(|job| job.completed.is_some_and(|at| at < day));
        old.filter(|job| errors || job.overall().word() == "succeeded").count()
    };
    let (good, all) = (wanted(&server, false), wanted(&server, true));
    assert!(good > 0 && all > good);
    assert_eq!(purge(&mut server, None, Some(day), false), Ok(good));
    assert_eq!(purge(&mut server, None, Some(day), true), Ok(all - good));
    let on_the_second = server.jobs.values().filter_map(|job| job.completed).min().unwrap();
    assert_eq!(purge(&mut server, None, Some(on_the_second), true), Ok(0), "strictly before");
}

#[test]
fn what_is_planned_becomes_one_job_each_and_the_list_goes_on_with_the_rest() {
    let mut server = server(40);
    let until = START + DAY;
    let planned = server.entries(START, until, None, START);
    assert!(planned.windows(2).all(|pair| pair[0].start <= pair[1].start) && planned.len() > 60);
    let first = planned[0];
    assert!(server.entries(first.start, first.start, Some(first.dataset), START).contains(&first), "both ends count");
    let last = *server.jobs.keys().last().unwrap();
    server.advance(until);
    let mut born: Vec<_> = server
        .jobs
        .iter()
        .filter(|(id, job)| **id > last && job.submitted_by.is_none())
        .map(|(_, job)| (job.stored, job.dataset, job.kind, job.retention))
        .collect();
    let mut wanted: Vec<_> =
        planned.iter().map(|entry| (entry.start, entry.dataset, entry.what.job_type(), entry.retention)).collect();
    born.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(born, wanted);
    assert!(server.entries(START, until, None, until).is_empty());
}

#[test]
fn while_the_service_is_down_entries_are_late_and_afterwards_each_is_made_up_for() {
    let mut server = server(40);
    server.advance(START + MINUTE);
    let running: Vec<u32> = server.jobs.values().filter(|job| job.completed.is_none()).map(|job| job.id).collect();
    assert!(running.len() >= 3);
    server.stop_service(START + MINUTE);
    let (jobs, copied) = (server.jobs.len(), server.jobs[&running[0]].bytes(server.counted(START + MINUTE)));
    let back = START + 3 * 60 * MINUTE;
    server.advance(back);
    assert_eq!((server.jobs.len(), server.next_due()), (jobs, None));
    assert_eq!(server.jobs[&running[0]].bytes(server.counted(back)), copied);
    let late: Vec<_> =
        server.entries(START, back, None, back).into_iter().filter(|entry| entry.scheduled < back).collect();
    assert!(late.len() > 5 && late.iter().all(|entry| entry.start == back));
    server.start_service(back);
    for id in running {
        let job = &server.jobs[&id];
        assert_eq!((state(job), job.completed), ("completed", Some(back)));
        let end = job.events.last().unwrap();
        assert_eq!((end.kind, end.status), (EventType::JobEnd, Severity::Error));
        assert!(server.error_message(job, end).unwrap().contains("restart"));
    }
    let scheduled = server.jobs.values().filter(|job| job.stored == back && job.submitted_by.is_none()).count();
    assert_eq!(scheduled, late.len());
    assert!(server.entries(START, back, None, back).is_empty());
}

#[test]
fn a_schedule_is_moved_withdrawn_and_applied_and_says_when() {
    let mut server = server(40);
    let mail = dataset(&server, "Mail");
    let planned = |server: &Server| server.entries(START, START + DAY, Some(mail), START);
    let before = planned(&server);
    let now = START + MINUTE;
    assert_eq!(server.happen_to_schedule(mail, "schedule_changed", now), Ok(("planned", "planned")));
    assert_eq!(server.schedule_changed, now);
    assert_ne!(planned(&server), before);
    assert_eq!(server.happen_to_schedule(mail, "taken_out", now), Ok(("planned", "withdrawn")));
    assert!(planned(&server).is_empty());
    assert!(server.happen_to_schedule(mail, "due", now).is_err());
    assert_eq!(server.happen_to_schedule(mail, "policy_applied", now), Ok(("-", "planned")));
    let (next, jobs) = (planned(&server)[0], server.jobs.len());
    assert_eq!(server.happen_to_schedule(mail, "due", now), Ok(("planned", "started")));
    assert_eq!(server.jobs.len(), jobs + 1);
    assert!(!planned(&server).contains(&next));
    assert!(server.happen_to_schedule(mail, "no such event", now).is_err());
}

#[test]
fn names_are_found_whatever_their_case_and_can_be_ambiguous() {
    let server = server(0);
    let erp = dataset(&server, "ERP database");
    assert_eq!(server.object("erp DATABASE"), Ok(Object::Dataset(erp)));
    assert_eq!(server.object(&erp.to_string()), Ok(Object::Dataset(erp)));
    assert_eq!(server.object("BÜRO & <archiv>").map(|object| server.datasets_of(object).len()), Ok(1));
    let Ok(group @ Object::Group(_)) = server.object("frankfurt") else { panic!("a group") };
    assert_eq!(server.datasets_of(group).len(), 4);
    assert_eq!(server.object("web content").unwrap_err().errno, errno::EOBJECTAMBIGUOUS);
    assert_eq!(server.object("none").unwrap_err().errno, errno::EOBJECTNOTFOUND);
    assert_eq!(server.object("4711").unwrap_err().errno, errno::EOBJECTNOTFOUND);
    assert_eq!(server.dataset_named("Frankfurt").unwrap_err().errno, errno::EOBJECTNOTFOUND);
}

#[test]
fn the_control_door_lets_transfers_end_and_the_progress_follows() {
    let mut server = server(0);
    server.failures = 0;
    let erp = dataset(&server, "Projects");
    let id = server.submit(JobType::CreateRelationship, erp, "admin", START).unwrap();
    assert!(server.happen(id, "transfer_fails", START).is_err(), "not while it is queued");
    assert_eq!(server.happen(id, "worker_takes_it", START), Ok(("queued", "running")));
    server.happen(id, "retried", START + 5).unwrap();
    let parts = server.jobs[&id].subtasks.iter().filter(|part| part.work.is_transfer()).count();
    server.happen(id, "transfer_fails", START + 10).unwrap();
    let word = server.jobs[&id].overall().word();
    assert_eq!(word, if parts == 1 { "failed" } else { "running_with_failures" });
    if parts > 1 {
        server.happen(id, "subtasks_ended", START + 20).unwrap();
        assert_eq!(server.jobs[&id].overall().word(), "partially_failed");
    }
    assert!(server.happen(id, "subtasks_ended", START + 30).is_err());
    assert!(server.happen(id, "no such event", START + 30).is_err());
    let id = server.submit(JobType::CreateRelationship, erp, "admin", START).unwrap();
    server.happen(id, "worker_takes_it", START).unwrap();
    assert_eq!(server.happen(id, "dataset_fails_over", START + 5), Ok(("running", "aborting")));
    assert_eq!(server.happen(id, "subtasks_stopped", START + 6), Ok(("aborting", "aborted")));
    let id = server.submit(JobType::CreateRelationship, erp, "admin", START).unwrap();
    server.happen(id, "worker_takes_it", START).unwrap();
    assert_eq!(server.happen(id, "service_restarted", START + 5), Ok(("running", "completed")));
    assert_eq!(server.jobs[&id].overall().word(), "failed");
}

#[test]
fn what_an_event_leads_to_in_the_same_moment_has_happened_when_the_door_answers() {
    let mut server = server(0);
    server.failures = 1000;
    let mut failed_at_once = 0;
    for dataset in server.datasets.keys().copied().collect::<Vec<u32>>() {
        for kind in JobType::ALL.into_iter().cycle().take(36) {
            let Ok(id) = server.submit(kind, dataset, "admin", START) else { continue };
            server.happen(id, "worker_takes_it", START).unwrap();
            let Ok((_, to)) = server.happen(id, "transfer_fails", START) else { continue };
            let told = format!("{:?}", server.jobs[&id]);
            server.advance(START);
            assert_eq!((to, told), (state(&server.jobs[&id]), format!("{:?}", server.jobs[&id])), "{kind:?}");
            let transfers = server.jobs[&id].subtasks.iter().filter(|part| part.work.is_transfer());
            failed_at_once += transfers.filter(|part| part.ended == Some(START)).count().saturating_sub(1);
        }
    }
    assert!(failed_at_once > 0, "none failed in the moment in which it began");
}

#[test]
fn the_same_seed_gives_the_same_history_however_often_somebody_looks() {
    let history = |step: i64| {
        let mut server = server(60);
        let mut at = START;
        while at < START + 2 * DAY {
            at = (at + step).min(START + 2 * DAY);
            server.advance(at);
        }
        format!("{:?} {:?}", server.jobs, server.due)
    };
    let once = history(2 * DAY);
    assert!(once == history(2 * DAY), "the same");
    assert!(once == history(7 * MINUTE + 13), "looked at often");
}

#[test]
fn fifty_thousand_jobs_are_there_at_once() {
    let server = server(50_000);
    assert_eq!(server.jobs.len(), 50_000);
    let most = server.jobs.values().map(|job| job.events.len()).max().unwrap();
    assert!(most < 400, "{most}");
}
