//! `migration_session`: what can be read and asked of it; and `appliance`, between which it moves.

use http::{Method, Response};
use serde_json::Value;

use super::actions::{Request, asynchronous};
use super::body::Body;
use super::create;
use super::errands::{carry_out, created, free_name, named, shown_state};
use super::errors::{self, Problem};
use super::field::{Field, Kind, Label, Relation, Table, View, time};
use super::inventory::VOLUME_GROUP;
use super::lookups::VOLUME;
use crate::lifecycle::migration as table;
use crate::lifecycle::{Circumstance, Circumstances, Kind as Work, ProgressRule};
use crate::simulator::errand::{Errand, Switches, Task};
use crate::simulator::json::json;
use crate::simulator::migration::{self, APPLIANCES, Migration};
use crate::simulator::world::Array;

const RESOURCE: &str = "migration_session";
/// Letters of a name at most.
const LONGEST_NAME: usize = 32;

pub static TABLE: Table<Errand> = Table { name: RESOURCE, fields: &FIELDS, relations: &RELATIONS };

static FIELDS: [Field<Errand>; 12] = [
    Field::<Errand>::new("id", Kind::Text, |errand, _| json!(errand.id)),
    Field::<Errand>::new("name", Kind::Text, |errand, _| json!(errand.name)).folded(),
    Field::<Errand>::new("resource_type", Kind::Text, |errand, _| of(errand, |moved| json!(moved.resource_type)))
        .labelled(Label::Of(|kind| if kind == "volume" { "Volume" } else { "Volume Group" }.to_owned())),
    Field::<Errand>::new("source_appliance_id", Kind::Text, |errand, _| of(errand, |moved| json!(moved.from))),
    Field::<Errand>::new("destination_appliance_id", Kind::Text, |errand, _| of(errand, |moved| json!(moved.to))),
    Field::<Errand>::new("family_id", Kind::Text, |errand, _| of(errand, |moved| json!(moved.family))),
    Field::<Errand>::new("state", Kind::Text, |errand, view| json!(shown_state(errand, view)))
        .labelled(Label::Of(state_label)),
    Field::<Errand>::new("created_timestamp", Kind::Time, |errand, _| time(errand.created)),
    Field::<Errand>::new("last_sync_timestamp", Kind::Time, |errand, _| {
        of(errand, |moved| moved.last_sync.map_or(Value::Null, time))
    }),
    Field::<Errand>::new("current_transfer_rate", Kind::Number, |errand, view| {
        let rate = errand.run.map(|run| run.course.rate(run.slice(view.now) - run.started));
        json!(rate)
    }),
    Field::<Errand>::new("progress_percentage", Kind::Number, progress),
    Field::<Errand>::new("estimated_completion_timestamp", Kind::Time, |errand, view| {
        errand.estimate(view.now).map_or(Value::Null, time)
    }),
];

static RELATIONS: [Relation<Errand>; 4] = [
    Relation {
        name: "volumes",
        check: |selection, release| VOLUME.check(selection, release),
        read: |errand, view, selection| {
            of(errand, |moved| {
                let volumes = moved.volumes.iter().filter_map(|id| view.array.volumes.get(id));
                volumes.map(|volume| VOLUME.embed(Some(volume), view, selection)).collect()
            })
        },
    },
    Relation {
        name: "volume_groups",
        check: |selection, release| VOLUME_GROUP.check(selection, release),
        read: |errand, view, selection| {
            of(errand, |moved| {
                let group = view.array.volume_groups.get(&moved.family);
                group.iter().map(|group| VOLUME_GROUP.embed(Some(*group), view, selection)).collect()
            })
        },
    },
    // There are none, so whatever is selected of them is there.
    Relation { name: "virtual_volumes", check: |_, _| Ok(()), read: |_, _, _| json!([]) },
    Relation { name: "replication_sessions", check: |_, _| Ok(()), read: |_, _, _| json!([]) },
];

/// An appliance of the cluster, by its place.
#[derive(Clone, Copy, Debug)]
pub struct Appliance(pub usize);

