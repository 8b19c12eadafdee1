//! The mark of a phase: a shape, a colour and a word, never a colour alone.

use crate::array::standing;
use crate::lifecycle::Phase;
use crate::ui::platform::element::{Piece as _, View, el, svg};
use crate::wire::powerstore::Session;

/// The class that colours a phase; `None` is a state that no table knows.
pub fn phase_class(phase: Option<Phase>) -> &'static str {
    match phase {
        Some(Phase::Waiting) => "phase-waiting",
        Some(Phase::Working) => "phase-working",
        Some(Phase::Attention) => "phase-attention",
        Some(Phase::Paused) => "phase-paused",
        Some(Phase::Trouble) => "phase-trouble",
        Some(Phase::Done) => "phase-done",
        Some(Phase::Ended) => "phase-ended",
        None => "phase-unknown",
    }
}

/// The word for a phase.
pub fn phase_word(phase: Option<Phase>) -> &'static str {
    phase.map_or("unknown", Phase::word)
}

/// The outline of a phase's mark on a square of 16.
pub fn mark_path(phase: Option<Phase>) -> &'static str {
    match phase {
        // A clock's hands in a ring.
        Some(Phase::Waiting) => {
            "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9zM7.2 5h1.6v2.8l2 1.2-.8 1.3-2.8-1.7z"
        }
        // An arrow that runs on.
        Some(Phase::Working) => "M3.5 1.8l10 6.2-10 6.2z",
        // A diamond that asks.
        Some(Phase::Attention) => "M8 .8L15.2 8 8 15.2.8 8zM7.1 4.2v4.9h1.8V4.2zM7.1 10.2v1.8h1.8v-1.8z",
        // Two bars.
        Some(Phase::Paused) => "M3 2h3.8v12H3zM9.2 2H13v12H9.2z",
        // A triangle that warns.
        Some(Phase::Trouble) => "M8 1l7.4 13.4H.6zM7.1 5.8v4.4h1.8V5.8zM7.1 11.2v1.7h1.8v-1.7z",
        // A tick.
        Some(Phase::Done) => "M1.6 8.4l1.9-1.9 3 3 6-6.3 1.9 1.9-7.9 8.2z",
        // A square: stopped for good.
        Some(Phase::Ended) => "M2.5 2.5h11v11h-11zM4.5 4.5v7h7v-7z",
        // A question.
        None => {
            "M5 5.6C5 3.6 6.3 2.4 8.1 2.4s3.1 1.2 3.1 2.9c0 2.4-2.3 2.4-2.3 4.6H7.1c0-2.9 2.2-2.9 2.2-4.5 0-.8-.5-1.3-1.2-1.3s-1.3.5-1.3 1.5zM7.1 11.4h1.9v1.9H7.1z"
        }
    }
}

/// The mark by itself; whoever uses it writes the word beside it.
pub fn phase_mark(phase: Option<Phase>) -> View {
    svg("svg")
        .class(format!("mark {}", phase_class(phase)))
        .set("viewBox", "0 0 16 16")
        .set("width", "14")
        .set("height", "14")
        .set("aria-hidden", "true")
        .with(svg("path").set("fill-rule", "evenodd").set("d", mark_path(phase)))
        .done()
}

/// Where a session stands, in a word for people: a state that no table knows keeps its raw name.
pub fn state_label(session: &Session) -> String {
    let known = standing(session).map(|node| node.label.to_owned());
    known.or_else(|| session.state.clone()).unwrap_or_else(|| "not told".to_owned())
}

/// The chip of a session's state.
pub fn session_chip(session: &Session) -> View {
    state_chip(standing(session).map(|node| node.phase), state_label(session), session.state.clone())
}

/// A text that may go on in the next line after an underscore: words of the wire are long.
pub fn breaking(text: &str) -> View {
    let mut parts = Vec::new();
    for part in text.split_inclusive('_') {
        if !parts.is_empty() {
            parts.push(el("wbr").done());
        }
        parts.push(part.view());
    }
    parts.view()
}

/// A state with its mark, as lists and headers show it. `raw` is its name on the wire.
pub fn state_chip(phase: Option<Phase>, label: String, raw: Option<String>) -> View {
    let whole = label.clone();
    el("span")
        .class(format!("chip {}", phase_class(phase)))
        .set("title", whole)
        .set("data-state", raw.unwrap_or_default())
        .with(phase_mark(phase))
        .with(el("span").class("chip-label").with(breaking(&label)))
        .done()
}
