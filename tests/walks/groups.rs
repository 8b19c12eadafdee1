//! Walks among consistency groups: people who create, reschedule and delete, and what must hold of groups and
//! their members, written without the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use array_console::array::source::SourceResource;
use array_console::array::{DeedEnd, Plan, PlanKind};
use array_console::operation::{Browse, Event};
use array_console::wire::powerstore::ImportSource;
use array_console::wire::time;
use serde_json::{Value, json};

use super::{AT_WORK, FINISHED, Walk};

/// What walks have met, so that they cannot pass by meeting nothing.
#[derive(Debug, Default)]
pub struct Met {
    /// States of groups.
    states: BTreeSet<String>,
    /// How many imports people created, of volumes and of groups.
    created: [u64; 2],
    /// How many groups people deleted with their members.
    deleted: u64,
    /// Every group that was seen.
    ids: BTreeSet<String>,
}

impl Met {
    pub fn add(&mut self, other: Met) {
        self.states.extend(other.states);
        for (sum, count) in self.created.iter_mut().zip(other.created) {
            *sum += count;
        }
        self.deleted += other.deleted;
    }

    pub fn is_enough(&self) {
        for state in [
            "Scheduled",
            "Queued",
            "In_Progress",
            "Paused",
            "Ready_For_Cutover",
            "Cutover_In_Progress",
            "Import_Completed",
            "Cancel_In_Progress",
            "Cancelled",
            "Cleanup_In_Progress",
            "Failed",
        ] {
            assert!(self.states.contains(state), "no walk met a group in {state}");
        }
        assert!(self.created.iter().all(|count| *count > 0) && self.deleted > 0, "{self:?}");
    }
}

fn sessions(truth: &Value) -> &serde_json::Map<String, Value> {
    truth["sessions"].as_object().unwrap()
}

fn state(session: &Value) -> &str {
    session["state"].as_str().unwrap_or_default()
}

fn passages(session: &Value) -> impl Iterator<Item = &Value> {
    session["history"].as_array().into_iter().flatten()
}

fn at(passage: &Value) -> i64 {
    time::parse(passage["time"].as_str().unwrap()).unwrap()
}

/// A session and where it came from, in a few words.
fn brief(session: &Value) -> String {
    let passages: Vec<String> = passages(session)
        .map(|passage| format!("{} {} {}", passage["time"], passage["trigger"], passage["to"]))
        .collect();
    format!("{} {}: {}\n", session["name"], state(session), passages.join("; "))
}

fn briefly(members: &[&Value]) -> String {
    members.iter().map(|member| brief(member)).collect()
}

/// The living members of every group that has had any, by the group's id.
fn members(truth: &Value) -> BTreeMap<&str, Vec<&Value>> {
    let mut members: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for session in sessions(truth).values().filter(|session| !session["state"].is_null()) {
        if let Some(parent) = session["parent"].as_str() {
            members.entry(parent).or_default().push(session);
        }
    }
    members
}

/// How many sessions of this name the array was asked to create since `began`.
pub fn created(truth: &Value, name: &str, began: i64) -> RangeInclusive<usize> {
    let by_person = |session: &&Value| {
        passages(session).next().is_some_and(|first| first["trigger"]["action"] == "create" && at(first) >= began)
    };
    let created = sessions(truth).values().filter(|session| session["name"] == name).filter(by_person).count();
    created..=created
}

/// How often, at least and at most, a person had the array do this to the session since `began`: what
/// happened to a member and to its group at the same time may have been asked of the group alone.
pub fn done(truth: &Value, session: &str, action: &str, began: i64) -> RangeInclusive<usize> {
    let session = &truth["sessions"][session];
    let of_it = |passage: &&Value| passage["trigger"]["action"] == action && at(passage) >= began;
    let of_group: Vec<i64> = match session["parent"].as_str() {
        Some(parent) => passages(&truth["sessions"][parent]).filter(of_it).map(at).collect(),
        None => Vec::new(),
    };
    let all = passages(session).filter(of_it).count();
    let alone = passages(session).filter(of_it).filter(|passage| !of_group.contains(&at(passage))).count();
    alone..=all
}

impl Walk {
    /// Mostly ahead, sometimes past, by the array's clock.
    pub fn some_time(&mut self) -> i64 {
        self.console.now + *self.dice.one_of(&[-60_000, 60_000, 600_000, 7_200_000])
    }

    pub fn step_of_groups(&mut self) {
        match self.dice.below(10) {
            0..4 => self.create(),
            4..8 => self.push_a_group(),
            8 => self.console.hear(Event::Browse(None)),
            _ => self.console.hear(Event::BrowseAgain),
        }
        if self.steps.is_multiple_of(3) {
            let truth = self.console.truth();
            self.groups_are_sound(&truth);
        }
    }

