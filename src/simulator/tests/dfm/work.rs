//! Jobs, their events, the schedule: what is listed, and what is done.

use std::collections::BTreeSet;

use serde_json::json;

use super::super::START;
use super::{Client, call};
use crate::simulator::DFM;
use crate::wire::zapi::{self, Element};

#[test]
fn every_filter_of_the_job_list_leaves_out_what_it_should() {
    let mut client = Client::with_jobs(200);
    let all = client.jobs(&[]);
    let ids: Vec<i64> = all.iter().map(|job| job.number_of("job-id").unwrap()).collect();
    assert!(ids.len() == 200 && ids.windows(2).all(|pair| pair[0] > pair[1]), "the newest first");
    let same = |client: &mut Client, inputs: &[(&str, &str)], keep: &dyn Fn(&Element) -> bool| {
        let wanted: Vec<i64> = all.iter().filter(|job| keep(job)).map(|job| job.number_of("job-id").unwrap()).collect();
        let found: Vec<i64> = client.jobs(inputs).iter().map(|job| job.number_of("job-id").unwrap()).collect();
        assert!(!wanted.is_empty() && wanted.len() < 200, "{inputs:?} tells nothing");
        assert_eq!(found, wanted, "{inputs:?}");
    };
    let is = |job: &Element, name: &str, value: &str| job.text_of(name) == Some(value);
    same(&mut client, &[("job-state", "completed")], &|job| is(job, "job-state", "completed"));
    same(&mut client, &[("job-type", "mirror")], &|job| is(job, "job-type", "mirror"));
    same(&mut client, &[("job-id", &ids[3].to_string())], &|job| job.number_of("job-id") == Some(ids[3]));
    let odd = "Büro & <Archiv>";
    same(&mut client, &[("object-name-or-id", odd)], &|job| is(job, "dataset-name", odd));
    same(&mut client, &[("object-name-or-id", "BÜRO & <archiv>")], &|job| is(job, "dataset-name", odd));
    let dataset = all.iter().find(|job| is(job, "dataset-name", odd)).unwrap().text_of("dataset-id").unwrap();
    same(&mut client, &[("object-name-or-id", dataset)], &|job| is(job, "dataset-name", odd));
    same(&mut client, &[("job-context-obj-name-or-id", odd)], &|job| is(job, "dataset-name", odd));
    let begun: Vec<i64> = all.iter().filter_map(|job| job.number_of("started-timestamp")).collect();
    let (from, to) = (begun[120], begun[20]);
    let text = (from.to_string(), to.to_string());
    let bounds = [("started-timestamp-from", text.0.as_str()), ("started-timestamp-to", text.1.as_str())];
    let within = |job: &Element| job.number_of("started-timestamp").is_some_and(|at| (from..=to).contains(&at));
    same(&mut client, &bounds, &within);
    same(&mut client, &[bounds[0], bounds[1], ("job-type", "mirror"), ("job-state", "completed")], &|job| {
        within(job) && is(job, "job-type", "mirror") && is(job, "job-state", "completed")
    });
    same(&mut client, &[("max-jobs", "9")], &|job| job.number_of("job-id") >= Some(ids[8]));
    assert_eq!(client.jobs(&[("max-jobs", "0")]).len(), 200);
    assert_eq!(client.jobs(&[("job-context-obj-name-or-id", "fas-fra-1.example.net")]).len(), 0);
    assert_eq!(client.jobs(&[("job-context-application-resources-only", "1")]).len(), 0);
    let several = call("dp-job-list-iter-start", &[])
        .holding(call("job-types", &[("job-type", "mirror"), ("job-type", "restore")]));
    let found = client.list("dp-job-list", &several, "jobs");
    let types: BTreeSet<&str> = found.iter().filter_map(|job| job.text_of("job-type")).collect();
    assert_eq!(types, BTreeSet::from(["mirror", "restore"]));
    let wanted = all.iter().filter(|job| types.contains(job.text_of("job-type").unwrap())).count();
    assert_eq!(found.len(), wanted);
}

