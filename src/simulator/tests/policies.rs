//! Replications that begin and end with a policy, or with the end of metro.

use super::replication::Pair;
use super::*;

impl Pair {
    /// Something of Frankfurt that is not replicated, by its path.
    pub fn free(&mut self, kind: &str, name: &str) -> String {
        let path = format!("{kind}?select=id&order=id&name=ilike.{name}");
        let rows = self.send("frankfurt", Method::GET, &path, Value::Null).1;
        // The first volumes are in groups.
        format!("{kind}/{}", rows.as_array().unwrap().last().unwrap()["id"].as_str().unwrap())
    }

    /// The policy of Frankfurt with this objective.
    pub fn policy(&mut self, rpo: &str) -> Value {
        let rows = self.send("frankfurt", Method::GET, "policy?select=id,replication_rules(rpo)", Value::Null).1;
        let fits = |row: &&Value| row["replication_rules"][0]["rpo"] == rpo;
        rows.as_array().unwrap().iter().find(fits).unwrap()["id"].clone()
    }

    pub fn assign(&mut self, path: &str, policy: &Value) -> (u16, Value) {
        self.send("frankfurt", Method::PATCH, path, json!({ "protection_policy_id": policy }))
    }

    /// The session of what is at `path`.
    pub fn session_of(&mut self, path: &str) -> String {
        let (_, id) = path.split_once('/').unwrap();
        self.sessions("frankfurt", &format!("&local_resource_id=eq.{id}"))[0]["id"].as_str().unwrap().to_owned()
    }
}

#[test]
fn a_policy_that_replicates_begins_a_session_at_both_ends_and_its_removal_ends_it() {
    let mut pair = Pair::new();
    for (kind, name, rpo, sort) in [
        ("volume", "vol_*", "Five_Minutes", "Asynchronous"),
        ("volume_group", "vg_erp", "Zero", "Synchronous"),
        ("nas_server", "nas_home", "Five_Minutes", "Asynchronous"),
    ] {
        let path = pair.free(kind, name);
        let policy = pair.policy(rpo);
        let (status, job) = pair.assign(&format!("{path}?is_async=true"), &policy);
        assert_eq!(status, 202, "{job}");
        let id = pair.session_of(&path);
        assert_eq!(pair.states(&id), ["Initializing", "Initializing"], "{kind}");
        assert_eq!(pair.get("frankfurt", &id)["type"], sort);
        pair.wait_for(&id, ["Synchronizing", "Synchronizing"]);
        pair.wait_for(&id, ["OK", "OK"]);
        let job = format!("job/{}?select=*", job["id"].as_str().unwrap());
        let job = pair.send("frankfurt", Method::GET, &job, Value::Null).1;
        assert_eq!((job["resource_action"].as_str(), job["state"].as_str()), (Some("create"), Some("COMPLETED")));
        let there = pair.get("dublin", &id)["local_resource_id"].as_str().unwrap().to_owned();
        let copy = pair.send("dublin", Method::GET, &format!("{kind}/{there}?select=*"), Value::Null).1;
        assert_eq!(copy["is_replication_destination"], true, "{copy}");
        assert_eq!(
            pair.send("dublin", Method::PATCH, &format!("{kind}/{there}"), json!({ "protection_policy_id": "" })).0,
            422
        );
        assert_eq!(pair.assign(&path, &json!("")).0, 204);
        assert_eq!(pair.states(&id), ["Deleting", "Deleting"]);
        assert_eq!(pair.assign(&path, &policy).0, 422, "it is still being removed");
        pair.wait_for(&id, ["gone", "gone"]);
        assert_eq!(
            pair.send("frankfurt", Method::GET, &format!("{path}?select=*"), Value::Null).1["protection_policy_id"],
            json!(null)
        );
        assert_eq!(pair.assign(&path, &policy).0, 204);
    }
}

#[test]
fn a_policy_changes_the_objective_and_is_not_assigned_to_what_cannot_have_it() {
    let mut pair = Pair::new();
    let path = pair.free("volume", "repl_00");
    let id = pair.session_of(&path);
    let hourly = pair.policy("One_Hour");
    assert_eq!(pair.assign(&path, &hourly).0, 204);
    let session = pair.get("frankfurt", &id);
    let rule = session["replication_rule_id"].as_str().unwrap().to_owned();
    let rule = pair.send("frankfurt", Method::GET, &format!("replication_rule/{rule}?select=rpo"), Value::Null).1;
    assert_eq!(rule["rpo"], "One_Hour");
    let zero = pair.policy("Zero");
    let metro = pair.free("volume", "metro_03");
    let server = pair.free("nas_server", "nas_home");
    let volume = pair.free("volume", "vol_*");
    for (path, policy) in [(&path, &zero), (&metro, &hourly), (&server, &zero), (&volume, &json!("nobody"))] {
        let (status, answer) = pair.assign(path, policy);
        assert!(status == 422 && answer["messages"][0]["message_l10n"].as_str().unwrap().ends_with('.'), "{answer}");
    }
    pair.link(false);
    assert_eq!(pair.assign(&volume, &hourly).0, 422);
}

#[test]
fn the_end_of_metro_deletes_the_other_copy_if_it_is_asked_to() {
    for delete in [false, true] {
        let mut pair = Pair::new();
        let path = pair.free("volume_group", "metro_04");
        let id = pair.session_of(&path);
        let there = pair.get("dublin", &id)["local_resource_id"].as_str().unwrap().to_owned();
        let (status, _) = pair.send(
            "frankfurt",
            Method::POST,
            &format!("{path}/end_metro"),
            json!({ "delete_remote_volume_group": delete }),
        );
        assert_eq!(status, 204);
        pair.wait_for(&id, ["gone", "gone"]);
        let found = pair.send("dublin", Method::GET, &format!("volume_group/{there}"), Value::Null).0;
        assert_eq!(found, if delete { 404 } else { 200 });
        assert_eq!(pair.send("frankfurt", Method::GET, &path, Value::Null).0, 200);
    }
}
