//! What is planned, and when that was changed last.

use super::{Asked, Form, Input, given, needed, seconds, started};
use crate::simulator::dfm::door::Dfm;
use crate::simulator::dfm::iterators::Family;
use crate::simulator::dfm::model::Refusal;
use crate::simulator::dfm::schedule::{Entry, Scheduled};
use crate::wire::zapi::{Element, errno};

pub const INPUTS: &[Input] =
    &[needed("from-time", Form::From(0)), needed("to-time", Form::From(0)), given("dataset-name-or-id", Form::Text)];

/// `dp-job-schedule-get-last-changed`
pub fn last_changed(dfm: &mut Dfm, _: &Asked) -> Result<String, Refusal> {
    let at = seconds(dfm.server.schedule_changed);
    Ok(format!("<last-changed-timestamp>{at}</last-changed-timestamp>"))
}

/// `dp-job-schedule-list-iter-start`
pub fn start(dfm: &mut Dfm, asked: &Asked) -> Result<String, Refusal> {
    let time = |name| asked.call.time_of(name).unwrap_or(0);
    let (from, to) = (time("from-time"), time("to-time"));
    if to < from {
        return Err(Refusal::new(errno::EINVALIDINPUTERROR, "to-time is before from-time."));
    }
    let dataset = asked.call.text_of("dataset-name-or-id").map(|name| dfm.server.dataset_named(name)).transpose()?;
    let is_later = dfm.server.is_later();
    let entries = dfm.server.entries(from, to + 999, dataset, asked.now);
    let rows = entries.iter().map(|entry| row(entry, is_later).written()).collect();
    started(dfm, asked, Family::Schedule, rows)
}

fn row(entry: &Entry, is_later: bool) -> Element {
    let (name, place, id) = match entry.what {
        Scheduled::LocalSnapshot(node) => ("dp-local-snapshot-job-data", "node-id", node),
        Scheduled::SnapVault(connection) => ("dp-snapvault-transfer-job-data", "connection-id", connection),
        Scheduled::SnapMirror(connection) => ("dp-snapmirror-transfer-job-data", "connection-id", connection),
    };
    let data = Element::new(name).with(place, &id.to_string()).with("retention-type", entry.retention.word());
    let row = Element::new("dp-scheduled-job").with("dataset-id", &entry.dataset.to_string()).holding(data);
    let row = if is_later { row.with("scheduled-time", &seconds(entry.scheduled).to_string()) } else { row };
    row.with("start-time", &seconds(entry.start).to_string())
}
