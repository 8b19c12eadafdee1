//! Consistency groups: the session of a group follows the sessions of its volumes, and hands on to them
//! what is asked of it. Both rules are read from the table of the group.

use super::engine::Refused;
use super::inventory::VolumeGroup;
use super::source::Source;
use super::world::{Array, Draft, Session, SessionError};
use crate::lifecycle::import_group::{self as table, IMPORT_GROUP, MEMBERS_LEFT};
use crate::lifecycle::import_volume as member;
use crate::lifecycle::{Circumstance, Circumstances, Effect, EventId, Kind as Work, NodeId, Trigger};
use crate::words::folded;

/// Letters of a session's name at most.
const LONGEST_NAME: usize = 128;
/// Moves of a group after one move of a member at most; the tables need a few.
const MOVES: usize = 16;

/// The states in which nothing is left to do for the array.
const ENDED: [NodeId; 5] = [
    table::IMPORT_COMPLETED,
    table::IMPORT_COMPLETED_WITH_ERRORS,
    table::CANCELLED,
    table::FAILED,
    table::CLEANUP_FAILED,
];

/// The states that show how much of all members is copied.
const COPIES: [NodeId; 2] = [table::IN_PROGRESS, table::PAUSED];

impl Array {
    /// The group's session to look at when this one moves: itself, or that above it.
    pub(super) fn group_of(&self, id: &str) -> Option<String> {
        let session = self.sessions.get(id)?;
        match session.work {
            Work::ImportGroup => Some(id.to_owned()),
            _ => session.asked.parent.clone(),
        }
    }

    fn members<'a>(&'a self, group: &'a Session) -> impl Iterator<Item = &'a Session> {
        group.members.iter().filter_map(|id| self.sessions.get(id))
    }

    fn member_nodes(&self, group: &Session) -> Vec<NodeId> {
        self.members(group).map(|member| member.node).collect()
    }

    /// What else the rules of a group may ask for.
    pub(super) fn group_circumstances(&self, group: &Session, known: Circumstances) -> Circumstances {
        let nodes = self.member_nodes(group);
        // What was left behind on the source is known to withhold it, or cannot be undone without it.
        let withheld = nodes.contains(&member::CLEANUP_REQUIRED) || !self.reaches(&group.asked.remote_system);
        known
            .with(Circumstance::MembersLeft, Some(MEMBERS_LEFT.holds(&nodes)))
            .with(Circumstance::SourceWithheld, Some(withheld))
    }

    /// Begins the import of every volume of a group.
    pub(super) fn begin_members(&mut self, id: &str, now: i64) {
        let Some(group) = self.sessions.get(id) else { return };
        let (asked, source) = (group.asked.clone(), self.sources.get(&group.asked.source));
        let volumes = source.and_then(|source| source.members.clone()).unwrap_or_default();
        let mut begun = Vec::new();
        for (number, volume) in (1..).zip(volumes) {
            let draft = Draft {
                name: self.member_name(&asked.name, number),
                description: None,
                source: volume,
                volume_group: None,
                parent: Some(id.to_owned()),
                ..asked.clone()
            };
            // Whether each of them can be imported was looked at with the group.
            if let Ok(member) = self.begin(draft, now) {
                begun.push(member);
            }
        }
        if let Some(group) = self.sessions.get_mut(id) {
            group.members = begun;
        }
    }

    /// The group's name and a number, cut to what a name may have, and free.
    fn member_name(&self, group: &str, number: usize) -> String {
        let named = |tail: String| {
            let room = LONGEST_NAME.saturating_sub(tail.len());
            group.chars().take(room).collect::<String>() + &tail
        };
        let first = named(format!("_{number:02}"));
        let mut others = (2..).map(|try_again| named(format!("_{number:02}_{try_again}")));
        let taken = |name: &String| self.session_names.contains_key(&folded(name));
        if taken(&first) { others.find(|name| !taken(name)).unwrap_or(first) } else { first }
    }

