//! A group and its members together: nothing stays at work for ever, everything comes to an end.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::lifecycle::Circumstance::{Agentless, CameFromCancel, Forced, Member, MembersLeft, SourceWithheld};
use crate::lifecycle::import_volume::{self as member, IMPORT_VOLUME};
use crate::lifecycle::{
    ActionId, Circumstances, Doubt, Effect, EventId, NodeId, Origin, Outcome, Phase, Release, Transition, Trigger,
    Truth, Verdict, verdict,
};

/// A session's node, and the one before for those that may return to it.
type Stand = (NodeId, Option<NodeId>);

/// A group and its members, in the members' order of nodes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    node: Stand,
    members: Vec<Stand>,
}

impl Group {
    fn new(node: NodeId, members: &[NodeId]) -> Group {
        Group { node: (node, None), members: members.iter().map(|node| (*node, None)).collect() }
    }

    fn nodes(&self) -> Vec<NodeId> {
        self.members.iter().map(|(node, _)| *node).collect()
    }

    fn circumstances(&self, agentless: bool) -> Circumstances {
        Circumstances::UNKNOWN
            .with(Agentless, Some(agentless))
            .with(MembersLeft, Some(MEMBERS_LEFT.holds(&self.nodes())))
    }

    /// Everything that the members can make happen, whatever was forced or left behind.
    fn derived(&self, agentless: bool) -> BTreeSet<Option<EventId>> {
        let mut events = BTreeSet::new();
        for bits in 0..8 {
            events.insert(IMPORT_GROUP.derived(self.node.0, &self.nodes(), self.given(bits, agentless)));
        }
        events
    }

    fn given(&self, bits: u8, agentless: bool) -> Circumstances {
        self.circumstances(agentless)
            .with(Forced, Some(bits & 1 != 0))
            .with(CameFromCancel, Some(bits & 2 != 0))
            .with(SourceWithheld, Some(bits & 4 != 0))
    }

    /// The group after `row`, and its members after what the row hands on to them.
    fn after(&self, row: &Transition, agentless: bool) -> Option<Group> {
        let mut group = self.clone();
        group.node = moved(self.node, row)?;
        for effect in row.effects {
            let Effect::Members(trigger) = effect else { continue };
            for stand in &mut group.members {
                let taken = IMPORT_VOLUME.follow(Some(stand.0), *trigger, of_member(agentless));
                if let Some(there) = taken.and_then(|row| moved(*stand, row)) {
                    *stand = there;
                }
            }
        }
        group.members.sort_unstable();
        Some(group)
    }
}

fn of_member(agentless: bool) -> Circumstances {
    Circumstances::UNKNOWN.with(Agentless, Some(agentless)).with(Member, Some(true))
}

/// Where `row` leads a session; `None` when it is refused or gone.
fn moved((from, before): Stand, row: &Transition) -> Option<Stand> {
    match row.outcome {
        Outcome::Node(node) if node == INVALID || node == member::INVALID => Some((node, Some(from))),
        Outcome::Node(node) => Some((node, None)),
        Outcome::OneOf(nodes) => nodes.first().map(|node| (*node, None)),
        Outcome::NodeBefore => before.map(|node| (node, None)),
        Outcome::Unchanged => Some((from, before)),
        Outcome::Gone | Outcome::Refused(_) => None,
    }
}

/// Every choice of up to `most` members, order aside.
fn choices(most: usize) -> Vec<Vec<NodeId>> {
    let mut all: Vec<Vec<NodeId>> = vec![Vec::new()];
    let mut found = Vec::new();
    for _ in 0..most {
        all = all
            .iter()
            .flat_map(|some| {
                let least = some.last().copied().unwrap_or(NodeId(0));
                IMPORT_VOLUME.nodes_with_ids().filter(move |(id, _)| *id >= least).map(|(id, _)| {
                    let mut more = some.clone();
                    more.push(id);
                    more
                })
            })
            .collect();
        found.extend(all.clone());
    }
    found
}

