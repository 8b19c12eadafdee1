//! What must hold of every table, whatever it says.

use super::*;

fn targets(outcome: Outcome) -> Vec<NodeId> {
    match outcome {
        Outcome::Node(node) => vec![node],
        Outcome::OneOf(nodes) => nodes.to_vec(),
        _ => Vec::new(),
    }
}

fn each_table(check: impl Fn(&'static Lifecycle)) {
    for kind in Kind::ALL {
        check(kind.lifecycle());
    }
}

#[test]
fn names_are_unique_and_found_again() {
    each_table(|table| {
        for (id, node) in table.nodes_with_ids() {
            assert_eq!(table.node_named(node.name), Some(id));
        }
        for (id, action) in table.actions_with_ids() {
            assert_eq!(table.action_named(action.name), Some(id));
        }
        for (index, event) in table.events.iter().enumerate() {
            assert_eq!(table.event_named(event.name).map(|id| usize::from(id.0)), Some(index));
        }
    });
}

#[test]
fn an_action_has_the_same_name_and_verb_in_every_table() {
    for (id, action) in import_volume::IMPORT_VOLUME.actions_with_ids() {
        let of_group = import_group::IMPORT_GROUP.action(id).unwrap();
        assert_eq!((of_group.name, of_group.verb), (action.name, action.verb));
    }
}

#[test]
fn every_state_can_be_reached_and_left() {
    each_table(|table| {
        let mut reached: Vec<NodeId> = Vec::new();
        let starts = table.transitions.iter().filter(|row| row.from == Origin::Nothing);
        let mut fresh: Vec<NodeId> = starts.flat_map(|row| targets(row.outcome)).collect();
        while let Some(node) = fresh.pop() {
            if !reached.contains(&node) {
                reached.push(node);
                let rows = table.transitions.iter().filter(|row| row.from.contains(Some(node)));
                fresh.extend(rows.flat_map(|row| targets(row.outcome)));
            }
        }
        for (id, node) in table.nodes_with_ids() {
            assert!(reached.contains(&id), "{} cannot be reached", node.name);
            let leaves = |row: &&Transition| {
                row.from.contains(Some(id))
                    && (matches!(row.outcome, Outcome::Gone | Outcome::NodeBefore)
                        || targets(row.outcome).iter().any(|to| *to != id))
            };
            assert!(table.transitions.iter().any(|row| leaves(&row)), "{} is a dead end", node.name);
        }
    });
}

#[test]
fn every_event_has_a_row_and_so_has_every_action_unless_it_is_always_refused() {
    each_table(|table| {
        for (index, event) in table.events.iter().enumerate() {
            let trigger = Trigger::Event(EventId(u8::try_from(index).unwrap()));
            assert!(table.transitions.iter().any(|row| row.trigger == trigger), "{}", event.name);
        }
        for (id, action) in table.actions_with_ids() {
            let has_row = table.transitions.iter().any(|row| row.trigger == Trigger::Action(id));
            let never = match table.kind {
                // A group copies through its members alone.
                Kind::ImportGroup => matches!(action.name, "enable_destination_volume" | "start_copy" | "pause"),
                // For asynchronous replication alone.
                Kind::Metro => matches!(
                    action.name,
                    "sync" | "failover" | "reprotect" | "start_failover_test" | "stop_failover_test"
                ),
                Kind::ReplicationNas => matches!(action.name, "start_failover_test" | "stop_failover_test"),
                _ => false,
            };
            assert_eq!(has_row, !never, "{:?}: {}", table.kind, action.name);
        }
    });
}

#[test]
fn what_is_handed_on_and_what_is_derived_exists_in_the_tables_it_speaks_of() {
    each_table(|table| {
        let members = table.members.map(Kind::lifecycle);
        for effect in table.transitions.iter().flat_map(|row| row.effects) {
            if let Effect::Members(trigger) = effect {
                let of_member = members.unwrap().transitions.iter();
                assert!(of_member.clone().any(|row| row.trigger == *trigger), "{trigger:?}");
            }
        }
        for derivation in table.derivations {
            let trigger = Trigger::Event(derivation.event);
            assert!(table.transitions.iter().any(|row| row.trigger == trigger), "{trigger:?}");
            for condition in derivation.when {
                let (Members::Every(nodes) | Members::Any(nodes) | Members::None(nodes)) = condition;
                assert!(nodes.iter().all(|node| members.unwrap().node(*node).is_some()), "{condition:?}");
            }
        }
    });
}

#[test]
fn actions_say_everything_that_a_dialog_needs() {
    each_table(|table| {
        for action in table.actions {
            for text in [action.label, action.changes, action.host_access, action.written_meanwhile, action.afterwards]
            {
                assert!(!text.is_empty(), "{}", action.name);
            }
            let irreversible = action.danger == Danger::Irreversible;
            assert!(
                !irreversible || action.cannot_be_undone.is_some(),
                "{} must say what cannot be undone",
                action.name
            );
            assert!(action.short.split(' ').all(|line| line.len() <= 12));
            assert!(action.verb != Verb::Act || action.elsewhere.sentence.ends_with('.'));
        }
    });
}
