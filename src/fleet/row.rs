//! One line of the list.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::array;
use crate::lifecycle::protection_progress::{Overall, overall};
use crate::lifecycle::{Kind, Node, NodeId, Phase};
use crate::wire::json::Json;
use crate::wire::powerstore::{Fields, Resource, Session};
use crate::words::natural;

/// The type of the destination of a consistency group's session, on the wire.
const GROUP: &str = "volume_group";

/// The place of an array in the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArrayIndex(pub u16);

/// What tells one row from all others. Cheap to clone.
#[derive(Clone, Debug, Eq)]
pub struct Key {
    /// The array.
    pub array: ArrayIndex,
    /// The session's id on it.
    pub id: Arc<str>,
}

// Most comparisons are of a key with itself, in the old order and in the new one: then no letter is looked at.
impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        let by_id = || if Arc::ptr_eq(&self.id, &other.id) { Ordering::Equal } else { self.id.cmp(&other.id) };
        self.array.cmp(&other.array).then_with(by_id)
    }
}

/// Where a session stands, as far as the tables know. Ordered as the normal course runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// A node of the lifecycle of this kind of work.
    Known(Kind, NodeId),
    /// A state that no table knows, by its raw name.
    Unknown(Arc<str>),
    /// The array did not tell.
    NotTold,
}

impl State {
    /// The node, when a table knows the state.
    pub fn node(&self) -> Option<&'static Node> {
        match self {
            State::Known(kind, id) => kind.lifecycle().node(*id),
            State::Unknown(_) | State::NotTold => None,
        }
    }

    /// The name on the wire; the word `unknown` when it was not told.
    pub fn name(&self) -> &str {
        match self {
            State::Known(..) => self.node().map_or("unknown", |node| node.name),
            State::Unknown(name) => name,
            State::NotTold => "unknown",
        }
    }

    /// The name for people: an unknown state keeps its raw one.
    pub fn label(&self) -> &str {
        match self.node() {
            Some(node) => node.label,
            None => self.name(),
        }
    }

    /// What the state means for the person; `None` when no table knows it.
    pub fn phase(&self) -> Option<Phase> {
        self.node().map(|node| node.phase)
    }
}

/// The two ways of importing, as far as the array tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// A person reconfigures the host.
    Agentless,
    /// The host's agent moves it without an outage.
    NonDisruptive,
    /// A kind that the console does not know, by its raw name.
    Other(Arc<str>),
    /// Not told; releases before 1.0.2 never do.
    NotTold,
}

impl ImportKind {
    fn of(raw: Option<&str>) -> ImportKind {
        match raw {
            Some("Agentless") => ImportKind::Agentless,
            Some("Non_Disruptive") => ImportKind::NonDisruptive,
            Some(other) => ImportKind::Other(Arc::from(other)),
            None => ImportKind::NotTold,
        }
    }

    /// The name on the wire; `None` when it was not told.
    fn name(&self) -> Option<&str> {
        match self {
            ImportKind::Agentless => Some("Agentless"),
            ImportKind::NonDisruptive => Some("Non_Disruptive"),
            ImportKind::Other(name) => Some(name),
            ImportKind::NotTold => None,
        }
    }

    /// The name for people.
    pub fn label(&self) -> Option<&str> {
        match self {
            ImportKind::Agentless => Some("Agentless"),
            ImportKind::NonDisruptive => Some("Non-disruptive"),
            ImportKind::Other(name) => Some(name),
            ImportKind::NotTold => None,
        }
    }
}

/// Something on an array that is known by its id first and by its name once that is resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Its id.
    pub id: Option<Arc<str>>,
    /// Its name.
    pub name: Option<Arc<str>>,
}

impl Reference {
    /// The name, or the id as long as there is none.
    pub fn shown(&self) -> Option<&str> {
        self.name.as_deref().or(self.id.as_deref())
    }

    fn to(id: Option<&str>) -> Reference {
        Reference { id: id.filter(|id| !id.is_empty()).map(Arc::from), name: None }
    }
}

