//! The console and a DFM: lists in parts, logins without cookies, aborts, purges, plans; against a server of
//! a few lines that answers by the book.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod book;
mod console;
mod stories;

use array_console::array::{Answers, DeedEnd, Response};
use array_console::lifecycle::protection_job::{ABORT, PURGE};
use array_console::operation::{Access, Event, JobWish, PurgeStage, Why, Window};
use array_console::wire::powerstore::{Headers, Resource};

use book::{BASIC, Book, DAY, Job, PASSWORD, START, job};
use console::{Console, Server};

fn two_and_a_half_thousand() -> Vec<Job> {
    (1..=2500).map(|id| job(id, "completed", Some(START - 3_600_000))).collect()
}

#[test]
fn a_login_is_asked_for_again_and_a_rejected_password_never_sent_twice() {
    let mut console = Console::with(vec![job(1, "completed", Some(START - DAY))]);
    console.hear(Event::Open);
    assert_eq!(*console.desk.access(), Access::Out(Why::NotKept));
    assert!(console.server.calls.is_empty(), "without a password nothing is asked");
    console.log_in("admin", "wrong");
    assert_eq!(*console.desk.access(), Access::Out(Why::Rejected { user: "admin".to_owned() }));
    console.log_in("admin", "wrong");
    assert_eq!(*console.desk.access(), Access::Out(Why::NotSentAgain { user: "admin".to_owned() }));
    assert_eq!(console.server.rejected, 1);
    console.log_in("admin", PASSWORD);
    assert_eq!(console.desk.release().map(|release| release.0), Some([5, 2, 0, 16835]));
    assert_eq!(console.ids(), ["1"]);
    console.hear(Event::LogOut);
    assert!(console.rows.is_empty());
    assert!(!format!("{:?}", console.desk).contains("Zürich:1"), "nothing prints the password");
    let calls = console.server.calls.len();
    console.wait(600);
    assert_eq!(console.server.calls.len(), calls, "and nothing goes out");
}

#[test]
fn jobs_of_the_last_week_are_listed_and_those_that_are_not_over() {
    let mut console = Console::at_work(vec![
        job(1, "completed", Some(START - DAY)),
        job(2, "completed", Some(START - 8 * DAY)),
        job(3, "running", Some(START - 20 * DAY)),
        job(4, "queued", None),
    ]);
    assert_eq!(console.ids(), ["1", "3", "4"]);
    assert_eq!(console.rows["1"].number("bytes-transferred"), Some(i64::MAX));
    assert_eq!(console.rows["1"].name(), Some("Mirror <1> & Zürich"));
    console.hear(Event::ListJobs(JobWish { days: None, ..JobWish::default() }));
    assert_eq!(console.ids(), ["1", "2", "3", "4"]);
    let wish = JobWish { days: None, state: Some("running".to_owned()), ..JobWish::default() };
    console.hear(Event::ListJobs(wish));
    assert_eq!(console.ids(), ["3"]);
    assert!(console.server.lists.is_empty(), "every list was given back");
}

#[test]
fn an_older_server_without_a_word_for_waiting_jobs_is_listed_all_the_same() {
    let mut console = Console::with(vec![job(1, "completed", Some(START - DAY))]);
    console.server.no_queue = true;
    console.hear(Event::Open);
    console.log_in("admin", PASSWORD);
    assert_eq!((console.ids(), console.desk.health().trouble.clone()), (vec!["1"], None));
}

#[test]
fn a_list_comes_in_parts_and_survives_that_the_server_forgets_it_twice() {
    let mut console = Console::with(two_and_a_half_thousand());
    console.server.forgets = 2;
    console.hear(Event::Open);
    console.log_in("admin", PASSWORD);
    assert_eq!((console.rows.len(), console.desk.health().trouble.clone()), (2500, None));
    assert!(console.server.lists.is_empty());
    console.server.forgets = 3;
    console.hear(Event::Refresh);
    let trouble = console.desk.health().trouble.clone().unwrap().to_string();
    assert!(trouble.contains("forgot the list") && trouble.contains("3 times"), "{trouble}");
    assert_eq!(console.rows.len(), 2500, "what was read stays");
    console.wait(60);
    assert_eq!(console.desk.health().trouble, None);
    assert!(console.server.lists.is_empty());
}