/// Both of them.
pub static ALL_APPLIANCES: [Appliance; APPLIANCES.len()] = [Appliance(0), Appliance(1)];

impl Appliance {
    /// Its id.
    pub fn id(self) -> &'static str {
        APPLIANCES.get(self.0).copied().unwrap_or_default()
    }
}

pub static APPLIANCE: Table<Appliance> = Table {
    name: "appliance",
    fields: &[
        Field::<Appliance>::new("id", Kind::Text, |appliance, _| json!(appliance.id())),
        Field::<Appliance>::new("name", Kind::Text, |appliance, view| {
            json!(format!("{}-appliance-{}", view.array.name, appliance.0 + 1))
        })
        .folded(),
        Field::<Appliance>::new("service_tag", Kind::Text, |appliance, view| {
            let number = view.array.seed.named("service tag").derive(appliance.0 as u64).within(0x10_0000, 0xFF_FFFF);
            json!(format!("{number:06X}"))
        }),
        Field::<Appliance>::new("express_service_code", Kind::Text, |_, _| Value::Null),
        Field::<Appliance>::new("model", Kind::Text, |_, _| json!("PowerStore 5200T")),
        Field::<Appliance>::new("mode", Kind::Text, |_, _| json!("Unified")).since(4, 0, 0).labelled(Label::Same),
        Field::<Appliance>::new("node_count", Kind::Number, |_, _| json!(2)).since(3, 0, 0),
        Field::<Appliance>::new("drive_failure_tolerance_level", Kind::Text, |_, _| json!("Single"))
            .since(2, 0, 0)
            .labelled(Label::Same),
        Field::<Appliance>::new("storage_class", Kind::Text, |_, _| json!("TLC_Based_Flash"))
            .since(4, 0, 0)
            .labelled(Label::Spaced),
        Field::<Appliance>::new("is_hyper_converged", Kind::Flag, |_, _| json!(false)).since(3, 2, 0),
    ],
    relations: &[],
};

fn of(errand: &Errand, read: impl FnOnce(&Migration) -> Value) -> Value {
    match &errand.task {
        Task::Migration(migration) => read(migration),
        Task::FileImport(_) => Value::Null,
    }
}

/// The vendor's own labels: only two of them are spelled with a space.
fn state_label(state: &str) -> String {
    match state {
        "Cutting_Over" | "System_Paused" => state.replace('_', " "),
        state => state.to_owned(),
    }
}

fn progress(errand: &Errand, view: &View<'_>) -> Value {
    let percent = || u64::try_from(u128::from(errand.copied_at(view.now)) * 100 / u128::from(errand.size.max(1)));
    match errand.table().node(errand.node).map(|node| node.progress) {
        Some(ProgressRule::Runs | ProgressRule::Held) => json!(percent().unwrap_or(99).min(99)),
        Some(ProgressRule::Full) => json!(100),
        _ => Value::Null,
    }
}

/// `POST /migration_session`.
pub fn create(array: &mut Array, request: &Request<'_>) -> Result<Response<Vec<u8>>, Problem> {
    asynchronous(request.parameters)?;
    let body = Body::read(request.body)?;
    body.only(&["name", "resource_type", "family_id", "destination_appliance_id", "automatic_cutover"])?;
    let name = body.text("name")?;
    let wrong = |name: &String| name.chars().count() > LONGEST_NAME || create::is_wrong_name(name);
    if name.as_ref().is_some_and(wrong) {
        return Err(Problem::schema(format!("name must have at most {LONGEST_NAME} letters that addresses can hold.")));
    }
    let (kind, family, to) =
        (body.needed("resource_type")?, body.needed("family_id")?, body.needed("destination_appliance_id")?);
    let automatic = body.flag("automatic_cutover")?.unwrap_or(false);
    if !["volume", "virtual_volume", "volume_group", "virtual_machine", "replication_group"].contains(&kind.as_str()) {
        return Err(Problem::schema(format!("resource_type: {kind} cannot be migrated.")));
    }
    if let Some(name) = &name {
        free_name(array, Work::Migration, name, None)?;
    }
    let task = planned(array, &kind, &family, &to)?;
    let rescan: Vec<String> = task.rescan_by_array.iter().chain(&task.rescan_by_hand).cloned().collect();
    let size = task.volumes.iter().filter_map(|id| array.volumes.get(id)).map(|volume| volume.size).sum();
    let known = Circumstances::UNKNOWN.with(Circumstance::AutomaticCutover, Some(automatic));
    let name = name.unwrap_or_else(|| format!("migration_{}", family.chars().take(8).collect::<String>()));
    let id = array
        .begin_errand(name, Task::Migration(task), size, known, request.now)
        .map_err(|refused| Problem::refused(errors::WRONG_STATE, String::from(&refused)))?;
    created(array, &id, json!({ "id": id, "rescan_host_ids": rescan }), request)
}