    /// Lets every member that can take what a row of its group hands on take it.
    pub(super) fn hand_on(&mut self, id: &str, effects: &[Effect], now: i64) {
        let Some((members, forced)) = self.sessions.get(id).map(|group| (group.members.clone(), group.forced)) else {
            return;
        };
        for effect in effects {
            let Effect::Members(trigger) = effect else { continue };
            for member in &members {
                let before =
                    self.sessions.get_mut(member).map(|session| std::mem::replace(&mut session.forced, forced));
                // A member that has no row for it stays as it is.
                if self.step(member, *trigger, now).is_err()
                    && let (Some(session), Some(before)) = (self.sessions.get_mut(member), before)
                {
                    session.forced = before;
                }
            }
        }
    }

    /// Moves a group's session to where its members have brought it.
    pub(super) fn follow_members(&mut self, id: &str, now: i64) {
        for _ in 0..MOVES {
            let Some(group) = self.sessions.get(id) else { return };
            let event = IMPORT_GROUP.derived(group.node, &self.member_nodes(group), self.circumstances(group, now));
            match event {
                Some(event) if self.step(id, Trigger::Event(event), now).is_ok() => {}
                _ => break,
            }
        }
        self.settle(id);
    }

    /// What the world shows of a group follows its state.
    fn settle(&mut self, id: &str) {
        let Some(group) = self.sessions.get(id) else { return };
        let ended = ENDED.contains(&group.node);
        let is_free = ended && !MEMBERS_LEFT.holds(&self.member_nodes(group));
        let (node, source, policy) = (group.node, group.asked.source.clone(), group.asked.protection_policy.clone());
        if let Some(destination) = group.destination.clone().and_then(|id| self.volume_groups.get_mut(&id)) {
            destination.is_importing = !ended;
            if node == table::IMPORT_COMPLETED {
                destination.protection_policy = policy;
            }
        }
        if let Some(source) = self.sources.get_mut(&source).filter(|_| is_free) {
            source.session = None;
            source.imported |= node == table::IMPORT_COMPLETED;
        }
    }

    /// The volume group that an import fills, with the volumes that are there already.
    pub(super) fn add_volume_group(&mut self, session: &Session, now: i64) -> String {
        let id = self.seed.named("imported group").derive(session.number).uuid();
        let name = self.sources.get(&session.asked.source).map_or(&session.asked.name, |source| &source.name);
        let taken = |name: &str| self.volume_groups.values().any(|group| group.name.eq_ignore_ascii_case(name));
        let name = if taken(name) { format!("{name}_{}", session.number) } else { name.clone() };
        let group = VolumeGroup {
            id: id.clone(),
            name,
            created: now,
            protection_policy: None,
            is_importing: true,
            snapshot_of: None,
        };
        self.volume_groups.insert(id.clone(), group);
        for volume in session.members.iter().filter_map(|id| self.sessions.get(id)?.destination.clone()) {
            if let Some(volume) = self.volumes.get_mut(&volume) {
                volume.group = Some(id.clone());
            }
        }
        id
    }

    /// How much of a group is copied, in percent, while that runs.
    pub(super) fn group_progress(&self, group: &Session, now: i64) -> u64 {
        let (copied, size) = self.members(group).fold((0_u128, 0_u128), |(copied, size), member| {
            (copied + u128::from(member.copied_at(now)), size + u128::from(member.size))
        });
        u64::try_from((copied * 100).checked_div(size).unwrap_or(0)).unwrap_or(0).min(99)
    }

    /// When what is shown of a session changed last: of a group that copies also by its members.
    pub fn last_update(&self, session: &Session, now: i64) -> i64 {
        let own = session.last_update(now);
        if session.work == Work::ImportVolume || !COPIES.contains(&session.node) {
            return own;
        }
        self.members(session).map(|member| member.last_update(now)).fold(own, i64::max)
    }

