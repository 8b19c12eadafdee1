//! Which words there are: read from the lifecycles, so that a slip of the pen is found before the story is told.

use crate::lifecycle::{Kind as Work, Lifecycle};
pub use crate::simulator::replication::OBJECTIVES;
use crate::wire::powerstore::Resource;

/// What a replication's end shows besides its state.
pub const ENDS: [&str; 9] = [
    "Source",
    "Destination",
    "Metro_Preferred",
    "Metro_Non_Preferred",
    "System_Defined",
    "Promoted",
    "Demoted",
    "System_Promoted",
    "System_Demoted",
];
/// What the end says on which a failover test runs.
pub const TEST: &str = "failover_test_in_progress";
/// What a session is that is not there.
pub const GONE: &str = "gone";
/// An event that is none of a job: somebody asks for one.
pub const REQUESTED: &str = "requested";

/// The tables by which sessions of a collection go.
fn tables(resource: Resource) -> impl Iterator<Item = &'static Lifecycle> {
    let works: &[Work] = match resource {
        Resource::Import => &[Work::ImportVolume, Work::ImportGroup],
        Resource::Replication => &[Work::Replication, Work::ReplicationNas, Work::Metro],
        Resource::FileImport => &[Work::FileImport],
        Resource::Migration => &[Work::Migration],
        Resource::Job => &[Work::Job],
        Resource::ProtectionJob => &[Work::ProtectionJob, Work::ProtectionProgress],
    };
    works.iter().map(|work| work.lifecycle())
}

fn is_node(resource: Resource, word: &str) -> bool {
    tables(resource).any(|table| table.node_named(word).is_some())
}

/// True for a word that a session of the collection can be described with.
pub fn is_state(resource: Resource, word: &str) -> bool {
    let of_both = |(state, progress)| is_node(resource, state) && is_node(resource, progress);
    let of_end = ENDS.contains(&word) || word == TEST;
    word == GONE
        || is_node(resource, word)
        || resource == Resource::Replication && of_end
        || resource == Resource::ProtectionJob && word.split_once('/').is_some_and(of_both)
}

/// True for an action that can be asked of a session of the collection.
pub fn is_action(resource: Resource, word: &str) -> bool {
    match resource {
        Resource::ProtectionJob => ["abort", "create"].contains(&word),
        _ => tables(resource).any(|table| table.action_named(word).is_some()),
    }
}

/// True for an event that can happen to a session of the collection.
pub fn is_event(resource: Resource, word: &str) -> bool {
    let asked = resource == Resource::ProtectionJob && word == REQUESTED;
    asked || tables(resource).any(|table| table.event_named(word).is_some())
}

/// The states of the collection, for a sentence.
pub fn states(resource: Resource) -> String {
    let mut names: Vec<&str> = Vec::new();
    for node in tables(resource).flat_map(|table| table.nodes) {
        if !names.contains(&node.name) {
            names.push(node.name);
        }
    }
    names.join(", ")
}
