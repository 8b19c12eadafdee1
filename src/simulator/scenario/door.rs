//! `/simulator/scenario`: where the story stands, how it begins and goes on.

use http::{Method, StatusCode};
use serde_json::Value;

use super::play::{self, Play};
use super::read::heading;
use super::{SCENARIOS, Unknown, named, read, sight};
use crate::simulator::control::{self, Body, No, Outcome};
use crate::simulator::fleet::{ARRAYS, DFM, Fleet};
use crate::simulator::json::json;
use crate::wire::time::format;

/// What a text is called that nobody named.
const NAMELESS: &str = "yours";

/// Answers a request with this body when the caller's clock shows `now`.
pub fn answer(fleet: &mut Fleet, now: i64, method: &Method, body: &Body) -> Outcome {
    if *method == Method::POST {
        post(fleet, now, body)?;
    } else if *method != Method::GET {
        return Err(No(StatusCode::METHOD_NOT_ALLOWED, "/simulator/scenario takes GET and POST.".to_owned()));
    }
    Ok(told(fleet, fleet.time(now)))
}

fn post(fleet: &mut Fleet, now: i64, body: &Body) -> Result<(), No> {
    body.only(&["name", "text", "seed", "speed", "next"])?;
    let bad = |words: String| No(StatusCode::BAD_REQUEST, words);
    if body.flag("next")? {
        return play::next(fleet, now).map_err(|reason| No(StatusCode::UNPROCESSABLE_ENTITY, reason));
    }
    let scenario = match (body.text("name")?, body.text("text")?) {
        (name, Some(text)) => read(name.unwrap_or(NAMELESS), text).map_err(|broken| bad(broken.to_string()))?,
        (Some(name), None) => named(name).map_err(|unknown| match unknown {
            Unknown::Name { .. } => No(StatusCode::NOT_FOUND, unknown.to_string()),
            Unknown::Broken(_) => bad(unknown.to_string()),
        })?,
        (None, None) => return Err(bad("name, text or next is missing.".to_owned())),
    };
    let (seed, speed) = (body.number("seed")?, body.float("speed")?);
    play::begin(fleet, now, scenario, seed, speed).map_err(|broken| bad(broken.to_string()))
}

/// The fleet as the presenter's panel needs it: small, whatever the size of the world.
fn told(fleet: &Fleet, time: i64) -> Value {
    let arrays = ARRAYS.into_iter().chain([DFM]);
    let arrays: Vec<Value> = arrays.map(|id| json!({ "id": id, "faults": control::faults_of(fleet, id) })).collect();
    let scenarios = SCENARIOS.map(|(name, text)| {
        let (title, summary) = heading(text);
        json!({ "name": name, "title": title, "summary": summary })
    });
    json!({
        "time": format(time),
        "speed": fleet.clock.speed_told(),
        "seed": fleet.options().seed,
        "next_event": fleet.next_due().map(|(at, _)| format(at)),
        "link_up": !fleet.replications.cut,
        "arrays": arrays,
        "scenarios": scenarios,
        "current": fleet.play.as_ref().map(|play| current(fleet, play, time)),
    })
}

fn current(fleet: &Fleet, play: &Play, time: i64) -> Value {
    let (scenario, step) = (&play.scenario, play.current());
    let finally = scenario.finally.iter().map(|state| {
        json!({ "of": state.of.to_string(), "wanted": state.wanted(), "is": sight::stands(fleet, state),
            "reached": sight::holds(fleet, state) })
    });
    let waits_for = play.waits_for(fleet, time);
    json!({
        "name": scenario.name,
        "title": scenario.title,
        "step": (play.step + 1).min(scenario.steps.len()),
        "steps": scenario.steps.len(),
        "heading": step.map(|step| step.heading.as_str()),
        "narration": step.map(|step| step.narration.as_str()),
        "address": step.and_then(|step| step.show.as_ref()).map(|show| sight::address(fleet, show)),
        "waits_for": waits_for,
        "finished": play.is_over(),
        "outcome": finally.collect::<Vec<_>>(),
        "trouble": play.trouble.as_ref().map(ToString::to_string),
    })
}
