//! What a DFM means to start, as a day or a week: a picture on the clock, and the same as a table.

use leptos::prelude::*;

use super::list::or_dash;
use super::unknown;
use crate::fleet::plan::became;
use crate::fleet::{ArrayIndex, Route, Row, ScheduleQuery, Store, format};
use crate::operation::{Event, Window};
use crate::ordered::OrderedSet;
use crate::ui::components::phase::phase_class;
use crate::ui::components::tabs::tabs;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{El, View, el, live, svg};
use crate::ui::state::{Known, after_drawing, call, known, when_left};
use crate::wire::powerstore::Resource;
use crate::wire::zapi::ScheduledJob;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// The picture, in its own units: where the clock begins, how wide it is, how high a line is, where the first one begins.
const LEFT: i64 = 170;
const WIDTH: i64 = 800;
const LINE: i64 = 30;
const TOP: i64 = 30;

/// The page of the schedule of an array; of the first that has one where none is named.
pub fn schedule(console: Console, id: Option<String>) -> View {
    let first = || console.arrays().into_iter().find(|array| console.is_dfm(*array));
    let found = id.as_deref().map_or_else(first, |id| console.array(id).filter(|array| console.is_dfm(*array)));
    let Some(array) = found else { return unknown::array(console, id.as_deref().unwrap_or("dfm")) };
    let name = console.array_name(array);
    platform::set_title(&format!("Schedule · {name}"));
    let wish = known(move || {
        console.route.with(|route| match route {
            Route::Schedule(wish) => wish.clone(),
            _ => ScheduleQuery::default(),
        })
    });
    let window = known(move || {
        let wish = wish.get();
        let day = wish.from.and_then(|day| platform::from_local(&format!("{day}T00:00")));
        let from = day.unwrap_or_else(|| platform::day_of(platform::now()));
        // A day may have an hour more or less.
        let last = if wish.week { 6 } else { 0 };
        let to = platform::day_of(platform::day_of(from + last * DAY + DAY / 2) + DAY + DAY / 2);
        Window { from, to, dataset: wish.dataset }
    });
    after_drawing(move || {
        let window = window.get();
        let skew = untrack(|| console.clock_skew(array));
        let window = Window { from: window.from + skew, to: window.to + skew, ..window };
        console.hear(array, Event::LookAtPlans(Some(window)));
    });
    when_left(move || console.hear(array, Event::LookAtPlans(None)));
    let shown = known(move || {
        let week = wish.with(|wish| wish.week);
        window.with(|window| shown(console, array, window, week)).unwrap_or_default()
    });
    let page = Page { console, window, wish, shown };
    let state = live(move || {
        if !console.is_in(array) {
            return "Log in to see the schedule.".to_owned();
        }
        let told = console.desk(array, |desk| {
            let plans = desk.plans()?;
            match (&plans.trouble, plans.read_at) {
                (Some(error), _) => Some(error.to_string()),
                (None, None) => Some("Reading the schedule…".to_owned()),
                (None, Some(at)) => {
                    let changed = plans.changed_at.map(|at| format!("; changed {}", platform::date_and_time(at)));
                    let read = format::age(Some(at), console.now.get());
                    Some(format!("{} entries, read {read}{}.", plans.entries.len(), changed.unwrap_or_default()))
                }
            }
        });
        told.flatten().unwrap_or_default()
    });
    el("section")
        .class("page schedule-page")
        .with(el("h1").set("tabindex", "-1").with(format!("Schedule of {name}")))
        .with(tools(page))
        .with(el("p").class("summary").set("role", "status").with(state))
        .with(picture(shown))
        .with(table(shown))
        .done()
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    console: Console,
    /// By the reader's clock.
    window: Known<Window>,
    wish: Known<ScheduleQuery>,
    shown: Known<Shown>,
}

/// All that is drawn, in words and places: it is drawn anew when it has become another.
#[derive(Default, PartialEq)]
struct Shown {
    /// The ids and the names of the datasets.
    datasets: Vec<(String, String)>,
    lines: Vec<String>,
    marks: Vec<Mark>,
    entries: Vec<Entry>,
}

