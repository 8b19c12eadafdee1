//! Every state of the tables is reached through the public API and the control door alone, and the console
//! shows it: by a volume that is imported alone, by a volume of a consistency group, and by the group.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod console;

use std::collections::BTreeSet;

use array_console::lifecycle::import_group::IMPORT_GROUP;
use array_console::lifecycle::import_volume::IMPORT_VOLUME;
use array_console::operation::Event;
use array_console::wire::powerstore::Resource;
use console::ARRAY;
use console::imports::{self, GROUP, MEMBER, VOLUME, Ways, Who};
use serde_json::json;

fn reach(who: Who, state: &str, steps: &[&str]) {
    let (mut console, id) = imports::reach(who, steps, json!({}));
    assert_eq!(console.true_state(&id).as_deref(), Some(state), "{steps:?} on {ARRAY}");
    console.open_and_log_in();
    console.hear(Event::Watch(Some((Resource::Import, id.clone()))));
    assert_eq!(console.rows[&id].state.as_deref(), Some(state), "the console shows it");
}

#[test]
fn every_state_is_reached_and_shown() {
    let states = |ways: Ways| ways.iter().map(|(state, _)| *state).collect::<BTreeSet<_>>();
    let names = |nodes: &[array_console::lifecycle::Node]| nodes.iter().map(|node| node.name).collect::<BTreeSet<_>>();
    let (volume, group) = (names(IMPORT_VOLUME.nodes), names(IMPORT_GROUP.nodes));
    assert_eq!(states(MEMBER), volume, "a way to every state, and to nothing else");
    let of_members: BTreeSet<&str> = volume.difference(&states(VOLUME)).copied().collect();
    assert_eq!(of_members, BTreeSet::from(["Cancel_Failed", "Cleanup_Failed"]), "no other is a member's alone");
    assert_eq!(states(GROUP), group);
    assert_eq!(volume.union(&group).count(), 21, "all of the vendor's");
    for (who, ways) in [(Who::Volume, VOLUME), (Who::Member, MEMBER), (Who::Group, GROUP)] {
        for (state, steps) in ways {
            reach(who, state, steps);
        }
    }
}
