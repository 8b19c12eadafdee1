//! Stories of consistency groups at the API.

use super::*;

/// The session of a group and those of its members, in the order of their names.
struct Group {
    id: String,
    members: Vec<String>,
}

impl Client {
    /// Begins the import of the first Unity group with this many members.
    fn create_group(&mut self, members: usize, kind: &str, more: Value) -> Group {
        let select = "select=id,import_unity_id,import_unity_volumes(id)&importable_criteria=eq.Ready";
        let groups = self.get(&format!("import_unity_consistency_group?{select}"));
        let group = groups
            .as_array()
            .unwrap()
            .iter()
            .find(|group| group["import_unity_volumes"].as_array().unwrap().len() == members)
            .unwrap()
            .clone();
        let mut sent = json!({
            "name": "imp_group", "type": kind,
            "source_resource_id": group["id"], "remote_system_id": group["import_unity_id"],
        });
        sent.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        let (status, answer) = self.post("import_session", sent);
        assert_eq!(status, 201, "{answer}");
        let id = answer["id"].as_str().unwrap().to_owned();
        let rows = self.get(&format!("import_session?parent_session_id=eq.{id}&select=id,name&order=name"));
        let members = rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        Group { id, members }
    }

    /// Brings every member of a group with the host's agent to the end of its copy.
    fn copied(&mut self, group: &Group) {
        for member in &group.members {
            self.event(member, "set_up_done");
            self.event(member, "all_data_copied");
        }
        assert_eq!(self.state(&group.id), "Ready_For_Cutover");
    }

    fn refused(&mut self, id: &str, action: &str) -> String {
        let (status, answer) = self.post(&format!("import_session/{id}/{action}"), Value::Null);
        assert_eq!(status, 422, "{action}: {answer}");
        answer["messages"][0]["message_l10n"].as_str().unwrap().to_owned()
    }
}

/// Room for all members at once, no failures but those of the story.
fn quiet() -> Client {
    Client::of(Options { imports: 0, failures: 0, active_limit: 10, ..Options::default() })
}

#[test]
fn a_group_is_imported_with_its_volumes_into_a_new_volume_group() {
    let mut client = quiet();
    let group =
        client.create_group(3, "Agentless", json!({ "description": "Wave 1", "protection_policy_id": "name:Gold" }));
    let row = client.session(&group.id);
    assert_eq!(
        (&row["destination_resource_type"], &row["parent_session_id"], &row["state"], &row["progress_percentage"]),
        (&json!("volume_group"), &Value::Null, &json!("In_Progress"), &json!(0))
    );
    let member = client.session(&group.members[1]);
    assert_eq!((&member["name"], &member["parent_session_id"]), (&json!("imp_group_02"), &json!(group.id)));
    assert_eq!(member["destination_resource_type"], "volume");
    let source = row["source_resource_id"].as_str().unwrap().to_owned();
    let criteria = format!("import_unity_consistency_group/{source}?select=importable_criteria");
    assert_eq!(client.get(&criteria)["importable_criteria"], "In_Progress");
    for member in &group.members {
        client.wait_for(member, "Mirror_Enabled");
        assert_eq!(client.state(&group.id), "In_Progress");
        client.act(member, "enable_destination_volume");
        client.act(member, "start_copy");
    }
    let destination = row["destination_resource_id"].as_str().unwrap().to_owned();
    let filled = format!("volume_group/{destination}?select=is_importing,protection_policy_id,volumes(id)");
    assert_eq!(client.get(&filled)["is_importing"], true);
    assert_eq!(client.get(&filled)["volumes"].as_array().unwrap().len(), 3);
    let mut progress = 0;
    while client.state(&group.id) == "In_Progress" {
        client.wait(30);
        let row = client.session(&group.id);
        assert!(row["current_transfer_rate"].is_null() && row["estimated_completion_timestamp"].is_null());
        assert!(row["progress_percentage"].as_u64().unwrap() >= progress);
        progress = row["progress_percentage"].as_u64().unwrap();
    }
    assert_eq!((client.state(&group.id).as_str(), progress), ("Ready_For_Cutover", 100));
    let (status, answer) = client.post(&format!("import_session/{}/cutover?is_async=true", group.id), Value::Null);
    assert_eq!(status, 202);
    let job = format!("job/{}?select=phase,resource_id,response_status", answer["id"].as_str().unwrap());
    assert!(group.members.iter().all(|member| client.state(member) == "Cutover_In_Progress"));
    client.event(&group.members[0], "commit_done");
    client.event(&group.members[1], "commit_done");
    client.wait(1);
    assert_eq!(client.get(&job)["phase"], "In_Progress", "the job ends with the work of the whole group");
    client.wait_for(&group.id, "Import_Completed");
    assert_eq!(client.get(&job)["response_status"], "204");
    assert_eq!(client.get(&criteria)["importable_criteria"], "Imported");
    let full = client.get(&filled);
    assert_eq!((&full["is_importing"], full["protection_policy_id"].is_string()), (&json!(false), true));
    let member = format!("import_session/{}", group.members[0]);
    assert_eq!(client.send(Method::DELETE, &member, Value::Null).status(), 422);
    assert_eq!(client.send(Method::DELETE, &format!("import_session/{}", group.id), Value::Null).status(), 204);
    assert_eq!(client.get("import_session"), json!([]), "the members go with it");
}

