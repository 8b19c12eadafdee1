//! Whole stories against the simulated DFM.

use array_console::array::{DeedEnd, Request, Response, TransportFailure};
use array_console::fleet::plan::became;
use array_console::fleet::report::subtasks;
use array_console::fleet::{ArrayIndex, Row};
use array_console::lifecycle::protection_job::ABORT;
use array_console::operation::{Event, JobWish, PurgeStage, Window};
use array_console::simulator::{Answer, Fleet, Options, carried};
use array_console::wire::powerstore::{Resource, Session};
use serde_json::{Value, json};

use super::console::{Console, Server};

const HOUR: i64 = 3_600_000;

struct Simulated(Fleet);

impl Server for Simulated {
    fn answer(&mut self, request: &Request, now: i64) -> Result<Response, TransportFailure> {
        assert!(request.bare, "the browser must add nothing of its own");
        let address = request.address.strip_prefix("/arrays/dfm").unwrap().to_owned();
        let request = carried::request(&Request { address, ..request.clone() }).unwrap();
        match self.0.handle("dfm", now, &request) {
            Answer::Dropped => Err(TransportFailure::Broken),
            Answer::Reply { response, .. } => Ok(carried::response(response)),
        }
    }
}

impl Console<Simulated> {
    fn with_jobs(jobs: usize, user: &str) -> Console<Simulated> {
        Self::with_failures(0, jobs, user)
    }

    fn with_failures(failures: u32, jobs: usize, user: &str) -> Console<Simulated> {
        let options = Options { imports: 0, protection_jobs: Some(jobs), failures, ..Options::default() };
        let start = options.start;
        let mut console = Console::of(Simulated(Fleet::new(options)), start);
        console.hear(Event::Open);
        console.log_in(user, "Password123!");
        assert_eq!(console.desk.access().user(), Some(user));
        console
    }

    fn control(&mut self, name: &str, body: Value) -> Value {
        let request = match name {
            "state" => http::Request::get("/simulator/state").body(Vec::new()),
            name => http::Request::post(format!("/simulator/{name}")).body(body.to_string().into_bytes()),
        };
        let response = self.server.0.control(self.now, &request.unwrap());
        let answer: Value = serde_json::from_slice(response.body()).unwrap();
        assert!(response.status().is_success(), "{name}: {answer}");
        answer
    }

    fn truth(&mut self) -> Value {
        self.control("state", json!({}))["arrays"]["dfm"].clone()
    }

    fn event(&mut self, of: &str, event: &str) -> Value {
        self.control("event", json!({ "array": "dfm", "session": of, "event": event }))
    }

    fn shows_the_truth(&mut self) -> bool {
        let truth = self.truth();
        let truth = truth["sessions"].as_object().unwrap();
        let same = |(id, told): (&String, &Value)| self.rows.get(id).and_then(outcome) == told["overall"].as_str();
        truth.len() == self.rows.len() && truth.iter().all(same)
    }

    fn state(&self, id: &str) -> Option<&str> {
        self.rows.get(id)?.state.as_deref()
    }

    fn wait_until(&mut self, what: &str, done: impl Fn(&Console<Simulated>) -> bool) {
        for _ in 0..2000 {
            if done(self) {
                return;
            }
            self.wait(5);
        }
        panic!("hours passed, and still not: {what}");
    }

    /// The name of some dataset.
    fn dataset(&mut self) -> String {
        let truth = self.truth();
        truth["datasets"].as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned()
    }

    /// A restore that somebody has just asked for, and that runs.
    fn running(&mut self, kind: &str) -> String {
        let dataset = self.dataset();
        let id = self.event(&dataset, kind)["session"].as_str().unwrap().to_owned();
        self.hear(Event::Watch(Some((Resource::ProtectionJob, id.clone()))));
        self.wait_until("it runs", |console| console.state(&id) == Some("running"));
        id
    }
}

fn outcome(job: &Session) -> Option<&'static str> {
    array_console::array::overall(job).map(|outcome| outcome.word())
}

#[test]
fn a_job_that_failed_last_night_tells_why() {
    let mut console = Console::with_jobs(60, "admin");
    let failed = |job: &&Session| matches!(outcome(job), Some("failed" | "partially_failed"));
    let id = console.rows.values().find(failed).expect("one failed").id.clone();
    console.hear(Event::Watch(Some((Resource::ProtectionJob, id.clone()))));
    let tasks = subtasks(console.desk.watched_events().unwrap());
    assert!(tasks[0].has_failed(), "errors stand on top");
    let events = console.desk.watched_events().unwrap();
    assert!(tasks[0].events.iter().any(|place| events[*place].error.is_some()), "{events:?}");
    let current = events.len();
    console.hear(Event::ShowHistory(true));
    assert!(console.desk.watched_events().unwrap().len() > current);
}

