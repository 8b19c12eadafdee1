//! What the API promises beside the lifecycle.

use super::*;

fn header<'a>(response: &'a Response<Vec<u8>>, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

fn code(answer: &Value) -> &str {
    answer["messages"][0]["code"].as_str().unwrap()
}

#[test]
fn a_login_gives_cookie_and_token_and_its_session_in_an_array() {
    let mut client = Client::quiet();
    let response = client.send(Method::GET, "login_session?select=id,user", Value::Null);
    assert!(header(&response, "set-cookie").unwrap().starts_with("auth_cookie="));
    assert!(header(&response, "set-cookie").unwrap().ends_with("; Path=/; Secure; HttpOnly"));
    assert!(header(&response, "dell-emc-token").is_some());
    assert_eq!(header(&response, "date"), Some("Sat, 21 Nov 2026 08:00:00 GMT"));
    let login = &body(&response)[0];
    assert_eq!((&login["user"], &login["idle_timeout"]), (&json!("admin"), &json!(3600)));
}

#[test]
fn a_viewer_may_look_only() {
    let mut client = Client::of(Options { failures: 0, ..Options::default() });
    client.user = "viewer";
    let id = client.get("import_session")[0]["id"].as_str().unwrap().to_owned();
    let (status, answer) = client.post(&format!("import_session/{id}/cancel"), Value::Null);
    assert_eq!((status, code(&answer)), (403, "0xE0FF09010004"));
    assert_eq!(client.post("logout", Value::Null).0, 204);
}

#[test]
fn without_a_select_only_ids_and_with_it_what_is_asked() {
    let mut client = Client::of(Options::default());
    assert_eq!(client.get("import_session")[0].as_object().unwrap().len(), 1);
    let rows = client.get("import_session?select=name,%20state_l10n,remote_system(id,%20name)&order=name&limit=1");
    assert_eq!(rows[0].as_object().unwrap().len(), 3);
    assert!(rows[0]["remote_system"]["name"].as_str().unwrap().starts_with("Unity-"));
    for wrong in [
        "select=nothing",
        "select=remote_system(nothing)",
        "select=name(id)",
        "order=nothing",
        "nothing=eq.1",
        "error=is.null",
        "order=name.up",
    ] {
        let response = client.send(Method::GET, &format!("import_session?{wrong}"), Value::Null);
        assert_eq!(response.status(), 400, "{wrong}");
    }
}

#[test]
fn pages_are_partial_and_ranges_are_kept() {
    let mut client = Client::of(Options { imports: 500, failures: 0, ..Options::default() });
    let ask = |client: &mut Client, query: &str, range: Option<&'static str>| {
        let mut headers = HeaderMap::new();
        if let Some(range) = range {
            headers.insert(header::RANGE, http::HeaderValue::from_static(range));
        }
        client.try_send(Method::GET, &format!("import_session{query}"), &Value::Null, &headers).into_response().unwrap()
    };
    let mut check = |query: &str, range: Option<&'static str>, status: u16, content: Option<&str>, rows: usize| {
        let response = ask(&mut client, query, range);
        assert_eq!(response.status(), status, "{query} {range:?}");
        assert_eq!(header(&response, "content-range"), content, "{query} {range:?}");
        if status < 300 {
            assert_eq!(body(&response).as_array().unwrap().len(), rows);
        }
    };
    check("", None, 206, Some("0-99/250"), 100);
    check("?limit=5000", None, 200, None, 250);
    check("?limit=2&offset=249", None, 206, Some("249-249/250"), 1);
    check("", Some("100-2100"), 206, Some("100-249/250"), 150);
    check("", Some("240-"), 206, Some("240-249/250"), 10);
    check("?offset=250", None, 416, None, 0);
    check("?limit=0", None, 416, None, 0);
    check("?limit=-3", None, 416, None, 0);
    check("?offset=x", None, 416, None, 0);
    check("", Some("5-4"), 416, None, 0);
    check("", Some("bytes=0-5"), 416, None, 0);
    check("?name=eq.nobody", None, 200, None, 0);
    drop(client);
    let mut empty = Client::quiet();
    assert_eq!(empty.get("import_session"), json!([]));
}

