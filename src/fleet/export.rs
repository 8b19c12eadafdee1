//! The rows of the list as files and as text: every column, exact values, times in UTC.

use super::row::{Key, Row};
use super::sheet::{Cell, push_fields, push_headings, push_line};
use super::store::Store;
use super::view::group_name;
use crate::array::ArrayEntry;
use crate::lifecycle::Phase;
use crate::lifecycle::protection_progress::Overall;

const HEADINGS: [&str; 29] = [
    "array",
    "array_name",
    "id",
    "name",
    "remote_system_id",
    "remote_system",
    "source_id",
    "source",
    "destination_id",
    "destination",
    "type",
    "is_group",
    "group_id",
    "group",
    "state",
    "phase",
    "progress_percent",
    "rate_bytes_per_second",
    "estimated_end",
    "scheduled",
    "updated",
    "automatic_cutover",
    "error",
    "resource",
    "outcome",
    "bytes_transferred",
    "ended",
    "submitted_by",
    "policy",
];

/// A row in the order of [`HEADINGS`].
fn cells(row: &Row, array: Option<&ArrayEntry>, store: &Store) -> [Cell; HEADINGS.len()] {
    let text = Cell::text;
    let job = row.job.as_deref();
    [
        text(array.map(|entry| entry.id.as_str())),
        text(array.map(|entry| entry.name.as_str())),
        text(Some(&row.key.id)),
        text(row.name.as_deref()),
        text(row.remote_system.id.as_deref()),
        text(row.remote_system.name.as_deref()),
        text(row.source.id.as_deref()),
        text(row.source.name.as_deref()),
        text(row.destination.id.as_deref()),
        text(row.destination.name.as_deref()),
        text(row.kind.label()),
        Cell::Truth(row.is_group()),
        text(row.group.as_deref()),
        text(row.group.as_ref().and_then(|_| group_name(row, store))),
        text(Some(row.state.name())),
        text(Some(row.phase().map_or("unknown", Phase::word))),
        Cell::number(row.progress.map(u64::from)),
        Cell::number(row.rate),
        Cell::time(row.estimated_end),
        Cell::time(row.scheduled),
        Cell::time(row.updated),
        Cell::truth(row.automatic_cutover),
        text(row.error.as_deref()),
        text(job.and_then(|job| job.resource.as_deref())),
        text(row.outcome().map(Overall::word)),
        Cell::number(job.and_then(|job| job.bytes)),
        Cell::time(job.and_then(|job| job.ended)),
        text(job.and_then(|job| job.user.as_deref())),
        text(job.and_then(|job| job.policy.as_deref())),
    ]
}

/// The rows of these keys, in their order, and their arrays; keys that have no row are left out.
fn rows<'a>(
    store: &'a Store,
    arrays: &'a [ArrayEntry],
    keys: &'a [Key],
) -> impl Iterator<Item = (&'a Row, Option<&'a ArrayEntry>)> {
    let rows = keys.iter().filter_map(|key| store.get(key));
    rows.map(|row| (row, arrays.get(usize::from(row.key.array.0))))
}

/// The rows as CSV, with headings.
pub fn to_csv(store: &Store, arrays: &[ArrayEntry], keys: &[Key]) -> String {
    let mut text = String::new();
    push_headings(&mut text, &HEADINGS);
    for (row, array) in rows(store, arrays, keys) {
        push_line(&mut text, &cells(row, array, store));
    }
    text
}

/// The rows as JSON: a list of objects.
pub fn to_json(store: &Store, arrays: &[ArrayEntry], keys: &[Key]) -> String {
    let mut text = String::from("[");
    for (index, (row, array)) in rows(store, arrays, keys).enumerate() {
        text.push_str(if index == 0 { "\n  {" } else { ",\n  {" });
        push_fields(&mut text, &HEADINGS, &cells(row, array, store));
        text.push_str("\n  }");
    }
    text.push_str("\n]\n");
    text
}

