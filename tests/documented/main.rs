//! What the vendor's papers say of each kind of work, kept by hand and apart from the tables, and the proof that
//! the lists are sharp: every documented row, derivation and effect of a table, deleted or led
//! elsewhere, is noticed.
//!
//! Sources: the REST API description 4.1 (texts of operations and states), the import guide; of data-protection
//! jobs the reference of the DFM server's API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod file_import;
mod group;
mod job;
mod metro;
mod migration;
mod mutation;
mod papers;
mod protection;
mod replication;
mod replication_nas;
mod volume;

use array_console::lifecycle::Kind;
use papers::Papers;

const ALL: [Papers; Kind::ALL.len()] = [
    volume::PAPERS,
    group::PAPERS,
    replication::PAPERS,
    replication_nas::PAPERS,
    file_import::PAPERS,
    migration::PAPERS,
    job::PAPERS,
    metro::PAPERS,
    protection::JOB,
    protection::PROGRESS,
    protection::ENTRY,
];

#[test]
fn every_kind_has_its_papers() {
    assert_eq!(ALL.map(|papers| papers.table.kind), Kind::ALL);
}

#[test]
fn the_tables_say_what_the_papers_say() {
    for papers in ALL {
        assert_eq!(papers.contradiction(papers.table), None, "{:?}", papers.table.kind);
    }
}

#[test]
fn the_tables_have_exactly_the_states_of_the_papers() {
    for papers in ALL {
        let mut found: Vec<&str> = papers.table.nodes.iter().map(|node| node.name).collect();
        let mut wanted = papers.states.to_vec();
        wanted.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, wanted);
    }
}

#[test]
fn together_the_tables_of_imports_have_every_state_of_the_vendors_enumeration() {
    let imports = [volume::PAPERS, group::PAPERS];
    let mut names: Vec<&str> = imports.iter().flat_map(|papers| papers.table.nodes).map(|node| node.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 21);
}

#[test]
fn every_documented_row_derivation_and_effect_deleted_or_led_elsewhere_is_noticed() {
    for papers in ALL {
        let (mut tried, mut survivors) = (0, Vec::new());
        for (how, table) in mutation::mutants(papers.table) {
            tried += 1;
            if papers.contradiction(&table).is_none() {
                survivors.push(how);
            }
        }
        println!("{:?}: mutants tried: {tried}, survivors: {}", papers.table.kind, survivors.len());
        assert!(tried > papers.mutants, "only {tried} mutants");
        assert_eq!(survivors, Vec::<String>::new());
    }
}
