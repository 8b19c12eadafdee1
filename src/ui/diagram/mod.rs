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

use crate::lifecycle::picture::{Drawing, Orientation, draw};
use crate::lifecycle::{ActionId, Kind};
use crate::ui::platform::element::{View, el, live, svg};
use crate::ui::state::{Call, Cell, Known, known};

/// What is drawn once for a variant.
#[derive(Clone, PartialEq)]
struct Sheet {
    work: Kind,
    orientation: Orientation,
    drawing: Drawing,
}

/// The picture of where the session is, what it did and what it may do; `tall` for phones. `act` is called
/// with the action of an edge that is clicked.
pub fn diagram(figure: Known<Figure>, tall: Cell<bool>, act: Call<ActionId>) -> View {
    let sheet = known(move || {
        let (work, circumstances) = figure.with(|figure| (figure.work, figure.circumstances));
        let orientation = if tall.get() { Orientation::Tall } else { Orientation::Wide };
        Sheet { work, orientation, drawing: draw(work.lifecycle(), circumstances, orientation) }
    });
    let picture = live(move || {
        let sheet = sheet.get();
        let lifecycle = sheet.work.lifecycle();
        let Drawing { width, height, .. } = sheet.drawing;
        let class = match sheet.orientation {
            Orientation::Wide => "diagram wide",
            Orientation::Tall => "diagram tall",
        };
        svg("svg")
            .class(class)
            .set("viewBox", format!("0 0 {width} {height}"))
            .set("role", "group")
            .set("aria-label", "State diagram")
            .with(svg("desc").with(live(move || figure.with(Figure::sentence))))
            .with(
                svg("defs")
                    .with(arrow("arrow-quiet"))
                    .with(arrow("arrow-taken"))
                    .with(arrow("arrow-next"))
                    .with(arrow("arrow-action")),
            )
            .with(edges::quiet(&sheet.drawing))
            .with(edges::lively(lifecycle, &sheet.drawing, figure, act))
            .with(nodes::boxes(lifecycle, &sheet.drawing, figure))
            .with(nodes::unknown(&sheet.drawing, figure))
            .done()
    });
    el("div").class("diagram-frame").with(picture).done()
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
