//! From a text to a scenario, or to the line that is wrong and why.

use super::model::{Broken, Doing, Hook, Of, Scenario, Setup, Show, State, Step, Thing, Until, What};
use super::vocabulary;
use super::words::{Reason, Words};
use crate::lifecycle::Release;
use crate::simulator::dfm::JobType;
use crate::simulator::{ARRAYS, DFM, Options, fault};
use crate::wire::powerstore::Resource;
use crate::wire::time;

/// Letters of a text at most: nobody tells a longer story, and pages are handed texts by strangers.
const LONGEST: usize = 100_000;
const MOST_SESSIONS: u64 = 100_000;
const MOST_REPLICATIONS: u64 = 10_000;

/// What the first word of a line may be.
const KEYWORDS: &str =
    "title, summary, fleet, setup, step, >, show, do, event, fault, clear, when, after, until, within, finally";

/// Reads a scenario of this name.
///
/// # Errors
/// The first line that is wrong.
pub fn read(name: &str, text: &str) -> Result<Scenario, Broken> {
    let file = format!("{name}{}", super::ENDING);
    let broken = |line: usize, reason: &str| Broken {
        file: file.clone(),
        line: u32::try_from(line).unwrap_or(u32::MAX).max(1),
        reason: reason.to_owned(),
    };
    if text.len() > LONGEST {
        return Err(broken(1, &format!("the text is longer than {LONGEST} letters.")));
    }
    let mut scenario = Scenario {
        name: name.to_owned(),
        file: file.clone(),
        title: String::new(),
        summary: String::new(),
        // Nothing fails by chance in a story.
        options: Options { failures: 0, ..Options::default() },
        speed: None,
        setup: Vec::new(),
        hooks: Vec::new(),
        steps: Vec::new(),
        finally: Vec::new(),
    };
    let mut number = 0;
    for (place, line) in text.lines().enumerate() {
        number = place + 1;
        let line = line.trim_start_matches('\u{FEFF}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let at = u32::try_from(number).unwrap_or(u32::MAX);
        take(&mut scenario, at, line).map_err(|reason| broken(number, &reason))?;
    }
    for (is_there, what) in [
        (!scenario.title.is_empty(), "title"),
        (!scenario.summary.is_empty(), "summary"),
        (!scenario.steps.is_empty(), "step"),
        (!scenario.finally.is_empty(), "finally"),
    ] {
        if !is_there {
            return Err(broken(number, &format!("the scenario ends here and has no line \"{what}\".")));
        }
    }
    Ok(scenario)
}

/// The title and the summary of a text, without reading the rest of it.
pub fn heading(text: &str) -> (String, String) {
    let of = |keyword: &str| {
        let lines = text.lines().map(str::trim_start).take_while(|line| !line.starts_with("step "));
        let said: Vec<&str> = lines.filter_map(|line| line.strip_prefix(keyword)).map(str::trim).collect();
        said.join(" ")
    };
    (of("title "), of("summary "))
}

/// Takes in one line.
fn take(scenario: &mut Scenario, line: u32, text: &str) -> Result<(), Reason> {
    let (keyword, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    if !scenario.finally.is_empty() && keyword != "finally" {
        return Err(format!("after \"finally\" no \"{keyword}\" is expected."));
    }
    // What is said to people is taken as it stands, quotes and all.
    match keyword {
        ">" => return narrate(scenario.steps.last_mut(), rest),
        "title" | "summary" | "step" if rest.is_empty() => return Err(format!("{keyword} needs some words.")),
        "title" if !scenario.title.is_empty() => return Err("there is a title already.".to_owned()),
        "title" => {
            rest.clone_into(&mut scenario.title);
            return Ok(());
        }
        "summary" => {
            scenario.summary = [scenario.summary.as_str(), rest].join(" ").trim().to_owned();
            return Ok(());
        }
        "step" => {
            scenario.steps.push(Step { line, heading: rest.to_owned(), ..Step::default() });
            return Ok(());
        }
        _ => {}
    }
    let mut words = Words::of(rest)?;
    let step = scenario.steps.last_mut();
    if matches!(keyword, "fleet" | "setup") && step.is_some() {
        return Err(format!("\"{keyword}\" belongs before the first step."));
    }
    match keyword {
        "fleet" => fleet(&mut scenario.options, &mut scenario.speed, &mut words)?,
        "setup" => scenario.setup.push(setup(line, &mut words)?),
        "finally" => scenario.finally.push(state(line, &mut words)?),
        "when" | "after" => {
            let when = match keyword {
                "when" => Until::State(state(line, &mut words)?),
                _ => Until::Passed(words.duration()?),
            };
            words.exactly("then")?;
            let what = words.needed("what happens")?;
            if what == "do" {
                return Err(
                    "\"do\" is what a person does: only event, fault and clear happen by themselves.".to_owned()
                );
            }
            let hook = Hook { when, doing: Doing { line, what: doing(&what, &mut words)? } };
            step.map_or(&mut scenario.hooks, |step| &mut step.hooks).push(hook);
        }
        "show" | "do" | "event" | "fault" | "clear" | "until" | "within" => {
            let Some(step) = step else { return Err(format!("\"{keyword}\" belongs to a step.")) };
            match keyword {
                "show" if step.show.is_some() => return Err("the step shows something already.".to_owned()),
                "show" => step.show = Some(show(&mut words)?),
                "until" if words.number_is_next() => step.until.push(Until::Passed(words.duration()?)),
                "until" => step.until.push(Until::State(state(line, &mut words)?)),
                "within" => step.within = Some(words.duration()?),
                _ => step.doings.push(Doing { line, what: doing(keyword, &mut words)? }),
            }
        }
        _ => return Err(format!("\"{keyword}\" is no beginning of a line; there are {KEYWORDS}.")),
    }
    words.end()
}

fn narrate(step: Option<&mut Step>, words: &str) -> Result<(), Reason> {
    let Some(step) = step else { return Err("a narration belongs to a step.".to_owned()) };
    if words.is_empty() {
        step.narration.push_str("\n\n");
    } else {
        if !step.narration.is_empty() && !step.narration.ends_with('\n') {
            step.narration.push(' ');
        }
        step.narration.push_str(words);
    }
    Ok(())
}

fn fleet(options: &mut Options, speed: &mut Option<f64>, words: &mut Words) -> Result<(), Reason> {
    let key = words.needed("what the fleet has")?;
    let mut count = |most| words.number(&key, most);
    let small = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    match key.as_str() {
        "seed" => options.seed = count(u64::MAX)?,
        "imports" => options.imports = small(count(MOST_SESSIONS)?),
        "replications" => options.replications = small(count(MOST_REPLICATIONS)?),
        "file_imports" => options.file_imports = Some(small(count(MOST_SESSIONS)?)),
        "migrations" => options.migrations = Some(small(count(MOST_SESSIONS)?)),
        "jobs" => options.jobs = Some(small(count(MOST_SESSIONS)?)),
        "protection_jobs" => options.protection_jobs = Some(small(count(MOST_SESSIONS)?)),
        "failures" => options.failures = u32::try_from(count(1000)?).unwrap_or(0),
        "active_limit" => options.active_limit = small(count(MOST_SESSIONS)?),
        "speed" => {
            let word = words.needed("the speed")?;
            let known = word.parse::<u32>().ok().filter(|speed| *speed <= 1_000_000);
            let known =
                known.ok_or_else(|| format!("the speed must be a whole number from 0 to 1000000, not \"{word}\"."))?;
            *speed = Some(f64::from(known));
        }
        "time" => {
            let word = words.needed("the time")?;
            let known = time::parse(&word);
            options.start = known.ok_or_else(|| format!("\"{word}\" is no time such as 2026-11-21T08:00:00Z."))?;
        }
        "release" => {
            let (array, word) = (array(words)?, words.needed("the release")?);
            let known = Release::parse(&word);
            let release = known.ok_or_else(|| format!("\"{word}\" is no release such as 4.1.0.0."))?;
            options.releases.insert(array, release);
        }
        _ => {
            return Err(format!(
                "a fleet has no \"{key}\"; there are seed, imports, replications, file_imports, migrations, jobs, \
                 protection_jobs, failures, active_limit, speed, time, release."
            ));
        }
    }
    Ok(())
}

fn setup(line: u32, words: &mut Words) -> Result<Setup, Reason> {
    let (array, word) = (array(words)?, words.needed("what the array is to have")?);
    let thing = match word.as_str() {
        "source" => Thing::Source,
        "nas-source" => Thing::NasSource,
        "host" => Thing::Host,
        "replication" => Thing::Replication,
        "metro" => Thing::Metro,
        "dataset" => Thing::Dataset,
        _ => {
            return Err(format!(
                "\"{word}\" cannot be set up; there are source, nas-source, host, replication, metro, dataset."
            ));
        }
    };
    if (thing == Thing::Dataset) != (array == DFM) {
        return Err(format!("{array} has no {word}."));
    }
    let name = words.needed("its name")?;
    let size = if thing == Thing::Host { 0 } else { words.size()? };
    let before = match thing {
        Thing::Source | Thing::NasSource => Some(("on", "the remote system")),
        Thing::Replication => Some(("every", "the recovery point objective")),
        Thing::Dataset => Some(("policy", "the name of the policy")),
        Thing::Host | Thing::Metro => None,
    };
    let detail = match before {
        Some((word, what)) => {
            words.exactly(word)?;
            words.needed(what)?
        }
        None if thing == Thing::Host => words.needed("its operating system")?,
        None => String::new(),
    };
    if thing == Thing::Replication && !vocabulary::OBJECTIVES.contains(&detail.as_str()) {
        let there = vocabulary::OBJECTIVES.join(", ");
        return Err(format!("\"{detail}\" is no recovery point objective; there are {there}."));
    }
    Ok(Setup { line, array, thing, name, size, detail })
}

fn array(words: &mut Words) -> Result<String, Reason> {
    let word = words.needed("an array")?;
    if ARRAYS.contains(&word.as_str()) || word == DFM {
        return Ok(word);
    }
    Err(format!("there is no array \"{word}\"; there are {}, {DFM}.", ARRAYS.join(", ")))
}

fn collection(array: &str, words: &mut Words) -> Result<Resource, Reason> {
    let word = words.needed("a collection")?;
    let named = Resource::ALL.into_iter().filter(|resource| *resource != Resource::Job);
    let there: Vec<Resource> =
        named.filter(|resource| (*resource == Resource::ProtectionJob) == (array == DFM)).collect();
    let found = there.iter().copied().find(|resource| resource.word() == word);
    found.ok_or_else(|| {
        let there: Vec<&str> = there.iter().map(|resource| resource.word()).collect();
        format!("{array} has no sessions in \"{word}\"; there are {}.", there.join(", "))
    })
}

fn session(words: &mut Words) -> Result<Of, Reason> {
    let array = array(words)?;
    let resource = collection(&array, words)?;
    named(array, resource, words)
}

fn named(array: String, resource: Resource, words: &mut Words) -> Result<Of, Reason> {
    let name = words.needed("the name of the session")?;
    let mut job = None;
    if resource == Resource::ProtectionJob {
        let word = words.needed("the type of the job")?;
        let types = JobType::ALL.map(JobType::word);
        if !types.contains(&word.as_str()) {
            return Err(format!("\"{word}\" is no type of job; there are {}.", types.join(", ")));
        }
        job = Some(word);
    }
    Ok(Of { array, resource, name, job })
}

fn show(words: &mut Words) -> Result<Show, Reason> {
    let array = array(words)?;
    if words.is_over() {
        return Ok(Show::Array(array));
    }
    let resource = collection(&array, words)?;
    if words.is_over() {
        return Ok(Show::List(array, resource));
    }
    Ok(Show::Session(named(array, resource, words)?))
}

fn state(line: u32, words: &mut Words) -> Result<State, Reason> {
    let of = session(words)?;
    words.exactly("is")?;
    let is = !words.has("not");
    let mut states = Vec::new();
    loop {
        let word = words.needed("a state")?;
        if !vocabulary::is_state(of.resource, &word) {
            let there = vocabulary::states(of.resource);
            return Err(format!("{} have no state \"{word}\"; there are {there}.", of.resource.word()));
        }
        states.push(word);
        if !words.has("or") {
            return Ok(State { line, of, is, words: states });
        }
    }
}

fn doing(keyword: &str, words: &mut Words) -> Result<What, Reason> {
    match keyword {
        "do" => {
            let (of, action) = (session(words)?, words.needed("the action")?);
            if !vocabulary::is_action(of.resource, &action) {
                return Err(format!("{} have no action \"{action}\".", of.resource.word()));
            }
            Ok(What::Ask { of, action, said: said(words) })
        }
        "event" => {
            let (of, event) = (session(words)?, words.needed("the event")?);
            if !vocabulary::is_event(of.resource, &event) {
                return Err(format!("{} have no event \"{event}\".", of.resource.word()));
            }
            words.end()?;
            Ok(What::Event { of, event })
        }
        "fault" => {
            let (array, fault) = (array(words)?, words.needed("the fault")?);
            if !fault::NAMES.contains(&fault.as_str()) {
                return Err(format!("there is no fault \"{fault}\"; there are {}.", fault::NAMES.join(", ")));
            }
            Ok(What::Fault { array, fault, said: said(words) })
        }
        "clear" => {
            let array = if words.is_over() { None } else { Some(array(words)?) };
            let fault = words.word();
            if let Some(fault) = fault.as_ref().filter(|fault| !fault::NAMES.contains(&fault.as_str())) {
                return Err(format!("there is no fault \"{fault}\"; there are {}.", fault::NAMES.join(", ")));
            }
            words.end()?;
            Ok(What::Clear { array, fault })
        }
        _ => Err(format!("\"{keyword}\" cannot happen by itself; event, fault and clear can.")),
    }
}

/// The rest of a line: a switch that is on, or a value after its key and `=`.
fn said(words: &mut Words) -> Vec<(String, String)> {
    let pair = |word: String| match word.split_once('=') {
        Some((key, value)) => (key.to_owned(), value.to_owned()),
        None => (word, "true".to_owned()),
    };
    std::iter::from_fn(|| words.word()).map(pair).collect()
}
