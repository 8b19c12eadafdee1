//! The parts of an import's page beside its diagram.

use leptos::prelude::*;

use super::import::Subject;
use super::imports::or_dash;
use super::imports_row::array_time;
use crate::fleet::{Step, format};
use crate::lifecycle::import_volume::IMPORT_VOLUME;
use crate::lifecycle::{ActionId, Danger, Verdict};
use crate::ui::components::phase::state_chip;
use crate::ui::components::verdict::reason;
use crate::ui::components::wire::exchange;
use crate::ui::diagram::{Figure, next_steps};
use crate::ui::platform;
use crate::wire::powerstore::{ImportSession, Job};

/// Every action with its button, and the reason for those that are not simply allowed.
pub fn actions(figure: Memo<Figure>, act: Callback<ActionId>) -> AnyView {
    let ids = Memo::new(move |_| figure.with(|figure| figure.verdicts.iter().map(|(id, _)| *id).collect::<Vec<_>>()));
    view! {
        <section class="actions" aria-label="Actions">
            <ul><For each=move || ids.get() key=|id| *id children=move |id| action(figure, act, id) /></ul>
        </section>
    }
    .into_any()
}

fn action(figure: Memo<Figure>, act: Callback<ActionId>, id: ActionId) -> AnyView {
    let Some(action) = IMPORT_VOLUME.action(id) else { return ().into_any() };
    let told = Memo::new(move |_| figure.with(|figure| (figure.verdict(id), figure.held)));
    let refused =
        move || told.with(|(verdict, held)| held.is_some() || matches!(verdict, Some(Verdict::Refused(_)) | None));
    let why = move || {
        told.with(|(verdict, held)| match (verdict, held) {
            (Some(verdict @ Verdict::Refused(_)), _) => reason(verdict),
            (_, Some(held)) => Some((*held).to_owned()),
            (Some(verdict), None) => reason(verdict),
            (None, None) => None,
        })
    };
    let class = move || {
        let danger = if action.danger > Danger::Reversible { " danger" } else { "" };
        told.with(|(verdict, held)| match (verdict, held) {
            (_, Some(_)) | (Some(Verdict::Refused(_)) | None, _) => "act-button refused".to_owned(),
            (Some(Verdict::Uncertain(_)), _) => format!("act-button uncertain{danger}"),
            (Some(Verdict::Allowed), _) => format!("act-button allowed{danger}"),
        })
    };
    let reason_id = format!("why-{}", action.name);
    view! {
        <li data-action=action.name>
            <button
                type="button"
                class=class
                aria-disabled=move || if refused() { "true" } else { "false" }
                aria-describedby=reason_id.clone()
                title=action.changes
                on:click=move |_| {
                    if !untrack(refused) {
                        act.run(id);
                    }
                }
            >
                {action.label}
            </button>
            <p class="why" id=reason_id>{why}</p>
        </li>
    }
    .into_any()
}

/// The states that were seen, with times.
pub fn path(subject: Subject, figure: Memo<Figure>) -> AnyView {
    let now = subject.console.now;
    let steps = move || {
        let steps = figure.with(|figure| figure.path.clone());
        let ends: Vec<Option<i64>> = steps.iter().skip(1).map(|step| Some(step.seen_at)).chain([None]).collect();
        steps.into_iter().zip(ends).map(|(step, end)| step_line(now, step, end)).collect::<Vec<_>>()
    };
    view! {
        <section class="panel" aria-label="Path">
            <h2>"Path"</h2>
            <ol class="path">{steps}</ol>
            <p class="small">"As this page saw it: what happened between two reads, or before it was opened, is not here."</p>
        </section>
    }
    .into_any()
}

fn step_line(now: RwSignal<i64>, step: Step, end: Option<i64>) -> AnyView {
    let node = IMPORT_VOLUME.node_named(&step.state).and_then(|id| IMPORT_VOLUME.node(id));
    let label = node.map_or_else(|| step.state.clone(), |node| node.label.to_owned());
    let began = step.seen_at;
    let stayed = move || {
        let length = end.unwrap_or_else(|| now.get()).saturating_sub(began);
        format::duration(Some(length))
    };
    let current = if end.is_none() { Some("step") } else { None };
    let since = if step.since_before { "seen at " } else { "since " };
    view! {
        <li aria-current=current>
            {state_chip(node.map(|node| node.phase), label, Some(step.state))}
            <span class="step-time" title=platform::date_and_time(began)>{since}{platform::time_of_day(began)}", "{stayed}</span>
        </li>
    }
    .into_any()
}

