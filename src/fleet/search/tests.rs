use super::*;
use crate::array::Kind;
use crate::fleet::{ArrayIndex, Thing};
use proptest::prelude::*;

const NOW: i64 = 1_800_000_000_000;
const HOUR: i64 = 3_600_000;

fn array() -> ArrayEntry {
    let (id, name) = ("frankfurt".to_owned(), "Main Site".to_owned());
    ArrayEntry { id, name, kind: Kind::Powerstore, url: "a/".to_owned() }
}

/// A group with two members, one import by itself, and one of which nothing is told.
fn store() -> Store {
    let at = |millis: i64| crate::wire::time::format(NOW + millis);
    let rows = [
        r#"{"id":"g","name":"erp","state":"In_Progress","destination_resource_type":"volume_group","automatic_cutover":true}"#
            .to_owned(),
        format!(
            r#"{{"id":"m1","name":"erp_01","state":"Copy_In_Progress","parent_session_id":"g","progress_percentage":40,
                "current_transfer_rate":200000000,"type":"Agentless","remote_system_id":"r","last_update_timestamp":"{}",
                "estimated_completion_timestamp":"{}"}}"#,
            at(-HOUR / 2),
            at(2 * HOUR)
        ),
        r#"{"id":"m2","name":"erp_02","state":"Paused","parent_session_id":"g","progress_percentage":80,"automatic_cutover":false,
            "current_transfer_rate":0,"error":{"code":"0x1","message_l10n":"Link lost."}}"#
            .to_owned(),
        format!(
            r#"{{"id":"s","name":"Web server","state":"Scheduled","type":"Non_Disruptive","source_resource_id":"lun:7",
                "scheduled_timestamp":"{}","last_update_timestamp":"{}"}}"#,
            at(30 * HOUR),
            at(-30 * HOUR)
        ),
        r#"{"id":"x","state":"Hovering","scheduled_timestamp":"2001-01-01T00:00:00Z"}"#.to_owned(),
    ];
    let mut store = Store::default();
    let rows = rows.iter().map(|text| Row::from_session(ArrayIndex(0), &serde_json::from_str(text).unwrap()));
    store.merge(ArrayIndex(0), rows.collect(), Some(crate::wire::powerstore::Resource::Import));
    store.name(ArrayIndex(0), Thing::RemoteSystem, [("r".to_owned(), Some("Unity 480".to_owned()))]);
    store
}

