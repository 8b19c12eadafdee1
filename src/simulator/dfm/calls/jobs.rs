//! `dp-job-list-iter-start`: which jobs are meant, and what is told of each.

use super::{Asked, Form, Input, given, later, seconds, senseless, span, started};
use crate::lifecycle::protection_job::{PROTECTION_JOB, QUEUED};
use crate::lifecycle::protection_progress::PROTECTION_PROGRESS;
use crate::simulator::dfm::door::Dfm;
use crate::simulator::dfm::iterators::Family;
use crate::simulator::dfm::job::{Job, JobType};
use crate::simulator::dfm::model::Refusal;
use crate::wire::zapi::{self, Element, errno};

pub const INPUTS: &[Input] = &[
    given("job-id", Form::From(1)),
    given("job-state", Form::Text),
    given("job-type", Form::Text),
    given("max-jobs", Form::From(0)),
    given("object-name-or-id", Form::Text),
    given("started-timestamp-from", Form::From(0)),
    given("started-timestamp-to", Form::From(0)),
    later("job-types", Form::List("job-type")),
    later("job-context-obj-name-or-id", Form::Text),
    later("job-context-application-resources-only", Form::Flag),
    later("job-context-application-resource-namespace", Form::Text),
];

/// How many are kept when nobody says otherwise (SDK reference, `max-jobs`).
const MOST: usize = 50_000;

/// Types that later servers know and this one never has a job of.
const OTHER_TYPES: [&str; 24] = [
    "local_backup_confirmation",
    "failover",
    "backup_mount",
    "backup_unmount",
    "provision_member",
    "resize_member",
    "destroy_member",
    "delete_snapshots",
    "dedupe_member",
    "undedupe_member",
    "dedupe_volume",
    "pm_re_export",
    "migrate_volume",
    "resize_volume",
    "delete_snapshot",
    "delete_backup",
    "resize_lun",
    "destroy_lun",
    "migrate_start",
    "migrate_complete",
    "migrate_cancel",
    "migrate_cleanup",
    "migrate_update",
    "hs_configure",
];

/// The seven types of the first generation.
const FIRST_TYPES: usize = 7;

/// The types that are wanted, none for any.
pub fn types<'a>(asked: &Asked<'a>, is_later: bool) -> Result<Vec<&'a str>, Refusal> {
    let one = asked.call.text_of("job-type");
    let many = asked.call.child("job-types");
    if one.is_some() && many.is_some() {
        return Err(senseless("job-type and job-types are not given together."));
    }
    let listed = many.iter().flat_map(|holder| &holder.children).map(|item| item.text.as_str());
    let wanted: Vec<&str> = one.into_iter().chain(listed).collect();
    let known = |word: &str| {
        let count = if is_later { JobType::ALL.len() } else { FIRST_TYPES };
        JobType::ALL.iter().take(count).any(|kind| kind.word() == word) || (is_later && OTHER_TYPES.contains(&word))
    };
    match wanted.iter().find(|word| !known(word)) {
        Some(word) => Err(senseless(format!("No job is of the type {word}."))),
        None => Ok(wanted),
    }
}

pub fn start(dfm: &mut Dfm, asked: &Asked) -> Result<String, Refusal> {
    let server = &dfm.server;
    let call = asked.call;
    let state = call.text_of("job-state");
    let knows = |state: &str| match PROTECTION_JOB.node_named(state) {
        Some(QUEUED) => server.is_later(),
        known => known.is_some(),
    };
    if let Some(state) = state.filter(|state| !knows(state)) {
        return Err(senseless(format!("No job is in the state {state}.")));
    }
    let types = types(asked, server.is_later())?;
    let (from, to) = span(asked, "started-timestamp-from", "started-timestamp-to")?;
    let by_start = call.child("started-timestamp-from").or(call.child("started-timestamp-to")).is_some();
    let id = call.number_of("job-id");
    let datasets = datasets(dfm, asked, id)?;
    let of_applications = call.text_of("job-context-application-resources-only").and_then(zapi::flag) == Some(true)
        || call.child("job-context-application-resource-namespace").is_some();
    let most = match call.number_of("max-jobs") {
        None => MOST,
        Some(0) => usize::MAX,
        Some(most) => usize::try_from(most).unwrap_or(usize::MAX),
    };
    let fits = |job: &&Job| {
        let begun = job.started.map(seconds);
        !of_applications
            && id.is_none_or(|id| id == i64::from(job.id))
            && state.is_none_or(|state| PROTECTION_JOB.node(job.state()).is_some_and(|node| node.name == state))
            && (types.is_empty() || types.contains(&job.kind.word()))
            && datasets.as_ref().is_none_or(|datasets| datasets.contains(&job.dataset))
            && (!by_start || begun.is_some_and(|begun| (from..=to).contains(&begun)))
    };
    // The newest first: they are the ones that stay when there are too many.
    let jobs = server.jobs.values().rev().filter(fits).take(most);
    let rows = jobs.map(|job| row(dfm, job, asked.now).written()).collect();
    started(dfm, asked, Family::Jobs, rows)
}