#[test]
fn counts_beyond_a_floating_point_number_and_letters_of_all_scripts_arrive_whole() {
    let mut client = Client::with_jobs(40);
    let counts: Vec<i64> = client.jobs(&[]).iter().filter_map(|job| job.number_of("bytes-transferred")).collect();
    assert!(counts.iter().any(|count| *count > 1 << 53), "{counts:?}");
    let text = client.text("<netapp><dp-job-list-iter-start><object-name-or-id>Büro &amp; &#60;Archiv></object-name-or-id></dp-job-list-iter-start></netapp>");
    let tag = zapi::results(text.as_bytes()).unwrap().text_of("tag").unwrap().to_owned();
    let text = client.text(&format!(
        "<netapp><dp-job-list-iter-next><tag>{tag}</tag><maximum>1</maximum></dp-job-list-iter-next></netapp>"
    ));
    assert!(text.contains("<dataset-name>Büro &amp; &lt;Archiv&gt;</dataset-name>"), "{text}");
}

#[test]
fn a_job_is_aborted_according_to_its_state() {
    let mut client = Client::with_jobs(0);
    let job = client.submit("Mail", "remote_backup");
    assert_eq!(client.state_of(&job), "queued");
    assert_eq!(client.job(&job).text_of("job-overall-status"), Some("queued"));
    client.happen(&job, "worker_takes_it");
    assert_eq!(client.errno("dp-job-abort", &[("job-id", &job)]), 0);
    assert_eq!(client.errno("dp-job-abort", &[("job-id", &job)]), 0, "once more is nothing more");
    let row = client.job(&job);
    assert_eq!(row.text_of("job-state"), Some("aborting"));
    assert!(
        row.number_of("abort-requested-timestamp") == Some(START / 1000) && row.child("completed-timestamp").is_none()
    );
    let asked = client.events(&[("job-id", &job)]);
    let asked = asked.iter().find(|event| event.text_of("event-type") == Some("job-abort")).unwrap();
    assert_eq!(asked.child("dp-progress-job-abort-info").unwrap().text_of("aborted-by"), Some("admin"));
    client.wait(60);
    assert_eq!(client.state_of(&job), "aborted");
    assert_eq!(client.errno("dp-job-abort", &[("job-id", &job)]), 22219);
    let done = client.submit("Mail", "local_backup");
    client.wait(3600);
    assert_eq!(client.state_of(&done), "completed");
    assert_eq!(client.errno("dp-job-abort", &[("job-id", &done)]), 22218);
    let fixed = client.submit("Mail", "configuration");
    assert_eq!(client.errno("dp-job-abort", &[("job-id", &fixed)]), 22220);
    let waiting = client.submit("Mail", "mirror");
    assert_eq!(client.errno("dp-job-abort", &[("job-id", &waiting)]), 0, "one that waits can be aborted");
    client.wait(60);
    assert!(client.state_of(&waiting) == "aborted" && client.job(&waiting).child("started-timestamp").is_none());
    let (_, state) = client.control("state", json!({}));
    assert_eq!(state["arrays"][DFM]["actions"], json!({ "dp-job-abort": 3 }));
}

/// A fleet with one job that succeeded, one that failed, one aborted, one that runs.
fn one_of_each(client: &mut Client) -> [String; 4] {
    let [good, failed, aborted] = [(); 3].map(|()| client.submit("Mail", "remote_backup"));
    for id in [&good, &failed, &aborted] {
        client.happen(id, "worker_takes_it");
    }
    client.happen(&failed, "transfer_fails");
    client.happen(&failed, "subtasks_ended");
    client.happen(&good, "subtasks_ended");
    client.ask("dp-job-abort", &[("job-id", &aborted)]);
    client.happen(&aborted, "subtasks_stopped");
    let running = client.submit("Mail", "remote_backup");
    client.happen(&running, "worker_takes_it");
    [good, failed, aborted, running]
}