fn found(text: &str) -> String {
    let (store, search, array) = (store(), Search::parse(text), array());
    let fits = store.rows().filter(|row| search.fits(row, Some(&array), &store, NOW));
    fits.map(|row| row.key.id.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_are_found_anywhere_and_all_of_them() {
    assert_eq!(found(""), "g m1 m2 s x");
    assert_eq!(found("ERP copy"), "m1");
    assert_eq!(found("\"web server\""), "s");
    assert_eq!(found("\"server web\""), "");
    assert_eq!(found("erp -paused"), "g m1");
    assert_eq!(found("-erp"), "s x");
    assert_eq!(found("-\"web server\" -hovering -erp"), "");
    assert_eq!(found("\"web server"), "s");
    assert_eq!(found("- \"\""), "g m1 m2 s x");
}

#[test]
fn fields_are_searched_by_themselves() {
    assert_eq!(found("name:erp"), "g m1 m2");
    assert_eq!(found("state:copy"), "m1");
    assert_eq!(found("state:\"copy in\""), "m1");
    assert_eq!(found("state:copy_in"), "m1");
    assert_eq!(found("phase:paused"), "m2");
    assert_eq!(found("phase:unknown"), "x");
    assert_eq!(found("array:MAIN"), "g m1 m2 s x");
    assert_eq!(found("array:frank -name:erp"), "s x");
    assert_eq!(found("source:lun:7"), "s");
    assert_eq!(found("remote:\"unity 4\""), "m1");
    assert_eq!(found("destination:"), "");
    assert_eq!(found("type:agentless"), "m1");
    assert_eq!(found("type:non-disruptive"), "s");
    assert_eq!(found("type:non_disruptive"), "s");
    assert_eq!(found("error:lost"), "m2");
    assert_eq!(found("error:"), "m2");
    assert_eq!(found("-error: -name:erp"), "s x");
    assert_eq!(found("Name:WEB"), "s");
}

#[test]
fn groups_members_and_cutovers_are_told_apart() {
    assert_eq!(found("group:erp"), "m1 m2");
    assert_eq!(found("group:g"), "m1 m2");
    assert_eq!(found("group:"), "m1 m2");
    assert_eq!(found("is:group"), "g");
    assert_eq!(found("is:member"), "m1 m2");
    assert_eq!(found("is:single"), "s x");
    assert_eq!(found("-is:single"), "g m1 m2");
    assert_eq!(found("cutover:automatic"), "g");
    assert_eq!(found("cutover:by-hand"), "m2");
    assert_eq!(found("cutover:manual"), "m2");
}

#[test]
fn numbers_and_times_are_compared() {
    for (text, ids) in [
        ("progress>40", "m2"),
        ("progress>=40", "m1 m2"),
        ("progress<=40%", "m1"),
        ("progress<40", ""),
        ("progress=80", "m2"),
        ("progress:80", "m2"),
        ("progress>39.999", "m1 m2"),
        ("rate>100MB", "m1"),
        ("rate>=200MB/s", "m1"),
        ("rate<190.8mib", "m1 m2"),
        ("rate<190MiB", "m2"),
        ("updated<1h", "m1"),
        ("updated>1d", "s"),
        ("updated<31min", "m1"),
        ("scheduled<2d", "s"),
        ("scheduled<1d", ""),
        ("scheduled>1d", "s"),
        ("left<3h", "m1"),
        ("-progress>0", "g s x"),
    ] {
        assert_eq!(found(text), ids, "{text}");
    }
    assert!(Search::parse("a updated<1h").reads_clock());
    assert!(!Search::parse("a progress<1").reads_clock());
}

#[test]
fn what_is_not_understood_is_said_and_empties_nothing_by_itself() {
    let notes = |text: &str| Search::parse(text).notes;
    assert_eq!(notes("erp foo:bar"), ["no field ‘foo’; it is searched as a word"]);
    assert_eq!(found("foo:bar"), "");
    assert_eq!(notes("lun:7"), ["no field ‘lun’; it is searched as a word"]);
    assert_eq!(found("lun:7"), "s");
    for text in [
        "progress>",
        "progress>x",
        "progress>1.2.3",
        "progress>5MB",
        "rate>fast",
        "rate>99999999999GB",
        "updated<5",
        "updated=1h",
        "is:",
        "is:alone",
        "cutover:",
        "name>3",
    ] {
        assert_eq!(notes(text).len(), 1, "{text}");
        assert!(notes(text)[0].starts_with(&format!("‘{text}’ is left out: ")), "{text}");
        assert_eq!(found(text), "g m1 m2 s x", "{text}");
    }
    // What is between quotes, and addresses of ports, are words and no attempt at a field.
    assert!(notes("\"foo:bar\" 68:cc:f0 x=").len() == 1);
}

#[test]
fn the_help_finds_no_fault_in_itself() {
    for (example, _) in HELP {
        assert_eq!(Search::parse(example).notes, [""; 0], "{example}");
    }
}

#[test]
fn a_term_is_read_from_the_box_and_written_into_it() {
    assert_eq!(term_value("a remote:\"Unity 480\" b", "remote").as_deref(), Some("Unity 480"));
    assert_eq!(term_value("a \"remote:x\"", "remote"), None);
    assert_eq!(with_term("a remote:x  b", "remote", Some("Unity 480")), "a b remote:\"Unity 480\"");
    assert_eq!(with_term("a Remote:\"x y\" remote:z", "remote", None), "a");
    assert_eq!(with_term("", "type", Some("Agentless")), "type:Agentless");
}

proptest! {
    #[test]
    fn no_text_panics_and_a_written_term_reads_back(text in ".{0,40}", value in "[a-zA-Z0-9 äß:<-]{1,12}") {
        let search = Search::parse(&text);
        let (store, array) = (store(), array());
        for row in store.rows() {
            search.fits(row, Some(&array), &store, NOW);
        }
        prop_assume!(text.matches('"').count() % 2 == 0);
        let written = with_term(&text, "remote", Some(&value));
        prop_assert_eq!(term_value(&written, "remote"), Some(value));
        prop_assert_eq!(with_term(&written, "remote", None), with_term(&text, "remote", None));
    }

    #[test]
    fn not_turns_every_term_around(term in "[a-z0-9]{1,4}|is:(group|member|single)|progress[<>]=?[0-9]{1,2}|error:|name:[a-z]{0,2}") {
        let (store, array) = (store(), array());
        let (plain, not) = (Search::parse(&term), Search::parse(&format!("-{term}")));
        for row in store.rows() {
            prop_assert_ne!(plain.fits(row, Some(&array), &store, NOW), not.fits(row, Some(&array), &store, NOW));
        }
    }
}
