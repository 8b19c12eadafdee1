//! The command line.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use array_console::lifecycle::Release;
use array_console::simulator::scenario::{self, Scenario, Unknown};
use array_console::simulator::{ARRAYS, DFM, Options};
use lexopt::prelude::*;

pub const HELP: &str = "\
array-simulator: a simulated fleet of storage arrays over HTTP

  --listen ADDR       the site as a reverse proxy presents it: the console, /config.json,
                      /arrays/<id>/api/rest/… of a PowerStore, /arrays/<id>/apis/XMLrequest of a DFM
                      (default 127.0.0.1:8080; port 0 picks a free one)
  --console DIR       serve the built console in DIR on /
  --config FILE       serve FILE as /config.json in place of a generated one
  --own-port ID=ADDR  an array alone, raw: a PowerStore over https with a self-signed certificate,
                      a DFM over http; repeatable
  --seed N            the world: the same seed gives the same world (default 1)
  --imports N         import sessions of all arrays together (default 24)
  --replications N    pairs that are replicated between the arrays (default 8)
  --file-imports N    file imports of all arrays together (a few, where there are imports)
  --migrations N      migrations of all arrays together (as many)
  --jobs N            jobs of the past that belong to no session (as many)
  --protection-jobs N jobs of the DFM (some, where there are imports; without any no schedule either)
  --release ID=X      an array of that release, such as frankfurt=1.0.0.0 or dfm=3.6.2; repeatable
  --speed X           simulated seconds per real second (default 1); 0 stands still
  --scenario NAME     begin with a story: failover-test and others (see docs/scenarios.md), or a file of
                      one's own such as ./mine.scenario; what the fleet has is the story's to say
  --control           serve /simulator/… for tests: see docs/simulator.md
  --help              this text

PowerStores: frankfurt, dublin; DFM: dfm. Logins: admin, and viewer who may look only; password Password123!";

/// What the command line asks for.
pub enum Wanted {
    Help,
    Server(Box<Arguments>),
}

/// What a server is started with.
pub struct Arguments {
    pub listen: SocketAddr,
    pub own_ports: Vec<(String, SocketAddr)>,
    pub options: Options,
    pub site: Site,
    pub story: Option<Story>,
}

/// A scenario to begin with; the numbers go before its own.
pub struct Story {
    pub scenario: Scenario,
    pub seed: Option<u64>,
    pub speed: Option<f64>,
}

/// The options that say what the world has, which is for a scenario to say.
const OF_THE_WORLD: [&str; 7] =
    ["imports", "replications", "file-imports", "migrations", "jobs", "protection-jobs", "release"];

/// What the site serves beside the arrays.
#[derive(Clone, Default)]
pub struct Site {
    pub console: Option<PathBuf>,
    pub config: Option<PathBuf>,
    pub control: bool,
}

