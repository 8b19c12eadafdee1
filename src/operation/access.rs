//! Who is logged in at an array, and why nobody is.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::array::{ArrayError, Secret};

/// The login at one array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Asking whether the browser still holds a living login.
    Asking,
    /// Nobody is logged in.
    Out(Why),
    /// A login is under way.
    LoggingIn {
        /// The name that was typed.
        user: String,
    },
    /// Somebody is.
    In {
        /// The user, as the array calls them.
        user: String,
        /// The array wants a new password before it does anything else.
        new_password_wanted: bool,
    },
}

impl Access {
    /// The user who is logged in.
    pub fn user(&self) -> Option<&str> {
        match self {
            Access::In { user, .. } => Some(user),
            _ => None,
        }
    }
}

/// Why nobody is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody has logged in yet.
    NotYet,
    /// The same at an array that knows no logins: its password goes with every request, and no page keeps it.
    NotKept,
    /// The login ended: idle for too long, or the array forgot it.
    Expired,
    /// The array rejected this name and password.
    Rejected {
        /// The name that was typed.
        user: String,
    },
    /// The same name and password were rejected before and were not sent again: accounts lock.
    NotSentAgain {
        /// The name that was typed.
        user: String,
    },
    /// The login was answered, but the browser did not keep its cookie.
    CookieLost,
    /// The person logged out.
    LoggedOut,
    /// The person logged out here, but the array did not confirm it.
    LogOutUnconfirmed(ArrayError),
    /// The array could not be asked.
    Failed(ArrayError),
}

impl Why {
    /// The reason in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Why::NotYet => "Log in to see and run its imports.".to_owned(),
            Why::NotKept => "Log in to see its jobs. The password stays in this page alone, so it is asked for after every reload.".to_owned(),
            Why::Expired => "The login has ended. Log in again to go on; nothing that you were about to do is lost.".to_owned(),
            Why::Rejected { user } => format!(
                "The array rejected the name {user} with this password. Check both before you try again: accounts lock after several wrong passwords."
            ),
            Why::NotSentAgain { user } => format!(
                "This password was rejected for {user} a moment ago, so it was not sent again: accounts lock after several wrong passwords."
            ),
            Why::CookieLost => "The array accepted the login, but the browser did not keep its cookie. The proxy must pass cookies on, and over plain HTTP without the mark Secure.".to_owned(),
            Why::LoggedOut => "You are logged out.".to_owned(),
            Why::LogOutUnconfirmed(error) => {
                format!("You are logged out here, but the array did not confirm it and may keep the login until it is idle for too long. {error}")
            }
            Why::Failed(error) => error.to_string(),
        }
    }
}

/// Remembers what was rejected, as a number from which nothing can be read back.
#[derive(Clone, Debug, Default)]
pub(super) struct Rejected(Vec<u64>);

impl Rejected {
    fn number(user: &str, password: &Secret) -> u64 {
        let mut hasher = DefaultHasher::new();
        user.hash(&mut hasher);
        password.reveal().hash(&mut hasher);
        hasher.finish()
    }

    /// True when this pair was rejected since the last login that succeeded.
    pub fn contains(&self, user: &str, password: &Secret) -> bool {
        self.0.contains(&Self::number(user, password))
    }

    /// Takes a pair down that is being sent; [`Rejected::forget_last`] when it turns out right.
    pub fn add(&mut self, user: &str, password: &Secret) {
        self.0.push(Self::number(user, password));
    }

    /// The last pair was not rejected: it may be sent again.
    pub fn forget_last(&mut self) {
        self.0.pop();
    }

    /// A login succeeded.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
