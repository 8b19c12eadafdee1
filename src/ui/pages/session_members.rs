//! What a session is made of: the members on the page of a group, the group on the page of a member.

use super::list::or_dash;
use super::session::Subject;
use super::session_parts::bar;
use crate::array;
use crate::fleet::{Route, format};
use crate::lifecycle::{Action, Circumstance, Circumstances, Kind, NodeId, Verdict};
use crate::operation::Event;
use crate::ordered::order;
use crate::ui::components::phase::session_chip;
use crate::ui::components::verdict::told;
use crate::ui::diagram::{Crowd, crowd};
use crate::ui::platform::element::{View, el, keyed, live};
use crate::ui::state::{Known, call, cell, held, known};
use crate::wire::powerstore::{Resource, Session};

/// The group that a member belongs to, and where it stands; nothing for others.
pub fn group_line(subject: Subject) -> View {
    let Subject { console, array, session, .. } = subject;
    let id = known(move || session.with(|session| session.as_ref()?.parent().map(str::to_owned)));
    let resource =
        known(move || session.with(|session| session.as_ref().map(|session| session.resource)).unwrap_or_default());
    let group = known(move || console.desk(array, |desk| desk.watched_parent().cloned()).flatten());
    let array_id = console.entry(array).map(|entry| entry.id).unwrap_or_default();
    let line = live(move || {
        let id = id.get()?;
        let address = Route::session(&array_id, resource.get(), &id).write();
        let (name, chip) = group.with(|group| match group.as_ref().filter(|group| group.id == id) {
            Some(group) => (group.name().map_or_else(|| id.clone(), str::to_owned), Some(session_chip(group))),
            None => (id.clone(), None),
        });
        let (of_what, hint) = match resource.get() {
            Resource::Job => ("Step of the job ", ""),
            Resource::Replication => ("File system of the NAS server's session ", " Its actions are asked for there."),
            _ => ("Member of the group ", " Its schedule, its cutover and its deletion are asked for on the group."),
        };
        Some(
            el("p")
                .class("group-line")
                .with(of_what)
                .with(el("a").set("href", address).with(name))
                .with(" ")
                .with(chip)
                .with(hint)
                .done(),
        )
    });
    el("div").with(line).done()
}

/// The members of a group, the file systems of a NAS server, the steps of a job: on one diagram, and as a
/// table. Nothing on other pages.
pub fn members(subject: Subject) -> View {
    let Subject { console, array, .. } = subject;
    let work = known(move || subject.session.with(|session| session.as_ref().map(array::kind)));
    let some = known(move || console.desk(array, |desk| !desk.watched_members().is_empty()) == Some(true));
    let shown = live(move || {
        let kind = work.get()?;
        let members = kind.lifecycle().members.or((kind == Kind::Job && some.get()).then_some(Kind::Job))?;
        Some(leptos::prelude::untrack(|| all(subject, members)))
    });
    el("div").with(shown).done()
}

fn all(subject: Subject, work: Kind) -> View {
    let Subject { console, array, session, .. } = subject;
    let members = known(move || console.desk(array, |desk| desk.watched_members().to_vec()).unwrap_or_default());
    let chosen = cell(Vec::<NodeId>::new());
    let many = known(move || {
        let agentless = session.with(|session| {
            let known = console.desk(array, |desk| session.as_ref().map(|session| desk.circumstances(session)));
            known.flatten().and_then(|known| known.get(Circumstance::Agentless))
        });
        let circumstances =
            Circumstances::UNKNOWN.with(Circumstance::Member, Some(true)).with(Circumstance::Agentless, agentless);
        Crowd { work, circumstances, counts: members.with(|members| counted(members)), chosen: chosen.get() }
    });
    let choose = call(move |node: NodeId| {
        chosen.update(|chosen| match chosen.iter().position(|other| *other == node) {
            Some(place) => _ = chosen.remove(place),
            None => chosen.push(node),
        });
    });
    // Those in the chosen nodes; all of them as long as none is chosen.
    let names = move || {
        let wanted = |member: &&Session| {
            chosen.with(|chosen| chosen.is_empty() || array::node(member).is_some_and(|node| chosen.contains(&node)))
        };
        members.with(|members| {
            let shown: Vec<&Session> = members.iter().filter(wanted).collect();
            let place_of = |place: usize| shown.get(place).map(|member| (member.number("step_order"), member.name()));
            let places = order(shown.len(), &|a, b| place_of(a).cmp(&place_of(b)));
            places.into_iter().filter_map(|place| Some(shown.get(place)?.id.clone())).collect::<Vec<_>>()
        })
    };
    let draw = move |id: &str| member(subject, work, members, id);
    let title = match work {
        Kind::Job => "Steps",
        Kind::Replication => "File systems",
        _ => "Members",
    };
    let heading = live(move || format!("{title} ({})", members.with(Vec::len)));
    let clear = live(move || {
        (!chosen.with(Vec::is_empty)).then(|| {
            el("button")
                .set("type", "button")
                .on("click", move |_| chosen.set(Vec::new()))
                .with("Show all members")
                .done()
        })
    });
    el("section")
        .class("members")
        .set("aria-label", title)
        .with(el("h2").with(heading))
        .with(crowd(many, console.narrow, choose))
        .with(el("p").class("tools").with(clear))
        .with(
            el("div").class("scroll-x").with(
                el("table")
                    .class("plain members-table")
                    .set("aria-label", "Members of the group")
                    .with(
                        el("thead").with(
                            el("tr")
                                .with(el("th").with("Name"))
                                .with(el("th").with("State"))
                                .with(el("th").with("Progress"))
                                .with(el("th").with("Error"))
                                .with(el("th").with("Actions")),
                        ),
                    )
                    .with(el("tbody").with(keyed(names, draw))),
            ),
        )
        .done()
}

