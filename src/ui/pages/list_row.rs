//! One row of the list.

use super::list::or_dash;
use super::list_state::List;
use super::list_table::pick;
use super::session_parts::bar;
use crate::fleet::{ArrayIndex, Column, Columns, JobPart, Key, Row, format};
use crate::ui::components::phase::state_chip;
use crate::ui::components::strip::is_old;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{Held, Known, held, known};

/// The columns in whose place the array's words stand when a session failed: it has none of them.
const COPYING: [Column; 3] = [Column::Progress, Column::Rate, Column::TimeLeft];

/// What the cells of a row need.
#[derive(Clone, Copy)]
struct Line {
    list: List,
    key: Held<Key>,
    row: Known<Option<Row>>,
    /// The name, also of a session that is gone.
    title: Known<String>,
}

/// A row, bound to its own signal: a refresh that does not change it does not touch it.
pub fn row(list: List, key: Key, tabbed: Known<Option<Key>>) -> View {
    let console = list.console;
    let row = console.bind_row(&key);
    let title = title(&key, row);
    let line = Line { list, key: held(key.clone()), row, title };
    let old = is_old(console, key.array);
    let key = line.key;
    let index =
        live(move || key.with(|key| list.order.with(|order| order.index_of(key))).map(|at| (at + 2).to_string()));
    let is_tabbed = move || key.with(|key| tabbed.with(|tabbed| tabbed.as_ref() == Some(key)));
    let selection = console.memory.selection;
    let is_picked = move || key.with(|key| selection.with(|selection| selection.contains(key)));
    let has_menu = move || key.with(|key| list.menu.with(|menu| menu.as_ref() == Some(key)));
    let tab_index = move || live(move || if is_tabbed() { "0" } else { "-1" });
    let error_shown = known(move || {
        let columns = list.query.with(|query| query.columns);
        !columns.has(Column::Error) && row.with(|row| row.as_ref().is_some_and(|row| row.error.is_some()))
    });
    let cells = live(move || {
        let columns = list.query.with(|query| query.columns);
        leptos::prelude::untrack(|| cells(line, columns, error_shown))
    });
    let tick = el("input")
        .set("type", "checkbox")
        .set("tabindex", tab_index())
        .set("aria-label", live(move || format!("Select {}", title.get())))
        .state("checked", live(is_picked))
        .on("click", move |event| pick(list, &key.get(), platform::with_shift(&event)));
    let more = el("button")
        .set("type", "button")
        .set("tabindex", tab_index())
        .set("aria-label", live(move || format!("Actions for {}", title.get())))
        .set("aria-haspopup", "menu")
        .set("aria-expanded", live(has_menu))
        .on("click", move |event| {
            let opener = platform::listener_of(&event);
            if leptos::prelude::untrack(has_menu) {
                list.close_menu();
            } else {
                list.opener.set(opener);
                list.menu.set(Some(key.get()));
            }
        })
        .with("⋯");
    el("tr")
        .set("role", "row")
        .class("import-row")
        .toggle("stale", old.live())
        .toggle("gone", live(move || row.with(Option::is_none)))
        .toggle("picked", live(is_picked))
        .toggle("opened", live(has_menu))
        .set("data-session", key.with(|key| key.id.to_string()))
        .set("aria-rowindex", index)
        .set("tabindex", tab_index())
        .on("focusin", move |_| list.active.set(Some(key.get())))
        .with(el("td").set("role", "cell").class("col-pick").with(tick))
        .with(cells)
        .with(el("td").set("role", "cell").class("col-menu").with(more))
        .done()
}

/// The name that was told last.
fn title(key: &Key, row: Known<Option<Row>>) -> Known<String> {
    let last = held(key.id.to_string());
    known(move || {
        row.with(|row| {
            if let Some(row) = row {
                last.set(row.title().to_owned());
            }
        });
        last.get()
    })
}

