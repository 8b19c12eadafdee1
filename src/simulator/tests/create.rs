//! What a create may say: every field, and every way to get it wrong.

use super::*;

/// A create of the first free volume, with `more` put in.
fn body_of(client: &mut Client, more: Value) -> Value {
    let free = client.get(
        "import_unity_volume?select=id,import_unity_id&importable_criteria=eq.Ready\
         &import_unity_consistency_group_id=is.null&order=id&limit=1",
    );
    let mut sent = json!({
        "name": "imp_it", "type": "Agentless",
        "source_resource_id": free[0]["id"], "remote_system_id": free[0]["import_unity_id"],
    });
    sent.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    sent
}

/// The refusal of a create: status, code, first argument, words.
fn refused(client: &mut Client, more: Value) -> (u16, String, String, String) {
    let sent = body_of(client, more);
    let (status, answer) = client.post("import_session", sent);
    let message = &answer["messages"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (status, text(&message["code"]), text(&message["arguments"][0]), text(&message["message_l10n"]))
}

#[test]
fn everything_that_can_be_asked_for_is_shown_and_comes_true() {
    let mut client = Client::quiet();
    let (group, policy) = (client.named("volume_group", "vg_erp"), client.named("policy", "Silver"));
    let sent = body_of(
        &mut client,
        json!({
            "name": "größte_会計_01", "description": "Welle 1, <b>früh</b>",
            "remote_system_id": "name:PLACE",
            "host_ids": ["name:WEB-01"], "host_group_ids": ["name:esx-cluster-a"],
            "volume_group_id": "name:VG_ERP", "protection_policy_id": "name:silver",
            "automatic_cutover": true, "scheduled_timestamp": "2026-11-21T10:00:00+01:00",
            "global_storage_discovery_address": "iscsi.example.com",
        }),
    );
    let mut sent = sent;
    let source = client
        .get(&format!("import_unity_volume/{}?select=import_unity_id", sent["source_resource_id"].as_str().unwrap()));
    let remote = source["import_unity_id"].as_str().unwrap().to_owned();
    let name = client.get(&format!("remote_system/{remote}?select=name"))["name"].as_str().unwrap().to_owned();
    sent["remote_system_id"] = json!(format!("name:{name}"));
    let (status, answer) = client.post("import_session", sent.clone());
    assert_eq!(status, 201, "{answer}");
    let id = answer["id"].as_str().unwrap().to_owned();
    let row = client.session(&id);
    for (attribute, value) in [
        ("name", json!("größte_会計_01")),
        ("description", json!("Welle 1, <b>früh</b>")),
        ("remote_system_id", json!(remote)),
        ("volume_group_id", json!(group)),
        ("protection_policy_id", json!(policy)),
        ("automatic_cutover", json!(true)),
        ("scheduled_timestamp", json!("2026-11-21T09:00:00.000+00:00")),
        ("global_storage_discovery_address", json!("iscsi.example.com")),
        ("destination_resource_type", json!("volume")),
        ("state", json!("Scheduled")),
    ] {
        assert_eq!(row[attribute], value, "{attribute}");
    }
    client.event(&id, "schedule_expires");
    client.event(&id, "set_up_done");
    client.act(&id, "enable_destination_volume");
    client.act(&id, "start_copy");
    client.event(&id, "all_data_copied");
    client.act(&id, "cutover");
    let volume = client.session(&id)["destination_resource_id"].as_str().unwrap().to_owned();
    let select = "select=volume_groups(id,name),protection_policy(name,snapshot_rules(name))";
    assert_eq!(client.get(&format!("volume/{volume}?{select}"))["volume_groups"], json!([]));
    client.event(&id, "commit_done");
    let volume = client.get(&format!("volume/{volume}?{select}"));
    assert_eq!(volume["volume_groups"], json!([{ "id": group, "name": "vg_erp" }]));
    assert_eq!(volume["protection_policy"], json!({ "name": "Silver", "snapshot_rules": [{ "name": "nightly" }] }));
}

#[test]
fn the_form_of_every_field_is_looked_at_first() {
    let mut client = Client::quiet();
    let long = "ü".repeat(129);
    for wrong in [
        json!({ "names": "x" }),
        json!({ "name": "" }),
        json!({ "name": long }),
        json!({ "name": "a b" }),
        json!({ "name": "a/b" }),
        json!({ "name": "a<b" }),
        json!({ "name": "a\u{200b}b" }),
        json!({ "name": 7 }),
        json!({ "name": null }),
        json!({ "description": long }),
        json!({ "description": "one\ntwo" }),
        json!({ "type": "agentless" }),
        json!({ "source_resource_id": null }),
        json!({ "automatic_cutover": "true" }),
        json!({ "scheduled_timestamp": "tomorrow" }),
        json!({ "scheduled_timestamp": 1_795_248_000 }),
        json!({ "host_ids": "web-01" }),
        json!({ "host_group_ids": [1] }),
        json!({ "consistency_group_member_host_ids": ["x"] }),
        json!({ "consistency_group_member_host_ids": [{ "host_ids": ["x"] }] }),
        json!({ "consistency_group_member_host_ids": [{ "volume_wwn": "x", "hosts": ["x"] }] }),
        json!({ "consistency_group_member_host_group_ids": [{ "volume_wwn": "x", "host_group_ids": "y" }] }),
        json!({ "global_storage_discovery_address": "192.0.2.256" }),
        json!({ "global_storage_discovery_address": "storage" }),
        json!({ "volume_group_id": 1 }),
        json!({ "protection_policy_id": [] }),
    ] {
        let (status, code, ..) = refused(&mut client, wrong.clone());
        assert_eq!((status, code.as_str()), (400, "0xE04040030001"), "{wrong}");
    }
    let longest = "ü".repeat(128);
    let sent = body_of(&mut client, json!({ "name": longest, "description": longest }));
    assert_eq!(client.post("import_session", sent).0, 201);
    let again = refused(&mut client, json!({ "name": longest.to_uppercase() }));
    assert_eq!((again.0, again.1.as_str()), (400, "0xE0FF01010002"));
}

#[test]
fn what_a_create_points_to_must_be_there_and_fit() {
    let mut client = Client::quiet();
    let group = client.get("import_unity_consistency_group?select=id,import_unity_id&importable_criteria=eq.Ready");
    let (group, unity) = (group[0]["id"].clone(), group[0]["import_unity_id"].clone());
    let member = client.get(&format!(
        "import_unity_volume?select=id,wwn,import_unity_id&import_unity_consistency_group_id=eq.{}",
        group.as_str().unwrap()
    ))[0]
        .clone();
    let of_group = |more: Value| {
        let mut body = json!({ "source_resource_id": group, "remote_system_id": unity });
        body.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        body
    };
    let vnx =
        client.get("import_vnx_volume?select=id,import_vnx_array_id&importable_criteria=eq.VNX_Faulted")[0].clone();
    let netapp = client
        .get("import_netapp_volume?select=id,import_netapp_id&importable_criteria=eq.Ready_For_Agentless_Import")[0]
        .clone();
    let mapped = |wwn: &Value, host: &str| json!([{ "volume_wwn": wwn, "host_ids": [host] }]);
    const NO_OBJECT: &str = "0xE0FF01010003";
    const TIME_PASSED: &str = "0xE0FF01010004";
    const NOT_READY: &str = "0xE0FF01010005";
    const INCONSISTENT: &str = "0xE0FF01010006";
    for (wrong, code, field) in [
        (json!({ "scheduled_timestamp": "2026-11-21T08:00:00Z" }), TIME_PASSED, "scheduled_timestamp"),
        (json!({ "remote_system_id": "name:nobody" }), NO_OBJECT, "remote_system_id"),
        (json!({ "remote_system_id": "name:Dublin" }), NO_OBJECT, "source_resource_id"),
        (json!({ "source_resource_id": "sv_0" }), NO_OBJECT, "source_resource_id"),
        (json!({ "host_ids": ["name:nobody"] }), NO_OBJECT, "host_ids"),
        (json!({ "host_group_ids": ["web-01"] }), NO_OBJECT, "host_group_ids"),
        (json!({ "volume_group_id": "name:nobody" }), NO_OBJECT, "volume_group_id"),
        (json!({ "protection_policy_id": "x" }), NO_OBJECT, "protection_policy_id"),
        (json!({ "type": "Non_Disruptive", "host_ids": ["name:web-01"] }), INCONSISTENT, "host_ids"),
        (
            json!({ "consistency_group_member_host_ids": mapped(&member["wwn"], "name:web-01") }),
            INCONSISTENT,
            "consistency_group_member_host_ids",
        ),
        (
            of_group(
                json!({ "host_ids": ["name:web-01"], "consistency_group_member_host_ids": mapped(&member["wwn"], "name:web-01") }),
            ),
            INCONSISTENT,
            "consistency_group_member_host_ids",
        ),
        (
            of_group(json!({ "consistency_group_member_host_ids": mapped(&json!("60:00"), "name:web-01") })),
            NO_OBJECT,
            "consistency_group_member_host_ids",
        ),
        (
            of_group(json!({ "consistency_group_member_host_ids": mapped(&member["wwn"], "name:nobody") })),
            NO_OBJECT,
            "consistency_group_member_host_ids",
        ),
        (of_group(json!({ "volume_group_id": "name:vg_erp" })), INCONSISTENT, "volume_group_id"),
        (
            json!({ "source_resource_id": member["id"], "remote_system_id": member["import_unity_id"] }),
            NOT_READY,
            "source_resource_id",
        ),
        (
            json!({ "source_resource_id": vnx["id"], "remote_system_id": vnx["import_vnx_array_id"] }),
            NOT_READY,
            "source_resource_id",
        ),
        (
            json!({ "type": "Non_Disruptive", "source_resource_id": netapp["id"], "remote_system_id": netapp["import_netapp_id"] }),
            INCONSISTENT,
            "type",
        ),
    ] {
        let (status, is, argument, words) = refused(&mut client, wrong.clone());
        assert_eq!((status, is.as_str(), argument.as_str()), (422, code, field), "{wrong} {words}");
        assert!(words.starts_with(&format!("{field}: ")), "{words}");
    }
    let faulted = json!({ "source_resource_id": vnx["id"], "remote_system_id": vnx["import_vnx_array_id"] });
    assert!(refused(&mut client, faulted).3.ends_with("cannot be imported: VNX Faulted."));
    assert_eq!(client.get("import_session"), json!([]), "nothing was created");
}

#[test]
fn every_make_of_array_can_be_imported_from() {
    let mut client = Client::quiet();
    for (resource, system) in [
        ("import_unity_volume", "import_unity_id"),
        ("import_vnx_volume", "import_vnx_array_id"),
        ("import_psgroup_volume", "import_psgroup_id"),
        ("import_storage_center_volume", "import_storage_center_id"),
        ("import_xtremio_volume", "import_xtremio_id"),
        ("import_netapp_volume", "import_netapp_id"),
        ("import_vmax_volume", "import_vmax_id"),
        ("import_universal_volume", "remote_system_id"),
    ] {
        let query = format!("{resource}?select=id,{system}&importable_criteria=in.(Ready,Ready_For_Agentless_Import)");
        let free = client.get(&query)[0].clone();
        let sent = json!({
            "name": resource, "type": "Agentless", "source_resource_id": free["id"], "remote_system_id": free[system],
        });
        let (status, answer) = client.post("import_session", sent);
        assert_eq!(status, 201, "{resource}: {answer}");
        let query = format!("{resource}/{}?select=importable_criteria", free["id"].as_str().unwrap());
        assert_eq!(client.get(&query)["importable_criteria"], "In_Progress");
    }
}