/// How many members stand in each node.
fn counted(members: &[Session]) -> Vec<(NodeId, usize)> {
    let mut counts: Vec<(NodeId, usize)> = Vec::new();
    for node in members.iter().filter_map(array::node) {
        match counts.iter_mut().find(|(counted, _)| *counted == node) {
            Some((_, count)) => *count += 1,
            None => counts.push((node, 1)),
        }
    }
    counts
}

fn member(subject: Subject, work: Kind, members: Known<Vec<Session>>, id: &str) -> View {
    let Subject { console, array, .. } = subject;
    let id = held(id.to_owned());
    let member =
        known(move || members.with(|members| id.with(|id| members.iter().find(|member| member.id == *id).cloned())));
    let array_id = console.entry(array).map(|entry| entry.id).unwrap_or_default();
    let resource = subject.session.with_untracked(|session| session.as_ref().map(|session| session.resource));
    let address = id.with(|id| Route::session(&array_id, resource.unwrap_or_default(), id).write());
    let name = live(move || {
        member
            .with(|member| {
                let named = |member: &Session| member.name().map(str::to_owned);
                member
                    .as_ref()
                    .and_then(|member| named(member).or_else(|| Some(console.named(array, member.source()?))))
            })
            .unwrap_or_else(|| id.get())
    });
    let state = live(move || member.with(|member| member.as_ref().map(session_chip)));
    let percent =
        known(move || member.with(|member| member.as_ref()?.progress().and_then(|percent| u8::try_from(percent).ok())));
    let error = live(move || {
        let text = member.with(|member| member.as_ref()?.error());
        or_dash(text.as_deref())
    });
    let offered = known(move || {
        console
            .desk(array, |desk| {
                member.with(|member| {
                    let (verdicts, held) = member.as_ref().map(|member| told(desk, member)).unwrap_or_default();
                    let allowed = verdicts.iter().filter(|(_, verdict)| held.is_none() && *verdict == Verdict::Allowed);
                    allowed.map(|(id, _)| id.0.to_string()).collect::<Vec<_>>()
                })
            })
            .unwrap_or_default()
    });
    let button = move |name: &str| {
        let found = name.parse().ok().map(crate::lifecycle::ActionId);
        let Some((action_id, Action { label, changes, .. })) =
            found.and_then(|action| Some((action, work.lifecycle().action(action)?)))
        else {
            return View::none();
        };
        el("button")
            .set("type", "button")
            .set("title", *changes)
            .on("click", move |_| console.hear(array, Event::Ask { session: id.get(), action: action_id }))
            .with(*label)
            .done()
    };
    el("tr")
        .set("data-session", id.get())
        .with(el("th").set("scope", "row").with(el("a").set("href", address).with(name)))
        .with(el("td").with(state))
        .with(
            el("td")
                .with(bar(percent).set("aria-hidden", "true"))
                .with(el("span").class("percent").with(live(move || format::percent(percent.get())))),
        )
        .with(el("td").with(error))
        .with(el("td").class("member-actions").with(keyed(move || offered.get(), button)))
        .done()
}
