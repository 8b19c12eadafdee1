//! What was asked of an array, counted for tests.

use http::Method;
use std::collections::BTreeMap;

/// Requests, log-in attempts and executed actions since the fleet began.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// By method and address, with `{id}` for what varies.
    pub requests: BTreeMap<String, u64>,
    /// Attempts with a right password.
    pub logins_right: u64,
    /// Attempts with a wrong name or password, or on a locked account.
    pub logins_wrong: u64,
    /// Actions that were carried out, by name.
    pub actions: BTreeMap<String, u64>,
}

impl Counts {
    /// Counts a request to `path`, which begins with `/api/rest`.
    pub fn request(&mut self, method: &Method, path: &str) {
        let path = path.strip_prefix("/api/rest").unwrap_or(path);
        let template: Vec<&str> = path
            .trim_matches('/')
            .split('/')
            .enumerate()
            .map(|(place, segment)| if place == 1 { "{id}" } else { segment })
            .collect();
        *self.requests.entry(format!("{method} /{}", template.join("/"))).or_default() += 1;
    }

    /// Counts an action that was carried out.
    pub fn action(&mut self, name: &str) {
        *self.actions.entry(name.to_owned()).or_default() += 1;
    }
}
