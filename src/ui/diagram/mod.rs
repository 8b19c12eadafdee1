//! The state diagram of one session, and the same as lists.
//!
//! Geometry and rules come from [`crate::lifecycle`]; here they become SVG. All edges are drawn once and
//! quietly; over them stand the ones that matter now: the path that was taken and the ways that lead on.

mod edges;
mod figure;
mod next;
mod nodes;

use leptos::prelude::*;

pub use figure::Figure;
pub use next::{NextStep, next_steps};

use crate::lifecycle::import_volume::IMPORT_VOLUME;
use crate::lifecycle::picture::{Drawing, Orientation, draw};
use crate::lifecycle::{ActionId, Circumstances};

/// What is drawn once for a variant.
#[derive(Clone, PartialEq)]
struct Sheet {
    orientation: Orientation,
    drawing: Drawing,
}

/// The picture. `act` is called when an edge that is an action is clicked.
#[component]
pub fn Diagram(
    /// Where the session is, what it did, what it may do.
    figure: Memo<Figure>,
    /// True for the tall picture.
    tall: ReadSignal<bool>,
    /// Called with the action of the edge.
    act: Callback<ActionId>,
) -> AnyView {
    let sheet = Memo::new(move |_| {
        let circumstances: Circumstances = figure.with(|figure| figure.circumstances);
        let orientation = if tall.get() { Orientation::Tall } else { Orientation::Wide };
        Sheet { orientation, drawing: draw(&IMPORT_VOLUME, circumstances, orientation) }
    });
    let picture = move || {
        let sheet = sheet.get();
        let Drawing { width, height, .. } = sheet.drawing;
        let class = match sheet.orientation {
            Orientation::Wide => "diagram wide",
            Orientation::Tall => "diagram tall",
        };
        view! {
            <svg
                class=class
                viewBox=format!("0 0 {width} {height}")
                role="group"
                aria-label="State diagram"
            >
                <desc>{move || figure.with(Figure::sentence)}</desc>
                <defs>
                    {arrow("arrow-quiet")}
                    {arrow("arrow-taken")}
                    {arrow("arrow-next")}
                    {arrow("arrow-action")}
                </defs>
                {edges::quiet(&sheet.drawing)}
                {edges::lively(&sheet.drawing, figure, act)}
                {nodes::known(&sheet.drawing, figure)}
                {nodes::unknown(&sheet.drawing, figure)}
            </svg>
        }
        .into_any()
    };
    view! { <div class="diagram-frame">{picture}</div> }.into_any()
}

/// An arrowhead; the class of the same name colours it.
fn arrow(id: &'static str) -> AnyView {
    view! {
        <marker id=id class=id viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
            markerUnits="userSpaceOnUse" orient="auto">
            <path d="M0 0.6L8 4L0 7.4z"></path>
        </marker>
    }
    .into_any()
}
