//! The dialog that asks before an action is sent.

use std::rc::Rc;

use leptos::prelude::*;

use super::line::line;
use super::login::login_form;
use super::phase::session_chip;
use super::schedule::{array_clock, time_input, time_words};
use super::verdict::verdict_sentence;
use super::wire::exchange;
use crate::array::check::{PlanField, schedule_fault};
use crate::array::entry::{Entry, of_action};
use crate::fleet::stakes::stakes;
use crate::fleet::{ArrayIndex, Draft, format};
use crate::lifecycle::{Action, ActionId, Danger, Flag, Kind, Release, Verb, Verdict};
use crate::operation::{Act, Desk, Event, Stage};
use crate::ui::console::{Console, key};
use crate::ui::platform;
use crate::ui::platform::element::{El, Piece as _, View, el, live};
use crate::ui::state::{Cell, Held, Known, call, cell, held, known, when_left};
use crate::wire::powerstore::{Resource, Session, Snapshot};

/// What a dialog is about.
#[derive(Clone, PartialEq, Eq)]
struct Subject {
    array: ArrayIndex,
    session: String,
    action: ActionId,
}

/// The dialog of whichever action asks; there is one at a time.
pub fn action_dialog(console: Console) -> View {
    let subject = known(move || {
        console.arrays().into_iter().find_map(|array| {
            console.desk(array, |desk| {
                let act = desk.acts().find(|act| act.is_dialog())?;
                Some(Subject { array, session: act.session.clone(), action: act.action })
            })?
        })
    });
    let opener = held(None::<platform::Focused>);
    // Owned here, and not by the dialog: it may close and come back with what was typed.
    let answers = Answers {
        confirmed: cell(Vec::new()),
        flags: cell(Vec::new()),
        typed: cell(String::new()),
        scheduled: cell(None),
        snapshot: cell(String::new()),
        taken: cell(None),
        entered: cell(Rc::default()),
    };
    let asked_before = held(None::<Subject>);
    let shown = live(move || {
        let subject = subject.get()?;
        let work = console.work_of(&key(subject.array, &subject.session));
        let action = work.lifecycle().action(subject.action)?;
        opener.set(platform::focused());
        untrack(|| {
            let returned = console.desk(subject.array, |desk| desk.act(&subject.session).map(|act| act.returned));
            if returned.flatten() != Some(true) || asked_before.with(|before| before.as_ref() != Some(&subject)) {
                answers.clear();
                if !offers_entries(work, action) {
                    let key = key(subject.array, &subject.session);
                    answers.scheduled.set(console.rows(|store, _| store.get(&key).and_then(|row| row.scheduled)));
                }
            }
            asked_before.set(Some(subject.clone()));
        });
        when_left(move || {
            let before = opener.get();
            // The opener may have become another button; its page's heading is always there.
            leptos::prelude::request_animation_frame(move || {
                if !before.as_ref().is_some_and(platform::refocus) {
                    platform::focus_first("main h1");
                }
            });
        });
        Some(untrack(|| dialog(console, subject, action, answers)))
    });
    shown.view()
}

/// What a person has ticked and typed, kept while the dialog goes and comes back.
#[derive(Clone, Copy)]
struct Answers {
    confirmed: Cell<Vec<&'static str>>,
    flags: Cell<Vec<&'static str>>,
    typed: Cell<String>,
    scheduled: Cell<Option<i64>>,
    /// The id of the snapshot that was chosen; nothing for the newest copy.
    snapshot: Cell<String>,
    /// When it was taken.
    taken: Cell<Option<i64>>,
    /// What was typed into the fields that are data, as a form holds it.
    entered: Cell<Rc<Draft>>,
}

impl Answers {
    /// What is sent.
    fn get(self, action: &Action) -> crate::array::Answers {
        let scheduled = self.scheduled.get().filter(|_| wants_time(action));
        let snapshot = Some(self.snapshot.get()).filter(|id| !id.is_empty());
        let typed = self.entered.with(|entered| entered.plan.more.clone());
        crate::array::Answers { flags: self.flags.get(), scheduled, snapshot, typed }
    }