#[test]
fn one_of_five_fails_and_the_others_are_rolled_back() {
    let mut client = quiet();
    let group = client.create_group(5, "Non_Disruptive", json!({}));
    for member in &group.members {
        client.event(member, "set_up_done");
    }
    client.event(&group.members[2], "failure_undone");
    assert_eq!(client.state(&group.members[2]), "Failed");
    let row = client.session(&group.id);
    assert_eq!(row["state"], "Cleanup_In_Progress");
    assert_eq!(row["error"]["arguments"], json!(["imp_group_03"]));
    client.refused(&group.id, "cancel");
    client.wait_for(&group.id, "Failed");
    let states: Vec<String> = group.members.iter().map(|member| client.state(member)).collect();
    assert_eq!(states, ["Cancelled", "Cancelled", "Failed", "Cancelled", "Cancelled"]);
    let again = client.create_group(5, "Non_Disruptive", json!({ "name": "again" }));
    assert_eq!(client.state(&again.id), "In_Progress", "the same group is free again");
}

#[test]
fn an_incomplete_cutover_is_repeated() {
    let mut client = quiet();
    let group = client.create_group(3, "Non_Disruptive", json!({}));
    client.copied(&group);
    assert!(client.refused(&group.members[0], "cutover").contains("group"));
    let path = format!("import_session/{}/cutover?is_async=true", group.id);
    let (_, first) = client.post(&path, Value::Null);
    client.event(&group.members[0], "commit_done");
    client.event(&group.members[1], "commit_fails_mirror_intact");
    assert_eq!(client.state(&group.id), "Cutover_In_Progress", "the third is still at it");
    client.event(&group.members[2], "commit_done");
    let row = client.session(&group.id);
    assert_eq!(
        (&row["state"], &row["error"]["arguments"]),
        (&json!("Import_Cutover_Incomplete"), &json!(["imp_group_02"]))
    );
    client.wait(5);
    let job = client.get(&format!("job/{}?select=phase", first["id"].as_str().unwrap()));
    assert_eq!(job["phase"], "Failed");
    client.act(&group.id, "cutover");
    let states: Vec<String> = group.members.iter().map(|member| client.state(member)).collect();
    assert_eq!(states, ["Import_Completed", "Cutover_In_Progress", "Import_Completed"]);
    client.wait_for(&group.id, "Import_Completed");
}

