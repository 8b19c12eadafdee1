//! The fleet as a site presents it: where its arrays are, and what its `config.json` says.

use http::{Request, header};
use serde_json::Value;

use super::fleet::{ARRAYS, DFM, Fleet};
use super::powerstore;
use crate::simulator::json::json;

/// The array and the path on it: `/arrays/frankfurt/api/rest/job` is `/api/rest/job` of `frankfurt`,
/// `/arrays/dfm/apis/XMLrequest` is `/apis/XMLrequest` of `dfm`. `None` for what is no API of an array.
pub fn array_path(path: &str) -> Option<(&str, &str)> {
    let (id, _) = path.strip_prefix("/arrays/")?.split_once('/')?;
    let inside = path.get("/arrays/".len() + id.len()..)?;
    let root = if id == DFM { "/apis/" } else { "/api/rest/" };
    ((ARRAYS.contains(&id) || id == DFM) && inside.starts_with(root)).then_some((id, inside))
}

impl Fleet {
    /// A `config.json` that names the arrays. Without any data-protection jobs its DFM has nothing to show, and is
    /// left out.
    pub fn config(&self) -> String {
        let entry = |id: &str, name: &str, kind: &str| json!({ "id": id, "name": name, "kind": kind, "url": format!("arrays/{id}/") });
        let powerstore = |id: &&str| {
            let name = id.get(..1).unwrap_or_default().to_ascii_uppercase() + id.get(1..).unwrap_or_default();
            entry(id, &name, "powerstore")
        };
        let dfm = (self.options().protection_jobs() > 0).then(|| entry(DFM, "DFM", "dfm"));
        let arrays: Vec<Value> = ARRAYS.iter().map(powerstore).chain(dfm).collect();
        let config = json!({
            "title": "Array Console", "refresh_seconds": 5, "read_only": false, "arrays": arrays,
        });
        format!("{config:#}\n")
    }

    /// How many requests were let in by which something of the world may have changed; logins are no part of it.
    pub fn let_in(&self) -> u64 {
        self.arrays.values().map(|array| array.counts.let_in).sum::<u64>() + self.dfm.counts.let_in
    }

    /// How often a fault that happens so many times has happened.
    pub fn faults_spent(&self) -> u64 {
        self.arrays.values().map(|array| array.faults.spent).sum::<u64>() + self.dfm.faults.spent
    }

    /// Puts the name of a user and the password that belongs to it into a request; of one that it does not know
    /// nothing, so that nobody asks.
    pub fn introduce(request: &mut Request<Vec<u8>>, user: &str) {
        powerstore::login::introduce(request.headers_mut(), user);
    }

    /// The name of the user whom a request introduces with the right password.
    pub fn introduced(request: &Request<Vec<u8>>) -> Option<&'static str> {
        request.headers().get(header::AUTHORIZATION).and_then(powerstore::login::known).map(|user| user.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_api_of_known_arrays_is_passed_on() {
        assert_eq!(array_path("/arrays/dublin/api/rest/job/1"), Some(("dublin", "/api/rest/job/1")));
        assert_eq!(array_path("/arrays/dfm/apis/XMLrequest"), Some(("dfm", "/apis/XMLrequest")));
        for path in [
            "/arrays/dublin/apis/XMLrequest",
            "/arrays/dublin/",
            "/arrays/dfm/api/rest/job",
            "/arrays/dublin",
            "/api/rest/job",
            "/arrays//api/rest/x",
        ] {
            assert_eq!(array_path(path), None, "{path}");
        }
    }
}