    /// The new time of a group is that of its members.
    pub(super) fn reschedule_members(&mut self, id: &str, time: i64) {
        let members = self.sessions.get(id).map(|group| group.members.clone()).unwrap_or_default();
        for member in members {
            if let Some(member) = self.sessions.get_mut(&member) {
                member.asked.scheduled = Some(time);
            }
        }
    }

    /// Whether an event of a group may be made to happen from outside: those that follow from the members
    /// happen when the members do what leads there.
    pub fn may_happen_from_outside(&self, id: &str, event: EventId) -> Result<(), Refused> {
        let is_group = self.sessions.get(id).is_some_and(|session| session.work == Work::ImportGroup);
        if is_group && IMPORT_GROUP.derivations.iter().any(|derivation| derivation.event == event) {
            let name = IMPORT_GROUP.event(event).map_or("?", |event| event.name);
            let sentence = format!("The event {name} of a group follows from its members: let it happen to them.");
            return Err(Refused::Because(sentence));
        }
        Ok(())
    }

    /// True for a volume whose group was imported in part: it may be imported by itself.
    pub fn is_left_over(&self, source: &Source) -> bool {
        let group = source.group.as_ref().and_then(|id| self.sources.get(id));
        let imported = |id: &String| self.sources.get(id).is_some_and(|member| member.imported);
        !source.imported && group.is_some_and(|group| group.members.iter().flatten().any(imported))
    }
}

/// The error that a group shows after `event`.
pub fn error(array: &Array, group: &Session, event: EventId) -> SessionError {
    let these = |nodes: &[NodeId]| -> Vec<String> {
        let members = array.members(group).filter(|session| nodes.contains(&session.node));
        members.map(|session| session.asked.name.clone()).collect()
    };
    let listed = |names: &[String]| if names.is_empty() { ".".to_owned() } else { format!(": {}.", names.join(", ")) };
    let failed = [member::FAILED, member::CLEANUP_REQUIRED, member::CLEANUP_FAILED];
    let stuck = [member::CANCEL_FAILED, member::CLEANUP_REQUIRED, member::CLEANUP_FAILED];
    let (code, words, names) = match event {
        table::PRE_CHECK_FAILS => ("0xE0FF02010010", "The check before the import failed", these(&failed)),
        table::MEMBER_FAILED => {
            ("0xE0FF02010011", "The others are rolled back, for these imports of the group failed", these(&failed))
        }
        table::MEMBER_CANCEL_REQUIRED => {
            ("0xE0FF02010012", "The group must be cancelled because a copy failed", these(&[member::CANCEL_REQUIRED]))
        }
        table::SOME_NOT_COMMITTED => {
            ("0xE0FF02010013", "Not committed, with their mirrors intact", these(&[member::READY_FOR_CUTOVER]))
        }
        table::SOME_MIRRORS_LOST => (
            "0xE0FF02010014",
            "Not imported, because they lost their mirrors in the commit",
            these(&[member::CANCELLED, member::CANCEL_FAILED, member::FAILED]),
        ),
        table::NONE_COMMITTED => {
            ("0xE0FF02010015", "No volume of the group was committed; all are rolled back", vec![])
        }
        table::NONE_COMMITTED_NOT_UNDONE => {
            ("0xE0FF02010016", "No volume of the group was committed, and not all could be put back", these(&stuck))
        }
        table::MEMBER_NOT_CANCELLED => ("0xE0FF02010017", "These imports could not be cancelled", these(&stuck)),
        table::ROLL_BACK_FAILS => ("0xE0FF02010018", "These imports could not be rolled back", these(&stuck)),
        table::RECORD_INCONSISTENT => {
            ("0xE0FF02010008", "The record of the group does not match the objects on the arrays", vec![])
        }
        table::RECONCILE_GIVES_UP => {
            ("0xE0FF02010009", "The record of the group could not be matched with the objects on the arrays", vec![])
        }
        _ => ("0xE0FF0201000F", "The import of the group met an unexpected condition", vec![]),
    };
    SessionError { code, message: words.to_owned() + &listed(&names), arguments: names }
}
