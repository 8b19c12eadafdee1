//! What a DFM means to start, as a day or a week: a picture on the clock, and the same as a table.

use leptos::prelude::*;

use super::list::or_dash;
use super::unknown;
use crate::fleet::plan::became;
use crate::fleet::{ArrayIndex, Route, Row, ScheduleQuery, format};
use crate::lifecycle::Phase;
use crate::operation::{Access, Event, Window};
use crate::ordered::OrderedSet;
use crate::ui::components::phase::phase_class;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{El, View, el, live, svg};
use crate::ui::state::{Known, after_drawing, known, when_left};
use crate::wire::powerstore::Resource;
use crate::wire::zapi::ScheduledJob;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// The picture, in its own units: where the clock begins, how wide it is, how high a line is.
const LEFT: i64 = 170;
const WIDTH: i64 = 800;
const LINE: i64 = 30;

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
        let skew = untrack(|| console.desk(array, |desk| desk.health().clock_skew).flatten()).unwrap_or(0);
        let window = Window { from: window.from + skew, to: window.to + skew, ..window };
        console.hear(array, Event::LookAtPlans(Some(window)));
    });
    when_left(move || console.hear(array, Event::LookAtPlans(None)));
    let version = known(move || version(console, array, &window.get()));
    let page = Page { console, array, window, version, week: known(move || wish.with(|wish| wish.week)) };
    let state = live(move || {
        let told = console.desk(array, |desk| {
            if !matches!(desk.access(), Access::In { .. }) {
                return Some("Log in to see the schedule.".to_owned());
            }
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
        .with(tools(page, wish))
        .with(el("p").class("summary").set("role", "status").with(state))
        .with(picture(page))
        .with(table(page))
        .done()
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    console: Console,
    array: ArrayIndex,
    /// By the reader's clock.
    window: Known<Window>,
    /// Another number when something else is to be shown.
    version: Known<i64>,
    week: Known<bool>,
}

/// A number that follows from all that is shown.
fn version(console: Console, array: ArrayIndex, window: &Window) -> i64 {
    let mut sum = 0i64;
    look(console, array, window, |entries, jobs| {
        let entries = entries.iter().map(|entry| entry.start);
        let state = |row: &&Row| row.phase().map_or(9, |phase| phase as i64);
        let jobs = jobs.iter().map(|row| row.updated.unwrap_or(0) ^ state(row));
        sum = entries.chain([-1]).chain(jobs).fold(sum, |sum, part| sum.wrapping_mul(31).wrapping_add(part));
    });
    sum
}

/// Shows the entries, and the jobs that began in the window.
fn look(console: Console, array: ArrayIndex, window: &Window, show: impl FnOnce(&[ScheduledJob], &[&Row])) {
    let of = |row: &&Row| {
        row.resource == Resource::ProtectionJob
            && row.updated.is_some_and(|at| (window.from..=window.to).contains(&at))
            && window.dataset.as_deref().is_none_or(|dataset| dataset_of(row) == Some(dataset))
    };
    console.desk(array, |desk| {
        console.rows(|store, _| {
            let jobs: Vec<&Row> = store.rows_of(array).filter(of).collect();
            show(desk.plans().map_or(&[], |plans| &plans.entries), &jobs);
        });
    });
}

impl Page {
    fn dataset(self, id: &str) -> String {
        let told = |row: &Row| {
            let job = row.job.as_deref()?;
            if job.dataset.as_deref() == Some(id) { job.resource.as_deref().map(str::to_owned) } else { None }
        };
        let known = self.console.rows(|store, _| store.rows_of(self.array).find_map(told));
        known.unwrap_or_else(|| self.console.named(self.array, id))
    }

    /// Shows what there is now, and again when it is something else.
    fn shown(self, show: impl FnOnce(&[ScheduledJob], &[&Row])) {
        self.version.get();
        untrack(|| look(self.console, self.array, &self.window.get(), show));
    }

    fn job_address(self, row: &Row) -> String {
        let array = self.console.entry(self.array).map(|entry| entry.id).unwrap_or_default();
        Route::session(&array, Resource::ProtectionJob, &row.key.id).write()
    }
}

fn tools(page: Page, wish: Known<ScheduleQuery>) -> View {
    let console = page.console;
    let go = move |change: &dyn Fn(&mut ScheduleQuery)| {
        let mut wish = wish.get_untracked();
        change(&mut wish);
        console.go(Route::Schedule(wish), true);
    };
    let day = |at: i64| platform::to_local(at).get(..10).map(str::to_owned);
    let step = move |label: &'static str, by: i64| {
        let turn = move |_| {
            let Window { from, to, .. } = page.window.get_untracked();
            let span = (to - from + DAY / 2) / DAY;
            go(&|wish| wish.from = day(from + by * span * DAY + DAY / 2));
        };
        el("button").set("type", "button").on("click", turn).with(label).done()
    };
    let span = move |label: &'static str, week: bool| {
        el("button")
            .set("type", "button")
            .class("tab")
            .set("aria-pressed", live(move || if page.week.get() == week { "true" } else { "false" }))
            .on("click", move |_| go(&|wish| wish.week = week))
            .with(label)
            .done()
    };
    let chosen = known(move || wish.with(|wish| wish.dataset.clone().unwrap_or_default()));
    let options = live(move || {
        let mut ids: OrderedSet<String> = [String::new(), chosen.get()].into();
        page.shown(|entries, jobs| {
            ids.extend(entries.iter().map(|entry| entry.dataset.clone()));
            ids.extend(jobs.iter().filter_map(|row| dataset_of(row)).map(str::to_owned));
        });
        let option = |id: &String| {
            let own = id.clone();
            let name = if id.is_empty() { "all datasets".to_owned() } else { untrack(|| page.dataset(id)) };
            el("option").set("value", id.clone()).state("selected", live(move || chosen.get() == own)).with(name).done()
        };
        ids.iter().map(option).collect::<Vec<View>>()
    });
    el("div")
        .class("tools schedule-tools")
        .with(step("Earlier", -1))
        .with(el("button").set("type", "button").on("click", move |_| go(&|wish| wish.from = None)).with("Today"))
        .with(step("Later", 1))
        .with(
            el("div")
                .class("tabs")
                .set("role", "group")
                .set("aria-label", "How much")
                .with(span("Day", false))
                .with(span("Week", true)),
        )
        .with(
            el("label").class("choice").with("Dataset").with(
                el("select")
                    .on("change", move |event| {
                        let value = Some(event_target_value(&event)).filter(|value| !value.is_empty());
                        go(&|wish| wish.dataset.clone_from(&value));
                    })
                    .with(options),
            ),
        )
        .done()
}

fn dataset_of(row: &Row) -> Option<&str> {
    row.job.as_ref()?.dataset.as_deref()
}

/// Something in the picture.
struct Mark {
    line: usize,
    /// Milliseconds since its line began.
    at: i64,
    long: i64,
    title: String,
    address: Option<String>,
    phase: Option<Option<Phase>>,
}

fn picture(page: Page) -> View {
    let drawn = live(move || {
        let (window, week) = (page.window.get(), page.week.get());
        let (mut lines, mut marks) = (Vec::new(), Vec::new());
        page.shown(|entries, jobs| (lines, marks) = laid_out(page, &window, week, entries, jobs));
        let height = 30 + LINE * i64::try_from(lines.len()).unwrap_or(0).max(1);
        let mut parts: Vec<View> = Vec::new();
        for hour in (0..=24).step_by(3) {
            let x = LEFT + WIDTH * hour / 24;
            parts.push(at(svg("line").class("hour"), &[("x1", x), ("x2", x), ("y1", 22), ("y2", height)]).done());
            parts.push(at(svg("text").class("hour-word"), &[("x", x), ("y", 14)]).with(format!("{hour}:00")).done());
        }
        for (place, label) in (0..).zip(lines) {
            let y = 30 + LINE * place;
            parts.push(at(svg("text").class("line-word"), &[("x", 4), ("y", y + 17)]).with(label).done());
        }
        parts.extend(marks.iter().map(mark));
        svg("svg")
            .class("timeline")
            .set("viewBox", format!("0 0 1000 {height}"))
            .set("role", "group")
            .set("aria-label", "Timeline; the table below tells the same")
            .with(parts)
            .done()
    });
    el("div").class("scroll-x").with(drawn).done()
}

fn at(element: El, places: &[(&'static str, i64)]) -> El {
    places.iter().fold(element, |element, (name, value)| element.set(name, value.to_string()))
}

fn mark(mark: &Mark) -> View {
    let y = 30 + LINE * i64::try_from(mark.line).unwrap_or(0);
    let x = |at: i64| LEFT + WIDTH * at.clamp(0, DAY) / DAY;
    let (left, right) = (x(mark.at), x(mark.at.saturating_add(mark.long)));
    let shape = match mark.phase {
        Some(phase) => {
            let shape = svg("rect").class(format!("held {}", phase_class(phase))).set("rx", "2");
            at(shape, &[("x", left), ("y", y + 6), ("width", (right - left).max(4)), ("height", 14)])
        }
        None => svg("path").class("planned").set("d", format!("M{left} {}l7 7-7 7-7-7z", y + 6)),
    };
    let titled = shape.with(svg("title").with(mark.title.clone()));
    match &mark.address {
        Some(address) => {
            svg("a").set("href", address.clone()).set("aria-label", mark.title.clone()).with(titled).done()
        }
        None => titled.done(),
    }
}

/// The names of the lines, and what stands in them: of a day a line for each dataset, of a week one for each day.
fn laid_out(
    page: Page,
    window: &Window,
    week: bool,
    entries: &[ScheduledJob],
    jobs: &[&Row],
) -> (Vec<String>, Vec<Mark>) {
    let mut datasets: OrderedSet<&str> = entries.iter().map(|entry| entry.dataset.as_str()).collect();
    datasets.extend(jobs.iter().filter_map(|row| dataset_of(row)));
    let days: Vec<i64> = (0..7).map(|day| platform::day_of(window.from + day * DAY + DAY / 2)).collect();
    let place = |at: i64, dataset: &str| {
        if week {
            let line = days.iter().rposition(|day| *day <= at).unwrap_or(0);
            (line, at - days.get(line).copied().unwrap_or(at))
        } else {
            (datasets.iter().position(|of| *of == dataset).unwrap_or(0), at - window.from)
        }
    };
    let lines = if week {
        days.iter().map(|day| platform::short_time(day + HOUR).chars().take_while(|c| *c != ',').collect()).collect()
    } else {
        datasets.iter().map(|id| page.dataset(id)).collect()
    };
    let now = platform::now();
    let mut marks = Vec::new();
    for row in jobs {
        let (Some(began), Some(dataset)) = (row.updated, dataset_of(row)) else { continue };
        let (line, at) = place(began, dataset);
        let outcome = row.outcome().map_or(row.state.label(), |outcome| outcome.label());
        let title = format!("{}: {}, {outcome}", platform::short_time(began), row.title());
        let long = row.duration(now).unwrap_or(0);
        marks.push(Mark { line, at, long, title, address: Some(page.job_address(row)), phase: Some(row.phase()) });
    }
    for entry in entries.iter().filter(|entry| entry.start >= window.from && became(entry, jobs).is_none()) {
        let (line, at) = place(entry.start, &entry.dataset);
        let title = format!("{}: {}, {}", platform::short_time(entry.start), kind(entry), page.dataset(&entry.dataset));
        marks.push(Mark { line, at, long: 0, title, address: None, phase: None });
    }
    (lines, marks)
}

fn kind(entry: &ScheduledJob) -> String {
    entry.job_type.map_or_else(|| "of a type that is not told".to_owned(), |kind| kind.replace('_', " "))
}

fn table(page: Page) -> View {
    let rows = live(move || {
        let mut lines: Vec<View> = Vec::new();
        page.shown(|entries, jobs| lines.extend(entries.iter().map(|entry| line(page, entry, jobs))));
        lines
    });
    let heads =
        ["When", "Dataset", "Becomes", "Kept", "Became"].map(|head| el("th").set("scope", "col").with(head).done());
    el("div")
        .class("scroll-x")
        .with(
            el("table")
                .class("plain")
                .set("aria-label", "Entries")
                .with(el("thead").with(el("tr").with(Vec::from(heads))))
                .with(el("tbody").with(rows)),
        )
        .with(el("p").class("small").with(
            "An entry has no number: which job it became is guessed by dataset, type and time. \
                 Entries that came due before this page was opened are not told any more.",
        ))
        .done()
}

fn line(page: Page, entry: &ScheduledJob, jobs: &[&Row]) -> View {
    let job = became(entry, jobs);
    let job = job.map(|row| {
        let link = el("a").set("href", page.job_address(row)).with(format!("job {}", row.key.id));
        el("span").with(link).with(el("small").with(" (a guess)")).done()
    });
    let late = entry.nominal.filter(|nominal| *nominal < entry.start);
    let late = late.map(|nominal| format!(", planned for {}", platform::time_of_day(nominal)));
    el("tr")
        .with(el("td").with(platform::short_time(entry.start)).with(late))
        .with(el("td").with(page.dataset(&entry.dataset)))
        .with(el("td").with(kind(entry)))
        .with(el("td").with(or_dash(entry.retention.as_deref())))
        .with(el("td").with(job))
        .done()
}
