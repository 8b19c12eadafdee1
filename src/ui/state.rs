//! Values that the page follows.
//!
//! Leptos' own signals and memos are written by the compiler once for every type that they hold. Here one
//! counter that Leptos knows stands for each value, and the value lies beside it: the machinery of counters
//! is there once.

use leptos::prelude::*;

/// A value that is set from outside. Cheap to copy.
pub struct Cell<T: 'static> {
    version: RwSignal<u64>,
    value: StoredValue<T, LocalStorage>,
}

impl<T> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> {
        *self
    }
}

impl<T> Copy for Cell<T> {}

/// A cell that holds `value`.
pub fn cell<T>(value: T) -> Cell<T> {
    Cell { version: RwSignal::new(0), value: StoredValue::new_local(value) }
}

impl<T> Cell<T> {
    /// Something of the value; whoever reads it is run again when it is set.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.version.track();
        self.value.with_value(read)
    }

    /// Something of the value as it is.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.value.with_value(read)
    }

    /// Changes the value, and runs whoever has read it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        // A page that is being left may still hear of something.
        if self.value.try_update_value(change).is_some() {
            self.version.update(|version| *version += 1);
        }
    }

    /// Sets the value, and runs whoever has read it.
    pub fn set(self, value: T) {
        self.update(|held| *held = value);
    }
}

impl<T: Clone> Cell<T> {
    /// The value; whoever reads it is run again when it is set.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// A value that follows from others; those who read it are run again when it is another one. Cheap to copy.
pub struct Known<T: 'static> {
    version: Memo<u64>,
    value: StoredValue<T, LocalStorage>,
}

impl<T> Clone for Known<T> {
    fn clone(&self) -> Known<T> {
        *self
    }
}

impl<T> Copy for Known<T> {}

/// The value that `compute` tells, and tells anew when something that it reads has changed.
pub fn known<T: PartialEq>(compute: impl Fn() -> T + Send + Sync + 'static) -> Known<T> {
    let value = StoredValue::new_local(untrack(&compute));
    let renew = move || {
        let now = compute();
        let renewed = value.try_update_value(|held| {
            let differs = *held != now;
            if differs {
                *held = now;
            }
            differs
        });
        renewed == Some(true)
    };
    Known { version: counted(Box::new(renew)), value }
}

/// Counts how often `renew` has said that something is new.
fn counted(renew: Box<dyn Fn() -> bool + Send + Sync>) -> Memo<u64> {
    Memo::new(move |before: Option<&u64>| before.copied().unwrap_or(0) + u64::from(renew()))
}

impl<T> Known<T> {
    /// Something of the value; whoever reads it is run again when the value is another one.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        // Reading the count brings the value up to date.
        let _ = self.version.get();
        self.value.with_value(read)
    }

    /// Something of the value as it is.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        let _ = self.version.get_untracked();
        self.value.with_value(read)
    }
}

impl<T: Clone> Known<T> {
    /// The value; whoever reads it is run again when it is another one.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// Runs `run` after the page was drawn, and again whenever something that it reads has changed.
pub fn after_drawing(run: impl FnMut() + 'static) {
    effect(Box::new(run));
}

fn effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}
