//! What the address of the page says of the fleet: its query, for the fragment is the console's.

use crate::wire::json::Object;
use crate::wire::powerstore::query::escape;

/// Stands in the place of a scenario for a fleet without a story.
pub const WHOLE_FLEET: &str = "whole";

/// The most imports that a fleet in a page begins with.
const MOST_IMPORTS: usize = 100_000;
/// The fastest that a fleet in a page runs.
const FASTEST: u32 = 1_000;

/// A fleet to begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The name of a scenario, or [`WHOLE_FLEET`]; `None` where a person is still to choose.
    pub scenario: Option<String>,
    /// Every chance comes from it.
    pub seed: Option<u64>,
    /// Simulated seconds per second; 0 stands still.
    pub speed: Option<u32>,
    /// How many imports there are.
    pub imports: Option<usize>,
    /// The fleet is that of the server which serves the page.
    pub on_server: bool,
}

impl Link {
    /// Reads the query of an address, with or without its `?`. Also answers with a sentence for each value that
    /// cannot be used.
    pub fn read(query: &str) -> (Link, Vec<String>) {
        let mut link = Link::default();
        let mut wrong = Vec::new();
        for part in query.trim_start_matches('?').split('&') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
            let understood = match name {
                "scenario" => {
                    link.scenario = Some(value.clone().into_owned()).filter(|name| !name.is_empty());
                    true
                }
                "seed" => put(&mut link.seed, seed(&value)),
                "speed" => put(&mut link.speed, value.parse().ok().filter(|speed| *speed <= FASTEST)),
                "imports" => put(&mut link.imports, value.parse().ok().filter(|imports| *imports <= MOST_IMPORTS)),
                "fleet" => {
                    link.on_server = value == "server";
                    link.on_server
                }
                // What others put into an address is none of ours.
                _ => true,
            };
            if !understood {
                let wanted = match name {
                    "seed" => "a whole number from 0",
                    "speed" => "a whole number from 0 to 1000",
                    "imports" => "a whole number from 0 to 100000",
                    _ => "server, or left out",
                };
                wrong.push(format!("The link says {name}={value}, which must be {wanted}. It is left out."));
            }
        }
        (link, wrong)
    }

    /// The query of this fleet, with its `?`; empty when nothing is chosen. The same fleets have the same.
    pub fn write(&self) -> String {
        let mut text = String::new();
        let mut put = |name: &str, value: String| {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.extend([name, "=", &value]);
        };
        if self.on_server {
            put("fleet", "server".to_owned());
        }
        if let Some(name) = &self.scenario {
            put("scenario", escape(name));
        }
        for (name, value) in [
            ("seed", self.seed.map(|seed| seed.to_string())),
            ("speed", self.speed.map(|speed| speed.to_string())),
            ("imports", self.imports.map(|imports| imports.to_string())),
        ] {
            if let Some(value) = value {
                put(name, value);
            }
        }
        text
    }

    /// The same fleet with another story, from its own seed and at its own speed.
    pub fn with(&self, scenario: &str) -> Link {
        Link { scenario: Some(scenario.to_owned()), on_server: self.on_server, ..Link::default() }
    }

    /// What asks the control door for the story, or for the fleet without one: where, and with which body.
    pub fn wish(&self) -> (&'static str, String) {
        if let Some(name) = self.story() {
            return ("scenario", self.with_pace(Object::new().text("name", name)).done());
        }
        let imports = self.imports.and_then(|imports| u64::try_from(imports).ok());
        ("reset", with_number(self.with_pace(Object::new()), "imports", imports).done())
    }

    fn with_pace(&self, body: Object) -> Object {
        with_number(with_number(body, "seed", self.seed), "speed", self.speed.map(u64::from))
    }

    /// The name of the scenario, where there is one.
    pub fn story(&self) -> Option<&str> {
        self.scenario.as_deref().filter(|name| *name != WHOLE_FLEET)
    }
}

/// A seed, if it is one that the control door takes.
pub fn seed(text: &str) -> Option<u64> {
    text.parse::<i64>().ok().and_then(|seed| u64::try_from(seed).ok())
}

fn with_number(body: Object, name: &str, number: Option<u64>) -> Object {
    match number {
        Some(number) => body.number(name, number),
        None => body,
    }
}

/// False when there is nothing to put there.
fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_there = value.is_some();
    *place = value;
    is_there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for query in ["", "?scenario=failover-test&seed=7&speed=60", "?fleet=server&scenario=whole", "?imports=100"] {
            let (link, wrong) = Link::read(query);
            assert_eq!((link.write().as_str(), wrong), (query, Vec::new()));
        }
        let odd = Link { scenario: Some("a&b=c é".to_owned()), ..Link::default() };
        assert_eq!(Link::read(&odd.write()).0, odd);
    }

    #[test]
    fn what_makes_no_sense_is_told_and_left_out() {
        let (link, wrong) = Link::read("?seed=x&speed=1001&imports=-1&fleet=mine&scenario=&utm=1");
        assert_eq!(link, Link::default());
        assert_eq!(wrong.len(), 4);
        assert!(
            wrong
                .iter()
                .zip(["seed=x", "speed=1001", "imports=-1", "fleet=mine"])
                .all(|(told, part)| told.contains(part))
        );
    }

    #[test]
    fn what_is_asked_of_the_door_says_what_the_link_says() {
        let (link, _) = Link::read("?scenario=night&seed=7&speed=60&imports=100");
        let wish = |scenario: &str| {
            let (name, body) = Link { scenario: Some(scenario.to_owned()), ..link.clone() }.wish();
            format!("{name} {body}")
        };
        assert_eq!(wish("night"), r#"scenario {"name":"night","seed":7,"speed":60}"#);
        assert_eq!(wish(WHOLE_FLEET), r#"reset {"seed":7,"speed":60,"imports":100}"#);
        assert_eq!(Link::default().wish(), ("reset", "{}".to_owned()));
        assert_eq!(link.with("metro").write(), "?scenario=metro");
    }

    #[test]
    fn a_whole_fleet_is_no_story() {
        assert_eq!(Link::read("?scenario=whole").0.story(), None);
        assert_eq!(Link::read("?scenario=night").0.story(), Some("night"));
    }
}
