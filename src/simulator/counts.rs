//! What was asked of an array, counted for tests.

use http::Method;

use super::tree::Tree;

/// Requests, log-in attempts and executed actions since the fleet began.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// By method and address, with `{id}` for what varies.
    pub requests: Tree<String, u64>,
    /// Attempts with a right password.
    pub logins_right: u64,
    /// Attempts with a wrong name or password, or on a locked account.
    pub logins_wrong: u64,
    /// Requests by which something of the world may have changed: those of users who were let in and may do so.
    /// Logins are no part of the world.
    pub let_in: u64,
    /// Actions that were carried out, by name.
    pub actions: Tree<String, u64>,
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
        count(&mut self.requests, format!("{method} /{}", template.join("/")));
    }

    /// Counts an action that was carried out.
    pub fn action(&mut self, name: &str) {
        count(&mut self.actions, name.to_owned());
    }
}

/// One more of these.
pub fn count(counts: &mut Tree<String, u64>, name: String) {
    if let Some(count) = counts.get_or_insert_with(name, || 0) {
        *count += 1;
    }
}