#[test]
fn a_purge_takes_what_the_paper_says() {
    let mut client = Client::with_jobs(0);
    let [good, failed, aborted, running] = one_of_each(&mut client);
    let states: Vec<String> = [&good, &failed, &aborted, &running].map(|id| client.state_of(id)).to_vec();
    assert_eq!(states, ["completed", "completed", "aborted", "running"]);
    let at = (START / 1000).to_string();
    let after = (START / 1000 + 1).to_string();
    let left = |client: &mut Client| client.ids(&[]).len();
    client.ask("dp-job-purge", &[("completed-timestamp", &at)]);
    assert_eq!(left(&mut client), 4, "strictly before");
    client.ask("dp-job-purge", &[("completed-timestamp", &after), ("purge-jobs-completed-with-error", "false")]);
    assert_eq!(client.ids(&[]), [running.clone(), aborted.clone(), failed.clone()], "what succeeded is gone");
    for id in [&failed, &aborted, &running] {
        assert_eq!(client.errno("dp-job-purge", &[("job-id", id)]), 21012, "{id}");
    }
    assert_eq!(client.errno("dp-job-purge", &[("job-id", &running), ("purge-jobs-completed-with-error", "1")]), 21012);
    let ignored = [("job-id", failed.as_str()), ("completed-timestamp", "1"), ("purge-jobs-completed-with-error", "1")];
    client.ask("dp-job-purge", &ignored);
    assert_eq!(client.ids(&[]), [running.clone(), aborted.clone()], "with a job the time counts for nothing");
    assert_eq!(client.errno("dp-job-progress-event-list-iter-start", &[("job-id", &failed)]), 22217);
    client.ask("dp-job-purge", &[("completed-timestamp", &after), ("purge-jobs-completed-with-error", "true")]);
    assert_eq!(client.ids(&[]), [running]);
}

