//! Values that the page follows.
//!
//! Leptos' own signals and memos are written by the compiler once for every type that they hold. Here one
//! counter that Leptos knows stands for each value, and the value lies beside it: the machinery of counters
//! is there once.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::*;

/// What Leptos keeps, and lets go with its owner: the same for every type.
type Kept = StoredValue<Rc<dyn Any>, LocalStorage>;

/// A value that lives as long as the part of the page that made it. Cheap to copy.
pub struct Held<T: 'static> {
    kept: Kept,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Held<T> {
        *self
    }
}

impl<T> Copy for Held<T> {}

/// Holds `value` for the part of the page that calls it.
pub fn held<T>(value: T) -> Held<T> {
    Held { kept: keep(Rc::new(RefCell::new(value))), kind: PhantomData }
}

#[inline(never)]
fn keep(value: Rc<dyn Any>) -> Kept {
    StoredValue::new_local(value)
}

#[inline(never)]
fn kept(kept: Kept) -> Option<Rc<dyn Any>> {
    kept.try_get_value()
}

/// A part of the page that was left asks for what it held: a mistake in this program, as it is for Leptos.
#[cold]
#[inline(never)]
#[allow(clippy::panic)]
fn gone() -> ! {
    panic!("a value was read after its part of the page was left, or while it was being changed")
}

impl<T> Held<T> {
    /// The value's place, found once for each type and not at each reading; `None` when the part of the page
    /// that held it was left.
    #[inline(never)]
    fn place(self) -> Option<Rc<RefCell<T>>> {
        kept(self.kept)?.downcast().ok()
    }

    /// Something of the value; `None` when the part of the page that held it was left.
    pub fn try_with<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        let place = self.place()?;
        let value = place.try_borrow().ok()?;
        Some(read(&value))
    }

    /// Something of the value.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        let Some(place) = self.place() else { gone() };
        let Ok(value) = place.try_borrow() else { gone() };
        read(&value)
    }

    /// Changes the value; `None` when the part of the page that held it was left.
    pub fn update<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let place = self.place()?;
        let mut value = place.try_borrow_mut().ok()?;
        Some(change(&mut value))
    }

    /// Sets the value.
    pub fn set(self, value: T) {
        let _ = self.update(|held| *held = value);
    }
}

impl<T: Clone> Held<T> {
    /// The value.
    pub fn get(self) -> T {
        self.with(T::clone)
    }
}

/// What is to be done when something happens in a part of the page. Cheap to copy.
pub type Call<A> = Held<Box<dyn Fn(A)>>;

/// Holds `run` for the part of the page that calls it.
pub fn call<A>(run: impl Fn(A) + 'static) -> Call<A> {
    held(Box::new(run))
}

impl<A: 'static> Call<A> {
    /// Does it.
    pub fn run(self, about: A) {
        self.with(|run| run(about));
    }
}

/// A value that is set from outside. Cheap to copy.
pub struct Cell<T: 'static> {
    version: RwSignal<u64>,
    value: Held<T>,
}

impl<T> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> {
        *self
    }
}

impl<T> Copy for Cell<T> {}

/// A cell that holds `value`.
pub fn cell<T>(value: T) -> Cell<T> {
    Cell { version: RwSignal::new(0), value: held(value) }
}

impl<T> Cell<T> {
    /// Something of the value; whoever reads it is run again when it is set.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.version.track();
        self.value.with(read)
    }

    /// Something of the value as it is.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.value.with(read)
    }

    /// Changes the value, and runs whoever has read it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        // A page that is being left may still hear of something.
        if self.value.update(change).is_some() {
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
    value: Held<T>,
}

impl<T> Clone for Known<T> {
    fn clone(&self) -> Known<T> {
        *self
    }
}

impl<T> Copy for Known<T> {}

/// The value that `compute` tells, and tells anew when something that it reads has changed.
pub fn known<T: PartialEq>(compute: impl Fn() -> T + 'static) -> Known<T> {
    known_by(Box::new(compute))
}

/// Written by the compiler once for a type, and not for everything that computes one.
#[inline(never)]
fn known_by<T: PartialEq>(compute: Box<dyn Fn() -> T>) -> Known<T> {
    let value = Rc::new(RefCell::new(untrack(&compute)));
    let renewed = value.clone();
    let renew = move || {
        let now = compute();
        let Ok(mut held) = renewed.try_borrow_mut() else { return false };
        let differs = *held != now;
        if differs {
            *held = now;
        }
        differs
    };
    let (version, kept) = follow(value, Box::new(renew));
    Known { version, value: Held { kept, kind: PhantomData } }
}

#[inline(never)]
fn follow(value: Rc<dyn Any>, renew: Box<dyn Fn() -> bool>) -> (Memo<u64>, Kept) {
    (counted(renew), keep(value))
}

/// Counts how often `renew` has said that something is new.
fn counted(renew: Box<dyn Fn() -> bool>) -> Memo<u64> {
    let renew = held(renew);
    Memo::new(move |before: Option<&u64>| {
        let is_new = renew.try_with(|renew| renew()) == Some(true);
        before.copied().unwrap_or(0) + u64::from(is_new)
    })
}

impl<T> Known<T> {
    /// Something of the value; whoever reads it is run again when the value is another one.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        // Reading the count brings the value up to date.
        let _ = self.version.get();
        self.value.with(read)
    }

    /// Something of the value as it is.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        let _ = self.version.get_untracked();
        self.value.with(read)
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

/// Runs `run` when the part of the page that calls it is left.
pub fn when_left(run: impl FnOnce() + 'static) {
    last_wish(Box::new(run));
}

fn last_wish(run: Box<dyn FnOnce()>) {
    // Leptos asks for what could cross threads; a place of something held can, and it is opened on this one.
    let kept = held(Some(run));
    on_cleanup(move || {
        if let Some(run) = kept.update(Option::take).flatten() {
            run();
        }
    });
}

/// Runs `run` after the page was drawn, and again whenever something that it reads has changed.
pub fn after_drawing(run: impl FnMut() + 'static) {
    effect(Box::new(run));
}

fn effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}
