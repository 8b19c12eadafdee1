//! The picture of many sessions at once: how many of them stand where.

use super::{Sheet, arrow, edges, framed, nodes};
use crate::lifecycle::picture::{DrawnNode, Rectangle};
use crate::lifecycle::{Circumstances, Kind, Lifecycle, NodeId};
use crate::ui::components::phase::{phase_class, phase_word};
use crate::ui::platform;
use crate::ui::platform::element::{View, live, svg};
use crate::ui::state::{Call, Cell, Known, known};

/// Many sessions of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crowd {
    /// Whose rules they follow.
    pub work: Kind,
    /// What they have in common: the variant that is drawn.
    pub circumstances: Circumstances,
    /// How many stand in each node; those in which none does may be left out.
    pub counts: Vec<(NodeId, usize)>,
    /// The nodes that were chosen.
    pub chosen: Vec<NodeId>,
}

impl Crowd {
    fn count(&self, node: NodeId) -> usize {
        self.counts.iter().find(|(counted, _)| *counted == node).map_or(0, |(_, count)| *count)
    }
}

/// The diagram with a number in each node; `choose` is called with the node that is clicked.
pub fn crowd(many: Known<Crowd>, tall: Cell<bool>, choose: Call<NodeId>) -> View {
    let variant = known(move || many.with(|many| (many.work, many.circumstances)));
    let draw = move |sheet: &Sheet| {
        let boxes = sheet.drawing.nodes.iter().map(|drawn| node(sheet.work.lifecycle(), drawn, many, choose));
        svg("g")
            .class("crowd")
            .with(svg("defs").with(arrow("arrow-crowd")))
            .with(edges::plain(&sheet.drawing, "url(#arrow-crowd)"))
            .with(boxes.collect::<Vec<_>>())
            .done()
    };
    framed(variant, tall, ("How many stand where", 85), Box::new(draw))
}

fn node(lifecycle: &'static Lifecycle, drawn: &DrawnNode, many: Known<Crowd>, choose: Call<NodeId>) -> View {
    let id = drawn.node;
    let Some(told) = lifecycle.node(id) else { return View::none() };
    let count = known(move || many.with(|many| many.count(id)));
    let chosen = known(move || many.with(|many| many.chosen.contains(&id)));
    let class = live(move || {
        let filled = if count.get() > 0 { " filled" } else { "" };
        let pressed = if chosen.get() { " chosen" } else { "" };
        format!("node {}{filled}{pressed}", phase_class(Some(told.phase)))
    });
    let Rectangle { x, y, width, height } = drawn.rectangle;
    let text = nodes::text_lines(nodes::drawn_center(x, y, width, height), &drawn.lines, None);
    let number = live(move || Some(count.get()).filter(|count| *count > 0).map(|count| badge(x + width, y, count)));
    // Where nobody stands there is nothing to choose, unless it was chosen before.
    let offered = known(move || count.get() > 0 || chosen.get());
    svg("g")
        .class(class)
        .set("data-node", told.name)
        .set("role", "button")
        .set("tabindex", live(move || offered.get().then_some("0")))
        .set("aria-disabled", live(move || !offered.get()))
        .set("aria-pressed", chosen.live())
        .set("aria-label", live(move || format!("{}: {}", told.label, count.get())))
        .on("click", move |_| {
            if offered.get_untracked() {
                choose.run(id);
            }
        })
        .on("keydown", move |event| {
            if offered.get_untracked() && matches!(platform::key_of(&event).as_str(), "Enter" | " ") {
                event.prevent_default();
                choose.run(id);
            }
        })
        .with(svg("title").with(format!("{} ({}): {}", told.label, phase_word(Some(told.phase)), told.meaning)))
        .with(nodes::frame(x, y, width, height))
        .with(text)
        .with(nodes::mark(x, y, Some(told.phase)))
        .with(number)
        .done()
}

/// The number of those that stand in a node, on its upper right corner.
fn badge(right: i32, top: i32, count: usize) -> View {
    let text = count.to_string();
    let width = 10 + 8 * i32::try_from(text.len()).unwrap_or(1);
    let left = right - width + 8;
    let ground = svg("rect").set("x", left).set("y", top - 10).set("width", width).set("height", 20).set("rx", "10");
    svg("g")
        .class("badge")
        .with(ground)
        .with(svg("text").set("x", left + width / 2).set("y", top + 5).with(text))
        .done()
}