/// The names of the rows, one a line.
pub fn names(store: &Store, keys: &[Key]) -> String {
    let names: Vec<&str> = keys.iter().filter_map(|key| store.get(key)).map(Row::title).collect();
    names.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Kind;
    use crate::fleet::sheet::read_back;
    use crate::fleet::{ArrayIndex, Thing};
    use proptest::prelude::*;
    use serde_json::json;

    fn arrays() -> Vec<ArrayEntry> {
        let (id, name) = ("frankfurt".to_owned(), "Frankfurt".to_owned());
        vec![ArrayEntry { id, name, kind: Kind::Powerstore, url: "a/".to_owned() }]
    }

    fn store(sessions: &[serde_json::Value]) -> (Store, Vec<Key>) {
        let mut store = Store::default();
        let row = |session: &serde_json::Value| {
            Row::from_session(ArrayIndex(0), &serde_json::from_value(session.clone()).unwrap())
        };
        store.merge(ArrayIndex(0), sessions.iter().map(row).collect(), Some(crate::wire::powerstore::Resource::Import));
        let keys = store.rows().map(|row| row.key.clone()).collect();
        (store, keys)
    }

    #[test]
    fn a_row_is_told_whole_and_exactly() {
        let (mut store, keys) = store(&[
            json!({"id": "1", "name": "erp", "destination_resource_type": "volume_group"}),
            json!({"id": "2", "name": "erp_01", "parent_session_id": "1", "state": "Copy_In_Progress",
                "remote_system_id": "r", "current_transfer_rate": 201_326_592, "progress_percentage": 42,
                "type": "Agentless", "automatic_cutover": false,
                "last_update_timestamp": "2026-11-21T12:04:00.5+00:00"}),
        ]);
        store.name(ArrayIndex(0), Thing::RemoteSystem, [("r".to_owned(), Some("Unity".to_owned()))]);
        let read: serde_json::Value = serde_json::from_str(&to_json(&store, &arrays(), &keys)).unwrap();
        let member = &read[1];
        assert_eq!(member.as_object().unwrap().len(), HEADINGS.len());
        for (field, value) in [
            ("array", json!("frankfurt")),
            ("name", json!("erp_01")),
            ("remote_system_id", json!("r")),
            ("remote_system", json!("Unity")),
            ("is_group", json!(false)),
            ("group_id", json!("1")),
            ("group", json!("erp")),
            ("state", json!("Copy_In_Progress")),
            ("phase", json!("working")),
            ("progress_percent", json!(42)),
            ("rate_bytes_per_second", json!(201_326_592)),
            ("updated", json!("2026-11-21T12:04:00.500+00:00")),
            ("scheduled", json!(null)),
            ("automatic_cutover", json!(false)),
        ] {
            assert_eq!(member[field], value, "{field}");
        }
        assert_eq!((&read[0]["is_group"], &read[0]["group"]), (&json!(true), &json!(null)));
        let lines = read_back(&to_csv(&store, &arrays(), &keys));
        assert_eq!(lines[0], HEADINGS);
        assert_eq!((lines.len(), lines[2][3].as_str(), lines[2][17].as_str()), (3, "erp_01", "201326592"));
        assert_eq!(names(&store, &keys), "erp\nerp_01");
    }

    #[test]
    fn rows_come_as_they_are_asked_for_and_missing_ones_not_at_all() {
        let (store, mut keys) = store(&[json!({"id": "1"}), json!({"id": "2"}), json!({"id": "3"})]);
        keys.reverse();
        keys.push(Key { array: ArrayIndex(0), id: "9".into() });
        assert_eq!(names(&store, &keys), "3\n2\n1");
        assert_eq!(read_back(&to_csv(&store, &[], &keys)).len(), 4);
    }

    proptest! {
        #[test]
        fn any_name_reads_back_and_none_is_a_formula(name in "[^\u{0}]{1,20}") {
            let (store, keys) = store(&[json!({"id": "1", "name": name.clone()})]);
            let read: serde_json::Value = serde_json::from_str(&to_json(&store, &arrays(), &keys)).unwrap();
            prop_assert_eq!(&read[0]["name"], &json!(name.clone()));
            let lines = read_back(&to_csv(&store, &arrays(), &keys));
            let told = &lines[1][3];
            prop_assert!(told.strip_prefix('\'').unwrap_or(told) == name || *told == name);
            prop_assert!(!told.starts_with(['=', '+', '-', '@']));
        }
    }
}