#[test]
fn what_the_console_lists_is_what_the_server_has() {
    let mut console = Console::with_jobs(200, "viewer");
    console.hear(Event::ListJobs(JobWish { days: None, ..JobWish::default() }));
    for _ in 0..40 {
        console.wait(300);
        // What was born or has ended since the last reading is seen with the next one.
        let seen = (0..20).any(|_| {
            console.wait(5);
            console.shows_the_truth()
        });
        assert!(seen, "{:?}", console.truth());
    }
    assert_eq!(console.truth()["iterators"], 0, "every list was given back");
}

#[test]
fn a_running_transfer_is_aborted() {
    let mut console = Console::with_jobs(20, "admin");
    let id = console.running("on_demand_backup");
    console.act(&id, ABORT, &[]);
    assert_eq!(console.end(&id), Some(DeedEnd::Running));
    console.wait_until("aborted", |console| console.end(&id) == Some(DeedEnd::Completed));
    assert_eq!((console.state(&id), outcome(&console.rows[&id])), (Some("aborted"), Some("canceled")));
    assert_eq!(console.truth()["actions"]["dp-job-abort"], 1);
}

#[test]
fn a_viewer_is_refused_in_the_servers_words() {
    let mut console = Console::with_jobs(20, "viewer");
    let id = console.running("on_demand_backup");
    console.act(&id, ABORT, &[]);
    let Some(DeedEnd::Refused(words)) = console.end(&id) else { panic!("{:?}", console.end(&id)) };
    assert!(words.contains("EACCESSDENIED"), "{words}");
    assert_eq!(console.desk.access().user(), Some("viewer"));
}

#[test]
fn a_job_that_ended_meanwhile_cannot_be_aborted() {
    let mut console = Console::with_jobs(20, "admin");
    let id = console.running("on_demand_backup");
    console.hear(Event::Ask { session: id.clone(), action: ABORT });
    console.event(&id, "subtasks_ended");
    console.hear(Event::Confirm { session: id.clone(), answers: Default::default() });
    let Some(DeedEnd::Refused(words)) = console.end(&id) else { panic!("{:?}", console.end(&id)) };
    assert!(words.contains("EJOBALREADYCOMPLETED"), "{words}");
    assert_eq!(console.state(&id), Some("completed"), "and the page shows it");
}

#[test]
fn a_server_that_forgets_its_lists_is_asked_anew() {
    let mut console = Console::with_jobs(3000, "admin");
    console.hear(Event::ListJobs(JobWish { days: None, ..JobWish::default() }));
    let all = console.rows.len();
    console.control("fault", json!({ "array": "dfm", "fault": "forget_iterators" }));
    console.hear(Event::Refresh);
    assert_eq!((console.rows.len(), console.desk.health().trouble.clone()), (all, None));
}

#[test]
fn a_purge_takes_what_it_counted() {
    let mut console = Console::with_failures(60, 300, "admin");
    console.hear(Event::ListJobs(JobWish { days: None, ..JobWish::default() }));
    console.hear(Event::OpenPurging(true));
    let before = console.now - 24 * HOUR;
    for with_failed in [false, true] {
        let (there, count) = (console.rows.len(), console.desk.purging().unwrap().preview(before, with_failed).count);
        assert!(count > 0);
        console.hear(Event::Purge { before, with_failed });
        assert_eq!(console.desk.purging().unwrap().stage, PurgeStage::Settled(DeedEnd::Completed));
        assert_eq!(there - console.rows.len(), count);
        assert_eq!(console.truth()["sessions"].as_object().unwrap().len(), console.rows.len());
        console.hear(Event::OpenPurging(true));
    }
}

#[test]
fn an_entry_of_the_schedule_becomes_a_job() {
    let mut console = Console::with_jobs(60, "admin");
    let window = Window { from: console.now, to: console.now + 24 * HOUR, dataset: None };
    console.hear(Event::LookAtPlans(Some(window)));
    let entry = console.desk.plans().unwrap().entries[0].clone();
    assert!(entry.start >= console.now && entry.job_type.is_some());
    let row = |job: &Session| Row::from_session(ArrayIndex(0), job);
    let guess = |console: &Console<Simulated>| {
        let rows: Vec<Row> = console.rows.values().map(row).collect();
        became(&entry, &rows.iter().collect::<Vec<_>>()).map(|row| row.key.id.to_string())
    };
    let seconds = (entry.start - console.now) / 1000 + 1;
    assert_eq!(guess(&console), None);
    console.wait(seconds);
    console.wait_until("its job", |console| guess(console).is_some());
    assert!(console.desk.plans().unwrap().entries.contains(&entry), "it is still told what became of it");
    assert!(console.truth()["sessions"][guess(&console).unwrap()]["type"] == entry.job_type.unwrap());
}
