//! The page of one session or job: where it is, what it did, what may be done.

use leptos::prelude::*;

use super::import_again::again;
use super::protection_job::{report, transfer, two_pictures};
use super::session_ends::{ends, other_end};
use super::session_members::{group_line, members};
use super::session_parts::{actions, jobs, last_read, next, path, progress, properties, works_on};
use super::unknown;
use crate::array::{kind, standing};
use crate::fleet::{ArrayIndex, Key, Route, Row, State, format};
use crate::lifecycle::ActionId;
use crate::operation::{Access, Event};
use crate::ui::components::act::act_panel;
use crate::ui::components::phase::{phase_word, state_chip, state_label};
use crate::ui::components::strip::is_old;
use crate::ui::components::verdict::told as told_of;
use crate::ui::console::{Console, key};
use crate::ui::diagram::{Figure, diagram};
use crate::ui::platform;
use crate::ui::platform::element::{Piece as _, View, el, live};
use crate::ui::state::{Held, Known, after_drawing, call, held, known};
use crate::wire::powerstore::{Resource, Session};

/// What every part of the page needs.
#[derive(Clone, Copy)]
pub struct Subject {
    /// The console.
    pub console: Console,
    /// The array.
    pub array: ArrayIndex,
    /// The session's key.
    pub key: Held<Key>,
    /// The session as it was last read; `None` until it was.
    pub session: Known<Option<Session>>,
    /// Of a replication, the end that another array tells of.
    pub other: Known<Option<(ArrayIndex, Row)>>,
}

impl Subject {
    /// True for a job of a DFM.
    pub fn is_protection_job(self) -> bool {
        self.session.with_untracked(|session| {
            session.as_ref().is_some_and(|session| session.resource == Resource::ProtectionJob)
        })
    }

    /// The session's name, from whichever source has it.
    pub fn name(self) -> String {
        let read = self.session.with(|session| session.as_ref().and_then(|session| session.name().map(str::to_owned)));
        read.or_else(|| {
            let listed = |key: &Key| self.console.rows(|store, _| store.get(key).map(|row| row.title().to_owned()));
            self.key.with(listed)
        })
        .unwrap_or_else(|| self.key.with(|key| key.id.to_string()))
    }
}

/// The page of a session.
pub fn session(console: Console, array: &str, resource: Resource, session: &str) -> View {
    let Some(index) = console.array(array) else { return unknown::array(console, array) };
    let read = known(move || console.desk(index, |desk| desk.watched().cloned()).flatten());
    let key = held(key(index, session));
    let subject = Subject { console, array: index, key, session: read, other: other_end(console, index, key) };
    let gone = known(move || console.desk(index, |desk| desk.watched_is_gone()) == Some(true));
    let site = console.config(|config| config.title.clone());
    let name = known(move || subject.name());
    after_drawing(move || platform::set_title(&format!("{} · {site}", name.get())));
    let on_array = console.array_name(index);
    let list = Route::all_of(array, Some(resource)).write();
    let session_id = session.to_owned();
    let body = live(move || {
        if gone.get() {
            return el("p").class("words").set("role", "alert").with(gone_words(resource, &session_id)).done();
        }
        untrack(|| whole(subject))
    });
    el("section")
        .class("page import-page")
        .with(
            el("p")
                .class("crumbs")
                .with(el("a").set("href", Route::all(Some(resource)).write()).with(resource.label()))
                .with(" / ")
                .with(el("a").set("href", list).with(on_array)),
        )
        .with(el("h1").set("tabindex", "-1").with(name.live()))
        .with(body)
        .done()
}

fn gone_words(resource: Resource, id: &str) -> String {
    let why = match resource {
        Resource::Replication => "Its protection policy may have been removed, which ends a replication",
        Resource::Job => "Arrays do not keep jobs for ever",
        Resource::ProtectionJob => "It may have been purged",
        _ => "It may have been deleted on the array",
    };
    let what = resource.name().replace('_', " ");
    format!("The array has no {what} {id} (any more). {why}, or the link is of another array.")
}

fn whole(subject: Subject) -> View {
    let Subject { console, array, session, .. } = subject;
    let is_told = known(move || session.with(Option::is_some));
    let old = is_old(console, array);
    let is_in = known(move || console.desk(array, |desk| matches!(desk.access(), Access::In { .. })) == Some(true));
    let shown = live(move || {
        if is_told.get() {
            untrack(|| told(subject))
        } else if is_in.get() {
            el("p").class("empty").set("aria-busy", "true").with(format!("Reading the session{}", "…")).done()
        } else {
            el("p")
                .class("empty")
                .with("Log in to ")
                .with(console.array_name(array))
                .with(" to see this session. ")
                .with(el("a").set("href", Route::Arrays.write()).with("Log in"))
                .done()
        }
    });
    let id = subject.key.with(|key| key.id.to_string());
    vec![act_panel(console, array, &id).view(), el("div").class("told").toggle("stale", old.live()).with(shown).view()]
        .view()
}

