//! What the tables need to know of a session, from what an array told.

use crate::lifecycle::import_group::MEMBERS_LEFT;
use crate::lifecycle::protection_progress::{self, Overall};
use crate::lifecycle::{Circumstance, Circumstances, Kind, Node, NodeId, Release};
use crate::wire::powerstore::{Resource, Session};

/// The release that brought agentless imports and the field that tells the two kinds apart.
const AGENTLESS_SINCE: Release = Release([1, 0, 2, 0]);

/// The circumstances of `session` on an array with `release`; what the array did not tell is unknown.
pub fn circumstances(session: &Session, release: Option<Release>) -> Circumstances {
    let known = Circumstances::UNKNOWN
        .with(Circumstance::Member, Some(session.parent().is_some()))
        .with(Circumstance::AutomaticCutover, session.automatic_cutover());
    match session.resource {
        Resource::Import => known.with(Circumstance::Agentless, agentless(session, release)),
        Resource::Replication => replicating(known, session),
        Resource::ProtectionJob => protecting(known, session),
        _ => known,
    }
}

/// What a protection job tells. A server may refuse to stop one for what it does just then, which no field
/// tells: its type alone is known.
fn protecting(known: Circumstances, session: &Session) -> Circumstances {
    let stoppable = session.kind().map(|kind| kind != "configuration" && !kind.starts_with("hs_"));
    let known = known.with(Circumstance::Stoppable, stoppable);
    match overall(session) {
        Some(Overall::Succeeded) => known.with(Circumstance::EndedWithError, Some(false)),
        Some(_) => known.with(Circumstance::EndedWithError, Some(true)),
        None => known,
    }
}

/// State and progress of a protection job in one word; `None` for other sessions, and when one of them is not
/// told or no table knows it.
pub fn overall(session: &Session) -> Option<Overall> {
    let state = node(session).filter(|_| session.resource == Resource::ProtectionJob)?;
    let progress = Kind::ProtectionProgress.lifecycle().node_named(session.text("job-progress")?)?;
    Some(protection_progress::overall(state, progress))
}

fn agentless(session: &Session, release: Option<Release>) -> Option<bool> {
    match session.kind() {
        Some("Agentless") => Some(true),
        Some("Non_Disruptive") => Some(false),
        // Older software knows the other kind only.
        None if release.is_some_and(|release| release < AGENTLESS_SINCE) => Some(false),
        _ => None,
    }
}

fn replicating(known: Circumstances, session: &Session) -> Circumstances {
    let source = match session.text("role") {
        Some("Source") => Some(true),
        Some("Destination") => Some(false),
        _ => None,
    };
    let preferred = match session.text("role") {
        Some("Metro_Preferred") => Some(true),
        Some("Metro_Non_Preferred") => Some(false),
        _ => None,
    };
    let link = match session.text("data_connection_state") {
        Some("OK" | "Partial_Data_Connection_Loss" | "Data_Connection_Unstable") => Some(true),
        Some("Complete_Data_Connection_Loss" | "No_Targets_Discovered") => Some(false),
        _ => None,
    };
    let metro = match session.kind() {
        Some("Metro_Active_Active") => Some(true),
        Some("Synchronous") => Some(false),
        _ => None,
    };
    known
        .with(Circumstance::SourceSide, source)
        .with(Circumstance::Preferred, preferred)
        .with(Circumstance::LinkUp, link)
        .with(Circumstance::Metro, metro)
        .with(Circumstance::TestRunning, session.flag("failover_test_in_progress"))
}

/// The circumstances of one end of a replication as far as they follow from the other end, which another
/// array tells of.
pub fn with_other_end(known: Circumstances, session: &Session, other: &Session) -> Circumstances {
    let is_paused = |session: &Session| session.state.as_deref() == Some("Paused");
    let test = [session, other].map(|end| end.flag("failover_test_in_progress"));
    known.with(Circumstance::PausedLocally, is_paused(session).then(|| !is_paused(other))).with(
        Circumstance::TestRunning,
        if test.contains(&Some(true)) { Some(true) } else { session.flag("failover_test_in_progress") },
    )
}