/// Something in the picture.
#[derive(PartialEq)]
struct Mark {
    left: i64,
    top: i64,
    width: i64,
    title: String,
    /// The address and the class of a job; of what is planned there is neither.
    job: Option<(String, &'static str)>,
}

/// A line of the table.
#[derive(PartialEq)]
struct Entry {
    words: [String; 4],
    /// The id and the address of the job that it became.
    job: Option<(String, String)>,
}

/// The entries, and the jobs that began in the window: in the picture stands of a day a line for each dataset, of
/// a week one for each day.
fn shown(console: Console, array: ArrayIndex, window: &Window, week: bool) -> Option<Shown> {
    let server = console.entry(array)?.id;
    let draw = |store: &Store, entries: &[ScheduledJob]| {
        let mut shown = Shown::default();
        let mut jobs: Vec<&Row> = Vec::new();
        let mut ids: OrderedSet<String> = window.dataset.iter().cloned().collect();
        for entry in entries {
            ids.insert(entry.dataset.clone());
        }
        for row in store.rows_of(array) {
            let (Some(dataset), Some(began)) = (dataset_of(row), row.updated) else { continue };
            if began >= window.from && began <= window.to && window.dataset.as_deref().is_none_or(|of| of == dataset) {
                ids.insert(dataset.to_owned());
                jobs.push(row);
            }
        }
        for id in ids.iter() {
            let name = store.rows_of(array).find_map(|row| {
                let name = row.job.as_ref()?.resource.as_deref()?;
                (dataset_of(row) == Some(id)).then(|| name.to_owned())
            });
            shown.datasets.push((id.clone(), name.unwrap_or_else(|| console.named(array, id))));
        }
        let days: Vec<i64> = (0..7).map(|day| platform::day_of(window.from + day * DAY + DAY / 2)).collect();
        if week {
            shown.lines = days.iter().map(|day| day_word(*day)).collect();
        } else {
            shown.lines = shown.datasets.iter().map(|(_, name)| name.clone()).collect();
        }
        let x = |at: i64| LEFT + WIDTH * at.clamp(0, DAY) / DAY;
        let mut put = |at: i64, long: i64, dataset: &str, what: [&str; 2], job| {
            let of_dataset = shown.datasets.iter().position(|(id, _)| id == dataset).unwrap_or(0);
            let of_day = days.iter().rposition(|day| *day <= at).unwrap_or(0);
            let (line, since) =
                if week { (of_day, days.get(of_day).copied().unwrap_or(at)) } else { (of_dataset, window.from) };
            let [kind, name] = what;
            let left = x(at - since);
            shown.marks.push(Mark {
                left,
                top: TOP + LINE * i64::try_from(line).unwrap_or(0),
                width: x((at - since).saturating_add(long)) - left,
                title: format!("{}: {kind}, {name}", platform::short_time(at)),
                job,
            });
        };
        let now = platform::now();
        for row in &jobs {
            let (Some(began), Some(dataset)) = (row.updated, dataset_of(row)) else { continue };
            let outcome = row.outcome().map_or(row.state.label(), |outcome| outcome.label());
            let job = Some((job_address(&server, row), phase_class(row.phase())));
            put(began, row.duration(now).unwrap_or(0), dataset, [row.title(), outcome], job);
        }
        for entry in entries {
            let became = became(entry, &jobs);
            let kind = entry.job_type.unwrap_or("of a type that is not told").replace('_', " ");
            let name = shown.datasets.iter().find(|(id, _)| *id == entry.dataset);
            let name = name.map(|(_, name)| name.clone()).unwrap_or_default();
            let mut when = platform::short_time(entry.start);
            if let Some(nominal) = entry.nominal.filter(|nominal| *nominal < entry.start) {
                when.push_str(", planned for ");
                when.push_str(&platform::time_of_day(nominal));
            }
            if entry.start >= window.from && became.is_none() {
                put(entry.start, 0, &entry.dataset, [&kind, &name], None);
            }
            let job = became.map(|row| (row.key.id.to_string(), job_address(&server, row)));
            shown.entries.push(Entry { words: [when, name, kind, or_dash(entry.retention.as_deref())], job });
        }
        shown
    };
    console.desk(array, |desk| console.rows(|store, _| draw(store, desk.plans().map_or(&[], |plans| &plans.entries))))
}

fn dataset_of(row: &Row) -> Option<&str> {
    row.job.as_ref().filter(|_| row.resource == Resource::ProtectionJob)?.dataset.as_deref()
}

fn job_address(server: &str, row: &Row) -> String {
    Route::session(server, Resource::ProtectionJob, &row.key.id).write()
}

/// What the reader calls a day, by an hour that every day has.
fn day_word(day: i64) -> String {
    platform::short_time(day + HOUR).chars().take_while(|sign| *sign != ',').collect()
}

fn tools(page: Page) -> View {
    let Page { console, window, wish, shown } = page;
    let go = move |change: &dyn Fn(&mut ScheduleQuery)| {
        let mut wish = wish.get_untracked();
        change(&mut wish);
        console.go(Route::Schedule(wish), true);
    };
    // Spans earlier or later; none leads to today.
    let step = move |label: &'static str, by: i64| {
        let turn = move |_| {
            let Window { from, to, .. } = window.get_untracked();
            let span = (to - from + DAY / 2) / DAY;
            let day = platform::to_local(from + by * span * DAY + DAY / 2).get(..10).map(str::to_owned);
            go(&|wish| wish.from = day.clone().filter(|_| by != 0));
        };
        el("button").set("type", "button").on("click", turn).with(label).done()
    };
    let options = live(move || {
        let chosen = wish.with(|wish| wish.dataset.clone().unwrap_or_default());
        let option = |id: &str, name: &str| {
            el("option").set("value", id).set("selected", (id == chosen).then_some("")).with(name).done()
        };
        let mut options = vec![option("", "all datasets")];
        shown.with(|shown| options.extend(shown.datasets.iter().map(|(id, name)| option(id, name))));
        options
    });
    let choose = move |event: web_sys::Event| {
        let value = Some(event_target_value(&event)).filter(|value| !value.is_empty());
        go(&|wish| wish.dataset.clone_from(&value));
    };
    let week = known(move || wish.with(|wish| wish.week));
    el("div")
        .class("tools schedule-tools")
        .with(step("Earlier", -1))
        .with(step("Today", 0))
        .with(step("Later", 1))
        .with(tabs("How much", ["Day", "Week"], week, call(move |week| go(&|wish| wish.week = week))))
        .with(el("label").class("choice").with("Dataset").with(el("select").on("change", choose).with(options)))
        .done()
}

