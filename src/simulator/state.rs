//! The truth about the whole fleet, which no array tells: what tests hold the console against.

use serde_json::{Map, Value};

use super::SENTINEL;
use super::control::{No, Outcome, bad, node_name};
use super::fleet::{DFM, Fleet};
use super::json::json;
use super::world::{Array, Passage};
use crate::lifecycle::{Kind as Work, Trigger};

/// All arrays, the replications between them, and the time; of a replication's ends the last `history=…` steps.
pub fn state(fleet: &Fleet, now: i64, query: Option<&str>) -> Outcome {
    let steps = steps(query)?;
    let arrays = fleet.arrays.iter().map(|(id, array)| (id.clone(), array_state(array)));
    let dfm = (DFM.to_owned(), fleet.dfm.told(fleet.time(now)));
    let arrays: Map<String, Value> = arrays.chain([dfm]).collect();
    Ok(json!({
        "simulator": SENTINEL,
        "time": crate::wire::time::format(fleet.time(now)),
        "speed": fleet.clock.speed(),
        "seed": fleet.options().seed,
        "arrays": arrays,
        "replications": fleet.replications.told(fleet.time(now), steps),
    }))
}

fn array_state(array: &Array) -> Value {
    let living = array.sessions.iter().map(|(id, session)| {
        let body = json!({
            "name": session.asked.name,
            "state": node_name(session.work, Some(session.node)),
            "history": history(session.work, &session.history),
            "forced": session.forced,
            "parent": session.asked.parent,
            "due": session.due.map(|(at, event)| json!({
                "at": crate::wire::time::format(at),
                "event": session.table().event(event).map(|event| event.name),
            })),
        });
        (id.clone(), body)
    });
    let deleted = array.deleted.iter().map(|(id, deleted)| {
        (id.clone(), json!({ "name": deleted.name, "state": null, "history": history(deleted.work, &deleted.history) }))
    });
    let sessions: Map<String, Value> = living.chain(deleted).collect();
    let (file_imports, migrations) = (errands(array, Work::FileImport), errands(array, Work::Migration));
    json!({
        "release": array.release.to_string(),
        "sessions": sessions,
        "file_imports": file_imports,
        "migrations": migrations,
        "nas_sources": array.errands.nas_sources.values().map(|source| json!({
            "id": source.id, "name": source.name, "remote_system_id": source.remote_system, "session": source.session,
            "imported": source.imported, "left_behind": source.left_behind,
        })).collect::<Vec<_>>(),
        "requests": array.counts.requests,
        "logins": { "right": array.counts.logins_right, "wrong": array.counts.logins_wrong, "living": array.logins.len() },
        "actions": array.counts.actions,
        "faults": array.faults.names(),
        "unreachable": array.remote_systems.values().filter(|remote| !remote.reachable).map(|remote| remote.name.as_str()).collect::<Vec<_>>(),
    })
}

fn errands(array: &Array, work: Work) -> Map<String, Value> {
    let living = array.errands.all.values().filter(|errand| errand.work() == work).map(|errand| {
        let body = json!({
            "name": errand.name,
            "state": errand.node_name(),
            "history": history(work, &errand.history),
            "forced": errand.switches.forced,
            "due": errand.due.map(|(at, event)| json!({
                "at": crate::wire::time::format(at),
                "event": errand.table().event(event).map(|event| event.name),
            })),
        });
        (errand.id.clone(), body)
    });
    let deleted = array.errands.deleted.iter().filter(|(_, deleted)| deleted.work == work).map(|(id, deleted)| {
        (id.clone(), json!({ "name": deleted.name, "state": null, "history": history(work, &deleted.history) }))
    });
    living.chain(deleted).collect()
}

fn history(work: Work, passages: &[Passage]) -> Value {
    let table = work.lifecycle();
    let entry = |passage: &Passage| {
        let trigger = match passage.trigger {
            Trigger::Action(action) => json!({ "action": table.action(action).map(|action| action.name) }),
            Trigger::Event(event) => json!({ "event": table.event(event).map(|event| event.name) }),
        };
        json!({
            "time": crate::wire::time::format(passage.at),
            "from": node_name(work, passage.from),
            "trigger": trigger,
            "to": node_name(work, passage.to),
        })
    };
    Value::Array(passages.iter().map(entry).collect())
}

/// How many steps of a replication's ends are told, from the last one back; all unless `history` says.
fn steps(query: Option<&str>) -> Result<usize, No> {
    match query.map(|query| query.strip_prefix("history=").map(str::parse)) {
        None => Ok(usize::MAX),
        Some(Some(Ok(steps))) => Ok(steps),
        Some(_) => Err(bad("Of a state only history=NUMBER can be asked.")),
    }
}