/// The circumstances of a group as far as they follow from its `members`, all of which are known.
pub fn with_members(circumstances: Circumstances, members: &[Session]) -> Circumstances {
    let nodes: Vec<NodeId> = members.iter().filter_map(node).collect();
    let left = MEMBERS_LEFT.holds(&nodes);
    // One in a state that no table knows may be left, or not.
    let is_known = left || (!members.is_empty() && nodes.len() == members.len());
    circumstances.with(Circumstance::MembersLeft, is_known.then_some(left))
}

/// Whose rules `session` follows. States share names among the kinds, but not all of their rules.
pub fn kind(session: &Session) -> Kind {
    match session.resource {
        Resource::Import => match session.text("destination_resource_type") {
            Some("volume_group") => Kind::ImportGroup,
            _ => Kind::ImportVolume,
        },
        Resource::Replication => match (session.kind(), session.text("resource_type")) {
            (Some("Metro_Active_Active" | "Synchronous"), _) => Kind::Metro,
            (_, Some("nas_server")) => Kind::ReplicationNas,
            _ => Kind::Replication,
        },
        Resource::FileImport => Kind::FileImport,
        Resource::Migration => Kind::Migration,
        Resource::Job => Kind::Job,
        Resource::ProtectionJob => Kind::ProtectionJob,
    }
}

/// The node in which `session` stands; `None` when its state is not told or its table does not know it.
pub fn node(session: &Session) -> Option<NodeId> {
    kind(session).lifecycle().node_named(session.state.as_deref()?)
}

/// What is known of the state in which `session` stands.
pub fn standing(session: &Session) -> Option<&'static Node> {
    kind(session).lifecycle().node(node(session)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Json;

    fn in_state(state: &str) -> Session {
        Session::default().with("state", Json::Text(state.to_owned()))
    }

    fn agentless(kind: Option<&str>, release: Option<Release>) -> Option<bool> {
        let told = kind.map_or(Json::Null, |kind| Json::Text(kind.to_owned()));
        let session = Session::default().with("type", told);
        circumstances(&session, release).get(Circumstance::Agentless)
    }

    #[test]
    fn the_kind_is_known_unknown_or_follows_from_the_release() {
        assert_eq!(agentless(Some("Agentless"), None), Some(true));
        assert_eq!(agentless(Some("Non_Disruptive"), None), Some(false));
        assert_eq!(agentless(Some("Of_Tomorrow"), Some(Release::OLDEST)), None);
        assert_eq!(agentless(None, Some(Release::OLDEST)), Some(false));
        assert_eq!(agentless(None, Release::parse("4.1")), None);
        assert_eq!(agentless(None, None), None);
    }

    #[test]
    fn the_rules_of_a_volume_are_not_read_for_a_group() {
        let session =
            |kind: &str| in_state("Copy_In_Progress").with("destination_resource_type", Json::Text(kind.to_owned()));
        assert_eq!(standing(&session("volume")).map(|node| node.label), Some("Copy In Progress"));
        assert_eq!((kind(&session("volume_group")), node(&session("volume_group"))), (Kind::ImportGroup, None));
    }

    #[test]
    fn whether_members_are_left_is_known_when_all_of_them_are_or_one_is() {
        let left = |states: &[&str]| {
            let members: Vec<Session> = states.iter().map(|state| in_state(state)).collect();
            with_members(Circumstances::UNKNOWN, &members).get(Circumstance::MembersLeft)
        };
        assert_eq!(left(&["Cancelled", "Import_Completed"]), Some(false));
        assert_eq!(left(&["Cancelled", "Paused"]), Some(true));
        assert_eq!(left(&["Hovering", "Paused"]), Some(true));
        assert_eq!(left(&["Hovering", "Cancelled"]), None);
        assert_eq!(left(&[]), None);
    }

    #[test]
    fn a_state_of_tomorrow_has_no_node() {
        assert!(node(&in_state("Paused")).is_some());
        assert_eq!(node(&in_state("Import_Frozen")), None);
        assert_eq!(node(&Session::default()), None);
    }
}
