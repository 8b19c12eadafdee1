//! The parts of a session's page beside its diagram.

use leptos::prelude::*;

use super::list::or_dash;
use super::list_row::array_time;
use super::session::Subject;
use crate::fleet::{ListQuery, Route, Step, format, property};
use crate::lifecycle::{ActionId, Danger, Lifecycle, Verdict};
use crate::ui::components::phase::{breaking, state_chip};
use crate::ui::components::verdict::reason;
use crate::ui::components::wire::exchange;
use crate::ui::console::key;
use crate::ui::diagram::{Figure, next_steps};
use crate::ui::platform;
use crate::ui::platform::element::{El, View, el, keyed, live};
use crate::ui::state::{Call, Cell, Known, cell, known};
use crate::wire::powerstore::{Job, Resource, Session};

/// Every action with its button, and the reason for those that are not simply allowed.
pub fn actions(figure: Known<Figure>, act: Call<ActionId>) -> View {
    let names = move || figure.with(|figure| figure.verdicts.iter().map(|(id, _)| id.0.to_string()).collect());
    let draw = move |name: &str| name.parse().map_or_else(|_| View::none(), |id| action(figure, act, ActionId(id)));
    el("section").class("actions").set("aria-label", "Actions").with(el("ul").with(keyed(names, draw))).done()
}

fn action(figure: Known<Figure>, act: Call<ActionId>, id: ActionId) -> View {
    let Some(action) = figure.with_untracked(|figure| figure.lifecycle().action(id)) else { return View::none() };
    let told = known(move || figure.with(|figure| (figure.verdict(id), figure.held)));
    let refused =
        move || told.with(|(verdict, held)| held.is_some() || matches!(verdict, Some(Verdict::Refused(_)) | None));
    let why = live(move || {
        told.with(|(verdict, held)| match (verdict, held) {
            (Some(verdict @ Verdict::Refused(_)), _) => reason(verdict),
            (_, Some(held)) => Some((*held).to_owned()),
            (Some(verdict), None) => reason(verdict),
            (None, None) => None,
        })
    });
    let class = live(move || {
        let danger = if action.danger > Danger::Reversible { " danger" } else { "" };
        told.with(|(verdict, held)| match (verdict, held) {
            (_, Some(_)) | (Some(Verdict::Refused(_)) | None, _) => "act-button refused".to_owned(),
            (Some(Verdict::Uncertain(_)), _) => format!("act-button uncertain{danger}"),
            (Some(Verdict::Allowed), _) => format!("act-button allowed{danger}"),
        })
    });
    let reason_id = format!("why-{}", action.name);
    el("li")
        .set("data-action", action.name)
        .with(
            el("button")
                .set("type", "button")
                .class(class)
                .set("aria-disabled", live(refused))
                .set("aria-describedby", reason_id.clone())
                .set("title", action.changes)
                .on("click", move |_| {
                    if !untrack(refused) {
                        act.run(id);
                    }
                })
                .with(action.label),
        )
        .with(el("p").class("why").set("id", reason_id).with(why))
        .done()
}

/// The states that were seen, with times.
pub fn path(subject: Subject, figure: Known<Figure>) -> View {
    let now = subject.console.now;
    let steps = live(move || {
        let (lifecycle, steps) = figure.with(|figure| (figure.lifecycle(), figure.path.clone()));
        let ends: Vec<Option<i64>> = steps.iter().skip(1).map(|step| Some(step.seen_at)).chain([None]).collect();
        steps.into_iter().zip(ends).map(|(step, end)| step_line(lifecycle, now, step, end)).collect::<Vec<_>>()
    });
    el("section")
        .class("panel")
        .set("aria-label", "Path")
        .with(el("h2").with("Path"))
        .with(el("ol").class("path").with(steps))
        .with(
            el("p")
                .class("small")
                .with("As this page saw it: what happened between two reads, or before it was opened, is not here."),
        )
        .done()
}

fn step_line(lifecycle: &Lifecycle, now: Cell<i64>, step: Step, end: Option<i64>) -> View {
    let node = lifecycle.node_named(&step.state).and_then(|id| lifecycle.node(id));
    let label = node.map_or_else(|| step.state.clone(), |node| node.label.to_owned());
    let began = step.seen_at;
    let stayed = live(move || {
        let length = end.unwrap_or_else(|| now.get()).saturating_sub(began);
        format::duration(Some(length))
    });
    let current = if end.is_none() { Some("step") } else { None };
    let since = if step.since_before { "seen at " } else { "since " };
    el("li")
        .set("aria-current", current)
        .with(state_chip(node.map(|node| node.phase), label, Some(step.state)))
        .with(
            el("span")
                .class("step-time")
                .set("title", platform::date_and_time(began))
                .with(since)
                .with(platform::time_of_day(began))
                .with(", ")
                .with(stayed),
        )
        .done()
}

