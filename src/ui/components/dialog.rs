//! The dialog that asks before an action is sent.

use std::collections::BTreeSet;

use leptos::html;
use leptos::prelude::*;

use super::login::login_form;
use super::phase::state_chip;
use super::verdict::verdict_sentence;
use super::wire::exchange;
use crate::array::node;
use crate::fleet::{ArrayIndex, format};
use crate::lifecycle::import_volume::IMPORT_VOLUME;
use crate::lifecycle::{Action, ActionId, Danger, Verdict};
use crate::operation::{Act, Event, Stage};
use crate::ui::console::{Console, key};
use crate::ui::platform;
use crate::wire::powerstore::ImportSession;

/// What a dialog is about.
#[derive(Clone, PartialEq, Eq)]
struct Subject {
    array: ArrayIndex,
    session: String,
    action: ActionId,
}

/// The dialog of whichever action asks; there is one at a time.
pub fn action_dialog(console: Console) -> AnyView {
    let subject = Memo::new(move |_| {
        console.arrays().into_iter().find_map(|array| {
            console.desk(array, |desk| {
                let act = desk.acts().find(|act| act.is_dialog())?;
                Some(Subject { array, session: act.session.clone(), action: act.action })
            })?
        })
    });
    let opener = StoredValue::new_local(None::<platform::Focused>);
    let shown = move || {
        let subject = subject.get()?;
        let action = IMPORT_VOLUME.action(subject.action)?;
        opener.set_value(platform::focused());
        on_cleanup(move || {
            let before = opener.get_value();
            // The opener may have become another button; its page's heading is always there.
            leptos::prelude::request_animation_frame(move || {
                if !before.as_ref().is_some_and(platform::refocus) {
                    platform::focus_first("main h1");
                }
            });
        });
        Some(untrack(|| dialog(console, subject, action)))
    };
    shown.into_any()
}

/// What a person has ticked and typed, kept while the dialog goes and comes back.
#[derive(Clone, Copy)]
struct Answers {
    confirmed: RwSignal<BTreeSet<&'static str>>,
    flags: RwSignal<BTreeSet<&'static str>>,
    typed: RwSignal<String>,
}

fn dialog(console: Console, subject: Subject, action: &'static Action) -> AnyView {
    let Subject { array, session, action: id } = subject;
    let frame = NodeRef::<html::Dialog>::new();
    let answers = Answers {
        confirmed: RwSignal::new(BTreeSet::new()),
        flags: RwSignal::new(BTreeSet::new()),
        typed: RwSignal::new(String::new()),
    };
    let name = console.rows(|store, _| store.get(&key(array, &session)).map(|row| row.title().to_owned()));
    let name = StoredValue::new(name.unwrap_or_else(|| session.clone()));
    let session = StoredValue::new(session);
    let act = Memo::new_with_compare(
        move |_| console.desk(array, |desk| session.with_value(|session| desk.act(session).cloned())).flatten(),
        |a: Option<&Option<Act>>, b: Option<&Option<Act>>| !same_act(a, b),
    );
    let stage = Memo::new(move |_| act.with(|act| act.as_ref().map(|act| act.stage.clone())));
    let close = move || console.hear(array, Event::Dismiss { session: session.get_value() });
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            platform::show_dialog(&frame);
        }
    });
    let missing = Memo::new(move |_| {
        let verdict = act.with(|act| verdict_of(console, array, act.as_ref()?, id));
        missing(action, answers, verdict, stage.get(), &name.get_value())
    });
    let confirm = move |_| {
        if missing.with_untracked(Option::is_none) {
            let flags = answers.flags.with_untracked(|flags| flags.iter().copied().collect());
            console.hear(array, Event::Confirm { session: session.get_value(), flags });
        }
    };
    let is_danger = move || danger(action, answers) > Danger::Reversible;
    view! {
        <dialog
            node_ref=frame
            class="action-dialog"
            aria-labelledby="action-dialog-title"
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                close();
            }
        >
            <h2 id="action-dialog-title">{move || format!("{}: {}", action.label, name.get_value())}</h2>
            {move || stage_words(console, array, stage.get(), act)}
            {facts(action)}
            {ticks(action, answers)}
            {typed_name(action, answers, name)}
            {request(console, array, session, id, answers)}
            <div class="dialog-end">
                <p class="missing" id="action-dialog-missing">{move || missing.get()}</p>
                <button type="button" on:click=move |_| close()>"Do not send"</button>
                <button
                    type="button"
                    class=move || if is_danger() { "main danger" } else { "main" }
                    aria-disabled=move || if missing.with(Option::is_some) { "true" } else { "false" }
                    aria-describedby="action-dialog-missing"
                    on:click=confirm
                >
                    {format!("{} now", action.label)}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}

/// The parts of an act that a dialog shows.
fn same_act(a: Option<&Option<Act>>, b: Option<&Option<Act>>) -> bool {
    let parts = |act: Option<&Option<Act>>| {
        act.and_then(Option::as_ref).map(|act| (act.stage.clone(), act.fresh.clone(), act.fresh_at, act.returned))
    };
    a.is_some() == b.is_some() && parts(a) == parts(b)
}

fn verdict_of(console: Console, array: ArrayIndex, act: &Act, action: ActionId) -> Option<Verdict> {
    let fresh = act.fresh.as_ref()?;
    console.desk(array, |desk| desk.verdict(fresh, action))
}