#[test]
fn what_an_incomplete_cutover_leaves_can_be_cancelled_and_imported_alone() {
    let mut client = quiet();
    let group = client.create_group(3, "Non_Disruptive", json!({}));
    client.copied(&group);
    client.act(&group.id, "cutover");
    client.event(&group.members[0], "commit_done");
    client.event(&group.members[1], "mirror_failed");
    client.event(&group.members[2], "commit_done");
    assert_eq!(client.state(&group.id), "Cutover_In_Progress", "the one that lost its mirror is rolled back first");
    client.wait_for(&group.id, "Import_Completed_With_Errors");
    assert_eq!(client.state(&group.members[1]), "Cancelled");
    let lost = client.session(&group.members[1]);
    let sent = json!({
        "name": "the_lost_one", "source_resource_id": lost["source_resource_id"],
        "remote_system_id": lost["remote_system_id"],
    });
    let (status, answer) = client.post("import_session", sent);
    assert_eq!(status, 201, "{answer}");
    let source = client.session(&group.id)["source_resource_id"].as_str().unwrap().to_owned();
    let criteria = client.get(&format!("import_unity_consistency_group/{source}?select=importable_criteria"));
    assert_eq!(criteria["importable_criteria"], "Members_Not_Ready");
}

#[test]
fn a_cancel_that_fails_is_repeated_by_force() {
    let mut client = quiet();
    let group = client.create_group(3, "Non_Disruptive", json!({}));
    client.copied(&group);
    client.act(&group.id, "cancel");
    client.event(&group.members[0], "roll_back_fails");
    client.event(&group.members[1], "roll_back_done");
    assert_eq!(client.state(&group.id), "Cancel_In_Progress");
    client.event(&group.members[2], "roll_back_done");
    assert_eq!(
        (client.state(&group.id).as_str(), client.state(&group.members[0]).as_str()),
        ("Cancel_Failed", "Cancel_Failed")
    );
    let remote = client.session(&group.id)["remote_system_id"].clone();
    let lost = json!({ "array": "frankfurt", "fault": "source_unreachable", "remote_system": remote });
    client.control("fault", lost);
    let (status, _) = client.post(&format!("import_session/{}/cancel", group.id), json!({ "force": true }));
    assert_eq!(status, 204);
    client.wait_for(&group.id, "Cancelled");
    assert_eq!(client.state(&group.members[0]), "Cancelled");
}

#[test]
fn without_its_source_a_group_needs_a_clean_up() {
    let mut client = quiet();
    let group = client.create_group(3, "Non_Disruptive", json!({}));
    for member in &group.members {
        client.event(member, "set_up_done");
    }
    let remote = client.session(&group.id)["remote_system_id"].clone();
    client.control("fault", json!({ "array": "frankfurt", "fault": "source_unreachable", "remote_system": remote }));
    client.wait_for(&group.id, "Cleanup_Required");
    client.control("fault", json!({ "array": "frankfurt", "clear": true }));
    client.act(&group.id, "cleanup");
    client.wait_for(&group.id, "Failed");
    assert!(group.members.iter().all(|member| ["Failed", "Cancelled"].contains(&client.state(member).as_str())));
}

#[test]
fn members_wait_for_their_turn_one_by_one_and_pause_the_group_together() {
    let mut client = Client::of(Options { imports: 0, failures: 0, active_limit: 2, ..Options::default() });
    let group = client.create_group(3, "Non_Disruptive", json!({}));
    let states = |client: &mut Client| group.members.iter().map(|id| client.state(id)).collect::<Vec<_>>();
    assert_eq!(states(&mut client), ["In_Progress", "In_Progress", "Queued"]);
    assert_eq!(client.state(&group.id), "In_Progress");
    client.event(&group.members[0], "set_up_done");
    client.event(&group.members[1], "set_up_done");
    assert!(client.refused(&group.id, "pause").contains("Copy In Progress"));
    client.act(&group.members[0], "pause");
    assert_eq!(client.state(&group.members[2]), "In_Progress", "a paused volume gives its place away");
    client.act(&group.members[1], "pause");
    client.event(&group.members[2], "set_up_done");
    client.event(&group.members[2], "all_data_copied");
    assert_eq!(client.state(&group.id), "Paused");
    client.act(&group.id, "resume");
    assert_eq!(client.state(&group.id), "In_Progress");
    assert_eq!(states(&mut client), ["Copy_In_Progress", "Copy_In_Progress", "Ready_For_Cutover"]);
}

