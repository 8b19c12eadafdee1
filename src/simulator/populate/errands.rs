//! File imports and migrations as they stand at the first moment, and the NAS servers that there are to
//! import. Each gets to its state through its table, in the past.

use super::MINUTE;
use crate::lifecycle::file_import as file;
use crate::lifecycle::migration as moving;
use crate::lifecycle::{ActionId, Circumstance, Circumstances, EventId, Trigger};
use crate::simulator::errand::{Switches, Task};
use crate::simulator::file_import::{FileImport, NasSource};
use crate::simulator::fleet::{ARRAYS, Options};
use crate::simulator::migration::{self, APPLIANCES, Migration};
use crate::simulator::powerstore::FILES_SINCE;
use crate::simulator::source::Family;
use crate::simulator::world::Array;

/// NAS servers that wait for an import, on each array.
const FREE_NAS: usize = 4;
const GIB: u64 = 1 << 30;

/// A step on the way to a state.
#[derive(Clone, Copy)]
enum Step {
    Asked(ActionId),
    Happens(EventId),
    /// Not a step of the table: the time that a copy of all of it takes passes before the next one.
    Copies,
}

use Step::{Asked, Copies, Happens};

const TO_CUTOVER: [Step; 4] = [Happens(file::STAGE_DONE), Copies, Happens(file::STAGE_DONE), Happens(file::STAGE_DONE)];
const CUT: [Step; 3] = [Asked(file::CUTOVER), Happens(file::STAGE_DONE), Copies];

/// The ways of the first file imports; each array has its own row, and what is beyond goes round.
const FILES: [&[&[&[Step]]]; 2] = [
    &[
        &[&TO_CUTOVER, &CUT, &[Happens(file::FILES_IN_SYNC)]],
        &[&[Happens(file::STAGE_DONE)]],
        &[&TO_CUTOVER, &CUT, &[Happens(file::FILES_IN_SYNC), Asked(file::COMMIT), Happens(file::COMMIT_DONE)]],
    ],
    &[
        &[&[Happens(file::STAGE_DONE), Copies, Happens(file::STAGE_DONE), Happens(file::FAILURE)]],
        &[&TO_CUTOVER],
        &[&[Happens(file::STAGE_DONE), Asked(file::PAUSE), Happens(file::PAUSE_DONE)]],
    ],
];

/// The same for migrations, with whether hosts wait for a rescan by hand.
const MOVES: [&[(bool, &[Step])]; 2] = [
    &[
        (true, &[Happens(moving::SET_UP_DONE)]),
        (false, &[Happens(moving::SET_UP_DONE), Asked(moving::SYNC)]),
        (false, &[Happens(moving::SET_UP_DONE), Asked(moving::SYNC), Copies, Happens(moving::COPY_DONE)]),
    ],
    &[
        (false, &[Happens(moving::SET_UP_DONE), Asked(moving::SYNC), Happens(moving::ERROR)]),
        (
            false,
            &[Happens(moving::SET_UP_DONE), Asked(moving::SYNC), Asked(moving::PAUSE), Happens(moving::PAUSE_DONE)],
        ),
        (false, &[Happens(moving::SET_UP_DONE)]),
    ],
];

/// The file imports and migrations of the `index`-th array.
pub fn populate(array: &mut Array, index: u64, options: &Options) {
    let share = |all: usize| {
        let arrays = ARRAYS.len();
        (all + arrays - 1 - usize::try_from(index).unwrap_or(0)) / arrays
    };
    let place = usize::try_from(index).unwrap_or(0);
    if array.release >= FILES_SINCE {
        let count = share(options.a_few(options.file_imports));
        nas_sources(array, count + FREE_NAS);
        let ways = FILES.get(place).copied().unwrap_or_default();
        for (number, way) in (0..count).zip(ways.iter().cycle()) {
            file_import(array, number, &way.concat(), options.start);
        }
    }
    let ways = MOVES.get(place).copied().unwrap_or_default();
    let count = share(options.a_few(options.migrations));
    // Those that imports made belong to them.
    let made: Vec<&String> = array.sessions.values().filter_map(|session| session.destination.as_ref()).collect();
    let free = |id: &&String| !made.contains(id);
    let volumes: Vec<String> = array.volumes.keys().filter(free).take(count).cloned().collect();
    for (volume, (by_hand, way)) in volumes.into_iter().zip(ways.iter().cycle()) {
        migrated(array, &volume, *by_hand, way, options.start);
    }
}

