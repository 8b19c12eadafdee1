//! The page of one import: where it is, what it did, what may be done.

use leptos::prelude::*;

use super::import_parts::{actions, jobs, last_read, next, path, progress, properties};
use super::unknown;
use crate::array::{circumstances, node};
use crate::fleet::{ArrayIndex, Key, ListQuery, Route, format};
use crate::lifecycle::ActionId;
use crate::lifecycle::import_volume::IMPORT_VOLUME;
use crate::operation::{Access, Act, Event};
use crate::ui::components::act::act_panel;
use crate::ui::components::phase::{phase_word, state_chip};
use crate::ui::components::strip::is_old;
use crate::ui::console::{Console, key};
use crate::ui::diagram::{Diagram, Figure};
use crate::ui::platform;
use crate::wire::powerstore::ImportSession;

/// What every part of the page needs.
#[derive(Clone, Copy)]
pub struct Subject {
    /// The console.
    pub console: Console,
    /// The array.
    pub array: ArrayIndex,
    /// The session's key.
    pub key: StoredValue<Key>,
    /// The session as it was last read; `None` until it was.
    pub session: Memo<Option<ImportSession>>,
}

impl Subject {
    /// The session's name, from whichever source has it.
    fn name(self) -> String {
        let read = self.session.with(|session| session.as_ref().and_then(|session| session.name.clone()));
        read.or_else(|| {
            let listed = |key: &Key| self.console.rows(|store, _| store.get(key).map(|row| row.title().to_owned()));
            self.key.with_value(listed)
        })
        .unwrap_or_else(|| self.key.with_value(|key| key.id.to_string()))
    }
}

/// The page of a session.
pub fn import(console: Console, array: &str, session: &str) -> AnyView {
    let Some(index) = console.array(array) else { return unknown::array(console, array) };
    let read = Memo::new(move |_| console.desk(index, |desk| desk.watched().cloned()).flatten());
    let subject = Subject { console, array: index, key: StoredValue::new(key(index, session)), session: read };
    let gone = Memo::new(move |_| console.desk(index, |desk| desk.watched_is_gone()) == Some(true));
    let site = console.config(|config| config.title.clone());
    let name = Memo::new(move |_| subject.name());
    Effect::new(move |_| platform::set_title(&format!("{} · {site}", name.get())));
    let on_array = console.array_name(index);
    let list = Route::ArrayImports { array: array.to_owned(), list: ListQuery::default() }.write();
    let session_id = session.to_owned();
    let body = move || {
        if gone.get() {
            return view! {
                <p class="words" role="alert">
                    {format!("The array has no import session {session_id} (any more). It may have been deleted on the array, or the link is of another array.")}
                </p>
            }
            .into_any();
        }
        untrack(|| whole(subject))
    };
    view! {
        <section class="page import-page">
            <p class="crumbs">
                <a href=Route::Imports(ListQuery::default()).write()>"Imports"</a>" / "<a href=list>{on_array}</a>
            </p>
            <h1 tabindex="-1">{move || name.get()}</h1>
            {body}
        </section>
    }
    .into_any()
}

fn whole(subject: Subject) -> AnyView {
    let Subject { console, array, session, .. } = subject;
    let known = Memo::new(move |_| session.with(Option::is_some));
    let old = is_old(console, array);
    let is_in =
        Memo::new(move |_| console.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true));
    let shown = move || {
        if known.get() {
            untrack(|| told(subject))
        } else if is_in.get() {
            view! { <p class="empty" aria-busy="true">{format!("Reading the session{}", "…")}</p> }.into_any()
        } else {
            view! {
                <p class="empty">
                    "Log in to "{console.array_name(array)}" to see this import. "
                    <a href=Route::Arrays.write()>"Log in"</a>
                </p>
            }
            .into_any()
        }
    };
    let id = subject.key.with_value(|key| key.id.to_string());
    view! {
        {act_panel(console, array, &id)}
        <div class="told" class:stale=move || old.get()>{shown}</div>
    }
    .into_any()
}

