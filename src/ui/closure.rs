//! Closures that are kept.
//!
//! A `dyn FnMut` carries every way in which it may be called: the compiler writes two or three functions for
//! each closure, of which one is called. Behind the traits of this file there is that one alone.

/// Tells something, and perhaps something else when it is asked again. One that tells nothing does something.
pub trait Tell<T> {
    /// Asks it.
    fn tell(&mut self) -> T;
}

impl<T, F: FnMut() -> T> Tell<T> for F {
    fn tell(&mut self) -> T {
        self()
    }
}

/// Hears of something, as often as that happens.
pub trait Hear<A> {
    /// Lets it hear.
    fn hear(&mut self, about: A);
}

impl<A, F: FnMut(A)> Hear<A> for F {
    fn hear(&mut self, about: A) {
        self(about);
    }
}