/// The datasets whose jobs are wanted; `None` for all.
fn datasets(dfm: &Dfm, asked: &Asked, id: Option<i64>) -> Result<Option<Vec<u32>>, Refusal> {
    let server = &dfm.server;
    if let Some(object) = asked.call.text_of("object-name-or-id") {
        return server.object(object).map(|object| Some(server.datasets_of(object)));
    }
    let context = asked.call.text_of("job-context-obj-name-or-id").filter(|_| id.is_none());
    let Some(context) = context else { return Ok(None) };
    let is_filer = |context: &str| {
        let mut filers = server.filers.values();
        filers.any(|filer| filer.name.eq_ignore_ascii_case(context) || filer.id.to_string() == context)
    };
    match server.object(context) {
        Ok(object) => Ok(Some(server.datasets_of(object))),
        // A job's context is its dataset: none has a filer's.
        Err(refusal) if refusal.errno == errno::EOBJECTNOTFOUND && is_filer(context) => Ok(Some(Vec::new())),
        Err(refusal) => Err(refusal),
    }
}

/// What is told of a job, in the order of the alphabet.
fn row(dfm: &Dfm, job: &Job, now: i64) -> Element {
    let server = &dfm.server;
    let is_later = server.is_later();
    let time = |row: Element, name: &str, at: Option<i64>| match at {
        Some(at) => row.with(name, &seconds(at).to_string()),
        None => row,
    };
    let (dataset, name) = (job.dataset.to_string(), server.dataset_name(job.dataset));
    let mut row = time(Element::new("dp-job-info"), "abort-requested-timestamp", job.abort_requested)
        .with("bytes-transferred", &job.bytes(server.counted(now)).to_string());
    row = time(row, "completed-timestamp", job.completed).with("dataset-id", &dataset).with("dataset-name", name);
    if let Some(node) = job.destination {
        row = row
            .with("destination-node-id", &node.to_string())
            .with("destination-node-name", server.node_name(job, node));
    }
    if is_later {
        row = row
            .with("job-context-obj-id", &dataset)
            .with("job-context-obj-name", name)
            .with("job-context-obj-type", "dataset");
    }
    row = row.with("job-description", &server.description(job)).with("job-id", &job.id.to_string());
    if is_later {
        row = row.with("job-overall-status", job.overall().word());
    }
    row = row.with("job-progress", PROTECTION_PROGRESS.node(job.progress()).map_or("", |node| node.name));
    let shown = dfm.faults.states.get(&job.id.to_string()).map(String::as_str);
    let real = PROTECTION_JOB.node(job.state()).filter(|_| is_later || job.state() != QUEUED).map(|node| node.name);
    if let Some(state) = shown.or(real) {
        row = row.with("job-state", state);
    }
    row = row.with("job-type", job.kind.word());
    if is_later {
        row = row.with("object-id", &dataset).with("object-name", name).with("object-type", "dataset");
    }
    if let Some(policy) = job.policy {
        row = row.with("policy-id", &policy.to_string()).with("policy-name", server.policy_name(policy));
    }
    row =
        row.with("source-node-id", &job.source.to_string()).with("source-node-name", server.node_name(job, job.source));
    row = time(row, "started-timestamp", job.started);
    match &job.submitted_by {
        Some(person) => row.with("submitted-by", person),
        None => row,
    }
}
