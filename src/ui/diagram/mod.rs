//! The state diagram of one session, and the same as lists; and the picture of many sessions at once.
//!
//! Geometry and rules come from [`crate::lifecycle`]; here they become SVG. All edges are drawn once and
//! quietly; over them stand the ones that matter now: the path that was taken and the ways that lead on.

mod crowd;
mod edges;
mod figure;
mod next;
mod nodes;

pub use crowd::{Crowd, crowd};
pub use figure::Figure;
pub use next::{NextStep, next_steps};

use leptos::prelude::untrack;

use crate::lifecycle::picture::{Drawing, Orientation, draw};
use crate::lifecycle::{ActionId, Circumstances, Kind};
use crate::ui::platform::element::{View, el, live, svg};
use crate::ui::state::{Call, Cell, Known, known};

/// What is drawn once for a variant.
#[derive(Clone, PartialEq)]
struct Sheet {
    work: Kind,
    drawing: Drawing,
}

/// The picture of where the session is, what it did and what it may do; `tall` for phones. `act` is called
/// with the action of an edge that is clicked.
pub fn diagram(figure: Known<Figure>, tall: Cell<bool>, act: Call<ActionId>) -> View {
    diagram_named(figure, tall, act, "State diagram")
}

/// The same by another name, where several stand on one page.
pub fn diagram_named(figure: Known<Figure>, tall: Cell<bool>, act: Call<ActionId>, name: &'static str) -> View {
    let variant = known(move || figure.with(|figure| (figure.work, figure.circumstances)));
    let draw = move |sheet: &Sheet| {
        svg("g")
            .with(svg("desc").with(live(move || figure.with(Figure::sentence))))
            .with(
                svg("defs")
                    .with(arrow("arrow-quiet"))
                    .with(arrow("arrow-taken"))
                    .with(arrow("arrow-next"))
                    .with(arrow("arrow-action")),
            )
            .with(edges::quiet(&sheet.drawing))
            .with(edges::lively(sheet.work.lifecycle(), &sheet.drawing, figure, act))
            .with(nodes::boxes(sheet.work.lifecycle(), &sheet.drawing, figure))
            .with(nodes::unknown(&sheet.drawing, figure))
            .done()
    };
    framed(variant, tall, (name, 125), Box::new(draw))
}

/// A drawing in its frame, with a name for those who listen, and at most so many percent of its own size.
fn framed(
    variant: Known<(Kind, Circumstances)>,
    tall: Cell<bool>,
    (name, most): (&'static str, i32),
    inside: Box<dyn Fn(&Sheet) -> View>,
) -> View {
    let sheet = known(move || {
        let (work, circumstances) = variant.get();
        let orientation = if tall.get() { Orientation::Tall } else { Orientation::Wide };
        Sheet { work, drawing: draw(work.lifecycle(), circumstances, orientation) }
    });
    let width = live(move || format!("{}px", sheet.with(|sheet| sheet.drawing.width) * most / 100));
    let picture = live(move || {
        let sheet = sheet.get();
        let Drawing { width, height, .. } = sheet.drawing;
        svg("svg")
            .class(if tall.get() { "diagram tall" } else { "diagram wide" })
            .set("viewBox", format!("0 0 {width} {height}"))
            .set("role", "group")
            .set("aria-label", name)
            .with(untrack(|| inside(&sheet)))
            .done()
    });
    el("div")
        .class("diagram-frame")
        .with(el("div").class("diagram-size").style("max-width", width).with(picture))
        .done()
}

/// An arrowhead; the class of the same name colours it.
fn arrow(id: &'static str) -> View {
    svg("marker")
        .set("id", id)
        .class(id)
        .set("viewBox", "0 0 8 8")
        .set("refX", "7")
        .set("refY", "4")
        .set("markerWidth", "8")
        .set("markerHeight", "8")
        .set("markerUnits", "userSpaceOnUse")
        .set("orient", "auto")
        .with(svg("path").set("d", "M0 0.6L8 4L0 7.4z"))
        .done()
}