fn picture(shown: Known<Shown>) -> View {
    let drawn = live(move || shown.with(drawn));
    el("div").class("scroll-x").with(drawn).done()
}

fn drawn(shown: &Shown) -> View {
    let height = TOP + LINE * i64::try_from(shown.lines.len()).unwrap_or(0).max(1);
    let mut drawn = svg("svg")
        .class("timeline")
        .set("viewBox", format!("0 0 1000 {height}"))
        .set("role", "group")
        .set("aria-label", "Timeline; the table below tells the same");
    for hour in (0..=24).step_by(3) {
        let x = LEFT + WIDTH * hour / 24;
        drawn = drawn
            .with(at(svg("line").class("hour"), &[("x1", x), ("x2", x), ("y1", 22), ("y2", height)]).done())
            .with(at(svg("text").class("hour-word"), &[("x", x), ("y", 14)]).with(format!("{hour}:00")).done());
    }
    let mut y = TOP + 17;
    for line in &shown.lines {
        drawn = drawn.with(at(svg("text").class("line-word"), &[("x", 4), ("y", y)]).with(line.as_str()).done());
        y += LINE;
    }
    for mark in &shown.marks {
        let Mark { left, top, width, .. } = *mark;
        let title = svg("title").with(mark.title.as_str()).done();
        drawn = drawn.with(match &mark.job {
            Some((address, class)) => {
                let shape = svg("rect").class(format!("held {class}")).set("rx", "2");
                let places = [("x", left), ("y", top + 6), ("width", width.max(4)), ("height", 14)];
                let link = svg("a").set("href", address.as_str()).set("aria-label", mark.title.as_str());
                link.with(at(shape, &places).with(title).done()).done()
            }
            None => {
                let shape = format!("M{left} {}l7 7-7 7-7-7z", top + 6);
                svg("path").class("planned").set("d", shape).with(title).done()
            }
        });
    }
    drawn.done()
}

fn at(mut element: El, places: &[(&'static str, i64)]) -> El {
    for (name, value) in places {
        element = element.set(name, value.to_string());
    }
    element
}

fn table(shown: Known<Shown>) -> View {
    let rows = live(move || shown.with(|shown| shown.entries.iter().map(line).collect::<Vec<View>>()));
    let mut heads = el("tr");
    for head in ["When", "Dataset", "Becomes", "Kept", "Became"] {
        heads = heads.with(el("th").set("scope", "col").with(head).done());
    }
    let table = el("table")
        .class("plain")
        .set("aria-label", "Entries")
        .with(el("thead").with(heads).done())
        .with(el("tbody").with(rows).done());
    el("div")
        // A week has hundreds: they scroll by themselves, so that what is around them stays near.
        .with(el("div").class("entries").set("tabindex", "0").with(table))
        .with(
            el("p")
                .class("small")
                .with(
                    "An entry has no number: which job it became is guessed by dataset, type and time. \
                     Entries that came due before this page was opened are not told any more.",
                )
                .done(),
        )
        .done()
}

fn line(entry: &Entry) -> View {
    let mut line = el("tr");
    for word in &entry.words {
        line = line.with(el("td").with(word.as_str()).done());
    }
    let mut became = el("td");
    if let Some((id, address)) = &entry.job {
        let link = el("a").set("href", address.as_str()).with("job ").with(id.as_str()).done();
        became = became.with(link).with(el("small").with(" (a guess)").done());
    }
    line.with(became.done()).done()
}