#[test]
fn rows_come_in_the_order_asked_for() {
    let mut client = Client::of(Options { imports: 60, failures: 0, ..Options::default() });
    let rows = client.get("import_session?select=state,name&order=state.desc,name");
    let keys: Vec<(String, String)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["state"].as_str().unwrap().to_owned(), row["name"].as_str().unwrap().to_owned()))
        .collect();
    let mut sorted = keys.clone();
    sorted.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    assert_eq!(keys, sorted);
}

#[test]
fn names_address_sessions_and_remote_systems() {
    let mut client = Client::of(Options::default());
    let row = client.get("import_session?select=id,name&limit=1")[0].clone();
    let name = row["name"].as_str().unwrap().to_uppercase();
    assert_eq!(client.get(&format!("import_session/name:{name}?select=id"))["id"], row["id"]);
    assert_eq!(client.get("remote_system/name:Unity-Main?select=name")["name"], "Unity-Main");
    let missing = client.send(Method::GET, "import_session/name:nobody", Value::Null);
    assert_eq!((missing.status().as_u16(), code(&body(&missing))), (404, "0xE04040020009"));
}

#[test]
fn an_action_asked_for_asynchronously_is_answered_with_its_job() {
    let mut client = Client::quiet();
    let id = client.create("Non_Disruptive", json!({}));
    client.event(&id, "set_up_done");
    client.event(&id, "all_data_copied");
    let (status, answer) = client.post(&format!("import_session/{id}/cutover?is_async=True"), Value::Null);
    assert_eq!(status, 202);
    let job = answer["id"].as_str().unwrap().to_owned();
    let select = format!("job/{job}?select=*");
    client.wait(5);
    let running = client.get(&select);
    assert_eq!(
        (&running["phase"], &running["state"], &running["user"]),
        (&json!("In_Progress"), &json!("IN_PROGRESS"), &json!("admin"))
    );
    client.event(&id, "failure_not_undone");
    assert_eq!(client.get(&select)["phase"], "Failing");
    client.wait(3);
    let failed = client.get(&select);
    assert_eq!((&failed["phase"], &failed["response_status"]), (&json!("Failed"), &json!("422")));
    assert_eq!(failed["response_body"]["messages"][0]["code"], "0xE0FF02010004");
}

#[test]
fn bodies_are_checked_before_anything_happens() {
    let mut client = Client::quiet();
    let id = client.create("Agentless", json!({}));
    for (path, sent, status) in [
        (format!("import_session/{id}/cancel"), json!({ "forced": true }), 400),
        (format!("import_session/{id}/cancel"), json!({ "force": "yes" }), 400),
        (format!("import_session/{id}/pause"), json!({ "force": true }), 400),
        (format!("import_session/{id}/pause?async=true"), Value::Null, 400),
        (format!("import_session/{id}/explode"), Value::Null, 404),
        ("import_session/unknown/pause".to_owned(), Value::Null, 404),
        ("import_session".to_owned(), json!({ "name": "x" }), 400),
        (
            "import_session".to_owned(),
            json!({ "name": "x y", "remote_system_id": "1", "source_resource_id": "2" }),
            400,
        ),
        ("import_session".to_owned(), json!({ "name": "x", "remote_system_id": "1", "source_resource_id": "2" }), 422),
        ("import_session".to_owned(), json!([]), 400),
        ("volume".to_owned(), json!({}), 501),
        ("replication_session/1/pause".to_owned(), json!({}), 404),
        ("nas_server/1/clone".to_owned(), json!({}), 501),
        ("nonsense".to_owned(), json!({}), 404),
    ] {
        let (is, answer) = client.post(&path, sent.clone());
        assert_eq!(is, status, "{path} {sent} {answer}");
        assert!(answer["messages"][0]["message_l10n"].is_string());
    }
    assert_eq!(client.state(&id), "In_Progress");
}

