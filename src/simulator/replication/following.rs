//! How the session of a NAS server follows those of its file systems: both of its ends take their states by the table
//! and their roles together, so that whatever way the file systems went it has a source.

use super::engine::led;
use super::session::{Replication, Side};
use super::world::Replications;
use crate::lifecycle::{Effect, NodeId, Transition, Trigger};

impl Replications {
    /// Lets a NAS server follow its file systems, at both ends, and lets the ends agree where these do.
    pub(super) fn follow_members(&mut self, id: &str, now: i64) {
        if self.sessions.get(id).is_none_or(|session| session.members.is_empty()) {
            return;
        }
        self.follow_nodes(id, now);
        self.follow_roles(id, now);
        if let Some((side, node)) = self.sessions.get(id).and_then(|session| self.told_by_the_other(session)) {
            self.stand(id, side, Some(node), now);
            self.changed.insert(id.to_owned());
            self.follow_nodes(id, now);
            self.follow_roles(id, now);
            self.replan(id, now);
        }
    }

    fn follow_nodes(&mut self, id: &str, now: i64) {
        // The tables come to rest after a few steps; a loop would be a fault of theirs.
        for _ in 0..8 {
            let Some(session) = self.sessions.get(id) else { return };
            // Both rows are read before either end moves: what one of them makes of the roles is no news to the other.
            let steps = Side::BOTH.map(|side| (side, self.derived_row(session, side)));
            if steps.iter().all(|(_, step)| step.is_none()) {
                return;
            }
            for (side, step) in steps {
                if let Some((trigger, row)) = step {
                    self.take_alone(id, side, trigger, row, now);
                }
            }
        }
    }

    /// The row that the file systems make an end take, if they do.
    fn derived_row(&self, session: &Replication, side: Side) -> Option<(Trigger, &'static Transition)> {
        let members = session.members.iter().filter_map(|member| self.sessions.get(member)?.end(side).node);
        let members: Vec<NodeId> = members.collect();
        let node = session.end(side).node.filter(|_| !members.is_empty())?;
        let (table, circumstances) = (session.work.lifecycle(), self.circumstances(session, side));
        let trigger = Trigger::Event(table.derived(node, &members, circumstances)?);
        Some((trigger, table.follow(Some(node), trigger, circumstances)?))
    }

    /// What is partly done shows at the end that was asked: file systems that stand still, each in one state at
    /// both ends, leave the other end of their NAS server nothing to go by. Answers with that end, and where
    /// it stands.
    fn told_by_the_other(&self, session: &Replication) -> Option<(Side, NodeId)> {
        let members: Vec<&Replication> =
            session.members.iter().filter_map(|member| self.sessions.get(member)).collect();
        let rests = |session: &Replication, side: Side| {
            let state = session.name_of(side);
            let stands = matches!(state, "OK" | "Synchronizing" | "Paused" | "System_Paused" | "Failed_Over");
            (stands || state.starts_with("Pa")) && !session.end(side).paused_locally
        };
        let agree = |one: &&Replication| one.first.node == one.second.node && rests(one, Side::First);
        let apart = session.first.node != session.second.node && Side::BOTH.iter().all(|side| rests(session, *side));
        if !self.link_up || !apart || !members.iter().all(agree) {
            return None;
        }
        let weight = |side: Side| match session.name_of(side) {
            state if members.iter().all(|member| member.name_of(side) == state) => 3,
            "Partial_OK" => 1,
            state if state.starts_with("Partial_") => 2,
            _ => 0,
        };
        let leader = session.leader();
        let side = if weight(leader.opposite()) > weight(leader) { leader } else { leader.opposite() };
        Some((side, session.end(side.opposite()).node?))
    }

    /// A NAS server has its source where all of its file systems have theirs; while they went different ways it stays
    /// where the table left it. Its old source has turned when the last of them has.
    fn follow_roles(&mut self, id: &str, now: i64) {
        let Some(session) = self.sessions.get(id) else { return };
        let members: Vec<&Replication> =
            session.members.iter().filter_map(|member| self.sessions.get(member)).collect();
        let Some(first) = members.first().map(|member| member.leader()) else { return };
        let agree = members.iter().all(|member| member.leader() == first);
        let leader = if agree { first } else { session.leader() };
        let old = leader.opposite();
        let overtaken = agree && members.iter().any(|member| member.is_overtaken(old));
        let is = (session.leader(), session.end(leader).leads, session.end(old).leads);
        if is == (leader, true, overtaken) {
            return;
        }
        if let Some(session) = self.sessions.get_mut(id) {
            session.lead(leader);
            session.end_mut(old).leads = overtaken;
        }
        self.changed.insert(id.to_owned());
        self.replan(id, now);
    }