impl Arguments {
    /// Reads the command line without the program's name. The error is a sentence for the person.
    pub fn read(words: impl Iterator<Item = OsString>) -> Result<Wanted, String> {
        let mut arguments = Arguments {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            own_ports: Vec::new(),
            options: Options { start: crate::fleet::now(), ..Options::default() },
            site: Site::default(),
            story: None,
        };
        let (mut seed, mut speed, mut of_the_world, mut told) = (None, None, None, None);
        let mut parser = lexopt::Parser::from_args(words);
        while let Some(word) = parser.next().map_err(|error| format!("{error}."))? {
            if let Long(name) = word {
                of_the_world = of_the_world.or(OF_THE_WORLD.into_iter().find(|known| *known == name));
            }
            match word {
                Short('h') | Long("help") => return Ok(Wanted::Help),
                Long("listen") => arguments.listen = address(&text(&mut parser, "--listen")?)?,
                Long("console") => {
                    arguments.site.console = Some(folder(PathBuf::from(text(&mut parser, "--console")?))?)
                }
                Long("config") => arguments.site.config = Some(file(PathBuf::from(text(&mut parser, "--config")?))?),
                Long("control") => arguments.site.control = true,
                Long("own-port") => {
                    let (id, place) = of_array(&text(&mut parser, "--own-port")?, "--own-port")?;
                    arguments.own_ports.push((id, address(&place)?));
                }
                Long("release") => {
                    let (id, release) = of_array(&text(&mut parser, "--release")?, "--release")?;
                    let release = Release::parse(&release)
                        .ok_or_else(|| format!("{release} is no release: it must be like 4.1.0.0."))?;
                    arguments.options.releases.insert(id, release);
                }
                Long("seed") => seed = Some(number(&mut parser, "--seed")?),
                Long("scenario") => told = Some(scenario(&text(&mut parser, "--scenario")?)?),
                Long("imports") => arguments.options.imports = at_most(200_000, &mut parser, "--imports")?,
                Long("file-imports") => {
                    arguments.options.file_imports = Some(count(&mut parser, "--file-imports")?);
                }
                Long("replications") => {
                    arguments.options.replications = at_most(10_000, &mut parser, "--replications")?;
                }
                Long("migrations") => arguments.options.migrations = Some(count(&mut parser, "--migrations")?),
                Long("jobs") => arguments.options.jobs = Some(count(&mut parser, "--jobs")?),
                Long("protection-jobs") => {
                    arguments.options.protection_jobs = Some(count(&mut parser, "--protection-jobs")?);
                }
                Long("speed") => {
                    let wanted: f64 = number(&mut parser, "--speed")?;
                    if !(0.0..=1e6).contains(&wanted) {
                        return Err("--speed takes a number from 0 to 1000000.".to_owned());
                    }
                    speed = Some(wanted);
                }
                Long(name) => return Err(format!("The option --{name} is unknown.")),
                Short(name) => return Err(format!("The option -{name} is unknown.")),
                Value(value) => return Err(format!("{} is not expected here.", value.to_string_lossy())),
            }
        }
        if let (Some(option), true) = (of_the_world, told.is_some()) {
            return Err(format!("--{option} does not go with --scenario, which says what the fleet has."));
        }
        arguments.options.seed = seed.unwrap_or(arguments.options.seed);
        arguments.options.speed = speed.unwrap_or(arguments.options.speed);
        arguments.story = told.map(|scenario| Story { scenario, seed, speed });
        Ok(Wanted::Server(Box::new(arguments)))
    }
}

/// The scenario of this name, or the one in this file.
fn scenario(name: &str) -> Result<Scenario, String> {
    let unknown = match scenario::named(name) {
        Ok(scenario) => return Ok(scenario),
        Err(unknown) => unknown,
    };
    let path = Path::new(name);
    if matches!(unknown, Unknown::Broken(_)) || path.components().count() == 1 && !path.is_file() {
        return Err(format!("--scenario: {unknown}"));
    }
    let text = std::fs::read_to_string(path).map_err(|error| format!("--scenario: {name} cannot be read: {error}."))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    scenario::read(&name, &text).map_err(|broken| format!("--scenario: {broken}"))
}

fn text(parser: &mut lexopt::Parser, option: &str) -> Result<String, String> {
    let value = parser.value().map_err(|_| format!("{option} needs a value."))?;
    value.into_string().map_err(|value| format!("{option}: {} is not readable text.", value.to_string_lossy()))
}

fn number<T: std::str::FromStr>(parser: &mut lexopt::Parser, option: &str) -> Result<T, String> {
    let value = text(parser, option)?;
    value.parse().map_err(|_| format!("{option}: {value} is no such number."))
}

/// A number of things, of which a world holds so many.
fn count(parser: &mut lexopt::Parser, option: &str) -> Result<usize, String> {
    at_most(100_000, parser, option)
}

fn at_most(most: usize, parser: &mut lexopt::Parser, option: &str) -> Result<usize, String> {
    let count: usize = number(parser, option)?;
    if count > most { Err(format!("{option} takes at most {most}.")) } else { Ok(count) }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("{text} is no address: it must be like 127.0.0.1:8080."))
}