#[test]
fn an_old_release_knows_neither_later_fields_nor_later_actions() {
    let releases = [("frankfurt".to_owned(), crate::lifecycle::Release::OLDEST)].into();
    let mut client = Client::of(Options { failures: 0, releases, ..Options::default() });
    assert_eq!(client.get("software_installed?select=release_version")[0]["release_version"], "1.0.0.0");
    for field in ["type", "type_l10n", "global_storage_discovery_address"] {
        assert_eq!(client.send(Method::GET, &format!("import_session?select={field}"), Value::Null).status(), 400);
        let filter = client.send(Method::GET, &format!("import_session?{field}=is.null"), Value::Null);
        assert_eq!(filter.status(), 400);
    }
    assert_eq!(client.send(Method::GET, "job?select=phase", Value::Null).status(), 400);
    let row = client.get("import_session?select=*&limit=1")[0].clone();
    assert!(row.get("type").is_none() && row.get("state_l10n").is_some());
    let id = row["id"].as_str().unwrap();
    assert_eq!(client.post(&format!("import_session/{id}/start_copy"), Value::Null).0, 404);
    let create = json!({ "name": "x", "type": "Agentless", "remote_system_id": "1", "source_resource_id": "2" });
    assert_eq!(client.post("import_session", create).0, 400);
}

#[test]
fn a_lost_answer_was_carried_out_and_a_lost_request_was_not() {
    let mut client = Client::quiet();
    for (fault, carried_out) in [("drop_request", false), ("drop_answer", true)] {
        let id = client.create("Non_Disruptive", json!({}));
        client.event(&id, "set_up_done");
        let sent = json!({ "array": "frankfurt", "fault": fault, "match": { "method": "POST", "path_contains": "/pause" }, "times": 1 });
        assert_eq!(client.control("fault", sent).0, 200);
        let path = format!("import_session/{id}/pause");
        assert!(client.try_send(Method::POST, &path, &Value::Null, &HeaderMap::new()).into_response().is_none());
        assert_eq!(client.state(&id) == "Paused", carried_out, "{fault}");
    }
}

#[test]
fn faults_spoil_answers_as_they_say() {
    let mut client = Client::of(Options::default());
    let mut met = |fault: Value| {
        let mut sent = json!({ "array": "frankfurt", "times": 1 });
        sent.as_object_mut().unwrap().extend(fault.as_object().unwrap().clone());
        assert_eq!(client.control("fault", sent).0, 200);
        let answer = client.try_send(Method::GET, "import_session?select=*", &Value::Null, &HeaderMap::new());
        let Answer::Reply { response, delay_ms } = answer else { panic!("dropped") };
        let is_json = serde_json::from_slice::<Value>(response.body()).is_ok();
        (response.status().as_u16(), is_json, response.body().len(), delay_ms)
    };
    assert_eq!(met(json!({ "fault": "status_500_empty" })), (500, false, 0, 0));
    let busy = met(json!({ "fault": "busy_503" }));
    assert_eq!((busy.0, busy.1), (503, true));
    let html = met(json!({ "fault": "html" }));
    assert_eq!((html.0, html.1), (200, false));
    assert!(!met(json!({ "fault": "malformed_json" })).1);
    assert!(!met(json!({ "fault": "truncated_body" })).1);
    assert!(met(json!({ "fault": "too_large" })).2 > 16 * 1024 * 1024);
    assert_eq!(met(json!({ "fault": "slow", "delay_ms": 700 })).3, 700);
    assert_eq!(client.control("fault", json!({ "array": "frankfurt", "fault": "nonsense" })).0, 400);
    assert_eq!(client.control("fault", json!({ "array": "nowhere", "fault": "html" })).0, 422);
}