/// True when a member in this node moves on by itself.
fn moves_by_itself(node: NodeId) -> bool {
    let phase = IMPORT_VOLUME.node(node).unwrap().phase;
    node == member::INVALID || matches!(phase, Phase::Waiting | Phase::Working)
}

#[test]
fn a_group_at_work_never_waits_for_members_that_stand_still() {
    // Where the papers leave a person nothing to do, the group must find its own way.
    for node in [CUTOVER_IN_PROGRESS, CANCEL_IN_PROGRESS, CLEANUP_IN_PROGRESS] {
        for members in choices(3) {
            let group = Group::new(node, &members);
            for agentless in [false, true] {
                let events = group.derived(agentless);
                assert!(
                    !events.contains(&None) || members.iter().any(|member| moves_by_itself(*member)),
                    "{group:?} stands still"
                );
            }
        }
    }
}

#[test]
fn what_follows_from_the_members_comes_to_rest() {
    for (node, _) in IMPORT_GROUP.nodes_with_ids() {
        for members in choices(3) {
            for bits in 0..16 {
                let agentless = bits & 8 != 0;
                let mut group = Group::new(node, &members);
                let mut steps = 0;
                while let Some(event) = IMPORT_GROUP.derived(group.node.0, &group.nodes(), group.given(bits, agentless))
                {
                    let given = group.given(bits, agentless);
                    let row = IMPORT_GROUP.follow(Some(group.node.0), Trigger::Event(event), given).unwrap();
                    group = group.after(row, agentless).unwrap();
                    steps += 1;
                    assert!(steps < 6, "{members:?} in {node:?} goes round in circles at {group:?}");
                }
            }
        }
    }
}

/// Where a group can go from here: by its members, by itself, by a person on it or on a member.
fn next(group: &Group, agentless: bool) -> Vec<Group> {
    let mut found = Vec::new();
    let mut take = |trigger| {
        for (_, row) in IMPORT_GROUP.candidates(Some(group.node.0), trigger, group.circumstances(agentless)) {
            found.extend(group.after(row, agentless));
        }
    };
    let derived = group.derived(agentless);
    derived.iter().flatten().for_each(|event| take(Trigger::Event(*event)));
    if !derived.contains(&None) {
        return found;
    }
    IMPORT_GROUP.actions_with_ids().for_each(|(action, _)| take(Trigger::Action(action)));
    let own = (0..IMPORT_GROUP.events.len()).map(|index| EventId(u8::try_from(index).unwrap()));
    own.filter(|event| !IMPORT_GROUP.derivations.iter().any(|derivation| derivation.event == *event))
        .for_each(|event| take(Trigger::Event(event)));
    let by_group = [member::GROUP_CUTOVER, member::GROUP_ROLL_BACK, member::PARENT_DELETED, member::SCHEDULE_EXPIRES];
    for (index, stand) in group.members.iter().enumerate() {
        for row in IMPORT_VOLUME.transitions {
            let possible = row.from.contains(Some(stand.0))
                && !by_group.iter().any(|event| row.trigger == Trigger::Event(*event))
                && Truth::of(row.guards, of_member(agentless)) != Truth::No;
            if let Some(there) = moved(*stand, row).filter(|_| possible) {
                let mut group = group.clone();
                group.members[index] = there;
                group.members.sort_unstable();
                found.push(group);
            }
        }
    }
    found
}

