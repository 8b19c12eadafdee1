//! The edges of the diagram: quiet ones below, lively ones above.

use leptos::prelude::*;

use super::Figure;
use super::next::{node_label, trigger_label};
use crate::lifecycle::picture::{Drawing, DrawnEdge, Rectangle};
use crate::lifecycle::{ActionId, NodeId, Trigger, Verdict};
use crate::ui::components::verdict::reason;

/// Every edge, quietly.
pub fn quiet(drawing: &Drawing) -> AnyView {
    let edges = drawing.edges.iter().map(|edge| {
        let class = if edge_actions(edge).is_empty() { "edge event" } else { "edge action" };
        view! {
            <g class=class>
                <path class="line" d=edge.path() marker-end="url(#arrow-quiet)"></path>
                {label(edge)}
            </g>
        }
        .into_any()
    });
    view! { <g class="quiet" aria-hidden="true">{edges.collect::<Vec<_>>()}</g> }.into_any()
}

/// Why an edge stands out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Life {
    /// The session went this way.
    Taken,
    /// The array may go this way by itself.
    Event,
    /// A person may ask for it.
    Action,
}

/// The edges that matter now.
pub fn lively(drawing: &Drawing, figure: Memo<Figure>, act: Callback<ActionId>) -> AnyView {
    let edges = StoredValue::new(drawing.edges.clone());
    let lives = Memo::new(move |_| {
        figure.with(|figure| {
            let here = figure.node();
            edges.with_value(|edges| {
                let mut lives: Vec<(Life, NodeId, NodeId)> = Vec::new();
                for edge in edges {
                    if figure.has_taken(edge.from, edge.to) {
                        lives.push((Life::Taken, edge.from, edge.to));
                    }
                    if here == Some(edge.from) {
                        let life = if edge_actions(edge).is_empty() { Life::Event } else { Life::Action };
                        lives.push((life, edge.from, edge.to));
                    }
                }
                // What can be clicked lies on top.
                lives.sort_unstable();
                lives
            })
        })
    });
    let draw = move |(life, from, to): (Life, NodeId, NodeId)| {
        let edge = edges.with_value(|edges| edges.iter().find(|edge| edge.from == from && edge.to == to).cloned());
        edge.map(|edge| match life {
            Life::Taken => {
                view! { <path class="line taken" d=edge.path() marker-end="url(#arrow-taken)"></path> }.into_any()
            }
            Life::Event => event(&edge),
            Life::Action => action(&edge, figure, act),
        })
    };
    view! { <g class="lively"><For each=move || lives.get() key=|life| *life children=draw /></g> }.into_any()
}

fn event(edge: &DrawnEdge) -> AnyView {
    let names: Vec<&str> = edge.triggers.iter().map(|trigger| trigger_label(*trigger)).collect();
    view! {
        <g class="edge event next">
            <title>{format!("{}: leads to {}", names.join(", or "), node_label(edge.to))}</title>
            <path class="line" d=edge.path() marker-end="url(#arrow-next)"></path>
        </g>
    }
    .into_any()
}

fn action(edge: &DrawnEdge, figure: Memo<Figure>, act: Callback<ActionId>) -> AnyView {
    let Some(id) = edge_actions(edge).first().copied() else { return ().into_any() };
    let to = edge.to;
    let refusal = Memo::new(move |_| figure.with(|figure| refusal(figure, id)));
    let name = move || {
        let base = format!("{}: leads to {}", trigger_label(Trigger::Action(id)), node_label(to));
        match refusal.get() {
            Some(why) => format!("{base}. Not now: {why}"),
            None => base,
        }
    };
    let press = move || {
        if refusal.with_untracked(Option::is_none) {
            act.run(id);
        }
    };
    let class = move || if refusal.with(Option::is_some) { "edge action next refused" } else { "edge action next" };
    let disabled = move || if refusal.with(Option::is_some) { "true" } else { "false" };
    view! {
        <g
            class=class
            role="button"
            tabindex="0"
            aria-label=name
            aria-disabled=disabled
            on:click=move |_| press()
            on:keydown=move |event| {
                if matches!(event.key().as_str(), "Enter" | " ") {
                    event.prevent_default();
                    press();
                }
            }
        >
            <title>{name}</title>
            <path class="touch" d=edge.path()></path>
            <path class="line" d=edge.path() marker-end="url(#arrow-action)"></path>
            {label(edge)}
        </g>
    }
    .into_any()
}

fn refusal(figure: &Figure, action: ActionId) -> Option<String> {
    if let Some(held) = figure.held {
        return Some(held.to_owned());
    }
    match figure.verdict(action) {
        Some(verdict @ Verdict::Refused(_)) => reason(&verdict),
        _ => None,
    }
}

fn label(edge: &DrawnEdge) -> AnyView {
    let Some((lines, Rectangle { x, y, width, height })) = edge.label.clone() else { return ().into_any() };
    let texts: Vec<AnyView> = lines
        .iter()
        .zip(1..)
        .map(|(line, number)| {
            view! { <text class="edge-label" x=x + 1 y=y + number * 12 - 3>{*line}</text> }.into_any()
        })
        .collect();
    view! {
        <g class="edge-text">
            <rect class="edge-ground" x=x y=y width=width height=height rx="2"></rect>
            {texts}
        </g>
    }
    .into_any()
}

fn edge_actions(edge: &DrawnEdge) -> Vec<ActionId> {
    edge.triggers
        .iter()
        .filter_map(|trigger| match trigger {
            Trigger::Action(action) => Some(*action),
            Trigger::Event(_) => None,
        })
        .collect()
}
