//! What the vendor's papers say of each kind of work, kept by hand and apart from the tables, and the proof that
//! the lists are sharp: every documented row, derivation and effect of a table, deleted or led
//! elsewhere, is noticed.
//!
//! Sources: the REST API description 4.1 (texts of operations and states), the import guide.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod group;
mod metro;
mod mutation;
mod papers;
mod volume;

use array_console::lifecycle::Kind;
use papers::Papers;

const ALL: [Papers; 3] = [volume::PAPERS, group::PAPERS, metro::PAPERS];

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
fn together_the_tables_have_every_state_of_the_vendors_enumeration() {
    let of = |kinds: &[Kind]| {
        let mut names: Vec<&str> = kinds.iter().flat_map(|kind| kind.lifecycle().nodes).map(|node| node.name).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    };
    assert_eq!(of(&[Kind::ImportVolume, Kind::ImportGroup]), 21);
}

#[test]
fn every_documented_row_derivation_and_effect_deleted_or_led_elsewhere_is_noticed() {
    for (papers, least) in ALL.into_iter().zip([1_000, 1_000, 900]) {
        let (mut tried, mut survivors) = (0, Vec::new());
        for (how, table) in mutation::mutants(papers.table) {
            tried += 1;
            if papers.contradiction(&table).is_none() {
                survivors.push(how);
            }
        }
        println!("{:?}: mutants tried: {tried}, survivors: {}", papers.table.kind, survivors.len());
        assert!(tried > least, "only {tried} mutants");
        assert_eq!(survivors, Vec::<String>::new());
    }
}
