//! Values that the page follows.
//!
//! Leptos' own signals and memos are written by the compiler once for every type that they hold. Here the
//! values lie in places of their own, and what Leptos knows is the same for every type: the machinery is
//! there once, and a handle on a value is one number.

mod place;

use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{Effect, on_cleanup};

use self::place::{Look, Place};
use super::closure::Tell;

/// A value that lives as long as the part of the page that made it. Cheap to copy.
pub struct Held<T: 'static> {
    place: Place,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Held<T> {
        *self
    }
}

impl<T> Copy for Held<T> {}

/// Holds `value` for the part of the page that calls it.
#[inline(never)]
pub fn held<T>(value: T) -> Held<T> {
    Held::at(Place::still(Rc::new(value)))
}

/// A part of the page that was left asks for what it held: a mistake in this program, as it is for Leptos.
#[cold]
#[inline(never)]
#[allow(clippy::panic)]
fn gone() -> ! {
    panic!("a value was read after its part of the page was left, or while it was being changed")
}

impl<T> Held<T> {
    fn at(place: Place) -> Held<T> {
        Held { place, kind: PhantomData }
    }

    /// The value, which is there.
    #[inline(never)]
    fn read(self, look: Look) -> Rc<T> {
        let Some(value) = self.place.value(look) else { gone() };
        value
    }

    /// Something of the value; `None` when the part of the page that held it was left.
    pub fn try_with<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.place.value(Look::Now).map(|value| read(&value))
    }

    /// Something of the value.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.read(Look::Now))
    }

    /// Changes the value; `None` when the part of the page that held it was left, and while it is being read.
    pub fn update<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut value = self.place.value(Look::Away)?;
        let changed = Rc::get_mut(&mut value).map(change);
        self.place.put(value);
        changed
    }

    /// Sets the value.
    #[inline(never)]
    pub fn set(self, value: T) {
        self.place.put(Rc::new(value));
    }
}

impl<T: Clone> Held<T> {
    /// The value.
    pub fn get(self) -> T {
        self.clone_of(Look::Now)
    }

    #[inline(never)]
    fn clone_of(self, look: Look) -> T {
        T::clone(&self.read(look))
    }
}

/// What is to be done when something happens in a part of the page. Cheap to copy.
pub type Call<A> = Held<Box<dyn Done<A>>>;

/// Does something about what has happened.
pub trait Done<A> {
    /// Does it.
    fn run(&self, about: A);
}

impl<A, F: Fn(A)> Done<A> for F {
    fn run(&self, about: A) {
        self(about);
    }
}

/// Holds `run` for the part of the page that calls it.
pub fn call<A>(run: impl Fn(A) + 'static) -> Call<A> {
    held(Box::new(run))
}

impl<A: 'static> Call<A> {
    /// Does it.
    pub fn run(self, about: A) {
        self.with(|run| run.run(about));
    }
}

/// A value that is set from outside. Cheap to copy.
pub struct Cell<T: 'static>(Held<T>);

impl<T> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> {
        *self
    }
}

impl<T> Copy for Cell<T> {}

/// A cell that holds `value`.
#[inline(never)]
pub fn cell<T>(value: T) -> Cell<T> {
    Cell(Held::at(Place::changing(Some(Rc::new(value)))))
}

impl<T> Cell<T> {
    /// Something of the value; whoever reads it is run again when it is set.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.0.read(Look::Following))
    }

    /// Something of the value as it is.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.0.read(Look::Now))
    }

    /// Changes the value, and runs whoever has read it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        // A page that is being left may still hear of something.
        if self.0.update(change).is_some() {
            self.0.place.tell();
        }
    }

    /// Sets the value, and runs whoever has read it.
    #[inline(never)]
    pub fn set(self, value: T) {
        self.0.place.put(Rc::new(value));
        self.0.place.tell();
    }
}

impl<T: Clone> Cell<T> {
    /// The value; whoever reads it is run again when it is set.
    pub fn get(self) -> T {
        self.0.clone_of(Look::Following)
    }

    /// The value as it is.
    pub fn get_untracked(self) -> T {
        self.0.clone_of(Look::Now)
    }
}

/// A value that follows from others; those who read it are run again when it is another one. Cheap to copy.
pub struct Known<T: 'static>(Held<T>);

impl<T> Clone for Known<T> {
    fn clone(&self) -> Known<T> {
        *self
    }
}

impl<T> Copy for Known<T> {}

/// The value that `compute` tells when it is read for the first time, and tells anew when something that it
/// reads has changed.
pub fn known<T: PartialEq>(compute: impl Fn() -> T + 'static) -> Known<T> {
    Known(Held::at(Place::computed(Box::new(compute))))
}

impl<T> Known<T> {
    /// Something of the value; whoever reads it is run again when the value is another one.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.0.read(Look::Following))
    }

    /// Something of the value as it is.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.0.read(Look::Now))
    }
}

impl<T: Clone> Known<T> {
    /// The value; whoever reads it is run again when it is another one.
    pub fn get(self) -> T {
        self.0.clone_of(Look::Following)
    }

    /// The value as it is.
    pub fn get_untracked(self) -> T {
        self.0.clone_of(Look::Now)
    }
}

/// Something that changes elsewhere, and is only followed here. Cheap to copy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Mark(Place);

/// A mark for something that changes.
pub fn mark() -> Mark {
    Mark(Place::changing(None))
}

impl Mark {
    /// Whoever calls this is run again when it changes.
    pub fn track(self) {
        self.0.track();
    }

    /// It has changed: runs whoever follows it.
    pub fn changed(self) {
        self.0.tell();
    }
}

/// Runs `run` when the part of the page that calls it is left.
pub fn when_left(run: impl FnOnce() + 'static) {
    let mut run = Some(run);
    last_wish(Box::new(move || {
        if let Some(run) = run.take() {
            run();
        }
    }));
}

fn last_wish(run: Box<dyn Tell<()>>) {
    // Leptos asks for what could cross threads; the place of something held can, and it is opened on this one.
    let kept = held(run);
    on_cleanup(move || _ = kept.update(|run| run.tell()));
}

/// Runs `run` after the page was drawn, and again whenever something that it reads has changed.
pub fn after_drawing(run: impl FnMut() + 'static) {
    effect(Box::new(run));
}

fn effect(mut run: Box<dyn Tell<()>>) {
    Effect::new(move |_| run.tell());
}
