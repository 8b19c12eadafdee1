//! What the control door tells of replications: the truth, and not what an array shows of it.

use serde_json::{Map, Value};

use super::session::{Replication, Side};
use super::world::Replications;
use crate::lifecycle::{Lifecycle, Trigger};
use crate::simulator::json::json;
use crate::simulator::world::Passage;
use crate::wire::time;

impl Replications {
    /// All sessions by their ids with so many of their last steps, and the link.
    pub fn told(&self, now: i64, steps: usize) -> Value {
        let sessions: Map<String, Value> =
            self.sessions.iter().map(|(id, session)| (id.clone(), self.session(session, now, steps))).collect();
        json!({ "link": if self.link_up { "up" } else { "down" }, "sessions": sessions })
    }

    fn session(&self, session: &Replication, now: i64, steps: usize) -> Value {
        let losses: Vec<Value> = session
            .losses
            .iter()
            .map(
                |loss| json!({ "time": time::format(loss.at), "since": time::format(loss.since), "bytes": loss.bytes }),
            )
            .collect();
        let ends: Map<String, Value> = Side::BOTH
            .map(|side| (session.end(side).array.clone(), self.end(session, side, steps)))
            .into_iter()
            .collect();
        json!({
            "name": session.name,
            "type": session.sort(),
            "resource_type": session.resource.word(),
            "parent": session.parent,
            "unsynced": session.unsynced(now),
            "based": session.based.map(time::format),
            "losses": losses,
            "ends": ends,
        })
    }

    fn end(&self, session: &Replication, side: Side, steps: usize) -> Value {
        let (end, table) = (session.end(side), session.work.lifecycle());
        let history = self.history(&session.id, side);
        let history = history.iter().skip(history.len().saturating_sub(steps));
        json!({
            "state": table_node(table, end.node),
            "role": session.role(side),
            "writable": session.is_writable(side) && !self.down.contains(&end.array),
            "paused_locally": end.paused_locally,
            "test": end.test,
            "due": end.due.map(|(at, event)| json!({
                "at": time::format(at),
                "event": table.event(event).map(|event| event.name),
            })),
            "history": history.map(|passage| step(table, passage)).collect::<Vec<_>>(),
        })
    }
}

fn table_node(table: &Lifecycle, node: Option<crate::lifecycle::NodeId>) -> Option<&'static str> {
    node.and_then(|node| table.node(node)).map(|node| node.name)
}

fn step(table: &Lifecycle, passage: &Passage) -> Value {
    let trigger = match passage.trigger {
        Trigger::Action(action) => json!({ "action": table.action(action).map(|action| action.name) }),
        Trigger::Event(event) => json!({ "event": table.event(event).map(|event| event.name) }),
    };
    json!({
        "time": time::format(passage.at),
        "from": table_node(table, passage.from),
        "trigger": trigger,
        "to": table_node(table, passage.to),
    })
}