#[test]
fn a_list_is_given_back_whenever_it_is_no_longer_wanted() {
    for leave in [Event::LogOut, Event::ListJobs(JobWish { days: Some(30), ..JobWish::default() }), Event::Leave] {
        for answers in 0..4 {
            let mut console = Console::at_work(two_and_a_half_thousand());
            console.held = true;
            console.hear(Event::Refresh);
            for _ in 0..answers {
                let (ticket, request) = console.under_way.pop_front().unwrap();
                let result = console.server.answer(&request, console.now);
                console.tell(Event::Answered { ticket, result });
            }
            console.held = false;
            console.hear(leave.clone());
            console.wait(1);
            assert!(console.server.lists.is_empty(), "{leave:?} after {answers} answers: {:?}", console.server.calls);
        }
    }
}

#[test]
fn a_password_that_is_taken_back_ends_the_login_and_is_not_sent_again() {
    let mut console = Console::at_work(vec![job(1, "running", Some(START - DAY))]);
    let request = console.server.calls.len();
    console.server.rejected = 0;
    console.held = true;
    console.wait(6);
    for (ticket, _) in std::mem::take(&mut console.under_way) {
        let result = Ok(Response { status: 401, headers: Headers::default(), body: Vec::new() });
        console.tell(Event::Answered { ticket, result });
    }
    console.held = false;
    assert_eq!(*console.desk.access(), Access::Out(Why::Expired));
    console.log_in("admin", PASSWORD);
    assert_eq!(*console.desk.access(), Access::Out(Why::NotSentAgain { user: "admin".to_owned() }));
    assert_eq!((console.server.calls.len(), console.server.rejected), (request, 0));
}

#[test]
fn what_begins_ends_or_goes_is_seen_without_reading_all() {
    let mut jobs = two_and_a_half_thousand();
    jobs.push(job(9001, "running", Some(START - 600_000)));
    jobs.push(job(9002, "queued", None));
    let mut console = Console::at_work(jobs);
    let parts = console.count("dp-job-list-iter-next");
    let set = |console: &mut Console<Book>, id: u32, new: Job| {
        let job = console.server.jobs.iter_mut().find(|job| job["job-id"] == id.to_string()).unwrap();
        *job = new;
    };
    set(&mut console, 9001, job(9001, "completed", Some(START - 600_000)));
    let mut aborted = job(9002, "aborted", None);
    aborted.insert("completed-timestamp", (START / 1000).to_string());
    set(&mut console, 9002, aborted);
    console.server.jobs.push(job(9003, "running", Some(START)));
    console.wait(6);
    let state = |id: &str| console.rows[id].state.clone().unwrap();
    assert_eq!((state("9001"), state("9002"), state("9003")), ("completed".into(), "aborted".into(), "running".into()));
    assert!(console.count("dp-job-list-iter-next") - parts < 6, "the week was not read again");
    console.server.jobs.retain(|job| job["job-id"] != "9003");
    console.wait(6);
    assert!(!console.rows.contains_key("9003"), "purged meanwhile");
}

#[test]
fn an_abort_is_followed_until_the_server_says_aborted() {
    let mut console = Console::at_work(vec![job(1, "running", Some(START - DAY))]);
    console.hear(Event::Watch(Some((Resource::ProtectionJob, "1".to_owned()))));
    assert_eq!(console.desk.watched_events().map(<[_]>::len), Some(1));
    console.act("1", ABORT, &[]);
    console.wait(10);
    assert_eq!((console.end("1"), console.rows["1"].state.as_deref()), (Some(DeedEnd::Running), Some("aborting")));
    console.server.jobs[0].insert("job-state", "aborted".to_owned());
    console.wait(10);
    assert_eq!((console.end("1"), console.rows["1"].state.as_deref()), (Some(DeedEnd::Completed), Some("aborted")));
    assert_eq!(console.count("dp-job-abort"), 1);
    assert!(console.journal[&1].exchange.body.contains("<job-id>1</job-id>"));
    assert!(!format!("{:?}", console.journal).contains(BASIC));
}

#[test]
fn a_refused_abort_is_told_with_its_number_and_its_words() {
    for (number, name) in
        [(22218, "EJOBALREADYCOMPLETED"), (22219, "EJOBALREADYABORTED"), (22220, "EJOBCANNOTBEABORTED")]
    {
        let mut console = Console::at_work(vec![job(1, "running", Some(START - DAY))]);
        console.hear(Event::Ask { session: "1".to_owned(), action: ABORT });
        console.server.refuse = Some((number, "Not this one."));
        if number == 22219 {
            console.server.jobs[0].insert("job-state", "aborted".to_owned());
        }
        console.hear(Event::Confirm { session: "1".to_owned(), answers: Answers::default() });
        let Some(DeedEnd::Refused(words)) = console.end("1") else { panic!("{:?}", console.end("1")) };
        assert!(words.contains("Not this one.") && words.contains(name), "{words}");
    }
    let mut console = Console::at_work(vec![job(1, "running", Some(START - DAY))]);
    console.server.refuse = Some((22256, "Not you."));
    console.act("1", ABORT, &[]);
    let Some(DeedEnd::Refused(words)) = console.end("1") else { panic!("{:?}", console.end("1")) };
    assert!(words.contains("EACCESSDENIED") && console.desk.access().user().is_some(), "{words}");
}

