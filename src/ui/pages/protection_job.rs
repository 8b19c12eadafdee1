//! What the page of a protection job has besides: its two machines side by side, and what it reported.

use leptos::prelude::untrack;

use super::session::Subject;
use crate::array::overall;
use crate::fleet::format;
use crate::fleet::report::{Subtask, is_bad, severity_meaning, subtasks};
use crate::lifecycle::{ActionId, Kind};
use crate::operation::Event;
use crate::ui::components::tabs::tabs;
use crate::ui::diagram::{Figure, diagram, diagram_named};
use crate::ui::platform;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{Call, Known, call, known};
use crate::wire::powerstore::Session;
use crate::wire::zapi::ProgressEvent;

/// Where it is, and what its transfers have come to so far.
pub fn two_pictures(subject: Subject, figure: Known<Figure>, act: Call<ActionId>) -> View {
    let Subject { console, key, session, .. } = subject;
    let progress = known(move || {
        let state = session.with(|session| session.as_ref()?.text("job-progress").map(str::to_owned));
        let path = key.with(|key| {
            console.progress(key, |course| course.map(|course| course.steps().cloned().collect()).unwrap_or_default())
        });
        Figure { work: Kind::ProtectionProgress, state, path, ..Figure::default() }
    });
    let picture = |title: &'static str, about: &'static str, drawn: View| {
        el("section")
            .class("picture")
            .set("aria-label", title)
            .with(el("h2").with(title))
            .with(el("p").class("small").with(about))
            .with(drawn)
            .done()
    };
    el("div")
        .class("two-pictures")
        .with(picture("State", "Where the job is.", diagram(figure, console.narrow, act)))
        .with(picture(
            "Progress",
            "What its transfers have come to so far: while it runs, this is not the outcome.",
            diagram_named(progress, console.narrow, act, "Progress diagram"),
        ))
        .done()
}

/// How much it has transferred, how fast, how long it took.
pub fn transfer(subject: Subject) -> View {
    let Subject { console, array, session, .. } = subject;
    let drawn = move |session: &Session| {
        let bytes = session.number("bytes-transferred").and_then(|bytes| u64::try_from(bytes).ok());
        let (began, ended, outcome) = (session.updated(), session.time("completed-timestamp"), overall(session));
        let now = super::list_row::array_time(console, array);
        let took = began.map(|began| ended.unwrap_or(now).saturating_sub(began));
        let seconds = took.and_then(|took| u64::try_from(took / 1000).ok()).filter(|seconds| *seconds > 0);
        let rate = bytes.filter(|bytes| *bytes > 0).zip(seconds).map(|(bytes, seconds)| bytes / seconds);
        let line = |label: &str, value: String| vec![el("dt").with(label).done(), el("dd").with(value).done()];
        [
            line("Transferred", format::bytes(bytes)),
            line("Rate on average", format::rate(rate)),
            line(if ended.is_some() { "It took" } else { "So far" }, format::duration(took)),
            line("Outcome", super::list::or_dash(outcome.map(|outcome| outcome.label()))),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<View>>()
    };
    let lines = live(move || session.with(|session| session.as_ref().map(drawn).unwrap_or_default()));
    el("section")
        .class("panel")
        .set("aria-label", "Transfer")
        .with(el("h2").with("Transfer"))
        .with(el("dl").class("pairs").with(lines))
        .done()
}

/// What it reported, by its pieces of work, errors on top.
pub fn report(subject: Subject) -> View {
    let Subject { console, array, .. } = subject;
    // Events never change: their numbers tell whether there are others.
    let sum = |events: &[ProgressEvent]| events.iter().fold(1, |sum: i64, event| sum.wrapping_add(event.id));
    let version = known(move || console.desk(array, |desk| desk.watched_events().map(sum)).flatten());
    let whole = known(move || console.desk(array, |desk| desk.shows_history()) == Some(true));
    let choose = call(move |history| console.hear(array, Event::ShowHistory(history)));
    let drawn = |events: &[ProgressEvent]| match events {
        [] => el("p").with("It has reported nothing.").done(),
        events => el("div").with(subtasks(events).iter().map(|of| task(of, events)).collect::<Vec<View>>()).done(),
    };
    let tasks = live(move || {
        version.get();
        let reading =
            || el("p").class("empty").set("aria-busy", "true").with(format!("Reading the events{}", "…")).done();
        let told = untrack(|| console.desk(array, |desk| desk.watched_events().map(drawn)).flatten());
        told.unwrap_or_else(reading)
    });
    el("section")
        .class("panel report")
        .set("aria-label", "Events")
        .with(el("h2").with("Events"))
        .with(tabs("Which events", ["Current", "Full history"], whole, choose))
        .with(tasks)
        .done()
}

fn task(task: &Subtask, events: &[ProgressEvent]) -> View {
    let title = match (task.what.as_str(), task.object.as_str()) {
        ("", "") => "Other".to_owned(),
        ("job", "") => "The job".to_owned(),
        (what, "") => what.replace('-', " "),
        (what, object) => format!("{}: {object}", what.replace('-', " ")),
    };
    let size = task.bytes.map(|bytes| {
        let rate = task.rate.map(|rate| format!(", {} on average", format::rate(Some(rate))));
        el("p").class("small").with(format::bytes(Some(bytes))).with(rate).done()
    });
    let lines: Vec<View> = task.events.iter().filter_map(|place| events.get(*place)).map(line).collect();
    el("section")
        .class(if task.has_failed() { "subtask bad-task" } else { "subtask" })
        .with(el("h3").with(title))
        .with(size)
        .with(el("ol").class("events").with(lines))
        .done()
}

fn line(event: &ProgressEvent) -> View {
    let status = event.status.as_deref().unwrap_or("not told");
    let meaning = severity_meaning(status).unwrap_or("this console does not know this word");
    // What is as it should be needs no words beside it.
    let shown = (status != "normal").then(|| el("small").with(format!(" ({meaning})")).done());
    let error = event.error.clone().map(|error| el("p").class("words bad").with(error).done());
    let at = event.at.map_or_else(|| format::NOT_KNOWN.to_owned(), platform::date_and_time);
    el("li")
        .class(if is_bad(event) { "bad" } else { "" })
        .set("data-kind", event.kind.as_deref())
        .with(el("span").class("step-time").with(at))
        .with(" ")
        .with(el("span").class("severity").set("title", meaning).with(status).with(shown))
        .with(" ")
        .with(event.message.clone().or_else(|| event.kind.clone()).unwrap_or_default())
        .with(error)
        .done()
}