fn of_array(text: &str, option: &str) -> Result<(String, String), String> {
    let (id, value) = text.split_once('=').ok_or_else(|| format!("{option} takes ID=VALUE, not {text}."))?;
    if ARRAYS.contains(&id) || id == DFM {
        Ok((id.to_owned(), value.to_owned()))
    } else {
        Err(format!("{option}: there is no array {id}; there are {} and {DFM}.", ARRAYS.join(", ")))
    }
}

fn folder(path: PathBuf) -> Result<PathBuf, String> {
    if path.join("index.html").is_file() {
        Ok(path)
    } else {
        Err(format!("--console: {} has no index.html; build the console first.", path.display()))
    }
}

fn file(path: PathBuf) -> Result<PathBuf, String> {
    if path.is_file() { Ok(path) } else { Err(format!("--config: there is no file {}.", path.display())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use array_console::simulator::scenario::SCENARIOS;

    fn read(words: &[&str]) -> Result<Wanted, String> {
        Arguments::read(words.iter().map(OsString::from))
    }

    #[test]
    fn reads_what_the_help_names() {
        let words = ["--listen", "127.0.0.1:0", "--own-port", "dublin=127.0.0.1:0", "--seed=9", "--imports", "7"];
        let more = ["--release", "frankfurt=1.0", "--speed", "60", "--control", "--jobs", "5", "--migrations=0"];
        let more =
            [&more[..], &["--replications", "3", "--protection-jobs", "4", "--own-port", "dfm=[::1]:0"]].concat();
        let Ok(Wanted::Server(read)) = read(&[&words[..], &more].concat()) else { panic!("refused") };
        assert_eq!((read.listen.port(), read.own_ports.len(), read.site.control), (0, 2, true));
        assert_eq!((read.options.seed, read.options.imports, read.options.speed), (9, 7, 60.0));
        assert_eq!((read.options.jobs, read.options.migrations, read.options.file_imports), (Some(5), Some(0), None));
        assert_eq!((read.options.replications, read.options.protection_jobs()), (3, 4));
        assert_eq!(read.options.releases.get("frankfurt"), Some(&Release::OLDEST));
    }

    #[test]
    fn takes_a_story_by_its_name_or_from_a_file_and_the_numbers_go_before_its_own() {
        for name in ["disaster", "./src/simulator/scenarios/disaster.scenario"] {
            let Ok(Wanted::Server(read)) = read(&["--scenario", name, "--seed", "4", "--speed=60"]) else {
                panic!("{name} was refused")
            };
            let story = read.story.unwrap();
            assert_eq!((story.scenario.name.as_str(), story.seed, story.speed), ("disaster", Some(4), Some(60.0)));
        }
        assert!(SCENARIOS.iter().all(|(name, _)| scenario(name).is_ok()));
        let Ok(Wanted::Server(read)) = read(&["--scenario=disaster"]) else { panic!("refused") };
        assert_eq!(read.story.map(|story| (story.seed, story.speed)), Some((None, None)));
    }

    #[test]
    fn refuses_the_rest_by_name() {
        for (words, part) in [
            (&["--volumes", "3"][..], "--volumes"),
            (&["--jobs", "100001"], "100000"),
            (&["--own-port", "berlin=127.0.0.1:1"], "berlin"),
            (&["--protection-jobs", "100001"], "100000"),
            (&["--own-port", "dublin"], "ID=VALUE"),
            (&["--release", "dublin=new"], "new"),
            (&["--listen", "here"], "here"),
            (&["--speed", "-1"], "--speed"),
            (&["--imports", "many"], "many"),
            (&["--imports", "200001"], "200000"),
            (&["--replications", "10001"], "10000"),
            (&["--seed"], "--seed"),
            (&["--scenario", "flood"], "failover-test"),
            (&["--scenario", "./nowhere.scenario"], "./nowhere.scenario"),
            (&["--scenario", "Cargo.toml"], "line 1"),
            (&["--scenario", "disaster", "--imports", "3"], "--imports"),
            (&["--console", "/nowhere"], "index.html"),
            (&["extra"], "extra"),
        ] {
            let Err(sentence) = read(words) else { panic!("{words:?} was taken") };
            assert!(sentence.contains(part), "{sentence}");
        }
    }
}
