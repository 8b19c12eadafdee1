//! What a protection job reported, put together by its pieces of work.

use crate::wire::zapi::ProgressEvent;

/// The severities of the server's vocabulary from the least to the worst, and what each means.
static SEVERITIES: [(&str, &str); 8] = [
    ("unknown", "in transition, for a moment"),
    ("normal", "within its thresholds"),
    ("information", "an ordinary occurrence"),
    ("unmanaged", "the server has no login for the appliance"),
    ("warning", "worth knowing; nothing is disrupted"),
    ("error", "nothing is disrupted yet, but performance may suffer"),
    ("critical", "it works, but may be disrupted unless someone acts"),
    ("emergency", "it has stopped unexpectedly; data may be lost"),
];

/// What a severity means; `None` for a word of tomorrow.
pub fn severity_meaning(word: &str) -> Option<&'static str> {
    SEVERITIES.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning)
}

/// How bad an event is: greater is worse. What tells an error is one, whatever word stands with it.
fn weight(event: &ProgressEvent) -> usize {
    let word = event.status.as_deref().unwrap_or_default();
    let told = SEVERITIES.iter().position(|(name, _)| *name == word).unwrap_or(0);
    if event.error.is_some() { told.max(ERROR) } else { told }
}

const WARNING: usize = 4;
const ERROR: usize = 5;

/// True for an event that tells of an error.
pub fn is_bad(event: &ProgressEvent) -> bool {
    weight(event) >= ERROR
}

/// One piece of work of a job: the events that are about the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subtask {
    /// What is done, such as `snapvault`.
    pub what: String,
    /// What it is done to; empty for the job itself.
    pub object: String,
    /// The places of its events among those of the job, in their order.
    pub events: Vec<usize>,
    /// The greatest weight among them.
    worst: usize,
    /// How many bytes it has transferred.
    pub bytes: Option<u64>,
    /// Bytes per second on average, from its first event to its last one.
    pub rate: Option<u64>,
    first: Option<i64>,
}

impl Subtask {
    /// True when one of its events tells of an error.
    pub fn has_failed(&self) -> bool {
        self.worst >= ERROR
    }
}

/// The pieces of work of a job: those with errors first, then those with warnings, then the others, each in the
/// order in which they began. `events` are in the order of their numbers.
pub fn subtasks(events: &[ProgressEvent]) -> Vec<Subtask> {
    let mut tasks: Vec<Subtask> = Vec::new();
    for (place, event) in events.iter().enumerate() {
        let (what, object) = event.subtask();
        let known = tasks.iter().position(|task| task.what == what && task.object == object).unwrap_or(tasks.len());
        if known == tasks.len() {
            tasks.push(Subtask { what: what.to_owned(), object: object.to_owned(), ..Subtask::default() });
        }
        let Some(task) = tasks.get_mut(known) else { continue };
        task.events.push(place);
        task.worst = task.worst.max(weight(event));
        task.first = task.first.or(event.at);
        let told = event.info.as_ref().and_then(|info| info.bytes()).and_then(|bytes| u64::try_from(bytes).ok());
        if let Some(bytes) = told {
            task.bytes = Some(bytes);
            let seconds = task.first.zip(event.at).and_then(|(first, at)| u64::try_from((at - first) / 1000).ok());
            task.rate = seconds.filter(|seconds| *seconds > 0 && bytes > 0).map(|seconds| bytes / seconds);
        }
    }
    let (mut failed, mut warned, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for task in tasks {
        let place = match task.worst {
            ERROR.. => &mut failed,
            WARNING.. => &mut warned,
            _ => &mut others,
        };
        place.push(task);
    }
    failed.append(&mut warned);
    failed.append(&mut others);
    failed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::{Fields, Json};
    use crate::wire::zapi::Info;

    fn event(at: i64, kind: &str, status: &str, object: &str, bytes: &str) -> ProgressEvent {
        let text = |text: &str| Json::Text(text.to_owned());
        let fields = Fields::default().with("volume-name", text(object)).with("bytes-transferred", text(bytes));
        let info = (!object.is_empty()).then(|| Info { name: "i".to_owned(), fields });
        let (kind, status) = (Some(kind.to_owned()), Some(status.to_owned()));
        ProgressEvent { id: at, at: Some(at * 1000), kind, status, info, ..ProgressEvent::default() }
    }

    #[test]
    fn errors_stand_on_top_and_rates_follow_from_first_and_last() {
        let events = [
            event(1, "job-start", "normal", "", ""),
            event(2, "snapvault-start", "normal", "a", "0"),
            event(3, "snapvault-start", "normal", "b", "0"),
            event(4, "snapvault-end", "error", "b", "7"),
            event(12, "snapvault-end", "normal", "a", "9007199254740993"),
            event(13, "backup-create", "warning", "c", ""),
        ];
        let tasks = subtasks(&events);
        let told: Vec<_> = tasks.iter().map(|task| (task.what.as_str(), task.object.as_str())).collect();
        assert_eq!(told, [("snapvault", "b"), ("backup-create", "c"), ("job", ""), ("snapvault", "a")]);
        assert!(tasks[0].has_failed() && !tasks[1].has_failed());
        assert_eq!((tasks[3].bytes, tasks[3].rate), (Some(9_007_199_254_740_993), Some(900_719_925_474_099)));
        assert_eq!((tasks[0].rate, tasks[2].bytes), (Some(7), None));
    }

    #[test]
    fn an_error_message_is_an_error_whatever_the_status_says() {
        let told = ProgressEvent { error: Some("No.".to_owned()), ..event(1, "job-end", "normal", "", "") };
        assert!(is_bad(&told) && subtasks(&[told])[0].has_failed());
        assert_eq!(severity_meaning("of_tomorrow"), None);
    }
}
