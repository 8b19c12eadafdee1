//! What the control door tells of the fleet and of its story, as the presenter's panel reads it.

use crate::wire::json::{self, Fields, Json};
use crate::wire::time;

/// The fleet, and where its story stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The fleet's time, milliseconds since 1970.
    pub time: i64,
    /// Simulated seconds per second; `None` when that is no whole number.
    pub speed: Option<u64>,
    /// Every chance comes from it.
    pub seed: i64,
    /// When something happens next by itself; `None` when nothing is planned.
    pub next_event: Option<i64>,
    /// The arrays reach each other.
    pub link_up: bool,
    /// By id, what is wrong with each on purpose.
    pub arrays: Vec<(String, Vec<String>)>,
    /// The stories that can be told.
    pub scenarios: Vec<Title>,
    /// The one that is being told.
    pub current: Option<Current>,
}

/// A story that can be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// Its name in links.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it shows, in a sentence or two.
    pub summary: String,
}

/// The story that is being told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Current {
    /// Its name in links.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Where it stands, from 1.
    pub step: i64,
    /// How many steps it has.
    pub steps: i64,
    /// What the step is about.
    pub heading: String,
    /// What the presenter tells.
    pub narration: String,
    /// Where in the console it can be seen: what stands in the address after the `#`.
    pub address: Option<String>,
    /// What must come to pass before the next step.
    pub waits_for: Vec<String>,
    /// All of it has been told.
    pub finished: bool,
    /// What should have become of what.
    pub outcome: Vec<Outcome>,
    /// Why it cannot go on.
    pub trouble: Option<String>,
}

/// What became of something at the end of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Of what.
    pub of: String,
    /// What the story promises.
    pub wanted: String,
    /// What it is.
    pub is: String,
    /// It is what was promised.
    pub reached: bool,
}

impl Told {
    /// The name of the story that is being told.
    pub fn story(&self) -> Option<&str> {
        self.current.as_ref().map(|current| current.name.as_str())
    }

    /// Reads what the door tells; `None` when that is something else.
    pub fn read(body: &[u8]) -> Option<Told> {
        let Ok(Json::Object(mut all)) = json::read(body) else { return None };
        let arrays = list(&mut all, "arrays", |mut array| {
            let faults = texts(array.take("faults"));
            (text(&mut array, "id"), faults)
        });
        let scenarios = list(&mut all, "scenarios", |mut title| Title {
            name: text(&mut title, "name"),
            title: text(&mut title, "title"),
            summary: text(&mut title, "summary"),
        });
        let current = match all.take("current") {
            Json::Object(current) => Some(current_of(current)),
            _ => None,
        };
        Some(Told {
            time: time::parse(&text(&mut all, "time"))?,
            speed: number(&mut all, "speed").and_then(|speed| u64::try_from(speed).ok()),
            seed: number(&mut all, "seed").unwrap_or_default(),
            next_event: text_of(all.take("next_event")).and_then(|at| time::parse(&at)),
            link_up: all.take("link_up") != Json::Flag(false),
            arrays,
            scenarios,
            current,
        })
    }
}

/// The sentence with which the door refuses something.
pub fn refusal(body: &[u8]) -> Option<String> {
    let Ok(Json::Object(mut all)) = json::read(body) else { return None };
    text_of(all.take("error"))
}

fn current_of(mut all: Fields) -> Current {
    Current {
        name: text(&mut all, "name"),
        title: text(&mut all, "title"),
        step: number(&mut all, "step").unwrap_or_default(),
        steps: number(&mut all, "steps").unwrap_or_default(),
        heading: text(&mut all, "heading"),
        narration: text(&mut all, "narration"),
        address: text_of(all.take("address")),
        waits_for: texts(all.take("waits_for")),
        finished: all.take("finished") == Json::Flag(true),
        outcome: list(&mut all, "outcome", |mut one| Outcome {
            of: text(&mut one, "of"),
            wanted: text(&mut one, "wanted"),
            is: text(&mut one, "is"),
            reached: one.take("reached") == Json::Flag(true),
        }),
        trouble: text_of(all.take("trouble")),
    }
}

fn list<T>(all: &mut Fields, name: &str, read: fn(Fields) -> T) -> Vec<T> {
    let Json::List(list) = all.take(name) else { return Vec::new() };
    let objects = list.into_iter().filter_map(|one| if let Json::Object(fields) = one { Some(fields) } else { None });
    objects.map(read).collect()
}

fn text(all: &mut Fields, name: &str) -> String {
    text_of(all.take(name)).unwrap_or_default()
}

fn text_of(value: Json) -> Option<String> {
    if let Json::Text(text) = value { Some(text) } else { None }
}

fn texts(value: Json) -> Vec<String> {
    if let Json::List(texts) = value { texts.into_iter().filter_map(text_of).collect() } else { Vec::new() }
}

fn number(all: &mut Fields, name: &str) -> Option<i64> {
    if let Json::Number(number) = all.take(name) { number } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_door_tells_is_read() {
        let told = Told::read(
            br#"{"time":"2026-11-21T08:00:00Z","speed":60,"seed":7,"next_event":null,"link_up":false,
            "arrays":[{"id":"dfm","faults":["slow","html"]}],"scenarios":[{"name":"n","title":"t","summary":"s"}],
            "current":{"name":"n","title":"t","step":2,"steps":6,"heading":"h","narration":"x","address":"/journal",
            "waits_for":["a","b"],"finished":false,"outcome":[{"of":"o","wanted":"OK","is":null,"reached":false}]}}"#,
        )
        .unwrap();
        assert_eq!((told.time, told.speed, told.seed, told.link_up), (1_795_248_000_000, Some(60), 7, false));
        assert_eq!(told.arrays, [("dfm".to_owned(), vec!["slow".to_owned(), "html".to_owned()])]);
        let current = told.current.unwrap();
        assert_eq!((current.step, current.steps, current.address.as_deref()), (2, 6, Some("/journal")));
        assert_eq!((current.outcome.len(), current.outcome[0].reached, current.waits_for.len()), (1, false, 2));
    }

    #[test]
    fn something_else_is_nothing_and_refusals_have_words() {
        for other in ["", "[]", "{}", "<html>", r#"{"time":"soon"}"#] {
            assert_eq!(Told::read(other.as_bytes()), None, "{other}");
        }
        assert_eq!(refusal(br#"{"error":"No."}"#), Some("No.".to_owned()));
        assert_eq!(refusal(b"nothing"), None);
    }
}