fn nas_sources(array: &mut Array, count: usize) {
    let systems: Vec<String> = array
        .remote_systems
        .values()
        .filter(|remote| matches!(remote.family, Some(Family::Unity | Family::Vnx)))
        .map(|remote| remote.id.clone())
        .collect();
    for (number, system) in (0..count).zip(systems.iter().cycle()) {
        let mut chances = array.seed.named("nas source").derive(number as u64);
        let id = format!("nas_{}", number + 1);
        let source = NasSource {
            id: id.clone(),
            name: format!(
                "nas-{}-{:02}",
                chances.pick(&["home", "projects", "media", "scratch"]).unwrap_or(&"home"),
                number + 1
            ),
            remote_system: system.clone(),
            size: chances.within(40, 900) * GIB,
            file_systems: (1..=chances.within(1, 4)).map(|part| format!("fs{part:02}")).collect(),
            session: None,
            left_behind: false,
            imported: false,
        };
        array.errands.nas_sources.insert(id, source);
    }
}

fn file_import(array: &mut Array, number: usize, way: &[Step], start: i64) {
    let id = format!("nas_{}", number + 1);
    let Some(source) = array.errands.nas_sources.get(&id) else { return };
    let import = FileImport {
        remote_system: source.remote_system.clone(),
        source: id.clone(),
        import_interface: "if1".to_owned(),
        ..FileImport::default()
    };
    let (name, size) = (format!("fimp_{}", source.name), source.size);
    let at = start - time_of(way, size) - 5 * MINUTE;
    let now = Circumstances::UNKNOWN.with(Circumstance::ScheduleAhead, Some(false));
    let Ok(session) = array.begin_errand(name, Task::FileImport(import), size, now, at) else { return };
    if let Some(source) = array.errands.nas_sources.get_mut(&id) {
        source.session = Some(session.clone());
    }
    array.start_file_imports(at);
    walk(array, &session, way, at, size, start);
}

fn migrated(array: &mut Array, volume: &str, by_hand: bool, way: &[Step], start: i64) {
    let Some(found) = array.volumes.get(volume) else { return };
    let (name, size) = (format!("move_{}", found.name.chars().take(20).collect::<String>()), found.size);
    let rescan_by_hand = match by_hand {
        true => array.hosts.values().filter(|host| host.os != "ESXi").take(1).map(|host| host.id.clone()).collect(),
        false => Vec::new(),
    };
    let task = Task::Migration(Migration {
        resource_type: "volume".to_owned(),
        family: volume.to_owned(),
        volumes: vec![volume.to_owned()],
        from: migration::appliance(array, volume),
        to: APPLIANCES[1],
        rescan_by_array: Vec::new(),
        rescan_by_hand,
        last_sync: None,
        mended: 0,
    });
    let at = start - time_of(way, size) - 2 * MINUTE;
    let manual = Circumstances::UNKNOWN.with(Circumstance::AutomaticCutover, Some(false));
    if let Ok(session) = array.begin_errand(name, task, size, manual, at) {
        walk(array, &session, way, at, size, start);
    }
}

/// About as long as a copy of so many bytes takes.
fn copying(size: u64) -> i64 {
    i64::try_from(size / 300_000).unwrap_or(0)
}

fn time_of(way: &[Step], size: u64) -> i64 {
    way.iter().map(|step| if matches!(step, Copies) { copying(size) } else { MINUTE }).sum()
}

fn walk(array: &mut Array, id: &str, way: &[Step], begun: i64, size: u64, start: i64) {
    let mut at = begun;
    for step in way {
        // What the table refuses leaves the session where it is.
        match step {
            Copies => at += copying(size),
            Asked(action) => {
                at += MINUTE;
                let _ = array.ask_errand(id, *action, Switches::default(), "admin", at);
            }
            Happens(event) => {
                at += MINUTE;
                let _ = array.take_errand(id, Trigger::Event(*event), at);
            }
        }
    }
    if array.errands.all.get(id).is_some_and(|errand| errand.due.is_some_and(|(due, _)| due < start)) {
        array.plan_errand(id, start);
    }
}