/// The cells of the chosen columns.
fn cells(line: Line, columns: Columns, error_shown: Known<bool>) -> View {
    let shown: Vec<Column> = columns.shown().collect();
    let copying: Vec<Column> = COPYING.into_iter().filter(|column| columns.has(*column)).collect();
    let mut cells: Vec<View> = Vec::new();
    for column in shown {
        if copying.first() == Some(&column) {
            let copying = copying.clone();
            let middle = live(move || {
                if error_shown.get() {
                    error_cell(line.row, &copying)
                } else {
                    copying.iter().map(|column| cell(line, *column)).collect::<Vec<View>>().view()
                }
            });
            cells.push(middle.view());
        } else if !copying.contains(&column) {
            cells.push(cell(line, column));
        }
    }
    cells.view()
}

fn cell(line: Line, column: Column) -> View {
    let Line { list, key, row, .. } = line;
    let console = list.console;
    let array = key.with(|key| key.array);
    match column {
        Column::Name => return name_cell(line),
        Column::State => {
            let state = known(move || {
                let told = |row: &Row| (row.phase(), row.state.label().to_owned(), row.state.name().to_owned());
                row.with(|row| row.as_ref().map(told))
            });
            let chip = live(move || match state.get() {
                Some((phase, label, raw)) => state_chip(phase, label, Some(raw)),
                None => el("span").class("gone-word").with("gone").done(),
            });
            return el("td").set("role", "cell").class("col-state").with(chip).done();
        }
        Column::Progress => {
            let progress = known(move || row.with(|row| row.as_ref().and_then(|row| row.progress)));
            return el("td")
                .set("role", "cell")
                .class("col-progress")
                .with(bar(progress).set("aria-hidden", "true"))
                .with(el("span").class("percent").with(live(move || {
                    let outcome = row.with(|row| row.as_ref().and_then(|row| row.outcome()));
                    outcome.map_or_else(|| format::percent(progress.get()), |outcome| outcome.label().to_owned())
                })))
                .done();
        }
        _ => {}
    }
    let name = if column == Column::Array { console.array_name(array) } else { String::new() };
    let text = known(move || {
        row.with(|row| {
            let Some(row) = row else { return format::NOT_KNOWN.to_owned() };
            match column {
                Column::Array => name.clone(),
                Column::Work => row.work.lifecycle().name.to_owned(),
                Column::Role => or_dash(row.role.as_deref().map(role)),
                Column::Lag => lag(row, array_time(console, array)),
                Column::RemoteSystem => or_dash(row.remote_system.shown()),
                Column::Source => or_dash(row.source.shown()),
                Column::Destination => or_dash(row.destination.shown()),
                Column::Kind => or_dash(row.kind.label()).replace('_', " "),
                Column::Group => group(console, row),
                Column::Rate => format::rate(row.rate),
                Column::Resource => or_dash(job(row).and_then(|job| job.resource.as_deref())),
                Column::Bytes => format::bytes(job(row).and_then(|job| job.bytes)),
                Column::Duration => format::duration(job(row).and_then(|_| row.duration(array_time(console, array)))),
                Column::User => or_dash(job(row).and_then(|job| job.user.as_deref())),
                Column::Policy => or_dash(job(row).and_then(|job| job.policy.as_deref())),
                Column::TimeLeft => match row.estimated_end {
                    Some(end) => format::time_left(Some(end), array_time(console, array)),
                    None => format::NOT_KNOWN.to_owned(),
                },
                Column::Scheduled => time(row.scheduled),
                Column::Updated => time(row.updated),
                Column::Cutover => or_dash(row.automatic_cutover.map(|on| if on { "automatic" } else { "by hand" })),
                _ => or_dash(row.error.as_deref()),
            }
        })
    });
    let title = if column == Column::Source {
        live(move || row.with(|row| row.as_ref().map(source).unwrap_or_default()))
    } else {
        text.live()
    };
    let has_error = move || {
        let bad = |row: &Row| match column {
            Column::Error => row.error.is_some(),
            Column::Lag => is_late(row, array_time(console, array)),
            _ => false,
        };
        row.with(|row| row.as_ref().is_some_and(bad))
    };
    el("td")
        .set("role", "cell")
        .class(format!("col-{}", column.key()))
        .toggle("bad", live(has_error))
        .set("title", title)
        .with(text.live())
        .done()
}

