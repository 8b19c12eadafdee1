//! Every message of the category, there and back: what one side writes, the other reads as it was meant.

use super::*;
use crate::lifecycle::protection_job::PROTECTION_JOB;
use proptest::prelude::*;

/// The inputs of each call that the papers name, and of those of its sort that they do not number: a list is
/// written with its two levels.
static CALLS: [(&str, &[&str]); 13] = [
    ("dfm-about", &[]),
    ("dp-job-abort", &["job-id"]),
    (
        "dp-job-list-iter-start",
        &[
            "job-id",
            "job-state",
            "job-type",
            "job-types/job-type",
            "max-jobs",
            "object-name-or-id",
            "started-timestamp-from",
            "started-timestamp-to",
        ],
    ),
    ("dp-job-list-iter-next", &["maximum", "tag"]),
    ("dp-job-list-iter-end", &["tag"]),
    (
        "dp-job-progress-event-list-iter-start",
        &["job-id", "dataset-name-or-id", "start-time", "end-time", "history", "job-types/job-type"],
    ),
    ("dp-job-progress-event-list-iter-next", &["maximum", "tag"]),
    ("dp-job-progress-event-list-iter-end", &["tag"]),
    ("dp-job-purge", &["completed-timestamp", "job-id", "purge-jobs-completed-with-error"]),
    ("dp-job-schedule-get-last-changed", &[]),
    ("dp-job-schedule-list-iter-start", &["from-time", "to-time", "dataset-name-or-id"]),
    ("dp-job-schedule-list-iter-next", &["maximum", "tag"]),
    ("dp-job-schedule-list-iter-end", &["tag"]),
];

/// Names and sentences as people write them, and what a machine would stumble over.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{1,20}",
        "[<>&'\"a;#x0-9äé日本\u{1f600}\\n\\t\\r-]{1,20}",
        "\\PC{1,12}",
        Just("&amp;lt;]]><!--".to_owned()),
    ]
}

fn maybe<T: std::fmt::Debug + Clone>(some: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(some)
}

/// A whole number of seconds, as milliseconds.
fn moment() -> impl Strategy<Value = i64> {
    (0i64..=0x7fff_ffff).prop_map(|seconds| seconds * 1000)
}

fn told(element: Element, name: &str, value: Option<impl ToString>) -> Element {
    match value {
        Some(value) => element.with(name, &value.to_string()),
        None => element,
    }
}

fn seconds(time: Option<i64>) -> Option<i64> {
    time.map(|time| time / 1000)
}

fn passed() -> Element {
    Element::new("results").saying("status", "passed")
}

/// What comes back when these results go over the wire.
fn over(results: Element) -> Element {
    super::results(&answer(&results)).unwrap()
}

