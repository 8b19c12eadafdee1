//! Where a story stands in its fleet, and how it goes on.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::model::{Broken, Doing, Hook, Scenario, Step, Until, What};
use super::words::Reason;
use super::{ask, furnish, sight, vocabulary};
use crate::simulator::clock::Clock;
use crate::simulator::control;
use crate::simulator::fleet::{Fleet, Options};
use crate::simulator::json::json;
use crate::wire::powerstore::Resource;

/// What the fleet's list of what is due calls a story.
pub const ID: &str = "scenario";

/// How long the end of a step may take, if the step does not say: a day.
const PATIENCE: i64 = 24 * 3600 * 1000;
/// How many moments are looked at meanwhile: far more than a day of the largest fleet of a story has.
const MOMENTS: usize = 500_000;

/// A story under way.
#[derive(Clone, Debug)]
pub struct Play {
    pub scenario: Arc<Scenario>,
    began: i64,
    /// The step at which it stands; the number of steps when it is over.
    pub step: usize,
    step_began: i64,
    /// The end of the step was not yet reached when the step began.
    lay_ahead: bool,
    /// What is still to happen by itself, with the moment from which its times count.
    pending: Vec<(i64, Hook)>,
    /// What should have happened by itself and could not.
    pub trouble: Option<Broken>,
}

impl Play {
    /// When the next thing happens by itself because its time has come.
    pub fn next_due(&self) -> Option<i64> {
        let times = self.pending.iter().filter_map(|(from, hook)| match hook.when {
            Until::Passed(millis) => Some(from + millis),
            Until::State(_) => None,
        });
        times.min()
    }

    fn broken(&self, line: u32, reason: Reason) -> Broken {
        Broken { file: self.scenario.file.clone(), line, reason }
    }

    /// The step at which it stands; the last one when it is over.
    pub fn current(&self) -> Option<&Step> {
        self.scenario.steps.get(self.step).or_else(|| self.scenario.steps.last())
    }

    /// True when the last step is done.
    pub fn is_over(&self) -> bool {
        self.step >= self.scenario.steps.len()
    }

    fn is_met(&self, fleet: &Fleet, until: &Until, time: i64) -> bool {
        match until {
            Until::Passed(millis) => time >= self.step_began + millis,
            Until::State(state) => sight::holds(fleet, state),
        }
    }

    /// True when the end of the step is a matter of states, and all of them are as wanted.
    fn stands_as_wanted(&self, fleet: &Fleet, step: &Step) -> bool {
        let mut states = step.until.iter().filter_map(|until| match until {
            Until::State(state) => Some(state),
            Until::Passed(_) => None,
        });
        states.clone().next().is_some() && states.all(|state| sight::holds(fleet, state))
    }

    /// What is still waited for, in words.
    pub fn waits_for(&self, fleet: &Fleet, time: i64) -> Vec<String> {
        let in_words = |until: &Until| match until {
            Until::Passed(millis) => format!("another {} have passed", length(self.step_began + millis - time)),
            Until::State(state) => format!("{} is {}", state.of, state.wanted()),
        };
        let step = self.scenario.steps.get(self.step);
        let ends = step.map_or(&[][..], |step| &step.until).iter();
        ends.filter(|until| !self.is_met(fleet, until, time)).map(in_words).collect()
    }

    /// Whether a person has done it already: what the story has asked for so far is not asked for again.
    fn is_done(&self, fleet: &Fleet, doing: &Doing) -> bool {
        match &doing.what {
            What::Ask { of, action, .. } => {
                let same = |other: &&Doing| match &other.what {
                    What::Ask { of: it, action: this, .. } => (it, this) == (of, action) && other.line <= doing.line,
                    _ => false,
                };
                let wanted = self.scenario.steps.iter().flat_map(|step| &step.doings).filter(same).count();
                let is_there =
                    action == "create" && of.resource != Resource::ProtectionJob && sight::id(fleet, of).is_some();
                is_there || sight::times(fleet, of, action, self.began) >= wanted
            }
            What::Event { of, event } => {
                let counted = of.resource != Resource::ProtectionJob || event == vocabulary::REQUESTED;
                counted && sight::times(fleet, of, event, self.step_began) > 0
            }
            What::Fault { array, fault, .. } => match fault.as_str() {
                "link_down" => fleet.replications.cut,
                _ => control::faults_of(fleet, array).iter().any(|known| known == fault),
            },
            What::Clear { .. } => false,
        }
    }
}

