//! `dp-job-progress-event-list-iter-start`: which events are meant, and what is told of each.

use super::{Asked, Form, Input, given, jobs, later, seconds, senseless, span, started};
use crate::simulator::dfm::door::Dfm;
use crate::simulator::dfm::event::{Event, Info, Named};
use crate::simulator::dfm::iterators::Family;
use crate::simulator::dfm::job::Job;
use crate::simulator::dfm::model::{Refusal, Server};
use crate::wire::zapi::{self, Element, errno};

pub const INPUTS: &[Input] = &[
    given("job-id", Form::From(1)),
    given("dataset-name-or-id", Form::Text),
    given("start-time", Form::From(0)),
    given("end-time", Form::From(0)),
    given("history", Form::Flag),
    later("object-name-or-id", Form::Text),
    later("connection-id", Form::From(1)),
    later("job-type", Form::Text),
    later("job-types", Form::List("job-type")),
];

/// What excludes each other.
const ONE_OF: [&str; 3] = ["job-id", "dataset-name-or-id", "object-name-or-id"];

pub fn start(dfm: &mut Dfm, asked: &Asked) -> Result<String, Refusal> {
    let (server, call) = (&dfm.server, asked.call);
    let mut named = ONE_OF.iter().filter(|name| call.child(name).is_some());
    if let (Some(one), Some(other)) = (named.next(), named.next()) {
        return Err(senseless(format!("{one} and {other} are not given together.")));
    }
    let types = jobs::types(asked, server.is_later())?;
    let (from, to) = span(asked, "start-time", "end-time")?;
    let history = call.text_of("history").and_then(zapi::flag).unwrap_or(false);
    let id = call.number_of("job-id").map(|id| u32::try_from(id).unwrap_or(0));
    if let Some(id) = id.filter(|id| !server.jobs.contains_key(id)) {
        return Err(Refusal::new(errno::EJOBDOESNOTEXIST, format!("There is no job {id}.")));
    }
    let datasets = match (call.text_of("dataset-name-or-id"), call.text_of("object-name-or-id")) {
        (Some(dataset), _) => Some(vec![server.dataset_named(dataset)?]),
        (None, Some(object)) => Some(server.datasets_of(server.object(object)?)),
        (None, None) => None,
    };
    let connection = call.number_of("connection-id").map(|id| u32::try_from(id).unwrap_or(0));
    let fits = |job: &&Job| {
        id.is_none_or(|id| id == job.id)
            && (types.is_empty() || types.contains(&job.kind.word()))
            && datasets.as_ref().is_none_or(|datasets| datasets.contains(&job.dataset))
            && connection.is_none_or(|connection| goes_along(server, job, connection))
    };
    let mut rows = Vec::new();
    for job in server.jobs.values().filter(fits) {
        let mut add = |event: &Event| {
            if (from..=to).contains(&seconds(event.at)) {
                rows.push(row(server, job, event).written());
            }
        };
        if history {
            job.events.iter().for_each(&mut add);
        } else {
            job.current_events().for_each(&mut add);
        }
    }
    started(dfm, asked, Family::Events, rows)
}

/// True for a job whose data goes along the connection with this number of its dataset's policy.
fn goes_along(server: &Server, job: &Job, connection: u32) -> bool {
    let policy = server.datasets.get(&job.dataset).and_then(|dataset| server.policies.get(&dataset.policy));
    let ends = policy.and_then(|policy| policy.connection(connection)).map(|it| (it.source, Some(it.destination)));
    ends == Some((job.source, job.destination))
}

/// What is told of an event, in the order of the alphabet, what it is about last.
fn row(server: &Server, job: &Job, event: &Event) -> Element {
    let mut row = Element::new("dp-job-progress-event-info");
    if let Some(words) = server.error_message(job, event) {
        row = row.with("error-message", &words);
    }
    row = row
        .with("event-id", &event.id.to_string())
        .with("event-message", &server.message(job, event))
        .with("event-status", event.status.word())
        .with("event-timestamp", &seconds(event.at).to_string())
        .with("event-type", event.kind.word())
        .with("job-id", &job.id.to_string());
    if server.is_later() {
        row = row.with("job-type", job.kind.word());
    }
    match server.info(job, event) {
        Some(info) => row.holding(told(&info)),
        None => row,
    }
}

fn told(info: &Info) -> Element {
    let pair = |element: Element, name: &str, it: &Named| {
        element.with(&format!("{name}-id"), &it.id.to_string()).with(&format!("{name}-name"), &it.name)
    };
    let transfer = |name: &str, what: &str, bytes: u64, source: &Named, destination: &Named| {
        let element = Element::new(name).with("bytes-transferred", &bytes.to_string());
        let element = pair(element, &format!("destination-{what}"), destination);
        pair(element, &format!("source-{what}"), source)
    };
    match info {
        Info::JobAbort { aborted_by } => Element::new("dp-progress-job-abort-info").with("aborted-by", aborted_by),
        Info::Relationship { bytes, source, destination, carrier } => {
            transfer("dp-progress-relationship-info", "volume-or-qtree", *bytes, source, destination)
                .with("relationship-type", carrier.word())
        }
        Info::Snapshot { name, volume } => {
            pair(Element::new("dp-progress-snapshot-info").with("snapshot-name", name), "volume", volume)
        }
        Info::Backup { id, version, retention } => Element::new("dp-progress-backup-info")
            .with("backup-id", &id.to_string())
            .with("backup-version", &seconds(*version).to_string())
            .with("retention", retention.word()),
        Info::Snapvault { bytes, source, destination } => {
            transfer("dp-progress-snapvault-info", "qtree", *bytes, source, destination)
        }
        Info::Snapmirror { bytes, source, destination } => {
            transfer("dp-progress-snapmirror-info", "volume-or-qtree", *bytes, source, destination)
        }
        Info::Restore { bytes, backup, version, member, path, destination } => {
            let element = Element::new("dp-progress-restore-info")
                .with("backup-id", &backup.to_string())
                .with("backup-version", &seconds(*version).to_string())
                .with("bytes-transferred", &bytes.to_string())
                .with("destination-path", destination);
            pair(element, "member", member).with("path", path)
        }
    }
}
