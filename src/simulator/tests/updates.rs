//! What a client may conclude from `last_update_timestamp`: it is never before the moment at which
//! something that is shown changed, so that a question for what changed since the last look misses nothing.

use std::collections::BTreeMap;

use super::super::seed::Seed;
use super::*;

fn rows(client: &mut Client, query: &str) -> BTreeMap<String, Value> {
    let rows = client.get(&format!("import_session?select=*&limit=2000{query}"));
    rows.as_array().unwrap().iter().map(|row| (row["id"].as_str().unwrap().to_owned(), row.clone())).collect()
}

#[test]
fn whatever_changes_shows_the_time_of_its_change() {
    const ACTIONS: [&str; 7] =
        ["cancel", "pause", "resume", "cutover", "enable_destination_volume", "start_copy", "cleanup"];
    const EVENTS: [&str; 6] = [
        "record_inconsistent",
        "reconciled",
        "io_or_network_failure",
        "all_data_copied",
        "roll_back_fails",
        "set_up_done",
    ];
    for seed in 1..4 {
        let mut client =
            Client::of(Options { seed, imports: 120, failures: 60, active_limit: 6, ..Options::default() });
        let mut chances = Seed::new(seed).named("steps");
        let remotes: Vec<String> = client
            .get("remote_system?select=id&type=eq.Unity")
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect();
        let mut before = rows(&mut client, "");
        let mut looked = client.now;
        let mut changed = 0;
        for _ in 0..250 {
            let ids: Vec<&String> = before.keys().collect();
            let id = (*chances.pick(&ids).unwrap()).clone();
            match chances.within(0, 9) {
                0..3 => client.now += i64::try_from(chances.within(0, 40_000)).unwrap(),
                3..6 => {
                    let action = chances.pick(&ACTIONS).unwrap();
                    client.post(&format!("import_session/{id}/{action}"), Value::Null);
                }
                6..8 => {
                    let event = chances.pick(&EVENTS).unwrap();
                    client.control("event", json!({ "array": "frankfurt", "session": id, "event": event }));
                }
                8 => {
                    let remote = chances.pick(&remotes).unwrap();
                    let fault = json!({ "array": "frankfurt", "fault": "source_unreachable", "remote_system": remote });
                    let clear = json!({ "array": "frankfurt", "clear": true });
                    client.control("fault", if chances.chance(500) { fault } else { clear });
                }
                _ => {
                    let raw = json!({ "array": "frankfurt", "fault": "unknown_state", "session": id, "state": "Rebalancing" });
                    client.control("fault", raw);
                }
            }
            let newest = before.values().map(|row| row["last_update_timestamp"].as_str().unwrap()).max().unwrap();
            let delta = rows(&mut client, &format!("&last_update_timestamp=gte.{}", newest.replace('+', "%2B")));
            let after = rows(&mut client, "");
            for (id, row) in &after {
                match before.get(id) {
                    Some(was) if was == row => {}
                    Some(was) => {
                        changed += 1;
                        let time = row["last_update_timestamp"].as_str().unwrap();
                        assert!(time >= crate::wire::time::format(looked).as_str(), "{was}\n{row}");
                        assert_eq!(delta.get(id), Some(row), "what changed is in the difference since {newest}");
                    }
                    None => assert_eq!(delta.get(id), Some(row)),
                }
            }
            before = after;
            looked = client.now;
        }
        assert!(changed > 100, "{changed}");
    }
}

#[test]
fn a_difference_of_many_imports_is_found_by_time_or_state() {
    let mut client = Client::of(Options { imports: 20_000, failures: 0, active_limit: 200, ..Options::default() });
    let count = |client: &mut Client, filter: &str| {
        let query = format!("import_session?select=id&limit=1{filter}");
        let response = client.send(Method::GET, &query, Value::Null);
        let range = response.headers().get("content-range").map(|range| range.to_str().unwrap().to_owned());
        let listed = body(&response).as_array().unwrap().len();
        range.map_or(listed, |range| range.split_once('/').unwrap().1.parse::<usize>().unwrap())
    };
    let time = "2026-11-21T08:00:00%2B00:00";
    client.wait(120);
    let recent = count(&mut client, &format!("&last_update_timestamp=gte.{time}"));
    let moving = count(&mut client, "&state=in.(In_Progress,Copy_In_Progress)");
    let both =
        count(&mut client, &format!("&last_update_timestamp=gte.{time}&state=in.(In_Progress,Copy_In_Progress)"));
    let either =
        count(&mut client, &format!("&or=(last_update_timestamp.gte.{time},state.in.(In_Progress,Copy_In_Progress))"));
    let neither = count(
        &mut client,
        &format!("&not.or=(last_update_timestamp.gte.{time},state.in.(In_Progress,Copy_In_Progress))"),
    );
    assert_eq!(either, recent + moving - both);
    assert_eq!(either + neither, 10_000);
    assert!(both > 0 && recent < 1_000 && moving > 150, "{recent} {moving} {both}");
}
