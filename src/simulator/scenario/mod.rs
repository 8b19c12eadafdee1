//! Stories for an audience: a fleet, what happens in it, what is said about it, how it ends.
//!
//! A scenario is a text that a person writes without a programming language; its form is `docs/scenarios.md`.
//! [`read`] makes a [`Scenario`] of it or says file, line and reason; [`vocabulary`] knows which words there are;
//! [`furnish`] puts named things into the fleet; [`sight`] finds sessions by their names and says how they
//! stand; [`ask`] asks the arrays as a person would, through their own API; [`play`] is where the story stands
//! and goes to the next step; [`door`] is `/simulator/scenario`.

mod ask;
pub(super) mod door;
mod furnish;
mod model;
mod play;
mod read;
mod sight;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

pub use model::{Broken, Scenario};
pub(super) use play::{ID, Play, begin, heed};
pub use read::read;

/// The scenarios that come along: the name and the text of each.
pub const SCENARIOS: [(&str, &str); 6] = [
    ("agentless-import", include_str!("../scenarios/agentless-import.scenario")),
    ("rolled-back", include_str!("../scenarios/rolled-back.scenario")),
    ("disaster", include_str!("../scenarios/disaster.scenario")),
    ("failover-test", include_str!("../scenarios/failover-test.scenario")),
    ("metro-fracture", include_str!("../scenarios/metro-fracture.scenario")),
    ("night-of-backups", include_str!("../scenarios/night-of-backups.scenario")),
];

/// How the file of a scenario ends.
pub const ENDING: &str = ".scenario";

/// The scenario of this name, with or without [`ENDING`].
///
/// # Errors
/// There is no such one; the words name those that there are.
pub fn named(name: &str) -> Result<Scenario, Unknown> {
    let wanted = name.strip_suffix(ENDING).unwrap_or(name);
    let Some((name, text)) = SCENARIOS.iter().find(|(known, _)| *known == wanted) else {
        return Err(Unknown::Name { name: name.to_owned() });
    };
    read(name, text).map_err(Unknown::Broken)
}

/// Why a name has no scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// None has it.
    #[error("There is no scenario {name}; there are {there}.", there = SCENARIOS.map(|(name, _)| name).join(", "))]
    Name {
        /// That was asked for.
        name: String,
    },
    /// Its text is wrong.
    #[error(transparent)]
    Broken(Broken),
}