    fn clear(self) {
        self.confirmed.set(Vec::new());
        self.flags.set(Vec::new());
        self.typed.set(String::new());
        self.scheduled.set(None);
        self.snapshot.set(String::new());
        self.taken.set(None);
        self.entered.set(Rc::default());
    }
}

fn dialog(console: Console, subject: Subject, action: &'static Action, answers: Answers) -> View {
    let Subject { array, session, action: id } = subject.clone();
    let name = console.rows(|store, _| store.get(&key(array, &session)).map(|row| row.title().to_owned()));
    let name = held(name.unwrap_or_else(|| session.clone()));
    let work = console.work_of(&key(array, &session));
    let session = held(session);
    let asked =
        known(move || console.desk(array, |desk| session.with(|session| desk.act(session).map(Asked::of))).flatten());
    let stage = known(move || asked.with(|asked| asked.as_ref().map(|asked| asked.stage.clone())));
    let close = move || console.hear(array, Event::Dismiss { session: session.get() });
    let missing = known(move || {
        let wish = answers.get(action);
        let verdict = asked.with(|asked| verdict_of(console, array, asked.as_ref()?, id, &wish));
        missing(action, answers, verdict, stage.get(), &name.get()).or_else(|| {
            let clock = array_clock(console, array).unwrap_or_else(|| console.now.get());
            let (at, entries) = (answers.scheduled.get(), answers.entered.with(|entered| entered.plan.more.is_empty()));
            match work {
                _ if !wants_time(action) => None,
                // Of several things that can be changed one is enough.
                Kind::FileImport if at.is_none() => entries.then(|| "Change something.".to_owned()),
                _ => schedule_fault(at, clock).map(str::to_owned),
            }
        })
    });
    let confirm = move |_| {
        if missing.with_untracked(Option::is_none) {
            let answers = untrack(|| answers.get(action));
            console.hear(array, Event::Confirm { session: session.get(), answers });
        }
    };
    let release = console.desk(array, |desk| desk.release()).flatten();
    let dialog = el("dialog")
        .class("action-dialog")
        .set("aria-labelledby", "action-dialog-title")
        .on("cancel", move |event: web_sys::Event| {
            event.prevent_default();
            close();
        })
        .with(el("h2").set("id", "action-dialog-title").with(live(move || format!("{}: {}", action.label, name.get()))))
        .with(live(move || stage_words(&subject, console, stage.get(), asked)))
        .with(at_stake(console, array, action, asked, answers))
        .with(snapshots(console, array, session, answers))
        .with(facts(action))
        .with(entries(work, action, answers, release))
        .with(asks_time(action, asked).then(|| new_time(console, array, answers)))
        .with(ticks(action, answers, release))
        .with(typed_name(action, answers, name))
        .with(request(console, array, session, action, answers))
        .with(
            el("div")
                .class("dialog-end")
                .with(el("p").class("missing").set("id", "action-dialog-missing").with(missing.live()))
                .with(el("button").set("type", "button").on("click", move |_| close()).with("Do not send"))
                .with(
                    el("button")
                        .set("type", "button")
                        .class(live(
                            move || {
                                if danger(action, answers) > Danger::Reversible { "main danger" } else { "main" }
                            },
                        ))
                        .set("aria-disabled", live(move || missing.with(Option::is_some)))
                        .set("aria-describedby", "action-dialog-missing")
                        .on("click", confirm)
                        .with(format!("{} now", action.label)),
                ),
        );
    // A dialog can be shown once it is in the page.
    let shown = dialog.element().clone();
    request_animation_frame(move || platform::show_dialog(&shown));
    dialog.done()
}

/// The parts of an act that a dialog shows.
#[derive(Clone, PartialEq)]
struct Asked {
    stage: Stage,
    fresh: Option<Session>,
    fresh_at: Option<i64>,
    returned: bool,
}

impl Asked {
    fn of(act: &Act) -> Asked {
        Asked { stage: act.stage.clone(), fresh: act.fresh.clone(), fresh_at: act.fresh_at, returned: act.returned }
    }
}

fn verdict_of(
    console: Console,
    array: ArrayIndex,
    asked: &Asked,
    action: ActionId,
    answers: &crate::array::Answers,
) -> Option<Verdict> {
    let fresh = asked.fresh.as_ref()?;
    console.desk(array, |desk| desk.verdict_with(fresh, action, answers))
}