#[test]
fn a_group_is_rescheduled_with_its_members() {
    let mut client = quiet();
    let group = client.create_group(
        3,
        "Agentless",
        json!({ "scheduled_timestamp": "2026-11-21T12:00:00Z", "automatic_cutover": true }),
    );
    let earlier = json!({ "scheduled_timestamp": "2026-11-21T08:10:00Z" });
    let member = format!("import_session/{}", group.members[0]);
    assert_eq!(client.send(Method::PATCH, &member, earlier.clone()).status(), 422);
    let before = client.session(&group.members[0]);
    client.wait(5);
    assert_eq!(client.send(Method::PATCH, &format!("import_session/{}", group.id), earlier).status(), 204);
    for id in group.members.iter().chain([&group.id]) {
        let row = client.session(id);
        assert_eq!(
            (&row["state"], &row["scheduled_timestamp"]),
            (&json!("Scheduled"), &json!("2026-11-21T08:10:00.000+00:00"))
        );
        assert_ne!(row["last_update_timestamp"], before["last_update_timestamp"]);
    }
    client.wait(600);
    assert_eq!(client.state(&group.id), "In_Progress");
    for member in &group.members {
        client.wait_for(member, "Mirror_Enabled");
        client.act(member, "enable_destination_volume");
        client.act(member, "start_copy");
    }
    client.wait_for(&group.id, "Import_Completed");
}

#[test]
fn a_policy_that_replicates_makes_the_whole_group_fail() {
    let mut client = quiet();
    let group = client.create_group(3, "Agentless", json!({ "protection_policy_id": "name:Gold-Replicated" }));
    client.wait_for(&group.id, "Failed");
}

#[test]
fn what_follows_from_the_members_does_not_happen_to_a_group_from_outside() {
    let mut client = quiet();
    let group = client.create_group(3, "Agentless", json!({}));
    for (event, status) in
        [("every_member_ready", 422), ("set_up_done", 400), ("schedule_expires", 422), ("record_inconsistent", 200)]
    {
        let sent = json!({ "array": "frankfurt", "session": group.id, "event": event });
        assert_eq!(client.control("event", sent).0, status, "{event}");
    }
    client.event(&group.id, "reconciled");
    assert_eq!(client.state(&group.id), "In_Progress");
    client.event(&group.members[0], "record_inconsistent");
    client.act(&group.id, "cancel");
    client.wait(60);
    assert_eq!(client.state(&group.id), "Cancel_In_Progress", "one member's record is not mended yet");
    client.event(&group.members[0], "reconciled");
    assert_eq!(client.state(&group.members[0]), "Cancel_In_Progress");
    client.wait_for(&group.id, "Cancelled");
}

#[test]
fn the_fleet_begins_with_groups() {
    let mut client = Client::of(Options::default());
    let parents = client.get("import_session?destination_resource_type=eq.volume_group&select=id,state");
    assert_eq!(parents.as_array().unwrap().len(), 1);
    assert_eq!(parents[0]["state"], "In_Progress");
    let id = parents[0]["id"].as_str().unwrap();
    let members = client.get(&format!("import_session?parent_session_id=eq.{id}&select=state&order=state"));
    assert_eq!(members, json!([{ "state": "Copy_In_Progress" }, { "state": "Mirror_Enabled" }]));
    let state = client.control("state", Value::Null).1;
    let dublin = state["arrays"]["dublin"]["sessions"].as_object().unwrap();
    assert!(dublin.values().any(|session| session["state"] == "Import_Cutover_Incomplete"));

    let mut client = Client::of(Options { imports: 4_000, failures: 0, ..Options::default() });
    let parents = client.get("import_session?destination_resource_type=eq.volume_group&select=state&limit=2000");
    let states: std::collections::BTreeSet<&str> =
        parents.as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    for state in [
        "Scheduled",
        "Queued",
        "In_Progress",
        "Paused",
        "Ready_For_Cutover",
        "Import_Completed",
        "Import_Completed_With_Errors",
        "Failed",
        "Cancelled",
        "Cancel_Failed",
    ] {
        assert!(states.contains(state), "{state} of {states:?}");
    }
    assert_eq!(client.get("import_session?limit=2000").as_array().unwrap().len(), 2_000);
}
