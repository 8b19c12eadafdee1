//! Jobs with steps, as a client sees them.

use super::*;

fn steps(client: &mut Client, job: &str) -> Vec<Value> {
    let select = "children(id,phase,step_order,parent_id,root_id,start_time)";
    let steps = client.get(&format!("job/{job}?select={select}"))["children"].clone();
    let mut steps = steps.as_array().unwrap().clone();
    steps.sort_by_key(|step| step["step_order"].as_i64());
    steps
}

fn phases(steps: &[Value]) -> Vec<&str> {
    steps.iter().map(|step| step["phase"].as_str().unwrap()).collect()
}

/// A file import whose cutover has begun, and the job of it.
fn cutover(client: &mut Client) -> (String, String) {
    let rows = client.get("file_import_session?select=id&current_operation=eq.Ready_For_Cutover");
    let id = match rows[0]["id"].as_str() {
        Some(id) => id.to_owned(),
        None => {
            let id = client.get("file_import_session?select=id&current_operation=eq.Initial_Copy")[0]["id"].clone();
            let id = id.as_str().unwrap().to_owned();
            client.event(&id, "stage_done");
            client.event(&id, "stage_done");
            id
        }
    };
    let (status, answer) = client.post(&format!("file_import_session/{id}/cutover?is_async=true"), Value::Null);
    assert_eq!(status, 202, "{answer}");
    (id, answer["id"].as_str().unwrap().to_owned())
}

#[test]
fn the_creation_of_a_group_goes_volume_by_volume() {
    let mut client = Client::quiet();
    let free =
        client.get("import_unity_consistency_group?select=id,import_unity_id&importable_criteria=eq.Ready")[0].clone();
    let sent = json!({
        "name": "g", "type": "Agentless", "source_resource_id": free["id"], "remote_system_id": free["import_unity_id"],
    });
    let (status, answer) = client.post("import_session?is_async=true", sent);
    assert_eq!(status, 202, "{answer}");
    let job = answer["id"].as_str().unwrap().to_owned();
    let first = steps(&mut client, &job);
    assert!(first.len() > 1 && phases(&first).iter().all(|phase| *phase == "Pending"));
    assert!(first.iter().all(|step| step["parent_id"] == json!(job) && step["root_id"] == json!(job)));
    client.wait(3);
    assert!(phases(&steps(&mut client, &job)).iter().all(|phase| *phase == "Completed"));
    let done = client.get(&format!("job/{job}?select=phase,progress_percentage,response_status"));
    assert_eq!(done, json!({ "phase": "Completed", "progress_percentage": 100, "response_status": "201" }));
    let tops = client.get("job?select=id&parent_id=is.null");
    assert_eq!(tops.as_array().unwrap().len(), 1);
}

#[test]
fn the_steps_of_a_cutover_run_one_after_the_other_and_end_with_it() {
    let mut client = Client::of(Options { failures: 0, ..Options::default() });
    let (id, job) = cutover(&mut client);
    client.wait(1);
    assert_eq!(phases(&steps(&mut client, &job)), ["In_Progress", "Queued", "Queued"]);
    client.event(&id, "stage_done");
    assert_eq!(phases(&steps(&mut client, &job)), ["Completed", "Completed", "Completed"]);
    assert_eq!(client.get(&format!("job/{job}?select=phase"))["phase"], "Completed");
}

#[test]
fn a_step_that_fails_keeps_those_after_it_from_beginning() {
    let mut client = Client::of(Options { failures: 0, ..Options::default() });
    let (id, job) = cutover(&mut client);
    client.wait(1);
    client.event(&id, "cutover_undone");
    assert_eq!(phases(&steps(&mut client, &job)), ["Failing", "Failed", "Failed"]);
    client.wait(3);
    let after = steps(&mut client, &job);
    assert_eq!(phases(&after), ["Failed", "Failed", "Failed"]);
    assert!(after[1]["start_time"].is_null() && after[0]["start_time"].is_string());
    let failed = client.get(&format!("job/{job}?select=phase,state,response_status,response_body"));
    assert_eq!((&failed["state"], &failed["response_status"]), (&json!("FAILED"), &json!("422")));
    assert_eq!(failed["response_body"]["messages"][0]["code"], "0xE0FF04010002");
}

#[test]
fn a_clean_up_is_made_to_fail_at_the_control_door() {
    let mut client = Client::of(Options { failures: 0, ..Options::default() });
    let (_, job) = cutover(&mut client);
    client.wait(1);
    let first = steps(&mut client, &job)[0]["id"].as_str().unwrap().to_owned();
    let early = json!({ "array": "frankfurt", "session": first, "event": "clean_up_fails" });
    assert_eq!(client.control("event", early).0, 422, "nothing has failed");
    client.event(&first, "fails");
    client.event(&first, "clean_up_fails");
    let lost = client.get(&format!("job/{job}?select=phase,state,state_l10n"));
    assert_eq!(
        lost,
        json!({ "phase": "Unrecoverable_Failed", "state": "UNRECOVERABLE_FAILED", "state_l10n": "Unrecoverable_Failed" })
    );
}

#[test]
fn the_past_holds_an_upgrade_with_a_step_that_was_not_needed_and_one_that_left_something_behind() {
    let mut client = Client::of(Options::default());
    let upgrade = client.get("job?select=id&resource_action=eq.install")[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(phases(&steps(&mut client, &upgrade)), ["Completed", "Skipped", "Completed", "Completed"]);
    assert_eq!(client.get("job?select=id&phase=eq.Unrecoverable_Failed").as_array().unwrap().len(), 1);
    assert_eq!(Client::quiet().get("job"), json!([]));
}

#[test]
fn a_report_asked_for_asynchronously_is_in_the_answer_of_its_job() {
    let mut client = Client::of(Options { failures: 0, ..Options::default() });
    let id = client.get("file_import_session?select=id")[0]["id"].as_str().unwrap().to_owned();
    let (status, answer) = client.post(&format!("file_import_session/{id}/report?is_async=true"), Value::Null);
    assert_eq!(status, 202);
    client.wait(3);
    let job = client.get(&format!("job/{}?select=response_status,response_body", answer["id"].as_str().unwrap()));
    assert_eq!((&job["response_status"], &job["response_body"]["id"]), (&json!("200"), &json!(id)));
}