/// True when the person has to say a time.
fn wants_time(action: &Action) -> bool {
    action.verb == Verb::Modify && action.says.is_empty()
}

/// What is at stake for this very session.
fn at_stake(
    console: Console,
    array: ArrayIndex,
    action: &'static Action,
    asked: Known<Option<Asked>>,
    answers: Answers,
) -> View {
    let lines = live(move || {
        let clock = array_clock(console, array).unwrap_or_else(|| console.now.get_untracked());
        asked.with(|asked| {
            let Some(fresh) = asked.as_ref().and_then(|asked| asked.fresh.as_ref()) else { return Vec::new() };
            let name = |id: &str| console.rows(|store, _| store.name_of(array, id).map(str::to_owned));
            let remote = fresh.remote_system().and_then(name).unwrap_or_else(|| "the other array".to_owned());
            let lines = stakes(action.name, fresh, answers.taken.get(), &remote, clock, &platform::date_and_time);
            let line =
                |(label, words): (&'static str, String)| [el("dt").with(label).done(), el("dd").with(words).done()];
            lines.into_iter().flat_map(line).collect::<Vec<View>>()
        })
    });
    el("dl").class("facts stakes").with(lines).done()
}

fn danger(action: &Action, answers: Answers) -> Danger {
    let on = answers.flags.get();
    let flagged = action.flags.iter().filter(|flag| on.contains(&flag.name)).map(|flag| flag.danger);
    flagged.fold(action.danger, Danger::max)
}

/// What still keeps the button from sending, in words.
fn missing(
    action: &Action,
    answers: Answers,
    verdict: Option<Verdict>,
    stage: Option<Stage>,
    name: &str,
) -> Option<String> {
    match stage {
        Some(Stage::Asking) => {}
        Some(Stage::WaitingForLogin) => return Some("Log in first.".to_owned()),
        Some(Stage::Unprepared(_)) => return Some("The state has to be read first.".to_owned()),
        _ => return Some("Reading the state again…".to_owned()),
    }
    if let Some(Verdict::Refused(why)) = verdict {
        return Some(why.to_owned());
    }
    let confirmed = answers.confirmed.get();
    if !action.confirm.iter().all(|sentence| confirmed.contains(sentence)) {
        return Some("Confirm what the array cannot see.".to_owned());
    }
    let wants_name = danger(action, answers) == Danger::Irreversible;
    (wants_name && answers.typed.with(|typed| typed.trim() != name)).then(|| format!("Type the name {name}."))
}

fn stage_words(subject: &Subject, console: Console, stage: Option<Stage>, asked: Known<Option<Asked>>) -> View {
    let Subject { array, session, action } = subject.clone();
    let again = move |_| console.hear(array, Event::Ask { session: session.clone(), action });
    match stage {
        Some(Stage::Preparing) => el("p").class("stage").set("role", "status").with("Reading the state again…").done(),
        Some(Stage::Unprepared(error)) => el("div")
            .class("stage bad")
            .set("role", "alert")
            .with(el("p").with("The state could not be read again, and nothing was sent. ").with(error.to_string()))
            .with(el("button").set("type", "button").on("click", again).with("Try again"))
            .done(),
        Some(Stage::WaitingForLogin) => el("div")
            .class("stage")
            .with(el("p").with(
                "Nothing was sent. After the login the state is read again, and it is for you to \
    press the button once more.",
            ))
            .with(untrack(|| login_form(console, array)))
            .done(),
        Some(Stage::Asking) => {
            let Some(Asked { fresh: Some(session), fresh_at: at, returned, .. }) = asked.get() else {
                return View::none();
            };
            let verdict = console.desk(array, |desk| desk.verdict(&session, action));
            asking(console, array, &session, at, returned, verdict)
        }
        _ => View::none(),
    }
}

fn asking(
    console: Console,
    array: ArrayIndex,
    session: &Session,
    at: Option<i64>,
    returned: bool,
    verdict: Option<Verdict>,
) -> View {
    let progress = session.progress().map(|percent| format!("{percent} %, ")).unwrap_or_default();
    let class = match verdict {
        Some(Verdict::Allowed) => "verdict allowed",
        Some(Verdict::Refused(_)) => "verdict refused",
        _ => "verdict uncertain",
    };
    let on_array = console.array_name(array);
    el("div")
        .class("stage")
        .with(returned.then(|| {
            el("p")
                .class("returned")
                .set("role", "status")
                .with("The dialog has come back: nothing was sent yet. Look at the state, which was read again.")
                .done()
        }))
        .with(
            el("p")
                .class("fresh")
                .with("State on ")
                .with(on_array)
                .with(" now: ")
                .with(session_chip(session))
                .with(live(move || format!("({progress}read {})", format::age(at, console.now.get())))),
        )
        .with(el("p").class(class).with(verdict.as_ref().map(verdict_sentence)))
        .done()
}

fn facts(action: &'static Action) -> View {
    el("dl")
        .class("facts")
        .with(el("dt").with("What it changes"))
        .with(el("dd").with(action.changes))
        .with(el("dt").with("The hosts"))
        .with(el("dd").with(action.host_access))
        .with(el("dt").with("Data written meanwhile"))
        .with(el("dd").with(action.written_meanwhile))
        .with(el("dt").with("Cannot be undone"))
        .with(
            el("dd")
                .class(if action.cannot_be_undone.is_some() { "warns" } else { "" })
                .with(action.cannot_be_undone.unwrap_or("Nothing: another action takes it back.")),
        )
        .with(el("dt").with("Afterwards"))
        .with(el("dd").with(action.afterwards))
        .done()
}

/// The snapshots that a failover, or a test of one, may begin from; nothing where there are none to choose.
fn snapshots(console: Console, array: ArrayIndex, session: Held<String>, answers: Answers) -> View {
    let read = known(move || {
        let told = |desk: &Desk| session.with(|session| desk.act(session).map(|act| act.snapshots.is_some()));
        console.desk(array, told).flatten() == Some(true)
    });
    let shown = live(move || {
        if !read.get() {
            return None;
        }
        let told = |desk: &Desk| session.with(|session| desk.act(session)?.snapshots.clone());
        let all = match untrack(|| console.desk(array, told)).flatten()? {
            Ok(all) => all,
            Err(error) => {
                let words = "The snapshots could not be read; the newest copy can be taken. ";
                return Some(el("p").class("words").with(words).with(error.to_string()).done());
            }
        };
        let clock = untrack(|| array_clock(console, array).unwrap_or_else(|| console.now.get()));
        let option = |snapshot: &Snapshot| {
            let age = snapshot.taken.map(|at| format!(", {} ago", format::duration(Some((clock - at).max(0)))));
            let name = snapshot.name.as_ref().unwrap_or(&snapshot.id);
            let chosen = answers.snapshot.with_untracked(|chosen| *chosen == snapshot.id);
            el("option")
                .set("value", snapshot.id.as_str())
                .set("selected", chosen.then_some(""))
                .with(name.as_str())
                .with(age)
                .done()
        };
        let options: Vec<View> = all.iter().map(option).collect();
        let choose = move |event: web_sys::Event| {
            let id = event_target_value(&event);
            answers.taken.set(all.iter().find(|snapshot| snapshot.id == id).and_then(|snapshot| snapshot.taken));
            answers.snapshot.set(id);
        };
        let list = el("select")
            .set("id", "from-snapshot")
            .with(el("option").set("value", "").with("The newest copy"))
            .with(options)
            .on("change", choose);
        Some(labelled("from-snapshot", "Data", list).done())
    });
    shown.view()
}

/// A control with its name above.
fn labelled(id: &'static str, label: &'static str, control: El) -> El {
    el("div").class("field").with(el("label").set("for", id).with(label)).with(control)
}

fn offers_entries(work: Kind, action: &Action) -> bool {
    !of_action(resource_of(work), action).is_empty()
}

fn resource_of(work: Kind) -> Resource {
    if work == Kind::FileImport { Resource::FileImport } else { Resource::Import }
}

/// The fields of an action that are data, as far as the array's release knows them.
fn entries(work: Kind, action: &'static Action, answers: Answers, release: Option<Release>) -> View {
    let known = |entry: &&Entry| release.is_none_or(|release| release >= entry.since);
    let one = |entry: &'static Entry| {
        let of = PlanField::More(entry.key);
        let text = live(move || answers.entered.with(|entered| entered.plan.get(of).to_owned()));
        let enter = move |event: web_sys::Event| {
            answers.entered.update(|entered| Rc::make_mut(entered).set_field(of, event_target_value(&event)));
        };
        let input = line(entry).set("id", entry.key).value(text).on("input", enter);
        labelled(entry.key, entry.label, input).with(el("p").class("small").with(entry.hint)).done()
    };
    let all = of_action(resource_of(work), action).iter().filter(known);
    all.map(one).collect::<Vec<View>>().view()
}