/// A new fleet with the story at its first step, when the caller's clock shows `now`. Nothing of the old fleet
/// stays, if the story can begin.
///
/// # Errors
/// What is set up does not fit the fleet.
pub fn begin(
    fleet: &mut Fleet,
    now: i64,
    scenario: Scenario,
    seed: Option<u64>,
    speed: Option<f64>,
) -> Result<(), Broken> {
    let speed = speed.or(scenario.speed).unwrap_or_else(|| fleet.clock.speed());
    let options = Options { seed: seed.unwrap_or(scenario.options.seed), speed, ..scenario.options.clone() };
    let start = options.start;
    let mut new = Fleet::new(options);
    for setup in &scenario.setup {
        let broken = |reason| Broken { file: scenario.file.clone(), line: setup.line, reason };
        furnish::furnish(&mut new, setup).map_err(broken)?;
    }
    let pending = scenario.hooks.iter().map(|hook| (start, hook.clone())).collect();
    let scenario = Arc::new(scenario);
    new.clock = Clock::showing(start, now, speed);
    new.play =
        Some(Play { scenario, began: start, step: 0, step_began: start, lay_ahead: true, pending, trouble: None });
    arrive(&mut new, 0, start);
    *fleet = new;
    Ok(())
}

/// Comes to a step.
fn arrive(fleet: &mut Fleet, step: usize, time: i64) {
    let Some(mut play) = fleet.play.take() else { return };
    (play.step, play.step_began) = (step, time);
    let scenario = Arc::clone(&play.scenario);
    if let Some(step) = scenario.steps.get(step) {
        play.lay_ahead = !play.stands_as_wanted(fleet, step);
        play.pending.extend(step.hooks.iter().map(|hook| (time, hook.clone())));
    }
    fleet.play = Some(play);
    heed(fleet, time);
}

/// Lets the story happen until the end of its step, and comes to the next one.
///
/// # Errors
/// It is over, an array refuses what the step does, or the end is not reached: with line and reason.
pub fn next(fleet: &mut Fleet, now: i64) -> Result<(), Reason> {
    let Some(play) = fleet.play.clone() else { return Err("No scenario is being played.".to_owned()) };
    let scenario = Arc::clone(&play.scenario);
    let Some(step) = scenario.steps.get(play.step) else { return Err("The scenario is at its end.".to_owned()) };
    let by_hand = play.lay_ahead && play.stands_as_wanted(fleet, step);
    if !by_hand {
        for doing in &step.doings {
            if play.is_done(fleet, doing) {
                continue;
            }
            let done = match &doing.what {
                What::Ask { of, action, said } => ask::ask(fleet, now, of, action, said),
                _ => happen(fleet, fleet.time(now), doing),
            };
            match done {
                // A person got there by another way.
                Err(_) if play.stands_as_wanted(fleet, step) => {}
                done => done.map_err(|reason| play.broken(doing.line, reason).to_string())?,
            }
        }
    }
    heed(fleet, fleet.time(now));
    wait(fleet, now, &play, step)?;
    arrive(fleet, play.step + 1, fleet.time(now));
    Ok(())
}