fn told(subject: Subject) -> View {
    let Subject { console, array, key, .. } = subject;
    let figure = figure(subject);
    let act = call(move |action: ActionId| {
        let session = key.with(|key| key.id.to_string());
        console.hear(array, Event::Ask { session, action });
    });
    announce(console, figure);
    if subject.is_protection_job() {
        return vec![
            header(subject).view(),
            actions(figure, act).view(),
            two_pictures(subject, figure, act),
            report(subject),
            el("div")
                .class("columns")
                .with(path(subject, figure))
                .with(next(figure))
                .with(transfer(subject))
                .with(properties(subject))
                .with(last_read(subject))
                .view(),
        ]
        .view();
    }
    vec![
        header(subject).view(),
        group_line(subject).view(),
        works_on(subject).view(),
        ends(subject).view(),
        actions(figure, act).view(),
        again(subject).view(),
        el("section")
            .class("picture")
            .set("aria-label", "Where it is")
            .with(diagram(figure, console.narrow, act))
            .view(),
        members(subject).view(),
        el("div")
            .class("columns")
            .with(path(subject, figure))
            .with(next(figure))
            .with(progress(subject))
            .with(properties(subject))
            .with(jobs(subject))
            .with(last_read(subject))
            .view(),
    ]
    .view()
}

/// Everything that the picture and the buttons depend on, and nothing else.
fn figure(subject: Subject) -> Known<Figure> {
    let Subject { console, array, key, session, other } = subject;
    known(move || {
        let Some(session) = session.get() else { return Figure::default() };
        let work = kind(&session);
        let path = key.with(|key| {
            console.course(key, |course| course.map(|course| course.steps().cloned().collect()).unwrap_or_default())
        });
        let told = console.desk(array, |desk| (desk.circumstances(&session), told_of(desk, &session)));
        let (circumstances, (verdicts, held)) = told.unwrap_or_default();
        let other = other.with(|other| match other {
            Some((of, row)) => match row.state {
                State::Known(kind, node) if kind == work => Some((console.array_name(*of), node)),
                _ => None,
            },
            None => None,
        });
        Figure { work, circumstances, state: session.state, other, path, verdicts, held }
    })
}

/// Says each new state to those who listen.
fn announce(console: Console, figure: Known<Figure>) {
    let sentence = known(move || figure.with(Figure::sentence));
    let mut is_first = true;
    after_drawing(move || {
        let words = sentence.get();
        if !std::mem::replace(&mut is_first, false) {
            console.say(words);
        }
    });
}

fn header(subject: Subject) -> View {
    let Subject { console, array, session, .. } = subject;
    let state = known(move || {
        session.with(|session| {
            let session = session.as_ref()?;
            let node = standing(session);
            let raw = session.state.clone();
            let meaning = node.map_or(
                "This console does not know this state: its actions are uncertain, and the array decides.",
                |node| node.meaning,
            );
            Some((node.map(|node| node.phase), state_label(session), raw, meaning))
        })
    });
    let chip = live(move || {
        state.get().map(|(phase, label, raw, meaning)| {
            el("p")
                .class("state-line")
                .with(el("span").set("id", "state").with(state_chip(phase, label, raw)))
                .with(el("span").class("phase-word").with(phase_word(phase)))
                .with(el("span").class("meaning").with(meaning))
                .done()
        })
    });
    let outcome = live(move || {
        let outcome = session.with(|session| session.as_ref().and_then(crate::array::overall));
        outcome.map(|outcome| {
            let chip = state_chip(Some(outcome.phase()), outcome.label().to_owned(), Some(outcome.word().to_owned()));
            el("p").class("state-line").set("id", "outcome").with("Outcome: ").with(chip).done()
        })
    });
    let error = known(move || session.with(|session| session.as_ref()?.error()));
    let error_line = live(move || {
        error.get().map(|words| {
            el("p").class("words bad session-error").with(el("strong").with("The array says: ")).with(words).done()
        })
    });
    let age = live(move || {
        let read_at = console.desk(array, |desk| desk.health().last_read_at).flatten();
        format!("Read {}", format::age(read_at, console.now.get()))
    });
    vec![
        el("div").class("import-head").with(chip).with(outcome).with(el("p").class("read-age").with(age)).view(),
        error_line.view(),
    ]
    .view()
}