/// True when a time can be said: always where nothing else can be changed, else while it is scheduled.
fn asks_time(action: &Action, asked: Known<Option<Asked>>) -> bool {
    let scheduled = |asked: &Option<Asked>| {
        let fresh = asked.as_ref().and_then(|asked| asked.fresh.as_ref());
        fresh.is_none_or(|fresh| fresh.resource == Resource::Import || fresh.state.as_deref() == Some("Scheduled"))
    };
    wants_time(action) && asked.with(scheduled)
}

/// The time of a schedule.
fn new_time(console: Console, array: ArrayIndex, answers: Answers) -> View {
    let at = known(move || answers.scheduled.get());
    let input = time_input(at, call(move |at| answers.scheduled.set(at)))
        .set("id", "new-time")
        .set("aria-describedby", "action-dialog-missing");
    el("div")
        .class("field")
        .with(el("label").set("for", "new-time").with("Start"))
        .with(input)
        .with(time_words(console, array, at))
        .done()
}

fn ticks(action: &'static Action, answers: Answers, release: Option<Release>) -> View {
    let tick = |set: Cell<Vec<&'static str>>, name: &'static str, label: &'static str, more: Option<&'static str>| {
        el("label")
            .class("tick")
            .with(
                el("input")
                    .set("type", "checkbox")
                    .state("checked", live(move || set.with(|set| set.contains(&name))))
                    .on("change", move |event| {
                        let on = event_target_checked(&event);
                        set.update(|set| {
                            set.retain(|other| *other != name);
                            if on {
                                set.push(name);
                            }
                        });
                    }),
            )
            .with(el("span").with(label).with(more.map(|more| el("small").with(more).done())))
            .done()
    };
    let confirms = action.confirm.iter().map(|sentence| tick(answers.confirmed, sentence, sentence, None));
    let known = |flag: &&Flag| release.unwrap_or(Release::OLDEST) >= flag.since;
    let flags =
        action.flags.iter().filter(known).map(|flag| tick(answers.flags, flag.name, flag.label, Some(flag.meaning)));
    let all: Vec<View> = confirms.chain(flags).collect();
    if all.is_empty() { View::none() } else { el("div").class("ticks").with(all).done() }
}