/// Lets time pass, moment by moment, until the end of the step is reached.
fn wait(fleet: &mut Fleet, now: i64, play: &Play, step: &Step) -> Result<(), Reason> {
    let patience = step.within.unwrap_or(PATIENCE);
    let last = fleet.time(now).saturating_add(patience);
    for _ in 0..MOMENTS {
        let time = fleet.time(now);
        if let Some(trouble) = fleet.play.as_mut().and_then(|play| play.trouble.take()) {
            return Err(trouble.to_string());
        }
        if step.until.iter().all(|until| play.is_met(fleet, until, time)) {
            return Ok(());
        }
        let passed = step.until.iter().filter_map(|until| match until {
            Until::Passed(millis) => Some(play.step_began + millis).filter(|at| *at > time),
            Until::State(_) => None,
        });
        let next = fleet.next_due().map(|(at, _)| at).into_iter().chain(passed).min();
        let Some(next) = next.filter(|next| *next <= last) else { break };
        fleet.clock.jump(now, next);
        fleet.advance_to(now);
    }
    let time = fleet.time(now);
    let lacking = play.waits_for(fleet, time).join(" and ");
    let stands: String = step
        .until
        .iter()
        .filter_map(|until| match until {
            Until::State(state) if !sight::holds(fleet, state) => {
                Some(format!(" {} is {}.", state.of, sight::stands(fleet, state)))
            }
            _ => None,
        })
        .collect();
    let reason = format!("the step ends when {lacking}, and that does not come within {}.{stands}", length(patience));
    Err(play.broken(step.line, reason).to_string())
}

/// A length of time in words, rounded up.
fn length(millis: i64) -> String {
    match (millis + 999) / 1000 {
        seconds @ ..120 => format!("{seconds} s"),
        seconds @ ..7200 => format!("{} min", (seconds + 59) / 60),
        seconds => format!("{} h", (seconds + 3599) / 3600),
    }
}

/// Lets an event or a fault happen at the fleet's `time`.
fn happen(fleet: &mut Fleet, time: i64, doing: &Doing) -> Result<(), Reason> {
    let (name, body) = match &doing.what {
        What::Ask { .. } => return Err("a person does not act by himself.".to_owned()),
        What::Event { of, event } => {
            let requested = event == vocabulary::REQUESTED && of.resource == Resource::ProtectionJob;
            let body = match (requested, &of.job) {
                (true, Some(job)) => json!({ "array": of.array, "session": of.name, "event": job }),
                _ => {
                    let id = sight::id(fleet, of).ok_or_else(|| format!("there is no {of}."))?;
                    json!({ "array": of.array, "session": id, "event": event })
                }
            };
            ("event", body)
        }
        What::Fault { array, fault, said } => ("fault", fault_body(array, fault, said)),
        What::Clear { array, fault } => ("fault", json!({ "clear": true, "array": array, "fault": fault })),
    };
    control::happen(fleet, time, name, body)
}

/// A fault as the control door wants it: numbers as numbers, what it matches in an object of its own.
fn fault_body(array: &str, fault: &str, said: &[(String, String)]) -> Value {
    let (mut body, mut matched) = (Map::new(), Map::new());
    body.insert("array".to_owned(), json!(array));
    body.insert("fault".to_owned(), json!(fault));
    for (key, value) in said {
        let number = value.parse::<i64>().ok();
        let value = number.map_or_else(|| json!(value), |number| json!(number));
        let keys = if ["method", "path_contains"].contains(&key.as_str()) { &mut matched } else { &mut body };
        keys.insert(key.clone(), value);
    }
    if !matched.is_empty() {
        body.insert("match".to_owned(), Value::Object(matched));
    }
    Value::Object(body)
}

/// Lets everything happen that the story wants to happen by itself by now.
pub fn heed(fleet: &mut Fleet, time: i64) {
    loop {
        let Some(play) = &fleet.play else { return };
        let is_due = |(from, hook): &(i64, Hook)| match &hook.when {
            Until::Passed(millis) => time >= from + millis,
            Until::State(state) => sight::holds(fleet, state),
        };
        let Some(place) = play.pending.iter().position(is_due) else { return };
        let Some(play) = &mut fleet.play else { return };
        let (_, hook) = play.pending.remove(place);
        if let Err(reason) = happen(fleet, time, &hook.doing)
            && let Some(play) = &mut fleet.play
        {
            play.trouble = Some(play.broken(hook.doing.line, reason));
        }
    }
}