    /// A person fills the form in, mostly with a source that is ready.
    fn create(&mut self) {
        self.console.hear(Event::Browse(Some(Browse::default())));
        let is_source = |kind: &Option<String>| kind.as_deref().is_some_and(|k| SourceResource::of(k, true).is_some());
        let remotes = self.console.desk.catalog().remote_systems.iter().filter(|remote| is_source(&remote.kind));
        let remotes: Vec<String> = remotes.map(|remote| remote.id.clone()).collect();
        if remotes.is_empty() {
            return;
        }
        let remote_system = self.dice.one_of(&remotes).clone();
        self.console
            .hear(Event::Browse(Some(Browse { remote_system: Some(remote_system.clone()), ..Browse::default() })));
        let is_group = self.dice.in_hundred(60);
        let catalog = self.console.desk.catalog();
        let sources = if is_group { &catalog.groups } else { &catalog.volumes };
        let careless = self.dice.in_hundred(20);
        let is_ready = |word: &str| word.starts_with("Ready");
        let fits = |source: &&ImportSource| {
            let ready = source.importable_criteria.as_deref().is_some_and(is_ready) && source.group_id.is_none();
            careless || ready
        };
        let sources: Vec<ImportSource> = sources.iter().filter(fits).cloned().collect();
        if sources.is_empty() {
            return;
        }
        let source = self.dice.one_of(&sources).clone();
        let agentless = source.importable_criteria.as_deref() == Some("Ready_For_Agentless_Import");
        let names: Vec<String> = self.console.rows.values().filter_map(|row| row.name().map(str::to_owned)).collect();
        let again = self.dice.in_hundred(10) && !names.is_empty();
        let plan = Plan {
            name: if again { self.dice.one_of(&names).clone() } else { format!("planned_{}", self.steps) },
            remote_system,
            source: source.id,
            kind: Some(if agentless { PlanKind::Agentless } else { PlanKind::NonDisruptive }),
            automatic_cutover: self.dice.in_hundred(20),
            scheduled: self.dice.in_hundred(20).then(|| self.some_time()),
            ..Plan::default()
        };
        let before = self.console.changes.len();
        self.console.hear(Event::Create { plan: Box::new(plan) });
        let sent = self.console.changes.len() - before;
        assert!(sent <= 1, "one click sent {sent} requests");
        self.checked_changes += sent;
    }

    /// What is under way at the members of one group gets done.
    fn push_a_group(&mut self) {
        let parents: BTreeSet<&str> = self.console.rows.values().filter_map(|row| row.parent()).collect();
        let parents: Vec<String> = parents.into_iter().map(str::to_owned).collect();
        if parents.is_empty() {
            return;
        }
        let parent = self.dice.one_of(&parents).clone();
        let rows = self.console.rows.values().filter(|row| row.parent() == Some(parent.as_str()));
        let rows: Vec<(String, String)> =
            rows.map(|row| (row.id.clone(), row.state.clone().unwrap_or_default())).collect();
        let all_go_well = self.dice.in_hundred(80);
        for (id, state) in rows {
            let goes_well = all_go_well || self.dice.in_hundred(50);
            let event = match (state.as_str(), goes_well) {
                ("Mirror_Enabled", _) => return self.outsiders_act(&id, "enable_destination_volume"),
                ("Ready_To_Start_Copy", _) => return self.outsiders_act(&id, "start_copy"),
                ("In_Progress", true) => "set_up_done",
                ("In_Progress", false) => "failure_undone",
                ("Copy_In_Progress", true) => "all_data_copied",
                ("Copy_In_Progress", false) => "io_or_network_failure",
                ("Cutover_In_Progress", true) => "commit_done",
                ("Cutover_In_Progress", false) => "commit_fails_mirror_intact",
                _ => continue,
            };
            let body = json!({ "array": super::ARRAY, "session": id, "event": event });
            let request = http::Request::post("/simulator/event").body(body.to_string().into_bytes()).unwrap();
            // The row may be old: the door then says that the event does not fit.
            let _ = self.console.fleet.control(self.console.now, &request);
        }
    }

    /// A client that knows nothing of the console.
    fn outsiders(&mut self, method: &str, path: &str, body: &Value) {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let request = http::Request::builder()
            .method(method)
            .uri(format!("/api/rest/{path}"))
            .header("authorization", "Basic YWRtaW46UGFzc3dvcmQxMjMh")
            .body(body)
            .unwrap();
        let _ = self.console.fleet.handle(super::ARRAY, self.console.now, &request);
    }

    fn outsiders_act(&mut self, id: &str, action: &str) {
        // Both actions leave no job, and who did them is not told: the journal's count of them is left alone by
        // acting where the console has no act under way or settled.
        if self.console.journal.values().all(|deed| deed.session != id) {
            self.outsiders("POST", &format!("import_session/{id}/{action}"), &Value::Null);
        }
    }