/// What may come next.
pub fn next(figure: Memo<Figure>) -> AnyView {
    let steps = Memo::new(move |_| figure.with(next_steps));
    let rows = move || {
        let steps = steps.get();
        if steps.is_empty() {
            return view! { <p>"The table knows no way on from here."</p> }.into_any();
        }
        let line = |step: crate::ui::diagram::NextStep| {
            let who = if step.action.is_some() { "you" } else { "the array" };
            view! {
                <tr>
                    <th scope="row">{step.trigger}<br/><small>{who}</small></th>
                    <td>{step.leads_to}</td>
                    <td><small>{step.basis}</small></td>
                </tr>
            }
        };
        view! {
            <table class="plain">
                <thead><tr><th>"What"</th><th>"Leads to"</th><th>"Written where"</th></tr></thead>
                <tbody>{steps.into_iter().map(line).collect::<Vec<_>>()}</tbody>
            </table>
        }
        .into_any()
    };
    view! { <section class="panel" aria-label="What may come next"><h2>"What may come next"</h2>{rows}</section> }
        .into_any()
}

/// How far the copy is, how fast, how long still.
pub fn progress(subject: Subject) -> AnyView {
    let Subject { console, array, session, .. } = subject;
    let percent = Memo::new(move |_| {
        session.with(|session| session.as_ref()?.progress_percentage.and_then(|percent| u8::try_from(percent).ok()))
    });
    let rate = |read: fn(&ImportSession) -> Option<i64>| {
        move || {
            session
                .with(|session| format::rate(session.as_ref().and_then(read).and_then(|rate| u64::try_from(rate).ok())))
        }
    };
    let end = Memo::new(move |_| session.with(|session| session.as_ref()?.estimated_completion_timestamp));
    let left = move || {
        end.get().map_or_else(
            || format::NOT_KNOWN.to_owned(),
            |end| format::time_left(Some(end), array_time(console, array)),
        )
    };
    let bar = move || {
        percent.get().map(|percent| view! { <progress max="100" value=percent aria-label="Progress"></progress> })
    };
    view! {
        <section class="panel" aria-label="Progress">
            <h2>"Progress"</h2>
            <p class="progress-line">{bar}<span class="percent">{move || format::percent(percent.get())}</span></p>
            <dl class="pairs">
                <dt>"Rate now"</dt><dd>{rate(|session| session.current_transfer_rate)}</dd>
                <dt>"Rate on average"</dt><dd>{rate(|session| session.average_transfer_rate)}</dd>
                <dt>"Time left"</dt><dd>{left}</dd>
                <dt>"Expected end"</dt><dd>{move || time(end.get())}</dd>
            </dl>
        </section>
    }
    .into_any()
}

fn time(at: Option<i64>) -> String {
    at.map_or_else(|| format::NOT_KNOWN.to_owned(), platform::date_and_time)
}

