//! What a job tells of its course: progress events.

use super::Element;
use crate::wire::json::{Fields, Json};
use crate::wire::powerstore::Rows;

/// A progress event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgressEvent {
    /// Its number; no other event has it, and a later one has a greater.
    pub id: i64,
    /// The job that it is of.
    pub job: String,
    /// Milliseconds since 1970.
    pub at: Option<i64>,
    /// Such as `snapvault-start`: an open set.
    pub kind: Option<String>,
    /// `normal`, `warning` or `error`.
    pub status: Option<String>,
    /// A sentence for people.
    pub message: Option<String>,
    /// What went wrong.
    pub error: Option<String>,
    /// What it is about.
    pub info: Option<Info>,
}

/// What an event is about, as its kind tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// Its type, such as `dp-progress-snapvault-info`.
    pub name: String,
    /// What it tells.
    pub fields: Fields,
}

/// What an info calls the thing that is worked on; the first that is there counts.
static OBJECTS: [&str; 5] =
    ["destination-qtree-name", "destination-volume-or-qtree-name", "volume-name", "member-name", "backup-id"];

impl Info {
    /// A field that holds a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.fields.get(name)? {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How many bytes were transferred so far.
    pub fn bytes(&self) -> Option<i64> {
        super::number(self.text("bytes-transferred")?)
    }

    /// The thing that is worked on: the destination of a transfer, a volume, the member that is restored.
    pub fn object(&self) -> Option<&str> {
        OBJECTS.iter().find_map(|name| self.text(name))
    }
}

impl ProgressEvent {
    /// What its sort of events and its object are: events that agree in both are of one piece of work.
    pub fn subtask(&self) -> (&str, &str) {
        let object = self.info.as_ref().and_then(Info::object);
        (family(self.kind.as_deref().unwrap_or_default()), object.unwrap_or_default())
    }
}

/// What the beginning, the course and the end of one piece of work have in common: `snapvault` of
/// `snapvault-start`. What happens at once is its own family.
pub fn family(kind: &str) -> &str {
    let ends = ["-start", "-progress", "-end"];
    ends.iter().find_map(|end| kind.strip_suffix(end)).unwrap_or(kind)
}

/// The events in the results of `dp-job-progress-event-list-iter-next`. One without an id, or of no job, is
/// counted as unreadable.
pub fn progress_events(results: Element) -> Rows<ProgressEvent> {
    let mut rows = Rows { rows: Vec::new(), unreadable: 0 };
    for event in results.items("progress-events", "dp-job-progress-event-info") {
        let text = |name| event.text_of(name).filter(|text| !text.is_empty()).map(str::to_owned);
        let (Some(id), Some(job)) = (event.number_of("event-id"), text("job-id")) else {
            rows.unreadable += 1;
            continue;
        };
        rows.rows.push(ProgressEvent {
            id,
            job,
            at: event.time_of("event-timestamp"),
            kind: text("event-type"),
            status: text("event-status"),
            message: text("event-message"),
            error: text("error-message"),
            info: event
                .children
                .into_iter()
                .find(|child| !child.children.is_empty())
                .map(|info| Info { name: info.name.clone(), fields: info.fields() }),
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::zapi::read;

    #[test]
    fn an_event_is_read_with_what_it_is_about() {
        let text = "<results><progress-events><dp-job-progress-event-info><event-id>90211</event-id>\
            <event-message>Starting transfer</event-message><event-status>normal</event-status>\
            <event-timestamp>1262311215</event-timestamp><event-type>snapvault-start</event-type><job-id>1042</job-id>\
            <dp-progress-snapvault-info><bytes-transferred>9007199254740993</bytes-transferred>\
            <destination-qtree-name>filer2:/bk_ds1/home</destination-qtree-name></dp-progress-snapvault-info>\
            </dp-job-progress-event-info><dp-job-progress-event-info><event-id>90212</event-id><job-id>1042</job-id>\
            <error-message>No.</error-message></dp-job-progress-event-info>\
            <dp-job-progress-event-info><job-id>1</job-id></dp-job-progress-event-info></progress-events></results>";
        let rows = progress_events(read(text.as_bytes()).unwrap());
        let [event, bare] = &rows.rows[..] else { panic!("{rows:?}") };
        assert_eq!(rows.unreadable, 1);
        assert_eq!((event.id, event.job.as_str(), event.at), (90211, "1042", Some(1_262_311_215_000)));
        assert_eq!(event.info.as_ref().unwrap().bytes(), Some(9_007_199_254_740_993));
        assert_eq!(event.subtask(), ("snapvault", "filer2:/bk_ds1/home"));
        assert_eq!((bare.kind.as_deref(), bare.error.as_deref(), bare.subtask()), (None, Some("No."), ("", "")));
    }

    #[test]
    fn the_pieces_of_work_are_told_apart() {
        for (kind, of) in [
            ("rel-create-progress", "rel-create"),
            ("job-end", "job"),
            ("job-abort", "job-abort"),
            ("snapshot-create", "snapshot-create"),
            ("mirror-break-start", "mirror-break"),
        ] {
            assert_eq!(family(kind), of);
        }
    }
}
