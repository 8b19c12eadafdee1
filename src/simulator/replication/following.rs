//! How the session of a NAS server follows those of its file systems.

use super::engine::{effects, led};
use super::session::{Replication, Side};
use super::world::Replications;
use crate::lifecycle::{NodeId, Trigger};
use crate::simulator::engine::Refused;

impl Replications {
    /// Lets a NAS server follow its file systems, at both ends, and lets the ends agree where these do.
    pub(super) fn follow_members(&mut self, id: &str, now: i64) {
        if self.sessions.get(id).is_none_or(|session| session.members.is_empty()) {
            return;
        }
        for side in Side::BOTH {
            self.follow_nodes(id, side, now);
            self.follow_roles(id, side);
        }
        self.keep_a_source(id);
        if let Some((side, node)) = self.sessions.get(id).and_then(|session| self.told_by_the_other(session)) {
            self.stand(id, side, Some(node), now);
            self.changed.insert(id.to_owned());
            self.follow_nodes(id, side, now);
            self.replan(id, now);
        }
    }

    fn follow_nodes(&mut self, id: &str, side: Side, now: i64) {
        // The tables come to rest after a few steps; a loop would be a fault of theirs.
        for _ in 0..8 {
            let Some(session) = self.sessions.get(id) else { return };
            let nodes: Vec<NodeId> =
                session.members.iter().filter_map(|member| self.sessions.get(member)?.end(side).node).collect();
            let (Some(node), false) = (session.end(side).node, nodes.is_empty()) else { return };
            let circumstances = self.circumstances(session, side);
            let Some(event) = session.work.lifecycle().derived(node, &nodes, circumstances) else { return };
            if self.take_alone(id, side, Trigger::Event(event), now).is_err() {
                return;
            }
        }
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

    /// A NAS server is where its file systems are, once they are in one place.
    fn follow_roles(&mut self, id: &str, side: Side) {
        let Some(session) = self.sessions.get(id) else { return };
        let members = session.members.iter().filter_map(|member| self.sessions.get(member));
        let leads: Vec<bool> = members.map(|member| member.end(side).leads).collect();
        let Some(first) = leads.first().copied() else { return };
        if let Some(session) = self.sessions.get_mut(id)
            && leads.iter().all(|leads| *leads == first)
            && session.end(side).leads != first
        {
            session.end_mut(side).leads = first;
            if first {
                session.took_over = side;
            }
            self.changed.insert(id.to_owned());
        }
    }

    /// File systems that go different ways, one after the other, can take the role from both ends: it stays where
    /// the first of them has its source.
    fn keep_a_source(&mut self, id: &str) {
        let first = self.sessions.get(id).and_then(|session| self.sessions.get(session.members.first()?));
        let Some(side) = first.map(Replication::leader) else { return };
        if let Some(session) = self.sessions.get_mut(id)
            && !Side::BOTH.iter().any(|side| session.end(*side).leads)
        {
            session.end_mut(side).leads = true;
            session.took_over = side;
            self.changed.insert(id.to_owned());
        }
    }

    /// A step of a NAS server that its file systems make.
    fn take_alone(&mut self, id: &str, side: Side, trigger: Trigger, now: i64) -> Result<(), Refused> {
        let session = self.sessions.get(id).ok_or(Refused::Unknown)?;
        let from = session.end(side).node.ok_or(Refused::Unknown)?;
        let row = session.work.lifecycle().follow(Some(from), trigger, self.circumstances(session, side));
        let row = row.ok_or(Refused::Unknown)?;
        let Some(mut session) = self.sessions.remove(id) else { return Err(Refused::Unknown) };
        let to = led(&session, side, row);
        effects(&mut session, side, row, false, now);
        self.arrive(&mut session, side, trigger, to, row, now);
        let mut members = session.members.iter().filter_map(|member| self.sessions.get(member));
        let alone = members.any(|member| member.end(side).paused_locally);
        let paused = session.name_of(side) == "Paused";
        session.end_mut(side).paused_locally = alone && paused;
        self.sessions.insert(id.to_owned(), session);
        self.changed.insert(id.to_owned());
        self.replan(id, now);
        Ok(())
    }
}