/// What may come next.
pub fn next(figure: Known<Figure>) -> View {
    let steps = known(move || figure.with(next_steps));
    let rows = live(move || {
        let steps = steps.get();
        if steps.is_empty() {
            return el("p").with("The table knows no way on from here.").done();
        }
        let line = |step: crate::ui::diagram::NextStep| {
            let who = if step.action.is_some() { "you" } else { "the array" };
            el("tr")
                .with(el("th").set("scope", "row").with(step.trigger).with(el("br")).with(el("small").with(who)))
                .with(el("td").with(step.leads_to))
                .with(el("td").with(el("small").with(step.basis)))
                .done()
        };
        el("table")
            .class("plain")
            .with(
                el("thead").with(
                    el("tr")
                        .with(el("th").with("What"))
                        .with(el("th").with("Leads to"))
                        .with(el("th").with("Written where")),
                ),
            )
            .with(el("tbody").with(steps.into_iter().map(line).collect::<Vec<_>>()))
            .done()
    });
    el("section")
        .class("panel")
        .set("aria-label", "What may come next")
        .with(el("h2").with("What may come next"))
        .with(rows)
        .done()
}

/// A bar that is there while the progress is known.
pub fn bar(percent: Known<Option<u8>>) -> El {
    el("progress")
        .set("max", "100")
        .set("value", live(move || percent.get().map(|percent| percent.to_string())))
        .set("hidden", live(move || percent.with(Option::is_none)))
}

/// How far the copy is, how fast, how long still.
pub fn progress(subject: Subject) -> View {
    let Subject { console, array, session, .. } = subject;
    let percent = known(move || {
        session.with(|session| session.as_ref()?.progress().and_then(|percent| u8::try_from(percent).ok()))
    });
    let rate = |read: fn(&Session) -> Option<i64>| {
        live(move || {
            session
                .with(|session| format::rate(session.as_ref().and_then(read).and_then(|rate| u64::try_from(rate).ok())))
        })
    };
    let end = known(move || session.with(|session| session.as_ref()?.estimated_end()));
    let left = live(move || {
        end.get().map_or_else(
            || format::NOT_KNOWN.to_owned(),
            |end| format::time_left(Some(end), array_time(console, array)),
        )
    });
    let bar = bar(percent).set("aria-label", "Progress");
    el("section")
        .class("panel")
        .set("aria-label", "Progress")
        .with(el("h2").with("Progress"))
        .with(
            el("p")
                .class("progress-line")
                .with(bar)
                .with(el("span").class("percent").with(live(move || format::percent(percent.get())))),
        )
        .with(
            el("dl")
                .class("pairs")
                .with(el("dt").with("Rate now"))
                .with(el("dd").with(rate(|session| session.rate())))
                .with(el("dt").with("Rate on average"))
                .with(el("dd").with(rate(|session| session.number("average_transfer_rate"))))
                .with(el("dt").with("Time left"))
                .with(el("dd").with(left))
                .with(el("dt").with("Expected end"))
                .with(el("dd").with(live(move || time(end.get())))),
        )
        .done()
}

fn time(at: Option<i64>) -> String {
    at.map_or_else(|| format::NOT_KNOWN.to_owned(), platform::date_and_time)
}

/// Words that lead to the list of what `search` finds; wire words break at their underscores.
fn linked(words: String, search: Option<String>) -> View {
    let Some(text) = search else { return breaking(&words) };
    let mut list = ListQuery::of(None);
    list.filter.text = text;
    el("a").set("href", Route::List(list).write()).with(words).done()
}

/// Everything else that the array told.
pub fn properties(subject: Subject) -> View {
    let Subject { console, array, session, other, .. } = subject;
    let lines = live(move || {
        session.with(|session| {
            let Some(session) = session else { return Vec::new() };
            let there = other.with(|other| other.as_ref().map_or(array, |(there, _)| *there));
            let mut lines: Vec<View> = Vec::new();
            for property in property::properties(session.resource) {
                // What is at the other end has its name there.
                let of = if property.field == "remote_resource_id" { there } else { array };
                let named = |id: &str| console.named(of, id);
                let told = property.of(session, &named, &platform::date_and_time);
                lines.push(el("dt").with(property.label).done());
                let search = told.as_deref().and_then(|name| property.search(name));
                lines.push(el("dd").with(linked(or_dash(told.as_deref()), search)).done());
            }
            lines
        })
    });
    el("section")
        .class("panel")
        .set("aria-label", "Properties")
        .with(el("h2").with("Properties"))
        .with(el("dl").class("pairs").with(lines))
        .done()
}

