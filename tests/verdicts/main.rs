//! Every action in every state under all circumstances that matter: the document that says what the tables
//! answer, and the simulated arrays, which have to answer the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod answers;
mod conditions;
#[path = "../console/mod.rs"]
mod console;
mod document;
#[path = "../protection_walks/door.rs"]
mod door;
mod errands;
mod imports;
mod protection;
mod replications;

use array_console::lifecycle::Kind;

const DOCUMENT: &str = "docs/verdicts.md";

#[test]
fn the_document_says_what_the_tables_say() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    let wanted = document::document();
    if std::env::var_os("WRITE_VERDICTS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((line, (old, new))) =
        (1..).zip(found.lines().chain(std::iter::repeat("")).zip(wanted.lines())).find(|(_, (old, new))| old != new)
    {
        panic!(
            "{DOCUMENT} is not what the tables say; write it anew with \
             WRITE_VERDICTS=1 cargo test --features server --test verdicts\nline {line}\n  has   {old}\n  wants {new}"
        );
    }
    assert_eq!(found, wanted, "{DOCUMENT} ends where the tables end");
}

const IMPORTS: &[Kind] = &[Kind::ImportVolume, Kind::ImportGroup];
const REPLICATIONS: &[Kind] = &[Kind::Replication, Kind::ReplicationNas, Kind::Metro];
const FILE_IMPORTS: &[Kind] = &[Kind::FileImport];
const MIGRATIONS: &[Kind] = &[Kind::Migration];
const PROTECTION_JOBS: &[Kind] = &[Kind::ProtectionJob];

#[test]
fn the_arrays_answer_imports_as_the_tables_say() {
    answers::hold(IMPORTS, &imports::scenes(), imports::NEVER);
}

#[test]
fn both_ends_of_replications_answer_as_the_tables_say() {
    answers::hold(REPLICATIONS, &replications::scenes(), replications::NEVER);
}

#[test]
fn the_arrays_answer_file_imports_as_the_tables_say() {
    answers::hold(FILE_IMPORTS, &errands::file_imports(), &[]);
}

#[test]
fn the_arrays_answer_migrations_as_the_tables_say() {
    answers::hold(MIGRATIONS, &errands::migrations(), &[]);
}

#[test]
fn the_dfm_server_answers_data_protection_jobs_as_the_table_says() {
    protection::hold();
}

#[test]
fn every_kind_of_which_something_can_be_asked_is_held_against_answers() {
    let held = [IMPORTS, REPLICATIONS, FILE_IMPORTS, MIGRATIONS, PROTECTION_JOBS].concat();
    for kind in Kind::ALL {
        let asks = !document::asked(kind.lifecycle()).is_empty();
        assert_eq!(held.contains(&kind), asks, "{kind:?}");
    }
}