fn job(row: &Row) -> Option<&JobPart> {
    row.job.as_deref()
}

fn name_cell(line: Line) -> View {
    let Line { list, key, title, .. } = line;
    let acting = known(move || {
        let acts = |key: &Key| {
            let is_under_way = |act: &crate::operation::Act| act.is_under_way();
            list.console.desk(key.array, |desk| desk.act(&key.id).is_some_and(is_under_way))
        };
        key.with(acts) == Some(true)
    });
    let mark = live(move || {
        acting.get().then(|| el("span").class("row-acting").set("title", "An action is under way").with("…").done())
    });
    let address = key.with(|key| list.address(key)).map(|route| route.write()).unwrap_or_default();
    let link = el("a").set("href", address).set("tabindex", "-1").with(title.live());
    el("th")
        .set("role", "rowheader")
        .set("scope", "row")
        .class("col-name")
        .set("title", title.live())
        .with(link)
        .with(mark)
        .done()
}

/// Which end of a replication it is, for people.
pub fn role(word: &str) -> &str {
    match word {
        "Metro_Preferred" => "Metro, preferred",
        "Metro_Non_Preferred" => "Metro, not preferred",
        other => other,
    }
}

/// How far behind the copy is, and how far it may be.
pub fn lag(row: &Row, now: i64) -> String {
    let Some(at) = row.last_sync() else { return format::NOT_KNOWN.to_owned() };
    let lag = format::duration(Some((now - at).max(0)));
    match row.objective {
        Some(objective) => format!("{lag} of {}", format::duration(Some(objective))),
        None => lag,
    }
}

/// True when the copy is further behind than its rule wants.
fn is_late(row: &Row, now: i64) -> bool {
    row.last_sync().zip(row.objective).is_some_and(|(at, objective)| now - at > objective)
}

/// The group that the session belongs to, or that it is one.
fn group(console: Console, row: &Row) -> String {
    if row.is_group() {
        return "is a group".to_owned();
    }
    or_dash(console.rows(|store, _| crate::fleet::view::group_name(row, store).map(str::to_owned)).as_deref())
}

fn source(row: &Row) -> String {
    match (row.remote_system.name.as_deref(), row.source.shown()) {
        (Some(system), Some(source)) => format!("{source} on {system}"),
        (_, source) => or_dash(source),
    }
}

fn time(at: Option<i64>) -> String {
    at.map_or_else(|| format::NOT_KNOWN.to_owned(), platform::short_time)
}

/// The array's words, over the columns that a failed session has nothing for.
fn error_cell(row: Known<Option<Row>>, over: &[Column]) -> View {
    let words = known(move || {
        row.with(|row| {
            let row = row.as_ref()?;
            let percent = row.progress.map(|percent| format!("{percent} % · ")).unwrap_or_default();
            Some(format!("{percent}{}", row.error.as_deref().unwrap_or_default()))
        })
    });
    let first = over.first().map_or("", |column| column.key());
    let place = format!("{first} / span {}", over.len());
    el("td")
        .set("role", "cell")
        .set("aria-colspan", over.len().to_string())
        .class("col-error-over")
        .style("grid-column", live(move || place.clone()))
        .set("title", words.live())
        .with(words.live())
        .done()
}

/// The array's clock, which its estimates go by.
pub fn array_time(console: Console, array: ArrayIndex) -> i64 {
    let skew = console.clock_skew(array);
    console.now.get() + skew
}