/// What the list shows of jobs alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobPart {
    /// What it works on.
    pub resource: Option<Arc<str>>,
    /// The id of the dataset, or of whatever else a protection job works on.
    pub dataset: Option<Arc<str>>,
    /// What its transfers have come to so far, as the wire calls it.
    pub progress: Option<Arc<str>>,
    /// How many bytes it has transferred.
    pub bytes: Option<u64>,
    /// When it was over, milliseconds since 1970.
    pub ended: Option<i64>,
    /// Who asked for it.
    pub user: Option<Arc<str>>,
    /// What it follows.
    pub policy: Option<Arc<str>>,
}

impl JobPart {
    fn of(session: &Session) -> Option<Box<JobPart>> {
        let word = |name: &str| session.text(name).filter(|word| !word.is_empty()).map(Arc::from);
        let part = match session.resource {
            Resource::Job => JobPart {
                resource: word("resource_name").or_else(|| word("resource_id")),
                ended: session.time("end_time"),
                user: word("user"),
                ..JobPart::default()
            },
            Resource::ProtectionJob => JobPart {
                resource: word("dataset-name").or_else(|| word("object-name")),
                dataset: word("dataset-id").or_else(|| word("object-id")),
                progress: word("job-progress"),
                bytes: session.number("bytes-transferred").and_then(|bytes| u64::try_from(bytes).ok()),
                ended: session.time("completed-timestamp"),
                user: word("submitted-by"),
                policy: word("policy-name"),
            },
            _ => return None,
        };
        Some(Box::new(part))
    }

    /// Its words, which many jobs repeat.
    pub(super) fn words(&mut self) -> [&mut Option<Arc<str>>; 5] {
        [&mut self.resource, &mut self.dataset, &mut self.progress, &mut self.user, &mut self.policy]
    }
}

/// One import as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its array and its id there.
    pub key: Key,
    /// Its name.
    pub name: Option<Box<str>>,
    /// What it is ordered by under that name, made once: a list of 50,000 is ordered at every refresh.
    pub(super) name_order: Option<Box<str>>,
    /// The collection that it is of.
    pub resource: Resource,
    /// Whose rules it follows.
    pub work: Kind,
    /// The session of the group that it is a member of, by its id.
    pub group: Option<Arc<str>>,
    /// What is imported.
    pub source: Reference,
    /// What it becomes.
    pub destination: Reference,
    /// The array that holds the source.
    pub remote_system: Reference,
    /// How it is imported.
    pub kind: ImportKind,
    /// Where it stands.
    pub state: State,
    /// How much is copied, 0 to 100 percent.
    pub progress: Option<u8>,
    /// How fast it copies now, bytes per second.
    pub rate: Option<u64>,
    /// When the copy should end, milliseconds since 1970, by the array's clock.
    pub estimated_end: Option<i64>,
    /// When it shall start, milliseconds since 1970.
    pub scheduled: Option<i64>,
    /// When the array last changed its record, milliseconds since 1970.
    pub updated: Option<i64>,
    /// True when the array cuts over by itself.
    pub automatic_cutover: Option<bool>,
    /// Which end of a replication it is, as the wire calls it.
    pub role: Option<Arc<str>>,
    /// How far the copy may be behind by the rule, milliseconds.
    pub objective: Option<i64>,
    /// True while a failover test runs at this end.
    pub test: Option<bool>,
    /// What went wrong, in the array's words.
    pub error: Option<Box<str>>,
    /// Of a job.
    pub job: Option<Box<JobPart>>,
}