#[test]
fn events_are_told_as_they_are_now_or_from_the_beginning() {
    let mut client = Client::with_jobs(0);
    let job = client.submit("Mail", "remote_backup");
    client.submit("Finance", "local_backup");
    client.wait(7200);
    assert_eq!(client.state_of(&job), "completed");
    let history = client.events(&[("job-id", &job), ("history", "true")]);
    let ids: Vec<i64> = history.iter().map(|event| event.number_of("event-id").unwrap()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    let kinds = |events: &[Element]| {
        events.iter().map(|event| event.text_of("event-type").unwrap().to_owned()).collect::<Vec<_>>()
    };
    let told = kinds(&history);
    assert!(
        ["job-start", "snapvault-start", "snapvault-end", "job-end"]
            .iter()
            .all(|kind| told.contains(&(*kind).to_owned())),
        "{told:?}"
    );
    let current = client.events(&[("job-id", &job)]);
    let told = kinds(&current);
    assert!(told.contains(&"job-end".to_owned()) && told.contains(&"snapvault-end".to_owned()), "{told:?}");
    assert!(!told.contains(&"job-start".to_owned()) && !told.contains(&"snapvault-start".to_owned()), "{told:?}");
    let transfer = current.iter().find(|event| event.text_of("event-type") == Some("snapvault-end")).unwrap();
    let info = transfer.child("dp-progress-snapvault-info").unwrap();
    assert!(info.number_of("bytes-transferred").unwrap() > 0);
    assert!(info.text_of("source-qtree-name").unwrap().contains(":/"));
    let at = history[2].number_of("event-timestamp").unwrap();
    let text = at.to_string();
    let window =
        [("job-id", job.as_str()), ("history", "1"), ("start-time", text.as_str()), ("end-time", text.as_str())];
    let within = client.events(&window);
    assert_eq!(within.len(), history.iter().filter(|event| event.number_of("event-timestamp") == Some(at)).count());
    let all = client.events(&[("history", "true")]).len();
    let of_mail = client.events(&[("history", "true"), ("dataset-name-or-id", "mail")]).len();
    assert!(of_mail == history.len() && all > of_mail);
    assert_eq!(
        client.events(&[("history", "true"), ("object-name-or-id", "Mail"), ("job-type", "remote_backup")]).len(),
        of_mail
    );
    assert_eq!(client.events(&[("history", "true"), ("job-type", "mirror")]).len(), 0);
    assert_eq!(client.events(&[("history", "true"), ("connection-id", "1")]).len(), of_mail);
}

#[test]
fn the_schedule_is_told_in_its_order_and_an_entry_becomes_a_job() {
    let mut client = Client::with_jobs(30);
    let family = "dp-job-schedule-list";
    let (from, to) = ((START / 1000).to_string(), (START / 1000 + 86_400).to_string());
    let window = [("from-time", from.as_str()), ("to-time", to.as_str())];
    let start = call("dp-job-schedule-list-iter-start", &window);
    let entries = client.list(family, &start, "scheduled-jobs");
    let times: Vec<i64> = entries.iter().map(|entry| entry.number_of("start-time").unwrap()).collect();
    assert!(times.len() > 5 && times.windows(2).all(|pair| pair[0] <= pair[1]));
    let of_one = call("dp-job-schedule-list-iter-start", &[window[0], window[1], ("dataset-name-or-id", "Mail")]);
    let of_one = client.list(family, &of_one, "scheduled-jobs");
    assert!(!of_one.is_empty() && of_one.len() < entries.len());
    let tag = client.make(&start).unwrap().text_of("tag").unwrap().to_owned();
    let nothing = client.ask("dp-job-schedule-list-iter-next", &[("maximum", "0"), ("tag", &tag)]);
    assert_eq!((nothing.number_of("records"), nothing.child("scheduled-jobs")), (Some(0), None));
    let newest = client.ids(&[("max-jobs", "1")]).remove(0);
    client.now = times[0] * 1000 + 10_000;
    let born = client.ids(&[("max-jobs", "1")]).remove(0);
    assert!(born.parse::<u32>().unwrap() > newest.parse().unwrap());
    let left = client.list(family, &start, "scheduled-jobs");
    assert!(left.iter().all(|entry| entry.number_of("start-time").unwrap() > times[0]));
    let changed = |client: &mut Client| {
        client.ask("dp-job-schedule-get-last-changed", &[]).number_of("last-changed-timestamp").unwrap()
    };
    let before = changed(&mut client);
    client.happen("Mail", "schedule_changed");
    assert_eq!((before < changed(&mut client), changed(&mut client)), (true, client.now / 1000));
}

#[test]
fn a_backup_that_is_asked_for_becomes_a_job_with_its_words() {
    let mut client = Client::with_jobs(0);
    let asked =
        [("dataset-name-or-id", "mail"), ("backup-description", "before <the> move"), ("retention-type", "weekly")];
    let id = client.ask("dp-backup-start", &asked).text_of("job-id").unwrap().to_owned();
    let row = client.job(&id);
    assert_eq!((row.text_of("job-type"), row.text_of("submitted-by")), (Some("on_demand_backup"), Some("admin")));
    assert_eq!((row.text_of("job-description"), row.child("policy-id")), (Some("before <the> move"), None));
    assert_eq!(
        client.errno("dp-backup-start", &[("dataset-name-or-id", "mail"), ("retention-type", "eternal")]),
        21012
    );
    assert_eq!(client.errno("dp-backup-start", &[("dataset-name-or-id", "nothing")]), 22255);
    client.user = "viewer";
    assert_eq!(client.errno("dp-backup-start", &asked), 22256);
}

#[test]
fn fifty_thousand_jobs_are_listed() {
    let mut client = Client::with_jobs(50_000);
    let started = client.ask("dp-job-list-iter-start", &[]);
    assert_eq!(started.number_of("records"), Some(50_000));
    let tag = started.text_of("tag").unwrap().to_owned();
    let mut ids = BTreeSet::new();
    for _ in 0..50 {
        let page = client.ask("dp-job-list-iter-next", &[("maximum", "1000"), ("tag", &tag)]);
        ids.extend(zapi::jobs(page).rows.into_iter().map(|job| job.id));
    }
    assert_eq!(ids.len(), 50_000);
    client.submit("Mail", "mirror");
    let most = client.ask("dp-job-list-iter-start", &[]);
    assert_eq!(most.number_of("records"), Some(50_000), "max-jobs is 50,000 where nobody says otherwise");
}