#[derive(Clone, Debug)]
struct Job {
    id: u32,
    state: Option<&'static str>,
    texts: Vec<(&'static str, String)>,
    bytes: i64,
    started: Option<i64>,
}

fn any_job() -> impl Strategy<Value = Job> {
    let states: Vec<&str> = PROTECTION_JOB.nodes.iter().map(|node| node.name).collect();
    let state = maybe(prop::sample::select(states));
    static NAMES: [&str; 10] = [
        "job-type",
        "job-description",
        "job-progress",
        "job-overall-status",
        "dataset-name",
        "source-node-name",
        "destination-node-name",
        "policy-name",
        "submitted-by",
        "field-of-tomorrow",
    ];
    let texts = prop::sample::subsequence(&NAMES[..], 0..=NAMES.len())
        .prop_flat_map(|names| (prop::collection::vec(words(), names.len()), Just(names)))
        .prop_map(|(texts, names)| names.into_iter().zip(texts).collect());
    (1u32..0x7fff_ffff, state, texts, 0..=i64::MAX, maybe(moment()))
        .prop_map(|(id, state, texts, bytes, started)| Job { id, state, texts, bytes, started })
}

fn any_event() -> impl Strategy<Value = ProgressEvent> {
    let info = ("dp-progress-[a-z]{3,9}-info", words(), 0..=i64::MAX).prop_map(|(name, object, bytes)| {
        let element =
            Element::new(&name).with("bytes-transferred", &bytes.to_string()).with("destination-qtree-name", &object);
        Info { name, fields: element.fields() }
    });
    let head = (1i64..0x7fff_ffff, 1u32..0x7fff_ffff, maybe(moment()));
    (head, maybe(words()), maybe("normal|warning|error"), maybe(words()), maybe(words()), maybe(info)).prop_map(
        |((id, job, at), kind, status, message, error, info)| ProgressEvent {
            id,
            job: job.to_string(),
            at,
            kind,
            status,
            message,
            error,
            info,
        },
    )
}

fn event_element(event: &ProgressEvent) -> Element {
    let element = Element::new("dp-job-progress-event-info").with("job-id", &event.job);
    let element = told(element, "event-id", Some(event.id));
    let element = told(element, "event-timestamp", seconds(event.at));
    let element = told(element, "event-type", event.kind.as_ref());
    let element = told(element, "event-status", event.status.as_ref());
    let element = told(element, "event-message", event.message.as_ref());
    let element = told(element, "error-message", event.error.as_ref());
    match &event.info {
        Some(info) => {
            let of = Element::new(&info.name).with("bytes-transferred", &info.bytes().unwrap().to_string());
            element.holding(of.with("destination-qtree-name", info.object().unwrap()))
        }
        None => element,
    }
}

fn any_entry() -> impl Strategy<Value = ScheduledJob> {
    static KINDS: [&str; 4] = ["local_backup", "local_backup_confirmation", "remote_backup", "mirror"];
    let kind = prop::sample::select(&KINDS[..]);
    let retention = prop::sample::select(&["hourly", "daily", "weekly", "monthly", "unlimited"][..]);
    (1u32..0x7fff_ffff, moment(), maybe(moment()), kind, maybe(0u32..0x7fff_ffff), maybe(retention)).prop_map(
        |(dataset, start, nominal, kind, place, retention)| ScheduledJob {
            dataset: dataset.to_string(),
            start,
            nominal,
            job_type: Some(kind),
            place: place.map(|id| id.to_string()),
            retention: retention.map(str::to_owned),
        },
    )
}

fn entry_element(entry: &ScheduledJob) -> Element {
    let (data, place) = match entry.job_type {
        Some("remote_backup") => ("dp-snapvault-transfer-job-data", "connection-id"),
        Some("mirror") => ("dp-snapmirror-transfer-job-data", "connection-id"),
        _ => ("dp-local-snapshot-job-data", "node-id"),
    };
    let data = told(Element::new(data), place, entry.place.as_ref());
    let data = told(data, "retention-type", entry.retention.as_ref());
    let confirms = (entry.job_type == Some("local_backup_confirmation")).then_some("True");
    let element = Element::new("dp-scheduled-job").with("dataset-id", &entry.dataset);
    let element = told(element, "start-time", seconds(Some(entry.start)));
    told(element, "scheduled-time", seconds(entry.nominal)).holding(told(data, "is-confirmation-data", confirms))
}

/// A page of rows: none in an empty holder, or without a holder at all.
fn page(holder: &str, rows: impl Iterator<Item = Element>, without: bool) -> Element {
    let holder = rows.fold(Element::new(holder), Element::holding);
    let records = holder.children.len().to_string();
    let results = passed().with("records", &records);
    if without && holder.children.is_empty() { results } else { results.holding(holder) }
}

proptest! {
    #[test]
    fn every_call_arrives_as_it_was_made(
        (name, inputs) in prop::sample::select(&CALLS[..]),
        given in prop::collection::vec(maybe(words()), 8),
    ) {
        let inputs = inputs.iter().zip(given).filter_map(|(input, value)| Some((input, value?)));
        let made = inputs.fold(Element::new(name), |made, (input, value)| match input.split_once('/') {
            Some((holder, item)) => made.holding(Element::new(holder).with(item, &value).with(item, "2")),
            None => made.with(input, &value),
        });
        prop_assert_eq!(called(&call(&made)), Ok(made));
    }

    #[test]
    fn what_starts_a_list_tells_its_count_and_its_tag(records in 0u32..=0x7fff_ffff, tag in words(), at in moment()) {
        let results = over(passed().with("records", &records.to_string()).with("tag", &tag));
        prop_assert_eq!(results.number_of("records"), Some(i64::from(records)));
        prop_assert_eq!(results.text_of("tag"), Some(tag.as_str()));
        let changed = over(passed().with("last-changed-timestamp", &(at / 1000).to_string()));
        prop_assert_eq!(changed.time_of("last-changed-timestamp"), Some(at));
        prop_assert_eq!(over(passed()), passed());
    }

    #[test]
    fn a_refusal_keeps_its_number_and_its_words(errno: u32, reason in words()) {
        let results = Element::new("results").saying("status", "failed").saying("reason", &reason);
        let body = answer(&results.saying("errno", &errno.to_string()));
        prop_assert_eq!(super::results(&body), Err(ZapiError::Failed { errno, reason }));
    }

    #[test]
    fn jobs_keep_all_that_they_tell(given in prop::collection::vec(any_job(), 0..4), without: bool) {
        let element = |job: &Job| {
            let element = Element::new("dp-job-info").with("bytes-transferred", &job.bytes.to_string());
            let element = job.texts.iter().fold(element, |element, (name, text)| element.with(name, text));
            let element = told(element, "job-state", job.state);
            told(told(element, "started-timestamp", seconds(job.started)), "job-id", Some(job.id))
        };
        let rows = jobs(over(page("jobs", given.iter().map(element), without)));
        prop_assert_eq!((rows.unreadable, rows.rows.len()), (0, given.len()));
        for (job, session) in given.iter().zip(&rows.rows) {
            prop_assert_eq!(&session.id, &job.id.to_string());
            prop_assert_eq!(session.number("bytes-transferred"), Some(job.bytes));
            prop_assert_eq!(session.updated(), job.started);
            let by_times = if job.started.is_some() { "running" } else { "queued" };
            prop_assert_eq!(session.state.as_deref(), Some(job.state.unwrap_or(by_times)));
            for (name, text) in &job.texts {
                prop_assert_eq!(session.text(name), Some(text.as_str()));
            }
        }
    }

    #[test]
    fn events_keep_all_that_they_tell(given in prop::collection::vec(any_event(), 0..4), without: bool) {
        let rows = progress_events(over(page("progress-events", given.iter().map(event_element), without)));
        prop_assert_eq!((rows.unreadable, rows.rows), (0, given));
    }

    #[test]
    fn entries_keep_all_that_they_tell(given in prop::collection::vec(any_entry(), 0..4), without: bool) {
        let rows = scheduled_jobs(over(page("scheduled-jobs", given.iter().map(entry_element), without)));
        prop_assert_eq!((rows.unreadable, rows.rows), (0, given));
    }
}