    /// A step of one end of a NAS server that its file systems make.
    fn take_alone(&mut self, id: &str, side: Side, trigger: Trigger, row: &Transition, now: i64) {
        let Some(mut session) = self.sessions.remove(id) else { return };
        let to = led(&session, side, row);
        for effect in row.effects {
            match effect {
                Effect::BecomesSource => session.lead(side),
                Effect::BecomesDestination => session.lead(side.opposite()),
                _ => {}
            }
        }
        self.arrive(&mut session, side, trigger, to, row, now);
        let mut members = session.members.iter().filter_map(|member| self.sessions.get(member));
        let alone = members.any(|member| member.end(side).paused_locally);
        let paused = session.name_of(side) == "Paused";
        session.end_mut(side).paused_locally = alone && paused;
        self.sessions.insert(id.to_owned(), session);
        self.changed.insert(id.to_owned());
        self.replan(id, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::replication::{FAILED_OVER, OK, SYSTEM_PAUSED};
    use crate::lifecycle::replication_nas::REPLICATION_NAS;
    use crate::simulator::{Fleet, Options};

    /// Where a session can have its source: at the first end, at the second, or at both after a failover that one
    /// of them has not heard of.
    const ROLES: [(bool, bool, Side); 4] = [
        (true, false, Side::First),
        (false, true, Side::Second),
        (true, true, Side::First),
        (true, true, Side::Second),
    ];

    fn give(session: &mut Replication, nodes: [NodeId; 2], (first, second, took_over): (bool, bool, Side)) {
        (session.first.node, session.second.node) = (Some(nodes[0]), Some(nodes[1]));
        (session.first.leads, session.second.leads, session.took_over) = (first, second, took_over);
    }

    /// Every choice of a place for each of `count` things.
    fn choices(count: u32, places: usize) -> impl Iterator<Item = Vec<usize>> {
        (0..places.pow(count)).map(move |number| (0..count).map(|one| number / places.pow(one) % places).collect())
    }

    #[test]
    fn whatever_way_its_file_systems_went_a_nas_server_has_a_source_and_two_only_while_they_have() {
        let options = Options { imports: 0, replications: 3, failures: 0, ..Options::default() };
        let now = options.start;
        let mut world = Fleet::new(options).replications;
        let id = world.sessions.values().find(|session| !session.members.is_empty()).unwrap().id.clone();
        let members = world.sessions[&id].members[..2].to_vec();
        world.sessions.get_mut(&id).unwrap().members = members.clone();
        let stands = [[OK; 2], [FAILED_OVER; 2], [SYSTEM_PAUSED, FAILED_OVER], [FAILED_OVER, OK]];
        let nodes: Vec<NodeId> = REPLICATION_NAS.nodes_with_ids().map(|(id, _)| id).collect();
        for (roles, states) in choices(2, 4).flat_map(|roles| choices(2, 4).map(move |states| (roles.clone(), states)))
        {
            for (node, was) in nodes.iter().flat_map(|node| ROLES.map(|was| ([*node; 2], was))) {
                for ((member, role), state) in members.iter().zip(&roles).zip(&states) {
                    give(world.sessions.get_mut(member).unwrap(), stands[*state], ROLES[*role]);
                }
                give(world.sessions.get_mut(&id).unwrap(), node, was);
                world.follow_members(&id, now);
                let (session, told) = (&world.sessions[&id], format!("{roles:?} {states:?} {node:?} {was:?}"));
                let leaders: Vec<Side> = members.iter().map(|member| world.sessions[member].leader()).collect();
                let two = members.iter().any(|member| world.sessions[member].is_overtaken(leaders[0].opposite()));
                let agree = leaders[0] == leaders[1];
                assert!(session.first.leads || session.second.leads, "{told}: no source");
                assert_eq!(session.first.leads && session.second.leads, agree && two, "{told}");
                assert!(!agree || session.leader() == leaders[0], "{told}: not where its file systems are");
            }
        }
    }
}
