//! What can be imported, and what an import is made of.

use super::*;

const RESOURCES: [&str; 14] = [
    "import_unity_volume",
    "import_unity_consistency_group",
    "import_vnx_volume",
    "import_vnx_consistency_group",
    "import_psgroup_volume",
    "import_storage_center_volume",
    "import_storage_center_consistency_group",
    "import_xtremio_volume",
    "import_xtremio_consistency_group",
    "import_netapp_volume",
    "import_vmax_volume",
    "import_vmax_storage_group",
    "import_universal_volume",
    "import_universal_consistency_group",
];

#[test]
fn every_resource_has_rows_that_can_be_imported_and_some_that_cannot() {
    let mut client = Client::of(Options::default());
    for resource in RESOURCES {
        let rows = client.get(&format!("{resource}?select=*&limit=2000"));
        let words: Vec<&str> =
            rows.as_array().unwrap().iter().map(|row| row["importable_criteria"].as_str().unwrap()).collect();
        assert!(words.iter().any(|word| word.starts_with("Ready")), "{resource} {words:?}");
        assert!(words.iter().any(|word| !word.starts_with("Ready") && *word != "In_Progress"), "{resource} {words:?}");
        let row = &rows[0];
        let name = row["name"].as_str().unwrap();
        assert_eq!(client.get(&format!("{resource}/name:{name}?select=id"))["id"], row["id"]);
        let other = if resource == "import_vnx_volume" { "import_unity_volume" } else { "import_vnx_volume" };
        let elsewhere = client.send(Method::GET, &format!("{other}/{}", row["id"].as_str().unwrap()), Value::Null);
        assert_eq!(elsewhere.status(), 404, "{resource} alone has it");
    }
}

#[test]
fn groups_name_their_volumes_and_volumes_their_group() {
    let mut client = Client::quiet();
    for (groups, volumes, key) in [
        ("import_unity_consistency_group", "import_unity_volumes", "import_unity_consistency_group_id"),
        ("import_vmax_storage_group", "import_vmax_volumes", "import_vmax_storage_group_id"),
    ] {
        let rows = client.get(&format!("{groups}?select=id,importable_criteria,{volumes}(id,{key},{groups}(name))"));
        for row in rows.as_array().unwrap() {
            let members = row[volumes].as_array().unwrap();
            assert_eq!(members.is_empty(), row["importable_criteria"] == "No_Members");
            assert!(members.iter().all(|member| member[key] == row["id"] && member[groups]["name"].is_string()));
        }
    }
}

#[test]
fn an_old_release_imports_from_fewer_makes() {
    let releases = [("frankfurt".to_owned(), crate::lifecycle::Release([2, 0, 0, 0]))].into();
    let mut client = Client::of(Options { imports: 0, releases, ..Options::default() });
    for (resource, status) in
        [("import_xtremio_volume", 200), ("import_netapp_volume", 404), ("import_universal_volume", 404)]
    {
        assert_eq!(client.send(Method::GET, resource, Value::Null).status(), status, "{resource}");
    }
    let types = client.get("remote_system?select=type");
    assert!(types.as_array().unwrap().iter().all(|row| row["type"] != "NetApp" && row["type"] != "Universal"));
}

#[test]
fn ps_group_volumes_tell_their_snapshot_schedules() {
    let mut client = Client::quiet();
    client.user = "viewer";
    let rows = client.get("import_psgroup_volume?select=id");
    let mut kinds = std::collections::BTreeSet::new();
    let mut numbers = Vec::new();
    for row in rows.as_array().unwrap() {
        let path = format!("import_psgroup_volume/{}/import_snapshot_schedules", row["id"].as_str().unwrap());
        let (status, schedules) = client.post(&path, Value::Null);
        assert_eq!(status, 200);
        numbers.push(schedules.as_array().unwrap().len());
        kinds.extend(schedules.as_array().unwrap().iter().map(|row| row["type"].as_str().unwrap().to_owned()));
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["Daily", "Hourly", "Monthly", "Once", "Weekly"]);
    assert!(numbers.contains(&0), "{numbers:?}");
    let path = "import_psgroup_volume/nothing/import_snapshot_schedules";
    assert_eq!(client.post(path, Value::Null).0, 404);
    let elsewhere = "import_unity_volume/sv_100/import_snapshot_schedules";
    client.user = "admin";
    assert_eq!(client.post(elsewhere, Value::Null).0, 501);
}

#[test]
fn policies_tell_whether_they_replicate() {
    let mut client = Client::quiet();
    let rows = client
        .get("policy?type=eq.Protection&order=name&select=name,snapshot_rules(id,name),replication_rules(name,remote_system(name))");
    let told: Vec<(&str, usize, usize)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let count = |key: &str| row[key].as_array().unwrap().len();
            (row["name"].as_str().unwrap(), count("snapshot_rules"), count("replication_rules"))
        })
        .collect();
    assert_eq!(told, [("Gold", 2, 0), ("Gold-Replicated", 2, 1), ("Silver", 1, 0)]);
    assert_eq!(rows[1]["replication_rules"][0]["remote_system"]["name"], "Dublin");
    let hosts = client.get("host_group?select=name,hosts(name,host_group(name))&order=name");
    assert_eq!(hosts[0]["hosts"].as_array().unwrap().len(), 3);
    assert_eq!(hosts[0]["hosts"][0]["host_group"]["name"], "esx-cluster-a");
    let groups = client.get("volume_group?select=name,is_importing,volumes(id)&order=name");
    assert_eq!(groups[0]["volumes"].as_array().unwrap().len(), 3);
}

#[test]
fn a_skewed_clock_tells_another_time_and_changes_nothing_else() {
    let mut client = Client::quiet();
    let skew = json!({ "array": "frankfurt", "fault": "clock_skew", "seconds": -90 });
    assert_eq!(client.control("fault", skew).0, 200);
    let response = client.send(Method::GET, "cluster?select=system_time", Value::Null);
    assert_eq!(response.headers()["date"], "Sat, 21 Nov 2026 07:58:30 GMT");
    assert_eq!(body(&response)[0]["system_time"], "2026-11-21T07:58:30.000+00:00");
    let id = client.create("Agentless", json!({ "scheduled_timestamp": "2026-11-21T08:01:00Z" }));
    client.wait(60);
    assert_eq!(client.state(&id), "In_Progress", "the array's work goes by the fleet's time");
    assert_eq!(client.control("state", Value::Null).1["arrays"]["frankfurt"]["faults"], json!(["clock_skew"]));
    client.control("fault", json!({ "array": "frankfurt", "fault": "clock_skew", "clear": true }));
    assert_eq!(client.get("cluster?select=system_time")[0]["system_time"], "2026-11-21T08:01:00.000+00:00");
}
