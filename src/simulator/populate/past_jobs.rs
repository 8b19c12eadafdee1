//! Jobs of the past that belong to no session: an upgrade with a step that was not needed, work that
//! failed and left something behind, and everyday work.

use super::{MINUTE, SECOND};
use crate::lifecycle::job as table;
use crate::simulator::fleet::{ARRAYS, Options};
use crate::simulator::jobs::{Resource, Step, Success};
use crate::simulator::world::{Array, SessionError};

const DAY: i64 = 24 * 60 * MINUTE;

/// The past of the `index`-th array.
pub fn populate(array: &mut Array, index: u64, options: &Options) {
    let (jobs, arrays) = (options.a_few(options.jobs) as u64, ARRAYS.len() as u64);
    let count = (jobs + arrays - 1 - index) / arrays;
    for number in 0..count {
        match number {
            0 => upgrade(array, options.start - 9 * DAY),
            1 => left_something_behind(array, options.start - 2 * DAY),
            _ => everyday(array, number, options.start),
        }
    }
}

fn upgrade(array: &mut Array, at: i64) {
    let id = array.seed.named("software package").uuid();
    let resource = Resource { kind: "software_package", id: &id, name: "PowerStoreT-upgrade" };
    let job = array.jobs.open(Some("install"), resource, "Install the upgrade.".to_owned(), "admin", at);
    let step = |description: &str, takes: Option<i64>| Step {
        action: Some("upgrade"),
        resource_kind: "node",
        resource_id: id.clone(),
        resource_name: "A1".to_owned(),
        description: description.to_owned(),
        takes,
    };
    array.jobs.part(
        &job,
        vec![
            step("Check the health of the cluster.", Some(4 * MINUTE)),
            step("Update the firmware of the drives.", None),
            step("Upgrade node B.", Some(25 * MINUTE)),
            step("Upgrade node A.", Some(25 * MINUTE)),
        ],
    );
    array.jobs.end(&job, Ok(Success::Done), at + 55 * MINUTE);
}

fn left_something_behind(array: &mut Array, at: i64) {
    let Some((id, name)) = array.volumes.values().next().map(|volume| (volume.id.clone(), volume.name.clone())) else {
        return;
    };
    let resource = Resource { kind: "volume", id: &id, name: &name };
    let job = array.jobs.open(Some("clone"), resource, format!("Clone volume {name}."), "admin", at);
    let message = "The clone could not be completed, and what was made of it could not be removed.".to_owned();
    let error = SessionError { code: "0xE0FF03010003", message, arguments: vec![name] };
    array.jobs.end(&job, Err(error), at + 20 * SECOND);
    let _ = array.jobs.happen(&job, table::CLEAN_UP_FAILS, at + 21 * SECOND);
}

fn everyday(array: &mut Array, number: u64, start: i64) {
    let mut chances = array.seed.named("past job").derive(number);
    let volumes: Vec<(String, String)> =
        array.volumes.values().map(|volume| (volume.id.clone(), volume.name.clone())).collect();
    let Some((id, name)) = chances.pick(&volumes) else { return };
    let resource = Resource { kind: "volume", id, name };
    let (action, words) =
        *chances.pick(&[("snapshot", "Take a snapshot of"), ("modify", "Change")]).unwrap_or(&("modify", "Change"));
    let at = start - i64::try_from(chances.within(10, 30 * 24 * 60)).unwrap_or(10) * MINUTE;
    let job = array.jobs.open(Some(action), resource, format!("{words} volume {name}."), "admin", at);
    array.jobs.end_soon(&job, Success::Done);
}