impl Row {
    /// The row of a session. Numbers outside their range count as not told; names other than the
    /// session's own are filled in by the store.
    pub fn from_session(array: ArrayIndex, session: &Session) -> Row {
        Row {
            key: Key { array, id: Arc::from(session.id.as_str()) },
            name_order: session.name().map(|name| natural(name).into_boxed_str()),
            name: session.name().map(Box::from),
            resource: session.resource,
            work: array::kind(session),
            group: session.parent().map(Arc::from),
            source: Reference::to(session.source()),
            destination: Reference::to(session.destination()),
            remote_system: Reference::to(session.remote_system()),
            kind: ImportKind::of(session.kind()),
            state: match (array::node(session), session.state.as_deref()) {
                (Some(node), _) => State::Known(array::kind(session), node),
                (None, Some(name)) if !name.is_empty() => State::Unknown(Arc::from(name)),
                (None, _) => State::NotTold,
            },
            progress: session
                .progress()
                .and_then(|percent| u8::try_from(percent).ok())
                .filter(|percent| *percent <= 100),
            rate: session.rate().and_then(|rate| u64::try_from(rate).ok()),
            estimated_end: session.estimated_end(),
            scheduled: session.scheduled(),
            updated: session.updated(),
            automatic_cutover: session.automatic_cutover(),
            role: session.text("role").map(Arc::from),
            objective: session.inner("replication_rule", "rpo").and_then(objective),
            test: session.flag("failover_test_in_progress"),
            error: session.error().map(String::into_boxed_str),
            job: JobPart::of(session),
        }
    }

    /// What of the session the tables ask for, as the array told it.
    pub fn session(&self) -> Session {
        let text = |value: Option<&str>| value.map_or(Json::Null, |value| Json::Text(value.to_owned()));
        let progress = self.job.as_ref().and_then(|job| job.progress.as_deref());
        let told = [
            ("job-id", text(Some(&self.key.id))),
            ("job-type", text(self.kind.name())),
            ("job-state", text(Some(self.state.name()).filter(|_| self.state != State::NotTold))),
            ("job-progress", text(progress)),
            ("local_resource_id", text(self.source.id.as_deref().filter(|_| self.resource == Resource::Replication))),
            ("role", text(self.role.as_deref())),
            ("resource_type", text((self.work == Kind::ReplicationNas).then_some("nas_server"))),
            ("id", text(Some(&self.key.id))),
            ("name", text(self.name.as_deref())),
            ("type", text(self.kind.name())),
            ("state", text(Some(self.state.name()).filter(|_| self.state != State::NotTold))),
            ("destination_resource_type", text(Some(if self.is_group() { GROUP } else { "volume" }))),
            ("parent_session_id", text(self.group.as_deref())),
            ("failover_test_in_progress", self.test.map_or(Json::Null, Json::Flag)),
            ("automatic_cutover", self.automatic_cutover.map_or(Json::Null, Json::Flag)),
        ];
        let fields = told.into_iter().fold(Fields::default(), |fields, (name, value)| fields.with(name, value));
        Session::of(self.resource, fields)
    }

    /// True for the session of a whole consistency group.
    pub fn is_group(&self) -> bool {
        self.work == Kind::ImportGroup
    }

    /// The key of the session of its consistency group.
    pub fn group_key(&self) -> Option<Key> {
        self.group.as_ref().map(|id| Key { array: self.key.array, id: id.clone() })
    }

    /// The session's name; of a replication, which has none, that of what is replicated; or its id.
    pub fn title(&self) -> &str {
        self.name.as_deref().or_else(|| self.source_as_name()?.shown()).unwrap_or(&self.key.id)
    }

    fn source_as_name(&self) -> Option<&Reference> {
        (self.resource == Resource::Replication).then_some(&self.source)
    }

    /// The name of what it stands for has come.
    pub(super) fn is_named(&mut self) {
        if let Some(name) = self.source_as_name().and_then(|source| source.name.as_deref()) {
            self.name_order = Some(natural(name).into_boxed_str());
        }
    }

    /// When the copy of an asynchronous replication was up to date last, milliseconds since 1970.
    pub fn last_sync(&self) -> Option<i64> {
        self.updated.filter(|_| self.work == Kind::Replication)
    }

    /// What its state means for the person; `None` when no table knows the state.
    pub fn phase(&self) -> Option<Phase> {
        // That a job is over says nothing of how it ended.
        self.outcome().map(Overall::phase).or(self.state.phase())
    }

    /// State and progress of a protection job in one word.
    pub fn outcome(&self) -> Option<Overall> {
        let State::Known(Kind::ProtectionJob, state) = self.state else { return None };
        let progress = Kind::ProtectionProgress.lifecycle().node_named(self.job.as_ref()?.progress.as_deref()?)?;
        Some(overall(state, progress))
    }

