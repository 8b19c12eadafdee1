//! The boxes of the diagram.

use super::Figure;
use crate::lifecycle::picture::{Drawing, DrawnNode, Rectangle};
use crate::lifecycle::{Lifecycle, NodeId, Phase};
use crate::ui::components::phase::{mark_path, phase_class, phase_word};
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, live, svg};
use crate::ui::state::{Known, known};

/// The height of a line of a box's text, in the picture's units.
const LINE: i32 = 12;

/// The boxes of the states that the table knows.
pub fn boxes(lifecycle: &'static Lifecycle, drawing: &Drawing, figure: Known<Figure>) -> Vec<View> {
    drawing.nodes.iter().map(|drawn| node(lifecycle, drawn, figure)).collect()
}

fn node(lifecycle: &'static Lifecycle, drawn: &DrawnNode, figure: Known<Figure>) -> View {
    let id = drawn.node;
    let phase = lifecycle.node(id).map(|node| node.phase);
    let entered = known(move || figure.with(|figure| figure.entered(id)));
    let is_here = known(move || figure.with(|figure| figure.node() == Some(id)));
    let other = known(move || {
        figure.with(|figure| figure.other.as_ref().filter(|(_, node)| *node == id).map(|(array, _)| array.clone()))
    });
    let class = live(move || {
        let here = if is_here.get() { " here" } else { "" };
        let seen = if entered.get().is_some() { " seen" } else { "" };
        let elsewhere = if other.with(Option::is_some) { " elsewhere" } else { "" };
        format!("node {}{here}{seen}{elsewhere}", phase_class(phase))
    });
    let tip = live(move || describe(lifecycle, id, is_here.get(), entered.get(), other.get()));
    let Rectangle { x, y, width, height } = drawn.rectangle;
    let lines = drawn.lines.clone();
    let text = live(move || {
        let time = entered.get().map(platform::time_of_day);
        let small = match (time, other.get()) {
            (Some(time), Some(array)) => Some(format!("{time} · {array}")),
            (time, array) => time.or(array),
        };
        text_lines(drawn_center(x, y, width, height), &lines, small)
    });
    svg("g")
        .class(class)
        .set("data-node", lifecycle.node(id).map_or("", |node| node.name))
        .with(svg("title").with(tip))
        .with(frame(x, y, width, height))
        .with(text)
        .with(mark(x, y, phase))
        .done()
}

/// The box of a state that no table knows, in a corner where nothing else stands.
pub fn unknown(drawing: &Drawing, figure: Known<Figure>) -> View {
    let corner = free_corner(drawing);
    let raw = known(move || figure.with(|figure| if figure.node().is_some() { None } else { figure.state.clone() }));
    let shown = live(move || {
        let name = raw.get()?;
        let Rectangle { x, y, width, height } = corner;
        let lines: Vec<String> = wrapped(&name, 16);
        Some(
            svg("g")
                .class("node here phase-unknown")
                .set("data-node", name.clone())
                .with(
                    svg("title").with(format!("{name}: a state that this console does not know. The session is here.")),
                )
                .with(frame(x, y, width, height))
                .with(text_lines(drawn_center(x, y, width, height), &lines, None))
                .with(mark(x, y, None))
                .done(),
        )
    });
    shown.view()
}

/// The box of a node, and the halo that shows where the session is.
pub(super) fn frame(x: i32, y: i32, width: i32, height: i32) -> View {
    let rectangle = |class: &str, out: i32, radius: &str| {
        svg("rect")
            .class(class)
            .set("x", x - out)
            .set("y", y - out)
            .set("width", width + 2 * out)
            .set("height", height + 2 * out)
            .set("rx", radius)
            .done()
    };
    vec![rectangle("halo", 4, "9"), rectangle("box", 0, "6")].view()
}

pub(super) fn mark(x: i32, y: i32, phase: Option<Phase>) -> View {
    svg("g")
        .class("node-mark")
        .set("transform", format!("translate({} {})", x - 10, y - 9))
        .with(svg("circle").set("cx", "8").set("cy", "8").set("r", "9.5"))
        .with(
            svg("path")
                .set("fill-rule", "evenodd")
                .set("transform", "translate(2.4 2.4) scale(0.7)")
                .set("d", mark_path(phase)),
        )
        .done()
}

pub(super) fn text_lines((x, y): (i32, i32), lines: &[String], time: Option<String>) -> Vec<View> {
    let count = i32::try_from(lines.len()).unwrap_or(0) + i32::from(time.is_some());
    let first = y - (count - 1) * LINE / 2 + 4;
    let mut at = first - LINE;
    let mut views: Vec<View> = Vec::new();
    for line in lines {
        at += LINE;
        views.push(svg("text").class("node-label").set("x", x).set("y", at).with(line.clone()).done());
    }
    if let Some(time) = time {
        at += LINE;
        views.push(svg("text").class("node-time").set("x", x).set("y", at).with(time).done());
    }
    views
}

pub(super) fn drawn_center(x: i32, y: i32, width: i32, height: i32) -> (i32, i32) {
    (x + width / 2, y + height / 2)
}

fn describe(lifecycle: &Lifecycle, id: NodeId, here: bool, entered: Option<i64>, other: Option<String>) -> String {
    let Some(node) = lifecycle.node(id) else { return String::new() };
    let seen = entered.map_or_else(String::new, |at| format!(" Seen since {}.", platform::date_and_time(at)));
    let is_here = if here { " The session is here." } else { "" };
    let other = other.map_or_else(String::new, |array| format!(" The end on {array} is here."));
    format!("{} ({}): {}{is_here}{seen}{other}", node.label, phase_word(Some(node.phase)), node.meaning)
}

/// A name from the wire, broken at its underscores.
fn wrapped(name: &str, characters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_inclusive('_') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() <= characters => line.push_str(word),
            _ => lines.push(word.chars().take(characters).collect()),
        }
    }
    lines.truncate(3);
    lines
}

/// A corner of the picture where no box stands.
fn free_corner(drawing: &Drawing) -> Rectangle {
    let (width, height) = drawing.nodes.first().map_or((110, 50), |node| (node.rectangle.width, node.rectangle.height));
    let left = drawing.nodes.iter().map(|node| node.rectangle.x).min().unwrap_or(0);
    let top = drawing.nodes.iter().map(|node| node.rectangle.y).min().unwrap_or(0);
    let right = drawing.width - left - width;
    let bottom = drawing.height - top - height;
    let corners = [(right, top), (left, bottom), (right, bottom), (left, top)];
    let free = corners
        .into_iter()
        .map(|(x, y)| Rectangle { x, y, width, height })
        .find(|rectangle| !drawing.nodes.iter().any(|node| node.rectangle.overlaps(rectangle)));
    free.unwrap_or(Rectangle { x: right, y: top, width, height })
}