fn told(subject: Subject) -> AnyView {
    let Subject { console, array, key, .. } = subject;
    let figure = figure(subject);
    let tall = platform::matches_while("(max-width: 899.9px)");
    let act = Callback::new(move |action: ActionId| {
        let session = key.with_value(|key| key.id.to_string());
        console.hear(array, Event::Ask { session, action });
    });
    announce(console, figure);
    view! {
        {header(subject)}
        {actions(figure, act)}
        <section class="picture" aria-label="Where it is">
            <Diagram figure=figure tall=tall act=act />
        </section>
        <div class="columns">
            {path(subject, figure)}
            {next(figure)}
            {progress(subject)}
            {properties(subject)}
            {jobs(subject)}
            {last_read(subject)}
        </div>
    }
    .into_any()
}

/// Everything that the picture and the buttons depend on, and nothing else.
fn figure(subject: Subject) -> Memo<Figure> {
    let Subject { console, array, key, session } = subject;
    Memo::new(move |_| {
        let Some(session) = session.get() else { return Figure::default() };
        let path = key.with_value(|key| {
            console.course(key, |course| course.map(|course| course.steps().cloned().collect()).unwrap_or_default())
        });
        let told = console.desk(array, |desk| {
            let acts = IMPORT_VOLUME.actions_with_ids();
            // What needs a form of its own has no request to show, and no button here.
            let acts = acts.filter(|(id, _)| desk.preview(&session.id, *id, &[], 0).is_some());
            let verdicts = acts.map(|(id, _)| (id, desk.verdict(&session, id))).collect();
            let held = if desk.settings().read_only {
                Some("This console is read-only: config.json says so.")
            } else if desk.act(&session.id).is_some_and(Act::is_under_way) {
                Some("An action is under way.")
            } else {
                None
            };
            (verdicts, held, desk.release())
        });
        let (verdicts, held, release) = told.unwrap_or_default();
        Figure { circumstances: circumstances(&session, release), state: session.state, path, verdicts, held }
    })
}

/// Says each new state to those who listen.
fn announce(console: Console, figure: Memo<Figure>) {
    let sentence = Memo::new(move |_| figure.with(Figure::sentence));
    Effect::new(move |before: Option<()>| {
        let words = sentence.get();
        if before.is_some() {
            console.say(words);
        }
    });
}

fn header(subject: Subject) -> AnyView {
    let Subject { console, array, session, .. } = subject;
    let state = Memo::new(move |_| {
        session.with(|session| {
            let session = session.as_ref()?;
            let node = node(session).and_then(|id| IMPORT_VOLUME.node(id));
            let raw = session.state.clone();
            let label = node.map(|node| node.label.to_owned()).or_else(|| raw.clone());
            let meaning = node.map_or(
                "This console does not know this state: its actions are uncertain, and the array decides.",
                |node| node.meaning,
            );
            Some((node.map(|node| node.phase), label.unwrap_or_else(|| "not told".to_owned()), raw, meaning))
        })
    });
    let chip = move || {
        state.get().map(|(phase, label, raw, meaning)| {
            view! {
                <p class="state-line">
                    <span id="state">{state_chip(phase, label, raw)}</span>
                    <span class="phase-word">{phase_word(phase)}</span>
                    <span class="meaning">{meaning}</span>
                </p>
            }
        })
    };
    let error = Memo::new(move |_| session.with(|session| session.as_ref()?.error.as_ref().map(|error| error.text())));
    let error_line = move || {
        error.get().map(|words| {
            view! { <p class="words bad session-error"><strong>"The array says: "</strong>{words}</p> }
        })
    };
    let age = move || {
        let read_at = console.desk(array, |desk| desk.health().last_read_at).flatten();
        format!("Read {}", format::age(read_at, console.now.get()))
    };
    view! {
        <div class="import-head">
            {chip}
            <p class="read-age">{age}</p>
        </div>
        {error_line}
    }
    .into_any()
}
