//! The edges of the diagram: quiet ones below, lively ones above.

use super::Figure;
use super::next::{node_label, trigger_label};
use crate::lifecycle::picture::{Drawing, DrawnEdge, Rectangle};
use crate::lifecycle::{ActionId, Lifecycle, Trigger, Verdict};
use crate::ui::components::verdict::reason;
use crate::ui::platform;
use crate::ui::platform::element::{View, keyed, live, svg};
use crate::ui::state::{Call, Known, held, known};

/// Every edge, quietly.
pub fn quiet(drawing: &Drawing) -> View {
    let edges = drawing.edges.iter().map(|edge| {
        let class = if edge_actions(edge).is_empty() { "edge event" } else { "edge action" };
        svg("g")
            .class(class)
            .with(svg("path").class("line").set("d", edge.path()).set("marker-end", "url(#arrow-quiet)"))
            .with(label(edge))
            .done()
    });
    svg("g").class("quiet").set("aria-hidden", "true").with(edges.collect::<Vec<_>>()).done()
}

/// Every edge without a word: for a picture in which nothing can be asked for.
pub fn plain(drawing: &Drawing, arrow: &'static str) -> View {
    let line = |edge: &DrawnEdge| svg("path").class("line").set("d", edge.path()).set("marker-end", arrow).done();
    svg("g").class("quiet").set("aria-hidden", "true").with(drawing.edges.iter().map(line).collect::<Vec<_>>()).done()
}

/// The session went this way.
const TAKEN: &str = "taken";
/// The array may go this way by itself.
const EVENT: &str = "event";

/// The edges that matter now.
pub fn lively(lifecycle: &'static Lifecycle, drawing: &Drawing, figure: Known<Figure>, act: Call<ActionId>) -> View {
    let edges = held(drawing.edges.clone());
    // Why each lively edge is one, and its place; what can be clicked lies on top.
    let lives = known(move || {
        figure.with(|figure| {
            let here = figure.node();
            let (mut taken, mut by_itself, mut asked_for) = (Vec::new(), Vec::new(), Vec::new());
            edges.with(|edges| {
                for (place, edge) in edges.iter().enumerate() {
                    if figure.has_taken(edge.from, edge.to) {
                        taken.push(format!("{TAKEN} {place}"));
                    }
                    if here == Some(edge.from) && edge_actions(edge).is_empty() {
                        by_itself.push(format!("{EVENT} {place}"));
                    } else if here == Some(edge.from) {
                        asked_for.push(format!("action {place}"));
                    }
                }
            });
            taken.append(&mut by_itself);
            taken.append(&mut asked_for);
            taken
        })
    });
    let draw = move |name: &str| {
        let place: Option<usize> = name.split(' ').nth(1).and_then(|place| place.parse().ok());
        let edge = edges.with(|edges| edges.get(place?).cloned());
        let Some(edge) = edge else { return View::none() };
        if name.starts_with(TAKEN) {
            svg("path").class("line taken").set("d", edge.path()).set("marker-end", "url(#arrow-taken)").done()
        } else if name.starts_with(EVENT) {
            event(lifecycle, &edge)
        } else {
            action(lifecycle, &edge, figure, act)
        }
    };
    svg("g").class("lively").with(keyed(move || lives.get(), draw)).done()
}

fn event(lifecycle: &Lifecycle, edge: &DrawnEdge) -> View {
    let names: Vec<&str> = edge.triggers.iter().map(|trigger| trigger_label(lifecycle, *trigger)).collect();
    svg("g")
        .class("edge event next")
        .with(svg("title").with(format!("{}: leads to {}", names.join(", or "), node_label(lifecycle, edge.to))))
        .with(svg("path").class("line").set("d", edge.path()).set("marker-end", "url(#arrow-next)"))
        .done()
}

fn action(lifecycle: &'static Lifecycle, edge: &DrawnEdge, figure: Known<Figure>, act: Call<ActionId>) -> View {
    let Some(id) = edge_actions(edge).first().copied() else { return View::none() };
    let to = edge.to;
    let refusal = known(move || figure.with(|figure| refusal(figure, id)));
    let name = known(move || {
        let base = format!("{}: leads to {}", trigger_label(lifecycle, Trigger::Action(id)), node_label(lifecycle, to));
        match refusal.get() {
            Some(why) => format!("{base}. Not now: {why}"),
            None => base,
        }
    });
    let press = move || {
        if refusal.with_untracked(Option::is_none) {
            act.run(id);
        }
    };
    let class =
        live(move || if refusal.with(Option::is_some) { "edge action next refused" } else { "edge action next" });
    let disabled = live(move || refusal.with(Option::is_some));
    svg("g")
        .class(class)
        .set("role", "button")
        .set("tabindex", "0")
        .set("aria-label", name.live())
        .set("aria-disabled", disabled)
        .on("click", move |_| press())
        .on("keydown", move |event| {
            if matches!(platform::key_of(&event).as_str(), "Enter" | " ") {
                event.prevent_default();
                press();
            }
        })
        .with(svg("title").with(name.live()))
        .with(svg("path").class("touch").set("d", edge.path()))
        .with(svg("path").class("line").set("d", edge.path()).set("marker-end", "url(#arrow-action)"))
        .with(label(edge))
        .done()
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

fn label(edge: &DrawnEdge) -> View {
    let Some((lines, Rectangle { x, y, width, height })) = edge.label.clone() else { return View::none() };
    let texts: Vec<View> = lines
        .iter()
        .zip(1..)
        .map(|(line, number)| {
            svg("text").class("edge-label").set("x", x + 1).set("y", y + number * 12 - 3).with(*line).done()
        })
        .collect();
    svg("g")
        .class("edge-text")
        .with(
            svg("rect")
                .class("edge-ground")
                .set("x", x)
                .set("y", y)
                .set("width", width)
                .set("height", height)
                .set("rx", "2"),
        )
        .with(texts)
        .done()
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