#[test]
fn a_raw_state_is_shown_until_it_is_cleared() {
    let mut client = Client::quiet();
    let id = client.create("Non_Disruptive", json!({}));
    let sent = json!({ "array": "frankfurt", "fault": "unknown_state", "session": id, "state": "Rebalancing_Mirror" });
    assert_eq!(client.control("fault", sent).0, 200);
    let row = client.get("import_session?state=eq.Rebalancing_Mirror&select=state,state_l10n")[0].clone();
    assert_eq!(row, json!({ "state": "Rebalancing_Mirror", "state_l10n": "Rebalancing Mirror" }));
    client.control("fault", json!({ "array": "frankfurt", "fault": "unknown_state", "clear": true }));
    assert_eq!(client.state(&id), "In_Progress");
}

#[test]
fn the_door_moves_time_and_refuses_what_it_does_not_know() {
    let mut client = Client::quiet();
    assert_eq!(client.control("step", json!({})).0, 422);
    let id = client.create("Agentless", json!({}));
    assert_eq!(client.control("speed", json!({ "speed": 0 })).0, 200);
    client.wait(1000);
    assert_eq!(client.state(&id), "In_Progress", "time stands still");
    assert_eq!(client.control("step", json!({})).0, 200);
    assert_eq!(client.state(&id), "Mirror_Enabled");
    let before = client.control("state", Value::Null).1["time"].clone();
    client.control("advance", json!({ "seconds": 3600 }));
    assert_ne!(client.control("state", Value::Null).1["time"], before);
    for (name, sent, status) in [
        ("advance", json!({}), 400),
        ("advance", json!({ "seconds": -1 }), 400),
        ("advance", json!({ "minutes": 1 }), 400),
        ("scenario", json!({}), 400),
        ("event", json!({ "array": "frankfurt", "session": id, "event": "explode" }), 400),
        ("reset", json!({ "arrays": 3 }), 400),
        ("reset", json!({ "seed": 5, "imports": 6 }), 200),
    ] {
        assert_eq!(client.control(name, sent.clone()).0, status, "{name} {sent}");
    }
    let state = client.control("state", Value::Null).1;
    assert_eq!(state["arrays"]["frankfurt"]["sessions"].as_object().unwrap().len(), 3);
    assert_eq!((&state["seed"], &state["simulator"]), (&json!(5), &json!(crate::simulator::SENTINEL)));
}

#[test]
fn requests_and_actions_are_counted() {
    let mut client = Client::quiet();
    let id = client.create("Non_Disruptive", json!({}));
    assert_eq!(client.post(&format!("import_session/{id}/cancel"), Value::Null).0, 422);
    client.event(&id, "set_up_done");
    client.act(&id, "cancel");
    let state = client.control("state", Value::Null).1["arrays"]["frankfurt"].clone();
    assert_eq!(state["requests"]["POST /import_session/{id}/cancel"], 2);
    assert_eq!(state["actions"], json!({ "create": 1, "cancel": 1 }));
    assert_eq!(state["logins"]["wrong"], 0);
}

#[test]
fn a_reset_keeps_the_time_or_takes_the_one_it_is_given() {
    let mut client = Client::quiet();
    client.control("speed", json!({ "speed": 0 }));
    client.wait(5000);
    let (_, kept) = client.control("reset", json!({}));
    assert_eq!(kept["time"], "2026-11-21T08:00:00.000+00:00");
    assert_eq!(client.control("state", Value::Null).1["time"], kept["time"], "slower than the caller's clock");
    client.control("reset", json!({ "time": "2026-12-24T18:00:00Z", "imports": 24 }));
    let state = client.control("state", Value::Null).1;
    assert_eq!(state["time"], "2026-12-24T18:00:00.000+00:00");
    let latest = client.get("import_session?select=last_update_timestamp&order=last_update_timestamp.desc&limit=1");
    assert!(latest[0]["last_update_timestamp"].as_str().unwrap() <= "2026-12-24T18:00:00.000+00:00");
}

#[test]
fn a_page_holds_two_thousand_of_many_imports() {
    let mut client = Client::of(Options { imports: 20_000, failures: 0, active_limit: 500, ..Options::default() });
    let query = "import_session?select=*,remote_system(id,name)&state=neq.Nothing&order=name.desc&limit=2000";
    assert_eq!(client.get(query).as_array().unwrap().len(), 2000);
}