#[test]
fn from_everywhere_a_group_can_come_to_its_end_and_every_state_is_met_on_the_way() {
    let mut seen = BTreeSet::new();
    for agentless in [false, true] {
        let starts = [(SCHEDULED, member::SCHEDULED), (QUEUED, member::QUEUED)];
        let mut fresh: Vec<Group> = starts.iter().map(|(node, of)| Group::new(*node, &[*of, *of])).collect();
        let mut ways: BTreeMap<Group, Vec<Group>> = BTreeMap::new();
        while let Some(group) = fresh.pop() {
            if let Entry::Vacant(way) = ways.entry(group) {
                seen.insert(way.key().node.0);
                let to = next(way.key(), agentless);
                fresh.extend(to.clone());
                way.insert(to);
            }
        }
        let deletable = |group: &Group| {
            let given = group.circumstances(agentless);
            let row = IMPORT_GROUP.follow(Some(group.node.0), Trigger::Action(DELETE), given);
            row.is_some_and(|row| row.outcome == Outcome::Gone)
        };
        let mut ends: BTreeSet<&Group> = ways.keys().filter(|group| deletable(group)).collect();
        loop {
            let before = ends.len();
            let lead = ways.iter().filter(|(_, to)| to.iter().any(|group| ends.contains(group)));
            let more: Vec<&Group> = lead.map(|(group, _)| group).collect();
            ends.extend(more);
            if ends.len() == before {
                break;
            }
        }
        assert!(ways.len() > 1_000, "only {} situations", ways.len());
        let lost: Vec<&Group> = ways.keys().filter(|group| !ends.contains(group)).collect();
        assert!(lost.is_empty(), "{} of {} have no end: {:?}", lost.len(), ways.len(), lost.first());
    }
    assert_eq!(seen.len(), IMPORT_GROUP.nodes.len());
}

fn ask(node: NodeId, action: ActionId, circumstances: Circumstances) -> Verdict {
    verdict(&IMPORT_GROUP, Some(node), action, circumstances, Release::parse("4.1.0.0"))
}

#[test]
fn nothing_but_a_deletion_leads_out_of_an_end_except_that_a_failed_group_can_still_be_cancelled() {
    for row in IMPORT_GROUP.transitions {
        let Origin::Nodes(from) = row.from else { continue };
        if from.iter().any(|id| IMPORT_GROUP.node(*id).unwrap().is_final()) {
            let cancels = from == [FAILED] && row.trigger == Trigger::Action(CANCEL);
            assert!(cancels || matches!(row.outcome, Outcome::Gone | Outcome::Refused(_)), "{row:?}");
        }
    }
}

#[test]
fn what_a_group_cannot_do_itself_is_refused_everywhere_with_the_way_to_its_volumes() {
    for (node, _) in IMPORT_GROUP.nodes_with_ids() {
        for action in [ENABLE_DESTINATION_VOLUME, START_COPY, PAUSE] {
            let answer = ask(node, action, Circumstances::UNKNOWN);
            assert!(matches!(answer, Verdict::Refused(sentence) if sentence.contains("each volume")), "{answer:?}");
        }
    }
}

#[test]
fn a_cutover_is_repeated_or_what_is_left_of_it_cancelled() {
    assert_eq!(ask(IMPORT_CUTOVER_INCOMPLETE, CUTOVER, Circumstances::UNKNOWN), Verdict::Allowed);
    assert_eq!(ask(IMPORT_CUTOVER_INCOMPLETE, CANCEL, Circumstances::UNKNOWN), Verdict::Allowed);
    assert!(matches!(ask(IMPORT_COMPLETED_WITH_ERRORS, CANCEL, Circumstances::UNKNOWN), Verdict::Refused(_)));
}

#[test]
fn a_failed_group_is_cancelled_while_members_are_left_and_deleted_after() {
    let left = |left| Circumstances::UNKNOWN.with(MembersLeft, left);
    assert_eq!(ask(FAILED, CANCEL, left(Some(true))), Verdict::Allowed);
    assert!(matches!(ask(FAILED, CANCEL, left(Some(false))), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
    assert_eq!(ask(FAILED, CANCEL, left(None)), Verdict::Uncertain(Doubt::Unknown(MembersLeft)));
    assert_eq!(ask(FAILED, DELETE, left(Some(false))), Verdict::Allowed);
    assert!(matches!(ask(FAILED, DELETE, left(Some(true))), Verdict::Uncertain(Doubt::ProbablyRefused(_))));
}

#[test]
fn a_group_without_members_follows_nothing() {
    for (node, _) in IMPORT_GROUP.nodes_with_ids() {
        assert_eq!(IMPORT_GROUP.derived(node, &[], Circumstances::UNKNOWN), None);
    }
}