    /// What holds of groups and their members at any time.
    pub fn groups_are_sound(&mut self, truth: &Value) {
        let all = sessions(truth);
        for (parent, members) in members(truth) {
            let group = &all[parent];
            assert!(!group["state"].is_null(), "{parent} is gone, and its members are not: {}", briefly(&members));
            let every = |these: &[&str]| members.iter().all(|member| these.contains(&state(member)));
            let none = |these: &[&str]| !members.iter().any(|member| these.contains(&state(member)));
            let holds = match state(group) {
                // A member may be cancelled by itself, and its record may be found inconsistent.
                "Ready_For_Cutover" => {
                    let aside = ["Ready_For_Cutover", "Cancel_In_Progress", "Cancelled", "Cancel_Failed", "Invalid"];
                    every(&aside) && !every(&["Cancelled"])
                }
                "Import_Completed" => every(&["Import_Completed"]),
                "Cancelled" | "Failed" => none(&AT_WORK),
                "Scheduled" => every(&["Scheduled", "Cancel_In_Progress", "Cancelled", "Cancel_Failed", "Invalid"]),
                "Queued" => none(&["Copy_In_Progress", "Ready_For_Cutover", "Cutover_In_Progress"]),
                _ => true,
            };
            assert!(holds, "the group does not fit its members: {}{}", brief(group), briefly(&members));
            self.groups.states.insert(state(group).to_owned());
            self.groups.ids.insert(parent.to_owned());
            for member in &members {
                for passage in passages(member).filter(|passage| passage["to"] == "Cutover_In_Progress") {
                    assert!(passage["trigger"]["action"].is_null(), "a member was cut over alone: {}", brief(member));
                    let together = |of: &&Value| of["to"] == "Cutover_In_Progress" && at(of) == at(passage);
                    let by_group = passages(group).any(|of| together(&of));
                    let again = passage["from"] == "Invalid";
                    assert!(
                        by_group || again,
                        "a member was cut over without its group: {}{}",
                        brief(member),
                        brief(group)
                    );
                }
            }
        }
    }

    /// Takes down what people have done with groups, before nothing but their end is left to see.
    pub fn count_what_was_met(&mut self, truth: &Value) {
        let all = sessions(truth);
        let groups: BTreeSet<&str> = all.values().filter_map(|session| session["parent"].as_str()).collect();
        for deed in self.console.journal.values() {
            if deed.action == "Create" && deed.end == DeedEnd::Completed {
                self.groups.created[usize::from(groups.contains(deed.session.as_str()))] += 1;
            }
            let was_group = self.groups.ids.contains(&deed.session);
            self.groups.deleted += u64::from(was_group && deed.action == "Delete" && deed.end == DeedEnd::Completed);
        }
    }

    /// After all has settled a group at work has a member at work.
    pub fn no_group_is_stuck(&self, truth: &Value) {
        for (parent, members) in members(truth) {
            let group = &truth["sessions"][parent];
            if ["Cutover_In_Progress", "Cancel_In_Progress", "Cleanup_In_Progress"].contains(&state(group)) {
                let works = |member: &&Value| AT_WORK.contains(&state(member));
                assert!(members.iter().any(works), "the group is stuck: {}{}", brief(group), briefly(&members));
            }
        }
    }

    /// Others create, cancel and delete for some minutes; the rows follow though the list is not read whole.
    pub fn what_others_do_is_seen_without_reading_everything(&mut self) {
        self.console.hear(Event::Refresh);
        let lists = self.console.lists;
        for round in 0..12 {
            let rows: Vec<(String, String)> =
                self.console.rows.values().map(|row| (row.id.clone(), row.state.clone().unwrap_or_default())).collect();
            if rows.is_empty() {
                break;
            }
            let (id, state) = self.dice.one_of(&rows).clone();
            let path = format!("import_session/{id}");
            match round % 3 {
                0 => self.somebody_creates(),
                _ if FINISHED.contains(&state.as_str()) => self.outsiders("DELETE", &path, &Value::Null),
                _ => self.outsiders("POST", &format!("{path}/cancel"), &json!({ "force": true })),
            }
            self.console.wait(30);
        }
        // What happens now is seen at the next read, so rows and truth may differ for as long as that takes.
        self.console.wait(30);
        let is_true = |walk: &mut Walk| {
            let truth = walk.console.truth();
            let living = sessions(&truth).iter().filter(|(_, session)| !session["state"].is_null());
            let living: BTreeMap<&str, &str> = living.map(|(id, session)| (id.as_str(), state(session))).collect();
            walk.shown() == living
        };
        let seen = (0..60).any(|_| {
            self.console.wait(1);
            is_true(self)
        });
        assert_eq!(self.console.lists, lists, "the list was read whole");
        if !seen {
            let truth = self.console.truth();
            self.nothing_is_lost(&truth);
        }
    }
}