/// What is to be moved, if it can be.
fn planned(array: &Array, kind: &str, family: &str, to: &str) -> Result<Migration, Problem> {
    let volumes: Vec<String> = match kind {
        "volume" => vec![create::found(&array.volumes, "family_id", "volume", family)?.id.clone()],
        "volume_group" => {
            let group = create::found(&array.volume_groups, "family_id", "volume group", family)?.id.as_str();
            let members = array.volumes.values().filter(|volume| volume.group.as_deref() == Some(group));
            members.map(|volume| volume.id.clone()).collect()
        }
        kind => return Err(create::refused(errors::NO_OBJECT, "family_id", &format!("this array has no {kind}."))),
    };
    let Some(to) = APPLIANCES.into_iter().find(|appliance| *appliance == to) else {
        let words = format!("there is no appliance {to}.");
        return Err(create::refused(errors::NO_OBJECT, "destination_appliance_id", &words));
    };
    let from = volumes.first().map_or(to, |volume| migration::appliance(array, volume));
    if from == to {
        let words = "there is nothing to move: it is there already.";
        return Err(create::refused(errors::INCONSISTENT, "destination_appliance_id", words));
    }
    let taken = |id: &str| migration::of_family(array, id).is_some();
    if taken(family) || volumes.iter().any(|volume| taken(volume)) {
        let words = "another migration has it.";
        return Err(create::refused(errors::SOURCE_NOT_READY, "family_id", words));
    }
    let (rescan_by_array, rescan_by_hand) = migration::hosts(array, family);
    Ok(Migration {
        resource_type: kind.to_owned(),
        family: family.to_owned(),
        volumes,
        from,
        to,
        rescan_by_array,
        rescan_by_hand,
        last_sync: None,
        mended: 0,
    })
}

/// `DELETE /migration_session/{id}`, `POST /migration_session/{id}/{action}`.
pub fn act(
    array: &mut Array,
    method: &Method,
    address: &str,
    action: Option<&str>,
    request: &Request<'_>,
) -> Result<Response<Vec<u8>>, Problem> {
    let action = named(RESOURCE, Work::Migration, array.release, method, action)?;
    asynchronous(request.parameters)?;
    if action == table::SYNC && request.body.is_empty() {
        return Err(Problem::schema("A body is needed; it may be empty: {}."));
    }
    let body = Body::read(request.body)?;
    body.only(match action {
        table::SYNC => &["rescan_complete", "automatic_cutover"],
        table::DELETE => &["force"],
        _ => &[],
    })?;
    let id = array.errand_id(Work::Migration, address).ok_or_else(|| Problem::no_instance(RESOURCE, address))?;
    let before = array.errands.all.get(&id).map(|errand| errand.switches).unwrap_or_default();
    let switches = Switches {
        forced: body.flag("force")?.unwrap_or(false),
        rescan_done: body.flag("rescan_complete")?.unwrap_or(before.rescan_done),
        // What was said last counts.
        automatic_cutover: body.flag("automatic_cutover")?.unwrap_or(before.automatic_cutover),
    };
    carry_out(array, &id, action, switches, request)
}