    /// How long a job took, or has taken until `now`; milliseconds.
    pub fn duration(&self, now: i64) -> Option<i64> {
        Some(self.job.as_ref()?.ended.unwrap_or(now).saturating_sub(self.updated?))
    }
}

/// How far a copy may be behind by a rule with this word, milliseconds; `None` for the word of synchronous
/// replication, and for those of tomorrow.
fn objective(word: &str) -> Option<i64> {
    let minutes = match word {
        "Five_Minutes" => 5,
        "Fifteen_Minutes" => 15,
        "Thirty_Minutes" => 30,
        "One_Hour" => 60,
        "Six_Hours" => 360,
        "Twelve_Hours" => 720,
        "One_Day" => 1440,
        _ => return None,
    };
    Some(minutes * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::import_volume::COPY_IN_PROGRESS;

    fn row(text: &str) -> Row {
        Row::from_session(ArrayIndex(3), &serde_json::from_str(text).unwrap())
    }

    #[test]
    fn a_session_becomes_a_row() {
        let row =
            row(r#"{"id":"42","name":"imp","type":"Agentless","state":"Copy_In_Progress","source_resource_id":"s",
            "destination_resource_id":"d","remote_system_id":"r","progress_percentage":42,"current_transfer_rate":1024,
            "estimated_completion_timestamp":"1970-01-01T00:00:05Z","automatic_cutover":true,
            "error":{"code":"0x1","message_l10n":"Lost."}}"#);
        assert_eq!((row.key.array, &*row.key.id, row.title()), (ArrayIndex(3), "42", "imp"));
        assert_eq!(row.state, State::Known(Kind::ImportVolume, COPY_IN_PROGRESS));
        assert_eq!((row.state.name(), row.state.label()), ("Copy_In_Progress", "Copy In Progress"));
        assert_eq!(row.phase(), Some(Phase::Working));
        assert_eq!((row.source.shown(), row.destination.shown()), (Some("s"), Some("d")));
        assert_eq!((row.progress, row.rate, row.estimated_end), (Some(42), Some(1024), Some(5000)));
        assert_eq!((row.kind.label(), row.automatic_cutover), (Some("Agentless"), Some(true)));
        assert_eq!(row.error.as_deref(), Some("Lost. (0x1)"));
    }

    #[test]
    fn the_tables_say_the_same_of_a_row_as_of_its_session() {
        for text in [
            r#"{"id":"1","name":"n","state":"Paused","type":"Non_Disruptive","automatic_cutover":true,"destination_resource_type":"volume"}"#,
            r#"{"id":"1","state":"Hovering","type":"Telepathic","parent_session_id":"7","destination_resource_type":"volume"}"#,
            r#"{"id":"1","destination_resource_type":"volume_group"}"#,
        ] {
            let session: Session = serde_json::from_str(text).unwrap();
            let again = Row::from_session(ArrayIndex(0), &session).session();
            let told = |session: &Session| {
                (array::kind(session), array::node(session), array::circumstances(session, None), session.state.clone())
            };
            assert_eq!(told(&again), told(&session));
            assert_eq!((again.id.as_str(), again.name()), (session.id.as_str(), session.name()));
        }
    }

    #[test]
    fn what_no_table_knows_keeps_its_raw_name() {
        let row = row(r#"{"id":"1","state":"Hovering","type":"Telepathic"}"#);
        assert_eq!((row.state.name(), row.state.label(), row.phase()), ("Hovering", "Hovering", None));
        assert_eq!(row.kind.label(), Some("Telepathic"));
    }

    #[test]
    fn what_is_not_told_or_out_of_range_is_left_open() {
        let bare = row(r#"{"id":"1"}"#);
        assert_eq!((bare.title(), bare.state.label(), bare.kind.label()), ("1", "unknown", None));
        for percent in ["-1", "101", "9223372036854775807"] {
            let row = row(&format!(r#"{{"id":"1","progress_percentage":{percent},"current_transfer_rate":-5}}"#));
            assert_eq!((row.progress, row.rate), (None, None), "{percent}");
        }
    }
}
