//! Every documented row, derivation and effect of a table, spoilt in every way.

use array_console::lifecycle::{
    ActionId, Derivation, Effect, EventId, Kind, Lifecycle, NodeId, Origin, Outcome, Transition, Trigger,
};

/// What was done, and the table after it.
type Mutant = (String, Lifecycle);

/// Every mutant of `table`.
pub fn mutants(table: &'static Lifecycle) -> Vec<Mutant> {
    let mut all = of_rows(table);
    all.extend(of_effects(table));
    all.extend(of_derivations(table));
    all
}

fn with_rows(table: &Lifecycle, rows: Vec<Transition>) -> Lifecycle {
    Lifecycle { transitions: rows.leak(), ..*table }
}

/// The row without one of its states before; `None` when nothing is left of it.
fn without(row: &Transition, node: Option<NodeId>) -> Option<Transition> {
    match (row.from, node) {
        (Origin::Nodes(nodes), Some(node)) => {
            let rest: Vec<NodeId> = nodes.iter().copied().filter(|other| *other != node).collect();
            (!rest.is_empty()).then(|| Transition { from: Origin::Nodes(rest.leak()), ..*row })
        }
        _ => None,
    }
}

/// The rows that rest on a paper, with their places in the table.
fn documented(table: &'static Lifecycle) -> impl Iterator<Item = (usize, &'static Transition)> {
    table.transitions.iter().enumerate().filter(|(_, row)| row.evidence.touches_documents())
}

/// Each row, for each of its states before, deleted and led to every other state.
fn of_rows(table: &'static Lifecycle) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (index, row) in documented(table) {
        let places: Vec<Option<NodeId>> = match row.from {
            Origin::Nothing => vec![None],
            Origin::Nodes(nodes) => nodes.iter().copied().map(Some).collect(),
        };
        for place in places {
            let what = format!("{:?} from {place:?}", row.trigger);
            let mut rows = table.transitions.to_vec();
            rows.splice(index..=index, without(row, place));
            mutants.push((format!("{what} deleted"), with_rows(table, rows.clone())));
            for (to, node) in table.nodes_with_ids().filter(|(to, _)| row.outcome != Outcome::Node(*to)) {
                let from = place.map_or(Origin::Nothing, |node| Origin::Nodes(vec![node].leak()));
                let mut redirected = rows.clone();
                redirected.insert(index, Transition { from, outcome: Outcome::Node(to), ..*row });
                mutants.push((format!("{what} led to {}", node.name), with_rows(table, redirected)));
            }
        }
    }
    mutants
}

/// Everything that can be asked of a member or happen to it.
fn triggers(kind: Kind) -> impl Iterator<Item = Trigger> {
    let table = kind.lifecycle();
    let actions = (0u8..).map(ActionId).map(Trigger::Action).take(table.actions.len());
    actions.chain((0u8..).map(EventId).map(Trigger::Event).take(table.events.len()))
}

/// What each row hands on to the members, kept from them and replaced by everything else.
fn of_effects(table: &'static Lifecycle) -> Vec<Mutant> {
    let Some(members) = table.members else { return Vec::new() };
    let mut mutants = Vec::new();
    for (index, row) in documented(table) {
        for (place, effect) in row.effects.iter().enumerate() {
            let Effect::Members(handed_on) = effect else { continue };
            let others = triggers(members).filter(|trigger| trigger != handed_on).map(Some);
            for instead in others.chain([None]) {
                let mut effects = row.effects.to_vec();
                effects.splice(place..=place, instead.map(Effect::Members));
                let mut rows = table.transitions.to_vec();
                rows[index].effects = effects.leak();
                let how = format!("{:?} hands on {instead:?} for {handed_on:?}", row.trigger);
                mutants.push((how, with_rows(table, rows)));
            }
        }
    }
    mutants
}

/// Each derivation of a documented event deleted, made another event, and without each of its conditions.
fn of_derivations(table: &'static Lifecycle) -> Vec<Mutant> {
    let rests_on_paper = |event| documented(table).any(|(_, row)| row.trigger == Trigger::Event(event));
    let mut mutants = Vec::new();
    for (index, derivation) in table.derivations.iter().enumerate() {
        if !rests_on_paper(derivation.event) {
            continue;
        }
        let mut spoil = |how: String, instead: Option<Derivation>| {
            let mut derivations = table.derivations.to_vec();
            derivations.splice(index..=index, instead);
            mutants.push((how, Lifecycle { derivations: derivations.leak(), ..*table }));
        };
        let name = table.event(derivation.event).unwrap().name;
        spoil(format!("{name} never follows"), None);
        for other in (0u8..).map(EventId).take(table.events.len()).filter(|other| *other != derivation.event) {
            let event = table.event(other).unwrap().name;
            spoil(format!("{event} follows for {name}"), Some(Derivation { event: other, ..*derivation }));
        }
        for condition in 0..derivation.when.len() {
            let mut when = derivation.when.to_vec();
            when.remove(condition);
            let how = format!("{name} follows without condition {condition}");
            spoil(how, Some(Derivation { when: when.leak(), ..*derivation }));
        }
    }
    mutants
}
