//! Where a request goes that the console sends to the folder of its page.

use crate::simulator;

/// One of the doors of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door<'a> {
    /// The configuration of the console.
    Config,
    /// The control door: path and query.
    Control(&'a str),
    /// An array: its id, and path and query on it.
    Array(&'a str, &'a str),
}

impl<'a> Door<'a> {
    /// The door that an address leads to, in whatever folder the page lies; `None` when there is none.
    pub fn of(address: &'a str) -> Option<Door<'a>> {
        let path = address.split('?').next().unwrap_or_default();
        // From the end: a folder may be called like one of ours.
        let places = path.rmatch_indices('/').map(|(place, _)| place);
        let mut doors = places.filter_map(|place| Some((path.get(place..)?, address.get(place..)?)));
        doors.find_map(|(path, whole)| {
            if path == "/config.json" {
                Some(Door::Config)
            } else if path.starts_with("/simulator/") {
                Some(Door::Control(whole))
            } else {
                let (id, inside) = simulator::array_path(path)?;
                Some(Door::Array(id, whole.get(path.len() - inside.len()..)?))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_page_does_not_matter() {
        for folder in ["", "/demo", "/a/b", "/simulator", "/arrays", "/arrays/frankfurt"] {
            for (rest, door) in [
                ("/config.json", Door::Config),
                ("/simulator/state?history=2", Door::Control("/simulator/state?history=2")),
                (
                    "/arrays/dublin/api/rest/job?select=id&note=eq./config.json",
                    Door::Array("dublin", "/api/rest/job?select=id&note=eq./config.json"),
                ),
                ("/arrays/dfm/apis/XMLrequest", Door::Array("dfm", "/apis/XMLrequest")),
            ] {
                assert_eq!(Door::of(&format!("{folder}{rest}")), Some(door), "{folder}{rest}");
            }
        }
        for nowhere in ["", "/", "/index.html", "/arrays/berlin/api/rest/job", "/arrays/dfm/api/rest/job"] {
            assert_eq!(Door::of(nowhere), None, "{nowhere}");
        }
    }
}