fn typed_name(action: &'static Action, answers: Answers, name: Held<String>) -> View {
    let wanted = known(move || danger(action, answers) == Danger::Irreversible);
    let shown = live(move || {
        wanted.get().then(|| {
            el("label")
                .class("typed-name")
                .with(
                    el("span")
                        .with("This cannot be taken back. Type the name ")
                        .with(el("code").with(name.get()))
                        .with(" to confirm:"),
                )
                .with(
                    el("input")
                        .set("type", "text")
                        .set("aria-label", "Type the name to confirm")
                        .set("autocomplete", "off")
                        .set("autocapitalize", "none")
                        .set("spellcheck", "false")
                        .value(answers.typed.live())
                        .on("input", move |event| answers.typed.set(event_target_value(&event))),
                )
                .done()
        })
    });
    shown.view()
}

fn request(
    console: Console,
    array: ArrayIndex,
    session: Held<String>,
    action: &'static Action,
    answers: Answers,
) -> View {
    let preview = live(move || {
        let answers = answers.get(action);
        let now = platform::now();
        let preview = console.desk(array, |desk| session.with(|session| desk.preview(session, action, &answers, now)));
        preview.flatten().map(|preview| exchange(&preview))
    });
    el("details").class("exact").with(el("summary").with("The exact request")).with(preview).done()
}