#[test]
fn an_abort_without_an_answer_is_resolved_by_the_state() {
    let mut console = Console::at_work(vec![job(1, "running", Some(START - DAY))]);
    console.server.silent = true;
    console.act("1", ABORT, &[]);
    console.wait(30);
    assert_eq!(console.end("1"), Some(DeedEnd::MovedByNobodyKnows));
    assert_eq!(console.count("dp-job-abort"), 1);
}

#[test]
fn a_job_is_purged_with_its_switch_always_said() {
    let mut console = Console::at_work(vec![job(1, "completed", Some(START - DAY)), job(2, "completed", Some(START))]);
    console.act("1", PURGE, &[]);
    console.wait(10);
    assert_eq!((console.end("1"), console.ids()), (Some(DeedEnd::Completed), vec!["2"]));
    assert!(console.journal[&1].exchange.body.contains("with-error>false<"));
}

#[test]
fn a_purge_by_time_is_counted_first_sent_once_and_counted_after() {
    let mut failed = job(3, "completed", Some(START - 50 * DAY));
    failed.insert("job-progress", "failure".to_owned());
    let jobs = vec![
        job(1, "completed", Some(START - DAY)),
        job(2, "completed", Some(START - 40 * DAY)),
        failed,
        job(4, "running", Some(START - 60 * DAY)),
    ];
    let mut console = Console::at_work(jobs);
    console.hear(Event::OpenPurging(true));
    let before = START - 30 * DAY;
    let count = |console: &Console<Book>, failed| console.desk.purging().unwrap().preview(before, failed).count;
    assert_eq!((count(&console, false), count(&console, true)), (1, 2));
    let preview = console.desk.purging().unwrap().preview(before, true);
    assert_eq!(preview.oldest, Some(START - 50 * DAY + 60_000));
    assert_eq!(preview.newest, Some(START - 40 * DAY + 60_000));
    console.now += 120_000;
    console.hear(Event::Purge { before, with_failed: true });
    assert_eq!(console.desk.purging().unwrap().stage, PurgeStage::CountedAnew, "an old count is renewed first");
    assert_eq!(console.count("dp-job-purge"), 0);
    console.hear(Event::Purge { before, with_failed: true });
    assert_eq!(console.desk.purging().unwrap().stage, PurgeStage::Settled(DeedEnd::Completed));
    assert_eq!((console.count("dp-job-purge"), count(&console, true)), (1, 0));
    assert_eq!(console.ids(), ["1", "4"]);
    assert_eq!(console.journal[&1].end, DeedEnd::Completed);
    assert!(console.server.lists.is_empty());
}

#[test]
fn a_purge_without_an_answer_is_resolved_by_counting() {
    let mut console = Console::at_work(vec![job(1, "completed", Some(START - 40 * DAY))]);
    console.hear(Event::OpenPurging(true));
    console.server.silent = true;
    console.hear(Event::Purge { before: START, with_failed: false });
    assert_eq!(console.desk.purging().unwrap().stage, PurgeStage::Settled(DeedEnd::MovedByNobodyKnows));
}

#[test]
fn plans_are_read_again_only_when_the_server_says_that_they_changed() {
    let mut console = Console::at_work(vec![]);
    let window = Window { from: START + 60_000, to: START + DAY, dataset: None };
    console.hear(Event::LookAtPlans(Some(window)));
    let entries = |console: &Console<Book>| console.desk.plans().unwrap().entries.clone();
    assert_eq!(entries(&console)[0].job_type, Some("mirror"));
    let reads = |console: &Console<Book>| console.count("dp-job-schedule-list-iter-start");
    console.wait(300);
    assert_eq!(reads(&console), 1);
    assert!(console.count("dp-job-schedule-get-last-changed") > 3);
    console.server.changed = 8;
    console.wait(60);
    assert_eq!((reads(&console), entries(&console).len()), (2, 1));
    console.hear(Event::LookAtPlans(None));
    assert!(console.desk.plans().is_none() && console.server.lists.is_empty());
}