fn danger(action: &Action, answers: Answers) -> Danger {
    let on = answers.flags.get();
    let flagged = action.flags.iter().filter(|flag| on.contains(flag.name)).map(|flag| flag.danger);
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

fn stage_words(console: Console, array: ArrayIndex, stage: Option<Stage>, act: Memo<Option<Act>>) -> AnyView {
    let again = move |_| {
        if let Some((session, action)) =
            act.with_untracked(|act| act.as_ref().map(|act| (act.session.clone(), act.action)))
        {
            console.hear(array, Event::Ask { session, action });
        }
    };
    match stage {
        Some(Stage::Preparing) => view! { <p class="stage" role="status">"Reading the state again…"</p> }.into_any(),
        Some(Stage::Unprepared(error)) => view! {
            <div class="stage bad" role="alert">
                <p>"The state could not be read again, and nothing was sent. "{error.to_string()}</p>
                <button type="button" on:click=again>"Try again"</button>
            </div>
        }
        .into_any(),
        Some(Stage::WaitingForLogin) => view! {
            <div class="stage">
                <p>"Nothing was sent. After the login the state is read again, and it is for you to press the button once more."</p>
                {untrack(|| login_form(console, array))}
            </div>
        }
        .into_any(),
        Some(Stage::Asking) => {
            let fresh = act.with(|act| act.as_ref().map(|act| (act.fresh.clone(), act.fresh_at, act.returned)));
            let Some((Some(session), at, returned)) = fresh else { return ().into_any() };
            let verdict = act.with(|act| {
                let act = act.as_ref()?;
                verdict_of(console, array, act, act.action)
            });
            asking(console, array, &session, at, returned, verdict)
        }
        _ => ().into_any(),
    }
}

fn asking(
    console: Console,
    array: ArrayIndex,
    session: &ImportSession,
    at: Option<i64>,
    returned: bool,
    verdict: Option<Verdict>,
) -> AnyView {
    let node = node(session).and_then(|id| IMPORT_VOLUME.node(id));
    let raw = session.state.clone();
    let label = node.map(|node| node.label.to_owned()).or_else(|| raw.clone()).unwrap_or_else(|| "not told".to_owned());
    let progress = session.progress_percentage.map(|percent| format!(", {percent} %"));
    let class = match verdict {
        Some(Verdict::Allowed) => "verdict allowed",
        Some(Verdict::Refused(_)) => "verdict refused",
        _ => "verdict uncertain",
    };
    let on_array = console.array_name(array);
    view! {
        <div class="stage">
            {returned.then(|| view! { <p class="returned" role="status">"The dialog has come back: nothing was sent yet. Look at the state, which was read again."</p> })}
            <p class="fresh">
                "State on "{on_array}" now: "
                {state_chip(node.map(|node| node.phase), label, raw)}
                {progress}
                {move || at.map(|at| format!(" (read {})", format::age(Some(at), console.now.get())))}
            </p>
            <p class=class>{verdict.as_ref().map(verdict_sentence)}</p>
        </div>
    }
    .into_any()
}

fn facts(action: &'static Action) -> AnyView {
    view! {
        <dl class="facts">
            <dt>"What it changes"</dt><dd>{action.changes}</dd>
            <dt>"The hosts"</dt><dd>{action.host_access}</dd>
            <dt>"Data written meanwhile"</dt><dd>{action.written_meanwhile}</dd>
            <dt>"Cannot be undone"</dt>
            <dd class=if action.cannot_be_undone.is_some() { "warns" } else { "" }>
                {action.cannot_be_undone.unwrap_or("Nothing: another action takes it back.")}
            </dd>
            <dt>"Afterwards"</dt><dd>{action.afterwards}</dd>
        </dl>
    }
    .into_any()
}

fn ticks(action: &'static Action, answers: Answers) -> AnyView {
    let tick =
        |set: RwSignal<BTreeSet<&'static str>>, name: &'static str, label: &'static str, more: Option<&'static str>| {
            view! {
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=move || set.with(|set| set.contains(name))
                        on:change=move |event| {
                            let on = event_target_checked(&event);
                            set.update(|set| _ = if on { set.insert(name) } else { set.remove(name) });
                        }
                    />
                    <span>{label}{more.map(|more| view! { <small>{more}</small> })}</span>
                </label>
            }
            .into_any()
        };
    let confirms = action.confirm.iter().map(|sentence| tick(answers.confirmed, sentence, sentence, None));
    let flags = action.flags.iter().map(|flag| tick(answers.flags, flag.name, flag.label, Some(flag.meaning)));
    let all: Vec<AnyView> = confirms.chain(flags).collect();
    if all.is_empty() { ().into_any() } else { view! { <div class="ticks">{all}</div> }.into_any() }
}

fn typed_name(action: &'static Action, answers: Answers, name: StoredValue<String>) -> AnyView {
    let wanted = Memo::new(move |_| danger(action, answers) == Danger::Irreversible);
    let shown = move || {
        wanted.get().then(|| {
            view! {
                <label class="typed-name">
                    <span>"This cannot be taken back. Type the name "<code>{name.get_value()}</code>" to confirm:"</span>
                    <input
                        type="text"
                        aria-label="Type the name to confirm"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        prop:value=move || answers.typed.get()
                        on:input=move |event| answers.typed.set(event_target_value(&event))
                    />
                </label>
            }
        })
    };
    shown.into_any()
}

fn request(
    console: Console,
    array: ArrayIndex,
    session: StoredValue<String>,
    action: ActionId,
    answers: Answers,
) -> AnyView {
    let preview = move || {
        let flags: Vec<&str> = answers.flags.with(|flags| flags.iter().copied().collect());
        let now = platform::now();
        let preview =
            console.desk(array, |desk| session.with_value(|session| desk.preview(session, action, &flags, now)));
        preview.flatten().map(|preview| exchange(&preview))
    };
    view! {
        <details class="exact">
            <summary>"The exact request"</summary>
            {preview}
        </details>
    }
    .into_any()
}