/// Everything else that the array told.
pub fn properties(subject: Subject) -> AnyView {
    let Subject { console, key, session, .. } = subject;
    let row = key.with_value(|key| console.bind_row(key));
    let field = move |read: fn(&ImportSession) -> Option<String>| {
        move || session.with(|session| or_dash(session.as_ref().and_then(read).as_deref()))
    };
    let named = move |read: fn(&crate::fleet::Row) -> &crate::fleet::Reference| {
        move || {
            row.with(|row| {
                let Some(row) = row else { return format::NOT_KNOWN.to_owned() };
                let reference = read(row);
                match (reference.name.as_deref(), reference.id.as_deref()) {
                    (Some(name), Some(id)) => format!("{name} ({id})"),
                    (_, id) => or_dash(id),
                }
            })
        }
    };
    let cutover = |session: &ImportSession| {
        session.automatic_cutover.map(|automatic| if automatic { "automatic" } else { "by hand" }.to_owned())
    };
    view! {
        <section class="panel" aria-label="Properties">
            <h2>"Properties"</h2>
            <dl class="pairs">
                <dt>"Id"</dt><dd>{field(|session| Some(session.id.clone()))}</dd>
                <dt>"Description"</dt><dd>{field(|session| session.description.clone())}</dd>
                <dt>"Type"</dt><dd>{field(|session| session.kind.clone())}</dd>
                <dt>"Cutover"</dt><dd>{field(cutover)}</dd>
                <dt>"Remote system"</dt><dd>{named(|row| &row.remote_system)}</dd>
                <dt>"Source"</dt><dd>{named(|row| &row.source)}</dd>
                <dt>"Destination"</dt><dd>{named(|row| &row.destination)}</dd>
                <dt>"Kind of destination"</dt><dd>{field(|session| session.destination_resource_type.clone())}</dd>
                <dt>"Group's session"</dt><dd>{field(|session| session.parent_session_id.clone())}</dd>
                <dt>"Scheduled"</dt><dd>{field(|session| session.scheduled_timestamp.map(platform::date_and_time))}</dd>
                <dt>"Last update"</dt><dd>{field(|session| session.last_update_timestamp.map(platform::date_and_time))}</dd>
                <dt>"Protection policy"</dt><dd>{field(|session| session.protection_policy_id.clone())}</dd>
                <dt>"Volume group"</dt><dd>{field(|session| session.volume_group_id.clone())}</dd>
                <dt>"Storage address"</dt><dd>{field(|session| session.global_storage_discovery_address.clone())}</dd>
            </dl>
        </section>
    }
    .into_any()
}

/// The newest jobs on it.
pub fn jobs(subject: Subject) -> AnyView {
    let Subject { console, key, .. } = subject;
    let jobs = Memo::new(move |_| key.with_value(|key| console.jobs(key)));
    let list = move || match jobs.get() {
        None => view! { <p aria-busy="true">{format!("Reading the jobs{}", "…")}</p> }.into_any(),
        Some(jobs) if jobs.is_empty() => view! { <p>"The array knows of no job on it."</p> }.into_any(),
        Some(jobs) => view! {
            <table class="plain" aria-label="Jobs">
                <thead><tr><th>"Job"</th><th>"Phase"</th><th>"Began"</th><th>"Who"</th></tr></thead>
                <tbody>{jobs.iter().map(job).collect::<Vec<_>>()}</tbody>
            </table>
        }
        .into_any(),
    };
    view! { <section class="panel" aria-label="Jobs on it"><h2>"Jobs"</h2>{list}</section> }.into_any()
}

fn job(job: &Job) -> AnyView {
    let what = job.description_l10n.clone().or_else(|| job.resource_action.clone()).unwrap_or_else(|| job.id.clone());
    let phase = job.phase_word().unwrap_or(format::NOT_KNOWN).replace('_', " ");
    let percent = job.progress_percentage.filter(|_| !job.is_final()).map(|percent| format!(" {percent} %"));
    let words: Vec<String> = job.messages().iter().map(|message| message.text()).collect();
    let words = (!words.is_empty()).then(|| view! { <p class="bad">{words.join(" ")}</p> });
    view! {
        <tr class:bad=job.has_failed()>
            <td title=job.id.clone()>{what}{words}</td>
            <td>{phase}{percent}</td>
            <td>{time(job.start_time)}</td>
            <td>{or_dash(job.user.as_deref())}</td>
        </tr>
    }
    .into_any()
}

/// The last read, as on the wire.
pub fn last_read(subject: Subject) -> AnyView {
    let Subject { console, array, .. } = subject;
    let opened = RwSignal::new(false);
    let shown = move || {
        if !opened.get() {
            return ().into_any();
        }
        let last = console.desk(array, |desk| desk.last_exchange().cloned()).flatten();
        match last {
            Some(last) => exchange(&last),
            None => view! { <p>"Nothing was read yet."</p> }.into_any(),
        }
    };
    view! {
        <section class="panel wide-panel" aria-label="Last request and answer">
            <h2>"Last request and answer"</h2>
            <details on:toggle=move |_| opened.set(true)>
                <summary>"As on the wire"</summary>
                {shown}
            </details>
        </section>
    }
    .into_any()
}