/// The newest jobs on it.
pub fn jobs(subject: Subject) -> View {
    let Subject { console, array, key, session, .. } = subject;
    if session.with_untracked(|session| session.as_ref().is_some_and(|session| session.resource == Resource::Job)) {
        return View::none();
    }
    let jobs = known(move || key.with(|key| console.jobs(key)));
    let array_id = console.entry(array).map(|entry| entry.id).unwrap_or_default();
    let list = live(move || match jobs.get() {
        None => el("p").set("aria-busy", "true").with(format!("Reading the jobs{}", "…")).done(),
        Some(jobs) if jobs.is_empty() => el("p").with("The array knows of no job on it.").done(),
        Some(jobs) => el("table")
            .class("plain")
            .set("aria-label", "Jobs")
            .with(
                el("thead").with(
                    el("tr")
                        .with(el("th").with("Job"))
                        .with(el("th").with("Phase"))
                        .with(el("th").with("Began"))
                        .with(el("th").with("Who")),
                ),
            )
            .with(el("tbody").with(jobs.iter().map(|of| job(of, &array_id)).collect::<Vec<_>>()))
            .done(),
    });
    el("section").class("panel").set("aria-label", "Jobs on it").with(el("h2").with("Jobs")).with(list).done()
}

fn job(job: &Job, array: &str) -> View {
    let what = job.description_l10n.clone().or_else(|| job.resource_action.clone()).unwrap_or_else(|| job.id.clone());
    let phase = job.phase_word().unwrap_or(format::NOT_KNOWN).replace('_', " ");
    let percent = job.progress_percentage.filter(|_| !job.is_final()).map(|percent| format!(" {percent} %"));
    let words: Vec<String> = job.messages().iter().map(|message| message.text()).collect();
    let words = (!words.is_empty()).then(|| el("p").class("bad").with(words.join(" ")).done());
    el("tr")
        .set("class", job.has_failed().then_some("bad"))
        .with(
            el("td")
                .with(el("a").set("href", Route::session(array, Resource::Job, &job.id).write()).with(what))
                .with(words),
        )
        .with(el("td").with(phase).with(percent))
        .with(el("td").with(time(job.start_time)))
        .with(el("td").with(or_dash(job.user.as_deref())))
        .done()
}

/// The session that a job works on, by its name where it is known; nothing for other jobs and other pages.
pub fn works_on(subject: Subject) -> View {
    let Subject { console, array, session, .. } = subject;
    let of = known(move || {
        session.with(|session| {
            let session = session.as_ref().filter(|session| session.resource == Resource::Job)?;
            let resource = Resource::named(session.text("resource_type")?)?;
            let told = session.text("resource_name").map(str::to_owned);
            Some((resource, session.source()?.to_owned(), told))
        })
    });
    let line = live(move || {
        let (resource, id, told) = of.get()?;
        let address = Route::session(&console.entry(array)?.id, resource, &id).write();
        let listed = console.rows(|store, _| store.get(&key(array, &id)).map(|row| row.title().to_owned()));
        Some(
            el("p")
                .class("group-line")
                .with("It works on ")
                .with(el("a").set("href", address).with(listed.or(told).unwrap_or(id)))
                .with(format!(" ({})", resource.label()))
                .done(),
        )
    });
    el("div").with(line).done()
}

/// The last read, as on the wire.
pub fn last_read(subject: Subject) -> View {
    let Subject { console, array, .. } = subject;
    let opened = cell(false);
    let shown = live(move || {
        if !opened.get() {
            return View::none();
        }
        let last = console.desk(array, |desk| desk.last_exchange().cloned()).flatten();
        match last {
            Some(last) => exchange(&last),
            None => el("p").with("Nothing was read yet.").done(),
        }
    });
    el("section")
        .class("panel wide-panel")
        .set("aria-label", "Last request and answer")
        .with(el("h2").with("Last request and answer"))
        .with(
            el("details")
                .on("toggle", move |_| opened.set(true))
                .with(el("summary").with("As on the wire"))
                .with(shown),
        )
        .done()
}
